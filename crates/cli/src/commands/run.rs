//! `kith run`: this process becomes the agent.
//!
//! The passphrase comes from a file or, once the home turns out to need one, from the terminal. So does that of a backup.

use super::Session;
use super::lock::given;
use crate::args::Run;
use crate::browser;
use crate::output::{Failure, Form, Outcome};
use crate::terminal::{self, PASSPHRASE_BYTES_MAX};
use crate::text::{text, text_with, visible};
use kith_agent::{FromBackup, Options, Ready};
use kith_api::{Error, ErrorKind};
use serde::Serialize;
use std::fs;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// How often a person may try the passphrase before the command ends.
const TRIES_MAX: u32 = 3;

/// Words that a root has.
const WORDS: usize = 24;
/// Longest input that is read for them.
const WORDS_BYTES_MAX: usize = 4096;

/// The first line of `kith run --json`.
#[derive(Serialize)]
struct ReadyLine<'a> {
    ready: bool,
    home_url: &'a str,
    port: u16,
}

/// Runs the agent until it is stopped.
pub(super) fn run(session: &Session, args: Run) -> Outcome {
    let (form, no_open, restored) = (session.form, args.no_open, args.restore_backup.is_some());
    run_until(session, args, &|ready| {
        announce(form, no_open, ready);
        if restored && form == Form::Plain {
            let _ = crate::output::print_words(&text("restored-next"));
        }
    })
}

/// Runs the agent as [`run`] does, which calls `up` once it is there.
pub(super) fn run_until(session: &Session, args: Run, up: &dyn Fn(&Ready)) -> Outcome {
    let passphrase = args.passphrase_file.as_deref().map(passphrase_from).transpose()?;
    let new_passphrase = args.new_passphrase_file.as_deref().map(passphrase_from).transpose()?;
    let may_ask = match &args.restore_backup {
        Some(_) => args.backup_passphrase_file.is_none(),
        None => passphrase.is_none() && new_passphrase.is_none(),
    };
    let mut options = Options {
        home: session.home.clone(),
        no_open: args.no_open,
        name: args.name,
        port: args.port,
        offline: args.offline,
        passphrase,
        new_passphrase,
        restore: if args.restore { Some(restored_words()?) } else { None },
        backup: args
            .restore_backup
            .map(|file| from_backup(file, args.backup_passphrase_file.as_deref()))
            .transpose()?,
        #[cfg(feature = "door")]
        durability_off: args.durability_off,
    };
    let mut tries = 0;
    loop {
        match kith_agent::run(options.clone(), up) {
            Err(error) if error.kind == ErrorKind::WrongPassphrase && may_ask && tries < TRIES_MAX => {
                let typed = ask_passphrase(tries, error)?;
                match &mut options.backup {
                    Some(backup) => backup.passphrase = typed,
                    None => options.passphrase = Some(typed),
                }
                tries += 1;
            }
            ended => return Ok(ended?),
        }
    }
}

/// The 24 words from standard input; a person at a terminal is told what to type. Never from an argument, which every
/// program on the machine can read.
fn restored_words() -> Outcome<Zeroizing<String>> {
    if terminal::is_attended() {
        crate::output::print_words(&text("restore-ask"))?;
    }
    let mut words = Zeroizing::new(String::with_capacity(WORDS_BYTES_MAX));
    let mut input = io::stdin().lock();
    let unreadable = |_| Error::said(ErrorKind::BadInput, text("error-words-input"), text("hint-words-restore"));
    // A line end after the last word is enough: nobody has to know how to end an input.
    while words.split_whitespace().count() < WORDS && words.len() < WORDS_BYTES_MAX {
        let read = input.by_ref().take(WORDS_BYTES_MAX as u64).read_line(&mut words).map_err(unreadable)?;
        if read == 0 {
            break;
        }
    }
    Ok(words)
}

/// The backup to begin from, with its passphrase.
fn from_backup(file: PathBuf, passphrase: Option<&Path>) -> Outcome<FromBackup> {
    Ok(FromBackup { file, passphrase: given(passphrase, "backup-ask-restore")? })
}

/// Says that the agent is there. An agent whose stdout nobody reads goes on.
fn announce(form: Form, no_open: bool, ready: &Ready) {
    let line = ReadyLine { ready: true, home_url: &ready.home_url, port: ready.port };
    let told = form.print(&line, |line| text_with("ready", &[("url", line.home_url.to_owned())]));
    let opened = !no_open && browser::open(&ready.open_url);
    if told.is_ok() && !opened && form == Form::Plain {
        let _ = crate::output::print_words(&text_with("ready-open", &[("url", ready.open_url.clone())]));
    }
}

/// The passphrase from the terminal; without one, the agent's own words.
fn ask_passphrase(tries: u32, error: Error) -> Outcome<Zeroizing<String>> {
    let question = text(if tries == 0 { "passphrase-ask" } else { "passphrase-again" });
    terminal::passphrase(&question)?.ok_or(Failure::Error(error))
}

/// The passphrase in a file, without its final line end.
pub(super) fn passphrase_from(path: &Path) -> Outcome<Zeroizing<String>> {
    let bytes = Zeroizing::new(fs::read(path).map_err(|error| unusable(path, &error.to_string()))?);
    let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.is_empty() || line.len() > PASSPHRASE_BYTES_MAX {
        return Err(unusable(path, &text("passphrase-size")).into());
    }
    match std::str::from_utf8(line) {
        Ok(passphrase) => Ok(Zeroizing::new(passphrase.to_owned())),
        Err(_) => Err(unusable(path, &text("not-utf8")).into()),
    }
}

/// A passphrase file that can't be used.
fn unusable(path: &Path, why: &str) -> Error {
    let words = [("file", visible(&path.display().to_string())), ("why", why.to_owned())];
    Error::said(ErrorKind::BadInput, text_with("error-passphrase-file", &words), text("hint-passphrase-file"))
}
