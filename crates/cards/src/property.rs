//! What is taken of one card's properties.

use crate::{Card, Skipped};
use calcard::vcard::{VCard, VCardKind, VCardProperty, VCardValue};
use calcard::{Entry, Parser};
use kith_base::limits;

/// A photograph as it stands in the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// By its first bytes, whatever the card says.
    pub kind: PhotoKind,
    /// At most [`limits::CARD_PHOTO_BYTES_MAX`].
    pub bytes: Vec<u8>,
}

/// Pictures that a page may show: none of them can run anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoKind {
    /// `image/jpeg`.
    Jpeg,
    /// `image/png`.
    Png,
    /// `image/webp`.
    Webp,
}

impl PhotoKind {
    /// The kind that bytes begin as.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ => None,
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
        }
    }
}

/// The card in a text that is one.
pub(crate) fn card(text: &str) -> Result<Card, Skipped> {
    let Entry::VCard(card) = Parser::new(text).entry() else { return Err(Skipped::Unreadable) };
    if is_no_person(&card) {
        return Err(Skipped::NotAPerson);
    }
    let name = name(&card).ok_or(Skipped::Unnamed)?;
    let uid = values(&card, &VCardProperty::Uid).find_map(as_text).map(line).unwrap_or_default();
    // A part of an id would be another's.
    let uid = Some(uid).filter(|uid| uid.len() <= limits::CARD_UID_BYTES_MAX).unwrap_or_default();
    Ok(Card { name, uid, photo: values(&card, &VCardProperty::Photo).find_map(photo) })
}

fn values<'a>(card: &'a VCard, wanted: &VCardProperty) -> impl Iterator<Item = &'a VCardValue> {
    card.entries.iter().filter(move |entry| entry.name == *wanted).flat_map(|entry| &entry.values)
}

fn as_text(value: &VCardValue) -> Option<&str> {
    match value {
        VCardValue::Text(text) => Some(text),
        _ => None,
    }
}

/// Lists of version 4, and what some address books wrote for a list before.
fn is_no_person(card: &VCard) -> bool {
    let old = |entry: &&calcard::vcard::VCardEntry| matches!(&entry.name, VCardProperty::Other(name) if name.eq_ignore_ascii_case("X-ADDRESSBOOKSERVER-KIND"));
    let is_list = |value: &VCardValue| match value {
        VCardValue::Kind(kind) => !matches!(kind, VCardKind::Individual | VCardKind::Org),
        VCardValue::Text(text) => text.eq_ignore_ascii_case("group"),
        _ => false,
    };
    let mut kinds =
        values(card, &VCardProperty::Kind).chain(card.entries.iter().filter(old).flat_map(|entry| &entry.values));
    kinds.any(is_list)
}

/// What to call somebody: the name as it is to be shown, or else its parts, or what else there is.
fn name(card: &VCard) -> Option<String> {
    let shown = values(card, &VCardProperty::Fn).filter_map(as_text).find_map(clean_name);
    let others = [VCardProperty::Nickname, VCardProperty::Org, VCardProperty::Email];
    let other = |property: &VCardProperty| values(card, property).filter_map(as_text).find_map(clean_name);
    shown.or_else(|| name_of_parts(card)).or_else(|| others.iter().find_map(other))
}

/// Given name, middle names and family name of `N`, in the order in which most people say them.
fn name_of_parts(card: &VCard) -> Option<String> {
    let entry = card.entries.iter().find(|entry| entry.name == VCardProperty::N)?;
    let part = |index: usize| match entry.values.get(index) {
        Some(VCardValue::Text(text)) => text.clone(),
        Some(VCardValue::Component(parts)) => parts.join(" "),
        _ => String::new(),
    };
    clean_name(&format!("{} {} {}", part(1), part(2), part(0)))
}

/// A text as a name: one line, nothing invisible, not too long; `None` where nothing is left. CARD-002
pub fn clean_name(text: &str) -> Option<String> {
    let name = line(&repaired(text));
    let mut end = name.len().min(limits::NAME_BYTES_MAX);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    let name = name.get(..end).unwrap_or_default().trim();
    name.contains(char::is_alphanumeric).then(|| name.to_owned())
}

/// One line without what can't be seen.
fn line(text: &str) -> String {
    let seen = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let seen: String = seen.filter(|c| !c.is_control() && !is_invisible(*c)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What turns the direction of text, joins nothing, or stands for a character that was lost.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}')
}

/// Phones write quoted-printable UTF-8 without saying that it is; read as Latin-1, it shows (`Ã©`).
fn repaired(text: &str) -> String {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    let was_utf8 = bytes.filter(|bytes| !bytes.is_ascii()).and_then(|bytes| String::from_utf8(bytes).ok());
    was_utf8.unwrap_or_else(|| text.to_owned())
}

/// CARD-003
fn photo(value: &VCardValue) -> Option<Photo> {
    let VCardValue::Binary(data) = value else { return None };
    let kind = PhotoKind::of(&data.data)?;
    (data.data.len() <= limits::CARD_PHOTO_BYTES_MAX).then(|| Photo { kind, bytes: data.data.clone() })
}
