//! Invitations and answers to them, from the person's wish to a conversation.
//!
//! ```text
//! invite ─▶ Inviting ──confirmed──▶ Connecting ──each side joined──▶ Connected
//!             │ code died                ▲
//!             ▼                          │ the link still works
//!           Failed ──────────────────────┘
//! accept ─▶ (hidden attempt) ──confirmed──▶ Connecting ─▶ Connected
//!             │ refused, unanswered
//!             ▼ nothing is left
//! ```
//!
//! A contact that is connected can be invited or answered *again* ([`again`]): it stays connected until that pairing is
//! stored, and becomes connecting then.
//!
//! Keys and vault exist before anybody answers, so the first two stages are true when they are shown. A wrong try is
//! stored before the refusal leaves; what a pairing agreed on is stored before the message that completes it leaves.

mod again;
mod found;
pub(crate) mod fuzzing;
mod invitation;
mod runs;

use super::contacts::{ContactState, State, mark, valid_name};
use super::setup::store_error;
use super::talk::{internal, json};
use super::{Answer, Core};
use crate::links::kept_to_the_lan;
use crate::pairing_io::{self, Search, Way};
use data_encoding::HEXLOWER;
use invitation::Invitation;
use kith_api::{self as api, Accepted, Error, ErrorKind, Side, Word};
use kith_base::{ContactId, Label, Mono, label, limits};
use kith_net::{Card, NetError};
use kith_proto::conversation::Prospect;
use kith_proto::crypto::{KemPublic, VerifyKey};
use kith_proto::identity::RecoveryPublic;
use kith_proto::pairing::{Code, CodeError, Link, LinkError, PairingSecret, link_name, locator_name};
use kith_store::{ContactRow, RecoveryRow};
use runs::Run;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long an `accept` waits for the other device unless told.
const WAIT: Duration = Duration::from_secs(60);
/// How often the time that open codes have left is stored, so that a restart does not prolong it by more.
const STORE_EVERY: Duration = Duration::from_secs(30);

/// Everything about pairings that is not stored.
#[derive(Default)]
pub(super) struct Pairings {
    open: BTreeMap<ContactId, Invitation>,
    attempts: BTreeMap<u64, Attempt>,
    runs: BTreeMap<u64, Run>,
    last_id: u64,
    stored_at: Mono,
}

/// An answer to somebody's invitation that is under way.
struct Attempt {
    contact: ContactId,
    /// What the person typed, to cancel it by.
    typed: String,
    secret: PairingSecret,
    /// The name the person gave the other.
    called: Option<String>,
    until: Mono,
    stop: CancellationToken,
    answer: Option<Answer>,
    progress: Progress,
}

/// How far an answer is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// Nobody has proven anything.
    Searching,
    /// The other answers this side's own invitation at the same time; that pairing goes on instead.
    Crossed,
    /// Both have everything: it is kept.
    Confirmed,
}

/// Whom an answer is for.
pub(super) enum As {
    /// Somebody new, perhaps with a name; or who was invited under that name.
    New(Option<String>),
    /// A contact that is there, by name or id.
    Again(String),
}

/// What a code or link names, as typed.
enum Typed {
    Code(Code),
    Link(Link),
}

impl Core {
    /// Makes an invitation for somebody, or a new one for a contact that has not answered.
    pub(super) fn invite(&mut self, name: &str, again: bool) -> Result<api::Invitation, Error> {
        let was_saved = self.named(name.trim()).is_some_and(|id| self.is_saved(id));
        let id = if again { self.find(&Some(name.to_owned()))? } else { self.new_contact(name)? };
        self.not_blocked(id)?;
        self.close_invitation(id);
        if again {
            self.may_invite_again(id)?;
        }
        let opened = self.open_invitation(id);
        if opened.is_err() && !again && !was_saved {
            drop(self.remove(id));
        }
        if opened.is_err() && again {
            self.end_renewal(id);
        }
        opened?;
        match self.contacts.get(&id).map(ContactState::state) {
            // Where an answer was kept already, it may still be completed; whichever comes first counts. And who is
            // connected stays so until there is something else to be.
            Some(State::Connecting | State::Connected) => self.changed(id),
            _ => self.set_state(id, State::Inviting, "")?,
        }
        self.invitation(id)?.ok_or_else(|| internal("an invitation is missing"))
    }

    /// Whoever was invited and has not answered can be invited again with the same keys; who is connected, with new ones.
    fn may_invite_again(&mut self, id: ContactId) -> Result<(), Error> {
        let contact = self.contacts.get(&id).ok_or_else(super::contacts::gone)?;
        match (contact.state(), contact.side()) {
            (State::Inviting | State::Failed, _) => Ok(()),
            (State::Saved, _) => self.furnish(id, Side::Inviter),
            // The other side may have lost what it agreed to, in a crash before it was stored.
            (State::Connecting, Side::Inviter) => Ok(()),
            (State::Connected, _) => self.begin_renewal(id),
            _ => Err(Error::new(ErrorKind::WrongState, "pairing-going-on", [("name", Word::text(&contact.row.name))])),
        }
    }

    /// Somebody new, or somebody who was saved under this name.
    fn new_contact(&mut self, name: &str) -> Result<ContactId, Error> {
        let name = valid_name(name)?;
        match self.saved_or_free(&name)? {
            Some(id) => self.furnish(id, Side::Inviter).map(|()| id),
            None => self.make_app(&name, Side::Inviter),
        }
    }

    /// Gives a saved contact what makes it an app: the first two stages. Where that fails it is saved as before.
    fn furnish(&mut self, id: ContactId, side: Side) -> Result<(), Error> {
        let slot = self.home.new_slot(&mut self.rng).map_err(|error| store_error(&error))?;
        let Some(contact) = self.contacts.get_mut(&id) else { return Err(super::contacts::gone()) };
        let before = contact.row.clone();
        contact.row.vault = Some(slot.clone());
        contact.row.side = if side == Side::Inviter { 0 } else { 1 };
        contact.summary = None;
        contact.broken = None;
        let made = self.store_row(id).and_then(|()| {
            self.home.create_vault(&slot).map_err(|error| store_error(&error))?;
            self.make_keys(id, side)?;
            // From here on it is like any contact whose invitation has ended, until one is open.
            self.set_state(id, State::Failed, "note-code-expired")
        });
        if made.is_err() {
            if let Some(contact) = self.contacts.get_mut(&id) {
                let spoiled = std::mem::replace(&mut contact.row, before);
                self.give_back(&spoiled);
            }
            drop(self.store_row(id));
        }
        made
    }

    /// Generates an app and its keys: the first two stages. Nobody sees it until all that belongs to it is stored, so
    /// that where something of it can't be stored, and then can't be removed either, no half contact stays.
    fn make_app(&mut self, name: &str, side: Side) -> Result<ContactId, Error> {
        if self.contacts.len() >= limits::CONTACTS_MAX {
            return Err(Error::new(
                ErrorKind::TooLarge,
                "contacts-full",
                [("count", Word::count(limits::CONTACTS_MAX))],
            ));
        }
        let id = ContactId::from_bytes(self.rng.bytes());
        let slot = self.home.new_slot(&mut self.rng).map_err(|error| store_error(&error))?;
        let label = kith_base::id::base32(&self.rng.bytes::<16>());
        let row = ContactRow {
            state: State::Attempt as u64,
            side: if side == Side::Inviter { 0 } else { 1 },
            vault: Some(slot.clone()),
            ..ContactRow::new(id, name.to_owned(), label, self.clock.wall())
        };
        self.contacts.insert(id, ContactState::new(row));
        let made = self.store_row(id).and_then(|()| {
            self.home.create_vault(&slot).map_err(|error| store_error(&error))?;
            self.make_keys(id, side)
        });
        if let Err(error) = made {
            drop(self.remove(id));
            return Err(error);
        }
        self.changed(id);
        Ok(id)
    }

    fn make_keys(&mut self, id: ContactId, side: Side) -> Result<(), Error> {
        let recovery = self.home.registry().take_recovery().map_err(|error| store_error(&error))?;
        let recovery = recovery_key(recovery)?;
        let prospect = Prospect::new(&recovery, &mut self.rng).map_err(|error| internal(&error.to_string()))?;
        if let Some(contact) = self.contacts.get_mut(&id) {
            contact.row.bundle = prospect.bundle.bytes().to_vec();
            contact.row.mark = mark(side, &prospect.bundle, None);
            contact.row.identity = prospect.encode();
            contact.row.extra = recovery.encode();
            contact.row.stage = 2;
        }
        self.store_row(id)
    }

    pub(super) fn set_state(&mut self, id: ContactId, state: State, failure: &str) -> Result<(), Error> {
        if let Some(contact) = self.contacts.get_mut(&id) {
            contact.row.state = state as u64;
            failure.clone_into(&mut contact.row.failure);
            if state == State::Connected {
                contact.row.stage = 3;
            }
        }
        self.store_row(id)?;
        self.changed(id);
        Ok(())
    }

    /// Answers somebody's code or link. The caller hears when the two are connected, or why not.
    pub(super) fn accept(&mut self, typed: &str, as_whom: As, wait_ms: Option<u64>, answer: Answer) {
        match self.begin_attempt(typed, as_whom, wait_ms) {
            Ok(id) => {
                if let Some(attempt) = self.pairings.attempts.get_mut(&id) {
                    attempt.answer = Some(answer);
                }
            }
            Err(error) => drop(answer.send(Err(error))),
        }
    }

    fn begin_attempt(&mut self, typed: &str, as_whom: As, wait_ms: Option<u64>) -> Result<u64, Error> {
        let parsed = parse(typed)?;
        let (secret, announced, name, card) = match &parsed {
            Typed::Code(code) => {
                let announced = locator_name(code.locator());
                (PairingSecret::from(code), announced.clone(), code_name(&announced), None)
            }
            Typed::Link(link) => {
                let name = link_name(&link.secret);
                let card = Card::decode(&link.card).ok();
                let card = card.map(|card| if self.settings.lan_only { kept_to_the_lan(card) } else { card });
                (PairingSecret::from(&link.secret), HEXLOWER.encode(&name), name, card)
            }
        };
        if self.pairings.open.values().any(|open| open.has_name(&name)) {
            return Err(Error::new(ErrorKind::BadInput, "code-own", []));
        }
        let (contact, called) = match as_whom {
            As::Again(wanted) => (self.answered_again(wanted)?, None),
            As::New(called) => {
                let called = called.map(|name| valid_name(&name)).transpose()?;
                (self.contact_for_attempt(called.as_deref())?, called)
            }
        };
        self.pairings.last_id += 1;
        let id = self.pairings.last_id;
        let wait = wait_ms.map_or(WAIT, Duration::from_millis);
        let attempt = Attempt {
            contact,
            typed: typed.trim().to_owned(),
            secret,
            called,
            until: self.clock.mono() + wait,
            stop: self.stop.child_token(),
            answer: None,
            progress: Progress::Searching,
        };
        let search = Search {
            attempt: id,
            name: announced,
            card,
            config: self.settings.network.for_pairing(self.rng.bytes()),
            mdns: self.net.mdns.clone(),
            stop: attempt.stop.clone(),
        };
        self.pairings.attempts.insert(id, attempt);
        self.tasks.spawn_on(pairing_io::search(search, self.me.clone()), &self.runtime);
        Ok(id)
    }

    /// The contact whom an answer is for: one that was invited under that name, or a hidden new one.
    fn contact_for_attempt(&mut self, called: Option<&str>) -> Result<ContactId, Error> {
        let Some(name) = called else { return self.make_app("…", Side::Answerer) };
        match self.named(name) {
            None => self.make_app(name, Side::Answerer),
            Some(id) => match self.contacts.get(&id).map(ContactState::state) {
                Some(State::Saved) => self.furnish(id, Side::Answerer).map(|()| id),
                Some(State::Inviting | State::Failed) => Ok(id),
                _ => Err(Error::new(ErrorKind::Exists, "contact-exists-answering", [("name", Word::text(name))])),
            },
        }
    }

    /// The contact that is gone on with by an answer.
    fn answered_again(&mut self, wanted: String) -> Result<ContactId, Error> {
        let id = self.find(&Some(wanted))?;
        self.not_blocked(id)?;
        match self.contacts.get(&id).map(ContactState::state) {
            Some(State::Connected | State::Connecting) => self.begin_renewal(id).map(|()| id),
            _ => Ok(id),
        }
    }

    /// Calls off the answers that are for a contact.
    pub(in crate::core) fn end_attempts_of(&mut self, contact: ContactId) {
        let of = self.pairings.attempts.iter().filter(|(_, attempt)| attempt.contact == contact).map(|(id, _)| *id);
        for id in of.collect::<Vec<_>>() {
            let error = Error::new(ErrorKind::Unanswered, "pairing-off-blocked", []);
            self.fail_attempt(id, error);
        }
    }

    pub(super) fn cancel_attempt(&mut self, typed: &str) {
        let found = self.pairings.attempts.iter().find(|(_, attempt)| attempt.typed == typed.trim());
        if let Some(id) = found.map(|(id, _)| *id) {
            let error = Error::new(ErrorKind::Unanswered, "pairing-off", []);
            self.fail_attempt(id, error);
        }
    }

    pub(super) fn search_failed(&mut self, id: u64, error: &NetError) {
        let error = Error::new(ErrorKind::Network, "code-unsearched", [("why", Word::text(error))]);
        self.fail_attempt(id, error);
    }

    /// A recovery key that no pairing consumed can serve the next one.
    pub(in crate::core) fn give_back(&self, row: &ContactRow) {
        if let Ok(key) = RecoveryPublic::decode(&row.extra)
            && row.conversation.is_none()
        {
            self.give_back_key(&key);
        }
    }

    /// Ends an answer that came to nothing: no trace of it stays.
    fn fail_attempt(&mut self, id: u64, error: Error) {
        let Some(attempt) = self.pairings.attempts.remove(&id) else { return };
        attempt.stop.cancel();
        if self.contacts.get(&attempt.contact).map(ContactState::state) == Some(State::Attempt) {
            drop(self.remove(attempt.contact));
        }
        self.end_renewal(attempt.contact);
        if let Some(answer) = attempt.answer {
            drop(answer.send(Err(error)));
        }
    }

    /// An answer was refused. Where this side's own invitation was answered meanwhile, the two are on their way and that
    /// pairing is what is waited for.
    fn give_up_attempt(&mut self, id: u64, error: Error) {
        let Some(attempt) = self.pairings.attempts.get_mut(&id) else { return };
        if self.contacts.get(&attempt.contact).map(ContactState::state) == Some(State::Connecting) {
            attempt.progress = Progress::Crossed;
            attempt.stop.cancel();
        } else {
            self.fail_attempt(id, error);
        }
    }

    /// Answers that were under way when the agent last ended: nobody had confirmed them.
    pub(super) fn drop_attempts(&mut self) {
        let hidden: Vec<ContactId> = self
            .contacts
            .values()
            .filter(|contact| contact.state() == State::Attempt)
            .map(|contact| contact.row.id)
            .collect();
        for id in hidden {
            drop(self.remove(id));
        }
    }

    /// After a crash: a conversation that was established makes its contact connected, where the crash came before the
    /// contact's row said so.
    pub(super) fn finish_connecting(&mut self) {
        let connecting: Vec<ContactId> = self
            .contacts
            .values()
            .filter(|contact| contact.state() == State::Connecting)
            .map(|contact| contact.row.id)
            .collect();
        for id in connecting {
            if self.live(id).is_ok_and(|live| live.machine.established()) {
                self.established(id);
            }
        }
    }

    /// Each side has joined the other's log: the two are connected, for good.
    pub(super) fn established(&mut self, id: ContactId) {
        self.close_invitation(id);
        if let Err(error) = self.set_state(id, State::Connected, "") {
            tracing::warn!(%error, "a contact's state could not be stored");
        }
        self.answer_attempts(id, api::ContactState::Connected);
        self.status_changed();
    }

    /// Whoever answers for this contact hears how far it is, even if it got there by its own invitation.
    fn answer_attempts(&mut self, contact: ContactId, state: api::ContactState) {
        let done: Vec<u64> = self
            .pairings
            .attempts
            .iter()
            .filter(|(_, attempt)| attempt.contact == contact)
            .map(|(id, _)| *id)
            .collect();
        for id in done {
            let Some(attempt) = self.pairings.attempts.remove(&id) else { continue };
            attempt.stop.cancel();
            if let Some(answer) = attempt.answer {
                drop(answer.send(Ok(json(&Accepted { contact: contact.to_string(), state }))));
            }
        }
    }

    pub(super) fn pairing_deadline(&self) -> Option<Mono> {
        let attempts = self.pairings.attempts.values().map(|attempt| attempt.until);
        let now = self.clock.mono();
        let open = self.pairings.open.values().filter_map(|open| open.deadline(now));
        let store = (!self.pairings.open.is_empty()).then(|| self.pairings.stored_at + STORE_EVERY);
        attempts.chain(open).chain(store).min()
    }

    pub(super) fn pairing_tick(&mut self, now: Mono) {
        let late: Vec<u64> =
            self.pairings.attempts.iter().filter(|(_, attempt)| attempt.until <= now).map(|(id, _)| *id).collect();
        for id in late {
            self.attempt_timed_out(id);
        }
        self.expire_invitations(now);
        if now >= self.pairings.stored_at + STORE_EVERY {
            self.pairings.stored_at = now;
            self.store_invitations();
        }
    }

    fn attempt_timed_out(&mut self, id: u64) {
        let Some(attempt) = self.pairings.attempts.get(&id) else { return };
        let contact = attempt.contact;
        if self.contacts.get(&contact).map(ContactState::state) == Some(State::Connecting) {
            return self.answer_attempts(contact, api::ContactState::Connecting);
        }
        self.fail_attempt(id, Error::new(ErrorKind::Unanswered, "code-unanswered", []));
    }

    pub(super) fn end_pairings(&mut self) {
        self.store_invitations();
        for attempt in self.pairings.attempts.values() {
            attempt.stop.cancel();
        }
        for open in self.pairings.open.values() {
            open.stop(Way::Code);
            open.stop(Way::Link);
        }
    }
}

/// A recovery key that was taken from the pool.
fn recovery_key(row: Option<RecoveryRow>) -> Result<RecoveryPublic, Error> {
    let key = row.and_then(|row| {
        Some(RecoveryPublic {
            index: row.number,
            sign: VerifyKey::from_bytes(row.sign.try_into().ok()?),
            kem: KemPublic::from_slice(&row.kem)?,
        })
    });
    key.ok_or_else(|| Error::new(ErrorKind::WrongState, "pairing-no-keys", []))
}

/// Reads what somebody typed: a link begins with its scheme, anything else is a code.
fn parse(typed: &str) -> Result<Typed, Error> {
    let typed = typed.trim();
    let link = typed.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("kith:"));
    if link {
        typed.parse().map(Typed::Link).map_err(bad_link)
    } else {
        typed.parse().map(Typed::Code).map_err(bad_code)
    }
}

fn bad_link(error: LinkError) -> Error {
    match error {
        LinkError::NotALink => Error::new(ErrorKind::BadInput, "link-none", []),
        LinkError::NotWhole => Error::new(ErrorKind::BadInput, "link-cut", []),
        LinkError::Version(version) => {
            Error::new(ErrorKind::BadInput, "link-newer", [("version", Word::text(version))])
        }
    }
}

fn bad_code(error: CodeError) -> Error {
    let bad = |id, words: [(&str, Word); 1]| Error::new(ErrorKind::BadInput, id, words);
    match error {
        CodeError::Locator(count) => bad("code-digits", [("count", Word::count(count))]),
        CodeError::Count(count) => bad("code-word-count", [("count", Word::count(count))]),
        CodeError::NotAWord { position, nearest: None } => {
            bad("code-word-unknown", [("position", Word::text(position))])
        }
        CodeError::NotAWord { position, nearest: Some(nearest) } => {
            let words = [("position", Word::text(position)), ("nearest", Word::text(nearest))];
            Error::new(ErrorKind::BadInput, "code-word-nearest", words)
        }
        CodeError::WrongPlace { position } => bad("code-word-place", [("position", Word::text(position))]),
    }
}

/// What an invitation by code is known by, to settle two at once.
fn code_name(announced: &str) -> [u8; 16] {
    let full = label::hash(Label::PairingName, &[announced.as_bytes()]);
    let mut name = [0; 16];
    name.copy_from_slice(full.split_at(16).0);
    name
}
