//! The link, which is also what the QR code holds: a 128-bit secret, and where its inviter may be found.
//!
//! `kith:meet/<base32>` over one version byte and the canonical fields. A secret of this size can be searched by nobody,
//! so names may be derived from it, unlike from a code's words.

use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::id::{base32, from_base32};
use kith_base::label::hash;
use kith_base::limits::LINK_CARD_BYTES_MAX;
use kith_base::{Label, Rng};
use std::fmt;
use std::str::FromStr;
use zeroize::{Zeroize, ZeroizeOnDrop};

const PREFIX: &str = "kith:meet/";
const VERSION: u8 = 1;

/// The secret of a link. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct LinkSecret([u8; 16]);

impl LinkSecret {
    /// Takes the bytes, as stored.
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// A fresh secret.
    pub fn generate(rng: &mut Rng) -> Self {
        Self(rng.bytes())
    }

    /// The bytes, to store and to compute with.
    pub const fn expose(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for LinkSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkSecret")
    }
}

/// The name a link is announced and found under: it says nothing about the secret.
pub fn link_name(secret: &LinkSecret) -> [u8; 16] {
    let mut name = [0; 16];
    // PAIR-006
    name.copy_from_slice(hash(Label::LinkName, &[secret.expose()]).split_at(16).0);
    name
}

/// A link as given away. `Display` is its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What makes whoever has the link the one who is meant.
    pub secret: LinkSecret,
    /// Where the inviter may be found: opaque to the core (`kith_net` writes and reads it).
    pub card: Vec<u8>,
}

impl Link {
    /// A link; `None` when the card has more than [`LINK_CARD_BYTES_MAX`] bytes.
    pub fn new(secret: LinkSecret, card: Vec<u8>) -> Option<Self> {
        (card.len() <= LINK_CARD_BYTES_MAX).then_some(Self { secret, card })
    }

    /// The text in capitals, which a QR code holds in a third less room.
    pub fn qr_text(&self) -> String {
        self.to_string().to_uppercase()
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = Writer::new().bytes(Tag::must(1), self.secret.expose()).bytes(Tag::must(2), &self.card).done();
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(&fields);
        // PAIR-005
        write!(f, "{PREFIX}{}", base32(&bytes))
    }
}

impl FromStr for Link {
    type Err = LinkError;

    fn from_str(text: &str) -> Result<Self, LinkError> {
        let text = text.trim().to_lowercase();
        let bytes = text.strip_prefix(PREFIX).ok_or(LinkError::NotALink)?;
        let bytes = from_base32(bytes.trim_end_matches('/')).ok_or(LinkError::NotWhole)?;
        let (version, fields) = bytes.split_first().ok_or(LinkError::NotWhole)?;
        if *version != VERSION {
            return Err(LinkError::Version(*version));
        }
        let fields = Fields::parse(fields)?;
        fields.refuse_unknown(&[1, 2])?;
        let secret = LinkSecret(fields.array(1)?);
        // Always there, were it empty: a link that was cut short never reads as a shorter one.
        Self::new(secret, fields.bytes(2)?.to_vec()).ok_or(LinkError::NotWhole)
    }
}

/// Why a text is not a link. Who gave it is to blame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkError {
    /// It does not begin as a link does.
    NotALink,
    /// It is cut short or changed.
    NotWhole,
    /// It was made by a later version.
    Version(u8),
}

impl From<Malformed> for LinkError {
    fn from(_: Malformed) -> Self {
        Self::NotWhole
    }
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotALink => write!(f, "this is not an invitation; one begins with '{PREFIX}'"),
            Self::NotWhole => write!(f, "the invitation is not whole: copy all of it, or ask for a new one"),
            Self::Version(version) => {
                write!(f, "the invitation has form {version}: a newer version of Kith can read it")
            }
        }
    }
}

impl std::error::Error for LinkError {}
