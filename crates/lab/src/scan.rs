//! Looking for a text in files, in the forms in which it could have leaked.

use std::fs;
use std::path::{Path, PathBuf};

/// The forms of a text that are looked for.
fn forms(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf16 = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let mut forms = vec![
        ("its bytes", text.as_bytes().to_vec()),
        ("UTF-16, little end first", utf16(u16::to_le_bytes)),
        ("UTF-16, big end first", utf16(u16::to_be_bytes)),
        ("hex", data_encoding::HEXLOWER.encode(text.as_bytes()).into_bytes()),
        ("HEX", data_encoding::HEXUPPER.encode(text.as_bytes()).into_bytes()),
    ];
    forms.extend((0..3).map(|skip| ("base64", base64_inside(text.as_bytes(), skip))));
    forms
}

/// What of a text's base64 is the same whatever surrounds it: its whole groups, from each of the three offsets.
fn base64_inside(text: &[u8], skip: usize) -> Vec<u8> {
    let rest = &text[skip..];
    let whole = &rest[..rest.len() / 3 * 3];
    data_encoding::BASE64.encode(whole).into_bytes()
}

/// Each file below these paths that has the text, in words.
///
/// # Panics
/// If a text is too short to be found by its base64, or a file can't be read.
pub fn find_text(text: &str, below: &[&Path]) -> Vec<String> {
    assert!(text.len() >= 16, "a canary has to be longer");
    let forms = forms(text);
    let mut found = Vec::new();
    for file in below.iter().flat_map(|path| files(path)) {
        let bytes = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let has = |form: &[u8]| bytes.windows(form.len()).any(|window| window == form);
        found.extend(
            forms.iter().filter(|(_, form)| has(form)).map(|(name, _)| format!("{} has it as {name}", file.display())),
        );
    }
    found
}

/// All ordinary files below a path, or the file itself.
pub fn files(path: &Path) -> Vec<PathBuf> {
    let Ok(found) = fs::symlink_metadata(path) else { return vec![] };
    if found.is_dir() {
        let entries = fs::read_dir(path).expect("a folder of the test can be read");
        return entries.flat_map(|entry| files(&entry.expect("an entry").path())).collect();
    }
    if found.is_file() { vec![path.to_owned()] } else { vec![] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_in_every_form() {
        let folder = tempfile::tempdir().unwrap();
        let text = "the canary sings at noon";
        for (number, (_, form)) in forms(text).into_iter().enumerate() {
            let file = folder.path().join(number.to_string());
            fs::write(&file, [b"noise", &form[..], b"noise"].concat()).unwrap();
            assert!(!find_text(text, &[&file]).is_empty(), "form {number}");
        }
        for around in ["", "x", "xy"] {
            let file = folder.path().join("base64");
            fs::write(&file, data_encoding::BASE64.encode(format!("{around}{text}{around}").as_bytes())).unwrap();
            assert!(!find_text(text, &[&file]).is_empty(), "base64 behind {around:?}");
        }
        fs::write(folder.path().join("clean"), "the canary is silent").unwrap();
        assert!(find_text(text, &[&folder.path().join("clean")]).is_empty());
    }
}
