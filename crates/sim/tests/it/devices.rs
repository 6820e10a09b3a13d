//! Devices that come and go: letters that anybody carries, lists that end a device's time.

use kith_proto::conversation::Standing;
use kith_proto::io::{EventRow, View};
use kith_proto::log::notice::Notice;
use kith_proto::log::packet::Packet;
use kith_sim::journal::Journal;
use kith_sim::sealing;
use kith_sim::world::{Wish, World, says};

const ALICE: usize = 0;
const BOB: usize = 1;
const THIRD: usize = 2;
const FOURTH: usize = 3;
const HAPPENINGS: usize = 2000;

fn standing(world: &World, at: usize) -> Standing {
    world.nodes[at].machine.as_ref().unwrap().standing()
}

fn pair(seed: u64) -> World {
    World::pair(seed, sealing::model, Journal::silent()).unwrap()
}

/// Bob has a second device, and all three have talked.
fn three(seed: u64) -> World {
    let mut world = pair(seed);
    world.join_beside(BOB, "Bob-2").unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.wish(ALICE, says("one")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world
}

fn letters(world: &World) -> usize {
    world.nodes.iter().flat_map(|node| &node.machine).map(|machine| machine.letters()).sum()
}

/// INTR-011: neither new device was known to the other when it wrote its letters.
#[test]
fn two_people_who_add_a_device_at_once_have_all_four_talk() {
    for seed in 0..10 {
        let mut world = pair(seed);
        world.join_beside(ALICE, "Alice-2").unwrap();
        world.join_beside(BOB, "Bob-2").unwrap();
        world.heal(HAPPENINGS).unwrap();
        assert!(world.connect(THIRD, FOURTH).unwrap(), "seed {seed}");
        world.wish(THIRD, says("from Alice's second")).unwrap();
        world.wish(FOURTH, says("from Bob's second")).unwrap();
        world.heal(HAPPENINGS).unwrap();
        for at in [ALICE, BOB, THIRD, FOURTH] {
            assert_eq!(world.texts(at).len(), 2, "seed {seed}, device {at}");
        }
    }
}

/// INTR-012: what was taken is carried by nobody.
#[test]
fn letters_are_forgotten_by_all_who_carried_them() {
    let mut world = pair(1);
    world.join_beside(ALICE, "Alice-2").unwrap();
    world.join_beside(BOB, "Bob-2").unwrap();
    assert!(letters(&world) > 0);
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(letters(&world), 0);
}

/// INTR-012: a device that left while its letter was on the way is written to by nobody.
#[test]
fn letters_of_a_device_that_left_are_forgotten() {
    let mut world = pair(1);
    world.join_beside(BOB, "Bob-2").unwrap();
    let second = world.nodes[THIRD].id;
    world.check.lost.insert(second);
    world.wish(BOB, Wish::Remove(second)).unwrap();
    assert_eq!(world.nodes[BOB].machine.as_ref().unwrap().letters(), 0);
}

/// INTR-013, INTR-014: in whatever order the list and the letter come.
#[test]
fn a_letter_that_overtakes_its_list_is_taken_when_the_list_comes() {
    let mut world = pair(1);
    let join = world.join_beside(BOB, "Bob-2").unwrap();
    assert_eq!(join, Some(THIRD));
    world.connect(ALICE, BOB).unwrap();
    world.run_for(10_000).unwrap();
    let sent: Vec<_> =
        world.past().iter().filter(|(_, to, _)| *to == ALICE).map(|(_, _, bytes)| bytes.clone()).collect();
    let kind = |bytes: &Vec<u8>| match Packet::decode(bytes) {
        Ok(Packet::Introduction(_)) => 1,
        Ok(Packet::List(_)) => 2,
        _ => 3,
    };
    let (letter, list) = (sent.iter().find(|p| kind(p) == 1).unwrap(), sent.iter().find(|p| kind(p) == 2).unwrap());
    world.disconnect(ALICE, BOB).unwrap();
    let bob = world.nodes[BOB].id;
    world.inject(bob, ALICE, letter.clone()).unwrap();
    assert!(world.nodes[ALICE].pair_secret(world.nodes[THIRD].id).is_none());
    world.inject(bob, ALICE, list.clone()).unwrap();
    assert!(world.nodes[ALICE].pair_secret(world.nodes[THIRD].id).is_some());
    world.heal(HAPPENINGS).unwrap();
}

/// ID-038: nothing is sealed to a device that was removed, and nothing is owed to it.
#[test]
fn a_removed_device_reads_nothing_written_later_and_is_owed_nothing() {
    let mut world = three(3);
    let second = world.nodes[THIRD].id;
    world.disconnect(ALICE, THIRD).unwrap();
    world.disconnect(BOB, THIRD).unwrap();
    world.wish(ALICE, says("on its way")).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    assert_eq!(world.nodes[ALICE].vault.owed_for(EventRow(world.nodes[ALICE].vault.last_row().0)).len(), 1);

    world.check.lost.insert(second);
    world.wish(BOB, Wish::Remove(second)).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.wish(ALICE, says("two")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB), ["one", "on its way", "two"]);
    assert_eq!(world.texts(THIRD), ["one"]);
    assert!(world.nodes[ALICE].vault.owed(second, true, 1).is_empty());
    assert!(world.nodes[ALICE].vault.owed(second, false, 1).is_empty());
    assert!(world.nodes[ALICE].pair_secret(second).is_none(), "its secret is retired");
    let person = world.nodes[BOB].person;
    assert!(world.notices(ALICE).contains(&Notice::DeviceLeft { person, device: second }));
}

/// ID-038: a device that learns that it is off the list says so, and writes no more.
#[test]
fn a_device_that_finds_itself_off_the_list_stops() {
    let mut world = three(3);
    let second = world.nodes[THIRD].id;
    world.check.lost.insert(second);
    world.connect(BOB, THIRD).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    world.wish(BOB, Wish::Remove(second)).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    assert_eq!(standing(&world, THIRD), Standing::Removed);
    assert_eq!(standing(&world, BOB), Standing::InForce);
    let before = world.nodes[THIRD].vault.last_row();
    world.wish(THIRD, says("let me in")).unwrap();
    assert_eq!(world.nodes[THIRD].vault.last_row(), before, "it is refused");
    world.crash(THIRD).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(standing(&world, THIRD), Standing::Removed);
}

/// ID-038: up to its cut a removed device's log is read on, and no further.
#[test]
fn a_removed_devices_log_ends_at_its_cut() {
    let mut world = three(3);
    let second = world.nodes[THIRD].id;
    world.disconnect(ALICE, THIRD).unwrap();
    world.wish(THIRD, says("before the cut")).unwrap();
    world.connect(BOB, THIRD).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    world.check.lost.insert(second);
    world.disconnect(BOB, THIRD).unwrap();
    world.wish(BOB, Wish::Remove(second)).unwrap();
    world.wish(THIRD, says("behind the cut")).unwrap();
    // The list reaches Alice before the records do, which somebody carries to her.
    world.connect(ALICE, BOB).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    world.check.hostile = true;
    let conversation = world.nodes[ALICE].machine.as_ref().unwrap().id();
    let log = kith_proto::log::record::LogHeader::first(conversation, second).id();
    let bob = world.nodes[BOB].id;
    let carry = |world: &mut World| {
        for seq in 0..8 {
            if let Some(record) = world.nodes[THIRD].vault.record(log, seq) {
                world.inject(bob, ALICE, Packet::record_bytes(&record.bytes)).unwrap();
            }
        }
    };
    carry(&mut world);
    assert_eq!(world.texts(ALICE), ["one", "before the cut"]);
    let after = world.check.rejected.clone();
    carry(&mut world);
    assert_ne!(world.check.rejected, after, "what is behind the cut is refused: {after:?}");
    assert!(world.nodes[ALICE].vault.logs().iter().all(|known| known.log != log), "its log is forgotten");
    world.heal(HAPPENINGS).unwrap();
}

/// ID-039: what was owed to a person's last device is owed to the one that takes its place.
#[test]
fn what_waited_for_a_lost_phone_reaches_the_device_that_is_kept() {
    let mut world = three(3);
    let (first, second) = (world.nodes[BOB].id, world.nodes[THIRD].id);
    world.check.lost.insert(first);
    world.crash(BOB).unwrap();
    world.wish(ALICE, says("are you there?")).unwrap();
    world.recover(THIRD, &[]).unwrap();
    world.connect(ALICE, THIRD).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    assert_eq!(world.texts(THIRD), ["one", "are you there?"]);
    let alice = world.nodes[ALICE].machine.as_ref().unwrap();
    assert_eq!(alice.devices_of(world.nodes[BOB].person), [second]);
}
