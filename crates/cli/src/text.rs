//! Words for people: sentences from `locales/en/cli.ftl` and `notes.ftl`, and other people's text made safe for a terminal.
//!
//! Names and messages come from others. In plain output their control characters are shown as pictures and characters
//! that reorder text are shown as escapes, so that no message can move the cursor, retitle a window or forge a line.
//! JSON output carries them as they are.

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;

/// The sentences, compiled in.
const SENTENCES: [&str; 2] =
    [include_str!("../../../locales/en/cli.ftl"), include_str!("../../../locales/en/notes.ftl")];

/// First strong isolate: what follows is ordered by itself.
const ISOLATE: char = '\u{2068}';
/// Ends an isolate.
const ISOLATE_END: char = '\u{2069}';

static BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| {
    let mut bundle = FluentBundle::new_concurrent("en".parse().into_iter().collect());
    // `isolated` does it where it is needed, so that plain ASCII stays so.
    bundle.set_use_isolating(false);
    for sentences in SENTENCES {
        let resource = FluentResource::try_new(sentences.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
});

/// The sentence of an id.
pub(crate) fn text(id: &str) -> String {
    format(id, None)
}

/// The sentence of an id with words filled in; right-to-left words are kept from reordering the rest.
pub(crate) fn text_with(id: &str, words: &[(&'static str, String)]) -> String {
    let args = words.iter().map(|(name, word)| (*name, FluentValue::from(isolated(word)))).collect();
    format(id, Some(&args))
}

/// The sentence of an id with words filled in, for a number.
pub(crate) fn text_with_count(id: &str, words: &[(&'static str, String)], count: u64) -> String {
    let words = words.iter().map(|(name, word)| (*name, FluentValue::from(isolated(word))));
    format(id, Some(&words.chain([("count", FluentValue::from(count))]).collect()))
}

/// The sentence of an id for a number.
pub(crate) fn text_count(id: &str, count: u64) -> String {
    format(id, Some(&[("count", FluentValue::from(count))].into_iter().collect()))
}

/// A sentence, or its id where there is none: a test and `cargo xtask tidy` see to it that there is one.
fn format(id: &str, args: Option<&FluentArgs<'_>>) -> String {
    let Some(pattern) = BUNDLE.get_message(id).and_then(|message| message.value()) else {
        return id.to_owned();
    };
    BUNDLE.format_pattern(pattern, args, &mut Vec::new()).into_owned()
}

/// Other people's text on one line: whatever could act on the terminal is shown instead.
pub(crate) fn visible(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        push_visible(&mut out, c);
        out
    })
}

/// Other people's text over several lines, each further one indented so that it can't pass for a line of ours.
pub(crate) fn visible_lines(text: &str, indent: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(|line| isolated(&visible(line))).collect();
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

/// A text in an isolate if it holds right-to-left characters; as it is otherwise.
fn isolated(text: &str) -> String {
    if text.chars().any(is_right_to_left) { format!("{ISOLATE}{text}{ISOLATE_END}") } else { text.to_owned() }
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
    fn the_sentences_are_well_formed_fluent() {
        for sentences in SENTENCES {
            let parsed = FluentResource::try_new(sentences.to_owned());
            assert!(parsed.is_ok(), "{:?}", parsed.err().map(|(_, errors)| errors));
        }
    }

    #[test]
    fn a_number_chooses_its_plural() {
        assert_eq!(text_count("failures", 1), "1 wrong try so far");
        assert_eq!(text_count("failures", 3), "3 wrong tries so far");
    }

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
    fn only_right_to_left_words_are_isolated() {
        assert_eq!(isolated("Alice"), "Alice");
        assert_eq!(isolated("נועה"), "\u{2068}נועה\u{2069}");
    }
}
