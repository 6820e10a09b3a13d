//! The local API as plain data: what the command line, the web apps and the agent say to each other.
//!
//! Two carriers, one language. On the local socket each line is one JSON object; on `/api/ws` each text frame is one.
//!
//! ```text
//! client → agent   {"id": 7, "method": "send", "params": {"contact": "Mira", "text": "hello", …}}
//! agent  → client  {"id": 7, "ok": {…}}  or  {"id": 7, "error": {"kind": …, "id": …, "words": {…}, "message": …, "hint": …}}
//! agent  → client  {"push": {"seq": 41, "message": {…}}}          after `watch`
//! ```
//!
//! `contact` is a contact's id or unique name. On a contact's own web origin it may be left out, and any other contact
//! is refused. The types are in the clients' terms: no protocol type crosses this border. TypeScript types are generated
//! from these (`cargo xtask codegen`).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[cfg(all(feature = "client", unix))]
pub mod client;

mod backup;
mod cards;
mod doctor;
mod error;
mod file;
mod list;
mod sentence;
mod settings;
mod storage;
mod timers;

pub use backup::{BackedUp, BackupProgress, BackupTicket};
pub use cards::{Candidate, Photo, Review, SkippedCards, SkippedWhy, Standing};
pub use doctor::{Doctor, DoctorCore, DoctorDevice, DoctorLog, DoctorOwnLog, DoctorRefusal, Finding};
pub use error::{Error, ErrorKind, Word};
pub use file::{FileInfo, FileProgress, FileSaved, FileState};
pub use list::{Everywhere, Hit, Mute, Place};
pub use sentence::{Notice, Unit, span};
pub use settings::{Notifications, Settings};
pub use storage::{Freed, Kept, KeptFiles, Storage};
pub use timers::Timers;

/// The local socket's name in a home.
pub const SOCKET_NAME: &str = "socket";

/// A call from a client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Call {
    /// Chosen by the client; the answer carries it.
    #[ts(type = "number")]
    pub id: u64,
    /// What is asked.
    #[serde(flatten)]
    pub request: Request,
}

/// What a client can ask.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "method", content = "params", rename_all = "snake_case")]
pub enum Request {
    /// All contacts → `[Contact]`.
    Contacts,
    /// One contact → `Contact`.
    Contact { contact: Option<String> },
    /// A code, link and QR for somebody → `Invitation`. `again` makes a new code for an existing contact: for one that is
    /// connected, to go on with under new keys once it was answered.
    Invite { name: String, again: bool },
    /// The open invitation of a contact → `Invitation`, or null when none is open.
    Invitation { contact: Option<String> },
    /// Answers a code or link → `Accepted`. `again` names the contact that is gone on with under new keys; without it,
    /// `name` is what somebody new is called. `wait_ms`: how long to wait for the other device.
    Accept {
        code: String,
        name: Option<String>,
        again: Option<String>,
        #[ts(type = "number | null")]
        wait_ms: Option<u64>,
    },
    /// Stops waiting for an `accept` that is under way in this agent → null.
    AcceptCancel { code: String },
    /// Sends a text → `Sent`. `reply` is the message that it answers. With `wait`, answers when that state is reached, or with a lower one when the time ran out.
    Send {
        contact: Option<String>,
        text: String,
        reply: Option<String>,
        wait: Option<State>,
        #[ts(type = "number | null")]
        timeout_ms: Option<u64>,
    },
    /// Sends the file at an absolute path of this device, with words beside it → `Sent`. It is sealed here first, which takes
    /// as long as reading it does. On the local socket only. `wait` as with `send`.
    SendFile {
        contact: Option<String>,
        path: String,
        caption: Option<String>,
        wait: Option<State>,
        #[ts(type = "number | null")]
        timeout_ms: Option<u64>,
    },
    /// The files of a conversation, or those before an event → `[Message]`, newest first.
    Files { contact: Option<String>, limit: Option<u32>, before: Option<String> },
    /// Asks for the bytes of a file, or goes on asking; gives an own one again → `Message`.
    FileGet { contact: Option<String>, event: String },
    /// Stops asking for a file; what came of it stays. Of an own one, stops giving it, which the other side is told when it
    /// asks → `Message`.
    FilePause { contact: Option<String>, event: String },
    /// Stops asking for a file, and removes what came of it → `Message`.
    FileCancel { contact: Option<String>, event: String },
    /// Removes from this device the bytes of a file that came, or without an event those of all that came whole → `Freed`. The
    /// messages stay, and the bytes can be asked for again while their sender has them.
    FileFree { contact: Option<String>, event: Option<String> },
    /// What each contact's app keeps on this device, or that of one contact → `Storage`.
    Storage { contact: Option<String> },
    /// Writes a file that is here to an absolute path of this device → `FileSaved`. On the local socket only.
    FileSave { contact: Option<String>, event: String, path: String, replace: bool },
    /// The newest `limit` messages, or those before an event → `[Message]`, oldest first; fewer than asked where more would
    /// not fit on a line, none only where there are none.
    /// With `after`, those behind an event; with `around`, an event with as many before it as behind it.
    Log {
        contact: Option<String>,
        limit: Option<u32>,
        before: Option<String>,
        #[serde(default)]
        after: Option<String>,
        #[serde(default)]
        around: Option<String>,
    },
    /// The newest `limit` texts, or those before an event, in which each of the words begins a word; case and accents don't
    /// count → `[Message]`, newest first; fewer than asked where more would not fit on a line.
    Search { contact: Option<String>, words: String, limit: Option<u32>, before: Option<String> },
    /// Deletes a message → `Deletion`. While it waits it is never delivered; later its removal is asked for.
    Delete { contact: Option<String>, event: String },
    /// Takes a message, of whomever, out of this person's sight → null. Nobody else hears of it.
    Hide { contact: Option<String>, event: String },
    /// Sends the text of a contact's message to another contact → `Sent`. On the local socket only.
    Forward { contact: Option<String>, event: String, to: String },
    /// Hands the text of a message to home for ten minutes, where somebody is chosen whom it goes to → `Open`, as `WayHome`.
    ForwardBegin { contact: Option<String>, event: String },
    /// What was handed to home last → `Forwarded`, or null.
    Forwarding,
    /// Sends what was handed to home to a contact → `Sent`.
    ForwardTo { to: String },
    /// What was written to a contact and not sent → the text. With `text`, keeps that instead; an empty one is forgotten.
    Draft { contact: Option<String>, text: Option<String> },
    /// The person is writing → null. Said to a device that is connected, if this person lets it; else nothing happens.
    Typing { contact: Option<String> },
    /// What this person lets a contact hear → `Contact`; what is left out stays.
    Habits { contact: Option<String>, receipts: Option<bool>, typing: Option<bool> },
    /// Gives an own text another wording → `Message`. The first wording never leaves if it still waits.
    Edit { contact: Option<String>, event: String, text: String },
    /// Puts one emoji at a message, in the place of this person's earlier one; with an empty one takes that back → `Message`.
    React { contact: Option<String>, event: String, emoji: String },
    /// Pins a message for both, or takes the pin away → `Message`.
    Pin { contact: Option<String>, event: String, pinned: bool },
    /// The messages that are pinned → `[Message]`, newest first, at most fifty.
    Pins { contact: Option<String> },
    /// Says for how many seconds this person lets messages stay, from 5 to 366 days, or 0 for good → `Contact`. What both said
    /// last decides: the longer time is in force.
    Timer {
        contact: Option<String>,
        #[ts(type = "number")]
        seconds: u64,
    },
    /// Dials a contact's devices at once, whenever that would be done next → `Reached`, when one was reached or none could be: up to
    /// some twenty seconds. Contacts are dialled so every five seconds at most; who asks sooner waits until then.
    Reach { contact: Option<String> },
    /// What becomes of messages that were meant for a contact's keys of before → `Resent`: they are written again for
    /// the keys in force, or with `drop` deleted.
    Resend { contact: Option<String>, drop: bool },
    /// The person saw everything up to this event → null. On a contact's app only.
    Seen { contact: Option<String>, event: String },
    /// Marks the safety number as compared, or not → `Contact`. `met`: the two were in one place for it.
    Verify { contact: Option<String>, verified: bool, met: bool },
    /// Gives a contact another name → `Contact`.
    Rename { contact: Option<String>, name: String },
    /// Says where a contact stands in its person's list → `Contact`. What is null stays as it is.
    Arrange {
        contact: Option<String>,
        pinned: Option<bool>,
        muted: Option<Mute>,
        archived: Option<bool>,
        blocked: Option<bool>,
    },
    /// The newest texts of all conversations in which each of the words begins a word → `Everywhere`; of one conversation
    /// at most five. Blocked contacts are left out.
    SearchAll { words: String, limit: Option<u32> },
    /// A piece of a file of address-book cards in base64: the `first` of it, the `last` of it, both, or neither → `Review`, with
    /// what is in the file once its last piece came.
    ReadCards { piece: String, first: bool, last: bool },
    /// The people who were found and wait for a choice → `Review`.
    Review,
    /// Makes saved contacts of people in review, by their keys, and ends the review of files; with `books` that of watched
    /// address books, too, whose other people are then left out for good → `[Contact]`.
    TakeCards { keys: Vec<u32>, books: bool },
    /// Ends the review likewise, without a contact → null.
    DropCards { books: bool },
    /// The photograph from a contact's card → `Photo`, or null.
    Photo { contact: Option<String> },
    /// Makes a launcher for a contact's app on this person's desktop, or with `remove` takes it away → `Launcher`.
    Launcher { contact: Option<String>, remove: bool },
    /// Removes the relationship's app: keys, vault, origin → null.
    Remove { contact: Option<String> },
    /// How a contact's app stands → `Doctor`. Reads its whole vault file.
    Doctor { contact: Option<String> },
    /// What this device is doing → `Status`.
    Status,
    /// Ends the agent → null.
    Stop,
    /// What this device's person chose → `Settings`.
    Settings,
    /// Chooses what is not null → `Settings`. An empty `language` leaves it to each browser.
    Choose {
        name: Option<String>,
        language: Option<String>,
        notifications: Option<Notifications>,
        lock_after_minutes: Option<u32>,
    },
    /// Puts the home under a passphrase, or under another; with null as `new` takes it away → `Settings`. `old` is the one in
    /// force, if there is one. Deriving a key from it keeps the agent busy for about a second.
    SetPassphrase { old: Option<String>, new: Option<String> },
    /// Keeps the key that the passphrase in force comes to in the desktop's keyring, or takes it away from there → `Settings`. Comes when the
    /// keyring is done, which may ask its person first.
    Keyring { passphrase: String, keep: bool },
    /// Writes all that may go to another device into one file under a passphrase, at an absolute path where nothing is →
    /// `BackedUp`, once it is on disk. On the local socket only.
    Backup { path: String, passphrase: String },
    /// A ticket with which home's page downloads such a backup → `BackupTicket`. The newest alone is good.
    BackupTicket { passphrase: String },
    /// Ends the backup that is being made, of which nothing is left → null.
    BackupStop,
    /// Locks this device's pages and commands until the passphrase is given → null.
    Lock,
    /// Opens what `lock` locked → null.
    Unlock { passphrase: String },
    /// Somebody uses this page: the time until the device locks itself begins anew → null.
    Active,
    /// This window shows notifications of its contact itself, or leaves it to the desktop's → null. On a contact's app only;
    /// it holds until the window closes.
    Announces { contact: Option<String>, on: bool },
    /// The 24 words, until they were confirmed → `Seed`.
    SeedShow,
    /// Checks the words that were written down; the root is then erased here → `Seed`.
    SeedConfirm { words: String },
    /// A link that opens the home (or a contact's app) in a browser, good once for a minute → `Open`.
    Open { contact: Option<String> },
    /// The address of the home, without a key: it opens only where the home was opened before → `Open`.
    WayHome,
    /// From here on, pushes of changes; with a contact, that contact's messages too → `Watching`.
    Watch { contact: Option<String> },
}

/// The agent's answer to a call, or a push.
#[expect(clippy::large_enum_variant, reason = "written or read once, then gone; a box would only move it")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Reply {
    /// It was done.
    Ok {
        #[ts(type = "number")]
        id: u64,
        #[ts(type = "unknown")]
        ok: serde_json::Value,
    },
    /// It was not done.
    Error {
        #[ts(type = "number")]
        id: u64,
        error: Error,
    },
    /// Something changed.
    Push { push: Push },
}

/// Something that changed, to those who watch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Push {
    /// Ascending within one agent's run. A client does not hear every change, so numbers are left out; when pushes
    /// meant for it were lost, the connection ends, and the client asks anew.
    #[ts(type = "number")]
    pub seq: u64,
    /// What changed.
    #[serde(flatten)]
    pub change: Change,
}

/// What changed.
#[expect(clippy::large_enum_variant, reason = "written or read once, then gone; a box would only move it")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A contact is new or differs.
    Contact(Contact),
    /// A contact is gone: its id.
    ContactRemoved(String),
    /// So many people in watched address books are new, and wait to be looked through.
    Found(u32),
    /// A message is new or differs.
    Message { contact: String, message: Message },
    /// A message left the timeline: its event.
    MessageGone { contact: String, event: String },
    /// Bytes of a file came, or were given; several times a second while they move.
    File(FileProgress),
    /// A contact is writing at this moment: its id. Holds for six seconds, or until a message comes.
    Typing(String),
    /// A backup is being made, several times a second, or ended.
    Backup(BackupProgress),
    /// This device's state differs.
    Status(Status),
}

/// One contact: one relationship, one app.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Contact {
    /// Stable id; never begins with '-'.
    pub contact: String,
    /// What this person calls them.
    pub name: String,
    /// Whether the two are paired.
    pub state: ContactState,
    /// The stage under way; those before it are done. All four are once `state` is `connected`.
    pub stage: Stage,
    /// What the current stage waits for or why it failed: a Fluent message id with its arguments resolved by the client.
    pub note: Option<Note>,
    /// The app's own origin.
    pub app_url: String,
    /// The safety number was compared.
    pub verified: bool,
    /// They met in person to compare it.
    pub met: bool,
    /// Reachable: connected, or heartbeats are answered.
    pub online: bool,
    /// What lies between the two devices.
    pub path: Path,
    /// Sixty digits in twelve groups, once the other's identity is known.
    pub safety_number: Option<String>,
    /// Which half of the mark is this side's.
    pub side: Side,
    /// 64 hex digits once both halves are known; 32 (this side's half) before.
    pub mark: String,
    /// Messages of theirs not yet shown to this person.
    pub unread: u32,
    /// Own messages that wait here.
    pub waiting: u32,
    /// Own messages that were meant for this contact's keys of before, and wait for this person's word (`Resend`).
    pub held: u32,
    /// The two paired anew, so the safety number is another one and was not compared since: what vouches for the new keys.
    pub renewed: Option<Vouched>,
    /// The newest message.
    pub last: Option<Message>,
    /// What the apps of both sides can do; a newer app does not ask for what an older one could not show.
    pub can: Vec<Ability>,
    /// Eight hex digits of what both sides' apps have in common, the same at both; null before that is known.
    pub manifest: Option<String>,
    /// The contact hears what this person has seen, and this person hears it of them.
    pub receipts: bool,
    /// The contact hears when this person writes, and this person hears it of them.
    pub typing: bool,
    /// The beginning of what was written to them and not sent.
    pub draft: Option<String>,
    /// For how long messages stay.
    pub timers: Timers,
    /// Milliseconds since 1970 when the path last changed, if known.
    #[ts(type = "number | null")]
    pub path_since: Option<u64>,
    /// Milliseconds since 1970 when this contact was made here.
    #[ts(type = "number")]
    pub created_at: u64,
    /// Where it stands in the list.
    #[serde(flatten)]
    pub place: Place,
}

/// Something that both sides' apps have to know, for one of them to do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Ability {
    /// Give a message another wording.
    Edit,
    /// Put emoji at messages.
    React,
    /// Send files.
    Files,
    /// Pin messages for both.
    Pin,
    /// Let messages disappear.
    Disappear,
}

/// What vouches for the keys of a contact that paired anew, until its number is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Vouched {
    /// The recovery words of who was there before.
    Words,
    /// Nothing.
    Nothing,
}

/// A sentence for the person, by its Fluent id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Note {
    /// The Fluent message id, such as `wait-for-code`.
    pub id: String,
    /// A number that the sentence carries, such as the tries left.
    pub count: Option<u32>,
}

/// Whether two people are paired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ContactState {
    /// Nobody was invited yet: the app is made when they are.
    Saved,
    /// A code or link is open.
    Inviting,
    /// Words or link were confirmed; the connection is being made.
    Connecting,
    /// Paired, for good, whatever the reachability.
    Connected,
    /// The code died before anybody answered.
    Failed,
}

/// The four stages of making an app. One is left only when what it made is durable here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Generating the app.
    Generating,
    /// Creating keys.
    Keys,
    /// Establishing the direct connection.
    Connection,
    /// Secure communication established.
    Secure,
}

/// What lies between the two devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Path {
    /// Nothing.
    Direct,
    /// A relay that passes sealed packets on.
    Relayed,
    /// There is no way at the moment.
    None,
}

/// Which half of the mark is this side's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Start side: the one who invited.
    Inviter,
    /// End side: the one who answered.
    Answerer,
}

/// One message of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Message {
    /// The event's id.
    pub event: String,
    /// Written by this person.
    pub mine: bool,
    /// The writer's name as known here; "you" is left to the client.
    pub from: String,
    /// `text`, `file`, `deleted`, `notice`, or `unknown` for what a newer version wrote.
    pub kind: Kind,
    /// The text, the newest wording if it was edited; empty when it is gone or unknown.
    pub text: String,
    /// What it answers.
    pub quote: Option<Quote>,
    /// The emoji at it, at most one of each person.
    pub reactions: Vec<Reaction>,
    /// Delivery of an own message, of its newest wording if it was edited; null for others'.
    pub state: Option<State>,
    /// The writer's clock, milliseconds since 1970.
    #[ts(type = "number")]
    pub sent_at: u64,
    /// Its text was replaced.
    pub edited: bool,
    /// It came long after it was written, behind messages its writer could not know.
    pub late: bool,
    /// It was meant for the other's keys of before, and waits for this person's word.
    pub held: bool,
    /// What this device tells its person, with kind `notice`.
    pub notice: Option<Notice>,
    /// The file, with kind `file`; `text` is what was written beside it.
    pub file: Option<FileInfo>,
    /// It is pinned for both.
    pub pinned: bool,
    /// It disappears: so many seconds after its time has begun.
    #[ts(type = "number | null")]
    pub timer: Option<u64>,
    /// When it leaves by this device's clock, milliseconds since 1970, once its time has begun; display only.
    #[ts(type = "number | null")]
    pub leaves_at: Option<u64>,
}

/// What a message answers, as it reads here at the moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Quote {
    /// The event that is answered.
    pub event: String,
    /// This person wrote it.
    pub mine: bool,
    /// Its writer's name as known here; empty when it is not here.
    pub from: String,
    /// What it is; `deleted` also when it is not here.
    pub kind: Kind,
    /// The beginning of its text.
    pub text: String,
}

/// One person's emoji at a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reaction {
    /// One emoji.
    pub emoji: String,
    /// This person's own.
    pub mine: bool,
    /// Whose, as known here.
    pub from: String,
}

/// A message that was deleted, and what came of it. In JSON the message's fields, and `outcome`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Deletion {
    /// What is left to show.
    #[serde(flatten)]
    pub message: Message,
    /// What was achieved.
    pub outcome: DeletionOutcome,
}

/// What a deletion achieved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeletionOutcome {
    /// No copy had left: it is never delivered.
    NeverDelivered,
    /// A sealed copy had left; it is withdrawn wherever it was not opened, and asked to be removed where it was.
    Withdrawn,
    /// Their device has it, and is asked to remove it.
    Asked,
    /// It is gone here. It left for keys of before the two paired anew, whose holder nobody can ask.
    Here,
}

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Text.
    Text,
    /// A file, with or without words.
    File,
    /// Deleted: the text is gone.
    Deleted,
    /// Not a message: what this device tells its person, in `notice`.
    Notice,
    /// Written by a newer version of Kith.
    Unknown,
}

/// What is known of an own message's delivery, ascending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Only here.
    Waiting,
    /// A sealed copy left; no receipt yet.
    Sent,
    /// Their device has it.
    Delivered,
    /// They say they saw it.
    Seen,
}

/// An open invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Invitation {
    /// Whose.
    pub contact: String,
    /// `481920-guitarist-…`, to read aloud.
    pub code: String,
    /// `kith:…`, to send.
    pub link: String,
    /// When the code ends by this device's clock, milliseconds since 1970; display only.
    #[ts(type = "number")]
    pub expires_at: u64,
    /// When the link ends, likewise.
    #[ts(type = "number")]
    pub link_expires_at: u64,
    /// Wrong tries so far.
    pub failures: u32,
    /// Tries left before the code dies.
    pub tries_left: u32,
    /// The link as a QR: an SVG.
    pub qr_svg: String,
}

/// An answered invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Accepted {
    /// The contact.
    pub contact: String,
    /// `connecting` or `connected`.
    pub state: ContactState,
}

/// A sent message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sent {
    /// The event's id.
    pub event: String,
    /// What is known when this is answered.
    pub state: State,
}

/// Whether somebody can be reached at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reached {
    /// A device of theirs answered; what waits is on its way.
    pub reached: bool,
}

/// Messages that waited for a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Resent {
    /// How many were written again, or deleted.
    pub messages: u32,
}

/// The seed words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Seed {
    /// The 24 words; null once they were confirmed.
    pub words: Option<Vec<String>>,
    /// They were written down and checked; nothing of the root is here.
    pub confirmed: bool,
}

/// A message that was handed to home to be sent on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Forwarded {
    /// Its text, as it reads at the moment.
    pub text: String,
}

/// A link to open in a browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Open {
    /// With a one-time key in its fragment, but as an answer to `WayHome`.
    pub url: String,
}

/// A launcher on the desktop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Launcher {
    /// The `.desktop` file; null where there is none any more.
    pub path: Option<String>,
}

/// The start of pushes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Watching {
    /// The seq of the newest push before this.
    #[ts(type = "number")]
    pub seq: u64,
    /// On a contact's own origin, that contact's id; null on home and the local socket.
    pub scope: Option<String>,
}

/// What this device is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Status {
    /// The agent's version.
    pub version: String,
    /// Where its data lies.
    pub home: String,
    /// The home app, without a key.
    pub home_url: String,
    /// The web port.
    pub port: u16,
    /// The UDP port of the network.
    pub udp_port: u16,
    /// The name given to people who are invited.
    pub name: Option<String>,
    /// Contacts.
    pub contacts: u32,
    /// Of which reachable.
    pub online: u32,
    /// Of which directly.
    pub direct: u32,
    /// Own messages that wait here.
    pub waiting: u32,
    /// Bytes kept in vaults.
    #[ts(type = "number")]
    pub stored_bytes: u64,
    /// The key lies in a file that whoever reads this user's files can read, rather than under a passphrase.
    pub key_in_file: bool,
    /// The seed words were written down and checked.
    pub seed_confirmed: bool,
    /// `lan` when kept to the LAN, else `internet`.
    pub reach: String,
}
