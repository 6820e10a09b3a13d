//! The web carrier: one origin per contact, on loopback alone.
//!
//! A request passes, in this order: the connection's limits (here), the door ([`guard`]: host, method, origin, site),
//! the route ([`routes`]), and on its way out the headers ([`headers`]). A window then speaks over its WebSocket
//! ([`socket`]) once it has shown its bearer, and sends and reads its contact's files ([`files`]).
//! Home's page has the browser download a backup ([`backup`]).
//!
//! The port is part of every app's identity in the browser: storage, installation and permissions hang on it. So it is
//! chosen once ([`pick_port`]), kept by the agent, and never changed because another program took it.

mod assets;
mod backup;
mod busy;
mod files;
mod guard;
mod headers;
mod icons;
mod identity;
mod range;
mod routes;
mod socket;

pub use assets::{Asset, Assets};
pub use guard::origin;

use crate::scope::Scope;
use crate::{Backend, Limits, Service};
use axum::Extension;
use busy::Busy;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use icons::Icons;
use kith_api::Side;
use kith_base::Rng;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

/// Ports to choose from: above what services are given, below what systems take for outgoing connections.
const PORTS: std::ops::Range<u16> = 10_240..32_000;
/// Ports tried before giving up on finding a free one.
const PORT_TRIES: u32 = 64;
/// A pause when the system has no file descriptors left, instead of a busy loop.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// An app that has an origin here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// Whose it is: home, or a contact's.
    pub scope: Scope,
    /// The contact's name.
    pub name: String,
    /// Both halves of the mark, once they are known.
    pub mark: Option<[u8; 32]>,
    /// This side's half and which one that is, until then.
    pub half: Option<([u8; 16], Side)>,
}

/// Why the web can't be served on a port. The environment is to blame.
#[derive(Debug)]
pub enum BindError {
    /// Another program listens there, on one of the two addresses at least.
    Taken(u16),
    /// The system refuses.
    System(u16, io::Error),
    /// No free port was found.
    NoneFree,
}

impl fmt::Display for BindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken(port) => write!(
                f,
                "Port {port} is in use by another program. Every app's address has this port in it, so Kith takes no \
                 other: end that program, or whatever else holds the port, and start Kith again."
            ),
            Self::System(port, error) => write!(f, "The system does not let Kith listen on port {port}: {error}."),
            Self::NoneFree => write!(f, "No free port was found. Set one that is free in the configuration."),
        }
    }
}

impl std::error::Error for BindError {}

/// The preferred port if it is free, otherwise some other that is. For the first start: the agent keeps the answer.
///
/// # Errors
/// [`BindError::NoneFree`].
pub fn pick_port(preferred: u16, rng: &mut Rng) -> Result<u16, BindError> {
    let span = u64::from(PORTS.end - PORTS.start);
    let others = (0..PORT_TRIES).map(|_| PORTS.start + rng.below(span) as u16);
    std::iter::once(preferred).chain(others).find(|port| is_free(*port)).ok_or(BindError::NoneFree)
}

fn is_free(port: u16) -> bool {
    let free = |address: SocketAddr| match std::net::TcpListener::bind(address) {
        Ok(_) => true,
        Err(error) => error.kind() != io::ErrorKind::AddrInUse && address.is_ipv6(),
    };
    free((Ipv4Addr::LOCALHOST, port).into()) && free((Ipv6Addr::LOCALHOST, port).into())
}

/// Bound to the port, not serving yet.
#[derive(Debug)]
pub struct Web {
    port: u16,
    listeners: Vec<TcpListener>,
    assets: Assets,
}

/// What every request needs.
struct Shared<B> {
    service: Arc<Service<B>>,
    port: u16,
    assets: Assets,
    icons: Icons,
    sockets: Arc<Semaphore>,
    transfers: Arc<Semaphore>,
    stop: CancellationToken,
}

impl Web {
    /// Takes the port on 127.0.0.1 and, where the machine has it, on ::1.
    ///
    /// A port that somebody else has on ::1 is refused as well: browsers would go there with our origins (LOOP-001).
    ///
    /// # Errors
    /// [`BindError`].
    pub async fn bind(port: u16, assets: Assets) -> Result<Self, BindError> {
        let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| bind_error(port, error))?;
        let port = v4.local_addr().map_err(|error| bind_error(port, error))?.port();
        let mut listeners = vec![v4];
        match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
            Ok(v6) => listeners.push(v6),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(BindError::Taken(port)),
            Err(error) => tracing::debug!(%error, "no IPv6 on loopback"),
        }
        Ok(Self { port, listeners, assets })
    }

    /// The port that is served.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Serves until `stop`, then lets answers under way finish for a moment.
    pub async fn serve<B: Backend>(self, service: Arc<Service<B>>, stop: CancellationToken) {
        let limits = service.limits.clone();
        let sockets = Arc::new(Semaphore::new(limits.sockets_max));
        let shared = shared(service, (self.port, self.assets), sockets.clone(), stop.clone());
        let connections = Arc::new(Semaphore::new(limits.connections_max));
        let router = routes::router(shared);
        let accepting = self.listeners.into_iter().map(|listener| {
            let door = Door { router: router.clone(), limits: limits.clone(), stop: stop.clone() };
            door.accept(listener, connections.clone())
        });
        futures_util::future::join_all(accepting).await;
        let _not_in_time = timeout(limits.grace * 2, async {
            let _plain = connections.acquire_many(permits(limits.connections_max)).await;
            let _windows = sockets.acquire_many(permits(limits.sockets_max)).await;
        })
        .await;
    }
}

fn shared<B>(
    service: Arc<Service<B>>,
    (port, assets): (u16, Assets),
    sockets: Arc<Semaphore>,
    stop: CancellationToken,
) -> Arc<Shared<B>> {
    let transfers = Arc::new(Semaphore::new(service.limits.transfers_max));
    Arc::new(Shared { service, port, assets, icons: Icons::default(), sockets, transfers, stop })
}

/// Serves one connection that is counted nowhere, as if it had come to this port.
pub(crate) async fn serve_one<B: Backend>(
    service: Arc<Service<B>>,
    at: (u16, Assets),
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    stop: CancellationToken,
) {
    let limits = service.limits.clone();
    let (sockets, alone) = (Arc::new(Semaphore::new(1)), Arc::new(Semaphore::new(1)));
    let router = routes::router(shared(service, at, sockets.clone(), stop.clone()));
    if let Ok(permit) = alone.try_acquire_owned() {
        Door { router, limits, stop }.serve(stream, permit).await;
    }
    // A window that came of it holds the one permit until it is closed.
    let _closed = sockets.acquire().await;
}

fn bind_error(port: u16, error: io::Error) -> BindError {
    if error.kind() == io::ErrorKind::AddrInUse { BindError::Taken(port) } else { BindError::System(port, error) }
}

fn permits(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Lets connections in, up to the limits.
#[derive(Clone)]
struct Door {
    router: axum::Router,
    limits: Limits,
    stop: CancellationToken,
}

impl Door {
    async fn accept(self, listener: TcpListener, connections: Arc<Semaphore>) {
        loop {
            let accepted = tokio::select! {
                () = self.stop.cancelled() => return,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                // One too many is closed at once: waiting would hold the ones that work as well.
                Ok((stream, _)) => {
                    if let Ok(permit) = connections.clone().try_acquire_owned() {
                        tokio::spawn(self.clone().serve(stream, permit));
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    /// One plain connection. One that becomes a WebSocket leaves here for its window, and is counted there.
    async fn serve(self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, _permit: OwnedSemaphorePermit) {
        let Self { router, limits, stop } = self;
        let busy = Busy::new();
        let router = router.layer(Extension(busy.clone()));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.request_time)
            .max_headers(limits.headers_max)
            .max_header_size(limits.header_bytes_max)
            .max_buf_size(limits.header_bytes_max.max(8192) * 2)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
            .with_upgrades();
        let mut connection = pin!(connection);
        let result = tokio::select! {
            result = connection.as_mut() => result,
            () = async { tokio::select! { () = stop.cancelled() => (), () = sleep(limits.connection_time) => () } } => {
                connection.as_mut().graceful_shutdown();
                // A file takes as long as it moves. LOOP-076
                let over = async {
                    tokio::select! { () = stop.cancelled() => (), () = busy.idle() => () }
                    sleep(limits.grace).await;
                };
                tokio::select! { result = connection => result, () = over => Ok(()) }
            }
        };
        if let Err(error) = result {
            tracing::debug!(%error, "a connection ended early");
        }
    }
}
