//! From the state to cells.
//!
//! Everything is placed from the start edge, by [`Canvas`], which turns the page around where the language runs from right
//! to left. Words say every state; glyphs, colour and weight only repeat it. The page is one column, or two where there is
//! room for both.

mod canvas;
mod over;

use crate::bidi::{Glyph, runs_right_to_left, visual, width};
use crate::conversation::Place;
use crate::line::Line;
use crate::sentences;
use crate::state::{Focus, Link, Over, State};
use crate::timeline::{self, BAR_CELLS, Ink, Row};
use crate::wrap;
use canvas::Canvas;
use kith_api::{Contact, ContactState, Path, Side};
use kith_words::visible;
use ratatui::Frame;
use ratatui::style::{Color, Modifier, Style};
use std::ops::Range;

/// From so many columns on the list stands beside the conversation.
const BOTH_FROM: u16 = 84;
/// Columns of the list then.
const LIST_CELLS: u16 = 30;
/// Rows of a person.
const PERSON_ROWS: u16 = 2;
/// Most rows of what is written.
const DRAFT_ROWS_MAX: u16 = 5;
/// Smallest window in which anything can be told.
const LEAST: (u16, u16) = (24, 8);
/// Cells that a name keeps beside a long path.
const NAME_CELLS_MIN: u16 = 14;
/// Cells before what is written.
const PROMPT_CELLS: u16 = 2;

const QUIET: Style = Style::new().add_modifier(Modifier::DIM);
const STRONG: Style = Style::new().add_modifier(Modifier::BOLD);
const CHOSEN: Style = Style::new().add_modifier(Modifier::REVERSED);

/// Where what stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// List and conversation are both in view.
    pub(crate) side_by_side: bool,
    /// The conversation is in view.
    pub(crate) shows_conversation: bool,
    /// Rows of the timeline.
    pub(crate) timeline_rows: u16,
    columns: u16,
    rows: u16,
    draft_rows: u16,
}

impl Plan {
    pub(crate) fn of(state: &State) -> Self {
        let (columns, rows) = state.size;
        let side_by_side = columns >= BOTH_FROM;
        let shows_conversation = state.open.is_some() && (side_by_side || state.focus == Focus::Conversation);
        let mut plan = Self { side_by_side, shows_conversation, timeline_rows: 0, columns, rows, draft_rows: 1 };
        if let Some(open) = &state.open {
            let lines = wrap::lines(open.draft.text(), plan.draft_cells()).len();
            plan.draft_rows = u16::try_from(lines).unwrap_or(u16::MAX).clamp(1, DRAFT_ROWS_MAX);
        }
        // Head, a blank row, timeline, a row that says what is below or that this waits, what is written, foot.
        plan.timeline_rows = rows.saturating_sub(4 + plan.draft_rows);
        plan
    }

    /// Columns of the conversation.
    pub(crate) fn conversation_cells(self) -> usize {
        usize::from(self.conversation_columns().len() as u16)
    }

    fn conversation_columns(self) -> Range<u16> {
        if self.side_by_side { LIST_CELLS + 2..self.columns } else { 0..self.columns }
    }

    fn list_columns(self) -> u16 {
        if self.side_by_side { LIST_CELLS } else { self.columns }
    }

    fn draft_cells(self) -> usize {
        // One cell stays free for the cursor behind the last character.
        self.conversation_cells().saturating_sub(usize::from(PROMPT_CELLS) + 1)
    }

    /// The contact that is listed at a cell.
    pub(crate) fn person_at(self, state: &State, column: u16, row: u16) -> Option<String> {
        let column =
            if state.words.language().is_right_to_left() { self.columns.checked_sub(column + 1)? } else { column };
        let is_in_list = column < self.list_columns() && (self.side_by_side || !self.shows_conversation);
        let from_top = row.checked_sub(2).filter(|_| is_in_list && row < self.rows.saturating_sub(1))?;
        let listed = state.listed();
        let index = self.first_listed(state, &listed) + usize::from(from_top / PERSON_ROWS);
        listed.get(index).map(|contact| contact.contact.clone())
    }

    /// The first contact in view, so that the chosen one is.
    fn first_listed(self, state: &State, listed: &[&Contact]) -> usize {
        let fit = usize::from(self.rows.saturating_sub(3) / PERSON_ROWS).max(1);
        let chosen = listed.iter().position(|contact| Some(&contact.contact) == state.chosen.as_ref());
        chosen.unwrap_or(0).saturating_sub(fit - 1)
    }
}

/// Draws everything.
pub(crate) fn draw(state: &State, frame: &mut Frame<'_>) {
    let area = frame.area();
    let right_to_left = state.words.language().is_right_to_left();
    let mut page = Canvas::new(frame.buffer_mut(), area, right_to_left);
    if area.width < LEAST.0 || area.height < LEAST.1 {
        page.put(0, 0, area.width, &state.words.say("tui-too-small"), Style::new());
        return;
    }
    let plan = Plan::of(state);
    let mut cursor = None;
    if plan.side_by_side || !plan.shows_conversation {
        cursor = list(state, plan, &mut page.part(0, 0, plan.list_columns(), area.height - 1));
    }
    if plan.side_by_side || plan.shows_conversation {
        let columns = plan.conversation_columns();
        let (start, rows) = (columns.start, area.height - 1);
        let mut part = page.part(start, 0, columns.end - start, rows);
        let here =
            if plan.shows_conversation { conversation(state, plan, &mut part) } else { nobody(state, &mut part) };
        cursor = cursor.or(here.map(|(column, row)| (column + start, row)));
    }
    foot(state, &mut page.part(0, area.height - 1, area.width, 1));
    match &state.over {
        Over::Nothing => {}
        Over::Keys => {
            over::keys(state, &mut page);
            cursor = None;
        }
        Over::Search(search) => cursor = over::search(state, search, &mut page),
        Over::Pins(pins) => {
            over::pins(state, pins, &mut page);
            cursor = None;
        }
        Over::Deleting(message) => {
            over::deleting(state, message, &mut page);
            cursor = None;
        }
    }
    let at = cursor.map(|(column, row)| page.cell(column, row));
    if let Some(at) = at {
        frame.set_cursor_position(at);
    }
}

/// The people.
fn list(state: &State, plan: Plan, part: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let cells = part.columns();
    let mut cursor = None;
    match &state.filter {
        None => part.put(0, 0, cells, &state.words.say("people"), STRONG),
        Some(filter) => {
            part.put(0, 0, 2, "/", QUIET);
            let at = written(part, filter, (2, 0), (usize::from(cells.saturating_sub(3)), 1));
            cursor = Some(at).filter(|_| state.focus == Focus::List);
        }
    }
    let listed = state.listed();
    if listed.is_empty() {
        let (title, text) = match (state.contacts.is_empty(), state.link) {
            (true, Link::Here) => ("tui-nobody", "tui-nobody-text"),
            (true, Link::Away) => ("away-title", "away"),
            (true, Link::Opening) => ("connecting", ""),
            (false, _) => ("search-no-name", ""),
        };
        let below = part.paragraph(2, &state.words.say(title), Style::new());
        if !text.is_empty() {
            part.paragraph(below, &state.words.say(text), QUIET);
        }
        return cursor;
    }
    let rows = (2..part.rows().saturating_sub(1)).step_by(usize::from(PERSON_ROWS));
    let from = plan.first_listed(state, &listed);
    for (row, contact) in rows.zip(listed.into_iter().skip(from)) {
        person(state, contact, row, part);
    }
    cursor
}

/// One person: name and what is new, then the path in words.
fn person(state: &State, contact: &Contact, row: u16, part: &mut Canvas<'_>) {
    let is_chosen = state.chosen.as_ref() == Some(&contact.contact);
    let is_open = state.open.as_ref().is_some_and(|open| open.contact == contact.contact);
    let mark = match (is_chosen && state.focus == Focus::List, is_open) {
        (true, _) => CHOSEN,
        (false, true) => STRONG,
        (false, false) => Style::new(),
    };
    let cells = part.columns();
    if is_chosen && state.focus == Focus::List {
        part.fill(row, CHOSEN);
    }
    let [first, second] = state.palette.hues(&contact.mark).map_or([Style::new(); 2], |hues| hues.map(paint));
    part.put(0, row, 1, "▌", if is_chosen { mark.patch(first) } else { first });
    part.put(0, row + 1, 1, "▌", second);
    let unread = match contact.unread {
        _ if contact.place.blocked => String::new(),
        0 => String::new(),
        count => state.words.counted("row-unread", &[], count.into()),
    };
    let room = cells.saturating_sub(3 + width(&unread) as u16);
    let style = if !unread.is_empty() { mark.patch(STRONG) } else { mark };
    part.people(2, row, room, &visible(&contact.name), style);
    part.end(row, &unread, mark);
    part.put(2, row + 1, cells.saturating_sub(2), &way(state, contact), QUIET);
}

/// The path, as a glyph and in words.
fn way(state: &State, contact: &Contact) -> String {
    let words = sentences::path_words(contact, state.zone, state.local_now(), &state.words);
    match sentences::path_glyph(contact) {
        "" => words,
        glyph => format!("{glyph}  {words}"),
    }
}

/// Beside the list, when no conversation is open.
fn nobody(state: &State, part: &mut Canvas<'_>) -> Option<(u16, u16)> {
    if !state.contacts.is_empty() {
        part.paragraph(2, &state.words.say("tui-choose"), QUIET);
    }
    None
}

/// A conversation: who and by which path, what was said, what is being written.
fn conversation(state: &State, plan: Plan, part: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let contact = state.open_contact()?;
    let cells = part.columns();
    let way = way(state, contact);
    let way_cells = (width(&way) as u16).min(cells.saturating_sub(NAME_CELLS_MIN));
    part.people(0, 0, cells.saturating_sub(way_cells + 2), &visible(&contact.name), STRONG);
    part.put(cells - way_cells, 0, way_cells, &way, QUIET);
    if contact.state != ContactState::Connected {
        if let Some(note) = sentences::note_words(contact, &state.words) {
            part.paragraph(2, &note, Style::new());
        }
        return None;
    }
    let rows = plan.timeline_rows;
    timeline_rows(state, contact, rows, &mut part.part(0, 2, cells, rows));
    between(state, contact, 2 + rows, part);
    let open = state.open.as_ref()?;
    let draft_at = 3 + rows;
    part.put(0, draft_at, PROMPT_CELLS, "›", if state.focus == Focus::Conversation { STRONG } else { QUIET });
    let at = written(part, &open.draft, (PROMPT_CELLS, draft_at), (plan.draft_cells(), plan.draft_rows));
    if open.draft.is_empty() {
        let name = sentences::call_name(&contact.name);
        part.put(PROMPT_CELLS, draft_at, cells - PROMPT_CELLS, &state.words.with("write-to", &[("name", name)]), QUIET);
    }
    (state.focus == Focus::Conversation).then_some(at)
}

/// What was said, the lowest row at the bottom.
fn timeline_rows(state: &State, contact: &Contact, view: u16, part: &mut Canvas<'_>) {
    let Some((open, setting)) = state.open.as_ref().zip(state.setting()) else { return };
    let (mut index, mut below) = match &open.place {
        Place::At { event, below } => (open.index(event).map_or(open.messages.len(), |at| at + 1), *below),
        Place::End => (open.messages.len(), 0),
    };
    let mut row = view;
    while row > 0 && index > 0 {
        index -= 1;
        let block = timeline::block(open, index, setting);
        let shown = block.len().saturating_sub(std::mem::take(&mut below));
        for line in block.iter().take(shown).rev() {
            let Some(next) = row.checked_sub(1) else { break };
            row = next;
            said(state, contact, line, row, part);
        }
    }
    if row > 0 && index == 0 && open.messages.is_empty() && open.whole {
        let name = sentences::call_name(&contact.name);
        part.paragraph(0, &state.words.with("write-first", &[("name", name)]), QUIET);
    } else if row > 0 && open.reaching {
        part.put(0, row - 1, part.columns(), &state.words.say("tui-older"), QUIET);
    }
}

/// One row of the timeline.
fn said(state: &State, contact: &Contact, row: &Row, at: u16, part: &mut Canvas<'_>) {
    let columns = part.columns();
    let cells = row.cells as u16;
    let bar = BAR_CELLS as u16;
    let start = if row.at_end { columns.saturating_sub(cells + bar) } else { bar };
    let style = match row.ink {
        Ink::Quiet => QUIET,
        Ink::New | Ink::Found { .. } => STRONG,
        Ink::Said { .. } | Ink::Waiting => Style::new(),
    };
    let mine = row.at_end;
    let bar_column = if mine { columns.saturating_sub(1) } else { 0 };
    let glyph = match row.ink {
        Ink::Quiet => None,
        Ink::New => Some("─"),
        Ink::Waiting => Some("╎"),
        Ink::Said { .. } => Some("┃"),
        Ink::Found { .. } => Some("█"),
    };
    if let Some(glyph) = glyph {
        part.put(bar_column, at, 1, glyph, bar_style(state, contact, mine));
    }
    let glyphs = visual(&row.paragraph, row.line.clone(), row.right_to_left);
    part.glyphs(start, at, cells, trimmed(glyphs, row.right_to_left), row.right_to_left, style);
}

/// A side's colour is its shape's colour: the inviter's comes first.
fn bar_style(state: &State, contact: &Contact, mine: bool) -> Style {
    let Some([inviter, answerer]) = state.palette.hues(&contact.mark) else { return Style::new() };
    paint(if mine == (contact.side == Side::Inviter) { inviter } else { answerer })
}

fn paint(colour: Color) -> Style {
    Style::new().fg(colour)
}

/// The row between what was said and what is being written.
fn between(state: &State, contact: &Contact, row: u16, part: &mut Canvas<'_>) {
    let Some(open) = &state.open else { return };
    let below = open.new_below();
    let name = ("name", sentences::call_name(&contact.name));
    let (words, style) = if open.editing.is_some() {
        (state.words.with("edit-hint", &[name]), QUIET)
    } else if open.place != Place::End && below > 0 {
        (state.words.counted("tui-new-below", &[], below as u64), STRONG)
    } else if contact.held > 0 {
        (state.words.counted("held-title", &[name], contact.held.into()), STRONG)
    } else if contact.path == Path::None {
        (state.words.with("tui-waits", &[name]), QUIET)
    } else {
        return;
    };
    part.put(0, row, part.columns(), &words, style);
}

/// A line that is being edited, at a place and in a room; the cell of its cursor comes back.
fn written(part: &mut Canvas<'_>, line: &Line, at: (u16, u16), room: (usize, u16)) -> (u16, u16) {
    let text = line.text();
    let lines = wrap::lines(text, room.0);
    let last = lines.len().saturating_sub(1);
    let holds = |range: &Range<usize>| range.start <= line.cursor() && line.cursor() <= range.end;
    let current = lines.iter().rposition(holds).unwrap_or(last);
    let from = (current + 1).saturating_sub(usize::from(room.1));
    let mut cursor = at;
    for ((index, range), row) in lines.iter().enumerate().skip(from).zip(at.1..at.1 + room.1) {
        // A free place behind the last character, where the cursor stands; it takes the paragraph's direction.
        let paragraph = paragraph_around(text, range);
        let offset = paragraph.start;
        let shown = format!("{} ", text.get(paragraph.clone()).unwrap_or_default());
        let right_to_left = runs_right_to_left(&shown, part.is_right_to_left());
        let is_its_last = range.end == paragraph.end;
        let within = range.start - offset..range.end - offset + usize::from(is_its_last);
        let glyphs = visual(&shown, within, right_to_left);
        let cells = room.0 as u16 + 1;
        let places = part.glyphs(at.0, row, cells, glyphs, right_to_left, Style::new());
        if index == current {
            let wanted = line.cursor() - offset;
            let place = places.iter().find(|(byte, _)| *byte == wanted).or(places.last());
            cursor = (place.map_or(at.0, |(_, column)| *column), row);
        }
    }
    cursor
}

/// The paragraph that a line is of.
fn paragraph_around(text: &str, line: &Range<usize>) -> Range<usize> {
    let start = text.get(..line.start).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(line.end..).and_then(|tail| tail.find('\n')).map_or(text.len(), |at| line.end + at);
    start..end
}

/// A line without the space that hangs behind it.
fn trimmed(mut glyphs: Vec<Glyph>, right_to_left: bool) -> Vec<Glyph> {
    if right_to_left {
        let spaces = glyphs.iter().take_while(|glyph| glyph.symbol == " ").count();
        glyphs.drain(..spaces);
    } else {
        let kept = glyphs.iter().rposition(|glyph| glyph.symbol != " ").map_or(0, |at| at + 1);
        glyphs.truncate(kept);
    }
    glyphs
}

/// The last row: what went wrong or was done, else what can be done.
fn foot(state: &State, part: &mut Canvas<'_>) {
    let cells = part.columns();
    if let Some(word) = &state.word {
        part.put(0, 0, cells, word, STRONG);
        return;
    }
    if state.link == Link::Away && !state.contacts.is_empty() {
        part.put(0, 0, cells, &state.words.say("away"), STRONG);
        return;
    }
    let picked = state.open.as_ref().is_some_and(|open| open.picked.is_some());
    let editing = state.open.as_ref().is_some_and(|open| open.editing.is_some());
    let hints: &[(&str, &str)] = match state.focus {
        Focus::Conversation if picked => {
            &[("e", "edit"), ("d", "delete-menu"), ("p", "tui-key-pin"), ("Esc", "tui-key-back")]
        }
        Focus::Conversation if editing => &[("Enter", "edit-save"), ("F1", "tui-key-keys"), ("Esc", "edit-cancel")],
        Focus::List => &[("Enter", "tui-key-open"), ("?", "tui-key-keys"), ("q", "tui-key-quit")],
        Focus::Conversation => &[("Enter", "tui-key-send"), ("F1", "tui-key-keys"), ("Esc", "tui-key-back")],
    };
    let hints: Vec<_> = hints.iter().map(|(key, id)| format!("{key} {}", state.words.say(id))).collect();
    part.put(0, 0, cells, &hints.join("   "), QUIET);
}
