//! `Range` (RFC 9110, section 14): which bytes of a file a player or a download asks for.

/// What of a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// All of it. Also where several ranges are asked for, or it can't be read: a server may answer so.
    Whole,
    /// From one byte up to, and without, another; never empty.
    Part(u64, u64),
    /// Nothing that is in it.
    Nothing,
}

/// Reads a `Range` header, for a file of so many bytes.
pub(super) fn asked(header: Option<&str>, size: u64) -> Asked {
    let Some((first, last)) = header.and_then(|header| header.strip_prefix("bytes=")).and_then(|r| r.split_once('-'))
    else {
        return Asked::Whole;
    };
    let part = match (number(first), number(last)) {
        (Some(from), None) if last.is_empty() => (from, size),
        (Some(from), Some(last)) if from <= last => (from, size.min(last.saturating_add(1))),
        (None, Some(length)) if first.is_empty() => (size.saturating_sub(length), size),
        _ => return Asked::Whole,
    };
    if part.0 < part.1 { Asked::Part(part.0, part.1) } else { Asked::Nothing }
}

fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// LOOP-074
    #[test]
    fn one_range_is_a_part_and_whatever_else_is_the_whole() {
        let ask = |header| asked(Some(header), 100);
        assert_eq!(asked(None, 100), Asked::Whole);
        assert_eq!(ask("bytes=0-"), Asked::Part(0, 100));
        assert_eq!(ask("bytes=7-9"), Asked::Part(7, 10));
        assert_eq!(ask("bytes=99-4000"), Asked::Part(99, 100));
        assert_eq!(ask("bytes=-5"), Asked::Part(95, 100));
        assert_eq!(ask("bytes=-500"), Asked::Part(0, 100));
        for outside in ["bytes=100-", "bytes=100-200", "bytes=-0"] {
            assert_eq!(ask(outside), Asked::Nothing, "{outside}");
        }
        assert_eq!(asked(Some("bytes=0-0"), 0), Asked::Nothing);
        for odd in
            ["", "bytes", "bytes=", "bytes=-", "bytes=9-7", "bytes=1-2,4-5", "bytes=+1-2", "bytes=a-", "lines=1-2"]
        {
            assert_eq!(ask(odd), Asked::Whole, "{odd}");
        }
        assert_eq!(ask("bytes=0-99999999999999999999999"), Asked::Whole);
        assert_eq!(ask("bytes=0-18446744073709551615"), Asked::Part(0, 100));
    }
}
