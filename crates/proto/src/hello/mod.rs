//! Hello: two devices that are paired recognise each other on a connection that anybody could have opened.
//!
//! ```text
//! initiator                                     responder
//!  start        ── proof("i") ──────────────▶    respond: finds the pair by trial, or says nothing, ever
//!  AwaitProof   ◀─ proof("r") ───────────────    Proven
//!  Proven       ── signed greeting ─────────▶    AwaitGreeting
//!  AwaitGreeting ◀─ signed greeting ─────────    Greeted
//!  Greeted
//! ```
//!
//! A connection's endpoint ids say where, not who. The initiator proves first, with the pair secret and the exporter of
//! this one TLS connection, so that a responder is no oracle for who lives behind an address; what is signed goes out
//! only once both have proven the pair secret. There is no 0-RTT: it has no exporter of its own.
//!
//! Invariants (`spec/hello.md`):
//! - Nothing that was said on one connection is of use on another: everything is over its exporter.
//! - The two directions can't be exchanged: proofs and signatures name the role.
//! - A device that greets is the one that the pair secret was made with, by its signature.

mod greeting;
mod heartbeat;
mod settle;

pub use greeting::{AwaitGreeting, Endpoints, Greeted, Greeting, Peer};
pub use heartbeat::{Candidate, HEARTBEAT_BYTES, Heartbeat, HeartbeatKind, hear};
pub use settle::{Keep, Met, settle};

use kith_base::codec::Malformed;
use kith_base::label::{mac, mac_eq};
use kith_base::{Label, Secret};
use std::fmt;

/// Length of a proof: a version byte and an authentication code.
pub const PROOF_BYTES: usize = 33;

/// The version of the hello that the first byte of a proof names.
const VERSION: u8 = 1;

/// Which part a device plays on a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It opened the connection.
    Initiator,
    /// It was connected to.
    Responder,
}

impl Role {
    /// The other part.
    const fn other(self) -> Self {
        match self {
            Self::Initiator => Self::Responder,
            Self::Responder => Self::Initiator,
        }
    }
}

fn code(role: Role, secret: &Secret, exporter: &[u8; 32]) -> [u8; 32] {
    let role: &[u8] = match role {
        Role::Initiator => b"i",
        Role::Responder => b"r",
    };
    // HELLO-001
    mac(Label::HelloProof, secret, &[exporter, &[VERSION], role])
}

fn proof(role: Role, secret: &Secret, exporter: &[u8; 32]) -> [u8; PROOF_BYTES] {
    let mut proof = [VERSION; PROOF_BYTES];
    let [_, rest @ ..] = &mut proof;
    rest.copy_from_slice(&code(role, secret, exporter));
    proof
}

/// The authentication code of a proof of this version.
fn read(proof: &[u8]) -> Option<&[u8; 32]> {
    match proof.split_first() {
        Some((&VERSION, code)) => code.try_into().ok(),
        _ => None,
    }
}

/// The initiator's proof is out; the responder's is wanted.
#[must_use]
pub struct AwaitProof {
    secret: Secret,
    exporter: [u8; 32],
}

/// Begins a hello with the device that this pair secret is shared with. Returns the first message.
pub fn start(secret: Secret, exporter: [u8; 32]) -> (AwaitProof, [u8; PROOF_BYTES]) {
    let proof = proof(Role::Initiator, &secret, &exporter);
    (AwaitProof { secret, exporter }, proof)
}

impl AwaitProof {
    /// Takes the responder's proof.
    ///
    /// # Errors
    /// [`HelloError::NotThePeer`]: somebody else is at that address.
    pub fn on_proof(self, message: &[u8]) -> Result<Proven, HelloError> {
        let theirs = read(message).ok_or(HelloError::NotThePeer)?;
        if !mac_eq(theirs, &code(Role::Responder, &self.secret, &self.exporter)) {
            return Err(HelloError::NotThePeer);
        }
        Ok(Proven { role: Role::Initiator, exporter: self.exporter })
    }
}

/// Finds which pair the first message on a connection is from, by trial over all pair secrets, and answers it. `None`
/// means silence: not a byte goes back, and the connection is closed as if nobody were there (HELLO-002).
pub fn respond<'a, I>(
    message: &[u8],
    exporter: [u8; 32],
    candidates: impl IntoIterator<Item = (I, &'a Secret)>,
) -> Option<(I, Proven, [u8; PROOF_BYTES])> {
    let theirs = read(message)?;
    let (id, secret) =
        candidates.into_iter().find(|(_, secret)| mac_eq(theirs, &code(Role::Initiator, secret, &exporter)))?;
    Some((id, Proven { role: Role::Responder, exporter }, proof(Role::Responder, secret, &exporter)))
}

/// Both ends have the pair secret; each may say, signed, who it is ([`Proven::greet`]).
#[must_use]
pub struct Proven {
    role: Role,
    exporter: [u8; 32],
}

/// Why a hello failed; the connection is closed. The other end is to blame, or it is somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelloError {
    /// Who is at the other end does not have the pair secret.
    NotThePeer,
    /// Not the canonical encoding of a greeting.
    Malformed(Malformed),
    /// A greeting longer than any may be.
    TooLong,
    /// Another device than the one that the pair secret was made with.
    OtherDevice,
    /// The signature is not that device's, or not for this connection.
    NotSigned,
    /// No version of the conversation protocol is common; nobody is to blame.
    NoCommonVersion,
}

impl From<Malformed> for HelloError {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl fmt::Display for HelloError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotThePeer => write!(f, "somebody else is at that address"),
            Self::Malformed(malformed) => write!(f, "the greeting can't be read: {malformed}"),
            Self::TooLong => write!(f, "the greeting is too long"),
            Self::OtherDevice => write!(f, "another device answered than the one that was paired"),
            Self::NotSigned => write!(f, "the greeting is not signed by the device that was paired"),
            Self::NoCommonVersion => write!(f, "the two programs have no common version: update the older one"),
        }
    }
}

impl std::error::Error for HelloError {}
