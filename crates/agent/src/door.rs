//! kith-door: ways in that only tests have. The shipped build lacks this module; a test proves it.
//!
//! [`join_device`] makes a second home into another device of the same person, in one relationship, with both agents
//! stopped: the four steps of `kith_proto::conversation` without the exchange between own devices that carries them in
//! the product.

use crate::clock::{Clock, system_rng};
use crate::core::State;
use kith_api::{Error, ErrorKind};
use kith_base::{ContactId, DeviceId, LogId, Rng, Secret};
use kith_net::{Card, EndpointId};
use kith_proto::conversation::Conversation;
use kith_proto::crypto::SignKey;
use kith_proto::io::{Effect, PeerKnown, View as _};
use kith_proto::sealer::mls::MlsSealer;
use kith_proto::sealer::{
    Addition, Change, Committed, JoinError, LeafKey, OpenError, Opened, Sealer, SealerFault, SealerRow,
};
use kith_store::{ContactRow, ConversationVault, Durability, Home, PeerRow, StoreError};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

/// What a test asks of an agent that it starts, by its environment.
const PANIC_TURNS: &str = "KITH_DOOR_PANIC_TURNS";
/// The format of sealing state that this process takes for its own.
const SEALER_FORMAT: &str = "KITH_DOOR_SEALER_FORMAT";
/// Turns that were made to panic.
static PANICKED: AtomicU32 = AtomicU32::new(0);

/// Whether this turn is to panic: `KITH_DOOR_PANIC_TURNS=NAME=2` asks for it in the first two turns of that contact in
/// which somebody sends.
pub(crate) fn turn_panics(name: &str, sends: bool) -> bool {
    let asked = std::env::var(PANIC_TURNS).unwrap_or_default();
    let Some((contact, turns)) = asked.split_once('=') else { return false };
    let turns: u32 = turns.parse().unwrap_or_default();
    sends && contact == name && PANICKED.fetch_add(1, Ordering::Relaxed) < turns
}

/// `KITH_DOOR_SEALER_FORMAT=2` makes this process one that keeps sealing state in another format.
pub(crate) fn set_sealer_format() {
    if let Some(format) = std::env::var(SEALER_FORMAT).ok().and_then(|format| format.parse().ok()) {
        kith_store::SEALER_FORMAT.store(format, Ordering::Relaxed);
    }
}

/// A sealer that fails on one record: the first that it opens when the file that `KITH_DOOR_PANIC_RECORD` or
/// `KITH_DOOR_ABORT_RECORD` names is not there. The file then has that record's place, and a line for each time it was
/// tried: the first variable makes the turn panic, the second ends the process as an overflow of the stack would.
pub(crate) struct FaultySealer(pub(crate) MlsSealer);

/// Fails if this is the record to fail on.
fn fail_on(position: &[u8]) {
    let asked = |name| std::env::var_os(name).map(std::path::PathBuf::from);
    let (panics, aborts) = (asked("KITH_DOOR_PANIC_RECORD"), asked("KITH_DOOR_ABORT_RECORD"));
    let Some(file) = panics.as_ref().or(aborts.as_ref()) else { return };
    let place = format!("{position:?}\n");
    let tries = std::fs::read_to_string(file).unwrap_or_default();
    if !tries.is_empty() && !tries.starts_with(&place) {
        return;
    }
    drop(std::fs::write(file, tries + &place));
    assert!(panics.is_none(), "kith-door: this record was to fail");
    std::process::abort();
}

impl Sealer for FaultySealer {
    fn create(&mut self, log: LogId, me: LeafKey, key: &SignKey, rng: &mut Rng) -> Result<(), SealerFault> {
        self.0.create(log, me, key, rng)
    }

    fn key_package(&mut self, me: LeafKey, key: &SignKey, rng: &mut Rng) -> Result<Vec<u8>, SealerFault> {
        self.0.key_package(me, key, rng)
    }

    fn forget_key_package(&mut self, key_package: &[u8]) {
        self.0.forget_key_package(key_package);
    }

    fn commit(
        &mut self,
        log: LogId,
        key: &SignKey,
        position: &[u8],
        change: &Change,
        rng: &mut Rng,
    ) -> Result<Committed, SealerFault> {
        self.0.commit(log, key, position, change, rng)
    }

    fn seal(
        &mut self,
        log: LogId,
        key: &SignKey,
        position: &[u8],
        plaintext: &[u8],
        rng: &mut Rng,
    ) -> Result<Vec<u8>, SealerFault> {
        self.0.seal(log, key, position, plaintext, rng)
    }

    fn join(&mut self, log: LogId, writer: LeafKey, welcome: &[u8]) -> Result<(), JoinError> {
        self.0.join(log, writer, welcome)
    }

    fn open(&mut self, log: LogId, writer: LeafKey, position: &[u8], body: &[u8]) -> Result<Opened, OpenError> {
        fail_on(position);
        self.0.open(log, writer, position, body)
    }

    fn leaves(&self, log: LogId) -> Vec<DeviceId> {
        self.0.leaves(log)
    }

    fn usable(&self, addition: &Addition) -> bool {
        self.0.usable(addition)
    }

    fn forget_group(&mut self, log: LogId) {
        self.0.forget_group(log);
    }

    fn drain(&mut self) -> Vec<SealerRow> {
        self.0.drain()
    }
}

/// Lets the device of home `to` join the relationship that home `from` has with `contact`.
///
/// # Errors
/// [`Error`] when a home can't be opened, has no such contact, or the step fails.
pub fn join_device(from: &Path, contact: &str, to: &Path) -> Result<(), Error> {
    let mut rng = system_rng()?;
    let first = Home::open(from, None, Durability::Full).map_err(|error| failed(&error))?;
    let second = Home::open(to, None, Durability::Full).map_err(|error| failed(&error))?;
    let row = first.registry().contacts_named(contact).map_err(|error| failed(&error))?.pop();
    let row = row.ok_or_else(|| Error::new(ErrorKind::NotFound, "contact-gone", []))?;
    let mut vault = open(&first, &row)?;
    let mut machine = load(&vault)?;
    let transfer = machine.transfer().ok_or_else(|| odd("the first device can't change the list"))?;
    let (mut sealer, card) = (MlsSealer::new(), card(&second)?);
    let request = transfer.request(&card.encode(), &mut sealer, &mut rng).map_err(|error| odd(&error.to_string()))?;
    let clock = Clock::start();
    let mut turn = machine.turn(&vault, clock.mono(), clock.wall(), &mut rng);
    turn.admit_sibling(request.device().clone(), request.introductions.clone())
        .map_err(|error| odd(&error.to_string()))?;
    let step = turn.done().map_err(|error| odd(&error.to_string()))?;
    vault.commit(&step.batch).map_err(|error| failed(&error))?;
    for effect in step.effects {
        if let Effect::PeerKnown(known) = effect {
            put_peer(&first, row.id, &machine, known)?;
        }
    }
    let list = machine.own_list().ok_or_else(|| odd("the list is missing"))?.to_vec();
    let cards = machine.cards(self::card(&first)?.encode());
    let batch = request.founded(&list, &cards, &mut sealer, &mut rng).map_err(|error| odd(&error.to_string()))?;
    let slot = second.new_slot(&mut rng).map_err(|error| failed(&error))?;
    let joined = ContactRow {
        id: ContactId::from_bytes(rng.bytes()),
        host_label: kith_base::id::base32(&rng.bytes::<16>()),
        vault: Some(slot.clone()),
        // The pairwise key lies in the vault. None at all would say that the contact came from a backup (BAK-023).
        identity: b"in the vault".to_vec(),
        state: State::Connected as u64,
        stage: 3,
        ..row
    };
    second.registry().put_contact(&joined).map_err(|error| failed(&error))?;
    let mut vault = second.create_vault(&slot).map_err(|error| failed(&error))?;
    vault.commit(&batch).map_err(|error| failed(&error))?;
    let machine = load(&vault)?;
    for known in machine.known_peers() {
        put_peer(&second, joined.id, &machine, known)?;
    }
    Ok(())
}

/// Where a home's device will be found: by its endpoint id, at what the LAN shows.
fn card(home: &Home) -> Result<Card, Error> {
    let key = home.registry().local("endpoint key").map_err(|error| failed(&error))?;
    let key = key.as_deref().and_then(Secret::from_slice).ok_or_else(|| odd("a home was never started"))?;
    Ok(Card::new(EndpointId(*SignKey::from_secret(key).public().as_bytes())))
}

fn open(home: &Home, row: &ContactRow) -> Result<ConversationVault, Error> {
    let slot = row.vault.as_ref().ok_or_else(|| odd("the contact has no vault"))?;
    home.open_vault(slot).map_err(|error| failed(&error))
}

fn load(vault: &ConversationVault) -> Result<Conversation, Error> {
    let sealer = MlsSealer::load(vault.sealer());
    Conversation::load(vault, Box::new(sealer), kith_base::Mono::default()).map_err(|error| odd(&error.to_string()))
}

fn put_peer(home: &Home, contact: ContactId, machine: &Conversation, known: PeerKnown) -> Result<(), Error> {
    let row = PeerRow {
        device: known.device,
        contact,
        pair_secret: known.pair_secret,
        card: known.contact_card,
        beat_seen: 0,
        extra: machine.device().as_bytes().to_vec(),
    };
    home.registry().put_peer(&row).map_err(|error| failed(&error))
}

fn failed(error: &StoreError) -> Error {
    crate::core::store_error(error)
}

fn odd(what: &str) -> Error {
    crate::core::internal(what)
}
