//! Power cuts at random moments: what was acknowledged is kept, and everything goes on.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

use kith_lab::{Agent, Chance, Client, Pair, holds, wait_connected};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(15);
/// Until everything that waits has arrived after the last crash.
const CALM: Duration = Duration::from_secs(60);
const TALKING_ROUNDS: u64 = 8;
const PAIRING_ROUNDS: u64 = 10;

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

/// One round: both write, one is killed at a random moment and started again.
fn round(pair: &mut Pair, number: u64, chance: &mut Chance) -> (Vec<String>, Vec<String>) {
    let (alice, bob) = (pair.alice.client(), pair.bob.client());
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let hers = scope.spawn(|| chatter(&alice, "Bob", &format!("Alice {number}"), &stop));
        let his = scope.spawn(|| chatter(&bob, "Alice", &format!("Bob {number}"), &stop));
        chance.let_pass(Duration::from_millis(700));
        let victims: &mut [&mut Agent] = match chance.below(3) {
            0 => &mut [&mut pair.alice],
            1 => &mut [&mut pair.bob],
            _ => &mut [&mut pair.alice, &mut pair.bob],
        };
        for victim in victims.iter_mut() {
            victim.kill9();
        }
        for victim in victims.iter_mut() {
            victim.start();
        }
        chance.let_pass(Duration::from_millis(300));
        stop.store(true, Ordering::Relaxed);
        (hers.join().unwrap(), his.join().unwrap())
    })
}

/// What one person wrote, in the order of a log.
fn written_by(log: &[Value], who: &str) -> Vec<String> {
    let texts = log.iter().filter_map(Value::as_str);
    texts.filter(|text| text.starts_with(who)).map(str::to_owned).collect()
}

/// Everything acknowledged is there once and in its order; what was not acknowledged is there once at most.
fn is_kept(log: &[Value], who: &str, acknowledged: &[String]) -> Result<(), String> {
    let mut times: BTreeMap<&str, u32> = BTreeMap::new();
    log.iter().filter_map(Value::as_str).for_each(|text| *times.entry(text).or_default() += 1);
    if let Some((text, count)) = times.iter().find(|(_, count)| **count > 1) {
        return Err(format!("'{text}' is there {count} times"));
    }
    if let Some(lost) = acknowledged.iter().find(|text| !times.contains_key(text.as_str())) {
        return Err(format!("'{lost}' was acknowledged and is lost"));
    }
    let kept = written_by(log, who).into_iter().filter(|text| acknowledged.contains(text));
    if kept.eq(acknowledged.iter().cloned()) { Ok(()) } else { Err(format!("{who}'s are out of order")) }
}

#[test]
fn what_was_acknowledged_is_delivered_once_and_in_order_whoever_crashes() {
    let mut chance = Chance::from_env(20_261_121);
    let mut pair = Pair::connected();
    let (mut hers, mut his) = (Vec::new(), Vec::new());
    for number in 0..TALKING_ROUNDS {
        let (more_of_hers, more_of_his) = round(&mut pair, number, &mut chance);
        hers.extend(more_of_hers);
        his.extend(more_of_his);
    }
    println!("{} and {} messages were acknowledged", hers.len(), his.len());
    assert!(hers.len() + his.len() > 20, "the rounds were too short to mean anything");
    pair.alice.cmd(&["send", "Bob", "Alice's last", "--wait", "delivered", "--timeout", "60"]);
    pair.bob.cmd(&["send", "Alice", "Bob's last", "--wait", "delivered", "--timeout", "60"]);
    let logs = || [pair.alice.texts("Bob"), pair.bob.texts("Alice")];
    let verdicts = |logs: &[Vec<Value>; 2]| -> Vec<String> {
        let all = logs.iter().flat_map(|log| [is_kept(log, "Alice ", &hers), is_kept(log, "Bob ", &his)]);
        all.filter_map(Result::err).collect()
    };
    holds("nothing is lost, doubled or out of order", CALM, || verdicts(&logs()), Vec::is_empty);
    let [at_alice, at_bob] = logs();
    for who in ["Alice ", "Bob "] {
        assert_eq!(written_by(&at_alice, who), written_by(&at_bob, who), "both know the same of {who}");
    }
    let undelivered = |agent: &Agent, contact: &str| -> Vec<Value> {
        let log = agent.cmd(&["log", contact]);
        log.into_iter().filter(|m| m["mine"] == true && m["state"] != "delivered" && m["state"] != "seen").collect()
    };
    holds("Alice knows that all arrived", CALM, || undelivered(&pair.alice, "Bob"), Vec::is_empty);
    holds("Bob knows that all arrived", CALM, || undelivered(&pair.bob, "Alice"), Vec::is_empty);
}

/// Bob answers; meanwhile one of the two, or both, are killed and started again.
fn interrupted_pairing(pair: &mut Pair, code: &str, chance: &mut Chance) {
    let bob = pair.bob.client();
    thread::scope(|scope| {
        let answer = scope.spawn(|| bob.run(&["accept", code, "--name", "Alice", "--wait", "15"]));
        chance.let_pass(Duration::from_millis(320));
        let whom = chance.below(3);
        if whom != 1 {
            pair.alice.kill9();
        }
        if whom != 0 {
            pair.bob.kill9();
        }
        if whom != 1 {
            pair.alice.start();
        }
        if whom != 0 {
            pair.bob.start();
        }
        let answer = answer.join().unwrap();
        println!("killed {}: {answer:?}", ["Alice", "Bob", "both"][usize::try_from(whom).unwrap()]);
    });
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
    let mut chance = Chance::from_env(7_081_945);
    for _ in 0..PAIRING_ROUNDS {
        let mut pair = Pair::strangers();
        let code = pair.invite();
        interrupted_pairing(&mut pair, &code, &mut chance);
        repeat_if_nothing_is_kept(&pair, &code);
        wait_connected(&pair.alice, "Bob");
        wait_connected(&pair.bob, "Alice");
        assert_eq!((pair.alice.cmd(&["contacts"]).len(), pair.bob.cmd(&["contacts"]).len()), (1, 1));
        pair.alice.cmd(&["send", "Bob", "whole", "--wait", "delivered", "--timeout", "15"]);
        pair.bob.cmd(&["send", "Alice", "indeed", "--wait", "delivered", "--timeout", "15"]);
        pair.bob.wait_texts("Alice", &["whole", "indeed"], SOON);
    }
}
