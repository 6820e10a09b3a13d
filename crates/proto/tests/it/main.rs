//! The protocol through its public interface: one program, so that it is linked once.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "helpers of tests stand outside the functions that clippy knows as tests"
)]

mod crypto;
mod hello;
mod identity;
mod identity_and_pairing_vectors;
mod pairing;
mod sealer_mls;
mod sealer_mls_forged;
mod vectors_log;
