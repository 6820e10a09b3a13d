//! Who may speak at all: the checks on every request, before any route is looked at.
//!
//! In this order: the host is exactly one of ours (421), the method is one we have (405), then who sent it by `Origin`
//! and `Sec-Fetch-Site` (403). A page elsewhere can make a browser send requests here, and a name elsewhere can be made
//! to point here; neither can choose these headers (`spec/loopback.md`, LOOP-010 and on).

use super::App;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};

/// Where the WebSocket is.
pub(super) const SOCKET_PATH: &str = "/api/ws";
/// Where all that acts is; the rest only shows.
pub(super) const API: &str = "/api/";

/// A request that may go on, and to whom.
#[derive(Debug, Clone)]
pub(super) enum Admitted {
    /// To an app, by its own label.
    App { label: String, app: App },
    /// To the bare address, which serves one line of text.
    Bare,
}

/// Why a request goes no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No such host here: a stale link, or a name that was made to point here.
    Host,
    /// A method that nothing here has.
    Method,
    /// Sent by a page of another origin, or without saying by which.
    Origin,
    /// Made by another site, as the browser says.
    Site,
}

impl Refusal {
    pub(super) const fn status(self) -> StatusCode {
        match self {
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Origin | Self::Site => StatusCode::FORBIDDEN,
        }
    }

    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Host => "This address is not one of Kith's. Open Kith with `kith`.\n",
            Self::Method => "Only GET, HEAD and POST.\n",
            Self::Origin => "This comes from another origin.\n",
            Self::Site => "This comes from another site.\n",
        }
    }
}

/// The origin of a label's app, as a browser writes it (LOOP-002).
pub fn origin(label: &str, port: u16) -> String {
    format!("http://{label}.localhost:{port}")
}

/// Checks one request. `find` knows the exact set of labels in use.
pub(super) fn check(
    (method, uri, headers): (&Method, &Uri, &HeaderMap),
    port: u16,
    find: impl FnOnce(&str) -> Option<App>,
) -> Result<Admitted, Refusal> {
    let host = host(uri, headers, port)?;
    let Host::Label(label) = host else { return Ok(Admitted::Bare) };
    let app = find(label).ok_or(Refusal::Host)?;
    // LOOP-011
    if ![Method::GET, Method::HEAD, Method::POST].contains(method) {
        return Err(Refusal::Method);
    }
    check_origin(method, uri, headers, &origin(label, port))?;
    check_site(method, uri, headers)?;
    Ok(Admitted::App { label: label.to_owned(), app })
}

enum Host<'a> {
    Bare,
    Label(&'a str),
}

fn host<'a>(uri: &Uri, headers: &'a HeaderMap, port: u16) -> Result<Host<'a>, Refusal> {
    // A request line with an authority of its own would stand above the header: browsers send none to a server.
    if uri.authority().is_some() {
        return Err(Refusal::Host);
    }
    // LOOP-010
    let host = single(headers, header::HOST.as_str()).ok().flatten().ok_or(Refusal::Host)?;
    let name = host.strip_suffix(&format!(":{port}")).ok_or(Refusal::Host)?;
    match name {
        // LOOP-003
        "localhost" | "127.0.0.1" | "[::1]" => Ok(Host::Bare),
        name => name.strip_suffix(".localhost").map(Host::Label).ok_or(Refusal::Host),
    }
}

/// What acts must say that it comes from its own origin; what shows may leave it out, as browsers do (LOOP-012).
fn check_origin(method: &Method, uri: &Uri, headers: &HeaderMap, own: &str) -> Result<(), Refusal> {
    let acts = method == Method::POST || uri.path() == SOCKET_PATH;
    match single(headers, header::ORIGIN.as_str()) {
        Ok(Some(origin)) if origin == own => Ok(()),
        Ok(None) if !acts => Ok(()),
        _ => Err(Refusal::Origin),
    }
}

/// A page may be opened from anywhere (home links to the apps, and each is a site of its own); nothing else may be
/// reached from another site. Browsers leave the header out of WebSocket handshakes, programs out of everything.
/// LOOP-013.
fn check_site(method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
    let site = single(headers, "sec-fetch-site").map_err(|Repeated| Refusal::Site)?;
    let may = match site {
        None | Some("same-origin") => true,
        Some("none") => !uri.path().starts_with(API),
        Some(_) => opens_page(method, uri, headers),
    };
    if may { Ok(()) } else { Err(Refusal::Site) }
}

fn opens_page(method: &Method, uri: &Uri, headers: &HeaderMap) -> bool {
    let is = |name, value| single(headers, name) == Ok(Some(value));
    // LOOP-014
    method == Method::GET && uri.path() == "/" && is("sec-fetch-mode", "navigate") && is("sec-fetch-dest", "document")
}

/// A header that may stand once stands twice, or is not plain text.
#[derive(Debug, PartialEq, Eq)]
struct Repeated;

fn single<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, Repeated> {
    let mut values = headers.get_all(name).iter();
    let first = values.next().map(|value| value.to_str().map_err(|_| Repeated)).transpose()?;
    if values.next().is_some() { Err(Repeated) } else { Ok(first) }
}
