//! Reading others' logs: records in order, and Welcomes.
//!
//! A record that can't be read is refused, a commit that can't costs the place: the writer seals again what the device
//! lacks, and nothing stalls. Of a record on which this device failed before, the attempt is stored first
//! ([`Turn::attempt`]); what failed twice is refused too.

use super::state::{Place, ReadLog, Skipped, Tried};
use super::{Conversation, Turn};
use crate::crypto::KemSecret;
use crate::io::Write;
use crate::log::offer::Offer;
use crate::log::packet::Packet;
use crate::log::receipt::Refusal;
use crate::log::record::{LogHeader, Record, RecordKind, position};
use crate::log::welcome::Welcome;
use crate::sealer::{JoinError, LeafKey, OpenError, Opened};
use kith_base::codec::Fields;
use kith_base::{ConversationId, DeviceId, KeyPackageHash, Label, LogId, limits};

/// One-use keys kept for one writer: that of the offer used last, and of the one not used yet, with room for a lost answer.
const LETTERS_MAX: usize = 4;

impl Conversation {
    /// Whether a packet carries something that this device may fail on, so that a conversation which failed before notes
    /// it before it is handled ([`Turn::attempt`]). Once a log was got past since the load, what follows in it is not
    /// noted: should it fail on that, it is what comes first after the next load.
    pub fn is_to_be_noted(&self, bytes: &[u8]) -> bool {
        match Packet::decode(bytes) {
            Ok(Packet::Record(record)) => self.logs.get(&record.header.log).is_some_and(|log| !log.steady),
            // Whose log it is of is not in it.
            Ok(Packet::ShortRecord(_)) => self.logs.values().any(|log| !log.steady),
            Ok(Packet::Welcome(_)) => true,
            _ => false,
        }
    }
}

impl Turn<'_> {
    /// Notes that a packet is about to be handled on which this device may fail, in a turn of its own that is committed
    /// first. `false` when the packet is not to be handled any more: it was noted `times` times before, and what it
    /// carries is refused (LOG-024).
    pub fn attempt(&mut self, from: DeviceId, bytes: &[u8], times: u8) -> bool {
        match Packet::decode(bytes) {
            Ok(Packet::Record(record)) => match self.next_record(from, &record, false) {
                Some(writer) => self.attempt_record(writer, &record, times),
                None => false,
            },
            Ok(Packet::ShortRecord(short)) => {
                let Some(record) = self.lengthen_record(from, &short) else { return false };
                let writer = self.next_record(from, &record, true);
                writer.is_some_and(|writer| self.attempt_record(writer, &record, times))
            }
            Ok(Packet::Welcome(welcome)) => self.attempt_welcome(&welcome, times),
            _ => true,
        }
    }

    fn attempt_record(&mut self, writer: LeafKey, record: &Record, times: u8) -> bool {
        let (id, seq) = (record.header.log, record.header.seq);
        let Some(log) = self.machine.logs.get_mut(&id) else { return true };
        let noted = log.tried.filter(|(tried, _)| *tried == Tried::Record(seq)).map_or(0, |(_, noted)| noted);
        if noted >= times && record.body.is_some() {
            self.decline(writer.device, record, Refusal::Faulted);
            return false;
        }
        log.tried = Some((Tried::Record(seq), noted.saturating_add(1)));
        self.dirty.logs.insert(id);
        true
    }

    fn attempt_welcome(&mut self, welcome: &Welcome, times: u8) -> bool {
        let entrance = welcome.entrance;
        let Some(log) = self.machine.logs.get_mut(&entrance.log) else { return true };
        let this = Tried::Welcome(entrance.offer);
        let noted = log.tried.filter(|(tried, _)| *tried == this).map_or(0, |(_, noted)| noted);
        if noted >= times {
            self.miss_key_package(entrance.log, entrance.offer);
            return false;
        }
        log.tried = Some((this, noted.saturating_add(1)));
        self.dirty.logs.insert(entrance.log);
        true
    }

    /// The writer of a record that comes next in its log. Any other record is answered or rejected here. One that came
    /// short and is not signed may be another than the one that was meant.
    fn next_record(&mut self, from: DeviceId, record: &Record, short: bool) -> Option<LeafKey> {
        let header = &record.header;
        let Some(log) = self.machine.logs.get(&header.log) else {
            match self.writer_of(header.log) {
                Some(writer) => self.owe_receipt(writer, true),
                None if self.was_read(header.log) => {}
                None if self.machine.was_removed(header.log) => self.reject(from, "LOG-003"),
                None => self.reject(from, "LOG-002"),
            }
            return None;
        };
        let (writer, place, forked) = (log.writer, log.place, log.forked.is_some());
        let Some(leaf) = self.machine.signer_of(writer, record) else {
            self.reject(from, "LOG-003");
            return None;
        };
        if forked {
            return None;
        }
        let Some(place) = place else {
            self.owe_receipt(writer, true);
            return None;
        };
        if header.seq == place.through && record.hash() != place.head && record.verify(&leaf.key).is_ok() {
            self.prove_copy(header.log, writer, record);
            return None;
        }
        if header.seq != place.through + 1 {
            self.owe_receipt(writer, header.seq > place.through);
            return None;
        }
        if record.verify(&leaf.key).is_err() {
            if short {
                self.owe_receipt(writer, true);
            } else {
                self.reject(from, "LOG-005");
            }
            return None;
        }
        if header.prev != place.head {
            self.reject(from, "LOG-004");
            self.prove_copy(header.log, writer, record);
            return None;
        }
        Some(leaf)
    }

    /// An entry of a log, from whomever.
    pub(super) fn receive_record(&mut self, from: DeviceId, record: &Record, short: bool) {
        let Some(leaf) = self.next_record(from, record, short) else { return };
        let log = record.header.log;
        // Without its group a log can't be followed, whatever the record is.
        if self.machine.sealer.leaves(log).is_empty() {
            return self.lose_place(log);
        }
        match self.take_record(leaf, record) {
            Ok(()) => self.advance(log, record),
            Err(why) => self.decline(leaf.device, record, why),
        }
    }

    /// Goes on behind a record that was not read, or gives the place up where that can't be.
    fn decline(&mut self, writer: DeviceId, record: &Record, why: Refusal) {
        let log = record.header.log;
        let by_another = why == Refusal::NotTheWriter || why == Refusal::WrongPosition;
        match record.header.kind {
            // The writer signed the record, and a reader's commit in it: nothing good comes from that group.
            RecordKind::Commit if by_another => self.reject(writer, "LOG-006"),
            RecordKind::Commit => self.lose_place(log),
            _ if self.refuse(log, record.header.seq, why) => self.advance(log, record),
            _ => self.lose_place(log),
        }
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
        log.proof = record.head().encode();
        log.tried = None;
        log.steady = true;
        let (id, writer) = (log.log, log.writer);
        self.dirty.logs.insert(id);
        self.owe_receipt(writer, false);
        self.end_log(writer);
        if let Some(welcome) = self.machine.early_welcomes.remove(&id) {
            self.receive_welcome(writer, welcome);
        }
    }

    /// Notes a refusal for the receipt; `false` when a receipt can name no more.
    fn refuse(&mut self, log: LogId, seq: u64, why: Refusal) -> bool {
        let said_at = self.machine.progress.receipts + 1;
        let Some(log) = self.machine.logs.get_mut(&log) else { return false };
        log.refused.push(Skipped { seq, why, said_at });
        log.refused.len() <= limits::REFUSALS_MAX
    }

    /// The group can't be followed any further: ask to be swapped in anew.
    fn lose_place(&mut self, log: LogId) {
        let Some(known) = self.machine.logs.get_mut(&log) else { return };
        known.place = None;
        known.tried = None;
        known.refused.clear();
        let writer = known.writer;
        self.dirty.logs.insert(log);
        self.make_offer(log);
        self.owe_receipt(writer, false);
    }

    /// The way into a log, or back into it.
    pub(super) fn receive_welcome(&mut self, from: DeviceId, welcome: Welcome) {
        let entrance = welcome.entrance;
        let Some(writer) = self.writer_of(entrance.log) else {
            if !self.was_read(entrance.log) {
                self.reject(from, "LOG-002");
            }
            return;
        };
        let Some(leaf) = self.machine.leaf(writer) else { return self.reject(from, "LOG-003") };
        if entrance.to != self.machine.genesis.device {
            return self.reject(from, "WELC-001");
        }
        let known = self.machine.logs.get(&entrance.log);
        if known.is_some_and(|log| log.forked.is_some()) {
            return;
        }
        let place = known.and_then(|log| log.place);
        match place {
            Some(place) if entrance.seq <= place.through => return self.owe_receipt(writer, false),
            Some(place) if entrance.seq > place.through + 1 && !entrance.anew => {
                self.machine.early_welcomes.insert(entrance.log, welcome);
                return self.owe_receipt(writer, true);
            }
            _ => {}
        }
        let Ok(mls) = welcome.open(&leaf.key, &self.machine.genesis.kem) else {
            return self.reject(from, "WELC-002");
        };
        if known.is_none() {
            self.succeed(writer, entrance.log);
        }
        match self.machine.sealer.join(entrance.log, leaf, &mls) {
            Ok(()) => self.joined(&welcome, leaf, place.filter(|_| !entrance.anew)),
            Err(JoinError::UnknownKeyPackage) => self.miss_key_package(entrance.log, entrance.offer),
            Err(JoinError::Refused) => self.reject(from, "WELC-003"),
        }
    }

    /// The device that writes a log that is read here, or that one of these may be continued by.
    fn writer_of(&self, log: LogId) -> Option<DeviceId> {
        let logs = &self.machine.logs;
        let conversation = self.machine.genesis.conversation;
        logs.get(&log).map(|log| log.writer).or_else(|| {
            let continued = |known: &&ReadLog| continues(conversation, known.writer, known.log, log);
            logs.values().find(continued).map(|known| known.writer)
        })
    }

    /// Whether a log that is read here took the place of this one: what comes of it comes late.
    fn was_read(&self, log: LogId) -> bool {
        let conversation = self.machine.genesis.conversation;
        self.machine.logs.values().any(|known| continues(conversation, known.writer, log, known.log))
    }

    /// A writer goes on in another log: nothing of the one before will be read any more.
    fn succeed(&mut self, writer: DeviceId, log: LogId) {
        let Some(before) = self.machine.log_of(writer).map(|known| known.log) else { return };
        let Some(known) = self.machine.logs.remove(&before) else { return };
        let ReadLog { seen, offer, letters, proof, .. } = known;
        let succeeds = ReadLog { seen, offer, letters, proof, ..ReadLog::new(log, writer) };
        self.machine.logs.insert(log, succeeds);
        self.machine.early_welcomes.remove(&before);
        self.machine.sealer.forget_group(before);
        self.dirty.logs.remove(&before);
        self.dirty.logs.insert(log);
        self.staged.push(Write::LogGone(before));
    }

    fn joined(&mut self, welcome: &Welcome, writer: LeafKey, before: Option<Place>) {
        let entrance = welcome.entrance;
        let Some(log) = self.machine.logs.get_mut(&entrance.log) else { return };
        let joined = before.map_or(entrance.seq, |place| place.joined);
        log.place = Some(Place { joined, through: entrance.seq, head: entrance.head });
        let head =
            welcome.head.as_ref().filter(|head| head.hash() == entrance.head && head.verify(&writer.key).is_ok());
        if let Some(head) = head {
            log.proof = head.encode();
        }
        if before.is_none() {
            log.refused.clear();
        }
        log.tried = None;
        self.make_offer(entrance.log);
        self.owe_receipt(writer.device, false);
        self.note_established();
    }

    /// The commit in front took this device's old leaf, and the new one can't be entered: the writer hears which
    /// offer it may use instead.
    fn miss_key_package(&mut self, log: LogId, used: KeyPackageHash) {
        let Some(known) = self.machine.logs.get_mut(&log) else { return };
        let writer = known.writer;
        known.place = None;
        known.tried = None;
        known.refused.clear();
        let stands = known.offer.as_ref().is_some_and(|offer| offer.hash() != used);
        self.dirty.logs.insert(log);
        if !stands {
            self.make_offer(log);
        }
        self.owe_receipt(writer, false);
    }

    /// A writer can't use the offer that it is told again and again (KEYP-012).
    pub(super) fn receive_spent(&mut self, writer: DeviceId, spent: KeyPackageHash) {
        let stands = |log: &&mut ReadLog| log.offer.as_ref().is_some_and(|offer| offer.hash() == spent);
        if let Some(log) = self.machine.log_of(writer).filter(stands).map(|log| log.log) {
            self.make_offer(log);
            self.owe_receipt(writer, false);
        }
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
}

/// Whether a writer's log may be followed, in a few steps, by another.
pub(super) fn continues(conversation: ConversationId, writer: DeviceId, before: LogId, log: LogId) -> bool {
    let next = |log: &LogId| Some(LogHeader::successor(conversation, writer, *log).id());
    std::iter::successors(next(&before), next).take(limits::SUCCESSIONS_MAX).any(|id| id == log)
}

const fn refusal(error: OpenError) -> Refusal {
    match error {
        OpenError::NotJoined | OpenError::Undecryptable | OpenError::Removed => Refusal::Undecryptable,
        OpenError::NotTheWriter => Refusal::NotTheWriter,
        OpenError::WrongPosition => Refusal::WrongPosition,
        OpenError::NotAllowed => Refusal::NotAllowed,
    }
}
