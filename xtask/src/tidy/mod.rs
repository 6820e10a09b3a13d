//! `cargo xtask tidy`: the rules of the house that the compiler can't know, each with the habit it protects.
//!
//! | module | rule |
//! |---|---|
//! | [`crates`] | crates depend on each other as ARCHITECTURE.md's table allows, and the table names every crate |
//! | [`sources`] | files have a doc and an end in sight; comments speak of the code, not of its history; tests don't sleep |
//! | [`words`] | each sentence that code asks for exists, and each that exists is asked for |
//! | [`errors`] | each error that the agent tells has its sentence and hint, and each sentence is told |
//! | [`languages`] | each language says what English says, with the same words to fill in and every form of a number |
//! | [`pages`] | links, and paths in tables about where things are, lead somewhere |
//! | [`rules`] | each rule of `spec/` has an id of its own, code that keeps it and a test that shows it |
//! | [`licence`] | everything is under the one licence |
//! | [`lock`] | the web lock file names no registry's host |
//! | [`crate::sabotage`] | each fault's text stands once in its file |
//!
//! A rule is a function from text to [`Finding`]s, so that each has a test that shows it firing.

mod crates;
mod errors;
mod languages;
mod licence;
mod lock;
mod pages;
mod rules;
mod sources;
mod words;

use crate::{Outcome, USAGE, sabotage};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// Directories that hold nothing of ours.
const PASSED_OVER: [&str; 5] = ["target", "node_modules", "dist", ".git", "test-results"];

/// Something that is against a rule.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    /// The file, from the workspace.
    path: PathBuf,
    /// Its line, from 1; 0 for the file as a whole.
    line: usize,
    /// What is wrong and what to do.
    what: String,
}

/// A file that rules look at.
struct File {
    /// Its path from the workspace.
    path: PathBuf,
    text: String,
}

impl File {
    /// Something wrong on a line.
    fn finding(&self, line: usize, what: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), line, what: what.into() }
    }

    /// The lines with their numbers, from 1.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }

    /// Whether the file's name ends so.
    fn is(&self, extension: &str) -> bool {
        self.path.extension().is_some_and(|found| found == extension)
    }

    #[cfg(test)]
    fn of(path: &str, text: &str) -> Self {
        Self { path: path.into(), text: text.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path.display(), self.line, self.what)
    }
}

/// Holds the workspace to the rules.
pub(crate) fn run(root: &Path) -> Outcome {
    let mut findings = crates::check(root)?;
    let files = files(root)?;
    findings.extend(files.iter().flat_map(sources::check));
    findings.extend(words::check(&files));
    findings.extend(errors::check(&files));
    findings.extend(languages::check(&files));
    let rules = rules::check(&files);
    findings.extend(rules.findings);
    if !rules.form_only.is_empty() {
        println!(
            "rules that fix a form for code to come: {}",
            rules.form_only.into_iter().collect::<Vec<_>>().join(", ")
        );
    }
    findings.extend(pages::check(&files, |path| root.join(path).exists(), USAGE));
    findings.extend(licence::check(&files));
    findings.extend(files.iter().flat_map(lock::check));
    findings.extend(faults(&files));
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => Ok(()),
        count => Err(format!("tidy: {count} things are against the rules of the house")),
    }
}

/// Faults that fell behind the code that they break.
fn faults(files: &[File]) -> impl Iterator<Item = Finding> {
    let files: Vec<_> = files.iter().filter(|file| file.is("rs")).map(|file| (&*file.path, &*file.text)).collect();
    sabotage::check(&files).into_iter().map(|(path, what)| Finding { path: path.into(), line: 0, what })
}

/// Every text file of the workspace that some rule looks at, in order.
fn files(root: &Path) -> Outcome<Vec<File>> {
    let mut files = Vec::new();
    gather(root, root, &mut files).map_err(|error| format!("the workspace can't be read: {error}"))?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// Gathers the files below a directory.
fn gather(root: &Path, directory: &Path, files: &mut Vec<File>) -> std::io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            if !PASSED_OVER.iter().any(|name| entry.file_name() == *name) {
                gather(root, &path, files)?;
            }
        } else if is_looked_at(&path)
            && let Ok(text) = fs::read_to_string(&path)
        {
            files.push(File { path: path.strip_prefix(root).unwrap_or(&path).to_owned(), text });
        }
    }
    Ok(())
}

/// Whether some rule looks at a file.
fn is_looked_at(path: &Path) -> bool {
    let kinds = ["rs", "sql", "toml", "ts", "svelte", "mjs", "md", "ftl", "json", "txt"];
    let kind = path.extension().and_then(|extension| extension.to_str());
    kind.is_some_and(|kind| kinds.contains(&kind)) || path.ends_with("LICENSE")
}
