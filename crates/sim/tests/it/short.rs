//! Short records and receipts: who can't tell what they stand for asks, and hears the whole.

use kith_base::{DeviceId, LogId};
use kith_proto::io::{Delivery, View};
use kith_proto::log::packet::Packet;
use kith_proto::log::receipt::{Reading, Receipt, Statement};
use kith_proto::log::record::{LogHeader, NO_RECORD, Record, RecordKind};
use kith_proto::log::short::{ShortReceipt, ShortRecord};
use kith_sim::journal::Journal;
use kith_sim::sealing;
use kith_sim::world::{Faults, World, says};

const ALICE: usize = 0;
const BOB: usize = 1;
const HAPPENINGS: usize = 2_000;

/// Two who talk on one connection, on which nothing but the first is whole any more.
fn talking() -> World {
    let mut world = World::pair(3, sealing::model, Journal::silent()).unwrap();
    world.wish(ALICE, says("zero")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.connect(ALICE, BOB).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    for text in ["one", "two"] {
        world.wish(ALICE, says(text)).unwrap();
        world.until_quiet(HAPPENINGS).unwrap();
    }
    let kinds = packets(&world);
    let [.., first, _, second, answer] = &kinds[..] else { panic!("{kinds:?}") };
    assert!(matches!(first, Packet::Record(_)), "the first is whole");
    assert!(matches!((second, answer), (Packet::ShortRecord(_), Packet::ShortReceipt(_))));
    world
}

/// What was sent, as it was sent.
fn packets(world: &World) -> Vec<Packet> {
    world.past().iter().map(|(_, _, bytes)| Packet::decode(bytes).unwrap()).collect()
}

fn log_of(world: &World, at: usize) -> LogId {
    LogHeader::first(world.nodes[at].machine.as_ref().unwrap().id(), world.nodes[at].id).id()
}

/// What a device sends when it is handed a packet of another's, as far as it is new.
fn answers(world: &mut World, at: usize, from: usize, packet: &Packet) -> Vec<Packet> {
    let before = world.past().to_vec();
    let from = world.nodes[from].id;
    world.inject(from, at, packet.encode()).unwrap();
    let new = world.past().iter().filter(|sent| sent.0 == at && !before.contains(sent));
    new.map(|(_, _, bytes)| Packet::decode(bytes).unwrap()).collect()
}

fn asks(packets: &[Packet]) -> bool {
    packets.iter().any(|packet| matches!(packet, Packet::Receipt { again: true, .. }))
}

/// LOG-042
#[test]
fn a_reader_that_lacks_the_record_before_asks_and_hears_the_whole() {
    let mut world = talking();
    world.faults = Faults { lost: 1000, ..world.faults };
    world.wish(ALICE, says("lost")).unwrap();
    world.faults = Faults { lost: 0, ..world.faults };
    world.wish(ALICE, says("behind it")).unwrap();
    assert!(matches!(packets(&world).last(), Some(Packet::ShortRecord(_))));
    let before = world.past().to_vec();
    world.until_quiet(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB), ["zero", "one", "two", "lost", "behind it"]);
    let new = world.past().iter().filter(|sent| !before.contains(sent));
    let new: Vec<Packet> = new.map(|(_, _, bytes)| Packet::decode(bytes).unwrap()).collect();
    assert!(asks(&new) && new.iter().any(|packet| matches!(packet, Packet::Record(_))));
}

/// LOG-042: a short record that its writer did not sign, or not for this place, moves nothing, and is asked for whole.
#[test]
fn a_short_record_that_does_not_verify_is_asked_for_and_changes_nothing() {
    let mut world = talking();
    world.check.hostile = true;
    let log = log_of(&world, ALICE);
    let (seq, head) = world.check.head(log).unwrap();
    let kind = RecordKind::Addressed(DeviceId::from_bytes([9; 32]));
    let of_bob = Record::sealed(log, seq + 1, head, kind, b"rubbish".to_vec(), &world.nodes[BOB].key);
    let elsewhere = Record::sealed(log, seq + 1, NO_RECORD, kind, b"rubbish".to_vec(), &world.nodes[ALICE].key);
    let through =
        |world: &World| world.nodes[BOB].machine.as_ref().unwrap().health(&world.nodes[BOB].vault).logs[0].through;
    for record in [of_bob, elsewhere] {
        world.run_for(1_000_000).unwrap();
        let answers = answers(&mut world, BOB, ALICE, &Packet::ShortRecord(ShortRecord::of(&record)));
        assert!(asks(&answers), "{answers:?}");
        assert_eq!(through(&world), Some(seq));
    }
    world.wish(ALICE, says("three")).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB), ["zero", "one", "two", "three"]);
}

/// LOG-042, LOG-025: another record in the place of the newest is told from the same once more, short as it may be.
#[test]
fn a_second_record_for_one_place_is_known_though_it_comes_short() {
    let mut world = talking();
    let (log, alice) = (log_of(&world, ALICE), world.nodes[ALICE].id);
    world.check.hostile = true;
    world.check.was_set_back(alice, world.nodes[ALICE].name);
    let (seq, head) = world.check.head(log).unwrap();
    let newest = Record::decode(&world.nodes[ALICE].vault.record(log, seq).unwrap().bytes).unwrap();
    assert_eq!(newest.hash(), head);
    let forked =
        |world: &World| world.nodes[BOB].machine.as_ref().unwrap().health(&world.nodes[BOB].vault).logs[0].forked;
    let once_more = Packet::ShortRecord(ShortRecord::of(&newest));
    assert!(!asks(&answers(&mut world, BOB, ALICE, &once_more)) && !forked(&world));
    let kind = RecordKind::Addressed(DeviceId::from_bytes([9; 32]));
    let other = Record::sealed(log, seq, newest.header.prev, kind, b"other".to_vec(), &world.nodes[ALICE].key);
    answers(&mut world, BOB, ALICE, &Packet::ShortRecord(ShortRecord::of(&other)));
    assert!(forked(&world));
}

/// LOG-042: a receipt that names a record which this writer has not, or that its device did not sign, ends nothing.
#[test]
fn a_short_receipt_that_does_not_verify_is_asked_for_and_ends_nothing() {
    let mut world = talking();
    world.check.hostile = true;
    world.faults = Faults { lost: 1000, ..world.faults };
    world.wish(ALICE, says("three")).unwrap();
    let (alice, bob, log) = (&world.nodes[ALICE], &world.nodes[BOB], log_of(&world, ALICE));
    let health = alice.machine.as_ref().unwrap().health(&alice.vault);
    let (through, row) = (health.own.next - 1, alice.vault.last_row());
    let counter = health.devices[0].receipt + 1;
    let head = Record::decode(&alice.vault.record(log, through).unwrap().bytes).unwrap().hash();
    let said = |through, head| {
        let reading = Some(Reading { joined: 0, through, head, safe: through, seen: None });
        Statement { log, device: bob.id, counter, reading, refused: Vec::new(), offer: None, heard: 0 }
    };
    let receipts = [
        Receipt::sign(said(through, head), None, &alice.key),
        Receipt::sign(said(through, NO_RECORD), None, &bob.key),
        Receipt::sign(said(through + 7, head), None, &bob.key),
    ];
    world.faults = Faults { lost: 0, ..world.faults };
    for receipt in receipts {
        world.run_for(1_000_000).unwrap();
        let short = Packet::ShortReceipt(ShortReceipt::of(&receipt).unwrap());
        answers(&mut world, ALICE, BOB, &short);
        assert!(world.check.rejected.is_empty(), "{:?}", world.check.rejected);
    }
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.nodes[ALICE].vault.event(row).unwrap().delivery, Delivery::Delivered);
    assert_eq!(world.texts(BOB), ["zero", "one", "two", "three"]);
}
