//! Events: what a person wrote, with an id that is the same however and however often it is sealed.

use super::emoji;
use super::file::FileBody;
use crate::identity::manifest::Feature;
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{BodyHash, ConversationId, DeviceId, EventId, HeadHash, Label, PersonId, Wall, label, limits};

/// The header of an event. The body can be deleted; the header stays, so that counters and parents hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventHeader {
    /// Where it belongs.
    pub conversation: ConversationId,
    /// Who wrote it.
    pub person: PersonId,
    /// On which device.
    pub device: DeviceId,
    /// That device's event counter, from 1.
    pub counter: u64,
    /// The device's event before this one.
    pub previous: Option<EventId>,
    /// The newest events known when it was written, in ascending order.
    pub parents: Vec<EventId>,
    /// The membership head it was written under: its audience.
    pub audience: HeadHash,
    /// What it is.
    pub kind: Kind,
    /// Makes the id say nothing about a guessed body.
    pub salt: [u8; 16],
    /// Hash of salt and body.
    pub body: BodyHash,
    /// The writer's clock, for display.
    pub written: Wall,
}

/// What an event is. An unknown kind is kept; if it is critical it is shown as unknown, else not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// The number in the registry of `spec/event.md`.
    pub number: u64,
    /// A reader that does not know the kind must say so to its person.
    pub critical: bool,
}

impl Kind {
    /// Stored in place of the kind of an event that came without its body: it was deleted while it waited.
    pub const TOMBSTONE: u64 = 0;
    /// Text.
    pub const TEXT: Self = Self { number: 1, critical: true };
    /// A request to delete an earlier event of the same person (EVT-031, EVT-032).
    pub const DELETE: Self = Self { number: 2, critical: false };
    /// Another text in place of that of an earlier event of the same person.
    pub const EDIT: Self = Self { number: 3, critical: false };
    /// A recovery key vouches for the identity that its person has since the two paired anew.
    pub const SUCCESSION: Self = Self { number: 4, critical: false };
    /// An emoji at an event, of whoever writes it.
    pub const REACTION: Self = Self { number: 5, critical: false };
    /// An event is pinned, or its pin taken away.
    pub const PIN: Self = Self { number: 6, critical: false };
    /// For how long messages may stay, by whoever writes it.
    pub const TIMER: Self = Self { number: 7, critical: true };
    /// A file, whose bytes are asked for apart.
    pub const FILE: Self = Self { number: 8, critical: true };
    /// The highest number that an event on the wire can have. Those above are for what a vault notes itself.
    pub const NUMBER_MAX: u64 = u64::MAX >> 1;
    /// Stored for what a device tells its own person ([`super::notice`]). No event that comes may have this kind.
    pub const NOTICE: u64 = u64::MAX;
    /// Kinds that have no place of their own in a timeline: what they say is shown at another event, or nowhere.
    pub const UNSHOWN: &[u64] = &[
        Self::TOMBSTONE,
        Self::DELETE.number,
        Self::EDIT.number,
        Self::SUCCESSION.number,
        Self::REACTION.number,
        Self::PIN.number,
    ];
    /// Kinds that are nobody's message: those without a place, what is agreed on, and what a device says itself.
    pub const NO_MESSAGE: &[u64] = &[
        Self::TOMBSTONE,
        Self::DELETE.number,
        Self::EDIT.number,
        Self::SUCCESSION.number,
        Self::REACTION.number,
        Self::PIN.number,
        Self::TIMER.number,
        Self::NOTICE,
    ];
}

const CRITICAL: &[u32] = &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
/// What a header with one parent takes, about.
const HEADER_BYTES: usize = 288;

impl EventHeader {
    /// Canonical bytes. The id is over these.
    pub fn encode(&self) -> Vec<u8> {
        Writer::with_capacity(HEADER_BYTES)
            .bytes(Tag::must(1), self.conversation.as_bytes())
            .bytes(Tag::must(2), self.person.as_bytes())
            .bytes(Tag::must(3), self.device.as_bytes())
            .number(Tag::must(4), self.counter)
            .optional(Tag::must(5), self.previous.as_ref().map(|id| &id.as_bytes()[..]))
            .list(Tag::must(6), self.parents.iter().map(|id| &id.as_bytes()[..]))
            .bytes(Tag::must(7), self.audience.as_bytes())
            .number(Tag::must(8), self.kind.number)
            .number(Tag::must(9), u64::from(self.kind.critical))
            .bytes(Tag::must(10), &self.salt)
            .bytes(Tag::must(11), self.body.as_bytes())
            .number(Tag::may(12), self.written.0)
            .done()
    }

    /// Reads a header; the id is [`id_of`] the same bytes.
    ///
    /// # Errors
    /// [`Malformed`]; the peer is to blame.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(CRITICAL)?;
        let parents = fields
            .list(6)
            .map(|id| EventId::from_slice(id).ok_or(Malformed::BadValue(6)))
            .collect::<Result<Vec<_>, _>>()?;
        if parents.len() > limits::PARENTS_MAX || !parents.is_sorted_by(|a, b| a < b) {
            return Err(Malformed::BadValue(6));
        }
        let critical = match fields.number(9)? {
            0 => false,
            1 => true,
            _ => return Err(Malformed::BadValue(9)),
        };
        Ok(Self {
            conversation: ConversationId::from_bytes(fields.array(1)?),
            person: PersonId::from_bytes(fields.array(2)?),
            device: DeviceId::from_bytes(fields.array(3)?),
            counter: fields.number(4)?,
            previous: fields.optional_array(5)?.map(EventId::from_bytes),
            parents,
            audience: HeadHash::from_bytes(fields.array(7)?),
            kind: Kind { number: fields.number(8)?, critical },
            salt: fields.array(10)?,
            body: BodyHash::from_bytes(fields.array(11)?),
            written: Wall(fields.optional_number(12)?.unwrap_or_default()),
        })
    }
}

/// The id of the event with these header bytes (EVT-010).
pub fn id_of(header: &[u8]) -> EventId {
    EventId::from_bytes(label::hash(Label::Event, &[header]))
}

/// The hash that a header carries of its body.
pub fn body_hash(salt: &[u8; 16], body: &[u8]) -> BodyHash {
    BodyHash::from_bytes(label::hash(Label::Body, &[salt, body]))
}

/// Words of a person, byte for byte, with what they answer and how long they stay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording {
    /// The text.
    pub text: String,
    /// The event that it answers. A reader quotes its own copy; one that does not know the field shows the text (EVT-060).
    pub answers: Option<EventId>,
    /// How many seconds it stays once its time begins (EVT-071).
    pub timer: Option<u64>,
}

impl<T: Into<String>> From<T> for Wording {
    fn from(text: T) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// Whether an event is pinned, as somebody says. Of several the one with the highest round stands (EVT-080).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin {
    /// The event.
    pub target: EventId,
    /// One more than that of what its writer knew.
    pub round: u64,
    /// Whether it is pinned.
    pub pinned: bool,
}

/// What a known kind of event says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Text of a person.
    Text(Wording),
    /// The writer's person wants an earlier event of theirs gone.
    Delete(EventId),
    /// The writer's person wants an earlier text of theirs to read otherwise.
    Edit(EventId, Wording),
    /// A recovery key's signature on its person's new identity ([`super::succession`]).
    Succession([u8; 64]),
    /// What the writer's person thinks of an event: one emoji, or empty for what they take back.
    Reaction(EventId, String),
    /// Whether an event is pinned.
    Pin(Pin),
    /// For how many seconds the writer's person lets messages stay; 0: for good.
    Timer(u64),
    /// A file of the writer's person ([`super::file`]).
    File(Box<FileBody>),
}

impl Body {
    /// The kind that a header of this body has.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::TEXT,
            Self::Delete(_) => Kind::DELETE,
            Self::Edit(..) => Kind::EDIT,
            Self::Succession(_) => Kind::SUCCESSION,
            Self::Reaction(..) => Kind::REACTION,
            Self::Pin(_) => Kind::PIN,
            Self::Timer(_) => Kind::TIMER,
            Self::File(_) => Kind::FILE,
        }
    }

    /// What every device of a conversation must have, for this to be written in it.
    pub const fn needs(&self) -> Option<Feature> {
        match self {
            Self::Text(_) | Self::Delete(_) | Self::Succession(_) => None,
            Self::Edit(..) => Some(Feature::Edit),
            Self::Reaction(..) => Some(Feature::React),
            Self::Pin(_) => Some(Feature::Pin),
            Self::Timer(_) => Some(Feature::Disappear),
            Self::File(_) => Some(Feature::Files),
        }
    }

    /// Canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Text(said) => Writer::new()
                .bytes(Tag::must(1), said.text.as_bytes())
                .optional(Tag::may(2), said.answers.as_ref().map(|id| &id.as_bytes()[..]))
                .optional_number(Tag::may(3), said.timer)
                .done(),
            Self::Delete(target) => Writer::new().bytes(Tag::must(1), target.as_bytes()).done(),
            Self::Edit(target, said) => Writer::new()
                .bytes(Tag::must(1), target.as_bytes())
                .bytes(Tag::must(2), said.text.as_bytes())
                .optional(Tag::may(3), said.answers.as_ref().map(|id| &id.as_bytes()[..]))
                .optional_number(Tag::may(4), said.timer)
                .done(),
            Self::Succession(signature) => Writer::new().bytes(Tag::must(1), signature).done(),
            Self::Reaction(target, emoji) => {
                Writer::new().bytes(Tag::must(1), target.as_bytes()).bytes(Tag::must(2), emoji.as_bytes()).done()
            }
            Self::Pin(pin) => Writer::new()
                .bytes(Tag::must(1), pin.target.as_bytes())
                .number(Tag::must(2), pin.round)
                .number(Tag::must(3), u64::from(pin.pinned))
                .done(),
            Self::Timer(seconds) => Writer::new().number(Tag::must(1), *seconds).done(),
            Self::File(file) => file.encode(),
        }
    }

    /// Reads the body of a kind; `None` for a kind that this version does not know.
    ///
    /// # Errors
    /// [`Malformed`]; the peer is to blame.
    pub fn decode(kind: Kind, bytes: &[u8]) -> Result<Option<Self>, Malformed> {
        if bytes.len() > limits::BODY_BYTES_MAX {
            return Err(Malformed::BadValue(1));
        }
        // EVT-006, EVT-021
        match kind.number {
            1 => {
                let fields = Fields::parse(bytes)?;
                fields.refuse_unknown(&[1])?;
                let (text, answers) = (text_of(&fields, 1)?, answered(&fields, 2)?);
                Ok(Some(Self::Text(Wording { text, answers, timer: timer_of(&fields, 3)? })))
            }
            2 => {
                let fields = Fields::parse(bytes)?;
                fields.refuse_unknown(&[1])?;
                Ok(Some(Self::Delete(EventId::from_bytes(fields.array(1)?))))
            }
            3 => {
                let fields = Fields::parse(bytes)?;
                fields.refuse_unknown(&[1, 2])?;
                let (text, answers) = (text_of(&fields, 2)?, answered(&fields, 3)?);
                let said = Wording { text, answers, timer: timer_of(&fields, 4)? };
                Ok(Some(Self::Edit(EventId::from_bytes(fields.array(1)?), said)))
            }
            4 => {
                let fields = Fields::parse(bytes)?;
                fields.refuse_unknown(&[1])?;
                Ok(Some(Self::Succession(fields.array(1)?)))
            }
            5 => {
                let fields = Fields::parse(bytes)?;
                fields.refuse_unknown(&[1, 2])?;
                let emoji = fields.text(2)?;
                if emoji.len() > limits::REACTION_BYTES_MAX {
                    return Err(Malformed::BadValue(2));
                }
                Ok(Some(Self::Reaction(EventId::from_bytes(fields.array(1)?), emoji.to_owned())))
            }
            6 => {
                let fields = Fields::parse(bytes)?;
                fields.refuse_unknown(&[1, 2, 3])?;
                let (round, pinned) = (fields.number(2)?, fields.number(3)?);
                if !(1..=limits::PIN_ROUNDS_MAX).contains(&round) || pinned > 1 {
                    return Err(Malformed::BadValue(2));
                }
                Ok(Some(Self::Pin(Pin { target: EventId::from_bytes(fields.array(1)?), round, pinned: pinned == 1 })))
            }
            7 => {
                let fields = Fields::parse(bytes)?;
                fields.refuse_unknown(&[1])?;
                let seconds = fields.number(1)?;
                if seconds != 0 && !is_timer(seconds) {
                    return Err(Malformed::BadValue(1));
                }
                Ok(Some(Self::Timer(seconds)))
            }
            8 => FileBody::decode(bytes).map(|file| Some(Self::File(Box::new(file)))),
            // EVT-020
            _ => Ok(None),
        }
    }
}

/// EVT-060: the event that a text answers.
fn answered(fields: &Fields<'_>, tag: u32) -> Result<Option<EventId>, Malformed> {
    Ok(fields.optional_array(tag)?.map(EventId::from_bytes))
}

/// EVT-071: how many seconds a message stays.
pub(super) fn timer_of(fields: &Fields<'_>, tag: u32) -> Result<Option<u64>, Malformed> {
    match fields.optional_number(tag)? {
        Some(seconds) if !is_timer(seconds) => Err(Malformed::BadValue(tag)),
        timer => Ok(timer),
    }
}

/// Whether messages can be said to stay for so many seconds (EVT-070).
pub const fn is_timer(seconds: u64) -> bool {
    limits::TIMER_SECONDS_MIN <= seconds && seconds <= limits::TIMER_SECONDS_MAX
}

/// What is shown of a reaction: an emoji that this version knows as one. Taken back, and whatever else it may say,
/// it shows nothing (EVT-062).
pub fn shown_reaction(emoji: &str) -> Option<&str> {
    emoji::is_one(emoji).then_some(emoji)
}

/// A text of bounded length.
fn text_of(fields: &Fields<'_>, tag: u32) -> Result<String, Malformed> {
    let text = fields.text(tag)?;
    if text.len() <= limits::TEXT_BYTES_MAX { Ok(text.to_owned()) } else { Err(Malformed::BadValue(tag)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// EVT-021
    #[test]
    fn a_critical_field_that_a_bodys_reader_does_not_know_is_refused() {
        let target = EventId::from_bytes([1; 32]);
        let reaction = Body::Reaction(target, "\u{1f44d}".into());
        let pin = Body::Pin(Pin { target, round: 1, pinned: true });
        let edit = Body::Edit(target, "b".into());
        for body in [Body::Text("a".into()), Body::Delete(target), edit, reaction, pin, Body::Timer(0)] {
            let with = |tag| [body.encode(), Writer::new().bytes(tag, b"later").done()].concat();
            assert_eq!(Body::decode(body.kind(), &with(Tag::may(9))), Ok(Some(body.clone())));
            assert_eq!(Body::decode(body.kind(), &with(Tag::must(9))), Err(Malformed::UnknownCritical(9)));
        }
    }

    /// EVT-060: a reader of before, which knows the text's first field only, shows the text.
    #[test]
    fn what_a_text_answers_is_kept_and_hinders_no_reader_that_does_not_know_it() {
        let said = Wording { answers: Some(EventId::from_bytes([7; 32])), ..Wording::from("a") };
        for body in [Body::Text(said.clone()), Body::Edit(EventId::from_bytes([1; 32]), said.clone())] {
            assert_eq!(Body::decode(body.kind(), &body.encode()), Ok(Some(body)));
        }
        let bytes = Body::Text(said).encode();
        let fields = Fields::parse(&bytes).unwrap();
        assert_eq!((fields.refuse_unknown(&[1]), fields.text(1)), (Ok(()), Ok("a")));
    }

    /// EVT-070, EVT-071: as above, a reader of before shows the text.
    #[test]
    fn a_time_is_one_that_somebody_can_mean() {
        let (least, most) = (limits::TIMER_SECONDS_MIN, limits::TIMER_SECONDS_MAX);
        let says = |seconds| Body::decode(Kind::TIMER, &Body::Timer(seconds).encode());
        for seconds in [0, least, most] {
            assert_eq!(says(seconds), Ok(Some(Body::Timer(seconds))));
        }
        let carries = |seconds| {
            let body = Body::Text(Wording { timer: Some(seconds), ..Wording::from("a") });
            Body::decode(Kind::TEXT, &body.encode()).map(|read| read == Some(body))
        };
        assert_eq!((carries(least), carries(most)), (Ok(true), Ok(true)));
        for seconds in [least - 1, most + 1] {
            assert_eq!((says(seconds), carries(seconds)), (Err(Malformed::BadValue(1)), Err(Malformed::BadValue(3))));
        }
        assert_eq!(carries(0), Err(Malformed::BadValue(3)), "what stays for good says nothing");
    }

    /// EVT-080
    #[test]
    fn rounds_of_pinning_begin_at_one_and_are_bounded() {
        let read = |round| {
            let body = Body::Pin(Pin { target: EventId::from_bytes([1; 32]), round, pinned: true });
            Body::decode(Kind::PIN, &body.encode()).is_ok()
        };
        assert!(read(1) && read(limits::PIN_ROUNDS_MAX));
        assert!(!read(0) && !read(limits::PIN_ROUNDS_MAX + 1));
    }

    /// EVT-061, EVT-062
    #[test]
    fn a_reaction_is_bounded_and_shows_one_emoji_or_nothing() {
        let read = |emoji: &str| {
            let body = Body::Reaction(EventId::from_bytes([1; 32]), emoji.into());
            Body::decode(Kind::REACTION, &body.encode())
        };
        assert!(read(&"x".repeat(limits::REACTION_BYTES_MAX)).is_ok());
        assert_eq!(read(&"x".repeat(limits::REACTION_BYTES_MAX + 1)), Err(Malformed::BadValue(2)));
        assert_eq!(shown_reaction("\u{1f44d}"), Some("\u{1f44d}"));
        assert_eq!((shown_reaction(""), shown_reaction("you lost")), (None, None));
    }
}
