//! MLS send groups: the product's [`Sealer`], OpenMLS with the suite X-Wing, ChaCha20-Poly1305, SHA-256, Ed25519.
//!
//! [`MlsSealer`] holds one OpenMLS group per log and the unused KeyPackages of this device. Everything it holds are
//! rows; group objects are a cache of them. Two invariants: a call that fails leaves the rows as they were, and what a
//! call makes follows from the rows, its arguments and the generator alone (`spec/sealing.md` names the one exception).
//!
//! [`provider`] is what OpenMLS computes with, [`rows`] what it stores in, [`leaf`] says what a leaf is, [`group`] what
//! a send group allows.
//!
//! A row's key is a kind (`g` or `k`), for `g` the log's id, then OpenMLS' own key.

mod group;
mod leaf;
mod provider;
mod rows;

use super::{Addition, Change, Committed, JoinError, LeafKey, OpenError, Opened, Sealer, SealerFault, SealerRow};
use crate::crypto::SignKey;
use group::SendGroup;
use kith_base::{DeviceId, LogId, Rng};
use leaf::LeafSigner;
use openmls::prelude::KeyPackage;
use openmls::prelude::tls_codec::Serialize as _;
use openmls_traits::storage::StorageProvider as _;
use provider::{Provider, SUITE, StepCrypto};
use rows::{Changed, Rows, Shelf};
use std::collections::BTreeMap;

const GROUP: u8 = b'g';
const KEY_PACKAGE: u8 = b'k';

/// One conversation's send groups at one device.
#[derive(Default)]
pub struct MlsSealer {
    groups: BTreeMap<LogId, SendGroup>,
    key_packages: Shelf,
    undrained: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
}

impl MlsSealer {
    /// A sealer without any group.
    pub fn new() -> Self {
        Self::default()
    }

    /// The sealer with the rows that [`Sealer::drain`] gave. Rows of a kind unknown here are left alone.
    pub fn load(rows: impl IntoIterator<Item = (Vec<u8>, Vec<u8>)>) -> Self {
        let mut groups: BTreeMap<LogId, Rows> = BTreeMap::new();
        let mut key_packages = Rows::new();
        for (key, value) in rows {
            match read_key(&key) {
                Some((Some(log), key)) => {
                    groups.entry(log).or_default().insert(key, value);
                }
                Some((None, key)) => {
                    key_packages.insert(key, value);
                }
                // VAULT-016
                None => {}
            }
        }
        Self {
            groups: groups.into_iter().map(|(log, rows)| (log, SendGroup::load(log, rows))).collect(),
            key_packages: Shelf::load(key_packages),
            undrained: BTreeMap::new(),
        }
    }

    /// The group that this device writes.
    fn own(&mut self, log: LogId) -> Result<&mut SendGroup, SealerFault> {
        self.groups.get_mut(&log).ok_or_else(|| SealerFault("there is no group for that log".into()))
    }

    fn note(&mut self, log: Option<LogId>, changed: Vec<Changed>) {
        self.undrained.extend(changed.into_iter().map(|(key, value)| (row_key(log, &key), value)));
    }

    fn note_group(&mut self, log: LogId) {
        let changed = self.groups.get_mut(&log).map(SendGroup::accept).unwrap_or_default();
        self.note(Some(log), changed);
    }

    fn note_key_packages(&mut self) {
        let changed = self.key_packages.accept();
        self.note(None, changed);
    }
}

impl Sealer for MlsSealer {
    fn create(&mut self, log: LogId, me: LeafKey, key: &SignKey, rng: &mut Rng) -> Result<(), SealerFault> {
        check_key(me, key)?;
        if self.groups.contains_key(&log) {
            return Err(SealerFault("the log has a group".into()));
        }
        self.groups.insert(log, SendGroup::create(log, &me, key, rng)?);
        self.note_group(log);
        Ok(())
    }

    fn key_package(&mut self, me: LeafKey, key: &SignKey, rng: &mut Rng) -> Result<Vec<u8>, SealerFault> {
        check_key(me, key)?;
        let bytes = KeyPackage::builder()
            .leaf_node_capabilities(leaf::capabilities())
            .key_package_lifetime(leaf::lifetime())
            .build(SUITE, &Provider::making(self.key_packages.working(), rng), &LeafSigner(key), leaf::credential(&me))
            .map_err(|error| SealerFault(error.to_string()))
            .and_then(|made| {
                made.key_package().tls_serialize_detached().map_err(|error| SealerFault(error.to_string()))
            });
        if bytes.is_err() {
            self.key_packages.reject();
        }
        self.note_key_packages();
        bytes
    }

    fn forget_key_package(&mut self, key_package: &[u8]) {
        let reference = leaf::parse(key_package).and_then(|package| package.hash_ref(&StepCrypto::reading()).ok());
        if let Some(reference) = reference
            && self.key_packages.working().delete_key_package(&reference).is_ok()
        {
            self.note_key_packages();
        }
    }

    fn commit(
        &mut self,
        log: LogId,
        key: &SignKey,
        position: &[u8],
        change: &Change,
        rng: &mut Rng,
    ) -> Result<Committed, SealerFault> {
        let committed = self.own(log)?.commit(key, position, change, rng)?;
        self.note_group(log);
        Ok(committed)
    }

    fn seal(
        &mut self,
        log: LogId,
        key: &SignKey,
        position: &[u8],
        plaintext: &[u8],
        rng: &mut Rng,
    ) -> Result<Vec<u8>, SealerFault> {
        let sealed = self.own(log)?.seal(key, position, plaintext, rng)?;
        self.note_group(log);
        Ok(sealed)
    }

    fn join(&mut self, log: LogId, writer: LeafKey, welcome: &[u8]) -> Result<(), JoinError> {
        if self.groups.get(&log).is_some_and(SendGroup::is_own) {
            return Err(JoinError::Refused);
        }
        // SEAL-026
        let (group, used) = SendGroup::join(log, &writer, welcome, &self.key_packages)?;
        // SEAL-013
        if self.key_packages.working().delete_key_package(&used).is_err() {
            self.key_packages.reject();
            return Err(JoinError::Refused);
        }
        self.note_key_packages();
        if let Some(old) = self.groups.insert(log, group) {
            self.note(Some(log), old.keys().map(|key| (key.clone(), None)).collect());
        }
        self.note_group(log);
        Ok(())
    }

    fn open(&mut self, log: LogId, writer: LeafKey, position: &[u8], body: &[u8]) -> Result<Opened, OpenError> {
        let opened = self.groups.get_mut(&log).ok_or(OpenError::NotJoined)?.open(&writer, position, body)?;
        self.note_group(log);
        Ok(opened)
    }

    fn leaves(&self, log: LogId) -> Vec<DeviceId> {
        self.groups.get(&log).map(SendGroup::leaves).unwrap_or_default()
    }

    fn usable(&self, addition: &Addition) -> bool {
        leaf::key_package(&addition.leaf, &addition.key_package).is_some()
    }

    fn forget_group(&mut self, log: LogId) {
        if let Some(group) = self.groups.remove(&log) {
            let gone = group.keys().map(|key| (key.clone(), None)).collect();
            self.note(Some(log), gone);
        }
    }

    fn drain(&mut self) -> Vec<SealerRow> {
        std::mem::take(&mut self.undrained).into_iter().collect()
    }
}

fn check_key(me: LeafKey, key: &SignKey) -> Result<(), SealerFault> {
    if key.public() == me.key { Ok(()) } else { Err(SealerFault("the key is not this device's".into())) }
}

fn row_key(log: Option<LogId>, key: &[u8]) -> Vec<u8> {
    match log {
        Some(log) => [&[GROUP], log.as_bytes().as_slice(), key].concat(),
        None => [&[KEY_PACKAGE], key].concat(),
    }
}

fn read_key(key: &[u8]) -> Option<(Option<LogId>, Vec<u8>)> {
    match key.split_first()? {
        (&GROUP, rest) => {
            let (log, key) = rest.split_at_checked(LogId::LEN)?;
            Some((Some(LogId::from_slice(log)?), key.to_vec()))
        }
        (&KEY_PACKAGE, rest) => Some((None, rest.to_vec())),
        _ => None,
    }
}
