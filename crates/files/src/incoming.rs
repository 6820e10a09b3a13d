//! A file that comes piece by piece from a device that may lie.
//!
//! ```text
//! tops (several groups) ─▶ hashes of a group ─▶ its pieces ─▶ written ─▶ synced ─▶ said to be here
//! ```
//! Each arrow is a check against what stands to its left, and the first against the root in the file's event. What fails is
//! thrown away before it reaches the disk.

use crate::ask::What;
use crate::blob::as_hashes;
use crate::disk::Disk;
use crate::pieces::Pieces;
use crate::shape::{GROUP, HASH, SEALED, Shape};
use crate::tree::{self, Hash};
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _};
use std::path::Path;

/// Groups whose hashes are kept in memory; others are read again from the disk, and checked again.
const GROUPS_KEPT: usize = 4;

/// What came is not what the file's event says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unverified;

/// Why a piece was not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// It was thrown away.
    Unverified,
    /// The disk did not take it.
    Disk(io::Error),
}

/// A blob that is being filled.
#[derive(Debug)]
pub struct Incoming {
    disk: Disk,
    shape: Shape,
    root: Hash,
    tops: Option<Vec<Hash>>,
    groups: BTreeMap<u64, Vec<Hash>>,
    have: Pieces,
}

impl Incoming {
    /// Opens the blob of a file, of which these pieces are known to be here; makes it where there is none.
    ///
    /// # Errors
    /// What the disk says.
    pub fn open(path: &Path, shape: Shape, root: Hash, have: Pieces) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600);
        let disk = Disk::open(path, &mut options, shape.sealed())?;
        // What is not there can't be here: a blob that was lost or cut is asked for anew.
        let have = if disk.file().metadata()?.len() == 0 { Pieces::default() } else { have };
        Ok(Self { disk, shape, root, tops: None, groups: BTreeMap::new(), have })
    }

    /// What must be asked for before a piece can be checked, if anything.
    pub fn before(&self, piece: u64) -> Option<What> {
        if self.shape.pieces() == 1 {
            return None;
        }
        let group = piece / GROUP;
        if self.groups.contains_key(&group) {
            None
        } else if self.shape.groups() > 1 && self.tops.is_none() {
            Some(What::Tops)
        } else {
            Some(What::Hashes { group })
        }
    }

    /// Takes the hashes of all groups.
    ///
    /// # Errors
    /// [`Unverified`] when they do not come to the root.
    pub fn take_tops(&mut self, bytes: &[u8]) -> Result<(), Unverified> {
        let tops = as_hashes(bytes);
        // FILE-005
        if tops.len() as u64 != self.shape.groups() || tree::root_of(&tops) != self.root {
            return Err(Unverified);
        }
        self.tops = Some(tops);
        Ok(())
    }

    /// Takes the hashes of a group's pieces.
    ///
    /// # Errors
    /// [`NotTaken`]; unverified when they do not come to the group's hash.
    pub fn take_hashes(&mut self, group: u64, bytes: &[u8]) -> Result<(), NotTaken> {
        let hashes = as_hashes(bytes);
        let wanted = match &self.tops {
            None => (self.shape.groups() == 1).then_some(self.root),
            Some(tops) => usize::try_from(group).ok().and_then(|group| tops.get(group)).copied(),
        };
        let is_whole = hashes.len() as u64 == self.shape.group_length(group);
        // FILE-005
        if !is_whole || wanted != Some(tree::group_hash(self.shape, &hashes)) {
            return Err(NotTaken::Unverified);
        }
        self.disk.file().write_all_at(bytes, self.shape.hash_place(group * GROUP)).map_err(NotTaken::Disk)?;
        self.remember(group, hashes);
        Ok(())
    }

    fn remember(&mut self, group: u64, hashes: Vec<Hash>) {
        while self.groups.len() >= GROUPS_KEPT {
            self.groups.pop_first();
        }
        self.groups.insert(group, hashes);
    }

    /// Takes the hashes of a group from the disk where they were let go of: who jumps about in a film comes back.
    fn recall(&mut self, group: u64) -> io::Result<()> {
        let wanted = self.tops.as_ref().and_then(|tops| tops.get(usize::try_from(group).ok()?)).copied();
        let Some(wanted) = wanted.filter(|_| !self.groups.contains_key(&group)) else { return Ok(()) };
        let mut bytes = vec![0; usize::try_from(self.shape.group_length(group) * HASH).unwrap_or_default()];
        match self.disk.file().read_exact_at(&mut bytes, self.shape.hash_place(group * GROUP)) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            read => read?,
        }
        let hashes = as_hashes(&bytes);
        // FILE-005
        if tree::group_hash(self.shape, &hashes) == wanted {
            self.remember(group, hashes);
        }
        Ok(())
    }

    /// Takes sealed pieces that follow each other and whose hashes are known; those that lead to the root are written.
    ///
    /// # Errors
    /// [`NotTaken`] at the first that is not taken; those before it are.
    pub fn take_pieces(&mut self, from: u64, bytes: &[u8]) -> Result<(), NotTaken> {
        let mut good = from;
        let last = from + (bytes.len() as u64).div_ceil(SEALED).saturating_sub(1);
        for group in from / GROUP..=last / GROUP {
            self.recall(group).map_err(NotTaken::Disk)?;
        }
        let pieces = (from..).zip(bytes.chunks(SEALED as usize));
        // FILE-005
        for (piece, sealed) in pieces {
            if self.hash_of(piece) != Some(tree::piece_hash(self.shape, piece, sealed)) {
                break;
            }
            good = piece + 1;
        }
        let length = usize::try_from(self.shape.sealed_span(from, good - from)).unwrap_or_default();
        let taken = bytes.get(..length).unwrap_or_default();
        let at = from.saturating_mul(SEALED);
        self.disk.write(at, taken).map_err(NotTaken::Disk)?;
        if self.shape.pieces() == 1 && good == 1 {
            self.disk.file().write_all_at(&self.root, self.shape.hash_place(0)).map_err(NotTaken::Disk)?;
        }
        self.have.add(from, good);
        if length == bytes.len() { Ok(()) } else { Err(NotTaken::Unverified) }
    }

    /// What is here, on disk when this returns.
    ///
    /// # Errors
    /// What the disk says; nothing is known to be here then beyond what was before.
    // FILE-016
    pub fn sync(&self) -> io::Result<&Pieces> {
        self.disk.file().sync_data()?;
        Ok(&self.have)
    }

    /// What is here, synced or not.
    pub const fn have(&self) -> &Pieces {
        &self.have
    }

    /// Its shape.
    pub const fn shape(&self) -> Shape {
        self.shape
    }

    /// Whether all of it is here.
    pub fn is_whole(&self) -> bool {
        self.have.count() == self.shape.pieces()
    }

    fn hash_of(&self, piece: u64) -> Option<Hash> {
        if self.shape.pieces() == 1 {
            return (piece == 0).then_some(self.root);
        }
        let of_group = self.groups.get(&(piece / GROUP))?;
        of_group.get(usize::try_from(piece % GROUP).ok()?).copied()
    }
}

/// What a hash takes on the wire and on disk.
const _: () = assert!(HASH as usize == size_of::<Hash>());

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Blob;
    use crate::blob::Sealed;
    use crate::shape::PLAIN;
    use kith_base::Secret;

    struct Source {
        folder: tempfile::TempDir,
        plain: Vec<u8>,
        sealed: Sealed,
        blob: Blob,
    }

    const SECRET: [u8; 32] = [9; 32];

    fn source(size: u64) -> Source {
        let folder = tempfile::tempdir().unwrap();
        let plain: Vec<u8> = (0..size).map(|at| (at % 241) as u8).collect();
        let path = folder.path().join("there");
        let sealed = Blob::seal(&path, &Secret::new(SECRET), &mut plain.as_slice(), |_| true).unwrap();
        let blob = Blob::open(&path, sealed.shape).unwrap();
        Source { folder, plain, sealed, blob }
    }

    impl Source {
        fn incoming(&self, have: Pieces) -> Incoming {
            Incoming::open(&self.folder.path().join("here"), self.sealed.shape, self.sealed.root, have).unwrap()
        }

        fn answer(&self, what: What) -> Vec<u8> {
            let bytes = match what {
                What::Tops => self.blob.tops(),
                What::Hashes { group } => self.blob.hashes(group),
                What::Pieces { from, count } => self.blob.sealed(from, count),
                What::Thanks => Ok(Vec::new()),
            };
            let bytes = bytes.unwrap();
            assert_eq!(Some(bytes.len() as u64), what.answer_bytes(self.sealed.shape));
            bytes
        }

        /// Asks as one would that has `incoming`, at most so many times.
        fn pull(&self, incoming: &mut Incoming, times: usize) {
            for _ in 0..times {
                let Some((from, end)) = incoming.have().missing(0, 3, self.sealed.shape.pieces()) else { return };
                match incoming.before(from) {
                    Some(What::Tops) => incoming.take_tops(&self.answer(What::Tops)).unwrap(),
                    Some(What::Hashes { group }) => {
                        incoming.take_hashes(group, &self.answer(What::Hashes { group })).unwrap();
                    }
                    _ => incoming.take_pieces(from, &self.answer(What::Pieces { from, count: end - from })).unwrap(),
                }
            }
        }

        fn saved(&self) -> Vec<u8> {
            let here = Blob::open(&self.folder.path().join("here"), self.sealed.shape).unwrap();
            let to = self.folder.path().join("out");
            here.save(&Secret::new(SECRET), &to, true).unwrap();
            std::fs::read(to).unwrap()
        }
    }

    /// FILE-016
    #[test]
    fn a_file_that_came_in_parts_over_several_runs_is_the_one_that_was_sent() {
        for size in [0, 1, PLAIN, PLAIN + 1, 10 * PLAIN + 3] {
            let source = source(size);
            let mut have = Pieces::default();
            for _ in 0..20 {
                let mut incoming = source.incoming(have.clone());
                source.pull(&mut incoming, 2);
                have = Pieces::decode(&incoming.sync().unwrap().encode(), source.sealed.shape.pieces()).unwrap();
            }
            assert!(source.incoming(have).is_whole(), "{size}");
            assert!(source.saved() == source.plain, "{size}");
            // Who got it can give it: the hashes came along.
            let here = Blob::open(&source.folder.path().join("here"), source.sealed.shape).unwrap();
            assert_eq!(here.hashes(0).unwrap(), source.answer(What::Hashes { group: 0 }), "{size}");
        }
    }

    /// FILE-005
    #[test]
    fn a_flipped_bit_anywhere_is_thrown_away_and_what_came_before_it_is_kept() {
        let source = source(10 * PLAIN);
        let mut incoming = source.incoming(Pieces::default());
        let mut hashes = source.answer(What::Hashes { group: 0 });
        hashes[40] ^= 1;
        assert!(matches!(incoming.take_hashes(0, &hashes), Err(NotTaken::Unverified)));
        assert!(matches!(incoming.take_hashes(0, &hashes[..32]), Err(NotTaken::Unverified)));
        source.pull(&mut incoming, 1);
        let mut pieces = source.answer(What::Pieces { from: 2, count: 4 });
        pieces[2 * SEALED as usize + 17] ^= 0x10;
        assert!(matches!(incoming.take_pieces(2, &pieces), Err(NotTaken::Unverified)));
        assert_eq!((incoming.have().count(), incoming.have().missing(2, 9, 10)), (2, Some((4, 10))));
        // Right bytes at another place are not this place's.
        let other = source.answer(What::Pieces { from: 5, count: 1 });
        assert!(matches!(incoming.take_pieces(4, &other), Err(NotTaken::Unverified)));
        source.pull(&mut incoming, 20);
        assert!(source.saved() == source.plain);
    }

    /// FILE-005
    #[test]
    fn who_announces_another_size_is_believed_nothing() {
        let source = source(5 * PLAIN);
        for announced in [5 * PLAIN - 1, 6 * PLAIN, PLAIN, 0, (GROUP + 1) * PLAIN] {
            let shape = Shape::of(announced).unwrap();
            let path = source.folder.path().join(format!("{announced}"));
            let mut incoming = Incoming::open(&path, shape, source.sealed.root, Pieces::default()).unwrap();
            let hashes = source.answer(What::Hashes { group: 0 });
            let known = incoming.take_hashes(0, &hashes).is_ok();
            let sealed = source.answer(What::Pieces { from: 4, count: 1 });
            assert!(
                !known || incoming.take_pieces(4, &sealed[..shape.sealed_length(4) as usize]).is_err(),
                "{announced}"
            );
            assert!(!incoming.is_whole());
            assert_eq!(incoming.take_tops(&hashes), Err(Unverified));
        }
    }

    #[test]
    fn pieces_of_a_blob_that_is_gone_are_asked_for_again() {
        let source = source(3 * PLAIN);
        assert_eq!(source.incoming(Pieces::all(3)).have().count(), 0);
    }
}
