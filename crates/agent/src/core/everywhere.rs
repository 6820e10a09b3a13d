//! Searching the texts of all conversations.
//!
//! Vaults are opened one after the other and closed again, those that were open before apart. The core does this a
//! [`SLICE`] at a time, with whatever else happens between the slices: a home with a thousand conversations is searched
//! in a second or two, and no message waits that long.
//!
//! *Asked* → (slices) → *every conversation looked at* → answered with the newest hits; or → *answered early*, with what
//! there is, as [`SEARCHES_MAX`] newer ones came. A caller that left is forgotten.

use super::contacts::State;
use super::talk::json;
use super::{Answer, Core};
use kith_api::{Error, ErrorKind, Everywhere, Hit};
use kith_base::{ContactId, Mono};
use kith_proto::io::{EventRow, StoredEvent, View as _};
use kith_proto::log::event::{Body, Kind};
use kith_store::{ConversationVault, StoreError};
use std::collections::VecDeque;
use std::time::Duration;

/// How long the core searches before it looks at what else came.
const SLICE: Duration = Duration::from_millis(20);
/// Searches under way; somebody who types makes one with each pause.
const SEARCHES_MAX: usize = 4;
/// Hits in one conversation: the rest is found in its own app.
const HITS_OF_ONE: usize = 5;
/// Hits answered at most.
const HITS_MAX: u32 = 200;
/// Hits answered unless told.
const HITS: u32 = 50;
/// Longest search in bytes.
const WORDS_BYTES_MAX: usize = 1024;
/// Characters of a hit's text.
const SHOWN: usize = 160;
/// Of which before the word that was found.
const BEFORE: usize = 40;

/// Searches under way, the oldest first.
#[derive(Default)]
pub(super) struct Searches(VecDeque<Search>);

struct Search {
    words: String,
    limit: usize,
    /// Conversations not looked at yet, the next one last.
    left: Vec<ContactId>,
    found: Everywhere,
    answer: Answer,
}

impl Search {
    fn end(mut self) {
        self.found.hits.sort_by_key(|hit| std::cmp::Reverse(hit.sent_at));
        self.found.hits.truncate(self.limit);
        self.found.whole &= self.left.is_empty();
        // Who asked may have gone.
        drop(self.answer.send(Ok(json(&self.found))));
    }
}

impl Core {
    /// Begins a search; its answer comes when every conversation was looked at.
    pub(super) fn search_all(&mut self, words: String, limit: Option<u32>, answer: Answer) {
        if words.len() > WORDS_BYTES_MAX {
            let error = Error::new(ErrorKind::TooLarge, "search-too-long", []);
            return drop(answer.send(Err(error)));
        }
        let left = self.contacts.values().filter(|contact| {
            // PLACE-003
            let talks = matches!(contact.state(), State::Connected | State::Connecting);
            talks && !contact.is_blocked() && contact.row.conversation.is_some()
        });
        let search = Search {
            words,
            limit: limit.unwrap_or(HITS).min(HITS_MAX) as usize,
            left: left.map(|contact| contact.row.id).collect(),
            found: Everywhere { hits: Vec::new(), whole: true },
            answer,
        };
        self.searches.0.push_back(search);
        if self.searches.0.len() > SEARCHES_MAX
            && let Some(oldest) = self.searches.0.pop_front()
        {
            oldest.end();
        }
    }

    pub(super) fn search_deadline(&self) -> Option<Mono> {
        (!self.searches.0.is_empty()).then(|| self.clock.mono())
    }

    /// Goes on with the newest search for a moment: it is the one that somebody still looks at.
    pub(super) fn search_on(&mut self) {
        let until = self.clock.mono() + SLICE;
        while let Some(mut search) = self.searches.0.pop_back() {
            while !search.answer.is_closed()
                && let Some(id) = search.left.pop()
            {
                match self.hits(id, &search.words) {
                    Ok(hits) => search.found.hits.extend(hits),
                    Err(error) => {
                        tracing::debug!(%error, "a conversation could not be searched");
                        search.found.whole = false;
                    }
                }
                if self.clock.mono() >= until && !search.left.is_empty() {
                    return self.searches.0.push_back(search);
                }
            }
            search.end();
        }
    }

    /// The newest hits in one conversation. Its vault is opened for this alone where it is not open.
    fn hits(&mut self, id: ContactId, words: &str) -> Result<Vec<Hit>, Error> {
        let Some(contact) = self.contacts.get_mut(&id) else { return Ok(Vec::new()) };
        let found = match (&mut contact.live, &contact.row.vault) {
            (Some(live), _) => hits_in(&mut live.vault, id, words),
            (None, Some(slot)) => self.home.open_vault(slot).and_then(|mut vault| hits_in(&mut vault, id, words)),
            (None, None) => Ok(Vec::new()),
        };
        self.believed(id, found)
    }
}

fn hits_in(vault: &mut ConversationVault, id: ContactId, words: &str) -> Result<Vec<Hit>, StoreError> {
    let found = vault.search(words, None, HITS_OF_ONE)?;
    let hit = |(event, body): (StoredEvent, Option<Vec<u8>>)| {
        let text = text_of(vault, &event, body)?;
        Some(Hit {
            contact: id.to_string(),
            event: event.id.to_string(),
            mine: event.mine,
            text: around(&text, words),
            sent_at: event.written.0,
        })
    };
    Ok(found.into_iter().filter_map(hit).collect())
}

/// The text that stands at an event's place.
fn text_of(vault: &ConversationVault, event: &StoredEvent, body: Option<Vec<u8>>) -> Option<String> {
    let edit = event.edited_by.and_then(|row: EventRow| Some((vault.event(row)?.kind, vault.body(row)?)));
    let (kind, bytes) = edit.or_else(|| Some((event.kind, body?)))?;
    match Body::decode(Kind { number: kind, critical: true }, &bytes).ok()?? {
        Body::Text(said) | Body::Edit(_, said) => Some(said.text),
        _ => None,
    }
}

/// What of a text is around the first of the words in it, on one line. Accents are not seen through: then it is the
/// text's beginning.
fn around(text: &str, words: &str) -> String {
    let line: Vec<char> = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    let lower: Vec<char> = line.iter().map(|c| c.to_lowercase().next().unwrap_or(*c)).collect();
    let begins = |at: usize, word: &[char]| {
        let behind_letter = at.checked_sub(1).and_then(|before| lower.get(before)).is_some_and(|c| c.is_alphanumeric());
        !behind_letter && lower.get(at..).is_some_and(|rest| rest.starts_with(word))
    };
    let at = words.split_whitespace().filter_map(|word| {
        let word: Vec<char> = word.to_lowercase().chars().collect();
        (0..lower.len()).find(|at| begins(*at, &word))
    });
    let from = at.min().unwrap_or(0).saturating_sub(BEFORE);
    let from = if from < BEFORE / 2 { 0 } else { from };
    let shown: String = line.iter().skip(from).take(SHOWN).collect();
    let (cut_before, cut_behind) = (from > 0, line.len() > from + SHOWN);
    format!("{}{}{}", if cut_before { "…" } else { "" }, shown.trim(), if cut_behind { "…" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hit_shows_what_is_around_the_first_word_that_was_found() {
        assert_eq!(around("Bring the\nlong  rope", "rope"), "Bring the long rope");
        let long = format!("{} the Rope hangs there {}", "words ".repeat(40), "and more ".repeat(40));
        let shown = around(&long, "hang rope");
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("the Rope hangs"), "{shown}");
        assert!(shown.chars().count() <= SHOWN + 2);
        assert!(around(&long, "nothing").starts_with("words"));
        assert_eq!(around("scope rope", "ope"), "scope rope");
    }
}
