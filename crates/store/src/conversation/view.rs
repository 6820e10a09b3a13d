//! Reads for the core, as its contract wants them: synchronous, and without errors.
//!
//! A read that fails answers with nothing and is remembered; the vault refuses the next commit with that error.

use super::ConversationVault;
use super::commit::{UNSEALED, bound, last_row};
use kith_base::{DeviceId, EventId, LogId, PersonId, Wall};
use kith_proto::io::{Delivery, EventRow, MetaKey, Owed, StoredEvent, StoredLog, StoredPeer, StoredRecord, View};
use rusqlite::types::Type;
use rusqlite::{OptionalExtension as _, Params, Row};

/// The columns that [`read_event`] reads, in its order.
macro_rules! event_columns {
    () => {
        "row, id, device, person, counter, kind, header, written, arrived, mine, late, erased, edited_by, delivery"
    };
}
pub(super) use event_columns;

impl ConversationVault {
    fn answer<T: Default>(&self, result: rusqlite::Result<T>) -> T {
        result.unwrap_or_else(|error| {
            self.remember(&error);
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
        let sql = concat!("SELECT ", event_columns!(), " FROM events WHERE row = ?1");
        self.one(sql, [bound(row.0)], read_event)
    }

    fn row_of(&self, id: &EventId) -> Option<EventRow> {
        self.one("SELECT row FROM events WHERE id = ?1", [id.as_bytes()], |row| event_row(row, 0))
    }

    fn body(&self, row: EventRow) -> Option<Vec<u8>> {
        self.one("SELECT body FROM bodies WHERE row = ?1", [bound(row.0)], |row| row.get(0))
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
            "SELECT device, row, seq, alone FROM owed WHERE device = ?1 AND seq > ?2 ORDER BY row LIMIT ?3"
        } else {
            "SELECT device, row, seq, alone FROM owed WHERE device = ?1 AND seq = ?2 ORDER BY row LIMIT ?3"
        };
        self.all(sql, (device.as_bytes(), UNSEALED, bound(limit as u64)), read_owed)
    }

    fn owed_through(&self, device: DeviceId, seq: u64) -> Vec<Owed> {
        let sql = "SELECT device, row, seq, alone FROM owed WHERE device = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY row";
        self.all(sql, (device.as_bytes(), UNSEALED, bound(seq)), read_owed)
    }

    fn owed_for(&self, row: EventRow) -> Vec<Owed> {
        let sql = "SELECT device, row, seq, alone FROM owed WHERE row = ?1 ORDER BY device";
        self.all(sql, [bound(row.0)], read_owed)
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
        erased: row.get(11)?,
        edited_by: Some(event_row(row, 12)?).filter(|by| by.0 != 0),
        delivery: Delivery::from_number(delivery)
            .ok_or_else(|| rusqlite::Error::InvalidColumnType(13, "delivery".into(), Type::Integer))?,
    })
}

fn read_owed(row: &Row<'_>) -> rusqlite::Result<Owed> {
    let seq: i64 = row.get(2)?;
    Ok(Owed {
        device: DeviceId::from_bytes(row.get(0)?),
        row: event_row(row, 1)?,
        seq: u64::try_from(seq).ok(),
        alone: row.get(3)?,
    })
}

fn event_row(row: &Row<'_>, column: usize) -> rusqlite::Result<EventRow> {
    unsigned(row, column).map(EventRow)
}

fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::cast_unsigned)
}
