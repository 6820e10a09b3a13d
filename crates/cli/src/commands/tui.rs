//! `kith tui`: the screen, with this process's home, browser and signals.

use super::Session;
use crate::args::Tui;
use crate::browser;
use crate::interrupt;
use crate::output::{Form, Outcome};
use crate::text::text;
use kith_api::{Error, ErrorKind};
use kith_tui::screen::{self, Options};

/// Runs until the person leaves.
pub(super) fn tui(session: &Session, args: Tui) -> Outcome {
    if session.form == Form::Json {
        return Err(Error::said(ErrorKind::BadInput, text("error-tui-json"), text("hint-tui-json")).into());
    }
    interrupt::ends_after(screen::restore)?;
    let home = session.home.clone();
    Ok(screen::run(&Options { home, contact: args.contact, mouse: args.mouse, browse: browser::open })?)
}
