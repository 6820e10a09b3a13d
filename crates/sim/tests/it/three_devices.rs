//! A person's second device joins: what it reads, and what the others make of it.

use kith_base::codec::Fields;
use kith_proto::io::{Delivery, EventRow, Owed, View, Write, WriteBatch};
use kith_proto::log::record::{LogHeader, Record, RecordKind};
use kith_sim::journal::Journal;
use kith_sim::model_sealer::Damage;
use kith_sim::sealing;
use kith_sim::world::{Faults, Wish, World, says};

const ALICE: usize = 0;
const BOB: usize = 1;
const BOB_2: usize = 2;
const HAPPENINGS: usize = 600;

/// Alice and Bob have talked; then Bob takes a second device.
fn with_a_second_device() -> World {
    let mut world = World::pair(3, sealing::model, Journal::silent()).unwrap();
    world.wish(ALICE, says("before")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.join_beside(BOB, "Bob-2").unwrap(), Some(BOB_2));
    world
}

#[test]
fn three_devices_read_each_other() {
    let mut world = with_a_second_device();
    world.heal(HAPPENINGS).unwrap();
    for (at, text) in [(ALICE, "from Alice"), (BOB, "from Bob"), (BOB_2, "from Bob's second")] {
        world.wish(at, says(text)).unwrap();
        world.heal(HAPPENINGS).unwrap();
    }
    let all = ["before", "from Alice", "from Bob", "from Bob's second"];
    assert_eq!(world.texts(ALICE), all);
    assert_eq!(world.texts(BOB), all);
    assert_eq!(world.texts(BOB_2), all[1..], "what was said before it joined is not sealed to it");
}

/// LOG-033, EVT-011
#[test]
fn what_still_waits_goes_to_the_new_device_too() {
    let mut world = World::pair(3, sealing::model, Journal::silent()).unwrap();
    world.wish(ALICE, says("written before Bob's second device was there")).unwrap();
    world.join_beside(BOB, "Bob-2").unwrap();
    // In order, as on a real connection: the list comes before the receipt that lets Alice seal.
    world.faults = Faults { delay_us: 1, ..Faults::default() };
    world.connect(ALICE, BOB).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB_2).len(), 1);
}

/// LOG-033: seed 322 found a late device with an old wording. Bob refused the record with the text and took those behind it, in which it
/// was edited, pinned, and reacted to.
#[test]
fn what_was_said_of_a_waiting_text_goes_to_the_new_device_with_it() {
    let (mut world, hello) = World::acquainted(3).unwrap();
    world.wish(ALICE, Wish::Edit(hello, "hello again".into())).unwrap();
    world.wish(ALICE, Wish::React(hello, "\u{1f44d}".into())).unwrap();
    world.wish(ALICE, Wish::Pin(hello, true)).unwrap();
    world.heal(HAPPENINGS).unwrap();
    // The turn that would seal it again is the one in which Alice hears of the new device.
    let (device, text) = (world.nodes[BOB].id, world.stored(ALICE, hello).unwrap());
    let refused = Write::Owed(Owed { device, row: text.row, seq: None, alone: true });
    world.nodes[ALICE].vault.apply(&WriteBatch { writes: vec![refused] });
    world.join_beside(BOB, "Bob-2").unwrap();
    world.heal(HAPPENINGS).unwrap();
    let vault = &world.nodes[BOB_2].vault;
    let shown = world.stored(BOB_2, hello).unwrap();
    assert!(shown.edited_by.is_some_and(|edit| vault.body(edit).is_some()));
    assert_eq!((vault.reactions(shown.row).len(), vault.pinned().count()), (1, 1));
}

/// LOG-022, LOG-030
#[test]
fn one_device_of_bob_is_enough_to_say_delivered_and_the_other_is_still_owed() {
    let mut world = with_a_second_device();
    world.heal(HAPPENINGS).unwrap();
    world.crash(BOB_2).unwrap();
    world.wish(ALICE, says("one of you")).unwrap();
    world.run_for(1_000_000).unwrap();
    let row = world.nodes[ALICE].vault.last_row();
    assert_eq!(world.nodes[ALICE].vault.event(row).unwrap().delivery, Delivery::Delivered);
    assert_eq!(world.nodes[ALICE].vault.owed_for(row).len(), 1);
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB_2), ["one of you"]);
}

/// Seed 1728 found it: the writer voided what one device refused, and the other receipted the void.
/// LOG-014, LOG-021, LOG-032, KEYP-011
#[test]
fn what_one_device_could_not_read_still_reaches_the_other() {
    let mut world = with_a_second_device();
    world.heal(HAPPENINGS).unwrap();
    world.disconnect(ALICE, BOB_2).unwrap();
    world.damage(BOB, Damage::MessageMissed).unwrap();
    world.run_for(30_000_000).unwrap();
    world.connect(ALICE, BOB).unwrap();
    world.wish(ALICE, says("for both")).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB).last().unwrap(), "for both", "it was sealed again");
    let keys = keys_of_addressed(&world, ALICE);
    assert!(!keys.is_empty(), "to him alone");
    for log in world.nodes[BOB].vault.logs() {
        assert!(!keys.iter().any(|key| log.state.windows(key.len()).any(|bytes| bytes == key)), "the key is gone");
    }
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB_2), ["for both"]);
}

/// By which offers' one-use keys the records that a device keeps were sealed to one device alone.
fn keys_of_addressed(world: &World, at: usize) -> Vec<Vec<u8>> {
    let node = &world.nodes[at];
    let log = LogHeader::first(node.machine.as_ref().unwrap().id(), node.id).id();
    let records = (0..64).filter_map(|seq| node.vault.record(log, seq));
    let records = records.map(|record| Record::decode(&record.bytes).unwrap());
    let addressed = records.filter(|record| matches!(record.header.kind, RecordKind::Addressed(_)));
    addressed
        .filter_map(|record| Fields::parse(record.body.as_ref()?).ok()?.bytes(1).ok().map(<[u8]>::to_vec))
        .collect()
}

/// KEYP-011, SEAL-031, SEAL-041, VAULT-016, WELC-011
#[test]
fn a_device_whose_groups_are_gone_is_swapped_in_anew() {
    let mut world = with_a_second_device();
    world.heal(HAPPENINGS).unwrap();
    for how in [Damage::GroupLost, Damage::PackageLost] {
        world.damage(BOB, how).unwrap();
        world.wish(ALICE, says("still there?")).unwrap();
        world.heal(HAPPENINGS).unwrap();
        assert_eq!(world.texts(BOB).last().unwrap(), "still there?");
    }
    assert_eq!(world.texts(BOB), ["before", "still there?", "still there?"]);
}

#[test]
fn a_deletion_reaches_the_authors_other_device() {
    let mut world = with_a_second_device();
    world.wish(BOB, says("mine")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    let id = world.id_at(BOB, EventRow(3)).unwrap();
    world.wish(BOB_2, Wish::Delete(id)).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(ALICE), ["before", "-", "-"]);
    assert_eq!(world.texts(BOB), ["before", "-", "-"]);
}
