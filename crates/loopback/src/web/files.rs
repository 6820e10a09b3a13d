//! Files over the contact's own origin.
//!
//! ```text
//! POST /api/files                    bearer   length, offer, bytes ──▶ {"event": …, "state": …}
//! POST /api/files/<event>/ticket     bearer                        ──▶ {"ticket": …}
//! GET  /api/files/<event>?t=<ticket> ticket   Range                ──▶ the bytes
//! ```
//! A file is shown inside the page only where nothing that it holds can act: some pictures, sounds and films, and those by
//! their name's ending here, not by its sender's word. Everything else, SVG and HTML among them, can be saved and no more.

use super::busy::{Busy, Moving};
use super::headers::SANDBOX;
use super::range::{Asked, asked};
use super::routes::plain;
use super::{App, Shared};
use crate::keys::digest;
use crate::scope::Scope;
use crate::transfer::{CHUNKS, Download, Offer, Upload};
use crate::{Backend, Limits};
use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use futures_util::{StreamExt as _, stream};
use kith_api::{Error, ErrorKind};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::mpsc;
use tokio::time::timeout;

/// Where files are.
pub(super) const FILES: &str = "/api/files";
/// Media types that a page may show (LOOP-075).
const SHOWN: [&str; 16] = [
    "audio/aac",
    "audio/flac",
    "audio/mp4",
    "audio/mpeg",
    "audio/ogg",
    "audio/wav",
    "audio/webm",
    "image/avif",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/webp",
    "video/mp4",
    "video/ogg",
    "video/quicktime",
    "video/webm",
];
/// Bytes of an offer's length.
const LENGTH: usize = 4;

/// Answers what is asked below [`FILES`].
pub(super) async fn answer<B: Backend>(
    shared: &Arc<Shared<B>>,
    (label, app): (&str, &App),
    request: Request,
    busy: Busy,
) -> Response {
    // LOOP-070: home has no conversation, and so no files.
    let Scope::Contact(contact) = &app.scope else {
        return plain(StatusCode::FORBIDDEN, "Files belong to a contact's own app.\n");
    };
    // LOOP-077
    let Ok(permit) = Arc::clone(&shared.transfers).try_acquire_owned() else {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "Too many files are on their way.\n");
    };
    let moving = busy.begin(permit);
    let path = request.uri().path().strip_prefix(FILES).unwrap_or_default().to_owned();
    let posts = request.method() == Method::POST;
    match path.strip_prefix('/').map(|rest| (rest, rest.strip_suffix("/ticket"))) {
        None if posts => match shows_bearer(shared, label, request.headers()) {
            true => take(shared, contact, request).await,
            false => locked(),
        },
        Some((_, Some(event))) if posts => match shows_bearer(shared, label, request.headers()) {
            true => ticket(shared, label, event),
            false => locked(),
        },
        Some((event, None)) if !posts => {
            // LOOP-072
            let ticket = query(request.uri().query(), "t");
            if !ticket.is_some_and(|ticket| shared.service.tickets.opens(label, event, ticket, Instant::now())) {
                return locked();
            }
            match shared.service.backend.open_file(contact, event).await {
                Ok(file) => give(file, event, &request, moving, &shared.service.limits),
                Err(error) => refused(&error),
            }
        }
        _ => plain(StatusCode::NOT_FOUND, "There is nothing here.\n"),
    }
}

// LOOP-070
fn shows_bearer<B: Backend>(shared: &Shared<B>, label: &str, headers: &HeaderMap) -> bool {
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer = shown.and_then(|shown| shown.strip_prefix("Bearer "));
    bearer.is_some_and(|bearer| shared.service.backend.bearer_known(label, &digest(label, bearer)))
}

fn locked() -> Response {
    plain(StatusCode::FORBIDDEN, "Open Kith with `kith`.\n")
}

pub(super) fn query<'a>(query: Option<&'a str>, name: &str) -> Option<&'a str> {
    query?.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

fn ticket<B: Backend>(shared: &Shared<B>, label: &str, event: &str) -> Response {
    let ticket = shared.service.keys.random_text();
    shared.service.tickets.add(label, event, &ticket, Instant::now());
    json(StatusCode::OK, &serde_json::json!({ "ticket": ticket }))
}

/// Passes a file on to the backend as it comes.
// LOOP-071
async fn take<B: Backend>(shared: &Arc<Shared<B>>, contact: &str, request: Request) -> Response {
    let limits = &shared.service.limits;
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let mut body = Incoming { body: request.into_body().into_data_stream(), rest: Bytes::new(), read: 0, limits };
    let offer = match body.offer().await {
        Ok(offer) => offer,
        Err(why) => return why.response(),
    };
    let size = offer.size;
    // The backend takes as many bytes for the whole as were offered: that there are no others is known before it begins.
    if announced != Some(body.read.saturating_add(size)) {
        return Unread::Length.response();
    }
    let (sender, bytes) = mpsc::channel(CHUNKS);
    let sealing = shared.service.backend.send_file(contact, Upload { offer, bytes });
    let (sent, passed) = tokio::join!(sealing, body.pass(size, sender));
    match (sent, passed) {
        (Ok(sent), Ok(())) => json(StatusCode::OK, &sent),
        // What the backend says comes first: without it nobody takes the bytes.
        (Err(error), Ok(()) | Err(Unread::Refused)) => refused(&error),
        (_, Err(why)) => why.response(),
    }
}

/// Why a file did not come whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unread {
    /// What stands before the bytes can't be read.
    Offer,
    /// It ended early, or went on for longer than was offered.
    Length,
    /// It stood still.
    Stalled,
    /// The backend takes no more of it.
    Refused,
}

impl Unread {
    fn response(self) -> Response {
        match self {
            Self::Offer => plain(StatusCode::BAD_REQUEST, "Send the length of an offer, the offer, and the bytes.\n"),
            Self::Length => plain(StatusCode::BAD_REQUEST, "These are not as many bytes as were offered.\n"),
            Self::Stalled => plain(StatusCode::REQUEST_TIMEOUT, "The file stood still for too long.\n"),
            Self::Refused => plain(StatusCode::INTERNAL_SERVER_ERROR, "The file was not taken.\n"),
        }
    }
}

/// The body of an upload.
struct Incoming<'a> {
    body: BodyDataStream,
    /// What came and was not looked at yet.
    rest: Bytes,
    /// How many bytes the offer and its length took.
    read: u64,
    limits: &'a Limits,
}

impl Incoming<'_> {
    /// The next chunk, none at the end.
    async fn next(&mut self) -> Result<Option<Bytes>, Unread> {
        if !self.rest.is_empty() {
            return Ok(Some(std::mem::take(&mut self.rest)));
        }
        loop {
            match timeout(self.limits.stall_time, self.body.next()).await {
                Err(_) => return Err(Unread::Stalled),
                Ok(None) => return Ok(None),
                Ok(Some(Err(_))) => return Err(Unread::Length),
                Ok(Some(Ok(bytes))) if bytes.is_empty() => {}
                Ok(Some(Ok(bytes))) => return Ok(Some(bytes)),
            }
        }
    }

    async fn offer(&mut self) -> Result<Offer, Unread> {
        let length = self.exactly(LENGTH).await?;
        let length = u32::from_be_bytes(length.try_into().map_err(|_| Unread::Offer)?) as usize;
        if length > self.limits.offer_bytes_max {
            return Err(Unread::Offer);
        }
        serde_json::from_slice(&self.exactly(length).await?).map_err(|_| Unread::Offer)
    }

    async fn exactly(&mut self, length: usize) -> Result<Vec<u8>, Unread> {
        let mut read = Vec::new();
        while read.len() < length {
            let mut chunk = self.next().await?.ok_or(Unread::Offer)?;
            self.rest = chunk.split_off(chunk.len().min(length - read.len()));
            read.extend_from_slice(&chunk);
        }
        self.read += length as u64;
        Ok(read)
    }

    /// Passes on the bytes, of which there are as many as were offered.
    async fn pass(mut self, size: u64, sender: mpsc::Sender<Bytes>) -> Result<(), Unread> {
        let mut left = size;
        while let Some(chunk) = self.next().await? {
            left = left.checked_sub(chunk.len() as u64).ok_or(Unread::Length)?;
            sender.send(chunk).await.map_err(|_| Unread::Refused)?;
        }
        if left == 0 { Ok(()) } else { Err(Unread::Length) }
    }
}

/// Gives a file, or the range of it that is asked for.
// LOOP-074
fn give(file: Download, event: &str, request: &Request, moving: Moving, limits: &Limits) -> Response {
    let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let tag = format!("\"{event}\"");
    // Bytes of a file never change, so a range of another version can't be asked for but by mistake.
    let range = text(header::RANGE).filter(|_| text(header::IF_RANGE).is_none_or(|known| known == tag));
    let (status, from, end) = match asked(range, file.size) {
        Asked::Whole => (StatusCode::OK, 0, file.size),
        Asked::Part(from, end) => (StatusCode::PARTIAL_CONTENT, from, end),
        Asked::Nothing => (StatusCode::RANGE_NOT_SATISFIABLE, 0, 0),
    };
    // LOOP-073, LOOP-075
    let shown = SHOWN.contains(&file.media_type.as_str()) && query(request.uri().query(), "save").is_none();
    let kind = if shown { file.media_type.as_str() } else { "application/octet-stream" };
    let placed = format!("{}; {}", if shown { "inline" } else { "attachment" }, file_name(&file.name));
    let mut headers = vec![
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, placed),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
        (header::CONTENT_LENGTH, (end - from).to_string()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::ETAG, tag),
    ];
    match status {
        StatusCode::PARTIAL_CONTENT => {
            headers.push((header::CONTENT_RANGE, format!("bytes {from}-{}/{}", end - 1, file.size)));
        }
        StatusCode::RANGE_NOT_SATISFIABLE => headers.push((header::CONTENT_RANGE, format!("bytes */{}", file.size))),
        _ => {}
    }
    let is_empty = request.method() == Method::HEAD || from == end;
    let body = if is_empty { Body::empty() } else { bytes_of(file, (from, end), moving, limits) };
    let mut response = (status, body).into_response();
    for (name, value) in headers {
        match HeaderValue::try_from(value) {
            Ok(value) => drop(response.headers_mut().insert(name, value)),
            Err(_) => return plain(StatusCode::INTERNAL_SERVER_ERROR, "The file has no name that can be sent.\n"),
        }
    }
    response
}

/// The bytes of a range, read a little ahead of whoever reads them.
fn bytes_of(file: Download, (from, end): (u64, u64), moving: Moving, limits: &Limits) -> Body {
    let (sender, receiver) = mpsc::channel::<std::io::Result<Bytes>>(CHUNKS);
    let stall = limits.stall_time;
    tokio::spawn(async move {
        let _moving = moving;
        let mut at = from;
        while at < end {
            // Who reads may leave while its bytes are still on their way here.
            let read = tokio::select! {
                () = sender.closed() => return,
                read = file.source.read(at) => read,
            };
            let read = read.and_then(|mut bytes| {
                bytes.truncate(usize::try_from(end - at).unwrap_or(usize::MAX));
                if bytes.is_empty() { Err(std::io::ErrorKind::UnexpectedEof.into()) } else { Ok(bytes) }
            });
            let failed = read.is_err();
            at += read.as_ref().map_or(0, |bytes| bytes.len() as u64);
            if !matches!(timeout(stall, sender.send(read)).await, Ok(Ok(()))) || failed {
                return;
            }
        }
    });
    Body::from_stream(stream::unfold(receiver, |mut receiver| async { Some((receiver.recv().await?, receiver)) }))
}

/// A name in a header: as ASCII for the few that read no other, and as it is (RFC 6266).
fn file_name(name: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "._- ()".contains(letter);
    let ascii: String = name.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).collect();
    let mut exact = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'-' => exact.push(char::from(byte)),
            // Writing to a String can't fail.
            byte => drop(write!(exact, "%{byte:02X}")),
        }
    }
    format!("filename=\"{ascii}\"; filename*=UTF-8''{exact}")
}

pub(super) fn refused(error: &Error) -> Response {
    let status = match error.kind {
        ErrorKind::NotFound => StatusCode::NOT_FOUND,
        ErrorKind::WrongState => StatusCode::CONFLICT,
        ErrorKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorKind::Storage => StatusCode::INSUFFICIENT_STORAGE,
        ErrorKind::Internal | ErrorKind::NotRunning => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    };
    json(status, &serde_json::to_value(error).unwrap_or_default())
}

fn json(status: StatusCode, value: &serde_json::Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// LOOP-073
    #[test]
    fn a_name_stays_inside_its_header_whatever_it_is() {
        let odd = file_name("a\"b\\c\r\nx: y/../é \u{202e}fdp.exe");
        assert_eq!(
            odd,
            "filename=\"a_b_c__x_ y_.._\u{5f} _fdp.exe\"; \
             filename*=UTF-8''a%22b%5Cc%0D%0Ax%3A%20y%2F..%2F%C3%A9%20%E2%80%AEfdp.exe"
        );
        assert!(HeaderValue::try_from(odd).is_ok());
    }
}
