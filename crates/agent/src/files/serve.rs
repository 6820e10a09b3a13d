//! Gives the pieces of this device's files to who asks for them on a stream (FILE-010 to FILE-013).
//!
//! Each question is put to the core anew: a file that was deleted meanwhile, or a contact that was removed, gives nothing
//! more. What is given is read from the blob as it lies there, sealed. Who asks much for little waits ([`Pace`]).

use super::{FileMsg, Served, TOGETHER, TOLD_EVERY, tell};
use crate::core::Msg;
use bytes::Bytes;
use kith_base::limits::{FILE_QUESTIONS_AT_ONCE, FILE_QUESTIONS_PER_SECOND};
use kith_base::{ContactId, DeviceId, EventId};
use kith_files::ask::{ASK_BYTES_MAX, Ask, LATER, NO, What, YES};
use kith_files::shape::PLAIN;
use kith_files::{Blob, Rooms};
use kith_net::{Connection, FileReader, FileSender, FileStream};
use std::sync::Arc;
use std::time::{Duration, Instant};
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
    let mut serving = Serving { core, contact, device, open: None, told: None, rooms: Rooms::default() };
    let mut pace = Pace::begin(Instant::now());
    while let Some(ask) = question(&mut reader).await {
        let Some(answered) = serving.answer(ask, &mut sender).await else { return };
        // FILE-022
        tokio::time::sleep(pace.after(answered, Instant::now())).await;
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
    rooms: Rooms,
}

impl Serving {
    /// Answers a question, and says with how many bytes; `None` when the stream can't go on.
    async fn answer(&mut self, ask: Ask, sender: &mut FileSender) -> Option<u64> {
        let Ask { event, what } = ask;
        if what == What::Thanks {
            let (contact, device) = (self.contact, self.device);
            tell(&self.core, FileMsg::Thanked { contact, device, event }).await;
            return sender.send(Bytes::from_static(&[YES])).await.ok().map(|()| 0);
        }
        let blob = match self.blob(event).await {
            Ok(blob) if what.answer_bytes(blob.shape()).is_some() => blob,
            Ok(_) => return sender.send(Bytes::from_static(&[NO])).await.ok().map(|()| 0),
            Err(no) => return sender.send(vec![no].into()).await.ok().map(|()| 0),
        };
        let bytes = what.answer_bytes(blob.shape())?;
        // FILE-011
        sender.send(Bytes::from_static(&[YES])).await.ok()?;
        match what {
            What::Tops => sender.send(read(move || blob.tops()).await?.into()).await.ok(),
            What::Hashes { group } => sender.send(read(move || blob.hashes(group)).await?.into()).await.ok(),
            What::Pieces { from, count } => self.pieces(event, &blob, (from, from + count), sender).await,
            What::Thanks => Some(()),
        }
        .map(|()| bytes)
    }

    /// Sends sealed pieces, reading the next while the last ones leave.
    async fn pieces(
        &mut self,
        event: EventId,
        blob: &Arc<Blob>,
        (from, end): (u64, u64),
        sender: &mut FileSender,
    ) -> Option<()> {
        let mut next = self.part(blob, from, end).await?;
        for place in (from..end).step_by(TOGETHER as usize) {
            let sending = sender.send(next);
            let (sent, read) = tokio::join!(sending, self.part(blob, place + TOGETHER, end));
            sent.ok()?;
            next = read?;
            self.given(event, blob, (place + TOGETHER).min(end)).await;
        }
        Some(())
    }

    /// A few sealed pieces, of those before `end`; none at the end.
    async fn part(&self, blob: &Arc<Blob>, from: u64, end: u64) -> Option<Bytes> {
        let length = blob.shape().sealed_span(from, TOGETHER.min(end.saturating_sub(from)));
        let (blob, mut room) = (Arc::clone(blob), self.rooms.take(usize::try_from(length).ok()?));
        read(move || blob.sealed_into(from, &mut room).map(|()| Bytes::from_owner(room))).await
    }

    async fn given(&mut self, event: EventId, blob: &Blob, through: u64) {
        if self.told.is_some_and(|told| told.elapsed() < TOLD_EVERY) {
            return;
        }
        self.told = Some(Instant::now());
        let bytes = (through * PLAIN).min(blob.shape().size());
        tell(&self.core, FileMsg::Given { contact: self.contact, event, bytes }).await;
    }

    /// The blob of a file that the core says may be given, or the answer that says why there is none.
    async fn blob(&mut self, event: EventId) -> Result<Arc<Blob>, u8> {
        let (answer, answered) = oneshot::channel();
        tell(&self.core, FileMsg::Asked { contact: self.contact, event, answer }).await;
        let (path, shape) = match answered.await.map_err(|_| NO)? {
            Served::Blob { path, shape } => (path, shape),
            // FILE-024
            Served::Later => return Err(LATER),
            Served::Nothing => return Err(NO),
        };
        if let Some((_, blob)) = self.open.as_ref().filter(|(open, _)| *open == event) {
            return Ok(Arc::clone(blob));
        }
        let opened = spawn_blocking(move || Blob::open(&path, shape)).await;
        let blob = Arc::new(opened.map_err(|_| NO)?.map_err(|_| NO)?);
        self.open = Some((event, Arc::clone(&blob)));
        Ok(blob)
    }
}

/// How fast a stream may ask for little: so many questions at once, then so many a second.
#[derive(Debug)]
struct Pace {
    left: Duration,
    at: Instant,
}

impl Pace {
    /// What a question with a short answer costs.
    const EACH: Duration = Duration::from_millis(1000 / FILE_QUESTIONS_PER_SECOND as u64);
    /// The most that is saved up.
    const MOST: Duration = Duration::from_millis(Self::EACH.as_millis() as u64 * FILE_QUESTIONS_AT_ONCE as u64);
    /// An answer of so many bytes costs its asker as much as this device.
    const LONG: u64 = 64 * 1024;

    const fn begin(now: Instant) -> Self {
        Self { left: Self::MOST, at: now }
    }

    /// How long to wait before the next question is read, after one that was answered with so many bytes.
    fn after(&mut self, answered: u64, now: Instant) -> Duration {
        self.left = Self::MOST.min(self.left + now.saturating_duration_since(self.at));
        self.at = now;
        if answered >= Self::LONG {
            return Duration::ZERO;
        }
        let wait = Self::EACH.saturating_sub(self.left);
        self.left = self.left.saturating_sub(Self::EACH);
        // The wait pays for this question, and is not saved up for the next.
        self.at = now + wait;
        wait
    }
}

/// Reads from a blob on a thread that may wait for the disk.
async fn read<T: Send + 'static>(how: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> Option<T> {
    let read = spawn_blocking(how).await.ok()?;
    read.inspect_err(|error| tracing::warn!(%error, "a file that was sent can't be read")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FILE-022
    #[test]
    fn who_asks_much_for_little_waits_and_who_asks_for_pieces_does_not() {
        let now = Instant::now();
        let mut pace = Pace::begin(now);
        let free = (0..1000).take_while(|_| pace.after(0, now).is_zero()).count();
        assert_eq!(free, FILE_QUESTIONS_AT_ONCE as usize);
        assert_eq!(pace.after(0, now), Pace::EACH);
        assert!((0..10_000).all(|_| pace.after(1 << 20, now).is_zero()));
        // Over a second, as many as are due, and no more.
        let mut at = now + Pace::EACH;
        let mut asked = 0;
        while at < now + Duration::from_secs(1) {
            at += pace.after(0, at).max(Duration::from_micros(1));
            asked += 1;
        }
        assert!((FILE_QUESTIONS_PER_SECOND - 3..=FILE_QUESTIONS_PER_SECOND + 3).contains(&asked), "{asked}");
    }
}
