//! `cargo xtask coverage`: which regions of each decoder the replay of the corpora runs.
//!
//! The replay is built with `-C instrument-coverage` for the crates of the workspace and for nothing else: cargo calls the
//! compiler for these by a wrapper, so that the dependencies of an ordinary build are used as they are and only our own
//! code is counted. Then it runs, and a tool that reads LLVM's profiles (`fuzz/coverage`) counts.
//!
//! A *region* is what runs whole or not at all, as the compiler has it. Files count whole, encoders and unit tests' helpers
//! within them too; what is generic and never used is not there.

use crate::Outcome;
use crate::environment::{Environment, output, run};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

/// Files that decode what comes from outside, by who reaches them.
const DECODERS: [&str; 55] = [
    "crates/base/src/codec.rs",
    "crates/base/src/id.rs",
    "crates/proto/src/log/packet.rs",
    "crates/proto/src/log/receipt.rs",
    "crates/proto/src/log/record.rs",
    "crates/proto/src/log/welcome.rs",
    "crates/proto/src/log/offer.rs",
    "crates/proto/src/log/introduction.rs",
    "crates/proto/src/log/event.rs",
    "crates/proto/src/log/notice.rs",
    "crates/proto/src/log/succession.rs",
    "crates/proto/src/identity/bundle.rs",
    "crates/proto/src/identity/list.rs",
    "crates/proto/src/identity/manifest.rs",
    "crates/proto/src/identity/seed.rs",
    "crates/proto/src/identity/words.rs",
    "crates/proto/src/pairing/message.rs",
    "crates/proto/src/pairing/introduction.rs",
    "crates/proto/src/pairing/accepter.rs",
    "crates/proto/src/pairing/inviter.rs",
    "crates/proto/src/pairing/exchange.rs",
    "crates/proto/src/pairing/budget.rs",
    "crates/proto/src/pairing/code.rs",
    "crates/proto/src/pairing/link.rs",
    "crates/proto/src/hello/mod.rs",
    "crates/proto/src/hello/greeting.rs",
    "crates/proto/src/hello/heartbeat.rs",
    "crates/proto/src/sealer/mls/mod.rs",
    "crates/proto/src/sealer/mls/group.rs",
    "crates/proto/src/sealer/mls/leaf.rs",
    "crates/proto/src/conversation/read.rs",
    "crates/proto/src/conversation/events.rs",
    "crates/proto/src/conversation/settle.rs",
    "crates/proto/src/conversation/proof.rs",
    "crates/proto/src/conversation/joining.rs",
    "crates/proto/src/conversation/lists.rs",
    "crates/proto/src/conversation/people.rs",
    "crates/proto/src/conversation/features.rs",
    "crates/proto/src/conversation/introductions.rs",
    "crates/proto/src/conversation/found.rs",
    "crates/proto/src/conversation/past.rs",
    "crates/proto/src/conversation/renew.rs",
    "crates/proto/src/conversation/state.rs",
    "crates/net/src/card.rs",
    "crates/net/src/mdns/message.rs",
    "crates/net/src/stream.rs",
    "crates/loopback/src/web/guard.rs",
    "crates/loopback/src/web/socket.rs",
    "crates/loopback/src/local.rs",
    "crates/loopback/src/session.rs",
    "crates/agent/src/config.rs",
    "crates/agent/src/core/pairing/invitation.rs",
    "crates/agent/src/core/pairing/found.rs",
    "crates/agent/src/core/pairing/again.rs",
    "crates/store/src/home/key.rs",
];

/// What a file's code came to.
struct Counted {
    path: String,
    regions: (u64, u64),
    lines: (u64, u64),
}

/// Builds, runs, counts and prints.
pub(crate) fn print(root: &Path) -> Outcome {
    let environment = Environment::find(root)?;
    let profiles = environment.target.join("kith-coverage");
    // Profiles of an earlier build would be counted against this one's map.
    if profiles.exists() {
        fs::remove_dir_all(&profiles).map_err(|error| format!("old profiles can't be removed: {error}"))?;
    }
    fs::create_dir_all(&profiles).map_err(|error| format!("no room for profiles: {error}"))?;
    let replay = build(&environment, &profiles)?;
    let mut replayed = environment.command(&replay.to_string_lossy());
    // As cargo would say it: the corpora lie there.
    replayed.env("CARGO_MANIFEST_DIR", environment.root.join("fuzz"));
    run(replayed.arg("--quiet").env("LLVM_PROFILE_FILE", profiles.join("replay-%p.profraw")))?;
    println!("| decoder | regions | | lines | |\n|---|---|---|---|---|");
    let counted = count(&environment, &replay, &profiles)?;
    for path in DECODERS {
        match counted.iter().find(|file| file.path == path) {
            Some(file) => println!("| {path} | {} | {} |", share(file.regions), share(file.lines)),
            None => println!("| {path} | none compiled | | | |"),
        }
    }
    Ok(())
}

/// Builds the replay with its maps, and says where it is.
fn build(environment: &Environment, profiles: &Path) -> Outcome<PathBuf> {
    let wrapper = environment.target.join("kith-coverage-rustc");
    let script = "#!/bin/sh\nexec \"$@\" -C instrument-coverage\n";
    let written = fs::write(&wrapper, script);
    let written = written.and_then(|()| fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755)));
    written.map_err(|error| format!("{} can't be written: {error}", wrapper.display()))?;
    let mut built = environment
        .cargo("test --release --locked -p kith-fuzz --test replay --no-run --message-format json-render-diagnostics");
    // Build scripts are instrumented as well; what they leave is no part of the count.
    built.env("RUSTC_WORKSPACE_WRAPPER", wrapper).env("LLVM_PROFILE_FILE", profiles.join("build-%p.ignored"));
    let messages = output(&mut built)?;
    let executable = |line: &str| {
        let message: Value = serde_json::from_str(line).ok()?;
        let replay = message.pointer("/target/name")?.as_str()? == "replay";
        message.get("executable")?.as_str().filter(|_| replay).map(PathBuf::from)
    };
    messages.lines().find_map(executable).ok_or_else(|| "cargo did not say where the replay is".to_owned())
}

/// Counts what ran.
fn count(environment: &Environment, replay: &Path, profiles: &Path) -> Outcome<Vec<Counted>> {
    let mut tool = environment.cargo("run --quiet --release --locked --manifest-path fuzz/coverage/Cargo.toml --");
    tool.env("CARGO_TARGET_DIR", environment.target.join("kith-coverage-tool"));
    tool.arg(&environment.root).arg(replay);
    let entries = fs::read_dir(profiles).map_err(|error| format!("the profiles can't be read: {error}"))?;
    tool.args(
        entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|of| of == "profraw")),
    );
    Ok(output(&mut tool)?.lines().filter_map(counted).collect())
}

/// A line of the tool.
fn counted(line: &str) -> Option<Counted> {
    let mut columns = line.split('\t');
    let path = columns.next()?.to_owned();
    let mut number = || columns.next()?.parse().ok();
    Some(Counted { path, regions: (number()?, number()?), lines: (number()?, number()?) })
}

/// A part of a whole: `9 of 10 | 90 %`.
fn share((part, whole): (u64, u64)) -> String {
    format!("{part} of {whole} | {} %", (part * 100).checked_div(whole).unwrap_or(100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_tool_is_read_and_shown() {
        let file = counted("crates/a.rs\t9\t10\t2\t4\t7,8").unwrap();
        assert_eq!(
            (file.path.as_str(), share(file.regions), share(file.lines)),
            ("crates/a.rs", "9 of 10 | 90 %".into(), "2 of 4 | 50 %".into())
        );
        assert!(counted("a\tb").is_none());
    }

    #[test]
    fn every_file_of_a_decoder_exists() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        assert!(DECODERS.iter().all(|path| root.join(path).is_file()));
    }
}
