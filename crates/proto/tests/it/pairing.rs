//! Pairing from outside: codes, links, the machines of both sides and those who stand between (`spec/pairing.md`).

use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::limits::{CODE_FAILURES_MAX, CODE_OPEN, LINK_CARD_BYTES_MAX, PAIRING_BYTES_MAX};
use kith_base::{DeviceId, Mono, Rng};
use kith_proto::crypto::{KemSecret, SignKey};
use kith_proto::identity::{Bundle, Device, DeviceList, Manifest, Role as DeviceRole, Root, safety_number};
use kith_proto::pairing::*;
use std::time::Duration;

const EXPORTER: [u8; 32] = [7; 32];

struct Side {
    pairwise: SignKey,
    kem: KemSecret,
    introduction: Introduction,
    rng: Rng,
}

fn side(seed: u64, name: &str) -> Side {
    let mut rng = Rng::from_number(seed);
    let pairwise = SignKey::generate(&mut rng);
    let bundle = Bundle::new(pairwise.public(), &Root::generate(&mut rng).recovery(0).public());
    let kem = KemSecret::generate(&mut rng);
    let sign = SignKey::generate(&mut rng).public();
    let device = Device { sign, kem: kem.public(), role: DeviceRole::Both, capabilities: 0 };
    let introduction = Introduction {
        list: DeviceList::first(&bundle, device.clone(), &pairwise).unwrap(),
        bundle,
        device: device.id(),
        log: b"log".to_vec(),
        key_package: b"key package".to_vec(),
        letter_key: KemSecret::generate(&mut rng).public(),
        name: Some(name.to_owned()),
        card: b"card".to_vec(),
        salt: rng.bytes(),
        crossing: None,
        manifest: Manifest { version_min: 1, version_max: 1, features: 3 },
        known_by: None,
    };
    Side { pairwise, kem, introduction, rng }
}

fn code(text: &str) -> PairingSecret {
    PairingSecret::from(&text.parse::<Code>().unwrap())
}

const RIGHT: &str = "481920-aardvark-guitarist-solo-tobacco";
const WRONG: &str = "481920-aardvark-guitarist-solo-tomorrow";

fn open() -> Attempts {
    Attempts::open(Mono(0), CODE_OPEN)
}

/// One whole run between Alice, who invites, and Bob. `between` may change every message; it is told its number.
struct Run<'a> {
    alice: (&'a str, [u8; 32]),
    bob: (&'a str, [u8; 32]),
    between: &'a mut dyn FnMut(u8, Vec<u8>) -> Vec<u8>,
}

#[derive(Debug)]
enum End {
    Paired { alice: Box<Paired>, bob: Box<Paired> },
    Failed(Role, PairingError),
    Wrong(u32),
    Dead,
}

fn failed(role: Role) -> impl FnOnce(PairingError) -> End {
    move |error| End::Failed(role, error)
}

impl Run<'_> {
    fn go(self, attempts: &mut Attempts) -> End {
        self.steps(attempts).unwrap_or_else(|end| end)
    }

    fn steps(self, attempts: &mut Attempts) -> Result<End, End> {
        let (mut alice, mut bob) = (side(1, "Alice"), side(2, "Bob"));
        let between = self.between;
        let (accepter, m1) = start(&code(self.bob.0), self.bob.1, &mut bob.rng);
        let inviter = AwaitFirst::new(code(self.alice.0), self.alice.1);
        let (inviter, m2) = inviter.on_m1(&between(1, m1), &mut alice.rng).map_err(failed(Role::Inviter))?;
        let (accepter, m3) =
            accepter.on_m2(&between(2, m2), bob.introduction.clone()).map_err(failed(Role::Accepter))?;
        let verified = match inviter.on_m3(&between(3, m3), attempts, Mono(1)).map_err(failed(Role::Inviter))? {
            Verdict::Right(verified) => verified,
            Verdict::Wrong { refusal, tries_left } => {
                let heard = accepter.on_m4(&refusal, &bob.kem).unwrap_err();
                let said = PairingError::Refused { reason: Refusal::WrongWords, tries_left: Some(tries_left) };
                assert_eq!(heard, said);
                return Err(End::Wrong(tries_left));
            }
            Verdict::Dead { refusal } => {
                let heard = accepter.on_m4(&refusal, &bob.kem).unwrap_err();
                assert_eq!(heard, PairingError::Refused { reason: Refusal::Dead, tries_left: None });
                return Err(End::Dead);
            }
        };
        let (answered, m4) =
            verified.answer(alice.introduction.clone(), &mut alice.rng).map_err(failed(Role::Inviter))?;
        let (bob, m5) = accepter.on_m4(&between(4, m4), &bob.kem).map_err(failed(Role::Accepter))?;
        answered.on_m5(&between(5, m5)).map_err(failed(Role::Inviter))?;
        attempts.close();
        Ok(End::Paired { alice: Box::new(answered.paired), bob: Box::new(bob) })
    }
}

fn run(alice: &str, bob: &str, attempts: &mut Attempts) -> End {
    Run { alice: (alice, EXPORTER), bob: (bob, EXPORTER), between: &mut |_, message| message }.go(attempts)
}

fn run_with(between: &mut dyn FnMut(u8, Vec<u8>) -> Vec<u8>) -> End {
    Run { alice: (RIGHT, EXPORTER), bob: (RIGHT, EXPORTER), between }.go(&mut open())
}

#[test]
fn the_right_words_pair_and_both_sides_know_the_same() {
    let mut attempts = open();
    let End::Paired { alice, bob } = run(RIGHT, RIGHT, &mut attempts) else { panic!("they pair") };
    assert_eq!(alice.conversation, bob.conversation);
    assert_eq!(alice.pair_secret, bob.pair_secret);
    assert_eq!((alice.role, bob.role), (Role::Inviter, Role::Accepter));
    assert_eq!(alice.theirs, bob.mine);
    assert_eq!(bob.theirs, alice.mine);
    assert_eq!(alice.theirs.name.as_deref(), Some("Bob"));
    assert_eq!(
        safety_number(&alice.mine.bundle, &alice.theirs.bundle),
        safety_number(&bob.mine.bundle, &bob.theirs.bundle)
    );
    assert_eq!(attempts.standing(Mono(1)), Standing::Dead(Death::Used));
}

/// PAIR-006
#[test]
fn a_link_pairs_as_a_code_does() {
    let (mut alice, mut bob) = (side(1, "Alice"), side(2, "Bob"));
    let link: Link = Link::new(LinkSecret::generate(&mut alice.rng), vec![1; 40]).unwrap().to_string().parse().unwrap();
    let secret = PairingSecret::from(&link.secret);
    let (accepter, m1) = start(&secret, EXPORTER, &mut bob.rng);
    let (inviter, m2) = AwaitFirst::new(secret, EXPORTER).on_m1(&m1, &mut alice.rng).unwrap();
    let (_, m3) = accepter.on_m2(&m2, bob.introduction).unwrap();
    assert!(matches!(inviter.on_m3(&m3, &mut open(), Mono(1)), Ok(Verdict::Right(_))));
}

/// PAIR-014, PAIR-040
#[test]
fn wrong_words_are_counted_and_the_fifth_kills_the_code() {
    let mut attempts = open();
    for tries_left in (0..CODE_FAILURES_MAX).rev() {
        let End::Wrong(left) = run(RIGHT, WRONG, &mut attempts) else { panic!("wrong words fail") };
        assert_eq!(left, tries_left);
    }
    assert_eq!(attempts.standing(Mono(1)), Standing::Dead(Death::Guessed));
    assert!(matches!(run(RIGHT, RIGHT, &mut attempts), End::Dead));
}

#[test]
fn right_words_after_four_wrong_ones_still_pair() {
    let mut attempts = open();
    for _ in 1..CODE_FAILURES_MAX {
        assert!(matches!(run(RIGHT, WRONG, &mut attempts), End::Wrong(_)));
    }
    assert!(matches!(run(RIGHT, RIGHT, &mut attempts), End::Paired { .. }));
}

/// PAIR-014, PAIR-040
#[test]
fn guesses_made_at_once_are_looked_at_one_after_the_other() {
    let mut attempts = open();
    let waiting: Vec<_> = (0..8)
        .map(|seed| {
            let (mut alice, mut mallory) = (side(1, "Alice"), side(seed + 10, "Mallory"));
            let (accepter, m1) = start(&code(WRONG), EXPORTER, &mut mallory.rng);
            let (inviter, m2) = AwaitFirst::new(code(RIGHT), EXPORTER).on_m1(&m1, &mut alice.rng).unwrap();
            (inviter, accepter.on_m2(&m2, mallory.introduction).unwrap().1)
        })
        .collect();
    let looked_at = waiting
        .into_iter()
        .map(|(inviter, m3)| inviter.on_m3(&m3, &mut attempts, Mono(1)).unwrap())
        .filter(|verdict| matches!(verdict, Verdict::Wrong { .. }));
    assert_eq!(looked_at.count(), CODE_FAILURES_MAX as usize);
}

/// PAIR-002
#[test]
fn the_locator_is_no_part_of_the_secret() {
    let other = RIGHT.replace("481920", "000001");
    assert!(matches!(run(RIGHT, &other, &mut open()), End::Paired { .. }));
}

/// PAIR-012
#[test]
fn somebody_between_two_connections_fails_even_with_the_right_words() {
    let ends = Run { alice: (RIGHT, [1; 32]), bob: (RIGHT, [2; 32]), between: &mut |_, message| message };
    assert!(matches!(ends.go(&mut open()), End::Wrong(_)));
}

/// PAIR-015
#[test]
fn an_inviter_without_the_words_is_found_out() {
    let forged = Writer::new()
        .number(Tag::must(1), 4)
        .bytes(Tag::must(2), &[0; 32])
        .bytes(Tag::must(3), &[0; 64])
        .bytes(Tag::must(4), &[0; 1168])
        .done();
    let end = run_with(&mut |number, message| if number == 4 { forged.clone() } else { message });
    assert!(matches!(end, End::Failed(Role::Accepter, PairingError::NotTheInviter)), "{end:?}");
}

/// PAIR-010, PAIR-011
#[test]
fn a_mirror_pairs_with_nobody() {
    let mut bob = side(2, "Bob");
    let (accepter, m1) = start(&code(RIGHT), EXPORTER, &mut bob.rng);
    assert_eq!(accepter.on_m2(&m1, bob.introduction.clone()).err(), Some(PairingError::Unexpected(1)));

    // The element in the right frame, as it is and with the side's byte changed.
    for (side_byte, error) in [(b'A', PairingError::Reflected), (b'B', PairingError::Reflected)] {
        let (accepter, m1) = start(&code(RIGHT), EXPORTER, &mut bob.rng);
        let mut element = Fields::parse(&m1).unwrap().bytes(4).unwrap().to_vec();
        element[0] = side_byte;
        let m2 = Writer::new().number(Tag::must(1), 2).number(Tag::must(2), 1).bytes(Tag::must(3), &element).done();
        assert_eq!(accepter.on_m2(&m2, bob.introduction.clone()).err(), Some(error));
    }

    let mut third = Vec::new();
    let end = run_with(&mut |number, message| match number {
        3 => {
            third.clone_from(&message);
            message
        }
        4 => std::mem::take(&mut third),
        _ => message,
    });
    assert!(matches!(end, End::Failed(Role::Accepter, PairingError::Unexpected(3))), "{end:?}");
}

#[test]
fn messages_of_another_run_are_refused() {
    let mut recorded = vec![Vec::new(); 6];
    let _ = Run {
        alice: (RIGHT, [9; 32]),
        bob: (RIGHT, [9; 32]),
        between: &mut |number, message| {
            recorded[usize::from(number)].clone_from(&message);
            message
        },
    }
    .go(&mut open());
    for replayed in 1..=5 {
        // The same draws on another connection: only the exporter tells the runs apart.
        let end = run_with(&mut |number, message| {
            if number == replayed { recorded[usize::from(number)].clone() } else { message }
        });
        let same_draws = replayed <= 2;
        assert_eq!(matches!(end, End::Paired { .. }), same_draws, "message {replayed}: {end:?}");
    }
}

/// PAIR-013, PAIR-017
#[test]
fn no_changed_message_ends_in_a_pairing() {
    for number in 1..=5 {
        let mut length = 0;
        run_with(&mut |n, message| {
            length = if n == number { message.len() } else { length };
            message
        });
        let places = (0..length).filter(|at| *at < 48 || at % 199 == 0 || length - at < 8);
        for at in places {
            let end = run_with(&mut |n, mut message| {
                if n == number {
                    // Not the lowest bit: in a known field's tag it says nothing.
                    message[at] ^= 2 << (at % 7);
                }
                message
            });
            assert!(!matches!(end, End::Paired { .. }), "message {number}, byte {at}: {end:?}");
        }
    }
}

#[test]
fn no_cut_or_padded_or_senseless_message_ends_in_a_pairing_or_a_panic() {
    for number in 1..=5 {
        for cut in (0..40).chain([100, 1000, 5000]) {
            let end = run_with(&mut |n, mut message| {
                if n == number {
                    message.truncate(message.len().saturating_sub(1).min(cut));
                }
                message
            });
            assert!(matches!(end, End::Failed(..)), "message {number} cut at {cut}: {end:?}");
        }
        let long = vec![0; PAIRING_BYTES_MAX + 1];
        let end = run_with(&mut |n, message| if n == number { long.clone() } else { message });
        assert!(matches!(end, End::Failed(_, PairingError::TooLong)), "message {number}: {end:?}");
        let mut noise = Rng::from_number(u64::from(number));
        for _ in 0..64 {
            let end = run_with(&mut |n, message| {
                if n == number { noise.bytes::<200>().to_vec() } else { message }
            });
            assert!(matches!(end, End::Failed(..)), "message {number}: {end:?}");
        }
    }
}

#[test]
fn an_unknown_critical_field_is_refused_and_another_is_passed_over() {
    let with = |tag: Tag, message: &[u8]| [message, &Writer::new().bytes(tag, b"later").done()].concat();
    for number in 1..=5 {
        let end = run_with(&mut |n, message| {
            if n == number { with(Tag::must(20), &message) } else { message }
        });
        let unknown = PairingError::Malformed(Malformed::UnknownCritical(20));
        assert!(matches!(end, End::Failed(_, error) if error == unknown), "message {number}: {end:?}");
    }
    let mut bob = side(2, "Bob");
    let (_, m1) = start(&code(RIGHT), EXPORTER, &mut bob.rng);
    assert!(AwaitFirst::new(code(RIGHT), EXPORTER).on_m1(&with(Tag::may(20), &m1), &mut bob.rng).is_ok());

    let told = bob.introduction.encode();
    assert_eq!(Introduction::decode(&with(Tag::may(20), &told)), Ok(bob.introduction));
    let unknown = Err(IntroductionError::Malformed(Malformed::UnknownCritical(20)));
    assert_eq!(Introduction::decode(&with(Tag::must(20), &told)), unknown);
}

#[test]
fn two_versions_without_a_common_one_part() {
    let mut alice = side(1, "Alice");
    let (_, m1) = start(&code(RIGHT), EXPORTER, &mut side(2, "Bob").rng);
    let element = Fields::parse(&m1).unwrap().bytes(4).unwrap().to_vec();
    let first = |min, max| {
        Writer::new()
            .number(Tag::must(1), 1)
            .number(Tag::must(2), min)
            .number(Tag::must(3), max)
            .bytes(Tag::must(4), &element)
            .done()
    };
    for (min, max, fits) in [(1, 9, true), (2, 9, false), (0, 0, false), (3, 1, false)] {
        let answer = AwaitFirst::new(code(RIGHT), EXPORTER).on_m1(&first(min, max), &mut alice.rng);
        assert_eq!(answer.err(), (!fits).then_some(PairingError::NoCommonVersion));
    }
    assert_eq!(PairingError::NoCommonVersion.refusal(), Some(Refusal::Version));
}

/// PAIR-010, PAIR-030
#[test]
fn a_refusal_is_heard_in_every_state_and_an_unknown_reason_is_kept() {
    for reason in [Refusal::Busy, Refusal::Crossed, Refusal::Mine, Refusal::Other(99)] {
        for number in [1, 2, 3, 4, 5] {
            let end = run_with(&mut |n, message| if n == number { refuse(reason, None) } else { message });
            let End::Failed(_, PairingError::Refused { reason: heard, tries_left: None }) = end else {
                panic!("message {number}: {end:?}")
            };
            assert_eq!(heard, reason);
        }
    }
    assert_eq!(Refusal::from_number(3), Refusal::Busy);
    assert!(Refusal::Other(99).to_string().contains("99"));
}

/// PAIR-020
#[test]
fn an_introduction_that_contradicts_itself_is_refused() {
    let (alice, mut bob) = (side(1, "Alice"), side(2, "Bob"));
    let mut lies = bob.introduction.clone();
    lies.device = DeviceId::from_bytes([1; 32]);
    assert_eq!(Introduction::decode(&lies.encode()), Err(IntroductionError::NotListed));
    let mut lies = bob.introduction.clone();
    lies.bundle = alice.introduction.bundle.clone();
    assert!(matches!(Introduction::decode(&lies.encode()), Err(IntroductionError::List(_))));
    let mut lies = bob.introduction.clone();
    lies.name = Some("Bob\u{7}".to_owned());
    assert_eq!(Introduction::decode(&lies.encode()), Err(IntroductionError::Malformed(Malformed::BadValue(7))));

    let mut draft = bob.introduction.list.successor();
    let other = alice.introduction.list.devices()[0].clone();
    draft.devices.push(other);
    let mut more = bob.introduction.clone();
    more.list = DeviceList::sign(draft, &more.bundle, &bob.pairwise).unwrap();
    assert!(Introduction::decode(&more.encode()).is_ok());
    let (accepter, m1) = start(&code(RIGHT), EXPORTER, &mut bob.rng);
    let (_, m2) = AwaitFirst::new(code(RIGHT), EXPORTER).on_m1(&m1, &mut bob.rng).unwrap();
    let refused = accepter.on_m2(&m2, more).err();
    assert_eq!(refused, Some(PairingError::OwnIntroduction(IntroductionError::OtherDevices)));
}

/// PAIR-042
#[test]
fn an_invitation_expires_by_its_own_running_time_and_not_by_a_restart() {
    let mut attempts = open();
    assert!(matches!(run(RIGHT, WRONG, &mut attempts), End::Wrong(4)));
    let half = Mono(0) + CODE_OPEN / 2;
    let kept = attempts.encode(half);
    let restarted = Attempts::decode(&kept, Mono(5)).unwrap();
    assert_eq!(restarted.standing(Mono(5)), Standing::Open { tries_left: 4, remaining: CODE_OPEN / 2 });
    let late = Mono(5) + CODE_OPEN / 2;
    assert_eq!(restarted.standing(late), Standing::Dead(Death::Expired));
    assert_eq!(attempts.standing(half + Duration::from_secs(301)), Standing::Dead(Death::Expired));
    assert!(Attempts::decode(&kept[1..], Mono(0)).is_err());
}

/// PAIR-001, PAIR-003, PAIR-004
#[test]
fn a_code_reads_back_in_whatever_way_it_was_written() {
    let code: Code = RIGHT.parse().unwrap();
    assert_eq!(code.to_string(), RIGHT);
    assert_eq!(locator_name(code.locator()), "481920");
    for written in [
        "481 920 Aardvark guitarist SOLO tobacco",
        "481920 aardvark-guitarist-solo-tobacco\n",
        "  48-19-20 -- aard, guit. solo toba ",
    ] {
        assert_eq!(written.parse(), Ok(code.clone()), "{written}");
    }
    let mut rng = Rng::from_number(3);
    for _ in 0..1000 {
        let code = Code::generate(&mut rng);
        assert_eq!(code.to_string().parse(), Ok(code));
    }
    assert!(!format!("{code:?}").contains("solo"));
}

/// PAIR-003
#[test]
fn what_is_wrong_with_a_code_is_said() {
    let read = |text: &str| text.parse::<Code>().unwrap_err();
    assert_eq!(read("48192 aardvark guitarist solo tobacco"), CodeError::Locator(5));
    assert_eq!(read("aardvark guitarist solo tobacco"), CodeError::Locator(0));
    assert_eq!(read(""), CodeError::Locator(0));
    assert_eq!(read("481920 aardvark guitarist solo"), CodeError::Count(3));
    assert_eq!(read("481920 aardvark guitarist solo tobacco uncut"), CodeError::Count(5));
    let slip = CodeError::NotAWord { position: 2, nearest: Some("guitarist") };
    assert_eq!(read("481920 aardvark guitarits solo tobacco"), slip);
    let rubbish = CodeError::NotAWord { position: 4, nearest: None };
    assert_eq!(read("481920 aardvark guitarist solo xxxxxxxxxx"), rubbish);
    assert_eq!(read("481920 guitarist aardvark solo tobacco"), CodeError::WrongPlace { position: 1 });
    assert_eq!(read("481920 aardvark solo tobacco"), CodeError::WrongPlace { position: 2 });
    // Three letters are too few; and 'back' fits more than one word.
    assert!(matches!(read("481920 aar guitarist solo tobacco"), CodeError::NotAWord { position: 1, .. }));
    assert!(matches!(read("481920 back guitarist solo tobacco"), CodeError::NotAWord { position: 1, .. }));
    assert!(slip.to_string().contains("guitarist"));
    assert!(!format!("{slip:?}").contains("guitarist"));
}

/// PAIR-005
#[test]
fn a_link_reads_back_also_from_a_qr_code_and_never_in_part() {
    let link = Link::new(LinkSecret::new([5; 16]), vec![9; LINK_CARD_BYTES_MAX]).unwrap();
    let text = link.to_string();
    assert!(text.len() <= 300, "{}", text.len());
    assert_eq!(text.parse(), Ok(link.clone()));
    assert_eq!(link.qr_text().parse(), Ok(link.clone()));
    assert_eq!(format!(" {text}\n").parse(), Ok(link.clone()));
    for length in "kith:meet/".len()..text.len() {
        assert!(text[..length].parse::<Link>().is_err(), "cut at {length}");
    }
    assert_eq!("https://example.org".parse::<Link>(), Err(LinkError::NotALink));
    let later = format!("kith:meet/{}", kith_base::id::base32(&[2, 0]));
    assert_eq!(later.parse::<Link>(), Err(LinkError::Version(2)));
    assert_eq!(Link::new(LinkSecret::new([5; 16]), vec![9; LINK_CARD_BYTES_MAX + 1]), None);
    assert!(!format!("{link:?}").contains('5'));
    assert_ne!(link_name(&link.secret), *link.secret.expose());
}
