//! Delivery: receipts in, obligations settled; events sealed, records out.

use super::Turn;
use super::state::Peer;
use crate::io::{Delivery, Effect, EventRow, Owed, StoredRecord, Write};
use crate::log::event::{Carried, encode_carried};
use crate::log::packet::Packet;
use crate::log::receipt::{Reading, Receipt, Refusal};
use crate::log::record::{Record, RecordKind, position};
use crate::log::welcome::{Entrance, Welcome};
use crate::sealer::{Addition, Change};
use kith_base::codec::{Tag, Writer};
use kith_base::{DeviceId, Label, PersonId, limits};

impl Turn<'_> {
    /// A device's word on what it has of the own log.
    pub(super) fn receive_receipt(&mut self, from: DeviceId, receipt: &Receipt, again: bool) {
        let said = &receipt.statement;
        let Some((person, key)) = self.machine.people.device(said.device).map(|known| (known.person, known.sign))
        else {
            return self.reject(from, "RCPT-001");
        };
        if receipt.verify(&key).is_err() {
            return self.reject(from, "RCPT-002");
        }
        if said.log != self.machine.own.log {
            return self.reject(from, "RCPT-003");
        }
        if said.counter <= self.peer_mut(said.device).receipt {
            return;
        }
        // A peer knows more of this device than it knows itself.
        let forgotten = said.heard > self.machine.progress.receipts;
        if forgotten || said.reading.is_some_and(|reading| self.contradicts(&reading)) {
            return self.retire();
        }
        self.peer_mut(said.device).receipt = said.counter;
        match &said.reading {
            Some(reading) => self.settle(said.device, person, reading, &said.refused),
            None => self.take_back(receipt),
        }
        self.take_offer(from, receipt);
        self.prune();
        if said.device == from {
            self.note_progress(from, again);
        }
        self.note_established();
    }

    /// Whether a reader knows a longer or another own log than this device: then this device is set back, or a copy.
    fn contradicts(&self, reading: &Reading) -> bool {
        let own = &self.machine.own;
        if reading.through >= own.next {
            return true;
        }
        let head = if reading.through + 1 == own.next {
            Some(own.head)
        } else {
            let stored = self.staged.record(own.log, reading.through);
            stored.and_then(|stored| Record::decode(&stored.bytes).ok()).map(|record| record.hash())
        };
        head.is_some_and(|head| head != reading.head)
    }

    fn retire(&mut self) {
        if !self.machine.progress.retired {
            self.machine.progress.retired = true;
            self.dirty.progress = true;
            self.effects.push(Effect::Retired);
        }
    }

    /// Ends the obligations that a reading covers, and takes back those it refuses.
    fn settle(&mut self, device: DeviceId, person: PersonId, reading: &Reading, refused: &[(u64, Refusal)]) {
        let theirs = person != self.machine.genesis.person;
        for owed in self.staged.owed_through(device, reading.through) {
            let Some(seq) = owed.seq else { continue };
            if refused.iter().any(|(at, _)| *at == seq) || seq <= reading.joined {
                self.staged.set_owed(Owed { seq: None, alone: true, ..owed });
                continue;
            }
            self.staged.settle(device, owed.row);
            if theirs {
                self.raise(owed.row, Delivery::Delivered);
            }
        }
        for (seq, _) in refused {
            self.void(*seq);
        }
        let seen = reading.seen.filter(|_| theirs);
        let peer = self.peer_mut(device);
        peer.through = Some(reading.through);
        let before = peer.seen;
        let news = seen.filter(|seen| before.is_none_or(|known| known < *seen));
        if news.is_some() {
            peer.seen = news;
        }
        if peer.added.is_some_and(|added| reading.through >= added) && self.staged.welcome(device).is_some() {
            self.staged.set_welcome(device, None);
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

    fn raise(&mut self, row: EventRow, delivery: Delivery) {
        if self.staged.raise(row, delivery) {
            self.effects.push(Effect::Changed(row));
        }
    }

    /// Withdraws a record that a reader refused; its events go out again by themselves. While another device is owed
    /// something in it, it stays: that device may well read it, and would receipt a void.
    fn void(&mut self, seq: u64) {
        let log = self.machine.own.log;
        let carries = |owed: &Owed| owed.seq == Some(seq);
        if self.machine.peers.keys().any(|device| self.staged.owed_through(*device, seq).iter().any(carries)) {
            return;
        }
        let voided = self
            .staged
            .record(log, seq)
            .and_then(|stored| Record::decode(&stored.bytes).ok())
            .filter(|record| record.body.is_some())
            .and_then(|record| record.voided(&self.machine.genesis.sign));
        if let Some(record) = voided {
            self.staged.add_record(StoredRecord { log, seq, bytes: record.encode() });
        }
    }

    /// A device without a place in the own log. If it holds a fresh KeyPackage it lost the group: all that was sealed
    /// to it and not receipted is owed anew, to it alone.
    fn take_back(&mut self, receipt: &Receipt) {
        let device = receipt.statement.device;
        let offered = receipt.statement.offer.as_ref().map(crate::log::offer::Offer::hash);
        let peer = self.peer_mut(device);
        peer.through = None;
        if peer.added.is_none() || offered.is_none() || offered == peer.used {
            return;
        }
        peer.added = None;
        self.staged.set_welcome(device, None);
        for owed in self.staged.owed(device, true, usize::MAX) {
            self.staged.set_owed(Owed { seq: None, alone: true, ..owed });
        }
    }

    fn take_offer(&mut self, from: DeviceId, receipt: &Receipt) {
        let device = receipt.statement.device;
        let Some(offer) = receipt.statement.offer.clone() else { return };
        let key = self.machine.verify_key(device);
        let log = self.machine.own.log;
        if offer.device != device
            || offer.log.is_some_and(|for_log| for_log != log)
            || key.is_none_or(|key| offer.verify(&key).is_err())
        {
            return self.reject(from, "KEYP-001");
        }
        let peer = self.peer_mut(device);
        if peer.used != Some(offer.hash()) {
            peer.offer = Some(offer);
        }
    }

    /// Deletes records that every leaf has receipted.
    fn prune(&mut self) {
        let machine = &mut *self.machine;
        let floor = machine
            .peers
            .values()
            .filter(|peer| peer.added.is_some())
            .map(|peer| peer.through.map_or(0, |through| through + 1))
            .min()
            .unwrap_or(0);
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
        let Some(session) = self.machine.sessions.get_mut(&device) else { return };
        session.heard_at = now;
        let first = !std::mem::replace(&mut session.heard, true);
        if again {
            session.receipt_due = Some(session.receipt_due.unwrap_or(false));
        }
        if first || again {
            self.rewind(device);
        }
    }

    /// Sends a device again what it has not receipted.
    pub(super) fn rewind(&mut self, device: DeviceId) {
        let Some(peer) = self.machine.peers.get(&device) else { return };
        let next = peer.through.map_or(peer.added.unwrap_or(0), |through| through + 1);
        if let Some(session) = self.machine.sessions.get_mut(&device) {
            session.next = next;
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

    /// Seals and sends to every device that has said what it has.
    pub(super) fn send_records(&mut self) {
        let heard: Vec<DeviceId> =
            self.machine.sessions.iter().filter(|(_, session)| session.heard).map(|(device, _)| *device).collect();
        heard.iter().for_each(|device| self.admit(*device));
        self.seal_for(&heard);
        for device in heard {
            self.send_to(device);
        }
    }

    /// Gives a device a leaf in the own send group if it has none and offered a KeyPackage.
    fn admit(&mut self, device: DeviceId) {
        let waits = self.machine.peers.get(&device).is_some_and(|peer| peer.added.is_none() && peer.offer.is_some());
        if waits {
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
            due.sort_by_key(|owed| owed.row);
            due.dedup_by_key(|owed| owed.row);
            due.truncate(limits::RECORD_EVENTS_MAX);
            if due.is_empty() || !self.seal_together(&due) {
                return;
            }
        }
    }

    /// The oldest unsealed events of a device that can share a record.
    fn next_run(&self, device: DeviceId) -> Vec<Owed> {
        let due = self.staged.owed(device, false, limits::RECORD_EVENTS_MAX);
        let alone = due.first().is_some_and(|owed| owed.alone);
        due.into_iter().take_while(|owed| owed.alone == alone).collect()
    }

    fn seal_together(&mut self, due: &[Owed]) -> bool {
        if self.rekey_due() {
            self.commit();
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
                self.fault = Some(fault);
                return false;
            }
        };
        let seq = self.append(RecordKind::Application, body);
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
        let swap = |peer: &Peer| peer.letter.is_none() && peer.offer.is_some();
        if self.machine.peers.get(&device).is_some_and(swap) {
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
        let seq = self.append(RecordKind::Addressed(device), body);
        for row in rows {
            self.staged.set_owed(Owed { device, row, seq: Some(seq), alone: true });
            self.raise(row, Delivery::Sent);
        }
        true
    }

    /// As many of the events as one record takes, at least one.
    fn gather(&self, due: &[Owed]) -> (Vec<EventRow>, Vec<u8>) {
        let mut rows = Vec::new();
        let mut events = Vec::new();
        let mut size = 0;
        for owed in due {
            let Some(event) = self.staged.event(owed.row) else { continue };
            let body = self.staged.body(owed.row);
            size += event.header.len() + body.as_ref().map_or(0, Vec::len);
            if size > limits::RECORD_EVENTS_BYTES && !rows.is_empty() {
                break;
            }
            rows.push(owed.row);
            events.push(Carried { header: event.header, body });
        }
        (rows, encode_carried(&events))
    }

    /// Adds a record to the own log; says at which seq.
    fn append(&mut self, kind: RecordKind, body: Vec<u8>) -> u64 {
        let machine = &mut *self.machine;
        let seq = machine.own.next;
        let record = Record::sealed(machine.own.log, seq, machine.own.head, kind, body, &machine.genesis.sign);
        machine.own.next += 1;
        machine.own.head = record.hash();
        machine.own.since_commit += 1;
        self.dirty.own = true;
        self.staged.add_record(StoredRecord { log: machine.own.log, seq, bytes: record.encode() });
        seq
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
    fn commit(&mut self) {
        let change = self.change();
        let own = &self.machine.own;
        let (log, place) = (own.log, position(own.log, own.next, own.head));
        let key = self.machine.genesis.sign.clone();
        let committed = match self.machine.sealer.commit(log, &key, &place, &change, self.rng) {
            Ok(committed) => committed,
            Err(fault) => {
                self.fault = Some(fault);
                return;
            }
        };
        for device in &committed.unusable {
            self.peer_mut(*device).offer = None;
            self.reject(*device, "KEYP-002");
        }
        let seq = self.append(RecordKind::Commit, committed.commit);
        self.machine.own.since_commit = 0;
        self.machine.own.age_s = 0;
        let added = change.add.iter().filter(|addition| !committed.unusable.contains(&addition.leaf.device));
        if let Some(mls) = &committed.welcome {
            for addition in added {
                self.welcome(addition.leaf.device, seq, mls);
            }
        }
    }

    fn change(&self) -> Change {
        let machine = &*self.machine;
        let leaves = machine.sealer.leaves(machine.own.log);
        let heard = |device: DeviceId| machine.sessions.get(&device).is_some_and(|session| session.heard);
        let add: Vec<Addition> = machine
            .peers
            .values()
            .filter(|peer| peer.added.is_some() || heard(peer.device))
            .filter_map(|peer| {
                let leaf = machine.leaf(peer.device)?;
                Some(Addition { leaf, key_package: peer.offer.as_ref()?.key_package.clone() })
            })
            .collect();
        let swapped = |device: &DeviceId| add.iter().any(|addition| addition.leaf.device == *device);
        let remove = leaves
            .into_iter()
            .filter(|device| *device != machine.genesis.device)
            .filter(|device| swapped(device) || machine.people.device(*device).is_none())
            .collect();
        Change { remove, add }
    }

    /// Owes a device its way into the log.
    fn welcome(&mut self, device: DeviceId, seq: u64, mls: &[u8]) {
        let Some(kem) = self.machine.people.device(device).map(|known| known.kem.clone()) else { return };
        let (log, head) = (self.machine.own.log, self.machine.own.head);
        let peer = self.peer_mut(device);
        let Some(offer) = peer.offer.take() else { return };
        peer.added = Some(seq);
        peer.used = Some(offer.hash());
        peer.letter = Some(offer.letter.clone());
        let entrance = Entrance { log, seq, head, to: device, offer: offer.hash() };
        if let Ok(welcome) = Welcome::seal(entrance, mls, &kem, &self.machine.genesis.sign, self.rng) {
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
        let Some(mut next) = self.machine.sessions.get(&device).map(|session| session.next) else { return };
        let first = through.map_or(added, |through| through + 1);
        next = next.max(first);
        while next < own.1 && next < first + limits::RECORDS_IN_FLIGHT_MAX {
            let packet = if next == added {
                self.staged.welcome(device).map(|welcome| Packet::welcome_bytes(&welcome))
            } else {
                self.staged.record(own.0, next).map(|record| Packet::record_bytes(&record.bytes))
            };
            let Some(packet) = packet else { break };
            self.send(device, packet);
            next += 1;
        }
        let now = self.now;
        if let Some(session) = self.machine.sessions.get_mut(&device)
            && session.next != next
        {
            session.next = next;
            session.heard_at = now;
        }
    }
}
