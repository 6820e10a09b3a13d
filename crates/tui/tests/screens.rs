//! Whole sessions on a terminal of cells: what is shown after which events, and what is asked of the agent.
//!
//! A screen is compared with `tests/screens/NAME.txt`; with `KITH_WRITE_SCREENS=1` it is written there instead, to be read
//! before it is committed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

use kith_api::{
    Ability, Call, Change, Contact, ContactState, Deletion, DeletionOutcome, Error, ErrorKind, Kind, Message, Path,
    Place, Push, Reply, Request, Side, Stage, State as Sent,
};
use kith_tui::{Effect, Event, Palette, State, draw, utc};
use kith_words::{Catalogue, Language, Words};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::style::Color;
use serde::Serialize;
use std::path::PathBuf;

/// Saturday, 2026-11-21 10:30 UTC.
const NOW: u64 = 1_795_257_000_000;
const MINUTE: u64 = 60_000;

/// A person with a terminal, and an agent of which the test plays the part.
struct Session {
    state: State,
    size: (u16, u16),
    asked: Vec<Call>,
    other: Vec<Effect>,
}

impl Session {
    fn of(size: (u16, u16), contact: Option<&str>) -> Self {
        Self::with(size, contact, Language::English, Palette::Plain)
    }

    fn with(size: (u16, u16), contact: Option<&str>, language: Language, palette: Palette) -> Self {
        let words = Words::new(language, Catalogue::Screens);
        let state = State::new(words, utc, palette, contact.map(str::to_owned));
        let mut session = Self { state, size, asked: vec![], other: vec![] };
        session.on(Event::Resize(size.0, size.1));
        session
    }

    /// Two people, Mira's conversation open.
    fn open(size: (u16, u16), messages: &[Message]) -> Self {
        let mut session = Self::of(size, Some("Mira Solberg"));
        session.on(Event::Connected);
        session.answer(&people());
        session.answer(&messages);
        session
    }

    fn on(&mut self, event: Event) {
        for effect in self.state.on(event, NOW) {
            match effect {
                Effect::Ask(call) => self.asked.push(call),
                other => self.other.push(other),
            }
        }
    }

    fn keys(&mut self, keys: &[KeyCode]) {
        keys.iter().for_each(|key| self.on(Event::Key(KeyEvent::new(*key, KeyModifiers::NONE))));
    }

    fn control(&mut self, key: char) {
        self.on(Event::Key(KeyEvent::new(KeyCode::Char(key), KeyModifiers::CONTROL)));
    }

    /// Picks the newest message, then so many above it.
    fn pick(&mut self, above: usize) {
        self.on(Event::Key(KeyEvent::new(KeyCode::Up, KeyModifiers::CONTROL)));
        self.keys(&vec![KeyCode::Up; above]);
    }

    /// Refuses what was asked last.
    fn refuse(&mut self) {
        let id = self.asked.last().unwrap().id;
        let error = Error::said(ErrorKind::Storage, "The disk is full.", "Make room.");
        self.on(Event::Reply(Box::new(Reply::Error { id, error })));
    }

    fn write(&mut self, text: &str) {
        text.chars().for_each(|c| self.keys(&[KeyCode::Char(c)]));
    }

    /// Answers the newest call that wants one.
    #[track_caller]
    fn answer<T: Serialize>(&mut self, answer: &T) {
        let told = |call: &&Call| matches!(call.request, Request::Watch { .. } | Request::Seen { .. });
        let id = self.asked.iter().rev().find(|call| !told(call)).unwrap().id;
        let ok = serde_json::to_value(answer).unwrap();
        self.on(Event::Reply(Box::new(Reply::Ok { id, ok })));
    }

    fn push(&mut self, change: Change) {
        self.on(Event::Reply(Box::new(Reply::Push { push: Push { seq: 1, change } })));
    }

    fn requests(&self) -> Vec<&Request> {
        self.asked.iter().map(|call| &call.request).collect()
    }

    fn terminal(&self) -> Terminal<TestBackend> {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        terminal.draw(|frame| draw(&self.state, frame)).unwrap();
        terminal
    }

    /// The rows as they are read, without what fills them up.
    fn rows(&self) -> Vec<String> {
        let terminal = self.terminal();
        let buffer = terminal.backend().buffer();
        let rows = buffer.content().chunks(usize::from(self.size.0));
        let text = |row: &[ratatui::buffer::Cell]| {
            let mut skip = 0;
            let mut text = String::new();
            for cell in row {
                if skip == 0 {
                    text.push_str(cell.symbol());
                    skip = ratatui::buffer::CellWidth::cell_width(cell.symbol()).max(1);
                }
                skip -= 1;
            }
            text.trim_end().to_owned()
        };
        rows.map(text).collect()
    }

    #[track_caller]
    fn shows(&self, name: &str) {
        let shown = self.rows().join("\n") + "\n";
        let file = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap())
            .join("tests/screens")
            .join(format!("{name}.txt"));
        if std::env::var_os("KITH_WRITE_SCREENS").is_some() {
            std::fs::write(&file, &shown).unwrap();
        }
        let kept = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(kept == shown, "{} holds\n{kept}\nand this is shown:\n{shown}", file.display());
    }

    #[track_caller]
    fn says(&self, words: &str) {
        let rows = self.rows();
        assert!(rows.iter().any(|row| row.contains(words)), "{words:?} is not in\n{}", rows.join("\n"));
    }
}

fn contact(id: &str, name: &str) -> Contact {
    Contact {
        contact: id.to_owned(),
        name: name.to_owned(),
        state: ContactState::Connected,
        stage: Stage::Secure,
        note: None,
        app_url: String::new(),
        verified: false,
        met: false,
        online: true,
        path: Path::Direct,
        safety_number: None,
        side: Side::Inviter,
        mark: "00000000".repeat(8),
        unread: 0,
        waiting: 0,
        held: 0,
        renewed: None,
        last: None,
        can: Vec::new(),
        manifest: None,
        receipts: true,
        typing: true,
        draft: None,
        timers: kith_api::Timers::default(),
        path_since: None,
        created_at: NOW - 90 * MINUTE,
        place: Place::default(),
    }
}

fn people() -> Vec<Contact> {
    let mira = contact("m1", "Mira Solberg");
    let per = Contact {
        path: Path::None,
        path_since: Some(NOW - 20 * 60 * MINUTE),
        unread: 2,
        created_at: NOW - 200 * MINUTE,
        ..contact("p1", "Per Aas")
    };
    let noa = Contact { path: Path::Relayed, created_at: NOW - 300 * MINUTE, ..contact("n1", "נועה לוי") };
    let yuki = Contact {
        state: ContactState::Inviting,
        stage: Stage::Connection,
        path: Path::None,
        created_at: NOW - 400 * MINUTE,
        ..contact("y1", "山田 ゆき")
    };
    vec![mira, per, noa, yuki]
}

fn theirs(event: &str, minutes: u64, text: &str) -> Message {
    Message {
        event: event.to_owned(),
        mine: false,
        from: "Mira Solberg".to_owned(),
        kind: Kind::Text,
        text: text.to_owned(),
        quote: None,
        reactions: Vec::new(),
        state: None,
        sent_at: NOW - minutes * MINUTE,
        edited: false,
        late: false,
        held: false,
        notice: None,
        file: None,
        pinned: false,
        timer: None,
        leaves_at: None,
    }
}

fn mine(event: &str, minutes: u64, text: &str, state: Sent) -> Message {
    Message { mine: true, state: Some(state), ..theirs(event, minutes, text) }
}

fn talk() -> Vec<Message> {
    vec![
        theirs(
            "a",
            26 * 60,
            "The survey of the harbour is done. Shall I send you the whole of it or only the part about the east pier?",
        ),
        mine("b", 26 * 60 - 1, "All of it", Sent::Seen),
        Message { edited: true, ..theirs("c", 50, "Here it comes") },
        mine("d", 49, "Thanks!", Sent::Delivered),
        mine("e", 48, "מתי נפגשים?", Sent::Sent),
        Message {
            late: true, ..theirs("f", 24 * 60, "日本語も、長い文でも、ちゃんと折り返されます。")
        },
        Message { kind: Kind::Deleted, text: String::new(), ..theirs("g", 20, "") },
        mine("h", 2, "I'll be there at six", Sent::Waiting),
    ]
}

#[test]
fn the_list_says_who_is_new_and_by_which_path() {
    let mut session = Session::of((60, 16), None);
    session.on(Event::Connected);
    session.answer(&people());
    session.shows("list");
}

#[test]
fn a_conversation_says_its_states_in_the_designs_words() {
    Session::open((60, 24), &talk()).shows("conversation");
}

#[test]
fn list_and_conversation_stand_side_by_side_where_there_is_room() {
    Session::open((100, 24), &talk()).shows("both");
}

#[test]
fn the_keys_fit_on_the_smallest_screen() {
    let mut session = Session::open((60, 16), &talk());
    session.keys(&[KeyCode::F(1)]);
    session.shows("keys");
}

#[test]
fn nobody_yet_and_an_agent_that_is_not_there_are_told_apart() {
    let mut session = Session::of((60, 16), None);
    let error = || Error::said(ErrorKind::NotRunning, "", "");
    session.on(Event::Away(error()));
    session.says("Kith is not running");
    session.on(Event::Connected);
    session.answer::<Vec<Contact>>(&vec![]);
    session.says("Nobody yet.");
    session.says("kith invite NAME");
}

#[test]
fn what_is_written_is_sent_and_its_line_is_empty_then() {
    let mut session = Session::open((60, 16), &talk());
    session.write("See you");
    session.on(Event::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::ALT)));
    session.write("there?");
    session.shows("writing");
    session.keys(&[KeyCode::Enter]);
    let sent = session.requests().last().copied().cloned();
    let text = "See you\nthere?".to_owned();
    assert_eq!(
        sent,
        Some(Request::Send { contact: Some("m1".into()), text, reply: None, wait: None, timeout_ms: None })
    );
    session.says("Write to Mira");
    session.push(Change::Message { contact: "m1".into(), message: mine("z", 0, "See you\nthere?", Sent::Waiting) });
    session.says("●◌ Waiting for Mira");
}

#[test]
fn a_text_that_was_not_saved_is_back_on_its_line() {
    let mut session = Session::open((60, 16), &talk());
    session.write("first");
    session.keys(&[KeyCode::Enter]);
    let id = session.asked.last().unwrap().id;
    session.write("second");
    let error = Error::said(ErrorKind::Storage, "The disk is full.", "Make room.");
    session.on(Event::Reply(Box::new(Reply::Error { id, error })));
    session.says("› first");
    session.says("  second");
    session.says("Not saved. The disk is full. Make room.");

    session.keys(&[KeyCode::Enter]);
    session.on(Event::Away(Error::said(ErrorKind::NotRunning, "", "")));
    session.says("› first");
    session.says("Kith ended before it said whether this was saved.");
}

#[test]
fn while_the_agent_is_away_nothing_is_lost_and_afterwards_it_goes_on() {
    let mut session = Session::open((60, 16), &talk());
    session.on(Event::Away(Error::said(ErrorKind::NotRunning, "", "")));
    session.says("Kith is not running on this device. Start it");
    session.write("hello");
    session.keys(&[KeyCode::Enter]);
    session.says("› hello");
    let before = session.asked.len();
    session.on(Event::Connected);
    let asked: Vec<_> = session.requests()[before..].to_vec();
    let contact = || Some("m1".to_owned());
    let wanted = [
        &Request::Watch { contact: None },
        &Request::Contacts,
        &Request::Watch { contact: contact() },
        &Request::Log { contact: contact(), limit: Some(60), before: None, after: None, around: None },
    ];
    assert_eq!(asked, wanted);
    session.answer(&[talk(), vec![theirs("i", 0, "Are you back?")]].concat());
    session.says("Are you back?");
}

#[test]
fn history_is_read_page_by_page_and_what_comes_meanwhile_is_counted() {
    let page = |from: usize| -> Vec<Message> {
        (from..from + 60).map(|n| theirs(&format!("{n:03}"), 500 - n as u64, &format!("message {n:03}"))).collect()
    };
    let mut session = Session::open((60, 16), &page(100));
    session.says("message 159");
    session.keys(&[KeyCode::PageUp; 6]);
    let older = Request::Log {
        contact: Some("m1".into()),
        limit: Some(60),
        before: Some("100".into()),
        after: None,
        around: None,
    };
    assert_eq!(session.requests().last(), Some(&&older));
    session.answer(&page(40));
    session.keys(&[KeyCode::PageUp; 2]);
    session.says("message 089");
    session.push(Change::Message { contact: "m1".into(), message: theirs("new", 0, "and now?") });
    session.says("message 089");
    session.says("1 new message below");
    session.on(Event::Key(KeyEvent::new(KeyCode::End, KeyModifiers::CONTROL)));
    session.says("and now?");
}

#[test]
fn a_message_counts_as_seen_only_while_somebody_looks_at_the_end() {
    let seen = |session: &Session| -> Vec<String> {
        let events = session.requests().into_iter().filter_map(|request| match request {
            Request::Seen { event, .. } => Some(event.clone()),
            _ => None,
        });
        events.collect()
    };
    let mut session = Session::open((60, 16), &talk());
    assert_eq!(seen(&session), ["g"]);
    let push = |session: &mut Session, event: &str| {
        session.push(Change::Message { contact: "m1".into(), message: theirs(event, 0, "new") });
    };
    session.on(Event::Looking(false));
    push(&mut session, "i");
    assert_eq!(seen(&session), ["g"]);
    session.on(Event::Looking(true));
    assert_eq!(seen(&session), ["g", "i"]);
    session.keys(&[KeyCode::F(1)]);
    push(&mut session, "j");
    assert_eq!(seen(&session), ["g", "i"]);
    session.keys(&[KeyCode::Esc, KeyCode::Up]);
    push(&mut session, "k");
    assert_eq!(seen(&session), ["g", "i", "j"]);
}

#[test]
fn a_peers_text_and_name_cannot_act_on_the_terminal() {
    let hostile = "\u{1b}]0;owned\u{7}\u{9b}2J\r\u{202e}evil\u{2066}";
    let mut session = Session::open((60, 16), &[theirs("a", 1, hostile)]);
    let mira = Contact { name: format!("M{hostile}"), ..contact("m1", "") };
    session.push(Change::Contact(mira));
    let shown = session.rows().concat();
    assert!(shown.contains("␛]0;owned␇") && shown.contains("\\u{202e}evil"), "{shown}");
    let acts =
        |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c);
    assert!(!shown.contains(acts), "{shown:?}");
}

#[test]
fn a_message_is_found_and_gone_to_however_far_back_it_is() {
    let page = |from: usize| -> Vec<Message> {
        (from..from + 60).map(|n| theirs(&format!("{n:03}"), 500 - n as u64, &format!("message {n:03}"))).collect()
    };
    let mut session = Session::open((60, 16), &page(200));
    session.control('f');
    session.write("message 9");
    session.answer(&vec![theirs("145", 355, "message 145"), theirs("099", 401, "message 099")]);
    session.keys(&[KeyCode::Down]);
    session.shows("search");
    session.keys(&[KeyCode::Enter]);
    session.answer(&page(140));
    session.answer(&page(80));
    session.says("█ message 099");
}

fn asked_last(session: &Session) -> Request {
    session.asked.last().unwrap().request.clone()
}

/// Mira's app can do what this one can.
fn able(session: &mut Session) {
    let can = vec![Ability::Edit, Ability::Pin];
    session.push(Change::Contact(Contact { can, ..contact("m1", "Mira Solberg") }));
}

#[test]
fn an_own_message_gets_another_wording_and_what_was_being_written_comes_back() {
    let mut session = Session::open((60, 24), &talk());
    session.write("half a thought");
    session.pick(0);
    session.keys(&[KeyCode::Char('e')]);
    session.says("This message can't be edited.");
    able(&mut session);
    // A key that means nothing there takes the word away.
    session.keys(&[KeyCode::Char('x')]);
    session.shows("picked");
    session.keys(&[KeyCode::Char('e')]);
    session.says("› I'll be there at six");
    session.says("You are editing a message.");
    session.write(" sharp");
    session.keys(&[KeyCode::Enter]);
    let (contact, event) = (Some("m1".to_owned()), "h".to_owned());
    let wanted = Request::Edit { contact, event, text: "I'll be there at six sharp".to_owned() };
    assert_eq!(asked_last(&session), wanted);
    session.says("› half a thought");

    // What was refused, or not answered, stands on the line again; Esc leaves the message as it is.
    session.refuse();
    session.says("Not saved. The disk is full.");
    session.says("› I'll be there at six sharp");
    session.keys(&[KeyCode::Enter]);
    session.on(Event::Away(Error::said(ErrorKind::NotRunning, "", "")));
    session.says("› I'll be there at six sharp");
    session.keys(&[KeyCode::Enter]);
    session.says("› I'll be there at six sharp");
    session.keys(&[KeyCode::Esc]);
    session.says("› half a thought");

    // Nobody words what somebody else said.
    session.on(Event::Connected);
    session.pick(2);
    let before = session.asked.len();
    session.keys(&[KeyCode::Char('e')]);
    session.says("This message can't be edited.");
    assert_eq!(session.asked.len(), before);
    session.keys(&[KeyCode::Esc]);
    session.says("› half a thought");
}

#[test]
fn somebody_who_goes_on_to_another_person_loses_neither_the_edit_nor_the_draft() {
    let mut session = Session::open((60, 16), &talk());
    able(&mut session);
    session.write("half a thought");
    session.pick(0);
    session.keys(&[KeyCode::Char('e')]);
    session.control('n');
    session.answer::<Vec<Message>>(&vec![]);
    session.control('p');
    session.says("› I'll be there at six");
    session.says("  half a thought");
}

#[test]
fn a_message_is_deleted_for_both_or_here_only_and_never_by_one_key() {
    let mut session = Session::open((60, 16), &talk());
    session.pick(0);
    session.keys(&[KeyCode::Char('d')]);
    session.says("b Delete for both");
    session.says("No copy has left: it is never delivered.");
    assert!(!session.rows().concat().contains("h Delete here only"), "there is nothing that Mira would keep");
    let before = session.asked.len();
    session.keys(&[KeyCode::Char('d'), KeyCode::Char('h'), KeyCode::Enter, KeyCode::Esc]);
    assert_eq!(session.asked.len(), before);
    session.pick(0);
    session.keys(&[KeyCode::Char('d'), KeyCode::Char('b')]);
    let contact = || Some("m1".to_owned());
    assert_eq!(asked_last(&session), Request::Delete { contact: contact(), event: "h".to_owned() });
    let message = Message { kind: Kind::Deleted, text: String::new(), ..mine("h", 2, "", Sent::Waiting) };
    session.push(Change::Message { contact: "m1".into(), message: message.clone() });
    session.answer(&Deletion { message, outcome: DeletionOutcome::NeverDelivered });
    session.says("No copy had left. It was never delivered.");

    // What left is theirs too; what they said stays with them in any case.
    session.pick(3);
    session.keys(&[KeyCode::Char('d')]);
    session.shows("deleting");
    session.keys(&[KeyCode::Esc]);
    session.pick(2);
    session.keys(&[KeyCode::Char('d')]);
    assert!(!session.rows().concat().contains("Delete for both"));
    session.keys(&[KeyCode::Char('b'), KeyCode::Char('h')]);
    assert_eq!(asked_last(&session), Request::Hide { contact: contact(), event: "f".to_owned() });
    session.push(Change::MessageGone { contact: "m1".into(), event: "f".into() });
    assert!(!session.rows().concat().contains("日本語"));
}

#[test]
fn what_is_pinned_is_said_at_it_and_found_again() {
    let mut session = Session::open((60, 16), &talk());
    able(&mut session);
    session.pick(4);
    session.keys(&[KeyCode::Char('p')]);
    let contact = || Some("m1".to_owned());
    assert_eq!(asked_last(&session), Request::Pin { contact: contact(), event: "d".to_owned(), pinned: true });
    let pinned = Message { pinned: true, ..mine("d", 49, "Thanks!", Sent::Delivered) };
    session.push(Change::Message { contact: "m1".into(), message: pinned.clone() });
    session.says("Pinned");
    session.keys(&[KeyCode::Char('p')]);
    assert_eq!(asked_last(&session), Request::Pin { contact: contact(), event: "d".to_owned(), pinned: false });
    session.keys(&[KeyCode::Esc]);
    session.control('g');
    assert_eq!(asked_last(&session), Request::Pins { contact: contact() });
    session.answer(&vec![pinned]);
    session.shows("pins");
    session.keys(&[KeyCode::Enter]);
    session.says("█");
    session.control('g');
    session.answer::<Vec<Message>>(&vec![]);
    session.says("Nothing is pinned.");
}

#[test]
fn somebody_out_of_reach_is_dialled_at_once_and_the_answer_is_told() {
    let mut session = Session::open((60, 16), &talk());
    session.control('t');
    assert_eq!(asked_last(&session), Request::Reach { contact: Some("m1".to_owned()) });
    session.answer(&kith_api::Reached { reached: false });
    session.says("device is still out of reach.");
}

#[test]
fn the_picked_message_is_in_view_however_far_up_it_is() {
    let page: Vec<Message> =
        (100..160).map(|n| theirs(&format!("{n:03}"), 500 - n as u64, &format!("message {n:03}"))).collect();
    let mut session = Session::open((60, 16), &page);
    session.pick(0);
    for n in (101..160).rev() {
        session.says(&format!("█ message {n:03}"));
        session.keys(&[KeyCode::Up]);
    }
    session.says("█ message 100");
    assert!(matches!(asked_last(&session), Request::Log { before: Some(_), .. }), "what is older is asked for");
    for n in 101..160 {
        session.keys(&[KeyCode::Down]);
        session.says(&format!("█ message {n:03}"));
    }
    session.keys(&[KeyCode::Down]);
    assert!(!session.rows().concat().contains("█"));
}

#[test]
fn a_draft_stays_with_its_person() {
    let mut session = Session::open((60, 16), &talk());
    session.write("for Mira");
    session.control('n');
    session.answer::<Vec<Message>>(&vec![]);
    session.says("Write to Per");
    session.control('p');
    session.says("› for Mira");
}

#[test]
fn a_person_is_found_by_a_part_of_their_name() {
    let mut session = Session::of((60, 16), None);
    session.on(Event::Connected);
    session.answer(&people());
    session.write("/aa");
    session.says("Per Aas");
    assert!(!session.rows().concat().contains("Mira"));
    session.keys(&[KeyCode::Enter]);
    session.says("Waiting for Per since Friday 14:30");
}

#[test]
fn a_conversation_opens_in_the_browser_by_an_address_that_is_asked_for() {
    let mut session = Session::open((60, 16), &talk());
    session.control('o');
    assert_eq!(session.requests().last(), Some(&&Request::Open { contact: Some("m1".into()) }));
    session.answer(&kith_api::Open { url: "http://m1.localhost:8000/#k".into() });
    assert_eq!(session.other, [Effect::Browse("http://m1.localhost:8000/#k".into())]);
    session.on(Event::Browsed("http://m1.localhost:8000/#k".into(), false));
    session.says("There is no desktop here.");
}

#[test]
fn hues_are_the_relationships_and_a_plain_terminal_has_none() {
    let colours = |palette| {
        let mut session = Session::with((60, 16), Some("m1"), Language::English, palette);
        session.on(Event::Connected);
        session.answer(&people());
        session.answer(&talk());
        let terminal = session.terminal();
        let cells = terminal.backend().buffer().content().to_vec();
        cells.into_iter().map(|cell| cell.fg).filter(|colour| *colour != Color::Reset).count()
    };
    assert_eq!(colours(Palette::Plain), 0);
    assert!(colours(Palette::True) > 3);
}

#[test]
fn every_size_is_drawn_without_a_fault() {
    for columns in (1..130).step_by(7) {
        for rows in [1, 2, 7, 8, 16, 50] {
            let mut session = Session::open((columns, rows), &talk());
            session.write("שלום abc 日本");
            session.rows();
            session.keys(&[KeyCode::F(1)]);
            session.rows();
            session.keys(&[KeyCode::Esc, KeyCode::PageUp, KeyCode::Up]);
            session.control('f');
            session.rows();
            session.keys(&[KeyCode::Esc]);
            session.pick(1);
            session.rows();
            session.keys(&[KeyCode::Char('d')]);
            session.rows();
            session.keys(&[KeyCode::Esc]);
            session.control('g');
            session.rows();
            session.keys(&[KeyCode::Esc, KeyCode::Esc]);
            session.rows();
        }
    }
}

#[test]
fn people_stand_in_the_order_that_their_person_gave_them() {
    let mut session = Session::of((60, 16), None);
    session.on(Event::Connected);
    let mut people = people();
    people[0].place.archived = true;
    people[1].place.blocked = true;
    people[2].place.pinned = true;
    session.answer(&people);
    let rows = session.rows();
    let row = |name: &str| rows.iter().position(|row| row.contains(name)).unwrap();
    assert!(row("יול") < row("山田") && row("山田") < row("Mira") && row("Mira") < row("Per Aas"), "{rows:#?}");
    assert_eq!(rows[row("Per Aas") + 1], "▌ Blocked");
    assert!(!rows[row("Per Aas")].contains("unread"), "{rows:#?}");
}

#[test]
fn in_arabic_the_page_is_turned_around() {
    let mut session = Session::with((60, 20), Some("m1"), Language::Arabic, Palette::Plain);
    session.on(Event::Connected);
    session.answer(&people());
    session.answer(&talk());
    session.write("سلام (1)");
    session.shows("arabic");
    session.keys(&[KeyCode::Esc]);
    session.shows("arabic-list");
}

#[test]
fn somebody_who_is_removed_is_gone_from_the_screen() {
    let mut session = Session::open((60, 16), &talk());
    session.push(Change::ContactRemoved("m1".into()));
    session.says("This app is removed");
    assert!(!session.rows().concat().contains("Mira"));
}
