//! `kith send`, `log`, `edit` and `delete`: the messages of one contact.

use super::{Session, find, follow};
use crate::args::{Delete, Edit, Forward, Log, React, Search, Seen, Send, WaitFor};
use crate::interrupt;
use crate::output::{Form, Outcome, print_words};
use crate::text::{text, text_with, text_with_count, visible, visible_lines};
use kith_api::client::Client;
use kith_api::{Deletion, DeletionOutcome, Error, ErrorKind, Kind, Message, Notice, Quote, Request, Sent, State};
use std::ffi::OsString;
use std::io::{self, Read};

/// Longest standard input that is taken for a message: four times the longest message, which the agent judges.
const INPUT_BYTES_MAX: u64 = 1024 * 1024;
/// Messages asked for at once: as many of the longest ones as fit on one line of the local socket.
pub(super) const PAGE: u32 = 32;
/// Characters of an id.
const ID_CHARS: usize = 55;
/// So many are shown to people, and so many must be given at least.
const ID_BEGIN_CHARS: usize = 8;
pub(super) const ID_BEGIN_CHARS_MIN: usize = 6;
/// Messages, or files, looked through for one whose id begins so.
pub(super) const LOOKED_THROUGH: u32 = 1000;
/// What the further lines of a message begin with.
const INDENT: &str = "    ";

impl From<WaitFor> for State {
    fn from(wait: WaitFor) -> Self {
        match wait {
            WaitFor::Sent => Self::Sent,
            WaitFor::Delivered => Self::Delivered,
        }
    }
}

/// Sends a text; with `--wait`, ends when it got so far or the time ran out.
pub(super) fn send(session: &Session, args: Send) -> Outcome {
    let text = args.text.map(message_text).transpose()?;
    let wait = args.wait.map(State::from);
    let timeout_ms = wait.and_then(|_| u64::try_from(args.timeout.as_millis()).ok());
    if args.file.is_empty() {
        let reply = args.reply.map(|event| id_of(session, &args.contact, event)).transpose()?;
        let (contact, text) = (Some(args.contact), text.unwrap_or_default());
        let request = Request::Send { contact, text, reply, wait, timeout_ms };
        return send_one(session, request, wait);
    }
    let mut caption = text;
    for path in &args.file {
        let (contact, path) = (Some(args.contact.clone()), super::file::absolute(path)?);
        send_one(session, Request::SendFile { contact, path, caption: caption.take(), wait, timeout_ms }, wait)?;
    }
    Ok(())
}

/// Sends one message and says how far it got.
fn send_one(session: &Session, request: Request, wait: Option<State>) -> Outcome {
    let sent: Sent = session.ask(request)?;
    session.form.print(&sent, |sent| state_words(sent.state))?;
    match wait.filter(|wait| sent.state < *wait) {
        Some(wait) => Err(timed_out(wait, &sent).into()),
        None => Ok(()),
    }
}

/// The time ran out before the message got so far.
fn timed_out(wait: State, sent: &Sent) -> Error {
    let words = [("wanted", state_words(wait)), ("state", state_words(sent.state))];
    Error::said(ErrorKind::TimedOut, text_with("error-timed-out", &words), text("hint-timed-out"))
}

/// The text, byte for byte, from the argument or standard input.
fn message_text(argument: OsString) -> Result<String, Error> {
    let text = if argument == "-" { standard_input()? } else { argument.into_string().map_err(|_| not_utf8())? };
    if text.is_empty() { Err(bad_text("error-empty-text", "hint-empty-text")) } else { Ok(text) }
}

/// All of standard input.
fn standard_input() -> Result<String, Error> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(INPUT_BYTES_MAX + 1).read_to_end(&mut bytes);
    let read = read.map_err(|_| bad_text("error-input", "hint-input"))?;
    if u64::try_from(read).is_ok_and(|read| read > INPUT_BYTES_MAX) {
        return Err(Error::said(ErrorKind::TooLarge, text("error-long-text"), text("hint-long-text")));
    }
    String::from_utf8(bytes).map_err(|_| not_utf8())
}

/// A text that is no text.
fn not_utf8() -> Error {
    bad_text("error-not-utf8", "hint-not-utf8")
}

/// A text that can't be sent.
fn bad_text(message: &str, hint: &str) -> Error {
    Error::said(ErrorKind::BadInput, text(message), text(hint))
}

/// Prints the messages, oldest first, and with `--follow` goes on.
pub(super) fn log(session: &Session, args: Log) -> Outcome {
    if args.follow {
        interrupt::ends_well()?;
        return follow::follow(session, &args.contact, args.limit, args.ids);
    }
    let mut client = session.connect()?;
    let contact = find(&mut client, &args.contact)?.contact;
    let messages = history(&mut client, &contact, args.limit)?;
    if messages.is_empty() && session.form == Form::Plain {
        return print_words(&text("log-none"));
    }
    messages.iter().try_for_each(|message| print_line(session.form, args.ids, message))
}

/// How an id begins, as people are shown it.
pub(super) fn id_begin(event: &str) -> &str {
    event.get(..ID_BEGIN_CHARS).unwrap_or(event)
}

/// The whole id of a message of which somebody gave the beginning; the agent judges whatever is not found here.
pub(super) fn whole_id(client: &mut Client, contact: &str, given: String) -> Outcome<String> {
    if given.len() < ID_BEGIN_CHARS_MIN || given.len() >= ID_CHARS {
        return Ok(given);
    }
    let contact = find(client, contact)?.contact;
    let messages = history(client, &contact, Some(LOOKED_THROUGH))?;
    let mut begun = messages.into_iter().map(|message| message.event).filter(|event| event.starts_with(&given));
    match (begun.next(), begun.next()) {
        (Some(_), Some(_)) => {
            let words = [("id", visible(&given))];
            Err(Error::said(ErrorKind::Ambiguous, text_with("error-ids", &words), text("hint-ids")).into())
        }
        (Some(event), None) => Ok(event),
        (None, _) => Ok(given),
    }
}

/// As [`whole_id`], on a connection of its own.
fn id_of(session: &Session, contact: &str, given: String) -> Outcome<String> {
    whole_id(&mut session.connect()?, contact, given)
}

/// The newest messages up to a number, or all of them, oldest first.
pub(super) fn history(client: &mut Client, contact: &str, limit: Option<u32>) -> Outcome<Vec<Message>> {
    let mut pages = Vec::new();
    let mut left = limit.unwrap_or(u32::MAX);
    let mut before = None;
    while left > 0 {
        let request = Request::Log {
            contact: Some(contact.to_owned()),
            limit: Some(left.min(PAGE)),
            before,
            after: None,
            around: None,
        };
        let page: Vec<Message> = super::ask(client, request)?;
        let Some(oldest) = page.first() else { break };
        before = Some(oldest.event.clone());
        left = left.saturating_sub(u32::try_from(page.len()).unwrap_or(u32::MAX));
        pages.push(page);
    }
    Ok(pages.into_iter().rev().flatten().collect())
}

/// Finds messages by their words; the newest comes last, as in the log.
pub(super) fn search(session: &Session, args: Search) -> Outcome {
    let mut client = session.connect()?;
    let contact = find(&mut client, &args.contact)?.contact;
    let words = args.words.join(" ");
    let (mut found, mut before): (Vec<Message>, _) = (Vec::new(), None);
    while let Some(left) =
        args.limit.checked_sub(u32::try_from(found.len()).unwrap_or(u32::MAX)).filter(|left| *left > 0)
    {
        let (contact, words) = (Some(contact.clone()), words.clone());
        let page: Vec<Message> =
            super::ask(&mut client, Request::Search { contact, words, limit: Some(left.min(PAGE)), before })?;
        let Some(oldest) = page.last() else { break };
        before = Some(oldest.event.clone());
        found.extend(page);
    }
    if found.is_empty() && session.form == Form::Plain {
        return print_words(&text("found-none"));
    }
    found.iter().rev().try_for_each(|message| print(session.form, message))
}

/// Gives a message another wording.
pub(super) fn edit(session: &Session, args: Edit) -> Outcome {
    let text = message_text(args.text)?;
    let event = id_of(session, &args.contact, args.event)?;
    let message: Message = session.ask(Request::Edit { contact: Some(args.contact), event, text })?;
    session.form.print(&message, |message| {
        text_with("edited", &[("state", message.state.map(state_words).unwrap_or_default())])
    })
}

/// Says that this person has seen a contact's messages, and prints the contact.
pub(super) fn seen(session: &Session, args: Seen) -> Outcome {
    let mut client = session.connect()?;
    let contact = find(&mut client, &args.contact)?.contact;
    let newest =
        |client: &mut Client| history(client, &contact, Some(1)).map(|log| Some(log.into_iter().next()?.event));
    let event = match args.event {
        Some(event) => Some(whole_id(&mut client, &contact, event)?),
        None => newest(&mut client)?,
    };
    if let Some(event) = event {
        let () = super::ask(&mut client, Request::Seen { contact: Some(contact.clone()), event })?;
    }
    session.form.print(&find(&mut client, &contact)?, super::contact::words)
}

/// Takes a message out of this person's sight.
pub(super) fn hide(session: &Session, args: Delete) -> Outcome {
    let event = id_of(session, &args.contact, args.event)?;
    let line = HiddenLine { event: event.clone(), hidden: true };
    let () = session.ask(Request::Hide { contact: Some(args.contact), event })?;
    session.form.print(&line, |_| text("hidden"))
}

/// What `kith hide --json` prints.
#[derive(serde::Serialize)]
struct HiddenLine {
    event: String,
    hidden: bool,
}

/// Sends a message's text on to another contact.
pub(super) fn forward(session: &Session, args: Forward) -> Outcome {
    let event = id_of(session, &args.contact, args.event)?;
    let request = Request::Forward { contact: Some(args.contact), event, to: args.to };
    let sent: Sent = session.ask(request)?;
    session.form.print(&sent, |sent| state_words(sent.state))
}

/// Puts an emoji at a message, or takes it back.
pub(super) fn react(session: &Session, args: React) -> Outcome {
    let event = id_of(session, &args.contact, args.event)?;
    let request = Request::React { contact: Some(args.contact), event, emoji: args.emoji };
    let message: Message = session.ask(request)?;
    session.form.print(&message, |message| {
        let own = message.reactions.iter().find(|reaction| reaction.mine);
        match own {
            Some(reaction) => text_with("reacted", &[("emoji", visible(&reaction.emoji))]),
            None => text("reaction-gone"),
        }
    })
}

/// Deletes a message, and says what came of it.
pub(super) fn delete(session: &Session, args: Delete) -> Outcome {
    let event = id_of(session, &args.contact, args.event)?;
    let deletion: Deletion = session.ask(Request::Delete { contact: Some(args.contact), event })?;
    session.form.print(&deletion, |deletion| {
        text(match deletion.outcome {
            DeletionOutcome::NeverDelivered => "deleted-never-delivered",
            DeletionOutcome::Withdrawn => "deleted-withdrawn",
            DeletionOutcome::Asked => "deleted-asked",
            DeletionOutcome::Here => "deleted-here",
        })
    })
}

/// Prints one message.
pub(super) fn print(form: Form, message: &Message) -> Outcome {
    print_line(form, false, message)
}

/// Prints one message, for people with the beginning of its id if they wish.
pub(super) fn print_line(form: Form, ids: bool, message: &Message) -> Outcome {
    form.print(
        message,
        |message| {
            if ids { format!("{}  {}", id_begin(&message.event), words(message)) } else { words(message) }
        },
    )
}

/// A message for a person.
fn words(message: &Message) -> String {
    if let Some(notice) = &message.notice {
        let time = text_with("notice", &[("time", utc(message.sent_at))]);
        return format!("{time} {}", notice_words(notice, &message.from));
    }
    let from = if message.mine { text("you") } else { visible(&message.from) };
    let said = match message.kind {
        Kind::Text => visible_lines(&message.text, INDENT),
        Kind::File => super::file::said(message, INDENT),
        Kind::Deleted => text("message-deleted"),
        Kind::Notice | Kind::Unknown => text("message-unknown"),
    };
    let quote = message.quote.as_ref().map(quote_words).unwrap_or_default();
    let reactions = message.reactions.iter().map(|reaction| {
        let from = if reaction.mine { text("you") } else { visible(&reaction.from) };
        Some(text_with("message-reaction", &[("emoji", visible(&reaction.emoji)), ("from", from)]))
    });
    let marks = [
        message.state.map(state_words),
        message.edited.then(|| text("message-edited")),
        message.late.then(|| text("message-late")),
        message.held.then(|| text("message-held")),
        message.pinned.then(|| text("message-pinned")),
        message.timer.map(|_| leaves(message)),
    ];
    let marks: Vec<_> = marks.into_iter().chain(reactions).flatten().collect();
    let line = text_with("message", &[("time", utc(message.sent_at)), ("from", from)]);
    let marks = if marks.is_empty() { String::new() } else { format!("  [{}]", marks.join(", ")) };
    let quote = if quote.is_empty() { quote } else { format!("{quote} ") };
    format!("{line} {quote}{said}{marks}")
}

/// When a message leaves, where its time has begun.
fn leaves(message: &Message) -> String {
    match message.leaves_at {
        Some(at) => text_with("message-leaves", &[("time", utc(at))]),
        None => text("message-disappears"),
    }
}

/// What a message answers, on one line.
pub(super) fn quote_words(quote: &Quote) -> String {
    let from = if quote.mine { text("you") } else { visible(&quote.from) };
    let said = match quote.kind {
        Kind::Text | Kind::File => visible(&quote.text.lines().collect::<Vec<_>>().join(" ")),
        Kind::Deleted => return text("quote-gone"),
        Kind::Notice | Kind::Unknown => text("message-unknown"),
    };
    text_with("quote", &[("from", from), ("text", said)])
}

/// What this device tells its person, of the contact with this name.
pub(super) fn notice_words(notice: &Notice, name: &str) -> String {
    let (id, count) = notice.sentence();
    text_with_count(id, &[("name", visible(name))], count)
}

/// A state in words.
fn state_words(state: State) -> String {
    text(match state {
        State::Waiting => "state-waiting",
        State::Sent => "state-sent",
        State::Delivered => "state-delivered",
        State::Seen => "state-seen",
    })
}

/// Milliseconds since 1970 as `2026-11-21 09:30`, in UTC: the standard library knows no time zones.
pub(super) fn utc(at_ms: u64) -> String {
    let minutes = at_ms / 60_000;
    let (year, month, day) = civil(minutes / 1440);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", minutes / 60 % 24, minutes % 60)
}

/// The Gregorian date of a day since 1970 (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn civil(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_shown_in_utc() {
        assert_eq!(utc(0), "1970-01-01 00:00");
        assert_eq!(utc(951_827_640_000), "2000-02-29 12:34");
        assert_eq!(utc(1_795_219_199_999), "2026-11-20 23:59");
    }

    #[test]
    fn every_notice_has_a_sentence() {
        let all = [true, false].map(|yes| {
            [
                Notice::DeviceJoined { mine: yes, waiting: 3 },
                Notice::DeviceLeft { mine: yes },
                Notice::ListsForked { mine: yes },
                Notice::Recovered { mine: yes },
                Notice::PairedAnew { held: 3, proven: yes },
                Notice::HeldSent { messages: 3 },
                Notice::Timer { mine: yes, seconds: 3 * 86_400 },
                Notice::BeganAnew,
                Notice::CopyProven,
                Notice::Unknown,
            ]
        });
        for notice in all.iter().flatten() {
            let words = notice_words(notice, "Bob");
            assert!(words.ends_with('.') && !words.contains(['{', '$']), "{notice:?}: {words}");
        }
        let joined = notice_words(&Notice::DeviceJoined { mine: false, waiting: 3 }, "Bob");
        assert_eq!(joined, "Bob has a new device. 3 waiting messages go to it too.");
    }

    #[test]
    fn a_text_is_taken_as_it_is_unless_empty() {
        assert_eq!(message_text(" a\n".into()), Ok(" a\n".to_owned()));
        assert_eq!(message_text("".into()).unwrap_err().kind, ErrorKind::BadInput);
    }
}
