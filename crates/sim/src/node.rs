//! One simulated device: its vault, its machine while it runs, its generator and its wrong clocks.
//!
//! *Up* (the machine is loaded) ⇄ *down* (only the vault is there) → *lost* (it never comes back). Whatever the machine
//! held in memory is gone with it; what a vault is set back to comes from an earlier clone of it. A device that was
//! copied is two nodes of one id.

use crate::sealing::{Rows, Sealing};
use kith_base::{ConversationId, DeviceId, Mono, PersonId, Rng, Secret, Wall};
use kith_proto::conversation::{Conversation, Founding, LoadError, MyOffer, Prospect};
use kith_proto::crypto::SignKey;
use kith_proto::identity::Manifest;
use kith_proto::identity::seed::Root;
use kith_proto::io::{View, WriteBatch};
use kith_proto::memory::MemoryVault;
use kith_proto::sealer::{Sealer, SealerFault};

/// What a clock shows when the world begins.
const START_MS: u64 = 1_780_000_000_000;

/// One device of one person.
pub struct Node {
    /// Such as `Alice-1`.
    pub name: &'static str,
    /// Its id.
    pub id: DeviceId,
    /// Whose it is.
    pub person: PersonId,
    /// What is on its disk.
    pub vault: MemoryVault,
    /// What runs, unless it is down.
    pub machine: Option<Conversation>,
    /// Draws for its turns. A restored device goes on drawing: a real one draws from its system.
    pub rng: Rng,
    /// Its signing key, for forgeries in its name.
    pub key: SignKey,
    /// How far its clock is off, in milliseconds.
    pub skew_ms: i64,
    /// Until when nothing can be written to its disk, in the world's time.
    pub full_until_us: u64,
    /// It never comes back.
    pub lost: bool,
    /// What its disk held at some moment before.
    pub backup: Option<MemoryVault>,
    sealing: Sealing,
    started_us: u64,
}

impl Node {
    /// A device that is up, with the vault that this first batch makes.
    ///
    /// # Errors
    /// [`LoadError`] when the batch is not a whole conversation.
    pub fn start(
        name: &'static str,
        first: &WriteBatch,
        sealing: Sealing,
        rng: Rng,
        now_us: u64,
    ) -> Result<Self, LoadError> {
        let mut vault = MemoryVault::new();
        vault.apply(first);
        let machine = Conversation::load(&vault, sealing(vault.sealer()), Mono(0))?;
        Ok(Self {
            name,
            id: machine.device(),
            person: machine.person(),
            key: machine.signing_key().clone(),
            vault,
            machine: Some(machine),
            rng,
            skew_ms: 0,
            full_until_us: 0,
            lost: false,
            backup: None,
            sealing,
            started_us: now_us,
        })
    }

    /// Another device that holds all that this one holds, from its disk or an earlier state of it.
    ///
    /// # Errors
    /// [`LoadError`] when the vault can't be loaded.
    pub fn copied(&self, name: &'static str, vault: MemoryVault, rng: Rng, now_us: u64) -> Result<Self, LoadError> {
        let mut copy = Self {
            name,
            id: self.id,
            person: self.person,
            key: self.key.clone(),
            vault,
            machine: None,
            rng,
            skew_ms: self.skew_ms,
            full_until_us: 0,
            lost: false,
            backup: None,
            sealing: self.sealing,
            started_us: now_us,
        };
        copy.restart(now_us)?;
        Ok(copy)
    }

    /// Its running time.
    pub fn mono(&self, now_us: u64) -> Mono {
        Mono(now_us.saturating_sub(self.started_us))
    }

    /// The world's time at which its running time is `mono`.
    pub fn world_us(&self, mono: Mono) -> u64 {
        self.started_us.saturating_add(mono.0)
    }

    /// What its clock shows.
    pub fn wall(&self, now_us: u64) -> Wall {
        Wall((START_MS + now_us / 1000).saturating_add_signed(self.skew_ms))
    }

    /// Sets its clock back to 1970, where it starts again.
    pub fn forget_time(&mut self, now_us: u64) {
        self.skew_ms = -i64::try_from(START_MS + now_us / 1000).unwrap_or(i64::MAX);
    }

    /// Whether it runs.
    pub const fn is_up(&self) -> bool {
        self.machine.is_some()
    }

    /// It goes down; the vault stays as it was last committed.
    pub fn crash(&mut self) {
        self.machine = None;
    }

    /// It comes up again from its vault.
    ///
    /// # Errors
    /// [`LoadError`] when what was committed can't be loaded.
    pub fn restart(&mut self, now_us: u64) -> Result<(), LoadError> {
        self.started_us = now_us;
        self.reload(now_us)
    }

    /// Drops what its machine holds in memory and loads what is on disk: the program runs on.
    ///
    /// # Errors
    /// [`LoadError`] when what was committed can't be loaded.
    pub fn reload(&mut self, now_us: u64) -> Result<(), LoadError> {
        let sealer = (self.sealing)(self.vault.sealer());
        self.machine = Some(Conversation::load(&self.vault, sealer, self.mono(now_us))?);
        Ok(())
    }

    /// The secret that it shares with a device, if it knows one.
    pub fn pair_secret(&self, other: DeviceId) -> Option<Secret> {
        let known = self.machine.as_ref()?.known_peers();
        known.into_iter().find(|peer| peer.device == other).map(|peer| peer.pair_secret)
    }
}

/// One side of a relationship before it begins.
pub struct Side {
    prospect: Prospect,
    recovery: SignKey,
    offer: MyOffer,
    sealer: Box<dyn Sealer + Send>,
    rng: Rng,
}

impl Side {
    /// Makes identity, device, list and KeyPackage.
    ///
    /// # Errors
    /// [`SealerFault`] when they can't be made.
    pub fn new(sealing: Sealing, mut rng: Rng) -> Result<Self, SealerFault> {
        let keys = Root::generate(&mut rng).recovery(0);
        let prospect = Prospect::new(&keys.public(), &mut rng).map_err(|error| SealerFault(error.to_string()))?;
        let mut sealer = sealing(Rows::new());
        let offer = prospect.offer(sealer.as_mut(), &mut rng)?;
        Ok(Self { prospect, recovery: keys.sign, offer, sealer, rng })
    }

    /// Whose side it is, and what that person's words recover with.
    pub fn recovery(&self) -> (PersonId, SignKey) {
        (self.prospect.bundle.person(), self.recovery.clone())
    }

    /// Begins two conversations as if the two sides had paired: the pairing itself is tested elsewhere.
    ///
    /// # Errors
    /// [`SealerFault`] when a conversation can't be made.
    pub fn pair(
        alice: Self,
        bob: Self,
        conversation: ConversationId,
        secret: &Secret,
    ) -> Result<[(WriteBatch, Rng); 2], SealerFault> {
        let (of_alice, of_bob) = (alice.shown(), bob.shown());
        Ok([alice.found(of_bob, conversation, secret)?, bob.found(of_alice, conversation, secret)?])
    }

    fn shown(&self) -> (Prospect, MyOffer) {
        (self.prospect.clone(), self.offer.clone())
    }

    fn found(
        self,
        (theirs, their_offer): (Prospect, MyOffer),
        conversation: ConversationId,
        secret: &Secret,
    ) -> Result<(WriteBatch, Rng), SealerFault> {
        let Self { prospect, offer, mut sealer, mut rng, .. } = self;
        let founding = Founding {
            conversation,
            prospect,
            my_offer: offer,
            their_bundle: theirs.bundle,
            their_list: theirs.list,
            their_device: theirs.device,
            their_offer: their_offer.offer,
            pair_secret: secret.clone(),
            their_card: b"card".to_vec(),
            their_manifest: Manifest::CURRENT,
        };
        let batch = founding.batch(sealer.as_mut(), &mut rng)?;
        Ok((batch, rng))
    }
}
