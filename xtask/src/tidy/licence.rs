//! Everything is under AGPL-3.0-or-later: the text is complete, manifests inherit it, and no header says otherwise.

use super::{File, Finding};

/// The licence of everything here.
const LICENCE: &str = "AGPL-3.0-or-later";
/// What a licence header begins with; put together so that this file has none.
const HEADER: &str = concat!("SPDX-License-", "Identifier:");
/// Parts of the licence's text, from its first line to its last paragraph.
const PARTS: [&str; 4] = [
    "GNU AFFERO GENERAL PUBLIC LICENSE",
    "13. Remote Network Interaction; Use with the GNU General Public License.",
    "END OF TERMS AND CONDITIONS",
    "<https://www.gnu.org/licenses/>.",
];

/// Holds the workspace to its licence.
pub(super) fn check(files: &[File]) -> Vec<Finding> {
    let mut findings: Vec<_> = files.iter().flat_map(headers).collect();
    findings.extend(files.iter().filter_map(manifest));
    let text = files.iter().find(|file| file.path.as_os_str() == "LICENSE");
    if !text.is_some_and(|file| PARTS.iter().all(|part| file.text.contains(part))) {
        findings.push(Finding { path: "LICENSE".into(), line: 0, what: format!("is not the whole of {LICENCE}") });
    }
    findings
}

/// Headers that name another licence.
fn headers(file: &File) -> impl Iterator<Item = Finding> {
    let named = file.lines().filter_map(|(line, text)| Some((line, text.split_once(HEADER)?.1)));
    let wrong = named.filter(|(_, licence)| licence.split_whitespace().next() != Some(LICENCE));
    wrong.map(|(line, _)| file.finding(line, format!("names a licence that is not {LICENCE}")))
}

/// A manifest that names another licence, or none.
fn manifest(file: &File) -> Option<Finding> {
    let wanted = match (file.path.file_name()?.to_str()?, file.path.components().count()) {
        ("Cargo.toml", 1) => format!("license = \"{LICENCE}\""),
        ("Cargo.toml", _) => "license.workspace = true".to_owned(),
        ("package.json", _) => format!("\"license\": \"{LICENCE}\""),
        _ => return None,
    };
    (!file.text.contains(&wanted)).then(|| file.finding(0, format!("does not say {wanted}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(path: &str, text: &str) -> Vec<String> {
        let files = [File::of("LICENSE", &PARTS.join("\n")), File::of(path, text)];
        check(&files).into_iter().map(|finding| finding.path.display().to_string()).collect()
    }

    #[test]
    fn another_licence_is_found_wherever_it_is_named() {
        assert_eq!(paths("a.rs", &format!("// {HEADER} MIT\n")), ["a.rs"]);
        assert_eq!(paths("crates/a/Cargo.toml", "license = \"MIT\"\n"), ["crates/a/Cargo.toml"]);
        assert_eq!(paths("web/package.json", "{}"), ["web/package.json"]);
        assert!(paths("a.rs", &format!("// {HEADER} {LICENCE}\n")).is_empty());
    }

    #[test]
    fn a_shortened_licence_is_found() {
        assert_eq!(check(&[File::of("LICENSE", PARTS[0])]).len(), 1);
        assert_eq!(check(&[]).len(), 1);
    }
}
