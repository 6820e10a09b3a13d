//! Gives the pieces of this device's files to who asks for them on a stream (FILE-010 to FILE-013).
//!
//! Each question is put to the core anew: a file that was deleted meanwhile, or a contact that was removed, gives nothing
//! more. What is given is read from the blob as it lies there, sealed.

use super::{FileMsg, Served, TOGETHER, TOLD_EVERY, tell};
use crate::core::Msg;
use bytes::Bytes;
use kith_base::{ContactId, DeviceId, EventId};
use kith_files::Blob;
use kith_files::ask::{ASK_BYTES_MAX, Ask, NO, What, YES};
use kith_files::shape::PLAIN;
use kith_net::{Connection, FileReader, FileSender, FileStream};
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::{mpsc, oneshot};
use tokio::task::spawn_blocking;

/// Answers on every stream of files that the other device opens, until the connection ends.
pub(crate) async fn accept(connection: Connection, core: mpsc::Sender<Msg>, contact: ContactId, device: DeviceId) {
    while let Some(stream) = connection.accept_files().await {
        let core = core.clone();
        tokio::spawn(serve(stream, core, contact, device));
    }
}

/// Answers the questions of one stream, in order, until it ends or breaks a rule.
async fn serve(stream: FileStream, core: mpsc::Sender<Msg>, contact: ContactId, device: DeviceId) {
    let (mut sender, mut reader) = stream.split();
    let mut serving = Serving { core, contact, device, open: None, told: None };
    while let Some(ask) = question(&mut reader).await {
        if serving.answer(ask, &mut sender).await.is_none() {
            return;
        }
    }
    sender.finish();
}

/// The next question; `None` at the end, and for what is none.
async fn question(reader: &mut FileReader) -> Option<Ask> {
    let length = reader.read(4).await?;
    let length = u32::from_be_bytes(length.try_into().ok()?) as usize;
    // FILE-010
    if length > ASK_BYTES_MAX {
        return None;
    }
    Ask::decode(&reader.read(length).await?).ok()
}

struct Serving {
    core: mpsc::Sender<Msg>,
    contact: ContactId,
    device: DeviceId,
    /// The file that was asked for last.
    open: Option<(EventId, Arc<Blob>)>,
    told: Option<Instant>,
}

impl Serving {
    /// Answers a question; `None` when the stream can't go on.
    async fn answer(&mut self, ask: Ask, sender: &mut FileSender) -> Option<()> {
        let Ask { event, what } = ask;
        if what == What::Thanks {
            let (contact, device) = (self.contact, self.device);
            tell(&self.core, FileMsg::Thanked { contact, device, event }).await;
            return sender.send(Bytes::from_static(&[YES])).await.ok();
        }
        let blob = self.blob(event).await.filter(|blob| what.answer_bytes(blob.shape()).is_some());
        let Some(blob) = blob else { return sender.send(Bytes::from_static(&[NO])).await.ok() };
        // FILE-011
        sender.send(Bytes::from_static(&[YES])).await.ok()?;
        match what {
            What::Tops => sender.send(read(blob, Blob::tops).await?).await.ok(),
            What::Hashes { group } => sender.send(read(blob, move |blob| blob.hashes(group)).await?).await.ok(),
            What::Pieces { from, count } => self.pieces(event, &blob, (from, from + count), sender).await,
            What::Thanks => Some(()),
        }
    }

    /// Sends sealed pieces, reading the next while the last ones leave.
    async fn pieces(
        &mut self,
        event: EventId,
        blob: &Arc<Blob>,
        (from, end): (u64, u64),
        sender: &mut FileSender,
    ) -> Option<()> {
        let part = |from: u64| {
            let count = TOGETHER.min(end.saturating_sub(from));
            read(Arc::clone(blob), move |blob| blob.sealed(from, count))
        };
        let mut next = part(from).await?;
        for place in (from..end).step_by(TOGETHER as usize) {
            let (sent, read) = tokio::join!(sender.send(next), part(place + TOGETHER));
            sent.ok()?;
            next = read?;
            self.given(event, blob, (place + TOGETHER).min(end)).await;
        }
        Some(())
    }

    async fn given(&mut self, event: EventId, blob: &Blob, through: u64) {
        if self.told.is_some_and(|told| told.elapsed() < TOLD_EVERY) {
            return;
        }
        self.told = Some(Instant::now());
        let bytes = (through * PLAIN).min(blob.shape().size());
        tell(&self.core, FileMsg::Given { contact: self.contact, event, bytes }).await;
    }

    /// The blob of a file that the core says may be given.
    async fn blob(&mut self, event: EventId) -> Option<Arc<Blob>> {
        let (answer, answered) = oneshot::channel();
        tell(&self.core, FileMsg::Asked { contact: self.contact, event, answer }).await;
        let Served { path, shape } = answered.await.ok()??;
        if let Some((_, blob)) = self.open.as_ref().filter(|(open, _)| *open == event) {
            return Some(Arc::clone(blob));
        }
        let blob = Arc::new(spawn_blocking(move || Blob::open(&path, shape)).await.ok()?.ok()?);
        self.open = Some((event, Arc::clone(&blob)));
        Some(blob)
    }
}

/// Reads from a blob on a thread that may wait for the disk.
async fn read(blob: Arc<Blob>, how: impl FnOnce(&Blob) -> std::io::Result<Vec<u8>> + Send + 'static) -> Option<Bytes> {
    let read = spawn_blocking(move || how(&blob)).await.ok()?;
    read.inspect_err(|error| tracing::warn!(%error, "a file that was sent can't be read")).ok().map(Bytes::from)
}
