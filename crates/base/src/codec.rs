//! The canonical encoding: fields in ascending order of tag, each with its length and a critical bit.
//!
//! ```text
//! message = field*            tags never fall; equal tags may follow each other (a list)
//! field   = varint(tag * 2 + critical) ‖ varint(length) ‖ value
//! varint  = LEB128, shortest form, at most 64 bits
//! number  = big endian, shortest form (zero is no byte at all)
//! ```
//!
//! One value has one encoding. A reader refuses a critical field it does not know, or that is not critical where it must
//! be, and passes over any other; whoever stores or forwards a message keeps the bytes it received, because hashes and
//! signatures are over those (`spec/encoding.md`, ENC-001 to ENC-006).
//!
//! ```
//! use kith_base::codec::{Fields, Tag, Writer};
//!
//! let bytes = Writer::new().number(Tag::must(1), 300).bytes(Tag::may(4), b"hint").done();
//! let fields = Fields::parse(&bytes).unwrap();
//! assert_eq!(fields.number(1), Ok(300));
//! assert_eq!(fields.optional(4), Ok(Some(&b"hint"[..])));
//! fields.refuse_unknown(&[1]).unwrap(); // 4 is not critical
//! ```

use std::fmt;

/// A field's number and whether a reader that does not know it must refuse the message (ENC-002).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    number: u32,
    critical: bool,
}

impl Tag {
    /// A field no reader may pass over.
    pub const fn must(number: u32) -> Self {
        Self { number, critical: true }
    }

    /// A field that a reader which does not know it passes over and keeps.
    pub const fn may(number: u32) -> Self {
        Self { number, critical: false }
    }

    /// The number.
    pub const fn number(self) -> u32 {
        self.number
    }
}

/// Why bytes are not a message of the wanted kind. The peer is to blame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// The bytes end inside a field.
    Truncated,
    /// A varint or number is longer than need be, or over 64 bits.
    NotShortest,
    /// A tag is lower than the one before it.
    OutOfOrder,
    /// A wanted field is absent.
    Missing(u32),
    /// A field that may stand once stands twice.
    Repeated(u32),
    /// A field's value is not of the kind or length it must be.
    BadValue(u32),
    /// A critical field that this version does not know.
    UnknownCritical(u32),
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => write!(f, "the message is cut short"),
            Self::NotShortest => write!(f, "a number is not in its shortest form"),
            Self::OutOfOrder => write!(f, "the fields are out of order"),
            Self::Missing(tag) => write!(f, "field {tag} is missing"),
            Self::Repeated(tag) => write!(f, "field {tag} stands twice"),
            Self::BadValue(tag) => write!(f, "field {tag} has a value it can't have"),
            Self::UnknownCritical(tag) => {
                write!(f, "field {tag} is not known to this version and can't be passed over")
            }
        }
    }
}

impl std::error::Error for Malformed {}

/// Builds one message. Fields are given in ascending order of tag; a debug build asserts it.
#[derive(Debug, Default)]
#[must_use]
pub struct Writer {
    out: Vec<u8>,
    last: u32,
}

impl Writer {
    /// An empty message.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty message that grows to `bytes` bytes without asking for more memory.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { out: Vec::with_capacity(bytes), last: 0 }
    }

    /// Appends a field of plain bytes.
    pub fn bytes(mut self, tag: Tag, value: &[u8]) -> Self {
        assert!(tag.number >= self.last, "fields are written in ascending order of tag");
        self.last = tag.number;
        put_varint(&mut self.out, u64::from(tag.number) * 2 + u64::from(tag.critical));
        put_varint(&mut self.out, value.len() as u64);
        self.out.extend_from_slice(value);
        self
    }

    /// Appends a field of plain bytes if there is a value.
    pub fn optional(self, tag: Tag, value: Option<&[u8]>) -> Self {
        match value {
            Some(value) => self.bytes(tag, value),
            None => self,
        }
    }

    /// Appends a number.
    pub fn number(self, tag: Tag, value: u64) -> Self {
        let bytes = value.to_be_bytes();
        let zeros = (value.leading_zeros() / 8) as usize;
        self.bytes(tag, bytes.get(zeros..).unwrap_or_default())
    }

    /// Appends a number if there is one.
    pub fn optional_number(self, tag: Tag, value: Option<u64>) -> Self {
        match value {
            Some(value) => self.number(tag, value),
            None => self,
        }
    }

    /// Appends one field for each value.
    pub fn list<'a>(mut self, tag: Tag, values: impl IntoIterator<Item = &'a [u8]>) -> Self {
        for value in values {
            self = self.bytes(tag, value);
        }
        self
    }

    /// The encoded message.
    pub fn done(self) -> Vec<u8> {
        self.out
    }
}

/// A parsed message, borrowing the bytes it was read from.
#[derive(Debug, Clone)]
pub struct Fields<'a> {
    fields: Vec<(Tag, &'a [u8])>,
}

impl<'a> Fields<'a> {
    /// Splits a message into its fields (ENC-001).
    ///
    /// # Errors
    /// [`Malformed`] when the bytes are not in canonical form.
    pub fn parse(mut bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut fields = Vec::new();
        let mut last = 0;
        while !bytes.is_empty() {
            let head = take_varint(&mut bytes)?;
            let number = u32::try_from(head / 2).map_err(|_| Malformed::NotShortest)?;
            if number < last {
                return Err(Malformed::OutOfOrder);
            }
            last = number;
            let length = usize::try_from(take_varint(&mut bytes)?).map_err(|_| Malformed::Truncated)?;
            let (value, rest) = bytes.split_at_checked(length).ok_or(Malformed::Truncated)?;
            bytes = rest;
            fields.push((Tag { number, critical: head % 2 == 1 }, value));
        }
        Ok(Self { fields })
    }

    /// Refuses a message whose critical fields are not as the reader knows them. `critical` are the tags that are
    /// critical by the table; those that may be passed over are not among them, known or not (ENC-003, ENC-006).
    ///
    /// A field has one head: were it read with either, bytes outside of a signature could be changed on the way and still
    /// say the same.
    ///
    /// # Errors
    /// With the first such tag: [`Malformed::UnknownCritical`] for a critical field that is not among them,
    /// [`Malformed::BadValue`] for one among them that says it may be passed over.
    pub fn refuse_unknown(&self, critical: &[u32]) -> Result<(), Malformed> {
        match self.fields.iter().find(|(tag, _)| tag.critical != critical.contains(&tag.number)) {
            Some((tag, _)) if tag.critical => Err(Malformed::UnknownCritical(tag.number)),
            Some((tag, _)) => Err(Malformed::BadValue(tag.number)),
            None => Ok(()),
        }
    }

    /// All fields, in order.
    pub fn all(&self) -> impl Iterator<Item = (Tag, &'a [u8])> + '_ {
        self.fields.iter().copied()
    }

    /// All values of a tag, in order.
    pub fn list(&self, tag: u32) -> impl Iterator<Item = &'a [u8]> + '_ {
        self.fields.iter().filter(move |(t, _)| t.number == tag).map(|(_, value)| *value)
    }

    /// The one value of a tag, if it is there (ENC-005).
    ///
    /// # Errors
    /// [`Malformed::Repeated`] when it stands more than once.
    pub fn optional(&self, tag: u32) -> Result<Option<&'a [u8]>, Malformed> {
        let mut values = self.list(tag);
        let first = values.next();
        match values.next() {
            Some(_) => Err(Malformed::Repeated(tag)),
            None => Ok(first),
        }
    }

    /// The one value of a tag.
    ///
    /// # Errors
    /// [`Malformed::Missing`] or [`Malformed::Repeated`].
    pub fn bytes(&self, tag: u32) -> Result<&'a [u8], Malformed> {
        self.optional(tag)?.ok_or(Malformed::Missing(tag))
    }

    /// The one value of a tag, as exactly `N` bytes.
    ///
    /// # Errors
    /// As [`Self::bytes`], and [`Malformed::BadValue`] for another length.
    pub fn array<const N: usize>(&self, tag: u32) -> Result<[u8; N], Malformed> {
        self.bytes(tag)?.try_into().map_err(|_| Malformed::BadValue(tag))
    }

    /// The one value of a tag if it is there, as exactly `N` bytes.
    ///
    /// # Errors
    /// [`Malformed::Repeated`], or [`Malformed::BadValue`] for another length.
    pub fn optional_array<const N: usize>(&self, tag: u32) -> Result<Option<[u8; N]>, Malformed> {
        self.optional(tag)?.map(|value| value.try_into().map_err(|_| Malformed::BadValue(tag))).transpose()
    }

    /// The one value of a tag, as a number.
    ///
    /// # Errors
    /// As [`Self::bytes`], and [`Malformed::NotShortest`].
    pub fn number(&self, tag: u32) -> Result<u64, Malformed> {
        number(self.bytes(tag)?)
    }

    /// The one value of a tag if it is there, as a number.
    ///
    /// # Errors
    /// [`Malformed::Repeated`] or [`Malformed::NotShortest`].
    pub fn optional_number(&self, tag: u32) -> Result<Option<u64>, Malformed> {
        self.optional(tag)?.map(number).transpose()
    }

    /// The one value of a tag, as UTF-8 text.
    ///
    /// # Errors
    /// As [`Self::bytes`], and [`Malformed::BadValue`] when it is not UTF-8.
    pub fn text(&self, tag: u32) -> Result<&'a str, Malformed> {
        std::str::from_utf8(self.bytes(tag)?).map_err(|_| Malformed::BadValue(tag))
    }
}

fn number(value: &[u8]) -> Result<u64, Malformed> {
    if value.len() > 8 || value.first() == Some(&0) {
        return Err(Malformed::NotShortest);
    }
    Ok(value.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

/// Appends a number as LEB128, in its shortest form (ENC-001).
pub fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value as u8) | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Takes a number off the front, as [`put_varint`] writes it.
///
/// # Errors
/// [`Malformed`] if the bytes end before it does, or it is not in its shortest form or over 64 bits.
pub fn take_varint(bytes: &mut &[u8]) -> Result<u64, Malformed> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or(Malformed::Truncated)?;
        *bytes = rest;
        let low = u64::from(byte & 0x7f);
        if shift == 63 && low > 1 || byte == 0 && shift > 0 {
            return Err(Malformed::NotShortest);
        }
        value |= low << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(Malformed::NotShortest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let bytes = Writer::new()
            .number(Tag::must(1), 0)
            .number(Tag::must(2), u64::MAX)
            .list(Tag::must(5), [&b"a"[..], b"", b"ccc"])
            .optional(Tag::may(6), None)
            .done();
        let fields = Fields::parse(&bytes).unwrap();
        assert_eq!(fields.number(1), Ok(0));
        assert_eq!(fields.number(2), Ok(u64::MAX));
        assert_eq!(fields.list(5).collect::<Vec<_>>(), [&b"a"[..], b"", b"ccc"]);
        assert_eq!(fields.optional(6), Ok(None));
        assert_eq!(fields.bytes(5), Err(Malformed::Repeated(5)));
        assert_eq!(fields.array::<2>(3), Err(Malformed::Missing(3)));
    }

    /// ENC-001
    #[test]
    fn one_value_has_one_encoding() {
        // A length in two bytes where one will do; a number with a leading zero; tags that fall.
        assert_eq!(Fields::parse(&[3, 0x81, 0x00, 9]).unwrap_err(), Malformed::NotShortest);
        let padded = Writer::new().bytes(Tag::must(1), &[0, 1]).done();
        assert_eq!(Fields::parse(&padded).unwrap().number(1), Err(Malformed::NotShortest));
        assert_eq!(Fields::parse(&[5, 0, 3, 0]).unwrap_err(), Malformed::OutOfOrder);
        assert_eq!(Fields::parse(&[3, 200]).unwrap_err(), Malformed::Truncated);
        assert_eq!(Fields::parse(&[0xff; 11]).unwrap_err(), Malformed::NotShortest);
    }

    /// ENC-002, ENC-003
    #[test]
    fn an_unknown_field_is_refused_only_if_it_is_critical() {
        let bytes = Writer::new().bytes(Tag::may(8), b"x").bytes(Tag::must(9), b"y").done();
        let fields = Fields::parse(&bytes).unwrap();
        assert_eq!(fields.refuse_unknown(&[9]), Ok(()));
        assert_eq!(fields.refuse_unknown(&[8, 9]), Err(Malformed::BadValue(8)));
        assert_eq!(fields.refuse_unknown(&[]), Err(Malformed::UnknownCritical(9)));
    }

    /// ENC-006
    #[test]
    fn a_known_field_is_read_with_the_head_that_the_table_gives_it_and_with_no_other() {
        let bytes = Writer::new().bytes(Tag::must(1), b"x").bytes(Tag::may(2), b"y").done();
        assert_eq!(Fields::parse(&bytes).unwrap().refuse_unknown(&[1]), Ok(()));
        for (at, refused) in [(0, Malformed::BadValue(1)), (3, Malformed::UnknownCritical(2))] {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(Fields::parse(&changed).unwrap().refuse_unknown(&[1]), Err(refused));
        }
    }

    #[test]
    fn all_fields_are_the_message() {
        let bytes = Writer::new().bytes(Tag::must(1), b"x").list(Tag::may(3), [&b"y"[..], b""]).done();
        let fields = Fields::parse(&bytes).unwrap();
        let again = fields.all().fold(Writer::new(), |writer, (tag, value)| writer.bytes(tag, value));
        assert_eq!(again.done(), bytes);
    }

    /// ENC-005
    #[test]
    fn a_field_that_stands_twice_or_has_another_length_or_kind_is_refused() {
        let bytes = Writer::new().list(Tag::must(1), [&b"a"[..], b"b"]).bytes(Tag::must(2), &[0xff; 9]).done();
        let fields = Fields::parse(&bytes).unwrap();
        assert_eq!(fields.bytes(1), Err(Malformed::Repeated(1)));
        assert_eq!(fields.optional(1), Err(Malformed::Repeated(1)));
        assert_eq!(fields.array::<8>(2), Err(Malformed::BadValue(2)));
        assert_eq!(fields.optional_array::<10>(2), Err(Malformed::BadValue(2)));
        assert_eq!(fields.number(2), Err(Malformed::NotShortest));
        assert_eq!(fields.text(2), Err(Malformed::BadValue(2)));
    }
}
