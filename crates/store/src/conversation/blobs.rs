//! Files of a conversation: which there are, and how far each that comes from others has come.
//!
//! A file's bytes lie beside the vault, sealed under a key that is in its event's body. Here is what the agent notes of it,
//! in the agent's own numbers. A row of a file whose event is erased means nothing, and goes with the next note.

use super::ConversationVault;
use super::commit::bound;
use crate::engine::believe;
use crate::error::StoreError;
use kith_proto::io::EventRow;
use rusqlite::OptionalExtension as _;

/// What is noted of a file that comes from somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileNote {
    /// The agent's number for what is wanted, or became of it; 0 where nothing was noted.
    pub state: u64,
    /// The pieces that are here, opaque to the store.
    pub have: Vec<u8>,
}

impl ConversationVault {
    /// Rows of files that are not erased, newest first, with their bodies.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn files(&self) -> Result<Vec<(EventRow, Vec<u8>)>, StoreError> {
        let sql = "SELECT events.row, body FROM events INDEXED BY events_files JOIN bodies ON bodies.row = events.row \
                   WHERE kind = 8 ORDER BY events.row DESC";
        let found = || {
            let mut statement = self.engine.connection().prepare_cached(sql)?;
            let rows =
                statement.query_map([], |row| Ok((EventRow(row.get::<_, i64>(0)?.cast_unsigned()), row.get(1)?)))?;
            rows.collect()
        };
        self.engine.believe(found())
    }

    /// Rows of files that are not erased, newest first: at most so many, and below a row where one is given. Of their bodies,
    /// which may be long, none is read.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn file_rows(&self, below: Option<EventRow>, count: u32) -> Result<Vec<EventRow>, StoreError> {
        let sql = "SELECT events.row FROM events INDEXED BY events_files JOIN bodies ON bodies.row = events.row \
                   WHERE kind = 8 AND events.row < ?1 ORDER BY events.row DESC LIMIT ?2";
        let below = below.map_or(i64::MAX, |row| bound(row.0));
        let found = || {
            let mut statement = self.engine.connection().prepare_cached(sql)?;
            let rows =
                statement.query_map((below, count), |row| Ok(EventRow(row.get::<_, i64>(0)?.cast_unsigned())))?;
            rows.collect()
        };
        self.engine.believe(found())
    }

    /// What is noted of a file.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn file_note(&self, row: EventRow) -> Result<FileNote, StoreError> {
        let sql = "SELECT state, have FROM files WHERE row = ?1";
        let read =
            |row: &rusqlite::Row<'_>| Ok(FileNote { state: row.get::<_, i64>(0)?.cast_unsigned(), have: row.get(1)? });
        let found = || self.engine.connection().prepare_cached(sql)?.query_row([bound(row.0)], read).optional();
        self.engine.believe(found()).map(Option::unwrap_or_default)
    }

    /// Rows of the files of which a state is noted.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn files_in(&self, state: u64) -> Result<Vec<EventRow>, StoreError> {
        let found = || {
            let mut statement = self.engine.connection().prepare_cached("SELECT row FROM files WHERE state = ?1")?;
            let rows =
                statement.query_map([bound(state)], |row| Ok(EventRow(row.get::<_, i64>(0)?.cast_unsigned())))?;
            rows.collect()
        };
        self.engine.believe(found())
    }

    /// Notes how a file stands, on disk when this returns; without a note, forgets it.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn note_file(&mut self, row: EventRow, note: Option<&FileNote>) -> Result<(), StoreError> {
        let connection = self.engine.connection();
        let set = || match note {
            Some(note) => connection
                .prepare_cached("INSERT OR REPLACE INTO files (row, state, have) VALUES (?1, ?2, ?3)")?
                .execute((bound(row.0), bound(note.state), &note.have)),
            None => connection.prepare_cached("DELETE FROM files WHERE row = ?1")?.execute([bound(row.0)]),
        };
        self.engine.believe(set().map(drop))
    }

    /// Notes the same of several files, all of it on disk when this returns, or none.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn note_files(&mut self, rows: &[EventRow], note: &FileNote) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO files (row, state, have) VALUES (?1, ?2, ?3)";
        let set = |connection: &rusqlite::Connection, row: EventRow| {
            connection.prepare_cached(sql)?.execute((bound(row.0), bound(note.state), &note.have))
        };
        self.engine.transaction(|connection, path| {
            let done = rows.iter().try_for_each(|row| set(connection, *row).map(drop));
            believe(connection, path, done)
        })
    }
}
