//! Finding devices and open pairing codes on every link, with no server and no default route (RFC 6762, 6763).
//!
//! Two services. `_kith._udp.local` has one instance for each running device, under a name that is random for each
//! start, with port and addresses: nothing in it is the same tomorrow, so a stranger on the LAN can't follow a person.
//! A contact needs no more: it knows the endpoint id it wants and dials it at each address it sees; TLS refuses every
//! other device. `_kith-pair._udp.local` has an instance while a pairing code is open, named by the code's locator and
//! carrying the id of an endpoint that is thrown away with the code; it is answered only to who names it.
//!
//! | file | |
//! |---|---|
//! | `message.rs` | what is written and read |
//! | `state.rs` | what to ask, answer and believe: no I/O |
//! | `link.rs` | interfaces and sockets |
//! | `watch.rs` | news of links that come and go |
//! | `fuzzing.rs` | what a fuzzer reaches |
//! | here | the task that joins them, and the handles |
//!
//! Invariants: only addresses of the link a message came by are believed; nothing is ever answered for others; no
//! message is answered but by multicast on its own link.

pub(crate) mod fuzzing;
mod link;
mod message;
mod state;
#[cfg(test)]
mod tests;
mod watch;

use crate::{Card, Endpoint, NetError};
use link::{OpenLink, Received};
use message::{Announcement, Service};
use state::{Act, State};
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinHandle;
use tokio::time::sleep_until;
use watch::LinkWatch;

/// Datagrams that wait for the task; more are lost.
const RECEIVED_QUEUE: usize = 64;
/// News that wait for the agent: everybody seen and gone once.
const FOUND_QUEUE: usize = state::PEERS_MAX * 2;
/// Answers that wait for a search.
const CARDS_QUEUE: usize = 8;

/// News of the LAN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Some device is there, or its addresses have changed. Whose it is shows only by dialling.
    Seen {
        /// The name it has until its next start.
        name: String,
        /// All addresses it is known to have.
        addresses: Vec<SocketAddr>,
    },
    /// It took leave or fell silent.
    Gone {
        /// The name it had.
        name: String,
    },
    /// This machine's own links or their addresses changed: it was plugged in elsewhere, or woke up.
    LinksChanged,
}

/// What the service needs to know of its endpoint.
#[derive(Debug)]
pub(crate) struct MdnsConfig {
    pub(crate) listen: Vec<IpAddr>,
    pub(crate) port: u16,
    pub(crate) nonce: [u8; 8],
}

enum Command {
    Announce(u64, Announcement),
    Withdraw(u64),
    Search(u64, String, mpsc::Sender<Card>),
    StopSearch(u64),
    Stop,
}

/// A running service. Dropping it takes leave in the background; [`Mdns::stop`] waits for that.
#[derive(Debug)]
pub struct Mdns {
    // Unbounded because handles withdraw in `drop`, which can't wait; only this process's own calls fill it.
    commands: mpsc::UnboundedSender<Command>,
    found: Mutex<mpsc::Receiver<Found>>,
    last_id: AtomicU64,
    task: JoinHandle<()>,
}

impl Mdns {
    /// Starts the task on the current runtime.
    pub(crate) fn start(config: MdnsConfig) -> Self {
        let (commands, orders) = mpsc::unbounded_channel();
        let (to_agent, found) = mpsc::channel(FOUND_QUEUE);
        let name = data_encoding::HEXLOWER.encode(&config.nonce);
        let mut state = State::default();
        let device = Announcement { service: Service::Devices, name, port: config.port, endpoint: None };
        state.announce(0, device, Instant::now());
        let task = tokio::spawn(Task::new(config.listen, state, to_agent).run(orders));
        Self { commands, found: Mutex::new(found), last_id: AtomicU64::new(0), task }
    }

    /// The next news; `None` once the service has stopped. Dropping the future loses nothing.
    pub async fn found(&self) -> Option<Found> {
        self.found.lock().await.recv().await
    }

    /// Announces an open pairing code by its locator (or a link's name) and `endpoint`'s id and port, until the
    /// returned guard is dropped.
    ///
    /// # Errors
    /// [`NetError::BadName`] unless the name is 1 to 63 of a-z, 0-9 and `-`.
    pub fn announce_pairing(&self, name: &str, endpoint: &Endpoint) -> Result<PairingAnnouncement, NetError> {
        if !message::is_name(name) {
            return Err(NetError::BadName);
        }
        let id = self.fresh_id();
        let code = Announcement {
            service: Service::Pairing,
            name: name.to_owned(),
            port: endpoint.port(),
            endpoint: Some(endpoint.id().0),
        };
        drop(self.commands.send(Command::Announce(id, code)));
        Ok(PairingAnnouncement { id, commands: self.commands.clone() })
    }

    /// Looks for an open code by its name: at once, soon again, then every second until the search is dropped.
    ///
    /// # Errors
    /// [`NetError::BadName`] as for [`Self::announce_pairing`].
    pub fn find_pairing(&self, name: &str) -> Result<PairingSearch, NetError> {
        if !message::is_name(name) {
            return Err(NetError::BadName);
        }
        let id = self.fresh_id();
        let (to_search, cards) = mpsc::channel(CARDS_QUEUE);
        drop(self.commands.send(Command::Search(id, name.to_owned(), to_search)));
        Ok(PairingSearch { id, commands: self.commands.clone(), cards })
    }

    /// Takes leave on every link and ends, also of codes that are still announced.
    pub async fn stop(mut self) {
        drop(self.commands.send(Command::Stop));
        drop((&mut self.task).await);
    }

    fn fresh_id(&self) -> u64 {
        self.last_id.fetch_add(1, Ordering::Relaxed) + 1
    }
}

impl Drop for Mdns {
    fn drop(&mut self) {
        drop(self.commands.send(Command::Stop));
    }
}

/// An open code on the LAN, for as long as this lives.
#[derive(Debug)]
#[must_use = "the code is announced only while this lives"]
pub struct PairingAnnouncement {
    id: u64,
    commands: mpsc::UnboundedSender<Command>,
}

impl Drop for PairingAnnouncement {
    fn drop(&mut self) {
        drop(self.commands.send(Command::Withdraw(self.id)));
    }
}

/// A search for an open code.
#[derive(Debug)]
pub struct PairingSearch {
    id: u64,
    commands: mpsc::UnboundedSender<Command>,
    cards: mpsc::Receiver<Card>,
}

impl PairingSearch {
    /// The next device that says it has this code open; several may, and only the words tell which does. `None` once
    /// the service has stopped. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Card> {
        self.cards.recv().await
    }
}

impl Drop for PairingSearch {
    fn drop(&mut self) {
        drop(self.commands.send(Command::StopSearch(self.id)));
    }
}

/// Waits for an instant; for ever, without one.
async fn reached(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at.into()).await,
        None => std::future::pending().await,
    }
}

/// Joins the machine to the sockets.
struct Task {
    listen: Vec<IpAddr>,
    state: State,
    links: BTreeMap<u32, OpenLink>,
    found: mpsc::Sender<Found>,
    searches: BTreeMap<u64, mpsc::Sender<Card>>,
    received: (mpsc::Sender<Received>, mpsc::Receiver<Received>),
}

impl Task {
    fn new(listen: Vec<IpAddr>, state: State, found: mpsc::Sender<Found>) -> Self {
        let received = mpsc::channel(RECEIVED_QUEUE);
        Self { listen, state, links: BTreeMap::new(), found, searches: BTreeMap::new(), received }
    }

    /// Runs until it is told to stop, then takes leave.
    async fn run(mut self, mut orders: mpsc::UnboundedReceiver<Command>) {
        // Listening before looking: what comes in between is heard.
        let news = LinkWatch::start();
        self.refresh_links();
        loop {
            let tick = self.next_tick();
            tokio::select! {
                order = orders.recv() => match order {
                    Some(Command::Stop) | None => break,
                    Some(order) => self.obey(order),
                },
                Some(datagram) = self.received.1.recv() => self.hear(&datagram),
                () = news.changed() => {
                    if self.refresh_links() {
                        self.tell(Found::LinksChanged);
                    }
                }
                () = reached(tick) => {}
            }
            if !self.links.is_empty() {
                let acts = self.state.tick(Instant::now());
                self.perform(acts);
            }
        }
        let farewell = self.state.withdraw_all();
        self.perform(farewell);
    }

    /// Nothing is due before there is a link to say it on.
    fn next_tick(&self) -> Option<Instant> {
        if self.links.is_empty() { None } else { self.state.next_tick() }
    }

    fn obey(&mut self, order: Command) {
        match order {
            Command::Announce(id, what) => self.state.announce(id, what, Instant::now()),
            Command::Withdraw(id) => {
                let goodbye = self.state.withdraw(id);
                self.perform(goodbye);
            }
            Command::Search(id, name, to) => {
                self.searches.insert(id, to);
                self.state.search(id, name, Instant::now());
            }
            Command::StopSearch(id) => {
                self.searches.remove(&id);
                self.state.stop_search(id);
            }
            Command::Stop => {}
        }
    }

    fn hear(&mut self, datagram: &Received) {
        let Some(open) = self.links.get(&datagram.link) else { return };
        let acts = self.state.received(&open.link, &datagram.bytes, Instant::now());
        self.perform(acts);
    }

    /// Uses the links there are; says whether any came, went or has other addresses.
    fn refresh_links(&mut self) -> bool {
        let current = link::current(&self.listen);
        let before = self.links.len();
        self.links.retain(|index, open| current.get(index) == Some(&open.link));
        let mut changed = false;
        let gone = self.links.len() < before;
        for (index, link) in current {
            if let std::collections::btree_map::Entry::Vacant(vacant) = self.links.entry(index) {
                vacant.insert(OpenLink::open(link, &self.received.0));
                changed = true;
            }
        }
        if changed {
            tracing::debug!(before, links = self.links.len(), "links changed");
            self.state.links_changed(Instant::now());
        }
        changed || gone
    }

    fn perform(&mut self, acts: impl IntoIterator<Item = Act>) {
        for act in acts {
            match act {
                Act::Announce { link, what, goodbye } => {
                    self.send(link, |on| message::encode_announcement(&what, &on.addresses(), goodbye));
                }
                Act::Ask { link, what } => self.send(link, |_| message::encode_question(&what)),
                Act::Tell(news) => self.tell(news),
                Act::Card { search, card } => {
                    if let Some(to) = self.searches.get(&search) {
                        drop(to.try_send(card));
                    }
                }
            }
        }
    }

    fn send(&self, to: Option<u32>, encode: impl Fn(&link::Link) -> Option<Vec<u8>>) {
        for open in self.links.values().filter(|open| to.is_none_or(|index| index == open.link.index)) {
            if let Some(bytes) = encode(&open.link) {
                open.send(&bytes);
            }
        }
    }

    /// Tells the agent. A peer whose news finds no room is forgotten, so that it is news again when it next speaks.
    fn tell(&mut self, news: Found) {
        if let Err(mpsc::error::TrySendError::Full(Found::Seen { name, .. })) = self.found.try_send(news) {
            self.state.forget(&name);
        }
    }
}
