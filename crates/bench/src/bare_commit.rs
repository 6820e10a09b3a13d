//! The yardstick of durability: the same bytes into a database like a vault, each commit on disk when it returns.
//!
//! The settings are those of `crates/store/src/engine.rs`: SQLCipher with a raw key, WAL held alone,
//! `synchronous=FULL`, `secure_delete`, the same cache. The table is the plainest that can hold a message: a number and its bytes.

use rusqlite::Connection;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A database of its own, beside the homes.
pub(crate) struct Bare {
    connection: Connection,
    _folder: TempDir,
}

impl Bare {
    /// An empty one, in the folder for temporary files, where the homes lie as well.
    ///
    /// # Panics
    /// If it can't be made.
    pub(crate) fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("kith-bench-").tempdir().expect("a temporary folder");
        let connection = Connection::open(folder.path().join("bare.db")).expect("a database");
        let key = format!("PRAGMA key = \"x'{}'\"", "5a".repeat(32));
        let settings = "PRAGMA locking_mode = EXCLUSIVE;
             PRAGMA temp_store = MEMORY;
             PRAGMA cache_size = -2000;
             PRAGMA secure_delete = ON;
             PRAGMA trusted_schema = OFF;
             PRAGMA foreign_keys = OFF;
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             CREATE TABLE messages (row INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;";
        connection.execute_batch(&key).and_then(|()| connection.execute_batch(settings)).expect("its settings");
        Self { connection, _folder: folder }
    }

    /// Commits bodies in one transaction and says how long it took.
    ///
    /// # Panics
    /// If the disk refuses.
    pub(crate) fn commit(&mut self, bodies: &[&[u8]]) -> Duration {
        let begin = Instant::now();
        let transaction = self.connection.transaction().expect("a transaction");
        for body in bodies {
            let mut insert =
                transaction.prepare_cached("INSERT INTO messages (body) VALUES (?1)").expect("a statement");
            insert.execute([body]).expect("a row");
        }
        transaction.commit().expect("a commit");
        begin.elapsed()
    }
}
