//! One-time keys and bearers: how a page proves that this user opened it.
//!
//! The launcher opens `http://<label>.localhost:PORT/#k=<one-time key>`. The page exchanges the key, once and within a
//! minute, for a bearer that its origin keeps; of the bearer only a hash stays here. Both are 32 random bytes as text,
//! and each is good for one label alone.

use data_encoding::BASE32_DNSCURVE;
use kith_base::label::{Label, hash};
use kith_base::{Rng, Secret};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a one-time key is good: a slow browser's start.
const KEY_GOOD: Duration = Duration::from_secs(60);
/// One-time keys that are good at once; the oldest gives way. Only this user's own programs ask for them.
const KEYS_MAX: usize = 64;

/// Mints bearers and one-time keys, and remembers the latter until they are used.
#[derive(Debug)]
pub struct Keys(Mutex<State>);

#[derive(Debug)]
struct State {
    rng: Rng,
    /// By the hash of the key, so that looking one up tells nothing about another.
    open: BTreeMap<[u8; 32], OneTime>,
}

#[derive(Debug)]
struct OneTime {
    label: String,
    minted: Instant,
}

impl Keys {
    /// Keys drawn from `rng`, which the agent seeds from the system.
    pub fn new(rng: Rng) -> Self {
        Self(Mutex::new(State { rng, open: BTreeMap::new() }))
    }

    /// A key that opens this label's app once, within a minute (LOOP-030).
    pub fn one_time_key(&self, label: &str) -> String {
        self.mint(label, Instant::now())
    }

    /// Whether `key` is good for this label at this moment; it is not afterwards.
    pub(crate) fn spend(&self, label: &str, key: &str, now: Instant) -> bool {
        let mut state = self.state();
        state.forget_old(now);
        let hash = digest(label, key);
        // The label is under the hash already; it is compared so that this does not hang on the hash alone.
        state.open.remove(&hash).is_some_and(|key| key.label == label)
    }

    /// A new bearer: what the page keeps, and the hash that is kept here.
    pub(crate) fn bearer(&self, label: &str) -> (String, [u8; 32]) {
        let bearer = self.random_text();
        let hash = digest(label, &bearer);
        (bearer, hash)
    }

    /// 32 random bytes as text.
    pub fn random_text(&self) -> String {
        let secret: Secret = self.state().rng.secret();
        BASE32_DNSCURVE.encode(secret.expose())
    }

    fn mint(&self, label: &str, now: Instant) -> String {
        let key = self.random_text();
        let mut state = self.state();
        state.forget_old(now);
        state.make_room();
        state.open.insert(digest(label, &key), OneTime { label: label.to_owned(), minted: now });
        key
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn forget_old(&mut self, now: Instant) {
        self.open.retain(|_, key| now.saturating_duration_since(key.minted) < KEY_GOOD);
    }

    fn make_room(&mut self) {
        if self.open.len() >= KEYS_MAX {
            let oldest = self.open.iter().min_by_key(|(_, key)| key.minted).map(|(hash, _)| *hash);
            if let Some(oldest) = oldest {
                self.open.remove(&oldest);
            }
        }
    }
}

/// What is kept of a bearer or key: bound to its label, so that it is worth nothing on another.
pub(crate) fn digest(label: &str, text: &str) -> [u8; 32] {
    hash(Label::Bearer, &[label.as_bytes(), text.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::new(Rng::from_number(1))
    }

    #[test]
    fn a_key_opens_its_app_once() {
        let (keys, now) = (keys(), Instant::now());
        let key = keys.mint("alice", now);
        assert!(keys.spend("alice", &key, now));
        assert!(!keys.spend("alice", &key, now));
    }

    /// LOOP-030
    #[test]
    fn a_key_is_good_for_a_minute_and_no_longer() {
        let (keys, now) = (keys(), Instant::now());
        let in_time = keys.mint("alice", now);
        let too_late = keys.mint("alice", now);
        assert!(keys.spend("alice", &in_time, now + KEY_GOOD - Duration::from_millis(1)));
        assert!(!keys.spend("alice", &too_late, now + KEY_GOOD));
    }

    #[test]
    fn a_key_of_one_label_opens_no_other_and_stays_good_for_its_own() {
        let (keys, now) = (keys(), Instant::now());
        let key = keys.mint("alice", now);
        assert!(!keys.spend("bob", &key, now));
        assert!(keys.spend("alice", &key, now));
    }

    #[test]
    fn the_oldest_key_gives_way_to_one_too_many() {
        let (keys, now) = (keys(), Instant::now());
        let first = keys.mint("alice", now);
        let second = keys.mint("alice", now + Duration::from_millis(1));
        for _ in 0..KEYS_MAX - 1 {
            keys.mint("bob", now + Duration::from_millis(2));
        }
        assert!(!keys.spend("alice", &first, now));
        assert!(keys.spend("alice", &second, now));
    }
}
