//! Pins through the simulator: an event is pinned for everybody or for nobody, whoever said so and in whichever order it came.

use kith_base::{EventId, Rng};
use kith_proto::identity::Manifest;
use kith_proto::io::{EventRow, View};
use kith_sim::world::{Faults, Wish, World, says};

const ALICE: usize = 0;
const BOB: usize = 1;
const BOB_2: usize = 2;
const HAPPENINGS: usize = 4_000;

fn is_pinned(world: &World, at: usize, id: EventId) -> bool {
    let vault = &world.nodes[at].vault;
    let row = vault.row_of(&id);
    vault.pinned().any(|pinned| Some(pinned) == row)
}

fn pin(world: &mut World, at: usize, id: EventId, pinned: bool) {
    world.wish(at, Wish::Pin(id, pinned)).unwrap();
}

/// EVT-080: either may pin, and take away what the other pinned; what was said before leaves both vaults.
#[test]
fn what_one_pins_both_see_and_either_takes_it_down() {
    let (mut world, hello) = World::acquainted(8).unwrap();
    for (at, pinned) in [(BOB, true), (ALICE, false), (ALICE, true), (BOB, false)] {
        pin(&mut world, at, hello, pinned);
        world.heal(HAPPENINGS).unwrap();
        assert_eq!([is_pinned(&world, ALICE, hello), is_pinned(&world, BOB, hello)], [pinned; 2]);
    }
    let kept = |at: usize| {
        let vault = &world.nodes[at].vault;
        vault.events().filter(|event| vault.body(event.row).is_some()).count()
    };
    assert_eq!([kept(ALICE), kept(BOB)], [2, 2], "the text and the last word");
    let row = world.nodes[BOB].vault.last_row();
    pin(&mut world, BOB, hello, false);
    assert_eq!(world.nodes[BOB].vault.last_row(), row, "what stands is not said again");
}

/// EVT-080: of two words of one round, which did not know of each other, the same one stands on both sides.
#[test]
fn two_at_once_end_alike_for_both() {
    for seed in 0..6 {
        let (mut world, hello) = World::acquainted(seed).unwrap();
        pin(&mut world, BOB, hello, true);
        world.heal(HAPPENINGS).unwrap();
        world.disconnect(ALICE, BOB).unwrap();
        pin(&mut world, ALICE, hello, false);
        pin(&mut world, BOB, hello, false);
        pin(&mut world, BOB, hello, true);
        world.heal(HAPPENINGS).unwrap();
        assert!(
            is_pinned(&world, ALICE, hello) && is_pinned(&world, BOB, hello),
            "the third round is above the second"
        );
        world.disconnect(ALICE, BOB).unwrap();
        pin(&mut world, ALICE, hello, false);
        pin(&mut world, BOB, hello, false);
        pin(&mut world, ALICE, hello, true);
        pin(&mut world, BOB, hello, true);
        pin(&mut world, ALICE, hello, false);
        world.heal(HAPPENINGS).unwrap();
        assert!(!is_pinned(&world, ALICE, hello) && !is_pinned(&world, BOB, hello));
    }
}

/// EVT-081
#[test]
fn nothing_deleted_or_out_of_sight_is_pinned_or_can_be() {
    let (mut world, hello) = World::acquainted(8).unwrap();
    pin(&mut world, BOB, hello, true);
    world.heal(HAPPENINGS).unwrap();
    let words = |world: &World, at: usize| {
        let vault = &world.nodes[at].vault;
        vault
            .events()
            .filter(|event| vault.pin(EventRow(1)) == Some(event.row) && vault.body(event.row).is_some())
            .count()
    };
    assert_eq!((words(&world, ALICE), words(&world, BOB)), (1, 1));
    world.disconnect(ALICE, BOB).unwrap();
    world.wish(ALICE, Wish::Delete(hello)).unwrap();
    pin(&mut world, BOB, hello, false);
    pin(&mut world, BOB, hello, true);
    world.heal(HAPPENINGS).unwrap();
    assert_eq!((words(&world, ALICE), words(&world, BOB)), (0, 0));
    let row = world.nodes[BOB].vault.last_row();
    pin(&mut world, BOB, hello, false);
    assert_eq!(world.nodes[BOB].vault.last_row(), row);
}

/// EVT-080, MAN-003: a pin that came before its event waits for it; an app that can't show it is sent none.
#[test]
fn a_pin_waits_for_its_event_and_for_every_app() {
    let (mut world, hello) = World::acquainted(8).unwrap();
    world.nodes[BOB].machine.as_mut().unwrap().speak(Manifest { features: 0, ..Manifest::CURRENT });
    world.disconnect(ALICE, BOB).unwrap();
    world.heal(HAPPENINGS).unwrap();
    let row = world.nodes[ALICE].vault.last_row();
    pin(&mut world, ALICE, hello, true);
    assert_eq!(world.nodes[ALICE].vault.last_row(), row);
    world.nodes[BOB].machine.as_mut().unwrap().speak(Manifest::CURRENT);
    world.disconnect(ALICE, BOB).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.join_beside(BOB, "Bob-2").unwrap();
    world.heal(HAPPENINGS).unwrap();
    // Bob-2 hears of the pin from Alice before it hears of the message from Bob.
    for (one, other) in [(BOB, BOB_2), (ALICE, BOB_2), (ALICE, BOB)] {
        world.disconnect(one, other).unwrap();
    }
    world.wish(BOB, says("from Bob")).unwrap();
    let row = world.nodes[BOB].vault.last_row();
    let id = world.id_at(BOB, row).unwrap();
    world.connect(ALICE, BOB).unwrap();
    world.run_for(2_000_000).unwrap();
    pin(&mut world, ALICE, id, true);
    world.disconnect(ALICE, BOB).unwrap();
    world.connect(ALICE, BOB_2).unwrap();
    world.run_for(2_000_000).unwrap();
    assert!(world.nodes[BOB_2].vault.row_of(&id).is_none());
    world.heal(HAPPENINGS).unwrap();
    for at in [ALICE, BOB, BOB_2] {
        assert!(is_pinned(&world, at, id), "at device {at}");
    }
}

/// EVT-080: what [`kith_sim::check`] says of pins holds whatever fails meanwhile.
#[test]
fn pins_end_alike_whatever_fails() {
    for seed in 0..40 {
        let (mut world, hello) = World::acquainted(seed).unwrap();
        let mut rng = Rng::from_number(seed);
        world.faults = Faults { lost: 200, doubled: 100, lost_steps: 40, lost_effects: 40, ..Faults::default() };
        world.faults.delay_us = 500_000;
        for _ in 0..30 {
            let at = usize::try_from(rng.below(2)).unwrap();
            match rng.below(6) {
                0 => world.disconnect(ALICE, BOB).unwrap(),
                1 => drop(world.connect(ALICE, BOB).unwrap()),
                2 => world.crash(at).unwrap(),
                pinned => pin(&mut world, at, hello, pinned % 2 == 0),
            }
            world.run_for(rng.below(2_000_000)).unwrap();
        }
        world.heal(20_000).unwrap();
        assert_eq!(is_pinned(&world, ALICE, hello), is_pinned(&world, BOB, hello), "seed {seed}");
    }
}
