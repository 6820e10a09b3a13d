//! Callers that wait for a message to get so far.

use super::Answer;
use kith_base::{ContactId, EventId, Mono};
use kith_proto::io::EventRow;
use std::collections::BTreeMap;

/// Somebody who waits for a message to reach a state.
pub(super) struct Waiting {
    pub(super) contact: ContactId,
    pub(super) row: EventRow,
    pub(super) event: EventId,
    pub(super) want: kith_api::State,
    pub(super) until: Mono,
    pub(super) answer: Answer,
}

/// Everybody who waits, by what they wait for.
#[derive(Default)]
pub(super) struct Waits(BTreeMap<(ContactId, EventRow), Vec<Waiting>>);

impl Waits {
    pub(super) fn add(&mut self, waiting: Waiting) {
        self.0.entry((waiting.contact, waiting.row)).or_default().push(waiting);
    }

    /// Those who wait for a message to reach this state, or an earlier one.
    pub(super) fn take_reached(&mut self, contact: ContactId, row: EventRow, reached: kith_api::State) -> Vec<Waiting> {
        let Some(there) = self.0.get_mut(&(contact, row)) else { return Vec::new() };
        let ready = there.extract_if(.., |waiting| reached >= waiting.want).collect();
        if there.is_empty() {
            self.0.remove(&(contact, row));
        }
        ready
    }

    pub(super) fn take(&mut self, which: impl Fn(&Waiting) -> bool) -> Vec<Waiting> {
        let taken = self.0.values_mut().flat_map(|there| there.extract_if(.., |waiting| which(waiting))).collect();
        self.0.retain(|_, there| !there.is_empty());
        taken
    }

    pub(super) fn deadline(&self) -> Option<Mono> {
        self.0.values().flatten().map(|waiting| waiting.until).min()
    }
}
