//! The root of a person, its 24 words, and the recovery keys that follow from it by index.
//!
//! The root is 32 random bytes, made at the first start; the words are BIP39's notation for them and nothing more. What
//! is derived is derived from the 32 bytes, without BIP39's password stretching: 256 random bits need none.
//!
//! Recovery keys come from a pool: at set-up the public halves of indices 0, 1, 2, … are derived and stored, and every
//! pairing consumes one. A home made from words draws its indices at random from beyond. So a device can pair without the root (which is erased once its words are confirmed), and the
//! words alone find every recovery key again, without a list of contacts.

use super::words::nearest;
use crate::crypto::{KemPublic, KemSecret, SignKey, VerifyKey};
use bip39::{Language, Mnemonic};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::label::derive;
use kith_base::limits::RECOVERY_INDICES;
use kith_base::{Label, Rng, Secret};
use std::collections::BTreeSet;
use std::fmt;
use zeroize::Zeroizing;

/// How many words stand for a root.
pub const WORDS: usize = 24;

/// The secret that a person's recovery keys follow from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root(Secret);

impl Root {
    /// A fresh root.
    pub fn generate(rng: &mut Rng) -> Self {
        Self(rng.secret())
    }

    /// The root of these 32 bytes, as stored.
    pub const fn from_secret(secret: Secret) -> Self {
        Self(secret)
    }

    /// The 32 bytes, to store.
    pub const fn secret(&self) -> &Secret {
        &self.0
    }

    /// The 24 words, in lower case, to show (ID-001).
    pub fn words(&self) -> Vec<&'static str> {
        Mnemonic::from_entropy_in(Language::English, self.0.expose())
            .map(|words| words.words().collect())
            .unwrap_or_default()
    }

    /// Reads the 24 words back, in any case, between any white space (ID-002).
    ///
    /// # Errors
    /// [`WordsError`], which says which word to look at.
    pub fn from_words(typed: &str) -> Result<Self, WordsError> {
        let words = on_list(typed)?;
        let joined = Zeroizing::new(words.join(" "));
        let words = Mnemonic::parse_in_normalized(Language::English, &joined).map_err(|_| WordsError::Checksum)?;
        let (bytes, length) = words.to_entropy_array();
        let bytes = Zeroizing::new(bytes);
        let secret = bytes.get(..length).and_then(Secret::from_slice).ok_or(WordsError::Checksum)?;
        Ok(Self(secret))
    }

    /// The recovery keys of an index, private halves and all (ID-010).
    pub fn recovery(&self, index: u32) -> RecoveryKeys {
        let root = self.derived();
        let kem = derive(Label::RecoveryKem, root.expose(), &[&index.to_be_bytes()]);
        RecoveryKeys { index, sign: signer(&root, index), kem: KemSecret::from_secret(kem) }
    }

    /// The private half of a recovery signing key of this root, found by trying the first `indices`: those of a pool
    /// where the root was made here, [`RECOVERY_INDICES`] where homes before this one may have had any (ID-014).
    pub fn signer_of(&self, key: &VerifyKey, indices: u32) -> Option<SignKey> {
        let root = self.derived();
        (0..indices).map(|index| signer(&root, index)).find(|signer| signer.public() == *key)
    }

    /// What everything is derived from.
    fn derived(&self) -> Secret {
        derive(Label::Root, self.0.expose(), &[])
    }

    /// The public halves of the recovery keys of these indices, as a home stores them (ID-011).
    pub fn publics(&self, indices: &[u32]) -> Vec<RecoveryPublic> {
        indices.iter().map(|index| self.recovery(*index).public()).collect()
    }
}

/// The indices that a pool of `count` lacks, where the root was made here (ID-011).
pub fn lacking(known: &BTreeSet<u32>, count: u32) -> Vec<u32> {
    (0..count).filter(|index| !known.contains(index)).collect()
}

/// The indices that a pool of `count` lacks, where the root came from words: drawn at random beyond those of a first
/// home, as nobody knows which ones the lost home used (ID-014).
pub fn lacking_of_restored(known: &BTreeSet<u32>, count: u32, rng: &mut Rng) -> Vec<u32> {
    let beyond = u64::from(RECOVERY_INDICES.saturating_sub(count));
    let mut indices = BTreeSet::new();
    while known.len() + indices.len() < count as usize && (indices.len() as u64) < beyond {
        let drawn = u32::try_from(rng.below(beyond)).map(|drawn| count + drawn);
        indices.extend(drawn.into_iter().filter(|drawn| !known.contains(drawn)));
    }
    indices.into_iter().collect()
}

fn signer(root: &Secret, index: u32) -> SignKey {
    SignKey::from_secret(derive(Label::RecoverySign, root.expose(), &[&index.to_be_bytes()]))
}

/// Checks words that were typed back against the root they were shown for.
///
/// # Errors
/// [`WordsError`], which says which word to look at.
pub fn check_words(root: &Root, typed: &str) -> Result<(), WordsError> {
    let typed = on_list(typed)?;
    let shown = root.words();
    match typed.iter().zip(&shown).position(|(typed, shown)| typed != shown) {
        Some(index) => Err(WordsError::Differs { position: index + 1 }),
        None => Ok(()),
    }
}

/// The typed words as words of the list: 24, each one found.
fn on_list(typed: &str) -> Result<Vec<&'static str>, WordsError> {
    let list = Language::English.word_list();
    let typed = Zeroizing::new(typed.to_lowercase());
    let words = typed.split_whitespace().enumerate().map(|(index, word)| {
        let found = Language::English.find_word(word).and_then(|at| list.get(usize::from(at)));
        found.copied().ok_or_else(|| WordsError::NotAWord { position: index + 1, nearest: nearest(list, word) })
    });
    let words = words.collect::<Result<Vec<_>, _>>()?;
    if words.len() == WORDS { Ok(words) } else { Err(WordsError::Count(words.len())) }
}

/// Why words are not the 24 of a root. Who typed them is to blame; the text says where to look.
///
/// `Debug` shows no word, so that none gets into a log.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum WordsError {
    /// Another number of words than 24.
    Count(usize),
    /// A word that is not on the list; positions count from one.
    NotAWord {
        /// Which word.
        position: usize,
        /// What it may have been meant to be.
        nearest: Option<&'static str>,
    },
    /// Each word is on the list, but together they are no root.
    Checksum,
    /// A word is another one than was shown; positions count from one.
    Differs {
        /// Which word.
        position: usize,
    },
}

impl fmt::Display for WordsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => write!(f, "there are {count} words; it takes {WORDS}"),
            Self::NotAWord { position, nearest: Some(word) } => {
                write!(f, "word {position} is not on the list; perhaps it is '{word}'")
            }
            Self::NotAWord { position, nearest: None } => write!(f, "word {position} is not on the list"),
            Self::Checksum => {
                write!(f, "one of the words is another one, or two are exchanged: compare them with the paper")
            }
            Self::Differs { position } => write!(f, "word {position} is not the one that was shown"),
        }
    }
}

impl fmt::Debug for WordsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => write!(f, "Count({count})"),
            Self::NotAWord { position, .. } => write!(f, "NotAWord({position})"),
            Self::Checksum => write!(f, "Checksum"),
            Self::Differs { position } => write!(f, "Differs({position})"),
        }
    }
}

impl std::error::Error for WordsError {}

/// One index's recovery keys, private halves and all: they exist while the root is at hand.
#[derive(Debug, Clone)]
pub struct RecoveryKeys {
    /// Place in the pool.
    pub index: u32,
    /// Puts a new pairwise key in force.
    pub sign: SignKey,
    /// Opens what contacts leave for somebody who has only the words.
    pub kem: KemSecret,
}

impl RecoveryKeys {
    /// The public halves.
    pub fn public(&self) -> RecoveryPublic {
        RecoveryPublic { index: self.index, sign: self.sign.public(), kem: self.kem.public() }
    }
}

/// One index's public recovery keys, as stored at set-up and given away in a pairing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryPublic {
    /// Place in the pool.
    pub index: u32,
    /// Signs the change of a pairwise key.
    pub sign: VerifyKey,
    /// What is left for somebody who has only the words is sealed to it.
    pub kem: KemPublic,
}

impl RecoveryPublic {
    /// Canonical bytes, to store (`spec/identity.md`, ID-013).
    pub fn encode(&self) -> Vec<u8> {
        Writer::new()
            .number(Tag::must(1), u64::from(self.index))
            .bytes(Tag::must(2), self.sign.as_bytes())
            .bytes(Tag::must(3), self.kem.as_bytes())
            .done()
    }

    /// Reads [`Self::encode`] back.
    ///
    /// # Errors
    /// [`Malformed`] when the bytes are something else.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3])?;
        Ok(Self {
            index: u32::try_from(fields.number(1)?).map_err(|_| Malformed::BadValue(1))?,
            sign: VerifyKey::from_bytes(fields.array(2)?),
            kem: KemPublic::from_slice(fields.bytes(3)?).ok_or(Malformed::BadValue(3))?,
        })
    }
}
