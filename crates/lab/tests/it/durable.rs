//! Nothing leaves before it is durable: read from the system calls of the real binary.

use kith_lab::trace::{self, Call, STRACE};
use kith_lab::{Agent, Pair, door_binary, wait_connected};
use std::fs;
use std::path::{Path, PathBuf};

/// Bytes of the message whose way is followed, more than all else that is stored or sent in a commit.
const TEXT_BYTES: usize = 250_000;
/// What may leave before the message does: a hello, acknowledgements, the LAN's announcements.
const NOISE_BYTES: i64 = 60_000;

fn calls(file: &Path) -> Vec<Call> {
    trace::parse(&fs::read_to_string(file).unwrap())
}

/// Two who are connected talk with their agents traced: the calls of the sender and of the receiver of one message.
fn traced(prepare: impl Fn(Agent) -> Agent) -> (Vec<Call>, Vec<Call>) {
    let Pair { mut alice, mut bob, lan } = Pair::connected();
    alice.stop();
    bob.stop();
    let files: Vec<PathBuf> = ["alice", "bob"].map(|name| lan.folder().join(name).with_extension("strace")).into();
    let under = |old: &Agent, host: &str, file: &Path| {
        let tracer: Vec<&str> = STRACE.iter().copied().chain([file.to_str().unwrap()]).collect();
        let agent = lan.agent(host).at(old.home()).under(&tracer).logging("warn,kith_agent::marks=debug");
        prepare(agent).started()
    };
    let mut alice = under(&alice, "alice", &files[0]);
    let mut bob = under(&bob, "bob", &files[1]);
    wait_connected(&alice, "Bob");
    alice.cmd(&["send", "Bob", "to find each other", "--wait", "delivered", "--timeout", "30"]);
    let text = "0123456789abcdef".repeat(TEXT_BYTES / 16);
    let args = ["send", "Bob", "-", "--wait", "delivered", "--timeout", "30"];
    let sent = alice.run_with_input(&args, text.as_bytes());
    assert_eq!(sent.code, Some(0), "{sent:?}");
    alice.stop();
    bob.stop();
    (calls(&files[0]), calls(&files[1]))
}

/// The commit that stored the message.
fn big_commit(calls: &[Call]) -> trace::Commit {
    let big: Vec<_> = trace::commits(calls)
        .into_iter()
        .filter(|commit| trace::stored_between(calls, commit.begin, commit.end) >= TEXT_BYTES as i64)
        .collect();
    assert_eq!(big.len(), 1, "one commit stores the message: {:?}", trace::commits(calls));
    big[0]
}

/// LOG-016, RCPT-011, VAULT-005
#[test]
fn no_record_and_no_receipt_leaves_before_the_vault_is_synced() {
    let (alice, bob) = traced(|agent| agent);
    for (who, calls) in [("Alice", &alice), ("Bob", &bob)] {
        assert!(trace::commits(calls).len() >= 2, "{who}'s commits are in the trace");
        assert!(trace::unsynced_commits(calls).is_empty(), "{who}: {:?}", trace::unsynced_commits(calls));
        let early = trace::sent_before_sync(calls);
        assert!(early < NOISE_BYTES, "{who} sent {early} bytes during a commit");
    }
    let synced = big_commit(&alice).synced.unwrap();
    let before = trace::sent_between(&alice, 0, synced);
    let after = trace::sent_between(&alice, synced, usize::MAX);
    println!("Alice sent {before} bytes before the sync and {after} after it");
    assert!(before < NOISE_BYTES, "{before} bytes left before the message was durable");
    assert!(after >= TEXT_BYTES as i64, "only {after} bytes left at all: the trace misses the message");
    big_commit(&bob);
}

#[test]
fn the_trace_shows_it_where_a_vault_is_not_synced() {
    let (alice, bob) = traced(|agent| agent.with_binary(door_binary()).with(&["--durability-off"]));
    for (who, calls) in [("Alice", &alice), ("Bob", &bob)] {
        let (all, unsynced) = (trace::commits(calls), trace::unsynced_commits(calls));
        assert!(!all.is_empty() && unsynced.len() == all.len(), "{who}: {unsynced:?} of {all:?}");
    }
}
