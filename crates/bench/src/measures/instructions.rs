//! Where the processor's time goes, as instructions: both agents under callgrind, single messages and a flood between them.
//!
//! Instructions don't depend on what else the machine does, so that two runs can be compared on a busy one. Only what
//! happens on the way of the messages is in them: the counters start at zero when the two are connected. What each function
//! and all that it calls took is printed for those of this workspace, and left out of the table.

use super::LONG;
use crate::figure::Figure;
use crate::socket::{call_all, client, send, short};
use kith_api::State;
use kith_lab::{Agent, Pair, until};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Messages of the flood.
const MESSAGES: usize = 2_000;
/// Messages that have each arrived before the next is written.
const SINGLE: usize = 50;
/// Functions that are printed.
const PRINTED: usize = 45;

/// Takes the measure, once.
pub(super) fn take(_rounds: usize) -> Vec<Figure> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = ["alice", "bob"].map(|name| folder.path().join(name));
    let Pair { alice, bob, lan: _lan } = Pair::connected();
    let (mut alice, mut bob) = (under(alice, &files[0]), under(bob, &files[1]));
    alice.start();
    bob.start();
    for agent in [&alice, &bob] {
        until("the two are connected", LONG, || (agent.cmd(&["contacts"])[0]["online"] == true).then_some(()));
    }
    let mut calls = client(alice.home());
    let mut say = |number| {
        let said = calls.call(send("Bob", short(number), Some(State::Delivered)));
        said.unwrap_or_else(|error| panic!("{error}"));
    };
    say(0);
    control(&[&alice, &bob], "--zero");
    (0..SINGLE).for_each(&mut say);
    control(&[&alice, &bob], "--dump");
    let calls = (0..MESSAGES).map(|number| send("Bob", short(number), Some(State::Delivered))).collect();
    call_all(alice.home(), 32, calls);
    control(&[&alice, &bob], "--dump");
    let mut figures = Vec::new();
    for (dump, messages, how) in [("1", SINGLE, "on its own"), ("2", MESSAGES, "in a flood")] {
        for (who, file) in ["sender", "receiver"].iter().zip(&files) {
            let thousands = |instructions: f64| instructions / messages as f64 / 1000.0;
            let spent = spent(&file.with_extension(dump));
            eprintln!("bench:   {who}: thousands of instructions per message {how}, with all that is called");
            for (function, instructions) in spent.iter().take(PRINTED) {
                eprintln!("bench:   {:>8.1}  {function}", thousands(*instructions));
            }
            let total = thousands(spent.first().expect("a total").1);
            figures.push(Figure::low(format!("instructions per message {how}, {who}"), "thousand", vec![total]));
        }
    }
    figures
}

/// An agent that ends, to be started again under callgrind.
fn under(mut agent: Agent, file: &Path) -> Agent {
    agent.stop();
    let out = format!("--callgrind-out-file={}", file.display());
    agent.under(&["valgrind", "--quiet", "--tool=callgrind", &out])
}

fn control(agents: &[&Agent], what: &str) {
    for agent in agents {
        let done = Command::new("callgrind_control").args([what, &agent.pid().to_string()]).output();
        assert!(done.expect("valgrind").status.success(), "callgrind_control {what} failed");
    }
}

/// Instructions by function with all that it calls, the most first; the first is the total.
fn spent(file: &Path) -> Vec<(String, f64)> {
    let file = fs::canonicalize(file).expect("a dump");
    let output = Command::new("callgrind_annotate")
        .args(["--inclusive=yes", "--threshold=100", "--tree=none"])
        .arg(file)
        .output();
    let text = String::from_utf8_lossy(&output.expect("valgrind").stdout).into_owned();
    let mut spent: BTreeMap<String, f64> = BTreeMap::new();
    for line in text.lines() {
        let Some((count, rest)) = line.trim().split_once(' ') else { continue };
        let Ok(count) = count.replace(',', "").parse::<f64>() else { continue };
        // Of `( 5.1%)  FILE:FUNCTION [OBJECT]` the function; lines with `=>` are calls of it.
        let Some((_, function)) = rest.split_once("%) ").filter(|(_, function)| !function.contains("=>")) else {
            continue;
        };
        let function = function.trim().split(" [").next().unwrap_or_default().split(" (").next().unwrap_or_default();
        let name = [".rs:", ".c:"].iter().find_map(|end| function.rsplit_once(end)).map_or(function, |(_, name)| name);
        let is_ours = ["kith_", "PROGRAM TOTALS", "sqlite3_step", "openmls", "serde_json", "sqlcipher_page_cipher"];
        if is_ours.iter().any(|ours| name.contains(ours)) {
            let most = spent.entry(name.to_owned()).or_default();
            *most = most.max(count);
        }
    }
    let mut spent: Vec<_> = spent.into_iter().collect();
    spent.sort_by(|a, b| b.1.total_cmp(&a.1));
    spent
}
