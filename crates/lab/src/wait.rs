//! Waiting for conditions, never for times.

use std::fmt::Debug;
use std::thread;
use std::time::{Duration, Instant};

/// The pause between two looks.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Looks until there is something.
///
/// # Panics
/// When the deadline is over, naming what was waited for.
#[track_caller]
pub fn until<T>(what: &str, deadline: Duration, mut look: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begin.elapsed() < deadline, "{what}: not within {deadline:?}");
        thread::sleep(LOOK_EVERY);
    }
}

/// Looks until what is seen is as it should be, and returns it.
///
/// # Panics
/// When the deadline is over, with what was seen last.
#[track_caller]
pub fn holds<T: Debug>(
    what: &str,
    deadline: Duration,
    mut look: impl FnMut() -> T,
    mut is_right: impl FnMut(&T) -> bool,
) -> T {
    let begin = Instant::now();
    loop {
        let seen = look();
        if is_right(&seen) {
            return seen;
        }
        assert!(begin.elapsed() < deadline, "{what}: not within {deadline:?}; last seen: {seen:#?}");
        thread::sleep(LOOK_EVERY);
    }
}
