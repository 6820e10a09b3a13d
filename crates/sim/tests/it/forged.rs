//! What is not the writer's changes nothing: forged by a reader, spoiled on the way, or sent again.

use kith_base::{ConversationId, LogId};
use kith_proto::io::{StoredEvent, View};
use kith_proto::log::packet::Packet;
use kith_proto::log::receipt::{Reading, Receipt, Statement};
use kith_proto::log::record::{LogHeader, Record, RecordKind, position};
use kith_sim::journal::Journal;
use kith_sim::model_sealer::{ModelSealer, forge};
use kith_sim::sealing;
use kith_sim::world::{World, says};

const ALICE: usize = 0;
const BOB: usize = 1;
const BOB_2: usize = 2;
const HAPPENINGS: usize = 600;

fn conversation(world: &World) -> ConversationId {
    world.nodes[ALICE].machine.as_ref().unwrap().id()
}

fn log_of(world: &World, at: usize) -> LogId {
    LogHeader::first(conversation(world), world.nodes[at].id).id()
}

fn events(world: &World, at: usize) -> Vec<StoredEvent> {
    world.nodes[at].vault.events().cloned().collect()
}

/// Three devices that have talked; from here on, packets are not what they seem.
fn hostile() -> World {
    let mut world = World::pair(7, sealing::model, Journal::silent()).unwrap();
    world.join_beside(BOB, "Bob-2").unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.wish(ALICE, says("one")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.check.hostile = true;
    world
}

/// All goes on as if nothing had been: Alice's next message comes, and nobody retired.
fn goes_on(world: &mut World) {
    world.wish(ALICE, says("two")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB), ["one", "two"]);
    assert_eq!(world.texts(BOB_2), ["one", "two"]);
}

/// A record in Alice's log, made by Bob's second device with all that it knows.
fn forged(world: &World, kind: RecordKind, body: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let log = log_of(world, ALICE);
    let (seq, head) = world.check.head(log).unwrap();
    let body = body(&position(log, seq + 1, head));
    let record = Record::sealed(log, seq + 1, head, kind, body, &world.nodes[BOB_2].key);
    Packet::Record(record).encode()
}

/// LOG-005, LOG-012, EVT-013
#[test]
fn a_reader_can_not_place_a_record_in_anothers_log() {
    let mut world = hostile();
    let (from, log) = (world.nodes[BOB_2].id, log_of(&world, ALICE));
    let reader = ModelSealer::load(world.nodes[BOB_2].vault.sealer());
    let key = world.nodes[BOB_2].key.clone();
    let before = world.nodes[BOB].vault.clone();
    for (kind, commit) in [(RecordKind::Application, false), (RecordKind::Commit, true)] {
        let sealed = forged(&world, kind, |place| forge(&reader, log, &key, place, commit).unwrap());
        world.inject(from, BOB, sealed).unwrap();
        let rubbish = forged(&world, kind, |_| b"rubbish".to_vec());
        world.inject(from, BOB, rubbish).unwrap();
    }
    assert_eq!(world.check.rejected.get("LOG-005"), Some(&4));
    assert!(world.nodes[BOB].vault == before);
    goes_on(&mut world);
}

/// RCPT-002
#[test]
fn nobody_can_receipt_in_anothers_name() {
    let mut world = hostile();
    let (log, bob) = (log_of(&world, ALICE), world.nodes[BOB].id);
    let (through, head) = world.check.head(log).unwrap();
    let reading = Some(Reading { joined: 0, through, head, safe: through, seen: None });
    let statement =
        Statement { log, device: bob, counter: 1_000_000, reading, refused: Vec::new(), offer: None, heard: 0 };
    let receipt = Receipt::sign(statement, None, &world.nodes[BOB_2].key);
    let before = world.nodes[ALICE].vault.clone();
    world.inject(bob, ALICE, Packet::Receipt { receipt, again: false }.encode()).unwrap();
    assert_eq!(world.check.rejected.get("RCPT-002"), Some(&1));
    assert!(world.nodes[ALICE].vault == before);
    goes_on(&mut world);
}

#[test]
fn a_spoiled_packet_says_nothing_that_its_writer_did_not() {
    let mut world = hostile();
    world.connect(ALICE, BOB).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    world.wish(ALICE, says("two")).unwrap();
    let (from, to, packet) = world.past().last().unwrap().clone();
    assert_eq!((from, to), (ALICE, BOB));
    let from = world.nodes[ALICE].id;
    for at in 0..packet.len() {
        let mut spoiled = packet.clone();
        spoiled[at] ^= 1 << (at % 8);
        world.inject(from, BOB, spoiled).unwrap();
        world.inject(from, BOB, packet[..at].to_vec()).unwrap();
    }
    // A bit of the frame that nobody reads may turn and the record still be Alice's: then it came, whole.
    let texts = world.texts(BOB);
    assert!(texts == ["one"] || texts == ["one", "two"], "{texts:?}");
    assert!(world.check.rejected.values().sum::<u64>() > packet.len() as u64);
    world.until_quiet(4 * packet.len()).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB), ["one", "two"]);
}

/// EVT-012, RCPT-010, LOG-020
#[test]
fn what_comes_again_says_nothing_new() {
    let mut world = hostile();
    let packets = world.past().to_vec();
    let before: Vec<_> = [ALICE, BOB, BOB_2].map(|at| events(&world, at)).into();
    for (from, to, packet) in packets.iter().rev().chain(&packets) {
        let from = world.nodes[*from].id;
        world.inject(from, *to, packet.clone()).unwrap();
    }
    let after: Vec<_> = [ALICE, BOB, BOB_2].map(|at| events(&world, at)).into();
    assert_eq!(after, before);
    goes_on(&mut world);
}
