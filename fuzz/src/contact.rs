//! The deepest body: a live conversation at Alice's device, against a contact who holds all of Bob's keys and the real
//! sealing state, and signs and seals whatever the input says.
//!
//! The input is a list of deeds: a byte for the deed, a byte for its argument, two bytes for the length of what follows
//! (little endian), and that many bytes. Each deed is one turn. After every turn the batch is committed to the model
//! vault, which panics when it breaks its contract.
//!
//! What must hold: no turn faults or panics; the vault and what is sent stay within what came in and a constant for each
//! deed; the conversation loads again from what was committed.

use crate::fixture::{Fixture, Sent, fixture};
use kith_base::codec::{Fields, Tag, Writer};
use kith_base::{BodyHash, DeviceId, EventId, Label, Mono, Rng, Wall, label, limits};
use kith_proto::conversation::{Conversation, Turn};
use kith_proto::io::{Effect, EventRow, MetaKey, View};
use kith_proto::log::carried::{Carried, Shared, encode_carried};
use kith_proto::log::event::{Body, EventHeader, Kind, body_hash};
use kith_proto::log::offer::Offer;
use kith_proto::log::packet::Packet;
use kith_proto::log::record::{Record, RecordKind, position};
use kith_proto::log::welcome::{Entrance, Welcome};
use kith_proto::memory::MemoryVault;
use kith_proto::sealer::{Change, Sealer};
use kith_sim::sealing;

/// Deeds that one input may hold: more find nothing that fewer don't.
const DEEDS_MAX: usize = 24;
/// What one deed may make the vault grow by, beside its own bytes: a commit of the own group and a fresh KeyPackage.
const GROWTH_OF_A_DEED: usize = 64 * 1024;
/// What one deed may make this device say: all that is in flight here, once more.
const SPEECH_OF_A_DEED: usize = 256 * 1024;
/// What is kept of each byte that comes: an event is stored with its whole header, its body and where it stands.
const KEPT_OF_A_BYTE: usize = 32;
/// Nobody's.
const NO_AUDIENCE: kith_base::HeadHash = kith_base::HeadHash::from_bytes([0; 32]);

/// The deeds, by their byte.
pub(crate) mod deed {
    pub(crate) const CONNECT: u8 = 0;
    pub(crate) const DISCONNECT: u8 = 1;
    pub(crate) const TICK: u8 = 2;
    pub(crate) const WRITE: u8 = 3;
    pub(crate) const DELETE: u8 = 4;
    pub(crate) const SHOWN: u8 = 5;
    pub(crate) const PACKET: u8 = 6;
    pub(crate) const SPOILED: u8 = 7;
    pub(crate) const RECORD: u8 = 8;
    pub(crate) const SEALED: u8 = 9;
    pub(crate) const EVENT: u8 = 10;
    pub(crate) const STATEMENT: u8 = 11;
    pub(crate) const RECEIPT: u8 = 12;
    pub(crate) const WELCOME: u8 = 13;
    pub(crate) const LIST: u8 = 14;
    pub(crate) const COMMIT: u8 = 15;
    pub(crate) const OFFER: u8 = 16;
    pub(crate) const RESTART: u8 = 17;
    pub(crate) const MANIFEST: u8 = 18;
    pub(crate) const LETTER: u8 = 19;
    pub(crate) const TAKEN: u8 = 20;
    pub(crate) const ADDRESSED: u8 = 21;
    pub(crate) const COUNT: u8 = 22;
}

pub(crate) fn conversation(bytes: &[u8]) -> bool {
    let mut live = Live::start();
    let before = weight(&live.vault);
    let mut rest = bytes;
    let mut deeds = 0;
    while let Some((kind, argument, body)) = take(&mut rest) {
        if deeds == DEEDS_MAX {
            break;
        }
        deeds += 1;
        live.does(kind % deed::COUNT, argument, body);
    }
    let allowed = KEPT_OF_A_BYTE * bytes.len() + GROWTH_OF_A_DEED * deeds;
    let grown = weight(&live.vault).saturating_sub(before);
    assert!(grown <= allowed, "the vault grew by {grown} bytes where {allowed} are allowed");
    let allowed = KEPT_OF_A_BYTE * bytes.len() + SPEECH_OF_A_DEED * deeds;
    assert!(live.said <= allowed, "{} bytes were said where {allowed} are allowed", live.said);
    live.restart();
    live.accepted
}

/// The next deed of an input; one that is cut short has what is left.
fn take<'a>(rest: &mut &'a [u8]) -> Option<(u8, u8, &'a [u8])> {
    let ([kind, argument, low, high], after) = rest.split_first_chunk::<4>()?;
    let length = usize::from(u16::from_le_bytes([*low, *high])).min(after.len());
    let (body, after) = after.split_at(length);
    *rest = after;
    Some((*kind, *argument, body))
}

/// A deed as the input has it.
pub(crate) fn write(kind: u8, argument: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len()).unwrap_or(u16::MAX);
    [&[kind, argument][..], &length.to_le_bytes(), &body[..usize::from(length)]].concat()
}

/// Alice's device, and what Bob has against it.
struct Live {
    of: &'static Fixture,
    vault: MemoryVault,
    machine: Conversation,
    rng: Rng,
    now: Mono,
    sealer: Box<dyn Sealer + Send>,
    bob_rng: Rng,
    /// The newest record of Bob's log that he put out.
    head: (u64, kith_base::RecordHash),
    /// The newest record of Alice's log that he was sent.
    theirs: (u64, kith_base::RecordHash),
    /// The newest one-use key that Alice offered him, and its offer.
    letter: Option<Offer>,
    /// Every packet is noted before it is handled, as a device does that failed before.
    careful: bool,
    counter: u64,
    event: (u64, Option<EventId>),
    said: usize,
    /// Whether Alice's device took anything of it.
    accepted: bool,
}

impl Live {
    fn start() -> Self {
        let of = fixture();
        Self {
            of,
            machine: load(&of.alice.vault, Mono(0)),
            vault: of.alice.vault.clone(),
            rng: Rng::from_number(51),
            now: Mono(1_000_000),
            sealer: sealing::mls(of.bob.vault.sealer()),
            bob_rng: Rng::from_number(52),
            head: of.bob.head,
            theirs: of.alice.head,
            letter: of.packets.iter().filter(|sent| sent.from == of.alice.device).filter_map(offered).next_back(),
            careful: false,
            counter: 1_000,
            event: own_events(&of.bob.vault),
            said: 0,
            accepted: false,
        }
    }

    fn does(&mut self, kind: u8, argument: u8, body: &[u8]) {
        let bob = self.of.bob.device;
        match kind {
            deed::CONNECT => self.turn(|turn| turn.connected(bob)),
            deed::DISCONNECT => self.turn(|turn| turn.disconnected(bob)),
            deed::TICK => {
                self.now = Mono(self.now.0 + u64::from(argument) * 200_000);
                self.turn(|turn| turn.tick());
            }
            deed::WRITE => {
                let text = String::from_utf8_lossy(&body[..body.len().min(100)]).into_owned();
                self.turn(|turn| turn.write(&Body::Text(text.into())));
            }
            deed::DELETE => {
                let event = self.vault.event(EventRow(u64::from(argument))).map(|event| event.id);
                self.turn(|turn| event.map(|id| turn.delete(id)));
            }
            deed::SHOWN => self.turn(|turn| turn.shown(EventRow(u64::from(argument)))),
            deed::PACKET => self.hears(argument, body.to_vec()),
            deed::SPOILED => self.hears(0, self.spoiled(argument, body)),
            deed::RESTART => {
                self.careful = argument & 1 == 1;
                self.restart();
            }
            kind => {
                if let Some(packet) = self.makes(kind, argument, body) {
                    self.hears(0, packet);
                }
            }
        }
    }

    /// What Bob makes with his keys.
    fn makes(&mut self, kind: u8, argument: u8, body: &[u8]) -> Option<Vec<u8>> {
        let (of, bob) = (self.of, &self.of.bob);
        let place = position(bob.log, self.head.0 + 1, self.head.1);
        Some(match kind {
            deed::RECORD => {
                let kind = [RecordKind::Application, RecordKind::Commit, RecordKind::Addressed(of.alice.device)];
                self.record(kind[usize::from(argument % 3)], body.to_vec())
            }
            deed::SEALED => {
                let sealed = self.sealer.seal(bob.log, &bob.sign, &place, body, &mut self.bob_rng).ok()?;
                self.record(RecordKind::Application, sealed)
            }
            deed::EVENT => {
                let carried = self.plaintext(argument, body);
                let sealed = self.sealer.seal(bob.log, &bob.sign, &place, &carried, &mut self.bob_rng).ok()?;
                self.record(RecordKind::Application, sealed)
            }
            deed::ADDRESSED => {
                let offer = self.letter.clone()?;
                let carried = self.plaintext(argument, body);
                let sealed = offer.letter.seal(Label::AddressedSeal, &place, &carried, &mut self.bob_rng).ok()?;
                let body = Writer::new().bytes(Tag::must(1), offer.hash().as_bytes()).bytes(Tag::must(2), &sealed);
                self.record(RecordKind::Addressed(of.alice.device), body.done())
            }
            deed::COMMIT => {
                let remove = if argument % 4 == 3 { vec![of.alice.device] } else { Vec::new() };
                let change = Change { remove, add: Vec::new() };
                let made = self.sealer.commit(bob.log, &bob.sign, &place, &change, &mut self.bob_rng).ok()?;
                self.record(RecordKind::Commit, made.commit)
            }
            deed::STATEMENT => self.receipt(body, None, argument),
            deed::RECEIPT => {
                let number = |at: usize| body.get(at).copied().map(u64::from);
                let through = number(0).filter(|seq| *seq > 0).unwrap_or(self.theirs.0);
                let head = if argument & 2 == 0 { self.theirs.1.as_bytes().to_vec() } else { vec![7; 32] };
                let shortest = |value: u64| value.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
                let refused = number(1).map(|back| {
                    let seq = self.theirs.0.saturating_sub(back);
                    Writer::new().number(Tag::must(1), seq).number(Tag::must(2), u64::from(argument >> 4)).done()
                });
                let mut with = vec![(4, number(2).map_or(vec![], shortest)), (5, shortest(through)), (6, head)];
                with.extend(refused.map(|refused| (8, refused)));
                let statement = self.statement(&with, argument & 4 != 0);
                self.receipt(&statement, None, argument)
            }
            deed::OFFER => {
                let offered = Writer::new()
                    .bytes(Tag::must(1), of.alice.log.as_bytes())
                    .bytes(Tag::must(2), bob.device.as_bytes())
                    .bytes(Tag::must(3), body)
                    .bytes(Tag::must(4), of.alice_kem.as_bytes())
                    .done();
                let signature = bob.sign.sign(Label::OfferSignature, &offered);
                let offer = Writer::new().bytes(Tag::must(1), &offered).bytes(Tag::must(2), &signature).done();
                let hash = label::hash(Label::KeyPackage, &[&offered]).to_vec();
                let statement = self.statement(&[(10, hash)], argument & 4 != 0);
                self.receipt(&statement, Some(&offer), argument)
            }
            deed::WELCOME => {
                let (to, offer) = (of.alice.device, kith_base::KeyPackageHash::from_bytes([argument; 32]));
                let seq = self.head.0 + u64::from(argument % 4);
                let commit = Record::sealed(bob.log, seq, self.head.1, RecordKind::Commit, body.to_vec(), &bob.sign);
                let anew = argument & 0x80 != 0;
                let entrance = Entrance { log: bob.log, seq, head: commit.hash(), to, offer, anew };
                let head = commit.head();
                let welcome = Welcome::seal(entrance, head, body, &of.alice_kem, &bob.sign, &mut self.bob_rng).ok()?;
                Packet::Welcome(welcome).encode()
            }
            deed::LIST => {
                let signature = bob.pairwise.sign(Label::ListSignature, body);
                Packet::List([&signature[..], body].concat()).encode()
            }
            deed::MANIFEST => {
                let signature = bob.sign.sign(Label::ManifestSignature, body);
                Self::packet(10, &[body, &signature])
            }
            deed::LETTER => {
                let ends = [&bob.device.as_bytes()[..], of.alice.device.as_bytes()].concat();
                let kem = of.alice.kem.public();
                let sealed = kem.seal(Label::IntroductionSeal, &ends, body, &mut self.bob_rng).ok()?;
                let signed = [&ends[..], &sealed, b"introduction"].concat();
                let signature = bob.sign.sign(Label::OfferSignature, &signed);
                Self::packet(5, &[bob.device.as_bytes(), of.alice.device.as_bytes(), &sealed, &signature])
            }
            deed::TAKEN => {
                // Of whatever letter the argument chooses: his own, hers, or that of a device that nobody knows.
                let stranger = DeviceId::from_bytes([argument; 32]);
                let from = [bob.device, of.alice.device, stranger][usize::from(argument % 3)];
                let mut letter = [0; 64];
                letter.iter_mut().zip(body).for_each(|(to, from)| *to = *from);
                let signed = [&from.as_bytes()[..], bob.device.as_bytes(), &letter, b"acquaintance"].concat();
                let signature = bob.sign.sign(Label::OfferSignature, &signed);
                Self::packet(9, &[from.as_bytes(), bob.device.as_bytes(), &letter, &signature])
            }
            _ => return None,
        })
    }

    /// A packet of this kind that holds these fields, numbered from 1.
    fn packet(kind: u64, fields: &[&[u8]]) -> Vec<u8> {
        let numbered = (1..).zip(fields);
        let body = numbered.fold(Writer::new(), |writer, (tag, value)| writer.bytes(Tag::must(tag), value)).done();
        Writer::new().number(Tag::must(1), kind).bytes(Tag::must(2), &body).done()
    }

    /// The next record of Bob's log.
    fn record(&mut self, kind: RecordKind, body: Vec<u8>) -> Vec<u8> {
        let (seq, prev) = (self.head.0 + 1, self.head.1);
        let record = Record::sealed(self.of.bob.log, seq, prev, kind, body, &self.of.bob.sign);
        self.head = (seq, record.hash());
        Packet::Record(record).encode()
    }

    /// What a record of Bob's with one event holds.
    fn plaintext(&mut self, argument: u8, body: &[u8]) -> Vec<u8> {
        let event = self.event(argument, body);
        let audience = EventHeader::decode(&event.header).map_or(NO_AUDIENCE, |header| header.audience);
        let bob = &self.of.bob;
        let shared = Shared { conversation: self.of.conversation, person: bob.person, device: bob.device, audience };
        encode_carried(&[event], &shared)
    }

    /// An event of Bob's with this body, right in all that its header says. It may speak of the event before it.
    fn event(&mut self, argument: u8, body: &[u8]) -> Carried {
        let (counter, previous) = self.event;
        let mut body = body.to_vec();
        if let Some(target) = body.get_mut(2..34).filter(|_| argument & 0x20 != 0) {
            target.copy_from_slice(previous.unwrap_or(EventId::from_bytes([0; 32])).as_bytes());
        }
        let body = &body[..];
        let salt = [argument; 16];
        let known = self.vault.event(self.vault.last_row()).map(|event| event.header);
        let audience = known.and_then(|header| EventHeader::decode(&header).ok()).map(|header| header.audience);
        let header = EventHeader {
            conversation: self.of.conversation,
            person: self.of.bob.person,
            device: self.of.bob.device,
            counter: counter + 1,
            previous,
            parents: Vec::new(),
            audience: audience.unwrap_or(NO_AUDIENCE),
            kind: Kind { number: u64::from(argument % 8), critical: argument & 8 != 0 },
            salt,
            body: if argument & 0x40 == 0 { body_hash(&salt, body) } else { BodyHash::from_bytes([0; 32]) },
            written: Wall(u64::from(argument) << 40),
        };
        let header = header.encode();
        self.event = (counter + 1, Some(kith_proto::log::event::id_of(&header)));
        Carried { header, body: (argument & 0x80 == 0).then(|| body.to_vec()) }
    }

    /// A real statement of Bob's about Alice's log with a newer counter, and some fields set or, at random, left out.
    fn statement(&mut self, with: &[(u32, Vec<u8>)], no_reading: bool) -> Vec<u8> {
        self.counter += 1;
        let (counter, of) = (self.counter, self.of);
        let real = of.packets.iter().rev().filter(|sent| sent.from == of.bob.device).find_map(|sent| {
            let outer = Fields::parse(&sent.bytes).ok().filter(|outer| outer.number(1) == Ok(1))?;
            Some(Fields::parse(outer.bytes(2).ok()?).ok()?.bytes(1).ok()?.to_vec())
        });
        let real = real.unwrap_or_default();
        let fields = Fields::parse(&real).map(|fields| fields.all().collect::<Vec<_>>()).unwrap_or_default();
        let counter = counter.to_be_bytes();
        let mut all: Vec<(Tag, Vec<u8>)> = fields
            .into_iter()
            .filter(|(tag, _)| with.iter().all(|(number, _)| tag.number() != *number))
            .map(|(tag, value)| (tag, if tag.number() == 3 { counter[6..].to_vec() } else { value.to_vec() }))
            .collect();
        let critical = |number: u32| if number == 9 || number == 10 { Tag::may(number) } else { Tag::must(number) };
        all.extend(with.iter().map(|(number, value)| (critical(*number), value.clone())));
        all.retain(|(tag, _)| !no_reading || !(4..8).contains(&tag.number()));
        all.sort_by_key(|(tag, _)| tag.number());
        all.iter().fold(Writer::new(), |writer, (tag, value)| writer.bytes(*tag, value)).done()
    }

    /// A signed receipt around a statement, with an offer beside it.
    fn receipt(&self, statement: &[u8], offer: Option<&[u8]>, argument: u8) -> Vec<u8> {
        let signature = self.of.bob.sign.sign(Label::ReceiptSignature, statement);
        let receipt = Writer::new()
            .bytes(Tag::must(1), statement)
            .bytes(Tag::must(2), &signature)
            .optional(Tag::may(3), offer)
            .done();
        let again = (argument & 1 == 1).then_some(&[][..]);
        Writer::new().number(Tag::must(1), 1).bytes(Tag::must(2), &receipt).optional(Tag::may(3), again).done()
    }

    /// A real packet with some of its bytes changed: pairs of a place and what is turned there.
    fn spoiled(&self, index: u8, changes: &[u8]) -> Vec<u8> {
        let packets = &self.of.packets;
        let mut packet = packets[usize::from(index) % packets.len()].bytes.clone();
        for change in changes.chunks_exact(3) {
            let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % packet.len();
            packet[at] ^= change[2];
        }
        packet
    }

    /// A packet comes: from Bob's device, or from one that nobody knows.
    fn hears(&mut self, argument: u8, packet: Vec<u8>) {
        let from = if argument & 0x80 == 0 { self.of.bob.device } else { DeviceId::from_bytes([1; 32]) };
        let mut goes_on = true;
        if self.careful && self.machine.is_to_be_noted(&packet) {
            self.turn(|turn| goes_on = turn.attempt(from, &packet, limits::NOTED_TRIES_MAX));
        }
        if goes_on {
            self.turn(|turn| turn.packet(from, &packet));
        }
    }

    fn turn<T>(&mut self, act: impl FnOnce(&mut Turn<'_>) -> T) {
        self.now = Mono(self.now.0 + 10_000);
        let wall = Wall(1_780_000_000_000 + self.now.0 / 1000);
        let mut turn = self.machine.turn(&self.vault, self.now, wall, &mut self.rng);
        let _refused = act(&mut turn);
        let step = turn.done().unwrap_or_else(|fault| panic!("a contact stops this device: {fault}"));
        self.vault.apply(&step.batch);
        for effect in step.effects {
            match effect {
                Effect::Send(_, bytes) => {
                    self.said += bytes.len();
                    self.hears_of(&bytes);
                }
                Effect::Rejected(_) => {}
                _ => self.accepted = true,
            }
        }
        let _when = self.machine.deadline();
        // A contact may take the last of its devices away: then nobody is left to be reached.
        let reached = self.machine.known_peers();
        assert!(reached.iter().all(|peer| peer.person == self.of.bob.person));
    }

    /// What Bob learns of a packet of hers.
    fn hears_of(&mut self, bytes: &[u8]) {
        match Packet::decode(bytes) {
            Ok(Packet::Record(record)) if record.header.log == self.of.alice.log => {
                self.theirs = self.theirs.max((record.header.seq, record.hash()));
            }
            Ok(Packet::ShortRecord(short)) => {
                let stored = self.vault.record(self.of.alice.log, short.seq);
                if let Some(record) = stored.and_then(|stored| Record::decode(&stored.bytes).ok()) {
                    self.theirs = self.theirs.max((short.seq, record.hash()));
                }
            }
            Ok(Packet::Receipt { receipt, .. }) if receipt.offer.is_some() => self.letter = receipt.offer,
            _ => {}
        }
    }

    fn restart(&mut self) {
        self.machine = load(&self.vault, self.now);
    }
}

fn load(vault: &MemoryVault, now: Mono) -> Conversation {
    Conversation::load(vault, sealing::mls(vault.sealer()), now)
        .unwrap_or_else(|error| panic!("what was committed does not load: {error}"))
}

/// The offer in a receipt, if there is one.
fn offered(sent: &Sent) -> Option<Offer> {
    match Packet::decode(&sent.bytes) {
        Ok(Packet::Receipt { receipt, .. }) => receipt.offer,
        _ => None,
    }
}

/// The counter and id of a device's newest event.
fn own_events(vault: &MemoryVault) -> (u64, Option<EventId>) {
    let own = vault.events().filter(|event| event.mine).max_by_key(|event| event.counter);
    own.map_or((0, None), |event| (event.counter, Some(event.id)))
}

/// Bytes in all rows of a vault.
fn weight(vault: &MemoryVault) -> usize {
    let keys = [
        MetaKey::Genesis,
        MetaKey::Progress,
        MetaKey::People,
        MetaKey::Introductions,
        MetaKey::Manifest,
        MetaKey::Past,
    ];
    let meta: usize = keys.iter().filter_map(|key| vault.meta(*key)).map(|value| value.len()).sum();
    let events: usize =
        vault.events().map(|event| 150 + event.header.len() + vault.body(event.row).map_or(0, |body| body.len())).sum();
    let logs: usize = vault.logs().iter().map(|log| 64 + log.state.len()).sum();
    let peers = vault.peers();
    let welcomes: usize = peers.iter().filter_map(|peer| vault.welcome(peer.device)).map(|welcome| welcome.len()).sum();
    let peers: usize = peers.iter().map(|peer| 32 + peer.state.len()).sum();
    let sealer: usize = vault.sealer().iter().map(|(key, value)| key.len() + value.len()).sum();
    meta + events + logs + peers + welcomes + sealer
}
