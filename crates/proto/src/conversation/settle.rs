//! Receipts in: what a device says it has ends obligations; what it refuses, or lost, is owed anew.
//!
//! A receipt may claim what can't be: a longer own log than this device has, or another one. Alone that is a lie or a
//! fault of the reader, and changes nothing; with this device's own signature for it, this device is a copy or was set
//! back ([`super::proof`]).

use super::state::Peer;
use super::{Repeated, Session, Turn};
use crate::io::{Delivery, Effect, EventRow, Owed, StoredRecord, Write};
use crate::log::packet::Packet;
use crate::log::receipt::{Reading, Receipt, Refusal};
use crate::log::record::{Record, RecordKind};
use crate::sealer::Addition;
use kith_base::{DeviceId, Mono, PersonId};
use std::time::Duration;

/// How soon a device may have the same again that it asked for: half as long as an honest one waits before it asks, as
/// what it sends is not always under way for the same time.
const REPEAT_AFTER: Duration = Duration::from_millis(500);
/// How often that doubles: half a minute is the most.
const REPEAT_DOUBLES: u32 = 6;

impl Session {
    /// LOG-026: whether the device may be sent again what it wants from a place on, and notes that it was.
    fn may_repeat(&mut self, from: u64, now: Mono) -> bool {
        let before = self.repeated.filter(|repeated| repeated.from == from);
        if before.is_some_and(|repeated| now < repeated.not_before) {
            return false;
        }
        let times = before.map_or(0, |repeated| repeated.times + 1);
        let not_before = now + REPEAT_AFTER * (1 << times.min(REPEAT_DOUBLES));
        self.repeated = Some(Repeated { from, not_before, times });
        true
    }
}

impl Turn<'_> {
    /// A device's word on what it has of the own log.
    pub(super) fn receive_receipt(&mut self, from: DeviceId, receipt: &Receipt, again: bool) {
        match self.machine.people.device(receipt.statement.device).map(|known| receipt.verify(&known.sign)) {
            None => self.reject(from, "RCPT-001"),
            Some(Err(_)) => self.reject(from, "RCPT-002"),
            Some(Ok(())) => self.take_receipt(from, receipt, again),
        }
    }

    /// A receipt that its device signed.
    pub(super) fn take_receipt(&mut self, from: DeviceId, receipt: &Receipt, again: bool) {
        let said = &receipt.statement;
        let Some(person) = self.machine.people.device(said.device).map(|known| known.person) else { return };
        let own = &self.machine.own;
        let former = own.former(said.log).is_some();
        if said.log != own.log && !former {
            return self.reject(from, "RCPT-003");
        }
        if said.counter <= self.peer_mut(said.device).receipt {
            return;
        }
        let reading = said.reading.filter(|_| !former);
        let contradicts = reading.is_some_and(|reading| self.knows_otherwise(reading.through, reading.head));
        if contradicts || said.heard > self.machine.progress.receipts {
            return self.reject(from, "RCPT-004");
        }
        let peer = self.peer_mut(said.device);
        peer.receipt = said.counter;
        peer.said = receipt.bare().encode();
        peer.silent = 0;
        let enters = peer.anew && reading.is_some_and(|reading| Some(reading.joined) < peer.added);
        self.forget_heard_refusals(said.device, said.heard);
        match reading.filter(|_| !enters) {
            Some(reading) => self.settle(said.device, person, &reading, &said.refused),
            None => self.take_back(receipt),
        }
        self.take_offer(from, receipt);
        self.prune();
        if said.device == from {
            self.note_progress(from, again);
        }
        self.note_established();
    }

    /// A writer has heard this device's receipts up to one (RCPT-017): what was refused in them needs no repeating.
    fn forget_heard_refusals(&mut self, writer: DeviceId, heard: u64) {
        let Some(log) = self.machine.log_of(writer) else { return };
        let before = log.refused.len();
        log.refused.retain(|skipped| skipped.said_at == 0 || skipped.said_at > heard);
        if log.refused.len() < before {
            let log = log.log;
            self.dirty.logs.insert(log);
        }
    }

    /// Ends the obligations that a reading covers, and takes back those it refuses.
    fn settle(&mut self, device: DeviceId, person: PersonId, reading: &Reading, refused: &[(u64, Refusal)]) {
        let theirs = person != self.machine.genesis.person;
        let now = self.now;
        let (mut refuses, mut takes) = (false, false);
        for owed in self.staged.owed_through(device, reading.through) {
            let Some(seq) = owed.seq else { continue };
            let is_refused = refused.iter().any(|(at, _)| *at == seq);
            refuses |= is_refused && owed.alone;
            takes |= !is_refused && owed.alone;
            if is_refused {
                // LOG-021: whoever else lacks it may well read the record.
                self.staged.set_owed(Owed { seq: None, alone: true, ..owed });
                continue;
            }
            if seq <= reading.joined {
                self.owe_again(owed);
                continue;
            }
            self.staged.settle(device, owed.row);
            if theirs {
                self.raise(owed.row, Delivery::Delivered);
            }
        }
        // LOG-027
        if refuses {
            self.machine.refusers.entry(device).or_default().lost(now);
        } else if takes && let Some(patience) = self.machine.refusers.get_mut(&device) {
            patience.is_well(now);
        }
        for (seq, _) in refused {
            self.void_refused(*seq);
        }
        let seen = reading.seen.filter(|_| theirs);
        let peer = self.peer_mut(device);
        peer.through = Some(reading.through);
        peer.anew = false;
        let before = peer.seen;
        let news = seen.filter(|seen| before.is_none_or(|known| known < *seen));
        if news.is_some() {
            peer.seen = news;
        }
        if peer.added.is_some_and(|added| reading.through >= added) {
            if let Some(patience) = self.machine.patience.get_mut(&device) {
                patience.is_well(now);
            }
            if self.staged.welcome(device).is_some() {
                self.staged.set_welcome(device, None);
            }
        }
        if let Some(seen) = news {
            self.mark_seen(before, seen);
        }
    }

    /// Own events up to this counter were shown; those up to `before` were known to be.
    fn mark_seen(&mut self, before: Option<u64>, counter: u64) {
        for row in (1..=self.staged.last_row().0).rev().map(EventRow) {
            let Some(event) = self.staged.event(row).filter(|event| event.mine) else { continue };
            if event.device != self.machine.genesis.device || event.counter > counter {
                continue;
            }
            if event.delivery == Delivery::Seen || before.is_some_and(|before| event.counter <= before) {
                return;
            }
            if event.delivery == Delivery::Delivered {
                self.raise(row, Delivery::Seen);
            }
        }
    }

    pub(super) fn raise(&mut self, row: EventRow, delivery: Delivery) {
        if self.staged.raise(row, delivery) {
            self.begin_expiry_sent(row);
            self.effects.push(Effect::Changed(row));
        }
    }

    /// Takes an obligation back out of the record it was sealed in. It goes to that device alone if another is not owed
    /// the event: that one has it, or came later and was never meant to.
    fn owe_again(&mut self, owed: Owed) {
        let lacking = self.staged.owed_for(owed.row);
        let alone = self.machine.peers.keys().any(|device| !lacking.iter().any(|other| other.device == *device));
        self.staged.set_owed(Owed { seq: None, alone, ..owed });
    }

    /// Everything that a record of the own log still owes.
    fn owed_in(&self, seq: u64) -> Vec<Owed> {
        let devices = self.machine.peers.keys();
        let owed = devices.flat_map(|device| self.staged.owed_through(*device, seq));
        owed.filter(|owed| owed.seq == Some(seq)).collect()
    }

    /// Voids a record that a reader refused. While another device is owed something in it, it stays: that device may
    /// well read it.
    fn void_refused(&mut self, seq: u64) {
        if self.owed_in(seq).is_empty() {
            self.void(seq);
        }
    }

    /// Withdraws a record and those behind it: their seqs and hashes stay, their bodies go, and what they still owed is
    /// owed again, so that it comes in the order it was written.
    pub(super) fn withdraw_from(&mut self, seq: u64) {
        for seq in seq..self.machine.own.next {
            let owed = self.owed_in(seq);
            if !owed.is_empty() && self.void(seq) {
                owed.into_iter().for_each(|owed| self.owe_again(owed));
            }
        }
    }

    /// Puts a void in the place of a record; says whether there is one there. A commit stays.
    fn void(&mut self, seq: u64) -> bool {
        // A receipt repeats what it refuses; the record may be pruned since, by an earlier receipt of the same step, too.
        if seq < self.machine.own.kept_from {
            return false;
        }
        let log = self.machine.own.log;
        let stored = self.staged.record(log, seq).and_then(|stored| Record::decode(&stored.bytes).ok());
        let Some(record) = stored.filter(|record| record.header.kind != RecordKind::Commit) else { return false };
        if record.body.is_some()
            && let Some(void) = record.voided(&self.machine.genesis.sign)
        {
            self.staged.add_record(StoredRecord { log, seq, bytes: void.encode() });
        }
        true
    }

    /// A device without a place in the own log. If it holds a fresh KeyPackage it lost the group: all that was sealed
    /// to it and not receipted is owed anew.
    fn take_back(&mut self, receipt: &Receipt) {
        let device = receipt.statement.device;
        let offered = receipt.statement.offer;
        let now = self.now;
        // Somebody with this device's keys entered with the offer that it still holds for unused: a copy of it.
        let entered = self.staged.welcome(device).is_none();
        let peer = self.peer_mut(device);
        peer.through = None;
        if peer.added.is_none() || offered.is_none() || offered == peer.used && !entered {
            return;
        }
        self.machine.patience.entry(device).or_default().lost(now);
        self.take_leaf(device);
    }

    /// A device reads the own log no more, until it is added anew.
    pub(super) fn take_leaf(&mut self, device: DeviceId) {
        let peer = self.peer_mut(device);
        peer.added = None;
        peer.through = None;
        self.staged.set_welcome(device, None);
        for owed in self.staged.owed(device, true, usize::MAX) {
            self.owe_again(owed);
        }
    }

    fn take_offer(&mut self, from: DeviceId, receipt: &Receipt) {
        let device = receipt.statement.device;
        let Some(offer) = receipt.offer.clone() else { return };
        let Some(leaf) = self.machine.leaf(device) else { return };
        let own = &self.machine.own;
        let for_me = |log| log == own.log || own.former(log).is_some();
        if offer.device != device || !offer.log.is_none_or(for_me) || offer.verify(&leaf.key).is_err() {
            return self.reject(from, "KEYP-001");
        }
        if !self.machine.sealer.usable(&Addition { leaf, key_package: offer.key_package.clone() }) {
            return self.reject(from, "KEYP-002");
        }
        let peer = self.peer_mut(device);
        if peer.used != Some(offer.hash()) {
            peer.offer = Some(offer);
        } else if peer.added.is_none() && peer.offer.is_none() && device == from {
            self.send(from, Packet::Spent(offer.hash()).encode());
        }
    }

    /// Deletes records that every leaf has receipted.
    fn prune(&mut self) {
        let machine = &mut *self.machine;
        let floor = machine.peers.values().filter(|peer| peer.added.is_some()).map(Peer::wants).min().unwrap_or(0);
        // The newest record stays: a reading is checked against its hash.
        let floor = floor.min(machine.own.next.saturating_sub(1));
        if floor > machine.own.kept_from {
            machine.own.kept_from = floor;
            self.dirty.own = true;
            self.staged.push(Write::RecordsPruned(machine.own.log, floor - 1));
        }
    }

    fn note_progress(&mut self, device: DeviceId, again: bool) {
        let now = self.now;
        let Some(place) = self.machine.peers.get(&device).map(Peer::wants) else { return };
        let Some(session) = self.machine.sessions.get_mut(&device) else { return };
        let first = !std::mem::replace(&mut session.heard, true);
        if again && !first && !session.may_repeat(place, now) {
            return;
        }
        session.heard_at = now;
        if again {
            session.proved = false;
            session.short_receipts = false;
            session.receipt_due = Some(session.receipt_due.unwrap_or(false));
        }
        if first || again {
            self.rewind(device);
        }
    }

    /// Sends a device again what it has not receipted.
    pub(super) fn rewind(&mut self, device: DeviceId) {
        let Some(peer) = self.machine.peers.get(&device) else { return };
        let next = peer.wants();
        if let Some(session) = self.machine.sessions.get_mut(&device) {
            session.next = next;
            session.short_records = false;
        }
    }

    pub(super) fn note_established(&mut self) {
        let machine = &mut *self.machine;
        if machine.progress.established {
            return;
        }
        let me = machine.genesis.person;
        let both = machine.people.devices().filter(|device| device.person != me).any(|device| {
            let reads_us = machine.peers.get(&device.id).is_some_and(|peer| peer.through.is_some());
            reads_us && machine.logs.values().any(|log| log.writer == device.id && log.place.is_some())
        });
        if both {
            machine.progress.established = true;
            self.dirty.progress = true;
            self.effects.push(Effect::Established);
        }
    }
}
