//! What must hold: at every commit, at every packet, and once all is healed.
//!
//! | rule | where |
//! |---|---|
//! | an event appears only if somebody wrote it, as it was written, and once at each device | commit |
//! | an event comes only to a device that it is or was owed to | commit |
//! | text deleted while it waited is in no packet and in no vault | packet, end |
//! | an obligation ends only when that device has the event on disk | commit |
//! | *delivered* is said only when a device of another person has it on disk | commit |
//! | a receipt says what its device has on disk: the place, each event up to it, what was shown | packet |
//! | whoever can open a record belongs to the conversation's people | packet |
//! | one place in a log has one record, whatever is sent again | packet |
//! | a KeyPackage is used once | commit |
//! | no device retires that was not set back | commit |
//! | honest devices break no rule | commit |
//! | no row that a peer can make grow is larger, or there more often, than it may be | commit, end |
//! | everybody owed an event has it, or knows it deleted; own events are delivered | end |
//! | what disappears goes where somebody has had it, and stays where nobody has | end |
//! | an event is pinned at all devices or at none, as the highest round says | end |
//! | an author's order is kept; where two devices talk, no event stands before its parent | end |
//! | nothing is owed, kept or remembered that is not needed | end |
//!
//! A device is *doubted* when its vault was set back or copied, or when it lies on purpose. Nothing is asked of it, and
//! nothing of it is believed; what it does must not harm the others. [`packets`], [`healed`] and [`bounds`] hold what is
//! checked there.

mod bounds;
mod healed;
mod packets;
mod pins;
mod reactions;
mod whole;

use crate::model_sealer::PackageId;
use crate::node::Node;
use kith_base::codec::Fields;
use kith_base::{DeviceId, EventId, LogId, RecordHash};
use kith_proto::conversation::Deleted;
use kith_proto::io::{Delivery, Effect, EventRow, StoredEvent, View, Write, WriteBatch};
use kith_proto::log::event::{Body, Kind, Pin};
use std::collections::{BTreeMap, BTreeSet};

pub use whole::whole;

/// An event as its author meant it.
#[derive(Debug)]
struct Written {
    author: DeviceId,
    body: Vec<u8>,
    /// To whom it was ever owed.
    owed: BTreeSet<DeviceId>,
    deleted: Option<Deleted>,
    /// The edit that stands in its place.
    edit: Option<EventId>,
    /// It is an edit that another replaced, or a text that was edited before it left: its body may be gone.
    replaced: bool,
    /// Its author's counter, if it is a reaction, and what it is about.
    reaction: Option<(u64, EventId)>,
    /// What it is compared by, if it says whether an event is pinned, and what it says.
    pin: Option<((u64, DeviceId, u64), Pin)>,
    /// It disappears.
    timed: bool,
}

impl Written {
    const fn new(author: DeviceId, body: Vec<u8>, owed: BTreeSet<DeviceId>) -> Self {
        Self { author, body, owed, deleted: None, edit: None, replaced: false, reaction: None, pin: None, timed: false }
    }
}

impl Written {
    /// The event that it says something of, as a reaction or a pin.
    fn is_about(&self) -> Option<EventId> {
        self.reaction.map(|(_, target)| target).or(self.pin.map(|(_, pin)| pin.target))
    }
}

/// What a person's wish did in a turn.
#[derive(Debug)]
pub enum Deed {
    /// An event was written.
    Wrote(EventId),
    /// Somebody said whether an event is pinned; nothing new was written where that stood.
    Pinned(EventId),
    /// An event was deleted.
    Deleted(EventId, Deleted),
    /// An event's text was replaced by that of another.
    Edited(EventId, EventId),
    /// Somebody said what they think of an event; nothing new was written where they said so before.
    Reacted(EventId),
    /// The timeline up to this row was shown.
    Shown(EventRow),
}

/// Everything that is known to be true, and how often which rule was said to be broken.
#[derive(Debug, Default)]
pub struct Check {
    events: BTreeMap<EventId, Written>,
    appeared: BTreeSet<(&'static str, EventRow)>,
    records: BTreeMap<(LogId, u64), RecordHash>,
    writers: BTreeMap<LogId, DeviceId>,
    carried: BTreeMap<(LogId, u64), Vec<EventId>>,
    voided: BTreeSet<(LogId, u64)>,
    receipted: BTreeMap<(&'static str, LogId), (u64, u64)>,
    shown: BTreeMap<(&'static str, DeviceId), u64>,
    commits: u64,
    leaves: BTreeMap<LogId, BTreeSet<PackageId>>,
    used: BTreeSet<PackageId>,
    /// How often each rule was said to be broken.
    pub rejected: BTreeMap<&'static str, u64>,
    /// What devices that were silent for long are owed no more.
    released: BTreeSet<(DeviceId, EventId)>,
    /// Packets are forged or spoiled on purpose: rules are broken, and only that.
    pub hostile: bool,
    /// Devices that lie on purpose.
    pub liars: BTreeSet<DeviceId>,
    /// Devices whose vault was set back or copied: these may retire, and nobody waits for them.
    pub set_back: BTreeSet<DeviceId>,
    /// Devices that never come back: nobody waits for them.
    pub lost: BTreeSet<DeviceId>,
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
                Write::Record(record) => self.packages(node, &record.bytes)?,
                Write::Owed(owed) => self.owed(node, owed.device, owed.row),
                Write::Settled(device, row) => self.settled(nodes, node, *device, *row)?,
                Write::Delivery(row, Delivery::Delivered | Delivery::Seen) => self.delivered(nodes, node, *row)?,
                _ => {}
            }
        }
        self.commits += 1;
        if self.commits.is_multiple_of(bounds::EVERY) {
            self.bounded(node)?;
        }
        effects.iter().try_for_each(|effect| self.effect(node, effect))
    }

    /// Nothing that a device says is believed, and nothing is asked of it.
    fn doubts(&self, device: DeviceId) -> bool {
        self.set_back.contains(&device) || self.liars.contains(&device)
    }

    fn note(&mut self, node: &Node, deed: Deed) {
        match deed {
            Deed::Wrote(id) => {
                let body = node.vault.row_of(&id).and_then(|row| node.vault.body(row));
                self.wrote(node, id, body.unwrap_or_default());
            }
            Deed::Pinned(target) => self.pinned(node, target),
            Deed::Reacted(target) => self.reacted(node, target),
            Deed::Deleted(id, how) => {
                if let Some(event) = self.events.get_mut(&id) {
                    event.deleted = Some(how);
                }
            }
            Deed::Edited(id, edit) => {
                let body = node.vault.row_of(&edit).and_then(|row| node.vault.body(row));
                self.wrote(node, edit, body.unwrap_or_default());
                let gone = node.vault.row_of(&id).is_some_and(|row| node.vault.body(row).is_none());
                let before = self.events.get_mut(&id).and_then(|event| {
                    event.replaced |= gone;
                    event.edit.replace(edit)
                });
                if let Some(before) = before.and_then(|before| self.events.get_mut(&before)) {
                    before.replaced = true;
                }
            }
            Deed::Shown(row) => {
                for event in node.vault.events().filter(|event| event.row <= row && !event.mine) {
                    let shown = self.shown.entry((node.name, event.device)).or_default();
                    *shown = event.counter.max(*shown);
                }
            }
        }
    }

    fn wrote(&mut self, node: &Node, id: EventId, body: Vec<u8>) {
        let known = node.machine.iter().flat_map(|machine| machine.known_peers());
        let owed = known.map(|peer| peer.device).collect();
        let timed = is_timed(node, id, &body);
        self.events.insert(id, Written { timed, ..Written::new(node.id, body, owed) });
    }

    fn event_came(&mut self, node: &Node, event: &StoredEvent) -> Held {
        if event.device == node.id {
            // A request to delete is written by the core itself.
            if event.kind == Kind::DELETE.number {
                let body = node.vault.body(event.row).unwrap_or_default();
                self.events.insert(event.id, Written::new(node.id, body, BTreeSet::new()));
            }
            return Ok(());
        }
        let Some(written) = self.events.get(&event.id) else {
            // What a liar writes is its own affair, as long as it is its own.
            if self.liars.contains(&event.device) {
                return Ok(());
            }
            return Err(format!("{:?} was written by nobody", event.id));
        };
        if written.author != event.device {
            return Err(format!("{:?} came as another device's", event.id));
        }
        // A header alone says nothing that was not meant for its reader.
        let told = node.vault.body(event.row).is_some();
        if told && !written.owed.contains(&node.id) && !self.doubts(written.author) {
            return Err(format!("{:?} came to {}, and was never owed to it", event.id, node.name));
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

    fn settled(&mut self, nodes: &[Node], node: &Node, device: DeviceId, row: EventRow) -> Held {
        let Some(event) = node.vault.event(row) else { return Err(format!("{row:?} is owed and is not there")) };
        match nodes.iter().find(|other| other.id == device) {
            // Of a device that was silent for long, its person's other devices have it.
            Some(other) if is_parked(node, device) && has_sibling_with(nodes, other, &event.id) => {
                self.released.insert((device, event.id));
                Ok(())
            }
            Some(other) if other.vault.row_of(&event.id).is_none() && !self.doubts(device) => {
                Err(format!("{:?} counts as received by {}, which has it not", event.id, other.name))
            }
            _ => Ok(()),
        }
    }

    fn delivered(&self, nodes: &[Node], node: &Node, row: EventRow) -> Held {
        let Some(event) = node.vault.event(row) else { return Err(format!("{row:?} is delivered and is not there")) };
        let theirs = nodes.iter().filter(|other| other.person != node.person);
        let mut have = theirs.filter(|other| other.vault.row_of(&event.id).is_some() || self.doubts(other.id));
        match have.next() {
            Some(_) => Ok(()),
            None => Err(format!("{:?} is said to be delivered and nobody has it", event.id)),
        }
    }

    fn effect(&mut self, node: &Node, effect: &Effect) -> Held {
        match effect {
            Effect::Appeared(row) if !self.appeared.insert((node.name, *row)) => {
                Err(format!("{row:?} appeared twice at {}", node.name))
            }
            Effect::Retired if !self.set_back.contains(&node.id) => {
                Err(format!("{} retired, and was never set back", node.name))
            }
            Effect::Rejected(rejected) => {
                *self.rejected.entry(rejected.rule).or_default() += 1;
                let doubted = self.doubts(rejected.device) || self.doubts(node.id);
                if self.hostile || doubted {
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
    pub fn was_set_back(&mut self, device: DeviceId, name: &str) {
        self.set_back.insert(device);
        self.appeared.retain(|(at, _)| *at != name);
    }
}

/// Whether an event disappears some time.
fn is_timed(node: &Node, id: EventId, body: &[u8]) -> bool {
    let event = node.vault.row_of(&id).and_then(|row| node.vault.event(row));
    let read = event.map(|event| Body::decode(Kind { number: event.kind, critical: true }, body));
    match read {
        Some(Ok(Some(Body::Text(said) | Body::Edit(_, said)))) => said.timer.is_some(),
        Some(Ok(Some(Body::File(file)))) => file.timer.is_some(),
        _ => false,
    }
}

/// Whether a device is parked, as the vault says it (`spec/vault.md`).
fn is_parked(node: &Node, device: DeviceId) -> bool {
    let stored = node.vault.peers().into_iter().find(|peer| peer.device == device);
    let parked = stored.and_then(|peer| Fields::parse(&peer.state).ok()?.optional_number(11).ok()?);
    parked == Some(1)
}

fn has_sibling_with(nodes: &[Node], node: &Node, event: &EventId) -> bool {
    nodes.iter().any(|other| other.person == node.person && other.vault.row_of(event).is_some())
}
