//! Homes of released versions, as they lie in `crates/store/tests/snapshots`.

use crate::agent::Agent;
use crate::lan::Lan;
use crate::scan::files;
use std::fs;
use std::path::PathBuf;

/// Below the tree that the tests run in, which need not be the one that this was built in.
fn folder() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    here.join("../store/tests/snapshots")
}

/// The released schemas that a snapshot is kept of, oldest first.
///
/// # Panics
/// If there are none.
pub fn schemas() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("the snapshots").map(|entry| entry.expect("an entry").path());
    let name = |path: PathBuf| Some(path.file_name()?.to_str()?.to_owned());
    let mut schemas: Vec<String> = entries.filter(|path| path.is_dir()).filter_map(name).collect();
    assert!(!schemas.is_empty(), "there are no snapshots");
    schemas.sort();
    schemas
}

/// A copy of `alice`'s or `bob`'s home of a schema, on the host of that name, with nothing running.
///
/// # Panics
/// If it can't be copied.
pub fn agent(lan: &Lan, schema: &str, who: &str) -> Agent {
    let agent = lan.agent(who);
    let from = folder().join(schema).join(who);
    for file in files(&from) {
        let to = agent.home().join(file.strip_prefix(&from).expect("it lies below"));
        fs::create_dir_all(to.parent().expect("a home")).expect("a folder");
        fs::copy(&file, &to).expect("a copy");
    }
    let passphrase = agent.home().join("passphrase");
    if passphrase.exists() {
        let file = passphrase.to_str().expect("a path of the test").to_owned();
        return agent.with(&["--passphrase-file", &file]);
    }
    agent
}
