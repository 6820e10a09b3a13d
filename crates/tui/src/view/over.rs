//! What lies over the page: the keys, looking for a message, what is pinned, and how a message is deleted.

use super::canvas::Canvas;
use super::{CHOSEN, QUIET, STRONG, written};
use crate::bidi::width;
use crate::keys::SHEET;
use crate::pick::ways_to_delete;
use crate::search::Search;
use crate::sentences;
use crate::state::State;
use kith_api::{Message, State as Delivery};
use kith_words::visible;
use ratatui::style::Style;

/// The cheat sheet; in two columns where it would not fit into one.
pub(super) fn keys(state: &State, page: &mut Canvas<'_>) {
    page.clear();
    let (columns, rows) = (page.columns(), page.rows());
    let lines = SHEET.iter().map(|(_, keys)| keys.len() + 2).sum::<usize>();
    let tall = usize::from(rows) >= lines;
    let across = if tall { 1 } else { 2 };
    let room = columns / across;
    let widest = SHEET.iter().flat_map(|(_, keys)| keys.iter()).map(|(key, _)| width(key)).max().unwrap_or(0) as u16;
    let (mut column, mut row) = (0, 0);
    for (title, keys) in SHEET {
        if row > 0 && usize::from(row) + keys.len() + 1 > usize::from(rows) {
            (column, row) = (column + room, 0);
        }
        page.put(column, row, room, &state.words.say(title), STRONG);
        row += 1;
        for (key, id) in keys {
            page.people(column, row, widest, key, Style::new());
            let words = room.saturating_sub(widest + 1);
            page.put(column + widest + 1, row, words, &state.words.say(id), QUIET);
            row += 1;
        }
        if tall {
            row += 1;
        }
    }
}

/// What is looked for, and what was found: the chosen one is opened by Enter.
pub(super) fn search(state: &State, search: &Search, page: &mut Canvas<'_>) -> Option<(u16, u16)> {
    page.clear();
    let columns = page.columns();
    page.put(0, 0, columns, &state.words.say("tui-key-search"), STRONG);
    page.put(0, 1, 2, "›", STRONG);
    let cursor = written(page, &search.line, (2, 1), (usize::from(columns.saturating_sub(3)), 1));
    if search.is_answered {
        let count = search.found.len() as u64;
        page.put(0, 2, columns, &state.words.counted("tui-search-found", &[], count), QUIET);
    }
    listed(state, search, page);
    foot(state, page);
    Some(cursor)
}

/// What is pinned for both: the chosen one is gone to by Enter.
pub(super) fn pins(state: &State, pins: &Search, page: &mut Canvas<'_>) {
    page.clear();
    let columns = page.columns();
    page.put(0, 0, columns, &state.words.say("pins"), STRONG);
    if pins.is_answered && pins.found.is_empty() {
        page.put(0, 2, columns, &state.words.say("tui-no-pins"), QUIET);
    }
    listed(state, pins, page);
    foot(state, page);
}

/// How a message is to be deleted, and what each way comes to.
pub(super) fn deleting(state: &State, message: &Message, page: &mut Canvas<'_>) {
    page.clear();
    let columns = page.columns();
    page.put(0, 0, columns, &state.words.say("delete-title"), STRONG);
    page.people(0, 2, columns, &visible(&sentences::body(message, &name(state), &state.words)), Style::new());
    let (both, here) = ways_to_delete(message);
    let mut row = 4;
    let mut way = |key: &str, title: &str, text: &str| {
        page.put(0, row, columns, &format!("{key} {}", state.words.say(title)), Style::new());
        row = page.paragraph(row + 1, &state.of_name(text), QUIET) + 1;
    };
    if both {
        let text = match message.state {
            Some(Delivery::Waiting) => "tui-delete-waiting",
            Some(Delivery::Sent) => "delete-text-sent",
            _ => "delete-text",
        };
        way("b", "tui-delete-both", text);
    }
    if here {
        way("h", "delete-here", "delete-here-text");
    }
    let rows = page.rows();
    page.put(0, rows - 1, columns, &format!("Esc {}", state.words.say("delete-keep")), QUIET);
}

/// What the open contact is called.
fn name(state: &State) -> String {
    state.open_contact().map(|contact| contact.name.clone()).unwrap_or_default()
}

/// Messages, a row each, from the fourth row on.
fn listed(state: &State, search: &Search, page: &mut Canvas<'_>) {
    let (columns, rows) = (page.columns(), page.rows());
    let fit = usize::from(rows.saturating_sub(4)).max(1);
    let from = (search.chosen + 1).saturating_sub(fit);
    let name = name(state);
    for ((index, message), row) in search.found.iter().enumerate().skip(from).zip(3..rows.saturating_sub(1)) {
        let style = if index == search.chosen { CHOSEN } else { Style::new() };
        let time = (state.zone)(message.sent_at).words(state.local_now(), &state.words);
        let who = if message.mine { "from-you" } else { "from-them" };
        let head = state.words.with(who, &[("name", sentences::call_name(&name)), ("time", time)]);
        let head_cells = width(&head) as u16;
        page.fill(row, style);
        page.put(0, row, head_cells, &head, style.patch(QUIET));
        page.people(head_cells + 2, row, columns.saturating_sub(head_cells + 2), &visible(&message.text), style);
    }
}

fn foot(state: &State, page: &mut Canvas<'_>) {
    let (columns, rows) = (page.columns(), page.rows());
    page.fill(rows - 1, Style::new());
    let foot = format!("Enter {}   Esc {}", state.words.say("tui-key-open"), state.words.say("tui-key-back"));
    page.put(0, rows - 1, columns, &foot, QUIET);
}
