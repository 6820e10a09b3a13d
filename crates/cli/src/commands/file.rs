//! `kith files` and `get`: files of a conversation.
//!
//! `get` asks the agent for the file and shows how it comes. The agent keeps what came, so that whoever interrupts this, or
//! the agent, goes on with the same command; the plain file is written at the end, in one step, by the agent.

use super::message::{ID_BEGIN_CHARS_MIN, LOOKED_THROUGH, id_begin};
use super::{Session, ask, find};
use crate::args::{Files, Get};
use crate::output::{Form, Outcome, print_json, print_words};
use crate::terminal;
use crate::text::{text, text_with, visible, visible_lines};
use indicatif::ProgressBar;
use kith_api::client::Client;
use kith_api::{Change, Error, ErrorKind, FileInfo, FileProgress, FileSaved, FileState, Message, Request};
use std::path::{Path, PathBuf, absolute as made_absolute};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// A path as the agent wants it.
pub(super) fn absolute(path: &Path) -> Outcome<String> {
    let whole = made_absolute(path).ok().and_then(|path| path.into_os_string().into_string().ok());
    Ok(whole.ok_or_else(|| Error::said(ErrorKind::BadInput, text("error-path"), text("hint-path")))?)
}

/// What a message with a file says in a log.
pub(super) fn said(message: &Message, indent: &str) -> String {
    let Some(file) = &message.file else { return text("message-unknown") };
    let line = text_with(
        "message-file",
        &[("name", visible(&file.name)), ("size", size(file.size)), ("state", state(file, message.mine))],
    );
    if message.text.is_empty() { line } else { format!("{line}\n{indent}{}", visible_lines(&message.text, indent)) }
}

/// Prints the files, newest first.
pub(super) fn list(session: &Session, args: &Files) -> Outcome {
    let contact = Some(args.contact.clone());
    let files: Vec<Message> = session.ask(Request::Files { contact, limit: Some(args.limit), before: None })?;
    if files.is_empty() && session.form == Form::Plain {
        return print_words(&text("files-none"));
    }
    files.iter().try_for_each(|message| session.form.print(message, row))
}

pub(super) fn row(message: &Message) -> String {
    let begin = id_begin(&message.event);
    format!("{begin}  {}  {}", super::message::utc(message.sent_at), said(message, "          "))
}

/// Gets one file.
pub(super) fn get(session: &Session, args: &Get) -> Outcome {
    let mut client = session.connect()?;
    let contact = find(&mut client, &args.contact)?.contact;
    let message = choose(&mut client, &contact, &args.file)?;
    let Some(file) = &message.file else { return Err(no_such(&args.file).into()) };
    let to = place(args.output.as_deref(), &file.name)?;
    // Before anything is asked for: what is there would stay anyway.
    if !args.force && Path::new(&to).symlink_metadata().is_ok() {
        return Err(exists(&to).into());
    }
    // An own one is here, whatever becomes of its being given.
    if file.state != FileState::Here && !message.mine {
        wait(session, &mut client, (&contact, &message), args.timeout)?;
    }
    let event = message.event.clone();
    let saved: FileSaved =
        ask(&mut client, Request::FileSave { contact: Some(contact), event, path: to, replace: args.force })?;
    session
        .form
        .print(&saved, |saved| text_with("file-saved", &[("path", visible(&saved.path)), ("size", size(saved.size))]))
}

/// The file that somebody means: by its event, the beginning of that, or its name, the newest of several.
pub(super) fn choose(client: &mut Client, contact: &str, wanted: &str) -> Outcome<Message> {
    let request = Request::Files { contact: Some(contact.to_owned()), limit: Some(LOOKED_THROUGH), before: None };
    let files: Vec<Message> = ask(client, request)?;
    let named = |message: &&Message| message.file.as_ref().is_some_and(|file| file.name == wanted);
    let begins = |message: &&Message| wanted.len() >= ID_BEGIN_CHARS_MIN && message.event.starts_with(wanted);
    let found = files.iter().find(|message| message.event == wanted).or_else(|| files.iter().find(named));
    Ok(found.or_else(|| files.iter().find(begins)).cloned().ok_or_else(|| no_such(wanted))?)
}

/// Where to write a file that is called so: names of others are no paths, which the agent has seen to.
fn place(output: Option<&Path>, name: &str) -> Outcome<String> {
    let to = match output {
        None => PathBuf::from(name),
        Some(folder) if folder.is_dir() => folder.join(name),
        Some(path) => path.to_owned(),
    };
    absolute(&to)
}

/// Asks for a file and shows how it comes, until all of it is here.
fn wait(
    session: &Session,
    client: &mut Client,
    (contact, message): (&str, &Message),
    limit: Option<Duration>,
) -> Outcome {
    let watch = session.connect()?.watch(Some(contact.to_owned()))?;
    let (tells, told) = mpsc::channel();
    // Reading waits without end; here somebody may have given a limit.
    thread::spawn(move || watch.map_while(Result::ok).try_for_each(|push| tells.send(push.change).ok()));
    let request = Request::FileGet { contact: Some(contact.to_owned()), event: message.event.clone() };
    let asked: Message = ask(client, request)?;
    let shown = Shown::new(session.form, &asked);
    let mut seen = asked.file;
    while let Some(file) = &seen {
        shown.file(file, &message.from)?;
        match file.state {
            FileState::Here => return Ok(()),
            FileState::Waiting | FileState::Moving | FileState::Offered | FileState::Held => {}
            FileState::Unchecked => return Err(failed("error-file-unchecked", "hint-file-unchecked")),
            FileState::NoRoom => return Err(failed("error-file-room", "hint-file-room")),
            FileState::Gone => return Err(failed("error-file-gone", "hint-file-gone")),
            FileState::Paused | FileState::Cancelled | FileState::Removed => {
                return Err(failed("error-file-stopped", "hint-file-stopped"));
            }
        }
        seen = next(&told, contact, message, &shown, limit)?;
    }
    Err(Error::said(ErrorKind::NotFound, text("error-file-deleted"), text("hint-file-gone")).into())
}

/// The file as it is told next; `None` when its message has none any more.
fn next(
    told: &mpsc::Receiver<Change>,
    contact: &str,
    message: &Message,
    shown: &Shown,
    limit: Option<Duration>,
) -> Outcome<Option<FileInfo>> {
    loop {
        let change = match limit {
            Some(limit) => told.recv_timeout(limit),
            None => told.recv().map_err(|_| mpsc::RecvTimeoutError::Disconnected),
        };
        match change {
            Ok(Change::Message { contact: of, message: now }) if of == contact && now.event == message.event => {
                return Ok(now.file);
            }
            Ok(Change::MessageGone { contact: of, event }) if of == contact && event == message.event => {
                return Ok(None);
            }
            Ok(Change::File(progress)) if progress.contact == contact && progress.event == message.event => {
                shown.progress(&progress)?;
            }
            Ok(_) => {}
            Err(mpsc::RecvTimeoutError::Timeout) => return Err(failed("error-file-late", "hint-file-stopped")),
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                return Err(
                    Error::said(ErrorKind::NotRunning, text("error-agent-left"), text("hint-file-stopped")).into()
                );
            }
        }
    }
}

/// How a file's coming is shown: a bar to people, a line of JSON for each step to programs.
struct Shown {
    form: Form,
    bar: Option<ProgressBar>,
}

impl Shown {
    fn new(form: Form, message: &Message) -> Self {
        let size = message.file.as_ref().map_or(0, |file| file.size);
        let template = "{msg} {bar:28} {binary_bytes}/{binary_total_bytes} {binary_bytes_per_sec} {eta}";
        Self { form, bar: terminal::progress(form, template, size) }
    }

    fn file(&self, file: &FileInfo, from: &str) -> Outcome {
        if let Some(bar) = &self.bar {
            bar.set_message(match file.state {
                FileState::Waiting => text_with("file-waiting", &[("name", visible(from))]),
                FileState::Held => text_with("file-held", &[("name", visible(from))]),
                _ => visible(&file.name),
            });
            bar.set_position(file.have);
            if file.state == FileState::Here {
                bar.finish_and_clear();
            }
        } else if self.form == Form::Json {
            print_json(file)?;
        }
        Ok(())
    }

    fn progress(&self, progress: &FileProgress) -> Outcome {
        match &self.bar {
            Some(bar) => bar.set_position(progress.have),
            None if self.form == Form::Json => print_json(progress)?,
            None => {}
        }
        Ok(())
    }
}

/// A size in words.
pub(super) fn size(bytes: u64) -> String {
    let units = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1000.0;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < units.len() {
        value /= 1000.0;
        unit += 1;
    }
    let unit = units.get(unit).copied().unwrap_or_default();
    if value < 10.0 { format!("{value:.1} {unit}") } else { format!("{value:.0} {unit}") }
}

/// How a file stands, in words.
pub(super) fn state(file: &FileInfo, mine: bool) -> String {
    let id = match file.state {
        FileState::Here if mine && file.have == file.size => "file-state-taken",
        FileState::Here if mine => "file-state-mine",
        FileState::Here => "file-state-here",
        FileState::Offered => "file-state-offered",
        FileState::Waiting => "file-state-waiting",
        FileState::Moving => "file-state-moving",
        FileState::Paused if mine => "file-state-mine-paused",
        FileState::Paused => "file-state-paused",
        FileState::Held => "file-state-held",
        FileState::Cancelled => "file-state-cancelled",
        FileState::Unchecked => "file-state-unchecked",
        FileState::NoRoom => "file-state-no-room",
        FileState::Gone => "file-state-gone",
        FileState::Removed => "file-state-removed",
    };
    text(id)
}

fn failed(message: &str, hint: &str) -> crate::output::Failure {
    Error::said(ErrorKind::WrongState, text(message), text(hint)).into()
}

fn no_such(wanted: &str) -> Error {
    Error::said(ErrorKind::NotFound, text_with("error-no-file", &[("name", visible(wanted))]), text("hint-no-file"))
}

fn exists(path: &str) -> Error {
    Error::said(ErrorKind::Exists, text_with("error-file-exists", &[("path", visible(path))]), text("hint-file-exists"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_as_people_say_them() {
        let sizes = [0, 999, 1000, 1234, 15_400, 999_499, 999_999, 4_294_967_296, 20_000_000_000_000].map(size);
        assert_eq!(sizes, ["0 B", "999 B", "1.0 kB", "1.2 kB", "15 kB", "999 kB", "1.0 MB", "4.3 GB", "20 TB"]);
    }

    /// FILE-006
    #[test]
    fn a_file_is_written_where_its_reader_says_under_a_name_that_is_no_path() {
        let folder = tempfile::tempdir().unwrap();
        let inside = place(Some(folder.path()), "a.txt").map_err(|_| ()).unwrap();
        assert_eq!(Path::new(&inside), folder.path().join("a.txt"));
        let other = folder.path().join("b");
        assert_eq!(Path::new(&place(Some(&other), "a.txt").map_err(|_| ()).unwrap()), other);
    }
}
