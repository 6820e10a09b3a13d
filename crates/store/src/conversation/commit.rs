//! What each write does to the tables.
//!
//! Numbers that are only compared for equality (kinds, counters, clocks) are stored bit for bit, as a peer may choose
//! any. Numbers that are ordered (rows, seqs) are ours and stay below 2^63; a larger one breaks the contract.

use super::obligations::UNSEALED;
use super::{deliveries, ids, obligations, search};
use crate::engine::{Fault, Held};
use kith_base::{DeviceId, PersonId};
use kith_proto::io::{Expiry, StoredEvent, Write, WriteBatch};
use rusqlite::{Connection, OptionalExtension as _, Params};

/// Stands in a column of `expiries` for what an event has not.
pub(super) const NONE: i64 = -1;

/// Applies all writes in order; the caller's transaction makes them one (VAULT-013).
pub(super) fn apply(connection: &Connection, batch: &WriteBatch) -> Result<(), Fault> {
    let touched = search::touched(connection, batch)?;
    let before = last_row(connection)?;
    let mut applying = Applying {
        connection,
        last_row: before,
        author: None,
        obligations: obligations::Changes::default(),
        deliveries: deliveries::Changes::default(),
        add: Held::new(ADD_EVENT),
        body: Held::new(SET_BODY),
        ids: ids::Adding::new(),
    };
    batch.writes.iter().try_for_each(|write| applying.apply(write))?;
    let last_row = applying.last_row;
    applying.write_gathered()?;
    if last_row > before {
        ids::settle(connection, last_row)?;
    }
    search::follow(connection, touched, last_row)
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

/// A batch under way.
///
/// Changes of obligations and deliveries are gathered, as most of a batch are the same for many rows that follow each
/// other. A write that takes away what they are about writes them first.
struct Applying<'a> {
    connection: &'a Connection,
    last_row: i64,
    /// The author of the last event, and their number.
    author: Option<(DeviceId, PersonId, i64)>,
    obligations: obligations::Changes,
    deliveries: deliveries::Changes,
    add: Held<'a>,
    body: Held<'a>,
    ids: ids::Adding<'a>,
}

/// What adds an event.
const ADD_EVENT: &str = "INSERT INTO events (row, id, author, counter, kind, written, arrived, mine, late, erased, edited_by, header) \
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
/// What gives an event its body.
const SET_BODY: &str =
    "INSERT OR REPLACE INTO bodies (row, body) SELECT row, ?2 FROM events WHERE row = ?1 AND erased = 0";

impl Applying<'_> {
    fn write_gathered(&mut self) -> Result<(), Fault> {
        std::mem::take(&mut self.obligations).write(self.connection)?;
        std::mem::take(&mut self.deliveries).write(self.connection)
    }

    fn run(&self, sql: &str, values: impl Params) -> Result<(), Fault> {
        self.connection.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    fn apply(&mut self, write: &Write) -> Result<(), Fault> {
        match write {
            Write::Meta(key, value) => self.set(
                (*key as i64, value.as_deref()),
                "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value",
                "DELETE FROM meta WHERE key = ?1",
            ),
            Write::Event(event) => self.add_event(event),
            Write::Body(row, body) => {
                changed(self.body.on(self.connection)?.execute((ordered(row.0)?, body))?)
            }
            Write::Erase(row) => {
                self.run("DELETE FROM bodies WHERE row = ?1", [ordered(row.0)?])?;
                self.change_event("UPDATE events SET erased = max(erased, 1) WHERE row = ?1", [ordered(row.0)?])
            }
            Write::Hide(row) => {
                self.run("DELETE FROM bodies WHERE row = ?1", [ordered(row.0)?])?;
                self.change_event("UPDATE events SET erased = 2 WHERE row = ?1", [ordered(row.0)?])
            }
            Write::Edited(row, by) => {
                self.change_event("UPDATE events SET edited_by = ?2 WHERE row = ?1", (ordered(row.0)?, ordered(by.0)?))
            }
            Write::Reacted(row, person, by) => self.change_event(
                "INSERT OR REPLACE INTO reactions (target, person, row) SELECT row, ?2, ?3 FROM events WHERE row = ?1",
                (ordered(row.0)?, person.as_bytes(), ordered(by.0)?),
            ),
            Write::Pinned(row, by, pinned) => self.change_event(
                "INSERT OR REPLACE INTO pins (target, row, pinned) SELECT row, ?2, ?3 FROM events WHERE row = ?1",
                (ordered(row.0)?, ordered(by.0)?, *pinned),
            ),
            Write::Expires(row, None) => self.run("DELETE FROM expiries WHERE row = ?1", [ordered(row.0)?]),
            Write::Expires(row, Some(expiry)) => {
                let (pending, ends) = match *expiry {
                    Expiry::Pending(seconds) => (ordered(seconds)?, NONE),
                    Expiry::Ends(at) => (NONE, bound(at)),
                };
                let sql = "INSERT OR REPLACE INTO expiries (row, pending, ends) VALUES (?1, ?2, ?3)";
                self.run(sql, (ordered(row.0)?, pending, ends))
            }
            Write::EventGone(row) => self.drop_event(ordered(row.0)?),
            Write::Delivery(row, delivery) => {
                self.deliveries.raise(ordered(row.0)?, *delivery);
                Ok(())
            }
            Write::Log(log) => self.run(
                "INSERT INTO logs (log, device, state) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET device = excluded.device, \
                 state = excluded.state",
                (log.log.as_bytes(), log.device.as_bytes(), &log.state),
            ),
            Write::LogGone(log) => {
                self.run("DELETE FROM records WHERE log = ?1", [log.as_bytes()])?;
                self.run("DELETE FROM logs WHERE log = ?1", [log.as_bytes()])
            }
            Write::Peer(peer) => self.run(
                "INSERT INTO peers (device, state) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET state = excluded.state",
                (peer.device.as_bytes(), &peer.state),
            ),
            Write::PeerGone(device) => {
                self.write_gathered()?;
                self.run("DELETE FROM peers WHERE device = ?1", [device.as_bytes()])?;
                self.run("DELETE FROM obligations WHERE device = ?1", [device.as_bytes()])?;
                self.run("DELETE FROM welcomes WHERE device = ?1", [device.as_bytes()])
            }
            Write::Record(record) => self.run(
                "INSERT OR REPLACE INTO records (log, seq, bytes) VALUES (?1, ?2, ?3)",
                (record.log.as_bytes(), ordered(record.seq)?, &record.bytes),
            ),
            Write::RecordsPruned(log, seq) => {
                self.run("DELETE FROM records WHERE log = ?1 AND seq <= ?2", (log.as_bytes(), bound(*seq)))
            }
            Write::Owed(owed) => {
                let seq = owed.seq.map_or(Ok(UNSEALED), ordered)?;
                self.obligations.set(owed.device, ordered(owed.row.0)?, Some((seq, owed.alone)));
                Ok(())
            }
            Write::Settled(device, row) => {
                self.obligations.set(*device, ordered(row.0)?, None);
                Ok(())
            }
            Write::Welcome(device, welcome) => self.set(
                (device.as_bytes(), welcome.as_deref()),
                "INSERT OR REPLACE INTO welcomes (device, welcome) VALUES (?1, ?2)",
                "DELETE FROM welcomes WHERE device = ?1",
            ),
            Write::Sealer(key, value) => self.set(
                (key, value.as_deref()),
                "INSERT INTO sealer (key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value",
                "DELETE FROM sealer WHERE key = ?1",
            ),
        }
    }

    fn add_event(&mut self, event: &StoredEvent) -> Result<(), Fault> {
        let row = ordered(event.row.0)?;
        // VAULT-014
        if row != self.last_row + 1 {
            return Err(Fault::Contract("an event's row is one above the highest ever used"));
        }
        // Older ones are not looked for: the core asks for each event of others that may be there (EVT-015), and an own id is
        // never made twice.
        if self.ids.has(self.connection, event.id.as_bytes())? {
            return Err(Fault::Contract("an event is added once"));
        }
        let author = self.author(event.device, event.person)?;
        self.add.on(self.connection)?.execute(rusqlite::params![
            row,
            event.id.as_bytes(),
            author,
            event.counter.cast_signed(),
            event.kind.cast_signed(),
            event.written.0.cast_signed(),
            event.arrived.0.cast_signed(),
            event.mine,
            event.late,
            i64::from(event.erased) + i64::from(event.hidden),
            ordered(event.edited_by.map_or(0, |row| row.0))?,
            event.header,
        ])?;
        self.ids.add(self.connection, event.id.as_bytes(), row)?;
        self.last_row = row;
        if event.mine {
            self.deliveries.begin(row, event.delivery);
        }
        Ok(())
    }

    /// The number under which a device and its person are kept.
    fn author(&mut self, device: DeviceId, person: PersonId) -> Result<i64, Fault> {
        if let Some((known, of, no)) = self.author
            && (known, of) == (device, person)
        {
            return Ok(no);
        }
        let values = (device.as_bytes(), person.as_bytes());
        let sql = "SELECT no FROM authors WHERE device = ?1 AND person = ?2";
        let found = self.connection.prepare_cached(sql)?.query_row(values, |row| row.get(0)).optional()?;
        let no = match found {
            Some(no) => no,
            None => {
                self.run("INSERT INTO authors (device, person) VALUES (?1, ?2)", values)?;
                self.connection.last_insert_rowid()
            }
        };
        self.author = Some((device, person, no));
        Ok(no)
    }

    fn drop_event(&mut self, row: i64) -> Result<(), Fault> {
        self.write_gathered()?;
        self.run("DELETE FROM bodies WHERE row = ?1", [row])?;
        self.run("DELETE FROM reactions WHERE target = ?1", [row])?;
        self.run("DELETE FROM pins WHERE target = ?1", [row])?;
        self.run("DELETE FROM expiries WHERE row = ?1", [row])?;
        obligations::end_all_for(self.connection, row)?;
        ids::forget(self.connection, row)?;
        self.change_event("DELETE FROM events WHERE row = ?1", [row])?;
        // VAULT-014
        self.run("INSERT OR REPLACE INTO settings (name, value) VALUES ('rows', ?1)", [self.last_row])
    }

    fn set<K: rusqlite::ToSql>(
        &self,
        (key, value): (K, Option<&[u8]>),
        insert: &str,
        delete: &str,
    ) -> Result<(), Fault> {
        match value {
            Some(value) => self.run(insert, (key, value)),
            None => self.run(delete, (key,)),
        }
    }

    fn change_event(&self, sql: &str, values: impl Params) -> Result<(), Fault> {
        changed(self.connection.prepare_cached(sql)?.execute(values)?)
    }
}

/// So many rows of events were changed.
fn changed(rows: usize) -> Result<(), Fault> {
    match rows {
        0 => Err(Fault::Contract("a change is of an event that is there, and a body of one that is not erased")),
        _ => Ok(()),
    }
}

/// The highest row ever used: the last event's, or one that was noted when an event went.
pub(super) fn last_row(connection: &Connection) -> rusqlite::Result<i64> {
    let sql = "SELECT max(coalesce((SELECT max(row) FROM events), 0), \
               coalesce((SELECT value FROM settings WHERE name = 'rows'), 0))";
    connection.prepare_cached(sql)?.query_row([], |row| row.get(0))
}

/// A number that is stored in order (VAULT-011).
fn ordered(number: u64) -> Result<i64, Fault> {
    i64::try_from(number).map_err(|_| Fault::Contract("a row or seq stays below 2^63"))
}

/// A bound for numbers stored in order: above them all if it is beyond what is ever stored.
pub(super) fn bound(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
