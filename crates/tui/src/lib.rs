//! `kith tui`: contacts and conversations on a terminal's whole screen, over the same local API as every other client.
//!
//! [`State`] is the core: it takes [`Event`]s in, hands [`Effect`]s out and knows no terminal, no socket and no clock.
//! [`draw`] turns it into cells, [`screen`] runs both on a real terminal: one thread reads keys, one hears the agent, and the
//! main one owns the state. When the agent ends, the page stays as it was and goes on when the agent is back.
//!
//! People's text is drawn cell by cell: control characters are shown, direction is resolved here (UAX #9), and clusters are
//! never taken apart. A page that redraws itself serves no screen reader well: `kith log NAME --follow`, `kith send` and
//! `kith contacts`, with `--json` for programs, say the same line by line.

mod bidi;
mod colour;
mod conversation;
mod event;
mod keys;
mod line;
mod pick;
pub mod screen;
mod search;
mod sentences;
mod state;
mod time;
mod timeline;
mod view;
mod wrap;

pub use colour::Palette;
pub use event::{Effect, Event};
pub use state::State;
pub use time::{Local, Zone, system_zone, utc};

/// Draws a state onto a frame.
pub fn draw(state: &State, frame: &mut ratatui::Frame<'_>) {
    view::draw(state, frame);
}
