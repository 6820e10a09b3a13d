//! What a doctor is told of a conversation: what is owed and read, at rest and while somebody is away.

use kith_base::limits;
use kith_proto::conversation::Health;
use kith_proto::log::receipt::Refusal;
use kith_sim::journal::Journal;
use kith_sim::model_sealer::Damage;
use kith_sim::sealing;
use kith_sim::world::{Faults, World, says};

const ALICE: usize = 0;
const BOB: usize = 1;
const HAPPENINGS: usize = 600;

fn health(world: &World, at: usize) -> Health {
    let node = world.node(at).unwrap();
    node.machine.as_ref().unwrap().health(&node.vault)
}

#[test]
fn a_conversation_at_rest_owes_nothing_and_reads_everything() {
    let mut world = World::pair(7, sealing::model, Journal::silent()).unwrap();
    world.wish(ALICE, says("hello")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    let health = health(&world, ALICE);
    assert!(health.established && !health.retired);
    assert_eq!((health.devices.len(), health.logs.len()), (1, 1));
    let [bob] = health.devices.as_slice() else { panic!("{health:?}") };
    assert!(bob.in_force && bob.connected && bob.has_leaf && !bob.mine && !bob.parked && !bob.waits_to_enter);
    assert_eq!((bob.owed_sealed, bob.owed_unsealed, bob.through), (0, 0, Some(health.own.next - 1)));
    let [log] = health.logs.as_slice() else { panic!("{health:?}") };
    assert_eq!((log.writer, log.refused.len(), log.forked), (bob.device, 0, false));
    assert!(log.through.is_some());
}

#[test]
fn what_waits_for_a_device_that_is_away_is_counted() {
    let mut world = World::pair(7, sealing::model, Journal::silent()).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.disconnect(ALICE, BOB).unwrap();
    for text in ["one", "two"] {
        world.wish(ALICE, says(text)).unwrap();
    }
    let devices = health(&world, ALICE).devices;
    assert_eq!(devices.iter().map(|bob| (bob.connected, bob.owed_unsealed)).collect::<Vec<_>>(), [(false, 2)]);
}

#[test]
fn a_device_that_was_silent_for_long_is_told_to_be_parked_until_it_is_back() {
    let mut world = World::pair(7, sealing::model, Journal::silent()).unwrap();
    world.join_beside(BOB, "Bob-2").unwrap();
    world.heal(HAPPENINGS).unwrap();
    let tablet = world.nodes[2].id;
    let parked = |world: &World| {
        let devices = health(world, ALICE).devices;
        let tablet = devices.iter().find(|known| known.device == tablet).unwrap();
        (tablet.parked, tablet.has_leaf, tablet.silent >= limits::PARK_REKEYS)
    };
    assert_eq!(parked(&world), (false, true, false));
    for other in [ALICE, BOB] {
        world.disconnect(other, 2).unwrap();
    }
    for day in 0..=limits::PARK_REKEYS + 1 {
        world.run_for(25 * 3600 * 1_000_000).unwrap();
        world.wish(ALICE, says(&format!("day {day}"))).unwrap();
        world.run_for(10_000_000).unwrap();
    }
    assert_eq!(parked(&world), (true, false, true));
    world.heal(4 * HAPPENINGS).unwrap();
    assert_eq!(parked(&world), (false, true, false));
}

/// RCPT-017: what was refused is named, with the reason, in every receipt until the writer is known to have one that names it.
#[test]
fn a_refusal_is_told_until_the_writer_has_heard_it() {
    let mut world = World::pair(7, sealing::model, Journal::silent()).unwrap();
    world.wish(ALICE, says("one")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    let refused = |world: &World| health(world, BOB).logs[0].refused.clone();
    assert!(refused(&world).is_empty());
    world.damage(BOB, Damage::MessageMissed).unwrap();
    world.run_for(30_000_000).unwrap();
    world.connect(ALICE, BOB).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    world.wish(ALICE, says("two")).unwrap();
    // It comes, and Bob's answer is lost.
    world.faults = Faults { lost: 1000, ..world.faults };
    world.run_for(100_000).unwrap();
    let seq = health(&world, BOB).logs[0].through.unwrap();
    assert_eq!(refused(&world), [(seq, Refusal::Undecryptable)]);
    // Later receipts name it, too, and so does one after a restart.
    world.wish(BOB, says("three")).unwrap();
    world.crash(BOB).unwrap();
    world.run_for(30_000_000).unwrap();
    assert_eq!(refused(&world), [(seq, Refusal::Undecryptable)]);
    world.heal(HAPPENINGS).unwrap();
    assert!(refused(&world).is_empty(), "Alice has heard it");
    assert_eq!(world.texts(BOB), ["one", "three", "two"], "and sealed it again");
}
