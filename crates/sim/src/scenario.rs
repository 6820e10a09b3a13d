//! What happens under a seed: two devices pair, people write and delete, things fail, others join, all heals.
//!
//! The seed also draws how likely each thing is (swarm testing): in one run hardly anybody connects, in another every
//! other step is lost, so that rare meetings of rare things are met by some seed. What befalls a device once, such as
//! that it is lost, set back or copied, is an [`Incident`]; most seeds have none but the joining of devices.

mod words;

use self::words::Words;
use crate::Broken;
use crate::journal::Journal;
use crate::model_sealer::Damage;
use crate::sealing::{self, Sealing};
use crate::world::{Faults, Wish, World};
use kith_base::{Rng, Secret, limits};
use kith_proto::io::{EventRow, View};
use kith_proto::log::event::{Body, Kind};
use kith_proto::log::file::{FileBody, Look};

/// Steps of a scenario unless told otherwise.
pub const STEPS: u64 = 60;
/// A healed world is quiet within this many happenings.
const HEALING_MAX: usize = 20_000;
/// So long that every log's writer rekeys.
const LONG_US: u64 = 25 * 3600 * 1_000_000;
/// The devices that may join, by the one that admits them.
const JOINING: [[&str; 2]; 2] = [["Alice-2", "Alice-3"], ["Bob-2", "Bob-3"]];

/// How often each thing is done, by chance of the seed.
#[derive(Debug)]
struct Appetite {
    write: u64,
    burst: u64,
    delete: u64,
    shown: u64,
    connect: u64,
    disconnect: u64,
    part: u64,
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
            connect: 1 + rng.below(10),
            disconnect: rng.below(4),
            part: rng.below(2),
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
        full_disk: seldom(30),
        stray: seldom(1000),
        delay_us: 1000 + seldom(4_000_000),
    }
}

/// What befalls a device once.
#[derive(Debug, Clone, Copy)]
enum Incident {
    /// A device joins beside this one, under this name.
    Join(usize, &'static str),
    /// It never comes back.
    Lose,
    /// Its disk is copied, for what may come.
    BackUp(usize),
    /// Its disk goes back to what was copied.
    SetBack,
    /// A copy of it comes up, of what was copied before or else of its disk.
    Copy(usize),
    /// Somebody takes a device of this side off the list, at another of it.
    Leave(usize),
    /// Somebody of this side types the words, and keeps some of the other devices.
    Recover(usize),
    /// Somebody copied everything of a device of this side, and signs a list with a device of their own.
    Steal(usize),
}

/// The incidents of a seed, each with the step it comes before.
fn draw_incidents(rng: &mut Rng, steps: u64) -> Vec<(u64, Incident)> {
    let mut incidents = Vec::new();
    for (at, names) in JOINING.iter().enumerate() {
        for name in names.iter().take(usize::try_from(rng.below(3)).unwrap_or_default()) {
            incidents.push((rng.below(steps.max(1) * 3 / 2), Incident::Join(at, name)));
        }
    }
    let at = usize::try_from(rng.below(6)).unwrap_or_default();
    let (early, late) = (rng.below(steps.max(1)), rng.below(steps.max(1)));
    match rng.below(16) {
        0 => incidents.push((early, Incident::Lose)),
        1 | 2 => incidents.extend([(early.min(late), Incident::BackUp(at)), (early.max(late), Incident::SetBack)]),
        3 => incidents.push((late, Incident::Copy(at))),
        4 => incidents.extend([(early.min(late), Incident::BackUp(at)), (early.max(late), Incident::Copy(at))]),
        _ => {}
    }
    incidents
}

/// What befalls device lists. Drawn apart, so that a seed without it goes as it does under a plan that has none.
fn draw_list_incidents(seed: u64, steps: u64) -> Vec<(u64, Incident)> {
    let mut rng = Rng::from_number(seed.wrapping_mul(2).wrapping_add(1));
    let mut incidents = Vec::new();
    for _ in 0..rng.below(4) {
        let (step, side) = (rng.below(steps.max(1)), usize::try_from(rng.below(2)).unwrap_or_default());
        incidents.push((
            step,
            match rng.below(6) {
                0..=2 => Incident::Leave(side),
                3 | 4 => Incident::Recover(side),
                _ => Incident::Steal(side),
            },
        ));
    }
    incidents
}

/// What of a scenario is not the seed's to choose.
#[derive(Clone, Copy)]
pub struct Plan {
    /// How many steps are taken before all heals.
    pub steps: u64,
    /// The sealer.
    pub sealing: Sealing,
    /// Whether things happen that only the model allows, as its rows can be damaged and its bodies made by hand.
    pub on_model: bool,
    /// Whether devices leave, people recover with their words, and thieves sign lists.
    pub lists: bool,
    /// Whether some of what is written is what files' events say, which are deleted and hidden as well.
    pub files: bool,
    /// Whether people react, pin, and agree that messages disappear.
    pub words: bool,
}

impl Plan {
    /// Every fault, on the model.
    pub const MODEL: Self =
        Self { steps: STEPS, sealing: sealing::model, on_model: true, lists: false, files: false, words: false };
    /// Every fault, and all that can befall device lists.
    pub const LISTS: Self = Self { lists: true, ..Self::MODEL };
    /// The same with files.
    pub const FILES: Self = Self { files: true, ..Self::LISTS };
    /// The same with reactions, pins, and messages that disappear.
    pub const WORDS: Self = Self { words: true, ..Self::FILES };
    /// What can happen under both sealers, on the model.
    pub const LIKE_MLS: Self = Self { on_model: false, ..Self::MODEL };
    /// What can happen under both sealers, on MLS.
    pub const MLS: Self = Self { sealing: sealing::mls, ..Self::LIKE_MLS };
}

/// Runs a seed to its end. The world is handed back for a look.
///
/// # Errors
/// [`Broken`] when a rule was broken.
pub fn run(seed: u64, plan: Plan, journal: Journal) -> Result<World, Broken> {
    let Plan { steps, sealing, on_model, lists, files, words } = plan;
    let mut world = World::pair(seed, sealing, journal)?;
    let mut rng = world.rng.fork();
    world.faults = draw_faults(&mut rng);
    world.check.hostile = world.faults.spoiled > 0;
    let mut appetite = Appetite::draw(&mut rng);
    if !on_model {
        appetite.damage = 0;
        // A spoiled byte does another thing in a packet of another length.
        world.faults.spoiled = 0;
    }
    let mut incidents = draw_incidents(&mut rng, steps);
    if lists {
        incidents.extend(draw_list_incidents(seed, steps));
    }
    let mut words = words.then(|| Words::draw(seed));
    for step in 0..steps {
        for (_, incident) in incidents.iter().filter(|(at, _)| *at == step) {
            befall(&mut world, *incident, &mut rng)?;
        }
        act(&mut world, &appetite, &mut rng, (step, files))?;
        words.as_mut().map_or(Ok(()), |words| words.speak(&mut world))?;
        let pause = 1 + rng.below(3_000_000);
        world.run_for(pause)?;
    }
    if lists {
        world.settle_lists(HEALING_MAX)?;
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

/// Runs a seed on MLS and on the model, silently; both must give the same history of events.
///
/// # Errors
/// [`Broken`] when a rule was broken, or the two differ.
pub fn both(seed: u64, steps: u64) -> Result<World, Broken> {
    let mls = run(seed, Plan { steps, ..Plan::MLS }, Journal::silent())?;
    let model = run(seed, Plan { steps, ..Plan::LIKE_MLS }, Journal::silent())?;
    let differs = mls.history().into_iter().zip(model.history()).find(|(one, other)| one != other);
    match differs {
        None if mls.history().len() == model.history().len() => Ok(mls),
        None => Err(Broken { at_us: mls.now_us(), what: "MLS and its model gave different histories".into() }),
        Some((one, other)) => {
            Err(Broken { at_us: mls.now_us(), what: format!("MLS gave «{one}» and its model «{other}»") })
        }
    }
}

fn befall(world: &mut World, incident: Incident, rng: &mut Rng) -> Result<(), Broken> {
    let devices = world.nodes.len();
    match incident {
        Incident::Join(at, name) => world.join_beside(at, name).map(|_| ()),
        Incident::Lose => world.lose(usize::try_from(rng.below(devices as u64)).unwrap_or_default()),
        Incident::BackUp(at) => {
            if let Some(node) = world.nodes.get_mut(at % devices) {
                node.backup = Some(node.vault.clone());
            }
            Ok(())
        }
        // Devices may have joined since: it is the first that has a copy.
        Incident::SetBack => {
            let at = world.nodes.iter().position(|node| node.backup.is_some()).unwrap_or_default();
            match world.nodes.get_mut(at).and_then(|node| node.backup.take()) {
                Some(vault) => world.set_back(at, vault),
                None => Ok(()),
            }
        }
        Incident::Copy(at) => {
            let at = world.nodes.iter().position(|node| node.backup.is_some()).unwrap_or(at % devices);
            let vault = world.nodes.get_mut(at).and_then(|node| node.backup.take());
            world.copy(at, "Copy", vault).map(|_| ())
        }
        Incident::Leave(side) => {
            let own = world.in_use(side);
            let (by, gone) = (choice(&own, rng), choice(&own, rng));
            match by.zip(gone).filter(|(by, gone)| by != gone) {
                Some((by, gone)) => world.remove(by, gone),
                None => Ok(()),
            }
        }
        Incident::Recover(side) => {
            let own = world.in_use(side);
            let Some(at) = choice(&own, rng) else { return Ok(()) };
            let keep: Vec<usize> = own.into_iter().filter(|other| *other != at && rng.below(3) > 0).collect();
            world.recover_with(at, &keep).map(|_| ())
        }
        Incident::Steal(side) => {
            let Some(at) = choice(&world.in_use(side), rng) else { return Ok(()) };
            let teller = usize::try_from(rng.below(devices as u64)).unwrap_or_default();
            world.rob(at, "Mallory", teller)
        }
    }
}

fn act(world: &mut World, appetite: &Appetite, rng: &mut Rng, (step, files): (u64, bool)) -> Result<(), Broken> {
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
        appetite.part,
        appetite.crash,
        appetite.sleep,
        appetite.clock,
        appetite.damage,
    ];
    match choose(&choices, rng) {
        0 => world.wish(at, Wish::Write(said(rng, step, files))),
        1 => (0..rng.below(40)).try_for_each(|_| world.wish(at, Wish::Write(said(rng, step, files)))),
        2 => {
            match recent(world, at, rng, true).and_then(|row| Some((world.id_at(at, row)?, is_file(world, at, row)))) {
                Some((id, false)) if rng.below(3) == 0 => {
                    world.wish(at, Wish::Edit(id, format!("edited in step {step}")))
                }
                // A file has no other wording; it may leave its sender's sight alone.
                Some((id, true)) if rng.below(3) == 0 => world.wish(at, Wish::Hide(id)),
                Some((id, _)) => world.wish(at, Wish::Delete(id)),
                None => Ok(()),
            }
        }
        3 => match recent(world, at, rng, false).map(|row| (row, world.id_at(at, row))) {
            Some((row, Some(id))) if row.0.is_multiple_of(4) && is_file(world, at, row) => {
                world.wish(at, Wish::Hide(id))
            }
            Some((row, _)) => world.wish(at, Wish::Shown(row)),
            None => Ok(()),
        },
        4 if at != other => world.connect(at, other).map(|_| ()),
        5 if at != other => world.disconnect(at, other),
        6 => part(world, rng),
        7 => world.crash(at),
        8 => world.run_for(rng.below(LONG_US)),
        9 => {
            let now_us = world.now_us();
            if let Some(node) = world.nodes.get_mut(at) {
                let skew_ms = i64::try_from(rng.below(4_000_000_000_000)).unwrap_or_default() - 2_000_000_000_000;
                match rng.below(4) {
                    0 => node.forget_time(now_us),
                    1 => node.skew_ms = node.skew_ms.saturating_sub(skew_ms / 1_000_000),
                    _ => node.skew_ms = skew_ms,
                }
            }
            Ok(())
        }
        10 => {
            let kinds = [Damage::GroupLost, Damage::MessageMissed, Damage::PackageLost, Damage::OwnGroupLost];
            let kind = kinds.get(usize::try_from(rng.below(4)).unwrap_or_default()).copied();
            kind.map_or(Ok(()), |kind| world.damage(at, kind))
        }
        _ => Ok(()),
    }
}

/// The devices fall into two sets that can't reach each other for a while, sometimes for days.
fn part(world: &mut World, rng: &mut Rng) -> Result<(), Broken> {
    let (some, others): (Vec<usize>, Vec<usize>) = (0..world.nodes.len()).partition(|_| rng.below(2) == 0);
    let most = if rng.below(4) == 0 { 4 * LONG_US } else { 60_000_000 };
    world.keep_apart(&some, &others, rng.below(most))
}

fn choice<T: Copy>(of: &[T], rng: &mut Rng) -> Option<T> {
    of.get(usize::try_from(rng.below(of.len() as u64)).unwrap_or_default()).copied()
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

/// Mostly a line, sometimes so much that a few fill a record; with files, one in five is what a file's event says. The bytes
/// of files are nothing that a core sees.
fn said(rng: &mut Rng, step: u64, files: bool) -> Body {
    let length = if rng.below(40) == 0 { rng.below(120_000) } else { rng.below(60) };
    let filler = "x".repeat(usize::try_from(length).unwrap_or_default());
    // Told by the length, so that nothing else is drawn for it.
    if !files || !length.is_multiple_of(5) || filler.len() > limits::FILE_CAPTION_BYTES_MAX {
        return Body::Text(format!("step {step} {filler}").into());
    }
    let look = Look { waveform: Some(vec![0; filler.len().min(limits::FILE_WAVEFORM_MAX)]), ..Look::default() };
    Body::File(Box::new(FileBody {
        name: format!("step {step}.bin"),
        size: length << (step % 40),
        media_type: String::new(),
        key: Secret::new([step as u8; 32]),
        root: [length as u8; 32],
        caption: filler,
        look,
        timer: None,
    }))
}

/// Whether a row of a device is a file.
fn is_file(world: &World, at: usize, row: EventRow) -> bool {
    let event = world.nodes.get(at).and_then(|node| node.vault.event(row));
    event.is_some_and(|event| event.kind == Kind::FILE.number)
}

/// A row near the end of a device's timeline; one of its own, if `own`.
fn recent(world: &World, at: usize, rng: &mut Rng, own: bool) -> Option<EventRow> {
    let node = world.nodes.get(at)?;
    let row = EventRow(node.vault.last_row().0.checked_sub(rng.below(8))?);
    node.vault
        .event(row)
        .filter(|event| !own || event.device == node.id && [Kind::TEXT.number, Kind::FILE.number].contains(&event.kind))
        .map(|event| event.row)
}
