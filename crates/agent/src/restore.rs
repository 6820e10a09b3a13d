//! A first start from a backup (`spec/backup.md`, BAK-020 to 022).
//!
//! The backup becomes the home before anything else of the agent looks at that folder. What a first start makes besides, a
//! root among it, is made behind it, as of any home that has none yet (BAK-022).

use crate::Options;
use crate::clock::system_rng;
use crate::core::store_error;
use kith_api::{Error, ErrorKind, Word};
use kith_files::Folder;
use kith_store::{BackupError, restore};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// A backup to begin a home from.
#[derive(Debug, Clone)]
pub struct FromBackup {
    /// The file.
    pub file: PathBuf,
    /// What it is under.
    pub passphrase: Zeroizing<String>,
}

/// Makes the home of the backup, if one is named, and says how to open it.
pub(crate) fn restored(options: &Options) -> Result<Options, Error> {
    let Some(FromBackup { file, passphrase }) = &options.backup else { return Ok(options.clone()) };
    let mut rng = system_rng()?;
    let place = |home: &Path, vault: &str, blob: &str| Folder::of(home, vault).path(blob);
    let new = options.new_passphrase.as_ref().map(|new| new.as_str());
    let made = restore(file, passphrase, &options.home, new, place, &mut rng);
    let made = made.map_err(|error| refused(&error, file, &options.home))?;
    tracing::info!(program = made.about.program, "a home was made of a backup");
    let under = if made.same_passphrase { Some(passphrase.clone()) } else { options.new_passphrase.clone() };
    // BAK-022: what the backup has not, the first start makes as ever, from the words if there are some.
    Ok(Options { backup: None, passphrase: under, new_passphrase: None, ..options.clone() })
}

/// The home is there, and what came behind failed.
// BAK-025
pub(crate) fn but_not_started(error: Error, home: &Path) -> Error {
    Error::new(error.kind, "restore-not-started", [("home", Word::text(home.display()))]).because(error)
}

fn refused(error: &BackupError, file: &Path, home: &Path) -> Error {
    let (file, home) = (file.display(), home.display());
    match error {
        BackupError::NotOne => Error::new(ErrorKind::BadInput, "restore-not-one", [("file", Word::text(file))]),
        BackupError::Newer { found, known } => Error::new(
            ErrorKind::BadInput,
            "restore-newer",
            [("file", Word::text(file)), ("found", Word::text(found)), ("known", Word::text(known))],
        ),
        BackupError::WrongPassphrase => Error::new(ErrorKind::WrongPassphrase, "restore-wrong-passphrase", []),
        BackupError::Damaged { at } => {
            Error::new(ErrorKind::BadInput, "restore-damaged", [("file", Word::text(file)), ("at", Word::text(at))])
        }
        BackupError::InTheWay => Error::new(ErrorKind::Exists, "restore-in-the-way", [("home", Word::text(home))]),
        BackupError::Io(error) => Error::new(
            ErrorKind::NotFound,
            "restore-unreadable",
            [("file", Word::text(file)), ("why", Word::text(error))],
        ),
        BackupError::Store(error) => store_error(error),
    }
}
