//! What this device's person chose about the device itself.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The choices as they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Settings {
    /// The name that people who are invited see; none was given where it is `None`.
    pub name: Option<String>,
    /// The language of pages and notifications (`en`, `de`, `ar`); `None`: as each browser, and this user's environment, has it.
    pub language: Option<String>,
    /// The home is under a passphrase, so it can be locked.
    pub passphrase: bool,
    /// What the passphrase comes to is in the desktop's keyring, so that Kith starts without asking.
    pub keyring: bool,
    /// Pages and commands are locked at present.
    pub locked: bool,
    /// Minutes without anybody at a page or a command after which the device locks itself; 0: never.
    pub lock_after_minutes: u32,
    /// What the desktop's notifications say.
    pub notifications: Notifications,
}

/// What a notification says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Notifications {
    /// There are none.
    Off,
    /// Who wrote, and nothing of what.
    #[default]
    Names,
    /// Who wrote, and the beginning of it.
    Texts,
}
