//! The key both sides have if they have the same words and the same connection, and what it is used for.
//!
//! SPAKE2 alone proves nothing: with wrong words it ends in two different keys. The confirmations prove it. The key is
//! bound to both first messages and to the exporter of the TLS connection, so that somebody between two connections has
//! two different keys even with the right words.

use super::{PairingError, Role};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use kith_base::label::{derive, hash, mac, mac_eq};
use kith_base::{Label, Rng, Secret};
use spake2::{Ed25519Group, Identity, Password, Spake2};
use zeroize::Zeroizing;

/// Length of a SPAKE2 message: a byte for the side, and a group element.
const ELEMENT: usize = 33;

impl Role {
    const fn confirmation(self) -> Label {
        match self {
            Self::Inviter => Label::PairingInviter,
            Self::Accepter => Label::PairingAccepter,
        }
    }

    const fn seal(self) -> Label {
        match self {
            Self::Inviter => Label::PairingInviterSeal,
            Self::Accepter => Label::PairingAccepterSeal,
        }
    }
}

/// One side's half of the key exchange, before the other's is there.
pub(super) struct Half {
    spake: Spake2<Ed25519Group>,
    element: [u8; ELEMENT],
}

impl Half {
    /// Draws this side's secret and blinds it with the password.
    pub(super) fn start(role: Role, password: &[u8], rng: &mut Rng) -> Self {
        let password = Password::new(password);
        let (accepter, inviter) = (Identity::new(b"kith accepter"), Identity::new(b"kith inviter"));
        let rng = SpakeRng(rng);
        let (spake, message) = match role {
            Role::Accepter => Spake2::start_a_with_rng(&password, &accepter, &inviter, rng),
            Role::Inviter => Spake2::start_b_with_rng(&password, &accepter, &inviter, rng),
        };
        let mut element = [0; ELEMENT];
        element.copy_from_slice(&message);
        Self { spake, element }
    }

    /// What the other side needs.
    pub(super) const fn element(&self) -> &[u8; ELEMENT] {
        &self.element
    }

    /// The shared key, different on the two sides when their passwords are.
    pub(super) fn finish(self, theirs: &[u8; ELEMENT]) -> Result<Zeroizing<Vec<u8>>, PairingError> {
        // The first byte names the side; an echo with that byte changed is still an echo.
        let ([_, mine @ ..], [_, other @ ..]) = (&self.element, theirs);
        // PAIR-011
        if mine == other {
            return Err(PairingError::Reflected);
        }
        self.spake.finish(theirs).map(Zeroizing::new).map_err(|_| PairingError::BadElement)
    }
}

/// The generator as spake2 wants to see it.
struct SpakeRng<'a>(&'a mut Rng);

impl rand_core_06::RngCore for SpakeRng<'_> {
    fn next_u32(&mut self) -> u32 {
        u32::from_le_bytes(self.0.bytes())
    }

    fn next_u64(&mut self) -> u64 {
        u64::from_le_bytes(self.0.bytes())
    }

    fn fill_bytes(&mut self, out: &mut [u8]) {
        self.0.fill(out);
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), rand_core_06::Error> {
        self.0.fill(out);
        Ok(())
    }
}

impl rand_core_06::CryptoRng for SpakeRng<'_> {}

/// The key of one run and what it is bound to.
pub(super) struct Session {
    key: Secret,
    transcript: [u8; 32],
}

impl Session {
    pub(super) fn new(shared: &[u8], first: &[u8], second: &[u8], exporter: &[u8; 32]) -> Self {
        // PAIR-012
        let transcript = hash(Label::PairingTranscript, &[first, second, exporter]);
        Self { key: derive(Label::PairingKey, shared, &[&transcript]), transcript }
    }

    /// A side's proof that it has the key; `bound` is what else it vouches for.
    pub(super) fn confirmation(&self, role: Role, bound: &[&[u8]]) -> [u8; 32] {
        let mut parts: Vec<&[u8]> = vec![&self.transcript];
        parts.extend_from_slice(bound);
        mac(role.confirmation(), &self.key, &parts)
    }

    pub(super) fn confirms(&self, role: Role, bound: &[&[u8]], confirmation: &[u8; 32]) -> bool {
        mac_eq(&self.confirmation(role, bound), confirmation)
    }

    /// Seals a side's introduction. The key is of one run and one role, so it seals once and its nonce is zero.
    pub(super) fn seal(&self, role: Role, introduction: &[u8]) -> Result<Vec<u8>, PairingError> {
        // PAIR-013
        let payload = Payload { msg: introduction, aad: &self.transcript };
        self.cipher(role).encrypt(&Nonce::default(), payload).map_err(|_| PairingError::TooLong)
    }

    pub(super) fn open(&self, role: Role, sealed: &[u8]) -> Result<Vec<u8>, PairingError> {
        let payload = Payload { msg: sealed, aad: &self.transcript };
        self.cipher(role).decrypt(&Nonce::default(), payload).map_err(|_| PairingError::Tampered)
    }

    fn cipher(&self, role: Role) -> ChaCha20Poly1305 {
        let key = derive(role.seal(), self.key.expose(), &[]);
        ChaCha20Poly1305::new(&Key::from(*key.expose()))
    }

    /// What the accepter's message is bound to in everything after it.
    pub(super) fn bind(&self, third: &[u8]) -> Bound {
        Bound(hash(Label::PairingMessage, &[&self.transcript, third]))
    }

    /// The secret of the two devices: from the words' key and what came through the post-quantum KEM.
    pub(super) fn pair_secret(&self, encapsulated: &[u8], bound: &Bound) -> Secret {
        // PAIR-016
        derive(Label::PairSecret, self.key.expose(), &[encapsulated, &self.transcript, &bound.0])
    }
}

/// Hash of everything up to and with the accepter's introduction.
pub(super) struct Bound(pub(super) [u8; 32]);

/// The accepter's word that it has the pair secret, bound to the inviter's message that completed it.
pub(super) fn done(pair_secret: &Secret, fourth: &[u8]) -> [u8; 32] {
    // PAIR-017
    mac(Label::PairingDone, pair_secret, &[fourth])
}
