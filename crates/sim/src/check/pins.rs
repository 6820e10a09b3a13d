//! What must hold of pins: every device says the same of an event, and what the highest round says.

use super::{Check, Held};
use crate::node::Node;
use kith_base::EventId;
use kith_proto::io::{EventRow, View};
use kith_proto::log::event::{Body, Kind};

impl Check {
    /// A person said on a device whether an event is pinned: what is new of it is noted.
    pub(super) fn pinned(&mut self, node: &Node, target: EventId) {
        let row = node.vault.row_of(&target).and_then(|row| node.vault.pin(row));
        let Some(event) = row.and_then(|row| node.vault.event(row)) else { return };
        if event.device != node.id || self.events.contains_key(&event.id) {
            return;
        }
        let Some(body) = node.vault.body(event.row) else { return };
        let Ok(Some(Body::Pin(pin))) = Body::decode(Kind::PIN, &body) else { return };
        self.wrote(node, event.id, body);
        if let Some(written) = self.events.get_mut(&event.id) {
            written.pin = Some(((pin.round, node.id, event.counter), pin));
        }
    }

    /// Whether what is said of a pin was said again since, with more weight.
    pub(super) fn is_outdone(&self, id: &EventId) -> bool {
        let Some((order, pin)) = self.events.get(id).and_then(|written| written.pin) else { return false };
        let said = self.events.values().filter_map(|written| written.pin);
        said.into_iter().any(|(other, of)| of.target == pin.target && other > order)
    }

    /// EVT-080: of the words that are here the one of the highest round stands.
    pub(super) fn shows_the_pin(&self, node: &Node, id: &EventId, row: EventRow) -> Held {
        if self.events.get(id).is_none_or(|written| written.deleted.is_some() || written.timed) {
            return Ok(());
        }
        let here = |pin: &EventId| node.vault.row_of(pin).is_some();
        let said = self.events.iter().filter(|(pin, _)| here(pin)).filter_map(|(_, written)| written.pin);
        let last = said.filter(|(_, pin)| pin.target == *id).max_by_key(|(order, _)| *order);
        let is_pinned = node.vault.pinned().any(|pinned| pinned == row);
        match last.is_some_and(|(_, pin)| pin.pinned) == is_pinned {
            true => Ok(()),
            false => Err(format!("{} does not show whether {id:?} is pinned", node.name)),
        }
    }
}
