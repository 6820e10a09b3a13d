//! Receipts out: what this device has read, with the keys that its writers may use next.

use super::Turn;
use crate::log::packet::Packet;
use crate::log::receipt::{Reading, Receipt, Statement};
use crate::log::short::ShortReceipt;
use kith_base::DeviceId;

impl Turn<'_> {
    /// Answers every log that needs it: what is committed with this step is receipted by it.
    pub(super) fn send_receipts(&mut self) {
        let due: Vec<(DeviceId, bool, bool, bool)> = self
            .machine
            .sessions
            .iter_mut()
            .filter_map(|(device, session)| {
                let again = session.receipt_due.take()?;
                Some((*device, again, session.offer_told, std::mem::replace(&mut session.proved, true)))
            })
            .collect();
        for (device, again, offer_told, proved) in due {
            let Some(log) = self.machine.log_of(device) else { continue };
            if log.offer.is_none() && log.place.is_none() {
                let log = log.log;
                self.make_offer(log);
            }
            if again || !proved {
                self.send_proofs(device);
            }
            self.send_receipt(device, again, !offer_told);
        }
    }

    fn send_receipt(&mut self, writer: DeviceId, again: bool, with_offer: bool) {
        self.machine.progress.receipts += 1;
        self.dirty.progress = true;
        let counter = self.machine.progress.receipts;
        let device = self.machine.genesis.device;
        let heard = self.machine.peers.get(&writer).map_or(0, |peer| peer.receipt);
        let Some(log) = self.machine.log_of(writer) else { return };
        let reading = log.place.map(|place| Reading {
            joined: place.joined,
            through: place.through,
            head: place.head,
            safe: place.through,
            seen: log.seen,
        });
        let offer = log.offer.clone().filter(|_| with_offer || log.place.is_none());
        let refused = log.refused.iter().map(|skipped| (skipped.seq, skipped.why)).collect();
        let statement = Statement { log: log.log, device, counter, reading, refused, offer: None, heard };
        let receipt = Receipt::sign(statement, offer, &self.machine.genesis.sign);
        let Some(session) = self.machine.sessions.get_mut(&writer) else { return };
        session.offer_told = true;
        // LOG-042
        let may_be_short = std::mem::replace(&mut session.short_receipts, true) && !again;
        let packet = match ShortReceipt::of(&receipt).filter(|_| may_be_short) {
            Some(short) => Packet::ShortReceipt(short),
            None => Packet::Receipt { receipt, again },
        };
        self.send(writer, packet.encode());
    }
}
