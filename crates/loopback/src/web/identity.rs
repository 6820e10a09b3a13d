//! What makes an origin look like its own app: manifest, icons, and the stylesheet with the relationship's two hues.

use super::App;
use crate::mark::{self, Ground, Look, png};
use crate::scope::Scope;
use kith_api::Side;
use serde_json::json;
use std::sync::Arc;

/// The canvas of the light scheme at home, in sRGB: a manifest knows no OKLCH.
const PAPER: &str = "#fafafa";

/// What an app's icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// Kith's own: home has no relationship.
    Home,
    /// Both halves are known.
    Whole([u8; 32]),
    /// Only this side's half is.
    Half([u8; 16], Side),
}

impl Face {
    pub(super) fn of(app: &App) -> Self {
        match (app.mark, app.half) {
            (Some(mark), _) => Self::Whole(mark),
            (None, Some((half, side))) => Self::Half(half, side),
            (None, None) => Self::Home,
        }
    }

    pub(super) fn svg(self, ground: Ground) -> String {
        match self {
            Self::Home => mark::home(ground),
            Self::Whole(mark) => mark::svg(&mark, Look::File(ground)),
            Self::Half(half, side) => mark::half_file(&half, side),
        }
    }

    /// A square icon; `None` if it can't be drawn, which is a fault of ours.
    pub(super) fn png(self, ground: Ground, pixels: u32) -> Option<Arc<[u8]>> {
        png::render(&self.svg(ground), pixels).ok().map(Into::into)
    }
}

/// The two hues of a relationship. Before both keys are known, and at home, there are none.
pub(super) fn stylesheet(app: &App) -> String {
    match app.mark {
        Some(mark) => {
            let (hue, hue2) = mark::hues(&mark);
            format!(":root{{--hue:{hue};--hue2:{hue2}}}\n")
        }
        None => String::from(":root{--tint:0}\n"),
    }
}

/// The web app manifest of an origin.
pub(super) fn manifest(app: &App) -> String {
    let (name, short, shortcuts) = match app.scope {
        Scope::Contact(_) => {
            let shortcuts = [("About this app", "/#/about"), ("Safety number", "/#/safety")];
            (format!("You and {}", app.name), app.name.clone(), shortcuts)
        }
        Scope::Home | Scope::Local => {
            ("Kith".into(), "Kith".into(), [("Open an app", "/#/switch"), ("Add a person", "/#/add")])
        }
    };
    let theme = app.mark.map_or_else(|| PAPER.to_owned(), |mark| mark::tile(&mark));
    let shortcuts = shortcuts.map(|(name, url)| json!({ "name": name, "url": url }));
    let icon = |src: &str, sizes: &str, kind: &str, purpose: &str| json!({ "src": src, "sizes": sizes, "type": kind, "purpose": purpose });
    json!({
        "id": "/",
        "name": name,
        "short_name": short,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": theme,
        "background_color": PAPER,
        "icons": [
            icon("/icon.svg", "any", "image/svg+xml", "any"),
            icon("/icon-192.png", "192x192", "image/png", "any"),
            icon("/icon-512.png", "512x512", "image/png", "any"),
            icon("/icon-maskable-512.png", "512x512", "image/png", "maskable"),
        ],
        "shortcuts": shortcuts,
    })
    .to_string()
}
