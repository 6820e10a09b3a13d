//! What people and thieves do to device lists.

use super::{Broken, Done, Wish, World};
use crate::node::Node;
use kith_base::DeviceId;
use kith_base::codec::Fields;
use kith_proto::conversation::Conversation;
use kith_proto::crypto::SignKey;
use kith_proto::identity::list::{DeviceList, ListDraft};
use kith_proto::io::StoredEvent;
use kith_proto::io::View;
use kith_proto::log::event::Kind;
use kith_proto::log::introduction::Introduction;
use kith_proto::log::notice::Notice;
use kith_proto::log::packet::Packet;

/// A device that nobody admitted: made by somebody who copied a pairwise key.
#[derive(Debug)]
pub struct Theft {
    /// The device's number in the world.
    pub at: usize,
    /// The list that names it.
    pub list: Vec<u8>,
    /// Its letters to the devices that were in force.
    pub letters: Vec<Introduction>,
}

impl World {
    /// Somebody who copied everything of the device `at` makes a device of the same person, and signs a list with it:
    /// the successor of the one that stands there, as `change` leaves it. Nobody has heard of it yet.
    ///
    /// # Errors
    /// [`Broken`] when the device can't be made.
    pub fn steal(&mut self, at: usize, name: &'static str, change: impl FnOnce(&mut ListDraft)) -> Done<Theft> {
        let mut rng = self.rng.fork();
        let mut sealer = (self.sealing)(Vec::new());
        let transfer = self.node(at)?.machine.as_ref().and_then(|machine| machine.transfer());
        let transfer = transfer.ok_or_else(|| self.broken("there is nothing to steal".into()))?;
        let bytes = transfer.encode();
        let pairwise = Fields::parse(&bytes).and_then(|fields| fields.array(4));
        let pairwise = pairwise.map_err(|error| self.broken(error.to_string()))?;
        let pairwise = SignKey::from_secret(kith_base::Secret::new(pairwise));
        let bundle = transfer.bundles().0.cloned().ok_or_else(|| self.broken("nobody is there".into()))?;
        let list = self.node(at)?.machine.as_ref().and_then(|machine| machine.own_list()).unwrap_or_default();
        let list = DeviceList::verify(list, &bundle).map_err(|error| self.broken(error.to_string()))?;
        let request = transfer.request(b"card", sealer.as_mut(), &mut rng);
        let mut request = request.map_err(|fault| self.broken(fault.to_string()))?;
        let letters = std::mem::take(&mut request.introductions);
        let mut draft = list.successor();
        draft.devices.push(request.device().clone());
        change(&mut draft);
        let list = DeviceList::sign(draft, &bundle, &pairwise).map_err(|error| self.broken(error.to_string()))?;
        let batch = request.founded(list.bytes(), &std::collections::BTreeMap::new(), sealer.as_mut(), &mut rng);
        let batch = batch.map_err(|fault| self.broken(fault.to_string()))?;
        let at = self.add(name, &batch, rng)?;
        let id = self.node(at)?.id;
        self.check.lost.insert(id);
        Ok(Theft { at, list: list.bytes().to_vec(), letters })
    }

    /// A person types the words at a device, and keeps these beside it.
    ///
    /// # Errors
    /// [`Broken`] when a rule was broken.
    pub fn recover(&mut self, at: usize, keep: &[DeviceId]) -> Done {
        let person = self.node(at)?.person;
        let recovery = self.recovery.get(&person).cloned();
        let recovery = recovery.ok_or_else(|| self.broken("nobody has such words".into()))?;
        self.wish(at, Wish::Recover(Box::new(recovery), keep.to_vec()))
    }

    /// The devices of one side that somebody waits for: neither lost nor doubted.
    pub fn in_use(&self, side: usize) -> Vec<usize> {
        let person = self.nodes.get(side).map(|node| node.person);
        let waited_for = |node: &Node| {
            !self.check.lost.contains(&node.id)
                && !self.check.set_back.contains(&node.id)
                && !self.check.liars.contains(&node.id)
        };
        let own = self.nodes.iter().enumerate().filter(|(_, node)| Some(node.person) == person && waited_for(node));
        own.map(|(at, _)| at).collect()
    }

    /// A person's wish about lists, of which they see whether it was done: the step is spared, as they would try again.
    fn wish_surely(&mut self, at: usize, wish: Wish) -> Done {
        let faults = std::mem::take(&mut self.faults);
        self.turn(at, Some(wish))?;
        self.faults = faults;
        Ok(())
    }

    fn can_write(&self, at: usize) -> Done<bool> {
        let node = self.node(at)?;
        Ok(node.is_up() && node.full_until_us <= self.now_us)
    }

    /// Somebody takes a device off the list at another one of theirs. Nobody waits for it from there on.
    ///
    /// # Errors
    /// [`Broken`] when a rule was broken.
    pub fn remove(&mut self, by: usize, gone: usize) -> Done {
        let gone = self.node(gone)?.id;
        if !self.can_write(by)? {
            return Ok(());
        }
        self.wish_surely(by, Wish::Remove(gone))?;
        if self.node(by)?.machine.as_ref().is_some_and(|machine| machine.verify_key(gone).is_none()) {
            self.check.lost.insert(gone);
        }
        Ok(())
    }

    /// A person recovers with the words at a device and keeps those of theirs; says whether it was done. Nobody waits for
    /// the others from there on.
    ///
    /// # Errors
    /// [`Broken`] when a rule was broken.
    pub fn recover_with(&mut self, at: usize, keep: &[usize]) -> Done<bool> {
        if !self.can_write(at)? {
            return Ok(false);
        }
        let person = self.node(at)?.person;
        let Some(recovery) = self.recovery.get(&person).cloned() else { return Ok(false) };
        let ids = keep.iter().filter_map(|other| Some(self.nodes.get(*other)?.id)).collect::<Vec<_>>();
        let list = |world: &Self| {
            Ok::<_, Broken>(world.node(at)?.machine.as_ref().and_then(|m| m.own_list()).map(<[u8]>::to_vec))
        };
        let before = list(self)?;
        self.wish_surely(at, Wish::Recover(Box::new(recovery), ids.clone()))?;
        if list(self)? == before {
            return Ok(false);
        }
        let me = self.node(at)?.id;
        let gone = self.nodes.iter().filter(|node| node.person == person && node.id != me && !ids.contains(&node.id));
        let gone: Vec<DeviceId> = gone.map(|node| node.id).collect();
        self.check.lost.extend(gone);
        Ok(true)
    }

    /// Somebody who copied everything of a device signs a list with a device of their own, and tells another device.
    /// From here on rules are broken, and only that.
    ///
    /// # Errors
    /// [`Broken`] when a rule was broken.
    pub fn rob(&mut self, at: usize, name: &'static str, told: usize) -> Done {
        let can = self.node(at)?.machine.as_ref().is_some_and(|machine| machine.transfer().is_some());
        let told_is_up = self.node(told)?.is_up();
        if !can || !told_is_up || self.nodes.iter().any(|node| node.name == name) {
            return Ok(());
        }
        self.check.hostile = true;
        let theft = self.steal(at, name, |_| {})?;
        let (from, to) = (self.node(at)?.id, self.node(told)?.id);
        for letter in theft.letters.iter().filter(|letter| letter.to == to) {
            self.inject(from, told, Packet::Introduction(letter.clone()).encode())?;
        }
        self.inject(from, told, Packet::List(theft.list).encode())
    }

    /// All meet; then whoever learns that their lists disagree, or that a device is there which they did not admit,
    /// recovers with the words and keeps what is theirs.
    ///
    /// # Errors
    /// [`Broken`] when a rule was broken.
    pub fn settle_lists(&mut self, happenings: usize) -> Done {
        self.meet(happenings)?;
        for side in 0..2 {
            let Some(person) = self.nodes.get(side).map(|node| node.person) else { continue };
            let own = self.in_use(side);
            let strange = |machine: &Conversation| {
                let theirs =
                    |id: &DeviceId| own.iter().any(|at| self.nodes.get(*at).is_some_and(|node| node.id == *id));
                machine.is_frozen(person)
                    || machine.devices_of(person).iter().any(|id| !theirs(id) && self.check.lost.contains(id))
                    || own
                        .iter()
                        .any(|at| self.nodes.get(*at).is_some_and(|node| machine.verify_key(node.id).is_none()))
            };
            let disagree = self.nodes.iter().filter_map(|node| node.machine.as_ref()).any(strange);
            if disagree {
                self.recover_all(&own)?;
            }
        }
        Ok(())
    }

    /// Recovers at the first device that can, with as many of the others as it knows.
    fn recover_all(&mut self, own: &[usize]) -> Done {
        for at in own {
            let others: Vec<usize> = own.iter().copied().filter(|other| other != at).collect();
            // A device that joined by a list which lost against others may be unknown here.
            let mut sets: Vec<u32> = (0..1 << others.len()).collect();
            sets.sort_by_key(|set| u32::MAX - set.count_ones());
            for set in sets {
                let keep: Vec<usize> =
                    others.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1).map(|(_, at)| *at).collect();
                if self.recover_with(*at, &keep)? {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// What a device told its own person, oldest first.
    pub fn notices(&self, at: usize) -> Vec<Notice> {
        let Some(node) = self.nodes.get(at) else { return Vec::new() };
        let notice = |event: &StoredEvent| Notice::decode(&node.vault.body(event.row)?).ok();
        node.vault.events().filter(|event| event.kind == Kind::NOTICE).filter_map(notice).collect()
    }
}
