//! The built web pages, carried in the binary: `web/dist`.

use crate::scope::Scope;
use axum::body::Bytes;
use data_encoding::HEXLOWER;
use rust_embed::{EmbeddedFile, RustEmbed};
use std::borrow::Cow;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
#[allow_missing = true]
struct Dist;

/// Where files come from. Tests bring their own, so that they do not hang on what was built.
#[derive(Debug, Clone, Copy)]
pub struct Assets(fn(&str) -> Option<Asset>);

/// A file as it was built.
#[derive(Debug, Clone)]
pub struct Asset {
    /// What is in it.
    pub bytes: Cow<'static, [u8]>,
    /// A hash of that.
    pub hash: [u8; 32],
}

/// A file, ready to be served.
pub(super) struct File {
    pub(super) bytes: Bytes,
    pub(super) kind: &'static str,
    pub(super) tag: String,
}

impl Assets {
    /// The pages built into this binary.
    pub fn embedded() -> Self {
        Self(|path| Dist::get(path).map(Asset::from))
    }

    /// Files from elsewhere; `find` is given plain relative paths only.
    pub const fn from_fn(find: fn(&str) -> Option<Asset>) -> Self {
        Self(find)
    }

    /// The page of an app; `None` when no pages were built.
    pub(super) fn page(self, scope: &Scope) -> Option<File> {
        let name = if matches!(scope, Scope::Contact(_)) { "app.html" } else { "home.html" };
        Some(File::new((self.0)(name)?, "text/html; charset=utf-8"))
    }

    /// The file at a request's path. Pages have no address but `/`.
    pub(super) fn file(self, path: &str) -> Option<File> {
        let name = plain(path)?;
        let kind = kind(name)?;
        Some(File::new((self.0)(name)?, kind))
    }
}

impl From<EmbeddedFile> for Asset {
    fn from(file: EmbeddedFile) -> Self {
        Self { bytes: file.data, hash: file.metadata.sha256_hash() }
    }
}

impl File {
    fn new(asset: Asset, kind: &'static str) -> Self {
        let bytes = match asset.bytes {
            Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            Cow::Owned(bytes) => Bytes::from(bytes),
        };
        Self { bytes, kind, tag: format!("\"{}\"", HEXLOWER.encode(&asset.hash)) }
    }
}

/// The file's name if the path is a plain one: nothing encoded, no empty part, none that begins with a dot (LOOP-024).
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

#[cfg(test)]
mod tests {
    use super::*;

    /// LOOP-024
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
    fn pages_have_no_address_of_their_own() {
        assert_eq!(kind("app.html"), None);
        assert_eq!(kind("home.html"), None);
    }
}
