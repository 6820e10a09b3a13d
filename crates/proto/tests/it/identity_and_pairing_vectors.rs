//! The vectors of `spec/vectors`, computed anew and compared: what was published once stays as it is.
//!
//! With `KITH_WRITE_VECTORS=1` the tests write the files first. Adding to a file (a new label) is free; a change of what
//! stands there is a change of the protocol.

#![expect(clippy::disallowed_methods, reason = "vectors are files; the bans are the core's, not its tests'")]

use kith_base::{DeviceId, Label, LogId, Mono, RecordHash, Rng, Secret, limits};
use kith_proto::crypto::{KemSecret, SignKey};
use kith_proto::identity::{
    Bundle, Cut, Device, DeviceList, Grant, ListDraft, Manifest, Rank, Role, Root, mark_half, safety_number,
};
use kith_proto::pairing::{
    Attempts, AwaitFirst, Code, Introduction, Link, LinkSecret, Locator, Paired, PairingSecret, Verdict, link_name,
    start,
};
use serde_json::{Value, json};
use std::path::PathBuf;

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap();
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("../../spec/vectors").join(name)
}

fn stored(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(path(name)).unwrap()).unwrap()
}

/// Compares with the stored file, or writes it when asked to.
fn hold(name: &str, computed: &Value) {
    if std::env::var_os("KITH_WRITE_VECTORS").is_some() {
        std::fs::create_dir_all(path("")).unwrap();
        std::fs::write(path(name), format!("{computed:#}\n")).unwrap();
    }
    let stored = stored(name);
    for (key, value) in computed.as_object().unwrap() {
        assert_eq!(&stored[key], value, "{name}: {key}");
    }
    assert_eq!(stored.as_object().unwrap().len(), computed.as_object().unwrap().len(), "{name}");
}

/// Everything follows from one byte: root, pairwise key, device keys.
struct Fixed {
    root: Root,
    pairwise: SignKey,
    device_sign: SignKey,
    device_kem: KemSecret,
    bundle: Bundle,
    list: DeviceList,
}

fn fixed(byte: u8) -> Fixed {
    let secret = |add: u8| Secret::new([byte + add; 32]);
    let root = Root::from_secret(secret(0));
    let pairwise = SignKey::from_secret(secret(1));
    let (device_sign, device_kem) = (SignKey::from_secret(secret(2)), KemSecret::from_secret(secret(3)));
    let bundle = Bundle::new(pairwise.public(), &root.recovery(0).public());
    let device = Device { sign: device_sign.public(), kem: device_kem.public(), role: Role::Both, capabilities: 5 };
    let list = DeviceList::first(&bundle, device, &pairwise).unwrap();
    Fixed { root, pairwise, device_sign, device_kem, bundle, list }
}

/// ENC-010, ENC-011, ENC-012
#[test]
fn label_hashes_stay_as_published() {
    let labels: serde_json::Map<_, _> = Label::ALL
        .iter()
        .map(|label| {
            let hash = kith_base::label::hash(*label, &[b"one", b"", b"three"]);
            (label.text().to_owned(), hex(hash).into())
        })
        .collect();
    let secret = [7; 32];
    let derived = kith_base::label::derive(Label::PairingKey, &secret, &[b"one", b"two"]);
    let mac = kith_base::label::mac(Label::HelloProof, &Secret::new(secret), &[b"one", b"two"]);
    let computed = json!({
        "parts": [hex("one"), "", hex("three")],
        "labels": labels,
        "derive": {
            "label": Label::PairingKey.text(), "secret": hex(secret), "parts": [hex("one"), hex("two")],
            "key": hex(derived.expose()),
        },
        "mac": {
            "label": Label::HelloProof.text(), "key": hex(secret), "parts": [hex("one"), hex("two")],
            "code": hex(mac),
        },
    });
    hold("identity-labels.json", &computed);
}

/// ENC-004, ID-010, ID-030, ID-031, ID-041
#[test]
fn identities_stay_as_published() {
    let (alice, bob) = (fixed(0x10), fixed(0x20));
    let recovery = |root: &Root, index| {
        let keys = root.recovery(index);
        json!({
            "index": index,
            "sign_seed": hex(keys.sign.secret().expose()),
            "sign": hex(keys.sign.public().as_bytes()),
            "kem_seed": hex(keys.kem.secret().expose()),
            "kem_blake3": blake3_hex(keys.kem.public().as_bytes()),
        })
    };
    let person = |who: &Fixed| {
        json!({
            "root": hex(who.root.secret().expose()),
            "words": who.root.words().join(" "),
            "recovery": [recovery(&who.root, 0), recovery(&who.root, 255)],
            "pairwise_seed": hex(who.pairwise.secret().expose()),
            "bundle": hex(who.bundle.bytes()),
            "person": who.bundle.person().to_string(),
            "mark_half": hex(mark_half(&who.bundle)),
            "device_sign_seed": hex(who.device_sign.secret().expose()),
            "device_kem_seed": hex(who.device_kem.secret().expose()),
            "device": who.list.devices()[0].id().to_string(),
            "list": hex(who.list.bytes()),
            "list_hash": who.list.hash().to_string(),
        })
    };
    let recovered = recovered(&alice);
    let computed = json!({
        "alice": person(&alice),
        "bob": person(&bob),
        "recovered_list": hex(recovered.bytes()),
        "recovered_list_hash": recovered.hash().to_string(),
        "safety_number": safety_number(&alice.bundle, &bob.bundle),
    });
    hold("identity.json", &computed);
    published_identities_load();
}

/// Alice after a recovery: a new pairwise key, a cut, no device of before.
fn recovered(alice: &Fixed) -> DeviceList {
    let fresh = SignKey::from_secret(Secret::new([0x31; 32]));
    let person = alice.bundle.person();
    let cut = Cut {
        device: alice.list.devices()[0].id(),
        log: LogId::from_bytes([0x32; 32]),
        seq: 300,
        head: RecordHash::from_bytes([0x33; 32]),
    };
    let device = Device {
        sign: SignKey::from_secret(Secret::new([0x34; 32])).public(),
        kem: KemSecret::from_secret(Secret::new([0x35; 32])).public(),
        role: Role::Access,
        capabilities: 0,
    };
    let draft = ListDraft {
        person,
        rank: Rank { recovery_count: 1, version: 1 },
        prev: Some(alice.list.hash()),
        devices: vec![device],
        grant: Some(Grant::sign(person, 1, fresh.public(), &alice.root.recovery(0).sign)),
        cuts: vec![cut],
    };
    DeviceList::sign(draft, &alice.bundle, &fresh).unwrap()
}

fn blake3_hex(bytes: &[u8]) -> String {
    hex(blake3::hash(bytes).as_bytes())
}

fn published_identities_load() {
    let file = stored("identity.json");
    for (name, who) in [("alice", fixed(0x10)), ("bob", fixed(0x20))] {
        let person = &file[name];
        assert_eq!(Root::from_words(person["words"].as_str().unwrap()).unwrap(), who.root);
        let bundle = Bundle::decode(&unhex(&person["bundle"])).unwrap();
        assert_eq!(bundle.person(), person["person"].as_str().unwrap().parse().unwrap());
        let list = DeviceList::verify(&unhex(&person["list"]), &bundle).unwrap();
        let device: DeviceId = person["device"].as_str().unwrap().parse().unwrap();
        assert!(list.device(device).is_some());
    }
    let bundle = Bundle::decode(&unhex(&file["alice"]["bundle"])).unwrap();
    let recovered = DeviceList::verify(&unhex(&file["recovered_list"]), &bundle).unwrap();
    assert_eq!(recovered.rank(), Rank { recovery_count: 1, version: 1 });
    assert_ne!(recovered.pairwise(), bundle.pairwise());
}

fn introduction(who: &Fixed, byte: u8, name: &str) -> Introduction {
    Introduction {
        bundle: who.bundle.clone(),
        list: who.list.clone(),
        device: who.list.devices()[0].id(),
        log: b"log".to_vec(),
        key_package: b"key package".to_vec(),
        letter_key: KemSecret::from_secret(Secret::new([byte + 4; 32])).public(),
        name: Some(name.to_owned()),
        card: b"card".to_vec(),
        salt: [byte + 5; 16],
        crossing: None,
        manifest: Manifest { version_min: 1, version_max: 2, features: 3 },
        known_by: None,
    }
}

/// One run between fixed people with fixed draws; the five messages, and what each side has then.
fn fixed_run(code: &Code, exporter: [u8; 32]) -> ([Vec<u8>; 5], Paired, Paired) {
    let (alice, bob) = (fixed(0x10), fixed(0x20));
    let (mut alice_rng, mut bob_rng) = (Rng::from_seed([0x40; 32]), Rng::from_seed([0x41; 32]));
    let secret = PairingSecret::from(code);
    let (accepter, m1) = start(&secret, exporter, &mut bob_rng);
    let (inviter, m2) = AwaitFirst::new(secret, exporter).on_m1(&m1, &mut alice_rng).unwrap();
    let (accepter, m3) = accepter.on_m2(&m2, introduction(&bob, 0x20, "Bob")).unwrap();
    let mut attempts = Attempts::open(Mono(0), limits::CODE_OPEN);
    let Ok(Verdict::Right(verified)) = inviter.on_m3(&m3, &mut attempts, Mono(0)) else { panic!("right words") };
    let (answered, m4) = verified.answer(introduction(&alice, 0x10, "Alice"), &mut alice_rng).unwrap();
    let (at_bob, m5) = accepter.on_m4(&m4, &bob.device_kem).unwrap();
    answered.on_m5(&m5).unwrap();
    ([m1, m2, m3, m4, m5], answered.paired, at_bob)
}

/// PAIR-001, PAIR-005, PAIR-006, PAIR-011, PAIR-012, PAIR-013, PAIR-015, PAIR-016, PAIR-017, PAIR-021
#[test]
fn pairings_stay_as_published() {
    let code = Code::new(Locator::from_number(481_920).unwrap(), [0, 109, 199, 224]);
    let exporter = [0x42; 32];
    let (messages, at_alice, at_bob) = fixed_run(&code, exporter);
    assert_eq!(at_alice.pair_secret, at_bob.pair_secret);
    let link = Link::new(LinkSecret::new([0x43; 16]), b"card".to_vec()).unwrap();
    let computed = json!({
        "code": { "locator": 481_920, "words": [0, 109, 199, 224], "text": code.to_string() },
        "link": {
            "secret": hex(link.secret.expose()), "card": hex(&link.card), "text": link.to_string(),
            "qr_text": link.qr_text(), "name": hex(link_name(&link.secret)),
        },
        "run": {
            "people": "alice invites bob, as in identity.json; letter key seed, salt: first byte of the root + 4, + 5",
            "draws": "ChaCha20 keystream; key 40… for the inviter, 41… for the accepter, nonce zero",
            "exporter": hex(exporter),
            "messages": messages.map(hex),
            "conversation": at_alice.conversation.to_string(),
            "pair_secret": hex(at_alice.pair_secret.expose()),
        },
    });
    hold("pairing.json", &computed);
    published_codes_and_links_load();
}

fn published_codes_and_links_load() {
    let file = stored("pairing.json");
    let code: Code = file["code"]["text"].as_str().unwrap().parse().unwrap();
    assert_eq!(code, Code::new(Locator::from_number(481_920).unwrap(), [0, 109, 199, 224]));
    let link: Link = file["link"]["text"].as_str().unwrap().parse().unwrap();
    assert_eq!(link.secret.expose(), &[0x43; 16]);
}
