//! An address book on a CardDAV server (RFC 6352): read every so often, and the address of a contact's app written into its card.
//!
//! *Asleep* → (time, or somebody looks or saves) → *listed* (names and versions of all cards) → *fetched* (those that changed) →
//! *told* to the core, which answers which apps there are → *written* (cards that lack their app's address) → *asleep*.
//!
//! Invariants (`spec/contacts.md`):
//! - CARD-020: nobody is spoken to but the server that the owner named: no redirect is followed, no proxy asked, no address taken
//!   from an answer that leads elsewhere. Without TLS only this machine is.
//! - CARD-021: a card is written only over the very version that was read (`If-Match`). Where somebody else was quicker, theirs
//!   stands, and the next round reads it first.
//! - CARD-002: an answer is read up to a bound, and no further.

use super::CARDDAV as BOOK;
use crate::config::CardDavConfig;
use crate::core::{Msg, Origin};
use kith_api::{Error, ErrorKind, Word};
use kith_base::limits;
use kith_cards::Card;
use quick_xml::Reader;
use quick_xml::events::Event;
use reqwest::header::{CONTENT_TYPE, ETAG, IF_MATCH};
use reqwest::{Client, Method, Response, StatusCode, Url};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use zeroize::Zeroizing;

/// The server is asked this often, and when somebody looks through who was found or saves somebody.
const EVERY: Duration = Duration::from_secs(15 * 60);
/// Several reasons to ask come at once.
const SOON: Duration = Duration::from_millis(500);
/// One answer may take this long.
const PATIENCE: Duration = Duration::from_secs(20);
/// Largest list of an address book: its cards' names and versions.
const LIST_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Longest password with its line end.
const PASSWORD_BYTES_MAX: u64 = 1024;
const LIST: &str = r#"<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><getetag/></prop></propfind>"#;

/// The addresses of apps, by the address of the card of each.
pub(crate) type Links = Vec<(String, String)>;

/// A server that can be asked.
pub(crate) struct CardDav {
    client: Client,
    collection: Url,
    user: String,
    password: Zeroizing<String>,
    /// What was read of each card, by its path.
    cards: BTreeMap<String, Fetched>,
}

struct Fetched {
    version: String,
    text: String,
}

/// Why a round came to nothing.
#[derive(Debug)]
enum Fault {
    /// The server, or the way there.
    Http(reqwest::Error),
    /// The server says no.
    Status(StatusCode),
    /// What it says can't be understood, or is too large.
    Answer(&'static str),
}

impl From<reqwest::Error> for Fault {
    fn from(error: reqwest::Error) -> Self {
        // The address has names in it.
        Self::Http(error.without_url())
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            // The first of the causes says what was tried, the last why it failed.
            Self::Http(error) => {
                let mut cause: &dyn std::error::Error = error;
                while let Some(deeper) = cause.source() {
                    cause = deeper;
                }
                write!(f, "{error}: {cause}")
            }
            Self::Status(status) => write!(f, "the server answered {status}"),
            Self::Answer(what) => write!(f, "{what}"),
        }
    }
}

impl CardDav {
    /// The server that the configuration names, if it names one.
    ///
    /// # Errors
    /// [`ErrorKind::BadConfig`] for an address without TLS that leads off this machine, and for a password that others can
    /// read.
    pub(crate) fn open(config: &CardDavConfig) -> Result<Option<Self>, Error> {
        if config.url.is_empty() {
            return Ok(None);
        }
        let mut collection = Url::parse(&config.url).map_err(|error| {
            let words = [("url", Word::text(&config.url)), ("why", Word::text(error))];
            Error::new(ErrorKind::BadConfig, "dav-no-address", words)
        })?;
        if !collection.path().ends_with('/') {
            let path = format!("{}/", collection.path());
            collection.set_path(&path);
        }
        // CARD-020
        let is_here = collection.host_str().is_some_and(|host| ["localhost", "127.0.0.1", "[::1]"].contains(&host));
        if collection.scheme() != "https" && !(collection.scheme() == "http" && is_here) {
            return Err(Error::new(ErrorKind::BadConfig, "dav-not-https", []));
        }
        let password = read_password(config).map_err(|error| {
            let words = [("file", Word::text(config.password_file.display())), ("why", Word::text(error))];
            Error::new(ErrorKind::BadConfig, "dav-password", words)
        })?;
        let client = client()
            .map_err(|error| Error::new(ErrorKind::BadConfig, "dav-no-client", [("why", Word::text(error))]))?;
        Ok(Some(Self { client, collection, user: config.user.clone(), password, cards: BTreeMap::new() }))
    }

    /// Goes round until `stop`, and sooner when `nudge` says that somebody looks, or that there is something to write.
    pub(crate) async fn watch(mut self, core: mpsc::Sender<Msg>, nudge: Arc<Notify>, stop: CancellationToken) {
        loop {
            match self.round(&core).await {
                Ok(true) => {}
                Ok(false) => return,
                Err(fault) => {
                    tracing::warn!(%fault, "the address book could not be read");
                    if core.send(Msg::BookUnread(fault.to_string())).await.is_err() {
                        return;
                    }
                }
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(EVERY) => {}
                () = nudge.notified() => tokio::time::sleep(SOON).await,
            }
        }
    }

    /// One round; false when the agent is stopping.
    async fn round(&mut self, core: &mpsc::Sender<Msg>) -> Result<bool, Fault> {
        self.read().await?;
        let texts: Vec<(String, String, String)> =
            self.cards.iter().map(|(path, card)| (path.clone(), card.version.clone(), card.text.clone())).collect();
        // Cards are strangers' bytes: a panic over them stays in its task.
        let Ok(cards) = tokio::task::spawn_blocking(move || people(&texts)).await else { return Ok(true) };
        let (answer, links) = oneshot::channel();
        let msg = Msg::BookRead { book: BOOK.to_owned(), cards, links: Some(answer) };
        if core.send(msg).await.is_err() {
            return Ok(false);
        }
        for (path, url) in links.await.unwrap_or_default() {
            self.write(&path, &url).await?;
        }
        Ok(true)
    }

    /// Brings what is known of the cards up to date.
    async fn read(&mut self) -> Result<(), Fault> {
        let listed = self.list().await?;
        self.cards.retain(|path, _| listed.contains_key(path));
        for (path, version) in listed {
            if self.cards.get(&path).is_some_and(|card| card.version == version) {
                continue;
            }
            let response = self.ask(Method::GET, &path)?.send().await?;
            if !response.status().is_success() {
                tracing::debug!(status = %response.status(), "a card could not be read");
                continue;
            }
            let version = etag(&response).unwrap_or(version);
            match body(response, limits::CARD_BYTES_MAX).await {
                Ok(bytes) => {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    self.cards.insert(path, Fetched { version, text });
                }
                Err(fault) => tracing::debug!(%fault, "a card could not be read"),
            }
        }
        Ok(())
    }

    /// The paths and versions of all cards.
    async fn list(&self) -> Result<BTreeMap<String, String>, Fault> {
        let propfind = Method::from_bytes(b"PROPFIND").map_err(|_| Fault::Answer("PROPFIND is a method"))?;
        let request = self.ask(propfind, self.collection.path())?;
        let request = request.header("Depth", "1").header(CONTENT_TYPE, "application/xml; charset=utf-8").body(LIST);
        let response = request.send().await?;
        if response.status() != StatusCode::MULTI_STATUS {
            return Err(Fault::Status(response.status()));
        }
        let bytes = body(response, LIST_BYTES_MAX).await?;
        let text = str::from_utf8(&bytes).map_err(|_| Fault::Answer("the list of cards is not UTF-8"))?;
        let listed = hrefs(text).ok_or(Fault::Answer("the list of cards can't be read"))?;
        let inside = listed.into_iter().filter_map(|(href, version)| Some((self.inside(&href)?, version)));
        Ok(inside.take(limits::CONTACTS_MAX).collect())
    }

    /// The path of a card, where it lies in this address book. CARD-020
    fn inside(&self, href: &str) -> Option<String> {
        let url = self.collection.join(href).ok()?;
        let name = url.path().strip_prefix(self.collection.path())?;
        let same = url.origin() == self.collection.origin() && url.query().is_none();
        (same && !name.is_empty() && !name.contains('/')).then(|| url.path().to_owned())
    }

    fn ask(&self, method: Method, path: &str) -> Result<reqwest::RequestBuilder, Fault> {
        let mut url = self.collection.clone();
        url.set_path(path);
        Ok(self.client.request(method, url).basic_auth(&self.user, Some(self.password.as_str())))
    }

    /// Writes the address of an app into its card, if it does not stand there. CARD-021
    async fn write(&mut self, path: &str, url: &str) -> Result<(), Fault> {
        let Some(card) = self.cards.get(path).filter(|card| !kith_cards::has_link(&card.text, url)) else {
            return Ok(());
        };
        let Some(text) = kith_cards::with_link(&card.text, url) else { return Ok(()) };
        if card.version.is_empty() || card.version.starts_with("W/") {
            return Err(Fault::Answer("the server gives no version that can be written over safely"));
        }
        let request = self.ask(Method::PUT, path)?.header(IF_MATCH, &card.version);
        let response = request.header(CONTENT_TYPE, "text/vcard; charset=utf-8").body(text).send().await?;
        match response.status() {
            status if status.is_success() => {}
            StatusCode::PRECONDITION_FAILED => tracing::debug!("a card was changed meanwhile; it is read again first"),
            status => return Err(Fault::Status(status)),
        }
        // Whatever the server made of it is read in the next round.
        self.cards.remove(path);
        Ok(())
    }
}

/// Something that speaks to servers. CARD-020
fn client() -> reqwest::Result<Client> {
    // Where iroh's own choice stands already it is the same.
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().referer(false).timeout(PATIENCE).build()
}

/// The password, from a file that only its owner can read.
fn read_password(config: &CardDavConfig) -> io::Result<Zeroizing<String>> {
    let data = fs::metadata(&config.password_file)?;
    if data.permissions().mode() & 0o077 != 0 {
        return Err(io::Error::other("others can read it"));
    }
    if data.len() > PASSWORD_BYTES_MAX {
        return Err(io::Error::other("it is too long for a password"));
    }
    let text = Zeroizing::new(fs::read_to_string(&config.password_file)?);
    Ok(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned()))
}

fn etag(response: &Response) -> Option<String> {
    Some(response.headers().get(ETAG)?.to_str().ok()?.to_owned())
}

/// A body up to a bound.
async fn body(mut response: Response, most: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > most {
            return Err(Fault::Answer("an answer is too large"));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Who is in the cards, by where each lies.
fn people(texts: &[(String, String, String)]) -> Vec<(Card, Origin)> {
    let one = |(path, version, text): &(String, String, String)| {
        let from = Origin { book: BOOK.to_owned(), address: path.clone(), version: version.clone() };
        kith_cards::read(text.as_bytes()).cards.into_iter().next().map(|card| (card, from))
    };
    texts.iter().filter_map(one).collect()
}

/// The `href` and `getetag` of each `response` of a multistatus; `None` for what is no XML. Names count without their
/// prefixes: servers differ in those.
fn hrefs(xml: &str) -> Option<Vec<(String, String)>> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    let (mut href, mut version, mut text) = (String::new(), String::new(), String::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(_) => text.clear(),
            Event::Text(said) => text.push_str(&said.into_inner()),
            Event::CData(said) => text.push_str(&said.into_inner()),
            Event::GeneralRef(said) => {
                let known = match said.resolve_char_ref().ok()? {
                    Some(c) => c,
                    None => match &*said.into_inner() {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        _ => return None,
                    },
                };
                text.push(known);
            }
            Event::End(end) => {
                let name = end.local_name();
                let name: &[u8] = name.as_ref().as_ref();
                match name {
                    b"href" => href = std::mem::take(&mut text).trim().to_owned(),
                    b"getetag" => version = std::mem::take(&mut text).trim().to_owned(),
                    b"response" => {
                        let (href, version) = (std::mem::take(&mut href), std::mem::take(&mut version));
                        // The address book itself has no version.
                        if !href.is_empty() && !version.is_empty() {
                            found.push((href, version));
                        }
                    }
                    _ => {}
                }
            }
            Event::Eof => return Some(found),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(url: &str) -> CardDav {
        let (client, password) = (client().unwrap(), Zeroizing::new(String::new()));
        CardDav { client, collection: Url::parse(url).unwrap(), user: String::new(), password, cards: BTreeMap::new() }
    }

    #[test]
    fn names_and_versions_are_read_whatever_the_prefixes_and_escapes() {
        let xml = "<?xml version='1.0'?><D:multistatus xmlns:D='DAV:'><D:response><D:href>/book/</D:href><D:propstat>\
                   <D:prop><D:getetag/></D:prop></D:propstat></D:response><response xmlns='DAV:'><href>/book/a%20b.vcf</href>\
                   <propstat><prop><getetag>&quot;1&#45;2&quot;</getetag></prop></propstat></response></D:multistatus>";
        assert_eq!(hrefs(xml), Some(vec![("/book/a%20b.vcf".to_owned(), "\"1-2\"".to_owned())]));
        assert_eq!(hrefs("<a>&unknown;</a>"), None);
        assert_eq!(hrefs("<a><b></a>"), None);
    }

    /// CARD-020
    #[test]
    fn no_address_that_a_server_gives_leads_out_of_the_address_book() {
        let book = book("https://dav.example.org/alice/book/");
        assert_eq!(book.inside("/alice/book/1.vcf").as_deref(), Some("/alice/book/1.vcf"));
        assert_eq!(book.inside("1.vcf").as_deref(), Some("/alice/book/1.vcf"));
        for href in [
            "/alice/book/",
            "/alice/other/1.vcf",
            "https://elsewhere.org/alice/book/1.vcf",
            "../1.vcf",
            "x/1.vcf",
            "1.vcf?a",
        ] {
            assert_eq!(book.inside(href), None, "{href}");
        }
    }

    /// CARD-020
    #[test]
    fn without_tls_only_this_machine_is_spoken_to_and_the_password_is_the_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("password");
        fs::write(&file, "secret\n").unwrap();
        let config =
            |url: &str| CardDavConfig { url: url.to_owned(), user: "alice".to_owned(), password_file: file.clone() };
        let open = |url: &str| CardDav::open(&config(url)).map(|book| book.is_some());
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(open("https://dav.example.org/").unwrap_err().kind, ErrorKind::BadConfig);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(open("https://dav.example.org/"), Ok(true));
        assert_eq!(open("http://localhost:5232/"), Ok(true));
        assert_eq!(open(""), Ok(false));
        for url in ["http://dav.example.org/", "http://localhost.example.org/", "ftp://localhost/", "dav.example.org"] {
            assert_eq!(open(url).unwrap_err().kind, ErrorKind::BadConfig, "{url}");
        }
    }

    /// A server that answers what it is told, one connection after the other, and gives the requests back.
    async fn server(answers: Vec<&'static str>) -> (String, tokio::task::JoinHandle<Vec<String>>) {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/book/", listener.local_addr().unwrap());
        let heard = tokio::spawn(async move {
            let mut requests = Vec::new();
            for answer in answers {
                let (mut stream, _) = listener.accept().await.unwrap();
                let (mut request, mut piece) = (Vec::new(), [0; 4096]);
                while !whole(&request) {
                    let n = stream.read(&mut piece).await.unwrap();
                    assert_ne!(n, 0, "a whole request is sent");
                    request.extend_from_slice(&piece[..n]);
                }
                requests.push(String::from_utf8(request).unwrap());
                stream.write_all(answer.as_bytes()).await.unwrap();
                stream.shutdown().await.unwrap();
            }
            requests
        });
        (url, heard)
    }

    /// Whether a request has its head, and the body that the head announces.
    fn whole(request: &[u8]) -> bool {
        let text = String::from_utf8_lossy(request).to_lowercase();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        body.len() >= length.map_or(0, |length| length.parse().unwrap())
    }

    const LISTED: &str = "HTTP/1.1 207 Multi-Status\r\nConnection: close\r\n\r\n<multistatus xmlns='DAV:'><response>\
                          <href>/book/1.vcf</href><propstat><prop><getetag>\"one\"</getetag></prop></propstat></response></multistatus>";
    const CARD: &str =
        "HTTP/1.1 200 OK\r\nETag: \"two\"\r\nConnection: close\r\n\r\nBEGIN:VCARD\r\nFN:Mira\r\nEND:VCARD\r\n";

    /// CARD-021: somebody was quicker, so theirs stands and is read again.
    #[tokio::test]
    async fn a_card_is_written_over_the_version_that_was_read_and_no_other() {
        let quicker = "HTTP/1.1 412 Precondition Failed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        let (url, heard) = server(vec![LISTED, CARD, quicker]).await;
        let mut book = book(&url);
        book.read().await.unwrap();
        book.write("/book/1.vcf", "http://x.localhost/").await.unwrap();
        assert!(book.cards.is_empty(), "it is read again");
        let requests = heard.await.unwrap();
        let put = requests.last().unwrap().to_lowercase();
        assert!(put.starts_with("put /book/1.vcf "), "{put}");
        assert!(put.contains("\r\nif-match: \"two\"\r\n"), "the version that came with the bytes: {put}");
    }

    /// CARD-020
    #[tokio::test]
    async fn a_server_that_sends_somewhere_else_is_not_followed() {
        let elsewhere = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/book/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        let (url, heard) = server(vec![elsewhere]).await;
        let fault = book(&url).list().await.unwrap_err();
        assert!(matches!(fault, Fault::Status(StatusCode::FOUND)), "{fault}");
        assert!(heard.await.unwrap()[0].starts_with("PROPFIND /book/ "));
    }

    /// CARD-002
    #[tokio::test]
    async fn an_answer_without_an_end_is_read_up_to_a_bound() {
        let (url, heard) = server(vec![LISTED]).await;
        let propfind = Method::from_bytes(b"PROPFIND").unwrap();
        let response = book(&url).ask(propfind, "/book/").unwrap().send().await.unwrap();
        assert!(matches!(body(response, 20).await, Err(Fault::Answer("an answer is too large"))));
        heard.await.unwrap();
    }
}
