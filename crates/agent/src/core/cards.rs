//! People found in address-book cards: read, looked through by their person, made contacts where chosen.
//!
//! *Nothing* → (a file's pieces, the last one) → *read, off this thread* → *in review* → (chosen) → *saved contacts*, or →
//! (dropped) → *nothing*. What is in review is in memory alone, and gone with the agent. Another file adds to it.
//!
//! A saved contact has a name, and perhaps a photograph; its app is made when it is invited. Until then it has no vault and
//! no keys, so a thousand people of an address book cost a thousand rows.
//!
//! - CARD-004: nothing of a card is kept or done before its person has chosen it.
//! - CARD-011: of a watched address book only who is new is asked about, and once.
//! - CARD-005: of a card the name, the photograph and the id in its address book are kept. None of them is sent to anybody.

use super::contacts::{ContactState, State, taken};
use super::setup::store_error;
use super::talk::json;
use super::{Answer, Core, Msg};
use crate::address_book::dav::Links;
use data_encoding::BASE64;
use kith_api::{Candidate, Change, Contact, Error, ErrorKind, Photo, Review, SkippedCards, SkippedWhy, Standing, Word};
use kith_base::{ContactId, limits};
use kith_cards::{Card, Read, Skipped};
use kith_loopback::origin;
use kith_store::{CardRow, ContactRow, StoreError, name_key};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// People who were found, until their person has chosen.
#[derive(Default)]
pub(super) struct InReview {
    /// The pieces of a file that is being handed over.
    pieces: Vec<u8>,
    people: Vec<Found>,
    skipped: BTreeMap<Skipped, usize>,
    photo_bytes: usize,
    last_key: u32,
    /// How many new people of address books those who watch were told of.
    told: u32,
    /// Why an address book could not be read when it was last asked.
    unread: Option<String>,
}

/// Somebody who was found.
struct Found {
    key: u32,
    card: Card,
    from: Origin,
}

/// Where a card lies, if it lies where it can be met again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) book: String,
    pub(crate) address: String,
    pub(crate) version: String,
}

impl Origin {
    fn is_watched(&self) -> bool {
        !self.book.is_empty()
    }
}

impl Core {
    /// Takes a piece of a file; with the last one the whole is read, and the review answered.
    pub(super) fn take_piece(&mut self, piece: &str, first: bool, last: bool, answer: Answer) {
        let review = &mut self.review;
        if first {
            review.pieces.clear();
        }
        let Ok(bytes) = BASE64.decode(piece.as_bytes()) else {
            let error = Error::new(ErrorKind::BadRequest, "not-base64", []);
            return drop(answer.send(Err(error)));
        };
        if review.pieces.len().saturating_add(bytes.len()) > limits::CARD_FILE_BYTES_MAX {
            review.pieces = Vec::new();
            let error = Error::new(
                ErrorKind::TooLarge,
                "card-file-too-large",
                [("count", Word::count(limits::CARD_FILE_BYTES_MAX / (1024 * 1024)))],
            );
            return drop(answer.send(Err(error)));
        }
        review.pieces.extend(bytes);
        if !last {
            return drop(answer.send(Ok(json(&self.review()))));
        }
        let bytes = std::mem::take(&mut review.pieces);
        let me = self.me.clone();
        self.runtime.spawn(async move {
            // Cards are strangers' bytes: a panic over them stays in its task.
            let read = tokio::task::spawn_blocking(move || kith_cards::read(&bytes)).await;
            drop(me.send(Msg::CardsRead { read: read.ok(), answer }).await);
        });
    }

    pub(super) fn cards_read(&mut self, read: Option<Read>, answer: Answer) {
        let Some(read) = read else {
            let error = Error::new(ErrorKind::Internal, "card-mistake", []);
            return drop(answer.send(Err(error)));
        };
        if read.cards.is_empty() && read.skipped.is_empty() {
            let error = Error::new(ErrorKind::BadInput, "card-none", []);
            return drop(answer.send(Err(error)));
        }
        self.add_found(read);
        drop(answer.send(Ok(json(&self.review()))));
    }

    /// Adds people of a file to the review.
    fn add_found(&mut self, read: Read) {
        for (why, count) in read.skipped {
            *self.review.skipped.entry(why).or_default() += count;
        }
        for card in read.cards {
            self.add_one(card, Origin::default(), None);
        }
    }

    /// Adds somebody, under the key they had before if they had one.
    fn add_one(&mut self, mut card: Card, from: Origin, key: Option<u32>) {
        let review = &mut self.review;
        if review.people.len() >= limits::CONTACTS_MAX {
            *review.skipped.entry(Skipped::TooMany).or_default() += 1;
            return;
        }
        let size = card.photo.as_ref().map_or(0, |photo| photo.bytes.len());
        if review.photo_bytes + size > limits::REVIEW_PHOTO_BYTES_MAX {
            card.photo = None;
        } else {
            review.photo_bytes += size;
        }
        let key = key.unwrap_or_else(|| {
            review.last_key += 1;
            review.last_key
        });
        review.people.push(Found { key, card, from });
    }

    /// The people in review, and how they stand to the contacts there are.
    pub(super) fn review(&self) -> Review {
        let cards = self.home.registry().cards().unwrap_or_default();
        let by_uid: BTreeMap<&str, ContactId> =
            cards.iter().filter(|card| !card.uid.is_empty()).map(|card| (card.uid.as_str(), card.contact)).collect();
        let shown = self.contacts.values().filter(|contact| contact.state() != State::Attempt);
        let by_name: BTreeMap<String, ContactId> =
            shown.map(|contact| (name_key(&contact.row.name), contact.row.id)).collect();
        let (mut uids, mut names) = (BTreeSet::new(), BTreeSet::new());
        let people = self.review.people.iter().map(|found| {
            let Card { name, uid, photo } = &found.card;
            let key = name_key(name);
            let again = (!uid.is_empty() && !uids.insert(uid.as_str())) | !names.insert(key.clone());
            let (standing, contact) = match (by_uid.get(uid.as_str()), by_name.get(&key)) {
                (Some(contact), _) => (Standing::Known, Some(contact)),
                (None, Some(contact)) => (Standing::SameName, Some(contact)),
                (None, None) if again => (Standing::Twice, None),
                (None, None) => (Standing::New, None),
            };
            let contact = contact.map(ContactId::to_string);
            Candidate {
                key: found.key,
                name: name.clone(),
                photo: photo.is_some(),
                standing,
                contact,
                book: found.from.is_watched(),
            }
        });
        Review {
            people: people.collect(),
            skipped: self.review.skipped.iter().map(skipped).collect(),
            unread: self.review.unread.clone(),
        }
    }

    /// The people in review, for somebody who looks: an address book on a server is asked again meanwhile.
    pub(super) fn look_through(&self) -> Review {
        self.books.notify_one();
        self.review()
    }

    /// Makes contacts of those who were chosen, all or none, and ends the review. CARD-004
    pub(super) fn take_cards(&mut self, keys: &[u32], books: bool) -> Result<Vec<Contact>, Error> {
        let keys: BTreeSet<u32> = keys.iter().copied().collect();
        let standings: BTreeMap<u32, Standing> =
            self.review().people.into_iter().map(|person| (person.key, person.standing)).collect();
        if let Some(key) = keys.iter().find(|key| !standings.contains_key(*key)) {
            return Err(Error::new(ErrorKind::NotFound, "card-unknown", [("key", Word::text(key))]));
        }
        let chosen = |found: &&Found| {
            keys.contains(&found.key) && standings.get(&found.key).is_some_and(|standing| *standing != Standing::Known)
        };
        let count = self.review.people.iter().filter(chosen).count();
        if self.contacts.len() + count > limits::CONTACTS_MAX {
            return Err(Error::new(
                ErrorKind::TooLarge,
                "contacts-too-many",
                [("count", Word::count(limits::CONTACTS_MAX))],
            ));
        }
        let mut names: BTreeSet<String> = self.contacts.values().map(|contact| name_key(&contact.row.name)).collect();
        let created = self.clock.wall();
        let rng = &mut self.rng;
        let rows: Vec<(ContactRow, CardRow)> = self
            .review
            .people
            .iter()
            .filter(chosen)
            .map(|found| {
                let name = free(&found.card.name, &mut names);
                let id = ContactId::from_bytes(rng.bytes());
                let label = kith_base::id::base32(&rng.bytes::<16>());
                let row = ContactRow { state: State::Saved as u64, ..ContactRow::new(id, name, label, created) };
                (row, card_row(id, found))
            })
            .collect();
        let left = self.left_out(&keys, books);
        self.home
            .transaction(|registry| {
                for (row, card) in &rows {
                    registry.put_contact(row)?;
                    registry.put_card(card)?;
                }
                left.iter().try_for_each(|id| registry.leave(id))
            })
            .map_err(|error: StoreError| store_error(&error))?;
        self.end_review(books);
        let ids: Vec<ContactId> = rows.iter().map(|(row, _)| row.id).collect();
        for (row, _) in rows {
            self.contacts.insert(row.id, ContactState::new(row));
        }
        // Once for all of them: each knows nothing of the others.
        self.publish();
        let views = ids.into_iter().map(|id| self.view(id)).collect::<Result<Vec<_>, _>>()?;
        for view in &views {
            self.push(Change::Contact(view.clone()));
        }
        self.status_changed();
        self.books.notify_one();
        Ok(views)
    }

    /// Ends the review without a contact.
    pub(super) fn drop_cards(&mut self, books: bool) -> Result<Value, Error> {
        let left = self.left_out(&BTreeSet::new(), books);
        let done = self.home.transaction(|registry| left.iter().try_for_each(|id| registry.leave(id)));
        done.map_err(|error: StoreError| store_error(&error))?;
        self.end_review(books);
        Ok(Value::Null)
    }

    /// By what those are known again who lie in an address book and were not chosen.
    fn left_out(&self, chosen: &BTreeSet<u32>, books: bool) -> Vec<String> {
        let left = |found: &&Found| books && found.from.is_watched() && !chosen.contains(&found.key);
        self.review.people.iter().filter(left).map(|found| left_id(&found.from, &found.card)).collect()
    }

    fn end_review(&mut self, books: bool) {
        let review = &mut self.review;
        review.people.retain(|found| found.from.is_watched() && !books);
        review.skipped.clear();
        review.photo_bytes =
            review.people.iter().filter_map(|found| Some(found.card.photo.as_ref()?.bytes.len())).sum();
        self.tell_found();
    }

    /// CARD-011: what an address book holds at present takes the place of what it held before. Who is a contact by their card, or
    /// was left out, is not asked about again.
    pub(super) fn book_read(&mut self, book: &str, cards: Vec<(Card, Origin)>) {
        let registry = self.home.registry();
        let known: BTreeSet<String> = registry.cards().unwrap_or_default().into_iter().map(|card| card.uid).collect();
        let is_new = |(card, from): &(Card, Origin)| {
            let known = !card.uid.is_empty() && known.contains(&card.uid);
            !known && !registry.is_left(&left_id(from, card)).unwrap_or(true)
        };
        let fresh: Vec<(Card, Origin)> = cards.into_iter().filter(is_new).collect();
        let before: BTreeMap<String, u32> = self
            .review
            .people
            .extract_if(.., |found| found.from.book == book)
            .map(|found| (left_id(&found.from, &found.card), found.key))
            .collect();
        for (card, from) in fresh {
            let key = before.get(&left_id(&from, &card)).copied();
            self.add_one(card, from, key);
        }
        self.tell_found();
    }

    /// What an address book held stays in review while it can't be read.
    pub(super) fn book_unread(&mut self, why: String) {
        self.review.unread = Some(why);
    }

    /// The addresses of the apps whose cards lie in an address book.
    pub(super) fn links_of(&mut self, book: &str) -> Links {
        self.review.unread = None;
        let cards = self.home.registry().cards().unwrap_or_default();
        let of_book = cards.into_iter().filter(|card| card.book == book);
        let link = |card: CardRow| {
            let contact = self.contacts.get(&card.contact)?;
            Some((card.address, origin(&contact.row.host_label, self.web_port)))
        };
        of_book.filter_map(link).collect()
    }

    /// Tells those who watch how many wait to be looked through.
    fn tell_found(&mut self) {
        let people =
            self.review().people.iter().filter(|person| person.book && person.standing == Standing::New).count();
        let people = u32::try_from(people).unwrap_or(u32::MAX);
        if self.review.told != people {
            self.review.told = people;
            self.push(Change::Found(people));
        }
    }

    /// A contact's photograph, if its card had one.
    pub(super) fn photo(&self, id: ContactId) -> Result<Option<Photo>, Error> {
        let card = self.home.registry().card(id).map_err(|error| store_error(&error))?;
        let photo = card.filter(|card| !card.photo.is_empty());
        Ok(photo.map(|card| Photo { media_type: card.photo_type, base64: BASE64.encode(&card.photo) }))
    }

    /// A saved contact that is invited, or that this person answers: its app is made from here on.
    pub(super) fn is_saved(&self, id: ContactId) -> bool {
        self.contacts.get(&id).map(ContactState::state) == Some(State::Saved)
    }

    /// The name of a contact to be: free, or that of somebody who is saved and not invited.
    pub(super) fn saved_or_free(&self, name: &str) -> Result<Option<ContactId>, Error> {
        match self.named(name) {
            Some(id) if self.is_saved(id) => Ok(Some(id)),
            Some(_) => Err(taken(name)),
            None => Ok(None),
        }
    }
}

/// What is kept of a card. CARD-005
fn card_row(contact: ContactId, found: &Found) -> CardRow {
    let Origin { book, address, version } = found.from.clone();
    let (photo_type, photo) = match &found.card.photo {
        Some(photo) => (photo.kind.media_type().to_owned(), photo.bytes.clone()),
        None => (String::new(), Vec::new()),
    };
    CardRow { contact, uid: found.card.uid.clone(), photo_type, photo, book, address, version }
}

/// By what a card that was left out is known again.
pub(super) fn left_id(from: &Origin, card: &Card) -> String {
    let id = if card.uid.is_empty() { &from.address } else { &card.uid };
    format!("{} {id}", from.book)
}

/// A name that nobody has, with a number behind it if need be.
fn free(name: &str, names: &mut BTreeSet<String>) -> String {
    let numbered = |number: u32| {
        let behind = format!(" {number}");
        let mut end = name.len().min(limits::NAME_BYTES_MAX - behind.len());
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        name.get(..end).unwrap_or_default().to_owned() + &behind
    };
    let tries = std::iter::once(name.to_owned()).chain((2..).map(numbered));
    let free = tries.into_iter().find(|name| !names.contains(&name_key(name))).unwrap_or_default();
    names.insert(name_key(&free));
    free
}

fn skipped((why, count): (&Skipped, &usize)) -> SkippedCards {
    let why = match why {
        Skipped::Unnamed => SkippedWhy::Unnamed,
        Skipped::NotAPerson => SkippedWhy::NotAPerson,
        Skipped::TooLarge => SkippedWhy::TooLarge,
        Skipped::Unreadable => SkippedWhy::Unreadable,
        Skipped::TooMany => SkippedWhy::TooMany,
    };
    SkippedCards { why, count: u32::try_from(*count).unwrap_or(u32::MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_a_number_and_stays_short_enough() {
        let mut names = BTreeSet::from([name_key("Mira")]);
        assert_eq!(free("mira", &mut names), "mira 2");
        assert_eq!(free("Mira", &mut names), "Mira 3");
        let long = "é".repeat(limits::NAME_BYTES_MAX / 2);
        assert_eq!(free(&long, &mut names), long);
        let other = free(&long, &mut names);
        assert!(other.ends_with(" 2") && other.len() <= limits::NAME_BYTES_MAX, "{other}");
    }
}
