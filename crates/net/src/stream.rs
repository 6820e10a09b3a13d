//! Whole messages on one bidirectional QUIC stream.
//!
//! ```text
//! opener → a byte 1 (this format; 2 begins a stream of files), so that the other side sees the stream at once
//! each way: (length: u32, big endian ‖ that many bytes)*
//! ```
//! The two tasks here are the only ones that touch the stream, so that a caller may drop a pending `send` or `recv`
//! without tearing a frame. Both queues are short: a side that does not read stops the other by QUIC's flow control.

use crate::connection::{Activity, CloseCode};
use bytes::Bytes;
use iroh::endpoint::{Connection, RecvStream, SendStream};
use kith_base::limits::PACKET_BYTES_MAX;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// The format of the stream of messages.
const FORMAT: u8 = 1;
/// The format of a stream of files.
pub(crate) const FILES: u8 = 2;
/// Messages that wait on either side of the stream.
pub(crate) const QUEUE: usize = 4;
/// How long a closing side waits for the other to have everything.
pub(crate) const CLOSE_WAIT: Duration = Duration::from_secs(2);
/// Room for a message before any of it is there: memory grows with what has arrived, not with what was announced.
const CHUNK_BYTES: usize = 64 * 1024;

/// What the writer is asked to do.
#[derive(Debug)]
pub(crate) enum Outgoing {
    Message(Bytes),
    Close(CloseCode),
}

/// Opens the stream and shows it to the other side. `None` when the connection is gone.
pub(crate) async fn open(connection: &Connection) -> Option<(SendStream, RecvStream)> {
    let (mut send, recv) = connection.open_bi().await.ok()?;
    send.write_all(&[FORMAT]).await.ok()?;
    Some((send, recv))
}

/// Takes the stream that the other side opened. `None` when the connection is gone or speaks another format.
pub(crate) async fn take(connection: &Connection) -> Option<(SendStream, RecvStream)> {
    let (send, mut recv) = connection.accept_bi().await.ok()?;
    let mut format = [0];
    recv.read_exact(&mut format).await.ok()?;
    // NET-020
    if format == [FORMAT] {
        return Some((send, recv));
    }
    connection.close(CloseCode::BAD_FRAME.into(), b"");
    None
}

/// Writes messages until asked to close or the connection ends.
pub(crate) async fn write(
    connection: Connection,
    mut stream: SendStream,
    mut queue: mpsc::Receiver<Outgoing>,
    activity: Arc<Activity>,
) {
    while let Some(next) = queue.recv().await {
        match next {
            Outgoing::Message(message) => {
                activity.touch();
                if write_message(&mut stream, message).await.is_err() {
                    return;
                }
            }
            Outgoing::Close(code) => {
                if stream.finish().is_ok() {
                    drop(timeout(CLOSE_WAIT, stream.stopped()).await);
                }
                connection.close(code.into(), b"");
                return;
            }
        }
    }
}

async fn write_message(stream: &mut SendStream, message: Bytes) -> Result<(), iroh::endpoint::WriteError> {
    let length = u32::try_from(message.len()).unwrap_or(u32::MAX); // the sender has checked it against the limit
    // In one piece: two would leave in two packets, the first of them for four bytes.
    stream.write_all_chunks(&mut [Bytes::copy_from_slice(&length.to_be_bytes()), message]).await
}

/// Reads messages until the stream ends. A frame over the limit closes the connection.
pub(crate) async fn read(
    connection: Connection,
    mut stream: RecvStream,
    queue: mpsc::Sender<Bytes>,
    activity: Arc<Activity>,
) {
    loop {
        match next(&mut stream).await {
            Ok(Some(message)) => {
                activity.touch();
                if queue.send(message).await.is_err() {
                    return;
                }
            }
            Ok(None) => return,
            Err(TooLarge) => {
                connection.close(CloseCode::TOO_LARGE.into(), b"");
                return;
            }
        }
    }
}

/// A frame announces more than any message may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLarge;

/// The next message of a stream, `None` where it ends.
///
/// # Errors
/// [`TooLarge`], before any memory is taken for it; the peer is to blame.
pub(crate) async fn next(stream: &mut (impl AsyncRead + Unpin)) -> Result<Option<Bytes>, TooLarge> {
    let Ok(length) = stream.read_u32().await else { return Ok(None) };
    let length = length as usize;
    // NET-021
    if length > PACKET_BYTES_MAX {
        return Err(TooLarge);
    }
    let mut message = Vec::with_capacity(length.min(CHUNK_BYTES));
    let mut rest = stream.take(length as u64);
    while message.len() < length {
        match rest.read_buf(&mut message).await {
            Ok(0) | Err(_) => return Ok(None),
            Ok(_) => {}
        }
    }
    Ok(Some(message.into()))
}
