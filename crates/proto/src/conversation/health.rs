//! How a conversation stands: what a person's doctor reads. It looks and changes nothing.
//!
//! Everything here heals by itself where the protocol can heal it (`spec/log.md`); what it can't is a finding for the
//! person: a retired device, and a device of the other that signed two things for one place.

use super::Conversation;
use crate::io::View;
use crate::log::receipt::Refusal;
use kith_base::{DeviceId, LogId};

/// How a conversation stands at this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// This device found itself to be a copy or set back, and writes no more.
    pub retired: bool,
    /// Both directions have carried at least once.
    pub established: bool,
    /// The log that this device writes.
    pub own: OwnLogHealth,
    /// Every other device that something is kept about, in ascending order of id.
    pub devices: Vec<DeviceHealth>,
    /// Every log that this device reads, in ascending order of id.
    pub logs: Vec<LogHealth>,
}

/// How the log stands that this device writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnLogHealth {
    /// The log.
    pub log: LogId,
    /// The seq that the next record gets.
    pub next: u64,
    /// The lowest seq whose record is still kept.
    pub kept_from: u64,
    /// Records since the last commit.
    pub since_commit: u64,
    /// How many logs were lost that this one took the place of.
    pub formers: usize,
}

/// How another device stands with the own log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceHealth {
    /// The device.
    pub device: DeviceId,
    /// It is one of this device's person.
    pub mine: bool,
    /// It stands in its person's list.
    pub in_force: bool,
    /// There is a greeted connection to it.
    pub connected: bool,
    /// It has a leaf in the own group.
    pub has_leaf: bool,
    /// It was silent so long that its leaf was taken, until it is heard again.
    pub parked: bool,
    /// Commits of the own log since it was last heard.
    pub silent: u64,
    /// The counter of its newest receipt.
    pub receipt: u64,
    /// The last seq that it said it has.
    pub through: Option<u64>,
    /// Events sealed for it and not receipted.
    pub owed_sealed: u64,
    /// Events that wait unsealed for it.
    pub owed_unsealed: u64,
    /// It is there and could be added to the own log, and waits until it may be.
    pub waits_to_enter: bool,
}

/// How a log stands that this device reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogHealth {
    /// The log.
    pub log: LogId,
    /// Who writes it.
    pub writer: DeviceId,
    /// The last seq read; absent before the first join and after the group was lost.
    pub through: Option<u64>,
    /// Records that were refused and whose writer is not known to have heard so, with the reason.
    pub refused: Vec<(u64, Refusal)>,
    /// Its writer signed two records for one place: nothing more of it is read.
    pub forked: bool,
    /// A KeyPackage of this device stands at its writer.
    pub offer_stands: bool,
}

impl Conversation {
    /// How this conversation stands. `view` is the vault that it was loaded from.
    pub fn health(&self, view: &dyn View) -> Health {
        let own = &self.own;
        Health {
            retired: self.progress.retired,
            established: self.progress.established,
            own: OwnLogHealth {
                log: own.log,
                next: own.next,
                kept_from: own.kept_from,
                since_commit: own.since_commit,
                formers: own.formers.len(),
            },
            devices: self.peers.keys().filter_map(|device| self.device_health(view, *device)).collect(),
            logs: self
                .logs
                .values()
                .map(|log| LogHealth {
                    log: log.log,
                    writer: log.writer,
                    through: log.place.map(|place| place.through),
                    refused: log.refused.iter().map(|skipped| (skipped.seq, skipped.why)).collect(),
                    forked: log.forked.is_some(),
                    offer_stands: log.offer.is_some(),
                })
                .collect(),
        }
    }

    fn device_health(&self, view: &dyn View, device: DeviceId) -> Option<DeviceHealth> {
        let peer = self.peers.get(&device)?;
        let known = self.people.device(device);
        let owed = |sealed| view.owed(device, sealed, usize::MAX).len() as u64;
        Some(DeviceHealth {
            device,
            mine: known.is_some_and(|known| known.person == self.genesis.person),
            in_force: known.is_some(),
            connected: self.sessions.contains_key(&device),
            has_leaf: peer.added.is_some(),
            parked: peer.parked,
            silent: peer.silent,
            receipt: peer.receipt,
            through: peer.through,
            owed_sealed: owed(true),
            owed_unsealed: owed(false),
            waits_to_enter: self.waits_to_enter(device),
        })
    }
}
