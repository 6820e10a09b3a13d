//! A backlog: messages that were written while the receiver was away, from its agent's start until all are visible.

use super::{LONG, contact};
use crate::figure::Figure;
use crate::socket::{call_all, client, send, short};
use kith_lab::{Agent, Pair, until};
use std::thread;
use std::time::{Duration, Instant};

/// Messages that wait.
const MESSAGES: usize = 10_000;
/// How often the receiver's agent is asked. Its pushes can't be waited for: a backlog is longer than what is kept of them.
const LOOK_EVERY: Duration = Duration::from_millis(4);

/// Takes the measure: each round with two who never met, so that no round carries another's messages.
pub(super) fn take(rounds: usize) -> Vec<Figure> {
    let (mut from_start, mut from_connection, mut queued) = (vec![], vec![], vec![]);
    for _ in 0..rounds {
        let Pair { alice, mut bob, lan: _lan } = Pair::connected();
        bob.stop();
        until("Alice sees that he left", LONG, || (contact(&alice, "Bob")["online"] == false).then_some(()));
        let calls = (0..MESSAGES).map(|message| send("Bob", short(message), None)).collect();
        let begin = Instant::now();
        call_all(alice.home(), 16, calls);
        queued.push(MESSAGES as f64 / begin.elapsed().as_secs_f64());
        let (start, connection) = received(&mut bob);
        from_start.push(start);
        from_connection.push(connection);
    }
    vec![
        Figure::low("backlog of 10,000, from the contact's being online", "s", from_connection)
            .reaching(0.7, Some(0.3))
            .note(format!("all read from the receiver's agent, asked every {} ms", LOOK_EVERY.as_millis())),
        Figure::low("backlog of 10,000, from the receiver's start", "s", from_start),
        Figure::high("messages/s queued for somebody who is away", "/s", queued)
            .note("16 connections with 32 calls in flight each, every call answered when its message is durable"),
    ]
}

/// Starts the receiver; seconds until all is visible, from its start and from the first sight of the contact.
fn received(bob: &mut Agent) -> (f64, f64) {
    let begin = Instant::now();
    bob.start();
    let mut asked = client(bob.home());
    let mut online = None;
    loop {
        let request = kith_api::Request::Contact { contact: Some("Alice".to_owned()) };
        let seen = asked.call(request).unwrap_or_else(|error| panic!("{error}"));
        let now = begin.elapsed();
        if online.is_none() && seen["online"] == true {
            online = Some(now);
        }
        if seen["unread"] == MESSAGES {
            let connection = now.saturating_sub(online.unwrap_or(now));
            return (now.as_secs_f64(), connection.as_secs_f64());
        }
        assert!(now < LONG, "the backlog did not arrive: {seen}");
        thread::sleep(LOOK_EVERY);
    }
}
