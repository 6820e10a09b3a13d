//! The home: one agent, its registry, steps that are cut short, and what is swept away.

use crate::common::{child, child_folder, message};
use kith_base::{ContactId, ConversationId, DeviceId, Rng, Secret, Wall};
use kith_proto::io::{EventRow, View};
use kith_store::{
    BearerRow, ContactRow, Durability, ErrorKind, Home, InvitationRow, PeerRow, Place, RecoveryRow, StoreError,
    VaultSlot,
};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;

fn create(folder: &Path) -> Home {
    Home::create(folder, None, Durability::Full, &mut Rng::from_number(1)).unwrap()
}

fn open(folder: &Path) -> Result<Home, StoreError> {
    Home::open(folder, None, Durability::Full)
}

fn contact(number: u8, name: &str, vault: Option<VaultSlot>) -> ContactRow {
    ContactRow {
        id: ContactId::from_bytes([number; 10]),
        name: name.into(),
        state: 1,
        stage: 2,
        failure: "none".into(),
        side: 1,
        host_label: format!("label{number}"),
        conversation: Some(ConversationId::from_bytes([number; 32])),
        vault,
        verified: true,
        met: true,
        mark: vec![1; 16],
        bundle: vec![2; 20],
        their_bundle: Some(vec![3; 20]),
        identity: vec![4; 30],
        created: Wall(u64::MAX),
        extra: vec![5],
        place: Place { pinned: true, muted: Wall(u64::MAX), archived: true, blocked: true },
    }
}

fn peer(number: u8, of: u8) -> PeerRow {
    PeerRow {
        device: DeviceId::from_bytes([number; 32]),
        contact: ContactId::from_bytes([of; 10]),
        pair_secret: Secret::new([number; 32]),
        card: vec![1],
        beat_seen: u64::MAX,
        extra: vec![3],
    }
}

#[test]
fn what_is_put_into_the_registry_comes_out_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let home = create(folder.path());
    let slot = home.new_slot(&mut Rng::from_number(2)).unwrap();
    let registry = home.registry();
    let alice = contact(1, "Älice", Some(slot));
    let bob = ContactRow { conversation: None, their_bundle: None, vault: None, ..contact(2, "Bob", None) };
    for row in [&bob, &alice] {
        registry.put_contact(row).unwrap();
    }
    let invitation = InvitationRow { contact: bob.id, kind: 1, name: vec![6], state: vec![7] };
    registry.put_invitation(&invitation).unwrap();
    registry.put_peer(&peer(5, 1)).unwrap();
    registry.put_peer(&peer(6, 2)).unwrap();
    let bearer = BearerRow { hash: [8; 32], label: "label1".into(), created: Wall(3) };
    registry.put_bearer(&bearer).unwrap();
    drop(home);

    let home = open(folder.path()).unwrap();
    let registry = home.registry();
    assert_eq!(registry.contacts().unwrap(), [alice.clone(), bob.clone()]);
    assert_eq!(registry.contacts_named("ÄLICE").unwrap(), std::slice::from_ref(&alice));
    assert_eq!(registry.contacts_named("a\u{308}lice").unwrap(), std::slice::from_ref(&alice));
    assert_eq!(registry.contact_at("label2").unwrap(), Some(bob.clone()));
    assert_eq!(registry.invitations().unwrap(), [invitation]);
    assert_eq!((registry.peers().unwrap().len(), registry.peers_of(alice.id).unwrap()), (2, vec![peer(5, 1)]));
    assert_eq!(registry.bearer(&[8; 32]).unwrap(), Some(bearer));

    registry.delete_contact(bob.id).unwrap();
    assert_eq!(registry.invitations().unwrap(), []);
    assert_eq!(registry.peers().unwrap(), [peer(5, 1)]);
}

/// LOOP-002
#[test]
fn no_two_contacts_share_a_host_label_and_a_failed_step_is_taken_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut home = create(folder.path());
    home.registry().put_contact(&contact(1, "Alice", None)).unwrap();
    let taken = ContactRow { host_label: "label1".into(), ..contact(2, "Bob", None) };
    let error = home
        .transaction(|registry| {
            registry.set_local("step", Some(b"begun"))?;
            registry.put_contact(&taken)
        })
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Contract);
    assert_eq!(home.registry().local("step").unwrap(), None);
    assert_eq!(home.registry().contacts().unwrap(), [contact(1, "Alice", None)]);
}

/// HELLO-010, HELLO-021
#[test]
fn a_reserved_number_is_never_given_again() {
    let folder = tempfile::tempdir().unwrap();
    let home = create(folder.path());
    assert_eq!(home.registry().reserve("start", 1), Ok(1));
    assert_eq!(home.registry().reserve("start", 100), Ok(2));
    drop(home);
    let home = open(folder.path()).unwrap();
    assert_eq!(home.registry().reserve("start", 1), Ok(102));
    assert_eq!(home.registry().reserve("beat", 1), Ok(1));
}

/// ID-011
#[test]
fn a_recovery_key_is_taken_once() {
    let folder = tempfile::tempdir().unwrap();
    let home = create(folder.path());
    let registry = home.registry();
    let keys = [1, 0].map(|number| RecoveryRow { number, sign: vec![1], kem: vec![2], used: false });
    keys.iter().for_each(|key| registry.put_recovery(key).unwrap());
    assert_eq!(registry.recovery_left(), Ok(2));
    let taken = [(); 3].map(|()| registry.take_recovery().unwrap().map(|key| key.number));
    assert_eq!(taken, [Some(0), Some(1), None]);
}

/// VAULT-002
#[test]
fn a_second_agent_on_one_home_is_refused_and_told_who_has_it() {
    if let Some(folder) = child_folder() {
        let _home = open(&folder).unwrap();
        println!("open");
        std::thread::park();
    }
    let folder = tempfile::tempdir().unwrap();
    drop(create(folder.path()));
    let test = "home::a_second_agent_on_one_home_is_refused_and_told_who_has_it";
    let mut process = child(test, folder.path()).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line == "open"));
    let error = open(folder.path()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InUse { process: Some(process.id()) });
    process.kill().unwrap();
    process.wait().unwrap();
    open(folder.path()).unwrap();
}

/// VAULT-003
#[test]
fn a_home_is_made_once_and_one_that_was_half_made_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("key"), b"cut sho").unwrap();
    std::fs::write(folder.path().join("home.db.new"), b"rubbish").unwrap();
    assert!(!Home::exists(folder.path()));
    assert_eq!(open(folder.path()).unwrap_err().kind(), ErrorKind::Missing);
    drop(create(folder.path()));
    assert!(Home::exists(folder.path()));
    let again = Home::create(folder.path(), None, Durability::Full, &mut Rng::from_number(5));
    assert_eq!(again.unwrap_err().kind(), ErrorKind::Exists);
    open(folder.path()).unwrap();
}

/// VAULT-003
#[test]
fn a_home_is_not_made_over_vaults_that_may_hold_something() {
    let folder = tempfile::tempdir().unwrap();
    let home = create(folder.path());
    drop(home.create_vault(&home.new_slot(&mut Rng::from_number(2)).unwrap()).unwrap());
    drop(home);
    std::fs::remove_file(folder.path().join("home.db")).unwrap();
    let again = Home::create(folder.path(), None, Durability::Full, &mut Rng::from_number(5));
    assert_eq!(again.unwrap_err().kind(), ErrorKind::Damaged);
}

/// VAULT-027
#[test]
fn removing_a_contact_destroys_its_key_and_its_vault() {
    let folder = tempfile::tempdir().unwrap();
    let mut home = create(folder.path());
    let slot = home.new_slot(&mut Rng::from_number(2)).unwrap();
    home.registry().put_contact(&contact(1, "Alice", Some(slot.clone()))).unwrap();
    home.create_vault(&slot).unwrap().commit(&message(1, b"hello")).unwrap();
    home.remove_contact(ContactId::from_bytes([1; 10])).unwrap();
    assert_eq!(home.registry().contacts().unwrap(), []);
    assert_eq!(std::fs::read_dir(folder.path().join("vaults")).unwrap().count(), 0);
}

/// VAULT-017, VAULT-028. F19: a step that makes a vault and a contact is cut behind each of its commits. When the home is
/// opened again, its intent still says what to do, the vault has it once, and there is no contact without a vault.
#[test]
fn f19_a_step_over_two_vaults_that_was_cut_is_finished_once() {
    for commits in 0..=3 {
        let folder = tempfile::tempdir().unwrap();
        let mut rng = Rng::from_number(3);
        let home = create(folder.path());
        let slot = home.new_slot(&mut rng).unwrap();
        // Cut after so many commits: the intent, the vault's half, the home's half.
        let intent = (commits > 0).then(|| home.registry().open_intent("pair", &slot.file, b"all", Wall(1)).unwrap());
        let in_vault = |home: &Home, intent| {
            let vault = home.open_vault(&slot).or_else(|_| home.create_vault(&slot));
            vault.unwrap().commit_intent(intent, &message(1, b"hello")).unwrap()
        };
        let at_home = |home: &mut Home, intent| {
            home.transaction(|registry| {
                registry.put_contact(&contact(1, "Alice", Some(slot.clone())))?;
                registry.close_intent(intent)
            })
            .unwrap();
        };
        let mut home = home;
        if let Some(intent) = intent {
            assert!(commits < 2 || in_vault(&home, intent));
            if commits == 3 {
                at_home(&mut home, intent);
            }
        }
        drop(home);

        let mut home = open(folder.path()).unwrap();
        for open in home.registry().intents().unwrap() {
            assert_eq!(in_vault(&home, open.id), commits < 2, "what was applied is not applied again");
            at_home(&mut home, open.id);
        }
        assert_eq!(home.registry().intents().unwrap(), []);
        let contacts = home.registry().contacts().unwrap();
        assert_eq!(contacts.len(), usize::from(commits > 0), "begun is finished, not begun is undone");
        if commits > 0 {
            assert_eq!(home.open_vault(&slot).unwrap().last_row(), EventRow(1));
        }
    }
}

/// VAULT-028
#[test]
fn a_sweep_takes_what_nobody_owns_and_leaves_what_a_contact_or_an_intent_names() {
    let folder = tempfile::tempdir().unwrap();
    let home = create(folder.path());
    let mut rng = Rng::from_number(2);
    let [owned, intended, rubbish] = [(); 3].map(|()| home.new_slot(&mut rng).unwrap());
    for slot in [&owned, &intended, &rubbish] {
        home.create_vault(slot).unwrap().commit(&message(1, b"hello")).unwrap();
    }
    let stray = folder.path().join("vaults/notes.txt");
    std::fs::write(&stray, b"not ours").unwrap();
    home.registry().put_contact(&contact(1, "Alice", Some(owned.clone()))).unwrap();
    let intent = home.registry().open_intent("pair", &intended.file, b"all of it", Wall(1)).unwrap();
    drop(home);

    let home = open(folder.path()).unwrap();
    home.open_vault(&owned).unwrap();
    home.open_vault(&intended).unwrap();
    assert_eq!(home.open_vault(&rubbish).unwrap_err().kind(), ErrorKind::Missing);
    assert_eq!(home.registry().intents().unwrap().len(), 1);
    home.registry().close_intent(intent).unwrap();
    assert_eq!(home.sweep(), Ok(1));
    assert!(stray.exists());
    assert!(
        home.registry().open_intent("pair", "", b"", Wall(2)).unwrap() > intent,
        "an intent's id is not used again"
    );
}
