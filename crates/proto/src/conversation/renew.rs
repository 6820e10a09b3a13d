//! Going on with a contact under new keys: what a pairing puts in the place of a conversation, and what becomes of the
//! messages that waited (`spec/pairing.md`, PAIR-050 to 057).
//!
//! ```text
//! conversation, established ──again──▶ new conversation; what waited is held ──the person's word──▶ written again
//!                                                                            └─────────────────▶ deleted
//! ```
//!
//! Invariants:
//! - One batch: after it the vault holds the new conversation whole, before it the old one.
//! - No event of before is owed to anybody after it, and no ratchet state of before is left.
//! - What was held leaves by its person's word alone, as an event of the new conversation.

use super::found::Founding;
use super::past::{Past, Succeeded};
use super::people::{People, Person};
use super::state::Progress;
use super::write::stored_notice;
use super::{Conversation, Deleted, LoadError, Refused, Turn};
use crate::crypto::SignKey;
use crate::io::{Delivery, Effect, EventRow, MetaKey, Owed, StoredEvent, View, Write, WriteBatch};
use crate::log::event::{self, Body, EventHeader, Kind};
use crate::log::notice::Notice;
use crate::log::succession;
use crate::sealer::{Sealer, SealerFault};
use kith_base::{EventId, PersonId, Rng, Wall};
use std::fmt;

/// Why a pairing can't be stored; nothing changed. Ours, or the disk's, to blame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundError {
    /// What seals can't be made.
    Sealer(SealerFault),
    /// The conversation that is there can't be read.
    Stored(LoadError),
}

impl From<SealerFault> for FoundError {
    fn from(fault: SealerFault) -> Self {
        Self::Sealer(fault)
    }
}

impl From<LoadError> for FoundError {
    fn from(error: LoadError) -> Self {
        Self::Stored(error)
    }
}

impl fmt::Display for FoundError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sealer(fault) => fault.fmt(f),
            Self::Stored(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for FoundError {}

/// What is known beside a pairing where the vault may hold an earlier conversation.
#[derive(Debug, Clone, Copy)]
pub struct Over<'a> {
    /// The safety number of the people in force was compared.
    pub verified: bool,
    /// The recovery key that the other side asked for, where it is this side's.
    pub vouch: Option<&'a SignKey>,
    /// For the notice.
    pub wall: Wall,
}

impl Founding {
    /// As [`Self::batch`], in a vault that may hold an earlier conversation of the two: that one becomes history
    /// (PAIR-051).
    ///
    /// # Errors
    /// [`FoundError`].
    pub fn over(
        self,
        view: &dyn View,
        over: &Over<'_>,
        sealer: &mut dyn Sealer,
        rng: &mut Rng,
    ) -> Result<WriteBatch, FoundError> {
        let mut row = view.last_row();
        let mut writes = Vec::new();
        let mut after = Vec::new();
        if let Some(succeeded) = Past::after(view, over.verified)? {
            clear(view, &succeeded.people, &mut writes);
            after = self.note_past(view, succeeded, over.wall, &mut row);
        }
        if let Some(key) = over.vouch {
            after.extend(self.vouch(key, EventRow(row.0 + 1), over.wall, rng));
        }
        writes.extend(self.batch(sealer, rng)?.writes);
        writes.extend(after);
        Ok(WriteBatch { writes })
    }

    /// What was, with the texts that wait for a word from here on, and the notice that says so. A pairing that is repeated before
    /// it came to anything leaves the notice of the first try (PAIR-057).
    fn note_past(&self, view: &dyn View, succeeded: Succeeded, wall: Wall, row: &mut EventRow) -> Vec<Write> {
        let Succeeded { mut past, established, .. } = succeeded;
        if past.before.is_empty() {
            return Vec::new();
        }
        past.hold(view);
        let notice = Notice::PairedAnew { held: past.held.len() as u64, proven: false }.encode();
        let mut writes = Vec::new();
        if established {
            row.0 += 1;
            past.notice = *row;
            let (person, device) = (self.prospect.bundle.person(), self.prospect.device);
            writes.push(Write::Event(stored_notice(self.conversation, person, device, *row, wall)));
        }
        writes.push(Write::Body(past.notice, notice));
        writes.push(Write::Meta(MetaKey::Past, Some(past.encode())));
        writes
    }

    /// The first event of the new conversation: this person's recovery key of before vouches for the new identity (PAIR-054).
    fn vouch(&self, key: &SignKey, row: EventRow, wall: Wall, rng: &mut Rng) -> Vec<Write> {
        let (person, device) = (self.prospect.bundle.person(), self.prospect.device);
        let people = People::new(vec![
            Person::new(self.prospect.bundle.clone(), self.prospect.list.clone()),
            Person::new(self.their_bundle.clone(), self.their_list.clone()),
        ]);
        let body = Body::Succession(succession::sign(key, person, self.conversation));
        let bytes = body.encode();
        let salt = rng.bytes();
        let header = EventHeader {
            conversation: self.conversation,
            person,
            device,
            counter: 1,
            previous: None,
            parents: Vec::new(),
            audience: people.head(self.conversation),
            kind: body.kind(),
            salt,
            body: event::body_hash(&salt, &bytes),
            written: wall,
        };
        let header_bytes = header.encode();
        let id = event::id_of(&header_bytes);
        let stored = StoredEvent {
            row,
            id,
            device,
            person,
            counter: header.counter,
            kind: header.kind.number,
            header: header_bytes,
            written: wall,
            arrived: wall,
            mine: true,
            late: false,
            erased: false,
            hidden: false,
            edited_by: None,
            delivery: Delivery::Waiting,
        };
        let progress = Progress { counter: 1, previous: Some(id), frontier: [id].into(), ..Progress::new() };
        vec![
            Write::Event(stored),
            Write::Body(row, bytes),
            Write::Owed(Owed { device: self.their_device, row, seq: None, alone: false }),
            Write::Meta(MetaKey::Progress, Some(progress.encode())),
        ]
    }
}

/// Ends the conversation that is there: all but its events.
fn clear(view: &dyn View, people: &People, writes: &mut Vec<Write>) {
    writes.extend(view.logs().into_iter().map(|log| Write::LogGone(log.log)));
    let peers = view.peers().into_iter().map(|peer| peer.device);
    let devices = people.all_listed().map(|device| device.id);
    writes.extend(peers.chain(devices).map(Write::PeerGone));
    writes.extend(view.sealer().into_iter().map(|(key, _)| Write::Sealer(key, None)));
    writes.push(Write::Meta(MetaKey::Introductions, None));
}

impl Conversation {
    /// Own texts that were meant for the other's keys of before and wait for a word, in the order written.
    pub fn held(&self) -> impl ExactSizeIterator<Item = EventRow> + '_ {
        self.past.held.iter().copied()
    }

    /// Whether a message waits for its person's word.
    pub fn is_held(&self, row: EventRow) -> bool {
        self.past.held.contains(&row)
    }

    /// Whether the two paired anew in this vault, and if so whether the other's recovery words vouch for the keys in force.
    pub fn renewed(&self) -> Option<bool> {
        (!self.past.before.is_empty()).then_some(self.past.proven)
    }

    /// Where the notice of the newest pairing stands, if the two paired anew.
    pub fn renewal_notice(&self) -> Option<EventRow> {
        self.renewed().map(|_| self.past.notice)
    }
}

impl Turn<'_> {
    /// Writes every held message again for the keys in force, in order, with its time of writing (PAIR-052). Returns the ids of the
    /// events that left the timeline for that.
    ///
    /// # Errors
    /// [`Refused::Retired`]; nothing changed.
    pub fn resend_held(&mut self) -> Result<Vec<EventId>, Refused> {
        if self.machine.progress.retired {
            return Err(Refused::Retired);
        }
        let held = std::mem::take(&mut self.machine.past.held);
        if held.is_empty() {
            return Ok(Vec::new());
        }
        self.dirty.past = true;
        self.notice(&Notice::HeldSent { messages: held.len() as u64 });
        let mut left = Vec::new();
        for row in held {
            let Some(event) = self.staged.event(row) else { continue };
            let Some(body) = self.newest_body(&event) else { continue };
            self.write_at(&body, event.written)?;
            if let Some(edit) = self.edit_of(&event) {
                self.staged.event_gone(edit);
            }
            self.forget_expiry(row);
            self.staged.event_gone(row);
            left.push(event.id);
        }
        Ok(left)
    }

    /// Deletes every held message. Returns how many.
    pub fn drop_held(&mut self) -> usize {
        let held = std::mem::take(&mut self.machine.past.held);
        self.dirty.past |= !held.is_empty();
        for row in &held {
            let Some(event) = self.staged.event(*row) else { continue };
            let edit = self.edit_of(&event);
            self.erase_before(&event, edit);
        }
        held.len()
    }

    /// What an own event says, or the one that replaced its words.
    fn newest_body(&self, event: &StoredEvent) -> Option<Body> {
        let row = self.edit_of(event).unwrap_or(event.row);
        let kind = self.staged.event(row)?.kind;
        match Body::decode(Kind { number: kind, critical: true }, &self.staged.body(row)?) {
            Ok(Some(Body::Text(said) | Body::Edit(_, said))) => Some(Body::Text(said)),
            Ok(Some(Body::File(file))) => Some(Body::File(file)),
            _ => None,
        }
    }

    /// Deletes an own event that was written before the two paired anew. Nobody can be asked to do the same: who had it
    /// then is nobody in this conversation (PAIR-056).
    pub(super) fn delete_before(&mut self, event: &StoredEvent, edit: Option<EventRow>) -> Deleted {
        self.dirty.past |= self.machine.past.held.remove(&event.row);
        let delivered = [Some(event.row), edit].into_iter().flatten().filter_map(|row| self.staged.event(row));
        let waited = delivered.map(|event| event.delivery).max() == Some(Delivery::Waiting);
        self.erase_before(event, edit);
        if waited { Deleted::NeverDelivered } else { Deleted::Here }
    }

    fn erase_before(&mut self, event: &StoredEvent, edit: Option<EventRow>) {
        if let Some(edit) = edit {
            self.staged.erase(edit);
        }
        self.staged.erase(event.row);
        self.erase_said_of(event.row);
        self.effects.push(Effect::Changed(event.row));
    }

    /// Somebody's recovery key vouches for them. Where this side asked for none there is nothing to believe.
    pub(super) fn receive_succession(&mut self, from: PersonId, signature: &[u8; 64]) -> Result<(), &'static str> {
        let genesis = &self.machine.genesis;
        let Some(asked) = self.machine.past.anchor().map(|before| *before.theirs.recovery_sign()) else {
            return Ok(());
        };
        if from == genesis.person {
            return Ok(());
        }
        succession::verify(&asked, from, genesis.conversation, signature).map_err(|_| "PAIR-055")?;
        if !std::mem::replace(&mut self.machine.past.proven, true) {
            self.dirty.past = true;
            self.say_proven();
        }
        Ok(())
    }

    /// The notice of the pairing says from here on that it was proven.
    fn say_proven(&mut self) {
        let row = self.machine.past.notice;
        if let Some(Ok(Notice::PairedAnew { held, .. })) = self.staged.body(row).map(|body| Notice::decode(&body)) {
            self.staged.set_body(row, Notice::PairedAnew { held, proven: true }.encode());
            self.effects.push(Effect::Changed(row));
        }
    }
}
