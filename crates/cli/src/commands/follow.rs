//! `kith log --follow`: the history, then whatever is new or changed.
//!
//! No message falls between the two, because the watch begins before the history is read. What the watch then repeats
//! is left out: of each message the last printed form is kept as a [`Print`], and only what supersedes it is printed.
//! When pushes were lost, the agent ends the watch. Another one is begun then, and the history read again through the same
//! filter; where nobody answers any more, the agent has ended.

use super::{Session, find, message};
use crate::output::{Form, Outcome};
use kith_api::client::Client;
use kith_api::{Change, Kind, Message, Push, State};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Prints until interrupted, or until the agent ends or the contact is removed.
pub(super) fn follow(session: &Session, contact: &str, limit: Option<u32>, ids: bool) -> Outcome {
    let contact = find(&mut session.connect()?, contact)?.contact;
    let mut printed = Printed { form: session.form, ids, begins_at: None, events: BTreeMap::new() };
    let mut history = First::Newest(limit);
    while printed.while_watching(session, &contact, history)? == End::Lost {
        history = First::Missed;
    }
    Ok(())
}

/// What is printed before pushes are.
#[derive(Clone, Copy)]
enum First {
    /// The newest messages up to a number, or all.
    Newest(Option<u32>),
    /// What came or changed since the last watch.
    Missed,
}

/// Why a watch ended.
#[derive(PartialEq, Eq)]
enum End {
    /// The agent closed it.
    Lost,
    /// The contact is gone.
    Removed,
}

/// What a push means for the followed contact.
enum Followed {
    /// A message is new or differs.
    Message(Box<Message>),
    /// The contact is gone.
    Removed,
}

/// What a push means for a contact; `None` if it is about something else.
fn of_contact(push: Push, followed: &str) -> Option<Followed> {
    match push.change {
        Change::Message { contact, message } if contact == followed => Some(Followed::Message(Box::new(message))),
        Change::ContactRemoved(contact) if contact == followed => Some(Followed::Removed),
        Change::Message { .. }
        | Change::MessageGone { .. }
        | Change::File(_)
        | Change::ContactRemoved(_)
        | Change::Contact(_)
        | Change::Status(_)
        | Change::Backup(_)
        | Change::Typing(_)
        | Change::Found(_) => None,
    }
}

/// What was printed of each message.
struct Printed {
    form: Form,
    /// Whether ids are shown to people.
    ids: bool,
    /// The oldest event that is followed; with `--limit` there are older ones.
    begins_at: Option<String>,
    events: BTreeMap<String, Print>,
}

impl Printed {
    /// Prints the history and what is pushed, for as long as one watch lasts.
    fn while_watching(&mut self, session: &Session, contact: &str, first: First) -> Outcome<End> {
        let watch = session.connect()?.watch(Some(contact.to_owned()))?;
        match first {
            First::Newest(limit) => self.newest(&mut session.connect()?, contact, limit)?,
            First::Missed => self.missed(&mut session.connect()?, contact)?,
        }
        for push in watch {
            match of_contact(push?, contact) {
                Some(Followed::Message(message)) => self.one(&message)?,
                Some(Followed::Removed) => return Ok(End::Removed),
                None => {}
            }
        }
        Ok(End::Lost)
    }

    /// Prints the newest messages. Even where none are wanted the newest one is noted: what is followed begins there.
    fn newest(&mut self, client: &mut Client, contact: &str, limit: Option<u32>) -> Outcome {
        let messages = message::history(client, contact, limit.map(|limit| limit.max(1)))?;
        self.begins_at = messages.first().map(|message| message.event.clone());
        if limit == Some(0) {
            self.events.extend(messages.iter().map(|message| (message.event.clone(), Print::of(message))));
        }
        messages.iter().try_for_each(|message| self.one(message))
    }

    /// Prints what came or changed since.
    fn missed(&mut self, client: &mut Client, contact: &str) -> Outcome {
        let messages = message::history(client, contact, None)?;
        let begins_at = self.begins_at.clone();
        let is_older = |message: &&Message| begins_at.as_ref().is_some_and(|begin| *begin != message.event);
        messages.iter().skip_while(is_older).try_for_each(|message| self.one(message))
    }

    /// Prints a message if it is new or changed.
    fn one(&mut self, message: &Message) -> Outcome {
        let print = Print::of(message);
        if self.events.get(&message.event).is_some_and(|last| !print.supersedes(last)) {
            return Ok(());
        }
        self.events.insert(message.event.clone(), print);
        message::print_line(self.form, self.ids, message)
    }
}

/// What distinguishes one printed form of a message from another; of what it says, a hash.
#[derive(Debug, PartialEq, Eq)]
struct Print {
    kind: Kind,
    state: Option<State>,
    edited: bool,
    text: u64,
}

impl Print {
    fn of(message: &Message) -> Self {
        let mut text = DefaultHasher::new();
        message.text.hash(&mut text);
        (message.held, &message.notice, message.file.as_ref().map(|file| file.state as u8)).hash(&mut text);
        Self { kind: message.kind, state: message.state, edited: message.edited, text: text.finish() }
    }

    /// Whether this form comes after another. States only rise while the text stays, a deleted text stays deleted and an
    /// edited one edited, so a form with less is a push that was overtaken by the history. A new wording begins anew.
    fn supersedes(&self, last: &Self) -> bool {
        let overtaken = (self.state < last.state && (self.text == last.text || !self.edited))
            || (last.edited && !self.edited)
            || (last.kind == Kind::Deleted && self.kind != Kind::Deleted);
        self != last && !overtaken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(kind: Kind, state: State, edited: bool) -> Print {
        Print { kind, state: Some(state), edited, text: 0 }
    }

    #[test]
    fn a_higher_state_an_edit_and_a_deletion_supersede() {
        let last = print(Kind::Text, State::Sent, false);
        assert!(print(Kind::Text, State::Delivered, false).supersedes(&last));
        assert!(print(Kind::Text, State::Sent, true).supersedes(&last));
        assert!(print(Kind::Deleted, State::Sent, false).supersedes(&last));
        assert!(Print { text: 1, ..print(Kind::Text, State::Waiting, true) }.supersedes(&last));
        assert!(Print { text: 1, ..print(Kind::Text, State::Sent, false) }.supersedes(&last));
    }

    #[test]
    fn a_repetition_and_an_overtaken_push_do_not() {
        let last = print(Kind::Deleted, State::Delivered, true);
        assert!(!print(Kind::Deleted, State::Delivered, true).supersedes(&last));
        assert!(!print(Kind::Deleted, State::Sent, true).supersedes(&last));
        assert!(!print(Kind::Text, State::Delivered, true).supersedes(&last));
        assert!(!print(Kind::Deleted, State::Delivered, false).supersedes(&last));
    }
}
