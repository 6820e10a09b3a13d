//! What one device asks another for on a stream of files, and what comes back (FILE-010, FILE-011).
//!
//! ```text
//! asker → (length: u32, big endian ‖ a question)*          questions may be asked ahead of their answers
//! other → (a byte: 0 here it is, 1 there is no such file, 2 not at the moment ‖ the bytes asked for)*     in the order of the questions
//! ```
//! How many bytes an answer has follows from the question and the file's size, so it says no length.

use crate::shape::{HASH, Shape};
use kith_base::EventId;
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::limits::FILE_PIECES_ASKED_MAX;

/// Longest question in bytes.
pub const ASK_BYTES_MAX: usize = 128;
/// An answer that goes on with what was asked for.
pub const YES: u8 = 0;
/// An answer that ends there: the file was deleted, or never was.
pub const NO: u8 = 1;
/// An answer that ends there: whoever sent the file paused it.
pub const LATER: u8 = 2;

/// A question about one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// The file's event.
    pub event: EventId,
    /// What is asked for.
    pub what: What,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The hashes of all groups.
    Tops,
    /// The hashes of a group's pieces.
    Hashes {
        /// Which group.
        group: u64,
    },
    /// Sealed pieces.
    Pieces {
        /// The first.
        from: u64,
        /// How many: 1 to [`FILE_PIECES_ASKED_MAX`].
        count: u64,
    },
    /// Nothing: the asker has the whole file.
    Thanks,
}

impl What {
    /// How many bytes the answer has; `None` for what a file of this shape does not have.
    pub fn answer_bytes(self, shape: Shape) -> Option<u64> {
        match self {
            Self::Tops => Some(shape.groups() * HASH),
            Self::Hashes { group } => (group < shape.groups()).then(|| shape.group_length(group) * HASH),
            Self::Pieces { from, count } => {
                (from.checked_add(count)? <= shape.pieces()).then(|| shape.sealed_span(from, count))
            }
            Self::Thanks => Some(0),
        }
    }
}

impl Ask {
    /// Canonical bytes.
    pub fn encode(&self) -> Vec<u8> {
        let (what, from, count) = match self.what {
            What::Tops => (1, 0, 0),
            What::Hashes { group } => (2, group, 0),
            What::Pieces { from, count } => (3, from, count),
            What::Thanks => (4, 0, 0),
        };
        Writer::new()
            .bytes(Tag::must(1), self.event.as_bytes())
            .number(Tag::must(2), what)
            .number(Tag::must(3), from)
            .number(Tag::must(4), count)
            .done()
    }

    /// Reads a question.
    ///
    /// # Errors
    /// [`Malformed`]; the peer is to blame.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > ASK_BYTES_MAX {
            return Err(Malformed::BadValue(1));
        }
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4])?;
        let (from, count) = (fields.number(3)?, fields.number(4)?);
        let what = match (fields.number(2)?, from, count) {
            (1, 0, 0) => What::Tops,
            (2, group, 0) => What::Hashes { group },
            // FILE-010
            (3, from, 1..=FILE_PIECES_ASKED_MAX) => What::Pieces { from, count },
            (4, 0, 0) => What::Thanks,
            _ => return Err(Malformed::BadValue(2)),
        };
        Ok(Self { event: EventId::from_bytes(fields.array(1)?), what })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::PLAIN;

    /// FILE-010
    #[test]
    fn a_question_reads_back_as_it_was_asked_and_asks_for_no_more_than_it_may() {
        let event = EventId::from_bytes([4; 32]);
        let pieces = |from, count| What::Pieces { from, count };
        for what in
            [What::Tops, What::Hashes { group: 7 }, pieces(0, 1), pieces(9, FILE_PIECES_ASKED_MAX), What::Thanks]
        {
            let ask = Ask { event, what };
            assert_eq!(Ask::decode(&ask.encode()), Ok(ask));
            assert!(ask.encode().len() <= ASK_BYTES_MAX);
        }
        for what in [pieces(0, 0), pieces(0, FILE_PIECES_ASKED_MAX + 1)] {
            assert_eq!(Ask::decode(&Ask { event, what }.encode()), Err(Malformed::BadValue(2)));
        }
    }

    /// FILE-011
    #[test]
    fn an_answers_length_follows_from_the_question_and_the_size() {
        let shape = Shape::of(2 * PLAIN + 1).unwrap();
        let length = |what: What| what.answer_bytes(shape);
        assert_eq!(length(What::Tops), Some(32));
        assert_eq!(length(What::Hashes { group: 0 }), Some(96));
        assert_eq!(length(What::Hashes { group: 1 }), None);
        assert_eq!(length(What::Pieces { from: 1, count: 2 }), Some(256 * 1024 + 17));
        assert_eq!(length(What::Pieces { from: 2, count: 2 }), None);
        assert_eq!(length(What::Pieces { from: u64::MAX, count: 2 }), None);
        assert_eq!(length(What::Thanks), Some(0));
    }
}
