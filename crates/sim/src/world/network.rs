//! The network of a world: what happens to a packet between two devices.

use super::{Done, Happening, Input, World};
use crate::node::Node;
use kith_base::DeviceId;
use kith_proto::conversation::Conversation;
use kith_proto::log::packet::Packet;

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
    /// A crash comes after a step's commit, between any two of its effects.
    pub lost_effects: u64,
    /// A disk is full when a step is to be committed, and for a while after.
    pub full_disk: u64,
    /// A packet that was under way when its connection ended arrives all the same.
    pub stray: u64,
    /// How long a packet takes at most, in microseconds.
    pub delay_us: u64,
}

impl World {
    /// Connects two devices that are up and know each other, unless they are kept apart; says whether it did. An earlier
    /// connection is replaced, also one to a copy of the other device. A device that retired is not connected, as the
    /// agent does not.
    ///
    /// # Errors
    /// [`crate::Broken`] when they know different secrets.
    pub fn connect(&mut self, a: usize, b: usize) -> Done<bool> {
        let (alice, bob) = (self.node(a)?, self.node(b)?);
        let secrets = (alice.pair_secret(bob.id), bob.pair_secret(alice.id));
        let retired = |node: &Node| node.machine.as_ref().is_some_and(Conversation::retired);
        let apart = self.partitions.get(&(a.min(b), a.max(b))).is_some_and(|until| *until > self.now_us);
        if apart || retired(alice) || retired(bob) {
            return Ok(false);
        }
        let (Some(one), Some(other)) = &secrets else { return Ok(false) };
        let (alice, bob) = ((alice.id, alice.name), (bob.id, bob.name));
        if one != other {
            // Both wrote a letter and one is still on its way, or one was set back: neither opens the other's hello.
            self.journal.line(self.now_us, "world", "keeps apart", || format!("{} and {}", alice.1, bob.1));
            return Ok(false);
        }
        for copy in 0..self.nodes.len() {
            let id = self.node(copy)?.id;
            if id == bob.0 && copy != b {
                self.disconnect(a, copy)?;
            }
            if id == alice.0 && copy != a {
                self.disconnect(copy, b)?;
            }
        }
        self.links.insert((a.min(b), a.max(b)));
        self.journal.line(self.now_us, "world", "connects", || format!("{} and {}", alice.1, bob.1));
        self.give(a, Input::Connected(bob.0));
        self.give(b, Input::Connected(alice.0));
        Ok(true)
    }

    /// Ends the connection of two devices; each learns of it.
    ///
    /// # Errors
    /// [`crate::Broken`] when there is no such device.
    pub fn disconnect(&mut self, a: usize, b: usize) -> Done {
        if self.links.remove(&(a.min(b), a.max(b))) {
            let (alice, bob) = (self.node(a)?, self.node(b)?);
            let (alice, bob) = ((alice.id, alice.name), (bob.id, bob.name));
            self.journal.line(self.now_us, "world", "disconnects", || format!("{} and {}", alice.1, bob.1));
            self.give(a, Input::Disconnected(bob.0));
            self.give(b, Input::Disconnected(alice.0));
        }
        Ok(())
    }

    /// Keeps two sets of devices apart for a span of time.
    ///
    /// # Errors
    /// [`crate::Broken`] when there is no such device.
    pub fn keep_apart(&mut self, some: &[usize], others: &[usize], span_us: u64) -> Done {
        let until = self.now_us + span_us;
        for (a, b) in some.iter().flat_map(|a| others.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b) {
            self.disconnect(a, b)?;
            self.partitions.insert((a.min(b), a.max(b)), until);
        }
        let seconds = span_us / 1_000_000;
        self.journal.line(self.now_us, "world", "parts", || format!("{some:?} from {others:?} for {seconds} s"));
        Ok(())
    }

    /// The device that answers to an id on a connection of this one.
    pub(super) fn at_the_other_end(&self, at: usize, id: DeviceId) -> Option<usize> {
        let linked = |other: &usize| self.links.contains(&(at.min(*other), at.max(*other)));
        (0..self.nodes.len()).filter(linked).find(|other| self.nodes.get(*other).is_some_and(|node| node.id == id))
    }

    /// A packet that did not come from where it says: handed to a device as if it came over that connection.
    ///
    /// # Errors
    /// [`crate::Broken`] when a rule was broken.
    pub fn inject(&mut self, from: DeviceId, to: usize, bytes: Vec<u8>) -> Done {
        self.give(to, Input::Packet(from, bytes));
        self.turn(to, None)
    }

    /// Puts a packet on the wire, where it may suffer.
    /// Remembers what a packet says, whole.
    pub(super) fn remember_said(&mut self, from: usize, to: usize, packet: Packet) {
        if self.links.contains(&(from.min(to), from.max(to))) {
            self.said.push((from, to, packet));
            if self.said.len() > REMEMBERED {
                self.said.remove(0);
            }
        }
    }

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
