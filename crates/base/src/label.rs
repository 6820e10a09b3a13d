//! Domain separation: every hash, derived key, MAC and signature in Kith goes through one table of labels.
//!
//! A label is a BLAKE3 `derive_key` context, so that no value computed for one purpose can serve another
//! (`spec/encoding.md`, ENC-010 to ENC-013; vectors in `spec/vectors/labels.json`).

use crate::Secret;
use blake3::hazmat::{ContextKey, HasherExt as _, hash_derive_key_context};
use std::sync::LazyLock;

macro_rules! labels {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The purposes that bytes are hashed, derived, authenticated or signed for (ENC-010).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Label {
            $($(#[$doc])* $name,)*
        }

        impl Label {
            /// Every label, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The context string.
            pub const fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// What BLAKE3 makes of the context string: hashing that anew would take as long as a short message itself.
            fn context(self) -> &'static ContextKey {
                match self {
                    $(Self::$name => {
                        static CONTEXT: LazyLock<ContextKey> = LazyLock::new(|| hash_derive_key_context($text));
                        &CONTEXT
                    })*
                }
            }
        }
    };
}

labels! {
    /// Person id, over the identity bundle.
    Person = "kith/1/person",
    /// Device id, over its signing key and KEM key.
    Device = "kith/1/device",
    /// Conversation id, over its two or more founding bundles and a salt.
    Conversation = "kith/1/conversation",
    /// Membership head, over the conversation and its people (EVT-011).
    Membership = "kith/1/membership",
    /// Log id, over the log header.
    Log = "kith/1/log",
    /// Event id, over the event header.
    Event = "kith/1/event",
    /// Body hash, over the event's salt and body.
    Body = "kith/1/body",
    /// Record hash, over header and body hash.
    Record = "kith/1/record",
    /// Hash of a record's body.
    RecordBody = "kith/1/record body",
    /// Device list hash.
    List = "kith/1/device list",
    /// What all apps of a conversation have in common (MAN-007).
    CommonManifest = "kith/1/common manifest",
    /// Hash of a KeyPackage offer.
    KeyPackage = "kith/1/key package",
    /// Safety number, over both bundles.
    Safety = "kith/1/safety number",
    /// One side's sixteen bytes of the mark.
    Mark = "kith/1/mark",
    /// Signature on a device list.
    ListSignature = "kith/1/sign device list",
    /// Signature of a recovery key on the pairwise key that it puts in force.
    GrantSignature = "kith/1/sign pairwise key",
    /// Signature on a receipt.
    ReceiptSignature = "kith/1/sign receipt",
    /// Signature on a log head.
    HeadSignature = "kith/1/sign head",
    /// Signature on a record's header, on a void, on a Welcome.
    RecordSignature = "kith/1/sign record",
    /// Signature on a KeyPackage offer.
    OfferSignature = "kith/1/sign key package offer",
    /// Signature inside a hello.
    HelloSignature = "kith/1/sign hello",
    /// HPKE info of a Welcome sealed to a device.
    WelcomeSeal = "kith/1/seal welcome",
    /// HPKE info of events sealed again to one device.
    AddressedSeal = "kith/1/seal addressed",
    /// HPKE info of a new device's introduction.
    IntroductionSeal = "kith/1/seal introduction",
    /// Pair secret of two devices.
    PairSecret = "kith/1/pair secret",
    /// Proof that opens a hello.
    HelloProof = "kith/1/hello proof",
    /// Heartbeat authentication.
    Heartbeat = "kith/1/heartbeat",
    /// Pairing: the key both sides have after SPAKE2, bound to the transcript.
    PairingKey = "kith/1/pairing key",
    /// Pairing: hash of both first messages and the exporter.
    PairingTranscript = "kith/1/pairing transcript",
    /// Pairing: hash of a later message, for the next one to be bound to.
    PairingMessage = "kith/1/pairing message",
    /// Pairing: accepter's confirmation.
    PairingAccepter = "kith/1/pairing confirmation accepter",
    /// Pairing: inviter's confirmation.
    PairingInviter = "kith/1/pairing confirmation inviter",
    /// Pairing: AEAD key of the accepter's introduction.
    PairingAccepterSeal = "kith/1/pairing seal accepter",
    /// Pairing: AEAD key of the inviter's introduction.
    PairingInviterSeal = "kith/1/pairing seal inviter",
    /// Pairing: the accepter's word that it has the pair secret.
    PairingDone = "kith/1/pairing done",
    /// Pairing: KEM info of the pair secret.
    PairingKem = "kith/1/pairing kem",
    /// Pairing: what an open code is announced under on a LAN.
    PairingName = "kith/1/pairing name",
    /// Pairing: what a link or QR is known by, and found under.
    LinkName = "kith/1/link name",
    /// Root of everything the seed words derive.
    Root = "kith/1/root",
    /// Recovery signing key, by index.
    RecoverySign = "kith/1/recovery sign",
    /// Recovery KEM key, by index.
    RecoveryKem = "kith/1/recovery kem",
    /// Wrapping key of the device master key under a passphrase.
    PassphraseWrap = "kith/1/passphrase wrap",
    /// Wrapping key of one conversation's vault key.
    VaultWrap = "kith/1/vault wrap",
    /// Hash of a manifest.
    Manifest = "kith/1/manifest",
    /// AEAD key of a record's outer layer for carriers.
    OuterKey = "kith/1/outer key",
    /// Tag a carrier finds a record by.
    OuterTag = "kith/1/outer tag",
    /// Id of what a device tells its own person in the timeline.
    Notice = "kith/1/notice",
    /// Signature of a recovery key on the identity that takes its person's place.
    SuccessionSignature = "kith/1/sign succession",
    /// Signature on what a device's program speaks.
    ManifestSignature = "kith/1/sign manifest",
    /// What is kept of a bearer that a web app shows, or of a one-time key that it exchanges.
    Bearer = "kith/1/bearer",
    /// AEAD key of a file's pieces.
    FileSeal = "kith/1/file seal",
    /// What a file's sealed bytes are called on a disk.
    FileName = "kith/1/file name",
    /// AEAD key of a backup's chunks.
    BackupSeal = "kith/1/backup seal",
    /// What shows that a passphrase is a backup's.
    BackupCheck = "kith/1/backup check",
    /// What a home's key is called in the desktop's keyring.
    KeyringItem = "kith/1/keyring item",
}

/// Hash of `parts` for one purpose. Each part is framed by its length, so that no two lists of parts collide (ENC-011).
pub fn hash(label: Label, parts: &[&[u8]]) -> [u8; 32] {
    *framed(label, parts).finalize().as_bytes()
}

/// Key derived from `secret` and public `parts` for one purpose (ENC-012).
pub fn derive(label: Label, secret: &[u8], parts: &[&[u8]]) -> Secret {
    let mut hasher = framed(label, &[secret]);
    frame(&mut hasher, parts);
    let secret = Secret::new(*hasher.finalize().as_bytes());
    zeroize::Zeroize::zeroize(&mut hasher);
    secret
}

/// Authentication code over `parts` under `key` for one purpose (ENC-012).
pub fn mac(label: Label, key: &Secret, parts: &[&[u8]]) -> [u8; 32] {
    let key = derive(label, key.expose(), &[b"mac"]);
    let mut hasher = blake3::Hasher::new_keyed(key.expose());
    frame(&mut hasher, parts);
    *hasher.finalize().as_bytes()
}

/// Whether two authentication codes are equal, in constant time.
pub fn mac_eq(a: &[u8; 32], b: &[u8; 32]) -> bool {
    blake3::Hash::from_bytes(*a) == blake3::Hash::from_bytes(*b)
}

fn framed(label: Label, parts: &[&[u8]]) -> blake3::Hasher {
    let mut hasher = blake3::Hasher::new_from_context_key(label.context());
    frame(&mut hasher, parts);
    hasher
}

fn frame(hasher: &mut blake3::Hasher, parts: &[&[u8]]) {
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// ENC-010
    #[test]
    fn no_two_labels_share_a_context() {
        let texts: BTreeSet<_> = Label::ALL.iter().map(|label| label.text()).collect();
        assert_eq!(texts.len(), Label::ALL.len());
    }

    /// ENC-011
    #[test]
    fn moving_a_boundary_between_parts_changes_the_hash() {
        assert_ne!(hash(Label::Event, &[b"ab", b"c"]), hash(Label::Event, &[b"a", b"bc"]));
        assert_ne!(hash(Label::Event, &[b"a"]), hash(Label::Body, &[b"a"]));
    }
}
