//! What a reader or a writer makes with OpenMLS itself, and what OpenMLS would accept, is refused by a send group.

use crate::sealer_mls::device::{Device, Record, alice_and_bob, alice_bob_and_carol, credential};
use kith_base::LogId;
use kith_proto::sealer::mls::unpack;
use kith_proto::sealer::{Addition, OpenError, Opened, Sealer};
use openmls::prelude::tls_codec::{DeserializeBytes as _, Serialize as _};
use openmls::prelude::{
    Extension, Extensions, GroupId, KeyPackageIn, LeafNodeIndex, LeafNodeParameters, MlsGroup, MlsMessageOut,
    NewSignerBundle, OpenMlsProvider, ProtocolVersion, RequiredCapabilitiesExtension,
};
use openmls_libcrux_crypto::Provider;
use openmls_traits::signatures::Signer as _;

/// A device's state in a log, in the hands of OpenMLS itself, bound by no rule of ours.
fn raw(device: &Device, log: LogId) -> (Provider, MlsGroup) {
    let provider = Provider::new().unwrap();
    let prefix = [b"g", log.as_bytes().as_slice()].concat();
    for (key, value) in &device.rows {
        if let Some(key) = key.strip_prefix(&prefix[..]) {
            provider.storage().values.write().unwrap().insert(key.to_vec(), unpack(value.clone()));
        }
    }
    let group = MlsGroup::load(provider.storage(), &GroupId::from_slice(log.as_bytes())).unwrap().unwrap();
    (provider, group)
}

/// Something that `by` makes in Alice's log, for the next place in it.
fn forged(alice: &Device, by: &Device, make: impl FnOnce(&Provider, &mut MlsGroup) -> MlsMessageOut) -> Record {
    let (provider, mut group) = raw(by, alice.log);
    group.set_aad(alice.position());
    let message = make(&provider, &mut group);
    Record { position: alice.position(), body: message.tls_serialize_detached().unwrap() }
}

/// SEAL-003, SEAL-022
#[test]
fn what_a_reader_makes_in_a_log_is_refused() {
    let (mut alice, mut bob, mut carol) = alice_bob_and_carol();
    let forgeries = [
        forged(&alice, &bob, |provider, group| {
            group.self_update(provider, &bob, LeafNodeParameters::default()).unwrap().into_commit()
        }),
        forged(&alice, &bob, |provider, group| {
            group.remove_members(provider, &bob, &[LeafNodeIndex::new(0)]).unwrap().0
        }),
        forged(&alice, &bob, |provider, group| group.create_message(provider, &bob, b"from Alice, surely").unwrap()),
        forged(&alice, &bob, |provider, group| {
            group.propose_self_update(provider, &bob, LeafNodeParameters::default()).unwrap().0
        }),
    ];
    for forgery in &forgeries {
        carol.refuses(&alice, forgery, OpenError::NotTheWriter);
        bob.refuses(&alice, forgery, OpenError::NotTheWriter);
    }
    let opened = alice.sealer.open(alice.log, alice.leaf, &forgeries[0].position, &forgeries[0].body);
    assert_eq!(opened, Err(OpenError::NotTheWriter));
    let record = alice.say(b"no harm done");
    for reader in [&mut bob, &mut carol] {
        assert_eq!(reader.open(&alice, &record), Ok(Opened::Application(b"no harm done".to_vec())));
    }
}

/// SEAL-003, SEAL-022
#[test]
fn a_reader_that_removes_another_removes_nobody() {
    let (alice, bob, mut carol) = alice_bob_and_carol();
    let removal = forged(&alice, &bob, |provider, group| {
        group.remove_members(provider, &bob, &[LeafNodeIndex::new(2)]).unwrap().0
    });
    carol.refuses(&alice, &removal, OpenError::NotTheWriter);
}

/// SEAL-008
#[test]
fn a_writer_can_not_hand_its_leaf_to_another_key() {
    let (alice, mut bob) = alice_and_bob();
    let mallory = Device::new(9);
    let handed = forged(&alice, &alice, |provider, group| {
        let signer = NewSignerBundle { signer: &mallory, credential_with_key: credential(&mallory.leaf) };
        let builder = group.commit_builder().load_psks(provider.storage()).unwrap();
        let built = builder.build_with_new_signer(provider.rand(), provider.crypto(), &alice, signer, |_| true);
        built.unwrap().stage_commit(provider).unwrap().into_messages().0
    });
    bob.refuses(&alice, &handed, OpenError::NotTheWriter);
}

/// SEAL-023
#[test]
fn a_writer_can_not_commit_without_refreshing_its_leaf() {
    let (alice, mut bob) = alice_and_bob();
    let offer = Device::new(3).offer().key_package;
    let pathless = forged(&alice, &alice, |provider, group| {
        let package = KeyPackageIn::tls_deserialize_exact_bytes(&offer).unwrap();
        let package = package.validate(provider.crypto(), ProtocolVersion::Mls10).unwrap();
        group.add_members_without_update(provider, &alice, &[package]).unwrap().0
    });
    bob.refuses(&alice, &pathless, OpenError::NotAllowed);
}

/// SEAL-006, SEAL-023
#[test]
fn a_writer_can_not_change_what_the_group_requires() {
    let (alice, mut bob) = alice_and_bob();
    let changed = forged(&alice, &alice, |provider, group| {
        let required = Extension::RequiredCapabilities(RequiredCapabilitiesExtension::new(&[], &[], &[]));
        let extensions = Extensions::single(required).unwrap();
        group.update_group_context_extensions(provider, extensions, &alice).unwrap().0
    });
    bob.refuses(&alice, &changed, OpenError::NotAllowed);
}

/// SEAL-006, SEAL-023
#[test]
fn a_writers_bare_proposal_is_refused() {
    let (alice, mut bob, _) = alice_bob_and_carol();
    let proposal = forged(&alice, &alice, |provider, group| {
        group.propose_remove_member(provider, &alice, LeafNodeIndex::new(2)).unwrap().0
    });
    bob.refuses(&alice, &proposal, OpenError::NotAllowed);
}

/// SEAL-020
#[test]
fn what_is_no_private_message_is_refused() {
    let (mut alice, mut bob, _) = alice_bob_and_carol();
    let position = alice.position();
    let welcome = alice.add(vec![Device::new(4).offer()]);
    bob.refuses(&alice, &Record { position: position.clone(), body: welcome }, OpenError::NotAllowed);
    bob.refuses(&alice, &Record { position, body: vec![] }, OpenError::Undecryptable);
}

/// Length before the content, as MLS writes it (RFC 9420, section 2.1.2).
fn framed(content: &[u8]) -> Vec<u8> {
    let len = u16::try_from(content.len()).unwrap();
    let mut out = if len < 64 { vec![len as u8] } else { (0x4000 | len).to_be_bytes().to_vec() };
    out.extend_from_slice(content);
    out
}

/// A KeyPackage of the device with another leaf key, rightly signed: who offers it need not know its private half.
fn with_leaf_key(device: &mut Device, leaf_key: &[u8]) -> Addition {
    const SIGNATURE: usize = 2 + 64;
    let Addition { leaf, key_package: mut bytes } = device.offer();
    let node = 2 + 2 + 2 + leaf_key.len();
    bytes[node + 2..][..leaf_key.len()].copy_from_slice(leaf_key);
    let end = bytes.len();
    for (label, from, to) in [("LeafNodeTBS", node, end - 2 * SIGNATURE - 1), ("KeyPackageTBS", 0, end - SIGNATURE)] {
        let content = [framed(format!("MLS 1.0 {label}").as_bytes()), framed(&bytes[from..to])].concat();
        let signature = device.sign(&content).unwrap();
        bytes[to + 2..][..64].copy_from_slice(&signature);
    }
    Addition { leaf, key_package: bytes }
}

/// SEAL-014
#[test]
fn a_leaf_key_that_is_anothers_or_none_can_not_spoil_a_commit() {
    let (mut alice, mut bob) = alice_and_bob();
    let (mut copycat, mut broken, mut carol) = (Device::new(4), Device::new(5), Device::new(6));
    let bobs = raw(&alice, alice.log).1.member_at(LeafNodeIndex::new(1)).unwrap().encryption_key;
    let other = Device::writer(7);
    let fresh = raw(&other, other.log).1.member_at(LeafNodeIndex::new(0)).unwrap().encryption_key;
    let add = vec![
        with_leaf_key(&mut copycat, &bobs),
        with_leaf_key(&mut broken, &[0xff; 1216]),
        with_leaf_key(&mut carol, &fresh),
    ];
    let (record, committed) = alice.commit(&[], add);
    assert_eq!(committed.unusable, [copycat.leaf.device, broken.leaf.device]);
    assert!(committed.welcome.is_some(), "a key that nobody else has is as good as any");
    assert_eq!(bob.open(&alice, &record), Ok(Opened::Commit));
}

/// SEAL-042
#[test]
fn a_writer_does_not_read_its_own_log() {
    let (mut alice, _) = alice_and_bob();
    let own = alice.say(b"my own");
    let opened = alice.sealer.open(alice.log, alice.leaf, &own.position, &own.body);
    assert_eq!(opened, Err(OpenError::NotAllowed));
}

/// SEAL-010
#[test]
fn a_log_is_read_only_under_the_writers_listed_key() {
    let (mut alice, mut bob) = alice_and_bob();
    let record = alice.say(b"hello");
    let mut other = alice.thief();
    other.leaf.key = Device::new(9).leaf.key;
    bob.refuses(&other, &record, OpenError::NotTheWriter);
    assert_eq!(bob.open(&alice, &record), Ok(Opened::Application(b"hello".to_vec())));
}
