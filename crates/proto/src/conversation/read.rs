//! Reading others' logs: records in order, welcomes, events, and the receipts that answer them.

use super::Turn;
use super::state::Place;
use crate::crypto::KemSecret;
use crate::io::{Delivery, Effect, EventRow, StoredEvent};
use crate::log::event::{self, Body, Carried, EventHeader, Kind, decode_carried};
use crate::log::offer::Offer;
use crate::log::packet::Packet;
use crate::log::receipt::{Reading, Receipt, Refusal, Statement};
use crate::log::record::{Record, RecordKind, position};
use crate::log::welcome::Welcome;
use crate::sealer::{JoinError, LeafKey, OpenError, Opened};
use kith_base::codec::Fields;
use kith_base::{DeviceId, EventId, KeyPackageHash, Label, LogId, PersonId, limits};

/// One-use keys kept for one writer: that of the offer used last, and of the one not used yet, with room for a lost answer.
const LETTERS_MAX: usize = 4;
/// Deletions remembered whose event has not come.
const DELETED_AHEAD_MAX: usize = 1024;
/// An event is late when it was written this long before it came, in milliseconds of two clocks: display only.
const LATE_MS: u64 = 120_000;

impl Turn<'_> {
    /// An entry of a log, from whomever.
    pub(super) fn receive_record(&mut self, from: DeviceId, record: &Record) {
        let header = &record.header;
        let Some((writer, place)) = self.machine.logs.get(&header.log).map(|log| (log.writer, log.place)) else {
            return self.reject(from, "LOG-002");
        };
        let Some(leaf) = self.machine.leaf(writer) else { return self.reject(from, "LOG-003") };
        let Some(place) = place else { return self.owe_receipt(writer, true) };
        if header.seq <= place.through {
            return self.owe_receipt(writer, false);
        }
        if header.seq > place.through + 1 {
            return self.owe_receipt(writer, true);
        }
        if header.prev != place.head {
            return self.reject(from, "LOG-004");
        }
        if record.verify(&leaf.key).is_err() {
            return self.reject(from, "LOG-005");
        }
        // Without its group a log can't be followed, whatever the record is.
        if self.machine.sealer.leaves(header.log).is_empty() {
            return self.lose_place(header.log);
        }
        if let Err(why) = self.take_record(leaf, record) {
            if header.kind == RecordKind::Commit {
                return self.lose_commit(header.log, why);
            }
            if !self.refuse(header.log, header.seq, why) {
                return self.lose_place(header.log);
            }
        }
        self.advance(header.log, record);
    }

    /// Opens a record at its place and applies what it carries.
    fn take_record(&mut self, writer: LeafKey, record: &Record) -> Result<(), Refusal> {
        let Some(body) = &record.body else { return Ok(()) };
        let header = &record.header;
        let place = position(header.log, header.seq, header.prev);
        match header.kind {
            RecordKind::Addressed(to) if to != self.machine.genesis.device => Ok(()),
            RecordKind::Addressed(_) => {
                let plaintext = self.open_letter(header.log, &place, body)?;
                self.take_events(writer.device, &plaintext)
            }
            RecordKind::Commit | RecordKind::Application => {
                let opened = self.machine.sealer.open(header.log, writer, &place, body).map_err(refusal)?;
                match (opened, header.kind) {
                    (Opened::Commit, RecordKind::Commit) => Ok(()),
                    (Opened::Application(plaintext), RecordKind::Application) => {
                        self.take_events(writer.device, &plaintext)
                    }
                    _ => Err(Refusal::NotAllowed),
                }
            }
        }
    }

    fn open_letter(&mut self, log: LogId, place: &[u8], body: &[u8]) -> Result<Vec<u8>, Refusal> {
        let fields = Fields::parse(body).map_err(|_| Refusal::BadContent)?;
        fields.refuse_unknown(&[1, 2]).map_err(|_| Refusal::BadContent)?;
        let offer = fields.array(1).map(KeyPackageHash::from_bytes).map_err(|_| Refusal::BadContent)?;
        let sealed = fields.bytes(2).map_err(|_| Refusal::BadContent)?;
        let log = self.machine.logs.get_mut(&log).ok_or(Refusal::Undecryptable)?;
        let at = log.letters.iter().position(|(known, _)| *known == offer).ok_or(Refusal::Undecryptable)?;
        let (_, key) = log.letters.remove(at);
        key.open(Label::AddressedSeal, place, sealed).map_err(|_| Refusal::Undecryptable)
    }

    fn advance(&mut self, log: LogId, record: &Record) {
        let Some(log) = self.machine.logs.get_mut(&log) else { return };
        if let Some(place) = &mut log.place {
            place.through = record.header.seq;
            place.head = record.hash();
        }
        let (id, writer) = (log.log, log.writer);
        self.dirty.logs.insert(id);
        self.owe_receipt(writer, false);
        if let Some(welcome) = self.machine.early_welcomes.remove(&id) {
            self.receive_welcome(writer, welcome);
        }
    }

    /// Notes a refusal for the receipt; `false` when a receipt can name no more.
    fn refuse(&mut self, log: LogId, seq: u64, why: Refusal) -> bool {
        let Some(log) = self.machine.logs.get_mut(&log) else { return false };
        log.refused.push((seq, why));
        log.refused.len() <= limits::REFUSALS_MAX
    }

    /// A commit can't be skipped.
    fn lose_commit(&mut self, log: LogId, why: Refusal) {
        match self.machine.logs.get(&log).map(|log| log.writer) {
            // The writer signed the record, and a reader's commit in it: nothing good comes from that group.
            Some(writer) if why == Refusal::NotTheWriter || why == Refusal::WrongPosition => {
                self.reject(writer, "LOG-006");
            }
            _ => self.lose_place(log),
        }
    }

    /// The group can't be followed any further: ask to be swapped in anew.
    fn lose_place(&mut self, log: LogId) {
        let Some(known) = self.machine.logs.get_mut(&log) else { return };
        known.place = None;
        known.refused.clear();
        let writer = known.writer;
        self.dirty.logs.insert(log);
        self.make_offer(log);
        self.owe_receipt(writer, false);
    }

    /// The way into a log, or back into it.
    pub(super) fn receive_welcome(&mut self, from: DeviceId, welcome: Welcome) {
        let entrance = welcome.entrance;
        let Some((writer, place)) = self.machine.logs.get(&entrance.log).map(|log| (log.writer, log.place)) else {
            return self.reject(from, "LOG-002");
        };
        let Some(leaf) = self.machine.leaf(writer) else { return self.reject(from, "LOG-003") };
        if entrance.to != self.machine.genesis.device {
            return self.reject(from, "WELC-001");
        }
        match place {
            Some(place) if entrance.seq <= place.through => return self.owe_receipt(writer, false),
            Some(place) if entrance.seq > place.through + 1 => {
                self.machine.early_welcomes.insert(entrance.log, welcome);
                return self.owe_receipt(writer, true);
            }
            _ => {}
        }
        let Ok(mls) = welcome.open(&leaf.key, &self.machine.genesis.kem) else {
            return self.reject(from, "WELC-002");
        };
        match self.machine.sealer.join(entrance.log, leaf, &mls) {
            Ok(()) => self.joined(&welcome, place),
            Err(JoinError::UnknownKeyPackage) => self.miss_key_package(entrance.log, entrance.offer),
            Err(JoinError::Refused) => self.reject(from, "WELC-003"),
        }
    }

    fn joined(&mut self, welcome: &Welcome, before: Option<Place>) {
        let entrance = welcome.entrance;
        let Some(log) = self.machine.logs.get_mut(&entrance.log) else { return };
        let joined = before.map_or(entrance.seq, |place| place.joined);
        log.place = Some(Place { joined, through: entrance.seq, head: entrance.head });
        let writer = log.writer;
        self.make_offer(entrance.log);
        self.owe_receipt(writer, false);
        self.note_established();
    }

    /// The commit in front took this device's old leaf, and the new one can't be entered: the writer hears which
    /// offer it may use instead.
    fn miss_key_package(&mut self, log: LogId, used: KeyPackageHash) {
        let Some(known) = self.machine.logs.get_mut(&log) else { return };
        let writer = known.writer;
        known.place = None;
        known.refused.clear();
        let stands = known.offer.as_ref().is_some_and(|offer| offer.hash() != used);
        self.dirty.logs.insert(log);
        if !stands {
            self.make_offer(log);
        }
        self.owe_receipt(writer, false);
    }

    /// Makes the one KeyPackage that a writer may use next.
    pub(super) fn make_offer(&mut self, id: LogId) {
        let me = self.machine.me();
        let key = self.machine.genesis.sign.clone();
        let key_package = match self.machine.sealer.key_package(me, &key, self.rng) {
            Ok(key_package) => key_package,
            Err(fault) => {
                self.fault = Some(fault);
                return;
            }
        };
        if let Some(replaced) = self.machine.logs.get(&id).and_then(|log| log.offer.as_ref()) {
            self.machine.sealer.forget_key_package(&replaced.key_package);
        }
        let letter = KemSecret::generate(self.rng);
        let offer = Offer::sign(Some(id), me.device, key_package, letter.public(), &key);
        let Some(log) = self.machine.logs.get_mut(&id) else { return };
        log.letters.push((offer.hash(), letter));
        let excess = log.letters.len().saturating_sub(LETTERS_MAX);
        log.letters.drain(..excess);
        log.offer = Some(offer);
        let writer = log.writer;
        self.dirty.logs.insert(id);
        if let Some(session) = self.machine.sessions.get_mut(&writer) {
            session.offer_told = false;
        }
    }

    fn take_events(&mut self, writer: DeviceId, plaintext: &[u8]) -> Result<(), Refusal> {
        let events = decode_carried(plaintext).map_err(|_| Refusal::BadContent)?;
        for carried in events {
            if let Err(rule) = self.take_event(writer, carried) {
                self.reject(writer, rule);
            }
        }
        Ok(())
    }

    fn take_event(&mut self, writer: DeviceId, carried: Carried) -> Result<(), &'static str> {
        let id = event::id_of(&carried.header);
        if self.staged.row_of(&id).is_some() {
            return Ok(());
        }
        let header = EventHeader::decode(&carried.header).map_err(|_| "EVT-001")?;
        let machine = &*self.machine;
        let person = machine.people.device(writer).map(|known| known.person);
        if header.conversation != machine.genesis.conversation || header.device != writer {
            return Err("EVT-002");
        }
        if Some(header.person) != person {
            return Err("EVT-003");
        }
        if header.audience != machine.people.head(machine.genesis.conversation) {
            return Err("EVT-004");
        }
        if let Some(body) = &carried.body
            && event::body_hash(&header.salt, body) != header.body
        {
            return Err("EVT-005");
        }
        let body = match &carried.body {
            Some(bytes) => Body::decode(header.kind, bytes).map_err(|_| "EVT-006")?,
            None => None,
        };
        self.add_event(id, header, carried);
        if let Some(Body::Delete(target)) = body {
            self.delete_for(person, target);
        }
        Ok(())
    }

    fn add_event(&mut self, id: EventId, header: EventHeader, carried: Carried) {
        let late = self.is_late(&header);
        let tombstone = carried.body.is_none();
        let progress = &mut self.machine.progress;
        for parent in header.parents.iter().chain(&header.previous) {
            progress.frontier.remove(parent);
        }
        progress.frontier.insert(id);
        // Events that name no parents can't make this grow: the oldest ids are as good as any to leave out.
        while progress.frontier.len() > limits::PARENTS_MAX {
            progress.frontier.pop_first();
        }
        let deleted_ahead = progress.deleted_ahead.remove(&(id, header.person));
        self.dirty.progress = true;
        let gone = tombstone || deleted_ahead;
        let stored = StoredEvent {
            row: EventRow::default(),
            id,
            device: header.device,
            person: header.person,
            counter: header.counter,
            kind: if gone { Kind::TOMBSTONE } else { header.kind.number },
            header: carried.header,
            written: header.written,
            arrived: self.wall,
            mine: header.person == self.machine.genesis.person,
            late,
            erased: gone,
            edited_by: None,
            delivery: Delivery::Delivered,
        };
        let row = self.staged.add_event(stored, carried.body.filter(|_| !gone));
        self.effects.push(Effect::Appeared(row));
    }

    /// It was written long before it came, and something its writer did not know stands in front of it.
    fn is_late(&self, header: &EventHeader) -> bool {
        let waited = self.wall.0.saturating_sub(header.written.0) > LATE_MS;
        waited
            && self.staged.event(self.staged.last_row()).is_some_and(|newest| {
                !header.parents.contains(&newest.id)
                    && header.previous != Some(newest.id)
                    && newest.device != header.device
            })
    }

    /// A person wants an event of theirs gone. Nobody else's request counts.
    fn delete_for(&mut self, person: Option<PersonId>, target: EventId) {
        let Some(row) = self.staged.row_of(&target) else {
            let ahead = &mut self.machine.progress.deleted_ahead;
            if let Some(person) = person.filter(|_| ahead.len() < DELETED_AHEAD_MAX) {
                ahead.insert((target, person));
                self.dirty.progress = true;
            }
            return;
        };
        let theirs = self.staged.event(row).is_some_and(|event| Some(event.person) == person && !event.erased);
        if theirs {
            self.staged.erase(row);
            self.effects.push(Effect::Changed(row));
        }
    }

    /// Answers every log that needs it: what is committed with this step is receipted by it.
    pub(super) fn send_receipts(&mut self) {
        let due: Vec<(DeviceId, bool, bool)> = self
            .machine
            .sessions
            .iter_mut()
            .filter_map(|(device, session)| Some((*device, session.receipt_due.take()?, session.offer_told)))
            .collect();
        for (device, again, offer_told) in due {
            let Some(log) = self.machine.log_of(device) else { continue };
            if log.offer.is_none() && log.place.is_none() {
                let log = log.log;
                self.make_offer(log);
            }
            self.send_receipt(device, again, !offer_told);
        }
    }

    fn send_receipt(&mut self, writer: DeviceId, again: bool, with_offer: bool) {
        self.machine.progress.receipts += 1;
        self.dirty.progress = true;
        let counter = self.machine.progress.receipts;
        let device = self.machine.genesis.device;
        let heard = self.machine.peers.get(&writer).map_or(0, |peer| peer.receipt);
        let Some(log) = self.machine.log_of(writer) else { return };
        let reading = log.place.map(|place| Reading {
            joined: place.joined,
            through: place.through,
            head: place.head,
            safe: place.through,
            seen: log.seen,
        });
        let offer = log.offer.clone().filter(|_| with_offer || log.place.is_none());
        let statement =
            Statement { log: log.log, device, counter, reading, refused: log.refused.clone(), offer, heard };
        let receipt = Receipt::sign(statement, &self.machine.genesis.sign);
        self.send(writer, Packet::Receipt { receipt, again }.encode());
        if let Some(session) = self.machine.sessions.get_mut(&writer) {
            session.offer_told = true;
        }
    }
}

const fn refusal(error: OpenError) -> Refusal {
    match error {
        OpenError::NotJoined | OpenError::Undecryptable | OpenError::Removed => Refusal::Undecryptable,
        OpenError::NotTheWriter => Refusal::NotTheWriter,
        OpenError::WrongPosition => Refusal::WrongPosition,
        OpenError::NotAllowed => Refusal::NotAllowed,
    }
}
