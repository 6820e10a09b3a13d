//! What happens under a seed: two devices pair, people write and delete, things fail, a third device joins, all heals.
//!
//! The seed also draws how likely each thing is (swarm testing): in one run hardly anybody connects, in another every
//! other step is lost, so that rare meetings of rare things are met by some seed.

use crate::Broken;
use crate::journal::Journal;
use crate::model_sealer::Damage;
use crate::sealing::{self, Sealing};
use crate::world::{Faults, Wish, World};
use kith_base::Rng;
use kith_proto::io::{EventRow, View};
use kith_proto::log::event::Body;

/// Steps of a scenario unless told otherwise.
pub const STEPS: u64 = 60;
/// A healed world is quiet within this many happenings.
const HEALING_MAX: usize = 20_000;
/// So long that every log's writer rekeys.
const LONG_US: u64 = 25 * 3600 * 1_000_000;

/// How often each thing is done, by chance of the seed.
#[derive(Debug)]
struct Appetite {
    write: u64,
    burst: u64,
    delete: u64,
    shown: u64,
    connect: u64,
    disconnect: u64,
    crash: u64,
    sleep: u64,
    clock: u64,
    damage: u64,
}

impl Appetite {
    fn draw(rng: &mut Rng) -> Self {
        Self {
            write: 2 + rng.below(8),
            burst: rng.below(2),
            delete: rng.below(4),
            shown: rng.below(3),
            connect: 1 + rng.below(6),
            disconnect: rng.below(4),
            crash: rng.below(3),
            sleep: rng.below(2),
            clock: rng.below(2),
            damage: rng.below(4).saturating_sub(2),
        }
    }
}

fn draw_faults(rng: &mut Rng) -> Faults {
    let mut seldom = |most: u64| if rng.below(2) == 0 { 0 } else { rng.below(most) };
    Faults {
        lost: seldom(300),
        doubled: seldom(200),
        spoiled: seldom(100),
        replayed: seldom(100),
        lost_steps: seldom(60),
        lost_effects: seldom(60),
        delay_us: 1000 + seldom(4_000_000),
    }
}

/// What of a scenario is not the seed's to choose.
#[derive(Clone, Copy)]
pub struct Plan {
    /// How many steps are taken before all heals.
    pub steps: u64,
    /// The sealer.
    pub sealing: Sealing,
    /// Whether sealers may be damaged; only the model's rows can be.
    pub damage: bool,
}

impl Plan {
    /// Every fault, on the model.
    pub const MODEL: Self = Self { steps: STEPS, sealing: sealing::model, damage: true };
}

/// Runs a seed to its end. The world is handed back for a look.
///
/// # Errors
/// [`Broken`] when a rule was broken.
pub fn run(seed: u64, plan: Plan, journal: Journal) -> Result<World, Broken> {
    let Plan { steps, sealing, damage } = plan;
    let mut world = World::pair(seed, sealing, journal)?;
    let mut rng = world.rng.fork();
    world.faults = draw_faults(&mut rng);
    world.check.hostile = world.faults.spoiled > 0;
    let mut appetite = Appetite::draw(&mut rng);
    if !damage {
        appetite.damage = 0;
        // A spoiled byte does another thing in a packet of another length.
        world.faults.spoiled = 0;
    }
    let joins_at = rng.below(steps.max(1) * 2);
    for step in 0..steps {
        if step >= joins_at && world.nodes.len() == 2 {
            world.join_beside(1, "Bob-2")?;
        }
        act(&mut world, &appetite, &mut rng, step)?;
        let pause = 1 + rng.below(3_000_000);
        world.run_for(pause)?;
    }
    world.heal(HEALING_MAX)?;
    Ok(world)
}

/// Runs a seed on the model sealer, silently.
///
/// # Errors
/// [`Broken`] when a rule was broken.
pub fn quick(seed: u64) -> Result<World, Broken> {
    run(seed, Plan::MODEL, Journal::silent())
}

fn act(world: &mut World, appetite: &Appetite, rng: &mut Rng, step: u64) -> Result<(), Broken> {
    let devices = world.nodes.len() as u64;
    let pick = |rng: &mut Rng| usize::try_from(rng.below(devices)).unwrap_or_default();
    let (at, other) = (pick(rng), pick(rng));
    let choices = [
        appetite.write,
        appetite.burst,
        appetite.delete,
        appetite.shown,
        appetite.connect,
        appetite.disconnect,
        appetite.crash,
        appetite.sleep,
        appetite.clock,
        appetite.damage,
    ];
    match choose(&choices, rng) {
        0 => world.wish(at, Wish::Write(text(rng, step))),
        1 => (0..rng.below(40)).try_for_each(|_| world.wish(at, Wish::Write(text(rng, step)))),
        2 => match recent(world, at, rng, true) {
            Some(row) => world.id_at(at, row).map_or(Ok(()), |id| world.wish(at, Wish::Delete(id))),
            None => Ok(()),
        },
        3 => recent(world, at, rng, false).map_or(Ok(()), |row| world.wish(at, Wish::Shown(row))),
        4 if at != other => world.connect(at, other).map(|_| ()),
        5 if at != other => world.disconnect(at, other),
        6 => world.crash(at),
        7 => world.run_for(rng.below(LONG_US)),
        8 => {
            let skew = rng.below(4_000_000_000_000);
            if let Some(node) = world.nodes.get_mut(at) {
                node.skew_ms = i64::try_from(skew).unwrap_or_default() - 2_000_000_000_000;
            }
            Ok(())
        }
        9 => {
            let kinds = [Damage::GroupLost, Damage::MessageMissed, Damage::PackageLost];
            let kind = kinds.get(usize::try_from(rng.below(3)).unwrap_or_default()).copied();
            kind.map_or(Ok(()), |kind| world.damage(at, kind))
        }
        _ => Ok(()),
    }
}

fn choose(weights: &[u64], rng: &mut Rng) -> usize {
    let mut left = rng.below(weights.iter().sum());
    for (index, weight) in weights.iter().enumerate() {
        if left < *weight {
            return index;
        }
        left -= weight;
    }
    weights.len()
}

/// Mostly a line, sometimes so much that a few fill a record.
fn text(rng: &mut Rng, step: u64) -> Body {
    let length = if rng.below(40) == 0 { rng.below(120_000) } else { rng.below(60) };
    let filler = "x".repeat(usize::try_from(length).unwrap_or_default());
    Body::Text(format!("step {step} {filler}"))
}

/// A row near the end of a device's timeline; one of its own, if `own`.
fn recent(world: &World, at: usize, rng: &mut Rng, own: bool) -> Option<EventRow> {
    let node = world.nodes.get(at)?;
    let row = EventRow(node.vault.last_row().0.checked_sub(rng.below(8))?);
    node.vault.event(row).filter(|event| !own || event.device == node.id && event.kind == 1).map(|event| event.row)
}
