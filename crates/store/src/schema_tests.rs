//! Holds the tables of `spec/vault.md` to the schemas.

use rusqlite::Connection;

const SPEC: &str = include_str!("../../../spec/vault.md");

/// `table.column` of all tables that a migration from nothing makes, in SQLite's order of making.
fn columns(schema: &str) -> Vec<String> {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(schema).unwrap();
    let sql = "SELECT t.name || '.' || c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c \
               WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.rowid, c.cid";
    connection.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// `table.column` of the first two cells of each row of the table under a heading.
fn documented(heading: &str) -> Vec<String> {
    let section = SPEC.split("\n## ").find(|section| section.starts_with(heading)).unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| table "));
    rows.map(|row| row.split('|').skip(1).take(2).map(str::trim).collect::<Vec<_>>().join(".")).collect()
}

fn assert_strict(schema: &str) {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(schema).unwrap();
    let sql = "SELECT count(*) FROM pragma_table_list AS t WHERE t.name NOT LIKE 'sqlite_%' AND t.strict = 0";
    assert_eq!(connection.query_row(sql, [], |row| row.get::<_, i64>(0)), Ok(0));
    let sql = "SELECT count(*) FROM sqlite_schema AS t, pragma_table_info(t.name) AS c \
               WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND c.\"notnull\" = 0";
    assert_eq!(connection.query_row(sql, [], |row| row.get::<_, i64>(0)), Ok(0));
}

#[test]
fn every_column_of_a_conversation_is_in_the_spec_and_none_besides() {
    assert_eq!(columns(include_str!("conversation/schema.sql")), documented("Schema of a conversation"));
}

#[test]
fn every_column_of_a_home_is_in_the_spec_and_none_besides() {
    assert_eq!(columns(include_str!("home/schema.sql")), documented("Schema of a home"));
}

/// VAULT-010
#[test]
fn every_table_is_strict_and_no_column_may_be_null() {
    assert_strict(include_str!("conversation/schema.sql"));
    assert_strict(include_str!("home/schema.sql"));
}
