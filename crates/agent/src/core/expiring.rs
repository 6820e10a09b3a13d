//! Contacts with messages that disappear: their time goes on while nobody looks, and while their vaults are closed.
//!
//! What leaves when is in the vault, and the conversation says it (EVT-072, EVT-073). Home keeps which contacts have such
//! messages, so that after a start those vaults are opened once and no others.

use super::Core;
use kith_base::ContactId;

/// Where home keeps the contacts with messages whose time runs.
const EXPIRING: &str = "expiring";

impl Core {
    /// After a start: what has run out meanwhile leaves in the first tick.
    pub(super) fn expire_what_is_over(&mut self) {
        let stored = self.home.registry().local(EXPIRING).ok().flatten().unwrap_or_default();
        let now = self.clock.mono();
        self.expiring = stored.chunks_exact(ContactId::LEN).filter_map(ContactId::from_slice).collect();
        self.expiring.retain(|id| self.contacts.contains_key(id));
        for id in &self.expiring {
            if let Some(contact) = self.contacts.get_mut(id) {
                contact.expires = Some(now);
            }
        }
    }

    /// Whether the time of a contact's message runs, after a turn.
    pub(super) fn note_expiring(&mut self, id: ContactId, expiring: bool) {
        let changed = if expiring { self.expiring.insert(id) } else { self.expiring.remove(&id) };
        if changed {
            self.store_expiring();
        }
    }

    /// A failure costs that messages of a vault stay until it is opened next.
    fn store_expiring(&self) {
        let ids: Vec<u8> = self.expiring.iter().flat_map(|id| *id.as_bytes()).collect();
        let value = Some(&ids[..]).filter(|ids| !ids.is_empty());
        if let Err(error) = self.home.registry().set_local(EXPIRING, value) {
            tracing::warn!(%error, "which contacts have messages that disappear could not be kept");
        }
    }
}
