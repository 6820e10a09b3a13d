//! What is one emoji: the sequences of Unicode's UTS #51 (ED-17), told by their structure.
//!
//! ```text
//!   emoji    = element (ZWJ element)*
//!   element  = flag | keycap | picture (tone | VS16 | tag* end)?
//! ```
//!
//! Pictures are taken from Unicode's tables, reserved places among them, so that most emoji of a later Unicode are known
//! as such. A peer's text of this form is at most a few pictures that a font may draw apart: no letter, no space, and
//! nothing that turns the direction of what stands around it.

use icu_properties::CodePointSetData;
use icu_properties::props::{BinaryProperty, Emoji, EmojiModifier, ExtendedPictographic, RegionalIndicator};
use std::iter::Peekable;
use std::str::Chars;

const JOINER: char = '\u{200d}';
const PICTURE_STYLE: char = '\u{fe0f}';
const KEYCAP: char = '\u{20e3}';
const TAG_END: char = '\u{e007f}';

/// Whether a text is one emoji and nothing else.
pub(super) fn is_one(text: &str) -> bool {
    let mut rest = text.chars().peekable();
    loop {
        if element(&mut rest).is_none() {
            return false;
        }
        match rest.next() {
            None => return true,
            Some(JOINER) => {}
            Some(_) => return false,
        }
    }
}

/// Takes one element of a sequence.
fn element(rest: &mut Peekable<Chars<'_>>) -> Option<()> {
    match rest.next()? {
        '0'..='9' | '#' | '*' => {
            rest.next_if_eq(&PICTURE_STYLE);
            rest.next_if_eq(&KEYCAP).map(drop)
        }
        first if is::<RegionalIndicator>(first) => rest.next_if(|second| is::<RegionalIndicator>(*second)).map(drop),
        first if is::<Emoji>(first) || is::<ExtendedPictographic>(first) => modified(rest),
        _ => None,
    }
}

/// Takes what changes the look of a picture.
fn modified(rest: &mut Peekable<Chars<'_>>) -> Option<()> {
    if rest.next_if(|next| is::<EmojiModifier>(*next) || *next == PICTURE_STYLE).is_some() {
        return Some(());
    }
    let mut tags = 0;
    while rest.next_if(|next| matches!(next, '\u{e0020}'..='\u{e007e}')).is_some() {
        tags += 1;
    }
    if tags == 0 { Some(()) } else { rest.next_if_eq(&TAG_END).map(drop) }
}

fn is<P: BinaryProperty>(character: char) -> bool {
    CodePointSetData::new::<P>().contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// EVT-062
    #[test]
    fn one_emoji_is_one_however_many_characters_it_is_made_of() {
        let family = "\u{1f468}\u{1f3fd}\u{200d}\u{2764}\u{fe0f}\u{200d}\u{1f48b}\u{200d}\u{1f468}\u{1f3fb}";
        let england = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";
        for emoji in ["\u{1f44d}", "\u{1f44d}\u{1f3fe}", "\u{2764}\u{fe0f}", "\u{1f1f3}\u{1f1f4}", "1\u{fe0f}\u{20e3}"]
        {
            assert!(is_one(emoji), "{emoji}");
        }
        assert!(is_one(family) && is_one(england));
        assert!(family.len() <= kith_base::limits::REACTION_BYTES_MAX);
        assert!(is_one("\u{1faff}"), "a place that Unicode reserves for a picture");
    }

    /// EVT-062
    #[test]
    fn a_text_is_no_emoji_nor_are_two_nor_is_what_turns_a_line_around() {
        for text in [
            "",
            "a",
            "1",
            " ",
            "ok",
            "\u{1f44d}\u{1f44d}",
            "\u{1f44d} ",
            "\u{1f44d}\u{200d}",
            "\u{200d}\u{1f44d}",
            "\u{1f1f3}",
            "\u{202e}\u{1f44d}",
            "\u{1f44d}\u{202e}",
            "\u{fe0f}",
            "\u{1f3f4}\u{e0067}",
            "\u{1f44d}\u{301}",
        ] {
            assert!(!is_one(text), "{text:?}");
        }
    }
}
