//! Whom a leaf belongs to, and which KeyPackages may become one.
//!
//! Every leaf of a send group is built alike (`spec/sealing.md`, SEAL-010 to SEAL-015), so that what one writer may
//! add no reader's clock, library version or configuration refuses, and no hostile KeyPackage can spoil a commit.

use super::provider::{SUITE, StepCrypto};
use crate::crypto::{KemPublic, SignKey};
use crate::sealer::LeafKey;
use ed25519_dalek::Signer as _;
use kith_base::DeviceId;
use openmls::prelude::tls_codec::{DeserializeBytes as _, Serialize as _, VLBytes};
use openmls::prelude::{
    BasicCredential, Capabilities, Credential, CredentialType, CredentialWithKey, KeyPackage, KeyPackageIn, Lifetime,
    Member, ProtocolVersion,
};
use openmls_traits::signatures::{Signer, SignerError};
use openmls_traits::types::SignatureScheme;
use std::collections::{BTreeMap, BTreeSet};

/// What the device's key signs elsewhere.
const DIGEST_BYTES: usize = 32;

/// Signs for MLS with the device's key. What MLS signs is longer than the 32-byte digests that Kith signs elsewhere, so
/// that neither can pass for the other (SEAL-016); anything else it does not sign.
pub(super) struct LeafSigner<'a>(pub(super) &'a SignKey);

impl Signer for LeafSigner<'_> {
    fn sign(&self, payload: &[u8]) -> Result<Vec<u8>, SignerError> {
        // RFC 9420, 5.1.2: a label behind its length, and the content. The label is shorter than 64 bytes.
        let is_framed = payload.get(1..).is_some_and(|label| label.starts_with(b"MLS 1.0 "));
        if !is_framed || payload.len() <= DIGEST_BYTES {
            return Err(SignerError::SigningError);
        }
        Ok(self.0.whole().sign(payload).to_bytes().to_vec())
    }

    fn signature_scheme(&self) -> SignatureScheme {
        SignatureScheme::ED25519
    }
}

/// The one suite, and nothing optional (SEAL-011).
pub(super) fn capabilities() -> Capabilities {
    Capabilities::new(None, Some(&[SUITE]), None, None, Some(&[CredentialType::Basic]))
}

/// For ever: keys end by use, never by a clock (SEAL-012).
pub(super) fn lifetime() -> Lifetime {
    Lifetime::init(0, u64::MAX)
}

/// What a leaf says about itself.
pub(super) fn credential(leaf: &LeafKey) -> CredentialWithKey {
    CredentialWithKey {
        credential: BasicCredential::new(leaf.device.as_bytes().to_vec()).into(),
        signature_key: leaf.key.as_bytes().as_slice().into(),
    }
}

/// The device that a leaf names, if it names one.
pub(super) fn device(credential: &Credential) -> Option<DeviceId> {
    match credential.credential_type() {
        CredentialType::Basic => DeviceId::from_slice(credential.serialized_content()),
        _ => None,
    }
}

/// Whether a leaf is this device's, under this key (SEAL-010).
pub(super) fn belongs_to(leaf: &LeafKey, credential: &Credential, signature_key: &[u8]) -> bool {
    device(credential) == Some(leaf.device) && signature_key == leaf.key.as_bytes()
}

/// Reads a KeyPackage; `None` unless it is this device's, and built as every leaf is.
pub(super) fn key_package(leaf: &LeafKey, bytes: &[u8]) -> Option<KeyPackage> {
    let package = parse(bytes)?;
    let node = package.leaf_node();
    let usable = package.ciphersuite() == SUITE
        && package.extensions().iter().next().is_none()
        && node.extensions().iter().next().is_none()
        && *node.capabilities() == capabilities()
        && *package.life_time() == lifetime()
        && belongs_to(leaf, node.credential(), node.signature_key().as_slice())
        && hpke_keys(&package)?.iter().all(|key| KemPublic::from_slice(key).is_some());
    usable.then_some(package)
}

/// The init key and the leaf's key, in this order. OpenMLS shows the latter in its encoding only.
fn hpke_keys(package: &KeyPackage) -> Option<[Vec<u8>; 2]> {
    let encoded = package.leaf_node().encryption_key().tls_serialize_detached().ok()?;
    let leaf = VLBytes::tls_deserialize_exact_bytes(&encoded).ok()?;
    Some([package.hpke_init_key().as_slice().to_vec(), leaf.as_slice().to_vec()])
}

/// Reads a KeyPackage and checks its signatures.
pub(super) fn parse(bytes: &[u8]) -> Option<KeyPackage> {
    let package = KeyPackageIn::tls_deserialize_exact_bytes(bytes).ok()?;
    package.validate(&StepCrypto::reading(), ProtocolVersion::Mls10).ok()
}

/// The public keys of a group that no new leaf may have: OpenMLS refuses a whole commit for one repeated key, so a
/// KeyPackage that repeats one is set aside before (SEAL-014).
#[derive(Default)]
pub(super) struct Taken {
    signature: BTreeMap<Vec<u8>, DeviceId>,
    hpke: BTreeSet<Vec<u8>>,
}

impl Taken {
    /// Takes a member's keys.
    pub(super) fn member(&mut self, device: DeviceId, member: &Member) {
        self.signature.insert(member.signature_key.clone(), device);
        self.hpke.insert(member.encryption_key.clone());
    }

    /// Takes a new leaf's keys, unless one of them is taken. A swapped device keeps its signature key.
    pub(super) fn newcomer(&mut self, device: DeviceId, package: &KeyPackage) -> bool {
        let signature = package.leaf_node().signature_key().as_slice().to_vec();
        let Some(keys) = hpke_keys(package) else {
            return false;
        };
        let free = self.signature.get(&signature).is_none_or(|owner| *owner == device)
            && keys.iter().all(|key| !self.hpke.contains(key));
        if free {
            self.signature.insert(signature, device);
            self.hpke.extend(keys);
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_base::Rng;

    /// SEAL-016
    #[test]
    fn a_device_signs_for_mls_only_what_mls_frames() {
        let key = SignKey::generate(&mut Rng::from_number(1));
        let framed = b"\x13MLS 1.0 LeafNodeTBS and what is in the leaf";
        assert!(LeafSigner(&key).sign(framed).is_ok());
        let digest = b"\x13MLS 1.0 LeafNodeTBS 32 bytes of";
        assert_eq!(digest.len(), DIGEST_BYTES);
        for other in [&digest[..], &[7; 32], b"MLS 1.0 LeafNodeTBS without a length before the label"] {
            assert_eq!(LeafSigner(&key).sign(other), Err(SignerError::SigningError));
        }
    }
}
