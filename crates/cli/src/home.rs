//! Which directory is this device's home: `--home`, else `KITH_HOME`, else `kith` in the XDG data directory.

use crate::text::text;
use kith_api::{Error, ErrorKind};
use std::env;
use std::path::PathBuf;

/// The home that the option and the environment choose.
///
/// # Errors
/// `bad_input` if neither names one and the environment has no home directory of the user.
pub(crate) fn choose(option: Option<PathBuf>) -> Result<PathBuf, Error> {
    option
        .or_else(|| directory("KITH_HOME"))
        .or_else(|| data_directory().map(|data| data.join("kith")))
        .ok_or_else(|| Error::said(ErrorKind::BadInput, text("error-no-home"), text("hint-no-home")))
}

/// The XDG data directory. The specification has relative paths ignored.
fn data_directory() -> Option<PathBuf> {
    directory("XDG_DATA_HOME")
        .filter(|path| path.is_absolute())
        .or_else(|| directory("HOME").map(|home| home.join(".local/share")))
}

/// A path from the environment; an empty variable counts as unset.
fn directory(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}
