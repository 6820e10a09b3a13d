//! Which key does what. The cheat sheet is made of the same table of words ([`SHEET`]), and a test holds the two together.

use crate::bidi::runs_right_to_left;
use crate::event::Effect;
use crate::line::{Line, Reach};
use crate::search::Search;
use crate::state::{Focus, Over, State};
use crate::view::Plan;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// The cheat sheet: sections, and in each the keys and what they do, by the ids of their sentences.
pub(crate) const SHEET: [(&str, &[(&str, &str)]); 4] = [
    (
        "tui-keys-list",
        &[
            ("↑ ↓", "tui-key-move"),
            ("Enter", "tui-key-open"),
            ("/", "tui-key-find"),
            ("o", "tui-key-browser"),
            ("? F1", "tui-key-keys"),
            ("q Ctrl-C", "tui-key-quit"),
        ],
    ),
    (
        "tui-keys-conversation",
        &[
            ("PgUp PgDn", "tui-key-scroll"),
            ("Ctrl-End", "tui-key-latest"),
            ("Ctrl-F", "tui-key-search"),
            ("Ctrl-G", "pins"),
            ("Ctrl-T", "try-now"),
            ("Ctrl-N Ctrl-P", "tui-key-next"),
            ("Ctrl-O", "tui-key-browser"),
            ("Esc", "tui-key-back"),
        ],
    ),
    ("tui-keys-message", &[("Ctrl-↑ ↑ ↓", "tui-key-pick"), ("e", "edit"), ("d", "delete-menu"), ("p", "tui-key-pin")]),
    (
        "tui-keys-writing",
        &[
            ("Enter", "tui-key-send"),
            ("Ctrl-J", "tui-key-newline"),
            ("Ctrl-← Ctrl-→", "tui-key-word"),
            ("Ctrl-A Ctrl-E", "tui-key-edges"),
            ("Ctrl-W Ctrl-U", "tui-key-erase"),
        ],
    ),
];

/// A key without what may be held with it, and what was.
type Stroke = (KeyCode, Held);

/// What was held with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Nothing,
    Control,
    Alt,
}

fn stroke(key: KeyEvent) -> Stroke {
    let held = match key.modifiers {
        held if held.contains(KeyModifiers::CONTROL) => Held::Control,
        held if held.contains(KeyModifiers::ALT) => Held::Alt,
        _ => Held::Nothing,
    };
    (key.code, held)
}

impl State {
    /// A key was pressed.
    pub(crate) fn key(&mut self, key: KeyEvent) {
        if key.kind == KeyEventKind::Release {
            return;
        }
        let stroke = stroke(key);
        self.word = None;
        if stroke == (KeyCode::Char('c'), Held::Control) {
            self.effects.push(Effect::Quit);
            return;
        }
        match (&self.over, self.focus) {
            (Over::Keys, _) => self.over = Over::Nothing,
            (Over::Search(_), _) => self.key_in_search(stroke),
            (Over::Pins(_), _) => self.key_in_pins(stroke),
            (Over::Deleting(_), _) => self.key_on_deletion(stroke.0),
            (Over::Nothing, _) if stroke.0 == KeyCode::F(1) => self.over = Over::Keys,
            (Over::Nothing, Focus::List) if self.filter.is_some() => self.key_in_filter(stroke),
            (Over::Nothing, Focus::List) => self.key_in_list(stroke),
            (Over::Nothing, Focus::Conversation) if self.open.as_ref().is_some_and(|open| open.picked.is_some()) => {
                self.key_on_message(stroke.0);
            }
            (Over::Nothing, Focus::Conversation) => self.key_in_conversation(stroke),
        }
    }

    fn key_in_list(&mut self, stroke: Stroke) {
        match stroke {
            (KeyCode::Char('q'), Held::Nothing) => self.effects.push(Effect::Quit),
            (KeyCode::Char('?'), _) => self.over = Over::Keys,
            (KeyCode::Char('/'), _) => self.filter = Some(Line::default()),
            (KeyCode::Char('o'), _) => self.browse(None),
            (KeyCode::Up, _) | (KeyCode::Char('k' | 'p'), _) => self.choose(-1),
            (KeyCode::Down, _) | (KeyCode::Char('j' | 'n'), _) => self.choose(1),
            (KeyCode::Home, _) => self.choose(isize::MIN),
            (KeyCode::End, _) => self.choose(isize::MAX),
            (KeyCode::Enter | KeyCode::Tab, _) => self.enter_chosen(),
            _ => {}
        }
    }

    fn key_in_filter(&mut self, stroke: Stroke) {
        match stroke {
            (KeyCode::Esc, _) => self.filter = None,
            (KeyCode::Up, _) => self.choose(-1),
            (KeyCode::Down, _) => self.choose(1),
            (KeyCode::Enter, _) => {
                self.enter_chosen();
                self.filter = None;
            }
            stroke => {
                if let Some(filter) = &mut self.filter {
                    edit(filter, stroke);
                }
                let listed = self.listed();
                if !listed.iter().any(|contact| Some(&contact.contact) == self.chosen.as_ref()) {
                    self.chosen = listed.first().map(|contact| contact.contact.clone());
                }
            }
        }
    }

    fn key_in_conversation(&mut self, stroke: Stroke) {
        let page = i32::from(Plan::of(self).timeline_rows.saturating_sub(1).max(1));
        match stroke {
            (KeyCode::Esc, _) if self.end_edit() => {}
            (KeyCode::Esc | KeyCode::Tab, _) => self.leave(),
            (KeyCode::Up, Held::Control | Held::Alt) if self.can_write() => self.pick(true),
            (KeyCode::Char('g'), Held::Control) if self.can_write() => self.show_pins(),
            (KeyCode::Char('t'), Held::Control) if self.can_write() => self.try_now(),
            (KeyCode::PageUp, _) => self.scroll(page),
            (KeyCode::PageDown, _) => self.scroll(-page),
            (KeyCode::End, Held::Control) => self.scroll(i32::MIN),
            (KeyCode::Up, _) if !self.is_on_further_line() => self.scroll(1),
            (KeyCode::Down, _) if !self.has_further_line() => self.scroll(-1),
            (KeyCode::Char('f'), Held::Control) if self.can_write() => self.over = Over::Search(Search::default()),
            (KeyCode::Char('o'), Held::Control) => self.browse(self.open.as_ref().map(|open| open.contact.clone())),
            (KeyCode::Char('n'), Held::Control) => self.step(1),
            (KeyCode::Char('p'), Held::Control) => self.step(-1),
            (KeyCode::Enter, Held::Nothing) => self.send(),
            (KeyCode::Enter, _) | (KeyCode::Char('j'), Held::Control) => self.write("\n"),
            stroke if self.can_write() => {
                if let Some(open) = &mut self.open {
                    edit(&mut open.draft, stroke);
                }
            }
            _ => {}
        }
    }

    fn key_in_search(&mut self, stroke: Stroke) {
        let Over::Search(search) = &mut self.over else { return };
        match stroke {
            (KeyCode::Esc, _) => self.over = Over::Nothing,
            (KeyCode::Up, _) => search.step(false),
            (KeyCode::Down, _) => search.step(true),
            (KeyCode::Enter, _) => {
                let event = search.found.get(search.chosen).map(|message| message.event.clone());
                if let Some(event) = event {
                    self.over = Over::Nothing;
                    self.jump(event);
                }
            }
            stroke => {
                if edit(&mut search.line, stroke)
                    && let Some(words) = search.changed()
                {
                    self.look_for(words);
                }
            }
        }
    }

    fn key_in_pins(&mut self, stroke: Stroke) {
        let Over::Pins(pins) = &mut self.over else { return };
        match stroke.0 {
            KeyCode::Up => pins.step(false),
            KeyCode::Down => pins.step(true),
            KeyCode::Enter => {
                let event = pins.found.get(pins.chosen).map(|message| message.event.clone());
                self.over = Over::Nothing;
                if let Some(event) = event {
                    self.jump(event);
                }
            }
            KeyCode::Esc => self.over = Over::Nothing,
            _ => {}
        }
    }

    /// Text was pasted: it goes where a key would, and never sends.
    pub(crate) fn pasted(&mut self, text: &str) {
        match (&mut self.over, self.focus) {
            (Over::Search(search), _) => {
                search.line.insert(&text.replace('\n', " "));
                if let Some(words) = search.changed() {
                    self.look_for(words);
                }
            }
            (Over::Nothing, Focus::Conversation) => {
                // It goes on the line, and does nothing to a message.
                if let Some(open) = &mut self.open {
                    open.picked = None;
                }
                self.write(text);
            }
            _ => {}
        }
    }

    /// A cell was clicked: a person in the list, or the conversation.
    pub(crate) fn click(&mut self, column: u16, row: u16) {
        let plan = Plan::of(self);
        match plan.person_at(self, column, row) {
            Some(contact) => self.enter(&contact),
            None if plan.shows_conversation => self.focus = Focus::Conversation,
            None => {}
        }
    }

    fn write(&mut self, text: &str) {
        let can_write = self.can_write();
        if let Some(open) = self.open.as_mut().filter(|_| can_write) {
            open.draft.insert(text);
        }
    }

    fn is_on_further_line(&self) -> bool {
        let draft = self.open.as_ref().map(|open| &open.draft);
        draft.is_some_and(|draft| draft.text().get(..draft.cursor()).is_some_and(|head| head.contains('\n')))
    }

    fn has_further_line(&self) -> bool {
        let draft = self.open.as_ref().map(|open| &open.draft);
        draft.is_some_and(|draft| draft.text().get(draft.cursor()..).is_some_and(|tail| tail.contains('\n')))
    }

    fn choose(&mut self, by: isize) {
        let listed = self.listed();
        let at = listed.iter().position(|contact| Some(&contact.contact) == self.chosen.as_ref());
        let to = at.map_or(0, |at| at.saturating_add_signed(by).min(listed.len().saturating_sub(1)));
        self.chosen = listed.get(to).map(|contact| contact.contact.clone());
    }

    fn enter_chosen(&mut self) {
        let listed = self.listed().iter().any(|contact| Some(&contact.contact) == self.chosen.as_ref());
        if let Some(chosen) = self.chosen.clone().filter(|_| listed) {
            self.enter(&chosen);
        }
    }

    /// The next or previous person's conversation.
    fn step(&mut self, by: isize) {
        self.filter = None;
        self.chosen = self.open.as_ref().map(|open| open.contact.clone());
        self.choose(by);
        self.enter_chosen();
    }
}

/// Edits a line; false where the key means nothing there.
fn edit(line: &mut Line, (code, held): Stroke) -> bool {
    use {Held::*, KeyCode::*};
    // The arrows point: in a text that runs from right to left, left is onward.
    let mirrored = runs_right_to_left(line.text(), false);
    let before = line.clone();
    match (code, held) {
        (Char(c), Nothing) => line.insert(c.encode_utf8(&mut [0; 4])),
        (Left, Nothing) if mirrored => line.forward(Reach::Cluster),
        (Right, Nothing) if mirrored => line.back(Reach::Cluster),
        (Left, _) if mirrored => line.forward(Reach::Word),
        (Right, _) if mirrored => line.back(Reach::Word),
        (Left, Nothing) | (Char('b'), Control) => line.back(Reach::Cluster),
        (Right, Nothing) => line.forward(Reach::Cluster),
        (Left, _) | (Char('b'), Alt) => line.back(Reach::Word),
        (Right, _) | (Char('f'), Alt) => line.forward(Reach::Word),
        (Home, _) | (Char('a'), Control) => line.back(Reach::Edge),
        (End, _) | (Char('e'), Control) => line.forward(Reach::Edge),
        (Up, _) => line.up(),
        (Down, _) => line.down(),
        (Backspace, Nothing) | (Char('h'), Control) => line.erase_back(Reach::Cluster),
        (Delete, Nothing) | (Char('d'), Control) => line.erase_forward(Reach::Cluster),
        (Backspace, _) | (Char('w'), Control) => line.erase_back(Reach::Word),
        (Delete, _) | (Char('d'), Alt) => line.erase_forward(Reach::Word),
        (Char('u'), Control) => line.erase_back(Reach::Edge),
        (Char('k'), Control) => line.erase_forward(Reach::Edge),
        _ => {}
    }
    *line != before
}
