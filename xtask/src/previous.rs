//! The build before: the app that people have when this one comes out.
//!
//! It is built of a commit of this repository, in the same target directory, so that most libraries serve both, and kept until
//! another commit is named. A tree without that commit, such as an archive or a shallow clone, has nothing to build it of.

use crate::Outcome;
use crate::environment::{Environment, run};
use crate::stage::Finding;
use crate::test::keep;
use std::fs;
use std::path::Path;
use std::process::Stdio;

/// The last commit of the build before: an app that knows neither pins nor messages that disappear.
const COMMIT: &str = "186669fd26f9da4629039aad0fb2a01410bceb86";

/// The version that its crates are built under. Cargo tells crates of one target directory apart by name and version, not by
/// where they lie: under one number the two builds would take each other's parts for their own.
const LOWER: &str = "version = \"0.0.0\"";

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
    // Not '--locked': the lock file has the versions of its own crates, too.
    run(&mut tree.cargo("build --release -p kith"))?;
    keep(&environment.target.join("release/kith"), &environment.previous())?;
    let noted = fs::write(environment.previous().with_extension("commit"), COMMIT);
    noted.map_err(|error| format!("what it was built of can't be noted: {error}"))?;
    clear().map(Finding::from)
}

/// Gives the crates of a tree a version below every other's.
fn number_lower(tree: &Path) -> Outcome {
    let manifest = tree.join("Cargo.toml");
    let wrong = |error: std::io::Error| format!("{}: {error}", manifest.display());
    let text = fs::read_to_string(&manifest).map_err(wrong)?;
    let lines = text.lines().map(|line| if line.starts_with("version = ") { LOWER } else { line });
    fs::write(&manifest, lines.collect::<Vec<_>>().join("\n")).map_err(wrong)
}
