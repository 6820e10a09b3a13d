//! What a log is made of: events, the records that carry them, receipts that answer them.
//!
//! A device writes one log in one conversation: linear, hash-chained, sealed. `spec/log.md` numbers the rules.
//!
//! - [`event`]: plaintext with an id of its own, that does not depend on how it was sealed.
//! - [`mod@file`]: what an event says of a file, whose bytes go another way.
//! - [`carried`]: events as they stand in a record, without what follows from it.
//! - [`record`]: one sealed entry of a log, and the chain.
//! - [`receipt`]: what a reader says it has, the only thing that ends an obligation.
//! - [`offer`]: a one-use KeyPackage given to one writer.
//! - [`welcome`]: the way into a log, owed to a device like an event.
//! - [`introduction`]: how a device that joins later becomes known to the others.
//! - [`succession`]: a recovery key vouches for the new identity of its person.
//! - [`notice`]: what a device tells its own person in the timeline; it is never sent.
//! - [`short`]: records and receipts as they are said to somebody who knows what they are about.
//! - [`packet`]: how all of these stand on a connection.
//!
//! Everything here is data: parsing, checking, building. The machine that uses it is [`crate::conversation`].

pub mod carried;
mod emoji;
pub mod event;
pub mod file;
pub mod introduction;
pub mod notice;
pub mod offer;
pub mod packet;
pub mod receipt;
pub mod record;
pub mod short;
pub mod succession;
pub mod welcome;
