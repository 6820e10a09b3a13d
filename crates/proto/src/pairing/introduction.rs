//! What each side tells about itself once the words are proven, and later about a further device of its own.

use crate::crypto::{KemPublic, VerifyKey};
use crate::identity::{Bundle, BundleError, Device, DeviceList, ListError, Manifest};
use kith_base::DeviceId;
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::limits::{NAME_BYTES_MAX, PAIRING_BYTES_MAX};
use std::fmt;

/// What a message that carries an introduction leaves for it, beside proofs, seal and encapsulation.
const INTRODUCTION_BYTES_MAX: usize = PAIRING_BYTES_MAX - 2048;

/// One side's introduction. Read from a peer, it is checked: the list is its bundle's, the device stands in the list.
#[derive(Clone, PartialEq, Eq)]
pub struct Introduction {
    /// Who it is in this relationship.
    pub bundle: Bundle,
    /// The person's devices.
    pub list: DeviceList,
    /// Which of them speaks.
    pub device: DeviceId,
    /// What a reader needs to know of that device's log: opaque here.
    ///
    /// The conversation's id follows from both introductions, so the accepter can't name it in its own.
    pub log: Vec<u8>,
    /// A one-use MLS KeyPackage for the other side's log: opaque here.
    pub key_package: Vec<u8>,
    /// A one-use key for events sealed again to this device alone.
    pub letter_key: KemPublic,
    /// What the person would like to be called.
    pub name: Option<String>,
    /// Where the device can be found: opaque here (`kith_net` writes and reads it).
    pub card: Vec<u8>,
    /// This side's part of what the conversation's id is over, so that pairing again makes another one.
    pub salt: [u8; 16],
    /// The name of an invitation of this side's own that is open for the same contact, to settle two at once.
    pub crossing: Option<[u8; 16]>,
    /// What the device's program speaks.
    pub manifest: Manifest,
    /// Told by who goes on with a contact: the recovery key by which it knew the other before.
    pub known_by: Option<VerifyKey>,
}

impl Introduction {
    /// Canonical bytes (`spec/pairing.md`, PAIR-020).
    pub fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), self.bundle.bytes())
            .bytes(Tag::must(2), self.list.bytes())
            .bytes(Tag::must(3), self.device.as_bytes())
            .bytes(Tag::must(4), &self.log)
            .bytes(Tag::must(5), &self.key_package)
            .bytes(Tag::must(6), self.letter_key.as_bytes())
            .optional(Tag::may(7), self.name.as_ref().map(String::as_bytes))
            .bytes(Tag::must(8), &self.card)
            .bytes(Tag::must(9), &self.salt)
            .optional(Tag::may(10), self.crossing.as_ref().map(|name| &name[..]))
            .bytes(Tag::must(11), &self.manifest.encode())
            .optional(Tag::may(12), self.known_by.as_ref().map(|key| &key.as_bytes()[..]))
            .done()
    }

    /// Reads an introduction and checks what it says about itself.
    ///
    /// # Errors
    /// [`IntroductionError`] says which part can't be true.
    pub fn decode(bytes: &[u8]) -> Result<Self, IntroductionError> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4, 5, 6, 8, 9, 11])?;
        let bundle = Bundle::decode(fields.bytes(1)?)?;
        let list = DeviceList::verify(fields.bytes(2)?, &bundle)?;
        let device = DeviceId::from_bytes(fields.array(3)?);
        // PAIR-020
        if list.device(device).is_none() {
            return Err(IntroductionError::NotListed);
        }
        Ok(Self {
            bundle,
            list,
            device,
            log: fields.bytes(4)?.to_vec(),
            key_package: fields.bytes(5)?.to_vec(),
            letter_key: KemPublic::from_slice(fields.bytes(6)?).ok_or(Malformed::BadValue(6))?,
            name: fields.optional(7)?.map(read_name).transpose()?,
            card: fields.bytes(8)?.to_vec(),
            salt: fields.array(9)?,
            crossing: fields.optional_array(10)?,
            manifest: Manifest::decode(fields.bytes(11)?)?,
            known_by: fields.optional_array(12)?.map(VerifyKey::from_bytes),
        })
    }

    /// The bytes to tell another in a pairing, if this introduction is one that the other side would believe.
    ///
    /// # Errors
    /// [`IntroductionError::OtherDevices`] or [`IntroductionError::TooLong`]: the caller is to blame.
    pub(super) fn to_tell(&self) -> Result<Vec<u8>, IntroductionError> {
        self.only_device()?;
        let bytes = self.encode();
        if bytes.len() <= INTRODUCTION_BYTES_MAX { Ok(bytes) } else { Err(IntroductionError::TooLong) }
    }

    /// The only device of the list, which is the one that speaks: what a pairing asks for.
    ///
    /// # Errors
    /// [`IntroductionError::OtherDevices`] when the list names devices that nobody has heard.
    pub fn only_device(&self) -> Result<&Device, IntroductionError> {
        match self.list.devices() {
            [device] if device.id() == self.device => Ok(device),
            _ => Err(IntroductionError::OtherDevices),
        }
    }
}

impl fmt::Debug for Introduction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Introduction of {:?}", self.device)
    }
}

/// A name is a line of text: no control characters that could rearrange what stands beside it.
fn read_name(bytes: &[u8]) -> Result<String, Malformed> {
    let name = std::str::from_utf8(bytes).map_err(|_| Malformed::BadValue(7))?;
    let shown = !name.is_empty() && name.len() <= NAME_BYTES_MAX && !name.chars().any(char::is_control);
    if shown { Ok(name.to_owned()) } else { Err(Malformed::BadValue(7)) }
}

/// Why an introduction is not believed. The peer is to blame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntroductionError {
    /// Not the canonical encoding.
    Malformed(Malformed),
    /// Longer than a message of the pairing can carry.
    TooLong,
    /// Its bundle is none.
    Bundle(BundleError),
    /// Its device list is not its person's.
    List(ListError),
    /// The device that speaks is not in the list.
    NotListed,
    /// A pairing's list names other devices than the one that speaks.
    OtherDevices,
}

impl From<Malformed> for IntroductionError {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl From<BundleError> for IntroductionError {
    fn from(error: BundleError) -> Self {
        Self::Bundle(error)
    }
}

impl From<ListError> for IntroductionError {
    fn from(error: ListError) -> Self {
        Self::List(error)
    }
}

impl fmt::Display for IntroductionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(malformed) => write!(f, "the introduction can't be read: {malformed}"),
            Self::TooLong => write!(f, "the introduction is larger than {INTRODUCTION_BYTES_MAX} bytes"),
            Self::Bundle(error) => error.fmt(f),
            Self::List(error) => error.fmt(f),
            Self::NotListed => write!(f, "the device that speaks is not in its person's list"),
            Self::OtherDevices => write!(f, "the device list names devices that were not heard"),
        }
    }
}

impl std::error::Error for IntroductionError {}
