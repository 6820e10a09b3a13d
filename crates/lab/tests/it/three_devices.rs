//! Three devices in one conversation: Bob's second one comes in by a door that only the test build has.

use kith_lab::{Agent, Lan, Pair, door_binary, holds, kith_binary};
use std::fs;
use std::time::Duration;

/// What every build with a door contains, and no other.
const MARKER: &[u8] = b"kith-door";
const SOON: Duration = Duration::from_secs(30);

fn has_marker(binary: &std::path::Path) -> bool {
    fs::read(binary).unwrap().windows(MARKER.len()).any(|window| window == MARKER)
}

#[test]
fn the_shipped_binary_has_no_door() {
    let lan = Lan::new(&["alice"]);
    let alice = lan.agent("alice").started();
    let home = alice.home().to_str().unwrap();
    assert_eq!(alice.run(&["join-device", "--from", home, "Bob"]).code, Some(2));
    assert_eq!(alice.run(&["run", "--durability-off"]).code, Some(2));
    assert!(!has_marker(&kith_binary()), "the shipped binary has the door's marker");
    assert!(has_marker(&door_binary()), "the marker would show a door");
}

#[test]
fn a_persons_second_device_hears_everything_and_is_heard_by_all() {
    let lan = Lan::new(&["alice", "bob", "tablet"]);
    let start = |host, name| lan.agent(host).with_binary(door_binary()).with(&["--name", name]).started();
    let (alice, bob, mut tablet) = (start("alice", "Alice"), start("bob", "Bob"), start("tablet", "Bob"));
    let Pair { alice, mut bob, lan: _lan } = Pair { alice, bob, lan }.connect();
    alice.cmd(&["send", "Bob", "before the tablet", "--wait", "delivered", "--timeout", "15"]);

    bob.stop();
    tablet.stop();
    tablet.cmd(&["join-device", "--from", bob.home().to_str().unwrap(), "Alice"]);
    bob.start();
    tablet.start();
    let safety = |agent: &Agent, contact| agent.contact(contact).unwrap()["safety_number"].clone();
    assert_eq!(safety(&tablet, "Alice"), safety(&alice, "Bob"));

    let hear = |agent: &Agent, contact: &str, text: &str| {
        holds(
            &format!("{} hears '{text}'", agent.home().display()),
            SOON,
            || agent.texts(contact),
            |texts| texts.iter().filter(|seen| *seen == text).count() == 1,
        );
    };
    alice.cmd(&["send", "Bob", "to both of Bob's devices", "--wait", "delivered", "--timeout", "30"]);
    hear(&bob, "Alice", "to both of Bob's devices");
    hear(&tablet, "Alice", "to both of Bob's devices");

    tablet.cmd(&["send", "Alice", "from the tablet", "--wait", "delivered", "--timeout", "30"]);
    hear(&alice, "Bob", "from the tablet");
    hear(&bob, "Alice", "from the tablet");
    let at_bobs = bob.cmd(&["log", "Alice"]).into_iter().find(|message| message["text"] == "from the tablet").unwrap();
    assert_eq!(at_bobs["mine"], true, "what one's other device wrote is one's own");

    bob.cmd(&["send", "Alice", "from the first", "--wait", "delivered", "--timeout", "30"]);
    hear(&alice, "Bob", "from the first");
    hear(&tablet, "Alice", "from the first");
}
