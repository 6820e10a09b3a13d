//! What a trace of system calls shows about the order of commits, syncs and sends.
//!
//! The agent writes a mark before it commits a turn of a conversation, and one after, before it performs the turn's
//! effects. In the trace of `strace -f -yy` this module looks for commits that nothing made durable in between
//! ([`unsynced_commits`]) and for what left too early ([`sent_before_sync`]).

use std::collections::BTreeMap;

/// The mark before a commit.
const COMMIT: &str = "kith_agent::marks: commit ";
/// The mark after a commit, before its effects.
const COMMITTED: &str = "kith_agent::marks: committed ";
/// How `strace` is run for this.
pub const STRACE: &[&str] = &[
    "strace",
    "-f",
    "-yy",
    "-s",
    "200",
    "-e",
    "trace=write,pwrite64,fsync,fdatasync,sendmsg,sendmmsg,sendto",
    "-e",
    "signal=none",
    "-o",
];

/// One system call. Times are line numbers of the trace.
#[derive(Debug, Clone)]
pub struct Call {
    /// The thread.
    pub thread: u32,
    /// The call's name.
    pub name: String,
    /// Its arguments as the tracer shows them; those that are known at its end behind those known before.
    pub args: String,
    /// What it returned.
    pub result: i64,
    /// When it began.
    pub begin: usize,
    /// When it returned.
    pub end: usize,
}

impl Call {
    /// The file or socket of its first argument.
    fn file(&self) -> &str {
        let inner = self.args.split_once('<').map_or("", |(_, rest)| rest);
        inner.split_once('>').map_or("", |(file, _)| file)
    }

    fn is_vault_sync(&self) -> bool {
        matches!(self.name.as_str(), "fsync" | "fdatasync") && self.result == 0 && self.file().contains("/vaults/")
    }

    /// Bytes that it put on the network.
    fn udp_bytes(&self) -> i64 {
        match self.name.as_str() {
            _ if !self.file().starts_with("UDP") => 0,
            "sendmsg" | "sendto" => self.result.max(0),
            "sendmmsg" => self.args.split("msg_len=").skip(1).map(leading_number).sum(),
            _ => 0,
        }
    }

    fn is_mark(&self, mark: &str) -> bool {
        self.name == "write" && self.args.contains(mark)
    }
}

/// A commit of a conversation between its two marks.
#[derive(Debug, Clone, Copy)]
pub struct Commit {
    /// When it began.
    pub begin: usize,
    /// When its vault was first on disk, if it ever was before the effects.
    pub synced: Option<usize>,
    /// When its effects began.
    pub end: usize,
}

/// Reads a trace.
pub fn parse(trace: &str) -> Vec<Call> {
    let mut open: BTreeMap<u32, Call> = BTreeMap::new();
    let mut calls = Vec::new();
    for (at, line) in trace.lines().enumerate() {
        let Some((thread, rest)) = line.trim_start().split_once(' ') else { continue };
        let (Ok(thread), rest) = (thread.parse(), rest.trim_start()) else { continue };
        if let Some(resumed) = rest.strip_prefix("<... ") {
            let Some(mut call) = open.remove(&thread) else { continue };
            let Some((_, tail)) = resumed.split_once("resumed>") else { continue };
            call.args.push_str(tail);
            finish(&mut calls, call, at);
        } else if let Some((name, args)) = rest.split_once('(') {
            let name = name.to_owned();
            match args.strip_suffix("<unfinished ...>") {
                Some(args) => {
                    drop(open.insert(thread, Call { thread, name, args: args.into(), result: 0, begin: at, end: at }));
                }
                None => finish(&mut calls, Call { thread, name, args: args.into(), result: 0, begin: at, end: at }, at),
            }
        }
    }
    calls.sort_by_key(|call| call.begin);
    calls
}

fn finish(calls: &mut Vec<Call>, mut call: Call, at: usize) {
    let Some((_, result)) = call.args.rsplit_once(" = ") else { return };
    let failed = result.starts_with('-') || result.starts_with('?');
    call.result = if failed { -1 } else { leading_number(result) };
    call.end = at;
    calls.push(call);
}

fn leading_number(text: &str) -> i64 {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_default()
}

/// All commits of conversations.
pub fn commits(calls: &[Call]) -> Vec<Commit> {
    let mut commits = Vec::new();
    for (number, begin) in calls.iter().enumerate().filter(|(_, call)| call.is_mark(COMMIT)) {
        let own = calls[number..].iter().filter(|call| call.thread == begin.thread);
        let Some(end) = own.clone().find(|call| call.is_mark(COMMITTED)) else { continue };
        let synced = own
            .filter(|call| call.is_vault_sync() && call.end < end.begin && call.begin > begin.end)
            .map(|call| call.end)
            .min();
        commits.push(Commit { begin: begin.begin, synced, end: end.begin });
    }
    commits
}

/// The commits after which effects were performed although nothing had made them durable.
pub fn unsynced_commits(calls: &[Call]) -> Vec<Commit> {
    commits(calls).into_iter().filter(|commit| commit.synced.is_none()).collect()
}

/// Bytes put on the network while a commit was not durable, the most of any commit.
pub fn sent_before_sync(calls: &[Call]) -> i64 {
    let before = |commit: &Commit| sent_between(calls, commit.begin, commit.synced.unwrap_or(commit.end));
    commits(calls).iter().map(before).max().unwrap_or_default()
}

/// Bytes put on the network by calls that began between two times.
pub fn sent_between(calls: &[Call], from: usize, to: usize) -> i64 {
    calls.iter().filter(|call| (from..to).contains(&call.begin)).map(Call::udp_bytes).sum()
}

/// Bytes written to vaults by calls that began between two times.
pub fn stored_between(calls: &[Call], from: usize, to: usize) -> i64 {
    let is_vault = |call: &&Call| call.name == "pwrite64" && call.file().contains("/vaults/");
    let within = calls.iter().filter(|call| (from..to).contains(&call.begin));
    within.filter(is_vault).map(|call| call.result.max(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARK: &str = r#"7 write(2</e>, "DEBUG kith_agent::marks: commit writes=3\n", 40) = 40"#;
    const SYNC: &str = "7 fdatasync(9</home/vaults/a.db-wal>) = 0";
    const DONE: &str = r#"7 write(2</e>, "DEBUG kith_agent::marks: committed effects=2\n", 40) = 40"#;
    const SEND: &str = r"8 sendmsg(5<UDPv6:[[::]:99]>, {msg_namelen=28}, 0) = 40000";

    fn calls(lines: &[&str]) -> Vec<Call> {
        parse(&lines.join("\n"))
    }

    #[test]
    fn a_commit_that_is_synced_before_its_effects_is_right() {
        let calls = calls(&[MARK, SYNC, DONE, SEND]);
        assert_eq!((commits(&calls).len(), unsynced_commits(&calls).len(), sent_before_sync(&calls)), (1, 0, 0));
        assert_eq!(sent_between(&calls, 2, usize::MAX), 40000);
    }

    #[test]
    fn a_sync_that_is_missing_late_failed_or_of_another_file_is_none() {
        let failed = SYNC.replace("= 0", "= -1 EIO (Input/output error)");
        let other = SYNC.replace("/vaults", "");
        let (begun, ended) =
            ("7 fdatasync(9</home/vaults/a.db-wal> <unfinished ...>", "7 <... fdatasync resumed>) = 0");
        for bad in [&[MARK, DONE, SYNC][..], &[MARK, DONE], &[MARK, &failed, DONE], &[MARK, &other, DONE]] {
            assert_eq!(unsynced_commits(&calls(bad)).len(), 1, "{bad:?}");
        }
        assert_eq!(unsynced_commits(&calls(&[MARK, begun, ended, DONE])).len(), 0);
        let theirs = SYNC.replace("7 fdata", "8 fdata");
        assert_eq!(
            unsynced_commits(&calls(&[MARK, &theirs, DONE])).len(),
            1,
            "another thread's sync is of something else"
        );
    }

    #[test]
    fn what_leaves_before_the_sync_returns_is_seen() {
        let (begun, ended) =
            ("7 fdatasync(9</home/vaults/a.db-wal> <unfinished ...>", "7 <... fdatasync resumed>) = 0");
        assert_eq!(sent_before_sync(&calls(&[MARK, begun, SEND, ended, DONE])), 40000);
        let many = "8 sendmmsg(5<UDP:[9]>, [{msg_hdr={}, msg_len=1200}, {msg_hdr={}, msg_len=300}], 2, 0) = 2";
        assert_eq!(sent_before_sync(&calls(&[MARK, many, SYNC, DONE])), 1500);
    }
}
