//! Both carriers against a backend of the test's own: raw bytes in, raw bytes out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect fails by panicking, in its helpers too"
)]

mod harness;
mod local;
mod lock;
mod web_api;
mod web_backup;
mod web_door;
mod web_files;
mod web_pages;
