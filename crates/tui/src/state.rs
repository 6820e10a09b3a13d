//! The core: events in, effects out, and what is shown in between.
//!
//! It knows no terminal, no socket and no clock, so that whole sessions run in tests. Invariants: a text that was not
//! confirmed to be saved is never lost from the line without a word; a message counts as seen only while the person looks at
//! the end of its conversation.

use crate::colour::Palette;
use crate::conversation::{Conversation, PAGE, Place, is_theirs};
use crate::event::{Effect, Event};
use crate::line::Line;
use crate::pick::Editing;
use crate::search::Search;
use crate::time::{Local, Zone};
use crate::timeline::{self, Setting};
use crate::view::Plan;
use kith_api::{Call, Change, Contact, ContactState, Error, ErrorKind, Message, Open, Reached, Reply, Request};
use kith_words::{Words, visible};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Which part of the screen keys go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Focus {
    /// The list of people.
    List,
    /// The conversation.
    Conversation,
}

/// Whether the agent can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    /// Not yet.
    Opening,
    /// It can.
    Here,
    /// It ended, or was never there.
    Away,
}

/// What lies over the page.
#[derive(Debug)]
pub(crate) enum Over {
    /// Nothing.
    Nothing,
    /// The keys.
    Keys,
    /// Messages of the open conversation, found by their words.
    Search(Search),
    /// What is pinned in it.
    Pins(Search),
    /// Whether and how a message is to be deleted.
    Deleting(Box<Message>),
}

/// What was asked, until it is answered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Asked {
    Contacts,
    Newest {
        contact: String,
    },
    Older {
        contact: String,
        before: String,
    },
    Found {
        words: String,
    },
    Sent {
        contact: String,
        text: String,
    },
    /// An edit.
    Edited {
        contact: String,
        event: String,
        text: String,
    },
    Deleted,
    Pins,
    Reached,
    Opened,
    /// Its answer changes nothing here.
    Told,
}

/// Everything that is shown.
#[derive(Debug)]
pub struct State {
    pub(crate) words: Words,
    pub(crate) zone: Zone,
    pub(crate) palette: Palette,
    pub(crate) now: u64,
    pub(crate) size: (u16, u16),
    pub(crate) link: Link,
    pub(crate) focus: Focus,
    pub(crate) over: Over,
    pub(crate) contacts: Vec<Contact>,
    /// The id of the chosen contact.
    pub(crate) chosen: Option<String>,
    /// Only names with this are listed.
    pub(crate) filter: Option<Line>,
    pub(crate) open: Option<Conversation>,
    /// What went wrong or was done, until the next key.
    pub(crate) word: Option<String>,
    drafts: BTreeMap<String, Line>,
    asked: BTreeMap<u64, Asked>,
    last_id: u64,
    looking: bool,
    /// Whose conversation is opened as soon as contacts are known.
    wanted: Option<String>,
    pub(crate) effects: Vec<Effect>,
}

impl State {
    /// Before anything happened. `contact`: whose conversation to open, by name or id.
    pub fn new(words: Words, zone: Zone, palette: Palette, contact: Option<String>) -> Self {
        Self {
            words,
            zone,
            palette,
            now: 0,
            size: (80, 24),
            link: Link::Opening,
            focus: Focus::List,
            over: Over::Nothing,
            contacts: vec![],
            chosen: None,
            filter: None,
            open: None,
            word: None,
            drafts: BTreeMap::new(),
            asked: BTreeMap::new(),
            last_id: 0,
            looking: true,
            wanted: contact,
            effects: vec![],
        }
    }

    /// Takes an event in, `now` milliseconds after 1970; what is to be done outside comes back.
    pub fn on(&mut self, event: Event, now: u64) -> Vec<Effect> {
        self.now = now;
        match event {
            Event::Key(key) => self.key(key),
            Event::Paste(text) => self.pasted(&text),
            Event::Resize(columns, rows) => self.size = (columns, rows),
            Event::Looking(looking) => self.looking = looking,
            Event::Wheel(rows) => self.scroll(rows),
            Event::Click(column, row) => self.click(column, row),
            Event::Connected => self.connected(),
            Event::Reply(reply) => self.replied(*reply),
            Event::Away(error) => self.away(&error),
            Event::Browsed(url, done) => self.browsed(&url, done),
            Event::Tick => {}
        }
        self.tell_seen();
        std::mem::take(&mut self.effects)
    }

    /// This person's clock.
    pub(crate) fn local_now(&self) -> Local {
        (self.zone)(self.now)
    }

    /// The contact of an id.
    pub(crate) fn contact(&self, id: &str) -> Option<&Contact> {
        self.contacts.iter().find(|contact| contact.contact == id)
    }

    /// The contact whose conversation is open.
    pub(crate) fn open_contact(&self) -> Option<&Contact> {
        self.contact(&self.open.as_ref()?.contact)
    }

    /// The contacts that are listed, in their order.
    pub(crate) fn listed(&self) -> Vec<&Contact> {
        let wanted = self.filter.as_ref().map(|filter| filter.text().to_lowercase()).unwrap_or_default();
        self.contacts.iter().filter(|contact| contact.name.to_lowercase().contains(&wanted)).collect()
    }

    /// Whether there is something to write to.
    pub(crate) fn can_write(&self) -> bool {
        self.open_contact().is_some_and(|contact| contact.state == ContactState::Connected)
    }

    pub(crate) fn ask(&mut self, request: Request, asked: Asked) {
        if self.link == Link::Here {
            self.last_id += 1;
            self.asked.insert(self.last_id, asked);
            self.effects.push(Effect::Ask(Call { id: self.last_id, request }));
        }
    }

    fn connected(&mut self) {
        self.link = Link::Here;
        self.ask(Request::Watch { contact: None }, Asked::Told);
        self.ask(Request::Contacts, Asked::Contacts);
        if let Some(contact) = self.open.as_ref().map(|open| open.contact.clone()) {
            self.read_newest(contact);
        }
    }

    /// The agent went: what it had not answered is not known to be done.
    fn away(&mut self, _error: &Error) {
        self.link = Link::Away;
        if let Some(open) = &mut self.open {
            open.reaching = false;
        }
        for asked in std::mem::take(&mut self.asked).into_values() {
            match asked {
                Asked::Sent { contact, text } => self.give_back(&contact, text),
                Asked::Edited { contact, event, text } => self.edit_back(&contact, event, text),
                _ => continue,
            }
            self.word = Some(self.words.say("tui-unsure"));
        }
    }

    /// Puts a text back where it was written, before what was written since.
    pub(crate) fn give_back(&mut self, contact: &str, text: String) {
        let draft = match &mut self.open {
            Some(open) if open.contact == contact => &mut open.draft,
            _ => self.drafts.entry(contact.to_owned()).or_default(),
        };
        let since = draft.take();
        draft.set(if since.is_empty() { text } else { format!("{text}\n{since}") });
    }

    fn replied(&mut self, reply: Reply) {
        match reply {
            Reply::Push { push } => self.changed(push.change),
            Reply::Ok { id, ok } => {
                if let Some(asked) = self.asked.remove(&id) {
                    self.answered(asked, ok);
                }
            }
            Reply::Error { id, error } => {
                if let Some(asked) = self.asked.remove(&id) {
                    self.refused(asked, &error);
                }
            }
        }
    }

    fn answered(&mut self, asked: Asked, ok: serde_json::Value) {
        match asked {
            Asked::Contacts => self.take(ok, Self::know_contacts),
            Asked::Newest { contact } => self.take(ok, |state, page| state.newest(&contact, page)),
            Asked::Older { contact, before } => self.take(ok, |state, page: Vec<Message>| {
                if let Some(open) = state.open.as_mut().filter(|open| open.contact == contact) {
                    open.reached_back(&before, page);
                    state.reach_wanted();
                }
            }),
            Asked::Found { words } => self.take(ok, |state, found| {
                if let Over::Search(search) = &mut state.over {
                    search.answered(&words, found);
                }
            }),
            Asked::Pins => self.take(ok, |state, found| {
                if let Over::Pins(pins) = &mut state.over {
                    (pins.found, pins.is_answered) = (found, true);
                }
            }),
            Asked::Deleted => self.take(ok, |state, deletion| state.deleted(&deletion)),
            Asked::Reached => self.take(ok, |state, Reached { reached }| {
                state.word = (!reached).then(|| state.of_name("still-away"));
            }),
            Asked::Opened => self.take(ok, |state, open: Open| state.effects.push(Effect::Browse(open.url))),
            Asked::Sent { .. } | Asked::Edited { .. } | Asked::Told => {}
        }
    }

    /// Takes an answer in if it has the shape that the API promises.
    fn take<T: DeserializeOwned>(&mut self, ok: serde_json::Value, then: impl FnOnce(&mut Self, T)) {
        match serde_json::from_value(ok) {
            Ok(answer) => then(self, answer),
            Err(error) => self.word = Some(visible(&error.to_string())),
        }
    }

    fn refused(&mut self, asked: Asked, error: &Error) {
        let (message, hint) = error.told(self.words.language());
        let why = format!("{message} {hint}");
        match asked {
            Asked::Sent { contact, text } => {
                self.give_back(&contact, text);
                self.word = Some(self.words.with("not-saved", &[("reason", why)]));
            }
            Asked::Edited { contact, event, text } => {
                self.edit_back(&contact, event, text);
                self.word = Some(self.words.with("not-saved", &[("reason", why)]));
            }
            // What is typed for a search need not be one yet.
            Asked::Found { .. } if error.kind == ErrorKind::BadInput => {}
            Asked::Older { .. } => {
                if let Some(open) = &mut self.open {
                    open.reaching = false;
                }
                self.word = Some(why);
            }
            _ => self.word = Some(why),
        }
    }

    fn know_contacts(&mut self, contacts: Vec<Contact>) {
        self.contacts = contacts;
        self.sort();
        if self.chosen.as_ref().is_none_or(|chosen| self.contact(chosen).is_none()) {
            self.chosen = self.contacts.first().map(|contact| contact.contact.clone());
        }
        if let Some(wanted) = self.wanted.take() {
            let found = self.contacts.iter().find(|contact| contact.contact == wanted || contact.name == wanted);
            match found.map(|contact| contact.contact.clone()) {
                Some(id) => self.enter(&id),
                None => self.word = Some(self.words.with("tui-no-contact", &[("name", visible(&wanted))])),
            }
        }
        if self.open.as_ref().is_some_and(|open| self.contact(&open.contact).is_none()) {
            self.leave();
        }
    }

    /// Pinned ones come first, then who wrote or was written to last; archived and blocked ones come last.
    fn sort(&mut self) {
        let rank = |contact: &Contact| match contact.place {
            place if place.blocked => 3,
            place if place.archived && (contact.unread == 0 || place.muted) => 2,
            place if place.pinned => 0,
            _ => 1,
        };
        let newest = |contact: &Contact| contact.last.as_ref().map_or(contact.created_at, |last| last.sent_at);
        self.contacts.sort_by(|one, other| {
            let by_place = rank(one).cmp(&rank(other));
            by_place.then_with(|| newest(other).cmp(&newest(one))).then_with(|| one.contact.cmp(&other.contact))
        });
    }

    fn newest(&mut self, contact: &str, page: Vec<Message>) {
        let unread = self.contact(contact).map_or(0, |contact| contact.unread);
        if let Some(open) = self.open.as_mut().filter(|open| open.contact == contact) {
            open.join(page, unread);
            self.reach_wanted();
        }
    }

    fn changed(&mut self, change: Change) {
        match change {
            Change::Contact(contact) => {
                match self.contacts.iter_mut().find(|known| known.contact == contact.contact) {
                    Some(known) => *known = contact,
                    None => self.contacts.push(contact),
                }
                self.sort();
                if self.chosen.is_none() {
                    self.chosen = self.contacts.first().map(|contact| contact.contact.clone());
                }
            }
            Change::ContactRemoved(id) => {
                self.contacts.retain(|contact| contact.contact != id);
                self.drafts.remove(&id);
                if self.open.as_ref().is_some_and(|open| open.contact == id) {
                    self.open = None;
                    self.focus = Focus::List;
                    self.over = Over::Nothing;
                    self.word = Some(self.words.say("removed-title"));
                }
                if self.chosen.as_ref() == Some(&id) {
                    self.chosen = self.contacts.first().map(|contact| contact.contact.clone());
                }
            }
            Change::Message { contact, message } => {
                if let Some(open) = self.open.as_mut().filter(|open| open.contact == contact) {
                    open.put(message);
                    open.trim();
                }
            }
            Change::MessageGone { contact, event } => {
                if let Some(open) = self.open.as_mut().filter(|open| open.contact == contact) {
                    open.remove(&event);
                }
            }
            Change::File(_) | Change::Typing(_) | Change::Status(_) | Change::Found(_) | Change::Backup(_) => {}
        }
    }

    fn browsed(&mut self, url: &str, done: bool) {
        self.word = Some(match done {
            true => self.words.say("tui-opened"),
            false => self.words.with("tui-not-opened", &[("url", url.to_owned())]),
        });
    }

    /// Opens a contact's conversation.
    pub(crate) fn enter(&mut self, contact: &str) {
        self.focus = Focus::Conversation;
        self.chosen = Some(contact.to_owned());
        if self.open.as_ref().is_some_and(|open| open.contact == contact) {
            return;
        }
        self.put_draft_away();
        let draft = self.drafts.remove(contact).unwrap_or_default();
        self.open = Some(Conversation::new(contact.to_owned(), draft));
        self.read_newest(contact.to_owned());
    }

    /// Back to the list; where both stand side by side the conversation stays in view.
    pub(crate) fn leave(&mut self) {
        self.focus = Focus::List;
        let gone = self.open.as_ref().is_some_and(|open| self.contact(&open.contact).is_none());
        if gone || !Plan::of(self).side_by_side {
            self.put_draft_away();
            self.open = None;
        }
    }

    fn put_draft_away(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        // A wording that was begun is kept before what stood there, as it would else be lost.
        if let Some(Editing { aside, .. }) = open.editing.take().filter(|editing| !editing.aside.is_empty()) {
            open.draft.set(format!("{}\n{}", open.draft.text(), aside.text()));
        }
        if !open.draft.is_empty() {
            self.drafts.insert(open.contact, open.draft);
        }
    }

    /// The watch begins before the page is read, so that nothing falls between the two.
    fn read_newest(&mut self, contact: String) {
        self.ask(Request::Watch { contact: Some(contact.clone()) }, Asked::Told);
        let (of, limit) = (Some(contact.clone()), Some(PAGE));
        let request = Request::Log { contact: of, limit, before: None, after: None, around: None };
        self.ask(request, Asked::Newest { contact });
    }

    /// Asks for the messages before the oldest one here.
    pub(crate) fn reach_back(&mut self) {
        let Some(open) = &mut self.open else { return };
        let Some(oldest) = open.messages.first().filter(|_| !open.whole && !open.reaching) else { return };
        let (contact, before) = (open.contact.clone(), oldest.event.clone());
        open.reaching = self.link == Link::Here;
        let (of, limit) = (Some(contact.clone()), Some(PAGE));
        let request = Request::Log { contact: of, limit, before: Some(before.clone()), after: None, around: None };
        self.ask(request, Asked::Older { contact, before });
    }

    /// Goes to the message that is looked for, or further back.
    fn reach_wanted(&mut self) {
        let Some(open) = &mut self.open else { return };
        let Some(wanted) = open.wanted.clone() else { return };
        if open.index(&wanted).is_some() {
            (open.wanted, open.found) = (None, Some(wanted.clone()));
            open.place = Place::At { event: wanted, below: 0 };
            let half = i32::from(Plan::of(self).timeline_rows / 2);
            self.scroll(-half);
        } else if open.whole {
            open.wanted = None;
        } else {
            self.reach_back();
        }
    }

    /// Looks for a message and goes there.
    pub(crate) fn jump(&mut self, event: String) {
        if let Some(open) = &mut self.open {
            open.place = Place::End;
            open.wanted = Some(event);
            self.reach_wanted();
        }
    }

    /// Sends what was written.
    pub(crate) fn send(&mut self) {
        let can_write = self.can_write();
        let Some(open) = self.open.as_mut().filter(|open| can_write && !open.draft.text().trim().is_empty()) else {
            return;
        };
        if self.link != Link::Here {
            self.word = Some(format!("{} {}", self.words.say("error-gone"), self.words.say("error-gone-hint")));
            return;
        }
        if open.editing.is_some() {
            self.save_edit();
            return;
        }
        let (contact, text) = (open.contact.clone(), open.draft.take());
        open.place = Place::End;
        (open.unread, open.wanted, open.found) = (None, None, None);
        let request = Request::Send {
            contact: Some(contact.clone()),
            text: text.clone(),
            reply: None,
            wait: None,
            timeout_ms: None,
        };
        self.ask(request, Asked::Sent { contact, text });
    }

    /// Asks for an address that opens this contact's app, or the home where none is open.
    pub(crate) fn browse(&mut self, contact: Option<String>) {
        self.ask(Request::Open { contact }, Asked::Opened);
    }

    /// Looks for messages with words.
    pub(crate) fn look_for(&mut self, words: String) {
        let Some(contact) = self.open.as_ref().map(|open| open.contact.clone()) else { return };
        let request = Request::Search { contact: Some(contact), words: words.clone(), limit: Some(50), before: None };
        self.ask(request, Asked::Found { words });
    }

    /// Moves the timeline, so many rows towards the past, or the other way.
    pub(crate) fn scroll(&mut self, rows: i32) {
        let view = usize::from(Plan::of(self).timeline_rows);
        let heights = self.heights();
        let all: usize = heights.iter().sum();
        let below = self.below(&heights);
        let Some(open) = &mut self.open else { return };
        let moved = below.saturating_add_signed(rows as isize).min(all.saturating_sub(view));
        open.place = place(open, &heights, moved);
        if moved + view + view / 2 >= all && rows > 0 {
            self.reach_back();
        }
    }

    /// Rows below the view.
    pub(crate) fn below(&self, heights: &[usize]) -> usize {
        let Some((open, Place::At { event, below })) = self.open.as_ref().map(|open| (open, &open.place)) else {
            return 0;
        };
        open.index(event).map_or(0, |index| below + heights.iter().skip(index + 1).sum::<usize>())
    }

    /// Rows of each message's block.
    pub(crate) fn heights(&self) -> Vec<usize> {
        let Some((open, setting)) = self.open.as_ref().zip(self.setting()) else { return vec![] };
        (0..open.messages.len()).map(|index| timeline::block(open, index, setting).len()).collect()
    }

    /// What the open timeline's rows are made with.
    pub(crate) fn setting(&self) -> Option<Setting<'_>> {
        let cells = Plan::of(self).conversation_cells();
        let name = &self.open_contact()?.name;
        Some(Setting { words: &self.words, zone: self.zone, now: self.now, name, cells })
    }

    /// Tells the agent what was seen: the person looks here, at the end, and nothing lies over it.
    fn tell_seen(&mut self) {
        let in_view = Plan::of(self).shows_conversation && matches!(self.over, Over::Nothing);
        let attended = self.looking && self.focus == Focus::Conversation && in_view && self.link == Link::Here;
        let Some(open) = self.open.as_mut().filter(|open| attended && open.place == Place::End) else { return };
        open.reached = open.messages.last().map(|message| message.event.clone());
        let newest = open.messages.iter().rev().find(|message| is_theirs(message));
        let Some(event) = newest.map(|message| message.event.clone()).filter(|event| open.seen.as_ref() != Some(event))
        else {
            return;
        };
        open.seen = Some(event.clone());
        let contact = Some(open.contact.clone());
        self.ask(Request::Seen { contact, event }, Asked::Told);
    }
}

/// The place with so many rows below the view.
fn place(open: &Conversation, heights: &[usize], below: usize) -> Place {
    let mut left = below;
    for (message, height) in open.messages.iter().zip(heights).rev() {
        if left == 0 && below == 0 {
            break;
        }
        if left < *height {
            return Place::At { event: message.event.clone(), below: left };
        }
        left -= height;
    }
    Place::End
}
