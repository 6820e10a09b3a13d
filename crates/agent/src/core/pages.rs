//! Files that pages send and read: what may be sealed, what may be opened, and for how long one waits for the rest.
//!
//! The scope of a page is its contact, so an event of another conversation is one that does not exist.

use super::files::{FileSource, Noted, SendFile, file_at, no_file, pieces};
use super::setup::store_error;
use super::talk::internal;
use super::timeline::{event_id, no_event};
use super::{Answer, Core};
use crate::files::coming::Coming;
use crate::files::kinds::media_type;
use crate::files::page::ToPage;
use data_encoding::BASE64;
use kith_api::{Error, ErrorKind};
use kith_base::{ContactId, limits};
use kith_files::seal::{PieceKey, blob_name};
use kith_files::{Shape, name};
use kith_loopback::{Download, Offer, Upload};
use kith_proto::io::{EventRow, View as _};
use kith_proto::log::file::Look;
use std::sync::Arc;

impl Core {
    /// Seals a file as a page sends it.
    pub(super) fn file_from_page(&mut self, contact: String, mut upload: Upload, answer: Answer) {
        let caption = std::mem::take(&mut upload.offer.caption);
        match look(&upload.offer, &caption) {
            Err(error) => drop(answer.send(Err(error))),
            Ok(look) => {
                let (caption, source) = (Some(caption), FileSource::Page(upload, look));
                let wanted = SendFile { contact: Some(contact), source, caption, wait: None, timeout_ms: None };
                self.send_file(wanted, answer);
            }
        }
    }

    /// A file that a page may read: one of which all is here, or that is coming.
    pub(super) fn file_to_page(&mut self, contact: String, event: &str) -> Result<Download, Error> {
        let id = self.find(&Some(contact))?;
        let live = self.live(id)?;
        let row = live.vault.row_of(&event_id(event)?).ok_or_else(no_event)?;
        let (stored, body) = file_at(&live.vault, row).ok_or_else(no_file)?;
        let note = live.vault.file_note(row).map_err(|error| store_error(&error))?;
        let shape = Shape::of(body.size).ok_or_else(|| internal("a file has a size that none can have"))?;
        let whole = stored.mine || Noted::of(note.state) == Noted::Whole;
        if whole && self.is_lost(id, &body) || !whole && !matches!(Noted::of(note.state), Noted::Wanted | Noted::Held) {
            return Err(Error::new(ErrorKind::WrongState, "file-not-here", []));
        }
        let path = self.files_of(id)?.path(&blob_name(&body.key));
        let key = PieceKey::of(&body.key).map_err(|_| internal("a key of 32 bytes is one"))?;
        let coming = self
            .contacts
            .get_mut(&id)
            .filter(|_| !whole)
            .map(|contact| contact.coming.entry(row).or_insert_with(|| Coming::new(pieces(shape, &note))).clone());
        let name = name::safe(&body.name);
        let media_type = media_type(&name).to_owned();
        Ok(Download { name, media_type, size: body.size, source: Arc::new(ToPage::new(path, shape, key, coming)) })
    }

    /// Who reads a file on its way here is told that the rest will not come.
    pub(super) fn end_coming(&mut self, id: ContactId, row: EventRow) {
        let coming = self.contacts.get_mut(&id).and_then(|contact| contact.coming.remove(&row));
        if let Some(coming) = coming {
            coming.end();
        }
    }
}

/// How a file that a page sends looks, by the page's word.
fn look(offer: &Offer, caption: &str) -> Result<Look, Error> {
    let thumbnail = offer.thumbnail.as_ref().map(|text| BASE64.decode(text.as_bytes())).transpose();
    let thumbnail = thumbnail.map_err(|_| unfit())?;
    let look =
        Look { thumbnail, pixels: offer.pixels, duration_ms: offer.duration_ms, waveform: offer.waveform.clone() };
    let fits = |bytes: &Option<Vec<u8>>, most| bytes.as_ref().is_none_or(|bytes| bytes.len() <= most);
    let all = fits(&look.thumbnail, limits::FILE_THUMBNAIL_BYTES_MAX)
        && fits(&look.waveform, limits::FILE_WAVEFORM_MAX)
        && caption.len() <= limits::FILE_CAPTION_BYTES_MAX;
    if all { Ok(look) } else { Err(unfit()) }
}

fn unfit() -> Error {
    Error::new(ErrorKind::TooLarge, "file-caption-too-long", [])
}
