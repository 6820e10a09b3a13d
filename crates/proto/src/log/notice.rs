//! Notices: what a device tells its own person in the timeline. They are stored like events and never sent.
//!
//! Whatever changes who reads along, or what becomes of waiting messages, leaves a line that its person can see
//! (`spec/event.md`, EVT-040). A notice has no author and no clock of anybody else; it stands where it happened.

use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{ConversationId, DeviceId, EventId, Label, PersonId, label};

use crate::io::EventRow;

/// One line for this device's person (EVT-040).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A person has another device; that many waiting messages go to it too.
    DeviceJoined { person: PersonId, device: DeviceId, waiting: u64 },
    /// A device left a person's list.
    DeviceLeft { person: PersonId, device: DeviceId },
    /// A person has two device lists of one rank: somebody copied a device. New devices are not believed.
    ListsForked { person: PersonId },
    /// A person used their recovery words: older lists of theirs, and who signs them, count no more.
    Recovered { person: PersonId },
    /// The two paired anew: the safety number is another one. That many messages wait for a word of this person, as
    /// they were meant for the keys before. With `proven`, the other's recovery words vouch for the new keys.
    PairedAnew { held: u64, proven: bool },
    /// That many held messages were written again to the new keys, by this person's choice.
    HeldSent { messages: u64 },
    /// This device's data was a copy or an old state; it began anew as another device of its person.
    BeganAnew,
    /// A device of the other signed two things for one place: it was copied or set back.
    CopyProven { device: DeviceId },
    /// A notice of a newer version.
    Other(u64),
}

impl Notice {
    /// Canonical bytes, as stored.
    pub fn encode(&self) -> Vec<u8> {
        let (number, person, device, count, proven) = match self {
            Self::DeviceJoined { person, device, waiting } => (1, Some(person), Some(device), *waiting, false),
            Self::DeviceLeft { person, device } => (2, Some(person), Some(device), 0, false),
            Self::ListsForked { person } => (3, Some(person), None, 0, false),
            Self::Recovered { person } => (4, Some(person), None, 0, false),
            Self::PairedAnew { held, proven } => (5, None, None, *held, *proven),
            Self::HeldSent { messages } => (6, None, None, *messages, false),
            Self::BeganAnew => (7, None, None, 0, false),
            Self::CopyProven { device } => (8, None, Some(device), 0, false),
            Self::Other(number) => (*number, None, None, 0, false),
        };
        Writer::new()
            .number(Tag::must(1), number)
            .optional(Tag::must(2), person.map(|person| &person.as_bytes()[..]))
            .optional(Tag::must(3), device.map(|device| &device.as_bytes()[..]))
            .number(Tag::must(4), count)
            .number(Tag::must(5), u64::from(proven))
            .done()
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// [`Malformed`] when the stored bytes are damaged.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        let person = || fields.array(2).map(PersonId::from_bytes);
        let device = || fields.array(3).map(DeviceId::from_bytes);
        let count = fields.number(4)?;
        Ok(match fields.number(1)? {
            1 => Self::DeviceJoined { person: person()?, device: device()?, waiting: count },
            2 => Self::DeviceLeft { person: person()?, device: device()? },
            3 => Self::ListsForked { person: person()? },
            4 => Self::Recovered { person: person()? },
            5 => Self::PairedAnew { held: count, proven: fields.number(5)? != 0 },
            6 => Self::HeldSent { messages: count },
            7 => Self::BeganAnew,
            8 => Self::CopyProven { device: device()? },
            other => Self::Other(other),
        })
    }

    /// The id under which the notice of a row is stored: of this vault alone.
    pub fn id(conversation: ConversationId, device: DeviceId, row: EventRow) -> EventId {
        let parts: [&[u8]; 3] = [conversation.as_bytes(), device.as_bytes(), &row.0.to_be_bytes()];
        EventId::from_bytes(label::hash(Label::Notice, &parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// EVT-040
    #[test]
    fn a_notice_reads_back_as_it_was_stored() {
        let (person, device) = (PersonId::from_bytes([1; 32]), DeviceId::from_bytes([2; 32]));
        for notice in [
            Notice::DeviceJoined { person, device, waiting: 3 },
            Notice::DeviceLeft { person, device },
            Notice::ListsForked { person },
            Notice::Recovered { person },
            Notice::PairedAnew { held: 7, proven: true },
            Notice::PairedAnew { held: 0, proven: false },
            Notice::HeldSent { messages: 7 },
            Notice::BeganAnew,
            Notice::CopyProven { device },
            Notice::Other(99),
        ] {
            assert_eq!(Notice::decode(&notice.encode()), Ok(notice));
        }
    }
}
