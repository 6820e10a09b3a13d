//! The copy of the workspace that faults are put into, and the environment that builds it.
//!
//! Only what differs is written: cargo goes by times, and an untouched file costs no build. What a run that was broken off
//! left behind is put right by the next one in the same way.

use crate::Outcome;
use crate::environment::{Environment, output};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A copy of the workspace.
pub(super) struct Tree<'a> {
    /// Builds it, in a target directory of its own.
    pub(super) environment: Environment,
    origin: &'a Environment,
    listed: BTreeSet<PathBuf>,
}

impl<'a> Tree<'a> {
    /// Brings the copy to the state of the workspace: every file that git knows or would take in.
    pub(super) fn copy(origin: &'a Environment) -> Outcome<Self> {
        let (root, target) = (origin.sabotage.join("tree"), origin.sabotage.join("target"));
        let mut list = origin.command("git");
        let listed = output(list.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]))?;
        let listed = listed.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from);
        let listed = listed.filter(|name| origin.root.join(name).is_file()).collect();
        let tree = Self { environment: Environment { root, target, ..origin.clone() }, origin, listed };
        for name in &tree.listed {
            tree.bring(name)?;
        }
        tree.drop_others(&tree.environment.root)?;
        Ok(tree)
    }

    /// A file, or the Rust files of a folder: names and texts.
    pub(super) fn read_all(&self, place: &str) -> Outcome<Vec<(PathBuf, String)>> {
        let names = self.listed.iter().filter(|name| name.starts_with(place));
        let names = names.filter(|name| name.extension().is_some_and(|extension| extension == "rs"));
        let read = |name: &PathBuf| Ok((name.clone(), fs::read_to_string(self.environment.root.join(name))?));
        let read: std::io::Result<_> = names.map(read).collect();
        read.map_err(|error| format!("{place} can't be read: {error}"))
    }

    /// Replaces a file.
    pub(super) fn write(&self, name: &Path, text: &str) -> Outcome {
        let written = fs::write(self.environment.root.join(name), text);
        written.map_err(|error| format!("{} can't be written: {error}", name.display()))
    }

    /// Copies a file unless the copy is the same.
    fn bring(&self, name: &Path) -> Outcome {
        let (from, to) = (self.origin.root.join(name), self.environment.root.join(name));
        let bring = || -> std::io::Result<()> {
            let bytes = fs::read(&from)?;
            if fs::read(&to).is_ok_and(|copied| copied == bytes) {
                return Ok(());
            }
            to.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::write(&to, bytes)
        };
        bring().map_err(|error| format!("{} can't be copied: {error}", name.display()))
    }

    /// Removes what the workspace does not have.
    fn drop_others(&self, directory: &Path) -> Outcome {
        let entries = fs::read_dir(directory).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let entries = entries.map_err(|error| format!("{} can't be read: {error}", directory.display()))?;
        for path in entries.into_iter().map(|entry| entry.path()) {
            let name = path.strip_prefix(&self.environment.root).unwrap_or(&path);
            if path.is_dir() {
                self.drop_others(&path)?;
            } else if !self.listed.contains(name) {
                fs::remove_file(&path).map_err(|error| format!("{} can't be removed: {error}", path.display()))?;
            }
        }
        Ok(())
    }
}
