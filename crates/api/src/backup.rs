//! Backups in the clients' terms.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackedUp {
    /// The file.
    pub path: String,
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
