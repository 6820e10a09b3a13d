//! What a person takes out of their own sight: gone here, with all that is said of it later, and nobody else hears of it.

use kith_proto::io::View;
use kith_sim::world::{Wish, World, says};

const ALICE: usize = 0;
const BOB: usize = 1;
const HAPPENINGS: usize = 2_000;

/// Whether a device keeps words of any event.
fn keeps_words(world: &World, at: usize) -> bool {
    let vault = &world.nodes[at].vault;
    vault.events().any(|event| vault.body(event.row).is_some())
}

/// EVT-036
#[test]
fn what_is_hidden_leaves_one_vault_and_nobody_hears_of_it() {
    let (mut world, hello) = World::acquainted(9).unwrap();
    let (said, rows) = (world.past().len(), world.nodes[BOB].vault.last_row());
    world.wish(BOB, Wish::Hide(hello)).unwrap();
    assert!(world.stored(BOB, hello).unwrap().hidden && !keeps_words(&world, BOB));
    world.run_for(1_000_000).unwrap();
    assert_eq!(world.past().len(), said);
    world.heal(HAPPENINGS).unwrap();
    world.crash(BOB).unwrap();
    world.run_for(30_000_000).unwrap();
    assert!(world.stored(BOB, hello).unwrap().hidden, "it outlives a restart");
    assert_eq!(world.nodes[BOB].vault.last_row(), rows);
    assert_eq!(world.texts(ALICE), ["hello"]);
}

/// EVT-036: what comes later of an event that is out of sight brings no words back.
#[test]
fn edits_reactions_and_deletions_of_what_is_hidden_bring_nothing_back() {
    let (mut world, hello) = World::acquainted(9).unwrap();
    world.wish(BOB, Wish::React(hello, "\u{1f44d}".into())).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.wish(BOB, Wish::Hide(hello)).unwrap();
    assert!(!keeps_words(&world, BOB), "the reaction goes with it");
    world.wish(ALICE, Wish::Edit(hello, "hello again".into())).unwrap();
    world.wish(ALICE, Wish::React(hello, "\u{2764}\u{fe0f}".into())).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert!(world.stored(BOB, hello).unwrap().hidden && !keeps_words(&world, BOB));
    let rows = world.nodes[BOB].vault.last_row();
    world.wish(BOB, Wish::React(hello, "\u{1f44d}".into())).unwrap();
    assert_eq!(world.nodes[BOB].vault.last_row(), rows, "nothing is said of what is out of sight");
    world.wish(ALICE, Wish::Delete(hello)).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert!(world.stored(BOB, hello).unwrap().hidden);
}

/// EVT-036: what came as a bare place, as its first wording never left, takes no other wording once it is hidden.
#[test]
fn a_hidden_place_of_an_edit_stays_empty_when_it_is_edited_again() {
    let (mut world, _) = World::acquainted(9).unwrap();
    world.disconnect(ALICE, BOB).unwrap();
    world.wish(ALICE, says("helo")).unwrap();
    let row = world.nodes[ALICE].vault.last_row();
    let id = world.id_at(ALICE, row).unwrap();
    world.wish(ALICE, Wish::Edit(id, "hello you".into())).unwrap();
    world.heal(HAPPENINGS).unwrap();
    let words = |world: &World| {
        let vault = &world.nodes[BOB].vault;
        vault.events().filter(|event| vault.body(event.row).is_some()).count()
    };
    let before = words(&world);
    world.wish(BOB, Wish::Hide(id)).unwrap();
    assert_eq!(words(&world), before - 1, "the edit's words go");
    world.wish(ALICE, Wish::Edit(id, "hello both".into())).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert!(world.stored(BOB, id).unwrap().hidden);
    assert_eq!(words(&world), before - 1);
}

/// EVT-036: what is sealed again is sealed from its body, so that stays while it is owed.
#[test]
fn what_is_still_on_its_way_can_not_be_hidden() {
    let (mut world, _) = World::acquainted(9).unwrap();
    world.disconnect(ALICE, BOB).unwrap();
    world.wish(BOB, says("on its way")).unwrap();
    let row = world.nodes[BOB].vault.last_row();
    let id = world.id_at(BOB, row).unwrap();
    world.wish(BOB, Wish::Hide(id)).unwrap();
    assert!(!world.stored(BOB, id).unwrap().hidden);
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(ALICE), ["hello", "on its way"]);
    world.wish(BOB, Wish::Hide(id)).unwrap();
    assert!(world.stored(BOB, id).unwrap().hidden);
    assert_eq!(world.texts(ALICE), ["hello", "on its way"]);
}
