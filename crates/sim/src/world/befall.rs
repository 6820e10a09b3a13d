//! What befalls devices: they join, crash, fill their disk, go back in time, are copied, are lost.

use super::{DOWN_US, Done, FULL_US, Happening, Wish, World};
use crate::model_sealer::{Damage, damage};
use crate::node::Node;
use kith_proto::io::{View, Write, WriteBatch};
use kith_proto::memory::MemoryVault;

impl World {
    /// A new device joins beside `at`; `None` while that one is down or can't write. The step of the admission is spared, as the new
    /// device waits for it in the same room.
    ///
    /// # Errors
    /// [`crate::Broken`].
    pub fn join_beside(&mut self, at: usize, name: &'static str) -> Done<Option<usize>> {
        let sealing = self.sealing;
        let mut rng = self.rng.fork();
        let mut sealer = sealing(Vec::new());
        let node = self.node(at)?;
        if node.full_until_us > self.now_us {
            return Ok(None);
        }
        let machine = node.machine.as_ref().filter(|machine| !machine.retired());
        let Some(transfer) = machine.and_then(|machine| machine.transfer()) else { return Ok(None) };
        let request = transfer.request(b"card", sealer.as_mut(), &mut rng);
        let mut request = request.map_err(|fault| self.broken(fault.to_string()))?;
        let letters = std::mem::take(&mut request.introductions);
        let faults = std::mem::take(&mut self.faults);
        self.turn(at, Some(Wish::Admit(request.device().clone(), letters)))?;
        self.faults = faults;
        let Some(machine) = self.node(at)?.machine.as_ref() else { return Ok(None) };
        let (list, cards) = (machine.own_list().unwrap_or_default().to_vec(), machine.cards(b"card".to_vec()));
        let batch = request.founded(&list, &cards, sealer.as_mut(), &mut rng);
        let batch = batch.map_err(|fault| self.broken(fault.to_string()))?;
        self.add(name, &batch, rng).map(Some)
    }

    /// A device goes down, and comes up by itself after a while.
    ///
    /// # Errors
    /// [`crate::Broken`] when there is no such device.
    pub fn crash(&mut self, at: usize) -> Done {
        let name = self.node(at)?.name;
        self.journal.line(self.now_us, name, "crash", || "");
        if let Some(node) = self.nodes.get_mut(at) {
            node.crash();
        }
        if let Some(inbox) = self.inboxes.get_mut(at) {
            inbox.clear();
        }
        for other in 0..self.nodes.len() {
            self.disconnect(at, other)?;
        }
        let back = self.now_us + self.rng.below(DOWN_US);
        self.push(back, Happening::Restart(at));
        Ok(())
    }

    /// A device goes down for good.
    ///
    /// # Errors
    /// [`crate::Broken`] when there is no such device.
    pub fn lose(&mut self, at: usize) -> Done {
        self.crash(at)?;
        let Some(node) = self.nodes.get_mut(at) else { return Ok(()) };
        self.journal.line(self.now_us, node.name, "lost", || "");
        node.lost = true;
        self.check.lost.insert(node.id);
        Ok(())
    }

    /// Nothing can be written to a device's disk for a while. Steps that were not committed did not happen; the
    /// conversation is loaded again and its connections are renewed, as the agent does it.
    pub(super) fn fill_disk(&mut self, at: usize) -> Done {
        let until = self.now_us + self.rng.below(FULL_US);
        let Some(node) = self.nodes.get_mut(at) else { return Ok(()) };
        if node.full_until_us <= self.now_us {
            node.full_until_us = until;
        }
        let loaded = node.reload(self.now_us);
        loaded.map_err(|error| self.broken(error.to_string()))?;
        if let Some(wake) = self.wakes.get_mut(at) {
            *wake = None;
        }
        if let Some(inbox) = self.inboxes.get_mut(at) {
            inbox.clear();
        }
        (0..self.nodes.len()).try_for_each(|other| self.disconnect(at, other))
    }

    /// A copy of a device's disk, or of an earlier state of it, comes up beside it and is as good as it.
    ///
    /// # Errors
    /// [`crate::Broken`] when it can't be started.
    pub fn copy(&mut self, at: usize, name: &'static str, vault: Option<MemoryVault>) -> Done<usize> {
        let rng = self.rng.fork();
        let node = self.node(at)?;
        let vault = vault.unwrap_or_else(|| node.vault.clone());
        let copied = node.copied(name, vault, rng, self.now_us);
        let copy = copied.map_err(|error| self.broken(error.to_string()))?;
        let of = node.name;
        self.journal.line(self.now_us, name, "begins", || format!("a copy of {of}"));
        self.check.was_set_back(copy.id, name);
        Ok(self.settle_in(copy))
    }

    /// Sets a device's disk back to an earlier state and starts it from there.
    ///
    /// # Errors
    /// [`crate::Broken`] when it can't be started.
    pub fn set_back(&mut self, at: usize, vault: MemoryVault) -> Done {
        self.crash(at)?;
        let (id, name) = (self.node(at)?.id, self.node(at)?.name);
        self.check.was_set_back(id, name);
        if let Some(node) = self.nodes.get_mut(at) {
            self.journal.line(self.now_us, node.name, "set back", || format!("to row {}", vault.last_row().0));
            node.vault = vault;
        }
        self.restart(at)
    }

    /// A device crashes, and what its sealer has on disk is damaged.
    ///
    /// # Errors
    /// [`crate::Broken`] when there is no such device.
    pub fn damage(&mut self, at: usize, how: Damage) -> Done {
        self.crash(at)?;
        let Some(node) = self.nodes.get_mut(at) else { return Ok(()) };
        let writes = damage(&node.vault.sealer(), how).into_iter().map(|(key, value)| Write::Sealer(key, value));
        let writes = writes.collect();
        self.journal.line(self.now_us, node.name, "damage", || format!("{how:?}"));
        node.vault.apply(&WriteBatch { writes });
        self.check.damaged.insert(node.id);
        Ok(())
    }

    /// Gives a device its place in the world.
    pub(super) fn settle_in(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.inboxes.push(Vec::new());
        self.wakes.push(None);
        self.nodes.len() - 1
    }
}
