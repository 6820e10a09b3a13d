//! The people of a conversation: who they are, which devices speak for them, and what becomes of lists that disagree.
//!
//! ```text
//!              newer list                          another list at a rank that is known
//!   ┌────────────────────────┐                  ┌──────────────────────────────────────┐
//!   └──▶ one list stands ◀───┘ ──────────────▶  frozen: two lists of one place are known
//!            ▲   ▲                                 │         │ a further list of that recovery count
//!            │   └──────── a higher recovery count ┘         └──▶ takes devices away, never adds one
//!            └── also from here
//! ```
//!
//! A device is *in force* (sealed to, read, believed), *suspended* (its person's lists are frozen and not every list
//! names it: it is known, owed and greeted, but nothing is sealed to it and nothing of it is read) or *former*.
//!
//! Invariants (`spec/identity.md`, ID-036 to ID-039, ID-043):
//! - Which of two lists of one place came first does not matter: in force are the devices that both name. From then on
//!   they only become fewer.
//! - Nobody is forgotten while a person is frozen: what ends a freeze finds every device that was there, and what it is
//!   owed.

use crate::crypto::{KemPublic, VerifyKey};
use crate::identity::bundle::Bundle;
use crate::identity::list::{Cut, DeviceList, Rank, Succession, accept};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::limits::{FORMER_DEVICES_MAX, LISTS_REMEMBERED_MAX};
use kith_base::{ConversationId, DeviceId, HeadHash, Label, ListHash, LogId, PersonId, label};
use std::collections::BTreeSet;

/// A person of the conversation: the identity bundle, the list that stands, and what was learnt of others.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) bundle: Bundle,
    pub(super) list: DeviceList,
    frozen: Option<Frozen>,
    /// What is claimed of the chain of the present recovery count: versions, ascending, each with the hash that its list
    /// has, from the lists that came and from what they name as the list before them. The newest ones.
    chain: Vec<(u64, ListHash)>,
    /// Devices that were in force and are not.
    former: Vec<(DeviceId, VerifyKey)>,
}

/// Two lists claim one place.
#[derive(Debug, Clone)]
struct Frozen {
    /// What contradicts the list that stands: with it, the proof.
    other: DeviceList,
    /// Later lists of the same recovery count that took devices away.
    later: Vec<DeviceList>,
    /// The devices that every one of these lists names.
    devices: BTreeSet<DeviceId>,
}

/// What a person's list changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// Nothing.
    Nothing,
    /// Nothing but what is known of the chain.
    Remembered,
    /// It stands, or takes devices away while lists are frozen.
    Newer,
    /// It stands, by the person's recovery key.
    Recovered,
    /// It contradicts the list that stands.
    Forked,
}

/// A device, with what is needed of it at every record.
#[derive(Debug, Clone)]
pub(super) struct KnownDevice {
    pub(super) person: PersonId,
    pub(super) id: DeviceId,
    pub(super) sign: VerifyKey,
    pub(super) kem: KemPublic,
}

impl Person {
    /// A person whose list nobody contradicted.
    pub(super) fn new(bundle: Bundle, list: DeviceList) -> Self {
        let mut person = Self { bundle, list, frozen: None, chain: Vec::new(), former: Vec::new() };
        person.chain = claims(&person.list).collect();
        person
    }

    /// Two lists of this person claim one place, and no recovery settled it.
    pub(super) const fn is_frozen(&self) -> bool {
        self.frozen.is_some()
    }

    /// Everything that another device needs to come to the same view: the list that stands, what contradicts it, and
    /// what was taken away since.
    pub(super) fn lists(&self) -> impl Iterator<Item = &DeviceList> {
        let frozen = self.frozen.iter().flat_map(|frozen| [&frozen.other].into_iter().chain(&frozen.later));
        [&self.list].into_iter().chain(frozen)
    }

    /// The rank above every list of this recovery count that is known here.
    pub(super) fn next_rank(&self) -> Rank {
        let versions = self.lists().map(|list| list.rank().version);
        let version = versions.max().unwrap_or_default().saturating_add(1);
        Rank { version, ..self.list.rank() }
    }

    /// Where a removed device's log ends, if the list that stands says so.
    pub(super) fn cut(&self, log: LogId) -> Option<&Cut> {
        self.list.cuts().iter().find(|cut| cut.log == log)
    }

    /// Takes a list of this person.
    fn take(&mut self, next: DeviceList) -> Taken {
        let (count, next_count) = (self.list.rank().recovery_count, next.rank().recovery_count);
        if next_count < count {
            return Taken::Nothing;
        }
        if next_count > count {
            self.chain = claims(&next).collect();
            self.frozen = None;
            self.put(next);
            return Taken::Recovered;
        }
        if self.frozen.is_some() {
            return if self.shrink(next) { Taken::Newer } else { Taken::Nothing };
        }
        if self.contradicts(&next) {
            let both = self.list.devices().iter().map(|device| device.id()).filter(|id| next.device(*id).is_some());
            self.frozen = Some(Frozen { devices: both.collect(), other: next, later: Vec::new() });
            return Taken::Forked;
        }
        let news = self.remember(&next);
        match accept(&self.list, &next) {
            Succession::Newer => {
                self.put(next);
                Taken::Newer
            }
            _ if news => Taken::Remembered,
            _ => Taken::Nothing,
        }
    }

    /// Notes what a list claims of the chain, for another list of that place to be found out by.
    fn remember(&mut self, list: &DeviceList) -> bool {
        let before = self.chain.clone();
        self.chain.extend(claims(list));
        self.chain.sort_unstable();
        self.chain.dedup();
        let excess = self.chain.len().saturating_sub(LISTS_REMEMBERED_MAX);
        self.chain.drain(..excess);
        self.chain != before
    }

    fn put(&mut self, next: DeviceList) {
        let before = std::mem::replace(&mut self.list, next);
        let left = before.devices().iter().map(|device| (device.id(), device.sign));
        self.former.extend(left);
        self.former.retain(|(id, _)| self.list.device(*id).is_none());
        let excess = self.former.len().saturating_sub(FORMER_DEVICES_MAX);
        self.former.drain(..excess);
    }

    /// ID-036: whether a list of the same recovery count can't be on one chain with those that came.
    fn contradicts(&self, next: &DeviceList) -> bool {
        let other = |(version, hash)| self.chain.iter().any(|(known, held)| *known == version && *held != hash);
        next.pairwise() != self.list.pairwise() || claims(next).any(other)
    }

    /// ID-043: a further list while two are known. Lists of the chain before the two are old news.
    fn shrink(&mut self, next: DeviceList) -> bool {
        let Some(frozen) = &mut self.frozen else { return false };
        let version = next.rank().version;
        let known = self.chain.iter().any(|(_, hash)| *hash == next.hash());
        if known || version < self.list.rank().version.min(frozen.other.rank().version) {
            return false;
        }
        let before = frozen.devices.len();
        frozen.devices.retain(|device| next.device(*device).is_some());
        let fewer = frozen.devices.len() < before;
        if fewer {
            frozen.later.push(next);
        }
        fewer
    }

    fn in_force(&self, device: DeviceId) -> bool {
        self.frozen.as_ref().is_none_or(|frozen| frozen.devices.contains(&device))
    }

    fn encode(&self) -> Vec<u8> {
        let later: Vec<&[u8]> =
            self.frozen.iter().flat_map(|frozen| frozen.later.iter().map(DeviceList::bytes)).collect();
        let chain: Vec<Vec<u8>> =
            self.chain.iter().map(|(version, hash)| [&version.to_be_bytes()[..], hash.as_bytes()].concat()).collect();
        let former: Vec<Vec<u8>> =
            self.former.iter().map(|(id, sign)| [&id.as_bytes()[..], sign.as_bytes()].concat()).collect();
        Writer::new()
            .bytes(Tag::must(1), self.bundle.bytes())
            .bytes(Tag::must(2), self.list.bytes())
            .optional(Tag::must(3), self.frozen.as_ref().map(|frozen| frozen.other.bytes()))
            .list(Tag::must(4), later)
            .list(Tag::must(5), chain.iter().map(Vec::as_slice))
            .list(Tag::must(6), former.iter().map(Vec::as_slice))
            .done()
    }

    fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4, 5, 6])?;
        let bundle = Bundle::decode(fields.bytes(1)?).map_err(|_| Malformed::BadValue(1))?;
        let list = |tag, bytes| DeviceList::verify(bytes, &bundle).map_err(|_| Malformed::BadValue(tag));
        let stands = list(2, fields.bytes(2)?)?;
        let later = fields.list(4).map(|bytes| list(4, bytes)).collect::<Result<Vec<_>, _>>()?;
        let frozen = fields.optional(3)?.map(|bytes| list(3, bytes)).transpose()?.map(|other| {
            let all = |id: &DeviceId| [&other].into_iter().chain(&later).all(|list| list.device(*id).is_some());
            let devices = stands.devices().iter().map(|device| device.id()).filter(all).collect();
            Frozen { devices, other: other.clone(), later: later.clone() }
        });
        let chain = fields.list(5).map(|entry| {
            let (version, hash) = entry.split_first_chunk::<8>()?;
            Some((u64::from_be_bytes(*version), ListHash::from_slice(hash)?))
        });
        let former = fields.list(6).map(|entry| {
            let (id, sign) = entry.split_at_checked(DeviceId::LEN)?;
            Some((DeviceId::from_slice(id)?, VerifyKey::from_bytes(sign.try_into().ok()?)))
        });
        let mut person = Self::new(bundle.clone(), stands);
        person.frozen = frozen;
        let chain = chain.map(|entry| entry.ok_or(Malformed::BadValue(5))).collect::<Result<Vec<_>, _>>()?;
        // A vault may be older than the memory of the chain.
        if !chain.is_empty() {
            person.chain = chain;
        }
        person.former = former.map(|entry| entry.ok_or(Malformed::BadValue(6))).collect::<Result<_, _>>()?;
        Ok(person)
    }
}

/// What a list says of its recovery count's chain: its own hash, and that of the list before it.
fn claims(list: &DeviceList) -> impl Iterator<Item = (u64, ListHash)> {
    let version = list.rank().version;
    // The list before the first of a recovery count is of another count.
    let before = list.prev().filter(|_| version > 1).map(|hash| (version - 1, hash));
    before.into_iter().chain([(version, list.hash())])
}

/// The people of a conversation, in ascending order of id, and their devices.
#[derive(Debug, Clone, Default)]
pub(super) struct People {
    people: Vec<Person>,
    in_force: Vec<KnownDevice>,
    suspended: Vec<KnownDevice>,
}

impl People {
    pub(super) fn new(mut people: Vec<Person>) -> Self {
        people.sort_by_key(|person| person.bundle.person());
        let mut people = Self { people, in_force: Vec::new(), suspended: Vec::new() };
        people.sort_devices();
        people
    }

    fn sort_devices(&mut self) {
        let devices = self.people.iter().flat_map(|person| {
            let id = person.bundle.person();
            person.list.devices().iter().map(move |device| {
                let known = KnownDevice { person: id, id: device.id(), sign: device.sign, kem: device.kem.clone() };
                (person.in_force(known.id), known)
            })
        });
        let (in_force, suspended): (Vec<_>, Vec<_>) = devices.partition(|(in_force, _)| *in_force);
        self.in_force = in_force.into_iter().map(|(_, device)| device).collect();
        self.suspended = suspended.into_iter().map(|(_, device)| device).collect();
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let people: Vec<Vec<u8>> = self.people.iter().map(Person::encode).collect();
        Writer::new().list(Tag::must(1), people.iter().map(Vec::as_slice)).done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let people = Fields::parse(bytes)?.list(1).map(Person::decode).collect::<Result<Vec<_>, Malformed>>()?;
        Ok(Self::new(people))
    }

    /// The membership head: the audience of what is written while these are the people.
    pub(super) fn head(&self, conversation: ConversationId) -> HeadHash {
        let ids: Vec<PersonId> = self.people.iter().map(|person| person.bundle.person()).collect();
        let mut parts: Vec<&[u8]> = vec![conversation.as_bytes()];
        parts.extend(ids.iter().map(|id| &id.as_bytes()[..]));
        HeadHash::from_bytes(label::hash(Label::Membership, &parts))
    }

    pub(super) fn get(&self, person: PersonId) -> Option<&Person> {
        self.people.iter().find(|known| known.bundle.person() == person)
    }

    /// Takes a list of the person whose it is.
    pub(super) fn take(&mut self, list: DeviceList) -> Taken {
        let person = self.people.iter_mut().find(|known| known.bundle.person() == list.person());
        let taken = person.map_or(Taken::Nothing, |person| person.take(list));
        self.sort_devices();
        taken
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Person> {
        self.people.iter()
    }

    /// A device in force.
    pub(super) fn device(&self, device: DeviceId) -> Option<&KnownDevice> {
        self.in_force.iter().find(|known| known.id == device)
    }

    /// All devices in force.
    pub(super) fn devices(&self) -> impl Iterator<Item = &KnownDevice> {
        self.in_force.iter()
    }

    /// A device in force or suspended.
    pub(super) fn listed(&self, device: DeviceId) -> Option<&KnownDevice> {
        self.all_listed().find(|known| known.id == device)
    }

    /// All devices in force or suspended.
    pub(super) fn all_listed(&self) -> impl Iterator<Item = &KnownDevice> {
        self.in_force.iter().chain(&self.suspended)
    }

    /// Whose a device is or was.
    pub(super) fn person_of(&self, device: DeviceId) -> Option<PersonId> {
        let former = || self.people.iter().find(|person| person.former.iter().any(|(id, _)| *id == device));
        self.listed(device).map(|known| known.person).or_else(|| former().map(|person| person.bundle.person()))
    }

    /// Devices that left.
    pub(super) fn former(&self) -> impl Iterator<Item = DeviceId> {
        self.people.iter().flat_map(|person| &person.former).map(|(device, _)| *device)
    }

    /// The signing key of a device that is in no list any more.
    pub(super) fn former_key(&self, device: DeviceId) -> Option<VerifyKey> {
        self.people.iter().flat_map(|person| &person.former).find(|(id, _)| *id == device).map(|(_, sign)| *sign)
    }

    /// Whether the lists of a device's person are frozen.
    pub(super) fn frozen(&self, device: DeviceId) -> bool {
        let person = self.listed(device).and_then(|known| self.get(known.person));
        person.is_some_and(Person::is_frozen)
    }
}
