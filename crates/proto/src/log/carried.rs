//! Events as they stand in a record: each header cut down to what does not follow.
//!
//! An event's id is over its canonical header, some 250 bytes, nearly all of which the reader of a record knows: whose
//! log it is fixes conversation, device, person and audience ([`Shared`]), and the event before it in the record fixes
//! previous, counter and mostly parents. The *short* form leaves these out, and the reader builds the same canonical
//! bytes again. Nothing is taken from outside of the record and its place, so that a record can be read whatever its
//! reader missed before.
//!
//! An event that has no short form stands *whole*: one with fields of a later version, or one that breaks a rule which
//! the short form can't break. One event has one form: a field that could be left out is refused, as is a whole event
//! that has a short form (EVT-051). Records of before carry whole events only, under another tag, and are read
//! (EVT-052).

use super::event::{EventHeader, Kind, body_hash, id_of};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{BodyHash, ConversationId, DeviceId, EventId, HeadHash, PersonId, Wall, limits};

/// What the headers of all events in a log say alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shared {
    /// Where the log belongs.
    pub conversation: ConversationId,
    /// Whose device the writer is.
    pub person: PersonId,
    /// The log's writer.
    pub device: DeviceId,
    /// The membership head in force.
    pub audience: HeadHash,
}

/// An event as a record carries it: its header, and its body unless that was deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// Canonical header bytes: what the id is over.
    pub header: Vec<u8>,
    /// Body bytes.
    pub body: Option<Vec<u8>>,
}

/// An event that came in a record or goes into one, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// As its writer carries it.
    pub carried: Carried,
    /// Its id and its header; `None` if the header's bytes are none.
    pub read: Option<(EventId, EventHeader)>,
}

impl Known {
    fn of(carried: Carried) -> Self {
        let header = EventHeader::decode(&carried.header).ok();
        Self { read: header.map(|header| (id_of(&carried.header), header)), carried }
    }

    /// `None` behind a header that can't be read: what comes next says all of its own.
    fn before(&self) -> Option<Before> {
        self.read.as_ref().map(|(id, header)| Before::of(*id, header))
    }
}

/// What follows from the event before, in the same record.
#[derive(Debug, Clone, Copy)]
struct Before {
    id: EventId,
    counter: u64,
    written: Wall,
}

impl Before {
    const fn of(id: EventId, header: &EventHeader) -> Self {
        Self { id, counter: header.counter, written: header.written }
    }
}

/// The events of records of before, whole.
const WHOLE_ONLY: u32 = 1;
/// The events of a record.
const EVENTS: u32 = 2;

const COUNTER: u32 = 1;
const PREVIOUS: u32 = 2;
const PARENT: u32 = 3;
const KIND: u32 = 4;
const WRITTEN: u32 = 5;
const CONTENT: u32 = 6;
const GONE: u32 = 7;
const WHOLE: u32 = 8;
const WHOLE_BODY: u32 = 9;

/// The head of a field, at most.
const FIELD_BYTES: usize = 8;
/// What a short form takes beside the body, mostly.
const SHORT_BYTES: usize = 64;

/// Many events of one log as the plaintext of one record.
pub fn encode_carried(events: &[Carried], shared: &Shared) -> Vec<u8> {
    let known: Vec<_> = events.iter().cloned().map(Known::of).collect();
    encode_known(&known, shared)
}

/// As [`encode_carried`], of events whose ids and headers are known.
pub fn encode_known(events: &[Known], shared: &Shared) -> Vec<u8> {
    let mut before = None;
    let entries: Vec<Vec<u8>> = events
        .iter()
        .map(|event| {
            let short = event.read.as_ref().and_then(|(_, header)| shorten(&event.carried, header, shared, before));
            before = event.before();
            short.unwrap_or_else(|| whole(&event.carried))
        })
        .collect();
    let size = entries.iter().map(|entry| FIELD_BYTES + entry.len()).sum();
    Writer::with_capacity(size).list(Tag::must(EVENTS), entries.iter().map(Vec::as_slice)).done()
}

/// Reads the plaintext of a record of a log, with every header as it was when its id was made.
///
/// # Errors
/// [`Malformed`], also when there are more than [`limits::RECORD_EVENTS_MAX`]; the peer is to blame.
pub fn decode_carried(bytes: &[u8], shared: &Shared) -> Result<Vec<Carried>, Malformed> {
    Ok(read_carried(bytes, shared)?.into_iter().map(|arrived| arrived.carried).collect())
}

/// As [`decode_carried`], with what each event says.
///
/// # Errors
/// As [`decode_carried`].
pub fn read_carried(bytes: &[u8], shared: &Shared) -> Result<Vec<Known>, Malformed> {
    let fields = Fields::parse(bytes)?;
    fields.refuse_unknown(&[WHOLE_ONLY, EVENTS])?;
    let (of_before, events) = (fields.list(WHOLE_ONLY).count(), fields.list(EVENTS).count());
    if of_before.max(events) > limits::RECORD_EVENTS_MAX || of_before > 0 && events > 0 {
        return Err(Malformed::BadValue(EVENTS));
    }
    // EVT-052
    if of_before > 0 {
        return fields.list(WHOLE_ONLY).map(|entry| read_whole_only(entry).map(Known::of)).collect();
    }
    let mut before = None;
    let read = fields.list(EVENTS).map(|entry| {
        let arrived = read_entry(entry, shared, before)?;
        before = arrived.before();
        Ok(arrived)
    });
    read.collect()
}

fn read_whole_only(entry: &[u8]) -> Result<Carried, Malformed> {
    let entry = Fields::parse(entry)?;
    entry.refuse_unknown(&[1, 2])?;
    Ok(Carried { header: entry.bytes(1)?.to_vec(), body: entry.optional(2)?.map(<[u8]>::to_vec) })
}

fn whole(event: &Carried) -> Vec<u8> {
    Writer::new().bytes(Tag::must(WHOLE), &event.header).optional(Tag::must(WHOLE_BODY), event.body.as_deref()).done()
}

/// The short form of an event, if it has one.
// EVT-050
fn shorten(event: &Carried, header: &EventHeader, shared: &Shared, before: Option<Before>) -> Option<Vec<u8>> {
    let Shared { conversation, person, device, audience } = *shared;
    let of_log = (header.conversation, header.person, header.device, header.audience);
    let body = event.body.as_ref().map_or(header.body, |body| body_hash(&header.salt, body));
    let follows = of_log == (conversation, person, device, audience) && body == header.body;
    // Without a previous one only a record's first event can be: behind another, nothing said means that one.
    let says = (header.previous.is_some() || before.is_none())
        && (!header.parents.is_empty() || header.previous.is_none())
        && header.kind.number <= Kind::NUMBER_MAX;
    if !follows || !says || header.encode() != event.header {
        return None;
    }
    let mut entry = Writer::with_capacity(SHORT_BYTES + event.body.as_ref().map_or(0, Vec::len));
    if before.and_then(|before| before.counter.checked_add(1)) != Some(header.counter) {
        entry = entry.number(Tag::must(COUNTER), header.counter);
    }
    if before.map(|before| before.id) != header.previous {
        entry = entry.optional(Tag::must(PREVIOUS), header.previous.as_ref().map(|id| &id.as_bytes()[..]));
    }
    if !header.parents.iter().eq(&header.previous) {
        entry = entry.list(Tag::must(PARENT), header.parents.iter().map(|id| &id.as_bytes()[..]));
    }
    if header.kind != Kind::TEXT {
        entry = entry.number(Tag::must(KIND), kind_number(header.kind));
    }
    let passed = header.written.0.wrapping_sub(written_before(before));
    if passed != 0 {
        entry = entry.number(Tag::must(WRITTEN), passed);
    }
    let entry = match &event.body {
        Some(body) => entry.bytes(Tag::must(CONTENT), &[&header.salt[..], body].concat()),
        None => entry.bytes(Tag::must(GONE), &[&header.salt[..], header.body.as_bytes()].concat()),
    };
    Some(entry.done())
}

fn read_entry(entry: &[u8], shared: &Shared, before: Option<Before>) -> Result<Known, Malformed> {
    let entry = Fields::parse(entry)?;
    entry.refuse_unknown(&[COUNTER, PREVIOUS, PARENT, KIND, WRITTEN, CONTENT, GONE, WHOLE, WHOLE_BODY])?;
    let Some(header) = entry.optional(WHOLE)? else { return lengthen(&entry, shared, before) };
    let body = entry.optional(WHOLE_BODY)?.map(<[u8]>::to_vec);
    let event = Known::of(Carried { header: header.to_vec(), body });
    let short = event.read.as_ref().and_then(|(_, header)| shorten(&event.carried, header, shared, before));
    // EVT-051
    if entry.all().any(|(tag, _)| tag.number() < WHOLE) || short.is_some() {
        return Err(Malformed::BadValue(WHOLE));
    }
    Ok(event)
}

/// Builds the header that a short form stands for. A field that says what follows anyway is refused (EVT-051).
fn lengthen(entry: &Fields<'_>, shared: &Shared, before: Option<Before>) -> Result<Known, Malformed> {
    let next = before.and_then(|before| before.counter.checked_add(1));
    let counter = other_than(COUNTER, next, entry.optional_number(COUNTER)?)?.ok_or(Malformed::Missing(COUNTER))?;
    let named = entry.optional_array(PREVIOUS)?.map(EventId::from_bytes);
    let previous = other_than(PREVIOUS, before.map(|before| before.id), named)?;
    let kind = other_than(KIND, Some(kind_number(Kind::TEXT)), entry.optional_number(KIND)?)?.unwrap_or_default();
    let passed = other_than(WRITTEN, Some(0), entry.optional_number(WRITTEN)?)?.unwrap_or_default();
    let Content { salt, hash, body } = content(entry)?;
    let header = EventHeader {
        conversation: shared.conversation,
        person: shared.person,
        device: shared.device,
        counter,
        previous,
        parents: parents(entry, previous)?,
        audience: shared.audience,
        kind: Kind { number: kind >> 1, critical: kind & 1 == 1 },
        salt,
        body: hash,
        written: Wall(written_before(before).wrapping_add(passed)),
    };
    let carried = Carried { header: header.encode(), body };
    Ok(Known { read: Some((id_of(&carried.header), header)), carried })
}

/// What a field says, or what follows where it is left out. One that says what follows is refused.
fn other_than<T: PartialEq>(tag: u32, follows: Option<T>, said: Option<T>) -> Result<Option<T>, Malformed> {
    match said {
        Some(said) if follows.as_ref() == Some(&said) => Err(Malformed::BadValue(tag)),
        Some(said) => Ok(Some(said)),
        None => Ok(follows),
    }
}

fn parents(entry: &Fields<'_>, previous: Option<EventId>) -> Result<Vec<EventId>, Malformed> {
    let refused = Malformed::BadValue(PARENT);
    let parents = entry.list(PARENT).map(EventId::from_slice).collect::<Option<Vec<_>>>().ok_or(refused)?;
    if parents.is_empty() {
        return Ok(previous.into_iter().collect());
    }
    let ascend = parents.len() <= limits::PARENTS_MAX && parents.is_sorted_by(|a, b| a < b);
    if ascend && !parents.iter().eq(&previous) { Ok(parents) } else { Err(refused) }
}

/// What an event of its own says.
struct Content {
    salt: [u8; 16],
    hash: BodyHash,
    body: Option<Vec<u8>>,
}

fn content(entry: &Fields<'_>) -> Result<Content, Malformed> {
    match (entry.optional(CONTENT)?, entry.optional(GONE)?, entry.optional(WHOLE_BODY)?) {
        (Some(content), None, None) => {
            let (salt, body) = content.split_first_chunk().ok_or(Malformed::BadValue(CONTENT))?;
            Ok(Content { salt: *salt, hash: body_hash(salt, body), body: Some(body.to_vec()) })
        }
        (None, Some(gone), None) => {
            let (salt, hash) = gone.split_first_chunk().ok_or(Malformed::BadValue(GONE))?;
            let hash = BodyHash::from_slice(hash).ok_or(Malformed::BadValue(GONE))?;
            Ok(Content { salt: *salt, hash, body: None })
        }
        (None, None, None) => Err(Malformed::Missing(CONTENT)),
        _ => Err(Malformed::BadValue(CONTENT)),
    }
}

fn kind_number(kind: Kind) -> u64 {
    kind.number << 1 | u64::from(kind.critical)
}

fn written_before(before: Option<Before>) -> u64 {
    before.map_or(0, |before| before.written.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::event::Body;

    const SHARED: Shared = Shared {
        conversation: ConversationId::from_bytes([1; 32]),
        person: PersonId::from_bytes([2; 32]),
        device: DeviceId::from_bytes([3; 32]),
        audience: HeadHash::from_bytes([4; 32]),
    };

    fn header(counter: u64, previous: Option<EventId>, body: &[u8]) -> EventHeader {
        let salt = [5; 16];
        EventHeader {
            conversation: SHARED.conversation,
            person: SHARED.person,
            device: SHARED.device,
            counter,
            previous,
            parents: previous.into_iter().collect(),
            audience: SHARED.audience,
            kind: Kind::TEXT,
            salt,
            body: body_hash(&salt, body),
            written: Wall(1_780_000_000_000 + counter),
        }
    }

    fn text(length: usize) -> Vec<u8> {
        Body::Text("x".repeat(length).into()).encode()
    }

    /// Texts that one device wrote one after the other.
    fn written(count: u64, length: usize) -> Vec<Carried> {
        let mut previous = Some(EventId::from_bytes([9; 32]));
        let one = |counter| {
            let header = header(counter, previous, &text(length)).encode();
            previous = Some(id_of(&header));
            Carried { header, body: Some(text(length)) }
        };
        (100..100 + count).map(one).collect()
    }

    fn entries(plaintext: &[u8]) -> Vec<Vec<u8>> {
        Fields::parse(plaintext).unwrap().list(EVENTS).map(<[u8]>::to_vec).collect()
    }

    fn plaintext(entries: &[Vec<u8>]) -> Vec<u8> {
        Writer::new().list(Tag::must(EVENTS), entries.iter().map(Vec::as_slice)).done()
    }

    /// EVT-050: what an event takes beside its text, alone and behind another.
    #[test]
    fn an_event_takes_few_bytes_beside_its_text() {
        let one = encode_carried(&written(1, 64), &SHARED).len();
        let hundred = encode_carried(&written(100, 64), &SHARED).len();
        assert_eq!((one - 64, (hundred - one) / 99 - 64), (68, 25));
        assert_eq!(decode_carried(&encode_carried(&written(100, 64), &SHARED), &SHARED), Ok(written(100, 64)));
    }

    /// EVT-050: whatever an honest device can write has a short form, and comes out as it was written.
    #[test]
    fn every_event_that_a_device_writes_has_a_short_form() {
        let ids: Vec<EventId> = (7..10).map(|byte| EventId::from_bytes([byte; 32])).collect();
        let first = header(1, None, &text(3));
        let answer = EventHeader { parents: ids.clone(), ..header(2, Some(id_of(&first.encode())), &text(3)) };
        let back_in_time = EventHeader { written: Wall(4), ..header(7, Some(ids[0]), &text(0)) };
        let delete = Body::Delete(ids[1]);
        let deleted = EventHeader { kind: delete.kind(), ..header(8, Some(ids[0]), &delete.encode()) };
        let unknown = Kind { number: Kind::NUMBER_MAX, critical: false };
        let unknown = EventHeader { kind: unknown, ..header(u64::MAX, Some(ids[0]), b"later") };
        let carry = |header: &EventHeader, body: Option<Vec<u8>>| Carried { header: header.encode(), body };
        let events = [
            carry(&first, Some(text(3))),
            carry(&answer, Some(text(3))),
            carry(&back_in_time, None),
            carry(&deleted, Some(delete.encode())),
            carry(&unknown, Some(b"later".to_vec())),
            carry(&unknown, None),
        ];
        let encoded = encode_carried(&events, &SHARED);
        let arrived = read_carried(&encoded, &SHARED).unwrap();
        // What a short form says is what its header's bytes say.
        assert_eq!(arrived, events.map(Known::of));
        for entry in entries(&encoded) {
            assert!(Fields::parse(&entry).unwrap().optional(WHOLE).unwrap().is_none());
        }
    }

    /// EVT-050: what the short form can't say comes whole, and as it was.
    #[test]
    fn an_event_without_a_short_form_comes_whole() {
        let body = text(3);
        let good = header(100, Some(EventId::from_bytes([9; 32])), &body);
        let with = |change: fn(&mut EventHeader)| {
            let mut header = good.clone();
            change(&mut header);
            Carried { header: header.encode(), body: Some(body.clone()) }
        };
        let later = [good.encode(), Writer::new().bytes(Tag::may(40), b"later").done()].concat();
        let events = [
            Carried { header: b"rubbish".to_vec(), body: None },
            Carried { header: later, body: Some(body.clone()) },
            with(|header| header.conversation = ConversationId::from_bytes([8; 32])),
            with(|header| header.person = PersonId::from_bytes([8; 32])),
            with(|header| header.device = DeviceId::from_bytes([8; 32])),
            with(|header| header.audience = HeadHash::from_bytes([8; 32])),
            with(|header| header.body = BodyHash::from_bytes([8; 32])),
            with(|header| header.previous = None),
            with(|header| header.parents = Vec::new()),
            with(|header| header.kind.number = Kind::NOTICE),
        ];
        let encoded = encode_carried(&events, &SHARED);
        assert_eq!(decode_carried(&encoded, &SHARED), Ok(events.to_vec()));
        for entry in entries(&encoded) {
            assert!(Fields::parse(&entry).unwrap().optional(WHOLE).unwrap().is_some());
        }
    }

    /// EVT-051: a field that says what follows anyway, or a whole event that has a short form, is another encoding of the
    /// same event, and refused.
    #[test]
    fn one_event_has_one_form() {
        let events = written(2, 3);
        let [first, second] = [&events[0], &events[1]];
        let encoded = entries(&encode_carried(&events, &SHARED));
        let before = id_of(&first.header);
        let behind = |fields: Writer| {
            let content = Fields::parse(&encoded[1]).unwrap().bytes(CONTENT).unwrap().to_vec();
            let bytes = fields.bytes(Tag::must(CONTENT), &content).done();
            decode_carried(&plaintext(&[encoded[0].clone(), bytes]), &SHARED).map(|events| events.len())
        };
        let said = Writer::new;
        assert_eq!(behind(said().number(Tag::must(COUNTER), 7).number(Tag::must(WRITTEN), 1)), Ok(2));
        let refused = |tag| Err(Malformed::BadValue(tag));
        assert_eq!(behind(said().number(Tag::must(COUNTER), 101)), refused(COUNTER));
        assert_eq!(behind(said().bytes(Tag::must(PREVIOUS), before.as_bytes())), refused(PREVIOUS));
        assert_eq!(behind(said().bytes(Tag::must(PARENT), before.as_bytes())), refused(PARENT));
        assert_eq!(behind(said().number(Tag::must(KIND), 3)), refused(KIND));
        assert_eq!(behind(said().number(Tag::must(WRITTEN), 0)), refused(WRITTEN));
        for event in [first, second] {
            assert_eq!(decode_carried(&plaintext(&[whole(event)]), &SHARED), Err(Malformed::BadValue(WHOLE)));
        }
        let other = Shared { person: PersonId::from_bytes([8; 32]), ..SHARED };
        assert_eq!(decode_carried(&plaintext(&[whole(first)]), &other), Ok(vec![first.clone()]));
    }

    /// EVT-050: fields that contradict each other, or are cut short, make no event.
    #[test]
    fn a_malformed_entry_is_refused() {
        let encoded = entries(&encode_carried(&written(1, 3), &SHARED));
        let read = |entry: Vec<u8>| decode_carried(&plaintext(&[entry]), &SHARED);
        let counted = || Writer::new().number(Tag::must(COUNTER), 1);
        let refused = |tag| Err(Malformed::BadValue(tag));
        assert_eq!(read(counted().done()), Err(Malformed::Missing(CONTENT)));
        assert_eq!(read(Writer::new().bytes(Tag::must(CONTENT), &[0; 16]).done()), Err(Malformed::Missing(COUNTER)));
        assert_eq!(read(counted().bytes(Tag::must(CONTENT), &[0; 15]).done()), refused(CONTENT));
        assert_eq!(read(counted().bytes(Tag::must(GONE), &[0; 47]).done()), refused(GONE));
        let both = counted().bytes(Tag::must(CONTENT), &[0; 16]).bytes(Tag::must(GONE), &[0; 48]);
        assert_eq!(read(both.done()), refused(CONTENT));
        let with_whole = Writer::new().bytes(Tag::must(WHOLE), b"rubbish").done();
        assert_eq!(read(with_whole.clone()).map(|events| events.len()), Ok(1));
        assert_eq!(read([counted().done(), with_whole].concat()), refused(WHOLE));
        let body_of_none = Writer::new().bytes(Tag::must(WHOLE_BODY), b"").done();
        assert_eq!(read([encoded[0].clone(), body_of_none].concat()), refused(CONTENT));
        let parents = |ids: &[[u8; 32]]| {
            let list = counted().list(Tag::must(PARENT), ids.iter().map(|id| &id[..]));
            read(list.bytes(Tag::must(CONTENT), &[0; 16]).done()).map(|events| events.len())
        };
        assert_eq!(parents(&[[1; 32], [2; 32]]), Ok(1));
        assert_eq!(parents(&[[2; 32], [1; 32]]), Err(Malformed::BadValue(PARENT)));
        let many: Vec<[u8; 32]> = (0..=50).map(|byte| [byte; 32]).collect();
        assert_eq!((parents(&many[..50]), parents(&many)), (Ok(1), Err(Malformed::BadValue(PARENT))));
    }

    /// EVT-052
    #[test]
    fn a_record_of_before_is_read() {
        let events = written(2, 3);
        let of_before: Vec<Vec<u8>> = events
            .iter()
            .map(|event| {
                Writer::new().bytes(Tag::must(1), &event.header).optional(Tag::must(2), event.body.as_deref()).done()
            })
            .collect();
        let bytes = Writer::new().list(Tag::must(WHOLE_ONLY), of_before.iter().map(Vec::as_slice)).done();
        assert_eq!(decode_carried(&bytes, &SHARED), Ok(events.clone()));
        let both = [bytes, encode_carried(&events, &SHARED)].concat();
        assert_eq!(decode_carried(&both, &SHARED), Err(Malformed::BadValue(EVENTS)));
    }

    #[test]
    fn more_events_than_a_record_may_have_are_refused() {
        let most = written(limits::RECORD_EVENTS_MAX as u64, 1);
        let more = written(limits::RECORD_EVENTS_MAX as u64 + 1, 1);
        assert_eq!(decode_carried(&encode_carried(&most, &SHARED), &SHARED).map(|events| events.len()), Ok(most.len()));
        assert!(decode_carried(&encode_carried(&more, &SHARED), &SHARED).is_err());
    }
}
