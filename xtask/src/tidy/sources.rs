//! Source files: a doc at the top, an end in sight, comments about the code, tests that wait for conditions.

use super::{File, Finding};

/// A longer file tells two stories.
const LINES_MAX: usize = 800;
/// Words that document a change instead of the code.
const CHANGE_WORDS: [&str; 3] = ["now", "no longer", "previously"];
/// Marks of unfinished work.
const UNFINISHED: [&str; 4] = ["todo", "fixme", "xxx", "hack"];
/// Calls that wait for time rather than for a condition.
const SLEEPS: [&str; 4] = ["thread::sleep(", "time::sleep(", "sleep_until(", " sleep("];

/// Holds a file to the rules for sources.
pub(super) fn check(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    if ["rs", "ts", "svelte", "mjs"].iter().any(|kind| file.is(kind)) {
        findings.extend(too_long(file));
    }
    if file.is("rs") {
        findings.extend(undocumented(file));
        findings
            .extend(file.lines().filter_map(|(line, text)| comment_fault(text).map(|what| file.finding(line, what))));
        findings.extend(ignored(file));
        findings.extend(sleeping(file));
    }
    findings
}

fn too_long(file: &File) -> Option<Finding> {
    let lines = file.text.lines().count();
    (lines > LINES_MAX).then(|| file.finding(0, format!("{lines} lines are two stories; {LINES_MAX} is the most")))
}

/// A module begins with what it is for; attributes and the licence may stand before.
fn undocumented(file: &File) -> Option<Finding> {
    let first = file.lines().find(|(_, text)| !text.trim().is_empty() && !text.starts_with("#!["));
    match first {
        Some((_, text)) if text.starts_with("//!") => None,
        _ => Some(file.finding(1, "a file begins with '//!' and what it is for")),
    }
}

/// What is wrong with the comment on a line.
fn comment_fault(line: &str) -> Option<String> {
    let comment = without_code(comment(line)?).to_lowercase();
    if let Some(word) = CHANGE_WORDS.iter().find(|word| has_word(&comment, word)) {
        return Some(format!("'{word}' documents a change; say how it is"));
    }
    let mark = UNFINISHED.iter().find(|mark| has_word(&comment, mark))?;
    Some(format!("'{}' marks unfinished work; finish it or write it down elsewhere", mark.to_uppercase()))
}

/// The comment on a line: from the first `//` outside of a string and of an address.
fn comment(line: &str) -> Option<&str> {
    let mut in_string = false;
    let mut before = ' ';
    let mut rest = line.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        match c {
            '\\' if in_string => drop(rest.next()),
            '"' if before != '\'' => in_string = !in_string,
            '/' if !in_string && before != ':' && rest.peek().is_some_and(|(_, next)| *next == '/') => {
                return line.get(at..);
            }
            _ => {}
        }
        before = c;
    }
    None
}

/// A comment without what stands between backticks: that is code.
fn without_code(comment: &str) -> String {
    comment.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

/// Whether a text has a word, or words in a row, bounded by what is not a letter.
fn has_word(text: &str, word: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(is_letter) && !after.is_some_and(is_letter)
    })
}

fn ignored(file: &File) -> impl Iterator<Item = Finding> {
    let ignored = file.lines().filter(|(_, text)| text.trim_start().starts_with("#[ignore"));
    ignored.map(|(line, _)| file.finding(line, "a test that is not run shows nothing"))
}

/// Sleeps in test files and in the module of tests that ends a file.
fn sleeping(file: &File) -> impl Iterator<Item = Finding> {
    let is_test = file.path.ends_with("tests.rs") || file.path.components().any(|part| part.as_os_str() == "tests");
    let tests = file.lines().skip_while(move |(_, text)| !is_test && !opens_tests(text));
    let sleeps = tests.filter(|(_, text)| {
        let code = comment(text).map_or(*text, |comment| text.strip_suffix(comment).unwrap_or(text));
        SLEEPS.iter().any(|sleep| code.contains(sleep)) && !code.contains("fn sleep(") && !code.contains('"')
    });
    sleeps.map(|(line, _)| file.finding(line, "a test waits for a condition with a deadline, not for time"))
}

/// Whether a line opens a module of tests.
pub(super) fn opens_tests(line: &str) -> bool {
    line.starts_with("mod ") && line.contains("tests {")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(path: &str, text: &str) -> Vec<(usize, String)> {
        check(&File::of(path, text)).into_iter().map(|finding| (finding.line, finding.what)).collect()
    }

    fn lines(path: &str, text: &str) -> Vec<usize> {
        whats(path, text).into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn a_file_says_what_it_is_for() {
        assert_eq!(lines("a.rs", "fn a() {}\n"), [1]);
        assert_eq!(lines("a.rs", ""), [1]);
        assert!(lines("a.rs", "#![no_std]\n//! What it is for.\n").is_empty());
    }

    #[test]
    fn a_comment_speaks_of_the_code_and_not_of_its_history() {
        for said in ["it now works", "Now it works", "this is no longer so", "previously not", "works now"] {
            assert_eq!(lines("a.rs", &format!("//! A.\n// {said}\n")), [2], "{said}");
        }
        for said in ["it is known", "whose `now` is given", "knows, nowhere"] {
            assert!(lines("a.rs", &format!("//! A.\n// {said}\n")).is_empty(), "{said}");
        }
    }

    #[test]
    fn unfinished_work_is_found_in_comments_alone() {
        assert_eq!(lines("a.rs", "//! A.\nfn a() {} // TODO: b\n"), [2]);
        assert!(lines("a.rs", "//! A.\nfn a() { b(\"// TODO\", '\"'); }\n").is_empty());
        assert_eq!(comment("let a = https://b"), None);
    }

    #[test]
    fn a_long_file_is_two_stories() {
        assert_eq!(lines("a.ts", &"x\n".repeat(801)), [0]);
        assert!(lines("a.ts", &"x\n".repeat(800)).is_empty());
    }

    #[test]
    fn tests_neither_sleep_nor_rest() {
        let unit = "//! A.\nfn a() { thread::sleep(x); }\n#[cfg(test)]\nmod tests { fn b() { thread::sleep(x); } }\n";
        assert_eq!(lines("a.rs", unit), [4]);
        assert_eq!(lines("crates/a/tests/b.rs", "//! A.\ntokio::time::sleep(x).await;\n"), [2]);
        assert_eq!(lines("a.rs", "//! A.\n    #[ignore = \"slow\"]\n"), [2]);
    }
}
