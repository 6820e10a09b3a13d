//! kith-door: ways in that only tests have. The shipped build lacks this module; a test proves it.
//!
//! [`join_device`] makes a second home into another device of the same person, in one relationship, with both agents
//! stopped: the four steps of `kith_proto::conversation` without the exchange between own devices that carries them in
//! the product.

use crate::clock::{Clock, system_rng};
use crate::core::State;
use kith_api::{Error, ErrorKind};
use kith_base::{ContactId, Secret};
use kith_net::{Card, EndpointId};
use kith_proto::conversation::Conversation;
use kith_proto::crypto::SignKey;
use kith_proto::io::{Effect, PeerKnown, View as _};
use kith_proto::sealer::mls::MlsSealer;
use kith_store::{ContactRow, ConversationVault, Durability, Home, PeerRow, StoreError};
use std::path::Path;

/// Lets the device of home `to` join the relationship that home `from` has with `contact`.
///
/// # Errors
/// [`Error`] when a home can't be opened, has no such contact, or the step fails.
pub fn join_device(from: &Path, contact: &str, to: &Path) -> Result<(), Error> {
    let mut rng = system_rng()?;
    let first = Home::open(from, None, Durability::Full).map_err(|error| failed(&error))?;
    let second = Home::open(to, None, Durability::Full).map_err(|error| failed(&error))?;
    let row = first.registry().contacts_named(contact).map_err(|error| failed(&error))?.pop();
    let row = row.ok_or_else(|| Error::new(ErrorKind::NotFound, "There is no such contact.", "Name one."))?;
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
        identity: Vec::new(),
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
        start_seen: 0,
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
