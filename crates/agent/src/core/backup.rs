//! Backups: the core copies one conversation after the other between its turns, a thread beside it writes the file
//! (`spec/backup.md`).
//!
//! ```text
//! core:    begin ─▶ copy of a vault ─▶ … ─▶ registry
//! thread:    └ passphrase ─ vault, its blobs ─ … ─ registry ─▶ FILE and answer, or a page
//! ```
//! A page names no path: it offers a passphrase, and fetches the backup with the ticket that it gets for it, once and within a
//! minute (LOOP-080). How far a backup is, and its end, are told to whoever looks.
//!
//! The thread asks for each part when it has written the one before, so there is one copy on the disk at a time, and what
//! people write meanwhile is written between two parts.
//!
//! Invariants: what goes into the registry is put there by name, from [`kept_row`] and [`chosen::ALL`]; no key of this home is
//! among it. Nothing of this home changes (BAK-024). One backup at a time.

mod out;

use super::contacts::State;
use super::files::Noted;
use super::lock::check_new;
use super::setup::{HOME_LABEL, store_error};
use super::talk::{internal, json};
use super::{Answer, Core, chosen};
use bytes::Bytes;
use kith_api::{BackedUp, BackupProgress, BackupTicket, Change, Error, ErrorKind, Word};
use kith_base::{ContactId, Mono, Rng};
use kith_files::Folder;
use kith_proto::conversation::{LoadError, relic};
use kith_proto::io::View as _;
use kith_proto::log::event::Kind;
use kith_store::{
    About, ContactRow, ConversationVault, CopiedHome, FileNote, GrowingFile, HomeCopy, Registry, StoreError, VaultSlot,
};
use out::To;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use zeroize::Zeroizing;

/// Fewest characters of a backup's passphrase: who gets hold of the file can try as many as they like.
const PASSPHRASE_CHARS_MIN: usize = 12;
/// Where the copies lie while a backup is made.
const FOLDER: &str = "copy";
/// Where the registry keeps the path of a file while it is written. BAK-016
const GROWING: &str = "backup file";
/// How long a page may take to fetch what it got a ticket for.
const OFFERED_FOR: Duration = Duration::from_secs(60);
/// Pieces on their way to a page.
const PIECES: usize = 4;

/// The backup that is made, and the one that a page may fetch.
#[derive(Default)]
pub(super) struct Backups {
    made: Option<Backup>,
    offered: Option<Offered>,
}

impl Backups {
    /// Takes what was offered, if this is its ticket and it is not too late. One that does not fit ends the offer as well.
    fn fetched(&mut self, ticket: &str, now: Mono) -> Option<Zeroizing<String>> {
        let offered = self.offered.take().filter(|offered| offered.ticket == ticket && now < offered.until);
        offered.map(|offered| offered.passphrase)
    }

    /// Whether something was offered that nobody fetched in its time; its passphrase is forgotten.
    fn lapsed(&mut self, now: Mono) -> bool {
        self.offered.take_if(|offered| offered.until <= now).is_some()
    }
}

/// A backup that a page may fetch.
struct Offered {
    ticket: String,
    passphrase: Zeroizing<String>,
    until: Mono,
}

/// A backup that is being made.
struct Backup {
    copy: HomeCopy,
    /// Ends it.
    stop: CancellationToken,
    /// About how many bytes it will have, and how many it has.
    about: u64,
    written: u64,
    /// Conversations that are in it.
    slots: BTreeMap<ContactId, VaultSlot>,
    /// Contacts whose vault can't be read.
    left_out: BTreeSet<ContactId>,
}

/// What the thread tells the core.
pub(crate) enum BackupMsg {
    /// It wants the next part.
    Next(oneshot::Sender<Result<Part, Error>>),
    /// It has so many bytes.
    Written(u64),
    /// It ended.
    Ended { result: Result<BackedUp, Error>, answer: Option<Answer> },
    /// A page fetches the one that it has this ticket for.
    ToPage { ticket: String, answer: oneshot::Sender<Result<mpsc::Receiver<Bytes>, Error>> },
}

/// A part of a backup.
pub(crate) enum Part {
    /// The copy of a conversation's vault, and where its blobs lie.
    Conversation { file: String, copy: PathBuf, blobs: Folder },
    /// The last part.
    Home { home: CopiedHome, contacts: u32, left_out: Vec<String> },
}

/// What the thread writes.
struct Wanted {
    passphrase: Zeroizing<String>,
    about: About,
}

impl Core {
    /// Begins a backup into a file; the caller hears when it is there, or why not.
    pub(super) fn back_up(&mut self, path: String, passphrase: String, answer: Answer) {
        let path = PathBuf::from(path);
        let begun = if path.is_absolute() {
            self.begin_backup(Zeroizing::new(passphrase), Some(&path))
        } else {
            Err(Error::new(ErrorKind::BadRequest, "path-not-whole", []))
        };
        match begun {
            Ok(wanted) => self.write_backup(wanted, To::File(path, answer)),
            Err(error) => drop(answer.send(Err(error))),
        }
    }

    /// A ticket with which a page fetches a backup under this passphrase, the newest alone.
    // LOOP-080
    pub(super) fn offer_backup(&mut self, passphrase: String) -> Result<BackupTicket, Error> {
        let passphrase = Zeroizing::new(passphrase);
        check_new(&passphrase, PASSPHRASE_CHARS_MIN)?;
        self.no_backup()?;
        let ticket = self.keys.random_text();
        let until = self.clock.mono() + OFFERED_FOR;
        self.backups.offered = Some(Offered { ticket: ticket.clone(), passphrase, until });
        Ok(BackupTicket { ticket, about: self.backup_size() })
    }

    /// Gives a page the backup that it got a ticket for. A ticket is tried once, right or wrong.
    // LOOP-080
    fn give_backup(&mut self, ticket: &str) -> Result<mpsc::Receiver<Bytes>, Error> {
        let passphrase = self.backups.fetched(ticket, self.clock.mono());
        let passphrase = passphrase.ok_or_else(|| Error::new(ErrorKind::NotFound, "backup-gone", []))?;
        let wanted = self.begin_backup(passphrase, None)?;
        let (pieces, page) = mpsc::channel(PIECES);
        self.write_backup(wanted, To::Page(pieces));
        Ok(page)
    }

    /// When what was offered lapses.
    pub(super) fn backup_deadline(&self) -> Option<Mono> {
        self.backups.offered.as_ref().map(|offered| offered.until)
    }

    /// Tells home of a backup that its browser never fetched.
    // LOOP-080
    pub(super) fn backup_tick(&mut self, now: Mono) {
        if self.backups.lapsed(now) {
            let error = Some(Error::new(ErrorKind::Unanswered, "backup-unfetched", []));
            self.push(Change::Backup(BackupProgress { written: 0, about: self.backup_size(), made: None, error }));
        }
    }

    /// Ends the backup that is made, if there is one.
    pub(super) fn stop_backup(&mut self) {
        self.backups.offered = None;
        if let Some(backup) = &self.backups.made {
            backup.stop.cancel();
        }
    }

    fn no_backup(&self) -> Result<(), Error> {
        let busy = || Error::new(ErrorKind::WrongState, "backup-busy", []);
        if self.backups.made.is_some() { Err(busy()) } else { Ok(()) }
    }

    fn begin_backup(&mut self, passphrase: Zeroizing<String>, path: Option<&Path>) -> Result<Wanted, Error> {
        // BAK-002
        check_new(&passphrase, PASSPHRASE_CHARS_MIN)?;
        self.no_backup()?;
        let copy = HomeCopy::begin(&self.folder.join(FOLDER), &mut self.rng).map_err(|error| store_error(&error))?;
        if let Some(path) = path {
            let noted = self.home.registry().set_local(GROWING, Some(path.as_os_str().as_bytes()));
            noted.map_err(|error| store_error(&error))?;
        }
        let (stop, about) = (self.stop.child_token(), self.backup_size());
        let (slots, left_out) = (BTreeMap::new(), BTreeSet::new());
        self.backups.made = Some(Backup { copy, stop, about, written: 0, slots, left_out });
        let program = env!("CARGO_PKG_VERSION").to_owned();
        let about = About { made: self.clock.wall(), protected: self.has_passphrase(), program };
        Ok(Wanted { passphrase, about })
    }

    fn write_backup(&mut self, wanted: Wanted, to: To) {
        let stop = self.backups.made.as_ref().map(|backup| backup.stop.clone()).unwrap_or_default();
        let (core, runtime, mut rng) = (self.sender(), self.runtime.clone(), self.rng.fork());
        self.runtime.spawn_blocking(move || out::write(wanted, to, &core, (&runtime, &stop), &mut rng));
    }

    /// About how many bytes a backup has: what it takes over of a vault is less than the vault.
    fn backup_size(&self) -> u64 {
        let slots = self.contacts.values().filter_map(|contact| contact.row.vault.as_ref());
        let of = |slot: &VaultSlot| {
            let blobs = Folder::of(&self.folder, &slot.file).blobs().unwrap_or_default();
            self.home.vault_bytes(slot) + blobs.iter().map(|(_, bytes)| bytes).sum::<u64>()
        };
        slots.map(of).sum()
    }

    pub(super) fn on_backup(&mut self, msg: BackupMsg) {
        match msg {
            BackupMsg::Next(wanted) => drop(wanted.send(self.next_part())),
            BackupMsg::Written(written) => {
                if let Some(backup) = &mut self.backups.made {
                    backup.written = written;
                    let progress = backup.progress();
                    self.push(Change::Backup(progress));
                }
            }
            BackupMsg::Ended { result, answer } => {
                let Some(backup) = self.backups.made.take() else { return };
                let mut progress = backup.progress();
                match &result {
                    Ok(made) => progress.made = Some(made.clone()),
                    Err(error) => progress.error = Some(error.clone()),
                }
                drop(backup);
                if let Err(error) = self.home.registry().set_local(GROWING, None) {
                    tracing::warn!(%error, "that a backup ended could not be noted");
                }
                self.push(Change::Backup(progress));
                if let Some(answer) = answer {
                    drop(answer.send(result.map(|made| json(&made))));
                }
            }
            BackupMsg::ToPage { ticket, answer } => drop(answer.send(self.give_backup(&ticket))),
        }
    }

    /// What a backup that was cut short left behind.
    // BAK-016
    pub(super) fn sweep_backup(&self) {
        let registry = self.home.registry();
        if let Ok(Some(path)) = registry.local(GROWING) {
            let swept = GrowingFile::sweep(Path::new(OsStr::from_bytes(&path)));
            if let Err(error) = swept.and_then(|()| registry.set_local(GROWING, None)) {
                tracing::warn!(%error, "what a backup left beside its place could not be removed");
            }
        }
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
                    if let Some(backup) = &mut self.backups.made {
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
        let backup = self.backups.made.as_ref().ok_or_else(|| internal("a backup is asked for that nobody makes"))?;
        let has_conversation = |row: &ContactRow| row.conversation.is_some() && row.vault.is_some();
        let rows = self.contacts.values().map(|contact| &contact.row).filter(|row| has_conversation(row));
        let done = |id: &ContactId| backup.slots.contains_key(id) || backup.left_out.contains(id);
        Ok(rows.map(|row| row.id).find(|id| !done(id)))
    }

    fn copy_conversation(&mut self, id: ContactId) -> Result<Part, Uncopied> {
        let nothing = || Uncopied::All(internal("a backup is asked for that nobody makes"));
        let contact = self.contacts.get_mut(&id).ok_or_else(nothing)?;
        let slot = contact.row.vault.clone().ok_or_else(nothing)?;
        let backup = self.backups.made.as_mut().ok_or_else(nothing)?;
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
        let backup = self.backups.made.as_ref().ok_or_else(|| internal("a backup is asked for that nobody makes"))?;
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

impl Backup {
    fn progress(&self) -> BackupProgress {
        // It is told of as going on until its end, which is past what was estimated at times.
        let about = self.about.max(self.written);
        BackupProgress { written: self.written, about, made: None, error: None }
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
        Uncopied::ThisOne(Error::new(ErrorKind::BadHome, "stored-incomplete", [("why", Word::text(error))]))
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

    fn offering() -> Backups {
        let until = Mono::default().after(OFFERED_FOR);
        let offered =
            Offered { ticket: "ticket".to_owned(), passphrase: Zeroizing::new("four words".to_owned()), until };
        Backups { made: None, offered: Some(offered) }
    }

    /// LOOP-080
    #[test]
    fn a_ticket_serves_one_try_within_its_minute() {
        let (soon, late) = (Mono::default(), Mono::default().after(OFFERED_FOR));
        let mut offer = offering();
        assert_eq!(offer.fetched("ticket", soon).as_deref().map(String::as_str), Some("four words"));
        assert!(offer.fetched("ticket", soon).is_none(), "a second time");
        let mut offer = offering();
        assert!(offer.fetched("another", soon).is_none() && offer.fetched("ticket", soon).is_none());
        assert!(offering().fetched("ticket", late).is_none());
    }

    /// LOOP-080
    #[test]
    fn what_nobody_fetched_in_its_minute_is_forgotten_once() {
        let (soon, late) = (Mono::default(), Mono::default().after(OFFERED_FOR));
        let mut offer = offering();
        assert!(!offer.lapsed(soon) && offer.offered.is_some());
        assert!(offer.lapsed(late) && offer.offered.is_none());
        assert!(!offer.lapsed(late));
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
