//! What a test sees of a world.

use super::World;
use crate::node::Node;
use kith_base::EventId;
use kith_proto::io::{EventRow, StoredEvent, View};
use kith_proto::log::event::{Body, Kind};
use kith_proto::log::packet::Packet;

impl World {
    /// What a device shows: the text of each event, or a dash where it is gone or says something else.
    pub fn texts(&self, at: usize) -> Vec<String> {
        let Some(node) = self.nodes.get(at) else { return Vec::new() };
        let text = |event: &StoredEvent| {
            let body = node.vault.body(event.row)?;
            match Body::decode(Kind { number: event.kind, critical: false }, &body) {
                Ok(Some(Body::Text(said))) => Some(said.text),
                _ => None,
            }
        };
        let events = node.vault.events().filter(|event| event.kind != Kind::NOTICE);
        events.map(|event| text(event).unwrap_or_else(|| "-".into())).collect()
    }

    /// Every event at every device, in order, with what is known of it: equal for two runs that did the same.
    pub fn history(&self) -> Vec<String> {
        let line = |node: &Node, event: &StoredEvent| {
            let gone = if event.erased { "gone" } else { "there" };
            format!("{} {} {} {gone} {:?}", node.name, event.row.0, event.id, event.delivery)
        };
        self.nodes.iter().flat_map(|node| node.vault.events().map(move |event| line(node, event))).collect()
    }

    /// The packets sent last, with the numbers of sender and receiver, oldest first.
    pub fn past(&self) -> &[(usize, usize, Vec<u8>)] {
        &self.past
    }

    /// What these packets say, each whole though it was sent short: those that were sent last on a connection.
    pub fn said(&self) -> &[(usize, usize, Packet)] {
        &self.said
    }

    /// What a device keeps of an event.
    pub fn stored(&self, at: usize, id: EventId) -> Option<StoredEvent> {
        let vault = &self.nodes.get(at)?.vault;
        vault.row_of(&id).and_then(|row| vault.event(row))
    }

    /// An event by its row.
    pub fn id_at(&self, at: usize, row: EventRow) -> Option<EventId> {
        self.nodes.get(at)?.vault.event(row).map(|event| event.id)
    }
}
