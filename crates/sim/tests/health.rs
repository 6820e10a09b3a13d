//! What a doctor is told of a conversation: what is owed and read, at rest and while somebody is away.

#![allow(clippy::unwrap_used, reason = "helpers of tests stand outside the functions that clippy knows as tests")]

use kith_proto::conversation::Health;
use kith_proto::log::event::Body;
use kith_sim::journal::Journal;
use kith_sim::sealing;
use kith_sim::world::{Wish, World};

const ALICE: usize = 0;
const BOB: usize = 1;
const HAPPENINGS: usize = 600;

fn says(text: &str) -> Wish {
    Wish::Write(Body::Text(text.into()))
}

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
