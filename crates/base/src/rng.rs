//! The one generator: seeded from outside, so that the same inputs give the same history.

use crate::Secret;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

/// ChaCha20 from a seed. The agent seeds it from the system; the simulator from a number.
pub struct Rng(ChaCha20Rng);

impl Rng {
    /// A generator from 32 bytes.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(ChaCha20Rng::from_seed(seed))
    }

    /// A generator from a number, for simulations.
    pub fn from_number(seed: u64) -> Self {
        Self(ChaCha20Rng::seed_from_u64(seed))
    }

    /// Fills `out`.
    pub fn fill(&mut self, out: &mut [u8]) {
        rand_core::Rng::fill_bytes(&mut self.0, out);
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut out = [0; N];
        self.fill(&mut out);
        out
    }

    /// A random secret.
    pub fn secret(&mut self) -> Secret {
        Secret::new(self.bytes())
    }

    /// A number below `bound`, without bias; zero when `bound` is zero.
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        let zone = u64::MAX - u64::MAX % bound;
        loop {
            let value = u64::from_le_bytes(self.bytes());
            if value < zone {
                return value % bound;
            }
        }
    }

    /// A generator of its own, for a part whose draws must not move this one's.
    #[must_use]
    pub fn fork(&mut self) -> Self {
        Self::from_seed(self.bytes())
    }
}

impl rand_core::TryRng for Rng {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        rand_core::TryRng::try_next_u32(&mut self.0)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        rand_core::TryRng::try_next_u64(&mut self.0)
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Self::Error> {
        rand_core::TryRng::try_fill_bytes(&mut self.0, out)
    }
}

impl rand_core::TryCryptoRng for Rng {}

impl std::fmt::Debug for Rng {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rng")
    }
}
