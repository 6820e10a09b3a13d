//! Tickets: addresses of single files, for what in a page can't show a bearer (`<video>`, a link that saves).
//!
//! A ticket is 32 random bytes as text, made for a page that showed its bearer, good for one file of one label, and only in
//! this run. Whoever sees such an address later, in a list of downloads say, finds it dead (LOOP-072).

use crate::keys::digest;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a ticket is good after it was last used: a film that is paused goes on.
const GOOD: Duration = Duration::from_secs(3600);
/// Tickets at once; the one that was not used for longest gives way. A page asks for one when a file is shown or saved.
const TICKETS_MAX: usize = 1024;

/// The tickets of this run.
#[derive(Debug, Default)]
pub(crate) struct Tickets(Mutex<BTreeMap<[u8; 32], Ticket>>);

#[derive(Debug)]
struct Ticket {
    label: String,
    event: String,
    used: Instant,
}

impl Tickets {
    /// Remembers a ticket for a file.
    pub(crate) fn add(&self, label: &str, event: &str, ticket: &str, now: Instant) {
        let mut tickets = self.lock();
        tickets.retain(|_, ticket| is_good(ticket, now));
        if tickets.len() >= TICKETS_MAX {
            let oldest = tickets.iter().min_by_key(|(_, ticket)| ticket.used).map(|(hash, _)| *hash);
            oldest.and_then(|hash| tickets.remove(&hash));
        }
        let added = Ticket { label: label.to_owned(), event: event.to_owned(), used: now };
        tickets.insert(digest(label, ticket), added);
    }

    /// Whether a ticket opens this file of this label, which keeps it good.
    pub(crate) fn opens(&self, label: &str, event: &str, ticket: &str, now: Instant) -> bool {
        let mut tickets = self.lock();
        let found = tickets.get_mut(&digest(label, ticket)).filter(|ticket| is_good(ticket, now));
        let Some(found) = found.filter(|ticket| ticket.label == label && ticket.event == event) else { return false };
        found.used = now;
        true
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<[u8; 32], Ticket>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_good(ticket: &Ticket, now: Instant) -> bool {
    now.saturating_duration_since(ticket.used) < GOOD
}

#[cfg(test)]
mod tests {
    use super::*;

    /// LOOP-072
    #[test]
    fn a_ticket_opens_its_own_file_of_its_own_label_for_an_hour_after_it_was_used() {
        let (tickets, now) = (Tickets::default(), Instant::now());
        tickets.add("alice", "e1", "t", now);
        assert!(!tickets.opens("bob", "e1", "t", now) && !tickets.opens("alice", "e2", "t", now));
        assert!(!tickets.opens("alice", "e1", "u", now));
        let almost = now + GOOD - Duration::from_millis(1);
        assert!(tickets.opens("alice", "e1", "t", almost));
        assert!(tickets.opens("alice", "e1", "t", almost + GOOD / 2));
        assert!(!tickets.opens("alice", "e1", "t", almost + GOOD / 2 + GOOD));
    }

    #[test]
    fn the_ticket_that_was_not_used_for_longest_gives_way_to_one_too_many() {
        let (tickets, now) = (Tickets::default(), Instant::now());
        let at = |n: usize| now + Duration::from_millis(n as u64);
        for n in 0..=TICKETS_MAX {
            tickets.add("alice", "e", &n.to_string(), at(n));
            assert!(n == 0 || n == TICKETS_MAX || tickets.opens("alice", "e", "0", at(n)));
        }
        assert!(
            tickets.opens("alice", "e", "0", at(TICKETS_MAX)) && !tickets.opens("alice", "e", "1", at(TICKETS_MAX))
        );
    }
}
