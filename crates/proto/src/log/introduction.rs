//! Introductions: how a device that joins a conversation later becomes known to another, carried by its siblings.
//!
//! The new device can't reach the others yet, as they share no secret. So it writes each of them a sealed letter with
//! the secret of the two, where to find it, and a KeyPackage; any device may carry it. Whoever took a letter says so by
//! an [`Acquaintance`], which takes the letter's place with all who carry it.

use super::offer::Offer;
use crate::crypto::{KemPublic, KemSecret, SignKey, Unauthentic, VerifyKey};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{DeviceId, Label, Rng, Secret, limits};

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

    /// Checks the new device's signature.
    ///
    /// # Errors
    /// [`Unauthentic`].
    pub fn verify(&self, from_key: &VerifyKey) -> Result<(), Unauthentic> {
        let signed = [&ends(self.from, self.to)[..], &self.sealed, b"introduction"].concat();
        from_key.verify(Label::OfferSignature, &signed, &self.signature)
    }

    /// Checks the new device's signature and opens the letter.
    ///
    /// # Errors
    /// [`Unauthentic`] also when what is inside is malformed; the peer is to blame.
    pub fn open(&self, from_key: &VerifyKey, me: &KemSecret) -> Result<Letter, Unauthentic> {
        self.verify(from_key)?;
        let text = me.open(Label::IntroductionSeal, &ends(self.from, self.to), &self.sealed)?;
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
        if bytes.len() > limits::INTRODUCTION_BYTES_MAX {
            return Err(Malformed::BadValue(3));
        }
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

/// The word of the device that a letter was for: it has taken it, and nobody needs to carry it further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acquaintance {
    /// The device that wrote the letter.
    pub from: DeviceId,
    /// The device that took it.
    pub to: DeviceId,
    /// Which letter: its signature.
    letter: [u8; 64],
    signature: [u8; 64],
}

impl Acquaintance {
    /// Says that a letter was taken.
    pub fn sign(letter: &Introduction, key: &SignKey) -> Self {
        let Introduction { from, to, signature: letter, .. } = *letter;
        Self { from, to, letter, signature: key.sign(Label::OfferSignature, &taken(from, to, &letter)) }
    }

    /// Checks that the device that the letter was for said so.
    ///
    /// # Errors
    /// [`Unauthentic`].
    pub fn verify(&self, to_key: &VerifyKey) -> Result<(), Unauthentic> {
        to_key.verify(Label::OfferSignature, &taken(self.from, self.to, &self.letter), &self.signature)
    }

    /// Whether it speaks of this letter, and not of an earlier one of the same two devices.
    pub fn is_of(&self, letter: &Introduction) -> bool {
        (self.from, self.to, self.letter) == (letter.from, letter.to, letter.signature)
    }

    /// Canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), self.from.as_bytes())
            .bytes(Tag::must(2), self.to.as_bytes())
            .bytes(Tag::must(3), &self.letter)
            .bytes(Tag::must(4), &self.signature)
            .done()
    }

    /// Reads an acquaintance.
    ///
    /// # Errors
    /// [`Malformed`]; the peer is to blame.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4])?;
        Ok(Self {
            from: DeviceId::from_bytes(fields.array(1)?),
            to: DeviceId::from_bytes(fields.array(2)?),
            letter: fields.array(3)?,
            signature: fields.array(4)?,
        })
    }
}

fn taken(from: DeviceId, to: DeviceId, letter: &[u8; 64]) -> Vec<u8> {
    [&ends(from, to)[..], letter, b"acquaintance"].concat()
}

fn ends(from: DeviceId, to: DeviceId) -> Vec<u8> {
    [&from.as_bytes()[..], to.as_bytes()].concat()
}
