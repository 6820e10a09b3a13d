//! What is at which address.

use super::assets::File;
use super::busy::Busy;
use super::guard::{self, Admitted};
use super::headers::{self, Cache};
use super::identity::{self, Face};
use super::{App, Shared, socket};
use super::{backup, files};
use crate::Backend;
use crate::keys::digest;
use crate::mark::Ground;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Extension, FromRequestParts as _, Request, State, WebSocketUpgrade};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Instant;
use tokio::time::timeout;

const BARE: &str = "Kith runs here. Open it with `kith`.\n";
const UNBUILT: &str =
    "This build of Kith has no web pages. Build them: `npm ci && npm run build` in web/, then build Kith.\n";

/// Everything goes through one door, so that no route can be added past the checks.
pub(super) fn router<B: Backend>(shared: Arc<Shared<B>>) -> Router {
    Router::new().fallback(answer::<B>).with_state(shared)
}

async fn answer<B: Backend>(
    State(shared): State<Arc<Shared<B>>>,
    Extension(busy): Extension<Busy>,
    request: Request,
) -> Response {
    let head = (request.method(), request.uri(), request.headers());
    let admitted = guard::check(head, shared.port, |label| shared.service.backend.app(label));
    let (label, mut response) = match admitted {
        Err(refusal) => (None, plain(refusal.status(), refusal.text())),
        Ok(Admitted::Bare) => (None, bare(request.method())),
        Ok(Admitted::App { label, app }) => {
            let response = route(&shared, &label, &app, request, busy).await;
            (Some(label), response)
        }
    };
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
    }
    headers::put(response.headers_mut(), label.as_deref(), shared.port);
    response
}

async fn route<B: Backend>(shared: &Arc<Shared<B>>, label: &str, app: &App, request: Request, busy: Busy) -> Response {
    let posts = request.method() == Method::POST;
    match request.uri().path() {
        "/api/session" if posts => session(shared, label, request).await,
        "/api/unlock" if posts => unlock(shared, label, app, request).await,
        // A window is told so by its socket's close code: a browser hides the status of a handshake from its page.
        guard::SOCKET_PATH if !posts => upgrade(shared, label, app, request).await,
        // LOCK-002
        path if path.starts_with(guard::API) && *shared.service.backend.locked().borrow() => {
            plain(StatusCode::LOCKED, "Kith is locked.\n")
        }
        path if path == files::FILES || path.starts_with(&format!("{}/", files::FILES)) => {
            files::answer(shared, (label, app), request, busy).await
        }
        backup::BACKUP if request.method() == Method::GET => backup::answer(shared, app, request, busy).await,
        _ if posts => plain(StatusCode::METHOD_NOT_ALLOWED, "Nothing here takes a POST.\n"),
        path => show(shared, app, path, request.headers().get(header::IF_NONE_MATCH)).await,
    }
}

/// What can be looked at. `known` is what the browser has of it already.
async fn show<B: Backend>(shared: &Arc<Shared<B>>, app: &App, path: &str, known: Option<&HeaderValue>) -> Response {
    match path {
        "/" => match shared.assets.page(&app.scope) {
            Some(page) => file(in_language(page.bytes, shared.service.backend.language()).into(), page.kind, Cache::No),
            None => plain(StatusCode::SERVICE_UNAVAILABLE, UNBUILT),
        },
        "/app.css" => file(identity::stylesheet(app).into(), "text/css; charset=utf-8", Cache::Check),
        "/manifest.webmanifest" => file(identity::manifest(app).into(), "application/manifest+json", Cache::Check),
        "/icon.svg" => file(Face::of(app).svg(Ground::Tile).into(), "image/svg+xml", Cache::Check),
        "/icon-192.png" => icon(shared, app, Ground::Tile, 192).await,
        "/icon-512.png" => icon(shared, app, Ground::Tile, 512).await,
        "/icon-maskable-512.png" => icon(shared, app, Ground::Full, 512).await,
        "/favicon.ico" => icon(shared, app, Ground::Tile, 48).await,
        path => match shared.assets.file(path) {
            Some(found) => built(found, known),
            None => plain(StatusCode::NOT_FOUND, "There is nothing here.\n"),
        },
    }
}

/// A page that says which language was chosen, before anything of it is read. LOOP-025
fn in_language(page: Bytes, language: Option<&'static str>) -> Bytes {
    const ROOT: &str = "<html lang=\"en\"";
    let Some((language, (head, rest))) =
        language.zip(std::str::from_utf8(&page).ok().and_then(|text| text.split_once(ROOT)))
    else {
        return page;
    };
    format!("{head}{ROOT} data-language=\"{language}\"{rest}").into()
}

async fn icon<B: Backend>(shared: &Arc<Shared<B>>, app: &App, ground: Ground, pixels: u32) -> Response {
    match shared.icons.get(Face::of(app), ground, pixels).await {
        Some(png) => file(Bytes::copy_from_slice(&png).into(), "image/png", Cache::Check),
        None => plain(StatusCode::INTERNAL_SERVER_ERROR, "The icon could not be drawn.\n"),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exchange {
    key: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unlock {
    bearer: String,
    passphrase: String,
}

/// What a small POST carries, or the answer to one that can't be read.
async fn posted<T: DeserializeOwned, B: Backend>(shared: &Shared<B>, request: Request) -> Result<T, Response> {
    let limits = &shared.service.limits;
    let body = match timeout(limits.request_time, to_bytes(request.into_body(), limits.body_bytes_max)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return Err(plain(StatusCode::PAYLOAD_TOO_LARGE, "The body can't be read, or is too large.\n")),
        Err(_) => return Err(plain(StatusCode::REQUEST_TIMEOUT, "The body did not come in time.\n")),
    };
    let malformed = |_| plain(StatusCode::BAD_REQUEST, "That is not what is taken here; see spec/loopback.md.\n");
    serde_json::from_slice(&body).map_err(malformed)
}

/// Opens a locked device for whoever shows a bearer and the passphrase. LOCK-004
async fn unlock<B: Backend>(shared: &Arc<Shared<B>>, label: &str, app: &App, request: Request) -> Response {
    let Unlock { bearer, passphrase } = match posted(shared, request).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    let backend = &shared.service.backend;
    if !backend.bearer_known(label, &digest(label, &bearer)) {
        return plain(StatusCode::FORBIDDEN, "Open Kith with `kith`.\n");
    }
    // A wrong passphrase is an answer: a status would stand as a fault in the browser's console.
    let answer = match backend.call(app.scope.clone(), kith_api::Request::Unlock { passphrase }).await {
        Ok(_) => serde_json::json!({ "ok": null }),
        Err(error) => serde_json::json!({ "error": error }),
    };
    file(answer.to_string().into(), "application/json", Cache::No)
}

/// Exchanges a one-time key for a bearer (LOOP-031).
async fn session<B: Backend>(shared: &Arc<Shared<B>>, label: &str, request: Request) -> Response {
    let Exchange { key } = match posted(shared, request).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    if !shared.service.keys.spend(label, &key, Instant::now()) {
        return plain(StatusCode::FORBIDDEN, "This key was used, or is too old. Open Kith with `kith`.\n");
    }
    let (bearer, hash) = shared.service.keys.bearer(label);
    shared.service.backend.bearer_add(label, &hash);
    file(serde_json::json!({ "bearer": bearer }).to_string().into(), "application/json", Cache::No)
}

async fn upgrade<B: Backend>(shared: &Arc<Shared<B>>, label: &str, app: &App, request: Request) -> Response {
    let (mut parts, _body) = request.into_parts();
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(refusal) => return plain(refusal.into_response().status(), "Only WebSockets here.\n"),
    };
    let Ok(permit) = shared.sockets.clone().try_acquire_owned() else {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "Too many windows are open.\n");
    };
    let frame_max = shared.service.limits.frame_bytes_max;
    let window = socket::Window { shared: shared.clone(), label: label.to_owned(), scope: app.scope.clone(), permit };
    upgrade.max_frame_size(frame_max).max_message_size(frame_max).on_upgrade(|socket| window.serve(socket))
}

fn bare(method: &Method) -> Response {
    if *method == Method::GET || *method == Method::HEAD {
        plain(StatusCode::OK, BARE)
    } else {
        plain(StatusCode::METHOD_NOT_ALLOWED, "Nothing here takes a POST.\n")
    }
}

/// A built file, unless the browser has this very one.
fn built(found: File, known: Option<&HeaderValue>) -> Response {
    let same = known.is_some_and(|known| known.as_bytes() == found.tag.as_bytes());
    let mut response = if same {
        (StatusCode::NOT_MODIFIED, [Cache::Check.header()]).into_response()
    } else {
        file(found.bytes.into(), found.kind, Cache::Check)
    };
    if let Ok(tag) = HeaderValue::try_from(found.tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

fn file(body: Body, kind: &'static str, cache: Cache) -> Response {
    ([(header::CONTENT_TYPE, kind), cache.header()], body).into_response()
}

pub(super) fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
