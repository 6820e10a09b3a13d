//! Signatures and public-key sealing, each bound to a [`Label`], each with randomness from the caller.
//!
//! Signatures are Ed25519 (RFC 8032, strict verification). Sealing is HPKE base mode (RFC 9180) with X-Wing
//! (X25519 and ML-KEM-768, draft-connolly-cfrg-xwing-kem), HKDF-SHA256 and ChaCha20-Poly1305: post-quantum hybrid.

use ed25519_dalek::Signer;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::XWing;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use kith_base::{Label, Rng, Secret};
use std::fmt;
use std::sync::OnceLock;

/// A public signing key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerifyKey([u8; 32]);

/// A private signing key, from which its public half follows.
#[derive(Clone)]
pub struct SignKey {
    secret: Secret,
    /// The key with its public half, which costs as much to find as a signature: found once.
    whole: OnceLock<ed25519_dalek::SigningKey>,
}

/// A public X-Wing key.
#[derive(Clone, PartialEq, Eq)]
pub struct KemPublic(Vec<u8>);

/// A private X-Wing key: the seed it is derived from.
#[derive(Clone)]
pub struct KemSecret(Secret);

/// A signature that is not the signer's, or a sealed text that does not open. The peer is to blame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unauthentic;

impl fmt::Display for Unauthentic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the bytes are not from who they claim to be from")
    }
}

impl std::error::Error for Unauthentic {}

impl VerifyKey {
    /// Length in bytes.
    pub const LEN: usize = 32;

    /// Takes the bytes as they are; a point that is not on the curve verifies nothing.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Checks a signature made by [`SignKey::sign`] (ENC-013).
    ///
    /// # Errors
    /// [`Unauthentic`] when it is not this key's signature on this message for this label.
    pub fn verify(&self, label: Label, message: &[u8], signature: &[u8; 64]) -> Result<(), Unauthentic> {
        self.verify_bare(&kith_base::label::hash(label, &[message]), signature)
    }

    /// Checks a signature on exactly these bytes, for formats with a domain separation of their own.
    ///
    /// # Errors
    /// [`Unauthentic`] when it is not this key's signature on these bytes.
    pub(crate) fn verify_bare(&self, bytes: &[u8], signature: &[u8; 64]) -> Result<(), Unauthentic> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(&self.0).map_err(|_| Unauthentic)?;
        key.verify_strict(bytes, &ed25519_dalek::Signature::from_bytes(signature)).map_err(|_| Unauthentic)
    }
}

impl fmt::Debug for VerifyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "key {}", kith_base::id::base32(&self.0).get(..6).unwrap_or_default())
    }
}

impl SignKey {
    /// A fresh key.
    pub fn generate(rng: &mut Rng) -> Self {
        Self::from_secret(rng.secret())
    }

    /// The key of this seed.
    pub const fn from_secret(secret: Secret) -> Self {
        Self { secret, whole: OnceLock::new() }
    }

    /// The seed, to store.
    pub const fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The public half.
    pub fn public(&self) -> VerifyKey {
        VerifyKey(self.whole().verifying_key().to_bytes())
    }

    /// Signs the label's hash of the message.
    pub fn sign(&self, label: Label, message: &[u8]) -> [u8; 64] {
        let digest = kith_base::label::hash(label, &[message]);
        self.whole().sign(&digest).to_bytes()
    }

    /// The key in the form that signs, whatever it signs.
    pub(crate) fn whole(&self) -> &ed25519_dalek::SigningKey {
        self.whole.get_or_init(|| ed25519_dalek::SigningKey::from_bytes(self.secret.expose()))
    }
}

impl fmt::Debug for SignKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignKey")
    }
}

impl KemPublic {
    /// Length in bytes.
    pub const LEN: usize = 1216;

    /// `None` unless the bytes are an X-Wing public key.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        <XWing as Kem>::PublicKey::from_bytes(bytes).ok()?;
        Some(Self(bytes.to_vec()))
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Seals a text so that only the holder of the private half opens it. The result is 1136 bytes longer.
    ///
    /// # Errors
    /// [`Unauthentic`] when the public key can't be sealed to.
    pub fn seal(&self, label: Label, aad: &[u8], text: &[u8], rng: &mut Rng) -> Result<Vec<u8>, Unauthentic> {
        let key = <XWing as Kem>::PublicKey::from_bytes(&self.0).map_err(|_| Unauthentic)?;
        let (encapsulated, mut context) = hpke::setup_sender_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
            &OpModeS::Base,
            &key,
            label.text().as_bytes(),
            rng,
        )
        .map_err(|_| Unauthentic)?;
        let sealed = context.seal(text, aad).map_err(|_| Unauthentic)?;
        let mut out = encapsulated.to_bytes().to_vec();
        out.extend_from_slice(&sealed);
        Ok(out)
    }
}

impl fmt::Debug for KemPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KemPublic")
    }
}

impl KemSecret {
    /// A fresh key.
    pub fn generate(rng: &mut Rng) -> Self {
        Self(rng.secret())
    }

    /// The key of this seed.
    pub const fn from_secret(secret: Secret) -> Self {
        Self(secret)
    }

    /// The seed, to store.
    pub const fn secret(&self) -> &Secret {
        &self.0
    }

    /// The public half.
    pub fn public(&self) -> KemPublic {
        KemPublic(XWing::derive_keypair(self.0.expose()).1.to_bytes().to_vec())
    }

    /// Opens what [`KemPublic::seal`] made.
    ///
    /// # Errors
    /// [`Unauthentic`] when it was sealed to another key, for another label or with other `aad`, or was changed.
    pub fn open(&self, label: Label, aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Unauthentic> {
        let (encapsulated, text) = sealed.split_at_checked(<XWing as Kem>::EncappedKey::size()).ok_or(Unauthentic)?;
        let encapsulated = <XWing as Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| Unauthentic)?;
        let (secret, _) = XWing::derive_keypair(self.0.expose());
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
            &OpModeR::Base,
            &secret,
            &encapsulated,
            label.text().as_bytes(),
            text,
            aad,
        )
        .map_err(|_| Unauthentic)
    }
}

impl fmt::Debug for KemSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KemSecret")
    }
}
