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
    let (about, master) = unpack(&mut opening, |from, entry| {
        let path = path_of(entry, &beside.0, &place_of).ok_or(BackupError::Damaged { at: from.at() })?;
        path.parent().map_or(Ok(()), files::private_folder)?;
        let blame = |error: io::Error| BackupError::Store(crate::StoreError::io(&path, &error));
        let mut out = files::new_file(&path).map_err(blame)?;
        copy(from, entry, |piece| out.write_all(piece).map_err(blame))
    })?;
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

/// Reads the entries in their order. The bytes of what is a file are for `file` to take.
pub(super) fn unpack<R: Read>(
    from: &mut Opening<R>,
    mut file: impl FnMut(&mut Opening<R>, &Entry) -> Result<(), BackupError>,
) -> Result<(About, MasterKey), BackupError> {
    let (mut about, mut master, mut before) = (None, None, None);
    loop {
        let entry = Entry::read(from, before)?;
        match entry.kind {
            Kind::About => {
                let bytes = small(from, &entry)?;
                about = Some(About::decode(&bytes).map_err(|_| BackupError::Damaged { at: from.at() })?);
            }
            Kind::Vault | Kind::Blob | Kind::Registry => file(from, &entry)?,
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

/// Where an entry that is a file lies in a home.
fn path_of(entry: &Entry, home: &Path, place_of: &impl Fn(&Path, &str, &str) -> PathBuf) -> Option<PathBuf> {
    let layout = Layout::new(home);
    match entry.kind {
        Kind::Vault => Some(layout.vault(&entry.name)),
        Kind::Blob => entry.blob().map(|(vault, name)| place_of(home, &vault, name)),
        Kind::Registry => Some(layout.registry()),
        Kind::About | Kind::Key | Kind::End => None,
    }
}

/// An entry that is a value: its length was checked with its name.
fn small(from: &mut Opening<impl Read>, entry: &Entry) -> Result<Zeroizing<Vec<u8>>, BackupError> {
    let length = usize::try_from(entry.length).map_err(|_| BackupError::Damaged { at: from.at() })?;
    let mut bytes = Zeroizing::new(vec![0; length]);
    from.take(&mut bytes)?;
    Ok(bytes)
}

/// Hands on the bytes of an entry, in pieces.
pub(super) fn copy<R: Read>(
    from: &mut Opening<R>,
    entry: &Entry,
    mut to: impl FnMut(&[u8]) -> Result<(), BackupError>,
) -> Result<(), BackupError> {
    let mut left = entry.length;
    while left > 0 {
        let at = from.at();
        let piece = from.some(usize::try_from(left).unwrap_or(usize::MAX))?;
        if piece.is_empty() {
            return Err(BackupError::Damaged { at });
        }
        to(piece)?;
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
