//! Makes the two homes of a schema's snapshot with a shipped binary: `snapshot FOLDER`, with that binary in `KITH_BIN`.
//!
//! Alice's key lies in a file and her agent ended as it should. Bob's is under the passphrase `correct horse`, and his
//! agent was killed, so that his log is not yet in his vault. Their conversation has a message of every state. What is
//! made goes to `crates/store/tests/snapshots`, once for each released schema; nothing there is ever made again.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a tool for tests fails by panicking")]

use kith_lab::{Agent, Client, Pair, holds, until};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

const SOON: Duration = Duration::from_secs(15);
const PASSPHRASE: &str = "correct horse";
/// What a copy of a home takes along; the socket and the lock are of the agent that ran.
const KEPT: [&str; 6] = ["key", "config.toml", "home.db", "home.db-wal", "vaults", "passphrase"];

fn main() {
    let to = std::env::args_os().nth(1).unwrap();
    let to = Path::new(&to);
    let secret = tempfile::NamedTempFile::new().unwrap();
    fs::write(secret.path(), format!("{PASSPHRASE}\n")).unwrap();
    let file = secret.path().to_str().unwrap();
    let pair = Pair::strangers_with(|alice| alice, |bob| bob.with(&["--new-passphrase-file", file]));
    let Pair { mut alice, mut bob, lan } = pair.connect();
    talk(&alice, &bob);
    lan.host("bob").plug(false);
    alice.send("Bob", "sealed and sent, and nobody answers");
    until("it is sent", SOON, || (state_of_last(&alice) == "sent").then_some(()));
    bob.kill9();
    alice.wait_contact("Bob", "online", false, Duration::from_secs(90));
    alice.send("Bob", "for later");
    let taken_back = alice.send("Bob", "never mind");
    alice.cmd(&["delete", "Bob", &taken_back]);
    alice.cmd(&["invite", "Carol"]);
    alice.stop();
    copy(alice.home(), &to.join("alice"));
    copy(bob.home(), &to.join("bob"));
    fs::write(to.join("bob/passphrase"), format!("{PASSPHRASE}\n")).unwrap();
}

/// Messages both ways: delivered, seen, of all lengths, deleted on both sides.
fn talk(alice: &Agent, bob: &Agent) {
    let wait = ["--wait", "delivered", "--timeout", "15"];
    let send = |agent: &Client, to: &str, text: &str| agent.cmd(&[&["send", to, text], &wait[..]].concat());
    send(alice, "Bob", "hello");
    send(bob, "Alice", "grüß dich, こんにちは 👋");
    send(alice, "Bob", &"a long one, over several pages of a file. ".repeat(200));
    let hers = alice.one(&[&["send", "Bob", "not meant for you"], &wait[..]].concat());
    alice.cmd(&["delete", "Bob", hers["event"].as_str().unwrap()]);
    holds("it is gone at Bob's", SOON, || bob.texts("Alice"), |texts| texts.contains(&Value::Null));
    let his = send(bob, "Alice", "you will have seen this")[0]["event"].as_str().unwrap().to_owned();
    seen(alice, "Bob", &his);
    until("Bob knows that it was seen", SOON, || (state_of(bob, "Alice", &his) == "seen").then_some(()));
    send(alice, "Bob", "and this was delivered");
}

fn state_of(agent: &Client, contact: &str, event: &str) -> String {
    let log = agent.cmd(&["log", contact]);
    log.iter().find(|message| message["event"] == event).unwrap()["state"].as_str().unwrap_or_default().to_owned()
}

fn state_of_last(alice: &Agent) -> String {
    alice.cmd(&["log", "Bob"]).last().unwrap()["state"].as_str().unwrap_or_default().to_owned()
}

/// Says that a message was shown, as a contact's page does.
fn seen(agent: &Agent, contact: &str, event: &str) {
    let mut socket = UnixStream::connect(agent.home().join("socket")).unwrap();
    writeln!(socket, "{}", json!({"id": 1, "method": "seen", "params": {"contact": contact, "event": event}})).unwrap();
    let mut answer = String::new();
    BufReader::new(socket).read_line(&mut answer).unwrap();
    assert!(answer.contains("\"ok\""), "{answer}");
}

fn copy(home: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for name in KEPT {
        let from = home.join(name);
        if from.is_dir() {
            fs::create_dir_all(to.join(name)).unwrap();
            for entry in fs::read_dir(&from).unwrap().map(Result::unwrap) {
                if !entry.file_name().to_str().unwrap().ends_with("-shm") {
                    fs::copy(entry.path(), to.join(name).join(entry.file_name())).unwrap();
                }
            }
        } else if from.is_file() {
            fs::copy(&from, to.join(name)).unwrap();
        }
    }
}
