//! A home's key in the desktop's keyring (`spec/vault.md`, VAULT-031 to 034): when it is tried, kept, replaced, taken away.
//!
//! *Not kept* → (asked for, with the passphrase) → *kept* → (another passphrase) → *kept, the new one* → (asked for, with
//! the passphrase; or the passphrase removed; or the keyring has it no more) → *not kept*.
//!
//! The home holds under which name a key is kept: that of the key file in force, or it is not kept. Whatever ends in between
//! leaves at worst a key that opens nothing, and a start that asks. One thing is asked of the keyring at a time, as it may ask its
//! person; meanwhile the passphrase stays as it is.

use super::setup::store_error;
use super::talk::json;
use super::{Answer, Core, Msg};
use crate::clock::system_rng;
use crate::keyring::{self, Problem};
use crate::{Options, core::setup::durability};
use kith_api::{Error, ErrorKind};
use kith_base::Rng;
use kith_store::{ErrorKind as StoreKind, Home, Registry, StoreError, StretchedKey};
use std::path::PathBuf;
use tokio::runtime::Handle;
use zeroize::Zeroizing;

/// Under this name the home holds what its key in the keyring is called.
const KEPT: &str = "keyring";

/// What is known of the keyring.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// What this home's key is called there, if it is there.
    name: Option<String>,
    /// The keyring is being asked.
    asking: bool,
}

/// What came of asking the keyring.
pub(crate) enum KeptMsg {
    /// Whether it keeps a key from here on, under which name.
    Done { kept: Result<Option<String>, Error>, answer: Answer },
    /// It answered that it has none under this name.
    Gone(String),
}

/// A home that is there, and whether the keyring opened it.
pub(super) struct ByWhom {
    pub(super) home: Home,
    pub(super) by_keyring: bool,
}

/// Opens a home that is there: with the passphrase that was given, or else with what the keyring has.
// VAULT-033
pub(super) fn open(options: &Options, runtime: &Handle, rng: &mut Rng) -> Result<ByWhom, Error> {
    let given = options.passphrase.as_ref().map(|text| text.as_str());
    let opened = Home::open(&options.home, given, durability(options));
    let needed = match opened {
        Err(error) if error.kind() == StoreKind::PassphraseNeeded => {
            Error::new(ErrorKind::WrongPassphrase, "passphrase-needed", [])
        }
        opened => return opened.map(|home| ByWhom { home, by_keyring: false }).map_err(|error| store_error(&error)),
    };
    let Some(name) = Home::kept_name(&options.home).map_err(|error| store_error(&error))? else {
        return Err(needed);
    };
    match runtime.block_on(keyring::look(&name, rng)) {
        Ok(keys) if keys.is_empty() => Err(needed),
        Ok(keys) => {
            for key in keys {
                match Home::open_stretched(&options.home, &key, durability(options)) {
                    Ok(home) => return Ok(ByWhom { home, by_keyring: true }),
                    Err(error) if error.kind() == StoreKind::WrongPassphrase => {}
                    Err(error) => return Err(store_error(&error)),
                }
            }
            let why = Error::new(ErrorKind::WrongPassphrase, "passphrase-not-kept", []);
            tracing::warn!("{why}");
            Err(needed.because(why))
        }
        Err(Problem::NoBus | Problem::NoService) => Err(needed),
        Err(problem) => {
            let why = Error::from(problem);
            tracing::warn!("{why}");
            Err(needed.because(why))
        }
    }
}

/// The name under which a key was kept before this start.
pub(super) fn read(registry: &Registry<'_>) -> Kept {
    let name = registry.local(KEPT).ok().flatten().and_then(|bytes| String::from_utf8(bytes).ok());
    Kept { name, asking: false }
}

impl Core {
    /// Whether this home's key is in the keyring.
    pub(super) fn is_key_kept(&self) -> bool {
        self.kept.name.is_some()
    }

    /// Looks whether the keyring still has what it kept, and asks nobody anything.
    pub(super) fn begin_kept(&mut self) {
        let in_force = Home::kept_name(&self.folder).ok().flatten();
        if self.opened_by_keyring {
            // It has it, whatever was noted.
            return self.note_kept(in_force);
        }
        let Some(name) = self.kept.name.clone() else { return };
        if in_force.as_ref() != Some(&name) {
            return self.note_kept(None);
        }
        let me = self.me.clone();
        self.runtime.spawn(async move {
            if keyring::has(&name).await == Ok(false) {
                drop(me.send(Msg::Kept(KeptMsg::Gone(name))).await);
            }
        });
    }

    /// Keeps what a passphrase comes to in the keyring, or takes it away. VAULT-032
    pub(super) fn keep_key(&mut self, passphrase: String, keep: bool, answer: Answer) {
        let passphrase = Zeroizing::new(passphrase);
        if let Err(error) = self.may_ask_keyring().and_then(|()| self.has_key_to_keep()) {
            return drop(answer.send(Err(error)));
        }
        let folder = self.folder.clone();
        self.ask_keyring(answer, async move {
            let key = stretched(folder, passphrase).await?;
            let mut rng = system_rng()?;
            if keep {
                keyring::keep(&key.name, &key.key, &mut rng).await?;
                return Ok(Some(key.name));
            }
            keyring::forget(&key.name, &mut rng).await?;
            Ok(None)
        });
    }

    /// The passphrase was changed, or removed where `new` is none: the keyring follows, if it keeps a key. That it could not does not undo
    /// the change; what it has then opens nothing. VAULT-032
    pub(super) fn follow_passphrase(&mut self, new: Option<Zeroizing<String>>, answer: Answer) {
        let Some(before) = self.kept.name.clone() else {
            return drop(answer.send(Ok(json(&self.chosen()))));
        };
        self.note_kept(None);
        let folder = self.folder.clone();
        self.ask_keyring(answer, async move {
            let mut rng = system_rng()?;
            let kept = match new {
                None => None,
                Some(new) => {
                    let key = stretched(folder, new).await?;
                    let kept = keyring::keep(&key.name, &key.key, &mut rng).await;
                    kept.inspect_err(|problem| tracing::warn!(?problem, "the new key is not kept"))
                        .is_ok()
                        .then_some(key.name)
                }
            };
            if let Err(problem) = keyring::forget(&before, &mut rng).await {
                tracing::warn!(?problem, "an old key stays in the keyring, and opens nothing");
            }
            Ok(kept)
        });
    }

    fn ask_keyring(
        &mut self,
        answer: Answer,
        asked: impl Future<Output = Result<Option<String>, Error>> + Send + 'static,
    ) {
        self.kept.asking = true;
        let me = self.me.clone();
        self.runtime.spawn(async move {
            let kept = asked.await;
            drop(me.send(Msg::Kept(KeptMsg::Done { kept, answer })).await);
        });
    }

    pub(super) fn on_kept(&mut self, msg: KeptMsg) {
        match msg {
            KeptMsg::Done { kept, answer } => {
                self.kept.asking = false;
                let done = kept.map(|name| {
                    self.note_kept(name);
                    json(&self.chosen())
                });
                drop(answer.send(done));
            }
            KeptMsg::Gone(name) if self.kept.name.as_ref() == Some(&name) => self.note_kept(None),
            KeptMsg::Gone(_) => {}
        }
    }

    /// Whether the keyring may be asked, and the passphrase changed.
    pub(super) fn may_ask_keyring(&self) -> Result<(), Error> {
        if !self.kept.asking {
            return Ok(());
        }
        Err(Error::new(ErrorKind::WrongState, "keyring-busy", []))
    }

    fn has_key_to_keep(&self) -> Result<(), Error> {
        if self.has_passphrase() {
            return Ok(());
        }
        Err(Error::new(ErrorKind::WrongState, "passphrase-none-to-keep", []))
    }

    /// What is noted is shown, and nothing depends on it.
    fn note_kept(&mut self, name: Option<String>) {
        if self.kept.name == name {
            return;
        }
        if let Err(error) = self.home.registry().set_local(KEPT, name.as_ref().map(String::as_bytes)) {
            tracing::warn!(%error, "what the keyring keeps could not be noted");
        }
        self.kept.name = name;
    }
}

/// What the right passphrase comes to, which takes half a second.
async fn stretched(folder: PathBuf, passphrase: Zeroizing<String>) -> Result<StretchedKey, Error> {
    let done = tokio::task::spawn_blocking(move || Home::stretch(&folder, &passphrase)).await;
    let failed = || Error::new(ErrorKind::Internal, "passphrase-unchecked", []);
    let stretched: Result<_, StoreError> = done.map_err(|_| failed())?;
    stretched.map_err(|error| store_error(&error))?.ok_or_else(failed)
}
