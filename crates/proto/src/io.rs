//! The whole contract between a conversation and the world: what it reads, what it writes, what it wants done.
//!
//! ```text
//! inputs + time + randomness + &dyn View  →  Conversation::handle  →  Step { WriteBatch, Vec<Effect> }
//! ```
//!
//! The caller commits the batch in one transaction that is on disk when it returns, then performs the effects in order.
//! A crash between the two is harmless: [`crate::conversation::Conversation::load`] derives from the stored state what
//! has to be said again. If the commit fails, the conversation is dropped and loaded again.
//!
//! Reads are synchronous, through [`View`]; writes are data, as [`Write`]s. The store and the simulator's memory vault
//! implement both, and one test runs the same history through the two.

use kith_base::{DeviceId, EventId, LogId, PersonId, Secret, Wall};

/// A row number of an event in this vault: ascending in the order shown, never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct EventRow(pub u64);

/// What is known of an own event's delivery. Ascending: a later state is never taken back by an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Delivery {
    /// It is only here.
    Waiting = 0,
    /// A sealed copy left; no receipt yet.
    Sent = 1,
    /// A device of another person has decrypted and committed it.
    Delivered = 2,
    /// Another person says it was shown to them.
    Seen = 3,
}

impl Delivery {
    /// The state of this number, as stored.
    pub const fn from_number(number: u64) -> Option<Self> {
        match number {
            0 => Some(Self::Waiting),
            1 => Some(Self::Sent),
            2 => Some(Self::Delivered),
            3 => Some(Self::Seen),
            _ => None,
        }
    }
}

/// One event as stored. Its body lies apart, so that it can be deleted alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Place in this vault.
    pub row: EventRow,
    /// The event's id.
    pub id: EventId,
    /// Whose device wrote it.
    pub device: DeviceId,
    /// Whose person wrote it.
    pub person: PersonId,
    /// The author's event counter.
    pub counter: u64,
    /// The kind's number, known or not (`spec/event.md`).
    pub kind: u64,
    /// The header as received: canonical bytes, over which the id is.
    pub header: Vec<u8>,
    /// The author's clock, for display.
    pub written: Wall,
    /// This device's clock when it came, for display.
    pub arrived: Wall,
    /// Written by this device's person.
    pub mine: bool,
    /// It came after events that its author could not know, long after it was written.
    pub late: bool,
    /// The person who wrote it, or the one whose app was asked, deleted it: the body is gone.
    pub erased: bool,
    /// This device's person wants to see nothing of it; it is erased then.
    pub hidden: bool,
    /// The event that replaced its text, if one did.
    pub edited_by: Option<EventRow>,
    /// What is known of its delivery. Another person's is [`Delivery::Delivered`]: it is here.
    pub delivery: Delivery,
}

/// One sealed record of this device's own log, kept until every device in use has receipted it (LOG-016, LOG-022).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRecord {
    /// The log.
    pub log: LogId,
    /// Its place.
    pub seq: u64,
    /// The whole record as sent: canonical bytes. What is sent again is the same bytes.
    pub bytes: Vec<u8>,
}

/// A log as this device knows it. For an own log the head is what it wrote; for another's, what it read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLog {
    /// The log.
    pub log: LogId,
    /// Its writer.
    pub device: DeviceId,
    /// State of the machine that reads or writes it, in the canonical encoding (`spec/vault.md`).
    pub state: Vec<u8>,
}

/// Another device as this conversation knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPeer {
    /// The device.
    pub device: DeviceId,
    /// State kept about it, in the canonical encoding (`spec/vault.md`).
    pub state: Vec<u8>,
}

/// One obligation: an event that a device has not receipted (LOG-030).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owed {
    /// To whom.
    pub device: DeviceId,
    /// The event.
    pub row: EventRow,
    /// The seq of the own log's record that carries it, once sealed.
    pub seq: Option<u64>,
    /// It must be sealed to that device alone, as other leaves have it or may not read it (LOG-032).
    pub alone: bool,
}

/// How long an event that disappears stays (EVT-072).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expiry {
    /// So many seconds, once its time begins.
    Pending(u64),
    /// Until this moment of the vault's clock, in milliseconds.
    Ends(u64),
}

/// What a conversation keeps as single values, each under its own key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MetaKey {
    /// Conversation, own device and keys: written once.
    Genesis = 1,
    /// Counters, own previous event, frontier.
    Progress = 2,
    /// People: bundles and device lists.
    People = 3,
    /// Introductions that wait to be carried to other devices.
    Introductions = 4,
    /// The manifest agreed on.
    Manifest = 5,
    /// Who the people were before the two paired anew.
    Past = 6,
    /// For how long messages stay, and the clock that says so.
    Timers = 7,
}

/// One change of a vault. A batch of them is applied in order, in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Sets or removes a single value.
    Meta(MetaKey, Option<Vec<u8>>),
    /// Adds an event. Its row is one above the highest ever used; its id is not there yet.
    Event(StoredEvent),
    /// Sets the body of an event.
    Body(EventRow, Vec<u8>),
    /// Deletes the body of an event and marks it erased.
    Erase(EventRow),
    /// Deletes the body of an event, and its place with it: this device's person sees nothing of it any more.
    Hide(EventRow),
    /// Says which event replaced an event's text.
    Edited(EventRow, EventRow),
    /// Says which event of kind reaction stands for a person at an event: the first row is the target's.
    Reacted(EventRow, PersonId, EventRow),
    /// Says which event of kind pin stands for an event, and what it says: the first row is the target's.
    Pinned(EventRow, EventRow, bool),
    /// Says how long an event stays; with `None`, for good.
    Expires(EventRow, Option<Expiry>),
    /// Takes an event out of the timeline for good, with its body, the reactions at it, its pin, its expiry and every
    /// obligation for it. Its row stays used.
    EventGone(EventRow),
    /// Raises what is known of an own event's delivery.
    Delivery(EventRow, Delivery),
    /// Sets a log's state.
    Log(StoredLog),
    /// Forgets a log and its records: another log took its place, or its writer left.
    LogGone(LogId),
    /// Sets what is kept about a device.
    Peer(StoredPeer),
    /// Forgets a device, its obligations and its welcome.
    PeerGone(DeviceId),
    /// Adds or replaces a sealed record.
    Record(StoredRecord),
    /// Deletes the records of a log up to and with this seq.
    RecordsPruned(LogId, u64),
    /// Adds or replaces an obligation.
    Owed(Owed),
    /// Ends an obligation.
    Settled(DeviceId, EventRow),
    /// Sets (or ends, with `None`) the welcome owed to a device: canonical bytes (WELC-010).
    Welcome(DeviceId, Option<Vec<u8>>),
    /// Sets or removes a row of the sealer.
    Sealer(Vec<u8>, Option<Vec<u8>>),
}

/// All changes of one step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WriteBatch {
    /// In the order they are applied.
    pub writes: Vec<Write>,
}

impl WriteBatch {
    /// Whether there is nothing to commit.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty()
    }
}

/// What a conversation reads of its vault: the state that the last committed batch left.
///
/// An error of the storage is the caller's affair: an implementation remembers it, answers with nothing, and the caller
/// discards the step (see `kith_store`).
pub trait View {
    /// A single value.
    fn meta(&self, key: MetaKey) -> Option<Vec<u8>>;
    /// The highest event row ever used.
    fn last_row(&self) -> EventRow;
    /// An event by its row.
    fn event(&self, row: EventRow) -> Option<StoredEvent>;
    /// An event's row by its id (EVT-012).
    fn row_of(&self, id: &EventId) -> Option<EventRow>;
    /// An event's body, unless it is gone.
    fn body(&self, row: EventRow) -> Option<Vec<u8>>;
    /// The reactions at an event: who, and the row of the event that says so, in ascending order of person.
    fn reactions(&self, row: EventRow) -> Vec<(PersonId, EventRow)>;
    /// The row of the event that says whether an event is pinned.
    fn pin(&self, row: EventRow) -> Option<EventRow>;
    /// All events that disappear, in ascending order of row.
    fn expiries(&self) -> Vec<(EventRow, Expiry)>;
    /// All logs, in ascending order of id.
    fn logs(&self) -> Vec<StoredLog>;
    /// All other devices known, in ascending order of id.
    fn peers(&self) -> Vec<StoredPeer>;
    /// A sealed record of the own log.
    fn record(&self, log: LogId, seq: u64) -> Option<StoredRecord>;
    /// Obligations to a device in ascending order of row, at most `limit`: those sealed, or those not (LOG-031).
    fn owed(&self, device: DeviceId, sealed: bool, limit: usize) -> Vec<Owed>;
    /// Obligations to a device sealed in records up to and with `seq`, in ascending order of row.
    fn owed_through(&self, device: DeviceId, seq: u64) -> Vec<Owed>;
    /// All obligations for one event.
    fn owed_for(&self, row: EventRow) -> Vec<Owed>;
    /// The welcome owed to a device.
    fn welcome(&self, device: DeviceId) -> Option<Vec<u8>>;
    /// All rows of the sealer, in ascending order of key.
    fn sealer(&self) -> Vec<(Vec<u8>, Vec<u8>)>;
}

/// Something to do after the batch is durable, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Send a packet to a connected device; drop it if the connection is gone.
    Send(DeviceId, Vec<u8>),
    /// An event is new in the timeline.
    Appeared(EventRow),
    /// What is shown of an event changed: delivery, text, or that it is gone.
    Changed(EventRow),
    /// A device became known or got a new pair secret: it can be reached with it.
    PeerKnown(PeerKnown),
    /// A device left this conversation.
    PeerGone(DeviceId),
    /// A peer broke a rule; counted, never a reason to stop. Too many close the connection.
    Rejected(Rejected),
    /// This device is a copy or was set back: it stops writing and must join anew, its unsealed events kept (RCPT-014).
    Retired,
    /// Both directions can carry messages: each side has joined the other's log.
    Established,
}

/// How another device of the conversation is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerKnown {
    /// The device.
    pub device: DeviceId,
    /// Whose it is.
    pub person: PersonId,
    /// The secret of the two devices: it opens hellos and heartbeats.
    pub pair_secret: Secret,
    /// Where it said it can be found: opaque to the core (`kith_net` reads it).
    pub contact_card: Vec<u8>,
}

/// A peer's fault: which rule of `spec/` was broken, by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rejected {
    /// The device whose connection it came from.
    pub device: DeviceId,
    /// The rule, as `spec/` numbers it, such as `LOG-004`.
    pub rule: &'static str,
}

/// One step of a conversation: commit the batch, then perform the effects (RCPT-011).
#[derive(Debug, Default)]
#[must_use = "a step that is not committed and performed did not happen"]
pub struct Step {
    /// What to commit.
    pub batch: WriteBatch,
    /// What to do once it is durable.
    pub effects: Vec<Effect>,
}
