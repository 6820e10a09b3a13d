//! What `doctor` answers: how one contact's app stands.

use crate::{Error, Path};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How one contact's app stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Doctor {
    /// The contact's id.
    pub contact: String,
    /// What this person calls them.
    pub name: String,
    /// What a person should hear, gravest first; nothing when all is well.
    pub findings: Vec<Finding>,
    /// Reachable: connected, or heartbeats are answered.
    pub online: bool,
    /// What lies between the two devices.
    pub path: Path,
    /// Own messages that wait here.
    pub waiting: u32,
    /// Turns in which the core itself failed, in this run of the agent.
    pub faults: u32,
    /// Why the conversation can't be used, if it can't.
    pub trouble: Option<Error>,
    /// Bytes of the vault on disk; null when it can't be opened.
    #[ts(type = "number | null")]
    pub vault_bytes: Option<u64>,
    /// The vault's pages and structure are whole; null when it can't be opened.
    pub vault_sound: Option<bool>,
    /// The core's own state; null when there is none to read.
    pub core: Option<DoctorCore>,
}

/// Something a person should hear of a contact's app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Finding {
    /// The core failed so often that the conversation rests until the agent is started anew.
    Resting { faults: u32 },
    /// What is kept can't be read.
    Broken,
    /// The vault's file is damaged.
    Unsound,
    /// What is kept is a copy or an old state: this device writes no more.
    Retired,
    /// What is here came from a backup, without keys.
    Restored,
    /// Devices of theirs signed two things for one place: nothing more of them is read.
    CopyProven { devices: u32 },
    /// Records that could not be read here; their writer sends what is in them again.
    Refused { records: u32 },
    /// Devices without a place in the own log; they are added when they are there.
    Outside { devices: u32 },
    /// Devices that were silent for long; what is meant for them waits.
    Parked { mine: bool, devices: u32 },
    /// The core failed and went on.
    Faults { faults: u32 },
    /// The two are not paired, or have not met yet.
    NotConnected,
    /// This person has blocked them.
    Blocked,
    /// They can't be reached, and messages wait.
    Away { waiting: u32 },
}

/// What the core knows of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DoctorCore {
    /// This device found itself to be a copy or set back.
    pub retired: bool,
    /// Both directions have carried at least once.
    pub established: bool,
    /// The log that this device writes.
    pub own: DoctorOwnLog,
    /// Every other device.
    pub devices: Vec<DoctorDevice>,
    /// Every log that is read.
    pub logs: Vec<DoctorLog>,
}

/// The log that this device writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DoctorOwnLog {
    /// Its id.
    pub log: String,
    /// The seq that the next record gets.
    #[ts(type = "number")]
    pub next: u64,
    /// The lowest seq whose record is still kept.
    #[ts(type = "number")]
    pub kept_from: u64,
    /// Records since the last commit.
    #[ts(type = "number")]
    pub since_commit: u64,
    /// Logs that were lost and that this one took the place of.
    pub formers: u32,
}

/// Another device and the own log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DoctorDevice {
    /// Its id.
    pub device: String,
    /// It is this person's own.
    pub mine: bool,
    /// It stands in its person's list.
    pub in_force: bool,
    /// There is a greeted connection to it.
    pub connected: bool,
    /// It has a leaf in the own group.
    pub has_leaf: bool,
    /// It was silent so long that its leaf was taken.
    pub parked: bool,
    /// Commits of the own log since it was last heard.
    #[ts(type = "number")]
    pub silent: u64,
    /// The counter of its newest receipt.
    #[ts(type = "number")]
    pub receipt: u64,
    /// The last seq that it said it has.
    #[ts(type = "number | null")]
    pub through: Option<u64>,
    /// Events sealed for it and not receipted.
    #[ts(type = "number")]
    pub owed_sealed: u64,
    /// Events that wait unsealed for it.
    #[ts(type = "number")]
    pub owed_unsealed: u64,
    /// It is there and waits until it may be added.
    pub waits_to_enter: bool,
}

/// A log that is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DoctorLog {
    /// Its id.
    pub log: String,
    /// The device that writes it.
    pub writer: String,
    /// The last seq read; null without a place in it.
    #[ts(type = "number | null")]
    pub through: Option<u64>,
    /// Records that were refused and whose writer is not known to have heard so.
    pub refused: Vec<DoctorRefusal>,
    /// Its writer signed two records for one place.
    pub forked: bool,
    /// A KeyPackage of this device stands at its writer.
    pub offer_stands: bool,
}

/// A refused record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DoctorRefusal {
    /// Its place in the log.
    #[ts(type = "number")]
    pub seq: u64,
    /// Why, as `spec/log.md` numbers it.
    #[ts(type = "number")]
    pub code: u64,
}
