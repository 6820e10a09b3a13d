//! What people and thieves do to device lists.

use super::{Done, Wish, World};
use kith_base::DeviceId;
use kith_base::codec::Fields;
use kith_proto::crypto::SignKey;
use kith_proto::identity::list::{DeviceList, ListDraft};
use kith_proto::io::StoredEvent;
use kith_proto::io::View;
use kith_proto::log::event::Kind;
use kith_proto::log::introduction::Introduction;
use kith_proto::log::notice::Notice;

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
    /// [`super::Broken`] when the device can't be made.
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
    /// [`super::Broken`] when a rule was broken.
    pub fn recover(&mut self, at: usize, keep: &[DeviceId]) -> Done {
        let person = self.node(at)?.person;
        let recovery = self.recovery.get(&person).cloned();
        let recovery = recovery.ok_or_else(|| self.broken("nobody has such words".into()))?;
        self.wish(at, Wish::Recover(Box::new(recovery), keep.to_vec()))
    }

    /// What a device told its own person, oldest first.
    pub fn notices(&self, at: usize) -> Vec<Notice> {
        let Some(node) = self.nodes.get(at) else { return Vec::new() };
        let notice = |event: &StoredEvent| Notice::decode(&node.vault.body(event.row)?).ok();
        node.vault.events().filter(|event| event.kind == Kind::NOTICE).filter_map(notice).collect()
    }
}
