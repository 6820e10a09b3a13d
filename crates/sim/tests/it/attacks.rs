//! Attacks on sealing and on the core's contract, each as the flawed design would have lost to it.

use kith_base::Secret;
use kith_base::codec::Fields;
use kith_proto::crypto::KemSecret;
use kith_proto::io::{Delivery, MetaKey, View};
use kith_proto::log::packet::Packet;
use kith_proto::log::record::position;
use kith_proto::sealer::mls::MlsSealer;
use kith_proto::sealer::{JoinError, LeafKey, Opened, Sealer, SealerRow};
use kith_sim::journal::Journal;
use kith_sim::model_sealer::{Damage, look_into};
use kith_sim::scenario::{self, Plan};
use kith_sim::sealing::{self, Rows, Sealing, Twist};
use kith_sim::world::{Faults, World, says};
use std::collections::{BTreeMap, BTreeSet};

const ALICE: usize = 0;
const BOB: usize = 1;
const BOB_2: usize = 2;
const HAPPENINGS: usize = 2_000;
/// So long that a writer rekeys.
const DAY_US: u64 = 25 * 3600 * 1_000_000;

fn acquainted(sealing: Sealing) -> World {
    let mut world = World::pair(5, sealing, Journal::kept()).unwrap();
    world.wish(ALICE, says("one")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    world
}

/// F1: a message was sealed when Bob's new device was not there. Bob loses his keys, and the message has to be sealed
/// again: to him alone, though the group has the new device by then.
#[test]
fn f1_what_is_sealed_again_does_not_show_old_messages_to_who_came_later() {
    let mut world = acquainted(sealing::model);
    world.faults = Faults { lost: 1000, ..world.faults };
    world.wish(ALICE, says("about your new device")).unwrap();
    world.disconnect(ALICE, BOB).unwrap();
    world.faults = Faults { delay_us: 1_000, ..Faults::default() };
    world.join_beside(BOB, "Bob-2").unwrap();
    let newcomer = world.nodes[BOB_2].id;
    // The new device is in Alice's group before the first one has lost its keys.
    world.connect(BOB, BOB_2).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    let (alice, bob) = (world.nodes[ALICE].id, world.nodes[BOB].id);
    let list = world.nodes[BOB].machine.as_ref().unwrap().own_list().unwrap().to_vec();
    let letter = world.past().iter().find_map(|(_, _, packet)| match Packet::decode(packet) {
        Ok(Packet::Introduction(letter)) if letter.to == alice => Some(packet.clone()),
        _ => None,
    });
    for packet in [letter.unwrap(), Packet::List(list).encode()] {
        world.inject(bob, ALICE, packet).unwrap();
    }
    assert!(world.connect(ALICE, BOB_2).unwrap());
    world.until_quiet(HAPPENINGS).unwrap();
    let leaves = world.nodes[ALICE].machine.as_ref().unwrap().health(&world.nodes[ALICE].vault).devices;
    assert!(leaves.iter().any(|known| known.device == newcomer && known.has_leaf));
    world.damage(BOB, Damage::GroupLost).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB), ["one", "about your new device"]);
    assert!(world.texts(BOB_2).is_empty(), "{:?}", world.texts(BOB_2));
    for (_, _, packet) in world.said() {
        let Packet::Record(record) = packet else { continue };
        let Some(sealed) = record.body.as_deref().and_then(look_into) else { continue };
        let shows = sealed.plaintext.windows(5).any(|bytes| bytes == b"about");
        assert!(!shows || !sealed.readers.contains(&newcomer), "record {}", record.header.seq);
    }
    // What is written from here on is for both.
    world.wish(ALICE, says("for both of you")).unwrap();
    world.heal(HAPPENINGS).unwrap();
    assert_eq!(world.texts(BOB_2), ["for both of you"]);
}

/// The packets that were sent last.
fn packets(world: &World) -> BTreeSet<Vec<u8>> {
    world.said().iter().map(|(_, _, packet)| packet.encode()).collect()
}

/// Somebody who copied all that a device of Bob's holds, and hears every packet to it.
struct Eavesdropper {
    sealer: Box<dyn Sealer + Send>,
    kem: KemSecret,
    writer: LeafKey,
    heard: BTreeSet<Vec<u8>>,
    read: Vec<Vec<u8>>,
}

impl Eavesdropper {
    fn copy(world: &World) -> Self {
        let genesis = world.nodes[BOB].vault.meta(MetaKey::Genesis).unwrap();
        let kem = KemSecret::from_secret(Secret::new(Fields::parse(&genesis).unwrap().array(5).unwrap()));
        let writer = LeafKey { device: world.nodes[ALICE].id, key: world.nodes[ALICE].key.public() };
        let sealer = Box::new(MlsSealer::load(world.nodes[BOB].vault.sealer()));
        Self { sealer, kem, writer, heard: packets(world), read: Vec::new() }
    }

    /// Opens what can be opened of what was sent since it listened last; says how many plaintexts that were.
    fn listen(&mut self, world: &World) -> usize {
        let before = self.read.len();
        for (from, to, packet) in world.said() {
            if (*from, *to) != (ALICE, BOB) || !self.heard.insert(packet.encode()) {
                continue;
            }
            match packet {
                Packet::Welcome(welcome) => {
                    if let Ok(mls) = welcome.open(&self.writer.key, &self.kem) {
                        self.sealer.join(welcome.entrance.log, self.writer, &mls).ok();
                    }
                }
                Packet::Record(record) => {
                    let place = position(record.header.log, record.header.seq, record.header.prev);
                    let Some(body) = &record.body else { continue };
                    if let Ok(Opened::Application(text)) =
                        self.sealer.open(record.header.log, self.writer, &place, body)
                    {
                        self.read.push(text);
                    }
                }
                _ => {}
            }
        }
        self.read.len() - before
    }
}

/// F6: all that Bob's device held was copied once. One rekey after he and Alice have exchanged packets, the copy opens
/// nothing that she writes, though it hears every byte and holds the offer that stood at her.
#[test]
fn f6_a_copied_reader_opens_nothing_one_rekey_after_packets_went_both_ways() {
    let mut world = acquainted(sealing::mls);
    world.connect(ALICE, BOB).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    let mut thief = Eavesdropper::copy(&world);
    let mut opened = Vec::new();
    for day in 0..4 {
        world.wish(ALICE, says(&format!("day {day}"))).unwrap();
        world.until_quiet(HAPPENINGS).unwrap();
        opened.push(thief.listen(&world));
        world.run_for(DAY_US).unwrap();
    }
    // The first day's message was sealed to what was copied; the next rekey uses the offer that was copied with it.
    assert_eq!(opened, [1, 1, 0, 0]);
    assert_eq!(world.texts(BOB), ["one", "day 0", "day 1", "day 2", "day 3"]);
}

/// F6: one offer lets its device into one commit. Who takes a device's state when the offer is used up opens no Welcome
/// that was recorded before.
#[test]
fn f6_one_offer_opens_one_welcome_and_no_recorded_one() {
    let mut world = acquainted(sealing::mls);
    world.connect(ALICE, BOB).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    world.run_for(DAY_US).unwrap();
    world.wish(ALICE, says("two")).unwrap();
    world.until_quiet(HAPPENINGS).unwrap();
    let mut late = Eavesdropper::copy(&world);
    let welcomes = world.past().iter().filter_map(|(from, to, packet)| match Packet::decode(packet) {
        Ok(Packet::Welcome(welcome)) if (*from, *to) == (ALICE, BOB) => Some(welcome),
        _ => None,
    });
    let mut recorded = 0;
    for welcome in welcomes {
        let mls = welcome.open(&late.writer.key, &late.kem).unwrap();
        let joined = late.sealer.join(welcome.entrance.log, late.writer, &mls);
        assert_eq!(joined, Err(JoinError::UnknownKeyPackage));
        recorded += 1;
    }
    assert!(recorded > 0);
    late.heard.clear();
    assert_eq!(late.listen(&world), 0, "and no message that was recorded before");
}

/// MLS that is loaded from its rows again before each turn.
struct Forgetful(BTreeMap<Vec<u8>, Vec<u8>>);

fn forgetful(rows: Rows) -> Box<dyn Sealer + Send> {
    sealing::twisted(MlsSealer::load(rows.clone()), Forgetful(rows.into_iter().collect()))
}

impl Twist<MlsSealer> for Forgetful {
    fn drained(&mut self, inner: &mut MlsSealer, changed: &[SealerRow]) {
        for (key, value) in changed {
            match value {
                Some(value) => self.0.insert(key.clone(), value.clone()),
                None => self.0.remove(key),
            };
        }
        *inner = MlsSealer::load(self.0.clone());
    }
}

/// F17: the core and MLS under it are a function of the seed: what happened is the same line by line, and the packets
/// byte by byte.
#[test]
fn f17_the_same_seed_on_mls_gives_the_same_bytes() {
    let run = || scenario::run(3, Plan { steps: 30, ..Plan::MLS }, Journal::kept()).unwrap();
    let (one, other) = (run(), run());
    assert!(one.past().iter().any(|(_, _, packet)| packet.len() > 1_000));
    assert_eq!(one.past(), other.past());
    assert_eq!(one.history(), other.history());
    assert_eq!(one.journal.lines(), other.journal.lines());
}

/// F17: whatever MLS holds is in its rows when a turn ends: dropping it and loading it again between any two turns
/// changes nothing, not even a byte.
#[test]
fn f17_mls_that_is_loaded_again_between_any_two_turns_gives_the_same_bytes() {
    for seed in [3, 8] {
        let plan = Plan { steps: 30, ..Plan::MLS };
        let held = scenario::run(seed, plan, Journal::silent()).unwrap();
        let loaded = scenario::run(seed, Plan { sealing: forgetful, ..plan }, Journal::silent()).unwrap();
        assert_eq!(loaded.history(), held.history());
        assert_eq!(loaded.past(), held.past());
    }
}

/// F20: a device whose disk was set back hears which head the other holds of its log before it seals anything there. It
/// uses no place twice, stops, and keeps what it wrote.
#[test]
fn f20_a_device_hears_of_its_own_head_before_it_seals() {
    for sealing in [sealing::model as Sealing, sealing::mls] {
        let mut world = acquainted(sealing);
        let backup = world.nodes[ALICE].vault.clone();
        world.wish(ALICE, says("two")).unwrap();
        world.heal(HAPPENINGS).unwrap();
        world.set_back(ALICE, backup).unwrap();
        world.wish(ALICE, says("written in the past")).unwrap();
        let row = world.nodes[ALICE].vault.last_row();
        let before = world.journal.lines().len();
        world.connect(ALICE, BOB).unwrap();
        world.until_quiet(HAPPENINGS).unwrap();
        let said = |by: &str| -> Vec<String> {
            let by = format!("  {by:<8} send ");
            let lines = world.journal.lines()[before..].iter().filter(|line| line.contains(&by));
            lines.filter_map(|line| Some(line.split_once(": ")?.1.to_owned())).collect()
        };
        let of_bob = said("Bob-1");
        let head = of_bob.iter().position(|packet| packet.starts_with("head")).unwrap();
        let receipt = of_bob.iter().position(|packet| packet.starts_with("receipt")).unwrap();
        assert!(head < receipt, "the head comes in front of what lets her seal");
        let sealed = |packet: &String| packet.starts_with("record") || packet.starts_with("welcome");
        assert!(!said("Alice-1").iter().any(sealed), "she seals nothing");
        assert!(world.nodes[ALICE].machine.as_ref().unwrap().retired());
        let kept = world.nodes[ALICE].vault.event(row).unwrap();
        assert_eq!(kept.delivery, Delivery::Waiting);
        assert!(world.nodes[ALICE].vault.body(row).is_some());
    }
}
