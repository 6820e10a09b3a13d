//! From a file's bytes to the text of each card.

use crate::Skipped;
use kith_base::limits;
use mail_parser::decoders::charsets::map::charset_decoder;
use std::borrow::Cow;

/// A file's bytes as text: by its byte order mark, else as UTF-8, else as what programs wrote before UTF-8.
pub(crate) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let in_charset = |charset: &str, bytes: &[u8]| {
        let decoder = charset_decoder(charset.as_bytes());
        decoder.map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), |decode| decode(bytes))
    };
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        [0xff, 0xfe, rest @ ..] => Cow::Owned(in_charset("utf-16le", rest)),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(in_charset("utf-16be", rest)),
        _ => match str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(in_charset("windows-1252", bytes)),
        },
    }
}

/// The text of each card in turn. A card inside another (an *agent* of version 2.1) is left out of it.
pub(crate) fn cards(text: &str) -> impl Iterator<Item = Result<String, Skipped>> {
    let mut lines = text.split_inclusive(['\n', '\r']).peekable();
    let mut begun = false;
    std::iter::from_fn(move || {
        if !begun {
            lines.by_ref().find(|line| is(line, "BEGIN:VCARD"))?;
        }
        begun = false;
        Some(one(&mut lines, &mut begun))
    })
}

/// One card, from behind its first line. `begun` is set where the next card's first line ended it.
fn one<'a>(
    lines: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>,
    begun: &mut bool,
) -> Result<String, Skipped> {
    let mut card = String::from("BEGIN:VCARD\r\n");
    let (mut size, mut depth, mut last) = (0_usize, 0_u32, "");
    for line in lines {
        if is(line, "BEGIN:VCARD") {
            if !is_agent(last) {
                *begun = true;
                return Err(Skipped::Unreadable);
            }
            depth += 1;
        } else if is(line, "END:VCARD") {
            if depth == 0 {
                card.push_str("END:VCARD\r\n");
                return if size > limits::CARD_BYTES_MAX { Err(Skipped::TooLarge) } else { Ok(card) };
            }
            depth -= 1;
        } else if depth == 0 {
            size = size.saturating_add(line.len());
            if size <= limits::CARD_BYTES_MAX {
                card.push_str(line);
            }
        }
        if !line.trim().is_empty() {
            last = line;
        }
    }
    Err(Skipped::Unreadable)
}

/// Whether the next card is this property's value.
fn is_agent(line: &str) -> bool {
    let line = line.trim();
    line.ends_with(':') && line.get(..5).is_some_and(|name| name.eq_ignore_ascii_case("AGENT"))
}

fn is(line: &str, wanted: &str) -> bool {
    line.trim().eq_ignore_ascii_case(wanted)
}
