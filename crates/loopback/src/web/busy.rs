//! Which connections carry a file: such a one is not closed for its age.

use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, watch};

/// How many files go over one connection at the moment.
#[derive(Debug, Clone)]
pub(super) struct Busy(Arc<watch::Sender<usize>>);

impl Busy {
    pub(super) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }

    /// Counts a file until what this answers is dropped, and holds its permit as long.
    pub(super) fn begin(&self, permit: OwnedSemaphorePermit) -> Moving {
        self.0.send_modify(|moving| *moving += 1);
        Moving { busy: self.clone(), _permit: permit }
    }

    /// Waits until no file goes over the connection.
    pub(super) async fn idle(&self) {
        // The sender is held by `self`, so that this ends only when there is none.
        let mut moving = self.0.subscribe();
        let _ended = moving.wait_for(|moving| *moving == 0).await;
    }
}

/// A file on its way.
#[derive(Debug)]
pub(super) struct Moving {
    busy: Busy,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Moving {
    fn drop(&mut self) {
        self.busy.0.send_modify(|moving| *moving = moving.saturating_sub(1));
    }
}
