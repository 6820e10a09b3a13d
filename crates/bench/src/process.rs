//! What the kernel knows of a running agent.

use std::fs;

/// Memory of a process in MB (1,000,000 bytes).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Memory {
    /// Pages in memory, shared ones in full.
    pub(crate) rss: f64,
    /// Pages in memory, shared ones by their share.
    pub(crate) pss: f64,
    /// Pages that are this process's alone and not a file's.
    pub(crate) anonymous: f64,
}

/// Reads a process's memory.
///
/// # Panics
/// If it is gone.
pub(crate) fn memory(pid: u32) -> Memory {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).expect("the agent runs");
    let read = |name: &str| {
        let line = rollup.lines().find_map(|line| line.strip_prefix(name)).expect("a line of the rollup");
        line.split_whitespace().next().expect("a number").parse::<f64>().expect("a number") * 1024.0 / 1e6
    };
    Memory { rss: read("Rss:"), pss: read("Pss:"), anonymous: read("Anonymous:") }
}

/// How often the threads of a process gave up the processor to wait: each wait ends with a wake-up. Threads that ended
/// are not in it.
pub(crate) fn waits(pid: u32) -> u64 {
    threads(pid).iter().map(|(_, waits)| waits).sum()
}

/// The threads of a process by name, and how often each waited.
pub(crate) fn threads(pid: u32) -> Vec<(String, u64)> {
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).expect("the agent runs");
    let statuses = tasks.filter_map(|task| fs::read_to_string(task.ok()?.path().join("status")).ok());
    statuses
        .map(|status| {
            let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
            let waits = field("voluntary_ctxt_switches:").and_then(|count| count.parse().ok());
            (field("Name:").unwrap_or_default().to_owned(), waits.unwrap_or_default())
        })
        .collect()
}

/// Processor time that a process has used, in seconds.
pub(crate) fn processor_seconds(pid: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("the agent runs");
    let fields: Vec<&str> = stat.rsplit(')').next().expect("fields").split_whitespace().collect();
    // Fields 14 and 15 of proc(5), in hundredths of a second.
    fields[11..13].iter().map(|ticks| ticks.parse::<f64>().expect("ticks")).sum::<f64>() / 100.0
}

/// Forgets how much memory a process had at most, so that [`greatest_memory`] begins anew.
///
/// # Panics
/// If it is gone.
pub(crate) fn watch_memory(pid: u32) {
    fs::write(format!("/proc/{pid}/clear_refs"), "5").expect("the agent runs");
}

/// The most memory that a process had, in MB, pages of files among it.
///
/// # Panics
/// If it is gone.
pub(crate) fn greatest_memory(pid: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("the agent runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a line of the status");
    line.split_whitespace().next().expect("a number").parse::<f64>().expect("a number") * 1024.0 / 1e6
}
