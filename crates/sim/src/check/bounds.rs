//! How large and how many the rows may be that another device can make grow.

use super::{Check, Held};
use crate::node::Node;
use kith_base::limits;
use kith_proto::io::{MetaKey, View};

/// Every how many commits a vault is measured.
pub(super) const EVERY: u64 = 50;
/// Two people's devices.
const DEVICES_MAX: usize = 2 * limits::LIST_DEVICES_MAX;
/// Rows of the model's sealer for each other device: two groups and a few unused KeyPackages.
const SEALER_ROWS_PER_DEVICE: usize = 8;
/// A log that is read: an offer, a few letter keys, as many refusals as a receipt names.
const LOG_BYTES_MAX: usize = 16 * 1024;
/// A device: its card, its offer, a letter key.
const PEER_BYTES_MAX: usize = 16 * 1024;
/// Two bundles and two lists.
const PEOPLE_BYTES_MAX: usize = 2 * (limits::BUNDLE_BYTES_MAX + limits::LIST_BYTES_MAX) + 1024;
/// Counters, parents, and a thousand deletions that came ahead. With a thousand other changes ahead and the counters of 256 devices
/// it may be more, which no simulation has met.
const PROGRESS_BYTES_MAX: usize = 96 * 1024;
/// A letter from each device to each, with room.
const INTRODUCTIONS_BYTES_MAX: usize = DEVICES_MAX * DEVICES_MAX * 8 * 1024;

impl Check {
    /// A vault holds no more than it may.
    ///
    /// # Errors
    /// What it holds too much of.
    pub fn bounded(&self, node: &Node) -> Held {
        let within = |what: &str, found: usize, most: usize| {
            if found <= most {
                Ok(())
            } else {
                Err(format!("{} holds {found} of {what}; {most} are enough", node.name))
            }
        };
        let (peers, logs) = (node.vault.peers(), node.vault.logs());
        within("other devices", peers.len(), DEVICES_MAX)?;
        within("logs", logs.len(), DEVICES_MAX)?;
        for peer in &peers {
            within("a device's bytes", peer.state.len(), PEER_BYTES_MAX)?;
        }
        for log in &logs {
            within("a log's bytes", log.state.len(), LOG_BYTES_MAX)?;
        }
        // Rows of MLS are of other kinds; a model's are told by its records.
        if !self.leaves.is_empty() {
            within("its sealer's rows", node.vault.sealer().len(), (peers.len() + 1) * SEALER_ROWS_PER_DEVICE)?;
        }
        let meta = |key| node.vault.meta(key).map_or(0, |value| value.len());
        within("its progress's bytes", meta(MetaKey::Progress), PROGRESS_BYTES_MAX)?;
        within("its people's bytes", meta(MetaKey::People), PEOPLE_BYTES_MAX)?;
        within("its letters' bytes", meta(MetaKey::Introductions), INTRODUCTIONS_BYTES_MAX)
    }
}
