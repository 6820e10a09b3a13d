//! `kith status`, `stop`, `seed` and `open`: this device. A launcher opens an app by `open --start`, without a terminal.

use super::{Session, ask};
use crate::args::{Open as OpenArgs, Run, Seed as SeedArgs};
use crate::browser;
use crate::output::{Failure, Form, Outcome};
use crate::terminal;
use crate::text::{language, text, text_count, text_with, visible};
use kith_api::{Error, ErrorKind, Open, Request, Seed, Status};
use serde::Serialize;
use std::io::{self, Read};
use std::thread;
use std::time::{Duration, Instant};

/// Longest input that is read for the seed words: many times 24 words.
const WORDS_BYTES_MAX: u64 = 4096;
/// How long an agent that somebody else starts is waited for: its keyring may ask its person first.
const STARTS_WITHIN: Duration = Duration::from_secs(90);
/// Words on one row.
const ROW: usize = 4;

/// What `kith stop --json` prints.
#[derive(Serialize)]
struct StoppedLine {
    stopped: bool,
}

/// Says what this device is doing.
pub(super) fn status(session: &Session) -> Outcome {
    let status: Status = session.ask(Request::Status)?;
    session.form.print(&status, status_words)
}

/// The status for a person.
fn status_words(status: &Status) -> String {
    let mut lines = vec![
        text_with("status-version", &[("version", status.version.clone())]),
        text_with("status-home", &[("home", visible(&status.home)), ("url", status.home_url.clone())]),
        text_with("status-ports", &[("web", status.port.to_string()), ("udp", status.udp_port.to_string())]),
        text(if status.reach == "lan" { "status-lan" } else { "status-internet" }),
        text_count("status-contacts", u64::from(status.contacts)),
        text_with("status-online", &[("online", status.online.to_string()), ("direct", status.direct.to_string())]),
        text_count("status-waiting", u64::from(status.waiting)),
        text_count("status-stored", status.stored_bytes.div_ceil(1024)),
    ];
    if status.key_in_file {
        lines.push(text("status-key-in-file"));
    }
    if !status.seed_confirmed {
        lines.push(text("status-seed"));
    }
    lines.join("\n")
}

/// Stops the agent, and ends when it ended.
pub(super) fn stop(session: &Session) -> Outcome {
    let mut client = session.connect()?;
    ask::<()>(&mut client, Request::Stop)?;
    client.wait_for_end()?;
    session.form.print(&StoppedLine { stopped: true }, |_| text("stopped"))
}

/// Shows or confirms the seed words.
pub(super) fn seed(session: &Session, args: SeedArgs) -> Outcome {
    match args {
        SeedArgs::Show => {
            let seed: Seed = session.ask(Request::SeedShow)?;
            session.form.print(&seed, seed_words)
        }
        SeedArgs::Confirm { words } => {
            let words = if words.is_empty() { words_from_input()? } else { words.join(" ") };
            let seed: Seed = session.ask(Request::SeedConfirm { words })?;
            session.form.print(&seed, |_| text("seed-confirmed"))
        }
    }
}

/// The words, numbered.
fn seed_words(seed: &Seed) -> String {
    let Some(words) = &seed.words else {
        return text("seed-gone");
    };
    let numbered: Vec<_> = words.iter().zip(1..).map(|(word, number)| format!("{number:>2}. {word:<10}")).collect();
    let rows: Vec<_> = numbered.chunks(ROW).map(|row| row.join(" ").trim_end().to_owned()).collect();
    format!("{}\n\n{}\n\n{}", text("seed-intro"), rows.join("\n"), text("seed-next"))
}

/// The words from standard input.
fn words_from_input() -> Result<String, Error> {
    let mut words = String::new();
    let read = io::stdin().lock().take(WORDS_BYTES_MAX).read_to_string(&mut words);
    read.map_err(|_| Error::said(ErrorKind::BadInput, text("error-words-input"), text("hint-words-input")))?;
    Ok(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Prints a one-time address, and for a person opens it where that is possible.
pub(super) fn open(session: &Session, args: OpenArgs) -> Outcome {
    let OpenArgs { contact, no_open, start } = args;
    let opened = match show(session, contact.clone(), no_open) {
        Err(Failure::Error(error))
            if start && error.kind == ErrorKind::NotRunning && kith_agent::is_home(&session.home) =>
        {
            become_agent(session, contact)
        }
        opened => opened,
    };
    if start && let Err(Failure::Error(error)) = &opened {
        tell(error);
    }
    opened
}

fn show(session: &Session, contact: Option<String>, no_open: bool) -> Outcome {
    let open: Open = session.ask(Request::Open { contact })?;
    session.form.print(&open, |open| open.url.clone())?;
    if session.form == Form::Plain && !no_open {
        browser::open(&open.url);
    }
    Ok(())
}

/// Runs the agent in this process, and opens the app once it is there. PLACE-011
fn become_agent(session: &Session, contact: Option<String>) -> Outcome {
    let ended = super::run::run_until(session, Run::default(), &|_| {
        let (session, contact) = (session.clone(), contact.clone());
        // The agent goes on meanwhile, and answers.
        thread::spawn(move || {
            if let Err(Failure::Error(error)) = show(&session, contact, false) {
                tell(&error);
            }
        });
    });
    match ended {
        // Somebody started it a moment earlier, and it is on its way.
        Err(Failure::Error(error)) if error.kind == ErrorKind::AlreadyRunning => {
            let since = Instant::now();
            loop {
                match show(session, contact.clone(), false) {
                    Err(Failure::Error(error))
                        if error.kind == ErrorKind::NotRunning && since.elapsed() < STARTS_WITHIN =>
                    {
                        thread::sleep(Duration::from_millis(100));
                    }
                    shown => return shown,
                }
            }
        }
        ended => ended,
    }
}

/// Where nobody reads what a program prints, the desktop says why nothing opened.
fn tell(error: &Error) {
    if !terminal::is_attended() {
        let (message, hint) = error.told(language());
        kith_agent::say_on_desktop(&text("open-failed"), &format!("{message} {hint}"));
    }
}
