//! Searching the texts of a conversation.
//!
//! ```text
//! a batch ──▶ which rows may read otherwise behind it, and what each reads before
//!         ──▶ its writes
//!         ──▶ what each reads behind them: the index forgets the old words and learns the new ones
//! ```
//!
//! The index holds the words of what is shown at each row: a text's, or those of the edit that stands in its place. It
//! keeps no copy of the texts, so what it has to forget it is told.
//!
//! Invariants (`spec/vault.md`, VAULT-018, VAULT-019):
//! - Index and texts change in one transaction: what is shown is found, and what was erased is not.
//! - The words of what was erased are in no page of the index.

use super::ConversationVault;
use super::commit::{bound, last_row};
use super::timeline::Shown;
use super::view::{event_columns, read_event};
use crate::engine::{Engine, Fault};
use crate::error::StoreError;
use kith_proto::io::{EventRow, Write, WriteBatch};
use kith_proto::log::event::{Body, Kind};
use rusqlite::{Connection, OptionalExtension as _};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What a batch may make read otherwise.
#[derive(Default)]
pub(super) struct Touched {
    /// Rows that were there, or are not as simple as the others, each with what it reads before the batch.
    rows: BTreeMap<i64, Option<String>>,
    /// New rows with nothing but a kind and a body: what they read stands in the batch.
    new: BTreeMap<i64, (u64, Option<String>)>,
}

/// The rows whose texts a batch may change.
pub(super) fn touched(connection: &Connection, batch: &WriteBatch) -> Result<Touched, Fault> {
    let mut touched = Touched::default();
    let mut last = None;
    for write in &batch.writes {
        let row = match write {
            Write::Event(event) => event.row,
            Write::Body(row, _) | Write::Erase(row) | Write::EventGone(row) | Write::Edited(row, _) => *row,
            _ => continue,
        };
        let row = bound(row.0);
        let last = match last {
            Some(last) => last,
            None => *last.insert(last_row(connection)?),
        };
        if row > last {
            touched.note_new(row, write);
            continue;
        }
        // Another row may read what this one's event says.
        let mut statement =
            connection.prepare_cached("SELECT row FROM events WHERE edited_by = ?1 AND edited_by > 0")?;
        let of: Vec<i64> = statement.query_map([row], |found| found.get(0))?.collect::<Result<_, _>>()?;
        for row in [row].into_iter().chain(of) {
            if let Entry::Vacant(vacant) = touched.rows.entry(row) {
                vacant.insert(text_at(connection, row)?);
            }
        }
    }
    Ok(touched)
}

impl Touched {
    fn note_new(&mut self, row: i64, write: &Write) {
        match write {
            _ if self.rows.contains_key(&row) => {}
            Write::Event(event) if event.edited_by.is_none() && !event.erased => {
                self.new.insert(row, (event.kind, None));
            }
            Write::Body(_, body) if self.new.contains_key(&row) => {
                if let Some((kind, text)) = self.new.get_mut(&row) {
                    *text = said(*kind, body).filter(|_| *kind == Kind::TEXT.number);
                }
            }
            _ => {
                self.new.remove(&row);
                self.rows.insert(row, None);
            }
        }
    }
}

/// Lets the index follow what was written.
pub(super) fn follow(connection: &Connection, touched: Touched) -> Result<(), Fault> {
    for (row, before) in touched.rows {
        let text = text_at(connection, row)?;
        if text == before {
            continue;
        }
        if let Some(before) = before {
            // VAULT-019
            let sql = "INSERT INTO search (search, rowid, text) VALUES ('delete', ?1, ?2)";
            connection.prepare_cached(sql)?.execute((row, before))?;
        }
        if let Some(text) = text {
            learn(connection, row, &text)?;
        }
    }
    for (row, (_, text)) in touched.new {
        if let Some(text) = text {
            learn(connection, row, &text)?;
        }
    }
    Ok(())
}

// VAULT-018
fn learn(connection: &Connection, row: i64, text: &str) -> Result<(), Fault> {
    connection.prepare_cached("INSERT INTO search (rowid, text) VALUES (?1, ?2)")?.execute((row, text))?;
    Ok(())
}

/// The text in a body, of a message or of an edit.
fn said(kind: u64, body: &[u8]) -> Option<String> {
    match Body::decode(Kind { number: kind, critical: true }, body).ok()?? {
        Body::Text(text) | Body::Edit(_, text) => Some(text),
        Body::Delete(_) | Body::Succession(_) => None,
    }
}

/// Takes the texts of a vault into the index that were there before it had one; nothing where that was done.
pub(super) fn fill(engine: &mut Engine) -> Result<(), StoreError> {
    let sql = "SELECT value FROM settings WHERE name = 'search'";
    let filled = engine.connection().query_row(sql, [], |row| row.get::<_, i64>(0)).optional();
    if engine.believe(filled)?.is_some() {
        return Ok(());
    }
    engine.transaction(|connection, path| {
        let fill = || -> Result<(), Fault> {
            for row in 1..=last_row(connection)? {
                if let Some(text) = text_at(connection, row)? {
                    learn(connection, row, &text)?;
                }
            }
            connection.execute("INSERT INTO settings (name, value) VALUES ('search', 1)", [])?;
            Ok(())
        };
        fill().map_err(|fault| fault.at(path))
    })
}

/// The text that is shown at a row: an edit's, if one stands there.
fn text_at(connection: &Connection, row: i64) -> Result<Option<String>, Fault> {
    let sql = "SELECT e.kind, b.body, n.kind, nb.body FROM events AS e LEFT JOIN bodies AS b ON b.row = e.row \
               LEFT JOIN events AS n ON n.row = e.edited_by LEFT JOIN bodies AS nb ON nb.row = e.edited_by \
               WHERE e.row = ?1";
    let read = |row: &rusqlite::Row<'_>| -> rusqlite::Result<Option<String>> {
        let said = |kind: Option<i64>, body: Option<Vec<u8>>| said(kind?.cast_unsigned(), &body?);
        let edit = said(row.get(2)?, row.get(3)?);
        let kind: i64 = row.get(0)?;
        let own = said(Some(kind), row.get(1)?).filter(|_| kind.cast_unsigned() == Kind::TEXT.number);
        Ok(edit.or(own))
    };
    Ok(connection.prepare_cached(sql)?.query_row([row], read).optional()?.flatten())
}

/// The words as the index wants them: each at the beginning of one that is there, all of them.
fn query_of(words: &str) -> String {
    let quoted = words.split_whitespace().map(|word| word.replace('"', "")).filter(|word| !word.is_empty());
    quoted.map(|word| format!("\"{word}\" *")).collect::<Vec<_>>().join(" ")
}

impl ConversationVault {
    /// The newest `limit` events in whose text every one of the words is the beginning of a word, or the newest before a
    /// row; newest first. Case and accents don't count. Words without a letter or digit find nothing.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn search(&self, words: &str, before: Option<EventRow>, limit: usize) -> Result<Vec<Shown>, StoreError> {
        let query = query_of(words);
        if !words.contains(char::is_alphanumeric) {
            return Ok(Vec::new());
        }
        let before = before.map_or(i64::MAX, |row| bound(row.0));
        let sql = concat!(
            "SELECT events.",
            event_columns!(),
            ", body FROM search JOIN events ON events.row = search.rowid LEFT JOIN bodies USING (row) ",
            "WHERE search MATCH ?1 AND search.rowid < ?2 ORDER BY search.rowid DESC LIMIT ?3"
        );
        let read = || -> rusqlite::Result<Vec<Shown>> {
            let mut statement = self.engine.connection().prepare_cached(sql)?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let found = statement.query_map((query, before, limit), |row| Ok((read_event(row)?, row.get(14)?)))?;
            found.collect()
        };
        self.engine.believe(read())
    }
}
