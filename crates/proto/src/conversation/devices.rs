//! Devices that come and go: signed lists, and introductions that siblings carry.
//!
//! A person's new device (a *sibling*) begins in four steps, over any channel between the person's own devices:
//! an existing device makes a [`Transfer`]; the new one answers with a [`SiblingRequest`]; the existing one admits it by
//! a newer list ([`Turn::admit_sibling`]) and carries its introductions; the new one begins with that list
//! ([`SiblingRequest::founded`]).

use super::found::first_batch;
use super::state::{Genesis, Peer, People, ReadLog};
use super::{Conversation, MyOffer, Turn, first_log};
use crate::crypto::{KemSecret, SignKey};
use crate::identity::bundle::Bundle;
use crate::identity::list::{Device, DeviceList, ListError, Role, Succession, accept};
use crate::io::{Effect, EventRow, Owed, Write, WriteBatch};
use crate::log::introduction::{Introduction, Letter};
use crate::log::notice::Notice;
use crate::log::offer::Offer;
use crate::log::packet::Packet;
use crate::sealer::{LeafKey, Sealer, SealerFault};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{ConversationId, DeviceId, PersonId, Rng, Secret};
use std::collections::BTreeMap;

/// What a person's new device needs to know of a conversation: who is in it. It carries no key but the pairwise one.
#[derive(Debug, Clone)]
pub struct Transfer {
    conversation: ConversationId,
    person: PersonId,
    people: People,
    pairwise: SignKey,
}

/// A new device that asks to be admitted: its keys (kept), and what the others are told.
#[derive(Debug)]
pub struct SiblingRequest {
    transfer: Transfer,
    device: Device,
    sign: SignKey,
    kem: KemSecret,
    /// Sealed letters to every device in force.
    pub introductions: Vec<Introduction>,
    letters: BTreeMap<DeviceId, (MyOffer, Secret)>,
}

impl Transfer {
    /// Secret bytes, for the person's own device only.
    pub fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), self.conversation.as_bytes())
            .bytes(Tag::must(2), self.person.as_bytes())
            .bytes(Tag::must(3), &self.people.encode())
            .bytes(Tag::must(4), self.pairwise.secret().expose())
            .done()
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4])?;
        Ok(Self {
            conversation: ConversationId::from_bytes(fields.array(1)?),
            person: PersonId::from_bytes(fields.array(2)?),
            people: People::decode(fields.bytes(3)?)?,
            pairwise: SignKey::from_secret(Secret::new(fields.array(4)?)),
        })
    }

    /// The bundles of the person and of the others, to name and draw the relationship with.
    pub fn bundles(&self) -> (Option<&Bundle>, Vec<&Bundle>) {
        let mine = self.people.get(self.person).map(|person| &person.bundle);
        let others =
            self.people.iter().map(|person| &person.bundle).filter(|bundle| bundle.person() != self.person).collect();
        (mine, others)
    }

    /// The conversation.
    pub const fn conversation(&self) -> ConversationId {
        self.conversation
    }

    /// Makes the new device's keys, and a letter to each device in force.
    ///
    /// # Errors
    /// [`SealerFault`].
    pub fn request(
        self,
        contact_card: &[u8],
        sealer: &mut dyn Sealer,
        rng: &mut Rng,
    ) -> Result<SiblingRequest, SealerFault> {
        let (sign, kem) = (SignKey::generate(rng), KemSecret::generate(rng));
        let device = Device { sign: sign.public(), kem: kem.public(), role: Role::Access, capabilities: 0 };
        let me = LeafKey { device: device.id(), key: sign.public() };
        let mut letters = BTreeMap::new();
        let mut introductions = Vec::new();
        for other in self.people.devices() {
            let key_package = sealer.key_package(me, &sign, rng)?;
            let letter_key = KemSecret::generate(rng);
            let log = first_log(self.conversation, other.id);
            let offer = Offer::sign(Some(log), me.device, key_package, letter_key.public(), &sign);
            let pair_secret = rng.secret();
            let letter =
                Letter { pair_secret: pair_secret.clone(), contact_card: contact_card.to_vec(), offer: offer.clone() };
            let introduction = Introduction::seal(me.device, other.id, &other.kem, &letter, &sign, rng)
                .map_err(|_| SealerFault("a device in force has a key that can't be sealed to".into()))?;
            introductions.push(introduction);
            letters.insert(other.id, (MyOffer::from_parts(offer, letter_key), pair_secret));
        }
        Ok(SiblingRequest { transfer: self, device, sign, kem, introductions, letters })
    }
}

impl SiblingRequest {
    /// The new device, as it asks to be listed.
    pub const fn device(&self) -> &Device {
        &self.device
    }

    /// The first batch of the new device's vault, once `list` has admitted it. `cards` say where the others are.
    ///
    /// # Errors
    /// [`SealerFault`]; [`ListError`] inside it when the list does not admit this device.
    pub fn founded(
        self,
        list: &[u8],
        cards: &BTreeMap<DeviceId, Vec<u8>>,
        sealer: &mut dyn Sealer,
        rng: &mut Rng,
    ) -> Result<WriteBatch, SealerFault> {
        let Self { transfer, device, sign, kem, letters, .. } = self;
        let mut people = transfer.people;
        let bundle = people.get(transfer.person).map(|person| person.bundle.clone());
        let list = bundle
            .ok_or(ListError::OtherPerson)
            .and_then(|bundle| DeviceList::verify(list, &bundle))
            .map_err(|error| SealerFault(error.to_string()))?;
        people.replace_list(list);
        let genesis = Genesis {
            conversation: transfer.conversation,
            person: transfer.person,
            device: device.id(),
            sign,
            kem,
            pairwise: Some(transfer.pairwise),
            log: first_log(transfer.conversation, device.id()),
        };
        let (mut peers, mut logs) = (Vec::new(), Vec::new());
        for (other, (offer, pair_secret)) in letters {
            let mut peer = Peer::new(other);
            peer.pair_secret = Some(pair_secret);
            peer.contact_card = cards.get(&other).cloned().unwrap_or_default();
            peers.push(peer);
            let mut log = ReadLog::new(first_log(genesis.conversation, other), other);
            offer.give_to(&mut log);
            logs.push(log);
        }
        first_batch(&genesis, &people, peers, logs, sealer, rng)
    }
}

impl Conversation {
    /// What a new device of this device's person needs; `None` once this device can't change the list.
    pub fn transfer(&self) -> Option<Transfer> {
        Some(Transfer {
            conversation: self.genesis.conversation,
            person: self.genesis.person,
            people: self.people.clone(),
            pairwise: self.genesis.pairwise.clone()?,
        })
    }

    /// Where other devices said they can be found, and where the caller says this one can.
    pub fn cards(&self, mine: Vec<u8>) -> BTreeMap<DeviceId, Vec<u8>> {
        let others = self.peers.values().map(|peer| (peer.device, peer.contact_card.clone()));
        others.chain([(self.genesis.device, mine)]).collect()
    }

    /// The list in force of this device's person, as signed.
    pub fn own_list(&self) -> Option<&[u8]> {
        self.people.get(self.genesis.person).map(|person| person.list.bytes())
    }
}

impl Turn<'_> {
    /// Admits a new device of this device's person, and carries its introductions to the others.
    ///
    /// # Errors
    /// [`ListError`] when this device can't change the list, or the list would break a rule.
    pub fn admit_sibling(&mut self, device: Device, introductions: Vec<Introduction>) -> Result<(), ListError> {
        let genesis = &self.machine.genesis;
        let pairwise = genesis.pairwise.clone().ok_or(ListError::NotByPairwise)?;
        let person = self.machine.people.get(genesis.person).ok_or(ListError::OtherPerson)?;
        let mut draft = person.list.successor();
        draft.devices.push(device);
        let list = DeviceList::sign(draft, &person.bundle, &pairwise)?;
        self.put_in_force(list);
        for introduction in introductions {
            if introduction.to == self.machine.genesis.device {
                self.receive_introduction(introduction.from, introduction);
            } else {
                self.machine.introductions.push(introduction);
                self.dirty.introductions = true;
            }
        }
        let connected: Vec<DeviceId> = self.machine.sessions.keys().copied().collect();
        for device in connected {
            self.tell_devices(device);
        }
        Ok(())
    }

    /// Tells a connected device this person's list, and hands over the letters for it.
    pub(super) fn tell_devices(&mut self, to: DeviceId) {
        let me = self.machine.genesis.person;
        let news = self.machine.people.get(me).filter(|person| person.list.prev().is_some());
        if let Some(list) = news.map(|person| person.list.bytes().to_vec()) {
            self.send(to, Packet::List(list).encode());
        }
        let letters: Vec<Introduction> =
            self.machine.introductions.iter().filter(|letter| letter.to == to).cloned().collect();
        for letter in letters {
            self.send(to, Packet::Introduction(letter).encode());
        }
    }

    /// A person's device list, carried by anybody.
    pub(super) fn receive_list(&mut self, from: DeviceId, bytes: &[u8]) {
        let verified = self
            .machine
            .people
            .iter()
            .find_map(|person| Some((person, DeviceList::verify(bytes, &person.bundle).ok()?)));
        let Some((person, list)) = verified else { return self.reject(from, "ID-031") };
        match accept(&person.list, &list) {
            Succession::Newer => self.put_in_force(list),
            Succession::Same | Succession::Older => {}
            Succession::Fork => self.reject(from, "ID-036"),
        }
    }

    fn put_in_force(&mut self, list: DeviceList) {
        let person = list.person();
        let before: Vec<DeviceId> = self.machine.people.devices().map(|device| device.id).collect();
        self.machine.people.replace_list(list);
        self.dirty.people = true;
        let after: Vec<DeviceId> = self.machine.people.devices().map(|device| device.id).collect();
        for device in after.iter().filter(|device| !before.contains(device)) {
            self.device_came(*device, &before);
        }
        for device in before.iter().filter(|device| !after.contains(device)) {
            self.device_went(person, *device);
        }
    }

    /// What still waits for any device is owed to the new one too: its person is in the audience of all of it.
    fn device_came(&mut self, device: DeviceId, others: &[DeviceId]) {
        let log = first_log(self.machine.genesis.conversation, device);
        self.machine.logs.entry(log).or_insert_with(|| ReadLog::new(log, device));
        self.dirty.logs.insert(log);
        self.peer_mut(device);
        // What goes to one device alone goes to the new one alone too: a third may not be meant to read it.
        let mut rows: BTreeMap<EventRow, bool> = BTreeMap::new();
        for owed in others.iter().flat_map(|other| self.staged.owed(*other, false, usize::MAX)) {
            *rows.entry(owed.row).or_default() |= owed.alone;
        }
        let waiting = rows.len() as u64;
        for (row, alone) in rows {
            self.staged.set_owed(Owed { device, row, seq: None, alone });
        }
        if let Some(person) = self.machine.people.device(device).map(|known| known.person) {
            self.notice(&Notice::DeviceJoined { person, device, waiting });
        }
    }

    fn device_went(&mut self, person: PersonId, device: DeviceId) {
        self.notice(&Notice::DeviceLeft { person, device });
        self.machine.peers.remove(&device);
        self.machine.sessions.remove(&device);
        self.dirty.peers.remove(&device);
        self.staged.push(Write::PeerGone(device));
        self.effects.push(Effect::PeerGone(device));
    }

    /// A new device's letter to this one.
    pub(super) fn receive_introduction(&mut self, from: DeviceId, introduction: Introduction) {
        let Some(key) = self.machine.verify_key(introduction.from) else { return self.reject(from, "INTR-001") };
        if introduction.to != self.machine.genesis.device {
            return self.reject(from, "INTR-002");
        }
        let known = self.machine.peers.get(&introduction.from).is_some_and(|peer| peer.pair_secret.is_some());
        if known {
            return;
        }
        let Ok(letter) = introduction.open(&key, &self.machine.genesis.kem) else {
            return self.reject(from, "INTR-003");
        };
        if letter.offer.device != introduction.from || letter.offer.verify(&key).is_err() {
            return self.reject(from, "KEYP-001");
        }
        let peer = self.peer_mut(introduction.from);
        peer.pair_secret = Some(letter.pair_secret);
        peer.contact_card = letter.contact_card;
        peer.offer = Some(letter.offer);
        let peer = peer.clone();
        if let Some(known) = self.machine.known(&peer) {
            self.effects.push(Effect::PeerKnown(known));
        }
    }
}
