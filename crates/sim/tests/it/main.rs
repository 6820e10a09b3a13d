//! The simulator's tests: one program, so that it is linked once.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests stand outside the functions that clippy knows as tests"
)]

mod attacks;
mod attacks_identity;
mod clocks;
mod delivery;
mod devices;
mod expiry;
mod faults;
mod features;
mod first_message;
mod flow;
mod forged;
mod health;
mod hidden;
mod peers;
mod pins;
mod reactions;
mod refused;
mod rollback;
mod seventeen;
mod short;
mod three_devices;
mod wire;
