//! Where a contact stands in its person's list, and what a search of all conversations finds.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a contact stands in its person's list. Nobody else hears of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Place {
    /// Above the others.
    pub pinned: bool,
    /// Nothing announces its messages.
    pub muted: bool,
    /// Until when, milliseconds since 1970 by this device's clock; null for good, or where it is not muted.
    #[ts(type = "number | null")]
    pub muted_until: Option<u64>,
    /// Apart from the others. While something in it is unread and it is not muted, clients show it with them.
    pub archived: bool,
    /// Neither dialled nor answered; nothing of theirs is shown or announced.
    pub blocked: bool,
}

/// How long a contact is to be muted from here on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mute {
    /// Not any more.
    Off,
    /// One hour.
    Hour,
    /// Eight hours.
    EightHours,
    /// Seven days.
    Week,
    /// Until it is taken back.
    Always,
}

/// What was found in all conversations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Everywhere {
    /// The newest first.
    pub hits: Vec<Hit>,
    /// Every conversation was searched. False where one can't be read, or newer searches took this one's place.
    pub whole: bool,
}

/// A text in which each of the words begins a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Hit {
    /// In whose conversation.
    pub contact: String,
    /// The message's event.
    pub event: String,
    /// Written by this person.
    pub mine: bool,
    /// What of the text is around the first word found, on one line, with … where something was left out.
    pub text: String,
    /// The writer's clock, milliseconds since 1970.
    #[ts(type = "number")]
    pub sent_at: u64,
}
