//! `kith disappear`: how long messages stay.

use super::{Session, find};
use crate::args::Disappear;
use crate::output::Outcome;
use crate::text::{text, text_count, text_with, visible};
use kith_api::{Contact, Error, ErrorKind, Request, span};

/// Says what is in force; with a time, what this person lets be from here on.
pub(super) fn disappear(session: &Session, args: Disappear) -> Outcome {
    let contact: Contact = match args.time {
        None => find(&mut session.connect()?, &args.contact)?,
        Some(time) => {
            let seconds = seconds(&time).ok_or_else(|| bad_time(&time))?;
            session.ask(Request::Timer { contact: Some(args.contact), seconds })?
        }
    };
    session.form.print(&contact.timers, |timers| {
        let name = visible(&contact.name);
        let lines = [
            text_with("timer-in-force", &[("time", stays(timers.in_force))]),
            text_with("timer-mine", &[("time", stays(timers.mine))]),
            text_with("timer-theirs", &[("name", name), ("time", stays(timers.theirs))]),
        ];
        lines.join("\n")
    })
}

/// A time in words.
fn stays(seconds: Option<u64>) -> String {
    match seconds {
        None => text("span-off"),
        Some(seconds) => {
            let (unit, count) = span(seconds);
            text_count(unit.span(), count)
        }
    }
}

/// A number and its unit, or `off`.
fn seconds(time: &str) -> Option<u64> {
    if time == "off" {
        return Some(0);
    }
    let (number, unit) = time.split_at_checked(time.len().checked_sub(1)?)?;
    let unit = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 24 * 3600,
        "w" => 7 * 24 * 3600,
        _ => return None,
    };
    number.parse::<u64>().ok().filter(|number| *number > 0)?.checked_mul(unit)
}

fn bad_time(time: &str) -> Error {
    let message = text_with("error-bad-time", &[("time", visible(time))]);
    Error::said(ErrorKind::BadInput, message, text("hint-bad-time"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_number_and_its_unit() {
        let read = |times: &[&str]| times.iter().map(|time| seconds(time)).collect::<Vec<_>>();
        assert_eq!(read(&["off", "30s", "5m", "1h"]), [Some(0), Some(30), Some(300), Some(3600)]);
        assert_eq!(read(&["2d", "4w"]), [Some(172_800), Some(2_419_200)]);
        assert_eq!(read(&["", "d", "0s", "5", "-1d", "1 d", "1y", "99999999999999999999w", "5\u{661}"]), [None; 9]);
    }
}
