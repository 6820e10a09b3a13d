//! Large files pass through the system's cache of pages without filling it.
//!
//! What is written once and read once, if at all, pushes out of memory what people use, and its pages are fresh ones each
//! time, which costs more than sealing and checking together. So what was written is sent to the disk early, and its pages
//! are let go of a little behind, to be used again at once. A small file stays: it is about to be looked at.

use rustix::fs::{Advice, fadvise};
use std::fs::File;
use std::num::NonZeroU64;

/// After so many bytes the system is told.
const STEP: u64 = 8 * 1024 * 1024;
/// How far behind pages are let go of: the disk has had a few calls to take them by then.
const BEHIND: u64 = 4 * STEP;

/// Where a file is being written.
#[derive(Debug, Default)]
pub(crate) struct Passing {
    told: u64,
}

impl Passing {
    /// The file was written up to here.
    pub(crate) fn wrote(&mut self, file: &File, end: u64) {
        if self.is_due(end) {
            let_go(file, end.saturating_sub(BEHIND), end);
        }
    }

    const fn is_due(&mut self, end: u64) -> bool {
        let due = end.abs_diff(self.told) >= STEP;
        if due {
            self.told = end;
        }
        due
    }
}

/// Begins to write what is not on the disk, and lets go of the pages that are.
pub(crate) fn let_go(file: &File, from: u64, end: u64) {
    let Some(length) = NonZeroU64::new(end.saturating_sub(from)) else { return };
    // An advice: where a system does not take it, only memory is lost.
    let _ = fadvise(file, from, Some(length), Advice::DontNeed);
}

/// Whether a file is so large that its pages are let go of.
pub(crate) const fn is_large(bytes: u64) -> bool {
    bytes >= BEHIND
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_is_told_every_few_mebibytes_wherever_the_file_is_written() {
        let mut passing = Passing::default();
        let told = |passing: &mut Passing, ends: &[u64]| ends.iter().filter(|end| passing.is_due(**end)).count();
        let small: Vec<u64> = (1..8).map(|mebibyte| mebibyte << 20).collect();
        assert_eq!(told(&mut passing, &small), 0);
        let rest: Vec<u64> = (8..=1024).map(|mebibyte| mebibyte << 20).collect();
        assert_eq!(told(&mut passing, &rest), 128);
        assert_eq!(told(&mut passing, &[5 << 20, 6 << 20]), 1);
    }
}
