//! The homes in `tests/snapshots`, and all that is in a home as text.

use kith_base::{ContactId, DeviceId};
use kith_proto::io::{EventRow, MetaKey, View};
use kith_store::{ContactRow, ConversationVault, Durability, Home, StoreError};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Characters of a text that are shown.
const SHOWN: usize = 48;

fn folder() -> PathBuf {
    Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("tests/snapshots")
}

/// The released schemas that a snapshot is kept of, oldest first.
pub(crate) fn schemas() -> Vec<String> {
    let entries = fs::read_dir(folder()).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_dir());
    let mut schemas: Vec<String> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    schemas.sort();
    schemas
}

/// A copy of a snapshot's home.
pub(crate) fn copy_of(schema: &str, who: &str) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    copy_to(schema, who, copy.path());
    copy
}

/// Copies a snapshot's home into a folder.
pub(crate) fn copy_to(schema: &str, who: &str, folder_of_copy: &Path) {
    let from = folder().join(schema).join(who);
    fs::create_dir_all(folder_of_copy.join("vaults")).unwrap();
    for inner in ["", "vaults"] {
        for entry in fs::read_dir(from.join(inner)).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                fs::copy(entry.path(), folder_of_copy.join(inner).join(entry.file_name())).unwrap();
            }
        }
    }
}

/// What was in a home when its snapshot was made, as [`describe`] said it.
pub(crate) fn recorded(schema: &str, who: &str) -> Option<String> {
    fs::read_to_string(folder().join(schema).join(format!("{who}.txt"))).ok()
}

/// Opens a copy, with the passphrase that lies in it if one does.
pub(crate) fn open(home: &Path) -> Result<Home, StoreError> {
    let passphrase = fs::read_to_string(home.join("passphrase")).ok();
    Home::open(home, passphrase.as_deref().map(str::trim_end), Durability::Full)
}

/// All that is in a home, one line for each row: registry, then the vaults. The sealer's rows are not in it, as they are
/// disposable (VAULT-016).
pub(crate) fn describe(home: &Home) -> String {
    let mut text = String::new();
    let registry = home.registry();
    let own_name = registry.local("name").unwrap().unwrap_or_default();
    writeln!(text, "home of {}", String::from_utf8(own_name).unwrap()).unwrap();
    for name in ["root made", "root words", "home label", "endpoint key", "web port", "udp port", "beat port"] {
        writeln!(text, "local {name}: {}", registry.local(name).unwrap().map_or_else(String::new, |v| bytes(&v)))
            .unwrap();
    }
    let contacts = registry.contacts().unwrap();
    for contact in &contacts {
        let ContactRow { id, name, state, stage, failure, side, host_label, verified, .. } = contact;
        let conversation = contact.conversation.map_or_else(String::new, |id| id.to_string());
        writeln!(
            text,
            "contact {id} {name:?} {state} {stage} {failure:?} {side} {host_label} {conversation:?} {verified}"
        )
        .unwrap();
        let parts =
            [&contact.mark, &contact.bundle, contact.their_bundle.as_ref().unwrap_or(&vec![]), &contact.identity]
                .map(|part| bytes(part));
        writeln!(text, "  {} created {} extra {}", parts.join(" "), contact.created.0, bytes(&contact.extra)).unwrap();
    }
    for peer in registry.peers().unwrap() {
        let secret = bytes(peer.pair_secret.expose());
        let (card, extra) = (bytes(&peer.card), bytes(&peer.extra));
        writeln!(text, "peer {} of {} {secret} {card} {} {extra}", peer.device, peer.contact, peer.beat_seen).unwrap();
    }
    for invitation in registry.invitations().unwrap() {
        let (name, state) = (bytes(&invitation.name), bytes(&invitation.state));
        writeln!(text, "invitation of {} {} {name} {state}", invitation.contact, invitation.kind).unwrap();
    }
    writeln!(
        text,
        "intents {}, recovery keys {}",
        registry.intents().unwrap().len(),
        registry.recovery_left().unwrap()
    )
    .unwrap();
    for contact in contacts.iter().filter(|contact| contact.conversation.is_some()) {
        let vault = home.open_vault(contact.vault.as_ref().unwrap()).unwrap();
        describe_vault(&vault, contact.id, &mut text);
    }
    text
}

fn describe_vault(vault: &ConversationVault, contact: ContactId, text: &mut String) {
    writeln!(text, "vault of {contact}").unwrap();
    for key in [MetaKey::Genesis, MetaKey::Progress, MetaKey::People, MetaKey::Introductions, MetaKey::Manifest] {
        writeln!(text, "meta {key:?}: {}", vault.meta(key).map_or_else(|| "none".into(), |value| bytes(&value)))
            .unwrap();
    }
    for row in 1..=vault.last_row().0 {
        let Some(event) = vault.event(EventRow(row)) else {
            writeln!(text, "event {row} is gone").unwrap();
            continue;
        };
        let (header, body) = (bytes(&event.header), body(vault.body(EventRow(row))));
        writeln!(text, "event {row} {} by {} of {}", event.id, event.device, event.person).unwrap();
        writeln!(
            text,
            "  counter {} kind {} written {} arrived {} mine {} late {} erased {} edited {:?} {:?}\n  header {header}\n  body {body}",
            event.counter,
            event.kind,
            event.written.0,
            event.arrived.0,
            event.mine,
            event.late,
            event.erased,
            event.edited_by.map(|row| row.0),
            event.delivery,
        )
        .unwrap();
        for owed in vault.owed_for(EventRow(row)) {
            writeln!(text, "  owed to {} in {:?} alone {}", owed.device, owed.seq, owed.alone).unwrap();
        }
    }
    for log in vault.logs() {
        writeln!(text, "log {} of {} {}", log.log, log.device, bytes(&log.state)).unwrap();
        for record in (0..100).filter_map(|seq| vault.record(log.log, seq)) {
            writeln!(text, "  record {} {}", record.seq, bytes(&record.bytes)).unwrap();
        }
    }
    let peers: Vec<DeviceId> = vault
        .peers()
        .into_iter()
        .map(|peer| {
            writeln!(text, "device {} {}", peer.device, bytes(&peer.state)).unwrap();
            peer.device
        })
        .collect();
    for welcome in peers.iter().filter_map(|device| vault.welcome(*device)) {
        writeln!(text, "welcome {}", bytes(&welcome)).unwrap();
    }
    let seen = vault.local("seen row").unwrap().map_or_else(String::new, |value| bytes(&value));
    writeln!(text, "local seen row: {seen}").unwrap();
}

/// Bytes as their number and their hash (FNV-1a): enough to see that they are the same, and nothing of keys.
fn bytes(bytes: &[u8]) -> String {
    let fold = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
    format!("{}:{:016x}", bytes.len(), bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, fold))
}

/// A body, with its beginning as text.
fn body(body: Option<Vec<u8>>) -> String {
    let Some(body) = body else { return "none".to_owned() };
    let start: String = String::from_utf8_lossy(&body).chars().take(SHOWN).collect();
    let shown = |c: char| if c.is_control() || c == '\u{fffd}' { '.' } else { c };
    format!("{} {}", bytes(&body), start.chars().map(shown).collect::<String>())
}
