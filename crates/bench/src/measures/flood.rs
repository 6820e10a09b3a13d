//! Throughput with durable receipts: as many calls in flight as an agent takes, until the last message is delivered.

use super::BOB_IP;
use crate::bare_commit::Bare;
use crate::figure::Figure;
use crate::process::processor_seconds;
use crate::raw_iroh::Echo;
use crate::socket::{IN_FLIGHT, SHORT, call_all, send, short};
use crate::stats::median;
use kith_api::{Sent, State};
use kith_lab::Pair;
use std::time::Instant;

/// Messages of a round.
const MESSAGES: usize = 20_000;
/// Connections of the sender's programs, each with 32 calls in flight.
const CONNECTIONS: usize = 32;

/// Takes the measure.
pub(super) fn take(rounds: usize) -> Vec<Figure> {
    let pair = Pair::connected();
    let echo = Echo::start(&pair.lan.host("bob"), BOB_IP);
    let (mut rates, mut sender, mut receiver, mut iroh, mut commits) = (vec![], vec![], vec![], vec![], vec![]);
    for _ in 0..rounds {
        iroh.push(MESSAGES as f64 / echo.transfer(&pair.lan.host("alice"), MESSAGES * SHORT).seconds);
        commits.push(MESSAGES as f64 / committed());
        let calls = (0..MESSAGES).map(|message| send("Bob", short(message), Some(State::Delivered))).collect();
        let busy = [&pair.alice, &pair.bob].map(|agent| processor_seconds(agent.pid()));
        let begin = Instant::now();
        let answers = call_all(pair.alice.home(), CONNECTIONS, calls);
        rates.push(MESSAGES as f64 / begin.elapsed().as_secs_f64());
        let used = |agent: usize, pid: u32| (processor_seconds(pid) - busy[agent]) * 1e6 / MESSAGES as f64;
        sender.push(used(0, pair.alice.pid()));
        receiver.push(used(1, pair.bob.pid()));
        assert_eq!(answers.len(), MESSAGES);
        for answer in answers {
            let sent: Sent = serde_json::from_value(answer).expect("an answer of the API");
            assert!(sent.state >= State::Delivered, "a message was answered for as {:?}", sent.state);
        }
    }
    vec![
        Figure::high("messages/s, one direction, durable receipts", "/s", rates)
            .beside("raw iroh, the same bytes on one stream", median(&iroh))
            .reaching(20_000.0, Some(50_000.0))
            .note(format!(
                "{MESSAGES} messages of {SHORT} B a round over {CONNECTIONS} connections with {IN_FLIGHT} calls in flight \
                 each, every one answered when its receipt is committed; each text is in the index of words by then"
            )),
        Figure::low("processor time per message in a flood, sender", "µs", sender),
        Figure::low("processor time per message in a flood, receiver", "µs", receiver),
        Figure::high("rows/s of bare commits with 256 rows each", "/s", commits)
            .note("256 is the most that an agent takes into one turn"),
    ]
}

/// Seconds for as many rows, 256 to a commit.
fn committed() -> f64 {
    let mut bare = Bare::new();
    let bodies = vec![[7; SHORT].to_vec(); 256];
    let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
    let begin = Instant::now();
    for _ in 0..MESSAGES / bodies.len() + 1 {
        bare.commit(&bodies);
    }
    begin.elapsed().as_secs_f64()
}
