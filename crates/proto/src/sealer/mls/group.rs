//! One send group at one device: the writer's side and the reader's side of the same OpenMLS group.
//!
//! OpenMLS is a group of equals; a send group is not. What is refused here is what OpenMLS would accept: commits and
//! messages of readers, proposals that are neither Add nor Remove, commits without a path, changes of the writer's leaf.

use super::leaf::{self, LeafSigner, Taken};
use super::provider::{Provider, SUITE};
use super::rows::{Changed, Rows, Shelf};
use crate::crypto::SignKey;
use crate::sealer::{Change, Committed, JoinError, LeafKey, OpenError, Opened, SealerFault};
use kith_base::limits::DEVICES_MAX;
use kith_base::{DeviceId, LogId, Rng};
use openmls::prelude::tls_codec::{DeserializeBytes as _, Serialize as _};
use openmls::prelude::{
    GroupId, KeyPackage, KeyPackageBundle, KeyPackageRef, LeafNodeIndex, MlsGroup, MlsGroupCreateConfig,
    MlsGroupJoinConfig, MlsMessageBodyIn, MlsMessageIn, MlsMessageOut, PURE_CIPHERTEXT_WIRE_FORMAT_POLICY,
    PrivateMessageIn, ProcessedMessageContent, Proposal, Sender, SenderRatchetConfiguration, StagedCommit,
    StagedWelcome, Welcome,
};
use openmls_traits::OpenMlsProvider as _;
use openmls_traits::storage::StorageProvider as _;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Keys of generations that come later than they should: none are kept, records come in order (SEAL-004).
const LATE_GENERATIONS: u32 = 0;
/// Generations that may be passed over at once: voided records, and more than a log has between two rekeys (SEAL-005).
const SKIPPED_GENERATIONS: u32 = 1000;

/// A send group: its rows, and the group object as long as it agrees with them.
pub(super) struct SendGroup {
    log: LogId,
    shelf: Shelf,
    live: Option<MlsGroup>,
}

/// What a change comes to in a given group.
struct Plan {
    removes: Vec<LeafNodeIndex>,
    adds: Vec<KeyPackage>,
    unusable: Vec<DeviceId>,
}

impl SendGroup {
    /// The group with these rows.
    pub(super) fn load(log: LogId, rows: Rows) -> Self {
        Self { log, shelf: Shelf::load(rows), live: None }
    }

    /// A new group with its writer as the only leaf (SEAL-001).
    pub(super) fn create(log: LogId, me: &LeafKey, key: &SignKey, rng: &mut Rng) -> Result<Self, SealerFault> {
        let mut shelf = Shelf::default();
        let provider = Provider::making(shelf.working(), rng);
        MlsGroup::new_with_group_id(&provider, &LeafSigner(key), &create_config(), group_id(log), leaf::credential(me))
            .map_err(fault)?;
        // The object that was made would go on keeping what is forgotten here.
        shelf.forget_resumption();
        Ok(Self { log, shelf, live: None })
    }

    /// The group that a Welcome lets this device into, and the KeyPackage it was made for.
    pub(super) fn join(
        log: LogId,
        writer: &LeafKey,
        welcome: &[u8],
        key_packages: &Shelf,
    ) -> Result<(Self, KeyPackageRef), JoinError> {
        let welcome = parse_welcome(welcome).ok_or(JoinError::Refused)?;
        let (reference, bundle) = key_package_for(&welcome, key_packages).ok_or(JoinError::UnknownKeyPackage)?;
        // The new group has rows of its own: nothing of an older membership, no key of it, is left beside them (SEAL-027).
        let shelf = Shelf::default();
        shelf.working().write_key_package(&reference, &bundle).map_err(|_| JoinError::Refused)?;
        let provider = Provider::reading(shelf.working());
        let staged = StagedWelcome::build_from_welcome(&provider, &join_config(), welcome)
            .and_then(|builder| builder.skip_lifetime_validation().build())
            .map_err(|_| JoinError::Refused)?;
        // SEAL-025
        if !is_send_group(&staged, log, writer) {
            return Err(JoinError::Refused);
        }
        let group = staged.into_group(&provider).map_err(|_| JoinError::Refused)?;
        Ok((Self { log, shelf, live: Some(group) }, reference))
    }

    /// The rows that changed since they were last asked for.
    pub(super) fn accept(&mut self) -> Vec<Changed> {
        self.shelf.accept()
    }

    /// The keys of all rows.
    pub(super) fn keys(&self) -> impl Iterator<Item = &Vec<u8>> {
        self.shelf.keys()
    }

    /// Whether this device is the group's writer.
    pub(super) fn is_own(&self) -> bool {
        self.peek(|group| group.own_leaf_index() == writer_leaf()).unwrap_or_default()
    }

    /// The devices that have a leaf, in order.
    pub(super) fn leaves(&self) -> Vec<DeviceId> {
        self.peek(|group| group.members().filter_map(|member| leaf::device(&member.credential)).collect())
            .unwrap_or_default()
    }

    /// Changes the group as its writer (SEAL-040, SEAL-043, SEAL-044).
    pub(super) fn commit(
        &mut self,
        key: &SignKey,
        position: &[u8],
        change: &Change,
        rng: &mut Rng,
    ) -> Result<Committed, SealerFault> {
        self.write(rng, |group, provider| {
            check_signer(group, key)?;
            let plan = plan(group, change)?;
            group.set_aad(position.to_vec());
            let bundle = group
                .commit_builder()
                .propose_removals(plan.removes)
                .propose_adds(plan.adds)
                .force_self_update(true)
                .load_psks(provider.storage())
                .map_err(fault)?
                .create_group_info(false)
                .build(provider.rand(), provider.crypto(), &LeafSigner(key), |_| true)
                .map_err(fault)?
                .stage_commit(provider)
                .map_err(fault)?;
            group.merge_pending_commit(provider).map_err(fault)?;
            let (commit, welcome, _) = bundle.into_messages();
            Ok(Committed {
                commit: bytes(&commit)?,
                welcome: welcome.as_ref().map(bytes).transpose()?,
                unusable: plan.unusable,
            })
        })
    }

    /// Seals a plaintext as the group's writer.
    pub(super) fn seal(
        &mut self,
        key: &SignKey,
        position: &[u8],
        plaintext: &[u8],
        rng: &mut Rng,
    ) -> Result<Vec<u8>, SealerFault> {
        self.write(rng, |group, provider| {
            check_signer(group, key)?;
            group.set_aad(position.to_vec());
            bytes(&group.create_message(provider, &LeafSigner(key), plaintext).map_err(fault)?)
        })
    }

    /// Opens the writer's next record.
    pub(super) fn open(&mut self, writer: &LeafKey, position: &[u8], body: &[u8]) -> Result<Opened, OpenError> {
        let message = parse_body(self.log, body)?;
        if message.aad() != position {
            return Err(OpenError::WrongPosition);
        }
        let mut group = self.take().ok_or(OpenError::NotJoined)?;
        let opened = open_in(&mut group, &Provider::reading(self.shelf.working()), writer, position, message);
        self.settle(group, opened)
    }

    fn write<T>(
        &mut self,
        rng: &mut Rng,
        make: impl FnOnce(&mut MlsGroup, &Provider<'_>) -> Result<T, SealerFault>,
    ) -> Result<T, SealerFault> {
        let mut group = self.take().ok_or_else(|| SealerFault("its rows are damaged".into()))?;
        let made = make(&mut group, &Provider::making(self.shelf.working(), rng));
        self.settle(group, made)
    }

    /// The group object, out of its place until [`Self::settle`].
    fn take(&mut self) -> Option<MlsGroup> {
        self.live.take().or_else(|| self.stored())
    }

    /// After a failure the object is dropped and the rows are what they were; it is loaded again when needed.
    /// SEAL-030.
    fn settle<T, E>(&mut self, group: MlsGroup, result: Result<T, E>) -> Result<T, E> {
        match &result {
            Ok(_) => self.live = Some(group),
            Err(_) => self.shelf.reject(),
        }
        result
    }

    fn peek<T>(&self, look: impl FnOnce(&MlsGroup) -> T) -> Option<T> {
        match &self.live {
            Some(group) => Some(look(group)),
            None => self.stored().as_ref().map(look),
        }
    }

    /// The group object that the rows make. OpenMLS's store panics on a row that it can't read: such rows make none.
    fn stored(&self) -> Option<MlsGroup> {
        let load = || MlsGroup::load(self.shelf.working(), &group_id(self.log)).ok().flatten();
        catch_unwind(AssertUnwindSafe(load)).ok().flatten()
    }
}

fn create_config() -> MlsGroupCreateConfig {
    MlsGroupCreateConfig::builder()
        .ciphersuite(SUITE)
        .capabilities(leaf::capabilities())
        .lifetime(leaf::lifetime())
        .wire_format_policy(PURE_CIPHERTEXT_WIRE_FORMAT_POLICY)
        .use_ratchet_tree_extension(true)
        .max_past_epochs(0)
        .number_of_resumption_psks(0)
        .sender_ratchet_configuration(ratchet())
        .build()
}

// SEAL-004, SEAL-006
fn join_config() -> MlsGroupJoinConfig {
    MlsGroupJoinConfig::builder()
        .wire_format_policy(PURE_CIPHERTEXT_WIRE_FORMAT_POLICY)
        .use_ratchet_tree_extension(true)
        .max_past_epochs(0)
        .number_of_resumption_psks(0)
        .sender_ratchet_configuration(ratchet())
        .build()
}

fn ratchet() -> SenderRatchetConfiguration {
    SenderRatchetConfiguration::new(LATE_GENERATIONS, SKIPPED_GENERATIONS)
}

fn group_id(log: LogId) -> GroupId {
    GroupId::from_slice(log.as_bytes())
}

fn writer_leaf() -> LeafNodeIndex {
    LeafNodeIndex::new(0)
}

fn fault(error: impl Display) -> SealerFault {
    SealerFault(error.to_string())
}

fn bytes(message: &MlsMessageOut) -> Result<Vec<u8>, SealerFault> {
    message.tls_serialize_detached().map_err(fault)
}

fn check_signer(group: &MlsGroup, key: &SignKey) -> Result<(), SealerFault> {
    // SEAL-003
    let own = group.own_leaf_node().filter(|_| group.own_leaf_index() == writer_leaf());
    match own {
        Some(leaf) if leaf.signature_key().as_slice() == key.public().as_bytes() => Ok(()),
        _ => Err(SealerFault("the group is another device's".into())),
    }
}

/// Turns a change into proposals. A KeyPackage that can't be used costs its device only this change: a swap of it does
/// not happen either, so that its old leaf goes on reading (SEAL-015).
fn plan(group: &MlsGroup, change: &Change) -> Result<Plan, SealerFault> {
    let members: BTreeMap<_, _> =
        group.members().filter_map(|member| Some((leaf::device(&member.credential)?, member))).collect();
    let added: BTreeSet<_> = change.add.iter().map(|addition| addition.leaf.device).collect();
    let mut removed: BTreeSet<_> = change.remove.iter().copied().collect();
    check_change(&members.keys().copied().collect(), &removed, &added, change.add.len())?;

    let mut taken = Taken::default();
    for (device, member) in &members {
        if added.contains(device) || !removed.contains(device) {
            taken.member(*device, member);
        }
    }
    let (mut adds, mut unusable) = (Vec::new(), Vec::new());
    for addition in &change.add {
        let device = addition.leaf.device;
        match leaf::key_package(&addition.leaf, &addition.key_package) {
            Some(package) if taken.newcomer(device, &package) => adds.push(package),
            _ => {
                removed.remove(&device);
                unusable.push(device);
            }
        }
    }
    // SEAL-007
    if members.len() + adds.len() > DEVICES_MAX + removed.len() {
        return Err(SealerFault("the conversation has too many devices".into()));
    }
    // SEAL-033
    let removes = removed.iter().filter_map(|device| members.get(device).map(|member| member.index)).collect();
    Ok(Plan { removes, adds, unusable })
}

fn check_change(
    members: &BTreeSet<DeviceId>,
    removed: &BTreeSet<DeviceId>,
    added: &BTreeSet<DeviceId>,
    additions: usize,
) -> Result<(), SealerFault> {
    let stays = |device: &DeviceId| members.contains(device) && !removed.contains(device);
    let contradiction = if !removed.is_subset(members) {
        "a device to remove has no leaf"
    } else if added.iter().any(stays) {
        "a device to add has a leaf"
    } else if added.len() != additions {
        "a device is added twice"
    } else {
        return Ok(());
    };
    Err(SealerFault(contradiction.into()))
}

fn parse_welcome(bytes: &[u8]) -> Option<Welcome> {
    match MlsMessageIn::tls_deserialize_exact_bytes(bytes).ok()?.extract() {
        MlsMessageBodyIn::Welcome(welcome) => Some(welcome),
        _ => None,
    }
}

fn key_package_for(welcome: &Welcome, key_packages: &Shelf) -> Option<(KeyPackageRef, KeyPackageBundle)> {
    welcome.secrets().iter().find_map(|secret| {
        let reference = secret.new_member();
        let bundle = key_packages.working().key_package(&reference).ok()??;
        Some((reference, bundle))
    })
}

fn is_send_group(staged: &StagedWelcome, log: LogId, writer: &LeafKey) -> bool {
    let context = staged.group_context();
    let owner = staged.members().next();
    *context.group_id() == group_id(log)
        && context.extensions().iter().next().is_none()
        && staged.welcome_sender_index() == writer_leaf()
        && staged.own_leaf_index() != writer_leaf()
        && staged.members().count() <= DEVICES_MAX
        && owner.is_some_and(|member| {
            member.index == writer_leaf() && leaf::belongs_to(writer, &member.credential, &member.signature_key)
        })
}

fn parse_body(log: LogId, body: &[u8]) -> Result<PrivateMessageIn, OpenError> {
    let message = MlsMessageIn::tls_deserialize_exact_bytes(body).map_err(|_| OpenError::Undecryptable)?;
    match message.extract() {
        // SEAL-020
        MlsMessageBodyIn::PrivateMessage(message) if *message.group_id() == group_id(log) => Ok(message),
        MlsMessageBodyIn::PrivateMessage(_) => Err(OpenError::WrongPosition),
        _ => Err(OpenError::NotAllowed),
    }
}

fn open_in(
    group: &mut MlsGroup,
    provider: &Provider<'_>,
    writer: &LeafKey,
    position: &[u8],
    message: PrivateMessageIn,
) -> Result<Opened, OpenError> {
    let owner = group.member_at(writer_leaf()).ok_or(OpenError::NotTheWriter)?;
    if !leaf::belongs_to(writer, &owner.credential, &owner.signature_key) {
        return Err(OpenError::NotTheWriter);
    }
    let processed = group.process_message(provider, message).map_err(|_| OpenError::Undecryptable)?;
    // SEAL-022
    if *processed.sender() != Sender::Member(writer_leaf()) {
        return Err(OpenError::NotTheWriter);
    }
    // SEAL-021
    if processed.aad() != position {
        return Err(OpenError::WrongPosition);
    }
    match processed.into_content() {
        ProcessedMessageContent::ApplicationMessage(message) => Ok(Opened::Application(message.into_bytes())),
        ProcessedMessageContent::StagedCommitMessage(commit) => {
            check_commit(&commit, writer, group.members().count())?;
            group.merge_staged_commit(provider, *commit).map_err(|_| OpenError::Undecryptable)?;
            Ok(Opened::Commit)
        }
        _ => Err(OpenError::NotAllowed),
    }
}

/// Whether a commit of leaf 0 is one that a writer makes: leaves in, leaves out, not too many, its own leaf refreshed
/// and still its own.
fn check_commit(commit: &StagedCommit, writer: &LeafKey, members: usize) -> Result<(), OpenError> {
    // SEAL-024
    if commit.self_removed() {
        return Err(OpenError::Removed);
    }
    // SEAL-023
    let allowed = commit.queued_proposals().all(|queued| match queued.proposal() {
        Proposal::Add(_) => true,
        Proposal::Remove(remove) => remove.removed() != writer_leaf(),
        _ => false,
    });
    let fits = members + commit.add_proposals().count() <= DEVICES_MAX + commit.remove_proposals().count();
    let path = commit.update_path_leaf_node().filter(|_| allowed && fits).ok_or(OpenError::NotAllowed)?;
    // SEAL-008
    if leaf::belongs_to(writer, path.credential(), path.signature_key().as_slice()) {
        Ok(())
    } else {
        Err(OpenError::NotTheWriter)
    }
}
