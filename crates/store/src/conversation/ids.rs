//! Finding an event by its id: an index in levels, a log-structured merge tree.
//!
//! ```text
//!  new      ▪                    the newest ids, one to a row, on a handful of pages
//!  level 1  ▪▪▪▪▪▪               sorted, in chunks of neighbours
//!  level 2  ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪
//!  level 3  ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪   the rest
//! ```
//!
//! Ids are as good as random. In one index of all of them each new one lies on a page of its own, which has to be read,
//! encrypted and written for it; with a hundred thousand messages in a conversation that took more than all the rest. So
//! the new ones are gathered first, and what is above a level's capacity is merged into the next one, where neighbours
//! share pages.
//!
//! Invariants (`spec/vault.md`, VAULT-035):
//! - The id of every event that is there is found, at one level.
//! - Entries are sorted through a level, and no chunk is empty or longer than [`CHUNK_MAX`].

use crate::engine::Fault;
use rusqlite::{Connection, OptionalExtension as _};

/// Rows whose ids are among the new ones at most, after a commit.
const NEW_MAX: i64 = 1 << 11;
/// Ids that a level holds at most before it is merged into the next; the last one holds the rest.
const CAPACITIES: [(i64, usize); 3] = [(1, 1 << 15), (2, 1 << 19), (3, usize::MAX)];
/// Entries of a chunk: as many as lie in one piece on a page of an index.
const CHUNK_MAX: usize = 56;

/// The first 8 bytes of an id, and the event's row: in the order of their bytes, as big-endian numbers.
type Entry = [u8; 16];

/// The join's order keeps SQLite from looking through all events.
const NEW: &str = "SELECT events.row FROM new_ids CROSS JOIN events ON events.row = new_ids.row \
                   WHERE new_ids.id = substr(?1, 1, 8) AND events.id = ?1";

/// The entry of an id, of which the first 8 bytes are enough.
fn entry(id: &[u8], row: i64) -> Entry {
    let mut entry = [0; 16];
    let (begin, end) = entry.split_at_mut(8);
    begin.copy_from_slice(id.get(..8).unwrap_or(&[0; 8]));
    end.copy_from_slice(&row.to_be_bytes());
    entry
}

/// The row of an entry.
fn row(entry: &Entry) -> i64 {
    let [.., a, b, c, d, e, f, g, h] = *entry;
    i64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// The row of the event with an id.
pub(super) fn row_of(connection: &Connection, id: &[u8; 32]) -> rusqlite::Result<Option<i64>> {
    if let Some(row) = row_among_new(connection, id)? {
        return Ok(Some(row));
    }
    for (level, _) in CAPACITIES {
        for row in alike(connection, level, id)? {
            let sql = "SELECT row FROM events WHERE row = ?1 AND id = ?2";
            if connection.prepare_cached(sql)?.exists((row, id))? {
                return Ok(Some(row));
            }
        }
    }
    Ok(None)
}

/// The row of the event with an id, if it is one of the newest.
pub(super) fn row_among_new(connection: &Connection, id: &[u8; 32]) -> rusqlite::Result<Option<i64>> {
    connection.prepare_cached(NEW)?.query_row([id], |row| row.get(0)).optional()
}

/// Rows at a level whose ids begin as this one. They may go on from chunk to chunk: whoever writes may see to that.
fn alike(connection: &Connection, level: i64, id: &[u8; 32]) -> rusqlite::Result<Vec<i64>> {
    let (first, last) = (entry(id, 0), entry(id, i64::MAX));
    let sql = "SELECT entries FROM ids WHERE level = ?1 AND first <= ?2 ORDER BY first DESC";
    let mut statement = connection.prepare_cached(sql)?;
    let mut chunks = statement.query((level, last))?;
    let mut rows = Vec::new();
    while let Some(chunk) = chunks.next()? {
        let (entries, _) = chunk.get_ref(0)?.as_blob()?.as_chunks();
        let begin = entries.partition_point(|entry| *entry < first);
        rows.extend(entries.iter().skip(begin).take_while(|entry| **entry <= last).map(row));
        if begin > 0 {
            break;
        }
    }
    Ok(rows)
}

/// Adds a new event's id.
pub(super) fn add(connection: &Connection, id: &[u8; 32], row: i64) -> rusqlite::Result<()> {
    let sql = "INSERT INTO new_ids (id, row) VALUES (substr(?1, 1, 8), ?2)";
    connection.prepare_cached(sql)?.execute((id, row)).map(drop)
}

/// Forgets the id of an event that is still there.
pub(super) fn forget(connection: &Connection, row: i64) -> Result<(), Fault> {
    let sql = "SELECT id FROM events WHERE row = ?1";
    let id: Option<[u8; 32]> = connection.prepare_cached(sql)?.query_row([row], |row| row.get(0)).optional()?;
    let Some(id) = id else { return Ok(()) };
    let sql = "DELETE FROM new_ids WHERE id = substr(?1, 1, 8) AND row = ?2";
    if connection.prepare_cached(sql)?.execute((id, row))? > 0 {
        return Ok(());
    }
    let gone = entry(&id, row);
    for (level, _) in CAPACITIES {
        if let Some((first, mut entries)) = chunk_at(connection, level, &gone)?
            && let Ok(at) = entries.binary_search(&gone)
        {
            entries.remove(at);
            remove_chunk(connection, level, &first)?;
            return put_chunks(connection, level, &entries).map_err(Fault::from);
        }
    }
    Ok(())
}

/// Merges what is above a capacity into the next level; `last` is the last row there is.
pub(super) fn settle(connection: &Connection, last: i64) -> rusqlite::Result<()> {
    let sql = "SELECT value FROM settings WHERE name = 'ids'";
    let settled: i64 = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    // VAULT-035
    if last - settled <= NEW_MAX {
        return Ok(());
    }
    connection.prepare_cached("UPDATE settings SET value = ?1 WHERE name = 'ids'")?.execute([last])?;
    let mut merged: Vec<Entry> = {
        let mut statement = connection.prepare_cached("SELECT id, row FROM new_ids ORDER BY id, row")?;
        let read = |new: &rusqlite::Row<'_>| Ok(entry(new.get_ref(0)?.as_blob()?, new.get(1)?));
        statement.query_map([], read)?.collect::<Result<_, _>>()?
    };
    connection.prepare_cached("DELETE FROM new_ids")?.execute([])?;
    for (level, capacity) in CAPACITIES {
        merge(connection, level, &merged)?;
        if held(connection, level, capacity)? <= capacity {
            break;
        }
        merged = take_level(connection, level)?;
    }
    Ok(())
}

/// How many ids a level holds; not counted at one that holds any number.
fn held(connection: &Connection, level: i64, capacity: usize) -> rusqlite::Result<usize> {
    if capacity == usize::MAX {
        return Ok(0);
    }
    let sql = "SELECT coalesce(sum(length(entries)), 0) FROM ids WHERE level = ?1";
    let bytes: i64 = connection.prepare_cached(sql)?.query_row([level], |row| row.get(0))?;
    Ok(usize::try_from(bytes).unwrap_or(usize::MAX) / size_of::<Entry>())
}

/// All entries of a level, which has none after that.
fn take_level(connection: &Connection, level: i64) -> rusqlite::Result<Vec<Entry>> {
    let mut all = Vec::new();
    let mut statement = connection.prepare_cached("SELECT entries FROM ids WHERE level = ?1 ORDER BY first")?;
    let mut chunks = statement.query([level])?;
    while let Some(chunk) = chunks.next()? {
        all.extend_from_slice(chunk.get_ref(0)?.as_blob()?.as_chunks().0);
    }
    connection.prepare_cached("DELETE FROM ids WHERE level = ?1")?.execute([level])?;
    Ok(all)
}

/// Merges sorted entries into a level: each chunk is written once, with all that lies between it and the one behind it.
fn merge(connection: &Connection, level: i64, mut new: &[Entry]) -> rusqlite::Result<()> {
    while let Some(next) = new.first() {
        let chunk = chunk_at(connection, level, next)?;
        let sql = "SELECT first FROM ids WHERE level = ?1 AND first > ?2 ORDER BY first LIMIT 1";
        let behind: Option<Entry> =
            connection.prepare_cached(sql)?.query_row((level, next), |row| row.get(0)).optional()?;
        let among = behind.map_or(new.len(), |behind| new.partition_point(|entry| *entry < behind));
        let (here, rest) = new.split_at(among);
        let mut entries = here.to_vec();
        if let Some((first, old)) = chunk {
            remove_chunk(connection, level, &first)?;
            entries.extend(old);
            entries.sort_unstable();
        }
        put_chunks(connection, level, &entries)?;
        new = rest;
    }
    Ok(())
}

/// The chunk in which an entry is, or would be, and its first entry; none where all lie behind it.
fn chunk_at(connection: &Connection, level: i64, entry: &Entry) -> rusqlite::Result<Option<(Entry, Vec<Entry>)>> {
    let sql = "SELECT first, entries FROM ids WHERE level = ?1 AND first <= ?2 ORDER BY first DESC LIMIT 1";
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get_ref(1)?.as_blob()?.as_chunks().0.to_vec()));
    connection.prepare_cached(sql)?.query_row((level, entry), read).optional()
}

fn remove_chunk(connection: &Connection, level: i64, first: &Entry) -> rusqlite::Result<()> {
    let sql = "DELETE FROM ids WHERE level = ?1 AND first = ?2";
    connection.prepare_cached(sql)?.execute((level, first)).map(drop)
}

/// Writes sorted entries as chunks of one length, so that each has room for more.
fn put_chunks(connection: &Connection, level: i64, entries: &[Entry]) -> rusqlite::Result<()> {
    let length = entries.len().div_ceil(entries.len().div_ceil(CHUNK_MAX).max(1)).max(1);
    let mut statement = connection.prepare_cached("INSERT INTO ids (level, first, entries) VALUES (?1, ?2, ?3)")?;
    for chunk in entries.chunks(length) {
        if let Some(first) = chunk.first() {
            statement.execute((level, first, chunk.as_flattened()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Engine, Schema};
    use kith_base::Rng;
    use std::collections::BTreeMap;

    /// A vault in a transaction, and what is in it.
    struct Index {
        engine: Engine,
        ids: BTreeMap<i64, [u8; 32]>,
        last: i64,
        rng: Rng,
        _folder: tempfile::TempDir,
    }

    impl Index {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let engine = Engine::plain(&folder.path().join("plain.db"), &super::super::SCHEMA).unwrap();
            engine.connection().execute_batch("BEGIN").unwrap();
            Self { engine, ids: BTreeMap::new(), last: 0, rng: Rng::from_number(1), _folder: folder }
        }

        /// Adds events as one batch.
        fn add(&mut self, ids: impl IntoIterator<Item = [u8; 32]>) {
            for id in ids {
                self.last += 1;
                self.insert(self.last, id);
                add(self.engine.connection(), &id, self.last).unwrap();
            }
            settle(self.engine.connection(), self.last).unwrap();
        }

        fn insert(&mut self, row: i64, id: [u8; 32]) {
            let sql = "INSERT INTO events VALUES (?1, ?2, 0, 0, 1, 0, 0, 0, 0, 0, 0, x'')";
            self.engine.connection().prepare_cached(sql).unwrap().execute((row, id)).unwrap();
            self.ids.insert(row, id);
        }

        fn add_some(&mut self, count: usize) {
            let ids: Vec<[u8; 32]> = (0..count).map(|_| self.rng.bytes()).collect();
            self.add(ids);
        }

        fn remove(&mut self, row: i64) {
            forget(self.engine.connection(), row).unwrap();
            self.engine.connection().execute("DELETE FROM events WHERE row = ?1", [row]).unwrap();
            self.ids.remove(&row).unwrap();
        }

        /// How many ids are new, and at each level.
        fn held(&self) -> [usize; 4] {
            let connection = self.engine.connection();
            let new: i64 = connection.query_row("SELECT count(*) FROM new_ids", [], |row| row.get(0)).unwrap();
            let at = |level| held(connection, level, 0).unwrap();
            [usize::try_from(new).unwrap(), at(1), at(2), at(3)]
        }

        /// Each id is found, none is held twice or after its event went, and chunks are as they have to be.
        fn assert_whole(&self) {
            let connection = self.engine.connection();
            for (row, id) in &self.ids {
                assert_eq!(row_of(connection, id).unwrap(), Some(*row));
            }
            assert_eq!(row_of(connection, &[0xee; 32]).unwrap(), None);
            assert_eq!(self.held().iter().sum::<usize>(), self.ids.len());
            let mut statement =
                connection.prepare("SELECT level, first, entries FROM ids ORDER BY level, first").unwrap();
            let mut chunks = statement.query([]).unwrap();
            let mut before = (0, [0; 16]);
            while let Some(chunk) = chunks.next().unwrap() {
                let (entries, rest) = chunk.get_ref(2).unwrap().as_blob().unwrap().as_chunks::<16>();
                assert!(rest.is_empty() && (1..=CHUNK_MAX).contains(&entries.len()), "{} entries", entries.len());
                assert_eq!(entries[0], chunk.get::<_, Entry>(1).unwrap());
                for entry in entries {
                    let this = (chunk.get(0).unwrap(), *entry);
                    assert!(before < this);
                    before = this;
                }
            }
        }
    }

    /// VAULT-035
    #[test]
    fn ids_go_down_the_levels_and_each_is_found() {
        let mut index = Index::new();
        (0..2100).for_each(|_| index.add_some(1));
        (0..10).for_each(|_| index.add_some(700));
        index.assert_whole();
        (0..120).for_each(|_| index.add_some(256));
        let [new, first, second, _] = index.held();
        assert!(new <= 2048 && first <= 1 << 15 && second > 1 << 15, "{new} new, {first} and {second} below");
        index.assert_whole();
    }

    /// Whoever writes may choose how ids begin: none takes another's place, though they fill many chunks.
    #[test]
    fn ids_that_begin_alike_are_told_apart() {
        let mut index = Index::new();
        for batch in 0..50_u8 {
            index.add((0..100_u8).map(|number| {
                let mut id = [7; 32];
                (id[7], id[30], id[31]) = (number % 3, batch, number);
                id
            }));
        }
        index.add_some(500);
        index.assert_whole();
    }

    #[test]
    fn the_id_of_an_event_that_goes_is_forgotten_at_every_level() {
        let mut index = Index::new();
        (0..150).for_each(|_| index.add_some(256));
        let levels = index.held();
        assert!(levels[..3].iter().all(|held| *held > 0), "{levels:?}");
        (1..=index.last).step_by(3).for_each(|row| index.remove(row));
        index.assert_whole();
        // A whole stretch, so that chunks become empty.
        let rest: Vec<i64> = index.ids.keys().copied().skip(10).collect();
        rest.into_iter().for_each(|row| index.remove(row));
        index.assert_whole();
    }

    /// VAULT-008: a vault of before has all its ids among the new ones, until the first commit hands them on.
    #[test]
    fn a_vault_of_version_6_finds_its_events() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plain.db");
        let now = super::super::SCHEMA;
        let before = Schema { migrations: &now.migrations[..6], ..now };
        let engine = Engine::plain(&path, &before).unwrap();
        engine.connection().execute_batch("BEGIN").unwrap();
        let mut index = Index { engine, ..Index::new() };
        let ids: Vec<[u8; 32]> = (0..5000).map(|_| index.rng.bytes()).collect();
        for (row, id) in (1..).zip(ids) {
            index.insert(row, id);
        }
        index.engine.connection().execute_batch("COMMIT").unwrap();
        index.engine.close().unwrap();
        index.engine = Engine::plain(&path, &now).unwrap();
        index.assert_whole();
        assert_eq!(index.held(), [5000, 0, 0, 0]);
        index.last = 5000;
        index.add_some(1);
        index.assert_whole();
        assert_eq!(index.held(), [0, 5001, 0, 0]);
    }

    #[test]
    fn no_id_is_looked_for_among_all_events() {
        let index = Index::new();
        let plan = format!("EXPLAIN QUERY PLAN {}", NEW.replace("?1", "x'00'"));
        let mut statement = index.engine.connection().prepare(&plan).unwrap();
        let steps = statement.query_map([], |row| row.get::<_, String>(3)).unwrap();
        let steps: Vec<String> = steps.map(Result::unwrap).collect();
        let new = "SEARCH new_ids USING PRIMARY KEY (id=?)";
        assert_eq!(steps, [new, "SEARCH events USING INTEGER PRIMARY KEY (rowid=?)"]);
    }
}
