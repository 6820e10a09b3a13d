//! Which sentence says what the API says in data: Fluent ids of `locales/*/notes.ftl`, for every client in Rust.

use crate::Notice;

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

/// In the largest unit that leaves no rest.
const fn timer(mine: bool, seconds: u64) -> (&'static str, u64) {
    let (theirs, of_mine, unit) = match seconds {
        0 => ("notice-timer-off", "notice-timer-off-mine", 1),
        _ if seconds.is_multiple_of(DAY) => ("notice-timer-days", "notice-timer-days-mine", DAY),
        _ if seconds.is_multiple_of(HOUR) => ("notice-timer-hours", "notice-timer-hours-mine", HOUR),
        _ if seconds.is_multiple_of(MINUTE) => ("notice-timer-minutes", "notice-timer-minutes-mine", MINUTE),
        _ => ("notice-timer-seconds", "notice-timer-seconds-mine", 1),
    };
    (if mine { of_mine } else { theirs }, seconds / unit)
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
