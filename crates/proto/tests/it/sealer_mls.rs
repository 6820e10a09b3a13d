//! Send groups through the public contract: devices talk, heal, restart, and refuse what a send group does not allow.
//!
//! Every device here writes its drained rows after each step and starts again from them, so that every test is also a
//! test of what is stored.

pub(crate) mod device;

use device::{Device, Record, alice_and_bob, alice_bob_and_carol, odd_offer};
use kith_proto::sealer::{Addition, Change, JoinError, LeafKey, OpenError, Opened, Sealer};
use openmls::prelude::Lifetime;

fn text(text: &[u8]) -> Result<Opened, OpenError> {
    Ok(Opened::Application(text.to_vec()))
}

/// SEAL-001
#[test]
fn two_devices_talk() {
    let (mut alice, mut bob) = alice_and_bob();
    for text in [&b"hello"[..], b"", &[7; 5000]] {
        bob.reads(&mut alice, text);
    }
    let devices = [alice.leaf.device, bob.leaf.device];
    assert_eq!(alice.sealer.leaves(alice.log), devices);
    assert_eq!(bob.sealer.leaves(alice.log), devices);
    assert_eq!(bob.sealer.leaves(bob.log), []);
}

#[test]
fn three_devices_each_read_the_two_others() {
    let mut devices = vec![Device::writer(1), Device::writer(2), Device::writer(3)];
    for _ in 0..devices.len() {
        let mut writer = devices.remove(0);
        let welcome = writer.add(devices.iter_mut().map(Device::offer).collect());
        let record = writer.say(b"hello");
        for reader in &mut devices {
            reader.join(&writer, &welcome).unwrap();
            assert_eq!(reader.open(&writer, &record), text(b"hello"));
        }
        devices.push(writer);
    }
}

#[test]
fn readers_follow_a_rekey() {
    let (mut alice, mut bob, mut carol) = alice_bob_and_carol();
    for _ in 0..3 {
        let (record, committed) = alice.commit(&[], vec![]);
        assert_eq!((committed.welcome, committed.unusable), (None, vec![]));
        assert_eq!(bob.open(&alice, &record), Ok(Opened::Commit));
        assert_eq!(carol.open(&alice, &record), Ok(Opened::Commit));
        let record = alice.say(b"after a rekey");
        assert_eq!(bob.open(&alice, &record), text(b"after a rekey"));
        assert_eq!(carol.open(&alice, &record), text(b"after a rekey"));
    }
}

/// SEAL-044
#[test]
fn a_swap_for_a_key_package_made_after_a_theft_shuts_the_thief_out() {
    let (mut alice, mut bob, mut carol) = alice_bob_and_carol();
    let mut thief = bob.thief();
    let record = alice.say(b"the thief reads along");
    for reader in [&mut thief, &mut bob, &mut carol] {
        assert_eq!(reader.open(&alice, &record), text(b"the thief reads along"));
    }
    let (record, _) = alice.commit(&[], vec![]);
    for reader in [&mut thief, &mut bob, &mut carol] {
        assert_eq!(reader.open(&alice, &record), Ok(Opened::Commit), "a rekey alone does not heal a reader");
    }

    let (record, welcome) = alice.swap(bob.offer());
    assert_eq!(carol.open(&alice, &record), Ok(Opened::Commit));
    bob.join(&alice, &welcome).unwrap();
    assert_eq!(thief.join(&alice, &welcome), Err(JoinError::UnknownKeyPackage));
    assert_eq!(thief.open(&alice, &record), Err(OpenError::Removed));

    let record = alice.say(b"healed");
    assert_eq!(thief.open(&alice, &record), Err(OpenError::Undecryptable));
    assert_eq!(bob.open(&alice, &record), text(b"healed"));
    assert_eq!(carol.open(&alice, &record), text(b"healed"));
}

/// SEAL-044, SEAL-045
#[test]
fn a_swap_for_a_key_package_that_was_stolen_too_does_not_heal_and_the_next_one_does() {
    let (mut alice, mut bob) = alice_and_bob();
    let stolen = bob.offer();
    let mut thief = bob.thief();

    let (_, welcome) = alice.swap(stolen);
    bob.join(&alice, &welcome).unwrap();
    thief.join(&alice, &welcome).unwrap();
    let record = alice.say(b"still read");
    assert_eq!(thief.open(&alice, &record), text(b"still read"));
    assert_eq!(bob.open(&alice, &record), text(b"still read"));

    let (_, welcome) = alice.swap(bob.offer());
    bob.join(&alice, &welcome).unwrap();
    let record = alice.say(b"healed");
    assert_eq!(bob.open(&alice, &record), text(b"healed"));
    assert_eq!(thief.open(&alice, &record), Err(OpenError::Undecryptable));
}

/// SEAL-043
#[test]
fn a_rekey_shuts_out_who_copied_the_writer() {
    let (mut alice, mut bob) = alice_and_bob();
    let mut thief = alice.thief();
    let (record, _) = alice.commit(&[], vec![]);
    bob.open(&alice, &record).unwrap();
    thief.seq = alice.seq;
    let forged = thief.say(b"from Alice, surely");
    bob.refuses(&alice, &forged, OpenError::Undecryptable);
    bob.reads(&mut alice, b"the true Alice");
}

/// SEAL-031, SEAL-040
#[test]
fn a_device_that_lost_everything_comes_back_by_a_swap() {
    let (mut alice, mut bob) = alice_and_bob();
    bob.reads(&mut alice, b"before");
    bob.rows.clear();
    bob.crash();
    let lost = alice.say(b"lost");
    assert_eq!(bob.open(&alice, &lost), Err(OpenError::NotJoined));

    let (_, welcome) = alice.swap(bob.offer());
    bob.join(&alice, &welcome).unwrap();
    bob.reads(&mut alice, b"after");
    assert_eq!(alice.sealer.leaves(alice.log).len(), 2);
}

/// SEAL-027
#[test]
fn a_new_membership_leaves_no_key_of_the_old_one() {
    let (mut alice, mut bob) = alice_and_bob();
    bob.reads(&mut alice, b"before");
    let old = bob.rows.clone();
    let (_, welcome) = alice.swap(bob.offer());
    bob.join(&alice, &welcome).unwrap();
    let kept: Vec<_> = old.iter().filter(|(key, value)| bob.rows.get(*key) == Some(value)).collect();
    for (key, _) in kept {
        let key = String::from_utf8_lossy(key);
        assert!(!key.contains("KeyPairs") && !key.contains("Secrets"), "{key}");
    }
    assert!(!bob.rows.keys().any(|key| key.starts_with(b"k")), "a used KeyPackage is gone");
    assert_eq!(old.len(), bob.rows.len());
}

/// SEAL-024, SEAL-046
#[test]
fn a_removed_device_reads_nothing_more_and_its_state_stays() {
    let (mut alice, mut bob, mut carol) = alice_bob_and_carol();
    let (removal, _) = alice.commit(&[bob.leaf.device], vec![]);
    bob.refuses(&alice, &removal, OpenError::Removed);
    assert_eq!(bob.sealer.leaves(alice.log).len(), 3);
    assert_eq!(carol.open(&alice, &removal), Ok(Opened::Commit));
    assert_eq!(carol.sealer.leaves(alice.log), [alice.leaf.device, carol.leaf.device]);
    let record = alice.say(b"without Bob");
    bob.refuses(&alice, &record, OpenError::Undecryptable);
    assert_eq!(carol.open(&alice, &record), text(b"without Bob"));
}

/// SEAL-033, SEAL-040
#[test]
fn several_devices_are_swapped_added_and_removed_in_one_commit() {
    let (mut alice, mut bob, mut carol) = alice_bob_and_carol();
    let (mut dave, mut erin) = (Device::new(4), Device::new(5));
    let (record, committed) = alice.commit(&[], vec![dave.offer()]);
    dave.join(&alice, &committed.welcome.unwrap()).unwrap();
    assert_eq!(bob.open(&alice, &record), Ok(Opened::Commit));

    let remove = [bob.leaf.device, carol.leaf.device, dave.leaf.device];
    let (_, committed) = alice.commit(&remove, vec![bob.offer(), erin.offer(), carol.offer()]);
    let welcome = committed.welcome.unwrap();
    let record = alice.say(b"all new");
    for reader in [&mut bob, &mut carol, &mut erin] {
        reader.join(&alice, &welcome).unwrap();
        assert_eq!(reader.sealer.leaves(alice.log), alice.sealer.leaves(alice.log));
        assert_eq!(reader.open(&alice, &record), text(b"all new"));
    }
    dave.refuses(&alice, &record, OpenError::Undecryptable);
}

/// SEAL-021, LOG-013
#[test]
fn a_record_is_refused_at_another_place() {
    let (mut alice, mut bob) = alice_and_bob();
    let record = alice.say(b"first");
    let moved = Record { position: alice.position(), ..record.clone() };
    bob.refuses(&alice, &moved, OpenError::WrongPosition);

    let mut other_log = Device::writer(3);
    other_log.seq = alice.seq;
    let elsewhere = Record { position: alice.position(), body: other_log.say(b"elsewhere").body };
    bob.refuses(&alice, &elsewhere, OpenError::WrongPosition);
    assert_eq!(bob.open(&alice, &record), text(b"first"));
}

/// SEAL-021, LOG-013
#[test]
fn the_position_is_authenticated_and_not_only_written_beside_the_text() {
    let (mut alice, mut bob) = alice_and_bob();
    let record = alice.say(b"first");
    let written = record.position.as_slice();
    let at = record.body.windows(written.len()).rposition(|window| window == written).unwrap();
    let mut forged = Record { position: alice.position(), body: record.body.clone() };
    forged.body[at..at + written.len()].copy_from_slice(&forged.position);
    bob.refuses(&alice, &forged, OpenError::Undecryptable);
}

/// SEAL-004, SEAL-042
#[test]
fn a_record_is_opened_once() {
    let (mut alice, mut bob) = alice_and_bob();
    let (first, second) = (alice.say(b"first"), alice.say(b"second"));
    assert_eq!(bob.open(&alice, &first), text(b"first"));
    bob.refuses(&alice, &first, OpenError::Undecryptable);
    assert_eq!(bob.open(&alice, &second), text(b"second"));
    bob.refuses(&alice, &first, OpenError::Undecryptable);
    let (commit, _) = alice.commit(&[], vec![]);
    assert_eq!(bob.open(&alice, &commit), Ok(Opened::Commit));
    bob.refuses(&alice, &commit, OpenError::Undecryptable);
    bob.refuses(&alice, &second, OpenError::Undecryptable);
}

/// SEAL-005, SEAL-042
#[test]
fn voided_records_are_passed_over_and_can_not_be_opened_later() {
    let (mut alice, mut bob) = alice_and_bob();
    let voided: Vec<_> = (0..kith_base::limits::VOID_DISTANCE_MAX).map(|_| alice.say(b"void")).collect();
    bob.reads(&mut alice, b"after them");
    bob.refuses(&alice, voided.last().unwrap(), OpenError::Undecryptable);
}

/// SEAL-030
#[test]
fn what_can_not_be_opened_changes_nothing_and_the_right_record_still_opens() {
    let (mut alice, mut bob) = alice_and_bob();
    let records = [alice.say(b"hello"), alice.commit(&[], vec![]).0, alice.say(b"goes on")];
    for record in &records {
        let before = bob.rows.clone();
        for at in (0..record.body.len()).step_by(record.body.len() / 12) {
            let mut damaged = record.clone();
            damaged.body[at] ^= 1;
            assert!(bob.open(&alice, &damaged).is_err(), "byte {at}");
        }
        let mut short = record.clone();
        short.body.pop();
        bob.refuses(&alice, &short, OpenError::Undecryptable);
        assert_eq!(bob.rows, before);
        bob.open(&alice, record).unwrap();
    }
}

/// SEAL-030
#[test]
fn a_step_that_was_not_committed_did_not_happen() {
    let (mut alice, mut bob) = alice_and_bob();
    let record = alice.say(b"hello");
    assert!(bob.sealer.open(alice.log, alice.leaf, &record.position, &record.body).is_ok());
    bob.crash();
    assert_eq!(bob.sealer.drain(), []);
    assert_eq!(bob.open(&alice, &record), text(b"hello"));

    let (before, position) = (alice.rows.clone(), alice.position());
    let change = Change { remove: vec![], add: vec![Device::new(3).offer()] };
    alice.sealer.commit(alice.log, &alice.key, &position, &change, &mut alice.rng).unwrap();
    assert_eq!(alice.sealer.leaves(alice.log).len(), 3);
    alice.crash();
    alice.restart();
    assert_eq!(alice.rows, before);
    assert_eq!(alice.sealer.leaves(alice.log).len(), 2);
    bob.reads(&mut alice, b"goes on");
}

#[test]
fn a_sealer_that_is_never_loaded_again_says_the_same() {
    let (mut alice, mut bob) = alice_and_bob();
    for round in 0..5_u8 {
        let position = alice.position();
        let body = alice.sealer.seal(alice.log, &alice.key, &position, &[round], &mut alice.rng).unwrap();
        alice.seq += 1;
        assert_eq!(bob.sealer.open(alice.log, alice.leaf, &position, &body), text(&[round]));
        let position = alice.position();
        let change = Change::default();
        let committed = alice.sealer.commit(alice.log, &alice.key, &position, &change, &mut alice.rng).unwrap();
        alice.seq += 1;
        assert_eq!(bob.sealer.open(alice.log, alice.leaf, &position, &committed.commit), Ok(Opened::Commit));
    }
    alice.restart();
    bob.restart();
    bob.reads(&mut alice, b"after one drain");
}

/// SEAL-013, SEAL-015
#[test]
fn a_key_package_serves_one_welcome() {
    let (mut alice, mut bob) = (Device::writer(1), Device::new(2));
    let offer = bob.offer();
    let welcome = alice.add(vec![offer.clone()]);
    bob.join(&alice, &welcome).unwrap();
    assert_eq!(bob.join(&alice, &welcome), Err(JoinError::UnknownKeyPackage));
    let (record, committed) = alice.commit(&[bob.leaf.device], vec![offer]);
    assert_eq!((committed.welcome, committed.unusable), (None, vec![bob.leaf.device]));
    assert_eq!(bob.open(&alice, &record), Ok(Opened::Commit), "an unusable KeyPackage does not cost the old leaf");
}

/// SEAL-041
#[test]
fn a_forgotten_key_package_is_gone() {
    let (mut alice, mut bob) = (Device::writer(1), Device::new(2));
    let (kept, forgotten) = (bob.offer(), bob.offer());
    assert_eq!(bob.rows.len(), 2);
    bob.sealer.forget_key_package(&forgotten.key_package);
    bob.sealer.forget_key_package(b"nothing of ours");
    bob.restart();
    assert_eq!(bob.rows.len(), 1);
    let welcome = alice.add(vec![forgotten]);
    assert_eq!(bob.join(&alice, &welcome), Err(JoinError::UnknownKeyPackage));
    let (_, welcome) = alice.swap(kept);
    bob.join(&alice, &welcome).unwrap();
}

/// SEAL-010, SEAL-011, SEAL-012, SEAL-015
#[test]
fn a_key_package_that_is_not_as_every_leaf_is_unusable_and_costs_nobody_a_leaf() {
    let (mut alice, mut bob, mut carol) = alice_bob_and_carol();
    let (dave, erin, mut frank, grace) = (Device::new(4), Device::new(5), Device::new(6), Device::new(7));
    let forever = Lifetime::init(0, u64::MAX);
    let mut damaged = bob.offer();
    *damaged.key_package.last_mut().unwrap() ^= 1;
    let mut under_another_key = carol.offer();
    under_another_key.leaf.key = bob.leaf.key;
    let add = vec![
        odd_offer(&dave, Lifetime::new(3600), false),
        Addition { leaf: erin.leaf, ..frank.offer() },
        odd_offer(&grace, forever, true),
        damaged,
        under_another_key,
        frank.offer(),
    ];
    let (record, committed) = alice.commit(&[bob.leaf.device, carol.leaf.device], add);
    assert_eq!(committed.unusable, [&dave, &erin, &grace, &bob, &carol].map(|device| device.leaf.device));
    frank.join(&alice, &committed.welcome.unwrap()).unwrap();
    assert_eq!(bob.open(&alice, &record), Ok(Opened::Commit));
    assert_eq!(carol.open(&alice, &record), Ok(Opened::Commit));
    assert_eq!(frank.sealer.leaves(alice.log), [&alice, &bob, &carol, &frank].map(|device| device.leaf.device));
}

/// SEAL-014
#[test]
fn two_devices_under_one_key_can_not_spoil_a_commit() {
    let (mut alice, mut bob) = alice_and_bob();
    let mut twin = Device::new(4);
    (twin.key, twin.leaf.key) = (bob.key.clone(), bob.leaf.key);
    let (record, committed) = alice.commit(&[], vec![twin.offer()]);
    assert_eq!(committed.unusable, [twin.leaf.device]);
    assert_eq!(bob.open(&alice, &record), Ok(Opened::Commit));
}

#[test]
fn a_change_that_contradicts_the_group_is_the_callers_fault_and_changes_nothing() {
    let (mut alice, mut bob) = alice_and_bob();
    let (stranger, offer) = (Device::new(3).leaf.device, bob.offer());
    for (remove, add) in [
        (vec![stranger], vec![]),
        (vec![alice.leaf.device], vec![]),
        (vec![], vec![offer.clone()]),
        (vec![bob.leaf.device], vec![offer.clone(), offer.clone()]),
    ] {
        assert!(alice.try_commit(&Change { remove, add }).is_err());
        assert_eq!(alice.sealer.drain(), []);
    }
    let position = bob.position();
    assert!(bob.sealer.commit(alice.log, &bob.key, &position, &Change::default(), &mut bob.rng).is_err());
    assert!(bob.sealer.seal(alice.log, &bob.key, &position, b"", &mut bob.rng).is_err());
    assert!(alice.sealer.seal(alice.log, &bob.key, &position, b"", &mut bob.rng).is_err());
    assert!(alice.sealer.create(alice.log, alice.leaf, &alice.key, &mut alice.rng).is_err());
    assert!(alice.sealer.create(bob.log, alice.leaf, &bob.key, &mut alice.rng).is_err());
    bob.reads(&mut alice, b"goes on");
}

/// SEAL-025, SEAL-026
#[test]
fn a_welcome_to_another_log_or_from_another_writer_is_refused_and_costs_no_key_package() {
    let (mut alice, mut bob, mut carol) = (Device::writer(1), Device::writer(2), Device::new(3));
    let welcome = alice.add(vec![carol.offer()]);
    let before = carol.rows.clone();
    let mut damaged = welcome.clone();
    *damaged.last_mut().unwrap() ^= 1;
    let commit = bob.commit(&[], vec![]).0.body;
    let other_key = LeafKey { key: bob.leaf.key, ..alice.leaf };
    for (log, writer, welcome) in [
        (bob.log, alice.leaf, &welcome),
        (alice.log, bob.leaf, &welcome),
        (alice.log, other_key, &welcome),
        (alice.log, alice.leaf, &damaged),
        (alice.log, alice.leaf, &commit),
        (alice.log, alice.leaf, &vec![]),
    ] {
        assert_eq!(carol.sealer.join(log, writer, welcome), Err(JoinError::Refused));
    }
    carol.restart();
    assert_eq!(carol.rows, before);
    carol.join(&alice, &welcome).unwrap();
    carol.reads(&mut alice, b"hello");
}

/// SEAL-025
#[test]
fn nobody_can_replace_a_devices_own_group() {
    let (mut bob, mut mallory) = (Device::writer(2), Device::new(9));
    mallory.log = bob.log;
    mallory.create();
    let welcome = mallory.add(vec![bob.offer()]);
    assert_eq!(bob.join(&mallory, &welcome), Err(JoinError::Refused));
    let mut alice = Device::new(1);
    let welcome = bob.add(vec![alice.offer()]);
    alice.join(&bob, &welcome).unwrap();
    alice.reads(&mut bob, b"still mine");
}

/// A history with every kind of step, and all bytes that it made: on the wire and in the rows.
fn history(seed: u64) -> Vec<Vec<u8>> {
    let mut made = Vec::new();
    let mut devices: Vec<_> = (0..6).map(|number| Device::new(seed * 100 + number)).collect();
    let mut alice = Device::writer(seed * 100 + 50);
    let offers: Vec<_> = devices.iter_mut().map(Device::offer).collect();
    made.extend(offers.iter().map(|offer| offer.key_package.clone()));
    let (record, committed) = alice.commit(&[], offers);
    let welcome = committed.welcome.unwrap();
    for device in &mut devices {
        device.join(&alice, &welcome).unwrap();
    }
    made.extend([record.body, welcome]);
    for at in 0..devices.len() {
        let (record, welcome) = alice.swap(devices[at].offer());
        let said = alice.say(b"hello");
        devices[at].join(&alice, &welcome).unwrap();
        for other in (0..devices.len()).filter(|other| *other != at) {
            devices[other].open(&alice, &record).unwrap();
        }
        for device in &mut devices {
            device.open(&alice, &said).unwrap();
        }
        made.extend([record.body, welcome, said.body]);
    }
    made.push(alice.commit(&[devices[2].leaf.device], vec![]).0.body);
    for device in devices.iter().chain([&alice]) {
        made.extend(device.rows.iter().flat_map(|(key, value)| [key.clone(), value.clone()]));
    }
    made
}

/// SEAL-032, SEAL-034
#[test]
fn one_seed_makes_the_same_bytes_twice() {
    let (first, second, other) = (history(1), history(1), history(2));
    assert_eq!(first.len(), second.len());
    for (at, (first, second)) in first.iter().zip(&second).enumerate() {
        assert!(first == second, "item {at} of {} bytes differs", first.len());
    }
    assert_ne!(first[0], other[0]);
}

/// SEAL-007
#[test]
fn fifty_leaves_work_and_a_fifty_first_does_not() {
    let mut alice = Device::writer(1);
    let mut readers: Vec<_> = (0..49).map(|number| Device::new(100 + number)).collect();
    let offers = readers.iter_mut().map(Device::offer).collect();
    let welcome = alice.add(offers);
    for reader in [0, 48] {
        readers[reader].join(&alice, &welcome).unwrap();
        assert_eq!(readers[reader].sealer.leaves(alice.log).len(), 50);
    }
    let everybody: Vec<_> = readers.iter().map(|reader| reader.leaf.device).collect();
    let offers: Vec<_> = readers.iter_mut().map(Device::offer).collect();
    let (record, committed) = alice.commit(&everybody, offers);
    let welcome = committed.welcome.unwrap();
    println!("all of fifty swapped: commit {} bytes, welcome {} bytes", record.body.len(), welcome.len());
    assert!(record.body.len() < kith_base::limits::RECORD_BYTES_MAX);
    assert!(welcome.len() < kith_base::limits::RECORD_BYTES_MAX);
    readers[48].join(&alice, &welcome).unwrap();
    readers[48].reads(&mut alice, b"hello");
    let change = Change { remove: vec![], add: vec![Device::new(999).offer()] };
    assert!(alice.try_commit(&change).is_err());
}
