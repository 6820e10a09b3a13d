//! Bodies of the real sealer: what comes from outside into OpenMLS.

use kith_base::{DeviceId, LogId, Rng};
use kith_proto::crypto::SignKey;
use kith_proto::sealer::mls::MlsSealer;
use kith_proto::sealer::{Addition, Change, LeafKey, Opened, Sealer, SealerFault, SealerRow};
use std::sync::LazyLock;

const TEXT: &[u8] = b"what Alice said";
const PLACES: [&[u8]; 2] = [b"the place of the text", b"the place of the commit"];

type Rows = Vec<(Vec<u8>, Vec<u8>)>;

/// One device of these bodies.
struct Device {
    leaf: LeafKey,
    key: SignKey,
    sealer: MlsSealer,
    rng: Rng,
}

/// Alice's group before and after Bob came, and what she sent him.
pub(crate) struct Groups {
    alice: (LeafKey, SignKey),
    bob: LeafKey,
    carol: LeafKey,
    log: LogId,
    alice_rows: Rows,
    bob_before: Rows,
    bob_joined: Rows,
    pub(crate) welcome: Vec<u8>,
    /// A text and the commit after it, each at its place.
    pub(crate) records: [Vec<u8>; 2],
    pub(crate) key_package: Vec<u8>,
    carol_rows: Rows,
}

pub(crate) fn groups() -> &'static Groups {
    static GROUPS: LazyLock<Groups> = LazyLock::new(|| make().unwrap_or_else(|error| panic!("the groups: {error}")));
    &GROUPS
}

fn device(number: u64) -> Device {
    let mut rng = Rng::from_number(number);
    let key = SignKey::generate(&mut rng);
    let leaf = LeafKey { device: DeviceId::from_bytes(rng.bytes()), key: key.public() };
    Device { leaf, key, sealer: MlsSealer::new(), rng }
}

fn rows(before: &Rows, changed: Vec<SealerRow>) -> Rows {
    let mut all: std::collections::BTreeMap<_, _> = before.iter().cloned().collect();
    for (key, value) in changed {
        match value {
            Some(value) => all.insert(key, value),
            None => all.remove(&key),
        };
    }
    all.into_iter().collect()
}

fn make() -> Result<Groups, SealerFault> {
    let [mut alice, mut bob, mut carol] = [41, 42, 43].map(device);
    let log = LogId::from_bytes([8; 32]);
    alice.sealer.create(log, alice.leaf, &alice.key, &mut alice.rng)?;
    let offered = bob.sealer.key_package(bob.leaf, &bob.key, &mut bob.rng)?;
    let key_package = carol.sealer.key_package(carol.leaf, &carol.key, &mut carol.rng)?;
    let add = Change { remove: Vec::new(), add: vec![Addition { leaf: bob.leaf, key_package: offered }] };
    let added = alice.sealer.commit(log, &alice.key, b"the place of the addition", &add, &mut alice.rng)?;
    let welcome = added.welcome.ok_or_else(|| SealerFault("no welcome".into()))?;
    let bob_before = rows(&Rows::new(), bob.sealer.drain());
    bob.sealer.join(log, alice.leaf, &welcome).map_err(|error| SealerFault(error.to_string()))?;
    let bob_joined = rows(&bob_before, bob.sealer.drain());
    let alice_rows = rows(&Rows::new(), alice.sealer.drain());
    let text = alice.sealer.seal(log, &alice.key, PLACES[0], TEXT, &mut alice.rng)?;
    let commit = alice.sealer.commit(log, &alice.key, PLACES[1], &Change::default(), &mut alice.rng)?.commit;
    Ok(Groups {
        alice: (alice.leaf, alice.key),
        bob: bob.leaf,
        carol: carol.leaf,
        log,
        alice_rows,
        bob_before,
        bob_joined,
        welcome,
        records: [text, commit],
        key_package,
        carol_rows: rows(&Rows::new(), carol.sealer.drain()),
    })
}

pub(crate) fn welcome(bytes: &[u8]) -> bool {
    let of = groups();
    let mut sealer = MlsSealer::load(of.bob_before.clone());
    let joined = sealer.join(of.log, of.alice.0, bytes).is_ok();
    if joined {
        assert_eq!(sealer.leaves(of.log), [of.alice.0.device, of.bob.device], "another group than the writer's");
        let opened = sealer.open(of.log, of.alice.0, PLACES[0], &of.records[0]);
        assert_eq!(opened, Ok(Opened::Application(TEXT.to_vec())));
    } else {
        assert!(sealer.leaves(of.log).is_empty());
        assert!(sealer.drain().is_empty(), "a refusal changed rows");
    }
    joined
}

/// The first byte says which place the rest is opened at: the text's or the commit's.
pub(crate) fn record(bytes: &[u8]) -> bool {
    let Some((at, body)) = bytes.split_first() else { return false };
    let of = groups();
    let at = usize::from(at % 2);
    let mut sealer = MlsSealer::load(of.bob_joined.clone());
    let Ok(opened) = sealer.open(of.log, of.alice.0, PLACES[at], body) else {
        assert!(sealer.drain().is_empty(), "a refusal changed rows");
        return false;
    };
    assert_eq!(body, of.records[at], "a forged record");
    assert_eq!(opened, [Opened::Application(TEXT.to_vec()), Opened::Commit][at]);
    true
}

pub(crate) fn key_package(bytes: &[u8]) -> bool {
    let of = groups();
    let mut carol = MlsSealer::load(of.carol_rows.clone());
    carol.forget_key_package(bytes);
    let forgotten = !carol.drain().is_empty();

    let mut alice = MlsSealer::load(of.alice_rows.clone());
    let add = Change { remove: Vec::new(), add: vec![Addition { leaf: of.carol, key_package: bytes.to_vec() }] };
    let committed = alice.commit(of.log, &of.alice.1, b"place", &add, &mut Rng::from_number(44));
    let committed = committed.unwrap_or_else(|fault| panic!("a KeyPackage of a contact stops this device: {fault}"));
    let used = committed.unusable.is_empty();
    assert_eq!(used, committed.welcome.is_some());
    assert_eq!(alice.leaves(of.log).contains(&of.carol.device), used);
    assert!(!used || forgotten, "a KeyPackage that nobody made");
    used
}
