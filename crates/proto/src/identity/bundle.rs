//! The identity bundle: the keys that one person is known by in one relationship.
//!
//! It is given once, in the pairing, and never changes: what changes later is a device list that these keys sign. The
//! person id is the hash of its bytes as received, so a field that this version does not know is part of who they are.

use super::seed::RecoveryPublic;
use crate::crypto::{KemPublic, VerifyKey};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::label::hash;
use kith_base::limits::BUNDLE_BYTES_MAX;
use kith_base::{Label, PersonId};
use std::fmt;

/// The only suite so far, by its MLS number: X-Wing, ChaCha20-Poly1305, SHA-256, Ed25519.
pub const SUITE: u16 = 0x004d;

/// One person's keys in one relationship (ID-020, ID-023).
#[derive(Clone, PartialEq, Eq)]
pub struct Bundle {
    suite: u16,
    pairwise: VerifyKey,
    recovery_sign: VerifyKey,
    recovery_kem: KemPublic,
    /// Asked for with every event.
    person: PersonId,
    bytes: Vec<u8>,
}

impl Bundle {
    /// A new relationship's bundle, from a fresh pairwise key and an unused recovery key of the pool.
    pub fn new(pairwise: VerifyKey, recovery: &RecoveryPublic) -> Self {
        let bytes = Writer::new()
            .number(Tag::must(1), u64::from(SUITE))
            .bytes(Tag::must(2), pairwise.as_bytes())
            .bytes(Tag::must(3), recovery.sign.as_bytes())
            .bytes(Tag::must(4), recovery.kem.as_bytes())
            .done();
        let person = person_of(&bytes);
        Self { suite: SUITE, pairwise, recovery_sign: recovery.sign, recovery_kem: recovery.kem.clone(), person, bytes }
    }

    /// Reads a bundle and keeps its bytes as they are (ENC-004, ID-021, ID-022).
    ///
    /// # Errors
    /// [`BundleError`] when the bytes are no bundle of a known suite.
    pub fn decode(bytes: &[u8]) -> Result<Self, BundleError> {
        if bytes.len() > BUNDLE_BYTES_MAX {
            return Err(BundleError::TooLong);
        }
        let fields = Fields::parse(bytes)?;
        let suite = fields.number(1)?;
        if suite != u64::from(SUITE) {
            return Err(BundleError::Suite(suite));
        }
        fields.refuse_unknown(&[1, 2, 3, 4])?;
        let pairwise = VerifyKey::from_bytes(fields.array(2)?);
        let recovery_sign = VerifyKey::from_bytes(fields.array(3)?);
        if pairwise == recovery_sign {
            return Err(BundleError::SameKey);
        }
        let recovery_kem = KemPublic::from_slice(fields.bytes(4)?).ok_or(Malformed::BadValue(4))?;
        Ok(Self {
            suite: SUITE,
            pairwise,
            recovery_sign,
            recovery_kem,
            person: person_of(bytes),
            bytes: bytes.to_vec(),
        })
    }

    /// The canonical bytes as received.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Who this is.
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// The suite all keys and seals of this relationship are of.
    pub const fn suite(&self) -> u16 {
        self.suite
    }

    /// Signs device lists until a recovery replaces it.
    pub const fn pairwise(&self) -> &VerifyKey {
        &self.pairwise
    }

    /// Signs the replacement of the pairwise key.
    pub const fn recovery_sign(&self) -> &VerifyKey {
        &self.recovery_sign
    }

    /// What is left for somebody who has only the words is sealed to it.
    pub const fn recovery_kem(&self) -> &KemPublic {
        &self.recovery_kem
    }
}

impl fmt::Debug for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bundle {:?}", self.person())
    }
}

/// Why bytes are not an identity bundle. The peer is to blame, or its version is newer than this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BundleError {
    /// Not the canonical encoding of a bundle.
    Malformed(Malformed),
    /// Longer than a bundle may be.
    TooLong,
    /// Keys of a suite that this version does not have.
    Suite(u64),
    /// The recovery key is the pairwise key: who steals one has both.
    SameKey,
}

fn person_of(bundle: &[u8]) -> PersonId {
    PersonId::from_bytes(hash(Label::Person, &[bundle]))
}

impl From<Malformed> for BundleError {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl fmt::Display for BundleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(malformed) => write!(f, "the identity can't be read: {malformed}"),
            Self::TooLong => write!(f, "the identity is larger than {BUNDLE_BYTES_MAX} bytes"),
            Self::Suite(suite) => {
                write!(f, "the identity uses keys of kind {suite:#06x}: a newer version of Kith can read it")
            }
            Self::SameKey => write!(f, "the identity uses one key for two purposes"),
        }
    }
}

impl std::error::Error for BundleError {}
