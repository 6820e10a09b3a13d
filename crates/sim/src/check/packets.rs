//! What must hold of every packet that an honest device sends, when it leaves.

use super::{Check, Held};
use crate::model_sealer::{PackageId, look_into};
use crate::node::Node;
use kith_base::codec::{Fields, Malformed};
use kith_base::{DeviceId, EventId, LogId, RecordHash};
use kith_proto::conversation::Deleted;
use kith_proto::io::View;
use kith_proto::log::carried::decode_carried;
use kith_proto::log::event::id_of;
use kith_proto::log::packet::Packet;
use kith_proto::log::receipt::{Reading, Statement};
use kith_proto::log::record::{Record, RecordKind};
use std::collections::BTreeSet;

impl Check {
    /// A packet leaves a device.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn sent(&mut self, nodes: &[Node], node: &Node, packet: &Packet) -> Held {
        if self.doubts(node.id) {
            return Ok(());
        }
        match packet {
            Packet::Record(record) => self.record_leaves(nodes, node, record),
            Packet::Receipt { receipt, .. } => self.receipt_leaves(node, &receipt.statement),
            _ => Ok(()),
        }
    }

    fn record_leaves(&mut self, nodes: &[Node], node: &Node, record: &Record) -> Held {
        let place = (record.header.log, record.header.seq);
        self.writers.insert(record.header.log, node.id);
        if record.body.is_none() {
            self.voided.insert(place);
        }
        let first = match self.records.insert(place, record.hash()) {
            Some(before) if before != record.hash() => {
                return Err(format!("{} sealed two records at place {}", node.name, place.1));
            }
            Some(_) => false,
            None => true,
        };
        let events = self.inside(nodes, node, record)?;
        if first {
            self.carried.insert(place, events);
        }
        Ok(())
    }

    /// Looks into a record of the model: who can open it, and what is in it.
    fn inside(&self, nodes: &[Node], node: &Node, record: &Record) -> Result<Vec<EventId>, String> {
        let Some(sealed) = record.body.as_deref().and_then(look_into) else { return Ok(Vec::new()) };
        let people: Vec<DeviceId> = nodes.iter().map(|other| other.id).collect();
        if let Some(stranger) = sealed.readers.iter().find(|reader| !people.contains(reader)) {
            return Err(format!("{} sealed to {stranger:?}, whom nobody knows", node.name));
        }
        if sealed.commit {
            return Ok(Vec::new());
        }
        let shared = node.machine.as_ref().and_then(|machine| machine.shared(machine.device()));
        let shared = shared.ok_or("a device that is not there writes")?;
        let events = decode_carried(&sealed.plaintext, &shared).map_err(|error| format!("a record holds {error}"))?;
        for event in &events {
            let id = id_of(&event.header);
            let gone = self.events.get(&id).is_some_and(|event| event.deleted == Some(Deleted::NeverDelivered));
            if gone && event.body.is_some() {
                return Err(format!("{id:?} was deleted while it waited, and leaves with its text"));
            }
        }
        Ok(events.iter().map(|event| id_of(&event.header)).collect())
    }

    /// A KeyPackage is used once: told by the leaves after each commit, in the order in which commits are made.
    pub(super) fn packages(&mut self, node: &Node, commit: &[u8]) -> Held {
        let made = Record::decode(commit).ok().filter(|record| record.header.kind == RecordKind::Commit);
        let sealed = made.and_then(|record| look_into(&record.body?));
        let Some(sealed) = sealed.filter(|_| !self.doubts(node.id)) else { return Ok(()) };
        // Who was set back may offer again what it does not know to be used.
        let leaves = sealed.readers.iter().zip(sealed.packages).filter(|(reader, _)| !self.doubts(**reader));
        let after: BTreeSet<PackageId> = leaves.map(|(_, package)| package).collect();
        let before = self.leaves.insert(sealed.log, after.clone()).unwrap_or_default();
        let again = after.difference(&before).find(|package| !self.used.insert(**package));
        match again {
            Some(_) => Err("a KeyPackage was used twice".into()),
            None => Ok(()),
        }
    }

    /// What a receipt says must be on disk: it is read here as another program would read the vault.
    fn receipt_leaves(&mut self, node: &Node, said: &Statement) -> Held {
        let Some(reading) = &said.reading else { return Ok(()) };
        let place = stored_place(node, said.log);
        if place != Some((reading.joined, reading.through, reading.head)) {
            return Err(format!("{} receipts up to {} and has {place:?} on disk", node.name, reading.through));
        }
        let writer = self.writers.get(&said.log).copied();
        let Some(writer) = writer.filter(|writer| !self.doubts(*writer)) else { return Ok(()) };
        if let Some(seen) = reading.seen
            && self.shown.get(&(node.name, writer)).is_none_or(|shown| *shown < seen)
        {
            return Err(format!("{} says that event {seen} was seen, and it was not shown", node.name));
        }
        self.has_all_of(node, said, reading)
    }

    fn has_all_of(&mut self, node: &Node, said: &Statement, reading: &Reading) -> Held {
        let known = self.receipted.get(&(node.name, said.log));
        let from = match known {
            Some((joined, through)) if *joined == reading.joined && *through <= reading.through => through + 1,
            _ => reading.joined + 1,
        };
        for (place, events) in self.carried.range((said.log, from)..(said.log, from.max(reading.through + 1))) {
            let refused = said.refused.iter().any(|(seq, _)| *seq == place.1);
            if refused || self.voided.contains(place) {
                continue;
            }
            if let Some(missing) = events.iter().find(|id| node.vault.row_of(id).is_none()) {
                return Err(format!("{} receipts record {} and lacks {missing:?}", node.name, place.1));
            }
        }
        self.receipted.insert((node.name, said.log), (reading.joined, reading.through));
        Ok(())
    }
}

/// Where a device stands in a log, as its vault says it (`spec/vault.md`): joined, through, head.
pub(super) fn stored_place(node: &Node, log: LogId) -> Option<(u64, u64, RecordHash)> {
    let stored = node.vault.logs().into_iter().find(|stored| stored.log == log)?;
    let place = || -> Result<(u64, u64, RecordHash), Malformed> {
        let fields = Fields::parse(&stored.state)?;
        Ok((fields.number(1)?, fields.number(2)?, RecordHash::from_bytes(fields.array(3)?)))
    };
    place().ok()
}
