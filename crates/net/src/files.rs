//! A stream of files beside the stream of messages (NET-027): questions one way, sealed pieces the other.
//!
//! It yields to messages: of what waits to be sent, theirs goes first. A side that does not read it stops the other by QUIC's
//! flow control, on this stream alone: the connection's window has room for all of them.

use crate::NetError;
use crate::connection::Activity;
use crate::stream::FILES;
use bytes::Bytes;
use iroh::endpoint::{RecvStream, SendStream};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// Below the stream of messages, which has zero.
const PRIORITY: i32 = -1;
/// Packets' worth of a stream that are taken at once: as many as arrive together, and a bound for what is taken ahead.
const TAKEN: usize = 64;
/// How long an opened stream may take to say what it is.
const FORMAT_TIME: Duration = Duration::from_secs(10);

/// One stream of files. Dropped, it ends both ways.
#[derive(Debug)]
pub struct FileStream {
    send: SendStream,
    recv: RecvStream,
    activity: Arc<Activity>,
}

impl FileStream {
    /// Says on a new stream what it is.
    pub(crate) async fn begin(
        (mut send, recv): (SendStream, RecvStream),
        activity: Arc<Activity>,
    ) -> Result<Self, NetError> {
        // Where the stream is gone the next line says so.
        drop(send.set_priority(PRIORITY));
        send.write_all(&[FILES]).await.map_err(|_| NetError::Closed)?;
        Ok(Self { send, recv, activity })
    }

    /// Takes a stream that the other side opened; `None` when it is of another format.
    pub(crate) async fn take((send, mut recv): (SendStream, RecvStream), activity: Arc<Activity>) -> Option<Self> {
        let mut format = [0];
        // NET-027
        timeout(FORMAT_TIME, recv.read_exact(&mut format)).await.ok()?.ok()?;
        drop(send.set_priority(PRIORITY));
        (format == [FILES]).then_some(Self { send, recv, activity })
    }

    /// Both halves, for two tasks.
    pub fn split(self) -> (FileSender, FileReader) {
        let Self { send, recv, activity } = self;
        (
            FileSender { send, activity: activity.clone() },
            FileReader { recv, activity, taken: [const { Bytes::new() }; TAKEN] },
        )
    }
}

/// The sending half.
#[derive(Debug)]
pub struct FileSender {
    send: SendStream,
    activity: Arc<Activity>,
}

impl FileSender {
    /// Writes bytes; waits while the other side does not read.
    ///
    /// # Errors
    /// [`NetError::Closed`].
    pub async fn send(&mut self, bytes: Bytes) -> Result<(), NetError> {
        self.activity.touch();
        self.send.write_all_chunks(&mut [bytes]).await.map_err(|_| NetError::Closed)
    }

    /// Ends this direction; what was sent still arrives.
    pub fn finish(mut self) {
        // One that is gone has ended.
        drop(self.send.finish());
    }
}

/// The receiving half.
#[derive(Debug)]
pub struct FileReader {
    recv: RecvStream,
    activity: Arc<Activity>,
    /// What was taken and not yet read, in order, and empty places.
    taken: [Bytes; TAKEN],
}

impl FileReader {
    /// Fills a room; `None` when the stream ends before.
    ///
    /// What arrived is taken as it lies there and copied afterwards: a connection has one lock, and receives and acknowledges
    /// nothing while somebody copies out of it.
    pub async fn fill(&mut self, room: &mut [u8]) -> Option<()> {
        let mut rest = room;
        loop {
            for bytes in &mut self.taken {
                let length = bytes.len().min(rest.len());
                let (now, later) = rest.split_at_mut(length);
                now.copy_from_slice(bytes.split_to(length).as_ref());
                rest = later;
            }
            if rest.is_empty() {
                break;
            }
            self.recv.read_many_chunks(&mut self.taken).await.ok()??;
        }
        self.activity.touch();
        Some(())
    }

    /// Reads exactly so many bytes; `None` when the stream ends before. Memory is the caller's, and bounded by what it asks.
    pub async fn read(&mut self, length: usize) -> Option<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.fill(&mut bytes).await?;
        Some(bytes)
    }
}
