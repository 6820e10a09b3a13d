//! Deterministic mutations: of bytes, and of canonical messages as what they are.
//!
//! A seed gives one mutation, on every machine. Half of them know the canonical encoding: they take a message apart,
//! change one field (or, inside it, a message of its own), and put the whole together again with right lengths, so that
//! what is wrong lies deeper than the frame. A byte in front, by which a body is told what the rest is, stays for these.

use kith_base::Rng;

/// Longest result, so that doublings stay harmless.
const BYTES_MAX: usize = 64 * 1024;
/// Numbers at the edges of what fits.
const EDGES: [u64; 10] = [0, 1, 2, 127, 128, 255, 256, 65_535, u32::MAX as u64, u64::MAX];

/// Changes `bytes` as `seed` says; `other` is an input of the same body to take parts from.
pub fn mutate(bytes: &[u8], other: &[u8], seed: u64) -> Vec<u8> {
    let mut rng = Rng::from_number(seed);
    let mut out = bytes.to_vec();
    for _ in 0..=rng.below(3) {
        out = match find(&out).filter(|_| rng.below(2) == 0) {
            Some((before, fields)) => [before, join(&change_fields(fields, other, &mut rng, 4))].concat(),
            None => change_bytes(out, other, &mut rng),
        };
        out.truncate(BYTES_MAX);
    }
    out
}

fn change_bytes(mut bytes: Vec<u8>, other: &[u8], rng: &mut Rng) -> Vec<u8> {
    let at = below(rng, bytes.len() + 1);
    match rng.below(9) {
        0..3 if at < bytes.len() => bytes[at] ^= 1 << rng.below(8),
        3 if at < bytes.len() => bytes[at] = rng.bytes::<1>()[0],
        4 => bytes.truncate(at),
        5 => bytes.insert(at, rng.bytes::<1>()[0]),
        6 => {
            let end = at + below(rng, bytes.len() - at + 1);
            bytes.drain(at..end);
        }
        7 => {
            let end = at + below(rng, bytes.len() - at + 1).min(64);
            let part = bytes[at..end].to_vec();
            bytes.splice(at..at, part);
        }
        _ => {
            let from = below(rng, other.len() + 1);
            bytes.truncate(at);
            bytes.extend_from_slice(&other[from..]);
        }
    }
    bytes
}

/// One field: its head (tag and critical bit) and its value.
type Field = (u64, Vec<u8>);

fn change_fields(mut fields: Vec<Field>, other: &[u8], rng: &mut Rng, depth: usize) -> Vec<Field> {
    let at = below(rng, fields.len());
    let Some((head, value)) = fields.get(at).cloned() else { return fields };
    match rng.below(10) {
        0..4 => {
            let inner = split(&value).filter(|inner| depth > 0 && !inner.is_empty() && rng.below(4) > 0);
            fields[at].1 = match inner {
                Some(inner) => join(&change_fields(inner, other, rng, depth - 1)),
                None => change_bytes(value, other, rng),
            };
        }
        4 => drop(fields.remove(at)),
        5 => fields.insert(at, (head, value)),
        6 => fields[at].0 ^= 1,
        7 => fields[at].0 = (head + 2).saturating_sub(rng.below(5)),
        8 => {
            let edge = EDGES[below(rng, EDGES.len())].to_be_bytes();
            fields[at].1 = edge.into_iter().skip_while(|byte| *byte == 0).collect();
        }
        _ => {
            let theirs = split(other).unwrap_or_default();
            let Some((_, theirs)) = theirs.get(below(rng, theirs.len())) else { return fields };
            fields[at].1.clone_from(theirs);
        }
    }
    fields
}

/// The canonical message that an input is, or is but for a byte in front that says how it is meant.
fn find(bytes: &[u8]) -> Option<(Vec<u8>, Vec<Field>)> {
    [0, 1].into_iter().find_map(|front| {
        let (before, message) = bytes.split_at_checked(front)?;
        Some((before.to_vec(), split(message)?))
    })
}

/// Takes a canonical message apart; `None` for anything else.
fn split(mut bytes: &[u8]) -> Option<Vec<Field>> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let head = take_varint(&mut bytes)?;
        let length = usize::try_from(take_varint(&mut bytes)?).ok()?;
        let (value, rest) = bytes.split_at_checked(length)?;
        fields.push((head, value.to_vec()));
        bytes = rest;
    }
    (!fields.is_empty()).then_some(fields)
}

/// Puts fields together with right lengths, in whatever order they are.
fn join(fields: &[Field]) -> Vec<u8> {
    let mut out = Vec::new();
    for (head, value) in fields {
        put_varint(&mut out, *head);
        put_varint(&mut out, value.len() as u64);
        out.extend_from_slice(value);
    }
    out
}

fn take_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..56).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if *byte < 0x80 {
            return Some(value);
        }
    }
    None
}

fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn below(rng: &mut Rng, bound: usize) -> usize {
    usize::try_from(rng.below(bound as u64)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_base::codec::{Fields, Tag, Writer};

    #[test]
    fn a_seed_gives_one_mutation_and_most_seeds_another() {
        let message = Writer::new().bytes(Tag::must(1), b"one").bytes(Tag::must(2), b"two").done();
        let all: std::collections::BTreeSet<_> = (0..100).map(|seed| mutate(&message, b"other", seed)).collect();
        assert!(all.len() > 80);
        assert_eq!(mutate(&message, b"other", 5), mutate(&message, b"other", 5));
    }

    #[test]
    fn many_mutations_of_a_message_are_messages_with_something_wrong_inside() {
        let inner = Writer::new().number(Tag::must(1), 300).bytes(Tag::may(7), b"deep").done();
        let message = Writer::new().bytes(Tag::must(1), &inner).bytes(Tag::must(2), b"two").done();
        let canonical = (0..1000).map(|seed| mutate(&message, &message, seed)).filter(|bytes| *bytes != message);
        let canonical = canonical.filter(|bytes| Fields::parse(bytes).is_ok()).count();
        assert!(canonical > 200, "{canonical}");
        let told = [&[9], &message[..]].concat();
        let canonical = (0..1000).map(|seed| mutate(&told, &told, seed)).filter(|bytes| *bytes != told);
        let canonical =
            canonical.filter(|bytes| bytes.strip_prefix(&[9]).is_some_and(|rest| Fields::parse(rest).is_ok())).count();
        assert!(canonical > 200, "{canonical}");
    }
}
