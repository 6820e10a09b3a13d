//! Pins: an event is pinned for all or not at all, and the highest round says which (`spec/event.md`, EVT-080).

use super::{Refused, Turn};
use crate::io::{Effect, EventRow, StoredEvent};
use crate::log::event::{Body, Kind, Pin};
use kith_base::{DeviceId, EventId, limits};

impl Turn<'_> {
    /// Pins an event for all, or takes the pin away. Nothing is written where that stands already.
    ///
    /// # Errors
    /// [`Refused`]; nothing changed.
    pub fn pin(&mut self, id: EventId, pinned: bool) -> Result<(), Refused> {
        let event = self.sayable(id)?;
        let before = self.staged.pin(event.row);
        let stands = before.and_then(|row| self.pin_at(row));
        if stands.is_some_and(|(pin, _)| pin.pinned) == pinned {
            return Ok(());
        }
        let round = stands.map_or(0, |(pin, _)| pin.round) + 1;
        if round > limits::PIN_ROUNDS_MAX {
            return Err(Refused::PinnedTooOften);
        }
        self.write(&Body::Pin(Pin { target: id, round, pinned }))?;
        let row = self.staged.last_row();
        if let Some(before) = before {
            self.staged.erase(before);
        }
        self.staged.set_pin(event.row, row, pinned);
        self.effects.push(Effect::Changed(event.row));
        Ok(())
    }

    /// Somebody says whether an event is pinned, whoever wrote that.
    pub(super) fn pin_for(&mut self, by: kith_base::PersonId, target: EventId, row: EventRow) {
        let found = self.staged.row_of(&target).and_then(|row| self.staged.event(row));
        let Some(event) = found else { return self.remember_change(target, by, row) };
        let known = self.staged.pin(event.row);
        let Some((said, order)) = self.pin_at(row) else { return };
        let older = known.and_then(|known| self.pin_at(known)).is_some_and(|(_, known)| known > order);
        if !self.takes_words(&event) || older {
            return self.staged.erase(row);
        }
        if let Some(known) = known {
            self.staged.erase(known);
        }
        self.staged.set_pin(event.row, row, said.pinned);
        self.effects.push(Effect::Changed(event.row));
    }

    /// What the event of a row says of a pin, and by what it is compared; `None` where its body is gone.
    fn pin_at(&self, row: EventRow) -> Option<(Pin, (u64, DeviceId, u64))> {
        let event: StoredEvent = self.staged.event(row)?;
        match Body::decode(Kind::PIN, &self.staged.body(row)?) {
            Ok(Some(Body::Pin(pin))) => Some((pin, (pin.round, event.device, event.counter))),
            _ => None,
        }
    }
}
