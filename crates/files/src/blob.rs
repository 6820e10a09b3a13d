//! A sealed file on disk.
//!
//! ```text
//! [ sealed piece 0 | … | last piece ][ hash of piece 0 | … ]
//! ```
//! The hashes behind the pieces are there so that who serves a file need not hash it anew.

use crate::disk::Disk;
use crate::passing::Passing;
use crate::seal::PieceKey;
use crate::shape::{GROUP, HASH, PLAIN, SEALED, Shape, TAG};
use crate::tree::{self, Hash};
use kith_base::Secret;
use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use std::fs::{File, OpenOptions};
use std::io::{self, Error, ErrorKind, Read, Write as _};
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use zeroize::Zeroize as _;

/// Pieces that are sealed, written and read together.
const BATCH: usize = 8;
/// What a file that is being made is called behind its name.
pub(crate) const UNFINISHED: &str = ".new";

/// What a file came to when it was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its shape.
    pub shape: Shape,
    /// The root of its tree.
    pub root: Hash,
}

/// A sealed file, to be read.
#[derive(Debug)]
pub struct Blob {
    disk: Disk,
    shape: Shape,
}

impl Blob {
    /// Seals all that a source has into a new blob, on disk when this returns. `told` hears how many plain bytes were
    /// sealed, and ends it by answering `false`.
    ///
    /// # Errors
    /// What the source or the disk says; `FileTooLarge`; `Interrupted` when it was ended. Nothing is left but a file that is
    /// being made, which a sweep removes.
    pub fn seal(
        path: &Path,
        secret: &Secret,
        source: &mut impl Read,
        mut told: impl FnMut(u64) -> bool,
    ) -> io::Result<Sealed> {
        let key = PieceKey::of(secret).map_err(|_| Error::other("a key of 32 bytes is one"))?;
        let unfinished = with_ending(path, UNFINISHED);
        let mut out = new_file(&unfinished)?;
        let mut hashes: Vec<Hash> = Vec::new();
        let (mut size, mut piece) = (0, 0);
        let (mut passing, mut written) = (Passing::default(), 0);
        let (mut now, mut next) = (room(), room());
        let mut length = fill(source, &mut now)?;
        let mut batch = Vec::with_capacity(BATCH * SEALED as usize);
        loop {
            let after = if length == PLAIN as usize { fill(source, &mut next)? } else { 0 };
            let is_last = after == 0;
            let bytes = now.get_mut(..length + TAG as usize).unwrap_or_default();
            key.seal(piece, is_last, bytes).map_err(|_| Error::other("a piece can be sealed"))?;
            hashes.push(tree::hash_at(piece, is_last && piece == 0, bytes));
            batch.extend_from_slice(bytes);
            size += length as u64;
            piece += 1;
            if batch.len() >= BATCH * SEALED as usize || is_last {
                out.write_all(&batch)?;
                written += batch.len() as u64;
                passing.wrote(&out, written);
                batch.clear();
                if !told(size) {
                    return Err(ErrorKind::Interrupted.into());
                }
            }
            if is_last {
                break;
            }
            if Shape::of(size).is_none() {
                return Err(ErrorKind::FileTooLarge.into());
            }
            std::mem::swap(&mut now, &mut next);
            length = after;
        }
        now.zeroize();
        next.zeroize();
        let shape = Shape::of(size).ok_or(ErrorKind::FileTooLarge)?;
        out.write_all(hashes.as_flattened())?;
        // FILE-015
        out.sync_all()?;
        std::fs::rename(&unfinished, path)?;
        sync_folder(path)?;
        Ok(Sealed { shape, root: tree::whole(shape, &hashes).0 })
    }

    /// Opens a blob.
    ///
    /// # Errors
    /// What the disk says.
    pub fn open(path: &Path, shape: Shape) -> io::Result<Self> {
        Disk::open(path, OpenOptions::new().read(true), shape.sealed()).map(|disk| Self { disk, shape })
    }

    /// Its shape.
    pub const fn shape(&self) -> Shape {
        self.shape
    }

    /// Reads sealed pieces that follow each other, as they travel, into room of [`Shape::sealed_span`].
    ///
    /// # Errors
    /// What the disk says; `UnexpectedEof` for pieces that are not there.
    pub fn sealed_into(&self, from: u64, room: &mut [u8]) -> io::Result<()> {
        self.disk.read(from.saturating_mul(SEALED), room)
    }

    /// As [`Self::sealed_into`], in room of its own.
    ///
    /// # Errors
    /// As there.
    pub fn sealed(&self, from: u64, count: u64) -> io::Result<Vec<u8>> {
        let length = usize::try_from(self.shape.sealed_span(from, count)).map_err(|_| ErrorKind::InvalidInput)?;
        let mut room = vec![0; length];
        self.sealed_into(from, &mut room).map(|()| room)
    }

    /// The hashes of a group's pieces.
    ///
    /// # Errors
    /// What the disk says.
    pub fn hashes(&self, group: u64) -> io::Result<Vec<u8>> {
        let from = group.saturating_mul(GROUP);
        self.read(self.shape.hash_place(from), self.shape.group_length(group) * HASH)
    }

    /// The hashes of all groups.
    ///
    /// # Errors
    /// What the disk says.
    pub fn tops(&self) -> io::Result<Vec<u8>> {
        let mut tops = Vec::new();
        for group in 0..self.shape.groups() {
            tops.extend(tree::group_hash(self.shape, &as_hashes(&self.hashes(group)?)));
        }
        Ok(tops)
    }

    /// One piece in plain, in `room`.
    ///
    /// # Errors
    /// What the disk says; `InvalidData` when it does not open under the key.
    pub fn plain<'a>(&self, key: &PieceKey, piece: u64, room: &'a mut Vec<u8>) -> io::Result<&'a [u8]> {
        room.resize(self.shape.sealed_length(piece) as usize, 0);
        self.disk.file().read_exact_at(room, piece.saturating_mul(SEALED))?;
        key.open(self.shape, piece, room).map_err(|_| ErrorKind::InvalidData.into())
    }

    /// Writes the whole in plain to a new file, on disk when this returns. What is at `to` stays unless it may be replaced.
    ///
    /// # Errors
    /// `AlreadyExists`; what the disk says; `InvalidData` when a piece does not open.
    pub fn save(&self, secret: &Secret, to: &Path, replace: bool) -> io::Result<()> {
        let key = PieceKey::of(secret).map_err(|_| Error::other("a key of 32 bytes is one"))?;
        if !replace && to.symlink_metadata().is_ok() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let part = with_ending(to, &format!(".{}.part", crate::seal::blob_name(secret).get(..8).unwrap_or_default()));
        let done = self.save_part(&key, &part).and_then(|()| put(&part, to, replace));
        if done.is_err() {
            // What can't be finished is of no use to anybody.
            drop(std::fs::remove_file(&part));
        }
        done
    }

    fn save_part(&self, key: &PieceKey, part: &Path) -> io::Result<()> {
        let mut out = new_file(part)?;
        let mut room = Vec::new();
        for piece in 0..self.shape.pieces() {
            out.write_all(self.plain(key, piece, &mut room)?)?;
        }
        room.zeroize();
        out.sync_all()
    }

    fn read(&self, at: u64, length: u64) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(length).map_err(|_| ErrorKind::InvalidInput)?];
        self.disk.file().read_exact_at(&mut bytes, at)?;
        Ok(bytes)
    }
}

/// Hashes that stand behind each other.
pub(crate) fn as_hashes(bytes: &[u8]) -> Vec<Hash> {
    bytes.as_chunks().0.to_vec()
}

fn room() -> Vec<u8> {
    vec![0; SEALED as usize]
}

/// Reads a whole piece, or all there is.
fn fill(source: &mut impl Read, room: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < PLAIN as usize {
        let rest = room.get_mut(length..PLAIN as usize).unwrap_or_default();
        match source.read(rest) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

/// A file that this user alone can read. One that a crash left is made anew.
fn new_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).custom_flags(libc_nofollow()).open(path)
}

/// A link that somebody put there is not followed.
fn libc_nofollow() -> i32 {
    rustix::fs::OFlags::NOFOLLOW.bits().cast_signed()
}

/// Gives a finished file its name; what has that name stays unless it may be replaced (FILE-019).
fn put(part: &Path, to: &Path, replace: bool) -> io::Result<()> {
    if replace {
        std::fs::rename(part, to)?;
    } else {
        match renameat_with(CWD, part, CWD, to, RenameFlags::NOREPLACE) {
            Ok(()) => {}
            // A file system that can't promise it is asked before.
            Err(Errno::INVAL | Errno::NOSYS) if to.symlink_metadata().is_err() => std::fs::rename(part, to)?,
            Err(Errno::INVAL | Errno::NOSYS) => return Err(ErrorKind::AlreadyExists.into()),
            Err(error) => return Err(error.into()),
        }
    }
    sync_folder(to)
}

pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => File::open(".")?.sync_all(),
        Some(parent) => File::open(parent)?.sync_all(),
        None => Ok(()),
    }
}

pub(crate) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn words(length: u64) -> Vec<u8> {
        (0..length).map(|at| (at * 7 % 253) as u8).collect()
    }

    #[test]
    fn what_was_sealed_is_saved_byte_for_byte() {
        let folder = tempfile::tempdir().unwrap();
        let secret = Secret::new([3; 32]);
        for (number, size) in [0, 1, PLAIN - 1, PLAIN, PLAIN + 1, 9 * PLAIN + 5].into_iter().enumerate() {
            let path = folder.path().join(format!("{number}"));
            let plain = words(size);
            let sealed = Blob::seal(&path, &secret, &mut plain.as_slice(), |_| true).unwrap();
            assert_eq!(sealed.shape.size(), size);
            let on_disk = std::fs::read(&path).unwrap();
            let (pieces, _) = on_disk.split_at(sealed.shape.sealed() as usize);
            assert_eq!(sealed.root, *blake3::hash(pieces).as_bytes());
            assert!(size < 16 || !on_disk.windows(16).any(|window| window == &plain[..16]));
            let to = folder.path().join(format!("{number}.out"));
            Blob::open(&path, sealed.shape).unwrap().save(&secret, &to, false).unwrap();
            assert!(std::fs::read(&to).unwrap() == plain, "{size}");
        }
    }

    /// FILE-019
    #[test]
    fn saving_replaces_nothing_unasked_and_leaves_no_half_file() {
        let folder = tempfile::tempdir().unwrap();
        let (path, to) = (folder.path().join("blob"), folder.path().join("out"));
        let secret = Secret::new([3; 32]);
        let sealed = Blob::seal(&path, &secret, &mut words(3 * PLAIN).as_slice(), |_| true).unwrap();
        let blob = Blob::open(&path, sealed.shape).unwrap();
        std::fs::write(&to, "mine").unwrap();
        assert_eq!(blob.save(&secret, &to, false).unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&to).unwrap(), b"mine");
        let other = folder.path().join("other");
        assert_eq!(blob.save(&Secret::new([4; 32]), &other, false).unwrap_err().kind(), ErrorKind::InvalidData);
        let mut names: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["blob", "out"]);
        blob.save(&secret, &to, true).unwrap();
        assert!(std::fs::read(&to).unwrap() == words(3 * PLAIN));
    }

    #[test]
    fn sealing_that_is_ended_leaves_no_blob() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("blob");
        let ended =
            Blob::seal(&path, &Secret::new([3; 32]), &mut words(20 * PLAIN).as_slice(), |size| size < 9 * PLAIN);
        assert_eq!(ended.unwrap_err().kind(), ErrorKind::Interrupted);
        assert!(!path.exists());
    }
}
