//! A text that nobody but the two may read: it is in no file and on no cable, and in their logs.

use kith_lab::{Agent, Pair, scan};
use std::fs;
use std::path::Path;
use std::time::Duration;

const HERS: &str = "Kanarienvogel 4711 sings for Bob alone";
const HIS: &str = "and the nightingale 0815 for Alice";
const SOON: Duration = Duration::from_secs(30);

#[track_caller]
fn nowhere(folder: &Path, when: &str) {
    for text in [HERS, HIS] {
        assert_eq!(scan::find_text(text, &[folder]), Vec::<String>::new(), "{when}");
    }
}

#[test]
fn what_two_people_write_is_in_no_file_and_on_no_cable_and_in_their_logs() {
    let lan = kith_lab::Lan::new(&["alice", "bob"]);
    let folder = lan.folder().to_owned();
    let temporary = folder.join("tmp");
    fs::create_dir(&temporary).unwrap();
    let passphrase = folder.join("passphrase");
    fs::write(&passphrase, "correct horse battery staple").unwrap();
    let passphrase = passphrase.to_str().unwrap();
    let noisy =
        |agent: Agent| agent.logging("trace").with_env("TMPDIR", &temporary).with_env("SQLITE_TMPDIR", &temporary);
    let alice = noisy(lan.agent("alice")).with(&["--name", "Alice", "--new-passphrase-file", passphrase]).started();
    let bob = noisy(lan.agent("bob")).with(&["--name", "Bob"]).started();
    let capture_file = folder.join("capture");
    let capture = lan.host("alice").capture(&capture_file);
    let Pair { mut alice, mut bob, lan } = Pair { alice, bob, lan }.connect();
    alice.cmd(&["send", "Bob", HERS, "--wait", "delivered", "--timeout", "30"]);
    bob.cmd(&["send", "Alice", HIS, "--wait", "delivered", "--timeout", "30"]);
    alice.wait_texts("Bob", &[HERS, HIS], SOON);
    bob.wait_texts("Alice", &[HERS, HIS], SOON);

    for file in [&capture_file, &alice.stderr_file(), &bob.stderr_file()] {
        assert!(fs::metadata(file).unwrap().len() > 10_000, "{} has something to look at", file.display());
    }
    nowhere(&folder, "while both run");
    alice.kill9();
    bob.kill9();
    nowhere(&folder, "after a crash, with the write-ahead logs left behind");

    let home = alice.home().to_owned();
    let mut alice = noisy(lan.agent("alice")).at(&home).with(&["--passphrase-file", passphrase]).started();
    bob.start();
    alice.wait_texts("Bob", &[HERS, HIS], SOON);
    bob.wait_texts("Alice", &[HERS, HIS], SOON);
    alice.stop();
    bob.stop();
    drop(capture);
    nowhere(&folder, "after a clean end");
}
