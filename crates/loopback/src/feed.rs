//! The newest pushes, kept so that a window that was away for a moment hears what it missed.
//!
//! Whoever watches holds a cursor, the number of the last push it heard, and takes what comes after it. Live pushes and
//! a resume after a lost connection are the same operation. A cursor that lies before what is kept is *lost*: its client
//! asks anew. Numbers count within one run of the agent, so a cursor is only good together with the run's name.

use kith_api::Push;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// Pushes that are kept: some minutes of lively talk, for a window that slept or lost its connection.
const KEPT: usize = 512;

/// The newest pushes of this run.
pub(crate) struct Feed {
    run: String,
    ring: Mutex<Ring>,
    newest: watch::Sender<u64>,
}

/// Every push with `floor < seq` of this run is in `pushes`, unless some were lost a moment ago.
struct Ring {
    floor: u64,
    lossy: bool,
    pushes: VecDeque<Arc<Push>>,
}

/// What a client missed can't be given to it any more.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Lost;

impl Feed {
    pub(crate) fn new(run: String) -> Self {
        let ring = Ring { floor: 0, lossy: false, pushes: VecDeque::with_capacity(KEPT) };
        Self { run, ring: Mutex::new(ring), newest: watch::Sender::new(0) }
    }

    /// The name of this run of the agent.
    pub(crate) fn run(&self) -> &str {
        &self.run
    }

    /// The number of the newest push.
    pub(crate) fn newest(&self) -> u64 {
        *self.newest.borrow()
    }

    /// Wakes when there is a newer push.
    pub(crate) fn subscribe(&self) -> watch::Receiver<u64> {
        self.newest.subscribe()
    }

    /// Takes a push in. Its number must be above all before it.
    pub(crate) fn record(&self, push: Arc<Push>) {
        let seq = push.seq;
        let mut ring = self.ring();
        if ring.lossy {
            ring.lossy = false;
            ring.floor = seq.saturating_sub(1);
        }
        if ring.pushes.len() == KEPT
            && let Some(oldest) = ring.pushes.pop_front()
        {
            ring.floor = oldest.seq;
        }
        ring.pushes.push_back(push);
        drop(ring);
        self.newest.send_replace(seq);
    }

    /// Some pushes never came in: every cursor from before is lost.
    pub(crate) fn lose(&self) {
        let mut ring = self.ring();
        ring.pushes.clear();
        ring.lossy = true;
    }

    /// All pushes after `cursor`.
    pub(crate) fn after(&self, cursor: u64) -> Result<Vec<Arc<Push>>, Lost> {
        let newest = self.newest();
        let ring = self.ring();
        if cursor < ring.floor || cursor > newest {
            return Err(Lost);
        }
        let start = ring.pushes.partition_point(|push| push.seq <= cursor);
        Ok(ring.pushes.iter().skip(start).cloned().collect())
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_api::Change;

    fn feed(pushes: impl IntoIterator<Item = u64>) -> Feed {
        let feed = Feed::new("run".into());
        pushes.into_iter().for_each(|seq| record(&feed, seq));
        feed
    }

    fn record(feed: &Feed, seq: u64) {
        feed.record(Arc::new(Push { seq, change: Change::ContactRemoved("alice".into()) }));
    }

    fn after(feed: &Feed, cursor: u64) -> Result<Vec<u64>, Lost> {
        Ok(feed.after(cursor)?.iter().map(|push| push.seq).collect())
    }

    #[test]
    fn a_cursor_hears_what_came_after_it() {
        let feed = feed(1..=5);
        assert_eq!(after(&feed, 3), Ok(vec![4, 5]));
        assert_eq!(after(&feed, 5), Ok(vec![]));
    }

    #[test]
    fn a_cursor_from_before_the_kept_pushes_is_lost() {
        let feed = feed(1..=KEPT as u64 + 2);
        assert_eq!(after(&feed, 1), Err(Lost));
        assert_eq!(after(&feed, 2).map(|seqs| seqs.len()), Ok(KEPT));
    }

    #[test]
    fn a_cursor_from_the_future_is_lost() {
        assert_eq!(after(&feed(1..=5), 6), Err(Lost));
    }

    #[test]
    fn a_loss_loses_every_cursor_from_before_it() {
        let feed = feed(1..=5);
        feed.lose();
        record(&feed, 9);
        assert_eq!(after(&feed, 5), Err(Lost));
        assert_eq!(after(&feed, 8), Ok(vec![9]));
    }
}
