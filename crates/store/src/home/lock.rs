//! One agent per home: an exclusive lock on a file that says who holds it. The system releases it when the process ends.

use crate::error::{ErrorKind, StoreError};
use crate::files;
use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;

/// Holds a home as long as it lives.
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, or says which process has it (VAULT-002).
    pub(crate) fn take(path: &Path) -> Result<Self, StoreError> {
        let mut file = files::private_file(path)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {
                write_process(&mut file).map_err(|error| StoreError::io(path, &error))?;
                Ok(Self { _file: file })
            }
            Err(Errno::WOULDBLOCK) => {
                let process = read_process(&mut file);
                Err(StoreError::new(ErrorKind::InUse { process }, path, ""))
            }
            Err(error) => Err(StoreError::io(path, &error.into())),
        }
    }
}

fn write_process(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    writeln!(file, "{}", std::process::id())
}

fn read_process(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
