//! `kith backup`: the agent writes one file with all that may go to another device.
//!
//! Ctrl-C stops the backup itself. The agent then answers what was asked of it with why there is none, and that is what is
//! said here; nothing of it is left.

use super::Session;
use super::file::{absolute, size};
use super::lock::new_one;
use crate::args::Backup;
use crate::interrupt;
use crate::output::{Form, Outcome, print_words};
use crate::terminal::progress;
use crate::text::{text_with, visible};
use indicatif::ProgressBar;
use kith_api::client::Watch;
use kith_api::{BackedUp, Change, Request};
use std::thread;

/// Asks for the passphrase, then waits until the file is there.
pub(super) fn backup(session: &Session, args: &Backup) -> Outcome {
    let mut client = session.connect()?;
    let path = absolute(&args.file)?;
    let passphrase = new_one(args.passphrase_file.as_deref(), "backup-ask")?;
    let bar = shown(session)?;
    let mut stopping = session.connect()?;
    interrupt::asks_first(move || drop(stopping.call(Request::BackupStop)))?;
    let made = super::ask(&mut client, Request::Backup { path, passphrase: passphrase.to_string() });
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    let made: BackedUp = made?;
    if session.form == Form::Plain {
        for name in &made.left_out {
            print_words(&text_with("backup-left-out", &[("name", visible(name))]))?;
        }
    }
    session.form.print(&made, |made| {
        let words = [
            ("path", visible(made.path.as_deref().unwrap_or_default())),
            ("contacts", made.contacts.to_string()),
            ("files", made.files.to_string()),
            ("size", size(made.size)),
        ];
        text_with("backed-up", &words)
    })
}

/// A bar for people at a terminal, which follows the backup from here on.
fn shown(session: &Session) -> Outcome<Option<ProgressBar>> {
    let template = "{bar:28} {binary_bytes}/{binary_total_bytes} {binary_bytes_per_sec}";
    let Some(bar) = progress(session.form, template, 0) else { return Ok(None) };
    let (watch, follower) = (session.connect()?.watch(None)?, bar.clone());
    thread::spawn(move || follow(watch, &follower));
    Ok(Some(bar))
}

/// Moves the bar until the backup ends, or nobody tells any more.
fn follow(watch: Watch, bar: &ProgressBar) {
    for push in watch.map_while(Result::ok) {
        let Change::Backup(progress) = push.change else { continue };
        if progress.made.is_some() || progress.error.is_some() {
            return;
        }
        bar.set_length(progress.about);
        bar.set_position(progress.written);
    }
}
