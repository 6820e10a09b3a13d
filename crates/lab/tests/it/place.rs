//! Pinned, muted, archived and blocked contacts, and the search of all conversations, on real agents.

use kith_lab::{Lan, Pair, holds, wait_connected};
use serde_json::{Value, json};
use std::fs;
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(20);

/// PLACE-002, PLACE-003: Carol, who is started after Bob, is heard; so Bob would have been.
#[test]
fn a_blocked_contact_is_neither_dialled_nor_answered_and_is_met_again_when_the_block_is_taken_back() {
    let lan = Lan::new(&["alice", "bob", "carol"]);
    let start = |host, name| lan.agent(host).with(&["--name", name]).started();
    let mut carol = start("carol", "Carol");
    let (alice, bob) = (start("alice", "Alice"), start("bob", "Bob"));
    let Pair { mut alice, mut bob, lan: _lan } = Pair { alice, bob, lan }.connect();
    let code = alice.one(&["invite", "Carol"])["code"].as_str().unwrap().to_owned();
    carol.cmd(&["accept", &code, "--name", "Alice", "--wait", "15"]);
    wait_connected(&alice, "Carol");
    bob.send("Alice", "the heron came back");
    alice.wait_texts("Bob", &["the heron came back"], SOON);

    let blocked = alice.one(&["block", "Bob"]);
    assert_eq!([&blocked["blocked"], &blocked["online"], &blocked["unread"]], [&json!(true), &json!(false), &json!(0)]);
    assert_eq!(blocked["last"], Value::Null);
    assert_eq!(alice.fails(&["send", "Bob", "no"]).kind, "wrong_state");
    assert_eq!(alice.fails(&["invite", "Bob", "--again"]).kind, "wrong_state");
    assert_eq!(alice.one(&["doctor", "Bob"])["findings"], json!([{"what": "blocked"}]));
    assert_eq!(alice.cmd(&["find", "heron"]), [] as [Value; 0]);
    bob.wait_contact("Alice", "online", false, SOON);
    bob.send("Alice", "are you there?");

    for agent in [&mut alice, &mut bob, &mut carol] {
        agent.stop();
    }
    alice.start();
    bob.start();
    carol.start();
    carol.cmd(&["send", "Alice", "the heron is here too", "--wait", "delivered", "--timeout", "20"]);
    assert_eq!(alice.texts("Bob"), ["the heron came back"]);
    let bob_there = alice.contact("Bob").unwrap();
    assert_eq!([&bob_there["blocked"], &bob_there["online"]], [&json!(true), &json!(false)]);
    assert_eq!(bob.contact("Alice").unwrap()["online"], false);

    alice.cmd(&["block", "Bob", "--off"]);
    alice.wait_texts("Bob", &["the heron came back", "are you there?"], SOON);
    let found = holds("both are found", SOON, || alice.cmd(&["find", "HERON"]), |found| found.len() == 2);
    let who = |name: &str| alice.contact(name).unwrap()["contact"].clone();
    assert_eq!([&found[0]["contact"], &found[1]["contact"]], [&who("Bob"), &who("Carol")], "the newest last");
}

#[test]
fn where_a_contact_stands_is_kept_over_a_restart() {
    let Pair { mut alice, bob: _bob, lan: _lan } = Pair::connected();
    alice.cmd(&["pin", "Bob"]);
    alice.cmd(&["archive", "Bob"]);
    assert!(alice.one(&["mute", "Bob", "--for", "8h"])["muted_until"].is_u64());
    assert_eq!(alice.one(&["mute", "Bob"])["muted_until"], Value::Null);
    alice.stop();
    alice.start();
    let bob = alice.contact("Bob").unwrap();
    let place = |contact: &Value| ["pinned", "muted", "archived", "blocked"].map(|field| contact[field].clone());
    assert_eq!(place(&bob), [json!(true), json!(true), json!(true), json!(false)]);
    for command in ["pin", "mute", "archive"] {
        alice.cmd(&[command, "Bob", "--off"]);
    }
    assert_eq!(place(&alice.contact("Bob").unwrap()), [json!(false), json!(false), json!(false), json!(false)]);
}

/// PLACE-010
#[test]
fn a_launcher_bears_the_name_holds_no_secret_and_goes_with_its_contact() {
    let lan = Lan::new(&["alice"]);
    let data = lan.folder().join("data");
    let alice = lan.agent("alice").with_env("XDG_DATA_HOME", &data).started();
    let id = alice.one(&["invite", "Bob"])["contact"].as_str().unwrap().to_owned();
    let path = alice.one(&["launcher", "Bob"])["path"].as_str().unwrap().to_owned();
    let (desktop, icon) = (
        data.join(format!("applications/kith-{id}.desktop")),
        data.join(format!("icons/hicolor/256x256/apps/kith-{id}.png")),
    );
    assert_eq!(desktop.to_str().unwrap(), path);
    let text = fs::read_to_string(&desktop).unwrap();
    assert!(text.contains("\nName=Bob\n") && text.contains(&format!("\"open\" \"--start\" \"{id}\"\n")), "{text}");
    assert!(!text.contains("localhost") && !text.contains("k="), "{text}");
    assert!(fs::read(&icon).unwrap().starts_with(b"\x89PNG"));
    alice.cmd(&["rename", "Bob", "Robert"]);
    assert!(fs::read_to_string(&desktop).unwrap().contains("\nName=Robert\n"));
    alice.cmd(&["launcher", "Robert", "--remove"]);
    assert!(!desktop.exists() && !icon.exists());
    alice.cmd(&["launcher", "Robert"]);
    alice.cmd(&["remove", "Robert", "--yes"]);
    assert!(!desktop.exists() && !icon.exists());
}
