//! Conversations while the agent runs: turns, their effects, and callers that wait for a message's delivery.

use super::contacts::{ContactState, State, gone};
use super::faults::{forget_fault, vault_error, was_faulty};
use super::pairing::sentence;
use super::shown::{self, HIDDEN, deletion_outcome, state};
use super::timeline::{Unread, event_id, no_event};
use super::{Answer, Core, Msg};
use kith_api::{Change, Deletion, Error, ErrorKind, Request, Resent, Sent};
use kith_base::{ContactId, DeviceId, EventId, Mono, limits};
use kith_proto::conversation::{Conversation, Deleted, Refused};
use kith_proto::io::{Effect, EventRow, PeerKnown, View};
use kith_proto::log::event::Body;
use kith_proto::sealer::mls::MlsSealer;
use kith_store::{ConversationVault, PeerRow};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

/// Vaults kept open without a connection; each costs memory and a file.
const OPEN_MAX: usize = 24;
/// A vault without a connection that was not used for this long is closed: it opens again in milliseconds.
const REST_AFTER: Duration = Duration::from_secs(5);
/// After the last vault of several was closed, what they took is given back.
const TRIM_AFTER: Duration = Duration::from_secs(2);
/// How long a `send --wait` waits at most.
const WAIT_MAX: Duration = Duration::from_secs(24 * 3600);

/// An open vault and the conversation in it.
pub(super) struct Live {
    pub(super) vault: ConversationVault,
    pub(super) machine: Conversation,
    /// Something failed here before: what comes is noted before it is tried, and tried as often as this at most (see
    /// [`super::faults`]).
    pub(super) careful: Option<u8>,
    /// How many messages were unread when that was last asked.
    pub(super) unread: Option<Unread>,
    used: Mono,
}

/// Somebody who waits for a message to reach a state.
pub(super) struct Waiting {
    contact: ContactId,
    row: EventRow,
    event: EventId,
    want: kith_api::State,
    until: Mono,
    answer: Answer,
}

/// Everybody who waits, by what they wait for.
#[derive(Default)]
pub(super) struct Waits(BTreeMap<(ContactId, EventRow), Vec<Waiting>>);

impl Waits {
    fn add(&mut self, waiting: Waiting) {
        self.0.entry((waiting.contact, waiting.row)).or_default().push(waiting);
    }

    /// Those who wait for a message to reach this state, or an earlier one.
    fn take_reached(&mut self, contact: ContactId, row: EventRow, reached: kith_api::State) -> Vec<Waiting> {
        let Some(there) = self.0.get_mut(&(contact, row)) else { return Vec::new() };
        let ready = there.extract_if(.., |waiting| reached >= waiting.want).collect();
        if there.is_empty() {
            self.0.remove(&(contact, row));
        }
        ready
    }

    fn take(&mut self, which: impl Fn(&Waiting) -> bool) -> Vec<Waiting> {
        let taken = self.0.values_mut().flat_map(|there| there.extract_if(.., |waiting| which(waiting))).collect();
        self.0.retain(|_, there| !there.is_empty());
        taken
    }

    fn deadline(&self) -> Option<Mono> {
        self.0.values().flatten().map(|waiting| waiting.until).min()
    }
}

/// An input of a conversation.
enum Input {
    Greeted(DeviceId, u64),
    Lost(DeviceId, u64),
    /// A packet is about to be handled.
    Attempt {
        device: DeviceId,
        link: u64,
        bytes: bytes::Bytes,
        /// How often it may be noted.
        times: u8,
    },
    Packet(DeviceId, u64, bytes::Bytes),
    Send {
        text: String,
        wait: Option<kith_api::State>,
        until: Mono,
        answer: Answer,
    },
    Delete {
        event: String,
        answer: Answer,
    },
    Edit {
        event: String,
        text: String,
        answer: Answer,
    },
    Seen {
        event: String,
        answer: Answer,
    },
    Held {
        drop: bool,
        answer: Answer,
    },
    Tick,
}

/// Inputs gathered for one turn of each conversation.
#[derive(Default)]
pub(super) struct Turns(BTreeMap<ContactId, Vec<Input>>);

/// What is told to a caller once the turn is durable.
pub(super) enum Outcome {
    Sent {
        event: EventId,
        wait: Option<kith_api::State>,
        until: Mono,
        answer: Answer,
    },
    Deleted {
        event: EventId,
        outcome: Deleted,
        answer: Answer,
    },
    Edited {
        event: EventId,
        answer: Answer,
    },
    Seen(EventRow, Answer),
    /// So many held messages were decided about; these events left the timeline.
    Held {
        messages: usize,
        left: Vec<EventId>,
        answer: Answer,
    },
    Refused(Error, Answer),
    /// The packet is not to be handled: it was tried before, or needs nothing more.
    Declined,
}

impl Core {
    /// Puts an input of a conversation with the others of its turn; anything else comes back.
    pub(super) fn sort(&mut self, msg: Msg, turns: &mut Turns) -> Option<Msg> {
        let (contact, input) = match msg {
            // A connection that was made before the block may come behind it. PLACE-002
            Msg::Greeted { contact, .. } | Msg::Lost { contact, .. } | Msg::Packet { contact, .. }
                if self.is_blocked(contact) =>
            {
                return None;
            }
            Msg::Greeted { contact, device, link } => {
                // The first hello proves what a pairing's last word would have: nobody else can answer any more. A
                // hello of a device of before, while the two pair again, proves nothing of the kind.
                // HELLO-008
                let connecting = self.contacts.get(&contact).map(ContactState::state) == Some(State::Connecting);
                if connecting && matches!(self.home.registry().peer(device), Ok(Some(_))) {
                    self.close_invitation(contact);
                }
                (contact, Input::Greeted(device, link))
            }
            Msg::Lost { contact, device, link } => (contact, Input::Lost(device, link)),
            Msg::Packet { contact, device, link, bytes } => (contact, Input::Packet(device, link, bytes)),
            Msg::Call { scope, request, answer } => return self.sort_call(scope, request, answer, turns),
            other => return Some(other),
        };
        turns.0.entry(contact).or_default().push(input);
        None
    }

    fn sort_call(
        &mut self,
        scope: kith_loopback::Scope,
        request: Request,
        answer: Answer,
        turns: &mut Turns,
    ) -> Option<Msg> {
        let (Request::Send { contact: wanted, .. }
        | Request::Delete { contact: wanted, .. }
        | Request::Edit { contact: wanted, .. }
        | Request::Resend { contact: wanted, .. }
        | Request::Seen { contact: wanted, .. }) = &request
        else {
            return Some(Msg::Call { scope, request, answer });
        };
        let contact = match self.find(wanted).and_then(|id| self.may_write(id).map(|()| id)) {
            Ok(contact) => contact,
            Err(error) => {
                drop(answer.send(Err(error)));
                return None;
            }
        };
        let now = self.clock.mono();
        let input = match request {
            Request::Send { text, wait, timeout_ms, .. } => {
                let wait_for = timeout_ms.map_or(WAIT_MAX, Duration::from_millis).min(WAIT_MAX);
                Input::Send { text, wait, until: now + wait_for, answer }
            }
            Request::Delete { event, .. } => Input::Delete { event, answer },
            Request::Edit { event, text, .. } => Input::Edit { event, text, answer },
            Request::Seen { event, .. } => Input::Seen { event, answer },
            Request::Resend { drop, .. } => Input::Held { drop, answer },
            request => return Some(Msg::Call { scope, request, answer }),
        };
        turns.0.entry(contact).or_default().push(input);
        None
    }

    /// Before the two are paired there is nobody to write to.
    fn may_write(&self, id: ContactId) -> Result<(), Error> {
        self.not_blocked(id)?;
        let contact = self.contacts.get(&id).ok_or_else(gone)?;
        match contact.state() {
            State::Connected => Ok(()),
            State::Connecting if contact.row.conversation.is_some() && contact.row.side == 1 => Ok(()),
            _ => Err(Error::new(
                ErrorKind::WrongState,
                format!("{} has not answered yet, so there are no keys to write with.", contact.row.name),
                "Wait until the two of you are connected; 'kith contacts' shows how far it is.",
            )),
        }
    }

    pub(super) fn take_turns(&mut self, turns: Turns) {
        for (contact, inputs) in turns.0 {
            self.take_turn(contact, inputs);
        }
    }

    /// All inputs in one turn; where something failed before, each packet on which this device may fail in a turn of its
    /// own, behind one that has noted it.
    fn take_turn(&mut self, id: ContactId, inputs: Vec<Input>) {
        let careful = match self.live(id) {
            Ok(live) => live.careful,
            Err(error) => return refuse_all(inputs, &error),
        };
        let Some(times) = careful else {
            self.one_turn(id, inputs);
            return;
        };
        let mut together = Vec::new();
        for input in inputs {
            let (device, link, bytes) = match &input {
                Input::Packet(device, link, bytes) if self.is_to_be_noted(id, bytes) => (*device, *link, bytes.clone()),
                _ => {
                    together.push(input);
                    continue;
                }
            };
            if !together.is_empty() {
                self.one_turn(id, std::mem::take(&mut together));
            }
            if self.one_turn(id, vec![Input::Attempt { device, link, bytes, times }]) {
                self.one_turn(id, vec![input]);
            }
        }
        if !together.is_empty() {
            self.one_turn(id, together);
        }
    }

    fn is_to_be_noted(&mut self, id: ContactId, bytes: &[u8]) -> bool {
        self.live(id).is_ok_and(|live| live.machine.is_to_be_noted(bytes))
    }

    /// One turn: inputs, commit, effects, answers. A fault stays in this conversation. Whether all of it was done.
    fn one_turn(&mut self, id: ContactId, inputs: Vec<Input>) -> bool {
        let (now, wall) = (self.clock.mono(), self.clock.wall());
        if let Err(error) = self.live(id) {
            refuse_all(inputs, &error);
            return false;
        }
        let Some(contact) = self.contacts.get_mut(&id) else {
            refuse_all(inputs, &gone());
            return false;
        };
        contact.summary = None;
        let links = &mut contact.links;
        let Some(live) = contact.live.as_mut() else {
            refuse_all(inputs, &gone());
            return false;
        };
        live.used = now;
        let rng = &mut self.rng;
        #[cfg(feature = "door")]
        let panics =
            crate::door::turn_panics(&contact.row.name, inputs.iter().any(|i| matches!(i, Input::Send { .. })));
        let mut outcomes = Vec::new();
        let ran = catch_unwind(AssertUnwindSafe(|| {
            #[cfg(feature = "door")]
            assert!(!panics, "kith-door: this turn was to fail");
            let mut turn = live.machine.turn(&live.vault, now, wall, rng);
            for input in inputs {
                apply(&mut turn, &live.vault, links, input, &mut outcomes);
            }
            turn.done()
        }));
        // What was computed from a read that failed is worth nothing, whatever it is.
        if let Some(error) = live.vault.take_error() {
            let error = self.vault_failed(id, &error);
            return self.drop_turn(id, outcomes, &error);
        }
        let step = match ran {
            Ok(Ok(step)) => step,
            Ok(Err(fault)) => {
                let error = internal(&fault.to_string());
                return self.drop_turn(id, outcomes, &error);
            }
            Err(_) => return self.turn_panicked(id, outcomes),
        };
        if !step.batch.is_empty() {
            // The marks around a commit and its effects let a trace of system calls show their order.
            tracing::debug!(target: "kith_agent::marks", writes = step.batch.writes.len(), "commit");
            if let Err(error) = live.vault.commit(&step.batch) {
                let error = self.vault_failed(id, &error);
                return self.drop_turn(id, outcomes, &error);
            }
            tracing::debug!(target: "kith_agent::marks", effects = step.effects.len(), "committed");
        }
        if live.unread.as_ref().is_some_and(|unread| unread.is_changed_by(&step.batch)) {
            live.unread = None;
        }
        let declined = outcomes.iter().any(|outcome| matches!(outcome, Outcome::Declined));
        self.perform(id, step.effects);
        self.answer(id, outcomes);
        !declined
    }

    /// Nothing of the turn happened: the conversation is loaded again when it is next needed. Always `false`.
    pub(super) fn drop_turn(&mut self, id: ContactId, outcomes: Vec<Outcome>, error: &Error) -> bool {
        tracing::warn!(%error, "a turn of a conversation was dropped");
        if let Some(contact) = self.contacts.get_mut(&id) {
            contact.live = None;
            // On new connections both sides say what they have.
            for device in std::mem::take(&mut contact.links).into_keys() {
                self.links.renew(device);
            }
        }
        for outcome in outcomes {
            let answer = match outcome {
                Outcome::Sent { answer, .. } | Outcome::Deleted { answer, .. } | Outcome::Held { answer, .. } => answer,
                Outcome::Edited { answer, .. } | Outcome::Seen(_, answer) | Outcome::Refused(_, answer) => answer,
                Outcome::Declined => continue,
            };
            drop(answer.send(Err(error.clone())));
        }
        false
    }

    fn perform(&mut self, id: ContactId, effects: Vec<Effect>) {
        let mut changed = false;
        // What appeared and changed in one turn is shown once, in the order in which it came up.
        let mut shown = BTreeSet::new();
        // Packets go first: the other device works on them while this one shows what it did.
        let (packets, others): (Vec<_>, Vec<_>) =
            effects.into_iter().partition(|effect| matches!(effect, Effect::Send(..)));
        for effect in packets.into_iter().chain(others) {
            match effect {
                Effect::Send(device, packet) => self.links.send(device, packet),
                Effect::Appeared(row) | Effect::Changed(row) => {
                    if shown.insert(row) {
                        self.show(id, row);
                    }
                    changed = true;
                }
                Effect::PeerKnown(known) => self.keep_peer(id, known),
                Effect::PeerGone(device) => self.drop_peer(id, device),
                Effect::Rejected(rejected) => {
                    tracing::debug!(rule = rejected.rule, "a peer broke a rule");
                }
                Effect::Retired => {
                    tracing::warn!("a conversation's data is a copy or an old state; it writes no more");
                    changed = true;
                }
                Effect::Established => {
                    self.established(id);
                    changed = true;
                }
            }
        }
        self.want_connections(id);
        if changed {
            self.changed_soon(id);
            self.status_changed();
        }
    }

    /// Connects to devices that something waits for.
    fn want_connections(&mut self, id: ContactId) {
        let Some(contact) = self.contacts.get(&id) else { return };
        let Some(live) = &contact.live else { return };
        for peer in live.machine.known_peers() {
            if !contact.links.contains_key(&peer.device) && live.machine.waits_for(&live.vault, peer.device) {
                self.links.want(peer.device);
            }
        }
    }

    pub(super) fn keep_peer(&mut self, id: ContactId, known: PeerKnown) {
        let Some(me) = self.contacts.get(&id).and_then(|contact| contact.live.as_ref()).map(|l| l.machine.device())
        else {
            return;
        };
        let row = PeerRow {
            device: known.device,
            contact: id,
            pair_secret: known.pair_secret,
            card: known.contact_card,
            beat_seen: 0,
            extra: me.as_bytes().to_vec(),
        };
        match self.home.registry().put_peer(&row) {
            Ok(()) => self.know(&row),
            Err(error) => tracing::warn!(%error, "a device could not be kept"),
        }
    }

    pub(super) fn keep_beat(&mut self, device: DeviceId, greatest: u64) {
        let registry = self.home.registry();
        if let Ok(Some(row)) = registry.peer(device)
            && row.beat_seen < greatest
        {
            drop(registry.put_peer(&PeerRow { beat_seen: greatest, ..row }));
        }
    }

    /// Tells those who watch how a message looks, and those who wait for it.
    fn show(&mut self, id: ContactId, row: EventRow) {
        let Ok(Some((event, message))) = self.message_at(id, row) else { return };
        // The place of what an edit replaces shows what is known of the edit.
        let edited = self.live(id).ok().and_then(|live| shown::target(&live.vault, &event));
        if let Some(target) = edited.and_then(|target| self.message_at(id, target).ok().flatten()) {
            self.push(Change::Message { contact: id.to_string(), message: target.1 });
        } else if !HIDDEN.contains(&event.kind) || event.edited_by.is_some() {
            self.push(Change::Message { contact: id.to_string(), message });
        }
        let reached = state(event.delivery);
        for waiting in self.waiting.take_reached(id, row, reached) {
            drop(waiting.answer.send(Ok(json(&Sent { event: waiting.event.to_string(), state: reached }))));
        }
    }

    fn answer(&mut self, id: ContactId, outcomes: Vec<Outcome>) {
        for outcome in outcomes {
            match outcome {
                Outcome::Sent { event, wait, until, answer } => self.answer_sent(id, event, wait, until, answer),
                Outcome::Deleted { event, outcome, answer } => {
                    let outcome = deletion_outcome(outcome);
                    let message = self.message(id, &event);
                    drop(answer.send(message.map(|message| json(&Deletion { message, outcome }))));
                }
                Outcome::Edited { event, answer } => {
                    drop(answer.send(self.message(id, &event).map(|message| json(&message))));
                }
                Outcome::Seen(row, answer) => {
                    self.remember_seen(id, row);
                    drop(answer.send(Ok(serde_json::Value::Null)));
                    self.changed(id);
                }
                Outcome::Held { messages, left, answer } => {
                    self.left(id, &left);
                    let messages = u32::try_from(messages).unwrap_or(u32::MAX);
                    drop(answer.send(Ok(json(&Resent { messages }))));
                }
                Outcome::Refused(error, answer) => drop(answer.send(Err(error))),
                Outcome::Declined => {}
            }
        }
    }

    /// Tells those who watch which messages left the timeline, and ends the waiting for them.
    fn left(&mut self, id: ContactId, left: &[EventId]) {
        for event in left {
            self.push(Change::MessageGone { contact: id.to_string(), event: event.to_string() });
        }
        for waiting in self.waiting.take(|waiting| waiting.contact == id && left.contains(&waiting.event)) {
            let sent = Sent { event: waiting.event.to_string(), state: kith_api::State::Waiting };
            drop(waiting.answer.send(Ok(json(&sent))));
        }
    }

    /// After the two paired anew: the notice, and the messages that wait for a word since.
    pub(super) fn show_renewed(&mut self, id: ContactId) {
        let Ok(live) = self.live(id) else { return };
        let rows: Vec<EventRow> = live.machine.renewal_notice().into_iter().chain(live.machine.held()).collect();
        for row in rows {
            self.show(id, row);
        }
        self.status_changed();
    }

    fn answer_sent(
        &mut self,
        id: ContactId,
        event: EventId,
        wait: Option<kith_api::State>,
        until: Mono,
        answer: Answer,
    ) {
        let found = self.contacts.get(&id).and_then(|contact| contact.live.as_ref()).and_then(|live| {
            let row = live.vault.row_of(&event)?;
            Some((row, live.vault.event(row)?.delivery))
        });
        let Some((row, delivery)) = found else { return drop(answer.send(Err(internal("a message is missing")))) };
        let reached = state(delivery);
        match wait.filter(|want| reached < *want) {
            Some(want) => self.waiting.add(Waiting { contact: id, row, event, want, until, answer }),
            None => drop(answer.send(Ok(json(&Sent { event: event.to_string(), state: reached })))),
        }
    }

    pub(super) fn talk_deadline(&self) -> Option<Mono> {
        let machines = self
            .contacts
            .values()
            .filter_map(|contact| contact.live.as_ref())
            .filter_map(|live| live.machine.deadline().map(|(at, _)| at));
        let rests = self.unconnected().map(|(used, _)| used + REST_AFTER);
        machines.chain(self.waiting.deadline()).chain(rests).min()
    }

    /// Those who wait for a contact's messages hear why they wait in vain.
    pub(super) fn end_waits(&mut self, id: ContactId, why: &Error) {
        for waiting in self.waiting.take(|waiting| waiting.contact == id) {
            drop(waiting.answer.send(Err(why.clone())));
        }
    }

    pub(super) fn talk_tick(&mut self, now: Mono) {
        drop(self.waiting.take(|waiting| waiting.answer.is_closed()));
        for waiting in self.waiting.take(|waiting| waiting.until <= now) {
            let reached = self
                .message_at(waiting.contact, waiting.row)
                .ok()
                .flatten()
                .map_or(kith_api::State::Waiting, |(event, _)| state(event.delivery));
            // Not an error here: the caller compares, and keeps the event's id either way.
            drop(waiting.answer.send(Ok(json(&Sent { event: waiting.event.to_string(), state: reached }))));
        }
        let due: Vec<ContactId> = self
            .contacts
            .values()
            .filter(|contact| {
                let deadline = contact.live.as_ref().and_then(|live| live.machine.deadline());
                deadline.is_some_and(|(at, _)| at <= now)
            })
            .map(|contact| contact.row.id)
            .collect();
        for id in due {
            self.take_turn(id, vec![Input::Tick]);
        }
        self.close_idle(now);
    }

    /// A contact's conversation, its vault opened if it was not.
    pub(super) fn live(&mut self, id: ContactId) -> Result<&mut Live, Error> {
        let now = self.clock.mono();
        let contact = self.contacts.get_mut(&id).ok_or_else(gone)?;
        if let Some(error) = contact.broken.as_ref().filter(|_| contact.rests) {
            return Err(error.clone());
        }
        if contact.live.is_none() {
            let opened = open(&self.home, &contact.row, self.unclean, now);
            contact.broken = opened.as_ref().err().filter(|error| error.kind != ErrorKind::WrongState).cloned();
            contact.live = Some(opened?);
            self.settle_peers(id);
        }
        let live = self.contacts.get_mut(&id).and_then(|contact| contact.live.as_mut()).ok_or_else(gone)?;
        live.used = now;
        Ok(live)
    }

    /// Open vaults whose contacts have no connection, and when each was used last. One that is retired stays: only the open
    /// conversation says so.
    fn unconnected(&self) -> impl Iterator<Item = (Mono, ContactId)> + '_ {
        let idle = self.contacts.values().filter(|contact| contact.links.is_empty());
        let open = idle.filter_map(|contact| contact.live.as_ref().map(|live| (live, contact.row.id)));
        open.filter(|(live, _)| !live.machine.retired()).map(|(live, id)| (live.used, id))
    }

    /// Closes vaults that were not used for a while, and those that were not used for longest where too many are open.
    fn close_idle(&mut self, now: Mono) {
        let mut open: Vec<(Mono, ContactId)> = self.unconnected().collect();
        open.sort_unstable();
        let excess = open.len().saturating_sub(OPEN_MAX);
        for (place, (used, id)) in open.into_iter().enumerate() {
            if (place < excess || used + REST_AFTER <= now)
                && let Some(contact) = self.contacts.get_mut(&id)
            {
                contact.live = None;
                self.trim_at = Some(now + TRIM_AFTER);
            }
        }
    }

    pub(super) fn close_vaults(&mut self) {
        for contact in self.contacts.values_mut() {
            if let Some(mut live) = contact.live.take() {
                if live.careful.is_some() && contact.faults == 0 {
                    forget_fault(&mut live.vault);
                }
                drop(live.vault.checkpoint_truncate());
            }
        }
        drop(self.home.checkpoint_truncate());
    }
}

/// Applies one input to a turn.
fn apply(
    turn: &mut kith_proto::conversation::Turn<'_>,
    vault: &ConversationVault,
    links: &mut BTreeMap<DeviceId, u64>,
    input: Input,
    outcomes: &mut Vec<Outcome>,
) {
    match input {
        Input::Greeted(device, link) => {
            links.insert(device, link);
            turn.connected(device);
        }
        Input::Lost(device, link) => {
            if links.get(&device) == Some(&link) {
                links.remove(&device);
                turn.disconnected(device);
            }
        }
        Input::Attempt { device, link, bytes, times } => {
            if links.get(&device) != Some(&link) || !turn.attempt(device, &bytes, times) {
                outcomes.push(Outcome::Declined);
            }
        }
        Input::Packet(device, link, bytes) => {
            if links.get(&device) == Some(&link) {
                turn.packet(device, &bytes);
            }
        }
        Input::Send { text, wait, until, answer } => outcomes.push(match turn.write(&Body::Text(text)) {
            Ok(event) => Outcome::Sent { event, wait, until, answer },
            Err(refused) => Outcome::Refused(refusal(refused), answer),
        }),
        Input::Delete { event, answer } => outcomes.push(match event_id(&event) {
            Ok(event) => match turn.delete(event) {
                Ok(outcome) => Outcome::Deleted { event, outcome, answer },
                Err(refused) => Outcome::Refused(refusal(refused), answer),
            },
            Err(error) => Outcome::Refused(error, answer),
        }),
        Input::Edit { event, text, answer } => outcomes.push(match event_id(&event) {
            Ok(event) => match turn.edit(event, text) {
                Ok(_) => Outcome::Edited { event, answer },
                Err(refused) => Outcome::Refused(refusal(refused), answer),
            },
            Err(error) => Outcome::Refused(error, answer),
        }),
        Input::Seen { event, answer } => {
            let row = event_id(&event).ok().and_then(|event| vault.row_of(&event));
            outcomes.push(match row {
                Some(row) => {
                    let row = shown::in_view(vault, row);
                    turn.shown(row);
                    Outcome::Seen(row, answer)
                }
                None => Outcome::Refused(no_event(), answer),
            });
        }
        Input::Held { drop: true, answer } => {
            let messages = turn.drop_held();
            outcomes.push(Outcome::Held { messages, left: Vec::new(), answer });
        }
        Input::Held { drop: false, answer } => outcomes.push(match turn.resend_held() {
            Ok(left) => Outcome::Held { messages: left.len(), left, answer },
            Err(refused) => Outcome::Refused(refusal(refused), answer),
        }),
        Input::Tick => turn.tick(),
    }
}

fn refuse_all(inputs: Vec<Input>, error: &Error) {
    for input in inputs {
        match input {
            Input::Send { answer, .. }
            | Input::Delete { answer, .. }
            | Input::Edit { answer, .. }
            | Input::Seen { answer, .. }
            | Input::Held { answer, .. } => {
                drop(answer.send(Err(error.clone())));
            }
            Input::Greeted(..) | Input::Lost(..) | Input::Attempt { .. } | Input::Packet(..) | Input::Tick => {}
        }
    }
}

fn open(home: &kith_store::Home, row: &kith_store::ContactRow, unclean: bool, now: Mono) -> Result<Live, Error> {
    let slot = row.vault.as_ref().ok_or_else(not_invited)?;
    let mut vault = home.open_vault(slot).map_err(|error| vault_error(&error, &row.name))?;
    let faulty = was_faulty(&vault).map_err(|error| vault_error(&error, &row.name))?;
    let careful = match (faulty, unclean) {
        (true, _) => Some(limits::NOTED_TRIES_MAX),
        (false, true) => Some(limits::NOTED_TRIES_UNCLEAN_MAX),
        (false, false) => None,
    };
    let sealer = MlsSealer::load(vault.sealer());
    #[cfg(feature = "door")]
    let sealer = crate::door::FaultySealer(sealer);
    let loaded = Conversation::load(&vault, Box::new(sealer), now);
    if let Some(error) = vault.take_error() {
        return Err(vault_error(&error, &row.name));
    }
    let machine = loaded.map_err(|error| match error {
        kith_proto::conversation::LoadError::Absent => Error::new(
            ErrorKind::WrongState,
            "Nobody has answered yet, so there is no conversation.",
            "Wait until the two of you are connected.",
        ),
        damaged => Error::new(ErrorKind::BadHome, damaged.to_string(), "Other contacts are not affected."),
    })?;
    Ok(Live { vault, machine, careful, unread: None, used: now })
}

fn not_invited() -> Error {
    Error::new(ErrorKind::WrongState, "Nobody was invited yet, so there is no conversation.", "Invite them first.")
}

pub(super) fn refusal(refused: Refused) -> Error {
    let (kind, hint) = match refused {
        Refused::Empty => (ErrorKind::BadInput, "Write something first."),
        Refused::TooLong(_) => (ErrorKind::TooLarge, "Send it in parts."),
        Refused::NoSuchEvent => (ErrorKind::NotFound, "'kith log CONTACT' shows the messages with their ids."),
        Refused::NotYours => (ErrorKind::Forbidden, "Only who wrote a message can edit or delete it."),
        Refused::AlreadyDeleted => (ErrorKind::WrongState, "Nothing of it is left; write a new message instead."),
        Refused::Before => (ErrorKind::WrongState, "Write it anew, or delete it here."),
        Refused::Retired => (
            ErrorKind::WrongState,
            "Pair again: 'kith invite CONTACT --again' here, or 'kith accept CODE --again CONTACT' with their code.",
        ),
        Refused::Removed => (ErrorKind::WrongState, "Write from a device that is still on the list."),
        Refused::TooOld(_) => (ErrorKind::WrongState, "Ask for an update of Kith on the other side."),
    };
    Error::new(kind, sentence(&refused.to_string()), hint)
}

pub(crate) fn internal(what: &str) -> Error {
    Error::new(
        ErrorKind::Internal,
        format!("Kith made a mistake: {what}."),
        "What was stored before is not affected. Try again; if it stays so, report it.",
    )
}

/// Plain data of the API always has a JSON form.
pub(super) fn json<T: serde::Serialize>(value: &T) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}
