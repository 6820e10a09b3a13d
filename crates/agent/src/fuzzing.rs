//! What the fuzz crate reaches of this crate's decoders, and nobody else does.

use crate::config::ConfigFile;
use std::path::Path;

pub use crate::core::fuzzing::{stored_intent, stored_invitation, stored_renewal};

/// Whether a text is a configuration.
pub fn config(text: &str) -> bool {
    ConfigFile::read(text, Path::new("config.toml")).is_ok()
}
