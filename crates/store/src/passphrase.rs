//! From a passphrase to a key: Argon2id, with a cost that is stored beside what it opens (`spec/vault.md`, VAULT-022).

use argon2::{Algorithm, Argon2, Params, Version};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

/// Bytes of a salt.
pub(crate) const SALT_LEN: usize = 16;

/// Largest cost that is believed: a file changed by somebody else must not take all memory or the whole day.
const COST_MAX: Cost = Cost { memory_kib: 4 << 20, passes: 64, lanes: 16 };

/// What Argon2id takes to try one passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cost {
    pub(crate) memory_kib: u32,
    pub(crate) passes: u32,
    pub(crate) lanes: u32,
}

impl Cost {
    /// Writes it as three fields, the first of them under `tag`.
    pub(crate) fn write(self, to: Writer, tag: u32) -> Writer {
        to.number(Tag::must(tag), self.memory_kib.into())
            .number(Tag::must(tag + 1), self.passes.into())
            .number(Tag::must(tag + 2), self.lanes.into())
    }

    /// Reads what [`Self::write`] wrote.
    pub(crate) fn read(fields: &Fields<'_>, tag: u32) -> Result<Self, Malformed> {
        let number = |tag, max: u32| {
            let value = u32::try_from(fields.number(tag)?).map_err(|_| Malformed::BadValue(tag))?;
            // VAULT-023
            if value > max { Err(Malformed::BadValue(tag)) } else { Ok(value) }
        };
        Ok(Self {
            memory_kib: number(tag, COST_MAX.memory_kib)?,
            passes: number(tag + 1, COST_MAX.passes)?,
            lanes: number(tag + 2, COST_MAX.lanes)?,
        })
    }

    /// What a passphrase comes to. It is taken in Unicode's composed form, as keyboards differ in how they type one
    /// character. The error says what is wrong with the cost.
    pub(crate) fn stretch(self, passphrase: &str, salt: &[u8; SALT_LEN]) -> Result<Zeroizing<[u8; 32]>, String> {
        // VAULT-022
        let composed: Zeroizing<String> = Zeroizing::new(passphrase.nfc().collect());
        let mut stretched = Zeroizing::new([0; 32]);
        Params::new(self.memory_kib, self.passes, self.lanes, Some(stretched.len()))
            .and_then(|params| {
                Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(
                    composed.as_bytes(),
                    salt,
                    &mut *stretched,
                )
            })
            .map_err(|error| error.to_string())?;
        Ok(stretched)
    }
}
