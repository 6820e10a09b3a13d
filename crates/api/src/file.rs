//! Files of a conversation, in the clients' terms.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A file that somebody sent. All but `size`, once it is here, is its sender's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileInfo {
    /// What it is called: safe to show and to be a file's name, never a path.
    pub name: String,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// Such as `image/png`; empty where it is not known.
    pub media_type: String,
    /// How it stands on this device.
    pub state: FileState,
    /// Bytes that are here and were checked; of an own file, those that their device has.
    #[ts(type = "number")]
    pub have: u64,
    /// A small picture of it as base64.
    pub thumbnail: Option<String>,
    /// Width in pixels.
    pub width: Option<u32>,
    /// Height in pixels.
    pub height: Option<u32>,
    /// How long it plays, in milliseconds.
    #[ts(type = "number | null")]
    pub duration_ms: Option<u64>,
    /// A voice note's loudness over time, 0 to 255.
    pub waveform: Option<Vec<u8>>,
}

/// How a file stands on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// All of it is here, and was checked.
    Here,
    /// Theirs; nobody asked for it yet.
    Offered,
    /// It was asked for, and waits for their device.
    Waiting,
    /// It comes.
    Moving,
    /// This person stopped it for a while: its coming, or of an own one its being given.
    Paused,
    /// It was asked for, and the one who sent it stopped giving it for a while.
    Held,
    /// This person does not want it.
    Cancelled,
    /// What came could not be checked, and was thrown away.
    Unchecked,
    /// There is no room for it on this device.
    NoRoom,
    /// Their device has it no more, or this one lost its own.
    Gone,
    /// It was here, and this person removed it to free room.
    Removed,
}

/// How far a file has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileProgress {
    /// The contact.
    pub contact: String,
    /// The file's event.
    pub event: String,
    /// How it stands.
    pub state: FileState,
    /// Bytes that are here and were checked; of an own file, those that were given.
    #[ts(type = "number")]
    pub have: u64,
    /// Bytes of the whole.
    #[ts(type = "number")]
    pub size: u64,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileSaved {
    /// Where.
    pub path: String,
    /// Its bytes.
    #[ts(type = "number")]
    pub size: u64,
}
