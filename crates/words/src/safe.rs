//! Other people's text on a terminal.

/// First strong isolate: what follows is ordered by itself.
const ISOLATE: char = '\u{2068}';
/// Ends an isolate.
const ISOLATE_END: char = '\u{2069}';

/// Other people's text on one line: whatever could act on the terminal is shown instead.
pub fn visible(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        push_visible(&mut out, c);
        out
    })
}

/// Other people's text over several lines, each further one indented so that it can't pass for a line of ours.
pub fn visible_lines(text: &str, indent: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(|line| isolated(&visible(line), false)).collect();
    lines.join(&format!("\n{indent}"))
}

/// One character, shown.
fn push_visible(out: &mut String, c: char) {
    match c {
        '\u{00}'..='\u{1f}' => out.extend(char::from_u32(0x2400 + u32::from(c))),
        '\u{7f}' => out.push('\u{2421}'),
        '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => out.extend(c.escape_unicode()),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.extend(c.escape_unicode()),
        _ => out.push(c),
    }
}

/// A text in an isolate if it holds right-to-left characters, or stands in a sentence that runs so; as it is otherwise.
pub(crate) fn isolated(text: &str, in_right_to_left: bool) -> String {
    if in_right_to_left || text.chars().any(is_right_to_left) {
        format!("{ISOLATE}{text}{ISOLATE_END}")
    } else {
        text.to_owned()
    }
}

/// Whether a character lies in a right-to-left block of Unicode (Hebrew to Arabic Extended-A, the presentation forms,
/// and the right-to-left range of the supplementary plane) or is a right-to-left mark.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_cannot_act_on_the_terminal() {
        assert_eq!(visible("\u{1b}]0;Bob\u{7}\r\u{7f}"), "␛]0;Bob␇␍␡");
        assert_eq!(visible("\u{9b}31m"), "\\u{9b}31m");
        assert_eq!(visible("a\u{202e}txt"), "a\\u{202e}txt");
    }

    #[test]
    fn a_message_cannot_forge_a_line() {
        assert_eq!(visible_lines("one\ntwo", "    "), "one\n    two");
        assert_eq!(visible("one\ntwo"), "one␊two");
    }

    #[test]
    fn only_words_that_could_reorder_a_sentence_are_isolated() {
        assert_eq!(isolated("Alice", false), "Alice");
        assert_eq!(isolated("נועה", false), "\u{2068}נועה\u{2069}");
        assert_eq!(isolated("Alice", true), "\u{2068}Alice\u{2069}");
    }
}
