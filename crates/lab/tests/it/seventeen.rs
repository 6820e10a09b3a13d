//! Lost devices on real binaries: homes are deleted and made anew, with the recovery words and without, people change
//! places, and pair again. The seventeen steps that a founding document tells of a message nobody can read end here with
//! nothing wrong on either side.

use kith_lab::{Agent, Chance, Pair, holds, wait_connected};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(20);
const CRASHES: u64 = 8;

/// How a person comes back to the app.
#[derive(Clone, Copy, PartialEq)]
enum Back {
    WithWords,
    WithoutWords,
}

fn words(agent: &Agent) -> String {
    let words = agent.one(&["seed", "show"])["words"].clone();
    words.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect::<Vec<_>>().join(" ")
}

fn come_back(agent: &mut Agent, words: &str, back: Back) {
    match back {
        Back::WithWords => agent.restore(words),
        Back::WithoutWords => agent.reinstall(),
    }
    assert_eq!(agent.cmd(&["contacts"]), Vec::<Value>::new(), "nobody is known, and nobody asks");
}

fn code(invitation: &Value) -> String {
    invitation["code"].as_str().unwrap().to_owned()
}

/// Both directions carry, and what was said is there once on each side.
#[track_caller]
fn talk(one: (&Agent, &str), other: (&Agent, &str), about: &str) {
    for ((from, to_whom), (at, of_whom)) in [(one, other), (other, one)] {
        let text = format!("{of_whom} on {about}");
        from.cmd(&["send", to_whom, &text, "--wait", "delivered", "--timeout", "20"]);
        let times = at.texts(of_whom).iter().filter(|shown| **shown == text).count();
        assert_eq!(times, 1, "'{text}'");
    }
}

/// One who lost nothing goes on with a contact; the other has a new app.
#[track_caller]
fn pair_again(kept: (&Agent, &str), fresh: (&Agent, &str), kept_invites: bool) {
    let ((keeper, their_name), (newcomer, name)) = (kept, fresh);
    if kept_invites {
        let code = code(&keeper.one(&["invite", their_name, "--again"]));
        newcomer.cmd(&["accept", &code, "--name", name, "--wait", "20"]);
    } else {
        let code = code(&newcomer.one(&["invite", name]));
        keeper.cmd(&["accept", &code, "--again", their_name, "--wait", "20"]);
    }
    wait_connected(keeper, their_name);
    wait_connected(newcomer, name);
}

/// What must be so of a contact that was gone on with, whatever else happened.
#[track_caller]
fn is_gone_on_with(agent: &Agent, before: &Value, held: u64, back: Back) {
    let name = before["name"].as_str().unwrap();
    let renewed = if back == Back::WithWords { "words" } else { "nothing" };
    let now = agent.wait_contact(name, "renewed", renewed, SOON);
    for same in ["contact", "app_url", "name", "created_at"] {
        assert_eq!(now[same], before[same], "{same}");
    }
    assert_ne!(now["safety_number"], before["safety_number"]);
    assert_ne!(now["mark"], before["mark"], "who is there looks otherwise");
    assert_eq!((&now["verified"], &now["held"]), (&json!(false), &json!(held)), "{now}");
    let notices = agent.notices(name);
    let notice = notices.last().unwrap();
    let proven = json!(back == Back::WithWords);
    assert_eq!((&notice["what"], &notice["proven"]), (&json!("paired_anew"), &proven));
    assert_eq!(agent.cmd(&["contacts"]).len(), 1, "no ghost");
}

/// The seventeen steps; `one` writes, `other` loses everything first.
fn seventeen_steps(one: &mut Agent, other: &mut Agent, names: (&str, &str), back: Back, round: &str) {
    let (name_of_one, name_of_other) = names;
    let (words_of_one, words_of_other) = (words(one), words(other));
    one.cmd(&["verify", name_of_other, "--yes"]);
    let before = one.contact(name_of_other).unwrap();
    // 4, 5: the other goes offline, and uninstalls. 3, 6: one writes, and deletes some of it.
    other.kill9();
    let regretted = one.send(name_of_other, &format!("regretted in {round}"));
    one.send(name_of_other, &format!("meant in {round}"));
    assert_eq!(one.one(&["delete", name_of_other, &regretted])["kind"], "deleted");
    // 7, 8: the other reinstalls. Nothing comes.
    come_back(other, &words_of_other, back);
    // 9: they pair again.
    pair_again((one, name_of_other), (other, name_of_one), true);
    is_gone_on_with(one, &before, 1, back);
    assert_eq!(other.texts(name_of_one), Vec::<Value>::new(), "what was written to the lost app stays");
    assert_eq!(other.contact(name_of_one).unwrap()["renewed"], Value::Null);
    talk((one, name_of_other), (other, name_of_one), &format!("the second day of {round}"));
    assert_eq!(one.contact(name_of_other).unwrap()["held"], 1);
    // 10 to 16: one uninstalls, reinstalls, and nobody asks anybody who that is.
    let before = other.contact(name_of_one).unwrap();
    come_back(one, &words_of_one, back);
    pair_again((other, name_of_one), (one, name_of_other), false);
    is_gone_on_with(other, &before, 0, back);
    assert_eq!(one.texts(name_of_other), Vec::<Value>::new());
    talk((one, name_of_other), (other, name_of_one), &format!("the third day of {round}"));
    for shown in other.texts(name_of_one) {
        assert!(!shown.as_str().is_some_and(|text| text.ends_with(&format!("in {round}"))), "{shown}");
    }
    let safety = |agent: &Agent, name: &str| agent.contact(name).unwrap()["safety_number"].clone();
    assert_eq!(safety(one, name_of_other), safety(other, name_of_one));
}

#[test]
fn the_seventeen_steps_with_the_words_end_with_nothing_wrong() {
    let Pair { mut alice, mut bob, lan: _lan } = Pair::connected();
    seventeen_steps(&mut alice, &mut bob, ("Alice", "Bob"), Back::WithWords, "round one");
    // 17: Bob and Alice switch places.
    seventeen_steps(&mut bob, &mut alice, ("Bob", "Alice"), Back::WithWords, "round two");
}

#[test]
fn the_seventeen_steps_without_the_words_end_with_nothing_wrong() {
    let Pair { mut alice, mut bob, lan: _lan } = Pair::connected();
    seventeen_steps(&mut alice, &mut bob, ("Alice", "Bob"), Back::WithoutWords, "round one");
    seventeen_steps(&mut bob, &mut alice, ("Bob", "Alice"), Back::WithoutWords, "round two");
}

#[test]
fn what_waited_is_sent_to_new_keys_by_a_word_that_names_how_much_it_is_and_only_then() {
    let Pair { alice, mut bob, lan: _lan } = Pair::connected();
    bob.kill9();
    for text in ["one", "two", "three"] {
        alice.send("Bob", text);
    }
    let two = alice.cmd(&["log", "Bob"])[1]["event"].as_str().unwrap().to_owned();
    bob.reinstall();
    pair_again((&alice, "Bob"), (&bob, "Alice"), false);
    alice.wait_contact("Bob", "held", 3, SOON);
    assert_eq!(alice.contact("Bob").unwrap()["waiting"], 0, "they wait for nobody");
    alice.cmd(&["delete", "Bob", &two]);
    let asked = alice.fails(&["resend", "Bob"]);
    assert!(asked.message.contains("2 messages") && asked.message.contains("not compared"), "{asked:?}");
    assert_eq!(bob.texts("Alice"), Vec::<Value>::new());

    assert_eq!(alice.one(&["resend", "Bob", "--yes"])["messages"], 2);
    bob.wait_texts("Alice", &["one", "three"], SOON);
    assert_eq!(alice.one(&["resend", "Bob", "--yes"])["messages"], 0, "a second word has nothing to send");
    alice.wait_contact("Bob", "held", 0, SOON);
    assert_eq!(alice.texts("Bob"), [Value::Null, json!("one"), json!("three")], "each stands here once");
    let notices: Vec<Value> = alice.notices("Bob").iter().map(|notice| notice["what"].clone()).collect();
    assert_eq!(notices, ["paired_anew", "held_sent"]);
    talk((&alice, "Bob"), (&bob, "Alice"), "what waited");
}

#[test]
fn what_waited_can_be_dropped() {
    let Pair { alice, mut bob, lan: _lan } = Pair::connected();
    bob.kill9();
    alice.send("Bob", "one");
    bob.reinstall();
    pair_again((&alice, "Bob"), (&bob, "Alice"), true);
    assert_eq!(alice.one(&["resend", "Bob", "--drop", "--yes"])["messages"], 1);
    talk((&alice, "Bob"), (&bob, "Alice"), "what is left");
    assert_eq!(alice.contact("Bob").unwrap()["held"], 0);
    assert_eq!(bob.texts("Alice").len(), 2);
}

/// PAIR-050
#[test]
fn a_try_to_pair_again_that_comes_to_nothing_changes_nothing() {
    let Pair { mut alice, bob, lan: _lan } = Pair::connected();
    alice.cmd(&["verify", "Bob", "--yes"]);
    let before = alice.contact("Bob").unwrap();
    let refused =
        alice.fails(&["accept", "123456-aardvark-adroitness-absurd-adviser", "--again", "Bob", "--wait", "1"]);
    assert_eq!(refused.kind, "unanswered");
    let code = code(&alice.one(&["invite", "Bob", "--again"]));
    assert_eq!(alice.contact("Bob").unwrap()["note"]["id"], "note-again-open");
    talk((&alice, "Bob"), (&bob, "Alice"), "the open code");
    // It stands through a restart, and wrong words end it.
    alice.kill9();
    alice.start();
    let mut parts: Vec<&str> = code.split('-').collect();
    parts[1] = if parts[1] == "aardvark" { "absurd" } else { "aardvark" };
    let wrong = parts.join("-");
    for _ in 0..5 {
        assert_eq!(bob.fails(&["accept", &wrong, "--again", "Alice", "--wait", "20"]).kind, "wrong_code");
    }
    holds("the code is dead", SOON, || alice.contact("Bob").unwrap()["note"].clone(), Value::is_null);
    let after = alice.contact("Bob").unwrap();
    for same in ["contact", "safety_number", "mark", "verified", "state", "held", "renewed"] {
        assert_eq!(after[same], before[same], "{same}");
    }
    talk((&alice, "Bob"), (&bob, "Alice"), "the dead code");
    assert_eq!(alice.notices("Bob"), Vec::<Value>::new());
}

#[test]
fn two_who_lost_nothing_pair_again_and_keep_all_they_said() {
    let Pair { alice, bob, lan: _lan } = Pair::connected();
    talk((&alice, "Bob"), (&bob, "Alice"), "the old keys");
    let code = code(&alice.one(&["invite", "Bob", "--again"]));
    let refused = bob.fails(&["accept", &code, "--name", "Alice", "--wait", "5"]);
    assert!(refused.hint.contains("--again Alice"), "{refused:?}");
    bob.cmd(&["accept", &code, "--again", "Alice", "--wait", "20"]);
    wait_connected(&alice, "Bob");
    for (agent, name) in [(&alice, "Bob"), (&bob, "Alice")] {
        agent.wait_contact(name, "renewed", "words", SOON);
        assert_eq!(agent.texts(name).len(), 2, "history stays");
    }
    talk((&alice, "Bob"), (&bob, "Alice"), "the new keys");
    alice.cmd(&["verify", "Bob", "--yes"]);
    assert_eq!(alice.contact("Bob").unwrap()["renewed"], Value::Null, "who compared knows");
}

/// Copies a home whose agent does not run.
fn copy(from: &Path, to: &Path) {
    let done = Command::new("cp").arg("-a").arg(from).arg(to).status().unwrap();
    assert!(done.success());
}

#[test]
fn an_app_that_was_set_back_says_so_and_goes_on_by_pairing_again() {
    let Pair { mut alice, bob, lan: _lan } = Pair::connected();
    talk((&alice, "Bob"), (&bob, "Alice"), "the day of the backup");
    alice.stop();
    let backup = alice.home().with_extension("backup");
    copy(alice.home(), &backup);
    alice.start();
    talk((&alice, "Bob"), (&bob, "Alice"), "the day after");
    alice.stop();
    fs::remove_dir_all(alice.home()).unwrap();
    copy(&backup, alice.home());
    alice.start();
    let noted = |agent: &Agent| agent.contact("Bob").unwrap()["note"]["id"].clone();
    bob.send("Alice", "is anybody there?");
    holds("it says that it is an old state", SOON, || noted(&alice), |note| *note == "note-retired");
    let refused = alice.fails(&["send", "Bob", "hello"]);
    assert!(refused.hint.contains("--again"), "{refused:?}");
    let code = code(&alice.one(&["invite", "Bob", "--again"]));
    bob.cmd(&["accept", &code, "--again", "Alice", "--wait", "20"]);
    wait_connected(&alice, "Bob");
    talk((&alice, "Bob"), (&bob, "Alice"), "the new keys");
    assert_eq!(noted(&alice), Value::Null);
}

#[test]
fn words_that_are_none_make_no_home_and_a_home_that_is_there_is_not_begun_anew() {
    let Pair { mut alice, bob, lan: _lan } = Pair::connected();
    let words = words(&bob);
    alice.stop();
    let refused = alice.run_with_input(&["run", "--no-open", "--restore"], words.as_bytes()).failure();
    assert_eq!(refused.kind, "wrong_state", "{refused:?}");
    alice.start();
    talk((&alice, "Bob"), (&bob, "Alice"), "what is still there");
    alice.stop();
    fs::remove_dir_all(alice.home()).unwrap();
    let exchanged = words.split(' ').rev().collect::<Vec<_>>().join(" ");
    let refused = alice.run_with_input(&["run", "--no-open", "--restore"], exchanged.as_bytes()).failure();
    assert_eq!(refused.kind, "bad_input", "{refused:?}");
    assert!(!alice.home().join("home.db").exists());
}

/// Whoever of the two is not where the other is pairs again.
fn finish(alice: &Agent, bob: &Agent, code_given: &str) {
    let numbers =
        || [alice.contact("Bob"), bob.contact("Alice")].map(|contact| contact.unwrap()["safety_number"].clone());
    let [hers, his] = numbers();
    if hers == his {
        return;
    }
    // One has stored what the other has not: it repeats, with the same code if that still stands.
    let again = bob.run(&["accept", code_given, "--again", "Alice", "--wait", "20"]);
    if again.code != Some(0) {
        println!("the code does no more: {:?}", again.error);
        let code = code(&alice.one(&["invite", "Bob", "--again"]));
        bob.cmd(&["accept", &code, "--again", "Alice", "--wait", "20"]);
    }
}

#[test]
fn pairing_again_that_a_crash_interrupts_leaves_the_old_or_the_new_and_can_be_repeated() {
    let mut chance = Chance::from_env("renewals", 17_001);
    let Pair { mut alice, mut bob, lan: _lan } = Pair::connected();
    for round in 0..CRASHES {
        let about = format!("round {round}");
        talk((&alice, "Bob"), (&bob, "Alice"), &about);
        let (lines, ids) = (alice.texts("Bob").len(), alice.contact("Bob").unwrap()["contact"].clone());
        let code = code(&alice.one(&["invite", "Bob", "--again"]));
        let client = bob.client();
        thread::scope(|scope| {
            let answer = scope.spawn(|| client.run(&["accept", &code, "--again", "Alice", "--wait", "20"]));
            chance.let_pass(Duration::from_millis(320));
            let whom = chance.below(3);
            if whom != 1 {
                alice.kill9();
            }
            if whom != 0 {
                bob.kill9();
            }
            if whom != 1 {
                alice.start();
            }
            if whom != 0 {
                bob.start();
            }
            println!(
                "killed {}: {:?}",
                ["Alice", "Bob", "both"][usize::try_from(whom).unwrap()],
                answer.join().unwrap()
            );
        });
        finish(&alice, &bob, &code);
        wait_connected(&alice, "Bob");
        wait_connected(&bob, "Alice");
        for (agent, name) in [(&alice, "Bob"), (&bob, "Alice")] {
            assert_eq!(agent.cmd(&["contacts"]).len(), 1, "no ghost");
            assert_eq!(agent.texts(name).len(), lines, "nothing of what was said is lost or doubled");
        }
        assert_eq!(alice.contact("Bob").unwrap()["contact"], ids);
    }
    talk((&alice, "Bob"), (&bob, "Alice"), "the end");
}
