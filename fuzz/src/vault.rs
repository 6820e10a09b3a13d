//! The body of a damaged vault: rows that were committed are changed, and the conversation is loaded from them.
//!
//! The input is a list of changes: a byte for the row (counted over all of them), a byte for what is done to it, two
//! bytes for a place (little endian), one byte for what is put there. Loading may refuse with a
//! [`LoadError`](kith_proto::conversation::LoadError) and must not panic; what loads may fault in a turn and must not
//! panic either.

use crate::fixture::fixture;
use kith_base::{Mono, Rng, Wall};
use kith_proto::conversation::{Conversation, recovery_before};
use kith_proto::io::{MetaKey, StoredLog, StoredPeer, StoredRecord, View, Write, WriteBatch};
use kith_proto::log::event::Body;
use kith_proto::memory::MemoryVault;
use kith_sim::sealing;

/// Changes of one input.
const CHANGES_MAX: usize = 32;

/// Whether the vault still loads.
pub(crate) fn damaged(bytes: &[u8]) -> bool {
    let of = fixture();
    let mut vault = of.alice.vault.clone();
    let writes = bytes.chunks_exact(5).take(CHANGES_MAX).filter_map(|change| {
        let mut rows = rows(&of.alice.vault);
        rows.extend(records());
        let row = rows.get(usize::from(change[0]) % rows.len())?;
        Some(with(row, |value| change_at(value, change[1], u16::from_le_bytes([change[2], change[3]]), change[4])))
    });
    let writes = writes.collect();
    vault.apply(&WriteBatch { writes });
    goes_on(vault)
}

/// Loads a vault that may say anything, and takes a turn of everything in it; whether it loads.
pub(crate) fn goes_on(vault: MemoryVault) -> bool {
    let of = fixture();
    let _asked = recovery_before(&vault, false);
    let Ok(mut machine) = Conversation::load(&vault, sealing::mls(vault.sealer()), Mono(0)) else { return false };
    let mut rng = Rng::from_number(61);
    let mut turn = machine.turn(&vault, Mono(1), Wall(1), &mut rng);
    turn.connected(of.bob.device);
    for sent in of.packets.iter().filter(|sent| sent.from == of.bob.device) {
        turn.packet(of.bob.device, &sent.bytes);
    }
    let _refused = turn.write(&Body::Text("after the damage".into()));
    let _refused = turn.resend_held();
    turn.tick();
    drop(turn.done());
    drop(machine.transfer().map(|transfer| transfer.encode()));
    let _when = (machine.deadline(), machine.known_peers(), machine.rank());
    let _stands = (machine.held().len(), machine.renewed(), machine.letters(), machine.health(&vault));
    true
}

/// The rows of Alice's own records.
fn records() -> impl Iterator<Item = Write> {
    let alice = &fixture().alice;
    (0..=alice.head.0).filter_map(|seq| alice.vault.record(alice.log, seq)).map(Write::Record)
}

/// Every other row that is read at a load or in a turn, as the write that would make it.
pub(crate) fn rows(vault: &MemoryVault) -> Vec<Write> {
    let keys = [
        MetaKey::Genesis,
        MetaKey::Progress,
        MetaKey::People,
        MetaKey::Introductions,
        MetaKey::Manifest,
        MetaKey::Past,
    ];
    let mut rows: Vec<Write> =
        keys.into_iter().filter_map(|key| Some(Write::Meta(key, Some(vault.meta(key)?)))).collect();
    rows.extend(vault.logs().into_iter().map(Write::Log));
    rows.extend(vault.peers().into_iter().map(Write::Peer));
    rows.extend(vault.sealer().into_iter().map(|(key, value)| Write::Sealer(key, Some(value))));
    rows
}

pub(crate) fn with(row: &Write, change: impl Fn(&[u8]) -> Vec<u8>) -> Write {
    match row {
        Write::Meta(key, value) => Write::Meta(*key, value.as_deref().map(change)),
        Write::Log(row) => Write::Log(StoredLog { state: change(&row.state), ..row.clone() }),
        Write::Peer(row) => Write::Peer(StoredPeer { state: change(&row.state), ..row.clone() }),
        Write::Record(row) => Write::Record(StoredRecord { bytes: change(&row.bytes), ..row.clone() }),
        Write::Sealer(key, value) => Write::Sealer(key.clone(), value.as_deref().map(change)),
        other => other.clone(),
    }
}

fn change_at(value: &[u8], how: u8, at: u16, byte: u8) -> Vec<u8> {
    let mut value = value.to_vec();
    let at = if value.is_empty() { 0 } else { usize::from(at) % value.len() };
    match how % 6 {
        0 if !value.is_empty() => value[at] ^= byte,
        1 if !value.is_empty() => value[at] = byte,
        2 => value.truncate(at),
        3 => value.insert(at, byte),
        4 if !value.is_empty() => drop(value.remove(at)),
        5 => value.clear(),
        _ => {}
    }
    value
}
