//! How a person's further device joins a conversation.
//!
//! A person's new device (a *sibling*) begins in four steps, over any channel between the person's own devices:
//! an existing device makes a [`Transfer`]; the new one answers with a [`SiblingRequest`]; the existing one admits it by
//! a newer list ([`super::Turn::admit_sibling`]) and carries its introductions; the new one begins with that list
//! ([`SiblingRequest::founded`]).

use super::found::first_batch;
use super::introductions::Letters;
use super::people::People;
use super::state::{Genesis, Peer, Progress, ReadLog};
use super::{Conversation, MyOffer, first_log};
use crate::crypto::{KemSecret, SignKey};
use crate::identity::bundle::Bundle;
use crate::identity::list::{Device, DeviceList, ListError, Role};
use crate::io::{MetaKey, Write, WriteBatch};
use crate::log::introduction::{Introduction, Letter};
use crate::log::offer::Offer;
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
    /// For how long messages stay, as stored here.
    timers: Vec<u8>,
    /// The highest counter of the person's events that is known (EVT-014).
    counter: u64,
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
    /// The same letters, for the new device to carry as well.
    own: Letters,
}

impl Transfer {
    /// Secret bytes, for the person's own device only.
    pub fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), self.conversation.as_bytes())
            .bytes(Tag::must(2), self.person.as_bytes())
            .bytes(Tag::must(3), &self.people.encode())
            .bytes(Tag::must(4), self.pairwise.secret().expose())
            .optional(Tag::may(5), Some(&self.timers[..]).filter(|timers| !timers.is_empty()))
            .optional_number(Tag::may(6), Some(self.counter).filter(|counter| *counter > 0))
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
            timers: fields.optional(5)?.unwrap_or_default().to_vec(),
            counter: fields.optional_number(6)?.unwrap_or_default(),
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
        let own = Letters::of(introductions.iter().cloned());
        Ok(SiblingRequest { transfer: self, device, sign, kem, introductions, letters, own })
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
        let Self { transfer, device, sign, kem, letters, own, .. } = self;
        let mut people = transfer.people;
        let bundle = people.get(transfer.person).map(|person| person.bundle.clone());
        let list = bundle
            .ok_or(ListError::OtherPerson)
            .and_then(|bundle| DeviceList::verify(list, &bundle))
            .map_err(|error| SealerFault(error.to_string()))?;
        people.take(list);
        if people.device(device.id()).is_none() {
            return Err(SealerFault(ListError::NotListed.to_string()));
        }
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
        let mut batch = first_batch(&genesis, &people, peers, logs, sealer, rng)?;
        batch.writes.push(Write::Meta(MetaKey::Introductions, Some(own.encode())));
        let progress = Progress { counter: transfer.counter, ..Progress::new() };
        batch.writes.push(Write::Meta(MetaKey::Progress, Some(progress.encode())));
        if !transfer.timers.is_empty() {
            batch.writes.push(Write::Meta(MetaKey::Timers, Some(transfer.timers)));
        }
        Ok(batch)
    }
}

impl Conversation {
    /// What a new device of this device's person needs; `None` when this device can't change the list, or nobody would
    /// believe it: two lists of one place are known, or another pairwise key is in force.
    pub fn transfer(&self) -> Option<Transfer> {
        let person = self.people.get(self.genesis.person).filter(|person| !person.is_frozen())?;
        let pairwise = self.genesis.pairwise.clone().filter(|key| key.public() == *person.list.pairwise())?;
        Some(Transfer {
            conversation: self.genesis.conversation,
            person: self.genesis.person,
            people: self.people.clone(),
            pairwise,
            timers: self.expiries.encode(),
            counter: self.progress.counter,
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
