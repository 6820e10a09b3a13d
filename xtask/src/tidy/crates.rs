//! Crates depend on each other as the table in ARCHITECTURE.md allows, tests and build scripts included.

use super::Finding;
use crate::Outcome;
use crate::environment::{Environment, output};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The page with the table.
const PAGE: &str = "ARCHITECTURE.md";
/// The table's head.
const HEAD: [&str; 2] = ["crate", "may use"];

/// Crates and the crates they name, by short names.
type Edges = BTreeMap<String, BTreeSet<String>>;

/// Compares the workspace with the table.
pub(super) fn check(root: &Path) -> Outcome<Vec<Finding>> {
    let page = fs::read_to_string(root.join(PAGE)).map_err(|error| format!("{PAGE} can't be read: {error}"))?;
    let mut metadata = Environment::find(root)?.cargo("metadata --no-deps --offline --format-version 1");
    let used = used(&output(&mut metadata)?).ok_or("cargo metadata printed what is not metadata")?;
    Ok(compare(&used, &table(&page)))
}

/// What the crates use, from cargo's metadata.
fn used(metadata: &str) -> Option<Edges> {
    let metadata: Value = serde_json::from_str(metadata).ok()?;
    let packages = metadata.get("packages")?.as_array()?;
    packages.iter().map(|package| Some((short(package.get("name")?.as_str()?), neighbours(package)?))).collect()
}

/// The workspace's crates that a package uses.
fn neighbours(package: &Value) -> Option<BTreeSet<String>> {
    let dependencies = package.get("dependencies")?.as_array()?;
    let ours = dependencies.iter().filter(|dependency| dependency.get("path").is_some_and(Value::is_string));
    ours.map(|dependency| dependency.get("name")?.as_str().map(short)).collect()
}

/// `kith-net` is `net` in the table; the binary's crate `kith` is `cli`.
fn short(name: &str) -> String {
    match name {
        "kith" => "cli".to_owned(),
        name => name.strip_prefix("kith-").unwrap_or(name).to_owned(),
    }
}

/// What the table allows.
fn table(page: &str) -> Edges {
    let cells = |line: &str| -> Vec<String> {
        line.trim().trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect()
    };
    let is_head = |line: &&str| cells(line).iter().take(2).map(String::as_str).eq(HEAD);
    let rows = page.lines().skip_while(|line| !is_head(line)).skip(2).take_while(|line| line.starts_with('|'));
    rows.filter_map(|row| match cells(row).as_slice() {
        [name, uses, ..] => Some((name.clone(), words(uses))),
        _ => None,
    })
    .collect()
}

/// The crates in a cell; a dash is none.
fn words(cell: &str) -> BTreeSet<String> {
    cell.split([',', ' ']).filter(|word| !word.is_empty() && *word != "–").map(str::to_owned).collect()
}

/// What the crates use against what they may.
fn compare(used: &Edges, allowed: &Edges) -> Vec<Finding> {
    let finding = |what| Finding { path: PAGE.into(), line: 0, what };
    let mut findings = Vec::new();
    for (name, uses) in used {
        let Some(may_use) = allowed.get(name) else {
            findings.push(finding(format!("the table '| crate | may use |' does not name the crate {name}")));
            continue;
        };
        let wrong = uses.difference(may_use);
        findings.extend(wrong.map(|other| finding(format!("{name} uses {other}, which the table does not allow"))));
        let unused = may_use.difference(uses);
        findings.extend(unused.map(|other| finding(format!("the table lets {name} use {other}, which it does not"))));
    }
    let gone = allowed.keys().filter(|name| !used.contains_key(*name));
    findings.extend(gone.map(|name| finding(format!("the table names the crate {name}, which does not exist"))));
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "words\n\n| crate | may use |\n|---|---|\n| `base` | – |\n| cli | base, api |\n\nmore\n";

    fn whats(used: &[(&str, &[&str])]) -> Vec<String> {
        let used = used.iter().map(|(name, uses)| ((*name).into(), uses.iter().map(|name| (*name).into()).collect()));
        compare(&used.collect(), &table(TABLE)).into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn what_the_table_allows_may_be_used() {
        assert!(whats(&[("base", &[]), ("cli", &["base", "api"])]).is_empty());
    }

    #[test]
    fn an_edge_a_crate_and_a_row_without_their_like_are_found() {
        let cli: (&str, &[&str]) = ("cli", &["base", "api"]);
        assert_eq!(whats(&[("base", &["cli"]), cli]), ["base uses cli, which the table does not allow"]);
        assert_eq!(whats(&[("base", &[]), cli, ("net", &[])]).len(), 1);
        assert_eq!(whats(&[cli]), ["the table names the crate base, which does not exist"]);
        let unused = whats(&[("base", &[]), ("cli", &["base"])]);
        assert_eq!(unused, ["the table lets cli use api, which it does not"]);
    }

    #[test]
    fn dependencies_on_our_own_crates_are_read_from_the_metadata() {
        let metadata = r#"{"packages":[{"name":"kith","dependencies":[
            {"name":"kith-api","path":"/k/api"},{"name":"clap","path":null},{"name":"serde"}]}]}"#;
        assert_eq!(used(metadata), Some([("cli".into(), ["api".into()].into())].into()));
    }
}
