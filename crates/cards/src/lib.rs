//! Address-book cards: who is in a `.vcf` file.
//!
//! A file from a phone or a mail program holds one card or thousands, in version 2.1, 3.0 or 4.0, in charsets that it names or
//! does not. Of each card three things are taken and nothing else: a name, a photograph, and the id by which an address
//! book knows it again. Numbers, addresses and notes are not even returned.
//!
//! ```text
//! bytes ─▶ text (BOM, UTF-8, else Windows-1252) ─▶ cards, one by one ─▶ properties (calcard) ─▶ Card, or why not
//! ```
//!
//! Invariants (`spec/contacts.md`):
//! - CARD-001: a card that can't be read takes no other with it, and is counted.
//! - CARD-002: what comes out is bounded whatever goes in; a name is one line of text with nothing invisible in it.
//! - CARD-003: a photograph is a JPEG, PNG or WebP that stands in the card itself. Nothing is fetched.
//!
//! ```
//! let read = kith_cards::read(b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Mira Solberg\r\nEND:VCARD\r\n");
//! assert_eq!(read.cards[0].name, "Mira Solberg");
//! ```

mod link;
mod property;
mod split;

pub use link::{has_link, with_link};
pub use property::{Photo, PhotoKind, clean_name};

use kith_base::limits;
use std::collections::BTreeMap;

/// What is taken of one card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// A line of text of at most [`limits::NAME_BYTES_MAX`] bytes, not empty.
    pub name: String,
    /// What the address book knows it by; empty if it gives nothing.
    pub uid: String,
    /// The photograph, if there is one that can be shown.
    pub photo: Option<Photo>,
}

/// Why a card was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Skipped {
    /// It has no name, nor anything else to call somebody by.
    Unnamed,
    /// It is a list, a place or a thing.
    NotAPerson,
    /// It is larger than [`limits::CARD_BYTES_MAX`].
    TooLarge,
    /// It has a beginning and no end, or is no card inside.
    Unreadable,
    /// There are more than [`limits::CONTACTS_MAX`] before it.
    TooMany,
}

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Read {
    /// The people, in the file's order.
    pub cards: Vec<Card>,
    /// How many cards were left out, and why.
    pub skipped: BTreeMap<Skipped, usize>,
}

/// Reads the cards of a file.
pub fn read(bytes: &[u8]) -> Read {
    let mut read = Read::default();
    let text = split::decoded(bytes);
    for piece in split::cards(&text) {
        // CARD-001
        let card = match piece {
            _ if read.cards.len() >= limits::CONTACTS_MAX => Err(Skipped::TooMany),
            Ok(text) => property::card(&text),
            Err(why) => Err(why),
        };
        match card {
            Ok(card) => read.cards.push(card),
            Err(why) => *read.skipped.entry(why).or_default() += 1,
        }
    }
    read
}
