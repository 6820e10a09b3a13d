//! Which messages the desktop announces.
//!
//! *Arrived* → (a moment) → *announced*, unless it was seen meanwhile, its contact is muted or blocked, nothing is to be
//! announced, or a window announces it itself → (all of it was seen) → *withdrawn*.
//!
//! A contact has one notification at a time. It says how much is unread, and no more than was chosen; on a locked device not
//! even by whom (LOCK-006). How it looks is [`crate::desktop`]'s.

use super::Core;
use crate::desktop::{Desktop, Notification};
use kith_api::{Kind, Message, Notifications};
use kith_base::{ContactId, Mono};
use kith_words::{Catalogue, Language, Words};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Whoever looks at the conversation has seen the message by then.
const MOMENT: Duration = Duration::from_millis(1500);
/// Characters of a text that a notification shows.
const SHOWN: usize = 140;

/// What is to be announced, and what was.
pub(super) struct Announcements {
    desktop: Desktop,
    /// What notifications say.
    pub(super) wanted: Notifications,
    chosen: Option<Language>,
    words: Words,
    due: BTreeMap<ContactId, Mono>,
    shown: BTreeSet<ContactId>,
}

impl Announcements {
    pub(super) fn new(desktop: Desktop, wanted: Notifications) -> Self {
        let words = Words::new(Language::of_environment(), Catalogue::Commands);
        Self { desktop, wanted, chosen: None, words, due: BTreeMap::new(), shown: BTreeSet::new() }
    }

    /// Speaks the language that was chosen, or else that of the environment.
    pub(super) fn speak(&mut self, chosen: Option<Language>) {
        self.chosen = chosen;
        self.words = Words::new(chosen.unwrap_or_else(Language::of_environment), Catalogue::Commands);
    }

    pub(super) const fn chosen_language(&self) -> Option<Language> {
        self.chosen
    }
}

impl Core {
    /// A message of the other side has appeared.
    pub(super) fn announce_soon(&mut self, id: ContactId, message: &Message) {
        let announced = matches!(message.kind, Kind::Text | Kind::File) && !message.mine;
        if announced && self.announcements.wanted != Notifications::Off {
            let at = self.clock.mono() + MOMENT;
            self.announcements.due.entry(id).or_insert(at);
        }
    }

    pub(super) fn announce_deadline(&self) -> Option<Mono> {
        self.announcements.due.values().min().copied()
    }

    pub(super) fn announce_tick(&mut self, now: Mono) {
        let due: Vec<ContactId> = self.announcements.due.extract_if(.., |_, at| *at <= now).map(|(id, _)| id).collect();
        for id in due {
            if let Some(notification) = self.notification(id) {
                self.announcements.shown.insert(id);
                self.announcements.desktop.show(id, notification);
            }
        }
    }

    /// What is shown of a contact has changed: a notification of what was seen goes.
    pub(super) fn withdraw_if_seen(&mut self, id: ContactId, unread: u32) {
        if unread == 0 && self.announcements.shown.remove(&id) {
            self.announcements.desktop.withdraw(id);
        }
    }

    fn notification(&mut self, id: ContactId) -> Option<Notification> {
        let now = self.clock.wall();
        let contact = self.contacts.get(&id)?;
        let quiet = contact.is_blocked() || contact.row.place.muted > now || self.announces_itself(id);
        let name = contact.row.name.clone();
        if quiet || self.announcements.wanted == Notifications::Off {
            return None;
        }
        let summary = self.summary(id);
        let unread = u64::from(summary.unread);
        if unread == 0 {
            return None;
        }
        let words = &self.announcements.words;
        // LOCK-006
        if self.lock.is_locked() {
            return Some(Notification { title: "Kith".to_owned(), body: words.say("notification-locked") });
        }
        let text = summary.last.as_ref().filter(|last| !last.mine && last.kind == Kind::Text);
        let body = match text {
            Some(last) if self.announcements.wanted == Notifications::Texts && unread == 1 => shortened(&last.text),
            _ => words.counted("notification-unread", &[], unread),
        };
        Some(Notification { title: name, body })
    }

    fn announces_itself(&self, id: ContactId) -> bool {
        self.directory.read().is_ok_and(|directory| directory.announcing.contains_key(&id.to_string()))
    }
}

/// The beginning of a text, in one line.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        None => line,
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_shortened_between_characters_and_has_one_line() {
        assert_eq!(shortened("one\ntwo\t three "), "one two three");
        let long = "ä".repeat(SHOWN + 1);
        assert_eq!(shortened(&long), format!("{}…", "ä".repeat(SHOWN)));
        assert_eq!(shortened(&long[2..]), long[2..]);
    }
}
