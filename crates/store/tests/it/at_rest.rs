//! What somebody who has the disk, or the wrong key, gets to see.

use crate::common::{self, event, message};
use kith_base::{ContactId, Rng, Secret, Wall};
use kith_proto::io::{EventRow, View, WriteBatch};
use kith_store::{
    ContactRow, ConversationVault, Durability, ErrorKind, Home, Place, Protection, StoreError, StretchedKey, VaultSlot,
};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const CANARY: &[u8] = b"meet me at the old mill, says Alice";
const PASSPHRASE: &str = "correct horse battery staple";

fn create(folder: &Path, passphrase: Option<&str>) -> Home {
    Home::create(folder, passphrase, Durability::Full, &mut Rng::from_number(1)).unwrap()
}

fn open(folder: &Path, passphrase: Option<&str>) -> Result<Home, StoreError> {
    Home::open(folder, passphrase, Durability::Full)
}

fn kind<T: std::fmt::Debug>(result: Result<T, StoreError>) -> ErrorKind {
    result.unwrap_err().kind()
}

fn bob(vault: Option<VaultSlot>) -> ContactRow {
    ContactRow {
        id: ContactId::from_bytes([7; 10]),
        name: "Bob".into(),
        state: 0,
        stage: 0,
        failure: String::new(),
        side: 0,
        host_label: "label".into(),
        conversation: None,
        vault,
        verified: false,
        met: false,
        mark: vec![],
        bundle: vec![],
        their_bundle: None,
        identity: CANARY.to_vec(),
        created: Wall(1),
        extra: vec![],
        place: Place::default(),
    }
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn assert_nowhere(folder: &Path, bytes: &[u8]) {
    for file in files(folder) {
        let content = std::fs::read(&file).unwrap();
        assert!(!content.windows(bytes.len()).any(|window| window == bytes), "found in {}", file.display());
    }
}

/// VAULT-004
#[test]
fn no_text_and_no_name_stands_readable_in_any_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut home = create(folder.path(), None);
    let slot = home.new_slot(&mut Rng::from_number(2)).unwrap();
    home.transaction(|registry| registry.put_contact(&bob(Some(slot.clone())))).unwrap();
    let mut vault = home.create_vault(&slot).unwrap();
    vault.commit(&message(1, CANARY)).unwrap();
    assert_nowhere(folder.path(), CANARY);
    vault.checkpoint_truncate().unwrap();
    home.checkpoint_truncate().unwrap();
    assert_nowhere(folder.path(), CANARY);
    assert_nowhere(folder.path(), b"SQLite format 3");
    assert_eq!(vault.body(EventRow(1)).unwrap(), CANARY);
}

/// VAULT-004
#[test]
fn a_vault_under_another_key_is_damaged_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.db");
    let (key, wrong) = (Secret::new([1; 32]), Secret::new([2; 32]));
    ConversationVault::create(&path, &key, Durability::Full).unwrap().commit(&message(1, CANARY)).unwrap();
    assert_eq!(kind(ConversationVault::open(&path, &wrong, Durability::Full)), ErrorKind::Damaged);
    assert_eq!(kind(ConversationVault::create(&path, &wrong, Durability::Full)), ErrorKind::Damaged);
    let vault = ConversationVault::open(&path, &key, Durability::Full).unwrap();
    assert_eq!(vault.event(EventRow(1)), Some(event(1)));
    assert_eq!(
        kind(ConversationVault::open(&folder.path().join("none.db"), &key, Durability::Full)),
        ErrorKind::Missing
    );
}

/// Changes one bit in the last page of a file, where a long value ends.
fn damage(path: &Path) {
    let mut bytes = std::fs::read(path).unwrap();
    let last = bytes.len() - 2000;
    bytes[last] ^= 1;
    std::fs::write(path, bytes).unwrap();
}

/// VAULT-012
#[test]
fn nothing_is_believed_of_a_page_that_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.db");
    let key = Secret::new([1; 32]);
    ConversationVault::create(&path, &key, Durability::Full).unwrap().commit(&message(1, &[7; 90_000])).unwrap();
    damage(&path);
    let open = || ConversationVault::open(&path, &key, Durability::Full).unwrap();
    assert_eq!(kind(open().timeline(None, 10, &[])), ErrorKind::Damaged);
    for batch in [message(2, CANARY), WriteBatch::default()] {
        let mut vault = open();
        assert_ne!(vault.body(EventRow(1)), Some(vec![7; 90_000]));
        assert_eq!(kind(vault.commit(&batch)), ErrorKind::Damaged);
    }
    let mut vault = open();
    vault.body(EventRow(1));
    assert_eq!(vault.take_error().map(|error| error.kind()), Some(ErrorKind::Damaged));
}

/// VAULT-012
#[test]
fn nothing_is_believed_of_a_page_of_the_registry_that_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    create(folder.path(), None).registry().set_local("long", Some(&[7; 40_000])).unwrap();
    damage(&folder.path().join("home.db"));
    let home = open(folder.path(), None).unwrap();
    assert_eq!(kind(home.registry().local("long")), ErrorKind::Damaged);
}

/// VAULT-026
#[test]
fn a_slot_opens_no_other_file_and_under_no_other_home() {
    let folder = tempfile::tempdir().unwrap();
    let home = create(&folder.path().join("alice"), None);
    let mut rng = Rng::from_number(3);
    let slot = home.new_slot(&mut rng).unwrap();
    let other = home.new_slot(&mut rng).unwrap();
    let swapped = VaultSlot { file: other.file, wrapped_key: slot.wrapped_key.clone() };
    assert_eq!(kind(home.create_vault(&swapped)), ErrorKind::Damaged);
    let theirs = Home::create(&folder.path().join("bob"), None, Durability::Full, &mut Rng::from_number(9)).unwrap();
    assert_eq!(kind(theirs.create_vault(&slot)), ErrorKind::Damaged);
}

/// VAULT-022
#[test]
fn a_passphrase_is_asked_for_checked_changed_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mut rng = Rng::from_number(4);
    create(folder.path(), Some(PASSPHRASE)).registry().set_local("name", Some(b"Alice")).unwrap();
    assert_eq!(kind(open(folder.path(), None)), ErrorKind::PassphraseNeeded);
    assert_eq!(kind(open(folder.path(), Some("incorrect horse"))), ErrorKind::WrongPassphrase);

    let mut home = open(folder.path(), Some(PASSPHRASE)).unwrap();
    assert_eq!(home.protection(), Protection::Passphrase);
    assert_eq!(kind(home.set_passphrase(Some("wrong"), "Kätzchen", &mut rng)), ErrorKind::WrongPassphrase);
    home.set_passphrase(Some(PASSPHRASE), "Kätzchen", &mut rng).unwrap();
    drop(home);
    assert_eq!(kind(open(folder.path(), Some(PASSPHRASE))), ErrorKind::WrongPassphrase);
    let decomposed = "Ka\u{308}tzchen";
    let mut home = open(folder.path(), Some(decomposed)).unwrap();
    assert_eq!(home.registry().local("name").unwrap(), Some(b"Alice".to_vec()));

    home.remove_passphrase("Kätzchen", &mut rng).unwrap();
    drop(home);
    assert_eq!(open(folder.path(), None).unwrap().protection(), Protection::FileMode);
}

/// VAULT-031, VAULT-032
#[test]
fn what_a_passphrase_comes_to_opens_its_own_key_file_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut rng = Rng::from_number(4);
    let with = |key: &StretchedKey| Home::open_stretched(folder.path(), &key.key, Durability::Full);
    drop(create(folder.path(), None));
    assert_eq!(Home::kept_name(folder.path()).unwrap(), None);
    assert!(Home::stretch(folder.path(), PASSPHRASE).unwrap().is_none(), "there is no passphrase");

    let mut home = open(folder.path(), None).unwrap();
    home.set_passphrase(None, PASSPHRASE, &mut rng).unwrap();
    assert_eq!(kind(Home::stretch(folder.path(), "incorrect horse")), ErrorKind::WrongPassphrase);
    let first = Home::stretch(folder.path(), PASSPHRASE).unwrap().unwrap();
    assert_eq!(Home::kept_name(folder.path()).unwrap(), Some(first.name.clone()), "before anything is open");
    drop(home);
    let mut home = with(&first).unwrap();
    assert_eq!(home.protection(), Protection::Passphrase);

    // The same passphrase, set anew.
    home.set_passphrase(Some(PASSPHRASE), PASSPHRASE, &mut rng).unwrap();
    drop(home);
    assert_eq!(kind(with(&first)), ErrorKind::WrongPassphrase);
    let second = Home::stretch(folder.path(), PASSPHRASE).unwrap().unwrap();
    assert!(second.name != first.name && second.key != first.key);
    drop(with(&second).unwrap());

    let file = std::fs::read(folder.path().join("key")).unwrap();
    assert!(!file.windows(32).any(|window| window == second.key.expose()), "it is in no key file");
}

/// VAULT-024: a second name for the old file shows what became of it.
#[test]
fn a_key_file_that_was_replaced_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let mut home = create(folder.path(), None);
    let (key, old) = (folder.path().join("key"), folder.path().join("old"));
    std::fs::hard_link(&key, &old).unwrap();
    let before = std::fs::read(&key).unwrap();
    home.set_passphrase(None, PASSPHRASE, &mut Rng::from_number(4)).unwrap();
    assert_eq!(std::fs::read(&old).unwrap(), vec![0; before.len()]);
    assert_ne!(std::fs::read(&key).unwrap(), before);
}

/// VAULT-021, VAULT-022, VAULT-023
#[test]
fn whoever_changes_a_key_file_is_found_out() {
    let folder = tempfile::tempdir().unwrap();
    drop(create(folder.path(), Some(PASSPHRASE)));
    let file = folder.path().join("key");
    let whole = std::fs::read(&file).unwrap();
    let open_changed = |bytes: &[u8]| {
        std::fs::write(&file, bytes).unwrap();
        kind(open(folder.path(), Some(PASSPHRASE)))
    };
    for length in 0..whole.len() {
        assert_eq!(open_changed(&whole[..length]), ErrorKind::Damaged, "cut to {length}");
    }
    let at = |tag: u8| {
        let field = whole.windows(2).skip(9).position(|pair| pair[0] == tag * 2 + 1).unwrap() + 9;
        field + 2
    };
    for (tag, what) in [(4, "passes"), (6, "salt"), (7, "nonce"), (8, "sealed key")] {
        let mut changed = whole.clone();
        changed[at(tag)] ^= 1;
        assert_eq!(open_changed(&changed), ErrorKind::WrongPassphrase, "{what}");
    }
    let mut changed = whole.clone();
    changed[at(3)] = 0xff;
    assert_eq!(open_changed(&changed), ErrorKind::Damaged, "all the memory there is");
    let mut changed = whole.clone();
    changed[at(1)] = 2;
    assert_eq!(open_changed(&changed), ErrorKind::NewerVersion { found: 2, known: 1 });
    std::fs::write(&file, &whole).unwrap();
    open(folder.path(), Some(PASSPHRASE)).unwrap();
}

/// VAULT-001
#[test]
fn every_file_and_folder_is_private_whatever_the_umask() {
    let test = "at_rest::every_file_and_folder_is_private_whatever_the_umask";
    let Some(folder) = common::child_folder() else {
        let folder = tempfile::tempdir().unwrap();
        let exe = std::env::current_exe().unwrap();
        let script = "umask \"$1\" && exec \"$2\" \"$3\" --exact --nocapture";
        for umask in ["000", "077", "277"] {
            let output = Command::new("sh")
                .args(["-c", script, "sh", umask])
                .arg(&exe)
                .arg(test)
                .env("KITH_STORE_TEST_FOLDER", folder.path().join(umask))
                .output();
            common::assert_passed(&output.unwrap(), &format!("under umask {umask}"));
        }
        return;
    };
    let home = create(&folder, None);
    let slot = home.new_slot(&mut Rng::from_number(2)).unwrap();
    let mut vault = home.create_vault(&slot).unwrap();
    vault.commit(&message(1, CANARY)).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let all = files(&folder);
    assert!(all.len() >= 6, "key, lock, two databases and their logs: {all:?}");
    for file in all {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    assert_eq!((mode(&folder), mode(&folder.join("vaults"))), (0o700, 0o700));
}
