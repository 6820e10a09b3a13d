//! The core on a real terminal, with a real agent.
//!
//! The terminal is given back as it was however this ends: on leaving, on a panic, and by [`restore`] when a signal ends the
//! process. While it is ours, it leaves the order of cells alone (`CSI 8 l`, ECMA-48's bidirectional support mode): the page
//! has put them where they belong.

use crate::{Effect, Event, Palette, State, draw, system_zone};
use kith_api::client::{Asking, Client};
use kith_api::{Error, ErrorKind};
use kith_words::{Catalogue, Language, Words};
use ratatui::crossterm::Command;
use ratatui::crossterm::event::{
    self, DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste, EnableFocusChange,
    EnableMouseCapture, MouseButton, MouseEventKind,
};
use ratatui::crossterm::execute;
use std::fmt;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Between two tries to reach an agent that is away.
const AGAIN: Duration = Duration::from_millis(500);
/// What is said of times is never older than this.
const TICK: Duration = Duration::from_secs(30);
/// Rows that the wheel moves.
const WHEEL_ROWS: i32 = 3;

/// How to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Whose agent is asked.
    pub home: PathBuf,
    /// Whose conversation is opened at once.
    pub contact: Option<String>,
    /// The mouse is listened to; without it the terminal's own selection works.
    pub mouse: bool,
    /// Opens an address in a browser; false where there is none.
    pub browse: fn(&str) -> bool,
}

/// Whether the terminal orders text by direction itself.
struct OrderByDirection(bool);

impl Command for OrderByDirection {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str(if self.0 { "\u{1b}[8h" } else { "\u{1b}[8l" })
    }
}

/// What the threads hand to the main one.
enum Heard {
    Event(Event),
    Connected(Asking),
    /// The terminal can't be read any more.
    Deaf,
}

/// Runs until the person leaves.
///
/// # Errors
/// `bad_input` without a terminal, or with one that can't be used.
pub fn run(options: &Options) -> Result<(), Error> {
    let words = Words::new(Language::of_environment(), Catalogue::Screens);
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(Error::said(ErrorKind::BadInput, words.say("tui-no-terminal"), words.say("tui-no-terminal-hint")));
    }
    let unusable = |error: &io::Error| {
        let message = words.with("tui-terminal", &[("why", error.to_string())]);
        Error::said(ErrorKind::BadInput, message, words.say("tui-terminal-hint"))
    };
    let mut terminal = ratatui::try_init().map_err(|error| unusable(&error))?;
    let begun = begin(options.mouse);
    let core = State::new(
        Words::new(words.language(), Catalogue::Screens),
        system_zone,
        Palette::of_environment(),
        options.contact.clone(),
    );
    let done = begun.and_then(|()| attend(core, &mut terminal, options));
    restore();
    done.map_err(|error| unusable(&error))
}

/// Gives the terminal back.
pub fn restore() {
    // There is nobody to tell, and nothing better to do.
    let _ =
        execute!(io::stdout(), DisableMouseCapture, DisableFocusChange, DisableBracketedPaste, OrderByDirection(true));
    ratatui::restore();
}

fn begin(mouse: bool) -> io::Result<()> {
    execute!(io::stdout(), EnableBracketedPaste, EnableFocusChange, OrderByDirection(false))?;
    if mouse { execute!(io::stdout(), EnableMouseCapture) } else { Ok(()) }
}

/// Takes events in and draws, until the person leaves.
fn attend(mut state: State, terminal: &mut ratatui::DefaultTerminal, options: &Options) -> io::Result<()> {
    let (heard, events) = channel();
    listen_to_keys(heard.clone());
    listen_to_agent(heard, options.home.clone());
    let mut agent = None;
    let size = terminal.size()?;
    state.on(Event::Resize(size.width, size.height), now());
    loop {
        terminal.draw(|frame| draw(&state, frame))?;
        // Everything that is there is taken in before the next picture.
        let mut next = wait(&events);
        while let Some(event) = next {
            let event = match event {
                Heard::Event(event) => event,
                Heard::Connected(asking) => {
                    agent = Some(asking);
                    Event::Connected
                }
                Heard::Deaf => return Ok(()),
            };
            let mut effects = state.on(event, now());
            while let Some(effect) = (!effects.is_empty()).then(|| effects.remove(0)) {
                match effect {
                    Effect::Quit => return Ok(()),
                    Effect::Browse(url) => {
                        let done = (options.browse)(&url);
                        effects.extend(state.on(Event::Browsed(url, done), now()));
                    }
                    // An agent that hears nothing any more is told of by the thread that listens to it.
                    Effect::Ask(call) => drop(agent.as_mut().map(|agent| agent.ask(&call))),
                }
            }
            next = match events.try_recv() {
                Ok(event) => Some(event),
                Err(TryRecvError::Empty) => None,
                Err(TryRecvError::Disconnected) => return Ok(()),
            };
        }
    }
}

/// The next event; after a while that time passed.
fn wait(events: &Receiver<Heard>) -> Option<Heard> {
    match events.recv_timeout(TICK) {
        Ok(heard) => Some(heard),
        Err(RecvTimeoutError::Timeout) => Some(Heard::Event(Event::Tick)),
        Err(RecvTimeoutError::Disconnected) => Some(Heard::Deaf),
    }
}

/// Milliseconds since 1970.
fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Hands on what the terminal says, until it or the main thread is gone.
fn listen_to_keys(heard: Sender<Heard>) {
    thread::spawn(move || {
        loop {
            let next = match event::read() {
                Ok(happened) => of_terminal(happened).map(Heard::Event),
                Err(_) => Some(Heard::Deaf),
            };
            let is_last = matches!(next, Some(Heard::Deaf));
            if next.is_some_and(|next| heard.send(next).is_err()) || is_last {
                return;
            }
        }
    });
}

fn of_terminal(happened: event::Event) -> Option<Event> {
    match happened {
        event::Event::Key(key) => Some(Event::Key(key)),
        event::Event::Paste(text) => Some(Event::Paste(text)),
        event::Event::Resize(columns, rows) => Some(Event::Resize(columns, rows)),
        event::Event::FocusGained => Some(Event::Looking(true)),
        event::Event::FocusLost => Some(Event::Looking(false)),
        event::Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::ScrollUp => Some(Event::Wheel(WHEEL_ROWS)),
            MouseEventKind::ScrollDown => Some(Event::Wheel(-WHEEL_ROWS)),
            MouseEventKind::Down(MouseButton::Left) => Some(Event::Click(mouse.column, mouse.row)),
            _ => None,
        },
    }
}

/// Hands on what the agent says; while it is away, tries again and again.
fn listen_to_agent(heard: Sender<Heard>, home: PathBuf) {
    thread::spawn(move || {
        while heard.send(Heard::Event(Event::Away(listen_once(&heard, &home)))).is_ok() {
            thread::sleep(AGAIN);
        }
    });
}

/// Listens for as long as one connection lasts; why it ended comes back.
fn listen_once(heard: &Sender<Heard>, home: &Path) -> Error {
    let ended = || Error::new(ErrorKind::NotRunning, "agent-ended", []);
    let split = Client::connect(home).and_then(Client::split);
    let (asking, hearing) = match split {
        Ok(both) => both,
        Err(error) => return error,
    };
    if heard.send(Heard::Connected(asking)).is_err() {
        return ended();
    }
    for reply in hearing {
        let reply = match reply {
            Ok(reply) => Box::new(reply),
            Err(error) => return error,
        };
        if heard.send(Heard::Event(Event::Reply(reply))).is_err() {
            return ended();
        }
    }
    ended()
}
