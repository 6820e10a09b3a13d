//! How stored events look to clients: messages with their newest wording, and notices of this device.
//!
//! An edit is an event of its own that no timeline shows; its text stands at the place of what it edits, also where that
//! came as a bare place. What is known of the delivery is then what is known of the edit.

use super::files::Pulls;
use kith_api::{self as api, DeletionOutcome, Kind as MessageKind, Message, Quote, Reaction};
use kith_base::{EventId, PersonId};
use kith_proto::conversation::{Conversation, Deleted};
use kith_proto::io::{Delivery, EventRow, StoredEvent, View};
use kith_proto::log::event::{Body, Kind, Wording, shown_reaction};
use kith_proto::log::notice::Notice;
use kith_store::ConversationVault;

/// Characters of a text that a quote of it shows.
const QUOTE_CHARS: usize = 160;

/// What a message has that is no text: a notice, or a file.
type More = (Option<api::Notice>, Option<api::FileInfo>);

/// Whose eyes see.
pub(super) struct Eyes<'a> {
    pub(super) vault: &'a ConversationVault,
    pub(super) machine: &'a Conversation,
    /// Files that move.
    pub(super) pulls: &'a Pulls,
    /// What this person calls the contact.
    pub(super) name: &'a str,
    /// What this person calls themselves.
    pub(super) own: Option<&'a str>,
    /// Who lets nobody hear what they have seen is told nobody's.
    pub(super) receipts: bool,
}

impl Eyes<'_> {
    /// A stored event as clients see it.
    pub(super) fn message(&self, event: &StoredEvent, body: Option<Vec<u8>>) -> Message {
        let edit = event.edited_by.and_then(|row| self.edit(row));
        let edited = edit.is_some();
        let (kind, said, delivery, (notice, file)) = match edit {
            Some((edit, said)) => (MessageKind::Text, said, edit.delivery, (None, None)),
            None => {
                let (kind, said, more) = self.unedited(event, body);
                (kind, said, event.delivery, more)
            }
        };
        let quote = said.answers.as_ref().filter(|_| kind == MessageKind::Text).map(|id| self.quote(id));
        let is_message = matches!(kind, MessageKind::Text | MessageKind::File);
        let reactions = if is_message { self.reactions(event.row) } else { Vec::new() };
        let leaves_at = self.machine.leaves_at(event.row).filter(|_| is_message);
        Message {
            event: event.id.to_string(),
            mine: event.mine,
            from: self.who(event.mine),
            kind,
            text: said.text,
            quote,
            reactions,
            state: event.mine.then(|| state(if self.receipts { delivery } else { delivery.min(Delivery::Delivered) })),
            sent_at: event.written.0,
            edited,
            late: event.late,
            held: self.machine.is_held(event.row),
            notice,
            file,
            pinned: is_message && self.vault.pinned().contains(&event.row),
            timer: said.timer.filter(|_| is_message),
            leaves_at: leaves_at.map(|at| at.0),
        }
    }

    fn who(&self, mine: bool) -> String {
        if mine { self.own.unwrap_or("me").to_owned() } else { self.name.to_owned() }
    }

    /// The beginning of what a message answers, as it reads here at the moment.
    fn quote(&self, id: &EventId) -> Quote {
        let event = self.vault.row_of(id).and_then(|row| self.vault.event(row)).filter(is_message);
        let Some(event) = event else {
            let (event, from, text) = (id.to_string(), String::new(), String::new());
            return Quote { event, mine: false, from, kind: MessageKind::Deleted, text };
        };
        let edit = event.edited_by.and_then(|row| self.edit(row));
        let (kind, said) = match edit {
            Some((_, said)) => (MessageKind::Text, said),
            None => {
                let (kind, said, (_, file)) = self.unedited(&event, self.vault.body(event.row));
                let name = file.filter(|_| said.text.is_empty()).map(|file| Wording::from(file.name.as_str()));
                (kind, name.unwrap_or(said))
            }
        };
        Quote { event: id.to_string(), mine: event.mine, from: self.who(event.mine), kind, text: beginning(said.text) }
    }

    /// What each person thinks of an event.
    fn reactions(&self, row: EventRow) -> Vec<Reaction> {
        let reactions = self.vault.reactions(row).into_iter();
        let shown = reactions.filter_map(|(_, row)| {
            let Body::Reaction(_, emoji) = read(Kind::REACTION.number, &self.vault.body(row)?)? else { return None };
            // The event says it: after the two paired anew, its person is nobody who is here.
            let mine = self.vault.event(row)?.mine;
            Some(Reaction { emoji: shown_reaction(&emoji)?.to_owned(), mine, from: self.who(mine) })
        });
        shown.collect()
    }

    fn unedited(&self, event: &StoredEvent, body: Option<Vec<u8>>) -> (MessageKind, Wording, More) {
        let nothing = || Wording::from("");
        if event.kind == Kind::NOTICE {
            let notice = body.and_then(|bytes| Notice::decode(&bytes).ok()).unwrap_or(Notice::Other(0));
            return (MessageKind::Notice, nothing(), (Some(self.notice(&notice)), None));
        }
        let known = body.and_then(|bytes| read(event.kind, &bytes));
        let (kind, said, file) = match known {
            // Only a text is edited, so what has lost its edit was deleted.
            _ if event.erased => (MessageKind::Deleted, nothing(), None),
            Some(Body::Text(said)) => (MessageKind::Text, said, None),
            Some(Body::File(file)) => {
                let said = Wording { timer: file.timer, ..Wording::from(file.caption.as_str()) };
                (MessageKind::File, said, Some(self.file(event, &file)))
            }
            Some(Body::Timer(seconds)) => {
                let notice = api::Notice::Timer { mine: event.mine, seconds };
                return (MessageKind::Notice, nothing(), (Some(notice), None));
            }
            Some(Body::Delete(_) | Body::Edit(..) | Body::Succession(_) | Body::Reaction(..) | Body::Pin(_)) | None => {
                (MessageKind::Unknown, nothing(), None)
            }
        };
        (kind, said, (None, file))
    }

    /// An edit that stands, with its words.
    fn edit(&self, row: EventRow) -> Option<(StoredEvent, Wording)> {
        let edit = self.vault.event(row)?;
        match read(edit.kind, &self.vault.body(row)?)? {
            Body::Edit(_, said) => Some((edit, said)),
            _ => None,
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

/// The event at which another one shows what it says: an edit, a reaction, a pin.
pub(super) fn target(vault: &ConversationVault, event: &StoredEvent) -> Option<EventRow> {
    if ![Kind::EDIT.number, Kind::REACTION.number, Kind::PIN.number].contains(&event.kind) {
        return None;
    }
    match read(event.kind, &vault.body(event.row)?)? {
        Body::Edit(target, _) | Body::Reaction(target, _) => vault.row_of(&target),
        Body::Pin(pin) => vault.row_of(&pin.target),
        _ => None,
    }
}

/// Whether an event is a person's message, also one that came without its first text.
pub(super) fn is_message(event: &StoredEvent) -> bool {
    !Kind::NO_MESSAGE.contains(&event.kind) || event.edited_by.is_some()
}

/// The first characters of a text.
pub(super) fn beginning(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(QUOTE_CHARS) {
        text.truncate(end);
        text.push('\u{2026}');
    }
    text
}

/// The last of the rows that are in view with a shown one: those right behind it that show nothing themselves.
pub(super) fn in_view(vault: &ConversationVault, shown: EventRow) -> EventRow {
    let behind = (shown.0 + 1..).map(EventRow);
    let hidden = |row: &EventRow| vault.event(*row).is_some_and(|event| Kind::NO_MESSAGE.contains(&event.kind));
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
