//! `/api/ws`: one window of an app.
//!
//! ```text
//! page  → {"bearer": "…", "run": "…", "since": 41}      within five seconds; run and since only when it comes back
//! agent → {"ok": {"run": "…", "seq": 57, "scope": "…" | null, "resumed": true}}       or closes with 4401
//! ```
//!
//! With `resumed` the window hears from `since` on at once, as if it had asked `watch`; without it, it asks anew.

use super::Shared;
use crate::keys::digest;
use crate::scope::Scope;
use crate::session::{self, End, Unreadable};
use crate::{Backend, Service};
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::{SinkExt as _, Stream, StreamExt as _, future};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

/// The close code of a locked device.
const LOCKED: u16 = 4423;

/// A WebSocket that was opened by its own origin and has shown no bearer yet.
pub(super) struct Window<B> {
    pub(super) shared: Arc<Shared<B>>,
    pub(super) label: String,
    pub(super) scope: Scope,
    pub(super) permit: OwnedSemaphorePermit,
}

#[derive(Deserialize)]
struct Hello {
    bearer: String,
    #[serde(default)]
    run: Option<String>,
    #[serde(default)]
    since: Option<u64>,
}

#[derive(Serialize)]
struct Welcome<'a> {
    ok: Admission<'a>,
}

#[derive(Serialize)]
struct Admission<'a> {
    run: &'a str,
    seq: u64,
    scope: Option<&'a str>,
    resumed: bool,
}

impl<B: Backend> Window<B> {
    pub(super) async fn serve(self, mut socket: WebSocket) {
        let limits = &self.shared.service.limits;
        let hello = timeout(limits.hello_time, hello(&mut socket)).await.ok().flatten();
        let Some(hello) = hello.filter(|hello| self.knows(hello)) else {
            return close(&mut socket, 4401, "Open Kith with `kith`.").await;
        };
        // LOCK-003
        if *self.shared.service.backend.locked().borrow() {
            return close(&mut socket, LOCKED, "Kith is locked.").await;
        }
        let resume = resume(&self.shared.service, &hello);
        let Ok(welcome) = serde_json::to_string(&self.welcome(resume)) else { return };
        if !matches!(timeout(limits.write_time, socket.send(Message::text(welcome))).await, Ok(Ok(()))) {
            return;
        }
        self.speak(socket, resume).await;
    }

    fn knows(&self, hello: &Hello) -> bool {
        self.shared.service.backend.bearer_known(&self.label, &digest(&self.label, &hello.bearer))
    }

    fn welcome(&self, resume: Option<u64>) -> Welcome<'_> {
        let scope = match &self.scope {
            Scope::Contact(contact) => Some(contact.as_str()),
            Scope::Home | Scope::Local => None,
        };
        let feed = &self.shared.service.feed;
        Welcome { ok: Admission { run: feed.run(), seq: feed.newest(), scope, resumed: resume.is_some() } }
    }

    async fn speak(self, socket: WebSocket, resume: Option<u64>) {
        let Self { shared, label, scope, permit } = self;
        let (sink, stream) = socket.split();
        // An app that was removed is not heard again, whether its window watches or not.
        let exists = |_: &Result<String, Unreadable>| future::ready(shared.service.backend.app(&label).is_some());
        let mut incoming = Box::pin(texts(stream).take_while(exists));
        let mut outgoing = sink.with(|text: String| future::ready(Ok::<_, axum::Error>(Message::text(text))));
        let service = shared.service.clone();
        let end = session::run(service, scope, resume, (&mut incoming, &mut outgoing), permit, &shared.stop).await;
        tracing::debug!(?end, "a window closed");
        let mut socket = outgoing.into_inner();
        if let Some((code, reason)) = farewell(end) {
            let frame = CloseFrame { code, reason: Utf8Bytes::from_static(reason) };
            let _gone = timeout(shared.service.limits.grace, socket.send(Message::Close(Some(frame)))).await;
        }
    }
}

/// The first message, if it is one that introduces a page (LOOP-032).
async fn hello(socket: &mut WebSocket) -> Option<Hello> {
    match socket.recv().await {
        Some(Ok(Message::Text(text))) => serde_json::from_str(&text).ok(),
        _ => None,
    }
}

/// The cursor a returning window goes on from, if what it missed is all here (LOOP-033).
fn resume<B>(service: &Service<B>, hello: &Hello) -> Option<u64> {
    let since = hello.since?;
    let same_run = hello.run.as_deref() == Some(service.feed.run());
    (same_run && service.feed.after(since).is_ok()).then_some(since)
}

fn texts(stream: impl Stream<Item = Result<Message, axum::Error>>) -> impl Stream<Item = Result<String, Unreadable>> {
    let open = stream.take_while(|message| future::ready(!matches!(message, Ok(Message::Close(_)))));
    open.filter_map(|message| {
        future::ready(match message {
            Ok(Message::Text(text)) => Some(Ok(text.as_str().to_owned())),
            Ok(Message::Binary(_)) => Some(Err(Unreadable::NotText)),
            Ok(Message::Ping(_) | Message::Pong(_) | Message::Close(_)) => None,
            // The carrier refuses what is over its limit, and nothing else can go wrong with a browser's frames.
            Err(_) => Some(Err(Unreadable::TooLarge)),
        })
    })
}

/// The close code of an end; none when nobody is there to read it (LOOP-053).
const fn farewell(end: End) -> Option<(u16, &'static str)> {
    match end {
        End::Left | End::Stuck => None,
        End::Unreadable => Some((1009, "Too large, or not text.")),
        End::Missed => Some((4410, "Ask anew.")),
        End::Removed => Some((4404, "This app was removed.")),
        End::Locked => Some((LOCKED, "Kith is locked.")),
        End::Stopping => Some((1001, "Kith stops.")),
    }
}

async fn close(socket: &mut WebSocket, code: u16, reason: &'static str) {
    let frame = CloseFrame { code, reason: Utf8Bytes::from_static(reason) };
    // Whether it is heard makes no difference: the connection ends here.
    let _unheard = socket.send(Message::Close(Some(frame))).await;
}
