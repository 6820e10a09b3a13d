//! What each contact's app keeps on this device, and how room is made of it.
//!
//! What is told is what lies on the disk: the vault's file with its log, and what the disk says that each blob takes. To say of
//! a blob what it is takes the vault, so vaults are opened one after the other and closed again, a [`SLICE`] at a time, with
//! whatever else happens between the slices, as a search of all conversations does it. A conversation with many files takes
//! several slices; what is told of it is what lay there when it was begun.
//!
//! What came can be removed and asked for again; what this person sent can't, as the other side may still ask for it, and
//! would have lost it unheard. That a file was removed is noted before its bytes go: what a crash leaves between the two goes
//! with the next sweep (FILE-017).

use super::files::{Noted, file_at, no_file};
use super::setup::store_error;
use super::talk::json;
use super::timeline::{event_id, no_event};
use super::{Answer, Core};
use kith_api::{Error, ErrorKind, Freed, Kept, KeptFiles, Storage};
use kith_base::{ContactId, Mono};
use kith_files::Folder;
use kith_files::seal::blob_name;
use kith_proto::io::{EventRow, View as _};
use kith_store::{ConversationVault, FileNote, StoreError};
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// How long the core looks before it does what else came.
const SLICE: Duration = Duration::from_millis(20);
/// Files that are told apart between two looks at the clock: a few milliseconds' worth.
const TOGETHER: u32 = 16;
/// Askers at one time: windows of one person, who looks at one of them.
const LOOKS_MAX: usize = 16;

/// Looks at what is kept that are under way.
#[derive(Default)]
pub(super) struct Looks(VecDeque<Look>);

struct Look {
    /// Apps not looked at yet.
    left: Vec<ContactId>,
    /// The one that is being looked at.
    now: Option<Sorting>,
    found: Vec<Kept>,
    answer: Answer,
}

/// An app whose blobs are being told apart.
struct Sorting {
    id: ContactId,
    /// Its blobs, and what each takes on the disk.
    blobs: Vec<(String, u64)>,
    /// What they are, as far as its files were gone through.
    parts: BTreeMap<String, Part>,
    /// The file that was gone through last; they go from the newest on.
    below: Option<EventRow>,
}

/// What a blob is.
#[derive(Debug, Clone, Copy)]
enum Part {
    Sent,
    Came,
    Partly,
}

impl Core {
    /// Begins to look at what all apps keep, or the one of a contact; the answer comes when all were looked at.
    pub(super) fn storage(&mut self, contact: &Option<String>, answer: Answer) {
        let left = match contact.as_ref().map(|_| self.find(contact)).transpose() {
            Err(error) => return drop(answer.send(Err(error))),
            Ok(Some(id)) => vec![id],
            Ok(None) => self.contacts.keys().copied().collect(),
        };
        if self.looks.0.len() >= LOOKS_MAX {
            let error = Error::new(ErrorKind::WrongState, "storage-busy", []);
            return drop(answer.send(Err(error)));
        }
        self.looks.0.push_back(Look { left, now: None, found: Vec::new(), answer });
    }

    pub(super) fn looks_deadline(&self) -> Option<Mono> {
        (!self.looks.0.is_empty()).then(|| self.clock.mono())
    }

    /// Goes on with the oldest look for a moment.
    pub(super) fn look_on(&mut self) {
        let until = self.clock.mono() + SLICE;
        while let Some(mut look) = self.looks.0.pop_front() {
            while !look.answer.is_closed()
                && let Some(sorting) = look.now.take().or_else(|| look.left.pop().map(|id| self.begin_sorting(id)))
            {
                match self.sort_on(sorting, until) {
                    Ok(kept) => look.found.extend(kept),
                    Err(unfinished) => look.now = Some(unfinished),
                }
                let more = look.now.is_some() || !look.left.is_empty();
                if self.clock.mono() >= until && more {
                    return self.looks.0.push_front(look);
                }
            }
            look.found.sort_by_key(|kept| std::cmp::Reverse(kept.bytes));
            let room_bytes = Folder::of(&self.folder, "").room();
            // Who asked may have gone.
            drop(look.answer.send(Ok(json(&Storage { apps: look.found, room_bytes }))));
        }
    }

    /// Looks which blobs an app has.
    fn begin_sorting(&self, id: ContactId) -> Sorting {
        let file = self.contacts.get(&id).and_then(|contact| Some(contact.row.vault.as_ref()?.file.as_str()));
        let blobs = file.map_or(Ok(Vec::new()), |file| Folder::of(&self.folder, file).blobs());
        let blobs = blobs.unwrap_or_else(|error| {
            tracing::warn!(%error, "a folder of sealed files can't be read");
            Vec::new()
        });
        Sorting { id, blobs, parts: BTreeMap::new(), below: None }
    }

    /// Goes on with an app until it is known what it keeps, which is nothing for a contact without one; or until the time has
    /// come, and gives back what is to be gone on with.
    fn sort_on(&mut self, mut sorting: Sorting, until: Mono) -> Result<Option<Kept>, Sorting> {
        let id = sorting.id;
        let Some(contact) = self.contacts.get(&id) else { return Ok(None) };
        let Some(slot) = contact.row.vault.as_ref() else { return Ok(None) };
        let is_over = || self.clock.mono() >= until;
        let sorted = match &contact.live {
            _ if sorting.blobs.is_empty() => Ok(true),
            Some(live) => sorting.go_on(&live.vault, is_over),
            None => self.home.open_vault(slot).and_then(|vault| sorting.go_on(&vault, is_over)),
        };
        // After it was closed, which writes its log into it.
        let vault_bytes = self.home.vault_bytes(slot);
        let name = contact.row.name.clone();
        match self.believed(id, sorted) {
            Ok(false) => return Err(sorting),
            Ok(true) => {}
            // What can't be told apart lies there all the same.
            Err(_) => sorting.parts.clear(),
        }
        Ok(Some(sorting.kept(name, vault_bytes)))
    }

    /// Removes the bytes of a file that came, or of all that came whole.
    // FILE-023
    pub(super) fn free_files(&mut self, id: ContactId, event: Option<&str>) -> Result<Freed, Error> {
        let live = self.live(id)?;
        let rows = match event {
            Some(event) => vec![live.vault.row_of(&event_id(event)?).ok_or_else(no_event)?],
            None => live.vault.file_rows(None, u32::MAX).map_err(|error| store_error(&error))?,
        };
        let folder = self.files_of(id)?;
        let disk = |error: std::io::Error| super::files::disk_error(&error);
        let blobs: BTreeMap<String, u64> = folder.blobs().map_err(disk)?.into_iter().collect();
        let mut gone = Vec::new();
        let live = self.live(id)?;
        for row in rows {
            let Some((stored, body)) = file_at(&live.vault, row) else {
                if event.is_some() {
                    return Err(no_file());
                }
                continue;
            };
            if stored.mine && event.is_some() {
                return Err(Error::new(ErrorKind::WrongState, "file-sent-from-here", []));
            }
            let noted = Noted::of(live.vault.file_note(row).map_err(|error| store_error(&error))?.state);
            let goes = !stored.mine && (event.is_some() || noted == Noted::Whole);
            let blob = blob_name(&body.key);
            if let Some(bytes) = blobs.get(&blob).filter(|_| goes) {
                gone.push((row, blob, *bytes));
            }
        }
        let rows: Vec<EventRow> = gone.iter().map(|(row, ..)| *row).collect();
        let note = FileNote { state: Noted::Removed as u64, have: Vec::new() };
        live.vault.note_files(&rows, &note).map_err(|error| store_error(&error))?;
        for row in &rows {
            live.pulls.remove(row);
        }
        let mut freed = Freed::default();
        for (row, blob, bytes) in gone {
            self.end_coming(id, row);
            folder.remove(&blob).map_err(disk)?;
            freed.files += 1;
            freed.bytes += bytes;
            self.show_file(id, row);
        }
        Ok(freed)
    }
}

impl Sorting {
    /// Goes through files until all were, or the time is over; says whether all were.
    fn go_on(&mut self, vault: &ConversationVault, is_over: impl Fn() -> bool) -> Result<bool, StoreError> {
        loop {
            let rows = vault.file_rows(self.below, TOGETHER)?;
            let Some(last) = rows.last() else { return Ok(true) };
            self.below = Some(*last);
            for row in rows {
                self.parts.extend(part(vault, row)?);
            }
            if is_over() {
                return Ok(false);
            }
        }
    }

    /// What was found.
    fn kept(self, name: String, vault_bytes: u64) -> Kept {
        let [mut sent, mut came, mut partly, mut other] = [KeptFiles::default(); 4];
        for (blob, bytes) in &self.blobs {
            let kept = match self.parts.get(blob) {
                Some(Part::Sent) => &mut sent,
                Some(Part::Came) => &mut came,
                Some(Part::Partly) => &mut partly,
                None => &mut other,
            };
            kept.files += 1;
            kept.bytes += bytes;
        }
        let bytes = vault_bytes + sent.bytes + came.bytes + partly.bytes + other.bytes;
        Kept { contact: self.id.to_string(), name, vault_bytes, sent, came, partly, other, bytes }
    }
}

/// What the blob of a file is, and its name; nothing for a file that was erased.
fn part(vault: &ConversationVault, row: EventRow) -> Result<Option<(String, Part)>, StoreError> {
    let Some((stored, body)) = file_at(vault, row) else { return Ok(None) };
    let part = match Noted::of(vault.file_note(row)?.state) {
        _ if stored.mine => Part::Sent,
        Noted::Whole => Part::Came,
        _ => Part::Partly,
    };
    Ok(Some((blob_name(&body.key), part)))
}
