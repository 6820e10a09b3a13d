//! What the fuzz crate reaches of this crate's decoders, and nobody else does.

pub use crate::backup::fuzzing::{entries as backup_entries, start as backup_start};
use crate::home::key::{MasterKey, With};
use kith_base::Rng;
use std::path::Path;

/// Reads a key file without a passphrase, and writes it again: `None` if it is refused, or is under a passphrase.
pub fn key_file(bytes: &[u8]) -> Option<Vec<u8>> {
    let file = Path::new("key");
    let (key, _) = MasterKey::from_file(file, bytes, With::Nothing).ok()?;
    let written = key.to_file(file, None, &mut Rng::from_number(0)).ok()?;
    Some(written.to_vec())
}
