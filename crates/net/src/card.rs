//! How a device is reached: what contacts keep of each other's addresses, opaque to the core.
//!
//! ```text
//! 1!  endpoint id, 32 bytes
//! 2!  UDP port of the heartbeat; absent when the device has none
//! 3   socket address, repeated: 6 bytes for IPv4, 18 for IPv6, port last, big endian
//! 4   relay URL, repeated
//! 5   knock key: reserved for silence (docs/decisions/0002-silence.md)
//! ```
//! `!` marks a critical field. Addresses and relays are a reader's choice: one that can't use a kind passes over it.

use crate::NetError;
use kith_base::codec::{Fields, Tag, Writer};
use kith_base::limits::ADDRESSES_MAX;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Relays a card names at most: one at home and one elsewhere, with room.
const RELAYS_MAX: usize = 4;
/// Longest relay URL in bytes.
const RELAY_BYTES_MAX: usize = 256;
const CRITICAL: [u32; 2] = [1, 2];

/// The public key an endpoint answers as: a transport address, not a person (NET-001).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EndpointId(pub [u8; 32]);

impl fmt::Debug for EndpointId {
    /// Four bytes: enough to tell two apart, too few to find one by.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, ..] = self.0;
        write!(f, "EndpointId({a:02x}{b:02x}{c:02x}{d:02x}…)")
    }
}

/// Where a device was last known to be reachable.
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    /// Who must answer.
    pub id: EndpointId,
    /// Where it listens for heartbeats, at each of its IP addresses; `None` when it does not.
    pub heartbeat_port: Option<u16>,
    /// Its addresses, best first, at most [`ADDRESSES_MAX`].
    pub addresses: Vec<SocketAddr>,
    /// Relays it can be reached through.
    pub relays: Vec<String>,
}

impl Card {
    /// A card without any address.
    pub const fn new(id: EndpointId) -> Self {
        Self { id, heartbeat_port: None, addresses: Vec::new(), relays: Vec::new() }
    }

    /// The same device at other addresses: what [`crate::Mdns`] has seen, combined with the id a contact knows.
    #[must_use]
    pub fn at(&self, addresses: &[SocketAddr]) -> Self {
        Self { addresses: addresses.iter().copied().take(ADDRESSES_MAX).collect(), relays: Vec::new(), ..self.clone() }
    }

    /// Where heartbeats for this device go.
    pub fn heartbeat_addresses(&self) -> impl Iterator<Item = SocketAddr> + '_ {
        self.heartbeat_port.into_iter().flat_map(|port| {
            let mut ips: Vec<_> = self.addresses.iter().map(SocketAddr::ip).collect();
            ips.dedup();
            ips.into_iter().map(move |ip| SocketAddr::new(ip, port))
        })
    }

    /// The canonical bytes. Addresses and relays over the limits are left out (NET-002, NET-003).
    pub fn encode(&self) -> Vec<u8> {
        let addresses: Vec<_> = self.addresses.iter().take(ADDRESSES_MAX).map(put_address).collect();
        let relays = self.relays.iter().filter(|url| url.len() <= RELAY_BYTES_MAX).take(RELAYS_MAX);
        let mut writer = Writer::new().bytes(Tag::must(1), &self.id.0);
        if let Some(port) = self.heartbeat_port {
            writer = writer.number(Tag::must(2), u64::from(port));
        }
        writer
            .list(Tag::may(3), addresses.iter().map(Vec::as_slice))
            .list(Tag::may(4), relays.map(String::as_bytes))
            .done()
    }

    /// Reads a card that a peer gave.
    ///
    /// # Errors
    /// [`NetError::BadCard`] when it breaks the format or a limit.
    pub fn decode(bytes: &[u8]) -> Result<Self, NetError> {
        let fields = Fields::parse(bytes).map_err(|_| NetError::BadCard("not in canonical form"))?;
        fields.refuse_unknown(&CRITICAL).map_err(|_| NetError::BadCard("made by a newer version"))?;
        let id = fields.array(1).map_err(|_| NetError::BadCard("no endpoint"))?;
        let heartbeat_port = fields.optional_number(2).map_err(|_| NetError::BadCard("heartbeat port"))?;
        let heartbeat_port = match heartbeat_port.map(u16::try_from) {
            None => None,
            Some(Ok(port)) if port > 0 => Some(port),
            Some(_) => return Err(NetError::BadCard("heartbeat port")),
        };
        Ok(Self { id: EndpointId(id), heartbeat_port, addresses: addresses(&fields)?, relays: relays(&fields)? })
    }
}

fn addresses(fields: &Fields<'_>) -> Result<Vec<SocketAddr>, NetError> {
    let found: Option<Vec<_>> = fields.list(3).take(ADDRESSES_MAX + 1).map(take_address).collect();
    found.filter(|list| list.len() <= ADDRESSES_MAX).ok_or(NetError::BadCard("addresses"))
}

fn relays(fields: &Fields<'_>) -> Result<Vec<String>, NetError> {
    let url = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes).ok()?;
        (text.len() <= RELAY_BYTES_MAX).then(|| text.to_owned())
    };
    let found: Option<Vec<_>> = fields.list(4).take(RELAYS_MAX + 1).map(url).collect();
    found.filter(|list| list.len() <= RELAYS_MAX).ok_or(NetError::BadCard("relays"))
}

fn put_address(address: &SocketAddr) -> Vec<u8> {
    let mut out = match address.ip() {
        IpAddr::V4(ip) => ip.octets().to_vec(),
        IpAddr::V6(ip) => ip.octets().to_vec(),
    };
    out.extend_from_slice(&address.port().to_be_bytes());
    out
}

/// `None` unless it is an address that a datagram can be sent to.
fn take_address(bytes: &[u8]) -> Option<SocketAddr> {
    let (ip, port) = bytes.split_at_checked(bytes.len().checked_sub(2)?)?;
    let port = u16::from_be_bytes(port.try_into().ok()?);
    let ip: IpAddr = match ip.len() {
        4 => Ipv4Addr::from(<[u8; 4]>::try_from(ip).ok()?).into(),
        16 => Ipv6Addr::from(<[u8; 16]>::try_from(ip).ok()?).into(),
        _ => return None,
    };
    // NET-003
    let usable = port > 0 && !ip.is_unspecified() && !ip.is_multicast();
    usable.then(|| SocketAddr::new(ip, port))
}

impl fmt::Debug for Card {
    /// Counts, not addresses: a card may stand in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Card({:?}, {} addresses, {} relays)", self.id, self.addresses.len(), self.relays.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alice() -> Card {
        Card {
            id: EndpointId([7; 32]),
            heartbeat_port: Some(40_002),
            addresses: vec!["192.0.2.1:40001".parse().unwrap(), "[2001:db8::1]:40001".parse().unwrap()],
            relays: vec!["https://relay.example:443".to_owned()],
        }
    }

    /// NET-002
    #[test]
    fn a_card_reads_back_as_it_was_written() {
        assert_eq!(Card::decode(&alice().encode()).unwrap(), alice());
        let bare = Card::new(EndpointId([1; 32]));
        assert_eq!(Card::decode(&bare.encode()).unwrap(), bare);
    }

    #[test]
    fn no_part_of_a_card_is_a_card_with_less_than_its_endpoint() {
        let bytes = alice().encode();
        for end in 0..34 {
            assert!(Card::decode(&bytes[..end]).is_err(), "{end} bytes");
        }
        for end in 34..bytes.len() {
            drop(Card::decode(&bytes[..end])); // must not panic
        }
    }

    /// NET-003
    #[test]
    fn addresses_nobody_can_send_to_are_refused() {
        for address in ["0.0.0.0:1", "224.0.0.251:5353", "192.0.2.1:0", "[ff02::fb]:1"] {
            let card = Card { addresses: vec![address.parse().unwrap()], ..alice() };
            assert!(Card::decode(&card.encode()).is_err(), "{address}");
        }
    }

    /// NET-003
    #[test]
    fn a_card_with_too_many_addresses_is_refused_and_never_written() {
        let address = put_address(&"192.0.2.1:1".parse().unwrap());
        let many = vec![address.as_slice(); ADDRESSES_MAX + 1];
        let bytes = Writer::new().bytes(Tag::must(1), &[0; 32]).list(Tag::may(3), many).done();
        assert!(Card::decode(&bytes).is_err());
        let card = Card { addresses: vec!["192.0.2.1:1".parse().unwrap(); 40], ..alice() };
        assert_eq!(Card::decode(&card.encode()).unwrap().addresses.len(), ADDRESSES_MAX);
    }

    #[test]
    fn heartbeats_go_to_each_ip_once() {
        let mut card = alice();
        card.addresses.insert(1, "192.0.2.1:50000".parse().unwrap());
        let to: Vec<_> = card.heartbeat_addresses().map(|a| a.to_string()).collect();
        assert_eq!(to, ["192.0.2.1:40002", "[2001:db8::1]:40002"]);
    }

    #[test]
    fn printing_a_card_shows_no_address() {
        let text = format!("{:?}", alice());
        assert!(!text.contains("192.0.2.1") && !text.contains("relay.example"), "{text}");
    }
}
