//! The product and its tests are built of the same libraries.
//!
//! Cargo builds a library once for each set of features that is asked of it, and with it all that stands upon it. What tests alone
//! ask for is therefore asked for by the product, too: a clean build would take longer otherwise, unseen.

use crate::Outcome;
use crate::environment::{Environment, output};
use std::collections::BTreeSet;

/// Refuses libraries that the product has with features other than its tests'.
pub(crate) fn check(environment: &Environment) -> Outcome {
    let tests = libraries(environment, "--workspace --edges normal,build,dev")?;
    let product = libraries(environment, "-p kith --edges normal,build")?;
    let twice: Vec<&str> = product.difference(&tests).map(String::as_str).collect();
    if twice.is_empty() {
        return Ok(());
    }
    Err(format!(
        "tests have these with more features than the product, so that they are built twice; ask for the same in the workspace's \
         manifest:\n{}",
        twice.join("\n")
    ))
}

/// The libraries of a part of the workspace, each with its version and features.
fn libraries(environment: &Environment, part: &str) -> Outcome<BTreeSet<String>> {
    let mut tree = environment.cargo("tree --locked --prefix none --format");
    let tree = output(tree.arg("{p} {f}").args(part.split_whitespace()))?;
    let lines = tree.lines().map(|line| line.trim_end_matches(" (*)"));
    Ok(lines.filter(|line| !line.starts_with("kith")).map(str::to_owned).collect())
}
