//! Conversations while the agent runs: turns, their effects, and callers that wait for a message's delivery.

use super::contacts::{ContactState, State, gone};
use super::faults::{forget_fault, vault_error, was_faulty};
use super::files::Pulls;
use super::habits::{DRAFT, Habits, has_draft};
use super::shown::{self, Eyes, state};
use super::timeline::Unread;
use super::wish::{Outcome, WAIT_MAX, Wish, Wished, grant};
use super::{Answer, Core, Msg};
use crate::files::{FileMsg, SealedFile};
use kith_api::{Change, Error, ErrorKind, Sent, Word};
use kith_base::{ContactId, DeviceId, Mono, limits};
use kith_proto::conversation::Conversation;
use kith_proto::io::{Effect, EventRow, PeerKnown, View};
use kith_proto::log::event::Kind;
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

/// An open vault and the conversation in it.
pub(super) struct Live {
    pub(super) vault: ConversationVault,
    pub(super) machine: Conversation,
    /// Something failed here before: what comes is noted before it is tried, and tried as often as this at most (see
    /// [`super::faults`]).
    pub(super) careful: Option<u8>,
    /// How many messages were unread when that was last asked.
    pub(super) unread: Option<Unread>,
    /// What the contact may hear of this person.
    pub(super) habits: Habits,
    used: Mono,
    /// Files that come.
    pub(super) pulls: Pulls,
}

impl Live {
    /// What this person sees of it, where they and the contact are called so.
    pub(super) fn eyes<'a>(&'a self, name: &'a str, own: Option<&'a str>) -> Eyes<'a> {
        let Self { vault, machine, pulls, habits, .. } = self;
        Eyes { vault, machine, pulls, name, own, receipts: habits.receipts }
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
    /// What a client asks.
    Wish(Wish, Answer),
    Tick,
}

/// Inputs gathered for one turn of each conversation, and sealed files that are sent in them.
#[derive(Default)]
pub(super) struct Turns(BTreeMap<ContactId, Vec<Input>>, Vec<(ContactId, String)>);

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
            Msg::Packet { contact, device, link, bytes } if self.heard_typing(contact, device, link, &bytes) => {
                return None;
            }
            Msg::Packet { contact, device, link, bytes } => (contact, Input::Packet(device, link, bytes)),
            Msg::Call { scope, request, answer } => {
                let (contact, wish, answer) = match self.wish_of(scope, request, answer) {
                    Wished::Turn(contact, wish, answer) => (contact, wish, answer),
                    Wished::Other(msg) => return Some(msg),
                    Wished::Refused => return None,
                };
                (contact, Input::Wish(wish, answer))
            }
            Msg::File(FileMsg::Sealed(sealed)) => {
                self.sort_sealed(*sealed, turns);
                return None;
            }
            other => return Some(other),
        };
        turns.0.entry(contact).or_default().push(input);
        None
    }

    /// A file that was sealed is sent as any other message.
    fn sort_sealed(&mut self, sealed: SealedFile, turns: &mut Turns) {
        let SealedFile { contact, blob, body, wait, timeout, answer } = sealed;
        match body.and_then(|body| self.may_write(contact).map(|()| body)) {
            Ok(body) => {
                let until = self.clock.mono() + timeout.min(WAIT_MAX);
                let wish = Wish::File { body: Box::new(body), wait, until };
                turns.0.entry(contact).or_default().push(Input::Wish(wish, answer));
                turns.1.push((contact, blob));
            }
            Err(error) => {
                drop(answer.send(Err(error)));
                self.sealing_ended(contact, &blob, false);
            }
        }
    }

    pub(super) fn take_turns(&mut self, turns: Turns) {
        for (contact, inputs) in turns.0 {
            self.take_turn(contact, inputs);
        }
        for (contact, blob) in turns.1 {
            self.sealing_ended(contact, &blob, true);
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
        let greeting = inputs.iter().filter_map(|input| match input {
            Input::Greeted(device, link) => Some((*device, *link)),
            _ => None,
        });
        contact.greeting = greeting.collect();
        let greets = !contact.greeting.is_empty();
        let links = &mut contact.links;
        let Some(live) = contact.live.as_mut() else {
            refuse_all(inputs, &gone());
            return false;
        };
        live.used = now;
        let rng = &mut self.rng;
        let sends =
            inputs.iter().filter(|input| matches!(input, Input::Wish(Wish::Send { .. } | Wish::File { .. }, _)));
        let sends = sends.count();
        let drafted = inputs.iter().any(|input| matches!(input, Input::Wish(Wish::Send { drafted: true, .. }, _)));
        #[cfg(feature = "door")]
        let panics = crate::door::turn_panics(
            &contact.row.name,
            inputs.iter().any(|i| matches!(i, Input::Wish(Wish::Send { .. }, _))),
        );
        let mut outcomes = Vec::new();
        let ran = catch_unwind(AssertUnwindSafe(|| {
            #[cfg(feature = "door")]
            assert!(!panics, "kith-door: this turn was to fail");
            let mut turn = live.machine.turn(&live.vault, now, wall, rng);
            for input in inputs {
                apply(&mut turn, (&live.vault, live.habits), links, input, &mut outcomes);
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
            // A draft goes with the commit that holds it as a message: a crash brings neither of them back twice.
            let sent = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Sent { .. })).count();
            let ends_draft = drafted && sent == sends && has_draft(&live.vault);
            let done = match ends_draft {
                true => live.vault.commit_and_erase(&step.batch, DRAFT),
                false => live.vault.commit(&step.batch),
            };
            if let Err(error) = done {
                let error = self.vault_failed(id, &error);
                return self.drop_turn(id, outcomes, &error);
            }
            tracing::debug!(target: "kith_agent::marks", effects = step.effects.len(), "committed");
        }
        if live.unread.as_ref().is_some_and(|unread| unread.is_changed_by(&step.batch)) {
            live.unread = None;
        }
        let expiring = live.machine.expires_at().is_some();
        let declined = outcomes.iter().any(|outcome| matches!(outcome, Outcome::Declined));
        self.note_expiring(id, expiring);
        self.perform(id, step.effects);
        self.answer(id, outcomes);
        if greets {
            self.pull_files(id);
        }
        !declined
    }

    /// Nothing of the turn happened: the conversation is loaded again when it is next needed. Always `false`.
    pub(super) fn drop_turn(&mut self, id: ContactId, outcomes: Vec<Outcome>, error: &Error) -> bool {
        tracing::warn!(%error, "a turn of a conversation was dropped");
        if let Some(contact) = self.contacts.get_mut(&id) {
            contact.live = None;
            // On new connections both sides say what they have. One that greeted in this very turn is held open by both ends, and
            // nothing that comes on it would be heard.
            let mut links = std::mem::take(&mut contact.links);
            links.append(&mut contact.greeting);
            for device in links.into_keys() {
                self.links.renew(device);
            }
        }
        for answer in outcomes.into_iter().filter_map(Outcome::into_answer) {
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
                        self.show(id, row, matches!(effect, Effect::Appeared(_)));
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
    fn show(&mut self, id: ContactId, row: EventRow, is_new: bool) {
        let Ok(Some((event, message))) = self.message_at(id, row) else { return };
        if event.hidden {
            if event.kind == Kind::FILE.number {
                self.file_shown(id, &event);
            }
            return self.left(id, &[event.id]);
        }
        if is_new {
            self.announce_soon(id, &message);
        }
        // The place of what an edit replaces shows what is known of the edit; a reaction shows at its event.
        let about = self.live(id).ok().and_then(|live| shown::target(&live.vault, &event));
        if let Some(target) = about.and_then(|target| self.message_at(id, target).ok().flatten()) {
            self.push(Change::Message { contact: id.to_string(), message: target.1 });
        } else if !Kind::UNSHOWN.contains(&event.kind) || event.edited_by.is_some() {
            self.push(Change::Message { contact: id.to_string(), message });
        }
        if event.kind == Kind::FILE.number {
            self.file_shown(id, &event);
        }
        let reached = state(event.delivery);
        for waiting in self.waiting.take_reached(id, row, reached) {
            drop(waiting.answer.send(Ok(json(&Sent { event: waiting.event.to_string(), state: reached }))));
        }
    }

    /// After the two paired anew: the notice, and the messages that wait for a word since.
    pub(super) fn show_renewed(&mut self, id: ContactId) {
        let Ok(live) = self.live(id) else { return };
        let rows: Vec<EventRow> = live.machine.renewal_notice().into_iter().chain(live.machine.held()).collect();
        for row in rows {
            self.show(id, row, false);
        }
        self.status_changed();
    }

    pub(super) fn talk_deadline(&self) -> Option<Mono> {
        let machines = self
            .contacts
            .values()
            .filter_map(|contact| contact.live.as_ref())
            .filter_map(|live| live.machine.deadline().map(|(at, _)| at));
        let rests = self.unconnected().map(|(used, _)| used + REST_AFTER);
        let closed = self.contacts.values().filter(|contact| contact.live.is_none());
        let expires = closed.filter_map(|contact| contact.expires);
        machines.chain(self.waiting.deadline()).chain(rests).chain(expires).min()
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
                let deadline = match &contact.live {
                    Some(live) => live.machine.deadline().map(|(at, _)| at),
                    None => contact.expires,
                };
                deadline.is_some_and(|at| at <= now)
            })
            .map(|contact| contact.row.id)
            .collect();
        for id in due {
            // One that can't be opened is tried again when somebody asks for it.
            if let Some(contact) = self.contacts.get_mut(&id) {
                contact.expires = None;
            }
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
            self.begin_files(id);
        }
        let live = self.contacts.get_mut(&id).and_then(|contact| contact.live.as_mut()).ok_or_else(gone)?;
        live.used = now;
        Ok(live)
    }

    /// Open vaults whose contacts have no connection, and when each was used last. One that is retired stays: only the open
    /// conversation says so, but where it came from a backup.
    fn unconnected(&self) -> impl Iterator<Item = (Mono, ContactId)> + '_ {
        let idle = self.contacts.values().filter(|contact| contact.links.is_empty());
        let open = idle.filter_map(|contact| contact.live.as_ref().map(|live| (live, contact)));
        let rests = open.filter(|(live, contact)| !live.machine.retired() || contact.is_restored());
        rests.map(|(live, contact)| (live.used, contact.row.id))
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
                contact.expires = contact.live.take().and_then(|live| live.machine.expires_at());
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
    (vault, habits): (&ConversationVault, Habits),
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
        Input::Wish(wish, answer) => outcomes.push(grant(turn, (vault, habits), wish, answer)),
        Input::Tick => turn.tick(),
    }
}

fn refuse_all(inputs: Vec<Input>, error: &Error) {
    for input in inputs {
        match input {
            Input::Wish(_, answer) => drop(answer.send(Err(error.clone()))),
            Input::Greeted(..) | Input::Lost(..) | Input::Attempt { .. } | Input::Packet(..) | Input::Tick => {}
        }
    }
}

fn open(home: &kith_store::Home, row: &kith_store::ContactRow, unclean: bool, now: Mono) -> Result<Live, Error> {
    let slot = row.vault.as_ref().ok_or_else(not_invited)?;
    let mut vault = home.open_vault(slot).map_err(|error| vault_error(&error, &row.name))?;
    let faulty = was_faulty(&vault).map_err(|error| vault_error(&error, &row.name))?;
    let habits = Habits::of(&vault).map_err(|error| vault_error(&error, &row.name))?;
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
        kith_proto::conversation::LoadError::Absent => Error::new(ErrorKind::WrongState, "not-answered-yet", []),
        damaged => Error::new(ErrorKind::BadHome, "stored-incomplete", [("why", Word::text(damaged))]),
    })?;
    Ok(Live { vault, machine, careful, unread: None, habits, used: now, pulls: Pulls::new() })
}

fn not_invited() -> Error {
    Error::new(ErrorKind::WrongState, "not-invited-yet", [])
}

pub(crate) fn internal(what: &str) -> Error {
    Error::new(ErrorKind::Internal, "mistake", [("why", Word::text(what))])
}

/// Plain data of the API always has a JSON form.
pub(super) fn json<T: serde::Serialize>(value: &T) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}
