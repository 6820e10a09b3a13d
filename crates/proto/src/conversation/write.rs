//! What this device's person does: write, delete, look.

use super::state::Genesis;
use super::{Standing, Turn};
use crate::identity::manifest::Feature;
use crate::io::{Delivery, Effect, EventRow, Owed, StoredEvent};
use crate::log::event::{self, Body, EventHeader, Kind, Wording, shown_reaction};
use crate::log::notice::Notice;
use kith_base::{ConversationId, DeviceId, EventId, PersonId, Wall, limits};
use std::fmt;

/// How many events back "shown" looks for other devices' newest event.
const SHOWN_WINDOW: u64 = 64;

/// Why a person's wish was not carried out; nothing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// There is no text.
    Empty,
    /// The text is longer than [`limits::TEXT_BYTES_MAX`]; its length in bytes.
    TooLong(usize),
    /// What is said of a file is more than may be said of one (FILE-001).
    NoSuchFile,
    /// There is no such event here.
    NoSuchEvent,
    /// Somebody else wrote it.
    NotYours,
    /// It is deleted already.
    AlreadyDeleted,
    /// It was written before the two paired anew.
    Before,
    /// This device was found to be a copy or set back, and writes no more.
    Retired,
    /// This device was taken off its person's list, and writes no more.
    Removed,
    /// A device of this conversation has an app that does not know how to do this yet.
    TooOld(Feature),
    /// A reaction is one emoji.
    NotEmoji,
    /// It is on its way, and can only be deleted for both.
    OnItsWay,
    /// Messages can't stay for so long, or so short a time.
    NoSuchTimer,
    /// It was pinned and taken down more often than can be counted.
    PinnedTooOften,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there is no text"),
            Self::TooLong(bytes) => {
                write!(f, "the text has {bytes} bytes; a message has {} at most", limits::TEXT_BYTES_MAX)
            }
            Self::NoSuchFile => f.write_str("a file can't have that name, size or description"),
            Self::NoSuchEvent => f.write_str("there is no such message here"),
            Self::NotYours => f.write_str("somebody else wrote that message"),
            Self::AlreadyDeleted => f.write_str("that message is deleted already"),
            Self::Removed => {
                f.write_str("this device was removed from the list of your devices, so it writes no more here")
            }
            Self::TooOld(Feature::Edit) => f.write_str(
                "an app in this conversation is too old to show an edited message; it has to be updated first",
            ),
            Self::TooOld(Feature::React) => {
                f.write_str("an app in this conversation is too old to show a reaction; it has to be updated first")
            }
            Self::TooOld(Feature::Pin) => f.write_str(
                "an app in this conversation is too old to show pinned messages; it has to be updated first",
            ),
            Self::TooOld(Feature::Disappear) => f.write_str(
                "an app in this conversation is too old to let messages disappear; it has to be updated first",
            ),
            Self::NotEmoji => f.write_str("a reaction is one emoji"),
            Self::NoSuchTimer => f.write_str("messages stay for 5 seconds at least, and 366 days at most, or for good"),
            Self::PinnedTooOften => f.write_str("that message was pinned and taken down too often"),
            Self::TooOld(Feature::Files) => {
                f.write_str("an app in this conversation is too old to take files; it has to be updated first")
            }
            Self::OnItsWay => f.write_str("that message is still on its way, so it can only be deleted for both"),
            Self::Before => {
                f.write_str("that message is from before the two of you paired anew, and can only be deleted")
            }
            Self::Retired => f.write_str("this device's data is a copy or an old state, so it writes no more here"),
        }
    }
}

impl std::error::Error for Refused {}

/// What a deletion achieved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deleted {
    /// No copy had left: it is never delivered (EVT-030).
    NeverDelivered,
    /// A sealed copy had left that nobody has receipted. It is withdrawn wherever it was not opened; one that was on its
    /// way may still have arrived, and is asked to be removed.
    Withdrawn,
    /// A sealed copy had left: the other side is asked to remove it.
    Asked,
    /// It was sent before the two paired anew: it is gone here, and nobody can be asked.
    Here,
}

impl Turn<'_> {
    /// Writes an event: stored, and owed to every other device.
    ///
    /// # Errors
    /// [`Refused`]; nothing changed.
    pub fn write(&mut self, body: &Body) -> Result<EventId, Refused> {
        self.write_at(body, self.wall)
    }

    /// As [`Self::write`], with the time at which the person wrote it.
    pub(super) fn write_at(&mut self, body: &Body, written: Wall) -> Result<EventId, Refused> {
        if self.machine.progress.retired {
            return Err(Refused::Retired);
        }
        if self.machine.standing() == Standing::Removed {
            return Err(Refused::Removed);
        }
        // MAN-003
        if let Some(feature) = body.needs().filter(|feature| !self.machine.has(*feature)) {
            return Err(Refused::TooOld(feature));
        }
        if let Body::Text(said) | Body::Edit(_, said) = body {
            match said.text.len() {
                0 => return Err(Refused::Empty),
                length if length > limits::TEXT_BYTES_MAX => return Err(Refused::TooLong(length)),
                _ => {}
            }
        }
        if let Body::File(file) = body
            && !file.fits()
        {
            return Err(Refused::NoSuchFile);
        }
        if let Body::Timer(seconds) = body
            && *seconds != 0
            && !event::is_timer(*seconds)
        {
            return Err(Refused::NoSuchTimer);
        }
        let body = &*self.timed(body);
        let bytes = body.encode();
        let header = self.next_header(body, &bytes, written);
        let header_bytes = header.encode();
        let id = event::id_of(&header_bytes);
        let stored = StoredEvent {
            row: EventRow::default(),
            id,
            device: header.device,
            person: header.person,
            counter: header.counter,
            kind: header.kind.number,
            header: header_bytes,
            written,
            arrived: self.wall,
            mine: true,
            late: false,
            erased: false,
            hidden: false,
            edited_by: None,
            delivery: Delivery::Waiting,
        };
        let row = self.staged.add_event(stored, Some(bytes));
        let progress = &mut self.machine.progress;
        progress.counter = header.counter;
        progress.previous = Some(id);
        progress.frontier = [id].into();
        self.dirty.progress = true;
        for device in self.others() {
            self.staged.set_owed(Owed { device, row, seq: None, alone: false });
        }
        match body {
            Body::Text(_) | Body::File(_) => self.expires(row, body),
            Body::Timer(seconds) => {
                let Genesis { person, device, .. } = self.machine.genesis;
                self.note_timer(person, header.counter, device, *seconds);
            }
            _ => {}
        }
        self.effects.push(Effect::Appeared(row));
        Ok(id)
    }

    /// Deletes an own event: while it waits it is never delivered; a sealed copy that nobody has receipted is withdrawn
    /// wherever it was not opened; and whoever has it is asked to remove it.
    ///
    /// # Errors
    /// [`Refused`]; nothing changed.
    pub fn delete(&mut self, id: EventId) -> Result<Deleted, Refused> {
        let event = self.own_event(id)?;
        let edit = self.edit_of(&event);
        if event.erased && edit.is_none() {
            return Err(Refused::AlreadyDeleted);
        }
        if event.person != self.machine.genesis.person {
            return Ok(self.delete_before(&event, edit));
        }
        let rows = [Some(event.row).filter(|_| !event.erased), edit];
        let left = rows.iter().flatten().map(|row| self.deleted(*row)).max().unwrap_or(Deleted::NeverDelivered);
        if left != Deleted::NeverDelivered {
            self.write(&Body::Delete(id))?;
        }
        for row in rows.into_iter().flatten() {
            self.withdraw_event(row);
            self.staged.erase(row);
        }
        self.erase_said_of(event.row);
        self.effects.push(Effect::Changed(event.row));
        Ok(left)
    }

    /// Takes an event out of this person's sight, and its words out of this vault. Nobody else hears of it (EVT-036).
    ///
    /// # Errors
    /// [`Refused`]; nothing changed.
    pub fn hide(&mut self, id: EventId) -> Result<(), Refused> {
        let found = self.staged.row_of(&id).and_then(|row| self.staged.event(row));
        let event = found.filter(|event| !event.hidden).ok_or(Refused::NoSuchEvent)?;
        let gone = event.kind == Kind::TOMBSTONE;
        if Kind::NO_MESSAGE.contains(&event.kind) && !gone {
            return Err(Refused::NoSuchEvent);
        }
        let edit = self.edit_of(&event);
        let rows = || [Some(event.row).filter(|_| !event.erased), edit].into_iter().flatten();
        // What is sealed again is sealed from its body.
        if rows().any(|row| !self.staged.owed_for(row).is_empty()) || self.machine.is_held(event.row) {
            return Err(Refused::OnItsWay);
        }
        self.take_out_of_sight(event.row, edit);
        Ok(())
    }

    /// An event goes, with its edit and with what was said of it, and leaves no place in the timeline.
    pub(super) fn take_out_of_sight(&mut self, row: EventRow, edit: Option<EventRow>) {
        if let Some(edit) = edit {
            self.staged.erase(edit);
        }
        self.erase_said_of(row);
        self.staged.hide(row);
        self.effects.push(Effect::Changed(row));
    }

    /// Gives an own text another wording. The first one never leaves if it still waits (EVT-034).
    ///
    /// # Errors
    /// [`Refused`]; nothing changed.
    pub fn edit(&mut self, id: EventId, text: String) -> Result<EventId, Refused> {
        let event = self.own_event(id)?;
        let before = self.edit_of(&event);
        if event.erased && before.is_none() {
            return Err(Refused::AlreadyDeleted);
        }
        if event.kind != Kind::TEXT.number {
            return Err(Refused::NoSuchEvent);
        }
        if event.person != self.machine.genesis.person {
            return Err(Refused::Before);
        }
        let said = self.wording(&event).unwrap_or_default();
        let edit = self.write(&Body::Edit(id, Wording { text, ..said }))?;
        let row = self.staged.last_row();
        if event.delivery == Delivery::Waiting && !event.erased {
            self.staged.erase(event.row);
        }
        if let Some(before) = before {
            self.staged.erase(before);
        }
        self.staged.set_edited(event.row, row);
        self.effects.push(Effect::Changed(event.row));
        Ok(edit)
    }

    /// An event of this device's person that they can change.
    fn own_event(&self, id: EventId) -> Result<StoredEvent, Refused> {
        let found = self.staged.row_of(&id).and_then(|row| self.staged.event(row));
        let event = found.filter(|event| !event.hidden).ok_or(Refused::NoSuchEvent)?;
        // What was deleted is told so further on.
        let no_message = Kind::NO_MESSAGE.contains(&event.kind) && event.kind != Kind::TOMBSTONE;
        match (event.mine, no_message) {
            (true, false) => Ok(event),
            (false, false) => Err(Refused::NotYours),
            (_, true) => Err(Refused::NoSuchEvent),
        }
    }

    /// What this device's person thinks of an event: one emoji in the place of the one before, or empty to take that back.
    /// Nothing is written where that stands there already.
    ///
    /// # Errors
    /// [`Refused`]; nothing changed.
    pub fn react(&mut self, id: EventId, emoji: &str) -> Result<(), Refused> {
        let event = self.sayable(id)?;
        // EVT-062
        if !emoji.is_empty() && shown_reaction(emoji).is_none() {
            return Err(Refused::NotEmoji);
        }
        let me = self.machine.genesis.person;
        let before = self.staged.reactions(event.row).get(&me).copied();
        let said = before.and_then(|row| self.reaction_at(row)).unwrap_or_default();
        if said == emoji {
            return Ok(());
        }
        self.write(&Body::Reaction(id, emoji.to_owned()))?;
        let row = self.staged.last_row();
        if let Some(before) = before {
            self.staged.erase(before);
        }
        self.staged.set_reaction(event.row, me, row);
        self.effects.push(Effect::Changed(event.row));
        Ok(())
    }

    /// A message of whomever, of which something can be said to the people of this conversation.
    pub(super) fn sayable(&self, id: EventId) -> Result<StoredEvent, Refused> {
        let found = self.staged.row_of(&id).and_then(|row| self.staged.event(row));
        let event = found.filter(|event| !event.hidden).ok_or(Refused::NoSuchEvent)?;
        if Kind::NO_MESSAGE.contains(&event.kind) && event.edited_by.is_none() {
            return Err(Refused::NoSuchEvent);
        }
        if event.erased && self.edit_of(&event).is_none() {
            return Err(Refused::AlreadyDeleted);
        }
        if self.machine.people.get(event.person).is_none() {
            return Err(Refused::Before);
        }
        Ok(event)
    }

    /// The emoji in the event of a row, unless its body is gone.
    fn reaction_at(&self, row: EventRow) -> Option<String> {
        match Body::decode(Kind::REACTION, &self.staged.body(row)?) {
            Ok(Some(Body::Reaction(_, emoji))) => Some(emoji),
            _ => None,
        }
    }

    /// EVT-063, EVT-081: what is said of an event goes with it.
    pub(super) fn erase_said_of(&mut self, row: EventRow) {
        for by in self.staged.reactions(row).into_values().chain(self.staged.pin(row)) {
            self.staged.erase(by);
        }
    }

    /// How a text reads at the moment, with what it answers and how long it stays.
    fn wording(&self, event: &StoredEvent) -> Option<Wording> {
        let row = self.edit_of(event).unwrap_or(event.row);
        let kind = Kind { number: self.staged.event(row)?.kind, critical: true };
        match Body::decode(kind, &self.staged.body(row)?) {
            Ok(Some(Body::Text(said) | Body::Edit(_, said))) => Some(said),
            _ => None,
        }
    }

    /// The event whose text stands in the place of this one's.
    pub(super) fn edit_of(&self, event: &StoredEvent) -> Option<EventRow> {
        event.edited_by.filter(|row| self.staged.body(*row).is_some())
    }

    /// What deleting an event comes to, by how far it got.
    fn deleted(&self, row: EventRow) -> Deleted {
        match self.staged.event(row).map(|event| event.delivery) {
            Some(Delivery::Waiting) | None => Deleted::NeverDelivered,
            Some(Delivery::Sent) => Deleted::Withdrawn,
            Some(Delivery::Delivered | Delivery::Seen) => Deleted::Asked,
        }
    }

    /// Takes an event out of every record that somebody has not receipted.
    pub(super) fn withdraw_event(&mut self, row: EventRow) {
        if let Some(seq) = self.staged.owed_for(row).into_iter().filter_map(|owed| owed.seq).min() {
            self.withdraw_from(seq);
        }
    }

    /// The person was shown the timeline up to and with this event. Said to its writers with the next receipt; see
    /// [`Self::seen`] for what happens here.
    pub fn shown(&mut self, row: EventRow) {
        let from = row.0.saturating_sub(SHOWN_WINDOW).max(1);
        for row in (from..=row.0).map(EventRow) {
            let Some(event) = self.staged.event(row).filter(|event| !event.mine) else { continue };
            let Some(log) = self.machine.log_of(event.device) else { continue };
            if log.seen.is_none_or(|seen| seen < event.counter) {
                log.seen = Some(event.counter);
                let log = log.log;
                self.dirty.logs.insert(log);
                self.owe_receipt(event.device, false);
            }
        }
    }

    /// Tells this device's person something in the timeline.
    pub(super) fn notice(&mut self, notice: &Notice) {
        let genesis = &self.machine.genesis;
        let row = EventRow(self.staged.last_row().0 + 1);
        let stored = stored_notice(genesis.conversation, genesis.person, genesis.device, row, self.wall);
        let row = self.staged.add_event(stored, Some(notice.encode()));
        self.effects.push(Effect::Appeared(row));
    }

    fn next_header(&mut self, body: &Body, bytes: &[u8], written: Wall) -> EventHeader {
        let machine = &*self.machine;
        let salt = self.rng.bytes();
        EventHeader {
            conversation: machine.genesis.conversation,
            person: machine.genesis.person,
            device: machine.genesis.device,
            counter: machine.progress.counter + 1,
            previous: machine.progress.previous,
            parents: machine.progress.frontier.iter().take(limits::PARENTS_MAX).copied().collect(),
            audience: machine.people.head(machine.genesis.conversation),
            kind: body.kind(),
            salt,
            body: event::body_hash(&salt, bytes),
            written,
        }
    }

    /// Every other device that is owed what is written: those in force, those suspended, and the last one of a person
    /// whose list is empty, for the next one.
    pub(super) fn others(&self) -> Vec<DeviceId> {
        self.machine.peers.keys().copied().collect()
    }
}

/// A notice as an event of a row; its body is stored apart.
pub(super) fn stored_notice(
    conversation: ConversationId,
    person: PersonId,
    device: DeviceId,
    row: EventRow,
    wall: Wall,
) -> StoredEvent {
    StoredEvent {
        row,
        id: Notice::id(conversation, device, row),
        device,
        person,
        counter: 0,
        kind: Kind::NOTICE,
        header: Vec::new(),
        written: wall,
        arrived: wall,
        mine: false,
        late: false,
        erased: false,
        hidden: false,
        edited_by: None,
        delivery: Delivery::Delivered,
    }
}
