//! The core: one thread that owns the home, every vault and every conversation.
//!
//! Everything that happens is a [`Msg`]. Messages that wait are taken together; all inputs for one conversation become
//! one turn, one commit, and only then its effects and the answers to callers. No lock guards state, because nothing
//! else holds it.
//!
//! - [`contacts`]: the registry: names, states, how contacts look from outside.
//! - [`talk`]: turns of conversations, their effects, what callers wait for.
//! - [`wish`]: what a person asks of a conversation, and the answer.
//! - [`waits`]: callers that wait for a message to get so far.
//! - [`forward`]: texts that go on from one conversation to another.
//! - [`habits`]: what a person lets a contact hear, drafts, who is writing.
//! - [`faults`]: conversations that can't go on.
//! - [`timeline`]: pages of a conversation, and what lists show of it.
//! - [`expiring`]: contacts with messages that disappear.
//! - [`place`]: pinned, muted, archived, blocked.
//! - [`cards`]: people found in address-book cards.
//! - [`everywhere`]: searching all conversations.
//! - [`launcher`]: launchers on the desktop.
//! - [`shown`]: how stored events look to clients.
//! - [`pairing`]: invitations, answers to them, how a pairing becomes a conversation.
//! - [`files`]: files: what is asked for, what is given.
//! - [`pages`]: files that pages send and read.
//! - [`calls`]: the local API.
//! - [`lock`]: the lock of pages and commands; [`announce`]: what the desktop's notifications say;
//!   [`chosen`]: what this device's person chose; [`kept`]: the key in the desktop's keyring.
//! - [`doctor`]: how one contact's app stands.
//! - [`reach`]: dialling somebody at once.
//! - [`recovery`]: the pool of recovery keys.
//! - [`backup`]: one file with all that may go to another device.
//! - [`setup`]: a home's first start and every later one.

mod announce;
mod backup;
mod calls;
mod cards;
mod chosen;
mod contacts;
mod doctor;
mod everywhere;
mod expiring;
mod faults;
mod files;
mod forward;
pub(crate) mod fuzzing;
mod habits;
mod kept;
mod launcher;
mod lock;
mod pages;
mod pairing;
mod place;
mod reach;
mod recovery;
mod setup;
mod shown;
mod storage;
mod talk;
mod timeline;
mod unasked;
mod waits;
mod wish;

use crate::clock::Clock;
use crate::files::FileMsg;
use crate::links::{Links, Net};
use crate::pairing_io::Way;
use bytes::Bytes;
use contacts::ContactState;
use kith_api::{Change, Error, Push, Request};
use kith_base::{ContactId, DeviceId, Mono, Rng};
use kith_loopback::{App, Keys, Scope};
use kith_net::{NetError, PathKind};
use kith_proto::crypto::SignKey;
use kith_proto::hello;
use kith_store::{Home, RecoveryRow};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, RwLock};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::{broadcast, mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub(crate) use backup::BackupMsg;
pub(crate) use calls::open_url;
pub(crate) use cards::Origin;
pub(crate) use kept::KeptMsg;
pub(crate) use setup::{Opened, Parts, open_home, store_error};
#[cfg(feature = "door")]
pub(crate) use {contacts::State, talk::internal};

/// Messages taken together before anything is committed.
const BATCH: usize = 1024;
/// How long each part of the network may take to take its leave.
const GOODBYE: Duration = Duration::from_secs(2);
/// Waiting messages of all sources; beyond it they wait at their source.
pub(crate) const QUEUE: usize = 1024;

/// The answer to a caller.
pub(crate) type Answer = oneshot::Sender<Result<serde_json::Value, Error>>;

/// Everything that happens.
pub(crate) enum Msg {
    /// A client asks.
    Call { scope: Scope, request: Request, answer: Answer },
    /// A web app was opened: keep its bearer.
    Bearer { label: String, hash: [u8; 32], kept: oneshot::Sender<()> },
    /// A hello needs this device's word.
    Greet { device: DeviceId, answer: oneshot::Sender<Option<HelloKeys>> },
    /// A device proved who it is: this connection replaces an earlier one.
    Greeted { contact: ContactId, device: DeviceId, link: u64 },
    /// A connection ended.
    Lost { contact: ContactId, device: DeviceId, link: u64 },
    /// A packet came.
    Packet { contact: ContactId, device: DeviceId, link: u64, bytes: Bytes },
    /// Whether a device can be reached, and how.
    Reach { contact: ContactId, device: DeviceId, online: bool, path: PathKind },
    /// A pairing connection is open.
    PairBegin { side: PairSide, exporter: [u8; 32], answer: oneshot::Sender<Option<(u64, Option<Vec<u8>>)>> },
    /// A message of a pairing.
    PairMessage { run: u64, bytes: Bytes, answer: oneshot::Sender<PairReply> },
    /// A pairing connection ended.
    PairEnd { run: u64 },
    /// A search for an invitation could not begin.
    SearchFailed { attempt: u64, error: NetError },
    /// A file of cards was read; `None` where that failed by a fault of ours.
    CardsRead { read: Option<kith_cards::Read>, answer: Answer },
    /// What a watched address book holds; whoever can write there hears which apps belong to its cards.
    BookRead {
        book: String,
        cards: Vec<(kith_cards::Card, Origin)>,
        links: Option<oneshot::Sender<crate::address_book::dav::Links>>,
    },
    /// An address book could not be read.
    BookUnread(String),
    /// Something about the bytes of a file.
    File(FileMsg),
    /// A passphrase was checked.
    Tried { right: Result<(), Error>, answer: Answer },
    /// The desktop's keyring was asked.
    Kept(KeptMsg),
    /// A backup wants something of the core.
    Backup(BackupMsg),
    /// Recovery keys were made.
    Recovery(Vec<RecoveryRow>),
    /// The process was told to end.
    Stop,
}

/// Which part this device plays in a pairing, for whom.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PairSide {
    /// Somebody answers an invitation of this contact.
    Inviter { contact: ContactId, way: Way },
    /// This device answers somebody's.
    Accepter { attempt: u64 },
}

/// What a pairing connection does next.
#[derive(Debug)]
pub(crate) enum PairReply {
    /// Send this and go on.
    Send(Vec<u8>),
    /// Send this and end.
    Last(Vec<u8>),
    /// End.
    End,
}

/// What a hello with one device needs.
pub(crate) struct HelloKeys {
    pub(crate) mine: hello::Greeting,
    pub(crate) key: SignKey,
    pub(crate) peer: hello::Peer,
}

/// What other threads may look up without asking the core.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    pub(crate) apps: BTreeMap<String, App>,
    pub(crate) bearers: BTreeSet<(String, [u8; 32])>,
    /// The language of pages, where one was chosen.
    pub(crate) language: Option<&'static str>,
    /// How many windows of each contact's app show notifications themselves.
    pub(crate) announcing: BTreeMap<String, usize>,
}

impl Directory {
    /// A window of a contact's app begins to show notifications itself, or ends to.
    pub(crate) fn announces(&mut self, contact: &str, on: bool) {
        let windows = self.announcing.entry(contact.to_owned()).or_default();
        *windows = if on { windows.saturating_add(1) } else { windows.saturating_sub(1) };
        if *windows == 0 {
            self.announcing.remove(contact);
        }
    }
}

/// The core's state.
pub(crate) struct Core {
    clock: Clock,
    rng: Rng,
    home: Home,
    folder: std::path::PathBuf,
    links: Links,
    net: Net,
    contacts: BTreeMap<ContactId, ContactState>,
    directory: Arc<RwLock<Directory>>,
    keys: Arc<Keys>,
    pushes: broadcast::Sender<Arc<Push>>,
    push_seq: u64,
    /// When this device's state is next told to those who watch, if it changed.
    status_at: Option<Mono>,
    /// When memory that was freed is next given back.
    trim_at: Option<Mono>,
    /// When a client last asked for something.
    looked_at: Option<Mono>,
    pairings: pairing::Pairings,
    waiting: waits::Waits,
    searches: everywhere::Searches,
    looks: storage::Looks,
    review: cards::InReview,
    lock: lock::Lock,
    kept: kept::Kept,
    /// This run was begun with the key in the keyring.
    opened_by_keyring: bool,
    announcements: announce::Announcements,
    /// Wakes whoever writes into an address book.
    books: Arc<tokio::sync::Notify>,
    /// When each contact was shown last, and whether it is to be shown again.
    showing: BTreeMap<ContactId, contacts::Showing>,
    /// The backup that is being made or may be fetched.
    backups: backup::Backups,
    /// A message on its way from one app to another.
    forwarding: Option<forward::Handed>,
    settings: setup::Settings,
    web_port: u16,
    me: mpsc::Sender<Msg>,
    runtime: Handle,
    /// Endpoints of pairings, to be closed before the process ends.
    tasks: TaskTracker,
    stop: CancellationToken,
    /// The run before this one did not end as it should.
    unclean: bool,
    /// Contacts in which the time of a message runs.
    expiring: BTreeSet<ContactId>,
}

impl Core {
    /// Where others put messages.
    pub(crate) fn sender(&self) -> mpsc::Sender<Msg> {
        self.me.clone()
    }

    /// Runs until it is stopped. Blocks its thread. Says when it has begun: only then is it known which apps there are.
    pub(crate) fn run(mut self, mut inbox: mpsc::Receiver<Msg>, begun: oneshot::Sender<()>) {
        self.begin();
        let language = chosen::language(&self.home.registry());
        self.use_language(language);
        // Who waits for it is there until it comes.
        let _ = begun.send(());
        loop {
            let mut batch = Vec::new();
            match self.next(&mut inbox) {
                Next::Message(msg) => batch.push(msg),
                Next::Due => {}
                Next::Ended => break,
            }
            while batch.len() < BATCH
                && let Ok(msg) = inbox.try_recv()
            {
                batch.push(msg);
            }
            if self.handle(batch) {
                break;
            }
            self.tick();
        }
        // Who still sends would wait for a core that reads no more.
        drop(inbox);
        self.end();
    }

    /// Waits for a message or the next deadline.
    fn next(&self, inbox: &mut mpsc::Receiver<Msg>) -> Next {
        let wait = self.deadline().map(|at| at.since(self.clock.mono()));
        let received = self.runtime.block_on(async {
            match wait {
                Some(wait) => tokio::time::timeout(wait, inbox.recv()).await,
                None => Ok(inbox.recv().await),
            }
        });
        match received {
            Ok(Some(msg)) => Next::Message(msg),
            Ok(None) => Next::Ended,
            Err(_) => Next::Due,
        }
    }

    /// Handles what came, in order; says whether it is to end. Inputs of conversations are gathered and committed
    /// before anything else is looked at, so that every answer is about durable state.
    fn handle(&mut self, batch: Vec<Msg>) -> bool {
        let mut turns = talk::Turns::default();
        let mut ends = false;
        for msg in batch {
            let msg = match msg {
                Msg::Call { scope, request, answer } if self.notice_use(&scope, &request) => {
                    // The carriers did not know of the lock yet.
                    drop((scope, request, answer.send(Err(kith_loopback::locked()))));
                    continue;
                }
                msg => msg,
            };
            match self.sort(msg, &mut turns) {
                None => {}
                Some(Msg::Stop) => ends = true,
                Some(msg) => {
                    self.take_turns(std::mem::take(&mut turns));
                    self.dispatch(msg);
                }
            }
        }
        self.take_turns(turns);
        ends
    }

    fn dispatch(&mut self, msg: Msg) {
        match msg {
            Msg::Call { scope, request, answer } => self.call(&scope, request, answer),
            Msg::Bearer { label, hash, kept } => {
                self.keep_bearer(label, hash);
                // Who asked may have gone.
                let _ = kept.send(());
            }
            Msg::Greet { device, answer } => drop(answer.send(self.hello_keys(device))),
            Msg::Reach { contact, device, online, path } => self.reached(contact, device, online, path),
            Msg::PairBegin { side, exporter, answer } => drop(answer.send(self.begin_run(side, exporter))),
            Msg::PairMessage { run, bytes, answer } => drop(answer.send(self.continue_run(run, &bytes))),
            Msg::PairEnd { run } => self.end_run(run),
            Msg::SearchFailed { attempt, error } => self.search_failed(attempt, &error),
            Msg::CardsRead { read, answer } => self.cards_read(read, answer),
            Msg::BookRead { book, cards, links } => {
                self.book_read(&book, cards);
                if let Some(links) = links {
                    drop(links.send(self.links_of(&book)));
                }
            }
            Msg::BookUnread(why) => self.book_unread(why),
            Msg::File(msg) => self.on_file(msg),
            Msg::Tried { right, answer } => self.tried(right, answer),
            Msg::Kept(msg) => self.on_kept(msg),
            Msg::Backup(msg) => self.on_backup(msg),
            Msg::Recovery(keys) => self.keep_recovery(&keys),
            // These are inputs of conversations, or the end: sorted out before.
            Msg::Greeted { .. } | Msg::Lost { .. } | Msg::Packet { .. } | Msg::Stop => {}
        }
    }

    fn deadline(&self) -> Option<Mono> {
        let talk = self.talk_deadline();
        let pairing = self.pairing_deadline();
        let people = [self.showing_deadline(), self.search_deadline(), self.lock_deadline(), self.announce_deadline()];
        let work = [self.looks_deadline(), self.backup_deadline()];
        [talk, pairing, self.status_at, self.trim_at].into_iter().chain(people).chain(work).flatten().min()
    }

    fn tick(&mut self) {
        let now = self.clock.mono();
        self.talk_tick(now);
        self.pairing_tick(now);
        self.show_due(now);
        self.search_on();
        self.look_on();
        self.lock_tick(now);
        self.announce_tick(now);
        self.backup_tick(now);
        if self.status_at.is_some_and(|at| at <= now) {
            self.push_status();
        }
        if self.trim_at.is_some_and(|at| at <= now) {
            self.trim_at = None;
            crate::memory::give_back();
        }
    }

    fn push(&mut self, change: Change) {
        self.push_seq += 1;
        // Nobody may be watching.
        drop(self.pushes.send(Arc::new(Push { seq: self.push_seq, change })));
    }

    fn end(mut self) {
        self.end_pairings();
        let beats = self.runtime.block_on(async { tokio::time::timeout(2 * GOODBYE, self.links.stop()).await });
        for (device, greatest) in beats.unwrap_or_default() {
            self.keep_beat(device, greatest);
        }
        self.keep_unasked();
        self.mark_end();
        self.close_vaults();
        let endpoint = self.net.endpoint.clone();
        let mdns = self.net.mdns.take();
        self.tasks.close();
        self.runtime.block_on(async {
            drop(tokio::time::timeout(GOODBYE, self.tasks.wait()).await);
            // Dials that are under way are waited for, each for as long as it may take.
            drop(tokio::time::timeout(3 * GOODBYE, endpoint.close()).await);
            if let Some(mdns) = mdns.and_then(Arc::into_inner) {
                drop(tokio::time::timeout(GOODBYE, mdns.stop()).await);
            }
        });
        // The home's lock goes before the last client hears of the end: a start right after it must not find it taken.
        let Self { home, stop, .. } = self;
        drop(home);
        stop.cancel();
    }
}

enum Next {
    Message(Msg),
    Due,
    Ended,
}
