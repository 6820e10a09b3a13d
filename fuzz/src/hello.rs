//! Bodies of how two devices recognise each other.

use crate::fixture::{Fixture, fixture};
use kith_base::codec::{Tag, Writer};
use kith_base::{Label, Secret};
use kith_proto::hello::{
    AwaitGreeting, Candidate, Endpoints, Greeting, Heartbeat, HeartbeatKind, Peer, Proven, hear, respond, start,
};
use kith_proto::identity::{Manifest, Rank};

const EXPORTER: [u8; 32] = [5; 32];
const ENDS: Endpoints<'_> = Endpoints { initiator: b"alice's endpoint", responder: b"bob's endpoint" };
const HEARD: u64 = 40;

fn secret() -> Secret {
    Secret::new([6; 32])
}

/// The two proofs of one connection, and both sides after them: Alice opened it.
fn proven() -> (Proven, Proven, [Vec<u8>; 2]) {
    let (alice, first) = start(secret(), EXPORTER);
    let pair = secret();
    let Some(((), bob, second)) = respond(&first, EXPORTER, [((), &pair)]) else { panic!("silence for a right proof") };
    let Ok(alice) = alice.on_proof(&second) else { panic!("a right proof is refused") };
    (alice, bob, [first.to_vec(), second.to_vec()])
}

fn greeting(of: &Fixture) -> Greeting {
    Greeting {
        device: of.bob.device,
        start: 3,
        rank: Rank::FIRST,
        manifest: Manifest { version_min: 1, version_max: 2, features: 1 },
    }
}

fn alice_awaits(of: &Fixture, alice: Proven) -> AwaitGreeting {
    alice.greet(&Greeting { device: of.alice.device, ..greeting(of) }, &of.alice.sign, ENDS).0
}

/// The messages of a real hello, each behind the byte that says which it is.
pub(crate) fn real() -> Vec<Vec<u8>> {
    let of = fixture();
    let (_, bob, [first, second]) = proven();
    let (_, message) = bob.greet(&greeting(of), &of.bob.sign, ENDS);
    let body = message.get(64..).unwrap_or_default().to_vec();
    [(0, first), (1, second), (2, body), (3, message)].map(|(kind, bytes)| [&[kind], &bytes[..]].concat()).into()
}

/// The first byte says what the rest is: 0 the initiator's proof, 1 the responder's, 2 a greeting that is signed here,
/// 3 a greeting with its signature.
pub(crate) fn hello(bytes: &[u8]) -> bool {
    let Some((kind, message)) = bytes.split_first() else { return false };
    let of = fixture();
    let (alice, bob, proofs) = proven();
    match kind {
        0 => {
            let (others, pair) = (Secret::new([1; 32]), secret());
            let answered = respond(message, EXPORTER, [(1, &others), (2, &pair)]);
            assert_eq!(answered.is_some(), message == proofs[0], "an answer to who has no secret");
            answered.is_some_and(|(id, ..)| id == 2)
        }
        1 => {
            let right = start(secret(), EXPORTER).0.on_proof(message).is_ok();
            assert_eq!(right, message == proofs[1], "a forged proof");
            right
        }
        2 => {
            let statement = Writer::new()
                .bytes(Tag::must(1), &EXPORTER)
                .number(Tag::must(2), 2)
                .bytes(Tag::must(3), ENDS.initiator)
                .bytes(Tag::must(4), ENDS.responder)
                .bytes(Tag::must(5), message)
                .done();
            let signature = of.bob.sign.sign(Label::HelloSignature, &statement);
            greeted(of, alice, &[&signature[..], message].concat())
        }
        3 => {
            let right = greeted(of, alice, message);
            let (_, real) = bob.greet(&greeting(of), &of.bob.sign, ENDS);
            assert_eq!(right, message == real, "a forged greeting");
            right
        }
        _ => false,
    }
}

fn greeted(of: &Fixture, alice: Proven, message: &[u8]) -> bool {
    let peer = Peer { device: of.bob.device, sign: of.bob.sign.public() };
    let Ok(greeted) = alice_awaits(of, alice).on_greeting(message, &peer, ENDS) else { return false };
    assert_eq!(greeted.theirs.device, of.bob.device);
    assert!((1..=2).contains(&greeted.version));
    true
}

pub(crate) fn real_heartbeats() -> Vec<Vec<u8>> {
    let of = fixture();
    [HeartbeatKind::Ping, HeartbeatKind::Pong, HeartbeatKind::Bye]
        .map(|kind| Heartbeat { kind, counter: HEARD + 9 }.seal(&secret(), of.bob.device, of.alice.device).to_vec())
        .into()
}

pub(crate) fn heartbeat(bytes: &[u8]) -> bool {
    let of = fixture();
    let (others, pair) = (Secret::new([1; 32]), secret());
    let candidate = |secret| Candidate { secret, me: of.alice.device, them: of.bob.device, greatest: HEARD };
    let heard = hear(bytes, [(1, candidate(&others)), (2, candidate(&pair))]);
    if let Some((id, heartbeat)) = heard {
        assert_eq!(id, 2);
        assert!(heartbeat.counter > HEARD, "a heartbeat that was heard before");
        assert_eq!(heartbeat.seal(&pair, of.bob.device, of.alice.device)[..], *bytes, "a forged heartbeat");
    }
    heard.is_some()
}
