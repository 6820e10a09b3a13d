//! Short records and receipts: found again by what this end of a connection knows, or asked for whole (LOG-042).
//!
//! Nothing is believed on the way: what a short form stands for is built, and its signature decides. Who can't build it,
//! or finds it unsigned, asks as for a record that is missing, and what is sent to who asks is whole.

use super::Turn;
use crate::log::record::{Head, Record};
use crate::log::short::{ShortReceipt, ShortRecord};
use kith_base::{DeviceId, RecordHash};

impl Turn<'_> {
    /// The record of a device's own log that a short one stands for.
    pub(super) fn lengthen_record(&mut self, from: DeviceId, short: &ShortRecord) -> Option<Record> {
        let known = self.machine.log_of(from).map(|log| (log.log, log.place, Head::decode(&log.proof).ok()));
        let Some((log, Some(place), newest)) = known else {
            self.owe_receipt(from, true);
            return None;
        };
        let before_newest = || newest.filter(|head| head.hash() == place.head).map(|head| head.header.prev);
        let prev = match short.seq {
            seq if seq == place.through + 1 => Some(place.head),
            // Once more, or another in its place: who can tell the two apart is `next_record`.
            seq if seq == place.through => before_newest(),
            _ => None,
        };
        let Some(prev) = prev else {
            self.owe_receipt(from, short.seq > place.through);
            return None;
        };
        let record = short.lengthen(log, prev).ok();
        if record.is_none() {
            self.reject(from, "LOG-001");
        }
        record
    }

    /// A record of a device's own log, short.
    pub(super) fn receive_short_record(&mut self, from: DeviceId, short: &ShortRecord) {
        if let Some(record) = self.lengthen_record(from, short) {
            self.receive_record(from, &record, true);
        }
    }

    /// A device's word on what it has of the own log, short.
    pub(super) fn receive_short_receipt(&mut self, from: DeviceId, short: &ShortReceipt) {
        let key = self.machine.people.device(from).map(|known| known.sign);
        let head = self.hash_at(short.through);
        let receipt = head.map(|head| short.lengthen(self.machine.own.log, from, head));
        match receipt.filter(|receipt| key.is_some_and(|key| receipt.verify(&key).is_ok())) {
            Some(receipt) => self.take_receipt(from, &receipt, false),
            None => self.owe_receipt(from, true),
        }
    }

    /// The hash of a record of the own log, as far as it is known.
    pub(super) fn hash_at(&self, seq: u64) -> Option<RecordHash> {
        let own = &self.machine.own;
        if seq >= own.next {
            return None;
        }
        if seq + 1 == own.next {
            return Some(own.head);
        }
        let stored = |seq| Record::decode(&self.staged.record(own.log, seq)?.bytes).ok();
        // Where that record is pruned, the one behind it still names its hash.
        let behind = || stored(seq + 1).map(|record| record.header.prev);
        stored(seq).map(|record| record.hash()).or_else(behind)
    }
}
