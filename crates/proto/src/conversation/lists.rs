//! Device lists at work: devices come, go, are suspended and return.
//!
//! A list verifies with nothing but its person's bundle, so it may come from anybody; [`super::people`] says which one
//! stands. Here is what follows: who is owed what, who is told, and what this device's person reads of it.
//!
//! ```text
//!              named by a newer list                 two lists at one rank
//!   unknown ─────────────────────────▶ in force ◀────────────────────────────▶ suspended
//!                                          │     a recovery names it again          │
//!                                          └──────────▶ gone ◀──────────────────────┘
//!                                     a newer list, or a recovery, without it
//! ```
//!
//! Invariants:
//! - Nothing is sealed to a device that is not in force, and nothing of it is read beyond what its person let stand.
//! - What is owed to a person's last device is not lost with it: the next device of that person is owed it.
//! - A device that is in no list of its person, or suspended, says nothing but lists and letters.

use super::people::{KnownDevice, Taken};
use super::state::{Peer, ReadLog};
use super::{Conversation, Turn, first_log};
use crate::crypto::SignKey;
use crate::identity::list::{Cut, Device, DeviceList, ListError, Rank, Role};
use crate::io::{Effect, EventRow, MetaKey, Owed, Write};
use crate::log::introduction::Introduction;
use crate::log::notice::Notice;
use crate::log::packet::Packet;
use crate::log::record::Record;
use crate::sealer::LeafKey;
use kith_base::limits::{LIST_CUTS_MAX, LIST_DEVICES_MAX};
use kith_base::{DeviceId, LogId, PersonId};
use std::collections::{BTreeMap, BTreeSet};

/// Whether this device speaks for its person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    InForce,
    /// Two device lists of its person claim one place, and not both name it. It waits for a recovery.
    Suspended,
    /// Its person's list does not name it: it was removed.
    Removed,
}

impl Conversation {
    /// Whether this device speaks for its person.
    pub fn standing(&self) -> Standing {
        let me = self.genesis.device;
        match (self.people.device(me), self.people.listed(me)) {
            (Some(_), _) => Standing::InForce,
            (None, Some(_)) => Standing::Suspended,
            (None, None) => Standing::Removed,
        }
    }

    /// This device seals and receipts nothing: it was set back, suspended or removed.
    pub(super) fn is_silent(&self) -> bool {
        self.progress.retired || self.standing() != Standing::InForce
    }

    /// Two device lists of this person claim one place: a device or the pairwise key was copied.
    pub fn is_frozen(&self, person: PersonId) -> bool {
        self.people.get(person).is_some_and(super::people::Person::is_frozen)
    }

    /// The devices of a person that are in force.
    pub fn devices_of(&self, person: PersonId) -> Vec<DeviceId> {
        self.people.devices().filter(|device| device.person == person).map(|device| device.id).collect()
    }

    /// ID-038: whose signature a record of a log needs. A removed device's log goes on up to its cut.
    pub(super) fn signer_of(&self, writer: DeviceId, record: &Record) -> Option<LeafKey> {
        let at_cut = || {
            let cut = self.cut(record.header.log)?;
            let within = record.header.seq < cut.seq || (record.header.seq == cut.seq && record.hash() == cut.head);
            let key = self.people.former_key(writer).filter(|_| within && cut.device == writer)?;
            Some(LeafKey { device: writer, key })
        };
        self.leaf(writer).or_else(at_cut)
    }

    /// Whether a log was that of a device that left.
    pub(super) fn was_removed(&self, log: LogId) -> bool {
        self.people.former().any(|device| first_log(self.genesis.conversation, device) == log)
    }

    fn cut(&self, log: LogId) -> Option<&Cut> {
        self.people.iter().find_map(|person| person.cut(log))
    }

    /// Own device as a list names it.
    fn own_device(&self) -> Device {
        let (sign, kem) = (self.genesis.sign.public(), self.genesis.kem.public());
        Device { sign, kem, role: Role::Access, capabilities: 0 }
    }
}

impl Turn<'_> {
    /// Admits a new device of this device's person, and carries its introductions to the others.
    ///
    /// # Errors
    /// [`ListError`] when this device can't change the list, the list would break a rule, or nobody would believe it.
    pub fn admit_sibling(&mut self, device: Device, introductions: Vec<Introduction>) -> Result<(), ListError> {
        if self.machine.is_frozen(self.machine.genesis.person) {
            return Err(ListError::Frozen);
        }
        let list = self.next_list(|devices, cuts| {
            cuts.retain(|cut| cut.device != device.id());
            devices.push(device);
            Ok(())
        })?;
        let standing = self.machine.people.get(self.machine.genesis.person).map(|person| person.list.rank());
        if standing.is_some_and(|rank| rank >= list.rank()) {
            return Err(ListError::Chain);
        }
        self.take_list(list);
        for introduction in introductions {
            self.receive_introduction(introduction.from, introduction);
        }
        Ok(())
    }

    /// ID-038: takes a device of this device's person off the list. Its log ends where this device has read it.
    ///
    /// # Errors
    /// [`ListError`] when this device can't change the list, or the device is not in it.
    pub fn remove_device(&mut self, device: DeviceId) -> Result<(), ListError> {
        let cut = self.cut_here(device);
        let list = self.next_list(|devices, cuts| {
            let before = devices.len();
            devices.retain(|known| known.id() != device);
            cuts.extend(cut);
            if devices.len() < before { Ok(()) } else { Err(ListError::NotListed) }
        })?;
        self.take_list(list);
        Ok(())
    }

    /// ID-039: puts a new pairwise key in force by the recovery key, and lists this device and those in `keep`: all
    /// others of this person are out at once, whatever lists the old key signed.
    ///
    /// # Errors
    /// [`ListError`] when the key is not this person's recovery key, or nobody knows a device of `keep`.
    pub fn recover(&mut self, recovery: &SignKey, keep: &[DeviceId]) -> Result<(), ListError> {
        let machine = &*self.machine;
        let person = machine.people.get(machine.genesis.person).ok_or(ListError::OtherPerson)?;
        let me = machine.own_device();
        let mut devices = vec![person.list.device(me.id()).cloned().unwrap_or(me)];
        for id in keep.iter().filter(|id| **id != machine.genesis.device) {
            let known = person.lists().find_map(|list| list.device(*id));
            devices.push(known.cloned().ok_or(ListError::NotListed)?);
        }
        let stays = |id: DeviceId| devices.iter().any(|device| device.id() == id);
        let gone = person.list.devices().iter().map(Device::id).filter(|id| !stays(*id));
        let mut cuts: Vec<Cut> = person.list.cuts().iter().filter(|cut| !stays(cut.device)).copied().collect();
        cuts.extend(gone.filter_map(|id| self.cut_here(id)));
        bound_cuts(&mut cuts);
        let (list, pairwise) = DeviceList::recovered(&person.bundle, &person.list, devices, cuts, recovery, self.rng)?;
        self.machine.genesis.pairwise = Some(pairwise);
        let genesis = self.machine.genesis.encode();
        self.staged.push(Write::Meta(MetaKey::Genesis, Some(genesis)));
        self.take_list(list);
        Ok(())
    }

    /// The next list of this device's person, changed and signed.
    fn next_list(
        &self,
        change: impl FnOnce(&mut Vec<Device>, &mut Vec<Cut>) -> Result<(), ListError>,
    ) -> Result<DeviceList, ListError> {
        let machine = &*self.machine;
        let pairwise = machine.genesis.pairwise.clone().ok_or(ListError::NotByPairwise)?;
        let person = machine.people.get(machine.genesis.person).ok_or(ListError::OtherPerson)?;
        let mut draft = person.list.successor();
        draft.rank = person.next_rank();
        draft.devices.retain(|device| !person.is_frozen() || machine.people.device(device.id()).is_some());
        change(&mut draft.devices, &mut draft.cuts)?;
        bound_cuts(&mut draft.cuts);
        DeviceList::sign(draft, &person.bundle, &pairwise)
    }

    /// Where this device has read another's log to.
    fn cut_here(&self, device: DeviceId) -> Option<Cut> {
        let own = &self.machine.own;
        if device == self.machine.genesis.device {
            return Some(Cut { device, log: own.log, seq: own.next.checked_sub(1)?, head: own.head });
        }
        let log = self.machine.logs.values().find(|log| log.writer == device)?;
        let place = log.place?;
        Some(Cut { device, log: log.log, seq: place.through, head: place.head })
    }

    /// Tells a connected device the lists that differ from what a pairing says.
    pub(super) fn tell_lists(&mut self, to: DeviceId) {
        let people = self.machine.people.iter();
        let news = people.filter(|person| person.list.rank() > Rank::FIRST || person.is_frozen());
        let lists: Vec<Vec<u8>> =
            news.flat_map(|person| person.lists().map(|list| list.bytes().to_vec()).collect::<Vec<_>>()).collect();
        for list in lists {
            self.send(to, Packet::List(list).encode());
        }
    }

    /// A person's device list, carried by anybody.
    pub(super) fn receive_list(&mut self, from: DeviceId, bytes: &[u8]) {
        let people = self.machine.people.iter();
        let verified = people.map(|person| DeviceList::verify(bytes, &person.bundle)).find_map(Result::ok);
        match verified {
            Some(list) => self.take_list(list),
            None => self.reject(from, "ID-031"),
        }
    }

    /// Takes a verified list, and does what follows from it.
    fn take_list(&mut self, list: DeviceList) {
        let person = list.person();
        let ids = |devices: Vec<&KnownDevice>| devices.into_iter().map(|device| device.id).collect::<BTreeSet<_>>();
        let in_force = ids(self.machine.people.devices().collect());
        let listed = ids(self.machine.people.all_listed().collect());
        match self.machine.people.take(list) {
            Taken::Nothing => return,
            Taken::Remembered => {
                self.dirty.people = true;
                return;
            }
            Taken::Newer => {}
            Taken::Recovered => self.notice(&Notice::Recovered { person }),
            Taken::Forked => self.notice(&Notice::ListsForked { person }),
        }
        self.dirty.people = true;
        // Those who leave hear why, if they are here.
        let connected: Vec<DeviceId> = self.machine.connected.iter().copied().collect();
        for device in connected {
            self.tell_lists(device);
        }
        let in_force_then = ids(self.machine.people.devices().collect());
        let listed_then = ids(self.machine.people.all_listed().collect());
        let came: Vec<DeviceId> = in_force_then.difference(&listed).copied().collect();
        for device in listed.difference(&listed_then) {
            self.device_went(person, *device, &came);
        }
        for device in &came {
            self.device_came(person, *device);
        }
        for device in in_force.intersection(&listed_then).filter(|device| !in_force_then.contains(device)) {
            self.device_suspended(*device);
        }
        for device in listed.difference(&in_force).filter(|device| in_force_then.contains(device)) {
            self.device_returned(*device);
        }
        self.take_early_letters();
    }

    /// LOG-033: what still waits for any device is owed to the new one too, as its person is in the audience of all of it, with
    /// what was said of it here.
    /// So is what its person's last device left without having receipted it.
    fn device_came(&mut self, person: PersonId, device: DeviceId) {
        let mut waiting = 0;
        if device != self.machine.genesis.device {
            let log = first_log(self.machine.genesis.conversation, device);
            self.machine.logs.entry(log).or_insert_with(|| ReadLog::new(log, device));
            self.dirty.logs.insert(log);
            let others: Vec<DeviceId> = self.machine.peers.keys().copied().collect();
            self.peer_mut(device);
            // What goes to one device alone goes to the new one alone too: a third may not be meant to read it.
            let mut rows: BTreeMap<EventRow, bool> = BTreeMap::new();
            for owed in others.iter().flat_map(|other| self.staged.owed(*other, false, usize::MAX)) {
                for row in [owed.row].into_iter().chain(self.said_here_of(owed.row)) {
                    *rows.entry(row).or_default() |= owed.alone;
                }
            }
            waiting = rows.len() as u64;
            for (row, alone) in rows {
                self.staged.set_owed(Owed { device, row, seq: None, alone });
            }
            self.forget_departed(person);
        }
        self.notice(&Notice::DeviceJoined { person, device, waiting });
    }

    /// What this device said of an event and what stands: its last wording, a reaction, whether it is pinned. The others may have
    /// all of that already.
    fn said_here_of(&self, row: EventRow) -> Vec<EventRow> {
        let edit = self.staged.event(row).and_then(|event| event.edited_by);
        let said = self.staged.reactions(row).into_values().chain(self.staged.pin(row)).chain(edit);
        let me = self.machine.genesis.device;
        let here = |row: &EventRow| self.staged.event(*row).is_some_and(|event| event.device == me);
        said.filter(|row| here(row) && self.staged.body(*row).is_some()).collect()
    }

    /// A person's last device left, and stayed in the ledger for what is owed to its person. It has an heir.
    fn forget_departed(&mut self, person: PersonId) {
        let people = &self.machine.people;
        let departed =
            |device: &&DeviceId| people.listed(**device).is_none() && people.person_of(**device) == Some(person);
        let departed: Vec<DeviceId> = self.machine.peers.keys().filter(departed).copied().collect();
        for device in departed {
            self.forget_peer(device);
        }
    }

    fn device_went(&mut self, person: PersonId, device: DeviceId, came: &[DeviceId]) {
        self.notice(&Notice::DeviceLeft { person, device });
        if device == self.machine.genesis.device {
            return;
        }
        self.machine.sessions.remove(&device);
        self.machine.connected.remove(&device);
        self.dirty.introductions |= self.machine.introductions.forget(device);
        self.dirty.manifests |= self.machine.manifests.forget(device);
        self.end_log(device);
        // ID-038: what nobody of its person has read, the next of its devices is owed.
        let alone = !self.machine.people.all_listed().any(|known| known.person == person && !came.contains(&known.id));
        self.effects.push(Effect::PeerGone(device));
        if alone && person != self.machine.genesis.person {
            self.take_leaf(device);
            let peer = self.peer_mut(device);
            *peer = Peer { receipt: peer.receipt, ..Peer::new(device) };
        } else {
            self.forget_peer(device);
        }
    }

    /// Drops a device from the ledger.
    fn forget_peer(&mut self, device: DeviceId) {
        self.machine.peers.remove(&device);
        self.machine.patience.remove(&device);
        self.machine.refusers.remove(&device);
        self.dirty.peers.remove(&device);
        self.staged.push(Write::PeerGone(device));
    }

    /// ID-036: not every list of its person names it. It is owed on, and nothing is sealed to it.
    fn device_suspended(&mut self, device: DeviceId) {
        if device != self.machine.genesis.device {
            self.machine.sessions.remove(&device);
            self.take_leaf(device);
        }
    }

    fn device_returned(&mut self, device: DeviceId) {
        if self.machine.connected.contains(&device) {
            self.connected(device);
        }
    }

    /// ID-038: a removed device's log is read up to its cut, and then forgotten.
    pub(super) fn end_log(&mut self, writer: DeviceId) {
        let Some((log, place)) = self.machine.log_of(writer).map(|log| (log.log, log.place)) else { return };
        if self.machine.people.listed(writer).is_some() {
            return;
        }
        let cut = self.machine.cut(log).map(|cut| cut.seq);
        if place.zip(cut).is_some_and(|(place, cut)| place.through < cut) {
            return;
        }
        if let Some(offer) = self.machine.logs.remove(&log).and_then(|log| log.offer) {
            self.machine.sealer.forget_key_package(&offer.key_package);
        }
        self.machine.early_welcomes.remove(&log);
        self.machine.sealer.forget_group(log);
        self.dirty.logs.remove(&log);
        self.staged.forget_log(log);
    }
}

/// The oldest cuts go: nobody hears of those devices any more.
fn bound_cuts(cuts: &mut Vec<Cut>) {
    let excess = cuts.len().saturating_sub(LIST_CUTS_MAX);
    cuts.drain(..excess);
}

const _: () = assert!(LIST_DEVICES_MAX <= LIST_CUTS_MAX, "a recovery may cut off every device of a list");
