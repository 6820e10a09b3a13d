//! What an endpoint makes of one that does not keep to the form, spoken to past our own sender.

#![allow(clippy::unwrap_used, reason = "helpers of tests stand outside the functions that clippy knows as tests")]

use super::*;
use crate::CloseCode;
use std::net::Ipv4Addr;

const SOON: Duration = Duration::from_secs(10);
/// Long enough for an answer on loopback many times over.
const A_MOMENT: Duration = Duration::from_secs(1);

async fn endpoint(seed: u8) -> Endpoint {
    Endpoint::bind(Config { listen: vec![Ipv4Addr::LOCALHOST.into()], ..Config::new([seed; 32]) }).await.unwrap()
}

/// A bare QUIC connection from one to the other.
async fn dial(from: &Endpoint, to: &Endpoint) -> Option<Quic> {
    let address = dial_address(&to.local_card()).unwrap();
    timeout(A_MOMENT, from.0.iroh.connect(address, to.0.config.kind.alpn())).await.ok()?.ok()
}

/// How Bob closes a connection on whose stream Alice says this first.
async fn closed_after(said: &[u8]) -> CloseCode {
    let (alice, bob) = (endpoint(1).await, endpoint(2).await);
    let quic = dial(&alice, &bob).await.unwrap();
    let (mut send, _recv) = quic.open_bi().await.unwrap();
    send.write_all(said).await.unwrap();
    match timeout(SOON, quic.closed()).await.unwrap() {
        ConnectionError::ApplicationClosed(close) => CloseCode(close.error_code.into_inner().try_into().unwrap()),
        other => panic!("{other}"),
    }
}

/// NET-020, NET-023
#[tokio::test]
async fn a_stream_of_another_form_is_closed() {
    for first in [0, 2, 255] {
        assert_eq!(closed_after(&[first]).await, CloseCode::BAD_FRAME, "{first}");
    }
}

/// NET-021, NET-023
#[tokio::test]
async fn a_frame_that_announces_too_much_is_closed_before_it_comes() {
    let too_long = u32::try_from(kith_base::limits::PACKET_BYTES_MAX).unwrap() + 1;
    assert_eq!(closed_after(&[&[1], &too_long.to_be_bytes()[..]].concat()).await, CloseCode::TOO_LARGE);
}

/// NET-024
#[test]
fn a_silent_path_ends_the_connection_after_half_a_minute() {
    let config = format!("{:?}", transport_config(Kind::Contacts));
    assert!(config.contains("max_idle_timeout: Some(30000)"), "{config}");
}

/// NET-026
#[tokio::test]
async fn one_probe_finds_the_packets_of_an_ethernet() {
    let (alice, bob) = (endpoint(1).await, endpoint(2).await);
    let quic = dial(&alice, &bob).await.unwrap();
    let mut probes = 0;
    let found = async {
        while !quic.paths().iter().any(|path| path.stats().current_mtu == 1452) {
            tokio::task::yield_now().await;
        }
        probes = quic.paths().iter().map(|path| path.stats().sent_plpmtud_probes).sum();
    };
    timeout(SOON, found).await.unwrap();
    assert_eq!(probes, 1);
}

/// NET-025
#[tokio::test]
async fn one_handshake_too_many_gets_no_answer_until_there_is_room() {
    let (alice, bob) = (endpoint(1).await, endpoint(2).await);
    let mut waiting = Vec::new();
    for _ in 0..HANDSHAKES_MAX {
        // Connected, and not a word: the handshake is not done before the stream is open.
        waiting.push(dial(&alice, &bob).await.unwrap());
    }
    assert!(dial(&alice, &bob).await.is_none());
    drop(waiting);
    let there_is_room = async { while dial(&alice, &bob).await.is_none() {} };
    timeout(SOON, there_is_room).await.unwrap();
}
