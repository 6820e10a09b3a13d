//! Random moments that can be repeated: everything follows from a seed that is printed.

use kith_base::Rng;
use std::env;
use std::time::Duration;

/// A generator with a seed from `KITH_SEED`, or a fixed one.
pub struct Chance(Rng);

impl Chance {
    /// Takes the seed and prints it.
    ///
    /// # Panics
    /// If `KITH_SEED` is no number.
    pub fn from_env(otherwise: u64) -> Self {
        let seed = env::var("KITH_SEED").map_or(otherwise, |text| text.parse().expect("KITH_SEED is a number"));
        println!("KITH_SEED={seed} repeats the choices of this run");
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        Self(Rng::from_seed(bytes))
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0.below(end)
    }

    /// Lets a random time go by: a fault is to come at any moment, so there is no condition to wait for.
    pub fn let_pass(&mut self, longest: Duration) {
        std::thread::sleep(self.moment(longest));
    }

    /// A moment between none and `longest`.
    pub fn moment(&mut self, longest: Duration) -> Duration {
        Duration::from_micros(self.below(u64::try_from(longest.as_micros()).expect("a moment is short") + 1))
    }
}
