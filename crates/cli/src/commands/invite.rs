//! `kith invite`: a code to read aloud and a link to send.

use super::Session;
use crate::args::Invite;
use crate::output::{Outcome, stdout_is_terminal};
use crate::terminal;
use crate::text::{text, text_count, text_with, visible};
use kith_api::{Invitation, Request};
use serde::Serialize;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What `kith invite --json` prints.
#[derive(Serialize)]
struct InviteLine {
    contact: String,
    code: String,
    link: String,
    expires_at: u64,
}

/// Opens an invitation and ends; the agent waits for the answer.
pub(super) fn invite(session: &Session, args: Invite) -> Outcome {
    let name = args.name.clone();
    let open: Invitation = session.ask(Request::Invite { name: args.name, again: args.again })?;
    let failures = open.failures;
    let line = InviteLine { contact: open.contact, code: open.code, link: open.link, expires_at: open.expires_at };
    session.form.print(&line, |line| words(&name, line, failures))
}

/// The invitation for a person, with its QR where it can be seen.
fn words(name: &str, line: &InviteLine, failures: u32) -> String {
    let open_for = text_count("invite-open", minutes_until(line.expires_at));
    let mut out = vec![
        text_with("invite-read", &[("name", visible(name))]),
        String::new(),
        format!("    {}", visible(&line.code)),
        String::new(),
        open_for,
        text("invite-send"),
        String::new(),
        format!("    {}", visible(&line.link)),
    ];
    if failures > 0 {
        out.push(text_count("failures", u64::from(failures)));
    }
    if let Some(qr) = stdout_is_terminal().then(|| terminal::qr(&line.link)).flatten() {
        out.extend([String::new(), qr]);
    }
    out.join("\n")
}

/// Whole minutes from this moment to one in milliseconds since 1970, at least none.
fn minutes_until(at_ms: u64) -> u64 {
    let at = UNIX_EPOCH + Duration::from_millis(at_ms);
    at.duration_since(SystemTime::now()).map_or(0, |left| left.as_secs().div_ceil(60))
}
