//! What the fuzz crate reaches: rows of the home vault, read and written again.

pub use super::pairing::fuzzing::{stored_intent, stored_invitation, stored_renewal};
