//! How long messages stay (`spec/event.md`, EVT-070).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// For how many seconds messages stay; null: for good.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Timers {
    /// As this person said last.
    #[ts(type = "number | null")]
    pub mine: Option<u64>,
    /// As the contact did.
    #[ts(type = "number | null")]
    pub theirs: Option<u64>,
    /// What is in force: the longer of the two.
    #[ts(type = "number | null")]
    pub in_force: Option<u64>,
}
