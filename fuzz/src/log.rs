//! Bodies of what a log is made of, and of the encoding under everything.

use crate::fixture::{fixture, rng};
use crate::property::canonical;
use kith_base::codec::{Fields, Tag, Writer};
use kith_base::{ContactId, ConversationId, DeviceId, EventId, Label, RecordHash, id, limits};
use kith_proto::log::carried::{Known, decode_carried, encode_carried, read_carried};
use kith_proto::log::event::{Body, EventHeader, Kind, body_hash, id_of};
use kith_proto::log::introduction::{Acquaintance, Introduction, Letter};
use kith_proto::log::notice::Notice;
use kith_proto::log::offer::Offer;
use kith_proto::log::packet::Packet;
use kith_proto::log::receipt::Receipt;
use kith_proto::log::record::{Head, Record};
use kith_proto::log::short::{ShortReceipt, ShortRecord};
use kith_proto::log::welcome::Welcome;
use std::fmt::Display;
use std::str::FromStr;

/// What a short record leaves out at most: header, frame of the message, position.
const GROWTH_OF_A_SHORT: usize = 256;

pub(crate) fn fields(bytes: &[u8]) -> bool {
    let Ok(fields) = Fields::parse(bytes) else { return false };
    let again = fields.all().fold(Writer::new(), |writer, (tag, value)| writer.bytes(tag, value));
    assert_eq!(again.done(), bytes, "one message has two encodings");
    assert!(fields.all().count() <= bytes.len() / 2);
    for tag in 0..16 {
        let values: Vec<_> = fields.list(tag).collect();
        let one = fields.optional(tag);
        assert_eq!(one.is_err(), values.len() > 1);
        assert_eq!(fields.bytes(tag).ok(), one.ok().flatten());
        if let Ok(number) = fields.number(tag) {
            let written = Writer::new().number(Tag::must(tag), number).done();
            assert_eq!(Fields::parse(&written).and_then(|fields| fields.bytes(tag)).ok(), one.ok().flatten());
        }
        assert_eq!(fields.array::<32>(tag).is_ok(), values.len() == 1 && values.iter().all(|value| value.len() == 32));
        assert!(
            fields.text(tag).is_ok_and(|text| Some(text.as_bytes()) == one.ok().flatten()) || fields.text(tag).is_err()
        );
    }
    true
}

pub(crate) fn text_ids(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    if let Some(raw) = id::from_base32(text) {
        assert_eq!(id::base32(&raw), text, "one text for one value");
    }
    let found = [reads_back::<ContactId>(text), reads_back::<ConversationId>(text)];
    let found = [found[0], found[1], reads_back::<DeviceId>(text), reads_back::<EventId>(text)];
    assert!(found.iter().filter(|found| **found).count() <= 1, "one text is two kinds of id");
    found.contains(&true)
}

fn reads_back<T: FromStr + Display>(text: &str) -> bool {
    let id = text.parse::<T>();
    assert!(id.as_ref().is_ok_and(|id| id.to_string() == text) || id.is_err());
    id.is_ok()
}

pub(crate) fn packet(bytes: &[u8]) -> bool {
    let packet = canonical(bytes, 0, Packet::decode, Packet::encode);
    assert!(packet.is_none() || bytes.len() <= limits::PACKET_BYTES_MAX);
    packet.is_some_and(|packet| !matches!(packet, Packet::Unknown(_)))
}

pub(crate) fn record(bytes: &[u8]) -> bool {
    let Some(record) = canonical(bytes, 0, Record::decode, Record::encode) else { return false };
    let fixture = fixture();
    assert_eq!(Record::decode(&record.encode()).map(|again| again.hash()), Ok(record.hash()));
    if let Some(void) = record.voided(&fixture.bob.sign) {
        assert_eq!(void.hash(), record.hash(), "a void keeps its place in the chain");
        assert!(void.body.is_none() && void.verify(&fixture.bob.sign.public()).is_ok());
    }
    let real = fixture.packets.iter().any(|packet| Packet::decode(&packet.bytes) == Ok(Packet::Record(record.clone())));
    if !real {
        let keys = [&fixture.alice.sign, &fixture.bob.sign];
        assert!(keys.iter().all(|key| record.verify(&key.public()).is_err()), "a signature nobody made");
    }
    real
}

/// A short record of Alice's log, behind whatever record: it stands for one record, which has one short form.
pub(crate) fn short_record(bytes: &[u8]) -> bool {
    let Some(short) = canonical(bytes, 0, ShortRecord::decode, ShortRecord::encode) else { return false };
    let log = fixture().alice.log;
    let Ok(record) = short.lengthen(log, RecordHash::from_bytes([7; 32])) else { return false };
    assert_eq!(ShortRecord::of(&record), short, "one record has two short forms");
    assert!(record.encode().len() <= bytes.len() + GROWTH_OF_A_SHORT, "it stands for more than was left out");
    assert_eq!(Record::decode(&record.encode()).as_ref(), Ok(&record));
    true
}

pub(crate) fn short_receipt(bytes: &[u8]) -> bool {
    let Some(short) = canonical(bytes, 0, ShortReceipt::decode, ShortReceipt::encode) else { return false };
    let fixture = fixture();
    let receipt = short.lengthen(fixture.alice.log, fixture.bob.device, RecordHash::from_bytes([7; 32]));
    assert_eq!(ShortReceipt::of(&receipt), Some(short), "one receipt has two short forms");
    assert_eq!(Receipt::decode(&receipt.encode()).as_ref(), Ok(&receipt));
    true
}

pub(crate) fn head(bytes: &[u8]) -> bool {
    let Some(head) = canonical(bytes, 0, Head::decode, Head::encode) else { return false };
    let fixture = fixture();
    [&fixture.alice, &fixture.bob].iter().any(|side| head.verify(&side.sign.public()).is_ok())
}

pub(crate) fn receipt(bytes: &[u8]) -> bool {
    let Some(receipt) = canonical(bytes, 0, Receipt::decode, Receipt::encode) else { return false };
    let said = &receipt.statement;
    assert!(said.refused.len() <= limits::REFUSALS_MAX);
    assert!(said.reading.is_none_or(|reading| reading.joined <= reading.through && reading.safe <= reading.through));
    let fixture = fixture();
    [&fixture.alice, &fixture.bob].iter().any(|side| receipt.verify(&side.sign.public()).is_ok())
}

pub(crate) fn welcome(bytes: &[u8]) -> bool {
    let Some(welcome) = canonical(bytes, 0, Welcome::decode, Welcome::encode) else { return false };
    let fixture = fixture();
    let [alice, bob] = [&fixture.alice, &fixture.bob];
    [(alice, bob), (bob, alice)].iter().any(|(from, to)| welcome.open(&from.sign.public(), &to.kem).is_ok())
}

pub(crate) fn offer(bytes: &[u8]) -> bool {
    let Some(offer) = canonical(bytes, 0, Offer::decode, Offer::encode) else { return false };
    assert_eq!(Offer::decode(&offer.encode()).map(|again| again.hash()), Ok(offer.hash()));
    let fixture = fixture();
    [&fixture.alice, &fixture.bob].iter().any(|side| offer.verify(&side.sign.public()).is_ok())
}

/// A new device's introduction: what it sealed and signed, as it is carried.
pub(crate) fn carried_letter(bytes: &[u8]) -> bool {
    let Some(introduction) = canonical(bytes, 0, Introduction::decode, Introduction::encode) else { return false };
    let fixture = fixture();
    let known = &fixture.introduction;
    let opened = introduction.open(&fixture.carol.public(), &fixture.bob.kem).is_ok();
    assert_eq!(opened, introduction == *known, "a letter that its writer did not write");
    opened
}

/// What a new device's letter says: the input, sealed to its reader and signed by its writer.
pub(crate) fn letter(bytes: &[u8]) -> bool {
    let (fixture, mut rng) = (fixture(), rng());
    let Introduction { from, to, .. } = fixture.introduction;
    let ends = [&from.as_bytes()[..], to.as_bytes()].concat();
    let Ok(sealed) = fixture.bob.kem.public().seal(Label::IntroductionSeal, &ends, bytes, &mut rng) else {
        return false;
    };
    let signature = fixture.carol.sign(Label::OfferSignature, &[&ends[..], &sealed, b"introduction"].concat());
    let carried = Writer::new()
        .bytes(Tag::must(1), from.as_bytes())
        .bytes(Tag::must(2), to.as_bytes())
        .bytes(Tag::must(3), &sealed)
        .bytes(Tag::must(4), &signature)
        .done();
    // One that is too long to be carried is refused before it is opened.
    let Ok(introduction) = Introduction::decode(&carried) else { return false };
    let Ok(opened) = introduction.open(&fixture.carol.public(), &fixture.bob.kem) else { return false };
    let again = written(&opened);
    assert!(again.len() < bytes.len() || again == bytes, "one letter has two encodings");
    let card = Fields::parse(bytes).and_then(|fields| fields.bytes(2));
    assert_eq!(card, Ok(&opened.contact_card[..]), "a letter says what its writer wrote");
    true
}

/// A letter's text.
pub(crate) fn written(letter: &Letter) -> Vec<u8> {
    Writer::new()
        .bytes(Tag::must(1), letter.pair_secret.expose())
        .bytes(Tag::must(2), &letter.contact_card)
        .bytes(Tag::must(3), &letter.offer.encode())
        .done()
}

/// The word that a letter was taken.
pub(crate) fn acquaintance(bytes: &[u8]) -> bool {
    let Some(taken) = canonical(bytes, 0, Acquaintance::decode, Acquaintance::encode) else { return false };
    let fixture = fixture();
    let real = taken == Acquaintance::sign(&fixture.introduction, &fixture.bob.sign);
    assert_eq!(taken.verify(&fixture.bob.sign.public()).is_ok(), real, "a word that its device did not give");
    assert!(!real || taken.is_of(&fixture.introduction));
    real
}

/// A notice says again what it says, whatever else stands in its row.
pub(crate) fn notice(bytes: &[u8]) -> bool {
    let Ok(notice) = Notice::decode(bytes) else { return false };
    let again = notice.encode();
    assert_eq!(Notice::decode(&again), Ok(notice));
    true
}

pub(crate) fn event_header(bytes: &[u8]) -> bool {
    // A time that is not said reads as zero, and is written as such.
    let Some(header) = canonical(bytes, 2, EventHeader::decode, EventHeader::encode) else { return false };
    assert!(header.parents.len() <= limits::PARENTS_MAX && header.parents.is_sorted_by(|a, b| a < b));
    assert_eq!(id_of(bytes) == id_of(&header.encode()), header.encode() == bytes, "an id is the header's bytes");
    true
}

/// The first byte says which kind of body the rest is.
pub(crate) fn event_body(bytes: &[u8]) -> bool {
    let Some((kind, bytes)) = bytes.split_first() else { return false };
    let kind = Kind { number: u64::from(*kind), critical: kind % 2 == 1 };
    assert_ne!(body_hash(&[0; 16], bytes), body_hash(&[1; 16], bytes));
    let decode = |bytes: &[u8]| Body::decode(kind, bytes).ok().flatten().ok_or(());
    let Some(body) = canonical(bytes, 0, decode, Body::encode) else { return false };
    assert_eq!(body.kind().number, kind.number);
    assert!(!matches!(&body, Body::Text(said) if said.text.len() > limits::TEXT_BYTES_MAX));
    true
}

/// Whether fields stand in a plaintext, or in its entries, that a reader may pass over.
fn says_more(plaintext: &[u8]) -> bool {
    let may = |fields: &Fields<'_>| fields.all().any(|(tag, _)| tag == Tag::may(tag.number()));
    let Ok(fields) = Fields::parse(plaintext) else { return false };
    may(&fields) || fields.list(2).any(|entry| Fields::parse(entry).is_ok_and(|entry| may(&entry)))
}

/// The plaintext of a record of Alice's.
pub(crate) fn carried_events(bytes: &[u8]) -> bool {
    let shared = fixture().shared();
    let Ok(arrived) = read_carried(bytes, &shared) else { return false };
    assert!(arrived.len() <= limits::RECORD_EVENTS_MAX);
    for Known { carried, read } in &arrived {
        let again = EventHeader::decode(&carried.header).ok().map(|header| (id_of(&carried.header), header));
        assert_eq!(read, &again, "what is read on the way is what the header's bytes say");
    }
    let events: Vec<_> = arrived.into_iter().map(|arrived| arrived.carried).collect();
    let again = encode_carried(&events, &shared);
    assert_eq!(decode_carried(&again, &shared).as_ref(), Ok(&events), "events come out as they went in");
    // Records of before are read, and never written.
    let of_before = Fields::parse(bytes).is_ok_and(|fields| fields.list(1).next().is_some());
    assert!(of_before || says_more(bytes) || again == bytes, "one list of events has two forms");
    !events.is_empty() && events.iter().all(|event| EventHeader::decode(&event.header).is_ok())
}
