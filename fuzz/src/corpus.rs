//! Corpora: the inputs that a body is tried with, one folder for each, under `fuzz/corpus`.
//!
//! `real-…` was recorded from real traffic and must be accepted, so that it is noticed when a format has moved away from
//! its corpus (`kith-fuzz-record` makes it anew). `edge-…` was written or found: nothing
//! is said about it but that it does no harm. The rest of a name is a hash of the content.

use std::fs;
use std::io;
use std::path::PathBuf;

/// One input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The file's name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Entry {
    /// Whether it was recorded from real traffic.
    pub fn is_real(&self) -> bool {
        self.name.starts_with("real-")
    }
}

/// Where a body's corpus lies: in the tree that this runs in, which need not be the one that it was built in.
pub fn folder(body: &str) -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    here.join("corpus").join(body)
}

/// The corpus of a body, in order of name.
///
/// # Errors
/// What the system says; a body has a corpus.
pub fn read(body: &str) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for file in fs::read_dir(folder(body))? {
        let file = file?;
        entries.push(Entry { name: file.file_name().to_string_lossy().into_owned(), bytes: fs::read(file.path())? });
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

/// The name of an input of this kind (`real` or `edge`): a 64-bit FNV-1a hash of its bytes.
pub fn name(kind: &str, bytes: &[u8]) -> String {
    let fold = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{kind}-{:016x}", bytes.iter().fold(0xcbf2_9ce4_8422_2325, fold))
}
