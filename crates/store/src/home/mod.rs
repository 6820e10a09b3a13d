//! The home of one device's agent: its key, its registry, the folder of its conversations' vaults.
//!
//! ```text
//! home/            0700
//!   key            0600  the device master key, or that key under a passphrase
//!   lock           0600  held by the agent that runs, with its process id
//!   home.db        0600  the registry
//!   vaults/        0700
//!     <random>.db  0600  one conversation each
//! ```
//!
//! States: *absent* → (create) → *locked* → (open) → *open, by one process*. Making a home ends with the rename that puts
//! `home.db` in its place; what a crash left before that is made anew, as nothing can have been stored in it.
//!
//! Invariants:
//! - A conversation's wrapped key is durable at home before its file is made, and gone from home before its file is
//!   removed. A file that neither a contact nor an open intent names is rubbish, and swept at the next opening.
//! - A step over several vaults is an intent first, applied in each (`ConversationVault::commit_intent`), closed last.

mod copy;
pub(crate) mod key;
mod lock;
mod registry;
mod rows;

pub use copy::{CopiedHome, HomeCopy};
pub use key::{Protection, StretchedKey};
pub use registry::Registry;
pub use rows::{
    BearerRow, CardRow, ContactRow, IntentRow, InvitationRow, PeerRow, Place, RecoveryRow, VaultSlot, name_key,
};

use crate::conversation::ConversationVault;
use crate::engine::{Durability, Engine, Schema};
use crate::error::{ErrorKind, StoreError};
use crate::files;
pub(crate) use key::{MasterKey, With};
use kith_base::{ContactId, Rng, Secret};
pub(crate) use lock::Lock;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// `KHom`. Version 2 drops what never had a user: a table of attempts, and the start that a peer had shown. Version 3 adds
/// where a contact stands in its person's list, and whether the two met to compare their number; an older version would
/// dial whom its person has blocked. Version 4 adds what is kept of address-book
/// cards; an older version would delete contacts that are saved and not invited.
pub(crate) const SCHEMA: Schema = Schema {
    application_id: 0x4b48_6f6d,
    migrations: &[
        include_str!("schema.sql"),
        include_str!("schema-2.sql"),
        include_str!("schema-3.sql"),
        include_str!("schema-4.sql"),
    ],
};

/// An open home, held by this process alone.
pub struct Home {
    layout: Layout,
    _lock: Lock,
    master: MasterKey,
    protection: Protection,
    engine: Engine,
    durability: Durability,
}

impl Home {
    /// Whether there is a home in this folder.
    pub fn exists(folder: &Path) -> bool {
        Layout::new(folder).registry().exists()
    }

    /// Makes a home, under a passphrase if one is given, and opens it.
    ///
    /// # Errors
    /// [`StoreError`]: `Exists`; `InUse`; `Damaged` when there are vaults without a home; the disk's.
    pub fn create(
        folder: &Path,
        passphrase: Option<&str>,
        durability: Durability,
        rng: &mut Rng,
    ) -> Result<Self, StoreError> {
        let layout = Layout::new(folder);
        files::private_folder(folder)?;
        files::private_folder(&layout.vaults())?;
        let lock = Lock::take(&layout.lock())?;
        if layout.registry().exists() {
            return Err(StoreError::new(ErrorKind::Exists, folder, ""));
        }
        if !layout.vault_files()?.is_empty() {
            return Err(StoreError::damaged(folder, "it has vaults, but its registry home.db is missing"));
        }
        let master = MasterKey::random(rng);
        files::replace(&layout.key(), &master.to_file(&layout.key(), passphrase, rng)?)?;
        make_registry(&layout, &master, durability)?;
        let protection = passphrase.map_or(Protection::FileMode, |_| Protection::Passphrase);
        Self::assemble(layout, lock, (master, protection), durability)
    }

    /// Opens a home and sweeps away vaults that nobody owns.
    ///
    /// # Errors
    /// [`StoreError`]: `Missing`, `InUse`, `PassphraseNeeded`, `WrongPassphrase`, `NewerVersion`, `Damaged`,
    /// `ReadOnly`, or the disk's otherwise.
    pub fn open(folder: &Path, passphrase: Option<&str>, durability: Durability) -> Result<Self, StoreError> {
        Self::open_with(folder, passphrase.into(), durability)
    }

    /// Opens a home as [`Self::open`] does, with what its passphrase comes to instead of the passphrase.
    ///
    /// # Errors
    /// As [`Self::open`]; `WrongPassphrase` for a key of another key file.
    pub fn open_stretched(folder: &Path, key: &Secret, durability: Durability) -> Result<Self, StoreError> {
        Self::open_with(folder, With::Stretched(key), durability)
    }

    fn open_with(folder: &Path, with: With<'_>, durability: Durability) -> Result<Self, StoreError> {
        let layout = Layout::new(folder);
        if !Self::exists(folder) {
            return Err(StoreError::new(ErrorKind::Missing, &layout.registry(), ""));
        }
        let lock = Lock::take(&layout.lock())?;
        let key = read_key(&layout.key(), with)?;
        let home = Self::assemble(layout, lock, key, durability)?;
        home.sweep()?;
        Ok(home)
    }

    fn assemble(
        layout: Layout,
        lock: Lock,
        (master, protection): (MasterKey, Protection),
        durability: Durability,
    ) -> Result<Self, StoreError> {
        let engine = Engine::open(&layout.registry(), &master.home_key(), durability, &SCHEMA)?;
        Ok(Self { layout, _lock: lock, master, protection, engine, durability })
    }

    /// What keeps the master key.
    pub const fn protection(&self) -> Protection {
        self.protection
    }

    /// Reads, and single writes that are each a transaction of their own.
    pub fn registry(&self) -> Registry<'_> {
        Registry::new(self.engine.connection(), self.engine.path())
    }

    /// Runs `work` in one transaction that is on disk when this returns. An error takes everything back.
    ///
    /// # Errors
    /// What `work` returns, or [`StoreError`] of the disk.
    pub fn transaction<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(Registry<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.engine.transaction(|connection, path| work(Registry::new(connection, path)))
    }

    /// Draws a name and a key for a new conversation's vault. The caller stores the slot in the contact's row, or names
    /// the file in an intent, before it makes the vault.
    ///
    /// # Errors
    /// [`StoreError`] `Contract`, which can't be.
    pub fn new_slot(&self, rng: &mut Rng) -> Result<VaultSlot, StoreError> {
        let file = format!("{}.db", data_encoding::HEXLOWER.encode(&rng.bytes::<16>()));
        let wrapped = self.master.wrap(&file, &rng.secret(), rng);
        let wrapped_key = wrapped.ok_or_else(|| {
            StoreError::new(ErrorKind::Contract, &self.layout.vault(&file), "a key of 32 bytes can be wrapped")
        })?;
        Ok(VaultSlot { file, wrapped_key })
    }

    /// Makes the vault of a slot, or finishes making it; one that is whole is opened as it is.
    ///
    /// # Errors
    /// As [`ConversationVault::create`]; `Damaged` when the slot's key does not unwrap.
    pub fn create_vault(&self, slot: &VaultSlot) -> Result<ConversationVault, StoreError> {
        let (path, key) = self.slot_key(slot)?;
        ConversationVault::create(&path, &key, self.durability)
    }

    /// Opens the vault of a slot.
    ///
    /// # Errors
    /// As [`ConversationVault::open`]; `Damaged` when the slot's key does not unwrap.
    pub fn open_vault(&self, slot: &VaultSlot) -> Result<ConversationVault, StoreError> {
        let (path, key) = self.slot_key(slot)?;
        ConversationVault::open(&path, &key, self.durability)
    }

    /// Destroys a contact's key, then removes its vault, which must be closed. After the first of the two nobody can
    /// read it; if the second is interrupted, the next opening sweeps it away (VAULT-027).
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn remove_contact(&mut self, id: ContactId) -> Result<(), StoreError> {
        let file = self.registry().contact(id)?.and_then(|contact| contact.vault).map(|slot| slot.file);
        self.transaction(|registry| registry.delete_contact(id))?;
        let scrubbed = self.checkpoint_truncate();
        if let Some(file) = file {
            files::remove_database(&self.layout.vault(&file))?;
        }
        scrubbed
    }

    /// Removes vaults that neither a contact nor an open intent names, and says how many files that were (VAULT-028).
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn sweep(&self) -> Result<usize, StoreError> {
        let owned: BTreeSet<String> = self.registry().vault_files()?.into_iter().collect();
        let rubbish: BTreeSet<String> = self.layout.vault_files()?.difference(&owned).cloned().collect();
        for file in &rubbish {
            files::remove_database(&self.layout.vault(file))?;
        }
        Ok(rubbish.len())
    }

    /// Checks the passphrase of a home that may be open elsewhere: takes as long as opening the key file does.
    ///
    /// # Errors
    /// [`StoreError`]: `WrongPassphrase`, or what is wrong with the key file. A key that is under none is opened by any.
    pub fn check_passphrase(folder: &Path, passphrase: &str) -> Result<(), StoreError> {
        read_key(&Layout::new(folder).key(), With::Passphrase(passphrase)).map(|_| ())
    }

    /// What the passphrase of a home comes to, for whoever keeps it; `None` for a home that is under none. The home may be
    /// open elsewhere. Takes as long as opening the key file does.
    ///
    /// # Errors
    /// [`StoreError`]: `WrongPassphrase`, or what is wrong with the key file.
    pub fn stretch(folder: &Path, passphrase: &str) -> Result<Option<StretchedKey>, StoreError> {
        let path = Layout::new(folder).key();
        MasterKey::stretched(&path, &key_bytes(&path)?, passphrase)
    }

    /// What [`StretchedKey::name`] is for a home, before it is open; `None` for a home that is under no passphrase.
    ///
    /// # Errors
    /// [`StoreError`]: what is wrong with the key file.
    pub fn kept_name(folder: &Path) -> Result<Option<String>, StoreError> {
        let path = Layout::new(folder).key();
        MasterKey::kept_name(&path, &key_bytes(&path)?)
    }

    /// Puts the master key under a new passphrase. `old` is checked if there was one.
    ///
    /// # Errors
    /// [`StoreError`]: `PassphraseNeeded`, `WrongPassphrase`, or the disk's; the old one then stands.
    pub fn set_passphrase(&mut self, old: Option<&str>, new: &str, rng: &mut Rng) -> Result<(), StoreError> {
        self.rewrite_key(old, Some(new), rng)?;
        self.protection = Protection::Passphrase;
        Ok(())
    }

    /// Lays the master key into a file that its mode alone protects.
    ///
    /// # Errors
    /// [`StoreError`]: `WrongPassphrase`, or the disk's; the passphrase then stands.
    pub fn remove_passphrase(&mut self, old: &str, rng: &mut Rng) -> Result<(), StoreError> {
        self.rewrite_key(Some(old), None, rng)?;
        self.protection = Protection::FileMode;
        Ok(())
    }

    /// Truncates the registry's write-ahead log, so that nothing deleted remains there.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn checkpoint_truncate(&self) -> Result<(), StoreError> {
        self.engine.checkpoint_truncate()
    }

    /// Bytes on disk: the registry and all vaults.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn size_bytes(&self) -> Result<u64, StoreError> {
        let vaults = self.layout.vault_files()?;
        let sizes = vaults.iter().map(|file| files::database_bytes(&self.layout.vault(file)));
        Ok(self.engine.size_bytes() + sizes.sum::<u64>())
    }

    /// Bytes that a vault takes on disk.
    pub fn vault_bytes(&self, slot: &VaultSlot) -> u64 {
        files::database_bytes(&self.layout.vault(&slot.file))
    }

    fn rewrite_key(&self, old: Option<&str>, new: Option<&str>, rng: &mut Rng) -> Result<(), StoreError> {
        let path = self.layout.key();
        read_key(&path, old.into())?;
        files::replace(&path, &self.master.to_file(&path, new, rng)?)
    }

    fn slot_key(&self, slot: &VaultSlot) -> Result<(PathBuf, Secret), StoreError> {
        let path = self.layout.vault(&slot.file);
        match self.master.unwrap(&slot.file, &slot.wrapped_key) {
            Some(key) => Ok((path, key)),
            None => Err(StoreError::damaged(&path, "its key does not open under this home's")),
        }
    }
}

impl std::fmt::Debug for Home {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Home").field("folder", &self.layout.0).finish_non_exhaustive()
    }
}

fn read_key(path: &Path, with: With<'_>) -> Result<(MasterKey, Protection), StoreError> {
    MasterKey::from_file(path, &key_bytes(path)?, with)
}

fn key_bytes(path: &Path) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    std::fs::read(path).map(Zeroizing::new).map_err(|error| StoreError::io(path, &error))
}

/// The registry comes into its place by a rename, so that a home is there whole or not at all (VAULT-003).
fn make_registry(layout: &Layout, master: &MasterKey, durability: Durability) -> Result<(), StoreError> {
    let fresh = files::with_suffix(&layout.registry(), ".new");
    files::remove_database(&fresh)?;
    let engine = Engine::create(&fresh, &master.home_key(), durability, &SCHEMA)?;
    engine.checkpoint_truncate()?;
    engine.close()?;
    files::rename(&fresh, &layout.registry())
}

/// The names in a home's folder.
pub(crate) struct Layout(PathBuf);

impl Layout {
    pub(crate) fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    pub(crate) fn key(&self) -> PathBuf {
        self.0.join("key")
    }

    pub(crate) fn lock(&self) -> PathBuf {
        self.0.join("lock")
    }

    pub(crate) fn registry(&self) -> PathBuf {
        self.0.join("home.db")
    }

    pub(crate) fn vaults(&self) -> PathBuf {
        self.0.join("vaults")
    }

    pub(crate) fn vault(&self, file: &str) -> PathBuf {
        self.vaults().join(file)
    }

    /// The names of all vaults, also of those of which only a log is left. Other files are not ours to judge.
    fn vault_files(&self) -> Result<BTreeSet<String>, StoreError> {
        let folder = self.vaults();
        let list = || -> std::io::Result<BTreeSet<String>> {
            let names = std::fs::read_dir(&folder)?.map(|entry| Ok(entry?.file_name()));
            let names = names.collect::<std::io::Result<Vec<_>>>()?;
            Ok(names.iter().filter_map(|name| vault_of(name.to_str()?)).map(str::to_owned).collect())
        };
        list().map_err(|error| StoreError::io(&folder, &error))
    }
}

/// The vault that a file in the folder belongs to.
pub(crate) fn vault_of(name: &str) -> Option<&str> {
    let base = name.strip_suffix("-wal").or_else(|| name.strip_suffix("-shm")).unwrap_or(name);
    let stem = base.strip_suffix(".db")?;
    let random = stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
    random.then_some(base)
}

#[cfg(test)]
mod tests;
