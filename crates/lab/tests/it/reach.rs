//! Reaching somebody by hand on real agents: the answer is what was found, and what waits goes with it.

use kith_lab::{Agent, Pair, holds};
use serde_json::{Value, json};
use std::fs;
use std::thread;
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(30);

#[test]
fn a_person_has_a_contact_dialled_at_once_and_is_told_truly_whether_that_reached_them() {
    let chatty = |agent: Agent| agent.logging("warn,kith_agent=debug");
    let Pair { alice, mut bob, lan: _lan } = Pair::strangers_with(chatty, |bob| bob).connect();
    assert_eq!(alice.one(&["reach", "Bob"]), json!({ "reached": true }));
    bob.kill9();
    alice.wait_contact("Bob", "online", Value::Bool(false), SOON);
    let event = alice.send("Bob", "are you there?");
    let waits =
        || alice.cmd(&["log", "Bob"]).iter().find(|said| said["event"] == event.as_str()).unwrap()["state"].clone();

    // Nobody answers: that is an answer, and no failure. What waits goes on waiting.
    assert_eq!(alice.one(&["reach", "Bob"]), json!({ "reached": false }));
    assert_eq!(waits(), "waiting");
    // Asked by twelve at once it dials no oftener: all of them share the next try.
    let dials = || fs::read_to_string(alice.stderr_file()).unwrap().matches("a dial failed").count();
    let before = dials();
    let answers = thread::scope(|scope| {
        let asked: Vec<_> =
            (0..12).map(|_| alice.client()).map(|one| scope.spawn(move || one.one(&["reach", "Bob"]))).collect();
        asked.into_iter().map(|answer| answer.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(answers.iter().all(|answer| *answer == json!({ "reached": false })), "{answers:?}");
    let cost = dials() - before;
    assert!((1..8).contains(&cost), "{cost} dials");

    bob.start();
    holds("he is reached", SOON, || alice.one(&["reach", "Bob"]), |answer| *answer == json!({ "reached": true }));
    holds("it was delivered", SOON, waits, |state| state == "delivered");
    // There is nobody to be dialled for a name alone.
    alice.cmd(&["invite", "Mira"]);
    assert_eq!(alice.fails(&["reach", "Mira"]).kind, "wrong_state");
    assert_eq!(alice.fails(&["reach", "Nobody"]).kind, "not_found");
}
