//! What a device keeps of its conversations, in the clients' terms.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What all contacts' apps keep on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Storage {
    /// One for each app that keeps anything, the largest first.
    pub apps: Vec<Kept>,
    /// Room left on the disk, where that is known.
    #[ts(type = "number | null")]
    pub room_bytes: Option<u64>,
}

/// What one contact's app keeps on this device: all of it together is what lies on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Kept {
    /// The contact.
    pub contact: String,
    /// What this person calls them.
    pub name: String,
    /// The vault: messages, keys.
    #[ts(type = "number")]
    pub vault_bytes: u64,
    /// Files that this person sent.
    pub sent: KeptFiles,
    /// Files that came, all of each.
    pub came: KeptFiles,
    /// Files of which a part came.
    pub partly: KeptFiles,
    /// Files that are being sealed at this moment, and those of a vault that can't be read.
    pub other: KeptFiles,
    /// All of these.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// Some of the files on this device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeptFiles {
    /// How many.
    pub files: u32,
    /// What they take on the disk, sealed.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// What was removed from this device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Freed {
    /// Files whose bytes were here.
    pub files: u32,
    /// What they took on the disk.
    #[ts(type = "number")]
    pub bytes: u64,
}
