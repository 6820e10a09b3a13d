//! A served backend that records what it was asked, and clients that send exactly the bytes they are told.

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use kith_api::{
    Ability, Change, Contact, ContactState, Error, ErrorKind, Kind, Message, Path, Place, Push, Request, Side, Stage,
};
use kith_base::Rng;
use kith_loopback::{App, Asset, Assets, Backend, Download, Keys, Limits, Offer, Scope, Service, Source, Upload, Web};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::{Notify, broadcast, mpsc, watch};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

pub(crate) const HOME: &str = "home-k3v9";
pub(crate) const ALICE: &str = "alice-7f3a";
pub(crate) const BOB: &str = "bob-91c2";
/// How long anything may take before a test fails.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);

/// A file that a page sent: for whom, what was said of it, and what came.
pub(crate) type Sent = (String, Offer, Vec<u8>);

/// What the backend was asked, and what it holds.
pub(crate) struct Fake {
    pub(crate) asked: Arc<Mutex<Vec<(Scope, Request)>>>,
    /// Calls for the status wait for this.
    pub(crate) gate: Arc<Notify>,
    /// Calls that came through the gate.
    pub(crate) finished: Arc<AtomicU64>,
    pub(crate) files: Arc<Mutex<Vec<Sent>>>,
    /// Tickets that a backup was opened with.
    backups: Arc<Mutex<Vec<String>>>,
    bearers: Mutex<BTreeSet<(String, [u8; 32])>>,
    pushes: broadcast::Sender<Arc<Push>>,
    removed: Arc<Mutex<BTreeSet<String>>>,
    locked: Arc<watch::Sender<bool>>,
    announced: Arc<Mutex<Vec<(String, bool)>>>,
    language: Arc<Mutex<Option<&'static str>>>,
}

impl Backend for Fake {
    async fn call(&self, scope: Scope, request: Request) -> Result<Value, Error> {
        self.asked.lock().unwrap().push((scope, request.clone()));
        match request {
            Request::Status => {
                self.gate.notified().await;
                self.finished.fetch_add(1, Ordering::Relaxed);
                Ok(Value::Null)
            }
            Request::Contact { contact: Some(name) } if name == "Nobody" => {
                Err(Error::said(ErrorKind::NotFound, "No such contact.", "List them with `kith contacts`."))
            }
            Request::Contact { contact } => Ok(serde_json::to_value(person(&contact.unwrap().to_lowercase())).unwrap()),
            _ => Ok(json!("done")),
        }
    }

    async fn send_file(&self, contact: &str, mut upload: Upload) -> Result<Value, Error> {
        if upload.offer.name == "refused" {
            return Err(Error::said(ErrorKind::Storage, "There is no room on this disk.", "Free some space."));
        }
        let mut all = Vec::new();
        while let Some(chunk) = upload.bytes.recv().await {
            all.extend(chunk);
        }
        let whole = all.len() as u64 == upload.offer.size;
        self.files.lock().unwrap().push((contact.to_owned(), upload.offer, all));
        if whole { Ok(json!({ "event": "e1", "state": "waiting" })) } else { Err(not_here()) }
    }

    async fn open_file(&self, contact: &str, event: &str) -> Result<Download, Error> {
        let (name, media_type) = match (contact, event) {
            ("alice", "picture") => ("a b.png", "image/png"),
            ("alice", "page") => ("evil.html", "text/html"),
            ("alice", "drawing") => ("evil.svg", "image/svg+xml"),
            ("alice", "endless") => ("film.webm", "video/webm"),
            _ => return Err(not_here()),
        };
        let size = if event == "endless" { 1 << 40 } else { 1000 };
        Ok(Download { name: name.into(), media_type: media_type.into(), size, source: Arc::new(Counting) })
    }

    async fn open_backup(&self, ticket: &str) -> Result<mpsc::Receiver<axum::body::Bytes>, Error> {
        let pieces = match ticket {
            "whole" => &["one ", "two", ""][..],
            "cut" => &["one ", "two"],
            _ => return Err(not_here()),
        };
        self.backups.lock().unwrap().push(ticket.to_owned());
        let (sender, receiver) = mpsc::channel(8);
        for piece in pieces {
            sender.try_send((*piece).into()).unwrap();
        }
        Ok(receiver)
    }

    fn watch(&self) -> broadcast::Receiver<Arc<Push>> {
        self.pushes.subscribe()
    }

    fn app(&self, label: &str) -> Option<App> {
        if self.removed.lock().unwrap().contains(label) {
            return None;
        }
        let contact = |id: &str, name: &str, mark, half| {
            Some(App { scope: Scope::Contact(id.into()), name: name.into(), mark, half })
        };
        match label {
            HOME => Some(App { scope: Scope::Home, name: String::new(), mark: None, half: None }),
            ALICE => contact("alice", "Alice", Some([7; 32]), None),
            BOB => contact("bob", "Bob \"B\" <b>", None, Some(([9; 16], Side::Answerer))),
            _ => None,
        }
    }

    fn bearer_known(&self, label: &str, hash: &[u8; 32]) -> bool {
        self.bearers.lock().unwrap().contains(&(label.to_owned(), *hash))
    }

    fn locked(&self) -> watch::Receiver<bool> {
        self.locked.subscribe()
    }

    fn language(&self) -> Option<&'static str> {
        *self.language.lock().unwrap()
    }

    fn announces(&self, contact: &str, on: bool) {
        self.announced.lock().unwrap().push((contact.to_owned(), on));
    }

    fn bearer_add(&self, label: &str, hash: &[u8; 32]) {
        self.bearers.lock().unwrap().insert((label.to_owned(), *hash));
    }
}

fn not_here() -> Error {
    Error::said(ErrorKind::NotFound, "There is no such file.", "")
}

/// Bytes that count up, some at a time.
struct Counting;

impl Source for Counting {
    fn read(&self, at: u64) -> BoxFuture<'_, std::io::Result<axum::body::Bytes>> {
        let bytes: Vec<u8> = (at..at + 300).map(|n| n as u8).collect();
        async move { Ok(bytes.into()) }.boxed()
    }
}

pub(crate) fn person(id: &str) -> Contact {
    Contact {
        contact: id.into(),
        name: id.into(),
        state: ContactState::Connected,
        stage: Stage::Secure,
        note: None,
        app_url: String::new(),
        verified: false,
        met: false,
        online: true,
        path: Path::Direct,
        safety_number: None,
        side: Side::Inviter,
        mark: String::new(),
        unread: 0,
        waiting: 0,
        held: 0,
        renewed: None,
        last: None,
        can: vec![Ability::Edit, Ability::React],
        manifest: None,
        receipts: true,
        typing: true,
        draft: None,
        timers: kith_api::Timers::default(),
        path_since: None,
        created_at: 0,
        place: Place::default(),
    }
}

pub(crate) fn message(contact: &str, text: &str) -> Change {
    let message = Message {
        event: "event".into(),
        mine: false,
        from: contact.into(),
        kind: Kind::Text,
        text: text.into(),
        quote: None,
        reactions: Vec::new(),
        state: None,
        sent_at: 0,
        edited: false,
        late: false,
        held: false,
        notice: None,
        file: None,
        pinned: false,
        timer: None,
        leaves_at: None,
    };
    Change::Message { contact: contact.into(), message }
}

/// Both carriers need a backend, a pump and a way to stop.
pub(crate) struct Served {
    pub(crate) service: Arc<Service<Fake>>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) asked: Arc<Mutex<Vec<(Scope, Request)>>>,
    pub(crate) gate: Arc<Notify>,
    pub(crate) finished: Arc<AtomicU64>,
    pub(crate) removed: Arc<Mutex<BTreeSet<String>>>,
    pub(crate) files: Arc<Mutex<Vec<Sent>>>,
    pub(crate) backups: Arc<Mutex<Vec<String>>>,
    pub(crate) locked: Arc<watch::Sender<bool>>,
    pub(crate) announced: Arc<Mutex<Vec<(String, bool)>>>,
    pub(crate) language: Arc<Mutex<Option<&'static str>>>,
    pub(crate) stop: CancellationToken,
    pushes: broadcast::Sender<Arc<Push>>,
    seq: AtomicU64,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl Served {
    pub(crate) fn new(limits: Limits) -> Self {
        let pushes = broadcast::Sender::new(1024);
        let (asked, gate, removed) = (Arc::default(), Arc::new(Notify::new()), Arc::default());
        let finished = Arc::default();
        let files = Arc::default();
        let backups = Arc::default();
        let (locked, announced, language) = (Arc::new(watch::Sender::new(false)), Arc::default(), Arc::default());
        let backend = Fake {
            asked: Arc::clone(&asked),
            gate: gate.clone(),
            finished: Arc::clone(&finished),
            files: Arc::clone(&files),
            backups: Arc::clone(&backups),
            bearers: Mutex::default(),
            pushes: pushes.clone(),
            removed: Arc::clone(&removed),
            locked: Arc::clone(&locked),
            announced: Arc::clone(&announced),
            language: Arc::clone(&language),
        };
        let keys = Arc::new(Keys::new(Rng::from_number(1)));
        let service = Service::new(backend, keys.clone(), limits);
        let stop = CancellationToken::new();
        tokio::spawn(service.pump(stop.clone()));
        Self {
            service,
            keys,
            asked,
            gate,
            finished,
            removed,
            files,
            backups,
            locked,
            announced,
            language,
            stop,
            pushes,
            seq: AtomicU64::new(0),
        }
    }

    /// A push to everybody.
    pub(crate) fn push(&self, change: Change) {
        let seq = self.seq.fetch_add(1, Ordering::Relaxed) + 1;
        self.pushes.send(Arc::new(Push { seq, change })).unwrap();
    }

    /// Waits until so many calls have reached the backend, and returns them.
    pub(crate) async fn asked(&self, count: usize) -> Vec<(Scope, Request)> {
        until("the backend is asked", || self.asked.lock().unwrap().len() >= count).await;
        self.asked.lock().unwrap().clone()
    }
}

/// Waits for a condition, with a deadline.
pub(crate) async fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let wait = async {
        while !condition() {
            tokio::task::yield_now().await;
        }
    };
    timeout(DEADLINE, wait).await.unwrap_or_else(|_| panic!("in vain: {what}"));
}

/// A backend on the web.
pub(crate) struct Site {
    pub(crate) served: Served,
    pub(crate) port: u16,
}

/// An HTTP answer, taken apart.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let values = self.head.lines().filter_map(|line| line.split_once(": "));
        values.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

impl Site {
    pub(crate) async fn start() -> Self {
        Self::with(Limits::default()).await
    }

    pub(crate) async fn with(limits: Limits) -> Self {
        let served = Served::new(limits);
        let web = Web::bind(0, Assets::from_fn(built)).await.unwrap();
        let port = web.port();
        tokio::spawn(web.serve(served.service.clone(), served.stop.clone()));
        Self { served, port }
    }

    pub(crate) fn host(&self, label: &str) -> String {
        format!("{label}.localhost:{}", self.port)
    }

    pub(crate) fn origin(&self, label: &str) -> String {
        kith_loopback::origin(label, self.port)
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(("127.0.0.1", self.port)).await.unwrap()
    }

    /// Sends bytes as they are and reads until the other side closes.
    pub(crate) async fn raw(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = self.connect().await;
        // The server may refuse and close before it has read everything.
        let _refused = stream.write_all(bytes).await;
        let mut answer = Vec::new();
        let _reset = timeout(DEADLINE, stream.read_to_end(&mut answer)).await.expect("an answer in time");
        answer
    }

    /// One request with these headers beside `Host`, `Connection: close` and the body's length.
    pub(crate) async fn ask(&self, line: &str, host: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = format!("{line} HTTP/1.1\r\nHost: {host}\r\n");
        if !headers.iter().any(|(name, _)| *name == "Connection") {
            request += "Connection: close\r\n";
        }
        headers.iter().for_each(|(name, value)| request += &format!("{name}: {value}\r\n"));
        if line.starts_with("POST") {
            request += &format!("Content-Length: {}\r\n", body.len());
        }
        request += "\r\n";
        request += body;
        parse(&self.raw(request.as_bytes()).await)
    }

    pub(crate) async fn get(&self, label: &str, path: &str) -> Answer {
        self.ask(&format!("GET {path}"), &self.host(label), &[], "").await
    }

    /// Exchanges a key for a bearer, as the label's own page does.
    pub(crate) async fn exchange(&self, label: &str, key: &str) -> Answer {
        let body = json!({ "key": key }).to_string();
        let origin = self.origin(label);
        let headers = [("Origin", origin.as_str()), ("Sec-Fetch-Site", "same-origin")];
        self.ask("POST /api/session", &self.host(label), &headers, &body).await
    }

    pub(crate) async fn bearer(&self, label: &str) -> String {
        let answer = self.exchange(label, &self.served.keys.one_time_key(label)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        serde_json::from_slice::<Value>(&answer.body).unwrap()["bearer"].as_str().unwrap().to_owned()
    }

    /// The headers of a WebSocket handshake, apart from `Host`.
    pub(crate) fn handshake(origin: &str) -> [(&str, &str); 5] {
        [
            ("Upgrade", "websocket"),
            ("Connection", "close, Upgrade"),
            ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ("Origin", origin),
        ]
    }

    /// An open WebSocket of the label's own page, before its first message.
    pub(crate) async fn window(&self, label: &str) -> Window {
        let mut request = format!("GET /api/ws HTTP/1.1\r\nHost: {}\r\n", self.host(label));
        Self::handshake(&self.origin(label))
            .iter()
            .for_each(|(name, value)| request += &format!("{name}: {value}\r\n"));
        let mut stream = self.connect().await;
        stream.write_all((request + "\r\n").as_bytes()).await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(timeout(DEADLINE, stream.read_u8()).await.unwrap().unwrap());
        }
        assert!(head.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&head));
        Window { stream, last_id: 0 }
    }

    /// A window that has shown a good bearer, and what it was told.
    pub(crate) async fn entered(&self, label: &str) -> (Window, Value) {
        let bearer = self.bearer(label).await;
        let mut window = self.window(label).await;
        window.send(&json!({ "bearer": bearer })).await;
        let welcome = window.hear().await;
        (window, welcome["ok"].clone())
    }
}

/// What a server says or does on a WebSocket.
#[derive(Debug, PartialEq)]
pub(crate) enum Heard {
    Text(Value),
    Close(u16),
    Gone,
}

/// A WebSocket client of this many lines: masked with zeros, no fragments.
pub(crate) struct Window {
    stream: TcpStream,
    last_id: u64,
}

impl Window {
    pub(crate) async fn send(&mut self, message: &Value) {
        self.send_frame(0x81, message.to_string().as_bytes()).await;
    }

    pub(crate) async fn send_frame(&mut self, first: u8, payload: &[u8]) {
        let mut frame = vec![first];
        match payload.len() {
            length @ ..126 => frame.push(0x80 | length as u8),
            length @ ..0x1_0000 => {
                frame.push(0x80 | 126);
                frame.extend((length as u16).to_be_bytes());
            }
            length => {
                frame.push(0x80 | 127);
                frame.extend((length as u64).to_be_bytes());
            }
        }
        frame.extend([0; 4]);
        frame.extend(payload);
        // The server may refuse and close before it has read everything.
        let _refused = self.stream.write_all(&frame).await;
    }

    /// Sends a call and returns its number.
    pub(crate) async fn call(&mut self, method: &str, params: Value) -> u64 {
        self.last_id += 1;
        let mut call = json!({ "id": self.last_id, "method": method });
        if !params.is_null() {
            call["params"] = params;
        }
        self.send(&call).await;
        self.last_id
    }

    /// Calls and returns the answer; pushes in between would fail the test.
    pub(crate) async fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.call(method, params).await;
        let answer = self.hear().await;
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    pub(crate) async fn hear(&mut self) -> Value {
        match self.next().await {
            Heard::Text(value) => value,
            other => panic!("{other:?} instead of a text"),
        }
    }

    pub(crate) async fn next(&mut self) -> Heard {
        timeout(DEADLINE, self.read()).await.expect("a frame in time").unwrap_or(Heard::Gone)
    }

    async fn read(&mut self) -> std::io::Result<Heard> {
        let (first, second) = (self.stream.read_u8().await?, self.stream.read_u8().await?);
        let length = match second & 0x7f {
            126 => u64::from(self.stream.read_u16().await?),
            127 => self.stream.read_u64().await?,
            length => u64::from(length),
        };
        let mut payload = vec![0; length as usize];
        self.stream.read_exact(&mut payload).await?;
        Ok(match first & 0x0f {
            8 => Heard::Close(u16::from_be_bytes([payload[0], payload[1]])),
            _ => Heard::Text(serde_json::from_slice(&payload).unwrap()),
        })
    }
}

pub(crate) fn parse(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Answer { status, head, body: bytes.get(end + 4..).unwrap_or_default().to_vec() }
}

/// Stands in for the built pages.
fn built(path: &str) -> Option<Asset> {
    let bytes: &[u8] = match path {
        "home.html" => b"<!doctype html><html lang=\"en\" class=\"home\"><title>home</title>",
        "app.html" => b"<!doctype html><title>app</title>",
        "assets/app.js" => b"export {}",
        "sw.js" => b"// worker",
        // Only a path that should not have come this far.
        path if path.contains("..") || path.contains("//") || path.contains(['%', '\\']) => b"out",
        _ => return None,
    };
    Some(Asset { bytes: Cow::Borrowed(bytes), hash: [bytes.len() as u8; 32] })
}
