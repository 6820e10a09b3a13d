//! The agent: the only place where the core, the vaults, the network and the local API meet.
//!
//! ```text
//!   loopback (web, socket) ──calls──▶ core thread ──▶ vaults (commit, then effects)
//!                                        ▲   │
//!                     packets, presence  │   ▼  packets, dials
//!                                       links ──▶ net (QUIC, mDNS, heartbeats)
//!                                files ──▶ streams of files, sealed blobs on disk
//!                                pairing_io ──▶ throwaway endpoints of open invitations
//! ```
//!
//! tokio lives here and in the crates at the edge; the core is one plain thread, so that nothing about conversations
//! depends on how tasks are scheduled. [`run`] blocks until the agent is told to stop.

mod address_book;
mod backend;
mod clock;
mod config;
mod core;
mod desktop;
#[cfg(feature = "door")]
pub mod door;
mod files;
#[doc(hidden)]
pub mod fuzzing;
mod keyring;
mod links;
mod memory;
mod pairing_io;
mod restore;

use address_book::dav::CardDav;
use backend::AgentBackend;
use clock::{Clock, system_rng};
use config::{ConfigFile, ContactsConfig};
use core::{Directory, Msg, open_home};
use kith_api::{Error, ErrorKind, Word};
use kith_loopback::{Keys, Limits, Service, Socket, SocketError};
use std::cell::Cell;
use std::path::PathBuf;
use std::sync::{Arc, RwLock};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{Notify, broadcast, mpsc, watch};
use tokio_util::sync::CancellationToken;
use zeroize::Zeroizing;

pub use restore::FromBackup;

/// Pushes kept for clients that are slow to take them.
const PUSHES: usize = 1024;

/// How long a program that ends waits for its last words to be shown.
const SAYING: std::time::Duration = std::time::Duration::from_secs(10);

/// How to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder that holds everything.
    pub home: PathBuf,
    /// Do not open a browser; the caller's affair, kept here so that one value describes a run.
    pub no_open: bool,
    /// The name that people who are invited are told; kept.
    pub name: Option<String>,
    /// The web port; kept.
    pub port: Option<u16>,
    /// Keep to the LAN: no relays, no port mapping.
    pub offline: bool,
    /// Opens a home that is under a passphrase.
    pub passphrase: Option<Zeroizing<String>>,
    /// Makes a new home under this passphrase.
    pub new_passphrase: Option<Zeroizing<String>>,
    /// Begins a new home from these 24 words.
    pub restore: Option<Zeroizing<String>>,
    /// Begins a new home from this backup.
    pub backup: Option<FromBackup>,
    /// Vaults that do not wait for the disk, so that a test can see that it would notice.
    #[cfg(feature = "door")]
    pub durability_off: bool,
}

/// The agent is up.
#[derive(Debug, Clone)]
pub struct Ready {
    /// The home app's origin.
    pub home_url: String,
    /// The web port.
    pub port: u16,
    /// The home app with a one-time key, good for a minute.
    pub open_url: String,
}

/// Runs the agent in the foreground until it is told to stop. Calls `ready` once it is up.
///
/// # Errors
/// [`Error`] when it can't start: the home, the configuration, a port, another agent.
// A type parameter here would have each program compile the whole agent anew: all of it runs below.
pub fn run(options: Options, ready: &dyn Fn(&Ready)) -> Result<(), Error> {
    #[cfg(feature = "door")]
    door::set_sealer_format();
    let is_up = Cell::new(false);
    let began_from = options.backup.is_some();
    let options = restore::restored(&options)?;
    let home = options.home.clone();
    let ended = run_home(options, &|up| {
        is_up.set(true);
        ready(up);
    });
    // A restored home that could not be started is there all the same, and in the way of a second try. BAK-025
    ended.map_err(|error| if began_from && !is_up.get() { restore::but_not_started(error, &home) } else { error })
}

/// Whether there is a home in this folder, which a start would open rather than make.
pub fn is_home(folder: &std::path::Path) -> bool {
    kith_store::Home::exists(folder)
}

/// Says on this desktop what nobody would see in a terminal, without an agent; where nobody shows it, nothing happens.
pub fn say_on_desktop(title: &str, body: &str) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
    let notification = desktop::Notification { title: title.to_owned(), body: body.to_owned() };
    let said = runtime.block_on(async { tokio::time::timeout(SAYING, desktop::say(&notification)).await });
    if !matches!(said, Ok(Ok(()))) {
        tracing::debug!("no notifications are shown here");
    }
}

/// Runs the agent on a home that is there, or is made.
fn run_home(options: Options, ready: &dyn Fn(&Ready)) -> Result<(), Error> {
    let config = prepare(&options)?;
    // Beside the opening of the home, of which no handshake is part. It may not be had; then the first handshake waits.
    drop(std::thread::Builder::new().name("warm-up".to_owned()).spawn(kith_net::warm_up));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Error::new(ErrorKind::Internal, "system-refused", [("why", Word::text(error))]))?;
    let opened = open_home(&options, &config.network, runtime.handle())?;
    let ended = runtime.block_on(serve(options, opened, config.contacts, ready));
    runtime.shutdown_timeout(std::time::Duration::from_secs(2));
    ended
}

/// The folder and its configuration, before anything is opened.
fn prepare(options: &Options) -> Result<ConfigFile, Error> {
    if !options.home.exists() {
        use std::os::unix::fs::DirBuilderExt as _;
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&options.home).map_err(|error| {
            Error::new(
                ErrorKind::Storage,
                "home-unmade",
                [("home", Word::text(options.home.display())), ("why", Word::text(error))],
            )
        })?;
    }
    ConfigFile::load(&options.home)
}

async fn serve(
    options: Options,
    mut opened: core::Opened,
    contacts: ContactsConfig,
    ready: &dyn Fn(&Ready),
) -> Result<(), Error> {
    // Before anybody can know that the agent runs: a signal that comes first ends it cleanly too, as soon as it can.
    let signals = Signals::listen();
    let address_book = address_book::open(&contacts)?;
    let carddav = CardDav::open(&contacts.carddav)?;
    let books = Arc::new(Notify::new());
    let (lock, locked) = watch::channel(false);
    let clock = Clock::start();
    let keys = Arc::new(Keys::new(system_rng()?));
    let (pushes, _) = broadcast::channel(PUSHES);
    let directory = Arc::new(RwLock::new(Directory::default()));
    let stop = CancellationToken::new();
    let web = opened.bind_web().await?;
    let port = web.port();
    let label = opened.settings.home_label.clone();
    let socket = Socket::bind(&options.home).await.map_err(|error| socket_error(&error))?;
    let parts = core::Parts {
        clock,
        directory: Arc::clone(&directory),
        keys: Arc::clone(&keys),
        pushes: pushes.clone(),
        stop: stop.clone(),
        books: Arc::clone(&books),
        locked: lock,
        web_port: port,
    };
    let (core, inbox) = opened.start(&options, parts).await?;
    let to_core = core.sender();
    let (begun, begins) = tokio::sync::oneshot::channel();
    let thread = std::thread::Builder::new()
        .name("core".to_owned())
        .spawn({
            // Whatever ends the core ends the agent: one without it would answer nobody and hear no signal.
            let ended = stop.clone().drop_guard();
            move || {
                core.run(inbox, begun);
                drop(ended);
            }
        })
        .map_err(|error| Error::new(ErrorKind::Internal, "system-refused", [("why", Word::text(error))]))?;
    if let Some(book) = address_book {
        tokio::spawn(book.watch(to_core.clone(), stop.clone()));
    }
    if let Some(book) = carddav {
        tokio::spawn(book.watch(to_core.clone(), books, stop.clone()));
    }
    // A page that was open before would be told that its app is gone. A core that failed to begin has stopped all of it.
    let _ = begins.await;
    let backend = AgentBackend { core: to_core.clone(), pushes, directory, locked };
    let service = Service::new(backend, Arc::clone(&keys), Limits::default());
    let pump = tokio::spawn(Arc::clone(&service).pump(stop.clone()));
    let web = tokio::spawn(web.serve(Arc::clone(&service), stop.clone()));
    let socket = tokio::spawn(socket.serve(service, stop.clone()));
    if let Some(signals) = signals {
        tokio::spawn(signals.stop(to_core));
    }
    ready(&Ready {
        home_url: kith_loopback::origin(&label, port),
        port,
        open_url: core::open_url(&keys, &label, port),
    });
    stop.cancelled().await;
    for task in [pump, web, socket] {
        drop(task.await);
    }
    // The thread ended before it cancelled `stop`, all but its last instructions.
    match tokio::task::spawn_blocking(move || thread.join()).await {
        Ok(Ok(())) => Ok(()),
        _ => Err(Error::new(ErrorKind::Internal, "mistake-fatal", [])),
    }
}

/// SIGTERM and SIGINT, which end the agent cleanly.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// Takes both over, before the caller goes on.
    fn listen() -> Option<Self> {
        let (Ok(terminate), Ok(interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
            tracing::warn!("signals can't be heard; end Kith with 'kith stop'");
            return None;
        };
        Some(Self { terminate, interrupt })
    }

    /// Stops the core at the first of them.
    async fn stop(mut self, core: mpsc::Sender<Msg>) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
        drop(core.send(Msg::Stop).await);
    }
}

fn socket_error(error: &SocketError) -> Error {
    match error {
        SocketError::AlreadyRunning(_) => Error::new(ErrorKind::AlreadyRunning, "agent-running", []),
        SocketError::InTheWay(path) => {
            Error::new(ErrorKind::Storage, "socket-in-the-way", [("path", Word::text(path.display()))])
        }
        SocketError::System(path, error) => {
            let words = [("path", Word::text(path.display())), ("why", Word::text(error))];
            Error::new(ErrorKind::Storage, "socket-refused", words)
        }
    }
}
