//! The local API on two carriers: one web origin per contact on loopback, and a socket for this user's own programs.
//!
//! ```text
//! browser ── http://<label>.localhost:PORT ── web ──┐
//!                                                   ├── session ── Backend (the agent)
//! command line ── <home>/socket ──────────── local ─┘      │
//!                                                         feed: the newest pushes, for whoever watches or returns
//! ```
//!
//! The agent implements [`Backend`] and runs [`Web::serve`] and [`Socket::serve`] over one shared [`Service`]. What a
//! carrier may ask and see is its [`Scope`], decided here ([`scope`]): the backend only ever hears calls that are
//! allowed, with the contact filled in.
//!
//! Invariants (`spec/loopback.md`):
//! - Nothing listens beyond loopback, and nothing is answered whose `Host` is not exactly one of ours.
//! - No ambient authority: no cookie exists; a page shows the bearer of its own origin or hears nothing.
//! - One contact's app can neither ask about nor hear of another contact.
//! - A page reaches the files of its own contact alone, and never names a path ([`web`]'s `files`).
//! - A backup goes to a browser's downloads, and to no script of any page ([`web`]'s `backup`).
//! - While this device is locked nothing is shown or done but what opens it (`spec/lock.md`).
//! - Everything a client sends has a limit of size, count and time ([`Limits`]).

pub mod mark;

mod feed;
#[doc(hidden)]
pub mod fuzzing;
mod keys;
mod limits;
mod local;
mod scope;
mod session;
mod tickets;
mod transfer;
mod web;

pub use keys::Keys;
pub use limits::Limits;
pub use local::{Socket, SocketError, socket_path};
pub use scope::{Scope, locked, may_while_locked};
pub use transfer::{Download, Offer, Source, Upload};
pub use web::{App, Asset, Assets, BindError, Web, origin, pick_port};

use feed::Feed;
use kith_api::{Error, Push, Request};
use std::future::Future;
use std::sync::Arc;
use tickets::Tickets;
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;

/// What the agent provides. The carriers hold nothing that must outlive them.
pub trait Backend: Send + Sync + 'static {
    /// Does what is asked. `request` is allowed to `scope`, and a contact's scope always has its contact filled in.
    ///
    /// The first poll of these futures keeps the order in which one client called, so a backend that queues work on
    /// its first poll does it in that order. A future is polled to its end even when its client has left.
    fn call(&self, scope: Scope, request: Request) -> impl Future<Output = Result<serde_json::Value, Error>> + Send;

    /// Seals a file as a page sends it, and sends it in the contact's conversation; answers `Sent`.
    fn send_file(&self, contact: &str, upload: Upload)
    -> impl Future<Output = Result<serde_json::Value, Error>> + Send;

    /// The file of an event in the contact's conversation, of which all or some is here.
    fn open_file(&self, contact: &str, event: &str) -> impl Future<Output = Result<Download, Error>> + Send;

    /// The backup that home's page got this ticket for: pieces of the file, behind the last of them an empty one. Where they end
    /// without, it is not whole, and nobody is to believe it is (LOOP-082).
    fn open_backup(
        &self,
        ticket: &str,
    ) -> impl Future<Output = Result<tokio::sync::mpsc::Receiver<axum::body::Bytes>, Error>> + Send;

    /// All pushes from here on, with ascending numbers.
    fn watch(&self) -> broadcast::Receiver<Arc<Push>>;

    /// The app that a host label belongs to; `None` for any label that is not in use.
    fn app(&self, label: &str) -> Option<App>;

    /// Whether a bearer with this hash was added for this label.
    fn bearer_known(&self, label: &str, hash: &[u8; 32]) -> bool;

    /// Whether this device's pages and commands are locked, as it changes.
    fn locked(&self) -> watch::Receiver<bool>;

    /// The language of pages that was chosen for all of them, as a tag of letters; `None` leaves it to each browser.
    fn language(&self) -> Option<&'static str>;

    /// A window of a contact's app begins to show notifications itself, or ends to.
    fn announces(&self, contact: &str, on: bool);

    /// Keeps the hash of a new bearer of this label for good, before the bearer is handed out.
    fn bearer_add(&self, label: &str, hash: &[u8; 32]);
}

/// What both carriers share: the backend, the newest pushes, keys and limits.
pub struct Service<B> {
    pub(crate) backend: B,
    pub(crate) feed: Feed,
    pub(crate) keys: Arc<Keys>,
    pub(crate) tickets: Tickets,
    pub(crate) limits: Limits,
}

impl<B: Backend> Service<B> {
    /// Puts the carriers' shared part together. The agent keeps `keys` as well: it mints one-time keys for links.
    pub fn new(backend: B, keys: Arc<Keys>, limits: Limits) -> Arc<Self> {
        let feed = Feed::new(keys.random_text());
        Arc::new(Self { backend, feed, keys, tickets: Tickets::default(), limits })
    }

    /// Takes the backend's pushes from this moment on into the feed, until `stop`. Call it before the carriers serve:
    /// without it nobody who watches hears anything.
    pub fn pump(self: &Arc<Self>, stop: CancellationToken) -> impl Future<Output = ()> + Send + use<B> {
        let (service, mut pushes) = (self.clone(), self.backend.watch());
        async move {
            loop {
                let push = tokio::select! {
                    () = stop.cancelled() => return,
                    push = pushes.recv() => push,
                };
                match push {
                    Ok(push) => service.feed.record(push),
                    Err(broadcast::error::RecvError::Lagged(_)) => service.feed.lose(),
                    Err(broadcast::error::RecvError::Closed) => return,
                }
            }
        }
    }
}
