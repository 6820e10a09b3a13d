//! What the devices of a conversation have in common: each states what its program speaks, signed and counted.
//!
//! ```text
//!   pairing ──▶ known (counter 0) ──▶ stated (counter 1, 2, …)      versions only rise
//!   nothing known of a device: it counts with the features of the first version, none
//! ```
//!
//! Invariants (`spec/manifest.md`):
//! - A kind of event that needs a feature is written only while every device in force has it, so nobody is sent what
//!   their app can't show.
//! - A statement replaces the one before it and is believed from anybody's hands.

use super::{Conversation, Turn};
use crate::identity::manifest::{Feature, Manifest, Statement};
use crate::log::packet::Packet;
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{DeviceId, Label, label};
use std::collections::BTreeMap;

/// What is known of a device's program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    /// Zero for what a pairing said.
    counter: u64,
    manifest: Manifest,
}

/// What is known of all programs, this device's own among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifests(BTreeMap<DeviceId, Known>);

impl Manifests {
    /// What a pairing said of a device.
    pub(super) fn of(device: DeviceId, manifest: Manifest) -> Self {
        Self([(device, Known { counter: 0, manifest })].into())
    }

    /// Forgets a device; says whether it was known.
    pub(super) fn forget(&mut self, device: DeviceId) -> bool {
        self.0.remove(&device).is_some()
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let entries: Vec<Vec<u8>> = self
            .0
            .iter()
            .map(|(device, known)| {
                Writer::new()
                    .bytes(Tag::must(1), device.as_bytes())
                    .number(Tag::must(2), known.counter)
                    .bytes(Tag::must(3), &known.manifest.encode())
                    .done()
            })
            .collect();
        Writer::new().list(Tag::must(1), entries.iter().map(Vec::as_slice)).done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1])?;
        let entries = fields.list(1).map(|entry| {
            let entry = Fields::parse(entry)?;
            entry.refuse_unknown(&[1, 2, 3])?;
            let known = Known { counter: entry.number(2)?, manifest: Manifest::decode(entry.bytes(3)?)? };
            Ok((DeviceId::from_bytes(entry.array(1)?), known))
        });
        entries.collect::<Result<_, _>>().map(Self)
    }
}

impl Conversation {
    /// Says what this program speaks, if it is not [`Manifest::CURRENT`].
    pub fn speak(&mut self, manifest: Manifest) {
        self.manifest = manifest;
    }

    /// MAN-007: the hash of what the programs of all devices in force have in common: the same at every device once each
    /// has heard of each. `None` while one said nothing, or without a common version.
    pub fn common_manifest(&self) -> Option<[u8; 32]> {
        let others = self.others_in_force().map(|device| Some(self.manifests.0.get(&device)?.manifest));
        let common = others.chain([Some(self.manifest)]).try_fold(None, |common: Option<Manifest>, next| {
            let next = next?;
            Some(Some(match common {
                None => next,
                Some(common) => Manifest {
                    version_min: common.version_min.max(next.version_min),
                    version_max: common.version_max.min(next.version_max),
                    features: common.features & next.features,
                },
            }))
        });
        let common = common.flatten().filter(|common| common.version_min <= common.version_max)?;
        let numbers = [common.version_max.to_be_bytes(), common.features.to_be_bytes()];
        let conversation = self.genesis.conversation;
        Some(label::hash(Label::CommonManifest, &[conversation.as_bytes(), &numbers[0], &numbers[1]]))
    }

    /// Whether a device is another person's.
    pub fn is_theirs(&self, device: DeviceId) -> bool {
        self.people.person_of(device).is_some_and(|person| person != self.genesis.person)
    }

    /// The other devices that count: in force, and not parked.
    fn others_in_force(&self) -> impl Iterator<Item = DeviceId> + '_ {
        let me = self.genesis.device;
        let parked = |device: &DeviceId| self.peers.get(device).is_some_and(|peer| peer.parked);
        let others = self.people.devices().map(|device| device.id);
        others.filter(move |device| *device != me && !parked(device))
    }

    /// MAN-003: whether every device in force has a feature, but for those that are parked. A device that said nothing has
    /// none.
    pub fn has(&self, feature: Feature) -> bool {
        self.manifest.has(feature)
            && self
                .others_in_force()
                .map(|device| self.manifests.0.get(&device))
                .all(|known| known.is_some_and(|known| known.manifest.has(feature)))
    }
}

impl Turn<'_> {
    /// MAN-005: tells a connected device what this one speaks, under a new counter if that changed.
    pub(super) fn tell_manifest(&mut self, to: DeviceId) {
        let machine = &mut *self.machine;
        let (me, manifest) = (machine.genesis.device, machine.manifest);
        let stated = machine.manifests.0.get(&me).copied();
        // An older program on the state of a newer one says nothing: nobody would believe it.
        if stated.is_some_and(|known| manifest.falls_below(&known.manifest)) {
            return;
        }
        let counter = match stated {
            Some(known) if known.manifest == manifest => known.counter,
            Some(known) => known.counter.saturating_add(1),
            None => 1,
        };
        if stated.is_none_or(|known| known.counter != counter) {
            machine.manifests.0.insert(me, Known { counter, manifest });
            self.dirty.manifests = true;
        }
        let statement = Statement::sign(me, counter, manifest, &self.machine.genesis.sign);
        self.send(to, Packet::Manifest(statement).encode());
    }

    /// What a device's program speaks, from whomever.
    pub(super) fn receive_manifest(&mut self, from: DeviceId, statement: &Statement) {
        let Some(key) = self.machine.verify_key(statement.device) else { return };
        if statement.verify(&key).is_err() {
            return self.reject(from, "MAN-006");
        }
        let known = self.machine.manifests.0.get(&statement.device);
        if statement.device == self.machine.genesis.device
            || known.is_some_and(|known| statement.counter <= known.counter)
        {
            return;
        }
        if known.is_some_and(|known| statement.manifest.falls_below(&known.manifest)) {
            return self.reject(from, "MAN-004");
        }
        let known = Known { counter: statement.counter, manifest: statement.manifest };
        self.machine.manifests.0.insert(statement.device, known);
        self.dirty.manifests = true;
    }
}
