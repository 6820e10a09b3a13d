//! Device lists: which devices speak for a person in one relationship, and which list stands.
//!
//! A list names its predecessor by hash and is signed by the pairwise key in force. Under recovery count 0 that is the
//! bundle's; each higher count carries a [`Grant`], in which the recovery key puts a new pairwise key in force. So every
//! list is checked with nothing but the person's bundle, and only who has the words can raise the count.
//!
//! ```text
//! rank (0,1) ─▶ (0,2) ─▶ … ─▶ (0,9) by a thief        signed by the bundle's pairwise key
//!                 └────────▶ (1,1) ─▶ (1,2) …          signed by the pairwise key of grant 1
//! ```
//!
//! Two different lists of one rank are a *fork*: nobody can tell the owner from a copy. Who learns of both believes no
//! addition until a recovery, while messages to devices that stand in both go on
//! ([`crate::conversation`] keeps both, as proof).

use super::bundle::Bundle;
use crate::crypto::{KemPublic, SignKey, VerifyKey};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::label::hash;
use kith_base::limits::{LIST_BYTES_MAX, LIST_CUTS_MAX, LIST_DEVICES_MAX};
use kith_base::{DeviceId, Label, ListHash, LogId, PersonId, RecordHash, Rng};
use std::fmt;

/// What a device is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Somebody reads and writes on it.
    Access = 1,
    /// It keeps copies.
    Archive = 2,
    /// Both.
    Both = 3,
}

impl Role {
    /// The role of this number.
    pub const fn from_number(number: u64) -> Option<Self> {
        match number {
            1 => Some(Self::Access),
            2 => Some(Self::Archive),
            3 => Some(Self::Both),
            _ => None,
        }
    }
}

/// One device's public keys, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Signs what the device states.
    pub sign: VerifyKey,
    /// What is for this device alone is sealed to it.
    pub kem: KemPublic,
    /// What it is for.
    pub role: Role,
    /// What its program can do, as bits; unknown bits mean nothing.
    pub capabilities: u64,
}

impl Device {
    /// Who this device is: the hash of its keys, whatever its role (ID-030).
    pub fn id(&self) -> DeviceId {
        DeviceId::from_bytes(hash(Label::Device, &[self.sign.as_bytes(), self.kem.as_bytes()]))
    }

    fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), self.sign.as_bytes())
            .bytes(Tag::must(2), self.kem.as_bytes())
            .number(Tag::must(3), self.role as u64)
            .number(Tag::may(4), self.capabilities)
            .done()
    }

    fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3])?;
        Ok(Self {
            sign: VerifyKey::from_bytes(fields.array(1)?),
            kem: KemPublic::from_slice(fields.bytes(2)?).ok_or(Malformed::BadValue(2))?,
            role: Role::from_number(fields.number(3)?).ok_or(Malformed::BadValue(3))?,
            capabilities: fields.number(4)?,
        })
    }
}

/// Where a removed device's log ends: nothing after it is accepted by anyone (ID-038).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// The removed device.
    pub device: DeviceId,
    /// Its log.
    pub log: LogId,
    /// The last seq that the remover has of it.
    pub seq: u64,
    /// The hash of that record.
    pub head: RecordHash,
}

impl Cut {
    fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), self.device.as_bytes())
            .bytes(Tag::must(2), self.log.as_bytes())
            .number(Tag::must(3), self.seq)
            .bytes(Tag::must(4), self.head.as_bytes())
            .done()
    }

    fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4])?;
        Ok(Self {
            device: DeviceId::from_bytes(fields.array(1)?),
            log: LogId::from_bytes(fields.array(2)?),
            seq: fields.number(3)?,
            head: RecordHash::from_bytes(fields.array(4)?),
        })
    }
}

/// The recovery key's word that a new pairwise key is in force for one recovery count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// The new pairwise key.
    pub pairwise: VerifyKey,
    /// By the bundle's recovery key, over person, recovery count and the new key.
    pub signature: [u8; 64],
}

impl Grant {
    /// Puts a new pairwise key in force; it takes the recovery key, which takes the words.
    pub fn sign(person: PersonId, recovery_count: u32, pairwise: VerifyKey, recovery: &SignKey) -> Self {
        let signature = recovery.sign(Label::GrantSignature, &Self::statement(person, recovery_count, &pairwise));
        Self { pairwise, signature }
    }

    fn statement(person: PersonId, recovery_count: u32, pairwise: &VerifyKey) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), person.as_bytes())
            .number(Tag::must(2), u64::from(recovery_count))
            .bytes(Tag::must(3), pairwise.as_bytes())
            .done()
    }

    fn verify(&self, bundle: &Bundle, recovery_count: u32) -> Result<(), ListError> {
        let statement = Self::statement(bundle.person(), recovery_count, &self.pairwise);
        bundle
            .recovery_sign()
            .verify(Label::GrantSignature, &statement, &self.signature)
            .map_err(|_| ListError::NotByRecovery)
    }

    fn encode(&self) -> Vec<u8> {
        Writer::new().bytes(Tag::must(1), self.pairwise.as_bytes()).bytes(Tag::must(2), &self.signature).done()
    }

    fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2])?;
        Ok(Self { pairwise: VerifyKey::from_bytes(fields.array(1)?), signature: fields.array(2)? })
    }
}

/// The order of device lists: recovery count first, so that no version of a thief outbids a recovery (ID-035).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank {
    /// How often the pairwise key was replaced.
    pub recovery_count: u32,
    /// From one, under this recovery count.
    pub version: u64,
}

impl Rank {
    /// The rank of a relationship's first list.
    pub const FIRST: Self = Self { recovery_count: 0, version: 1 };
}

/// What goes into a list before it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListDraft {
    /// Whose devices.
    pub person: PersonId,
    /// Where the list stands among others.
    pub rank: Rank,
    /// The list before it; absent at [`Rank::FIRST`], and where a recovery knows of none.
    pub prev: Option<ListHash>,
    /// At most [`LIST_DEVICES_MAX`], in any order.
    pub devices: Vec<Device>,
    /// Needed for a recovery count above zero, the same for every list of that count.
    pub grant: Option<Grant>,
    /// At most [`LIST_CUTS_MAX`].
    pub cuts: Vec<Cut>,
}

/// A person's signed device list. One exists only after its signatures held, against that person's bundle.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviceList {
    draft: ListDraft,
    pairwise: VerifyKey,
    hash: ListHash,
    bytes: Vec<u8>,
}

impl DeviceList {
    /// Signs a list with the pairwise key in force, and checks it as any reader would.
    ///
    /// # Errors
    /// [`ListError`] when the draft breaks a rule or the key is not the one in force.
    pub fn sign(mut draft: ListDraft, bundle: &Bundle, pairwise: &SignKey) -> Result<Self, ListError> {
        draft.devices.sort_by_key(Device::id);
        let body = encode_body(&draft);
        let signature = pairwise.sign(Label::ListSignature, &body);
        Self::verify(&[&signature[..], &body].concat(), bundle)
    }

    /// The first list of a relationship: one device, the one that pairs.
    ///
    /// # Errors
    /// [`ListError::NotByPairwise`] when the key is not the bundle's.
    pub fn first(bundle: &Bundle, device: Device, pairwise: &SignKey) -> Result<Self, ListError> {
        let person = bundle.person();
        let draft =
            ListDraft { person, rank: Rank::FIRST, prev: None, devices: vec![device], grant: None, cuts: Vec::new() };
        Self::sign(draft, bundle, pairwise)
    }

    /// ID-035, ID-039: a list by the recovery key, above every list of the pairwise key in force so far: these devices,
    /// and a new pairwise key, which is given back. The bundle, and with it the safety number, stays.
    ///
    /// # Errors
    /// [`ListError`] when the key is not the bundle's recovery key, the count is exhausted, or the devices break a rule.
    pub fn recovered(
        bundle: &Bundle,
        last: &Self,
        devices: Vec<Device>,
        cuts: Vec<Cut>,
        recovery: &SignKey,
        rng: &mut Rng,
    ) -> Result<(Self, SignKey), ListError> {
        let recovery_count = last.rank().recovery_count.checked_add(1).ok_or(ListError::Chain)?;
        let (person, pairwise) = (bundle.person(), SignKey::generate(rng));
        let grant = Some(Grant::sign(person, recovery_count, pairwise.public(), recovery));
        let rank = Rank { recovery_count, version: 1 };
        let draft = ListDraft { person, rank, prev: Some(last.hash), devices, grant, cuts };
        Self::sign(draft, bundle, &pairwise).map(|list| (list, pairwise))
    }

    /// A draft of this list's successor under the same pairwise key, to change and sign.
    pub fn successor(&self) -> ListDraft {
        let rank = Rank { version: self.draft.rank.version.saturating_add(1), ..self.draft.rank };
        ListDraft { rank, prev: Some(self.hash), ..self.draft.clone() }
    }

    /// Reads a list and checks it: signatures, rules and limits. Bytes are kept as they are (ID-031).
    ///
    /// # Errors
    /// [`ListError`] says which rule it breaks.
    pub fn verify(bytes: &[u8], bundle: &Bundle) -> Result<Self, ListError> {
        if bytes.len() > LIST_BYTES_MAX {
            return Err(ListError::TooLong);
        }
        // A signature of fixed length before the body, and no frame: nothing unsigned can ride along.
        let (signature, body) = bytes.split_first_chunk::<64>().ok_or(Malformed::Truncated)?;
        let draft = decode_body(body)?;
        if draft.person != bundle.person() {
            return Err(ListError::OtherPerson);
        }
        let pairwise = key_in_force(&draft, bundle)?;
        pairwise.verify(Label::ListSignature, body, signature).map_err(|_| ListError::NotByPairwise)?;
        check_devices(&draft.devices)?;
        let hash = ListHash::from_bytes(hash(Label::List, &[body]));
        Ok(Self { draft, pairwise, hash, bytes: bytes.to_vec() })
    }

    /// Whose devices.
    pub const fn person(&self) -> PersonId {
        self.draft.person
    }

    /// Where the list stands among others.
    pub const fn rank(&self) -> Rank {
        self.draft.rank
    }

    /// The list before it.
    pub const fn prev(&self) -> Option<ListHash> {
        self.draft.prev
    }

    /// The devices, in ascending order of id (ID-037).
    pub fn devices(&self) -> &[Device] {
        &self.draft.devices
    }

    /// The device of this id.
    pub fn device(&self, id: DeviceId) -> Option<&Device> {
        self.draft.devices.iter().find(|device| device.id() == id)
    }

    /// Where removed devices' logs end.
    pub fn cuts(&self) -> &[Cut] {
        &self.draft.cuts
    }

    /// The pairwise key in force: the bundle's, or the one that a recovery put in its place.
    pub const fn pairwise(&self) -> &VerifyKey {
        &self.pairwise
    }

    /// The hash of what is signed.
    pub const fn hash(&self) -> ListHash {
        self.hash
    }

    /// The signed bytes as received.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for DeviceList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rank { recovery_count, version } = self.draft.rank;
        write!(f, "DeviceList {recovery_count}.{version} {:?}", self.hash)
    }
}

fn encode_body(draft: &ListDraft) -> Vec<u8> {
    let devices: Vec<_> = draft.devices.iter().map(Device::encode).collect();
    let grant = draft.grant.as_ref().map(Grant::encode);
    let cuts: Vec<_> = draft.cuts.iter().map(Cut::encode).collect();
    Writer::new()
        .bytes(Tag::must(1), draft.person.as_bytes())
        .number(Tag::must(2), u64::from(draft.rank.recovery_count))
        .number(Tag::must(3), draft.rank.version)
        .optional(Tag::must(4), draft.prev.as_ref().map(|prev| &prev.as_bytes()[..]))
        .list(Tag::must(5), devices.iter().map(Vec::as_slice))
        .optional(Tag::must(6), grant.as_deref())
        .list(Tag::must(7), cuts.iter().map(Vec::as_slice))
        .done()
}

fn decode_body(body: &[u8]) -> Result<ListDraft, ListError> {
    let fields = Fields::parse(body)?;
    fields.refuse_unknown(&[1, 2, 3, 4, 5, 6, 7])?;
    if fields.list(5).count() > LIST_DEVICES_MAX {
        return Err(ListError::TooManyDevices);
    }
    if fields.list(7).count() > LIST_CUTS_MAX {
        return Err(ListError::TooManyCuts);
    }
    let recovery_count = u32::try_from(fields.number(2)?).map_err(|_| Malformed::BadValue(2))?;
    let rank = Rank { recovery_count, version: fields.number(3)? };
    let prev = fields.optional_array(4)?.map(ListHash::from_bytes);
    // A list is a chain's beginning or names what is before it; only a recovery may know of nothing before it (ID-034).
    let prev_fits = match rank {
        Rank { version: 0, .. } => false,
        Rank::FIRST => prev.is_none(),
        Rank { version: 1, .. } => true,
        Rank { .. } => prev.is_some(),
    };
    if !prev_fits {
        return Err(ListError::Chain);
    }
    Ok(ListDraft {
        person: PersonId::from_bytes(fields.array(1)?),
        rank,
        prev,
        devices: fields.list(5).map(Device::decode).collect::<Result<_, _>>()?,
        grant: fields.optional(6)?.map(Grant::decode).transpose()?,
        cuts: fields.list(7).map(Cut::decode).collect::<Result<_, _>>()?,
    })
}

// ID-032
fn key_in_force(draft: &ListDraft, bundle: &Bundle) -> Result<VerifyKey, ListError> {
    match (draft.rank.recovery_count, draft.grant) {
        (0, None) => Ok(*bundle.pairwise()),
        (0, Some(_)) | (_, None) => Err(ListError::NotByRecovery),
        (count, Some(grant)) => grant.verify(bundle, count).map(|()| grant.pairwise),
    }
}

/// Ascending ids leave no room for a device that stands twice; a shared signing key would be one in disguise (ID-033).
fn check_devices(devices: &[Device]) -> Result<(), ListError> {
    let ids: Vec<_> = devices.iter().map(Device::id).collect();
    if !ids.is_sorted_by(|a, b| a < b) {
        return Err(ListError::Order);
    }
    let mut keys: Vec<_> = devices.iter().map(|device| device.sign).collect();
    keys.sort_unstable();
    if keys.is_sorted_by(|a, b| a < b) { Ok(()) } else { Err(ListError::SharedKey) }
}

/// What a list is to the one that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Succession {
    /// It replaces the one that stands.
    Newer,
    /// It is the one that stands.
    Same,
    /// It was replaced before; nothing changes.
    Older,
    /// Two lists claim one place: nobody may be added until a recovery settles it.
    Fork,
}

/// Compares a person's next list with the one that stands. Both were verified against that person's one bundle.
/// ID-036.
///
/// # Panics
/// When the lists are of two people: the caller mixed up relationships.
pub fn accept(current: &DeviceList, next: &DeviceList) -> Succession {
    assert_eq!(current.person(), next.person(), "lists of one person are compared");
    let (Rank { recovery_count, version }, rank) = (current.rank(), next.rank());
    let same_count = rank.recovery_count == recovery_count;
    let other_key = same_count && next.pairwise() != current.pairwise();
    let other_chain = same_count && version.checked_add(1) == Some(rank.version) && next.prev() != Some(current.hash());
    match rank.cmp(&current.rank()) {
        _ if other_key || other_chain => Succession::Fork,
        std::cmp::Ordering::Less => Succession::Older,
        std::cmp::Ordering::Equal if next.hash() == current.hash() => Succession::Same,
        std::cmp::Ordering::Equal => Succession::Fork,
        std::cmp::Ordering::Greater => Succession::Newer,
    }
}

/// Why bytes are not a device list of this person. The peer is to blame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListError {
    /// Not the canonical encoding of a list.
    Malformed(Malformed),
    /// Longer than a list may be.
    TooLong,
    /// It is another person's.
    OtherPerson,
    /// More devices than a list may have.
    TooManyDevices,
    /// More cuts than a list may have.
    TooManyCuts,
    /// Devices are out of order, or one stands twice.
    Order,
    /// Two devices share a signing key.
    SharedKey,
    /// The version is zero, or the list's predecessor is missing or can't be there.
    Chain,
    /// The signature is not by the pairwise key in force.
    NotByPairwise,
    /// The recovery count and what the recovery key signed do not fit each other.
    NotByRecovery,
    /// Two lists of this person claim one place: nobody believes a new device until a recovery.
    Frozen,
    /// No list of the person names that device.
    NotListed,
}

impl From<Malformed> for ListError {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(malformed) => write!(f, "the device list can't be read: {malformed}"),
            Self::TooLong => write!(f, "the device list is larger than {LIST_BYTES_MAX} bytes"),
            Self::OtherPerson => write!(f, "the device list is another person's"),
            Self::TooManyDevices => write!(f, "the device list has more than {LIST_DEVICES_MAX} devices"),
            Self::TooManyCuts => write!(f, "the device list has more than {LIST_CUTS_MAX} cuts"),
            Self::Order => write!(f, "the device list names a device twice or out of order"),
            Self::SharedKey => write!(f, "two devices of the list share a key"),
            Self::Chain => write!(f, "the device list does not say which list it follows"),
            Self::NotByPairwise => write!(f, "the device list is not signed by its person"),
            Self::NotByRecovery => write!(f, "the device list claims a recovery that did not happen"),
            Self::Frozen => write!(f, "two device lists claim one place, so a device can only be added by a recovery"),
            Self::NotListed => write!(f, "the device list does not name that device"),
        }
    }
}

impl std::error::Error for ListError {}
