//! From a backup to a home: unpacked beside its place, opened and checked there, then moved in one step (`spec/backup.md`,
//! BAK-020).

use super::BackupError;
use super::container::Opening;
use super::entry::{About, Entry, Kind};
use crate::engine::Durability;
use crate::files;
use crate::home::{Home, Layout, Lock, MasterKey};
use kith_base::{Rng, Secret};
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Bytes that are read together.
const TOGETHER: usize = 256 * 1024;

/// A home that came from a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the backup says of itself.
    pub about: About,
    /// The home is under the passphrase of the backup, as it was under one and no other was given.
    pub same_passphrase: bool,
}

/// Makes a home of a backup. It is under `new_passphrase` if there is one; else under the backup's own if the home that it was made of was
/// under one. `place_of` says where in a home a blob lies: of a vault's file and its own name.
///
/// # Errors
/// [`BackupError`]; nothing is left but, after a crash, a folder whose name ends in `.restoring`, which the next try takes away.
pub fn restore(
    file: &Path,
    passphrase: &str,
    home: &Path,
    new_passphrase: Option<&str>,
    place_of: impl Fn(&Path, &str, &str) -> PathBuf,
    rng: &mut Rng,
) -> Result<Restored, BackupError> {
    let source = File::open(file).map_err(BackupError::Io)?;
    if !is_free(home) {
        return Err(BackupError::InTheWay);
    }
    let mut opening = Opening::begin(BufReader::with_capacity(TOGETHER, source), passphrase)?;
    // A name that ends in '/' would put it inside.
    let home: PathBuf = home.components().collect();
    let beside = Beside::make(files::with_suffix(&home, ".restoring"))?;
    let (about, master) = unpack(&mut opening, &beside.0, &place_of)?;
    // BAK-021
    let same_passphrase = about.protected && new_passphrase.is_none();
    let under = if same_passphrase { Some(passphrase) } else { new_passphrase };
    let layout = Layout::new(&beside.0);
    files::replace(&layout.key(), &master.to_file(&layout.key(), under, rng)?)?;
    check(&beside.0, under)?;
    let moved = || -> io::Result<()> {
        // BAK-020: on disk first, and all of it at once, as there may be many thousand files.
        rustix::fs::syncfs(File::open(&beside.0)?)?;
        fs::rename(&beside.0, &home)?;
        files::sync_parent(&home)
    };
    moved().map_err(|error| crate::StoreError::io(&home, &error))?;
    Ok(Restored { about, same_passphrase })
}

/// Whether nothing is there, or an empty folder.
fn is_free(home: &Path) -> bool {
    match fs::read_dir(home) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// The folder that is filled; it goes if it does not become the home.
struct Beside(PathBuf);

impl Beside {
    fn make(path: PathBuf) -> Result<Self, BackupError> {
        let layout = Layout::new(&path);
        files::private_folder(&path)?;
        // Nobody else fills it at this moment; what lies there is of a try that was cut short.
        let lock = Lock::take(&layout.lock())?;
        fs::remove_dir_all(&path).map_err(|error| crate::StoreError::io(&path, &error))?;
        drop(lock);
        files::private_folder(&path)?;
        files::private_folder(&layout.vaults())?;
        Ok(Self(path))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // After the rename nothing is called so.
        drop(fs::remove_dir_all(&self.0));
    }
}

fn unpack(
    from: &mut Opening<impl Read>,
    home: &Path,
    place_of: &impl Fn(&Path, &str, &str) -> PathBuf,
) -> Result<(About, MasterKey), BackupError> {
    let layout = Layout::new(home);
    let (mut about, mut master, mut before) = (None, None, None);
    loop {
        let entry = Entry::read(from, before)?;
        match entry.kind {
            Kind::About => {
                let bytes = small(from, &entry)?;
                about = Some(About::decode(&bytes).map_err(|_| BackupError::Damaged { at: from.at() })?);
            }
            Kind::Vault => write(from, &entry, &layout.vault(&entry.name))?,
            Kind::Blob => {
                let (vault, name) = entry.blob().ok_or(BackupError::Damaged { at: from.at() })?;
                let path = place_of(home, &vault, name);
                path.parent().map_or(Ok(()), files::private_folder)?;
                write(from, &entry, &path)?;
            }
            Kind::Registry => write(from, &entry, &layout.registry())?,
            Kind::Key => master = Secret::from_slice(&small(from, &entry)?).map(MasterKey::of),
            Kind::End => break,
        }
        before = Some(entry.kind);
    }
    // BAK-003
    match (about, master, from.is_over()?) {
        (Some(about), Some(master), true) => Ok((about, master)),
        _ => Err(BackupError::Damaged { at: from.at() }),
    }
}

/// An entry that is a value: its length was checked with its name.
fn small(from: &mut Opening<impl Read>, entry: &Entry) -> Result<Zeroizing<Vec<u8>>, BackupError> {
    let length = usize::try_from(entry.length).map_err(|_| BackupError::Damaged { at: from.at() })?;
    let mut bytes = Zeroizing::new(vec![0; length]);
    from.take(&mut bytes)?;
    Ok(bytes)
}

/// An entry that is a file.
fn write(from: &mut Opening<impl Read>, entry: &Entry, path: &Path) -> Result<(), BackupError> {
    let blame = |error: io::Error| BackupError::Store(crate::StoreError::io(path, &error));
    let mut out = files::new_file(path).map_err(blame)?;
    let mut left = entry.length;
    while left > 0 {
        let at = from.at();
        let piece = from.some(usize::try_from(left).unwrap_or(usize::MAX))?;
        if piece.is_empty() {
            return Err(BackupError::Damaged { at });
        }
        out.write_all(piece).map_err(blame)?;
        left -= piece.len() as u64;
    }
    Ok(())
}

/// Opens the home and every vault in it, as the agent will.
fn check(home: &Path, passphrase: Option<&str>) -> Result<(), BackupError> {
    let home = Home::open(home, passphrase, Durability::Full)?;
    for contact in home.registry().contacts()? {
        if let Some(slot) = contact.vault {
            home.open_vault(&slot)?;
        }
    }
    Ok(())
}
