//! Messages that disappear, through the simulator: where somebody has had them, in their time, and nowhere else.

use kith_base::{EventId, Rng};
use kith_proto::conversation::Timers;
use kith_proto::identity::Manifest;
use kith_proto::io::{Delivery, EventRow, View};
use kith_sim::journal::Journal;
use kith_sim::sealing;
use kith_sim::world::{Faults, Wish, World, says};

const ALICE: usize = 0;
const BOB: usize = 1;
const BOB_2: usize = 2;
const HAPPENINGS: usize = 4_000;
const SECOND: u64 = 1_000_000;
/// How long messages stay: longer than a world takes to heal.
const STAY: u64 = 600;

fn pair() -> World {
    let mut world = World::pair(9, sealing::model, Journal::silent()).unwrap();
    world.wish(ALICE, says("for good")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world
}

/// Both agree on ten minutes.
fn agreed() -> World {
    let mut world = pair();
    for at in [ALICE, BOB] {
        world.wish(at, Wish::Timer(STAY)).unwrap();
    }
    world.heal(HAPPENINGS).unwrap();
    assert_eq!((in_force(&world, ALICE), in_force(&world, BOB)), (Some(STAY), Some(STAY)));
    world
}

fn timers(world: &World, at: usize) -> Timers {
    world.nodes[at].machine.as_ref().unwrap().timers()
}

fn in_force(world: &World, at: usize) -> Option<u64> {
    timers(world, at).in_force
}

fn write(world: &mut World, at: usize, text: &str) -> EventId {
    world.wish(at, says(text)).unwrap();
    let row = world.nodes[at].vault.last_row();
    world.id_at(at, row).unwrap()
}

/// Whether a device shows an event with its words.
fn has(world: &World, at: usize, id: EventId) -> bool {
    let vault = &world.nodes[at].vault;
    world.stored(at, id).is_some_and(|event| {
        let newest = event.edited_by.unwrap_or(event.row);
        !event.hidden && vault.body(newest).is_some()
    })
}

fn is_out_of_sight(world: &World, at: usize, id: EventId) -> bool {
    world.stored(at, id).is_some_and(|event| event.hidden)
}

fn show_all(world: &mut World, at: usize) {
    let row = world.nodes[at].vault.last_row();
    world.wish(at, Wish::Shown(row)).unwrap();
}

/// EVT-070: a minute and an hour are an hour, and one who says nothing, or for good, has their way.
#[test]
fn the_longer_time_is_in_force_once_both_have_said_one() {
    let mut world = pair();
    let mut say = |at: usize, seconds: u64| {
        world.wish(at, Wish::Timer(seconds)).unwrap();
        world.heal(HAPPENINGS).unwrap();
        assert_eq!(in_force(&world, ALICE), in_force(&world, BOB));
        in_force(&world, ALICE)
    };
    assert_eq!(say(ALICE, 60), None);
    assert_eq!(say(BOB, 3600), Some(3600));
    assert_eq!(say(ALICE, 7200), Some(7200));
    assert_eq!(say(BOB, 0), None);
    let of_alice = timers(&world, ALICE);
    assert_eq!((of_alice.mine, of_alice.theirs), (Some(7200), None));
    world.crash(ALICE).unwrap();
    world.run_for(60 * SECOND).unwrap();
    assert_eq!(timers(&world, ALICE), of_alice, "it outlives a restart");
}

/// EVT-070, MAN-003
#[test]
fn a_time_that_nobody_can_mean_or_that_an_app_does_not_know_is_not_said() {
    let mut world = pair();
    let row = world.nodes[ALICE].vault.last_row();
    for seconds in [1, 1 << 40, 0] {
        world.wish(ALICE, Wish::Timer(seconds)).unwrap();
    }
    world.nodes[BOB].machine.as_mut().unwrap().speak(Manifest { features: 0, ..Manifest::CURRENT });
    world.disconnect(ALICE, BOB).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.wish(ALICE, Wish::Timer(60)).unwrap();
    assert_eq!(world.nodes[ALICE].vault.last_row(), row);
}

/// EVT-072: here from the sealing, there from the reading; what was written before the agreement stays.
#[test]
fn it_goes_here_from_the_sealing_and_there_from_the_reading() {
    let mut world = agreed();
    let id = write(&mut world, ALICE, "soon gone");
    world.run_for((STAY - 5) * SECOND).unwrap();
    assert!(has(&world, ALICE, id) && has(&world, BOB, id));
    world.run_for(10 * SECOND).unwrap();
    assert!(is_out_of_sight(&world, ALICE, id), "its time after it was sealed");
    assert!(has(&world, BOB, id), "nobody has read it");
    world.run_for(3600 * SECOND).unwrap();
    assert!(has(&world, BOB, id));
    show_all(&mut world, BOB);
    world.run_for((STAY - 5) * SECOND).unwrap();
    assert!(has(&world, BOB, id));
    world.run_for(10 * SECOND).unwrap();
    assert!(is_out_of_sight(&world, BOB, id));
    for at in [ALICE, BOB] {
        assert!(world.nodes[at].vault.expiries().is_empty());
        assert!(world.texts(at).contains(&"for good".into()));
    }
    world.heal(HAPPENINGS).unwrap();
}

/// EVT-072: that it was sealed, or its time is over, takes nothing from whom it has not reached.
#[test]
fn what_nobody_has_stays_until_somebody_has() {
    let mut world = agreed();
    world.disconnect(ALICE, BOB).unwrap();
    let waits = write(&mut world, ALICE, "waits");
    world.run_for(10 * STAY * SECOND).unwrap();
    assert!(has(&world, ALICE, waits), "its time has not begun");
    world.connect(ALICE, BOB).unwrap();
    world.run_for(SECOND).unwrap();
    // It is sealed, and lost on its way.
    world.faults = Faults { lost: 1000, ..Faults::default() };
    let lost = write(&mut world, ALICE, "lost");
    world.run_for(10 * STAY * SECOND).unwrap();
    assert_eq!(world.stored(ALICE, lost).unwrap().delivery, Delivery::Sent);
    assert!(is_out_of_sight(&world, ALICE, waits) && has(&world, ALICE, lost) && !has(&world, BOB, lost));
    world.faults = Faults { delay_us: 1000, ..Faults::default() };
    world.heal(HAPPENINGS).unwrap();
    assert!(has(&world, BOB, lost));
    assert!(is_out_of_sight(&world, ALICE, lost), "its time was over");
}

/// EVT-073: it goes on while a device is off, and a clock that was set back prolongs nothing.
#[test]
fn its_time_goes_on_while_a_device_is_off_and_whatever_its_clock_says() {
    let mut world = agreed();
    let id = write(&mut world, ALICE, "soon gone");
    world.run_for(SECOND).unwrap();
    show_all(&mut world, BOB);
    world.run_for(SECOND).unwrap();
    for at in [ALICE, BOB] {
        world.nodes[at].crash();
    }
    world.run_for(STAY * SECOND).unwrap();
    let now = world.now_us();
    for at in [ALICE, BOB] {
        assert!(has(&world, at, id), "a device that is off does nothing");
        world.nodes[at].restart(now).unwrap();
    }
    world.wish(ALICE, says("awake")).unwrap();
    world.wish(BOB, says("awake")).unwrap();
    assert!(is_out_of_sight(&world, ALICE, id) && is_out_of_sight(&world, BOB, id));
    let id = write(&mut world, ALICE, "soon gone as well");
    world.heal(HAPPENINGS).unwrap();
    let now = world.now_us();
    world.nodes[ALICE].forget_time(now);
    world.run_for(STAY * SECOND).unwrap();
    assert!(is_out_of_sight(&world, ALICE, id));
}

/// EVT-071: what one writes without having heard that the other thinks otherwise meanwhile goes as it was written.
#[test]
fn a_message_keeps_the_time_that_it_was_written_under() {
    let mut world = agreed();
    world.disconnect(ALICE, BOB).unwrap();
    let id = write(&mut world, ALICE, "a minute");
    world.wish(BOB, Wish::Timer(0)).unwrap();
    let stays = write(&mut world, BOB, "for good");
    world.heal(HAPPENINGS).unwrap();
    show_all(&mut world, BOB);
    show_all(&mut world, ALICE);
    world.run_for(2 * STAY * SECOND).unwrap();
    for at in [ALICE, BOB] {
        assert!(is_out_of_sight(&world, at, id) && has(&world, at, stays));
    }
    let later = write(&mut world, ALICE, "for good, too");
    world.heal(HAPPENINGS).unwrap();
    world.run_for(2 * STAY * SECOND).unwrap();
    assert!(has(&world, ALICE, later));
}

/// EVT-071, EVT-072: an edit goes with what it edits, also where the first wording never left; reactions and pins
/// go with it.
#[test]
fn edits_reactions_and_pins_go_along() {
    let mut world = agreed();
    world.disconnect(ALICE, BOB).unwrap();
    let id = write(&mut world, ALICE, "helo");
    world.wish(ALICE, Wish::Edit(id, "hello".into())).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.wish(BOB, Wish::React(id, "\u{1f44d}".into())).unwrap();
    world.wish(BOB, Wish::Pin(id, true)).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert!(has(&world, BOB, id));
    show_all(&mut world, BOB);
    world.run_for(2 * STAY * SECOND).unwrap();
    for at in [ALICE, BOB] {
        assert!(is_out_of_sight(&world, at, id));
        let vault = &world.nodes[at].vault;
        let words = vault.events().filter(|event| event.kind != 7 && vault.body(event.row).is_some());
        assert_eq!(words.count(), 1, "only what was said for good");
    }
    world.heal(HAPPENINGS).unwrap();
}

/// EVT-072: a device that comes for it when its time is over gets its place and no words; one of the writer's own counts from
/// when it came.
#[test]
fn a_device_that_comes_too_late_gets_no_words() {
    let mut world = agreed();
    world.join_beside(BOB, "Bob-2").unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(in_force(&world, BOB_2), Some(STAY), "a device that joins hears what was agreed on");
    world.disconnect(ALICE, BOB_2).unwrap();
    world.disconnect(BOB, BOB_2).unwrap();
    let id = write(&mut world, ALICE, "soon gone");
    let own = write(&mut world, BOB, "of Bob");
    world.run_for(2 * STAY * SECOND).unwrap();
    assert!(is_out_of_sight(&world, ALICE, id) && has(&world, BOB, id) && is_out_of_sight(&world, BOB, own));
    world.heal(HAPPENINGS).unwrap();
    assert!(world.stored(BOB_2, id).is_some() && !has(&world, BOB_2, id));
    let own = write(&mut world, BOB, "of Bob again");
    world.heal(HAPPENINGS).unwrap();
    assert!(has(&world, BOB_2, own));
    world.run_for(2 * STAY * SECOND).unwrap();
    assert!(is_out_of_sight(&world, BOB_2, own));
}

/// EVT-072: whatever fails, both have had every word, and in the end none is left.
#[test]
fn every_word_arrives_and_every_word_goes_whatever_fails() {
    for seed in 0..40 {
        let mut world = agreed();
        let mut rng = Rng::from_number(seed);
        world.faults = Faults { lost: 200, doubled: 100, lost_steps: 40, lost_effects: 40, ..Faults::default() };
        world.faults.delay_us = 500_000;
        for step in 0..40 {
            let at = usize::try_from(rng.below(2)).unwrap();
            match rng.below(8) {
                0 => world.disconnect(ALICE, BOB).unwrap(),
                1 => drop(world.connect(ALICE, BOB).unwrap()),
                2 => world.crash(at).unwrap(),
                3 => show_all(&mut world, at),
                4 => world.run_for(rng.below(STAY * SECOND)).unwrap(),
                5 => {
                    let row = EventRow(world.nodes[at].vault.last_row().0.saturating_sub(rng.below(4)));
                    // What was written before they agreed stays, also in other words.
                    if let Some(id) = world.id_at(at, row).filter(|_| row > EventRow(3)) {
                        world.wish(at, Wish::Edit(id, format!("edited in {step}"))).unwrap();
                    }
                }
                _ => world.wish(at, says(&format!("step {step}"))).unwrap(),
            }
            world.run_for(rng.below(2_000_000)).unwrap();
        }
        // Two devices: nothing leaves before it came, which this asks of each.
        world.heal(20_000).unwrap();
        for at in [ALICE, BOB] {
            show_all(&mut world, at);
        }
        world.run_for(2 * STAY * SECOND).unwrap();
        world.heal(20_000).unwrap();
        for at in [ALICE, BOB] {
            let vault = &world.nodes[at].vault;
            assert!(vault.expiries().is_empty(), "seed {seed}");
            let words = vault.events().filter(|event| event.kind != 7 && vault.body(event.row).is_some());
            assert_eq!(words.count(), 1, "seed {seed}: only what was said for good");
        }
    }
}
