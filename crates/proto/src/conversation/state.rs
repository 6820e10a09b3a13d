//! What a conversation remembers besides events and records, and how that is stored (`spec/vault.md`).
//!
//! These rows are small and few, so they are held in memory and written whole when a step changed them.

use crate::crypto::{KemPublic, KemSecret, SignKey};
use crate::io::EventRow;
use crate::log::offer::Offer;
use crate::log::receipt::Refusal;
use crate::log::record::NO_RECORD;
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{ConversationId, DeviceId, EventId, KeyPackageHash, LogId, PersonId, RecordHash, Secret, limits};
use std::collections::{BTreeMap, BTreeSet};

/// Written once, when the conversation begins at this device.
#[derive(Debug, Clone)]
pub(super) struct Genesis {
    pub(super) conversation: ConversationId,
    pub(super) person: PersonId,
    pub(super) device: DeviceId,
    pub(super) sign: SignKey,
    pub(super) kem: KemSecret,
    /// The person's pairwise key, while this device may change the device list.
    pub(super) pairwise: Option<SignKey>,
    /// This device's own log.
    pub(super) log: LogId,
}

impl Genesis {
    pub(super) fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), self.conversation.as_bytes())
            .bytes(Tag::must(2), self.person.as_bytes())
            .bytes(Tag::must(3), self.device.as_bytes())
            .bytes(Tag::must(4), self.sign.secret().expose())
            .bytes(Tag::must(5), self.kem.secret().expose())
            .optional(Tag::must(6), self.pairwise.as_ref().map(|key| &key.secret().expose()[..]))
            .bytes(Tag::must(7), self.log.as_bytes())
            .done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4, 5, 6, 7])?;
        Ok(Self {
            conversation: ConversationId::from_bytes(fields.array(1)?),
            person: PersonId::from_bytes(fields.array(2)?),
            device: DeviceId::from_bytes(fields.array(3)?),
            sign: SignKey::from_secret(Secret::new(fields.array(4)?)),
            kem: KemSecret::from_secret(Secret::new(fields.array(5)?)),
            pairwise: fields.optional_array(6)?.map(|key| SignKey::from_secret(Secret::new(key))),
            log: LogId::from_bytes(fields.array(7)?),
        })
    }
}

/// Counters and heads that move with every event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Progress {
    /// The highest counter of an event that this device wrote, or that it knows of its person's other devices (EVT-014).
    pub(super) counter: u64,
    /// This device's last event.
    pub(super) previous: Option<EventId>,
    /// Events that no known event names as parent.
    pub(super) frontier: BTreeSet<EventId>,
    /// This device's receipt counter: the last one used.
    pub(super) receipts: u64,
    /// Events whose deletion came before they did, with who asked for it.
    pub(super) deleted_ahead: BTreeSet<(EventId, PersonId)>,
    /// This device found itself to be a copy or set back: it writes no more.
    pub(super) retired: bool,
    /// Both sides have joined each other's log at least once.
    pub(super) established: bool,
    /// Edits and reactions that came before what they are about, with who wrote them and where they stand.
    pub(super) changed_ahead: BTreeSet<(EventId, PersonId, EventRow)>,
    /// The greatest counter of the events that were taken of each device. `None` where events may have come of devices that are not
    /// among them: in a vault of before, and after more than [`limits::DEVICES_COUNTED_MAX`] devices.
    pub(super) counted: Option<BTreeMap<DeviceId, u64>>,
}

impl Progress {
    /// Nothing came of anybody: for a conversation of which no vault can have an event of others.
    pub(super) fn new() -> Self {
        Self { counted: Some(BTreeMap::new()), ..Self::default() }
    }

    /// An event of a device was taken.
    pub(super) fn count(&mut self, device: DeviceId, counter: u64) {
        let Some(counted) = &mut self.counted else { return };
        let greatest = counted.entry(device).or_insert(counter);
        *greatest = counter.max(*greatest);
        if counted.len() > limits::DEVICES_COUNTED_MAX {
            self.counted = None;
        }
    }

    /// Whether an event of a device can't be here, whoever made it: all that came of the device have lower counters (EVT-015).
    pub(super) fn is_beyond(&self, device: DeviceId, counter: u64) -> bool {
        let Some(counted) = &self.counted else { return false };
        counted.get(&device).is_none_or(|greatest| counter > *greatest)
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let deleted_ahead: Vec<Vec<u8>> =
            self.deleted_ahead.iter().map(|(id, by)| [&id.as_bytes()[..], by.as_bytes()].concat()).collect();
        let changed_ahead: Vec<Vec<u8>> = self
            .changed_ahead
            .iter()
            .map(|(id, by, row)| [&id.as_bytes()[..], by.as_bytes(), &row.0.to_be_bytes()].concat())
            .collect();
        let counted: Vec<Vec<u8>> = self
            .counted
            .iter()
            .flatten()
            .map(|(device, greatest)| [&device.as_bytes()[..], &greatest.to_be_bytes()].concat())
            .collect();
        Writer::new()
            .number(Tag::must(1), self.counter)
            .optional(Tag::must(2), self.previous.as_ref().map(|id| &id.as_bytes()[..]))
            .list(Tag::must(3), self.frontier.iter().map(|id| &id.as_bytes()[..]))
            .number(Tag::must(4), self.receipts)
            .list(Tag::must(5), deleted_ahead.iter().map(Vec::as_slice))
            .number(Tag::must(6), u64::from(self.retired))
            .number(Tag::must(7), u64::from(self.established))
            .list(Tag::must(8), changed_ahead.iter().map(Vec::as_slice))
            // A build that does not know these leaves them out, and what came meanwhile is not counted.
            .optional_number(Tag::may(9), self.counted.as_ref().map(|_| 1))
            .list(Tag::may(10), counted.iter().map(Vec::as_slice))
            .done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4, 5, 6, 7, 8])?;
        let frontier = fields.list(3).map(|id| EventId::from_slice(id).ok_or(Malformed::BadValue(3)));
        let deleted_ahead = fields.list(5).map(|entry| {
            let (id, by) = entry.split_at_checked(EventId::LEN)?;
            Some((EventId::from_slice(id)?, PersonId::from_slice(by)?))
        });
        let deleted_ahead = deleted_ahead.map(|entry| entry.ok_or(Malformed::BadValue(5)));
        let changed_ahead = fields.list(8).map(|entry| {
            let (id, rest) = entry.split_at_checked(EventId::LEN)?;
            let (by, row) = rest.split_at_checked(PersonId::LEN)?;
            let row = EventRow(u64::from_be_bytes(row.try_into().ok()?));
            Some((EventId::from_slice(id)?, PersonId::from_slice(by)?, row))
        });
        let changed_ahead = changed_ahead.map(|entry| entry.ok_or(Malformed::BadValue(8)));
        let counted = fields.list(10).map(|entry| {
            let (device, greatest) = entry.split_at_checked(DeviceId::LEN)?;
            Some((DeviceId::from_slice(device)?, u64::from_be_bytes(greatest.try_into().ok()?)))
        });
        let counted = counted.map(|entry| entry.ok_or(Malformed::BadValue(10)));
        let counted: BTreeMap<_, _> = counted.collect::<Result<_, _>>()?;
        Ok(Self {
            counter: fields.number(1)?,
            previous: fields.optional_array(2)?.map(EventId::from_bytes),
            frontier: frontier.collect::<Result<_, _>>()?,
            receipts: fields.number(4)?,
            deleted_ahead: deleted_ahead.collect::<Result<_, _>>()?,
            retired: fields.number(6)? != 0,
            established: fields.number(7)? != 0,
            changed_ahead: changed_ahead.collect::<Result<_, _>>()?,
            counted: fields.optional_number(9)?.map(|_| counted),
        })
    }
}

/// The own log: what was sealed so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OwnLog {
    pub(super) log: LogId,
    /// The seq the next record gets.
    pub(super) next: u64,
    /// Hash of the record before it.
    pub(super) head: RecordHash,
    /// Records since the last commit.
    pub(super) since_commit: u64,
    /// Running time in seconds since the last commit, up to the last start.
    pub(super) age_s: u64,
    /// The lowest seq whose record is still kept.
    pub(super) kept_from: u64,
    /// The logs that this one took the place of, oldest first, and the seq that the next record of each would have had.
    pub(super) formers: Vec<(LogId, u64)>,
}

impl OwnLog {
    pub(super) const fn new(log: LogId) -> Self {
        Self { log, next: 0, head: NO_RECORD, since_commit: 0, age_s: 0, kept_from: 0, formers: Vec::new() }
    }

    /// Where a log ended that this one took the place of.
    pub(super) fn former(&self, log: LogId) -> Option<u64> {
        self.formers.iter().find(|(former, _)| *former == log).map(|(_, next)| *next)
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let formers: Vec<Vec<u8>> =
            self.formers.iter().map(|(log, next)| [&log.as_bytes()[..], &next.to_be_bytes()].concat()).collect();
        Writer::new()
            .number(Tag::must(1), self.next)
            .bytes(Tag::must(2), self.head.as_bytes())
            .number(Tag::must(3), self.since_commit)
            .number(Tag::must(4), self.age_s)
            .number(Tag::must(5), self.kept_from)
            .list(Tag::must(6), formers.iter().map(Vec::as_slice))
            .done()
    }

    pub(super) fn decode(log: LogId, bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4, 5, 6])?;
        let formers = fields.list(6).map(|entry| {
            let (log, next) = entry.split_at_checked(LogId::LEN)?;
            Some((LogId::from_slice(log)?, u64::from_be_bytes(next.try_into().ok()?)))
        });
        Ok(Self {
            formers: formers.map(|entry| entry.ok_or(Malformed::BadValue(6))).collect::<Result<_, _>>()?,
            log,
            next: fields.number(1)?,
            head: RecordHash::from_bytes(fields.array(2)?),
            since_commit: fields.number(3)?,
            age_s: fields.number(4)?,
            kept_from: fields.number(5)?,
        })
    }
}

/// Where this device stands in another's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The seq of the commit it joined at.
    pub(super) joined: u64,
    /// The last seq read.
    pub(super) through: u64,
    /// Hash of that record.
    pub(super) head: RecordHash,
}

/// A record that was skipped, until its writer is known to have heard so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Skipped {
    pub(super) seq: u64,
    pub(super) why: Refusal,
    /// The counter of the receipt that said so first.
    pub(super) said_at: u64,
}

/// Another device's log, as it is read here.
#[derive(Debug, Clone)]
pub(super) struct ReadLog {
    pub(super) log: LogId,
    pub(super) writer: DeviceId,
    /// Absent before the first join, and after the group was lost.
    pub(super) place: Option<Place>,
    pub(super) refused: Vec<Skipped>,
    /// The counter of the writer's last event that was shown to the person.
    pub(super) seen: Option<u64>,
    /// The offer that the writer may use next, as signed; said again in each receipt until it was used.
    pub(super) offer: Option<Offer>,
    /// Private halves of one-use keys given to this writer and not used up.
    pub(super) letters: Vec<(KeyPackageHash, KemSecret)>,
    /// The record at `place` as its writer signed it, to show when the writer knows less: canonical bytes of a `Head`.
    pub(super) proof: Vec<u8>,
    /// What is being opened, when this device fails on something: committed before the attempt.
    pub(super) tried: Option<(Tried, u8)>,
    /// A record of it was got past since this was loaded, so it is not what this device fails on. Not stored.
    pub(super) steady: bool,
    /// The counter of the writer's newest event that came.
    pub(super) newest: u64,
    /// The writer signed two records for one place. Nothing more of it is read; this one is shown to it.
    pub(super) forked: Option<Vec<u8>>,
}

/// What was about to be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tried {
    /// The record of this seq.
    Record(u64),
    /// The Welcome made with this offer.
    Welcome(KeyPackageHash),
}

impl ReadLog {
    pub(super) const fn new(log: LogId, writer: DeviceId) -> Self {
        Self {
            log,
            writer,
            place: None,
            refused: Vec::new(),
            seen: None,
            offer: None,
            letters: Vec::new(),
            proof: Vec::new(),
            tried: None,
            steady: false,
            newest: 0,
            forked: None,
        }
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        if let Some(place) = &self.place {
            writer = writer
                .number(Tag::must(1), place.joined)
                .number(Tag::must(2), place.through)
                .bytes(Tag::must(3), place.head.as_bytes());
        }
        let refused: Vec<Vec<u8>> = self
            .refused
            .iter()
            .map(|skipped| {
                Writer::new()
                    .number(Tag::must(1), skipped.seq)
                    .number(Tag::must(2), skipped.why.number())
                    .number(Tag::must(3), skipped.said_at)
                    .done()
            })
            .collect();
        let letters: Vec<Vec<u8>> = self
            .letters
            .iter()
            .map(|(offer, key)| {
                Writer::new().bytes(Tag::must(1), offer.as_bytes()).bytes(Tag::must(2), key.secret().expose()).done()
            })
            .collect();
        let tried = self.tried.map(|(tried, times)| match tried {
            Tried::Record(seq) => [&[times][..], &seq.to_be_bytes()].concat(),
            Tried::Welcome(offer) => [&[times][..], offer.as_bytes()].concat(),
        });
        writer = writer.list(Tag::must(4), refused.iter().map(Vec::as_slice));
        if let Some(seen) = self.seen {
            writer = writer.number(Tag::must(5), seen);
        }
        writer
            .optional(Tag::must(6), self.offer.as_ref().map(Offer::encode).as_deref())
            .list(Tag::must(7), letters.iter().map(Vec::as_slice))
            .optional(Tag::must(8), Some(&self.proof[..]).filter(|proof| !proof.is_empty()))
            .optional(Tag::must(9), tried.as_deref())
            .optional(Tag::must(10), self.forked.as_deref())
            .number(Tag::must(11), self.newest)
            .done()
    }

    pub(super) fn decode(log: LogId, writer: DeviceId, bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])?;
        let place = match fields.optional_number(1)? {
            None => None,
            Some(joined) => {
                Some(Place { joined, through: fields.number(2)?, head: RecordHash::from_bytes(fields.array(3)?) })
            }
        };
        let refused = fields
            .list(4)
            .map(|entry| {
                let entry = Fields::parse(entry)?;
                let why = Refusal::from_number(entry.number(2)?);
                Ok(Skipped { seq: entry.number(1)?, why, said_at: entry.optional_number(3)?.unwrap_or_default() })
            })
            .collect::<Result<Vec<_>, Malformed>>()?;
        let letters = fields
            .list(7)
            .map(|entry| {
                let entry = Fields::parse(entry)?;
                let key = KemSecret::from_secret(Secret::new(entry.array(2)?));
                Ok((KeyPackageHash::from_bytes(entry.array(1)?), key))
            })
            .collect::<Result<Vec<_>, Malformed>>()?;
        let tried = fields.optional(9)?.map(|entry| {
            let (times, what) = entry.split_first()?;
            let record = || Some(Tried::Record(u64::from_be_bytes(what.try_into().ok()?)));
            let welcome = || KeyPackageHash::from_slice(what).map(Tried::Welcome);
            Some((record().or_else(welcome)?, *times))
        });
        let tried = tried.map(|entry| entry.ok_or(Malformed::BadValue(9)));
        Ok(Self {
            proof: fields.optional(8)?.unwrap_or_default().to_vec(),
            tried: tried.transpose()?,
            steady: false,
            newest: fields.optional_number(11)?.unwrap_or_default(),
            forked: fields.optional(10)?.map(<[u8]>::to_vec),
            log,
            writer,
            place,
            refused,
            seen: fields.optional_number(5)?,
            offer: fields.optional(6)?.map(Offer::decode).transpose()?,
            letters,
        })
    }
}

/// What is kept about another device.
#[derive(Debug, Clone)]
pub(super) struct Peer {
    pub(super) device: DeviceId,
    pub(super) pair_secret: Option<Secret>,
    pub(super) contact_card: Vec<u8>,
    /// Its unused KeyPackage at this writer.
    pub(super) offer: Option<Offer>,
    /// The offer that was used last.
    pub(super) used: Option<KeyPackageHash>,
    /// The one-use key that came with it, until something was sealed to it.
    pub(super) letter: Option<KemPublic>,
    /// The seq of this device's commit that added it; absent while it has no leaf.
    pub(super) added: Option<u64>,
    /// The counter of its newest receipt.
    pub(super) receipt: u64,
    /// Where its newest receipt says it is.
    pub(super) through: Option<u64>,
    /// The counter of this device's last event that its person says was shown to them.
    pub(super) seen: Option<u64>,
    /// Commits of the own log since it was last heard.
    pub(super) silent: u64,
    /// It was silent so long that its leaf was taken, until it is heard again.
    pub(super) parked: bool,
    /// It was added without a leaf to follow from, and has not said that it entered there.
    pub(super) anew: bool,
    /// The seq at which it was last added so.
    pub(super) entered: u64,
    /// Its newest receipt as signed, to show when it knows less: canonical bytes, without an offer.
    pub(super) said: Vec<u8>,
}

impl Peer {
    pub(super) const fn new(device: DeviceId) -> Self {
        Self {
            device,
            pair_secret: None,
            contact_card: Vec::new(),
            offer: None,
            used: None,
            letter: None,
            added: None,
            receipt: 0,
            through: None,
            seen: None,
            silent: 0,
            parked: false,
            anew: false,
            entered: 0,
            said: Vec::new(),
        }
    }

    /// The seq of the own log that it lacks first, as far as is known.
    pub(super) fn wants(&self) -> u64 {
        self.through.map_or(self.added.unwrap_or(0), |through| through + 1)
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let number = |value: Option<u64>| value.map(|value| value.to_be_bytes());
        Writer::new()
            .optional(Tag::must(1), self.pair_secret.as_ref().map(|secret| &secret.expose()[..]))
            .bytes(Tag::must(2), &self.contact_card)
            .optional(Tag::must(3), self.offer.as_ref().map(Offer::encode).as_deref())
            .optional(Tag::must(4), self.used.as_ref().map(|offer| &offer.as_bytes()[..]))
            .optional(Tag::must(5), self.letter.as_ref().map(KemPublic::as_bytes))
            .optional(Tag::must(6), number(self.added).as_ref().map(|value| &value[..]))
            .number(Tag::must(7), self.receipt)
            .optional(Tag::must(8), number(self.through).as_ref().map(|value| &value[..]))
            .optional(Tag::must(9), number(self.seen).as_ref().map(|value| &value[..]))
            .number(Tag::must(10), self.silent)
            .number(Tag::must(11), u64::from(self.parked))
            .optional(Tag::must(12), Some(&self.said[..]).filter(|said| !said.is_empty()))
            .number(Tag::must(13), u64::from(self.anew))
            .number(Tag::must(14), self.entered)
            .done()
    }

    pub(super) fn decode(device: DeviceId, bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])?;
        let letter = fields.optional(5)?.map(|key| KemPublic::from_slice(key).ok_or(Malformed::BadValue(5)));
        Ok(Self {
            device,
            pair_secret: fields.optional_array(1)?.map(Secret::new),
            contact_card: fields.bytes(2)?.to_vec(),
            offer: fields.optional(3)?.map(Offer::decode).transpose()?,
            used: fields.optional_array(4)?.map(KeyPackageHash::from_bytes),
            letter: letter.transpose()?,
            added: fields.optional_array(6)?.map(u64::from_be_bytes),
            receipt: fields.number(7)?,
            through: fields.optional_array(8)?.map(u64::from_be_bytes),
            seen: fields.optional_array(9)?.map(u64::from_be_bytes),
            silent: fields.optional_number(10)?.unwrap_or_default(),
            parked: fields.optional_number(11)?.unwrap_or_default() != 0,
            anew: fields.optional_number(13)?.unwrap_or_default() != 0,
            entered: fields.optional_number(14)?.unwrap_or_default(),
            said: fields.optional(12)?.unwrap_or_default().to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn device(number: u16) -> DeviceId {
        let mut bytes = [0; 32];
        bytes[..2].copy_from_slice(&number.to_be_bytes());
        DeviceId::from_bytes(bytes)
    }

    fn stored(progress: &Progress) -> Progress {
        Progress::decode(&progress.encode()).unwrap()
    }

    /// EVT-015
    #[test]
    fn an_event_is_beyond_what_came_of_its_own_device_alone() {
        let mut progress = Progress::new();
        assert!(stored(&progress).is_beyond(device(1), 0), "nothing came of it");
        for counter in [7, 9, 8] {
            progress.count(device(1), counter);
        }
        let progress = stored(&progress);
        assert_eq!([8, 9, 10].map(|counter| progress.is_beyond(device(1), counter)), [false, false, true]);
        assert!(progress.is_beyond(device(2), 1));
    }

    /// EVT-015: a build that did not count wrote it.
    #[test]
    fn nothing_is_beyond_what_was_not_counted() {
        let mut progress = stored(&Progress::default());
        progress.count(device(1), 3);
        assert!(!progress.is_beyond(device(1), 4) && !stored(&progress).is_beyond(device(2), 4));
    }

    /// EVT-015: devices that come and go on purpose take no more room than this.
    #[test]
    fn of_too_many_devices_none_is_counted() {
        let mut progress = Progress::new();
        let counted = |progress: &Progress| progress.counted.as_ref().map(BTreeMap::len);
        for number in 1..=256 {
            progress.count(device(number), 1);
        }
        assert_eq!(counted(&stored(&progress)), Some(limits::DEVICES_COUNTED_MAX));
        progress.count(device(257), 1);
        assert_eq!(counted(&stored(&progress)), None);
        assert!(!progress.is_beyond(device(258), 1), "it may be one of those that are not known any more");
    }
}
