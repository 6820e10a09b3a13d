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
//! share pages. The commit that merges is longer than others: by milliseconds with every 2,048th event, and by a
//! second or so with every 524,288th of a conversation that has a million.
//!
//! Invariants (`spec/vault.md`, VAULT-035):
//! - The id of every event that is there is found, at one level.
//! - Entries are sorted through a level. Those whose ids begin with the same 60 bits are in one chunk, which is found by
//!   them: its place.

use crate::engine::{Fault, Held};
use rusqlite::{Connection, OptionalExtension as _};

/// Rows whose ids are among the new ones at most, after a commit.
const NEW_MAX: i64 = 1 << 11;
/// Ids that each level holds at most; the last one holds the rest.
const CAPACITIES: [usize; 3] = [1 << 15, 1 << 19, usize::MAX];
/// Entries of a chunk, unless more begin alike: two such chunks lie on a page.
const CHUNK_MAX: usize = 120;

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

/// Where a chunk stands whose first entry this is: levels behind each other, each in the order of the first 60 bits.
fn place(level: i64, entry: &Entry) -> i64 {
    let [a, b, c, d, e, f, g, h, ..] = *entry;
    begin(level) | (u64::from_be_bytes([a, b, c, d, e, f, g, h]) >> 4).cast_signed()
}

/// Where a level begins.
const fn begin(level: i64) -> i64 {
    level << 60
}

/// The numbers of the levels.
fn levels() -> impl Iterator<Item = i64> {
    (1..).take(CAPACITIES.len())
}

/// The row of the event with an id.
pub(super) fn row_of(connection: &Connection, id: &[u8; 32]) -> rusqlite::Result<Option<i64>> {
    if let Some(row) = connection.prepare_cached(NEW)?.query_row([id], |row| row.get(0)).optional()? {
        return Ok(Some(row));
    }
    for level in levels() {
        for row in alike(connection, level, id)? {
            let sql = "SELECT row FROM events WHERE row = ?1 AND id = ?2";
            if connection.prepare_cached(sql)?.exists((row, id))? {
                return Ok(Some(row));
            }
        }
    }
    Ok(None)
}

/// Rows at a level whose ids begin as this one.
fn alike(connection: &Connection, level: i64, id: &[u8; 32]) -> rusqlite::Result<Vec<i64>> {
    let (first, last) = (entry(id, 0), entry(id, i64::MAX));
    let Some((_, entries)) = chunk_at(connection, level, &first)? else { return Ok(Vec::new()) };
    let before = entries.partition_point(|entry| *entry < first);
    Ok(entries.iter().skip(before).take_while(|entry| **entry <= last).map(row).collect())
}

/// New events' ids, as they are added.
pub(super) struct Adding<'a> {
    new: Held<'a>,
    add: Held<'a>,
}

impl<'a> Adding<'a> {
    pub(super) const fn new() -> Self {
        Self { new: Held::new(NEW), add: Held::new("INSERT INTO new_ids (id, row) VALUES (substr(?1, 1, 8), ?2)") }
    }

    /// Whether an event with this id is one of the newest.
    pub(super) fn has(&mut self, connection: &'a Connection, id: &[u8; 32]) -> rusqlite::Result<bool> {
        self.new.on(connection)?.exists([id])
    }

    /// Adds a new event's id.
    pub(super) fn add(&mut self, connection: &'a Connection, id: &[u8; 32], row: i64) -> rusqlite::Result<()> {
        self.add.on(connection)?.execute((id, row)).map(drop)
    }
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
    for level in levels() {
        if let Some((place, mut entries)) = chunk_at(connection, level, &gone)?
            && let Ok(at) = entries.binary_search(&gone)
        {
            entries.remove(at);
            remove_chunk(connection, place)?;
            return put_chunks(connection, level, &entries).map_err(Fault::from);
        }
    }
    Ok(())
}

/// Hands the new ids on, if there are too many; `last` is the last row ever used.
pub(super) fn settle(connection: &Connection, last: i64) -> rusqlite::Result<()> {
    let sql = "SELECT value FROM settings WHERE name = 'ids'";
    let settled: i64 = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    // VAULT-035
    if last - settled <= NEW_MAX {
        return Ok(());
    }
    connection.prepare_cached("UPDATE settings SET value = ?1 WHERE name = 'ids'")?.execute([last])?;
    hand_on(connection, &CAPACITIES)
}

/// Merges all new ids into the first level that can hold them with all that it has. Levels above that one go with them:
/// what moves is put together in memory, and written once.
fn hand_on(connection: &Connection, capacities: &[usize]) -> rusqlite::Result<()> {
    let mut moving = take_new(connection)?;
    for (level, capacity) in (1..).zip(capacities) {
        if *capacity == usize::MAX || moving.len() + held(connection, level)? <= *capacity {
            return merge(connection, level, &moving);
        }
        moving.extend(take_level(connection, level)?);
        // Two sorted runs, which this sort goes through once.
        moving.sort();
    }
    Ok(())
}

/// All new ids, sorted; there are none after that.
fn take_new(connection: &Connection) -> rusqlite::Result<Vec<Entry>> {
    let mut statement = connection.prepare_cached("SELECT id, row FROM new_ids ORDER BY id, row")?;
    let read = |new: &rusqlite::Row<'_>| Ok(entry(new.get_ref(0)?.as_blob()?, new.get(1)?));
    let all = statement.query_map([], read)?.collect::<Result<_, _>>()?;
    connection.prepare_cached("DELETE FROM new_ids")?.execute([])?;
    Ok(all)
}

/// How many ids a level holds.
fn held(connection: &Connection, level: i64) -> rusqlite::Result<usize> {
    let sql = "SELECT coalesce(sum(length(entries)), 0) FROM ids WHERE place >= ?1 AND place < ?2";
    let bytes: i64 = connection.prepare_cached(sql)?.query_row((begin(level), begin(level + 1)), |row| row.get(0))?;
    Ok(usize::try_from(bytes).unwrap_or(usize::MAX) / size_of::<Entry>())
}

/// All entries of a level, which has none after that.
fn take_level(connection: &Connection, level: i64) -> rusqlite::Result<Vec<Entry>> {
    let (begin, end) = (begin(level), begin(level + 1));
    let mut all = Vec::new();
    let sql = "SELECT entries FROM ids WHERE place >= ?1 AND place < ?2 ORDER BY place";
    let mut statement = connection.prepare_cached(sql)?;
    let mut chunks = statement.query((begin, end))?;
    while let Some(chunk) = chunks.next()? {
        all.extend_from_slice(chunk.get_ref(0)?.as_blob()?.as_chunks().0);
    }
    connection.prepare_cached("DELETE FROM ids WHERE place >= ?1 AND place < ?2")?.execute((begin, end))?;
    Ok(all)
}

/// Merges sorted entries into a level: each chunk is written once, with all that lies between it and the one behind it.
fn merge(connection: &Connection, level: i64, mut moving: &[Entry]) -> rusqlite::Result<()> {
    while let Some(next) = moving.first() {
        let chunk = chunk_at(connection, level, next)?;
        let sql = "SELECT place FROM ids WHERE place > ?1 AND place < ?2 ORDER BY place LIMIT 1";
        let range = (place(level, next), begin(level + 1));
        let behind: Option<i64> = connection.prepare_cached(sql)?.query_row(range, |row| row.get(0)).optional()?;
        let among = behind.map_or(moving.len(), |behind| moving.partition_point(|entry| place(level, entry) < behind));
        let (here, rest) = moving.split_at(among);
        let mut entries = here.to_vec();
        if let Some((place, old)) = chunk {
            remove_chunk(connection, place)?;
            entries.extend(old);
            entries.sort();
        }
        put_chunks(connection, level, &entries)?;
        moving = rest;
    }
    Ok(())
}

/// The chunk in which an entry is, or would be, and its place; none where all chunks stand behind it.
fn chunk_at(connection: &Connection, level: i64, entry: &Entry) -> rusqlite::Result<Option<(i64, Vec<Entry>)>> {
    let sql = "SELECT place, entries FROM ids WHERE place BETWEEN ?1 AND ?2 ORDER BY place DESC LIMIT 1";
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get_ref(1)?.as_blob()?.as_chunks().0.to_vec()));
    connection.prepare_cached(sql)?.query_row((begin(level), place(level, entry)), read).optional()
}

fn remove_chunk(connection: &Connection, place: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM ids WHERE place = ?1")?.execute([place]).map(drop)
}

/// Writes sorted entries as chunks of about one length, so that each has room for more.
fn put_chunks(connection: &Connection, level: i64, mut entries: &[Entry]) -> rusqlite::Result<()> {
    let length = entries.len().div_ceil(entries.len().div_ceil(CHUNK_MAX).max(1));
    let mut statement = connection.prepare_cached("INSERT INTO ids (place, entries) VALUES (?1, ?2)")?;
    while let Some(first) = entries.first() {
        let last = entries.iter().take(length).next_back().unwrap_or(first);
        // What begins alike stays together.
        let end = entries.partition_point(|entry| place(level, entry) <= place(level, last));
        let (chunk, rest) = entries.split_at(end);
        statement.execute((place(level, first), chunk.as_flattened()))?;
        entries = rest;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Engine, Schema};
    use kith_base::Rng;
    use std::collections::BTreeMap;

    /// Capacities that a few thousand ids fill.
    const SMALL: [usize; 3] = [300, 1200, usize::MAX];

    /// A vault in a transaction, and what is in it.
    struct Index {
        engine: Engine,
        capacities: [usize; 3],
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
            let (ids, rng) = (BTreeMap::new(), Rng::from_number(1));
            Self { engine, capacities: CAPACITIES, ids, last: 0, rng, _folder: folder }
        }

        /// Adds events as one batch.
        fn add(&mut self, ids: impl IntoIterator<Item = [u8; 32]>) {
            for id in ids {
                self.last += 1;
                self.insert(self.last, id);
                Adding::new().add(self.engine.connection(), &id, self.last).unwrap();
            }
            match self.capacities {
                CAPACITIES => settle(self.engine.connection(), self.last).unwrap(),
                small => hand_on(self.engine.connection(), &small).unwrap(),
            }
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
            let at = |level| held(connection, level).unwrap();
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
            let mut statement = connection.prepare("SELECT place, entries FROM ids ORDER BY place").unwrap();
            let mut chunks = statement.query([]).unwrap();
            let mut before = (0, [0; 16]);
            while let Some(chunk) = chunks.next().unwrap() {
                let at: i64 = chunk.get(0).unwrap();
                let (entries, rest) = chunk.get_ref(1).unwrap().as_blob().unwrap().as_chunks::<16>();
                assert!(rest.is_empty());
                assert_eq!(place(at >> 60, &entries[0]), at);
                assert!(entries.len() <= CHUNK_MAX || place(at >> 60, &entries[entries.len() - 1]) == at);
                assert!(place(before.0, &before.1) < at);
                for entry in entries {
                    let this = (at >> 60, *entry);
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
        for batch in 0..25_u8 {
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
    fn every_level_is_written_found_in_and_forgotten_from() {
        let mut index = Index { capacities: SMALL, ..Index::new() };
        (0..119).for_each(|_| index.add_some(30));
        let levels = index.held();
        assert!(levels[1] > 0 && levels[1] <= SMALL[0] && levels[2] > 0 && levels[2] <= SMALL[1], "{levels:?}");
        assert!(levels[3] > 1500, "{levels:?}");
        index.assert_whole();
        (1..=index.last).step_by(3).for_each(|row| index.remove(row));
        index.assert_whole();
        index.add_some(30);
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
        let new = "SEARCH new_ids USING PRIMARY KEY (id=?)";
        assert_eq!(index.engine.plan(NEW), [new, "SEARCH events USING INTEGER PRIMARY KEY (rowid=?)"]);
    }
}
