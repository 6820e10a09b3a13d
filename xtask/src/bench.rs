//! `cargo xtask bench [MEASURE…] [--rounds N] [--json FILE]`: builds what people get, and measures it.
//!
//! The figures are taken by `crates/bench`; this builds it and the shipped binary, keeps that binary where no later build
//! replaces it, and hands the arguments on.

use crate::environment::{Environment, run};
use crate::test::keep;
use crate::{Outcome, setup};
use std::path::Path;

/// Builds, then measures.
pub(crate) fn measure(root: &Path, args: &[&str]) -> Outcome {
    let environment = Environment::find(root)?;
    setup::programs(&environment)?;
    // Together, so that what the two share is built once. The measuring crate asks for no feature that the shipped binary
    // does not have.
    run(&mut environment.cargo("build --release --locked -p kith -p kith-bench"))?;
    keep(&environment.target.join("release/kith"), &environment.shipped())?;
    let mut bench = environment.command(&environment.target.join("release/kith-bench").to_string_lossy());
    run(bench.args(args).env("KITH_BIN", environment.shipped()))
}
