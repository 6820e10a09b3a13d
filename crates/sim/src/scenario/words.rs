//! What people say of messages, and for how long messages may stay, at random.
//!
//! All of it is drawn apart, so that a seed goes as it does under a plan in which nobody says anything.

use super::{LONG_US, choice, choose};
use crate::Broken;
use crate::world::{Wish, World};
use kith_base::{EventId, Rng};
use kith_proto::io::{EventRow, View};

/// A reaction is taken back by an empty one.
const EMOJI: [&str; 3] = ["\u{1f44d}", "\u{2764}\u{fe0f}", ""];
/// Seconds, 0 for good: shorter than a world takes to heal, longer, and longer than a run.
const TIMERS: [u64; 4] = [0, 5, 600, LONG_US / 1_000_000 * 100];

/// How often each thing is said, by chance of the seed.
#[derive(Debug)]
pub(super) struct Words {
    nothing: u64,
    react: u64,
    pin: u64,
    shown: u64,
    timer: u64,
    rng: Rng,
}

impl Words {
    pub(super) fn draw(seed: u64) -> Self {
        let mut rng = Rng::from_number(seed.wrapping_mul(2).wrapping_add(1));
        let mut rng = rng.fork();
        Self {
            nothing: 1 + rng.below(6),
            react: rng.below(4),
            pin: rng.below(3),
            shown: rng.below(3),
            timer: rng.below(2),
            rng,
        }
    }

    /// Somebody says something, or nobody does.
    pub(super) fn speak(&mut self, world: &mut World) -> Result<(), Broken> {
        let rng = &mut self.rng;
        let at = usize::try_from(rng.below(world.nodes.len() as u64)).unwrap_or_default();
        match choose(&[self.nothing, self.react, self.pin, self.shown, self.timer], rng) {
            1 => match recent(world, at, rng).zip(choice(&EMOJI, rng)) {
                Some((id, emoji)) => world.wish(at, Wish::React(id, emoji.into())),
                None => Ok(()),
            },
            2 => match recent(world, at, rng) {
                Some(id) => world.wish(at, Wish::Pin(id, rng.below(2) == 0)),
                None => Ok(()),
            },
            3 => {
                let row = world.nodes.get(at).map(|node| node.vault.last_row());
                row.map_or(Ok(()), |row| world.wish(at, Wish::Shown(row)))
            }
            4 => choice(&TIMERS, rng).map_or(Ok(()), |seconds| world.wish(at, Wish::Timer(seconds))),
            _ => Ok(()),
        }
    }
}

/// An event near the end of a device's timeline, whoever wrote it.
fn recent(world: &World, at: usize, rng: &mut Rng) -> Option<EventId> {
    let last = world.nodes.get(at)?.vault.last_row();
    world.id_at(at, EventRow(last.0.checked_sub(rng.below(8))?))
}
