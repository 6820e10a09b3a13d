//! What must hold: at every commit, at every packet, and once all is healed.
//!
//! | rule | where |
//! |---|---|
//! | an event appears only if somebody wrote it, as it was written, and once at each device | commit |
//! | text deleted while it waited is in no packet and in no vault | packet, end |
//! | an obligation ends only when that device has the event on disk | commit |
//! | *delivered* is said only when a device of another person has it on disk | commit |
//! | whoever can open a record belongs to the conversation's people | packet |
//! | one place in a log has one record, whatever is sent again | packet |
//! | a KeyPackage is used once | packet |
//! | no device retires that was not set back | commit |
//! | honest devices break no rule | commit |
//! | everybody owed an event has it, or knows it deleted; own events are delivered; an author's order is kept | end |
//! | nothing is owed, kept or remembered that is not needed | end |

use crate::model_sealer::{PackageId, look_into};
use crate::node::Node;
use kith_base::{DeviceId, EventId, LogId, RecordHash};
use kith_proto::conversation::Deleted;
use kith_proto::io::{Delivery, Effect, EventRow, StoredEvent, View, Write, WriteBatch};
use kith_proto::log::event::{Body, Kind, decode_carried};
use kith_proto::log::packet::Packet;
use kith_proto::log::record::{Record, RecordKind};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of the sealer that a device may need for each other device: two groups and a few unused KeyPackages.
const SEALER_ROWS_PER_DEVICE: usize = 8;

/// An event as its author meant it.
#[derive(Debug)]
struct Written {
    author: DeviceId,
    body: Vec<u8>,
    /// To whom it was ever owed.
    owed: BTreeSet<DeviceId>,
    deleted: Option<Deleted>,
}

/// What a person's wish did in a turn.
#[derive(Debug)]
pub enum Deed {
    /// An event was written.
    Wrote(EventId, Body),
    /// An event was deleted.
    Deleted(EventId, Deleted),
}

/// Everything that is known to be true, and how often which rule was said to be broken.
#[derive(Debug, Default)]
pub struct Check {
    events: BTreeMap<EventId, Written>,
    appeared: BTreeSet<(DeviceId, EventRow)>,
    records: BTreeMap<(LogId, u64), RecordHash>,
    leaves: BTreeMap<LogId, BTreeSet<PackageId>>,
    used: BTreeSet<PackageId>,
    /// How often each rule was said to be broken.
    pub rejected: BTreeMap<&'static str, u64>,
    /// Packets are forged or spoiled on purpose: rules are broken, and only that.
    pub hostile: bool,
    /// Devices whose vault was set back: these may retire, and nobody waits for them.
    pub set_back: BTreeSet<DeviceId>,
    /// Devices whose sealer was damaged: they miss records, and get those again later, behind newer ones.
    pub damaged: BTreeSet<DeviceId>,
}

/// A rule was broken; the text says which.
pub type Held = Result<(), String>;

impl Check {
    /// A step was committed at a device; `node` is as it is after that.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn committed(
        &mut self,
        nodes: &[Node],
        node: &Node,
        batch: &WriteBatch,
        effects: &[Effect],
        deeds: Vec<Deed>,
    ) -> Held {
        for deed in deeds {
            self.note(node, deed);
        }
        for write in &batch.writes {
            match write {
                Write::Event(event) => self.event_came(node, event)?,
                Write::Record(record) => self.packages(&record.bytes)?,
                Write::Owed(owed) => self.owed(node, owed.device, owed.row),
                Write::Settled(device, row) => self.settled(nodes, node, *device, *row)?,
                Write::Delivery(row, Delivery::Delivered | Delivery::Seen) => self.delivered(nodes, node, *row)?,
                _ => {}
            }
        }
        effects.iter().try_for_each(|effect| self.effect(node, effect))
    }

    fn note(&mut self, node: &Node, deed: Deed) {
        match deed {
            Deed::Wrote(id, body) => {
                let known = node.machine.iter().flat_map(|machine| machine.known_peers());
                let owed = known.map(|peer| peer.device).collect();
                let written = Written { author: node.id, body: body.encode(), owed, deleted: None };
                self.events.insert(id, written);
            }
            Deed::Deleted(id, how) => {
                if let Some(event) = self.events.get_mut(&id) {
                    event.deleted = Some(how);
                }
            }
        }
    }

    fn event_came(&mut self, node: &Node, event: &StoredEvent) -> Held {
        if event.device == node.id {
            // A request to delete is written by the core itself.
            if event.kind == Kind::DELETE.number {
                let body = node.vault.body(event.row).unwrap_or_default();
                let written = Written { author: node.id, body, owed: BTreeSet::new(), deleted: None };
                self.events.insert(event.id, written);
            }
            return Ok(());
        }
        let written = self.events.get(&event.id).ok_or_else(|| format!("{:?} was written by nobody", event.id))?;
        if written.author != event.device {
            return Err(format!("{:?} came as another device's", event.id));
        }
        if let Some(body) = node.vault.body(event.row)
            && body != written.body
        {
            return Err(format!("{:?} came with another body", event.id));
        }
        Ok(())
    }

    fn owed(&mut self, node: &Node, device: DeviceId, row: EventRow) {
        let event = node.vault.event(row);
        if let Some(written) = event.and_then(|event| self.events.get_mut(&event.id)) {
            written.owed.insert(device);
        }
    }

    fn settled(&self, nodes: &[Node], node: &Node, device: DeviceId, row: EventRow) -> Held {
        let Some(event) = node.vault.event(row) else { return Err(format!("{row:?} is owed and is not there")) };
        match nodes.iter().find(|other| other.id == device) {
            Some(other) if other.vault.row_of(&event.id).is_none() && !self.set_back.contains(&device) => {
                Err(format!("{:?} counts as received by {}, which has it not", event.id, other.name))
            }
            _ => Ok(()),
        }
    }

    fn delivered(&self, nodes: &[Node], node: &Node, row: EventRow) -> Held {
        let Some(event) = node.vault.event(row) else { return Err(format!("{row:?} is delivered and is not there")) };
        let theirs = nodes.iter().filter(|other| other.person != node.person);
        let mut have =
            theirs.filter(|other| other.vault.row_of(&event.id).is_some() || self.set_back.contains(&other.id));
        match have.next() {
            Some(_) => Ok(()),
            None => Err(format!("{:?} is said to be delivered and nobody has it", event.id)),
        }
    }

    fn effect(&mut self, node: &Node, effect: &Effect) -> Held {
        match effect {
            Effect::Appeared(row) if !self.appeared.insert((node.id, *row)) => {
                Err(format!("{row:?} appeared twice at {}", node.name))
            }
            Effect::Retired if !self.set_back.contains(&node.id) => {
                Err(format!("{} retired, and was never set back", node.name))
            }
            Effect::Rejected(rejected) => {
                *self.rejected.entry(rejected.rule).or_default() += 1;
                // A letter that overtakes the list it belongs to is refused, and carried again.
                // What proves that a device was set back may come behind the receipt that only claims it.
                let future = rejected.rule == "RCPT-004" && self.set_back.contains(&node.id);
                if self.hostile || future || rejected.rule == "INTR-001" {
                    return Ok(());
                }
                Err(format!("{} says an honest device broke {}", node.name, rejected.rule))
            }
            _ => Ok(()),
        }
    }

    /// The last record of a log that was sent, as (seq, hash).
    pub fn head(&self, log: LogId) -> Option<(u64, RecordHash)> {
        let records = self.records.range((log, 0)..=(log, u64::MAX));
        records.last().map(|((_, seq), hash)| (*seq, *hash))
    }

    /// A device's vault was set back: rows that it used come again.
    pub fn was_set_back(&mut self, device: DeviceId) {
        self.set_back.insert(device);
        self.appeared.retain(|(at, _)| *at != device);
    }

    /// A packet leaves an honest device.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn sent(&mut self, nodes: &[Node], node: &Node, bytes: &[u8]) -> Held {
        let packet =
            Packet::decode(bytes).map_err(|error| format!("{} sends what can't be read: {error}", node.name))?;
        let Packet::Record(record) = packet else { return Ok(()) };
        let place = (record.header.log, record.header.seq);
        if self.records.insert(place, record.hash()).is_some_and(|before| before != record.hash()) {
            return Err(format!("{} sealed two records at place {}", node.name, place.1));
        }
        self.inside(nodes, node, &record)
    }

    fn inside(&self, nodes: &[Node], node: &Node, record: &Record) -> Held {
        let Some(sealed) = record.body.as_deref().and_then(look_into) else { return Ok(()) };
        let people: Vec<DeviceId> = nodes.iter().map(|other| other.id).collect();
        if let Some(stranger) = sealed.readers.iter().find(|reader| !people.contains(reader)) {
            return Err(format!("{} sealed to {stranger:?}, whom nobody knows", node.name));
        }
        if sealed.commit {
            return Ok(());
        }
        let events = decode_carried(&sealed.plaintext).map_err(|error| format!("a record holds {error}"))?;
        for event in events {
            let id = kith_proto::log::event::id_of(&event.header);
            let gone = self.events.get(&id).is_some_and(|event| event.deleted == Some(Deleted::NeverDelivered));
            if gone && event.body.is_some() {
                return Err(format!("{id:?} was deleted while it waited, and leaves with its text"));
            }
        }
        Ok(())
    }

    /// A record is stored; those of a log come here in their order.
    fn packages(&mut self, bytes: &[u8]) -> Held {
        let record = Record::decode(bytes).ok().filter(|record| record.header.kind == RecordKind::Commit);
        let Some(sealed) = record.as_ref().and_then(|record| look_into(record.body.as_deref()?)) else {
            return Ok(());
        };
        let after: BTreeSet<PackageId> = sealed.packages.into_iter().collect();
        let before = self.leaves.insert(sealed.log, after.clone()).unwrap_or_default();
        let again = after.difference(&before).find(|package| !self.used.insert(**package));
        match again {
            Some(_) => Err("a KeyPackage was used twice".into()),
            None => Ok(()),
        }
    }

    /// All is healed and quiet.
    ///
    /// # Errors
    /// The rule that does not hold.
    pub fn healed(&self, nodes: &[Node]) -> Held {
        let waited_for: Vec<&Node> = nodes.iter().filter(|node| !self.set_back.contains(&node.id)).collect();
        for node in &waited_for {
            self.has_what_it_is_owed(node)?;
            if !self.damaged.contains(&node.id) {
                Self::kept_order(node)?;
            }
            self.owes_nothing(node, &waited_for)?;
            self.keeps_little(node, nodes.len())?;
        }
        Ok(())
    }

    fn has_what_it_is_owed(&self, node: &Node) -> Held {
        for (id, written) in &self.events {
            let author_waits = !self.set_back.contains(&written.author);
            if !(written.owed.contains(&node.id) && author_waits || written.author == node.id) {
                continue;
            }
            let row = node.vault.row_of(id).ok_or_else(|| format!("{} lacks {id:?}", node.name))?;
            match (node.vault.body(row), written.deleted) {
                (Some(_), Some(_)) => return Err(format!("{} still has the deleted {id:?}", node.name)),
                (None, None) => return Err(format!("{} has {id:?} without its body", node.name)),
                (Some(body), None) if body != written.body => {
                    return Err(format!("{} has another body of {id:?}", node.name));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn kept_order(node: &Node) -> Held {
        let mut newest: BTreeMap<DeviceId, u64> = BTreeMap::new();
        for event in node.vault.events().filter(|event| event.kind != Kind::NOTICE) {
            let before = newest.insert(event.device, event.counter).unwrap_or_default();
            if before >= event.counter {
                return Err(format!(
                    "{} shows event {} of {:?} after event {before}",
                    node.name, event.counter, event.device
                ));
            }
        }
        Ok(())
    }

    fn owes_nothing(&self, node: &Node, others: &[&Node]) -> Held {
        let mut reached = false;
        for other in others.iter().filter(|other| other.id != node.id) {
            for sealed in [true, false] {
                if let Some(owed) = node.vault.owed(other.id, sealed, 1).first() {
                    return Err(format!("{} still owes {} {owed:?}", node.name, other.name));
                }
            }
            if node.vault.welcome(other.id).is_some() {
                return Err(format!("{} still owes {} a welcome", node.name, other.name));
            }
            reached |= other.person != node.person;
        }
        let waits = |event: &&StoredEvent| event.device == node.id && event.delivery < Delivery::Delivered;
        match node.vault.events().find(waits) {
            Some(event) if reached => Err(format!("{:?} of {} is {:?}", event.id, node.name, event.delivery)),
            _ => Ok(()),
        }
    }

    fn keeps_little(&self, node: &Node, devices: usize) -> Held {
        let rows = node.vault.sealer().len();
        if self.leaves.is_empty() || rows <= devices * SEALER_ROWS_PER_DEVICE {
            let kept = self.records.keys().filter(|(log, seq)| node.vault.record(*log, *seq).is_some()).count();
            return if kept <= 1 { Ok(()) } else { Err(format!("{} keeps {kept} records that all have", node.name)) };
        }
        Err(format!("{} keeps {rows} rows of its sealer", node.name))
    }
}
