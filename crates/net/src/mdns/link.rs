//! The links: every interface that is up, with sockets of its own on port 5353 beside other programs' ones.
//!
//! One socket for each interface and family, joined to the group on that interface alone and sending out of it. So it
//! is known on which link a datagram arrived, and neither a default route nor a multicast route is needed. Loopback
//! is a link like others: two homes on one machine find each other without any network.

use socket2::{Domain, InterfaceIndexOrAddress, Protocol, SockRef, Socket, Type};
use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// The port of multicast DNS; datagrams from any other are not of it (RFC 6762, 6 and 6.7).
const PORT: u16 = 5353;
const GROUP_V4: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 251);
const GROUP_V6: Ipv6Addr = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 0xfb);
/// RFC 6762, 11: so that a receiver may tell that no router passed it on.
const HOPS: u32 = 255;
/// Longest datagram read: what one Ethernet frame holds.
const DATAGRAM_BYTES_MAX: usize = 1500;
/// Pause after a socket's error, so that one that keeps failing costs nothing.
const ERROR_PAUSE: Duration = Duration::from_millis(200);
/// Interfaces used: a container host has many, and each is asked and told everything.
const LINKS_MAX: usize = 32;

/// An interface and the addresses that may be announced on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) index: u32,
    /// Own addresses, each with the length of its network's prefix.
    pub(super) own: Vec<(IpAddr, u8)>,
}

impl Link {
    /// The addresses to announce here.
    pub(super) fn addresses(&self) -> Vec<IpAddr> {
        self.own.iter().map(|(ip, _)| *ip).filter(|ip| is_dialable(*ip)).collect()
    }

    /// Whether `ip` is in one of this link's networks.
    pub(super) fn has(&self, ip: IpAddr) -> bool {
        self.own.iter().any(|(own, bits)| same_network(*own, ip, *bits))
    }

    fn first_v4(&self) -> Option<Ipv4Addr> {
        self.own.iter().find_map(|(ip, _)| if let IpAddr::V4(ip) = ip { Some(*ip) } else { None })
    }

    fn has_v6(&self) -> bool {
        self.own.iter().any(|(ip, _)| ip.is_ipv6())
    }
}

/// Whether iroh can dial `ip`: it drops the scope that a link-local IPv6 address needs.
pub(super) fn is_dialable(ip: IpAddr) -> bool {
    !matches!(ip, IpAddr::V6(ip) if ip.is_unicast_link_local())
}

fn same_network(a: IpAddr, b: IpAddr, bits: u8) -> bool {
    match (a, b) {
        (IpAddr::V4(a), IpAddr::V4(b)) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits.min(32))).unwrap_or(0);
            (a.to_bits() ^ b.to_bits()) & mask == 0
        }
        (IpAddr::V6(a), IpAddr::V6(b)) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits.min(128))).unwrap_or(0);
            (a.to_bits() ^ b.to_bits()) & mask == 0
        }
        _ => false,
    }
}

/// The links of this moment, for an endpoint that listens on `listen`.
pub(super) fn current(listen: &[IpAddr]) -> BTreeMap<u32, Link> {
    let mut links = BTreeMap::new();
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    for interface in interfaces.iter().filter(|one| one.oper_status != if_addrs::IfOperStatus::Down && !one.is_p2p()) {
        let Some(index) = interface.index.filter(|_| listens(listen, interface.ip())) else { continue };
        if links.len() >= LINKS_MAX && !links.contains_key(&index) {
            continue;
        }
        let bits = match &interface.addr {
            if_addrs::IfAddr::V4(v4) => v4.prefixlen,
            if_addrs::IfAddr::V6(v6) => v6.prefixlen,
        };
        links.entry(index).or_insert_with(|| Link { index, own: Vec::new() }).own.push((interface.ip(), bits));
    }
    for link in links.values_mut() {
        link.own.sort();
    }
    links
}

fn listens(listen: &[IpAddr], ip: IpAddr) -> bool {
    listen.iter().any(|on| *on == ip || on.is_unspecified() && on.is_ipv4() == ip.is_ipv4())
}

/// A datagram and the link it came by.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) link: u32,
    pub(super) bytes: Vec<u8>,
}

/// A link with its sockets and their readers. Dropping it leaves the group.
#[derive(Debug)]
pub(super) struct OpenLink {
    pub(super) link: Link,
    sockets: Vec<(Arc<UdpSocket>, SocketAddr)>,
    readers: Vec<JoinHandle<()>>,
}

impl Drop for OpenLink {
    fn drop(&mut self) {
        for reader in &self.readers {
            reader.abort();
        }
    }
}

impl OpenLink {
    /// Opens what the system allows. An interface that can't multicast yields a link without sockets, which is not
    /// tried again until its addresses change.
    pub(super) fn open(link: Link, to: &mpsc::Sender<Received>) -> Self {
        let v4 = link.first_v4().map(|own| (socket_v4(link.index, own), SocketAddr::from((GROUP_V4, PORT))));
        let group_v6 = SocketAddrV6::new(GROUP_V6, PORT, 0, link.index).into();
        let v6 = link.has_v6().then(|| (socket_v6(link.index), group_v6));
        let mut open = Self { link, sockets: Vec::new(), readers: Vec::new() };
        for (socket, group) in v4.into_iter().chain(v6) {
            match socket {
                Ok(socket) => open.add(Arc::new(socket), group, to.clone()),
                Err(error) => tracing::debug!(%error, link = open.link.index, "no multicast here"),
            }
        }
        open
    }

    fn add(&mut self, socket: Arc<UdpSocket>, group: SocketAddr, to: mpsc::Sender<Received>) {
        self.readers.push(tokio::spawn(read(socket.clone(), self.link.clone(), to)));
        self.sockets.push((socket, group));
    }

    /// Sends to the group. What can't be sent is lost, as any datagram may be.
    pub(super) fn send(&self, bytes: &[u8]) {
        for (socket, group) in &self.sockets {
            // Past tokio, which holds a fresh socket for not writable until its reactor has run.
            if let Err(error) = SockRef::from(&**socket).send_to(bytes, &(*group).into()) {
                tracing::debug!(%error, link = self.link.index, "a multicast was not sent");
            }
        }
    }
}

/// Passes on what comes from port 5353 of the link's own networks; what a slow reader can't take is lost.
async fn read(socket: Arc<UdpSocket>, link: Link, to: mpsc::Sender<Received>) {
    let mut buffer = [0; DATAGRAM_BYTES_MAX];
    loop {
        let Ok((length, from)) = socket.recv_from(&mut buffer).await else {
            sleep(ERROR_PAUSE).await; // an interface that is going away, until its link is dropped
            continue;
        };
        // NET-033
        let of_link = from.port() == PORT && link.has(from.ip());
        if let Some(bytes) = buffer.get(..length).filter(|_| of_link) {
            drop(to.try_send(Received { link: link.index, bytes: bytes.to_vec() }));
        }
    }
}

/// A socket for IPv4 that hears and speaks to one interface.
fn socket_v4(index: u32, own: Ipv4Addr) -> io::Result<UdpSocket> {
    let socket = shared(Domain::IPV4)?;
    #[cfg(target_os = "linux")]
    socket.set_multicast_all_v4(false)?;
    socket.bind(&SocketAddr::from((Ipv4Addr::UNSPECIFIED, PORT)).into())?;
    socket.join_multicast_v4_n(&GROUP_V4, &InterfaceIndexOrAddress::Index(index))?;
    socket.set_multicast_if_v4(&own)?;
    socket.set_multicast_loop_v4(true)?;
    socket.set_multicast_ttl_v4(HOPS)?;
    UdpSocket::from_std(socket.into())
}

/// A socket for IPv6 that hears and speaks to one interface.
fn socket_v6(index: u32) -> io::Result<UdpSocket> {
    let socket = shared(Domain::IPV6)?;
    socket.set_only_v6(true)?;
    #[cfg(target_os = "linux")]
    socket.set_multicast_all_v6(false)?;
    socket.bind(&SocketAddr::from((Ipv6Addr::UNSPECIFIED, PORT)).into())?;
    socket.join_multicast_v6(&GROUP_V6, index)?;
    socket.set_multicast_if_v6(index)?;
    socket.set_multicast_loop_v6(true)?;
    socket.set_multicast_hops_v6(HOPS)?;
    UdpSocket::from_std(socket.into())
}

fn shared(domain: Domain) -> io::Result<Socket> {
    let socket = Socket::new(domain, Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_reuse_address(true)?;
    #[cfg(unix)]
    socket.set_reuse_port(true)?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// NET-033
    #[test]
    fn a_link_has_the_addresses_of_its_networks_and_no_others() {
        let own = vec![("192.168.1.2".parse().unwrap(), 24), ("fe80::2".parse().unwrap(), 64)];
        let link = Link { index: 2, own };
        for here in ["192.168.1.77", "fe80::1"] {
            assert!(link.has(here.parse().unwrap()), "{here}");
        }
        for elsewhere in ["192.168.2.1", "8.8.8.8", "2001:db8::1", "fe80:1::1"] {
            assert!(!link.has(elsewhere.parse().unwrap()), "{elsewhere}");
        }
    }

    #[test]
    fn a_network_of_no_bits_has_every_address() {
        assert!(same_network("10.0.0.1".parse().unwrap(), "8.8.8.8".parse().unwrap(), 0));
        assert!(!same_network("10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap(), 32));
    }

    #[test]
    fn an_endpoint_on_one_address_announces_nothing_else() {
        let links = current(&[Ipv4Addr::LOCALHOST.into()]);
        let all: Vec<_> = links.values().flat_map(Link::addresses).collect();
        assert_eq!(all, [IpAddr::from(Ipv4Addr::LOCALHOST)]);
    }
}
