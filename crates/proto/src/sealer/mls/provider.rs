//! What OpenMLS computes with: libcrux for everything that follows from its inputs but signatures, which all of Kith
//! checks with one library and one strictness, and the step's generator for the rest.
//!
//! libcrux' own provider draws encapsulation randomness from the system inside HPKE, which would make two runs of one
//! history differ. Here every encapsulation has a generator of its own, derived from one secret of the step and
//! everything that is sealed: OpenMLS encrypts the levels of a path on several threads, so a shared generator would be
//! asked in no fixed order. A reader has no generator at all: reading draws nothing, and an attempt is an error.
//!
//! Signing keys are the device's, and nobody commits from outside: the two calls that serve those ends are refused.

use crate::crypto::{Unauthentic, VerifyKey};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::XWing;
use hpke::{Deserializable, Kem, OpModeS, Serializable};
use kith_base::{Rng, Secret};
use openmls::prelude::tls_codec::SecretVLBytes;
use openmls_libcrux_crypto::CryptoProvider;
use openmls_memory_storage::MemoryStorage;
use openmls_traits::OpenMlsProvider;
use openmls_traits::crypto::OpenMlsCrypto;
use openmls_traits::random::OpenMlsRand;
use openmls_traits::types::{
    AeadType, Ciphersuite, CryptoError, ExporterSecret, HashType, HpkeAeadType, HpkeCiphertext, HpkeConfig,
    HpkeKdfType, HpkeKemType, HpkeKeyPair, KemOutput, SignatureScheme,
};
use std::cell::RefCell;
use std::fmt;
use std::sync::LazyLock;

/// The one suite: X-Wing, ChaCha20-Poly1305, SHA-256, Ed25519 (SEAL-002).
pub(super) const SUITE: Ciphersuite = Ciphersuite::MLS_256_XWING_CHACHA20POLY1305_SHA256_Ed25519;

#[expect(clippy::expect_used, reason = "without the system's random source nothing in this process may go on")]
static LIBCRUX: LazyLock<CryptoProvider> =
    LazyLock::new(|| CryptoProvider::new().expect("the system has a source of randomness"));

/// One step's view: the computations, the randomness, and the rows of one group.
pub(super) struct Provider<'a> {
    crypto: StepCrypto,
    rand: StepRand,
    storage: &'a MemoryStorage,
}

impl<'a> Provider<'a> {
    /// For a step that makes something, with randomness of its own from the caller's generator.
    pub(super) fn making(storage: &'a MemoryStorage, rng: &mut Rng) -> Self {
        let crypto = StepCrypto { secret: Some(rng.secret()) };
        Self { crypto, rand: StepRand(Some(RefCell::new(rng.fork()))), storage }
    }

    /// For a step that only reads.
    pub(super) fn reading(storage: &'a MemoryStorage) -> Self {
        Self { crypto: StepCrypto::reading(), rand: StepRand(None), storage }
    }
}

impl OpenMlsProvider for Provider<'_> {
    type CryptoProvider = StepCrypto;
    type RandProvider = StepRand;
    type StorageProvider = MemoryStorage;

    fn storage(&self) -> &MemoryStorage {
        self.storage
    }

    fn crypto(&self) -> &StepCrypto {
        &self.crypto
    }

    fn rand(&self) -> &StepRand {
        &self.rand
    }
}

/// The step has no generator: it was to read, and OpenMLS wanted to draw. Ours to blame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NothingToDraw;

impl fmt::Display for NothingToDraw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a step that only reads draws no randomness")
    }
}

impl std::error::Error for NothingToDraw {}

/// Randomness that OpenMLS asks for in a fixed order.
pub(super) struct StepRand(Option<RefCell<Rng>>);

impl OpenMlsRand for StepRand {
    type Error = NothingToDraw;

    fn random_array<const N: usize>(&self) -> Result<[u8; N], NothingToDraw> {
        Ok(self.0.as_ref().ok_or(NothingToDraw)?.borrow_mut().bytes())
    }

    fn random_vec(&self, len: usize) -> Result<Vec<u8>, NothingToDraw> {
        let mut out = vec![0; len];
        self.0.as_ref().ok_or(NothingToDraw)?.borrow_mut().fill(&mut out);
        Ok(out)
    }
}

/// Computations of one step.
pub(super) struct StepCrypto {
    secret: Option<Secret>,
}

impl StepCrypto {
    /// Computations without randomness.
    pub(super) const fn reading() -> Self {
        Self { secret: None }
    }

    /// The generator of one encapsulation: HMAC-SHA-256 under the step's secret over all that is sealed (SEAL-032).
    fn encapsulation_rng(&self, parts: [&[u8]; 4]) -> Result<Rng, CryptoError> {
        let secret = self.secret.as_ref().ok_or(CryptoError::InsufficientRandomness)?;
        let mut framed = Vec::new();
        for part in parts {
            framed.extend_from_slice(&(part.len() as u64).to_le_bytes());
            framed.extend_from_slice(part);
        }
        let seed = LIBCRUX.hmac(HashType::Sha2_256, secret.expose(), &framed);
        zeroize::Zeroize::zeroize(&mut framed);
        let seed = seed?.as_slice().try_into().map_err(|_| CryptoError::CryptoLibraryError)?;
        Ok(Rng::from_seed(seed))
    }
}

impl OpenMlsCrypto for StepCrypto {
    fn supports(&self, ciphersuite: Ciphersuite) -> Result<(), CryptoError> {
        if ciphersuite == SUITE { Ok(()) } else { Err(CryptoError::UnsupportedCiphersuite) }
    }

    fn supported_ciphersuites(&self) -> Vec<Ciphersuite> {
        vec![SUITE]
    }

    fn hpke_seal(
        &self,
        config: HpkeConfig,
        pk_r: &[u8],
        info: &[u8],
        aad: &[u8],
        ptxt: &[u8],
    ) -> Result<HpkeCiphertext, CryptoError> {
        if !matches!(
            config,
            HpkeConfig(HpkeKemType::XWingKemDraft6, HpkeKdfType::HkdfSha256, HpkeAeadType::ChaCha20Poly1305)
        ) {
            return Err(CryptoError::UnsupportedCiphersuite);
        }
        let mut rng = self.encapsulation_rng([pk_r, info, aad, ptxt])?;
        let key = <XWing as Kem>::PublicKey::from_bytes(pk_r).map_err(|_| CryptoError::InvalidPublicKey)?;
        let (encapsulated, mut context) =
            hpke::setup_sender_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(&OpModeS::Base, &key, info, &mut rng)
                .map_err(|_| CryptoError::SenderSetupError)?;
        let ciphertext = context.seal(ptxt, aad).map_err(|_| CryptoError::HpkeEncryptionError)?;
        Ok(HpkeCiphertext { kem_output: encapsulated.to_bytes().to_vec().into(), ciphertext: ciphertext.into() })
    }

    fn hpke_setup_sender_and_export(
        &self,
        _config: HpkeConfig,
        _pk_r: &[u8],
        _info: &[u8],
        _exporter_context: &[u8],
        _exporter_length: usize,
    ) -> Result<(KemOutput, ExporterSecret), CryptoError> {
        Err(CryptoError::SenderSetupError)
    }

    fn signature_key_gen(&self, _alg: SignatureScheme) -> Result<(Vec<u8>, Vec<u8>), CryptoError> {
        Err(CryptoError::UnsupportedSignatureScheme)
    }

    fn hkdf_extract(&self, hash: HashType, salt: &[u8], ikm: &[u8]) -> Result<SecretVLBytes, CryptoError> {
        LIBCRUX.hkdf_extract(hash, salt, ikm)
    }

    fn hmac(&self, hash: HashType, key: &[u8], message: &[u8]) -> Result<SecretVLBytes, CryptoError> {
        LIBCRUX.hmac(hash, key, message)
    }

    fn hkdf_expand(&self, hash: HashType, prk: &[u8], info: &[u8], len: usize) -> Result<SecretVLBytes, CryptoError> {
        LIBCRUX.hkdf_expand(hash, prk, info, len)
    }

    fn hash(&self, hash: HashType, data: &[u8]) -> Result<Vec<u8>, CryptoError> {
        LIBCRUX.hash(hash, data)
    }

    fn aead_encrypt(
        &self,
        alg: AeadType,
        key: &[u8],
        data: &[u8],
        nonce: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        LIBCRUX.aead_encrypt(alg, key, data, nonce, aad)
    }

    fn aead_decrypt(
        &self,
        alg: AeadType,
        key: &[u8],
        ct_tag: &[u8],
        nonce: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        LIBCRUX.aead_decrypt(alg, key, ct_tag, nonce, aad)
    }

    fn verify_signature(
        &self,
        alg: SignatureScheme,
        data: &[u8],
        pk: &[u8],
        signature: &[u8],
    ) -> Result<(), CryptoError> {
        if alg != SignatureScheme::ED25519 {
            return Err(CryptoError::UnsupportedSignatureScheme);
        }
        let key = pk.try_into().map(VerifyKey::from_bytes).map_err(|_| CryptoError::InvalidPublicKey)?;
        let signature = signature.try_into().map_err(|_| CryptoError::InvalidSignature)?;
        key.verify_bare(data, signature).map_err(|Unauthentic| CryptoError::InvalidSignature)
    }

    fn sign(&self, alg: SignatureScheme, data: &[u8], key: &[u8]) -> Result<Vec<u8>, CryptoError> {
        LIBCRUX.sign(alg, data, key)
    }

    fn hpke_open(
        &self,
        config: HpkeConfig,
        input: &HpkeCiphertext,
        sk_r: &[u8],
        info: &[u8],
        aad: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        LIBCRUX.hpke_open(config, input, sk_r, info, aad)
    }

    fn hpke_setup_receiver_and_export(
        &self,
        config: HpkeConfig,
        enc: &[u8],
        sk_r: &[u8],
        info: &[u8],
        exporter_context: &[u8],
        exporter_length: usize,
    ) -> Result<ExporterSecret, CryptoError> {
        LIBCRUX.hpke_setup_receiver_and_export(config, enc, sk_r, info, exporter_context, exporter_length)
    }

    fn derive_hpke_keypair(&self, config: HpkeConfig, ikm: &[u8]) -> Result<HpkeKeyPair, CryptoError> {
        LIBCRUX.derive_hpke_keypair(config, ikm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hpke::OpModeR;

    fn making(seed: u64) -> StepCrypto {
        StepCrypto { secret: Some(Rng::from_number(seed).secret()) }
    }

    fn pair() -> HpkeKeyPair {
        LIBCRUX.derive_hpke_keypair(SUITE.hpke_config(), &[7; 32]).unwrap()
    }

    /// SEAL-002
    #[test]
    fn libcrux_opens_what_is_sealed_here() {
        let pair = pair();
        let sealed = making(1).hpke_seal(SUITE.hpke_config(), &pair.public, b"info", b"aad", b"text").unwrap();
        assert_eq!(LIBCRUX.hpke_open(SUITE.hpke_config(), &sealed, &pair.private, b"info", b"aad").unwrap(), b"text");
    }

    #[test]
    fn a_key_of_libcrux_opens_what_libcrux_sealed_in_the_other_library() {
        let pair = pair();
        let sealed = LIBCRUX.hpke_seal(SUITE.hpke_config(), &pair.public, b"info", b"aad", b"text").unwrap();
        let secret = <XWing as Kem>::PrivateKey::from_bytes(&pair.private).unwrap();
        assert_eq!(XWing::sk_to_pk(&secret).to_bytes().to_vec(), pair.public);
        let encapsulated = <XWing as Kem>::EncappedKey::from_bytes(sealed.kem_output.as_slice()).unwrap();
        let text = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
            &OpModeR::Base,
            &secret,
            &encapsulated,
            b"info",
            sealed.ciphertext.as_slice(),
            b"aad",
        );
        assert_eq!(text.unwrap(), b"text");
    }

    #[test]
    fn a_signature_of_libcrux_is_believed_here_and_a_changed_one_is_not() {
        let ed25519 = SignatureScheme::ED25519;
        let (secret, public) = LIBCRUX.signature_key_gen(ed25519).unwrap();
        let mut signature = LIBCRUX.sign(ed25519, b"what was said", &secret).unwrap();
        let crypto = StepCrypto::reading();
        let verified = |said: &[u8], signature: &[u8]| crypto.verify_signature(ed25519, said, &public, signature);
        assert_eq!(verified(b"what was said", &signature), Ok(()));
        assert_eq!(verified(b"what was meant", &signature), Err(CryptoError::InvalidSignature));
        assert_eq!(verified(b"what was said", &signature[1..]), Err(CryptoError::InvalidSignature));
        signature[63] ^= 1;
        assert_eq!(verified(b"what was said", &signature), Err(CryptoError::InvalidSignature));
    }

    /// SEAL-032
    #[test]
    fn an_encapsulation_depends_on_the_step_and_on_all_that_is_sealed() {
        let pair = pair();
        let seal = |seed, aad: &[u8], text: &[u8]| {
            let sealed = making(seed).hpke_seal(SUITE.hpke_config(), &pair.public, b"", aad, text).unwrap();
            sealed.kem_output.as_slice().to_vec()
        };
        assert_eq!(seal(1, b"a", b"t"), seal(1, b"a", b"t"));
        assert_ne!(seal(1, b"a", b"t"), seal(2, b"a", b"t"));
        assert_ne!(seal(1, b"a", b"t"), seal(1, b"at", b""));
    }

    #[test]
    fn a_reading_step_draws_nothing() {
        let storage = MemoryStorage::default();
        let provider = Provider::reading(&storage);
        assert_eq!(provider.rand().random_array::<4>(), Err(NothingToDraw));
        assert_eq!(
            provider.crypto().hpke_seal(SUITE.hpke_config(), &pair().public, b"", b"", b"").err(),
            Some(CryptoError::InsufficientRandomness)
        );
    }
}
