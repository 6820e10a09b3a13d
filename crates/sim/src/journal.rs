//! The readable history of a run: one line for each thing that happens.
//!
//! ```text
//!      time ms  device   what        details
//!     1204.030  Bob-1    turn        packets 2, ticks 0: commits 7 writes, effects 3
//!     1204.030  Bob-1    send        to Alice-1: receipt, 214 bytes
//! ```
//!
//! Columns, separated by two spaces or more: the world's time in milliseconds with microseconds behind the point; the
//! device it happened at, or `world`; one word; and what the word needs. Ids are shortened as `Debug` shortens them. The
//! same seed gives the same lines.

use std::fmt::Display;

/// Where the lines go. A silent journal formats nothing.
#[derive(Debug, Default)]
pub struct Journal {
    lines: Option<Vec<String>>,
    echo: bool,
}

impl Journal {
    /// Keeps nothing.
    pub fn silent() -> Self {
        Self::default()
    }

    /// Keeps every line, to be compared or shown later.
    pub fn kept() -> Self {
        Self { lines: Some(Vec::new()), echo: false }
    }

    /// Prints every line at once.
    pub fn printed() -> Self {
        Self { lines: None, echo: true }
    }

    /// Adds a line; `details` is asked for only if somebody listens.
    pub fn line<D: Display>(&mut self, at_us: u64, device: &str, what: &str, details: impl FnOnce() -> D) {
        if self.lines.is_none() && !self.echo {
            return;
        }
        let (ms, us) = (at_us / 1000, at_us % 1000);
        let line = format!("{ms:>9}.{us:03}  {device:<8} {what:<11} {}", details());
        if self.echo {
            println!("{line}");
        }
        if let Some(lines) = &mut self.lines {
            lines.push(line);
        }
    }

    /// The lines kept.
    pub fn lines(&self) -> &[String] {
        self.lines.as_deref().unwrap_or_default()
    }
}
