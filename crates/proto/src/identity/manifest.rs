//! What a device's program speaks and can do, as it says itself: in a pairing, and again, signed, in every hello.

use kith_base::codec::{Fields, Malformed, Tag, Writer};

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
