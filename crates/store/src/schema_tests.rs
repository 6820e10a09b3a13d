//! Holds the tables of `spec/vault.md` and what was recorded of the schemas to the schemas.

use crate::engine::{Engine, Schema};
use crate::{ErrorKind, conversation, home};
use rusqlite::Connection;

const SPEC: &str = include_str!("../../../spec/vault.md");
/// The statements of a new vault of each kind, as the last change of a schema left them.
const RECORDED: &str = include_str!("../tests/snapshots/current.sql");

/// An empty vault of a kind.
fn made(schema: &Schema) -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    schema.migrations.iter().for_each(|step| connection.execute_batch(step).unwrap());
    connection
}

/// `table.column` of all tables that the migrations from nothing make, in SQLite's order of making.
fn columns(schema: &Schema) -> Vec<String> {
    let sql = "SELECT t.name || '.' || c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c \
               WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'search_%' \
               ORDER BY t.rowid, c.cid";
    made(schema).prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// `table.column` of the first two cells of each row of the table under a heading.
fn documented(heading: &str) -> Vec<String> {
    let section = SPEC.split("\n## ").find(|section| section.starts_with(heading)).unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| table "));
    rows.map(|row| row.split('|').skip(1).take(2).map(str::trim).collect::<Vec<_>>().join(".")).collect()
}

/// The statements of all tables and indices of a vault.
pub(crate) fn statements(connection: &Connection) -> String {
    let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut statement = connection.prepare(sql).unwrap();
    let all = statement.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap);
    all.map(|sql| format!("{sql};\n")).collect()
}

fn assert_strict(schema: &Schema) {
    let connection = made(schema);
    let sql = "SELECT count(*) FROM pragma_table_list AS t WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' \
               AND t.strict = 0";
    assert_eq!(connection.query_row(sql, [], |row| row.get::<_, i64>(0)), Ok(0));
    let sql = "SELECT count(*) FROM sqlite_schema AS t, pragma_table_info(t.name) AS c \
               WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'search%' \
               AND c.\"notnull\" = 0";
    assert_eq!(connection.query_row(sql, [], |row| row.get::<_, i64>(0)), Ok(0));
}

#[test]
fn every_column_of_a_conversation_is_in_the_spec_and_none_besides() {
    assert_eq!(columns(&conversation::SCHEMA), documented("Schema of a conversation"));
}

#[test]
fn every_column_of_a_home_is_in_the_spec_and_none_besides() {
    assert_eq!(columns(&home::SCHEMA), documented("Schema of a home"));
}

/// VAULT-010
#[test]
fn every_table_is_strict_and_no_column_may_be_null() {
    assert_strict(&conversation::SCHEMA);
    assert_strict(&home::SCHEMA);
}

/// VAULT-008: a schema changes by a new step. Its result is then recorded here, with the version in the heading and in
/// `spec/vault.md`.
#[test]
fn the_schemas_are_the_recorded_ones() {
    let kinds = [("conversation", &conversation::SCHEMA), ("home", &home::SCHEMA)];
    let text: String = kinds
        .iter()
        .map(|(kind, schema)| {
            format!("-- {kind}, version {}\n{}\n", schema.migrations.len(), statements(&made(schema)))
        })
        .collect();
    assert!(text == RECORDED, "a change takes a new step; then record this as tests/snapshots/current.sql:\n{text}");
    for (kind, schema) in kinds {
        let heading = format!("## Schema of a {kind}, version {}\n", schema.migrations.len());
        assert!(SPEC.contains(&heading), "spec/vault.md has another version of a {kind}");
    }
}

/// VAULT-009
#[test]
fn a_home_of_this_version_is_refused_by_every_older_one_and_left_as_it_is() {
    const FIRST: &str = include_str!("home/schema.sql");
    const SECOND: &str = include_str!("home/schema-2.sql");
    const THIRD: &str = include_str!("home/schema-3.sql");
    const fn older(migrations: &'static [&'static str]) -> Schema {
        Schema { application_id: home::SCHEMA.application_id, migrations }
    }
    const OLDER: [Schema; 3] = [older(&[FIRST]), older(&[FIRST, SECOND]), older(&[FIRST, SECOND, THIRD])];
    assert_eq!(OLDER.len() + 1, home::SCHEMA.migrations.len(), "each older version is here");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("home.db");
    Engine::plain(&path, &home::SCHEMA).unwrap().close().unwrap();
    let bytes = std::fs::read(&path).unwrap();
    for (known, older) in (1..).zip(&OLDER) {
        let error = Engine::plain(&path, older).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::NewerVersion { found: home::SCHEMA.migrations.len() as u64, known });
        assert!(error.to_string().contains("newer version of Kith"), "{error}");
    }
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}
