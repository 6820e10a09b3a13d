//! Bytes on the wire for a short message with its receipt, with everything that belongs to it.

use super::BOB_IP;
use crate::figure::Figure;
use crate::frames::{Counter, Total};
use crate::raw_iroh::Echo;
use crate::socket::{call_all, client, send, short};
use crate::stats::median;
use kith_api::State;
use kith_lab::Pair;
use std::thread;
use std::time::Duration;

/// Single messages of a round: two spans from one rekey to the next.
const SINGLE: usize = 200;
/// The pause after each.
const PAUSE: Duration = Duration::from_millis(50);
/// Bursts of a round, and messages in each. A burst is a record or a few, so that 40 of them see about one rekey.
const BURSTS: usize = 40;
const BURST: usize = 100;
/// After this silence the connection was closed.
const SILENCE: Duration = Duration::from_secs(25);
/// A pause in which late acknowledgements come.
const SETTLE: Duration = Duration::from_millis(300);

/// Takes the measure.
pub(super) fn take(rounds: usize) -> Vec<Figure> {
    let pair = Pair::connected();
    let host = pair.lan.host("alice");
    let mut counter = Counter::start(&host);
    let echo = Echo::start(&pair.lan.host("bob"), BOB_IP);
    let (mut single, mut packets, mut burst, mut first) = (vec![], vec![], vec![], vec![]);
    let (mut greeting, mut round_trip) = (vec![], vec![]);
    for _ in 0..rounds {
        let once = counted(&mut counter, || drop(echo.one_way(&host, 1, PAUSE))).bytes as f64;
        let often = counted(&mut counter, || drop(echo.one_way(&host, 1 + SINGLE, PAUSE))).bytes as f64;
        greeting.push(once);
        round_trip.push((often - once) / SINGLE as f64);
        let passed = counted(&mut counter, || say(&pair, SINGLE, PAUSE));
        single.push(passed.bytes as f64 / SINGLE as f64);
        packets.push(passed.packets as f64 / SINGLE as f64);
        let passed = counted(&mut counter, || (0..BURSTS).for_each(|_| shout(&pair)));
        burst.push(passed.bytes as f64 / (BURSTS * BURST) as f64);
        thread::sleep(SILENCE);
        first.push(counted(&mut counter, || say(&pair, 1, PAUSE)).bytes as f64);
    }
    vec![
        Figure::low("wire bytes per message with receipt, single", "B", single)
            .beside("raw iroh, 64 B there and back", median(&round_trip))
            .reaching(600.0, Some(450.0))
            .note(format!(
                "{SINGLE} messages of 64 B at {} ms a round on an open connection; IP packets both ways, rekeys, \
                 acknowledgements and heartbeats included",
                PAUSE.as_millis()
            )),
        Figure::low("packets per message with receipt, single", "", packets),
        Figure::low("wire bytes per message with receipt, burst of 100", "B", burst).reaching(150.0, Some(100.0)).note(
            format!("{BURSTS} bursts a round, 100 calls in flight at once, each burst delivered before the next"),
        ),
        Figure::low("wire bytes of the first message after a silence", "B", first)
            .beside("raw iroh, a connection with 21 round trips", median(&greeting))
            .note("the connection was closed for want of use: with the handshake and the hello"),
    ]
}

/// What passes while something is done, and right after.
fn counted(counter: &mut Counter, work: impl FnOnce()) -> Total {
    thread::sleep(SETTLE);
    let before = counter.total();
    work();
    thread::sleep(SETTLE);
    counter.total().since(before)
}

fn say(pair: &Pair, messages: usize, pause: Duration) {
    let mut alice = client(pair.alice.home());
    for message in 0..messages {
        let delivered = alice.call(send("Bob", short(message), Some(State::Delivered)));
        delivered.unwrap_or_else(|error| panic!("{error}"));
        thread::sleep(pause);
    }
}

fn shout(pair: &Pair) {
    let calls = (0..BURST).map(|message| send("Bob", short(message), Some(State::Delivered))).collect();
    assert_eq!(call_all(pair.alice.home(), 4, calls).len(), BURST);
}
