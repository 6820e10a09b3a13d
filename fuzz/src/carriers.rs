//! Bodies of the network and of the local API: whole connections where a decoder can't be had without one.

use crate::property::canonical;
use crate::record::Inputs;
use kith_api::{Call, Error, ErrorKind, Push, Reply, Request};
use kith_base::Rng;
use kith_base::limits::{ADDRESSES_MAX, PACKET_BYTES_MAX};
use kith_loopback::{App, Asset, Assets, Backend, Download, Keys, Limits, Scope, Service, Upload};
use kith_net::{Card, EndpointId, fuzzing};
use serde_json::Value;
use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixStream;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{broadcast, mpsc, watch};
use tokio_util::bytes::Bytes;
use tokio_util::sync::CancellationToken;

const PORT: u16 = 47_000;
/// Turns of the runtime that a server has for its answers before it hears of the end.
const TURNS: usize = 64;
const ALICE: &str = "alice-7f3a";

pub(crate) fn card(bytes: &[u8]) -> bool {
    let Some(card) = canonical(bytes, 0, Card::decode, Card::encode) else { return false };
    assert!(card.addresses.len() <= ADDRESSES_MAX && card.heartbeat_addresses().count() <= ADDRESSES_MAX);
    let usable = |address: &std::net::SocketAddr| address.port() > 0 && !address.ip().is_multicast();
    assert!(card.addresses.iter().all(usable));
    true
}

pub(crate) fn mdns(bytes: &[u8]) -> bool {
    fuzzing::mdns(bytes)
}

/// A stream of messages: what is read, framed again, is what came, up to where it broke off.
pub(crate) fn frames(bytes: &[u8]) -> bool {
    let (messages, too_large) = run(fuzzing::frames(bytes));
    let mut again = Vec::new();
    for message in &messages {
        again.extend_from_slice(&(message.len() as u32).to_be_bytes());
        again.extend_from_slice(message);
    }
    assert!(bytes.starts_with(&again));
    let announced = bytes[again.len()..].first_chunk().map_or(0, |length| u32::from_be_bytes(*length) as usize);
    assert_eq!(too_large, announced > PACKET_BYTES_MAX);
    !messages.is_empty()
}

pub(crate) fn api_call(bytes: &[u8]) -> bool {
    let Ok(call) = serde_json::from_slice::<Call>(bytes) else { return false };
    let again = serde_json::to_vec(&call).expect("a call can be written");
    assert_eq!(serde_json::from_slice::<Call>(&again).ok(), Some(call));
    true
}

/// A connection to the web port. Without a one-time key, which nobody made, it gets no bearer and no call.
pub(crate) fn http(bytes: &[u8]) -> bool {
    let (answer, asked) = serve(Carrier::Web, bytes, Scope::Home);
    assert!(asked.is_empty(), "a request without a bearer reached the backend");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let shown = answer.starts_with("HTTP/1.1 200") || answer.contains("\r\nHTTP/1.1 200");
    let named = [&b"localhost:47000"[..], b"127.0.0.1:47000", b"[::1]:47000"];
    let ours = named.iter().any(|name| bytes.windows(name.len()).any(|window| window == *name));
    assert!(ours || !shown, "a host that is not ours was answered");
    shown
}

/// What a page says once it has shown its bearer. The first byte says how the rest is framed: 0 not at all, else each line
/// is a text message.
pub(crate) fn websocket(bytes: &[u8]) -> bool {
    let Some((framed, said)) = bytes.split_first() else { return false };
    let mut sent = format!(
        "GET /api/ws HTTP/1.1\r\nHost: {ALICE}.localhost:{PORT}\r\nOrigin: http://{ALICE}.localhost:{PORT}\r\n\
         Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    .into_bytes();
    sent.extend(text_frame(br#"{"bearer":"x"}"#));
    let lines: Vec<_> = said.split(|byte| *byte == b'\n').collect();
    if *framed == 0 {
        sent.extend_from_slice(said);
    } else {
        lines.iter().for_each(|line| sent.extend(text_frame(line)));
    }
    let (_, asked) = serve(Carrier::Web, &sent, Scope::Contact("alice".into()));
    assert!(asked.len() <= said.len());
    for request in &asked {
        let json = serde_json::to_value(request).expect("a request can be written");
        assert_eq!(json["params"]["contact"], "alice", "a page reached beyond its contact: {json}");
    }
    !asked.is_empty()
}

/// A masked text frame with a mask of zeros.
fn text_frame(text: &[u8]) -> Vec<u8> {
    let length = match text.len() {
        short @ ..126 => vec![0x80 | short as u8],
        long => [&[0x80 | 127][..], &(long as u64).to_be_bytes()].concat(),
    };
    [&[0x81][..], &length, &[0; 4], text].concat()
}

/// Lines on the local socket: each is answered at most once, and every answer is one.
pub(crate) fn local_socket(bytes: &[u8]) -> bool {
    let (answer, asked) = serve(Carrier::Local, bytes, Scope::Local);
    let lines = bytes.split(|byte| *byte == b'\n').count();
    let replies: Vec<_> = answer.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    assert!(replies.len() <= lines + 1 && asked.len() <= lines);
    for reply in replies {
        assert!(serde_json::from_slice::<Reply>(reply).is_ok(), "{}", String::from_utf8_lossy(reply));
    }
    !asked.is_empty()
}

#[derive(Clone, Copy)]
enum Carrier {
    Web,
    Local,
}

/// Serves one connection on which `bytes` come and no more; what was answered, and what the backend was asked.
fn serve(carrier: Carrier, bytes: &[u8], scope: Scope) -> (Vec<u8>, Vec<Request>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let fake = Fake { scope, asked: asked.clone(), pushes: broadcast::Sender::new(1), bearers: AtomicUsize::new(0) };
    let service = Service::new(fake, Arc::new(Keys::new(Rng::from_number(81))), Limits::default());
    let answer = run(async {
        let (ours, theirs) = UnixStream::pair().expect("a pair of sockets");
        let (mut reading, mut writing) = ours.into_split();
        let stop = CancellationToken::new();
        let served = async {
            match carrier {
                Carrier::Web => kith_loopback::fuzzing::web(service, (PORT, assets()), theirs, stop).await,
                Carrier::Local => kith_loopback::fuzzing::local(service, theirs, stop).await,
            }
        };
        let mut answer = Vec::new();
        let read = reading.read_to_end(&mut answer);
        let write = async {
            // The other side may hang up before it has read everything.
            let _hung_up = writing.write_all(bytes).await;
            // A server that hears of the end answers nothing more: what is under way gets its turns first.
            for _ in 0..TURNS {
                tokio::task::yield_now().await;
            }
            let _hung_up = writing.shutdown().await;
        };
        let (_, read, ()) = tokio::join!(served, read, write);
        let _reset = read;
        answer
    });
    let asked = asked.lock().expect("no call panics").clone();
    (answer, asked)
}

fn assets() -> Assets {
    Assets::from_fn(|path| {
        let bytes: &'static [u8] = if path.ends_with(".html") { b"<!doctype html>" } else { return None };
        Some(Asset { bytes: bytes.into(), hash: [1; 32] })
    })
}

/// A backend that knows one app and one bearer, and is asked on behalf of one scope only.
struct Fake {
    scope: Scope,
    asked: Arc<Mutex<Vec<Request>>>,
    pushes: broadcast::Sender<Arc<Push>>,
    bearers: AtomicUsize,
}

impl Backend for Fake {
    async fn call(&self, scope: Scope, request: Request) -> Result<Value, Error> {
        assert_eq!(scope, self.scope, "asked on behalf of somebody else");
        self.asked.lock().expect("no call panics").push(request.clone());
        match request {
            Request::Contact { .. } => Err(Error::new(ErrorKind::NotFound, "contact-unnamed", [])),
            _ => Ok(Value::Null),
        }
    }

    async fn send_file(&self, contact: &str, mut upload: Upload) -> Result<Value, Error> {
        assert_eq!(self.scope, Scope::Contact(contact.to_owned()), "sent on behalf of somebody else");
        let mut came = 0;
        while let Some(chunk) = upload.bytes.recv().await {
            came += chunk.len() as u64;
        }
        assert!(came <= upload.offer.size, "more came than was offered");
        Ok(Value::Null)
    }

    async fn open_file(&self, contact: &str, event: &str) -> Result<Download, Error> {
        panic!("{event} of {contact} was opened by a ticket that nobody made");
    }

    async fn open_backup(&self, ticket: &str) -> Result<mpsc::Receiver<Bytes>, Error> {
        panic!("a backup was fetched with {ticket} from the app of a contact");
    }

    fn watch(&self) -> broadcast::Receiver<Arc<Push>> {
        self.pushes.subscribe()
    }

    fn app(&self, label: &str) -> Option<App> {
        let scope = Scope::Contact("alice".into());
        (label == ALICE).then(|| App { scope, name: "Alice \"A\" <a>".into(), mark: None, half: None })
    }

    fn bearer_known(&self, label: &str, _hash: &[u8; 32]) -> bool {
        label == ALICE
    }

    fn locked(&self) -> watch::Receiver<bool> {
        watch::channel(false).1
    }

    fn language(&self) -> Option<&'static str> {
        None
    }

    fn announces(&self, contact: &str, _on: bool) {
        assert_eq!(Scope::Contact(contact.to_owned()), self.scope, "announced for somebody else");
    }

    fn bearer_add(&self, _label: &str, _hash: &[u8; 32]) {
        let given = self.bearers.fetch_add(1, Ordering::Relaxed);
        panic!("a bearer was given for a key that nobody made ({given} before it)");
    }
}

/// Runs a future on this thread's runtime.
fn run<T>(future: impl Future<Output = T>) -> T {
    thread_local! {
        static RUNTIME: Runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    }
    RUNTIME.with(|runtime| runtime.block_on(future))
}

pub(crate) fn record(inputs: &mut Inputs) {
    let id = EndpointId([7; 32]);
    let addresses = vec!["192.0.2.1:40001".parse().expect("an address"), "[2001:db8::1]:40001".parse().expect("one")];
    let full = Card { id, heartbeat_port: Some(40_002), addresses, relays: vec!["https://relay.example:443".into()] };
    inputs.real("card", Card::new(id).encode());
    inputs.real("card", full.encode());
    fuzzing::mdns_messages().into_iter().for_each(|message| inputs.real("mdns", message));
    inputs.real("frames", [&[0, 0, 0, 3][..], b"one", &[0; 4], &[0, 0, 0, 2], b"tw"].concat());
    inputs.edge("frames", [0xff; 8]);
    inputs.edge("frames", [0, 0, 1, 0, 7]);
    let contact = Some("Mira".to_owned());
    let calls = [
        Request::Contacts,
        Request::Invite { name: "Mira".into(), again: false },
        Request::Accept { code: "481920-a".into(), name: None, again: None, wait_ms: Some(5) },
        Request::Send {
            contact: contact.clone(),
            text: "∞\u{0}\"\\".into(),
            reply: None,
            wait: None,
            timeout_ms: None,
        },
        Request::Log { contact: None, limit: Some(9), before: Some("evtx".into()), after: None, around: None },
        Request::Watch { contact },
    ];
    let lines: Vec<_> = (1..)
        .zip(calls)
        .map(|(id, request)| serde_json::to_string(&Call { id, request }).expect("a call can be written"))
        .collect();
    lines.iter().for_each(|line| inputs.real("api_call", line.as_str()));
    inputs.edge("api_call", r#"{"id":1e3,"method":"contacts","method":"stop"}"#);
    inputs.edge("api_call", "[".repeat(200));
    inputs.real("local_socket", lines.join("\n") + "\n");
    inputs.edge("local_socket", [&b"{}\n\xff\xfe\n"[..], lines[0].as_bytes()].concat());
    let of_contact = r#"{"id":1,"method":"log","params":{"contact":null,"limit":3,"before":null}}"#;
    inputs.real("websocket", format!("\u{1}{of_contact}\n{}", lines[4]));
    inputs.edge("websocket", format!("\u{1}{}", lines.join("\n")));
    inputs.edge(
        "websocket",
        [&[0][..], &text_frame(of_contact.as_bytes()), &[0x89, 0x80, 0, 0, 0, 0, 0x88, 0x80]].concat(),
    );
    let host = format!("Host: {ALICE}.localhost:{PORT}");
    let get = |path: &str, more: &str| format!("GET {path} HTTP/1.1\r\n{host}\r\n{more}\r\n");
    for path in ["/manifest.webmanifest", "/app.css", "/icon.svg", "/"] {
        let page = get(path, "");
        if path != "/" {
            inputs.real("http", page.as_str());
        }
        inputs.edge("http", page);
    }
    inputs.real("http", format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\n\r\n"));
    inputs.edge("http", format!("GET / HTTP/1.1\r\nHost: evil.example:{PORT}\r\n\r\n"));
    inputs.edge("http", format!("GET http://evil.example/ HTTP/1.1\r\n{host}\r\n\r\n"));
    inputs.edge(
        "http",
        format!("{}{}", get("/../../etc/passwd", ""), get("/assets/%2e%2e/x", "Sec-Fetch-Site: none\r\n")),
    );
    let body = r#"{"key":"x"}"#;
    let origin = format!("Origin: http://{ALICE}.localhost:{PORT}");
    let length = body.len();
    inputs.edge(
        "http",
        format!("POST /api/session HTTP/1.1\r\n{host}\r\n{origin}\r\nContent-Length: {length}\r\n\r\n{body}"),
    );
    let chunked = format!("Transfer-Encoding: chunked\r\n\r\nb\r\n{body}\r\n0\r\n\r\n");
    inputs.edge("http", format!("POST /api/session HTTP/1.1\r\n{host}\r\n{origin}\r\n{chunked}"));
    inputs.edge("http", get("/api/ws", &format!("{origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n")));
}
