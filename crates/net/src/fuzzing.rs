//! What the fuzz crate reaches of this crate's decoders, and nobody else does.

use crate::stream;
use bytes::Bytes;
use tokio::io::AsyncRead;

pub use crate::mdns::fuzzing::{mdns, mdns_messages};

/// All messages of a stream, and whether it ended with a frame that is too large.
pub async fn frames(mut stream: impl AsyncRead + Unpin) -> (Vec<Bytes>, bool) {
    let mut messages = Vec::new();
    loop {
        match stream::next(&mut stream).await {
            Ok(Some(message)) => messages.push(message),
            Ok(None) => return (messages, false),
            Err(stream::TooLarge) => return (messages, true),
        }
    }
}
