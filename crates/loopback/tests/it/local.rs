//! The local socket: lines, limits, and whose it is.

use crate::harness::{DEADLINE, Served, message, until};
use kith_api::Request;
use kith_loopback::{Limits, Scope, Socket, SocketError, socket_path};
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt as _;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::UnixStream;
use tokio::time::timeout;

pub(crate) struct Desk {
    pub(crate) served: Served,
    home: TempDir,
}

impl Desk {
    pub(crate) async fn with(limits: Limits) -> Self {
        let served = Served::new(limits);
        let home = TempDir::new().unwrap();
        let socket = Socket::bind(home.path()).await.unwrap();
        tokio::spawn(socket.serve(served.service.clone(), served.stop.clone()));
        Self { served, home }
    }

    pub(crate) async fn connect(&self) -> Lines {
        Lines(BufReader::new(UnixStream::connect(socket_path(self.home.path())).await.unwrap()))
    }
}

pub(crate) struct Lines(BufReader<UnixStream>);

impl Lines {
    async fn write(&mut self, text: &str) {
        // The agent may refuse and close before it has read everything.
        let _refused = self.0.write_all(text.as_bytes()).await;
    }

    /// The next line; nothing when the agent has closed.
    pub(crate) async fn read(&mut self) -> Option<Value> {
        let mut line = String::new();
        timeout(DEADLINE, self.0.read_line(&mut line)).await.expect("a line in time").expect("a clean close");
        (!line.is_empty()).then(|| serde_json::from_str(&line).unwrap())
    }

    pub(crate) async fn ask(&mut self, call: &Value) -> Value {
        self.write(&format!("{call}\n")).await;
        self.read().await.unwrap()
    }
}

#[tokio::test]
async fn a_call_is_a_line_and_so_is_its_answer() {
    let desk = Desk::with(Limits::default()).await;
    let mut lines = desk.connect().await;
    assert_eq!(lines.ask(&json!({ "id": 3, "method": "contacts" })).await, json!({ "id": 3, "ok": "done" }));
    assert_eq!(desk.served.asked(1).await, [(Scope::Local, Request::Contacts)]);
    assert_eq!(lines.ask(&json!({ "id": 4 })).await["error"]["kind"], "bad_request");
}

#[tokio::test]
async fn a_client_that_has_said_everything_is_still_answered() {
    let desk = Desk::with(Limits::default()).await;
    let mut lines = desk.connect().await;
    lines.write("{\"id\":1,\"method\":\"contacts\"}\n").await;
    lines.0.get_mut().shutdown().await.unwrap();
    assert_eq!(lines.read().await.unwrap()["id"], 1);
    assert_eq!(lines.read().await, None);
}

/// LOOP-050
#[tokio::test]
async fn a_call_goes_on_when_its_client_leaves() {
    let desk = Desk::with(Limits { grace: Duration::from_millis(1), ..Limits::default() }).await;
    let mut lines = desk.connect().await;
    lines.write("{\"id\":1,\"method\":\"status\"}\n").await;
    desk.served.asked(1).await;
    lines.0.get_mut().shutdown().await.unwrap();
    assert_eq!(lines.read().await, None, "the connection ends before the call does");
    desk.served.gate.notify_one();
    until("the call comes to its end", || desk.served.finished.load(Ordering::Relaxed) == 1).await;
}

/// LOOP-042
#[tokio::test]
async fn whoever_watches_hears_of_contacts_and_of_the_messages_it_asked_for() {
    let desk = Desk::with(Limits::default()).await;
    let mut lines = desk.connect().await;
    let watch = json!({ "id": 1, "method": "watch", "params": { "contact": "Alice" } });
    assert_eq!(lines.ask(&watch).await["ok"], json!({ "seq": 0, "scope": null }));
    desk.served.push(message("bob", "not this"));
    desk.served.push(message("alice", "this"));
    desk.served.push(kith_api::Change::ContactRemoved("bob".into()));
    assert_eq!(lines.read().await.unwrap()["push"]["message"]["message"]["text"], "this");
    assert_eq!(lines.read().await.unwrap()["push"]["contact_removed"], "bob");
    let watch = json!({ "id": 2, "method": "watch", "params": { "contact": "Nobody" } });
    assert_eq!(lines.ask(&watch).await["error"]["kind"], "not_found");
}

/// LOOP-062
#[tokio::test]
async fn a_line_over_the_limit_is_answered_and_the_connection_closed_cleanly() {
    let desk = Desk::with(Limits { line_bytes_max: 64 * 1024, ..Limits::default() }).await;
    let mut lines = desk.connect().await;
    let long = format!("{{\"id\":1,\"text\":\"{}\"}}\n", "x".repeat(1024 * 1024));
    lines.write(&long).await;
    assert_eq!(lines.read().await.unwrap()["error"]["kind"], "too_large");
    assert_eq!(lines.read().await, None);
}

/// LOOP-062
#[tokio::test]
async fn a_line_that_is_not_utf8_is_answered() {
    let desk = Desk::with(Limits::default()).await;
    let mut lines = desk.connect().await;
    lines.0.write_all(b"\xff\xfe\n").await.unwrap();
    assert_eq!(lines.read().await.unwrap()["error"]["kind"], "bad_request");
}

/// LOOP-060
#[tokio::test]
async fn the_socket_is_this_users_alone_and_goes_with_the_agent() {
    let desk = Desk::with(Limits::default()).await;
    let path = socket_path(desk.home.path());
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    desk.served.stop.cancel();
    until("the socket's file is gone", || !path.exists()).await;
}

/// LOOP-061
#[tokio::test]
async fn a_second_agent_does_not_take_a_socket_that_answers() {
    let desk = Desk::with(Limits::default()).await;
    let second = Socket::bind(desk.home.path()).await;
    assert!(matches!(second, Err(SocketError::AlreadyRunning(_))), "{second:?}");
    assert_eq!(desk.connect().await.ask(&json!({ "id": 1, "method": "contacts" })).await["ok"], "done");
}

/// LOOP-061
#[tokio::test]
async fn a_socket_that_nobody_answers_on_is_replaced() {
    let home = TempDir::new().unwrap();
    drop(std::os::unix::net::UnixListener::bind(socket_path(home.path())).unwrap());
    Socket::bind(home.path()).await.unwrap();
}

#[tokio::test]
async fn a_home_may_have_a_longer_path_than_a_socket() {
    let home = TempDir::new().unwrap();
    let deep = home.path().join("d".repeat(150));
    std::fs::create_dir(&deep).unwrap();
    let _socket = Socket::bind(&deep).await.unwrap();
    assert!(matches!(Socket::bind(&deep).await, Err(SocketError::AlreadyRunning(_))));
}

/// LOOP-061
#[tokio::test]
async fn a_file_with_the_sockets_name_is_left_alone() {
    let home = TempDir::new().unwrap();
    std::fs::write(socket_path(home.path()), "mine").unwrap();
    assert!(matches!(Socket::bind(home.path()).await, Err(SocketError::InTheWay(_))));
    assert_eq!(std::fs::read(socket_path(home.path())).unwrap(), b"mine");
}

#[tokio::test]
async fn a_client_one_too_many_is_closed_and_a_closed_one_makes_room() {
    let desk = Desk::with(Limits { local_max: 1, ..Limits::default() }).await;
    let mut first = desk.connect().await;
    first.ask(&json!({ "id": 1, "method": "contacts" })).await;
    assert_eq!(desk.connect().await.read().await, None);
    drop(first);
    let deadline = tokio::time::Instant::now() + DEADLINE;
    loop {
        let mut next = desk.connect().await;
        next.write("{\"id\":1,\"method\":\"contacts\"}\n").await;
        let mut line = String::new();
        if next.0.read_line(&mut line).await.is_ok_and(|read| read > 0) {
            return;
        }
        assert!(tokio::time::Instant::now() < deadline, "the closed client made no room");
    }
}
