//! Which of two connections between the same two devices stays.
//!
//! A program that was restarted leaves connections behind that look alive at the other end for a while. Its start counter
//! is durable and signed, so a newer start replaces them. Two connections of the same start are two dials that crossed;
//! then the smaller device id's dial stays, which both ends see alike.

use kith_base::DeviceId;

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

/// Decides between a connection that is there and one that just greeted, both with the same device.
/// HELLO-010, HELLO-011.
pub fn settle(old: &Met, new: &Met) -> Keep {
    match new.their_start.cmp(&old.their_start) {
        std::cmp::Ordering::Greater => Keep::New,
        std::cmp::Ordering::Less => Keep::Old,
        // A device that dials again has given its first dial up.
        std::cmp::Ordering::Equal if new.initiator <= old.initiator => Keep::New,
        std::cmp::Ordering::Equal => Keep::Old,
    }
}
