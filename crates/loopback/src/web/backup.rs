//! A backup over home's own origin.
//!
//! ```text
//! GET /api/backup?t=<ticket>    navigation ──▶ the file, piece by piece, as an attachment
//! ```
//! What a backup holds is more than home's page may see: all that was said, under a passphrase that whoever acts in the page
//! chose. So the bytes go to what a person clicked on, for which the browser sends `Sec-Fetch-Mode: navigate`, and never to a
//! script, which can't send that; and as an attachment, which no page shows.

use super::busy::{Busy, Moving};
use super::files::{query, refused};
use super::headers::SANDBOX;
use super::routes::plain;
use super::{App, Shared};
use crate::Backend;
use crate::scope::Scope;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use std::io;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Where a backup is.
pub(super) const BACKUP: &str = "/api/backup";

/// Gives the backup that a ticket is for.
pub(super) async fn answer<B: Backend>(shared: &Arc<Shared<B>>, app: &App, request: Request, busy: Busy) -> Response {
    // LOOP-080
    if app.scope != Scope::Home {
        return plain(StatusCode::FORBIDDEN, "A backup is fetched by the home app.\n");
    }
    // LOOP-081
    if request.headers().get("sec-fetch-mode").is_none_or(|mode| mode != "navigate") {
        return plain(StatusCode::FORBIDDEN, "A backup is downloaded by its person, not read by a page.\n");
    }
    let Ok(permit) = Arc::clone(&shared.transfers).try_acquire_owned() else {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "Too many files are on their way.\n");
    };
    let moving = busy.begin(permit);
    let ticket = query(request.uri().query(), "t").unwrap_or_default();
    let pieces = match shared.service.backend.open_backup(ticket).await {
        Ok(pieces) => pieces,
        Err(error) => return refused(&error),
    };
    let next = |under_way: Option<(mpsc::Receiver<Bytes>, Moving)>| async move {
        let (mut pieces, moving) = under_way?;
        match pieces.recv().await {
            Some(piece) if piece.is_empty() => None,
            Some(piece) => Some((Ok(piece), Some((pieces, moving)))),
            // LOOP-082
            None => Some((Err(io::Error::from(io::ErrorKind::UnexpectedEof)), None)),
        }
    };
    let body = Body::from_stream(stream::unfold(Some((pieces, moving)), next));
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        // The link says how the file is to be called, as the day is its person's and not this agent's.
        (header::CONTENT_DISPOSITION, "attachment"),
        (header::CONTENT_SECURITY_POLICY, SANDBOX),
        (header::ACCEPT_RANGES, "none"),
    ];
    (StatusCode::OK, headers, body).into_response()
}
