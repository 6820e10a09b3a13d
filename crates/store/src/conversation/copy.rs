//! Copying what was said into a vault under another key, and nothing that could speak (`spec/backup.md`, BAK-010).
//!
//! A list says what is taken over, not what is left out: a table that is added to the schema later stays behind until
//! somebody decides about it, and a test asks for that.

use super::ConversationVault;
use crate::engine::Durability;
use crate::error::StoreError;
use kith_base::Secret;
use std::path::Path;
use zeroize::Zeroizing;

/// Tables whose rows are taken over as they are.
const KEPT: [&str; 11] =
    ["authors", "bodies", "deliveries", "events", "expiries", "files", "ids", "local", "new_ids", "pins", "reactions"];

impl ConversationVault {
    /// Makes a vault under `key` with the events of this one, their texts, reactions and what is known of their delivery and
    /// files. It has no conversation: who adds one decides what that is (`kith_proto::conversation::relic`).
    ///
    /// # Errors
    /// [`StoreError`] of the disk; `Damaged` when something of this vault can't be believed. Then the copy is of no use.
    pub fn copy_history(&self, path: &Path, key: &Secret) -> Result<Self, StoreError> {
        drop(Self::create(path, key, Durability::Full)?);
        let connection = self.engine.connection();
        let mut hex = Zeroizing::new([0_u8; 64]);
        data_encoding::HEXLOWER.encode_mut(key.expose(), &mut *hex);
        let attach = || -> rusqlite::Result<()> {
            let key = Zeroizing::new(format!("x'{}'", std::str::from_utf8(&*hex)?));
            let path = path.to_string_lossy();
            connection.execute("ATTACH DATABASE ?1 AS copy KEY ?2", (&*path, &*key)).map(drop)
        };
        self.engine.believe(attach())?;
        let copied = self.engine.believe(copy_rows(connection));
        let detached = self.engine.believe(connection.execute_batch("DETACH DATABASE copy"));
        copied.and(detached)?;
        Self::open(path, key, Durability::Full)
    }
}

fn copy_rows(connection: &rusqlite::Connection) -> rusqlite::Result<()> {
    let transaction = connection.unchecked_transaction()?;
    for table in KEPT {
        // BAK-010
        transaction.execute_batch(&format!("INSERT INTO copy.{table} SELECT * FROM main.{table}"))?;
    }
    transaction.execute_batch(
        "INSERT OR REPLACE INTO copy.settings (name, value) SELECT name, value FROM main.settings \
         WHERE name IN ('ids', 'rows')",
    )?;
    transaction.commit()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Tables that stay behind: keys, what is sealed with them, whom it is for, and what is made anew.
    const LEFT: [&str; 10] =
        ["settings", "meta", "welcomes", "intents", "obligations", "records", "logs", "peers", "sealer", "search"];

    /// BAK-010
    #[test]
    fn each_table_is_taken_over_or_left_behind_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let key = Secret::new([1; 32]);
        let vault = ConversationVault::create(&folder.path().join("one.db"), &key, Durability::Full).unwrap();
        let mut statement =
            vault.engine.connection().prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
        let tables = statement.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap);
        let ours = |name: &String| !name.starts_with("sqlite_") && !name.starts_with("search_");
        let tables: BTreeSet<String> = tables.filter(ours).collect();
        let decided: BTreeSet<String> = KEPT.iter().chain(&LEFT).map(|name| (*name).to_owned()).collect();
        assert_eq!(decided.len(), KEPT.len() + LEFT.len(), "one of the two");
        assert_eq!(tables, decided, "does a new table go into backups? Say so in KEPT or LEFT, and in BAK-010");
    }
}
