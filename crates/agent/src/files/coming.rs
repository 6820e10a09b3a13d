//! A file on its way here, as seen by who reads it meanwhile: a film that plays while it arrives.
//!
//! The writer of a pull says which pieces are here; a reader waits for its own, and says which that is, so that it is asked
//! for before the others. It outlives a pull that ends early, and is over when the file will not come.

use kith_files::Pieces;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::watch;

/// What is here of a file, and what is waited for.
#[derive(Debug, Clone)]
pub(crate) struct Coming(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    here: watch::Sender<Here>,
    /// The piece that was waited for last.
    wanted: AtomicU64,
}

#[derive(Debug)]
struct Here {
    pieces: Pieces,
    over: bool,
}

impl Coming {
    /// Of a file of which these pieces are here.
    pub(crate) fn new(pieces: Pieces) -> Self {
        let here = watch::Sender::new(Here { pieces, over: false });
        Self(Arc::new(Shared { here, wanted: AtomicU64::new(0) }))
    }

    /// These pieces are here, and can be read.
    pub(crate) fn came(&self, pieces: &Pieces) {
        self.0.here.send_modify(|here| here.pieces.clone_from(pieces));
    }

    /// No more of it comes.
    pub(crate) fn end(&self) {
        self.0.here.send_modify(|here| here.over = true);
    }

    /// The piece from which on it is asked for first.
    pub(crate) fn wanted(&self) -> u64 {
        self.0.wanted.load(Ordering::Relaxed)
    }

    /// Waits until a piece is here.
    ///
    /// # Errors
    /// `NotFound` when it will not come.
    pub(crate) async fn wait(&self, piece: u64) -> io::Result<()> {
        self.0.wanted.store(piece, Ordering::Relaxed);
        let mut watching = self.0.here.subscribe();
        let found = watching.wait_for(|here| here.over || here.pieces.has(piece)).await;
        match found {
            Ok(here) if here.pieces.has(piece) => Ok(()),
            Ok(_) | Err(_) => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    #[test]
    fn who_reads_waits_for_its_piece_alone_and_hears_when_it_will_not_come() {
        let coming = Coming::new(Pieces::default());
        let mut waiting = Box::pin(coming.wait(7));
        assert!(waiting.as_mut().now_or_never().is_none());
        assert_eq!(coming.wanted(), 7);
        let mut pieces = Pieces::default();
        pieces.add(0, 7);
        coming.came(&pieces);
        assert!(waiting.as_mut().now_or_never().is_none());
        pieces.add(7, 8);
        coming.came(&pieces);
        assert!(matches!(waiting.as_mut().now_or_never(), Some(Ok(()))));
        coming.end();
        assert!(matches!(coming.wait(7).now_or_never(), Some(Ok(()))));
        assert!(matches!(coming.wait(8).now_or_never(), Some(Err(_))));
    }
}
