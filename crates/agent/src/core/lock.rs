//! The lock of this device's pages and commands (`spec/lock.md`), and the passphrase that opens it.
//!
//! *Open* → (asked, or nobody there for as long as was chosen) → *locked* → (the passphrase) → *open*. The carriers of the
//! local API see the state and refuse by themselves what it refuses; here it changes.
//!
//! A passphrase is stretched for half a second, and on another thread where it is only checked. Setting one is done on
//! the core's own, so that nothing is kept meanwhile under a key that is about to be laid elsewhere.

use super::setup::store_error;
use super::{Answer, Core, Msg};
use kith_api::{Error, ErrorKind, Request, Word};
use kith_base::{Mono, Wall};
use kith_loopback::{Scope, may_while_locked};
use kith_store::{Home, Protection, Registry};
use serde_json::Value;
use std::time::Duration;
use tokio::sync::watch;
use zeroize::Zeroizing;

/// Characters of a passphrase that is worth its name.
const PASSPHRASE_CHARS_MIN: usize = 6;
/// Bytes of the longest: an unlock is one small POST.
const PASSPHRASE_BYTES_MAX: usize = 512;
/// The home holds this while the device is locked.
const LOCKED: &str = "locked";

/// The lock, and when it closes by itself.
pub(super) struct Lock {
    state: watch::Sender<bool>,
    pub(super) idle: Idle,
    /// A passphrase is being checked.
    trying: bool,
}

/// How long nobody has been there.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Idle {
    /// Minutes after which the device locks itself; 0: never.
    pub(super) after_minutes: u32,
    /// When somebody was last there, by both clocks: one stands still while the machine sleeps, the other may be set.
    used: Option<(Mono, Wall)>,
}

impl Idle {
    fn after(self) -> Option<Duration> {
        (self.after_minutes > 0).then(|| Duration::from_secs(60 * u64::from(self.after_minutes)))
    }

    /// Somebody is there.
    pub(super) fn use_at(&mut self, now: Mono, wall: Wall) {
        self.used = Some((now, wall));
    }

    /// When it will have been too long, unless somebody is there before. LOCK-005
    fn deadline(self) -> Option<Mono> {
        Some(self.used.map_or(Mono::default(), |used| used.0) + self.after()?)
    }

    /// Whether it has been too long by either clock. LOCK-005
    fn is_over(self, now: Mono, wall: Wall) -> bool {
        let slept = || {
            let (after, (_, used)) = (self.after()?, self.used?);
            Some(u128::from(wall.0.saturating_sub(used.0)) >= after.as_millis())
        };
        self.deadline().is_some_and(|at| at <= now) || slept().unwrap_or(false)
    }
}

/// Whether the last run left the device locked.
pub(super) fn was_locked(registry: &Registry<'_>) -> bool {
    // What can't be read is no leave to open.
    registry.local(LOCKED).map_or(true, |noted| noted.is_some())
}

impl Lock {
    /// The lock as it stands at a start: open where whoever started gave the passphrase, else as the last run left it. LOCK-007
    pub(super) fn new(state: watch::Sender<bool>, after_minutes: u32, locked: bool) -> Self {
        state.send_replace(locked);
        Self { state, idle: Idle { after_minutes, used: None }, trying: false }
    }

    pub(super) fn is_locked(&self) -> bool {
        *self.state.borrow()
    }
}

impl Core {
    /// When the device locks itself, unless somebody is there before.
    pub(super) fn lock_deadline(&self) -> Option<Mono> {
        if self.lock.is_locked() || !self.has_passphrase() { None } else { self.lock.idle.deadline() }
    }

    pub(super) fn lock_tick(&mut self, now: Mono) {
        if self.lock_deadline().is_some_and(|at| at <= now) {
            self.set_locked(true);
        }
    }

    /// Somebody may be there: who asks this of which client. Whether it is refused, as nobody had been there for too long until
    /// this moment. LOCK-005
    pub(super) fn notice_use(&mut self, scope: &Scope, request: &Request) -> bool {
        let is_person = match request {
            Request::Active => true,
            Request::Watch { .. } => false,
            _ => *scope == Scope::Local,
        };
        if !is_person || self.lock.is_locked() {
            return false;
        }
        let (now, wall) = (self.clock.mono(), self.clock.wall());
        if self.lock.idle.is_over(now, wall) && self.has_passphrase() {
            self.set_locked(true);
            return !may_while_locked(request);
        }
        self.lock.idle.use_at(now, wall);
        false
    }

    pub(super) fn has_passphrase(&self) -> bool {
        self.home.protection() == Protection::Passphrase
    }

    fn set_locked(&mut self, locked: bool) {
        // LOCK-007
        if let Err(error) = self.home.registry().set_local(LOCKED, locked.then_some(&[])) {
            tracing::warn!(%error, "the lock could not be noted");
        }
        self.lock.idle.use_at(self.clock.mono(), self.clock.wall());
        self.lock.state.send_replace(locked);
        tracing::info!(locked, "the lock of this device changed");
    }

    /// A run that begins open leaves no note of a lock.
    pub(super) fn begin_lock(&mut self) {
        if !self.lock.is_locked()
            && was_locked(&self.home.registry())
            && let Err(error) = self.home.registry().set_local(LOCKED, None)
        {
            tracing::warn!(%error, "the lock could not be noted");
        }
    }

    /// LOCK-001
    pub(super) fn lock_now(&mut self) -> Result<Value, Error> {
        self.needs_passphrase()?;
        self.set_locked(true);
        Ok(Value::Null)
    }

    pub(super) fn needs_passphrase(&self) -> Result<(), Error> {
        if self.has_passphrase() {
            return Ok(());
        }
        Err(Error::new(ErrorKind::WrongState, "passphrase-none", []))
    }

    /// Checks a passphrase elsewhere, one at a time. LOCK-001
    pub(super) fn unlock(&mut self, passphrase: String, answer: Answer) {
        let passphrase = Zeroizing::new(passphrase);
        if !self.lock.is_locked() {
            return drop(answer.send(Ok(Value::Null)));
        }
        if self.lock.trying {
            let error = Error::new(ErrorKind::WrongState, "passphrase-being-tried", []);
            return drop(answer.send(Err(error)));
        }
        self.lock.trying = true;
        let (folder, me) = (self.folder.clone(), self.me.clone());
        self.runtime.spawn(async move {
            let check = tokio::task::spawn_blocking(move || Home::check_passphrase(&folder, &passphrase)).await;
            let right = match check {
                Ok(checked) => checked.map_err(|error| store_error(&error)),
                Err(_) => Err(Error::new(ErrorKind::Internal, "passphrase-unchecked", [])),
            };
            drop(me.send(Msg::Tried { right, answer }).await);
        });
    }

    pub(super) fn tried(&mut self, right: Result<(), Error>, answer: Answer) {
        self.lock.trying = false;
        if right.is_ok() {
            self.set_locked(false);
        }
        drop(answer.send(right.map(|()| Value::Null)));
    }

    /// Puts the home under a passphrase, another one, or none; then the keyring follows.
    pub(super) fn set_passphrase(&mut self, old: Option<String>, new: Option<String>, answer: Answer) {
        let (old, new) = (old.map(Zeroizing::new), new.map(Zeroizing::new));
        match self.may_ask_keyring().and_then(|()| self.change_passphrase(old.as_ref(), new.as_ref())) {
            Ok(()) => self.follow_passphrase(new, answer),
            Err(error) => drop(answer.send(Err(error))),
        }
    }

    fn change_passphrase(
        &mut self,
        old: Option<&Zeroizing<String>>,
        new: Option<&Zeroizing<String>>,
    ) -> Result<(), Error> {
        let done = match new {
            Some(new) => {
                check_new(new, PASSPHRASE_CHARS_MIN)?;
                self.home.set_passphrase(old.map(|old| old.as_str()), new, &mut self.rng)
            }
            None if !self.has_passphrase() => Ok(()),
            None => self.home.remove_passphrase(old.map_or("", |old| old.as_str()), &mut self.rng),
        };
        done.map_err(|error| store_error(&error))?;
        if !self.has_passphrase() {
            self.choose_lock(0)?;
        }
        self.settings.key_in_file = !self.has_passphrase();
        self.status_changed();
        Ok(())
    }
}

/// Whether a passphrase is fit to be a new one, of so many characters at least.
pub(super) fn check_new(passphrase: &str, least: usize) -> Result<(), Error> {
    let (id, count) = if passphrase.chars().count() < least {
        ("passphrase-too-short", least)
    } else if passphrase.len() > PASSPHRASE_BYTES_MAX {
        ("passphrase-too-long", PASSPHRASE_BYTES_MAX)
    } else {
        return Ok(());
    };
    Err(Error::new(ErrorKind::BadInput, id, [("count", Word::count(count))]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> (Mono, Wall) {
        (Mono::default() + Duration::from_secs(seconds), Wall(1_000_000 + seconds * 1000))
    }

    /// LOCK-005
    #[test]
    fn a_device_is_left_alone_when_nobody_was_there_for_as_long_as_was_chosen() {
        let mut idle = Idle { after_minutes: 5, used: None };
        let over = |idle: Idle, (now, wall)| idle.is_over(now, wall);
        assert!(!over(idle, at(299)) && over(idle, at(300)), "nobody came after the start");
        let (now, wall) = at(200);
        idle.use_at(now, wall);
        assert_eq!(idle.deadline(), Some(at(500).0));
        assert!(!over(idle, at(499)) && over(idle, at(500)));
        assert!(over(idle, (at(201).0, at(500).1)), "the machine slept: its own clock stood still");
        assert!(!over(idle, (at(201).0, Wall(0))), "somebody set the clock back");
        idle.after_minutes = 0;
        assert_eq!(idle.deadline(), None);
        assert!(!over(idle, at(1_000_000)));
    }
}
