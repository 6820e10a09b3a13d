//! Bodies of what lies in a home: files that somebody else may have changed.

use crate::identity::person;
use crate::pairing::run;
use crate::record::Inputs;
use kith_base::codec::{Tag, Writer};
use kith_base::{Mono, limits};
use kith_cards::{Card, PhotoKind};
use kith_proto::pairing::Attempts;
use std::time::Duration;

/// Files in the style of the usual phones and mail programs.
const CARDS: &[&[u8]] = &[
    include_bytes!("../../crates/cards/tests/cards/android-2.1.vcf"),
    include_bytes!("../../crates/cards/tests/cards/feature-phone-2.1.vcf"),
    include_bytes!("../../crates/cards/tests/cards/hostile.vcf"),
    include_bytes!("../../crates/cards/tests/cards/iphone-3.0.vcf"),
    include_bytes!("../../crates/cards/tests/cards/mail-4.0.vcf"),
    include_bytes!("../../crates/cards/tests/cards/outlook-2.1-cp1252.vcf"),
    include_bytes!("../../crates/cards/tests/cards/outlook-utf16.vcf"),
    include_bytes!("../../crates/cards/tests/cards/web-3.0.vcf"),
];

/// A file of address-book cards: whatever is in it, what comes out is bounded and can be shown.
pub(crate) fn cards(bytes: &[u8]) -> bool {
    let read = kith_cards::read(bytes);
    assert!(read.cards.len() <= limits::CONTACTS_MAX);
    for card in &read.cards {
        let Card { name, uid, photo } = card;
        assert!(!name.is_empty() && name.len() <= limits::NAME_BYTES_MAX && name.trim() == name, "{name:?}");
        assert!(!name.chars().any(char::is_control) && !uid.chars().any(char::is_control));
        assert!(uid.len() <= limits::CARD_UID_BYTES_MAX);
        assert!(photo.iter().all(|photo| {
            photo.bytes.len() <= limits::CARD_PHOTO_BYTES_MAX && PhotoKind::of(&photo.bytes) == Some(photo.kind)
        }));
    }
    !read.cards.is_empty()
}

pub(crate) fn config(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    kith_agent::fuzzing::config(text)
}

/// A key file that is not under a passphrase is read whole; of one that is, all but the work that a passphrase takes.
pub(crate) fn key_file(bytes: &[u8]) -> bool {
    let Some(again) = kith_store::fuzzing::key_file(bytes) else { return false };
    assert!(again.len() <= bytes.len());
    assert!(again.len() < bytes.len() || again == bytes, "one key has two files");
    true
}

/// What stands before a backup's chunks: what is read is the bytes that came, but for what a reader passes over.
pub(crate) fn backup_start(bytes: &[u8]) -> bool {
    let Some(again) = kith_store::fuzzing::backup_start(bytes) else { return false };
    assert_eq!(kith_store::fuzzing::backup_start(&again), Some(again.clone()));
    let length = bytes.get(12..14).map_or(0, |length| usize::from(u16::from_be_bytes([length[0], length[1]])));
    let read = &bytes[..14 + length];
    assert!(again.len() < read.len() || again == read, "one header has two files");
    true
}

/// The entries of a backup, of whoever made it: no more comes out than is in it.
pub(crate) fn backup_entries(bytes: &[u8]) -> bool {
    let Some(read) = kith_store::fuzzing::backup_entries(bytes) else { return false };
    // Four entries are no file at least, and a key has 32 bytes.
    assert!(read + 4 * 10 + 32 <= bytes.len(), "{read} bytes of files in {}", bytes.len());
    true
}

pub(crate) fn stored_invitation(bytes: &[u8]) -> bool {
    stays(bytes, kith_agent::fuzzing::stored_invitation)
}

pub(crate) fn stored_intent(bytes: &[u8]) -> bool {
    stays(bytes, kith_agent::fuzzing::stored_intent)
}

pub(crate) fn stored_renewal(bytes: &[u8]) -> bool {
    stays(bytes, kith_agent::fuzzing::stored_renewal)
}

/// A row that is read and written is, from then on, the same.
fn stays(bytes: &[u8], again: fn(&[u8]) -> Option<Vec<u8>>) -> bool {
    let Some(written) = again(bytes) else { return false };
    // Words may have been shortened to four letters.
    assert!(written.len() <= bytes.len() + 64, "{} bytes became {}", bytes.len(), written.len());
    assert_eq!(again(&written), Some(written));
    true
}

pub(crate) fn record(inputs: &mut Inputs) {
    for file in CARDS {
        inputs.real("cards", *file);
    }
    inputs.edge("cards", "BEGIN:VCARD\nBEGIN:VCARD\nAGENT:\nBEGIN:VCARD\nEND:VCARD\nFN:A\nEND:VCARD\n");
    inputs.edge("cards", "BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-7:=\n=\n=4\nEND:VCARD\n");
    inputs.edge("cards", b"\xff\xfeB\0E\0G".as_slice());
    inputs.real("config", "");
    inputs.real(
        "config",
        "[network]\nlisten = [\"0.0.0.0\", \"[::]\"]\nport = 4433\nmdns = false\ndht_bootstrap = [\"a:1\"]\n",
    );
    inputs.real("config", "[network]\nrelays = []\naddresses = [\"203.0.113.5:4433\"] # here\n");
    inputs.edge("config", "[network]\nport = 65536\n");
    inputs.edge("config", "network.network.network = 1\n[[network]]\n");
    inputs.edge("config", "[network]\nlisten = [\"[[::]]\", \"::%1\", \"1.2.3\"]\n");
    let key = |fields: Writer| [&b"kith key\n"[..], &fields.done()].concat();
    let version = || Writer::new().number(Tag::must(1), 1);
    inputs.real("key_file", key(version().bytes(Tag::must(2), &[7; 32])));
    for (memory, lanes) in [(65_536, 1), (u64::from(u32::MAX), 16), (8, 0), (0, 255)] {
        let sealed = version().number(Tag::must(3), memory).number(Tag::must(4), 3).number(Tag::must(5), lanes);
        let sealed = sealed.bytes(Tag::must(6), &[1; 16]).bytes(Tag::must(7), &[2; 24]).bytes(Tag::must(8), &[3; 48]);
        inputs.edge("key_file", key(sealed));
    }
    for (memory, salt) in [(262_144, 16), (u64::from(u32::MAX), 16), (8, 15)] {
        let header = version().number(Tag::must(2), memory).number(Tag::must(3), 3).number(Tag::must(4), 1);
        let header = header.bytes(Tag::must(5), &vec![1; salt]).bytes(Tag::must(6), &[2; 19]);
        let header = header.bytes(Tag::must(7), &[3; 32]).done();
        let start = [b"kith backup\n", &(header.len() as u16).to_be_bytes()[..], &header].concat();
        if memory == 262_144 { inputs.real("backup_start", start) } else { inputs.edge("backup_start", start) }
    }
    let entry = |kind: u8, name: &str, bytes: &[u8]| {
        let length = (bytes.len() as u64).to_be_bytes();
        [&[kind, name.len() as u8], name.as_bytes(), &length, bytes].concat()
    };
    let about = Writer::new().number(Tag::must(1), 1_780_000_000_000).number(Tag::must(2), 1).done();
    let (vault, blob) = (format!("{}.db", "ab".repeat(16)), format!("{}/c0ffee", "ab".repeat(16)));
    let whole = |name: &str| {
        let entries = [
            entry(1, "", &about),
            entry(2, &vault, &[7; 4096]),
            entry(3, name, b"sealed"),
            entry(4, "", &[8; 4096]),
            entry(5, "", &[9; 32]),
            entry(0, "", b""),
        ];
        entries.concat()
    };
    inputs.real("backup_entries", whole(&blob));
    inputs.real(
        "backup_entries",
        [entry(1, "", &about), entry(4, "", b"db"), entry(5, "", &[9; 32]), entry(0, "", b"")].concat(),
    );
    inputs.edge("backup_entries", whole(&format!("{}/../../x", "ab".repeat(16))));
    inputs.edge("backup_entries", [&[1, 0][..], &u64::MAX.to_be_bytes(), &about].concat());
    let attempts = Attempts::open(Mono(0), Duration::from_secs(600)).encode(Mono(0));
    let invitation = Writer::new()
        .bytes(Tag::must(1), b"481920-aardvark-guitarist-solo-tobacco")
        .bytes(Tag::must(2), &attempts)
        .bytes(Tag::must(3), &[1; 16])
        .bytes(Tag::must(4), &attempts)
        .bytes(Tag::must(5), &[2; 32])
        .bytes(Tag::must(6), b"card")
        .number(Tag::must(7), 1_780_000_000_000);
    inputs.real("stored_invitation", invitation.done());
    let intent = Writer::new()
        .bytes(Tag::must(1), &[1; 10])
        .bytes(Tag::must(2), &[2; 32])
        .number(Tag::must(3), 1)
        .bytes(Tag::must(4), b"vault.db")
        .bytes(Tag::must(5), &[3; 72])
        .bytes(Tag::must(6), b"bundle")
        .bytes(Tag::must(7), &[4; 32])
        .bytes(Tag::must(8), &[5; 32])
        .bytes(Tag::must(9), &[6; 32])
        .bytes(Tag::must(10), b"card");
    inputs.real("stored_intent", intent.done());
    for (prospect, _) in [run().inviter(), run().accepter()] {
        let renewal =
            Writer::new().bytes(Tag::must(1), &prospect.encode()).bytes(Tag::must(2), &person().recovery.encode());
        inputs.real("stored_renewal", renewal.done());
    }
}
