//! A part of the screen, in columns from its start edge.

use crate::bidi::{Glyph, runs_right_to_left, visual, width};
use crate::wrap;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// A part of the screen. Where the language runs from right to left, column 0 is its rightmost one.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    right_to_left: bool,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, area: Rect, right_to_left: bool) -> Self {
        Self { buffer, area, right_to_left }
    }

    /// A part of this part.
    pub(super) fn part(&mut self, column: u16, row: u16, columns: u16, rows: u16) -> Canvas<'_> {
        let columns = columns.min(self.area.width.saturating_sub(column));
        let rows = rows.min(self.area.height.saturating_sub(row));
        let area = Rect::new(self.left(column, columns), self.area.y + row, columns, rows);
        Canvas { buffer: self.buffer, area, right_to_left: self.right_to_left }
    }

    pub(super) fn columns(&self) -> u16 {
        self.area.width
    }

    pub(super) fn rows(&self) -> u16 {
        self.area.height
    }

    pub(super) fn is_right_to_left(&self) -> bool {
        self.right_to_left
    }

    /// The cell of the screen that is a column and row of this part.
    pub(super) fn cell(&self, column: u16, row: u16) -> Position {
        Position::new(self.left(column, 1), self.area.y + row)
    }

    /// Writes words of ours into a room at a column; what does not fit is cut.
    pub(super) fn put(&mut self, column: u16, row: u16, cells: u16, text: &str, style: Style) {
        self.write(column, row, cells, text, self.right_to_left, style);
    }

    /// Writes a person's words, which run as they run and stand at the start edge in any case.
    pub(super) fn people(&mut self, column: u16, row: u16, cells: u16, text: &str, style: Style) {
        let cells = cells.min(width(text) as u16);
        self.write(column, row, cells, text, runs_right_to_left(text, self.right_to_left), style);
    }

    /// Writes words of ours at the end edge.
    pub(super) fn end(&mut self, row: u16, text: &str, style: Style) {
        let cells = (width(text) as u16).min(self.columns());
        self.put(self.columns() - cells, row, cells, text, style);
    }

    /// Writes a paragraph of ours over as many rows as it takes; the row behind it comes back.
    pub(super) fn paragraph(&mut self, row: u16, text: &str, style: Style) -> u16 {
        let mut row = row;
        for line in wrap::lines(text, usize::from(self.columns())) {
            let glyphs = visual(text, line, self.right_to_left);
            self.glyphs(0, row, self.columns(), glyphs, self.right_to_left, style);
            row += 1;
        }
        row
    }

    /// Gives a whole row a style.
    pub(super) fn fill(&mut self, row: u16, style: Style) {
        if row < self.area.height {
            self.buffer.set_style(Rect::new(self.area.x, self.area.y + row, self.area.width, 1), style);
        }
    }

    /// Empties it.
    pub(super) fn clear(&mut self) {
        for position in self.area.intersection(self.buffer.area).positions() {
            if let Some(cell) = self.buffer.cell_mut(position) {
                cell.reset();
            }
        }
    }

    fn write(&mut self, column: u16, row: u16, cells: u16, text: &str, right_to_left: bool, style: Style) {
        let fitting = cut(text, usize::from(cells));
        let glyphs = visual(&fitting, 0..fitting.len(), right_to_left);
        self.glyphs(column, row, cells, glyphs, right_to_left, style);
    }

    /// Writes glyphs into a room, against the edge where their text begins. The byte and the column of each come back.
    pub(super) fn glyphs(
        &mut self,
        column: u16,
        row: u16,
        cells: u16,
        glyphs: Vec<Glyph>,
        right_to_left: bool,
        style: Style,
    ) -> Vec<(usize, u16)> {
        let cells = cells.min(self.area.width.saturating_sub(column));
        let used: u16 = glyphs.iter().map(|glyph| glyph.width).sum();
        let left = self.left(column, cells);
        let mut x = if right_to_left { left + cells.saturating_sub(used) } else { left };
        let mut places = Vec::with_capacity(glyphs.len());
        if row >= self.area.height {
            return places;
        }
        for glyph in glyphs {
            if x + glyph.width > left + cells {
                break;
            }
            self.buffer.set_stringn(x, self.area.y + row, &glyph.symbol, usize::from(glyph.width), style);
            places.push((glyph.at, self.column(x)));
            x += glyph.width;
        }
        places.sort_unstable_by_key(|(at, _)| *at);
        places
    }

    /// The leftmost cell of the screen of a room at a column.
    fn left(&self, column: u16, cells: u16) -> u16 {
        let from_start = column.min(self.area.width);
        match self.right_to_left {
            true => (self.area.x + self.area.width).saturating_sub(from_start + cells).max(self.area.x),
            false => self.area.x + from_start,
        }
    }

    /// The column of a cell of the screen.
    fn column(&self, x: u16) -> u16 {
        match self.right_to_left {
            true => (self.area.x + self.area.width).saturating_sub(x + 1),
            false => x.saturating_sub(self.area.x),
        }
    }
}

/// A text that fits into so many cells, with a sign that there is more.
fn cut(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let mut end = 0;
    let mut used = 1;
    for glyph in crate::bidi::clusters(text) {
        used += usize::from(glyph.width);
        if used > cells {
            break;
        }
        end = glyph.at + glyph.symbol.len();
    }
    format!("{}…", text.get(..end).unwrap_or_default())
}
