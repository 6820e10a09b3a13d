//! The file that a backup becomes: it grows beside its place and gets its name when it is whole and on disk
//! (`spec/backup.md`, BAK-015, BAK-016).
//!
//! ```text
//! begin ─▶ FILE.part ──keep──▶ FILE
//!              └─ dropped: gone; killed: gone with the next that begins there, or when it is swept
//! ```
//! Invariants: no file is replaced or removed but a `FILE.part` that begins as a backup does.

use super::container::MAGIC;
use crate::error::{ErrorKind, StoreError};
use crate::files;
use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use std::fs::File;
use std::io::{self, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};

/// Bytes that are written together.
const TOGETHER: usize = 256 * 1024;

/// A file on its way to its name. Dropped before it is kept, it leaves nothing.
#[derive(Debug)]
pub struct GrowingFile {
    to: PathBuf,
    part: PathBuf,
    out: Option<BufWriter<File>>,
}

impl GrowingFile {
    /// Begins a file that will be called `to`. What a backup to that name left that was killed goes.
    ///
    /// # Errors
    /// [`StoreError`]: `Exists` where something has that name, or, without being a part of a backup, the name with `.part`
    /// behind it: [`StoreError::file`] says which; the disk's.
    pub fn begin(to: &Path) -> Result<Self, StoreError> {
        if to.symlink_metadata().is_ok() {
            return Err(StoreError::new(ErrorKind::Exists, to, ""));
        }
        Self::sweep(to)?;
        let part = files::with_suffix(to, ".part");
        let file = files::new_file(&part).map_err(|error| StoreError::io(&part, &error))?;
        Ok(Self { to: to.to_owned(), part, out: Some(BufWriter::with_capacity(TOGETHER, file)) })
    }

    /// Removes what a backup to this name left that was killed; nothing else.
    ///
    /// # Errors
    /// [`StoreError`]: `Exists` where the name with `.part` behind it is that of something else; the disk's.
    // BAK-016
    pub fn sweep(to: &Path) -> Result<(), StoreError> {
        let part = files::with_suffix(to, ".part");
        let swept = match is_ours(&part) {
            Ok(true) => files::remove_if_there(&part),
            Ok(false) => Err(io::ErrorKind::AlreadyExists.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        };
        swept.map_err(|error| StoreError::io(&part, &error))
    }

    /// Puts it on disk and gives it its name. How many bytes it has.
    ///
    /// # Errors
    /// [`StoreError`]: `Exists` where something got that name meanwhile; the disk's.
    pub fn keep(mut self) -> Result<u64, StoreError> {
        let Some(out) = self.out.take() else { return Ok(0) };
        let put = || -> io::Result<u64> {
            let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.sync_all()?;
            let length = file.metadata()?.len();
            give_name(&self.part, &self.to)?;
            Ok(length)
        };
        put().map_err(|error| StoreError::io(&self.to, &error))
    }
}

impl Write for GrowingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.as_mut().map_or(Ok(0), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for GrowingFile {
    fn drop(&mut self) {
        // Half a backup is of no use to anybody. Once it has its name, nothing is called so any more.
        drop(files::remove_if_there(&self.part));
    }
}

/// Whether a file begins as a backup does, as far as it goes.
fn is_ours(part: &Path) -> io::Result<bool> {
    if !part.symlink_metadata()?.is_file() {
        return Ok(false);
    }
    let mut start = Vec::new();
    File::open(part)?.take(MAGIC.len() as u64).read_to_end(&mut start)?;
    Ok(MAGIC.starts_with(&start))
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
