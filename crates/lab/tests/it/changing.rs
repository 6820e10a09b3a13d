//! Edits of what waits and of what has arrived, as both people see them.

use kith_lab::{Pair, holds, scan};
use serde_json::{Value, json};
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(15);

/// Text, whether it was edited, and state.
fn shown(log: &[Value]) -> Vec<Value> {
    log.iter().map(|message| json!([message["text"], message["edited"], message["state"]])).collect()
}

#[test]
fn an_edit_of_a_delivered_text_stands_in_its_place_on_both_sides() {
    let Pair { alice, bob, lan: _lan } = Pair::connected();
    let event = alice.send("Bob", "see you at noon");
    alice.send("Bob", "and bring bread");
    bob.wait_texts("Alice", &["see you at noon", "and bring bread"], SOON);
    let edited = alice.one(&["edit", "Bob", &event[..8], "see you at one"]);
    assert_eq!(
        (&edited["text"], &edited["edited"], &edited["event"]),
        (&"see you at one".into(), &true.into(), &event.into())
    );
    bob.wait_texts("Alice", &["see you at one", "and bring bread"], SOON);
    let expected = [json!(["see you at one", true, "delivered"]), json!(["and bring bread", false, "delivered"])];
    holds("the edit is delivered", SOON, || shown(&alice.cmd(&["log", "Bob"])), |log| *log == expected);
    let log = bob.cmd(&["log", "Alice"]);
    assert_eq!((log[0]["edited"].clone(), log.len()), (true.into(), 2));
    let id = log[0]["event"].as_str().unwrap_or_default().to_owned();
    assert_eq!(bob.fails(&["edit", "Alice", &id, "no"]).kind, "forbidden");
    let deleted = alice.one(&["delete", "Bob", &id]);
    assert_eq!((&deleted["kind"], &deleted["outcome"]), (&"deleted".into(), &"asked".into()));
    holds("Bob sees it deleted", SOON, || bob.texts("Alice"), |texts| texts[0] == Value::Null && texts.len() == 2);
    assert_eq!(alice.fails(&["edit", "Bob", &id, "again"]).kind, "wrong_state");
}

#[test]
fn the_first_wording_of_what_waits_never_leaves() {
    let Pair { alice, mut bob, lan } = Pair::connected();
    let first = "the parrot knows too much";
    bob.stop();
    let event = alice.send("Bob", first);
    alice.send("Bob", "after");
    alice.one(&["edit", "Bob", &event, "the parrot is fine"]);
    assert_eq!(alice.texts("Bob"), ["the parrot is fine", "after"]);
    let contact = alice.contact("Bob").unwrap_or_default();
    assert_eq!((&contact["waiting"], &contact["last"]["text"]), (&2.into(), &"after".into()));
    let capture = lan.host("bob").capture(&lan.folder().join("capture.pcap"));
    bob.start();
    let expected = [json!(["the parrot is fine", true, null]), json!(["after", false, null])];
    holds("Bob reads the edit in its place", SOON, || shown(&bob.cmd(&["log", "Alice"])), |log| *log == expected);
    assert_eq!(bob.contact("Alice").unwrap_or_default()["unread"], 2);
    drop(capture);
    assert_eq!(scan::find_text(first, &[lan.folder()]), Vec::<String>::new());
}
