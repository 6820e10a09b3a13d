//! `kith export`: a conversation as files that anybody can read, in twenty years too.
//!
//! ```text
//! FOLDER/messages.html    for people: everything in order, with links to the files
//!        messages.jsonl   for programs: one message a line, as the local API has it
//!        files/           the files that are on this device
//! ```
//!
//! It is plain: nothing in the folder is sealed. The folder is made for its owner alone, and appears under its name when it is whole.
//! The history is asked for from its end, page by page, and turned round on the disk: it may be larger than memory.

use super::file::{absolute, size, state};
use super::message::{PAGE, notice_words, quote_words, utc};
use super::{Session, ask, find};
use crate::args::Export;
use crate::output::{Form, Outcome, print_words};
use crate::text::{language, text, text_count, text_with, visible};
use kith_api::client::Client;
use kith_api::{Contact, Error, ErrorKind, FileInfo, FileSaved, FileState, Kind, Message, Request};
use serde::Serialize;
use std::fmt::Write as _;
use std::fs::{self, DirBuilder, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

/// Nothing in a page may run or be fetched, whatever somebody wrote.
const HEAD: &str = "<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
                    style-src 'unsafe-inline'\"><meta name=\"viewport\" content=\"width=device-width\"><style>\
                    body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;\
                    color-scheme:light dark}article{margin:.75rem 0;padding:.6rem .9rem;border-radius:.8rem;\
                    background:#8881;max-width:34rem;overflow-wrap:anywhere}.mine{margin-inline-start:auto;\
                    background:#38f2}.note{opacity:.75;font-size:.85rem;margin:0}p{margin:0;white-space:pre-wrap}\
                    blockquote{margin:0 0 .4rem;padding-inline-start:.6rem;border-inline-start:3px solid #8888}\
                    </style>";

/// What was written.
#[derive(Serialize)]
struct Exported {
    path: String,
    messages: u64,
    files: u64,
    /// Files that were not on this device.
    missing: u64,
}

/// Writes a conversation into a folder of its own.
pub(super) fn export(session: &Session, args: &Export) -> Outcome {
    let mut client = session.connect()?;
    let contact = find(&mut client, &args.contact)?;
    let folder = PathBuf::from(absolute(&args.output.clone().unwrap_or_else(|| default_folder(&contact)))?);
    if folder.symlink_metadata().is_ok() {
        let message = text_with("error-export-exists", &[("path", visible(&folder.display().to_string()))]);
        return Err(Error::said(ErrorKind::Exists, message, text("hint-export-exists")).into());
    }
    let partial = partial(&folder);
    let exported = write(&mut client, &contact, &partial).and_then(|mut exported| {
        fs::rename(&partial, &folder).map_err(|error| failed(&folder, &error))?;
        exported.path = folder.display().to_string();
        Ok(exported)
    });
    if exported.is_err() {
        // Half of a history under a good name would be worse than none.
        drop(fs::remove_dir_all(&partial));
    }
    let exported = exported?;
    if session.form == Form::Plain && exported.missing > 0 {
        print_words(&text_count("export-missing", exported.missing))?;
    }
    session.form.print(&exported, |exported| {
        text_with("exported", &[("path", visible(&exported.path)), ("count", exported.messages.to_string())])
    })
}

/// `kith-NAME` here, where the name can be one of a folder.
fn default_folder(contact: &Contact) -> PathBuf {
    let name: String = contact.name.chars().map(|c| if c == '/' || c.is_control() { '-' } else { c }).collect();
    PathBuf::from(format!("kith-{name}"))
}

/// Where it grows: beside its place, so that it can be moved there in one step.
fn partial(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_os_string();
    name.push(".partial");
    folder.with_file_name(name)
}

fn write(client: &mut Client, contact: &Contact, folder: &Path) -> Outcome<Exported> {
    let disk = |error: io::Error| failed(folder, &error);
    let mut private = DirBuilder::new();
    private.mode(0o700).create(folder).map_err(disk)?;
    private.create(folder.join("files")).map_err(disk)?;
    let pages = folder.join("pages");
    let (mut pages_file, lengths) = fetch(client, contact, &pages)?;

    let mut lines = BufWriter::new(private_file(&folder.join("messages.jsonl")).map_err(disk)?);
    let mut page =
        Page::new(private_file(&folder.join("messages.html")).map_err(disk)?, &contact.name).map_err(disk)?;
    let mut exported = Exported { path: String::new(), messages: 0, files: 0, missing: 0 };
    let mut end: u64 = lengths.iter().sum();
    // The last page that came is the oldest.
    for length in lengths.iter().rev() {
        end -= length;
        let mut bytes = Vec::new();
        pages_file.seek(SeekFrom::Start(end)).map_err(disk)?;
        (&pages_file).take(*length).read_to_end(&mut bytes).map_err(disk)?;
        let messages: Vec<Message> = serde_json::from_slice(&bytes).map_err(|error| disk(error.into()))?;
        for message in &messages {
            let saved = match &message.file {
                Some(file) => save(client, contact, message, file, folder)?,
                None => None,
            };
            exported.messages += 1;
            exported.files += u64::from(saved.is_some());
            exported.missing += u64::from(message.file.is_some() && saved.is_none());
            serde_json::to_writer(&mut lines, message).map_err(|error| disk(error.into()))?;
            lines.write_all(b"\n").map_err(disk)?;
            page.message(message, saved.as_deref()).map_err(disk)?;
        }
    }
    lines.into_inner().map_err(|error| disk(error.into_error()))?.sync_all().map_err(disk)?;
    page.end().map_err(disk)?;
    fs::remove_file(pages).map_err(disk)?;
    Ok(exported)
}

/// The whole history, newest page first, in one file; and how long each page is in it.
fn fetch(client: &mut Client, contact: &Contact, path: &Path) -> Outcome<(File, Vec<u64>)> {
    let disk = |error: io::Error| failed(path, &error);
    let file = File::options().create_new(true).read(true).write(true).mode(0o600).open(path).map_err(disk)?;
    let (mut out, mut lengths, mut before) = (BufWriter::new(file), Vec::new(), None);
    loop {
        let request = Request::Log {
            contact: Some(contact.contact.clone()),
            limit: Some(PAGE),
            before,
            after: None,
            around: None,
        };
        let page: Vec<Message> = ask(client, request)?;
        let Some(oldest) = page.first() else { break };
        before = Some(oldest.event.clone());
        let bytes = serde_json::to_vec(&page).map_err(|error| disk(error.into()))?;
        out.write_all(&bytes).map_err(disk)?;
        lengths.push(bytes.len() as u64);
    }
    Ok((out.into_inner().map_err(|error| disk(error.into_error()))?, lengths))
}

/// Writes a file that is here, and returns its name in the folder.
fn save(
    client: &mut Client,
    contact: &Contact,
    message: &Message,
    file: &FileInfo,
    folder: &Path,
) -> Outcome<Option<String>> {
    if file.state != FileState::Here {
        return Ok(None);
    }
    // Two files may have one name.
    let name = format!("{}-{}", super::message::id_begin(&message.event), file.name);
    let path = absolute(&folder.join("files").join(&name))?;
    let (contact, event) = (Some(contact.contact.clone()), message.event.clone());
    let _: FileSaved = ask(client, Request::FileSave { contact, event, path, replace: false })?;
    Ok(Some(name))
}

fn private_file(path: &Path) -> io::Result<File> {
    File::options().create_new(true).write(true).mode(0o600).open(path)
}

fn failed(path: &Path, error: &io::Error) -> crate::output::Failure {
    let words = [("path", visible(&path.display().to_string())), ("why", error.to_string())];
    Error::said(ErrorKind::Storage, text_with("error-export", &words), text("hint-export")).into()
}

/// The page for people.
struct Page(BufWriter<File>);

impl Page {
    fn new(file: File, name: &str) -> io::Result<Self> {
        let mut out = BufWriter::new(file);
        let title = escaped(&text_with("export-title", &[("name", visible(name))]));
        let language = language();
        let direction = if language.is_right_to_left() { "rtl" } else { "ltr" };
        let tag = language.tag();
        write!(
            out,
            "<!doctype html>\n<html lang=\"{tag}\" dir=\"{direction}\">{HEAD}<title>{title}</title><h1>{title}</h1>\n"
        )?;
        Ok(Self(out))
    }

    fn message(&mut self, message: &Message, saved: Option<&str>) -> io::Result<()> {
        let time = utc(message.sent_at);
        if let Some(notice) = &message.notice {
            return writeln!(self.0, "<p class=\"note\">{time} {}</p>", escaped(&notice_words(notice, &message.from)));
        }
        let from = if message.mine { text("you") } else { message.from.clone() };
        let side = if message.mine { " class=\"mine\"" } else { "" };
        let mut out = format!("<article{side}><p class=\"note\"><bdi>{}</bdi> {time}</p>", escaped(&from));
        if let Some(quote) = &message.quote {
            push(&mut out, format_args!("<blockquote dir=\"auto\">{}</blockquote>", escaped(&quote_words(quote))));
        }
        if let Some(file) = &message.file {
            let about = format!("{} ({})", file.name, size(file.size));
            match saved {
                Some(name) => push(
                    &mut out,
                    format_args!("<p><a href=\"files/{}\" download>{}</a></p>", percent(name), escaped(&about)),
                ),
                None => {
                    push(&mut out, format_args!("<p>{} {}</p>", escaped(&about), escaped(&state(file, message.mine))))
                }
            }
        }
        let said = match message.kind {
            Kind::Text | Kind::File => message.text.clone(),
            Kind::Deleted => text("message-deleted"),
            Kind::Notice | Kind::Unknown => text("message-unknown"),
        };
        if !said.is_empty() {
            push(&mut out, format_args!("<p dir=\"auto\">{}</p>", escaped(&said)));
        }
        let reactions: Vec<_> = message.reactions.iter().map(|reaction| escaped(&reaction.emoji)).collect();
        if !reactions.is_empty() {
            push(&mut out, format_args!("<p class=\"note\">{}</p>", reactions.join(" ")));
        }
        writeln!(self.0, "{out}</article>")
    }

    fn end(self) -> io::Result<()> {
        self.0.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }
}

fn push(out: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing into a string can't fail.
    let _ = out.write_fmt(what);
}

/// Text as it reads in HTML, in an element or between quotes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A file's name as one part of an address.
fn percent(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            out.push(char::from(byte));
        } else {
            push(&mut out, format_args!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_somebody_wrote_is_markup_or_leads_elsewhere() {
        assert_eq!(escaped("<a href=\"x\" '>&"), "&lt;a href=&quot;x&quot; &#39;&gt;&amp;");
        assert_eq!(percent("a b#?%/ü.png"), "a%20b%23%3F%25%2F%C3%BC.png");
    }

    #[test]
    fn a_name_makes_a_folder_beside_which_it_grows() {
        let contact = |name: &str| PathBuf::from(format!("kith-{name}"));
        assert_eq!(partial(&contact("Mira")), Path::new("kith-Mira.partial"));
        assert_eq!(partial(Path::new("/a/b")), Path::new("/a/b.partial"));
    }
}
