//! `kith settings`, `lock`, `unlock` and `passphrase`: what this device's person chose, and the lock of its pages and commands.

use super::run::passphrase_from;
use super::{Session, ask};
use crate::args::{NotificationsArg, Passphrase, Settings as SettingsArgs, Unlock};
use crate::output::Outcome;
use crate::terminal;
use crate::text::{text, text_count, text_with, visible};
use kith_api::client::Client;
use kith_api::{Error, ErrorKind, Notifications, Request, Settings};
use serde::Serialize;
use std::path::Path;
use zeroize::Zeroizing;

/// What `kith lock --json` and `unlock --json` print.
#[derive(Serialize)]
struct LockedLine {
    locked: bool,
}

/// Shows the settings, as they are after what was chosen.
pub(super) fn settings(session: &Session, args: &SettingsArgs) -> Outcome {
    let notifications = args.notifications.map(|chosen| match chosen {
        NotificationsArg::Off => Notifications::Off,
        NotificationsArg::Names => Notifications::Names,
        NotificationsArg::Texts => Notifications::Texts,
    });
    let (name, language) = (args.name.clone(), args.language.clone());
    let request = Request::Choose { name, language, notifications, lock_after_minutes: args.lock_after };
    let settings: Settings = session.ask(request)?;
    session.form.print(&settings, words)
}

/// The settings for a person.
fn words(settings: &Settings) -> String {
    let notifications = match settings.notifications {
        Notifications::Off => "settings-notifications-off",
        Notifications::Names => "settings-notifications-names",
        Notifications::Texts => "settings-notifications-texts",
    };
    let passphrase = if settings.passphrase { "settings-passphrase" } else { "settings-no-passphrase" };
    let after = u64::from(settings.lock_after_minutes);
    let keyring = text(if settings.keyring { "settings-keyring" } else { "settings-no-keyring" });
    let lock = if after == 0 { text("settings-lock-never") } else { text_count("settings-lock-after", after) };
    let name = match &settings.name {
        Some(name) => text_with("settings-name", &[("name", visible(name))]),
        None => text("settings-no-name"),
    };
    let language = match &settings.language {
        Some(tag) => text_with("settings-language", &[("language", tag.clone())]),
        None => text("settings-no-language"),
    };
    let mut lines = vec![name, language, text(notifications), text(passphrase)];
    // What asks nothing has nothing to keep.
    lines.extend(settings.passphrase.then_some(keyring));
    lines.push(lock);
    lines.join("\n")
}

/// Locks pages and commands.
pub(super) fn lock(session: &Session) -> Outcome {
    session.ask::<()>(Request::Lock)?;
    session.form.print(&LockedLine { locked: true }, |_| text("locked"))
}

/// Opens them again.
pub(super) fn unlock(session: &Session, args: &Unlock) -> Outcome {
    let mut client = session.connect()?;
    let given = given(args.passphrase_file.as_deref(), "passphrase-ask")?;
    ask::<()>(&mut client, Request::Unlock { passphrase: given.to_string() })?;
    session.form.print(&LockedLine { locked: false }, |_| text("unlocked"))
}

/// Sets, changes or removes the passphrase.
pub(super) fn passphrase(session: &Session, args: &Passphrase) -> Outcome {
    let mut client = session.connect()?;
    if args.keyring || args.no_keyring {
        return keyring(session, &mut client, args);
    }
    let before: Settings = ask(&mut client, Request::Settings)?;
    let old =
        if before.passphrase { Some(given(args.passphrase_file.as_deref(), "passphrase-ask-old")?) } else { None };
    let new =
        if args.remove { None } else { Some(new_one(args.new_passphrase_file.as_deref(), "passphrase-ask-new")?) };
    let settings = set(&mut client, old, new)?;
    session.form.print(&settings, |settings| {
        let done = match (settings.passphrase, settings.keyring) {
            (false, _) => "passphrase-removed",
            (true, false) => "passphrase-set",
            (true, true) => "passphrase-set-kept",
        };
        let lost = before.keyring && settings.passphrase && !settings.keyring;
        if lost { format!("{}\n{}", text(done), text("keyring-lost")) } else { text(done) }
    })
}

/// Lets the desktop's keyring keep what the passphrase comes to, or takes that away.
fn keyring(session: &Session, client: &mut Client, args: &Passphrase) -> Outcome {
    let settings: Settings = ask(client, Request::Settings)?;
    if !settings.passphrase {
        // Nobody is asked for a passphrase that there is not.
        let error =
            Error::said(ErrorKind::WrongState, text("error-keyring-no-passphrase"), text("hint-keyring-no-passphrase"));
        return Err(error.into());
    }
    let given = given(args.passphrase_file.as_deref(), "passphrase-ask")?;
    let request = Request::Keyring { passphrase: given.to_string(), keep: args.keyring };
    let settings: Settings = ask(client, request)?;
    session.form.print(&settings, |settings| text(if settings.keyring { "keyring-kept" } else { "keyring-forgotten" }))
}

fn set(client: &mut Client, old: Option<Zeroizing<String>>, new: Option<Zeroizing<String>>) -> Outcome<Settings> {
    let plain = |passphrase: Option<Zeroizing<String>>| passphrase.map(|passphrase| passphrase.to_string());
    ask(client, Request::SetPassphrase { old: plain(old), new: plain(new) })
}

/// A new passphrase, from a file or typed twice.
pub(super) fn new_one(file: Option<&Path>, question: &str) -> Outcome<Zeroizing<String>> {
    if file.is_some() {
        return given(file, question);
    }
    let first = given(None, question)?;
    let second = given(None, "passphrase-ask-repeat")?;
    if *first == *second {
        return Ok(first);
    }
    Err(Error::said(ErrorKind::BadInput, text("error-passphrases-differ"), text("hint-passphrases-differ")).into())
}

/// A passphrase from a file, or from the terminal.
pub(super) fn given(file: Option<&Path>, question: &str) -> Outcome<Zeroizing<String>> {
    if let Some(file) = file {
        return passphrase_from(file);
    }
    let typed = terminal::passphrase(&text(question))?;
    let nobody = || Error::said(ErrorKind::BadInput, text("error-no-passphrase"), text("hint-no-passphrase"));
    Ok(typed.ok_or_else(nobody)?)
}
