//! Homes that can't be used, and what people are told about it.

use kith_lab::{Agent, Lan, Pair, door_binary, holds, wait_connected};
use std::fs;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(15);
/// Until two who lost their connection have another.
const CALM: Duration = Duration::from_secs(60);

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

/// Overwrites a part of a file where it lies, as a bad disk would.
fn spoil(file: &Path, from: u64) {
    let mut file = fs::OpenOptions::new().read(true).write(true).open(file).unwrap();
    let end = file.seek(SeekFrom::End(0)).unwrap();
    assert!(end > from, "the file is longer than {from}");
    file.seek(SeekFrom::Start(from)).unwrap();
    file.write_all(&vec![0x5a; usize::try_from(end - from).unwrap()]).unwrap();
}

/// Alice with two contacts who can hear her, and Bob's vault at hers.
fn between_two(prepare: impl FnOnce(Agent) -> Agent) -> (Agent, [Agent; 2], PathBuf, Lan) {
    let lan = Lan::new(&["alice", "bob", "carol"]);
    let alice = prepare(lan.agent("alice").with(&["--name", "Alice"])).started();
    let people = ["Bob", "Carol"].map(|name| lan.agent(&name.to_lowercase()).with(&["--name", name]).started());
    let mut of_bob = None;
    for (person, name) in people.iter().zip(["Bob", "Carol"]) {
        let code = alice.one(&["invite", name])["code"].as_str().unwrap().to_owned();
        person.cmd(&["accept", &code, "--name", "Alice", "--wait", "15"]);
        wait_connected(&alice, name);
        alice.cmd(&["send", name, "hello", "--wait", "delivered", "--timeout", "15"]);
        let vaults = kith_lab::scan::files(&alice.home().join("vaults"));
        let vault = vaults.into_iter().find(|file| file.extension().unwrap() == "db").unwrap();
        of_bob.get_or_insert(vault);
    }
    (alice, people, of_bob.unwrap(), lan)
}

/// What everybody who asks for Bob is told, and that Carol hears nothing of it.
fn bob_rests_and_carol_does_not(alice: &Agent, kind: &str, note: &str) {
    for command in [&["log", "Bob"][..], &["send", "Bob", "x"]] {
        let failure = alice.fails(command);
        assert_eq!(failure.kind, kind, "{failure:?}");
        let next = if kind == "bad_home" { "kith remove" } else { "started again" };
        assert!(failure.hint.contains(next) || failure.hint.contains("is started again"), "{failure:?}");
    }
    assert_eq!(alice.contact("Bob").unwrap()["note"]["id"], note);
    assert_eq!(alice.cmd(&["contacts"]).len(), 2);
    alice.cmd(&["send", "Carol", "as ever", "--wait", "delivered", "--timeout", "60"]);
}

#[test]
fn a_vault_with_a_damaged_page_says_so_and_the_others_go_on() {
    let (mut alice, _people, of_bob, _lan) = between_two(|alice| alice);
    alice.stop();
    let whole = fs::read(&of_bob).unwrap();
    for from in [0, 20, 4096 + 100] {
        spoil(&of_bob, from);
        let spoilt = fs::read(&of_bob).unwrap();
        alice.start();
        bob_rests_and_carol_does_not(&alice, "bad_home", "note-vault-broken");
        alice.stop();
        assert_eq!(fs::read(&of_bob).unwrap(), spoilt, "nothing is written over what may be rescued");
        fs::write(&of_bob, &whole).unwrap();
    }
    alice.start();
    alice.cmd(&["send", "Bob", "whole again", "--wait", "delivered", "--timeout", "15"]);
}

#[test]
fn a_vault_that_is_damaged_while_it_is_used_says_so_and_the_others_go_on() {
    let (mut alice, people, of_bob, _lan) = between_two(|alice| alice);
    // More than is kept in memory of one vault.
    let long = "x".repeat(100_000);
    for _ in 0..40 {
        people[0].send("Alice", &long);
    }
    holds("all arrive", SOON, || alice.cmd(&["log", "Bob", "--limit", "100"]).len(), |count| *count == 41);
    spoil(&of_bob, 4096 * 4);
    let seen = || alice.run(&["log", "Bob", "--limit", "100"]).code;
    holds("the damage is met", SOON, seen, |code| *code == Some(1));
    bob_rests_and_carol_does_not(&alice, "bad_home", "note-vault-broken");
    alice.stop();
    alice.start();
    bob_rests_and_carol_does_not(&alice, "bad_home", "note-vault-broken");
    alice.cmd(&["remove", "Bob", "--yes"]);
    assert_eq!(alice.cmd(&["contacts"]).len(), 1);
}

#[test]
fn a_fault_in_one_conversation_rests_it_until_the_next_start_and_the_others_go_on() {
    let asked = Path::new("Bob=3");
    let prepare = |alice: Agent| alice.with_binary(door_binary()).with_env("KITH_DOOR_PANIC_TURNS", asked);
    let lan_and_all = between_two(|alice| alice.with_binary(door_binary()));
    let (mut alice, people, _, lan) = lan_and_all;
    alice.stop();
    let mut faulty = prepare(lan.agent("alice").at(alice.home())).started();
    for text in ["the first fails", "so does the second"] {
        assert_eq!(faulty.fails(&["send", "Bob", text]).kind, "internal");
    }
    people[0].send("Alice", "it is loaded again");
    holds("it goes on", CALM, || faulty.texts("Bob"), |texts| texts.last() == Some(&"it is loaded again".into()));
    assert_eq!(faulty.fails(&["send", "Bob", "and the third"]).kind, "internal");
    bob_rests_and_carol_does_not(&faulty, "internal", "note-resting");
    let while_it_rests = people[0].send("Alice", "while it rests");
    assert_ne!(state_of(&people[0], &while_it_rests), "delivered");
    faulty.stop();
    let again = lan.agent("alice").at(alice.home()).started();
    again.cmd(&["send", "Bob", "well again", "--wait", "delivered", "--timeout", "30"]);
    holds(
        "both have all",
        SOON,
        || (sorted(&again, "Bob"), sorted(&people[0], "Alice")),
        |(hers, his)| hers == his && *hers == ["hello", "it is loaded again", "well again", "while it rests"],
    );
}

/// How often the record was tried that the door's file is about.
fn tries(file: &Path) -> usize {
    fs::read_to_string(file).unwrap_or_default().lines().count()
}

#[test]
fn a_record_that_panics_is_tried_twice_refused_and_sealed_again() {
    let (mut alice, people, _, lan) = between_two(|alice| alice.with_binary(door_binary()));
    alice.stop();
    let file = lan.folder().join("tries");
    let alice = lan.agent("alice").at(alice.home()).with_binary(door_binary());
    let alice = alice.with_env("KITH_DOOR_PANIC_RECORD", &file).started();
    people[0].cmd(&["send", "Alice", "hard to read", "--wait", "delivered", "--timeout", "60"]);
    people[0].cmd(&["send", "Alice", "easier", "--wait", "delivered", "--timeout", "60"]);
    assert_eq!(tries(&file), 2);
    let all = ["easier", "hard to read", "hello"];
    holds("all were read", SOON, || sorted(&alice, "Bob"), |texts| *texts == all);
    alice.cmd(&["send", "Bob", "both were read", "--wait", "delivered", "--timeout", "15"]);
    alice.cmd(&["send", "Carol", "as ever", "--wait", "delivered", "--timeout", "15"]);
}

#[test]
fn a_record_that_takes_the_agent_down_is_tried_three_times_refused_and_sealed_again() {
    let (mut alice, people, _, lan) = between_two(|alice| alice.with_binary(door_binary()));
    alice.stop();
    let file = lan.folder().join("tries");
    let alice = lan.agent("alice").at(alice.home()).with_binary(door_binary());
    let mut alice = alice.with_env("KITH_DOOR_ABORT_RECORD", &file).started();
    people[0].send("Alice", "hard to read");
    assert!(!alice.ends().success());
    // A run that ended without a word may have been killed, so what it had begun gets another try.
    for _ in 0..2 {
        alice.launch();
        assert!(!alice.ends().success());
    }
    assert_eq!(tries(&file), 3);
    alice.start();
    people[0].cmd(&["send", "Alice", "easier", "--wait", "delivered", "--timeout", "60"]);
    let all = ["easier", "hard to read", "hello"];
    holds("all were read", SOON, || sorted(&alice, "Bob"), |texts| *texts == all);
    assert_eq!(tries(&file), 3);
    alice.cmd(&["send", "Carol", "as ever", "--wait", "delivered", "--timeout", "15"]);
}

#[test]
fn sealing_state_of_another_format_is_dropped_and_the_two_talk_on_in_new_groups() {
    let start = |agent: Agent| agent.with_binary(door_binary());
    let Pair { mut alice, mut bob, lan } = Pair::strangers_with(start, start).connect();
    alice.cmd(&["send", "Bob", "in the old format", "--wait", "delivered", "--timeout", "15"]);
    bob.stop();
    alice.send("Bob", "for later");
    alice.stop();
    let newer = |agent: &Agent, host| {
        let agent = lan.agent(host).at(agent.home()).with_binary(door_binary());
        agent.with_env("KITH_DOOR_SEALER_FORMAT", Path::new("2")).started()
    };
    // First one of the two, then both.
    let mut alice = newer(&alice, "alice");
    bob.start();
    alice.cmd(&["send", "Bob", "in the new one", "--wait", "delivered", "--timeout", "60"]);
    bob.cmd(&["send", "Alice", "heard", "--wait", "delivered", "--timeout", "60"]);
    bob.stop();
    let bob = newer(&bob, "bob");
    alice.cmd(&["send", "Bob", "both in the new one", "--wait", "delivered", "--timeout", "60"]);
    bob.cmd(&["send", "Alice", "likewise", "--wait", "delivered", "--timeout", "60"]);
    let all = ["both in the new one", "for later", "heard", "in the new one", "in the old format", "likewise"];
    let logs = || (sorted(&alice, "Bob"), sorted(&bob, "Alice"));
    holds("both have all, once", SOON, logs, |(hers, his)| *hers == all && *his == all);
    alice.stop();
}
