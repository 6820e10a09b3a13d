//! What encrypts: a port of the core, with MLS send groups behind it in the product.
//!
//! Each device owns one outbound *send group* per conversation. It is leaf 0, the only committer and the only sender;
//! everybody else reads. A reader applies a writer's records strictly in order and keeps nothing of the past, so every
//! message key is gone once used. No key agreement ever needs agreement between devices (`spec/sealing.md`).
//!
//! A sealer holds the state of all send groups of one conversation at one device: its own and those it reads. The
//! state is opaque, disposable and never restored from a backup: any doubt, new group. Changes are collected and handed
//! out by [`Sealer::drain`], so that the caller commits them together with everything else of its step; after a batch
//! that could not be committed the sealer is dropped and loaded again.
//!
//! States of a send group at a reader: *none* → (join) → *joined at a seq* → (join again, by a swap) → *joined at a
//! later seq*. At its writer: *none* → (create) → *open*.

use crate::crypto::{SignKey, VerifyKey};
use kith_base::{DeviceId, LogId, Rng};
use std::fmt;

pub mod mls;

/// The format of the rows that a sealer hands out. It gets another number whenever a version could misread the rows of
/// the one before; they are then dropped, never converted (`spec/vault.md`, VAULT-016).
pub const FORMAT: u64 = 1;

/// A device as the sealer must know it: whom a leaf has to belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeafKey {
    /// The device.
    pub device: DeviceId,
    /// Its signing key, from its person's device list; the leaf's MLS signature key must be this one.
    pub key: VerifyKey,
}

/// A device to be added, with the one-use KeyPackage it gave to this writer (SEAL-041).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// Whom the KeyPackage must belong to.
    pub leaf: LeafKey,
    /// The MLS KeyPackage as received.
    pub key_package: Vec<u8>,
}

/// A change of a send group by its writer: leaves out, leaves in, own leaf refreshed, in one commit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Devices whose leaf goes. A device that is also added is swapped: healed, reinstalled or returning (SEAL-046).
    pub remove: Vec<DeviceId>,
    /// Devices that get a leaf (LOG-033).
    pub add: Vec<Addition>,
}

/// What a change produced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// The commit, the body of the log's next record.
    pub commit: Vec<u8>,
    /// One Welcome for all devices added, if any was.
    pub welcome: Option<Vec<u8>>,
    /// KeyPackages that could not be used, by device: invalid, or not that device's.
    pub unusable: Vec<DeviceId>,
}

/// What a record's body turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// The writer's commit; it is applied.
    Commit,
    /// A sealed plaintext.
    Application(Vec<u8>),
}

/// Why a body was not opened. The peer, or what happened to its bytes, is to blame; nothing was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenError {
    /// This device has no group for that log: it never joined, or the state is gone (SEAL-031).
    NotJoined,
    /// It is a commit, proposal or message of another leaf than 0: a reader's forgery.
    NotTheWriter,
    /// The position inside the signature is not the record's.
    WrongPosition,
    /// An external commit, a bare proposal or anything else that no writer sends.
    NotAllowed,
    /// The commit removes this device without a Welcome at the same place.
    Removed,
    /// It does not decrypt or verify.
    Undecryptable,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotJoined => "this device has not joined that log",
            Self::NotTheWriter => "it was not made by the log's writer",
            Self::WrongPosition => "it was made for another place in the log",
            Self::NotAllowed => "no writer sends such a thing",
            Self::Removed => "it removes this device",
            Self::Undecryptable => "it can't be decrypted",
        })
    }
}

impl std::error::Error for OpenError {}

/// Why a Welcome was not joined; nothing was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinError {
    /// It was made for a KeyPackage that this device does not hold (used, or lost) (WELC-011).
    UnknownKeyPackage,
    /// It is malformed, for another log, or its leaf 0 is not the writer.
    Refused,
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownKeyPackage => "it was made for a KeyPackage that is not here",
            Self::Refused => "it is not a welcome to that log",
        })
    }
}

impl std::error::Error for JoinError {}

/// The caller broke the contract, or the sealer's own state is unusable. Ours to blame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealerFault(pub String);

impl fmt::Display for SealerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the sealing state can't be used: {}", self.0)
    }
}

impl std::error::Error for SealerFault {}

/// One changed row of a sealer's state: a key and its value, or `None` when the row goes.
pub type SealerRow = (Vec<u8>, Option<Vec<u8>>);

/// One conversation's sealing state at one device. See the module's documentation.
///
/// `position` is the canonical encoding of `{log, seq, prev}`; it is MLS authenticated_data of every commit and every
/// message, so that the leaf's signature binds the place (`spec/log.md`).
pub trait Sealer {
    /// Makes this device's own send group, with this device as its only leaf.
    ///
    /// # Errors
    /// [`SealerFault`] when the group exists.
    fn create(&mut self, log: LogId, me: LeafKey, key: &SignKey, rng: &mut Rng) -> Result<(), SealerFault>;

    /// Makes a fresh one-use KeyPackage of this device. Its private parts stay here until it is used or forgotten.
    ///
    /// # Errors
    /// [`SealerFault`] when it can't be made.
    fn key_package(&mut self, me: LeafKey, key: &SignKey, rng: &mut Rng) -> Result<Vec<u8>, SealerFault>;

    /// Deletes the private parts of an unused KeyPackage; nothing happens if there are none.
    fn forget_key_package(&mut self, key_package: &[u8]);

    /// Applies a change to this device's own send group. The commit also refreshes this device's leaf (a rekey).
    ///
    /// # Errors
    /// [`SealerFault`] when the group is not this device's own or the change contradicts it.
    fn commit(
        &mut self,
        log: LogId,
        key: &SignKey,
        position: &[u8],
        change: &Change,
        rng: &mut Rng,
    ) -> Result<Committed, SealerFault>;

    /// Seals a plaintext in this device's own send group.
    ///
    /// # Errors
    /// [`SealerFault`] when the group is not this device's own.
    fn seal(
        &mut self,
        log: LogId,
        key: &SignKey,
        position: &[u8],
        plaintext: &[u8],
        rng: &mut Rng,
    ) -> Result<Vec<u8>, SealerFault>;

    /// Joins (or joins again) a writer's send group.
    ///
    /// # Errors
    /// [`JoinError`]; the state before stands.
    fn join(&mut self, log: LogId, writer: LeafKey, welcome: &[u8]) -> Result<(), JoinError>;

    /// Opens the next record's body of a writer's log.
    ///
    /// # Errors
    /// [`OpenError`]; nothing was applied.
    fn open(&mut self, log: LogId, writer: LeafKey, position: &[u8], body: &[u8]) -> Result<Opened, OpenError>;

    /// The devices that have a leaf in a group, by the order of the leaves. Empty when there is no such group.
    fn leaves(&self, log: LogId) -> Vec<DeviceId>;

    /// Whether a KeyPackage is well made and that device's. One that is may still repeat a key of the group.
    fn usable(&self, addition: &Addition) -> bool;

    /// Deletes everything of a group; nothing happens if there is none.
    fn forget_group(&mut self, log: LogId);

    /// Takes all rows changed since the last call, in ascending order of key.
    fn drain(&mut self) -> Vec<SealerRow>;
}
