//! What an agent does while nobody says anything: traffic for each contact, and how often it wakes the processor.

use super::contacts;
use crate::figure::Figure;
use crate::frames::Counter;
use crate::process::{processor_seconds, threads, waits};
use kith_lab::Pair;
use std::thread;
use std::time::{Duration, Instant};

/// Contacts.
const CONTACTS: usize = 10;
/// Connections are closed after 20 s without use; only then it is quiet.
const REST: Duration = Duration::from_secs(40);
/// How long it is watched: heartbeats grow rare within some minutes.
const WATCHED: Duration = Duration::from_secs(900);

/// Takes the measure, once: it takes minutes.
pub(super) fn take(_rounds: usize) -> Vec<Figure> {
    let pair = Pair::strangers();
    contacts(&pair, CONTACTS);
    let mut counter = Counter::start(&pair.lan.host("alice"));
    thread::sleep(REST);
    let pid = pair.alice.pid();
    let (total, woken, busy, begin) = (counter.total(), waits(pid), processor_seconds(pid), Instant::now());
    thread::sleep(WATCHED);
    let (passed, woken) = (counter.total().since(total), waits(pid) - woken);
    let (busy, time) = (processor_seconds(pid) - busy, begin.elapsed().as_secs_f64());
    for (name, waits) in threads(pid) {
        eprintln!("bench:   thread {name} has waited {waits} times since its start");
    }
    let note = format!("{CONTACTS} contacts, {time:.0} s watched and scaled; all of them the same other agent");
    vec![
        Figure::low("idle traffic per contact, both ways", "B/s", vec![passed.bytes as f64 / time / CONTACTS as f64])
            .reaching(5.0, Some(1.0))
            .note(&note),
        Figure::low("idle traffic of looking around on the LAN", "B/s", vec![passed.other as f64 / time])
            .note("everything but UDP between the two hosts: mDNS of both, ARP, the kernel's own"),
        Figure::low("wake-ups per hour, idle, 10 contacts", "", vec![woken as f64 / time * 3600.0])
            .reaching(120.0, Some(30.0))
            .note(
                "waits that ended, of all threads (voluntary_ctxt_switches), so that one event may count several times",
            ),
        Figure::low("processor time idle, 10 contacts", "s/h", vec![busy / time * 3600.0]),
    ]
}
