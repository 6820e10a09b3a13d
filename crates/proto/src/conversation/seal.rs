//! Records out: who gets a leaf, what is sealed to whom, and what is sent.
//!
//! Everything that changes who can read is one operation, the swap ([`Turn::commit`]): it takes out the leaves of
//! devices that left or were silent too long, gives every reader with a fresh KeyPackage a new leaf, adds who is there and
//! has none, and refreshes the own leaf. When the sending state itself is lost or damaged, a successor log begins.

use super::Turn;
use super::state::{OwnLog, Peer};
use crate::io::{Delivery, EventRow, MetaKey, Owed, StoredRecord, Write};
use crate::log::carried::{Carried, Known, encode_known};
use crate::log::event::EventHeader;
use crate::log::packet::Packet;
use crate::log::record::{Head, LogHeader, Record, RecordKind, position};
use crate::log::short::ShortRecord;
use crate::log::welcome::{Entrance, Welcome};
use crate::sealer::{Addition, Change, SealerFault};
use kith_base::codec::{Tag, Writer};
use kith_base::{DeviceId, Label, Mono, limits};
use std::time::Duration;

/// How a device is treated that makes its writer work: the first time at once, then later and later.
#[derive(Debug, Default)]
pub(super) struct Patience {
    losses: u32,
    not_before: Mono,
    /// Since when all is well.
    well: Option<Mono>,
    /// Whether somebody has to be woken when the wait is over.
    rings: bool,
}

impl Patience {
    /// It lost its place (LOG-036), or refused what was sealed to it alone (LOG-027), once more. What was before it was well
    /// for a while is forgotten.
    pub(super) fn lost(&mut self, now: Mono) {
        if self.well.take().is_some_and(|since| now >= since + limits::READMIT_FORGETS_AFTER) {
            self.losses = 0;
        }
        let wait = match self.losses {
            0 => Duration::ZERO,
            losses => Duration::from_secs(1 << losses.min(16)).min(limits::READMIT_AFTER_MAX),
        };
        self.losses += 1;
        self.not_before = now + wait;
        self.rings = !wait.is_zero();
    }

    /// It entered, or read what was sealed to it alone.
    pub(super) fn is_well(&mut self, now: Mono) {
        self.well.get_or_insert(now);
    }

    /// Whether it has to wait.
    pub(super) fn waits(&self, now: Mono) -> bool {
        self.not_before > now
    }

    /// When somebody has to be woken.
    pub(super) fn rings(&self) -> Option<Mono> {
        self.rings.then_some(self.not_before)
    }

    /// Somebody was woken.
    pub(super) fn rang(&mut self, now: Mono) {
        self.rings &= self.waits(now);
    }

    /// When it may be added again.
    pub(super) const fn not_before(&self) -> Mono {
        self.not_before
    }
}

impl Turn<'_> {
    /// Seals and sends to every device that has said what it has.
    pub(super) fn send_records(&mut self) {
        let heard: Vec<DeviceId> =
            self.machine.sessions.iter().filter(|(_, session)| session.heard).map(|(device, _)| *device).collect();
        // Twice, if the own log was found lost and another took its place.
        for _ in 0..2 {
            let log = self.machine.own.log;
            heard.iter().for_each(|device| self.admit(*device));
            self.seal_for(&heard);
            if self.machine.own.log == log {
                break;
            }
        }
        for device in heard {
            self.send_to(device);
        }
    }

    /// Gives a device a leaf in the own send group if it has none and offered a KeyPackage.
    fn admit(&mut self, device: DeviceId) {
        let waits = self.machine.peers.get(&device).is_some_and(|peer| peer.added.is_none() && peer.offer.is_some());
        let patient = self.machine.patience.get(&device).is_some_and(|patience| patience.waits(self.now));
        // ID-043: while two lists of its person claim one place, a device gets no leaf for keys that are new.
        if waits && !patient && !self.machine.people.frozen(device) {
            self.commit();
        }
    }

    /// Seals what is owed to devices that have a leaf, in the order it was written, as long as something can be sealed.
    fn seal_for(&mut self, devices: &[DeviceId]) {
        let leaf = |device: &DeviceId| self.machine.peers.get(device).is_some_and(|peer| peer.added.is_some());
        let mut ready: Vec<DeviceId> = devices.iter().copied().filter(leaf).collect();
        while self.fault.is_none() {
            let runs: Vec<(DeviceId, Vec<Owed>)> =
                ready.iter().map(|device| (*device, self.next_run(*device))).collect();
            // What goes to one device alone was left behind by records that the others have.
            if let Some((device, run)) = runs.iter().find(|(_, run)| run.first().is_some_and(|owed| owed.alone)) {
                if !self.seal_alone(*device, run) {
                    ready.retain(|other| other != device);
                }
                continue;
            }
            let mut due: Vec<Owed> = runs.into_iter().flat_map(|(_, run)| run).collect();
            due.extend(self.left_behind(&ready, &due));
            due.sort_by_key(|owed| owed.row);
            due.dedup_by_key(|owed| owed.row);
            due.truncate(limits::RECORD_EVENTS_MAX);
            if due.is_empty() || !self.seal_together(&due) {
                return;
            }
        }
    }

    /// What leaves that are not there lack and that is older than something in `due`: they will read the same record,
    /// and read in the order it was written.
    fn left_behind(&self, ready: &[DeviceId], due: &[Owed]) -> Vec<Owed> {
        let Some(newest) = due.iter().map(|owed| owed.row).max() else { return Vec::new() };
        let away = |peer: &&Peer| peer.added.is_some() && !ready.contains(&peer.device);
        let devices = self.machine.peers.values().filter(away).map(|peer| peer.device);
        let lacking = devices.flat_map(|device| self.staged.owed(device, false, limits::RECORD_EVENTS_MAX));
        lacking.filter(|owed| !owed.alone && owed.row < newest).collect()
    }

    /// The oldest unsealed events of a device that can share a record.
    fn next_run(&self, device: DeviceId) -> Vec<Owed> {
        let due = self.staged.owed(device, false, limits::RECORD_EVENTS_MAX);
        let alone = due.first().is_some_and(|owed| owed.alone);
        due.into_iter().take_while(|owed| owed.alone == alone).collect()
    }

    fn seal_together(&mut self, due: &[Owed]) -> bool {
        if self.rekey_due() && !self.commit() {
            return false;
        }
        let (rows, plaintext) = self.gather(due);
        if rows.is_empty() {
            return false;
        }
        let own = &self.machine.own;
        let place = position(own.log, own.next, own.head);
        let key = self.machine.genesis.sign.clone();
        let body = match self.machine.sealer.seal(own.log, &key, &place, &plaintext, self.rng) {
            Ok(body) => body,
            Err(fault) => {
                self.begin_successor(fault);
                return false;
            }
        };
        let seq = self.append(RecordKind::Application, body).header.seq;
        for row in rows {
            for owed in self.staged.owed_for(row) {
                let leaf = self.machine.peers.get(&owed.device).is_some_and(|peer| peer.added.is_some());
                if leaf && owed.seq.is_none() && !owed.alone {
                    self.staged.set_owed(Owed { seq: Some(seq), ..owed });
                }
            }
            self.raise(row, Delivery::Sent);
        }
        true
    }

    /// Seals to one device's one-use key. Without such a key left, the device is swapped first, which brings one;
    /// where there is no offer to swap it with, its events wait.
    fn seal_alone(&mut self, device: DeviceId, due: &[Owed]) -> bool {
        // ID-043: what was sealed once is not sealed to other keys while two lists of a person claim one place.
        if self.machine.people.frozen(device) {
            return false;
        }
        // LOG-027
        if self.machine.refusers.get(&device).is_some_and(|patience| patience.waits(self.now)) {
            return false;
        }
        let patient = self.machine.patience.get(&device).is_some_and(|patience| patience.waits(self.now));
        let swap = |peer: &Peer| peer.letter.is_none() && peer.offer.is_some();
        if !patient && self.machine.peers.get(&device).is_some_and(swap) {
            self.commit();
        }
        let (rows, plaintext) = self.gather(due);
        if rows.is_empty() {
            return false;
        }
        let peer = self.peer_mut(device);
        let (Some(offer), Some(letter)) = (peer.used, peer.letter.take()) else { return false };
        let own = &self.machine.own;
        let place = position(own.log, own.next, own.head);
        let Ok(sealed) = letter.seal(Label::AddressedSeal, &place, &plaintext, self.rng) else { return false };
        let body = Writer::new().bytes(Tag::must(1), offer.as_bytes()).bytes(Tag::must(2), &sealed).done();
        let seq = self.append(RecordKind::Addressed(device), body).header.seq;
        for row in rows {
            self.staged.set_owed(Owed { device, row, seq: Some(seq), alone: true });
            self.raise(row, Delivery::Sent);
        }
        true
    }

    /// As many of the events as one record takes, at least one.
    ///
    /// Whoever can open the record is of the conversation's people; an event for other people is never in it.
    fn gather(&mut self, due: &[Owed]) -> (Vec<EventRow>, Vec<u8>) {
        let shared = self.machine.own_shared();
        let mut rows = Vec::new();
        let mut events = Vec::new();
        let mut size = 0;
        for owed in due {
            let Some(event) = self.staged.event(owed.row) else { continue };
            let header = EventHeader::decode(&event.header).ok();
            if header.as_ref().is_some_and(|header| header.audience != shared.audience) {
                self.staged.settle(owed.device, owed.row);
                continue;
            }
            let body = self.staged.body(owed.row);
            size += event.header.len() + body.as_ref().map_or(0, Vec::len);
            if size > limits::RECORD_EVENTS_BYTES && !rows.is_empty() {
                break;
            }
            rows.push(owed.row);
            let read = header.map(|header| (event.id, header));
            events.push(Known { carried: Carried { header: event.header, body }, read });
        }
        (rows, encode_known(&events, &shared))
    }

    /// Adds a record to the own log.
    fn append(&mut self, kind: RecordKind, body: Vec<u8>) -> Head {
        let machine = &mut *self.machine;
        let seq = machine.own.next;
        let record = Record::sealed(machine.own.log, seq, machine.own.head, kind, body, &machine.genesis.sign);
        machine.own.next += 1;
        machine.own.head = record.hash();
        machine.own.since_commit += 1;
        self.dirty.own = true;
        self.staged.add_record(StoredRecord { log: machine.own.log, seq, bytes: record.encode() });
        record.head()
    }

    fn rekey_due(&mut self) -> bool {
        let run = self.now.since(self.machine.age_from).as_secs();
        if run > 0 {
            self.machine.own.age_s += run;
            self.machine.age_from = self.now;
            self.dirty.own = true;
        }
        let own = &self.machine.own;
        let leaves = self.machine.sealer.leaves(own.log);
        let gone = leaves.iter().any(|device| self.machine.people.device(*device).is_none());
        gone || own.since_commit >= limits::REKEY_RECORDS || own.age_s >= limits::REKEY_AFTER.as_secs()
    }

    /// Swap: one commit that removes the leaves of devices that left, adds devices that are there and offered a KeyPackage, gives each
    /// reader with a fresh one a new leaf, and refreshes the own leaf.
    ///
    /// `false` when the group could not be used.
    fn commit(&mut self) -> bool {
        let change = self.change();
        let own = &self.machine.own;
        let (log, place) = (own.log, position(own.log, own.next, own.head));
        let key = self.machine.genesis.sign.clone();
        let committed = match self.machine.sealer.commit(log, &key, &place, &change, self.rng) {
            Ok(committed) => committed,
            Err(fault) => {
                self.begin_successor(fault);
                return false;
            }
        };
        for device in &committed.unusable {
            self.refuse_offer(*device);
        }
        let head = self.append(RecordKind::Commit, committed.commit);
        self.machine.own.since_commit = 0;
        self.machine.own.age_s = 0;
        self.machine.age_from = self.now;
        let added = change.add.iter().filter(|addition| !committed.unusable.contains(&addition.leaf.device));
        if let Some(mls) = &committed.welcome {
            for addition in added {
                self.welcome(addition.leaf.device, &head, mls);
            }
        }
        self.count_silence();
        true
    }

    /// KEYP-002: what MLS refused is not kept. A device without a leaf hears that it is spent when it offers it again, and
    /// who offers such things again and again makes its writer commit later and later.
    fn refuse_offer(&mut self, device: DeviceId) {
        let now = self.now;
        let peer = self.peer_mut(device);
        let offer = peer.offer.take();
        if peer.added.is_none() {
            peer.used = offer.map(|offer| offer.hash());
        }
        self.machine.patience.entry(device).or_default().lost(now);
        self.reject(device, "KEYP-002");
    }

    /// Every reader is a rekey further from when it was last heard; who was silent too long has no leaf any more.
    fn count_silence(&mut self) {
        let leaves = self.machine.sealer.leaves(self.machine.own.log);
        let readers: Vec<DeviceId> =
            self.machine.peers.values().filter(|peer| peer.added.is_some()).map(|peer| peer.device).collect();
        for device in readers {
            let peer = self.peer_mut(device);
            peer.silent += 1;
            if !leaves.contains(&device) {
                self.park(device);
            }
        }
    }

    /// A device was silent for long (LOG-035). What another person's device has is owed to it no more: it catches up from its
    /// own siblings. The rest waits unsealed, for as long as it takes.
    fn park(&mut self, device: DeviceId) {
        self.take_leaf(device);
        self.peer_mut(device).parked = true;
        let mine = self.machine.people.device(device).is_some_and(|known| known.person == self.machine.genesis.person);
        for owed in self.staged.owed(device, false, usize::MAX) {
            let had = self.staged.event(owed.row).is_some_and(|event| event.delivery >= Delivery::Delivered);
            if had && !mine {
                self.staged.settle(device, owed.row);
            }
        }
    }

    /// The own send group is gone or can't be used (LOG-037): another log takes the place of this one, and everything that was
    /// sealed and not receipted is owed again. Once in a run; a fault after that is for the caller.
    fn begin_successor(&mut self, fault: SealerFault) {
        let own = &self.machine.own;
        if self.machine.succeeded || own.formers.len() >= limits::SUCCESSIONS_MAX {
            self.fault = Some(fault);
            return;
        }
        self.machine.succeeded = true;
        let (before, next) = (own.log, own.next);
        let formers = own.formers.iter().copied().chain([(before, next)]).collect();
        let genesis = &mut self.machine.genesis;
        genesis.log = LogHeader::successor(genesis.conversation, genesis.device, before).id();
        self.machine.own = OwnLog { formers, ..OwnLog::new(genesis.log) };
        self.staged.push(Write::Meta(MetaKey::Genesis, Some(genesis.encode())));
        self.staged.forget_log(before);
        self.dirty.own = true;
        let devices: Vec<DeviceId> = self.machine.peers.keys().copied().collect();
        for device in devices {
            let peer = self.peer_mut(device);
            peer.letter = None;
            self.take_leaf(device);
        }
        self.machine.sealer.forget_group(before);
        let (me, key) = (self.machine.me(), self.machine.genesis.sign.clone());
        if let Err(fault) = self.machine.sealer.create(self.machine.own.log, me, &key, self.rng) {
            self.fault = Some(fault);
        }
    }

    fn change(&self) -> Change {
        let machine = &*self.machine;
        let leaves = machine.sealer.leaves(machine.own.log);
        let heard = |device: DeviceId| machine.sessions.get(&device).is_some_and(|session| session.heard);
        let silent = |peer: &Peer| peer.silent >= limits::PARK_REKEYS;
        let add: Vec<Addition> = machine
            .peers
            .values()
            .filter(|peer| match peer.added {
                Some(_) => !silent(peer),
                None => heard(peer.device) && !machine.people.frozen(peer.device),
            })
            .filter_map(|peer| {
                let leaf = machine.leaf(peer.device)?;
                Some(Addition { leaf, key_package: peer.offer.as_ref()?.key_package.clone() })
            })
            .collect();
        let swapped = |device: &DeviceId| add.iter().any(|addition| addition.leaf.device == *device);
        // Without a place of its own in the ledger a leaf is left over: its device has lost its group, or was parked.
        let stays = |device: &DeviceId| {
            let peer = machine.peers.get(device).filter(|_| machine.people.device(*device).is_some());
            peer.is_some_and(|peer| peer.added.is_some() && !silent(peer)) && !swapped(device)
        };
        let others = leaves.into_iter().filter(|device| *device != machine.genesis.device);
        let remove = others.filter(|device| !stays(device)).collect();
        Change { remove, add }
    }

    /// Owes a device its way into the log.
    fn welcome(&mut self, device: DeviceId, head: &Head, mls: &[u8]) {
        let Some(kem) = self.machine.people.device(device).map(|known| known.kem.clone()) else { return };
        let (log, seq) = (head.header.log, head.header.seq);
        let peer = self.peer_mut(device);
        let Some(offer) = peer.offer.take() else { return };
        peer.anew = peer.added.is_none();
        peer.parked = false;
        peer.added = Some(seq);
        peer.used = Some(offer.hash());
        peer.letter = Some(offer.letter.clone());
        let anew = peer.anew;
        if anew {
            peer.entered = seq;
            peer.through = None;
        }
        let entrance = Entrance { log, seq, head: head.hash(), to: device, offer: offer.hash(), anew };
        let sealed = Welcome::seal(entrance, head.clone(), mls, &kem, &self.machine.genesis.sign, self.rng);
        if let Ok(welcome) = sealed {
            self.staged.set_welcome(device, Some(welcome.encode()));
        }
    }

    /// Sends a device the records it lacks, a bounded way ahead of its receipt.
    fn send_to(&mut self, device: DeviceId) {
        let own = (self.machine.own.log, self.machine.own.next);
        let Some((added, through)) = self.machine.peers.get(&device).map(|peer| (peer.added, peer.through)) else {
            return;
        };
        let Some(added) = added else { return };
        let session = self.machine.sessions.get(&device).map(|session| (session.next, session.short_records));
        let Some((mut next, mut short)) = session else { return };
        let first = through.map_or(added, |through| through + 1);
        next = next.max(first);
        while next < own.1 && next < first + limits::RECORDS_IN_FLIGHT_MAX {
            let packet = if next == added {
                self.staged.welcome(device).map(|welcome| Packet::welcome_bytes(&welcome))
            } else {
                self.staged.record(own.0, next).map(|record| record_packet(&record.bytes, short))
            };
            let Some(packet) = packet else { break };
            self.send(device, packet);
            short = true;
            next += 1;
        }
        let now = self.now;
        if let Some(session) = self.machine.sessions.get_mut(&device)
            && session.next != next
        {
            session.next = next;
            session.short_records = short;
            session.heard_at = now;
        }
    }
}

/// A stored record as it is sent, whole or, to who has the one before it, short (LOG-042).
fn record_packet(stored: &[u8], short: bool) -> Vec<u8> {
    match short.then(|| Record::decode(stored)) {
        Some(Ok(record)) => Packet::ShortRecord(ShortRecord::of(&record)).encode(),
        _ => Packet::record_bytes(stored),
    }
}
