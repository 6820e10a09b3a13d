//! `kith contacts`, `resend`, `verify`, `rename` and `remove`.

use super::{Session, ask, find};
use crate::args::{Reach, Remove, Rename, Resend, Verify};
use crate::output::{Form, Outcome, print_words};
use crate::terminal;
use crate::text::{text, text_count, text_with, text_with_count, visible};
use kith_api::{Contact, ContactState, Error, ErrorKind, Path, Place, Reached, Request, Resent, Vouched};
use serde::Serialize;

/// What `kith remove --json` prints.
#[derive(Serialize)]
struct RemovedLine<'a> {
    contact: &'a str,
    removed: bool,
}

/// Lists the contacts.
pub(super) fn list(session: &Session) -> Outcome {
    let contacts: Vec<Contact> = session.ask(Request::Contacts)?;
    if contacts.is_empty() && session.form == Form::Plain {
        return print_words(&text("no-contacts"));
    }
    contacts.iter().try_for_each(|contact| session.form.print(contact, words))
}

/// A contact on one line.
pub(super) fn words(contact: &Contact) -> String {
    let mut facts = vec![text(reach(contact))];
    if contact.verified {
        facts.push(text(if contact.met { "verified-met" } else { "verified" }));
    }
    let Place { pinned, muted, archived, blocked, .. } = contact.place;
    let places = [(pinned, "pinned"), (muted, "muted"), (archived, "archived"), (blocked, "blocked")];
    facts.extend(places.iter().filter(|(holds, _)| *holds).map(|(_, id)| text(id)));
    if contact.unread > 0 {
        facts.push(text_count("unread", u64::from(contact.unread)));
    }
    if contact.waiting > 0 {
        facts.push(text_count("waiting", u64::from(contact.waiting)));
    }
    if contact.renewed.is_some() {
        facts.push(text("renewed"));
    }
    if contact.held > 0 {
        facts.push(text_count("held", u64::from(contact.held)));
    }
    text_with("contact", &[("name", visible(&contact.name)), ("facts", facts.join(", "))])
}

/// What a person has to know of a contact that paired anew: whose keys these are, and what waits for a word.
pub(super) fn renewed_words(contact: &Contact) -> String {
    let name = [("name", visible(&contact.name))];
    let vouched = if contact.renewed == Some(Vouched::Words) { "renewed-proven" } else { "renewed-unproven" };
    let mut lines = vec![text_with(vouched, &name)];
    if contact.held > 0 {
        lines.push(about("renewed-held", &contact.name, contact.held));
    }
    lines.join("\n")
}

/// Has a contact dialled at once. That nobody answers is no failure.
pub(super) fn dial(session: &Session, args: &Reach) -> Outcome {
    let mut client = session.connect()?;
    let contact = find(&mut client, &args.contact)?;
    let reached: Reached = ask(&mut client, Request::Reach { contact: Some(contact.contact) })?;
    let id = if reached.reached { "reached" } else { "not-reached" };
    session.form.print(&reached, |_| text_with(id, &[("name", visible(&contact.name))]))
}

/// Decides about the messages that were meant for a contact's keys of before. A person sees first how many they are and
/// what vouches for the new keys.
pub(super) fn resend(session: &Session, args: &Resend) -> Outcome {
    let mut client = session.connect()?;
    let contact = find(&mut client, &args.contact)?;
    if contact.held > 0 && !args.yes {
        let question = match (args.drop, contact.verified, contact.renewed) {
            (true, ..) => "resend-ask-drop",
            (false, true, _) => "resend-ask-compared",
            (false, false, Some(Vouched::Words)) => "resend-ask-proven",
            (false, false, _) => "resend-ask-unproven",
        };
        let question = about(question, &contact.name, contact.held);
        // Nothing goes to new keys because nobody was there to say no.
        if session.form == Form::Json || !terminal::is_attended() {
            return Err(Error::said(ErrorKind::WrongState, question, text("hint-resend")).into());
        }
        if !terminal::confirm(&question)? {
            return print_words(&text("unchanged"));
        }
    }
    let request = Request::Resend { contact: Some(contact.contact), drop: args.drop };
    let resent: Resent = ask(&mut client, request)?;
    let id = if args.drop { "resend-dropped" } else { "resend-done" };
    session.form.print(&resent, |resent| about(id, &contact.name, resent.messages))
}

/// How a contact can be reached: only what is known.
fn reach(contact: &Contact) -> &'static str {
    match (contact.state, contact.online, contact.path) {
        (ContactState::Saved, ..) => "reach-saved",
        (ContactState::Inviting, ..) => "reach-inviting",
        (ContactState::Connecting, ..) => "reach-connecting",
        (ContactState::Failed, ..) => "reach-failed",
        (ContactState::Connected, true, Path::Direct) => "reach-direct",
        (ContactState::Connected, true, Path::Relayed) => "reach-relayed",
        (ContactState::Connected, true, Path::None) => "reach-online",
        (ContactState::Connected, false, _) => "reach-offline",
    }
}

/// Marks the safety number as compared, or takes that back. A person sees the number first.
pub(super) fn verify(session: &Session, args: &Verify) -> Outcome {
    let mut client = session.connect()?;
    let contact = find(&mut client, &args.contact)?;
    let is_said = args.yes || args.met || args.no;
    if !args.no && session.form == Form::Plain {
        show_number(&contact)?;
        if !is_said && !terminal::is_attended() {
            return print_words(&text_with("verify-next", &[("name", visible(&contact.name))]));
        }
        let asks = !args.yes && terminal::is_attended();
        if asks && !terminal::confirm(&text_with("verify-ask", &[("name", visible(&contact.name))]))? {
            return print_words(&text("unchanged"));
        }
    } else if !is_said {
        // A program says that it was compared by '--yes' or '--met'; without, it is given the number.
        number(&contact)?;
        return session.form.print(&contact, words);
    }
    let request = Request::Verify { contact: Some(contact.contact), verified: !args.no, met: args.met };
    let contact: Contact = ask(&mut client, request)?;
    session.form.print(&contact, |contact| {
        let id = match (contact.verified, contact.met) {
            (true, true) => "verify-met",
            (true, false) => "verify-done",
            (false, _) => "verify-undone",
        };
        text_with(id, &[("name", visible(&contact.name))])
    })
}

/// The safety number, where there is one yet.
fn number(contact: &Contact) -> Outcome<&str> {
    contact.safety_number.as_deref().ok_or_else(|| {
        let message = text_with("error-no-number", &[("name", visible(&contact.name))]);
        Error::said(ErrorKind::WrongState, message, text("hint-no-number")).into()
    })
}

/// Shows the safety number.
fn show_number(contact: &Contact) -> Outcome {
    let number = number(contact)?;
    let intro = text_with("verify-number", &[("name", visible(&contact.name))]);
    print_words(&format!("{intro}\n\n{}\n", in_rows(number)))
}

/// Twelve groups in three rows of four.
fn in_rows(number: &str) -> String {
    let groups: Vec<_> = number.split_whitespace().collect();
    let rows: Vec<_> = groups.chunks(4).map(|row| format!("    {}", row.join(" "))).collect();
    rows.join("\n")
}

/// Gives a contact another name.
pub(super) fn rename(session: &Session, args: Rename) -> Outcome {
    let request = Request::Rename { contact: Some(args.contact), name: args.name };
    let contact: Contact = session.ask(request)?;
    session.form.print(&contact, |contact| text_with("renamed", &[("name", visible(&contact.name))]))
}

/// Removes a contact's app. A person at a terminal is asked; a script means what it says.
pub(super) fn remove(session: &Session, args: &Remove) -> Outcome {
    let mut client = session.connect()?;
    let contact = find(&mut client, &args.contact)?;
    let name = [("name", visible(&contact.name))];
    let asks = session.form == Form::Plain && !args.yes && terminal::is_attended();
    if asks && !terminal::confirm(&text_with("remove-ask", &name))? {
        return print_words(&text("unchanged"));
    }
    ask::<()>(&mut client, Request::Remove { contact: Some(contact.contact.clone()) })?;
    let line = RemovedLine { contact: &contact.contact, removed: true };
    session.form.print(&line, |_| text_with("removed", &name))
}

/// The sentence of an id about a person and a number.
fn about(id: &str, name: &str, count: u32) -> String {
    text_with_count(id, &[("name", visible(name))], count.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_safety_number_is_shown_in_rows_of_four_groups() {
        assert_eq!(in_rows("1 2 3 4 5 6"), "    1 2 3 4\n    5 6");
    }
}
