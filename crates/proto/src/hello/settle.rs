//! Which of two connections between the same two devices stays.
//!
//! A program that was restarted leaves connections behind that look alive at the other end for a while. Its start counter
//! is durable and signed, so a newer start replaces them. Two connections of the same start that were made at about one
//! time are two dials that crossed; then the smaller device id's dial stays, which both ends see alike. Where the old one
//! has stood for longer, the other end has given it up, or would not have dialled.

use kith_base::DeviceId;
use std::time::Duration;

/// How far apart two dials that crossed may greet: as long as a dial and its hello take at most.
const CROSSING: Duration = Duration::from_secs(10);

/// What decides about a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    /// The start counter that the other end greeted with.
    pub their_start: u64,
    /// The device that opened it.
    pub initiator: DeviceId,
}

/// Which connection stays; the other is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// The one that was there.
    Old,
    /// The one that came.
    New,
}

/// Decides between a connection that greeted some time ago and one that just did, both with the same device.
/// HELLO-010, HELLO-011.
pub fn settle(old: &Met, age: Duration, new: &Met) -> Keep {
    match new.their_start.cmp(&old.their_start) {
        std::cmp::Ordering::Greater => Keep::New,
        std::cmp::Ordering::Less => Keep::Old,
        // A device that dials again has given its first dial up.
        std::cmp::Ordering::Equal if new.initiator <= old.initiator || age > CROSSING => Keep::New,
        std::cmp::Ordering::Equal => Keep::Old,
    }
}
