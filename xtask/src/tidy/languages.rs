//! Languages: each says what English says, with the same words to fill in and the plural forms that it has.
//!
//! A sentence that is new in English and not translated yet is named in `locales/awaiting.txt`, one `LANGUAGE ID` a line;
//! until it is filled, that language says it in English.

use super::{File, Finding};
use std::collections::{BTreeMap, BTreeSet};

/// What may be missing.
const AWAITING: &str = "locales/awaiting.txt";
/// Forms of a number that a language has (CLDR's cardinal plural rules). A language without an entry is not checked for them.
const FORMS: [(&str, &[&str]); 3] =
    [("ar", &["zero", "one", "two", "few", "many", "other"]), ("de", &["other"]), ("en", &["other"])];

/// A sentence of one file.
pub(super) struct Sentence {
    pub(super) line: usize,
    pub(super) variables: BTreeSet<String>,
    /// What stands beside it, such as an error's hint.
    pub(super) attributes: BTreeSet<String>,
    /// For each choice by a number, the forms that it has.
    choices: Vec<BTreeSet<String>>,
}

/// Compares every language with English.
pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let parts = |file: &File| {
        let (language, name) = file.path.to_str()?.strip_prefix("locales/")?.split_once('/')?;
        name.ends_with(".ftl").then(|| (language.to_owned(), name.to_owned()))
    };
    let all: BTreeMap<_, _> = files.iter().filter_map(|file| Some((parts(file)?, (file, sentences(file))))).collect();
    let languages: BTreeSet<_> = all.keys().map(|(language, _)| language.clone()).collect();
    let mut awaiting = awaited(files);
    let mut findings = Vec::new();
    for ((language, name), (file, said)) in &all {
        for (id, sentence) in said {
            findings.extend(forms_missing(language, sentence).map(|form| {
                file.finding(sentence.line, format!("{id} says nothing for the form '{form}' of a number"))
            }));
        }
        if language != "en" {
            let english = all.get(&("en".to_owned(), name.clone())).map(|(_, said)| said);
            findings.extend(said.keys().filter(|id| !english.is_some_and(|english| english.contains_key(*id))).map(
                |id| {
                    file.finding(
                        said.get(id).map_or(1, |sentence| sentence.line),
                        format!("{id} is not in locales/en/{name}"),
                    )
                },
            ));
        }
    }
    for ((_, name), (english, said)) in all.iter().filter(|((language, _), _)| language == "en") {
        for language in languages.iter().filter(|language| *language != "en") {
            let theirs = all.get(&(language.clone(), name.clone())).map(|(_, said)| said);
            for (id, sentence) in said {
                let is_awaited = awaiting.remove(&(language.clone(), id.clone())).is_some();
                let what = match theirs.and_then(|theirs| theirs.get(id)) {
                    None if is_awaited => continue,
                    None => format!("{id} is not in locales/{language}/{name}: translate it, or name it in {AWAITING}"),
                    Some(_) if is_awaited => {
                        format!("{id} is in locales/{language}/{name}, so {AWAITING} need not name it")
                    }
                    Some(other) if other.variables != sentence.variables => {
                        format!("{id} is filled with other words in locales/{language}/{name}")
                    }
                    Some(other) if other.attributes != sentence.attributes => {
                        format!("{id} has other attributes in locales/{language}/{name}")
                    }
                    Some(_) => continue,
                };
                findings.push(english.finding(sentence.line, what));
            }
        }
    }
    let unknown = awaiting.into_iter().map(|((language, id), line)| {
        let what = format!("there is no sentence {id} in English that {language} could await");
        Finding { path: AWAITING.into(), line, what }
    });
    findings.extend(unknown);
    findings
}

/// What `locales/awaiting.txt` names, with its lines.
fn awaited(files: &[File]) -> BTreeMap<(String, String), usize> {
    let file = files.iter().find(|file| file.path.ends_with(AWAITING));
    let lines = file.into_iter().flat_map(File::lines);
    let named = lines.filter_map(|(line, text)| Some((text.trim().split_once(' ')?, line)));
    named
        .filter(|((language, _), _)| !language.starts_with('#'))
        .map(|((language, id), line)| ((language.to_owned(), id.to_owned()), line))
        .collect()
}

/// The sentences of a file: an id at a line's beginning, and what is indented below it.
pub(super) fn sentences(file: &File) -> BTreeMap<String, Sentence> {
    let mut said = BTreeMap::new();
    let mut current: Option<String> = None;
    for (line, text) in file.lines() {
        let begins = |c: char| c.is_ascii_lowercase() || c == '-';
        if let Some((id, _)) = text.split_once(" =").filter(|_| text.starts_with(begins)) {
            current = Some(id.to_owned());
            let sentence = Sentence { line, variables: BTreeSet::new(), attributes: BTreeSet::new(), choices: vec![] };
            said.insert(id.to_owned(), sentence);
        } else if text.starts_with('#') {
            current = None;
        }
        let Some(sentence) = current.as_ref().and_then(|id| said.get_mut(id)) else { continue };
        let variables = text.split('$').skip(1).map(|rest| rest.split([' ', '}', ',']).next().unwrap_or_default());
        sentence.variables.extend(variables.map(str::to_owned));
        let attribute = text.trim_start().strip_prefix('.').and_then(|rest| Some(rest.split_once(" =")?.0));
        sentence.attributes.extend(attribute.map(str::to_owned));
        if text.contains("->") {
            sentence.choices.push(BTreeSet::new());
        }
        let form = text.trim_start().trim_start_matches('*').strip_prefix('[').and_then(|rest| rest.split(']').next());
        if let Some((choice, form)) = sentence.choices.last_mut().zip(form) {
            choice.insert(form.to_owned());
        }
    }
    said
}

/// The forms of the language's numbers that a sentence leaves out.
fn forms_missing<'a>(language: &str, sentence: &'a Sentence) -> impl Iterator<Item = &'static str> + 'a {
    let forms = FORMS.iter().find(|(known, _)| *known == language).map_or(&[][..], |(_, forms)| forms);
    // A choice between words, rather than by a number, has no form of a number.
    let by_number = sentence.choices.iter().filter(|choice| choice.contains("other"));
    by_number.flat_map(move |choice| forms.iter().copied().filter(|form| !choice.contains(*form)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<_> = files.iter().map(|(path, text)| File::of(path, text)).collect();
        check(&files).into_iter().map(|finding| finding.what).collect()
    }

    const EN: (&str, &str) = ("locales/en/a.ftl", "hello = Hello { $name }\nbye = Bye\n");

    #[test]
    fn attributes_and_terms_stand_in_every_language() {
        let en = ("locales/en/a.ftl", "lost = Lost.\n    .hint = Look.\n-term = Term\n");
        let german = |said| ("locales/de/a.ftl", said);
        assert!(whats(&[en, german("lost = Fort.\n    .hint = Such.\n-term = Wort\n")]).is_empty());
        let other = "lost has other attributes in locales/de/a.ftl";
        assert_eq!(whats(&[en, german("lost = Fort.\n-term = Wort\n")]), [other]);
        let found = whats(&[en, german("lost = Fort.\n    .hint = Such.\n")]);
        assert!(found.len() == 1 && found[0].starts_with("-term is not in locales/de/a.ftl"), "{found:?}");
    }

    #[test]
    fn a_language_that_says_the_same_is_well() {
        assert!(whats(&[EN, ("locales/de/a.ftl", "bye = Ade\nhello = Hallo { $name }\n")]).is_empty());
    }

    #[test]
    fn what_is_missing_too_much_or_filled_otherwise_is_found() {
        let german = ("locales/de/a.ftl", "hello = Hallo { $who }\nmore = Mehr\n");
        let found = whats(&[EN, german]);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("more is not in locales/en/a.ftl"));
        assert!(found.iter().any(|what| what.starts_with("bye is not in locales/de/a.ftl: translate it")));
        assert!(found.iter().any(|what| what.starts_with("hello is filled with other words")));
    }

    #[test]
    fn what_is_awaited_may_be_missing_and_nothing_else_may_be_awaited() {
        let german = ("locales/de/a.ftl", "hello = Hallo { $name }\n");
        assert!(whats(&[EN, german, (AWAITING, "# why\nde bye\n")]).is_empty());
        assert_eq!(whats(&[EN, german, (AWAITING, "de bye\nde hello\nde gone\n")]).len(), 2);
    }

    #[test]
    fn every_form_of_a_number_is_said() {
        let en = ("locales/en/a.ftl", "n = { $count ->\n    [one] one\n   *[other] more\n}\n");
        let arabic = ("locales/ar/a.ftl", "n = { $count ->\n    [one] واحد\n   *[other] أكثر\n}\n");
        let found = whats(&[en, arabic]);
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found[0].contains("'zero'"));
    }
}
