//! A vault in memory: the model that every other implementation of [`View`] is compared with.
//!
//! The simulator runs conversations on it; cloning one is taking a backup, and going back to a clone is restoring it.
//! It states what each [`Write`] means in the fewest words, and holds the caller to the contract: a batch that breaks
//! it is a fault of ours, and panics. The real vault refuses the same batches with an error, and applies none of them; but
//! it looks for an id that is added twice among its newest events alone.
//!
//! Invariants: rows ascend by one; a body belongs to an event that is not erased; delivery never falls.

use crate::io::{
    EventRow, Expiry, MetaKey, Owed, StoredEvent, StoredLog, StoredPeer, StoredRecord, View, Write, WriteBatch,
};
use kith_base::{DeviceId, EventId, LogId, PersonId};
use std::collections::BTreeMap;

/// One conversation's stored state, in ordered maps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemoryVault {
    meta: BTreeMap<MetaKey, Vec<u8>>,
    last_row: EventRow,
    events: BTreeMap<EventRow, StoredEvent>,
    rows: BTreeMap<EventId, EventRow>,
    bodies: BTreeMap<EventRow, Vec<u8>>,
    reactions: BTreeMap<(EventRow, PersonId), EventRow>,
    pins: BTreeMap<EventRow, (EventRow, bool)>,
    expiries: BTreeMap<EventRow, Expiry>,
    logs: BTreeMap<LogId, StoredLog>,
    peers: BTreeMap<DeviceId, StoredPeer>,
    records: BTreeMap<(LogId, u64), StoredRecord>,
    owed: BTreeMap<(DeviceId, EventRow), Owed>,
    welcomes: BTreeMap<DeviceId, Vec<u8>>,
    sealer: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl MemoryVault {
    /// An empty vault.
    pub fn new() -> Self {
        Self::default()
    }

    /// Applies all writes in order.
    ///
    /// # Panics
    /// When a write breaks its contract: an event out of order or twice, or a change of an event that is not there.
    pub fn apply(&mut self, batch: &WriteBatch) {
        for write in &batch.writes {
            self.apply_one(write);
        }
    }

    fn apply_one(&mut self, write: &Write) {
        match write {
            Write::Meta(key, value) => set(&mut self.meta, *key, value.clone()),
            Write::Event(event) => self.add_event(event),
            Write::Body(row, body) => {
                assert!(!self.existing(*row).erased, "an erased event has no body");
                self.bodies.insert(*row, body.clone());
            }
            Write::Erase(row) => {
                self.existing(*row).erased = true;
                self.bodies.remove(row);
            }
            Write::Hide(row) => {
                let event = self.existing(*row);
                (event.erased, event.hidden) = (true, true);
                self.bodies.remove(row);
            }
            Write::Edited(row, by) => self.existing(*row).edited_by = Some(*by),
            Write::Reacted(row, person, by) => {
                self.existing(*row);
                self.reactions.insert((*row, *person), *by);
            }
            Write::Pinned(row, by, pinned) => {
                self.existing(*row);
                self.pins.insert(*row, (*by, *pinned));
            }
            Write::Expires(row, expiry) => set(&mut self.expiries, *row, *expiry),
            Write::EventGone(row) => {
                let id = self.existing(*row).id;
                self.rows.remove(&id);
                self.events.remove(row);
                self.bodies.remove(row);
                self.reactions.retain(|(target, _), _| target != row);
                self.pins.remove(row);
                self.expiries.remove(row);
                self.owed.retain(|(_, owed), _| owed != row);
            }
            Write::Delivery(row, delivery) => {
                let event = self.existing(*row);
                event.delivery = event.delivery.max(*delivery);
            }
            Write::Log(log) => set(&mut self.logs, log.log, Some(log.clone())),
            Write::LogGone(log) => {
                self.logs.remove(log);
                self.records.retain(|(of, _), _| of != log);
            }
            Write::Peer(peer) => set(&mut self.peers, peer.device, Some(peer.clone())),
            Write::PeerGone(device) => {
                self.peers.remove(device);
                self.owed.retain(|(to, _), _| to != device);
                self.welcomes.remove(device);
            }
            Write::Record(record) => set(&mut self.records, (record.log, record.seq), Some(record.clone())),
            Write::RecordsPruned(log, seq) => self.records.retain(|(of, at), _| of != log || at > seq),
            Write::Owed(owed) => set(&mut self.owed, (owed.device, owed.row), Some(*owed)),
            Write::Settled(device, row) => set(&mut self.owed, (*device, *row), None),
            Write::Welcome(device, welcome) => set(&mut self.welcomes, *device, welcome.clone()),
            Write::Sealer(key, value) => set(&mut self.sealer, key.clone(), value.clone()),
        }
    }

    fn add_event(&mut self, event: &StoredEvent) {
        assert_eq!(event.row.0, self.last_row().0 + 1, "an event's row is one above the highest ever used");
        assert!(!self.rows.contains_key(&event.id), "an event is added once");
        self.last_row = event.row;
        self.rows.insert(event.id, event.row);
        self.events.insert(event.row, event.clone());
    }

    #[expect(clippy::expect_used, reason = "the documented panic on a broken contract")]
    fn existing(&mut self, row: EventRow) -> &mut StoredEvent {
        self.events.get_mut(&row).expect("a change is of an event that is there")
    }

    /// All events, in ascending order of row.
    pub fn events(&self) -> impl Iterator<Item = &StoredEvent> {
        self.events.values()
    }

    /// Events that are said to be pinned, in ascending order of row.
    pub fn pinned(&self) -> impl Iterator<Item = EventRow> {
        self.pins.iter().filter(|(_, (_, pinned))| *pinned).map(|(row, _)| *row)
    }

    fn owed_where(&self, wanted: impl Fn(&Owed) -> bool) -> impl Iterator<Item = Owed> {
        self.owed.values().filter(move |owed| wanted(owed)).copied()
    }

    fn owed_to(&self, device: DeviceId) -> impl Iterator<Item = Owed> {
        self.owed.range((device, EventRow(0))..=(device, EventRow(u64::MAX))).map(|(_, owed)| *owed)
    }
}

impl View for MemoryVault {
    fn meta(&self, key: MetaKey) -> Option<Vec<u8>> {
        self.meta.get(&key).cloned()
    }

    fn last_row(&self) -> EventRow {
        self.last_row
    }

    fn event(&self, row: EventRow) -> Option<StoredEvent> {
        self.events.get(&row).cloned()
    }

    fn row_of(&self, id: &EventId) -> Option<EventRow> {
        self.rows.get(id).copied()
    }

    fn body(&self, row: EventRow) -> Option<Vec<u8>> {
        self.bodies.get(&row).cloned()
    }

    fn reactions(&self, row: EventRow) -> Vec<(PersonId, EventRow)> {
        let at = self.reactions.iter().filter(|((target, _), _)| *target == row);
        at.map(|((_, person), by)| (*person, *by)).collect()
    }

    fn pin(&self, row: EventRow) -> Option<EventRow> {
        self.pins.get(&row).map(|(by, _)| *by)
    }

    fn expiries(&self) -> Vec<(EventRow, Expiry)> {
        self.expiries.iter().map(|(row, expiry)| (*row, *expiry)).collect()
    }

    fn logs(&self) -> Vec<StoredLog> {
        self.logs.values().cloned().collect()
    }

    fn peers(&self) -> Vec<StoredPeer> {
        self.peers.values().cloned().collect()
    }

    fn record(&self, log: LogId, seq: u64) -> Option<StoredRecord> {
        self.records.get(&(log, seq)).cloned()
    }

    fn owed(&self, device: DeviceId, sealed: bool, limit: usize) -> Vec<Owed> {
        self.owed_to(device).filter(|owed| owed.seq.is_some() == sealed).take(limit).collect()
    }

    fn owed_through(&self, device: DeviceId, seq: u64) -> Vec<Owed> {
        self.owed_to(device).filter(|owed| owed.seq.is_some_and(|at| at <= seq)).collect()
    }

    fn owed_for(&self, row: EventRow) -> Vec<Owed> {
        self.owed_where(|owed| owed.row == row).collect()
    }

    fn welcome(&self, device: DeviceId) -> Option<Vec<u8>> {
        self.welcomes.get(&device).cloned()
    }

    fn sealer(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        self.sealer.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
    }
}

fn set<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => map.insert(key, value),
        None => map.remove(&key),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Delivery;
    use kith_base::Wall;

    fn event(row: u64) -> StoredEvent {
        StoredEvent {
            row: EventRow(row),
            id: EventId::from_bytes([u8::try_from(row).unwrap(); 32]),
            device: DeviceId::from_bytes([1; 32]),
            person: PersonId::from_bytes([2; 32]),
            counter: row,
            kind: 1,
            header: vec![3],
            written: Wall(4),
            arrived: Wall(5),
            mine: true,
            late: false,
            erased: false,
            hidden: false,
            edited_by: None,
            delivery: Delivery::Waiting,
        }
    }

    fn apply(vault: &mut MemoryVault, writes: Vec<Write>) {
        vault.apply(&WriteBatch { writes });
    }

    /// VAULT-015
    #[test]
    fn erasing_an_event_takes_its_body_and_leaves_its_header() {
        let mut vault = MemoryVault::new();
        apply(&mut vault, vec![Write::Event(event(1)), Write::Body(EventRow(1), b"hello".to_vec())]);
        assert_eq!(vault.body(EventRow(1)), Some(b"hello".to_vec()));
        apply(&mut vault, vec![Write::Erase(EventRow(1))]);
        assert_eq!(vault.body(EventRow(1)), None);
        assert!(vault.event(EventRow(1)).unwrap().erased);
    }

    /// VAULT-015
    #[test]
    fn delivery_never_falls() {
        let mut vault = MemoryVault::new();
        apply(&mut vault, vec![Write::Event(event(1)), Write::Delivery(EventRow(1), Delivery::Seen)]);
        apply(&mut vault, vec![Write::Delivery(EventRow(1), Delivery::Sent)]);
        assert_eq!(vault.event(EventRow(1)).unwrap().delivery, Delivery::Seen);
    }

    #[test]
    #[should_panic(expected = "one above the highest")]
    fn a_row_can_not_be_left_out() {
        apply(&mut MemoryVault::new(), vec![Write::Event(event(2))]);
    }
}
