//! A home's first start and every later one: keys, words, ports, contacts.

use super::contacts::{ContactState, State};
use super::kept::{self, ByWhom};
use super::pairing::Pairings;
use super::recovery::{MADE_HERE, RESTORED, ROOT_MADE, begin_pool};
use super::{Core, Directory, Msg, chosen, lock};
use crate::Options;
use crate::clock::{Clock, system_rng};
use crate::config::NetworkConfig;
use crate::desktop::Desktop;
use crate::links::{Known, Links, Net};
use kith_api::{Error, ErrorKind, Push, Word};
use kith_base::{Rng, Secret};
use kith_loopback::{Assets, BindError, Keys, Web, pick_port};
use kith_net::{Beacon, Card, Config, Endpoint, NetError};
use kith_proto::identity::{Root, WordsError};
use kith_store::{Durability, Home, Protection, Registry, StoreError};
use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};
use tokio::runtime::Handle;
use tokio::sync::{broadcast, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Under this name the label of the home app's origin is kept.
pub(super) const HOME_LABEL: &str = "home label";
/// The web port that a first home on a machine gets.
const WEB_PORT: u16 = 4848;
/// Heartbeats that one run may send before its block of counters is used up: more than a year of them.
const BEATS: u32 = 1 << 30;

/// What was chosen once and is kept.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) home_label: String,
    pub(crate) name: Option<String>,
    pub(crate) key_in_file: bool,
    pub(crate) lan_only: bool,
    /// This run's number, for hellos.
    pub(crate) start: u64,
    pub(crate) network: Config,
}

/// An open home with everything that is read from it before the network is.
pub(crate) struct Opened {
    pub(crate) home: Home,
    by_keyring: bool,
    pub(crate) rng: Rng,
    pub(crate) settings: Settings,
    web_port: Option<u16>,
    udp_port: Option<u16>,
    beat_port: Option<u16>,
    beats: u64,
}

/// An error of the storage in the words of the API.
pub(crate) fn store_error(error: &StoreError) -> Error {
    use kith_store::ErrorKind as Kind;
    let kind = match error.kind() {
        Kind::WrongPassphrase | Kind::PassphraseNeeded => ErrorKind::WrongPassphrase,
        Kind::NewerVersion { .. } | Kind::Damaged | Kind::Missing | Kind::Exists => ErrorKind::BadHome,
        Kind::ReadOnly | Kind::DiskFull | Kind::Io => ErrorKind::Storage,
        Kind::InUse { .. } => ErrorKind::AlreadyRunning,
        Kind::Contract => ErrorKind::Internal,
    };
    let file = || ("file", Word::text(error.file().display()));
    let why = || ("why", Word::text(error.detail()));
    match error.kind() {
        Kind::WrongPassphrase => Error::new(kind, "stored-wrong-passphrase", []),
        Kind::PassphraseNeeded => Error::new(kind, "stored-passphrase-needed", []),
        Kind::NewerVersion { found, known } => {
            Error::new(kind, "stored-newer", [file(), ("found", Word::text(found)), ("known", Word::text(known))])
        }
        Kind::Damaged => Error::new(kind, "stored-damaged", [file(), why()]),
        Kind::ReadOnly => Error::new(kind, "stored-read-only", [file(), why()]),
        Kind::DiskFull => Error::new(kind, "stored-no-room", [file()]),
        Kind::InUse { process: Some(process) } => {
            Error::new(kind, "stored-in-use-by", [file(), ("process", Word::text(process))])
        }
        Kind::InUse { process: None } => Error::new(kind, "stored-in-use", [file()]),
        Kind::Missing => Error::new(kind, "stored-missing", [file()]),
        Kind::Exists => Error::new(kind, "stored-exists", [file()]),
        Kind::Io => Error::new(kind, "stored-failed", [file(), why()]),
        Kind::Contract => Error::new(kind, "stored-mistake", [why()]),
    }
}

/// Opens a home, or makes one on the first start. `runtime` is what the desktop's keyring is asked on.
pub(crate) fn open_home(options: &Options, network: &NetworkConfig, runtime: &Handle) -> Result<Opened, Error> {
    let mut rng = system_rng()?;
    // Words that are none make no home.
    let restored = options.restore.as_ref().map(|words| restored_root(words)).transpose()?;
    let passphrase = options.passphrase.as_ref().map(|text| text.as_str());
    let ByWhom { mut home, by_keyring } = if Home::exists(&options.home) {
        if options.new_passphrase.is_some() {
            return Err(Error::new(ErrorKind::WrongState, "home-exists", []));
        }
        kept::open(options, runtime, &mut rng)?
    } else {
        let new = options.new_passphrase.as_ref().map(|text| text.as_str());
        let made = Home::create(&options.home, new.or(passphrase), durability(options), &mut rng);
        ByWhom { home: made.map_err(|error| store_error(&error))?, by_keyring: false }
    };
    let made = home.registry().local(ROOT_MADE).map_err(|error| store_error(&error))?.is_some();
    match restored {
        Some(_) if made => {
            return Err(Error::new(ErrorKind::WrongState, "home-has-keys", []));
        }
        restored if !made => make_root(&mut home, restored, &mut rng).map_err(|error| store_error(&error))?,
        _ => {}
    }
    // HELLO-010, HELLO-021
    let start = home.registry().reserve("starts", 1).map_err(|error| store_error(&error))?;
    let beats = home.registry().reserve("beats", BEATS).map_err(|error| store_error(&error))?;
    let registry = home.registry();
    let (settings, web_port) = settings(&registry, options, network, &mut rng, start, &home)?;
    let udp_port = read_port(&registry, "udp port")?;
    let beat_port = read_port(&registry, "beat port")?;
    Ok(Opened { rng, settings, web_port, udp_port, beat_port, beats, home, by_keyring })
}

/// Every commit is on disk when it returns. Only tests can have it otherwise, to see that they would notice.
pub(super) const fn durability(options: &Options) -> Durability {
    #[cfg(feature = "door")]
    if options.durability_off {
        return Durability::Off;
    }
    let _ = options;
    Durability::Full
}

fn restored_root(words: &str) -> Result<Root, Error> {
    Root::from_words(words).map_err(bad_words)
}

/// What is wrong with recovery words, in the words of the API.
pub(super) fn bad_words(error: WordsError) -> Error {
    let bad = |id, words: [(&str, Word); 1]| Error::new(ErrorKind::BadInput, id, words);
    match error {
        WordsError::Count(count) => bad("words-count", [("count", Word::count(count))]),
        WordsError::NotAWord { position, nearest: None } => bad("words-unknown", [("position", Word::text(position))]),
        WordsError::NotAWord { position, nearest: Some(nearest) } => {
            let words = [("position", Word::text(position)), ("nearest", Word::text(nearest))];
            Error::new(ErrorKind::BadInput, "words-unknown-nearest", words)
        }
        WordsError::Checksum => Error::new(ErrorKind::BadInput, "words-do-not-fit", []),
        WordsError::Differs { position } => bad("words-differ", [("position", Word::text(position))]),
    }
}

/// The root, its words and the first recovery keys: made before anything else, in one transaction. A restored root's
/// words stay until they are confirmed, like a new one's: as long as they are here, this device can prove who it was.
fn make_root(home: &mut Home, restored: Option<Root>, rng: &mut Rng) -> Result<(), StoreError> {
    let (root, how) = match restored {
        None => (Root::generate(rng), MADE_HERE),
        Some(root) => (root, RESTORED),
    };
    home.transaction(|registry| {
        begin_pool(&registry, &root, how, rng)?;
        registry.set_local("root words", Some(root.words().join(" ").as_bytes()))?;
        registry.set_local(ROOT_MADE, Some(how))
    })
}

fn settings(
    registry: &Registry<'_>,
    options: &Options,
    network: &NetworkConfig,
    rng: &mut Rng,
    start: u64,
    home: &Home,
) -> Result<(Settings, Option<u16>), Error> {
    let web_port = options.port.or(read_port(registry, "web port")?);
    let home_label = match read_text(registry, HOME_LABEL)? {
        Some(label) => label,
        None => {
            let label = format!("home-{}", kith_base::id::base32(&rng.bytes::<10>()));
            write_local(registry, HOME_LABEL, label.as_bytes())?;
            label
        }
    };
    if let Some(name) = &options.name {
        let name = super::contacts::valid_name(name)?;
        write_local(registry, "name", name.as_bytes())?;
    }
    let key = match read_bytes(registry, "endpoint key")?.as_deref().and_then(Secret::from_slice) {
        Some(key) => key,
        None => {
            let key = rng.secret();
            write_local(registry, "endpoint key", key.expose())?;
            key
        }
    };
    let lan_only = options.offline;
    let settings = Settings {
        home_label,
        name: read_text(registry, "name")?,
        key_in_file: home.protection() == Protection::FileMode,
        lan_only,
        start,
        network: network_config(network, &key, lan_only),
    };
    Ok((settings, web_port))
}

fn network_config(network: &NetworkConfig, key: &Secret, lan_only: bool) -> Config {
    let mut config = Config::new(*key.expose());
    config.listen.clone_from(&network.listen);
    config.port = network.port;
    config.mdns = network.mdns;
    config.addresses.clone_from(&network.addresses);
    if !lan_only {
        config.dht = network.dht;
        config.port_mapping = network.port_mapping;
        config.relays.clone_from(&network.relays);
    }
    config
}

fn read_bytes(registry: &Registry<'_>, key: &str) -> Result<Option<Vec<u8>>, Error> {
    registry.local(key).map_err(|error| store_error(&error))
}

fn read_text(registry: &Registry<'_>, key: &str) -> Result<Option<String>, Error> {
    Ok(read_bytes(registry, key)?.and_then(|bytes| String::from_utf8(bytes).ok()))
}

fn read_port(registry: &Registry<'_>, key: &str) -> Result<Option<u16>, Error> {
    Ok(read_text(registry, key)?.and_then(|text| text.parse().ok()))
}

fn write_local(registry: &Registry<'_>, key: &str, value: &[u8]) -> Result<(), Error> {
    registry.set_local(key, Some(value)).map_err(|error| store_error(&error))
}

impl Opened {
    /// Takes the web port: the one asked for or kept, or on the first start one that is free. It is kept once it is had,
    /// as every app's address has it.
    ///
    /// # Errors
    /// [`BindError`] when that port is taken.
    pub(crate) async fn bind_web(&mut self) -> Result<Web, Error> {
        let web = match self.web_port {
            Some(port) => Web::bind(port, Assets::embedded()).await,
            None => self.bind_any().await,
        };
        let web = web.map_err(|error| web_error(&error))?;
        write_local(&self.home.registry(), "web port", web.port().to_string().as_bytes())?;
        Ok(web)
    }

    /// Two homes that start at once may find the same port free; who loses takes another.
    async fn bind_any(&mut self) -> Result<Web, BindError> {
        let mut preferred = WEB_PORT;
        loop {
            let port = pick_port(preferred, &mut self.rng)?;
            match Web::bind(port, Assets::embedded()).await {
                Err(BindError::Taken(_)) => preferred = port.wrapping_add(1).max(WEB_PORT),
                bound => return bound,
            }
        }
    }

    /// Binds the network as it was bound before, and puts the core together.
    ///
    /// # Errors
    /// [`ErrorKind::Network`] when the kept or configured port is not free.
    pub(crate) async fn start(mut self, options: &Options, parts: Parts) -> Result<(Core, mpsc::Receiver<Msg>), Error> {
        let (me, inbox) = mpsc::channel(super::QUEUE);
        let mut config = self.settings.network.clone();
        let chosen = config.port != 0;
        if !chosen {
            config.port = self.udp_port.unwrap_or(0);
        }
        let beacon = bind_beacon(&config, self.beat_port.unwrap_or(0));
        config.heartbeat_port = beacon.as_ref().map_or(0, |beacon| beacon.port());
        let endpoint = bind(&config).await?;
        let registry = self.home.registry();
        if !chosen && self.udp_port.is_none() {
            write_local(&registry, "udp port", endpoint.port().to_string().as_bytes())?;
        }
        if let Some(beacon) = beacon.as_ref().filter(|beacon| self.beat_port != Some(beacon.port())) {
            write_local(&registry, "beat port", beacon.port().to_string().as_bytes())?;
        }
        self.settings.network = config;
        let mdns = endpoint.mdns(self.rng.bytes()).map(Arc::new);
        let net = Net { endpoint, mdns, beacon: beacon.map(Arc::new) };
        let links = Links::start(net.clone(), me.clone(), self.rng.fork(), self.beats);
        // LOCK-007
        let locked = self.by_keyring && lock::was_locked(&registry);
        let lock = lock::Lock::new(parts.locked, chosen::lock_after(&registry), locked);
        let kept = kept::read(&registry);
        let desktop = Desktop::start(options.home.clone(), parts.stop.clone());
        let announcements = super::announce::Announcements::new(desktop, chosen::notifications(&registry));
        let core = Core {
            clock: parts.clock,
            rng: self.rng,
            home: self.home,
            folder: options.home.clone(),
            links,
            net,
            contacts: BTreeMap::new(),
            directory: parts.directory,
            keys: parts.keys,
            pushes: parts.pushes,
            push_seq: 0,
            status_at: None,
            trim_at: None,
            looked_at: None,
            pairings: Pairings::default(),
            waiting: super::waits::Waits::default(),
            books: parts.books,
            review: super::cards::InReview::default(),
            lock,
            kept,
            opened_by_keyring: self.by_keyring,
            announcements,
            searches: super::everywhere::Searches::default(),
            looks: super::storage::Looks::default(),
            showing: BTreeMap::new(),
            backups: super::backup::Backups::default(),
            forwarding: None,
            settings: self.settings,
            web_port: parts.web_port,
            me,
            runtime: Handle::current(),
            tasks: TaskTracker::new(),
            stop: parts.stop,
            unclean: false,
            expiring: std::collections::BTreeSet::new(),
        };
        Ok((core, inbox))
    }
}

fn web_error(error: &BindError) -> Error {
    match error {
        BindError::Taken(port) => Error::new(ErrorKind::Network, "web-port-taken", [("port", Word::text(port))]),
        BindError::System(port, error) => {
            let words = [("port", Word::text(port)), ("why", Word::text(error))];
            Error::new(ErrorKind::Network, "web-port-refused", words)
        }
        BindError::NoneFree => Error::new(ErrorKind::Network, "web-port-none-free", []),
    }
}

/// What the core shares with the carriers of the local API.
pub(crate) struct Parts {
    pub(crate) clock: Clock,
    pub(crate) directory: Arc<RwLock<Directory>>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) pushes: broadcast::Sender<Arc<Push>>,
    pub(crate) stop: CancellationToken,
    pub(crate) books: Arc<tokio::sync::Notify>,
    /// Whether pages and commands are locked, for those who serve them.
    pub(crate) locked: tokio::sync::watch::Sender<bool>,
    pub(crate) web_port: u16,
}

async fn bind(config: &Config) -> Result<Endpoint, Error> {
    Endpoint::bind(config.clone()).await.map_err(|error| match error {
        NetError::PortTaken(port) => Error::new(ErrorKind::Network, "udp-port-taken", [("port", Word::text(port))]),
        error => Error::new(ErrorKind::Network, "network-unusable", [("why", Word::text(error))]),
    })
}

/// Presence without a connection is a comfort: a machine where its port can't be had works without.
fn bind_beacon(config: &Config, port: u16) -> Option<Beacon> {
    Beacon::bind(&config.listen, port)
        .or_else(|_| Beacon::bind(&config.listen, 0))
        .inspect_err(|error| tracing::warn!(%error, "no port for heartbeats"))
        .ok()
}

impl Core {
    /// Reads the contacts, finishes what a crash left half done, and dials everybody.
    pub(super) fn begin(&mut self) {
        if let Err(error) = self.read_contacts() {
            tracing::error!(%error, "the contacts can't be read");
        }
        self.mark_start();
        self.finish_intents();
        self.drop_attempts();
        self.finish_connecting();
        self.sweep_folders();
        self.sweep_backup();
        self.expire_what_is_over();
        self.publish();
        let peers = self.home.registry().peers().unwrap_or_default();
        for peer in peers {
            let Some(contact) = self.contacts.get(&peer.contact) else { continue };
            if contact.state() != State::Connected && contact.state() != State::Connecting {
                continue;
            }
            self.know(&peer);
        }
        self.reopen_invitations();
        self.fill_pool();
        self.renew_launchers();
        self.begin_kept();
        self.begin_lock();
    }

    /// Hands a stored peer to the links.
    pub(super) fn know(&self, peer: &kith_store::PeerRow) {
        // PLACE-002
        if self.is_blocked(peer.contact) {
            return;
        }
        let Ok(mut card) = Card::decode(&peer.card) else { return };
        if self.settings.lan_only {
            card = crate::links::kept_to_the_lan(card);
        }
        let Some(me) = kith_base::DeviceId::from_slice(&peer.extra) else { return };
        self.links.know(Known {
            contact: peer.contact,
            device: peer.device,
            me,
            pair_secret: peer.pair_secret.clone(),
            card,
            beat_seen: peer.beat_seen,
        });
    }

    fn read_contacts(&mut self) -> Result<(), StoreError> {
        for row in self.home.registry().contacts()? {
            self.contacts.insert(row.id, ContactState::new(row));
        }
        let bearers = self.home.registry().bearers()?;
        if let Ok(mut directory) = self.directory.write() {
            directory.bearers = bearers.into_iter().map(|bearer| (bearer.label, bearer.hash)).collect();
        }
        Ok(())
    }
}
