//! What can go wrong between two devices, in words a person can read, with who is to blame and what to do.

use std::fmt;
use std::io;

/// An error of the network layer. No variant carries an address, so that each can be logged.
#[derive(Debug)]
#[non_exhaustive]
pub enum NetError {
    /// Environment: another program (often a second agent of the same home) has the port.
    PortTaken(u16),
    /// Environment: none of the addresses to listen on exists here.
    NothingToListenOn,
    /// Caller: a relay's URL is not one.
    BadRelay(String),
    /// Caller or peer: a card that can't be read or dialled.
    BadCard(&'static str),
    /// Caller: a name that can't be announced.
    BadName,
    /// Caller: a message is larger than a packet may be; it holds the message's size.
    TooLarge(usize),
    /// Environment: no address of the card answered in time.
    Unreachable,
    /// Peer: something answered, but not as the endpoint that was dialled.
    WrongPeer,
    /// The connection has ended; [`crate::Connection::closed`] says why.
    Closed,
    /// Environment: the system refused a socket.
    System(io::Error),
    /// Us: the transport could not start for a reason that is none of the above.
    Transport(String),
}

impl fmt::Display for NetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortTaken(port) => {
                write!(f, "port {port} is in use: close the program that has it, or choose another port")
            }
            Self::NothingToListenOn => {
                f.write_str("none of the addresses to listen on exists on this machine: check the settings")
            }
            Self::BadRelay(url) => {
                write!(f, "{url:?} is not the URL of a relay: it should look like https://host:port")
            }
            Self::BadCard(why) => write!(f, "the other device's address card can't be used ({why}): ask for a new one"),
            Self::BadName => f.write_str("a name to announce has 1 to 63 characters out of a-z, 0-9 and -"),
            Self::TooLarge(size) => write!(f, "a message of {size} bytes is larger than a packet may be"),
            Self::Unreachable => {
                f.write_str("the other device did not answer: it may be off or on a network that can't be reached")
            }
            Self::WrongPeer => f.write_str("another device answered at that address: the address is out of date"),
            Self::Closed => f.write_str("the connection is closed"),
            Self::System(error) => write!(f, "the system refused a network socket: {error}"),
            Self::Transport(what) => write!(f, "the network could not be started: {what}"),
        }
    }
}

impl std::error::Error for NetError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::System(error) => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for NetError {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}
