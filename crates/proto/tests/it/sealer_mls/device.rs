//! A device of the tests: a sealer, its committed rows, and a log to write.

use kith_base::{DeviceId, LogId, Rng};
use kith_proto::crypto::SignKey;
use kith_proto::sealer::mls::MlsSealer;
use kith_proto::sealer::{Addition, Change, Committed, JoinError, LeafKey, OpenError, Opened, Sealer, SealerFault};
use openmls::prelude::tls_codec::Serialize as _;
use openmls::prelude::{
    BasicCredential, Capabilities, Ciphersuite, CredentialType, CredentialWithKey, KeyPackage, Lifetime,
    SignatureScheme,
};
use openmls_libcrux_crypto::Provider;
use openmls_traits::signatures::{Signer, SignerError};
use std::collections::BTreeMap;

const SUITE: Ciphersuite = Ciphersuite::MLS_256_XWING_CHACHA20POLY1305_SHA256_Ed25519;

/// A record as it travels: its place, and its body.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) position: Vec<u8>,
    pub(crate) body: Vec<u8>,
}

/// A device with a log of its own. The rows are what it committed.
pub(crate) struct Device {
    pub(crate) leaf: LeafKey,
    pub(crate) key: SignKey,
    pub(crate) log: LogId,
    pub(crate) seq: u64,
    pub(crate) rng: Rng,
    pub(crate) sealer: MlsSealer,
    pub(crate) rows: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl Device {
    /// A device that only reads so far.
    pub(crate) fn new(number: u64) -> Self {
        let mut rng = Rng::from_number(number);
        let key = SignKey::generate(&mut rng);
        let leaf = LeafKey { device: DeviceId::from_bytes(rng.bytes()), key: key.public() };
        let log = LogId::from_bytes(rng.bytes());
        Self { leaf, key, log, seq: 0, rng, sealer: MlsSealer::new(), rows: BTreeMap::new() }
    }

    /// A device with a group of its own.
    pub(crate) fn writer(number: u64) -> Self {
        let mut device = Self::new(number);
        device.create();
        device
    }

    /// Somebody who copied all that this device has, at this moment.
    pub(crate) fn thief(&self) -> Self {
        let (rows, key) = (self.rows.clone(), self.key.clone());
        let (leaf, log, seq) = (self.leaf, self.log, self.seq);
        let sealer = MlsSealer::load(rows.clone());
        Self { leaf, key, log, seq, rng: Rng::from_number(666), sealer, rows }
    }

    /// Commits what changed, and starts again from it.
    pub(crate) fn restart(&mut self) {
        let drained = self.sealer.drain();
        assert!(drained.is_sorted_by(|a, b| a.0 < b.0));
        for (key, value) in drained {
            match value {
                Some(value) => self.rows.insert(key, value),
                None => self.rows.remove(&key),
            };
        }
        self.crash();
    }

    /// Starts again from what was committed.
    pub(crate) fn crash(&mut self) {
        self.sealer = MlsSealer::load(self.rows.clone());
    }

    pub(crate) fn create(&mut self) {
        self.sealer.create(self.log, self.leaf, &self.key, &mut self.rng).unwrap();
        self.restart();
    }

    /// A fresh KeyPackage of this device.
    pub(crate) fn offer(&mut self) -> Addition {
        let key_package = self.sealer.key_package(self.leaf, &self.key, &mut self.rng).unwrap();
        self.restart();
        Addition { leaf: self.leaf, key_package }
    }

    /// Where the next record of this device's log goes.
    pub(crate) fn position(&self) -> Vec<u8> {
        [self.log.as_bytes().as_slice(), &self.seq.to_be_bytes()].concat()
    }

    pub(crate) fn try_commit(&mut self, change: &Change) -> Result<(Record, Committed), SealerFault> {
        let position = self.position();
        let committed = self.sealer.commit(self.log, &self.key, &position, change, &mut self.rng)?;
        self.seq += 1;
        self.restart();
        Ok((Record { position, body: committed.commit.clone() }, committed))
    }

    pub(crate) fn commit(&mut self, remove: &[DeviceId], add: Vec<Addition>) -> (Record, Committed) {
        self.try_commit(&Change { remove: remove.to_vec(), add }).unwrap()
    }

    /// Adds devices; the Welcome is for them.
    pub(crate) fn add(&mut self, add: Vec<Addition>) -> Vec<u8> {
        self.commit(&[], add).1.welcome.unwrap()
    }

    /// Swaps one device; the Welcome is for it, the record for everybody else.
    pub(crate) fn swap(&mut self, offer: Addition) -> (Record, Vec<u8>) {
        let (record, committed) = self.commit(&[offer.leaf.device], vec![offer]);
        assert_eq!(committed.unusable, []);
        (record, committed.welcome.unwrap())
    }

    pub(crate) fn say(&mut self, text: &[u8]) -> Record {
        let position = self.position();
        let body = self.sealer.seal(self.log, &self.key, &position, text, &mut self.rng).unwrap();
        self.seq += 1;
        self.restart();
        Record { position, body }
    }

    pub(crate) fn join(&mut self, writer: &Self, welcome: &[u8]) -> Result<(), JoinError> {
        let joined = self.sealer.join(writer.log, writer.leaf, welcome);
        self.restart();
        joined
    }

    pub(crate) fn open(&mut self, writer: &Self, record: &Record) -> Result<Opened, OpenError> {
        let opened = self.sealer.open(writer.log, writer.leaf, &record.position, &record.body);
        self.restart();
        opened
    }

    /// The writer says something, and this device reads it.
    pub(crate) fn reads(&mut self, writer: &mut Self, text: &[u8]) {
        let record = writer.say(text);
        assert_eq!(self.open(writer, &record), Ok(Opened::Application(text.to_vec())));
    }

    /// Opens something bad: it is refused for this reason, also a second time, and leaves no trace.
    pub(crate) fn refuses(&mut self, writer: &Self, record: &Record, why: OpenError) {
        let before = self.rows.clone();
        for _ in 0..2 {
            assert_eq!(self.sealer.open(writer.log, writer.leaf, &record.position, &record.body), Err(why));
        }
        self.restart();
        assert_eq!(self.rows, before);
    }
}

impl Signer for Device {
    fn sign(&self, payload: &[u8]) -> Result<Vec<u8>, SignerError> {
        let key = ed25519_dalek::SigningKey::from_bytes(self.key.secret().expose());
        Ok(ed25519_dalek::Signer::sign(&key, payload).to_bytes().to_vec())
    }

    fn signature_scheme(&self) -> SignatureScheme {
        SignatureScheme::ED25519
    }
}

pub(crate) fn credential(leaf: &LeafKey) -> CredentialWithKey {
    CredentialWithKey {
        credential: BasicCredential::new(leaf.device.as_bytes().to_vec()).into(),
        signature_key: leaf.key.as_bytes().as_slice().into(),
    }
}

/// A KeyPackage of this device that differs from every leaf of ours in its lifetime or by being of last resort.
pub(crate) fn odd_offer(device: &Device, lifetime: Lifetime, last_resort: bool) -> Addition {
    let basic = [CredentialType::Basic];
    let mut builder = KeyPackage::builder()
        .leaf_node_capabilities(Capabilities::new(None, Some(&[SUITE]), None, None, Some(&basic)))
        .key_package_lifetime(lifetime);
    if last_resort {
        builder = builder.mark_as_last_resort();
    }
    let made = builder.build(SUITE, &Provider::new().unwrap(), device, credential(&device.leaf)).unwrap();
    Addition { leaf: device.leaf, key_package: made.key_package().tls_serialize_detached().unwrap() }
}

/// Alice writes, Bob reads.
pub(crate) fn alice_and_bob() -> (Device, Device) {
    let (mut alice, mut bob) = (Device::writer(1), Device::new(2));
    let welcome = alice.add(vec![bob.offer()]);
    bob.join(&alice, &welcome).unwrap();
    (alice, bob)
}

/// Alice writes, Bob and Carol read.
pub(crate) fn alice_bob_and_carol() -> (Device, Device, Device) {
    let (mut alice, mut bob, mut carol) = (Device::writer(1), Device::new(2), Device::new(3));
    let welcome = alice.add(vec![bob.offer(), carol.offer()]);
    bob.join(&alice, &welcome).unwrap();
    carol.join(&alice, &welcome).unwrap();
    (alice, bob, carol)
}
