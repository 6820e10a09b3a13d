//! One conversation's vault: everything a device keeps of one relationship, under a key of its own.
//!
//! Implements the contract of [`kith_proto::io`]: reads through [`View`], changes by [`ConversationVault::commit`], which
//! is one transaction, on disk when it returns. `kith_proto::memory::MemoryVault` says what each write means; a test
//! runs the same history through both.
//!
//! Invariants:
//! - A batch is applied whole or not at all.
//! - Nothing computed from a failed read is ever committed: a failed read is remembered, and the next commit refuses.
//! - An event's row is never used again, a body never belongs to an erased event, delivery never falls.
//! - What was erased leaves the file and its log with the commit that erased it, as far as the medium obeys.

mod blobs;
mod commit;
mod copy;
mod deliveries;
mod ids;
mod obligations;
mod ranges;
mod recent;
mod sealer;
mod search;
mod timeline;
mod view;

pub use blobs::FileNote;
#[cfg(feature = "door")]
pub use sealer::SEALER_FORMAT;
pub use timeline::Shown;

use crate::engine::{Durability, Engine, Fault, Schema};
use crate::error::StoreError;
use kith_base::Secret;
use kith_proto::io::{EventRow, Write, WriteBatch};
use recent::Recent;
use rusqlite::OptionalExtension as _;
use sealer::sealer_format;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

#[cfg(doc)]
use kith_proto::io::View;

/// `KCon`.
pub(crate) const SCHEMA: Schema = Schema { application_id: 0x4b43_6f6e, migrations: &MIGRATIONS };

const MIGRATIONS: [&str; 7] = [
    include_str!("schema.sql"),
    include_str!("schema_2.sql"),
    include_str!("schema_3.sql"),
    include_str!("schema_4.sql"),
    include_str!("schema_5.sql"),
    include_str!("schema_6.sql"),
    include_str!("schema_7.sql"),
];

/// An open conversation vault. Not shared between threads; the agent's conversation task owns it.
pub struct ConversationVault {
    engine: Engine,
    recent: Recent,
    /// No event behind this row has a reaction: the newest messages, which are read most, need not be asked about.
    reacted_through: EventRow,
    /// The events that are said to be pinned.
    pinned: BTreeSet<EventRow>,
    /// The first read that failed since it was last taken.
    failed: RefCell<Option<StoreError>>,
    /// A commit deleted something whose earlier pages still stand in the write-ahead log.
    scrub_due: bool,
}

impl ConversationVault {
    /// Makes a vault under `key`, or finishes making it after a crash. One that is whole is opened as it is.
    ///
    /// # Errors
    /// [`StoreError`]: the disk's, or `Damaged` when the file is there under another key.
    pub fn create(path: &Path, key: &Secret, durability: Durability) -> Result<Self, StoreError> {
        Engine::create(path, key, durability, &SCHEMA).and_then(|engine| Self::new(engine, sealer_format()))
    }

    /// Opens a vault and brings it to this version's schema. The sealer's rows are gone if they are of another format:
    /// the conversation then begins new send groups.
    ///
    /// # Errors
    /// [`StoreError`]: `Missing`, `Damaged` (also for a wrong key), `NewerVersion`, or the disk's.
    pub fn open(path: &Path, key: &Secret, durability: Durability) -> Result<Self, StoreError> {
        Engine::open(path, key, durability, &SCHEMA).and_then(|engine| Self::new(engine, sealer_format()))
    }

    fn new(mut engine: Engine, sealer_format: u64) -> Result<Self, StoreError> {
        let dropped = sealer::keep_only(&mut engine, sealer_format)?;
        let scrub_due = dropped && engine.checkpoint_truncate().is_err();
        let reacted_through = engine.believe(view::reacted_through(engine.connection()))?;
        let pinned = engine.believe(view::pinned(engine.connection()))?;
        Ok(Self { engine, reacted_through, pinned, recent: Recent::default(), failed: RefCell::new(None), scrub_due })
    }

    /// Applies a batch in one transaction, on disk when this returns. An empty batch stores nothing, but
    /// still answers for what was read.
    ///
    /// After an error nothing of the batch is stored; the conversation that made it is dropped and loaded again.
    ///
    /// # Errors
    /// [`StoreError`]: the disk's; a remembered failure of a read, which is thereby taken; `Contract` for a batch that
    /// breaks the contract.
    pub fn commit(&mut self, batch: &WriteBatch) -> Result<(), StoreError> {
        self.refuse_after_failed_read()?;
        if batch.is_empty() {
            return Ok(());
        }
        self.engine.transaction(|connection, path| commit::apply(connection, batch).map_err(|fault| fault.at(path)))?;
        self.follow(batch);
        self.scrub_after(batch);
        Ok(())
    }

    /// As [`Self::commit`], and removes a small value that a person wrote with it, and every trace of that.
    ///
    /// # Errors
    /// As [`Self::commit`].
    pub fn commit_and_erase(&mut self, batch: &WriteBatch, name: &str) -> Result<(), StoreError> {
        self.refuse_after_failed_read()?;
        self.engine.transaction(|connection, path| {
            let sql = "DELETE FROM local WHERE name = ?1";
            let erased =
                connection.prepare_cached(sql).and_then(|mut erase| erase.execute([name])).map_err(Fault::from);
            erased.and_then(|_| commit::apply(connection, batch)).map_err(|fault| fault.at(path))
        })?;
        self.follow(batch);
        self.scrub_due = true;
        self.scrub_after(batch);
        Ok(())
    }

    /// Applies a batch that is part of a home intent, once: `false` if this vault had applied that intent before.
    ///
    /// # Errors
    /// As [`Self::commit`].
    pub fn commit_intent(&mut self, intent: u64, batch: &WriteBatch) -> Result<bool, StoreError> {
        self.refuse_after_failed_read()?;
        let first = self.engine.transaction(|connection, path| {
            commit::apply_once(connection, intent, batch).map_err(|fault| fault.at(path))
        })?;
        if first {
            self.follow(batch);
        }
        self.scrub_after(batch);
        Ok(first)
    }

    /// Takes what was committed over into memory.
    fn follow(&mut self, batch: &WriteBatch) {
        self.recent.follow(batch);
        let reacted = batch.writes.iter().filter_map(|write| match write {
            Write::Reacted(row, ..) => Some(*row),
            _ => None,
        });
        self.reacted_through = reacted.fold(self.reacted_through, EventRow::max);
        for write in &batch.writes {
            match write {
                Write::Pinned(row, _, true) => drop(self.pinned.insert(*row)),
                Write::Pinned(row, _, false) | Write::EventGone(row) => drop(self.pinned.remove(row)),
                _ => {}
            }
        }
    }

    /// The events that are said to be pinned, also those whose words are gone.
    pub const fn pinned(&self) -> &BTreeSet<EventRow> {
        &self.pinned
    }

    /// Takes the first failure of a read since the last call. Who reads through [`View`] and commits nothing asks this
    /// before it believes what it read.
    pub fn take_error(&mut self) -> Option<StoreError> {
        self.failed.get_mut().take()
    }

    /// Moves the write-ahead log into the file and truncates it, so that nothing deleted remains there (VAULT-006).
    ///
    /// A commit that erases, forgets or drops keys does it by itself.
    ///
    /// # Errors
    /// [`StoreError`] of the disk; nothing committed is affected.
    pub fn checkpoint_truncate(&mut self) -> Result<(), StoreError> {
        self.engine.checkpoint_truncate()?;
        self.scrub_due = false;
        Ok(())
    }

    /// A small value of the agent's own, such as what the person has seen.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn local(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT value FROM local WHERE name = ?1";
        let found = || self.engine.connection().prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional();
        self.engine.believe(found())
    }

    /// Removes a small value that a person wrote, and every trace of it.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn erase_local(&mut self, name: &str) -> Result<(), StoreError> {
        self.set_local(name, None)?;
        self.checkpoint_truncate()
    }

    /// Sets or removes a small value of the agent's own.
    ///
    /// # Errors
    /// [`StoreError`] of the disk.
    pub fn set_local(&mut self, name: &str, value: Option<&[u8]>) -> Result<(), StoreError> {
        let set = || match value {
            Some(value) => self
                .engine
                .connection()
                .prepare_cached("INSERT OR REPLACE INTO local (name, value) VALUES (?1, ?2)")?
                .execute((name, value)),
            None => self.engine.connection().prepare_cached("DELETE FROM local WHERE name = ?1")?.execute([name]),
        };
        self.engine.believe(set().map(drop))
    }

    /// Whether the file's structure is whole: every page is read and checked, which takes as long as reading the file.
    ///
    /// # Errors
    /// [`StoreError`] of the disk, also when a page can't be decrypted.
    pub fn is_sound(&self) -> Result<bool, StoreError> {
        let read = || self.engine.connection().query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
        Ok(self.engine.believe(read())? == "ok")
    }

    /// Bytes on disk.
    pub fn size_bytes(&self) -> u64 {
        self.engine.size_bytes()
    }

    fn refuse_after_failed_read(&mut self) -> Result<(), StoreError> {
        self.take_error().map_or(Ok(()), Err)
    }

    /// The batch is committed whatever happens here; a scrub that fails is tried again with the next commit.
    fn scrub_after(&mut self, batch: &WriteBatch) {
        self.scrub_due |= batch.writes.iter().any(leaves_traces);
        if self.scrub_due {
            self.scrub_due = self.engine.checkpoint_truncate().is_err();
        }
    }

    fn remember(&self, error: StoreError) {
        self.failed.borrow_mut().get_or_insert(error);
    }
}

/// Whether a write deletes what must not be found again: a text, a key, a peer. A sealer drops rows at each rekey.
const fn leaves_traces(write: &Write) -> bool {
    matches!(write, Write::Erase(_) | Write::Hide(_) | Write::PeerGone(_) | Write::Sealer(_, None))
}

impl std::fmt::Debug for ConversationVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ConversationVault")
    }
}

#[cfg(test)]
mod tests;
