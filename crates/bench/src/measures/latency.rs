//! One-way latency: from the call `send` at the sender until the receiver's agent pushes the message, both committed.

use super::{BOB_IP, LONG, milliseconds};
use crate::bare_commit::Bare;
use crate::figure::Figure;
use crate::raw_iroh::Echo;
use crate::socket::{SHORT, client, hear, number, send, short};
use crate::stats::{median, percentile};
use kith_lab::Pair;
use std::sync::mpsc::Receiver;
use std::thread;
use std::time::{Duration, Instant};

/// Messages of a round.
const MESSAGES: usize = 400;
/// The pause before each, for all three: a processor that slept answers later than one that did not.
const PAUSE: Duration = Duration::from_millis(20);
/// Messages before those that count.
const WARM_UP: usize = 50;

/// What a round found, in milliseconds.
struct Round {
    one_way: Vec<f64>,
    called: Vec<f64>,
    iroh: Vec<f64>,
    commit: Vec<f64>,
}

/// Takes the measure.
pub(super) fn take(rounds: usize) -> Vec<Figure> {
    let pair = Pair::connected();
    let heard = hear(pair.bob.home(), "Alice");
    let echo = Echo::start(&pair.lan.host("bob"), BOB_IP);
    let found: Vec<Round> = (0..rounds).map(|_| round(&pair, &heard, &echo)).collect();
    let over = |percent: f64, of: fn(&Round) -> &Vec<f64>| -> Vec<f64> {
        found.iter().map(|round| percentile(of(round), percent)).collect()
    };
    let (iroh, commit) = (median(&over(50.0, |round| &round.iroh)), median(&over(50.0, |round| &round.commit)));
    let floor = 2.0_f64.mul_add(commit, iroh);
    let what = "raw iroh + 2 bare commits, p50";
    vec![
        Figure::low("one way, 64 B, p50", "ms", over(50.0, |round| &round.one_way))
            .beside(what, floor)
            .reaching(floor * 1.4, Some(floor * 1.15))
            .note(format!(
                "{MESSAGES} messages at {} ms a round, from the call on the sender's socket to the push on the receiver's; \
                 both agents have committed it by then",
                PAUSE.as_millis()
            )),
        Figure::low("one way, 64 B, p99", "ms", over(99.0, |round| &round.one_way))
            .beside(what, floor)
            .reaching(floor * 4.0, None),
        Figure::low("call to its answer (durable at the sender), p50", "ms", over(50.0, |round| &round.called)),
        Figure::low("raw iroh one way, 64 B, p50", "ms", over(50.0, |round| &round.iroh))
            .note("half of a round trip on an open stream, with the same pause before each"),
        Figure::low("raw iroh one way, 64 B, p99", "ms", over(99.0, |round| &round.iroh)),
        Figure::low("bare commit, 64 B, p50", "ms", over(50.0, |round| &round.commit))
            .note("one row into SQLCipher, WAL, synchronous=FULL, with the same pause before each"),
        Figure::low("bare commit, 64 B, p99", "ms", over(99.0, |round| &round.commit)),
    ]
}

fn round(pair: &Pair, heard: &Receiver<(Instant, kith_api::Message)>, echo: &Echo) -> Round {
    let iroh = echo.one_way(&pair.lan.host("alice"), MESSAGES, PAUSE);
    let commit = commits();
    let mut alice = client(pair.alice.home());
    let (mut one_way, mut called) = (Vec::new(), Vec::new());
    for message in 0..WARM_UP + MESSAGES {
        thread::sleep(PAUSE);
        let begin = Instant::now();
        alice.call(send("Bob", short(message), None)).unwrap_or_else(|error| panic!("{error}"));
        let answered = begin.elapsed();
        let at = loop {
            let (at, seen) = heard.recv_timeout(LONG).expect("the message arrives");
            if number(&seen.text) == Some(message) {
                break at;
            }
        };
        if message >= WARM_UP {
            one_way.push(milliseconds(at.duration_since(begin)));
            called.push(milliseconds(answered));
        }
    }
    Round { one_way, called, iroh, commit }
}

fn commits() -> Vec<f64> {
    let mut bare = Bare::new();
    let body = [7; SHORT];
    let mut times = Vec::new();
    for commit in 0..WARM_UP + MESSAGES {
        thread::sleep(PAUSE);
        let time = bare.commit(&[&body]);
        if commit >= WARM_UP {
            times.push(milliseconds(time));
        }
    }
    times
}
