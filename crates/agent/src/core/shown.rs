//! How stored events look to clients: messages with their newest wording, and notices of this device.
//!
//! An edit is an event of its own that no timeline shows; its text stands at the place of what it edits, also where that
//! came as a bare place. What is known of the delivery is then what is known of the edit.

use kith_api::{self as api, DeletionOutcome, Kind as MessageKind, Message};
use kith_base::PersonId;
use kith_proto::conversation::{Conversation, Deleted};
use kith_proto::io::{Delivery, EventRow, StoredEvent, View};
use kith_proto::log::event::{Body, Kind};
use kith_proto::log::notice::Notice;
use kith_store::ConversationVault;

/// Kinds of events that no timeline shows.
pub(super) const HIDDEN: &[u64] = &[Kind::TOMBSTONE, Kind::DELETE.number, Kind::EDIT.number, Kind::SUCCESSION.number];
/// Kinds that count as nobody's message: neither unread nor waiting nor the newest.
pub(super) const NO_MESSAGE: &[u64] =
    &[Kind::TOMBSTONE, Kind::DELETE.number, Kind::EDIT.number, Kind::SUCCESSION.number, Kind::NOTICE];

/// Whose eyes see.
pub(super) struct Eyes<'a> {
    pub(super) vault: &'a ConversationVault,
    pub(super) machine: &'a Conversation,
    /// What this person calls the contact.
    pub(super) name: &'a str,
    /// What this person calls themselves.
    pub(super) own: Option<&'a str>,
}

impl Eyes<'_> {
    /// A stored event as clients see it.
    pub(super) fn message(&self, event: &StoredEvent, body: Option<Vec<u8>>) -> Message {
        let edit = event.edited_by.and_then(|row| self.edit(row));
        let edited = edit.is_some();
        let (kind, text, delivery, notice) = match edit {
            Some((edit, text)) => (MessageKind::Text, text, edit.delivery, None),
            None => {
                let (kind, text, notice) = self.unedited(event, body);
                (kind, text, event.delivery, notice)
            }
        };
        Message {
            event: event.id.to_string(),
            mine: event.mine,
            from: if event.mine { self.own.unwrap_or("me").to_owned() } else { self.name.to_owned() },
            kind,
            text,
            state: event.mine.then(|| state(delivery)),
            sent_at: event.written.0,
            edited,
            late: event.late,
            held: self.machine.is_held(event.row),
            notice,
        }
    }

    fn unedited(&self, event: &StoredEvent, body: Option<Vec<u8>>) -> (MessageKind, String, Option<api::Notice>) {
        if event.kind == Kind::NOTICE {
            let notice = body.and_then(|bytes| Notice::decode(&bytes).ok()).unwrap_or(Notice::Other(0));
            return (MessageKind::Notice, String::new(), Some(self.notice(&notice)));
        }
        let known = body.and_then(|bytes| read(event.kind, &bytes));
        let (kind, text) = match known {
            // Only a text is edited, so what has lost its edit was deleted.
            _ if event.erased => (MessageKind::Deleted, String::new()),
            Some(Body::Text(text)) => (MessageKind::Text, text),
            Some(Body::Delete(_) | Body::Edit(..) | Body::Succession(_)) | None => {
                (MessageKind::Unknown, String::new())
            }
        };
        (kind, text, None)
    }

    /// An edit that stands, with its text.
    fn edit(&self, row: EventRow) -> Option<(StoredEvent, String)> {
        let edit = self.vault.event(row)?;
        match read(edit.kind, &self.vault.body(row)?)? {
            Body::Edit(_, text) => Some((edit, text)),
            Body::Text(_) | Body::Delete(_) | Body::Succession(_) => None,
        }
    }

    fn notice(&self, notice: &Notice) -> api::Notice {
        let me = self.machine.person();
        let mine = |person: &PersonId| *person == me;
        match notice {
            Notice::DeviceJoined { person, waiting, .. } => {
                api::Notice::DeviceJoined { mine: mine(person), waiting: *waiting }
            }
            Notice::DeviceLeft { person, .. } => api::Notice::DeviceLeft { mine: mine(person) },
            Notice::ListsForked { person } => api::Notice::ListsForked { mine: mine(person) },
            Notice::Recovered { person } => api::Notice::Recovered { mine: mine(person) },
            Notice::PairedAnew { held, proven } => api::Notice::PairedAnew { held: *held, proven: *proven },
            Notice::HeldSent { messages } => api::Notice::HeldSent { messages: *messages },
            Notice::BeganAnew => api::Notice::BeganAnew,
            Notice::CopyProven { .. } => api::Notice::CopyProven,
            Notice::Other(_) => api::Notice::Unknown,
        }
    }
}

/// The event that an edit replaces the text of.
pub(super) fn target(vault: &ConversationVault, edit: &StoredEvent) -> Option<EventRow> {
    if edit.kind != Kind::EDIT.number {
        return None;
    }
    match read(edit.kind, &vault.body(edit.row)?)? {
        Body::Edit(target, _) => vault.row_of(&target),
        Body::Text(_) | Body::Delete(_) | Body::Succession(_) => None,
    }
}

/// The last of the rows that are in view with a shown one: those right behind it that show nothing themselves.
pub(super) fn in_view(vault: &ConversationVault, shown: EventRow) -> EventRow {
    let behind = (shown.0 + 1..).map(EventRow);
    let hidden = |row: &EventRow| vault.event(*row).is_some_and(|event| NO_MESSAGE.contains(&event.kind));
    behind.take_while(hidden).last().unwrap_or(shown)
}

/// What is known of a delivery, in the clients' terms.
pub(super) const fn state(delivery: Delivery) -> api::State {
    match delivery {
        Delivery::Waiting => api::State::Waiting,
        Delivery::Sent => api::State::Sent,
        Delivery::Delivered => api::State::Delivered,
        Delivery::Seen => api::State::Seen,
    }
}

/// What a deletion achieved, in the clients' terms.
pub(super) const fn deletion_outcome(deleted: Deleted) -> DeletionOutcome {
    match deleted {
        Deleted::NeverDelivered => DeletionOutcome::NeverDelivered,
        Deleted::Withdrawn => DeletionOutcome::Withdrawn,
        Deleted::Asked => DeletionOutcome::Asked,
        Deleted::Here => DeletionOutcome::Here,
    }
}

/// A stored body, if this version knows its kind.
fn read(kind: u64, bytes: &[u8]) -> Option<Body> {
    Body::decode(Kind { number: kind, critical: true }, bytes).ok().flatten()
}
