//! What the tests of this crate share: events, batches, and running a test's body in a process of its own.

pub(crate) mod snapshot;

use kith_base::{DeviceId, EventId, PersonId, Wall};
use kith_proto::io::{Delivery, EventRow, StoredEvent, Write, WriteBatch};
use std::path::PathBuf;
use std::process::{Command, Stdio};

const FOLDER: &str = "KITH_STORE_TEST_FOLDER";

pub(crate) fn event(row: u64) -> StoredEvent {
    let mut id = [0; 32];
    id[..8].copy_from_slice(&row.to_le_bytes());
    StoredEvent {
        row: EventRow(row),
        id: EventId::from_bytes(id),
        device: DeviceId::from_bytes([1; 32]),
        person: PersonId::from_bytes([2; 32]),
        counter: row,
        kind: 1,
        header: vec![3; 250],
        written: Wall(4),
        arrived: Wall(5),
        mine: true,
        late: false,
        erased: false,
        hidden: false,
        edited_by: None,
        delivery: Delivery::Waiting,
    }
}

pub(crate) fn batch(writes: Vec<Write>) -> WriteBatch {
    WriteBatch { writes }
}

/// A message as the core writes one: the event and its body.
pub(crate) fn message(row: u64, text: &[u8]) -> WriteBatch {
    batch(vec![Write::Event(event(row)), Write::Body(EventRow(row), text.to_vec())])
}

/// The folder this process was told to work in, if it is a test's child.
pub(crate) fn child_folder() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(PathBuf::from)
}

/// This test again, as a child that finds the folder by [`child_folder`].
pub(crate) fn child(test: &str, folder: &std::path::Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([test, "--exact", "--nocapture"]).env(FOLDER, folder).stdin(Stdio::null());
    command
}

/// Runs this test again in a namespace where `folder` is a disk of its own of this size, with the script before it.
pub(crate) fn run_on_own_disk(test: &str, size: &str) {
    let folder = tempfile::tempdir().unwrap();
    let script = "mount -t tmpfs -o size=\"$1\" none \"$2\" && exec \"$3\" \"$4\" --exact --nocapture";
    let output = Command::new("unshare")
        .args(["-Urm", "sh", "-c", script, "sh", size])
        .arg(folder.path())
        .arg(std::env::current_exe().unwrap())
        .arg(test)
        .env(FOLDER, folder.path())
        .output()
        .expect("util-linux's unshare is installed");
    assert_passed(&output, "or this system does not allow user namespaces");
}

/// The child ran one test and it passed; a name that no test has would be no failure.
pub(crate) fn assert_passed(output: &std::process::Output, unless: &str) {
    let said = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    let passed = output.status.success() && said[0].contains(" 1 passed");
    assert!(passed, "the child failed, {unless}: {}{}", said[0], said[1]);
}
