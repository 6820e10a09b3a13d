//! Errors: each that the agent tells has its sentence and hint in `locales/en/errors.ftl`, filled with what is given; each
//! sentence there is told by somebody; and the agent tells none in words of its own, which would be in one language.
//!
//! An id reaches an error by way of a closure or a `match` too, so every literal in the agent's code that begins like some
//! id counts as one.

use super::languages::sentences;
use super::words::{family, is_kebab};
use super::{File, Finding};
use std::collections::BTreeSet;

/// The sentences.
const ERRORS: &str = "locales/en/errors.ftl";
/// Who tells them. Clients say their own errors in their reader's language.
const TELLERS: [&str; 3] = ["crates/agent/src", "crates/loopback/src", "crates/api/src"];
/// What makes an error, of a kind, an id and the words to fill in.
const MADE: &str = "Error::new(";

/// Compares errors with sentences.
pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let Some(english) = files.iter().find(|file| file.path.ends_with(ERRORS)) else { return vec![] };
    let mut said = sentences(english);
    said.retain(|id, _| !id.starts_with('-'));
    let families: BTreeSet<_> = said.keys().filter(|id| is_kebab(id)).map(|id| family(id)).collect();
    let without = said.iter().filter(|(_, sentence)| !sentence.attributes.contains("hint"));
    let mut findings: Vec<_> =
        without.map(|(id, sentence)| english.finding(sentence.line, format!("{id} has no hint"))).collect();
    let mut told = BTreeSet::new();
    for file in files.iter().filter(|file| file.is("rs") && TELLERS.iter().any(|teller| file.path.starts_with(teller)))
    {
        let code = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        told.extend(said.keys().filter(|id| code.contains(&format!("\"{id}\""))));
        for (line, text) in (1..).zip(code.lines()).filter(|(_, text)| !text.trim_start().starts_with("//")) {
            let begins = |literal: &&str| is_kebab(literal) && families.contains(family(literal));
            let literals = text.split('"').skip(1).step_by(2).filter(begins);
            let unknown = literals.filter(|literal| !said.contains_key(*literal));
            findings.extend(unknown.map(|id| file.finding(line, format!("there is no sentence {id} in {ERRORS}"))));
            if text.contains("Error::said(") {
                findings.push(file.finding(line, "an error in words of its own: give it a sentence"));
            }
        }
        for (at, _) in code.match_indices(MADE) {
            let line = code[..at].lines().count().max(1);
            let Some(Made { id, words }) = made(&code[at + MADE.len()..]) else { continue };
            let found = said.get(id);
            if found.is_none() && !id.contains('-') {
                findings.push(file.finding(line, format!("there is no sentence {id} in {ERRORS}")));
            } else if found.is_some_and(|sentence| words.is_some_and(|words| words != sentence.variables)) {
                findings.push(file.finding(line, format!("{id} is filled with other words in {ERRORS}")));
            }
        }
    }
    let untold = said.iter().filter(|(id, _)| !told.contains(id));
    findings.extend(untold.map(|(id, sentence)| english.finding(sentence.line, format!("nobody tells {id}"))));
    findings
}

/// An error that stands with its id, and with its words where they are written out there.
struct Made<'a> {
    id: &'a str,
    words: Option<BTreeSet<String>>,
}

/// Reads what follows the bracket.
fn made(rest: &str) -> Option<Made<'_>> {
    let rest = rest.split_once(',')?.1.trim_start().strip_prefix('"')?;
    let (id, rest) = rest.split_once('"')?;
    let list = rest.strip_prefix(',').map(str::trim_start).and_then(|rest| rest.strip_prefix('['));
    let list = list.and_then(|list| list.split(']').next()).map(str::trim);
    // Words that are made elsewhere can't be read here.
    let list = list.filter(|list| list.is_empty() || list.starts_with("(\""));
    let named =
        |list: &str| list.split("(\"").skip(1).filter_map(|pair| Some(pair.split_once('"')?.0.to_owned())).collect();
    Some(Made { id, words: list.map(named) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(code: &str) -> Vec<String> {
        let english = "-t = T\nlost = { $name } is lost.\n    .hint = Look.\ndisk-full = Full.\n    .hint = { -t }\n";
        let files = [File::of(ERRORS, english), File::of("crates/agent/src/a.rs", code)];
        check(&files).into_iter().map(|finding| finding.what).collect()
    }

    const BOTH: &str =
        "Error::new(Kind::A, \"lost\", [(\"name\", Word::text(&name))]);\nError::new(kind(), \"disk-full\", []);\n";

    #[test]
    fn errors_that_have_their_sentences_are_well() {
        assert!(whats(BOTH).is_empty(), "{:?}", whats(BOTH));
    }

    #[test]
    fn a_sentence_that_is_not_there_or_filled_otherwise_is_found() {
        assert_eq!(
            whats(&BOTH.replace("\"disk-full\"", "\"disk-fuller\"")).len(),
            2,
            "one is not there, one is not told"
        );
        assert_eq!(
            whats(&BOTH.replace("\"name\"", "\"who\"")),
            ["lost is filled with other words in locales/en/errors.ftl"]
        );
        assert_eq!(whats(&BOTH.replace("[(\"name\", Word::text(&name))]", "[]")).len(), 1);
    }

    #[test]
    fn a_sentence_that_nobody_tells_and_words_of_ones_own_are_found() {
        assert_eq!(whats("bad(\"lost\")"), ["nobody tells disk-full"]);
        let own = format!("{BOTH}Error::said(Kind::A, \"It is lost.\", \"\");\n");
        assert_eq!(whats(&own), ["an error in words of its own: give it a sentence"]);
    }

    #[test]
    fn a_sentence_without_a_hint_is_found() {
        let files = [File::of(ERRORS, "lost = Lost.\n"), File::of("crates/api/src/a.rs", "said(\"lost\")")];
        assert_eq!(check(&files).len(), 1);
    }
}
