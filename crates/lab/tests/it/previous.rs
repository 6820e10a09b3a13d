//! The app that people have had until this one: the two talk, and a home of that one goes on with this one.

use kith_lab::{Agent, Pair, holds, kith_binary, previous_binary, wait_connected};
use serde_json::{Value, json};
use std::fs;
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(20);

/// With the app of before.
fn before(agent: Agent) -> Agent {
    agent.with_binary(previous_binary())
}

fn message(agent: &Agent, contact: &str, event: &str) -> Value {
    let log = agent.cmd(&["log", contact]);
    log.into_iter().find(|message| message["event"] == event).unwrap_or_default()
}

/// One writes, and the other answers, reacts, has the text edited, and gets a file.
fn is_heard(writer: &Agent, to: &str, reader: &Agent, from: &str, folder: &Pair) {
    let event = writer.send(to, "helo");
    let regretted = writer.send(to, "regretted");
    let came = |agent: &Agent, contact: &str, event: &str| {
        holds("it came", SOON, || message(agent, contact, event), |message| *message != Value::Null);
    };
    came(reader, from, &regretted);
    let answer = reader.one(&["send", from, "an answer", "--reply", &event]);
    let answer = answer["event"].as_str().unwrap();
    reader.cmd(&["react", from, &event, "\u{1f44d}"]);
    writer.cmd(&["edit", to, &event, "hello"]);
    writer.cmd(&["delete", to, &regretted]);
    holds("the edit", SOON, || message(reader, from, &event), |message| message["text"] == "hello");
    holds("the deletion", SOON, || message(reader, from, &regretted), |message| message["kind"] == "deleted");
    holds("the reaction", SOON, || message(writer, to, &event), |message| !message["reactions"][0].is_null());
    came(writer, to, answer);
    assert_eq!(message(writer, to, answer)["quote"]["event"], event.as_str());
    let (sent, got) = (folder.lan.folder().join("plan.bin"), folder.lan.folder().join(format!("got by {to}.bin")));
    fs::write(&sent, vec![7; 3_000_000]).unwrap();
    let path = sent.to_str().unwrap();
    let file = writer.one(&["send", to, "--file", path]);
    came(reader, from, file["event"].as_str().unwrap());
    reader.cmd(&["get", from, file["event"].as_str().unwrap(), "-o", got.to_str().unwrap()]);
    assert_eq!(fs::read(got).unwrap().len(), 3_000_000);
}

/// MAN-001, MAN-003: all of it that both know, both ways; of the rest this one says that the other's app is too old.
fn talk(pair: &Pair, this: (&Agent, &str)) {
    let common = |agent: &Agent, contact: &str| agent.contact(contact).unwrap()["manifest"].clone();
    let hers = holds("a common manifest", SOON, || common(&pair.alice, "Bob"), Value::is_string);
    holds("the same at both", SOON, || common(&pair.bob, "Alice"), |his| *his == hers);
    is_heard(&pair.alice, "Bob", &pair.bob, "Alice", pair);
    is_heard(&pair.bob, "Alice", &pair.alice, "Bob", pair);
    let (agent, contact) = this;
    let event = agent.send(contact, "to be pinned");
    for refused in [&["pin", contact, &event][..], &["disappear", contact, "1d"]] {
        let refused = agent.fails(refused);
        assert!(refused.kind == "wrong_state" && refused.message.contains("too old"), "{refused:?}");
    }
}

#[test]
fn the_app_of_before_invites_this_one() {
    let pair = Pair::strangers_with(before, |bob| bob).connect();
    talk(&pair, (&pair.bob, "Alice"));
}

#[test]
fn this_app_invites_the_one_of_before() {
    let pair = Pair::strangers_with(|alice| alice, before).connect();
    talk(&pair, (&pair.alice, "Bob"));
}

/// Both update, one after the other: nothing is lost, what waited arrives, and what only this app knows can be said from then on.
#[test]
fn a_home_of_the_app_before_goes_on_with_this_one() {
    let Pair { mut alice, mut bob, lan } = Pair::strangers_with(before, before).connect();
    let kept = lan.folder().join("kept.bin");
    fs::write(&kept, vec![9; 2_000_000]).unwrap();
    let file = alice.one(&["send", "Bob", "--file", kept.to_str().unwrap()])["event"].clone();
    let pinned = alice.send("Bob", "from before");
    holds("it came", SOON, || bob.texts("Alice"), |texts| texts.last() == Some(&json!("from before")));
    bob.stop();
    alice.send("Bob", "waits");
    alice.stop();
    let mut alice = alice.with_binary(kith_binary());
    alice.start();
    bob.start();
    wait_connected(&alice, "Bob");
    holds("what waited", SOON, || bob.texts("Alice"), |texts| texts.last() == Some(&json!("waits")));
    bob.send("Alice", "still the old one");
    holds("the answer", SOON, || alice.texts("Bob"), |texts| texts.last() == Some(&json!("still the old one")));
    bob.stop();
    let mut bob = bob.with_binary(kith_binary());
    bob.start();
    wait_connected(&bob, "Alice");
    let texts = ["from before", "waits", "still the old one"];
    for (agent, contact) in [(&alice, "Bob"), (&bob, "Alice")] {
        let shown = agent.texts(contact);
        assert_eq!(shown[1..], texts, "behind the file");
    }
    let got = lan.folder().join("got.bin");
    bob.cmd(&["get", "Alice", file.as_str().unwrap(), "-o", got.to_str().unwrap()]);
    assert_eq!(fs::read(got).unwrap().len(), 2_000_000);
    let pin = || bob.run(&["pin", "Alice", &pinned]).code;
    holds("both say that they know pins", SOON, pin, |code| *code == Some(0));
    holds("the pin", SOON, || alice.cmd(&["pins", "Bob"]), |pins| pins.len() == 1);
}
