//! The rows that OpenMLS keeps, with the last accepted state beside its working copy.
//!
//! OpenMLS writes while it computes, also when the result is refused afterwards. So it works on a copy: a step that
//! succeeds *accepts* the copy and learns which rows changed; one that fails *rejects* it, and nothing happened.

use openmls_memory_storage::MemoryStorage;
use std::collections::BTreeMap;
#[expect(clippy::disallowed_types, reason = "the type of OpenMLS' store; sorted before anything is made of it")]
use std::collections::HashMap;
use std::sync::PoisonError;
use zeroize::Zeroize as _;

/// What the key of a group's resumption secrets begins with.
const RESUMPTION: &[u8] = b"ResumptionPsk";
/// A store of none, that takes none.
const NO_RESUMPTION: &[u8] = br#"{"max_number_of_secrets":0,"resumption_psk":[],"cursor":0}"#;

/// Rows by OpenMLS' own keys, in order.
pub(super) type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

/// A row's key and its new value, or `None` when it is gone.
pub(super) type Changed = (Vec<u8>, Option<Vec<u8>>);

/// One group's rows, or those of all unused KeyPackages.
#[derive(Default)]
pub(super) struct Shelf {
    accepted: Rows,
    working: MemoryStorage,
}

impl Shelf {
    /// A shelf in this state.
    pub(super) fn load(accepted: Rows) -> Self {
        let mut shelf = Self { working: copy(&accepted), accepted };
        shelf.forget_resumption();
        shelf
    }

    /// Takes the secrets out of the working copy by which a group could be resumed (SEAL-006). OpenMLS keeps those of 32
    /// epochs of a group that it makes, whatever it is told; of one that is loaded it keeps as many as its row says.
    pub(super) fn forget_resumption(&mut self) {
        let rows = self.working.values.get_mut().unwrap_or_else(PoisonError::into_inner);
        #[expect(clippy::disallowed_methods, reason = "each is treated alike, in whatever order")]
        let of_resumption = rows.iter_mut().filter(|(key, _)| key.starts_with(RESUMPTION));
        for (_, value) in of_resumption {
            value.zeroize();
            *value = NO_RESUMPTION.to_vec();
        }
    }

    /// What OpenMLS reads and writes.
    pub(super) const fn working(&self) -> &MemoryStorage {
        &self.working
    }

    /// The keys of all accepted rows.
    pub(super) fn keys(&self) -> impl Iterator<Item = &Vec<u8>> {
        self.accepted.keys()
    }

    /// Makes the working copy the state, and says what that changed, in ascending order of key (SEAL-042).
    pub(super) fn accept(&mut self) -> Vec<Changed> {
        let rows = self.working.values.get_mut().unwrap_or_else(PoisonError::into_inner);
        let changed = changed(&self.accepted, rows);
        let gone: Vec<_> = self.accepted.keys().filter(|key| !rows.contains_key(*key)).cloned().collect();
        for key in &gone {
            self.accepted.remove(key);
        }
        self.accepted.extend(changed.iter().map(|(key, value)| (key.clone(), value.clone())));
        let mut all: Vec<Changed> = changed.into_iter().map(|(key, value)| (key, Some(value))).collect();
        all.extend(gone.into_iter().map(|key| (key, None)));
        all.sort();
        all
    }

    /// Throws the working copy away.
    pub(super) fn reject(&mut self) {
        self.working = copy(&self.accepted);
        self.forget_resumption();
    }
}

fn copy(rows: &Rows) -> MemoryStorage {
    let mut storage = MemoryStorage::default();
    storage.values.get_mut().unwrap_or_else(PoisonError::into_inner).extend(rows.clone());
    storage
}

#[expect(clippy::disallowed_methods, reason = "OpenMLS stores in a hash map; what leaves here is sorted")]
#[expect(clippy::disallowed_types, reason = "the type of OpenMLS' store; sorted before anything is made of it")]
fn changed(accepted: &Rows, rows: &mut HashMap<Vec<u8>, Vec<u8>>) -> Rows {
    let mut changed = Rows::new();
    for (key, value) in rows.iter_mut() {
        let known = accepted.get(key);
        if known != Some(value) {
            forget_time(value);
            if known != Some(value) {
                changed.insert(key.clone(), value.clone());
            }
        }
    }
    changed
}

/// Blanks the time at which OpenMLS saw an epoch: with no past epochs kept it serves nothing, it would make two runs of
/// one history differ, and a seized vault would tell it (SEAL-034).
fn forget_time(value: &mut Vec<u8>) {
    const FIELD: &[u8] = br#""added_at":{"#;
    let Some(at) = value.windows(FIELD.len()).rposition(|window| window == FIELD) else {
        return;
    };
    let from = at + FIELD.len() - 1;
    let Some(len) = value.get(from..).and_then(|rest| rest.iter().position(|byte| *byte == b'}')) else {
        return;
    };
    value.splice(from..=from + len, *b"null");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(shelf: &Shelf, key: &[u8], value: &[u8]) {
        shelf.working.values.write().unwrap().insert(key.to_vec(), value.to_vec());
    }

    #[test]
    fn accepting_tells_what_changed_and_rejecting_changes_nothing() {
        let mut shelf = Shelf::load(Rows::from([(b"a".to_vec(), b"1".to_vec()), (b"b".to_vec(), b"2".to_vec())]));
        put(&shelf, b"a", b"9");
        shelf.reject();
        assert!(shelf.accept().is_empty());

        put(&shelf, b"c", b"3");
        put(&shelf, b"a", b"1");
        shelf.working.values.write().unwrap().remove(&b"b"[..]);
        assert_eq!(shelf.accept(), [(b"b".to_vec(), None), (b"c".to_vec(), Some(b"3".to_vec()))]);
        assert!(shelf.accept().is_empty());
    }

    /// SEAL-034
    #[test]
    fn the_time_of_an_epoch_is_not_kept() {
        let mut value = br#"{"x":[1],"added_at":{"secs_since_epoch":17,"nanos_since_epoch":4}}"#.to_vec();
        forget_time(&mut value);
        assert_eq!(value, br#"{"x":[1],"added_at":null}"#);
        let same = value.clone();
        forget_time(&mut value);
        assert_eq!(value, same);
    }
}
