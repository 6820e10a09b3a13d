//! Hostile bytes: a *fuzz body* for every decoder that a peer, a link, a file or a socket can reach.
//!
//! A body takes any bytes and runs one decoder on them as the product would. It panics when the decoder does, or when
//! something that the decoder promises does not hold: what is accepted and comes out at its own length is the very bytes
//! that went in, nothing grows beyond its input, ids stay, a refusal changes nothing. It returns whether the bytes were
//! taken for what they claim to be, so that a corpus of real traffic can be held to being real.
//!
//! | body | decoder | who reaches it |
//! |---|---|---|
//! | `fields` | `base::codec::Fields`, all accessors | everybody |
//! | `text_ids` | ids in text | local clients |
//! | `packet` | `proto::log::packet` and all that stands in one | a greeted device |
//! | `record`, `head`, `receipt`, `welcome`, `offer` | the parts of a packet by themselves | a greeted device |
//! | `short_record`, `short_receipt` | what stands for a record or receipt on a connection | a greeted device |
//! | `carried_letter`, `letter`, `acquaintance` | letters of new devices, closed and open, and that they were taken | whoever carries them; who wrote one |
//! | `event_header`, `event_body`, `carried_events` | what a record's plaintext holds | a contact's device |
//! | `bundle`, `device_list`, `manifest`, `recovery_key` | `proto::identity`; lists are signed with the real keys | a contact, a sibling |
//! | `manifest_statement` | what a device says of its program, signed with its real key | a contact's device |
//! | `seed_words` | `Root::from_words`, `check_words` | a local client |
//! | `pairing_introduction` | who somebody says to be | who has the code |
//! | `pairing_inviter`, `pairing_accepter` | each message of a pairing at the machine that awaits it | anybody while a code is open |
//! | `pairing_code`, `pairing_link` | what people type | whoever gives a code or link |
//! | `pairing_attempts`, `prospect`, `transfer` | stored pairing state; what a new device is given | a file, a sibling |
//! | `file_ask` | a question on a stream of files | a contact's device |
//! | `file_name` | what a sender calls a file | a contact's device |
//! | `file_pieces` | which pieces of a file are here | a file |
//! | `hello` | proof and greeting; greetings are signed with the real key | anybody; a contact's device |
//! | `heartbeat` | datagrams | anybody |
//! | `mls_welcome`, `mls_record`, `mls_key_package` | the real sealer: join, open, commit | a contact's device |
//! | `conversation` | a live conversation against a contact who signs and seals whatever it likes | a contact's device |
//! | `damaged_vault`, `stored_row` | `Conversation::load` on changed rows, and a turn of it | a file |
//! | `notice` | what a timeline tells its own person | a file |
//!
//! With the feature `carriers`:
//!
//! | body | decoder | who reaches it |
//! |---|---|---|
//! | `card` | `net::Card` | a contact, a link |
//! | `mdns` | DNS messages and what is believed of them | anybody on the LAN |
//! | `frames` | length-prefixed messages on a stream | anybody who can open a QUIC connection |
//! | `api_call` | the JSON of a call | local clients, pages |
//! | `http` | a whole HTTP connection: guard, routes, the exchange of keys | any local program, any page |
//! | `websocket` | frames after a good handshake | a page with a bearer |
//! | `local_socket` | lines on the local socket | this user's programs |
//! | `config` | `config.toml` | a file |
//! | `cards` | `cards::read`: files of address-book cards | who exported them, and everybody in them |
//! | `key_file` | the device's master key | a file |
//! | `backup_start`, `backup_entries` | what stands before a backup's chunks, and in them | a file; who knows its passphrase |
//! | `stored_invitation`, `stored_intent`, `stored_renewal` | rows of the home vault | a file |
//!
//! Not here, and why: QUIC, TLS, DNS, HTTP and JSON themselves are other projects' parsers, which fuzz themselves; SQLCipher
//! authenticates its pages before SQLite sees them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a body says by a panic that something does not hold"
)]

pub mod corpus;
pub mod mutate;

mod contact;
mod files;
mod fixture;
mod hello;
mod identity;
mod log;
mod pairing;
mod property;
mod record;
mod sealing;
mod stored;
mod vault;

#[cfg(feature = "carriers")]
mod carriers;
#[cfg(feature = "carriers")]
mod home;

pub use record::record;

/// Runs a decoder on any bytes; whether they were taken for what they claim to be.
pub type Run = fn(&[u8]) -> bool;

/// One decoder under test.
#[derive(Debug, Clone, Copy)]
pub struct Body {
    /// Its name: also of its corpus, its test and its fuzz target.
    pub name: &'static str,
    /// The body.
    pub run: Run,
    /// How many mutations of its corpus the test command tries: what a second or two pays for.
    pub mutations: u64,
}

/// Names every body once: `with!` is given `name: mutations => function` for each.
#[macro_export]
macro_rules! each_body {
    ($with:ident) => {
        $with! {
            fields: 200_000 => log::fields,
            text_ids: 100_000 => log::text_ids,
            packet: 100_000 => log::packet,
            record: 100_000 => log::record,
            short_record: 100_000 => log::short_record,
            short_receipt: 100_000 => log::short_receipt,
            head: 50_000 => log::head,
            receipt: 20_000 => log::receipt,
            welcome: 50_000 => log::welcome,
            offer: 20_000 => log::offer,
            carried_letter: 50_000 => log::carried_letter,
            letter: 4_000 => log::letter,
            acquaintance: 20_000 => log::acquaintance,
            notice: 100_000 => log::notice,
            event_header: 100_000 => log::event_header,
            event_body: 100_000 => log::event_body,
            carried_events: 100_000 => log::carried_events,
            bundle: 20_000 => identity::bundle,
            device_list: 4_000 => identity::device_list,
            manifest: 100_000 => identity::manifest,
            manifest_statement: 10_000 => identity::manifest_statement,
            recovery_key: 20_000 => identity::recovery_key,
            seed_words: 20_000 => identity::seed_words,
            pairing_introduction: 4_000 => pairing::introduction,
            pairing_inviter: 2_000 => pairing::inviter,
            pairing_accepter: 2_000 => pairing::accepter,
            pairing_code: 20_000 => pairing::code,
            pairing_link: 50_000 => pairing::link,
            pairing_attempts: 100_000 => pairing::attempts,
            prospect: 4_000 => pairing::prospect,
            transfer: 2_000 => pairing::transfer,
            file_ask: 100_000 => files::ask,
            file_pieces: 4_000 => files::pieces,
            file_name: 50_000 => files::file_name,
            hello: 10_000 => hello::hello,
            heartbeat: 50_000 => hello::heartbeat,
            mls_welcome: 1_000 => sealing::welcome,
            mls_record: 2_000 => sealing::record,
            mls_key_package: 1_000 => sealing::key_package,
            conversation: 400 => contact::conversation,
            damaged_vault: 400 => vault::damaged,
            stored_row: 3_000 => stored::stored_row,
        }
    };
}

/// Names every body of the carriers once, as [`each_body`].
#[macro_export]
macro_rules! each_carrier_body {
    ($with:ident) => {
        $with! {
            card: 50_000 => carriers::card,
            mdns: 20_000 => carriers::mdns,
            frames: 50_000 => carriers::frames,
            api_call: 50_000 => carriers::api_call,
            http: 2_000 => carriers::http,
            websocket: 1_000 => carriers::websocket,
            local_socket: 2_000 => carriers::local_socket,
            config: 10_000 => home::config,
            cards: 20_000 => home::cards,
            key_file: 50_000 => home::key_file,
            backup_start: 50_000 => home::backup_start,
            backup_entries: 20_000 => home::backup_entries,
            stored_invitation: 20_000 => home::stored_invitation,
            stored_intent: 20_000 => home::stored_intent,
            stored_renewal: 4_000 => home::stored_renewal,
        }
    };
}

macro_rules! table {
    ($($name:ident: $mutations:literal => $run:path,)*) => {
        &[$(Body { name: stringify!($name), run: $run, mutations: $mutations },)*]
    };
}

/// The bodies of the core.
pub const CORE: &[Body] = each_body!(table);

/// The bodies of the carriers; none without the feature.
#[cfg(feature = "carriers")]
pub const CARRIERS: &[Body] = each_carrier_body!(table);
/// The bodies of the carriers; none without the feature.
#[cfg(not(feature = "carriers"))]
pub const CARRIERS: &[Body] = &[];

/// All bodies.
pub fn bodies() -> impl Iterator<Item = Body> {
    CORE.iter().chain(CARRIERS).copied()
}

/// The body of this name.
pub fn body(name: &str) -> Option<Body> {
    bodies().find(|body| body.name == name)
}
