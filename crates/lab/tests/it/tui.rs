//! Two people talk in their terminals: `kith tui` on real terminals, with real agents.

use kith_lab::{Agent, Pair, Screen, kith_binary};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(20);

fn terminal(agent: &Agent, contact: &str) -> Screen {
    let mut command = agent.host().program(kith_binary());
    command.args(["tui", "--contact", contact, "--home"]).arg(agent.home());
    command.env_remove("COLORTERM").env("KITH_LANG", "en");
    Screen::start(command, 60, 16)
}

#[test]
fn two_people_talk_on_their_terminals_and_each_sees_what_is_known() {
    let Pair { alice, mut bob, lan: _lan } = Pair::connected();
    let mut hers = terminal(&alice, "Bob");
    let mut his = terminal(&bob, "Alice");
    hers.wait("Write to Bob", SOON);
    his.wait("Write to Alice", SOON);
    hers.wait("Direct", SOON);

    hers.keys("Is the harbour open? שלום\r");
    his.wait("┃ Is the harbour open? םולש", SOON);
    hers.wait("●◉ Seen", SOON);
    his.keys("It is\x1b\r日本 too\r");
    hers.wait("┃ 日本 too", SOON);
    his.wait("Seen", SOON);

    // His agent ends: the screen stays, and goes on by itself when the agent is back.
    bob.stop();
    his.wait("Kith is not running on this device.", SOON);
    hers.wait("Waiting for Bob", SOON);
    hers.keys("For later\r");
    hers.wait("●◌ Waiting for Bob", SOON);
    bob.start();
    his.wait("┃ For later", SOON);
    hers.wait("Direct", SOON);

    // She gives it another wording, pins it, and deletes it for both.
    hers.wait("●◉ Seen", SOON);
    hers.keys("\x1b[1;5A");
    hers.wait("█", SOON);
    hers.keys("e");
    hers.wait("You are editing a message.", SOON);
    hers.keys(", Bob\r");
    his.wait("┃ For later, Bob", SOON);
    hers.keys("\x1b[1;5A");
    hers.wait("█", SOON);
    hers.keys("p");
    his.wait("Pinned", SOON);
    hers.keys("d");
    hers.wait("b Delete for both", SOON);
    hers.keys("b");
    his.wait("Alice deleted this message.", SOON);
    hers.wait("You deleted this message.", SOON);
    // Who is there is reached.
    hers.keys("\x14");

    his.keys("\x06harb");
    his.wait("1 message found", SOON);
    his.keys("\r");
    his.wait("█ Is the harbour open?", SOON);

    for screen in [&mut hers, &mut his] {
        screen.keys("\x03");
        assert!(screen.ends(SOON).success());
    }
}

#[test]
fn a_terminal_is_needed_and_somebody_who_has_none_is_told_what_else_there_is() {
    let Pair { alice, bob: _bob, lan: _lan } = Pair::strangers();
    let refused = alice.fails(&["tui"]);
    assert_eq!(refused.kind, "bad_input");
    assert!(refused.hint.contains("log NAME --follow"), "{}", refused.hint);
}
