//! KeyPackage offers: what one reader gives one writer, to be used once.

use crate::crypto::{KemPublic, SignKey, Unauthentic, VerifyKey};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{DeviceId, KeyPackageHash, Label, LogId, label};

/// A one-use KeyPackage, addressed to one writer, with a one-use key for what must go to this device alone (KEYP-011).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The log whose writer may use it; absent in a pairing, where the writer is not known yet.
    pub log: Option<LogId>,
    /// The device that may be added with it.
    pub device: DeviceId,
    /// The MLS KeyPackage.
    pub key_package: Vec<u8>,
    /// X-Wing key for one addressed record; destroyed after opening.
    pub letter: KemPublic,
    bytes: Vec<u8>,
    signature: [u8; 64],
}

impl Offer {
    /// Signs an offer with the offering device's key.
    pub fn sign(log: Option<LogId>, device: DeviceId, key_package: Vec<u8>, letter: KemPublic, key: &SignKey) -> Self {
        let bytes = Writer::new()
            .optional(Tag::must(1), log.as_ref().map(|log| &log.as_bytes()[..]))
            .bytes(Tag::must(2), device.as_bytes())
            .bytes(Tag::must(3), &key_package)
            .bytes(Tag::must(4), letter.as_bytes())
            .done();
        let signature = key.sign(Label::OfferSignature, &bytes);
        Self { log, device, key_package, letter, bytes, signature }
    }

    /// Canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        Writer::new().bytes(Tag::must(1), &self.bytes).bytes(Tag::must(2), &self.signature).done()
    }

    /// Reads an offer; [`Self::verify`] says whether it is the device's.
    ///
    /// # Errors
    /// [`Malformed`]; the peer is to blame.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let outer = Fields::parse(bytes)?;
        outer.refuse_unknown(&[1, 2])?;
        let bytes = outer.bytes(1)?.to_vec();
        let fields = Fields::parse(&bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4])?;
        Ok(Self {
            log: fields.optional_array(1)?.map(LogId::from_bytes),
            device: DeviceId::from_bytes(fields.array(2)?),
            key_package: fields.bytes(3)?.to_vec(),
            letter: KemPublic::from_slice(fields.bytes(4)?).ok_or(Malformed::BadValue(4))?,
            signature: outer.array(2)?,
            bytes: bytes.clone(),
        })
    }

    /// Checks that the device with this key made it.
    ///
    /// # Errors
    /// [`Unauthentic`]; the peer is to blame.
    pub fn verify(&self, key: &VerifyKey) -> Result<(), Unauthentic> {
        key.verify(Label::OfferSignature, &self.bytes, &self.signature)
    }

    /// The hash a Welcome names it by.
    pub fn hash(&self) -> KeyPackageHash {
        // KEYP-010
        KeyPackageHash::from_bytes(label::hash(Label::KeyPackage, &[&self.bytes]))
    }
}
