//! `kith pin` and `pins`: what is pinned, for oneself a contact, for both a message.

use super::message::{print, whole_id};
use super::{Session, place};
use crate::args::{Pin, Pins};
use crate::output::{Form, Outcome, print_words};
use crate::text::text;
use kith_api::{Message, Request};

/// Pins a contact in the list, or a message for both, or takes that back.
pub(super) fn pin(session: &Session, args: Pin) -> Outcome {
    let on = !args.off;
    let Some(event) = args.event else { return place::pin(session, args.contact, on) };
    let event = whole_id(&mut session.connect()?, &args.contact, event)?;
    let message: Message = session.ask(Request::Pin { contact: Some(args.contact), event, pinned: on })?;
    session.form.print(&message, |message| text(if message.pinned { "pin-set" } else { "pin-taken" }))
}

/// Prints the pinned messages, the newest last.
pub(super) fn list(session: &Session, args: Pins) -> Outcome {
    let pinned: Vec<Message> = session.ask(Request::Pins { contact: Some(args.contact) })?;
    if pinned.is_empty() && session.form == Form::Plain {
        return print_words(&text("no-pins"));
    }
    pinned.iter().rev().try_for_each(|message| print(session.form, message))
}
