//! How much is taken of a contact's files without anybody having asked for them (FILE-014).
//!
//! The count lies in the contact's vault: one that a restart forgot would give whoever sends a new budget with each. Its hour is
//! one of this agent's own running time, as a person's clock decides nothing (ENC-030). How much of it went by is written with
//! each count, and when the agent ends; of a run that was killed the rest is lost, which makes the hour longer, never shorter.

use super::Core;
use kith_base::{ContactId, Mono, limits};
use kith_store::{ConversationVault, StoreError};
use std::time::Duration;

/// What is taken unasked is counted over so long.
const OVER: Duration = Duration::from_secs(3600);
/// Where the vault keeps it: milliseconds of the hour that went by, and bytes, 8 bytes each, big endian.
const NAME: &str = "unasked";

/// What was taken of a contact without its being asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unasked {
    /// How much of the hour had gone by at a moment of this run.
    ran: Duration,
    at: Mono,
    bytes: u64,
}

impl Unasked {
    /// As a vault keeps it.
    fn of(vault: &ConversationVault, now: Mono) -> Result<Self, StoreError> {
        let kept = vault.local(NAME)?.and_then(|bytes| bytes.try_into().ok());
        Ok(Self::decode(kept.unwrap_or_default(), now))
    }

    fn decode(kept: [u8; 16], now: Mono) -> Self {
        let both = u128::from_be_bytes(kept);
        Self { ran: Duration::from_millis((both >> 64) as u64), at: now, bytes: both as u64 }
    }

    fn encode(self, now: Mono) -> [u8; 16] {
        let ran = u64::try_from(self.ran_by(now).as_millis()).unwrap_or(u64::MAX);
        (u128::from(ran) << 64 | u128::from(self.bytes)).to_be_bytes()
    }

    fn ran_by(&self, now: Mono) -> Duration {
        self.ran.saturating_add(now.since(self.at))
    }

    /// Whether so many bytes more may be taken, which are then counted (FILE-014).
    fn may_take(&mut self, bytes: u64, now: Mono) -> bool {
        if self.ran_by(now) >= OVER {
            *self = Self { ran: Duration::ZERO, at: now, bytes: 0 };
        }
        let whole = self.bytes.saturating_add(bytes);
        let fits = bytes <= limits::FILE_UNASKED_BYTES_MAX && whole <= limits::FILES_UNASKED_BYTES_MAX;
        if fits {
            self.bytes = whole;
        }
        fits
    }
}

impl Core {
    /// Whether so many bytes of a contact may be taken unasked. They are counted on disk when this says so.
    pub(super) fn may_take_unasked(&mut self, id: ContactId, bytes: u64) -> bool {
        let now = self.clock.mono();
        let known = self.contacts.get(&id).and_then(|contact| contact.unasked);
        let Ok(live) = self.live(id) else { return false };
        let counted = known.map_or_else(|| Unasked::of(&live.vault, now), Ok).and_then(|mut unasked| {
            let may = unasked.may_take(bytes, now);
            live.vault.set_local(NAME, Some(&unasked.encode(now)))?;
            Ok((unasked, may))
        });
        match counted {
            Ok((unasked, may)) => {
                if let Some(contact) = self.contacts.get_mut(&id) {
                    contact.unasked = Some(unasked);
                }
                may
            }
            Err(error) => {
                // What can't be counted is not taken: its person may ask for it.
                tracing::warn!(%error, "what is taken unasked could not be counted");
                false
            }
        }
    }

    /// Writes down how much of each hour went by, before the agent ends.
    pub(super) fn keep_unasked(&mut self) {
        let now = self.clock.mono();
        let counted = self.contacts.values().filter_map(|contact| Some((contact.row.id, contact.unasked?)));
        let runs = counted.filter(|(_, unasked)| unasked.ran_by(now) < OVER);
        for (id, unasked) in runs.collect::<Vec<_>>() {
            if let Ok(live) = self.live(id) {
                // What is lost makes the hour longer.
                drop(live.vault.set_local(NAME, Some(&unasked.encode(now))));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Mono = Mono(1_000_000);
    const EACH: u64 = limits::FILE_UNASKED_BYTES_MAX;

    fn none() -> Unasked {
        Unasked::decode([0; 16], START)
    }

    fn full() -> Unasked {
        let mut unasked = none();
        let taken = (0..100).filter(|_| unasked.may_take(EACH, START)).count() as u64;
        assert_eq!(taken, limits::FILES_UNASKED_BYTES_MAX / EACH);
        unasked
    }

    /// FILE-014
    #[test]
    fn what_is_taken_unasked_is_bounded_for_each_file_and_each_hour() {
        assert!(!none().may_take(EACH + 1, START));
        let mut unasked = full();
        assert!(!unasked.may_take(EACH, START + (OVER - Duration::from_secs(1))));
        assert!(unasked.may_take(EACH, START + OVER));
    }

    /// FILE-014
    #[test]
    fn a_restart_takes_the_count_and_the_part_of_the_hour_that_went_by_along() {
        let half = OVER / 2;
        let kept = full().encode(START + half);
        let again = Mono(7);
        let mut unasked = Unasked::decode(kept, again);
        assert!(!unasked.may_take(EACH, again));
        assert!(!unasked.may_take(EACH, again + (half - Duration::from_secs(1))));
        assert!(unasked.may_take(EACH, again + half));
    }
}
