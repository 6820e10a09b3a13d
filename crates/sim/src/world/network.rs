//! The network of a world: what happens to a packet between two devices.

use super::{Happening, World};

/// Packets remembered, to be replayed.
const REMEMBERED: usize = 64;

/// How often what goes wrong, in thousandths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Faults {
    /// A packet is lost.
    pub lost: u64,
    /// A packet comes twice.
    pub doubled: u64,
    /// A packet comes with a bit turned or its end cut off.
    pub spoiled: u64,
    /// A packet of the past comes again.
    pub replayed: u64,
    /// A step is lost before its commit.
    pub lost_steps: u64,
    /// A step's effects are lost after its commit.
    pub lost_effects: u64,
    /// How long a packet takes at most, in microseconds.
    pub delay_us: u64,
}

impl World {
    /// Puts a packet on the wire, where it may suffer.
    pub(super) fn transmit(&mut self, from: usize, to: usize, bytes: Vec<u8>) {
        if !self.links.contains(&(from.min(to), from.max(to))) {
            return;
        }
        self.past.push((from, to, bytes.clone()));
        if self.past.len() > REMEMBERED {
            self.past.remove(0);
        }
        if self.happens(self.faults.replayed) {
            let index = usize::try_from(self.rng.below(self.past.len() as u64)).unwrap_or_default();
            if let Some((from, to, bytes)) = self.past.get(index).cloned() {
                self.arrive(from, to, bytes);
            }
        }
        if self.happens(self.faults.lost) {
            return;
        }
        if self.happens(self.faults.doubled) {
            self.arrive(from, to, bytes.clone());
        }
        let bytes = if self.happens(self.faults.spoiled) { self.spoil(bytes) } else { bytes };
        self.arrive(from, to, bytes);
    }

    fn spoil(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        let index = usize::try_from(self.rng.below(bytes.len() as u64)).unwrap_or_default();
        if self.rng.below(4) == 0 {
            bytes.truncate(index);
        } else if let Some(byte) = bytes.get_mut(index) {
            *byte ^= 1 << self.rng.below(8);
        }
        bytes
    }

    fn arrive(&mut self, from: usize, to: usize, bytes: Vec<u8>) {
        let when = self.now_us + 1 + self.rng.below(self.faults.delay_us);
        self.push(when, Happening::Arrival { from, to, bytes });
    }

    pub(super) fn happens(&mut self, thousandths: u64) -> bool {
        thousandths > 0 && self.rng.below(1000) < thousandths
    }
}
