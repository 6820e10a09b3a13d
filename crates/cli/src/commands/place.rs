//! `kith pin` for contacts, `mute`, `archive`, `block`, `launcher` and `find`: a contact's place in the list and on the desktop, and what is found in
//! all conversations.

use super::contact::words;
use super::{Session, ask};
use crate::args::{Arrange, Find, Habits, Launcher as LauncherArgs, Mute as MuteArgs, MuteFor, Switch};
use crate::output::{Form, Outcome};
use crate::text::{text, text_with, visible};
use kith_api::{Contact, Everywhere, Launcher, Mute, Request};
use std::collections::BTreeMap;

/// What is asked of a contact before anything is chosen.
const fn unchanged(contact: String) -> Request {
    Request::Arrange { contact: Some(contact), pinned: None, muted: None, archived: None, blocked: None }
}

/// Keeps a contact above the others, or no more.
pub(super) fn pin(session: &Session, contact: String, on: bool) -> Outcome {
    let mut request = unchanged(contact);
    if let Request::Arrange { pinned, .. } = &mut request {
        *pinned = Some(on);
    }
    arrange(session, request)
}

pub(super) fn mute(session: &Session, args: MuteArgs) -> Outcome {
    let time = match args.time {
        _ if args.off => Mute::Off,
        MuteFor::Hour => Mute::Hour,
        MuteFor::EightHours => Mute::EightHours,
        MuteFor::Week => Mute::Week,
        MuteFor::Always => Mute::Always,
    };
    let mut request = unchanged(args.contact);
    if let Request::Arrange { muted, .. } = &mut request {
        *muted = Some(time);
    }
    arrange(session, request)
}

pub(super) fn archive(session: &Session, args: Arrange) -> Outcome {
    let mut request = unchanged(args.contact);
    if let Request::Arrange { archived, .. } = &mut request {
        *archived = Some(!args.off);
    }
    arrange(session, request)
}

pub(super) fn block(session: &Session, args: Arrange) -> Outcome {
    let mut request = unchanged(args.contact);
    if let Request::Arrange { blocked, .. } = &mut request {
        *blocked = Some(!args.off);
    }
    arrange(session, request)
}

/// Says what a contact hears of this person.
pub(super) fn habits(session: &Session, args: Habits) -> Outcome {
    let on = |switch: Option<Switch>| switch.map(|switch| switch == Switch::On);
    let request = Request::Habits { contact: Some(args.contact), receipts: on(args.seen), typing: on(args.typing) };
    arrange(session, request)
}

/// Prints the contact as it then is.
fn arrange(session: &Session, request: Request) -> Outcome {
    let contact: Contact = session.ask(request)?;
    session.form.print(&contact, words)
}

/// Makes the launcher of a contact's app, or takes it away.
pub(super) fn launcher(session: &Session, args: LauncherArgs) -> Outcome {
    let request = Request::Launcher { contact: Some(args.contact), remove: args.remove };
    let launcher: Launcher = session.ask(request)?;
    session.form.print(&launcher, |launcher| match &launcher.path {
        Some(path) => text_with("launcher-made", &[("path", visible(path))]),
        None => text("launcher-removed"),
    })
}

/// Finds messages of all contacts, the newest last, as a terminal is read from its end.
pub(super) fn find(session: &Session, args: Find) -> Outcome {
    let mut client = session.connect()?;
    let contacts: Vec<Contact> = ask(&mut client, Request::Contacts)?;
    let request = Request::SearchAll { words: args.words.join(" "), limit: Some(args.limit) };
    let found: Everywhere = ask(&mut client, request)?;
    let names: BTreeMap<&str, &str> =
        contacts.iter().map(|contact| (contact.contact.as_str(), contact.name.as_str())).collect();
    if found.hits.is_empty() && session.form == Form::Plain {
        crate::output::print_words(&text("found-none"))?;
    }
    for hit in found.hits.iter().rev() {
        session.form.print(hit, |hit| {
            let name = names.get(hit.contact.as_str()).copied().unwrap_or(&hit.contact);
            let id = if hit.mine { "hit-mine" } else { "hit" };
            text_with(id, &[("name", visible(name)), ("text", visible(&hit.text))])
        })?;
    }
    if !found.whole && session.form == Form::Plain {
        crate::output::print_words(&text("not-whole"))?;
    }
    Ok(())
}
