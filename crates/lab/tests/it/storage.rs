//! What is kept on a device, told as it lies on the disk; room made of it; what is taken unasked; a file that its giver pauses.

use kith_lab::{Agent, Pair, holds};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(30);
/// The largest file that is taken unasked, and how many of them fit into an hour.
const EACH: usize = 16 * 1024 * 1024;
const FIT: usize = 32;

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A plain file of so many bytes, none of which need be anything.
fn plain(pair: &Pair, name: &str, bytes: usize) -> PathBuf {
    let path = pair.lan.folder().join(name);
    fs::File::create(&path).unwrap().set_len(bytes as u64).unwrap();
    path
}

fn send(pair: &Pair, path: &Path) -> String {
    pair.alice.one(&["send", "Bob", "--file", text(path)])["event"].as_str().unwrap().to_owned()
}

fn state(agent: &Agent, contact: &str, event: &str) -> Value {
    let files = agent.cmd(&["files", contact, "--limit", "100"]);
    files.iter().find(|message| message["event"] == event).map_or(Value::Null, |found| found["file"]["state"].clone())
}

#[track_caller]
fn wait_state(agent: &Agent, contact: &str, event: &str, wanted: &str) {
    holds("the file's state", SOON, || state(agent, contact, event), |seen| seen == wanted);
}

/// What all files below a folder take on the disk, and how many they are.
fn on_disk(folder: &Path) -> (u64, u64) {
    let Ok(entries) = fs::read_dir(folder) else { return (0, 0) };
    entries.map(|entry| entry.unwrap().path()).fold((0, 0), |(bytes, files), path| {
        let (more, others) = match path.is_dir() {
            true => on_disk(&path),
            false => (fs::metadata(&path).unwrap().blocks() * 512, 1),
        };
        (bytes + more, files + others)
    })
}

/// The bytes of all vaults, their logs included.
fn vaults(agent: &Agent) -> u64 {
    let entries = fs::read_dir(agent.home().join("vaults")).unwrap();
    entries.map(|entry| entry.unwrap().metadata().unwrap().len()).sum()
}

/// What is told of the one contact is what lies on the disk.
#[track_caller]
fn tells_the_disk(agent: &Agent, contact: &str) -> Value {
    let told = agent.one(&["storage", contact]);
    let sum =
        |what: &str| ["sent", "came", "partly", "other"].iter().map(|part| told[part][what].as_u64().unwrap()).sum();
    let (bytes, files): (u64, u64) = (sum("bytes"), sum("files"));
    assert_eq!((bytes, files), on_disk(&agent.home().join("files")), "{told}");
    assert_eq!(told["vault_bytes"], vaults(agent), "{told}");
    assert_eq!(told["bytes"], bytes + vaults(agent), "{told}");
    assert_eq!(agent.one(&["storage"]), told);
    told
}

/// FILE-023
#[test]
fn what_is_told_to_be_kept_lies_on_the_disk_and_what_came_is_freed_and_got_again() {
    let mut pair = Pair::connected();
    let (small, large) = (plain(&pair, "small.bin", 700_000), plain(&pair, "large.bin", 40_000_000));
    let events = [send(&pair, &small), send(&pair, &large)];
    wait_state(&pair.bob, "Alice", &events[0], "here");
    pair.bob.cmd(&["get", "Alice", "large.bin", "-o", text(&pair.lan.folder().join("got.bin"))]);
    let own = pair.lan.folder().join("own.bin");
    fs::write(&own, [7; 5000]).unwrap();
    let sent = pair.bob.one(&["send", "Alice", "--file", text(&own)]);
    wait_state(&pair.alice, "Bob", sent["event"].as_str().unwrap(), "here");
    // Told from here on: their device has said so, and nothing is on its way.
    let taken =
        || pair.bob.cmd(&["files", "Alice"]).iter().all(|message| message["file"]["have"] == message["file"]["size"]);
    holds("all has arrived", SOON, taken, |all| *all);
    let told = tells_the_disk(&pair.bob, "Alice");
    assert_eq!((&told["came"]["files"], &told["sent"]["files"]), (&2.into(), &1.into()));
    assert_eq!(tells_the_disk(&pair.alice, "Bob")["sent"]["files"], 2);

    // One of them; what this person sent stays.
    let freed = pair.bob.one(&["free", "Alice", "large.bin", "--yes"]);
    assert_eq!(freed["files"], 1);
    assert_eq!(state(&pair.bob, "Alice", &events[1]), "removed");
    assert_eq!(pair.bob.fails(&["free", "Alice", "own.bin", "--yes"]).kind, "wrong_state");
    let told = tells_the_disk(&pair.bob, "Alice");
    let parts = ["came", "sent", "partly", "other"].map(|part| told[part]["files"].as_u64().unwrap());
    assert_eq!(parts, [1, 1, 0, 0]);

    // All that came; neither a restart nor a reaction brings any of it back.
    assert_eq!(pair.bob.one(&["free", "Alice", "--all", "--yes"])["files"], 1);
    assert_eq!(tells_the_disk(&pair.bob, "Alice")["came"]["files"], 0);
    pair.bob.kill9();
    pair.bob.start();
    pair.bob.cmd(&["react", "Alice", &events[0], "👍"]);
    assert_eq!(pair.bob.one(&["free", "Alice", "--all", "--yes"])["files"], 0);
    for event in &events {
        assert_eq!(state(&pair.bob, "Alice", event), "removed");
    }
    tells_the_disk(&pair.bob, "Alice");

    // The message stayed, and the file comes again.
    let again = pair.lan.folder().join("again.bin");
    pair.bob.cmd(&["get", "Alice", "large.bin", "-o", text(&again)]);
    assert_eq!(fs::read(&again).unwrap(), fs::read(&large).unwrap());
    assert_eq!(tells_the_disk(&pair.bob, "Alice")["came"]["files"], 1);
}

/// FILE-023
#[test]
fn what_a_crash_left_of_a_freed_file_goes_with_the_next_start() {
    let mut pair = Pair::connected();
    let event = send(&pair, &plain(&pair, "small.bin", 700_000));
    wait_state(&pair.bob, "Alice", &event, "here");
    let folder = fs::read_dir(pair.bob.home().join("files")).unwrap().next().unwrap().unwrap().path();
    let blob = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let bytes = fs::read(&blob).unwrap();
    pair.bob.cmd(&["free", "Alice", "small.bin", "--yes"]);
    pair.bob.stop();
    // As if the agent had ended between the note and the removal.
    fs::write(&blob, bytes).unwrap();
    pair.bob.start();
    pair.bob.cmd(&["log", "Alice"]);
    holds("the rest is swept", SOON, || blob.exists(), |exists| !exists);
}

/// FILE-014
#[test]
fn a_restart_renews_nobodys_budget_for_files_that_were_not_asked_for() {
    let mut pair = Pair::connected();
    let path = plain(&pair, "zeros.bin", EACH);
    let taken: Vec<String> = (0..FIT).map(|_| send(&pair, &path)).collect();
    for event in &taken {
        wait_state(&pair.bob, "Alice", event, "here");
    }
    // They are more than are told apart in one go.
    assert_eq!(pair.bob.one(&["storage", "Alice"])["came"]["files"], FIT);
    for restarts in [Agent::kill9, Agent::stop] {
        restarts(&mut pair.bob);
        pair.bob.start();
        let event = send(&pair, &path);
        wait_state(&pair.bob, "Alice", &event, "offered");
    }
}

/// FILE-024
#[test]
fn who_gives_a_file_pauses_it_over_a_restart_and_goes_on_and_the_other_side_is_told() {
    let mut pair = Pair::connected();
    let path = plain(&pair, "large.bin", 40_000_000);
    let event = send(&pair, &path);
    wait_state(&pair.bob, "Alice", &event, "offered");
    assert_eq!(pair.alice.one(&["pause", "Bob", "large.bin"])["file"]["state"], "paused");
    let to = pair.lan.folder().join("got.bin");
    let get = ["get", "Alice", "large.bin", "--timeout", "1", "-o", text(&to)];
    assert_eq!(pair.bob.fails(&get).kind, "wrong_state");
    wait_state(&pair.bob, "Alice", &event, "held");
    pair.alice.kill9();
    pair.alice.start();
    assert_eq!(state(&pair.alice, "Bob", &event), "paused");
    // A copy of an own file is written all the same, and gives nothing.
    pair.alice.cmd(&["get", "Bob", "large.bin", "-o", text(&pair.lan.folder().join("own.bin"))]);
    assert_eq!(state(&pair.alice, "Bob", &event), "paused");
    wait_state(&pair.bob, "Alice", &event, "held");
    assert_eq!(pair.alice.one(&["pause", "Bob", "large.bin", "--off"])["file"]["state"], "here");
    wait_state(&pair.bob, "Alice", &event, "here");
    pair.bob.cmd(&["get", "Alice", "large.bin", "-o", text(&to)]);
    assert_eq!(fs::read(&to).unwrap(), fs::read(&path).unwrap());
}
