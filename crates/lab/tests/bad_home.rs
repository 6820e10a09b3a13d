//! Homes that can't be used, and what people are told about it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

use kith_lab::{Agent, Lan, Pair, holds, wait_connected};
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(15);

/// A file with a passphrase in it.
fn passphrase(lan: &Lan, words: &str) -> String {
    let file = lan.folder().join(words.replace(' ', "-"));
    fs::write(&file, format!("{words}\n")).unwrap();
    file.to_str().unwrap().to_owned()
}

#[test]
fn a_second_agent_on_one_home_is_refused_and_the_first_goes_on() {
    let lan = Lan::new(&["alice"]);
    let first = lan.agent("alice").started();
    let refused = lan.agent("alice").at(first.home()).start_fails();
    assert_eq!(refused.kind, "already_running");
    assert_eq!(first.cmd(&["contacts"]).len(), 0);
}

#[test]
fn a_command_without_an_agent_says_how_to_start_one() {
    let lan = Lan::new(&["alice"]);
    let mut alice = lan.agent("alice");
    let commands: [&[&str]; 6] =
        [&["contacts"], &["status"], &["stop"], &["invite", "Bob"], &["send", "Bob", "x"], &["log", "Bob", "--follow"]];
    for command in commands {
        assert_eq!(alice.fails(command).kind, "not_running", "{command:?} on a home that is not there");
    }
    alice.start();
    assert_eq!(alice.one(&["stop"])["stopped"], true);
    holds("it ended", SOON, || alice.runs(), |runs| !runs);
    for command in commands {
        assert_eq!(alice.fails(command).kind, "not_running", "{command:?} on a stopped agent");
    }
    alice.start();
    alice.kill9();
    assert_eq!(alice.fails(&["contacts"]).kind, "not_running");
}

#[test]
fn a_home_under_a_passphrase_opens_with_it_and_with_nothing_else() {
    let lan = Lan::new(&["alice"]);
    let (right, wrong) = (passphrase(&lan, "correct horse"), passphrase(&lan, "battery staple"));
    let mut alice = lan.agent("alice").with(&["--new-passphrase-file", &right]).started();
    alice.cmd(&["invite", "Bob"]);
    assert_eq!(alice.one(&["status"])["key_in_file"], false);
    alice.stop();
    let home = alice.home().to_owned();
    assert_eq!(lan.agent("alice").at(&home).start_fails().kind, "wrong_passphrase");
    assert_eq!(
        lan.agent("alice").at(&home).with(&["--passphrase-file", &wrong]).start_fails().kind,
        "wrong_passphrase"
    );
    let refused = lan.agent("alice").at(&home).with(&["--new-passphrase-file", &right]).start_fails();
    assert_eq!(refused.kind, "wrong_state");
    let again = lan.agent("alice").at(&home).with(&["--passphrase-file", &right]).started();
    assert!(again.contact("Bob").is_some());
}

#[test]
fn a_home_of_a_newer_version_is_left_alone() {
    let lan = Lan::new(&["alice"]);
    let mut alice = lan.agent("alice").started();
    alice.cmd(&["invite", "Bob"]);
    alice.stop();
    let key = alice.home().join("key");
    let mine = fs::read(&key).unwrap();
    // "kith key\n", then the version: its tag, its length, its number.
    assert_eq!((&mine[..9], mine[11]), (&b"kith key\n"[..], 1), "the format of spec/vault.md");
    let mut newer = mine.clone();
    newer[11] = 9;
    fs::write(&key, &newer).unwrap();
    let refused = alice.start_fails();
    assert_eq!(refused.kind, "bad_home");
    assert!(refused.message.contains("newer version"), "{refused:?}");
    assert_eq!(fs::read(&key).unwrap(), newer);
    fs::write(&key, &mine).unwrap();
    alice.start();
    assert!(alice.contact("Bob").is_some());
}

#[test]
fn a_damaged_home_is_named_and_left_alone() {
    let lan = Lan::new(&["alice"]);
    let mut alice = lan.agent("alice").started();
    alice.stop();
    let file = alice.home().join("home.db");
    let mut bytes = fs::read(&file).unwrap();
    bytes[100] ^= 1;
    fs::write(&file, &bytes).unwrap();
    let refused = alice.start_fails();
    assert_eq!(refused.kind, "bad_home");
    assert!(refused.message.contains("home.db"), "{refused:?}");
    assert_eq!(fs::read(&file).unwrap(), bytes);
}

#[test]
fn a_read_only_home_is_refused_in_plain_words() {
    let lan = Lan::new(&["alice"]);
    let mut alice = lan.agent("alice").started();
    alice.stop();
    let home = alice.home().to_str().unwrap().to_owned();
    let empty = lan.folder().join("empty");
    fs::create_dir(&empty).unwrap();
    for folder in [&home, empty.to_str().unwrap()] {
        alice.host().script(&format!("mount --bind {folder} {folder}; mount -o remount,ro,bind {folder}"));
    }
    for home in [alice.home().to_owned(), empty.clone(), empty.join("inside")] {
        let refused = lan.agent("alice").at(&home).start_fails();
        assert_eq!(refused.kind, "storage", "{refused:?}");
        assert!(refused.message.contains(home.to_str().unwrap()), "{refused:?}");
    }
    alice.host().script(&format!("umount {home}"));
    alice.start();
}

#[test]
fn a_full_disk_refuses_what_it_can_not_keep_and_loses_nothing() {
    let lan = Lan::new(&["alice", "bob"]);
    let disk = PathBuf::from("/run/disk");
    lan.host("alice").script("mkdir /run/disk; mount -t tmpfs -o size=4m tmpfs /run/disk; mkdir /run/disk/home");
    let mut alice = lan.agent("alice").at(&disk.join("home")).with(&["--name", "Alice"]);
    alice.write_logs_to(&lan.folder().join("alice"));
    alice.start();
    let bob = lan.agent("bob").with(&["--name", "Bob"]).started();
    let pair = Pair { alice, bob, lan }.connect();
    let (alice, bob) = (&pair.alice, &pair.bob);
    alice.cmd(&["send", "Bob", "before", "--wait", "delivered", "--timeout", "15"]);

    let host = pair.lan.host("alice");
    host.script("dd if=/dev/zero of=/run/disk/filler bs=4k 2>/dev/null || true");
    let long = "x".repeat(100_000);
    let refused = alice.fails(&["send", "Bob", &long]);
    assert_eq!(refused.kind, "storage");
    assert!(refused.hint.contains("space"), "{refused:?}");
    assert_eq!(alice.texts("Bob"), ["before"]);
    let too_long_for_alice = bob.send("Alice", &long);
    assert_eq!(alice.fails(&["invite", "Carol"]).kind, "storage");
    assert_ne!(state_of(bob, &too_long_for_alice), "delivered", "a receipt for what was not kept");

    host.script("rm /run/disk/filler");
    let after = alice.run(&["send", "Bob", "after", "--wait", "delivered", "--timeout", "30"]);
    assert_eq!(after.code, Some(0), "{after:?}");
    holds(
        "both have all",
        SOON,
        || (sorted(bob, "Alice"), sorted(alice, "Bob")),
        |(his, hers)| his == hers && *his == ["after", "before", &long],
    );
    holds("Bob knows", SOON, || state_of(bob, &too_long_for_alice), |state| state == "delivered");
    assert_eq!(alice.cmd(&["contacts"]).len(), 1);
}

fn state_of(agent: &Agent, event: &str) -> String {
    let log = agent.cmd(&["log", "Alice"]);
    let message = log.iter().find(|message| message["event"] == event).unwrap();
    message["state"].as_str().unwrap().to_owned()
}

fn sorted(agent: &Agent, contact: &str) -> Vec<String> {
    let mut texts: Vec<String> = agent.texts(contact).iter().map(|text| text.as_str().unwrap().to_owned()).collect();
    texts.sort();
    texts
}

#[test]
fn a_configuration_that_can_not_be_used_is_named_and_left_alone() {
    let lan = Lan::new(&["alice"]);
    let mut alice = lan.agent("alice").started();
    alice.stop();
    let file = alice.home().join("config.toml");
    let first = fs::read_to_string(&file).unwrap();
    for (config, named) in [
        ("[network]\nmdsn = true\n", "mdsn"),
        ("[netwrok]\n", "netwrok"),
        ("[network]\nlisten = [\"everywhere\"]\n", "everywhere"),
        ("[network]\nport = 70000\n", "70000"),
        ("[network\n", "config.toml"),
    ] {
        fs::write(&file, config).unwrap();
        let refused = alice.start_fails();
        assert_eq!(refused.kind, "bad_config");
        assert!(refused.message.contains(named), "{refused:?}");
        assert_eq!(fs::read_to_string(&file).unwrap(), config);
    }
    let own = format!("# mine\n{first}");
    fs::write(&file, &own).unwrap();
    alice.start();
    assert_eq!(fs::read_to_string(&file).unwrap(), own);
}

#[test]
fn a_port_that_is_taken_is_named_and_another_home_takes_the_next() {
    let lan = Lan::new(&["alice"]);
    let first = lan.agent("alice").started();
    let status = first.one(&["status"]);
    let (web, udp) = (status["port"].as_u64().unwrap(), status["udp_port"].as_u64().unwrap());
    let refused = lan.agent("alice").with(&["--port", &web.to_string()]).start_fails();
    assert_eq!(refused.kind, "network");
    assert!(refused.message.contains(&web.to_string()), "{refused:?}");

    let mut second = lan.agent("alice").started();
    let other = second.one(&["status"])["port"].as_u64().unwrap();
    assert_ne!(other, web);
    second.stop();
    fs::write(second.home().join("config.toml"), format!("[network]\nport = {udp}\n")).unwrap();
    let refused = second.start_fails();
    assert_eq!(refused.kind, "network");
    assert!(refused.message.contains(&udp.to_string()), "{refused:?}");
    fs::write(second.home().join("config.toml"), "").unwrap();
    second.start();
    assert_eq!(second.one(&["status"])["port"], other, "the web port is kept");
}

/// LOOP-001
#[test]
fn both_ports_are_kept_over_restarts() {
    let mut alice = Lan::new(&["alice"]).agent("alice").started();
    let ports = |agent: &Agent| {
        let status = agent.one(&["status"]);
        (status["port"].clone(), status["udp_port"].clone())
    };
    let before = ports(&alice);
    alice.kill9();
    alice.start();
    assert_eq!(ports(&alice), before);
}

#[test]
fn a_damaged_conversation_harms_no_other() {
    let lan = Lan::new(&["alice", "bob", "carol"]);
    let mut alice = lan.agent("alice").with(&["--name", "Alice"]).started();
    let people = ["Bob", "Carol"].map(|name| lan.agent(&name.to_lowercase()).with(&["--name", name]).started());
    let mut vaults: Vec<Vec<PathBuf>> = vec![kith_lab::scan::files(&alice.home().join("vaults"))];
    for (person, name) in people.iter().zip(["Bob", "Carol"]) {
        let code = alice.one(&["invite", name])["code"].as_str().unwrap().to_owned();
        person.cmd(&["accept", &code, "--name", "Alice", "--wait", "15"]);
        wait_connected(&alice, name);
        alice.cmd(&["send", name, "hello", "--wait", "delivered", "--timeout", "15"]);
        vaults.push(kith_lab::scan::files(&alice.home().join("vaults")));
    }
    alice.stop();
    let of_bob = vaults[1].iter().find(|file| file.extension().unwrap() == "db").unwrap();
    fs::write(of_bob, vec![7; 8192]).unwrap();
    alice.start();
    assert_eq!(alice.fails(&["log", "Bob"]).kind, "bad_home");
    assert_eq!(alice.fails(&["send", "Bob", "x"]).kind, "bad_home");
    assert_eq!(alice.cmd(&["contacts"]).len(), 2);
    alice.cmd(&["send", "Carol", "as ever", "--wait", "delivered", "--timeout", "15"]);
    alice.cmd(&["remove", "Bob", "--yes"]);
    assert_eq!(alice.cmd(&["contacts"]).len(), 1);
}
