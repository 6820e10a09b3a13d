//! The pool of recovery keys: each pairing consumes one, so a home can pair as often as it has keys (ID-011).
//!
//! A first start makes a few before anything else, and the rest on a thread of their own while the agent already runs.
//! A run that ended before they were all made goes on with them. When the words are confirmed, what lacks is made first:
//! nobody can make any behind that (ID-012).

use super::setup::store_error;
use super::{Core, Msg};
use kith_api::Error;
use kith_base::{Rng, limits};
use kith_proto::identity::{RecoveryPublic, Root, lacking, lacking_of_restored};
use kith_store::{RecoveryRow, Registry, StoreError};
use std::thread;

/// Keys that are there before a home is.
const FIRST: usize = 16;
/// Keys made between two looks at whether anybody still wants them.
const AT_ONCE: usize = 32;

/// Where the home notes that it has a root, and how it got it.
pub(super) const ROOT_MADE: &str = "root made";
/// The root was drawn here.
pub(super) const MADE_HERE: &[u8] = b"1";
/// The root came from words.
pub(super) const RESTORED: &[u8] = b"restored";

/// Stores the first keys of a root that came about as `how` says.
pub(super) fn begin_pool(registry: &Registry<'_>, root: &Root, how: &[u8], rng: &mut Rng) -> Result<(), StoreError> {
    let mut indices = missing(registry, how, rng)?;
    indices.truncate(FIRST);
    store(registry, &keys(root, &indices))
}

/// The indices that the pool lacks.
fn missing(registry: &Registry<'_>, how: &[u8], rng: &mut Rng) -> Result<Vec<u32>, StoreError> {
    let known = registry.recovery_numbers()?;
    Ok(match how {
        RESTORED => lacking_of_restored(&known, limits::RECOVERY_POOL, rng),
        _ => lacking(&known, limits::RECOVERY_POOL),
    })
}

fn keys(root: &Root, indices: &[u32]) -> Vec<RecoveryRow> {
    let row = |key: RecoveryPublic| RecoveryRow {
        number: key.index,
        sign: key.sign.as_bytes().to_vec(),
        kem: key.kem.as_bytes().to_vec(),
        used: false,
    };
    root.publics(indices).into_iter().map(row).collect()
}

/// Stores keys, and leaves those alone that are there: one of them may be used.
fn store(registry: &Registry<'_>, keys: &[RecoveryRow]) -> Result<(), StoreError> {
    let known = registry.recovery_numbers()?;
    keys.iter().filter(|key| !known.contains(&key.number)).try_for_each(|key| registry.put_recovery(key))
}

impl Core {
    /// The root, while its words are here, and the indices that the pool lacks.
    fn lacking_keys(&mut self) -> Result<Option<(Root, Vec<u32>)>, Error> {
        let Some(root) = self.words()?.and_then(|words| Root::from_words(&words).ok()) else { return Ok(None) };
        let registry = self.home.registry();
        let how = registry.local(ROOT_MADE).map_err(|error| store_error(&error))?.unwrap_or_default();
        let missing = missing(&registry, &how, &mut self.rng).map_err(|error| store_error(&error))?;
        Ok(Some((root, missing)))
    }

    /// Begins to make the keys that lack.
    pub(super) fn fill_pool(&mut self) {
        let Ok(Some((root, missing))) = self.lacking_keys() else { return };
        if missing.is_empty() {
            return;
        }
        let core = self.sender();
        let make = move || {
            for indices in missing.chunks(AT_ONCE) {
                // A core that ended wants no more.
                if core.blocking_send(Msg::Recovery(keys(&root, indices))).is_err() {
                    return;
                }
            }
        };
        if let Err(error) = thread::Builder::new().name("recovery".to_owned()).spawn(make) {
            tracing::warn!(%error, "recovery keys can't be made; the next start tries again");
        }
    }

    /// Makes the keys that lack, all of them.
    pub(super) fn finish_pool(&mut self) -> Result<(), Error> {
        let Some((root, missing)) = self.lacking_keys()? else { return Ok(()) };
        let keys = keys(&root, &missing);
        self.home.transaction(|registry| store(&registry, &keys)).map_err(|error| store_error(&error))
    }

    /// Keys were made.
    pub(super) fn keep_recovery(&mut self, keys: &[RecoveryRow]) {
        if let Err(error) = self.home.transaction(|registry| store(&registry, keys)) {
            tracing::warn!(%error, "recovery keys could not be kept; the next start makes them again");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_store::{Durability, Home};

    /// ID-011
    #[test]
    fn a_pool_is_begun_at_once_made_whole_later_and_a_used_key_stays_used() {
        let folder = tempfile::tempdir().unwrap();
        let mut rng = Rng::from_number(1);
        let home = Home::create(folder.path(), None, Durability::Full, &mut rng).unwrap();
        let registry = home.registry();
        let root = Root::generate(&mut rng);
        begin_pool(&registry, &root, MADE_HERE, &mut rng).unwrap();
        assert_eq!(registry.recovery_left(), Ok(FIRST as u64));
        let used = registry.take_recovery().unwrap().unwrap();
        let missing = missing(&registry, MADE_HERE, &mut rng).unwrap();
        assert_eq!(missing, (16..limits::RECOVERY_POOL).collect::<Vec<_>>());
        // Keys that were made twice, by a run before and by this one.
        let made = keys(&root, &[used.number, 17]);
        store(&registry, &made).unwrap();
        assert_eq!(registry.recovery_left(), Ok(FIRST as u64));
        assert_ne!(registry.take_recovery().unwrap().unwrap().number, used.number);
    }
}
