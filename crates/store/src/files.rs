//! Private files and folders: readable by this user alone, whatever the umask, and durable when a call returns.

use crate::error::StoreError;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

// VAULT-001
const FILE_MODE: u32 = 0o600;
const FOLDER_MODE: u32 = 0o700;

/// Makes a folder if it is not there, and makes it private if it is.
pub(crate) fn private_folder(path: &Path) -> Result<(), StoreError> {
    let made = fs::DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(path);
    made.and_then(|()| restrict(path, FOLDER_MODE)).map_err(|error| StoreError::io(path, &error))
}

/// Opens a private file for reading and writing, empty if it was not there.
pub(crate) fn private_file(path: &Path) -> Result<File, StoreError> {
    let open = || -> std::io::Result<File> {
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).mode(FILE_MODE).open(path)?;
        restrict(path, FILE_MODE)?;
        Ok(file)
    };
    open().map_err(|error| StoreError::io(path, &error))
}

/// Sets a mode only where it differs, so that a file of another medium that is right already is left alone.
fn restrict(path: &Path, mode: u32) -> std::io::Result<()> {
    if fs::metadata(path)?.permissions().mode() & 0o777 == mode {
        return Ok(());
    }
    fs::set_permissions(path, Permissions::from_mode(mode))
}

/// Replaces a file's content so that a reader finds the old or the new, never a part; the old bytes are overwritten.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let fresh = with_suffix(path, ".new");
    let write = || -> std::io::Result<()> {
        remove_if_there(&fresh)?;
        let mut file = new_file(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        let old = OpenOptions::new().write(true).open(path).ok();
        fs::rename(&fresh, path)?;
        sync_parent(path)?;
        old.map_or(Ok(()), overwrite)
    };
    write().map_err(|error| StoreError::io(path, &error))
}

/// Best effort on flash and on copying file systems: the medium may keep the old blocks.
// VAULT-024
fn overwrite(mut file: File) -> std::io::Result<()> {
    let length = file.metadata()?.len();
    std::io::copy(&mut std::io::repeat(0).take(length), &mut file)?;
    file.sync_all()
}

/// Makes a private file where there is none.
pub(crate) fn new_file(path: &Path) -> std::io::Result<File> {
    let file = OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(path)?;
    restrict(path, FILE_MODE)?;
    Ok(file)
}

/// Makes the entry of a new, renamed or removed file durable.
pub(crate) fn sync_parent(path: &Path) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), |parent| File::open(parent)?.sync_all())
}

/// Puts a file in another's place, durably.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    let done = fs::rename(from, to).and_then(|()| sync_parent(to));
    done.map_err(|error| StoreError::io(to, &error))
}

/// Bytes of a database file and its log.
pub(crate) fn database_bytes(path: &Path) -> u64 {
    let length = |path: &Path| fs::metadata(path).map_or(0, |found| found.len());
    length(path) + length(&with_suffix(path, "-wal"))
}

/// Removes a database file and what SQLite lays beside it.
pub(crate) fn remove_database(path: &Path) -> Result<(), StoreError> {
    for suffix in ["", "-wal", "-shm"] {
        let file = with_suffix(path, suffix);
        remove_if_there(&file).map_err(|error| StoreError::io(&file, &error))?;
    }
    sync_parent(path).map_err(|error| StoreError::io(path, &error))
}

pub(crate) fn remove_if_there(path: &Path) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The path of a file that lies beside another and has its name with something behind it.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
