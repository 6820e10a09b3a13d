//! A file's name as its sender gave it, made fit to be shown and to be the name of a file here (FILE-006).
//!
//! A name is a label that somebody else chose. It is never a path, never hidden, never one that a system treats specially,
//! and reads as it is: characters that reorder or hide text are taken out.

use kith_base::limits::FILE_NAME_BYTES_MAX;

/// What a file is called whose name leaves nothing.
const NAMELESS: &str = "file";
/// Names that mean devices on some systems, whatever stands behind their first dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The name, safe (FILE-006).
pub fn safe(name: &str) -> String {
    let kept: String =
        name.chars().filter(|c| !is_invisible(*c)).map(|c| if is_special(c) { '_' } else { c }).collect();
    let kept = kept.trim_matches(|c: char| c.is_whitespace() || c == '.');
    let mut kept = shortened(kept).trim_end_matches(|c: char| c.is_whitespace() || c == '.').to_owned();
    if is_device(&kept) {
        kept.insert(0, '_');
    }
    if kept.is_empty() { NAMELESS.to_owned() } else { kept }
}

/// Cut to what a file system takes, its ending kept where it has one.
fn shortened(name: &str) -> String {
    if name.len() <= FILE_NAME_BYTES_MAX {
        return name.to_owned();
    }
    let ending =
        name.rfind('.').and_then(|dot| name.get(dot..)).filter(|ending| ending.len() <= 16).unwrap_or_default();
    let end = name.floor_char_boundary(FILE_NAME_BYTES_MAX - ending.len());
    format!("{}{ending}", name.get(..end).unwrap_or_default())
}

/// Takes part in paths or in what a shell or another system makes of names.
fn is_special(c: char) -> bool {
    c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

/// Not seen, or changes the order of what is.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(char::is_numeric))
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FILE-006
    #[test]
    fn a_name_from_a_peer_is_never_a_path() {
        for (hostile, shown) in [
            ("../../etc/passwd", "_.._etc_passwd"),
            ("/etc/shadow", "_etc_shadow"),
            ("..", "file"),
            ("", "file"),
            (".bashrc", "bashrc"),
            ("C:\\Windows\\x.dll", "C__Windows_x.dll"),
            ("a\0b\nc", "a_b_c"),
            ("nul.txt", "_nul.txt"),
            ("COM1", "_COM1"),
            ("photo\u{202e}gpj.exe", "photogpj.exe"),
            ("  spaced .. ", "spaced"),
            ("Grüße, Bob.pdf", "Grüße, Bob.pdf"),
            ("~/x", "~_x"),
        ] {
            assert_eq!(safe(hostile), shown, "{hostile:?}");
            assert_eq!(safe(shown), shown, "it stays as it is");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let long = format!("{}.tar.gz", "ü".repeat(400));
        let short = safe(&long);
        assert!(short.len() <= FILE_NAME_BYTES_MAX && short.ends_with(".gz"), "{short}");
    }
}
