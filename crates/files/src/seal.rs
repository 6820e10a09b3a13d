//! One piece, sealed and opened (FILE-003).
//!
//! The nonce is the piece's place and whether it is the last: pieces can't change places, and a file that is cut short does
//! not open as a whole one. A key is drawn for each file, so no nonce is used twice under it.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use kith_base::{Label, Secret, label};

use crate::shape::{Shape, TAG};

/// A file's key, ready for use.
pub struct PieceKey(LessSafeKey);

/// A piece does not open under the file's key at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotOfThisFile;

impl PieceKey {
    /// The key that seals the pieces of the file with this secret.
    ///
    /// # Errors
    /// [`NotOfThisFile`], which can't be: a key has the length it has.
    pub fn of(secret: &Secret) -> Result<Self, NotOfThisFile> {
        let key = label::derive(Label::FileSeal, secret.expose(), &[]);
        UnboundKey::new(&AES_256_GCM, key.expose()).map(|key| Self(LessSafeKey::new(key))).map_err(|_| NotOfThisFile)
    }

    /// Seals a piece where it lies; its last [`TAG`] bytes are room for the tag.
    ///
    /// # Errors
    /// [`NotOfThisFile`] for a buffer without that room.
    pub fn seal(&self, piece: u64, is_last: bool, bytes: &mut [u8]) -> Result<(), NotOfThisFile> {
        let plain = bytes.len().checked_sub(TAG as usize).ok_or(NotOfThisFile)?;
        let (plain, room) = bytes.split_at_mut(plain);
        let sealed = self.0.seal_in_place_separate_tag(nonce(piece, is_last), Aad::empty(), plain);
        room.copy_from_slice(sealed.map_err(|_| NotOfThisFile)?.as_ref());
        Ok(())
    }

    /// Opens a sealed piece where it lies.
    ///
    /// # Errors
    /// [`NotOfThisFile`].
    pub fn open<'a>(&self, shape: Shape, piece: u64, bytes: &'a mut [u8]) -> Result<&'a [u8], NotOfThisFile> {
        let opened = self.0.open_in_place(nonce(piece, shape.is_last(piece)), Aad::empty(), bytes);
        opened.map(|plain| &*plain).map_err(|_| NotOfThisFile)
    }
}

// FILE-003
fn nonce(piece: u64, is_last: bool) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    for (to, from) in bytes.iter_mut().zip(piece.to_be_bytes()) {
        *to = from;
    }
    if let Some(last) = bytes.last_mut() {
        *last = u8::from(is_last);
    }
    Nonce::assume_unique_for_key(bytes)
}

/// What a file's blob is called on this disk. It says nothing about the file to who has not its key (FILE-017).
pub fn blob_name(secret: &Secret) -> String {
    let name = label::derive(Label::FileName, secret.expose(), &[]);
    let half = name.expose().get(..16).unwrap_or_default();
    data_encoding::HEXLOWER.encode(half)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::PLAIN;

    fn sealed(key: &PieceKey, shape: Shape, piece: u64) -> Vec<u8> {
        let mut bytes = [b"the same words".as_slice(), &[0; TAG as usize]].concat();
        key.seal(piece, shape.is_last(piece), &mut bytes).unwrap();
        bytes
    }

    /// FILE-003
    #[test]
    fn a_piece_opens_at_its_own_place_in_its_own_file_alone() {
        let key = PieceKey::of(&Secret::new([7; 32])).unwrap();
        let (two, three) = (Shape::of(PLAIN + 14).unwrap(), Shape::of(2 * PLAIN + 14).unwrap());
        assert_eq!(key.open(two, 1, &mut sealed(&key, two, 1)), Ok(&b"the same words"[..]));
        assert_eq!(key.open(two, 0, &mut sealed(&key, two, 1)), Err(NotOfThisFile));
        // Two that are not the last: their places alone tell them apart.
        assert_eq!(key.open(three, 1, &mut sealed(&key, three, 0)), Err(NotOfThisFile));
        // Cut short: the second of three pieces does not pass for the last of two.
        assert_eq!(key.open(two, 1, &mut sealed(&key, three, 1)), Err(NotOfThisFile));
        let other = PieceKey::of(&Secret::new([8; 32])).unwrap();
        assert_eq!(other.open(two, 1, &mut sealed(&key, two, 1)), Err(NotOfThisFile));
        let mut flipped = sealed(&key, two, 1);
        flipped[3] ^= 1;
        assert_eq!(key.open(two, 1, &mut flipped), Err(NotOfThisFile));
    }

    /// FILE-017
    #[test]
    fn a_blobs_name_follows_from_the_key_and_does_not_show_it() {
        let name = blob_name(&Secret::new([7; 32]));
        assert_eq!((name.len(), name == blob_name(&Secret::new([8; 32]))), (32, false));
        assert!(!name.contains("0707"));
    }
}
