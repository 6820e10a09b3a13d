//! The seventeen steps of a message and two people who uninstall, reinstall and change places; and pairing again in all
//! other ways: with and without the recovery words, on one side and on both, and through somebody in between.
//!
//! A [`Phone`] is one person's device and vault. Pairings run through the real pairing machines; what two phones say to
//! each other afterwards is carried until both are quiet, and a bound on packets makes a loop a failure.

use kith_base::{EventId, Mono, Rng, Wall, limits};
use kith_proto::conversation::{
    Conversation, Deleted, Founding, MyOffer, Over, Prospect, Refused, Turn, recovery_before,
};
use kith_proto::identity::{Manifest, RecoveryPublic, Root, lacking, lacking_of_restored};
use kith_proto::io::{Delivery, Effect, StoredEvent, View};
use kith_proto::log::event::{Body, Kind};
use kith_proto::log::notice::Notice;
use kith_proto::log::offer::Offer;
use kith_proto::log::succession;
use kith_proto::memory::MemoryVault;
use kith_proto::pairing::{Attempts, AwaitFirst, Code, Introduction, Paired, PairingSecret, Verdict, start};
use kith_proto::sealer::Sealer;
use kith_sim::sealing::{self, Sealing};
use std::collections::{BTreeSet, VecDeque};

/// More packets than two phones ever exchange before they are quiet.
const PACKETS_MAX: usize = 400;
/// Recovery keys of a phone: more than it ever pairs.
const POOL: u32 = 8;
const NOW: Wall = Wall(1_780_000_000_000);

struct Phone {
    name: &'static str,
    sealing: Sealing,
    rng: Rng,
    root: Root,
    pool: VecDeque<RecoveryPublic>,
    /// Where a recovery key of this root may have its index.
    indices: u32,
    vault: MemoryVault,
    machine: Option<Conversation>,
    verified: bool,
    wall: Wall,
    /// Rules that others broke towards this phone.
    rejected: Vec<&'static str>,
}

/// One side of a pairing under way.
struct Try {
    prospect: Prospect,
    offer: MyOffer,
    sealer: Box<dyn Sealer + Send>,
}

/// The recovery keys of a root that was drawn here.
fn first_pool(root: &Root) -> VecDeque<RecoveryPublic> {
    root.publics(&lacking(&BTreeSet::new(), POOL)).into()
}

impl Phone {
    /// The app is installed for the first time.
    fn new(name: &'static str, sealing: Sealing, seed: u64) -> Self {
        let mut rng = Rng::from_number(seed);
        let root = Root::generate(&mut rng);
        let (pool, indices) = (first_pool(&root), POOL);
        let vault = MemoryVault::new();
        let (machine, rejected) = (None, Vec::new());
        Self { name, sealing, rng, root, pool, indices, vault, machine, verified: false, wall: NOW, rejected }
    }

    /// The app is gone from the phone with everything in it, and installed anew.
    fn reinstall(&mut self) {
        let root = Root::generate(&mut self.rng);
        self.begin_with(root);
        self.pool = first_pool(&self.root);
        self.indices = POOL;
    }

    /// As [`Self::reinstall`], and the words are typed in from paper.
    fn restore(&mut self, words: &str) {
        self.begin_with(Root::from_words(words).unwrap());
        let indices = lacking_of_restored(&BTreeSet::new(), POOL, &mut self.rng);
        self.pool = self.root.publics(&indices).into();
        self.indices = limits::RECOVERY_INDICES;
    }

    fn begin_with(&mut self, root: Root) {
        self.root = root;
        self.vault = MemoryVault::new();
        self.machine = None;
        self.verified = false;
    }

    fn words(&self) -> String {
        self.root.words().join(" ")
    }

    fn prepare(&mut self) -> Try {
        let recovery = self.pool.pop_front().unwrap();
        let prospect = Prospect::new(&recovery, &mut self.rng).unwrap();
        let mut sealer = (self.sealing)(Vec::new());
        let offer = prospect.offer(sealer.as_mut(), &mut self.rng).unwrap();
        Try { prospect, offer, sealer }
    }

    /// What this side says about itself; who has this contact already goes on with it.
    fn introduce(&mut self, going: &Try) -> Introduction {
        Introduction {
            bundle: going.prospect.bundle.clone(),
            list: going.prospect.list.clone(),
            device: going.prospect.device,
            log: Vec::new(),
            key_package: going.offer.offer.encode(),
            letter_key: going.offer.offer.letter.clone(),
            name: None,
            card: b"card".to_vec(),
            salt: self.rng.bytes(),
            crossing: None,
            manifest: Manifest::CURRENT,
            known_by: recovery_before(&self.vault, self.verified).unwrap(),
        }
    }

    fn found(&mut self, mut going: Try, paired: &Paired) {
        let theirs = &paired.theirs;
        let vouch = theirs.known_by.and_then(|key| self.root.signer_of(&key, self.indices));
        let founding = Founding {
            conversation: paired.conversation,
            prospect: going.prospect,
            my_offer: going.offer,
            their_bundle: theirs.bundle.clone(),
            their_list: theirs.list.clone(),
            their_device: theirs.device,
            their_offer: Offer::decode(&theirs.key_package).unwrap(),
            pair_secret: paired.pair_secret.clone(),
            their_card: theirs.card.clone(),
            their_manifest: theirs.manifest,
        };
        let over = Over { verified: self.verified, vouch: vouch.as_ref(), wall: self.wall };
        let batch = founding.over(&self.vault, &over, going.sealer.as_mut(), &mut self.rng).unwrap();
        self.vault.apply(&batch);
        self.verified = false;
        self.load();
    }

    /// The app starts from what is stored.
    fn load(&mut self) {
        let sealer = (self.sealing)(self.vault.sealer());
        self.machine = Some(Conversation::load(&self.vault, sealer, Mono(0)).unwrap());
    }

    /// One turn, committed; the packets it sends.
    fn turn<T>(&mut self, act: impl FnOnce(&mut Turn<'_>) -> T) -> (T, Vec<Vec<u8>>) {
        let Some(machine) = self.machine.as_mut() else { panic!("{} has no conversation", self.name) };
        let mut turn = machine.turn(&self.vault, Mono(1), self.wall, &mut self.rng);
        let done = act(&mut turn);
        let step = turn.done().unwrap();
        self.vault.apply(&step.batch);
        let mut sent = Vec::new();
        for effect in step.effects {
            match effect {
                Effect::Send(_, packet) => sent.push(packet),
                Effect::Rejected(rejected) => self.rejected.push(rejected.rule),
                _ => {}
            }
        }
        (done, sent)
    }

    fn says(&mut self, text: &str) -> EventId {
        self.turn(|turn| turn.write(&Body::Text(text.into())).unwrap()).0
    }

    fn deletes(&mut self, id: EventId) -> Deleted {
        self.turn(|turn| turn.delete(id).unwrap()).0
    }

    fn resends(&mut self) -> usize {
        self.turn(|turn| turn.resend_held().unwrap()).0.len()
    }

    fn held(&self) -> usize {
        self.machine.as_ref().unwrap().held().len()
    }

    fn proven(&self) -> Option<bool> {
        self.machine.as_ref().unwrap().renewed()
    }

    fn event(&self, id: EventId) -> Option<StoredEvent> {
        self.vault.event(self.vault.row_of(&id)?)
    }

    fn delivery(&self, id: EventId) -> Delivery {
        self.event(id).unwrap().delivery
    }

    /// What the person reads, in order: texts, a dash for what is deleted, and notices.
    fn shows(&self) -> Vec<String> {
        let line = |event: &StoredEvent| match event.kind {
            Kind::NOTICE => Some(match Notice::decode(&self.vault.body(event.row).unwrap()).unwrap() {
                Notice::PairedAnew { held, proven } => format!("[anew, {held} held, proven {proven}]"),
                Notice::HeldSent { messages } => format!("[{messages} written again]"),
                other => format!("[{other:?}]"),
            }),
            _ if event.erased => Some("-".to_owned()),
            1 => match Body::decode(Kind::TEXT, &self.vault.body(event.row).unwrap()) {
                Ok(Some(Body::Text(said))) => Some(said.text),
                _ => None,
            },
            _ => None,
        };
        self.vault.events().filter_map(line).collect()
    }

    /// Nothing waits for anybody.
    fn is_at_rest(&self) -> bool {
        let machine = self.machine.as_ref().unwrap();
        machine.known_peers().iter().all(|peer| !machine.waits_for(&self.vault, peer.device))
    }
}

/// A whole pairing, by code.
fn pair(inviter: &mut Phone, accepter: &mut Phone) {
    let code = PairingSecret::from(&Code::generate(&mut inviter.rng));
    let exporter = [9; 32];
    let (hers, his) = (inviter.prepare(), accepter.prepare());
    let (answering, m1) = start(&code, exporter, &mut accepter.rng);
    let (inviting, m2) = AwaitFirst::new(code, exporter).on_m1(&m1, &mut inviter.rng).unwrap();
    let told = accepter.introduce(&his);
    let (answering, m3) = answering.on_m2(&m2, told).unwrap();
    let mut attempts = Attempts::open(Mono(0), limits::CODE_OPEN);
    let Verdict::Right(verified) = inviting.on_m3(&m3, &mut attempts, Mono(1)).unwrap() else { panic!("right words") };
    let told = inviter.introduce(&hers);
    let (answered, m4) = verified.answer(told, &mut inviter.rng).unwrap();
    inviter.found(hers, &answered.paired);
    let (paired, m5) = answering.on_m4(&m4, his.prospect.kem()).unwrap();
    accepter.found(his, &paired);
    answered.on_m5(&m5).unwrap();
}

/// The two are connected until both are quiet. Says whether they know each other at all.
fn meet(a: &mut Phone, b: &mut Phone) -> bool {
    let (Some(one), Some(other)) = (a.machine.as_ref(), b.machine.as_ref()) else { return false };
    let (alice, bob) = (one.device(), other.device());
    let secret = |machine: &Conversation, device| {
        machine.known_peers().into_iter().find(|peer| peer.device == device).map(|peer| peer.pair_secret)
    };
    // A hello between devices that hold different secrets, or none, never opens.
    if secret(one, bob).is_none() || secret(one, bob) != secret(other, alice) {
        return false;
    }
    let mut to_b: VecDeque<_> = a.turn(|turn| turn.connected(bob)).1.into();
    let mut to_a: VecDeque<_> = b.turn(|turn| turn.connected(alice)).1.into();
    let mut carried = 0;
    while !to_a.is_empty() || !to_b.is_empty() {
        if let Some(packet) = to_b.pop_front() {
            to_a.extend(b.turn(|turn| turn.packet(alice, &packet)).1);
        }
        if let Some(packet) = to_a.pop_front() {
            to_b.extend(a.turn(|turn| turn.packet(bob, &packet)).1);
        }
        carried += 1;
        assert!(carried < PACKETS_MAX, "{} and {} do not become quiet", a.name, b.name);
    }
    a.turn(|turn| turn.disconnected(bob));
    b.turn(|turn| turn.disconnected(alice));
    true
}

/// Both directions carry, nothing is stuck, and nothing arrives twice.
fn talk(a: &mut Phone, b: &mut Phone, about: &str) {
    let (one, other) = (format!("{} on {about}", a.name), format!("{} on {about}", b.name));
    let (of_a, of_b) = (a.says(&one), b.says(&other));
    assert!(meet(a, b), "{} and {} do not know each other", a.name, b.name);
    assert_eq!((a.delivery(of_a), b.delivery(of_b)), (Delivery::Delivered, Delivery::Delivered));
    for (phone, heard) in [(&*a, &other), (&*b, &one)] {
        assert_eq!(phone.shows().iter().filter(|line| *line == heard).count(), 1, "{heard} at {}", phone.name);
        assert!(phone.is_at_rest(), "something waits at {}", phone.name);
        assert_eq!(phone.rejected, [""; 0], "{} was told what breaks a rule", phone.name);
    }
}

fn two(sealing: Sealing) -> (Phone, Phone) {
    let (mut alice, mut bob) = (Phone::new("Alice", sealing, 1), Phone::new("Bob", sealing, 2));
    pair(&mut alice, &mut bob);
    talk(&mut alice, &mut bob, "the first day");
    (alice, bob)
}

/// How a person comes back to the app.
#[derive(Clone, Copy, PartialEq)]
enum Back {
    WithWords,
    WithoutWords,
}

fn come_back(phone: &mut Phone, words: &str, back: Back) {
    match back {
        Back::WithWords => phone.restore(words),
        Back::WithoutWords => phone.reinstall(),
    }
}

/// The seventeen steps, the first person being `one`; the second pairing is made by whoever `invites`.
fn seventeen_steps(one: &mut Phone, other: &mut Phone, back: Back, round: &str) {
    let (words_of_one, words_of_other) = (one.words(), other.words());
    // 1, 2: both are there. 3: one writes. 4: the other is offline. 5: and uninstalls. 6: one deletes the message.
    let regretted = one.says("regretted");
    let meant = one.says("meant");
    assert_eq!(one.deletes(regretted), Deleted::NeverDelivered);
    // 7: the other reinstalls. 8: nothing comes, from nobody.
    come_back(other, &words_of_other, back);
    assert!(!meet(one, other));
    // 9: so there is nothing that can't be decrypted. The two pair again; one goes on with its contact.
    pair(one, other);
    assert!(meet(one, other));
    assert_eq!(one.proven(), Some(back == Back::WithWords), "without words nothing is proven");
    assert_eq!((one.held(), other.proven()), (1, None), "only what is meant waits for a word");
    assert_eq!(other.shows(), [""; 0], "nothing that was written to the lost phone comes by itself");
    talk(one, other, &format!("the second day of {round}"));
    // 10, 11: one uninstalls and reinstalls with its message unsent.
    assert_eq!(one.delivery(meant), Delivery::Waiting);
    come_back(one, &words_of_one, back);
    // 12 to 16: nobody is asked who anybody is; there is nothing to ask about.
    assert!(!meet(one, other));
    pair(other, one);
    assert!(meet(one, other));
    assert_eq!((other.held(), other.proven(), one.proven()), (0, Some(back == Back::WithWords), None));
    assert_eq!(one.shows(), [""; 0]);
    talk(one, other, &format!("the third day of {round}"));
    assert!(!other.shows().iter().any(|line| line.contains("meant") || line.contains("regretted")));
}

#[test]
fn the_seventeen_steps_end_with_nothing_wrong_and_again_with_the_roles_changed() {
    for (sealing, back) in [
        (sealing::model as Sealing, Back::WithWords),
        (sealing::model, Back::WithoutWords),
        (sealing::mls, Back::WithWords),
        (sealing::mls, Back::WithoutWords),
    ] {
        let (mut alice, mut bob) = two(sealing);
        seventeen_steps(&mut alice, &mut bob, back, "the first round");
        // 17: Bob and Alice switch places.
        seventeen_steps(&mut bob, &mut alice, back, "the second round");
    }
}

/// PAIR-052
#[test]
fn messages_that_waited_go_to_the_new_keys_only_by_their_persons_word_and_once() {
    for sealing in [sealing::model as Sealing, sealing::mls] {
        let (mut alice, mut bob) = two(sealing);
        let early = Wall(NOW.0 - 86_400_000);
        alice.wall = early;
        let first = alice.says("one");
        let second = alice.says("two");
        let third = alice.says("three");
        alice.wall = NOW;
        bob.reinstall();
        pair(&mut alice, &mut bob);
        talk(&mut alice, &mut bob, "the new keys");
        alice.load();
        assert_eq!(alice.held(), 3);
        assert_eq!(alice.deletes(second), Deleted::NeverDelivered);
        assert_eq!(alice.held(), 2);
        assert_eq!(alice.resends(), 2);
        assert_eq!((alice.held(), alice.event(first), alice.event(third)), (0, None, None), "the old ones leave");
        assert_eq!(alice.resends(), 0, "a second word sends nothing more");
        assert!(meet(&mut alice, &mut bob));
        let heard: Vec<String> = bob.shows().into_iter().filter(|line| !line.contains("the new keys")).collect();
        assert_eq!(heard, ["one", "three"]);
        let written = bob.vault.events().filter(|event| event.written == early).count();
        assert_eq!(written, 2, "they keep the time they were written");
        let shown = alice.shows();
        let tail: Vec<&str> = shown.iter().rev().take(3).rev().map(String::as_str).collect();
        assert_eq!(tail, ["[2 written again]", "one", "three"]);
        talk(&mut alice, &mut bob, "what waited");
    }
}

#[test]
fn a_message_whose_sealed_copy_left_unanswered_is_held_like_one_that_waited() {
    let (mut alice, mut bob) = two(sealing::model);
    let bob_device = bob.machine.as_ref().unwrap().device();
    let sent = alice.says("on its way");
    // The copy leaves, and no answer comes.
    let hello = bob.turn(|turn| turn.connected(alice.machine.as_ref().unwrap().device())).1;
    alice.turn(|turn| turn.connected(bob_device));
    alice.turn(|turn| hello.iter().for_each(|packet| turn.packet(bob_device, packet)));
    assert_eq!(alice.delivery(sent), Delivery::Sent);
    bob.reinstall();
    pair(&mut alice, &mut bob);
    assert!(meet(&mut alice, &mut bob));
    assert_eq!((alice.held(), bob.shows()), (1, Vec::new()));
    assert_eq!(alice.deletes(sent), Deleted::Here, "nobody who had the copy can be asked");
    assert_eq!(alice.held(), 0);
    talk(&mut alice, &mut bob, "after it");
    assert!(!bob.shows().contains(&"on its way".to_owned()));
}

#[test]
fn a_message_that_was_edited_while_it_waited_is_held_and_sent_in_its_newest_wording() {
    let (mut alice, mut bob) = two(sealing::model);
    let first = alice.says("won");
    let edit = alice.turn(|turn| turn.edit(first, "one".into())).0.unwrap();
    let delivered = alice.vault.events().find(|event| event.mine).map(|event| event.id).unwrap();
    bob.reinstall();
    pair(&mut alice, &mut bob);
    assert!(meet(&mut alice, &mut bob));
    assert_eq!(alice.held(), 1);
    assert_eq!(alice.turn(|turn| turn.edit(delivered, "otherwise".into())).0, Err(Refused::Before));
    assert_eq!(alice.resends(), 1);
    assert_eq!((alice.event(first), alice.event(edit)), (None, None));
    talk(&mut alice, &mut bob, "the edit");
    assert_eq!(bob.shows().iter().filter(|line| *line == "one").count(), 1);
    assert!(!bob.shows().contains(&"won".to_owned()));
}

#[test]
fn held_messages_can_be_dropped_all_at_once() {
    let (mut alice, mut bob) = two(sealing::model);
    let one = alice.says("one");
    alice.turn(|turn| turn.edit(one, "another one".into())).0.unwrap();
    alice.says("two");
    bob.reinstall();
    pair(&mut alice, &mut bob);
    assert_eq!(alice.turn(|turn| turn.drop_held()).0, 2);
    assert_eq!((alice.held(), alice.resends()), (0, 0));
    talk(&mut alice, &mut bob, "what is left");
    assert_eq!(bob.shows().len(), 2);
}

/// PAIR-051
#[test]
fn two_who_lost_nothing_and_pair_again_both_go_on() {
    for sealing in [sealing::model as Sealing, sealing::mls] {
        let (mut alice, mut bob) = two(sealing);
        let old = alice.says("before");
        bob.says("also before");
        let keys = |phone: &Phone| phone.vault.sealer().into_iter().map(|(key, _)| key).collect::<BTreeSet<_>>();
        let before = keys(&alice);
        pair(&mut alice, &mut bob);
        assert!(!before.is_empty() && keys(&alice).is_disjoint(&before), "no key of before is left");
        assert_eq!((alice.vault.logs().len(), alice.vault.peers().len()), (2, 1), "nor a log or a device");
        assert!(meet(&mut alice, &mut bob));
        assert_eq!((alice.held(), bob.held()), (1, 1));
        assert_eq!((alice.proven(), bob.proven()), (Some(true), Some(true)), "both roots are still there");
        assert_eq!((alice.resends(), bob.resends()), (1, 1));
        talk(&mut alice, &mut bob, "the new keys");
        for phone in [&alice, &bob] {
            let texts = phone.shows();
            for line in ["before", "also before", "Alice on the first day", "Bob on the first day"] {
                assert_eq!(texts.iter().filter(|text| *text == line).count(), 1, "{line} at {}", phone.name);
            }
        }
        assert_eq!(alice.event(old), None);
    }
}

/// PAIR-056
#[test]
fn what_was_delivered_before_is_deleted_here_and_asked_of_nobody() {
    let (mut alice, mut bob) = two(sealing::model);
    let old = alice.vault.events().find(|event| event.mine).map(|event| event.id).unwrap();
    let theirs = alice.vault.events().find(|event| !event.mine).map(|event| event.id).unwrap();
    pair(&mut alice, &mut bob);
    assert!(meet(&mut alice, &mut bob));
    let before = bob.shows();
    assert_eq!(alice.deletes(old), Deleted::Here);
    assert_eq!(alice.turn(|turn| turn.delete(theirs)).0, Err(Refused::NotYours));
    assert!(meet(&mut alice, &mut bob));
    assert_eq!(bob.shows(), before, "no request about it travels");
    assert!(alice.is_at_rest() && bob.is_at_rest());
}

/// PAIR-053, PAIR-054
#[test]
fn only_the_words_of_the_one_who_is_meant_prove_anything() {
    let (mut alice, mut bob) = two(sealing::model);
    let words = bob.words();
    // Somebody else, with words of their own, has the code.
    let mut mallory = Phone::new("Mallory", sealing::model, 66);
    pair(&mut alice, &mut mallory);
    assert!(meet(&mut alice, &mut mallory));
    assert_eq!(alice.proven(), Some(false));
    // Bob comes back: what he must prove is still who he was, not who Mallory is.
    bob.restore(&words);
    pair(&mut bob, &mut alice);
    assert!(meet(&mut alice, &mut bob));
    assert_eq!(alice.proven(), Some(true));
    let notices: Vec<String> = alice.shows().into_iter().filter(|line| line.starts_with('[')).collect();
    assert_eq!(notices, ["[anew, 0 held, proven false]", "[anew, 0 held, proven true]"]);
    // And once more from the paper, with keys that no lost phone had.
    bob.restore(&words);
    pair(&mut alice, &mut bob);
    assert!(meet(&mut alice, &mut bob));
    assert_eq!(alice.proven(), Some(true));
}

/// PAIR-055
#[test]
fn who_stands_between_two_and_pairs_with_both_can_not_pass_a_proof_on() {
    let (mut alice, mut bob) = two(sealing::model);
    let words = bob.words();
    bob.restore(&words);
    // Mallory has both codes: to Alice she is Bob, to Bob she is Alice, and asks him for the key that Alice asks for.
    let asked = recovery_before(&alice.vault, false).unwrap().unwrap();
    let mut to_alice = Phone::new("Mallory", sealing::model, 66);
    let mut to_bob = Phone::new("Mallory", sealing::model, 67);
    pair(&mut alice, &mut to_alice);
    pair(&mut to_bob, &mut bob);
    let his = bob.machine.as_ref().unwrap();
    let given = succession::sign(&bob.root.signer_of(&asked, POOL).unwrap(), his.person(), his.id());
    to_alice.turn(|turn| turn.write(&Body::Succession(given)).unwrap());
    assert!(meet(&mut alice, &mut to_alice));
    assert_eq!(alice.rejected, ["PAIR-055"]);
    assert_eq!(alice.proven(), Some(false));
}

/// PAIR-057
#[test]
fn a_pairing_that_is_stored_on_one_side_only_is_repeated_without_a_trace() {
    let (mut alice, mut bob) = two(sealing::model);
    let words = bob.words();
    alice.says("waits");
    bob.restore(&words);
    // The answer that would have told Bob is lost, so he begins anew.
    pair(&mut alice, &mut bob);
    bob.restore(&words);
    pair(&mut alice, &mut bob);
    talk(&mut alice, &mut bob, "the second try");
    assert_eq!((alice.held(), alice.proven()), (1, Some(true)));
    let notices = alice.shows().into_iter().filter(|line| line.starts_with('[')).count();
    assert_eq!(notices, 1, "two tries are one pairing");
}
