//! The network on one machine: one program, so that it is linked once.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "helpers of tests stand outside the functions that clippy knows as tests"
)]

mod loopback;
mod namespace;
