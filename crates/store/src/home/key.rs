//! The device master key and the file it lies in.
//!
//! ```text
//! key file = "kith key\n" ‖ canonical message (`kith_base::codec`)
//! version 1, in a file:            1 version, 2 master key
//! version 1, under a passphrase:   1 version, 3 memory KiB, 4 passes, 5 lanes, 6 salt, 7 nonce, 8 sealed master key
//! ```
//!
//! Under a passphrase the key is sealed with XChaCha20-Poly1305; everything before field 8 is authenticated with it, so
//! that nobody who changes the cost makes the next passphrase cheap. From the master key come the home vault's key and
//! the key that wraps each conversation's (`spec/vault.md`, VAULT-020 to VAULT-027).

use crate::error::{ErrorKind, StoreError};
use crate::passphrase::{Cost, SALT_LEN};
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{Label, Rng, Secret, label};
use std::path::Path;
use zeroize::Zeroizing;

const MAGIC: &[u8] = b"kith key\n";
const VERSION: u64 = 1;
const NONCE_LEN: usize = 24;
/// Bytes of the hash that names what is kept for a key file.
const NAME_LEN: usize = 16;

/// For new passphrases: RFC 9106's second recommendation, half a second on a small machine.
const COST: Cost = Cost { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

/// What keeps the master key from whoever gets hold of the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// The file's mode alone: whoever can read this user's files can read everything.
    FileMode,
    /// A passphrase.
    Passphrase,
}

/// What a passphrase comes to for one key file, which it opens in the passphrase's place. Under another passphrase, or the same
/// one set anew, that file has another salt, and this opens nothing.
#[derive(Debug, Clone)]
pub struct StretchedKey {
    /// What it is called where it is kept: it can be told from the key file, and tells nothing of whose that is.
    pub name: String,
    /// The key.
    pub key: Secret,
}

/// What a key file is to be opened with.
#[derive(Clone, Copy)]
pub(crate) enum With<'a> {
    /// Nothing was given.
    Nothing,
    /// The passphrase.
    Passphrase(&'a str),
    /// What the passphrase comes to.
    Stretched(&'a Secret),
}

impl<'a> From<Option<&'a str>> for With<'a> {
    fn from(passphrase: Option<&'a str>) -> Self {
        passphrase.map_or(Self::Nothing, Self::Passphrase)
    }
}

/// The device master key.
pub(crate) struct MasterKey(Secret);

impl MasterKey {
    pub(crate) const fn of(secret: Secret) -> Self {
        Self(secret)
    }

    /// The key itself, for a backup of the home that is under it.
    pub(crate) const fn secret(&self) -> &Secret {
        &self.0
    }

    pub(crate) fn random(rng: &mut Rng) -> Self {
        // VAULT-020
        Self(rng.secret())
    }

    /// The key of the home vault.
    pub(crate) fn home_key(&self) -> Secret {
        // VAULT-025
        label::derive(Label::VaultWrap, self.0.expose(), &[b"home"])
    }

    /// Wraps a conversation's vault key, bound to the name of its file.
    pub(crate) fn wrap(&self, vault_file: &str, key: &Secret, rng: &mut Rng) -> Option<Vec<u8>> {
        // VAULT-026
        let nonce = rng.bytes::<NONCE_LEN>();
        let payload = Payload { msg: key.expose(), aad: vault_file.as_bytes() };
        let sealed = self.wrapping().encrypt(&XNonce::from(nonce), payload).ok()?;
        Some([&nonce[..], &sealed].concat())
    }

    /// Opens what [`Self::wrap`] made for the same file.
    pub(crate) fn unwrap(&self, vault_file: &str, wrapped: &[u8]) -> Option<Secret> {
        let (nonce, sealed) = wrapped.split_first_chunk::<NONCE_LEN>()?;
        let payload = Payload { msg: sealed, aad: vault_file.as_bytes() };
        let opened = Zeroizing::new(self.wrapping().decrypt(&XNonce::from(*nonce), payload).ok()?);
        Secret::from_slice(&opened)
    }

    fn wrapping(&self) -> XChaCha20Poly1305 {
        let key = label::derive(Label::VaultWrap, self.0.expose(), &[b"conversation"]);
        XChaCha20Poly1305::new(key.expose().into())
    }

    /// The bytes of a key file, under a passphrase if there is one.
    pub(crate) fn to_file(
        &self,
        file: &Path,
        passphrase: Option<&str>,
        rng: &mut Rng,
    ) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let message = match passphrase {
            None => Writer::new().number(Tag::must(1), VERSION).bytes(Tag::must(2), self.0.expose()).done(),
            Some(passphrase) => self.sealed(file, passphrase, rng)?,
        };
        let message = Zeroizing::new(message);
        Ok(Zeroizing::new([MAGIC, &message].concat()))
    }

    fn sealed(&self, file: &Path, passphrase: &str, rng: &mut Rng) -> Result<Vec<u8>, StoreError> {
        let envelope = Envelope { cost: COST, salt: rng.bytes(), nonce: rng.bytes() };
        let sealed = cipher(&envelope.stretched(file, passphrase)?)
            .encrypt(&XNonce::from(envelope.nonce), Payload { msg: self.0.expose(), aad: &envelope.header().done() })
            .map_err(|_| StoreError::new(ErrorKind::Contract, file, "a key of 32 bytes can be sealed"))?;
        Ok(envelope.header().bytes(Tag::must(8), &sealed).done())
    }

    /// Reads a key file.
    pub(crate) fn from_file(file: &Path, bytes: &[u8], with: With<'_>) -> Result<(Self, Protection), StoreError> {
        let (envelope, sealed) = match KeyFile::read(file, bytes)? {
            KeyFile::Open(master) => return Ok((Self(master), Protection::FileMode)),
            KeyFile::Sealed(envelope, sealed) => (envelope, sealed),
        };
        let master = match with {
            With::Nothing => return Err(StoreError::new(ErrorKind::PassphraseNeeded, file, "")),
            With::Passphrase(passphrase) => envelope.open(file, &envelope.stretched(file, passphrase)?, sealed)?,
            With::Stretched(key) => envelope.open(file, key, sealed)?,
        };
        Ok((Self(master), Protection::Passphrase))
    }

    /// What the passphrase of a key file comes to; `None` for a file that is under none.
    pub(crate) fn stretched(file: &Path, bytes: &[u8], passphrase: &str) -> Result<Option<StretchedKey>, StoreError> {
        let KeyFile::Sealed(envelope, sealed) = KeyFile::read(file, bytes)? else { return Ok(None) };
        let key = envelope.stretched(file, passphrase)?;
        envelope.open(file, &key, sealed)?;
        Ok(Some(StretchedKey { name: envelope.name(), key }))
    }

    /// What is kept for a key file is called so; `None` for a file that is under no passphrase.
    pub(crate) fn kept_name(file: &Path, bytes: &[u8]) -> Result<Option<String>, StoreError> {
        match KeyFile::read(file, bytes)? {
            KeyFile::Open(_) => Ok(None),
            KeyFile::Sealed(envelope, _) => Ok(Some(envelope.name())),
        }
    }
}

/// What a key file says.
enum KeyFile<'a> {
    /// The master key itself.
    Open(Secret),
    /// How the master key is sealed, and the sealed bytes.
    Sealed(Envelope, &'a [u8]),
}

impl<'a> KeyFile<'a> {
    fn read(file: &Path, bytes: &'a [u8]) -> Result<Self, StoreError> {
        // VAULT-021
        let message = bytes.strip_prefix(MAGIC).ok_or_else(|| StoreError::damaged(file, "it is not a key file"))?;
        let malformed = |error: Malformed| StoreError::damaged(file, error.to_string());
        let fields = Fields::parse(message).map_err(malformed)?;
        let version = fields.number(1).map_err(malformed)?;
        if version != VERSION {
            return Err(StoreError::new(ErrorKind::NewerVersion { found: version, known: VERSION }, file, ""));
        }
        fields.refuse_unknown(&[1, 2, 3, 4, 5, 6, 7, 8]).map_err(malformed)?;
        if let Some(key) = fields.optional_array(2).map_err(malformed)? {
            return Ok(Self::Open(Secret::new(key)));
        }
        Ok(Self::Sealed(Envelope::read(&fields).map_err(malformed)?, fields.bytes(8).map_err(malformed)?))
    }
}

/// How a master key is sealed under a passphrase.
struct Envelope {
    cost: Cost,
    salt: [u8; SALT_LEN],
    nonce: [u8; NONCE_LEN],
}

impl Envelope {
    fn header(&self) -> Writer {
        let writer = Writer::new().number(Tag::must(1), VERSION);
        self.cost.write(writer, 3).bytes(Tag::must(6), &self.salt).bytes(Tag::must(7), &self.nonce)
    }

    fn read(fields: &Fields<'_>) -> Result<Self, Malformed> {
        Ok(Self { cost: Cost::read(fields, 3)?, salt: fields.array(6)?, nonce: fields.array(7)? })
    }

    fn open(&self, file: &Path, key: &Secret, sealed: &[u8]) -> Result<Secret, StoreError> {
        let payload = Payload { msg: sealed, aad: &self.header().done() };
        let opened = cipher(key).decrypt(&XNonce::from(self.nonce), payload).map(Zeroizing::new);
        let opened = opened.map_err(|_| StoreError::new(ErrorKind::WrongPassphrase, file, ""))?;
        Secret::from_slice(&opened).ok_or_else(|| StoreError::damaged(file, "the key has not 32 bytes"))
    }

    fn stretched(&self, file: &Path, passphrase: &str) -> Result<Secret, StoreError> {
        let stretched = self.cost.stretch(passphrase, &self.salt).map_err(|error| StoreError::damaged(file, error))?;
        // VAULT-022
        Ok(label::derive(Label::PassphraseWrap, &*stretched, &[]))
    }

    /// VAULT-031
    fn name(&self) -> String {
        let hash = label::hash(Label::KeyringItem, &[&self.salt]);
        data_encoding::HEXLOWER.encode(hash.get(..NAME_LEN).unwrap_or_default())
    }
}

fn cipher(key: &Secret) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.expose().into())
}
