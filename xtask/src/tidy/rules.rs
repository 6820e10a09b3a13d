//! Rules of `spec/` have ids of their own, such as `**PAIR-001**`, and each is kept: code names it where it is checked or
//! ensured, and a test that would fail without it names it too.
//!
//! - *Declared*: in bold, once, in a page of `spec/`. A rule that only fixes a form for code to come says so behind its id,
//!   `**PAIR-001** (form only)`; these are exempt, and listed with each run.
//! - *In code*: an id in the product's sources (`crates/*/src` without sim and lab, and `web/src`), in an item's doc, a
//!   comment or a string. What stands in a module's doc or in its tests does not count: it would say that the rule is
//!   somewhere here.
//! - *Shown*: an id in the doc comment of a test, or in the comment directly above it (`test(…)` in the pages' tests).
//!
//! Nothing names an id that no page declares.

use super::{File, Finding};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What the triples were found to be.
pub(super) struct Rules {
    pub(super) findings: Vec<Finding>,
    /// Rules that fix a form and have no code yet.
    pub(super) form_only: BTreeSet<String>,
}

/// Compares what is declared with what is named.
pub(super) fn check(files: &[File]) -> Rules {
    let mut findings = Vec::new();
    let declared = declared(files, &mut findings);
    let named = |name: fn(&File) -> Vec<(usize, String)>| -> BTreeSet<String> {
        files.iter().flat_map(|file| name(file).into_iter().map(|(_, id)| id)).collect()
    };
    let (in_code, shown) = (named(in_code), named(shown));
    let mut form_only = BTreeSet::new();
    for (id, rule) in &declared {
        let missing = [("no code names", in_code.contains(id)), ("no test shows", shown.contains(id))];
        let missing: Vec<_> = missing.iter().filter(|(_, is)| !is).map(|(what, _)| *what).collect();
        let what = match (rule.form_only, missing.as_slice()) {
            (true, [_, _]) => {
                form_only.insert(id.clone());
                continue;
            }
            (true, _) => format!("{id} is said to be of form only, but code or a test names it"),
            (false, []) => continue,
            (false, missing) => format!("{} {id}", missing.join(" and ")),
        };
        findings.push(Finding { path: rule.page.clone(), line: rule.line, what });
    }
    findings.extend(undeclared(files, &declared));
    Rules { findings, form_only }
}

/// Where a rule stands.
struct Rule {
    page: std::path::PathBuf,
    line: usize,
    form_only: bool,
}

/// The rules of all pages.
fn declared(files: &[File], findings: &mut Vec<Finding>) -> BTreeMap<String, Rule> {
    let mut declared: BTreeMap<String, Rule> = BTreeMap::new();
    for file in files.iter().filter(|file| file.path.starts_with("spec") && file.is("md")) {
        for (line, (id, form_only)) in file.lines().flat_map(|(line, text)| ids_in_bold(text).map(move |id| (line, id)))
        {
            if let Some(first) = declared.get(id) {
                let what = format!("{id} is declared before, in {}:{}", first.page.display(), first.line);
                findings.push(file.finding(line, what));
                continue;
            }
            declared.insert(id.to_owned(), Rule { page: file.path.clone(), line, form_only });
        }
    }
    declared
}

/// Ids of a declared family that no page declares, in whatever names one.
fn undeclared(files: &[File], declared: &BTreeMap<String, Rule>) -> Vec<Finding> {
    let families: BTreeSet<_> = declared.keys().filter_map(|id| id.split_once('-')).map(|(family, _)| family).collect();
    let is_strange = |id: &str| {
        id.split_once('-').is_some_and(|(family, _)| families.contains(family)) && !declared.contains_key(id)
    };
    let named = files
        .iter()
        .flat_map(|file| file.lines().flat_map(move |(line, text)| ids(text).map(move |id| (file, line, id))));
    let strange = named.filter(|(_, _, id)| is_strange(id));
    strange.map(|(file, line, id)| file.finding(line, format!("{id} is no rule of spec/"))).collect()
}

/// Whether a file is, or may have a part that is, what people run.
fn is_product(path: &Path) -> bool {
    let parts: Vec<_> = path.iter().filter_map(|part| part.to_str()).collect();
    match parts.as_slice() {
        ["crates", "sim" | "lab", ..] => false,
        ["crates", _, "src", rest @ .., last] => !rest.contains(&"tests") && !last.ends_with("tests.rs"),
        ["web", "src", ..] => true,
        _ => false,
    }
}

/// The ids that the product's code names, with their lines.
fn in_code(file: &File) -> Vec<(usize, String)> {
    if !is_product(&file.path) || !["rs", "ts", "svelte", "sql"].iter().any(|kind| file.is(kind)) {
        return Vec::new();
    }
    let code = file.lines().take_while(|(_, text)| !super::sources::opens_tests(text));
    let code = code.filter(|(_, text)| !text.trim_start().starts_with("//!"));
    code.flat_map(|(line, text)| ids(text).map(move |id| (line, id.to_owned()))).collect()
}

/// The ids that stand directly above tests, with their lines.
fn shown(file: &File) -> Vec<(usize, String)> {
    let is_rust = file.is("rs");
    if !is_rust && !["ts", "mjs"].iter().any(|kind| file.is(kind)) {
        return Vec::new();
    }
    let (mut shown, mut above, mut is_test) = (Vec::new(), Vec::new(), false);
    for (line, text) in file.lines() {
        let text = text.trim_start();
        if text.starts_with("//") && !text.starts_with("//!") {
            above.extend(ids(text).map(|id| (line, id.to_owned())));
        } else if is_rust && text.starts_with("#[") {
            is_test |= text.contains("test]") || text.contains("test(");
        } else {
            if is_test && text.contains("fn ") || !is_rust && text.starts_with("test(") {
                shown.append(&mut above);
            }
            above.clear();
            is_test = false;
        }
    }
    shown
}

/// The ids that a line declares, and whether each is of form only.
fn ids_in_bold(line: &str) -> impl Iterator<Item = (&str, bool)> {
    let parts: Vec<_> = line.split("**").collect();
    let pairs = (1..parts.len()).step_by(2).filter_map(move |at| {
        let after = parts.get(at + 1).copied().unwrap_or_default();
        parts.get(at).copied().filter(|bold| is_id(bold)).map(|id| (id, after.starts_with(" (form only)")))
    });
    pairs.collect::<Vec<_>>().into_iter()
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

    const CODE: &str = "crates/proto/src/a.rs";

    fn whats(files: &[File]) -> Vec<String> {
        check(files).findings.into_iter().map(|finding| finding.what).collect()
    }

    fn page(text: &str) -> File {
        File::of("spec/a.md", text)
    }

    /// What is missing of a rule that such a code and such a test name.
    fn missing(code: (&str, &str), test: (&str, &str)) -> Vec<String> {
        whats(&[page("- **PAIR-001** One.\n"), File::of(code.0, code.1), File::of(test.0, test.1)])
    }

    #[test]
    fn an_id_is_declared_once_across_all_pages() {
        let pages = [page("**PAIR-001** (form only)\n"), File::of("spec/b.md", "\n- **PAIR-001** (form only) Two.\n")];
        assert_eq!(whats(&pages), ["PAIR-001 is declared before, in spec/a.md:1"]);
    }

    #[test]
    fn whatever_names_an_id_names_one_that_exists() {
        for path in ["a.rs", "a.ts", "docs/a.md", "spec/a.md"] {
            let text = ["// PAIR-001", concat!("// PAIR", "-009"), "// SHA-256"].join("\n");
            let found = check(&[File::of("spec/z.md", "**PAIR-001** (form only)\n"), File::of(path, &text)]).findings;
            assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), [2], "{path}");
        }
    }

    #[test]
    fn a_rule_has_code_and_a_test() {
        let (code, test) = ("/// As PAIR-001 says.\nfn a() {}\n", "/// PAIR-001\n#[test]\nfn a() {}\n");
        assert!(missing((CODE, code), ("crates/proto/tests/a.rs", test)).is_empty());
        assert_eq!(missing((CODE, code), ("crates/proto/tests/a.rs", "")), ["no test shows PAIR-001"]);
        assert_eq!(missing((CODE, ""), ("crates/proto/tests/a.rs", test)), ["no code names PAIR-001"]);
        assert_eq!(missing((CODE, ""), (CODE, "")), ["no code names and no test shows PAIR-001"]);
    }

    #[test]
    fn code_is_what_people_run() {
        let test = ("crates/proto/tests/a.rs", "/// PAIR-001\n#[test]\nfn a() {}\n");
        let named = "fn a() { b(\"PAIR-001\"); }\n";
        for path in ["crates/net/src/a/b.rs", "web/src/a.ts", "web/src/a/b.svelte"] {
            assert!(missing((path, named), test).is_empty(), "{path}");
        }
        let elsewhere = ["crates/sim/src/a.rs", "crates/lab/src/a.rs", "crates/net/src/a/tests.rs", "xtask/src/a.rs"];
        for path in elsewhere.into_iter().chain(["crates/net/src/a_tests.rs", "crates/net/src/tests/a.rs"]) {
            assert_eq!(missing((path, named), test), ["no code names PAIR-001"], "{path}");
        }
        for text in ["//! PAIR-001\n", "#[cfg(test)]\nmod tests {\n    // PAIR-001\n}\n"] {
            assert_eq!(missing((CODE, text), test), ["no code names PAIR-001"], "{text}");
        }
    }

    #[test]
    fn an_id_belongs_to_the_test_directly_below_it() {
        let code = (CODE, "// PAIR-001\n");
        let shows = |path, text| missing(code, (path, text)).is_empty();
        for text in [
            "    /// PAIR-001: one.\n    #[tokio::test]\n    async fn a() {}\n",
            "#[test]\n// PAIR-001\nfn a() {}\n",
            "/// PAIR-001\n#[tokio::test(flavor = \"multi_thread\")]\n#[cfg(unix)]\nasync fn a() {}\n",
        ] {
            assert!(shows("crates/net/src/a.rs", text), "{text}");
        }
        for text in [
            "/// PAIR-001\nfn a() {}\n",
            "/// PAIR-001\n\n#[test]\nfn a() {}\n",
            "//! PAIR-001\n#[test]\nfn a() {}\n",
            "#[test]\nfn a() {\n    // PAIR-001\n}\n",
        ] {
            assert!(!shows("crates/net/src/a.rs", text), "{text}");
        }
        assert!(shows("web/tests/a.mjs", "// PAIR-001\ntest('a', () => {});\n"));
        assert!(!shows("web/tests/a.mjs", "// PAIR-001\nconst a = 1;\n"));
    }

    #[test]
    fn a_form_without_code_is_exempt_and_listed_until_there_is_code() {
        let form = || page("**PAIR-001** (form only) *One.*\n");
        let rules = check(&[form()]);
        assert!(rules.findings.is_empty());
        assert_eq!(rules.form_only.into_iter().collect::<Vec<_>>(), ["PAIR-001"]);
        assert_eq!(whats(&[form(), File::of(CODE, "// PAIR-001\n")]).len(), 1);
    }
}
