//! One connection to another device: whole messages each way, and what is known of the path.
//!
//! A connection is up, closing or closed. It is up from the moment it is handed out; it ends by [`Connection::close`]
//! (what was sent arrives first), [`Connection::abort`] (at once), the last handle being dropped, the other side, or
//! silence of the path for about half a minute. A closed connection still yields the messages that had arrived.
//!
//! iroh keeps open paths alive by a packet every five seconds and lets nobody turn that off, so that an idle
//! connection costs about 50 bytes a second until somebody closes it: [`Connection::idle_for`] is there for that.

use crate::files::FileStream;
use crate::path::{self, PathKind};
use crate::stream::{self, CLOSE_WAIT, Outgoing, QUEUE};
use crate::{EndpointId, NetError};
use bytes::Bytes;
use futures_util::StreamExt;
use iroh::endpoint::{Connection as Quic, ConnectionError, RecvStream, SendStream, VarInt};
use kith_base::limits::PACKET_BYTES_MAX;
use noq_proto::crypto::rustls::HandshakeData;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, mpsc, watch};
use tokio::time::timeout;

/// Why a side closed. A code that this version does not know is passed on as it is (NET-023).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CloseCode(pub u32);

impl CloseCode {
    /// Nothing more to say.
    pub const DONE: Self = Self(0);
    /// A frame was larger than a packet may be.
    pub const TOO_LARGE: Self = Self(1);
    /// The stream is not of a format that this version knows.
    pub const BAD_FRAME: Self = Self(2);
    /// Nothing had passed for a while.
    pub const IDLE: Self = Self(3);
    /// Another connection of the same two devices stays instead.
    pub const REPLACED: Self = Self(4);
    /// The other side could not prove what it had to, or broke a rule.
    pub const REFUSED: Self = Self(5);
}

impl From<CloseCode> for VarInt {
    fn from(code: CloseCode) -> Self {
        Self::from_u32(code.0)
    }
}

/// How a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// This side closed it.
    Here,
    /// The other side closed it.
    There(CloseCode),
    /// The path went silent: the other device is off, or its network is gone.
    Silent,
    /// The other side does not speak this protocol as it should.
    Broken,
}

/// Bytes on the wire, with all overhead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traffic {
    /// Bytes sent.
    pub sent: u64,
    /// Bytes received.
    pub received: u64,
}

/// When a message last passed either way.
#[derive(Debug)]
pub(crate) struct Activity {
    start: Instant,
    last_ms: AtomicU64,
}

impl Activity {
    fn new() -> Self {
        Self { start: Instant::now(), last_ms: AtomicU64::new(0) }
    }

    pub(crate) fn touch(&self) {
        self.last_ms.fetch_max(self.elapsed_ms(), Ordering::Relaxed);
    }

    fn idle(&self) -> Duration {
        Duration::from_millis(self.elapsed_ms().saturating_sub(self.last_ms.load(Ordering::Relaxed)))
    }

    fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// A connection. Clones are handles of the same one; when the last is dropped, it is closed at once.
#[derive(Clone)]
pub struct Connection(Arc<Inner>);

struct Inner {
    quic: Quic,
    outgoing: mpsc::Sender<Outgoing>,
    incoming: Mutex<mpsc::Receiver<Bytes>>,
    path: watch::Receiver<PathKind>,
    activity: Arc<Activity>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.quic.close(CloseCode::DONE.into(), b"");
    }
}

impl Connection {
    /// Starts the tasks of a connection whose stream is open. Runs on the current runtime.
    pub(crate) fn start(quic: Quic, (send, recv): (SendStream, RecvStream)) -> Self {
        let (outgoing, to_write) = mpsc::channel(QUEUE);
        let (arrived, incoming) = mpsc::channel(QUEUE);
        let (path_now, path) = watch::channel(path::of(&quic));
        let activity = Arc::new(Activity::new());
        tokio::spawn(stream::write(quic.clone(), send, to_write, activity.clone()));
        tokio::spawn(stream::read(quic.clone(), recv, arrived, activity.clone()));
        tokio::spawn(follow_path(quic.clone(), path_now));
        Self(Arc::new(Inner { quic, outgoing, incoming: Mutex::new(incoming), path, activity }))
    }

    /// The endpoint at the other end, proven by TLS.
    pub fn remote_id(&self) -> EndpointId {
        EndpointId(*self.0.quic.remote_id().as_bytes())
    }

    /// Bytes that only the two ends of this connection can compute (RFC 5705), for one purpose (NET-022).
    ///
    /// # Errors
    /// [`NetError::Closed`] when the handshake's secrets are gone.
    pub fn exporter(&self, label: &str) -> Result<[u8; 32], NetError> {
        let mut out = [0; 32];
        self.0.quic.export_keying_material(&mut out, label.as_bytes(), b"").map_err(|_| NetError::Closed)?;
        Ok(out)
    }

    /// Whether the key exchange was the hybrid X25519MLKEM768.
    pub fn is_post_quantum(&self) -> bool {
        let data = self.0.quic.handshake_data().and_then(|data| data.downcast::<HandshakeData>().ok());
        data.is_some_and(|data| data.negotiated_key_exchange_group == Some(rustls::NamedGroup::X25519MLKEM768))
    }

    /// Queues one message; waits while the other side does not read. Dropping the future loses at most this message.
    ///
    /// # Errors
    /// [`NetError::TooLarge`], or [`NetError::Closed`].
    pub async fn send(&self, message: Bytes) -> Result<(), NetError> {
        if message.len() > PACKET_BYTES_MAX {
            return Err(NetError::TooLarge(message.len()));
        }
        self.0.outgoing.send(Outgoing::Message(message)).await.map_err(|_| NetError::Closed)
    }

    /// The next whole message; `None` once the connection has ended and all that arrived was taken. Dropping the
    /// future loses nothing.
    pub async fn recv(&self) -> Option<Bytes> {
        self.0.incoming.lock().await.recv().await
    }

    /// Opens a stream of files to the other device; waits while it has as many open as it may (NET-027).
    ///
    /// # Errors
    /// [`NetError::Closed`].
    pub async fn open_files(&self) -> Result<FileStream, NetError> {
        let streams = self.0.quic.open_bi().await.map_err(|_| NetError::Closed)?;
        FileStream::begin(streams, self.0.activity.clone()).await
    }

    /// The next stream of files that the other device opened; `None` once the connection has ended, or a stream of
    /// another format closed it. Nobody who was not greeted is listened to: who never calls this takes none.
    pub async fn accept_files(&self) -> Option<FileStream> {
        let streams = self.0.quic.accept_bi().await.ok()?;
        let taken = FileStream::take(streams, self.0.activity.clone()).await;
        if taken.is_none() {
            self.abort(CloseCode::BAD_FRAME);
        }
        taken
    }

    /// Closes after the other side has what was sent, or after two seconds.
    pub async fn close(&self, code: CloseCode) {
        let asked = async {
            if self.0.outgoing.send(Outgoing::Close(code)).await.is_ok() {
                self.0.quic.closed().await;
            }
        };
        drop(timeout(CLOSE_WAIT, asked).await);
        self.abort(code);
    }

    /// Closes at once; what was not yet received is lost.
    pub fn abort(&self, code: CloseCode) {
        self.0.quic.close(code.into(), b"");
    }

    /// Waits for the end and tells how it came.
    pub async fn closed(&self) -> Closed {
        ended(self.0.quic.closed().await)
    }

    /// The way packets take at this moment.
    pub fn path(&self) -> PathKind {
        *self.0.path.borrow()
    }

    /// Changes of [`Self::path`], beginning with the current one. Ends with the connection.
    pub fn watch_path(&self) -> watch::Receiver<PathKind> {
        self.0.path.clone()
    }

    /// Time since a message last passed either way.
    pub fn idle_for(&self) -> Duration {
        self.0.activity.idle()
    }

    /// What this connection has cost.
    pub fn traffic(&self) -> Traffic {
        let stats = self.0.quic.stats();
        Traffic { sent: stats.udp_tx.bytes, received: stats.udp_rx.bytes }
    }
}

/// Keeps the watch at the selected path until the connection ends or nobody looks.
async fn follow_path(quic: Quic, now: watch::Sender<PathKind>) {
    let mut events = quic.path_events();
    while events.next().await.is_some() && !now.is_closed() {
        let kind = path::of(&quic);
        now.send_if_modified(|old| std::mem::replace(old, kind) != kind);
    }
    now.send_replace(PathKind::None);
}

fn ended(error: ConnectionError) -> Closed {
    match error {
        ConnectionError::LocallyClosed => Closed::Here,
        ConnectionError::ApplicationClosed(close) => {
            Closed::There(CloseCode(u32::try_from(close.error_code.into_inner()).unwrap_or(u32::MAX)))
        }
        ConnectionError::TimedOut | ConnectionError::Reset => Closed::Silent,
        _ => Closed::Broken,
    }
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Connection({:?}, {:?})", self.remote_id(), self.path())
    }
}
