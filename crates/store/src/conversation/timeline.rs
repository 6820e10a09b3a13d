//! Reads for the agent: what the person is shown.
//!
//! Kinds that are not shown (receipts of deletion, edits, what a mini-app says) are given by the caller, as the store
//! knows no kind. An event in whose place another one's text stands is shown, whatever its kind: it may have come as a
//! bare place.

use super::ConversationVault;
use super::commit::bound;
use super::view::{event_columns, read_event};
use crate::error::StoreError;
use kith_proto::io::{EventRow, StoredEvent};
use rusqlite::{CachedStatement, Params};

/// One event to show, and its body unless that is gone.
pub type Shown = (StoredEvent, Option<Vec<u8>>);

macro_rules! select_shown {
    ($rest:literal) => {
        concat!(
            "SELECT ",
            event_columns!(),
            ", body FROM events JOIN authors ON no = author LEFT JOIN bodies ON bodies.row = events.row ",
            $rest
        )
    };
}

/// Counts events that have a text, their own or that of an edit, by kind and whether it is an edit's.
macro_rules! count {
    ($of:literal) => {
        concat!(
            "SELECT kind, edited_by <> 0, count(*) FROM ",
            $of,
            " AND (erased = 0 OR edited_by IN (SELECT row FROM bodies)) GROUP BY kind, edited_by <> 0"
        )
    };
}

const UNREAD: &str = count!("events WHERE row > ?1 AND mine = 0");
/// The join's order and the plus keep SQLite from looking at every event.
const WAITING: &str =
    count!("deliveries CROSS JOIN events ON row BETWEEN first AND last WHERE delivery = 0 AND +mine = 1");

impl ConversationVault {
    /// The newest `limit` events to show, or the newest before a row; oldest first.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn timeline(&self, before: Option<EventRow>, limit: usize, hidden: &[u64]) -> Result<Vec<Shown>, StoreError> {
        let before = before.map_or(i64::MAX, |row| bound(row.0));
        let sql = select_shown!("WHERE events.row < ?1 ORDER BY events.row DESC");
        let mut shown = self.shown(sql, [before], limit, hidden)?;
        shown.reverse();
        Ok(shown)
    }

    /// At most `limit` events to show behind a row; oldest first.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn after(&self, row: EventRow, limit: usize, hidden: &[u64]) -> Result<Vec<Shown>, StoreError> {
        self.shown(select_shown!("WHERE events.row > ?1 ORDER BY events.row"), [bound(row.0)], limit, hidden)
    }

    /// The newest event to show.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn newest(&self, hidden: &[u64]) -> Result<Option<Shown>, StoreError> {
        Ok(self.timeline(None, 1, hidden)?.pop())
    }

    /// Events of other people behind the row that this person has seen.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn count_unread(&self, seen: EventRow, hidden: &[u64]) -> Result<u64, StoreError> {
        self.count(UNREAD, [bound(seen.0)], hidden)
    }

    /// Own events of which no sealed copy has left.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn waiting_count(&self, hidden: &[u64]) -> Result<u64, StoreError> {
        self.count(WAITING, [], hidden)
    }

    /// Walks the rows until `limit` of them are shown, so that many hidden ones in a row cost reading and no memory.
    fn shown(&self, sql: &str, values: impl Params, limit: usize, hidden: &[u64]) -> Result<Vec<Shown>, StoreError> {
        let read = || -> rusqlite::Result<Vec<Shown>> {
            let mut statement: CachedStatement<'_> = self.engine.connection().prepare_cached(sql)?;
            let mut rows = statement.query(values)?;
            let mut shown = Vec::new();
            while shown.len() < limit
                && let Some(row) = rows.next()?
            {
                let event = read_event(row)?;
                if !event.hidden && (!hidden.contains(&event.kind) || event.edited_by.is_some()) {
                    shown.push((event, row.get(14)?));
                }
            }
            Ok(shown)
        };
        self.engine.believe(read())
    }

    fn count(&self, sql: &str, values: impl Params, hidden: &[u64]) -> Result<u64, StoreError> {
        let read = || -> rusqlite::Result<u64> {
            let mut statement = self.engine.connection().prepare_cached(sql)?;
            let kinds = statement
                .query_map(values, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?, row.get::<_, i64>(2)?)))?;
            let mut sum = 0;
            for kind in kinds {
                let (kind, edited, count) = kind?;
                if edited || !hidden.contains(&kind.cast_unsigned()) {
                    sum += count.cast_unsigned();
                }
            }
            Ok(sum)
        };
        self.engine.believe(read())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;

    #[test]
    fn no_count_looks_at_every_event() {
        let folder = tempfile::tempdir().unwrap();
        let engine = Engine::plain(&folder.path().join("plain.db"), &super::super::SCHEMA).unwrap();
        for sql in [UNREAD, WAITING] {
            let steps = engine.plan(sql);
            assert!(steps.iter().any(|step| step.starts_with("SEARCH events USING INTEGER PRIMARY KEY")), "{steps:?}");
        }
    }
}
