//! Room for sealed bytes on their way between the network and the disk.
//!
//! Room that is taken fresh for each mebibyte is given back to the system by the allocator, and its pages are found anew each
//! time, and filled with zeros: that takes more of a processor than sealing and checking. So a room goes back to where it was
//! taken when it is dropped, wherever that happens, and is taken again with what was in it.

use crate::disk::BLOCK;
use std::mem::take;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex};

/// Rooms that are kept: as much as a stream has under way.
const ROOMS_MAX: usize = 32;

/// The rooms of one stream. Clones are handles of the same ones.
#[derive(Debug, Default, Clone)]
pub struct Rooms(Arc<Mutex<Vec<Vec<u8>>>>);

/// Room for so many bytes, which begin where the disk can write to them itself.
#[derive(Debug)]
pub struct Room {
    bytes: Vec<u8>,
    begin: usize,
    length: usize,
    home: Rooms,
}

impl Rooms {
    /// Room for so many bytes. What was in it before may still be: who takes it fills it.
    pub fn take(&self, length: usize) -> Room {
        let kept = self.0.lock().ok().and_then(|mut rooms| rooms.pop());
        let wanted = length.saturating_add(BLOCK);
        let bytes = kept.filter(|bytes| bytes.len() >= wanted).unwrap_or_else(|| vec![0; wanted]);
        // Where the begin can't be found out, any will do: the disk is then reached through the system's cache.
        let begin = Some(bytes.as_ptr().align_offset(BLOCK)).filter(|begin| *begin < BLOCK).unwrap_or(0);
        Room { bytes, begin, length, home: self.clone() }
    }

    fn keep(&self, bytes: Vec<u8>) {
        if let Ok(mut rooms) = self.0.lock()
            && rooms.len() < ROOMS_MAX
        {
            rooms.push(bytes);
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.home.keep(take(&mut self.bytes));
    }
}

impl Deref for Room {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.bytes.get(self.begin..self.begin + self.length).unwrap_or_default()
    }
}

impl DerefMut for Room {
    fn deref_mut(&mut self) -> &mut [u8] {
        self.bytes.get_mut(self.begin..self.begin + self.length).unwrap_or_default()
    }
}

impl AsRef<[u8]> for Room {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_is_used_again_once_nobody_holds_it() {
        let rooms = Rooms::default();
        let mut first = rooms.take(1000);
        first.fill(7);
        assert_eq!(rooms.take(1000)[..], [0; 1000], "a new one, as the first is held");
        drop(first);
        // What was in it tells it from a new one.
        assert_eq!(rooms.take(900)[..], [7; 900]);
        let longer = rooms.take(1_000_000);
        assert_eq!((longer.len(), longer.iter().max()), (1_000_000, Some(&0)));
    }

    #[test]
    fn a_room_is_as_long_as_was_asked_and_begins_where_a_block_does() {
        let rooms = Rooms::default();
        for length in [0, 1, 1000, 3 << 20, 1 << 20, 7] {
            let mut room = rooms.take(length);
            room.fill(7);
            assert_eq!((room.len(), room.as_ptr().addr() % BLOCK), (length, 0));
        }
    }

    #[test]
    fn no_more_rooms_are_kept_than_a_stream_has_under_way() {
        let rooms = Rooms::default();
        drop((0..2 * ROOMS_MAX).map(|_| rooms.take(1)).collect::<Vec<Room>>());
        assert_eq!(rooms.0.lock().unwrap().len(), ROOMS_MAX);
    }
}
