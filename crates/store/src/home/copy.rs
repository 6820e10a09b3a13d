//! A home made for a backup: copies of vaults under new keys, and a registry that is filled anew (`spec/backup.md`, BAK-010
//! to 015).
//!
//! *Begun* → (vault copied → into the backup → removed)* → *registry made* → dropped, with all that is left of it.
//!
//! Its master key is in memory only, until it goes into the backup.

use super::key::MasterKey;
use super::registry::Registry;
use super::rows::VaultSlot;
use super::{Layout, SCHEMA};
use crate::conversation::ConversationVault;
use crate::engine::{Durability, Engine};
use crate::error::{ErrorKind, StoreError};
use crate::files;
use kith_base::{Rng, Secret};
use std::path::{Path, PathBuf};

/// A copy that is being made.
pub struct HomeCopy {
    layout: Layout,
    master: MasterKey,
}

/// What makes a home of the copies.
#[derive(Debug)]
pub struct CopiedHome {
    /// The registry's file.
    pub registry: PathBuf,
    /// The master key.
    pub key: Secret,
}

impl HomeCopy {
    /// Begins in a folder of its own; what a copy before left there goes.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn begin(folder: &Path, rng: &mut Rng) -> Result<Self, StoreError> {
        Self::sweep(folder)?;
        let layout = Layout::new(folder);
        files::private_folder(folder)?;
        files::private_folder(&layout.vaults())?;
        Ok(Self { layout, master: MasterKey::random(rng) })
    }

    /// Removes what a copy left that was interrupted.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn sweep(folder: &Path) -> Result<(), StoreError> {
        match std::fs::remove_dir_all(folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(folder, &error)),
            _ => Ok(()),
        }
    }

    /// Copies what was said in a vault into one of the same name, and where that lies in the copied home.
    ///
    /// # Errors
    /// As [`ConversationVault::copy_history`].
    pub fn vault(
        &self,
        of: &ConversationVault,
        file: &str,
        rng: &mut Rng,
    ) -> Result<(VaultSlot, ConversationVault), StoreError> {
        let (path, key) = (self.layout.vault(file), rng.secret());
        files::remove_database(&path)?;
        let wrapped_key = self
            .master
            .wrap(file, &key, rng)
            .ok_or_else(|| StoreError::new(ErrorKind::Contract, &path, "a key of 32 bytes can be wrapped"))?;
        Ok((VaultSlot { file: file.to_owned(), wrapped_key }, of.copy_history(&path, &key)?))
    }

    /// Where the copy of a vault lies. It is whole once it was closed.
    pub fn path(&self, slot: &VaultSlot) -> PathBuf {
        self.layout.vault(&slot.file)
    }

    /// Makes the registry, which `fill` fills.
    ///
    /// # Errors
    /// [`StoreError`] of the disk, or what `fill` returns.
    pub fn finish(&self, fill: impl FnOnce(Registry<'_>) -> Result<(), StoreError>) -> Result<CopiedHome, StoreError> {
        let registry = self.layout.registry();
        files::remove_database(&registry)?;
        let mut engine = Engine::create(&registry, &self.master.home_key(), Durability::Full, &SCHEMA)?;
        engine.transaction(|connection, path| fill(Registry::new(connection, path)))?;
        engine.checkpoint_truncate()?;
        engine.close()?;
        Ok(CopiedHome { registry, key: self.master.secret().clone() })
    }
}

impl Drop for HomeCopy {
    fn drop(&mut self) {
        // What can't be removed is removed at the next start, and nobody has its key.
        drop(Self::sweep(&self.layout.0));
    }
}
