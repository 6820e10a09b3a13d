//! Who somebody is in one relationship: the root and its words, the identity bundle, device lists, the safety number.
//!
//! ```text
//! 24 words ⇄ Root ──(by index)──▶ recovery keys ──public halves──┐
//!                                                                ▼
//! one relationship:  pairwise key ─────────────────────────▶ Bundle ──hash──▶ PersonId
//!                        │ signs                                 │ with the other's
//!                        ▼                                       ▼
//!                    DeviceList (recovery count, version)    safety number
//!                        └─ Device (random keys) ──hash──▶ DeviceId
//! ```
//!
//! Invariants (`spec/identity.md`):
//! - A person has one bundle for each relationship and no key in two of them, so that two contacts who compare what they
//!   know find nothing equal.
//! - A [`list::DeviceList`] exists only if its signatures held: whoever has one need not check it again.
//! - Lists are ordered by (recovery count, version). A thief of the pairwise key can sign any version but can't raise the
//!   recovery count: that takes the words.
//! - Device keys are random and never derived from the words, so that the words restore a person, not a device.

pub mod bundle;
pub mod list;
pub mod manifest;
pub mod safety;
pub mod seed;
pub(crate) mod words;

pub use bundle::{Bundle, BundleError};
pub use list::{Cut, Device, DeviceList, Grant, ListDraft, ListError, Rank, Role, Succession, accept};
pub use manifest::{Feature, Manifest, Statement};
pub use safety::{mark_half, safety_number};
pub use seed::{RecoveryKeys, RecoveryPublic, Root, WordsError, check_words, lacking, lacking_of_restored};
