//! Which binaries are tested.

use std::env;
use std::path::PathBuf;

/// The `kith` that people are given: `KITH_BIN`, or the one that was built beside this test.
///
/// # Panics
/// If it is not there, with how to build it.
pub fn kith_binary() -> PathBuf {
    find("KITH_BIN", "kith", "cargo build --release")
}

/// The `kith` with a door for tests: `KITH_DOOR_BIN`, or where `cargo xtask test` puts it.
///
/// # Panics
/// If it is not there, with how to build it.
pub fn door_binary() -> PathBuf {
    find("KITH_DOOR_BIN", "../kith-test/door/kith", "cargo xtask test")
}

/// The `kith` that people had before this one: `KITH_PREVIOUS_BIN`, or where `cargo xtask test` puts it.
///
/// # Panics
/// If it is not there, with how to build it.
pub fn previous_binary() -> PathBuf {
    find("KITH_PREVIOUS_BIN", "../kith-test/previous/kith", "cargo xtask test")
}

fn find(variable: &str, name: &str, build: &str) -> PathBuf {
    let path = env::var_os(variable).map_or_else(|| beside_this_test(name), PathBuf::from);
    assert!(path.is_file(), "{} is not there. Build it with '{build}', or name it in {variable}.", path.display());
    path
}

/// A program of the same build: tests are `target/release/deps/test-…`, programs `target/release/…`.
pub fn beside_this_test(name: &str) -> PathBuf {
    let test = env::current_exe().expect("a process knows its own program");
    let release = test.ancestors().nth(2).expect("a test lies in target/release/deps");
    release.join(name)
}
