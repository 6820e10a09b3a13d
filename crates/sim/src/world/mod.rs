//! The world: a queue ordered by (time, sequence), devices that take turns, and a network that fails.
//!
//! A *turn* is one step of one device: all that waits in its inbox, and perhaps a wish of its person, go into one
//! [`kith_proto::conversation::Turn`]; its batch is committed, then its effects are performed. A crash may come before the
//! commit (nothing happened) or after it (some of the effects are lost); the disk may be full (nothing happened, and the
//! program goes on). Packets, ticks and restarts are happenings in the
//! queue; equal times are taken in the order they were put in, so one seed has one history.

mod befall;
mod describe;
mod identity;
mod look;
mod network;

use crate::Broken;
use crate::check::{Check, Deed, whole};
use crate::journal::Journal;
use crate::node::{Node, Side};
use crate::sealing::Sealing;
use describe::{describe, describe_packet, name_of};
use kith_base::{ConversationId, DeviceId, EventId, PersonId, Rng};
use kith_proto::conversation::{Timer, Turn};
use kith_proto::crypto::SignKey;
use kith_proto::identity::list::Device;
use kith_proto::io::{Effect, EventRow, Step, WriteBatch};
use kith_proto::log::event::Body;
use kith_proto::log::introduction::Introduction;
use kith_proto::log::packet::Packet;
use std::collections::{BTreeMap, BTreeSet};

pub use identity::Theft;
pub use network::Faults;

/// A turn follows the first thing in an inbox by at most this: what comes meanwhile is handled in the same step.
const TURN_DELAY_US: u64 = 2_000;
/// A device that crashed is down for at most this.
const DOWN_US: u64 = 20_000_000;
/// A full disk has room again after at most this.
const FULL_US: u64 = 60_000_000;
/// How often a healing world connects everybody: letters are carried from device to device, may overtake the list that
/// they belong to, and where a device was copied only one of the two is reached at a time.
const HEALING_ROUNDS: usize = 6;
/// A healed world is quiet within this of its own time, each time that all are connected: nothing stalls.
const QUIET_US: u64 = 60_000_000;
/// Two that have just met are quiet within this many happenings.
const ACQUAINTED_MAX: usize = 2_000;

#[derive(Debug)]
enum Happening {
    Arrival { from: usize, to: usize, bytes: Vec<u8> },
    Turn(usize),
    Wake(usize),
    Restart(usize),
    Parting(usize, usize),
}

#[derive(Debug)]
enum Input {
    Connected(DeviceId),
    Disconnected(DeviceId),
    Packet(DeviceId, Vec<u8>),
    Tick,
}

/// What a person, or a test in a person's name, wants of a device.
#[derive(Debug, Clone)]
pub enum Wish {
    /// Write an event.
    Write(Body),
    /// Delete an event.
    Delete(EventId),
    /// Give a text another wording.
    Edit(EventId, String),
    /// Say what one thinks of an event: an emoji, or empty to take it back.
    React(EventId, String),
    /// Pin an event for all, or take the pin away.
    Pin(EventId, bool),
    /// Say for how many seconds messages may stay; 0: for good.
    Timer(u64),
    /// Take an event out of one's own sight.
    Hide(EventId),
    /// The timeline up to this row was shown.
    Shown(EventRow),
    /// Admit a new device of this person.
    Admit(Device, Vec<Introduction>),
    /// Take a device off the list.
    Remove(DeviceId),
    /// Recover with the words, and keep these devices beside this one.
    Recover(Box<SignKey>, Vec<DeviceId>),
}

/// A person writes a text.
pub fn says(text: &str) -> Wish {
    Wish::Write(Body::Text(text.into()))
}

/// Devices, the network between them, and everything that is to come.
pub struct World {
    /// The devices.
    pub nodes: Vec<Node>,
    /// What goes wrong.
    pub faults: Faults,
    /// What must hold.
    pub check: Check,
    /// What happened.
    pub journal: Journal,
    /// The world's own draws.
    pub rng: Rng,
    recovery: BTreeMap<PersonId, SignKey>,
    sealing: Sealing,
    now_us: u64,
    sequence: u64,
    queue: BTreeMap<(u64, u64), Happening>,
    inboxes: Vec<Vec<Input>>,
    wakes: Vec<Option<u64>>,
    links: BTreeSet<(usize, usize)>,
    partitions: BTreeMap<(usize, usize), u64>,
    past: Vec<(usize, usize, Vec<u8>)>,
    said: Vec<(usize, usize, Packet)>,
}

type Done<T = ()> = Result<T, Broken>;

impl World {
    /// Two devices, Alice-1 and Bob-1, that have just paired and never met since.
    ///
    /// # Errors
    /// [`Broken`] when the conversation can't be founded.
    pub fn pair(seed: u64, sealing: Sealing, journal: Journal) -> Done<Self> {
        let mut rng = Rng::from_number(seed);
        let mut world = Self {
            nodes: Vec::new(),
            faults: Faults { delay_us: 50_000, ..Faults::default() },
            check: Check::default(),
            journal,
            recovery: BTreeMap::new(),
            sealing,
            now_us: 0,
            sequence: 0,
            queue: BTreeMap::new(),
            inboxes: Vec::new(),
            wakes: Vec::new(),
            links: BTreeSet::new(),
            partitions: BTreeMap::new(),
            past: Vec::new(),
            said: Vec::new(),
            rng: rng.fork(),
        };
        let conversation = ConversationId::from_bytes(rng.bytes());
        let (alice, bob) = (Side::new(sealing, rng.fork()), Side::new(sealing, rng.fork()));
        let secret = rng.secret();
        let sides = alice.and_then(|alice| Ok((alice, bob?)));
        let (alice, bob) = sides.map_err(|fault| world.broken(fault.to_string()))?;
        world.recovery.extend([&alice, &bob].map(Side::recovery));
        let paired = Side::pair(alice, bob, conversation, &secret);
        let [alice, bob] = paired.map_err(|fault| world.broken(fault.to_string()))?;
        world.add("Alice-1", &alice.0, alice.1)?;
        world.add("Bob-1", &bob.0, bob.1)?;
        Ok(world)
    }

    /// The two of [`Self::pair`] on the model, after Alice said hello and Bob has it: its event.
    ///
    /// # Errors
    /// [`Broken`] when that can't be.
    pub fn acquainted(seed: u64) -> Done<(Self, EventId)> {
        let mut world = Self::pair(seed, crate::sealing::model, Journal::silent())?;
        world.wish(0, says("hello"))?;
        world.heal(ACQUAINTED_MAX)?;
        let hello = world.id_at(0, EventRow(1)).ok_or_else(|| world.broken("nothing was said".into()))?;
        Ok((world, hello))
    }

    /// The time, in microseconds.
    pub const fn now_us(&self) -> u64 {
        self.now_us
    }

    /// Adds a device that begins with this batch.
    fn add(&mut self, name: &'static str, first: &WriteBatch, rng: Rng) -> Done<usize> {
        let node =
            Node::start(name, first, self.sealing, rng, self.now_us).map_err(|error| self.broken(error.to_string()))?;
        self.journal.line(self.now_us, name, "begins", || format!("{:?} of {:?}", node.id, node.person));
        Ok(self.settle_in(node))
    }

    /// What a person wants of a device; nothing happens while it is down.
    ///
    /// # Errors
    /// [`Broken`] when a rule was broken.
    pub fn wish(&mut self, at: usize, wish: Wish) -> Done {
        self.turn(at, Some(wish))
    }

    /// Lets a span of time pass.
    ///
    /// # Errors
    /// [`Broken`] when a rule was broken.
    pub fn run_for(&mut self, span_us: u64) -> Done {
        let end = self.now_us + span_us;
        while self.queue.first_key_value().is_some_and(|((at, _), _)| *at <= end) {
            self.next()?;
        }
        self.now_us = end;
        Ok(())
    }

    /// Ends all faults, starts and connects every device, and waits until nothing is left to happen.
    ///
    /// # Errors
    /// [`Broken`] when it does not become quiet within `happenings`, or what is left is not what must be.
    pub fn heal(&mut self, happenings: usize) -> Done {
        self.meet(happenings)?;
        self.check.healed(&self.nodes).map_err(|what| self.broken(what))
    }

    /// Ends all faults, starts and connects every device, and waits until nothing is left to happen.
    ///
    /// # Errors
    /// [`Broken`] when it does not become quiet in time.
    pub fn meet(&mut self, happenings: usize) -> Done {
        self.end_faults()?;
        // What is still under way may come late; from here on, time counts.
        self.run_for(DOWN_US)?;
        for round in 0..HEALING_ROUNDS {
            self.connect_all(round % 2 == 1)?;
            let began = self.now_us;
            self.until_quiet(happenings)?;
            if self.now_us - began > QUIET_US {
                return Err(self.broken(format!("it was quiet only after {} s", (self.now_us - began) / 1_000_000)));
            }
        }
        Ok(())
    }

    /// Ends all faults and starts every device that is not lost.
    fn end_faults(&mut self) -> Done {
        self.journal.line(self.now_us, "world", "heals", || "");
        self.faults = Faults { delay_us: 20_000, ..Faults::default() };
        self.partitions.clear();
        for at in 0..self.nodes.len() {
            if let Some(node) = self.nodes.get_mut(at) {
                node.full_until_us = 0;
            }
            if !self.node(at)?.is_up() {
                self.restart(at)?;
            }
        }
        Ok(())
    }

    /// Connects every device with every other. Where a device was copied, the order says which of the two stays.
    fn connect_all(&mut self, backwards: bool) -> Done {
        let devices = self.nodes.len();
        let mut pairs: Vec<_> = (0..devices).flat_map(|a| (a + 1..devices).map(move |b| (a, b))).collect();
        if backwards {
            pairs.reverse();
        }
        pairs.into_iter().try_for_each(|(a, b)| self.connect(a, b).map(|_| ()))
    }

    /// Waits until nothing is left to happen, but that messages whose time runs leave some time.
    ///
    /// # Errors
    /// [`Broken`] when that takes more than `happenings`.
    pub fn until_quiet(&mut self, happenings: usize) -> Done {
        for _ in 0..happenings {
            if self.queue.values().all(|happening| self.is_expiry(happening)) {
                return Ok(());
            }
            self.next()?;
        }
        Err(self.broken(format!("it does not become quiet within {happenings} happenings")))
    }

    /// Whether a device is only woken to let messages go.
    fn is_expiry(&self, happening: &Happening) -> bool {
        let Happening::Wake(at) = happening else { return false };
        let machine = self.nodes.get(*at).and_then(|node| node.machine.as_ref());
        let why = machine.and_then(|machine| machine.deadline()).map(|(_, why)| why);
        // Without a deadline, what it was woken for came to pass meanwhile.
        matches!(why, Some(Timer::Expire) | None)
    }

    fn next(&mut self) -> Done {
        let Some(((at, _), happening)) = self.queue.pop_first() else { return Ok(()) };
        self.now_us = self.now_us.max(at);
        match happening {
            Happening::Arrival { from, to, bytes } => {
                // Packets verify by themselves: one that comes when its connection is gone is as good.
                let linked = self.links.contains(&(from.min(to), from.max(to)));
                if linked || self.happens(self.faults.stray) {
                    let from = self.node(from)?.id;
                    self.give(to, Input::Packet(from, bytes));
                }
                Ok(())
            }
            Happening::Turn(node) => self.turn(node, None),
            Happening::Wake(node) => self.wake(node),
            Happening::Parting(one, other) => self.disconnect(one, other),
            Happening::Restart(node) if self.node(node)?.is_up() => Ok(()),
            Happening::Restart(node) => self.restart(node),
        }
    }

    fn restart(&mut self, at: usize) -> Done {
        let now_us = self.now_us;
        let Some(node) = self.nodes.get_mut(at).filter(|node| !node.lost) else { return Ok(()) };
        self.journal.line(now_us, node.name, "starts", || "");
        let started = node.restart(now_us);
        if let Some(wake) = self.wakes.get_mut(at) {
            *wake = None;
        }
        started.map_err(|error| self.broken(error.to_string()))
    }

    fn wake(&mut self, at: usize) -> Done {
        if let Some(wake) = self.wakes.get_mut(at) {
            *wake = None;
        }
        let node = self.node(at)?;
        let due = node.machine.as_ref().and_then(|machine| machine.deadline());
        if due.is_some_and(|(when, _)| node.world_us(when) <= self.now_us) {
            self.give(at, Input::Tick);
        }
        self.plan_wake(at)
    }

    fn plan_wake(&mut self, at: usize) -> Done {
        let node = self.node(at)?;
        let Some((when, _)) = node.machine.as_ref().and_then(|machine| machine.deadline()) else { return Ok(()) };
        let when = node.world_us(when).max(self.now_us + TURN_DELAY_US + 1);
        if self.wakes.get(at).is_some_and(|planned| planned.is_none_or(|planned| when < planned)) {
            if let Some(wake) = self.wakes.get_mut(at) {
                *wake = Some(when);
            }
            self.push(when, Happening::Wake(at));
        }
        Ok(())
    }

    /// One step of a device that is up.
    fn turn(&mut self, at: usize, wish: Option<Wish>) -> Done {
        let inbox = self.inboxes.get_mut(at).map(std::mem::take).unwrap_or_default();
        let now_us = self.now_us;
        let Some(node) = self.nodes.get_mut(at) else { return Ok(()) };
        let (now, wall) = (node.mono(now_us), node.wall(now_us));
        let Some(machine) = node.machine.as_mut() else { return Ok(()) };
        if inbox.is_empty() && wish.is_none() {
            return Ok(());
        }
        let told = format!("{} inputs{}", inbox.len(), wish.as_ref().map(describe).unwrap_or_default());
        let mut turn = machine.turn(&node.vault, now, wall, &mut node.rng);
        for input in inbox {
            feed(&mut turn, input);
        }
        let deeds = wish.and_then(|wish| grant(&mut turn, wish)).into_iter().collect();
        let step = turn.done();
        let step = step.map_err(|fault| self.broken(fault.to_string()))?;
        self.finish(at, step, deeds, &told)?;
        self.plan_wake(at)
    }

    /// Commits a step and performs its effects, unless a crash comes in front of the commit or behind it, between any two
    /// of the effects, or the disk is full.
    fn finish(&mut self, at: usize, step: Step, deeds: Vec<Deed>, told: &str) -> Done {
        let now_us = self.now_us;
        if !step.batch.is_empty() && self.is_full(at)? {
            self.journal.line(now_us, self.node(at)?.name, "turn", || format!("{told}: the disk is full"));
            return self.fill_disk(at);
        }
        if self.happens(self.faults.lost_steps) {
            self.journal.line(now_us, self.node(at)?.name, "turn", || format!("{told}: lost before its commit"));
            return self.crash(at);
        }
        let Some(node) = self.nodes.get_mut(at) else { return Ok(()) };
        node.vault.apply(&step.batch);
        let node = self.node(at)?;
        let (writes, effects) = (step.batch.writes.len(), step.effects.len());
        self.journal.line(now_us, node.name, "turn", || format!("{told}: {writes} writes, {effects} effects"));
        let node = self.nodes.get(at).ok_or_else(|| self.broken("no such device".into()))?;
        let held = self.check.committed(&self.nodes, node, &step.batch, &step.effects, deeds);
        held.map_err(|what| self.broken(what))?;
        let crash = self.happens(self.faults.lost_effects);
        let done = if crash { self.rng.below(effects as u64 + 1) } else { effects as u64 };
        let done = usize::try_from(done).unwrap_or(effects);
        step.effects.into_iter().take(done).try_for_each(|effect| self.perform(at, effect))?;
        if crash {
            self.journal.line(now_us, self.node(at)?.name, "turn", || format!("only {done} effects come of it"));
            return self.crash(at);
        }
        Ok(())
    }

    fn is_full(&mut self, at: usize) -> Done<bool> {
        Ok(self.node(at)?.full_until_us > self.now_us || self.happens(self.faults.full_disk))
    }

    fn perform(&mut self, at: usize, effect: Effect) -> Done {
        let now_us = self.now_us;
        let node = self.nodes.get(at).ok_or_else(|| self.broken("no such device".into()))?;
        let Effect::Send(to, bytes) = effect else {
            self.journal.line(now_us, node.name, "effect", || format!("{effect:?}"));
            if effect == Effect::Retired {
                return (0..self.nodes.len()).try_for_each(|other| self.disconnect(at, other));
            }
            // As the agent does it: what was sent in front of it arrives before the connection ends.
            if let Effect::PeerGone(device) = effect
                && let Some(other) = self.at_the_other_end(at, device)
            {
                let when = self.now_us + self.faults.delay_us;
                self.push(when, Happening::Parting(at, other));
            }
            return Ok(());
        };
        let packet = whole(node, to, &bytes).map_err(|what| self.broken(what))?;
        self.journal.line(now_us, node.name, "send", || {
            format!("to {}: {}", name_of(&self.nodes, to), describe_packet(&packet, bytes.len()))
        });
        let held = self.check.sent(&self.nodes, node, &packet);
        held.map_err(|what| self.broken(what))?;
        if let Some(to) = self.at_the_other_end(at, to) {
            self.remember_said(at, to, packet);
            self.transmit(at, to, bytes);
        }
        Ok(())
    }

    fn give(&mut self, to: usize, input: Input) {
        if self.nodes.get(to).is_none_or(|node| !node.is_up()) {
            return;
        }
        let Some(inbox) = self.inboxes.get_mut(to) else { return };
        inbox.push(input);
        if inbox.len() == 1 {
            let when = self.now_us + self.rng.below(TURN_DELAY_US);
            self.push(when, Happening::Turn(to));
        }
    }

    fn push(&mut self, when: u64, happening: Happening) {
        self.sequence += 1;
        self.queue.insert((when, self.sequence), happening);
    }

    /// A device by its number.
    ///
    /// # Errors
    /// [`Broken`] when there is no such device.
    pub fn node(&self, at: usize) -> Done<&Node> {
        self.nodes.get(at).ok_or_else(|| self.broken(format!("there is no device {at}")))
    }

    fn broken(&self, what: String) -> Broken {
        Broken { at_us: self.now_us, what }
    }
}

fn feed(turn: &mut Turn<'_>, input: Input) {
    match input {
        Input::Connected(device) => turn.connected(device),
        Input::Disconnected(device) => turn.disconnected(device),
        Input::Packet(from, bytes) => turn.packet(from, &bytes),
        Input::Tick => turn.tick(),
    }
}

/// Does what a person wants; a wish that the core refuses changes nothing.
fn grant(turn: &mut Turn<'_>, wish: Wish) -> Option<Deed> {
    match wish {
        Wish::Write(body) => turn.write(&body).ok().map(Deed::Wrote),
        Wish::Timer(seconds) => turn.set_timer(seconds).ok().flatten().map(Deed::Wrote),
        Wish::Pin(id, pinned) => turn.pin(id, pinned).ok().map(|()| Deed::Pinned(id)),
        Wish::Delete(id) => turn.delete(id).ok().map(|how| Deed::Deleted(id, how)),
        Wish::Edit(id, text) => turn.edit(id, text).ok().map(|edit| Deed::Edited(id, edit)),
        Wish::React(id, emoji) => turn.react(id, &emoji).ok().map(|()| Deed::Reacted(id)),
        // It concerns nobody else: nothing that is checked of a conversation depends on it.
        Wish::Hide(id) => {
            turn.hide(id).ok();
            None
        }
        Wish::Shown(row) => {
            turn.shown(row);
            turn.seen(row);
            Some(Deed::Shown(row))
        }
        Wish::Admit(device, introductions) => {
            turn.admit_sibling(device, introductions).ok();
            None
        }
        Wish::Remove(device) => {
            turn.remove_device(device).ok();
            None
        }
        Wish::Recover(recovery, keep) => {
            turn.recover(&recovery, &keep).ok();
            None
        }
    }
}
