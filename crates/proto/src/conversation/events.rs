//! Events in: what others wrote, as it came out of their records.
//!
//! An event is one event however often and by whichever way it comes; one that breaks a rule is passed over, and the rest of
//! its record stands. Deletions and edits are requests of the person who wrote the event, and wait for it where they
//! come first, as reactions and pins do.

use super::Turn;
use crate::io::Delivery;
use crate::io::{Effect, EventRow, StoredEvent};
use crate::log::carried::{Carried, Known, read_carried};
use crate::log::event::{self, Body, EventHeader, Kind};
use crate::log::receipt::Refusal;
use kith_base::{DeviceId, EventId, PersonId, limits};

/// An event is late when it was written this long before it came, in milliseconds of two clocks: display only.
const LATE_MS: u64 = 120_000;

impl Turn<'_> {
    pub(super) fn take_events(&mut self, writer: DeviceId, plaintext: &[u8]) -> Result<(), Refusal> {
        let shared = self.machine.shared(writer).ok_or(Refusal::NotAllowed)?;
        let events = read_carried(plaintext, &shared).map_err(|_| Refusal::BadContent)?;
        for arrived in events {
            if let Err(rule) = self.take_event(writer, arrived) {
                self.reject(writer, rule);
            }
        }
        Ok(())
    }

    fn take_event(&mut self, writer: DeviceId, Known { carried, read }: Known) -> Result<(), &'static str> {
        // What is no header at all is not worth a look into the vault.
        let (id, header) = read.ok_or("EVT-001")?;
        let machine = &*self.machine;
        let is_of_log = header.conversation == machine.genesis.conversation && header.device == writer;
        // EVT-015: the vault is asked for none that can't be there, as that takes the longer the more it has.
        let is_beyond = is_of_log && machine.progress.is_beyond(writer, header.counter);
        if !is_beyond && self.staged.row_of(&id).is_some() {
            return Ok(());
        }
        let person = machine.people.person_of(writer);
        if !is_of_log {
            return Err("EVT-002");
        }
        if Some(header.person) != person {
            return Err("EVT-003");
        }
        if header.audience != machine.people.head(machine.genesis.conversation) {
            return Err("EVT-004");
        }
        if let Some(body) = &carried.body
            && event::body_hash(&header.salt, body) != header.body
        {
            return Err("EVT-005");
        }
        if header.kind.number == Kind::TOMBSTONE || header.kind.number > Kind::NUMBER_MAX {
            return Err("EVT-007");
        }
        let body = match &carried.body {
            Some(bytes) => Body::decode(header.kind, bytes).map_err(|_| "EVT-006")?,
            None => None,
        };
        if let Some(Body::Succession(signature)) = &body {
            self.receive_succession(header.person, signature)?;
        }
        let (by, counter) = (header.person, header.counter);
        let row = self.add_event(id, header, carried);
        if let Some(body @ (Body::Text(_) | Body::File(_))) = &body {
            self.came_with_a_time(row, body);
        }
        match body {
            Some(Body::Delete(target)) => self.delete_for(by, target),
            Some(Body::Edit(target, _)) => self.edit_for(by, target, row),
            Some(Body::Reaction(target, _)) => self.react_for(by, target, row),
            Some(Body::Pin(pin)) => self.pin_for(by, pin.target, row),
            Some(Body::Timer(seconds)) => self.note_timer(by, counter, writer, seconds),
            Some(Body::Text(_) | Body::Succession(_) | Body::File(_)) | None => {}
        }
        Ok(())
    }

    fn add_event(&mut self, id: EventId, header: EventHeader, carried: Carried) -> EventRow {
        let late = self.is_late(&header) | self.comes_behind(&header);
        let tombstone = carried.body.is_none();
        let me = self.machine.genesis.person;
        let progress = &mut self.machine.progress;
        // EVT-014
        if header.person == me && header.counter <= limits::EVENT_COUNTER_FOLLOWED_MAX {
            progress.counter = progress.counter.max(header.counter);
        }
        progress.count(header.device, header.counter);
        for parent in header.parents.iter().chain(&header.previous) {
            progress.frontier.remove(parent);
        }
        progress.frontier.insert(id);
        // Events that name no parents can't make this grow: the oldest ids are as good as any to leave out.
        while progress.frontier.len() > limits::PARENTS_MAX {
            progress.frontier.pop_first();
        }
        let deleted_ahead = progress.deleted_ahead.contains(&(id, header.person));
        let (first, last) = (PersonId::from_bytes([0; 32]), PersonId::from_bytes([u8::MAX; 32]));
        let ahead = progress.changed_ahead.range((id, first, EventRow(0))..=(id, last, EventRow(u64::MAX)));
        let changes: Vec<(PersonId, EventRow)> = ahead.map(|(_, by, row)| (*by, *row)).collect();
        self.dirty.progress = true;
        let gone = tombstone || deleted_ahead;
        let stored = StoredEvent {
            row: EventRow::default(),
            id,
            device: header.device,
            person: header.person,
            counter: header.counter,
            kind: if gone { Kind::TOMBSTONE } else { header.kind.number },
            header: carried.header,
            written: header.written,
            arrived: self.wall,
            mine: header.person == self.machine.genesis.person,
            late,
            erased: gone,
            hidden: false,
            edited_by: None,
            delivery: Delivery::Delivered,
        };
        let row = self.staged.add_event(stored, carried.body.filter(|_| !gone));
        self.effects.push(Effect::Appeared(row));
        for (by, change) in changes {
            self.machine.progress.changed_ahead.remove(&(id, by, change));
            let kind = self.staged.event(change).map(|event| event.kind);
            match kind {
                Some(kind) if kind == Kind::REACTION.number => self.react_for(by, id, change),
                Some(kind) if kind == Kind::PIN.number => self.pin_for(by, id, change),
                _ => self.edit_for(by, id, change),
            }
        }
        row
    }

    /// It stands behind an event that its author wrote after it (EVT-035).
    fn comes_behind(&mut self, header: &EventHeader) -> bool {
        let Some(log) = self.machine.log_of(header.device) else { return false };
        let behind = header.counter < log.newest;
        log.newest = log.newest.max(header.counter);
        let log = log.log;
        self.dirty.logs.insert(log);
        behind
    }

    /// It was written long before it came, and something its writer did not know stands in front of it.
    fn is_late(&self, header: &EventHeader) -> bool {
        let waited = self.wall.0.saturating_sub(header.written.0) > LATE_MS;
        waited
            && self.staged.event(self.staged.last_row()).is_some_and(|newest| {
                !header.parents.contains(&newest.id)
                    && header.previous != Some(newest.id)
                    && newest.device != header.device
            })
    }

    /// A person wants an event of theirs gone. Nobody else's request counts.
    fn delete_for(&mut self, person: PersonId, target: EventId) {
        let found = self.staged.row_of(&target).and_then(|row| self.staged.event(row));
        let Some(event) = found else { return self.remember_deleted(target, person) };
        if event.person != person {
            return;
        }
        // It came without its text, which may come in an edit.
        if event.kind == Kind::TOMBSTONE {
            self.remember_deleted(target, person);
        }
        if let Some(edit) = event.edited_by {
            self.staged.erase(edit);
        }
        self.staged.erase(event.row);
        self.erase_said_of(event.row);
        self.effects.push(Effect::Changed(event.row));
    }

    fn remember_deleted(&mut self, target: EventId, person: PersonId) {
        let ahead = &mut self.machine.progress.deleted_ahead;
        if ahead.len() >= limits::CHANGES_AHEAD_MAX {
            ahead.pop_first();
        }
        ahead.insert((target, person));
        self.dirty.progress = true;
    }

    /// A person wants a text of theirs to read otherwise. Of several edits the author's last one stands
    /// (EVT-033).
    fn edit_for(&mut self, person: PersonId, target: EventId, edit: EventRow) {
        let found = self.staged.row_of(&target).and_then(|row| self.staged.event(row));
        let Some(event) = found else { return self.remember_change(target, person, edit) };
        let tombstone = event.kind == Kind::TOMBSTONE;
        let deleted =
            if tombstone { self.machine.progress.deleted_ahead.contains(&(target, person)) } else { event.erased };
        let deleted = deleted || event.hidden;
        let editable = event.person == person && (tombstone || event.kind == Kind::TEXT.number) && !deleted;
        let older = event.edited_by.is_some_and(|known| self.author_order(known) > self.author_order(edit));
        if !editable || older {
            return self.staged.erase(edit);
        }
        if let Some(known) = event.edited_by {
            self.staged.erase(known);
        }
        self.staged.set_edited(event.row, edit);
        if let Some(body) = self.staged.body(edit)
            && let Ok(Some(body)) = Body::decode(Kind::EDIT, &body)
        {
            self.came_with_a_time(event.row, &body);
        }
        self.effects.push(Effect::Changed(event.row));
    }

    /// The time of an event that came is to begin; and at once, if another device of this person wrote it (EVT-072).
    fn came_with_a_time(&mut self, row: EventRow, body: &Body) {
        let Some(event) = self.staged.event(row).filter(|event| !event.erased || event.edited_by.is_some()) else {
            return;
        };
        self.expires(row, body);
        if event.mine {
            self.begin_expiry(row);
        }
    }

    /// Whether something can be said of an event: a message, and not deleted. What came without its text may get one by an edit.
    pub(super) fn takes_words(&self, event: &StoredEvent) -> bool {
        let tombstone = event.kind == Kind::TOMBSTONE;
        let message = tombstone || !Kind::NO_MESSAGE.contains(&event.kind);
        message && !event.hidden && !(event.erased && !tombstone && self.edit_of(event).is_none())
    }

    /// A person says what they think of an event, whoever wrote that. Of several words the author's last one stands
    /// (EVT-061).
    fn react_for(&mut self, person: PersonId, target: EventId, reaction: EventRow) {
        let found = self.staged.row_of(&target).and_then(|row| self.staged.event(row));
        let Some(event) = found else { return self.remember_change(target, person, reaction) };
        let known = self.staged.reactions(event.row).get(&person).copied();
        let older = known.is_some_and(|known| self.author_order(known) > self.author_order(reaction));
        if !self.takes_words(&event) || older {
            return self.staged.erase(reaction);
        }
        if let Some(known) = known {
            self.staged.erase(known);
        }
        self.staged.set_reaction(event.row, person, reaction);
        self.effects.push(Effect::Changed(event.row));
    }

    pub(super) fn remember_change(&mut self, target: EventId, person: PersonId, change: EventRow) {
        let ahead = &mut self.machine.progress.changed_ahead;
        if ahead.len() < limits::CHANGES_AHEAD_MAX {
            ahead.insert((target, person, change));
            self.dirty.progress = true;
        }
    }

    fn author_order(&self, row: EventRow) -> Option<(u64, DeviceId)> {
        self.staged.event(row).map(|event| (event.counter, event.device))
    }
}
