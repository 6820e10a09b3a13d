//! What a person does with a message that is there: it is picked with the arrows, and then edited, deleted or pinned.
//!
//! ```text
//! writing ──Ctrl-↑──▶ picked ──e──▶ its text stands on the line ──Enter──▶ asked of the agent, writing
//!    ▲                │ │ │                    └────Esc────▶ what stood there before
//!    └──────Esc───────┘ │ └──p──▶ pinned for both, or no more
//!                       └──d──▶ for both, or here only? each by a key of its own
//! ```
//! Invariants: what stood on the line before an edit comes back behind it, and a wording that was not confirmed to be saved is not
//! lost from the line without a word. Nothing is deleted by the key that asks for it.

use crate::conversation::{Conversation, Place};
use crate::line::Line;
use crate::search::Search;
use crate::sentences::call_name;
use crate::state::{Asked, Over, State};
use crate::view::Plan;
use kith_api::{Ability, Deletion, DeletionOutcome, Kind, Message, Request, State as Delivery};
use ratatui::crossterm::event::KeyCode;

/// An own message that is given another wording on the line.
#[derive(Debug)]
pub(crate) struct Editing {
    pub(crate) event: String,
    /// What stood on the line before.
    pub(crate) aside: Line,
}

/// Whether a message may be deleted for both, and here only.
pub(crate) fn ways_to_delete(message: &Message) -> (bool, bool) {
    let both = message.mine && matches!(message.kind, Kind::Text | Kind::File);
    // What still waits is never delivered; there is nothing that they would keep.
    let waits = both && message.state == Some(Delivery::Waiting) && !message.held;
    (both, !waits)
}

impl Conversation {
    /// The message that is picked.
    pub(crate) fn picked_message(&self) -> Option<&Message> {
        self.messages.get(self.index(self.picked.as_deref()?)?)
    }
}

impl State {
    /// Picks the message above or below the picked one, or the newest; below the newest, none.
    pub(crate) fn pick(&mut self, up: bool) {
        let Some(open) = &mut self.open else { return };
        let is_one = |message: &Message| message.kind != Kind::Notice;
        let at = open.picked.as_deref().and_then(|event| open.index(event));
        let next = match (at, up) {
            (None, _) => open.messages.iter().rposition(is_one),
            (Some(at), true) => open.messages.iter().take(at).rposition(is_one).or(Some(at)),
            (Some(at), false) => open.messages.iter().skip(at + 1).position(is_one).map(|further| at + 1 + further),
        };
        open.picked = next.and_then(|next| open.messages.get(next)).map(|message| message.event.clone());
        match open.picked {
            Some(_) => self.show_picked(),
            None => open.place = Place::End,
        }
    }

    /// Moves the timeline just so far that the picked message is in view.
    fn show_picked(&mut self) {
        let view = usize::from(Plan::of(self).timeline_rows);
        let heights = self.heights();
        let below = self.below(&heights);
        let Some(open) = &self.open else { return };
        let Some(index) = open.picked.as_deref().and_then(|event| open.index(event)) else { return };
        let under: usize = heights.iter().skip(index + 1).sum();
        let over = under + heights.get(index).copied().unwrap_or(0);
        let is_first = index == 0;
        if over > below + view {
            self.scroll(i32::try_from(over - below - view).unwrap_or(i32::MAX));
        } else if under < below {
            self.scroll(-i32::try_from(below - under).unwrap_or(i32::MAX));
        }
        if is_first {
            self.reach_back();
        }
    }

    /// A key while a message is picked.
    pub(crate) fn key_on_message(&mut self, code: KeyCode) {
        match code {
            KeyCode::Esc | KeyCode::Tab => self.unpick(),
            KeyCode::Up | KeyCode::Char('k') => self.pick(true),
            KeyCode::Down | KeyCode::Char('j') => self.pick(false),
            KeyCode::Char('e') => self.begin_edit(),
            KeyCode::Char('d') | KeyCode::Delete => {
                let picked = self.open.as_ref().and_then(Conversation::picked_message).cloned();
                if let Some(message) = picked {
                    self.over = Over::Deleting(Box::new(message));
                }
            }
            KeyCode::Char('p') => self.pin(),
            _ => {}
        }
    }

    fn unpick(&mut self) {
        if let Some(open) = &mut self.open {
            open.picked = None;
        }
    }

    /// Puts the picked message's text on the line.
    fn begin_edit(&mut self) {
        let can = self.open_contact().is_some_and(|contact| contact.can.contains(&Ability::Edit));
        let Some(open) = &mut self.open else { return };
        let Some(message) = open.picked_message().cloned() else { return };
        if !message.mine || message.kind != Kind::Text || message.held || !can {
            self.word = Some(self.words.say("tui-no-edit"));
            return;
        }
        open.picked = None;
        self.resume_edit(message.event, message.text);
    }

    fn resume_edit(&mut self, event: String, text: String) {
        let Some(open) = &mut self.open else { return };
        let mut aside = Line::default();
        aside.set(open.draft.take());
        open.editing = Some(Editing { event, aside });
        open.draft.set(text);
    }

    /// Leaves the message as it is; whether one was being edited.
    pub(crate) fn end_edit(&mut self) -> bool {
        let Some(open) = &mut self.open else { return false };
        let Some(editing) = open.editing.take() else { return false };
        open.draft = editing.aside;
        true
    }

    /// Asks for the wording that stands on the line; whether a message was being edited.
    pub(crate) fn save_edit(&mut self) -> bool {
        let Some(open) = &mut self.open else { return false };
        let Some(Editing { event, aside }) = open.editing.take() else { return false };
        let text = open.draft.take();
        open.draft = aside;
        let contact = open.contact.clone();
        let request = Request::Edit { contact: Some(contact.clone()), event: event.clone(), text: text.clone() };
        self.ask(request, Asked::Edited { contact, event, text });
        true
    }

    /// A wording that is not known to be saved is on the line again; where another one stands there, it is kept as a draft.
    pub(crate) fn edit_back(&mut self, contact: &str, event: String, text: String) {
        match &self.open {
            Some(open) if open.contact == contact && open.editing.is_none() => self.resume_edit(event, text),
            _ => self.give_back(contact, text),
        }
    }

    fn pin(&mut self) {
        let Some(open) = &self.open else { return };
        let Some(message) = open.picked_message() else { return };
        let (contact, event, pinned) = (Some(open.contact.clone()), message.event.clone(), !message.pinned);
        self.ask(Request::Pin { contact, event, pinned }, Asked::Told);
    }

    /// A key while it is asked how a message is to be deleted.
    pub(crate) fn key_on_deletion(&mut self, code: KeyCode) {
        let Over::Deleting(message) = &self.over else { return };
        let (both, here) = ways_to_delete(message);
        let event = message.event.clone();
        let contact = self.open.as_ref().map(|open| open.contact.clone());
        match code {
            KeyCode::Char('b') if both => self.ask(Request::Delete { contact, event }, Asked::Deleted),
            KeyCode::Char('h') if here => self.ask(Request::Hide { contact, event }, Asked::Told),
            KeyCode::Esc | KeyCode::Char('q') => {}
            _ => return,
        }
        self.over = Over::Nothing;
        self.unpick();
    }

    /// What came of a deletion, in the words of the pages.
    pub(crate) fn deleted(&mut self, deletion: &Deletion) {
        let id = match deletion.outcome {
            DeletionOutcome::NeverDelivered => "deleted-never-delivered",
            DeletionOutcome::Withdrawn => "deleted-withdrawn",
            DeletionOutcome::Asked => "deleted-asked",
            DeletionOutcome::Here => "deleted-here",
        };
        self.word = Some(self.of_name(id));
    }

    /// Asks for what is pinned for both.
    pub(crate) fn show_pins(&mut self) {
        let Some(contact) = self.open.as_ref().map(|open| open.contact.clone()) else { return };
        self.over = Over::Pins(Search::default());
        self.ask(Request::Pins { contact: Some(contact) }, Asked::Pins);
    }

    /// Has the contact dialled at once.
    pub(crate) fn try_now(&mut self) {
        let Some(contact) = self.open.as_ref().map(|open| open.contact.clone()) else { return };
        self.ask(Request::Reach { contact: Some(contact) }, Asked::Reached);
        self.word = Some(self.words.say("trying"));
    }

    /// A sentence about the open contact.
    pub(crate) fn of_name(&self, id: &str) -> String {
        let name = self.open_contact().map(|contact| call_name(&contact.name)).unwrap_or_default();
        self.words.with(id, &[("name", name)])
    }
}
