//! Files in the style of the usual phones and mail programs, and files that mean no good.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what failed by panicking")]

use kith_base::limits;
use kith_cards::{PhotoKind, Read, Skipped, has_link, read, with_link};

fn file(name: &str) -> Read {
    let path = format!("{}/tests/cards/{name}", std::env::var("CARGO_MANIFEST_DIR").unwrap());
    read(&std::fs::read(path).unwrap())
}

fn names(read: &Read) -> Vec<&str> {
    read.cards.iter().map(|card| card.name.as_str()).collect()
}

fn skipped(read: &Read) -> Vec<(Skipped, usize)> {
    read.skipped.iter().map(|(why, count)| (*why, *count)).collect()
}

fn photo(read: &Read, card: usize) -> Option<PhotoKind> {
    read.cards[card].photo.as_ref().map(|photo| photo.kind)
}

#[test]
fn a_phone_that_writes_version_2_1_is_understood() {
    let read = file("android-2.1.vcf");
    assert_eq!(names(&read), ["José Ortúz", "李小龙"]);
    assert_eq!([photo(&read, 0), photo(&read, 1)], [Some(PhotoKind::Png), None]);
    assert_eq!(skipped(&read), [(Skipped::Unnamed, 1)]);
}

#[test]
fn a_phone_that_writes_version_3_is_understood_and_its_lists_are_no_people() {
    let read = file("iphone-3.0.vcf");
    assert_eq!(names(&read), ["Mira Solberg"]);
    assert_eq!(read.cards[0].uid, "6E0F6A9C-0000-4000-8000-000000000001");
    assert_eq!(photo(&read, 0), Some(PhotoKind::Png));
    assert_eq!(skipped(&read), [(Skipped::NotAPerson, 1)]);
}

/// CARD-003
#[test]
fn version_4_is_understood_and_no_picture_is_fetched() {
    let read = file("mail-4.0.vcf");
    assert_eq!(names(&read), ["Nour El-Din, Dr.", "Somebody with a picture elsewhere"]);
    assert_eq!([photo(&read, 0), photo(&read, 1)], [Some(PhotoKind::Png), None]);
    assert_eq!(skipped(&read), [(Skipped::NotAPerson, 1)]);
}

#[test]
fn charsets_that_nobody_named_are_found_out() {
    assert_eq!(names(&file("outlook-2.1-cp1252.vcf")), ["Jörg Müller"], "and the card inside is not another person");
    assert_eq!(names(&file("outlook-utf16.vcf")), ["Žofie Nováková"]);
    assert_eq!(names(&file("feature-phone-2.1.vcf")), ["Anne Lefèvre"]);
    assert_eq!(names(&file("web-3.0.vcf")), ["Beanie", "only@example.org"]);
}

/// CARD-001, CARD-002
#[test]
fn what_is_broken_or_means_no_good_takes_nobody_else_with_it() {
    let read = file("hostile.vcf");
    assert_eq!(names(&read), ["Alice <script>alert(1)</script>", "SVG"], "one line, nothing that turns it");
    assert_eq!(photo(&read, 1), None);
    assert_eq!(skipped(&read), [(Skipped::Unreadable, 2)]);
}

/// CARD-002
#[test]
fn what_is_too_large_is_left_out() {
    let long = "é".repeat(limits::NAME_BYTES_MAX);
    let uid = "u".repeat(limits::CARD_UID_BYTES_MAX + 1);
    let one = read(format!("BEGIN:VCARD\nVERSION:4.0\nFN:a{long}\nUID:{uid}\nEND:VCARD\n").as_bytes());
    assert!(one.cards[0].name.len() <= limits::NAME_BYTES_MAX && one.cards[0].name.ends_with('é'));
    assert_eq!(one.cards[0].uid, "");

    let note = "n".repeat(limits::CARD_BYTES_MAX);
    let two = read(format!("BEGIN:VCARD\nFN:A\nNOTE:{note}\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n").as_bytes());
    assert_eq!((names(&two), skipped(&two)), (vec!["B"], vec![(Skipped::TooLarge, 1)]));

    let many = "BEGIN:VCARD\nFN:A\nEND:VCARD\n".repeat(limits::CONTACTS_MAX + 3);
    let many = read(many.as_bytes());
    assert_eq!((many.cards.len(), skipped(&many)), (limits::CONTACTS_MAX, vec![(Skipped::TooMany, 3)]));
}

/// CARD-010
#[test]
fn a_link_is_written_into_a_card_once_and_every_other_byte_stays() {
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Mira\r\nX-ODD;a=b:\\,;\r\n folded\r\nEND:VCARD\r\n";
    let first = with_link(card, "http://abc.localhost:4848").unwrap();
    let ours = "kith.URL:http://abc.localhost:4848\r\nkith.X-ABLabel:Kith\r\n";
    assert_eq!(first.replace(ours, ""), card);
    let second = with_link(&first, "http://def.localhost:4848").unwrap();
    assert_eq!(second, first.replace("abc", "def"));
    assert_eq!(read(second.as_bytes()), read(card.as_bytes()));
    assert_eq!(with_link("BEGIN:VCARD\r\n", "http://a"), None);
    assert_eq!(with_link(card, "http://a\r\nX:1"), None);
}

/// CARD-010: a server may order, fold and spell the lines as it likes.
#[test]
fn an_address_that_is_there_is_found_however_its_server_wrote_it() {
    let (url, folded) =
        ("http://abc.localhost:4848", "BEGIN:VCARD\r\nKITH.url:http://abc.loc\r\n alhost:4848\r\nEND:VCARD\r\n");
    assert!(has_link(folded, url));
    assert!(!has_link(folded, "http://def.localhost:4848"));
    assert!(!has_link("BEGIN:VCARD\nURL:http://abc.localhost:4848\nEND:VCARD\n", url), "somebody's own line");
    assert!(has_link(&with_link("BEGIN:VCARD\nEND:VCARD\n", url).unwrap(), url));
}
