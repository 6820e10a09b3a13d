//! Talking with a person at a terminal: a question, a passphrase that isn't shown, a QR, a bar that grows.

use crate::output::{Form, Outcome, print_words, stdout_is_terminal};
use crate::text::text;
use fast_qr::{ECL, QRBuilder};
use indicatif::{ProgressBar, ProgressStyle};
use kith_api::{Error, ErrorKind};
use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};
use std::env;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use zeroize::Zeroizing;

/// Longest passphrase in bytes: more is a file given by mistake.
pub(crate) const PASSPHRASE_BYTES_MAX: usize = 1024;

/// Whether a person can be asked.
pub(crate) fn is_attended() -> bool {
    io::stdin().is_terminal() && stdout_is_terminal()
}

/// Asks a question; only a clear yes counts.
pub(crate) fn confirm(question: &str) -> Outcome<bool> {
    print_words(question)?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).map_err(|error| unreadable(&error))?;
    let answer = answer.trim().to_lowercase();
    Ok(text("answer-yes").split_whitespace().any(|yes| yes == answer))
}

/// A bar for people at a terminal, for so many bytes; programs and files get none.
pub(crate) fn progress(form: Form, template: &str, bytes: u64) -> Option<ProgressBar> {
    let style = || ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let shows = form == Form::Plain && io::stderr().is_terminal();
    shows.then(|| ProgressBar::new(bytes).with_style(style()))
}

/// A QR of half blocks, light on dark whatever the terminal's colours are; `None` if the content is too long for one.
pub(crate) fn qr(content: &str) -> Option<String> {
    let picture = QRBuilder::new(content).ecl(ECL::L).build().ok()?.to_str();
    if env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        return Some(picture);
    }
    let lines: Vec<_> = picture.lines().map(|line| format!("\u{1b}[97;40m{line}\u{1b}[0m")).collect();
    Some(lines.join("\n"))
}

/// Asks for a passphrase on the terminal without showing it; `None` without a terminal or when the person gives up.
pub(crate) fn passphrase(question: &str) -> Outcome<Option<Zeroizing<String>>> {
    let Ok(mut tty) = File::options().read(true).write(true).open("/dev/tty") else {
        return Ok(None);
    };
    tty.write_all(question.as_bytes()).map_err(|error| unreadable(&error))?;
    let line = {
        let _unseen = Unseen::start(&tty).map_err(|error| unreadable(&error))?;
        read_unseen(&mut &tty)
    };
    // The line end that the person typed was not shown.
    let _ = tty.write_all(b"\n");
    line.map_err(|error| unreadable(&error).into())
}

/// While it lives, the terminal shows nothing and hands over every key, Ctrl-C included: a signal would end the program
/// with the terminal left mute.
struct Unseen<'a> {
    tty: &'a File,
    before: Termios,
}

impl<'a> Unseen<'a> {
    fn start(tty: &'a File) -> io::Result<Self> {
        let before = tcgetattr(tty)?;
        let mut mute = before.clone();
        mute.local_modes.remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
        // A read waits for one byte, for however long.
        mute.special_codes[SpecialCodeIndex::VMIN] = 1;
        mute.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(tty, OptionalActions::Flush, &mute)?;
        Ok(Self { tty, before })
    }
}

impl Drop for Unseen<'_> {
    fn drop(&mut self) {
        // There is no way to report it, and nothing better to restore.
        let _ = tcsetattr(self.tty, OptionalActions::Flush, &self.before);
    }
}

/// Reads keys up to a line end; `None` on Ctrl-C, Ctrl-D or the end of input.
fn read_unseen(keys: &mut impl Read) -> io::Result<Option<Zeroizing<String>>> {
    // Reserved at once: growing would leave copies behind.
    let mut typed = Zeroizing::new(String::with_capacity(PASSPHRASE_BYTES_MAX + 4));
    let mut pending = Zeroizing::new(Vec::with_capacity(4));
    let mut key = [0];
    while keys.read(&mut key)? > 0 && typed.len() < PASSPHRASE_BYTES_MAX {
        match key {
            [b'\r' | b'\n'] => return Ok(Some(typed)),
            [0x03 | 0x04] => return Ok(None),
            [0x08 | 0x7f] => drop(typed.pop()),
            [0x15] => typed.clear(),
            [byte] => take_byte(&mut typed, &mut pending, byte),
        }
    }
    Ok(None)
}

/// Adds a byte; a character counts once it is whole, and a byte that can't begin or continue one is dropped.
fn take_byte(typed: &mut String, pending: &mut Vec<u8>, byte: u8) {
    pending.push(byte);
    match std::str::from_utf8(pending) {
        Ok(whole) => {
            typed.push_str(whole);
            pending.clear();
        }
        Err(error) if error.error_len().is_some() => pending.clear(),
        Err(_) => {}
    }
}

/// A terminal that fails.
fn unreadable(error: &io::Error) -> Error {
    let message = crate::text::text_with("error-terminal", &[("why", error.to_string())]);
    Error::said(ErrorKind::BadInput, message, text("hint-terminal"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[u8]) -> Option<String> {
        read_unseen(&mut &keys[..]).unwrap().map(|line| line.to_string())
    }

    #[test]
    fn a_passphrase_is_edited_by_whole_characters() {
        assert_eq!(typed(b"open\n").as_deref(), Some("open"));
        assert_eq!(typed("ab\u{7f}ñ\u{7f}c\r".as_bytes()).as_deref(), Some("ac"));
        assert_eq!(typed(b"wrong\x15right\n").as_deref(), Some("right"));
        assert_eq!(typed("münze\n".as_bytes()).as_deref(), Some("münze"));
    }

    #[test]
    fn giving_up_gives_no_passphrase() {
        assert_eq!(typed(b"half\x03"), None);
        assert_eq!(typed(b"half\x04\n"), None);
        assert_eq!(typed(b"half"), None);
    }
}
