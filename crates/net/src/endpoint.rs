//! A bound port that dials cards and accepts connections.
//!
//! States: bound, then closed; an endpoint has no third. Incoming handshakes run side by side, at most
//! `HANDSHAKES_MAX` of them and each for `HANDSHAKE_TIMEOUT`, so that nobody who stalls keeps others out.

use crate::connection::Connection;
use crate::mdns::{Mdns, MdnsConfig};
use crate::{Card, Config, EndpointId, Kind, NetError, stream};
use iroh::endpoint::{
    BindError, BindOpts, Builder, ConnectError, ConnectingError, Connection as Quic, ConnectionError, Incoming,
    MtuDiscoveryConfig, PortmapperConfig, QuicTransportConfig, TransportErrorCode, VarInt, presets,
};
use iroh::{EndpointAddr, RelayMode, RelayUrl, SecretKey, Watcher};
use kith_base::limits::{ADDRESSES_MAX, FILE_STREAMS_MAX};
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, Semaphore, mpsc, watch};
use tokio::time::timeout;

/// How long one dial may take. A device that is there answers in milliseconds; without this a dead address costs 30 s.
const DIAL_TIMEOUT: Duration = Duration::from_secs(5);
/// How long an incoming handshake may take until its stream is open.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
/// Incoming handshakes at one time: strangers can start them, so they are few (NET-025).
const HANDSHAKES_MAX: usize = 32;
/// Accepted connections that wait for the agent.
const ACCEPTED_QUEUE: usize = 16;
/// The connection ends after this much silence of the path (NET-024).
const SILENCE_MAX_MS: u32 = 30_000;
/// Received bytes that may wait for a slow reader: two of the largest packets.
const RECEIVE_WINDOW: u32 = 2 * 1024 * 1024;
/// Larger packets are tried in steps of this many bytes: from the 1200 that every path carries straight to Ethernet's
/// 1452, with one probe each way instead of four. Connections are many and short; a path between the two stays at 1200.
const MTU_STEP: u16 = 200;
/// Tries for a port that is free on every listen address.
const PORT_TRIES: u32 = 8;

/// A bound endpoint. Clones are handles of the same one.
#[derive(Clone)]
pub struct Endpoint(Arc<Inner>);

struct Inner {
    iroh: iroh::Endpoint,
    config: Config,
    port: u16,
    accepted: Mutex<mpsc::Receiver<Connection>>,
    card: watch::Receiver<Card>,
}

impl Endpoint {
    /// Binds the port and starts to accept.
    ///
    /// # Errors
    /// [`NetError::PortTaken`], [`NetError::NothingToListenOn`], [`NetError::BadRelay`], or what the system says.
    pub async fn bind(config: Config) -> Result<Self, NetError> {
        let (port, listen) = choose_port(&config)?;
        let iroh = builder(&config, port, &listen)?.bind().await.map_err(|error| bind_error(&error, port))?;
        let (to_agent, accepted) = mpsc::channel(ACCEPTED_QUEUE);
        tokio::spawn(accept_all(iroh.clone(), to_agent));
        let (card_now, card) = watch::channel(card_of(&iroh.addr(), &config));
        tokio::spawn(follow_addresses(iroh.clone(), config.clone(), card_now));
        let config = Config { listen, ..config };
        Ok(Self(Arc::new(Inner { iroh, config, port, accepted: Mutex::new(accepted), card })))
    }

    /// What this endpoint answers as.
    pub fn id(&self) -> EndpointId {
        EndpointId(*self.0.iroh.id().as_bytes())
    }

    /// The UDP port, the same on every listen address.
    pub fn port(&self) -> u16 {
        self.0.port
    }

    /// How others reach this endpoint at this moment.
    pub fn local_card(&self) -> Card {
        self.0.card.borrow().clone()
    }

    /// Changes of [`Self::local_card`]: an interface came or went, the router gave a port, a relay was reached.
    pub fn watch_card(&self) -> watch::Receiver<Card> {
        self.0.card.clone()
    }

    /// Dials all addresses and relays of a card at once; the first that proves to be the card's endpoint wins.
    ///
    /// # Errors
    /// [`NetError::Unreachable`] after five seconds or when the card has no address, [`NetError::WrongPeer`] when
    /// another endpoint answered, [`NetError::BadCard`], [`NetError::Closed`] when this endpoint is closed.
    pub async fn connect(&self, card: &Card) -> Result<Connection, NetError> {
        let to = dial_address(card)?;
        if to.is_empty() {
            return Err(NetError::Unreachable);
        }
        let dial = async {
            let quic = self.0.iroh.connect(to, self.0.config.kind.alpn()).await.map_err(dial_error)?;
            let streams = stream::open(&quic).await.ok_or(NetError::Closed)?;
            Ok(Connection::start(quic, streams))
        };
        timeout(DIAL_TIMEOUT, dial).await.unwrap_or(Err(NetError::Unreachable))
    }

    /// The next incoming connection; `None` once the endpoint is closed. Dropping the future loses nothing.
    pub async fn accept(&self) -> Option<Connection> {
        self.0.accepted.lock().await.recv().await
    }

    /// Starts to announce and look around on the LAN, for a port of this endpoint, under a name made from `nonce`:
    /// random for each start, so that nobody on the LAN can follow a device from day to day. `None` unless
    /// [`Config::mdns`] is on.
    pub fn mdns(&self, nonce: [u8; 8]) -> Option<Mdns> {
        self.0
            .config
            .mdns
            .then(|| Mdns::start(MdnsConfig { listen: self.0.config.listen.clone(), port: self.0.port, nonce }))
    }

    /// Tells the transport that the network may have changed, so that paths are tried anew at once. For the agent's
    /// watchdog: the system does not report a router's change of address.
    pub async fn network_change(&self) {
        self.0.iroh.network_change().await;
    }

    /// Closes every connection and the port.
    pub async fn close(&self) {
        self.0.iroh.close().await;
    }
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Endpoint({:?}, {:?})", self.id(), self.0.config)
    }
}

/// The port to bind and the listen addresses that exist here. Sockets are opened and closed again, because iroh
/// neither takes bound ones nor one free port for several addresses.
fn choose_port(config: &Config) -> Result<(u16, Vec<IpAddr>), NetError> {
    let mut tries = 0;
    loop {
        match probe(&config.listen, config.port) {
            Err(NetError::PortTaken(_)) if config.port == 0 && tries < PORT_TRIES => tries += 1,
            done => return done,
        }
    }
}

fn probe(listen: &[IpAddr], mut port: u16) -> Result<(u16, Vec<IpAddr>), NetError> {
    let (mut held, mut usable) = (Vec::new(), Vec::new());
    for ip in listen {
        match bind_udp(*ip, port) {
            Ok(socket) => {
                port = socket.local_addr()?.port();
                held.push(socket);
                usable.push(*ip);
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => return Err(NetError::PortTaken(port)),
            Err(_) if ip.is_ipv6() => {} // a kernel or container without IPv6
            Err(error) if error.kind() == ErrorKind::AddrNotAvailable => return Err(NetError::NothingToListenOn),
            Err(error) => return Err(error.into()),
        }
    }
    if usable.is_empty() { Err(NetError::NothingToListenOn) } else { Ok((port, usable)) }
}

/// A plain UDP socket that leaves IPv4 to IPv4's own.
pub(crate) fn bind_udp(ip: IpAddr, port: u16) -> std::io::Result<UdpSocket> {
    use socket2::{Domain, Protocol, Socket, Type};
    let address = SocketAddr::new(ip, port);
    let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
    if ip.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    socket.bind(&address.into())?;
    Ok(socket.into())
}

fn builder(config: &Config, port: u16, listen: &[IpAddr]) -> Result<Builder, NetError> {
    let mut builder = iroh::Endpoint::builder(presets::Minimal)
        .crypto_provider(hybrid_first())
        .secret_key(SecretKey::from_bytes(&config.secret_key))
        // NET-010
        .alpns(vec![config.kind.alpn().to_vec()])
        .transport_config(transport_config(config.kind))
        .portmapper_config(if config.port_mapping { PortmapperConfig::default() } else { PortmapperConfig::Disabled })
        .relay_mode(relay_mode(&config.relays)?)
        .clear_ip_transports();
    let mut families = (false, false);
    for ip in listen {
        // The first address of a family carries what no more exact address does.
        let first = !std::mem::replace(if ip.is_ipv4() { &mut families.0 } else { &mut families.1 }, true);
        let bits = if first {
            0
        } else if ip.is_ipv4() {
            32
        } else {
            128
        };
        let address = SocketAddr::new(*ip, port);
        builder = builder
            .bind_addr_with_opts(address, BindOpts::default().set_prefix_len(bits))
            .map_err(|error| NetError::Transport(error.to_string()))?;
    }
    for address in &config.addresses {
        builder = builder.external_addr(*address);
    }
    Ok(builder)
}

/// aws-lc's provider with X25519MLKEM768 in front. The classical groups stay behind it, because the same provider
/// (NET-011)
/// speaks TLS to relays.
fn hybrid_first() -> Arc<rustls::crypto::CryptoProvider> {
    let mut provider = rustls::crypto::aws_lc_rs::default_provider();
    provider.kx_groups.sort_by_key(|group| group.name() != rustls::NamedGroup::X25519MLKEM768);
    Arc::new(provider)
}

fn transport_config(kind: Kind) -> QuicTransportConfig {
    // NET-027: who pairs sends no files.
    let files = if kind == Kind::Contacts { FILE_STREAMS_MAX } else { 0 };
    // NET-026
    let mut mtu = MtuDiscoveryConfig::default();
    mtu.minimum_change(MTU_STEP);
    QuicTransportConfig::builder()
        .mtu_discovery_config(Some(mtu))
        .max_idle_timeout(Some(VarInt::from_u32(SILENCE_MAX_MS).into()))
        .max_concurrent_bidi_streams(VarInt::from_u32(1 + files))
        .max_concurrent_uni_streams(VarInt::from_u32(0))
        .stream_receive_window(VarInt::from_u32(RECEIVE_WINDOW))
        .receive_window(VarInt::from_u32(RECEIVE_WINDOW * (1 + 2 * files)))
        .datagram_receive_buffer_size(None)
        .build()
}

fn relay_mode(relays: &[String]) -> Result<RelayMode, NetError> {
    if relays.is_empty() {
        return Ok(RelayMode::Disabled);
    }
    let urls: Result<Vec<_>, _> = relays.iter().map(|url| relay_url(url)).collect();
    Ok(RelayMode::custom(urls?))
}

fn relay_url(url: &str) -> Result<RelayUrl, NetError> {
    url.parse().map_err(|_| NetError::BadRelay(url.to_owned()))
}

fn bind_error(error: &BindError, port: u16) -> NetError {
    match error {
        BindError::Sockets { source, .. } if source.kind() == ErrorKind::AddrInUse => NetError::PortTaken(port),
        other => NetError::Transport(other.to_string()),
    }
}

fn dial_address(card: &Card) -> Result<EndpointAddr, NetError> {
    let id = iroh::EndpointId::from_bytes(&card.id.0).map_err(|_| NetError::BadCard("no endpoint"))?;
    let mut to = EndpointAddr::new(id);
    for address in card.addresses.iter().take(ADDRESSES_MAX) {
        to = to.with_ip_addr(*address);
    }
    // A relay's URL that can't be read is the peer's mistake: the other ways stay open.
    for url in card.relays.iter().filter_map(|url| relay_url(url).ok()) {
        to = to.with_relay_url(url);
    }
    Ok(to)
}

fn dial_error(error: ConnectError) -> NetError {
    let connection = match error {
        ConnectError::Connection { source, .. } => source,
        ConnectError::Connecting { source: ConnectingError::ConnectionError { source, .. }, .. } => source,
        _ => return NetError::Unreachable,
    };
    match connection {
        // TLS: the certificate's key is not the endpoint id that was dialled, or no protocol in common (NET-012).
        ConnectionError::TransportError(error) if is_tls_alert(error.code) => NetError::WrongPeer,
        ConnectionError::ConnectionClosed(close) if is_tls_alert(close.error_code) => NetError::WrongPeer,
        ConnectionError::LocallyClosed => NetError::Closed,
        _ => NetError::Unreachable,
    }
}

/// QUIC's CRYPTO_ERROR range, 0x100 to 0x1ff (RFC 9001, 4.8).
fn is_tls_alert(code: TransportErrorCode) -> bool {
    (0x100..0x200).contains(&u64::from(code))
}

fn card_of(address: &EndpointAddr, config: &Config) -> Card {
    let mut addresses = config.addresses.clone();
    // A link-local IPv6 address means nothing without the reader's interface (NET-004).
    let usable = |ip: &IpAddr| !matches!(ip, IpAddr::V6(ip) if ip.is_unicast_link_local());
    addresses.extend(address.ip_addrs().filter(|found| usable(&found.ip()) && !config.addresses.contains(found)));
    addresses.truncate(ADDRESSES_MAX);
    Card {
        id: EndpointId(*address.id.as_bytes()),
        heartbeat_port: (config.heartbeat_port > 0).then_some(config.heartbeat_port),
        addresses,
        relays: address.relay_urls().map(ToString::to_string).collect(),
    }
}

/// Keeps the card at what iroh knows of its own addresses, until the endpoint or its last watcher is gone.
async fn follow_addresses(iroh: iroh::Endpoint, config: Config, card: watch::Sender<Card>) {
    let mut addresses = iroh.watch_addr();
    drop(iroh);
    loop {
        let fresh = card_of(&addresses.get(), &config);
        card.send_if_modified(|old| {
            let changed = *old != fresh;
            *old = fresh;
            changed
        });
        tokio::select! {
            updated = addresses.updated() => if updated.is_err() { return },
            () = card.closed() => return,
        }
    }
}

/// Runs every handshake in a task of its own and hands finished connections on.
async fn accept_all(iroh: iroh::Endpoint, to_agent: mpsc::Sender<Connection>) {
    let handshakes = Arc::new(Semaphore::new(HANDSHAKES_MAX));
    loop {
        let incoming = tokio::select! {
            incoming = iroh.accept() => incoming,
            () = to_agent.closed() => None, // the last handle of the endpoint is gone
        };
        let Some(incoming) = incoming else { return };
        let Ok(permit) = handshakes.clone().try_acquire_owned() else {
            incoming.ignore(); // no byte for a flood
            continue;
        };
        let to_agent = to_agent.clone();
        tokio::spawn(async move {
            let _permit = permit; // held until the agent has the connection, so that those waiting are bounded too
            let done = timeout(HANDSHAKE_TIMEOUT, handshake(incoming)).await;
            if let Ok(Some(connection)) = done {
                drop(to_agent.send(connection).await);
            }
        });
    }
}

async fn handshake(incoming: Incoming) -> Option<Connection> {
    let quic: Quic = match incoming.await {
        Ok(quic) => quic,
        Err(error) => {
            tracing::debug!(%error, "an incoming handshake failed");
            return None;
        }
    };
    let streams = stream::take(&quic).await?;
    Some(Connection::start(quic, streams))
}

#[cfg(test)]
mod tests;
