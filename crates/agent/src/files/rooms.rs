//! Room for the bytes of files on their way, used again and again.
//!
//! Room that is taken fresh for each mebibyte is given back to the system by the allocator, and its pages are found anew each
//! time: that took more of a processor than sealing, checking and the network's own sealing together.

use bytes::BytesMut;

/// Rooms that are kept: as much as a stream has under way.
const ROOMS_MAX: usize = 32;

/// The rooms of one stream.
#[derive(Debug, Default)]
pub(crate) struct Rooms(Vec<BytesMut>);

impl Rooms {
    /// Room for so many bytes: one that nobody holds any bytes of, or a new one.
    pub(crate) fn take(&mut self, length: usize) -> BytesMut {
        let free = self.0.iter_mut().position(|room| room.try_reclaim(length));
        let mut room = free.map_or_else(|| BytesMut::with_capacity(length), |at| self.0.swap_remove(at));
        room.resize(length, 0);
        room
    }

    /// Keeps a room from which the bytes were split off.
    pub(crate) fn keep(&mut self, room: BytesMut) {
        if self.0.len() < ROOMS_MAX {
            self.0.push(room);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_used_again_once_nobody_holds_its_bytes() {
        let mut rooms = Rooms::default();
        let mut first = rooms.take(1000);
        let place = first.as_ptr();
        let held = first.split().freeze();
        rooms.keep(first);
        let mut other = rooms.take(1000);
        assert_ne!(other.as_ptr(), place);
        drop(other.split());
        rooms.keep(other);
        drop(held);
        let (one, two) = (rooms.take(1000), rooms.take(1000));
        assert!([one.as_ptr(), two.as_ptr()].contains(&place));
        assert!(one.iter().chain(two.iter()).all(|byte| *byte == 0));
    }
}
