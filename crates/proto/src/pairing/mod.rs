//! Pairing: two people who share a code or a link become contacts. The smallest complete protocol here.
//!
//! ```text
//! accepter                                        inviter
//!  start         ── 1 versions, SPAKE2 half ──▶    AwaitFirst
//!  AwaitElement  ◀─ 2 version, SPAKE2 half ───     AwaitConfirmation
//!  AwaitAnswer   ── 3 proof, [who I am] ──────▶    Verdict: wrong (counted, refused) or Verified
//!  Paired        ◀─ 4 proof, [who I am], KEM ─     Answered
//!                ── 5 I have everything ──────▶    the invitation is used
//! ```
//!
//! It runs over one stream of an endpoint made for the invitation and destroyed with it. Each state is a type, and each
//! transition consumes the state it leaves: no message can come twice or in the wrong order, and a failed run leaves
//! nothing behind.
//!
//! Invariants (`spec/pairing.md`):
//! - The words feed SPAKE2 and nothing else. A stranger gets one guess for each run; the [`Attempts`] of an invitation
//!   are asked before a guess is looked at, and the inviter says nothing about itself or the guess before that.
//! - Everything is bound to the TLS exporter: somebody between two connections fails even with the words in hand.
//! - The pair secret comes from the words' key and an X-Wing encapsulation, so that who records today and breaks curves
//!   later does not have it.

mod accepter;
mod budget;
mod code;
mod exchange;
mod introduction;
mod inviter;
mod link;
mod message;
mod wordlist;

pub use accepter::{AwaitAnswer, AwaitElement, start};
pub use budget::{Attempts, Death, Standing};
pub use code::{Code, CodeError, Locator, locator_name};
pub use introduction::{Introduction, IntroductionError};
pub use inviter::{Answered, AwaitConfirmation, AwaitFirst, Verdict, Verified};
pub use link::{Link, LinkError, LinkSecret, link_name};
pub use message::{Refusal, VERSIONS, refuse};

use kith_base::codec::Malformed;
use kith_base::label::hash;
use kith_base::{ConversationId, Label, Secret};
use std::fmt;
use zeroize::Zeroizing;

/// Which part a side plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It gave the code or link away.
    Inviter,
    /// It was given the code or link.
    Accepter,
}

/// What both sides must have for a pairing to succeed: a code's words or a link's secret.
#[derive(Clone)]
pub struct PairingSecret(Zeroizing<Vec<u8>>);

impl PairingSecret {
    fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl From<&Code> for PairingSecret {
    fn from(code: &Code) -> Self {
        Self(Zeroizing::new(code.words().into_bytes()))
    }
}

impl From<&LinkSecret> for PairingSecret {
    fn from(secret: &LinkSecret) -> Self {
        Self(Zeroizing::new(secret.expose().to_vec()))
    }
}

impl fmt::Debug for PairingSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PairingSecret")
    }
}

/// What came of a pairing, equal on both sides but for who is who.
#[derive(Clone, PartialEq, Eq)]
pub struct Paired {
    /// The part this side played.
    pub role: Role,
    /// The conversation the two have from here on.
    pub conversation: ConversationId,
    /// The secret of the two devices: it opens hellos and heartbeats.
    pub pair_secret: Secret,
    /// What this side said about itself.
    pub mine: Introduction,
    /// What the other side said about itself.
    pub theirs: Introduction,
    /// The same as received, with any field that this version does not know.
    pub theirs_bytes: Vec<u8>,
}

impl Paired {
    fn new(role: Role, pair_secret: Secret, mine: Introduction, theirs: Introduction, theirs_bytes: Vec<u8>) -> Self {
        let (inviter, accepter) = match role {
            Role::Inviter => (&mine, &theirs),
            Role::Accepter => (&theirs, &mine),
        };
        let conversation = conversation_id(inviter, accepter);
        Self { role, conversation, pair_secret, mine, theirs, theirs_bytes }
    }
}

impl fmt::Debug for Paired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Paired as {:?} in {:?}", self.role, self.conversation)
    }
}

/// The id of a relationship's conversation: over both bundles and both salts, the inviter's first.
pub fn conversation_id(inviter: &Introduction, accepter: &Introduction) -> ConversationId {
    // PAIR-021
    let parts = [inviter.bundle.bytes(), accepter.bundle.bytes(), &inviter.salt, &accepter.salt];
    ConversationId::from_bytes(hash(Label::Conversation, &parts))
}

/// Why a pairing can't go on; the run is over. Unless said otherwise the peer is to blame, or who stands between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairingError {
    /// Not the canonical encoding of the message awaited.
    Malformed(Malformed),
    /// A message longer than any may be.
    TooLong,
    /// A message of this number where another is awaited.
    Unexpected(u64),
    /// No version of the protocol is common; nobody is to blame.
    NoCommonVersion,
    /// This side's own half of the key exchange came back.
    Reflected,
    /// A half of the key exchange, or a key to seal to, is none.
    BadElement,
    /// The inviter did not prove the words: somebody else stands in its place.
    NotTheInviter,
    /// A sealed part or last word is not what was sent.
    Tampered,
    /// Somebody who has the words introduces himself wrongly.
    Introduction(IntroductionError),
    /// What the caller wants to say about this side would not be believed: the caller is to blame.
    OwnIntroduction(IntroductionError),
    /// The other side ended it with a reason.
    Refused {
        /// The reason.
        reason: Refusal,
        /// How many more wrong confirmations the invitation stands, if it says so.
        tries_left: Option<u32>,
    },
}

impl PairingError {
    /// What to tell the other side before hanging up; nothing when it hung up itself.
    pub const fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Refused { .. } => None,
            Self::NoCommonVersion => Some(Refusal::Version),
            _ => Some(Refusal::Broken),
        }
    }
}

impl From<Malformed> for PairingError {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl fmt::Display for PairingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(malformed) => write!(f, "what the other side sent can't be read: {malformed}"),
            Self::TooLong => write!(f, "the other side sent too much"),
            Self::Unexpected(kind) => write!(f, "the other side sent message {kind} out of turn"),
            Self::NoCommonVersion => Refusal::Version.fmt(f),
            Self::Reflected => write!(f, "this device's own words came back: nobody is at the other end"),
            Self::BadElement => write!(f, "the other side sent a key that is none"),
            Self::NotTheInviter => write!(f, "this is not who invited you: ask for a new invitation"),
            Self::Tampered => write!(f, "what the other side sent was changed on the way: ask for a new invitation"),
            Self::Introduction(error) => error.fmt(f),
            Self::OwnIntroduction(error) => write!(f, "this device can't introduce itself: {error}"),
            Self::Refused { reason, tries_left: Some(tries) } => write!(f, "{reason} ({tries} tries left)"),
            Self::Refused { reason, tries_left: None } => reason.fmt(f),
        }
    }
}

impl std::error::Error for PairingError {}
