//! What goes over the wire and into the vault for a message: counts, that no machine's load moves.
//!
//! A figure here is what the code does at this commit, and a bound a little above it: who makes one of them grow by a
//! tenth hears of it. `docs/benchmarks.md` has what they come to on a real network.

use kith_base::limits;
use kith_proto::log::packet::Packet;
use kith_sim::journal::Journal;
use kith_sim::sealing::{self, Sealing};
use kith_sim::world::{World, says};

const ALICE: usize = 0;
const BOB: usize = 1;
const HAPPENINGS: usize = 20_000;

/// A text of 64 bytes.
fn text() -> String {
    "x".repeat(64)
}

/// Two who are connected and have talked.
fn connected(sealing: Sealing) -> World {
    let mut world = World::pair(5, sealing, Journal::silent()).unwrap();
    for number in 0..3 {
        world.wish(number % 2, says("before")).unwrap();
        world.heal(HAPPENINGS).unwrap();
    }
    world.connect(ALICE, BOB).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    // What is first on a connection is whole.
    world.wish(ALICE, says("first")).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    world
}

/// Sizes of the packets that were sent since these.
fn sent_since(world: &World, before: &[(usize, usize, Vec<u8>)]) -> Vec<usize> {
    let known = |packet: &&(usize, usize, Vec<u8>)| !before.contains(packet);
    world.past().iter().filter(known).map(|(_, _, bytes)| bytes.len()).collect()
}

/// How many records Alice made.
fn records(world: &World) -> u64 {
    let node = &world.nodes[ALICE];
    node.machine.as_ref().unwrap().health(&node.vault).own.next
}

/// LOG-042, EVT-050: a message is two packets, the record and its receipt.
#[test]
fn a_short_message_and_its_receipt_take_few_bytes() {
    let mut world = connected(sealing::mls);
    let before = world.past().to_vec();
    world.wish(ALICE, says(&text())).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    let sent = sent_since(&world, &before);
    assert_eq!(sent.len(), 2, "{sent:?}");
    let bytes: usize = sent.iter().sum();
    // Counters take a byte more after a while.
    assert!((SINGLE - 10..=SINGLE).contains(&bytes), "{sent:?}");
}

/// LOG-031: what waited goes in one record, and one receipt answers it.
#[test]
fn a_hundred_messages_that_waited_take_few_bytes_each() {
    let mut world = connected(sealing::mls);
    world.disconnect(ALICE, BOB).unwrap();
    for _ in 0..100 {
        world.wish(ALICE, says(&text())).unwrap();
    }
    let before = records(&world);
    world.connect(ALICE, BOB).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    assert_eq!((records(&world) - before, world.texts(BOB).len()), (1, 104));
    // What a connection begins with is not the messages'.
    let last = world.said().iter().rposition(|(_, _, packet)| matches!(packet, Packet::Record(_))).unwrap();
    let sent: Vec<usize> = world.past()[last..].iter().map(|(_, _, bytes)| bytes.len()).collect();
    assert_eq!(sent.len(), 2, "{sent:?}");
    let each = sent.iter().sum::<usize>() / 100;
    assert_eq!(each, HUNDRED, "{sent:?}");
}

/// Bytes of a text of 64 with its receipt, as packets.
const SINGLE: usize = 410;
/// The same of each of a hundred that go in one record.
const HUNDRED: usize = 91;

/// LOG-031: a backlog is a handful of records.
#[test]
fn a_backlog_of_ten_thousand_is_twenty_records() {
    let mut world = connected(sealing::model);
    world.disconnect(ALICE, BOB).unwrap();
    for _ in 0..10_000 {
        world.wish(ALICE, says(&text())).unwrap();
    }
    let before = records(&world);
    world.connect(ALICE, BOB).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    assert_eq!(records(&world) - before, 10_000u64.div_ceil(limits::RECORD_EVENTS_MAX as u64));
    assert_eq!(world.texts(BOB).len(), 10_004);
}
