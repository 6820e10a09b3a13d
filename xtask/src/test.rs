//! `cargo xtask test`: everything that can be checked, cheapest first.
//!
//! Two binaries are built: the one that people get, and one with the doors that tests of crashes and clocks need; and a third of
//! the build before ([`previous`]). Tests find them as `KITH_BIN`, `KITH_DOOR_BIN` and `KITH_PREVIOUS_BIN`. All Rust is built in the one release profile, so that C code is built once.

use crate::environment::{Environment, output, run};
use crate::stage::{Finding, Stages};
use crate::{Outcome, codegen, features, previous, setup, tidy};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The lab's tests where there is no build before this one.
const LAB_WITHOUT_PREVIOUS: &str = "package(kith-lab) & !test(/^previous::/)";

/// The crates that take longest to build or to change, and the simulator.
const QUICKLY_BUILT: [&str; 5] = ["kith-base", "kith-proto", "kith-sim", "kith-store", "kith-agent"];

/// Runs every stage.
fn run_all(environment: &Environment) -> Outcome {
    let mut stages = Stages::default();
    stages.run("setup", || setup::programs(environment).and_then(|()| setup::nextest(environment)));
    stages.run("fmt", || run(&mut environment.cargo("fmt --all --check")));
    stages.run("tidy", || tidy::run(&environment.root));
    stages.run("deny", || deny(environment));
    stages.run("features", || features::check(environment));
    stages.run("clippy", || {
        run(&mut environment.cargo("clippy --release --locked --workspace --all-targets -- -D warnings"))
    });
    stages.run("doc", || doc(environment));
    stages.run("types", || codegen::check_in(environment));
    stages.run("web", || web(environment));
    if stages.run("build", || build(environment)) {
        stages.run("nextest", || run(&mut tests(environment, "not package(kith-lab)")));
        stages.run("previous", || previous::build(environment));
        let lab = if previous::is_there(environment) { "package(kith-lab)" } else { LAB_WITHOUT_PREVIOUS };
        stages.run("lab", || run(&mut tests(environment, lab)));
        stages.run("browser", || browser(environment));
    } else {
        stages.fail(&["nextest", "lab", "browser"], "there is nothing to test without a build");
    }
    stages.finish()
}

/// Runs every stage in the workspace.
pub(crate) fn run_workspace(root: &Path) -> Outcome {
    run_all(&Environment::find(root)?)
}

/// Licences, crates and sources. The crates of other systems must be fetched for it, which takes a registry.
fn deny(environment: &Environment) -> Outcome<Finding> {
    if let Err(why) = setup::deny(environment).and_then(|()| run(&mut environment.cargo("fetch --locked --quiet"))) {
        return Ok(Finding::Skipped(format!("no registry to fetch it from: {why}")));
    }
    let mut deny = environment.cargo("deny --log-level error check licenses bans sources");
    run(&mut deny).map(Finding::from)
}

/// The documentation's links and examples.
fn doc(environment: &Environment) -> Outcome {
    let mut links = environment.cargo("doc --release --locked --workspace --no-deps --document-private-items --quiet");
    run(links.env("RUSTDOCFLAGS", "-D warnings -A rustdoc::private_intra_doc_links"))?;
    run(&mut environment.cargo("test --release --locked --workspace --doc --quiet"))
}

/// Builds both binaries. Each is kept apart, because a later build with other features takes its place.
pub(crate) fn build(environment: &Environment) -> Outcome {
    let kinds = [("", environment.shipped()), (" --features door", environment.door())];
    for (features, kept) in kinds {
        run(&mut environment.cargo(&format!("build --release --locked -p kith{features}")))?;
        keep(&environment.target.join("release/kith"), &kept)?;
    }
    Ok(())
}

/// Copies a binary to where it stays. It is put in place by a rename: an agent of an earlier run may still execute it.
pub(crate) fn keep(built: &Path, kept: &Path) -> Outcome {
    let fresh = kept.with_extension("new");
    let copied = kept.parent().map_or(Ok(()), fs::create_dir_all);
    let copied = copied.and_then(|()| fs::copy(built, &fresh)).and_then(|_| fs::rename(&fresh, kept));
    copied.map_err(|error| format!("{} can't be kept as {}: {error}", built.display(), kept.display()))
}

/// Has a command build what it builds anew with little optimising: without any, hundreds of seeds take too long.
pub(crate) fn quickly(command: &mut Command) {
    for name in QUICKLY_BUILT {
        command.arg("--config").arg(format!("profile.release.package.{name}.opt-level=1"));
    }
}

/// The tests that a filter chooses. All are built at once, so that the choice doesn't change features.
fn tests(environment: &Environment, filter: &str) -> Command {
    let mut tests = environment.cargo("nextest run --release --locked --workspace --no-tests=pass -E");
    tests.arg(filter);
    with_binaries(environment, tests)
}

/// Tells a command where the binaries are.
pub(crate) fn with_binaries(environment: &Environment, mut command: Command) -> Command {
    command.env("KITH_BIN", environment.shipped()).env("KITH_DOOR_BIN", environment.door());
    command.env("KITH_PREVIOUS_BIN", environment.previous());
    command
}

/// Builds the web pages anew and compares them with the ones in the tree.
fn web(environment: &Environment) -> Outcome {
    run(&mut npm(environment, "ci --no-audit --no-fund"))?;
    run(&mut npm(environment, "run check"))?;
    run(&mut npm(environment, "run build"))?;
    let changed = output(environment.command("git").args(["status", "--porcelain", "--", "web/dist"]))?;
    if changed.is_empty() { Ok(()) } else { Err(format!("web/dist is not what web/ builds to; commit it:\n{changed}")) }
}

/// The pages in real browsers: every screen out of invented data, then two people on real agents, one's home, their files, attacks on the
/// pages, and the basic flows in Firefox.
fn browser(environment: &Environment) -> Outcome {
    run(&mut npm(environment, "test"))?;
    run(&mut with_binaries(environment, npm(environment, "run test:agents")))?;
    run(&mut with_binaries(environment, npm(environment, "run test:home")))?;
    run(&mut with_binaries(environment, npm(environment, "run test:files")))?;
    run(&mut with_binaries(environment, npm(environment, "run test:talk")))?;
    run(&mut with_binaries(environment, npm(environment, "run test:attacks")))?;
    run(&mut with_binaries(environment, npm(environment, "run test:firefox")))
}

/// npm in `web/`.
fn npm(environment: &Environment, args: &str) -> Command {
    let mut npm = environment.command("npm");
    npm.current_dir(environment.root.join("web")).args(args.split_whitespace());
    npm
}
