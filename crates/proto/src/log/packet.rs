//! Packets: what two devices of a conversation send each other on a greeted connection.
//!
//! Nothing here rests on the connection: a record or receipt verifies the same from a file.

use super::introduction::{Acquaintance, Introduction};
use super::receipt::Receipt;
use super::record::{Head, Record};
use super::short::{ShortReceipt, ShortRecord};
use super::welcome::Welcome;
use crate::identity::manifest::Statement;
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{KeyPackageHash, limits};

/// One message on a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Packet {
    /// What the sender has of the receiver's log. With `again`, it missed something: send from there.
    Receipt { receipt: Receipt, again: bool },
    /// An entry of a log.
    Record(Record),
    /// The way into a log.
    Welcome(Welcome),
    /// A person's device list, as signed.
    List(Vec<u8>),
    /// A letter of a new device, carried.
    Introduction(Introduction),
    /// The newest record that the sender knows of the receiver's own log, as the receiver signed it.
    Head(Head),
    /// The newest receipt that the sender has from the receiver, without its offer, as the receiver signed it.
    Said(Receipt),
    /// The receiver's offer of this hash was used in a group that is gone: another is needed.
    Spent(KeyPackageHash),
    /// The word that a letter was taken, carried.
    Acquaintance(Acquaintance),
    /// What a device's program speaks.
    Manifest(Statement),
    /// The next entry of the sender's own log, to a reader who has the one before.
    ShortRecord(ShortRecord),
    /// What the sender has of the receiver's log.
    ShortReceipt(ShortReceipt),
    /// The sender's person is writing something. Said while they do, kept nowhere.
    Typing,
    /// A kind of a newer version: passed over.
    Unknown(u64),
}

impl Packet {
    /// Canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        let (kind, body, again) = match self {
            Self::Receipt { receipt, again } => (1, receipt.encode(), *again),
            Self::Record(record) => (2, record.encode(), false),
            Self::Welcome(welcome) => (3, welcome.encode(), false),
            Self::List(list) => (4, list.clone(), false),
            Self::Introduction(introduction) => (5, introduction.encode(), false),
            Self::Head(head) => (6, head.encode(), false),
            Self::Said(receipt) => (7, receipt.encode(), false),
            Self::Spent(offer) => (8, offer.as_bytes().to_vec(), false),
            Self::Acquaintance(acquaintance) => (9, acquaintance.encode(), false),
            Self::Manifest(statement) => (10, statement.encode(), false),
            Self::ShortRecord(record) => (11, record.encode(), false),
            Self::ShortReceipt(receipt) => (12, receipt.encode(), false),
            Self::Typing => (13, Vec::new(), false),
            Self::Unknown(kind) => (*kind, Vec::new(), false),
        };
        encode_parts(kind, &body, again)
    }

    /// The packet of a record whose bytes are stored: what is sent again is the same bytes.
    pub fn record_bytes(record: &[u8]) -> Vec<u8> {
        encode_parts(2, record, false)
    }

    /// The packet of a welcome whose bytes are stored.
    pub fn welcome_bytes(welcome: &[u8]) -> Vec<u8> {
        encode_parts(3, welcome, false)
    }

    /// The packet of a head whose bytes are stored.
    pub fn head_bytes(head: &[u8]) -> Vec<u8> {
        encode_parts(6, head, false)
    }

    /// The packet of an own receipt whose bytes are stored by the other.
    pub fn said_bytes(receipt: &[u8]) -> Vec<u8> {
        encode_parts(7, receipt, false)
    }

    /// Reads a packet.
    ///
    /// # Errors
    /// [`Malformed`]; the peer is to blame.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > limits::PACKET_BYTES_MAX {
            return Err(Malformed::BadValue(2));
        }
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2])?;
        let body = fields.bytes(2)?;
        Ok(match fields.number(1)? {
            1 => Self::Receipt { receipt: Receipt::decode(body)?, again: fields.optional_array::<0>(3)?.is_some() },
            2 => Self::Record(Record::decode(body)?),
            3 => Self::Welcome(Welcome::decode(body)?),
            4 => Self::List(body.to_vec()),
            5 => Self::Introduction(Introduction::decode(body)?),
            6 => Self::Head(Head::decode(body)?),
            7 => Self::Said(Receipt::decode(body)?),
            8 => Self::Spent(KeyPackageHash::from_slice(body).ok_or(Malformed::BadValue(2))?),
            9 => Self::Acquaintance(Acquaintance::decode(body)?),
            10 => Self::Manifest(Statement::decode(body)?),
            11 => Self::ShortRecord(ShortRecord::decode(body)?),
            12 => Self::ShortReceipt(ShortReceipt::decode(body)?),
            // A body would be of a newer version, which means the same by it.
            13 => Self::Typing,
            other => Self::Unknown(other),
        })
    }
}

fn encode_parts(kind: u64, body: &[u8], again: bool) -> Vec<u8> {
    Writer::new()
        .number(Tag::must(1), kind)
        .bytes(Tag::must(2), body)
        .optional(Tag::may(3), again.then_some(&[][..]))
        .done()
}
