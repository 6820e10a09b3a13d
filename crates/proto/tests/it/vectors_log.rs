//! The vectors of `spec/vectors/log.json`: ids, hashes and encodings under a log, computed anew and compared.
//!
//! With `KITH_WRITE_VECTORS=1` the test writes the file first. A change of what stands there is a change of the protocol.

#![expect(clippy::disallowed_methods, reason = "vectors are files; the bans are the core's, not its tests'")]

use kith_base::codec::{Fields, Tag, Writer};
use kith_base::{ConversationId, DeviceId, EventId, HeadHash, PersonId, RecordHash, Secret, Wall};
use kith_proto::crypto::{KemSecret, SignKey};
use kith_proto::log::carried::{Carried, Shared, decode_carried, encode_carried};
use kith_proto::log::event::{self, Body, EventHeader, Kind};
use kith_proto::log::offer::Offer;
use kith_proto::log::packet::Packet;
use kith_proto::log::receipt::{Reading, Receipt, Refusal, Statement};
use kith_proto::log::record::{Head, LogHeader, NO_RECORD, Record, RecordKind, position};
use kith_proto::log::short::{ShortReceipt, ShortRecord};
use serde_json::{Value, json};
use std::path::PathBuf;

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn stored(computed: &Value) -> Value {
    let path = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("../../spec/vectors/log.json");
    if std::env::var_os("KITH_WRITE_VECTORS").is_some() {
        std::fs::write(&path, format!("{computed:#}\n")).unwrap();
    }
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

const ALICE: DeviceId = DeviceId::from_bytes([2; 32]);
const BOB: DeviceId = DeviceId::from_bytes([3; 32]);
const CONVERSATION: ConversationId = ConversationId::from_bytes([1; 32]);

fn key(number: u8) -> SignKey {
    SignKey::from_secret(Secret::new([number; 32]))
}

fn header(body: &Body) -> EventHeader {
    let salt = [7; 16];
    EventHeader {
        conversation: CONVERSATION,
        person: PersonId::from_bytes([4; 32]),
        device: ALICE,
        counter: 300,
        previous: Some(EventId::from_bytes([5; 32])),
        parents: vec![EventId::from_bytes([5; 32]), EventId::from_bytes([6; 32])],
        audience: HeadHash::from_bytes([8; 32]),
        kind: body.kind(),
        salt,
        body: event::body_hash(&salt, &body.encode()),
        written: Wall(1_780_000_000_000),
    }
}

fn event_vectors() -> Value {
    let text = Body::Text("Grüße, Bob".into());
    let header = header(&text);
    let bytes = header.encode();
    assert_eq!(EventHeader::decode(&bytes).unwrap(), header);
    let delete = Body::Delete(event::id_of(&bytes));
    for body in [&text, &delete] {
        assert_eq!(Body::decode(body.kind(), &body.encode()).unwrap().as_ref(), Some(body));
    }
    assert_eq!(Body::decode(Kind { number: 77, critical: true }, b"").unwrap(), None);
    let shared = Shared {
        conversation: header.conversation,
        person: header.person,
        device: header.device,
        audience: header.audience,
    };
    let id = event::id_of(&bytes);
    let behind = EventHeader { counter: 301, previous: Some(id), parents: vec![id], ..header.clone() }.encode();
    let whole = [&bytes[..], &Writer::new().bytes(Tag::may(40), b"later").done()].concat();
    let carried = [
        Carried { header: bytes.clone(), body: Some(text.encode()) },
        Carried { header: behind.clone(), body: Some(text.encode()) },
        Carried { header: bytes.clone(), body: None },
        Carried { header: whole, body: Some(text.encode()) },
    ];
    let plaintext = encode_carried(&carried, &shared);
    assert_eq!(decode_carried(&plaintext, &shared).unwrap(), carried);
    let of_before = of_before(&carried[..2]);
    assert_eq!(decode_carried(&of_before, &shared).unwrap(), carried[..2]);
    json!({
        "text": "Grüße, Bob",
        "text body": hex(text.encode()),
        "body hash": hex(header.body.as_bytes()),
        "header": hex(&bytes),
        "id": hex(event::id_of(&bytes).as_bytes()),
        "delete body": hex(delete.encode()),
        "in a record: first, behind it, as a tombstone, with a later field": hex(plaintext),
        "header of the one behind it": hex(behind),
        "the first two in a record of before": hex(of_before),
    })
}

/// A body behind a record that has the frame of an MLS private message, of epoch 7, around 28 and 100 bytes.
fn framed(before: &Record) -> Vec<u8> {
    let log = before.header.log;
    let position = position(log, before.header.seq + 1, before.hash());
    let mut body = vec![0, 1, 0, 2, 32];
    body.extend_from_slice(log.as_bytes());
    body.extend_from_slice(&7u64.to_be_bytes());
    body.extend_from_slice(&[1, 0x40, u8::try_from(position.len()).unwrap()]);
    body.extend_from_slice(&position);
    body.extend_from_slice(&[&[28][..], &[0xaa; 28], &[0x40, 100], &[0xbb; 100]].concat());
    body
}

/// The plaintext that the first version made of events.
fn of_before(events: &[Carried]) -> Vec<u8> {
    let entry = |event: &Carried| {
        Writer::new().bytes(Tag::must(1), &event.header).optional(Tag::must(2), event.body.as_deref()).done()
    };
    let entries: Vec<Vec<u8>> = events.iter().map(entry).collect();
    Writer::new().list(Tag::must(1), entries.iter().map(Vec::as_slice)).done()
}

fn record_vectors() -> Value {
    let first = LogHeader::first(CONVERSATION, ALICE);
    let log = first.id();
    let next = LogHeader { predecessor: Some(log), ..first.clone() };
    let commit = Record::sealed(log, 0, NO_RECORD, RecordKind::Commit, b"commit".to_vec(), &key(1));
    let application = Record::sealed(log, 1, commit.hash(), RecordKind::Application, b"application".to_vec(), &key(1));
    let addressed = Record::sealed(log, 2, application.hash(), RecordKind::Addressed(BOB), b"letter".to_vec(), &key(1));
    let void = application.voided(&key(1)).unwrap();
    assert!(commit.voided(&key(1)).is_none());
    assert_eq!(void.hash(), application.hash());
    for record in [&commit, &application, &addressed, &void] {
        assert_eq!(&Record::decode(&record.encode()).unwrap(), record);
        assert!(record.verify(&key(1).public()).is_ok());
        assert!(record.verify(&key(2).public()).is_err());
    }
    let framed = Record::sealed(log, 2, application.hash(), RecordKind::Application, framed(&application), &key(1));
    let short = |record: &Record| {
        let short = ShortRecord::of(record);
        assert_eq!(short.lengthen(log, record.header.prev).unwrap(), *record);
        hex(Packet::ShortRecord(short).encode())
    };
    json!({
        "application in the frame of an MLS message": hex(framed.encode()),
        "packet of it, short": short(&framed),
        "packet of the addressed, short": short(&addressed),
        "packet of the void, short": short(&void),
        "device signing seed": hex([1; 32]),
        "log header": hex(first.encode()),
        "log id": hex(log.as_bytes()),
        "successor's log id": hex(next.id().as_bytes()),
        "position of seq 1": hex(position(log, 1, commit.hash())),
        "commit": hex(commit.encode()),
        "commit hash": hex(commit.hash().as_bytes()),
        "application": hex(application.encode()),
        "application hash": hex(application.hash().as_bytes()),
        "addressed": hex(addressed.encode()),
        "void of the application": hex(void.encode()),
    })
}

fn receipt_vectors() -> Value {
    let log = LogHeader::first(CONVERSATION, ALICE).id();
    let letter = KemSecret::from_secret(Secret::new([9; 32])).public();
    let offer = Offer::sign(Some(log), BOB, b"key package".to_vec(), letter, &key(2));
    assert_eq!(Offer::decode(&offer.encode()).unwrap(), offer);
    let reading = Reading { joined: 0, through: 41, head: RecordHash::from_bytes([6; 32]), safe: 40, seen: Some(300) };
    let reads = Statement {
        log,
        device: BOB,
        counter: 12,
        reading: Some(reading),
        refused: vec![(7, Refusal::Undecryptable), (9, Refusal::Other(900))],
        offer: None,
        heard: 11,
    };
    let asks = Statement {
        counter: 1,
        reading: None,
        refused: Vec::new(),
        offer: Some(offer.hash()),
        heard: 0,
        ..reads.clone()
    };
    let receipts = [(reads, None), (asks, Some(offer.clone()))].map(|(statement, offer)| {
        let receipt = Receipt::sign(statement, offer, &key(2));
        assert_eq!(Receipt::decode(&receipt.encode()).unwrap(), receipt);
        assert!(receipt.verify(&key(2).public()).is_ok());
        receipt
    });
    let short = ShortReceipt::of(&receipts[0]).unwrap();
    assert_eq!(short.lengthen(log, BOB, reading.head), receipts[0]);
    assert_eq!(ShortReceipt::of(&receipts[1]), None);
    let packet = Packet::Receipt { receipt: receipts[0].clone(), again: true };
    assert_eq!(Packet::decode(&packet.encode()).unwrap(), packet);
    json!({
        "device signing seed": hex([2; 32]),
        "offer": hex(offer.encode()),
        "offer hash": hex(offer.hash().as_bytes()),
        "receipt": hex(receipts[0].encode()),
        "receipt without a place": hex(receipts[1].encode()),
        "packet that asks again": hex(packet.encode()),
        "packet of the receipt, short": hex(Packet::ShortReceipt(short).encode()),
    })
}

/// EVT-010, EVT-050, EVT-052, LOG-042, LOG-010, LOG-011, LOG-012, LOG-013, LOG-015, KEYP-010, RCPT-012, RCPT-013
#[test]
fn what_is_under_a_log_has_the_bytes_that_were_published() {
    let computed = json!({ "event": event_vectors(), "record": record_vectors(), "receipt": receipt_vectors() });
    let stored = stored(&computed);
    for (group, values) in computed.as_object().unwrap() {
        for (name, value) in values.as_object().unwrap() {
            assert_eq!(&stored[group][name], value, "{group}: {name}");
        }
    }
    assert_eq!(stored, computed);
}

/// LOG-017: a head says as much as its record does of what its writer signed, of a void too, and nothing in it can be left
/// out or be otherwise.
#[test]
fn a_head_is_a_records_header_and_signature_and_whether_it_is_a_voids() {
    let log = LogHeader::first(CONVERSATION, ALICE).id();
    let record = Record::sealed(log, 4, NO_RECORD, RecordKind::Application, b"body".to_vec(), &key(1));
    let void = record.voided(&key(1)).unwrap();
    for (record, is_void) in [(&record, 0), (&void, 1)] {
        let (head, whole) = (record.head(), record.encode());
        let whole = Fields::parse(&whole).unwrap();
        let (header, signature) = (whole.bytes(1).unwrap(), whole.bytes(3).unwrap());
        let build = |is_void: Option<u64>, header: Option<&[u8]>, signature: Option<&[u8]>| {
            let writer = Writer::new().optional(Tag::must(1), header);
            let writer = match is_void {
                Some(is_void) => writer.number(Tag::must(2), is_void),
                None => writer,
            };
            writer.optional(Tag::must(3), signature).done()
        };
        let bytes = build(Some(is_void), Some(header), Some(signature));
        assert_eq!(head.encode(), bytes);
        assert_eq!(Head::decode(&bytes).unwrap(), head);
        assert_eq!(head.hash(), record.hash());
        assert!(head.verify(&key(1).public()).is_ok() && head.verify(&key(2).public()).is_err());
        // A record's signature can not be shown as a void's, nor a void's as a record's.
        let other = Head::decode(&build(Some(1 - is_void), Some(header), Some(signature))).unwrap();
        assert!(other.verify(&key(1).public()).is_err());
        for bad in [
            build(None, Some(header), Some(signature)),
            build(Some(is_void), None, Some(signature)),
            build(Some(is_void), Some(header), None),
            build(Some(2), Some(header), Some(signature)),
            build(Some(is_void), Some(header), Some(&signature[1..])),
        ] {
            assert!(Head::decode(&bad).is_err());
        }
    }
}
