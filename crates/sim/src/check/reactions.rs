//! What must hold of reactions: each device shows, for each person, the last word that came to it.

use super::{Check, Held, Written};
use crate::node::Node;
use kith_base::{DeviceId, EventId, PersonId};
use kith_proto::io::{EventRow, View};
use kith_proto::log::event::{Body, Kind};
use std::collections::BTreeMap;

impl Check {
    /// A person reacted on a device: its newest word on the event is noted.
    pub(super) fn reacted(&mut self, node: &Node, target: EventId) {
        let reactions = node.vault.row_of(&target).map(|row| node.vault.reactions(row)).unwrap_or_default();
        let own = reactions.into_iter().find(|(person, _)| *person == node.person).map(|(_, row)| row);
        let Some(event) = own.and_then(|row| node.vault.event(row)) else { return };
        if event.device != node.id || self.events.contains_key(&event.id) {
            return;
        }
        self.wrote(node, event.id, node.vault.body(event.row).unwrap_or_default());
        if let Some(written) = self.events.get_mut(&event.id) {
            written.reaction = Some((event.counter, target));
        }
    }

    /// Whether a reaction or a pin needs no body any more: something was said later, or its event is gone.
    pub(super) fn is_followed(&self, nodes: &[Node], id: &EventId) -> bool {
        let Some(this) = self.events.get(id) else { return false };
        let is_gone = |target: &EventId| self.events.get(target).is_none_or(|target| target.deleted.is_some());
        if let Some((_, pin)) = this.pin {
            return is_gone(&pin.target) || self.is_outdone(id);
        }
        let Some((counter, target)) = this.reaction else { return false };
        let author = this.author;
        let later = |other: &Written| {
            let same = person_of(nodes, other.author) == person_of(nodes, author);
            same && other.reaction.is_some_and(|(at, on)| on == target && (at, other.author) > (counter, author))
        };
        is_gone(&target) || self.events.values().any(later)
    }

    /// EVT-061: of the words that are here the last of each person stands, with its body, as long as there is something to
    /// stand at.
    pub(super) fn shows_reactions(&self, node: &Node, id: &EventId, row: EventRow) -> Held {
        // With a message that disappears what is said of it does, at each device in its own time.
        if self.events.get(id).is_none_or(|written| written.deleted.is_some() || written.timed) {
            return Ok(());
        }
        let mut last: BTreeMap<PersonId, (u64, DeviceId, EventRow)> = BTreeMap::new();
        for event in node.vault.events().filter(|event| event.kind == Kind::REACTION.number) {
            let about = self.events.get(&event.id).and_then(|written| written.reaction);
            if about.is_some_and(|(_, target)| target == *id) {
                let this = (event.counter, event.device, event.row);
                last.entry(event.person).and_modify(|known| *known = this.max(*known)).or_insert(this);
            }
        }
        let shown: BTreeMap<PersonId, EventRow> = node.vault.reactions(row).into_iter().collect();
        for (person, (_, _, row)) in last {
            let stands = shown.get(&person) == Some(&row);
            let body = node.vault.body(row).map(|body| Body::decode(Kind::REACTION, &body));
            if !stands || !matches!(body, Some(Ok(Some(Body::Reaction(..))))) {
                return Err(format!("{} does not show the last reaction of {person:?} to {id:?}", node.name));
            }
        }
        Ok(())
    }
}

fn person_of(nodes: &[Node], device: DeviceId) -> Option<PersonId> {
    nodes.iter().find(|node| node.id == device).map(|node| node.person)
}
