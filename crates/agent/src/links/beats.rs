//! Heartbeats: presence without a connection, in small datagrams at random intervals.
//!
//! A ping is answered by a pong; either shows that the other is there. Three pings without an answer, or a bye, and it is
//! not. Who can't make a heartbeat hears nothing; unknown ones are tried against all peers only so often in a second.

use super::Peer;
use kith_base::{DeviceId, Rng, limits};
use kith_net::Beacon;
use kith_proto::hello::{Candidate, Heartbeat, HeartbeatKind, hear};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A reachable peer is asked again after 15 to 30 s; one that was heard from is not asked meanwhile.
const CALM: (u64, u64) = (15_000, 15_000);
/// A peer that did not answer is asked again after this,
const RETRY: Duration = Duration::from_secs(3);
/// and given up after so many pings.
const TRIES: u32 = 3;
/// A peer out of reach is asked after 5 to 10 s, times one more for every forty peers that are.
const AWAY: (u64, u64) = (5_000, 5_000);
const AWAY_GROUP: usize = 40;
/// Addresses that a heartbeat goes to at most.
const ADDRESSES: usize = 8;

/// What is known of one peer's heartbeats.
#[derive(Debug)]
pub(super) struct Beat {
    next: Instant,
    unanswered: u32,
    greatest: u64,
    from: Option<SocketAddr>,
}

impl Beat {
    pub(super) fn new(greatest: u64) -> Self {
        Self { next: Instant::now(), unanswered: 0, greatest, from: None }
    }

    /// It was heard from, on whatever way.
    pub(super) const fn alive(&mut self) {
        self.unanswered = 0;
    }

    pub(super) fn ask_soon(&mut self) {
        self.next = Instant::now();
    }

    /// When it is asked next.
    pub(super) const fn next(&self) -> Instant {
        self.next
    }

    /// Its last try had its time, too.
    pub(super) fn given_up(&self, now: Instant) -> bool {
        self.unanswered >= TRIES && now >= self.next
    }

    pub(super) const fn greatest(&self) -> u64 {
        self.greatest
    }
}

/// The heartbeats of all peers over one socket.
pub(super) struct Beats {
    beacon: Option<Arc<Beacon>>,
    counter: u64,
    trials: u32,
    trials_from: Instant,
}

impl Beats {
    /// `counter` is above every counter that an earlier run used.
    pub(super) fn new(beacon: Option<Arc<Beacon>>, counter: u64) -> Self {
        Self { beacon, counter, trials: 0, trials_from: Instant::now() }
    }

    /// The next datagram; never, without a socket.
    pub(super) async fn next(&self) -> (SocketAddr, Vec<u8>) {
        match &self.beacon {
            Some(beacon) => beacon.recv().await,
            None => std::future::pending().await,
        }
    }

    /// Says which peer is heard, and whether it is reachable; answers a ping.
    pub(super) async fn hear(
        &mut self,
        from: SocketAddr,
        bytes: &[u8],
        peers: &mut BTreeMap<DeviceId, Peer>,
        rng: &mut Rng,
    ) -> Option<(DeviceId, bool)> {
        if !self.may_try() {
            return None;
        }
        let candidates = peers.values().map(|peer| {
            let pair = Candidate {
                secret: &peer.known.pair_secret,
                me: peer.known.me,
                them: peer.known.device,
                greatest: peer.beat.greatest,
            };
            (peer.known.device, pair)
        });
        let (device, heartbeat) = hear(bytes, candidates)?;
        let peer = peers.get_mut(&device)?;
        peer.beat.greatest = heartbeat.counter;
        peer.beat.from = Some(from);
        peer.beat.unanswered = 0;
        peer.beat.next = Instant::now() + Duration::from_millis(CALM.0 + rng.below(CALM.1));
        if heartbeat.kind == HeartbeatKind::Ping {
            self.say(HeartbeatKind::Pong, peer, &[from]).await;
        }
        Some((device, heartbeat.kind != HeartbeatKind::Bye))
    }

    /// Pings every peer without a connection whose time has come.
    pub(super) async fn send_due(&mut self, now: Instant, peers: &mut BTreeMap<DeviceId, Peer>, rng: &mut Rng) {
        let away = peers.values().filter(|peer| !peer.online).count();
        let slow = 1 + (away / AWAY_GROUP) as u64;
        for peer in peers.values_mut().filter(|peer| peer.link.is_none() && peer.beat.next <= now) {
            let away = Duration::from_millis((AWAY.0 + rng.below(AWAY.1)) * slow);
            peer.beat.next = now + if peer.online { RETRY } else { away };
            peer.beat.unanswered = peer.beat.unanswered.saturating_add(1);
            let to = addresses(peer);
            self.say(HeartbeatKind::Ping, peer, &to).await;
        }
    }

    /// Tells all that this device leaves.
    pub(super) async fn bye(&mut self, peers: &mut BTreeMap<DeviceId, Peer>) {
        for peer in peers.values_mut().filter(|peer| peer.online) {
            let to = addresses(peer);
            self.say(HeartbeatKind::Bye, peer, &to).await;
        }
    }

    async fn say(&mut self, kind: HeartbeatKind, peer: &Peer, to: &[SocketAddr]) {
        let Some(beacon) = &self.beacon else { return };
        self.counter += 1;
        let heartbeat = Heartbeat { kind, counter: self.counter };
        let bytes = heartbeat.seal(&peer.known.pair_secret, peer.known.me, peer.known.device);
        for address in to {
            beacon.send(address, &bytes).await;
        }
    }

    fn may_try(&mut self) -> bool {
        if self.trials_from.elapsed() >= Duration::from_secs(1) {
            (self.trials, self.trials_from) = (0, Instant::now());
        }
        self.trials += 1;
        self.trials <= limits::HEARTBEAT_TRIALS_PER_SECOND
    }
}

fn addresses(peer: &Peer) -> Vec<SocketAddr> {
    let mut to: Vec<SocketAddr> = peer.beat.from.into_iter().collect();
    for address in peer.known.card.heartbeat_addresses() {
        if to.len() < ADDRESSES && !to.contains(&address) {
            to.push(address);
        }
    }
    to
}
