//! Sentences: each id that Rust code asks for is in `locales/en`, each of the command line's is asked for, none is twice.
//!
//! An id reaches Fluent by way of arrays and `match`es too, so every string literal that looks like one counts: in the
//! command line, the terminal UI and the API's sentences those whose first word begins some sentence's id, elsewhere those in a `Note`.

use super::{File, Finding};
use std::collections::{BTreeMap, BTreeSet};

/// The command line's sentences.
const CLI: &str = "locales/en/cli.ftl";

/// Where the API's data is given its sentences.
const SENTENCES: &str = "crates/api/src/sentence.rs";

/// Where the agent says what the desktop announces, in sentences of the commands.
const ANNOUNCED: &str = "crates/agent/src/core/announce.rs";

/// Compares sentences with code.
pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut sentences = BTreeMap::new();
    // Errors are told by the agent: see `errors`.
    let is_said =
        |file: &&File| file.path.starts_with("locales/en") && file.is("ftl") && !file.path.ends_with("errors.ftl");
    for file in files.iter().filter(is_said) {
        for (line, id) in file.lines().filter_map(|(line, text)| Some((line, message_id(text)?))) {
            if sentences.insert((file.path.clone(), id.to_owned()), line).is_some() {
                findings.push(file.finding(line, format!("{id} stands twice")));
            }
        }
    }
    let ids: BTreeSet<_> = sentences.keys().map(|(_, id)| id.as_str()).collect();
    let families: BTreeSet<_> = ids.iter().map(|id| family(id)).collect();
    let mut asked = BTreeSet::new();
    for file in files.iter().filter(|file| file.is("rs")) {
        let is_cli = file.path.starts_with("crates/cli/src") || file.path.ends_with(ANNOUNCED);
        let is_said = is_cli || file.path.starts_with("crates/tui/src") || file.path.ends_with(SENTENCES);
        for (line, text) in file.lines() {
            for literal in literals(text).filter(|literal| is_kebab(literal)) {
                let is_asked = if is_said { families.contains(family(literal)) } else { is_note(text) };
                if is_asked && !ids.contains(literal) && !ids.contains(format!("note-{literal}").as_str()) {
                    findings.push(file.finding(line, format!("there is no sentence {literal} in locales/en")));
                }
            }
            if is_cli {
                asked.extend(literals(text).map(str::to_owned));
            }
        }
    }
    let unasked = sentences.iter().filter(|((path, id), _)| path.ends_with(CLI) && !asked.contains(id));
    findings.extend(unasked.map(|((path, id), line)| {
        let what = format!("nobody asks for the sentence {id}");
        Finding { path: path.clone(), line: *line, what }
    }));
    findings
}

/// The id that a line of Fluent begins.
fn message_id(line: &str) -> Option<&str> {
    let id = line.split_once('=')?.0.trim_end();
    (id.starts_with(|c: char| c.is_ascii_lowercase()) && is_kebab_or_word(id)).then_some(id)
}

/// The first word of an id: ids that share it belong together.
pub(super) fn family(id: &str) -> &str {
    id.split_once('-').map_or(id, |(family, _)| family)
}

/// The string literals that begin and end on a line.
fn literals(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

/// Whether a line names what a contact waits for.
fn is_note(line: &str) -> bool {
    line.contains("Note {") || line.contains("Note::new(") || line.contains("note(")
}

/// Whether a text looks like the id of a sentence: words joined by dashes.
pub(super) fn is_kebab(text: &str) -> bool {
    text.contains('-') && is_kebab_or_word(text)
}

fn is_kebab_or_word(text: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9'));
    text.split('-').all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(code_path: &str, code: &str) -> Vec<String> {
        let files = [File::of(CLI, "# A comment\nerror-lost = Lost.\nyou = You\n"), File::of(code_path, code)];
        check(&files).into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn a_sentence_that_is_asked_for_exists() {
        let code = "text(\"you\"); match x { A => \"error-lost\", B => \"error-found\", C => \"xdg-open\" }\n";
        assert_eq!(whats("crates/cli/src/a.rs", code), ["there is no sentence error-found in locales/en"]);
    }

    #[test]
    fn a_sentence_that_nobody_asks_for_is_found() {
        assert_eq!(whats("crates/cli/src/a.rs", "text(\"error-lost\");\n"), ["nobody asks for the sentence you"]);
    }

    #[test]
    fn a_note_has_a_sentence() {
        let asked = "text(\"you\"); text(\"error-lost\");\n";
        let files = |note: &str| {
            let notes = File::of("locales/en/notes.ftl", "note-waiting = Waiting.\n");
            let cli = [File::of(CLI, "you = You\nerror-lost = Lost.\n"), File::of("crates/cli/src/a.rs", asked)];
            let note = File::of("crates/agent/src/a.rs", &format!("Note {{ id: \"{note}\".into(), count: None }}\n"));
            check(&[cli.into_iter().collect::<Vec<_>>(), vec![notes, note]].into_iter().flatten().collect::<Vec<_>>())
                .len()
        };
        assert_eq!((files("note-waiting"), files("note-lost-it")), (0, 1));
    }

    #[test]
    fn a_sentence_stands_once() {
        let files = [File::of("locales/en/web.ftl", "you = You\nyou = Thou\n")];
        assert_eq!(check(&files).len(), 1);
    }
}
