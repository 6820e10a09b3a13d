//! Records the corpora: what two devices really said to each other, and inputs written by hand.

use crate::contact::{deed, write};
use crate::corpus;
use crate::fixture::{Fixture, fixture};
use crate::identity::{self, person};
use crate::{hello, log, pairing, sealing, stored};
use kith_base::codec::{Fields, Tag, Writer};
use kith_base::{ContactId, Mono, Rng, Secret};
use kith_proto::io::View;
use kith_proto::log::carried::{Carried, encode_carried};
use kith_proto::log::event::{Body, Pin, Wording};
use kith_proto::log::file::{FileBody, Look};
use kith_proto::log::introduction::Acquaintance;
use kith_proto::log::notice::Notice;
use kith_proto::log::packet::Packet;
use kith_proto::log::record::Record;
use kith_proto::log::short::ShortRecord;
use kith_proto::pairing::{Attempts, Code, Introduction, Link, LinkSecret};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::time::Duration;

/// Packets of one kind that are kept: they differ in little.
const OF_A_KIND: usize = 3;

/// Inputs by body.
#[derive(Default)]
pub(crate) struct Inputs(BTreeMap<&'static str, BTreeSet<(&'static str, Vec<u8>)>>);

impl Inputs {
    pub(crate) fn real(&mut self, body: &'static str, bytes: impl Into<Vec<u8>>) {
        self.0.entry(body).or_default().insert(("real", bytes.into()));
    }

    pub(crate) fn edge(&mut self, body: &'static str, bytes: impl Into<Vec<u8>>) {
        self.0.entry(body).or_default().insert(("edge", bytes.into()));
    }
}

/// Writes the corpora: recorded inputs replace the recorded ones, found ones stay.
///
/// # Errors
/// What the system says.
pub fn record() -> io::Result<usize> {
    let mut inputs = Inputs::default();
    messages(&mut inputs, fixture());
    people(&mut inputs);
    meetings(&mut inputs);
    conversations(&mut inputs);
    crate::files::record(&mut inputs);
    #[cfg(feature = "carriers")]
    crate::carriers::record(&mut inputs);
    #[cfg(feature = "carriers")]
    crate::home::record(&mut inputs);
    let mut written = 0;
    for (body, entries) in inputs.0 {
        let folder = corpus::folder(body);
        std::fs::create_dir_all(&folder)?;
        for old in std::fs::read_dir(&folder)? {
            let old = old?;
            if old.file_name().to_string_lossy().starts_with("real-") {
                std::fs::remove_file(old.path())?;
            }
        }
        for (kind, bytes) in entries {
            std::fs::write(folder.join(corpus::name(kind, &bytes)), &bytes)?;
            written += 1;
        }
    }
    Ok(written)
}

fn messages(inputs: &mut Inputs, of: &Fixture) {
    let mut kinds: BTreeMap<(u64, usize), usize> = BTreeMap::new();
    for sent in &of.packets {
        let Ok(outer) = Fields::parse(&sent.bytes) else { continue };
        let (Ok(kind), Ok(body)) = (outer.number(1), outer.bytes(2)) else { continue };
        // Packets of one kind and about one length say the same things.
        let seen = kinds.entry((kind, sent.bytes.len() / 512)).or_default();
        *seen += 1;
        if *seen > OF_A_KIND {
            continue;
        }
        inputs.real("packet", sent.bytes.clone());
        inputs.real("fields", sent.bytes.clone());
        match kind {
            1 => {
                inputs.real("receipt", body);
                if let Ok(Some(offer)) = Fields::parse(body).and_then(|outer| outer.optional(3)) {
                    inputs.real("offer", offer);
                }
            }
            2 => {
                inputs.real("record", body);
                if let Ok(record) = Record::decode(body) {
                    let short = ShortRecord::of(&record);
                    inputs.real("short_record", short.encode());
                    inputs.real("packet", Packet::ShortRecord(short).encode());
                }
            }
            // Those of the third device are not for the two whose keys the body has.
            3 if log::welcome(body) => inputs.real("welcome", body),
            6 if log::head(body) => inputs.real("head", body),
            12 => inputs.real("short_receipt", body),
            10 => {
                if let Ok(said) = Fields::parse(body).and_then(|statement| statement.bytes(1))
                    && identity::manifest_statement(said)
                {
                    inputs.real("manifest_statement", said);
                }
            }
            _ => {}
        }
    }
    inputs.real("carried_letter", of.introduction.encode());
    inputs.real("acquaintance", Acquaintance::sign(&of.introduction, &of.bob.sign).encode());
    if let Ok(letter) = of.introduction.open(&of.carol.public(), &of.bob.kem) {
        inputs.real("letter", log::written(&letter));
    }
    let events: Vec<_> = of.alice.vault.events().collect();
    for event in events.iter().take(4) {
        inputs.real("event_header", event.header.clone());
        inputs.real("text_ids", event.id.to_string());
    }
    let carried = |event: &kith_proto::io::StoredEvent| Carried {
        header: event.header.clone(),
        body: of.alice.vault.body(event.row),
    };
    let shared = of.shared();
    let written: Vec<_> = events.iter().copied().filter(|event| event.device == shared.device).map(carried).collect();
    let first = written.get(..1).unwrap_or_default();
    for events in [&written[..], first, &events.iter().copied().map(carried).collect::<Vec<_>>()] {
        inputs.real("carried_events", encode_carried(events, &shared));
        let entry = |event: &Carried| {
            Writer::new().bytes(Tag::must(1), &event.header).optional(Tag::must(2), event.body.as_deref()).done()
        };
        let of_before: Vec<Vec<u8>> = events.iter().map(entry).collect();
        let of_before = Writer::new().list(Tag::must(1), of_before.iter().map(Vec::as_slice)).done();
        inputs.edge("carried_events", of_before);
    }
    let text = Body::Text("words, ∞ and a line\nbreak".into());
    let event = events.first().map(|event| event.id);
    let edit = event.map(|event| Body::Edit(event, "other words".into()));
    let succession = Body::Succession([7; 64]);
    let file = Body::File(Box::new(FileBody {
        name: "a photo.png".into(),
        size: 300_000,
        media_type: "image/png".into(),
        key: Secret::new([8; 32]),
        root: [9; 32],
        caption: "look".into(),
        look: Look {
            thumbnail: Some(vec![1; 40]),
            pixels: Some((640, 480)),
            duration_ms: Some(1500),
            waveform: Some(vec![0, 128, 255]),
        },
        timer: Some(3600),
    }));
    let pin = event.map(|target| Body::Pin(Pin { target, round: 300, pinned: true }));
    let timed = Body::Text(Wording { timer: Some(60), answers: event, ..Wording::from("soon gone") });
    let reaction = event.map(|event| Body::Reaction(event, "\u{1f44d}".into()));
    let bodies = [Some(text), event.map(Body::Delete), edit, Some(succession), Some(file)];
    let later = [reaction, pin, Some(Body::Timer(86_400)), Some(timed)];
    for body in bodies.into_iter().chain(later).flatten() {
        let kind = u8::try_from(body.kind().number).unwrap_or_default();
        inputs.real("event_body", [&[kind], &body.encode()[..]].concat());
    }
    inputs.edge(
        "event_body",
        [&[1][..], &Writer::new().bytes(Tag::must(1), b"x").bytes(Tag::must(2), b"").done()].concat(),
    );
    for id in [of.alice.device.to_string(), of.conversation.to_string(), ContactId::from_bytes([1; 10]).to_string()] {
        inputs.real("text_ids", id);
    }
    // A known field with the other head, a field that falls, an empty field, a number with a zero in front.
    for edge in [&[2, 0][..], &[3, 0, 2, 0], &[5, 0, 3, 0], &[3, 1, 0], &[3, 0x81, 0], &[0xff; 11], &[]] {
        inputs.edge("fields", edge);
    }
    for tag in [1, 2] {
        let many = Writer::new().list(Tag::must(tag), std::iter::repeat_n(&[][..], 600)).done();
        inputs.edge("carried_events", many);
    }
    let again = |value: &[u8]| {
        let outer =
            of.packets.iter().find_map(|sent| Fields::parse(&sent.bytes).ok().filter(|of| of.number(1) == Ok(1)));
        let body = outer.and_then(|outer| outer.bytes(2).ok()).unwrap_or_default();
        Writer::new().number(Tag::must(1), 1).bytes(Tag::must(2), body).bytes(Tag::may(3), value).done()
    };
    inputs.real("packet", again(b""));
    inputs.edge("packet", again(b"more"));
    inputs.edge("packet", Packet::Unknown(77).encode());
    inputs.real("packet", Packet::Typing.encode());
    // Of a newer version, with something in it.
    inputs.edge("packet", Writer::new().number(Tag::must(1), 13).bytes(Tag::must(2), b"more").done());
    inputs.real("packet", Packet::Spent(kith_base::KeyPackageHash::from_bytes([3; 32])).encode());
    inputs.real("packet", Packet::Acquaintance(Acquaintance::sign(&of.introduction, &of.bob.sign)).encode());
    let (person, device) = (of.bob.person, of.bob.device);
    for notice in [
        Notice::DeviceJoined { person, device, waiting: 3 },
        Notice::ListsForked { person },
        Notice::PairedAnew { held: 300, proven: true },
        Notice::CopyProven { device },
        Notice::Other(99),
    ] {
        inputs.real("notice", notice.encode());
    }
}

fn people(inputs: &mut Inputs) {
    let person = person();
    inputs.real("bundle", person.bundle.bytes());
    for (at, list) in person.lists.iter().enumerate() {
        let signer = u8::from(at == 2);
        inputs.real("device_list", [&[signer], list.bytes().get(64..).unwrap_or_default()].concat());
        inputs.real("device_list", [&[2], list.bytes()].concat());
    }
    for manifest in [(1, 1, 0), (1, 300, u64::MAX)] {
        let (version_min, version_max, features) = manifest;
        inputs.real("manifest", kith_proto::identity::Manifest { version_min, version_max, features }.encode());
    }
    inputs.real("recovery_key", person.recovery.encode());
    let words = person.root.words();
    inputs.real("seed_words", words.join(" "));
    inputs.real("seed_words", words.join("\n ").to_uppercase());
    inputs.edge("seed_words", words.iter().skip(1).copied().collect::<Vec<_>>().join(" "));
    inputs.edge("seed_words", "abandon".repeat(2_000));
    inputs.edge("seed_words", "İ ﬁ ß \u{301} abandon");
}

fn meetings(inputs: &mut Inputs) {
    let run = pairing::run();
    let [m1, m2, m3, m4, m5] = &run.messages;
    for (number, message) in [(1, m1), (3, m3), (5, m5)] {
        inputs.real("pairing_inviter", [&[number], &message[..]].concat());
    }
    for (number, message) in [(2, m2), (4, m4)] {
        inputs.real("pairing_accepter", [&[number], &message[..]].concat());
    }
    let refusal = kith_proto::pairing::refuse(kith_proto::pairing::Refusal::WrongWords, Some(3));
    inputs.edge("pairing_accepter", [&[4], &refusal[..]].concat());
    // A neutral element, and the accepter's own half sent back.
    let neutral = Writer::new().number(Tag::must(1), 2).number(Tag::must(2), 1).bytes(Tag::must(3), &[0x42; 33]).done();
    inputs.edge("pairing_accepter", [&[2], &neutral[..]].concat());
    for (prospect, introduction) in [run.inviter(), run.accepter()] {
        inputs.real("pairing_introduction", introduction.encode());
        // Who goes on with a contact asks for the key that it was known by.
        let asks = Introduction { known_by: Some(person().recovery.sign), ..introduction.clone() };
        inputs.real("pairing_introduction", asks.encode());
        inputs.real("prospect", prospect.encode());
    }
    let mut rng = Rng::from_number(71);
    for code in [Code::generate(&mut rng).to_string(), "481 920 Aard GUIT solo toba".into()] {
        inputs.real("pairing_code", code);
    }
    inputs.edge("pairing_code", "481920-aardvark-guitarist-solo-tomorrow-more");
    inputs.edge("pairing_code", format!("481920-{}", "aardvark".repeat(2_000)));
    inputs.edge("pairing_code", "４８１９２０ aardvark İ ß");
    let link = |card: &[u8]| Link::new(LinkSecret::new([3; 16]), card.to_vec());
    for link in [link(b""), link(&[7; 150])].into_iter().flatten() {
        inputs.real("pairing_link", link.to_string());
        inputs.real("pairing_link", format!(" {}/\n", link.qr_text()));
    }
    for stands in [Duration::from_secs(600), Duration::MAX] {
        inputs.real("pairing_attempts", Attempts::open(Mono(0), stands).encode(Mono(9)));
    }
    inputs.real("transfer", fixture().transfer.clone());
    hello::real().into_iter().for_each(|bytes| inputs.real("hello", bytes));
    hello::real_heartbeats().into_iter().for_each(|bytes| inputs.real("heartbeat", bytes));
    let groups = sealing::groups();
    inputs.real("mls_welcome", groups.welcome.clone());
    inputs.real("mls_key_package", groups.key_package.clone());
    for (at, record) in (0..).zip(&groups.records) {
        inputs.real("mls_record", [&[at], &record[..]].concat());
    }
}

fn conversations(inputs: &mut Inputs) {
    use deed::*;
    let text = Body::Text("hello".into()).encode();
    let connect = write(CONNECT, 0, b"");
    let event = write(EVENT, 1, &text);
    inputs.real("conversation", [&connect[..], &event].concat());
    inputs.real("conversation", [&event[..], &write(COMMIT, 0, b""), &connect, &write(EVENT, 9, &text)].concat());
    let groups = sealing::groups();
    for deeds in [
        // Rubbish at each place where Bob's signature holds it.
        [write(RECORD, 0, b"rubbish"), write(RECORD, 1, b"rubbish"), write(RECORD, 2, b"rubbish")].concat(),
        [write(SEALED, 0, b"rubbish"), write(SEALED, 0, &text), write(EVENT, 1, b"rubbish"), write(EVENT, 0x41, &text)]
            .concat(),
        [write(WRITE, 0, b"waits"), write(RECEIPT, 0, &[1, 2, 0]), write(TICK, 255, b""), write(RECEIPT, 1, b"")]
            .concat(),
        [write(RECEIPT, 4, b""), write(WRITE, 0, b"waits"), write(OFFER, 4, &groups.key_package)].concat(),
        [write(OFFER, 4, b"rubbish"), write(WRITE, 0, b"waits"), write(RECEIPT, 4, b""), write(TICK, 255, b"")]
            .concat(),
        [write(WELCOME, 1, &groups.welcome), write(WELCOME, 3, b""), write(EVENT, 1, &text), write(EVENT, 1, &text)]
            .concat(),
        [write(COMMIT, 3, b""), write(EVENT, 1, &text), write(RESTART, 0, b""), write(EVENT, 1, &text)].concat(),
        [write(EVENT, 0x81, &text), write(EVENT, 2, &Body::Delete(kith_base::EventId::from_bytes([1; 32])).encode())]
            .concat(),
        [write(LIST, 0, &Writer::new().number(Tag::must(2), 0).done()), write(DELETE, 1, b""), write(SHOWN, 200, b"")]
            .concat(),
        [write(SPOILED, 3, &[9, 0, 1]), write(SPOILED, 5, &[]), write(PACKET, 0x80, b""), write(DISCONNECT, 0, b"")]
            .concat(),
    ] {
        inputs.edge("conversation", [&connect[..], &deeds].concat());
    }
    let of = fixture();
    let spent = Packet::Spent(kith_base::KeyPackageHash::from_bytes([3; 32])).encode();
    let letter = of.introduction.open(&of.carol.public(), &of.bob.kem).map(|letter| log::written(&letter));
    let spoken = Writer::new()
        .bytes(Tag::must(1), of.bob.device.as_bytes())
        .number(Tag::must(2), 9)
        .bytes(Tag::must(3), &kith_proto::identity::Manifest::CURRENT.encode())
        .done();
    let edit = Body::Edit(kith_base::EventId::from_bytes([0; 32]), "other words".into()).encode();
    let gone = Body::Delete(kith_base::EventId::from_bytes([0; 32])).encode();
    let answer = write(RECEIPT, 0, b"");
    for deeds in [
        // Bob edits and deletes what he wrote, and what he never wrote.
        [write(EVENT, 9, &text), write(EVENT, 0x23, &edit), write(EVENT, 0x22, &gone), write(EVENT, 3, &edit)].concat(),
        // Two texts of hers reach him: he read neither, then refuses the newest, then both; she deletes one.
        [&answer[..], &write(WRITE, 0, b"one"), &write(WRITE, 0, b"two"), &write(RECEIPT, 0, &[0, 0]), &answer]
            .concat(),
        [&answer[..], &write(WRITE, 0, b"one"), &write(RECEIPT, 0, &[0, 0]), &write(RECEIPT, 0, &[0, 1])].concat(),
        [&answer[..], &write(WRITE, 0, b"regretted"), &write(DELETE, 9, b""), &write(DELETE, 10, b""), &answer]
            .concat(),
        [&write(WRITE, 0, b"waits")[..], &write(OFFER, 4, &groups.key_package), &write(TICK, 255, b"")].concat(),
        // What is for her alone, once with the key that she offered and once more.
        [write(COMMIT, 3, b""), write(ADDRESSED, 1, &text), write(ADDRESSED, 1, &text)].concat(),
        [write(ADDRESSED, 1, &text), write(ADDRESSED, 1, b"rubbish"), write(RECORD, 2, &edit)].concat(),
        // A device that failed before notes each packet first.
        [write(RESTART, 1, b""), connect.clone(), write(EVENT, 1, &text), write(RECORD, 0, b"rubbish")].concat(),
        [write(RESTART, 1, b""), write(WELCOME, 1, &groups.welcome), write(WELCOME, 1, &groups.welcome)].concat(),
    ] {
        inputs.edge("conversation", [&connect[..], &deeds].concat());
    }
    for deeds in [
        [write(MANIFEST, 0, &spoken), write(MANIFEST, 0, &spoken), write(MANIFEST, 0, b"rubbish")].concat(),
        [write(LETTER, 0, &letter.unwrap_or_default()), write(LETTER, 0, b"rubbish")].concat(),
        [write(TAKEN, 0, &[1; 64]), write(TAKEN, 1, &[]), write(TAKEN, 2, &[]), write(PACKET, 0, &spent)].concat(),
    ] {
        inputs.edge("conversation", [&connect[..], &deeds].concat());
    }
    let list = fixture().bob.list.bytes().get(64..).unwrap_or_default();
    let newer = longer_list(list);
    inputs.edge("conversation", [&connect[..], &write(LIST, 0, list), &write(LIST, 0, &newer)].concat());
    for (at, sent) in fixture().packets.iter().enumerate().filter(|(at, _)| at % 7 == 0).take(4) {
        let bytes = [&connect[..], &write(PACKET, 0, &sent.bytes), &write(SPOILED, at as u8, &[200, 0, 4])].concat();
        inputs.edge("conversation", bytes);
    }
    stored::real().into_iter().for_each(|bytes| inputs.real("stored_row", bytes));
    inputs.real("damaged_vault", [0, 0, 0, 0, 0]);
    for row in 0..24_u8 {
        let at = row.wrapping_mul(29);
        inputs.edge("damaged_vault", [row, 0, at, 0, 1, row.wrapping_add(3), 2, at, 1, 0]);
    }
}

/// The next version of a list, without its devices.
fn longer_list(list: &[u8]) -> Vec<u8> {
    let Ok(fields) = Fields::parse(list) else { return Vec::new() };
    let kept = fields.all().filter(|(tag, _)| tag.number() < 3);
    kept.fold(Writer::new(), |writer, (tag, value)| writer.bytes(tag, value))
        .number(Tag::must(3), 2)
        .bytes(Tag::must(4), &[1; 32])
        .done()
}
