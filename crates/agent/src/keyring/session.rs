//! The encrypted session of the Secret Service API, `dh-ietf1024-sha256-aes128-cbc-pkcs7`: what goes over the bus is
//! not read by whoever watches the bus.
//!
//! *Offer* → (the service's half) → *session*. The algorithm is the only one besides plain text that keyrings speak; it is old,
//! and it authenticates nobody. Whoever may stand in the keyring's place on this person's bus may read its items as well.

use aws_lc_rs::cipher::{
    AES_128, DecryptionContext, EncryptionContext, PaddedBlockDecryptingKey, PaddedBlockEncryptingKey, UnboundCipherKey,
};
use aws_lc_rs::hkdf;
use crypto_bigint::modular::runtime_mod::{DynResidue, DynResidueParams};
use crypto_bigint::{Encoding as _, U1024};
use kith_base::Rng;
use zbus::{ObjectPath, OwnedObjectPath};
use zeroize::{Zeroize as _, Zeroizing};

/// What the algorithm is called.
pub(super) const ALGORITHM: &str = "dh-ietf1024-sha256-aes128-cbc-pkcs7";

/// The prime of RFC 2409's second Oakley group; its generator is 2.
const PRIME: U1024 = U1024::from_be_hex(concat!(
    "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd",
    "ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed",
    "ee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff"
));
/// Bytes of a number of the group.
const NUMBER: usize = 128;
/// Bytes of a key, of a block, and of an initialisation vector.
const BLOCK: usize = 16;

/// This side's half.
pub(super) struct Offer {
    secret: U1024,
}

impl Offer {
    pub(super) fn new(rng: &mut Rng) -> Self {
        Self { secret: U1024::from_be_slice(&*Zeroizing::new(rng.bytes::<NUMBER>())) }
    }

    /// What the service is told.
    pub(super) fn public(&self) -> Vec<u8> {
        power(&U1024::from(2_u8), &self.secret).to_be_bytes().to_vec()
    }

    /// The session with a service that told its half; `None` for a half that is no number of the group.
    pub(super) fn agree(self, theirs: &[u8], path: OwnedObjectPath) -> Option<Session> {
        let theirs = number(theirs)?;
        let shared = Zeroizing::new(power(&theirs, &self.secret).to_be_bytes());
        let mut key = Zeroizing::new([0; BLOCK]);
        hkdf::Salt::none(hkdf::HKDF_SHA256).extract(&*shared).expand(&[], Length).ok()?.fill(&mut *key).ok()?;
        Some(Session { key, path })
    }
}

impl Drop for Offer {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

fn power(base: &U1024, exponent: &U1024) -> U1024 {
    DynResidue::new(base, DynResidueParams::new(&PRIME)).pow(exponent).retrieve()
}

/// A number of the group but for 0, 1 and the largest, with which no secret is shared.
fn number(bytes: &[u8]) -> Option<U1024> {
    let zeros = NUMBER.checked_sub(bytes.len())?;
    let mut whole = [0; NUMBER];
    whole.get_mut(zeros..)?.copy_from_slice(bytes);
    let number = U1024::from_be_slice(&whole);
    (number > U1024::ONE && number < PRIME.wrapping_sub(&U1024::ONE)).then_some(number)
}

/// The length of a key, for HKDF.
struct Length;

impl hkdf::KeyType for Length {
    fn len(&self) -> usize {
        BLOCK
    }
}

/// A session: secrets are sealed for it.
pub(super) struct Session {
    key: Zeroizing<[u8; BLOCK]>,
    path: OwnedObjectPath,
}

impl Session {
    pub(super) fn path(&self) -> ObjectPath<'_> {
        self.path.as_ref()
    }

    /// Seals a secret: the initialisation vector, and the bytes. `None`, which can't be, where the cipher fails.
    pub(super) fn seal(&self, secret: &[u8], rng: &mut Rng) -> Option<(Vec<u8>, Vec<u8>)> {
        let iv = rng.bytes::<BLOCK>();
        // Room for the padding, so that no copy of the secret is left where the bytes grew.
        let mut bytes = Vec::with_capacity(secret.len() + BLOCK);
        bytes.extend_from_slice(secret);
        let key = PaddedBlockEncryptingKey::cbc_pkcs7(self.cipher()?).ok()?;
        key.less_safe_encrypt(&mut bytes, EncryptionContext::Iv128((&iv).into())).ok()?;
        Some((iv.to_vec(), bytes))
    }

    /// Opens a secret; `None` for bytes that are none.
    pub(super) fn open(&self, iv: &[u8], sealed: Vec<u8>) -> Option<Zeroizing<Vec<u8>>> {
        let iv: &[u8; BLOCK] = iv.try_into().ok()?;
        let mut bytes = Zeroizing::new(sealed);
        let key = PaddedBlockDecryptingKey::cbc_pkcs7(self.cipher()?).ok()?;
        let length = key.decrypt(&mut bytes, DecryptionContext::Iv128(iv.into())).ok()?.len();
        bytes.truncate(length);
        Some(bytes)
    }

    fn cipher(&self) -> Option<UnboundCipherKey> {
        UnboundCipherKey::new(&AES_128, &*self.key).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path() -> OwnedObjectPath {
        OwnedObjectPath::try_from("/session").unwrap()
    }

    /// Both sides of a session.
    fn sides() -> (Session, Session) {
        let (mine, theirs) = (Offer::new(&mut Rng::from_number(1)), Offer::new(&mut Rng::from_number(2)));
        let (my_half, their_half) = (mine.public(), theirs.public());
        (mine.agree(&their_half, path()).unwrap(), theirs.agree(&my_half, path()).unwrap())
    }

    /// VAULT-031
    #[test]
    fn what_one_side_seals_the_other_opens_and_changed_bytes_open_to_nothing_of_it() {
        let (mine, theirs) = sides();
        let secret = [b'k'; 64];
        let (iv, sealed) = mine.seal(&secret, &mut Rng::from_number(3)).unwrap();
        assert_eq!(sealed.len(), 80, "a whole block of padding");
        assert_eq!(theirs.open(&iv, sealed.clone()).unwrap().as_slice(), secret);
        for bytes in [vec![], vec![0; 15], sealed[..72].to_vec()] {
            assert!(theirs.open(&iv, bytes.clone()).is_none(), "{} bytes are no blocks", bytes.len());
        }
        assert!(theirs.open(&iv[..8], sealed.clone()).is_none());
        let others = Offer::new(&mut Rng::from_number(4)).agree(&number_of(3), path()).unwrap();
        assert!(others.open(&iv, sealed).is_none_or(|opened| opened.as_slice() != secret));
    }

    fn number_of(value: u8) -> Vec<u8> {
        vec![value]
    }

    /// VAULT-031
    #[test]
    fn a_half_that_shares_no_secret_is_refused() {
        let minus_one = PRIME.wrapping_sub(&U1024::ONE);
        for bytes in [
            vec![],
            vec![0; NUMBER],
            number_of(1),
            minus_one.to_be_bytes().to_vec(),
            PRIME.to_be_bytes().to_vec(),
            vec![0xff; NUMBER],
            vec![7; NUMBER + 1],
        ] {
            assert!(Offer::new(&mut Rng::from_number(1)).agree(&bytes, path()).is_none(), "{bytes:?}");
        }
        assert!(Offer::new(&mut Rng::from_number(1)).agree(&number_of(2), path()).is_some());
    }
}
