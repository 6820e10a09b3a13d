//! Two devices that have talked on the real sealer, and everything they know: what the bodies stand on.
//!
//! Made once for each process, from fixed seeds, by the simulator: so a corpus recorded from it is accepted by it.

use kith_base::codec::Fields;
use kith_base::{ConversationId, DeviceId, HeadHash, LogId, PersonId, RecordHash, Rng, Secret};
use kith_proto::conversation::Transfer;
use kith_proto::crypto::{KemPublic, KemSecret, SignKey};
use kith_proto::identity::{Bundle, DeviceList};
use kith_proto::io::{EventRow, MetaKey, View};
use kith_proto::log::carried::Shared;
use kith_proto::log::event::EventHeader;
use kith_proto::log::introduction::Introduction;
use kith_proto::log::packet::Packet;
use kith_proto::log::record::LogHeader;
use kith_proto::memory::MemoryVault;
use kith_sim::journal::Journal;
use kith_sim::sealing;
use kith_sim::world::{Wish, World, says};
use std::sync::LazyLock;

const ALICE: usize = 0;
const BOB: usize = 1;
const HAPPENINGS: usize = 5_000;
/// Long enough for a few packets each way, in microseconds.
const SOON_US: u64 = 300_000;

/// One side: its device, its keys, and its vault at the end of the talk.
pub(crate) struct Side {
    pub(crate) device: DeviceId,
    pub(crate) person: PersonId,
    pub(crate) sign: SignKey,
    pub(crate) kem: KemSecret,
    pub(crate) pairwise: SignKey,
    pub(crate) list: DeviceList,
    pub(crate) log: LogId,
    /// The newest record of its log.
    pub(crate) head: (u64, RecordHash),
    pub(crate) vault: MemoryVault,
}

/// A packet that one of the two sent.
pub(crate) struct Sent {
    pub(crate) from: DeviceId,
    pub(crate) bytes: Vec<u8>,
}

/// What the bodies stand on.
pub(crate) struct Fixture {
    pub(crate) conversation: ConversationId,
    pub(crate) alice: Side,
    pub(crate) bob: Side,
    /// What the two sent each other, and what a second device of Alice's added to it.
    pub(crate) packets: Vec<Sent>,
    /// Alice's vault when that device had just asked to join: it carries letters that nobody has taken.
    pub(crate) with_letters: MemoryVault,
    /// The signing key of that second device, and its letter to Bob.
    pub(crate) carol: SignKey,
    pub(crate) introduction: Introduction,
    /// What that second device was given to ask with.
    pub(crate) transfer: Vec<u8>,
    /// Alice's letter key for Bob, to seal to.
    pub(crate) alice_kem: KemPublic,
}

impl Fixture {
    /// What the events of Alice's log say alike.
    pub(crate) fn shared(&self) -> Shared {
        let written = self.alice.vault.event(EventRow(1)).and_then(|event| EventHeader::decode(&event.header).ok());
        let audience = written.map_or(HeadHash::from_bytes([0; 32]), |header| header.audience);
        Shared { conversation: self.conversation, person: self.alice.person, device: self.alice.device, audience }
    }
}

/// The one fixture of this process.
pub(crate) fn fixture() -> &'static Fixture {
    static FIXTURE: LazyLock<Fixture> = LazyLock::new(|| talk().unwrap_or_else(|what| panic!("the fixture: {what}")));
    &FIXTURE
}

fn talk() -> Result<Fixture, String> {
    let broken = |error: kith_sim::Broken| error.to_string();
    let mut world = World::pair(7, sealing::mls, Journal::silent()).map_err(broken)?;
    world.wish(ALICE, says("before we met")).map_err(broken)?;
    world.heal(HAPPENINGS).map_err(broken)?;
    for turn in 0..6 {
        world.wish(turn % 2, says(&format!("message {turn}, with some words in it"))).map_err(broken)?;
        world.heal(HAPPENINGS).map_err(broken)?;
    }
    let first = world.id_at(ALICE, EventRow(1)).ok_or("no event")?;
    world.wish(ALICE, Wish::Delete(first)).map_err(broken)?;
    world.wish(BOB, Wish::Shown(EventRow(3))).map_err(broken)?;
    world.heal(HAPPENINGS).map_err(broken)?;
    let mut packets = sent(&world);

    let conversation = world.node(ALICE).map_err(broken)?.machine.as_ref().ok_or("down")?.id();
    let alice = side(&world, ALICE, conversation)?;
    let bob = side(&world, BOB, conversation)?;
    let transfer = transfer(&world, ALICE)?.encode();

    // What follows happens after the vaults above: a second device joins, and its packets are real as well.
    world.wish(ALICE, says("waits for nobody yet")).map_err(broken)?;
    let carol = world.join_beside(ALICE, "Alice-2").map_err(broken)?.ok_or("it can't join")?;
    let with_letters = world.node(ALICE).map_err(broken)?.vault.clone();
    world.connect(ALICE, carol).map_err(broken)?;
    world.connect(ALICE, BOB).map_err(broken)?;
    // The world remembers the last packets only, and the letters are among the first.
    world.run_for(SOON_US).map_err(broken)?;
    packets.extend(sent(&world));
    world.heal(HAPPENINGS).map_err(broken)?;
    packets.extend(sent(&world));
    packets.dedup_by(|a, b| a.bytes == b.bytes);
    let letters = packets.iter().filter_map(|sent| match Packet::decode(&sent.bytes) {
        Ok(Packet::Introduction(introduction)) => Some(introduction),
        _ => None,
    });
    let introduction = letters.into_iter().find(|letter| letter.to == bob.device).ok_or("no introduction was sent")?;
    let carol = world.nodes.last().ok_or("no third device")?.key.clone();
    let alice_kem = alice.kem.public();
    Ok(Fixture { conversation, alice, bob, packets, with_letters, carol, introduction, transfer, alice_kem })
}

fn sent(world: &World) -> Vec<Sent> {
    let id = |at: usize| world.nodes.get(at).map_or(DeviceId::from_bytes([0; 32]), |node| node.id);
    let sent = world.past().iter().map(|(from, _, bytes)| Sent { from: id(*from), bytes: bytes.clone() });
    // What was sent short is a packet too, and so is what it stands for.
    let whole = world.said().iter().map(|(from, _, packet)| Sent { from: id(*from), bytes: packet.encode() });
    let whole = whole.filter(|whole| world.past().iter().all(|(_, _, bytes)| *bytes != whole.bytes));
    sent.chain(whole).collect()
}

fn transfer(world: &World, at: usize) -> Result<Transfer, String> {
    let machine = world.nodes.get(at).and_then(|node| node.machine.as_ref()).ok_or("it is down")?;
    machine.transfer().ok_or_else(|| "it can't change its list".into())
}

fn side(world: &World, at: usize, conversation: ConversationId) -> Result<Side, String> {
    let node = world.nodes.get(at).ok_or("no such device")?;
    let log = LogHeader::first(conversation, node.id).id();
    let transfer = transfer(world, at)?.encode();
    let malformed = |error: kith_base::codec::Malformed| error.to_string();
    let transferred = Fields::parse(&transfer).map_err(malformed)?;
    let genesis = node.vault.meta(MetaKey::Genesis).ok_or("no genesis")?;
    let genesis = Fields::parse(&genesis).map_err(malformed)?;
    let people = Fields::parse(transferred.bytes(3).map_err(malformed)?).map_err(malformed)?;
    let list = people.list(1).find_map(|entry| {
        let entry = Fields::parse(entry).ok()?;
        let bundle = Bundle::decode(entry.bytes(1).ok()?).ok()?;
        DeviceList::verify(entry.bytes(2).ok()?, &bundle).ok().filter(|list| list.person() == node.person)
    });
    Ok(Side {
        device: node.id,
        person: node.person,
        sign: node.key.clone(),
        kem: KemSecret::from_secret(Secret::new(genesis.array(5).map_err(malformed)?)),
        pairwise: SignKey::from_secret(Secret::new(transferred.array(4).map_err(malformed)?)),
        list: list.ok_or("the person is not among the people")?,
        log,
        head: world.check.head(log).ok_or("it wrote nothing")?,
        vault: node.vault.clone(),
    })
}

/// A generator for a body: the same for every input, so that one input gives one run.
pub(crate) fn rng() -> Rng {
    Rng::from_number(11)
}
