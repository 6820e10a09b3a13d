//! The only place that reads clocks and the system's randomness.

use kith_api::{Error, ErrorKind, Word};
use kith_base::{Mono, Rng, Wall};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// This process's clocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock(Instant);

impl Clock {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since this process began.
    pub(crate) fn mono(&self) -> Mono {
        Mono::default().after(self.0.elapsed())
    }

    /// The person's clock; 0 for one before 1970.
    pub(crate) fn wall(&self) -> Wall {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Wall(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }
}

/// A generator seeded from the system.
///
/// # Errors
/// [`ErrorKind::Internal`] when the system has no randomness to give.
pub(crate) fn system_rng() -> Result<Rng, Error> {
    let mut seed = [0; 32];
    let mut filled = 0;
    while let Some(rest) = seed.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match rustix::rand::getrandom(rest, rustix::rand::GetRandomFlags::empty()) {
            Ok(count) => filled += count,
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => {
                return Err(Error::new(ErrorKind::Internal, "system-randomness", [("why", Word::text(error))]));
            }
        }
    }
    Ok(Rng::from_seed(seed))
}
