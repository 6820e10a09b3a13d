//! The text that a person is writing: edited by whole clusters, never inside one.

use unicode_segmentation::UnicodeSegmentation;

/// A text and where the next character goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Line {
    text: String,
    /// A byte, always between two clusters.
    cursor: usize,
}

/// How far an edit reaches from the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// One cluster.
    Cluster,
    /// To the other end of a word.
    Word,
    /// To the end of the line.
    Edge,
}

impl Line {
    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The byte at which the next character goes.
    pub(crate) fn cursor(&self) -> usize {
        self.cursor
    }

    /// Whether there is nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Takes the text out.
    pub(crate) fn take(&mut self) -> String {
        self.cursor = 0;
        std::mem::take(&mut self.text)
    }

    /// Puts a text in the place of this one, the cursor behind it.
    pub(crate) fn set(&mut self, text: String) {
        self.cursor = text.len();
        self.text = text;
    }

    /// Writes at the cursor. Control characters are left out, but for line ends; a tab becomes a space.
    pub(crate) fn insert(&mut self, written: &str) {
        let written = written.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
        let written: String = written.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        self.text.insert_str(self.cursor, &written);
        self.cursor += written.len();
        // What was written may join what follows into one cluster; the cursor stands behind it then.
        let behind = self.boundaries().find(|at| *at >= self.cursor);
        self.cursor = behind.unwrap_or(self.text.len());
    }

    /// Moves towards the beginning.
    pub(crate) fn back(&mut self, reach: Reach) {
        self.cursor = self.before(reach);
    }

    /// Moves towards the end.
    pub(crate) fn forward(&mut self, reach: Reach) {
        self.cursor = self.after(reach);
    }

    /// Moves to the line above, as far from its beginning.
    pub(crate) fn up(&mut self) {
        let start = self.before(Reach::Edge);
        if start > 0 {
            let column = self.cursor - start;
            let above = self.text.get(..start - 1).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
            self.go_to((above + column).min(start - 1));
        }
    }

    /// Moves to the line below, as far from its beginning.
    pub(crate) fn down(&mut self) {
        let (start, end) = (self.before(Reach::Edge), self.after(Reach::Edge));
        if end < self.text.len() {
            let tail = self.text.get(end + 1..).unwrap_or_default();
            let below = tail.find('\n').unwrap_or(tail.len());
            self.go_to(end + 1 + (self.cursor - start).min(below));
        }
    }

    /// Moves to a byte, or to the nearest place before it where a cursor may stand.
    pub(crate) fn go_to(&mut self, byte: usize) {
        let place = self.boundaries().take_while(|at| *at <= byte).last();
        self.cursor = place.unwrap_or(0);
    }

    /// Erases towards the beginning.
    pub(crate) fn erase_back(&mut self, reach: Reach) {
        let from = self.before(reach);
        self.text.replace_range(from..self.cursor, "");
        self.go_to(from);
    }

    /// Erases towards the end.
    pub(crate) fn erase_forward(&mut self, reach: Reach) {
        let to = self.after(reach);
        self.text.replace_range(self.cursor..to, "");
        self.go_to(self.cursor);
    }

    fn before(&self, reach: Reach) -> usize {
        let head = self.text.get(..self.cursor).unwrap_or_default();
        match reach {
            Reach::Cluster => head.grapheme_indices(true).next_back().map_or(0, |(at, _)| at),
            Reach::Word => {
                head.split_word_bound_indices().rev().find(|(_, word)| !word.trim().is_empty()).map_or(0, |(at, _)| at)
            }
            Reach::Edge => head.rfind('\n').map_or(0, |at| at + 1),
        }
    }

    fn after(&self, reach: Reach) -> usize {
        let tail = self.text.get(self.cursor..).unwrap_or_default();
        let further = match reach {
            Reach::Cluster => tail.graphemes(true).next().map_or(0, str::len),
            Reach::Word => tail
                .split_word_bound_indices()
                .find(|(_, word)| !word.trim().is_empty())
                .map_or(tail.len(), |(at, word)| at + word.len()),
            Reach::Edge => tail.find('\n').unwrap_or(tail.len()),
        };
        self.cursor + further
    }

    /// Every place where a cursor may stand.
    fn boundaries(&self) -> impl Iterator<Item = usize> {
        self.text.grapheme_indices(true).map(|(at, _)| at).chain([self.text.len()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        let mut line = Line::default();
        line.insert(text);
        line
    }

    #[test]
    fn a_family_an_accent_and_a_syllable_are_one_step_each() {
        for cluster in ["👩‍👩‍👧", "e\u{301}", "नि", "日"] {
            let mut line = line(&format!("a{cluster}"));
            line.back(Reach::Cluster);
            assert_eq!(line.cursor(), 1, "{cluster}");
            line.forward(Reach::Cluster);
            line.erase_back(Reach::Cluster);
            assert_eq!(line.text(), "a", "{cluster}");
        }
    }

    #[test]
    fn words_and_lines_are_moved_over_and_erased_whole() {
        let mut line = line("one two\nthree four");
        line.back(Reach::Word);
        assert_eq!(line.cursor(), "one two\nthree ".len());
        line.back(Reach::Edge);
        assert_eq!(line.cursor(), "one two\n".len());
        line.erase_forward(Reach::Word);
        assert_eq!(line.text(), "one two\n four");
        line.forward(Reach::Edge);
        line.erase_back(Reach::Edge);
        assert_eq!(line.text(), "one two\n");
        line.erase_back(Reach::Word);
        assert_eq!(line.text(), "one ");
    }

    #[test]
    fn the_lines_above_and_below_are_reached_in_the_same_place() {
        let mut line = line("ab\n\ncdé");
        for at in ["ab\n", "", ""] {
            line.up();
            assert_eq!(line.cursor(), at.len());
        }
        line.down();
        line.down();
        assert_eq!(line.cursor(), "ab\n\n".len());
    }

    #[test]
    fn what_is_pasted_keeps_its_line_ends_and_no_other_control_character() {
        assert_eq!(line("a\r\nb\tc\u{1b}[31m\u{7}").text(), "a\nb c[31m");
    }

    #[test]
    fn the_cursor_never_stands_inside_a_cluster() {
        let mut line = line("e");
        line.go_to(0);
        line.insert("x");
        line.forward(Reach::Edge);
        line.insert("\u{301}y");
        line.go_to("xe".len());
        assert_eq!(line.cursor(), 1);
    }
}
