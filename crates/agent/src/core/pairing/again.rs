//! Pairing again with a contact that is there: keys for the try, apart from those in use (`spec/pairing.md`, PAIR-050).
//!
//! *In use* → (invited or answered again) → *in use, with a renewal beside it* → (words proven, stored) → *renewed*, or
//! → (the invitation ended, the answer came to nothing) → *in use*, with nothing left of the try.
//!
//! A renewal lies in the home's own values, so that an open invitation survives a restart and the contact's row is not
//! touched before there is something to put in it. One renewal serves a contact's invitation and its answer alike.

use super::super::contacts::State;
use super::super::recovery::{RESTORED, ROOT_MADE};
use super::super::setup::store_error;
use super::super::talk::internal;
use super::{Core, recovery_key};
use kith_api::Error;
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{ContactId, limits};
use kith_proto::conversation::{Prospect, recovery_before};
use kith_proto::crypto::{SignKey, VerifyKey};
use kith_proto::identity::{RecoveryPublic, Root};
use kith_store::RecoveryRow;

/// Keys made for one contact's next identity here, until a pairing puts them in force.
pub(super) struct Renewal {
    pub(super) prospect: Prospect,
    pub(super) recovery: RecoveryPublic,
}

impl Renewal {
    pub(super) fn encode(&self) -> Vec<u8> {
        Writer::new().bytes(Tag::must(1), &self.prospect.encode()).bytes(Tag::must(2), &self.recovery.encode()).done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2])?;
        Ok(Self { prospect: Prospect::decode(fields.bytes(1)?)?, recovery: RecoveryPublic::decode(fields.bytes(2)?)? })
    }
}

/// Where the home keeps the renewal of a contact.
pub(super) fn renewal_name(id: ContactId) -> String {
    format!("renewal {id}")
}

impl Core {
    /// Makes the keys of a contact's next identity, unless a try under way has some (PAIR-050).
    pub(super) fn begin_renewal(&mut self, id: ContactId) -> Result<(), Error> {
        // What can't be read can't be gone on with.
        self.live(id)?;
        if self.renewal(id).is_some() {
            return Ok(());
        }
        let recovery = self.home.registry().take_recovery().map_err(|error| store_error(&error))?;
        let recovery = recovery_key(recovery)?;
        let prospect = Prospect::new(&recovery, &mut self.rng).map_err(|error| internal(&error.to_string()))?;
        let renewal = Renewal { prospect, recovery };
        let stored = self.home.registry().set_local(&renewal_name(id), Some(&renewal.encode()));
        stored.map_err(|error| store_error(&error))
    }

    /// The keys of a contact's next identity, while there is a try.
    pub(super) fn renewal(&self, id: ContactId) -> Option<Renewal> {
        let stored = self.home.registry().local(&renewal_name(id)).ok()??;
        Renewal::decode(&stored).ok()
    }

    /// Forgets a renewal that came to nothing, once neither an invitation nor an answer needs it.
    pub(in crate::core) fn end_renewal(&self, id: ContactId) {
        let needed = self.pairings.open.contains_key(&id)
            || self.pairings.attempts.values().any(|attempt| attempt.contact == id);
        let Some(renewal) = self.renewal(id).filter(|_| !needed) else { return };
        drop(self.home.registry().set_local(&renewal_name(id), None));
        // Nobody has seen it in a relationship, so it can serve another.
        self.give_back_key(&renewal.recovery);
    }

    pub(super) fn give_back_key(&self, key: &RecoveryPublic) {
        drop(self.home.registry().put_recovery(&RecoveryRow {
            number: key.index,
            sign: key.sign.as_bytes().to_vec(),
            kem: key.kem.as_bytes().to_vec(),
            used: false,
        }));
    }

    /// After a start: tries that ended with the agent.
    pub(super) fn end_renewals(&self) {
        for id in self.contacts.keys() {
            self.end_renewal(*id);
        }
    }

    /// Whether a contact that is there already is being paired with again.
    pub(super) fn is_renewing(&self, id: ContactId) -> bool {
        self.contacts.get(&id).map(super::ContactState::state) == Some(State::Connected) && self.renewal(id).is_some()
    }

    /// The recovery key to ask the other side for, where this side goes on with a contact.
    pub(super) fn asked_key(&mut self, id: ContactId) -> Option<VerifyKey> {
        let contact = self.contacts.get(&id)?;
        contact.row.conversation?;
        let verified = contact.row.verified;
        recovery_before(&self.live(id).ok()?.vault, verified).ok()?
    }

    /// The private half of the key that the other side asks for, where it is this person's and the words are here.
    pub(super) fn asked_of_us(&self, key: Option<VerifyKey>) -> Option<SignKey> {
        let key = key?;
        let words = self.words().ok()??;
        // Of a root that was made here, no other home has used a key.
        let restored = self.home.registry().local(ROOT_MADE).ok()?.is_some_and(|how| how == RESTORED);
        let indices = if restored { limits::RECOVERY_INDICES } else { limits::RECOVERY_POOL };
        Root::from_words(&words).ok()?.signer_of(&key, indices)
    }
}
