//! A conversation of a million messages: its newest page, a page out of its middle, words found in it.
//!
//! Two agents pair and say a word each; then both end, and the million is written into one's vault through the store's own
//! write path: like those two words, under ids and with texts of their own. Its agent then starts and is asked through its
//! socket. Texts are ten words of [`WORDS`] made-up ones, rare and frequent as in speech; one in the middle has a word that
//! no other has.
//!
//! Where `KITH_BENCH_KEEP` names a folder that is not there, the home is left in it, for `web/tests/open.mjs`.

use super::milliseconds;
use crate::figure::Figure;
use crate::socket::client;
use kith_api::{Message, Request, State};
use kith_base::{EventId, Rng};
use kith_lab::{Agent, Pair, until};
use kith_proto::io::{Delivery, EventRow, StoredEvent, View as _, Write, WriteBatch};
use kith_proto::log::event::{Body, Kind};
use kith_store::{Durability, Home};
use std::process::Command;
use std::time::{Duration, Instant};

/// Messages, and how many of them are committed at once.
const MESSAGES: u64 = 1_000_000;
const AT_ONCE: u64 = 20_000;
/// Messages of a page.
const PAGE: u32 = 50;

/// Words of the language that is spoken.
const WORDS: u64 = 20_000;
/// Words of a text.
const SPOKEN: usize = 10;
/// The word that is said once.
const ONCE: &str = "parrot";

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
    if let Some(to) = std::env::var_os("KITH_BENCH_KEEP") {
        let copied = Command::new("cp").arg("-a").arg(alice.home()).arg(to).status();
        assert!(copied.is_ok_and(|status| status.success()), "the home is copied");
    }
    let (mut end, mut jump, mut again, mut ready) = (vec![], vec![], vec![], vec![]);
    let (mut rare, mut frequent, mut two) = (vec![], vec![], vec![]);
    for _ in 0..rounds {
        let begin = Instant::now();
        alice.start();
        ready.push(milliseconds(begin.elapsed()));
        end.push(page(&alice, None));
        jump.push(page(&alice, Some(&middle)));
        again.push(page(&alice, None));
        rare.push(search(&alice, ONCE, 1));
        frequent.push(search(&alice, &word(0), PAGE as usize));
        two.push(search(&alice, &format!("{} {}", word(1), word(40)), PAGE as usize));
        alice.stop();
    }
    vec![
        Figure::low("1,000,000 messages, open at the end, first time after the start", "ms", end)
            .reaching(30.0, None)
            .note(format!("{PAGE} messages through the local socket; the file is in the system's cache")),
        Figure::low("1,000,000 messages, open at the end again", "ms", again).reaching(30.0, None),
        Figure::low("1,000,000 messages, jump to the middle", "ms", jump).reaching(30.0, None),
        Figure::low("1,000,000 messages, search for a word said once", "ms", rare).reaching(50.0, None),
        Figure::low("1,000,000 messages, search for the most frequent word", "ms", frequent).reaching(50.0, None),
        Figure::low("1,000,000 messages, search for two frequent words", "ms", two).reaching(50.0, None).note(format!(
            "texts of {SPOKEN} words out of {WORDS} by Zipf's law; each search gives the newest {PAGE} with words that begin so"
        )),
        Figure::low("1,000,000 messages, start of the agent", "ms", ready)
            .note("to its first line, looked for every 20 ms, with the tools that enter the namespace"),
        Figure::high("messages/s written through the store", "/s", vec![filled])
            .note(format!("{AT_ONCE} to a commit: events, bodies and the index of words")),
    ]
}

/// Milliseconds for a page.
fn page(alice: &Agent, before: Option<&str>) -> f64 {
    let mut client = client(alice.home());
    let contact = Some("Bob".to_owned());
    let begin = Instant::now();
    let request =
        Request::Log { contact, limit: Some(PAGE), before: before.map(str::to_owned), after: None, around: None };
    let page = client.call(request).unwrap_or_else(|error| panic!("{error}"));
    let taken = milliseconds(begin.elapsed());
    let page: Vec<Message> = serde_json::from_value(page).expect("messages");
    assert_eq!(page.len(), PAGE as usize);
    assert!(page.iter().all(|message| message.state.is_none_or(|state| state == State::Delivered)), "{page:?}");
    taken
}

/// Milliseconds for a search that finds that many.
fn search(alice: &Agent, words: &str, found: usize) -> f64 {
    let mut client = client(alice.home());
    let (contact, words) = (Some("Bob".to_owned()), words.to_owned());
    let begin = Instant::now();
    let page = client.call(Request::Search { contact, words, limit: Some(PAGE), before: None });
    let taken = milliseconds(begin.elapsed());
    let page: Vec<Message> = serde_json::from_value(page.unwrap_or_else(|error| panic!("{error}"))).expect("messages");
    assert_eq!(page.len(), found);
    taken
}

/// A made-up word; the lower its number, the more frequent.
fn word(number: u64) -> String {
    let syllables = ["ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "ru"];
    let mut rest = number + 1000;
    let mut word = String::from("x");
    while rest > 0 {
        word.push_str(syllables[(rest % 10) as usize]);
        rest /= 10;
    }
    word
}

/// Words as often as people say them: the second half as often as the first, the third a third as often.
fn speech(rng: &mut Rng) -> String {
    let spoken = (0..SPOKEN).map(|_| {
        let chance = rng.below(1 << 32) as f64 / (1_u64 << 32) as f64;
        // The inverse of a harmonic sum, which is near a logarithm.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of a word")]
        let number = ((WORDS as f64).powf(chance) - 1.0) as u64;
        word(number)
    });
    spoken.collect::<Vec<_>>().join(" ")
}

/// Writes the messages and returns one of the middle.
fn fill(alice: &Agent) -> EventId {
    let home = Home::open(alice.home(), None, Durability::Full).expect("nobody else has the home open");
    let contacts = home.registry().contacts().expect("contacts");
    let slot = contacts.first().and_then(|contact| contact.vault.as_ref()).expect("a contact with a vault");
    let mut vault = home.open_vault(slot).expect("its vault");
    let rows = (1..=vault.last_row().0).filter_map(|row| vault.event(EventRow(row)));
    let words: Vec<StoredEvent> = rows.filter(|event| event.kind == Kind::TEXT.number).collect();
    assert_eq!(words.len(), 2, "the two words");
    let mut rng = Rng::from_number(1);
    let (first, mut middle) = (vault.last_row().0 + 1, None);
    for batch in 0..MESSAGES / AT_ONCE {
        let mut writes = Vec::new();
        for row in first + batch * AT_ONCE..first + (batch + 1) * AT_ONCE {
            let word = &words[(row % 2) as usize];
            let id = EventId::from_bytes(rng.bytes());
            let delivery = if word.mine { Delivery::Delivered } else { word.delivery };
            writes.push(Write::Event(StoredEvent { row: EventRow(row), id, delivery, ..word.clone() }));
            let mut text = speech(&mut rng);
            if row == first + MESSAGES / 2 {
                middle = Some(id);
                text = format!("{text} {ONCE}");
            }
            writes.push(Write::Body(EventRow(row), Body::Text(text.into()).encode()));
        }
        vault.commit(&WriteBatch { writes }).expect("the disk takes it");
    }
    vault.checkpoint_truncate().expect("the disk takes it");
    middle.expect("there is a middle")
}
