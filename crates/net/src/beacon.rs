//! Tiny datagrams beside QUIC: the heartbeats by which devices notice each other's presence and address.
//!
//! Plain UDP on a port of its own. Nothing is answered here and nothing is read into what arrives: the agent checks
//! the authentication and decides. Whatever is longer than [`Beacon::BYTES_MAX`] is dropped without a trace.

use crate::NetError;
use crate::endpoint::bind_udp;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};
use tokio::net::UdpSocket;

/// One socket for each listen address.
#[derive(Debug)]
pub struct Beacon {
    sockets: Vec<UdpSocket>,
}

impl Beacon {
    /// Longest heartbeat in bytes: a counter, a tag and room; too little to amplify anything (NET-040).
    pub const BYTES_MAX: usize = 64;

    /// Binds `port` on each address; 0 takes a free port on the first and the same on the others. Runs on the current
    /// runtime.
    ///
    /// # Errors
    /// [`NetError::PortTaken`], [`NetError::NothingToListenOn`], or what the system says.
    pub fn bind(listen: &[IpAddr], mut port: u16) -> Result<Self, NetError> {
        let mut sockets = Vec::new();
        for ip in listen {
            let socket = match bind_udp(*ip, port) {
                Ok(socket) => socket,
                Err(error) if error.kind() == ErrorKind::AddrInUse => return Err(NetError::PortTaken(port)),
                Err(_) if ip.is_ipv6() => continue, // a kernel or container without IPv6
                Err(error) => return Err(error.into()),
            };
            port = socket.local_addr()?.port();
            socket.set_nonblocking(true)?;
            sockets.push(UdpSocket::from_std(socket)?);
        }
        if sockets.is_empty() { Err(NetError::NothingToListenOn) } else { Ok(Self { sockets }) }
    }

    /// The port, the same on every address.
    pub fn port(&self) -> u16 {
        self.sockets.first().and_then(|socket| socket.local_addr().ok()).map_or(0, |address| address.port())
    }

    /// Sends one heartbeat. One that can't be sent is lost, as any datagram may be.
    pub async fn send(&self, to: &SocketAddr, bytes: &[u8]) {
        debug_assert!(bytes.len() <= Self::BYTES_MAX, "a heartbeat that nobody would read");
        let family = |socket: &&UdpSocket| socket.local_addr().is_ok_and(|own| own.is_ipv4() == to.is_ipv4());
        if let Some(socket) = self.sockets.iter().find(family) {
            drop(socket.send_to(bytes, to).await);
        }
    }

    /// The next datagram of at most [`Self::BYTES_MAX`] bytes. Dropping the future loses nothing.
    pub async fn recv(&self) -> (SocketAddr, Vec<u8>) {
        loop {
            let ready = self.sockets.iter().map(|socket| Box::pin(socket.readable()));
            drop(futures_util::future::select_all(ready).await.0);
            if let Some(heartbeat) = self.sockets.iter().find_map(try_recv) {
                return heartbeat;
            }
        }
    }
}

/// `None` when nothing is there, or what is there is too long, or an earlier send met a closed port.
fn try_recv(socket: &UdpSocket) -> Option<(SocketAddr, Vec<u8>)> {
    let mut buffer = [0; Beacon::BYTES_MAX + 1];
    let (length, from) = socket.try_recv_from(&mut buffer).ok()?;
    let bytes = buffer.get(..length).filter(|bytes| bytes.len() <= Beacon::BYTES_MAX)?;
    Some((from, bytes.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;
    use std::time::Duration;

    const LOOPBACK: [IpAddr; 1] = [IpAddr::V4(Ipv4Addr::LOCALHOST)];

    /// NET-040
    #[tokio::test]
    async fn a_heartbeat_arrives_and_one_that_is_too_long_does_not() {
        let (alice, bob) = (Beacon::bind(&LOOPBACK, 0).unwrap(), Beacon::bind(&LOOPBACK, 0).unwrap());
        let to = SocketAddr::new(LOOPBACK[0], bob.port());
        alice.sockets[0].send_to(&[1; Beacon::BYTES_MAX + 1], to).await.unwrap();
        alice.send(&to, &[2; Beacon::BYTES_MAX]).await;
        let (from, bytes) = tokio::time::timeout(Duration::from_secs(5), bob.recv()).await.unwrap();
        assert_eq!(bytes, [2; Beacon::BYTES_MAX]);
        assert_eq!(from.port(), alice.port());
    }

    #[tokio::test]
    async fn a_port_that_is_taken_is_named() {
        let alice = Beacon::bind(&LOOPBACK, 0).unwrap();
        let error = Beacon::bind(&LOOPBACK, alice.port()).unwrap_err();
        assert!(matches!(error, NetError::PortTaken(port) if port == alice.port()), "{error}");
    }
}
