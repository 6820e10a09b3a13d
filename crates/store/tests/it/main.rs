//! Vaults through their public interface: one program, so that it is linked once.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "helpers of tests stand outside the functions that clippy knows as tests"
)]

mod at_rest;
mod backup;
mod common;
mod costs;
mod disk;
mod home;
mod migrations;
mod model;
mod snapshots;
