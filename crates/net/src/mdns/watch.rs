//! Hearing of links that come and go.
//!
//! The kernel tells of them on a netlink socket. What it says is not read: the interfaces are read anew. Where there is no
//! such socket they are read every few seconds instead.

use rustix::net::netlink::SocketAddrNetlink;
use rustix::net::{AddressFamily, SocketFlags, SocketType, bind, socket_with};
use std::io::ErrorKind;
use std::os::fd::OwnedFd;
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::time::sleep;

/// `RTMGRP_LINK`, `RTMGRP_IPV4_IFADDR` and `RTMGRP_IPV6_IFADDR` of `linux/rtnetlink.h`.
const GROUPS: u32 = 0x1 | 0x10 | 0x100;
/// How long news are gathered: a cable that is plugged in makes several.
const GATHER: Duration = Duration::from_millis(100);
/// How often interfaces are read where nobody tells of them.
const POLL: Duration = Duration::from_secs(3);

/// Hears of changes of this machine's links and addresses. The socket is no UDP one: it is one of datagrams, which is all
/// that the runtime's type asks of what it waits for and receives from.
#[derive(Debug)]
pub(super) struct LinkWatch(Option<UdpSocket>);

impl LinkWatch {
    /// Begins to listen. Runs on the current runtime.
    pub(super) fn start() -> Self {
        let listening = listen().and_then(|socket| UdpSocket::from_std(socket.into()));
        Self(listening.inspect_err(|error| tracing::debug!(%error, "links are polled")).ok())
    }

    /// Waits until something may have changed. Dropping the future loses nothing.
    pub(super) async fn changed(&self) {
        let Some(socket) = &self.0 else { return sleep(POLL).await };
        if socket.readable().await.is_err() {
            return sleep(POLL).await;
        }
        sleep(GATHER).await;
        // Errors too are news: when too many came, some were dropped.
        while !socket.try_recv(&mut [0; 4096]).is_err_and(|error| error.kind() == ErrorKind::WouldBlock) {}
    }
}

fn listen() -> std::io::Result<OwnedFd> {
    let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
    // Its protocol 0 is `NETLINK_ROUTE`.
    let socket = socket_with(AddressFamily::NETLINK, SocketType::RAW, flags, None)?;
    bind(&socket, &SocketAddrNetlink::new(0, GROUPS))?;
    Ok(socket)
}
