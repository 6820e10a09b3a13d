//! `cargo xtask`: what is done to the code rather than by it.
//!
//! ```text
//! cargo xtask test      everything that can be checked, from the format to real browsers
//! cargo xtask tidy      the rules of the house that the compiler can't know
//! cargo xtask soak      every random test with numbers that nobody has tried, for an hour or as many minutes as asked
//! cargo xtask sabotage  one-line faults, one after the other, and which test sees each; with names, only those
//! cargo xtask bench     figures of the shipped binary beside what lies below it; with names, only those
//! cargo xtask coverage  which regions of each decoder the replay of hostile bytes runs
//! cargo xtask codegen   the TypeScript types of the local API; with --check, whether they are up to date
//! ```
//!
//! `test` is what continuous integration runs. It installs what it lacks where it may, works in a target directory of its
//! own under the user's cache, goes on after a failure, and ends with one line that says how it went.

mod bench;
mod codegen;
mod coverage;
mod environment;
mod features;
mod previous;
mod sabotage;
mod setup;
mod soak;
mod stage;
mod test;
mod tidy;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

/// What can be typed.
const USAGE: &str = "usage: cargo xtask test | tidy | soak [MINUTES] [--seed N] | sabotage [FAULT…] |
       bench [MEASURE…] [--rounds N] [--json FILE] | coverage | codegen [--check]";

/// Why something was not done, in words for whoever runs it.
type Outcome<T = ()> = Result<T, String>;

fn main() -> ExitCode {
    let args: Vec<_> = env::args().skip(1).collect();
    let args: Vec<_> = args.iter().map(String::as_str).collect();
    let root = root();
    let outcome = match args.as_slice() {
        ["test"] => test::run_workspace(&root),
        ["tidy"] => tidy::run(&root),
        ["soak", args @ ..] => soak::run_for(&root, args),
        ["sabotage", names @ ..] => sabotage::run(&root, names),
        ["bench", args @ ..] => bench::measure(&root, args),
        ["coverage"] => coverage::print(&root),
        ["codegen"] => codegen::write(&root),
        ["codegen", "--check"] => codegen::check(&root),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}

/// The workspace: the directory above this crate's, in the tree that this runs in, which need not be the one that it was built in.
fn root() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    here.parent().unwrap_or(&here).to_owned()
}
