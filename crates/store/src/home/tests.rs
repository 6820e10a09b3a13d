//! What only a look inside the registry can show.

use super::*;
use crate::schema_tests::statements;
use kith_base::Rng;

/// VAULT-008: the steps that led here are the ones that were released.
#[test]
fn a_migrated_home_has_the_schema_of_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    std::fs::create_dir_all(old.join("vaults")).unwrap();
    for file in ["key", "home.db"] {
        let released =
            Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("tests/snapshots/schema-1/alice");
        std::fs::copy(released.join(file), old.join(file)).unwrap();
    }
    let old = Home::open(&old, None, Durability::Full).unwrap();
    let new = Home::create(&new, None, Durability::Full, &mut Rng::from_number(1)).unwrap();
    assert_eq!(statements(old.engine.connection()), statements(new.engine.connection()));
    for home in [old, new] {
        let version = home.engine.connection().query_row("PRAGMA user_version", [], |row| row.get(0));
        assert_eq!(version, Ok(i64::try_from(SCHEMA.migrations.len()).unwrap()));
    }
}
