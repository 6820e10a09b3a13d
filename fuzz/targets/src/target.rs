//! The fuzz target of one body: the binary's name says which.

#![no_main]

use kith_fuzz::Run;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static RUN: LazyLock<Run> = LazyLock::new(|| {
    // A panic that a decoder catches is none: only one that comes out of the body ends the run, by an abort.
    drop(std::panic::take_hook());
    let name = env!("CARGO_BIN_NAME");
    kith_fuzz::body(name).unwrap_or_else(|| panic!("there is no body {name}")).run
});

fuzz_target!(|bytes: &[u8]| {
    (*RUN)(bytes);
});
