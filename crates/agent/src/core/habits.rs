//! What a person lets a contact hear of them, what they have not sent yet, and who is writing.
//!
//! Kept in the contact's vault, as values of this device's own:
//!
//! - *receipts* and *typing* are on until they are turned off. While one is off nothing of it is said, and nothing of it
//!   is shown: who tells nothing is told nothing, so that no one watches unseen.
//! - A *draft* leaves the vault, its write-ahead log included, when it is sent or emptied.
//!
//! That somebody is writing is kept nowhere (LOG-044). It is said on connections that are there, and makes none.

use super::Core;
use super::contacts::gone;
use super::shown::beginning;
use bytes::Bytes;
use kith_api::{Change, Contact, Error, ErrorKind};
use kith_base::{ContactId, DeviceId, Mono, limits};
use kith_proto::log::packet::Packet;
use kith_store::{ConversationVault, StoreError};
use std::time::Duration;

const RECEIPTS_OFF: &str = "receipts off";
const TYPING_OFF: &str = "typing off";
pub(super) const DRAFT: &str = "draft";

/// What a contact may hear of this person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Habits {
    pub(super) receipts: bool,
    pub(super) typing: bool,
}

impl Default for Habits {
    fn default() -> Self {
        Self { receipts: true, typing: true }
    }
}

impl Habits {
    /// As a vault keeps them.
    pub(super) fn of(vault: &ConversationVault) -> Result<Self, StoreError> {
        let on = |name| Ok::<bool, StoreError>(vault.local(name)?.is_none());
        Ok(Self { receipts: on(RECEIPTS_OFF)?, typing: on(TYPING_OFF)? })
    }
}

/// The beginning of what was not sent.
pub(super) fn draft_beginning(vault: &ConversationVault) -> Result<Option<String>, StoreError> {
    Ok(draft_of(vault)?.map(beginning))
}

/// Whether something was written and not sent.
pub(super) fn has_draft(vault: &ConversationVault) -> bool {
    vault.local(DRAFT).is_ok_and(|draft| draft.is_some())
}

fn draft_of(vault: &ConversationVault) -> Result<Option<String>, StoreError> {
    Ok(vault.local(DRAFT)?.and_then(|bytes| String::from_utf8(bytes).ok()))
}

/// Something that is done every so often at most.
#[derive(Debug)]
pub(super) struct Seldom(Option<Mono>);

impl Seldom {
    pub(super) const fn new() -> Self {
        Self(None)
    }

    /// Whether it may be done at this moment, which counts as done then.
    fn may(&mut self, now: Mono, every: Duration) -> bool {
        let may = self.0.is_none_or(|last| last + every <= now);
        if may {
            self.0 = Some(now);
        }
        may
    }
}

impl Core {
    /// What was not sent; with a text, that from here on.
    pub(super) fn draft(&mut self, id: ContactId, text: Option<String>) -> Result<String, Error> {
        let live = self.live(id)?;
        let kept = draft_of(&live.vault);
        let kept = self.believed(id, kept)?.unwrap_or_default();
        let Some(text) = text.filter(|text| *text != kept) else { return Ok(kept) };
        if text.len() > limits::TEXT_BYTES_MAX {
            return Err(Error::new(ErrorKind::TooLarge, "draft-too-long", []));
        }
        let live = self.live(id)?;
        let done = match text.is_empty() {
            true => live.vault.erase_local(DRAFT),
            false => live.vault.set_local(DRAFT, Some(text.as_bytes())),
        };
        self.believed(id, done)?;
        self.forget_summary(id);
        self.changed_soon(id);
        Ok(text)
    }

    /// What this person lets a contact hear, from here on.
    pub(super) fn set_habits(
        &mut self,
        id: ContactId,
        receipts: Option<bool>,
        typing: Option<bool>,
    ) -> Result<Contact, Error> {
        for (name, on) in [(RECEIPTS_OFF, receipts), (TYPING_OFF, typing)] {
            let Some(on) = on else { continue };
            let live = self.live(id)?;
            let off = Some(&b"1"[..]).filter(|_| !on);
            let done = live.vault.set_local(name, off);
            self.believed(id, done)?;
        }
        let live = self.live(id)?;
        let habits = Habits::of(&live.vault);
        let habits = self.believed(id, habits)?;
        self.live(id)?.habits = habits;
        self.forget_summary(id);
        self.changed(id);
        self.view(id)
    }

    fn forget_summary(&mut self, id: ContactId) {
        if let Some(contact) = self.contacts.get_mut(&id) {
            contact.summary = None;
        }
    }

    /// This person is writing: said to whoever is connected.
    pub(super) fn say_typing(&mut self, id: ContactId) -> Result<(), Error> {
        self.not_blocked(id)?;
        let now = self.clock.mono();
        let contact = self.contacts.get_mut(&id).ok_or_else(gone)?;
        let lets = contact.live.as_ref().is_some_and(|live| live.habits.typing);
        if !lets || !contact.typing_said.may(now, limits::TYPING_EVERY) {
            return Ok(());
        }
        for device in contact.links.keys() {
            self.links.send(*device, Packet::Typing.encode());
        }
        Ok(())
    }

    /// Whether a packet said that its sender's person is writing; those who watch are told.
    pub(super) fn heard_typing(&mut self, id: ContactId, device: DeviceId, link: u64, packet: &Bytes) -> bool {
        // A record is longer than any packet of this kind.
        if packet.len() > limits::TYPING_PACKET_BYTES_MAX || !matches!(Packet::decode(packet), Ok(Packet::Typing)) {
            return false;
        }
        let now = self.clock.mono();
        let Some(contact) = self.contacts.get_mut(&id) else { return true };
        let lets = contact.live.as_ref().is_some_and(|live| live.habits.typing);
        let theirs = contact.live.as_ref().is_some_and(|live| live.machine.is_theirs(device));
        let greeted = contact.links.get(&device) == Some(&link);
        if lets && theirs && greeted && contact.typing_heard.may(now, limits::TYPING_HEARD_EVERY) {
            self.push(Change::Typing(id.to_string()));
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// LOG-044
    #[test]
    fn that_somebody_writes_is_said_every_few_seconds_at_most() {
        let (mut said, begin) = (Seldom::new(), Mono(1_000_000));
        assert!(said.may(begin, limits::TYPING_EVERY));
        let mut times = 0;
        for tenth in 1..=100 {
            times += u32::from(said.may(begin + Duration::from_millis(100 * tenth), limits::TYPING_EVERY));
        }
        assert_eq!(times, 3, "in ten seconds");
    }
}
