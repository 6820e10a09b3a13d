//! What a clock of day shows decides nothing.

use kith_proto::io::{Delivery, EventRow, View};
use kith_sim::journal::Journal;
use kith_sim::sealing;
use kith_sim::world::{Wish, World, says};

const ALICE: usize = 0;
const BOB: usize = 1;
const HAPPENINGS: usize = 400;

/// What two people see of each other whose clocks are off by so much, and what they know of their own words.
fn seen(skews_ms: [i64; 2]) -> Vec<(Vec<String>, Vec<Delivery>)> {
    let mut world = World::pair(3, sealing::model, Journal::silent()).unwrap();
    for (node, skew_ms) in world.nodes.iter_mut().zip(skews_ms) {
        node.skew_ms = skew_ms;
    }
    for round in 0..4 {
        world.wish(ALICE, says(&format!("{round} of Alice"))).unwrap();
        world.wish(BOB, says(&format!("{round} of Bob"))).unwrap();
        world.heal(HAPPENINGS).unwrap();
        // The clocks change places, so that each is set both forwards and back.
        let skew_ms = world.nodes[ALICE].skew_ms;
        world.nodes[ALICE].skew_ms = world.nodes[BOB].skew_ms;
        world.nodes[BOB].skew_ms = skew_ms;
    }
    let second = world.id_at(ALICE, EventRow(2)).unwrap();
    world.wish(ALICE, Wish::Delete(second)).unwrap_or_default();
    world.wish(BOB, Wish::Shown(world.nodes[BOB].vault.last_row())).unwrap();
    world.heal(HAPPENINGS).unwrap();
    let delivery = |at: usize| world.nodes[at].vault.events().map(|event| event.delivery).collect();
    [ALICE, BOB].map(|at| (world.texts(at), delivery(at))).into()
}

/// ENC-030
#[test]
fn clocks_that_are_decades_apart_change_no_order_and_no_delivery() {
    let right = seen([0, 0]);
    assert_eq!(right[0].0.len(), 8);
    // 1970, and the year 2100.
    assert_eq!(seen([-1_780_000_000_000, 2_300_000_000_000]), right);
    assert_eq!(seen([86_400_000, -86_400_000]), right);
}
