//! What every canonical format promises.

use std::fmt::Debug;

/// Runs a decoder and its encoder against each other: what was read is written back without growing by more than
/// `slack`, is read the same again, and is the same bytes if it has the same length. Only fields that a reader passes
/// over may be missing from it; with a slack there are fields that may be left out and are written nevertheless, which
/// can make up for the length.
#[track_caller]
pub(crate) fn canonical<T: PartialEq + Debug, E>(
    bytes: &[u8],
    slack: usize,
    decode: impl Fn(&[u8]) -> Result<T, E>,
    encode: impl Fn(&T) -> Vec<u8>,
) -> Option<T> {
    let value = decode(bytes).ok()?;
    let again = encode(&value);
    assert!(again.len() <= bytes.len() + slack, "{} bytes became {}", bytes.len(), again.len());
    assert_eq!(decode(&again).ok().as_ref(), Some(&value), "what is written back reads as something else");
    assert!(slack > 0 || again.len() != bytes.len() || again == bytes, "one value has two encodings");
    Some(value)
}
