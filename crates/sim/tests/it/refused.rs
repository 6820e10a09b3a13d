//! Every rule of the core that a peer can break, broken once: the rule is named, and nothing else changes.
//!
//! Alice and Bob have talked, and Bob has a second device. What is injected comes over a connection that was greeted, so
//! it is what a contact with a changed program could send.

use kith_base::codec::{Fields, Tag, Writer};
use kith_base::{ConversationId, DeviceId, EventId, HeadHash, LogId, PersonId, Rng, Secret, Wall, limits};
use kith_proto::crypto::{KemPublic, KemSecret, SignKey};
use kith_proto::identity::{Bundle, DeviceList};
use kith_proto::io::{MetaKey, StoredEvent, View};
use kith_proto::log::carried::{Carried, encode_carried};
use kith_proto::log::event::{self, Body, EventHeader, Kind};
use kith_proto::log::introduction::{Acquaintance, Introduction, Letter};
use kith_proto::log::notice::Notice;
use kith_proto::log::offer::Offer;
use kith_proto::log::packet::Packet;
use kith_proto::log::receipt::{Receipt, Statement};
use kith_proto::log::record::{LogHeader, NO_RECORD, Record, RecordKind, position};
use kith_proto::log::welcome::{Entrance, Welcome};
use kith_proto::sealer::Sealer as _;
use kith_sim::journal::Journal;
use kith_sim::model_sealer::{ModelSealer, forge, look_into};
use kith_sim::sealing;
use kith_sim::world::{World, says};

const ALICE: usize = 0;
const BOB: usize = 1;
const BOB_2: usize = 2;
const HAPPENINGS: usize = 600;
const NOBODY: DeviceId = DeviceId::from_bytes([9; 32]);

/// Three devices that have talked; from here on packets are made by hand.
fn talked() -> World {
    let mut world = World::pair(7, sealing::model, Journal::silent()).unwrap();
    world.join_beside(BOB, "Bob-2").unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.wish(ALICE, says("one")).unwrap();
    world.wish(BOB, says("two")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world.check.hostile = true;
    world
}

fn conversation(world: &World) -> ConversationId {
    world.nodes[ALICE].machine.as_ref().unwrap().id()
}

fn log_of(world: &World, at: usize) -> LogId {
    LogHeader::first(conversation(world), world.nodes[at].id).id()
}

/// What came from somebody: a device's own notices are not among it.
fn events(world: &World, at: usize) -> Vec<StoredEvent> {
    world.nodes[at].vault.events().filter(|event| event.kind != Kind::NOTICE).cloned().collect()
}

/// A device refuses a packet that comes from another, naming the rule, and its vault stays as it was.
fn refuses(world: &mut World, at: usize, from: usize, packet: &Packet, rule: &str) {
    let from = world.nodes[from].id;
    let before = events(world, at);
    world.inject(from, at, packet.encode()).unwrap();
    assert_eq!(world.check.rejected.remove(rule), Some(1), "{rule}: {:?}", world.check.rejected);
    assert!(world.check.rejected.is_empty(), "{:?}", world.check.rejected);
    assert_eq!(events(world, at), before);
}

/// The next record of Alice's log, as she would make it.
fn next_of_alice(world: &World, kind: RecordKind, body: impl FnOnce(&[u8]) -> Vec<u8>) -> Record {
    let log = log_of(world, ALICE);
    let (seq, head) = world.check.head(log).unwrap();
    let body = body(&position(log, seq + 1, head));
    Record::sealed(log, seq + 1, head, kind, body, &world.nodes[ALICE].key)
}

/// The next record of Alice's log with these events inside.
fn carrying(world: &World, events: &[Carried]) -> Packet {
    let alice = &world.nodes[ALICE];
    let mut sealer = ModelSealer::load(alice.vault.sealer());
    let (log, mut rng) = (log_of(world, ALICE), Rng::from_number(1));
    Packet::Record(next_of_alice(world, RecordKind::Application, |place| {
        let shared = alice.machine.as_ref().unwrap().shared(alice.id).unwrap();
        sealer.seal(log, &alice.key, place, &encode_carried(events, &shared), &mut rng).unwrap()
    }))
}

/// The header of an event that Alice could write next, of this body.
fn header(world: &World, kind: Kind, body: &[u8]) -> EventHeader {
    let alice = &world.nodes[ALICE];
    let last = events(world, ALICE).pop().unwrap();
    let audience = EventHeader::decode(&last.header).unwrap().audience;
    let salt = [5; 16];
    EventHeader {
        conversation: conversation(world),
        person: alice.person,
        device: alice.id,
        counter: 50,
        previous: None,
        parents: Vec::new(),
        audience,
        kind,
        salt,
        body: event::body_hash(&salt, body),
        written: Wall(0),
    }
}

fn carried(header: &EventHeader, body: &[u8]) -> Carried {
    Carried { header: header.encode(), body: Some(body.to_vec()) }
}

/// An event that Alice wrote and that has not left.
fn waiting(world: &mut World, text: &str) -> Carried {
    for other in [BOB, BOB_2] {
        world.disconnect(ALICE, other).unwrap();
    }
    world.until_quiet(HAPPENINGS).unwrap();
    world.wish(ALICE, says(text)).unwrap();
    let event = events(world, ALICE).pop().unwrap();
    Carried { header: event.header, body: world.nodes[ALICE].vault.body(event.row) }
}

/// Bob's device takes a record of Alice's with an event inside that no device wrote, as the checker says at once.
fn takes(world: &mut World, record: &Packet) {
    let alice = world.nodes[ALICE].id;
    let broken = world.inject(alice, BOB, record.encode()).unwrap_err();
    assert!(broken.what.ends_with("was written by nobody"), "{broken}");
}

/// What a device's vault says of a person: the bundle and the list in force.
fn person(world: &World, at: usize, person: PersonId) -> (Bundle, DeviceList) {
    let people = world.nodes[at].vault.meta(MetaKey::People).unwrap();
    let people = Fields::parse(&people).unwrap();
    let mut read = people.list(1).map(|entry| {
        let entry = Fields::parse(entry).unwrap();
        let bundle = Bundle::decode(entry.bytes(1).unwrap()).unwrap();
        let list = DeviceList::verify(entry.bytes(2).unwrap(), &bundle).unwrap();
        (bundle, list)
    });
    read.find(|(bundle, _)| bundle.person() == person).unwrap()
}

fn kem_of(world: &World, at: usize) -> KemPublic {
    let node = &world.nodes[at];
    person(world, ALICE, node.person).1.device(node.id).unwrap().kem.clone()
}

/// The next list of a device's person, signed by it, without a device of theirs.
fn list_without(world: &World, by: usize, gone: usize) -> Packet {
    let (bundle, list) = person(world, by, world.nodes[by].person);
    let genesis = world.nodes[by].vault.meta(MetaKey::Genesis).unwrap();
    let pairwise = SignKey::from_secret(Secret::new(Fields::parse(&genesis).unwrap().array(6).unwrap()));
    let mut draft = list.successor();
    draft.devices.retain(|device| device.id() != world.nodes[gone].id);
    Packet::List(DeviceList::sign(draft, &bundle, &pairwise).unwrap().bytes().to_vec())
}

fn receipt(world: &World, statement: Statement, offer: Option<Offer>, by: usize) -> Packet {
    Packet::Receipt { receipt: Receipt::sign(statement, offer, &world.nodes[by].key), again: false }
}

/// A receipt of Bob's without a place in Alice's log.
fn statement(world: &World) -> Statement {
    let (log, device) = (log_of(world, ALICE), world.nodes[BOB].id);
    Statement { log, device, counter: 1_000_000, reading: None, refused: Vec::new(), offer: None, heard: 0 }
}

/// LOG-001
#[test]
fn what_can_not_be_read_is_refused() {
    let mut world = talked();
    let (from, before) = (world.nodes[ALICE].id, events(&world, BOB));
    let record = next_of_alice(&world, RecordKind::Application, |_| b"a body".to_vec());
    let mut other_body = Packet::Record(record).encode();
    let at = other_body.windows(6).position(|bytes| bytes == b"a body").unwrap();
    other_body[at] ^= 1;
    for bytes in [b"rubbish".to_vec(), Vec::new(), other_body] {
        world.inject(from, BOB, bytes).unwrap();
        assert_eq!(world.check.rejected.remove("LOG-001"), Some(1));
    }
    assert_eq!(events(&world, BOB), before);
}

/// LOG-002
#[test]
fn a_log_that_nobody_here_reads_is_refused() {
    let mut world = talked();
    let key = world.nodes[ALICE].key.clone();
    let elsewhere = LogId::from_bytes([4; 32]);
    let record = Record::sealed(elsewhere, 0, NO_RECORD, RecordKind::Commit, Vec::new(), &key);
    refuses(&mut world, BOB, ALICE, &Packet::Record(record), "LOG-002");
}

/// ID-023, LOG-003, RCPT-001
#[test]
fn a_device_that_is_in_no_list_any_more_is_not_heard() {
    let mut world = talked();
    let record = Packet::Record(next_of_alice(&world, RecordKind::Application, |_| b"late".to_vec()));
    let (alice, list) = (world.nodes[ALICE].id, list_without(&world, ALICE, ALICE));
    let said = Statement { log: log_of(&world, BOB), device: alice, ..statement(&world) };
    let said = receipt(&world, said, None, ALICE);
    world.inject(alice, BOB, list.encode()).unwrap();
    refuses(&mut world, BOB, BOB_2, &record, "LOG-003");
    refuses(&mut world, BOB, BOB_2, &said, "RCPT-001");
}

/// LOG-034, SEAL-046
#[test]
fn what_is_sealed_after_a_device_left_is_sealed_without_it() {
    let mut world = talked();
    let (bob, bob_2) = (world.nodes[BOB].id, world.nodes[BOB_2].id);
    world.connect(ALICE, BOB).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    let list = list_without(&world, BOB, BOB_2);
    world.inject(bob, ALICE, list.encode()).unwrap();
    world.wish(ALICE, says("without your second device")).unwrap();
    let packets = world.said().iter().rev().filter(|(from, to, _)| (*from, *to) == (ALICE, BOB));
    let mut sealed = packets.filter_map(|(_, _, packet)| match packet {
        Packet::Record(record) if record.header.kind == RecordKind::Application => look_into(record.body.as_ref()?),
        _ => None,
    });
    let inside = sealed.next().unwrap();
    assert!(inside.readers.contains(&bob) && !inside.readers.contains(&bob_2), "{:?}", inside.readers);
}

/// LOG-004
#[test]
fn a_record_that_does_not_continue_the_one_before_it_is_refused() {
    let mut world = talked();
    let (log, key) = (log_of(&world, ALICE), world.nodes[ALICE].key.clone());
    let (seq, _) = world.check.head(log).unwrap();
    let fork = Record::sealed(log, seq + 1, NO_RECORD, RecordKind::Application, b"fork".to_vec(), &key);
    refuses(&mut world, BOB, ALICE, &Packet::Record(fork), "LOG-004");
}

/// LOG-005, LOG-012
#[test]
fn a_record_whose_body_was_taken_away_is_no_void() {
    let mut world = talked();
    let whole = next_of_alice(&world, RecordKind::Application, |_| b"a body".to_vec()).encode();
    let fields = Fields::parse(&whole).unwrap();
    let without = Writer::new()
        .bytes(Tag::must(1), fields.bytes(1).unwrap())
        .bytes(Tag::must(3), fields.bytes(3).unwrap())
        .done();
    let stripped = Packet::Record(Record::decode(&without).unwrap());
    refuses(&mut world, BOB, BOB_2, &stripped, "LOG-005");
}

/// LOG-006
#[test]
fn a_commit_of_a_reader_is_refused_though_the_writer_signs_the_record() {
    let mut world = talked();
    let reader = ModelSealer::load(world.nodes[BOB_2].vault.sealer());
    let (log, key) = (log_of(&world, ALICE), world.nodes[BOB_2].key.clone());
    let commit = |place: &[u8]| forge(&reader, log, &key, place, true).unwrap();
    let record = next_of_alice(&world, RecordKind::Commit, commit);
    refuses(&mut world, BOB, ALICE, &Packet::Record(record), "LOG-006");
}

/// LOG-041, RCPT-010
#[test]
fn a_record_and_a_receipt_count_whoever_carries_them() {
    let mut world = talked();
    let event = waiting(&mut world, "carried");
    let record = carrying(&world, &[event]);
    let by = world.nodes[BOB_2].id;
    world.inject(by, BOB, record.encode()).unwrap();
    assert_eq!(world.texts(BOB).last().unwrap(), "carried");
    let offer = Offer::sign(None, world.nodes[BOB].id, b"none".to_vec(), kem_of(&world, BOB), &world.nodes[BOB_2].key);
    let said = receipt(&world, statement(&world), Some(offer), BOB);
    refuses(&mut world, ALICE, BOB_2, &said, "KEYP-001");
}

/// LOG-040
#[test]
fn an_unknown_kind_of_packet_is_passed_over() {
    let mut world = talked();
    let (from, before) = (world.nodes[ALICE].id, world.nodes[BOB].vault.clone());
    world.inject(from, BOB, Packet::Unknown(77).encode()).unwrap();
    assert!(world.check.rejected.is_empty());
    assert!(world.nodes[BOB].vault == before);
}

/// RCPT-003
#[test]
fn a_receipt_of_another_log_is_refused() {
    let mut world = talked();
    let said = receipt(&world, Statement { log: LogId::from_bytes([4; 32]), ..statement(&world) }, None, BOB);
    refuses(&mut world, ALICE, BOB, &said, "RCPT-003");
}

/// KEYP-001
#[test]
fn an_offer_is_its_devices_own_and_for_this_log() {
    let mut world = talked();
    let (bob, bob_2, log) = (world.nodes[BOB].id, world.nodes[BOB_2].id, log_of(&world, ALICE));
    let (letter, key) = (kem_of(&world, BOB), world.nodes[BOB].key.clone());
    let other_key = world.nodes[BOB_2].key.clone();
    let offers = [
        Offer::sign(Some(log), bob_2, b"package".to_vec(), letter.clone(), &key),
        Offer::sign(Some(LogId::from_bytes([4; 32])), bob, b"package".to_vec(), letter.clone(), &key),
        Offer::sign(Some(log), bob, b"package".to_vec(), letter, &other_key),
    ];
    for (counter, offer) in (1_000_000..).zip(offers) {
        let said = receipt(&world, Statement { counter, ..statement(&world) }, Some(offer), BOB);
        refuses(&mut world, ALICE, BOB, &said, "KEYP-001");
    }
}

/// WELC-001, WELC-002, WELC-003
#[test]
fn a_welcome_is_for_this_device_by_the_writer_and_to_that_log() {
    let mut world = talked();
    let log = log_of(&world, ALICE);
    let commit = next_of_alice(&world, RecordKind::Commit, |_| b"commit".to_vec());
    let (seq, head) = (commit.header.seq, commit.hash());
    let offer = Offer::sign(Some(log), NOBODY, Vec::new(), kem_of(&world, BOB), &world.nodes[BOB].key).hash();
    let (to_bob, mut rng) = (kem_of(&world, BOB), Rng::from_number(2));
    let mut welcome = |to, by: usize, inside: &[u8]| {
        let entrance = Entrance { log, seq, head, to, offer, anew: true };
        Packet::Welcome(
            Welcome::seal(entrance, commit.head(), inside, &to_bob, &world.nodes[by].key, &mut rng).unwrap(),
        )
    };
    let bob = world.nodes[BOB].id;
    let [elsewhere, not_hers, rubbish] =
        [welcome(NOBODY, ALICE, b"x"), welcome(bob, BOB_2, b"x"), welcome(bob, ALICE, b"x")];
    refuses(&mut world, BOB, ALICE, &elsewhere, "WELC-001");
    refuses(&mut world, BOB, ALICE, &not_hers, "WELC-002");
    refuses(&mut world, BOB, ALICE, &rubbish, "WELC-003");
}

/// A letter of Bob's second device to Alice, or what looks like one.
fn letter(world: &World, from: DeviceId, to: DeviceId, by: &SignKey) -> Packet {
    let mut rng = Rng::from_number(3);
    let bob_2 = &world.nodes[BOB_2];
    let one_use = KemSecret::generate(&mut rng).public();
    let offer = Offer::sign(None, bob_2.id, b"package".to_vec(), one_use, &bob_2.key);
    let letter = Letter { pair_secret: Secret::new([1; 32]), contact_card: b"elsewhere".to_vec(), offer };
    let sealed = Introduction::seal(from, to, &kem_of(world, ALICE), &letter, by, &mut rng);
    Packet::Introduction(sealed.unwrap())
}

/// INTR-001, INTR-013
#[test]
fn letters_of_devices_that_no_list_names_wait_in_bounded_number() {
    let mut world = talked();
    let (alice, bob) = (world.nodes[ALICE].id, world.nodes[BOB].id);
    let key = world.nodes[BOB_2].key.clone();
    let unknown = |number: usize| DeviceId::from_bytes([u8::try_from(number).unwrap(); 32]);
    for number in 0..limits::INTRODUCTIONS_EARLY_MAX {
        let waits = letter(&world, unknown(number), alice, &key);
        world.inject(bob, ALICE, waits.encode()).unwrap();
    }
    assert!(world.check.rejected.is_empty());
    let one_more = letter(&world, unknown(limits::INTRODUCTIONS_EARLY_MAX), alice, &key);
    refuses(&mut world, ALICE, BOB, &one_more, "INTR-001");
}

/// INTR-004
#[test]
fn only_the_device_that_a_letter_was_for_says_that_it_took_it() {
    let mut world = talked();
    let (alice, bob_2) = (world.nodes[ALICE].id, world.nodes[BOB_2].id);
    let Packet::Introduction(letter) = letter(&world, bob_2, alice, &world.nodes[BOB_2].key) else { return };
    let taken = Acquaintance::sign(&letter, &world.nodes[BOB_2].key);
    refuses(&mut world, BOB, BOB_2, &Packet::Acquaintance(taken), "INTR-004");
}

/// INTR-003, INTR-010
#[test]
fn the_first_letter_of_a_device_stands_and_only_it_signs_one() {
    let mut world = talked();
    let (alice, bob_2) = (world.nodes[ALICE].id, world.nodes[BOB_2].id);
    let before = world.nodes[ALICE].pair_secret(bob_2);
    assert!(before.is_some());
    let again = letter(&world, bob_2, alice, &world.nodes[BOB_2].key);
    let bob = world.nodes[BOB].id;
    world.inject(bob, ALICE, again.encode()).unwrap();
    assert_eq!(world.nodes[ALICE].pair_secret(bob_2), before);

    let mut world = World::pair(7, sealing::model, Journal::silent()).unwrap();
    world.join_beside(BOB, "Bob-2").unwrap();
    world.check.hostile = true;
    let list = world.nodes[BOB].machine.as_ref().unwrap().own_list().unwrap().to_vec();
    let (alice, bob, bob_2) = (world.nodes[ALICE].id, world.nodes[BOB].id, world.nodes[BOB_2].id);
    world.inject(bob, ALICE, Packet::List(list).encode()).unwrap();
    let forged = letter(&world, bob_2, alice, &world.nodes[BOB].key);
    refuses(&mut world, ALICE, BOB, &forged, "INTR-003");
    assert_ne!(world.nodes[ALICE].pair_secret(bob_2), Some(Secret::new([1; 32])));
}

/// EVT-001, EVT-002, EVT-003, EVT-004, EVT-005, EVT-006, EVT-011
#[test]
fn an_event_that_breaks_a_rule_is_passed_over_and_the_rest_of_the_record_stands() {
    let mut world = talked();
    let last = waiting(&mut world, "last");
    let text = |text: &str| Body::Text(text.into()).encode();
    let good = header(&world, Kind::TEXT, &text("good"));
    let with = |change: fn(&mut EventHeader)| {
        let mut header = good.clone();
        change(&mut header);
        carried(&header, &text("good"))
    };
    let unreadable = Writer::new().bytes(Tag::must(1), &[0xff]).done();
    let in_one = [
        Carried { header: b"rubbish".to_vec(), body: None },
        with(|header| header.device = NOBODY),
        with(|header| header.conversation = ConversationId::from_bytes([4; 32])),
        with(|header| header.person = PersonId::from_bytes([4; 32])),
        with(|header| header.audience = HeadHash::from_bytes([4; 32])),
        carried(&good, &text("another body")),
        carried(&header(&world, Kind::TEXT, &unreadable), &unreadable),
        last,
    ];
    let (alice, before) = (world.nodes[ALICE].id, events(&world, BOB).len());
    let record = carrying(&world, &in_one);
    world.inject(alice, BOB, record.encode()).unwrap();
    let counted = [("EVT-001", 1), ("EVT-002", 2), ("EVT-003", 1), ("EVT-004", 1), ("EVT-005", 1), ("EVT-006", 1)];
    assert_eq!(world.check.rejected, counted.into());
    assert_eq!((events(&world, BOB).len(), world.texts(BOB).pop()), (before + 1, Some("last".into())));
}

/// EVT-007: an event that comes is no tombstone and no notice: a contact can not speak in the words of this device.
#[test]
fn the_kinds_of_a_vault_are_taken_from_nobody() {
    let mut world = talked();
    let notice = Notice::BeganAnew.encode();
    let with = |world: &World, number: u64| carried(&header(world, Kind { number, critical: false }, &notice), &notice);
    let last = waiting(&mut world, "last");
    let kinds = [Kind::TOMBSTONE, Kind::NUMBER_MAX + 1, Kind::NOTICE];
    let mut events_in: Vec<Carried> = kinds.iter().map(|number| with(&world, *number)).collect();
    events_in.push(last);
    let (alice, notices, before) = (world.nodes[ALICE].id, world.notices(BOB), events(&world, BOB).len());
    let record = carrying(&world, &events_in);
    world.inject(alice, BOB, record.encode()).unwrap();
    assert_eq!(world.check.rejected, [("EVT-007", 3)].into());
    assert_eq!(world.notices(BOB), notices);
    assert_eq!((events(&world, BOB).len(), world.texts(BOB).pop()), (before + 1, Some("last".into())));
}

/// RCPT-006: what is shown back as this device's own receipt, and is not signed by it, retires nobody.
#[test]
fn a_receipt_that_this_device_never_signed_is_refused_when_it_is_shown_back() {
    let mut world = talked();
    let (log, alice, bob) = (log_of(&world, BOB), world.nodes[ALICE].id, world.nodes[BOB].id);
    let said = |device, by: usize| {
        let statement = Statement { log, device, ..statement(&world) };
        Packet::Said(Receipt::sign(statement, None, &world.nodes[by].key))
    };
    let (in_her_name, his_own) = (said(alice, BOB), said(bob, BOB));
    refuses(&mut world, ALICE, BOB, &in_her_name, "RCPT-006");
    refuses(&mut world, ALICE, BOB, &his_own, "RCPT-006");
    assert!(!world.nodes[ALICE].machine.as_ref().unwrap().retired());
}

/// LOG-001, EVT-001, EVT-006, EVT-021: what a later version says in fields that must be understood is refused, and the
/// rest of the record, and all that comes after, is read.
#[test]
fn what_a_later_version_says_in_fields_that_bind_is_refused_and_nothing_else_is_lost() {
    let mut world = talked();
    let (alice, before) = (world.nodes[ALICE].id, events(&world, BOB).len());
    let last = waiting(&mut world, "last");
    let text = Body::Text("good".into()).encode();
    let good = header(&world, Kind::TEXT, &text);
    let more = |bytes: &[u8], tag: Tag| [bytes, &Writer::new().bytes(tag, b"later").done()[..]].concat();
    let body = more(&text, Tag::must(40));
    let in_one = [
        Carried { header: more(&good.encode(), Tag::must(40)), body: Some(text.clone()) },
        carried(&header(&world, Kind::TEXT, &body), &body),
        last,
    ];
    let record = carrying(&world, &in_one).encode();
    let beyond = more(&record, Tag::must(40));
    world.inject(alice, BOB, beyond).unwrap();
    assert_eq!(world.check.rejected, [("LOG-001", 1)].into());
    assert_eq!(events(&world, BOB).len(), before);
    // What does not bind is passed over.
    world.inject(alice, BOB, more(&record, Tag::may(41))).unwrap();
    assert_eq!(world.check.rejected, [("EVT-001", 1), ("EVT-006", 1), ("LOG-001", 1)].into());
    assert_eq!((events(&world, BOB).len(), world.texts(BOB).pop()), (before + 1, Some("last".into())));
}

/// EVT-020
#[test]
fn an_event_of_an_unknown_kind_is_kept_whole() {
    let mut world = talked();
    let unknown = Kind { number: 77, critical: true };
    let header = header(&world, unknown, b"of a later version");
    let record = carrying(&world, &[carried(&header, b"of a later version")]);
    takes(&mut world, &record);
    let kept = events(&world, BOB).pop().unwrap();
    assert_eq!((kept.kind, kept.header), (77, header.encode()));
    assert_eq!(world.nodes[BOB].vault.body(kept.row).unwrap(), b"of a later version");
}

/// EVT-032
#[test]
fn nobody_has_anothers_event_deleted() {
    let mut world = talked();
    let of_bob: EventId = events(&world, BOB).iter().find(|event| event.mine).unwrap().id;
    let request = Body::Delete(of_bob).encode();
    let record = carrying(&world, &[carried(&header(&world, Kind::DELETE, &request), &request)]);
    let texts = world.texts(BOB);
    takes(&mut world, &record);
    assert!(events(&world, BOB).iter().all(|event| !event.erased));
    assert_eq!(world.texts(BOB)[..texts.len()], texts);
}
