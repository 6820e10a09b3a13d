//! A disk that goes back in time: the device finds out from whomever it meets, and says nothing more.

use kith_proto::io::{Delivery, View};
use kith_sim::journal::Journal;
use kith_sim::sealing;
use kith_sim::world::{World, says};

const ALICE: usize = 0;
const BOB: usize = 1;
const HAPPENINGS: usize = 400;

fn retired(world: &World, at: usize) -> bool {
    world.nodes[at].machine.as_ref().unwrap().retired()
}

/// Two devices that have talked.
fn acquainted() -> World {
    let mut world = World::pair(5, sealing::model, Journal::silent()).unwrap();
    world.wish(ALICE, says("one")).unwrap();
    world.wish(BOB, says("two")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world
}

/// Lets two devices meet, and ends the connection, as the agent does when one of them has retired.
fn meet(world: &mut World) {
    world.connect(ALICE, BOB).unwrap();
    world.run_for(20_000_000).unwrap();
    world.disconnect(ALICE, BOB).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
}

/// RCPT-014, RCPT-015
#[test]
fn a_writer_that_was_set_back_retires_before_it_uses_a_place_again() {
    let mut world = acquainted();
    let backup = world.nodes[ALICE].vault.clone();
    world.wish(ALICE, says("three")).unwrap();
    meet(&mut world);

    world.set_back(ALICE, backup).unwrap();
    world.wish(ALICE, says("written in the past")).unwrap();
    let row = world.nodes[ALICE].vault.last_row();
    // The checkers break the run if a second record leaves for a place that was used.
    meet(&mut world);
    assert!(retired(&world, ALICE));
    assert_eq!(world.nodes[ALICE].vault.event(row).unwrap().delivery, Delivery::Waiting, "what it wrote is kept");
    assert_eq!(world.texts(BOB), ["two", "one", "three"]);
}

/// RCPT-014
#[test]
fn a_reader_that_was_set_back_retires_though_it_wrote_nothing() {
    let mut world = acquainted();
    let backup = world.nodes[BOB].vault.clone();
    world.wish(ALICE, says("three")).unwrap();
    meet(&mut world);

    world.set_back(BOB, backup).unwrap();
    meet(&mut world);
    assert!(retired(&world, BOB));
    assert!(!retired(&world, ALICE));
}

/// RCPT-011, RCPT-014
#[test]
fn a_device_that_only_crashed_does_not_retire() {
    let mut world = acquainted();
    world.wish(ALICE, says("three")).unwrap();
    world.crash(ALICE).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert!(!retired(&world, ALICE));
    assert_eq!(world.texts(BOB).len(), 3);
}

#[test]
fn a_retired_device_stays_retired_after_a_restart() {
    let mut world = acquainted();
    let backup = world.nodes[ALICE].vault.clone();
    world.wish(ALICE, says("three")).unwrap();
    meet(&mut world);
    world.set_back(ALICE, backup).unwrap();
    meet(&mut world);
    world.crash(ALICE).unwrap();
    world.run_for(30_000_000).unwrap();
    assert!(retired(&world, ALICE));
}
