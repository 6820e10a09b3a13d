//! The vocabulary every other crate speaks: ids, time, the canonical encoding, domain labels, limits, secrets, randomness.
//!
//! Nothing here does I/O, reads a clock or draws from the system's randomness. A type enters this crate only if at
//! least two crates above it need it.
//!
//! Start with [`id`], then [`codec`]; `spec/encoding.md` holds the numbered rules.

pub mod codec;
pub mod id;
pub mod label;
pub mod limits;
pub mod rng;
pub mod secret;
pub mod time;

pub use id::{
    BodyHash, ContactId, ConversationId, DeviceId, EventId, HeadHash, KeyPackageHash, ListHash, LogId, PersonId,
    RecordHash,
};
pub use label::Label;
pub use rng::Rng;
pub use secret::Secret;
pub use time::{Mono, Wall};
