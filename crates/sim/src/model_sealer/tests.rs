//! The model keeps the rules of the real sealer.

#![allow(clippy::unwrap_used, reason = "helpers of tests stand outside the functions that clippy knows as tests")]

use super::*;

struct Device {
    key: SignKey,
    leaf: LeafKey,
    sealer: ModelSealer,
}

fn device(number: u8, rng: &mut Rng) -> Device {
    let key = SignKey::generate(rng);
    let leaf = LeafKey { device: DeviceId::from_bytes([number; 32]), key: key.public() };
    Device { key, leaf, sealer: ModelSealer::new() }
}

fn pair() -> (Device, Device, LogId, Rng) {
    let mut rng = Rng::from_number(1);
    let (mut alice, mut bob) = (device(1, &mut rng), device(2, &mut rng));
    let log = LogId::from_bytes([9; 32]);
    alice.sealer.create(log, alice.leaf, &alice.key, &mut rng).unwrap();
    let key_package = bob.sealer.key_package(bob.leaf, &bob.key, &mut rng).unwrap();
    assert_eq!(key_package.len() / 10, KEY_PACKAGE_BYTES / 10);
    let change = Change { remove: vec![], add: vec![Addition { leaf: bob.leaf, key_package }] };
    let made = alice.sealer.commit(log, &alice.key, b"0", &change, &mut rng).unwrap();
    bob.sealer.join(log, alice.leaf, &made.welcome.unwrap()).unwrap();
    (alice, bob, log, rng)
}

#[test]
fn a_reader_opens_each_message_once_and_only_at_its_place() {
    let (mut alice, mut bob, log, mut rng) = pair();
    let body = alice.sealer.seal(log, &alice.key, b"1", b"hello", &mut rng).unwrap();
    assert_eq!(bob.sealer.open(log, alice.leaf, b"2", &body), Err(OpenError::WrongPosition));
    assert_eq!(bob.sealer.open(log, alice.leaf, b"1", &body), Ok(Opened::Application(b"hello".to_vec())));
    assert_eq!(bob.sealer.open(log, alice.leaf, b"1", &body), Err(OpenError::Undecryptable));
    assert_eq!(look_into(&body).unwrap().readers, [alice.leaf.device, bob.leaf.device]);
}

#[test]
fn a_removed_reader_reads_no_further() {
    let (mut alice, mut bob, log, mut rng) = pair();
    let change = Change { remove: vec![bob.leaf.device], add: vec![] };
    let made = alice.sealer.commit(log, &alice.key, b"1", &change, &mut rng).unwrap();
    let body = alice.sealer.seal(log, &alice.key, b"2", b"secret", &mut rng).unwrap();
    assert_eq!(bob.sealer.open(log, alice.leaf, b"1", &made.commit), Err(OpenError::Removed));
    assert_eq!(bob.sealer.open(log, alice.leaf, b"2", &body), Err(OpenError::Undecryptable));
}

#[test]
fn what_a_reader_makes_in_a_writers_log_is_not_the_writers() {
    let (alice, mut bob, log, _) = pair();
    let forged = forge(&bob.sealer, log, &bob.key, b"1", true).unwrap();
    assert_eq!(bob.sealer.open(log, alice.leaf, b"1", &forged), Err(OpenError::NotTheWriter));
}

#[test]
fn a_sealer_loaded_from_its_rows_goes_on_where_it_stood() {
    let (mut alice, mut bob, log, mut rng) = pair();
    let rows = |sealer: &mut ModelSealer| -> Vec<_> {
        sealer.drain().into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    };
    let (mut alice_again, mut bob_again) =
        (ModelSealer::load(rows(&mut alice.sealer)), ModelSealer::load(rows(&mut bob.sealer)));
    let body = alice_again.seal(log, &alice.key, b"1", b"hello", &mut rng).unwrap();
    assert_eq!(bob_again.open(log, alice.leaf, b"1", &body), Ok(Opened::Application(b"hello".to_vec())));
}
