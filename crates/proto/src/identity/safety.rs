//! The number two people compare to know that nobody stands between them, and their halves of the mark.
//!
//! Both are over identity bundles only, so adding or losing a device changes neither (`spec/identity.md`, ID-040).

use super::bundle::Bundle;
use kith_base::Label;
use kith_base::label::hash;

/// Groups of five digits in a safety number: sixty digits hold 199 bits.
const GROUPS: usize = 12;

/// The safety number of two people: twelve groups of five digits, the same on both sides (ID-040).
///
/// It covers both whole bundles, recovery keys included: who could replace those could take the contact over later.
pub fn safety_number(a: &Bundle, b: &Bundle) -> String {
    let (low, high) = if a.bytes() <= b.bytes() { (a, b) } else { (b, a) };
    let mut number = hash(Label::Safety, &[low.bytes(), high.bytes()]);
    let mut groups: Vec<String> = (0..GROUPS).map(|_| format!("{:05}", divide(&mut number, 100_000))).collect();
    groups.reverse();
    groups.join(" ")
}

/// Divides a big-endian number in place and returns the remainder.
fn divide(number: &mut [u8; 32], by: u64) -> u64 {
    number.iter_mut().fold(0, |remainder, byte| {
        let value = remainder << 8 | u64::from(*byte);
        *byte = (value / by) as u8;
        value % by
    })
}

/// One person's half of the mark that a relationship is drawn from: it follows from the pairwise key of the bundle.
/// ID-041.
pub fn mark_half(bundle: &Bundle) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(hash(Label::Mark, &[bundle.pairwise().as_bytes()]).split_at(16).0);
    half
}
