//! Events of the last commits, as they are stored.
//!
//! A message is shown when it appears, when a sealed copy leaves and when it is delivered, all within moments. What was
//! just committed is shown from here, so that none of it is read back.
//!
//! Invariant: what is here equals what the vault holds. A change that this does not follow takes the event out.

use kith_base::EventId;
use kith_proto::io::{Delivery, EventRow, Write, WriteBatch};
use kith_store::Shown;
use std::collections::BTreeMap;

/// Own events on their way that are kept at most.
const KEPT_MAX: usize = 1024;

/// Events by their row.
#[derive(Default)]
pub(super) struct Recent {
    events: BTreeMap<EventRow, Shown>,
    rows: BTreeMap<EventId, EventRow>,
}

impl Recent {
    /// Takes over what was committed.
    pub(super) fn follow(&mut self, batch: WriteBatch) {
        for write in batch.writes {
            match write {
                Write::Event(event) => {
                    self.rows.insert(event.id, event.row);
                    self.events.insert(event.row, (event, None));
                }
                Write::Body(row, body) => {
                    if let Some((_, there)) = self.events.get_mut(&row) {
                        *there = Some(body);
                    }
                }
                Write::Delivery(row, delivery) => {
                    if let Some((event, _)) = self.events.get_mut(&row) {
                        event.delivery = event.delivery.max(delivery);
                    }
                }
                Write::Erase(row) | Write::Edited(row, _) | Write::EventGone(row) => self.drop_row(row),
                _ => {}
            }
        }
    }

    /// Keeps, of what was shown, the own events that will be shown again.
    pub(super) fn shown(&mut self) {
        let done = |(event, _): &Shown| !event.mine || event.delivery >= Delivery::Delivered;
        for (_, (event, _)) in self.events.extract_if(.., |_, shown| done(shown)) {
            self.rows.remove(&event.id);
        }
        while self.events.len() > KEPT_MAX
            && let Some((_, (event, _))) = self.events.pop_first()
        {
            self.rows.remove(&event.id);
        }
    }

    pub(super) fn event(&self, row: EventRow) -> Option<&Shown> {
        self.events.get(&row)
    }

    pub(super) fn row_of(&self, id: &EventId) -> Option<EventRow> {
        self.rows.get(id).copied()
    }

    fn drop_row(&mut self, row: EventRow) {
        if let Some((event, _)) = self.events.remove(&row) {
            self.rows.remove(&event.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_base::{DeviceId, PersonId, Wall};
    use kith_proto::io::StoredEvent;

    fn event(row: u64, mine: bool) -> StoredEvent {
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
            mine,
            late: false,
            erased: false,
            edited_by: None,
            delivery: if mine { Delivery::Waiting } else { Delivery::Delivered },
        }
    }

    fn rows(recent: &Recent) -> Vec<u64> {
        let rows: Vec<u64> = recent.events.keys().map(|row| row.0).collect();
        let by_id: Vec<u64> = recent.rows.values().map(|row| row.0).collect();
        assert_eq!(rows, by_id);
        rows
    }

    #[test]
    fn own_events_stay_until_they_are_delivered_and_what_changes_otherwise_goes_at_once() {
        let mut recent = Recent::default();
        let events = (1..=5).map(|row| Write::Event(event(row, row != 5)));
        recent.follow(WriteBatch { writes: events.chain([Write::Body(EventRow(1), vec![9])]).collect() });
        assert_eq!(recent.event(EventRow(1)), Some(&(event(1, true), Some(vec![9]))));
        assert_eq!(recent.row_of(&event(4, true).id), Some(EventRow(4)));
        let raised = Write::Delivery(EventRow(1), Delivery::Sent);
        recent.follow(WriteBatch { writes: vec![raised, Write::Delivery(EventRow(2), Delivery::Delivered)] });
        assert_eq!(recent.event(EventRow(1)).unwrap().0.delivery, Delivery::Sent);
        assert_eq!(rows(&recent), [1, 2, 3, 4, 5]);
        recent.shown();
        assert_eq!(rows(&recent), [1, 3, 4]);
        let gone =
            vec![Write::Erase(EventRow(1)), Write::Edited(EventRow(3), EventRow(9)), Write::EventGone(EventRow(4))];
        recent.follow(WriteBatch { writes: gone });
        assert_eq!(rows(&recent), [0_u64; 0]);
    }
}
