//! `config.toml`: what the owner decides about the network and address books. Read once at start; never written over.
//!
//! A missing key takes its default, a missing file takes all of them and is written out once, an unknown key is an error
//! that names it: a misspelt `mdns` must not go unnoticed.

use kith_api::{Error, ErrorKind, Word};
use serde::Deserialize;
use std::fs;
use std::io::{ErrorKind as Io, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// The whole file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ConfigFile {
    pub(crate) network: NetworkConfig,
    pub(crate) contacts: ContactsConfig,
}

/// `[contacts]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ContactsConfig {
    /// A folder with one card in each file, as address-book programs keep and sync them; empty: none is watched.
    pub(crate) vdir: PathBuf,
    pub(crate) carddav: CardDavConfig,
}

/// `[contacts.carddav]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct CardDavConfig {
    /// The address of the address book itself; empty: none is asked.
    pub(crate) url: String,
    /// Whose it is there.
    pub(crate) user: String,
    /// A file of mode 0600 with the password on one line.
    pub(crate) password_file: PathBuf,
}

/// `[network]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct NetworkConfig {
    /// Addresses to listen on.
    #[serde(deserialize_with = "addresses")]
    pub(crate) listen: Vec<IpAddr>,
    /// UDP port; 0: chosen once and kept.
    pub(crate) port: u16,
    /// Find and be found on the LAN.
    pub(crate) mdns: bool,
    /// Look up and publish in the Mainline DHT.
    pub(crate) dht: bool,
    /// Hosts that introduce nodes to the DHT.
    pub(crate) dht_bootstrap: Vec<String>,
    /// Ask the router for a port.
    pub(crate) port_mapping: bool,
    /// Relays to be reachable through.
    pub(crate) relays: Vec<String>,
    /// Addresses known to lead to this port from outside.
    pub(crate) addresses: Vec<SocketAddr>,
}

impl Default for NetworkConfig {
    fn default() -> Self {
        Self {
            listen: vec![Ipv4Addr::UNSPECIFIED.into(), Ipv6Addr::UNSPECIFIED.into()],
            port: 0,
            mdns: true,
            dht: true,
            dht_bootstrap: Vec::new(),
            port_mapping: true,
            relays: Vec::new(),
            addresses: Vec::new(),
        }
    }
}

/// IP addresses as people write them: `[::]` and `::` are the same.
fn addresses<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<IpAddr>, D::Error> {
    Vec::<String>::deserialize(from)?
        .iter()
        .map(|text| {
            let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
            bare.parse().map_err(|_| serde::de::Error::custom(format!("'{text}' is not an IP address")))
        })
        .collect()
}

const FIRST: &str = r#"# What Kith does on the network, and where it looks for people. Kith reads this file at start and never writes over it.

[network]
listen = ["0.0.0.0", "[::]"]   # addresses to listen on
port = 0                       # UDP port; 0: chosen once and kept
mdns = true                    # find, and be found by, devices on the same network
dht = true                     # reserved: this version looks nothing up in the Mainline DHT
dht_bootstrap = []             # reserved, as above
port_mapping = true            # ask the router for a port (UPnP, PCP, NAT-PMP)
relays = []                    # relays to be reachable through; none by default
addresses = []                 # addresses that lead to this port from outside, such as "203.0.113.5:4433"

[contacts]
vdir = ""                      # a folder of .vcf files to watch: who is new in it can be looked through and saved

[contacts.carddav]
url = ""                       # an address book on a server, such as "https://dav.example.org/alice/contacts/"
user = ""                      # the name to log in with there
password_file = ""             # a file that only you can read (chmod 600), with the password on one line
"#;

impl ConfigFile {
    /// Reads the file in a home, or writes it there with the defaults.
    ///
    /// # Errors
    /// [`ErrorKind::BadConfig`] in the words of the parser, with the file's name.
    pub(crate) fn load(home: &Path) -> Result<Self, Error> {
        let path = home.join("config.toml");
        match fs::read_to_string(&path) {
            Ok(text) => Self::read(&text, &path),
            Err(error) if error.kind() == Io::NotFound => {
                write_first(&path);
                Ok(Self::default())
            }
            Err(error) => Err(Error::new(
                ErrorKind::BadConfig,
                "config-unreadable",
                [("file", Word::text(path.display())), ("why", Word::text(error))],
            )),
        }
    }

    /// Reads the text of the file at `path`.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub(crate) fn read(text: &str, path: &Path) -> Result<Self, Error> {
        toml::from_str(text).map_err(|error| {
            Error::new(
                ErrorKind::BadConfig,
                "config-unusable",
                [("file", Word::text(path.display())), ("why", Word::text(error.to_string().trim_end()))],
            )
        })
    }
}

/// Leaves the defaults for the owner to find. A home where that fails works as well.
fn write_first(path: &Path) {
    let file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    if let Ok(mut file) = file {
        drop(file.write_all(FIRST.as_bytes()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_written_first_says_the_defaults() {
        assert_eq!(toml::from_str::<ConfigFile>(FIRST).unwrap(), ConfigFile::default());
    }

    #[test]
    fn a_missing_key_takes_its_default_and_an_unknown_one_is_named() {
        let config: ConfigFile =
            toml::from_str("[network]\nmdns = false\nlisten = [\"[::1]\", \"127.0.0.1\"]").unwrap();
        assert!(!config.network.mdns && config.network.port_mapping);
        assert_eq!(config.network.listen, [IpAddr::V6(Ipv6Addr::LOCALHOST), Ipv4Addr::LOCALHOST.into()]);
        let error = toml::from_str::<ConfigFile>("[network]\nmdsn = true").unwrap_err().to_string();
        assert!(error.contains("mdsn"), "{error}");
        let error = toml::from_str::<ConfigFile>("[network]\nlisten = [\"everywhere\"]").unwrap_err().to_string();
        assert!(error.contains("everywhere"), "{error}");
    }
}
