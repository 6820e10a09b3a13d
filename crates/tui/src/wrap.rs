//! Lines of a paragraph that fit into a number of cells.

use crate::bidi::clusters;
use std::ops::Range;

/// The lines of a text, as ranges of its bytes: a line end in the text ends one, and so does the last space that still
/// fits. A word that is longer than a line is cut between clusters. There is always a line, and none is wider than `cells`,
/// except for one wide character where there is a single cell.
pub(crate) fn lines(text: &str, cells: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        wrap(paragraph, start, cells.max(1), &mut lines);
        start += paragraph.len() + 1;
    }
    lines
}

/// Wraps one paragraph that begins at a byte of the text.
fn wrap(paragraph: &str, offset: usize, cells: usize, lines: &mut Vec<Range<usize>>) {
    let (mut start, mut used, mut space, mut after_space) = (0, 0, None, 0);
    for glyph in clusters(paragraph) {
        let wide = usize::from(glyph.width);
        let is_space = glyph.symbol == " ";
        // A space that does not fit hangs behind its line.
        if used + wide > cells && !is_space && glyph.at > start {
            let (end, kept) = space.take().map_or((glyph.at, 0), |at| (at, after_space));
            lines.push(offset + start..offset + end);
            (start, used) = (end, kept);
        }
        used += wide;
        after_space += wide;
        if is_space {
            (space, after_space) = (Some(glyph.at + 1), 0);
        }
    }
    lines.push(offset + start..offset + paragraph.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, cells: usize) -> Vec<&str> {
        lines(text, cells).into_iter().map(|line| &text[line]).collect()
    }

    #[test]
    fn a_line_ends_at_the_last_space_that_fits() {
        assert_eq!(wrapped("one two three", 8), ["one two ", "three"]);
        assert_eq!(wrapped("one two three", 7), ["one two ", "three"]);
        assert_eq!(wrapped("one two three", 5), ["one ", "two ", "three"]);
        assert_eq!(wrapped("", 5), [""]);
    }

    #[test]
    fn a_word_that_is_longer_than_a_line_is_cut() {
        assert_eq!(wrapped("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrapped("a bcdefgh", 4), ["a ", "bcde", "fgh"]);
        assert_eq!(wrapped("日本語です", 5), ["日本", "語で", "す"]);
    }

    #[test]
    fn the_texts_own_line_ends_are_kept_and_every_byte_is_on_one_line() {
        assert_eq!(wrapped("a\n\nb c\n", 9), ["a", "", "b c", ""]);
        let text = "the quick  brown\nfox jumps";
        for cells in 1..20 {
            assert_eq!(wrapped(text, cells).concat(), text.replace('\n', ""), "{cells}");
        }
    }
}
