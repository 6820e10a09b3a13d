//! Writing a backup: its parts, in their order, into whatever takes bytes (`spec/backup.md`, BAK-004). The file on this
//! machine that may be is [`super::growing`]'s.

use super::container::{COST, Sealing};
use super::entry::{About, Entry, Kind};
use crate::error::StoreError;
use crate::home::CopiedHome;
use kith_base::Rng;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Bytes that are read together.
const TOGETHER: usize = 256 * 1024;

/// A backup that is being written. What it has written before [`Self::finish`] opens to nothing.
pub struct BackupWriter<W: Write> {
    out: Sealing<W>,
    /// What it is written to, for errors.
    what: PathBuf,
    /// Bytes that went into it, before they were sealed.
    written: u64,
    goes_on: Box<dyn FnMut(u64) -> bool + Send>,
}

impl<W: Write> BackupWriter<W> {
    /// Begins a backup, which takes a second or two: the passphrase is stretched. `what` names where it goes, in errors.
    /// `goes_on` is told at every piece how many bytes there are, and ends it by `false`.
    ///
    /// # Errors
    /// [`StoreError`] of what it is written to.
    pub fn begin(
        out: W,
        what: &Path,
        passphrase: &str,
        about: &About,
        goes_on: impl FnMut(u64) -> bool + Send + 'static,
        rng: &mut Rng,
    ) -> Result<Self, StoreError> {
        let begun = Sealing::begin(out, passphrase, COST, rng).map_err(|error| StoreError::io(what, &error))?;
        let mut writer = Self { out: begun, what: what.to_owned(), written: 0, goes_on: Box::new(goes_on) };
        writer.value(Kind::About, &about.encode())?;
        Ok(writer)
    }

    /// Adds the copy of a vault.
    ///
    /// # Errors
    /// [`StoreError`] of the disk, or of what it is written to; `Io` when it was ended.
    pub fn vault(&mut self, file: &str, copy: &Path) -> Result<(), StoreError> {
        self.file(Kind::Vault, file, copy).map(drop)
    }

    /// Adds a blob of the conversation whose vault's file is called so, unless it is gone; whether it was there.
    ///
    /// # Errors
    /// As [`Self::vault`].
    pub fn blob(&mut self, vault: &str, name: &str, path: &Path) -> Result<bool, StoreError> {
        let folder = vault.strip_suffix(".db").unwrap_or(vault);
        self.file(Kind::Blob, &format!("{folder}/{name}"), path)
    }

    /// Adds the registry and the copy's key, and seals the end. What it was written to has all of it then.
    ///
    /// # Errors
    /// As [`Self::vault`].
    pub fn finish(mut self, home: &CopiedHome) -> Result<W, StoreError> {
        self.file(Kind::Registry, "", &home.registry)?;
        self.value(Kind::Key, home.key.expose())?;
        self.value(Kind::End, &[])?;
        self.out.finish().map_err(|error| StoreError::io(&self.what, &error))
    }

    /// Adds an entry without a name that is at hand.
    fn value(&mut self, kind: Kind, bytes: &[u8]) -> Result<(), StoreError> {
        self.write_with(|out| {
            Entry::new(kind, "", bytes.len() as u64).write(out)?;
            out.write_all(bytes)
        })
    }

    /// Adds a file that does not change, with the length it has; `false` where there is none.
    fn file(&mut self, kind: Kind, name: &str, path: &Path) -> Result<bool, StoreError> {
        let blame = |error: io::Error| StoreError::io(path, &error);
        let mut file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && kind == Kind::Blob => return Ok(false),
            opened => opened.map_err(blame)?,
        };
        let length = file.metadata().map_err(blame)?.len();
        self.write_with(|out| Entry::new(kind, name, length).write(out))?;
        let mut room = vec![0; TOGETHER];
        let mut left = length;
        while left > 0 {
            let wanted = room.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            let piece = room.get_mut(..wanted).unwrap_or_default();
            file.read_exact(piece).map_err(blame)?;
            self.write_with(|out| out.write_all(piece))?;
            self.written += wanted as u64;
            left -= wanted as u64;
        }
        Ok(true)
    }

    fn write_with(&mut self, write: impl FnOnce(&mut Sealing<W>) -> io::Result<()>) -> Result<(), StoreError> {
        let done = match (self.goes_on)(self.written) {
            true => write(&mut self.out),
            false => Err(io::Error::other("it was ended before it was whole")),
        };
        done.map_err(|error| StoreError::io(&self.what, &error))
    }
}
