//! One sealed file with what a home may take to another device (`spec/backup.md`).
//!
//! ```text
//! home ──HomeCopy──▶ copies without a secret ──BackupWriter──▶ FILE.part ──rename──▶ FILE
//!                                                    └──▶ whatever else takes bytes
//! FILE ──restore──▶ HOME.restoring ──opened and checked──rename──▶ HOME
//! ```
//! [`container`] seals and opens, [`entry`] says what stands inside, `crate::home::HomeCopy` makes the copies,
//! [`growing`] is the file on this machine.
//!
//! Invariants:
//! - What is under the wished name is whole: a backup that was interrupted leaves `FILE.part` at most.
//! - A home comes into its place whole or not at all, and only where nothing was.
//! - Memory does not grow with the home.

mod container;
mod entry;
mod growing;
mod restore;
mod writer;

pub use entry::About;
pub use growing::GrowingFile;
pub use restore::{Restored, restore};
pub use writer::BackupWriter;

use crate::error::StoreError;
use std::io;

/// What the fuzz crate reaches of the decoders here.
pub(crate) mod fuzzing {
    use super::container::{Opening, Sealing, start_again};
    use super::restore::{copy, unpack};
    use crate::passphrase::Cost;
    use kith_base::Rng;
    use std::io::Write as _;

    /// Reads what stands before the chunks, and writes it again: `None` if it is refused.
    pub fn start(bytes: &[u8]) -> Option<Vec<u8>> {
        start_again(bytes)
    }

    /// Seals bytes as a backup's chunks, opens them, and reads the entries in them: how many bytes those that are files have;
    /// `None` if they are refused.
    pub fn entries(plain: &[u8]) -> Option<usize> {
        let cheap = Cost { memory_kib: 8, passes: 1, lanes: 1 };
        let mut sealing = Sealing::begin(Vec::new(), "", cheap, &mut Rng::from_number(0)).ok()?;
        sealing.write_all(plain).ok()?;
        let sealed = sealing.finish().ok()?;
        let mut opening = Opening::begin(&*sealed, "").ok()?;
        let mut read = 0;
        let unpacked = unpack(&mut opening, |from, entry| {
            copy(from, entry, |piece| {
                read += piece.len();
                Ok(())
            })
        });
        unpacked.ok().map(|_| read)
    }
}

/// Why a backup can't be restored. Nothing at the home's place has changed.
#[derive(Debug)]
pub enum BackupError {
    /// The file is something else, or ends before its first chunk.
    NotOne,
    /// A newer version of Kith made it.
    Newer {
        /// The version found.
        found: u64,
        /// The newest that this version knows.
        known: u64,
    },
    /// The passphrase does not open it; so does none if its first bytes were changed.
    WrongPassphrase,
    /// It was cut short or changed: from about this byte on nothing of it can be believed.
    Damaged {
        /// Bytes from the start of the file.
        at: u64,
    },
    /// There is something where the home is to be.
    InTheWay,
    /// The file can't be read.
    Io(io::Error),
    /// What was unpacked can't be stored, or does not open.
    Store(StoreError),
}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
