//! One encrypted database file: opening, settings, versions and scrubbing, the same for every kind of vault.
//!
//! A file is SQLCipher's with a random 32-byte key, so no key is stretched when it is opened. What a vault is and how
//! new it is stands in SQLite's own header: `application_id` names the kind, `user_version` the schema. A schema is a
//! list of migrations that run forward only, each in one transaction with the version it leads to (`spec/vault.md`,
//! VAULT-001 to VAULT-012).

use crate::error::{ErrorKind, StoreError};
use crate::files;
use kith_base::Secret;
use rusqlite::config::DbConfig;
use rusqlite::{CachedStatement, Connection, MAIN_DB, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Prepared statements kept for each vault: more than any vault has.
const STATEMENTS_MAX: usize = 128;

/// Whether a commit is on disk when it returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// It is: `synchronous=FULL`. Nothing may be acknowledged or sent under any other.
    Full,
    /// It is in the hands of the operating system: survives a crash of the process, not of the machine.
    #[cfg(feature = "door")]
    Off,
}

impl Durability {
    const fn synchronous(self) -> &'static str {
        match self {
            // VAULT-005
            Self::Full => "FULL",
            #[cfg(feature = "door")]
            Self::Off => "OFF",
        }
    }
}

/// A kind of vault and all its versions (VAULT-010).
pub(crate) struct Schema {
    /// Kept in the file's header, so that one kind is never opened as another.
    pub(crate) application_id: i64,
    /// The statements that lead from each version to the next; the first from an empty file. One that was released is
    /// never changed again: a snapshot of each released version is opened by a test.
    pub(crate) migrations: &'static [&'static str],
}

impl Schema {
    const fn version(&self) -> u64 {
        self.migrations.len() as u64
    }
}

/// A statement that is run many times in a row: prepared when it is first wanted, looked up no more.
pub(crate) struct Held<'a> {
    sql: &'static str,
    statement: Option<CachedStatement<'a>>,
}

impl<'a> Held<'a> {
    pub(crate) const fn new(sql: &'static str) -> Self {
        Self { sql, statement: None }
    }

    pub(crate) fn on(&mut self, connection: &'a Connection) -> rusqlite::Result<&mut CachedStatement<'a>> {
        match &mut self.statement {
            Some(statement) => Ok(statement),
            unprepared => Ok(unprepared.insert(connection.prepare_cached(self.sql)?)),
        }
    }
}

/// An open vault file.
pub(crate) struct Engine {
    connection: Connection,
    path: PathBuf,
}

impl Engine {
    /// Makes a vault, or finishes making one: a crash may have left the file at any point. One that is whole is opened.
    pub(crate) fn create(
        path: &Path,
        key: &Secret,
        durability: Durability,
        schema: &Schema,
    ) -> Result<Self, StoreError> {
        files::private_file(path)?;
        files::sync_parent(path).map_err(|error| StoreError::io(path, &error))?;
        Self::connect(path, |connection| unlock(connection, key), durability, schema)
    }

    /// Opens a vault that was made before, and brings it to this version's schema.
    pub(crate) fn open(path: &Path, key: &Secret, durability: Durability, schema: &Schema) -> Result<Self, StoreError> {
        let found = std::fs::metadata(path).map_err(|error| StoreError::io(path, &error))?;
        if found.len() == 0 {
            return Err(StoreError::damaged(path, "the file is empty"));
        }
        Self::connect(path, |connection| unlock(connection, key), durability, schema)
    }

    /// A vault without encryption, so that a test can look for what remains of deleted bytes.
    #[cfg(test)]
    pub(crate) fn plain(path: &Path, schema: &Schema) -> Result<Self, StoreError> {
        files::private_file(path)?;
        Self::connect(path, |_| Ok(()), Durability::Full, schema)
    }

    /// The steps by which SQLite would answer a query.
    #[cfg(test)]
    pub(crate) fn plan(&self, sql: &str) -> Vec<String> {
        let mut statement = self.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps = statement.raw_query().mapped(|row| row.get(3));
        steps.map(Result::unwrap).collect()
    }

    fn connect(
        path: &Path,
        unlock: impl FnOnce(&Connection) -> rusqlite::Result<()>,
        durability: Durability,
        schema: &Schema,
    ) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let sql = |error| StoreError::sql(path, &error);
        let connection = Connection::open_with_flags(path, flags).map_err(sql)?;
        unlock(&connection).map_err(sql)?;
        let mut engine = Self { connection, path: path.to_owned() };
        let version = engine.check(schema)?;
        configure(&engine.connection, durability).map_err(sql)?;
        if engine.connection.is_readonly(MAIN_DB).map_err(sql)? {
            return Err(engine.error(ErrorKind::ReadOnly, "this user may not write it"));
        }
        engine.migrate(version, schema)?;
        Ok(engine)
    }

    /// Reads the header, which proves the key, and refuses what is of another kind or too new. Writes nothing.
    fn check(&self, schema: &Schema) -> Result<u64, StoreError> {
        let header = |name| self.connection.query_row(name, [], |row| row.get::<_, i64>(0));
        let tables = header("SELECT count(*) FROM sqlite_schema").map_err(|error| self.blame_opening(&error))?;
        let application_id = header("PRAGMA application_id").map_err(|error| self.blame(&error))?;
        let version = header("PRAGMA user_version").map_err(|error| self.blame(&error))?;
        // VAULT-007
        if tables > 0 && application_id != schema.application_id {
            return Err(StoreError::damaged(&self.path, "it is not a vault of this kind"));
        }
        let version = version.cast_unsigned();
        // VAULT-009
        if version > schema.version() && self.min_reader() > schema.version() {
            return Err(self.error(ErrorKind::NewerVersion { found: version, known: schema.version() }, ""));
        }
        Ok(version)
    }

    /// The oldest schema version that may read this vault (VAULT-009); nobody may if it does not say.
    fn min_reader(&self) -> u64 {
        let sql = "SELECT value FROM settings WHERE name = 'min_reader'";
        let stored = self.connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        stored.map_or(u64::MAX, i64::cast_unsigned)
    }

    /// Takes the steps that are missing, each with the version it leads to in one transaction (VAULT-008). Wherever the
    /// process or the machine ends, the file is of a whole version, and the next opening takes the rest. What a step
    /// drops is then taken out of the log too; if that fails, the next commit that leaves traces does it.
    fn migrate(&mut self, from: u64, schema: &Schema) -> Result<(), StoreError> {
        if from >= schema.version() {
            return Ok(());
        }
        let path = self.path.clone();
        let sql = |error| StoreError::sql(&path, &error);
        // VAULT-008
        for (step, statements) in (1_u64..).zip(schema.migrations).skip_while(|(step, _)| *step <= from) {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sql)?;
            transaction.execute_batch(statements).map_err(sql)?;
            transaction.pragma_update(None, "application_id", schema.application_id).map_err(sql)?;
            transaction.pragma_update(None, "user_version", step.cast_signed()).map_err(sql)?;
            transaction.commit().map_err(sql)?;
        }
        if from > 0 {
            drop(self.checkpoint_truncate());
        }
        Ok(())
    }

    pub(crate) const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Runs `work` in one transaction that is on disk when this returns, or has changed nothing.
    pub(crate) fn transaction<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&Connection, &Path) -> Result<T, E>,
    ) -> Result<T, E> {
        let path = &self.path;
        let sql = |error| StoreError::sql(path, &error);
        believe(&self.connection, path, Ok(()))?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sql)?;
        let done = work(&transaction, path)?;
        transaction.commit().map_err(sql)?;
        Ok(done)
    }

    /// What a read gave, if it can be believed: see [`believe`].
    pub(crate) fn believe<T>(&self, read: rusqlite::Result<T>) -> Result<T, StoreError> {
        believe(&self.connection, &self.path, read)
    }

    /// Moves everything from the write-ahead log into the file and truncates the log, so that no earlier state of a
    /// page remains in it.
    pub(crate) fn checkpoint_truncate(&self) -> Result<(), StoreError> {
        let busy = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        match busy.map_err(|error| self.blame(&error))? {
            0 => Ok(()),
            _ => Err(self.error(ErrorKind::InUse { process: None }, "a reader holds the log")),
        }
    }

    /// Bytes in the file and its log.
    pub(crate) fn size_bytes(&self) -> u64 {
        files::database_bytes(&self.path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Closes the file and says whether that worked; dropping does the same in silence.
    pub(crate) fn close(self) -> Result<(), StoreError> {
        self.connection.close().map_err(|(_, error)| StoreError::sql(&self.path, &error))
    }

    pub(crate) fn blame(&self, error: &rusqlite::Error) -> StoreError {
        StoreError::sql(&self.path, error)
    }

    pub(crate) fn error(&self, kind: ErrorKind, detail: &str) -> StoreError {
        StoreError::new(kind, &self.path, detail)
    }

    fn blame_opening(&self, error: &rusqlite::Error) -> StoreError {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => {
                StoreError::damaged(&self.path, "it does not decrypt under its key")
            }
            _ => self.blame(error),
        }
    }
}

/// Why a transaction was given up.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The database failed.
    Sql(rusqlite::Error),
    /// The caller asked for what the contract rules out.
    Contract(&'static str),
}

impl Fault {
    pub(crate) fn at(self, path: &Path) -> StoreError {
        match self {
            Self::Sql(error) => StoreError::sql(path, &error),
            Self::Contract(rule) => StoreError::new(ErrorKind::Contract, path, rule),
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

/// What a read gave, if it can be believed (VAULT-012).
///
/// For a page whose code does not verify SQLCipher hands out zeros, without an error if it is the inside of a long value.
/// It then makes the connection read-only for good, and that can be seen: a vault that can't be written is never open.
pub(crate) fn believe<T>(connection: &Connection, path: &Path, read: rusqlite::Result<T>) -> Result<T, StoreError> {
    match (connection.is_readonly(MAIN_DB), read) {
        (Ok(false), Ok(value)) => Ok(value),
        (Ok(true), _) => Err(StoreError::damaged(path, "a page of it was changed or lost")),
        (_, Err(error)) | (Err(error), _) => Err(StoreError::sql(path, &error)),
    }
}

fn unlock(connection: &Connection, key: &Secret) -> rusqlite::Result<()> {
    // VAULT-004
    let mut hex = Zeroizing::new([0_u8; 64]);
    data_encoding::HEXLOWER.encode_mut(key.expose(), &mut *hex);
    let hex = std::str::from_utf8(&*hex)?;
    connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    connection.execute_batch(&Zeroizing::new(format!("PRAGMA key = \"x'{hex}'\"")))?;
    // VAULT-002: nobody else has this home open, so there is nobody to share the log with. Its index then lies in memory,
    // and no read asks the system for a lock.
    connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE")
}

fn configure(connection: &Connection, durability: Durability) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    // A statement is planned once, not again for other values.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(
        "PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -2000;
         PRAGMA secure_delete = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA foreign_keys = OFF;
         PRAGMA journal_mode = WAL;",
    )?;
    connection.pragma_update(None, "synchronous", durability.synchronous())
}

#[cfg(test)]
mod tests;
