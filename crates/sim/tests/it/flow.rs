//! How much is on the way, and how long a writer goes on under one key.

use kith_base::limits::{RECORDS_IN_FLIGHT_MAX, REKEY_RECORDS};
use kith_proto::io::{Delivery, View};
use kith_proto::log::event::Body;
use kith_proto::log::packet::Packet;
use kith_proto::log::receipt::{Reading, Receipt, Statement};
use kith_proto::log::record::{LogHeader, Record, RecordKind};
use kith_sim::journal::Journal;
use kith_sim::sealing;
use kith_sim::world::{Faults, Wish, World};
use std::collections::BTreeMap;

const ALICE: usize = 0;
const BOB: usize = 1;
const HAPPENINGS: usize = 4000;

/// The records of Alice's that were sent to Bob, as far as the world remembers them, added to those seen before.
fn note_sent(world: &World, sent: &mut BTreeMap<u64, RecordKind>) {
    let packets = world.said().iter().filter(|(from, to, _)| (*from, *to) == (ALICE, BOB));
    for (_, _, packet) in packets {
        match packet {
            Packet::Record(record) => drop(sent.insert(record.header.seq, record.header.kind)),
            // Whom a commit adds anew hears of it by a Welcome in its place.
            Packet::Welcome(welcome) => drop(sent.insert(welcome.entrance.seq, RecordKind::Commit)),
            _ => {}
        }
    }
}

fn says(number: usize) -> Wish {
    Wish::Write(Body::Text(format!("{number}").into()))
}

/// Two who are connected.
fn connected() -> World {
    let mut world = World::pair(9, sealing::model, Journal::silent()).unwrap();
    world.wish(ALICE, says(0)).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.connect(ALICE, BOB).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    world
}

/// LOG-023
#[test]
fn a_writer_is_a_bounded_way_ahead_of_its_readers_receipt() {
    let mut world = connected();
    let mut sent = BTreeMap::new();
    note_sent(&world, &mut sent);
    let receipted = *sent.keys().last().unwrap();
    // Nothing arrives while Alice writes, each message in a record of its own.
    world.faults = Faults { delay_us: 3_600_000_000, ..Faults::default() };
    for number in 1..=100 {
        world.wish(ALICE, says(number)).unwrap();
        note_sent(&world, &mut sent);
    }
    assert_eq!(*sent.keys().last().unwrap(), receipted + RECORDS_IN_FLIGHT_MAX);
    // What is an hour under way comes, too; then nothing is missing, and all is quiet.
    world.faults = Faults { delay_us: 50_000, ..Faults::default() };
    world.run_for(3_600_000_000).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB).len(), 101);
}

/// LOG-030: a device that says it joined at a record has not read what was sealed in or before it.
#[test]
fn what_was_sealed_before_a_device_says_it_joined_is_owed_to_it() {
    let mut world = connected();
    let bob = world.nodes[BOB].id;
    world.faults = Faults { lost: 1000, ..world.faults };
    world.wish(ALICE, says(1)).unwrap();
    let row = world.nodes[ALICE].vault.last_row();
    let owed = world.nodes[ALICE].vault.owed_for(row);
    let seq = owed.first().and_then(|owed| owed.seq).unwrap();
    let log = LogHeader::first(world.nodes[ALICE].machine.as_ref().unwrap().id(), world.nodes[ALICE].id).id();
    let record = Record::decode(&world.nodes[ALICE].vault.record(log, seq).unwrap().bytes).unwrap();
    let health = world.nodes[ALICE].machine.as_ref().unwrap().health(&world.nodes[ALICE].vault);
    let reading = Some(Reading { joined: seq, through: seq, head: record.hash(), safe: seq, seen: None });
    let counter = health.devices.first().unwrap().receipt + 1;
    let said = Statement { log, device: bob, counter, reading, refused: Vec::new(), offer: None, heard: 0 };
    let receipt = Receipt::sign(said, None, &world.nodes[BOB].key);
    world.inject(bob, ALICE, Packet::Receipt { receipt, again: false }.encode()).unwrap();
    assert!(world.nodes[ALICE].vault.event(row).unwrap().delivery < Delivery::Delivered);
    assert_eq!(world.nodes[ALICE].vault.owed_for(row).len(), 1);
}

/// LOG-034, SEAL-045
#[test]
fn a_writer_takes_a_new_key_after_a_hundred_records() {
    let mut world = connected();
    let mut sent = BTreeMap::new();
    for number in 1..=250 {
        world.wish(ALICE, says(number)).unwrap();
        world.until_quiet(HAPPENINGS).unwrap();
        note_sent(&world, &mut sent);
    }
    let commits = sent.iter().filter(|(seq, kind)| **kind == RecordKind::Commit && **seq > 0).map(|(seq, _)| *seq);
    let commits: Vec<_> = commits.collect();
    assert_eq!(commits.len(), 2, "{commits:?}");
    assert!(commits[0] <= REKEY_RECORDS + 1 && commits[1] - commits[0] <= REKEY_RECORDS + 1, "{commits:?}");
    assert_eq!(world.texts(BOB).len(), 251);
}
