//! Searching the texts of a conversation.
//!
//! ```text
//!  row 1 ············ indexed ············ last
//!  its words are found │ taken in together: before a search, or when many are behind
//! ```
//!
//! The index holds the words of what is shown at each row: a text's, or those of the edit that stands in its place. It
//! keeps no copy of the texts, so what it has to forget it is told. New rows wait to be taken in many at a time, as an
//! index is cheap to add to in large pieces and dear in small ones; a search takes them in first, so nobody sees that.
//!
//! Invariants (`spec/vault.md`, VAULT-018, VAULT-019):
//! - For rows through `indexed`, index and texts change in one transaction: what is shown is found, and what was erased
//!   is not. Rows behind it are in no part of the index.
//! - The words of what was erased are in no page of the index.

use super::ConversationVault;
use super::commit::{bound, last_row};
use super::timeline::Shown;
use super::view::{event_columns, read_event};
use crate::engine::{Fault, Held};
use crate::error::StoreError;
use kith_proto::io::{EventRow, Write, WriteBatch};
use kith_proto::log::event::{Body, Kind};
use rusqlite::{Connection, OptionalExtension as _, Row};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Rows that wait for the index at most, after a commit.
const BEHIND_MAX: i64 = 1024;

/// What takes a row's words into the index.
// VAULT-018
const LEARN: &str = "INSERT INTO search (rowid, text) VALUES (?1, ?2)";

/// The columns that [`read_text`] reads, and the row.
macro_rules! texts {
    () => {
        "SELECT e.kind, b.body, n.kind, nb.body, e.row FROM events AS e LEFT JOIN bodies AS b ON b.row = e.row \
         LEFT JOIN events AS n ON n.row = e.edited_by LEFT JOIN bodies AS nb ON nb.row = e.edited_by "
    };
}

/// What a batch may make read otherwise.
pub(super) struct Touched {
    indexed: i64,
    /// Rows that are in the index, each with what it reads before the batch.
    rows: BTreeMap<i64, Option<String>>,
}

/// The rows in the index whose texts a batch may change.
pub(super) fn touched(connection: &Connection, batch: &WriteBatch) -> Result<Touched, Fault> {
    let mut touched = Touched { indexed: indexed(connection)?, rows: BTreeMap::new() };
    let mut new = None;
    for write in &batch.writes {
        let row = match write {
            Write::Event(event) => {
                new.get_or_insert(bound(event.row.0));
                continue;
            }
            Write::Body(row, _)
            | Write::Erase(row)
            | Write::Hide(row)
            | Write::EventGone(row)
            | Write::Edited(row, _) => bound(row.0),
            _ => continue,
        };
        // What this batch adds is behind the index, and in nobody's place before the batch says so.
        if new.is_some_and(|new| row >= new) {
            continue;
        }
        // Another row may read what this one's event says.
        let mut statement =
            connection.prepare_cached("SELECT row FROM events WHERE edited_by = ?1 AND edited_by > 0")?;
        let of: Vec<i64> = statement.query_map([row], |found| found.get(0))?.collect::<Result<_, _>>()?;
        for row in [row].into_iter().chain(of).filter(|row| *row <= touched.indexed) {
            if let Entry::Vacant(vacant) = touched.rows.entry(row) {
                vacant.insert(text_at(connection, row)?);
            }
        }
    }
    Ok(touched)
}

/// Lets the index follow what was written.
pub(super) fn follow(connection: &Connection, touched: Touched, last_row: i64) -> Result<(), Fault> {
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
            connection.prepare_cached(LEARN)?.execute((row, text))?;
        }
    }
    match last_row - touched.indexed {
        behind if behind > BEHIND_MAX => take_in(connection, touched.indexed, last_row),
        _ => Ok(()),
    }
}

/// Takes the rows behind one into the index, through another.
fn take_in(connection: &Connection, behind: i64, through: i64) -> Result<(), Fault> {
    let mut statement =
        connection.prepare_cached(concat!(texts!(), "WHERE e.row > ?1 AND e.row <= ?2 ORDER BY e.row"))?;
    let mut learn = Held::new(LEARN);
    let mut rows = statement.query([behind, through])?;
    while let Some(row) = rows.next()? {
        if let Some(text) = read_text(row)? {
            learn.on(connection)?.execute((row.get::<_, i64>(4)?, text))?;
        }
    }
    let sql = "INSERT OR REPLACE INTO settings (name, value) VALUES ('indexed', ?1)";
    connection.prepare_cached(sql)?.execute([through])?;
    Ok(())
}

/// The last row that is in the index.
fn indexed(connection: &Connection) -> rusqlite::Result<i64> {
    let sql = "SELECT value FROM settings WHERE name = 'indexed'";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// The text in a body, of a message or of an edit.
fn said(kind: u64, body: &[u8]) -> Option<String> {
    match Body::decode(Kind { number: kind, critical: true }, body).ok()?? {
        Body::Text(said) | Body::Edit(_, said) => Some(said.text),
        Body::Delete(_) | Body::Succession(_) | Body::Reaction(..) | Body::Pin(_) | Body::Timer(_) | Body::File(_) => {
            None
        }
    }
}

/// The text that is shown at a row: an edit's, if one stands there.
fn text_at(connection: &Connection, row: i64) -> Result<Option<String>, Fault> {
    let mut statement = connection.prepare_cached(concat!(texts!(), "WHERE e.row = ?1"))?;
    Ok(statement.query_row([row], read_text).optional()?.flatten())
}

fn read_text(row: &Row<'_>) -> rusqlite::Result<Option<String>> {
    let said = |kind: Option<i64>, body: Option<Vec<u8>>| said(kind?.cast_unsigned(), &body?);
    let edit = said(row.get(2)?, row.get(3)?);
    let kind: i64 = row.get(0)?;
    let own = said(Some(kind), row.get(1)?).filter(|_| kind.cast_unsigned() == Kind::TEXT.number);
    Ok(edit.or(own))
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
    pub fn search(&mut self, words: &str, before: Option<EventRow>, limit: usize) -> Result<Vec<Shown>, StoreError> {
        let query = query_of(words);
        if !words.contains(char::is_alphanumeric) {
            return Ok(Vec::new());
        }
        self.index_all()?;
        let before = before.map_or(i64::MAX, |row| bound(row.0));
        let sql = concat!(
            "SELECT ",
            event_columns!(),
            ", body FROM search JOIN events ON events.row = search.rowid JOIN authors ON no = author ",
            "LEFT JOIN bodies ON bodies.row = events.row ",
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

    /// Takes the rows that wait into the index.
    fn index_all(&mut self) -> Result<(), StoreError> {
        let behind = |connection: &Connection| Ok((indexed(connection)?, last_row(connection)?));
        let (indexed, last) = self.engine.believe(behind(self.engine.connection()))?;
        if indexed == last {
            return Ok(());
        }
        self.engine.transaction(|connection, path| take_in(connection, indexed, last).map_err(|fault| fault.at(path)))
    }
}
