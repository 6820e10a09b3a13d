//! One conversation as far as it was read: a window onto its messages, and where the person looks.

use crate::line::Line;
use crate::pick::Editing;
use kith_api::{Kind, Message};

/// Messages asked for at once.
pub(crate) const PAGE: u32 = 60;
/// Above this many, looking at the newest lets the oldest go.
const KEPT_MAX: usize = 400;

/// Which row of the timeline is the lowest in view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// The newest.
    End,
    /// Of this event, with so many of its own rows below the view.
    At { event: String, below: usize },
}

/// A conversation that is shown.
#[derive(Debug)]
pub(crate) struct Conversation {
    /// Whose.
    pub(crate) contact: String,
    /// In the agent's order, oldest first, without holes.
    pub(crate) messages: Vec<Message>,
    /// The beginning is among them.
    pub(crate) whole: bool,
    /// Older ones were asked for.
    pub(crate) reaching: bool,
    /// Where the person looks.
    pub(crate) place: Place,
    /// The first message that was new when the person came.
    pub(crate) unread: Option<String>,
    /// The newest message that the agent was told to have been seen.
    pub(crate) seen: Option<String>,
    /// The newest message when the person last looked at the end.
    pub(crate) reached: Option<String>,
    /// A message that is looked for among older ones.
    pub(crate) wanted: Option<String>,
    /// The message that was looked for, and found.
    pub(crate) found: Option<String>,
    /// The message that keys act on.
    pub(crate) picked: Option<String>,
    /// The own message whose wording stands on the line.
    pub(crate) editing: Option<Editing>,
    /// What is being written.
    pub(crate) draft: Line,
}

impl Conversation {
    pub(crate) fn new(contact: String, draft: Line) -> Self {
        Self {
            contact,
            messages: vec![],
            whole: false,
            reaching: false,
            place: Place::End,
            unread: None,
            seen: None,
            reached: None,
            wanted: None,
            found: None,
            picked: None,
            editing: None,
            draft,
        }
    }

    /// The newest page takes its place after what is older and still joins on; otherwise it stands alone.
    pub(crate) fn join(&mut self, page: Vec<Message>, unread: u32) {
        let first = self.messages.is_empty();
        let joint = page.first().and_then(|message| self.index(&message.event));
        if joint.is_none() {
            self.whole = page.len() < PAGE as usize;
        }
        self.messages.truncate(joint.unwrap_or(0));
        self.messages.extend(page);
        if first && unread > 0 {
            let theirs = self.messages.iter().rev().filter(|message| is_theirs(message));
            self.unread = theirs.take(unread as usize).last().map(|message| message.event.clone());
        }
        if let Place::At { event, .. } = &self.place
            && self.index(event).is_none()
        {
            self.place = Place::End;
        }
    }

    /// Older messages, before the oldest one here when they were asked for.
    pub(crate) fn reached_back(&mut self, before: &str, page: Vec<Message>) {
        self.reaching = false;
        if self.messages.first().is_some_and(|oldest| oldest.event == before) {
            self.whole = page.is_empty();
            self.messages.splice(0..0, page);
        }
    }

    /// A message that is new, or differs.
    pub(crate) fn put(&mut self, message: Message) {
        match self.index(&message.event).and_then(|index| self.messages.get_mut(index)) {
            Some(known) => *known = message,
            None => self.messages.push(message),
        }
    }

    /// A message that left.
    pub(crate) fn remove(&mut self, event: &str) {
        let Some(index) = self.index(event) else { return };
        self.messages.remove(index);
        self.picked.take_if(|picked| picked == event);
        if matches!(&self.place, Place::At { event: at, .. } if at == event) {
            let neighbour = self.messages.get(index).or(self.messages.last());
            self.place = neighbour.map_or(Place::End, |message| Place::At { event: message.event.clone(), below: 0 });
        }
    }

    /// Lets old messages go while the newest are in view.
    pub(crate) fn trim(&mut self) {
        if self.place == Place::End && self.messages.len() > KEPT_MAX {
            self.messages.drain(..self.messages.len() - PAGE as usize);
            self.whole = false;
        }
    }

    /// Where a message is.
    pub(crate) fn index(&self, event: &str) -> Option<usize> {
        // What is asked for is mostly new.
        self.messages.iter().rposition(|message| message.event == event)
    }

    /// How many of theirs came below what the person has reached.
    pub(crate) fn new_below(&self) -> usize {
        let from = self.reached.as_deref().and_then(|event| self.index(event));
        let newer = from.and_then(|from| self.messages.get(from + 1..)).unwrap_or_default();
        newer.iter().filter(|message| is_theirs(message)).count()
    }
}

/// The other side wrote it; a notice is this device's own word.
pub(crate) fn is_theirs(message: &Message) -> bool {
    !message.mine && message.kind != Kind::Notice
}
