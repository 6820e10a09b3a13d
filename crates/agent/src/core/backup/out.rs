//! The thread that writes a backup: into a file of this machine, or to a page that downloads it.
//!
//! ```text
//! parts of the core ─▶ sealed chunks ─┬─▶ FILE.part ─▶ FILE
//!                                     └─▶ a few pieces ─▶ the page's browser
//! ```
//! Invariants: a page is told by an empty piece that all of it came, and by nothing else (LOOP-082). Memory is bounded: who
//! does not read on for [`STALL`] is let go of, and nothing of the backup is left here.

use super::{BackupMsg, Part, Wanted};
use crate::core::files::disk_error;
use crate::core::{Answer, Msg};
use bytes::Bytes;
use kith_api::{BackedUp, Error, ErrorKind, Word};
use kith_base::Rng;
use kith_store::{BackupWriter, GrowingFile, StoreError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

/// How long a page's browser may leave a piece standing; it is let go of as any file is (LOOP-076).
const STALL: Duration = Duration::from_secs(120);
/// Bytes that are handed to a page together.
const PIECE: usize = 256 * 1024;
/// What a download is called in errors of its own.
const DOWNLOAD: &str = "the download";
/// Who looks is told this often how far it is.
const TOLD_EVERY: Duration = Duration::from_millis(200);

/// Where a backup goes.
pub(super) enum To {
    /// To a path of this machine; whoever asked waits for the answer.
    File(PathBuf, Answer),
    /// To a page.
    Page(mpsc::Sender<Bytes>),
}

/// Writes it beside the core, and tells the core of its end.
pub(super) fn write(
    wanted: Wanted,
    to: To,
    core: &mpsc::Sender<Msg>,
    (runtime, stop): (&Handle, &CancellationToken),
    rng: &mut Rng,
) {
    let (result, answer) = match to {
        To::File(path, answer) => (to_file(wanted, &path, core, stop, rng), Some(answer)),
        To::Page(pieces) => {
            let page = ToPage { pieces, room: Vec::new(), given: 0, runtime: runtime.clone(), stop: stop.clone() };
            (to_page(wanted, page, core, stop, rng), None)
        }
    };
    drop(core.blocking_send(Msg::Backup(BackupMsg::Ended { result, answer })));
}

fn to_file(
    wanted: Wanted,
    path: &Path,
    core: &mpsc::Sender<Msg>,
    stop: &CancellationToken,
    rng: &mut Rng,
) -> Result<BackedUp, Error> {
    let blame = |error: StoreError| if stop.is_cancelled() { ended() } else { unwritten(&error, path) };
    let file = GrowingFile::begin(path).map_err(|error| unwritten(&error, path))?;
    let (file, made) = fill(wanted, file, path, core, stop, rng, blame)?;
    let size = file.keep().map_err(|error| unwritten(&error, path))?;
    Ok(BackedUp { path: Some(path.display().to_string()), size, ..made })
}

fn to_page(
    wanted: Wanted,
    page: ToPage,
    core: &mpsc::Sender<Msg>,
    stop: &CancellationToken,
    rng: &mut Rng,
) -> Result<BackedUp, Error> {
    let what = Path::new(DOWNLOAD);
    let blame = |error: StoreError| {
        if stop.is_cancelled() {
            ended()
        } else if error.file() == what {
            let_go()
        } else {
            unwritten(&error, what)
        }
    };
    let (page, made) = fill(wanted, page, what, core, stop, rng, blame)?;
    let size = page.end().map_err(|_| if stop.is_cancelled() { ended() } else { let_go() })?;
    Ok(BackedUp { size, ..made })
}

/// Asks the core for one part after the other, and writes them.
fn fill<W: Write>(
    wanted: Wanted,
    out: W,
    what: &Path,
    core: &mpsc::Sender<Msg>,
    stop: &CancellationToken,
    rng: &mut Rng,
    blame: impl Fn(StoreError) -> Error + Copy,
) -> Result<(W, BackedUp), Error> {
    let Wanted { passphrase, about } = wanted;
    let (stop, teller) = (stop.clone(), core.clone());
    let mut told: Option<Instant> = None;
    let goes_on = move |written: u64| {
        if told.is_none_or(|told| told.elapsed() >= TOLD_EVERY) {
            told = Some(Instant::now());
            // One figure less is no loss.
            drop(teller.try_send(Msg::Backup(BackupMsg::Written(written))));
        }
        !stop.is_cancelled()
    };
    let mut out = BackupWriter::begin(out, what, &passphrase, &about, goes_on, rng).map_err(blame)?;
    drop(passphrase);
    let mut files = 0;
    loop {
        let (wanted, part) = oneshot::channel();
        core.blocking_send(Msg::Backup(BackupMsg::Next(wanted))).map_err(|_| ended())?;
        match part.blocking_recv().map_err(|_| ended())?? {
            Part::Conversation { file, copy, blobs } => {
                out.vault(&file, &copy).map_err(blame)?;
                drop(std::fs::remove_file(&copy));
                for (name, blob) in blobs.whole().map_err(|error| disk_error(&error))? {
                    files += u32::from(out.blob(&file, &name, &blob).map_err(blame)?);
                }
            }
            Part::Home { home, contacts, left_out } => {
                let out = out.finish(&home).map_err(blame)?;
                return Ok((out, BackedUp { path: None, size: 0, contacts, files, left_out }));
            }
        }
    }
}

/// Hands bytes to a page, as fast as its browser takes them.
struct ToPage {
    pieces: mpsc::Sender<Bytes>,
    /// What was not handed over yet.
    room: Vec<u8>,
    given: u64,
    runtime: Handle,
    stop: CancellationToken,
}

impl ToPage {
    /// Says that all of it came; how many bytes it has.
    fn end(mut self) -> io::Result<u64> {
        self.flush()?;
        self.hand(Bytes::new())?;
        Ok(self.given)
    }

    fn hand(&self, piece: Bytes) -> io::Result<()> {
        self.runtime.block_on(async {
            tokio::select! {
                () = self.stop.cancelled() => Err(io::ErrorKind::Interrupted.into()),
                sent = tokio::time::timeout(STALL, self.pieces.send(piece)) => match sent {
                    Ok(Ok(())) => Ok(()),
                    Ok(Err(_)) => Err(io::ErrorKind::BrokenPipe.into()),
                    Err(_) => Err(io::ErrorKind::TimedOut.into()),
                },
            }
        })
    }
}

impl Write for ToPage {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.room.extend_from_slice(bytes);
        if self.room.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.room.is_empty() {
            let piece = std::mem::take(&mut self.room);
            self.given += piece.len() as u64;
            self.hand(piece.into())?;
        }
        Ok(())
    }
}

/// The person, or the end of this run, stopped it.
fn ended() -> Error {
    Error::new(ErrorKind::WrongState, "backup-stopped", [])
}

/// The browser takes no more of it.
fn let_go() -> Error {
    Error::new(ErrorKind::Storage, "backup-let-go", [])
}

fn unwritten(error: &StoreError, path: &Path) -> Error {
    use kith_store::ErrorKind as Kind;
    let path = path.display();
    match error.kind() {
        Kind::Exists => Error::new(ErrorKind::Exists, "backup-exists", [("file", Word::text(error.file().display()))]),
        Kind::Missing => Error::new(ErrorKind::Storage, "backup-no-folder", [("file", Word::text(path))]),
        Kind::DiskFull => Error::new(ErrorKind::Storage, "backup-no-room", [("file", Word::text(path))]),
        _ => Error::new(ErrorKind::Storage, "backup-failed", [("why", Word::text(error))]),
    }
}
