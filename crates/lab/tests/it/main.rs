//! Real binaries in namespaces: one program, so that it is linked once.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "helpers of tests stand outside the functions that clippy knows as tests"
)]

mod backup;
mod bad_home;
mod canary;
mod carddav;
mod cards;
mod changing;
mod crashes;
mod desktop;
mod doctor;
mod durable;
mod expiry;
mod export;
mod files;
mod keyring;
mod pairing;
mod place;
mod previous;
mod reach;
mod seventeen;
mod sight;
mod storage;
mod talking;
mod three_devices;
mod tui;
