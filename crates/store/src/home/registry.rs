//! What the home knows: contacts, peers, pairing, intents, counters, recovery keys, bearers.
//!
//! A [`Registry`] reads and writes rows. Alone, each call is a transaction of its own; inside `Home::transaction` all
//! calls are one.

use super::rows::{
    BearerRow, CardRow, ContactRow, IntentRow, InvitationRow, PeerRow, RecoveryRow, name_key, number, read_bearer,
    read_card, read_contact, read_intent, read_invitation, read_peer, read_recovery,
};
use crate::engine::believe;
use crate::error::StoreError;
use kith_base::{ContactId, DeviceId, Wall};
use rusqlite::{Connection, OptionalExtension as _, Params, Row, params};
use std::collections::BTreeSet;
use std::path::Path;

macro_rules! select_contact {
    ($rest:literal) => {
        concat!(
            "SELECT id, name, state, stage, failure, side, host_label, conversation, vault_file, wrapped_key, ",
            "verified, mark, bundle, their_bundle, identity, created, extra, pinned, muted, archived, blocked, met ",
            "FROM contacts ",
            $rest
        )
    };
}

macro_rules! select_peer {
    ($rest:literal) => {
        concat!("SELECT device, contact, pair_secret, card, beat_seen, extra FROM peers ", $rest)
    };
}

type Result<T> = std::result::Result<T, StoreError>;

/// The rows of the home vault. Every method's error is [`StoreError`] of the disk or of damage.
#[derive(Clone, Copy)]
pub struct Registry<'a> {
    connection: &'a Connection,
    path: &'a Path,
}

#[expect(clippy::missing_errors_doc, reason = "said once, on the type")]
impl<'a> Registry<'a> {
    pub(super) const fn new(connection: &'a Connection, path: &'a Path) -> Self {
        Self { connection, path }
    }

    /// A small value of the agent's own.
    pub fn local(&self, name: &str) -> Result<Option<Vec<u8>>> {
        self.one("SELECT value FROM local WHERE name = ?1", [name], |row| row.get(0))
    }

    /// Sets or removes a small value of the agent's own.
    pub fn set_local(&self, name: &str, value: Option<&[u8]>) -> Result<()> {
        match value {
            Some(value) => self.run("INSERT OR REPLACE INTO local (name, value) VALUES (?1, ?2)", (name, value)),
            None => self.run("DELETE FROM local WHERE name = ?1", [name]),
        }
        .map(drop)
    }

    /// All contacts, in the order they were made.
    pub fn contacts(&self) -> Result<Vec<ContactRow>> {
        self.all(select_contact!("ORDER BY created, id"), [], read_contact)
    }

    /// One contact.
    pub fn contact(&self, id: ContactId) -> Result<Option<ContactRow>> {
        self.one(select_contact!("WHERE id = ?1"), [id.as_bytes()], read_contact)
    }

    /// The contacts with this name, whatever its case.
    pub fn contacts_named(&self, name: &str) -> Result<Vec<ContactRow>> {
        self.all(select_contact!("WHERE name_key = ?1 ORDER BY created, id"), [name_key(name)], read_contact)
    }

    /// The contact whose app has this host label.
    pub fn contact_at(&self, host_label: &str) -> Result<Option<ContactRow>> {
        self.one(select_contact!("WHERE host_label = ?1"), [host_label], read_contact)
    }

    /// Adds or replaces a contact. A host label that another contact has is refused as a broken contract.
    pub fn put_contact(&self, contact: &ContactRow) -> Result<()> {
        let (vault_file, wrapped_key) =
            contact.vault.as_ref().map_or(("", &[][..]), |slot| (&slot.file, &slot.wrapped_key));
        self.run(
            "INSERT INTO contacts (id, name, name_key, state, stage, failure, side, host_label, conversation, \
             vault_file, wrapped_key, verified, mark, bundle, their_bundle, identity, created, extra, pinned, muted, \
             archived, blocked, met) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, \
             ?19, ?20, ?21, ?22, ?23) \
             ON CONFLICT (id) DO UPDATE SET name = ?2, name_key = ?3, state = ?4, stage = ?5, failure = ?6, side = ?7, \
             host_label = ?8, conversation = ?9, vault_file = ?10, wrapped_key = ?11, verified = ?12, mark = ?13, \
             bundle = ?14, their_bundle = ?15, identity = ?16, created = ?17, extra = ?18, \
             pinned = ?19, muted = ?20, archived = ?21, blocked = ?22, met = ?23",
            params![
                contact.id.as_bytes(),
                contact.name,
                name_key(&contact.name),
                contact.state.cast_signed(),
                contact.stage.cast_signed(),
                contact.failure,
                contact.side.cast_signed(),
                contact.host_label,
                contact.conversation.as_ref().map_or(&[][..], |id| id.as_bytes()),
                vault_file,
                wrapped_key,
                contact.verified,
                contact.mark,
                contact.bundle,
                contact.their_bundle.as_deref().unwrap_or_default(),
                contact.identity,
                contact.created.0.cast_signed(),
                contact.extra,
                contact.place.pinned,
                contact.place.muted.0.cast_signed(),
                contact.place.archived,
                contact.place.blocked,
                contact.met,
            ],
        )
        .map(drop)
    }

    /// Deletes a contact with its peers and its invitation. `Home::remove_contact` also removes its vault.
    pub fn delete_contact(&self, id: ContactId) -> Result<()> {
        self.run("DELETE FROM peers WHERE contact = ?1", [id.as_bytes()])?;
        self.delete_invitation(id)?;
        self.run("DELETE FROM cards WHERE contact = ?1", [id.as_bytes()])?;
        self.run("DELETE FROM contacts WHERE id = ?1", [id.as_bytes()]).map(drop)
    }

    /// What is kept of all cards, without their photographs.
    pub fn cards(&self) -> Result<Vec<CardRow>> {
        let sql = "SELECT contact, uid, photo_type, zeroblob(0), book, address, version FROM cards ORDER BY contact";
        self.all(sql, [], read_card)
    }

    /// What is kept of the card of a contact.
    pub fn card(&self, contact: ContactId) -> Result<Option<CardRow>> {
        let sql = "SELECT contact, uid, photo_type, photo, book, address, version FROM cards WHERE contact = ?1";
        self.one(sql, [contact.as_bytes()], read_card)
    }

    /// Adds or replaces the card of a contact.
    pub fn put_card(&self, card: &CardRow) -> Result<()> {
        self.run(
            "INSERT OR REPLACE INTO cards (contact, uid, photo_type, photo, book, address, version) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                card.contact.as_bytes(),
                card.uid,
                card.photo_type,
                card.photo,
                card.book,
                card.address,
                card.version,
            ],
        )
        .map(drop)
    }

    /// Whether a card of an address book was looked at and left out.
    pub fn is_left(&self, id: &str) -> Result<bool> {
        Ok(self.one("SELECT 1 FROM cards_left WHERE id = ?1", [id], |_| Ok(()))?.is_some())
    }

    /// All cards of address books that were left out.
    pub fn left(&self) -> Result<Vec<String>> {
        self.all("SELECT id FROM cards_left ORDER BY id", [], |row| row.get(0))
    }

    /// Remembers that a card of an address book was left out.
    pub fn leave(&self, id: &str) -> Result<()> {
        self.run("INSERT OR IGNORE INTO cards_left (id) VALUES (?1)", [id]).map(drop)
    }

    /// All peers.
    pub fn peers(&self) -> Result<Vec<PeerRow>> {
        self.all(select_peer!("ORDER BY device"), [], read_peer)
    }

    /// One peer.
    pub fn peer(&self, device: DeviceId) -> Result<Option<PeerRow>> {
        self.one(select_peer!("WHERE device = ?1"), [device.as_bytes()], read_peer)
    }

    /// The peers of a contact.
    pub fn peers_of(&self, contact: ContactId) -> Result<Vec<PeerRow>> {
        self.all(select_peer!("WHERE contact = ?1 ORDER BY device"), [contact.as_bytes()], read_peer)
    }

    /// Adds or replaces a peer.
    pub fn put_peer(&self, peer: &PeerRow) -> Result<()> {
        self.run(
            "INSERT OR REPLACE INTO peers (device, contact, pair_secret, card, beat_seen, extra) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                peer.device.as_bytes(),
                peer.contact.as_bytes(),
                peer.pair_secret.expose(),
                peer.card,
                peer.beat_seen.cast_signed(),
                peer.extra,
            ],
        )
        .map(drop)
    }

    /// Deletes a peer.
    pub fn delete_peer(&self, device: DeviceId) -> Result<()> {
        self.run("DELETE FROM peers WHERE device = ?1", [device.as_bytes()]).map(drop)
    }

    /// All invitations.
    pub fn invitations(&self) -> Result<Vec<InvitationRow>> {
        self.all("SELECT contact, kind, name, state FROM invitations ORDER BY contact", [], read_invitation)
    }

    /// The invitation of a contact.
    pub fn invitation(&self, contact: ContactId) -> Result<Option<InvitationRow>> {
        let sql = "SELECT contact, kind, name, state FROM invitations WHERE contact = ?1";
        self.one(sql, [contact.as_bytes()], read_invitation)
    }

    /// Adds or replaces the invitation of a contact.
    pub fn put_invitation(&self, invitation: &InvitationRow) -> Result<()> {
        self.run(
            "INSERT OR REPLACE INTO invitations (contact, kind, name, state) VALUES (?1, ?2, ?3, ?4)",
            (invitation.contact.as_bytes(), invitation.kind.cast_signed(), &invitation.name, &invitation.state),
        )
        .map(drop)
    }

    /// Deletes the invitation of a contact.
    pub fn delete_invitation(&self, contact: ContactId) -> Result<()> {
        self.run("DELETE FROM invitations WHERE contact = ?1", [contact.as_bytes()]).map(drop)
    }

    /// All intents that are not closed, oldest first.
    pub fn intents(&self) -> Result<Vec<IntentRow>> {
        self.all("SELECT id, kind, vault_file, body, created FROM intents ORDER BY id", [], read_intent)
    }

    /// Opens an intent and says its id. `vault_file` is the vault it makes or removes, or empty.
    pub fn open_intent(&self, kind: &str, vault_file: &str, body: &[u8], created: Wall) -> Result<u64> {
        let sql = "INSERT INTO intents (kind, vault_file, body, created) VALUES (?1, ?2, ?3, ?4)";
        self.run(sql, (kind, vault_file, body, created.0.cast_signed()))?;
        Ok(self.connection.last_insert_rowid().cast_unsigned())
    }

    /// Closes an intent: everything it asked for is done.
    pub fn close_intent(&self, id: u64) -> Result<()> {
        self.run("DELETE FROM intents WHERE id = ?1", [id.cast_signed()]).map(drop)
    }

    /// Reserves `block` numbers of a counter and says the first: none of them is ever given again, used or not. The
    /// first of all is 1.
    pub fn reserve(&self, name: &str, block: u32) -> Result<u64> {
        let sql = "INSERT INTO counters (name, next) VALUES (?1, 1 + ?2) \
                   ON CONFLICT (name) DO UPDATE SET next = next + ?2 RETURNING next - ?2";
        let reserved = self.one(sql, (name, block), |row| number(row, 0))?;
        reserved.ok_or_else(|| StoreError::damaged(self.path, "a counter does not count"))
    }

    /// Adds or replaces a recovery key.
    pub fn put_recovery(&self, key: &RecoveryRow) -> Result<()> {
        self.run(
            "INSERT OR REPLACE INTO recovery (number, sign, kem, used) VALUES (?1, ?2, ?3, ?4)",
            (key.number, &key.sign, &key.kem, key.used),
        )
        .map(drop)
    }

    /// Marks the first unused recovery key as used and says it; `None` if the pool is exhausted.
    pub fn take_recovery(&self) -> Result<Option<RecoveryRow>> {
        let sql = "UPDATE recovery SET used = 1 WHERE number = (SELECT min(number) FROM recovery WHERE used = 0) \
                   RETURNING number, sign, kem, used";
        self.one(sql, [], read_recovery)
    }

    /// The numbers of all recovery keys, used or not.
    pub fn recovery_numbers(&self) -> Result<BTreeSet<u32>> {
        let numbers = self.all("SELECT number FROM recovery", [], |row| row.get(0))?;
        Ok(numbers.into_iter().collect())
    }

    /// Recovery keys that no pairing has consumed.
    pub fn recovery_left(&self) -> Result<u64> {
        let count = self.one("SELECT count(*) FROM recovery WHERE used = 0", [], |row| number(row, 0))?;
        Ok(count.unwrap_or(0))
    }

    /// All bearers.
    pub fn bearers(&self) -> Result<Vec<BearerRow>> {
        self.all("SELECT hash, label, created FROM bearers ORDER BY hash", [], read_bearer)
    }

    /// A bearer by its token's hash.
    pub fn bearer(&self, hash: &[u8; 32]) -> Result<Option<BearerRow>> {
        self.one("SELECT hash, label, created FROM bearers WHERE hash = ?1", [hash], read_bearer)
    }

    /// Adds a bearer.
    pub fn put_bearer(&self, bearer: &BearerRow) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO bearers (hash, label, created) VALUES (?1, ?2, ?3)";
        self.run(sql, (&bearer.hash, &bearer.label, bearer.created.0.cast_signed())).map(drop)
    }

    /// Deletes all bearers of a host label.
    pub fn delete_bearers(&self, label: &str) -> Result<()> {
        self.run("DELETE FROM bearers WHERE label = ?1", [label]).map(drop)
    }

    /// The files that a contact or an open intent names.
    pub(super) fn vault_files(&self) -> Result<Vec<String>> {
        let sql = "SELECT vault_file FROM contacts UNION SELECT vault_file FROM intents";
        self.all(sql, [], |row| row.get(0))
    }

    fn one<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let found = || self.connection.prepare_cached(sql)?.query_row(values, read).optional();
        believe(self.connection, self.path, found())
    }

    fn all<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let found = || self.connection.prepare_cached(sql)?.query_map(values, read)?.collect::<rusqlite::Result<_>>();
        believe(self.connection, self.path, found())
    }

    fn run(&self, sql: &str, values: impl Params) -> Result<usize> {
        let done = || self.connection.prepare_cached(sql)?.execute(values);
        believe(self.connection, self.path, done())
    }
}
