//! A conversation of a million messages: its newest page, and a page out of its middle.
//!
//! Two agents pair and say a word each; then both end, and the million is written into one's vault through the store's own
//! write path, as copies of those two words under ids of their own. Its agent then starts and is asked through its socket.

use super::milliseconds;
use crate::figure::Figure;
use crate::socket::client;
use kith_api::{Message, Request, State};
use kith_base::{EventId, Rng};
use kith_lab::{Agent, Pair, until};
use kith_proto::io::{Delivery, EventRow, StoredEvent, View as _, Write, WriteBatch};
use kith_store::{Durability, Home};
use std::time::{Duration, Instant};

/// Messages, and how many of them are committed at once.
const MESSAGES: u64 = 1_000_000;
const AT_ONCE: u64 = 20_000;
/// Messages of a page.
const PAGE: u32 = 50;

/// Takes the measure on one conversation; each round starts the agent anew.
pub(super) fn take(rounds: usize) -> Vec<Figure> {
    let Pair { mut alice, mut bob, lan: _lan } = Pair::connected();
    for (from, to) in [(&alice, "Bob"), (&bob, "Alice")] {
        from.cmd(&[
            "send",
            to,
            "a few words that one says to a friend, and then some more of them",
            "--wait",
            "delivered",
        ]);
    }
    until("Bob's word is there", Duration::from_secs(10), || (alice.texts("Bob").len() == 2).then_some(()));
    alice.stop();
    bob.stop();
    let begin = Instant::now();
    let middle = fill(&alice).to_string();
    let filled = MESSAGES as f64 / begin.elapsed().as_secs_f64();
    let (mut end, mut jump, mut again, mut ready) = (vec![], vec![], vec![], vec![]);
    for _ in 0..rounds {
        let begin = Instant::now();
        alice.start();
        ready.push(milliseconds(begin.elapsed()));
        end.push(page(&alice, None));
        jump.push(page(&alice, Some(&middle)));
        again.push(page(&alice, None));
        alice.stop();
    }
    vec![
        Figure::low("1,000,000 messages, open at the end, first time after the start", "ms", end)
            .reaching(30.0, None)
            .note(format!("{PAGE} messages through the local socket; the file is in the system's cache")),
        Figure::low("1,000,000 messages, open at the end again", "ms", again).reaching(30.0, None),
        Figure::low("1,000,000 messages, jump to the middle", "ms", jump).reaching(30.0, None),
        Figure::low("1,000,000 messages, start of the agent", "ms", ready)
            .note("to its first line, looked for every 20 ms, with the tools that enter the namespace"),
        Figure::high("messages/s written through the store", "/s", vec![filled])
            .note(format!("{AT_ONCE} to a commit, events and bodies alone")),
    ]
}

/// Milliseconds for a page.
fn page(alice: &Agent, before: Option<&str>) -> f64 {
    let mut client = client(alice.home());
    let contact = Some("Bob".to_owned());
    let begin = Instant::now();
    let request = Request::Log { contact, limit: Some(PAGE), before: before.map(str::to_owned) };
    let page = client.call(request).unwrap_or_else(|error| panic!("{error}"));
    let taken = milliseconds(begin.elapsed());
    let page: Vec<Message> = serde_json::from_value(page).expect("messages");
    assert_eq!(page.len(), PAGE as usize);
    assert!(page.iter().all(|message| message.state.is_none_or(|state| state == State::Delivered)), "{page:?}");
    taken
}

/// Writes the messages and returns one of the middle.
fn fill(alice: &Agent) -> EventId {
    let home = Home::open(alice.home(), None, Durability::Full).expect("nobody else has the home open");
    let contacts = home.registry().contacts().expect("contacts");
    let slot = contacts.first().and_then(|contact| contact.vault.as_ref()).expect("a contact with a vault");
    let mut vault = home.open_vault(slot).expect("its vault");
    let words: Vec<(StoredEvent, Vec<u8>)> = (1..=vault.last_row().0)
        .filter_map(|row| Some((vault.event(EventRow(row))?, vault.body(EventRow(row))?)))
        .filter(|(event, _)| event.kind == 1)
        .collect();
    assert_eq!(words.len(), 2, "the two words");
    let mut rng = Rng::from_number(1);
    let (first, mut middle) = (vault.last_row().0 + 1, None);
    for batch in 0..MESSAGES / AT_ONCE {
        let mut writes = Vec::new();
        for row in first + batch * AT_ONCE..first + (batch + 1) * AT_ONCE {
            let (word, body) = &words[(row % 2) as usize];
            let id = EventId::from_bytes(rng.bytes());
            let delivery = if word.mine { Delivery::Delivered } else { word.delivery };
            writes.push(Write::Event(StoredEvent { row: EventRow(row), id, delivery, ..word.clone() }));
            writes.push(Write::Body(EventRow(row), body.clone()));
            middle = middle.or_else(|| (row >= first + MESSAGES / 2).then_some(id));
        }
        vault.commit(&WriteBatch { writes }).expect("the disk takes it");
    }
    vault.checkpoint_truncate().expect("the disk takes it");
    middle.expect("there is a middle")
}
