//! From messages to the rows that the timeline draws: days, the unread line, runs of one speaker, and where a state is said.
//!
//! The middle stays empty: what this device says and what they wrote keep to the start edge, own words to the end edge.
//! Pure; the order is the agent's, and times only decide where a day is written.

use crate::bidi::{runs_right_to_left, width};
use crate::conversation::{Conversation, is_theirs};
use crate::sentences;
use crate::time::Zone;
use crate::wrap;
use kith_api::{Kind, Message};
use kith_words::Words;
use std::ops::Range;
use std::rc::Rc;

/// A silence after which the time is written again.
const GAP_MS: u64 = 3_600_000;
/// A pause that ends a run of bubbles.
const RUN_MS: u64 = 300_000;
/// Widest line of a bubble.
const BUBBLE_CELLS_MAX: usize = 66;
/// Cells beside a bubble's words: the bar and a space.
pub(crate) const BAR_CELLS: usize = 2;

/// How a row is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    /// A person's words, with a bar of the speaker's colour.
    Said { mine: bool },
    /// The same, of the message that was searched for.
    Found { mine: bool },
    /// Words that wait here: they have an outline and no fill.
    Waiting,
    /// What this device says about a message or a time.
    Quiet,
    /// The line above what is new.
    New,
}

/// One row of the timeline.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// How it is drawn.
    pub(crate) ink: Ink,
    /// Keeps to the end edge.
    pub(crate) at_end: bool,
    /// The paragraph that it is a line of.
    pub(crate) paragraph: Rc<str>,
    /// Which part of the paragraph.
    pub(crate) line: Range<usize>,
    /// The paragraph runs from right to left.
    pub(crate) right_to_left: bool,
    /// Cells of the block of rows that it belongs to.
    pub(crate) cells: usize,
}

/// What rows are made with.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    /// Sentences.
    pub(crate) words: &'a Words,
    /// The person's clock.
    pub(crate) zone: Zone,
    /// Milliseconds since 1970.
    pub(crate) now: u64,
    /// What the contact is called.
    pub(crate) name: &'a str,
    /// Cells of the timeline.
    pub(crate) cells: usize,
}

/// The rows of one message, and of what is written above and below it.
pub(crate) fn block(conversation: &Conversation, index: usize, setting: Setting<'_>) -> Vec<Row> {
    let messages = &conversation.messages;
    let Some(message) = messages.get(index) else { return vec![] };
    let before = index.checked_sub(1).and_then(|before| messages.get(before));
    let after = messages.get(index + 1);
    let is_unread = |message: &Message| conversation.unread.as_ref() == Some(&message.event);
    let mut rows = Rows { rows: vec![], setting };
    let (now, at) = ((setting.zone)(setting.now), (setting.zone)(message.sent_at));
    let new_day = opens_day(messages, index, setting.zone);
    let new_time = before.is_some_and(|before| opens_time(message, before));
    let first = new_day || new_time || is_unread(message) || before.is_none_or(|before| !is_same_run(before, message));
    if first && before.is_some() {
        rows.quiet("", false);
    }
    if new_day {
        rows.quiet(&at.title(now, setting.words), false);
    } else if new_time {
        rows.quiet(&at.clock_words(), false);
    }
    if is_unread(message) {
        let newer = messages.get(index..).unwrap_or_default();
        let count = newer.iter().filter(|message| is_theirs(message)).count() as u64;
        rows.push(Ink::New, false, &setting.words.counted("unread-line", &[], count));
    }
    if message.late {
        rows.quiet(&setting.words.with("late", &[("time", at.words(now, setting.words))]), message.mine);
    }
    let marked = conversation.picked.as_ref().or(conversation.found.as_ref());
    rows.said(message, marked == Some(&message.event));
    if message.pinned {
        rows.quiet(&setting.words.say("message-pinned"), message.mine);
    }
    if message.edited && message.kind == Kind::Text {
        let name = sentences::call_name(setting.name);
        let id = if message.mine { "edited" } else { "edited-by" };
        rows.quiet(&setting.words.with(id, &[("name", name)]), message.mine);
    }
    if message.mine && message.kind == Kind::Text && !is_same_state(message, after) {
        rows.state(message);
    }
    rows.rows
}

/// Rows under construction.
struct Rows<'a> {
    rows: Vec<Row>,
    setting: Setting<'a>,
}

impl Rows<'_> {
    /// What somebody said, or what this device tells.
    fn said(&mut self, message: &Message, found: bool) {
        let text = sentences::body(message, self.setting.name, self.setting.words);
        let mine = message.mine;
        let ink = match (message.kind, message.state) {
            (Kind::Notice, _) => Ink::Quiet,
            _ if found => Ink::Found { mine },
            (Kind::Text, Some(kith_api::State::Waiting)) => Ink::Waiting,
            _ => Ink::Said { mine },
        };
        self.push(ink, mine && message.kind != Kind::Notice, &text);
    }

    fn state(&mut self, message: &Message) {
        let Some(words) = sentences::state_words(message, self.setting.name, self.setting.words) else { return };
        let glyph = message.state.map(sentences::state_glyph).unwrap_or_default();
        self.quiet(&format!("{glyph} {words}"), true);
    }

    fn quiet(&mut self, text: &str, at_end: bool) {
        self.push(Ink::Quiet, at_end, text);
    }

    fn push(&mut self, ink: Ink, at_end: bool, text: &str) {
        let of_language = self.setting.words.language().is_right_to_left();
        let room = self.setting.cells.saturating_sub(BAR_CELLS);
        let room = if ink == Ink::Quiet { room } else { (room * 82 / 100).clamp(1, BUBBLE_CELLS_MAX) };
        let begin = self.rows.len();
        for part in text.split('\n') {
            let right_to_left = match ink {
                Ink::Quiet | Ink::New => of_language,
                _ => runs_right_to_left(part, of_language),
            };
            let paragraph: Rc<str> = part.into();
            for line in wrap::lines(part, room) {
                let paragraph = paragraph.clone();
                let cells = width(part.get(line.clone()).unwrap_or_default().trim_end());
                self.rows.push(Row { ink, at_end, paragraph, line, right_to_left, cells });
            }
        }
        let block = self.rows.get_mut(begin..).unwrap_or_default();
        let widest = block.iter().map(|row| row.cells).max().unwrap_or(0);
        block.iter_mut().for_each(|row| row.cells = widest);
    }
}

/// Late messages carry their own time and open no day.
fn opens_day(messages: &[Message], index: usize, zone: Zone) -> bool {
    let Some(message) = messages.get(index) else { return false };
    let earlier = messages.get(..index).unwrap_or_default();
    match earlier.iter().rev().find(|earlier| !earlier.late).or(earlier.first()) {
        Some(before) => !message.late && zone(message.sent_at).day > zone(before.sent_at).day,
        None => true,
    }
}

fn opens_time(message: &Message, before: &Message) -> bool {
    !message.late && !before.late && message.sent_at.saturating_sub(before.sent_at) > GAP_MS
}

fn is_same_run(before: &Message, message: &Message) -> bool {
    let close = message.sent_at.abs_diff(before.sent_at) < RUN_MS;
    let plain = before.kind == Kind::Text && message.kind == Kind::Text;
    let alike = before.state == message.state && before.held == message.held;
    before.mine == message.mine && close && plain && !message.late && alike
}

/// A state is said under the last own message of a run that shares it; what is spoken in between changes nothing.
fn is_same_state(message: &Message, after: Option<&Message>) -> bool {
    let of = |message: &Message| if message.held { None } else { message.state };
    after.is_some_and(|after| after.mine && after.kind == Kind::Text && of(after) == of(message))
}
