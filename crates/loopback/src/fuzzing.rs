//! What the fuzz crate reaches of the two carriers, and nobody else does: one connection each, without a listener.

use crate::{Assets, Backend, Service, local, web};
use std::sync::Arc;
use tokio::net::UnixStream;
use tokio_util::sync::CancellationToken;

/// Serves one HTTP connection as if it had come to this port.
pub async fn web<B: Backend>(
    service: Arc<Service<B>>,
    (port, assets): (u16, Assets),
    stream: UnixStream,
    stop: CancellationToken,
) {
    web::serve_one(service, (port, assets), stream, stop).await;
}

/// Serves one connection of the local socket.
pub async fn local<B: Backend>(service: Arc<Service<B>>, stream: UnixStream, stop: CancellationToken) {
    local::serve_one(service, stream, stop).await;
}
