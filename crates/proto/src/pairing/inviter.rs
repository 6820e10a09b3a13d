//! The inviter's machine: it answers, checks the words before it says anything about itself, and confirms last.
//!
//! [`AwaitFirst`] → (first message) → [`AwaitConfirmation`] → (third message) → [`Verdict`]: wrong words are counted and
//! refused, right ones give [`Verified`] → `answer` → [`Answered`] → (last word) → the invitation is used.

use super::budget::{Attempts, Standing};
use super::exchange::{Bound, Half, Session, done};
use super::message::{Fifth, First, Fourth, Refusal, Second, Third, VERSIONS, refuse};
use super::{Introduction, Paired, PairingError, PairingSecret, Role};
use kith_base::{Label, Mono, Rng};
use zeroize::Zeroizing;

/// Somebody connected to the invitation's endpoint; nothing was said.
#[must_use]
pub struct AwaitFirst {
    secret: PairingSecret,
    exporter: [u8; 32],
}

impl AwaitFirst {
    /// Begins on a fresh connection, whose TLS exporter is `exporter`.
    pub const fn new(secret: PairingSecret, exporter: [u8; 32]) -> Self {
        Self { secret, exporter }
    }

    /// Takes the accepter's half of the key exchange and returns this side's.
    ///
    /// # Errors
    /// [`PairingError`]; the connection is of no use then, and no guess was made.
    pub fn on_m1(self, message: &[u8], rng: &mut Rng) -> Result<(AwaitConfirmation, Vec<u8>), PairingError> {
        let first = First::decode(message)?;
        let version = VERSIONS.1.min(first.versions.1);
        if version < VERSIONS.0.max(first.versions.0) {
            return Err(PairingError::NoCommonVersion);
        }
        let half = Half::start(Role::Inviter, self.secret.expose(), rng);
        let second = Second { version, element: *half.element() }.encode();
        let shared = half.finish(&first.element)?;
        let session = Session::new(&shared, message, &second, &self.exporter);
        Ok((AwaitConfirmation { session }, second))
    }
}

/// The key exchange is done; the accepter's proof that it has the words is wanted.
#[must_use]
pub struct AwaitConfirmation {
    session: Session,
}

/// What an accepter's confirmation turned out to be.
#[must_use]
pub enum Verdict {
    /// It has the words and says who it is. Nothing about this side was said.
    Right(Box<Verified>),
    /// It has other words. The budget is one smaller: store that before the refusal is sent.
    Wrong {
        /// The message that says so.
        refusal: Vec<u8>,
        /// How many more may be wrong.
        tries_left: u32,
    },
    /// The invitation does not stand; whether the words were right was not looked at.
    Dead {
        /// The message that says so.
        refusal: Vec<u8>,
    },
}

impl AwaitConfirmation {
    /// Checks the accepter's proof. The budget is asked first: of any number of connections that have come this far,
    /// only as many are looked at as may be wrong.
    ///
    /// # Errors
    /// [`PairingError`] when the message is no proof at all (which is no guess either), or when somebody who has the
    /// words introduces himself wrongly.
    pub fn on_m3(self, message: &[u8], attempts: &mut Attempts, now: Mono) -> Result<Verdict, PairingError> {
        let third = Third::decode(message)?;
        // PAIR-014, PAIR-040
        if let Standing::Dead(_) = attempts.standing(now) {
            return Ok(Verdict::Dead { refusal: refuse(Refusal::Dead, None) });
        }
        if !self.session.confirms(Role::Accepter, &[], &third.confirmation) {
            let tries_left = attempts.count_failure();
            return Ok(Verdict::Wrong { refusal: refuse(Refusal::WrongWords, Some(tries_left)), tries_left });
        }
        let bytes = self.session.open(Role::Accepter, &third.sealed)?;
        let theirs = Introduction::decode(&bytes).map_err(PairingError::Introduction)?;
        theirs.only_device().map_err(PairingError::Introduction)?;
        let bound = self.session.bind(message);
        Ok(Verdict::Right(Box::new(Verified { session: self.session, bound, theirs, bytes })))
    }
}

/// The accepter has the words and has said who it is; this side may answer, or refuse with [`refuse`].
#[must_use]
pub struct Verified {
    session: Session,
    bound: Bound,
    theirs: Introduction,
    bytes: Vec<u8>,
}

impl Verified {
    /// Who the accepter is.
    pub const fn theirs(&self) -> &Introduction {
        &self.theirs
    }

    /// Introduces this side and completes the pair secret. The reply is sent once what is in [`Paired`] is durable.
    ///
    /// # Errors
    /// [`PairingError`] when either introduction can't be used.
    pub fn answer(self, mine: Introduction, rng: &mut Rng) -> Result<(Answered, Vec<u8>), PairingError> {
        let told = mine.to_tell().map_err(PairingError::OwnIntroduction)?;
        let (session, bound) = (&self.session, &self.bound);
        let their_device = self.theirs.only_device().map_err(PairingError::Introduction)?;
        let part = Zeroizing::new(rng.bytes::<32>());
        let encapsulated =
            their_device.kem.seal(Label::PairingKem, &bound.0, &*part, rng).map_err(|_| PairingError::BadElement)?;
        let sealed = session.seal(Role::Inviter, &told)?;
        // PAIR-015
        let confirmation = session.confirmation(Role::Inviter, &[&bound.0, &sealed, &encapsulated]);
        let fourth = Fourth { confirmation, sealed, encapsulated }.encode();
        let pair_secret = session.pair_secret(&*part, bound);
        let done = done(&pair_secret, &fourth);
        let paired = Paired::new(Role::Inviter, pair_secret, mine, self.theirs, self.bytes);
        Ok((Answered { paired, done }, fourth))
    }
}

/// This side has everything; whether the accepter has is known when its last word comes, or its first hello.
#[must_use]
pub struct Answered {
    /// What came of it.
    pub paired: Paired,
    done: [u8; 32],
}

impl Answered {
    /// Checks the accepter's last word. After it the invitation is used ([`Attempts::close`]).
    ///
    /// # Errors
    /// [`PairingError`] when it is not that; the invitation stays open.
    pub fn on_m5(&self, message: &[u8]) -> Result<(), PairingError> {
        let fifth = Fifth::decode(message)?;
        if kith_base::label::mac_eq(&fifth.done, &self.done) { Ok(()) } else { Err(PairingError::Tampered) }
    }
}
