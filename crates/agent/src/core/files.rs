//! Files of conversations: what is asked for, what is given, and how that is shown.
//!
//! ```text
//!  offered ──asked──▶ waiting ⇄ moving ──▶ here
//!     │ small          │  ▲ asked again      ├──▶ unchecked, no room, gone
//!     └────────────────┘  │                  │    held: asked again by itself
//!      paused, cancelled, removed ◀──────────┘ by the person
//! ```
//! Of an own file is noted that its person paused it, and that their device has it: its event was written when its sealed bytes
//! were on disk. Of another's, the state
//! and the pieces that are on disk are noted in the vault; what moves at the moment is known here alone, and ends with the
//! connection. Tasks in [`crate::files`] move the bytes.

use super::contacts::gone;
use super::setup::store_error;
use super::shown::Eyes;
use super::talk::{internal, json};
use super::timeline::{LOG_PAGE_BYTES, event_id, json_bytes, no_event};
use super::{Answer, Core, Msg};
use crate::files::coming::Coming;
use crate::files::kinds::media_type;
use crate::files::page::FromPage;
use crate::files::pull::{Pull, plain_bytes};
use crate::files::{End, FileMsg, SealedFile, Served};
use data_encoding::BASE64;
use kith_api::{self as api, Change, Error, ErrorKind, FileProgress, FileSaved, FileState, Message, Word};
use kith_base::{ContactId, DeviceId, EventId, Secret, limits};
use kith_files::seal::blob_name;
use kith_files::{Blob, Folder, Pieces, Shape, name};
use kith_loopback::Upload;
use kith_proto::identity::manifest::Feature;
use kith_proto::io::{EventRow, StoredEvent, View};
use kith_proto::log::event::{Body, Kind};
use kith_proto::log::file::{FileBody, Look};
use kith_store::{ConversationVault, FileNote};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio_util::sync::{CancellationToken, DropGuard};

/// Pulls of one contact at one time; further files wait for their turn.
const PULLS_MAX: usize = 2;
/// A pull that ended early while the connection stayed is begun again after this.
const AGAIN_AFTER: Duration = Duration::from_secs(2);
/// A file that the other side paused is asked for again after this.
const HELD_AGAIN_AFTER: Duration = Duration::from_secs(5);

/// What is noted of a file. Numbers are stored, and never used for something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noted {
    Offered = 0,
    Wanted = 1,
    Paused = 2,
    Cancelled = 3,
    Whole = 4,
    Unchecked = 5,
    NoRoom = 6,
    Gone = 7,
    /// An own file, and their device has it.
    Taken = 8,
    /// It was here, and its bytes were removed by the person.
    Removed = 9,
    /// It is wanted, and the one who sent it paused it.
    Held = 10,
}

impl Noted {
    pub(super) const fn of(number: u64) -> Self {
        match number {
            1 => Self::Wanted,
            2 => Self::Paused,
            3 => Self::Cancelled,
            4 => Self::Whole,
            5 => Self::Unchecked,
            6 => Self::NoRoom,
            7 => Self::Gone,
            8 => Self::Taken,
            9 => Self::Removed,
            10 => Self::Held,
            _ => Self::Offered,
        }
    }
}

/// A pull that runs.
pub(super) struct Pulling {
    number: u64,
    bytes: u64,
    _stops: DropGuard,
}

/// The file that a row is about, if it is one that is not gone.
pub(super) fn file_at(vault: &ConversationVault, row: EventRow) -> Option<(StoredEvent, FileBody)> {
    let event = vault.event(row).filter(|event| event.kind == Kind::FILE.number && !event.erased)?;
    Some((event, body_of(&vault.body(row)?)?))
}

/// Whether a row is an own file that their device does not have yet: its bytes are nowhere but here.
pub(super) fn is_wanted_by_them(vault: &ConversationVault, row: EventRow) -> bool {
    file_at(vault, row).is_some_and(|(event, _)| {
        let note = vault.file_note(row).unwrap_or_default();
        event.mine && Noted::of(note.state) != Noted::Taken
    })
}

fn body_of(bytes: &[u8]) -> Option<FileBody> {
    match Body::decode(Kind::FILE, bytes) {
        Ok(Some(Body::File(file))) => Some(*file),
        _ => None,
    }
}

impl Eyes<'_> {
    /// A file as clients see it.
    pub(super) fn file(&self, event: &StoredEvent, body: &FileBody) -> api::FileInfo {
        let note = self.vault.file_note(event.row).unwrap_or_default();
        let pulling = self.pulls.get(&event.row);
        let have = pulling.map_or_else(|| had(body, &note), |pulling| pulling.bytes);
        let noted = Noted::of(note.state);
        let (state, have) = match noted {
            Noted::Paused if event.mine => (FileState::Paused, 0),
            _ if event.mine => (FileState::Here, if noted == Noted::Taken { body.size } else { 0 }),
            Noted::Held => (FileState::Held, have),
            _ if pulling.is_some() => (FileState::Moving, have),
            Noted::Offered | Noted::Taken => (FileState::Offered, have),
            Noted::Wanted => (FileState::Waiting, have),
            Noted::Paused => (FileState::Paused, have),
            Noted::Cancelled => (FileState::Cancelled, 0),
            Noted::Whole => (FileState::Here, body.size),
            Noted::Unchecked => (FileState::Unchecked, have),
            Noted::NoRoom => (FileState::NoRoom, have),
            Noted::Gone => (FileState::Gone, have),
            Noted::Removed => (FileState::Removed, 0),
        };
        let Look { thumbnail, pixels, duration_ms, waveform } = body.look.clone();
        api::FileInfo {
            name: name::safe(&body.name),
            size: body.size,
            media_type: body.media_type.clone(),
            state,
            have,
            thumbnail: thumbnail.map(|bytes| BASE64.encode(&bytes)),
            width: pixels.map(|(width, _)| width),
            height: pixels.map(|(_, height)| height),
            duration_ms,
            waveform,
        }
    }
}

/// Bytes of a file that are on disk.
fn had(body: &FileBody, note: &FileNote) -> u64 {
    Shape::of(body.size).map_or(0, |shape| plain_bytes(shape, &pieces(shape, note)))
}

/// Pieces that are on disk; none where that can't be read, and then they are asked for again.
pub(super) fn pieces(shape: Shape, note: &FileNote) -> Pieces {
    Pieces::decode(&note.have, shape.pieces()).unwrap_or_default()
}

impl Core {
    pub(super) fn on_file(&mut self, msg: FileMsg) {
        match msg {
            FileMsg::FromPage { contact, upload, answer } => self.file_from_page(contact, *upload, answer),
            FileMsg::ToPage { contact, event, answer } => drop(answer.send(self.file_to_page(contact, &event))),
            FileMsg::Asked { contact, event, answer } => drop(answer.send(self.served(contact, event))),
            FileMsg::Given { contact, event, bytes } => self.given(contact, event, bytes),
            FileMsg::Thanked { contact, device, event } => self.thanked(contact, device, event),
            FileMsg::Came { contact, row, bytes, on_disk } => self.came(contact, row, bytes, on_disk),
            FileMsg::Ended { contact, row, number, end } => self.pull_ended(contact, row, number, end),
            FileMsg::Again { contact: id } => {
                if let Some(contact) = self.contacts.get_mut(&id) {
                    contact.again = false;
                }
                self.pull_files(id);
            }
            // An input of a conversation: sorted out before.
            FileMsg::Sealed(_) => {}
        }
    }

    /// The folder of a contact's blobs.
    pub(super) fn files_of(&self, id: ContactId) -> Result<Folder, Error> {
        let slot = self.contacts.get(&id).and_then(|contact| contact.row.vault.as_ref()).ok_or_else(gone)?;
        Ok(Folder::of(&self.folder, &slot.file))
    }

    /// Seals a file beside the core; what comes of it is an input of the conversation.
    pub(super) fn send_file(&mut self, wanted: SendFile, answer: Answer) {
        match self.prepare_file(wanted) {
            Err(error) => drop(answer.send(Err(error))),
            Ok((id, folder, SendFile { source, caption, wait, timeout_ms, .. })) => {
                let (secret, core) = (self.rng.secret(), self.me.clone());
                let blob = blob_name(&secret);
                if let Some(contact) = self.contacts.get_mut(&id) {
                    contact.sealing.insert(blob.clone());
                }
                let timeout = timeout_ms.map_or(Duration::MAX, Duration::from_millis);
                self.runtime.spawn_blocking(move || {
                    let body = seal(&folder, secret, source, caption.unwrap_or_default());
                    let sealed = SealedFile { contact: id, blob, body, wait, timeout, answer };
                    // A core that has ended sends nothing; what was sealed is swept when it begins again.
                    drop(core.blocking_send(Msg::File(FileMsg::Sealed(Box::new(sealed)))));
                });
            }
        }
    }

    fn prepare_file(&mut self, wanted: SendFile) -> Result<(ContactId, Folder, SendFile), Error> {
        let id = self.find(&wanted.contact)?;
        self.may_write(id)?;
        let live = self.live(id)?;
        if !live.machine.has(Feature::Files) {
            return Err(super::wish::refusal(kith_proto::conversation::Refused::TooOld(Feature::Files)));
        }
        if let FileSource::Path(path) = &wanted.source
            && !path.is_absolute()
        {
            return Err(Error::new(ErrorKind::BadRequest, "path-not-whole", []));
        }
        let folder = self.files_of(id)?;
        Ok((id, folder, wanted))
    }

    /// Files, newest first.
    pub(super) fn files(&mut self, id: ContactId, limit: u32, before: Option<&str>) -> Result<Vec<Message>, Error> {
        if self.contacts.get(&id).is_some_and(|contact| contact.row.conversation.is_none()) {
            return Ok(Vec::new());
        }
        let live = self.live(id)?;
        let before = match before {
            None => None,
            Some(text) => Some(live.vault.row_of(&event_id(text)?).ok_or_else(no_event)?),
        };
        let rows = live.vault.file_rows(before, limit).map_err(|error| store_error(&error))?;
        let mut page = Vec::new();
        let mut bytes = 0;
        for row in rows {
            let Some((_, message)) = self.message_at(id, row)? else { continue };
            bytes += json_bytes(&message);
            if bytes > LOG_PAGE_BYTES {
                break;
            }
            page.push(message);
        }
        Ok(page)
    }

    /// Asks for a file, or stops; of an own one, gives it or stops giving it.
    pub(super) fn want_file(&mut self, id: ContactId, event: &str, wish: Wish) -> Result<Message, Error> {
        let live = self.live(id)?;
        let row = live.vault.row_of(&event_id(event)?).ok_or_else(no_event)?;
        let (stored, body) = file_at(&live.vault, row).ok_or_else(no_file)?;
        let mut note = live.vault.file_note(row).map_err(|error| store_error(&error))?;
        let noted = Noted::of(note.state);
        if stored.mine {
            // FILE-024
            match (noted, wish) {
                (Noted::Offered, Wish::Pause) => self.set_noted(id, row, Noted::Paused),
                (Noted::Paused, Wish::Get) => self.set_noted(id, row, Noted::Offered),
                _ => {}
            }
        } else if noted != Noted::Whole || self.is_lost(id, &body) {
            let live = self.live(id)?;
            if wish != Wish::Get {
                live.pulls.remove(&row);
                self.end_coming(id, row);
            }
            let live = self.live(id)?;
            if wish == Wish::Cancel || noted == Noted::Whole {
                note.have.clear();
            }
            note.state = match wish {
                Wish::Get => Noted::Wanted,
                Wish::Pause => Noted::Paused,
                Wish::Cancel => Noted::Cancelled,
            } as u64;
            live.vault.note_file(row, Some(&note)).map_err(|error| store_error(&error))?;
            if wish == Wish::Cancel {
                let removed = self.files_of(id)?.remove(&blob_name(&body.key));
                removed.map_err(|error| disk_error(&error))?;
            }
            self.pull_files(id);
            self.show_file(id, row);
        }
        self.message_at(id, row)?.map(|(_, message)| message).ok_or_else(no_event)
    }

    /// Whether a blob that was here is here no more.
    pub(super) fn is_lost(&self, id: ContactId, body: &FileBody) -> bool {
        self.files_of(id).is_ok_and(|folder| !folder.path(&blob_name(&body.key)).exists())
    }

    /// Writes a file in plain, beside the core.
    pub(super) fn save_file(
        &mut self,
        contact: &Option<String>,
        event: &str,
        (path, replace): (String, bool),
        answer: Answer,
    ) {
        match self.whole_file(contact, event) {
            Err(error) => drop(answer.send(Err(error))),
            Ok((blob, body)) => drop(self.runtime.spawn_blocking(move || {
                let saved = save(&blob, &body, Path::new(&path), replace);
                drop(answer.send(saved.map(|()| json(&FileSaved { path, size: body.size }))));
            })),
        }
    }

    /// Where a file is of which all is here.
    fn whole_file(&mut self, contact: &Option<String>, event: &str) -> Result<(PathBuf, FileBody), Error> {
        let id = self.find(contact)?;
        let live = self.live(id)?;
        let row = live.vault.row_of(&event_id(event)?).ok_or_else(no_event)?;
        let (stored, body) = file_at(&live.vault, row).ok_or_else(no_file)?;
        let note = live.vault.file_note(row).map_err(|error| store_error(&error))?;
        if !stored.mine && Noted::of(note.state) != Noted::Whole {
            return Err(Error::new(ErrorKind::WrongState, "file-not-here-yet", []));
        }
        Ok((self.files_of(id)?.path(&blob_name(&body.key)), body))
    }

    /// A file's event appeared or changed: a small one is taken unasked, and what was deleted leaves the disk.
    pub(super) fn file_shown(&mut self, id: ContactId, event: &StoredEvent) {
        if event.erased {
            self.live(id).map(|live| drop(live.pulls.remove(&event.row))).unwrap_or_default();
            self.end_coming(id, event.row);
            return self.sweep_files(id);
        }
        let Ok(live) = self.live(id) else { return };
        let Some((_, body)) = file_at(&live.vault, event.row).filter(|_| !event.mine) else { return };
        let note = live.vault.file_note(event.row).unwrap_or_default();
        if Noted::of(note.state) == Noted::Offered && self.may_take_unasked(id, body.size) {
            self.note_file(id, event.row, Noted::Wanted, None);
            self.pull_files(id);
        }
    }

    /// A file that was sealed has its event, or never will.
    pub(super) fn sealing_ended(&mut self, id: ContactId, blob: &str, is_sent: bool) {
        if let Some(contact) = self.contacts.get_mut(&id) {
            contact.sealing.remove(blob);
        }
        if !is_sent {
            self.sweep_files(id);
        }
    }

    /// At a start: what is left of conversations that are no more.
    pub(super) fn sweep_folders(&self) {
        let vaults = self.contacts.values().filter_map(|contact| contact.row.vault.as_ref());
        let vaults = vaults.map(|slot| slot.file.clone()).collect();
        if let Err(error) = kith_files::folder::sweep(&self.folder, &vaults) {
            tracing::warn!(%error, "sealed files of removed contacts could not be removed");
        }
    }

    /// Once in a run, when a conversation is first opened: what a crash left, and what is still wanted.
    pub(super) fn begin_files(&mut self, id: ContactId) {
        let first = self.contacts.get_mut(&id).is_some_and(|contact| !std::mem::replace(&mut contact.swept, true));
        if first && self.files_of(id).is_ok_and(|folder| folder.is_there()) {
            self.sweep_files(id);
        }
    }

    /// Removes blobs whose events are gone, and those that their person removed.
    // FILE-017, FILE-023
    pub(super) fn sweep_files(&mut self, id: ContactId) {
        let Ok(folder) = self.files_of(id) else { return };
        let Ok(live) = self.live(id) else { return };
        let Ok(files) = live.vault.files() else { return };
        let removed = [Noted::Cancelled, Noted::Removed].map(|noted| live.vault.files_in(noted as u64));
        // What can't be told to be removed is kept.
        let removed: BTreeSet<EventRow> = removed.into_iter().flatten().flatten().collect();
        let bodies = files.iter().filter(|(row, _)| !removed.contains(row)).filter_map(|(_, body)| body_of(body));
        let mut kept: BTreeSet<String> = bodies.map(|body| blob_name(&body.key)).collect();
        if let Some(contact) = self.contacts.get(&id) {
            kept.extend(contact.sealing.iter().cloned());
        }
        match folder.keep_only(&kept) {
            Ok(0) => {}
            Ok(removed) => tracing::debug!(removed, "sealed files without an event were removed"),
            Err(error) => tracing::warn!(%error, "sealed files could not be removed"),
        }
    }

    /// Begins to get what is wanted of a contact's files, as many as may move at one time.
    pub(super) fn pull_files(&mut self, id: ContactId) {
        let Ok(live) = self.live(id) else { return };
        let wanted = [Noted::Wanted, Noted::Held].map(|noted| live.vault.files_in(noted as u64).unwrap_or_default());
        for row in wanted.into_iter().flatten() {
            let Ok(live) = self.live(id) else { return };
            if live.pulls.len() >= PULLS_MAX {
                return;
            }
            if !live.pulls.contains_key(&row) {
                self.pull_file(id, row);
            }
        }
    }

    fn pull_file(&mut self, id: ContactId, row: EventRow) {
        let (core, links, runtime) = (self.me.clone(), self.links.clone(), self.runtime.clone());
        let Ok(folder) = self.files_of(id) else { return };
        let Some(contact) = self.contacts.get_mut(&id) else { return };
        let connected: BTreeSet<DeviceId> = contact.links.keys().copied().collect();
        let Some(live) = contact.live.as_mut() else { return };
        let Some((event, body)) = file_at(&live.vault, row) else {
            return drop(live.vault.note_file(row, None));
        };
        if !connected.contains(&event.device) {
            return links.want(event.device);
        }
        let Some(shape) = Shape::of(body.size) else { return };
        let note = live.vault.file_note(row).unwrap_or_default();
        let have = pieces(shape, &note);
        let missing = shape.sealed().saturating_sub(have.count() * kith_files::shape::SEALED);
        if !has_room(folder.room(), missing) {
            return self.set_noted(id, row, Noted::NoRoom);
        }
        let coming = contact.coming.entry(row).or_insert_with(|| Coming::new(have.clone())).clone();
        contact.pull_number += 1;
        let stop = CancellationToken::new();
        let pull = Pull {
            contact: id,
            device: event.device,
            event: event.id,
            row,
            number: contact.pull_number,
            folder,
            blob: blob_name(&body.key),
            shape,
            root: body.root,
            core,
            links,
            stop: stop.clone(),
            have,
            coming,
        };
        let bytes = plain_bytes(shape, &pull.have);
        live.pulls.insert(row, Pulling { number: pull.number, bytes, _stops: stop.drop_guard() });
        runtime.spawn(pull.run());
        // One that is held stays so until something of it comes.
        if Noted::of(note.state) != Noted::Held {
            self.show_file(id, row);
        }
    }

    /// What of this device's files may be given to a contact (FILE-012).
    fn served(&mut self, id: ContactId, event: EventId) -> Served {
        self.own_file(id, event).unwrap_or(Served::Nothing)
    }

    fn own_file(&mut self, id: ContactId, event: EventId) -> Option<Served> {
        let live = self.live(id).ok()?;
        let row = live.vault.row_of(&event)?;
        let (stored, body) = file_at(&live.vault, row)?;
        if stored.device != live.machine.device() {
            return None;
        }
        // FILE-024
        if Noted::of(live.vault.file_note(row).ok()?.state) == Noted::Paused {
            return Some(Served::Later);
        }
        let path = self.files_of(id).ok()?.path(&blob_name(&body.key));
        Some(Served::Blob { path, shape: Shape::of(body.size)? })
    }

    fn given(&mut self, id: ContactId, event: EventId, bytes: u64) {
        let Ok(live) = self.live(id) else { return };
        let Some((_, body)) = live.vault.row_of(&event).and_then(|row| file_at(&live.vault, row)) else { return };
        self.push(Change::File(FileProgress {
            contact: id.to_string(),
            event: event.to_string(),
            state: FileState::Moving,
            have: bytes,
            size: body.size,
        }));
    }

    /// Their device says that it has all of an own file. Only those of the other person are believed to say so for them.
    fn thanked(&mut self, id: ContactId, device: DeviceId, event: EventId) {
        let Ok(live) = self.live(id) else { return };
        let Some(row) = live.vault.row_of(&event) else { return };
        let theirs =
            live.machine.known_peers().iter().any(|peer| peer.device == device && peer.person != live.machine.person());
        let known = live.vault.file_note(row).is_ok_and(|note| Noted::of(note.state) == Noted::Taken);
        if theirs && !known && file_at(&live.vault, row).is_some_and(|(stored, _)| stored.mine) {
            self.set_noted(id, row, Noted::Taken);
        }
    }

    fn came(&mut self, id: ContactId, row: EventRow, bytes: u64, on_disk: Option<Pieces>) {
        let Ok(live) = self.live(id) else { return };
        let Some(pulling) = live.pulls.get_mut(&row) else { return };
        let is_more = std::mem::replace(&mut pulling.bytes, bytes) < bytes;
        let Some((event, body)) = file_at(&live.vault, row) else { return };
        let held = live.vault.file_note(row).is_ok_and(|note| Noted::of(note.state) == Noted::Held);
        if held && !is_more {
            return;
        }
        if held {
            self.set_noted(id, row, Noted::Wanted);
        }
        if let Some(on_disk) = on_disk {
            self.note_file(id, row, Noted::Wanted, Some(on_disk.encode()));
        }
        self.push(Change::File(FileProgress {
            contact: id.to_string(),
            event: event.id.to_string(),
            state: FileState::Moving,
            have: bytes,
            size: body.size,
        }));
    }

    fn pull_ended(&mut self, id: ContactId, row: EventRow, number: u64, end: End) {
        let Ok(live) = self.live(id) else { return };
        if live.pulls.get(&row).is_none_or(|pulling| pulling.number != number) {
            return;
        }
        live.pulls.remove(&row);
        match end {
            End::Whole => {
                self.set_noted(id, row, Noted::Whole);
                // Who still reads it has been told of every piece.
                self.contacts.get_mut(&id).and_then(|contact| contact.coming.remove(&row));
            }
            End::Gone => self.set_noted(id, row, Noted::Gone),
            End::Unchecked => self.set_noted(id, row, Noted::Unchecked),
            End::NoRoom => self.set_noted(id, row, Noted::NoRoom),
            // FILE-013
            End::Early => {
                self.show_file(id, row);
                return self.pull_again(id, AGAIN_AFTER);
            }
            // FILE-024
            End::Held => {
                let live = self.live(id);
                if live
                    .is_ok_and(|live| live.vault.file_note(row).is_ok_and(|note| Noted::of(note.state) != Noted::Held))
                {
                    self.set_noted(id, row, Noted::Held);
                }
                return self.pull_again(id, HELD_AGAIN_AFTER);
            }
        }
        self.pull_files(id);
    }

    /// Begins the pulls of a contact again after a while, however many of them ended meanwhile.
    fn pull_again(&mut self, id: ContactId, after: Duration) {
        let waits = self.contacts.get_mut(&id).is_none_or(|contact| std::mem::replace(&mut contact.again, true));
        if waits {
            return;
        }
        let core = self.me.clone();
        self.runtime.spawn(async move {
            tokio::time::sleep(after).await;
            crate::files::tell(&core, FileMsg::Again { contact: id }).await;
        });
    }

    fn set_noted(&mut self, id: ContactId, row: EventRow, noted: Noted) {
        if !matches!(noted, Noted::Whole | Noted::Wanted | Noted::Held) {
            self.end_coming(id, row);
        }
        self.note_file(id, row, noted, None);
        self.show_file(id, row);
    }

    /// Notes how a file stands; its pieces stay as they are noted unless there are others.
    fn note_file(&mut self, id: ContactId, row: EventRow, noted: Noted, have: Option<Vec<u8>>) {
        let Ok(live) = self.live(id) else { return };
        let have = have.or_else(|| live.vault.file_note(row).ok().map(|note| note.have)).unwrap_or_default();
        if let Err(error) = live.vault.note_file(row, Some(&FileNote { state: noted as u64, have })) {
            // What is not noted is asked for again.
            tracing::warn!(%error, "how a file stands could not be noted");
        }
    }

    /// Tells those who watch how a file stands.
    pub(super) fn show_file(&mut self, id: ContactId, row: EventRow) {
        if let Ok(Some((_, message))) = self.message_at(id, row) {
            self.push(Change::Message { contact: id.to_string(), message });
        }
    }
}

/// Whether so many bytes more leave enough on a disk with this room, if that is known (FILE-020).
fn has_room(room: Option<u64>, bytes: u64) -> bool {
    room.is_none_or(|room| room >= bytes.saturating_add(limits::DISK_LEFT_MIN))
}

/// A file to be sent, as a client asks it.
pub(super) struct SendFile {
    pub(super) contact: Option<String>,
    pub(super) source: FileSource,
    pub(super) caption: Option<String>,
    pub(super) wait: Option<api::State>,
    pub(super) timeout_ms: Option<u64>,
}

/// Where a file that is to be sent comes from.
pub(super) enum FileSource {
    /// A path of this device, which a program of this user named.
    Path(PathBuf),
    /// A page, with its look.
    Page(Upload, Look),
}

/// What a person wants of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Get,
    Pause,
    Cancel,
}

/// Pulls of an open conversation, by the row of their file.
pub(super) type Pulls = std::collections::BTreeMap<EventRow, Pulling>;

/// Seals a file of this device, or one that a page sends.
fn seal(folder: &Folder, secret: Secret, source: FileSource, caption: String) -> Result<FileBody, Error> {
    match source {
        FileSource::Path(path) => {
            let shown = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let (source, size) = open_source(&path)?;
            seal_all(folder, secret, source, (name::safe(&shown), size, caption, Look::default()))
        }
        FileSource::Page(Upload { offer, bytes }, look) => {
            let shown = name::safe(&offer.name);
            let source = FromPage::new(bytes, offer.size);
            seal_all(folder, secret, source, (shown, offer.size, caption, look))
        }
    }
}

fn open_source(path: &Path) -> Result<(std::fs::File, u64), Error> {
    let cant_read = |error: &io::Error| {
        let words = [("file", Word::text(path.display())), ("why", Word::text(sentence_of(error)))];
        Error::new(ErrorKind::NotFound, "file-unreadable", words)
    };
    let found = std::fs::metadata(path).map_err(|error| cant_read(&error))?;
    if !found.is_file() {
        return Err(Error::new(ErrorKind::BadInput, "file-not-one", [("file", Word::text(path.display()))]));
    }
    Ok((std::fs::File::open(path).map_err(|error| cant_read(&error))?, found.len()))
}

fn seal_all(
    folder: &Folder,
    secret: Secret,
    mut source: impl io::Read,
    (shown, size, caption, look): (String, u64, String, Look),
) -> Result<FileBody, Error> {
    if !has_room(folder.room(), size) {
        return Err(disk_error(&io::ErrorKind::StorageFull.into()));
    }
    folder.make().map_err(|error| disk_error(&error))?;
    let blob = folder.path(&blob_name(&secret));
    let sealed = Blob::seal(&blob, &secret, &mut source, |_| true).map_err(|error| disk_error(&error))?;
    Ok(FileBody {
        media_type: media_type(&shown).to_owned(),
        name: shown,
        size: sealed.shape.size(),
        key: secret,
        root: sealed.root,
        caption,
        look,
        timer: None,
    })
}

fn save(blob: &Path, body: &FileBody, to: &Path, replace: bool) -> Result<(), Error> {
    if !to.is_absolute() {
        return Err(Error::new(ErrorKind::BadRequest, "path-not-whole", []));
    }
    let shape = Shape::of(body.size).ok_or_else(|| internal("a file has a size that none can have"))?;
    let saved = Blob::open(blob, shape).and_then(|blob| blob.save(&body.key, to, replace));
    saved.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Error::new(ErrorKind::Exists, "file-exists", [("file", Word::text(to.display()))])
        }
        io::ErrorKind::InvalidData => Error::new(ErrorKind::Storage, "file-changed", []),
        _ => disk_error(&error),
    })
}

pub(super) fn disk_error(error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::StorageFull => Error::new(ErrorKind::Storage, "disk-full", []),
        io::ErrorKind::UnexpectedEof => Error::new(ErrorKind::BadInput, "file-cut-short", []),
        io::ErrorKind::FileTooLarge => Error::new(ErrorKind::TooLarge, "file-too-large", []),
        _ => Error::new(ErrorKind::Storage, "disk-refuses", [("why", Word::text(sentence_of(error)))]),
    }
}

/// What the system says, without its number.
fn sentence_of(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).trim_end_matches('.').to_owned()
}

pub(super) fn no_file() -> Error {
    Error::new(ErrorKind::NotFound, "file-none", [])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FILE-020
    #[test]
    fn a_file_leaves_room_on_the_disk_for_what_vaults_write() {
        assert!(has_room(None, u64::MAX));
        assert!(has_room(Some(limits::DISK_LEFT_MIN + 7), 7));
        assert!(!has_room(Some(limits::DISK_LEFT_MIN + 7), 8));
        assert!(!has_room(Some(u64::MAX - 1), u64::MAX));
    }
}
