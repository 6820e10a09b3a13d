//! The TypeScript types of the local API, from the Rust ones: `kith-api` prints them, `web/src/api.ts` holds them.

use crate::Outcome;
use crate::environment::{Environment, output};
use std::fs;
use std::path::Path;

/// Where the web pages find the types.
const PATH: &str = "web/src/api.ts";

/// Writes the types anew.
pub(crate) fn write(root: &Path) -> Outcome {
    let types = types(&Environment::find(root)?)?;
    fs::write(root.join(PATH), types).map_err(|error| format!("{PATH} can't be written: {error}"))
}

/// Whether the types are up to date.
pub(crate) fn check(root: &Path) -> Outcome {
    check_in(&Environment::find(root)?)
}

/// Whether the types are up to date.
pub(crate) fn check_in(environment: &Environment) -> Outcome {
    let held =
        fs::read_to_string(environment.root.join(PATH)).map_err(|error| format!("{PATH} can't be read: {error}"))?;
    if held == types(environment)? {
        Ok(())
    } else {
        Err(format!("{PATH} differs from crates/api; run 'cargo xtask codegen'"))
    }
}

/// The types, as `kith-api` prints them.
fn types(environment: &Environment) -> Outcome<String> {
    output(&mut environment.cargo("run --release --quiet -p kith-api --example typescript"))
}
