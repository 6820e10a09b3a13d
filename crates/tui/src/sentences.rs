//! What is said of a contact and of a message: the design's section on truth, from the API's facts.
//!
//! The web pages say the same (`web/src/lib/sentences.ts`), by the same sentences of `locales/`.

use crate::time::{Local, Zone};
use kith_api::{Contact, ContactState, Kind, Message, Notice, Path, State};
use kith_words::{Words, visible};

/// Between which devices a path runs, as cells: first this device, second theirs.
pub(crate) fn path_glyph(contact: &Contact) -> &'static str {
    match (contact.state, contact.path) {
        _ if contact.place.blocked => "",
        (ContactState::Connected, Path::Direct) => "●──●",
        (ContactState::Connected, Path::Relayed) => "●▫─●",
        (ContactState::Connected, Path::None) => "●  ○",
        _ => "",
    }
}

/// What a message's delivery looks like: it fills when their device says so.
pub(crate) fn state_glyph(state: State) -> &'static str {
    match state {
        State::Waiting => "●◌",
        State::Sent => "●○",
        State::Delivered => "●●",
        State::Seen => "●◉",
    }
}

/// The first word of a name, for sentences: *Waiting for Mira*.
pub(crate) fn call_name(name: &str) -> String {
    visible(name.split_whitespace().next().unwrap_or_default())
}

/// What lies between the two devices, or how far the two are with each other.
pub(crate) fn path_words(contact: &Contact, zone: Zone, now: Local, words: &Words) -> String {
    let name = ("name", call_name(&contact.name));
    match (contact.state, contact.path, contact.path_since) {
        _ if contact.place.blocked => words.say("row-blocked"),
        (ContactState::Saved, ..) => words.say("row-saved"),
        (ContactState::Inviting, ..) => words.with("contact-inviting", &[name]),
        (ContactState::Connecting, ..) => words.with("contact-connecting", &[name]),
        (ContactState::Failed, ..) => words.with("contact-failed", &[name]),
        (ContactState::Connected, Path::Direct, _) => words.say("path-direct"),
        (ContactState::Connected, Path::Relayed, _) => words.say("path-relayed"),
        (ContactState::Connected, Path::None, Some(since)) => {
            words.with("path-waiting-since", &[name, ("time", zone(since).words(now, words))])
        }
        (ContactState::Connected, Path::None, None) => words.with("path-waiting", &[name]),
    }
}

/// What a contact waits for, in the agent's words.
pub(crate) fn note_words(contact: &Contact, words: &Words) -> Option<String> {
    let note = contact.note.as_ref()?;
    let id = if note.id.starts_with("note-") { note.id.clone() } else { format!("note-{}", note.id) };
    let args = [("name", call_name(&contact.name))];
    words.has(&id).then(|| words.counted(&id, &args, note.count.unwrap_or_default().into()))
}

/// What stands in a message's bubble, safe for a terminal; a line end stays one.
pub(crate) fn body(message: &Message, name: &str, words: &Words) -> String {
    let args = [("name", call_name(name))];
    match (message.kind, &message.notice) {
        (Kind::Text, _) => message.text.split('\n').map(visible).collect::<Vec<_>>().join("\n"),
        (Kind::File, _) => file_words(message),
        (_, Some(notice)) => notice_words(notice, name, words),
        (Kind::Deleted, None) if !message.mine => words.with("message-deleted-theirs", &args),
        (Kind::Deleted, None) => words.say(match message.state {
            None | Some(State::Waiting) => "message-deleted-waiting",
            Some(State::Sent) => "message-deleted-sent",
            Some(State::Delivered) => "message-deleted-delivered",
            Some(State::Seen) => "message-deleted-seen",
        }),
        (Kind::Notice | Kind::Unknown, None) => words.say("message-unknown"),
    }
}

/// A file's name, and the words beside it.
fn file_words(message: &Message) -> String {
    let name = message.file.as_ref().map(|file| visible(&file.name));
    let said = (!message.text.is_empty()).then(|| message.text.split('\n').map(visible).collect::<Vec<_>>().join("\n"));
    name.into_iter().chain(said).collect::<Vec<_>>().join("\n")
}

/// What this device tells its person.
fn notice_words(notice: &Notice, name: &str, words: &Words) -> String {
    let (id, count) = notice.sentence();
    words.counted(id, &[("name", call_name(name))], count)
}

/// What is known of an own message's delivery.
pub(crate) fn state_words(message: &Message, name: &str, words: &Words) -> Option<String> {
    let args = [("name", call_name(name))];
    let state = message.state?;
    Some(match state {
        _ if message.held => words.with("state-held", &args),
        State::Waiting => words.with("state-waiting", &args),
        State::Sent => words.with("state-sent", &args),
        State::Delivered => words.say("state-delivered"),
        State::Seen => words.say("state-seen"),
    })
}
