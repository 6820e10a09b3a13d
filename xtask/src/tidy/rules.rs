//! Rules of `spec/` have ids of their own, such as `**PAIR-001**`, and code that names an id names one that exists.

use super::{File, Finding};
use std::collections::{BTreeMap, BTreeSet};

/// Compares the ids in the specification with each other and with those in code.
pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut declared = BTreeMap::new();
    for file in files.iter().filter(|file| file.path.starts_with("spec") && file.is("md")) {
        for (line, id) in file.lines().flat_map(|(line, text)| ids_in_bold(text).map(move |id| (line, id))) {
            if let Some(first) = declared.insert(id.to_owned(), (file.path.clone(), line)) {
                findings
                    .push(file.finding(line, format!("{id} is declared before, in {}:{}", first.0.display(), first.1)));
            }
        }
    }
    let families: BTreeSet<_> = declared.keys().filter_map(|id| id.split_once('-')).map(|(family, _)| family).collect();
    for file in files.iter().filter(|file| file.is("rs")) {
        for (line, id) in file.lines().flat_map(|(line, text)| ids(text).map(move |id| (line, id))) {
            let is_ours = id.split_once('-').is_some_and(|(family, _)| families.contains(family));
            if is_ours && !declared.contains_key(id) {
                findings.push(file.finding(line, format!("{id} is no rule of spec/")));
            }
        }
    }
    findings
}

/// The ids that a line declares.
fn ids_in_bold(line: &str) -> impl Iterator<Item = &str> {
    line.split("**").skip(1).step_by(2).filter(|bold| is_id(bold))
}

/// The ids that a line names.
fn ids(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter(|word| is_id(word))
}

/// Whether a word is an id: capitals, a dash, three digits.
fn is_id(word: &str) -> bool {
    let Some((family, number)) = word.split_once('-') else { return false };
    let is_family = !family.is_empty() && family.bytes().all(|byte| byte.is_ascii_uppercase());
    is_family && number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(files: &[File]) -> Vec<usize> {
        check(files).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn an_id_is_declared_once_across_all_pages() {
        let pages = [File::of("spec/a.md", "**PAIR-001** One.\n"), File::of("spec/b.md", "\n- **PAIR-001** Two.\n")];
        assert_eq!(lines(&pages), [2]);
        assert!(lines(&[File::of("spec/a.md", "**PAIR-001**, as PAIR-001 says; **PAIR-002**\n")]).is_empty());
    }

    #[test]
    fn code_names_ids_that_exist() {
        let page = || File::of("spec/a.md", "**PAIR-001**\n");
        let code = ["// PAIR-001", concat!("// PAIR", "-009"), "// SHA-256"].join("\n");
        assert_eq!(lines(&[page(), File::of("a.rs", &code)]), [2]);
    }
}
