//! Files between real agents: whole, resumed after either side was killed, deleted, and never over what is there.

use kith_lab::{Agent, Pair, holds, scan};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(30);
/// Larger than what is taken unasked, and long enough on its way for a kill in the middle.
const LARGE: usize = 192 * 1024 * 1024;

/// Bytes that no other file has, and that compress to nothing shorter.
fn bytes(seed: u64, length: usize) -> Vec<u8> {
    let mut rng = kith_base::Rng::from_number(seed);
    let mut bytes = vec![0; length];
    rng.fill(&mut bytes);
    bytes
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

struct Files {
    pair: Pair,
}

impl Files {
    fn new() -> Self {
        Self { pair: Pair::connected() }
    }

    /// A plain file at Alice's.
    fn plain(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.pair.lan.folder().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Alice sends it; returns its event.
    fn send(&self, path: &Path) -> String {
        let sent = self.pair.alice.one(&["send", "Bob", "--file", text(path)]);
        sent["event"].as_str().unwrap().to_owned()
    }
}

/// A file as a device lists it.
fn file(agent: &Agent, contact: &str, event: &str) -> Value {
    let files = agent.cmd(&["files", contact]);
    files.iter().find(|message| message["event"] == event).map_or(Value::Null, |message| message["file"].clone())
}

#[track_caller]
fn wait_state(agent: &Agent, contact: &str, event: &str, state: &str) {
    holds("the file's state", SOON, || file(agent, contact, event)["state"].clone(), |seen| seen == state);
}

/// Sealed files in a home.
fn blobs(agent: &Agent) -> Vec<PathBuf> {
    let folders = fs::read_dir(agent.home().join("files")).map(|entries| entries.map(|entry| entry.unwrap().path()));
    let inner = |folder: PathBuf| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    folders.map(|folders| folders.flat_map(inner).collect()).unwrap_or_default()
}

/// FILE-014, FILE-019
#[test]
fn a_small_file_is_there_by_itself_and_a_large_one_when_it_is_asked_for() {
    let files = Files::new();
    let Pair { alice, bob, lan } = &files.pair;
    let (small, large) = (bytes(1, 300_000), bytes(2, 20 * 1024 * 1024));
    let first = files.send(&files.plain("small photo.png", &small));
    let second = files.send(&files.plain("large.bin", &large));
    wait_state(bob, "Alice", &first, "here");
    holds("the large one is offered", SOON, || file(bob, "Alice", &second)["state"].clone(), |seen| seen == "offered");
    assert_eq!(file(bob, "Alice", &first)["media_type"], "image/png");

    let folder = lan.folder().join("got");
    fs::create_dir(&folder).unwrap();
    for (name, plain) in [("small photo.png", &small), ("large.bin", &large)] {
        bob.cmd(&["get", "Alice", name, "-o", text(&folder)]);
        assert!(fs::read(folder.join(name)).unwrap() == *plain, "{name}");
    }
    assert_eq!(bob.fails(&["get", "Alice", "large.bin", "-o", text(&folder)]).kind, "exists");
    bob.cmd(&["get", "Alice", "large.bin", "--force", "-o", text(&folder)]);
    wait_have(alice, "Bob", &second, large.len());
}

/// Their device has all of it, and said so.
#[track_caller]
fn wait_have(agent: &Agent, contact: &str, event: &str, bytes: usize) {
    holds("what they have", SOON, || file(agent, contact, event)["have"].clone(), |seen| *seen == bytes);
}

/// Asks for the file from another process until it is there, and kills an agent while it comes.
fn killed_midway(kill: impl Fn(&mut Pair)) {
    let mut files = Files::new();
    let plain = bytes(3, LARGE);
    let path = files.plain("large.bin", &plain);
    let event = files.send(&path);
    // The plain file is of no use to anybody any more: what is sent is the sealed one.
    fs::remove_file(&path).unwrap();
    let bob = &files.pair.bob;
    wait_state(bob, "Alice", &event, "offered");
    let to = files.pair.lan.folder().join("got.bin");
    let asks = bob.run(&["get", "Alice", "large.bin", "--timeout", "0", "-o", text(&to)]);
    assert_eq!(asks.failure().kind, "wrong_state");
    let came = |have: &Value| have.as_u64().is_some_and(|have| have > 0);
    holds("some of it came", SOON, || file(bob, "Alice", &event)["have"].clone(), came);
    kill(&mut files.pair);
    let bob = &files.pair.bob;
    bob.cmd(&["get", "Alice", "large.bin", "-o", text(&to)]);
    assert!(fs::read(&to).unwrap() == plain);
    assert_eq!(blobs(bob).len(), 1);
}

/// FILE-013, FILE-015, FILE-016
#[test]
fn a_file_goes_on_where_it_was_after_the_one_who_gets_it_was_killed() {
    killed_midway(|pair| {
        pair.bob.kill9();
        pair.bob.start();
    });
}

/// FILE-013, FILE-015
#[test]
fn a_file_goes_on_where_it_was_after_the_one_who_gives_it_was_killed() {
    killed_midway(|pair| {
        pair.alice.kill9();
        pair.alice.start();
    });
}

/// FILE-012, FILE-017
#[test]
fn a_deleted_files_sealed_bytes_leave_both_disks_and_nothing_of_it_lay_there_in_plain() {
    let files = Files::new();
    let Pair { alice, bob, .. } = &files.pair;
    let secret = "the parrot knows far too much about this";
    let path = files.plain("secret.txt", secret.repeat(1000).as_bytes());
    let event = files.send(&path);
    wait_state(bob, "Alice", &event, "here");
    assert_eq!((blobs(alice).len(), blobs(bob).len()), (1, 1));
    fs::remove_file(&path).unwrap();
    assert_eq!(scan::find_text(secret, &[alice.home(), bob.home()]), Vec::<String>::new());
    alice.cmd(&["delete", "Bob", &event]);
    holds(
        "no sealed bytes are left",
        SOON,
        || (blobs(alice), blobs(bob)),
        |(hers, his)| hers.is_empty() && his.is_empty(),
    );
    assert_eq!(bob.fails(&["get", "Alice", "secret.txt"]).kind, "not_found");
}

#[test]
fn what_is_no_file_is_refused_in_words() {
    let files = Files::new();
    let alice = &files.pair.alice;
    let folder = files.pair.lan.folder();
    assert_eq!(alice.fails(&["send", "Bob", "--file", text(folder)]).kind, "bad_input");
    assert_eq!(alice.fails(&["send", "Bob", "--file", "/no/such/file"]).kind, "not_found");
    assert_eq!(alice.fails(&["get", "Bob", "nothing.bin"]).kind, "not_found");
    assert_eq!(blobs(alice), Vec::<PathBuf>::new());
}
