//! What each write does to the tables.
//!
//! Numbers that are only compared for equality (kinds, counters, clocks) are stored bit for bit, as a peer may choose
//! any. Numbers that are ordered (rows, seqs) are ours and stay below 2^63; a larger one breaks the contract.

use super::search;
use crate::engine::Fault;
use kith_proto::io::{Owed, StoredEvent, Write, WriteBatch};
use rusqlite::{Connection, Params};

/// An obligation's seq while it is not sealed.
pub(super) const UNSEALED: i64 = -1;

/// Applies all writes in order; the caller's transaction makes them one (VAULT-013).
pub(super) fn apply(connection: &Connection, batch: &WriteBatch) -> Result<(), Fault> {
    let touched = search::touched(connection, batch)?;
    batch.writes.iter().try_for_each(|write| apply_one(connection, write))?;
    search::follow(connection, touched)
}

/// Applies all writes unless this intent was applied before; says whether it was the first time (VAULT-017).
pub(super) fn apply_once(connection: &Connection, intent: u64, batch: &WriteBatch) -> Result<bool, Fault> {
    let sql = "INSERT INTO intents (id) VALUES (?1) ON CONFLICT DO NOTHING";
    let first = connection.prepare_cached(sql)?.execute([intent.cast_signed()])? == 1;
    if first {
        apply(connection, batch)?;
    }
    Ok(first)
}

fn apply_one(connection: &Connection, write: &Write) -> Result<(), Fault> {
    match write {
        Write::Meta(key, value) => set(
            connection,
            (*key as i64, value.as_deref()),
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
            "DELETE FROM meta WHERE key = ?1",
        ),
        Write::Event(event) => add_event(connection, event),
        Write::Body(row, body) => change_event(
            connection,
            "INSERT OR REPLACE INTO bodies (row, body) SELECT row, ?2 FROM events WHERE row = ?1 AND erased = 0",
            (ordered(row.0)?, body),
        ),
        Write::Erase(row) => {
            run_cached(connection, "DELETE FROM bodies WHERE row = ?1", [ordered(row.0)?])?;
            change_event(connection, "UPDATE events SET erased = 1 WHERE row = ?1", [ordered(row.0)?])
        }
        Write::Edited(row, by) => change_event(
            connection,
            "UPDATE events SET edited_by = ?2 WHERE row = ?1",
            (ordered(row.0)?, ordered(by.0)?),
        ),
        Write::EventGone(row) => {
            run_cached(connection, "DELETE FROM bodies WHERE row = ?1", [ordered(row.0)?])?;
            run_cached(connection, "DELETE FROM owed WHERE row = ?1", [ordered(row.0)?])?;
            change_event(connection, "DELETE FROM events WHERE row = ?1", [ordered(row.0)?])
        }
        Write::Delivery(row, delivery) => change_event(
            connection,
            // VAULT-015
            "UPDATE events SET delivery = max(delivery, ?2) WHERE row = ?1",
            (ordered(row.0)?, *delivery as i64),
        ),
        Write::Log(log) => run_cached(
            connection,
            "INSERT OR REPLACE INTO logs (log, device, state) VALUES (?1, ?2, ?3)",
            (log.log.as_bytes(), log.device.as_bytes(), &log.state),
        ),
        Write::LogGone(log) => {
            run_cached(connection, "DELETE FROM records WHERE log = ?1", [log.as_bytes()])?;
            run_cached(connection, "DELETE FROM logs WHERE log = ?1", [log.as_bytes()])
        }
        Write::Peer(peer) => run_cached(
            connection,
            "INSERT OR REPLACE INTO peers (device, state) VALUES (?1, ?2)",
            (peer.device.as_bytes(), &peer.state),
        ),
        Write::PeerGone(device) => {
            run_cached(connection, "DELETE FROM peers WHERE device = ?1", [device.as_bytes()])?;
            run_cached(connection, "DELETE FROM owed WHERE device = ?1", [device.as_bytes()])?;
            run_cached(connection, "DELETE FROM welcomes WHERE device = ?1", [device.as_bytes()])
        }
        Write::Record(record) => run_cached(
            connection,
            "INSERT OR REPLACE INTO records (log, seq, bytes) VALUES (?1, ?2, ?3)",
            (record.log.as_bytes(), ordered(record.seq)?, &record.bytes),
        ),
        Write::RecordsPruned(log, seq) => {
            run_cached(connection, "DELETE FROM records WHERE log = ?1 AND seq <= ?2", (log.as_bytes(), bound(*seq)))
        }
        Write::Owed(owed) => add_owed(connection, owed),
        Write::Settled(device, row) => {
            run_cached(connection, "DELETE FROM owed WHERE device = ?1 AND row = ?2", (device.as_bytes(), bound(row.0)))
        }
        Write::Welcome(device, welcome) => set(
            connection,
            (device.as_bytes(), welcome.as_deref()),
            "INSERT OR REPLACE INTO welcomes (device, welcome) VALUES (?1, ?2)",
            "DELETE FROM welcomes WHERE device = ?1",
        ),
        Write::Sealer(key, value) => set(
            connection,
            (key, value.as_deref()),
            "INSERT OR REPLACE INTO sealer (key, value) VALUES (?1, ?2)",
            "DELETE FROM sealer WHERE key = ?1",
        ),
    }
}

fn add_event(connection: &Connection, event: &StoredEvent) -> Result<(), Fault> {
    let row = ordered(event.row.0)?;
    // VAULT-014
    if row != last_row(connection)? + 1 {
        return Err(Fault::Contract("an event's row is one above the highest ever used"));
    }
    let edited_by = ordered(event.edited_by.map_or(0, |row| row.0))?;
    run_cached(
        connection,
        "INSERT INTO events (row, id, device, person, counter, kind, header, written, arrived, mine, late, erased, \
         edited_by, delivery) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        rusqlite::params![
            row,
            event.id.as_bytes(),
            event.device.as_bytes(),
            event.person.as_bytes(),
            event.counter.cast_signed(),
            event.kind.cast_signed(),
            event.header,
            event.written.0.cast_signed(),
            event.arrived.0.cast_signed(),
            event.mine,
            event.late,
            event.erased,
            edited_by,
            event.delivery as i64,
        ],
    )
}

fn add_owed(connection: &Connection, owed: &Owed) -> Result<(), Fault> {
    let seq = owed.seq.map_or(Ok(UNSEALED), ordered)?;
    run_cached(
        connection,
        "INSERT OR REPLACE INTO owed (device, row, seq, alone) VALUES (?1, ?2, ?3, ?4)",
        (owed.device.as_bytes(), ordered(owed.row.0)?, seq, owed.alone),
    )
}

/// The highest row ever used, kept by SQLite whatever becomes of the event.
pub(super) fn last_row(connection: &Connection) -> rusqlite::Result<i64> {
    let sql = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'events'";
    connection.prepare_cached(sql)?.query_row([], |row| row.get(0))
}

fn set<K: rusqlite::ToSql>(
    connection: &Connection,
    (key, value): (K, Option<&[u8]>),
    insert: &str,
    delete: &str,
) -> Result<(), Fault> {
    match value {
        Some(value) => run_cached(connection, insert, (key, value)),
        None => run_cached(connection, delete, (key,)),
    }
}

fn change_event(connection: &Connection, sql: &str, values: impl Params) -> Result<(), Fault> {
    match connection.prepare_cached(sql)?.execute(values)? {
        0 => Err(Fault::Contract("a change is of an event that is there, and a body of one that is not erased")),
        _ => Ok(()),
    }
}

fn run_cached(connection: &Connection, sql: &str, values: impl Params) -> Result<(), Fault> {
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// A number that is stored in order (VAULT-011).
fn ordered(number: u64) -> Result<i64, Fault> {
    i64::try_from(number).map_err(|_| Fault::Contract("a row or seq stays below 2^63"))
}

/// A bound for numbers stored in order: above them all if it is beyond what is ever stored.
pub(super) fn bound(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
