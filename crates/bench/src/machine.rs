//! What a run ran on: the settings that a figure means nothing without.

use kith_lab::kith_binary;
use std::fs;
use std::process::Command;

/// The settings, in the order they are printed. What can't be found out is left out.
pub(crate) fn settings(rounds: usize) -> Vec<(String, String)> {
    let found = [
        ("date", said("date", &["-u", "+%Y-%m-%d %H:%M UTC"])),
        ("commit", commit()),
        ("system", system()),
        ("kernel", said("uname", &["-sr"])),
        ("processor", processor()),
        ("memory", memory()),
        ("homes on", said("df", &["--output=fstype,source", &std::env::temp_dir().to_string_lossy()]).and_then(last)),
        ("load average at start", fs::read_to_string("/proc/loadavg").ok().map(|line| words(&line, 3))),
        ("kith", said(&kith_binary().to_string_lossy(), &["--version"])),
        ("profile", Some("release, default features, the binary that people get; default settings".to_owned())),
        ("durability", Some("every commit is on disk when it returns (WAL, synchronous=FULL)".to_owned())),
        ("rounds", Some(format!("{rounds}; a value is the median over them, the spread their least and greatest"))),
    ];
    found.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

fn said(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn last(lines: String) -> Option<String> {
    lines.lines().last().map(|line| line.split_whitespace().next().unwrap_or_default().to_owned())
}

fn commit() -> Option<String> {
    let commit = said("git", &["rev-parse", "--short=12", "HEAD"])?;
    let changed = said("git", &["status", "--porcelain", "--untracked-files=no"])?;
    Some(if changed.is_empty() { commit } else { format!("{commit}, with changes that are not committed") })
}

fn system() -> Option<String> {
    let release = fs::read_to_string("/etc/os-release").ok()?;
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    Some(name.trim_matches('"').to_owned())
}

fn processor() -> Option<String> {
    let info = fs::read_to_string("/proc/cpuinfo").ok()?;
    let name = info.lines().find_map(|line| line.strip_prefix("model name"))?;
    let count = info.lines().filter(|line| line.starts_with("processor")).count();
    Some(format!("{count} x {}", name.trim_matches(|c: char| c == ':' || c.is_whitespace())))
}

fn memory() -> Option<String> {
    let info = fs::read_to_string("/proc/meminfo").ok()?;
    let kib: u64 =
        info.lines().find_map(|line| line.strip_prefix("MemTotal:"))?.split_whitespace().next()?.parse().ok()?;
    Some(format!("{} GiB", (kib + (1 << 19)) >> 20))
}

fn words(line: &str, count: usize) -> String {
    line.split_whitespace().take(count).collect::<Vec<_>>().join(" ")
}
