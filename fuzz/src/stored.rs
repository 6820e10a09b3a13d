//! The body of whole stored rows: what a vault's file may say in place of a row that was committed.
//!
//! The first byte of an input chooses the row, counted over the rows of several vaults; the rest stands in its place. Unlike
//! [`crate::vault`], which changes single bytes, the mutations of this body know the canonical encoding, and so come deep
//! into each row. What is asked for is the same: a load that refuses or a turn that goes on or faults, and no panic.

use crate::fixture::{Fixture, fixture};
use crate::identity::person;
use crate::vault::{goes_on, rows, with};
use kith_base::{ConversationId, Mono, Rng, Secret, Wall};
use kith_proto::conversation::{Conversation, Founding, Over, Prospect, Transfer, Turn};
use kith_proto::crypto::{KemSecret, SignKey};
use kith_proto::identity::{Device, DeviceList, Manifest, Role};
use kith_proto::io::{View, Write, WriteBatch};
use kith_proto::log::event::Body;
use kith_proto::log::packet::Packet;
use kith_proto::memory::MemoryVault;
use kith_sim::sealing;
use std::sync::LazyLock;

const NOW: Wall = Wall(1_780_000_000_000);

/// A row, and the vault that it stands in.
struct Stored {
    vault: MemoryVault,
    row: Write,
}

/// Whether the vault loads with another row.
pub(crate) fn stored_row(bytes: &[u8]) -> bool {
    let Some((at, row)) = bytes.split_first() else { return false };
    let Some(stored) = stored().get(usize::from(*at)) else { return false };
    let mut vault = stored.vault.clone();
    vault.apply(&WriteBatch { writes: vec![with(&stored.row, |_| row.to_vec())] });
    goes_on(vault)
}

/// The inputs that change nothing.
pub(crate) fn real() -> Vec<Vec<u8>> {
    let input = |(at, stored): (u8, &Stored)| {
        let row = match &stored.row {
            Write::Meta(_, Some(value)) => value,
            Write::Log(row) => &row.state,
            Write::Peer(row) => &row.state,
            _ => return None,
        };
        Some([&[at], &row[..]].concat())
    };
    (0..).zip(stored()).filter_map(input).collect()
}

/// The rows that decide how a conversation stands, of four vaults: after a talk, with letters to carry, with a frozen
/// list, and after the two paired anew.
fn stored() -> &'static [Stored] {
    static STORED: LazyLock<Vec<Stored>> = LazyLock::new(|| {
        let of = fixture();
        let vaults = [of.alice.vault.clone(), of.with_letters.clone(), frozen(of), anew(of)];
        let rows_of = |vault: MemoryVault| {
            let rows = rows(&vault).into_iter();
            let rows = rows.filter(|row| matches!(row, Write::Meta(..) | Write::Log(_) | Write::Peer(_)));
            rows.map(|row| Stored { vault: vault.clone(), row }).collect::<Vec<_>>()
        };
        vaults.into_iter().flat_map(rows_of).collect()
    });
    &STORED
}

/// Alice's vault after Bob's device said three things of his list that can't all be.
fn frozen(of: &Fixture) -> MemoryVault {
    let mut rng = Rng::from_number(81);
    let bundle = Transfer::decode(&of.transfer).map(|transfer| transfer.bundles().1[0].clone()).unwrap();
    let mut draft = of.bob.list.successor();
    let (sign, kem) = (SignKey::generate(&mut rng).public(), KemSecret::generate(&mut rng).public());
    draft.devices.push(Device { sign, kem, role: Role::Both, capabilities: 0 });
    let one = DeviceList::sign(draft.clone(), &bundle, &of.bob.pairwise).unwrap();
    draft.devices[1].capabilities = 9;
    let other = DeviceList::sign(draft, &bundle, &of.bob.pairwise).unwrap();
    let mut fewer = one.successor();
    fewer.devices.truncate(1);
    let fewer = DeviceList::sign(fewer, &bundle, &of.bob.pairwise).unwrap();
    let mut vault = of.alice.vault.clone();
    for list in [one, other, fewer] {
        let packet = Packet::List(list.bytes().to_vec()).encode();
        turn(&mut vault, |turn| turn.packet(of.bob.device, &packet));
    }
    vault
}

/// Alice's vault after the two paired anew while a text of hers waited.
fn anew(of: &Fixture) -> MemoryVault {
    let mut rng = Rng::from_number(82);
    let mut vault = of.alice.vault.clone();
    turn(&mut vault, |turn| {
        turn.write(&Body::Text("for the keys of before".into())).unwrap();
    });
    let mut side = || {
        let prospect = Prospect::new(&person().recovery, &mut rng).unwrap();
        let mut sealer = sealing::mls(Vec::new());
        let offer = prospect.offer(sealer.as_mut(), &mut rng).unwrap();
        (prospect, offer, sealer)
    };
    let ((prospect, my_offer, mut sealer), (theirs, their_offer, _)) = (side(), side());
    let founding = Founding {
        conversation: ConversationId::from_bytes([5; 32]),
        prospect,
        my_offer,
        their_bundle: theirs.bundle,
        their_list: theirs.list,
        their_device: theirs.device,
        their_offer: their_offer.offer,
        pair_secret: Secret::new([6; 32]),
        their_card: b"card".to_vec(),
        their_manifest: Manifest::CURRENT,
    };
    let vouch = SignKey::generate(&mut rng);
    let over = Over { verified: true, vouch: Some(&vouch), wall: NOW };
    let batch = founding.over(&vault, &over, sealer.as_mut(), &mut rng).unwrap();
    vault.apply(&batch);
    vault
}

/// One turn, committed.
fn turn(vault: &mut MemoryVault, act: impl FnOnce(&mut Turn<'_>)) {
    let mut machine = Conversation::load(vault, sealing::mls(vault.sealer()), Mono(0)).unwrap();
    let mut rng = Rng::from_number(83);
    let mut turn = machine.turn(vault, Mono(1), NOW, &mut rng);
    act(&mut turn);
    let step = turn.done().unwrap();
    vault.apply(&step.batch);
}
