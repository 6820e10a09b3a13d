//! A backup on real agents: one who loses a device has everybody and all that was said on another one, says nothing under
//! the keys of before, and goes on by pairing again.

use kith_lab::{Agent, Lan, Pair, Screen, holds, kith_binary, wait_connected};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(30);
const PASSPHRASE: &str = "four words or five\n";

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A file with the backup's passphrase.
fn passphrase(lan: &Lan) -> PathBuf {
    let path = lan.folder().join("passphrase");
    fs::write(&path, PASSPHRASE).unwrap();
    path
}

fn back_up(agent: &Agent, lan: &Lan, name: &str) -> (PathBuf, Value) {
    let file = lan.folder().join(name);
    let made = agent.one(&["backup", text(&file), "--passphrase-file", text(&passphrase(lan))]);
    (file, made)
}

/// An agent on a host that begins from a backup.
fn restored(lan: &Lan, host: &str, home: &str, file: &Path) -> Agent {
    let agent = lan.agent(host).at(&lan.folder().join(home));
    agent.with(&["--restore-backup", text(file), "--backup-passphrase-file", text(&passphrase(lan))])
}

/// What is shown of a conversation.
fn said(agent: &Agent, contact: &str) -> Vec<Value> {
    agent.cmd(&["log", contact, "--limit", "1000"])
}

/// BAK-013, BAK-014, BAK-020, BAK-023, BAK-024
#[test]
fn one_who_lost_a_device_has_everybody_and_all_that_was_said_and_pairs_again() {
    let Pair { mut alice, bob, lan } = Pair::connected();
    let photo = lan.folder().join("photo.png");
    fs::write(&photo, vec![7; 300_000]).unwrap();
    let first = alice.send("Bob", "first");
    bob.cmd(&["send", "Alice", "second", "--reply", &first, "--wait", "delivered", "--timeout", "20"]);
    alice.cmd(&["send", "Bob", "--file", text(&photo), "--wait", "delivered", "--timeout", "20"]);
    fs::write(&photo, vec![8; 400_000]).unwrap();
    bob.cmd(&["send", "Alice", "--file", text(&photo), "--wait", "delivered", "--timeout", "20"]);
    let files = || alice.cmd(&["files", "Bob"]).iter().map(|file| file["file"]["state"].clone()).collect::<Vec<_>>();
    holds("both files are here", SOON, files, |states| states == &["here", "here"]);
    let large = lan.folder().join("large.bin");
    fs::write(&large, vec![9; 20 * 1024 * 1024]).unwrap();
    bob.cmd(&["send", "Alice", "--file", text(&large), "--wait", "delivered", "--timeout", "20"]);
    alice.cmd(&["react", "Bob", &first, "👍"]);
    alice.cmd(&["verify", "Bob", "--yes"]);
    alice.cmd(&["pin", "Bob"]);
    alice.cmd(&["invite", "Mira"]);
    alice.cmd(&["settings", "--name", "Alice of the garden"]);

    // Bob writes while the backup is made: it has the beginning of that, in order, and he is not held up.
    let done = AtomicBool::new(false);
    let (file, made) = thread::scope(|scope| {
        let writer = bob.client();
        let done = &done;
        scope.spawn(move || {
            for number in 0.. {
                writer.send("Alice", &format!("while it was made {number}"));
                if done.load(Ordering::Relaxed) {
                    break;
                }
            }
        });
        let made = back_up(&alice, &lan, "kith.backup");
        done.store(true, Ordering::Relaxed);
        made
    });
    assert_eq!((&made["contacts"], &made["files"], &made["left_out"]), (&json!(2), &json!(2), &json!([])), "{made}");
    assert!(!alice.home().join("copy").exists(), "the copies are gone");
    let passphrase = passphrase(&lan);
    let again = alice.fails(&["backup", text(&file), "--passphrase-file", text(&passphrase)]);
    assert_eq!(again.kind, "exists");
    holds("all of it came", SOON, || bob.contact("Alice").unwrap()["waiting"].clone(), |waiting| waiting == 0);
    let before = (alice.contact("Bob").unwrap(), said(&alice, "Bob"));
    let words = alice.one(&["seed", "show"])["words"].clone();

    // The home is lost.
    alice.kill9();
    fs::remove_dir_all(alice.home()).unwrap();
    let mut wrong = restored(&lan, "alice", "restored", &passphrase);
    assert_eq!(wrong.start_fails().kind, "bad_input");
    assert!(!lan.folder().join("restored").exists());
    let mut alice = restored(&lan, "alice", "restored", &file);
    alice.start();

    // Everything is as it was, and nothing is promised that is not so.
    let now = alice.contact("Bob").unwrap();
    for same in ["contact", "name", "mark", "created_at", "pinned", "state"] {
        assert_eq!(now[same], before.0[same], "{same}");
    }
    assert_eq!(now["note"]["id"], "note-restored");
    assert_eq!((&now["verified"], &now["safety_number"]), (&json!(false), &Value::Null));
    assert_eq!(alice.contact("Mira").unwrap()["state"], "saved");
    assert_eq!(alice.one(&["settings"])["name"], "Alice of the garden");
    assert_ne!(alice.one(&["seed", "show"])["words"], words, "the words are not in a backup");
    let (history, mut expected) = (said(&alice, "Bob"), before.1.clone());
    // What was not here can't come any more.
    let unsent = expected.iter_mut().find(|message| message["file"]["name"] == "large.bin").unwrap();
    assert_eq!(unsent["file"]["state"], "offered");
    unsent["file"]["state"] = json!("gone");
    assert!(expected.starts_with(&history) && history.len() >= 5, "{history:#?} is not of {expected:#?}");
    let got = lan.folder().join("got.png");
    alice.cmd(&["get", "Bob", "photo.png", "-o", text(&got)]);
    assert_eq!(fs::read(&got).unwrap().len(), 400_000);
    assert_eq!(alice.cmd(&["search", "Bob", "second"]).len(), 1);
    let refused = alice.fails(&["send", "Bob", "hello?"]);
    assert_eq!(refused.kind, "wrong_state");
    assert!(refused.hint.contains("--again"), "{refused:?}");

    // Pairing again goes on in the same contact.
    let code = alice.one(&["invite", "Bob", "--again"])["code"].as_str().unwrap().to_owned();
    bob.cmd(&["accept", &code, "--again", "Alice", "--wait", "20"]);
    wait_connected(&alice, "Bob");
    let now = alice.wait_contact("Bob", "note", Value::Null, SOON);
    assert_eq!(now["contact"], before.0["contact"]);
    assert!(now["safety_number"].is_string() && now["safety_number"] != before.0["safety_number"]);
    assert_eq!(now["verified"], false);
    alice.cmd(&["send", "Bob", "back again", "--wait", "delivered", "--timeout", "20"]);
    bob.cmd(&["send", "Alice", "so you are", "--wait", "delivered", "--timeout", "20"]);
    let after = said(&alice, "Bob");
    for (one, other) in history.iter().zip(&after) {
        assert_eq!(one, other);
    }
    assert_eq!(bob.contact("Alice").unwrap()["renewed"], "nothing");
    assert_eq!(bob.contact("Alice").unwrap()["safety_number"], now["safety_number"]);
    alice.stop();
}

/// The UDP port of an agent.
fn port(agent: &Agent) -> u16 {
    agent.one(&["status"])["udp_port"].as_u64().unwrap().try_into().unwrap()
}

/// Whether a packet came to Bob from a port, in what was captured at his host: behind his address stands the sender's port.
fn spoke_to_bob(capture: &Path, port: u16) -> bool {
    let wanted = [&[10, 7, 0, 2], &port.to_be_bytes()[..]].concat();
    fs::read(capture).unwrap().windows(wanted.len()).any(|window| window == wanted)
}

/// BAK-022
#[test]
fn the_words_vouch_for_who_comes_back_from_a_backup() {
    let Pair { mut alice, bob, lan } = Pair::connected();
    alice.cmd(&["send", "Bob", "before", "--wait", "delivered", "--timeout", "20"]);
    let words = alice.one(&["seed", "show"])["words"].clone();
    let words: Vec<&str> = words.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    let (file, _) = back_up(&alice, &lan, "kith.backup");
    alice.kill9();
    let mut alice =
        restored(&lan, "alice", "restored", &file).with(&["--restore"]).with_input(words.join(" ").as_bytes());
    alice.start();
    assert_eq!(alice.one(&["seed", "show"])["words"].as_array().unwrap().len(), 24);
    let code = bob.one(&["invite", "Alice", "--again"])["code"].as_str().unwrap().to_owned();
    alice.cmd(&["accept", &code, "--again", "Bob", "--wait", "20"]);
    bob.wait_contact("Alice", "renewed", "words", SOON);
    assert_eq!(alice.texts("Bob"), ["before"]);
}

/// BAK-023, BAK-024
#[test]
fn a_restored_home_says_nothing_and_the_device_it_was_made_on_goes_on() {
    let Pair { alice, bob, lan } = Pair::connected();
    alice.cmd(&["send", "Bob", "before", "--wait", "delivered", "--timeout", "20"]);
    let (file, _) = back_up(&alice, &lan, "kith.backup");
    // On the same host, beside the one that it was made on.
    let mut copy = restored(&lan, "alice", "restored", &file).logging("warn,kith_agent=debug,kith_net=debug");
    let capture_file = lan.folder().join("capture.pcap");
    let capture = lan.host("bob").capture(&capture_file);
    copy.start();
    copy.cmd(&["contacts"]);
    for number in 0..20 {
        alice.cmd(&["send", "Bob", &format!("on {number}"), "--wait", "delivered", "--timeout", "20"]);
        bob.cmd(&["send", "Alice", &format!("and on {number}"), "--wait", "delivered", "--timeout", "20"]);
    }
    drop(capture);
    let (from_alice, from_copy) = (port(&alice), port(&copy));
    assert_ne!(from_alice, from_copy);
    assert!(spoke_to_bob(&capture_file, from_alice), "the probe hears what is said");
    assert!(!spoke_to_bob(&capture_file, from_copy), "a restored home says nothing to anybody");
    // Neither is said to be a copy.
    let contact = copy.contact("Bob").unwrap();
    assert_eq!((&contact["online"], &contact["note"]["id"]), (&json!(false), &json!("note-restored")));
    assert_eq!(copy.texts("Bob"), ["before"]);
    let doctor = copy.one(&["doctor", "Bob"]);
    assert_eq!((&doctor["core"]["retired"], &doctor["core"]["devices"]), (&json!(true), &json!([])), "{doctor}");
    for (agent, other) in [(&alice, "Bob"), (&bob, "Alice")] {
        assert_eq!(agent.contact(other).unwrap()["note"], Value::Null);
        assert_eq!(agent.notices(other), Vec::<Value>::new());
        assert_eq!(agent.texts(other).len(), 41);
    }
    // Once it is gone on with, the one that was left is left alone.
    let code = copy.one(&["invite", "Bob", "--again"])["code"].as_str().unwrap().to_owned();
    bob.cmd(&["accept", &code, "--again", "Alice", "--wait", "20"]);
    wait_connected(&copy, "Bob");
    copy.cmd(&["send", "Bob", "from the other one", "--wait", "delivered", "--timeout", "20"]);
    assert_eq!(alice.contact("Bob").unwrap()["note"], Value::Null);
}

/// BAK-015, BAK-016
#[test]
fn a_backup_that_is_cut_short_leaves_nothing_under_its_name_and_the_next_one_is_whole() {
    let Pair { mut alice, bob, lan } = Pair::connected();
    let large = lan.folder().join("large.bin");
    fs::File::create(&large).unwrap().set_len(512 * 1024 * 1024).unwrap();
    alice.cmd(&["send", "Bob", "--file", text(&large), "--wait", "delivered", "--timeout", "60"]);
    let (file, part) = (lan.folder().join("kith.backup"), lan.folder().join("kith.backup.part"));
    let begun = || fs::metadata(&part).map_or(0, |found| found.len());
    let passphrase = passphrase(&lan);
    // Its person sees it grow, and stops it where it was begun.
    let mut command = alice.host().program(kith_binary());
    command.args(["backup", text(&file), "--passphrase-file", text(&passphrase), "--home"]);
    command.arg(alice.home());
    command.env("KITH_LANG", "en");
    let mut screen = Screen::start(command, 80, 10);
    screen.wait("MiB/s", SOON);
    holds("it is being written", SOON, begun, |length| *length > 4 * 1024 * 1024);
    screen.interrupt();
    assert_eq!(screen.ends(SOON).code(), Some(1));
    screen.wait("The backup was stopped", SOON);
    assert!(!file.exists() && !part.exists() && alice.runs());
    for end in [Agent::kill9 as fn(&mut Agent), Agent::stop] {
        let client = alice.client();
        let args = ["backup", text(&file), "--passphrase-file", text(&passphrase)];
        let ended = thread::scope(|scope| {
            let backup = scope.spawn(|| client.run(&args));
            holds("it has begun", SOON, || part.exists(), |begun| *begun);
            // Meanwhile nobody is held up.
            bob.cmd(&["send", "Alice", "during it", "--wait", "delivered", "--timeout", "20"]);
            holds("it is being written", SOON, begun, |length| *length > 4 * 1024 * 1024);
            end(&mut alice);
            backup.join().unwrap()
        });
        assert_eq!(ended.code, Some(1), "{ended:?}");
        assert!(!file.exists());
        alice.start();
        assert!(!alice.home().join("copy").exists());
        assert!(!part.exists(), "what was left beside its place goes with the next start");
    }
    // A file of somebody else that has that name stays, and is said to be in the way.
    fs::write(&part, "a download of the browser's").unwrap();
    let refused = alice.fails(&["backup", text(&file), "--passphrase-file", text(&passphrase)]);
    assert!(refused.kind == "exists" && refused.message.contains(".part"), "{refused:?}");
    assert_eq!(fs::read_to_string(&part).unwrap(), "a download of the browser's");
    fs::remove_file(&part).unwrap();
    let (file, made) = back_up(&alice, &lan, "kith.backup");
    assert!(!part.exists());
    assert_eq!((&made["files"], &made["size"]), (&json!(1), &json!(fs::metadata(&file).unwrap().len())));
    let mut restored = restored(&lan, "alice", "restored", &file);
    alice.kill9();
    restored.start();
    assert_eq!(restored.cmd(&["files", "Bob"])[0]["file"]["state"], "here");
}

/// BAK-025
#[test]
fn a_home_that_was_restored_and_can_not_be_started_is_said_to_be_there_and_starts_without_the_backup() {
    let Pair { alice, bob: _bob, lan } = Pair::connected();
    let (file, _) = back_up(&alice, &lan, "kith.backup");
    let port = alice.one(&["status"])["port"].as_u64().unwrap().to_string();
    let failed = restored(&lan, "alice", "restored", &file).with(&["--port", &port]).start_fails();
    assert_eq!(failed.kind, "network");
    let home = lan.folder().join("restored");
    assert!(failed.message.contains("restored") && failed.message.contains(text(&home)), "{failed:?}");
    assert!(failed.hint.contains("without --restore-backup"), "{failed:?}");
    // A second try with the backup is refused, and without it everybody is there.
    assert_eq!(restored(&lan, "alice", "restored", &file).start_fails().kind, "exists");
    let mut agent = lan.agent("alice").at(&home);
    agent.start();
    assert_eq!(agent.contact("Bob").unwrap()["note"]["id"], "note-restored");
}

/// BAK-014
#[test]
fn a_contact_whose_vault_can_not_be_read_is_said_to_be_left_out_and_the_others_are_in_it() {
    let Pair { mut alice, bob, lan } = Pair::connected();
    bob.cmd(&["send", "Alice", "lost", "--wait", "delivered", "--timeout", "20"]);
    alice.cmd(&["invite", "Mira"]);
    alice.stop();
    for vault in fs::read_dir(alice.home().join("vaults")).unwrap() {
        let path = vault.unwrap().path();
        let mut bytes = fs::read(&path).unwrap();
        bytes.iter_mut().skip(4096).for_each(|byte| *byte ^= 0x55);
        fs::write(&path, bytes).unwrap();
    }
    alice.start();
    let (file, made) = back_up(&alice, &lan, "kith.backup");
    assert_eq!((&made["contacts"], &made["left_out"]), (&json!(2), &json!(["Bob"])), "{made}");
    alice.kill9();
    let mut alice = restored(&lan, "alice", "restored", &file);
    alice.start();
    let states = ["Bob", "Mira"].map(|name| alice.contact(name).unwrap()["state"].clone());
    assert_eq!(states, ["saved", "saved"]);
}
