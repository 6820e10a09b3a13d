//! Texts that go on from one conversation to another.
//!
//! A contact's page must not learn who else there is, and home does not read conversations. So a page hands a message to
//! home: the core remembers which, home is shown its text and chooses a person, and the core sends it.
//!
//! ```text
//! nothing ──an app hands one over──▶ handed ──home names a person──▶ sent, nothing
//!                                      └── ten minutes, another one, a restart ──▶ nothing, or that one
//! ```
//!
//! Kept is the message's id and not its text: what was deleted meanwhile is not sent on.

use super::Core;
use super::timeline::{event_id, no_event};
use super::wish::refusal;
use kith_api::{Error, ErrorKind, Forwarded, Kind, Open, Request};
use kith_base::{ContactId, EventId, Mono};
use kith_loopback::origin;
use kith_proto::conversation::Refused;
use std::time::Duration;

/// For how long a message that was handed over waits for a person to be named.
const HANDED_FOR: Duration = Duration::from_secs(10 * 60);

/// A message that was handed to home.
#[derive(Debug, Clone, Copy)]
pub(super) struct Handed {
    from: ContactId,
    event: EventId,
    until: Mono,
}

impl Core {
    /// Hands a message to home; answers with the way there.
    pub(super) fn hand_over(&mut self, from: ContactId, event: &str) -> Result<Open, Error> {
        let event = event_id(event)?;
        self.text_of(from, event)?;
        self.forwarding = Some(Handed { from, event, until: self.clock.mono() + HANDED_FOR });
        Ok(Open { url: origin(&self.settings.home_label, self.web_port) })
    }

    /// What was handed over, if that can still be sent on.
    pub(super) fn handed(&mut self) -> Option<Forwarded> {
        let now = self.clock.mono();
        let handed = self.forwarding.filter(|handed| now < handed.until)?;
        self.text_of(handed.from, handed.event).ok().map(|text| Forwarded { text })
    }

    /// A call that sends something on, as the call that sends it; and whether it uses up what was handed over.
    pub(super) fn as_sent(&mut self, request: Request) -> Result<(Request, bool), Error> {
        let (to, text, handed) = match request {
            Request::Forward { contact, event, to } => {
                let from = self.find(&contact)?;
                (to, self.text_of(from, event_id(&event)?)?, false)
            }
            Request::ForwardTo { to } => (to, self.handed().ok_or_else(nothing_handed)?.text, true),
            request => return Ok((request, false)),
        };
        Ok((Request::Send { contact: Some(to), text, reply: None, wait: None, timeout_ms: None }, handed))
    }

    /// What is sent on of a message: its text as it stands, without whom it answered.
    fn text_of(&mut self, from: ContactId, event: EventId) -> Result<String, Error> {
        self.not_blocked(from)?;
        let message = self.message(from, &event)?;
        match message.kind {
            Kind::Text => Ok(message.text),
            Kind::Deleted => Err(refusal(Refused::AlreadyDeleted)),
            Kind::File => Err(Error::new(ErrorKind::BadInput, "forward-a-file", [])),
            Kind::Notice | Kind::Unknown => Err(no_event()),
        }
    }
}

fn nothing_handed() -> Error {
    Error::new(ErrorKind::NotFound, "forward-nothing", [])
}
