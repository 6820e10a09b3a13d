//! Files between a page and the backend: what a page sends, and what it reads.
//!
//! ```text
//! page ── offer, then the file's bytes ──▶ web ── a few chunks ──▶ backend: seals them as they come
//! page ◀── the bytes of a range ────────── web ◀── piece by piece ── backend: opens them as they are asked for
//! ```
//! Neither side names a path, and neither holds more of a file than some chunks of it, whatever its size.

use axum::body::Bytes;
use futures_util::future::BoxFuture;
use serde::Deserialize;
use std::io;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Chunks of a file on their way between a page and the backend.
pub(crate) const CHUNKS: usize = 4;

/// What a page says of a file before its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// What it is called; never a path.
    pub name: String,
    /// Its bytes.
    pub size: u64,
    /// Words beside it.
    #[serde(default)]
    pub caption: String,
    /// A small picture of it, as base64.
    #[serde(default)]
    pub thumbnail: Option<String>,
    /// Width and height in pixels.
    #[serde(default)]
    pub pixels: Option<(u32, u32)>,
    /// How long it plays, in milliseconds.
    #[serde(default)]
    pub duration_ms: Option<u64>,
    /// A voice note's loudness over time.
    #[serde(default)]
    pub waveform: Option<Vec<u8>>,
}

/// A file that a page sends. It is whole when `bytes` has brought as many as were offered; where they end before, the page
/// left, and nothing of it is to stay.
#[derive(Debug)]
pub struct Upload {
    /// What the page said of it.
    pub offer: Offer,
    /// Its bytes, in order.
    pub bytes: mpsc::Receiver<Bytes>,
}

/// A file that a page may read.
#[derive(Clone)]
pub struct Download {
    /// Safe to be a file's name.
    pub name: String,
    /// What it is taken for by its name; empty for what is not known.
    pub media_type: String,
    /// Its bytes.
    pub size: u64,
    /// Where they come from.
    pub source: Arc<dyn Source>,
}

/// The plain bytes of a file.
pub trait Source: Send + Sync + 'static {
    /// Some of the bytes from `at` on, at least one where `at` is inside the file. Waits for what is on its way here.
    ///
    /// # Errors
    /// What the disk says; what will not come.
    fn read(&self, at: u64) -> BoxFuture<'_, io::Result<Bytes>>;
}
