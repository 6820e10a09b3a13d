//! The blobs of one conversation: `files/<name of its vault>/` in the home, readable by this user alone.
//!
//! A blob is named after its file's key ([`crate::seal::blob_name`]), so that nothing has to be stored to find it, and one
//! whose event is gone is found by being none of those that are left.

use crate::blob::{UNFINISHED, with_ending};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

/// The folder of all conversations' folders, in a home.
pub const FILES: &str = "files";

/// One conversation's folder, there or not.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder of the conversation whose vault's file is called so.
    pub fn of(home: &Path, vault_file: &str) -> Self {
        let stem = vault_file.strip_suffix(".db").unwrap_or(vault_file);
        Self(home.join(FILES).join(stem))
    }

    /// Makes it where it is missing.
    ///
    /// # Errors
    /// What the disk says.
    pub fn make(&self) -> io::Result<()> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.0)
    }

    /// Whether it was made.
    pub fn is_there(&self) -> bool {
        self.0.exists()
    }

    /// Where a blob is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The name of each blob, whole or being made, and what it takes on the disk.
    ///
    /// # Errors
    /// What the disk says.
    pub fn blobs(&self) -> io::Result<Vec<(String, u64)>> {
        let entries = self.entries()?.into_iter();
        Ok(entries
            .filter_map(|path| {
                let name = path.file_name()?.to_str()?;
                let name = name.strip_suffix(UNFINISHED).unwrap_or(name).to_owned();
                // One that went since is none.
                Some((name, allocated(&fs::metadata(path).ok()?)))
            })
            .collect())
    }

    /// The blobs that are whole, with their names.
    ///
    /// # Errors
    /// What the disk says.
    pub fn whole(&self) -> io::Result<Vec<(String, PathBuf)>> {
        let named = |path: PathBuf| Some((path.file_name()?.to_str()?.to_owned(), path));
        let named = self.entries()?.into_iter().filter_map(named);
        Ok(named.filter(|(name, _)| !name.ends_with(UNFINISHED)).collect())
    }

    /// Removes a blob, whole or being made, if it is there.
    ///
    /// # Errors
    /// What the disk says.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        let path = self.path(name);
        for path in [with_ending(&path, UNFINISHED), path] {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Removes every blob but these, whether whole or being made (FILE-017); says how many that were.
    ///
    /// # Errors
    /// What the disk says.
    pub fn keep_only(&self, names: &BTreeSet<String>) -> io::Result<usize> {
        let mut removed = 0;
        for path in self.entries()? {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if !names.contains(name.strip_suffix(UNFINISHED).unwrap_or(name)) {
                fs::remove_file(&path)?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Removes the folder with all that is in it.
    ///
    /// # Errors
    /// What the disk says.
    pub fn remove_all(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.0) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Room on the disk that it is on, for this user.
    pub fn room(&self) -> Option<u64> {
        let there = self.0.ancestors().find(|path| path.exists())?;
        rustix::fs::statvfs(there).ok().map(|found| found.f_bavail.saturating_mul(found.f_frsize))
    }

    fn entries(&self) -> io::Result<Vec<PathBuf>> {
        match fs::read_dir(&self.0) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
            Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect(),
        }
    }
}

/// Removes the folders of conversations that are no more: all but those of these vaults' files.
///
/// # Errors
/// What the disk says.
pub fn sweep(home: &Path, vault_files: &BTreeSet<String>) -> io::Result<usize> {
    let kept: BTreeSet<&str> = vault_files.iter().map(|file| file.strip_suffix(".db").unwrap_or(file)).collect();
    let entries = match fs::read_dir(home.join(FILES)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
        entries => entries?,
    };
    let mut removed = 0;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_str().unwrap_or_default();
        let is_ours = name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_ours && !kept.contains(name) {
            fs::remove_dir_all(entry.path())?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// What a file takes on the disk; one that is partly here is sparse.
fn allocated(found: &fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    found.blocks().saturating_mul(512)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FILE-017
    #[test]
    fn blobs_whose_event_is_gone_are_removed_and_no_others() {
        let home = tempfile::tempdir().unwrap();
        let (vault, other) = (format!("{}.db", "ab".repeat(16)), format!("{}.db", "cd".repeat(16)));
        let folder = Folder::of(home.path(), &vault);
        assert_eq!(folder.keep_only(&BTreeSet::new()).unwrap(), 0);
        for folder in [&folder, &Folder::of(home.path(), &other)] {
            folder.make().unwrap();
            for name in ["kept", "gone", "kept.new", "gone.new"] {
                fs::write(folder.path(name), "x").unwrap();
            }
        }
        fs::write(home.path().join(FILES).join("notes"), "somebody's").unwrap();
        assert_eq!(folder.keep_only(&["kept".to_owned()].into()).unwrap(), 2);
        assert!(folder.path("kept").exists() && folder.path("kept.new").exists());
        let blobs = folder.blobs().unwrap();
        assert!(blobs.len() == 2 && blobs.iter().all(|(name, bytes)| name == "kept" && *bytes > 0), "{blobs:?}");
        assert_eq!(sweep(home.path(), &[vault].into()).unwrap(), 1);
        assert!(folder.path("kept").exists() && home.path().join(FILES).join("notes").exists());
        assert_eq!(folder.whole().unwrap(), [("kept".to_owned(), folder.path("kept"))]);
        folder.remove("kept").unwrap();
        assert_eq!(folder.blobs().unwrap(), Vec::new());
        folder.remove_all().unwrap();
        assert!(!folder.path("kept").exists());
    }
}
