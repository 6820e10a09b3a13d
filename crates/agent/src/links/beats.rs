//! Heartbeats: presence without a connection, in small datagrams at random intervals.
//!
//! A ping is answered by a pong; either shows that the other is there. Three pings without an answer, or a bye, and it is
//! not. Who can't make a heartbeat hears nothing; unknown ones are tried against all peers only so often in a second.
//!
//! ```text
//! there ──its pause passed──▶ asked ──heard──▶ there, its pause doubled
//!   │                           └──three tries──▶ away ──its pause passed──▶ asked again, its pause doubled
//!   └──somebody looks, a connection ended──▶ there, its pause short again
//! ```
//!
//! The pauses grow because nobody is told anything by a heartbeat: what has to leave is sent by a dial, whoever comes
//! back says so himself, and whoever leaves says bye. Heartbeats only correct what was not said, and that is worth little
//! until a person looks; then all who were not heard of lately are asked at once. One whose pause is nearly over is asked
//! along with one whose pause is over, so that the machine wakes once for both.

use super::Peer;
use kith_base::{DeviceId, Rng, limits};
use kith_net::Beacon;
use kith_proto::hello::{Candidate, Heartbeat, HeartbeatKind, hear};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// HELLO-023. A peer that is there is asked again after this much to twice as much; one that was heard from is not asked meanwhile.
const CALM: Pause = Pause { least: Duration::from_secs(15), most: Duration::from_secs(300) };
/// As much for one that is away,
const AWAY: Pause = Pause { least: Duration::from_secs(5), most: Duration::from_secs(900) };
/// and for one that is away while something waits for it.
const MISSED: Pause = Pause { least: Duration::from_secs(5), most: Duration::from_secs(30) };
/// A peer that did not answer is asked again after this,
const RETRY: Duration = Duration::from_secs(3);
/// or after this while somebody looks,
const RETRY_LOOKED: Duration = Duration::from_millis(700);
/// and given up after so many pings.
const TRIES: u32 = 3;
/// A peer that was heard from within this is not asked because somebody looks.
const FRESH: Duration = Duration::from_secs(10);
/// Addresses that a heartbeat goes to at most.
const ADDRESSES: usize = 8;

/// The shortest and the longest of pauses that double.
#[derive(Debug, Clone, Copy)]
struct Pause {
    least: Duration,
    most: Duration,
}

/// What is known of one peer's heartbeats.
#[derive(Debug)]
pub(super) struct Beat {
    next: Instant,
    pause: Duration,
    retry: Duration,
    unanswered: u32,
    greatest: u64,
    heard: Option<Instant>,
    asked: Option<Instant>,
    from: Option<SocketAddr>,
}

impl Beat {
    pub(super) fn new(greatest: u64) -> Self {
        Self {
            next: Instant::now(),
            pause: AWAY.least,
            retry: RETRY,
            unanswered: 0,
            greatest,
            heard: None,
            asked: None,
            from: None,
        }
    }

    /// It was heard from, on whatever way.
    pub(super) const fn alive(&mut self) {
        self.unanswered = 0;
    }

    /// It is there again: who came may go again.
    pub(super) fn came_back(&mut self) {
        self.pause = CALM.least;
        self.next = self.next.min(Instant::now() + 2 * CALM.least);
    }

    /// Whether it is there is to be known soon.
    pub(super) fn ask_soon(&mut self) {
        self.next = Instant::now();
        self.pause = CALM.least;
    }

    /// Somebody looks: what was last heard may be told for a moment only. HELLO-024
    pub(super) fn look(&mut self, now: Instant) {
        let is_old = |at: Option<Instant>| at.is_none_or(|at| now.duration_since(at) >= FRESH);
        self.pause = self.pause.min(CALM.least);
        if !is_old(self.heard) {
            return;
        }
        if is_old(self.asked) {
            self.next = now;
            self.retry = RETRY_LOOKED;
        } else if let Some(asked) = self.asked.filter(|_| self.unanswered < TRIES) {
            self.next = self.next.min(asked + RETRY_LOOKED);
            self.retry = RETRY_LOOKED;
        }
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

    /// A heartbeat of it came. Where it is behind a router that forgets, it is asked before the router does.
    fn heard(&mut self, now: Instant, is_routed: bool, rng: &mut Rng) {
        self.unanswered = 0;
        self.retry = RETRY;
        self.heard = Some(now);
        self.next = now + between(self.pause, rng);
        self.pause = if is_routed { CALM.least } else { doubled(self.pause, CALM) };
    }

    /// Whether it is asked along with others that are due.
    fn is_nearly_due(&self, now: Instant) -> bool {
        self.next <= now + if self.unanswered == 0 { self.pause / 4 } else { Duration::ZERO }
    }

    /// It is asked at this moment.
    fn asked(&mut self, now: Instant, is_online: bool, waits: bool, rng: &mut Rng) {
        self.unanswered = self.unanswered.saturating_add(1);
        self.asked = Some(now);
        if is_online || self.unanswered < TRIES {
            self.next = now + self.retry;
            return;
        }
        let pause = if waits { MISSED } else { AWAY };
        self.retry = RETRY;
        self.pause = self.pause.clamp(pause.least, pause.most);
        self.next = now + between(self.pause, rng);
        self.pause = doubled(self.pause, pause);
    }
}

fn doubled(pause: Duration, of: Pause) -> Duration {
    (pause * 2).clamp(of.least, of.most)
}

/// A random time from a pause to twice the pause.
fn between(pause: Duration, rng: &mut Rng) -> Duration {
    let millis = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
    pause + Duration::from_millis(rng.below(millis.max(1)))
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
        let is_routed = !peer.known.card.heartbeat_addresses().any(|address| address == from);
        peer.beat.heard(Instant::now(), is_routed, rng);
        if heartbeat.kind == HeartbeatKind::Ping {
            self.say(HeartbeatKind::Pong, peer, &[from]).await;
        }
        Some((device, heartbeat.kind != HeartbeatKind::Bye))
    }

    /// Pings every peer without a connection whose time has come, and with it those whose time has nearly come.
    pub(super) async fn send_due(&mut self, now: Instant, peers: &mut BTreeMap<DeviceId, Peer>, rng: &mut Rng) {
        if !peers.values().any(|peer| peer.link.is_none() && peer.beat.next <= now) {
            return;
        }
        for peer in peers.values_mut().filter(|peer| peer.link.is_none() && peer.beat.is_nearly_due(now)) {
            peer.beat.asked(now, peer.online, peer.waits, rng);
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

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    /// A peer that always answers: when it was asked within an hour.
    fn asked_in_an_hour(is_routed: bool) -> Vec<Duration> {
        let (start, mut rng) = (Instant::now(), Rng::from_seed([1; 32]));
        let mut beat = Beat::new(0);
        beat.ask_soon();
        let mut asked = Vec::new();
        while beat.next() < start + 60 * MINUTE {
            let now = beat.next().max(start);
            beat.asked(now, true, false, &mut rng);
            beat.heard(now, is_routed, &mut rng);
            asked.push(now - start);
        }
        asked
    }

    /// HELLO-023
    #[test]
    fn a_peer_that_answers_is_asked_less_and_less() {
        let asked = asked_in_an_hour(false);
        assert!(asked.len() <= 16, "{asked:?}");
        let gaps: Vec<_> = asked.windows(2).map(|two| two[1] - two[0]).collect();
        assert!(gaps[0] <= 2 * CALM.least, "{gaps:?}");
        assert!(gaps.iter().all(|gap| *gap <= 2 * CALM.most), "{gaps:?}");
    }

    /// HELLO-023
    #[test]
    fn a_peer_behind_a_router_is_asked_before_the_router_forgets_it() {
        let asked = asked_in_an_hour(true);
        assert!(asked.windows(2).all(|two| two[1] - two[0] <= Duration::from_secs(30)), "{asked:?}");
    }

    /// HELLO-024
    #[test]
    fn who_looks_hears_within_seconds_that_a_peer_is_gone() {
        let (start, mut rng) = (Instant::now(), Rng::from_seed([1; 32]));
        let mut beat = Beat::new(0);
        beat.heard(start, false, &mut rng);
        beat.look(start + FRESH / 2);
        assert!(beat.next() > start + FRESH / 2, "it was heard of a moment ago");
        let looked = start + FRESH;
        beat.look(looked);
        let mut now = looked;
        while !beat.given_up(now) {
            assert!(beat.next() >= now && now < looked + Duration::from_secs(3), "{:?}", now - looked);
            now = beat.next();
            beat.look(now); // looking again and again changes nothing
            if !beat.given_up(now) {
                beat.asked(now, true, false, &mut rng);
            }
        }
    }

    /// HELLO-023
    #[test]
    fn a_peer_that_is_away_is_asked_more_often_while_something_waits_for_it() {
        let pauses = |waits: bool| {
            let (mut now, mut rng, mut beat) = (Instant::now(), Rng::from_seed([1; 32]), Beat::new(0));
            for _ in 0..20 {
                beat.asked(now, false, waits, &mut rng);
                assert!(beat.next() > now);
                now = beat.next();
            }
            beat.asked(now, false, waits, &mut rng);
            beat.next() - now
        };
        assert!(pauses(true) <= MINUTE);
        assert!(pauses(false) >= 15 * MINUTE && pauses(false) <= 30 * MINUTE);
    }

    /// HELLO-023
    #[test]
    fn peers_that_are_nearly_due_are_asked_with_one_that_is() {
        let (start, mut rng) = (Instant::now(), Rng::from_seed([1; 32]));
        let mut beat = Beat::new(0);
        beat.heard(start, false, &mut rng);
        assert!(!beat.is_nearly_due(start));
        assert!(beat.is_nearly_due(beat.next() - Duration::from_secs(1)));
        beat.asked(beat.next(), true, false, &mut rng);
        assert!(!beat.is_nearly_due(beat.next() - Duration::from_secs(1)), "a try is not hurried");
    }
}
