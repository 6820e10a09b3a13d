//! Records: the sealed entries of a log, and the chain they make.
//!
//! The chain is over header and body hash, so that a record's body can be withdrawn (a *void*) and the chain stay.

use crate::crypto::{SignKey, Unauthentic, VerifyKey};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{ConversationId, DeviceId, Label, LogId, RecordHash, label, limits};

/// The format of the first version of everything under a log.
pub const FORMAT: u64 = 1;
/// MLS_256_XWING_CHACHA20POLY1305_SHA256_Ed25519.
pub const SUITE: u64 = 0x004D;

/// What a log is: its hash is the log's id and the MLS group id of its send group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogHeader {
    /// Where it belongs.
    pub conversation: ConversationId,
    /// Its only writer.
    pub device: DeviceId,
    /// The MLS suite.
    pub suite: u64,
    /// The format of records and events.
    pub format: u64,
    /// The log that this one continues, after a new suite, format or retirement.
    pub predecessor: Option<LogId>,
}

impl LogHeader {
    /// A device's first log in a conversation. Everybody can derive it, so nobody has to send it.
    pub const fn first(conversation: ConversationId, device: DeviceId) -> Self {
        Self { conversation, device, suite: SUITE, format: FORMAT, predecessor: None }
    }

    /// The log with which a device goes on when it can't write this one any more. Everybody can derive it too.
    #[must_use]
    pub const fn successor(conversation: ConversationId, device: DeviceId, predecessor: LogId) -> Self {
        Self { conversation, device, suite: SUITE, format: FORMAT, predecessor: Some(predecessor) }
    }

    /// Canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), self.conversation.as_bytes())
            .bytes(Tag::must(2), self.device.as_bytes())
            .number(Tag::must(3), self.suite)
            .number(Tag::must(4), self.format)
            .optional(Tag::must(5), self.predecessor.as_ref().map(|log| &log.as_bytes()[..]))
            .done()
    }

    /// The log's id.
    pub fn id(&self) -> LogId {
        // LOG-010
        LogId::from_bytes(label::hash(Label::Log, &[&self.encode()]))
    }
}

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    /// A commit of the send group; it can't be voided.
    Commit,
    /// Events, sealed to the send group.
    Application,
    /// Events sealed again to one device, opaque to the others (LOG-014).
    Addressed(DeviceId),
}

/// The signed and chained part of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordHeader {
    /// The log.
    pub log: LogId,
    /// Its place, from 0.
    pub seq: u64,
    /// The record before it; all zero for the first.
    pub prev: RecordHash,
    /// What it is.
    pub kind: RecordKind,
    /// Hash of the body.
    pub body_hash: [u8; 32],
}

/// The hash that stands before a log's first record.
pub const NO_RECORD: RecordHash = RecordHash::from_bytes([0; 32]);

/// A record: header and body, or header alone when it was voided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The header.
    pub header: RecordHeader,
    /// The header as received: the hash is over these bytes.
    header_bytes: Vec<u8>,
    /// The sealed body, unless this is a void.
    pub body: Option<Vec<u8>>,
    /// The writer's, over the header; for a void, over a message of its own.
    signature: [u8; 64],
}

/// The canonical `{log, seq, prev}` that MLS signs with each commit and message.
// LOG-013
pub fn position(log: LogId, seq: u64, prev: RecordHash) -> Vec<u8> {
    Writer::new()
        .bytes(Tag::must(1), log.as_bytes())
        .number(Tag::must(2), seq)
        .bytes(Tag::must(3), prev.as_bytes())
        .done()
}

impl RecordHeader {
    fn encode(&self) -> Vec<u8> {
        let (kind, to) = match self.kind {
            RecordKind::Commit => (0, None),
            RecordKind::Application => (1, None),
            RecordKind::Addressed(to) => (2, Some(to)),
        };
        Writer::new()
            .bytes(Tag::must(1), self.log.as_bytes())
            .number(Tag::must(2), self.seq)
            .bytes(Tag::must(3), self.prev.as_bytes())
            .number(Tag::must(4), kind)
            .optional(Tag::must(5), to.as_ref().map(|to| &to.as_bytes()[..]))
            .bytes(Tag::must(6), &self.body_hash)
            .done()
    }

    fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4, 5, 6])?;
        let to = fields.optional_array(5)?.map(DeviceId::from_bytes);
        let kind = match (fields.number(4)?, to) {
            (0, None) => RecordKind::Commit,
            (1, None) => RecordKind::Application,
            (2, Some(to)) => RecordKind::Addressed(to),
            _ => return Err(Malformed::BadValue(4)),
        };
        Ok(Self {
            log: LogId::from_bytes(fields.array(1)?),
            seq: fields.number(2)?,
            prev: RecordHash::from_bytes(fields.array(3)?),
            kind,
            body_hash: fields.array(6)?,
        })
    }
}

impl Record {
    /// The record of a sealed body.
    pub fn sealed(log: LogId, seq: u64, prev: RecordHash, kind: RecordKind, body: Vec<u8>, key: &SignKey) -> Self {
        let header = RecordHeader { log, seq, prev, kind, body_hash: label::hash(Label::RecordBody, &[&body]) };
        let header_bytes = header.encode();
        let signature = key.sign(Label::RecordSignature, &header_bytes);
        Self { header, header_bytes, body: Some(body), signature }
    }

    /// A record as its writer signed it: with its body or, of a void, the hash of the one that is gone. [`Self::verify`]
    /// says whether it is the writer's.
    pub(super) fn signed(
        log: LogId,
        seq: u64,
        prev: RecordHash,
        kind: RecordKind,
        body: Result<Vec<u8>, [u8; 32]>,
        signature: [u8; 64],
    ) -> Self {
        let body_hash = match &body {
            Ok(body) => label::hash(Label::RecordBody, &[body]),
            Err(hash) => *hash,
        };
        let header = RecordHeader { log, seq, prev, kind, body_hash };
        Self { header_bytes: header.encode(), header, body: body.ok(), signature }
    }

    /// The writer's signature.
    pub(super) const fn signature(&self) -> [u8; 64] {
        self.signature
    }

    /// The same record without its body. `None` for a commit, which can't be voided.
    #[must_use]
    pub fn voided(&self, key: &SignKey) -> Option<Self> {
        // LOG-015
        if self.header.kind == RecordKind::Commit {
            return None;
        }
        let signature = key.sign(Label::RecordSignature, &void_message(&self.header_bytes));
        Some(Self { header: self.header.clone(), header_bytes: self.header_bytes.clone(), body: None, signature })
    }

    /// The writer's signed word that this record stands here.
    pub fn head(&self) -> Head {
        Head {
            header: self.header.clone(),
            header_bytes: self.header_bytes.clone(),
            void: self.body.is_none(),
            signature: self.signature,
        }
    }

    /// What the next record names as `prev`.
    pub fn hash(&self) -> RecordHash {
        // LOG-011
        RecordHash::from_bytes(label::hash(Label::Record, &[&self.header_bytes]))
    }

    /// Canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), &self.header_bytes)
            .optional(Tag::must(2), self.body.as_deref())
            .bytes(Tag::must(3), &self.signature)
            .done()
    }

    /// Reads a record and checks that the body is the header's.
    ///
    /// # Errors
    /// [`Malformed`]; the peer is to blame.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > limits::RECORD_BYTES_MAX {
            return Err(Malformed::BadValue(2));
        }
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3])?;
        let header_bytes = fields.bytes(1)?.to_vec();
        let header = RecordHeader::decode(&header_bytes)?;
        let body = fields.optional(2)?.map(<[u8]>::to_vec);
        let signature = fields.array(3)?;
        if let Some(body) = &body
            && label::hash(Label::RecordBody, &[body]) != header.body_hash
        {
            return Err(Malformed::BadValue(2));
        }
        Ok(Self { header, header_bytes, body, signature })
    }

    /// Checks that the log's writer made this header, and voided the body if it is gone (EVT-013, LOG-041).
    ///
    /// What MLS signs inside binds the place, not the header. Without this a reader would take anybody's rubbish for
    /// the next record, skip it, and name its hash as the head.
    ///
    /// # Errors
    /// [`Unauthentic`] when the writer did not sign it; the peer is to blame.
    pub fn verify(&self, writer: &VerifyKey) -> Result<(), Unauthentic> {
        // LOG-012
        let void = self.body.is_none().then(|| void_message(&self.header_bytes));
        writer.verify(Label::RecordSignature, void.as_ref().unwrap_or(&self.header_bytes), &self.signature)
    }
}

/// A record without its body: the writer's signed word on what stands at a place. Two of them at one place with
/// different hashes prove that its key writes at two devices, to anybody who has the device list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The header.
    pub header: RecordHeader,
    header_bytes: Vec<u8>,
    void: bool,
    signature: [u8; 64],
}

impl Head {
    /// The hash of the record.
    pub fn hash(&self) -> RecordHash {
        RecordHash::from_bytes(label::hash(Label::Record, &[&self.header_bytes]))
    }

    /// Canonical bytes, as LOG-017 has them.
    pub fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), &self.header_bytes)
            .number(Tag::must(2), u64::from(self.void))
            .bytes(Tag::must(3), &self.signature)
            .done()
    }

    /// Reads a head; [`Self::verify`] says whether it is the writer's.
    ///
    /// # Errors
    /// [`Malformed`]; the peer is to blame.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3])?;
        let header_bytes = fields.bytes(1)?.to_vec();
        let void = match fields.number(2)? {
            0 => false,
            1 => true,
            _ => return Err(Malformed::BadValue(2)),
        };
        Ok(Self { header: RecordHeader::decode(&header_bytes)?, header_bytes, void, signature: fields.array(3)? })
    }

    /// Checks that the log's writer signed it.
    ///
    /// # Errors
    /// [`Unauthentic`]; the peer is to blame.
    pub fn verify(&self, writer: &VerifyKey) -> Result<(), Unauthentic> {
        let void = self.void.then(|| void_message(&self.header_bytes));
        writer.verify(Label::RecordSignature, void.as_ref().unwrap_or(&self.header_bytes), &self.signature)
    }
}

/// A void signs more than the header, so that a record's signature can't be turned into a void's.
fn void_message(header: &[u8]) -> Vec<u8> {
    [header, b"void"].concat()
}
