//! Backups in the clients' terms.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackedUp {
    /// The file; null where a page downloads it.
    pub path: Option<String>,
    /// Its bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// Contacts in it.
    pub contacts: u32,
    /// Files in it.
    pub files: u32,
    /// Names of contacts whose vault can't be read, so that nothing of what was said is in it.
    pub left_out: Vec<String>,
}

/// What a page fetches a backup with: `GET /api/backup?t=<ticket>` on home's origin, once and within a minute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupTicket {
    /// The ticket.
    pub ticket: String,
    /// About how many bytes the backup will have.
    #[ts(type = "number")]
    pub about: u64,
}

/// How far the backup is that is being made. Under way there is neither `made` nor `error`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupProgress {
    /// Bytes that are in it.
    #[ts(type = "number")]
    pub written: u64,
    /// About how many it will have.
    #[ts(type = "number")]
    pub about: u64,
    /// It is whole: on disk, or handed to the browser to its last byte.
    pub made: Option<BackedUp>,
    /// Why it ended before.
    pub error: Option<crate::Error>,
}
