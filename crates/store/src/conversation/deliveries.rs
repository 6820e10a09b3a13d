//! What is known of the delivery of own events, as runs of rows.
//!
//! Every own event is in one run, other people's in any or none. A run may therefore go on across rows that are in none.

use super::ranges::{Joins, Run, changes, runs, with_rows};
use crate::engine::Fault;
use kith_proto::io::Delivery;
use rusqlite::{Connection, OptionalExtension as _, Row};
use std::collections::BTreeMap;

/// Changes of one batch: new own events, and what more is known of old ones.
#[derive(Default)]
pub(super) struct Changes(BTreeMap<i64, Change>);

struct Change {
    new: bool,
    delivery: Delivery,
}

impl Changes {
    /// Begins what is known of a new own event.
    pub(super) fn begin(&mut self, row: i64, delivery: Delivery) {
        self.0.insert(row, Change { new: true, delivery });
    }

    /// Raises what is known of an own event; one that this batch did not begin has to be there.
    pub(super) fn raise(&mut self, row: i64, delivery: Delivery) {
        let change = self.0.entry(row).or_insert(Change { new: false, delivery });
        change.delivery = change.delivery.max(delivery);
    }

    /// Writes all changes.
    pub(super) fn write(self, connection: &Connection) -> Result<(), Fault> {
        let rows = self.0.into_iter().map(|(row, change)| (row, (change.new, change.delivery as i64)));
        runs(rows).into_iter().try_for_each(|run| raise_run(connection, run))
    }
}

fn raise_run(connection: &Connection, run: Run<(bool, i64)>) -> Result<(), Fault> {
    let (new, delivery) = run.value;
    let before = neighbourhood(connection, run.first, run.last)?;
    let there = before.iter().map(|old| (old.last.min(run.last) - old.first.max(run.first) + 1).max(0)).sum::<i64>();
    if !new && there <= run.last - run.first {
        return Err(Fault::Contract("what is known of a delivery is of an own event that is there"));
    }
    let raised = |old: Option<i64>| {
        // VAULT-015
        Some(old.map_or(delivery, |old| old.max(delivery)))
    };
    let after = with_rows(&before, run.first..=run.last, Joins::AcrossGaps, raised);
    let (gone, put) = changes(&before, &after);
    for first in gone {
        connection.prepare_cached("DELETE FROM deliveries WHERE first = ?1")?.execute([first])?;
    }
    for run in put {
        let sql = "INSERT OR REPLACE INTO deliveries (first, last, delivery) VALUES (?1, ?2, ?3)";
        connection.prepare_cached(sql)?.execute((run.first, run.last, run.value))?;
    }
    Ok(())
}

/// The runs with these rows, the one before them and the one behind.
fn neighbourhood(connection: &Connection, first: i64, last: i64) -> Result<Vec<Run<i64>>, Fault> {
    let read = |row: &Row<'_>| Ok(Run { first: row.get(0)?, last: row.get(1)?, value: row.get(2)? });
    let sql = "SELECT first, last, delivery FROM deliveries WHERE first < ?1 ORDER BY first DESC LIMIT 1";
    let mut found: Vec<Run<i64>> =
        connection.prepare_cached(sql)?.query_row([first], read).optional()?.into_iter().collect();
    let sql = "SELECT first, last, delivery FROM deliveries WHERE first >= ?1 ORDER BY first";
    let mut statement = connection.prepare_cached(sql)?;
    for run in statement.query_map([first], read)? {
        let run = run?;
        found.push(run);
        if run.first > last {
            break;
        }
    }
    Ok(found)
}
