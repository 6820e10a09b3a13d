//! How often an open invitation may be guessed at, and for how long it stands.
//!
//! Time is the inviter's own running time and is stored as what remains, so that neither a wrong clock nor a restart
//! prolongs it. The failure is counted before the guesser hears of it, and stored before the answer leaves.

use kith_base::Mono;
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::limits::CODE_FAILURES_MAX;
use std::fmt;
use std::time::Duration;

/// The budget of one open invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempts {
    failures: u32,
    until: Mono,
    used: bool,
}

/// Whether an invitation may still be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It may.
    Open {
        /// Wrong confirmations until it is dead.
        tries_left: u32,
        /// How long it stands.
        remaining: Duration,
    },
    /// It may not, ever.
    Dead(Death),
}

/// Why an invitation is dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Death {
    /// Somebody paired with it.
    Used,
    /// It was guessed at too often.
    Guessed,
    /// Its time is up.
    Expired,
}

impl fmt::Display for Death {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Used => "the invitation was used",
            Self::Guessed => "too many wrong words were tried: make a new invitation",
            Self::Expired => "the invitation's time is up: make a new one",
        })
    }
}

impl Attempts {
    /// A full budget from here on ([`kith_base::limits::CODE_OPEN`] or [`kith_base::limits::LINK_OPEN`]).
    pub fn open(now: Mono, stands: Duration) -> Self {
        Self { failures: 0, until: now.after(stands), used: false }
    }

    /// What is left of it.
    pub fn standing(&self, now: Mono) -> Standing {
        let tries_left = CODE_FAILURES_MAX.saturating_sub(self.failures);
        let remaining = self.until.since(now);
        match (self.used, tries_left) {
            (true, _) => Standing::Dead(Death::Used),
            (_, 0) => Standing::Dead(Death::Guessed),
            _ if remaining.is_zero() => Standing::Dead(Death::Expired),
            _ => Standing::Open { tries_left, remaining },
        }
    }

    /// Wrong confirmations so far, to show.
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// Counts a wrong confirmation and says how many more may come.
    pub(super) fn count_failure(&mut self) -> u32 {
        self.failures = self.failures.saturating_add(1);
        CODE_FAILURES_MAX.saturating_sub(self.failures)
    }

    /// Ends the invitation: its accepter has shown that both sides have everything.
    pub const fn close(&mut self) {
        self.used = true;
    }

    /// Canonical bytes, to store: time as what remains (`spec/pairing.md`, PAIR-042).
    pub fn encode(&self, now: Mono) -> Vec<u8> {
        let remaining = u64::try_from(self.until.since(now).as_millis()).unwrap_or(u64::MAX);
        Writer::new()
            .number(Tag::must(1), u64::from(self.failures))
            .number(Tag::must(2), remaining)
            .number(Tag::must(3), u64::from(self.used))
            .done()
    }

    /// Reads [`Self::encode`] back; what remained then remains from here on.
    ///
    /// # Errors
    /// [`Malformed`] when the bytes are something else.
    pub fn decode(bytes: &[u8], now: Mono) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3])?;
        Ok(Self {
            failures: u32::try_from(fields.number(1)?).map_err(|_| Malformed::BadValue(1))?,
            until: now.after(Duration::from_millis(fields.number(2)?)),
            used: fields.number(3)? != 0,
        })
    }
}
