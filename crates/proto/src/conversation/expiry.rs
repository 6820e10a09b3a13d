//! Messages that disappear: for how long they may stay, and the clock on which their time runs out.
//!
//! ```text
//!   written under a time ──► pending ──shown, or for an own one sealed──► runs ──over──► out of sight
//!                               ▲                                          │
//!                               └────── nobody of the others has it ◄──────┘
//! ```
//!
//! Each vault counts on a clock of its own (EVT-073): elapsed time while it runs, the wall clock while it does not, and
//! never backwards. What stays is held in memory: those are the messages of a few days.
//!
//! Invariants: what runs out leaves in the turn in which it does, up to a bound; an own event leaves only when somebody
//! of the others has receipted it; the clock that is stored is never ahead of the one that counts.

use super::{Conversation, Refused, Turn};
use crate::io::{Delivery, EventRow, Expiry, StoredEvent};
use crate::log::event::{Body, Kind, Wording};
use crate::log::file::FileBody;
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{DeviceId, EventId, Mono, PersonId, Wall, limits};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// What a person said last of how long messages may stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Said {
    counter: u64,
    device: DeviceId,
    /// 0: for good.
    seconds: u64,
}

/// For how long messages stay in a conversation, in seconds; `None`: for good.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timers {
    /// What this device's person said last.
    pub mine: Option<u64>,
    /// What the other did.
    pub theirs: Option<u64>,
    /// What is in force: the longer of the two (EVT-070).
    pub in_force: Option<u64>,
}

/// When the clock of a vault was last read, and what it showed.
#[derive(Debug, Clone, Copy)]
struct Reading {
    mono: Mono,
    wall: Wall,
}

/// What was said of the times, the clock, and what runs out on it.
#[derive(Debug, Default)]
pub(super) struct Expiries {
    said: BTreeMap<PersonId, Said>,
    /// The clock, in milliseconds, at the last reading.
    clock: u64,
    /// The person's clock when this one was stored.
    stored: Option<Wall>,
    /// Since the load.
    read: Option<Reading>,
    /// When the clock was stored last, or loaded.
    stored_at: Mono,
    all: BTreeMap<EventRow, Expiry>,
    /// Those that run, the next one first.
    running: BTreeSet<(u64, EventRow)>,
}

impl Expiries {
    pub(super) fn load(stored: Option<&[u8]>, all: Vec<(EventRow, Expiry)>, now: Mono) -> Result<Self, Malformed> {
        let mut this = stored.map(Self::decode).transpose()?.unwrap_or_default();
        this.stored_at = now;
        all.into_iter().for_each(|(row, expiry)| this.set(row, Some(expiry)));
        Ok(this)
    }

    fn set(&mut self, row: EventRow, expiry: Option<Expiry>) {
        let before = match expiry {
            Some(expiry) => self.all.insert(row, expiry),
            None => self.all.remove(&row),
        };
        if let Some(Expiry::Ends(at)) = before {
            self.running.remove(&(at, row));
        }
        if let Some(Expiry::Ends(at)) = expiry {
            self.running.insert((at, row));
        }
    }

    /// Moves the clock on (EVT-073).
    pub(super) fn advance(&mut self, now: Mono, wall: Wall) {
        let (elapsed, before) = match self.read {
            Some(read) => (now.since(read.mono), Some(read.wall)),
            None => (Duration::ZERO, self.stored),
        };
        let moved = before.map_or(0, |before| wall.0.saturating_sub(before.0));
        let moved = Duration::from_millis(moved);
        let moved = if moved > limits::EXPIRY_WALL_STEP_MAX { Duration::ZERO } else { moved };
        let whole = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        let step = whole.max(u64::try_from(moved.as_millis()).unwrap_or(u64::MAX));
        self.clock = self.clock.saturating_add(step);
        // The rest of a millisecond counts the next time.
        let mono = self.read.map_or(now, |read| read.mono + Duration::from_millis(whole));
        self.read = Some(Reading { mono, wall });
    }

    /// When something runs out, or the clock has to be looked at.
    pub(super) fn deadline(&self) -> Option<Mono> {
        let (ends, _) = self.running.first()?;
        let Some(read) = self.read else { return Some(self.stored_at) };
        let left = Duration::from_millis(ends.saturating_sub(self.clock));
        Some(read.mono + left.min(limits::EXPIRY_LOOK_EVERY))
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let said: Vec<Vec<u8>> = self
            .said
            .iter()
            .map(|(person, said)| {
                let (counter, seconds) = (said.counter.to_be_bytes(), said.seconds.to_be_bytes());
                [&person.as_bytes()[..], said.device.as_bytes(), &counter, &seconds].concat()
            })
            .collect();
        Writer::new()
            .number(Tag::must(1), self.clock)
            .number(Tag::must(2), self.read.map(|read| read.wall).or(self.stored).unwrap_or_default().0)
            .list(Tag::must(3), said.iter().map(Vec::as_slice))
            .done()
    }

    fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3])?;
        let number = |bytes: &[u8]| Some(u64::from_be_bytes(bytes.try_into().ok()?));
        let said = fields.list(3).map(|entry| {
            let (person, rest) = entry.split_at_checked(PersonId::LEN)?;
            let (device, rest) = rest.split_at_checked(DeviceId::LEN)?;
            let (counter, seconds) = rest.split_at_checked(8)?;
            let device = DeviceId::from_slice(device)?;
            let said = Said { counter: number(counter)?, device, seconds: number(seconds)? };
            Some((PersonId::from_slice(person)?, said))
        });
        Ok(Self {
            clock: fields.number(1)?,
            stored: Some(Wall(fields.number(2)?)),
            said: said.map(|entry| entry.ok_or(Malformed::BadValue(3))).collect::<Result<_, _>>()?,
            ..Self::default()
        })
    }
}

impl Conversation {
    /// For how long messages stay here.
    pub fn timers(&self) -> Timers {
        let me = self.genesis.person;
        let of =
            |person: PersonId| self.expiries.said.get(&person).map(|said| said.seconds).filter(|seconds| *seconds > 0);
        let mut others = self.people.iter().map(|person| person.bundle.person()).filter(|person| *person != me);
        let theirs = others.try_fold(0, |longest, person| of(person).map(|seconds| longest.max(seconds)));
        let theirs = theirs.filter(|seconds| *seconds > 0);
        let in_force = of(me).zip(theirs).map(|(mine, theirs)| mine.max(theirs));
        Timers { mine: of(me), theirs, in_force }
    }

    /// When an event leaves by its person's clock, if its time has begun: for display.
    pub fn leaves_at(&self, row: EventRow) -> Option<Wall> {
        let Expiry::Ends(at) = self.expiries.all.get(&row)? else { return None };
        let read = self.expiries.read.map(|read| read.wall).or(self.expiries.stored)?;
        Some(Wall(read.0.saturating_add(at.saturating_sub(self.expiries.clock))))
    }

    /// When a message leaves next, or the clock by which it does has to be looked at; `None` while nothing runs out.
    pub fn expires_at(&self) -> Option<Mono> {
        self.expiries.deadline()
    }
}

impl Turn<'_> {
    /// Says for how long this device's person lets messages stay, in seconds; 0: for good. Nothing is written where that
    /// stands already (EVT-070).
    ///
    /// # Errors
    /// [`Refused`]; nothing changed.
    pub fn set_timer(&mut self, seconds: u64) -> Result<Option<EventId>, Refused> {
        let me = self.machine.genesis.person;
        let stands = self.machine.expiries.said.get(&me).map_or(0, |said| said.seconds);
        if stands == seconds {
            return Ok(None);
        }
        self.write(&Body::Timer(seconds)).map(Some)
    }

    /// A body as it is written: with the time in force, if it is a message (EVT-071).
    pub(super) fn timed<'b>(&self, body: &'b Body) -> Cow<'b, Body> {
        match (body, self.machine.timers().in_force) {
            (Body::Text(said), timer) if said.timer != timer => {
                Cow::Owned(Body::Text(Wording { timer, ..said.clone() }))
            }
            (Body::File(file), timer) if file.timer != timer => {
                Cow::Owned(Body::File(Box::new(FileBody { timer, ..FileBody::clone(file) })))
            }
            _ => Cow::Borrowed(body),
        }
    }

    /// A person said for how long messages may stay: their last word counts.
    pub(super) fn note_timer(&mut self, person: PersonId, counter: u64, device: DeviceId, seconds: u64) {
        let said = &mut self.machine.expiries.said;
        if said.get(&person).is_some_and(|known| (known.counter, known.device) >= (counter, device)) {
            return;
        }
        said.insert(person, Said { counter, device, seconds });
        // Who was somebody before the two paired anew says nothing any more.
        let people = &self.machine.people;
        said.retain(|person, _| people.get(*person).is_some());
        self.dirty.timers = true;
    }

    /// An event is there that disappears, or what says so of it came.
    pub(super) fn expires(&mut self, row: EventRow, body: &Body) {
        let timer = match body {
            Body::Text(said) | Body::Edit(_, said) => said.timer,
            Body::File(file) => file.timer,
            _ => None,
        };
        if let Some(seconds) = timer
            && !self.machine.expiries.all.contains_key(&row)
        {
            self.set_expiry(row, Some(Expiry::Pending(seconds)));
        }
    }

    /// The time of an event begins, if it was to.
    pub(super) fn begin_expiry(&mut self, row: EventRow) {
        if let Some(Expiry::Pending(seconds)) = self.machine.expiries.all.get(&row) {
            let ends = self.machine.expiries.clock.saturating_add(seconds.saturating_mul(1000));
            self.set_expiry(row, Some(Expiry::Ends(ends)));
        }
    }

    /// An own event was sealed, or somebody has it: its time begins, or that of the one that it edits.
    pub(super) fn begin_expiry_sent(&mut self, row: EventRow) {
        if self.machine.expiries.all.is_empty() {
            return;
        }
        self.begin_expiry(row);
        if let Some(event) = self.staged.event(row).filter(|event| event.kind == Kind::EDIT.number)
            && let Some(body) = self.staged.body(event.row)
            && let Ok(Some(Body::Edit(target, _))) = Body::decode(Kind::EDIT, &body)
            && let Some(target) = self.staged.row_of(&target)
        {
            self.begin_expiry(target);
        }
    }

    /// This device's person saw the timeline up to a row: the time of what others wrote there begins.
    pub fn seen(&mut self, through: EventRow) {
        let pending = self.machine.expiries.all.range(..=through);
        let rows: Vec<EventRow> =
            pending.filter(|(_, expiry)| matches!(expiry, Expiry::Pending(_))).map(|(row, _)| *row).collect();
        for row in rows {
            if self.staged.event(row).is_some_and(|event| !event.mine) {
                self.begin_expiry(row);
            }
        }
    }

    /// An event leaves the timeline for good.
    pub(super) fn forget_expiry(&mut self, row: EventRow) {
        if self.machine.expiries.all.contains_key(&row) {
            self.set_expiry(row, None);
        }
    }

    fn set_expiry(&mut self, row: EventRow, expiry: Option<Expiry>) {
        self.machine.expiries.set(row, expiry);
        self.staged.set_expiry(row, expiry);
        self.dirty.timers = true;
    }

    /// Lets go what has run out, and keeps the clock of what has not.
    pub(super) fn expire(&mut self) {
        let clock = self.machine.expiries.clock;
        let over = self.machine.expiries.running.iter().take_while(|(ends, _)| *ends <= clock);
        let over: Vec<EventRow> = over.take(limits::EXPIRIES_IN_TURN_MAX).map(|(_, row)| *row).collect();
        for row in over {
            match self.staged.event(row).filter(|event| !event.hidden) {
                // EVT-072
                Some(event) if self.is_only_here(&event) => self.set_expiry(row, Some(Expiry::Pending(0))),
                Some(event) => {
                    self.set_expiry(row, None);
                    self.leave(&event);
                }
                None => self.set_expiry(row, None),
            }
        }
        let stored_at = self.machine.expiries.stored_at;
        let due = self.now.since(stored_at) >= limits::EXPIRY_CLOCK_EVERY;
        if due && !self.machine.expiries.running.is_empty() {
            self.dirty.timers = true;
        }
        if self.dirty.timers {
            self.machine.expiries.stored_at = self.now;
        }
    }

    /// Whether nobody of the others has an own event, or the words that stand in its place.
    fn is_only_here(&self, event: &StoredEvent) -> bool {
        let newest = self.edit_of(event).and_then(|row| self.staged.event(row));
        let said = [Some(event).filter(|event| !event.erased), newest.as_ref()];
        event.mine && said.into_iter().flatten().any(|event| event.delivery < Delivery::Delivered)
    }

    /// An event's time is over: what is owed of it goes out without its words, and it is out of sight (EVT-072).
    fn leave(&mut self, event: &StoredEvent) {
        let edit = self.edit_of(event);
        for row in [Some(event.row).filter(|_| !event.erased), edit].into_iter().flatten() {
            if !self.machine.is_silent() {
                self.withdraw_event(row);
            }
        }
        self.take_out_of_sight(event.row, edit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000;
    const YEAR_MS: u64 = 365 * 24 * 3600 * 1000;

    fn running(stored_wall: u64) -> Expiries {
        let stored = Expiries { clock: 1000, stored: Some(Wall(stored_wall)), ..Expiries::default() };
        Expiries::load(Some(&stored.encode()), vec![(EventRow(1), Expiry::Ends(61_000))], Mono(0)).unwrap()
    }

    /// EVT-073
    #[test]
    fn the_clock_goes_by_whichever_moved_further_and_never_back() {
        let mut clock = running(5_000_000);
        clock.advance(Mono(0), Wall(5_010_000));
        assert_eq!(clock.clock, 11_000, "ten seconds off, by the wall");
        clock.advance(Mono(20 * SECOND), Wall(5_010_000));
        assert_eq!(clock.clock, 31_000, "twenty seconds on, by what elapsed");
        clock.advance(Mono(21 * SECOND), Wall(1));
        assert_eq!(clock.clock, 32_000, "a wall clock set back prolongs nothing");
        clock.advance(Mono(22 * SECOND), Wall(5_000_000));
        assert_eq!(clock.clock, 32_000 + 4_999_999, "and set on again it counts");
    }

    /// EVT-073
    #[test]
    fn a_wall_clock_that_moved_by_years_was_set() {
        let mut clock = running(5_000_000);
        clock.advance(Mono(0), Wall(5_000_000 + 2 * YEAR_MS));
        assert_eq!(clock.clock, 1000);
        let mut off = running(5_000_000);
        off.advance(Mono(0), Wall(5_000_000 + YEAR_MS));
        assert_eq!(off.clock, 1000 + YEAR_MS);
    }

    /// EVT-073
    #[test]
    fn parts_of_a_millisecond_are_not_lost() {
        let mut clock = running(0);
        clock.advance(Mono(0), Wall(0));
        for tick in 1..=3000 {
            clock.advance(Mono(tick * 700), Wall(0));
        }
        assert_eq!(clock.clock, 1000 + 2100);
    }

    #[test]
    fn it_is_looked_at_when_loaded_when_something_ends_and_every_few_minutes() {
        let mut clock = running(0);
        assert_eq!(clock.deadline(), Some(Mono(0)), "only a turn knows how long it was off");
        clock.advance(Mono(0), Wall(0));
        assert_eq!(clock.deadline(), Some(Mono(60 * SECOND)));
        clock.set(EventRow(1), Some(Expiry::Ends(u64::MAX)));
        assert_eq!(clock.deadline(), Some(Mono(0) + limits::EXPIRY_LOOK_EVERY));
        clock.set(EventRow(1), Some(Expiry::Pending(60)));
        assert_eq!(clock.deadline(), None);
    }
}
