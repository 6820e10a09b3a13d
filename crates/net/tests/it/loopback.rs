//! Two endpoints on loopback: what a connection promises.

use bytes::Bytes;
use kith_base::limits::PACKET_BYTES_MAX;
use kith_net::{Card, CloseCode, Closed, Config, Connection, Endpoint, EndpointId, Kind, NetError, PathKind};
use std::net::Ipv4Addr;
use std::time::Duration;
use tokio::time::timeout;

const SOON: Duration = Duration::from_secs(10);

fn config(seed: u8) -> Config {
    Config { listen: vec![Ipv4Addr::LOCALHOST.into()], ..Config::new([seed; 32]) }
}

async fn alice_and_bob() -> (Endpoint, Endpoint) {
    (Endpoint::bind(config(1)).await.unwrap(), Endpoint::bind(config(2)).await.unwrap())
}

/// Alice's and Bob's end of one connection that Alice opened.
async fn connected(alice: &Endpoint, bob: &Endpoint) -> (Connection, Connection) {
    let card = bob.local_card();
    let (here, there) = tokio::join!(alice.connect(&card), timeout(SOON, bob.accept()));
    (here.unwrap(), there.unwrap().unwrap())
}

#[tokio::test]
async fn messages_pass_whole_and_in_order_both_ways() {
    let (alice, bob) = alice_and_bob().await;
    let (here, there) = connected(&alice, &bob).await;
    assert_eq!((here.remote_id(), there.remote_id()), (bob.id(), alice.id()));
    let messages = [Bytes::new(), Bytes::from_static(b"hello"), Bytes::from(vec![7; PACKET_BYTES_MAX])];
    let (send, receive) = (here.clone(), there.clone());
    let sent = messages.clone();
    tokio::spawn(async move {
        for message in sent {
            send.send(message).await.unwrap();
        }
    });
    for message in messages {
        assert_eq!(timeout(SOON, receive.recv()).await.unwrap().unwrap(), message);
    }
    there.send(Bytes::from_static(b"hello back")).await.unwrap();
    assert_eq!(timeout(SOON, here.recv()).await.unwrap().unwrap(), "hello back");
    assert!(here.traffic().sent > PACKET_BYTES_MAX as u64);
    assert!(here.idle_for() < SOON);
}

/// HELLO-003, NET-022
#[tokio::test]
async fn both_ends_export_the_same_secret_and_each_connection_another() {
    let (alice, bob) = alice_and_bob().await;
    let (here, there) = connected(&alice, &bob).await;
    assert_eq!(here.exporter("kith/1 test").unwrap(), there.exporter("kith/1 test").unwrap());
    assert_ne!(here.exporter("kith/1 test").unwrap(), here.exporter("kith/1 other").unwrap());
    let (again, _there) = connected(&alice, &bob).await;
    assert_ne!(again.exporter("kith/1 test").unwrap(), here.exporter("kith/1 test").unwrap());
}

/// NET-011
#[tokio::test]
async fn the_key_exchange_is_the_post_quantum_hybrid() {
    let (alice, bob) = alice_and_bob().await;
    let (here, there) = connected(&alice, &bob).await;
    assert!(here.is_post_quantum() && there.is_post_quantum());
}

#[tokio::test]
async fn a_path_on_loopback_is_direct_and_local_until_the_end() {
    let (alice, bob) = alice_and_bob().await;
    let (here, _there) = connected(&alice, &bob).await;
    let mut path = here.watch_path();
    timeout(SOON, path.wait_for(|kind| *kind == PathKind::Direct { local: true })).await.unwrap().unwrap();
    here.abort(CloseCode::DONE);
    timeout(SOON, path.wait_for(|kind| *kind == PathKind::None)).await.unwrap().unwrap();
}

/// NET-001, NET-012
#[tokio::test]
async fn another_endpoint_at_the_address_is_refused() {
    let (alice, bob) = alice_and_bob().await;
    let carol = Endpoint::bind(config(3)).await.unwrap();
    let card = Card::new(carol.id()).at(&bob.local_card().addresses);
    let error = alice.connect(&card).await.unwrap_err();
    assert!(matches!(error, NetError::WrongPeer), "{error}");
}

#[tokio::test]
async fn a_dead_address_costs_five_seconds_and_a_live_one_beside_it_costs_nothing() {
    let (alice, bob) = alice_and_bob().await;
    let nobody = "127.0.0.1:9".parse().unwrap();
    let start = std::time::Instant::now();
    let error = alice.connect(&Card::new(EndpointId(bob.id().0)).at(&[nobody])).await.unwrap_err();
    assert!(matches!(error, NetError::Unreachable), "{error}");
    assert!(start.elapsed() < Duration::from_secs(6));

    let both = [&[nobody][..], &bob.local_card().addresses].concat();
    let start = std::time::Instant::now();
    alice.connect(&Card::new(bob.id()).at(&both)).await.unwrap();
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_card_that_is_no_endpoint_or_has_no_address_is_refused_at_once() {
    let (alice, bob) = alice_and_bob().await;
    let error = alice.connect(&Card::new(bob.id())).await.unwrap_err();
    assert!(matches!(error, NetError::Unreachable), "{error}");
    let mut off_the_curve = [0; 32];
    off_the_curve[0] = 2;
    let card = Card::new(EndpointId(off_the_curve)).at(&bob.local_card().addresses);
    let error = alice.connect(&card).await.unwrap_err();
    assert!(matches!(error, NetError::BadCard(_)), "{error}");
}

/// NET-010
#[tokio::test]
async fn a_pairing_endpoint_and_one_for_contacts_do_not_speak_to_each_other() {
    let (alice, bob) = alice_and_bob().await;
    let throwaway = Endpoint::bind(config(3).for_pairing([4; 32])).await.unwrap();
    let (code, contact) = (throwaway.local_card(), bob.local_card());
    let (to_code, to_contact) = tokio::join!(alice.connect(&code), throwaway.connect(&contact));
    assert!(to_code.is_err() && to_contact.is_err());
    let other = Endpoint::bind(Config { kind: Kind::Pairing, ..config(5) }).await.unwrap();
    connected(&other, &throwaway).await;
}

#[tokio::test]
async fn a_message_over_the_limit_is_not_sent() {
    let (alice, bob) = alice_and_bob().await;
    let (here, _there) = connected(&alice, &bob).await;
    let error = here.send(Bytes::from(vec![0; PACKET_BYTES_MAX + 1])).await.unwrap_err();
    assert!(matches!(error, NetError::TooLarge(size) if size == PACKET_BYTES_MAX + 1));
}

/// NET-023
#[tokio::test]
async fn a_last_message_arrives_before_the_close_and_its_code() {
    let (alice, bob) = alice_and_bob().await;
    let (here, there) = connected(&alice, &bob).await;
    here.send(Bytes::from(vec![1; PACKET_BYTES_MAX])).await.unwrap();
    let closing = tokio::spawn(async move { here.close(CloseCode::REPLACED).await });
    assert_eq!(timeout(SOON, there.recv()).await.unwrap().unwrap().len(), PACKET_BYTES_MAX);
    assert_eq!(timeout(SOON, there.recv()).await.unwrap(), None);
    assert_eq!(timeout(SOON, there.closed()).await.unwrap(), Closed::There(CloseCode::REPLACED));
    closing.await.unwrap();
    let error = timeout(SOON, async {
        loop {
            if let Err(error) = there.send(Bytes::from_static(b"too late")).await {
                return error;
            }
        }
    });
    assert!(matches!(error.await.unwrap(), NetError::Closed));
}

#[tokio::test]
async fn a_reader_that_does_not_read_stops_the_writer() {
    let (alice, bob) = alice_and_bob().await;
    let (here, _there) = connected(&alice, &bob).await;
    let big = Bytes::from(vec![0; PACKET_BYTES_MAX]);
    let mut sent = 0;
    while timeout(Duration::from_secs(1), here.send(big.clone())).await.is_ok() {
        sent += 1;
        assert!(sent < 40, "memory is bounded by the reader");
    }
    assert!(sent > 0);
}

#[tokio::test]
async fn dropping_the_last_handle_closes() {
    let (alice, bob) = alice_and_bob().await;
    let (here, there) = connected(&alice, &bob).await;
    drop(here);
    assert_eq!(timeout(SOON, there.closed()).await.unwrap(), Closed::There(CloseCode::DONE));
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let alice = Endpoint::bind(config(1)).await.unwrap();
    let error = Endpoint::bind(Config { port: alice.port(), ..config(2) }).await.unwrap_err();
    assert!(matches!(error, NetError::PortTaken(port) if port == alice.port()), "{error}");
}

#[tokio::test]
async fn a_closed_endpoint_gives_its_port_back() {
    let alice = Endpoint::bind(config(1)).await.unwrap();
    let port = alice.port();
    alice.close().await;
    assert!(timeout(SOON, alice.accept()).await.unwrap().is_none());
    drop(alice);
    let again = async {
        loop {
            match Endpoint::bind(Config { port, ..config(2) }).await {
                Err(NetError::PortTaken(_)) => tokio::task::yield_now().await,
                other => return other,
            }
        }
    };
    timeout(SOON, again).await.unwrap().unwrap();
}

#[tokio::test]
async fn the_card_holds_the_forwarded_address_first_and_the_heartbeat_port() {
    let outside = "203.0.113.7:40001".parse().unwrap();
    let config = Config { addresses: vec![outside], heartbeat_port: 40_002, ..config(1) };
    let alice = Endpoint::bind(config).await.unwrap();
    let card = alice.local_card();
    assert_eq!(card.addresses.first(), Some(&outside));
    assert_eq!(card.heartbeat_port, Some(40_002));
    assert!(card.addresses.contains(&format!("127.0.0.1:{}", alice.port()).parse().unwrap()));
}

#[tokio::test]
async fn a_relay_that_is_no_url_is_named() {
    let error = Endpoint::bind(Config { relays: vec!["not a url".into()], ..config(1) }).await.unwrap_err();
    assert!(matches!(error, NetError::BadRelay(_)), "{error}");
}

/// NET-027
#[tokio::test]
async fn streams_of_files_go_both_ways_beside_the_messages_and_hold_nothing_up() {
    let (alice, bob) = alice_and_bob().await;
    let (here, there) = connected(&alice, &bob).await;
    let (opened, taken) = tokio::join!(here.open_files(), there.accept_files());
    let (mut ask, mut answer) = opened.unwrap().split();
    let (mut give, mut hear) = taken.unwrap().split();
    ask.send(b"which".as_slice().into()).await.unwrap();
    assert_eq!(hear.read(5).await.as_deref(), Some(&b"which"[..]));
    // Nobody reads these; more of them fit nowhere, and messages pass all the same.
    let stuck = tokio::spawn(async move {
        let full = give.send(vec![7; 64 * 1024 * 1024].into()).await;
        (full, give)
    });
    for (from, to) in [(&here, &there), (&there, &here)] {
        from.send(b"hello"[..].into()).await.unwrap();
        assert_eq!(timeout(SOON, to.recv()).await.unwrap().as_deref(), Some(&b"hello"[..]));
    }
    assert!(!stuck.is_finished());
    assert_eq!(answer.read(3).await, Some(vec![7; 3]));
    let back = tokio::join!(there.open_files(), here.accept_files());
    assert!(back.0.is_ok() && back.1.is_some());
    here.abort(CloseCode::DONE);
    assert!(stuck.await.unwrap().0.is_err());
    assert!(here.accept_files().await.is_none() && there.open_files().await.is_err());
}

/// NET-027
#[tokio::test]
async fn what_is_read_of_a_stream_of_files_in_any_lengths_comes_whole_and_in_order_and_its_end_is_seen() {
    let (alice, bob) = alice_and_bob().await;
    let (here, there) = connected(&alice, &bob).await;
    let (opened, taken) = tokio::join!(here.open_files(), there.accept_files());
    let (mut give, _) = opened.unwrap().split();
    let (_, mut hear) = taken.unwrap().split();
    let all: Vec<u8> = (0..3_000_000_u32).map(|at| (at % 251) as u8).collect();
    let sent = all.clone();
    let giving = tokio::spawn(async move {
        for part in sent.chunks(70_001) {
            give.send(Bytes::copy_from_slice(part)).await.unwrap();
        }
        give.finish();
    });
    let mut read = Vec::new();
    for length in [0, 1, 1400, 70_001, 3, 1_000_000].into_iter().cycle() {
        let length = length.min(all.len() - read.len());
        read.extend(timeout(SOON, hear.read(length)).await.unwrap().unwrap());
        if read.len() == all.len() {
            break;
        }
    }
    assert!(read == all);
    assert_eq!(timeout(SOON, hear.read(1)).await.unwrap(), None);
    giving.await.unwrap();
}
