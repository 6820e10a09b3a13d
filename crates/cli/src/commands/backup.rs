//! `kith backup`: the agent writes one file with all that may go to another device.

use super::Session;
use super::file::{absolute, size};
use super::lock::new_one;
use crate::args::Backup;
use crate::output::{Form, Outcome, print_words};
use crate::text::{text_with, visible};
use kith_api::{BackedUp, Request};

/// Asks for the passphrase, then waits until the file is there.
pub(super) fn backup(session: &Session, args: &Backup) -> Outcome {
    let mut client = session.connect()?;
    let path = absolute(&args.file)?;
    let passphrase = new_one(args.passphrase_file.as_deref(), "backup-ask")?;
    let made: BackedUp = super::ask(&mut client, Request::Backup { path, passphrase: passphrase.to_string() })?;
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
