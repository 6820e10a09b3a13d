//! People found in address-book cards, looked through before any of them is made a contact.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What was found and waits for the person's choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Review {
    /// The people, in the order in which they were found.
    pub people: Vec<Candidate>,
    /// Cards that were left out, and why.
    pub skipped: Vec<SkippedCards>,
    /// Why the address book on a server could not be read when it was last asked, in the words of whatever failed; `None`
    /// where it could, and where there is none.
    pub unread: Option<String>,
}

/// Somebody who was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Candidate {
    /// To choose by, in this review.
    pub key: u32,
    /// What the contact would be called.
    pub name: String,
    /// The card has a photograph that can be shown.
    pub photo: bool,
    /// Whether they are somebody new.
    pub standing: Standing,
    /// The contact that is there already.
    pub contact: Option<String>,
    /// The card lies in an address book that is watched, rather than in a file that was handed over.
    pub book: bool,
}

/// Whether somebody who was found is new here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nobody here has that name.
    New,
    /// A contact was made from this very card; it can't be made again.
    Known,
    /// A contact has that name; chosen, a further one is made with a number behind it.
    SameName,
    /// The card stands a second time among those found; chosen, as with the same name.
    Twice,
}

/// Cards that were left out for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SkippedCards {
    /// Why.
    pub why: SkippedWhy,
    /// How many.
    pub count: u32,
}

/// Why cards were left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SkippedWhy {
    /// They have nothing to call somebody by.
    Unnamed,
    /// They are lists, places or things.
    NotAPerson,
    /// They are too large.
    TooLarge,
    /// They can't be read.
    Unreadable,
    /// There are more than a home holds.
    TooMany,
}

/// A contact's photograph, from its card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Photo {
    /// `image/jpeg`, `image/png` or `image/webp`.
    pub media_type: String,
    /// Its bytes in base64.
    pub base64: String,
}
