//! When something was, as a person here says it.

use kith_words::Words;

/// A moment on this person's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Local {
    /// Days since some day; two moments share it exactly when they lie on one day here.
    pub day: i64,
    /// 1 is Monday, 7 is Sunday.
    pub weekday: u8,
    /// `2026-11-21`.
    pub date: (i16, u8, u8),
    /// Hour and minute.
    pub clock: (u8, u8),
}

/// Where this person's clock stands for milliseconds since 1970.
pub type Zone = fn(u64) -> Local;

/// The system's time zone.
pub fn system_zone(at_ms: u64) -> Local {
    let stamp = i64::try_from(at_ms).ok().and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
    local(&stamp.unwrap_or_default().to_zoned(jiff::tz::TimeZone::system()))
}

/// No zone, for tests.
pub fn utc(at_ms: u64) -> Local {
    let stamp = i64::try_from(at_ms).ok().and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
    local(&stamp.unwrap_or_default().to_zoned(jiff::tz::TimeZone::UTC))
}

fn local(at: &jiff::Zoned) -> Local {
    let date = at.date();
    Local {
        day: date.to_datetime(jiff::civil::Time::midnight()).duration_since(jiff::civil::DateTime::ZERO).as_secs()
            / 86_400,
        weekday: date.weekday().to_monday_one_offset().unsigned_abs(),
        date: (date.year(), date.month().unsigned_abs(), date.day().unsigned_abs()),
        clock: (at.hour().unsigned_abs(), at.minute().unsigned_abs()),
    }
}

impl Local {
    /// `14:20`.
    pub(crate) fn clock_words(self) -> String {
        format!("{:02}:{:02}", self.clock.0, self.clock.1)
    }

    /// In a sentence: `14:20`, `Sunday 21:10`, `2026-05-09`.
    pub(crate) fn words(self, now: Self, words: &Words) -> String {
        match now.day - self.day {
            0 => self.clock_words(),
            1..=6 => format!("{} {}", self.weekday_words(words), self.clock_words()),
            _ => self.date_words(),
        }
    }

    /// Over a day of the timeline: `Today, 14:20`, `Sunday`, `Sunday 2026-05-09`.
    pub(crate) fn title(self, now: Self, words: &Words) -> String {
        match now.day - self.day {
            0 => words.with("day-today", &[("time", self.clock_words())]),
            1..=6 => format!("{} {}", self.weekday_words(words), self.clock_words()),
            _ => format!("{} {} {}", self.weekday_words(words), self.date_words(), self.clock_words()),
        }
    }

    fn date_words(self) -> String {
        let (year, month, day) = self.date;
        format!("{year:04}-{month:02}-{day:02}")
    }

    fn weekday_words(self, words: &Words) -> String {
        words.say(&format!("tui-weekday-{}", self.weekday))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_words::{Catalogue, Language};

    #[test]
    fn a_moment_is_said_the_shorter_the_nearer_it_is() {
        let words = Words::new(Language::English, Catalogue::Screens);
        let now = utc(1_795_257_000_000);
        assert_eq!((now.date, now.weekday, now.clock_words().as_str()), ((2026, 11, 21), 6, "10:30"));
        let at = |hours: u64| utc(1_795_257_000_000 - hours * 3_600_000);
        assert_eq!(at(1).words(now, &words), "09:30");
        assert_eq!(at(24).words(now, &words), "Friday 10:30");
        assert_eq!(at(24 * 7).words(now, &words), "2026-11-14");
        assert_eq!(at(24 * 7).title(now, &words), "Saturday 2026-11-14 10:30");
    }
}
