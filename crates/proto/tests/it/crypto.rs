//! Signatures and seals hold for one key, one purpose and one text (`spec/encoding.md`).

use kith_base::{Label, Rng};
use kith_proto::crypto::{KemSecret, SignKey, Unauthentic, VerifyKey};

/// ENC-013
#[test]
fn a_signature_holds_for_its_key_its_label_and_its_message() {
    let mut rng = Rng::from_number(1);
    let (alice, bob) = (SignKey::generate(&mut rng), SignKey::generate(&mut rng));
    let signature = alice.sign(Label::RecordSignature, b"text");
    assert_eq!(alice.public().verify(Label::RecordSignature, b"text", &signature), Ok(()));
    assert_eq!(alice.public().verify(Label::ReceiptSignature, b"text", &signature), Err(Unauthentic));
    assert_eq!(alice.public().verify(Label::RecordSignature, b"texts", &signature), Err(Unauthentic));
    assert_eq!(bob.public().verify(Label::RecordSignature, b"text", &signature), Err(Unauthentic));
}

/// ENC-013: a key of small order would verify one signature for every message, were verification not strict.
#[test]
fn a_key_that_fits_every_message_verifies_none() {
    let mut identity = [0; 32];
    identity[0] = 1;
    let mut signature = [0; 64];
    signature[0] = 1;
    let key = VerifyKey::from_bytes(identity);
    assert_eq!(key.verify(Label::RecordSignature, b"any", &signature), Err(Unauthentic));
}

/// ENC-013
#[test]
fn what_is_sealed_opens_with_its_key_its_label_and_its_place() {
    let mut rng = Rng::from_number(2);
    let (alice, bob) = (KemSecret::generate(&mut rng), KemSecret::generate(&mut rng));
    let sealed = alice.public().seal(Label::WelcomeSeal, b"place", b"text", &mut rng).unwrap();
    assert_eq!(alice.open(Label::WelcomeSeal, b"place", &sealed), Ok(b"text".to_vec()));
    assert_eq!(alice.open(Label::AddressedSeal, b"place", &sealed), Err(Unauthentic));
    assert_eq!(alice.open(Label::WelcomeSeal, b"elsewhere", &sealed), Err(Unauthentic));
    assert_eq!(bob.open(Label::WelcomeSeal, b"place", &sealed), Err(Unauthentic));
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert_eq!(alice.open(Label::WelcomeSeal, b"place", &changed), Err(Unauthentic), "byte {at}");
    }
}
