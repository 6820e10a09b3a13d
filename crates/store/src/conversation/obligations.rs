//! What is owed to devices, as runs of rows: a batch's obligations are gathered and written together.

use super::ranges::{Joins, Run, changes, runs, with_rows};
use crate::engine::Fault;
use kith_base::DeviceId;
use kith_proto::io::{EventRow, Owed};
use rusqlite::{CachedStatement, Connection, Row};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// An obligation's seq while it is not sealed.
pub(super) const UNSEALED: i64 = -1;

/// What is the same for all obligations of a run: the seq and whether it is for that device alone.
type Value = (i64, bool);

/// Changes of one batch, the last for each device and row; `None` ends an obligation.
#[derive(Default)]
pub(super) struct Changes(BTreeMap<DeviceId, BTreeMap<i64, Option<Value>>>);

impl Changes {
    /// Sets (or with `None` ends) what is owed to a device at a row.
    pub(super) fn set(&mut self, device: DeviceId, row: i64, value: Option<Value>) {
        self.0.entry(device).or_default().insert(row, value);
    }

    /// Writes all changes.
    pub(super) fn write(self, connection: &Connection) -> Result<(), Fault> {
        for (device, rows) in self.0 {
            for run in runs(rows) {
                set_run(connection, device, run.first..=run.last, run.value)?;
            }
        }
        Ok(())
    }
}

fn set_run(
    connection: &Connection,
    device: DeviceId,
    rows: RangeInclusive<i64>,
    value: Option<Value>,
) -> Result<(), Fault> {
    // A row past each end, so that neighbours are joined.
    let (first, last) = (rows.start().saturating_sub(1), rows.end().saturating_add(1));
    let sql = "SELECT device, first, last, seq, alone FROM obligations WHERE device = ?1 AND last >= ?2 AND first >= \
               coalesce((SELECT max(first) FROM obligations WHERE device = ?1 AND first <= ?2), ?2) AND first <= ?3 \
               ORDER BY first";
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_map((device.as_bytes(), first, last), read_run)?;
    let before = found.map(|run| run.map(|(_, run)| run)).collect::<Result<Vec<_>, _>>()?;
    // VAULT-030
    let after = with_rows(&before, rows, Joins::Adjacent, |_| value);
    let (gone, put) = changes(&before, &after);
    for first in gone {
        let sql = "DELETE FROM obligations WHERE device = ?1 AND first = ?2";
        connection.prepare_cached(sql)?.execute((device.as_bytes(), first))?;
    }
    for run in put {
        let sql = "INSERT OR REPLACE INTO obligations (device, first, last, seq, alone) VALUES (?1, ?2, ?3, ?4, ?5)";
        let (seq, alone) = run.value;
        connection.prepare_cached(sql)?.execute((device.as_bytes(), run.first, run.last, seq, alone))?;
    }
    Ok(())
}

/// Ends all obligations for an event.
pub(super) fn end_all_for(connection: &Connection, row: i64) -> Result<(), Fault> {
    let mut statement: CachedStatement<'_> = connection.prepare_cached(FOR_ROW)?;
    let found = statement.query_map([row], |row| read_run(row).map(|(device, _)| device))?;
    let devices = found.collect::<Result<Vec<_>, _>>()?;
    devices.into_iter().try_for_each(|device| set_run(connection, device, row..=row, None))
}

/// The runs that have a row, of every device, in ascending order of device: each device is found by one look, and so is
/// its run.
pub(super) const FOR_ROW: &str = "WITH RECURSIVE devices (device) AS (\
     SELECT min(device) FROM obligations UNION ALL \
     SELECT (SELECT min(device) FROM obligations WHERE device > devices.device) FROM devices \
     WHERE devices.device IS NOT NULL) \
     SELECT o.device, o.first, o.last, o.seq, o.alone FROM devices JOIN obligations AS o ON o.device = devices.device \
     AND o.first = (SELECT max(first) FROM obligations WHERE device = devices.device AND first <= ?1) \
     WHERE o.last >= ?1 ORDER BY o.device";

/// Reads `device, first, last, seq, alone`.
pub(super) fn read_run(row: &Row<'_>) -> rusqlite::Result<(DeviceId, Run<Value>)> {
    let run = Run { first: row.get(1)?, last: row.get(2)?, value: (row.get(3)?, row.get(4)?) };
    Ok((DeviceId::from_bytes(row.get(0)?), run))
}

/// The obligations of a run, of all its rows.
pub(super) fn owed_in(device: DeviceId, run: Run<Value>) -> impl Iterator<Item = Owed> {
    let (seq, alone) = run.value;
    let seq = u64::try_from(seq).ok();
    (run.first..=run.last).map(move |row| Owed { device, row: EventRow(row.cast_unsigned()), seq, alone })
}
