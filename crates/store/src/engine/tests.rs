//! What an opened file is held to, seen from inside: settings, kinds, migrations, and the keys that open it.

#![allow(clippy::unwrap_used, reason = "helpers of tests stand outside the functions that clippy knows as tests")]

use super::*;
use crate::Home;
use kith_base::codec::Fields;
use kith_base::{Label, Rng, label};

const FIRST: &str = "CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value ANY NOT NULL) STRICT;
                     INSERT INTO settings (name, value) VALUES ('min_reader', 1);";
const ONE: Schema = Schema { application_id: 7, migrations: &[FIRST] };

fn ask(engine: &Engine, question: &str) -> String {
    let answer = engine.connection().query_row(question, [], |row| row.get::<_, rusqlite::types::Value>(0));
    match answer.unwrap() {
        rusqlite::types::Value::Integer(number) => number.to_string(),
        rusqlite::types::Value::Text(text) => text,
        other => panic!("{other:?}"),
    }
}

/// VAULT-005, VAULT-006
#[test]
fn a_commit_is_synced_and_what_is_deleted_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::create(&folder.path().join("a.db"), &Secret::new([1; 32]), Durability::Full, &ONE).unwrap();
    assert_eq!(ask(&engine, "PRAGMA journal_mode"), "wal");
    assert_eq!(ask(&engine, "PRAGMA synchronous"), "2");
    assert_eq!(ask(&engine, "PRAGMA secure_delete"), "1");
}

#[test]
fn a_statement_is_planned_once_whatever_it_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::plain(&folder.path().join("a.db"), &super::super::conversation::SCHEMA).unwrap();
    let sql = "SELECT first FROM obligations WHERE device = ?1 AND seq > ?2 ORDER BY first LIMIT ?3";
    let mut statement = engine.connection().prepare(sql).unwrap();
    for seq in 1..9 {
        assert!(!statement.exists(([1_u8; 32], seq, seq)).unwrap());
    }
    assert_eq!(statement.get_status(rusqlite::StatementStatus::RePrepare), 0);
}

/// VAULT-007
#[test]
fn one_kind_of_file_is_never_opened_as_another() {
    let folder = tempfile::tempdir().unwrap();
    let (path, key) = (folder.path().join("a.db"), Secret::new([1; 32]));
    Engine::create(&path, &key, Durability::Full, &ONE).unwrap().close().unwrap();
    let other = Schema { application_id: 8, ..ONE };
    let error = Engine::open(&path, &key, Durability::Full, &other).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Damaged);
    assert!(Engine::open(&path, &key, Durability::Full, &ONE).is_ok());
}

/// VAULT-008
#[test]
fn each_migration_happens_whole_with_its_version_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let (path, key) = (folder.path().join("a.db"), Secret::new([1; 32]));
    Engine::create(&path, &key, Durability::Full, &ONE).unwrap().close().unwrap();
    let open = |migrations| {
        Engine::open(&path, &key, Durability::Full, &Schema { application_id: 7, migrations })
            .map(|engine| (ask(&engine, "PRAGMA user_version"), ask(&engine, "SELECT count(*) FROM sqlite_schema")))
    };
    let tables = |count: &str| Ok(("2".to_owned(), count.to_owned()));
    let before = open(&[FIRST]).unwrap();
    assert!(open(&[FIRST, "CREATE TABLE more (a INTEGER) STRICT; CREATE TABLE more (a INTEGER) STRICT;"]).is_err());
    assert_eq!(open(&[FIRST]).unwrap(), before);
    assert_eq!(open(&[FIRST, "CREATE TABLE more (a INTEGER) STRICT;"]), tables("3"));
}

/// VAULT-020, VAULT-021, VAULT-025
#[test]
fn a_registry_opens_under_the_key_that_follows_from_the_key_file() {
    let folder = tempfile::tempdir().unwrap();
    drop(Home::create(folder.path(), None, Durability::Full, &mut Rng::from_number(1)).unwrap());
    let file = std::fs::read(folder.path().join("key")).unwrap();
    let fields = Fields::parse(file.strip_prefix(b"kith key\n").unwrap()).unwrap();
    assert_eq!((fields.number(1), fields.refuse_unknown(&[1, 2])), (Ok(1), Ok(())));
    let master: [u8; 32] = fields.array(2).unwrap();
    let key = label::derive(Label::VaultWrap, &master, &[b"home"]);
    let engine = Engine::open(&folder.path().join("home.db"), &key, Durability::Full, &crate::home::SCHEMA).unwrap();
    assert_eq!(ask(&engine, "SELECT count(*) FROM contacts"), "0");
}
