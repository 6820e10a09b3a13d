//! Delivery when people change their minds, devices fall silent, and keys are lost.

use kith_base::{LogId, Mono, RecordHash, Wall, limits};
use kith_proto::io::{Delivery, Effect, EventRow, View};
use kith_proto::log::event::Body;
use kith_proto::log::packet::Packet;
use kith_proto::log::receipt::{Reading, Receipt, Statement};
use kith_proto::log::record::{LogHeader, Record};
use kith_sim::journal::Journal;
use kith_sim::model_sealer::Damage;
use kith_sim::sealing;
use kith_sim::world::{Faults, Wish, World, says};

const ALICE: usize = 0;
const BOB: usize = 1;
const HAPPENINGS: usize = 2_000;

fn acquainted() -> World {
    let mut world = World::pair(8, sealing::model, Journal::silent()).unwrap();
    world.wish(ALICE, says("hello")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world
}

/// The text that a device shows for the event of a row, by way of its last edit.
fn shown(world: &World, at: usize, row: u64) -> Option<String> {
    let vault = &world.nodes[at].vault;
    let event = vault.event(EventRow(row))?;
    let body = vault.body(event.edited_by.unwrap_or(event.row))?;
    let edited = event.edited_by.and_then(|edit| vault.event(edit));
    let kind = kith_proto::log::event::Kind { number: edited.map_or(event.kind, |edit| edit.kind), critical: false };
    match Body::decode(kind, &body).unwrap()? {
        Body::Text(said) | Body::Edit(_, said) => Some(said.text),
        _ => None,
    }
}

/// EVT-034: what was edited while it waited never leaves with its first text.
#[test]
fn a_waiting_text_that_is_edited_arrives_as_edited_only() {
    let mut world = acquainted();
    world.disconnect(ALICE, BOB).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    world.wish(ALICE, says("helo")).unwrap();
    let id = world.id_at(ALICE, EventRow(2)).unwrap();
    world.wish(ALICE, Wish::Edit(id, "hello again".into())).unwrap();
    assert!(world.nodes[ALICE].vault.body(EventRow(2)).is_none(), "the first text is gone");
    world.heal(HAPPENINGS).unwrap();
    assert!(world.nodes[BOB].vault.body(EventRow(2)).is_none(), "the first text never came");
    assert_eq!(shown(&world, BOB, 2).unwrap(), "hello again");
    assert_eq!(shown(&world, ALICE, 2).unwrap(), "hello again");
}

/// EVT-033: of several edits the last stands, and a deletion takes them along.
#[test]
fn the_last_edit_stands_until_the_text_is_deleted() {
    let mut world = acquainted();
    let id = world.id_at(ALICE, EventRow(1)).unwrap();
    for text in ["one", "two"] {
        world.wish(ALICE, Wish::Edit(id, text.into())).unwrap();
        world.heal(HAPPENINGS).unwrap();
        assert_eq!(shown(&world, BOB, 1).unwrap(), text);
    }
    world.wish(ALICE, Wish::Delete(id)).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(shown(&world, BOB, 1), None);
    assert_eq!(shown(&world, ALICE, 1), None);
}

/// EVT-031, LOG-015: what was sealed and not receipted is never opened once it is withdrawn, and what was with it comes.
#[test]
fn f8_a_sealed_text_that_nobody_receipted_is_withdrawn_where_it_was_not_opened() {
    let mut world = acquainted();
    // Nothing that Alice seals arrives.
    world.faults = Faults { lost: 1000, ..world.faults };
    for text in ["keep this", "not this", "nor lose this"] {
        world.wish(ALICE, says(text)).unwrap();
    }
    assert_eq!(world.nodes[ALICE].vault.event(EventRow(3)).unwrap().delivery, Delivery::Sent);
    let id = world.id_at(ALICE, EventRow(3)).unwrap();
    world.disconnect(ALICE, BOB).unwrap();
    let (log, newest, _) = heads(&world);
    let bodies = |world: &World| -> Vec<bool> {
        let records = (0..=newest).filter_map(|seq| world.nodes[ALICE].vault.record(log, seq));
        records.map(|record| Record::decode(&record.bytes).unwrap().body.is_some()).collect()
    };
    assert_eq!(bodies(&world).iter().rev().take(2).collect::<Vec<_>>(), [&true, &true]);
    world.wish(ALICE, Wish::Delete(id)).unwrap();
    assert_eq!(bodies(&world).iter().rev().take(2).collect::<Vec<_>>(), [&false, &false], "nothing of it can leave");
    world.faults = Faults { delay_us: 1_000, ..Faults::default() };
    world.connect(ALICE, BOB).unwrap();
    world.run_for(100_000).unwrap();
    assert!(world.texts(BOB).contains(&"nor lose this".to_owned()), "it read past the voids");
    // A void is passed over: it is no record that could not be read.
    let refused = world.said().iter().filter_map(|(from, _, packet)| match packet {
        Packet::Receipt { receipt, .. } if *from == BOB => Some(receipt.statement.refused.clone()),
        _ => None,
    });
    assert_eq!(refused.flatten().collect::<Vec<_>>(), []);
    world.heal(HAPPENINGS).unwrap();
    assert!(
        world.texts(BOB).contains(&"keep this".to_owned()) && world.texts(BOB).contains(&"nor lose this".to_owned())
    );
    assert!(!world.texts(BOB).contains(&"not this".to_owned()));
}

/// LOG-037: a writer whose send group is gone goes on in another log, and nothing is lost or doubled.
#[test]
fn a_lost_send_group_begins_a_successor_log() {
    let mut world = acquainted();
    for round in 0..3 {
        world.wish(ALICE, says(&format!("before {round}"))).unwrap();
        world.damage(ALICE, Damage::OwnGroupLost).unwrap();
        world.run_for(30_000_000).unwrap();
        world.wish(ALICE, says(&format!("after {round}"))).unwrap();
        world.wish(BOB, says(&format!("answer {round}"))).unwrap();
        world.heal(HAPPENINGS).unwrap();
        assert_eq!(world.texts(ALICE).len(), 1 + 3 * (round + 1));
        assert_eq!(world.texts(BOB).len(), 1 + 3 * (round + 1));
    }
}

/// LOG-035: a device that stays silent loses its leaf; when it is heard again it is added anew and gets what waits.
#[test]
fn f12_a_silent_device_is_parked_and_comes_back() {
    let mut world = acquainted();
    world.join_beside(BOB, "Bob-2").unwrap();
    world.heal(HAPPENINGS).unwrap();
    let leaves = |world: &World| {
        let log = LogHeader::first(world.nodes[ALICE].machine.as_ref().unwrap().id(), world.nodes[ALICE].id).id();
        (sealing::model)(world.nodes[ALICE].vault.sealer()).leaves(log)
    };
    let tablet = world.nodes[2].id;
    assert!(leaves(&world).contains(&tablet));
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
        world.disconnect(one, other).unwrap();
    }
    for round in 0..=limits::PARK_REKEYS + 1 {
        // A day passes, and Alice and Bob's phone talk.
        world.run_for(25 * 3600 * 1_000_000).unwrap();
        world.wish(ALICE, says(&format!("day {round}"))).unwrap();
        world.connect(ALICE, BOB).unwrap();
        world.run_for(20_000_000).unwrap();
        world.disconnect(ALICE, BOB).unwrap();
    }
    assert!(!leaves(&world).contains(&tablet), "a tablet in a drawer keeps no leaf");
    let owed = world.nodes[ALICE].vault.owed(tablet, false, usize::MAX);
    assert!(owed.len() < 3, "what the phone has is not kept for the tablet: {owed:?}");
    world.heal(HAPPENINGS).unwrap();
    world.wish(ALICE, says("welcome back")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(2).last().unwrap(), "welcome back");
}

fn heads(world: &World) -> (LogId, u64, RecordHash) {
    let log = LogHeader::first(world.nodes[ALICE].machine.as_ref().unwrap().id(), world.nodes[ALICE].id).id();
    let (seq, head) = world.check.head(log).unwrap();
    (log, seq, head)
}

/// RCPT-014, RCPT-004, RCPT-005: a reader's word alone, of a record that was never written, retires nobody.
#[test]
fn f7_a_reader_can_not_frame_a_writer() {
    let mut world = acquainted();
    world.check.hostile = true;
    let (log, seq, _) = heads(&world);
    let (bob, key) = (world.nodes[BOB].id, world.nodes[BOB].key.clone());
    for (through, counter) in [(seq, 1_000), (seq + 7, 1_001)] {
        let head = RecordHash::from_bytes([7; 32]);
        let reading = Some(Reading { joined: 0, through, head, safe: through, seen: None });
        let statement =
            Statement { log, device: bob, counter, reading, refused: Vec::new(), offer: None, heard: 999_999 };
        let receipt = Receipt::sign(statement, None, &key);
        world.inject(bob, ALICE, Packet::Receipt { receipt, again: false }.encode()).unwrap();
    }
    // A head that Bob signed in Alice's name.
    let forged = Record::sealed(
        log,
        seq + 1,
        RecordHash::from_bytes([7; 32]),
        kith_proto::log::record::RecordKind::Application,
        vec![1],
        &key,
    );
    world.inject(bob, ALICE, Packet::Head(forged.head()).encode()).unwrap();
    assert!(!world.nodes[ALICE].machine.as_ref().unwrap().retired());
    assert_eq!(world.check.rejected.get("RCPT-004"), Some(&2));
    assert_eq!(world.check.rejected.get("RCPT-005"), Some(&1));
}

/// LOG-024: a record that was about to be opened when this device failed is refused the second time, and its events come another way.
#[test]
fn f2_a_record_that_this_device_failed_on_twice_is_refused_and_sealed_again() {
    let mut world = acquainted();
    world.faults = Faults { lost: 1000, ..world.faults };
    world.wish(ALICE, says("hard to swallow")).unwrap();
    let alice = world.nodes[ALICE].id;
    let (log, seq, _) = heads(&world);
    let sent = world.nodes[ALICE].vault.record(log, seq).unwrap();
    let packet = Packet::record_bytes(&sent.bytes);
    // Bob got past a record of that log, so he would note nothing. But he fails, and begins anew from what is stored.
    let node = &mut world.nodes[BOB];
    assert!(!node.machine.as_ref().unwrap().is_to_be_noted(&packet));
    node.reload(1).unwrap();
    assert!(node.machine.as_ref().unwrap().is_to_be_noted(&packet));
    // He fails on it twice: the attempt is committed, the reading is not.
    for handled in [true, false] {
        let mut turn = node.machine.as_mut().unwrap().turn(&node.vault, Mono(1), Wall(1), &mut node.rng);
        assert_eq!(turn.attempt(alice, &packet, limits::NOTED_TRIES_MAX), handled);
        let step = turn.done().unwrap();
        node.vault.apply(&step.batch);
        assert!(!step.effects.iter().any(|effect| matches!(effect, Effect::Appeared(_))));
    }
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB).last().unwrap(), "hard to swallow");
    assert_eq!(world.nodes[ALICE].vault.event(EventRow(2)).unwrap().delivery, Delivery::Delivered);
}
