//! Apps of different versions in one conversation: what one can't show, the other does not write.

use kith_proto::identity::{Feature, Manifest, Statement};
use kith_proto::io::{EventRow, View};
use kith_proto::log::event::Body;
use kith_proto::log::packet::Packet;
use kith_sim::journal::Journal;
use kith_sim::sealing;
use kith_sim::world::{Wish, World, says};

const ALICE: usize = 0;
const BOB: usize = 1;
const BOB_2: usize = 2;
const HAPPENINGS: usize = 600;

/// An app without any feature.
const PLAIN: Manifest = Manifest { features: 0, ..Manifest::CURRENT };

fn pair() -> World {
    World::pair(1, sealing::model, Journal::silent()).unwrap()
}

fn can_edit(world: &World, at: usize) -> bool {
    world.nodes[at].machine.as_ref().unwrap().has(Feature::Edit)
}

fn speak(world: &mut World, at: usize, manifest: Manifest) {
    world.nodes[at].machine.as_mut().unwrap().speak(manifest);
}

/// Alice writes and edits; says whether the edit was written.
fn edits(world: &mut World) -> bool {
    world.wish(ALICE, says("colour")).unwrap();
    let row = world.nodes[ALICE].vault.last_row();
    let id = world.id_at(ALICE, row).unwrap();
    world.wish(ALICE, Wish::Write(Body::Edit(id, "color".into()))).unwrap();
    world.nodes[ALICE].vault.last_row() > row
}

/// MAN-003: what the pairing said counts until something newer is stated.
#[test]
fn a_feature_that_the_pairing_named_is_there_from_the_first_moment() {
    let world = pair();
    assert!(can_edit(&world, ALICE) && can_edit(&world, BOB));
}

/// MAN-003: an edit is only written where every app can show it, and again once all can.
#[test]
fn an_edit_is_refused_while_one_app_is_too_old_for_it() {
    let mut world = pair();
    speak(&mut world, BOB, PLAIN);
    world.heal(HAPPENINGS).unwrap();
    assert!(!can_edit(&world, ALICE));
    assert!(!edits(&mut world));
    speak(&mut world, BOB, Manifest::CURRENT);
    world.heal(HAPPENINGS).unwrap();
    assert!(can_edit(&world, ALICE));
    assert!(edits(&mut world));
}

/// MAN-003: a device that stated nothing has no features; one that left holds none back.
#[test]
fn a_new_device_holds_a_feature_back_until_it_speaks_and_after_it_left_no_more() {
    let mut world = pair();
    world.heal(HAPPENINGS).unwrap();
    world.join_beside(BOB, "Bob-2").unwrap();
    speak(&mut world, BOB_2, PLAIN);
    world.heal(HAPPENINGS).unwrap();
    assert!(!can_edit(&world, ALICE) && !can_edit(&world, BOB));
    let second = world.nodes[BOB_2].id;
    world.check.lost.insert(second);
    world.wish(BOB, Wish::Remove(second)).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert!(can_edit(&world, ALICE) && can_edit(&world, BOB));
}

/// MAN-004, MAN-005, MAN-006: versions only rise, older statements say nothing, and nobody states for another.
#[test]
fn a_statement_is_believed_only_if_it_is_newer_signed_and_not_lower() {
    let mut world = pair();
    world.heal(HAPPENINGS).unwrap();
    world.check.hostile = true;
    let (bob, key) = (world.nodes[BOB].id, world.nodes[BOB].key.clone());
    let say = |world: &mut World, counter: u64, manifest: Manifest| {
        let packet = Packet::Manifest(Statement::sign(bob, counter, manifest, &key)).encode();
        world.inject(bob, ALICE, packet).unwrap();
    };
    let later = Manifest { version_max: 3, ..Manifest::CURRENT };
    say(&mut world, 7, later);
    assert!(can_edit(&world, ALICE));
    say(&mut world, 8, Manifest::FIRST);
    assert_eq!(world.check.rejected.get("MAN-004"), Some(&1));
    assert!(can_edit(&world, ALICE), "it is not believed");
    say(&mut world, 6, Manifest { features: 0, ..later });
    assert!(can_edit(&world, ALICE), "it is older");
    let forged = Statement::sign(bob, 9, Manifest { features: 0, ..later }, &world.nodes[ALICE].key);
    world.inject(bob, ALICE, Packet::Manifest(forged).encode()).unwrap();
    assert_eq!(world.check.rejected.get("MAN-006"), Some(&1));
    assert!(can_edit(&world, ALICE));
    say(&mut world, 9, Manifest { features: 0, ..later });
    assert!(!can_edit(&world, ALICE));
}

/// MAN-005: what was stated is kept through a restart.
#[test]
fn what_was_stated_outlives_a_restart() {
    let mut world = pair();
    speak(&mut world, BOB, PLAIN);
    world.heal(HAPPENINGS).unwrap();
    world.crash(ALICE).unwrap();
    world.run_for(30_000_000).unwrap();
    assert!(!can_edit(&world, ALICE));
    assert!(world.nodes[ALICE].vault.event(EventRow(1)).is_none());
}

fn common(world: &World, at: usize) -> Option<[u8; 32]> {
    world.nodes[at].machine.as_ref().unwrap().common_manifest()
}

/// MAN-007: one hash at both sides, another after either app changed, and none while a device said nothing.
#[test]
fn both_sides_hash_what_they_have_in_common_alike() {
    let mut world = pair();
    world.heal(HAPPENINGS).unwrap();
    let first = common(&world, ALICE);
    assert!(first.is_some() && first == common(&world, BOB));
    speak(&mut world, BOB, PLAIN);
    world.heal(HAPPENINGS).unwrap();
    let plain = common(&world, ALICE);
    assert!(plain.is_some() && plain != first && plain == common(&world, BOB));
    let other = World::pair(2, sealing::model, Journal::silent()).unwrap();
    assert_ne!(common(&other, ALICE), first, "each conversation has its own");
    world.join_beside(BOB, "Bob-2").unwrap();
    assert_eq!(common(&world, BOB), None);
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(common(&world, ALICE), plain);
    assert_eq!(common(&world, BOB_2), plain);
}

/// LOG-044: who is writing changes nothing of a conversation, and breaks no rule.
#[test]
fn word_that_somebody_is_writing_is_kept_nowhere() {
    let mut world = pair();
    world.heal(HAPPENINGS).unwrap();
    let (bob, before) = (world.nodes[BOB].id, world.history());
    let said = world.past().len();
    world.inject(bob, ALICE, Packet::Typing.encode()).unwrap();
    world.run_for(60_000_000).unwrap();
    assert_eq!((world.history(), world.past().len()), (before, said));
    assert!(world.check.rejected.is_empty());
}
