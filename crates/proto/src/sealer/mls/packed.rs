//! Rows as they are stored: the JSON of OpenMLS' store, in which each list of bytes stands as bytes.
//!
//! OpenMLS' store writes a key of 32 bytes as some 115 characters. A packed row begins with the byte 1, with which no JSON
//! begins; what follows is the JSON, in which every list of numbers from 0 to 255 is replaced by the byte 1, the count
//! as LEB128, and the bytes. No JSON has the byte 1 in it, so that the one gives the other back, byte for byte. Rows
//! of before stand as JSON and are read (SEAL-035).

use kith_base::codec::{put_varint, take_varint};
use zeroize::Zeroize as _;

/// What a packed row begins with, and what a list of bytes does inside it.
const MARK: u8 = 1;

/// A row as it is stored.
// SEAL-035
pub(super) fn pack(mut json: Vec<u8>) -> Vec<u8> {
    if json.contains(&MARK) {
        return json;
    }
    let mut packed = vec![MARK];
    let mut rest = &json[..];
    while let Some((first, behind)) = rest.split_first() {
        if let Some((mut list, after)) = bytes_of(rest) {
            packed.push(MARK);
            put_varint(&mut packed, list.len() as u64);
            packed.extend_from_slice(&list);
            list.zeroize();
            rest = after;
        } else {
            packed.push(*first);
            rest = behind;
        }
    }
    json.zeroize();
    packed
}

/// The JSON of a stored row. What is neither packed nor JSON stays as it is: OpenMLS can't read it.
pub fn unpack(stored: Vec<u8>) -> Vec<u8> {
    unpacked(&stored).unwrap_or(stored)
}

fn unpacked(stored: &[u8]) -> Option<Vec<u8>> {
    let mut rest = stored.strip_prefix(&[MARK])?;
    let mut json = Vec::with_capacity(stored.len().saturating_mul(4));
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        if *first == MARK {
            let count = usize::try_from(take_varint(&mut rest).ok()?).ok()?;
            let (list, behind) = rest.split_at_checked(count)?;
            rest = behind;
            put_list(&mut json, list);
        } else {
            json.push(*first);
        }
    }
    Some(json)
}

/// A list of bytes at the beginning of a text, as serde writes it, and what comes after it.
fn bytes_of(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut rest = text.strip_prefix(b"[")?;
    let mut list = Vec::new();
    loop {
        let digits = rest.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
        let (number, behind) = rest.split_at_checked(digits)?;
        let shortest = number.len() == 1 || number.first().is_some_and(|first| *first != b'0');
        let value = number.iter().fold(0u16, |sum, digit| sum * 10 + u16::from(digit - b'0'));
        list.push(u8::try_from(value).ok().filter(|_| shortest && digits > 0)?);
        let (end, behind) = behind.split_first()?;
        rest = behind;
        match end {
            b',' => {}
            b']' => return Some((list, rest)),
            _ => return None,
        }
    }
}

fn put_list(json: &mut Vec<u8>, list: &[u8]) {
    json.push(b'[');
    for (at, byte) in list.iter().enumerate() {
        if at > 0 {
            json.push(b',');
        }
        for (unit, least) in [(100, 100), (10, 10), (1, 0)] {
            if *byte >= least {
                json.push(b'0' + byte / unit % 10);
            }
        }
    }
    json.push(b']');
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_base::Rng;

    fn json(list: &[u8]) -> Vec<u8> {
        serde_json::to_vec(&list.to_vec()).unwrap()
    }

    /// SEAL-035
    #[test]
    fn what_is_packed_comes_out_byte_for_byte() {
        let mut rng = Rng::from_number(1);
        for length in [1, 2, 3, 127, 128, 1216, 20_000] {
            let mut list = vec![0; length];
            rng.fill(&mut list);
            let text =
                [br#"{"key":{"vec":"#, &json(&list)[..], br#"},"n":[[],[1,256],[300],"[9]"],"x":null}"#].concat();
            let packed = pack(text.clone());
            assert!(packed.len() <= list.len() + 60, "{length}");
            assert_eq!(unpack(packed), text);
        }
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(unpack(pack(json(&all))), json(&all));
        let odd = [
            "",
            "[]",
            "[",
            "[1",
            "[1,",
            "[1,]",
            "[01]",
            "[1 ]",
            "[-1]",
            "[1.5]",
            "[256]",
            "[1000]",
            "7",
            "\"a\"",
            "[[1],[2,3]]",
        ];
        for text in odd {
            assert_eq!(unpack(pack(text.into())), text.as_bytes(), "{text}");
        }
    }

    /// SEAL-035: rows of before are JSON; what is damaged is left to OpenMLS to refuse.
    #[test]
    fn a_row_that_is_not_packed_stays_as_it_is() {
        let before = br#"{"vec":[1,2,3]}"#.to_vec();
        assert_eq!(unpack(before.clone()), before);
        for damaged in
            [&[1, b'{', 1][..], &[1, 1, 5, 0], &[1, 1, 0xff, 0xff, 0xff, 0xff, 0xff], &[1, 1, 0xff, 0xff, 0xff, 0x7f]]
        {
            assert_eq!(unpack(damaged.to_vec()), damaged);
        }
    }
}
