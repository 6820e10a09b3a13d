//! How a file is cut: how many pieces it has, how long each is, where it lies.

use kith_base::limits::FILE_BYTES_MAX;

/// Bytes of a sealed piece, all but the last: a power of two, so that a piece is a subtree of BLAKE3's tree.
pub const SEALED: u64 = 256 * 1024;
/// What sealing adds to a piece.
pub const TAG: u64 = 16;
/// Plain bytes in a piece, all but the last.
pub const PLAIN: u64 = SEALED - TAG;
/// Pieces of a group, all but the last: their hashes are asked for together. A power of two, too.
pub const GROUP: u64 = 1024;
/// Bytes of a hash.
pub const HASH: u64 = 32;

/// The shape of a file (FILE-002). It follows from its size alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    size: u64,
}

impl Shape {
    /// The shape of a file of so many plain bytes; `None` for one that is larger than any may be.
    pub const fn of(size: u64) -> Option<Self> {
        if size <= FILE_BYTES_MAX { Some(Self { size }) } else { None }
    }

    /// Plain bytes.
    pub const fn size(self) -> u64 {
        self.size
    }

    /// How many pieces there are. An empty file has one, which is empty.
    pub const fn pieces(self) -> u64 {
        if self.size == 0 { 1 } else { self.size.div_ceil(PLAIN) }
    }

    /// How many groups of pieces there are.
    pub const fn groups(self) -> u64 {
        self.pieces().div_ceil(GROUP)
    }

    /// Sealed bytes of the whole.
    pub const fn sealed(self) -> u64 {
        self.size + self.pieces() * TAG
    }

    /// Whether a piece is the last one.
    pub const fn is_last(self, piece: u64) -> bool {
        piece + 1 == self.pieces()
    }

    /// Sealed bytes of a piece; none behind the last.
    pub const fn sealed_length(self, piece: u64) -> u64 {
        let begin = piece.saturating_mul(SEALED);
        let rest = self.sealed().saturating_sub(begin);
        if rest < SEALED { rest } else { SEALED }
    }

    /// Sealed bytes of pieces that follow each other.
    pub const fn sealed_span(self, from: u64, count: u64) -> u64 {
        let begin = from.saturating_mul(SEALED);
        let end = from.saturating_add(count).saturating_mul(SEALED);
        let (begin, end) = (self.within(begin), self.within(end));
        end - begin
    }

    const fn within(self, at: u64) -> u64 {
        if at < self.sealed() { at } else { self.sealed() }
    }

    /// How many pieces a group has.
    pub const fn group_length(self, group: u64) -> u64 {
        let rest = self.pieces().saturating_sub(group.saturating_mul(GROUP));
        if rest < GROUP { rest } else { GROUP }
    }

    /// Where in the blob the hash of a piece lies: behind all pieces.
    pub const fn hash_place(self, piece: u64) -> u64 {
        self.sealed() + piece * HASH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FILE-002
    #[test]
    fn the_pieces_of_a_file_follow_from_its_size() {
        for (size, pieces, last) in
            [(0, 1, 16), (1, 1, 17), (PLAIN, 1, SEALED), (PLAIN + 1, 2, 17), (3 * PLAIN, 3, SEALED)]
        {
            let shape = Shape::of(size).unwrap();
            assert_eq!((shape.pieces(), shape.sealed_length(pieces - 1)), (pieces, last), "{size}");
            assert_eq!(shape.sealed_length(pieces), 0);
            assert_eq!(shape.sealed_span(0, pieces), shape.sealed());
            assert_eq!((0..pieces).map(|piece| shape.sealed_length(piece)).sum::<u64>(), shape.sealed());
        }
        assert_eq!(Shape::of(FILE_BYTES_MAX + 1), None);
        let most = Shape::of(FILE_BYTES_MAX).unwrap();
        assert_eq!((0..most.groups()).map(|group| most.group_length(group)).sum::<u64>(), most.pieces());
    }
}
