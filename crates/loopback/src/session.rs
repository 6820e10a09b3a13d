//! One client's calls and pushes, whatever carries them.
//!
//! Calls run at the same time and are answered as they finish; their first polls keep the order in which they came. A
//! session ends for one of the reasons in [`End`]. Calls that are under way then are polled to their end: closing a
//! window stops nothing.

use crate::feed::Lost;
use crate::scope::{Scope, locked, may_while_locked};
use crate::{Backend, Service};
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt as _, Sink, SinkExt as _, Stream, StreamExt as _};
use kith_api::{Call, Change, Contact, Error, ErrorKind, Push, Reply, Request, Watching, Word};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::error::Elapsed;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// Why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// The client left.
    Left,
    /// The client sent what can't be read, or more than it may.
    Unreadable,
    /// The client does not read what it is sent.
    Stuck,
    /// Pushes were lost on the way to it; it asks anew.
    Missed,
    /// Its contact was removed.
    Removed,
    /// This device was locked.
    Locked,
    /// The agent stops.
    Stopping,
}

/// Why nothing can be read from a client, apart from its leaving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Larger than the carrier's limit.
    TooLarge,
    /// Not text.
    NotText,
}

/// Serves one client until it ends. `resume` is a cursor from which it hears pushes at once; otherwise it asks `watch`.
pub(crate) async fn run<B, I, O>(
    service: Arc<Service<B>>,
    scope: Scope,
    resume: Option<u64>,
    (incoming, outgoing): (&mut I, &mut O),
    permit: OwnedSemaphorePermit,
    stop: &CancellationToken,
) -> End
where
    B: Backend,
    I: Stream<Item = Result<String, Unreadable>> + Unpin,
    O: Sink<String> + Unpin,
{
    let newest = service.feed.subscribe();
    let locked = service.backend.locked();
    let mut session = Session {
        service,
        scope,
        cursor: resume,
        newest,
        locked,
        announces: false,
        watched: BTreeSet::new(),
        calls: FuturesUnordered::new(),
        outgoing,
    };
    let end = session.serve(incoming, stop).await;
    session.finish(end, permit).await;
    end
}

struct Session<'a, B, O> {
    service: Arc<Service<B>>,
    scope: Scope,
    /// The last push heard; `None` while the client does not watch.
    cursor: Option<u64>,
    newest: watch::Receiver<u64>,
    locked: watch::Receiver<bool>,
    /// Whether this window shows notifications itself.
    announces: bool,
    /// Contacts whose messages the client asked for.
    watched: BTreeSet<String>,
    calls: FuturesUnordered<BoxFuture<'static, Answer>>,
    outgoing: &'a mut O,
}

/// A call that was done.
struct Answer {
    id: u64,
    outcome: Result<Done, Error>,
}

enum Done {
    Value(serde_json::Value),
    /// Pushes may begin; with the messages of this contact.
    Watch(Option<String>),
    /// The window shows notifications itself from here on, or does not.
    Announces(bool),
}

impl<B: Backend, O: Sink<String> + Unpin> Session<'_, B, O> {
    async fn serve<I>(&mut self, incoming: &mut I, stop: &CancellationToken) -> End
    where
        I: Stream<Item = Result<String, Unreadable>> + Unpin,
    {
        // A resuming client first hears what it missed.
        self.newest.mark_changed();
        // What was locked before this began is heard as well.
        self.locked.mark_changed();
        loop {
            let step = tokio::select! {
                () = stop.cancelled() => return End::Stopping,
                Ok(()) = self.locked.changed(), if self.is_closed_by_a_lock() => self.stay_unless_locked(),
                Some(answer) = self.calls.next() => self.answer_ready(answer).await,
                Ok(()) = self.newest.changed(), if self.cursor.is_some() => self.push_newer().await,
                frame = incoming.next(), if self.calls.len() < self.service.limits.calls_max => self.hear(frame).await,
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    /// A window, and whoever watches. A command that only asks hears from the answer. LOCK-003
    fn is_closed_by_a_lock(&self) -> bool {
        self.scope != Scope::Local || self.cursor.is_some()
    }

    fn stay_unless_locked(&mut self) -> Result<(), End> {
        if *self.locked.borrow_and_update() { Err(End::Locked) } else { Ok(()) }
    }

    async fn hear(&mut self, frame: Option<Result<String, Unreadable>>) -> Result<(), End> {
        match frame {
            None => Err(End::Left),
            Some(Err(why)) => {
                self.send(&Reply::Error { id: 0, error: unreadable(why) }).await?;
                Err(End::Unreadable)
            }
            Some(Ok(text)) => match serde_json::from_str::<Call>(&text) {
                Ok(call) => {
                    self.start(call);
                    Ok(())
                }
                Err(error) => self.send(&Reply::Error { id: id_of(&text), error: malformed(&error) }).await,
            },
        }
    }

    fn start(&mut self, Call { id, request }: Call) {
        // LOOP-043
        let admitted = self.scope.admit(request).and_then(|request| {
            // LOCK-002
            if *self.locked.borrow() && !may_while_locked(&request) { Err(locked()) } else { Ok(request) }
        });
        let (service, scope) = (self.service.clone(), self.scope.clone());
        let call = async move {
            let outcome = match admitted {
                Ok(Request::Watch { contact: Some(contact) }) if scope == Scope::Local => {
                    resolve(&service.backend, contact).await
                }
                Ok(Request::Watch { .. }) => Ok(Done::Watch(None)),
                Ok(Request::Announces { on, .. }) => Ok(Done::Announces(on)),
                Ok(request) => service.backend.call(scope, request).await.map(Done::Value),
                Err(error) => Err(error),
            };
            Answer { id, outcome }
        };
        self.calls.push(call.boxed());
    }

    /// Answers all that is done, and hands it over in one piece: many calls are done at once by one commit.
    async fn answer_ready(&mut self, first: Answer) -> Result<(), End> {
        let mut next = Some(first);
        while let Some(answer) = next {
            self.answer(answer).await?;
            next = self.calls.next().now_or_never().flatten();
        }
        self.flush().await
    }

    /// Writes an answer; it leaves with the next [`Self::flush`].
    async fn answer(&mut self, Answer { id, outcome }: Answer) -> Result<(), End> {
        let reply = match outcome.and_then(|done| self.value(done)) {
            Ok(ok) => Reply::Ok { id, ok },
            Err(error) => Reply::Error { id, error },
        };
        self.feed(&reply).await
    }

    fn value(&mut self, done: Done) -> Result<serde_json::Value, Error> {
        let contact = match done {
            Done::Value(value) => return Ok(value),
            Done::Announces(on) => {
                self.announce(on);
                return Ok(serde_json::Value::Null);
            }
            Done::Watch(contact) => contact,
        };
        self.watched.extend(contact);
        let seq = *self.cursor.get_or_insert_with(|| self.service.feed.newest());
        let scope = match &self.scope {
            Scope::Contact(contact) => Some(contact.clone()),
            Scope::Home | Scope::Local => None,
        };
        serde_json::to_value(Watching { seq, scope }).map_err(|error| internal(&error))
    }

    /// Tells the backend, which tells the desktop's notifications, who announces. LOOP-045
    fn announce(&mut self, on: bool) {
        if let Scope::Contact(contact) = &self.scope
            && std::mem::replace(&mut self.announces, on) != on
        {
            self.service.backend.announces(contact, on);
        }
    }

    async fn push_newer(&mut self) -> Result<(), End> {
        let Some(cursor) = self.cursor else { return Ok(()) };
        // Both may have happened: nothing leaves after the lock.
        self.stay_unless_locked()?;
        // LOOP-051
        let pushes = self.service.feed.after(cursor).map_err(|Lost| End::Missed)?;
        for push in pushes {
            self.cursor = Some(push.seq);
            if self.scope.hears(&self.watched, &push.change) {
                self.feed(&Reply::Push { push: Push::clone(&push) }).await?;
                if let Err(removed) = self.stay_unless_removed(&push.change) {
                    self.flush().await?;
                    return Err(removed);
                }
            }
        }
        self.flush().await
    }

    fn stay_unless_removed(&self, change: &Change) -> Result<(), End> {
        match (&self.scope, change) {
            // LOOP-052
            (Scope::Contact(own), Change::ContactRemoved(contact)) if own == contact => Err(End::Removed),
            _ => Ok(()),
        }
    }

    async fn send(&mut self, reply: &Reply) -> Result<(), End> {
        self.feed(reply).await?;
        self.flush().await
    }

    async fn feed(&mut self, reply: &Reply) -> Result<(), End> {
        let text = serde_json::to_string(reply).unwrap_or_else(|error| {
            tracing::error!(%error, "an answer could not be written as JSON");
            String::from(
                r#"{"id":0,"error":{"kind":"internal","message":"Kith could not write its answer.","hint":""}}"#,
            )
        });
        written(timeout(self.service.limits.write_time, self.outgoing.feed(text)).await)
    }

    async fn flush(&mut self) -> Result<(), End> {
        written(timeout(self.service.limits.write_time, self.outgoing.flush()).await)
    }

    /// Answers what is under way if somebody may still read it, and lets it come to its end in any case (LOOP-050).
    async fn finish(mut self, end: End, permit: OwnedSemaphorePermit) {
        self.announce(false);
        if matches!(end, End::Left | End::Unreadable | End::Stopping) {
            let grace = self.service.limits.grace;
            let answering = async {
                while let Some(answer) = self.calls.next().await {
                    if self.answer_ready(answer).await.is_err() {
                        return;
                    }
                }
            };
            // Without an answer in time the call goes on below, unheard.
            let _unanswered = timeout(grace, answering).await;
        }
        let mut calls = self.calls;
        if end != End::Stopping && !calls.is_empty() {
            tokio::spawn(async move {
                while calls.next().await.is_some() {}
                drop(permit);
            });
        }
    }
}

fn written<E>(done: Result<Result<(), E>, Elapsed>) -> Result<(), End> {
    match done {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(End::Left),
        Err(_) => Err(End::Stuck),
    }
}

/// The id of a contact that may be given by name.
async fn resolve<B: Backend>(backend: &B, contact: String) -> Result<Done, Error> {
    let value = backend.call(Scope::Local, Request::Contact { contact: Some(contact) }).await?;
    let contact: Contact = serde_json::from_value(value).map_err(|error| internal(&error))?;
    Ok(Done::Watch(Some(contact.contact)))
}

/// The id of a call that can't be read otherwise, so that its client learns which one it was.
fn id_of(text: &str) -> u64 {
    #[derive(Deserialize)]
    struct Numbered {
        id: u64,
    }
    serde_json::from_str::<Numbered>(text).map_or(0, |call| call.id)
}

fn malformed(error: &serde_json::Error) -> Error {
    Error::new(ErrorKind::BadRequest, "call-unreadable", [("why", Word::text(error))])
}

fn unreadable(why: Unreadable) -> Error {
    match why {
        Unreadable::TooLarge => Error::new(ErrorKind::TooLarge, "call-too-large", []),
        Unreadable::NotText => Error::new(ErrorKind::BadRequest, "call-not-text", []),
    }
}

fn internal(error: &serde_json::Error) -> Error {
    tracing::error!(%error, "the backend answered in a shape that is not the API's");
    Error::new(ErrorKind::Internal, "answer-unreadable", [])
}
