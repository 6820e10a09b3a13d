//! What each contact's app keeps on this device, and how room is made of it.
//!
//! What is told is what lies on the disk: the vault's file with its log, and what the disk says that each blob takes. To say of
//! a blob what it is takes the vault, so vaults are opened one after the other and closed again, a [`SLICE`] at a time, with
//! whatever else happens between the slices, as a search of all conversations does it.
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
/// Askers at one time: windows of one person, who looks at one of them.
const LOOKS_MAX: usize = 16;

/// Looks at what is kept that are under way.
#[derive(Default)]
pub(super) struct Looks(VecDeque<Look>);

struct Look {
    /// Apps not looked at yet.
    left: Vec<ContactId>,
    found: Vec<Kept>,
    answer: Answer,
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
            let error = Error::new(ErrorKind::WrongState, "Kith is looking at it already.", "Ask again in a moment.");
            return drop(answer.send(Err(error)));
        }
        self.looks.0.push_back(Look { left, found: Vec::new(), answer });
    }

    pub(super) fn looks_deadline(&self) -> Option<Mono> {
        (!self.looks.0.is_empty()).then(|| self.clock.mono())
    }

    /// Goes on with the oldest look for a moment.
    pub(super) fn look_on(&mut self) {
        let until = self.clock.mono() + SLICE;
        while let Some(mut look) = self.looks.0.pop_front() {
            while !look.answer.is_closed()
                && let Some(id) = look.left.pop()
            {
                look.found.extend(self.kept(id));
                if self.clock.mono() >= until && !look.left.is_empty() {
                    return self.looks.0.push_front(look);
                }
            }
            look.found.sort_by_key(|kept| std::cmp::Reverse(kept.bytes));
            let room_bytes = Folder::of(&self.folder, "").room();
            // Who asked may have gone.
            drop(look.answer.send(Ok(json(&Storage { apps: look.found, room_bytes }))));
        }
    }

    /// What one app keeps; nothing for a contact without one.
    fn kept(&mut self, id: ContactId) -> Option<Kept> {
        let contact = self.contacts.get_mut(&id)?;
        let slot = contact.row.vault.as_ref()?;
        let folder = Folder::of(&self.folder, &slot.file);
        let blobs = folder.blobs().unwrap_or_else(|error| {
            tracing::warn!(%error, "a folder of sealed files can't be read");
            Vec::new()
        });
        let parts = match &contact.live {
            _ if blobs.is_empty() => Ok(BTreeMap::new()),
            Some(live) => parts(&live.vault),
            None => self.home.open_vault(slot).and_then(|vault| parts(&vault)),
        };
        // After it was closed, which writes its log into it.
        let vault_bytes = self.home.vault_bytes(slot);
        let name = contact.row.name.clone();
        let parts = self.believed(id, parts).unwrap_or_default();
        let [mut sent, mut came, mut partly, mut other] = [KeptFiles::default(); 4];
        for (blob, bytes) in &blobs {
            let kept = match parts.get(blob) {
                Some(Part::Sent) => &mut sent,
                Some(Part::Came) => &mut came,
                Some(Part::Partly) => &mut partly,
                None => &mut other,
            };
            kept.files += 1;
            kept.bytes += bytes;
        }
        let bytes = vault_bytes + sent.bytes + came.bytes + partly.bytes + other.bytes;
        Some(Kept { contact: id.to_string(), name, vault_bytes, sent, came, partly, other, bytes })
    }

    /// Removes the bytes of a file that came, or of all that came whole.
    // FILE-023
    pub(super) fn free_files(&mut self, id: ContactId, event: Option<&str>) -> Result<Freed, Error> {
        let live = self.live(id)?;
        let rows = match event {
            Some(event) => vec![live.vault.row_of(&event_id(event)?).ok_or_else(no_event)?],
            None => live.vault.files().map_err(|error| store_error(&error))?.into_iter().map(|(row, _)| row).collect(),
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
                return Err(Error::new(
                    ErrorKind::WrongState,
                    "That file was sent from here, and may still be asked for.",
                    "Delete its message, and it is gone at both ends.",
                ));
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

/// What the blobs of a conversation are, by their names.
fn parts(vault: &ConversationVault) -> Result<BTreeMap<String, Part>, StoreError> {
    let rows = vault.files()?.into_iter().map(|(row, _)| row);
    let part = |row| {
        let Some((stored, body)) = file_at(vault, row) else { return Ok(None) };
        let part = match Noted::of(vault.file_note(row)?.state) {
            _ if stored.mine => Part::Sent,
            Noted::Whole => Part::Came,
            _ => Part::Partly,
        };
        Ok(Some((blob_name(&body.key), part)))
    };
    rows.filter_map(|row| part(row).transpose()).collect()
}
