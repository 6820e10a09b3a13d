//! Where the time goes, as counts: what each agent asks of the kernel for a message.
//!
//! Both agents run under `strace`, which makes them slow and changes how many messages share a commit; counts of one
//! message at a time are not affected, those of a flood are an upper bound.

use crate::figure::Figure;
use crate::socket::{call_all, client, send, short};
use kith_api::State;
use kith_lab::{Agent, Pair, trace};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

/// The tracer, with everything, and the files by name.
const TRACER: &[&str] = &["strace", "-f", "-yy", "-s", "0", "-e", "signal=none", "-o"];
/// Messages one at a time.
const SINGLE: usize = 100;
/// Messages at once.
const AT_ONCE: usize = 2_000;
/// A pause in which an agent ends what it does, and the tracer writes what it saw.
const SETTLE: Duration = Duration::from_millis(700);

/// What was counted of one agent.
#[derive(Debug, Default, Clone)]
struct Counts(BTreeMap<&'static str, f64>);

/// Takes the measure, once: it is about counts.
pub(super) fn take(_rounds: usize) -> Vec<Figure> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = ["alice", "bob"].map(|name| folder.path().join(name));
    let under = |agent: Agent, file: &Path| {
        let tracer: Vec<&str> = TRACER.iter().copied().chain(file.to_str()).collect();
        agent.under(&tracer)
    };
    let pair = Pair::strangers_with(|alice| under(alice, &files[0]), |bob| under(bob, &files[1])).connect();
    let mut alice = client(pair.alice.home());
    let mut say = |number| alice.call(send("Bob", short(number), Some(State::Delivered))).expect("it is delivered");
    say(0);
    let single = counted(&files, SINGLE, || {
        for number in 0..SINGLE {
            say(number);
            thread::sleep(Duration::from_millis(20));
        }
    });
    let at_once = counted(&files, AT_ONCE, || {
        let calls = (0..AT_ONCE).map(|number| send("Bob", short(number), Some(State::Delivered))).collect();
        call_all(pair.alice.home(), 32, calls);
    });
    let mut figures = Vec::new();
    for (what, counts) in [("single", &single), ("flood", &at_once)] {
        for (who, counts) in ["sender", "receiver"].iter().zip(counts) {
            for (name, count) in &counts.0 {
                figures.push(Figure::low(format!("{name} per message, {what}, {who}"), "", vec![*count]));
            }
        }
    }
    figures
}

/// What both agents did meanwhile, per message.
fn counted(files: &[std::path::PathBuf; 2], messages: usize, work: impl FnOnce()) -> [Counts; 2] {
    thread::sleep(SETTLE);
    let before = files.each_ref().map(|file| fs::read_to_string(file).expect("a trace").len());
    work();
    thread::sleep(SETTLE);
    let mut pairs = files.iter().zip(before);
    std::array::from_fn(|_| {
        let (file, before) = pairs.next().expect("two agents");
        let text = fs::read_to_string(file).expect("a trace");
        count(&trace::parse(text.get(before..).unwrap_or_default()), messages)
    })
}

fn count(calls: &[trace::Call], messages: usize) -> Counts {
    let mut counts = Counts::default();
    let mut add = |name, number: f64| *counts.0.entry(name).or_default() += number / messages as f64;
    let (mut sizes, mut names) = (BTreeMap::<i64, usize>::new(), BTreeMap::<&str, usize>::new());
    for call in calls {
        *names.entry(&call.name).or_default() += 1;
        let in_vault = call.args.contains("/vaults/");
        let in_home = call.args.contains("/home.db");
        let name = call.name.as_str();
        let bytes = call.result.max(0) as f64;
        add("system calls", 1.0);
        match name {
            "fsync" | "fdatasync" if in_vault => add("syncs of the vault", 1.0),
            "fsync" | "fdatasync" if in_home => add("syncs of the home", 1.0),
            "pwrite64" if in_vault => {
                add("writes to the vault", 1.0);
                add("bytes written to the vault", bytes);
            }
            "pwrite64" if in_home => add("writes to the home", 1.0),
            "pread64" if in_vault => add("reads of the vault", 1.0),
            "sendmsg" | "sendto" if call.args.contains("<UDP") => {
                add("sends of packets", 1.0);
                add("bytes sent in packets", bytes);
                *sizes.entry(call.result).or_default() += 1;
            }
            "recvmsg" | "recvmmsg" | "recvfrom" if call.args.contains("<UDP") => add("receives of packets", 1.0),
            "epoll_wait" | "epoll_pwait" | "epoll_pwait2" => add("polls", 1.0),
            "futex" => add("futexes", 1.0),
            "write" | "writev" | "sendto" | "sendmsg" if call.args.contains("UNIX") => add("writes to clients", 1.0),
            _ => {}
        }
    }
    for (what, found) in [("sizes of packets", often(&sizes)), ("system calls", often(&names))] {
        eprintln!("bench:   {what}, the most frequent and how often: {found}");
    }
    counts
}

/// The twelve that were seen most often.
fn often<T: std::fmt::Display>(seen: &BTreeMap<T, usize>) -> String {
    let mut seen: Vec<(&T, &usize)> = seen.iter().collect();
    seen.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    seen.iter().take(12).map(|(what, count)| format!("{what} x {count}")).collect::<Vec<_>>().join(", ")
}
