//! Every id is its own type with its own text form, so that none can be taken for another.
//!
//! The text form is a prefix that names the kind, then lower-case base32 without padding: `evt…` is an event and can't
//! be pasted where a `con…` is wanted. No prefix begins with a hyphen, so an id is never mistaken for a flag.

use data_encoding::{Encoding, Specification};
use std::fmt;
use std::sync::LazyLock;

#[expect(clippy::expect_used, reason = "a constant alphabet; exercised by every test that prints an id")]
static BASE32: LazyLock<Encoding> = LazyLock::new(|| {
    let mut spec = Specification::new();
    spec.symbols.push_str("abcdefghijklmnopqrstuvwxyz234567");
    spec.encoding().expect("the alphabet is valid")
});

/// Lower-case base32 without padding (RFC 4648 alphabet), for text forms and host labels.
pub fn base32(bytes: &[u8]) -> String {
    BASE32.encode(bytes)
}

/// Reads [`base32`] back; `None` for anything but its canonical form.
pub fn from_base32(text: &str) -> Option<Vec<u8>> {
    BASE32.decode(text.as_bytes()).ok()
}

/// Why a text is not an id of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnId {
    /// The prefix that the wanted kind has.
    pub prefix: &'static str,
}

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "this is not an id that begins with '{}'", self.prefix)
    }
}

impl std::error::Error for NotAnId {}

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident, $len:literal, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $len]);

        impl $name {
            /// Length in bytes.
            pub const LEN: usize = $len;

            /// Takes the bytes as they are.
            pub const fn from_bytes(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }

            /// `None` unless there are exactly [`Self::LEN`] bytes.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }

            /// The bytes.
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                // ENC-020
                write!(f, "{}{}", $prefix, BASE32.encode_display(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let text = base32(&self.0);
                write!(f, "{}{}", $prefix, text.get(..6).unwrap_or(&text))
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.strip_prefix($prefix)
                    .and_then(from_base32)
                    .and_then(|bytes| Self::from_slice(&bytes))
                    .ok_or(NotAnId { prefix: $prefix })
            }
        }
    };
}

id_type!(
    /// One contact in this home: random, local, never sent.
    ContactId, 10, "con"
);
id_type!(
    /// One conversation: the replicated logs of a relationship, a group, or one's own devices.
    ConversationId, 32, "cnv"
);
id_type!(
    /// One person within one conversation: the hash of that person's identity bundle there.
    PersonId, 32, "per"
);
id_type!(
    /// One device within one conversation: the hash of its public keys.
    DeviceId, 32, "dev"
);
id_type!(
    /// One log: the hash of its header, and the MLS group id of its send group.
    LogId, 32, "log"
);
id_type!(
    /// One event: the hash of its header, whatever it was sealed in.
    EventId, 32, "evt"
);
id_type!(
    /// The hash of an event's body, so that a body can be deleted and the header stay.
    BodyHash, 32, "bdy"
);
id_type!(
    /// The hash of one record, over its header and the hash of its body.
    RecordHash, 32, "rec"
);
id_type!(
    /// The membership head that an event was written under: its audience.
    HeadHash, 32, "hed"
);
id_type!(
    /// The hash of one signed device list.
    ListHash, 32, "lst"
);
id_type!(
    /// The hash of one KeyPackage offer.
    KeyPackageHash, 32, "kpk"
);

#[cfg(test)]
mod tests {
    use super::*;

    /// ENC-020
    #[test]
    fn an_id_reads_back_from_its_text_and_from_no_other_kind_of_text() {
        let event = EventId::from_bytes([7; 32]);
        let text = event.to_string();
        assert_eq!(text.parse(), Ok(event));
        assert_eq!(text.parse::<LogId>(), Err(NotAnId { prefix: "log" }));
        assert_eq!(text.to_uppercase().parse::<EventId>(), Err(NotAnId { prefix: "evt" }));
        assert_eq!(text.get(..40).unwrap_or_default().parse::<EventId>(), Err(NotAnId { prefix: "evt" }));
    }

    #[test]
    fn a_contact_id_is_short_and_never_looks_like_a_flag() {
        for byte in 0..=255 {
            let text = ContactId::from_bytes([byte; 10]).to_string();
            assert_eq!(text.len(), 19);
            assert!(text.starts_with("con"));
        }
    }
}
