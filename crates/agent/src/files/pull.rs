//! Gets one file from the device that sent it: asks ahead, checks each piece, writes it, says what is on disk.
//!
//! ```text
//! this task:  questions ahead ──▶ stream ──▶ answers ──▶ │ few at a time │ ──▶ a thread: check, write, sync ──▶ core
//! ```
//! Memory is bounded by what is asked ahead, whatever the file's size. The core's cancellation, or the end of the connection,
//! ends it at any point; what was said to be on disk stays, and the next pull goes on there.

use super::coming::Coming;
use super::{End, FileMsg, TOGETHER, TOLD_EVERY, tell};
use crate::core::Msg;
use crate::links::Links;
use kith_base::limits::FILE_BAD_PIECES_MAX;
use kith_base::{ContactId, DeviceId, EventId};
use kith_files::ask::{Ask, LATER, What, YES};
use kith_files::incoming::NotTaken;
use kith_files::shape::{GROUP, PLAIN, SEALED, Shape};
use kith_files::{Folder, Incoming, Pieces, Room, Rooms};
use kith_net::{FileReader, FileSender};
use kith_proto::io::EventRow;
use std::collections::{BTreeSet, VecDeque};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

/// Pieces asked for in one question.
const ASKED: u64 = 16;
/// Questions asked ahead of their answers.
const AHEAD: usize = 4;
/// Answers, or parts of them, that wait for the disk: a few mebibytes.
const PARTS: usize = 4;
/// What came is synced, and said to be here, after so long
const SYNC_EVERY: Duration = Duration::from_secs(1);
/// or so many bytes.
const SYNC_BYTES: u64 = 128 * 1024 * 1024;

/// One file to get.
pub(crate) struct Pull {
    pub(crate) contact: ContactId,
    pub(crate) device: DeviceId,
    pub(crate) event: EventId,
    pub(crate) row: EventRow,
    /// Which of the core's pulls this is.
    pub(crate) number: u64,
    pub(crate) folder: Folder,
    pub(crate) blob: String,
    pub(crate) shape: Shape,
    pub(crate) root: [u8; 32],
    pub(crate) have: Pieces,
    /// For who reads it meanwhile.
    pub(crate) coming: Coming,
    pub(crate) core: mpsc::Sender<Msg>,
    pub(crate) links: Links,
    pub(crate) stop: CancellationToken,
}

/// Something that came and is to be checked and written.
enum Part {
    Tops(Vec<u8>),
    Hashes(u64, Vec<u8>),
    Pieces(u64, Room),
}

impl Pull {
    /// Runs to its end, and tells it, unless it was stopped.
    pub(crate) async fn run(self) {
        let (contact, row, number) = (self.contact, self.row, self.number);
        let (core, stop) = (self.core.clone(), self.stop.clone());
        let end = tokio::select! {
            () = stop.cancelled() => return,
            end = self.persist() => end,
        };
        tell(&core, FileMsg::Ended { contact, row, number, end }).await;
    }

    async fn persist(mut self) -> End {
        let mut patience = Patience(FILE_BAD_PIECES_MAX);
        loop {
            let end = self.once().await;
            if !patience.asks_again(end) {
                return end;
            }
            tracing::debug!("a piece of a file was thrown away");
        }
    }

    async fn once(&mut self) -> End {
        let Some(stream) = self.links.files(self.device).await else { return End::Early };
        let (mut sender, mut reader) = stream.split();
        let (folder, blob) = (self.folder.clone(), self.blob.clone());
        let (shape, root, have) = (self.shape, self.root, self.have.clone());
        let opened = spawn_blocking(move || {
            folder.make()?;
            Incoming::open(&folder.path(&blob), shape, root, have)
        });
        let incoming = match opened.await {
            Ok(Ok(incoming)) => incoming,
            Ok(Err(error)) => return disk(&error),
            Err(_) => return End::Early,
        };
        let asked = incoming.have().clone();
        let (parts, to_write) = mpsc::channel(PARTS);
        let writer = Writer {
            contact: self.contact,
            row: self.row,
            coming: self.coming.clone(),
            core: self.core.clone(),
            stop: self.stop.clone(),
        };
        let writing = spawn_blocking(move || writer.write(incoming, to_write));
        let coming = self.coming.clone();
        let asking = Asking {
            event: self.event,
            shape,
            coming,
            asked,
            known: BTreeSet::new(),
            open: VecDeque::new(),
            rooms: Rooms::default(),
        };
        let read = asking.run(&mut sender, &mut reader, parts).await;
        let Ok((have, wrote)) = writing.await else { return End::Early };
        self.have = have;
        match (wrote, read) {
            (Err(end), _) | (Ok(()), Err(end)) => end,
            (Ok(()), Ok(())) => {
                // Who gave it may go without having heard; it asks for nothing.
                let thanks = Ask { event: self.event, what: What::Thanks };
                if ask(&mut sender, thanks).await.is_some() {
                    drop(reader.read(1).await);
                }
                End::Whole
            }
        }
    }
}

/// How often what came wrong is still asked for again (FILE-018).
struct Patience(u32);

impl Patience {
    /// Whether to ask again after an attempt that ended so.
    fn asks_again(&mut self, end: End) -> bool {
        let asks = end == End::Unchecked && self.0 > 0;
        self.0 -= u32::from(asks);
        asks
    }
}

/// The side that asks and reads.
struct Asking {
    event: EventId,
    shape: Shape,
    coming: Coming,
    /// Pieces that are here or were asked for.
    asked: Pieces,
    /// Groups whose hashes were asked for.
    known: BTreeSet<u64>,
    /// Questions without an answer yet.
    open: VecDeque<What>,
    rooms: Rooms,
}

impl Asking {
    async fn run(
        mut self,
        sender: &mut FileSender,
        reader: &mut FileReader,
        parts: mpsc::Sender<Part>,
    ) -> Result<(), End> {
        loop {
            while self.open.len() < AHEAD
                && let Some(what) = self.next()
            {
                ask(sender, Ask { event: self.event, what }).await.ok_or(End::Early)?;
                self.open.push_back(what);
            }
            let Some(what) = self.open.pop_front() else { return Ok(()) };
            match reader.read(1).await.as_deref() {
                Some([YES]) => {}
                Some([LATER]) => return Err(End::Held),
                Some(_) => return Err(End::Gone),
                None => return Err(End::Early),
            }
            self.take(what, reader, &parts).await.ok_or(End::Early)?;
        }
    }

    /// What to ask next.
    fn next(&mut self) -> Option<What> {
        let pieces = self.shape.pieces();
        // What somebody waits for comes first. FILE-021
        let after = self.asked.missing(self.coming.wanted(), ASKED, pieces);
        let (from, end) = after.or_else(|| self.asked.missing(0, ASKED, pieces))?;
        let group = from / GROUP;
        if self.shape.pieces() > 1 && !self.known.contains(&group) {
            if self.shape.groups() > 1 && self.known.is_empty() && !self.open.contains(&What::Tops) {
                return Some(What::Tops);
            }
            self.known.insert(group);
            return Some(What::Hashes { group });
        }
        let end = end.min((group + 1) * GROUP);
        self.asked.add(from, end);
        Some(What::Pieces { from, count: end - from })
    }

    /// Reads an answer and hands it on, part by part. `None` when the stream or the writer ended.
    async fn take(&mut self, what: What, reader: &mut FileReader, parts: &mpsc::Sender<Part>) -> Option<()> {
        match what {
            What::Tops | What::Hashes { .. } => {
                let bytes = reader.read(usize::try_from(what.answer_bytes(self.shape)?).ok()?).await?;
                let part =
                    if let What::Hashes { group } = what { Part::Hashes(group, bytes) } else { Part::Tops(bytes) };
                parts.send(part).await.ok()
            }
            What::Pieces { from, count } => {
                for place in (from..from + count).step_by(TOGETHER as usize) {
                    let length = self.shape.sealed_span(place, TOGETHER.min(from + count - place));
                    let mut room = self.rooms.take(usize::try_from(length).ok()?);
                    reader.fill(&mut room).await?;
                    parts.send(Part::Pieces(place, room)).await.ok()?;
                }
                Some(())
            }
            What::Thanks => Some(()),
        }
    }
}

async fn ask(sender: &mut FileSender, ask: Ask) -> Option<()> {
    let question = ask.encode();
    let length = u32::try_from(question.len()).ok()?;
    sender.send([&length.to_be_bytes()[..], &question].concat().into()).await.ok()
}

/// The side that checks and writes, on a thread that may wait for the disk.
struct Writer {
    contact: ContactId,
    row: EventRow,
    coming: Coming,
    core: mpsc::Sender<Msg>,
    stop: CancellationToken,
}

impl Writer {
    /// Takes parts until there are no more, or one is not taken. What it answers is on disk.
    fn write(self, mut incoming: Incoming, mut parts: mpsc::Receiver<Part>) -> (Pieces, Result<(), End>) {
        let (mut synced, mut told) = (Instant::now(), Instant::now());
        let mut fresh = 0;
        let mut end = Ok(());
        while let Some(part) = parts.blocking_recv() {
            if self.stop.is_cancelled() {
                break;
            }
            fresh += SEALED * TOGETHER;
            if let Err(why) = take(&mut incoming, part) {
                end = Err(why);
                break;
            }
            self.coming.came(incoming.have());
            if synced.elapsed() >= SYNC_EVERY || fresh >= SYNC_BYTES {
                if let Err(why) = self.sync(&incoming) {
                    end = Err(why);
                    break;
                }
                (synced, told, fresh) = (Instant::now(), Instant::now(), 0);
            } else if told.elapsed() >= TOLD_EVERY {
                told = Instant::now();
                self.tell(&incoming, None);
            }
        }
        drop(parts);
        let last = self.sync(&incoming);
        (incoming.have().clone(), end.and(last))
    }

    // FILE-016
    fn sync(&self, incoming: &Incoming) -> Result<(), End> {
        let have = incoming.sync().map_err(|error| disk(&error))?;
        self.tell(incoming, Some(have.clone()));
        Ok(())
    }

    fn tell(&self, incoming: &Incoming, on_disk: Option<Pieces>) {
        let bytes = plain_bytes(incoming.shape(), incoming.have());
        let msg = FileMsg::Came { contact: self.contact, row: self.row, bytes, on_disk };
        if !self.stop.is_cancelled() {
            drop(self.core.blocking_send(Msg::File(msg)));
        }
    }
}

fn take(incoming: &mut Incoming, part: Part) -> Result<(), End> {
    let taken = match part {
        Part::Tops(bytes) => incoming.take_tops(&bytes).map_err(|_| NotTaken::Unverified),
        Part::Hashes(group, bytes) => incoming.take_hashes(group, &bytes),
        Part::Pieces(from, bytes) => incoming.take_pieces(from, &bytes),
    };
    taken.map_err(|why| match why {
        NotTaken::Unverified => End::Unchecked,
        NotTaken::Disk(error) => disk(&error),
    })
}

fn disk(error: &std::io::Error) -> End {
    tracing::warn!(%error, "a file can't be written");
    End::NoRoom
}

/// Plain bytes in pieces of a file.
pub(crate) fn plain_bytes(shape: Shape, have: &Pieces) -> u64 {
    (have.count() * PLAIN).min(shape.size())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FILE-018
    #[test]
    fn what_came_wrong_is_asked_for_again_three_times_and_nothing_else_is() {
        let mut patience = Patience(FILE_BAD_PIECES_MAX);
        for other in [End::Whole, End::Early, End::Gone, End::Held, End::NoRoom] {
            assert!(!patience.asks_again(other));
        }
        let again = std::iter::from_fn(|| patience.asks_again(End::Unchecked).then_some(()));
        assert_eq!(again.count(), 3);
        assert!(!patience.asks_again(End::Unchecked));
    }

    /// FILE-021
    #[test]
    fn what_somebody_waits_for_is_asked_for_first_and_then_the_rest() {
        let shape = Shape::of(100 * PLAIN).unwrap();
        let coming = Coming::new(Pieces::default());
        let (asked, known, open) = (Pieces::default(), BTreeSet::new(), VecDeque::new());
        let event = EventId::from_bytes([0; 32]);
        let rooms = Rooms::default();
        let mut asking = Asking { event, shape, coming: coming.clone(), asked, known, open, rooms };
        let first = std::iter::from_fn(|| asking.next()).find(|what| matches!(what, What::Pieces { .. }));
        assert_eq!(first, Some(What::Pieces { from: 0, count: ASKED }));
        drop(futures_util::FutureExt::now_or_never(coming.wait(90)));
        let rest: Vec<What> = std::iter::from_fn(|| asking.next()).collect();
        assert_eq!(rest.first(), Some(&What::Pieces { from: 90, count: 10 }));
        assert_eq!(rest.get(1), Some(&What::Pieces { from: ASKED, count: ASKED }));
        assert_eq!(asking.asked.count(), 100);
    }

    #[test]
    fn hashes_are_asked_for_before_the_pieces_that_they_check_and_each_piece_once() {
        for pieces in [1, 2, GROUP, GROUP + 1, 2 * GROUP + 40] {
            let shape = Shape::of(pieces * PLAIN).unwrap();
            let mut asking = Asking {
                event: EventId::from_bytes([0; 32]),
                shape,
                coming: Coming::new(Pieces::default()),
                asked: Pieces::default(),
                known: BTreeSet::new(),
                open: VecDeque::new(),
                rooms: Rooms::default(),
            };
            let (mut tops, mut hashes, mut had) = (false, BTreeSet::new(), 0);
            while let Some(what) = asking.next() {
                match what {
                    What::Tops => assert!(!std::mem::replace(&mut tops, true)),
                    What::Hashes { group } => assert!(hashes.insert(group)),
                    What::Pieces { from, count } => {
                        assert_eq!(from, had);
                        had += count;
                        assert!(pieces == 1 || hashes.contains(&((had - 1) / GROUP)));
                    }
                    What::Thanks => panic!("nobody thanks before all is here"),
                }
                asking.open.push_back(what);
            }
            assert_eq!((had, tops), (pieces, shape.groups() > 1));
        }
    }
}
