//! One conversation at one device: its own log, the logs it reads, what is owed to whom.
//!
//! ```text
//!   write ──► event ──► owed(device) ──► sealed at (log, seq) ──► sent ──► receipt ──► settled
//!                          ▲                                                 │
//!                          └──────────── refused, or the group was lost ◄────┘
//! ```
//!
//! Events wait unsealed and are sealed when a device that will take them is connected. The ledger of obligations
//! (`owed`) ends only by a receipt of the device itself. What cannot be opened is refused, voided by its writer and
//! sealed again, to that device alone; nothing ever stalls behind it. The people of a conversation are fixed when it
//! begins, so every leaf belongs to somebody in the audience of every event; their devices change by signed lists.
//!
//! Use: [`Conversation::load`], then for each batch of inputs one [`Turn`]: call its methods, take the [`Step`] from
//! [`Turn::done`], commit, perform the effects. A conversation whose commit failed, or that panicked, is dropped and
//! loaded again; nothing that was not committed has left.
//!
//! Invariants:
//! - A record is stored before it is sent, and what is sent again is the same bytes.
//! - A receipt speaks of events committed in the same or an earlier batch.
//! - One writer for each log; this device writes exactly one.
//! - Connections (`Session`) are not stored: after a restart both sides say anew what they have.
//!
//! `spec/log.md` numbers the rules.

mod answer;
mod events;
mod expiry;
mod features;
mod found;
mod health;
mod introductions;
mod joining;
mod lists;
mod past;
mod people;
mod pin;
mod proof;
mod read;
mod relic;
mod renew;
mod seal;
mod settle;
mod short;
mod staged;
mod state;
mod write;

use crate::crypto::VerifyKey;
use crate::identity::list::Rank;
use crate::identity::manifest::Manifest;
use crate::io::{Effect, MetaKey, PeerKnown, Rejected, Step, StoredLog, StoredPeer, View, Write};
use crate::log::carried::Shared;
use crate::log::packet::Packet;
use crate::log::record::LogHeader;
use crate::log::welcome::Welcome;
use crate::sealer::{LeafKey, Sealer, SealerFault};
use expiry::Expiries;
use features::Manifests;
use introductions::Letters;
use kith_base::{ConversationId, DeviceId, LogId, Mono, PersonId, Rng, Wall};
use past::Past;
use people::People;
use seal::Patience;
use staged::Staged;
use state::{Genesis, OwnLog, Peer, Progress, ReadLog};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

pub use expiry::Timers;
pub use found::{Founding, MyOffer, Prospect};
pub use health::{DeviceHealth, Health, LogHealth, OwnLogHealth};
pub use joining::{SiblingRequest, Transfer};
pub use lists::Standing;
pub use past::recovery_before;
pub use relic::relic;
pub use renew::{FoundError, Over};
pub use write::{Deleted, Refused};

/// How long a connected device may leave what it was sent unanswered before it is sent again (LOG-023).
const RESEND_AFTER: Duration = Duration::from_secs(5);
/// How long a device is not asked again for the same missing record: what was asked for is on its way (LOG-020).
const ASK_AFTER: Duration = Duration::from_secs(1);

/// Why stored state can't be used. Ours, or the disk's, to blame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadError {
    /// The vault has no conversation.
    Absent,
    /// A stored value can't be read.
    Damaged(&'static str),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("the vault holds no conversation"),
            Self::Damaged(what) => write!(f, "the vault is damaged: {what} can't be read"),
        }
    }
}

impl std::error::Error for LoadError {}

/// Why a machine has to be woken, with the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// A device that is connected has not answered for a while.
    Resend(DeviceId),
    /// A device that lost its place more than once may be added again.
    Admit(DeviceId),
    /// What a device refused more than once may be sealed to it again.
    Reseal(DeviceId),
    /// The time of a message is over, or its clock has to be looked at.
    Expire,
}

/// What is known of a live connection to one device.
#[derive(Debug, Default)]
struct Session {
    /// It has said what it has of the own log (RCPT-015).
    heard: bool,
    /// The next seq to send it.
    next: u64,
    /// A receipt of its log is due; with `true`, one that asks for what is missing.
    receipt_due: Option<bool>,
    /// Which record was asked for last, and when.
    asked: Option<(u64, Mono)>,
    /// From which place on it was sent again last at its asking.
    repeated: Option<Repeated>,
    /// It was told the offer that stands.
    offer_told: bool,
    /// It was shown what it signed itself.
    proved: bool,
    /// It was sent a record whole and did not ask since: what follows may be short (LOG-042).
    short_records: bool,
    /// The same of a receipt.
    short_receipts: bool,
    /// When it last showed progress, or was sent something first.
    heard_at: Mono,
}

/// What a device was sent again because it asked.
#[derive(Debug, Clone, Copy)]
struct Repeated {
    /// The place from which on.
    from: u64,
    /// When it may have the same again.
    not_before: Mono,
    /// How often it had it.
    times: u32,
}

/// One conversation at one device. See the module's documentation.
pub struct Conversation {
    genesis: Genesis,
    people: People,
    progress: Progress,
    own: OwnLog,
    logs: BTreeMap<LogId, ReadLog>,
    peers: BTreeMap<DeviceId, Peer>,
    introductions: Letters,
    manifests: Manifests,
    past: Past,
    expiries: Expiries,
    /// What this program speaks.
    manifest: Manifest,
    sealer: Box<dyn Sealer + Send>,
    sessions: BTreeMap<DeviceId, Session>,
    /// Greeted devices: those with a session, and those that are suspended.
    connected: BTreeSet<DeviceId>,
    /// Where this device can be found, for letters; opaque, and only known once the caller said so.
    card: Vec<u8>,
    /// Welcomes that came before the records in front of them.
    early_welcomes: BTreeMap<LogId, Welcome>,
    /// Devices that lost their place in the own log, or offered what MLS refuses.
    patience: BTreeMap<DeviceId, Patience>,
    /// Devices that refused what was sealed to them alone.
    refusers: BTreeMap<DeviceId, Patience>,
    /// The own log was found lost, and another took its place, in this run.
    succeeded: bool,
    /// From when the own log's age is counted in this run.
    age_from: Mono,
}

impl Conversation {
    /// Reads a conversation's state. `now` is the moment from which its running time counts.
    ///
    /// # Errors
    /// [`LoadError`] when there is none or it can't be read.
    pub fn load(view: &dyn View, sealer: Box<dyn Sealer + Send>, now: Mono) -> Result<Self, LoadError> {
        let genesis = Genesis::decode(&view.meta(MetaKey::Genesis).ok_or(LoadError::Absent)?)
            .map_err(|_| LoadError::Damaged("its beginning"))?;
        let progress = view.meta(MetaKey::Progress).ok_or(LoadError::Damaged("its progress"))?;
        let people = view.meta(MetaKey::People).ok_or(LoadError::Damaged("its people"))?;
        let mut own = None;
        let mut logs = BTreeMap::new();
        for stored in view.logs() {
            if stored.log == genesis.log {
                own = OwnLog::decode(stored.log, &stored.state).ok();
            } else {
                let log = ReadLog::decode(stored.log, stored.device, &stored.state)
                    .map_err(|_| LoadError::Damaged("a log"))?;
                logs.insert(stored.log, log);
            }
        }
        let mut peers = BTreeMap::new();
        for stored in view.peers() {
            let peer = Peer::decode(stored.device, &stored.state).map_err(|_| LoadError::Damaged("a device"))?;
            peers.insert(stored.device, peer);
        }
        let introductions = view.meta(MetaKey::Introductions).unwrap_or_default();
        let manifests = view.meta(MetaKey::Manifest).unwrap_or_default();
        let expiries = Expiries::load(view.meta(MetaKey::Timers).as_deref(), view.expiries(), now);
        Ok(Self {
            progress: Progress::decode(&progress).map_err(|_| LoadError::Damaged("its progress"))?,
            people: People::decode(&people).map_err(|_| LoadError::Damaged("its people"))?,
            own: own.ok_or(LoadError::Damaged("the own log"))?,
            logs,
            peers,
            introductions: Letters::decode(&introductions).map_err(|_| LoadError::Damaged("an introduction"))?,
            manifests: Manifests::decode(&manifests).map_err(|_| LoadError::Damaged("a manifest"))?,
            past: Past::load(view)?,
            expiries: expiries.map_err(|_| LoadError::Damaged("how long messages stay"))?,
            manifest: Manifest::CURRENT,
            sealer,
            sessions: BTreeMap::new(),
            connected: BTreeSet::new(),
            card: Vec::new(),
            early_welcomes: BTreeMap::new(),
            patience: BTreeMap::new(),
            refusers: BTreeMap::new(),
            succeeded: false,
            age_from: now,
            genesis,
        })
    }

    /// The conversation's id.
    pub const fn id(&self) -> ConversationId {
        self.genesis.conversation
    }

    /// This device in this conversation.
    pub const fn device(&self) -> DeviceId {
        self.genesis.device
    }

    /// This device's person in this conversation.
    pub const fn person(&self) -> PersonId {
        self.genesis.person
    }

    /// This device found itself to be a copy or set back, and writes no more.
    pub const fn retired(&self) -> bool {
        self.progress.retired
    }

    /// Both directions have carried: each side joined the other's log.
    pub const fn established(&self) -> bool {
        self.progress.established
    }

    /// Signs for this device, as a hello needs it.
    pub const fn signing_key(&self) -> &crate::crypto::SignKey {
        &self.genesis.sign
    }

    /// The public signing key of another listed device, to check its hello with.
    pub fn verify_key(&self, device: DeviceId) -> Option<VerifyKey> {
        self.people.listed(device).map(|known| known.sign)
    }

    /// What the headers of all events in a device's log say alike; `None` for a device that was never listed here.
    pub fn shared(&self, device: DeviceId) -> Option<Shared> {
        let Genesis { conversation, .. } = self.genesis;
        let person = self.people.person_of(device)?;
        Some(Shared { conversation, person, device, audience: self.people.head(conversation) })
    }

    fn own_shared(&self) -> Shared {
        let Genesis { conversation, person, device, .. } = self.genesis;
        Shared { conversation, person, device, audience: self.people.head(conversation) }
    }

    /// Says where this device can be found, as its letters to other devices tell them.
    pub fn set_card(&mut self, card: Vec<u8>) {
        self.card = card;
    }

    /// The rank of this person's list that stands here, as a hello says it.
    pub fn rank(&self) -> Option<Rank> {
        self.people.get(self.genesis.person).map(|person| person.list.rank())
    }

    /// Whether something waits to be said to a device: an event, or the way into the own log.
    pub fn waits_for(&self, view: &dyn View, device: DeviceId) -> bool {
        // A device that was set back, or is off its person's list, says nothing more.
        if self.is_silent() || self.people.device(device).is_none() {
            return false;
        }
        let unsealed = || !view.owed(device, false, 1).is_empty();
        let sealed = || !view.owed(device, true, 1).is_empty();
        unsealed() || sealed() || view.welcome(device).is_some() || !self.progress.established
    }

    /// Other devices that can be reached, as [`Effect::PeerKnown`] told or would tell.
    pub fn known_peers(&self) -> Vec<PeerKnown> {
        self.peers.values().filter_map(|peer| self.known(peer)).collect()
    }

    /// The next moment at which [`Turn::tick`] has something to do, with the reason.
    pub fn deadline(&self) -> Option<(Mono, Timer)> {
        let sessions = self.sessions.iter().filter(|_| !self.is_silent());
        let resends = sessions
            .filter(|(device, session)| !session.heard || self.unanswered(**device, session))
            .map(|(device, session)| (session.heard_at + RESEND_AFTER, Timer::Resend(*device)));
        let admits = self.patience.iter().filter(|(device, _)| self.waits_to_enter(**device));
        let admits = admits.map(|(device, patience)| (patience.not_before(), Timer::Admit(*device)));
        let refusers = self.refusers.iter().filter(|(device, _)| self.sessions.contains_key(device));
        let reseals = refusers.filter_map(|(device, patience)| Some((patience.rings()?, Timer::Reseal(*device))));
        let expires = self.expires_at().map(|at| (at, Timer::Expire));
        resends.chain(admits).chain(reseals).chain(expires).min()
    }

    /// Whether a device that is there could be added to the own log.
    fn waits_to_enter(&self, device: DeviceId) -> bool {
        let heard = self.sessions.get(&device).is_some_and(|session| session.heard);
        let peer = self.peers.get(&device);
        let waits = heard && peer.is_some_and(|peer| peer.added.is_none() && peer.offer.is_some());
        // ID-043: while two lists claim one place, no time that passes adds it.
        waits && !self.is_silent() && !self.people.frozen(device)
    }

    /// Starts a turn: all that happens until [`Turn::done`] is one step.
    pub fn turn<'a>(&'a mut self, view: &'a dyn View, now: Mono, wall: Wall, rng: &'a mut Rng) -> Turn<'a> {
        self.expiries.advance(now, wall);
        Turn {
            machine: self,
            staged: Staged::new(view),
            now,
            wall,
            rng,
            effects: Vec::new(),
            dirty: Dirty::default(),
            fault: None,
        }
    }

    fn known(&self, peer: &Peer) -> Option<PeerKnown> {
        Some(PeerKnown {
            device: peer.device,
            person: self.people.listed(peer.device)?.person,
            pair_secret: peer.pair_secret.clone()?,
            contact_card: peer.contact_card.clone(),
        })
    }

    fn me(&self) -> LeafKey {
        LeafKey { device: self.genesis.device, key: self.genesis.sign.public() }
    }

    fn leaf(&self, device: DeviceId) -> Option<LeafKey> {
        self.people.device(device).map(|known| LeafKey { device, key: known.sign })
    }

    /// Whether a device was sent more than it has receipted.
    fn unanswered(&self, device: DeviceId, session: &Session) -> bool {
        let through = self.peers.get(&device).and_then(|peer| peer.through);
        session.next > through.map_or(0, |through| through + 1)
    }

    /// The log that a device writes here.
    fn log_of(&mut self, device: DeviceId) -> Option<&mut ReadLog> {
        self.logs.values_mut().find(|log| log.writer == device)
    }
}

impl fmt::Debug for Conversation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "conversation {:?} at {:?}", self.genesis.conversation, self.genesis.device)
    }
}

/// Which of the small rows a turn changed.
#[derive(Debug, Default)]
struct Dirty {
    progress: bool,
    people: bool,
    own: bool,
    introductions: bool,
    manifests: bool,
    past: bool,
    timers: bool,
    logs: BTreeSet<LogId>,
    peers: BTreeSet<DeviceId>,
}

/// One turn of a conversation: inputs in, one step out.
pub struct Turn<'a> {
    machine: &'a mut Conversation,
    staged: Staged<'a>,
    now: Mono,
    wall: Wall,
    rng: &'a mut Rng,
    effects: Vec<Effect>,
    dirty: Dirty,
    fault: Option<SealerFault>,
}

impl Turn<'_> {
    /// A device was greeted: this connection replaces an earlier one (LOG-040).
    pub fn connected(&mut self, device: DeviceId) {
        if self.machine.people.listed(device).is_none() {
            return;
        }
        self.machine.connected.insert(device);
        // Letters first: a list that comes before its device's letter would be answered by another letter.
        self.tell_letters(device);
        self.tell_lists(device);
        // With a suspended device nothing else is spoken.
        if self.machine.people.device(device).is_none() {
            return;
        }
        self.tell_manifest(device);
        let session = Session { heard_at: self.now, receipt_due: Some(false), ..Session::default() };
        self.machine.sessions.insert(device, session);
    }

    /// A device's connection ended.
    pub fn disconnected(&mut self, device: DeviceId) {
        self.machine.sessions.remove(&device);
        self.machine.connected.remove(&device);
    }

    /// A packet came from a greeted device.
    pub fn packet(&mut self, from: DeviceId, bytes: &[u8]) {
        // A device that retired reads and writes no more: what comes would be lost with it.
        if self.machine.progress.retired {
            return;
        }
        let packet = Packet::decode(bytes);
        // ID-036: of a device that is not in force nothing is taken but what verifies by itself, whoever brings it.
        let for_all = matches!(packet, Ok(Packet::List(_) | Packet::Introduction(_) | Packet::Acquaintance(_)));
        if self.machine.people.device(from).is_none() && !for_all {
            return;
        }
        match packet {
            Err(_) => self.reject(from, "LOG-001"),
            Ok(Packet::Receipt { receipt, again }) => self.receive_receipt(from, &receipt, again),
            Ok(Packet::Record(record)) => self.receive_record(from, &record, false),
            Ok(Packet::Welcome(welcome)) => self.receive_welcome(from, welcome),
            Ok(Packet::List(list)) => self.receive_list(from, &list),
            Ok(Packet::Introduction(introduction)) => self.receive_introduction(from, introduction),
            Ok(Packet::Head(head)) => self.receive_head(from, &head),
            Ok(Packet::Said(said)) => self.receive_said(from, &said),
            Ok(Packet::Spent(offer)) => self.receive_spent(from, offer),
            Ok(Packet::Acquaintance(acquaintance)) => self.receive_acquaintance(from, acquaintance),
            Ok(Packet::Manifest(statement)) => self.receive_manifest(from, &statement),
            Ok(Packet::ShortRecord(record)) => self.receive_short_record(from, &record),
            Ok(Packet::ShortReceipt(receipt)) => self.receive_short_receipt(from, &receipt),
            // Nothing of a conversation's state depends on who is writing.
            Ok(Packet::Typing | Packet::Unknown(_)) => {}
        }
    }

    /// A deadline passed: devices that left something unanswered are asked, and sent it again. Messages whose time is over
    /// leave in every turn.
    pub fn tick(&mut self) {
        let now = self.now;
        self.machine.refusers.values_mut().for_each(|patience| patience.rang(now));
        let late: Vec<DeviceId> = self
            .machine
            .sessions
            .iter()
            .filter(|(device, session)| {
                self.now >= session.heard_at + RESEND_AFTER
                    && (!session.heard || self.machine.unanswered(**device, session))
            })
            .map(|(device, _)| *device)
            .collect();
        for device in late {
            self.rewind(device);
            if let Some(session) = self.machine.sessions.get_mut(&device) {
                session.heard_at = self.now;
                session.receipt_due = Some(true);
                session.short_receipts = false;
                session.offer_told = false;
            }
        }
    }

    /// Seals and sends what can be sent, and ends the turn.
    ///
    /// # Errors
    /// [`SealerFault`] when the sealing state can't be used: nothing may be committed, and the conversation has to be
    /// loaded again.
    pub fn done(mut self) -> Result<Step, SealerFault> {
        self.expire();
        if !self.machine.is_silent() {
            self.write_letters();
            self.send_receipts();
            self.send_records();
        }
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        self.store_rows();
        for (key, value) in self.machine.sealer.drain() {
            self.staged.push(Write::Sealer(key, value));
        }
        Ok(Step { batch: self.staged.into_batch(), effects: self.effects })
    }

    fn store_rows(&mut self) {
        let machine = &*self.machine;
        let dirty = &self.dirty;
        let meta = [
            dirty.progress.then(|| (MetaKey::Progress, machine.progress.encode())),
            dirty.people.then(|| (MetaKey::People, machine.people.encode())),
            dirty.manifests.then(|| (MetaKey::Manifest, machine.manifests.encode())),
            dirty.introductions.then(|| (MetaKey::Introductions, machine.introductions.encode())),
            dirty.past.then(|| (MetaKey::Past, machine.past.encode())),
            dirty.timers.then(|| (MetaKey::Timers, machine.expiries.encode())),
        ];
        for (key, value) in meta.into_iter().flatten() {
            self.staged.push(Write::Meta(key, Some(value)));
        }
        if self.dirty.own {
            let state = machine.own.encode();
            self.staged.push(Write::Log(StoredLog { log: machine.own.log, device: machine.genesis.device, state }));
        }
        for log in self.dirty.logs.iter().filter_map(|log| machine.logs.get(log)) {
            self.staged.push(Write::Log(StoredLog { log: log.log, device: log.writer, state: log.encode() }));
        }
        for peer in self.dirty.peers.iter().filter_map(|device| machine.peers.get(device)) {
            self.staged.push(Write::Peer(StoredPeer { device: peer.device, state: peer.encode() }));
        }
    }

    fn reject(&mut self, device: DeviceId, rule: &'static str) {
        self.effects.push(Effect::Rejected(Rejected { device, rule }));
    }

    fn send(&mut self, to: DeviceId, packet: Vec<u8>) {
        self.effects.push(Effect::Send(to, packet));
    }

    /// Marks a receipt of a device's log as due, if it is connected. With `again`, one that asks for what is missing,
    /// unless that was asked a moment ago.
    fn owe_receipt(&mut self, writer: DeviceId, again: bool) {
        let place = self.machine.log_of(writer).and_then(|log| log.place);
        let wanted = place.map_or(0, |place| place.through + 1);
        let now = self.now;
        if let Some(session) = self.machine.sessions.get_mut(&writer) {
            let asked = session.asked.is_some_and(|(seq, at)| seq == wanted && now < at + ASK_AFTER);
            if again && asked {
                return;
            }
            if again {
                session.asked = Some((wanted, now));
            }
            session.receipt_due = Some(session.receipt_due.unwrap_or(false) || again);
        }
    }

    fn peer_mut(&mut self, device: DeviceId) -> &mut Peer {
        self.dirty.peers.insert(device);
        self.machine.peers.entry(device).or_insert_with(|| Peer::new(device))
    }
}

/// The first log of a device in a conversation.
fn first_log(conversation: ConversationId, device: DeviceId) -> LogId {
    LogHeader::first(conversation, device).id()
}
