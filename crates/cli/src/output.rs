//! What leaves on stdout and stderr, in one of two forms: plain words for people, or one JSON object per line.
//!
//! A line is written by one call and flushed, so that a reader sees whole lines as they come. A reader that went away
//! is not an error: [`Failure::StdoutGone`] ends the command quietly.

use crate::text::{language, text_with};
use kith_api::{Error, ErrorKind};
use serde::Serialize;
use std::io::{self, ErrorKind as IoKind, IsTerminal, Write};

/// Who reads: a person or a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Words.
    Plain,
    /// One object per line.
    Json,
}

/// Why a command did not end well.
#[derive(Debug)]
pub(crate) enum Failure {
    /// To be told to whoever called.
    Error(Error),
    /// Nobody reads stdout any more, so there is nothing left to do.
    StdoutGone,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// The outcome of a command.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// An error as scripts read it.
#[derive(Serialize)]
struct ErrorLine<'a> {
    error: &'a Error,
}

impl Form {
    /// The form that `--json` chooses.
    pub(crate) fn of(json: bool) -> Self {
        if json { Self::Json } else { Self::Plain }
    }

    /// Prints an object to programs, or the words for it to people.
    pub(crate) fn print<T: Serialize>(self, object: &T, words: impl FnOnce(&T) -> String) -> Outcome {
        match self {
            Self::Json => print_json(object),
            Self::Plain => print_words(&words(object)),
        }
    }

    /// Tells an error on stderr.
    pub(crate) fn error(self, error: &Error) {
        let text = match self {
            Self::Json => json_line(&ErrorLine { error }).unwrap_or_default(),
            Self::Plain => plain_error(error),
        };
        // Where stderr is closed as well, there is nobody left to tell.
        let _ = io::stderr().write_all(text.as_bytes());
    }

    /// Tells a usage error on stderr.
    pub(crate) fn usage_error(self, message: &str) {
        self.error(&Error::said(ErrorKind::BadRequest, message, text_with("hint-usage", &[])));
    }
}

/// An error in plain words: what, then the next step.
fn plain_error(error: &Error) -> String {
    let (message, hint) = error.told(language());
    let mut words = text_with("error", &[("message", message)]);
    if !hint.is_empty() {
        words.push('\n');
        words.push_str(&hint);
    }
    words.push('\n');
    words
}

/// Prints one object on one line.
pub(crate) fn print_json<T: Serialize>(object: &T) -> Outcome {
    write_stdout(&json_line(object)?)
}

/// Prints words and a line end; nothing at all for no words.
pub(crate) fn print_words(words: &str) -> Outcome {
    if words.is_empty() { Ok(()) } else { write_stdout(&format!("{words}\n")) }
}

/// Whether stdout shows to a person, so that a QR or a question makes sense.
pub(crate) fn stdout_is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// An object and a line end.
fn json_line<T: Serialize>(object: &T) -> Result<String, Error> {
    let line = serde_json::to_string(object);
    let mut line = line.map_err(|error| {
        Error::said(
            ErrorKind::Internal,
            text_with("error-json", &[("why", error.to_string())]),
            text_with("hint-bug", &[]),
        )
    })?;
    line.push('\n');
    Ok(line)
}

/// Writes and flushes; a reader that went away is told apart.
fn write_stdout(text: &str) -> Outcome {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).map_err(|error| match error.kind() {
        IoKind::BrokenPipe => Failure::StdoutGone,
        _ => Failure::Error(Error::said(
            ErrorKind::Storage,
            text_with("error-stdout", &[("why", error.to_string())]),
            text_with("hint-stdout", &[]),
        )),
    })
}
