//! Two people talk: what arrives, in which order, and what each is told about it.

use kith_lab::{Agent, Pair, holds, scan, wait_connected};
use serde_json::Value;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::{Duration, Instant};

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(15);

fn state_of(agent: &Agent, contact: &str, event: &str) -> Value {
    let log = agent.cmd(&["log", contact]);
    log.iter().find(|message| message["event"] == event).map_or(Value::Null, |message| message["state"].clone())
}

#[track_caller]
fn wait_state(agent: &Agent, contact: &str, event: &str, state: &str) {
    holds("the message's state", SOON, || state_of(agent, contact, event), |seen| seen == state);
}

#[test]
fn a_message_waits_while_the_other_is_away_and_is_delivered_when_they_return() {
    let Pair { alice, mut bob, lan: _lan } = Pair::connected();
    bob.stop();
    let event = alice.send("Bob", "for later");
    assert_eq!(state_of(&alice, "Bob", &event), "waiting");
    assert_eq!(alice.contact("Bob").unwrap()["waiting"], 1);

    let begin = Instant::now();
    let late = alice.run(&["send", "Bob", "and this", "--wait", "delivered", "--timeout", "1"]);
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
    assert_eq!((late.out.len(), &late.out[0]["state"]), (1, &"waiting".into()));
    assert!(late.out[0]["event"].is_string());
    assert_eq!(late.failure().kind, "timed_out");

    bob.start();
    wait_state(&alice, "Bob", &event, "delivered");
    bob.wait_texts("Alice", &["for later", "and this"], SOON);
    assert_eq!(alice.contact("Bob").unwrap()["waiting"], 0);
}

#[test]
fn messages_arrive_once_and_in_order_both_ways() {
    let Pair { alice, bob, lan: _lan } = Pair::connected();
    let hers: Vec<String> = (0..20).map(|number| format!("Alice {number}")).collect();
    let his: Vec<String> = (0..20).map(|number| format!("Bob {number}")).collect();
    std::thread::scope(|scope| {
        scope.spawn(|| hers.iter().for_each(|text| drop(alice.send("Bob", text))));
        scope.spawn(|| his.iter().for_each(|text| drop(bob.send("Alice", text))));
    });
    let of = |log: &[Value], who: &str| -> Vec<Value> {
        log.iter().filter(|text| text.as_str().unwrap_or("").starts_with(who)).cloned().collect()
    };
    let is_whole = |log: &Vec<Value>| of(log, "Alice") == hers && of(log, "Bob") == his && log.len() == 40;
    holds("Alice has all", SOON, || alice.texts("Bob"), is_whole);
    holds("Bob has all", SOON, || bob.texts("Alice"), is_whole);
}

#[test]
fn a_message_deleted_while_it_waits_is_never_delivered() {
    let Pair { alice, mut bob, lan } = Pair::connected();
    let secret = "the parrot knows too much";
    bob.stop();
    alice.send("Bob", "before");
    let event = alice.send("Bob", secret);
    alice.send("Bob", "after");
    let deleted = alice.one(&["delete", "Bob", &event]);
    assert_eq!((&deleted["kind"], &deleted["text"]), (&"deleted".into(), &"".into()));
    assert_eq!(alice.fails(&["delete", "Bob", &event]).kind, "wrong_state");

    let capture = lan.host("bob").capture(&lan.folder().join("capture.pcap"));
    bob.start();
    holds("the others arrive", SOON, || bob.texts("Alice"), |texts| texts.contains(&"after".into()));
    drop(capture);
    let texts: Vec<Value> = bob.texts("Alice").into_iter().filter(|text| !text.is_null()).collect();
    assert_eq!(texts, ["before", "after"]);
    assert_eq!(scan::find_text(secret, &[lan.folder()]), Vec::<String>::new());
}

#[test]
fn a_message_deleted_after_its_delivery_is_gone_on_both_sides() {
    let Pair { alice, bob, lan: _lan } = Pair::connected();
    let event = alice.send("Bob", "not meant for you");
    wait_state(&alice, "Bob", &event, "delivered");
    alice.cmd(&["delete", "Bob", &event]);
    holds("Bob sees it deleted", SOON, || bob.texts("Alice"), |texts| *texts == [Value::Null]);
    assert_eq!(alice.texts("Bob"), [Value::Null]);
    assert_eq!(bob.cmd(&["log", "Alice"])[0]["text"], "");
}

#[test]
fn only_own_messages_that_exist_can_be_deleted() {
    let Pair { alice, bob, lan: _lan } = Pair::connected();
    let event = alice.send("Bob", "mine");
    bob.wait_texts("Alice", &["mine"], SOON);
    assert_eq!(bob.fails(&["delete", "Alice", &event]).kind, "forbidden");
    for no_id in ["nonsense", &event[..5], "evtevtevt"] {
        assert_eq!(alice.fails(&["delete", "Bob", no_id]).kind, "bad_input", "{no_id}");
    }
    let last = if event.ends_with('a') { "b" } else { "a" };
    let other = format!("{}{last}", &event[..event.len() - 1]);
    let refused = bob.fails(&["delete", "Alice", &other]).kind;
    assert!(["not_found", "bad_input"].contains(&refused.as_str()), "{refused}");
    alice.wait_texts("Bob", &["mine"], SOON);
}

#[test]
fn following_a_log_prints_the_history_first_and_then_what_is_new_or_changed() {
    let Pair { alice, bob, lan: _lan } = Pair::connected();
    for text in ["one", "two"] {
        alice.send("Bob", text);
    }
    bob.wait_texts("Alice", &["one", "two"], SOON);
    let mut follow = bob.follow("Alice", &[]);
    let texts = |lines: &[Value]| lines.iter().map(|line| line["text"].clone()).collect::<Vec<_>>();
    holds("the history", SOON, || texts(&follow.lines()), |texts| *texts == ["one", "two"]);
    let event = alice.send("Bob", "three");
    holds("what is new", SOON, || texts(&follow.lines()), |texts| *texts == ["one", "two", "three"]);
    bob.send("Alice", "four");
    holds("what is one's own", SOON, || follow.lines(), |lines| lines.iter().any(|line| line["text"] == "four"));
    alice.cmd(&["delete", "Bob", &event]);
    let is_deletion = |line: &Value| line["event"] == *event && line["kind"] == "deleted";
    holds("what is deleted", SOON, || follow.lines(), |lines| lines.iter().any(is_deletion));
    bob.cmd(&["remove", "Alice", "--yes"]);
    assert!(follow.ends(SOON).success());
}

#[test]
fn whatever_is_valid_text_arrives_byte_for_byte() {
    let Pair { alice, bob, lan: _lan } = Pair::connected();
    let long = "läng 👩‍👩‍👧 ".repeat(200_000 / 22);
    let texts = [
        "  leading and trailing  ",
        "\n\nline ends\r\n\t\n",
        "NUL \0 inside, and at the end \0",
        "👋🏽 👩‍👩‍👧 🏳️‍🌈",
        "שלום עולם \u{202e}txet",
        "\u{feff}a mark at the beginning",
        " ",
        "\u{1b}[31mred\u{7}",
        &long,
    ];
    for text in texts {
        let sent =
            alice.run_with_input(&["send", "Bob", "-", "--wait", "delivered", "--timeout", "15"], text.as_bytes());
        assert_eq!(sent.code, Some(0), "{sent:?}");
    }
    bob.wait_texts("Alice", &texts, SOON);
    assert_eq!(alice.texts("Bob"), texts);
    assert!(long.len() >= 190_000);

    for (args, text) in [
        (&["send", "Bob", "--", "--wait"][..], "--wait"),
        (&["send", "Bob", "--", "-"], ""),
        (&["send", "Bob", "--", "-n dash"], "-n dash"),
    ] {
        let run = alice.run(args);
        if text.is_empty() {
            assert_eq!(run.failure().kind, "bad_input", "an empty standard input is no message");
            continue;
        }
        assert_eq!(run.code, Some(0), "{run:?}");
        holds("it arrives", SOON, || bob.texts("Alice"), |texts| texts.last() == Some(&text.into()));
    }
}

#[test]
fn what_can_not_be_sent_is_refused_in_plain_words_and_harms_nothing() {
    let Pair { alice, bob, lan: _lan } = Pair::connected();
    assert_eq!(alice.fails(&["send", "Bob", ""]).kind, "bad_input");
    assert_eq!(alice.run_with_input(&["send", "Bob", "-"], b"").failure().kind, "bad_input");
    let not_text = b"caf\xe9";
    assert_eq!(alice.run_with_input(&["send", "Bob", "-"], not_text).failure().kind, "bad_input");
    let args = ["send", "Bob"].map(OsStr::new);
    let refused = alice.run_raw(&[args[0], args[1], OsStr::from_bytes(not_text)]).failure();
    assert_eq!(refused.kind, "bad_input");
    let huge = vec![b'x'; 10 * 1024 * 1024];
    assert_eq!(alice.run_with_input(&["send", "Bob", "-"], &huge).failure().kind, "too_large");
    let just_too_long = vec![b'x'; kith_base::limits::TEXT_BYTES_MAX + 1];
    assert_eq!(alice.run_with_input(&["send", "Bob", "-"], &just_too_long).failure().kind, "too_large");
    assert_eq!(alice.texts("Bob").len(), 0);

    let longest = "x".repeat(kith_base::limits::TEXT_BYTES_MAX);
    let sent = alice.run_with_input(&["send", "Bob", "-", "--wait", "delivered"], longest.as_bytes());
    assert_eq!(sent.code, Some(0), "{:?}", sent.error);
    bob.wait_texts("Alice", &[&longest], SOON);
}

#[test]
fn a_contact_can_be_renamed_verified_and_named_in_every_way() {
    let Pair { alice, bob, lan: _lan } = Pair::connected();
    assert_eq!(alice.fails(&["send", "Nobody", "x"]).kind, "not_found");
    assert_eq!(alice.fails(&["log", "Nobody"]).kind, "not_found");
    alice.cmd(&["send", "bob", "whatever the case"]);
    bob.wait_texts("Alice", &["whatever the case"], SOON);

    assert_eq!(alice.contact("Bob").unwrap()["verified"], false);
    assert_eq!(alice.one(&["verify", "Bob"])["verified"], false, "nobody said that it was compared");
    assert_eq!(alice.one(&["verify", "Bob", "--yes"])["verified"], true);
    assert_eq!(bob.contact("Alice").unwrap()["verified"], false, "each compares for oneself");
    assert_eq!(alice.one(&["verify", "Bob", "--met"])["met"], true);
    let undone = alice.one(&["verify", "Bob", "--no"]);
    assert_eq!((&undone["verified"], &undone["met"]), (&false.into(), &false.into()));

    alice.cmd(&["invite", "Carol"]);
    assert_eq!(alice.fails(&["rename", "Bob", "carol"]).kind, "exists");
    assert_eq!(alice.fails(&["verify", "Carol"]).kind, "wrong_state");
    assert_eq!(alice.fails(&["send", "Carol", "x"]).kind, "wrong_state");
    assert_eq!(alice.texts("Carol").len(), 0);
    for bad in ["", "  ", "two\nlines", &"x".repeat(129)] {
        assert_eq!(alice.fails(&["rename", "Bob", bad]).kind, "bad_input", "{bad:?}");
    }
    assert_eq!(alice.one(&["rename", "Bob", "Bób 🦆"])["name"], "Bób 🦆");
    alice.cmd(&["send", "Bób 🦆", "still you", "--wait", "delivered", "--timeout", "15"]);
    assert_eq!(alice.fails(&["send", "Bob", "x"]).kind, "not_found");
}

fn vault_files(agent: &Agent) -> Vec<std::path::PathBuf> {
    scan::files(&agent.home().join("vaults"))
}

#[test]
fn a_removed_contact_leaves_no_file_and_is_not_listed() {
    let Pair { mut alice, bob, lan: _lan } = Pair::connected();
    let event = alice.send("Bob", "soon gone");
    wait_state(&alice, "Bob", &event, "delivered");
    let before = vault_files(&alice);
    assert!(before.iter().any(|file| file.extension() == Some(OsStr::new("db-wal"))), "{before:?}");
    alice.cmd(&["remove", "Bob", "--yes"]);
    assert_eq!(vault_files(&alice), Vec::<std::path::PathBuf>::new());
    assert_eq!(alice.cmd(&["contacts"]).len(), 0);
    assert_eq!(alice.fails(&["log", "Bob"]).kind, "not_found");
    alice.stop();
    alice.start();
    assert_eq!(alice.cmd(&["contacts"]).len(), 0);
    // Bob's side is his own; what he writes waits.
    let unheard = bob.send("Alice", "are you there?");
    assert_ne!(state_of(&bob, "Alice", &unheard), "delivered");

    let code = alice.one(&["invite", "Bob"])["code"].as_str().unwrap().to_owned();
    bob.cmd(&["accept", &code, "--name", "Alice again", "--wait", "15"]);
    wait_connected(&alice, "Bob");
    alice.cmd(&["send", "Bob", "anew", "--wait", "delivered", "--timeout", "15"]);
    assert_eq!(bob.texts("Alice again"), ["anew"]);
}

/// Whether a contact is listed as reachable, and how.
fn reach(agent: &Agent, contact: &str) -> (Value, Value) {
    let contact = agent.contact(contact).unwrap();
    (contact["online"].clone(), contact["path"].clone())
}

#[track_caller]
fn wait_reach(agent: &Agent, contact: &str, online: bool, path: &str, deadline: Duration) {
    let begin = Instant::now();
    let right = (online.into(), path.into());
    holds("online and path", deadline, || reach(agent, contact), |seen| *seen == right);
    println!("{}: {contact} is online={online} after {:?}", agent.home().display(), begin.elapsed());
}

#[test]
fn a_contact_stays_reachable_while_its_idle_connection_is_closed() {
    let quiet = |agent: Agent| agent.logging("warn,kith_agent=debug");
    let Pair { alice, bob, lan: _lan } = Pair::strangers_with(quiet, quiet).connect();
    alice.cmd(&["send", "Bob", "then silence", "--wait", "delivered"]);
    wait_reach(&alice, "Bob", true, "direct", SOON);
    wait_reach(&bob, "Alice", true, "direct", SOON);
    // Idle connections are closed after 20 s, and then a heartbeat or two goes by.
    let begin = Instant::now();
    let direct = (true.into(), "direct".into());
    holds(
        "both have been reachable all the time",
        Duration::from_secs(60),
        || (reach(&alice, "Bob"), reach(&bob, "Alice"), begin.elapsed()),
        |(his, hers, since)| {
            assert_eq!((his, hers), (&direct, &direct), "after {since:?}");
            *since > Duration::from_secs(32)
        },
    );
    let begin = Instant::now();
    alice.cmd(&["send", "Bob", "and again", "--wait", "delivered", "--timeout", "15"]);
    println!("delivered after {:?} by a new connection", begin.elapsed());
    bob.cmd(&["send", "Alice", "yes", "--wait", "delivered", "--timeout", "15"]);
}

#[test]
fn a_clean_stop_and_a_restart_show_on_the_other_side_within_15_seconds() {
    let Pair { mut alice, mut bob, lan: _lan } = Pair::connected();
    for _ in 0..2 {
        wait_reach(&alice, "Bob", true, "direct", SOON);
        bob.stop();
        wait_reach(&alice, "Bob", false, "none", SOON);
        assert_eq!(alice.contact("Bob").unwrap()["state"], "connected", "paired for good");
        bob.start();
        wait_reach(&alice, "Bob", true, "direct", SOON);
        wait_reach(&bob, "Alice", true, "direct", SOON);
    }
    alice.stop();
    wait_reach(&bob, "Alice", false, "none", SOON);
}

#[test]
fn a_link_that_went_and_came_back_is_used_again_within_15_seconds() {
    let Pair { alice, bob, lan } = Pair::connected();
    alice.cmd(&["send", "Bob", "one", "--wait", "delivered"]);
    let host = lan.host("bob");
    host.plug(false);
    let event = alice.send("Bob", "two");
    wait_reach(&alice, "Bob", false, "none", Duration::from_secs(60));
    wait_reach(&bob, "Alice", false, "none", Duration::from_secs(60));
    assert_ne!(state_of(&alice, "Bob", &event), "delivered");
    host.plug(true);
    wait_reach(&alice, "Bob", true, "direct", SOON);
    wait_reach(&bob, "Alice", true, "direct", SOON);
    wait_state(&alice, "Bob", &event, "delivered");
    bob.wait_texts("Alice", &["one", "two"], SOON);
}

#[test]
fn a_device_that_got_another_address_is_found_again() {
    let Pair { alice, bob, lan } = Pair::connected();
    alice.cmd(&["send", "Bob", "one", "--wait", "delivered"]);
    lan.host("bob").script("ip -n bob addr del 10.7.0.2/24 dev eth0; ip -n bob addr add 10.7.0.77/24 dev eth0");
    alice.cmd(&["send", "Bob", "two", "--wait", "delivered", "--timeout", "15"]);
    bob.cmd(&["send", "Alice", "three", "--wait", "delivered", "--timeout", "15"]);
    wait_reach(&alice, "Bob", true, "direct", SOON);
    wait_reach(&bob, "Alice", true, "direct", SOON);
}

#[test]
fn two_who_both_moved_while_they_were_off_find_each_other() {
    let Pair { mut alice, mut bob, lan } = Pair::connected();
    alice.stop();
    bob.stop();
    let host = lan.host("bob");
    for (name, old, new) in [("alice", 1, 78), ("bob", 2, 77)] {
        host.script(&format!(
            "ip -n {name} addr del 10.7.0.{old}/24 dev eth0; ip -n {name} addr add 10.7.0.{new}/24 dev eth0"
        ));
    }
    alice.start();
    bob.start();
    alice.cmd(&["send", "Bob", "moved", "--wait", "delivered", "--timeout", "15"]);
    wait_reach(&bob, "Alice", true, "direct", SOON);
}

#[test]
fn an_agent_that_started_without_a_network_uses_the_one_that_comes() {
    let Pair { alice, mut bob, lan } = Pair::connected();
    bob.stop();
    let host = lan.host("bob");
    host.script("ip -n bob addr del 10.7.0.2/24 dev eth0; ip -n bob link set eth0 down");
    bob.start();
    let event = bob.send("Alice", "from the cellar");
    assert_eq!(state_of(&bob, "Alice", &event), "waiting");
    host.script("ip -n bob addr add 10.7.0.2/24 dev eth0; ip -n bob link set eth0 up");
    wait_state(&bob, "Alice", &event, "delivered");
    wait_reach(&alice, "Bob", true, "direct", SOON);
}

#[test]
fn the_newest_messages_are_shown_with_a_limit_and_pages_join_without_a_gap() {
    let Pair { alice, bob, lan: _lan } = Pair::connected();
    let texts: Vec<String> = (0..40).map(|number| format!("message {number}")).collect();
    texts.iter().for_each(|text| drop(alice.send("Bob", text)));
    holds("Bob has all", SOON, || bob.texts("Alice"), |seen| *seen == texts);
    let newest: Vec<Value> = bob.cmd(&["log", "Alice", "--limit", "3"]);
    let newest: Vec<&str> = newest.iter().map(|message| message["text"].as_str().unwrap()).collect();
    assert_eq!(newest, texts[37..]);
    assert_eq!(bob.cmd(&["log", "Alice", "--limit", "0"]).len(), 0);
}

#[test]
fn both_find_a_message_by_its_words_as_it_reads_and_no_deleted_one() {
    let Pair { alice, bob, .. } = Pair::connected();
    let first = alice.send("Bob", "Bring the thermos, Željko");
    alice.cmd(&["send", "Bob", "and a kettle", "--wait", "delivered"]);
    bob.cmd(&["send", "Alice", "thermos is packed", "--wait", "delivered"]);
    let found = |agent: &Agent, contact: &str, words: &[&str]| -> Vec<Value> {
        let args: Vec<&str> = ["search", contact].iter().chain(words).copied().collect();
        agent.cmd(&args).iter().map(|message| message["text"].clone()).collect()
    };
    assert_eq!(found(&bob, "Alice", &["THERM"]), ["Bring the thermos, Željko", "thermos is packed"]);
    assert_eq!(found(&alice, "Bob", &["zeljko", "bring"]), ["Bring the thermos, Željko"]);
    alice.cmd(&["edit", "Bob", &first, "Bring the samovar"]);
    holds("the edit arrived", SOON, || found(&bob, "Alice", &["samovar"]), |found| found == &["Bring the samovar"]);
    assert_eq!(found(&bob, "Alice", &["thermos"]), ["thermos is packed"]);
    alice.cmd(&["delete", "Bob", &first]);
    holds("the deletion arrived", SOON, || found(&bob, "Alice", &["samovar"]), Vec::is_empty);
    assert_eq!(found(&alice, "Bob", &["samovar"]), Vec::<Value>::new());
}

/// ID-012
#[test]
fn the_seed_words_are_shown_until_they_are_confirmed() {
    let mut alice = Pair::strangers().alice;
    let seed = alice.one(&["seed", "show"]);
    let words: Vec<String> = seed["words"].as_array().unwrap().iter().map(|w| w.as_str().unwrap().into()).collect();
    assert_eq!((words.len(), &seed["confirmed"]), (24, &false.into()));
    let mut wrong: Vec<&str> = words.iter().map(String::as_str).collect();
    wrong.swap(0, 1);
    if wrong[0] != wrong[1] {
        let args: Vec<&str> = ["seed", "confirm"].into_iter().chain(wrong).collect();
        assert_eq!(alice.fails(&args).kind, "bad_input");
    }
    let args: Vec<&str> = ["seed", "confirm"].into_iter().chain(words.iter().map(String::as_str)).collect();
    assert_eq!(alice.one(&args)["confirmed"], true);
    assert_eq!(alice.fails(&["seed", "show"]).kind, "wrong_state");
    assert_eq!(alice.one(&["status"])["seed_confirmed"], true);
    alice.stop();
    alice.start();
    assert_eq!(alice.fails(&["seed", "show"]).kind, "wrong_state");
    let lines = words.join(" ");
    assert_eq!(scan::find_text(&lines, &[Path::new(alice.home())]), Vec::<String>::new());
}
