//! Attacks on who somebody is: stolen keys, lists that disagree, devices that nobody admitted, and letters that are late.
//!
//! Alice and Bob are the owners; Mallory is a device made by somebody who copied everything that Bob's phone holds.

use kith_base::DeviceId;
use kith_proto::conversation::Standing;
use kith_proto::identity::list::{ListDraft, Rank};
use kith_proto::log::notice::Notice;
use kith_proto::log::packet::Packet;
use kith_sim::journal::Journal;
use kith_sim::model_sealer::Damage;
use kith_sim::sealing;
use kith_sim::world::{Theft, Wish, World, says};

const ALICE: usize = 0;
const BOB: usize = 1;
const BOB_2: usize = 2;
const HAPPENINGS: usize = 2000;

/// Alice and Bob have talked.
fn acquainted(seed: u64) -> World {
    let mut world = World::pair(seed, sealing::model, Journal::silent()).unwrap();
    world.wish(ALICE, says("one")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.check.hostile = true;
    world
}

/// Bob has a second device as well, and its list stands everywhere.
fn with_a_second_device(seed: u64) -> World {
    let mut world = acquainted(seed);
    world.join_beside(BOB, "Bob-2").unwrap();
    world.heal(HAPPENINGS).unwrap();
    world
}

fn id(world: &World, at: usize) -> DeviceId {
    world.nodes[at].id
}

/// Somebody hands a device the thief's list and the letter of his device, if there is one for it.
fn hear_of(world: &mut World, at: usize, theft: &Theft) {
    let (from, to) = (id(world, if at == ALICE { BOB } else { ALICE }), id(world, at));
    for letter in theft.letters.iter().filter(|letter| letter.to == to) {
        let packet = Packet::Introduction(letter.clone()).encode();
        world.inject(from, at, packet).unwrap();
    }
    world.inject(from, at, Packet::List(theft.list.clone()).encode()).unwrap();
}

/// Bob's devices that Alice seals to.
fn bobs(world: &World) -> Vec<DeviceId> {
    let mut devices = world.nodes[ALICE].machine.as_ref().unwrap().devices_of(world.nodes[BOB].person);
    devices.sort_unstable();
    devices
}

fn frozen_at(world: &World, at: usize) -> bool {
    world.nodes[at].machine.as_ref().unwrap().is_frozen(world.nodes[BOB].person)
}

fn count(world: &World, at: usize, notice: &Notice) -> usize {
    world.notices(at).iter().filter(|known| *known == notice).count()
}

/// F4a. ID-035, ID-039: no version outbids the words.
#[test]
fn f4_a_thief_who_signs_the_highest_version_is_outbid_by_the_words() {
    let mut world = acquainted(1);
    let person = world.nodes[BOB].person;
    let theft = world.steal(BOB, "Mallory", |draft| draft.rank.version = u64::MAX).unwrap();
    hear_of(&mut world, ALICE, &theft);
    world.heal(HAPPENINGS).unwrap();
    world.wish(ALICE, says("two")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(theft.at), ["two"], "with the pairwise key a thief is believed");
    let mallory = id(&world, theft.at);
    let joined = |notice: &Notice| matches!(notice, Notice::DeviceJoined { device, .. } if *device == mallory);
    for at in [ALICE, BOB] {
        assert!(world.notices(at).iter().any(joined), "and both see his device");
    }

    world.recover(BOB, &[]).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.wish(ALICE, says("three")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.wish(BOB, says("four")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB), ["one", "two", "three", "four"]);
    assert_eq!(world.texts(theft.at), ["two"]);
    assert_eq!(count(&world, ALICE, &Notice::Recovered { person }), 1);
    assert_eq!(count(&world, ALICE, &Notice::DeviceLeft { person, device: mallory }), 1);

    // The key that he copied signs nothing that is believed.
    world.inject(id(&world, BOB), ALICE, Packet::List(theft.list).encode()).unwrap();
    assert_eq!(bobs(&world), [id(&world, BOB)]);
}

/// F4b. Who has no words recovers nothing.
#[test]
fn f4_a_recovery_by_another_key_is_not_believed() {
    let mut world = acquainted(1);
    let before = world.nodes[BOB].vault.clone();
    let alices = world.nodes[ALICE].key.clone();
    world.wish(BOB, Wish::Recover(Box::new(alices), Vec::new())).unwrap();
    assert!(world.nodes[BOB].vault == before);
    world.crash(BOB).unwrap();
    world.heal(HAPPENINGS).unwrap();
}

/// F4d. ID-036: in whatever order two lists of one rank come, devices of both go on, and nobody is added.
#[test]
fn f4_two_lists_at_one_rank_freeze_additions_and_messages_go_on() {
    for (seed, thief_first) in [(1, true), (2, false)] {
        let mut world = acquainted(seed);
        let person = world.nodes[BOB].person;
        let theft = world.steal(BOB, "Mallory", |_| {}).unwrap();
        if thief_first {
            hear_of(&mut world, ALICE, &theft);
        }
        world.join_beside(BOB, "Bob-2").unwrap();
        let second = world.nodes.len() - 1;
        world.check.lost.insert(id(&world, second));
        world.heal(HAPPENINGS).unwrap();
        hear_of(&mut world, ALICE, &theft);
        world.heal(HAPPENINGS).unwrap();

        assert!(frozen_at(&world, ALICE));
        assert_eq!(bobs(&world), [id(&world, BOB)]);
        assert_eq!(count(&world, ALICE, &Notice::ListsForked { person }), 1);
        let (read, stolen) = (world.texts(second), world.texts(theft.at));
        world.wish(ALICE, says("two")).unwrap();
        world.heal(HAPPENINGS).unwrap();
        world.wish(BOB, says("three")).unwrap();
        world.heal(HAPPENINGS).unwrap();
        assert_eq!(world.texts(BOB), ["one", "two", "three"]);
        assert_eq!(world.texts(ALICE), ["one", "two", "three"]);
        assert_eq!(world.texts(theft.at), stolen, "seed {seed}");
        assert_eq!(world.texts(second).iter().filter(|text| *text == "two").count(), 0, "{read:?}");
    }
}

/// F4d. ID-036: whoever holds both lists tells both, so the owner learns that somebody signs in his name.
#[test]
fn f4_the_owner_learns_that_somebody_else_signs_in_his_name() {
    let mut world = with_a_second_device(1);
    let person = world.nodes[BOB].person;
    let theft = world.steal(BOB, "Mallory", |_| {}).unwrap();
    world.check.lost.insert(id(&world, theft.at));
    // Bob goes on by himself to the rank that the thief used.
    let second = id(&world, BOB_2);
    world.check.lost.insert(second);
    world.wish(BOB, Wish::Remove(second)).unwrap();
    hear_of(&mut world, ALICE, &theft);
    world.heal(HAPPENINGS).unwrap();
    for at in [ALICE, BOB] {
        assert!(frozen_at(&world, at), "device {at}");
        assert_eq!(count(&world, at, &Notice::ListsForked { person }), 1, "device {at}");
    }
    assert_eq!(bobs(&world), [id(&world, BOB)], "whom one list removed is not sealed to");
}

/// F4d. ID-036: a list of a rank that was passed long ago is found out as well.
#[test]
fn f4_another_list_of_a_rank_that_was_passed_is_found_out() {
    let mut world = acquainted(1);
    let theft = world.steal(BOB, "Mallory", |_| {}).unwrap();
    for name in ["Bob-2", "Bob-3"] {
        world.join_beside(BOB, name).unwrap();
        world.heal(HAPPENINGS).unwrap();
    }
    assert_eq!(bobs(&world).len(), 3);
    hear_of(&mut world, BOB, &theft);
    assert!(frozen_at(&world, BOB), "the owner knows what he signed");
    let standing = |at: usize| world.nodes[at].machine.as_ref().unwrap().standing();
    assert_eq!(standing(BOB), Standing::InForce);
}

/// ID-043: while two lists are known, a further one only takes devices away, whoever signed it.
#[test]
fn f4_a_frozen_list_grows_by_nothing_and_shrinks_by_any_list() {
    let mut world = with_a_second_device(1);
    let both = bobs(&world);
    let theft = world.steal(BOB, "Mallory", |_| {}).unwrap();
    let rival = world.steal(BOB, "Mallory's other", |_| {}).unwrap();
    hear_of(&mut world, ALICE, &theft);
    hear_of(&mut world, ALICE, &rival);
    assert!(frozen_at(&world, ALICE));
    assert_eq!(bobs(&world), both);
    let higher = |draft: &mut ListDraft| draft.rank.version += 100;
    let more = world.steal(BOB, "Mallory's third", higher).unwrap();
    hear_of(&mut world, ALICE, &more);
    assert_eq!(bobs(&world), both, "nothing is added");
    let keep = id(&world, BOB);
    let fewer = world.steal(BOB, "Mallory's fourth", |draft| draft.devices.retain(|device| device.id() == keep));
    assert!(fewer.is_err(), "a device that lists itself not can't begin");
}

/// ID-036, ID-039: nobody is forgotten in a freeze. What was written meanwhile waits for whoever the recovery keeps.
#[test]
fn f4_a_recovery_brings_back_whom_the_freeze_suspended_with_all_that_waited() {
    let mut world = with_a_second_device(1);
    let (first, second) = (id(&world, BOB), id(&world, BOB_2));
    // The thief's list names Bob's phone alone beside his own; its rival stands at Alice.
    let theft = world.steal(BOB, "Mallory", |draft| draft.devices.retain(|device| device.id() != second)).unwrap();
    world.check.lost.insert(second);
    world.join_beside(BOB, "Bob-3").unwrap();
    let third = world.nodes.len() - 1;
    world.check.lost.insert(id(&world, third));
    world.heal(HAPPENINGS).unwrap();
    hear_of(&mut world, ALICE, &theft);
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(bobs(&world), [first]);
    world.wish(ALICE, says("meanwhile")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert!(!world.texts(BOB_2).contains(&"meanwhile".into()));

    world.recover(BOB, &[second]).unwrap();
    world.check.lost.remove(&second);
    world.heal(HAPPENINGS).unwrap();
    assert!(!frozen_at(&world, ALICE));
    world.wish(ALICE, says("afterwards")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    let texts = world.texts(BOB_2);
    assert!(texts.contains(&"meanwhile".into()) && texts.contains(&"afterwards".into()), "{texts:?}");
    assert!(!world.texts(theft.at).contains(&"meanwhile".into()));
    assert!(!world.texts(theft.at).contains(&"afterwards".into()));
}

/// F10: what waits goes to a new device of the same pairwise key by itself, and a line says how much.
#[test]
fn f10_what_waits_goes_to_a_new_device_with_a_line_that_says_how_much() {
    let mut world = acquainted(1);
    let person = world.nodes[BOB].person;
    world.disconnect(ALICE, BOB).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    world.wish(ALICE, says("two")).unwrap();
    world.wish(ALICE, says("three")).unwrap();
    let theft = world.steal(BOB, "Mallory", |_| {}).unwrap();
    hear_of(&mut world, ALICE, &theft);
    let device = id(&world, theft.at);
    assert_eq!(count(&world, ALICE, &Notice::DeviceJoined { person, device, waiting: 2 }), 1);
}

/// F10: a device that no key of Bob's vouches for is told nothing.
#[test]
fn f10_a_device_of_another_identity_gets_nothing_that_waits() {
    let mut world = acquainted(1);
    world.wish(ALICE, says("two")).unwrap();
    let mut other = World::pair(77, sealing::model, Journal::silent()).unwrap();
    let theft = other.steal(BOB, "Mallory", |_| {}).unwrap();
    let before = world.nodes[ALICE].vault.clone();
    hear_of(&mut world, ALICE, &theft);
    assert!(world.nodes[ALICE].vault == before);
    assert_eq!(world.check.rejected.get("ID-031"), Some(&1));
}

/// F10. ID-043: while lists are frozen, what was sealed once is not sealed to other keys of that person.
#[test]
fn f10_while_lists_are_frozen_nothing_is_sealed_again() {
    let mut world = with_a_second_device(1);
    let theft = world.steal(BOB, "Mallory", |_| {}).unwrap();
    let rival = world.steal(BOB, "Mallory's other", |_| {}).unwrap();
    world.connect(ALICE, BOB).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    world.damage(BOB, Damage::GroupLost).unwrap();
    world.run_for(30_000_000).unwrap();
    hear_of(&mut world, ALICE, &theft);
    hear_of(&mut world, ALICE, &rival);
    world.connect(ALICE, BOB).unwrap();
    world.wish(ALICE, says("two")).unwrap();
    world.run_for(60_000_000).unwrap();
    assert!(frozen_at(&world, ALICE));
    assert_eq!(world.texts(BOB), ["one"], "it could not read the message, and it does not come again");
    world.disconnect(ALICE, BOB).unwrap();

    world.recover(BOB, &[id(&world, BOB_2)]).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB), ["one", "two"], "but waits");
}

/// F18. INTR-012: a letter is carried by whoever meets both, so two devices talk that no sibling ever brought together.
#[test]
fn f18_a_letter_reaches_a_device_that_no_sibling_of_its_writer_ever_meets() {
    let mut world = with_a_second_device(1);
    world.check.hostile = false;
    for (a, b) in [(ALICE, BOB), (ALICE, BOB_2), (BOB, BOB_2)] {
        world.disconnect(a, b).unwrap();
    }
    world.until_quiet(HAPPENINGS).unwrap();
    assert_eq!(world.join_beside(ALICE, "Alice-2").unwrap(), Some(3));
    let meet = |world: &mut World, a: usize, b: usize| {
        let met = world.connect(a, b).unwrap();
        world.until_quiet(HAPPENINGS).unwrap();
        world.disconnect(a, b).unwrap();
        world.until_quiet(HAPPENINGS).unwrap();
        met
    };
    // Alice's phone meets Bob's phone only, and is never seen again; Bob's phone meets his second device.
    assert!(meet(&mut world, ALICE, BOB));
    assert!(!meet(&mut world, 3, BOB_2), "they share nothing yet");
    assert!(meet(&mut world, BOB, BOB_2));
    assert!(meet(&mut world, 3, BOB_2));
    world.wish(3, says("from Alice's second")).unwrap();
    world.connect(3, BOB_2).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB_2).last().unwrap(), "from Alice's second");
}

/// INTR-003: nobody but the device itself writes its letters, and a forged one is carried no further.
#[test]
fn f18_a_letter_that_its_device_did_not_sign_is_refused_by_who_would_carry_it() {
    let mut world = acquainted(1);
    assert_eq!(world.join_beside(BOB, "Bob-2").unwrap(), Some(BOB_2));
    for (a, b) in [(BOB, BOB_2), (ALICE, BOB)] {
        world.connect(a, b).unwrap();
    }
    world.run_for(300_000).unwrap();
    let (alice, second) = (id(&world, ALICE), id(&world, BOB_2));
    let letters = world.past().iter().filter_map(|(_, _, bytes)| match Packet::decode(bytes) {
        Ok(Packet::Introduction(letter)) if (letter.from, letter.to) == (second, alice) => Some(bytes.clone()),
        _ => None,
    });
    let mut forged = letters.collect::<Vec<_>>().pop().unwrap();
    *forged.last_mut().unwrap() ^= 1;
    world.check.hostile = true;
    world.inject(second, BOB, forged).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    assert_eq!(world.check.rejected.get("INTR-003"), Some(&1));
}

/// F18: a Welcome that meets lost private keys is answered by fresh ones, and nothing waits for it.
#[test]
fn f18_a_welcome_that_meets_lost_keys_is_not_waited_for() {
    let mut world = acquainted(1);
    world.check.hostile = false;
    world.join_beside(BOB, "Bob-2").unwrap();
    world.damage(BOB_2, Damage::PackageLost).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.wish(ALICE, says("two")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB_2), ["two"]);
}

/// ID-035: ranks are ordered by recovery count first.
#[test]
fn f4_ranks_are_ordered_by_the_recovery_count_first() {
    assert!(Rank { recovery_count: 1, version: 1 } > Rank { recovery_count: 0, version: u64::MAX });
}
