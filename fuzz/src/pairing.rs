//! Bodies of pairing: each message at the machine that awaits it, and what people type.
//!
//! The machines draw from the same generator for every input, so the one right message is known: any other that is
//! taken for right is a forgery.

use crate::fixture::{fixture, rng};
use crate::identity::person;
use crate::property::canonical;
use kith_base::limits::{CODE_FAILURES_MAX, CODE_OPEN, PAIRING_BYTES_MAX};
use kith_base::{Mono, Rng};
use kith_proto::conversation::{Prospect, Transfer};
use kith_proto::identity::{DeviceList, Manifest};
use kith_proto::pairing::{
    Answered, Attempts, AwaitAnswer, AwaitConfirmation, AwaitElement, AwaitFirst, Code, Introduction, Link,
    PairingError, PairingSecret, Verdict, start,
};
use std::sync::LazyLock;

const EXPORTER: [u8; 32] = [7; 32];
/// What a list says of its chain, with lengths: two places at most, each a version and a hash.
const CHAIN_BYTES: usize = 2 * (2 + 8 + 32) + 8;
const WORDS: &str = "481920-aardvark-guitarist-solo-tobacco";

/// The five messages of one run, and who the two are.
pub(crate) struct Run {
    inviter: (Prospect, Introduction),
    accepter: (Prospect, Introduction),
    pub(crate) messages: [Vec<u8>; 5],
}

pub(crate) fn run() -> &'static Run {
    static RUN: LazyLock<Run> = LazyLock::new(|| make().unwrap_or_else(|what| panic!("the pairing: {what}")));
    &RUN
}

impl Run {
    pub(crate) const fn inviter(&self) -> &(Prospect, Introduction) {
        &self.inviter
    }

    pub(crate) const fn accepter(&self) -> &(Prospect, Introduction) {
        &self.accepter
    }
}

fn secret() -> PairingSecret {
    let code: Code = WORDS.parse().unwrap_or_else(|error| panic!("the code: {error}"));
    PairingSecret::from(&code)
}

fn side(seed: u64, name: &str) -> Result<(Prospect, Introduction), String> {
    let mut rng = Rng::from_number(seed);
    let prospect = Prospect::new(&person().recovery, &mut rng).map_err(|error| error.to_string())?;
    let introduction = Introduction {
        bundle: prospect.bundle.clone(),
        list: prospect.list.clone(),
        device: prospect.device,
        log: b"log".to_vec(),
        key_package: b"key package".to_vec(),
        letter_key: fixture().alice_kem.clone(),
        name: Some(name.to_owned()),
        card: b"card".to_vec(),
        salt: rng.bytes(),
        crossing: Some([9; 16]),
        manifest: Manifest { version_min: 1, version_max: 1, features: 3 },
        known_by: None,
    };
    Ok((prospect, introduction))
}

fn make() -> Result<Run, String> {
    let error = |error: PairingError| error.to_string();
    let (inviter, accepter) = (side(31, "Alice")?, side(32, "Bob")?);
    let (awaits, m1) = begin();
    let (confirming, m2) = AwaitFirst::new(secret(), EXPORTER).on_m1(&m1, &mut rng()).map_err(error)?;
    let (answering, m3) = awaits.on_m2(&m2, accepter.1.clone()).map_err(error)?;
    let verdict = confirming.on_m3(&m3, &mut attempts_open(), Mono(1)).map_err(error)?;
    let Verdict::Right(verified) = verdict else { return Err("the words are not right".into()) };
    let (answered, m4) = verified.answer(inviter.1.clone(), &mut rng()).map_err(error)?;
    let (_, m5) = answering.on_m4(&m4, accepter.0.kem()).map_err(error)?;
    answered.on_m5(&m5).map_err(error)?;
    Ok(Run { inviter, accepter, messages: [m1, m2, m3, m4, m5] })
}

fn begin() -> (AwaitElement, Vec<u8>) {
    start(&secret(), EXPORTER, &mut Rng::from_number(12))
}

fn attempts_open() -> Attempts {
    Attempts::open(Mono(0), CODE_OPEN)
}

fn confirming(run: &Run) -> Option<AwaitConfirmation> {
    let [m1, ..] = &run.messages;
    AwaitFirst::new(secret(), EXPORTER).on_m1(m1, &mut rng()).ok().map(|(state, _)| state)
}

fn answered(run: &Run) -> Option<Answered> {
    let [_, _, m3, ..] = &run.messages;
    match confirming(run)?.on_m3(m3, &mut attempts_open(), Mono(1)).ok()? {
        Verdict::Right(verified) => verified.answer(run.inviter.1.clone(), &mut rng()).ok().map(|(state, _)| state),
        Verdict::Wrong { .. } | Verdict::Dead { .. } => None,
    }
}

fn answering(run: &Run) -> Option<AwaitAnswer> {
    let [_, m2, ..] = &run.messages;
    begin().0.on_m2(m2, run.accepter.1.clone()).ok().map(|(state, _)| state)
}

/// The first byte says which message the rest is: 1, 3 or 5.
pub(crate) fn inviter(bytes: &[u8]) -> bool {
    let Some((number, message)) = bytes.split_first() else { return false };
    let run = run();
    let [_, _, m3, _, m5] = &run.messages;
    match number {
        1 => {
            let Ok((_, reply)) = AwaitFirst::new(secret(), EXPORTER).on_m1(message, &mut rng()) else { return false };
            assert!(reply.len() < 64 && message.len() <= PAIRING_BYTES_MAX);
            true
        }
        3 => {
            let mut attempts = attempts_open();
            let Some(state) = confirming(run) else { panic!("the inviter does not come so far") };
            let verdict = state.on_m3(message, &mut attempts, Mono(1));
            let guesses = u32::from(matches!(verdict, Ok(Verdict::Wrong { .. })));
            assert_eq!(attempts.failures(), guesses, "a guess is counted, and nothing else is");
            match verdict {
                Ok(Verdict::Right(_)) => assert!(message == m3, "a forged proof"),
                Ok(Verdict::Wrong { refusal, tries_left }) => {
                    assert!(refusal.len() < 16 && tries_left == CODE_FAILURES_MAX - 1);
                    return false;
                }
                Ok(Verdict::Dead { .. }) => panic!("the invitation is open"),
                Err(error) => {
                    assert!(error.refusal().is_some() || matches!(error, PairingError::Refused { .. }));
                    return false;
                }
            }
            true
        }
        5 => {
            let Some(state) = answered(run) else { panic!("the inviter does not come so far") };
            let right = state.on_m5(message).is_ok();
            assert_eq!(right, message == m5, "a forged last word");
            right
        }
        _ => false,
    }
}

/// The first byte says which message the rest is: 2 or 4.
pub(crate) fn accepter(bytes: &[u8]) -> bool {
    let Some((number, message)) = bytes.split_first() else { return false };
    let run = run();
    let [_, _, _, m4, _] = &run.messages;
    match number {
        2 => begin().0.on_m2(message, run.accepter.1.clone()).is_ok_and(|(_, m3)| m3.len() <= PAIRING_BYTES_MAX),
        4 => {
            let Some(state) = answering(run) else { panic!("the accepter does not come so far") };
            let right = state.on_m4(message, run.accepter.0.kem()).is_ok();
            assert_eq!(right, message == m4, "a forged answer");
            right
        }
        _ => false,
    }
}

pub(crate) fn introduction(bytes: &[u8]) -> bool {
    let Some(read) = canonical(bytes, 2, Introduction::decode, Introduction::encode) else { return false };
    assert!(DeviceList::verify(read.list.bytes(), &read.bundle).is_ok() && read.list.device(read.device).is_some());
    assert!(read.name.is_none_or(|name| !name.chars().any(char::is_control)));
    true
}

pub(crate) fn code(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let Ok(code) = text.parse::<Code>() else { return false };
    let shown = code.to_string();
    assert!(shown.is_ascii() && shown.len() < 80);
    assert_eq!(shown.parse::<Code>().ok(), Some(code), "a code is said as it is read");
    true
}

pub(crate) fn link(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let Ok(link) = text.parse::<Link>() else { return false };
    assert_eq!(link.to_string().parse::<Link>().as_ref(), Ok(&link));
    assert_eq!(link.qr_text().parse::<Link>().as_ref(), Ok(&link));
    let said = text.trim().to_lowercase();
    assert!(said.len() != link.to_string().len() || said == link.to_string(), "one link has two texts");
    true
}

/// What is stored of an invitation's budget: after one reading and writing it stays as it is.
pub(crate) fn attempts(bytes: &[u8]) -> bool {
    let now = Mono(5_000_000);
    let Ok(attempts) = Attempts::decode(bytes, now) else { return false };
    let again = attempts.encode(now);
    assert!(again.len() <= bytes.len());
    let read = Attempts::decode(&again, now).unwrap_or_else(|error| panic!("what is written does not read: {error}"));
    assert_eq!(read.encode(now), again);
    assert_eq!(read.failures(), attempts.failures());
    true
}

pub(crate) fn prospect(bytes: &[u8]) -> bool {
    let Ok(prospect) = Prospect::decode(bytes) else { return false };
    let again = prospect.encode();
    assert!(again.len() < bytes.len() || again == bytes, "one prospect has two encodings");
    true
}

pub(crate) fn transfer(bytes: &[u8]) -> bool {
    let Ok(transfer) = Transfer::decode(bytes) else { return false };
    let again = transfer.encode();
    // Of a person whose chain of lists is not told, what their list says of it is written.
    let (mine, others) = transfer.bundles();
    let people = usize::from(mine.is_some()) + others.len();
    assert!(again.len() <= bytes.len() + people * CHAIN_BYTES);
    let read = Transfer::decode(&again).unwrap_or_else(|error| panic!("what is written does not read: {error}"));
    assert_eq!(read.encode(), again);
    mine.is_some() && !others.is_empty()
}
