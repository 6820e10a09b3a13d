//! Writing a backup: it grows beside its place and gets its name when it is whole and on disk (`spec/backup.md`, BAK-015).

use super::container::{COST, Sealing};
use super::entry::{About, Entry, Kind};
use crate::error::{ErrorKind, StoreError};
use crate::files;
use crate::home::CopiedHome;
use kith_base::Rng;
use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write as _};
use std::path::{Path, PathBuf};

/// Bytes that are read together.
const TOGETHER: usize = 256 * 1024;

/// A backup that is being written. Dropped before it is finished, it leaves nothing.
pub struct BackupWriter {
    to: PathBuf,
    part: PathBuf,
    out: Option<Sealing<BufWriter<File>>>,
    goes_on: Box<dyn Fn() -> bool + Send>,
}

impl BackupWriter {
    /// Begins a backup, which takes a second or two: the passphrase is stretched. `goes_on` is asked at every piece, and
    /// ends it by `false`.
    ///
    /// # Errors
    /// [`StoreError`]: `Exists` where something has that name; the disk's.
    pub fn begin(
        to: &Path,
        passphrase: &str,
        about: &About,
        goes_on: impl Fn() -> bool + Send + 'static,
        rng: &mut Rng,
    ) -> Result<Self, StoreError> {
        if to.symlink_metadata().is_ok() {
            return Err(StoreError::new(ErrorKind::Exists, to, ""));
        }
        let part = files::with_suffix(to, ".part");
        let mut writer = Self { to: to.to_owned(), part, out: None, goes_on: Box::new(goes_on) };
        let part = &writer.part;
        let begun = (|| {
            files::remove_if_there(part)?;
            let out = BufWriter::with_capacity(TOGETHER, files::new_file(part)?);
            let mut out = Sealing::begin(out, passphrase, COST, rng)?;
            let about = about.encode();
            Entry::new(Kind::About, "", about.len() as u64).write(&mut out)?;
            out.write_all(&about)?;
            Ok(out)
        })();
        writer.out = Some(begun.map_err(|error| StoreError::io(part, &error))?);
        Ok(writer)
    }

    /// Adds the copy of a vault.
    ///
    /// # Errors
    /// [`StoreError`] of the disk; `Io` when it was ended.
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

    /// Adds the registry and the copy's key, and gives the file its name. How many bytes it has.
    ///
    /// # Errors
    /// [`StoreError`]: `Exists` where something got that name meanwhile; the disk's.
    pub fn finish(mut self, home: &CopiedHome) -> Result<u64, StoreError> {
        self.file(Kind::Registry, "", &home.registry)?;
        let key = home.key.expose();
        let done = self.write_with(|out| {
            Entry::new(Kind::Key, "", key.len() as u64).write(out)?;
            out.write_all(key)?;
            Entry::new(Kind::End, "", 0).write(out)
        });
        done.map_err(|error| StoreError::io(&self.part, &error))?;
        let Some(out) = self.out.take() else { return Ok(0) };
        let put = || -> io::Result<u64> {
            let file = out.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.sync_all()?;
            let length = file.metadata()?.len();
            give_name(&self.part, &self.to)?;
            Ok(length)
        };
        put().map_err(|error| StoreError::io(&self.to, &error))
    }

    /// Adds a file that does not change, with the length it has; `false` where there is none.
    fn file(&mut self, kind: Kind, name: &str, path: &Path) -> Result<bool, StoreError> {
        let blame = |error: io::Error| StoreError::io(path, &error);
        let mut file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && kind == Kind::Blob => return Ok(false),
            opened => opened.map_err(blame)?,
        };
        let length = file.metadata().map_err(blame)?.len();
        self.write_with(|out| Entry::new(kind, name, length).write(out))
            .map_err(|error| StoreError::io(&self.part, &error))?;
        let mut room = vec![0; TOGETHER];
        let mut left = length;
        while left > 0 {
            let wanted = room.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            let piece = room.get_mut(..wanted).unwrap_or_default();
            file.read_exact(piece).map_err(blame)?;
            self.write_with(|out| out.write_all(piece)).map_err(|error| StoreError::io(&self.part, &error))?;
            left -= wanted as u64;
        }
        Ok(true)
    }

    fn write_with(&mut self, write: impl FnOnce(&mut Sealing<BufWriter<File>>) -> io::Result<()>) -> io::Result<()> {
        match &mut self.out {
            Some(out) if (self.goes_on)() => write(out),
            _ => Err(io::Error::other("it was ended before it was whole")),
        }
    }
}

impl Drop for BackupWriter {
    fn drop(&mut self) {
        // Half a backup is of no use to anybody. Once it has its name, nothing is called so any more.
        drop(files::remove_if_there(&self.part));
    }
}

/// BAK-015: what has that name stays.
fn give_name(part: &Path, to: &Path) -> io::Result<()> {
    match renameat_with(CWD, part, CWD, to, RenameFlags::NOREPLACE) {
        Ok(()) => {}
        // A file system that can't promise it is asked before.
        Err(Errno::INVAL | Errno::NOSYS) if to.symlink_metadata().is_err() => std::fs::rename(part, to)?,
        Err(Errno::INVAL | Errno::NOSYS) => return Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) => return Err(error.into()),
    }
    files::sync_parent(to)
}
