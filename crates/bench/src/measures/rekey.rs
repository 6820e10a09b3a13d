//! A rekey of a send group: a commit of its writer without any change of members, and what it costs a reader.
//!
//! In this process, on the shipped sealer, without disk and network. The writer's state is what it keeps of its own group.

use super::milliseconds;
use crate::figure::Figure;
use kith_base::{DeviceId, LogId, Rng};
use kith_proto::crypto::SignKey;
use kith_proto::sealer::mls::MlsSealer;
use kith_proto::sealer::{Addition, Change, LeafKey, Sealer as _};
use std::collections::BTreeMap;
use std::time::Instant;

/// Rekeys of a group; the median of them counts.
const REKEYS: usize = 9;

/// A device with its sealer.
struct Device {
    leaf: LeafKey,
    key: SignKey,
    rng: Rng,
    sealer: MlsSealer,
    rows: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl Device {
    fn new(number: usize) -> Self {
        let mut rng = Rng::from_number(number as u64);
        let key = SignKey::generate(&mut rng);
        let leaf = LeafKey { device: DeviceId::from_bytes(rng.bytes()), key: key.public() };
        Self { leaf, key, rng, sealer: MlsSealer::new(), rows: BTreeMap::new() }
    }

    fn offer(&mut self) -> Addition {
        let key_package = self.sealer.key_package(self.leaf, &self.key, &mut self.rng).expect("a KeyPackage");
        Addition { leaf: self.leaf, key_package }
    }

    /// Takes what changed, as a commit of the vault would; bytes of it.
    fn drain(&mut self) -> usize {
        let mut bytes = 0;
        for (key, value) in self.sealer.drain() {
            bytes += key.len() + value.as_ref().map_or(0, Vec::len);
            match value {
                Some(value) => drop(self.rows.insert(key, value)),
                None => drop(self.rows.remove(&key)),
            }
        }
        bytes
    }

    fn commit(&mut self, log: LogId, seq: u64, change: &Change) -> kith_proto::sealer::Committed {
        self.sealer.commit(log, &self.key, &seq.to_be_bytes(), change, &mut self.rng).expect("a commit")
    }
}

/// Takes the measure, once: its numbers are of this process alone.
pub(super) fn take(_rounds: usize) -> Vec<Figure> {
    [2, 10, 50].into_iter().flat_map(group).collect()
}

fn group(devices: usize) -> Vec<Figure> {
    let log = LogId::from_bytes([7; 32]);
    let mut writer = Device::new(0);
    let mut readers: Vec<Device> = (1..devices).map(Device::new).collect();
    writer.sealer.create(log, writer.leaf, &writer.key, &mut writer.rng).expect("a group");
    let add = readers.iter_mut().map(Device::offer).collect();
    let welcome = writer.commit(log, 0, &Change { remove: Vec::new(), add }).welcome.expect("somebody was added");
    for reader in &mut readers {
        reader.sealer.join(log, writer.leaf, &welcome).expect("it was welcomed");
        reader.drain();
    }
    writer.drain();
    let (mut commits, mut opens, mut sizes, mut rows) = (vec![], vec![], vec![], vec![]);
    for seq in 1..=REKEYS {
        let begin = Instant::now();
        let committed = writer.commit(log, seq as u64, &Change::default());
        commits.push(milliseconds(begin.elapsed()));
        rows.push(writer.drain() as f64);
        sizes.push(committed.commit.len() as f64);
        let reader = readers.last_mut().expect("a reader");
        let begin = Instant::now();
        let opened = reader.sealer.open(log, writer.leaf, &(seq as u64).to_be_bytes(), &committed.commit);
        opens.push(milliseconds(begin.elapsed()));
        opened.expect("it is the writer's");
        reader.drain();
    }
    let state: usize = writer.rows.iter().map(|(key, value)| key.len() + value.len()).sum();
    vec![
        Figure::low(format!("rekey, {devices} devices, the writer's processor time"), "ms", commits),
        Figure::low(format!("rekey, {devices} devices, a reader's processor time"), "ms", opens),
        Figure::low(format!("rekey, {devices} devices, size of the commit"), "B", sizes),
        Figure::low(format!("rekey, {devices} devices, bytes of state rewritten"), "B", rows),
        Figure::low(format!("state of a send group at its writer, {devices} devices"), "B", vec![state as f64]),
    ]
}
