//! A blocking client of the local socket, for the command line and for tests.
//!
//! A [`Client`] asks one thing at a time. [`Client::watch`] turns it into a [`Watch`], an iterator of pushes; whoever
//! wants both opens two, or takes a client apart ([`Client::split`]) and tells answers by their ids. What goes wrong on the way is an [`Error`] like the agent's own, so that callers have one kind.
//!
//! ```no_run
//! # fn main() -> Result<(), kith_api::Error> {
//! let mut client = kith_api::client::Client::connect("/home/alice/.local/share/kith".as_ref())?;
//! let contacts = client.call(kith_api::Request::Contacts)?;
//! # Ok(()) }
//! ```

use crate::{Call, Error, ErrorKind, Push, Reply, Request, SOCKET_NAME, Watching, Word};
use serde::de::DeserializeOwned;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind as IoKind, Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// Longest line that is read: the agent's own limit, so that a line which is longer shows a fault.
const LINE_BYTES_MAX: u64 = 12 * 1024 * 1024;
/// How long an agent may take to end after it said that it will: it commits what is under way and closes every vault.
const END_MAX: Duration = Duration::from_secs(30);

/// A connection to the agent of a home.
#[derive(Debug)]
pub struct Client {
    stream: BufReader<UnixStream>,
    last_id: u64,
    /// Pushes that came while an answer was awaited.
    early: VecDeque<Push>,
}

/// The pushes of a connection that watches.
#[derive(Debug)]
pub struct Watch {
    client: Client,
    started_at: u64,
}

/// The half of a connection that asks.
#[derive(Debug)]
pub struct Asking {
    stream: UnixStream,
}

/// The half of a connection that hears: an iterator of answers, by their ids, and of pushes.
#[derive(Debug)]
pub struct Hearing {
    client: Client,
}

impl Client {
    /// Connects to the agent of a home.
    ///
    /// # Errors
    /// `not_running` if no agent listens there, `forbidden` if the home belongs to somebody else.
    pub fn connect(home: &Path) -> Result<Self, Error> {
        let stream = open_socket(home).map_err(|error| match error.kind() {
            IoKind::PermissionDenied => forbidden(home),
            _ => not_running(home),
        })?;
        Ok(Self { stream: BufReader::new(stream), last_id: 0, early: VecDeque::new() })
    }

    /// Asks one thing and waits for the answer, for as long as the agent takes.
    ///
    /// # Errors
    /// The agent's own, or `not_running` if it ended before it answered.
    pub fn call(&mut self, request: Request) -> Result<serde_json::Value, Error> {
        self.last_id += 1;
        let asked = self.last_id;
        self.write(&Call { id: asked, request })?;
        loop {
            match self.read()? {
                Some(Reply::Ok { id, ok }) if id == asked => return Ok(ok),
                Some(Reply::Error { id, error }) if id == asked => return Err(error),
                Some(Reply::Push { push }) => self.early.push_back(push),
                Some(Reply::Ok { .. } | Reply::Error { .. }) => return Err(garbled("an answer to another call")),
                None => return Err(ended()),
            }
        }
    }

    /// Watches for changes from here on; with a contact, for its messages too.
    ///
    /// # Errors
    /// As [`Client::call`].
    pub fn watch(mut self, contact: Option<String>) -> Result<Watch, Error> {
        let watching: Watching = decode(self.call(Request::Watch { contact })?)?;
        self.early.retain(|push| push.seq > watching.seq);
        Ok(Watch { client: self, started_at: watching.seq })
    }

    /// Takes the connection apart, for who asks on one thread and hears on another.
    ///
    /// # Errors
    /// `internal` if the system has no further file descriptor.
    pub fn split(self) -> Result<(Asking, Hearing), Error> {
        let stream = self
            .stream
            .get_ref()
            .try_clone()
            .map_err(|error| Error::new(ErrorKind::Internal, "agent-unreachable", [("why", Word::text(error))]))?;
        Ok((Asking { stream }, Hearing { client: self }))
    }

    /// Waits until the agent closes the connection, which it does when it ends.
    ///
    /// # Errors
    /// `timed_out` if it is still there after half a minute.
    pub fn wait_for_end(mut self) -> Result<(), Error> {
        let still_there = |_: io::Error| Error::new(ErrorKind::TimedOut, "agent-still-ending", []);
        self.stream.get_ref().set_read_timeout(Some(END_MAX)).map_err(still_there)?;
        match io::copy(&mut self.stream, &mut io::sink()) {
            Err(error) if error.kind() == IoKind::WouldBlock => Err(still_there(error)),
            // A connection that broke is as closed as one that was shut.
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Writes one call.
    fn write(&mut self, call: &Call) -> Result<(), Error> {
        write(self.stream.get_mut(), call)
    }

    /// Reads one line; `None` when the agent closed the connection.
    fn read(&mut self) -> Result<Option<Reply>, Error> {
        let mut line = Vec::new();
        let limited = &mut (&mut self.stream).take(LINE_BYTES_MAX);
        limited.read_until(b'\n', &mut line).map_err(|_| ended())?;
        match line.last() {
            Some(b'\n') => serde_json::from_slice(&line).map(Some).map_err(|error| garbled(&error.to_string())),
            Some(_) if limited.limit() == 0 => Err(garbled("a line that is too long")),
            Some(_) | None => Ok(None),
        }
    }
}

impl Asking {
    /// Asks one thing; [`Hearing`] gets the answer with the call's id.
    ///
    /// # Errors
    /// `not_running` if the agent ended.
    pub fn ask(&mut self, call: &Call) -> Result<(), Error> {
        write(&mut self.stream, call)
    }
}

impl Iterator for Hearing {
    type Item = Result<Reply, Error>;

    /// The next answer or push, for however long it takes; `None` once the agent closed the connection.
    fn next(&mut self) -> Option<Self::Item> {
        self.client.read().transpose()
    }
}

impl Watch {
    /// The number of the newest push before this watch.
    pub fn started_at(&self) -> u64 {
        self.started_at
    }
}

impl Iterator for Watch {
    type Item = Result<Push, Error>;

    /// The next push, for however long it takes; `None` once the agent closed the connection: it ended, or pushes were
    /// lost and whoever still wants them connects and asks anew.
    fn next(&mut self) -> Option<Self::Item> {
        if let Some(push) = self.client.early.pop_front() {
            return Some(Ok(push));
        }
        match self.client.read() {
            Ok(Some(Reply::Push { push })) => Some(Ok(push)),
            Ok(Some(Reply::Ok { .. } | Reply::Error { .. })) => Some(Err(garbled("an answer that nobody asked for"))),
            Ok(None) => None,
            Err(error) => Some(Err(error)),
        }
    }
}

/// Writes one call on a line.
fn write(stream: &mut UnixStream, call: &Call) -> Result<(), Error> {
    let mut line = serde_json::to_vec(call).map_err(|error| garbled(&error.to_string()))?;
    line.push(b'\n');
    stream.write_all(&line).map_err(|_| ended())
}

/// Decodes an answer.
fn decode<T: DeserializeOwned>(answer: serde_json::Value) -> Result<T, Error> {
    serde_json::from_value(answer).map_err(|error| garbled(&error.to_string()))
}

/// Opens the socket through its directory's descriptor: a socket's path has a limit of 108 bytes, a home's has none.
fn open_socket(home: &Path) -> io::Result<UnixStream> {
    let directory = File::open(home)?;
    UnixStream::connect(format!("/proc/self/fd/{}/{SOCKET_NAME}", directory.as_raw_fd()))
}

fn not_running(home: &Path) -> Error {
    Error::new(ErrorKind::NotRunning, "agent-not-running", [("home", Word::text(home.display()))])
}

fn forbidden(home: &Path) -> Error {
    Error::new(ErrorKind::Forbidden, "home-of-another", [("home", Word::text(home.display()))])
}

fn ended() -> Error {
    Error::new(ErrorKind::NotRunning, "agent-ended", [])
}

fn garbled(why: &str) -> Error {
    Error::new(ErrorKind::Internal, "agent-garbled", [("why", Word::text(why))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::net::UnixListener;
    use std::thread;

    /// An agent that reads one line and answers with a script, then closes.
    fn answering(script: &'static str) -> (tempfile::TempDir, Client) {
        let home = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(home.path().join(SOCKET_NAME)).unwrap();
        thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let mut stream = BufReader::new(stream);
            stream.read_line(&mut String::new()).unwrap();
            stream.get_mut().write_all(script.as_bytes()).unwrap();
        });
        let client = Client::connect(home.path()).unwrap();
        (home, client)
    }

    #[test]
    fn a_home_without_an_agent_is_told_so() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(Client::connect(home.path()).unwrap_err().kind, ErrorKind::NotRunning);
        drop(UnixListener::bind(home.path().join(SOCKET_NAME)).unwrap());
        assert_eq!(Client::connect(home.path()).unwrap_err().kind, ErrorKind::NotRunning);
    }

    #[test]
    fn a_deep_home_is_reached_although_its_path_is_too_long_for_a_socket() {
        let root = tempfile::tempdir().unwrap();
        let deep = root.path().join("d".repeat(120));
        std::fs::create_dir(&deep).unwrap();
        let directory = File::open(&deep).unwrap();
        let _agent = UnixListener::bind(format!("/proc/self/fd/{}/socket", directory.as_raw_fd())).unwrap();
        assert!(Client::connect(&deep).is_ok());
    }

    #[test]
    fn an_answer_comes_back_and_so_does_an_error() {
        let (_home, mut client) = answering("{\"id\":1,\"ok\":null}\n");
        assert_eq!(client.call(Request::Stop), Ok(serde_json::Value::Null));
        let (_home, mut client) =
            answering("{\"id\":1,\"error\":{\"kind\":\"not_found\",\"message\":\"Who?\",\"hint\":\"\"}}\n");
        assert_eq!(client.call(Request::Status).unwrap_err().kind, ErrorKind::NotFound);
    }

    #[test]
    fn an_agent_that_ends_early_is_told_so() {
        for script in ["", "{\"id\":1,"] {
            let (_home, mut client) = answering(script);
            assert_eq!(client.call(Request::Status).unwrap_err().kind, ErrorKind::NotRunning);
        }
    }

    #[test]
    fn an_answer_to_another_call_is_refused() {
        let (_home, mut client) = answering("{\"id\":9,\"ok\":null}\n");
        assert_eq!(client.call(Request::Status).unwrap_err().kind, ErrorKind::Internal);
    }

    #[test]
    fn a_watch_starts_behind_the_number_it_was_told_and_ends_with_the_agent() {
        let (_home, client) = answering(concat!(
            "{\"push\":{\"seq\":7,\"contact_removed\":\"old\"}}\n",
            "{\"push\":{\"seq\":8,\"contact_removed\":\"early\"}}\n",
            "{\"id\":1,\"ok\":{\"seq\":7,\"scope\":null}}\n",
            "{\"push\":{\"seq\":9,\"contact_removed\":\"later\"}}\n",
        ));
        let watch = client.watch(None).unwrap();
        assert_eq!(watch.started_at(), 7);
        let seqs: Vec<_> = watch.map(|push| push.unwrap().seq).collect();
        assert_eq!(seqs, [8, 9]);
    }

    #[test]
    fn a_connection_that_was_taken_apart_asks_and_hears() {
        let (_home, client) = answering("{\"id\":5,\"ok\":null}\n{\"push\":{\"seq\":8,\"contact_removed\":\"old\"}}\n");
        let (mut asking, hearing) = client.split().unwrap();
        asking.ask(&Call { id: 5, request: Request::Status }).unwrap();
        let heard: Vec<_> = hearing.map(Result::unwrap).collect();
        assert!(matches!(heard.as_slice(), [Reply::Ok { id: 5, .. }, Reply::Push { .. }]), "{heard:?}");
    }

    #[test]
    fn the_end_of_an_agent_is_waited_for() {
        let (_home, mut client) = answering("{\"id\":1,\"ok\":null}\n");
        client.call(Request::Stop).unwrap();
        assert_eq!(client.wait_for_end(), Ok(()));
    }
}
