//! The registry: contacts, their names and states, and how they look to clients.

use super::habits::{Habits, Seldom};
use super::place;
use super::setup::store_error;
use super::talk::Live;
use super::{Core, HelloKeys};
use data_encoding::HEXLOWER;
use kith_api::{self as api, Change, Contact, Error, ErrorKind, Note, Side, Stage, Vouched, Word};
use kith_base::{ContactId, DeviceId, Mono, Wall, limits};
use kith_loopback::{App, Scope, origin};
use kith_net::PathKind;
use kith_proto::conversation::Timers;
use kith_proto::hello;
use kith_proto::identity::{Bundle, Manifest, mark_half, safety_number};
use kith_proto::io::PeerKnown;
use kith_store::{BearerRow, ContactRow, PeerRow, name_key};
use std::collections::BTreeMap;
use std::time::Duration;

/// Whether two people are paired, as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Somebody's invitation is being answered; nothing is confirmed, and nobody sees it.
    Attempt = 0,
    Inviting = 1,
    Connecting = 2,
    Connected = 3,
    Failed = 4,
    /// Made from an address-book card: a name, until somebody is invited.
    Saved = 5,
}

impl State {
    const fn from_number(number: u64) -> Self {
        match number {
            1 => Self::Inviting,
            2 => Self::Connecting,
            3 => Self::Connected,
            4 => Self::Failed,
            5 => Self::Saved,
            _ => Self::Attempt,
        }
    }
}

/// One contact while the agent runs: its row, its reachability, and its vault while that is open.
pub(super) struct ContactState {
    pub(super) row: ContactRow,
    pub(super) reach: BTreeMap<DeviceId, PathKind>,
    pub(super) path_since: Option<Wall>,
    pub(super) live: Option<Live>,
    /// Devices with a greeted connection, and which.
    pub(super) links: BTreeMap<DeviceId, u64>,
    /// Devices that greeted in the turn under way: of a dropped turn nothing else tells that they did.
    pub(super) greeting: BTreeMap<DeviceId, u64>,
    /// Why it can't be used, if it can't.
    pub(super) broken: Option<Error>,
    /// It is left alone until the next start (see [`super::faults`]).
    pub(super) rests: bool,
    /// Turns in which the core itself failed, in this run.
    pub(super) faults: u32,
    /// When this person was last said to be writing, and the contact last heard to be.
    pub(super) typing_said: Seldom,
    pub(super) typing_heard: Seldom,
    /// When its devices were last dialled at once for a person, or will be next.
    pub(super) tried: Option<Mono>,
    /// When something in it disappears, while its vault is closed.
    pub(super) expires: Option<Mono>,
    /// What its row in a list shows, until a turn changes it: so that a list opens no vaults.
    pub(super) summary: Option<Summary>,
    safety: Option<Safety>,
    /// What was taken of their files without being asked for, once that was read in this run.
    pub(super) unasked: Option<super::unasked::Unasked>,
    /// The number of the last pull.
    pub(super) pull_number: u64,
    /// Pulls are begun again in a while.
    pub(super) again: bool,
    /// Blobs that are being sealed, and have no event yet.
    pub(super) sealing: std::collections::BTreeSet<String>,
    /// Files on their way here that somebody may read meanwhile.
    pub(super) coming: BTreeMap<kith_proto::io::EventRow, crate::files::coming::Coming>,
    /// Whether blobs without an event were looked for in this run.
    pub(super) swept: bool,
}

/// The safety number of two bundles, which is long in the making.
struct Safety {
    mine: Vec<u8>,
    theirs: Vec<u8>,
    number: Option<String>,
}

/// How often a contact is shown to who watches while messages come in numbers.
const SHOWN_EVERY: Duration = Duration::from_millis(100);

/// When a contact was shown.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Showing {
    last: Option<Mono>,
    /// It changed since.
    again: bool,
}

/// What a list shows of a conversation.
#[derive(Debug, Clone, Default)]
pub(super) struct Summary {
    pub(super) unread: u32,
    pub(super) waiting: u32,
    /// Messages meant for keys of before.
    pub(super) held: u32,
    /// The two paired anew; whether the other's words vouch for it.
    pub(super) renewed: Option<bool>,
    pub(super) last: Option<api::Message>,
    /// What both sides' apps can do.
    pub(super) can: Vec<api::Ability>,
    /// What they have in common.
    pub(super) manifest: Option<String>,
    pub(super) habits: Habits,
    pub(super) draft: Option<String>,
    pub(super) timers: Timers,
}

impl ContactState {
    pub(super) const fn new(row: ContactRow) -> Self {
        Self {
            row,
            reach: BTreeMap::new(),
            path_since: None,
            live: None,
            links: BTreeMap::new(),
            greeting: BTreeMap::new(),
            broken: None,
            rests: false,
            faults: 0,
            typing_said: Seldom::new(),
            typing_heard: Seldom::new(),
            tried: None,
            expires: None,
            summary: None,
            safety: None,
            unasked: None,
            pull_number: 0,
            again: false,
            sealing: std::collections::BTreeSet::new(),
            coming: BTreeMap::new(),
            swept: false,
        }
    }

    pub(super) const fn state(&self) -> State {
        State::from_number(self.row.state)
    }

    /// The safety number, once both identities are known.
    fn safety_number(&mut self) -> Option<String> {
        // BAK-023
        if self.is_restored() {
            return None;
        }
        let (mine, theirs) = (&self.row.bundle, self.row.their_bundle.as_ref()?);
        if let Some(known) = self.safety.as_ref().filter(|known| (&known.mine, &known.theirs) == (mine, theirs)) {
            return known.number.clone();
        }
        let number = number(mine, theirs);
        self.safety = Some(Safety { mine: mine.clone(), theirs: theirs.clone(), number: number.clone() });
        number
    }

    /// It came from a backup: what was said is here, and nothing that could speak. BAK-023
    pub(super) const fn is_restored(&self) -> bool {
        self.row.conversation.is_some() && self.row.identity.is_empty()
    }

    pub(super) const fn side(&self) -> Side {
        if self.row.side == 0 { Side::Inviter } else { Side::Answerer }
    }

    pub(super) fn path(&self) -> api::Path {
        let paths: Vec<&PathKind> = self.reach.values().collect();
        if paths.iter().any(|path| matches!(path, PathKind::Direct { .. })) {
            api::Path::Direct
        } else if paths.iter().any(|path| **path == PathKind::Relayed) {
            api::Path::Relayed
        } else {
            api::Path::None
        }
    }
}

/// What was typed, or copied out of a sentence, which isolates what is filled into it.
fn bare(typed: &str) -> &str {
    typed.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{2066}'..='\u{2069}'))
}

/// A name as a person may give it: a line of text.
pub(super) fn valid_name(name: &str) -> Result<String, Error> {
    let name = bare(name);
    let bad = |id| Err(Error::new(ErrorKind::BadInput, id, []));
    if name.is_empty() {
        return bad("name-empty");
    }
    if name.len() > limits::NAME_BYTES_MAX {
        return bad("name-too-long");
    }
    if name.chars().any(char::is_control) {
        return bad("name-control");
    }
    if name.parse::<ContactId>().is_ok() {
        return bad("name-like-id");
    }
    Ok(name.to_owned())
}

impl Core {
    /// The contact that a client names by id or by name.
    pub(super) fn find(&self, wanted: &Option<String>) -> Result<ContactId, Error> {
        let wanted = wanted.as_deref().ok_or_else(|| Error::new(ErrorKind::BadRequest, "contact-unnamed", []))?;
        let wanted = bare(wanted);
        if let Ok(id) = wanted.parse::<ContactId>()
            && self.contacts.get(&id).is_some_and(|contact| contact.state() != State::Attempt)
        {
            return Ok(id);
        }
        let shown = || self.contacts.values().filter(|contact| contact.state() != State::Attempt);
        let exact: Vec<ContactId> = shown().filter(|c| c.row.name == wanted).map(|c| c.row.id).collect();
        let alike = || {
            let key = name_key(wanted);
            shown().filter(|c| name_key(&c.row.name) == key).map(|c| c.row.id).collect::<Vec<_>>()
        };
        let found = if exact.len() == 1 { exact } else { alike() };
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(Error::new(ErrorKind::NotFound, "contact-unknown", [("name", Word::text(wanted))])),
            several => {
                let ids = several.iter().map(ContactId::to_string).collect::<Vec<_>>().join(", ");
                Err(Error::new(
                    ErrorKind::Ambiguous,
                    "contact-ambiguous",
                    [("count", Word::count(several.len())), ("name", Word::text(wanted)), ("ids", Word::text(ids))],
                ))
            }
        }
    }

    /// The contact with this name, whatever its case.
    pub(super) fn named(&self, name: &str) -> Option<ContactId> {
        let key = name_key(name);
        self.contacts
            .values()
            .find(|contact| contact.state() != State::Attempt && name_key(&contact.row.name) == key)
            .map(|contact| contact.row.id)
    }

    /// A name nobody has: this one, or this one with a number.
    pub(super) fn free_name(&self, name: &str) -> String {
        (1..)
            .map(|number| if number == 1 { name.to_owned() } else { format!("{name} {number}") })
            .find(|name| self.named(name).is_none())
            .unwrap_or_else(|| name.to_owned())
    }

    /// Stores a contact's row as it is in memory.
    pub(super) fn store_row(&mut self, id: ContactId) -> Result<(), Error> {
        let Some(contact) = self.contacts.get(&id) else { return Ok(()) };
        self.home.registry().put_contact(&contact.row).map_err(|error| store_error(&error))
    }

    /// Tells those who watch how a contact looks, and the web server which apps there are.
    pub(super) fn changed(&mut self, id: ContactId) {
        self.publish();
        if self.contacts.get(&id).is_some_and(|contact| contact.state() != State::Attempt)
            && let Ok(view) = self.view(id)
        {
            self.push(Change::Contact(view));
        }
    }

    /// As [`Self::changed`], but a conversation in which much happens is shown every so often only: what a list shows of
    /// it is counted anew each time.
    pub(super) fn changed_soon(&mut self, id: ContactId) {
        let now = self.clock.mono();
        let showing = self.showing.entry(id).or_default();
        if showing.last.is_some_and(|last| now < last + SHOWN_EVERY) {
            showing.again = true;
            return;
        }
        *showing = Showing { last: Some(now), again: false };
        self.changed(id);
    }

    pub(super) fn showing_deadline(&self) -> Option<Mono> {
        let due = self.showing.values().filter(|showing| showing.again);
        due.filter_map(|showing| showing.last).map(|last| last + SHOWN_EVERY).min()
    }

    pub(super) fn show_due(&mut self, now: Mono) {
        let is_due = |showing: &Showing| showing.last.is_none_or(|last| last + SHOWN_EVERY <= now);
        let due: Vec<ContactId> =
            self.showing.iter().filter(|(_, showing)| showing.again && is_due(showing)).map(|(id, _)| *id).collect();
        self.showing.retain(|_, showing| !is_due(showing));
        for id in due {
            self.changed_soon(id);
        }
    }

    /// A contact as clients see it.
    pub(super) fn view(&mut self, id: ContactId) -> Result<Contact, Error> {
        let Summary { unread, waiting, held, renewed, last, can, manifest, habits, draft, timers } = self.summary(id);
        let now = self.clock.wall();
        let note = self.note(id);
        self.withdraw_if_seen(id, unread);
        let port = self.web_port;
        let contact = self.contacts.get_mut(&id).ok_or_else(gone)?;
        let safety_number = contact.safety_number();
        let contact = &*contact;
        let row = &contact.row;
        let mark = HEXLOWER.encode(&row.mark);
        // PLACE-003
        let (unread, last) = if contact.is_blocked() { (0, None) } else { (unread, last) };
        Ok(Contact {
            contact: id.to_string(),
            name: row.name.clone(),
            state: match contact.state() {
                State::Attempt | State::Connecting => api::ContactState::Connecting,
                State::Inviting => api::ContactState::Inviting,
                State::Connected => api::ContactState::Connected,
                State::Failed => api::ContactState::Failed,
                State::Saved => api::ContactState::Saved,
            },
            stage: stage(row.stage),
            note,
            app_url: origin(&row.host_label, port),
            // BAK-023
            verified: row.verified && !contact.is_restored(),
            met: row.met && !contact.is_restored(),
            online: !contact.reach.is_empty(),
            path: contact.path(),
            safety_number,
            side: contact.side(),
            mark,
            unread,
            waiting,
            held,
            renewed: renewed
                .filter(|_| !row.verified)
                .map(|proven| if proven { Vouched::Words } else { Vouched::Nothing }),
            last,
            can,
            manifest,
            receipts: habits.receipts,
            typing: habits.typing,
            draft,
            timers: api::Timers { mine: timers.mine, theirs: timers.theirs, in_force: timers.in_force },
            path_since: contact.path_since.map(|wall| wall.0),
            created_at: row.created.0,
            place: place::shown(row.place, now),
        })
    }

    /// What a contact waits for, or why it failed.
    fn note(&self, id: ContactId) -> Option<Note> {
        let contact = self.contacts.get(&id)?;
        let note = |id: &str, count: Option<u32>| Some(Note { id: id.to_owned(), count });
        if let Some(error) = &contact.broken {
            let ours = error.kind == ErrorKind::Internal;
            return note(if ours { "note-resting" } else { "note-vault-broken" }, None);
        }
        if contact.is_restored() {
            let open = self.failures(id).is_some();
            return note(if open { "note-again-open" } else { "note-restored" }, None);
        }
        if contact.live.as_ref().is_some_and(|live| live.machine.retired()) {
            return note("note-retired", None);
        }
        match contact.state() {
            State::Inviting => match self.failures(id) {
                Some((0, _)) | None => note("note-wait-for-code", None),
                Some((_, left)) => note("note-code-open", Some(left)),
            },
            State::Saved => note("note-saved", None),
            State::Connecting => note("note-waiting-device", None),
            State::Failed => note(&contact.row.failure, None),
            State::Connected if self.failures(id).is_some() => note("note-again-open", None),
            State::Attempt | State::Connected => None,
        }
    }

    pub(super) fn reached(&mut self, id: ContactId, device: DeviceId, online: bool, path: PathKind) {
        let wall = self.clock.wall();
        // What was heard before the block may come behind it. PLACE-002
        let Some(contact) = self.contacts.get_mut(&id).filter(|contact| !contact.is_blocked()) else { return };
        let before = (contact.reach.is_empty(), contact.path());
        if online {
            contact.reach.insert(device, path);
        } else {
            contact.reach.remove(&device);
        }
        if before != (contact.reach.is_empty(), contact.path()) {
            contact.path_since = Some(wall);
            self.changed(id);
            self.status_changed();
        }
    }

    /// This device's word for a hello with one of a contact's devices.
    pub(super) fn hello_keys(&mut self, device: DeviceId) -> Option<HelloKeys> {
        let contact = self.home.registry().peer(device).ok()??.contact;
        // PLACE-002
        self.not_blocked(contact).ok()?;
        let start = self.settings.start;
        let live = self.live(contact).ok()?;
        let machine = &live.machine;
        Some(HelloKeys {
            mine: hello::Greeting {
                device: machine.device(),
                start,
                rank: machine.rank()?,
                manifest: Manifest::CURRENT,
            },
            key: machine.signing_key().clone(),
            peer: hello::Peer { device, sign: machine.verify_key(device)? },
        })
    }

    /// What a conversation says of its devices may be lost between its commit and the registry's, by a crash: then the
    /// registry follows when the conversation is opened.
    pub(super) fn settle_peers(&mut self, id: ContactId) {
        let Some(live) = self.contacts.get(&id).and_then(|contact| contact.live.as_ref()) else { return };
        let known = live.machine.known_peers();
        let Ok(rows) = self.home.registry().peers_of(id) else { return };
        let (unknown, gone) = differing(known, &rows);
        for known in unknown {
            self.keep_peer(id, known);
        }
        for device in gone {
            self.drop_peer(id, device);
        }
    }

    pub(super) fn drop_peer(&mut self, id: ContactId, device: DeviceId) {
        drop(self.home.registry().delete_peer(device));
        self.links.forget(device);
        if let Some(contact) = self.contacts.get_mut(&id) {
            contact.reach.remove(&device);
            contact.links.remove(&device);
        }
    }

    /// Writes the table of apps that the web server answers for.
    pub(super) fn publish(&self) {
        let mut apps = BTreeMap::new();
        let home = App { scope: Scope::Home, name: "Kith".to_owned(), mark: None, half: None };
        apps.insert(self.settings.home_label.clone(), home);
        for contact in self.contacts.values().filter(|contact| contact.state() != State::Attempt) {
            let row = &contact.row;
            let side = contact.side();
            let app = App {
                scope: Scope::Contact(row.id.to_string()),
                name: row.name.clone(),
                mark: row.mark.as_slice().try_into().ok(),
                half: row.mark.as_slice().try_into().ok().map(|half: [u8; 16]| (half, side)),
            };
            apps.insert(row.host_label.clone(), app);
        }
        if let Ok(mut directory) = self.directory.write() {
            directory.apps = apps;
        }
    }

    pub(super) fn keep_bearer(&mut self, label: String, hash: [u8; 32]) {
        let row = BearerRow { hash, label: label.clone(), created: self.clock.wall() };
        if let Err(error) = self.home.registry().put_bearer(&row) {
            tracing::warn!(%error, "a web app's key could not be kept");
            return;
        }
        if let Ok(mut directory) = self.directory.write() {
            directory.bearers.insert((label, hash));
        }
    }

    pub(super) fn rename(&mut self, id: ContactId, name: &str) -> Result<Contact, Error> {
        let name = valid_name(name)?;
        if self.named(&name).is_some_and(|other| other != id) {
            return Err(taken(&name));
        }
        if let Some(contact) = self.contacts.get_mut(&id) {
            contact.row.name = name;
            contact.summary = None;
        }
        self.store_row(id)?;
        self.rename_launcher(id);
        self.changed(id);
        self.view(id)
    }

    pub(super) fn verify(&mut self, id: ContactId, verified: bool, met: bool) -> Result<Contact, Error> {
        if let Some(contact) = self.contacts.get_mut(&id) {
            if contact.row.their_bundle.is_none() {
                return Err(Error::new(
                    ErrorKind::WrongState,
                    "number-not-yet",
                    [("name", Word::text(&contact.row.name))],
                ));
            }
            // BAK-023
            if contact.is_restored() {
                return Err(Error::new(
                    ErrorKind::WrongState,
                    "number-of-backup",
                    [("name", Word::text(&contact.row.name))],
                ));
            }
            contact.row.verified = verified;
            contact.row.met = verified && met;
        }
        self.store_row(id)?;
        self.changed(id);
        self.view(id)
    }

    /// Destroys a relationship's keys and files here. The other side keeps its own.
    pub(super) fn remove(&mut self, id: ContactId) -> Result<(), Error> {
        self.close_invitation(id);
        self.end_renewal(id);
        let devices = self.home.registry().peers_of(id).map_err(|error| store_error(&error))?;
        for peer in devices {
            self.links.forget(peer.device);
        }
        let Some(mut contact) = self.contacts.remove(&id) else { return Err(gone()) };
        contact.live = None;
        let label = contact.row.host_label.clone();
        self.give_back(&contact.row);
        self.end_waits(id, &gone());
        let files = contact.row.vault.as_ref().map(|slot| kith_files::Folder::of(&self.folder, &slot.file));
        if let Err(error) = self.home.remove_contact(id) {
            self.contacts.insert(id, contact);
            return Err(store_error(&error));
        }
        self.remove_launcher(id);
        // Nobody can read them any more; what can't be removed is removed at the next start.
        if let Some(Err(error)) = files.map(|folder| folder.remove_all()) {
            tracing::warn!(%error, "sealed files could not be removed");
        }
        drop(self.home.registry().delete_bearers(&label));
        if let Ok(mut directory) = self.directory.write() {
            directory.bearers.retain(|(known, _)| *known != label);
        }
        self.publish();
        self.push(Change::ContactRemoved(id.to_string()));
        self.status_changed();
        Ok(())
    }
}

/// Devices that the registry lacks or knows with another secret, and those that it has too many.
fn differing(known: Vec<PeerKnown>, rows: &[PeerRow]) -> (Vec<PeerKnown>, Vec<DeviceId>) {
    let gone = rows.iter().map(|row| row.device).filter(|device| known.iter().all(|peer| peer.device != *device));
    let gone = gone.collect();
    let kept =
        |peer: &PeerKnown| rows.iter().any(|row| row.device == peer.device && row.pair_secret == peer.pair_secret);
    (known.into_iter().filter(|peer| !kept(peer)).collect(), gone)
}

fn stage(number: u64) -> Stage {
    match number {
        0 => Stage::Generating,
        1 => Stage::Keys,
        2 => Stage::Connection,
        _ => Stage::Secure,
    }
}

fn number(mine: &[u8], theirs: &[u8]) -> Option<String> {
    Some(safety_number(&Bundle::decode(mine).ok()?, &Bundle::decode(theirs).ok()?))
}

/// What the mark is drawn from: the inviter's half, then the answerer's; one half while there is one side.
pub(super) fn mark(side: Side, mine: &Bundle, theirs: Option<&Bundle>) -> Vec<u8> {
    let (mine, theirs) = (mark_half(mine), theirs.map(mark_half));
    match (side, theirs) {
        (_, None) => mine.to_vec(),
        (Side::Inviter, Some(theirs)) => [mine, theirs].concat(),
        (Side::Answerer, Some(theirs)) => [theirs, mine].concat(),
    }
}

pub(super) fn gone() -> Error {
    Error::new(ErrorKind::NotFound, "contact-gone", [])
}

pub(super) fn taken(name: &str) -> Error {
    Error::new(ErrorKind::Exists, "contact-exists", [("name", Word::text(name))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_base::{PersonId, Secret};

    #[test]
    fn a_name_that_was_copied_out_of_a_sentence_is_the_name() {
        assert_eq!(valid_name(" \u{2068}سارة\u{2069} ").unwrap(), "سارة");
        assert_eq!(valid_name("\u{2068}\u{2069}").unwrap_err().id, "name-empty");
        assert_eq!(bare("\u{2067}Bo \u{2068}b\u{2069}"), "Bo \u{2068}b", "what stands within stays");
    }

    fn known(number: u8, secret: u8) -> PeerKnown {
        PeerKnown {
            device: DeviceId::from_bytes([number; 32]),
            person: PersonId::from_bytes([9; 32]),
            pair_secret: Secret::new([secret; 32]),
            contact_card: Vec::new(),
        }
    }

    fn row(number: u8, secret: u8) -> PeerRow {
        PeerRow {
            device: DeviceId::from_bytes([number; 32]),
            contact: ContactId::from_bytes([7; 10]),
            pair_secret: Secret::new([secret; 32]),
            card: Vec::new(),
            beat_seen: 0,
            extra: Vec::new(),
        }
    }

    #[test]
    fn the_registry_follows_what_a_conversation_says_of_its_devices() {
        let (unknown, gone) =
            differing(vec![known(1, 1), known(2, 2), known(3, 3)], &[row(1, 1), row(2, 9), row(4, 4)]);
        assert_eq!(unknown, [known(2, 2), known(3, 3)]);
        assert_eq!(gone, [DeviceId::from_bytes([4; 32])]);
    }
}
