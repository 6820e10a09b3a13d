//! Power cuts at random moments: what was acknowledged is kept, and everything goes on.

use kith_lab::{Agent, Chance, Client, Lan, Pair, holds, kills, snapshot, wait_connected};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(15);
/// Until everything that waits has arrived after the last crash.
const CALM: Duration = Duration::from_secs(60);
/// Shares of all kills, in hundredths.
const TALKING: u64 = 45;
const PAIRING: u64 = 35;
const MIGRATING: u64 = 20;

/// Kills one of the two, or both, and starts them again; how many that were.
fn kill_and_start(pair: &mut Pair, chance: &mut Chance) -> u64 {
    let whom = chance.below(3);
    let mut victims: Vec<&mut Agent> = Vec::new();
    if whom != 1 {
        victims.push(&mut pair.alice);
    }
    if whom != 0 {
        victims.push(&mut pair.bob);
    }
    for victim in &mut victims {
        victim.kill9();
    }
    // Sometimes one that starts is killed too: what it finishes of before is cut short.
    let again = chance.below(3) == 0;
    for victim in &mut victims {
        if again {
            victim.launch();
            chance.let_pass(Duration::from_millis(300));
            victim.kill9();
        }
        victim.start();
    }
    let count = victims.len() as u64;
    if again { 2 * count } else { count }
}

/// Sends until told to stop; returns what was acknowledged.
fn chatter(client: &Client, contact: &str, prefix: &str, stop: &AtomicBool) -> Vec<String> {
    let mut acknowledged = Vec::new();
    for number in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let text = format!("{prefix} {number}");
        if client.run(&["send", contact, &text]).code == Some(0) {
            acknowledged.push(text);
        }
    }
    acknowledged
}

/// One round: both write, one or both are killed at a random moment and started again. What was acknowledged, and how
/// many were killed.
fn round(pair: &mut Pair, number: u64, chance: &mut Chance) -> (Vec<String>, Vec<String>, u64) {
    let (alice, bob) = (pair.alice.client(), pair.bob.client());
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let hers = scope.spawn(|| chatter(&alice, "Bob", &format!("Alice {number}"), &stop));
        let his = scope.spawn(|| chatter(&bob, "Alice", &format!("Bob {number}"), &stop));
        chance.let_pass(Duration::from_millis(700));
        let killed = kill_and_start(pair, chance);
        chance.let_pass(Duration::from_millis(300));
        stop.store(true, Ordering::Relaxed);
        (hers.join().unwrap(), his.join().unwrap(), killed)
    })
}

/// What one person wrote, in the order of a log, each with whether it is marked late: a record that crashes cut short
/// again and again is refused and sealed anew behind others.
fn written_by(log: &[Value], who: &str) -> Vec<(String, bool)> {
    let text = |message: &Value| Some((message["text"].as_str()?.to_owned(), message["late"] == true));
    log.iter().filter_map(text).filter(|(text, _)| text.starts_with(who)).collect()
}

/// Both logs know the same of one person, and the reader's has it in the writer's order but for what it marks as late.
fn same_order(writers: &[(String, bool)], readers: &[(String, bool)]) -> Result<(), String> {
    let place: BTreeMap<&str, usize> = writers.iter().enumerate().map(|(at, (text, _))| (text.as_str(), at)).collect();
    let places: Option<Vec<usize>> = readers.iter().map(|(text, _)| place.get(text.as_str()).copied()).collect();
    let places = places.filter(|places| places.len() == writers.len()).ok_or("they know different messages")?;
    let on_time = places.iter().zip(readers).filter(|(_, (_, late))| !late).map(|(at, _)| at);
    if on_time.is_sorted() { Ok(()) } else { Err(format!("out of order: {writers:?} came as {readers:?}")) }
}

/// Everything acknowledged is there once; what was not acknowledged is there once at most.
fn is_kept(log: &[Value], acknowledged: &[String]) -> Result<(), String> {
    let mut times: BTreeMap<&str, u32> = BTreeMap::new();
    log.iter().filter_map(Value::as_str).for_each(|text| *times.entry(text).or_default() += 1);
    if let Some((text, count)) = times.iter().find(|(_, count)| **count > 1) {
        return Err(format!("'{text}' is there {count} times"));
    }
    match acknowledged.iter().find(|text| !times.contains_key(text.as_str())) {
        Some(lost) => Err(format!("'{lost}' was acknowledged and is lost")),
        None => Ok(()),
    }
}

#[test]
fn what_was_acknowledged_is_delivered_once_and_in_order_whoever_crashes() {
    let test = "what_was_acknowledged_is_delivered_once_and_in_order_whoever_crashes";
    let mut chance = Chance::from_env(test, 20_261_121);
    let mut pair = Pair::connected();
    let (mut hers, mut his, mut killed) = (Vec::new(), Vec::new(), 0);
    for number in 0.. {
        let (more_of_hers, more_of_his, more_killed) = round(&mut pair, number, &mut chance);
        hers.extend(more_of_hers);
        his.extend(more_of_his);
        killed += more_killed;
        if killed >= kills(TALKING) {
            break;
        }
    }
    println!("{killed} kills; {} and {} messages were acknowledged", hers.len(), his.len());
    assert!(hers.len() + his.len() > 20, "the rounds were too short to mean anything");
    pair.alice.cmd(&["send", "Bob", "Alice's last", "--wait", "delivered", "--timeout", "60"]);
    pair.bob.cmd(&["send", "Alice", "Bob's last", "--wait", "delivered", "--timeout", "60"]);
    let logs = || [pair.alice.texts("Bob"), pair.bob.texts("Alice")];
    let verdicts = |logs: &[Vec<Value>; 2]| -> Vec<String> {
        let all = logs.iter().flat_map(|log| [is_kept(log, &hers), is_kept(log, &his)]);
        all.filter_map(Result::err).collect()
    };
    holds("nothing is lost or doubled", CALM, || verdicts(&logs()), Vec::is_empty);
    let logs = [pair.alice.cmd(&["log", "Bob"]), pair.bob.cmd(&["log", "Alice"])];
    for (who, writer, reader) in [("Alice ", 0, 1), ("Bob ", 1, 0)] {
        let (written, read) = (written_by(&logs[writer], who), written_by(&logs[reader], who));
        println!("{who}: {} of {} came late", read.iter().filter(|(_, late)| *late).count(), read.len());
        assert_eq!(same_order(&written, &read), Ok(()), "{who}");
    }
    let undelivered = |agent: &Agent, contact: &str| -> Vec<Value> {
        let log = agent.cmd(&["log", contact]);
        log.into_iter().filter(|m| m["mine"] == true && m["state"] != "delivered" && m["state"] != "seen").collect()
    };
    holds("Alice knows that all arrived", CALM, || undelivered(&pair.alice, "Bob"), Vec::is_empty);
    holds("Bob knows that all arrived", CALM, || undelivered(&pair.bob, "Alice"), Vec::is_empty);
    for (agent, contact) in [(&pair.alice, "Bob"), (&pair.bob, "Alice")] {
        let seen = agent.cmd(&["contacts"]);
        assert_eq!((seen.len(), &seen[0]["name"], &seen[0]["waiting"]), (1, &contact.into(), &0.into()), "{seen:?}");
        assert_eq!((&seen[0]["state"], &seen[0]["note"]), (&"connected".into(), &Value::Null), "{seen:?}");
    }
}

/// Bob answers; meanwhile one of the two, or both, are killed and started again.
fn interrupted_pairing(pair: &mut Pair, code: &str, chance: &mut Chance) -> u64 {
    let bob = pair.bob.client();
    thread::scope(|scope| {
        let answer = scope.spawn(|| bob.run(&["accept", code, "--name", "Alice", "--wait", "15"]));
        chance.let_pass(Duration::from_millis(320));
        let killed = kill_and_start(pair, chance);
        let answer = answer.join().unwrap();
        println!("{killed} killed: {answer:?}");
        killed
    })
}

/// Where nothing was kept, Bob answers again, if need be a new code.
fn repeat_if_nothing_is_kept(pair: &Pair, code: &str) {
    if pair.bob.contact("Alice").is_some() {
        return;
    }
    assert_eq!(pair.bob.cmd(&["contacts"]).len(), 0, "half a contact");
    let state = pair.alice.contact("Bob").unwrap()["state"].clone();
    println!("Bob kept nothing, Alice is {state}");
    let again = pair.bob.run(&["accept", code, "--name", "Alice", "--wait", "15"]);
    if again.code == Some(0) {
        return;
    }
    println!("the code does no more: {:?}", again.error);
    let code = pair.alice.one(&["invite", "Bob", "--again"])["code"].as_str().unwrap().to_owned();
    pair.bob.cmd(&["accept", &code, "--name", "Alice", "--wait", "15"]);
}

/// PAIR-017, PAIR-018
#[test]
fn a_pairing_that_a_crash_interrupts_goes_on_or_can_be_repeated() {
    let test = "a_pairing_that_a_crash_interrupts_goes_on_or_can_be_repeated";
    let mut chance = Chance::from_env(test, 7_081_945);
    let mut killed = 0;
    while killed < kills(PAIRING) {
        let mut pair = Pair::strangers();
        let code = pair.invite();
        killed += interrupted_pairing(&mut pair, &code, &mut chance);
        repeat_if_nothing_is_kept(&pair, &code);
        wait_connected(&pair.alice, "Bob");
        wait_connected(&pair.bob, "Alice");
        assert_eq!((pair.alice.cmd(&["contacts"]).len(), pair.bob.cmd(&["contacts"]).len()), (1, 1));
        pair.alice.cmd(&["send", "Bob", "whole", "--wait", "delivered", "--timeout", "15"]);
        pair.bob.cmd(&["send", "Alice", "indeed", "--wait", "delivered", "--timeout", "15"]);
        pair.bob.wait_texts("Alice", &["whole", "indeed"], SOON);
    }
}

#[test]
fn homes_of_every_released_version_survive_kills_while_they_are_brought_up_to_date_and_go_on_talking() {
    let test = "homes_of_every_released_version_survive_kills_while_they_are_brought_up_to_date_and_go_on_talking";
    let mut chance = Chance::from_env(test, 18_630_705);
    let schemas = snapshot::schemas();
    for schema in &schemas {
        let lan = Lan::new(&["alice", "bob"]);
        let [mut alice, mut bob] = ["alice", "bob"].map(|who| snapshot::agent(&lan, schema, who));
        for number in 0..kills(MIGRATING).div_ceil(schemas.len() as u64) {
            let (victim, who, contact) =
                if number % 2 == 0 { (&mut alice, "alice", "Bob") } else { (&mut bob, "bob", "Alice") };
            // A home that was brought up to date is made old again, so that each kill finds work.
            *victim = snapshot::agent(&lan, schema, who);
            victim.launch();
            chance.let_pass(Duration::from_millis(300));
            victim.kill9();
            victim.start();
            assert!(victim.texts(contact).contains(&"and this was delivered".into()), "{:?}", victim.texts(contact));
            victim.kill9();
        }
        alice.start();
        bob.start();
        talk_on(&alice, &bob);
    }
}

/// What the two had said before, in all states, and that they go on.
fn talk_on(alice: &Agent, bob: &Agent) {
    wait_connected(alice, "Bob");
    wait_connected(bob, "Alice");
    let (of_alice, of_bob) = (alice.texts("Bob"), bob.texts("Alice"));
    assert!(of_alice.contains(&"grüß dich, こんにちは 👋".into()), "{of_alice:?}");
    assert!(of_bob.contains(&"and this was delivered".into()), "{of_bob:?}");
    assert_eq!(alice.contact("Carol").unwrap()["state"], "inviting");
    alice.cmd(&["send", "Bob", "after all", "--wait", "delivered", "--timeout", "60"]);
    bob.cmd(&["send", "Alice", "indeed", "--wait", "delivered", "--timeout", "60"]);
    let said = |log: Vec<Value>| -> Vec<Value> { log.into_iter().filter(|text| !text.is_null()).collect() };
    holds(
        "both know the same",
        CALM,
        || (said(alice.texts("Bob")), said(bob.texts("Alice"))),
        |(hers, his)| {
            hers.len() == 9 && same(hers, his) && hers.contains(&"sealed and sent, and nobody answers".into())
        },
    );
    assert!(!bob.texts("Alice").contains(&"never mind".into()), "it was deleted while it waited");
    let log = alice.cmd(&["log", "Bob"]);
    let mine = log.iter().filter(|message| message["mine"] == true && message["kind"] == "text");
    assert!(mine.clone().all(|message| message["state"] == "delivered" || message["state"] == "seen"), "{log:?}");
}

fn same(one: &[Value], other: &[Value]) -> bool {
    let sorted = |texts: &[Value]| {
        let mut texts: Vec<String> = texts.iter().map(Value::to_string).collect();
        texts.sort();
        texts
    };
    sorted(one) == sorted(other)
}
