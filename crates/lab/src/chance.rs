//! Random moments that can be repeated: everything follows from a seed that is printed.

use kith_base::Rng;
use std::env;
use std::time::Duration;

/// Where a run takes its seed from.
const SEED: &str = "KITH_LAB_SEED";
/// How often a run kills.
const KILLS: &str = "KITH_LAB_KILLS";
/// Kills in the test command.
const KILLS_USUAL: u64 = 40;

/// A generator with a seed from `KITH_LAB_SEED`, or a fixed one.
pub struct Chance(Rng);

impl Chance {
    /// Takes the seed and prints how the run of this test is repeated.
    ///
    /// # Panics
    /// If `KITH_LAB_SEED` is no number.
    pub fn from_env(test: &str, otherwise: u64) -> Self {
        let seed = number(SEED).unwrap_or(otherwise);
        let kills = number(KILLS).map_or_else(String::new, |kills| format!("{KILLS}={kills} "));
        println!("repeat with: {SEED}={seed} {kills}cargo nextest run --release -p kith-lab -E 'test({test})'");
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

/// How many processes a test kills that has this share, in hundredths, of all kills: `KITH_LAB_KILLS`, or forty.
///
/// # Panics
/// If `KITH_LAB_KILLS` is no number.
pub fn kills(share: u64) -> u64 {
    (number(KILLS).unwrap_or(KILLS_USUAL) * share).div_ceil(100)
}

fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is a number, not '{text}'")))
}
