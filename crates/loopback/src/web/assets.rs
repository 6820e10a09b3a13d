//! The built web pages, carried in the binary: `web/dist`.

use super::headers::Cache;
use crate::scope::Scope;
use rust_embed::RustEmbed;
use std::borrow::Cow;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
#[allow_missing = true]
struct Dist;

/// Where files come from. Tests bring their own, so that they do not hang on what was built.
#[derive(Debug, Clone, Copy)]
pub struct Assets(fn(&str) -> Option<Cow<'static, [u8]>>);

/// A file, ready to be served.
pub(super) struct File {
    pub(super) bytes: Cow<'static, [u8]>,
    pub(super) kind: &'static str,
    pub(super) cache: Cache,
}

impl Assets {
    /// The pages built into this binary.
    pub fn embedded() -> Self {
        Self(|path| Dist::get(path).map(|file| file.data))
    }

    /// Files from elsewhere; `find` is given plain relative paths only.
    pub const fn from_fn(find: fn(&str) -> Option<Cow<'static, [u8]>>) -> Self {
        Self(find)
    }

    /// The page of an app; `None` when no pages were built.
    pub(super) fn page(self, scope: &Scope) -> Option<File> {
        let name = if matches!(scope, Scope::Contact(_)) { "app.html" } else { "home.html" };
        let bytes = (self.0)(name).or_else(|| (self.0)("index.html"))?;
        Some(File { bytes, kind: "text/html; charset=utf-8", cache: Cache::No })
    }

    /// The file at a request's path. Pages have no address but `/`.
    pub(super) fn file(self, path: &str) -> Option<File> {
        let name = plain(path)?;
        let kind = kind(name)?;
        let bytes = (self.0)(name)?;
        Some(File { bytes, kind, cache: cache(name) })
    }
}

/// The file's name if the path is a plain one: nothing encoded, no empty part, none that begins with a dot.
fn plain(path: &str) -> Option<&str> {
    let name = path.strip_prefix('/')?;
    let usual = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let ok = |part: &str| !part.is_empty() && !part.starts_with('.') && part.chars().all(usual);
    name.split('/').all(ok).then_some(name)
}

/// The content type by the name's end; what has none of these is not served.
fn kind(name: &str) -> Option<&'static str> {
    let (_, end) = name.rsplit_once('.')?;
    Some(match end {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "ftl" | "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        _ => return None,
    })
}

/// The bundler puts a hash of the content into every name under `assets/`.
fn cache(name: &str) -> Cache {
    if name.starts_with("assets/") { Cache::Immutable } else { Cache::Check }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_paths_name_a_file() {
        assert_eq!(plain("/assets/app-3f2c.js"), Some("assets/app-3f2c.js"));
        for path in
            ["", "/", "app.js", "//app.js", "/../app.js", "/a/./b", "/a/..%2fb", "/a\\b", "/.env", "/a//b", "/a/"]
        {
            assert_eq!(plain(path), None, "{path}");
        }
    }

    #[test]
    fn what_keeps_its_name_is_asked_for_again() {
        assert_eq!(cache("assets/app-3f2c.js"), Cache::Immutable);
        assert_eq!(cache("sw.js"), Cache::Check);
    }

    #[test]
    fn pages_have_no_address_of_their_own() {
        assert_eq!(kind("app.html"), None);
        assert_eq!(kind("home.html"), None);
    }
}
