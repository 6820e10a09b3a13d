//! Messages that disappear, and messages that are pinned, on real binaries.

use kith_lab::{Agent, Pair, holds};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(20);

/// Two who agreed on ten seconds, which is longer than a vault stays open without a connection.
fn agreed() -> Pair {
    let pair = Pair::connected();
    pair.alice.one(&["disappear", "Bob", "10s"]);
    assert_eq!(pair.alice.one(&["disappear", "Bob"])["in_force"], Value::Null);
    let heard = |timers: &Value| timers["theirs"] == 10;
    holds("Bob hears of it", SOON, || pair.bob.one(&["disappear", "Alice"]), heard);
    assert_eq!(pair.bob.one(&["disappear", "Alice", "10s"]), json!({ "mine": 10, "theirs": 10, "in_force": 10 }));
    holds("Alice hears of it", SOON, || pair.alice.one(&["disappear", "Bob"]), |timers| timers["in_force"] == 10);
    pair
}

/// What is said in a conversation, without lines that nobody wrote.
fn texts(agent: &Agent, contact: &str) -> Vec<Value> {
    agent.texts(contact).into_iter().filter(|text| *text != Value::Null && *text != "").collect()
}

/// EVT-072: here from when it left, there from when it was seen, and not before.
#[test]
fn a_message_leaves_both_sides_in_its_time() {
    let Pair { alice, bob, lan: _lan } = agreed();
    bob.send("Alice", "soon gone");
    holds("it is here", SOON, || texts(&alice, "Bob"), |texts| texts.last() == Some(&json!("soon gone")));
    let message = alice.cmd(&["log", "Bob"]).pop().unwrap_or_default();
    assert_eq!((&message["timer"], &message["leaves_at"]), (&json!(10), &Value::Null), "nobody has seen it");
    holds("it leaves its writer", SOON, || texts(&bob, "Alice"), Vec::is_empty);
    assert_eq!(texts(&alice, "Bob"), ["soon gone"]);
    assert_eq!(alice.one(&["seen", "Bob"])["unread"], 0);
    let message = alice.cmd(&["log", "Bob"]).pop().unwrap_or_default();
    assert_ne!(message["leaves_at"], Value::Null);
    holds("it leaves its reader", SOON, || texts(&alice, "Bob"), Vec::is_empty);
    assert_eq!(alice.cmd(&["search", "Bob", "gone"]), Vec::<Value>::new());
    let off = bob.fails(&["disappear", "Alice", "soon"]);
    assert_eq!(off.kind, "bad_input");
    assert_eq!(bob.fails(&["disappear", "Alice", "1s"]).kind, "bad_input");
}

/// EVT-073: a vault that is closed, as nobody is connected, is opened when something in it has to go.
#[test]
fn a_message_leaves_while_its_vault_is_closed() {
    let Pair { alice, mut bob, lan: _lan } = agreed();
    bob.send("Alice", "soon gone");
    holds("it is here", SOON, || texts(&alice, "Bob"), |texts| texts.len() == 1);
    bob.stop();
    let mut socket = UnixStream::connect(alice.home().join("socket")).unwrap();
    socket.set_read_timeout(Some(2 * SOON)).unwrap();
    let contact = alice.contact("Bob").unwrap_or_default()["contact"].clone();
    writeln!(socket, "{}", json!({ "id": 1, "method": "watch", "params": { "contact": contact } })).unwrap();
    alice.one(&["seen", "Bob"]);
    // From here on only the agent itself opens the vault again.
    let lines = BufReader::new(socket).lines().map_while(Result::ok);
    let pushes = lines.filter_map(|line| serde_json::from_str::<Value>(&line).ok());
    let gone = pushes.into_iter().any(|line| line["push"]["message_gone"]["contact"] == contact);
    assert!(gone, "the page that shows it is told");
}

/// EVT-073: time goes on while the agent is not there, killed or stopped.
#[test]
fn a_message_leaves_while_the_agent_is_away() {
    let Pair { mut alice, mut bob, lan: _lan } = agreed();
    bob.send("Alice", "soon gone");
    holds("it is here", SOON, || texts(&alice, "Bob"), |texts| texts.len() == 1);
    alice.one(&["seen", "Bob"]);
    bob.stop();
    alice.kill9();
    let began = std::time::Instant::now();
    holds("its time is over", SOON, || began.elapsed(), |elapsed| *elapsed > Duration::from_secs(11));
    alice.start();
    bob.start();
    assert_eq!(texts(&alice, "Bob"), Vec::<Value>::new());
    assert_eq!(texts(&bob, "Alice"), Vec::<Value>::new());
}

/// EVT-080, EVT-081
#[test]
fn what_one_pins_both_list_until_either_takes_it_down_or_it_is_deleted() {
    let Pair { alice, bob, lan: _lan } = Pair::connected();
    let kept = bob.send("Alice", "the key is under the mat");
    let other = bob.send("Alice", "the mat is blue");
    alice.wait_texts("Bob", &["the key is under the mat", "the mat is blue"], SOON);
    for event in [&kept, &other] {
        assert_eq!(alice.one(&["pin", "Bob", event])["pinned"], true);
    }
    let pinned = |agent: &Agent, contact: &str| -> Vec<Value> {
        agent.cmd(&["pins", contact]).into_iter().map(|message| message["text"].clone()).collect()
    };
    holds(
        "Bob sees both",
        SOON,
        || pinned(&bob, "Alice"),
        |texts| *texts == ["the key is under the mat", "the mat is blue"],
    );
    assert_eq!(bob.one(&["pin", "Alice", &other, "--off"])["pinned"], false);
    holds("Alice hears of it", SOON, || pinned(&alice, "Bob"), |texts| *texts == ["the key is under the mat"]);
    bob.one(&["delete", "Alice", &kept]);
    holds("it is gone with its message", SOON, || pinned(&alice, "Bob"), Vec::is_empty);
    assert_eq!(alice.fails(&["pin", "Bob", &kept]).kind, "wrong_state");
}
