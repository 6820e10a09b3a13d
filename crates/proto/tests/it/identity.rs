//! Identity from outside: words, bundles, device lists, the safety number (`spec/identity.md`).

use kith_base::codec::{Malformed, Tag, Writer};
use kith_base::{DeviceId, Label, LogId, RecordHash, Rng, Secret, limits};
use kith_proto::conversation::Prospect;
use kith_proto::crypto::{KemSecret, SignKey};
use kith_proto::identity::{
    Bundle, BundleError, Cut, Device, DeviceList, Grant, ListDraft, ListError, Manifest, Rank, RecoveryPublic, Role,
    Root, Succession, WordsError, accept, check_words, lacking, lacking_of_restored, mark_half, safety_number,
};
use std::collections::BTreeSet;

struct Person {
    root: Root,
    pairwise: SignKey,
    bundle: Bundle,
    list: DeviceList,
    rng: Rng,
}

fn device(rng: &mut Rng) -> Device {
    let (sign, kem) = (SignKey::generate(rng).public(), KemSecret::generate(rng).public());
    Device { sign, kem, role: Role::Both, capabilities: 5 }
}

fn person(seed: u64) -> Person {
    let mut rng = Rng::from_number(seed);
    let root = Root::generate(&mut rng);
    let pairwise = SignKey::generate(&mut rng);
    let bundle = Bundle::new(pairwise.public(), &root.recovery(0).public());
    let list = DeviceList::first(&bundle, device(&mut rng), &pairwise).unwrap();
    Person { root, pairwise, bundle, list, rng }
}

impl Person {
    fn adds_a_device(&mut self) -> DeviceList {
        let mut draft = self.list.successor();
        draft.devices.push(device(&mut self.rng));
        DeviceList::sign(draft, &self.bundle, &self.pairwise).unwrap()
    }

    fn recovers(&mut self, recovery_count: u32, prev: Option<&DeviceList>) -> (DeviceList, SignKey) {
        let fresh = SignKey::generate(&mut self.rng);
        let person = self.bundle.person();
        let grant = Grant::sign(person, recovery_count, fresh.public(), &self.root.recovery(0).sign);
        let draft = ListDraft {
            person,
            rank: Rank { recovery_count, version: 1 },
            prev: prev.map(DeviceList::hash),
            devices: vec![device(&mut self.rng)],
            grant: Some(grant),
            cuts: Vec::new(),
        };
        (DeviceList::sign(draft, &self.bundle, &fresh).unwrap(), fresh)
    }
}

/// ID-001, ID-002
#[test]
fn a_root_reads_back_from_its_words_in_any_case_and_spacing() {
    let root = Root::generate(&mut Rng::from_number(1));
    let words = root.words();
    assert_eq!(words.len(), 24);
    let typed = format!("  {}\n", words.join("\t ").to_uppercase());
    assert_eq!(Root::from_words(&typed).unwrap(), root);
    assert_eq!(check_words(&root, &typed), Ok(()));
}

/// ID-001
#[test]
fn the_words_are_those_of_bip39() {
    // Test vector of the BIP39 reference: 256 bits of 0x7f.
    let root = Root::from_secret(Secret::new([0x7f; 32]));
    let vector = "legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful \
                  legal winner thank year wave sausage worth title";
    assert_eq!(root.words().join(" "), vector);
}

/// ID-002
#[test]
fn a_wrong_word_is_named_by_its_place() {
    let root = Root::from_secret(Secret::new([0x7f; 32]));
    let with = |place: usize, word: &'static str| {
        let mut words = root.words();
        words[place - 1] = word;
        words.join(" ")
    };
    assert_eq!(
        check_words(&root, &with(3, "thnak")),
        Err(WordsError::NotAWord { position: 3, nearest: Some("thank") })
    );
    assert_eq!(Root::from_words(&with(9, "qqqqqqq")), Err(WordsError::NotAWord { position: 9, nearest: None }));
    assert_eq!(check_words(&root, &with(24, "zoo")), Err(WordsError::Differs { position: 24 }));
    assert_eq!(Root::from_words(&with(1, "zoo")), Err(WordsError::Checksum));
    assert_eq!(check_words(&root, "legal winner"), Err(WordsError::Count(2)));
    assert_eq!(Root::from_words(""), Err(WordsError::Count(0)));
    assert!(!format!("{:?}", check_words(&root, &with(3, "thnak"))).contains("thank"));
}

/// ID-010, ID-013
#[test]
fn recovery_keys_follow_from_the_words_alone_and_differ_by_index() {
    let root = Root::generate(&mut Rng::from_number(2));
    let pool = root.publics(&[0, 1, 2]);
    let again = Root::from_words(&root.words().join(" ")).unwrap();
    assert_eq!(pool, again.publics(&[0, 1, 2]));
    assert_ne!(pool[0].sign, pool[1].sign);
    assert_ne!(pool[0].kem, pool[1].kem);
    let kept = RecoveryPublic::decode(&pool[2].encode()).unwrap();
    assert_eq!(kept, pool[2]);
    let sealed = kept.kem.seal(Label::AddressedSeal, b"", b"come back", &mut Rng::from_number(3)).unwrap();
    assert_eq!(again.recovery(2).kem.open(Label::AddressedSeal, b"", &sealed).unwrap(), b"come back");
}

/// ID-011
#[test]
fn the_whole_pool_of_recovery_keys_is_distinct() {
    let indices = lacking(&BTreeSet::new(), limits::RECOVERY_POOL);
    let pool = Root::generate(&mut Rng::from_number(4)).publics(&indices);
    let keys: BTreeSet<_> = pool.iter().map(|keys| keys.sign).collect();
    assert_eq!(keys.len(), 1024);
}

/// ID-011, ID-014
#[test]
fn a_pool_that_was_begun_is_made_whole_and_nothing_in_it_is_made_twice() {
    let mut rng = Rng::from_number(5);
    let begun = BTreeSet::from([0, 1, 3]);
    assert_eq!(lacking(&begun, 5), [2, 4]);
    assert_eq!(lacking(&(0..5).collect(), 5), [0_u32; 0]);
    let drawn: BTreeSet<u32> = lacking_of_restored(&BTreeSet::new(), 5, &mut rng).into_iter().collect();
    let more = lacking_of_restored(&drawn, 9, &mut rng);
    assert_eq!((drawn.len(), more.len()), (5, 4));
    assert!(more.iter().all(|index| !drawn.contains(index)));
    assert_eq!(lacking_of_restored(&drawn, 5, &mut rng), [0_u32; 0]);
}

/// ENC-004, ID-021
#[test]
fn a_bundle_keeps_fields_it_does_not_know_and_they_are_part_of_who_it_is() {
    let alice = person(5);
    let mut longer = alice.bundle.bytes().to_vec();
    longer.extend(Writer::new().bytes(Tag::may(9), b"later").done());
    let read = Bundle::decode(&longer).unwrap();
    assert_eq!(read.bytes(), longer);
    assert_eq!(read.pairwise(), alice.bundle.pairwise());
    assert_ne!(read.person(), alice.bundle.person());
    assert_eq!(Bundle::decode(alice.bundle.bytes()).unwrap(), alice.bundle);
}

/// ID-020: somebody who is in both finds no key and no id of one in the other.
#[test]
fn two_relationships_of_one_person_share_nothing() {
    let mut rng = Rng::from_number(23);
    let pool = Root::generate(&mut rng).publics(&[0, 1]);
    let [one, other] = [0, 1].map(|index| Prospect::new(&pool[index], &mut rng).unwrap());
    let keys = |prospect: &Prospect| {
        let (bundle, device) = (&prospect.bundle, prospect.list.devices()[0].clone());
        let sign = [bundle.pairwise(), bundle.recovery_sign(), &device.sign].map(|key| key.as_bytes().to_vec());
        let kem = [bundle.recovery_kem(), &device.kem].map(|key| key.as_bytes().to_vec());
        sign.into_iter().chain(kem).collect::<BTreeSet<_>>()
    };
    assert_eq!((keys(&one).len(), keys(&other).len()), (5, 5));
    assert!(keys(&one).is_disjoint(&keys(&other)));
    assert_ne!(one.bundle.person(), other.bundle.person());
    assert_ne!(one.device, other.device);
}

/// ID-022
#[test]
fn a_bundle_of_another_suite_or_with_an_unknown_critical_field_is_refused() {
    let alice = person(5);
    let mut critical = alice.bundle.bytes().to_vec();
    critical.extend(Writer::new().bytes(Tag::must(9), b"later").done());
    assert_eq!(Bundle::decode(&critical), Err(BundleError::Malformed(Malformed::UnknownCritical(9))));
    let other = Writer::new().number(Tag::must(1), 0x50).done();
    assert_eq!(Bundle::decode(&other), Err(BundleError::Suite(0x50)));
    let mut recovery = alice.root.recovery(0).public();
    recovery.sign = alice.pairwise.public();
    let twice = Bundle::new(alice.pairwise.public(), &recovery);
    assert_eq!(Bundle::decode(twice.bytes()), Err(BundleError::SameKey));
}

#[test]
fn a_list_reads_back_and_names_its_devices() {
    let mut alice = person(6);
    let list = alice.adds_a_device();
    let read = DeviceList::verify(list.bytes(), &alice.bundle).unwrap();
    assert_eq!(read, list);
    assert_eq!(read.devices().len(), 2);
    let [first, second] = read.devices() else { panic!("two devices") };
    assert_eq!(read.device(second.id()), Some(second));
    assert!(first.id() < second.id());
    assert_eq!(read.prev(), Some(alice.list.hash()));
    assert_eq!(accept(&alice.list, &read), Succession::Newer);
    assert_eq!(accept(&read, &alice.list), Succession::Older);
    assert_eq!(accept(&read, &read), Succession::Same);
}

/// ID-031, ID-033
#[test]
fn no_changed_or_cut_short_list_is_accepted() {
    let alice = person(7);
    let bytes = alice.list.bytes();
    for length in 0..bytes.len() {
        assert!(DeviceList::verify(&bytes[..length], &alice.bundle).is_err(), "cut at {length}");
    }
    for at in 0..bytes.len() {
        let mut changed = bytes.to_vec();
        changed[at] ^= 1 << (at % 8);
        assert!(DeviceList::verify(&changed, &alice.bundle).is_err(), "changed at {at}");
    }
    assert_eq!(DeviceList::verify(&vec![0; 1 << 20], &alice.bundle), Err(ListError::TooLong));
}

/// ID-031, ID-033
#[test]
fn only_the_pairwise_key_signs_and_only_for_its_person() {
    let (mut alice, bob) = (person(8), person(9));
    let draft = alice.list.successor();
    assert_eq!(DeviceList::sign(draft, &alice.bundle, &bob.pairwise), Err(ListError::NotByPairwise));
    let list = alice.adds_a_device();
    assert_eq!(DeviceList::verify(list.bytes(), &bob.bundle), Err(ListError::OtherPerson));
}

/// ID-033
#[test]
fn a_list_of_too_many_or_doubled_devices_is_refused() {
    let mut alice = person(10);
    let mut draft = alice.list.successor();
    draft.devices.push(draft.devices[0].clone());
    assert_eq!(DeviceList::sign(draft.clone(), &alice.bundle, &alice.pairwise), Err(ListError::Order));
    draft.devices[1].kem = KemSecret::generate(&mut alice.rng).public();
    assert_eq!(DeviceList::sign(draft.clone(), &alice.bundle, &alice.pairwise), Err(ListError::SharedKey));
    draft.devices = (0..limits::LIST_DEVICES_MAX).map(|_| device(&mut alice.rng)).collect();
    assert!(DeviceList::sign(draft.clone(), &alice.bundle, &alice.pairwise).is_ok());
    draft.devices.push(device(&mut alice.rng));
    assert_eq!(DeviceList::sign(draft, &alice.bundle, &alice.pairwise), Err(ListError::TooManyDevices));
}

/// ID-033
#[test]
fn devices_out_of_order_are_refused_even_when_signed() {
    let mut alice = person(11);
    let list = alice.adds_a_device();
    let [first, second] = list.devices() else { panic!("two devices") };
    let encode = |device: &Device| {
        Writer::new()
            .bytes(Tag::must(1), device.sign.as_bytes())
            .bytes(Tag::must(2), device.kem.as_bytes())
            .number(Tag::must(3), device.role as u64)
            .number(Tag::may(4), device.capabilities)
            .done()
    };
    let sign = |devices: [&Device; 2]| {
        let body = Writer::new()
            .bytes(Tag::must(1), list.person().as_bytes())
            .number(Tag::must(2), 0)
            .number(Tag::must(3), 2)
            .bytes(Tag::must(4), alice.list.hash().as_bytes())
            .bytes(Tag::must(5), &encode(devices[0]))
            .bytes(Tag::must(5), &encode(devices[1]))
            .done();
        let signature = alice.pairwise.sign(Label::ListSignature, &body);
        [&signature[..], &body].concat()
    };
    assert_eq!(DeviceList::verify(&sign([first, second]), &alice.bundle).unwrap(), list);
    assert_eq!(DeviceList::verify(&sign([second, first]), &alice.bundle), Err(ListError::Order));
}

/// ID-034
#[test]
fn a_list_says_what_it_follows() {
    let alice = person(12);
    let mut draft = alice.list.successor();
    draft.prev = None;
    assert_eq!(DeviceList::sign(draft.clone(), &alice.bundle, &alice.pairwise), Err(ListError::Chain));
    draft.rank = Rank { recovery_count: 0, version: 0 };
    assert_eq!(DeviceList::sign(draft.clone(), &alice.bundle, &alice.pairwise), Err(ListError::Chain));
    draft.rank = Rank::FIRST;
    draft.prev = Some(alice.list.hash());
    assert_eq!(DeviceList::sign(draft, &alice.bundle, &alice.pairwise), Err(ListError::Chain));
}

/// ID-036
#[test]
fn two_lists_of_one_rank_or_off_the_chain_are_a_fork() {
    let mut alice = person(13);
    let (one, other) = (alice.adds_a_device(), alice.adds_a_device());
    assert_eq!(accept(&one, &other), Succession::Fork);
    let mut draft = other.successor();
    draft.devices.pop();
    let after_other = DeviceList::sign(draft, &alice.bundle, &alice.pairwise).unwrap();
    assert_eq!(accept(&one, &after_other), Succession::Fork);
    assert_eq!(accept(&other, &after_other), Succession::Newer);
}

/// ID-023, ID-034, ID-035
#[test]
fn a_recovery_outbids_every_version_of_a_thief() {
    let mut alice = person(14);
    let mut draft = alice.list.successor();
    draft.rank.version = u64::MAX;
    draft.devices = vec![device(&mut alice.rng)];
    let thief = DeviceList::sign(draft, &alice.bundle, &alice.pairwise).unwrap();
    assert_eq!(accept(&alice.list, &thief), Succession::Newer);
    let (recovered, fresh) = alice.recovers(1, None);
    assert_eq!(accept(&thief, &recovered), Succession::Newer);
    assert_eq!(recovered.pairwise(), &fresh.public());
    assert_eq!(recovered.person(), alice.list.person());

    // From there on the new key signs, and the old one nothing.
    let next = DeviceList::sign(recovered.successor(), &alice.bundle, &fresh).unwrap();
    assert_eq!(accept(&recovered, &next), Succession::Newer);
    let old = DeviceList::sign(recovered.successor(), &alice.bundle, &alice.pairwise);
    assert_eq!(old, Err(ListError::NotByPairwise));
}

/// ID-032
#[test]
fn nobody_without_the_recovery_key_raises_the_recovery_count() {
    let mut alice = person(15);
    let mut draft = alice.list.successor();
    draft.rank = Rank { recovery_count: 1, version: 1 };
    assert_eq!(DeviceList::sign(draft.clone(), &alice.bundle, &alice.pairwise), Err(ListError::NotByRecovery));
    let thiefs = Grant::sign(alice.bundle.person(), 1, alice.pairwise.public(), &alice.pairwise);
    draft.grant = Some(thiefs);
    assert_eq!(DeviceList::sign(draft.clone(), &alice.bundle, &alice.pairwise), Err(ListError::NotByRecovery));

    // A true grant holds for its own count only.
    let (_, fresh) = alice.recovers(1, None);
    let grant = Grant::sign(alice.bundle.person(), 1, fresh.public(), &alice.root.recovery(0).sign);
    draft.grant = Some(grant);
    assert!(DeviceList::sign(draft.clone(), &alice.bundle, &fresh).is_ok());
    draft.rank.recovery_count = 2;
    assert_eq!(DeviceList::sign(draft, &alice.bundle, &fresh), Err(ListError::NotByRecovery));
}

/// ID-036
#[test]
fn two_recoveries_of_one_count_are_a_fork() {
    let mut alice = person(16);
    let (one, _) = alice.recovers(1, None);
    let (_, other_key) = alice.recovers(1, None);
    let grant = Grant::sign(alice.bundle.person(), 1, other_key.public(), &alice.root.recovery(0).sign);
    let draft = ListDraft { grant: Some(grant), rank: Rank { recovery_count: 1, version: 7 }, ..one.successor() };
    let other = DeviceList::sign(draft, &alice.bundle, &other_key).unwrap();
    assert_eq!(accept(&one, &other), Succession::Fork);
    assert_eq!(accept(&other, &one), Succession::Fork);
}

/// ID-037
#[test]
fn a_person_who_left_has_a_list_without_devices() {
    let alice = person(22);
    let mut draft = alice.list.successor();
    draft.devices.clear();
    let list = DeviceList::sign(draft, &alice.bundle, &alice.pairwise).unwrap();
    assert_eq!(DeviceList::verify(list.bytes(), &alice.bundle).unwrap().devices(), []);
    assert_eq!(accept(&alice.list, &list), Succession::Newer);
}

/// ID-038
#[test]
fn cuts_travel_with_a_list() {
    let alice = person(17);
    let mut draft = alice.list.successor();
    let cut = Cut {
        device: DeviceId::from_bytes([1; 32]),
        log: LogId::from_bytes([2; 32]),
        seq: 40,
        head: RecordHash::from_bytes([3; 32]),
    };
    draft.cuts = vec![cut];
    let list = DeviceList::sign(draft.clone(), &alice.bundle, &alice.pairwise).unwrap();
    assert_eq!(DeviceList::verify(list.bytes(), &alice.bundle).unwrap().cuts(), [cut]);
    draft.cuts = vec![cut; limits::LIST_CUTS_MAX + 1];
    assert_eq!(DeviceList::sign(draft, &alice.bundle, &alice.pairwise), Err(ListError::TooManyCuts));
}

/// ID-040
#[test]
fn both_sides_read_the_same_sixty_digits() {
    let (alice, bob) = (person(18), person(19));
    let number = safety_number(&alice.bundle, &bob.bundle);
    assert_eq!(number, safety_number(&bob.bundle, &alice.bundle));
    let groups: Vec<_> = number.split(' ').collect();
    assert_eq!(groups.len(), 12);
    assert!(groups.iter().all(|group| group.len() == 5 && group.bytes().all(|digit| digit.is_ascii_digit())));
    assert_ne!(mark_half(&alice.bundle), mark_half(&bob.bundle));
}

/// ID-040, ID-041
#[test]
fn a_swapped_recovery_key_changes_the_safety_number_and_another_device_does_not() {
    let (mut alice, bob) = (person(20), person(21));
    let number = safety_number(&alice.bundle, &bob.bundle);
    let mut recovery = alice.root.recovery(0).public();
    recovery.kem = bob.root.recovery(0).public().kem;
    let swapped = Bundle::new(alice.pairwise.public(), &recovery);
    assert_ne!(safety_number(&swapped, &bob.bundle), number);
    assert_eq!(mark_half(&swapped), mark_half(&alice.bundle));

    let list = alice.adds_a_device();
    assert_eq!(accept(&alice.list, &list), Succession::Newer);
    assert_eq!(safety_number(&alice.bundle, &bob.bundle), number);
}

/// ID-050, MAN-001
#[test]
fn a_manifest_reads_back_unless_its_lowest_version_is_above_its_highest() {
    let manifest = Manifest { version_min: 2, version_max: 3, features: 9 };
    assert_eq!(Manifest::decode(&manifest.encode()), Ok(manifest));
    let without_features = Writer::new().number(Tag::must(1), 2).number(Tag::must(2), 3).done();
    assert_eq!(Manifest::decode(&without_features), Ok(Manifest { features: 0, ..manifest }));
    let upside_down = Manifest { version_min: 4, ..manifest };
    assert_eq!(Manifest::decode(&upside_down.encode()), Err(Malformed::BadValue(2)));
}

/// ID-014
#[test]
fn a_home_made_from_words_draws_recovery_keys_that_no_first_home_has_and_finds_every_one() {
    let root = Root::from_secret(Secret::new([7; 32]));
    let drawn = |seed| root.publics(&lacking_of_restored(&BTreeSet::new(), 20, &mut Rng::from_number(seed)));
    let pool = drawn(3);
    let mut indices: Vec<u32> = pool.iter().map(|key| key.index).collect();
    assert!(indices.iter().all(|index| (20..limits::RECOVERY_INDICES).contains(index)), "{indices:?}");
    indices.dedup();
    assert_eq!(indices.len(), 20, "an index is drawn once");
    let other = drawn(4);
    assert_ne!(pool, other);
    for key in root.publics(&[0, 1]).iter().chain(pool.iter().take(1)) {
        assert_eq!(root.signer_of(&key.sign, limits::RECOVERY_INDICES).unwrap().public(), key.sign);
    }
    assert!(Root::from_secret(Secret::new([8; 32])).signer_of(&pool[0].sign, 20).is_none());
}
