//! The build before: the app that people have when this one comes out.
//!
//! It is built of a commit of this repository, in the same target directory and with the same features of libraries, so that
//! most of these serve both, and kept until another commit is named. A tree without that commit, such as an archive or a
//! shallow clone, has nothing to build it of.

use crate::Outcome;
use crate::environment::{Environment, run};
use crate::stage::Finding;
use crate::test::{keep, quickly};
use std::fs;
use std::path::Path;
use std::process::Stdio;

/// The last commit of the build before: an app that knows neither pins nor messages that disappear.
const COMMIT: &str = "186669fd26f9da4629039aad0fb2a01410bceb86";

/// The version that its crates are built under. Cargo tells crates of one target directory apart by name and version, not by
/// where they lie: under one number the two builds would take each other's parts for their own.
const LOWER: &str = "version = \"0.0.0\"";

/// The libraries whose features in the workspace's manifest have changed since.
const SHARED: [&str; 2] = ["rustix", "zbus"];

/// Whether the binary is there.
pub(crate) fn is_there(environment: &Environment) -> bool {
    let built_of = fs::read_to_string(environment.previous().with_extension("commit"));
    built_of.is_ok_and(|commit| commit == COMMIT) && environment.previous().is_file()
}

/// Builds the binary, unless it is there.
pub(crate) fn build(environment: &Environment) -> Outcome<Finding> {
    if is_there(environment) {
        return Ok(Finding::Passed);
    }
    let mut known = environment.command("git");
    known.args(["cat-file", "-e", &format!("{COMMIT}^{{commit}}")]).stderr(Stdio::null());
    if run(&mut known).is_err() {
        return Ok(Finding::Skipped(format!(
            "this tree's history lacks {COMMIT}; in a shallow clone, 'git fetch --unshallow' brings it"
        )));
    }
    let tree = Environment { root: environment.previous().with_extension("tree"), ..environment.clone() };
    let index = environment.previous().with_extension("index");
    let clear = || match fs::remove_dir_all(&tree.root) {
        Err(error) if tree.root.exists() => Err(format!("{} can't be removed: {error}", tree.root.display())),
        _ => Ok(()),
    };
    clear()?;
    fs::create_dir_all(&tree.root).map_err(|error| format!("{} can't be made: {error}", tree.root.display()))?;
    let prefix = format!("--prefix={}/", tree.root.display());
    for args in [&["read-tree", COMMIT][..], &["checkout-index", "--all", &prefix]] {
        run(environment.command("git").env("GIT_INDEX_FILE", &index).args(args))?;
    }
    number_lower(&tree.root)?;
    ask_for_the_same(&tree.root, &environment.root)?;
    // Not '--locked': the lock file has the versions of its own crates, too.
    let mut build = tree.cargo("build --release -p kith");
    // As this tree's manifest has it: libraries that are asked for otherwise would be built again.
    build.args(["--config", "profile.release.package.\"*\".debug=false"]);
    // It is asked what it does, not how fast.
    quickly(&mut build);
    run(&mut build)?;
    keep(&environment.target.join("release/kith"), &environment.previous())?;
    let noted = fs::write(environment.previous().with_extension("commit"), COMMIT);
    noted.map_err(|error| format!("what it was built of can't be noted: {error}"))?;
    clear().map(Finding::from)
}

/// Gives the crates of a tree a version below every other's.
fn number_lower(tree: &Path) -> Outcome {
    let lower = |line: &str| if line.starts_with("version = ") { LOWER } else { line }.to_owned();
    edit(&tree.join("Cargo.toml"), lower)
}

/// Lets a tree of before ask its libraries for what this one asks of them.
fn ask_for_the_same(tree: &Path, of: &Path) -> Outcome {
    let ours = fs::read_to_string(of.join("Cargo.toml")).map_err(|error| format!("{}: {error}", of.display()))?;
    edit(&tree.join("Cargo.toml"), |line| {
        let shared = SHARED.iter().find(|name| line.starts_with(&format!("{name} = ")));
        let same = shared.and_then(|name| ours.lines().find(|line| line.starts_with(&format!("{name} = "))));
        same.unwrap_or(line).to_owned()
    })?;
    edit(&tree.join("crates/cli/Cargo.toml"), |line| {
        if line == "[dependencies]" { format!("{line}\nfastrand = \"2\"") } else { line.to_owned() }
    })
}

/// Edits each line of a file.
fn edit(path: &Path, line: impl Fn(&str) -> String) -> Outcome {
    let wrong = |error: std::io::Error| format!("{}: {error}", path.display());
    let lines: Vec<String> = fs::read_to_string(path).map_err(wrong)?.lines().map(line).collect();
    fs::write(path, lines.join("\n")).map_err(wrong)
}
