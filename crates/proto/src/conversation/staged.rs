//! The vault as it will be once the step under way is committed: the committed view with the step's writes over it.
//!
//! A step may handle many inputs before one disk sync; each must see what the ones before it did.

use crate::io::{Delivery, EventRow, Expiry, Owed, StoredEvent, StoredRecord, View, Write, WriteBatch};
use kith_base::{DeviceId, EventId, LogId, PersonId};
use std::collections::{BTreeMap, BTreeSet};

/// A view with pending writes over it. Writes go in by typed methods and come out as one batch.
pub(super) struct Staged<'a> {
    view: &'a dyn View,
    writes: Vec<Write>,
    /// The highest row that the view knows of.
    committed: EventRow,
    last_row: EventRow,
    events: BTreeMap<EventRow, StoredEvent>,
    rows: BTreeMap<EventId, EventRow>,
    gone: BTreeSet<EventRow>,
    bodies: BTreeMap<EventRow, Option<Vec<u8>>>,
    reactions: BTreeMap<EventRow, BTreeMap<PersonId, EventRow>>,
    pins: BTreeMap<EventRow, EventRow>,
    owed: BTreeMap<(DeviceId, EventRow), Option<Owed>>,
    /// The devices for which `owed` says something of a row.
    owed_devices: BTreeMap<EventRow, BTreeSet<DeviceId>>,
    records: BTreeMap<(LogId, u64), StoredRecord>,
    welcomes: BTreeMap<DeviceId, Option<Vec<u8>>>,
}

impl<'a> Staged<'a> {
    pub(super) fn new(view: &'a dyn View) -> Self {
        let last_row = view.last_row();
        Self {
            committed: last_row,
            last_row,
            view,
            writes: Vec::new(),
            events: BTreeMap::new(),
            rows: BTreeMap::new(),
            gone: BTreeSet::new(),
            bodies: BTreeMap::new(),
            reactions: BTreeMap::new(),
            pins: BTreeMap::new(),
            owed: BTreeMap::new(),
            owed_devices: BTreeMap::new(),
            records: BTreeMap::new(),
            welcomes: BTreeMap::new(),
        }
    }

    pub(super) fn into_batch(self) -> WriteBatch {
        WriteBatch { writes: self.writes }
    }

    /// A write that nothing in the same step reads back.
    pub(super) fn push(&mut self, write: Write) {
        self.writes.push(write);
    }

    pub(super) fn last_row(&self) -> EventRow {
        self.last_row
    }

    pub(super) fn event(&self, row: EventRow) -> Option<StoredEvent> {
        if self.gone.contains(&row) {
            return None;
        }
        self.events.get(&row).cloned().or_else(|| self.view.event(row))
    }

    pub(super) fn row_of(&self, id: &EventId) -> Option<EventRow> {
        let row = self.rows.get(id).copied().or_else(|| self.view.row_of(id));
        row.filter(|row| !self.gone.contains(row))
    }

    pub(super) fn body(&self, row: EventRow) -> Option<Vec<u8>> {
        match self.bodies.get(&row) {
            Some(body) => body.clone(),
            None => self.view.body(row),
        }
    }

    pub(super) fn record(&self, log: LogId, seq: u64) -> Option<StoredRecord> {
        self.records.get(&(log, seq)).cloned().or_else(|| self.view.record(log, seq))
    }

    pub(super) fn welcome(&self, device: DeviceId) -> Option<Vec<u8>> {
        match self.welcomes.get(&device) {
            Some(welcome) => welcome.clone(),
            None => self.view.welcome(device),
        }
    }

    /// Adds an event at the next row, with its body if it has one.
    pub(super) fn add_event(&mut self, mut event: StoredEvent, body: Option<Vec<u8>>) -> EventRow {
        let row = EventRow(self.last_row.0 + 1);
        self.last_row = row;
        event.row = row;
        self.rows.insert(event.id, row);
        self.events.insert(row, event.clone());
        self.writes.push(Write::Event(event));
        if let Some(body) = body {
            self.bodies.insert(row, Some(body.clone()));
            self.writes.push(Write::Body(row, body));
        }
        row
    }

    /// Takes an event out of the timeline for good.
    pub(super) fn event_gone(&mut self, row: EventRow) {
        self.gone.insert(row);
        self.reactions.remove(&row);
        self.pins.remove(&row);
        self.bodies.insert(row, None);
        self.owed.retain(|(_, owed), _| *owed != row);
        self.writes.push(Write::EventGone(row));
    }

    /// Sets the body of an event that is there.
    pub(super) fn set_body(&mut self, row: EventRow, body: Vec<u8>) {
        self.bodies.insert(row, Some(body.clone()));
        self.writes.push(Write::Body(row, body));
    }

    pub(super) fn erase(&mut self, row: EventRow) {
        self.bodies.insert(row, None);
        if let Some(mut event) = self.event(row) {
            event.erased = true;
            self.events.insert(row, event);
        }
        self.writes.push(Write::Erase(row));
    }

    /// Takes an event out of this person's sight.
    pub(super) fn hide(&mut self, row: EventRow) {
        self.bodies.insert(row, None);
        if let Some(mut event) = self.event(row) {
            (event.erased, event.hidden) = (true, true);
            self.events.insert(row, event);
        }
        self.writes.push(Write::Hide(row));
    }

    /// Says which event replaced an event's text.
    pub(super) fn set_edited(&mut self, row: EventRow, by: EventRow) {
        if let Some(mut event) = self.event(row) {
            event.edited_by = Some(by);
            self.events.insert(row, event);
        }
        self.writes.push(Write::Edited(row, by));
    }

    /// The reactions at an event, each with the row of the event that says so.
    pub(super) fn reactions(&self, row: EventRow) -> BTreeMap<PersonId, EventRow> {
        let stored = if row <= self.committed { self.view.reactions(row) } else { Vec::new() };
        let mut merged: BTreeMap<PersonId, EventRow> = stored.into_iter().collect();
        merged.extend(self.reactions.get(&row).into_iter().flatten());
        merged
    }

    /// Says which event stands for a person at another.
    pub(super) fn set_reaction(&mut self, row: EventRow, person: PersonId, by: EventRow) {
        self.reactions.entry(row).or_default().insert(person, by);
        self.writes.push(Write::Reacted(row, person, by));
    }

    /// The event that says whether another is pinned.
    pub(super) fn pin(&self, row: EventRow) -> Option<EventRow> {
        let stored = || if row <= self.committed { self.view.pin(row) } else { None };
        self.pins.get(&row).copied().or_else(stored)
    }

    /// Says which event says so, and what.
    pub(super) fn set_pin(&mut self, row: EventRow, by: EventRow, pinned: bool) {
        self.pins.insert(row, by);
        self.writes.push(Write::Pinned(row, by, pinned));
    }

    /// Says how long an event stays.
    pub(super) fn set_expiry(&mut self, row: EventRow, expiry: Option<Expiry>) {
        self.writes.push(Write::Expires(row, expiry));
    }

    /// Forgets a log with its records.
    pub(super) fn forget_log(&mut self, log: LogId) {
        self.records.retain(|(of, _), _| *of != log);
        self.writes.push(Write::LogGone(log));
    }

    /// Raises what is known of an own event's delivery; says whether it was lower.
    pub(super) fn raise(&mut self, row: EventRow, delivery: Delivery) -> bool {
        let Some(mut event) = self.event(row) else { return false };
        if event.delivery >= delivery {
            return false;
        }
        event.delivery = delivery;
        self.events.insert(row, event);
        self.writes.push(Write::Delivery(row, delivery));
        true
    }

    pub(super) fn set_owed(&mut self, owed: Owed) {
        self.owed.insert((owed.device, owed.row), Some(owed));
        self.owed_devices.entry(owed.row).or_default().insert(owed.device);
        self.writes.push(Write::Owed(owed));
    }

    pub(super) fn settle(&mut self, device: DeviceId, row: EventRow) {
        self.owed.insert((device, row), None);
        self.owed_devices.entry(row).or_default().insert(device);
        self.writes.push(Write::Settled(device, row));
    }

    pub(super) fn add_record(&mut self, record: StoredRecord) {
        self.records.insert((record.log, record.seq), record.clone());
        self.writes.push(Write::Record(record));
    }

    pub(super) fn set_welcome(&mut self, device: DeviceId, welcome: Option<Vec<u8>>) {
        self.welcomes.insert(device, welcome.clone());
        self.writes.push(Write::Welcome(device, welcome));
    }

    /// Obligations to a device in ascending order of row, at most `limit`.
    pub(super) fn owed(&self, device: DeviceId, sealed: bool, limit: usize) -> Vec<Owed> {
        let stored = self.view.owed(device, sealed, limit.saturating_add(self.owed.len()));
        let mut merged = self.over(device, stored);
        merged.retain(|owed| owed.seq.is_some() == sealed);
        merged.truncate(limit);
        merged
    }

    /// Obligations to a device sealed in records up to and with `seq`.
    pub(super) fn owed_through(&self, device: DeviceId, seq: u64) -> Vec<Owed> {
        let mut merged = self.over(device, self.view.owed_through(device, seq));
        merged.retain(|owed| owed.seq.is_some_and(|at| at <= seq));
        merged
    }

    /// All obligations for one event.
    pub(super) fn owed_for(&self, row: EventRow) -> Vec<Owed> {
        let stored = if row <= self.committed { self.view.owed_for(row) } else { Vec::new() };
        let mut merged: BTreeMap<DeviceId, Owed> = stored.into_iter().map(|owed| (owed.device, owed)).collect();
        for device in self.owed_devices.get(&row).into_iter().flatten() {
            match self.owed.get(&(*device, row)) {
                Some(Some(owed)) => drop(merged.insert(*device, *owed)),
                Some(None) => drop(merged.remove(device)),
                None => {}
            }
        }
        merged.into_values().collect()
    }

    /// Stored obligations of one device with this step's changes over them, in ascending order of row.
    fn over(&self, device: DeviceId, stored: Vec<Owed>) -> Vec<Owed> {
        let mut merged: BTreeMap<EventRow, Owed> = stored.into_iter().map(|owed| (owed.row, owed)).collect();
        let mine = (device, EventRow(0))..=(device, EventRow(u64::MAX));
        for ((_, row), change) in self.owed.range(mine) {
            match change {
                Some(owed) => merged.insert(*row, *owed),
                None => merged.remove(row),
            };
        }
        merged.into_values().collect()
    }
}
