//! The messages of a pairing on the wire, and the registry of refusals.
//!
//! Every message says in its first field which one it is, so that none can pass for another (PAIR-010).

use super::PairingError;
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::limits::PAIRING_BYTES_MAX;
use std::fmt;

/// The lowest and highest version of this protocol that this program speaks.
pub const VERSIONS: (u64, u64) = (1, 1);

const KIND: u32 = 1;
const REFUSAL: u64 = 15;

/// A to I: what the accepter speaks, and its half of the key exchange.
pub(super) struct First {
    pub(super) versions: (u64, u64),
    pub(super) element: [u8; 33],
}

/// I to A: what is spoken, and the inviter's half.
pub(super) struct Second {
    pub(super) version: u64,
    pub(super) element: [u8; 33],
}

/// A to I: the accepter has the right words, and who it is.
pub(super) struct Third {
    pub(super) confirmation: [u8; 32],
    pub(super) sealed: Vec<u8>,
}

/// I to A: the inviter has the right words, who it is, and its part of the pair secret.
pub(super) struct Fourth {
    pub(super) confirmation: [u8; 32],
    pub(super) sealed: Vec<u8>,
    pub(super) encapsulated: Vec<u8>,
}

/// A to I: the accepter has everything.
pub(super) struct Fifth {
    pub(super) done: [u8; 32],
}

impl First {
    pub(super) fn encode(&self) -> Vec<u8> {
        kind(1)
            .number(Tag::must(2), self.versions.0)
            .number(Tag::must(3), self.versions.1)
            .bytes(Tag::must(4), &self.element)
            .done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, PairingError> {
        let fields = open(bytes, 1, &[KIND, 2, 3, 4])?;
        Ok(Self { versions: (fields.number(2)?, fields.number(3)?), element: fields.array(4)? })
    }
}

impl Second {
    pub(super) fn encode(&self) -> Vec<u8> {
        kind(2).number(Tag::must(2), self.version).bytes(Tag::must(3), &self.element).done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, PairingError> {
        let fields = open(bytes, 2, &[KIND, 2, 3])?;
        Ok(Self { version: fields.number(2)?, element: fields.array(3)? })
    }
}

impl Third {
    pub(super) fn encode(&self) -> Vec<u8> {
        kind(3).bytes(Tag::must(2), &self.confirmation).bytes(Tag::must(3), &self.sealed).done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, PairingError> {
        let fields = open(bytes, 3, &[KIND, 2, 3])?;
        Ok(Self { confirmation: fields.array(2)?, sealed: fields.bytes(3)?.to_vec() })
    }
}

impl Fourth {
    pub(super) fn encode(&self) -> Vec<u8> {
        kind(4)
            .bytes(Tag::must(2), &self.confirmation)
            .bytes(Tag::must(3), &self.sealed)
            .bytes(Tag::must(4), &self.encapsulated)
            .done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, PairingError> {
        let fields = open(bytes, 4, &[KIND, 2, 3, 4])?;
        Ok(Self {
            confirmation: fields.array(2)?,
            sealed: fields.bytes(3)?.to_vec(),
            encapsulated: fields.bytes(4)?.to_vec(),
        })
    }
}

impl Fifth {
    pub(super) fn encode(&self) -> Vec<u8> {
        kind(5).bytes(Tag::must(2), &self.done).done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, PairingError> {
        let fields = open(bytes, 5, &[KIND, 2])?;
        Ok(Self { done: fields.array(2)? })
    }
}

/// The message that ends a pairing with a reason. A reason the peer does not know is shown to it as a number.
pub fn refuse(reason: Refusal, tries_left: Option<u32>) -> Vec<u8> {
    let message = kind(REFUSAL).number(Tag::must(2), reason.number());
    match tries_left {
        Some(tries) => message.number(Tag::may(3), u64::from(tries)).done(),
        None => message.done(),
    }
}

fn kind(number: u64) -> Writer {
    Writer::new().number(Tag::must(KIND), number)
}

/// Splits a message of the wanted kind; a refusal becomes an error wherever it comes.
fn open<'a>(bytes: &'a [u8], wanted: u64, known: &[u32]) -> Result<Fields<'a>, PairingError> {
    if bytes.len() > PAIRING_BYTES_MAX {
        return Err(PairingError::TooLong);
    }
    let fields = Fields::parse(bytes)?;
    // PAIR-010
    match fields.number(KIND)? {
        kind if kind == wanted => {}
        REFUSAL => return Err(refused(&fields)?),
        kind => return Err(PairingError::Unexpected(kind)),
    }
    fields.refuse_unknown(known)?;
    Ok(fields)
}

fn refused(fields: &Fields<'_>) -> Result<PairingError, Malformed> {
    let reason = Refusal::from_number(fields.number(2)?);
    let tries_left = fields.optional_number(3)?.and_then(|tries| u32::try_from(tries).ok());
    Ok(PairingError::Refused { reason, tries_left })
}

/// Why the other side ends a pairing. Numbers are for ever; an unknown one is kept and reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The words (or the link) are not those of the invitation.
    WrongWords,
    /// The invitation is used, expired, or was guessed at too often.
    Dead,
    /// Another pairing is going on with this invitation.
    Busy,
    /// Both invited each other at once, and the other invitation goes on.
    Crossed,
    /// No version of the protocol is common.
    Version,
    /// It is the accepter's own invitation.
    Mine,
    /// A message could not be read or broke a rule.
    Broken,
    /// A reason of a later version.
    Other(u64),
}

impl Refusal {
    /// The number on the wire.
    pub const fn number(self) -> u64 {
        match self {
            Self::WrongWords => 1,
            Self::Dead => 2,
            Self::Busy => 3,
            Self::Crossed => 4,
            Self::Version => 5,
            Self::Mine => 6,
            Self::Broken => 7,
            Self::Other(number) => number,
        }
    }

    /// The reason of this number.
    pub const fn from_number(number: u64) -> Self {
        match number {
            1 => Self::WrongWords,
            2 => Self::Dead,
            3 => Self::Busy,
            4 => Self::Crossed,
            5 => Self::Version,
            6 => Self::Mine,
            7 => Self::Broken,
            // PAIR-030
            other => Self::Other(other),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongWords => write!(f, "the words are not right: compare them and try again"),
            Self::Dead => write!(f, "the invitation does not stand any more: ask for a new one"),
            Self::Busy => write!(f, "somebody is answering this invitation: try again in a moment"),
            Self::Crossed => write!(f, "you invited each other at once: the other invitation goes on"),
            Self::Version => write!(f, "the two programs have no common version: update the older one"),
            Self::Mine => write!(f, "this is your own invitation: give it to somebody else"),
            Self::Broken => write!(f, "the other side could not read what was sent"),
            Self::Other(number) => {
                write!(f, "the other side refused for reason {number}, which a newer version can name")
            }
        }
    }
}
