//! What one person takes out of their own sight, sends on, and lets the other hear.

use kith_lab::{Pair, holds};
use serde_json::Value;
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(15);

#[test]
fn what_was_hidden_is_gone_from_one_device_alone_and_stays_so() {
    let Pair { mut alice, bob, lan: _lan } = Pair::connected();
    let theirs = bob.send("Alice", "the parrot knows too much");
    let own = alice.send("Bob", "and the parrot talks");
    bob.wait_texts("Alice", &["the parrot knows too much", "and the parrot talks"], SOON);
    let delivered = |log: &Vec<Value>| log.last().is_some_and(|message| message["state"] == "delivered");
    holds("Bob's receipt", SOON, || alice.cmd(&["log", "Bob"]), delivered);
    for event in [&theirs, &own] {
        assert_eq!(alice.one(&["hide", "Bob", event])["hidden"], true);
    }
    assert_eq!(alice.texts("Bob"), Vec::<Value>::new());
    assert_eq!(alice.cmd(&["search", "Bob", "parrot"]), Vec::<Value>::new());
    let contact = alice.contact("Bob").unwrap_or_default();
    assert_eq!((&contact["unread"], &contact["last"]), (&0.into(), &Value::Null));
    assert_eq!(alice.fails(&["hide", "Bob", &own]).kind, "not_found");
    assert_eq!(alice.fails(&["edit", "Bob", &own, "no"]).kind, "not_found");
    // A later wording of what is out of sight stays out of sight.
    bob.one(&["edit", "Alice", &theirs, "the parrot is fine"]);
    let after = bob.send("Alice", "after");
    alice.wait_texts("Bob", &["after"], SOON);
    alice.stop();
    alice.start();
    assert_eq!(alice.texts("Bob"), ["after"]);
    assert_eq!(bob.texts("Alice"), ["the parrot is fine", "and the parrot talks", "after"]);
    assert_eq!(bob.one(&["hide", "Alice", &after])["hidden"], true);
    assert_eq!(alice.texts("Bob"), ["after"]);
}

#[test]
fn what_is_on_its_way_is_not_hidden() {
    let Pair { alice, mut bob, lan: _lan } = Pair::connected();
    bob.stop();
    let event = alice.send("Bob", "on its way");
    assert_eq!(alice.fails(&["hide", "Bob", &event]).kind, "wrong_state");
    bob.start();
    bob.wait_texts("Alice", &["on its way"], SOON);
    assert_eq!(alice.texts("Bob"), ["on its way"]);
}

#[test]
fn a_text_is_sent_on_and_nothing_else_is() {
    let Pair { alice, bob, lan: _lan } = Pair::connected();
    let event = bob.send("Alice", "bring the long ladder");
    alice.wait_texts("Bob", &["bring the long ladder"], SOON);
    alice.one(&["forward", "Bob", &event, "Bob"]);
    bob.wait_texts("Alice", &["bring the long ladder", "bring the long ladder"], SOON);
    let sent = bob.cmd(&["log", "Alice"]);
    assert_eq!((&sent[1]["mine"], &sent[1]["quote"]), (&false.into(), &Value::Null));
    bob.one(&["delete", "Alice", &event]);
    holds("it is deleted", SOON, || alice.texts("Bob"), |texts| texts[0] == Value::Null);
    assert_eq!(alice.fails(&["forward", "Bob", &event, "Bob"]).kind, "wrong_state");
    assert_eq!(alice.fails(&["forward", "Bob", &event, "Nobody"]).kind, "wrong_state");
}

/// MAN-007
#[test]
fn both_sides_show_one_digest_of_what_their_apps_have_in_common() {
    let Pair { alice, bob, lan: _lan } = Pair::connected();
    let said = |contact: Option<Value>| contact.unwrap_or_default()["manifest"].clone();
    let at_alice = said(alice.contact("Bob"));
    assert_eq!(at_alice.as_str().map(str::len), Some(8));
    assert_eq!(at_alice, said(bob.contact("Alice")));
}

#[test]
fn what_a_contact_hears_outlives_a_restart() {
    let Pair { mut alice, bob: _bob, lan: _lan } = Pair::connected();
    let heard = |contact: Option<Value>| {
        let contact = contact.unwrap_or_default();
        (contact["receipts"].clone(), contact["typing"].clone())
    };
    assert_eq!(heard(alice.contact("Bob")), (true.into(), true.into()));
    alice.one(&["habits", "Bob", "--seen", "off"]);
    assert_eq!(heard(alice.contact("Bob")), (false.into(), true.into()));
    alice.stop();
    alice.start();
    assert_eq!(heard(alice.contact("Bob")), (false.into(), true.into()));
    alice.one(&["habits", "Bob", "--seen", "on", "--typing", "off"]);
    assert_eq!(heard(alice.contact("Bob")), (true.into(), false.into()));
}
