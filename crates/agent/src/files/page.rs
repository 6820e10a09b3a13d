//! Files between a page and this device's disk: what a page sends is sealed as it comes, and what it reads is opened piece by
//! piece. Nothing of either stands on the disk in plain.

use super::coming::Coming;
use bytes::Bytes;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use kith_files::Blob;
use kith_files::seal::PieceKey;
use kith_files::shape::{PLAIN, Shape};
use kith_loopback::Source;
use std::io::{self, ErrorKind, Read};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

/// The bytes of a file that a page sends, for a thread that may wait.
pub(crate) struct FromPage {
    bytes: mpsc::Receiver<Bytes>,
    chunk: Bytes,
    left: u64,
}

impl FromPage {
    pub(crate) const fn new(bytes: mpsc::Receiver<Bytes>, size: u64) -> Self {
        Self { bytes, chunk: Bytes::new(), left: size }
    }
}

impl Read for FromPage {
    /// # Errors
    /// `UnexpectedEof` where the page left before the whole had come: what is cut short is no file.
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Ok(0);
        }
        if self.chunk.is_empty() {
            self.chunk = self.bytes.blocking_recv().ok_or(ErrorKind::UnexpectedEof)?;
        }
        let length = self.chunk.len().min(room.len()).min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let taken = self.chunk.split_to(length);
        room.get_mut(..length).unwrap_or_default().copy_from_slice(&taken);
        self.left -= length as u64;
        Ok(length)
    }
}

/// A file that a page reads, whole or on its way here.
pub(crate) struct ToPage {
    path: PathBuf,
    shape: Shape,
    key: Arc<PieceKey>,
    coming: Option<Coming>,
}

impl ToPage {
    pub(crate) fn new(path: PathBuf, shape: Shape, key: PieceKey, coming: Option<Coming>) -> Self {
        Self { path, shape, key: Arc::new(key), coming }
    }
}

impl Source for ToPage {
    fn read(&self, at: u64) -> BoxFuture<'_, io::Result<Bytes>> {
        async move {
            let piece = at / PLAIN;
            if let Some(coming) = &self.coming {
                coming.wait(piece).await?;
            }
            let (path, shape, key) = (self.path.clone(), self.shape, Arc::clone(&self.key));
            let opened = spawn_blocking(move || {
                let mut room = Vec::new();
                let length = Blob::open(&path, shape)?.plain(&key, piece, &mut room)?.len();
                room.truncate(length);
                Ok::<_, io::Error>(room)
            });
            let plain = opened.await.map_err(io::Error::other)??;
            let before = usize::try_from(at % PLAIN).unwrap_or_default().min(plain.len());
            Ok(Bytes::from(plain).slice(before..))
        }
        .boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_leaves_early_sends_no_file() {
        let read = |sent: &[&'static [u8]], size| {
            let (sender, bytes) = mpsc::channel(8);
            sent.iter().for_each(|chunk| sender.try_send(Bytes::from_static(chunk)).unwrap());
            drop(sender);
            let mut all = Vec::new();
            FromPage::new(bytes, size).read_to_end(&mut all).map(|_| all)
        };
        assert_eq!(read(&[b"ab", b"cde"], 5).unwrap(), b"abcde");
        assert_eq!(read(&[], 0).unwrap(), b"");
        assert_eq!(read(&[b"ab", b"cd"], 5).unwrap_err().kind(), ErrorKind::UnexpectedEof);
    }
}
