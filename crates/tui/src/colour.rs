//! The colours of a relationship on a terminal.
//!
//! Hue says whose; ink stays the terminal's own, so that words are read in the person's own colours. The hues follow from the
//! mark as everywhere in Kith (`spec/vectors/mark.json`); lightness is one that stands
//! off from black and from white, as a terminal does not say which it is on.

use ratatui::style::Color;
use std::env;

/// Lightness of what is drawn in a hue, in OKLCH: at least 3 : 1 against white and 5 : 1 against black.
const LIGHTNESS: f64 = 0.64;
/// How far from grey.
const CHROMA: f64 = 0.13;

/// Which colours may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Palette {
    /// Any.
    True,
    /// None: words and shapes say everything.
    Plain,
}

impl Palette {
    /// What this process's terminal says that it can do; nothing where the person wants no colour.
    pub fn of_environment() -> Self {
        let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        let depth = env::var("COLORTERM").unwrap_or_default();
        if !is_set("NO_COLOR") && ["truecolor", "24bit"].contains(&depth.as_str()) { Self::True } else { Self::Plain }
    }

    /// The colours of a mark: the inviter's shape, then the answerer's; none before both halves are known.
    pub(crate) fn hues(self, mark: &str) -> Option<[Color; 2]> {
        let hues = degrees(mark).filter(|_| self == Self::True)?;
        Some(hues.map(|hue| rgb(f64::from(hue))))
    }
}

/// The two hues of a whole mark: bytes 3 and 4 of each half choose them.
fn degrees(mark: &str) -> Option<[u16; 2]> {
    let byte = |index: usize| u8::from_str_radix(mark.get(index * 2..index * 2 + 2)?, 16).ok();
    let hue = u16::from((byte(3)? ^ byte(19)?) % 24) * 15;
    let turn = match (byte(4)? ^ byte(20)?) % 4 {
        0 => 60,
        1 => 300,
        2 => 135,
        _ => 225,
    };
    Some([hue, (hue + turn) % 360])
}

/// OKLCH to sRGB (Björn Ottosson, "A perceptual color space for image processing"); chroma gives way until the colour exists.
fn rgb(hue: f64) -> Color {
    let mut chroma = CHROMA;
    loop {
        let linear = linear_srgb(chroma, hue.to_radians());
        if chroma > 0.0 && linear.iter().any(|value| !(-0.0005..=1.0005).contains(value)) {
            chroma -= 0.004;
            continue;
        }
        let [red, green, blue] = linear.map(encoded);
        return Color::Rgb(red, green, blue);
    }
}

fn linear_srgb(chroma: f64, angle: f64) -> [f64; 3] {
    let (a, b) = (chroma * angle.cos(), chroma * angle.sin());
    let l = (LIGHTNESS + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (LIGHTNESS - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (LIGHTNESS - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
    ]
}

/// The sRGB transfer function, as a byte.
fn encoded(value: f64) -> u8 {
    let value = value.clamp(0.0, 1.0);
    let value = if value <= 0.003_130_8 { 12.92 * value } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 };
    (value * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Color) -> f64 {
        let Color::Rgb(red, green, blue) = colour else { panic!("{colour:?}") };
        let [red, green, blue] = [red, green, blue].map(|byte| {
            let value = f64::from(byte) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    #[test]
    fn every_hue_stands_off_from_black_and_from_white() {
        for hue in (0..360).step_by(15) {
            let light = luminance(rgb(f64::from(hue)));
            assert!(1.05 / (light + 0.05) >= 3.0, "{hue} on white: {}", 1.05 / (light + 0.05));
            assert!((light + 0.05) / 0.05 >= 5.0, "{hue} on black: {}", (light + 0.05) / 0.05);
        }
    }

    #[test]
    fn a_half_mark_has_no_hue_and_neither_has_a_plain_terminal() {
        assert_eq!(Palette::True.hues(&"0".repeat(32)), None);
        assert_eq!(Palette::Plain.hues(&"0".repeat(64)), None);
        let [first, second] = Palette::True.hues(&"0".repeat(64)).unwrap();
        assert_eq!((first, second), (rgb(0.0), rgb(60.0)));
    }

    #[test]
    fn hues_are_those_of_the_mark() {
        let vectors = include_str!("../../../spec/vectors/mark.json");
        let vectors: serde_json::Value = serde_json::from_str(vectors).unwrap();
        for vector in vectors["marks"].as_array().unwrap() {
            let hues = degrees(vector["mark"].as_str().unwrap()).map(|hues| serde_json::json!(hues));
            assert_eq!(hues.as_ref(), Some(&vector["hues"]));
        }
    }
}
