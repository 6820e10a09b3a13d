//! Looking for a message of the open conversation.

use crate::line::Line;
use kith_api::Message;

/// What is looked for, and what was found.
#[derive(Debug, Default)]
pub(crate) struct Search {
    /// What is typed.
    pub(crate) line: Line,
    /// Newest first.
    pub(crate) found: Vec<Message>,
    /// Whether the agent answered what is typed.
    pub(crate) is_answered: bool,
    /// Which of them is chosen.
    pub(crate) chosen: usize,
}

impl Search {
    /// What was found for words; an answer to what was typed before is not shown.
    pub(crate) fn answered(&mut self, words: &str, found: Vec<Message>) {
        if words == self.line.text().trim() {
            (self.found, self.chosen, self.is_answered) = (found, 0, true);
        }
    }

    /// What is typed changed: the words to ask for, if there are any.
    pub(crate) fn changed(&mut self) -> Option<String> {
        let words = self.line.text().trim().to_owned();
        (self.is_answered, self.chosen) = (false, 0);
        if words.is_empty() {
            self.found.clear();
            return None;
        }
        Some(words)
    }

    /// Chooses another one.
    pub(crate) fn step(&mut self, down: bool) {
        let last = self.found.len().saturating_sub(1);
        self.chosen = if down { (self.chosen + 1).min(last) } else { self.chosen.saturating_sub(1) };
    }
}
