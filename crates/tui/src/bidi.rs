//! From the order in which text is written to the order in which a terminal's cells show it.
//!
//! The cells of a line are placed here, by the Unicode bidirectional algorithm (UAX #9), and the terminal is told to leave
//! them so ([`crate::screen`]): half of the terminals know nothing of direction, and the others would order a whole line of
//! the screen as if it were one paragraph. Letters are not joined here; a terminal that joins Arabic does it by itself.

use ratatui::buffer::CellWidth;
use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};
use unicode_segmentation::UnicodeSegmentation;

/// Most characters of one cluster that are drawn; more are stacked marks that would spill over other lines.
const CLUSTER_CHARS_MAX: usize = 10;

/// What stands in one cell, or in two for a wide character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Glyph {
    /// A cluster of characters (UAX #29).
    pub(crate) symbol: String,
    /// Cells: one or two.
    pub(crate) width: u16,
    /// The byte of the text where it begins.
    pub(crate) at: usize,
}

/// Whether a paragraph runs from right to left: as its first strong character does, else as `otherwise`.
pub(crate) fn runs_right_to_left(text: &str, otherwise: bool) -> bool {
    match unicode_bidi::get_base_direction(text) {
        unicode_bidi::Direction::Rtl => true,
        unicode_bidi::Direction::Ltr => false,
        unicode_bidi::Direction::Mixed => otherwise,
    }
}

/// The clusters of a text that take room, in the order in which it is written.
pub(crate) fn clusters(text: &str) -> impl Iterator<Item = Glyph> {
    text.grapheme_indices(true).filter_map(|(at, cluster)| {
        let symbol: String = cluster.chars().filter(|c| !c.is_control()).take(CLUSTER_CHARS_MAX).collect();
        let width = symbol.as_str().cell_width();
        (width > 0).then_some(Glyph { symbol, width, at })
    })
}

/// How many cells a text takes.
pub(crate) fn width(text: &str) -> usize {
    clusters(text).map(|glyph| usize::from(glyph.width)).sum()
}

/// A line of a paragraph, cell by cell from left to right. The line is a range of bytes of the paragraph, whose direction is
/// given.
pub(crate) fn visual(paragraph: &str, line: Range<usize>, right_to_left: bool) -> Vec<Glyph> {
    let base = if right_to_left { Level::rtl() } else { Level::ltr() };
    let Some(text) = paragraph.get(line.clone()) else { return vec![] };
    let glyphs: Vec<Glyph> = clusters(text).map(|glyph| Glyph { at: glyph.at + line.start, ..glyph }).collect();
    let bidi = BidiInfo::new(paragraph, Some(base));
    if !right_to_left && !bidi.has_rtl() {
        return glyphs;
    }
    let Some(part) = bidi.paragraphs.iter().find(|part| part.range.contains(&line.start)) else { return glyphs };
    let end = line.end.min(part.range.end);
    let of_bytes = bidi.reordered_levels(part, line.start..end);
    let levels: Vec<Level> = glyphs.iter().map(|glyph| of_bytes.get(glyph.at).copied().unwrap_or(base)).collect();
    let order = BidiInfo::reorder_visual(&levels);
    order.into_iter().filter_map(|index| shown(glyphs.get(index)?, *levels.get(index)?)).collect()
}

/// A cluster in a run of its level: brackets that open to the right open to the left there (rule L4).
fn shown(glyph: &Glyph, level: Level) -> Option<Glyph> {
    let mut glyph = glyph.clone();
    if level.is_rtl()
        && let Some(mirror) = mirrored(&glyph.symbol)
    {
        mirror.clone_into(&mut glyph.symbol);
    }
    Some(glyph)
}

/// The other one of a pair that people type.
fn mirrored(symbol: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 7] =
        [("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("«", "»"), ("‹", "›"), ("≤", "≥")];
    PAIRS.iter().find_map(|(open, close)| match symbol {
        _ if symbol == *open => Some(*close),
        _ if symbol == *close => Some(*open),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> String {
        let right_to_left = runs_right_to_left(text, false);
        visual(text, 0..text.len(), right_to_left).into_iter().map(|glyph| glyph.symbol).collect()
    }

    #[test]
    fn text_of_one_direction_keeps_its_order_or_turns_whole() {
        assert_eq!(line("harbour (old)"), "harbour (old)");
        assert_eq!(line("שלום (רב)"), "(בר) םולש");
    }

    #[test]
    fn numbers_and_names_inside_a_right_to_left_text_keep_theirs() {
        assert_eq!(line("אבג 123 דהו"), "והד 123 גבא");
        assert_eq!(line("ראיתי את Bob היום"), "םויה Bob תא יתיאר");
        assert_eq!(line("Bob said שלום"), "Bob said םולש");
    }

    #[test]
    fn an_isolated_name_does_not_reorder_the_sentence_and_its_isolates_take_no_room() {
        let sentence = "Waiting for \u{2068}נועה\u{2069} since 14:20";
        assert_eq!(line(sentence), "Waiting for העונ since 14:20");
        assert_eq!(width(sentence), 28);
    }

    #[test]
    fn a_mark_stays_on_its_letter_and_a_wide_character_takes_two_cells() {
        assert_eq!(line("שָׁלוֹם"), "םוֹלשָׁ");
        let wide = visual("日本e\u{301}👩‍👩‍👧", 0.."日本e\u{301}👩‍👩‍👧".len(), false);
        assert_eq!(wide.iter().map(|glyph| glyph.width).collect::<Vec<_>>(), [2, 2, 1, 2]);
    }

    #[test]
    fn stacked_marks_are_cut_and_control_characters_are_not_drawn() {
        let stacked = format!("a{}", "\u{301}".repeat(500));
        assert_eq!(visual(&stacked, 0..stacked.len(), false)[0].symbol.chars().count(), CLUSTER_CHARS_MAX);
        assert_eq!(line("a\u{1b}b\r"), "ab");
    }
}
