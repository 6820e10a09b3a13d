//! Who the people were before the two paired anew, and what is left of that time (`spec/pairing.md`, PAIR-051 to 057).
//!
//! Events of before stay in the vault as history: their headers name a conversation that is over and persons that sign
//! nothing more. What is kept here says which of them wait for a word of this device's person, and by which key the
//! other was known.
//!
//! Invariants: a held row is an own text that no device of the other person has receipted, and nobody is owed it. The
//! identity that vouches ([`Past::anchor`]) is never replaced by one that nothing vouches for.

use super::LoadError;
use super::people::People;
use super::state::{Genesis, Progress};
use crate::crypto::VerifyKey;
use crate::identity::bundle::Bundle;
use crate::io::{Delivery, EventRow, MetaKey, View};
use crate::log::event::Kind;
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{ConversationId, limits};
use std::collections::BTreeSet;

/// The two people as they were in a conversation that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Before {
    pub(super) conversation: ConversationId,
    pub(super) mine: Bundle,
    pub(super) theirs: Bundle,
    /// It was the first, or its number was compared, or it was proven: whoever can sign for it is the other.
    pub(super) vouched: bool,
}

/// What is known of the time before the newest pairing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Past {
    /// Oldest first.
    pub(super) before: Vec<Before>,
    /// Own texts that wait for their person's word.
    pub(super) held: BTreeSet<EventRow>,
    /// Where the notice of the newest pairing stands.
    pub(super) notice: EventRow,
    /// The other's recovery words vouch for the keys in force.
    pub(super) proven: bool,
}

impl Past {
    /// What will be past once another pairing takes the place of what this vault holds; `None` where it holds nothing.
    /// With `verified`, the number of those in force was compared.
    pub(super) fn after(view: &dyn View, verified: bool) -> Result<Option<Succeeded>, LoadError> {
        let Some(genesis) = view.meta(MetaKey::Genesis) else { return Ok(None) };
        let genesis = Genesis::decode(&genesis).map_err(|_| LoadError::Damaged("its beginning"))?;
        let mut past = Self::load(view)?;
        let progress = view.meta(MetaKey::Progress).and_then(|bytes| Progress::decode(&bytes).ok());
        let established = progress.ok_or(LoadError::Damaged("its progress"))?.established;
        let people = view.meta(MetaKey::People).and_then(|bytes| People::decode(&bytes).ok());
        let people = people.ok_or(LoadError::Damaged("its people"))?;
        if established {
            let mine = people.get(genesis.person).map(|person| person.bundle.clone());
            let theirs = people.iter().map(|person| &person.bundle).find(|bundle| bundle.person() != genesis.person);
            if let (Some(mine), Some(theirs)) = (mine, theirs) {
                let vouched = past.before.is_empty() || verified || past.proven;
                let conversation = genesis.conversation;
                past.before.push(Before { conversation, mine, theirs: theirs.clone(), vouched });
            }
            past.bound();
        }
        past.proven = false;
        Ok(Some(Succeeded { past, people, established }))
    }

    /// Reads what is stored; nothing where the two never paired anew.
    pub(super) fn load(view: &dyn View) -> Result<Self, LoadError> {
        let stored = view.meta(MetaKey::Past).map(|bytes| Self::decode(&bytes));
        stored.transpose().map(Option::unwrap_or_default).map_err(|_| LoadError::Damaged("its past"))
    }

    /// Notes which own texts nobody of the other side has receipted.
    pub(super) fn hold(&mut self, view: &dyn View) {
        let held = |row: &EventRow| {
            view.event(*row).is_some_and(|event| {
                let edited = event.edited_by.is_some_and(|edit| view.body(edit).is_some());
                let said = match event.kind {
                    kind if kind == Kind::TEXT.number => !event.erased || edited,
                    kind => kind == Kind::FILE.number && !event.erased,
                };
                event.mine && said && event.delivery < Delivery::Delivered
            })
        };
        self.held = (1..=view.last_row().0).map(EventRow).filter(held).collect();
    }

    /// The newest identity of the other that something vouches for.
    pub(super) fn anchor(&self) -> Option<&Before> {
        self.before.iter().rev().find(|before| before.vouched)
    }

    /// Forgets the oldest beyond the bound, never the one that vouches.
    fn bound(&mut self) {
        while self.before.len() > limits::PAST_MAX {
            let anchor = self.anchor().map(|before| before.conversation);
            let Some(oldest) = self.before.iter().position(|before| Some(before.conversation) != anchor) else {
                return;
            };
            self.before.remove(oldest);
        }
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let before: Vec<Vec<u8>> = self
            .before
            .iter()
            .map(|before| {
                Writer::new()
                    .bytes(Tag::must(1), before.conversation.as_bytes())
                    .bytes(Tag::must(2), before.mine.bytes())
                    .bytes(Tag::must(3), before.theirs.bytes())
                    .number(Tag::must(4), u64::from(before.vouched))
                    .done()
            })
            .collect();
        let held: Vec<[u8; 8]> = self.held.iter().map(|row| row.0.to_be_bytes()).collect();
        Writer::new()
            .list(Tag::must(1), before.iter().map(Vec::as_slice))
            .list(Tag::must(2), held.iter().map(|row| &row[..]))
            .number(Tag::must(3), self.notice.0)
            .number(Tag::must(4), u64::from(self.proven))
            .done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4])?;
        let before = fields.list(1).map(|entry| {
            let entry = Fields::parse(entry)?;
            entry.refuse_unknown(&[1, 2, 3, 4])?;
            let bundle = |tag| Bundle::decode(entry.bytes(tag)?).map_err(|_| Malformed::BadValue(tag));
            let conversation = ConversationId::from_bytes(entry.array(1)?);
            Ok(Before { conversation, mine: bundle(2)?, theirs: bundle(3)?, vouched: entry.number(4)? != 0 })
        });
        let held = fields.list(2).map(|row| {
            let row = row.try_into().map_err(|_| Malformed::BadValue(2))?;
            Ok(EventRow(u64::from_be_bytes(row)))
        });
        Ok(Self {
            before: before.collect::<Result<_, Malformed>>()?,
            held: held.collect::<Result<_, Malformed>>()?,
            notice: EventRow(fields.number(3)?),
            proven: fields.number(4)? != 0,
        })
    }
}

/// What another pairing takes the place of.
pub(super) struct Succeeded {
    pub(super) past: Past,
    /// The people whose conversation ends.
    pub(super) people: People,
    /// Each side had joined the other's log.
    pub(super) established: bool,
}

/// The recovery key to ask for when the person of this vault goes on with its contact (PAIR-053). With `verified`, the
/// number of those in force was compared.
///
/// # Errors
/// [`LoadError::Damaged`].
pub fn recovery_before(view: &dyn View, verified: bool) -> Result<Option<VerifyKey>, LoadError> {
    let succeeded = Past::after(view, verified)?;
    Ok(succeeded.and_then(|it| it.past.anchor().map(|before| *before.theirs.recovery_sign())))
}
