//! A blob's file, read and written past the system's cache of pages where it is large.
//!
//! The bytes of a large file pass once. Through the cache each of them is copied, and needs a page that the system has to
//! find and to take from what people use: at a giver that was a third of its processor time. The disk itself moves whole
//! blocks between a [`Room`](crate::room::Room) and their place. What is not of whole blocks (the end of the last piece,
//! hashes), and file systems that know no such way, go through the cache. Both ways see the same bytes, and what went
//! either way is synced together.

use crate::passing::{Passing, is_large, let_go};
use rustix::fs::OFlags;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _};
use std::path::Path;

/// Place, length and address of bytes that the disk moves itself are multiples of this: no disk in use has larger blocks.
pub(crate) const BLOCK: usize = 4096;

/// A file, and the way past the cache where there is one.
#[derive(Debug)]
pub(crate) struct Disk {
    cached: File,
    direct: Option<File>,
    is_large: bool,
    passing: Passing,
}

impl Disk {
    /// Opens a file that has, or will have, so many bytes.
    ///
    /// # Errors
    /// What the disk says.
    pub(crate) fn open(path: &Path, options: &mut OpenOptions, bytes: u64) -> io::Result<Self> {
        let (cached, is_large) = (options.open(path)?, is_large(bytes));
        // Where there is no such way the other one does.
        let direct = is_large.then(|| options.custom_flags(direct_flag()).open(path).ok()).flatten();
        Ok(Self { cached, direct, is_large, passing: Passing::default() })
    }

    /// The file as everybody sees it.
    pub(crate) const fn file(&self) -> &File {
        &self.cached
    }

    /// Fills a room with what is at a place.
    ///
    /// # Errors
    /// What the disk says; `UnexpectedEof` for what is not there.
    pub(crate) fn read(&self, at: u64, room: &mut [u8]) -> io::Result<()> {
        let blocks = whole_blocks(at, room);
        let Some(direct) = self.direct.as_ref().filter(|_| blocks > 0) else { return self.read_cached(at, room) };
        let (whole, rest) = room.split_at_mut(blocks);
        match direct.read_exact_at(whole, at) {
            Err(error) if error.kind() == ErrorKind::InvalidInput => self.read_cached(at, whole)?,
            read => read?,
        }
        self.read_cached(at.saturating_add(blocks as u64), rest)
    }

    fn read_cached(&self, at: u64, room: &mut [u8]) -> io::Result<()> {
        self.cached.read_exact_at(room, at)?;
        if self.is_large && !room.is_empty() {
            let_go(&self.cached, at, at.saturating_add(room.len() as u64));
        }
        Ok(())
    }

    /// Writes bytes to a place.
    ///
    /// # Errors
    /// What the disk says.
    pub(crate) fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        let blocks = whole_blocks(at, bytes);
        let Some(direct) = self.direct.as_ref().filter(|_| blocks > 0) else { return self.write_cached(at, bytes) };
        let (whole, rest) = bytes.split_at(blocks);
        match direct.write_all_at(whole, at) {
            Err(error) if error.kind() == ErrorKind::InvalidInput => self.write_cached(at, whole)?,
            written => written?,
        }
        self.write_cached(at.saturating_add(blocks as u64), rest)
    }

    fn write_cached(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.cached.write_all_at(bytes, at)?;
        if !bytes.is_empty() {
            self.passing.wrote(&self.cached, at.saturating_add(bytes.len() as u64));
        }
        Ok(())
    }
}

fn direct_flag() -> i32 {
    OFlags::DIRECT.bits().cast_signed()
}

/// How many of these bytes, from the first on, the disk can move itself.
fn whole_blocks(at: u64, bytes: &[u8]) -> usize {
    let begins = at.is_multiple_of(BLOCK as u64) && bytes.as_ptr().addr().is_multiple_of(BLOCK);
    if begins { bytes.len() - bytes.len() % BLOCK } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::room::Rooms;

    const LENGTH: usize = 40 << 20;
    /// What statfs(2) says of a file system in memory.
    const TMPFS: i64 = 0x0102_1994;

    fn options() -> OpenOptions {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        options
    }

    fn pattern(length: usize) -> Vec<u8> {
        (0..length).map(|at| (at % 251) as u8).collect()
    }

    /// How many bytes the disk read for this thread: proc(5), `read_bytes`.
    fn read_from_the_disk() -> u64 {
        let counters = std::fs::read_to_string("/proc/thread-self/io").unwrap();
        counters.lines().find_map(|line| line.strip_prefix("read_bytes: ")?.parse().ok()).unwrap()
    }

    /// Whether a byte is in the system's cache: reading it asks nothing of the disk. That it comes without waiting would
    /// not say so, as asking begins to read it, and a quick disk is done by the time the system looks.
    fn is_cached(path: &Path, at: u64) -> bool {
        let file = File::open(path).unwrap();
        let before = read_from_the_disk();
        file.read_exact_at(&mut [0], at).unwrap();
        read_from_the_disk() == before
    }

    #[test]
    fn what_is_written_either_way_is_read_either_way() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let mut disk = Disk::open(&path, &mut options(), LENGTH as u64).unwrap();
        let rooms = Rooms::default();
        let all = pattern(LENGTH);
        // Whole blocks, a rest behind them, a begin within a block, and a few bytes.
        for (from, end) in
            [(0, 1 << 20), (1 << 20, (2 << 20) + 17), ((2 << 20) + 17, 3 << 20), (3 << 20, (3 << 20) + 5)]
        {
            let mut room = rooms.take(end - from);
            room.copy_from_slice(&all[from..end]);
            disk.write(from as u64, &room).unwrap();
        }
        disk.file().sync_data().unwrap();
        for (from, end) in [(0, 1 << 20), (4096, (3 << 20) + 5), (1 << 20, (3 << 20) - 1), (17, 20_000)] {
            let mut room = rooms.take(end - from);
            room.fill(0xaa);
            disk.read(from as u64, &mut room).unwrap();
            assert!(room[..] == all[from..end], "{from} to {end}");
        }
        assert!(std::fs::read(&path).unwrap() == all[..(3 << 20) + 5]);
        let mut behind = rooms.take(8192);
        assert_eq!(disk.read(3 << 20, &mut behind).unwrap_err().kind(), ErrorKind::UnexpectedEof);
    }

    #[test]
    fn a_large_file_leaves_nothing_in_the_cache_and_a_small_one_stays_there() {
        let folder = tempfile::tempdir().unwrap();
        let rooms = Rooms::default();
        for (length, stays) in [(1 << 20, true), (LENGTH as u64, false)] {
            let path = folder.path().join(length.to_string());
            let mut disk = Disk::open(&path, &mut options(), length).unwrap();
            if !stays && (disk.direct.is_none() || rustix::fs::statfs(&path).unwrap().f_type == TMPFS) {
                return; // A file system without such a way, or one that lies in the cache as a whole.
            }
            let mut room = rooms.take(1 << 20);
            room.fill(7);
            disk.write(0, &room).unwrap();
            disk.read(0, &mut room).unwrap();
            assert_eq!(is_cached(&path, 4096), stays, "{length}");
        }
    }

    #[test]
    fn without_a_way_past_the_cache_the_same_is_written_and_read() {
        let folder = tempfile::tempdir().unwrap();
        let mut disk = Disk::open(&folder.path().join("file"), &mut options(), LENGTH as u64).unwrap();
        disk.direct = None;
        let mut room = Rooms::default().take((1 << 20) + 3);
        room.copy_from_slice(&pattern((1 << 20) + 3));
        disk.write(4096, &room).unwrap();
        room.fill(0);
        disk.read(4096, &mut room).unwrap();
        assert!(room[..] == pattern((1 << 20) + 3));
    }
}
