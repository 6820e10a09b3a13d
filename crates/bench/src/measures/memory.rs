//! Resident memory of an agent that does nothing: its key in a file, no page open, its connections closed.

use super::contacts;
use crate::figure::Figure;
use crate::process::{Memory, memory};
use kith_lab::{Pair, until};
use std::thread;
use std::time::Duration;

/// Connections are closed after 20 s without use, vaults some seconds later.
const REST: Duration = Duration::from_secs(60);
/// All are online within this.
const ONLINE: Duration = Duration::from_secs(120);
/// Takes the measure, once for each number of contacts: memory varies little.
pub(super) fn take(_rounds: usize) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (number, (target, beyond)) in [(1, (28.0, 20.0)), (100, (45.0, 30.0)), (1000, (120.0, 60.0))] {
        let Memory { rss, pss, anonymous } = rested(number);
        let resident = Figure::low(format!("resident memory idle, {number} contacts, Rss"), "MB", vec![rss])
            .reaching(target, Some(beyond))
            .note("started anew, everybody online, then a minute of rest; MB of 1,000,000 bytes, smaps_rollup");
        figures.push(resident);
        figures.push(Figure::low(format!("resident memory idle, {number} contacts, Pss"), "MB", vec![pss]));
        figures.push(Figure::low(format!("resident memory idle, {number} contacts, anonymous"), "MB", vec![anonymous]));
    }
    figures
}

/// An agent with that many contacts: all the same other agent, in relationships of their own.
fn rested(number: usize) -> Memory {
    let mut pair = Pair::strangers();
    contacts(&pair, number);
    pair.alice.stop();
    pair.alice.start();
    until("everybody is online", ONLINE, || {
        let status = pair.alice.one(&["status"]);
        (status["online"] == number).then_some(())
    });
    thread::sleep(REST);
    memory(pair.alice.pid())
}
