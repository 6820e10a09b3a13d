//! The measures, in the order of what they are worth.

mod backlog;
mod calls;
mod files;
mod flood;
mod idle;
mod instructions;
mod latency;
mod memory;
mod million;
mod online;
mod pairing;
mod rekey;
mod wire;

use crate::figure::Figure;
use kith_lab::{Agent, Pair};
use serde_json::Value;
use std::time::Duration;

/// One measure.
pub(crate) struct Measure {
    /// What it is asked for by.
    pub(crate) name: &'static str,
    /// What it measures.
    pub(crate) what: &'static str,
    /// Takes it, over that many rounds.
    pub(crate) take: fn(usize) -> Vec<Figure>,
}

/// All measures.
pub(crate) const MEASURES: &[Measure] = &[
    Measure {
        name: "latency",
        what: "one message of 64 bytes, from the call until it is visible",
        take: latency::take,
    },
    Measure { name: "flood", what: "20,000 messages in one direction until all are delivered", take: flood::take },
    Measure { name: "backlog", what: "10,000 messages that waited while the receiver was away", take: backlog::take },
    Measure { name: "files", what: "a file of 1 GiB sealed, sent and got, and one of 4 GiB", take: files::take },
    Measure { name: "online", what: "from an agent's start until its contact is online", take: online::take },
    Measure {
        name: "memory",
        what: "resident memory of an agent that rests, 1, 100 and 1,000 contacts",
        take: memory::take,
    },
    Measure { name: "wire", what: "bytes on the wire for a message with its receipt", take: wire::take },
    Measure {
        name: "idle",
        what: "traffic and wake-ups while nobody says anything, a quarter of an hour",
        take: idle::take,
    },
    Measure { name: "pairing", what: "from the code's entry until both are connected", take: pairing::take },
    Measure {
        name: "rekey",
        what: "a rekey of a send group of 2, 10 and 50 devices, in this process",
        take: rekey::take,
    },
    Measure {
        name: "million",
        what: "a conversation of 1,000,000 messages: its end, its middle, words in it",
        take: million::take,
    },
    Measure { name: "calls", what: "what both agents ask of the kernel for a message", take: calls::take },
    Measure {
        name: "instructions",
        what: "where the processor time of messages goes; needs valgrind",
        take: instructions::take,
    },
];

/// What nothing here measures, and why.
pub(crate) const NOT_MEASURED: &[(&str, &str)] = &[("clean build and test time", "continuous integration prints it")];

/// Longer than anything takes that is measured here.
const LONG: Duration = Duration::from_secs(180);
/// The hosts' addresses, as the lab gives them.
const ALICE_IP: &str = "10.7.0.1";
const BOB_IP: &str = "10.7.0.2";

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// A contact as the local socket tells it.
fn contact(agent: &Agent, name: &str) -> Value {
    let asked = kith_api::Request::Contact { contact: Some(name.to_owned()) };
    crate::socket::client(agent.home()).call(asked).unwrap_or_else(|error| panic!("{error}"))
}

/// Pairs the two that many times, each time as other contacts: `C1` and so on at both.
fn contacts(pair: &Pair, number: usize) {
    for number in 1..=number {
        let name = format!("C{number}");
        let invitation = pair.alice.one(&["invite", &name]);
        let code = invitation["code"].as_str().expect("an invitation has a code");
        pair.bob.cmd(&["accept", code, "--name", &name, "--wait", "15"]);
        kith_lab::wait_connected(&pair.alice, &name);
    }
}
