//! Receipts: a device's latest signed word on what it has of one log. Replaceable, counted, valid by any path.

use super::offer::Offer;
use crate::crypto::{SignKey, Unauthentic, VerifyKey};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{DeviceId, KeyPackageHash, Label, LogId, RecordHash, limits};

/// Why a record was refused: a registry (`spec/log.md`). An unknown code is kept and reported; it stalls nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// It does not decrypt or verify.
    Undecryptable,
    /// It was not made by the log's writer.
    NotTheWriter,
    /// It was made for another place.
    WrongPosition,
    /// No writer sends such a thing.
    NotAllowed,
    /// It decrypts to something malformed.
    BadContent,
    /// This device failed on it twice.
    Faulted,
    /// A code of a newer version.
    Other(u64),
}

impl Refusal {
    /// The code on the wire.
    pub const fn number(self) -> u64 {
        match self {
            Self::Undecryptable => 1,
            Self::NotTheWriter => 2,
            Self::WrongPosition => 3,
            Self::NotAllowed => 4,
            Self::BadContent => 5,
            Self::Faulted => 6,
            Self::Other(number) => number,
        }
    }

    /// The refusal of a code.
    pub const fn from_number(number: u64) -> Self {
        match number {
            1 => Self::Undecryptable,
            2 => Self::NotTheWriter,
            3 => Self::WrongPosition,
            4 => Self::NotAllowed,
            5 => Self::BadContent,
            6 => Self::Faulted,
            other => Self::Other(other),
        }
    }

    /// A refusal as it stands in a receipt.
    pub(super) fn entry((seq, why): &(u64, Self)) -> Vec<u8> {
        Writer::new().number(Tag::must(1), *seq).number(Tag::must(2), why.number()).done()
    }

    /// The refusals of a receipt.
    pub(super) fn entries<'a>(entries: impl Iterator<Item = &'a [u8]>) -> Result<Vec<(u64, Self)>, Malformed> {
        let read = entries.map(|entry| {
            let entry = Fields::parse(entry)?;
            entry.refuse_unknown(&[1, 2])?;
            Ok((entry.number(1)?, Self::from_number(entry.number(2)?)))
        });
        let refused = read.collect::<Result<Vec<_>, Malformed>>()?;
        let ascend = refused.len() <= limits::REFUSALS_MAX && refused.is_sorted_by(|a, b| a.0 < b.0);
        if ascend { Ok(refused) } else { Err(Malformed::BadValue(8)) }
    }
}

/// How far a device has read a log that it joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The seq of the commit from which it has read without a gap. Nothing at or before it is receipted by this.
    pub joined: u64,
    /// The last seq decrypted, or skipped by right, and committed there.
    pub through: u64,
    /// The hash of the record at `through`.
    pub head: RecordHash,
    /// The last seq of which the device's own rule for copies is met: the writer may prune.
    pub safe: u64,
    /// The counter of the writer's last event that was shown to the person, if they let it be said.
    pub seen: Option<u64>,
}

/// What a device says about one log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The log.
    pub log: LogId,
    /// The reader.
    pub device: DeviceId,
    /// The reader's receipt counter: a later receipt replaces an earlier one (RCPT-010).
    pub counter: u64,
    /// How far it has read; absent while it has not joined, or must join anew.
    pub reading: Option<Reading>,
    /// Records skipped that the writer has to void and seal again, with the reason; ascending by seq (LOG-021).
    pub refused: Vec<(u64, Refusal)>,
    /// The hash of the one-use KeyPackage that goes with this receipt, when the writer may have none unused.
    pub offer: Option<KeyPackageHash>,
    /// The counter of the newest receipt that the reader holds from the log's writer, zero for none. A writer whose
    /// own counter is lower was set back.
    pub heard: u64,
}

/// A signed statement, with the offer that it names beside it: what is signed stays small enough to be kept and shown
/// to its maker again ([`super::packet::Packet::Said`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// What is said.
    pub statement: Statement,
    /// The offer of that hash.
    pub offer: Option<Offer>,
    bytes: Vec<u8>,
    signature: [u8; 64],
}

impl Receipt {
    /// Signs a statement with the reading device's key. The statement names `offer` whatever it named before.
    pub fn sign(statement: Statement, offer: Option<Offer>, key: &SignKey) -> Self {
        let statement = Statement { offer: offer.as_ref().map(Offer::hash), ..statement };
        let bytes = encode_statement(&statement);
        let signature = key.sign(Label::ReceiptSignature, &bytes);
        Self { statement, offer, bytes, signature }
    }

    /// A receipt as its device signed it. [`Self::verify`] says whether it is the device's.
    pub(super) fn signed(statement: Statement, signature: [u8; 64]) -> Self {
        Self { bytes: encode_statement(&statement), statement, offer: None, signature }
    }

    /// The device's signature.
    pub(super) const fn signature(&self) -> [u8; 64] {
        self.signature
    }

    /// The same words without the offer beside them.
    #[must_use]
    pub fn bare(&self) -> Self {
        Self { offer: None, ..self.clone() }
    }

    /// Canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), &self.bytes)
            .bytes(Tag::must(2), &self.signature)
            .optional(Tag::may(3), self.offer.as_ref().map(Offer::encode).as_deref())
            .done()
    }

    /// Reads a receipt; [`Self::verify`] says whether it is the device's.
    ///
    /// # Errors
    /// [`Malformed`]; the peer is to blame.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let outer = Fields::parse(bytes)?;
        outer.refuse_unknown(&[1, 2])?;
        let bytes = outer.bytes(1)?.to_vec();
        let statement = decode_statement(&bytes)?;
        let offer = outer.optional(3)?.map(Offer::decode).transpose()?;
        if offer.as_ref().is_some_and(|offer| Some(offer.hash()) != statement.offer) {
            return Err(Malformed::BadValue(3));
        }
        Ok(Self { statement, offer, signature: outer.array(2)?, bytes })
    }

    /// Checks that the device with this key said it.
    ///
    /// # Errors
    /// [`Unauthentic`]; the peer is to blame.
    pub fn verify(&self, key: &VerifyKey) -> Result<(), Unauthentic> {
        key.verify(Label::ReceiptSignature, &self.bytes, &self.signature)
    }
}

fn encode_statement(statement: &Statement) -> Vec<u8> {
    let refused: Vec<Vec<u8>> = statement.refused.iter().map(Refusal::entry).collect();
    let mut writer = Writer::new()
        .bytes(Tag::must(1), statement.log.as_bytes())
        .bytes(Tag::must(2), statement.device.as_bytes())
        .number(Tag::must(3), statement.counter);
    if let Some(reading) = &statement.reading {
        writer = writer
            .number(Tag::must(4), reading.joined)
            .number(Tag::must(5), reading.through)
            .bytes(Tag::must(6), reading.head.as_bytes())
            .number(Tag::must(7), reading.safe);
    }
    writer = writer.list(Tag::must(8), refused.iter().map(Vec::as_slice));
    if let Some(seen) = statement.reading.and_then(|reading| reading.seen) {
        writer = writer.number(Tag::may(9), seen);
    }
    writer
        .optional(Tag::may(10), statement.offer.as_ref().map(|offer| &offer.as_bytes()[..]))
        .number(Tag::must(11), statement.heard)
        .done()
}

fn decode_statement(bytes: &[u8]) -> Result<Statement, Malformed> {
    let fields = Fields::parse(bytes)?;
    fields.refuse_unknown(&[1, 2, 3, 4, 5, 6, 7, 8, 11])?;
    let reading = match fields.optional_number(4)? {
        None => None,
        Some(joined) => Some(Reading {
            joined,
            through: fields.number(5)?,
            head: RecordHash::from_bytes(fields.array(6)?),
            safe: fields.number(7)?,
            seen: fields.optional_number(9)?,
        }),
    };
    if let Some(reading) = &reading
        // RCPT-012, RCPT-013
        && (reading.through < reading.joined || reading.safe > reading.through)
    {
        return Err(Malformed::BadValue(5));
    }
    Ok(Statement {
        log: LogId::from_bytes(fields.array(1)?),
        device: DeviceId::from_bytes(fields.array(2)?),
        counter: fields.number(3)?,
        reading,
        refused: Refusal::entries(fields.list(8))?,
        offer: fields.optional_array(10)?.map(KeyPackageHash::from_bytes),
        heard: fields.number(11)?,
    })
}
