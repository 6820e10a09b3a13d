//! Reads for the core, as its contract wants them: synchronous, and without errors.
//!
//! A read that fails answers with nothing and is remembered; the vault refuses the next commit with that error.

use super::ConversationVault;
use super::commit::{NONE, bound, last_row};
use super::ids::row_of;
use super::obligations::{FOR_ROW, UNSEALED, owed_in, read_run};
use super::ranges::Run;
use kith_base::{DeviceId, EventId, LogId, PersonId, Wall};
use kith_proto::io::{
    Delivery, EventRow, Expiry, MetaKey, Owed, StoredEvent, StoredLog, StoredPeer, StoredRecord, View,
};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension as _, Params, Row};
use std::collections::BTreeSet;

/// The columns that [`read_event`] reads, in its order, of `events JOIN authors ON no = author`. Every own event is in the run
/// that begins last before it; another person's event is delivered, as it is here.
macro_rules! event_columns {
    () => {
        concat!(
            "events.row, events.id, device, person, counter, kind, header, written, arrived, mine, late, erased, ",
            "edited_by, CASE mine WHEN 0 THEN 2 ELSE (SELECT delivery FROM deliveries WHERE first <= events.row ",
            "ORDER BY first DESC LIMIT 1) END"
        )
    };
}
pub(super) use event_columns;

impl ConversationVault {
    fn answer<T: Default>(&self, result: rusqlite::Result<T>) -> T {
        self.engine.believe(result).unwrap_or_else(|error| {
            self.remember(error);
            T::default()
        })
    }

    fn one<T>(&self, sql: &str, values: impl Params, read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>) -> Option<T> {
        let found = || self.engine.connection().prepare_cached(sql)?.query_row(values, read).optional();
        self.answer(found())
    }

    fn all<T>(&self, sql: &str, values: impl Params, read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Vec<T> {
        let found = || self.engine.connection().prepare_cached(sql)?.query_map(values, read)?.collect();
        self.answer(found())
    }
}

impl View for ConversationVault {
    fn meta(&self, key: MetaKey) -> Option<Vec<u8>> {
        self.one("SELECT value FROM meta WHERE key = ?1", [key as i64], |row| row.get(0))
    }

    fn last_row(&self) -> EventRow {
        EventRow(self.answer(last_row(self.engine.connection())).cast_unsigned())
    }

    fn event(&self, row: EventRow) -> Option<StoredEvent> {
        if let Some((event, _)) = self.recent.event(row) {
            return Some(event.clone());
        }
        let sql = concat!("SELECT ", event_columns!(), " FROM events JOIN authors ON no = author WHERE row = ?1");
        self.one(sql, [bound(row.0)], read_event)
    }

    fn row_of(&self, id: &EventId) -> Option<EventRow> {
        if let Some(row) = self.recent.row_of(id) {
            return Some(row);
        }
        let row = self.answer(row_of(self.engine.connection(), id.as_bytes()))?;
        Some(EventRow(row.cast_unsigned()))
    }

    fn body(&self, row: EventRow) -> Option<Vec<u8>> {
        if let Some((_, body)) = self.recent.event(row) {
            return body.clone();
        }
        self.one("SELECT body FROM bodies WHERE row = ?1", [bound(row.0)], |row| row.get(0))
    }

    fn reactions(&self, row: EventRow) -> Vec<(PersonId, EventRow)> {
        if row > self.reacted_through {
            return Vec::new();
        }
        let sql = "SELECT person, row FROM reactions WHERE target = ?1 ORDER BY person";
        self.all(sql, [bound(row.0)], |row| Ok((PersonId::from_bytes(row.get(0)?), event_row(row, 1)?)))
    }

    fn pin(&self, row: EventRow) -> Option<EventRow> {
        self.one("SELECT row FROM pins WHERE target = ?1", [bound(row.0)], |row| event_row(row, 0))
    }

    fn expiries(&self) -> Vec<(EventRow, Expiry)> {
        self.all("SELECT row, pending, ends FROM expiries ORDER BY row", [], |row| {
            let (pending, ends): (i64, i64) = (row.get(1)?, row.get(2)?);
            let expiry = match pending {
                NONE => Expiry::Ends(ends.cast_unsigned()),
                seconds => Expiry::Pending(seconds.cast_unsigned()),
            };
            Ok((event_row(row, 0)?, expiry))
        })
    }

    fn logs(&self) -> Vec<StoredLog> {
        self.all("SELECT log, device, state FROM logs ORDER BY log", [], |row| {
            Ok(StoredLog {
                log: LogId::from_bytes(row.get(0)?),
                device: DeviceId::from_bytes(row.get(1)?),
                state: row.get(2)?,
            })
        })
    }

    fn peers(&self) -> Vec<StoredPeer> {
        self.all("SELECT device, state FROM peers ORDER BY device", [], |row| {
            Ok(StoredPeer { device: DeviceId::from_bytes(row.get(0)?), state: row.get(1)? })
        })
    }

    fn record(&self, log: LogId, seq: u64) -> Option<StoredRecord> {
        let sql = "SELECT bytes FROM records WHERE log = ?1 AND seq = ?2";
        self.one(sql, (log.as_bytes(), bound(seq)), |row| Ok(StoredRecord { log, seq, bytes: row.get(0)? }))
    }

    fn owed(&self, device: DeviceId, sealed: bool, limit: usize) -> Vec<Owed> {
        let sql = if sealed {
            "SELECT device, first, last, seq, alone FROM obligations INDEXED BY obligations_by_seq WHERE device = ?1 AND seq > ?2 ORDER BY first LIMIT ?3"
        } else {
            "SELECT device, first, last, seq, alone FROM obligations INDEXED BY obligations_by_seq WHERE device = ?1 AND seq = ?2 ORDER BY first LIMIT ?3"
        };
        let runs = self.all(sql, (device.as_bytes(), UNSEALED, bound(limit as u64)), read_run);
        runs.into_iter().flat_map(|(device, run)| owed_in(device, run)).take(limit).collect()
    }

    fn owed_through(&self, device: DeviceId, seq: u64) -> Vec<Owed> {
        let sql = "SELECT device, first, last, seq, alone FROM obligations INDEXED BY obligations_by_seq WHERE device = ?1 AND seq > ?2 AND seq <= ?3 \
                   ORDER BY first";
        let runs = self.all(sql, (device.as_bytes(), UNSEALED, bound(seq)), read_run);
        runs.into_iter().flat_map(|(device, run)| owed_in(device, run)).collect()
    }

    fn owed_for(&self, row: EventRow) -> Vec<Owed> {
        let runs = self.all(FOR_ROW, [bound(row.0)], read_run);
        let row = bound(row.0);
        runs.into_iter().flat_map(|(device, run)| owed_in(device, Run { first: row, last: row, ..run })).collect()
    }

    fn welcome(&self, device: DeviceId) -> Option<Vec<u8>> {
        self.one("SELECT welcome FROM welcomes WHERE device = ?1", [device.as_bytes()], |row| row.get(0))
    }

    fn sealer(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        self.all("SELECT key, value FROM sealer ORDER BY key", [], |row| Ok((row.get(0)?, row.get(1)?)))
    }
}

/// Reads the columns of [`event_columns`].
pub(super) fn read_event(row: &Row<'_>) -> rusqlite::Result<StoredEvent> {
    let delivery = unsigned(row, 13)?;
    Ok(StoredEvent {
        row: event_row(row, 0)?,
        id: EventId::from_bytes(row.get(1)?),
        device: DeviceId::from_bytes(row.get(2)?),
        person: PersonId::from_bytes(row.get(3)?),
        counter: unsigned(row, 4)?,
        kind: unsigned(row, 5)?,
        header: row.get(6)?,
        written: Wall(unsigned(row, 7)?),
        arrived: Wall(unsigned(row, 8)?),
        mine: row.get(9)?,
        late: row.get(10)?,
        erased: row.get::<_, i64>(11)? > 0,
        hidden: row.get::<_, i64>(11)? > 1,
        edited_by: Some(event_row(row, 12)?).filter(|by| by.0 != 0),
        delivery: Delivery::from_number(delivery)
            .ok_or_else(|| rusqlite::Error::InvalidColumnType(13, "delivery".into(), Type::Integer))?,
    })
}

/// The events that are said to be pinned.
pub(super) fn pinned(connection: &Connection) -> rusqlite::Result<BTreeSet<EventRow>> {
    let mut statement = connection.prepare("SELECT target FROM pins WHERE pinned = 1")?;
    statement.query_map([], |row| event_row(row, 0))?.collect()
}

/// The last row that has a reaction.
pub(super) fn reacted_through(connection: &Connection) -> rusqlite::Result<EventRow> {
    connection.query_row("SELECT coalesce(max(target), 0) FROM reactions", [], |row| event_row(row, 0))
}

fn event_row(row: &Row<'_>, column: usize) -> rusqlite::Result<EventRow> {
    unsigned(row, column).map(EventRow)
}

fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::cast_unsigned)
}
