//! What a fuzzer reaches: one datagram, read and believed as from a link.

use super::Found;
use super::link::Link;

use super::message::{Announcement, Heard, Parsed, Question, Service, encode_announcement, encode_question, parse};
use super::state::{Act, State};
use std::net::IpAddr;
use std::time::Instant;

/// Reads a datagram and gives it to a fresh state that announces a device and looks for a code. Whether it is one of
/// ours.
///
/// # Panics
/// When what was read is not read again from what is written of it, when somebody else's address is believed, or when
/// one datagram makes more answers than there are things announced.
pub fn mdns(bytes: &[u8]) -> bool {
    let parsed = parse(bytes);
    match &parsed {
        None => {}
        Some(Parsed::Questions(questions)) => questions.iter().for_each(|question| {
            let written = encode_question(question).and_then(|bytes| parse(&bytes));
            // Who asks for all open codes is not heard, so it can't be read in the first place.
            assert_eq!(written, Some(Parsed::Questions(vec![question.clone()])));
        }),
        Some(Parsed::Answers(heard)) => heard.iter().for_each(reads_back),
    }
    believed(bytes);
    parsed.is_some()
}

fn reads_back(heard: &Heard) {
    let Heard { announcement, addresses, goodbye } = heard;
    let written = encode_announcement(announcement, addresses, *goodbye).and_then(|bytes| parse(&bytes));
    let Some(Parsed::Answers(again)) = written else { panic!("an announcement that was read can't be written") };
    let [again] = again.as_slice() else { panic!("one announcement became {}", again.len()) };
    assert_eq!((&again.announcement, again.goodbye), (announcement, *goodbye));
    let same = |one: &[IpAddr], other: &[IpAddr]| one.iter().all(|ip| other.contains(ip));
    assert!(same(&again.addresses, addresses) && same(addresses, &again.addresses));
}

fn believed(bytes: &[u8]) {
    let now = Instant::now();
    let link = Link { index: 7, own: vec![([192, 168, 1, 2].into(), 24), ([0xfe80, 0, 0, 0, 0, 0, 0, 2].into(), 64)] };
    let mut state = State::default();
    let own = Announcement { service: Service::Devices, name: "0011223344556677".into(), port: 4000, endpoint: None };
    state.announce(1, own, now);
    state.search(2, "482913".into(), now);
    let mut answers = 0;
    for act in state.received(&link, bytes, now) {
        match act {
            Act::Tell(Found::Seen { addresses, .. }) => {
                assert!(addresses.iter().all(|address| link.has(address.ip()) && address.port() > 0));
            }
            Act::Card { card, .. } => assert!(card.addresses.iter().all(|address| link.has(address.ip()))),
            Act::Announce { goodbye, .. } => {
                answers += 1;
                assert!(!goodbye, "somebody else takes leave for us");
            }
            Act::Tell(_) => {}
            Act::Ask { .. } => panic!("a datagram makes this device ask"),
        }
    }
    assert!(answers <= 1, "one datagram is answered {answers} times");
}

/// One message of each kind, as this program writes it.
pub fn mdns_messages() -> Vec<Vec<u8>> {
    let device =
        Announcement { service: Service::Devices, name: "8899aabbccddeeff".into(), port: 4000, endpoint: None };
    let code = Announcement { service: Service::Pairing, name: "482913".into(), port: 4001, endpoint: Some([9; 32]) };
    let ips: [IpAddr; 2] = [[192, 168, 1, 9].into(), [0xfe80, 0, 0, 0, 0, 0, 0, 9].into()];
    let questions = [Question::All(Service::Devices), Question::One(Service::Pairing, "482913".into())];
    let announced = [(&device, false), (&device, true), (&code, false), (&code, true)];
    let announced = announced.iter().filter_map(|(what, goodbye)| encode_announcement(what, &ips, *goodbye));
    announced.chain(questions.iter().filter_map(encode_question)).collect()
}
