//! A migration that is cut short at any point: killed, or out of room.

use crate::common::snapshot::{copy_of, copy_to, describe, open, recorded};
use crate::common::{child, child_folder, run_on_own_disk};
use kith_store::ErrorKind;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// The system calls by which a file changes; SQLite makes no others.
const CHANGES: [&str; 5] = ["pwrite64", "fdatasync", "fsync", "ftruncate", "unlink"];
/// More calls of one kind than a migration makes.
const CALLS_MAX: usize = 2000;

/// Opens a copy of a home in a process of its own that is killed at its nth call of a kind; whether it came so far.
fn killed_at(test: &str, home: &Path, call: &str, nth: usize) -> bool {
    let plain = child(test, home);
    let mut traced = Command::new("strace");
    let trace = format!("trace={call}");
    let inject = format!("inject={call}:signal=KILL:when={nth}");
    traced.args(["-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject]);
    traced.arg(plain.get_program()).args(plain.get_args());
    traced.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let ended = traced.stdin(Stdio::null()).stdout(Stdio::null()).status().unwrap();
    assert!(ended.success() || ended.signal() == Some(9) || ended.code() == Some(137), "{call} {nth}: {ended}");
    !ended.success()
}

/// VAULT-008: wherever the process ends, the home opens again with all that was in it.
#[test]
fn a_migration_that_is_killed_at_any_system_call_loses_nothing() {
    if let Some(home) = child_folder() {
        return drop(open(&home).unwrap());
    }
    let test = "migrations::a_migration_that_is_killed_at_any_system_call_loses_nothing";
    let recorded = recorded("schema-1", "alice").unwrap();
    let mut kills = 0;
    for call in CHANGES {
        for nth in 1..=CALLS_MAX {
            assert!(nth < CALLS_MAX, "{call} has no end");
            let copy = copy_of("schema-1", "alice");
            if !killed_at(test, copy.path(), call, nth) {
                break;
            }
            kills += 1;
            let seen = describe(&open(copy.path()).unwrap());
            assert!(seen == recorded, "killed at {call} {nth}\n--- recorded\n{recorded}\n--- seen\n{seen}");
        }
    }
    println!("{kills} kills");
    assert!(kills > 10, "a migration is more than {kills} calls");
}

#[test]
fn a_migration_without_room_says_so_and_is_done_when_there_is_some() {
    let Some(folder) = child_folder() else {
        return run_on_own_disk("migrations::a_migration_without_room_says_so_and_is_done_when_there_is_some", "2m");
    };
    let home = folder.join("home");
    copy_to("schema-1", "alice", &home);
    let before = fs::read(home.join("home.db")).unwrap();
    let filler = folder.join("filler");
    // What is left is less than the log of any transaction.
    let script = "dd if=/dev/zero of=\"$1\" bs=4k 2>/dev/null; test -s \"$1\"";
    assert!(Command::new("sh").args(["-c", script, "sh"]).arg(&filler).status().unwrap().success());
    let error = open(&home).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DiskFull, "{error}");
    assert_eq!(fs::read(home.join("home.db")).unwrap(), before);
    fs::remove_file(&filler).unwrap();
    assert_eq!(describe(&open(&home).unwrap()), recorded("schema-1", "alice").unwrap());
}
