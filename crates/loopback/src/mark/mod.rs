//! The mark of one relationship: two closed shapes, one for each side's key, linked like two rings.
//!
//! Sixteen bytes belong to the inviter's key (start side), sixteen to the answerer's (end side). Both sides draw the
//! same mark, and each can draw its own half before the other key exists. Above the axis the first shape passes over,
//! below it the second, so that each is held by the other. It is a face, not a proof: the safety number is the proof.
//!
//! The same bytes in give the same picture out on every machine: no clock, no randomness, no more than two decimals.
//! `spec/vectors/mark.json` holds what the design's own program draws. The mark never mirrors in right-to-left text.
//!
//! ```
//! let mark = [7; 32];
//! let (hue, hue2) = kith_loopback::mark::hues(&mark);
//! assert_eq!((hue, hue2), (0, 60));
//! ```

pub mod png;

mod colour;
mod shape;

use colour::oklch;
use data_encoding::HEXLOWER;
use kith_api::Side;
use shape::number;
use std::fmt::Write as _;

/// How the mark is coloured and set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// For a page: classes that its stylesheet colours.
    Page,
    /// For launchers and manifests: fixed colours.
    File(Ground),
}

/// What lies under a mark in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// A tile with round corners.
    Tile,
    /// A full square with a safe margin, for launchers that cut their own shape.
    Full,
}

/// Radius of the circle that each shape is about as large as.
const RADIUS: f64 = 13.6;
/// How far each shape's centre is from the middle.
const OFFSET: f64 = 8.6;
/// How much wider than its line a shape's gap in the other is.
const GAP: f64 = 3.4;
const WEIGHTS: [f64; 3] = [4.4, 5.8, 7.4];
/// Kith's own two rings at home, and this side's half before there is a hue: paper and ink.
const HOME_COLOURS: [&str; 3] = ["#ececec", "#5c5c5c", "#2b2b2b"];

/// The two hues of a relationship in degrees.
pub fn hues(mark: &[u8; 32]) -> (u16, u16) {
    let (inviter, answerer) = sides(mark);
    let hue = u16::from((inviter.hue ^ answerer.hue) % 24) * 15;
    let turn = match (inviter.turn ^ answerer.turn) % 4 {
        0 => 60,
        1 => 300,
        2 => 135,
        _ => 225,
    };
    (hue, (hue + turn) % 360)
}

/// The tile's colour in sRGB, `#rrggbb`, for a manifest's theme.
pub fn tile(mark: &[u8; 32]) -> String {
    oklch(0.94, 0.04, hues(mark).0)
}

/// The mark as SVG.
pub fn svg(mark: &[u8; 32], look: Look) -> String {
    let (hue, hue2) = hues(mark);
    let (tile, first, second) = match look {
        Look::Page => {
            (String::from(r#"class="mk-t""#), String::from(r#"class="mk-a""#), String::from(r#"class="mk-b""#))
        }
        Look::File(_) => (
            format!(r#"fill="{}""#, tile(mark)),
            format!(r#"stroke="{}""#, oklch(0.5, 0.13, hue)),
            format!(r#"stroke="{}""#, oklch(0.6, 0.14, hue2)),
        ),
    };
    linked(mark, [&tile, &first, &second], look == Look::File(Ground::Full))
}

/// This side's half for a page, before the other key is known: ink, and a dotted place beside it.
pub fn half(own: &[u8; 16], side: Side) -> String {
    half_on(own, side, r#"class="mk-h""#, "")
}

/// This side's half for a file.
pub fn half_file(own: &[u8; 16], side: Side) -> String {
    let [paper, _, ink] = HOME_COLOURS;
    half_on(own, side, &format!(r#"fill="{paper}""#), &format!(r#" color="{ink}""#))
}

/// Kith's own picture: two rings without a hue, since home belongs to no relationship.
pub fn home(ground: Ground) -> String {
    let [paper, first, second] = HOME_COLOURS;
    let [tile, first, second] =
        [format!(r#"fill="{paper}""#), format!(r#"stroke="{first}""#), format!(r#"stroke="{second}""#)];
    linked(&[0; 32], [&tile, &first, &second], ground == Ground::Full)
}

/// One side's sixteen bytes, by what they choose.
struct Half {
    shape: u8,
    weight: f64,
    hue: u8,
    turn: u8,
}

fn sides(mark: &[u8; 32]) -> (Half, Half) {
    let (inviter, answerer) = mark.split_at(16);
    (read(inviter), read(answerer))
}

fn read(bytes: &[u8]) -> Half {
    let at = |index: usize| bytes.get(index).copied().unwrap_or_default();
    let weight = WEIGHTS.iter().copied().nth(usize::from(at(1) % 3)).unwrap_or_default();
    Half { shape: at(0) % 16, weight, hue: at(3), turn: at(4) }
}

/// One shape where it stands: turned outward, so that the mark is symmetrical about its horizontal axis.
struct Placed {
    path: String,
    transform: String,
    weight: f64,
}

impl Placed {
    fn new(half: &Half, side: Side) -> Self {
        let transform = match side {
            Side::Inviter => format!("translate({} 32) rotate(-90)", number(32.0 - OFFSET)),
            Side::Answerer => format!("translate({} 32) rotate(90) scale(-1 1)", number(32.0 + OFFSET)),
        };
        Self { path: shape::path(half.shape, RADIUS), transform, weight: half.weight }
    }

    fn line(&self, paint: &str) -> String {
        let Self { path, transform, weight } = self;
        format!(
            r#"<path transform="{transform}" d="{path}" fill="none" stroke-linejoin="round" stroke-width="{}" {paint}/>"#,
            number(*weight)
        )
    }

    /// What this shape takes out of the one that passes under it.
    fn gap(&self) -> String {
        let Self { path, transform, weight } = self;
        format!(
            r##"<path transform="{transform}" d="{path}" fill="none" stroke="#000" stroke-linejoin="round" stroke-width="{}"/>"##,
            number(weight + GAP)
        )
    }
}

const SQUARE: &str = r#"x="0" y="0" width="64" height="64""#;
const WHITE: &str = r##"<rect width="64" height="64" fill="#fff"/>"##;

fn open(extra: &str) -> String {
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" class="mark" aria-hidden="true"{extra}>"#)
}

/// Names within one document; pages show several marks at once.
fn name(mark: &[u8; 32]) -> String {
    let hex = HEXLOWER.encode(mark);
    format!("k{}{}", hex.get(..6).unwrap_or_default(), hex.get(32..38).unwrap_or_default())
}

/// Both shapes, linked; `paints` for tile, first and second.
fn linked(mark: &[u8; 32], [tile, first, second]: [&str; 3], full: bool) -> String {
    let (inviter, answerer) = sides(mark);
    let (a, b) = (Placed::new(&inviter, Side::Inviter), Placed::new(&answerer, Side::Answerer));
    let name = name(mark);
    let mut body = String::new();
    for (part, y, over) in [("a", 32, &b), ("b", 0, &a)] {
        let clip = format!(r#"<clipPath id="{name}{part}c"><rect x="0" y="{y}" width="64" height="32"/></clipPath>"#);
        let cut = format!(r#"<g clip-path="url(#{name}{part}c)">{}</g>"#, over.gap());
        // Writing to a String can't fail.
        let _ =
            write!(body, r#"<mask id="{name}{part}" maskUnits="userSpaceOnUse" {SQUARE}>{WHITE}{clip}{cut}</mask>"#);
    }
    for (part, shape, paint) in [("a", &a, first), ("b", &b, second)] {
        let _ = write!(body, r#"<g mask="url(#{name}{part})">{}</g>"#, shape.line(paint));
    }
    let corners = if full { "" } else { r#" rx="18""# };
    let body = if full { format!(r#"<g transform="translate(6.4 6.4) scale(.8)">{body}</g>"#) } else { body };
    format!(r#"{}<rect width="64" height="64"{corners} {tile}/>{body}</svg>"#, open(""))
}

fn half_on(own: &[u8; 16], side: Side, ground: &str, extra: &str) -> String {
    let (shape, x) = (
        Placed::new(&read(own), side),
        match side {
            Side::Inviter => 32.0 + OFFSET,
            Side::Answerer => 32.0 - OFFSET,
        },
    );
    let name = name(&whole_of(own, side));
    let ink = r#"stroke="currentColor""#;
    let mask = format!(r#"<mask id="{name}h" maskUnits="userSpaceOnUse" {SQUARE}>{WHITE}{}</mask>"#, shape.gap());
    let line = shape.line(ink);
    let place = format!(
        r#"<circle cx="{}" cy="32" r="13.6" fill="none" {ink} stroke-width="2.4" stroke-dasharray="0.1 5.24" stroke-linecap="round" mask="url(#{name}h)"/>"#,
        number(x)
    );
    format!(r#"{}<rect width="64" height="64" rx="18" {ground}/>{mask}{line}{place}</svg>"#, open(extra))
}

/// The thirty-two bytes with the other side's still zero.
fn whole_of(own: &[u8; 16], side: Side) -> [u8; 32] {
    let mut mark = [0; 32];
    let (inviter, answerer) = mark.split_at_mut(16);
    match side {
        Side::Inviter => inviter.copy_from_slice(own),
        Side::Answerer => answerer.copy_from_slice(own),
    }
    mark
}

#[cfg(test)]
mod tests;
