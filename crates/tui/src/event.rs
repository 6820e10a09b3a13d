//! What comes into the core and what leaves it.

use kith_api::{Call, Error, Reply};
use ratatui::crossterm::event::KeyEvent;

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The window has another size: columns, rows.
    Resize(u16, u16),
    /// The person looks at this terminal, or stopped to.
    Looking(bool),
    /// The wheel was turned: rows towards the past.
    Wheel(i32),
    /// A cell was clicked: column, row.
    Click(u16, u16),
    /// The agent can be asked.
    Connected,
    /// The agent said something.
    Reply(Box<Reply>),
    /// The agent can't be asked, and why.
    Away(Error),
    /// An address was handed to a browser; false where there is no desktop.
    Browsed(String, bool),
    /// Some time passed.
    Tick,
}

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask the agent.
    Ask(Call),
    /// Open an address in a browser.
    Browse(String),
    /// Leave.
    Quit,
}
