//! Every body takes its whole corpus and a bounded number of mutations of it.
//!
//! Mutations are numbered from `KITH_FUZZ_SEED` (0 unless set), and there are `KITH_FUZZ_TIMES` (1 unless set) times as
//! many as the body's table says. A failure prints the seed and the input.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests stand outside the functions that clippy knows as tests"
)]

use kith_fuzz::corpus::{self, Entry};
use kith_fuzz::mutate::mutate;
use kith_fuzz::{Body, body};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Longest input that a failure prints.
const SHOWN_MAX: usize = 2048;

fn number(variable: &str, unless_set: u64) -> u64 {
    std::env::var(variable).ok().and_then(|value| value.parse().ok()).unwrap_or(unless_set)
}

/// Runs a body, and says which input it was if it panics.
fn take(body: Body, what: &str, bytes: &[u8]) -> bool {
    catch_unwind(AssertUnwindSafe(|| (body.run)(bytes))).unwrap_or_else(|_| {
        let hex: String = bytes.iter().take(SHOWN_MAX).map(|byte| format!("{byte:02x}")).collect();
        panic!("{} fails on {what} ({} bytes): {hex}", body.name, bytes.len());
    })
}

fn replay(name: &str) {
    let body = body(name).unwrap();
    let entries = corpus::read(name).unwrap();
    assert!(entries.iter().any(Entry::is_real), "{name} has no recorded input");
    for Entry { name: file, bytes } in &entries {
        assert_eq!(*file, corpus::name(&file[..4], bytes), "a file is named by its content");
        let accepted = take(body, file, bytes);
        assert!(accepted || !file.starts_with("real-"), "{name} refuses {file}: record the corpora anew");
    }
    let first = number("KITH_FUZZ_SEED", 0);
    let mut accepted = 0_u64;
    let count = body.mutations * number("KITH_FUZZ_TIMES", 1);
    for seed in first..first + count {
        let pick = |half: u64| {
            let mixed = (seed * 2 + half).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
            &entries[usize::try_from(mixed % entries.len() as u64).unwrap()].bytes
        };
        let bytes = mutate(pick(0), pick(1), seed);
        accepted += u64::from(take(body, &format!("KITH_FUZZ_SEED={seed}"), &bytes));
    }
    println!("{name}: {} files and {count} mutations, {accepted} of them accepted", entries.len());
}

macro_rules! tests {
    ($($name:ident: $mutations:literal => $run:path,)*) => {
        $(#[test]
        fn $name() {
            replay(stringify!($name));
        })*
    };
}

/// One test for each body, named as it.
mod takes_its_corpus {
    use super::replay;

    kith_fuzz::each_body!(tests);
    #[cfg(feature = "carriers")]
    kith_fuzz::each_carrier_body!(tests);
}

#[cfg(feature = "carriers")]
#[test]
fn every_corpus_belongs_to_a_body() {
    let known: std::collections::BTreeSet<_> = kith_fuzz::bodies().map(|body| body.name.to_owned()).collect();
    let root = corpus::folder("");
    let found = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(found.collect::<std::collections::BTreeSet<_>>(), known);
}

#[cfg(feature = "carriers")]
#[test]
fn every_body_has_a_fuzz_target() {
    let manifest = include_str!("../targets/Cargo.toml");
    let targets = manifest.split("[[bin]]").skip(1).map(|target| target.split('"').nth(1).unwrap().to_owned());
    assert_eq!(
        targets.collect::<std::collections::BTreeSet<_>>(),
        kith_fuzz::bodies().map(|body| body.name.to_owned()).collect()
    );
}
