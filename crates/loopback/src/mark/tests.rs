//! The mark against the vectors that the design's own script drew.

use super::*;
use serde::Deserialize;

/// What the design's own program draws (`spec/vectors/mark.json`).
#[derive(Deserialize)]
struct Vectors {
    marks: Vec<Vector>,
    halves: Vec<HalfVector>,
    /// For each hue: tile, first and second line.
    colours: Vec<(u16, String, String, String)>,
}

#[derive(Deserialize)]
struct Vector {
    mark: String,
    hues: (u16, u16),
    page: String,
    tile: Option<String>,
    full: Option<String>,
}

#[derive(Deserialize)]
struct HalfVector {
    own: String,
    side: Side,
    svg: String,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../../../spec/vectors/mark.json")).unwrap()
}

fn bytes<const N: usize>(hex: &str) -> [u8; N] {
    HEXLOWER.decode(hex.as_bytes()).unwrap().try_into().unwrap()
}

#[test]
fn every_mark_is_drawn_as_the_design_draws_it() {
    let vectors = vectors();
    assert_eq!(vectors.marks.len(), 16);
    for vector in vectors.marks {
        let mark = bytes(&vector.mark);
        assert_eq!(hues(&mark), vector.hues, "{}", vector.mark);
        assert_eq!(svg(&mark, Look::Page), vector.page, "{}", vector.mark);
        for (ground, drawn) in [(Ground::Tile, vector.tile), (Ground::Full, vector.full)] {
            if let Some(drawn) = drawn {
                assert_eq!(svg(&mark, Look::File(ground)), drawn, "{}", vector.mark);
            }
        }
    }
}

#[test]
fn each_side_draws_its_own_half_before_the_other_exists() {
    let vectors = vectors();
    assert!(vectors.halves.len() >= 16);
    for vector in vectors.halves {
        assert_eq!(half(&bytes(&vector.own), vector.side), vector.svg, "{}", vector.own);
    }
}

#[test]
fn every_hue_has_the_designs_colours() {
    let vectors = vectors();
    assert_eq!(vectors.colours.len(), 24);
    for (hue, tile, first, second) in vectors.colours {
        assert_eq!(
            [oklch(0.94, 0.04, hue), oklch(0.5, 0.13, hue), oklch(0.6, 0.14, hue)],
            [tile, first, second],
            "{hue}"
        );
    }
}

#[test]
fn numbers_have_two_decimals_at_most_and_no_negative_zero() {
    for (value, text) in [(1.005, "1"), (-1.5, "-1.5"), (-0.001, "0"), (0.125, "0.13"), (-0.125, "-0.12"), (12.0, "12")]
    {
        assert_eq!(number(value), text);
    }
}

#[test]
fn a_file_is_drawn_at_the_size_asked_and_not_blank() {
    let mark = [0x5a; 32];
    for svg in [svg(&mark, Look::File(Ground::Full)), half_file(&[0x5a; 16], Side::Answerer), home(Ground::Tile)] {
        let png = png::render(&svg, 48).unwrap();
        let drawn = resvg::tiny_skia::Pixmap::decode_png(&png).unwrap();
        assert_eq!((drawn.width(), drawn.height()), (48, 48));
        let middle = drawn.pixel(24, 2).unwrap();
        assert!(drawn.pixels().iter().any(|pixel| *pixel != middle));
        assert_eq!(middle.alpha(), 255);
    }
    assert!(png::render(&home(Ground::Tile), png::PIXELS_MAX + 1).is_err());
}
