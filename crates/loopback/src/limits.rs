//! Every bound on what local clients may send, hold and wait, each with its reason.

use kith_base::limits::LOCAL_LINE_BYTES_MAX;
use std::time::Duration;

/// Bounds of both carriers. The defaults are the product's; tests shorten the times.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Plain HTTP connections at once: a browser opens six for each origin it loads.
    pub connections_max: usize,
    /// WebSockets at once: one for each open window.
    pub sockets_max: usize,
    /// Local socket connections at once: a terminal interface and some scripts.
    pub local_max: usize,
    /// Calls of one client that are under way; the next is read when one has been answered.
    pub calls_max: usize,
    /// Request line and headers: a browser sends well under 4 KiB, and no cookie of ours.
    pub header_bytes_max: usize,
    /// Headers of one request.
    pub headers_max: usize,
    /// The body of a POST that is no file: a key.
    pub body_bytes_max: usize,
    /// What a page says of a file: a thumbnail and the longest words beside it, escaped.
    pub offer_bytes_max: usize,
    /// Files on their way to or from pages at once: a browser opens six connections for each origin.
    pub transfers_max: usize,
    /// How long a file may stand still on its way; a player that is paused asks again for what it still needs.
    pub stall_time: Duration,
    /// A WebSocket message: the longest text, every byte of it escaped to six, and its frame.
    pub frame_bytes_max: usize,
    /// A line on the local socket.
    pub line_bytes_max: usize,
    /// How long a client may take to send its headers or the body of a POST.
    pub request_time: Duration,
    /// How long a plain HTTP connection lives, apart from files on their way; browsers open another without being asked.
    pub connection_time: Duration,
    /// How long a new WebSocket may take to show its bearer.
    pub hello_time: Duration,
    /// How long a client may take to read one answer or push.
    pub write_time: Duration,
    /// What is left to answers under way when the agent stops, the answer to `stop` among them.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 128,
            sockets_max: 128,
            local_max: 64,
            calls_max: 32,
            header_bytes_max: 16 * 1024,
            headers_max: 64,
            body_bytes_max: 1024,
            offer_bytes_max: 160 * 1024,
            transfers_max: 64,
            stall_time: Duration::from_secs(120),
            frame_bytes_max: 2 * 1024 * 1024,
            line_bytes_max: LOCAL_LINE_BYTES_MAX,
            request_time: Duration::from_secs(10),
            connection_time: Duration::from_secs(120),
            hello_time: Duration::from_secs(5),
            write_time: Duration::from_secs(30),
            grace: Duration::from_secs(2),
        }
    }
}
