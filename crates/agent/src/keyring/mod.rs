//! The desktop's keyring: the freedesktop Secret Service on the session bus, which keeps a home's stretched key for a person who
//! wants Kith to start without asking (`spec/vault.md`, VAULT-031 to 034).
//!
//! ```text
//! session bus ──▶ encrypted session ──▶ items of this name ──▶ (locked? the keyring asks its person) ──▶ key
//!   [`bus`]         [`session`]           [`look`], [`keep`], [`forget`]
//! ```
//!
//! Nothing here waits without a deadline, and where there is no session bus nothing is attempted. What comes of a key is the
//! core's affair (`core/kept.rs`).

mod proxies;
mod session;

use futures_util::StreamExt as _;
use kith_api::{Error, ErrorKind, Word};
use kith_base::{Rng, Secret};
use proxies::{CollectionProxy, ItemProxy, PromptProxy, ServiceProxy};
use session::{ALGORITHM, Session};
use std::collections::HashMap;
use std::env;
use std::path::PathBuf;
use std::time::Duration;
use tokio::time::timeout;
use zbus::connection::Builder;
use zbus::proxy::CacheProperties;
use zbus::{Connection, OwnedObjectPath, Variant, fdo};
use zeroize::Zeroizing;

/// How long one answer of the bus or the keyring may take: a keyring that the bus has to start first is there within this.
const ANSWER: Duration = Duration::from_secs(5);
/// How long a person may think when the keyring asks to be opened.
const PERSON: Duration = Duration::from_secs(60);
/// Items of one name that are looked at. There is one, unless somebody else put more there.
const ITEMS_MAX: usize = 4;
/// What an item is called in the programs that show a keyring.
const LABEL: &str = "Kith";
/// A path that stands for none.
const NOWHERE: &str = "/";

/// Why the keyring did not do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Problem {
    /// There is no session bus.
    NoBus,
    /// Nobody on the bus offers the Secret Service.
    NoService,
    /// It is locked, and there is no desktop to ask on.
    Locked,
    /// Its person told it not to.
    Dismissed,
    /// It did not answer in time.
    TimedOut,
    /// It said so.
    Refused(String),
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        let said = |id| Self::new(ErrorKind::Keyring, id, []);
        match problem {
            Problem::NoBus => said("keyring-no-session"),
            Problem::NoService => said("keyring-no-service"),
            Problem::Locked => said("keyring-locked"),
            Problem::Dismissed => said("keyring-dismissed"),
            Problem::TimedOut => said("keyring-silent"),
            Problem::Refused(why) => Self::new(ErrorKind::Keyring, "keyring-refused", [("why", Word::text(why))]),
        }
    }
}

impl From<zbus::Error> for Problem {
    fn from(error: zbus::Error) -> Self {
        match &error {
            zbus::Error::InputOutput(io) if io.kind() == std::io::ErrorKind::TimedOut => Self::TimedOut,
            zbus::Error::FDO(error) => match &**error {
                fdo::Error::ServiceUnknown(_) | fdo::Error::NameHasNoOwner(_) | fdo::Error::SpawnServiceNotFound(_) => {
                    Self::NoService
                }
                fdo::Error::NoReply(_) | fdo::Error::TimedOut(_) | fdo::Error::Timeout(_) => Self::TimedOut,
                error => Self::Refused(error.to_string()),
            },
            zbus::Error::MethodError(name, _, _) if name.as_str() == "org.freedesktop.Secret.Error.IsLocked" => {
                Self::Locked
            }
            zbus::Error::MethodError(name, words, _) => {
                Self::Refused(words.clone().unwrap_or_else(|| name.to_string()))
            }
            error => Self::Refused(error.to_string()),
        }
    }
}

/// The keys that the keyring has under a name: none, or one, or more than one where somebody else put them there. A locked
/// keyring asks its person.
pub(crate) async fn look(name: &str, rng: &mut Rng) -> Result<Vec<Secret>, Problem> {
    let keyring = Keyring::open(rng).await?;
    let mut keys = vec![];
    for item in keyring.unlocked_items(name).await? {
        keys.extend(keyring.read(&item).await?);
    }
    Ok(keys)
}

/// Whether the keyring has something under a name. Nobody is asked anything.
pub(crate) async fn has(name: &str) -> Result<bool, Problem> {
    let service = service(&bus().await?).await?;
    let (unlocked, locked) = service.search_items(attributes(name)).await?;
    Ok(!unlocked.is_empty() || !locked.is_empty())
}

/// Keeps a key under a name, in the place of the one that is there.
pub(crate) async fn keep(name: &str, key: &Secret, rng: &mut Rng) -> Result<(), Problem> {
    let keyring = Keyring::open(rng).await?;
    let collection = keyring.collection().await?;
    // VAULT-031
    let words = Zeroizing::new(data_encoding::HEXLOWER.encode(key.expose()));
    let (iv, sealed) = keyring.session.seal(words.as_bytes(), rng).ok_or_else(cipher_failed)?;
    let secret = (keyring.session.path(), iv, sealed, "text/plain");
    let properties = HashMap::from([
        ("org.freedesktop.Secret.Item.Label", Variant::from(LABEL)),
        ("org.freedesktop.Secret.Item.Attributes", Variant::from(attributes(name))),
    ]);
    let (_, prompt) = collection.create_item(properties, secret, true).await?;
    keyring.ask_person(&prompt).await.map(drop)
}

/// Takes away whatever the keyring has under a name.
pub(crate) async fn forget(name: &str, rng: &mut Rng) -> Result<(), Problem> {
    let keyring = Keyring::open(rng).await?;
    for item in keyring.unlocked_items(name).await? {
        let prompt = keyring.item(&item).await?.delete().await?;
        keyring.ask_person(&prompt).await?;
    }
    Ok(())
}

/// An open session with the keyring.
struct Keyring {
    bus: Connection,
    service: ServiceProxy<'static>,
    session: Session,
}

impl Keyring {
    // VAULT-031
    async fn open(rng: &mut Rng) -> Result<Self, Problem> {
        let bus = bus().await?;
        let service = service(&bus).await?;
        let mine = session::Offer::new(rng);
        let (theirs, path) = service.open_session(ALGORITHM, Variant::from(mine.public())).await?;
        let theirs = Vec::<u8>::try_from(theirs)?;
        let session = mine.agree(&theirs, path).ok_or_else(cipher_failed)?;
        Ok(Self { bus, service, session })
    }

    async fn unlocked_items(&self, name: &str) -> Result<Vec<OwnedObjectPath>, Problem> {
        let (mut items, mut locked) = self.service.search_items(attributes(name)).await?;
        if items.is_empty() && !locked.is_empty() {
            locked.truncate(ITEMS_MAX);
            self.unlock(&locked).await?;
            items = locked;
        }
        items.truncate(ITEMS_MAX);
        Ok(items)
    }

    async fn unlock(&self, objects: &[OwnedObjectPath]) -> Result<(), Problem> {
        let objects: Vec<_> = objects.iter().map(|path| path.as_ref()).collect();
        let (_, prompt) = self.service.unlock(&objects).await?;
        self.ask_person(&prompt).await.map(drop)
    }

    /// The collection where new items go; a keyring that has none yet makes one, and asks its person for a password of it.
    async fn collection(&self) -> Result<CollectionProxy<'static>, Problem> {
        let mut path = self.service.read_alias("default").await?;
        if path.as_str() == NOWHERE {
            let label = HashMap::from([("org.freedesktop.Secret.Collection.Label", Variant::from("Login"))]);
            let (made, prompt) = self.service.create_collection(label, "default").await?;
            path = self.ask_person(&prompt).await?.unwrap_or(made);
        } else {
            self.unlock(std::slice::from_ref(&path)).await?;
        }
        Ok(CollectionProxy::builder(&self.bus).path(path).cache_properties(CacheProperties::No).build().await?)
    }

    async fn item(&self, path: &OwnedObjectPath) -> Result<ItemProxy<'static>, Problem> {
        Ok(ItemProxy::builder(&self.bus).path(path.clone()).cache_properties(CacheProperties::No).build().await?)
    }

    /// The key in an item; `None` where something else lies there.
    async fn read(&self, item: &OwnedObjectPath) -> Result<Option<Secret>, Problem> {
        let (_, iv, sealed, _) = self.item(item).await?.get_secret(&self.session.path()).await?;
        let Some(words) = self.session.open(&iv, sealed) else { return Ok(None) };
        let key = data_encoding::HEXLOWER.decode(words.as_slice()).map(Zeroizing::new);
        Ok(key.ok().and_then(|key| Secret::from_slice(&key)))
    }

    /// Lets the keyring ask its person what it has to, where there is a desktop to ask on; what came of it, if that is an object.
    // VAULT-034
    async fn ask_person(&self, prompt: &OwnedObjectPath) -> Result<Option<OwnedObjectPath>, Problem> {
        if prompt.as_str() == NOWHERE {
            return Ok(None);
        }
        let path = prompt.clone();
        let prompt = PromptProxy::builder(&self.bus).path(path).cache_properties(CacheProperties::No).build().await?;
        if !has_desktop() {
            // It is not left waiting for somebody to be asked.
            drop(prompt.dismiss().await);
            return Err(Problem::Locked);
        }
        let mut answers = prompt.receive_completed().await?;
        prompt.prompt("").await?;
        match timeout(PERSON, answers.next()).await {
            Ok(Some(answer)) => {
                let answer = answer.args()?;
                if answer.dismissed {
                    return Err(Problem::Dismissed);
                }
                Ok(OwnedObjectPath::try_from(answer.result).ok())
            }
            Ok(None) => Err(Problem::NoService),
            Err(_) => {
                drop(prompt.dismiss().await);
                Err(Problem::TimedOut)
            }
        }
    }
}

/// The session bus, where there is one.
// VAULT-034
async fn bus() -> Result<Connection, Problem> {
    if !has_bus() {
        return Err(Problem::NoBus);
    }
    match timeout(ANSWER, Builder::session().method_timeout(ANSWER).build()).await {
        Ok(Ok(bus)) => Ok(bus),
        Ok(Err(error)) => {
            tracing::debug!(%error, "no session bus");
            Err(Problem::NoBus)
        }
        Err(_) => Err(Problem::TimedOut),
    }
}

/// Whether this environment names a session bus, or has one where a user's bus is.
fn has_bus() -> bool {
    if let Some(address) = env::var_os("DBUS_SESSION_BUS_ADDRESS") {
        return !address.is_empty();
    }
    let folder = env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    folder.unwrap_or_else(|| format!("/run/user/{}", rustix::process::geteuid().as_raw()).into()).join("bus").exists()
}

/// Whether somebody could be asked.
fn has_desktop() -> bool {
    ["WAYLAND_DISPLAY", "DISPLAY"].iter().any(|variable| env::var_os(variable).is_some_and(|value| !value.is_empty()))
}

async fn service(bus: &Connection) -> Result<ServiceProxy<'static>, Problem> {
    Ok(ServiceProxy::builder(bus).cache_properties(CacheProperties::No).build().await?)
}

// VAULT-031
fn attributes(name: &str) -> HashMap<&str, &str> {
    HashMap::from([("application", "kith"), ("home", name)])
}

fn cipher_failed() -> Problem {
    Problem::Refused("it does not speak the encrypted session that Kith asks for".into())
}
