//! The headers of every answer: what a page here may load, who may frame or read it, and how long it is kept.

use super::guard::origin;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Same for every answer. No header lets another origin read anything: there is no CORS here (LOOP-021, LOOP-022).
const FIXED: [(&str, &str); 7] = [
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("origin-agent-cluster", "?1"),
    ("permissions-policy", "camera=(self), display-capture=(), geolocation=(), microphone=(self), payment=(), usb=()"),
    // For browsers that do not know `frame-ancestors`.
    ("x-frame-options", "DENY"),
];

/// The content policy of a file: whatever it is taken for, it loads nothing and runs nothing (LOOP-075).
pub(super) const SANDBOX: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/// What is kept by the browser, and for how long (LOOP-023).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cache {
    /// Never: pages and the API.
    No,
    /// Asked for again each time, and sent again only if it changed: names here carry no hash.
    Check,
}

impl Cache {
    const fn text(self) -> &'static str {
        match self {
            Self::No => "no-store",
            Self::Check => "no-cache",
        }
    }

    pub(super) fn header(self) -> (HeaderName, &'static str) {
        (header::CACHE_CONTROL, self.text())
    }
}

/// The content policy of a label's app. Without a label, as on refusals, nothing at all may be loaded (LOOP-020).
pub(super) fn content_policy(label: Option<&str>, port: u16) -> String {
    let closed = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    let Some(label) = label else { return closed.to_owned() };
    // 'self' covers the WebSocket in current browsers; its address is for those in which it does not.
    let socket = origin(label, port).replacen("http", "ws", 1);
    format!(
        "{closed}; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self' {socket}; \
         manifest-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

/// Puts the headers on an answer; one without a rule for caching is not kept. A file has its own, tighter policy.
pub(super) fn put(headers: &mut HeaderMap, label: Option<&str>, port: u16) {
    for (name, value) in FIXED {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::try_from(content_policy(label, port)) {
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    let (name, value) = Cache::No.header();
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}
