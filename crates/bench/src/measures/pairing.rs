//! Pairing on a LAN: from the entry of the code until both sides say that the communication is secure.

use super::{LONG, milliseconds};
use crate::figure::Figure;
use crate::socket::client;
use kith_api::{Change, ContactState, Request, Stage};
use kith_lab::{Agent, Pair, until};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Instant;

/// Takes the measure: each round with two who never met.
pub(super) fn take(rounds: usize) -> Vec<Figure> {
    let mut seconds = Vec::new();
    for _ in 0..rounds {
        let pair = Pair::strangers();
        settled(&pair);
        let (alice, bob) = (secured(&pair.alice), secured(&pair.bob));
        let code = pair.invite();
        let mut answering = client(pair.bob.home());
        let begin = Instant::now();
        let accept = Request::Accept { code, name: Some("Alice".to_owned()), again: None, wait_ms: Some(60_000) };
        answering.call(accept).unwrap_or_else(|error| panic!("{error}"));
        let last = [alice, bob].map(|side| side.recv_timeout(LONG).expect("both are connected")).into_iter().max();
        seconds.push(milliseconds(last.expect("two").duration_since(begin)) / 1000.0);
    }
    vec![
        Figure::low("pairing on a LAN, code entered to secure on both sides", "s", seconds)
            .reaching(1.5, Some(0.8))
            .note(
                "found by mDNS, on links that are up: while the system still checks that nobody else has its IPv6 \
                 addresses, for one or two seconds, dials stall for as long; the invitation was open for a moment before",
            ),
    ]
}

/// Waits until the system has made sure that nobody else has the addresses of both hosts.
fn settled(pair: &Pair) {
    for host in ["alice", "bob"] {
        until("addresses are sure", LONG, || {
            let shown = pair.lan.host(host).program("ip").args(["-6", "address", "show", "tentative"]).output();
            shown.expect("iproute2").stdout.is_empty().then_some(())
        });
    }
}

/// The moment at which an agent says of a contact that the last stage is reached.
fn secured(agent: &Agent) -> Receiver<Instant> {
    let pushes = client(agent.home()).watch(None).unwrap_or_else(|error| panic!("{error}"));
    let (says, said) = channel();
    thread::spawn(move || {
        for push in pushes.map_while(Result::ok) {
            if let Change::Contact(contact) = push.change
                && (contact.state, contact.stage) == (ContactState::Connected, Stage::Secure)
            {
                // Who asked may have given up.
                let _ = says.send(Instant::now());
                return;
            }
        }
    });
    said
}
