//! Files: sealing one, and getting it, beside raw iroh with the same bytes and beside the bare disk.
//!
//! A file is there when the receiver's agent says so: every piece checked up to the root in the file's event, sealed, and on
//! disk. Both agents and both ends of raw iroh share this machine's processors, and both agents its disk.

use super::{BOB_IP, LONG};
use crate::figure::Figure;
use crate::process::{greatest_memory, processor_seconds, watch_memory};
use crate::raw_iroh::{Echo, Pushed};
use crate::socket::client;
use crate::stats::median;
use kith_api::{FileState, Message, Request, Sent};
use kith_lab::{Agent, Pair, until};
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

const MIB: usize = 1 << 20;
/// Bytes of a round.
const BYTES: usize = 1 << 30;
/// Bytes of the one that shows that memory is bounded.
const LARGE: usize = 4 << 30;
/// How often the receiver's agent is asked.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// What a transfer took.
struct Took {
    sealing: f64,
    getting: f64,
    /// Processor seconds: sealing, giving, getting.
    busy: [f64; 3],
}

/// Takes the measure.
pub(super) fn take(rounds: usize) -> Vec<Figure> {
    let pair = Pair::connected();
    let echo = Echo::start(&pair.lan.host("bob"), BOB_IP);
    let folder = tempfile::Builder::new().prefix("kith-bench-").tempdir().expect("a temporary folder");
    let path = folder.path().join("file.bin");
    let written = filled(&path, BYTES);
    let (mut raw, mut disk, mut took) = (vec![], vec![written], vec![]);
    for _ in 0..rounds {
        raw.push(echo.transfer(&pair.lan.host("alice"), BYTES));
        took.push(sent(&pair, &path));
        disk.push(filled(&folder.path().join("beside.bin"), BYTES));
    }
    let disk: Vec<f64> = disk.into_iter().map(|seconds| rate(BYTES, seconds)).collect();
    let raw_of = |what: fn(&Pushed) -> f64| raw.iter().map(what).collect::<Vec<f64>>();
    let iroh = raw_of(|pushed| rate(BYTES, pushed.seconds));
    let of = |what: fn(&Took) -> f64| took.iter().map(what).collect::<Vec<f64>>();
    let getting: Vec<f64> = of(|took| rate(BYTES, took.getting));
    let shares = getting.iter().zip(&iroh).map(|(ours, iroh)| ours / iroh).collect();
    let agents = [&pair.alice, &pair.bob];
    filled(&path, LARGE);
    agents.iter().for_each(|agent| watch_memory(agent.pid()));
    let large = sent(&pair, &path);
    let [sender, receiver] = agents.map(|agent| greatest_memory(agent.pid()));
    vec![
        Figure::high("file of 1 GiB, from the wish to whole, checked, sealed and on disk", "MB/s", getting)
            .beside("raw iroh, the same bytes on one stream, memory to memory", median(&iroh)),
        Figure::high("the same, as a share of raw iroh in the same round", "", shares).reaching(0.8, None),
        Figure::high("a file of 1 GiB is sealed on its sender's disk", "MB/s", of(|took| rate(BYTES, took.sealing)))
            .beside("1 GiB written to the same disk and synced", median(&disk)),
        Figure::low("processor time for 1 GiB, sealing", "s", of(|took| took.busy[0])),
        Figure::low("processor time for 1 GiB, giving it", "s", of(|took| took.busy[1]))
            .beside("raw iroh's writing end", median(&raw_of(|pushed| pushed.giving))),
        Figure::low("processor time for 1 GiB, getting it", "s", of(|took| took.busy[2]))
            .beside("raw iroh's reading end", median(&raw_of(|pushed| pushed.getting))),
        Figure::high("file of 4 GiB, getting it", "MB/s", vec![rate(LARGE, large.getting)]),
        Figure::low("most memory while 4 GiB are sealed and given, sender", "MB", vec![sender]),
        Figure::low("most memory while 4 GiB come, receiver", "MB", vec![receiver]),
    ]
}

fn rate(bytes: usize, seconds: f64) -> f64 {
    bytes as f64 / seconds / 1e6
}

/// Fills a file with bytes that no disk can pack, synced; says how long that took.
fn filled(path: &Path, bytes: usize) -> f64 {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut chunk = vec![0; MIB];
    for word in chunk.as_chunks_mut::<8>().0 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        *word = state.to_le_bytes();
    }
    let begin = Instant::now();
    let mut file = File::create(path).expect("a file");
    for number in 0..bytes / MIB {
        chunk[..8].copy_from_slice(&number.to_le_bytes());
        file.write_all(&chunk).expect("room on the disk");
    }
    file.sync_all().expect("a disk");
    begin.elapsed().as_secs_f64()
}

/// Sends a file and gets it.
fn sent(pair: &Pair, path: &Path) -> Took {
    let used = |agent: &Agent| processor_seconds(agent.pid());
    let before = used(&pair.alice);
    let begin = Instant::now();
    let path = path.to_str().expect("a path of ours").to_owned();
    let request = Request::SendFile { contact: Some("Bob".into()), path, caption: None, wait: None, timeout_ms: None };
    let answer = client(pair.alice.home()).call(request).unwrap_or_else(|error| panic!("{error}"));
    let sealing = begin.elapsed().as_secs_f64();
    let Sent { event, .. } = serde_json::from_value(answer).expect("an answer of the API");
    let sealed = used(&pair.alice);
    until("Bob hears of it", LONG, || state(&pair.bob, &event));
    let (given, got) = (used(&pair.alice), used(&pair.bob));
    let begin = Instant::now();
    let get = Request::FileGet { contact: Some("Alice".into()), event: event.clone() };
    client(pair.bob.home()).call(get).unwrap_or_else(|error| panic!("{error}"));
    while state(&pair.bob, &event) != Some(FileState::Here) {
        assert!(begin.elapsed() < 2 * LONG, "the file did not come");
        std::thread::sleep(LOOK_EVERY);
    }
    let getting = begin.elapsed().as_secs_f64();
    let busy = [sealed - before, used(&pair.alice) - given, used(&pair.bob) - got];
    let took = Took { sealing, getting, busy };
    // Each round leaves as much room as the one before it had.
    for (agent, name) in [(&pair.alice, "Bob"), (&pair.bob, "Alice")] {
        let delete = Request::Delete { contact: Some(name.into()), event: event.clone() };
        // The other side's deletion may have come first, and only the writer can delete for both.
        drop(client(agent.home()).call(delete));
    }
    took
}

/// How a file stands at an agent, if it knows of it.
fn state(agent: &Agent, event: &str) -> Option<FileState> {
    let request = Request::Files { contact: Some("Alice".into()), limit: Some(5), before: None };
    let answer = client(agent.home()).call(request).unwrap_or_else(|error| panic!("{error}"));
    let files: Vec<Message> = serde_json::from_value(answer).expect("an answer of the API");
    files.into_iter().find(|message| message.event == event)?.file.map(|file| file.state)
}
