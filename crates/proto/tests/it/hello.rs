//! Hello and heartbeat from outside: who is recognised, and who hears nothing (`spec/hello.md`).

use kith_base::codec::{Malformed, Tag, Writer};
use kith_base::limits::HELLO_BYTES_MAX;
use kith_base::{DeviceId, Label, Rng, Secret};
use kith_proto::crypto::SignKey;
use kith_proto::hello::*;
use kith_proto::identity::{Manifest, Rank};
use std::time::Duration;

const EXPORTER: [u8; 32] = [3; 32];
const ENDS: Endpoints<'static> = Endpoints { initiator: b"endpoint a", responder: b"endpoint b" };

struct Device {
    key: SignKey,
    greeting: Greeting,
}

fn device(seed: u64) -> Device {
    let mut rng = Rng::from_number(seed);
    let greeting = Greeting {
        device: DeviceId::from_bytes(rng.bytes()),
        start: 4,
        rank: Rank { recovery_count: 0, version: 2 },
        manifest: Manifest { version_min: 1, version_max: 3, features: 9 },
    };
    Device { key: SignKey::generate(&mut rng), greeting }
}

impl Device {
    fn peer(&self) -> Peer {
        Peer { device: self.greeting.device, sign: self.key.public() }
    }
}

fn secret(number: u8) -> Secret {
    Secret::new([number; 32])
}

/// Both ends after the proofs.
fn proven(exporter: [u8; 32]) -> (Proven, Proven) {
    let (alice, first) = start(secret(1), exporter);
    let (id, bob, second) = respond(&first, exporter, [("Carol", &secret(2)), ("Alice", &secret(1))]).unwrap();
    assert_eq!(id, "Alice");
    (alice.on_proof(&second).unwrap(), bob)
}

/// HELLO-001, HELLO-004, HELLO-007
#[test]
fn two_paired_devices_recognise_each_other() {
    let (alice, mut bob) = (device(1), device(2));
    bob.greeting.manifest = Manifest { version_min: 2, version_max: 2, features: 0 };
    let (at_alice, at_bob) = proven(EXPORTER);
    assert_eq!((at_alice.role(), at_bob.role()), (Role::Initiator, Role::Responder));
    let (at_alice, from_alice) = at_alice.greet(&alice.greeting, &alice.key, ENDS);
    let (at_bob, from_bob) = at_bob.greet(&bob.greeting, &bob.key, ENDS);
    let seen_by_bob = at_bob.on_greeting(&from_alice, &alice.peer(), ENDS).unwrap();
    let seen_by_alice = at_alice.on_greeting(&from_bob, &bob.peer(), ENDS).unwrap();
    assert_eq!(seen_by_bob, Greeted { theirs: alice.greeting, version: 2 });
    assert_eq!(seen_by_alice, Greeted { theirs: bob.greeting, version: 2 });
}

/// HELLO-001, HELLO-002
#[test]
fn who_does_not_have_the_pair_secret_hears_nothing() {
    let known = [((), &secret(1))];
    let (_, first) = start(secret(9), EXPORTER);
    assert!(respond(&first, EXPORTER, known).is_none());
    let (_, first) = start(secret(1), EXPORTER);
    assert!(respond(&first, EXPORTER, known).is_some());
    assert!(respond(&first, [4; 32], known).is_none(), "recorded on another connection");
    for length in 0..PROOF_BYTES {
        assert!(respond(&first[..length], EXPORTER, known).is_none(), "cut at {length}");
    }
    for bit in 0..PROOF_BYTES * 8 {
        let mut changed = first;
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(respond(&changed, EXPORTER, known).is_none(), "bit {bit}");
    }
    assert!(respond(&[first.as_slice(), &[0]].concat(), EXPORTER, known).is_none());
}

/// HELLO-002
#[test]
fn a_responder_that_reflects_replays_or_guesses_is_not_believed() {
    let known = [((), &secret(1))];
    let (alice, first) = start(secret(1), EXPORTER);
    assert_eq!(alice.on_proof(&first).err(), Some(HelloError::NotThePeer), "reflected");

    let (_, _, recorded) = respond(&start(secret(1), [4; 32]).1, [4; 32], known).unwrap();
    let (alice, _) = start(secret(1), EXPORTER);
    assert_eq!(alice.on_proof(&recorded).err(), Some(HelloError::NotThePeer), "replayed");

    for answer in [&[][..], &[1; PROOF_BYTES], &[0; 500]] {
        let (alice, _) = start(secret(1), EXPORTER);
        assert_eq!(alice.on_proof(answer).err(), Some(HelloError::NotThePeer));
    }
    // And what a responder says opens no hello in the other direction.
    assert!(respond(&recorded, [4; 32], known).is_none());
}

/// What Bob's end makes of a greeting that was changed, or made elsewhere.
fn bob_hears(message: &[u8], peer: &Peer, ends: Endpoints<'_>) -> Result<Greeted, HelloError> {
    let bob = device(2);
    let (at_bob, _) = proven(EXPORTER).1.greet(&bob.greeting, &bob.key, ENDS);
    at_bob.on_greeting(message, peer, ends)
}

/// HELLO-005, HELLO-006
#[test]
fn a_greeting_holds_for_one_device_one_connection_and_one_direction() {
    let (alice, bob) = (device(1), device(2));
    let greet = |proven: Proven, device: &Device| proven.greet(&device.greeting, &device.key, ENDS).1;
    let good = greet(proven(EXPORTER).0, &alice);
    assert!(bob_hears(&good, &alice.peer(), ENDS).is_ok());

    let elsewhere = greet(proven([4; 32]).0, &alice);
    assert_eq!(bob_hears(&elsewhere, &alice.peer(), ENDS), Err(HelloError::NotSigned));
    let other_ends = Endpoints { initiator: b"endpoint c", ..ENDS };
    assert_eq!(bob_hears(&good, &alice.peer(), other_ends), Err(HelloError::NotSigned));
    let reflected = greet(proven(EXPORTER).1, &bob);
    assert_eq!(bob_hears(&reflected, &bob.peer(), ENDS), Err(HelloError::NotSigned));
    assert_eq!(bob_hears(&good, &bob.peer(), ENDS), Err(HelloError::NotSigned));
    let posing = Peer { device: bob.greeting.device, sign: alice.key.public() };
    assert_eq!(bob_hears(&good, &posing, ENDS), Err(HelloError::OtherDevice));
}

/// HELLO-004, HELLO-006
#[test]
fn no_changed_or_cut_or_long_greeting_is_believed() {
    let alice = device(1);
    let good = proven(EXPORTER).0.greet(&alice.greeting, &alice.key, ENDS).1;
    for length in 0..good.len() {
        assert!(bob_hears(&good[..length], &alice.peer(), ENDS).is_err(), "cut at {length}");
    }
    for at in 0..good.len() {
        let mut changed = good.clone();
        changed[at] ^= 1 << (at % 8);
        assert_eq!(bob_hears(&changed, &alice.peer(), ENDS), Err(HelloError::NotSigned), "byte {at}");
    }
    assert_eq!(bob_hears(&[0; HELLO_BYTES_MAX + 1], &alice.peer(), ENDS), Err(HelloError::TooLong));
}

#[test]
fn an_unknown_critical_field_in_a_greeting_is_refused_though_it_is_signed() {
    let alice = device(1);
    let good = proven(EXPORTER).0.greet(&alice.greeting, &alice.key, ENDS).1;
    let signed_with = |tag| {
        let body = [&good[64..], &Writer::new().bytes(tag, b"later").done()].concat();
        let statement = Writer::new()
            .bytes(Tag::must(1), &EXPORTER)
            .number(Tag::must(2), 1)
            .bytes(Tag::must(3), ENDS.initiator)
            .bytes(Tag::must(4), ENDS.responder)
            .bytes(Tag::must(5), &body)
            .done();
        [&alice.key.sign(Label::HelloSignature, &statement)[..], &body].concat()
    };
    assert!(bob_hears(&signed_with(Tag::may(20)), &alice.peer(), ENDS).is_ok());
    let unknown = Err(HelloError::Malformed(Malformed::UnknownCritical(20)));
    assert_eq!(bob_hears(&signed_with(Tag::must(20)), &alice.peer(), ENDS), unknown);
}

/// HELLO-007, MAN-002
#[test]
fn two_devices_without_a_common_version_part() {
    let mut alice = device(1);
    alice.greeting.manifest = Manifest { version_min: 4, version_max: 5, features: 0 };
    let message = proven(EXPORTER).0.greet(&alice.greeting, &alice.key, ENDS).1;
    assert_eq!(bob_hears(&message, &alice.peer(), ENDS), Err(HelloError::NoCommonVersion));
}

/// HELLO-010, HELLO-011
#[test]
fn a_newer_start_replaces_older_connections_and_ids_only_break_ties() {
    let (small, large) = (DeviceId::from_bytes([1; 32]), DeviceId::from_bytes([2; 32]));
    let met = |their_start, initiator| Met { their_start, initiator };
    let (young, old) = (Duration::from_secs(3), Duration::from_secs(11));
    let kept = |before: &Met, new: &Met| settle(before, young, new);
    assert_eq!(kept(&met(4, small), &met(5, large)), Keep::New);
    assert_eq!(kept(&met(5, large), &met(4, small)), Keep::Old);
    // Two dials that crossed: both ends keep the same one, in whichever order they see them.
    assert_eq!(kept(&met(4, small), &met(4, large)), Keep::Old);
    assert_eq!(kept(&met(4, large), &met(4, small)), Keep::New);
    // The same device dialled again.
    assert_eq!(kept(&met(4, large), &met(4, large)), Keep::New);
    // What stood for a while was given up by whoever dials again, but not by an earlier run of theirs.
    assert_eq!(settle(&met(4, small), old, &met(4, large)), Keep::New);
    assert_eq!(settle(&met(5, small), old, &met(4, large)), Keep::Old);
}

const ALICE: DeviceId = DeviceId::from_bytes([1; 32]);
const BOB: DeviceId = DeviceId::from_bytes([2; 32]);

/// What Bob's device makes of a datagram, having heard Alice up to `greatest`.
fn heard(datagram: &[u8], greatest: u64) -> Option<(&'static str, Heartbeat)> {
    let (carol, alice) = (secret(2), secret(1));
    let carol = Candidate { secret: &carol, me: BOB, them: DeviceId::from_bytes([7; 32]), greatest: 0 };
    let alice = Candidate { secret: &alice, me: BOB, them: ALICE, greatest };
    hear(datagram, [("Carol", carol), ("Alice", alice)])
}

/// HELLO-021
#[test]
fn a_heartbeat_is_recognised_once() {
    for kind in [HeartbeatKind::Ping, HeartbeatKind::Pong, HeartbeatKind::Bye] {
        let heartbeat = Heartbeat { kind, counter: 8 };
        let datagram = heartbeat.seal(&secret(1), ALICE, BOB);
        assert!(datagram.len() <= 48);
        assert_eq!(heard(&datagram, 7), Some(("Alice", heartbeat)));
        assert_eq!(heard(&datagram, 8), None, "replayed");
        assert_eq!(heard(&datagram, 9), None, "older");
    }
}

/// HELLO-020, HELLO-022
#[test]
fn a_heartbeat_of_a_stranger_or_of_ones_own_is_met_with_silence() {
    let heartbeat = Heartbeat { kind: HeartbeatKind::Ping, counter: 8 };
    assert_eq!(heard(&heartbeat.seal(&secret(9), ALICE, BOB), 0), None, "a stranger's");
    assert_eq!(heard(&heartbeat.seal(&secret(1), BOB, ALICE), 0), None, "reflected");
    let good = heartbeat.seal(&secret(1), ALICE, BOB);
    for length in 0..good.len() {
        assert_eq!(heard(&good[..length], 0), None, "cut at {length}");
    }
    for bit in 0..good.len() * 8 {
        let mut changed = good;
        changed[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(heard(&changed, 0), None, "bit {bit}");
    }
}
