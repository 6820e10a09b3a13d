//! What is said on a connection to somebody who knows what it is about: records and receipts without what follows.
//!
//! A record goes mostly to a reader who has the one before it, and a receipt to the writer of the log it speaks of. The
//! *short* forms leave out what such a reader knows: whose log it is, the hash that the record chains to or that the
//! receipt names, the body's hash, and the frame that MLS puts around what is sealed. The reader builds the whole again
//! and checks its signature, so that a short form says neither more nor less than the whole one; what is stored, hashed
//! and signed is the whole.
//!
//! Who can't build it, or finds the signature wrong, asks, and is answered whole (LOG-042): so nothing rests on what
//! the sender believes of the reader.

use super::receipt::{Reading, Receipt, Refusal, Statement};
use super::record::{Record, RecordKind, position};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{DeviceId, LogId, RecordHash, limits};

/// A record without its log, the hash before it, and what follows from its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortRecord {
    /// Its place.
    pub seq: u64,
    kind: RecordKind,
    body: ShortBody,
    signature: [u8; 64],
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum ShortBody {
    /// A message of an MLS group, by its epoch and what is sealed.
    Framed(u64, Vec<u8>),
    /// A body that is none.
    Plain(Vec<u8>),
    /// A void: the hash of the body that is gone.
    Void([u8; 32]),
}

impl ShortRecord {
    /// The short form of a record.
    pub fn of(record: &Record) -> Self {
        let header = &record.header;
        let body = match &record.body {
            None => ShortBody::Void(header.body_hash),
            Some(body) => {
                match unframe(body, header.kind, header.log, &position(header.log, header.seq, header.prev)) {
                    Some((epoch, sealed)) => ShortBody::Framed(epoch, sealed),
                    None => ShortBody::Plain(body.clone()),
                }
            }
        };
        Self { seq: header.seq, kind: header.kind, body, signature: record.signature() }
    }

    /// The record that it stands for in a log, behind the record with this hash.
    ///
    /// # Errors
    /// [`Malformed`] when the record has another short form; the peer is to blame.
    pub fn lengthen(&self, log: LogId, prev: RecordHash) -> Result<Record, Malformed> {
        let place = position(log, self.seq, prev);
        let body = match &self.body {
            ShortBody::Framed(epoch, sealed) => Ok(frame(*epoch, sealed, self.kind, log, &place)?),
            // LOG-043
            ShortBody::Plain(body) if unframe(body, self.kind, log, &place).is_some() => {
                return Err(Malformed::BadValue(6));
            }
            ShortBody::Plain(body) => Ok(body.clone()),
            ShortBody::Void(hash) => Err(*hash),
        };
        Ok(Record::signed(log, self.seq, prev, self.kind, body, self.signature))
    }

    /// Canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        let (kind, to) = match self.kind {
            RecordKind::Application => (None, None),
            RecordKind::Commit => (Some(0), None),
            RecordKind::Addressed(to) => (Some(2), Some(to)),
        };
        let mut writer = Writer::new().number(Tag::must(1), self.seq);
        if let Some(kind) = kind {
            writer = writer.number(Tag::must(2), kind);
        }
        writer = writer.optional(Tag::must(3), to.as_ref().map(|to| &to.as_bytes()[..]));
        let writer = match &self.body {
            ShortBody::Framed(epoch, sealed) => writer.number(Tag::must(4), *epoch).bytes(Tag::must(5), sealed),
            ShortBody::Plain(body) => writer.bytes(Tag::must(6), body),
            ShortBody::Void(hash) => writer.bytes(Tag::must(7), hash),
        };
        writer.bytes(Tag::must(8), &self.signature).done()
    }

    /// Reads a short record.
    ///
    /// # Errors
    /// [`Malformed`]; the peer is to blame.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > limits::RECORD_BYTES_MAX {
            return Err(Malformed::BadValue(5));
        }
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4, 5, 6, 7, 8])?;
        let to = fields.optional_array(3)?.map(DeviceId::from_bytes);
        let kind = match (fields.optional_number(2)?, to) {
            (None, None) => RecordKind::Application,
            (Some(0), None) => RecordKind::Commit,
            (Some(2), Some(to)) => RecordKind::Addressed(to),
            _ => return Err(Malformed::BadValue(2)),
        };
        let framed = match (fields.optional_number(4)?, fields.optional(5)?) {
            (Some(epoch), Some(sealed)) => Some(ShortBody::Framed(epoch, sealed.to_vec())),
            (None, None) => None,
            _ => return Err(Malformed::BadValue(4)),
        };
        let body = match (framed, fields.optional(6)?, fields.optional_array(7)?) {
            (Some(framed), None, None) => framed,
            (None, Some(plain), None) => ShortBody::Plain(plain.to_vec()),
            (None, None, Some(hash)) => ShortBody::Void(hash),
            _ => return Err(Malformed::BadValue(6)),
        };
        Ok(Self { seq: fields.number(1)?, kind, body, signature: fields.array(8)? })
    }
}

/// A receipt without its log, its device and the hash of the record it names; one with an offer, or of a device without
/// a place, has no short form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortReceipt {
    counter: u64,
    joined: u64,
    /// The last seq that was read.
    pub through: u64,
    safe: u64,
    refused: Vec<(u64, Refusal)>,
    seen: Option<u64>,
    heard: u64,
    signature: [u8; 64],
}

impl ShortReceipt {
    /// The short form of a receipt, if it has one.
    pub fn of(receipt: &Receipt) -> Option<Self> {
        let Statement { counter, reading, refused, offer, heard, .. } = &receipt.statement;
        let Reading { joined, through, safe, seen, .. } = (*reading)?;
        let (counter, heard, refused) = (*counter, *heard, refused.clone());
        let short = Self { counter, joined, through, safe, refused, seen, heard, signature: receipt.signature() };
        offer.is_none().then_some(short)
    }

    /// The receipt that it stands for, of a device, about a log in which the record at `through` has this hash.
    pub fn lengthen(&self, log: LogId, device: DeviceId, head: RecordHash) -> Receipt {
        let Self { counter, joined, through, safe, seen, heard, .. } = *self;
        let reading = Some(Reading { joined, through, head, safe, seen });
        let refused = self.refused.clone();
        Receipt::signed(Statement { log, device, counter, reading, refused, offer: None, heard }, self.signature)
    }

    /// Canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        let refused: Vec<Vec<u8>> = self.refused.iter().map(Refusal::entry).collect();
        let mut writer = Writer::new()
            .number(Tag::must(1), self.counter)
            .number(Tag::must(2), self.joined)
            .number(Tag::must(3), self.through);
        if self.safe != self.through {
            writer = writer.number(Tag::must(4), self.safe);
        }
        writer = writer.list(Tag::must(5), refused.iter().map(Vec::as_slice));
        if let Some(seen) = self.seen {
            writer = writer.number(Tag::may(6), seen);
        }
        writer.number(Tag::must(7), self.heard).bytes(Tag::must(8), &self.signature).done()
    }

    /// Reads a short receipt.
    ///
    /// # Errors
    /// [`Malformed`]; the peer is to blame.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4, 5, 7, 8])?;
        let (joined, through) = (fields.number(2)?, fields.number(3)?);
        let safe = fields.optional_number(4)?;
        // RCPT-012, RCPT-013, LOG-043
        if through < joined || safe.is_some_and(|safe| safe >= through) {
            return Err(Malformed::BadValue(3));
        }
        Ok(Self {
            counter: fields.number(1)?,
            joined,
            through,
            safe: safe.unwrap_or(through),
            refused: Refusal::entries(fields.list(5)).map_err(|_| Malformed::BadValue(5))?,
            seen: fields.optional_number(6)?,
            heard: fields.number(7)?,
            signature: fields.array(8)?,
        })
    }
}

/// MLS 1.0, private message.
const MLS_PRIVATE: [u8; 4] = [0, 1, 0, 2];
/// What names the sender of a private message: leaf, generation and reuse guard, sealed with a tag.
const SENDER_BYTES: usize = 28;

/// What stands around what is sealed, in front of it: RFC 9420, 6 and 6.3.
fn front(epoch: u64, kind: RecordKind, log: LogId, position: &[u8]) -> Option<Vec<u8>> {
    let content_type = match kind {
        RecordKind::Application => 1,
        RecordKind::Commit => 3,
        RecordKind::Addressed(_) => return None,
    };
    let mut front = MLS_PRIVATE.to_vec();
    put_length(&mut front, log.as_bytes().len())?;
    front.extend_from_slice(log.as_bytes());
    front.extend_from_slice(&epoch.to_be_bytes());
    front.push(content_type);
    put_length(&mut front, position.len())?;
    front.extend_from_slice(position);
    put_length(&mut front, SENDER_BYTES)?;
    Some(front)
}

/// A private message of a log's group, from its epoch, and the sealed sender and content behind each other.
fn frame(epoch: u64, sealed: &[u8], kind: RecordKind, log: LogId, position: &[u8]) -> Result<Vec<u8>, Malformed> {
    let (sender, content) = sealed.split_at_checked(SENDER_BYTES).ok_or(Malformed::BadValue(5))?;
    let mut message = front(epoch, kind, log, position).ok_or(Malformed::BadValue(2))?;
    message.extend_from_slice(sender);
    put_length(&mut message, content.len()).ok_or(Malformed::BadValue(5))?;
    message.extend_from_slice(content);
    Ok(message)
}

/// Takes the frame off again; `None` of anything else than what [`frame`] makes.
fn unframe(body: &[u8], kind: RecordKind, log: LogId, position: &[u8]) -> Option<(u64, Vec<u8>)> {
    let epoch = u64::from_be_bytes(*body.get(MLS_PRIVATE.len() + 1 + LogId::LEN..)?.first_chunk()?);
    let (sender, rest) = body.strip_prefix(&front(epoch, kind, log, position)?[..])?.split_at_checked(SENDER_BYTES)?;
    let (length, content) = rest.split_at_checked(1 << (rest.first()? >> 6))?;
    let mut shortest = Vec::new();
    put_length(&mut shortest, content.len())?;
    (length == shortest).then(|| (epoch, [sender, content].concat()))
}

/// A length as MLS writes it: RFC 9000, 16, in its shortest form and at most four bytes.
fn put_length(out: &mut Vec<u8>, length: usize) -> Option<()> {
    if length < 0x40 {
        out.push(u8::try_from(length).ok()?);
    } else if length < 0x4000 {
        out.extend_from_slice(&(0x4000 | u16::try_from(length).ok()?).to_be_bytes());
    } else {
        let length = u32::try_from(length).ok().filter(|length| *length < 0x4000_0000)?;
        out.extend_from_slice(&(0x8000_0000 | length).to_be_bytes());
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::SignKey;
    use crate::log::record::NO_RECORD;
    use kith_base::Rng;

    const LOG: LogId = LogId::from_bytes([1; 32]);
    const BOB: DeviceId = DeviceId::from_bytes([2; 32]);
    const PREV: RecordHash = RecordHash::from_bytes([3; 32]);

    fn key() -> SignKey {
        SignKey::generate(&mut Rng::from_number(1))
    }

    /// A body as a group makes it, of a sender and content of these lengths.
    fn framed(kind: RecordKind, seq: u64, length: usize) -> Vec<u8> {
        let sealed: Vec<u8> = (0..SENDER_BYTES + length).map(|byte| byte as u8).collect();
        frame(7, &sealed, kind, LOG, &position(LOG, seq, PREV)).unwrap()
    }

    fn record(kind: RecordKind, body: Vec<u8>) -> Record {
        Record::sealed(LOG, 300, PREV, kind, body, &key())
    }

    fn short_of(record: &Record) -> ShortRecord {
        let short = ShortRecord::of(record);
        assert_eq!(ShortRecord::decode(&short.encode()), Ok(short.clone()));
        assert_eq!(short.lengthen(LOG, PREV).as_ref(), Ok(record));
        short
    }

    /// LOG-042: the reader builds the record that its writer signed, whatever it carries, from the one before it and no
    /// other.
    #[test]
    fn a_short_record_stands_for_the_record_behind_the_one_before_it() {
        for length in [0, 1, 0x3f, 0x40, 0x3fff, 0x4000, 70_000] {
            for kind in [RecordKind::Application, RecordKind::Commit] {
                let record = record(kind, framed(kind, 300, length));
                let short = short_of(&record);
                assert!(matches!(short.body, ShortBody::Framed(7, _)), "{kind:?} {length}");
                assert!(short.encode().len() <= SENDER_BYTES + length + 64 + 21);
                let behind_another = short.lengthen(LOG, NO_RECORD).unwrap();
                assert!(record.verify(&key().public()).is_ok() && behind_another.verify(&key().public()).is_err());
            }
        }
        let letter = record(RecordKind::Addressed(BOB), b"letter".to_vec());
        short_of(&letter);
        let void = short_of(&letter.voided(&key()).unwrap());
        assert!(matches!(void.body, ShortBody::Void(_)));
    }

    /// LOG-042: what is in no such frame, or in that of another place, goes as it is.
    #[test]
    fn a_body_without_the_frame_of_its_place_goes_as_it_is() {
        let kind = RecordKind::Application;
        let good = framed(kind, 300, 100);
        let mut longer_length = good.clone();
        let at = good.len() - 102;
        // The same length in four bytes where two will do.
        longer_length.splice(at..at + 2, [0x80, 0, 0, 100]);
        let commit = framed(RecordKind::Commit, 300, 100);
        let cut = good[..good.len() - 1].to_vec();
        for body in [framed(kind, 301, 100), commit, longer_length, cut, Vec::new(), vec![0; 500]] {
            assert!(matches!(short_of(&record(kind, body)).body, ShortBody::Plain(_)));
        }
    }

    /// LOG-043: one record has one short form.
    #[test]
    fn a_field_that_says_what_follows_is_refused() {
        let record = record(RecordKind::Application, framed(RecordKind::Application, 300, 100));
        let plain = ShortRecord { body: ShortBody::Plain(record.body.clone().unwrap()), ..ShortRecord::of(&record) };
        assert_eq!(plain.lengthen(LOG, PREV), Err(Malformed::BadValue(6)));
        let fields = |kind: Option<u64>, bodies: &[u32]| {
            let mut writer = Writer::new().number(Tag::must(1), 1);
            if let Some(kind) = kind {
                writer = writer.number(Tag::must(2), kind);
            }
            for tag in bodies {
                writer = writer.bytes(Tag::must(*tag), &[7; 32]);
            }
            ShortRecord::decode(&writer.bytes(Tag::must(8), &[0; 64]).done()).err()
        };
        assert_eq!(fields(None, &[6]), None);
        assert_eq!(fields(Some(1), &[6]), Some(Malformed::BadValue(2)));
        assert_eq!(fields(Some(2), &[6]), Some(Malformed::BadValue(2)));
        assert_eq!(fields(None, &[]), Some(Malformed::BadValue(6)));
        assert_eq!(fields(None, &[6, 7]), Some(Malformed::BadValue(6)));
        assert_eq!(fields(None, &[5]), Some(Malformed::BadValue(4)));
        let receipt = |safe: u64| {
            let numbers = [(1, 9), (2, 0), (3, 5), (4, safe), (7, 1)];
            let writer =
                numbers.iter().fold(Writer::new(), |writer, (tag, value)| writer.number(Tag::must(*tag), *value));
            ShortReceipt::decode(&writer.bytes(Tag::must(8), &[0; 64]).done()).err()
        };
        assert_eq!(
            (receipt(4), receipt(5), receipt(6)),
            (None, Some(Malformed::BadValue(3)), Some(Malformed::BadValue(3)))
        );
    }

    /// LOG-042
    #[test]
    fn a_short_receipt_stands_for_what_its_device_signed() {
        let reading = Reading { joined: 1, through: 300, head: PREV, safe: 300, seen: Some(12) };
        let refused = vec![(7, Refusal::Undecryptable), (9, Refusal::Other(900))];
        let statement =
            Statement { log: LOG, device: BOB, counter: 70, reading: Some(reading), refused, offer: None, heard: 65 };
        let receipt = Receipt::sign(statement.clone(), None, &key());
        let short = ShortReceipt::of(&receipt).unwrap();
        assert_eq!(ShortReceipt::decode(&short.encode()), Ok(short.clone()));
        assert_eq!(short.lengthen(LOG, BOB, PREV), receipt);
        assert!(short.lengthen(LOG, BOB, NO_RECORD).verify(&key().public()).is_err());
        let without_a_place = Statement { reading: None, refused: Vec::new(), ..statement };
        assert_eq!(ShortReceipt::of(&Receipt::sign(without_a_place, None, &key())), None);
    }
}
