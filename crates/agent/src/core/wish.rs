//! What a person asks of a conversation by a client: from the call to its part in a turn, and from the committed turn to
//! the answer.
//!
//! ```text
//! call ──wish_of──▶ Wish ──grant, in the turn──▶ Outcome ──commit──▶ answer
//! ```
//!
//! Nothing is answered before what was done is durable; of a turn that was dropped nothing was done.

use super::contacts::{State, gone};
use super::files::is_wanted_by_them;
use super::habits::Habits;
use super::shown::{self, deletion_outcome, state};
use super::talk::{internal, json};
use super::timeline::{event_id, no_event};
use super::waits::Waiting;
use super::{Answer, Core, Msg};
use kith_api::{Change, Deletion, Error, ErrorKind, Request, Resent, Sent, Word};
use kith_base::{ContactId, EventId, Mono, limits};
use kith_loopback::Scope;
use kith_proto::conversation::{Deleted, Refused, Turn};
use kith_proto::identity::Feature;
use kith_proto::io::{EventRow, View as _};
use kith_proto::log::event::{Body, Wording};
use kith_proto::log::file::FileBody;
use kith_store::ConversationVault;
use std::time::Duration;

/// How long a `send --wait` waits at most.
pub(super) const WAIT_MAX: Duration = Duration::from_secs(24 * 3600);

/// What a person wants done in a conversation.
pub(super) enum Wish {
    /// `drafted`: it was written where the draft is kept, which ends with it.
    Send {
        text: String,
        reply: Option<String>,
        drafted: bool,
        wait: Option<kith_api::State>,
        until: Mono,
    },
    File {
        body: Box<FileBody>,
        wait: Option<kith_api::State>,
        until: Mono,
    },
    Delete {
        event: String,
    },
    Hide {
        event: String,
    },
    Edit {
        event: String,
        text: String,
    },
    React {
        event: String,
        emoji: String,
    },
    Pin {
        event: String,
        pinned: bool,
    },
    Timer {
        seconds: u64,
    },
    Seen {
        event: String,
    },
    Held {
        drop: bool,
    },
}

/// A call, looked at.
pub(super) enum Wished {
    /// It is part of a turn.
    Turn(ContactId, Wish, Answer),
    /// It is done elsewhere.
    Other(Msg),
    /// It was answered with an error.
    Refused,
}

/// What is told to a caller once the turn is durable.
pub(super) enum Outcome {
    Sent {
        event: EventId,
        wait: Option<kith_api::State>,
        until: Mono,
        answer: Answer,
    },
    Deleted {
        event: EventId,
        outcome: Deleted,
        answer: Answer,
    },
    /// What is shown of a message differs.
    Changed {
        event: EventId,
        answer: Answer,
    },
    /// A message is out of sight.
    Hidden(Answer),
    /// How long messages stay is as wanted.
    Timed(Answer),
    Seen(EventRow, Answer),
    /// So many held messages were decided about; these events left the timeline.
    Held {
        messages: usize,
        left: Vec<EventId>,
        answer: Answer,
    },
    Refused(Error, Answer),
    /// The packet is not to be handled: it was tried before, or needs nothing more.
    Declined,
}

impl Outcome {
    /// Who waits for it.
    pub(super) fn into_answer(self) -> Option<Answer> {
        match self {
            Self::Sent { answer, .. } | Self::Deleted { answer, .. } | Self::Held { answer, .. } => Some(answer),
            Self::Changed { answer, .. }
            | Self::Hidden(answer)
            | Self::Timed(answer)
            | Self::Seen(_, answer)
            | Self::Refused(_, answer) => Some(answer),
            Self::Declined => None,
        }
    }
}

impl Core {
    /// What a call wants of a conversation, if anything.
    pub(super) fn wish_of(&mut self, scope: Scope, request: Request, answer: Answer) -> Wished {
        let (request, handed) = match self.as_sent(request) {
            Ok(request) => request,
            Err(error) => {
                drop(answer.send(Err(error)));
                return Wished::Refused;
            }
        };
        let (Request::Send { contact: wanted, .. }
        | Request::Delete { contact: wanted, .. }
        | Request::Hide { contact: wanted, .. }
        | Request::Edit { contact: wanted, .. }
        | Request::React { contact: wanted, .. }
        | Request::Pin { contact: wanted, .. }
        | Request::Timer { contact: wanted, .. }
        | Request::Resend { contact: wanted, .. }
        | Request::Seen { contact: wanted, .. }) = &request
        else {
            return Wished::Other(Msg::Call { scope, request, answer });
        };
        let contact = match self.find(wanted).and_then(|id| self.may_write(id).map(|()| id)) {
            Ok(contact) => contact,
            Err(error) => {
                drop(answer.send(Err(error)));
                return Wished::Refused;
            }
        };
        if handed {
            self.forwarding = None;
        }
        let wish = match request {
            Request::Send { text, reply, wait, timeout_ms, .. } => {
                let wait_for = timeout_ms.map_or(WAIT_MAX, Duration::from_millis).min(WAIT_MAX);
                let drafted = matches!(scope, Scope::Contact(_));
                Wish::Send { text, reply, drafted, wait, until: self.clock.mono() + wait_for }
            }
            Request::Delete { event, .. } => Wish::Delete { event },
            Request::Hide { event, .. } => Wish::Hide { event },
            Request::Edit { event, text, .. } => Wish::Edit { event, text },
            Request::React { event, emoji, .. } => Wish::React { event, emoji },
            Request::Pin { event, pinned, .. } => Wish::Pin { event, pinned },
            Request::Timer { seconds, .. } => Wish::Timer { seconds },
            Request::Seen { event, .. } => Wish::Seen { event },
            Request::Resend { drop, .. } => Wish::Held { drop },
            request => return Wished::Other(Msg::Call { scope, request, answer }),
        };
        Wished::Turn(contact, wish, answer)
    }

    /// Before the two are paired there is nobody to write to.
    pub(super) fn may_write(&self, id: ContactId) -> Result<(), Error> {
        self.not_blocked(id)?;
        let contact = self.contacts.get(&id).ok_or_else(gone)?;
        match contact.state() {
            State::Connected => Ok(()),
            State::Connecting if contact.row.conversation.is_some() && contact.row.side == 1 => Ok(()),
            _ => Err(Error::new(ErrorKind::WrongState, "not-connected-yet", [("name", Word::text(&contact.row.name))])),
        }
    }

    pub(super) fn answer(&mut self, id: ContactId, outcomes: Vec<Outcome>) {
        for outcome in outcomes {
            match outcome {
                Outcome::Sent { event, wait, until, answer } => self.answer_sent(id, event, wait, until, answer),
                Outcome::Deleted { event, outcome, answer } => {
                    let outcome = deletion_outcome(outcome);
                    let message = self.message(id, &event);
                    drop(answer.send(message.map(|message| json(&Deletion { message, outcome }))));
                }
                Outcome::Changed { event, answer } => {
                    drop(answer.send(self.message(id, &event).map(|message| json(&message))));
                }
                Outcome::Hidden(answer) => drop(answer.send(Ok(serde_json::Value::Null))),
                Outcome::Timed(answer) => drop(answer.send(self.view(id).map(|contact| json(&contact)))),
                Outcome::Seen(row, answer) => {
                    self.remember_seen(id, row);
                    drop(answer.send(Ok(serde_json::Value::Null)));
                    self.changed(id);
                }
                Outcome::Held { messages, left, answer } => {
                    self.left(id, &left);
                    let messages = u32::try_from(messages).unwrap_or(u32::MAX);
                    drop(answer.send(Ok(json(&Resent { messages }))));
                }
                Outcome::Refused(error, answer) => drop(answer.send(Err(error))),
                Outcome::Declined => {}
            }
        }
    }

    /// Tells those who watch which messages left the timeline, and ends the waiting for them.
    pub(super) fn left(&mut self, id: ContactId, left: &[EventId]) {
        for event in left {
            self.push(Change::MessageGone { contact: id.to_string(), event: event.to_string() });
        }
        for waiting in self.waiting.take(|waiting| waiting.contact == id && left.contains(&waiting.event)) {
            let sent = Sent { event: waiting.event.to_string(), state: kith_api::State::Waiting };
            drop(waiting.answer.send(Ok(json(&sent))));
        }
    }

    fn answer_sent(
        &mut self,
        id: ContactId,
        event: EventId,
        wait: Option<kith_api::State>,
        until: Mono,
        answer: Answer,
    ) {
        let found = self.contacts.get(&id).and_then(|contact| contact.live.as_ref()).and_then(|live| {
            let row = live.vault.row_of(&event)?;
            Some((row, live.vault.event(row)?.delivery))
        });
        let Some((row, delivery)) = found else { return drop(answer.send(Err(internal("a message is missing")))) };
        let reached = state(delivery);
        match wait.filter(|want| reached < *want) {
            Some(want) => self.waiting.add(Waiting { contact: id, row, event, want, until, answer }),
            None => drop(answer.send(Ok(json(&Sent { event: event.to_string(), state: reached })))),
        }
    }
}

/// Does what a person wants, in a turn.
pub(super) fn grant(
    turn: &mut Turn<'_>,
    (vault, habits): (&ConversationVault, Habits),
    wish: Wish,
    answer: Answer,
) -> Outcome {
    match try_to(turn, vault, habits, wish) {
        Ok(done) => done.for_whom(answer),
        Err(error) => Outcome::Refused(error, answer),
    }
}

/// What was done, before it is known to whom it is told.
enum Done {
    Sent(EventId, Option<kith_api::State>, Mono),
    Deleted(EventId, Deleted),
    Changed(EventId),
    Hidden,
    Timed,
    Seen(EventRow),
    Held(usize, Vec<EventId>),
}

impl Done {
    fn for_whom(self, answer: Answer) -> Outcome {
        match self {
            Self::Sent(event, wait, until) => Outcome::Sent { event, wait, until, answer },
            Self::Deleted(event, outcome) => Outcome::Deleted { event, outcome, answer },
            Self::Changed(event) => Outcome::Changed { event, answer },
            Self::Hidden => Outcome::Hidden(answer),
            Self::Timed => Outcome::Timed(answer),
            Self::Seen(row) => Outcome::Seen(row, answer),
            Self::Held(messages, left) => Outcome::Held { messages, left, answer },
        }
    }
}

fn try_to(turn: &mut Turn<'_>, vault: &ConversationVault, habits: Habits, wish: Wish) -> Result<Done, Error> {
    match wish {
        Wish::Send { text, reply, wait, until, drafted: _ } => {
            let answers = reply.map(|event| answerable(vault, &event)).transpose()?;
            let said = Wording { answers, ..Wording::from(text) };
            let event = turn.write(&Body::Text(said)).map_err(refusal)?;
            Ok(Done::Sent(event, wait, until))
        }
        Wish::File { body, wait, until } => {
            let event = turn.write(&Body::File(body)).map_err(refusal)?;
            Ok(Done::Sent(event, wait, until))
        }
        Wish::Delete { event } => {
            let event = event_id(&event)?;
            Ok(Done::Deleted(event, turn.delete(event).map_err(refusal)?))
        }
        Wish::Hide { event } => {
            let event = event_id(&event)?;
            if vault.row_of(&event).is_some_and(|row| is_wanted_by_them(vault, row)) {
                return Err(refusal(Refused::OnItsWay));
            }
            turn.hide(event).map_err(refusal)?;
            Ok(Done::Hidden)
        }
        Wish::Edit { event, text } => {
            let event = event_id(&event)?;
            turn.edit(event, text).map_err(refusal)?;
            Ok(Done::Changed(event))
        }
        Wish::React { event, emoji } => {
            let event = event_id(&event)?;
            turn.react(event, &emoji).map_err(refusal)?;
            Ok(Done::Changed(event))
        }
        Wish::Pin { event, pinned } => {
            let event = event_id(&event)?;
            turn.pin(event, pinned).map_err(refusal)?;
            Ok(Done::Changed(event))
        }
        Wish::Timer { seconds } => {
            turn.set_timer(seconds).map_err(refusal)?;
            Ok(Done::Timed)
        }
        Wish::Seen { event } => {
            let row = vault.row_of(&event_id(&event)?).ok_or_else(no_event)?;
            let row = shown::in_view(vault, row);
            // Whatever is told of it.
            turn.seen(row);
            if habits.receipts {
                turn.shown(row);
            }
            Ok(Done::Seen(row))
        }
        Wish::Held { drop: true } => Ok(Done::Held(turn.drop_held(), Vec::new())),
        Wish::Held { drop: false } => {
            let left = turn.resend_held().map_err(refusal)?;
            Ok(Done::Held(left.len(), left))
        }
    }
}

/// A message that can be answered: one that is here and not deleted.
fn answerable(vault: &ConversationVault, event: &str) -> Result<EventId, Error> {
    let id = event_id(event)?;
    let event = vault.row_of(&id).and_then(|row| vault.event(row)).ok_or_else(no_event)?;
    let edited = event.edited_by.is_some_and(|edit| vault.body(edit).is_some());
    match (shown::is_message(&event), event.erased && !edited) {
        (false, _) => Err(no_event()),
        (true, true) => Err(refusal(Refused::AlreadyDeleted)),
        (true, false) => Ok(id),
    }
}

pub(super) fn refusal(refused: Refused) -> Error {
    let said = |kind, id| Error::new(kind, id, []);
    match refused {
        Refused::Empty => said(ErrorKind::BadInput, "text-empty"),
        Refused::NoSuchFile => said(ErrorKind::BadInput, "file-name-bad"),
        Refused::TooLong(bytes) => {
            let words = [("count", Word::count(bytes)), ("most", Word::count(limits::TEXT_BYTES_MAX))];
            Error::new(ErrorKind::TooLarge, "text-too-long", words)
        }
        Refused::NoSuchEvent => said(ErrorKind::NotFound, "message-unknown"),
        Refused::NotYours => said(ErrorKind::Forbidden, "message-not-yours"),
        Refused::AlreadyDeleted => said(ErrorKind::WrongState, "message-deleted"),
        Refused::Before => said(ErrorKind::WrongState, "message-from-before"),
        Refused::Retired => said(ErrorKind::WrongState, "device-retired"),
        Refused::Removed => said(ErrorKind::WrongState, "device-removed"),
        Refused::TooOld(Feature::Edit) => said(ErrorKind::WrongState, "too-old-edit"),
        Refused::TooOld(Feature::React) => said(ErrorKind::WrongState, "too-old-react"),
        Refused::TooOld(Feature::Pin) => said(ErrorKind::WrongState, "too-old-pin"),
        Refused::TooOld(Feature::Disappear) => said(ErrorKind::WrongState, "too-old-disappear"),
        Refused::TooOld(Feature::Files) => said(ErrorKind::WrongState, "too-old-files"),
        Refused::OnItsWay => said(ErrorKind::WrongState, "message-on-its-way"),
        Refused::NoSuchTimer => said(ErrorKind::BadInput, "timer-bad"),
        Refused::PinnedTooOften => said(ErrorKind::WrongState, "message-pinned-often"),
        Refused::NotEmoji => said(ErrorKind::BadInput, "reaction-not-emoji"),
    }
}
