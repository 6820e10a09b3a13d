//! Homes of every released schema open with this version, and everything in them is as it was.

use crate::common::snapshot::{copy_of, describe, open, recorded, schemas};

#[test]
fn every_released_schema_opens_with_all_that_is_in_it() {
    assert_eq!(schemas().first().map(String::as_str), Some("schema-1"), "the snapshots are there");
    for schema in schemas() {
        for who in ["alice", "bob"] {
            let copy = copy_of(&schema, who);
            let seen = describe(&open(copy.path()).unwrap());
            let Some(recorded) = recorded(&schema, who) else {
                panic!("record this as {who}.txt of {schema}:\n{seen}")
            };
            assert!(seen == recorded, "{schema}, {who}\n--- recorded\n{recorded}\n--- seen\n{seen}");
            assert_eq!(describe(&open(copy.path()).unwrap()), recorded, "{schema}, {who}: opened again");
        }
    }
}
