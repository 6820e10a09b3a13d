//! The format of the sealer's rows, which are in no migration.
//!
//! Ratchet state is worth less than certainty about it. A version that keeps it in another format does not convert what
//! it finds: it drops the rows, and the conversation begins new send groups, as it does after any other loss of them.

use crate::engine::{Engine, Fault};
use crate::error::StoreError;
use rusqlite::OptionalExtension as _;

/// What a vault's rows are of if it does not say: the first version did not.
const FIRST: u64 = 1;

/// The format that this process takes for its own, so that a test sees what a change of it does.
#[cfg(feature = "door")]
pub static SEALER_FORMAT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(kith_proto::sealer::FORMAT);

/// The format that this version keeps.
pub(super) fn sealer_format() -> u64 {
    #[cfg(feature = "door")]
    return SEALER_FORMAT.load(std::sync::atomic::Ordering::Relaxed);
    #[cfg(not(feature = "door"))]
    kith_proto::sealer::FORMAT
}

/// Drops the sealer's rows unless they are of this format, and says whether it did. Rows and number change in one
/// transaction (VAULT-016).
pub(super) fn keep_only(engine: &mut Engine, format: u64) -> Result<bool, StoreError> {
    let sql = "SELECT value FROM settings WHERE name = 'sealer_format'";
    let found = engine.connection().query_row(sql, [], |row| row.get::<_, i64>(0)).optional();
    if engine.believe(found)?.map_or(FIRST, i64::cast_unsigned) == format {
        return Ok(false);
    }
    engine.transaction(|connection, path| {
        let change = || -> Result<(), Fault> {
            connection.execute("DELETE FROM sealer", [])?;
            let sql = "INSERT OR REPLACE INTO settings (name, value) VALUES ('sealer_format', ?1)";
            connection.execute(sql, [format.cast_signed()])?;
            Ok(())
        };
        change().map_err(|fault| fault.at(path))
    })?;
    Ok(true)
}
