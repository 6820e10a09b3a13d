//! Where a contact stands in its person's list: pinned, muted, archived, blocked.
//!
//! All four are this person's own affair: they are stored in the contact's row and nobody is told. Blocking is the one
//! that does something. A blocked contact's devices are not known to the links, so they are neither dialled nor answered,
//! not even with a refusal; its conversation is closed, and what was on its way from a connection of before meets nobody.
//! Everything is kept, and taking the block back is meeting each other again.
//!
//! - PLACE-001: until when somebody is muted goes by this device's clock and decides nothing but what is announced.
//! - PLACE-002: of a blocked contact no packet is read, no greeting signed, no pairing gone on with; nothing is dialled.
//! - PLACE-003: of a blocked contact lists show no message and no count of unread ones, and no search finds any.

use super::Core;
use super::contacts::{ContactState, State, gone};
use kith_api::{self as api, Contact, Error, ErrorKind, Mute, Word};
use kith_base::{ContactId, Wall};
use kith_store::Place;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);
/// Muted for good.
const ALWAYS: Wall = Wall(u64::MAX);

/// What is asked to change; what is `None` stays.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wanted {
    pub(super) pinned: Option<bool>,
    pub(super) muted: Option<Mute>,
    pub(super) archived: Option<bool>,
    pub(super) blocked: Option<bool>,
}

impl Wanted {
    /// The place that comes of another.
    fn after(self, before: Place, now: Wall) -> Place {
        Place {
            pinned: self.pinned.unwrap_or(before.pinned),
            muted: self.muted.map_or(before.muted, |mute| until(mute, now)),
            archived: self.archived.unwrap_or(before.archived),
            blocked: self.blocked.unwrap_or(before.blocked),
        }
    }
}

fn until(mute: Mute, now: Wall) -> Wall {
    let after = |time: Duration| Wall(now.0.saturating_add(u64::try_from(time.as_millis()).unwrap_or(u64::MAX)));
    match mute {
        Mute::Off => Wall(0),
        Mute::Hour => after(HOUR),
        Mute::EightHours => after(8 * HOUR),
        Mute::Week => after(7 * 24 * HOUR),
        Mute::Always => ALWAYS,
    }
}

/// A place as clients see it at a moment.
pub(super) fn shown(place: Place, now: Wall) -> api::Place {
    // PLACE-001
    let muted = place.muted > now;
    api::Place {
        pinned: place.pinned,
        muted,
        muted_until: (muted && place.muted != ALWAYS).then_some(place.muted.0),
        archived: place.archived,
        blocked: place.blocked,
    }
}

impl ContactState {
    pub(super) const fn is_blocked(&self) -> bool {
        self.row.place.blocked
    }
}

impl Core {
    /// Whether a contact is blocked; one that is not there is not.
    pub(super) fn is_blocked(&self, id: ContactId) -> bool {
        self.contacts.get(&id).is_some_and(ContactState::is_blocked)
    }

    /// # Errors
    /// `WrongState` for a contact that is blocked.
    pub(super) fn not_blocked(&self, id: ContactId) -> Result<(), Error> {
        let Some(contact) = self.contacts.get(&id).filter(|contact| contact.is_blocked()) else { return Ok(()) };
        Err(Error::new(ErrorKind::WrongState, "contact-blocked", [("name", Word::text(&contact.row.name))]))
    }

    /// Puts a contact where its person wants it.
    pub(super) fn arrange(&mut self, id: ContactId, wanted: Wanted) -> Result<Contact, Error> {
        let now = self.clock.wall();
        let contact = self.contacts.get_mut(&id).ok_or_else(gone)?;
        let paired = matches!(contact.state(), State::Connected | State::Connecting);
        if wanted.blocked == Some(true) && !paired {
            return Err(Error::new(
                ErrorKind::WrongState,
                "contact-not-to-block",
                [("name", Word::text(&contact.row.name))],
            ));
        }
        let before = contact.row.place;
        let after = wanted.after(before, now);
        contact.row.place = after;
        if let Err(error) = self.store_row(id) {
            if let Some(contact) = self.contacts.get_mut(&id) {
                contact.row.place = before;
            }
            return Err(error);
        }
        match (before.blocked, after.blocked) {
            (false, true) => self.let_go(id),
            (true, false) => self.meet_again(id),
            _ => {}
        }
        self.changed(id);
        self.status_changed();
        self.view(id)
    }

    /// Ends everything that goes on with a contact. PLACE-002
    fn let_go(&mut self, id: ContactId) {
        self.end_attempts_of(id);
        self.close_invitation(id);
        self.end_renewal(id);
        for peer in self.home.registry().peers_of(id).unwrap_or_default() {
            self.links.forget(peer.device);
        }
        let wall = self.clock.wall();
        if let Some(contact) = self.contacts.get_mut(&id) {
            contact.live = None;
            contact.links.clear();
            contact.reach.clear();
            contact.summary = None;
            contact.path_since = Some(wall);
        }
    }

    /// From here on the contact's devices are looked for, and answered.
    fn meet_again(&mut self, id: ContactId) {
        for peer in self.home.registry().peers_of(id).unwrap_or_default() {
            self.know(&peer);
        }
        if let Some(contact) = self.contacts.get_mut(&id) {
            contact.summary = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PLACE-001
    #[test]
    fn a_mute_ends_by_the_clock_and_one_for_good_does_not() {
        let now = Wall(1_000_000);
        let muted = |mute| Wanted { muted: Some(mute), ..Wanted::default() }.after(Place::default(), now);
        for (mute, hours) in [(Mute::Hour, 1), (Mute::EightHours, 8), (Mute::Week, 168)] {
            let (place, end) = (muted(mute), Wall(now.0 + hours * 3_600_000));
            assert_eq!(shown(place, now).muted_until, Some(end.0));
            assert!(shown(place, Wall(end.0 - 1)).muted && !shown(place, end).muted);
            assert_eq!(shown(place, end), api::Place::default());
        }
        let always = shown(muted(Mute::Always), Wall(u64::MAX - 1));
        assert!(always.muted && always.muted_until.is_none());
        assert!(!shown(muted(Mute::Off), now).muted);
    }

    #[test]
    fn what_is_not_asked_for_stays() {
        let before = Place { pinned: true, muted: ALWAYS, archived: true, blocked: true };
        assert_eq!(Wanted::default().after(before, Wall(5)), before);
        let after = Wanted { archived: Some(false), ..Wanted::default() }.after(before, Wall(5));
        assert_eq!(after, Place { archived: false, ..before });
    }
}
