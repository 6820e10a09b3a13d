//! Peers that equivocate, flood, beg, or offer what MLS refuses: it costs the others little, and nobody else anything.
//!
//! Alice and Bob have talked, and Bob has a second device. What is injected comes over a connection that was greeted, so
//! it is what a contact with a changed program could send.

use kith_base::{ConversationId, DeviceId, LogId, Rng, Secret, limits};
use kith_proto::conversation::{DeviceHealth, Health};
use kith_proto::crypto::KemSecret;
use kith_proto::identity::manifest::Statement as Spoken;
use kith_proto::identity::{DeviceList, Manifest};
use kith_proto::io::{Delivery, MetaKey, View};
use kith_proto::log::introduction::{Introduction, Letter};
use kith_proto::log::notice::Notice;
use kith_proto::log::offer::Offer;
use kith_proto::log::packet::Packet;
use kith_proto::log::receipt::{Reading, Receipt, Refusal, Statement};
use kith_proto::log::record::{LogHeader, Record, RecordKind};
use kith_proto::sealer::{Addition, LeafKey, Sealer};
use kith_sim::journal::Journal;
use kith_sim::model_sealer::ModelSealer;
use kith_sim::sealing::{self, Rows, Sealing, Twist};
use kith_sim::world::{Faults, World, says};

const ALICE: usize = 0;
const BOB: usize = 1;
const BOB_2: usize = 2;
const HAPPENINGS: usize = 4_000;

/// Three devices that have talked and are connected; from here on packets are made by hand.
fn talked(sealing: Sealing) -> World {
    let mut world = World::pair(7, sealing, Journal::kept()).unwrap();
    world.join_beside(BOB, "Bob-2").unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.wish(ALICE, says("one")).unwrap();
    world.wish(BOB, says("two")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.check.hostile = true;
    world
}

/// A device whose key signs what it did not do: it may find itself a copy, and nobody waits for it.
fn doubt(world: &mut World, at: usize) {
    let (device, name) = (world.nodes[at].id, world.nodes[at].name);
    world.check.was_set_back(device, name);
}

fn conversation(world: &World) -> ConversationId {
    world.nodes[ALICE].machine.as_ref().unwrap().id()
}

fn log_of(world: &World, at: usize) -> LogId {
    LogHeader::first(conversation(world), world.nodes[at].id).id()
}

fn health(world: &World, at: usize) -> Health {
    let node = &world.nodes[at];
    node.machine.as_ref().unwrap().health(&node.vault)
}

/// How another device stands with the log of the device `at`.
fn stands(world: &World, at: usize, device: DeviceId) -> DeviceHealth {
    health(world, at).devices.into_iter().find(|known| known.device == device).unwrap()
}

/// A receipt of a device of Bob's for Alice's log, newer than all it gave: without a place, unless it is told one.
fn receipt(world: &World, by: usize, number: u64, reading: Option<Reading>) -> Statement {
    let device = world.nodes[by].id;
    let counter = stands(world, ALICE, device).receipt + number;
    Statement { log: log_of(world, ALICE), device, counter, reading, refused: Vec::new(), offer: None, heard: 0 }
}

/// Where a device of Bob's stands in Alice's log, as its own receipts would say it.
fn place(world: &World, by: usize) -> Reading {
    let (through, head) = world.check.head(log_of(world, ALICE)).unwrap();
    let logs = health(world, by).logs;
    assert!(logs.iter().any(|log| log.log == log_of(world, ALICE) && log.through == Some(through)));
    Reading { joined: 0, through, head, safe: through, seen: None }
}

fn tell(world: &mut World, by: usize, statement: Statement, offer: Option<Offer>, again: bool) {
    let (from, key) = (world.nodes[by].id, world.nodes[by].key.clone());
    let receipt = Receipt::sign(statement, offer, &key);
    world.inject(from, ALICE, Packet::Receipt { receipt, again }.encode()).unwrap();
}

/// How many packets of a kind one device sent another from a line of the journal on.
fn sent(world: &World, from: &str, to: &str, what: &str, since: usize) -> usize {
    let to = format!("to {to}: {what}");
    let lines = world.journal.lines()[since..].iter();
    lines.filter(|line| line.contains(&format!("{from:<8} send")) && line.contains(&to)).count()
}

/// Alice writes to both of Bob's devices, and they answer.
fn goes_on(world: &mut World, with: &[usize]) {
    world.wish(ALICE, says("and now?")).unwrap();
    world.heal(2 * HAPPENINGS).unwrap();
    for at in with {
        assert!(world.texts(*at).contains(&"and now?".to_owned()));
        world.wish(*at, says(world.nodes[*at].name)).unwrap();
        world.heal(2 * HAPPENINGS).unwrap();
        assert_eq!(world.texts(ALICE).last().unwrap(), world.nodes[*at].name);
    }
}

/// LOG-025: of two records for one place, each reader keeps the one that it read, reads that log no further, tells its
/// person, and shows the writer the other one.
#[test]
fn a_writer_that_signs_two_records_for_one_place_is_read_no_further() {
    let mut world = talked(sealing::model);
    let (alice, log, key) = (world.nodes[ALICE].id, log_of(&world, ALICE), world.nodes[ALICE].key.clone());
    doubt(&mut world, ALICE);
    let (seq, head) = world.check.head(log).unwrap();
    // Neither is for anybody here: who reads the log passes over it.
    let kind = RecordKind::Addressed(DeviceId::from_bytes([9; 32]));
    let [one, other] = [b"one", b"two"].map(|body| Record::sealed(log, seq + 1, head, kind, body.to_vec(), &key));
    let next = Record::sealed(log, seq + 2, one.hash(), kind, b"three".to_vec(), &key);
    let texts = world.texts(BOB);
    let since = world.journal.lines().len();
    world.inject(alice, BOB, Packet::Record(one.clone()).encode()).unwrap();
    world.inject(alice, BOB_2, Packet::Record(other.clone()).encode()).unwrap();
    // One of Bob's devices hands the other what it was told.
    let bob_2 = world.nodes[BOB_2].id;
    for packet in [&other, &other, &next] {
        world.inject(bob_2, BOB, Packet::Record(packet.clone()).encode()).unwrap();
    }
    let logs = health(&world, BOB).logs;
    let read = logs.iter().find(|known| known.log == log).unwrap();
    assert_eq!((read.forked, read.through), (true, Some(seq + 1)));
    assert_eq!(world.notices(BOB).iter().filter(|notice| **notice == Notice::CopyProven { device: alice }).count(), 1);
    assert_eq!(world.texts(BOB), texts, "what it had read stands");
    assert!(sent(&world, "Bob-1", "Alice-1", &format!("head {}", seq + 1), since) > 0, "the writer is shown the other");
    // Bob's devices go on with each other.
    world.wish(BOB, says("did you see that?")).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB_2).last().unwrap(), "did you see that?");
}

/// RCPT-010: of two receipts with one number, the first counts.
#[test]
fn of_two_receipts_with_one_number_the_first_counts() {
    let mut world = talked(sealing::model);
    let (bob, reading) = (world.nodes[BOB].id, place(&world, BOB));
    let first = receipt(&world, BOB, 1, Some(reading));
    let second = Statement { reading: None, ..first.clone() };
    let offer = offer(&world, BOB, world.nodes[BOB].id, b"package");
    tell(&mut world, BOB, first, None, false);
    tell(&mut world, BOB, second, Some(offer), false);
    let stands = stands(&world, ALICE, bob);
    assert!(stands.has_leaf && stands.through == Some(reading.through), "{stands:?}");
    goes_on(&mut world, &[BOB, BOB_2]);
}

/// An offer of a device of Bob's for Alice's log, with this for a KeyPackage.
fn offer(world: &World, by: usize, device: DeviceId, key_package: &[u8]) -> Offer {
    let letter = KemSecret::generate(&mut Rng::from_number(4)).public();
    Offer::sign(Some(log_of(world, ALICE)), device, key_package.to_vec(), letter, &world.nodes[by].key)
}

/// A sealer that finds out what a KeyPackage is worth when it commits, as MLS does where a key is another leaf's.
struct LateJudge;

fn late_judge(rows: Rows) -> Box<dyn Sealer + Send> {
    sealing::twisted(ModelSealer::load(rows), LateJudge)
}

impl Twist<ModelSealer> for LateJudge {
    fn usable(&self, _: &ModelSealer, _: &Addition) -> bool {
        true
    }
}

/// KEYP-002: a KeyPackage that the sealer sees through is not kept, and the good one that stood is used; one that only a commit shows to be worth nothing makes
/// the writer commit a few times, and then later and later. All becomes quiet, and the other device is served.
#[test]
fn rubbish_for_a_key_package_does_not_make_a_writer_commit_for_ever() {
    for (sealing, commits) in [(sealing::model as Sealing, 1), (late_judge, 5)] {
        let mut world = talked(sealing);
        let bob = world.nodes[BOB].id;
        doubt(&mut world, BOB);
        let before = health(&world, ALICE).own.next;
        let began = world.now_us();
        for round in 0..100_u8 {
            let rubbish = offer(&world, BOB, bob, &[round; 8]);
            let statement = receipt(&world, BOB, 1, None);
            tell(&mut world, BOB, statement, Some(rubbish), false);
            world.run_for(100_000).unwrap();
        }
        assert!(world.now_us() - began >= 10_000_000);
        assert!(world.check.rejected.get("KEYP-002").is_some_and(|times| *times > 0));
        let made = health(&world, ALICE).own.next - before;
        assert!(made <= commits, "{made} commits in ten seconds");
        world.until_quiet(HAPPENINGS).unwrap();
        world.wish(ALICE, says("still here")).unwrap();
        world.run_for(20_000_000).unwrap();
        assert_eq!(world.texts(BOB_2).last().unwrap(), "still here");
        world.heal(HAPPENINGS).unwrap();
    }
}

/// LOG-036: who loses its place again and again is added again at once, then after 2, 4, 8 seconds, however often it asks.
#[test]
fn who_comes_and_goes_is_added_later_and_later() {
    let mut world = talked(sealing::model);
    let bob = world.nodes[BOB].id;
    doubt(&mut world, BOB);
    world.disconnect(ALICE, BOB_2).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    let mut sealer = ModelSealer::load(world.nodes[BOB].vault.sealer());
    let me = LeafKey { device: bob, key: world.nodes[BOB].key.public() };
    // What Alice sends is lost: Bob's own program says nothing to it.
    world.faults = Faults { lost: 1000, ..world.faults };
    let mut added = Vec::new();
    let began = world.now_us();
    for round in 0..400 {
        // Whenever Alice has added it, it says that it entered, lost its place, and has another offer.
        if stands(&world, ALICE, bob).has_leaf {
            added.push((world.now_us() - began) / 1_000_000);
            let package = sealer.key_package(me, &world.nodes[BOB].key, &mut Rng::from_number(round)).unwrap();
            let head = health(&world, ALICE).own.next - 1;
            let hash = Record::decode(&world.nodes[ALICE].vault.record(log_of(&world, ALICE), head).unwrap().bytes);
            let reading = Reading { joined: head, through: head, head: hash.unwrap().hash(), safe: head, seen: None };
            let statement = receipt(&world, BOB, 1, Some(reading));
            tell(&mut world, BOB, statement, None, false);
            let (statement, fresh) = (receipt(&world, BOB, 1, None), offer(&world, BOB, bob, &package));
            tell(&mut world, BOB, statement, Some(fresh), false);
        }
        world.run_for(100_000).unwrap();
    }
    assert_eq!(added, [0, 0, 2, 6, 14, 30], "at once, then after 2, 4, 8, 16 seconds");
}

/// LOG-026: who asks for the same again and again has it at once, then after 0.5, 1, 2 … seconds.
#[test]
fn who_begs_for_the_same_again_and_again_has_it_seldom() {
    let mut world = talked(sealing::model);
    doubt(&mut world, BOB);
    world.disconnect(ALICE, BOB_2).unwrap();
    let reading = place(&world, BOB);
    // What Alice sends is lost, so that Bob's own program is not what asks.
    world.faults = Faults { lost: 1000, ..world.faults };
    for number in 0..40 {
        world.wish(ALICE, says(&number.to_string())).unwrap();
    }
    let since = world.journal.lines().len();
    for _ in 0..300 {
        let statement = receipt(&world, BOB, 1, Some(reading));
        tell(&mut world, BOB, statement, None, true);
        world.run_for(10_000).unwrap();
    }
    let records = sent(&world, "Alice-1", "Bob-1", "record", since);
    // In three seconds: at once, after 0.5 and after 1.5 s. The timer of five seconds has not rung.
    assert_eq!(records, 3 * 40);
    let answers = sent(&world, "Alice-1", "Bob-1", "receipt", since);
    assert!(answers <= 3, "{answers} receipts in answer");
}

/// LOG-027: who refuses what was sealed to it alone has it again at once, then later and later.
#[test]
fn who_refuses_everything_is_sealed_to_later_and_later() {
    let mut world = talked(sealing::model);
    let bob = world.nodes[BOB].id;
    doubt(&mut world, BOB);
    world.disconnect(ALICE, BOB_2).unwrap();
    let joined = place(&world, BOB).joined;
    let mut sealer = ModelSealer::load(world.nodes[BOB].vault.sealer());
    let me = LeafKey { device: bob, key: world.nodes[BOB].key.public() };
    world.faults = Faults { lost: 1000, ..world.faults };
    world.wish(ALICE, says("no, thanks")).unwrap();
    let before = health(&world, ALICE).own.next;
    for round in 0..300 {
        // It says that it has all there is, and read nothing of it; and it has a fresh key for more.
        let last = health(&world, ALICE).own.next - 1;
        let record = world.nodes[ALICE].vault.record(log_of(&world, ALICE), last).unwrap();
        let record = Record::decode(&record.bytes).unwrap();
        let reading = Reading { joined, through: last, head: record.hash(), safe: last, seen: None };
        let package = sealer.key_package(me, &world.nodes[BOB].key, &mut Rng::from_number(round)).unwrap();
        let refused = (last.saturating_sub(20).max(joined + 1)..=last).map(|seq| (seq, Refusal::Undecryptable));
        let said = Statement { refused: refused.collect(), ..receipt(&world, BOB, 1, Some(reading)) };
        let fresh = offer(&world, BOB, bob, &package);
        tell(&mut world, BOB, said, Some(fresh), false);
        world.run_for(100_000).unwrap();
    }
    let made = health(&world, ALICE).own.next - before;
    assert!((4..=12).contains(&made), "{made} records in half a minute");
    world.connect(ALICE, BOB_2).unwrap();
    world.faults = Faults { delay_us: 1_000, ..Faults::default() };
    world.run_for(20_000_000).unwrap();
    assert_eq!(world.texts(BOB_2).last().unwrap(), "no, thanks");
}

/// What a device's vault holds of what others can make grow, in bytes.
fn weight(world: &World, at: usize) -> usize {
    let vault = &world.nodes[at].vault;
    let metas = [MetaKey::People, MetaKey::Progress, MetaKey::Introductions, MetaKey::Manifest];
    let metas = metas.iter().filter_map(|key| vault.meta(*key)).map(|value| value.len());
    let peers = vault.peers().into_iter().map(|peer| peer.state.len());
    let logs = vault.logs().into_iter().map(|log| log.state.len());
    let rows = vault.sealer().into_iter().map(|(key, value)| key.len() + value.len());
    metas.chain(peers).chain(logs).chain(rows).sum()
}

/// INTR-012, INTR-013, LOG-020, RCPT-010: thousands of packets that look valid fill nothing, and those who do not send
/// them are served meanwhile.
#[test]
fn a_flood_of_what_looks_valid_fills_nothing_and_others_are_served() {
    let mut world = talked(sealing::model);
    let (alice, bob, bob_2) = (world.nodes[ALICE].id, world.nodes[BOB].id, world.nodes[BOB_2].id);
    doubt(&mut world, BOB_2);
    let key = world.nodes[BOB_2].key.clone();
    let list = world.nodes[BOB].machine.as_ref().unwrap().own_list().unwrap().to_vec();
    let kem = {
        let people = world.nodes[ALICE].vault.meta(MetaKey::People).unwrap();
        let people = kith_base::codec::Fields::parse(&people).unwrap();
        let person = world.nodes[ALICE].person;
        let mut devices = people.list(1).filter_map(|entry| {
            let entry = kith_base::codec::Fields::parse(entry).unwrap();
            let bundle = kith_proto::identity::Bundle::decode(entry.bytes(1).unwrap()).unwrap();
            let list = DeviceList::verify(entry.bytes(2).unwrap(), &bundle).unwrap();
            (bundle.person() == person).then(|| list.device(alice).unwrap().kem.clone())
        });
        devices.next().unwrap()
    };
    let before = weight(&world, ALICE);
    let mut rng = Rng::from_number(5);
    let from_nobody = |number: u64, rng: &mut Rng| {
        let from = DeviceId::from_bytes(rng.bytes());
        let offer = offer(&world, BOB_2, bob_2, &number.to_be_bytes());
        let letter = Letter { pair_secret: Secret::new(rng.bytes()), contact_card: Vec::new(), offer };
        Packet::Introduction(Introduction::seal(from, alice, &kem, &letter, &key, rng).unwrap()).encode()
    };
    let letters: Vec<_> = (0..200).map(|number| from_nobody(number, &mut rng)).collect();
    let log = log_of(&world, BOB_2);
    for number in 0..2_000_u64 {
        let letter = letters[usize::try_from(number % 200).unwrap()].clone();
        let rubbish = Record::sealed(
            log,
            number + 100,
            kith_base::RecordHash::from_bytes(rng.bytes()),
            RecordKind::Application,
            vec![7; 500],
            &key,
        );
        let manifest = Spoken::sign(bob_2, number + 10, Manifest::CURRENT, &key);
        let unknown = Packet::Unknown(100 + number).encode();
        let packets = [
            letter,
            Packet::Record(rubbish).encode(),
            Packet::Manifest(manifest).encode(),
            Packet::List(list.clone()).encode(),
            unknown,
        ];
        for packet in packets {
            world.inject(bob_2, ALICE, packet).unwrap();
        }
        if number % 500 == 0 {
            // A fresh offer each time, with a receipt that asks for everything again.
            let statement = receipt(&world, BOB_2, 1, None);
            let offer = offer(&world, BOB_2, bob_2, &number.to_be_bytes());
            tell(&mut world, BOB_2, statement, Some(offer), true);
            let text = format!("while it floods {number}");
            world.wish(ALICE, says(&text)).unwrap();
            world.run_for(2_000_000).unwrap();
            assert_eq!(world.texts(BOB).last().unwrap(), &text);
            let row = world.nodes[ALICE].vault.row_of(&last_id(&world)).unwrap();
            assert_eq!(world.nodes[ALICE].vault.event(row).unwrap().delivery, Delivery::Delivered);
        }
    }
    let grown = weight(&world, ALICE).saturating_sub(before);
    assert!(grown < 16 * 1024, "{grown} bytes");
    assert!(
        world.check.rejected["INTR-001"] > 1_000,
        "of letters from nobody, {} wait",
        limits::INTRODUCTIONS_EARLY_MAX
    );
    world.check.bounded(&world.nodes[ALICE]).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert!(stands(&world, ALICE, bob).owed_unsealed == 0);
}

/// The last event that Alice wrote.
fn last_id(world: &World) -> kith_base::EventId {
    let mine = world.nodes[ALICE].vault.events().filter(|event| event.mine && event.counter > 0);
    mine.last().unwrap().id
}
