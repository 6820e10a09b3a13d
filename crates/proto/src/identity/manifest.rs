//! What a device's program speaks and can do, as it says itself: in a pairing, and again, signed, in every hello.

use crate::crypto::{SignKey, Unauthentic, VerifyKey};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{DeviceId, Label};

/// What a program can do beyond the first version: a bit of a manifest. Bits are given out here and never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// It shows another text in place of an earlier one (event kind 3).
    Edit = 1,
    /// It shows emoji at an event (kind 5).
    React = 1 << 1,
    /// It shows files and gives the bytes of its own to who asks (kind 8).
    Files = 1 << 2,
    /// It shows which events are pinned (kind 6).
    Pin = 1 << 3,
    /// It lets messages disappear when their time is over (kind 7).
    Disappear = 1 << 4,
}

impl Feature {
    const fn bit(self) -> u64 {
        self as u64
    }
}

/// One device's versions and features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manifest {
    /// Lowest version of the conversation protocol.
    pub version_min: u64,
    /// Highest version of the conversation protocol.
    pub version_max: u64,
    /// Features, as bits; unknown bits mean nothing.
    pub features: u64,
}

impl Manifest {
    /// What this program speaks. Version 2 shortens what 1 said whole: events in a record
    /// (EVT-050), records and receipts on a connection (LOG-042).
    pub const CURRENT: Self = Self {
        version_min: 2,
        version_max: 2,
        features: Feature::Edit.bit()
            | Feature::React.bit()
            | Feature::Files.bit()
            | Feature::Pin.bit()
            | Feature::Disappear.bit(),
    };
    /// What the first version spoke: what a device counts with that said nothing.
    pub const FIRST: Self = Self { version_min: 1, version_max: 1, features: 0 };

    /// Whether it has a feature.
    pub const fn has(&self, feature: Feature) -> bool {
        self.features & feature.bit() != 0
    }

    /// MAN-004: whether one of the versions is lower than before. Features may go.
    pub const fn falls_below(&self, before: &Self) -> bool {
        self.version_min < before.version_min || self.version_max < before.version_max
    }

    /// The highest version that both speak.
    pub fn common_version(&self, other: &Self) -> Option<u64> {
        let highest = self.version_max.min(other.version_max);
        (highest >= self.version_min.max(other.version_min)).then_some(highest)
    }

    /// Canonical bytes (`spec/identity.md`, ID-050).
    pub fn encode(&self) -> Vec<u8> {
        Writer::new()
            .number(Tag::must(1), self.version_min)
            .number(Tag::must(2), self.version_max)
            .number(Tag::may(3), self.features)
            .done()
    }

    /// Reads [`Self::encode`] back.
    ///
    /// # Errors
    /// [`Malformed`], also when the lowest version is above the highest.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2])?;
        let (version_min, version_max) = (fields.number(1)?, fields.number(2)?);
        // MAN-001, ID-050
        if version_min > version_max {
            return Err(Malformed::BadValue(2));
        }
        Ok(Self { version_min, version_max, features: fields.optional_number(3)?.unwrap_or_default() })
    }
}

/// MAN-005: a device's signed word on its program. A higher counter replaces a lower one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Whose program.
    pub device: DeviceId,
    /// From 1; higher with each change.
    pub counter: u64,
    /// What it speaks.
    pub manifest: Manifest,
    /// As received: a later program's fields are signed as well.
    body: Vec<u8>,
    signature: [u8; 64],
}

impl Statement {
    /// Signs it with the device's key.
    pub fn sign(device: DeviceId, counter: u64, manifest: Manifest, key: &SignKey) -> Self {
        let body = Writer::new()
            .bytes(Tag::must(1), device.as_bytes())
            .number(Tag::must(2), counter)
            .bytes(Tag::must(3), &manifest.encode())
            .done();
        let signature = key.sign(Label::ManifestSignature, &body);
        Self { device, counter, manifest, body, signature }
    }

    /// Checks that the device signed it.
    ///
    /// # Errors
    /// [`Unauthentic`].
    pub fn verify(&self, key: &VerifyKey) -> Result<(), Unauthentic> {
        key.verify(Label::ManifestSignature, &self.body, &self.signature)
    }

    /// Canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        Writer::new().bytes(Tag::must(1), &self.body).bytes(Tag::must(2), &self.signature).done()
    }

    /// Reads a statement.
    ///
    /// # Errors
    /// [`Malformed`]; the peer is to blame.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2])?;
        let body = Fields::parse(fields.bytes(1)?)?;
        body.refuse_unknown(&[1, 2, 3])?;
        Ok(Self {
            device: DeviceId::from_bytes(body.array(1)?),
            counter: body.number(2)?,
            manifest: Manifest::decode(body.bytes(3)?)?,
            body: fields.bytes(1)?.to_vec(),
            signature: fields.array(2)?,
        })
    }
}
