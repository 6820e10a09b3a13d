//! Introductions: letters between devices that share no secret yet, carried by whoever meets them.
//!
//! ```text
//!   written ──▶ carried, by every device that hears of it ──▶ taken by the device it is for
//!      ▲              │                                          │
//!      │              └──────────── pruned ◀── acquaintance ◀────┘   carried back the same way
//!      │
//!   a joining device, to all it knows; later the one with the lower id, to a device that came and wrote nothing
//! ```
//!
//! Invariants (`spec/log.md`, INTR-010 to INTR-014):
//! - Of two devices there is one secret in the end: their first letter's, or if both wrote, the higher id's. The lower one
//!   wrote because the other's letter was late.
//! - What is carried is signed by a device in force, for a device in force: at most one letter for each ordered pair, and
//!   nothing of a device that left.
//! - Each is said once on a connection, and when it is new.

use super::{Conversation, Turn};
use crate::io::Effect;
use crate::log::introduction::{Acquaintance, Introduction, Letter};
use crate::log::packet::Packet;
use crate::sealer::{Addition, LeafKey};
use kith_base::codec::{Fields, Malformed, Writer};
use kith_base::{DeviceId, codec::Tag, limits};
use std::collections::BTreeMap;

/// What is known of the letter from one device to another.
#[derive(Debug, Clone)]
enum Carried {
    /// It is on its way.
    Letter(Introduction),
    /// It was taken.
    Taken(Acquaintance),
}

/// The letters that a device carries.
#[derive(Debug, Clone, Default)]
pub(super) struct Letters {
    carried: BTreeMap<(DeviceId, DeviceId), Carried>,
    /// Letters of devices that no list names yet. Not stored: who carries them says them again.
    early: Vec<Introduction>,
}

impl Letters {
    /// The letters that a device begins with: its own.
    pub(super) fn of(letters: impl IntoIterator<Item = Introduction>) -> Self {
        let carried = letters.into_iter().map(|letter| ((letter.from, letter.to), Carried::Letter(letter)));
        Self { carried: carried.collect(), early: Vec::new() }
    }

    fn letter(&self, from: DeviceId, to: DeviceId) -> Option<&Introduction> {
        match self.carried.get(&(from, to))? {
            Carried::Letter(letter) => Some(letter),
            Carried::Taken(_) => None,
        }
    }

    fn taken(&self, from: DeviceId, to: DeviceId) -> Option<&Acquaintance> {
        match self.carried.get(&(from, to))? {
            Carried::Letter(_) => None,
            Carried::Taken(acquaintance) => Some(acquaintance),
        }
    }

    /// Forgets everything from and to a device; says whether there was anything.
    pub(super) fn forget(&mut self, device: DeviceId) -> bool {
        let before = self.carried.len();
        self.carried.retain(|(from, to), _| *from != device && *to != device);
        self.early.retain(|letter| letter.from != device && letter.to != device);
        self.carried.len() < before
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let (mut letters, mut taken) = (Vec::new(), Vec::new());
        for carried in self.carried.values() {
            match carried {
                Carried::Letter(letter) => letters.push(letter.encode()),
                Carried::Taken(acquaintance) => taken.push(acquaintance.encode()),
            }
        }
        Writer::new()
            .list(Tag::must(1), letters.iter().map(Vec::as_slice))
            .list(Tag::must(2), taken.iter().map(Vec::as_slice))
            .done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2])?;
        let letters = fields.list(1).map(Introduction::decode).collect::<Result<Vec<_>, _>>()?;
        let mut all = Self::of(letters);
        for entry in fields.list(2) {
            let acquaintance = Acquaintance::decode(entry)?;
            all.carried.insert((acquaintance.from, acquaintance.to), Carried::Taken(acquaintance));
        }
        Ok(all)
    }
}

impl Conversation {
    /// How many letters this device carries that nobody took yet.
    pub fn letters(&self) -> usize {
        self.introductions.carried.values().filter(|carried| matches!(carried, Carried::Letter(_))).count()
    }
}

impl Turn<'_> {
    /// INTR-014: hands a connected device every letter that is on its way, but for its own.
    pub(super) fn tell_letters(&mut self, to: DeviceId) {
        let letters: Vec<Vec<u8>> = self
            .machine
            .introductions
            .carried
            .values()
            .filter_map(|carried| match carried {
                Carried::Letter(letter) if letter.from != to => Some(Packet::Introduction(letter.clone()).encode()),
                _ => None,
            })
            .collect();
        for letter in letters {
            self.send(to, letter);
        }
    }

    /// A letter, from whomever.
    pub(super) fn receive_introduction(&mut self, from: DeviceId, letter: Introduction) {
        let people = &self.machine.people;
        let Some(key) = people.device(letter.from).map(|known| known.sign) else {
            return self.keep_early(from, letter);
        };
        if letter.verify(&key).is_err() {
            return self.reject(from, "INTR-003");
        }
        let (author, to) = (letter.from, letter.to);
        if author == self.machine.genesis.device {
            return;
        }
        if let Some(taken) = self.machine.introductions.taken(author, to).cloned() {
            return self.send(from, Packet::Acquaintance(taken).encode());
        }
        if to == self.machine.genesis.device {
            return self.take_letter(from, &letter);
        }
        if people.device(to).is_none() {
            return self.keep_early(from, letter);
        }
        if self.machine.introductions.letter(author, to).is_some() {
            return;
        }
        let packet = Packet::Introduction(letter.clone()).encode();
        self.machine.introductions.carried.insert((author, to), Carried::Letter(letter));
        self.dirty.introductions = true;
        self.tell_others(Some(from), &packet);
    }

    /// INTR-001, INTR-013: a letter that overtook the list which names its device waits for it, in memory.
    fn keep_early(&mut self, from: DeviceId, letter: Introduction) {
        let early = &mut self.machine.introductions.early;
        if early.iter().any(|known| (known.from, known.to) == (letter.from, letter.to)) {
            return;
        }
        if early.len() >= limits::INTRODUCTIONS_EARLY_MAX {
            return self.reject(from, "INTR-001");
        }
        early.push(letter);
    }

    /// Devices came in force: letters that waited for that are looked at again.
    pub(super) fn take_early_letters(&mut self) {
        for letter in std::mem::take(&mut self.machine.introductions.early) {
            self.receive_introduction(letter.from, letter);
        }
    }

    /// INTR-010: a letter for this device. The first of a device stands; if both wrote, that of the higher id.
    fn take_letter(&mut self, from: DeviceId, letter: &Introduction) {
        let (me, author) = (self.machine.genesis.device, letter.from);
        let mine_waits = self.machine.introductions.letter(me, author).is_some();
        let known = self.machine.peers.get(&author).is_some_and(|peer| peer.pair_secret.is_some());
        if known && !(mine_waits && author > me) {
            return;
        }
        let Some(key) = self.machine.verify_key(author) else { return };
        let Ok(opened) = letter.open(&key, &self.machine.genesis.kem) else {
            return self.reject(from, "INTR-003");
        };
        if opened.offer.device != author || opened.offer.verify(&key).is_err() {
            return self.reject(from, "KEYP-001");
        }
        // KEYP-002
        let leaf = LeafKey { device: author, key };
        let usable = self.machine.sealer.usable(&Addition { leaf, key_package: opened.offer.key_package.clone() });
        if !usable {
            self.reject(from, "KEYP-002");
        }
        let peer = self.peer_mut(author);
        peer.pair_secret = Some(opened.pair_secret);
        peer.contact_card = opened.contact_card;
        if usable && peer.used != Some(opened.offer.hash()) {
            peer.offer = Some(opened.offer);
        }
        let peer = peer.clone();
        if let Some(known) = self.machine.known(&peer) {
            self.effects.push(Effect::PeerKnown(known));
        }
        let acquaintance = Acquaintance::sign(letter, &self.machine.genesis.sign);
        self.settle_letter(None, acquaintance);
    }

    /// INTR-012: whoever carries a letter lets go of it, and of the opposite one, once it was taken.
    pub(super) fn receive_acquaintance(&mut self, from: DeviceId, acquaintance: Acquaintance) {
        let people = &self.machine.people;
        let ends = (people.device(acquaintance.from), people.device(acquaintance.to));
        let (Some(_), Some(to)) = ends else { return };
        if acquaintance.verify(&to.sign).is_err() {
            return self.reject(from, "INTR-004");
        }
        let letters = &self.machine.introductions;
        let other = letters.letter(acquaintance.from, acquaintance.to).is_some_and(|held| !acquaintance.is_of(held));
        if !other && letters.taken(acquaintance.from, acquaintance.to).is_none() {
            self.settle_letter(Some(from), acquaintance);
        }
    }

    fn settle_letter(&mut self, heard_from: Option<DeviceId>, acquaintance: Acquaintance) {
        let packet = Packet::Acquaintance(acquaintance.clone()).encode();
        let carried = &mut self.machine.introductions.carried;
        carried.remove(&(acquaintance.to, acquaintance.from));
        carried.insert((acquaintance.from, acquaintance.to), Carried::Taken(acquaintance));
        self.dirty.introductions = true;
        self.tell_others(heard_from, &packet);
    }

    /// INTR-011: devices that came while neither knew of the other. The lower id writes, so that one letter is enough.
    pub(super) fn write_letters(&mut self) {
        let me = self.machine.genesis.device;
        let strangers: Vec<DeviceId> = self
            .machine
            .peers
            .values()
            .filter(|peer| peer.pair_secret.is_none() && me < peer.device)
            .map(|peer| peer.device)
            .filter(|device| self.machine.people.device(*device).is_some())
            .collect();
        for device in strangers {
            self.write_letter(device);
        }
    }

    fn write_letter(&mut self, to: DeviceId) {
        let Some(log) = self.machine.log_of(to).map(|log| log.log) else { return };
        if self.machine.log_of(to).is_some_and(|log| log.offer.is_none()) {
            self.make_offer(log);
        }
        let machine = &mut *self.machine;
        let Some(offer) = machine.logs.get(&log).and_then(|log| log.offer.clone()) else { return };
        let Some(key) = machine.people.device(to).map(|known| known.kem.clone()) else { return };
        let pair_secret = self.rng.secret();
        let letter = Letter { pair_secret: pair_secret.clone(), contact_card: machine.card.clone(), offer };
        let me = machine.genesis.device;
        let Ok(introduction) = Introduction::seal(me, to, &key, &letter, &machine.genesis.sign, self.rng) else {
            return;
        };
        let packet = Packet::Introduction(introduction.clone()).encode();
        machine.introductions.carried.insert((me, to), Carried::Letter(introduction));
        self.dirty.introductions = true;
        let peer = self.peer_mut(to);
        peer.pair_secret = Some(pair_secret);
        let peer = peer.clone();
        if let Some(known) = self.machine.known(&peer) {
            self.effects.push(Effect::PeerKnown(known));
        }
        self.tell_others(None, &packet);
    }

    /// Tells every connected device but the one it was heard from.
    fn tell_others(&mut self, heard_from: Option<DeviceId>, packet: &[u8]) {
        let connected: Vec<DeviceId> =
            self.machine.sessions.keys().copied().filter(|device| Some(*device) != heard_from).collect();
        for device in connected {
            self.send(device, packet.to_vec());
        }
    }
}
