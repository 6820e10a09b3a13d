//! Backups: the core copies one conversation after the other between its turns, a thread beside it writes the file
//! (`spec/backup.md`).
//!
//! ```text
//! core:    begin ─▶ copy of a vault ─▶ … ─▶ registry
//! thread:    └ passphrase ─ vault, its blobs ─ … ─ registry ─▶ FILE, answer
//! ```
//! The thread asks for each part when it has written the one before, so there is one copy on the disk at a time, and what
//! people write meanwhile is written between two parts.
//!
//! Invariants: what goes into the registry is put there by name, from [`kept_row`] and [`chosen::ALL`]; no key of this home is
//! among it. Nothing of this home changes (BAK-024). One backup at a time.

use super::contacts::State;
use super::files::{Noted, disk_error};
use super::lock::check_new;
use super::setup::{HOME_LABEL, store_error};
use super::talk::{internal, json};
use super::{Answer, Core, Msg, chosen};
use kith_api::{BackedUp, Error, ErrorKind};
use kith_base::{ContactId, Rng};
use kith_files::Folder;
use kith_proto::conversation::{LoadError, relic};
use kith_proto::io::View as _;
use kith_proto::log::event::Kind;
use kith_store::{
    About, BackupWriter, ContactRow, ConversationVault, CopiedHome, FileNote, HomeCopy, Registry, StoreError, VaultSlot,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use zeroize::Zeroizing;

/// Fewest characters of a backup's passphrase: who gets hold of the file can try as many as they like.
const PASSPHRASE_CHARS_MIN: usize = 12;
/// Where the copies lie while a backup is made.
const FOLDER: &str = "copy";

/// A backup that is being made.
pub(super) struct Backup {
    copy: HomeCopy,
    /// Conversations that are in it.
    slots: BTreeMap<ContactId, VaultSlot>,
    /// Contacts whose vault can't be read.
    left_out: BTreeSet<ContactId>,
}

/// What the thread tells the core.
pub(crate) enum BackupMsg {
    /// It wants the next part.
    Next(oneshot::Sender<Result<Part, Error>>),
    /// It ended.
    Ended { result: Result<BackedUp, Error>, answer: Answer },
}

/// A part of a backup.
pub(crate) enum Part {
    /// The copy of a conversation's vault, and where its blobs lie.
    Conversation { file: String, copy: PathBuf, blobs: Folder },
    /// The last part.
    Home { home: CopiedHome, contacts: u32, left_out: Vec<String> },
}

/// What the thread writes, and where.
struct Wanted {
    path: PathBuf,
    passphrase: Zeroizing<String>,
    about: About,
}

impl Core {
    /// Begins a backup; the caller hears when the file is there, or why not.
    pub(super) fn back_up(&mut self, path: String, passphrase: String, answer: Answer) {
        let wanted = match self.begin_backup(path.into(), Zeroizing::new(passphrase)) {
            Ok(wanted) => wanted,
            Err(error) => return drop(answer.send(Err(error))),
        };
        let (core, stop, mut rng) = (self.sender(), self.stop.clone(), self.rng.fork());
        self.runtime.spawn_blocking(move || {
            let result = write(wanted, &core, &stop, &mut rng);
            drop(core.blocking_send(Msg::Backup(BackupMsg::Ended { result, answer })));
        });
    }

    fn begin_backup(&mut self, path: PathBuf, passphrase: Zeroizing<String>) -> Result<Wanted, Error> {
        if !path.is_absolute() {
            return Err(Error::new(ErrorKind::BadRequest, "A path has to begin with '/'.", "Name the whole path."));
        }
        // BAK-002
        check_new(&passphrase, PASSPHRASE_CHARS_MIN)?;
        if self.backup.is_some() {
            let hint = "Wait until it is done.";
            return Err(Error::new(ErrorKind::WrongState, "A backup is being made at this moment.", hint));
        }
        let copy = HomeCopy::begin(&self.folder.join(FOLDER), &mut self.rng).map_err(|error| store_error(&error))?;
        self.backup = Some(Backup { copy, slots: BTreeMap::new(), left_out: BTreeSet::new() });
        let program = env!("CARGO_PKG_VERSION").to_owned();
        let about = About { made: self.clock.wall(), protected: self.has_passphrase(), program };
        Ok(Wanted { path, passphrase, about })
    }

    pub(super) fn on_backup(&mut self, msg: BackupMsg) {
        match msg {
            BackupMsg::Next(wanted) => drop(wanted.send(self.next_part())),
            BackupMsg::Ended { result, answer } => {
                self.backup = None;
                drop(answer.send(result.map(|made| json(&made))));
            }
        }
    }

    /// What a backup that was cut short left behind.
    pub(super) fn sweep_backup(&self) {
        if let Err(error) = HomeCopy::sweep(&self.folder.join(FOLDER)) {
            tracing::warn!(%error, "what a backup left could not be removed");
        }
    }

    /// BAK-014
    fn next_part(&mut self) -> Result<Part, Error> {
        loop {
            let Some(id) = self.next_to_copy()? else { return self.copied_home() };
            match self.copy_conversation(id) {
                Err(Uncopied::ThisOne(error)) => {
                    tracing::warn!(%error, "a contact's vault can't be read; the backup is made without what it holds");
                    if let Some(backup) = &mut self.backup {
                        backup.left_out.insert(id);
                    }
                }
                Err(Uncopied::All(error)) => return Err(error),
                Ok(part) => return Ok(part),
            }
        }
    }

    /// A contact with a conversation that is not in it.
    fn next_to_copy(&self) -> Result<Option<ContactId>, Error> {
        let backup = self.backup.as_ref().ok_or_else(|| internal("a backup is asked for that nobody makes"))?;
        let has_conversation = |row: &ContactRow| row.conversation.is_some() && row.vault.is_some();
        let rows = self.contacts.values().map(|contact| &contact.row).filter(|row| has_conversation(row));
        let done = |id: &ContactId| backup.slots.contains_key(id) || backup.left_out.contains(id);
        Ok(rows.map(|row| row.id).find(|id| !done(id)))
    }

    fn copy_conversation(&mut self, id: ContactId) -> Result<Part, Uncopied> {
        let nothing = || Uncopied::All(internal("a backup is asked for that nobody makes"));
        let contact = self.contacts.get_mut(&id).ok_or_else(nothing)?;
        let slot = contact.row.vault.clone().ok_or_else(nothing)?;
        let backup = self.backup.as_mut().ok_or_else(nothing)?;
        let mut opened;
        let vault = match &mut contact.live {
            Some(live) => &mut live.vault,
            None => {
                opened = self.home.open_vault(&slot).map_err(|error| Uncopied::ThisOne(store_error(&error)))?;
                &mut opened
            }
        };
        let copied = copy_vault(&backup.copy, vault, &slot, &mut self.rng)?;
        let part = Part::Conversation {
            file: slot.file.clone(),
            copy: backup.copy.path(&copied),
            blobs: Folder::of(&self.folder, &slot.file),
        };
        backup.slots.insert(id, copied);
        Ok(part)
    }

    fn copied_home(&self) -> Result<Part, Error> {
        let backup = self.backup.as_ref().ok_or_else(|| internal("a backup is asked for that nobody makes"))?;
        let of = |row: &ContactRow| kept_row(row, backup.slots.get(&row.id).cloned());
        let rows: Vec<ContactRow> = self.contacts.values().filter_map(|contact| of(&contact.row)).collect();
        let from = self.home.registry();
        let home = backup.copy.finish(|to| {
            rows.iter().try_for_each(|row| to.put_contact(row))?;
            keep_cards(&from, &to, &rows)?;
            keep_choices(&from, &to)
        });
        let left_out = rows.iter().filter(|row| backup.left_out.contains(&row.id)).map(|row| row.name.clone());
        Ok(Part::Home {
            home: home.map_err(|error| store_error(&error))?,
            contacts: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            left_out: left_out.collect(),
        })
    }
}

/// What could not be copied.
enum Uncopied {
    /// This conversation; the others can be.
    ThisOne(Error),
    /// Nothing more.
    All(Error),
}

/// Copies a conversation's history, and puts in the place of the conversation what is left of it in a backup.
fn copy_vault(
    copy: &HomeCopy,
    vault: &mut ConversationVault,
    slot: &VaultSlot,
    rng: &mut Rng,
) -> Result<VaultSlot, Uncopied> {
    let here = |error: &StoreError| match error.kind() {
        kith_store::ErrorKind::Damaged => Uncopied::ThisOne(store_error(error)),
        _ => Uncopied::All(store_error(error)),
    };
    // BAK-024: this home's own vault is read, and stays as it is.
    let left = relic(&*vault, rng);
    if let Some(error) = vault.take_error() {
        return Err(here(&error));
    }
    let left = left.map_err(|error: LoadError| {
        Uncopied::ThisOne(Error::new(ErrorKind::BadHome, error.to_string(), "Other contacts are not affected."))
    })?;
    let (copied, mut history) = copy.vault(vault, &slot.file, rng).map_err(|error| here(&error))?;
    history.commit(&left).map_err(|error| here(&error))?;
    settle_files(&mut history).map_err(|error| here(&error))?;
    history.checkpoint_truncate().map_err(|error| here(&error))?;
    Ok(copied)
}

/// Who would have sent the rest of a file knows nobody in the copy's place. BAK-013
fn settle_files(history: &mut ConversationVault) -> Result<(), StoreError> {
    for (row, _) in history.files()? {
        let noted = Noted::of(history.file_note(row)?.state);
        let theirs = history.event(row).is_some_and(|event| !event.mine && event.kind == Kind::FILE.number);
        if theirs && !matches!(noted, Noted::Whole | Noted::Cancelled) {
            history.note_file(row, Some(&FileNote { state: Noted::Gone as u64, have: Vec::new() }))?;
        }
    }
    history.take_error().map_or(Ok(()), Err)
}

/// What a backup has of a contact. BAK-012
fn kept_row(row: &ContactRow, history: Option<VaultSlot>) -> Option<ContactRow> {
    let ContactRow { id, name, host_label, created, place, .. } = row.clone();
    let bare = ContactRow { place, ..ContactRow::new(id, name, host_label, created) };
    if row.state == State::Attempt as u64 {
        return None;
    }
    Some(match history {
        None => ContactRow { state: State::Saved as u64, ..bare },
        Some(vault) => ContactRow {
            state: State::Connected as u64,
            stage: row.stage,
            side: row.side,
            conversation: row.conversation,
            vault: Some(vault),
            verified: row.verified,
            met: row.met,
            mark: row.mark.clone(),
            bundle: row.bundle.clone(),
            their_bundle: row.their_bundle.clone(),
            ..bare
        },
    })
}

fn keep_cards(from: &Registry<'_>, to: &Registry<'_>, rows: &[ContactRow]) -> Result<(), StoreError> {
    for row in rows {
        if let Some(card) = from.card(row.id)? {
            to.put_card(&card)?;
        }
    }
    from.left()?.iter().try_for_each(|id| to.leave(id))
}

fn keep_choices(from: &Registry<'_>, to: &Registry<'_>) -> Result<(), StoreError> {
    for name in chosen::ALL.into_iter().chain([HOME_LABEL]) {
        to.set_local(name, from.local(name)?.as_deref())?;
    }
    Ok(())
}

/// Writes the file, beside the core.
fn write(wanted: Wanted, core: &mpsc::Sender<Msg>, stop: &CancellationToken, rng: &mut Rng) -> Result<BackedUp, Error> {
    let Wanted { path, passphrase, about } = wanted;
    let stop = stop.clone();
    let begun = BackupWriter::begin(&path, &passphrase, &about, move || !stop.is_cancelled(), rng);
    let mut out = begun.map_err(|error| unwritten(&error, &path))?;
    drop(passphrase);
    let mut files = 0;
    loop {
        let (wanted, part) = oneshot::channel();
        let ended = || {
            Error::new(
                ErrorKind::NotRunning,
                "Kith was stopped before the backup was whole.",
                "Start it, and make the backup anew.",
            )
        };
        core.blocking_send(Msg::Backup(BackupMsg::Next(wanted))).map_err(|_| ended())?;
        match part.blocking_recv().map_err(|_| ended())?? {
            Part::Conversation { file, copy, blobs } => {
                out.vault(&file, &copy).map_err(|error| unwritten(&error, &path))?;
                drop(std::fs::remove_file(&copy));
                for (name, blob) in blobs.whole().map_err(|error| disk_error(&error))? {
                    let there = out.blob(&file, &name, &blob).map_err(|error| unwritten(&error, &path))?;
                    files += u32::from(there);
                }
            }
            Part::Home { home, contacts, left_out } => {
                let size = out.finish(&home).map_err(|error| unwritten(&error, &path))?;
                return Ok(BackedUp { path: path.display().to_string(), size, contacts, files, left_out });
            }
        }
    }
}

fn unwritten(error: &StoreError, path: &Path) -> Error {
    use kith_store::ErrorKind as Kind;
    let path = path.display();
    match error.kind() {
        Kind::Exists => Error::new(
            ErrorKind::Exists,
            format!("There is something at '{path}' already."),
            "Choose another name; a backup replaces nothing.",
        ),
        Kind::Missing => Error::new(
            ErrorKind::Storage,
            format!("There is no folder for '{path}'."),
            "Make the folder first, or choose another.",
        ),
        Kind::DiskFull => Error::new(
            ErrorKind::Storage,
            format!("There is no room for '{path}'."),
            "Free some space there, or choose another disk. Nothing is left of this backup.",
        ),
        _ => Error::new(
            ErrorKind::Storage,
            error.message(),
            "Nothing is left of this backup. Check the disk and its permissions, then make it anew.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_base::{ConversationId, Wall};

    fn row(state: State) -> ContactRow {
        let new = ContactRow::new(ContactId::from_bytes([7; 10]), "Mira".to_owned(), "label".to_owned(), Wall(9));
        ContactRow {
            state: state as u64,
            conversation: Some(ConversationId::from_bytes([1; 32])),
            vault: Some(VaultSlot { file: "old.db".to_owned(), wrapped_key: b"old key".to_vec() }),
            bundle: b"mine".to_vec(),
            their_bundle: Some(b"theirs".to_vec()),
            identity: b"private".to_vec(),
            extra: b"recovery".to_vec(),
            verified: true,
            ..new
        }
    }

    /// BAK-012
    #[test]
    fn a_backup_has_no_private_key_of_a_contact_and_no_key_of_this_homes_vault() {
        let copied = VaultSlot { file: "old.db".to_owned(), wrapped_key: b"new key".to_vec() };
        let kept = kept_row(&row(State::Connected), Some(copied.clone())).unwrap();
        assert_eq!((kept.identity.len(), kept.extra.len()), (0, 0));
        assert_eq!((kept.vault, kept.verified, kept.name.as_str()), (Some(copied), true, "Mira"));
        for state in [State::Inviting, State::Failed, State::Connecting, State::Saved] {
            let kept = kept_row(&row(state), None).unwrap();
            assert_eq!(kept.state, State::Saved as u64);
            assert_eq!((kept.vault, kept.conversation, kept.identity.len()), (None, None, 0));
            assert!(kept.bundle.is_empty() && kept.their_bundle.is_none() && !kept.verified);
        }
        assert_eq!(kept_row(&row(State::Attempt), None), None);
    }
}
