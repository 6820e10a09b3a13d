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
