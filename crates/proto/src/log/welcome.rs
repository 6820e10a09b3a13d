//! Welcomes: the way into a log, bound to the place where it opens and to the KeyPackage it was made for.

use crate::crypto::{KemPublic, KemSecret, SignKey, Unauthentic, VerifyKey};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{DeviceId, KeyPackageHash, Label, LogId, RecordHash, Rng};

/// Where a Welcome leads: its device reads on from the record after `seq`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entrance {
    /// The log.
    pub log: LogId,
    /// The seq of the commit that added the device.
    pub seq: u64,
    /// The hash of that commit's record.
    pub head: RecordHash,
    /// The device added.
    pub to: DeviceId,
    /// The offer it was added with.
    pub offer: KeyPackageHash,
}

/// A Welcome, sealed to its device and signed by the log's writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Welcome {
    /// Where it leads.
    pub entrance: Entrance,
    sealed: Vec<u8>,
    signature: [u8; 64],
}

impl Entrance {
    fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), self.log.as_bytes())
            .number(Tag::must(2), self.seq)
            .bytes(Tag::must(3), self.head.as_bytes())
            .bytes(Tag::must(4), self.to.as_bytes())
            .bytes(Tag::must(5), self.offer.as_bytes())
            .done()
    }

    fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4, 5])?;
        Ok(Self {
            log: LogId::from_bytes(fields.array(1)?),
            seq: fields.number(2)?,
            head: RecordHash::from_bytes(fields.array(3)?),
            to: DeviceId::from_bytes(fields.array(4)?),
            offer: KeyPackageHash::from_bytes(fields.array(5)?),
        })
    }
}

impl Welcome {
    /// Seals an MLS Welcome to its device.
    ///
    /// # Errors
    /// [`Unauthentic`] when the device's key can't be sealed to.
    pub fn seal(
        entrance: Entrance,
        mls: &[u8],
        to: &KemPublic,
        key: &SignKey,
        rng: &mut Rng,
    ) -> Result<Self, Unauthentic> {
        let place = entrance.encode();
        let sealed = to.seal(Label::WelcomeSeal, &place, mls, rng)?;
        let signature = key.sign(Label::RecordSignature, &[&place[..], &sealed, b"welcome"].concat());
        Ok(Self { entrance, sealed, signature })
    }

    /// Canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), &self.entrance.encode())
            .bytes(Tag::must(2), &self.sealed)
            .bytes(Tag::must(3), &self.signature)
            .done()
    }

    /// Reads a Welcome; [`Self::open`] says whether it is the writer's and for us.
    ///
    /// # Errors
    /// [`Malformed`]; the peer is to blame.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3])?;
        Ok(Self {
            entrance: Entrance::decode(fields.bytes(1)?)?,
            sealed: fields.bytes(2)?.to_vec(),
            signature: fields.array(3)?,
        })
    }

    /// Checks the writer's signature and opens the MLS Welcome.
    ///
    /// # Errors
    /// [`Unauthentic`]; the peer is to blame.
    pub fn open(&self, writer: &VerifyKey, me: &KemSecret) -> Result<Vec<u8>, Unauthentic> {
        let place = self.entrance.encode();
        writer.verify(Label::RecordSignature, &[&place[..], &self.sealed, b"welcome"].concat(), &self.signature)?;
        me.open(Label::WelcomeSeal, &place, &self.sealed)
    }
}
