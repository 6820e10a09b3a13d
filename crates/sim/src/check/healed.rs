//! What must hold once all is healed and quiet.

use super::{Check, Held, Written};
use crate::node::Node;
use kith_base::{DeviceId, EventId};
use kith_proto::io::{Delivery, EventRow, StoredEvent, View};
use kith_proto::log::event::{EventHeader, Kind};
use std::collections::BTreeMap;

/// Two that share a secret. Who does not can't be connected; see [`Check::strangers`].
fn acquainted(one: &Node, other: &Node) -> bool {
    let secret = one.pair_secret(other.id);
    secret.is_some() && secret == other.pair_secret(one.id)
}

impl Check {
    /// All is healed and quiet.
    ///
    /// # Errors
    /// The rule that does not hold.
    pub fn healed(&self, nodes: &[Node]) -> Held {
        let waited_for = self.waited_for(nodes);
        for node in &waited_for {
            self.bounded(node)?;
            self.has_what_it_is_owed(node, nodes, &waited_for)?;
            if !self.damaged.contains(&node.id) {
                self.kept_order(node)?;
            }
            self.owes_nothing(node, &waited_for)?;
            self.keeps_little(node, nodes)?;
        }
        if let ([_, _], true) = (nodes, self.damaged.is_empty()) {
            waited_for.iter().try_for_each(|node| kept_causes(node))?;
        }
        Ok(())
    }

    /// The devices that are neither doubted nor lost.
    fn waited_for<'a>(&self, nodes: &'a [Node]) -> Vec<&'a Node> {
        nodes.iter().filter(|node| !self.doubts(node.id) && !self.lost.contains(&node.id)).collect()
    }

    /// How many pairs of devices in use never learned each other's secret.
    pub fn strangers(&self, nodes: &[Node]) -> usize {
        let all = self.waited_for(nodes);
        let pairs = all.iter().flat_map(|one| all.iter().map(move |other| (one, other)));
        pairs.filter(|(one, other)| one.id < other.id && !acquainted(one, other)).count()
    }

    fn has_what_it_is_owed(&self, node: &Node, nodes: &[Node], waited_for: &[&Node]) -> Held {
        let reaches = |author: DeviceId| {
            waited_for.iter().any(|other| other.id == author && (author == node.id || acquainted(node, other)))
        };
        for (id, written) in &self.events {
            if !(written.owed.contains(&node.id) || written.author == node.id) || !reaches(written.author) {
                continue;
            }
            if self.released.contains(&(node.id, *id)) {
                continue;
            }
            let row = node.vault.row_of(id).ok_or_else(|| format!("{} lacks {id:?}", node.name))?;
            if self.is_out_of_sight(node, id) {
                match node.vault.body(row) {
                    Some(_) => return Err(format!("{} still has {id:?}, which it hides", node.name)),
                    None => continue,
                }
            }
            self.shows_the_edit(node, id, row)?;
            self.shows_reactions(node, id, row)?;
            self.shows_the_pin(node, id, row)?;
            match (node.vault.body(row), written.deleted) {
                (Some(_), Some(_)) => return Err(format!("{} still has the deleted {id:?}", node.name)),
                (None, None) if written.replaced || self.edits_a_deleted(id) || self.is_followed(nodes, id) => {}
                (None, None) if self.left_before(node, nodes, id) => {}
                (None, None) => return Err(format!("{} has {id:?} without its body", node.name)),
                (Some(body), None) if body != written.body => {
                    return Err(format!("{} has another body of {id:?}", node.name));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// EVT-036: whether a device's person hides an event, or the one that it edits or stands at.
    fn is_out_of_sight(&self, node: &Node, id: &EventId) -> bool {
        let hides = |id: &EventId| {
            let event = node.vault.row_of(id).and_then(|row| node.vault.event(row));
            event.is_some_and(|event| event.hidden)
        };
        let at = self.events.get(id).and_then(Written::is_about);
        let edited = self.events.iter().filter(|(_, written)| written.edit.as_ref() == Some(id)).map(|(of, _)| of);
        hides(id) || at.is_some_and(|target| hides(&target)) || edited.into_iter().any(hides)
    }

    /// EVT-072: whether an event's time, or that of the one it is about, was over at its author before this device came for it.
    /// Somebody else of the others has had it then.
    fn left_before(&self, node: &Node, nodes: &[Node], id: &EventId) -> bool {
        let hidden = |at: &Node, id: &EventId| {
            let event = at.vault.row_of(id).and_then(|row| at.vault.event(row));
            event.is_some_and(|event| event.hidden)
        };
        let Some(written) = self.events.get(id) else { return false };
        let author = nodes.iter().find(|other| other.id == written.author && other.id != node.id);
        let edited = self.events.iter().find(|(_, of)| of.edit.as_ref() == Some(id)).map(|(of, _)| *of);
        let about = written.is_about().or(edited);
        let timed = |id: &EventId| self.events.get(id).is_some_and(|written| written.timed);
        let had = |id: &EventId| {
            let others =
                nodes.iter().filter(|other| other.id != node.id && Some(other.person) != author.map(|at| at.person));
            others.into_iter().any(|other| other.vault.row_of(id).is_some())
        };
        author.is_some_and(|at| {
            let own = timed(id) && hidden(at, id) && had(id);
            own || about.is_some_and(|target| timed(&target) && hidden(at, &target))
        })
    }

    /// Whether an event is an edit of one that was deleted since.
    fn edits_a_deleted(&self, id: &EventId) -> bool {
        self.events.values().any(|event| event.edit.as_ref() == Some(id) && event.deleted.is_some())
    }

    /// The text that stands is that of the last edit, as long as the event is not deleted.
    fn shows_the_edit(&self, node: &Node, id: &EventId, row: EventRow) -> Held {
        let Some(written) = self.events.get(id).filter(|written| written.deleted.is_none()) else { return Ok(()) };
        let Some(edit) = &written.edit else { return Ok(()) };
        let shown = node.vault.event(row).and_then(|event| event.edited_by);
        match shown.is_some() && shown == node.vault.row_of(edit) {
            true => Ok(()),
            false => Err(format!("{} does not show the last edit of {id:?}", node.name)),
        }
    }

    fn kept_order(&self, node: &Node) -> Held {
        let mut newest: BTreeMap<DeviceId, u64> = BTreeMap::new();
        // What comes late is marked so.
        let told = |event: &&StoredEvent| event.kind != Kind::NOTICE && !event.late && !self.doubts(event.device);
        for event in node.vault.events().filter(told) {
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
        let reached: Vec<&&Node> =
            others.iter().filter(|other| other.id != node.id && acquainted(node, other)).collect();
        for other in &reached {
            for sealed in [true, false] {
                if let Some(owed) = node.vault.owed(other.id, sealed, 1).first() {
                    return Err(format!("{} still owes {} {owed:?}", node.name, other.name));
                }
            }
            if node.vault.welcome(other.id).is_some() {
                return Err(format!("{} still owes {} a welcome", node.name, other.name));
            }
        }
        let came = |event: &StoredEvent| {
            let owed = self.events.get(&event.id).map(|written| &written.owed);
            let counts =
                |other: &&Node| other.person != node.person && owed.is_some_and(|owed| owed.contains(&other.id));
            reached.iter().any(|other| counts(other))
        };
        let waits = |event: &&StoredEvent| event.device == node.id && event.delivery < Delivery::Delivered;
        match node.vault.events().find(|event| waits(event) && came(event)) {
            Some(event) => Err(format!("{:?} of {} is {:?}", event.id, node.name, event.delivery)),
            None => Ok(()),
        }
    }

    /// Records are kept for whoever may still want them; where everybody was reached, nobody does.
    fn keeps_little(&self, node: &Node, nodes: &[Node]) -> Held {
        let reached = |other: &Node| {
            let gone = self.doubts(other.id) || self.lost.contains(&other.id);
            other.id == node.id || !gone && acquainted(node, other)
        };
        let kept = self.records.keys().filter(|(log, seq)| node.vault.record(*log, *seq).is_some()).count();
        if kept > 1 && nodes.iter().all(reached) {
            return Err(format!("{} keeps {kept} records that all have", node.name));
        }
        Ok(())
    }
}

/// Where two devices talk, whatever an event builds on is there before it.
fn kept_causes(node: &Node) -> Held {
    for event in node.vault.events() {
        let Ok(header) = EventHeader::decode(&event.header) else { continue };
        for parent in header.parents.iter().chain(&header.previous) {
            if node.vault.row_of(parent).is_none_or(|row| row >= event.row) {
                return Err(format!("{} shows {:?} before {parent:?}, which it builds on", node.name, event.id));
            }
        }
    }
    Ok(())
}
