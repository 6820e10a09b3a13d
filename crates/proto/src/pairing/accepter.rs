//! The accepter's machine: it speaks first and proves the words first.
//!
//! `start` → [`AwaitElement`] → (second message) → [`AwaitAnswer`] → (fourth message) → [`Paired`] and a last word.

use super::exchange::{Bound, Half, Session, done};
use super::message::{Fifth, First, Fourth, Second, Third, VERSIONS};
use super::{Introduction, Paired, PairingError, PairingSecret, Role};
use crate::crypto::KemSecret;
use kith_base::{Label, Rng};

/// The first message is out; the inviter's half of the key exchange is wanted.
#[must_use]
pub struct AwaitElement {
    half: Half,
    exporter: [u8; 32],
    first: Vec<u8>,
}

/// Begins a pairing on a fresh connection, whose TLS exporter is `exporter`. Returns the first message.
pub fn start(secret: &PairingSecret, exporter: [u8; 32], rng: &mut Rng) -> (AwaitElement, Vec<u8>) {
    let half = Half::start(Role::Accepter, secret.expose(), rng);
    let first = First { versions: VERSIONS, element: *half.element() }.encode();
    (AwaitElement { half, exporter, first: first.clone() }, first)
}

impl AwaitElement {
    /// Takes the inviter's half. Returns the message that proves the words and introduces this side.
    ///
    /// # Errors
    /// [`PairingError`]; the connection is of no use then.
    pub fn on_m2(self, message: &[u8], mine: Introduction) -> Result<(AwaitAnswer, Vec<u8>), PairingError> {
        let second = Second::decode(message)?;
        if !(VERSIONS.0..=VERSIONS.1).contains(&second.version) {
            return Err(PairingError::NoCommonVersion);
        }
        let told = mine.to_tell().map_err(PairingError::OwnIntroduction)?;
        let shared = self.half.finish(&second.element)?;
        let session = Session::new(&shared, &self.first, message, &self.exporter);
        let sealed = session.seal(Role::Accepter, &told)?;
        let third = Third { confirmation: session.confirmation(Role::Accepter, &[]), sealed }.encode();
        let bound = session.bind(&third);
        Ok((AwaitAnswer { session, bound, mine }, third))
    }
}

/// The words are claimed and this side is introduced; the inviter's answer is wanted.
#[must_use]
pub struct AwaitAnswer {
    session: Session,
    bound: Bound,
    mine: Introduction,
}

impl AwaitAnswer {
    /// Takes the inviter's answer. `device_key` is the KEM key of the device that was introduced. Returns the last word,
    /// to be sent once what is in [`Paired`] is durable.
    ///
    /// # Errors
    /// [`PairingError::Refused`] when the inviter says no; anything else means that nobody may be trusted here.
    pub fn on_m4(self, message: &[u8], device_key: &KemSecret) -> Result<(Paired, Vec<u8>), PairingError> {
        let fourth = Fourth::decode(message)?;
        let (session, bound) = (&self.session, &self.bound);
        // PAIR-015
        if !session.confirms(Role::Inviter, &[&bound.0, &fourth.sealed, &fourth.encapsulated], &fourth.confirmation) {
            return Err(PairingError::NotTheInviter);
        }
        let bytes = session.open(Role::Inviter, &fourth.sealed)?;
        let theirs = Introduction::decode(&bytes).map_err(PairingError::Introduction)?;
        theirs.only_device().map_err(PairingError::Introduction)?;
        let part =
            device_key.open(Label::PairingKem, &bound.0, &fourth.encapsulated).map_err(|_| PairingError::Tampered)?;
        let pair_secret = session.pair_secret(&part, bound);
        let last = Fifth { done: done(&pair_secret, message) }.encode();
        Ok((Paired::new(Role::Accepter, pair_secret, self.mine, theirs, bytes), last))
    }
}
