//! A backup from one home to another: what was said comes, what speaks stays, and what can't be restored leaves nothing.

use crate::common::{batch, message};
use kith_base::{ContactId, ConversationId, DeviceId, Rng, Wall};
use kith_proto::io::{Delivery, EventRow, MetaKey, View, Write};
use kith_store::{
    About, BackupError, BackupWriter, ContactRow, Durability, ErrorKind, GrowingFile, Home, HomeCopy, Restored,
    VaultSlot, restore,
};
use std::fs;
use std::path::{Path, PathBuf};

const PASSPHRASE: &str = "four words or five";

/// Where this test's homes keep blobs.
fn place(home: &Path, vault: &str, name: &str) -> PathBuf {
    home.join("files").join(vault.trim_end_matches(".db")).join(name)
}

struct Made {
    folder: tempfile::TempDir,
    slot: VaultSlot,
    rng: Rng,
}

impl Made {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn restore(&mut self, file: &str, home: &str, passphrase: &str) -> Result<Restored, BackupError> {
        let (file, home) = (self.path(file), self.path(home));
        restore(&file, passphrase, &home, None, place, &mut self.rng)
    }

    /// The names beside the backup, in order.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// A home with one conversation, and a backup of it.
fn made(protected: bool) -> Made {
    let folder = tempfile::tempdir().unwrap();
    let mut rng = Rng::from_number(5);
    let mut home = Home::create(&folder.path().join("old"), None, Durability::Full, &mut rng).unwrap();
    let slot = home.new_slot(&mut rng).unwrap();
    let contact = ContactRow {
        vault: Some(slot.clone()),
        conversation: Some(ConversationId::from_bytes([1; 32])),
        ..ContactRow::new(ContactId::from_bytes([7; 10]), "Mira".to_owned(), "label".to_owned(), Wall(9))
    };
    home.transaction(|registry| registry.put_contact(&contact)).unwrap();
    let mut vault = home.create_vault(&slot).unwrap();
    for row in 1..=300 {
        vault.commit(&message(row, format!("text {row}").as_bytes())).unwrap();
    }
    vault.commit(&batch(vec![Write::Delivery(EventRow(1), Delivery::Seen)])).unwrap();
    vault.commit(&batch(vec![Write::Meta(MetaKey::Genesis, Some(b"keys".to_vec()))])).unwrap();
    vault.commit(&batch(vec![Write::Sealer(b"row".to_vec(), Some(b"ratchet".to_vec()))])).unwrap();
    vault.commit(&batch(vec![Write::Welcome(DeviceId::from_bytes([4; 32]), Some(b"welcome".to_vec()))])).unwrap();
    vault.commit(&batch(vec![Write::EventGone(EventRow(300))])).unwrap();
    vault.set_local("draft", Some(b"unsent")).unwrap();
    let blob = folder.path().join("blob");
    fs::write(&blob, vec![6; 200_000]).unwrap();

    let about = About { made: Wall(77), protected, program: "0.1.0".to_owned() };
    let copy = HomeCopy::begin(&folder.path().join("old/copy"), &mut rng).unwrap();
    let to = folder.path().join("backup");
    let file = GrowingFile::begin(&to).unwrap();
    let mut out = BackupWriter::begin(file, &to, PASSPHRASE, &about, |_| true, &mut rng).unwrap();
    let (copied, history) = copy.vault(&vault, &slot.file, &mut rng).unwrap();
    drop(history);
    out.vault(&slot.file, &copy.path(&copied)).unwrap();
    assert!(out.blob(&slot.file, "c0ffee", &blob).unwrap());
    assert!(!out.blob(&slot.file, "gone", &folder.path().join("no such")).unwrap());
    let row = ContactRow { vault: Some(copied), ..contact };
    let whole = out.finish(&copy.finish(|registry| registry.put_contact(&row)).unwrap()).unwrap();
    let size = whole.keep().unwrap();
    assert_eq!(size, fs::metadata(&to).unwrap().len());
    drop(copy);
    assert!(!folder.path().join("old/copy").exists(), "the copies are gone");
    fs::remove_file(blob).unwrap();
    // What was written behind it is not in it, and the old home is as it was.
    vault.commit(&message(301, b"later")).unwrap();
    assert_eq!(vault.meta(MetaKey::Genesis).as_deref(), Some(&b"keys"[..]));
    Made { folder, slot, rng }
}

/// BAK-010, BAK-020
#[test]
fn what_was_said_comes_to_another_home_under_other_keys_and_nothing_that_speaks() {
    let mut made = made(false);
    let restored = made.restore("backup", "new", PASSPHRASE).unwrap();
    assert_eq!((restored.about.made, restored.same_passphrase), (Wall(77), false));
    assert_eq!(made.names(), ["backup", "new", "old"]);
    let home = Home::open(&made.path("new"), None, Durability::Full).unwrap();
    let contact = home.registry().contacts().unwrap().remove(0);
    assert_eq!(contact.name, "Mira");
    let slot = contact.vault.unwrap();
    assert_ne!(slot.wrapped_key, made.slot.wrapped_key);
    assert!(Home::open(&made.path("old"), None, Durability::Full).unwrap().open_vault(&slot).is_err());
    let vault = home.open_vault(&slot).unwrap();
    assert_eq!(vault.last_row(), EventRow(300), "no row is used twice");
    assert_eq!(vault.body(EventRow(299)).unwrap(), b"text 299");
    assert_eq!(vault.event(EventRow(1)).unwrap().delivery, Delivery::Seen);
    assert_eq!(vault.local("draft").unwrap().as_deref(), Some(&b"unsent"[..]));
    let device = DeviceId::from_bytes([4; 32]);
    assert_eq!((vault.meta(MetaKey::Genesis), vault.sealer(), vault.welcome(device)), (None, vec![], None));
    assert_eq!(fs::read(place(&made.path("new"), &slot.file, "c0ffee")).unwrap(), vec![6; 200_000]);
}

/// BAK-021
#[test]
fn a_home_that_was_under_a_passphrase_is_restored_under_one() {
    let mut made = made(true);
    assert!(made.restore("backup", "new", PASSPHRASE).unwrap().same_passphrase);
    assert!(Home::open(&made.path("new"), None, Durability::Full).is_err());
    assert!(Home::open(&made.path("new"), Some(PASSPHRASE), Durability::Full).is_ok());
    let (file, home) = (made.path("backup"), made.path("other"));
    let restored = restore(&file, PASSPHRASE, &home, Some("another one"), place, &mut made.rng).unwrap();
    assert!(!restored.same_passphrase);
    assert!(Home::open(&home, Some(PASSPHRASE), Durability::Full).is_err());
    assert!(Home::open(&home, Some("another one"), Durability::Full).is_ok());
}

/// BAK-020
#[test]
fn what_can_not_be_restored_leaves_nothing_and_nothing_is_written_over() {
    let mut made = made(false);
    let whole = fs::read(made.path("backup")).unwrap();
    fs::write(made.path("short"), &whole[..whole.len() - 1]).unwrap();
    fs::write(made.path("none"), "hello").unwrap();
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    fs::write(made.path("changed"), changed).unwrap();
    let before = made.names();
    assert!(matches!(made.restore("backup", "new", "wrong"), Err(BackupError::WrongPassphrase)));
    assert!(matches!(made.restore("short", "new", PASSPHRASE), Err(BackupError::Damaged { .. })));
    assert!(matches!(made.restore("changed", "new", PASSPHRASE), Err(BackupError::Damaged { .. })));
    assert!(matches!(made.restore("none", "new", PASSPHRASE), Err(BackupError::NotOne)));
    assert!(matches!(made.restore("missing", "new", PASSPHRASE), Err(BackupError::Io(_))));
    assert!(matches!(made.restore("backup", "old", PASSPHRASE), Err(BackupError::InTheWay)));
    assert!(matches!(
        made.restore("backup", "none", PASSPHRASE),
        Err(BackupError::Io(_) | BackupError::InTheWay | BackupError::Store(_))
    ));
    assert_eq!(made.names(), before);
    // An empty folder is a place for it, and what a try left that was cut short is in nobody's way.
    fs::create_dir(made.path("new")).unwrap();
    fs::create_dir_all(made.path("new.restoring/vaults")).unwrap();
    fs::write(made.path("new.restoring/vaults/half"), "x").unwrap();
    made.restore("backup", "new/", PASSPHRASE).unwrap();
    assert!(!made.path("new.restoring").exists() && !made.path("new/vaults/half").exists());
}

/// BAK-015
#[test]
fn a_backup_that_is_ended_leaves_no_file_and_replaces_none() {
    let folder = tempfile::tempdir().unwrap();
    let mut rng = Rng::from_number(6);
    let about = About { made: Wall(1), protected: false, program: String::new() };
    let (to, vault) = (folder.path().join("backup"), folder.path().join("vault"));
    fs::write(&vault, "bytes").unwrap();
    let name = format!("{}.db", "ab".repeat(16));
    let mut begin = |goes_on: bool| {
        let file = GrowingFile::begin(&to)?;
        BackupWriter::begin(file, &to, PASSPHRASE, &about, move |written| goes_on || written == 0, &mut rng)
    };
    let mut out = begin(true).unwrap();
    out.vault(&name, &vault).unwrap();
    assert!(folder.path().join("backup.part").exists() && !to.exists());
    drop(out);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let mut out = begin(false).unwrap();
    out.vault(&name, &vault).unwrap();
    assert!(out.vault(&name, &vault).is_err(), "it was told to end once there were bytes");
    drop(out);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    fs::write(&to, "mine").unwrap();
    assert!(begin(true).is_err());
    assert_eq!(fs::read(&to).unwrap(), b"mine");
}

/// BAK-016
#[test]
fn what_a_killed_backup_left_goes_and_a_file_of_somebody_else_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (to, part) = (folder.path().join("backup"), folder.path().join("backup.part"));
    for left in ["", "kith b", "kith backup\n and half of one"] {
        fs::write(&part, left).unwrap();
        drop(GrowingFile::begin(&to).unwrap());
        assert!(!part.exists(), "{left}");
        fs::write(&part, left).unwrap();
        GrowingFile::sweep(&to).unwrap();
        assert!(!part.exists(), "{left}");
    }
    GrowingFile::sweep(&to).unwrap();
    for others in ["kith backups", "a download"] {
        fs::write(&part, others).unwrap();
        let refused = GrowingFile::begin(&to).unwrap_err();
        assert_eq!((refused.kind(), refused.file()), (ErrorKind::Exists, part.as_path()));
        assert!(GrowingFile::sweep(&to).is_err());
        assert_eq!(fs::read_to_string(&part).unwrap(), others);
    }
}
