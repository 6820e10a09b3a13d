//! What clients read of a conversation: pages of its timeline, single messages, and what a list of contacts shows.

use super::Core;
use super::contacts::{Summary, gone};
use super::habits::draft_beginning;
use super::talk::Live;
use super::wish::refusal;
use data_encoding::HEXLOWER;
use kith_api::{Ability, Error, ErrorKind, Message, Word};
use kith_base::{ContactId, EventId};
use kith_proto::conversation::{Conversation, Refused};
use kith_proto::identity::Feature;
use kith_proto::io::{Delivery, EventRow, StoredEvent, View, Write, WriteBatch};
use kith_proto::log::event::Kind;
use kith_store::{ConversationVault, Shown, StoreError};

/// Bytes of one page of messages as JSON: well under a line of the local socket, and one maximal message always fits.
pub(super) const LOG_PAGE_BYTES: usize = kith_base::limits::LOCAL_LINE_BYTES_MAX / 2;
/// A control character takes six bytes in JSON.
const JSON_GROWTH: usize = 6;
/// What a message is in JSON besides its text, generously: a quote and two reactions among it.
const MESSAGE_FRAME: usize = 8 * 1024;
/// Pinned messages that are listed: more are no pins.
const PINS_MAX: usize = 50;
/// Rows that are looked at for them: somebody may pin and delete without end.
const PINS_LOOKED_AT: usize = 4 * PINS_MAX;
/// Longest search in bytes.
const WORDS_BYTES_MAX: usize = 1024;
/// Where a vault keeps the last row its person saw.
const SEEN_ROW: &str = "seen row";

impl Core {
    /// What a list shows of a conversation.
    pub(super) fn summary(&mut self, id: ContactId) -> Summary {
        let Some(contact) = self.contacts.get(&id) else { return Summary::default() };
        if let Some(summary) = &contact.summary {
            return summary.clone();
        }
        let name = contact.row.name.clone();
        let own = self.settings.name.clone();
        let Ok(live) = self.live(id) else { return Summary::default() };
        let read = read_summary(live, &name, own.as_deref());
        let Ok(summary) = self.believed(id, read) else { return Summary::default() };
        if let Some(contact) = self.contacts.get_mut(&id) {
            contact.summary = Some(summary.clone());
        }
        summary
    }

    /// The newest messages, or those before an event; oldest first.
    pub(super) fn log(&mut self, id: ContactId, limit: u32, place: &Place) -> Result<Vec<Message>, Error> {
        let before = match place {
            Place::Before(before) => before.as_deref(),
            Place::After(event) => return self.log_after(id, limit, event),
            Place::Around(event) => {
                let half = limit / 2;
                let mut around = self.log(id, half.max(1), &Place::Before(Some(event.clone())))?;
                let at = self.message(id, &event_id(event)?)?;
                let after = self.log_after(id, limit.saturating_sub(half + 1), event)?;
                around.extend([at].into_iter().chain(after));
                return Ok(around);
            }
        };
        let mut page = self.page(id, before, |vault, before| {
            let mut shown = vault.timeline(before, limit as usize, Kind::UNSHOWN)?;
            shown.reverse();
            Ok(shown)
        })?;
        page.reverse();
        Ok(page)
    }

    /// The messages behind an event, oldest first.
    fn log_after(&mut self, id: ContactId, limit: u32, event: &str) -> Result<Vec<Message>, Error> {
        self.page(id, Some(event), |vault, row| vault.after(row.unwrap_or_default(), limit as usize, Kind::UNSHOWN))
    }

    /// The newest messages in which each of the words begins a word, or those before an event; newest first.
    pub(super) fn search(
        &mut self,
        id: ContactId,
        words: &str,
        limit: u32,
        before: Option<&str>,
    ) -> Result<Vec<Message>, Error> {
        if words.len() > WORDS_BYTES_MAX {
            return Err(Error::new(ErrorKind::TooLarge, "search-too-long", []));
        }
        self.page(id, before, |vault, before| vault.search(words, before, limit as usize))
    }

    /// Events as messages, in the order read, as many as fit on one line of the local socket; the rest is asked for with
    /// `before`.
    fn page(
        &mut self,
        id: ContactId,
        before: Option<&str>,
        read: impl FnOnce(&mut ConversationVault, Option<EventRow>) -> Result<Vec<Shown>, StoreError>,
    ) -> Result<Vec<Message>, Error> {
        let own = self.settings.name.clone();
        let name = self.contacts.get(&id).ok_or_else(gone)?.row.name.clone();
        if self.contacts.get(&id).is_some_and(|contact| contact.row.conversation.is_none()) {
            return Ok(Vec::new());
        }
        let live = self.live(id)?;
        let before = match before {
            None => None,
            Some(text) => Some(live.vault.row_of(&event_id(text)?).ok_or_else(no_event)?),
        };
        let shown = read(&mut live.vault, before);
        let shown = self.believed(id, shown)?;
        let live = self.live(id)?;
        let eyes = live.eyes(&name, own.as_deref());
        let mut bytes = 0;
        let page: Vec<Message> = shown
            .into_iter()
            .map(|(event, body)| eyes.message(&event, body))
            .take_while(|message| {
                bytes += json_bytes(message);
                bytes <= LOG_PAGE_BYTES
            })
            .collect();
        self.believed(id, Ok(page))
    }

    /// The messages that are pinned for both, newest first.
    pub(super) fn pins(&mut self, id: ContactId) -> Result<Vec<Message>, Error> {
        if self.contacts.get(&id).is_some_and(|contact| contact.row.conversation.is_none()) {
            return Ok(Vec::new());
        }
        let rows: Vec<EventRow> = self.live(id)?.vault.pinned().iter().rev().take(PINS_LOOKED_AT).copied().collect();
        let mut pinned = Vec::new();
        for row in rows {
            // EVT-081
            let found = self.message_at(id, row)?.filter(|(event, message)| message.pinned && !event.hidden);
            pinned.extend(found.map(|(_, message)| bare(message)));
            if pinned.len() == PINS_MAX {
                break;
            }
        }
        Ok(pinned)
    }

    pub(super) fn message(&mut self, id: ContactId, event: &EventId) -> Result<Message, Error> {
        let live = self.live(id)?;
        let row = live.vault.row_of(event).ok_or_else(no_event)?;
        self.message_at(id, row)?.map(|(_, message)| message).ok_or_else(no_event)
    }

    pub(super) fn message_at(&mut self, id: ContactId, row: EventRow) -> Result<Option<(StoredEvent, Message)>, Error> {
        let own = self.settings.name.clone();
        let name = self.contacts.get(&id).ok_or_else(gone)?.row.name.clone();
        let live = self.live(id)?;
        let eyes = live.eyes(&name, own.as_deref());
        let read = live.vault.event(row).map(|event| {
            let message = eyes.message(&event, live.vault.body(row));
            (event, message)
        });
        self.believed(id, Ok(read))
    }

    /// What was seen is a hint for this person's own badge; losing it costs nothing.
    pub(super) fn remember_seen(&mut self, id: ContactId, row: EventRow) {
        if let Ok(live) = self.live(id)
            && seen_row(&live.vault) < row
        {
            drop(live.vault.set_local(SEEN_ROW, Some(&row.0.to_be_bytes())));
        }
        if let Some(contact) = self.contacts.get_mut(&id) {
            contact.summary = None;
        }
    }
}

/// Which messages of a timeline.
pub(super) enum Place {
    /// Those before an event, or the newest.
    Before(Option<String>),
    /// Those behind an event.
    After(String),
    /// Those around an event, and itself.
    Around(String),
}

/// How many messages are unread up to a row, so that only those behind it are counted anew.
pub(super) struct Unread {
    seen: EventRow,
    through: EventRow,
    count: u64,
}

impl Unread {
    /// Whether a batch changes what was counted.
    pub(super) fn is_changed_by(&self, batch: &WriteBatch) -> bool {
        batch.writes.iter().any(|write| match write {
            Write::Body(row, _) => *row <= self.through,
            Write::Erase(_) | Write::Hide(_) | Write::Edited(..) | Write::EventGone(_) => true,
            _ => false,
        })
    }
}

/// What a message takes in JSON at most.
pub(super) fn json_bytes(message: &Message) -> usize {
    let file = message.file.as_ref().map_or(0, |file| {
        let picture = file.thumbnail.as_ref().map_or(0, String::len);
        let waveform = file.waveform.as_ref().map_or(0, |steps| steps.len() * JSON_GROWTH);
        file.name.len() * JSON_GROWTH + picture + waveform
    });
    message.text.len() * JSON_GROWTH + MESSAGE_FRAME + file
}

/// A message as a list shows it: without what only its bubble does. Everybody's last one has to fit on a line.
fn bare(mut message: Message) -> Message {
    if let Some(file) = &mut message.file {
        (file.thumbnail, file.waveform) = (None, None);
    }
    message
}

fn count_unread(live: &mut Live) -> Result<u64, StoreError> {
    let vault = &live.vault;
    let (seen, through) = (seen_row(vault), vault.last_row());
    let counted = live.unread.as_ref().filter(|unread| unread.seen == seen);
    let (before, from) = counted.map_or((0, seen), |unread| (unread.count, unread.through));
    let count = before + vault.count_unread(from, Kind::NO_MESSAGE)?;
    live.unread = Some(Unread { seen, through, count });
    Ok(count)
}

fn read_summary(live: &mut Live, name: &str, own: Option<&str>) -> Result<Summary, StoreError> {
    let unread = count_unread(live)?;
    let eyes = live.eyes(name, own);
    let (vault, machine) = (&live.vault, &live.machine);
    let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let unsent = |row: &EventRow| vault.event(*row).is_some_and(|event| event.delivery == Delivery::Waiting);
    let held_unsent = machine.held().filter(unsent).count() as u64;
    Ok(Summary {
        unread: count(unread),
        waiting: count(vault.waiting_count(Kind::NO_MESSAGE)?.saturating_sub(held_unsent)),
        held: count(machine.held().len() as u64),
        renewed: machine.renewed(),
        can: abilities(machine),
        manifest: machine.common_manifest().map(|hash| HEXLOWER.encode(&hash[..4])),
        habits: live.habits,
        draft: draft_beginning(vault)?,
        timers: machine.timers(),
        last: vault.newest(Kind::NO_MESSAGE)?.map(|(event, body)| bare(eyes.message(&event, body))),
    })
}

/// What every app of a conversation can do.
fn abilities(machine: &Conversation) -> Vec<Ability> {
    let all = [
        (Feature::Edit, Ability::Edit),
        (Feature::React, Ability::React),
        (Feature::Files, Ability::Files),
        (Feature::Pin, Ability::Pin),
        (Feature::Disappear, Ability::Disappear),
    ];
    all.into_iter().filter(|(feature, _)| machine.has(*feature)).map(|(_, ability)| ability).collect()
}

fn seen_row(vault: &ConversationVault) -> EventRow {
    let stored = vault.local(SEEN_ROW).ok().flatten();
    EventRow(stored.and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_be_bytes))
}

pub(super) fn event_id(text: &str) -> Result<EventId, Error> {
    text.parse().map_err(|_| Error::new(ErrorKind::BadInput, "message-id-bad", [("text", Word::text(text))]))
}

pub(super) fn no_event() -> Error {
    refusal(Refused::NoSuchEvent)
}
