//! The machine: what to ask, answer and believe. No socket, no clock of its own.
//!
//! A peer is known by the random name it announces, with the addresses it gave on each link; it is forgotten at its
//! goodbye or [`TTL_SECONDS`] after it last spoke on any link. Bounds: [`PEERS_MAX`] names, [`PACKETS_PER_SECOND`]
//! datagrams looked at, one answer per announcement, link and second. A stranger who fills the table hides others
//! until his names expire, and no more: contacts are also dialled where they were last.

use super::Found;
use super::link::{Link, is_dialable};
use super::message::{Announcement, Heard, Parsed, Question, Service, TTL_SECONDS, parse};
use crate::{Card, EndpointId};
use kith_base::limits::ADDRESSES_MAX;
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

/// Device names remembered: a large LAN party.
pub(super) const PEERS_MAX: usize = 64;
/// Datagrams looked at in one second, on all links together.
const PACKETS_PER_SECOND: u32 = 300;
/// Different answers handed to one search for a pairing code.
const CARDS_PER_SEARCH: usize = 8;
/// After a start or a new link: the gaps at which the announcement and the question go out, doubling as RFC 6762, 8.3
/// has it. Wi-Fi loses multicast, and a fresh IPv6 address can't send for its first second or two.
const OPENING: [Duration; 5] = [
    Duration::ZERO,
    Duration::from_millis(250),
    Duration::from_millis(750),
    Duration::from_secs(2),
    Duration::from_secs(4),
];
/// Steady announcements, so that a peer's belief never expires while we are here: after the first of these, then after
/// twice as much each time, up to the second. Who comes later asks, so that they are for what multicast has lost.
// NET-032
const STEADY: [Duration; 2] = [Duration::from_secs(50), Duration::from_secs(400)];
/// A search asks again after these, then every second.
const SEARCH: [Duration; 4] =
    [Duration::ZERO, Duration::from_millis(200), Duration::from_millis(300), Duration::from_millis(500)];
const SEARCH_STEADY: [Duration; 2] = [Duration::from_secs(1); 2];
/// An answer to one announcement goes to a link at most this often (RFC 6762, 6) (NET-034).
const ANSWER_GAP: Duration = Duration::from_secs(1);

/// Something for the caller to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Send to one link, or to all.
    Announce { link: Option<u32>, what: Announcement, goodbye: bool },
    /// Send to one link, or to all.
    Ask { link: Option<u32>, what: Question },
    /// Tell the owner.
    Tell(Found),
    /// Tell a search.
    Card { search: u64, card: Card },
}

/// Times at which something goes out: the opening ones, then at gaps that double up to the greatest.
#[derive(Debug)]
struct Schedule {
    next: Instant,
    step: usize,
    opening: &'static [Duration],
    gap: Duration,
    greatest: Duration,
}

impl Schedule {
    fn new(now: Instant, opening: &'static [Duration], [gap, greatest]: [Duration; 2]) -> Self {
        Self { next: now, step: 1, opening, gap, greatest }
    }

    /// Whether it is due; if so, sets the next time. Tells too whether it was one of the opening times.
    fn due(&mut self, now: Instant) -> Option<Opening> {
        if now < self.next {
            return None;
        }
        let opening = Opening(self.step <= self.opening.len());
        self.next = now + self.opening.get(self.step).copied().unwrap_or(self.gap);
        if self.step >= self.opening.len() {
            self.gap = (self.gap * 2).min(self.greatest);
        }
        self.step += 1;
        Some(opening)
    }
}

/// Whether a due time belongs to the beginning.
struct Opening(bool);

#[derive(Debug)]
struct Own {
    what: Announcement,
    schedule: Schedule,
    answered: BTreeMap<u32, Instant>,
}

#[derive(Debug)]
struct Search {
    name: String,
    schedule: Schedule,
    told: Vec<Card>,
}

#[derive(Debug, Default)]
struct Peer {
    links: BTreeMap<u32, (BTreeSet<SocketAddr>, Instant)>,
}

impl Peer {
    fn addresses(&self) -> Vec<SocketAddr> {
        let all: BTreeSet<_> = self.links.values().flat_map(|(addresses, _)| addresses.iter().copied()).collect();
        all.into_iter().take(ADDRESSES_MAX).collect()
    }
}

/// The whole of what is known and due.
#[derive(Debug, Default)]
pub(super) struct State {
    own: BTreeMap<u64, Own>,
    searches: BTreeMap<u64, Search>,
    peers: BTreeMap<String, Peer>,
    looked_at: Option<(Instant, u32)>,
}

impl State {
    /// Begins to announce. `id` is the caller's handle.
    pub(super) fn announce(&mut self, id: u64, what: Announcement, now: Instant) {
        let schedule = Schedule::new(now, &OPENING, STEADY);
        self.own.insert(id, Own { what, schedule, answered: BTreeMap::new() });
    }

    /// Takes leave of one announcement.
    pub(super) fn withdraw(&mut self, id: u64) -> Option<Act> {
        let own = self.own.remove(&id)?;
        Some(Act::Announce { link: None, what: own.what, goodbye: true })
    }

    /// Takes leave of all.
    pub(super) fn withdraw_all(&mut self) -> Vec<Act> {
        let ids: Vec<_> = self.own.keys().copied().collect();
        ids.into_iter().filter_map(|id| self.withdraw(id)).collect()
    }

    /// Begins to look for an open code.
    pub(super) fn search(&mut self, id: u64, name: String, now: Instant) {
        let schedule = Schedule::new(now, &SEARCH, SEARCH_STEADY);
        self.searches.insert(id, Search { name, schedule, told: Vec::new() });
    }

    /// Stops looking.
    pub(super) fn stop_search(&mut self, id: u64) {
        self.searches.remove(&id);
    }

    /// A link appeared or got another address: say and ask everything there again from the beginning.
    pub(super) fn links_changed(&mut self, now: Instant) {
        for own in self.own.values_mut() {
            own.schedule = Schedule::new(now, &OPENING, STEADY);
            own.answered.clear();
        }
    }

    /// Forgets a peer, so that it is told of again when it next speaks.
    pub(super) fn forget(&mut self, name: &str) {
        self.peers.remove(name);
    }

    /// When [`Self::tick`] is next wanted.
    pub(super) fn next_tick(&self) -> Option<Instant> {
        let own = self.own.values().map(|own| own.schedule.next);
        let searches = self.searches.values().map(|search| search.schedule.next);
        let expiry = self.peers.values().flat_map(|peer| peer.links.values().map(|(_, until)| *until));
        own.chain(searches).chain(expiry).min()
    }

    /// What is due.
    pub(super) fn tick(&mut self, now: Instant) -> Vec<Act> {
        let mut acts = Vec::new();
        for own in self.own.values_mut() {
            let Some(Opening(opening)) = own.schedule.due(now) else { continue };
            acts.push(Act::Announce { link: None, what: own.what.clone(), goodbye: false });
            if opening && own.what.service == Service::Devices {
                acts.push(Act::Ask { link: None, what: Question::All(Service::Devices) });
            }
        }
        for search in self.searches.values_mut().filter_map(|s| s.schedule.due(now).map(|_| s)) {
            acts.push(Act::Ask { link: None, what: Question::One(Service::Pairing, search.name.clone()) });
        }
        acts.extend(self.expire(now));
        acts
    }

    fn expire(&mut self, now: Instant) -> Vec<Act> {
        let mut acts = Vec::new();
        self.peers.retain(|name, peer| {
            let before = peer.addresses();
            peer.links.retain(|_, (_, until)| *until > now);
            let after = peer.addresses();
            if after.is_empty() {
                acts.push(Act::Tell(Found::Gone { name: name.clone() }));
            } else if after != before {
                acts.push(Act::Tell(Found::Seen { name: name.clone(), addresses: after.clone() }));
            }
            !after.is_empty()
        });
        acts
    }

    /// A datagram that came from port 5353 of an address on `link`.
    pub(super) fn received(&mut self, link: &Link, bytes: &[u8], now: Instant) -> Vec<Act> {
        if !self.may_look(now) {
            return Vec::new();
        }
        match parse(bytes) {
            None => Vec::new(),
            Some(Parsed::Questions(questions)) => self.answer(link.index, &questions, now),
            Some(Parsed::Answers(heard)) => heard.into_iter().flat_map(|one| self.hear(link, &one, now)).collect(),
        }
    }

    fn may_look(&mut self, now: Instant) -> bool {
        let (since, count) = self.looked_at.unwrap_or((now, 0));
        let count = if now.duration_since(since) >= Duration::from_secs(1) { 0 } else { count };
        self.looked_at = Some((if count == 0 { now } else { since }, count + 1));
        count < PACKETS_PER_SECOND
    }

    fn answer(&mut self, link: u32, questions: &[Question], now: Instant) -> Vec<Act> {
        let asked = self.own.values_mut().filter(|own| questions.iter().any(|question| own.what.answers(question)));
        let mut acts = Vec::new();
        for own in asked {
            if own.answered.get(&link).is_some_and(|last| now.duration_since(*last) < ANSWER_GAP) {
                continue;
            }
            own.answered.insert(link, now);
            acts.push(Act::Announce { link: Some(link), what: own.what.clone(), goodbye: false });
        }
        acts
    }

    fn hear(&mut self, link: &Link, heard: &Heard, now: Instant) -> Vec<Act> {
        let said = &heard.announcement;
        if self.own.values().any(|own| own.what.service == said.service && own.what.name == said.name) {
            return Vec::new(); // our own voice
        }
        let addresses = reachable(link, &heard.addresses, said.port);
        match said.service {
            Service::Devices if heard.goodbye => self.hear_goodbye(&said.name),
            Service::Devices => self.hear_device(link.index, &said.name, addresses, now),
            Service::Pairing if heard.goodbye => Vec::new(),
            Service::Pairing => self.hear_code(said, addresses),
        }
    }

    fn hear_goodbye(&mut self, name: &str) -> Vec<Act> {
        let known = self.peers.remove(name);
        known.map(|_| Act::Tell(Found::Gone { name: name.to_owned() })).into_iter().collect()
    }

    fn hear_device(&mut self, link: u32, name: &str, addresses: BTreeSet<SocketAddr>, now: Instant) -> Vec<Act> {
        let full = self.peers.len() >= PEERS_MAX && !self.peers.contains_key(name);
        if full || addresses.is_empty() {
            return Vec::new();
        }
        let peer = self.peers.entry(name.to_owned()).or_default();
        let before = peer.addresses();
        peer.links.insert(link, (addresses, now + Duration::from_secs(TTL_SECONDS.into())));
        let after = peer.addresses();
        if before == after {
            return Vec::new();
        }
        vec![Act::Tell(Found::Seen { name: name.to_owned(), addresses: after })]
    }

    fn hear_code(&mut self, said: &Announcement, addresses: BTreeSet<SocketAddr>) -> Vec<Act> {
        let Some(endpoint) = said.endpoint.filter(|_| !addresses.is_empty()) else { return Vec::new() };
        let card = Card { addresses: addresses.into_iter().collect(), ..Card::new(EndpointId(endpoint)) };
        let mut acts = Vec::new();
        for (id, search) in self.searches.iter_mut().filter(|(_, search)| search.name == said.name) {
            if search.told.len() < CARDS_PER_SEARCH && !search.told.contains(&card) {
                search.told.push(card.clone());
                acts.push(Act::Card { search: *id, card: card.clone() });
            }
        }
        acts
    }
}

/// The announced addresses that lie on the link they were heard on: nobody there can make us dial elsewhere.
fn reachable(link: &Link, addresses: &[IpAddr], port: u16) -> BTreeSet<SocketAddr> {
    let believed = addresses.iter().filter(|ip| link.has(**ip) && is_dialable(**ip));
    believed.map(|ip| SocketAddr::new(*ip, port)).take(ADDRESSES_MAX).collect()
}
