//! What a page points at exists: links between files, and the paths and commands in tables about where things are.
//!
//! In a table that has a column *go to*, *code* or *page*, whatever stands between backticks in that column is a path from
//! the workspace, or a command of `cargo xtask`. The list of the pages of `spec/` is whole.

use super::{File, Finding};
use std::collections::BTreeSet;

/// Heads of columns that say where something is.
const WHERE: [&str; 3] = ["go to", "code", "page"];
/// The page that lists the pages of its folder.
const LISTING: &str = "spec/README.md";

/// Compares pages with what is there. `exists` knows paths from the workspace, `commands` what xtask can be told.
pub(super) fn check(files: &[File], exists: impl Fn(&str) -> bool, commands: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.is("md")) {
        let folder = file.path.parent().and_then(|folder| folder.to_str()).unwrap_or_default();
        for (line, text) in file.lines() {
            let dead = links(text).filter(|target| !exists(&resolve(folder, target)));
            findings.extend(dead.map(|target| file.finding(line, format!("{target} is linked to and does not exist"))));
        }
        for (line, word) in places(file) {
            let what = match word.strip_prefix("cargo xtask ") {
                Some(command) if commands.contains(command) => continue,
                None if exists(word) => continue,
                Some(_) => format!("'{word}' is no command"),
                None => format!("the table points at {word}, which does not exist from the workspace"),
            };
            findings.push(file.finding(line, what));
        }
    }
    findings.extend(unlisted(files));
    findings
}

/// Targets of links to other files, without the place in them.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(target, _)| target));
    let targets = targets.filter_map(|target| target.split('#').next());
    targets.filter(|target| !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:"))
}

/// A path from the workspace for one from a folder in it.
fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<_> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The words between backticks in columns that say where something is, with their lines.
fn places(file: &File) -> Vec<(usize, &str)> {
    let mut places = Vec::new();
    let mut columns: Option<Vec<usize>> = None;
    for (line, text) in file.lines() {
        if !text.trim_start().starts_with('|') {
            columns = None;
            continue;
        }
        let cells: Vec<_> = text.trim().trim_matches('|').split('|').map(str::trim).collect();
        match &columns {
            None => {
                let is_where = |(at, head): (usize, &&str)| WHERE.contains(head).then_some(at);
                columns = Some(cells.iter().enumerate().filter_map(is_where).collect());
            }
            Some(columns) => {
                let cells = columns.iter().filter_map(|at| cells.get(*at));
                places.extend(cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(|word| (line, word)));
            }
        }
    }
    places
}

/// Pages of the listed folder that the listing does not link to.
fn unlisted(files: &[File]) -> Vec<Finding> {
    let Some(listing) = files.iter().find(|file| file.path.as_os_str() == LISTING) else { return Vec::new() };
    let Some(folder) = listing.path.parent() else { return Vec::new() };
    let listed: BTreeSet<_> = listing.lines().flat_map(|(_, text)| links(text)).collect();
    let pages = files.iter().filter(|file| file.is("md") && file.path.parent() == Some(folder));
    let names = pages.filter_map(|file| file.path.file_name()?.to_str()).filter(|name| *name != "README.md");
    let unlisted = names.filter(|name| !listed.contains(name));
    unlisted.map(|name| listing.finding(0, format!("{name} is not listed"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(path: &str, text: &str) -> Vec<String> {
        let exists = |path: &str| ["README.md", "spec/log.md", "crates/net"].contains(&path);
        check(&[File::of(path, text)], exists, "usage: tidy | codegen")
            .into_iter()
            .map(|finding| finding.what)
            .collect()
    }

    #[test]
    fn a_link_leads_to_a_file() {
        assert!(whats("a.md", "[a](README.md), [b](spec/log.md#x) [c](https://a.test) [d](#e)").is_empty());
        assert!(whats("spec/a.md", "[a](../README.md) [b](log.md)").is_empty());
        assert_eq!(whats("spec/a.md", "[a](README.md)").len(), 1);
    }

    #[test]
    fn a_table_about_where_things_are_points_at_what_exists() {
        let table = |row: &str| format!("| to change | go to |\n|---|---|\n{row}\n");
        assert!(whats("a.md", &table("| `b` | `crates/net`, then `cargo xtask codegen` |")).is_empty());
        assert_eq!(whats("a.md", &table("| a | `crates/net` and `links/` |")).len(), 1);
        assert_eq!(whats("a.md", &table("| a | `cargo xtask fly` |")), ["'cargo xtask fly' is no command"]);
        assert!(whats("a.md", "| a | b |\n|---|---|\n| `c` | `d` |\n").is_empty());
    }

    #[test]
    fn the_list_of_pages_is_whole() {
        let files = |listing: &str| [File::of(LISTING, listing), File::of("spec/log.md", "")];
        let count = |listing| check(&files(listing), |_| true, "").len();
        assert_eq!((count("| [log.md](log.md) |"), count("nothing")), (0, 1));
    }
}
