//! Introductions: how a device that joins a conversation later becomes known to another, carried by its siblings.
//!
//! The new device can't reach the others yet, as they share no secret. So it writes each of them a sealed letter with
//! the secret of the two, where to find it, and a KeyPackage; any device may carry it.

use super::offer::Offer;
use crate::crypto::{KemPublic, KemSecret, SignKey, Unauthentic, VerifyKey};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{DeviceId, Label, Rng, Secret};

/// What a new device tells one other device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The secret of the two devices.
    pub pair_secret: Secret,
    /// Where the new device can be found.
    pub contact_card: Vec<u8>,
    /// The KeyPackage for the other device's log.
    pub offer: Offer,
}

/// A sealed and signed letter, as it is carried (INTR-010).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduction {
    /// The new device.
    pub from: DeviceId,
    /// The device it is for.
    pub to: DeviceId,
    sealed: Vec<u8>,
    signature: [u8; 64],
}

impl Introduction {
    /// Seals and signs a letter.
    ///
    /// # Errors
    /// [`Unauthentic`] when the other's key can't be sealed to.
    pub fn seal(
        from: DeviceId,
        to: DeviceId,
        to_key: &KemPublic,
        letter: &Letter,
        key: &SignKey,
        rng: &mut Rng,
    ) -> Result<Self, Unauthentic> {
        let text = Writer::new()
            .bytes(Tag::must(1), letter.pair_secret.expose())
            .bytes(Tag::must(2), &letter.contact_card)
            .bytes(Tag::must(3), &letter.offer.encode())
            .done();
        let ends = ends(from, to);
        let sealed = to_key.seal(Label::IntroductionSeal, &ends, &text, rng)?;
        let signature = key.sign(Label::OfferSignature, &[&ends[..], &sealed, b"introduction"].concat());
        Ok(Self { from, to, sealed, signature })
    }

    /// Checks the new device's signature and opens the letter.
    ///
    /// # Errors
    /// [`Unauthentic`] also when what is inside is malformed; the peer is to blame.
    pub fn open(&self, from_key: &VerifyKey, me: &KemSecret) -> Result<Letter, Unauthentic> {
        let ends = ends(self.from, self.to);
        from_key.verify(
            Label::OfferSignature,
            &[&ends[..], &self.sealed, b"introduction"].concat(),
            &self.signature,
        )?;
        let text = me.open(Label::IntroductionSeal, &ends, &self.sealed)?;
        Self::letter(&text).map_err(|_| Unauthentic)
    }

    fn letter(text: &[u8]) -> Result<Letter, Malformed> {
        let fields = Fields::parse(text)?;
        fields.refuse_unknown(&[1, 2, 3])?;
        Ok(Letter {
            pair_secret: Secret::new(fields.array(1)?),
            contact_card: fields.bytes(2)?.to_vec(),
            offer: Offer::decode(fields.bytes(3)?)?,
        })
    }

    /// Canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), self.from.as_bytes())
            .bytes(Tag::must(2), self.to.as_bytes())
            .bytes(Tag::must(3), &self.sealed)
            .bytes(Tag::must(4), &self.signature)
            .done()
    }

    /// Reads an introduction.
    ///
    /// # Errors
    /// [`Malformed`]; the peer is to blame.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4])?;
        Ok(Self {
            from: DeviceId::from_bytes(fields.array(1)?),
            to: DeviceId::from_bytes(fields.array(2)?),
            sealed: fields.bytes(3)?.to_vec(),
            signature: fields.array(4)?,
        })
    }
}

fn ends(from: DeviceId, to: DeviceId) -> Vec<u8> {
    [&from.as_bytes()[..], to.as_bytes()].concat()
}
