//! Conversations that can't go on, and how that stays with them.
//!
//! ```text
//! in use ──turn panics──▶ careful, from its last commit ──panics as often as TURN_FAULTS_MAX──▶ rests
//!    └────a read of its vault can't be believed────────────────────────────────────────────────▶ rests
//! ```
//!
//! A conversation is *careful* after a fault in it, and all are after a run of the agent that did not end as it should:
//! the next record of each log is noted in the vault, in a commit of its own, before it is tried, and one that was noted
//! before is refused: at once where a turn was seen to fail, after another try where the run merely ended without a word.
//! So no record takes the agent down more than twice that way, or three times by taking all of it down. It is careful no
//! more after a run that ended well.
//!
//! A conversation that *rests* is left alone until the agent is started anew: its vault is closed, its devices are not
//! dialled, and whoever asks for it is told why and what can be done. Nothing of it is deleted. All others go on.

use super::Core;
use super::contacts::gone;
use super::setup::store_error;
use super::talk::internal;
use super::wish::Outcome;
use kith_api::{Error, ErrorKind, Word};
use kith_base::{ContactId, limits};
use kith_store::{ConversationVault, ErrorKind as StoreKind, StoreError};

/// Where the home keeps that a run has not ended; gone after one that ended as it should.
const RUNS: &str = "runs";
/// Where a vault keeps that a turn of its conversation failed.
const FAULTY: &str = "faulty";

/// Whether a turn of this vault's conversation failed, and no run has ended well since.
pub(super) fn was_faulty(vault: &ConversationVault) -> Result<bool, StoreError> {
    Ok(vault.local(FAULTY)?.is_some())
}

/// A run ended well. A mark that stays makes the next one slower, nothing else.
pub(super) fn forget_fault(vault: &mut ConversationVault) {
    drop(vault.set_local(FAULTY, None));
}

/// An error of a conversation's vault in the words of the API, with what can be done about this one.
pub(super) fn vault_error(error: &StoreError, name: &str) -> Error {
    if error.kind() != StoreKind::Damaged {
        return store_error(error);
    }
    let file = ("file", Word::text(error.file().display()));
    let words = [file, ("why", Word::text(error.detail())), ("name", Word::text(name))];
    Error::new(ErrorKind::BadHome, "stored-damaged-contact", words)
}

impl Core {
    /// What a read of a contact's vault gave, if all of it can be believed.
    pub(super) fn believed<T>(&mut self, id: ContactId, read: Result<T, StoreError>) -> Result<T, Error> {
        let contact = self.contacts.get_mut(&id).ok_or_else(gone)?;
        let failed = contact.live.as_mut().and_then(|live| live.vault.take_error());
        match failed.map_or(read, Err) {
            Ok(value) => Ok(value),
            Err(error) => Err(self.vault_failed(id, &error)),
        }
    }

    /// Says what is wrong with a contact's vault. One that is damaged rests: to go on with a part would be to guess.
    pub(super) fn vault_failed(&mut self, id: ContactId, error: &StoreError) -> Error {
        let name = self.contacts.get(&id).map_or("", |contact| &contact.row.name);
        let words = vault_error(error, name);
        if error.kind() == StoreKind::Damaged {
            self.rest(id, words.clone());
        }
        words
    }

    /// A fault of ours stays in its conversation. What causes it may come again after a reload, so it is
    /// careful from here on, and rests when that does not help; the others go on. Always `false`.
    pub(super) fn turn_panicked(&mut self, id: ContactId, outcomes: Vec<Outcome>) -> bool {
        let error = internal("one conversation failed");
        self.drop_turn(id, outcomes, &error);
        if let Ok(live) = self.live(id) {
            live.careful = Some(limits::NOTED_TRIES_MAX);
            // Without the mark it is as careful as long as this run lasts.
            drop(live.vault.set_local(FAULTY, Some(b"1")));
        }
        let Some(contact) = self.contacts.get_mut(&id) else { return false };
        contact.faults += 1;
        if contact.faults < limits::TURN_FAULTS_MAX {
            self.changed(id);
            return false;
        }
        self.rest(id, Error::new(ErrorKind::Internal, "mistake-rests", []));
        false
    }

    /// Notes that a run begins, and whether the one before ended as it should.
    pub(super) fn mark_start(&mut self) {
        let registry = self.home.registry();
        self.unclean = !matches!(registry.local(RUNS), Ok(None));
        if let Err(error) = registry.set_local(RUNS, Some(b"1")) {
            tracing::warn!(%error, "that this run began could not be noted");
        }
    }

    /// Notes that a run ended as it should.
    pub(super) fn mark_end(&self) {
        drop(self.home.registry().set_local(RUNS, None));
    }

    /// Leaves a conversation alone until the agent starts anew, and tells whoever watches it or waits for it.
    fn rest(&mut self, id: ContactId, error: Error) {
        let Some(contact) = self.contacts.get_mut(&id) else { return };
        if contact.rests {
            return;
        }
        tracing::warn!(%error, "a conversation rests");
        contact.rests = true;
        contact.broken = Some(error.clone());
        contact.live = None;
        contact.summary = None;
        contact.links.clear();
        contact.reach.clear();
        // Unknown to the links, its devices are neither dialled nor answered.
        for peer in self.home.registry().peers_of(id).unwrap_or_default() {
            self.links.forget(peer.device);
        }
        self.end_waits(id, &error);
        self.changed(id);
        self.status_changed();
    }
}
