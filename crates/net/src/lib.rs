//! The way from one device to another: QUIC connections, finding each other on a LAN, heartbeats.
//!
//! Everything above this crate sees bytes, socket addresses and 32-byte endpoint ids; the names of iroh, DNS and the
//! socket options stay inside. An endpoint id is a *transport address*: it says which socket answered, never who the
//! person is. Identity is proven inside the stream, bound to [`Connection::exporter`].
//!
//! | part | what it does | its rules |
//! |---|---|---|
//! | [`Endpoint`] | binds the port, dials a [`Card`], accepts | `NET-010` … |
//! | [`Connection`] | whole messages over one stream, path and byte counts | `NET-020` … |
//! | [`Mdns`] | finds devices and open pairing codes on every link | `NET-030` … |
//! | [`Beacon`] | tiny datagrams beside QUIC, never answered here | `NET-040` … |
//!
//! Deliberately absent: any server's name, a DHT, key material above the transport key, retries and policy (the agent
//! decides whom to dial and when), and silence towards strangers (`docs/decisions/0002-silence.md`).
//!
//! ```no_run
//! # async fn example(key: [u8; 32], peer: kith_net::Card) -> Result<(), kith_net::NetError> {
//! use kith_net::{Config, Endpoint};
//!
//! let endpoint = Endpoint::bind(Config::new(key)).await?;
//! let connection = endpoint.connect(&peer).await?;
//! connection.send(b"hello"[..].into()).await?;
//! # Ok(()) }
//! ```

mod beacon;
mod card;
mod config;
mod connection;
mod endpoint;
mod error;
mod files;
#[doc(hidden)]
pub mod fuzzing;
mod mdns;
mod path;
mod stream;
mod warm;

pub use beacon::Beacon;
pub use card::{Card, EndpointId};
pub use config::{Config, Kind};
pub use connection::{CloseCode, Closed, Connection, Traffic};
pub use endpoint::Endpoint;
pub use error::NetError;
pub use files::{FileReader, FileSender, FileStream};
pub use mdns::{Found, Mdns, PairingAnnouncement, PairingSearch};
pub use path::{PathKind, is_local};
pub use warm::warm_up;
