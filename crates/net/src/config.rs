//! What the agent decides about an endpoint before it is bound.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// What an endpoint is for. Each kind speaks its own protocol name, so that one is never taken for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Contacts and own devices.
    Contacts,
    /// One open pairing code: thrown away with it.
    Pairing,
}

impl Kind {
    /// The protocol name both sides must offer in the TLS handshake.
    pub(crate) const fn alpn(self) -> &'static [u8] {
        match self {
            Self::Contacts => b"kith/1",
            Self::Pairing => b"kith-pair/1",
        }
    }
}

/// How an endpoint is bound. [`Config::new`] names no server and asks nothing of the router.
#[derive(Clone)]
pub struct Config {
    /// What the endpoint is for.
    pub kind: Kind,
    /// The transport key; its public half is the endpoint id.
    pub secret_key: [u8; 32],
    /// Addresses to listen on. An IPv6 address that this machine lacks is passed over if another address is there.
    pub listen: Vec<IpAddr>,
    /// UDP port on each of them; 0 takes any that is free on all.
    pub port: u16,
    /// Whether [`crate::Endpoint::mdns`] may announce and look around on the LAN.
    pub mdns: bool,
    /// Accepted and without effect: this version looks nothing up in a DHT.
    pub dht: bool,
    /// Whether the router is asked for a port (UPnP, PCP, NAT-PMP). It multicasts at once.
    pub port_mapping: bool,
    /// Relays to be reachable through; none means no relay is ever spoken to.
    pub relays: Vec<String>,
    /// Addresses that the owner knows this port to have outside (a forwarded port).
    pub addresses: Vec<SocketAddr>,
    /// The port of the [`crate::Beacon`], for the card; 0 for none.
    pub heartbeat_port: u16,
}

impl Config {
    /// An endpoint for contacts on every address and any free port, without mDNS, port mapping or relays.
    pub fn new(secret_key: [u8; 32]) -> Self {
        Self {
            kind: Kind::Contacts,
            secret_key,
            listen: vec![Ipv4Addr::UNSPECIFIED.into(), Ipv6Addr::UNSPECIFIED.into()],
            port: 0,
            mdns: false,
            dht: false,
            port_mapping: false,
            relays: Vec::new(),
            addresses: Vec::new(),
            heartbeat_port: 0,
        }
    }

    /// A throwaway endpoint for one pairing code beside this one: a fresh key and port, no heartbeat, and none of the
    /// addresses or mappings that would tie it to the endpoint for contacts.
    #[must_use]
    pub fn for_pairing(&self, secret_key: [u8; 32]) -> Self {
        Self {
            kind: Kind::Pairing,
            secret_key,
            port: 0,
            addresses: Vec::new(),
            heartbeat_port: 0,
            port_mapping: false,
            ..self.clone()
        }
    }
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Config({:?}, port {}, {} relays)", self.kind, self.port, self.relays.len())
    }
}
