//! Links: who is reachable, and the greeted connections to them.
//!
//! One task owns what is known of every peer device. It dials when there is something to say or somebody came back,
//! answers hellos, closes what is idle, and keeps presence by heartbeats. It decides nothing about messages: packets go
//! to the core and come from it.
//!
//! ```text
//! unreachable ──dial, hello──▶ connected ──idle──▶ reachable (heartbeats) ──wanted──▶ connected
//!      ▲                          │ silent, bye            │ three beats unanswered, bye
//!      └──────────────────────────┴────────────────────────┘
//! ```

mod beats;
mod greet;

pub(crate) use greet::EXPORTER;

use crate::core::Msg;
use beats::Beats;
use bytes::Bytes;
use greet::{Candidates, Dialled};
use kith_base::{ContactId, DeviceId, Rng, Secret, limits};
use kith_net::{Beacon, Card, CloseCode, Closed, Connection, Endpoint, FileStream, Found, Mdns, PathKind, is_local};
use kith_proto::hello::{self, Keep, Met};
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};

/// A connection on which nothing passed for this long is closed; heartbeats go on.
const IDLE: Duration = Duration::from_secs(20);
/// Where more than this many are open, as after a start with many contacts,
const LINKS_CALM: usize = 16;
/// they are closed after this.
const IDLE_MANY: Duration = Duration::from_secs(3);
/// Peers dialled at one time for which nothing waits: a start with a thousand contacts is no burst of a thousand handshakes.
const DIALLED_MAX: usize = 32;
/// What is due is done this much later, so that what is due at about one time is done together: a machine that sleeps is
/// woken once.
const GATHER: Duration = Duration::from_millis(250);
/// Dials of one peer at one time: at its card's addresses, and at what the LAN shows meanwhile.
const DIALS_MAX: u32 = 4;
/// The pause before a failed dial is tried again doubles from here,
const BACKOFF_MIN: Duration = Duration::from_secs(1);
/// to here while something waits,
const BACKOFF_MAX: Duration = Duration::from_secs(300);
/// and to here while nothing does: whoever comes back says so.
const BACKOFF_RESTING: Duration = Duration::from_secs(3600);
/// Packets that wait for a slow link: two windows of records. A peer that does not read fills no more.
const PACKETS_MAX: usize = 2 * limits::RECORDS_IN_FLIGHT_MAX as usize;
/// LAN names whose addresses are remembered; a stranger can't fill more.
const SEEN_MAX: usize = 256;
/// Where no more than so many are on the LAN, each dial of somebody missing tries all of them again.
const SEEN_AGAIN_MAX: usize = 8;

/// A device to be reached.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) contact: ContactId,
    pub(crate) device: DeviceId,
    /// This device, as the other knows it.
    pub(crate) me: DeviceId,
    pub(crate) pair_secret: Secret,
    pub(crate) card: Card,
    /// The greatest heartbeat counter that was stored of it.
    pub(crate) beat_seen: u64,
}

/// What the core asks of the links.
#[derive(Debug)]
enum Order {
    Know(Box<Known>),
    Forget(DeviceId),
    Renew(DeviceId),
    Send(DeviceId, Bytes),
    Want(DeviceId),
    Files(DeviceId, oneshot::Sender<Option<FileStream>>),
    TryNow(DeviceId, oneshot::Sender<bool>),
    Look,
    Stop(oneshot::Sender<Vec<(DeviceId, u64)>>),
    Greeted(Box<Greeted>),
    DialFailed(DeviceId),
    Ended(DeviceId, u64, Closed),
    Path(DeviceId, u64, PathKind),
}

/// A connection whose other end proved who it is.
#[derive(Debug)]
struct Greeted {
    device: DeviceId,
    connection: Connection,
    met: Met,
}

/// Gives orders to the links; cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Links(mpsc::UnboundedSender<Order>);

impl Links {
    /// Starts the task.
    pub(crate) fn start(net: Net, core: mpsc::Sender<Msg>, rng: Rng, beat_counter: u64) -> Self {
        let (orders, inbox) = mpsc::unbounded_channel();
        let candidates = Candidates::default();
        let task = Task {
            me: orders.clone(),
            core,
            candidates,
            peers: BTreeMap::new(),
            seen: BTreeMap::new(),
            beats: Beats::new(net.beacon.clone(), beat_counter),
            rng,
            next_link: 0,
            net,
        };
        tokio::spawn(task.run(inbox));
        Self(orders)
    }

    /// A device can be reached with this secret and card from here on.
    pub(crate) fn know(&self, known: Known) {
        self.order(Order::Know(Box::new(known)));
    }

    pub(crate) fn forget(&self, device: DeviceId) {
        self.order(Order::Forget(device));
    }

    /// Ends the connection, if there is one, and makes another after a pause: what failed would fail again at once.
    pub(crate) fn renew(&self, device: DeviceId) {
        self.order(Order::Renew(device));
    }

    /// Sends on the connection, if there is one.
    pub(crate) fn send(&self, device: DeviceId, packet: Vec<u8>) {
        self.order(Order::Send(device, packet.into()));
    }

    /// There is something to say: connect if that is possible.
    pub(crate) fn want(&self, device: DeviceId) {
        self.order(Order::Want(device));
    }

    /// A new stream of files to a device; `None` where there is no connection.
    pub(crate) async fn files(&self, device: DeviceId) -> Option<FileStream> {
        let (answer, opened) = oneshot::channel();
        self.order(Order::Files(device, answer));
        opened.await.ok().flatten()
    }

    /// A person wants a device reached at once. Whether it was, once what can be tried was.
    pub(crate) async fn try_now(&self, device: DeviceId) -> bool {
        let (answer, tried) = oneshot::channel();
        self.order(Order::TryNow(device, answer));
        tried.await.unwrap_or(false)
    }

    /// Somebody looks at who is there.
    pub(crate) fn look(&self) {
        self.order(Order::Look);
    }

    /// Says goodbye to everybody; answers the heartbeat counters heard, to be stored.
    pub(crate) async fn stop(&self) -> Vec<(DeviceId, u64)> {
        let (done, ended) = oneshot::channel();
        self.order(Order::Stop(done));
        ended.await.unwrap_or_default()
    }

    /// Orders to a task that ended are moot: the agent is stopping.
    fn order(&self, order: Order) {
        drop(self.0.send(order));
    }
}

/// What the links work with.
#[derive(Debug, Clone)]
pub(crate) struct Net {
    pub(crate) endpoint: Endpoint,
    pub(crate) mdns: Option<Arc<Mdns>>,
    pub(crate) beacon: Option<Arc<Beacon>>,
}

/// An open connection.
#[derive(Debug)]
struct Link {
    id: u64,
    connection: Connection,
    out: mpsc::Sender<Bytes>,
    met: Met,
    /// When it greeted.
    since: Instant,
    /// It is being closed for want of use.
    closing: bool,
}

/// What is known of a peer device.
#[derive(Debug)]
struct Peer {
    known: Known,
    link: Option<Link>,
    /// Dials under way.
    dials: u32,
    /// A connection is to be made.
    wanted: bool,
    /// There is something to say.
    waits: bool,
    dial_at: Instant,
    backoff: Duration,
    online: bool,
    path: PathKind,
    beat: beats::Beat,
    /// LAN names that were tried for it in vain.
    tried: BTreeSet<String>,
    /// Who waits to hear whether it was reached.
    asked: Vec<oneshot::Sender<bool>>,
}

impl Peer {
    /// Tells who waits for it; some may have gone.
    fn tell(&mut self, reached: bool) {
        for answer in self.asked.drain(..) {
            let _gone = answer.send(reached);
        }
    }
}

struct Task {
    net: Net,
    me: mpsc::UnboundedSender<Order>,
    core: mpsc::Sender<Msg>,
    candidates: Candidates,
    peers: BTreeMap<DeviceId, Peer>,
    /// Devices seen on the LAN, by the name of their run.
    seen: BTreeMap<String, Vec<SocketAddr>>,
    beats: Beats,
    rng: Rng,
    next_link: u64,
}

impl Task {
    async fn run(mut self, mut inbox: mpsc::UnboundedReceiver<Order>) {
        tokio::spawn(greet::accept(
            self.net.endpoint.clone(),
            Arc::clone(&self.candidates),
            self.core.clone(),
            self.me.clone(),
        ));
        let mut card = self.net.endpoint.watch_card();
        let mut due = self.due();
        loop {
            tokio::select! {
                order = inbox.recv() => match order {
                    Some(Order::Stop(done)) => return drop(done.send(self.goodbye().await)),
                    Some(order) => {
                        // Packets come in thousands, and change nothing that is due.
                        let is_packet = matches!(order, Order::Send(..));
                        self.obey(order).await;
                        if is_packet {
                            continue;
                        }
                    }
                    None => return,
                },
                found = next_found(self.net.mdns.as_deref()) => self.found(found),
                (from, bytes) = self.beats.next() => self.heard(from, &bytes).await,
                Ok(()) = card.changed() => self.moved().await,
                () = reached(due) => self.tick().await,
            }
            due = self.due();
        }
    }

    /// When something is to be done next that nothing announces.
    fn due(&self) -> Option<Instant> {
        let (now, idle) = (Instant::now(), self.idle());
        let of = |peer: &Peer| match &peer.link {
            Some(Link { closing: true, .. }) => None,
            Some(link) => Some(now + idle.saturating_sub(link.connection.idle_for())),
            None => {
                let dial = (peer.dials == 0 && (!peer.online || peer.wanted)).then_some(peer.dial_at);
                dial.into_iter().chain([peer.beat.next()]).min()
            }
        };
        self.peers.values().filter_map(of).min().map(|at| at.max(now) + GATHER)
    }

    /// How long a connection stays without use.
    fn idle(&self) -> Duration {
        let links = self.peers.values().filter(|peer| peer.link.is_some()).count();
        if links > LINKS_CALM { IDLE_MANY } else { IDLE }
    }

    async fn obey(&mut self, order: Order) {
        match order {
            Order::Know(known) => self.know(*known),
            Order::Forget(device) => self.forget(device),
            Order::Renew(device) => self.renew(device),
            Order::Send(device, packet) => {
                if let Some(link) = self.peers.get(&device).and_then(|peer| peer.link.as_ref()) {
                    // A link that is full or just ending takes nothing; what is not receipted is sent again.
                    drop(link.out.try_send(packet));
                }
            }
            Order::Want(device) => {
                if let Some(peer) = self.peers.get_mut(&device)
                    && peer.link.is_none()
                {
                    peer.wanted = true;
                    let is_first = !std::mem::replace(&mut peer.waits, true);
                    if is_first && !peer.online {
                        // It may be there all the same.
                        peer.backoff = BACKOFF_MIN;
                        peer.beat.ask_soon();
                    }
                    if is_first || peer.online {
                        peer.dial_at = Instant::now();
                        self.dial(device);
                    }
                }
            }
            Order::Files(device, answer) => {
                if let Some(link) = self.peers.get(&device).and_then(|peer| peer.link.as_ref()) {
                    let connection = link.connection.clone();
                    tokio::spawn(async move { drop(answer.send(connection.open_files().await.ok())) });
                }
            }
            Order::TryNow(device, answer) => self.try_now(device, answer),
            Order::Look => {
                let now = Instant::now();
                for peer in self.peers.values_mut().filter(|peer| peer.link.is_none()) {
                    peer.beat.look(now);
                }
                self.tick().await;
            }
            Order::Greeted(greeted) => self.greeted(*greeted).await,
            Order::DialFailed(device) => self.dial_failed(device),
            Order::Ended(device, id, closed) => self.ended(device, id, closed).await,
            Order::Path(device, id, path) => {
                let current = self.peers.get(&device).and_then(|peer| peer.link.as_ref()).is_some_and(|l| l.id == id);
                if current && path != PathKind::None {
                    self.reach(device, true, path).await;
                }
            }
            Order::Stop(_) => {}
        }
    }

    fn know(&mut self, known: Known) {
        let device = known.device;
        let beat = beats::Beat::new(known.beat_seen);
        let peer = Peer {
            link: None,
            dials: 0,
            wanted: true,
            waits: false,
            dial_at: Instant::now(),
            backoff: BACKOFF_MIN,
            online: false,
            path: PathKind::None,
            beat,
            tried: BTreeSet::new(),
            asked: Vec::new(),
            known,
        };
        match self.peers.get_mut(&device) {
            Some(there) => there.known = peer.known,
            None => drop(self.peers.insert(device, peer)),
        }
        self.publish_candidates();
        self.dial(device);
    }

    fn forget(&mut self, device: DeviceId) {
        if let Some(peer) = self.peers.remove(&device)
            && let Some(link) = peer.link
        {
            tokio::spawn(async move { link.connection.close(CloseCode::DONE).await });
        }
        self.publish_candidates();
    }

    fn renew(&mut self, device: DeviceId) {
        let Some(peer) = self.peers.get_mut(&device) else { return };
        peer.wanted = true;
        peer.dial_at = Instant::now() + BACKOFF_MIN;
        if let Some(link) = peer.link.take() {
            // At once: a dial must not come while the other end still holds this one for good.
            link.connection.abort(CloseCode::DONE);
        }
    }

    /// Dials a peer as if it had never failed. A dial under way is waited for, and what it finds is the answer.
    fn try_now(&mut self, device: DeviceId, answer: oneshot::Sender<bool>) {
        let Some(peer) = self.peers.get_mut(&device) else { return };
        if peer.link.is_some() {
            let _gone = answer.send(true);
            return;
        }
        peer.asked.push(answer);
        peer.wanted = true;
        peer.dial_at = Instant::now();
        peer.backoff = BACKOFF_MIN;
        peer.tried.clear();
        peer.beat.ask_soon();
        self.dial(device);
    }

    fn publish_candidates(&self) {
        let list = self.peers.values().map(|peer| (peer.known.device, peer.known.pair_secret.clone())).collect();
        if let Ok(mut candidates) = self.candidates.write() {
            *candidates = list;
        }
    }

    /// Dials a peer at its card's addresses and at all that the LAN showed and that did not turn out to be others. What
    /// the LAN shows while a dial is under way is dialled beside it: an address that is dead takes its time.
    fn dial(&mut self, device: DeviceId) {
        let dialled = self.peers.values().filter(|peer| peer.dials > 0).count();
        let Some(peer) = self.peers.get_mut(&device) else { return };
        if peer.link.is_some() || peer.dials >= DIALS_MAX || Instant::now() < peer.dial_at {
            return;
        }
        if peer.dials == 0 && !peer.waits && peer.asked.is_empty() && dialled >= DIALLED_MAX {
            return; // the next tick tries again
        }
        let mut cards = Vec::new();
        let mut dialled = Vec::new();
        if peer.dials == 0 {
            cards.push(peer.known.card.clone());
            // When that failed, everything is tried.
            if peer.backoff == BACKOFF_MIN {
                dialled.clone_from(&peer.known.card.addresses);
            }
            // Whoever was there may not have known us yet; where few are, asking all of them again costs little.
            if self.seen.len() <= SEEN_AGAIN_MAX {
                peer.tried.clear();
            }
        }
        for (name, addresses) in &self.seen {
            if peer.tried.insert(name.clone()) && is_elsewhere(&dialled, addresses) {
                cards.push(peer.known.card.at(addresses));
                dialled.extend(addresses);
            }
        }
        if cards.is_empty() {
            return;
        }
        peer.dials += 1;
        let dialled = Dialled { device, secret: peer.known.pair_secret.clone(), cards };
        tokio::spawn(greet::dial(self.net.endpoint.clone(), dialled, self.core.clone(), self.me.clone()));
    }

    fn dial_failed(&mut self, device: DeviceId) {
        let untried = self.peers.get(&device).is_some_and(|p| self.seen.keys().any(|name| !p.tried.contains(name)));
        let Some(peer) = self.peers.get_mut(&device) else { return };
        peer.dials = peer.dials.saturating_sub(1);
        if untried {
            peer.dial_at = Instant::now();
            self.dial(device);
        } else if peer.dials == 0 {
            peer.dial_at = Instant::now() + peer.backoff;
            peer.tell(false);
            peer.backoff = (peer.backoff * 2).min(if peer.waits { BACKOFF_MAX } else { BACKOFF_RESTING });
            if peer.online {
                // It was there, and could not be reached: whether it is there is to be told truly.
                peer.beat.ask_soon();
            }
        }
    }

    async fn greeted(&mut self, greeted: Greeted) {
        let device = greeted.device;
        let Some(peer) = self.peers.get_mut(&device) else {
            greeted.connection.abort(CloseCode::REFUSED);
            return;
        };
        // Where the other dialled, an own dial may still be under way; it is settled when it arrives.
        if peer.known.me == greeted.met.initiator {
            peer.dials = peer.dials.saturating_sub(1);
        }
        if let Some(old) = &peer.link
            && hello::settle(&old.met, old.since.elapsed(), &greeted.met) == Keep::Old
        {
            greeted.connection.abort(CloseCode::REPLACED);
            return;
        }
        if let Some(old) = peer.link.take() {
            old.connection.abort(CloseCode::REPLACED);
        }
        self.next_link += 1;
        let id = self.next_link;
        let contact = peer.known.contact;
        // Before anything is read from it: the core takes no packet of a link that it doesn't know.
        self.tell(Msg::Greeted { contact, device, link: id }).await;
        let out = self.carry(contact, device, id, greeted.connection.clone());
        let path = greeted.connection.path();
        if let Some(peer) = self.peers.get_mut(&device) {
            (peer.wanted, peer.waits) = (false, false);
            peer.backoff = BACKOFF_MIN;
            peer.tried.clear();
            peer.tell(true);
            peer.link = Some(Link {
                id,
                connection: greeted.connection,
                out,
                met: greeted.met,
                since: Instant::now(),
                closing: false,
            });
        }
        self.reach(device, true, path).await;
    }

    /// Starts the tasks that carry a connection's packets both ways and watch its path.
    fn carry(&self, contact: ContactId, device: DeviceId, id: u64, connection: Connection) -> mpsc::Sender<Bytes> {
        let (out, mut queue) = mpsc::channel::<Bytes>(PACKETS_MAX);
        let writer = connection.clone();
        tokio::spawn(async move {
            while let Some(packet) = queue.recv().await {
                if writer.send(packet).await.is_err() {
                    return;
                }
            }
        });
        let (mut paths, tells) = (connection.watch_path(), self.me.clone());
        tokio::spawn(async move {
            while paths.changed().await.is_ok() {
                let path = *paths.borrow_and_update();
                drop(tells.send(Order::Path(device, id, path)));
            }
        });
        tokio::spawn(crate::files::serve::accept(connection.clone(), self.core.clone(), contact, device));
        let (core, me) = (self.core.clone(), self.me.clone());
        tokio::spawn(async move {
            while let Some(bytes) = connection.recv().await {
                if core.send(Msg::Packet { contact, device, link: id, bytes }).await.is_err() {
                    return;
                }
            }
            let closed = connection.closed().await;
            drop(me.send(Order::Ended(device, id, closed)));
        });
        out
    }

    async fn ended(&mut self, device: DeviceId, id: u64, closed: Closed) {
        let Some(peer) = self.peers.get_mut(&device) else { return };
        if peer.link.as_ref().is_none_or(|link| link.id != id) {
            return;
        }
        peer.link = None;
        peer.dial_at = Instant::now();
        peer.beat.ask_soon();
        let contact = peer.known.contact;
        self.tell(Msg::Lost { contact, device, link: id }).await;
        match closed {
            Closed::There(CloseCode::IDLE | CloseCode::REPLACED) | Closed::Here => {}
            Closed::There(_) | Closed::Silent | Closed::Broken => {
                self.reach(device, false, PathKind::None).await;
                if let Some(peer) = self.peers.get_mut(&device) {
                    peer.wanted = true;
                    peer.dial_at = Instant::now() + BACKOFF_MIN;
                }
            }
        }
    }

    async fn reach(&mut self, device: DeviceId, online: bool, path: PathKind) {
        let Some(peer) = self.peers.get_mut(&device) else { return };
        let path = if online && path == PathKind::None { PathKind::Direct { local: false } } else { path };
        if online {
            peer.beat.alive();
        }
        if online && !peer.online {
            peer.beat.came_back();
        }
        if peer.online == online && peer.path == path {
            return;
        }
        (peer.online, peer.path) = (online, path);
        let contact = peer.known.contact;
        self.tell(Msg::Reach { contact, device, online, path }).await;
    }

    /// News of the LAN: whoever is missing may be the one.
    fn found(&mut self, found: Option<Found>) {
        match found {
            Some(Found::Seen { name, addresses }) => {
                if self.seen.len() >= SEEN_MAX && !self.seen.contains_key(&name) {
                    return;
                }
                if self.seen.insert(name.clone(), addresses.clone()).as_ref() == Some(&addresses) {
                    return;
                }
                let missing: Vec<DeviceId> =
                    self.peers.values().filter(|peer| peer.link.is_none()).map(|peer| peer.known.device).collect();
                for device in missing {
                    if let Some(peer) = self.peers.get_mut(&device) {
                        peer.tried.remove(&name);
                        peer.dial_at = Instant::now();
                    }
                    self.dial(device);
                }
            }
            Some(Found::LinksChanged) => {
                // A cable was plugged in, a machine woke up: what is known of everybody is old.
                for peer in self.peers.values_mut() {
                    peer.beat.ask_soon();
                    peer.dial_at = Instant::now();
                    peer.backoff = BACKOFF_MIN;
                }
            }
            Some(Found::Gone { name }) => {
                self.seen.remove(&name);
                for peer in self.peers.values_mut() {
                    peer.tried.remove(&name);
                }
            }
            None => self.net.mdns = None,
        }
    }

    /// A heartbeat of some peer, or noise.
    async fn heard(&mut self, from: SocketAddr, bytes: &[u8]) {
        let Some((device, reachable)) = self.beats.hear(from, bytes, &mut self.peers, &mut self.rng).await else {
            return;
        };
        if !reachable {
            return self.reach(device, false, PathKind::None).await;
        }
        let Some(peer) = self.peers.get_mut(&device) else { return };
        let came_back = !peer.online;
        let path = match peer.path {
            PathKind::None => PathKind::Direct { local: is_local(&from) },
            path => path,
        };
        let wanted = peer.wanted || came_back;
        self.reach(device, true, path).await;
        if wanted {
            if let Some(peer) = self.peers.get_mut(&device) {
                peer.dial_at = Instant::now();
            }
            self.dial(device);
        }
    }

    /// This device's own addresses changed: everybody hears of it at once.
    async fn moved(&mut self) {
        self.net.endpoint.network_change().await;
        let now = Instant::now();
        let devices: Vec<DeviceId> = self.peers.keys().copied().collect();
        for device in devices {
            if let Some(peer) = self.peers.get_mut(&device) {
                peer.dial_at = now;
                peer.backoff = BACKOFF_MIN;
                peer.beat.ask_soon();
            }
            self.dial(device);
        }
    }

    async fn tick(&mut self) {
        let (now, idle) = (Instant::now(), self.idle());
        let mut lost = Vec::new();
        let mut due = Vec::new();
        for (device, peer) in &mut self.peers {
            if let Some(link) = &mut peer.link {
                if !link.closing && link.connection.idle_for() >= idle {
                    link.closing = true;
                    let connection = link.connection.clone();
                    tokio::spawn(async move { connection.close(CloseCode::IDLE).await });
                }
                continue;
            }
            if peer.online && peer.beat.given_up(now) {
                lost.push(*device);
            }
            if !peer.online || peer.wanted {
                due.push(*device);
            }
        }
        self.beats.send_due(now, &mut self.peers, &mut self.rng).await;
        for device in lost {
            self.reach(device, false, PathKind::None).await;
        }
        for device in due {
            self.dial(device);
        }
    }

    /// Leaves: connections are closed, the others are told by a heartbeat.
    async fn goodbye(mut self) -> Vec<(DeviceId, u64)> {
        self.beats.bye(&mut self.peers).await;
        let links = self.peers.values_mut().filter_map(|peer| peer.link.take());
        let closing: Vec<_> = links.map(|link| async move { link.connection.close(CloseCode::DONE).await }).collect();
        let all = futures_util::future::join_all(closing);
        drop(tokio::time::timeout(Duration::from_secs(2), all).await);
        self.peers.values().map(|peer| (peer.known.device, peer.beat.greatest())).collect()
    }

    /// A core that has ended hears nothing: the agent is stopping.
    async fn tell(&self, msg: Msg) {
        drop(self.core.send(msg).await);
    }
}

/// Whether a device that the LAN shows is at none of the addresses that are dialled at the same time. Who is at one of
/// them is the same device, perhaps under the name of an earlier run, and a second handshake with it would only cost.
fn is_elsewhere(dialled: &[SocketAddr], seen: &[SocketAddr]) -> bool {
    seen.iter().all(|address| !dialled.contains(address))
}

/// Waits for an instant; for ever, without one.
async fn reached(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at.into()).await,
        None => std::future::pending().await,
    }
}

async fn next_found(mdns: Option<&Mdns>) -> Option<Found> {
    match mdns {
        Some(mdns) => mdns.found().await,
        None => std::future::pending().await,
    }
}

/// A card without what leads off the LAN: relays and public addresses.
pub(crate) fn kept_to_the_lan(mut card: Card) -> Card {
    card.relays.clear();
    card.addresses.retain(is_local);
    card
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_is_seen_where_it_is_known_is_dialled_once() {
        let address = |text: &str| -> SocketAddr { text.parse().unwrap() };
        let known = [address("10.7.0.2:4000"), address("[fd00::2]:4000")];
        assert!(!is_elsewhere(&known, &known[..1]));
        assert!(!is_elsewhere(&known, &[address("10.7.0.9:4000"), known[0]]));
        for other in ["10.7.0.2:4001", "10.7.0.3:4000"].map(address) {
            assert!(is_elsewhere(&known, &[other]));
        }
        assert!(is_elsewhere(&[], &known));
    }
}
