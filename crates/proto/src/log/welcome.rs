//! Welcomes: the way into a log, bound to the place where it opens and to the KeyPackage it was made for.

use super::record::Head;
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
    /// The device had no leaf before: it reads on from here, whatever it had read. Without it, the Welcome takes the
    /// place of the commit at `seq` for a device that reads up to there.
    pub anew: bool,
}

/// A Welcome, sealed to its device and signed by the log's writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Welcome {
    /// Where it leads.
    pub entrance: Entrance,
    /// The commit at that place, as the writer signed it.
    pub head: Option<Head>,
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
            .optional(Tag::must(6), self.anew.then_some(&[][..]))
            .done()
    }

    fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4, 5, 6])?;
        let anew = match fields.optional(6)? {
            None => false,
            Some([]) => true,
            Some(_) => return Err(Malformed::BadValue(6)),
        };
        Ok(Self {
            log: LogId::from_bytes(fields.array(1)?),
            seq: fields.number(2)?,
            head: RecordHash::from_bytes(fields.array(3)?),
            to: DeviceId::from_bytes(fields.array(4)?),
            offer: KeyPackageHash::from_bytes(fields.array(5)?),
            anew,
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
        head: Head,
        mls: &[u8],
        to: &KemPublic,
        key: &SignKey,
        rng: &mut Rng,
    ) -> Result<Self, Unauthentic> {
        let place = entrance.encode();
        let sealed = to.seal(Label::WelcomeSeal, &place, mls, rng)?;
        let signature = key.sign(Label::RecordSignature, &[&place[..], &sealed, b"welcome"].concat());
        Ok(Self { entrance, head: Some(head), sealed, signature })
    }

    /// Canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), &self.entrance.encode())
            .bytes(Tag::must(2), &self.sealed)
            .bytes(Tag::must(3), &self.signature)
            .optional(Tag::may(4), self.head.as_ref().map(Head::encode).as_deref())
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
            head: fields.optional(4)?.map(Head::decode).transpose()?,
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
