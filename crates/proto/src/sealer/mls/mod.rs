//! MLS send groups: the product's [`Sealer`], OpenMLS with the suite X-Wing, ChaCha20-Poly1305, SHA-256, Ed25519.
//!
//! [`MlsSealer`] holds one OpenMLS group per log and the unused KeyPackages of this device. Everything it holds are
//! rows; group objects are a cache of them. Two invariants: a call that fails leaves the rows as they were, and what a
//! call makes follows from the rows, its arguments and the generator alone (`spec/sealing.md` names the one exception).
//!
//! [`provider`] is what OpenMLS computes with, [`rows`] what it stores in, [`packed`] how that is handed out, [`leaf`] says what a leaf is, [`group`] what
//! a send group allows.
//!
//! A row's key is a kind (`g` or `k`), for `g` the log's id, then OpenMLS' own key.

mod group;
mod leaf;
mod packed;
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
pub use packed::unpack;
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
                    groups.entry(log).or_default().insert(key, unpack(value));
                }
                Some((None, key)) => {
                    key_packages.insert(key, unpack(value));
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
        let packed = |(key, value): Changed| (row_key(log, &key), value.map(packed::pack));
        self.undrained.extend(changed.into_iter().map(packed));
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    type Stored = BTreeMap<Vec<u8>, Vec<u8>>;

    fn store(sealer: &mut MlsSealer, rows: &mut Stored) -> usize {
        let drained = sealer.drain();
        let bytes = drained.iter().filter_map(|(_, value)| value.as_ref()).map(Vec::len).sum();
        for (key, value) in drained {
            match value {
                Some(value) => rows.insert(key, value),
                None => rows.remove(&key),
            };
        }
        bytes
    }

    fn size(rows: &Stored) -> usize {
        rows.values().map(Vec::len).sum()
    }

    fn resumption(rows: &Stored) -> Vec<Vec<u8>> {
        let is_resumption = |key: &[u8]| key.windows(13).any(|label| label == b"ResumptionPsk");
        rows.iter().filter(|(key, _)| is_resumption(key)).map(|(_, value)| unpack(value.clone())).collect()
    }

    struct Pair {
        log: LogId,
        writer: (LeafKey, SignKey, MlsSealer, Stored),
        reader: (LeafKey, SignKey, MlsSealer, Stored),
        rng: Rng,
    }

    fn device(number: u8, rng: &mut Rng) -> (LeafKey, SignKey, MlsSealer, Stored) {
        let key = SignKey::generate(rng);
        let leaf = LeafKey { device: DeviceId::from_bytes([number; 32]), key: key.public() };
        (leaf, key, MlsSealer::new(), Stored::new())
    }

    impl Pair {
        fn new() -> Self {
            let mut rng = Rng::from_number(1);
            let (mut writer, reader) = (device(1, &mut rng), device(2, &mut rng));
            let log = LogId::from_bytes([3; 32]);
            writer.2.create(log, writer.0, &writer.1, &mut rng).unwrap();
            let mut pair = Self { log, writer, reader, rng };
            pair.swap();
            pair
        }

        /// A rekey with a new leaf for the reader; the bytes that the writer rewrote.
        fn swap(&mut self) -> usize {
            let (writer, reader) = (&mut self.writer, &mut self.reader);
            let key_package = reader.2.key_package(reader.0, &reader.1, &mut self.rng).unwrap();
            let remove = writer.2.leaves(self.log).into_iter().skip(1).collect();
            let change = Change { remove, add: vec![Addition { leaf: reader.0, key_package }] };
            let made = writer.2.commit(self.log, &writer.1, b"place", &change, &mut self.rng).unwrap();
            reader.2.join(self.log, writer.0, &made.welcome.unwrap()).unwrap();
            store(&mut reader.2, &mut reader.3);
            store(&mut writer.2, &mut writer.3)
        }

        /// A message; the bytes that writer and reader rewrote.
        fn says(&mut self) -> (usize, usize) {
            let (writer, reader) = (&mut self.writer, &mut self.reader);
            let body = writer.2.seal(self.log, &writer.1, b"place", &[7; 64], &mut self.rng).unwrap();
            let opened = reader.2.open(self.log, writer.0, b"place", &body);
            assert_eq!(opened, Ok(Opened::Application(vec![7; 64])));
            (store(&mut writer.2, &mut writer.3), store(&mut reader.2, &mut reader.3))
        }
    }

    /// SEAL-035: what a message and a rekey write, and what a group keeps, and that it does not grow.
    #[test]
    fn a_message_rewrites_one_small_row_and_a_state_does_not_grow() {
        let mut pair = Pair::new();
        let (sealed, opened) = pair.says();
        assert!((820..=900).contains(&sealed) && (890..=970).contains(&opened), "{sealed} {opened}");
        let before = size(&pair.writer.3);
        let rewritten = pair.swap();
        assert!((8_700..=9_300).contains(&rewritten), "{rewritten}");
        for _ in 0..9 {
            pair.swap();
            pair.says();
        }
        let after = size(&pair.writer.3);
        assert!(after.abs_diff(before) < 100 && after < 9_800, "{before} {after}");
    }

    /// SEAL-006
    #[test]
    fn nothing_is_kept_by_which_a_group_could_be_resumed() {
        let mut pair = Pair::new();
        pair.swap();
        pair.says();
        for rows in [&pair.writer.3, &pair.reader.3] {
            let kept = resumption(rows);
            assert_eq!(kept, [br#"{"max_number_of_secrets":0,"resumption_psk":[],"cursor":0}"#]);
        }
    }

    /// SEAL-035, SEAL-006: rows as the first version wrote them go on, and what they kept too long is taken out.
    #[test]
    fn rows_of_before_are_read_and_written_anew() {
        let mut pair = Pair::new();
        pair.says();
        let of_before = |rows: &mut Stored| {
            for (key, value) in rows.iter_mut() {
                *value = unpack(std::mem::take(value));
                if key.windows(13).any(|label| label == b"ResumptionPsk") {
                    let kept = [7u8; 32];
                    *value = serde_json::to_vec(&serde_json::json!({
                        "max_number_of_secrets": 32,
                        "resumption_psk": [[1, { "secret": { "value": { "vec": kept } } }]],
                        "cursor": 1,
                    }))
                    .unwrap();
                }
            }
        };
        for (_, _, sealer, rows) in [&mut pair.writer, &mut pair.reader] {
            of_before(rows);
            assert!(rows.values().all(|value| value.first() != Some(&1)));
            *sealer = MlsSealer::load(rows.clone());
        }
        pair.says();
        pair.swap();
        pair.says();
        for rows in [&pair.writer.3, &pair.reader.3] {
            assert!(resumption(rows).iter().all(|kept| kept.ends_with(br#""resumption_psk":[],"cursor":0}"#)));
        }
    }
}
