//! Proofs that this device, or another, is a copy or was set back.
//!
//! Only a signature proves it: a head of the own log that this device does not have, or a receipt of its own above its
//! counter. Readers keep the newest of both and show them at the beginning of a connection, before anything else, so
//! that a device learns of its own future before it seals anything. A reader that meets two heads of one place reads
//! that log no further and shows the other head to the writer.

use super::Turn;
use super::read::continues;
use crate::io::Effect;
use crate::log::notice::Notice;
use crate::log::packet::Packet;
use crate::log::receipt::Receipt;
use crate::log::record::{Head, Record};
use kith_base::{DeviceId, LogId, RecordHash};

impl Turn<'_> {
    /// Whether a place of the own log is one that this device never wrote, or wrote otherwise.
    pub(super) fn knows_otherwise(&self, seq: u64, hash: RecordHash) -> bool {
        seq >= self.machine.own.next || self.hash_at(seq).is_some_and(|head| head != hash)
    }

    /// What this device signed, as a reader shows it.
    pub(super) fn receive_head(&mut self, from: DeviceId, head: &Head) {
        let own = &self.machine.own;
        let (log, seq) = (head.header.log, head.header.seq);
        let unknown = match own.former(log) {
            Some(next) => seq >= next,
            None if log == own.log => self.knows_otherwise(seq, head.hash()),
            // Somebody with this device's key goes on where this one stands.
            None if continues(self.machine.genesis.conversation, self.machine.genesis.device, own.log, log) => true,
            None => return self.reject(from, "RCPT-005"),
        };
        if head.verify(&self.machine.genesis.sign.public()).is_err() {
            return self.reject(from, "RCPT-005");
        }
        if unknown {
            self.retire();
        }
    }

    /// What this device receipted, as a writer shows it.
    pub(super) fn receive_said(&mut self, from: DeviceId, said: &Receipt) {
        let mine = said.statement.device == self.machine.genesis.device;
        if !mine || said.verify(&self.machine.genesis.sign.public()).is_err() {
            return self.reject(from, "RCPT-006");
        }
        if said.statement.counter > self.machine.progress.receipts {
            self.retire();
        }
    }

    fn retire(&mut self) {
        if !self.machine.progress.retired {
            self.machine.progress.retired = true;
            self.dirty.progress = true;
            self.effects.push(Effect::Retired);
        }
    }

    /// Shows a device what it signed itself (RCPT-016).
    pub(super) fn send_proofs(&mut self, to: DeviceId) {
        let log = self.machine.log_of(to).map(|log| (log.proof.clone(), log.forked.clone()));
        let (proof, forked) = log.unwrap_or_default();
        for head in [Some(proof).filter(|proof| !proof.is_empty()), forked].into_iter().flatten() {
            self.send(to, Packet::head_bytes(&head));
        }
        let said = self.machine.peers.get(&to).map(|peer| peer.said.clone());
        if let Some(said) = said.filter(|said| !said.is_empty()) {
            self.send(to, Packet::said_bytes(&said));
        }
    }

    /// A writer signed a record for a place that has another (LOG-025): it is a copy, or was set back and did not notice.
    pub(super) fn prove_copy(&mut self, log: LogId, writer: DeviceId, record: &Record) {
        let Some(known) = self.machine.logs.get_mut(&log).filter(|known| known.forked.is_none()) else { return };
        known.forked = Some(record.head().encode());
        self.dirty.logs.insert(log);
        self.notice(&Notice::CopyProven { device: writer });
        self.send_proofs(writer);
    }
}
