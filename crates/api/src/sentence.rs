//! What a device tells its own person, and which sentence says it: Fluent ids of `locales/*/notes.ftl`, for every client in
//! Rust.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What this device tells its own person in a conversation. It comes from nobody and is never sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Notice {
    /// A person has another device; that many waiting messages go to it too. `mine`: this person themselves.
    DeviceJoined {
        mine: bool,
        #[ts(type = "number")]
        waiting: u64,
    },
    /// A device left a person's list.
    DeviceLeft { mine: bool },
    /// A person has two device lists: somebody copied a device. New devices are not believed.
    ListsForked { mine: bool },
    /// A person used their recovery words: older lists of theirs count no more.
    Recovered { mine: bool },
    /// The two paired anew, with another safety number; that many messages wait for this person's word. `proven`: the
    /// other's recovery words vouch for the new keys.
    PairedAnew {
        #[ts(type = "number")]
        held: u64,
        proven: bool,
    },
    /// That many held messages were written again to the new keys.
    HeldSent {
        #[ts(type = "number")]
        messages: u64,
    },
    /// A person lets messages disappear after so many seconds, or with 0 wants them to stay.
    Timer {
        mine: bool,
        #[ts(type = "number")]
        seconds: u64,
    },
    /// This device's data was a copy or an old state; it began anew as another device of its person.
    BeganAnew,
    /// A device of theirs signed two things for one place: it was copied or set back.
    CopyProven,
    /// Something that a newer version wrote down.
    Unknown,
}

impl Notice {
    /// The sentence that says it, by its Fluent id, and the number in it; 0 where it has none.
    pub const fn sentence(&self) -> (&'static str, u64) {
        match self {
            Self::DeviceJoined { mine: true, waiting } => ("notice-device-joined-mine", *waiting),
            Self::DeviceJoined { mine: false, waiting } => ("notice-device-joined", *waiting),
            Self::DeviceLeft { mine: true } => ("notice-device-left-mine", 0),
            Self::DeviceLeft { mine: false } => ("notice-device-left", 0),
            Self::ListsForked { mine: true } => ("notice-lists-forked-mine", 0),
            Self::ListsForked { mine: false } => ("notice-lists-forked", 0),
            Self::Recovered { mine: true } => ("notice-recovered-mine", 0),
            Self::Recovered { mine: false } => ("notice-recovered", 0),
            Self::PairedAnew { held, proven: true } => ("notice-paired-anew-proven", *held),
            Self::PairedAnew { held, proven: false } => ("notice-paired-anew", *held),
            Self::HeldSent { messages } => ("notice-held-sent", *messages),
            Self::Timer { mine, seconds } => timer(*mine, *seconds),
            Self::BeganAnew => ("notice-began-anew", 0),
            Self::CopyProven => ("notice-copy-proven", 0),
            Self::Unknown => ("notice-unknown", 0),
        }
    }
}

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// What a time is said in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days.
    Days,
}

impl Unit {
    /// A number of them, by its Fluent id.
    pub const fn span(self) -> &'static str {
        match self {
            Self::Seconds => "span-seconds",
            Self::Minutes => "span-minutes",
            Self::Hours => "span-hours",
            Self::Days => "span-days",
        }
    }
}

/// A time in the largest unit that leaves no rest.
pub const fn span(seconds: u64) -> (Unit, u64) {
    match seconds {
        _ if seconds.is_multiple_of(DAY) => (Unit::Days, seconds / DAY),
        _ if seconds.is_multiple_of(HOUR) => (Unit::Hours, seconds / HOUR),
        _ if seconds.is_multiple_of(MINUTE) => (Unit::Minutes, seconds / MINUTE),
        _ => (Unit::Seconds, seconds),
    }
}

const fn timer(mine: bool, seconds: u64) -> (&'static str, u64) {
    let (unit, count) = span(seconds);
    let id = match (unit, mine) {
        _ if seconds == 0 && mine => "notice-timer-off-mine",
        _ if seconds == 0 => "notice-timer-off",
        (Unit::Seconds, false) => "notice-timer-seconds",
        (Unit::Seconds, true) => "notice-timer-seconds-mine",
        (Unit::Minutes, false) => "notice-timer-minutes",
        (Unit::Minutes, true) => "notice-timer-minutes-mine",
        (Unit::Hours, false) => "notice-timer-hours",
        (Unit::Hours, true) => "notice-timer-hours-mine",
        (Unit::Days, false) => "notice-timer-days",
        (Unit::Days, true) => "notice-timer-days-mine",
    };
    (id, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_in_the_largest_unit_that_leaves_no_rest() {
        let said = |seconds| Notice::Timer { mine: false, seconds }.sentence();
        assert_eq!(said(0), ("notice-timer-off", 0));
        assert_eq!(said(90), ("notice-timer-seconds", 90));
        assert_eq!(said(5 * MINUTE), ("notice-timer-minutes", 5));
        assert_eq!(said(36 * HOUR), ("notice-timer-hours", 36));
        assert_eq!(said(28 * DAY), ("notice-timer-days", 28));
        assert_eq!(Notice::Timer { mine: true, seconds: DAY }.sentence(), ("notice-timer-days-mine", 1));
    }
}
