//! The machine on datagrams it could be sent, without a socket.

use super::Found;
use super::link::Link;
use super::message::{Announcement, Question, Service, encode_announcement, encode_question};
use super::state::{Act, PEERS_MAX, State};
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

fn link() -> Link {
    Link { index: 7, own: vec![("192.168.1.2".parse().unwrap(), 24), ("fe80::2".parse().unwrap(), 64)] }
}

fn device(name: &str) -> Announcement {
    Announcement { service: Service::Devices, name: name.into(), port: 40_001, endpoint: None }
}

fn code() -> Announcement {
    Announcement { service: Service::Pairing, name: "482913".into(), port: 40_009, endpoint: Some([9; 32]) }
}

fn says(what: &Announcement, addresses: &[&str]) -> Vec<u8> {
    let addresses: Vec<IpAddr> = addresses.iter().map(|ip| ip.parse().unwrap()).collect();
    encode_announcement(what, &addresses, false).unwrap()
}

fn seen(name: &str, addresses: &[&str]) -> Vec<Act> {
    let addresses: Vec<SocketAddr> = addresses.iter().map(|one| one.parse().unwrap()).collect();
    vec![Act::Tell(Found::Seen { name: name.into(), addresses })]
}

#[test]
fn a_device_is_told_of_once_and_again_when_its_addresses_change() {
    let (mut state, now) = (State::default(), Instant::now());
    let first = says(&device("bob"), &["192.168.1.3"]);
    assert_eq!(state.received(&link(), &first, now), seen("bob", &["192.168.1.3:40001"]));
    assert_eq!(state.received(&link(), &first, now), []);
    let moved = says(&device("bob"), &["192.168.1.33"]);
    assert_eq!(state.received(&link(), &moved, now), seen("bob", &["192.168.1.33:40001"]));
}

/// NET-033
#[test]
fn addresses_outside_the_link_are_not_believed() {
    let (mut state, now) = (State::default(), Instant::now());
    let lure = says(&device("mallory"), &["8.8.8.8", "10.0.0.1", "127.0.0.1", "2001:db8::1"]);
    assert_eq!(state.received(&link(), &lure, now), []);
    let mixed = says(&device("mallory"), &["8.8.8.8", "192.168.1.66"]);
    assert_eq!(state.received(&link(), &mixed, now), seen("mallory", &["192.168.1.66:40001"]));
}

/// NET-004
#[test]
fn an_ipv6_address_that_needs_a_scope_is_neither_announced_nor_handed_on() {
    let mut state = State::default();
    assert_eq!(state.received(&link(), &says(&device("bob"), &["fe80::3"]), Instant::now()), []);
    assert_eq!(link().addresses(), ["192.168.1.2".parse::<IpAddr>().unwrap()]);
}

/// NET-032
#[test]
fn a_goodbye_and_a_silence_are_both_told() {
    let (mut state, now) = (State::default(), Instant::now());
    let gone = |name: &str| vec![Act::Tell(Found::Gone { name: name.into() })];
    state.received(&link(), &says(&device("bob"), &["192.168.1.3"]), now);
    let goodbye = encode_announcement(&device("bob"), &[], true).unwrap();
    assert_eq!(state.received(&link(), &goodbye, now), gone("bob"));
    assert_eq!(state.received(&link(), &goodbye, now), []);

    state.received(&link(), &says(&device("carol"), &["192.168.1.4"]), now);
    assert_eq!(state.tick(now + Duration::from_secs(1199)), []);
    assert_eq!(state.tick(now + Duration::from_secs(1200)), gone("carol"));
}

#[test]
fn our_own_voice_is_not_news() {
    let (mut state, now) = (State::default(), Instant::now());
    state.announce(0, device("alice"), now);
    assert_eq!(state.received(&link(), &says(&device("alice"), &["192.168.1.2"]), now), []);
}

/// NET-034
#[test]
fn a_question_is_answered_on_its_link_and_not_again_within_a_second() {
    let (mut state, now) = (State::default(), Instant::now());
    state.announce(0, device("alice"), now);
    state.announce(1, code(), now);
    let who = encode_question(&Question::All(Service::Devices)).unwrap();
    let answer = |what| vec![Act::Announce { link: Some(7), what, goodbye: false }];
    assert_eq!(state.received(&link(), &who, now), answer(device("alice")));
    assert_eq!(state.received(&link(), &who, now + Duration::from_millis(900)), []);
    assert_eq!(state.received(&link(), &who, now + Duration::from_secs(1)), answer(device("alice")));

    let other = encode_question(&Question::One(Service::Pairing, "482914".into())).unwrap();
    assert_eq!(state.received(&link(), &other, now), []);
    let this = encode_question(&Question::One(Service::Pairing, "482913".into())).unwrap();
    assert_eq!(state.received(&link(), &this, now), answer(code()));
}

/// NET-032
#[test]
fn a_start_announces_and_asks_and_then_only_announces() {
    let (mut state, start) = (State::default(), Instant::now());
    state.announce(0, device("alice"), start);
    let announce = || Act::Announce { link: None, what: device("alice"), goodbye: false };
    let ask = || Act::Ask { link: None, what: Question::All(Service::Devices) };
    for after_ms in [0, 250, 1000, 3000, 7000] {
        let now = state.next_tick().unwrap();
        assert_eq!(now - start, Duration::from_millis(after_ms));
        assert_eq!(state.tick(now), [announce(), ask()]);
    }
    for after_s in [57, 157, 357, 757, 1157, 1557] {
        let now = state.next_tick().unwrap();
        assert_eq!(now - start, Duration::from_secs(after_s));
        assert_eq!(state.tick(now), [announce()]);
    }
}

/// NET-032
#[test]
fn a_search_asks_at_once_and_hands_on_each_different_answer_once() {
    let (mut state, now) = (State::default(), Instant::now());
    state.search(5, "482913".into(), now);
    let ask = Act::Ask { link: None, what: Question::One(Service::Pairing, "482913".into()) };
    assert_eq!(state.tick(now), [ask]);
    let answer = says(&code(), &["192.168.1.3"]);
    let acts = state.received(&link(), &answer, now);
    let [Act::Card { search: 5, card }] = acts.as_slice() else { panic!("a card") };
    assert_eq!((card.id.0, card.addresses.as_slice()), ([9; 32], &["192.168.1.3:40009".parse().unwrap()][..]));
    assert_eq!(state.received(&link(), &answer, now), []);
    state.stop_search(5);
    assert_eq!(state.received(&link(), &says(&code(), &["192.168.1.4"]), now), []);
}

/// NET-032
#[test]
fn a_search_asks_often_at_first_and_then_every_second() {
    let (mut state, start) = (State::default(), Instant::now());
    state.search(5, "482913".into(), start);
    for after_ms in [0, 200, 500, 1000, 2000, 3000] {
        let now = state.next_tick().unwrap();
        assert_eq!(now - start, Duration::from_millis(after_ms));
        assert_eq!(state.tick(now).len(), 1);
    }
}

/// NET-034
#[test]
fn a_flood_of_names_or_datagrams_is_bounded() {
    let (mut state, now) = (State::default(), Instant::now());
    let told: usize = (0..1000)
        .map(|n| state.received(&link(), &says(&device(&format!("m{n}")), &["192.168.1.66"]), now).len())
        .sum();
    assert_eq!(told, PEERS_MAX);

    let mut state = State::default();
    for _ in 0..1000 {
        state.received(&link(), b"garbage", now);
    }
    let bob = says(&device("bob"), &["192.168.1.3"]);
    assert_eq!(state.received(&link(), &bob, now), [], "the second's share is used up");
    assert_eq!(state.received(&link(), &bob, now + Duration::from_secs(1)).len(), 1);
}
