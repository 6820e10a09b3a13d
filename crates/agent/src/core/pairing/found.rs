//! From a pairing to a conversation: one step over two vaults, by an intent.
//!
//! The home notes what is about to be (an intent), the contact's vault gets its conversation, the home's row follows and
//! the intent is closed. A crash in between is finished at the next start by looking whether the vault has it. Where the
//! vault holds an earlier conversation of the two, that one becomes history in the same batch (`spec/pairing.md`, PAIR-051).

use super::super::contacts::{State, gone, mark};
use super::super::setup::store_error;
use super::super::talk::internal;
use super::Core;
use super::again::{Renewal, renewal_name};
use super::runs::Mine;
use kith_api::{Error, Side};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{ContactId, ConversationId, DeviceId, Secret};
use kith_proto::conversation::{Conversation, Founding, Over};
use kith_proto::identity::Bundle;
use kith_proto::log::offer::Offer;
use kith_proto::pairing::{Paired, Role};
use kith_proto::sealer::mls::MlsSealer;
use kith_store::{ContactRow, PeerRow, VaultSlot};

const INTENT: &str = "found a conversation";

/// What the home has to note once the vault has the conversation.
pub(super) struct Change {
    contact: ContactId,
    conversation: ConversationId,
    side: u64,
    slot: VaultSlot,
    their_bundle: Vec<u8>,
    device: DeviceId,
    me: DeviceId,
    pair_secret: Secret,
    card: Vec<u8>,
    /// This side's new identity, where the contact is gone on with under one.
    renewed: Option<Renewed>,
}

/// What of a contact's row a new identity replaces.
struct Renewed {
    bundle: Vec<u8>,
    identity: Vec<u8>,
    recovery: Vec<u8>,
}

impl Renewed {
    fn of(renewal: &Renewal) -> Self {
        Self {
            bundle: renewal.prospect.bundle.bytes().to_vec(),
            identity: renewal.prospect.encode(),
            recovery: renewal.recovery.encode(),
        }
    }
}

impl Core {
    /// Keeps what a pairing agreed on: durable when this returns.
    pub(super) fn found(&mut self, id: ContactId, paired: &Paired, mine: &mut Mine) -> Result<(), Error> {
        let theirs = &paired.theirs;
        let their_offer = Offer::decode(&theirs.key_package).map_err(|_| internal("an offer can't be read"))?;
        let their_key = theirs.only_device().map(|device| device.sign).map_err(|_| internal("a list is odd"))?;
        if their_offer.device != theirs.device || their_offer.verify(&their_key).is_err() {
            return Err(internal("the other device's KeyPackage is not its own"));
        }
        let row = &self.contacts.get(&id).ok_or_else(gone)?.row;
        let (slot, verified) = (row.vault.clone().ok_or_else(gone)?, row.verified);
        let vouch = self.asked_of_us(theirs.known_by);
        let me = mine.prospect.device;
        let change = Change {
            contact: id,
            conversation: paired.conversation,
            side: if paired.role == Role::Inviter { 0 } else { 1 },
            slot,
            their_bundle: theirs.bundle.bytes().to_vec(),
            device: theirs.device,
            me,
            pair_secret: paired.pair_secret.clone(),
            card: theirs.card.clone(),
            renewed: self.renewal(id).filter(|renewal| renewal.prospect.device == me).as_ref().map(Renewed::of),
        };
        let founding = Founding {
            conversation: paired.conversation,
            prospect: mine.prospect.clone(),
            my_offer: mine.offer.clone(),
            their_bundle: theirs.bundle.clone(),
            their_list: theirs.list.clone(),
            their_device: theirs.device,
            their_offer,
            pair_secret: paired.pair_secret.clone(),
            their_card: theirs.card.clone(),
            their_manifest: theirs.manifest,
        };
        let over = Over { verified, vouch: vouch.as_ref(), wall: self.clock.wall() };
        self.close_conversation(id);
        let mut vault = self.home.create_vault(&change.slot).map_err(|error| store_error(&error))?;
        let batch = founding.over(&vault, &over, &mut mine.sealer, &mut self.rng);
        let batch = batch.map_err(|error| internal(&error.to_string()))?;
        let registry = self.home.registry();
        let intent = registry
            .open_intent(INTENT, &change.slot.file, &change.encode(), self.clock.wall())
            .map_err(|error| store_error(&error))?;
        vault.commit_intent(intent, &batch).map_err(|error| store_error(&error))?;
        drop(vault);
        self.conclude_intent(intent, &change)?;
        self.changed(id);
        self.show_renewed(id);
        Ok(())
    }

    /// Closes a contact's vault; what runs on its connections is heard no more.
    fn close_conversation(&mut self, id: ContactId) {
        if let Some(contact) = self.contacts.get_mut(&id) {
            contact.live = None;
            contact.summary = None;
            for device in std::mem::take(&mut contact.links).into_keys() {
                self.links.renew(device);
            }
        }
    }

    /// The home's half: row, peers and the intent's end in one transaction; then the other device is dialled.
    fn conclude_intent(&mut self, intent: u64, change: &Change) -> Result<(), Error> {
        let Some(contact) = self.contacts.get(&change.contact) else { return Ok(()) };
        let mut row = contact.row.clone();
        change.apply(&mut row);
        let peer = PeerRow {
            device: change.device,
            contact: change.contact,
            pair_secret: change.pair_secret.clone(),
            card: change.card.clone(),
            beat_seen: 0,
            extra: change.me.as_bytes().to_vec(),
        };
        let mut before = self.home.registry().peers_of(change.contact).map_err(|error| store_error(&error))?;
        before.retain(|known| known.device != change.device);
        self.home
            .transaction(|registry| {
                before.iter().try_for_each(|known| registry.delete_peer(known.device))?;
                registry.put_contact(&row)?;
                registry.put_peer(&peer)?;
                if change.renewed.is_some() {
                    registry.set_local(&renewal_name(change.contact), None)?;
                }
                registry.close_intent(intent)
            })
            .map_err(|error: kith_store::StoreError| store_error(&error))?;
        if let Some(contact) = self.contacts.get_mut(&change.contact) {
            contact.row = row;
            contact.reach.clear();
        }
        for known in before {
            self.links.forget(known.device);
        }
        self.know(&peer);
        // The keys of before are gone from the home with its log.
        if change.renewed.is_some() {
            drop(self.home.checkpoint_truncate());
        }
        Ok(())
    }

    /// After a crash: a conversation that its vault has is concluded, one that it has not is forgotten.
    pub(in crate::core) fn finish_intents(&mut self) {
        for intent in self.home.registry().intents().unwrap_or_default() {
            let change = Change::decode(&intent.body).ok().filter(|_| intent.kind == INTENT);
            let founded = change.as_ref().is_some_and(|change| {
                let vault = self.home.open_vault(&change.slot).ok();
                vault.is_some_and(|vault| {
                    Conversation::load(&vault, Box::new(MlsSealer::new()), self.clock.mono())
                        .is_ok_and(|machine| machine.id() == change.conversation)
                })
            });
            let done = match change {
                Some(change) if founded => self.conclude_intent(intent.id, &change),
                _ => self.home.registry().close_intent(intent.id).map_err(|error| store_error(&error)),
            };
            if let Err(error) = done {
                tracing::warn!(%error, "a step that was half done could not be finished");
            }
        }
    }

    /// The name under which an answered invitation becomes a contact, and which contact it becomes: the one that was
    /// invited under that name, if there is one, so that the leftover invitation ends.
    pub(super) fn settle_name(&mut self, attempt: u64, contact: ContactId, theirs: Option<&str>) {
        let Some(going) = self.pairings.attempts.get(&attempt) else { return };
        if going.called.is_some() || self.contacts.get(&contact).map(super::ContactState::state) != Some(State::Attempt)
        {
            return;
        }
        let name = theirs.and_then(|name| super::valid_name(name).ok()).unwrap_or_else(|| "New contact".to_owned());
        let invited = self.named(&name).filter(|id| {
            self.contacts.get(id).is_some_and(|c| matches!(c.state(), State::Inviting | State::Failed | State::Saved))
        });
        let name = match invited {
            Some(id) => {
                self.merge(id, contact);
                if let Some(going) = self.pairings.attempts.get_mut(&attempt) {
                    going.contact = id;
                }
                return;
            }
            None => self.free_name(&name),
        };
        if let Some(contact) = self.contacts.get_mut(&contact) {
            contact.row.name = name;
        }
        if let Err(error) = self.store_row(contact) {
            tracing::warn!(%error, "a contact's name could not be stored");
        }
    }

    /// A contact that was invited takes over the keys and the vault of the answer under way.
    fn merge(&mut self, into: ContactId, from: ContactId) {
        let Some(taken) = self.contacts.remove(&from).map(|contact| contact.row) else { return };
        self.close_invitation(into);
        let mut unused = None;
        if let Some(contact) = self.contacts.get_mut(&into) {
            contact.live = None;
            contact.summary = None;
            let left = std::mem::replace(&mut contact.row.extra, taken.extra);
            unused = Some(ContactRow { extra: left, ..contact.row.clone() });
            contact.row.vault = taken.vault;
            contact.row.identity = taken.identity;
            contact.row.bundle = taken.bundle;
            contact.row.mark = taken.mark;
            contact.row.side = taken.side;
        }
        if let Some(row) = self.contacts.get(&into).map(|contact| contact.row.clone()) {
            let stored = self.home.transaction(|registry| {
                registry.delete_contact(from)?;
                registry.put_contact(&row)
            });
            if let Err(error) = stored as Result<(), kith_store::StoreError> {
                tracing::warn!(%error, "two contacts could not be made one");
            }
        }
        if let Some(row) = unused {
            self.give_back(&row);
        }
        drop(self.home.sweep());
    }
}

impl Change {
    fn apply(&self, row: &mut ContactRow) {
        row.conversation = Some(self.conversation);
        row.side = self.side;
        row.vault = Some(self.slot.clone());
        row.their_bundle = Some(self.their_bundle.clone());
        row.state = State::Connecting as u64;
        row.stage = 2;
        row.failure.clear();
        row.verified = false;
        row.met = false;
        if let Some(renewed) = &self.renewed {
            row.bundle.clone_from(&renewed.bundle);
            row.identity.clone_from(&renewed.identity);
            row.extra.clone_from(&renewed.recovery);
        }
        let side = if self.side == 0 { Side::Inviter } else { Side::Answerer };
        if let (Ok(mine), Ok(theirs)) = (Bundle::decode(&row.bundle), Bundle::decode(&self.their_bundle)) {
            row.mark = mark(side, &mine, Some(&theirs));
        }
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), self.contact.as_bytes())
            .bytes(Tag::must(2), self.conversation.as_bytes())
            .number(Tag::must(3), self.side)
            .bytes(Tag::must(4), self.slot.file.as_bytes())
            .bytes(Tag::must(5), &self.slot.wrapped_key)
            .bytes(Tag::must(6), &self.their_bundle)
            .bytes(Tag::must(7), self.device.as_bytes())
            .bytes(Tag::must(8), self.me.as_bytes())
            .bytes(Tag::must(9), self.pair_secret.expose())
            .bytes(Tag::must(10), &self.card)
            .optional(Tag::must(11), self.renewed.as_ref().map(|renewed| &renewed.bundle[..]))
            .optional(Tag::must(12), self.renewed.as_ref().map(|renewed| &renewed.identity[..]))
            .optional(Tag::must(13), self.renewed.as_ref().map(|renewed| &renewed.recovery[..]))
            .done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])?;
        let renewed = fields.optional(11)?.map(|bundle| {
            Ok::<_, Malformed>(Renewed {
                bundle: bundle.to_vec(),
                identity: fields.bytes(12)?.to_vec(),
                recovery: fields.bytes(13)?.to_vec(),
            })
        });
        Ok(Self {
            renewed: renewed.transpose()?,
            contact: ContactId::from_bytes(fields.array(1)?),
            conversation: ConversationId::from_bytes(fields.array(2)?),
            side: fields.number(3)?,
            slot: VaultSlot { file: fields.text(4)?.to_owned(), wrapped_key: fields.bytes(5)?.to_vec() },
            their_bundle: fields.bytes(6)?.to_vec(),
            device: DeviceId::from_bytes(fields.array(7)?),
            me: DeviceId::from_bytes(fields.array(8)?),
            pair_secret: Secret::new(fields.array(9)?),
            card: fields.bytes(10)?.to_vec(),
        })
    }
}
