//! A browser of the test's own, which opens nothing and says which address it was told to open.

use crate::lan::Lan;
use crate::wait::holds;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What `xdg-open` is for a program that has [`Self::path`] as its `PATH` and [`Self::DISPLAY`] as its `DISPLAY`.
pub struct Browser {
    path: PathBuf,
    opened: PathBuf,
}

impl Browser {
    /// A display, without which nobody opens a browser.
    pub const DISPLAY: &str = ":0";

    /// Puts it into a LAN's folder.
    pub fn new(lan: &Lan) -> Self {
        let (bin, opened) = (lan.folder().join("bin"), lan.folder().join("opened"));
        fs::create_dir(&bin).unwrap();
        let program = bin.join("xdg-open");
        fs::write(&program, format!("#!/bin/sh\necho \"$1\" > {}\n", opened.display())).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        Self { path: path.into(), opened }
    }

    /// Where programs are looked for, this one first.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Waits until it was told to open an address, and takes that.
    ///
    /// # Panics
    /// When the deadline is over.
    #[track_caller]
    pub fn takes(&self, deadline: Duration) -> String {
        let read = || fs::read_to_string(&self.opened).unwrap_or_default();
        let url = holds("an address is opened", deadline, read, |url| url.ends_with('\n'));
        fs::remove_file(&self.opened).unwrap();
        url
    }
}
