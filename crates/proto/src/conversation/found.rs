//! How a conversation begins: the keys made when an app is made, and the first state after a pairing.
//!
//! *Prospect* (keys exist, nobody answered) → [`Founding`] (a pairing succeeded) → the vault's first batch → loaded as a
//! [`super::Conversation`].

use super::features::Manifests;
use super::first_log;
use super::people::{People, Person};
use super::state::{Genesis, OwnLog, Peer, Progress, ReadLog};
use crate::crypto::{KemSecret, SignKey};
use crate::identity::bundle::Bundle;
use crate::identity::list::{Device, DeviceList, ListError, Role};
use crate::identity::manifest::Manifest;
use crate::identity::seed::RecoveryPublic;
use crate::io::{MetaKey, StoredLog, StoredPeer, Write, WriteBatch};
use crate::log::offer::Offer;
use crate::sealer::{LeafKey, Sealer, SealerFault};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{ConversationId, DeviceId, Rng, Secret};

/// What one side has made for a relationship before the other answered: identity, device, first list.
#[derive(Debug, Clone)]
pub struct Prospect {
    /// The pairwise identity.
    pub bundle: Bundle,
    /// The list with this one device.
    pub list: DeviceList,
    /// This device in that list.
    pub device: DeviceId,
    pairwise: SignKey,
    sign: SignKey,
    kem: KemSecret,
}

/// A KeyPackage offered in a pairing, with the private half of its letter key. Made anew for every try.
#[derive(Debug, Clone)]
pub struct MyOffer {
    /// What is offered.
    pub offer: Offer,
    letter: KemSecret,
}

/// Everything that two sides hold in common after a pairing, and what this side made for it.
#[derive(Debug)]
pub struct Founding {
    /// The conversation.
    pub conversation: ConversationId,
    /// This side.
    pub prospect: Prospect,
    /// What this side offered in the pairing.
    pub my_offer: MyOffer,
    /// The other's identity.
    pub their_bundle: Bundle,
    /// The other's list.
    pub their_list: DeviceList,
    /// The device that paired.
    pub their_device: DeviceId,
    /// What it offered.
    pub their_offer: Offer,
    /// The secret of the two devices.
    pub pair_secret: Secret,
    /// Where it can be found.
    pub their_card: Vec<u8>,
    /// What its program speaks, as it said.
    pub their_manifest: Manifest,
}

impl Prospect {
    /// Makes the keys of a new relationship at this device.
    ///
    /// # Errors
    /// [`ListError`] never happens for keys made here; it is passed on rather than hidden.
    pub fn new(recovery: &RecoveryPublic, rng: &mut Rng) -> Result<Self, ListError> {
        Self::of(recovery, SignKey::generate(rng), SignKey::generate(rng), KemSecret::generate(rng))
    }

    fn of(recovery: &RecoveryPublic, pairwise: SignKey, sign: SignKey, kem: KemSecret) -> Result<Self, ListError> {
        let bundle = Bundle::new(pairwise.public(), recovery);
        let device = Device { sign: sign.public(), kem: kem.public(), role: Role::Access, capabilities: 0 };
        let id = device.id();
        let list = DeviceList::first(&bundle, device, &pairwise)?;
        Ok(Self { bundle, list, device: id, pairwise, sign, kem })
    }

    /// Secret bytes to store under encryption, from which [`Self::decode`] makes it again.
    pub fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), self.bundle.bytes())
            .bytes(Tag::must(2), self.list.bytes())
            .bytes(Tag::must(3), self.pairwise.secret().expose())
            .bytes(Tag::must(4), self.sign.secret().expose())
            .bytes(Tag::must(5), self.kem.secret().expose())
            .done()
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// [`Malformed`] when the stored bytes are damaged.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4, 5])?;
        let bundle = Bundle::decode(fields.bytes(1)?).map_err(|_| Malformed::BadValue(1))?;
        let list = DeviceList::verify(fields.bytes(2)?, &bundle).map_err(|_| Malformed::BadValue(2))?;
        let key = |tag| fields.array(tag).map(Secret::new);
        let device = list.devices().first().ok_or(Malformed::Missing(2))?.id();
        Ok(Self {
            bundle,
            list,
            device,
            pairwise: SignKey::from_secret(key(3)?),
            sign: SignKey::from_secret(key(4)?),
            kem: KemSecret::from_secret(key(5)?),
        })
    }

    /// The device's private X-Wing key, which a pairing answer is sealed to.
    pub const fn kem(&self) -> &KemSecret {
        &self.kem
    }

    /// Makes a one-use KeyPackage for one pairing try; its private parts stay in the sealer.
    ///
    /// # Errors
    /// [`SealerFault`].
    pub fn offer(&self, sealer: &mut dyn Sealer, rng: &mut Rng) -> Result<MyOffer, SealerFault> {
        let me = LeafKey { device: self.device, key: self.sign.public() };
        let key_package = sealer.key_package(me, &self.sign, rng)?;
        let letter = KemSecret::generate(rng);
        let offer = Offer::sign(None, self.device, key_package, letter.public(), &self.sign);
        Ok(MyOffer::from_parts(offer, letter))
    }
}

impl MyOffer {
    pub(super) const fn from_parts(offer: Offer, letter: KemSecret) -> Self {
        Self { offer, letter }
    }

    /// Notes in a log that its writer holds this offer.
    pub(super) fn give_to(self, log: &mut ReadLog) {
        log.letters.push((self.offer.hash(), self.letter));
        log.offer = Some(self.offer);
    }
}

impl Founding {
    /// The first batch of the conversation's vault. The sealer is the one that made the offer.
    ///
    /// # Errors
    /// [`SealerFault`].
    pub fn batch(self, sealer: &mut dyn Sealer, rng: &mut Rng) -> Result<WriteBatch, SealerFault> {
        let Self { conversation, prospect, my_offer, .. } = self;
        let genesis = Genesis {
            conversation,
            person: prospect.bundle.person(),
            device: prospect.device,
            sign: prospect.sign.clone(),
            kem: prospect.kem.clone(),
            pairwise: Some(prospect.pairwise.clone()),
            log: first_log(conversation, prospect.device),
        };
        let people = People::new(vec![
            Person::new(prospect.bundle, prospect.list),
            Person::new(self.their_bundle, self.their_list),
        ]);
        let mut peer = Peer::new(self.their_device);
        peer.pair_secret = Some(self.pair_secret);
        peer.contact_card = self.their_card;
        peer.offer = Some(self.their_offer);
        let mut theirs = ReadLog::new(first_log(conversation, self.their_device), self.their_device);
        my_offer.give_to(&mut theirs);
        let mut batch = first_batch(&genesis, &people, vec![peer], vec![theirs], sealer, rng)?;
        let manifests = Manifests::of(self.their_device, self.their_manifest);
        batch.writes.push(Write::Meta(MetaKey::Manifest, Some(manifests.encode())));
        Ok(batch)
    }
}

/// The rows of a conversation that begins here, with its own send group made.
pub(super) fn first_batch(
    genesis: &Genesis,
    people: &People,
    peers: Vec<Peer>,
    logs: Vec<ReadLog>,
    sealer: &mut dyn Sealer,
    rng: &mut Rng,
) -> Result<WriteBatch, SealerFault> {
    let me = LeafKey { device: genesis.device, key: genesis.sign.public() };
    sealer.create(genesis.log, me, &genesis.sign, rng)?;
    let mut writes = vec![
        Write::Meta(MetaKey::Genesis, Some(genesis.encode())),
        Write::Meta(MetaKey::People, Some(people.encode())),
        Write::Meta(MetaKey::Progress, Some(Progress::new().encode())),
        Write::Log(StoredLog { log: genesis.log, device: genesis.device, state: OwnLog::new(genesis.log).encode() }),
    ];
    for log in logs {
        writes.push(Write::Log(StoredLog { log: log.log, device: log.writer, state: log.encode() }));
    }
    for peer in peers {
        writes.push(Write::Peer(StoredPeer { device: peer.device, state: peer.encode() }));
    }
    writes.extend(sealer.drain().into_iter().map(|(key, value)| Write::Sealer(key, value)));
    Ok(WriteBatch { writes })
}
