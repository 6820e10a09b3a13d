//! Watched address books: a server ([`dav`]), and a folder of cards, as address-book programs keep and sync them (*vdir*).
//!
//! The folder is read at the start and a moment after something in it changed; the system says when, so nothing is polled.
//! What is found goes to the core, which asks its person about who is new. The folder is never written to.

pub(crate) mod dav;

use crate::config::ContactsConfig;
use crate::core::{Msg, Origin};
use kith_api::{Error, ErrorKind, Word};
use kith_base::limits;
use kith_cards::Card;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::inotify::{self, CreateFlags, WatchFlags};
use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// What the core knows the folder by.
const BOOK: &str = "vdir";
/// What the core knows the server by.
pub(crate) const CARDDAV: &str = "carddav";
/// A sync writes many files: the folder is read when it was quiet for so long.
const QUIET: Duration = Duration::from_millis(500);
/// Room for what the system says at once; what it says is only that something changed.
const EVENTS: usize = 4096;

/// The watched folder, if the configuration names one. Watching begins here, so that nothing is missed.
///
/// # Errors
/// [`ErrorKind::BadConfig`] for what is no folder.
pub(crate) fn open(config: &ContactsConfig) -> Result<Option<AddressBook>, Error> {
    let folder = config.vdir.clone();
    if folder.as_os_str().is_empty() {
        return Ok(None);
    }
    match listen(&folder) {
        Ok(changed) => Ok(Some(AddressBook { folder, changed })),
        Err(error) => Err(Error::new(
            ErrorKind::BadConfig,
            "book-unwatchable",
            [("folder", Word::text(folder.display())), ("why", Word::text(error))],
        )),
    }
}

/// A watched folder.
pub(crate) struct AddressBook {
    folder: PathBuf,
    changed: Changed,
}

impl AddressBook {
    /// Reads the folder, and again after each change, until `stop`.
    pub(crate) async fn watch(self, core: mpsc::Sender<Msg>, stop: CancellationToken) {
        follow(self.folder, self.changed, core, stop).await;
    }
}

/// What a thread hears of a folder's files; it ends when this is dropped.
struct Changed {
    heard: mpsc::Receiver<()>,
    /// The thread's other end of this closes with it.
    _alive: UnixStream,
}

/// Begins to hear of files in a folder that come, go or are written.
fn listen(folder: &Path) -> io::Result<Changed> {
    let changes = inotify::init(CreateFlags::CLOEXEC)?;
    let which = WatchFlags::CLOSE_WRITE
        | WatchFlags::MOVED_TO
        | WatchFlags::MOVED_FROM
        | WatchFlags::DELETE
        | WatchFlags::ONLYDIR;
    inotify::add_watch(&changes, folder, which)?;
    let (alive, ended) = UnixStream::pair()?;
    let (tell, heard) = mpsc::channel(1);
    std::thread::Builder::new().name("address book".to_owned()).spawn(move || hear(&changes, &ended, &tell))?;
    Ok(Changed { heard, _alive: alive })
}

/// Passes on that something changed, until the other end is gone. What changed does not matter: all of it is read anew.
fn hear(changes: &OwnedFd, ended: &UnixStream, tell: &mpsc::Sender<()>) {
    let mut events = [0; EVENTS];
    loop {
        let mut wait = [PollFd::new(changes, PollFlags::IN), PollFd::new(ended, PollFlags::IN)];
        if poll(&mut wait, None).is_err() {
            return;
        }
        let [changed, ended] = wait.map(|fd| !fd.revents().is_empty());
        if ended || (changed && rustix::io::read(changes, &mut events).is_err()) {
            return;
        }
        // One that waits already says the same.
        let _ = tell.try_send(());
    }
}

async fn follow(folder: PathBuf, mut changed: Changed, core: mpsc::Sender<Msg>, stop: CancellationToken) {
    loop {
        let path = folder.clone();
        // Cards are strangers' bytes: a panic over them stays in its task, and the next change is looked at again.
        if let Ok(cards) = tokio::task::spawn_blocking(move || read(&path)).await
            && core.send(Msg::BookRead { book: BOOK.to_owned(), cards, links: None }).await.is_err()
        {
            return;
        }
        tokio::select! {
            () = stop.cancelled() => return,
            heard = changed.heard.recv() => if heard.is_none() {
                tracing::warn!("the address book is watched no more");
                return;
            },
        }
        while let Ok(Some(())) = tokio::time::timeout(QUIET, changed.heard.recv()).await {}
    }
}

/// The cards of a folder's files, in order of their names. What is no plain file, or no card, is passed over.
fn read(folder: &Path) -> Vec<(Card, Origin)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| {
            entry.metadata().is_ok_and(|data| data.is_file() && data.len() <= limits::CARD_BYTES_MAX as u64)
        })
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end.eq_ignore_ascii_case("vcf")))
        .collect();
    files.sort_unstable();
    files.truncate(limits::CONTACTS_MAX);
    let cards = files.iter().flat_map(|path| {
        let read = fs::read(path).map(|bytes| kith_cards::read(&bytes)).unwrap_or_default();
        let address = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let from = Origin { book: BOOK.to_owned(), address, version: String::new() };
        read.cards.into_iter().map(move |card| (card, from.clone()))
    });
    cards.collect()
}
