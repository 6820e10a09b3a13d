//! Bodies of who somebody is. What a signature guards is signed here with the right key around the input: a contact may
//! sign whatever it likes.

use crate::fixture::fixture;
use crate::property::canonical;
use kith_base::codec::{Tag, Writer};
use kith_base::{Label, LogId, RecordHash, Rng};
use kith_proto::crypto::{KemSecret, SignKey};
use kith_proto::identity::{
    Bundle, Cut, Device, DeviceList, Grant, ListDraft, Manifest, Rank, RecoveryPublic, Role, Root, Statement,
    Succession, accept, check_words,
};
use std::sync::LazyLock;

/// A person with two devices who recovered once.
pub(crate) struct Person {
    pub(crate) root: Root,
    pub(crate) bundle: Bundle,
    pub(crate) recovery: RecoveryPublic,
    pairwise: SignKey,
    recovered: SignKey,
    pub(crate) lists: Vec<DeviceList>,
}

pub(crate) fn person() -> &'static Person {
    static PERSON: LazyLock<Person> = LazyLock::new(|| make().unwrap_or_else(|error| panic!("the person: {error}")));
    &PERSON
}

fn make() -> Result<Person, kith_proto::identity::ListError> {
    let mut rng = Rng::from_number(21);
    let (pairwise, recovered) = (SignKey::generate(&mut rng), SignKey::generate(&mut rng));
    let root = Root::generate(&mut rng);
    let recovery = root.recovery(0);
    let bundle = Bundle::new(pairwise.public(), &recovery.public());
    let mut device = || Device {
        sign: SignKey::generate(&mut rng).public(),
        kem: KemSecret::generate(&mut rng).public(),
        role: Role::Both,
        capabilities: 5,
    };
    let (one, two) = (device(), device());
    let first = DeviceList::first(&bundle, one.clone(), &pairwise)?;
    let mut draft = first.successor();
    draft.devices.push(two.clone());
    let second = DeviceList::sign(draft, &bundle, &pairwise)?;
    let cut =
        Cut { device: two.id(), log: LogId::from_bytes([3; 32]), seq: 300, head: RecordHash::from_bytes([4; 32]) };
    let grant = Grant::sign(bundle.person(), 1, recovered.public(), &recovery.sign);
    let draft = ListDraft {
        rank: Rank { recovery_count: 1, version: 1 },
        prev: Some(second.hash()),
        devices: vec![one],
        grant: Some(grant),
        cuts: vec![cut],
        ..second.successor()
    };
    let third = DeviceList::sign(draft, &bundle, &recovered)?;
    Ok(Person { root, recovery: recovery.public(), bundle, pairwise, recovered, lists: vec![first, second, third] })
}

pub(crate) fn bundle(bytes: &[u8]) -> bool {
    let Ok(bundle) = Bundle::decode(bytes) else { return false };
    assert_eq!(bundle.bytes(), bytes);
    assert_eq!(Bundle::decode(bundle.bytes()).map(|again| again.person()), Ok(bundle.person()));
    assert_ne!(bundle.pairwise(), bundle.recovery_sign());
    true
}

/// The first byte says who signs the rest: 0 the pairwise key of the bundle, 1 that of the recovery, 2 nobody, as the rest
/// begins with a signature of its own.
pub(crate) fn device_list(bytes: &[u8]) -> bool {
    let Some((signer, rest)) = bytes.split_first() else { return false };
    let person = person();
    let key = match signer {
        0 => Some(&person.pairwise),
        1 => Some(&person.recovered),
        _ => None,
    };
    let signed = match key {
        Some(key) => [&key.sign(Label::ListSignature, rest)[..], rest].concat(),
        None => rest.to_vec(),
    };
    let Ok(list) = DeviceList::verify(&signed, &person.bundle) else { return false };
    assert_eq!(list.bytes(), signed);
    assert!(key.is_some() || person.lists.contains(&list), "a list that nobody signed");
    assert_eq!(
        list.pairwise(),
        if list.rank().recovery_count == 0 { person.bundle.pairwise() } else { list.pairwise() }
    );
    assert!(list.devices().iter().all(|device| list.device(device.id()) == Some(device)));
    assert_eq!(accept(&list, &list), Succession::Same);
    if let Some(key) = key
        && list.rank().version < u64::MAX
        && let Ok(next) = DeviceList::sign(list.successor(), &person.bundle, key)
    {
        assert_eq!((accept(&list, &next), accept(&next, &list)), (Succession::Newer, Succession::Older));
    }
    for known in &person.lists {
        let there_and_back = (accept(known, &list), accept(&list, known));
        let forked = |one| one == Succession::Fork;
        assert!(
            forked(there_and_back.0)
                || forked(there_and_back.1)
                || there_and_back.0 != there_and_back.1
                || there_and_back.0 == Succession::Same,
            "{there_and_back:?}"
        );
    }
    true
}

pub(crate) fn manifest(bytes: &[u8]) -> bool {
    // Features that are not said read as none, and are written as such.
    let Some(manifest) = canonical(bytes, 2, Manifest::decode, Manifest::encode) else { return false };
    assert_eq!(manifest.common_version(&manifest), Some(manifest.version_max));
    true
}

/// What Bob's device says of its program: the input is what it signs.
pub(crate) fn manifest_statement(bytes: &[u8]) -> bool {
    let bob = &fixture().bob;
    let signature = bob.sign.sign(Label::ManifestSignature, bytes);
    let signed = Writer::new().bytes(Tag::must(1), bytes).bytes(Tag::must(2), &signature).done();
    let Ok(statement) = Statement::decode(&signed) else { return false };
    assert_eq!(statement.encode(), signed, "what was signed is kept as it came");
    assert!(statement.verify(&bob.sign.public()).is_ok());
    assert!(statement.manifest.version_min <= statement.manifest.version_max);
    assert!(!statement.manifest.falls_below(&statement.manifest));
    statement.device == bob.device
}

pub(crate) fn recovery_key(bytes: &[u8]) -> bool {
    let Ok(key) = RecoveryPublic::decode(bytes) else { return false };
    let again = key.encode();
    assert!(again.len() < bytes.len() || again == bytes, "one key has two encodings");
    true
}

pub(crate) fn seed_words(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let known = check_words(&person().root, text).is_ok();
    let Ok(root) = Root::from_words(text) else {
        assert!(!known, "words that are none are right");
        return false;
    };
    let words = root.words().join(" ");
    assert_eq!(known, words == person().root.words().join(" "));
    assert!(check_words(&root, text).is_ok() && Root::from_words(&words).is_ok());
    true
}
