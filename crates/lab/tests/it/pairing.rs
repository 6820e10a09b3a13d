//! Two people meet: by code, by link, by both at once; and all the ways in which they don't.

use kith_lab::{Agent, Pair, holds, wait_connected};
use serde_json::Value;
use std::thread;
use std::time::{Duration, Instant};

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(15);

/// The same digits with another first word.
fn with_a_wrong_word(code: &str) -> String {
    let mut parts: Vec<&str> = code.split('-').collect();
    parts[1] = if parts[1] == "aardvark" { "absurd" } else { "aardvark" };
    parts.join("-")
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value}"))
}

fn connected_and_alike(alice: &Agent, bob: &Agent) {
    wait_connected(alice, "Bob");
    wait_connected(bob, "Alice");
    let (hers, his) = (alice.contact("Bob").unwrap(), bob.contact("Alice").unwrap());
    assert_eq!(hers["safety_number"], his["safety_number"]);
    assert_eq!(text(&hers, "safety_number").split_whitespace().count(), 12, "{hers}");
    assert_eq!(hers["mark"], his["mark"]);
    assert_eq!(text(&hers, "mark").len(), 64, "{hers}");
    assert_eq!((&hers["stage"], &his["stage"]), (&"secure".into(), &"secure".into()));
    assert_eq!((alice.cmd(&["contacts"]).len(), bob.cmd(&["contacts"]).len()), (1, 1));
}

#[test]
fn a_code_read_aloud_connects_two_on_a_lan_without_any_route() {
    let Pair { alice, bob, lan: _lan } = Pair::strangers();
    let invitation = alice.one(&["invite", "Bob"]);
    let id = text(&invitation, "contact");
    assert!(!id.starts_with('-') && invitation["expires_at"].is_u64(), "{invitation}");
    assert_eq!(alice.contact("Bob").unwrap()["state"], "inviting");

    let begin = Instant::now();
    let accepted = bob.one(&["accept", text(&invitation, "code"), "--name", "Alice", "--wait", "15"]);
    println!("paired after {:?}", begin.elapsed());
    assert!(["connecting", "connected"].contains(&text(&accepted, "state")), "{accepted}");
    connected_and_alike(&alice, &bob);
    assert_eq!(alice.contact("Bob").unwrap()["contact"], id);

    let begin = Instant::now();
    let sent = bob.one(&["send", "Alice", "the first", "--wait", "delivered", "--timeout", "15"]);
    println!("delivered after {:?}", begin.elapsed());
    assert_eq!(sent["state"], "delivered");
    alice.wait_texts("Bob", &["the first"], SOON);
    assert_eq!(alice.cmd(&["log", "Bob"])[0]["from"], "Bob");
}

#[test]
fn a_link_connects_two_and_is_dead_once_it_was_used() {
    let Pair { alice, bob, lan } = Pair::strangers();
    let invitation = alice.one(&["invite", "Bob"]);
    let link = text(&invitation, "link");
    bob.cmd(&["accept", link, "--name", "Alice", "--wait", "15"]);
    connected_and_alike(&alice, &bob);

    let eve = lan.agent("bob").started();
    for used in [link, text(&invitation, "code")] {
        let refused = eve.fails(&["accept", used, "--name", "Alice", "--wait", "3"]);
        assert!(["dead_code", "unanswered"].contains(&refused.kind.as_str()), "{refused:?}");
    }
    assert_eq!(eve.cmd(&["contacts"]).len(), 0);
    connected_and_alike(&alice, &bob);
}

#[test]
fn a_wrong_word_is_refused_shown_to_the_inviter_and_leaves_no_contact() {
    let Pair { alice, bob, lan: _lan } = Pair::strangers();
    let code = text(&alice.one(&["invite", "Bob"]), "code").to_owned();
    let refused = bob.fails(&["accept", &with_a_wrong_word(&code), "--name", "Alice", "--wait", "15"]);
    assert_eq!(refused.kind, "wrong_code");
    assert!(refused.message.contains('4'), "it says how many tries are left: {refused:?}");
    assert_eq!(bob.cmd(&["contacts"]), Vec::<Value>::new());

    let invited = alice.contact("Bob").unwrap();
    assert_eq!(invited["state"], "inviting");
    assert!(invited["note"]["count"].is_u64(), "the inviter sees the wrong try: {invited}");
    bob.cmd(&["accept", &code, "--name", "Alice", "--wait", "15"]);
    connected_and_alike(&alice, &bob);
}

#[test]
fn the_fifth_wrong_try_kills_a_code_and_a_new_one_is_for_the_same_contact() {
    let Pair { alice, bob, lan: _lan } = Pair::strangers();
    let invitation = alice.one(&["invite", "Bob"]);
    let code = text(&invitation, "code");
    for _ in 0..5 {
        let refused = bob.fails(&["accept", &with_a_wrong_word(code), "--name", "Alice", "--wait", "15"]);
        assert_eq!(refused.kind, "wrong_code", "{refused:?}");
    }
    let failed = alice.wait_contact("Bob", "state", "failed", SOON);
    assert!(failed["note"]["id"].is_string(), "the contact says why it failed: {failed}");
    let refused = bob.fails(&["accept", code, "--name", "Alice", "--wait", "3"]);
    assert!(["dead_code", "unanswered"].contains(&refused.kind.as_str()), "{refused:?}");
    assert_eq!(alice.contact("Bob").unwrap()["state"], "failed");
    assert_eq!(bob.cmd(&["contacts"]), Vec::<Value>::new());

    let again = alice.one(&["invite", "Bob", "--again"]);
    assert_eq!(again["contact"], invitation["contact"]);
    assert_ne!(again["code"], invitation["code"]);
    bob.cmd(&["accept", text(&again, "code"), "--name", "Alice", "--wait", "15"]);
    connected_and_alike(&alice, &bob);
    assert_eq!(alice.contact("Bob").unwrap()["contact"], invitation["contact"]);
}

/// PAIR-041
#[test]
fn the_tries_of_a_code_survive_a_restart_of_the_inviter() {
    let Pair { mut alice, bob, lan: _lan } = Pair::strangers();
    let code = text(&alice.one(&["invite", "Bob"]), "code").to_owned();
    for _ in 0..3 {
        bob.fails(&["accept", &with_a_wrong_word(&code), "--name", "Alice", "--wait", "15"]);
    }
    alice.kill9();
    alice.start();
    for _ in 0..2 {
        bob.fails(&["accept", &with_a_wrong_word(&code), "--name", "Alice", "--wait", "15"]);
    }
    alice.wait_contact("Bob", "state", "failed", SOON);
}

#[test]
fn an_answer_that_nobody_hears_ends_in_the_time_given_and_leaves_nothing() {
    let pair = Pair::strangers();
    let begin = Instant::now();
    let refused = pair.bob.fails(&["accept", "123456-aardvark-adroitness-absurd-adviser", "--wait", "2"]);
    assert_eq!(refused.kind, "unanswered", "{refused:?}");
    assert!(begin.elapsed() >= Duration::from_secs(2) && begin.elapsed() < SOON, "{:?}", begin.elapsed());
    assert_eq!(pair.bob.cmd(&["contacts"]), Vec::<Value>::new());
    let vaults = kith_lab::scan::files(&pair.bob.home().join("vaults"));
    assert!(vaults.is_empty(), "{vaults:?}");
}

#[test]
fn ones_own_and_malformed_invitations_are_refused_with_the_next_step() {
    let pair = Pair::strangers();
    let invitation = pair.alice.one(&["invite", "Bob"]);
    for own in [text(&invitation, "code"), text(&invitation, "link")] {
        let refused = pair.alice.fails(&["accept", own, "--wait", "3"]);
        assert_eq!(refused.kind, "bad_input");
        assert!(refused.message.contains("your own"), "{refused:?}");
    }
    let slip = "123456-aardvark-adroitnes-absurt-adviser";
    let refused = pair.bob.fails(&["accept", slip, "--wait", "3"]);
    assert_eq!(refused.kind, "bad_input");
    assert!(refused.message.contains("absurd"), "it suggests the nearest word: {refused:?}");
    for bad in ["hello", "123456", "12345-aardvark-adroitness-absurd-adviser", "kith:", "kith:AAAA", "", "💬"] {
        assert_eq!(pair.bob.fails(&["accept", bad, "--wait", "3"]).kind, "bad_input", "{bad}");
    }
    assert_eq!(pair.bob.cmd(&["contacts"]), Vec::<Value>::new());
}

#[test]
fn a_second_contact_of_one_name_is_refused_and_the_first_untouched() {
    let Pair { alice, bob, lan: _lan } = Pair::strangers();
    let first = alice.one(&["invite", "Bob"]);
    for name in ["Bob", "bob", " Bob "] {
        assert_eq!(alice.fails(&["invite", name]).kind, "exists", "{name:?}");
    }
    bob.cmd(&["accept", text(&first, "code"), "--name", "Alice", "--wait", "15"]);
    connected_and_alike(&alice, &bob);
    assert_eq!(alice.fails(&["invite", "Bob"]).kind, "exists");
    let second = bob.one(&["invite", "Carol"]);
    let refused = alice.fails(&["accept", text(&second, "code"), "--name", "Bob", "--wait", "3"]);
    assert_eq!(refused.kind, "exists");
    assert!(refused.hint.contains("--again Bob") && refused.hint.contains("--name"), "both ways: {refused:?}");
}

#[test]
fn where_both_invited_and_one_answers_one_contact_stays_on_each_side() {
    let Pair { alice, bob, lan: _lan } = Pair::strangers();
    let hers = alice.one(&["invite", "Bob"]);
    let his = bob.one(&["invite", "Alice"]);
    bob.cmd(&["accept", text(&hers, "code"), "--name", "Alice", "--wait", "15"]);
    connected_and_alike(&alice, &bob);
    assert_eq!(bob.contact("Alice").unwrap()["contact"], his["contact"]);
    let refused = alice.fails(&["accept", text(&his, "code"), "--wait", "3"]);
    assert!(["dead_code", "unanswered", "exists"].contains(&refused.kind.as_str()), "{refused:?}");
    connected_and_alike(&alice, &bob);
}

/// PAIR-022
#[test]
fn where_both_answer_at_the_same_time_one_contact_stays_on_each_side() {
    both_answer_at_the_same_time("code", "code");
}

#[test]
fn where_both_answer_links_or_a_link_and_a_code_at_the_same_time_one_contact_stays_on_each_side() {
    both_answer_at_the_same_time("link", "link");
    both_answer_at_the_same_time("link", "code");
}

/// Alice answers what Bob sent, and he what she sent, each a code or a link.
#[track_caller]
fn both_answer_at_the_same_time(his_way: &str, her_way: &str) {
    let Pair { alice, bob, lan: _lan } = Pair::strangers();
    let hers = alice.one(&["invite", "Bob"]);
    let his = bob.one(&["invite", "Alice"]);
    let begin = Instant::now();
    let (one, other) = thread::scope(|scope| {
        let one = scope.spawn(|| alice.run(&["accept", text(&his, his_way), "--name", "Bob", "--wait", "15"]));
        let other = scope.spawn(|| bob.run(&["accept", text(&hers, her_way), "--name", "Alice", "--wait", "15"]));
        (one.join().unwrap(), other.join().unwrap())
    });
    println!("answered after {:?}", begin.elapsed());
    assert!(one.code == Some(0) || other.code == Some(0), "neither answer came through: {one:?} {other:?}");
    for run in [one, other].into_iter().filter(|run| run.code != Some(0)) {
        // Whose own invitation was answered first has the contact already.
        assert_eq!(run.failure().kind, "exists");
    }
    assert!(begin.elapsed() < Duration::from_secs(10), "an answer waited for what had happened");
    connected_and_alike(&alice, &bob);
    alice.cmd(&["send", "Bob", "one", "--wait", "delivered", "--timeout", "15"]);
    bob.cmd(&["send", "Alice", "two", "--wait", "delivered", "--timeout", "15"]);
    holds(
        "both have both",
        SOON,
        || (alice.texts("Bob"), bob.texts("Alice")),
        |(hers, his)| hers == his && his.len() == 2,
    );
}

#[test]
fn who_answers_without_giving_a_name_takes_the_inviters() {
    let pair = Pair::strangers();
    let code = pair.invite();
    pair.bob.cmd(&["accept", &code, "--wait", "15"]);
    connected_and_alike(&pair.alice, &pair.bob);
}

#[test]
fn words_may_be_typed_apart_and_in_capitals() {
    let pair = Pair::strangers();
    let code = pair.invite().to_uppercase();
    let mut args = vec!["accept"];
    args.extend(code.split('-'));
    args.extend(["--name", "Alice", "--wait", "15"]);
    pair.bob.cmd(&args);
    connected_and_alike(&pair.alice, &pair.bob);
}

#[test]
fn an_id_will_do_wherever_a_contact_stands() {
    let pair = Pair::connected();
    let bob = pair.alice.contact("Bob").unwrap();
    let id = text(&bob, "contact");
    assert!(!id.starts_with('-'));
    let event = pair.alice.send(id, "by id");
    pair.bob.wait_texts("Alice", &["by id"], SOON);
    assert_eq!(pair.alice.cmd(&["log", id]).len(), 1);
    assert_eq!(pair.alice.one(&["delete", id, &event])["kind"], "deleted");
    assert_eq!(pair.alice.one(&["verify", id, "--yes"])["verified"], true);
    assert_eq!(pair.alice.one(&["rename", id, "Robert"])["name"], "Robert");
    assert!(text(&pair.alice.one(&["open", id, "--no-open"]), "url").starts_with("http://"));
    pair.alice.cmd(&["remove", id, "--yes"]);
    assert_eq!(pair.alice.cmd(&["contacts"]).len(), 0);
}

/// HELLO-008, PAIR-017
#[test]
fn a_confirmed_pairing_goes_on_after_both_restarted() {
    let Pair { mut alice, mut bob, lan } = Pair::strangers();
    let code = text(&alice.one(&["invite", "Bob"]), "code").to_owned();
    bob.cmd(&["accept", &code, "--name", "Alice", "--wait", "15"]);
    lan.host("bob").plug(false);
    for agent in [&mut alice, &mut bob] {
        agent.kill9();
        agent.start();
    }
    lan.host("bob").plug(true);
    connected_and_alike(&alice, &bob);
    alice.cmd(&["send", "Bob", "still there", "--wait", "delivered", "--timeout", "30"]);
}
