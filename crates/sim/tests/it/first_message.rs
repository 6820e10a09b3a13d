//! The simplest whole run: Alice and Bob have paired, Alice writes, Bob reads, Alice learns that he has it.
//!
//! Read this first. A `World` holds devices and the network between them; `wish` is what a person does, `connect` gives
//! two devices a connection, `until_quiet` lets everything happen that follows. Everything else in this folder adds faults.

use kith_proto::io::{Delivery, EventRow, View};
use kith_sim::journal::Journal;
use kith_sim::sealing;
use kith_sim::world::{Wish, World, says};

const ALICE: usize = 0;
const BOB: usize = 1;

/// More than ever happens between two devices in these tests.
const HAPPENINGS: usize = 200;

fn delivery(world: &World, at: usize, row: u64) -> Delivery {
    world.nodes[at].vault.event(EventRow(row)).unwrap().delivery
}

/// LOG-030, LOG-031, WELC-010
#[test]
fn a_message_waits_until_the_other_side_is_there_and_is_delivered_once() {
    let mut world = World::pair(1, sealing::model, Journal::silent()).unwrap();

    world.wish(ALICE, says("Hello Bob")).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    assert_eq!(delivery(&world, ALICE, 1), Delivery::Waiting);

    world.connect(ALICE, BOB).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB), ["Hello Bob"]);
    assert_eq!(delivery(&world, ALICE, 1), Delivery::Delivered);

    world.wish(BOB, says("Hello Alice")).unwrap();
    world.wish(BOB, Wish::Shown(EventRow(1))).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    assert_eq!(world.texts(ALICE), ["Hello Bob", "Hello Alice"]);
    assert_eq!(delivery(&world, ALICE, 1), Delivery::Seen);

    world.heal(HAPPENINGS).unwrap();
}

/// EVT-030
#[test]
fn what_is_deleted_while_it_waits_is_never_read() {
    let mut world = World::pair(1, sealing::model, Journal::silent()).unwrap();
    world.wish(ALICE, says("I did not mean this")).unwrap();
    world.wish(ALICE, says("But this")).unwrap();
    let first = world.id_at(ALICE, EventRow(1)).unwrap();
    world.wish(ALICE, Wish::Delete(first)).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB), ["-", "But this"]);
}

/// EVT-031
#[test]
fn what_is_deleted_later_goes_where_it_was_read() {
    let mut world = World::pair(1, sealing::model, Journal::silent()).unwrap();
    world.wish(ALICE, says("Read me")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB), ["Read me"]);
    let first = world.id_at(ALICE, EventRow(1)).unwrap();
    world.wish(ALICE, Wish::Delete(first)).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB), ["-", "-"]);
}
