//! Hashes of sealed pieces, and what they come to: BLAKE3's own tree, cut where pieces end (FILE-004).
//!
//! ```text
//!            root = BLAKE3 of all sealed bytes, in the file's event
//!            /                         \
//!        group 0  …                  group n        "tops", asked for where there are several groups
//!      /    |    \                  /       \
//!  piece 0  …   piece 1023      piece …   last      asked for a group at a time
//! ```
//! Whoever has the root can check tops, then the hashes of a group, then each piece, in any order and without the rest.

use crate::shape::{GROUP, SEALED, Shape};
use blake3::Hasher;
use blake3::hazmat::{HasherExt as _, Mode, merge_subtrees_non_root, merge_subtrees_root};

/// The hash of a piece, a group or the whole.
pub type Hash = [u8; 32];

/// The hash of a sealed piece at its place: where a file is one piece, that of the whole.
pub fn piece_hash(shape: Shape, piece: u64, sealed: &[u8]) -> Hash {
    hash_at(piece, shape.pieces() == 1, sealed)
}

/// As [`piece_hash`], where the size is not known yet but whether there is another piece.
pub(crate) fn hash_at(piece: u64, is_only: bool, sealed: &[u8]) -> Hash {
    if is_only {
        return *blake3::hash(sealed).as_bytes();
    }
    // BLAKE3 has no hash of nothing below the root; no piece is empty, as each has its tag.
    if sealed.is_empty() {
        return [0; 32];
    }
    Hasher::new().set_input_offset(piece.saturating_mul(SEALED)).update(sealed).finalize_non_root()
}

/// What the hashes of the pieces of a group come to: the root itself where there is one group.
pub fn group_hash(shape: Shape, hashes: &[Hash]) -> Hash {
    merge(hashes, shape.groups() == 1)
}

/// The root that the hashes of all groups come to.
pub fn root_of(tops: &[Hash]) -> Hash {
    merge(tops, true)
}

/// The root of a file from the hashes of all its pieces, and its tops.
pub fn whole(shape: Shape, hashes: &[Hash]) -> (Hash, Vec<Hash>) {
    let tops: Vec<Hash> = hashes.chunks(GROUP as usize).map(|group| group_hash(shape, group)).collect();
    (root_of(&tops), tops)
}

/// The hash of a subtree: its left half is the largest power of two of its parts that leaves some for the right.
// FILE-004
fn merge(hashes: &[Hash], is_root: bool) -> Hash {
    match hashes {
        [] => [0; 32],
        [one] => *one,
        several => {
            let (left, right) = several.split_at(several.len().next_power_of_two() / 2);
            let (left, right) = (merge(left, false), merge(right, false));
            if is_root {
                *merge_subtrees_root(&left, &right, Mode::Hash).as_bytes()
            } else {
                merge_subtrees_non_root(&left, &right, Mode::Hash)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::PLAIN;

    /// FILE-004
    #[test]
    fn the_root_is_the_plain_blake3_of_all_sealed_bytes() {
        for size in [0, 5, PLAIN, PLAIN + 1, 2 * PLAIN, 5 * PLAIN - 1, 9 * PLAIN + 77] {
            let shape = Shape::of(size).unwrap();
            let bytes: Vec<u8> = (0..shape.sealed()).map(|at| (at % 251) as u8).collect();
            let pieces = (0..).zip(bytes.chunks(SEALED as usize));
            let hashes: Vec<Hash> = pieces.map(|(piece, bytes)| piece_hash(shape, piece, bytes)).collect();
            assert_eq!(hashes.len() as u64, shape.pieces());
            assert_eq!(whole(shape, &hashes).0, *blake3::hash(&bytes).as_bytes(), "{size}");
        }
    }

    /// FILE-004: over several groups the tops come to the same root. Hashes stand in for pieces of whole groups.
    #[test]
    fn the_tops_come_to_what_the_pieces_come_to() {
        let shape = Shape::of((2 * GROUP + 3) * PLAIN).unwrap();
        let hashes: Vec<Hash> =
            (0..shape.pieces()).map(|piece| *blake3::hash(&piece.to_be_bytes()).as_bytes()).collect();
        let (root, tops) = whole(shape, &hashes);
        assert_eq!(tops.len() as u64, shape.groups());
        assert_eq!(root, merge(&hashes, true));
        let mut other = tops.clone();
        other[1][0] ^= 1;
        assert_ne!(root_of(&other), root);
    }
}
