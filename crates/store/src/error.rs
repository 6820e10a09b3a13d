//! Why stored things could not be read or written. What a person is told of it is the agent's to say.
//!
//! Each error names what is to blame: the person's input (a passphrase), the environment (disk, permissions, a second
//! agent), the data (damage, a newer version), or us (a broken contract).

use std::fmt;
use std::path::{Path, PathBuf};

/// What kind of failure it was; see [`StoreError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The passphrase does not open the key.
    WrongPassphrase,
    /// The key is under a passphrase and none was given.
    PassphraseNeeded,
    /// A newer version of Kith wrote it, in a format this one can't read.
    NewerVersion {
        /// The format found.
        found: u64,
        /// The newest format this version knows.
        known: u64,
    },
    /// It does not decrypt under its key, or is not what it should be.
    Damaged,
    /// It can't be written.
    ReadOnly,
    /// There is no room.
    DiskFull,
    /// Another agent has it open.
    InUse {
        /// That agent's process, if it said so.
        process: Option<u32>,
    },
    /// There is nothing where something should be.
    Missing,
    /// There is something where nothing should be.
    Exists,
    /// The system failed otherwise.
    Io,
    /// The caller broke the contract of `kith_proto::io`. Nothing was applied.
    Contract,
}

/// A failure of the storage: what kind, of which file, and what the system said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError {
    kind: ErrorKind,
    file: PathBuf,
    detail: String,
}

impl StoreError {
    pub(crate) fn new(kind: ErrorKind, file: &Path, detail: impl Into<String>) -> Self {
        Self { kind, file: file.to_owned(), detail: detail.into() }
    }

    pub(crate) fn damaged(file: &Path, detail: impl Into<String>) -> Self {
        Self::new(ErrorKind::Damaged, file, detail)
    }

    pub(crate) fn io(file: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind as Cause;
        let kind = match error.kind() {
            Cause::NotFound => ErrorKind::Missing,
            Cause::AlreadyExists => ErrorKind::Exists,
            Cause::PermissionDenied | Cause::ReadOnlyFilesystem => ErrorKind::ReadOnly,
            Cause::StorageFull | Cause::QuotaExceeded | Cause::FileTooLarge => ErrorKind::DiskFull,
            _ => ErrorKind::Io,
        };
        Self::new(kind, file, error.to_string())
    }

    pub(crate) fn sql(file: &Path, error: &rusqlite::Error) -> Self {
        Self::new(sql_kind(error), file, error.to_string())
    }

    /// The kind, to decide by.
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The file it is about.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// What the system said, or what of the file is not as it should be; empty where the kind says all.
    pub fn detail(&self) -> &str {
        &self.detail
    }
}

fn sql_kind(error: &rusqlite::Error) -> ErrorKind {
    use rusqlite::Error as Sql;
    use rusqlite::ErrorCode as Code;
    match error {
        Sql::FromSqlConversionFailure(..) | Sql::InvalidColumnType(..) | Sql::IntegralValueOutOfRange(..) => {
            ErrorKind::Damaged
        }
        _ => match error.sqlite_error_code() {
            Some(Code::NotADatabase | Code::DatabaseCorrupt) => ErrorKind::Damaged,
            Some(Code::ReadOnly | Code::PermissionDenied) => ErrorKind::ReadOnly,
            Some(Code::DiskFull) => ErrorKind::DiskFull,
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => ErrorKind::InUse { process: None },
            Some(Code::ConstraintViolation) => ErrorKind::Contract,
            _ => ErrorKind::Io,
        },
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, file, detail } = self;
        let file = file.display();
        match kind {
            ErrorKind::WrongPassphrase => f.write_str("this passphrase does not open the key"),
            ErrorKind::PassphraseNeeded => f.write_str("the key is protected by a passphrase"),
            ErrorKind::NewerVersion { found, known } => {
                write!(f, "{file} was written by a newer version of Kith (format {found}; this version knows {known})")
            }
            ErrorKind::Damaged => write!(f, "{file} can't be read: {detail}"),
            ErrorKind::ReadOnly => write!(f, "{file} can't be written: {detail}"),
            ErrorKind::DiskFull => write!(f, "there is no room left to write {file}"),
            ErrorKind::InUse { process: Some(process) } => write!(f, "{file} is in use by process {process}"),
            ErrorKind::InUse { process: None } => write!(f, "{file} is in use by another process"),
            ErrorKind::Missing => write!(f, "{file} is not there"),
            ErrorKind::Exists => write!(f, "{file} is there already"),
            ErrorKind::Io => write!(f, "{file} could not be read or written: {detail}"),
            ErrorKind::Contract => write!(f, "Kith asked to store something that can't be: {detail}"),
        }
    }
}

impl std::error::Error for StoreError {}
