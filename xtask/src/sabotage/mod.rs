//! `cargo xtask sabotage`: breaks the code on purpose, one line at a time, and asks whether the tests notice.
//!
//! A promise that no test holds is a wish. Each [`Fault`] of the [table](faults::FAULTS) takes one promise away by one
//! line; the tests named beside it must fail, and which one did is printed. A fault that survives is a missing test.
//!
//! It runs on a copy of the tree under the user's cache, with a target directory that is kept, so that a fault costs one
//! build of the crate that it is in and of what depends on it. Before their first fault the same tests must pass on the copy as
//! it is: else they would "catch" everything. A fault that does not compile is an error of the table, never a catch.
//!
//! [`check`] is cheap and part of `cargo xtask tidy`: each fault's text stands exactly once in its file, so that the table
//! can't fall behind the code.

mod faults;
mod tree;

use crate::Outcome;
use crate::environment::{Environment, run as run_to_the_end};
use crate::setup;
use faults::FAULTS;
use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::time::Instant;
use tree::Tree;

/// One line that breaks one promise.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fault {
    /// What the code does with it, in words with dashes.
    pub(crate) name: &'static str,
    /// The promise that it breaks.
    pub(crate) breaks: &'static str,
    /// The file, or the folder in which one file has it, from the workspace.
    pub(crate) place: &'static str,
    /// What stands there: part of one line, and nowhere else in that place.
    pub(crate) text: &'static str,
    /// What stands there instead.
    pub(crate) instead: &'static str,
    /// Tests as `nextest run` takes them, `-p CRATE` before all else; tried in order until one of them fails.
    pub(crate) tests: &'static [&'static str],
}

/// How a fault went.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    /// These tests failed; all are stopped at the first failure, so there may be more that would.
    Caught(Vec<String>),
    /// All tests passed.
    Survived,
    /// It did not come to tests, and why.
    Unusable(String),
}

/// How one selection of tests ended.
enum Ran {
    Passed,
    Failed(Vec<String>),
    DidNotBuild(String),
}

/// What nextest ends with when a test failed, and nothing else.
const TESTS_FAILED: i32 = 100;
/// What needs the binaries beside its tests.
const LAB: &str = "-p kith-lab";

/// Puts in each fault of these names, or each there is, and runs the tests that should see it.
pub(crate) fn run(root: &Path, names: &[&str]) -> Outcome {
    let chosen = choose(names)?;
    let environment = Environment::find(root)?;
    setup::nextest(&environment)?;
    let tree = Tree::copy(&environment)?;
    let (mut passed, mut survived) = (BTreeSet::new(), Vec::new());
    println!("\n| fault | breaks | seen by |\n|---|---|---|");
    for fault in chosen {
        let start = Instant::now();
        let verdict = judge(&tree, fault, &mut passed)?;
        println!("| {} | {} | {verdict} |", fault.name, fault.breaks);
        eprintln!("{}: {:.0} s", fault.name, start.elapsed().as_secs_f32());
        if !matches!(verdict, Verdict::Caught(_)) {
            survived.push(fault.name);
        }
    }
    if survived.is_empty() { Ok(()) } else { Err(format!("sabotage: no test sees {}", survived.join(", "))) }
}

/// The faults of these names; all of them, if none is named.
fn choose(names: &[&str]) -> Outcome<Vec<&'static Fault>> {
    if let Some(unknown) = names.iter().find(|name| FAULTS.iter().all(|fault| fault.name != **name)) {
        let known: Vec<_> = FAULTS.iter().map(|fault| fault.name).collect();
        return Err(format!("there is no fault '{unknown}'; there are:\n{}", known.join("\n")));
    }
    Ok(FAULTS.iter().filter(|fault| names.is_empty() || names.contains(&fault.name)).collect())
}

/// Puts a fault in, runs its tests, and takes it out again.
///
/// `passed` are the tests that are known to pass without a fault; others are run so first.
fn judge(tree: &Tree<'_>, fault: &Fault, passed: &mut BTreeSet<&'static str>) -> Outcome<Verdict> {
    let files = tree.read_all(fault.place)?;
    let (name, sound) = match find(files.iter().map(|(name, text)| (name.as_path(), text.as_str())), fault) {
        Ok(found) => found,
        Err(why) => return Ok(Verdict::Unusable(why)),
    };
    let broken = sound.replacen(fault.text, fault.instead, 1);
    for tests in fault.tests {
        if !passed.contains(tests) {
            pass(&tree.environment, tests)?;
            passed.insert(tests);
        }
        tree.write(name, &broken)?;
        let ran = ran(&tree.environment, tests);
        tree.write(name, sound)?;
        match ran? {
            Ran::Passed => {}
            Ran::Failed(tests) => return Ok(Verdict::Caught(tests)),
            Ran::DidNotBuild(why) => return Ok(Verdict::Unusable(why)),
        }
    }
    Ok(Verdict::Survived)
}

/// Runs tests that must pass as the tree is.
fn pass(environment: &Environment, tests: &str) -> Outcome {
    eprintln!("without a fault: {tests}");
    match ran(environment, tests)? {
        Ran::Passed => Ok(()),
        Ran::Failed(tests) => Err(format!("sabotage: {} fail without any fault", tests.join(", "))),
        Ran::DidNotBuild(why) => Err(format!("sabotage: the tree does not build: {why}")),
    }
}

/// The file that a fault goes into, among those of its place.
fn find<'a>(files: impl Iterator<Item = (&'a Path, &'a str)>, fault: &Fault) -> Result<(&'a Path, &'a str), String> {
    let with_it = files.flat_map(|(name, text)| text.matches(fault.text).map(move |_| (name, text)));
    match with_it.collect::<Vec<_>>().as_slice() {
        [found] => Ok(*found),
        others => Err(format!("its text stands {} times in {}", others.len(), fault.place)),
    }
}

/// Runs tests, up to the first that fails.
fn ran(environment: &Environment, tests: &str) -> Outcome<Ran> {
    if tests.starts_with(LAB) {
        for features in ["", " --features door"] {
            let mut build = environment.cargo(&format!("build --release --locked --quiet -p kith{features}"));
            crate::test::quickly(&mut build);
            if let Err(why) = run_to_the_end(&mut build) {
                return Ok(Ran::DidNotBuild(why));
            }
            let kept = if features.is_empty() { environment.shipped() } else { environment.door() };
            crate::test::keep(&environment.target.join("release/kith"), &kept)?;
        }
    }
    let mut nextest =
        environment.cargo("nextest run --profile sabotage --release --locked --cargo-quiet --color never");
    crate::test::quickly(&mut nextest);
    nextest.args(["--failure-output", "never", "--no-tests", "fail"]).args(tests.split_whitespace());
    let output = crate::test::with_binaries(environment, nextest).output();
    let output = output.map_err(|error| format!("cargo nextest can't be run: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    Ok(match output.status.code() {
        Some(0) => Ran::Passed,
        Some(TESTS_FAILED) => Ran::Failed(failed(&said)),
        _ => Ran::DidNotBuild(said.lines().find(|line| line.starts_with("error")).unwrap_or(&said).to_owned()),
    })
}

/// The tests that nextest names as failed: `FAIL [ 0.010s] (1/9) crate::binary test`, each once.
fn failed(said: &str) -> Vec<String> {
    let status = |line: &str| ["FAIL", "TIMEOUT", "SIG"].iter().any(|status| line.trim_start().starts_with(status));
    let lines = said.lines().filter(|line| status(line) && line.contains('['));
    let names: BTreeSet<_> = lines.filter_map(|line| line.split_whitespace().last()).map(str::to_owned).collect();
    names.into_iter().collect()
}

/// What is wrong with the table, given the workspace's files: places and findings.
pub(crate) fn check(files: &[(&Path, &str)]) -> Vec<(&'static str, String)> {
    check_table(FAULTS, files)
}

fn check_table(faults: &'static [Fault], files: &[(&Path, &str)]) -> Vec<(&'static str, String)> {
    let mut names = BTreeSet::new();
    let mut findings = Vec::new();
    for fault in faults {
        let mut note = |what: String| findings.push((fault.place, format!("the fault {}: {what}", fault.name)));
        if !names.insert(fault.name) {
            note("its name stands twice".into());
        }
        if [fault.text, fault.instead].iter().any(|text| text.contains('\n')) || fault.text == fault.instead {
            note("it is one line and its replacement another".into());
        }
        if fault.tests.is_empty() || fault.tests.iter().any(|tests| !tests.starts_with("-p kith-")) {
            note("it names tests that should see it, as '-p kith-CRATE …'".into());
        }
        if let Err(why) = find(files.iter().filter(|(name, _)| name.starts_with(fault.place)).copied(), fault) {
            note(why);
        }
    }
    findings
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Caught(tests) => write!(f, "{}", tests.join(", ")),
            Self::Survived => write!(f, "**nobody**"),
            Self::Unusable(why) => write!(f, "**unusable**: {why}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAULT: Fault = Fault {
        name: "a-key-is-used-twice",
        breaks: "a key is used once",
        place: "a",
        text: "used = true",
        instead: "used = false",
        tests: &["-p kith-proto"],
    };

    fn whats(faults: &'static [Fault], text: &str) -> Vec<String> {
        let files = [(Path::new("a/b.rs"), text), (Path::new("a/c.rs"), "other"), (Path::new("ab.rs"), FAULT.text)];
        check_table(faults, &files).into_iter().map(|(_, what)| what).collect()
    }

    #[test]
    fn a_fault_goes_where_its_text_stands_once() {
        let (one, other) = (Path::new("a/b.rs"), Path::new("a/c.rs"));
        let found = |texts: [&'static str; 2]| find([one, other].into_iter().zip(texts), &FAULT).map(|(name, _)| name);
        assert_eq!(found(["", "self.used = true;\n"]), Ok(other));
        assert!(found(["", "self.used = false;\n"]).is_err());
        assert!(found(["used = true", "used = true"]).is_err());
        assert!(found(["used = true; used = true;", ""]).is_err());
    }

    #[test]
    fn a_table_that_fell_behind_the_code_is_found() {
        static LOST: [Fault; 1] = [Fault { place: "b", ..FAULT }];
        static TWICE: [Fault; 2] = [FAULT, FAULT];
        static SAME: [Fault; 1] = [Fault { instead: FAULT.text, ..FAULT }];
        static UNSEEN: [Fault; 1] = [Fault { tests: &[], ..FAULT }];
        static ONE: [Fault; 1] = [FAULT];
        assert!(whats(&ONE, "used = true").is_empty());
        assert_eq!(whats(&ONE, "used = 1").len(), 1);
        for wrong in [&LOST[..], &TWICE, &SAME, &UNSEEN] {
            assert_eq!(whats(wrong, "used = true").len(), 1, "{wrong:?}");
        }
    }

    #[test]
    fn the_tests_that_failed_are_read_from_what_nextest_says() {
        let said = "    Starting 9 tests\n        FAIL [   0.010s] (1/9) kith-proto::pairing wrong_words\n\
                    error: test run failed\n        FAIL [   0.010s] (1/9) kith-proto::pairing wrong_words\n\
                    SIGABRT [   0.1s] kith-sim::faults it_stands\n     Summary [ 0.05s] 9 tests run\n";
        assert_eq!(failed(said), ["it_stands", "wrong_words"]);
    }
}
