//! Calls of the local API with many of them in flight, as a program would make them that has much to say.
//!
//! The client of `kith_api` asks one thing at a time. Here each connection keeps a window of calls open: an agent answers
//! up to 32 of one connection at once and reads further ones as those end.

use kith_api::client::Client;
use kith_api::{Call, Change, Message, Reply, Request, SOCKET_NAME, State};
use serde_json::Value;
use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Instant;

/// Calls of one connection that an agent has in hand at once.
pub(crate) const IN_FLIGHT: usize = 32;
/// The length of a short message in bytes.
pub(crate) const SHORT: usize = 64;

/// A text of 64 bytes that says which one it is.
pub(crate) fn short(number: usize) -> String {
    let text = format!("{number:08} {}", "what one says to a friend, in a few words ".repeat(2));
    text[..SHORT].to_owned()
}

/// Which one a short text is.
pub(crate) fn number(text: &str) -> Option<usize> {
    text.get(..8)?.parse().ok()
}

/// A call that sends a text, answered when it reached a state.
pub(crate) fn send(contact: &str, text: String, wait: Option<State>) -> Request {
    Request::Send { contact: Some(contact.to_owned()), text, reply: None, wait, timeout_ms: None }
}

/// A client of a home's agent.
///
/// # Panics
/// If no agent answers there.
pub(crate) fn client(home: &Path) -> Client {
    Client::connect(home).unwrap_or_else(|error| panic!("{error}"))
}

/// Makes all calls over that many connections, each with [`IN_FLIGHT`] in flight, and returns their answers' values.
///
/// # Panics
/// If a call is refused.
pub(crate) fn call_all(home: &Path, connections: usize, calls: Vec<Request>) -> Vec<Value> {
    let mut shares: Vec<VecDeque<Request>> = (0..connections).map(|_| VecDeque::new()).collect();
    for (number, call) in calls.into_iter().enumerate() {
        shares[number % connections].push_back(call);
    }
    thread::scope(|scope| {
        let working: Vec<_> = shares.into_iter().map(|share| scope.spawn(|| call_in_turn(home, share))).collect();
        working.into_iter().flat_map(|work| work.join().expect("a call was refused")).collect()
    })
}

fn call_in_turn(home: &Path, mut calls: VecDeque<Request>) -> Vec<Value> {
    let mut stream = BufReader::new(UnixStream::connect(home.join(SOCKET_NAME)).expect("an agent listens"));
    let (mut answers, mut asked, mut line) = (Vec::with_capacity(calls.len()), 0, Vec::new());
    loop {
        let mut lines = Vec::new();
        while asked < IN_FLIGHT + answers.len()
            && let Some(request) = calls.pop_front()
        {
            asked += 1;
            serde_json::to_writer(&mut lines, &Call { id: asked as u64, request }).expect("a call is JSON");
            lines.push(b'\n');
        }
        stream.get_mut().write_all(&lines).expect("the agent reads");
        if answers.len() == asked {
            return answers;
        }
        loop {
            line.clear();
            stream.read_until(b'\n', &mut line).expect("the agent answers");
            match serde_json::from_slice(&line).expect("an answer is JSON") {
                Reply::Ok { ok, .. } => answers.push(ok),
                Reply::Error { error, .. } => panic!("{error}"),
                Reply::Push { .. } => {}
            }
            // Answers that came together are all taken before more is asked.
            if !stream.buffer().contains(&b'\n') {
                break;
            }
        }
    }
}

/// Hears each new message of a contact, with the moment at which it was heard, until the receiver is dropped.
///
/// # Panics
/// If no agent answers there.
pub(crate) fn hear(home: &Path, contact: &str) -> Receiver<(Instant, Message)> {
    let pushes = client(home).watch(Some(contact.to_owned())).unwrap_or_else(|error| panic!("{error}"));
    let (heard, hears) = channel();
    thread::spawn(move || {
        for push in pushes {
            let at = Instant::now();
            if let Ok(Change::Message { message, .. }) = push.map(|push| push.change)
                && heard.send((at, message)).is_err()
            {
                return;
            }
        }
    });
    hears
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_has_its_length_and_knows_its_number() {
        for at in [0, 7, 12_345_678] {
            assert_eq!((short(at).len(), number(&short(at))), (SHORT, Some(at)));
        }
        assert_eq!(number("hello"), None);
    }
}
