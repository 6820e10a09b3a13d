//! A sealer that hides nothing and obeys every rule: the model of MLS send groups.
//!
//! It keeps the rules that the core rests on (`spec/sealing.md`): one-use KeyPackages, leaf 0 is the writer, epochs and
//! generations strictly in order, the position bound, a removed reader reads no further. It does so without
//! cryptography but one signature per message, so that hundreds of seeds run in a minute. What it seals lies in the
//! clear behind a list of who may read it; [`look_into`] shows both to the checkers, which is the point of it.
//!
//! A reader opens a message only if it holds the epoch's secret, and learns the next epoch's only from a commit that
//! names the KeyPackage it joined with, or from a Welcome made for one it holds. Nothing else is kept, so that a state
//! that was lost, set back or copied behaves as with MLS.
//!
//! State of a group: *none* → `create` or `join` → *at (epoch, generation)*. All of it is rows (`drain`), one for each
//! unused KeyPackage and one for each group.

#[cfg(test)]
mod tests;
mod wire;

use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{DeviceId, LogId, Rng, Secret};
use kith_proto::crypto::SignKey;
use kith_proto::sealer::{
    Addition, Change, Committed, JoinError, LeafKey, OpenError, Opened, Sealer, SealerFault, SealerRow,
};
use std::collections::BTreeMap;
use wire::{APPLICATION, COMMIT, Frame, KeyPackage, Leaf, Message, WELCOME, decode_leaves, encode_leaves, frame};

/// Sizes of the real sealer, measured with two to four leaves: what a limit or a batch size sees is alike.
const KEY_PACKAGE_BYTES: usize = 2650;
const COMMIT_BYTES: usize = 4000;
const WELCOME_BYTES: usize = 4600;
const MESSAGE_OVERHEAD_BYTES: usize = 146;
/// How far a message may be ahead of the next generation: voided records leave gaps.
const GENERATIONS_AHEAD_MAX: u64 = 1000;

/// What names one KeyPackage: random, used once.
pub type PackageId = [u8; 32];

/// What the model sealed, as a checker sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Whether it changes the group.
    pub commit: bool,
    /// The log whose group it belongs to.
    pub log: LogId,
    /// The devices that can open it, the writer first.
    pub readers: Vec<DeviceId>,
    /// The KeyPackages that the leaves after it rest on.
    pub packages: Vec<PackageId>,
    /// What was sealed; nothing in a commit.
    pub plaintext: Vec<u8>,
}

/// Reads what nobody outside may: who can open a body, and what is inside. `None` for anything the model did not make.
pub fn look_into(body: &[u8]) -> Option<Sealed> {
    let message = Message::decode(Frame::decode(body).ok()?.inner).ok()?;
    Some(Sealed {
        commit: message.kind == COMMIT,
        log: message.log,
        readers: message.leaves.iter().map(|leaf| leaf.device).collect(),
        packages: message.leaves.iter().map(|leaf| leaf.package).collect(),
        plaintext: message.content,
    })
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    epoch: u64,
    generation: u64,
    secret: Secret,
    leaves: Vec<Leaf>,
    /// The KeyPackage that this device's own leaf came with.
    mine: PackageId,
    own: bool,
}

/// One conversation's send groups at one device. See the module's documentation.
#[derive(Debug, Default)]
pub struct ModelSealer {
    groups: BTreeMap<LogId, Group>,
    packages: BTreeMap<PackageId, DeviceId>,
    changed: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
}

impl ModelSealer {
    /// A sealer without any group.
    pub fn new() -> Self {
        Self::default()
    }

    /// The sealer with the rows that [`Sealer::drain`] gave; a row that can't be read is as if it were lost.
    pub fn load(rows: impl IntoIterator<Item = (Vec<u8>, Vec<u8>)>) -> Self {
        let mut sealer = Self::new();
        for (key, value) in rows {
            match key.split_first() {
                Some((b'g', log)) => {
                    if let (Some(log), Ok(group)) = (LogId::from_slice(log), Group::decode(&value)) {
                        sealer.groups.insert(log, group);
                    }
                }
                Some((b'p', id)) => {
                    if let (Ok(id), Some(device)) = (id.try_into(), DeviceId::from_slice(&value)) {
                        sealer.packages.insert(id, device);
                    }
                }
                _ => {}
            }
        }
        sealer
    }

    fn store_group(&mut self, log: LogId, group: Group) {
        let key = [&b"g"[..], log.as_bytes()].concat();
        self.changed.insert(key, Some(group.encode()));
        self.groups.insert(log, group);
    }

    fn drop_package(&mut self, id: &PackageId) {
        if self.packages.remove(id).is_some() {
            self.changed.insert([&b"p"[..], id].concat(), None);
        }
    }

    /// The group that this device writes, and the frame of the next message in it.
    fn own_group(&self, log: LogId, position: &[u8]) -> Result<(Group, Message), SealerFault> {
        let group = self.groups.get(&log).filter(|group| group.own).cloned();
        let group = group.ok_or_else(|| SealerFault("the group is another device's, or there is none".into()))?;
        let message = Message {
            kind: APPLICATION,
            log,
            epoch: group.epoch,
            generation: group.generation,
            sender: 0,
            position: position.to_vec(),
            secret: None,
            leaves: group.leaves.clone(),
            content: Vec::new(),
        };
        Ok((group, message))
    }
}

impl Sealer for ModelSealer {
    fn create(&mut self, log: LogId, me: LeafKey, _: &SignKey, rng: &mut Rng) -> Result<(), SealerFault> {
        if self.groups.contains_key(&log) {
            return Err(SealerFault("the log has a group".into()));
        }
        let mine = rng.bytes();
        let leaves = vec![Leaf { device: me.device, package: mine }];
        self.store_group(log, Group { epoch: 0, generation: 0, secret: rng.secret(), leaves, mine, own: true });
        Ok(())
    }

    fn key_package(&mut self, me: LeafKey, key: &SignKey, rng: &mut Rng) -> Result<Vec<u8>, SealerFault> {
        let id: PackageId = rng.bytes();
        let package = KeyPackage { device: me.device, key: me.key, id };
        self.packages.insert(id, me.device);
        self.changed.insert([&b"p"[..], &id].concat(), Some(me.device.as_bytes().to_vec()));
        Ok(frame(&package.encode(), None, key, KEY_PACKAGE_BYTES))
    }

    fn forget_key_package(&mut self, key_package: &[u8]) {
        if let Ok(package) = Frame::decode(key_package).and_then(|frame| KeyPackage::decode(frame.inner)) {
            self.drop_package(&package.id);
        }
    }

    fn commit(
        &mut self,
        log: LogId,
        key: &SignKey,
        position: &[u8],
        change: &Change,
        rng: &mut Rng,
    ) -> Result<Committed, SealerFault> {
        let (group, mut message) = self.own_group(log, position)?;
        let (leaves, unusable) = changed_leaves(&group, change)?;
        let joined = leaves.iter().any(|leaf| !group.leaves.contains(leaf));
        let next = Group { epoch: group.epoch + 1, generation: 0, secret: rng.secret(), leaves, ..group.clone() };
        message.kind = COMMIT;
        message.secret = Some(next.secret.clone());
        message.leaves = next.leaves.clone();
        let commit = frame(&message.encode(), Some(&group.secret), key, COMMIT_BYTES);
        let welcome = Message { kind: WELCOME, epoch: next.epoch, position: Vec::new(), ..message };
        let welcome = joined.then(|| frame(&welcome.encode(), None, key, WELCOME_BYTES));
        self.store_group(log, next);
        Ok(Committed { commit, welcome, unusable })
    }

    fn seal(
        &mut self,
        log: LogId,
        key: &SignKey,
        position: &[u8],
        plaintext: &[u8],
        _: &mut Rng,
    ) -> Result<Vec<u8>, SealerFault> {
        let (mut group, mut message) = self.own_group(log, position)?;
        message.content = plaintext.to_vec();
        group.generation += 1;
        let sealed = frame(&message.encode(), Some(&group.secret), key, plaintext.len() + MESSAGE_OVERHEAD_BYTES);
        self.store_group(log, group);
        Ok(sealed)
    }

    fn join(&mut self, log: LogId, writer: LeafKey, welcome: &[u8]) -> Result<(), JoinError> {
        if self.groups.get(&log).is_some_and(|group| group.own) {
            return Err(JoinError::Refused);
        }
        let frame = Frame::decode(welcome).map_err(|_| JoinError::Refused)?;
        let message = Message::decode(frame.inner).map_err(|_| JoinError::Refused)?;
        let held = message.leaves.iter().find(|leaf| self.packages.contains_key(&leaf.package));
        let mine = held.ok_or(JoinError::UnknownKeyPackage)?.package;
        let writes = message.leaves.first().is_some_and(|leaf| leaf.device == writer.device);
        let fits = message.kind == WELCOME && message.log == log && message.sender == 0;
        if !writes || !fits || !frame.signed_by(&writer.key) {
            return Err(JoinError::Refused);
        }
        let secret = message.secret.ok_or(JoinError::Refused)?;
        self.drop_package(&mine);
        let group = Group { epoch: message.epoch, generation: 0, secret, leaves: message.leaves, mine, own: false };
        self.store_group(log, group);
        Ok(())
    }

    fn open(&mut self, log: LogId, writer: LeafKey, position: &[u8], body: &[u8]) -> Result<Opened, OpenError> {
        let group = self.groups.get(&log).filter(|group| !group.own).ok_or(OpenError::NotJoined)?;
        let frame = Frame::decode(body).map_err(|_| OpenError::Undecryptable)?;
        let message = Message::decode(frame.inner).map_err(|_| OpenError::Undecryptable)?;
        if message.log != log || message.kind == WELCOME {
            return Err(OpenError::NotAllowed);
        }
        if message.position != position {
            return Err(OpenError::WrongPosition);
        }
        if message.epoch != group.epoch || !frame.made_under(&group.secret) {
            return Err(OpenError::Undecryptable);
        }
        if message.sender != 0 {
            return Err(OpenError::NotTheWriter);
        }
        if !frame.signed_by(&writer.key) {
            return Err(OpenError::Undecryptable);
        }
        let (group, opened) = group.after(message)?;
        self.store_group(log, group);
        Ok(opened)
    }

    fn leaves(&self, log: LogId) -> Vec<DeviceId> {
        let group = self.groups.get(&log);
        group.map(|group| group.leaves.iter().map(|leaf| leaf.device).collect()).unwrap_or_default()
    }

    fn usable(&self, addition: &Addition) -> bool {
        usable(addition).is_some()
    }

    fn forget_group(&mut self, log: LogId) {
        if self.groups.remove(&log).is_some() {
            self.changed.insert([&b"g"[..], log.as_bytes()].concat(), None);
        }
    }

    fn drain(&mut self) -> Vec<SealerRow> {
        std::mem::take(&mut self.changed).into_iter().collect()
    }
}

/// A body that a reader makes in a writer's log, with all that it knows: the epoch's secret, but not the writer's key.
/// The real attacker can do no more. `None` when it reads no such log.
pub fn forge(reader: &ModelSealer, log: LogId, key: &SignKey, position: &[u8], commit: bool) -> Option<Vec<u8>> {
    let group = reader.groups.get(&log)?;
    let sender = group.leaves.iter().position(|leaf| leaf.package == group.mine)? as u64;
    let message = Message {
        kind: if commit { COMMIT } else { APPLICATION },
        log,
        epoch: group.epoch,
        generation: group.generation,
        sender,
        position: position.to_vec(),
        secret: commit.then(|| group.secret.clone()),
        leaves: group.leaves.clone(),
        content: b"forged".to_vec(),
    };
    Some(frame(&message.encode(), Some(&group.secret), key, MESSAGE_OVERHEAD_BYTES))
}

/// How the rows of a sealer are damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// The groups that are read are gone.
    GroupLost,
    /// The next message of each group that is read can't be opened.
    MessageMissed,
    /// The unused KeyPackages are gone.
    PackageLost,
    /// The group that is written is gone.
    OwnGroupLost,
}

/// The rows to write for some damage.
pub fn damage(rows: &[(Vec<u8>, Vec<u8>)], how: Damage) -> Vec<SealerRow> {
    let damaged = rows.iter().filter_map(|(key, value)| match (key.first()?, how) {
        (b'p', Damage::PackageLost) => Some((key.clone(), None)),
        (b'g', Damage::OwnGroupLost) => {
            Group::decode(value).ok().filter(|group| group.own).map(|_| (key.clone(), None))
        }
        (b'g', Damage::GroupLost | Damage::MessageMissed) => {
            let mut group = Group::decode(value).ok().filter(|group| !group.own)?;
            group.generation += 1;
            Some((key.clone(), (how == Damage::MessageMissed).then(|| group.encode())))
        }
        _ => None,
    });
    damaged.collect()
}

/// The leaves after a change, and the devices whose KeyPackage can't be used: these keep the leaf they have.
fn changed_leaves(group: &Group, change: &Change) -> Result<(Vec<Leaf>, Vec<DeviceId>), SealerFault> {
    let has = |device: &DeviceId| group.leaves.iter().skip(1).any(|leaf| leaf.device == *device);
    if !change.remove.iter().all(has) {
        return Err(SealerFault("a device to remove has no leaf".into()));
    }
    let stays = |addition: &Addition| has(&addition.leaf.device) && !change.remove.contains(&addition.leaf.device);
    if change.add.iter().any(stays) {
        return Err(SealerFault("a device to add has a leaf".into()));
    }
    let (mut fresh, mut unusable) = (Vec::new(), Vec::new());
    for addition in &change.add {
        match usable(addition) {
            Some(leaf) => fresh.push(leaf),
            None => unusable.push(addition.leaf.device),
        }
    }
    let goes = |leaf: &Leaf| change.remove.contains(&leaf.device) && !unusable.contains(&leaf.device);
    let mut leaves: Vec<Leaf> = group.leaves.iter().filter(|leaf| !goes(leaf)).copied().collect();
    leaves.extend(fresh);
    Ok((leaves, unusable))
}

fn usable(addition: &Addition) -> Option<Leaf> {
    let frame = Frame::decode(&addition.key_package).ok()?;
    let package = KeyPackage::decode(frame.inner).ok()?;
    let named = package.device == addition.leaf.device && package.key == addition.leaf.key;
    (named && frame.signed_by(&package.key)).then_some(Leaf { device: package.device, package: package.id })
}

impl Group {
    /// The group after the writer's next message.
    fn after(&self, message: Message) -> Result<(Self, Opened), OpenError> {
        if message.kind == COMMIT {
            if !message.leaves.iter().any(|leaf| leaf.package == self.mine) {
                return Err(OpenError::Removed);
            }
            let secret = message.secret.ok_or(OpenError::Undecryptable)?;
            let next = Self { epoch: self.epoch + 1, generation: 0, secret, leaves: message.leaves, ..self.clone() };
            return Ok((next, Opened::Commit));
        }
        let ahead = message.generation.checked_sub(self.generation).ok_or(OpenError::Undecryptable)?;
        if ahead > GENERATIONS_AHEAD_MAX {
            return Err(OpenError::Undecryptable);
        }
        Ok((Self { generation: message.generation + 1, ..self.clone() }, Opened::Application(message.content)))
    }

    fn encode(&self) -> Vec<u8> {
        let leaves = encode_leaves(&self.leaves);
        Writer::new()
            .number(Tag::must(1), self.epoch)
            .number(Tag::must(2), self.generation)
            .bytes(Tag::must(3), self.secret.expose())
            .list(Tag::must(4), leaves.iter().map(Vec::as_slice))
            .bytes(Tag::must(5), &self.mine)
            .number(Tag::must(6), u64::from(self.own))
            .done()
    }

    fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        Ok(Self {
            epoch: fields.number(1)?,
            generation: fields.number(2)?,
            secret: Secret::new(fields.array(3)?),
            leaves: decode_leaves(&fields, 4)?,
            mine: fields.array(5)?,
            own: fields.number(6)? != 0,
        })
    }
}
