//! Which way a connection's packets take, as far as is known.

use iroh::TransportAddr;
use iroh::endpoint::Connection;
use std::net::{IpAddr, SocketAddr};

/// The way that is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathKind {
    /// From device to device.
    Direct {
        /// The other end has an address of the same network: nothing leaves the building.
        local: bool,
    },
    /// Through a relay, which sees sealed packets and when they pass.
    Relayed,
    /// None is open: the connection is starting or has ended.
    None,
}

/// The path that `connection` sends on.
pub(crate) fn of(connection: &Connection) -> PathKind {
    let paths = connection.paths();
    let mut open = paths.iter();
    let selected = paths.iter().find(|path| path.is_selected()).or_else(|| open.next());
    match selected.map(|path| path.remote_addr().clone()) {
        Some(TransportAddr::Ip(address)) => PathKind::Direct { local: is_local(&address) },
        Some(TransportAddr::Relay(_)) => PathKind::Relayed,
        _ => PathKind::None,
    }
}

/// Whether an address is one that routers do not carry to the Internet.
pub fn is_local(address: &SocketAddr) -> bool {
    match address.ip().to_canonical() {
        IpAddr::V4(ip) => ip.is_private() || ip.is_link_local() || ip.is_loopback(),
        IpAddr::V6(ip) => ip.is_unique_local() || ip.is_unicast_link_local() || ip.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn only_addresses_that_stay_in_the_building_are_local() {
        for local in
            ["192.168.1.2:1", "10.0.0.1:1", "169.254.1.1:1", "[fe80::1]:1", "[fd00::1]:1", "[::ffff:10.0.0.1]:1"]
        {
            assert!(is_local(&local.parse().unwrap()), "{local}");
        }
        for remote in ["203.0.113.1:1", "[2001:db8::1]:1"] {
            assert!(!is_local(&remote.parse().unwrap()), "{remote}");
        }
    }
}
