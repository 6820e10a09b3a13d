//! Reactions and replies through the simulator: the last word of a person stands, whichever way it came.

use kith_base::EventId;
use kith_proto::identity::Manifest;
use kith_proto::io::{EventRow, View};
use kith_proto::log::event::{Body, Kind, Wording};
use kith_sim::world::{Wish, World, says};

const ALICE: usize = 0;
const BOB: usize = 1;
const BOB_2: usize = 2;
const HAPPENINGS: usize = 2_000;
const UP: &str = "\u{1f44d}";
const HEART: &str = "\u{2764}\u{fe0f}";

/// The emoji that a device shows at an event, by whoever they are.
fn shown(world: &World, at: usize, id: EventId) -> Vec<String> {
    let vault = &world.nodes[at].vault;
    let reactions = vault.reactions(vault.row_of(&id).unwrap());
    let said = |row| match Body::decode(Kind::REACTION, &vault.body(row)?) {
        Ok(Some(Body::Reaction(_, emoji))) => Some(emoji).filter(|emoji| !emoji.is_empty()),
        _ => None,
    };
    reactions.into_iter().filter_map(|(_, row)| said(row)).collect()
}

fn react(world: &mut World, at: usize, id: EventId, emoji: &str) {
    world.wish(at, Wish::React(id, emoji.into())).unwrap();
}

/// EVT-061: what was said before leaves both vaults, also where it never left.
#[test]
fn the_last_reaction_of_a_person_stands_and_an_empty_one_takes_it_back() {
    let (mut world, hello) = World::acquainted(8).unwrap();
    for (emoji, stands) in [(UP, &[UP][..]), (HEART, &[HEART]), ("", &[])] {
        react(&mut world, BOB, hello, emoji);
        world.heal(HAPPENINGS).unwrap();
        assert_eq!(shown(&world, ALICE, hello), stands);
        assert_eq!(shown(&world, BOB, hello), stands);
    }
    world.disconnect(ALICE, BOB).unwrap();
    react(&mut world, BOB, hello, UP);
    let waiting = world.nodes[BOB].vault.last_row();
    react(&mut world, BOB, hello, HEART);
    assert!(world.nodes[BOB].vault.body(waiting).is_none(), "it never leaves");
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(shown(&world, ALICE, hello), [HEART]);
}

#[test]
fn a_reaction_that_stands_already_is_not_written_again() {
    let (mut world, hello) = World::acquainted(8).unwrap();
    react(&mut world, BOB, hello, UP);
    let row = world.nodes[BOB].vault.last_row();
    react(&mut world, BOB, hello, UP);
    assert_eq!(world.nodes[BOB].vault.last_row(), row);
}

/// EVT-062, MAN-003
#[test]
fn no_reaction_is_written_that_is_no_emoji_or_that_an_app_can_not_show() {
    let (mut world, hello) = World::acquainted(8).unwrap();
    let row = world.nodes[BOB].vault.last_row();
    react(&mut world, BOB, hello, "you lost");
    react(&mut world, BOB, hello, "\u{202e}");
    world.nodes[ALICE].machine.as_mut().unwrap().speak(Manifest { features: 0, ..Manifest::CURRENT });
    world.heal(HAPPENINGS).unwrap();
    world.run_for(60_000_000).unwrap();
    world.disconnect(ALICE, BOB).unwrap();
    world.heal(HAPPENINGS).unwrap();
    react(&mut world, BOB, hello, UP);
    assert_eq!(world.nodes[BOB].vault.last_row(), row);
}

/// EVT-063: nothing can be said of what is gone, and what was said goes with it.
#[test]
fn reactions_go_with_the_event_they_stand_at() {
    let (mut world, hello) = World::acquainted(8).unwrap();
    react(&mut world, BOB, hello, UP);
    world.heal(HAPPENINGS).unwrap();
    let (said, came) = (EventRow(2), EventRow(2));
    assert!(world.nodes[ALICE].vault.body(came).is_some());
    // The deletion and a second reaction cross each other.
    world.disconnect(ALICE, BOB).unwrap();
    world.wish(ALICE, Wish::Delete(hello)).unwrap();
    react(&mut world, BOB, hello, HEART);
    world.heal(HAPPENINGS).unwrap();
    for at in [ALICE, BOB] {
        assert_eq!(shown(&world, at, hello), Vec::<String>::new());
    }
    assert!(world.nodes[ALICE].vault.body(came).is_none() && world.nodes[BOB].vault.body(said).is_none());
    let row = world.nodes[BOB].vault.last_row();
    react(&mut world, BOB, hello, UP);
    assert_eq!(world.nodes[BOB].vault.last_row(), row);
}

/// EVT-061: a person's devices speak for the person, and everybody ends with the same word.
#[test]
fn of_two_devices_of_a_person_the_higher_counter_stands_everywhere() {
    let (mut world, hello) = World::acquainted(8).unwrap();
    world.join_beside(BOB, "Bob-2").unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.wish(ALICE, says("again")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    let last = world.nodes[ALICE].vault.last_row();
    let again = world.id_at(ALICE, last).unwrap();
    assert_ne!(hello, again);
    world.disconnect(BOB, BOB_2).unwrap();
    world.disconnect(ALICE, BOB_2).unwrap();
    world.disconnect(ALICE, BOB).unwrap();
    react(&mut world, BOB, again, UP);
    for _ in 0..3 {
        world.wish(BOB_2, says("so that its counter is higher")).unwrap();
    }
    react(&mut world, BOB_2, again, HEART);
    world.heal(HAPPENINGS).unwrap();
    for at in [ALICE, BOB, BOB_2] {
        assert_eq!(shown(&world, at, again), [HEART], "at device {at}");
    }
}

/// EVT-060: what an edit says is an answer still, also where the first wording never left.
#[test]
fn an_edited_answer_stays_an_answer() {
    let (mut world, hello) = World::acquainted(8).unwrap();
    world.disconnect(ALICE, BOB).unwrap();
    world.wish(BOB, Wish::Write(Body::Text(Wording { answers: Some(hello), ..Wording::from("helo") }))).unwrap();
    let row = world.nodes[BOB].vault.last_row();
    let id = world.id_at(BOB, row).unwrap();
    world.wish(BOB, Wish::Edit(id, "hello to you".into())).unwrap();
    world.heal(HAPPENINGS).unwrap();
    let vault = &world.nodes[ALICE].vault;
    let edit = vault.event(vault.row_of(&id).unwrap()).unwrap().edited_by.unwrap();
    let Ok(Some(Body::Edit(_, said))) = Body::decode(Kind::EDIT, &vault.body(edit).unwrap()) else {
        panic!("it came as an edit");
    };
    assert_eq!((said.text.as_str(), said.answers), ("hello to you", Some(hello)));
}
