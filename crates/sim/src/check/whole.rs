//! What a short packet stands for, as the device that sends it knows: every look at what is said takes it whole.

use crate::node::Node;
use kith_base::{DeviceId, LogId, RecordHash};
use kith_proto::io::View;
use kith_proto::log::packet::Packet;
use kith_proto::log::record::Record;
use kith_proto::log::short::ShortRecord;

/// The packet that a device sends to another, without a short form.
///
/// # Errors
/// The rule that it breaks: a short form stands for what the device stored, or said and signed.
pub fn whole(node: &Node, to: DeviceId, bytes: &[u8]) -> Result<Packet, String> {
    let packet = Packet::decode(bytes).map_err(|error| format!("{} sends what can't be read: {error}", node.name))?;
    match packet {
        Packet::ShortRecord(short) => {
            let health = node.machine.as_ref().ok_or("a device that is not there writes")?.health(&node.vault);
            let stored = node.vault.record(health.own.log, short.seq);
            let record = stored.and_then(|stored| Record::decode(&stored.bytes).ok());
            let meant = record.filter(|record| ShortRecord::of(record) == short);
            meant.map(Packet::Record).ok_or_else(|| format!("{} sends a record that it has not", node.name))
        }
        Packet::ShortReceipt(short) => {
            let log = node.vault.logs().into_iter().find(|stored| stored.device == to).map(|stored| stored.log);
            let place = log.and_then(|log| Some((log, super::packets::stored_place(node, log)?.2)));
            let (log, head): (LogId, RecordHash) = place.ok_or_else(|| format!("{} receipts nothing", node.name))?;
            let receipt = short.lengthen(log, node.id, head);
            let signed = receipt.verify(&node.key.public()).is_ok();
            let receipt = signed.then_some(Packet::Receipt { receipt, again: false });
            receipt.ok_or_else(|| format!("{} signed another receipt than it sends", node.name))
        }
        whole => Ok(whole),
    }
}
