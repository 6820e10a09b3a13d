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
            Self::BeganAnew => ("notice-began-anew", 0),
            Self::CopyProven => ("notice-copy-proven", 0),
            Self::Unknown => ("notice-unknown", 0),
        }
    }
}
