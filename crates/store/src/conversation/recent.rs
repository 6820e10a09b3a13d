//! Events of the last commits.
//!
//! A message is read back when it is shown, when a sealed copy leaves and when it is delivered, all within moments of
//! its commit. What was just committed is read from here.
//!
//! Invariant: what is here is what the tables hold. A change that this does not follow takes the event out.

use super::timeline::Shown;
use kith_base::EventId;
use kith_proto::io::{Delivery, EventRow, Write, WriteBatch};
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
    /// Takes over what was committed. Of what was there before, the own events stay that are on their way.
    pub(super) fn follow(&mut self, batch: &WriteBatch) {
        self.drop_arrived();
        for write in &batch.writes {
            match write {
                Write::Event(event) => {
                    self.rows.insert(event.id, event.row);
                    self.events.insert(event.row, (event.clone(), None));
                }
                Write::Body(row, body) => {
                    if let Some((_, there)) = self.events.get_mut(row) {
                        *there = Some(body.clone());
                    }
                }
                Write::Delivery(row, delivery) => {
                    if let Some((event, _)) = self.events.get_mut(row) {
                        // VAULT-015
                        event.delivery = event.delivery.max(*delivery);
                    }
                }
                Write::Erase(row) | Write::Hide(row) | Write::Edited(row, _) | Write::EventGone(row) => {
                    if let Some((event, _)) = self.events.remove(row) {
                        self.rows.remove(&event.id);
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn event(&self, row: EventRow) -> Option<&Shown> {
        self.events.get(&row)
    }

    pub(super) fn row_of(&self, id: &EventId) -> Option<EventRow> {
        self.rows.get(id).copied()
    }

    fn drop_arrived(&mut self) {
        let arrived = |(event, _): &Shown| !event.mine || event.delivery >= Delivery::Delivered;
        for (_, (event, _)) in self.events.extract_if(.., |_, shown| arrived(shown)) {
            self.rows.remove(&event.id);
        }
        while self.events.len() > KEPT_MAX
            && let Some((_, (event, _))) = self.events.pop_first()
        {
            self.rows.remove(&event.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests;
    use super::*;
    use kith_proto::io::StoredEvent;

    fn event(row: u64, mine: bool) -> StoredEvent {
        let delivery = if mine { Delivery::Waiting } else { Delivery::Delivered };
        StoredEvent { mine, delivery, ..tests::event(row) }
    }

    fn follow(recent: &mut Recent, writes: Vec<Write>) -> Vec<u64> {
        recent.follow(&WriteBatch { writes });
        let rows: Vec<u64> = recent.events.keys().map(|row| row.0).collect();
        let by_id: Vec<u64> = recent.rows.values().map(|row| row.0).collect();
        assert_eq!(rows, by_id);
        rows
    }

    #[test]
    fn own_events_stay_until_they_are_delivered_and_what_changes_otherwise_goes_at_once() {
        let mut recent = Recent::default();
        let events = (1..=5).map(|row| Write::Event(event(row, row != 5)));
        let rows = follow(&mut recent, events.chain([Write::Body(EventRow(1), vec![9])]).collect());
        assert_eq!(rows, [1, 2, 3, 4, 5]);
        assert_eq!(recent.event(EventRow(1)), Some(&(event(1, true), Some(vec![9]))));
        assert_eq!(recent.row_of(&event(4, true).id), Some(EventRow(4)));
        let raise = |row, delivery| Write::Delivery(EventRow(row), delivery);
        let raised = vec![raise(1, Delivery::Sent), raise(2, Delivery::Delivered)];
        assert_eq!(follow(&mut recent, raised), [1, 2, 3, 4]);
        assert_eq!(recent.event(EventRow(1)).unwrap().0.delivery, Delivery::Sent);
        assert_eq!(follow(&mut recent, vec![]), [1, 3, 4]);
        let gone = [Write::Erase(EventRow(1)), Write::Edited(EventRow(3), EventRow(9)), Write::EventGone(EventRow(4))];
        assert_eq!(follow(&mut recent, gone.into()), [0_u64; 0]);
    }
}
