//! The local socket: this user's own programs, one JSON object per line.
//!
//! `<home>/socket` has mode 0600, and whoever connects must be this user by the kernel's word. A socket file that is
//! left over is removed only if nobody answers on it.

use crate::scope::Scope;
use crate::session::{self, End, Unreadable};
use crate::{Backend, Service};
use futures_util::{Stream, StreamExt as _, future};
use rustix::fs::Mode;
use rustix::process::{geteuid, umask};
use std::fmt;
use std::io;
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::FileTypeExt as _;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_util::codec::{FramedRead, FramedWrite, LinesCodec, LinesCodecError};
use tokio_util::sync::CancellationToken;

/// A pause when the system has no file descriptors left, instead of a busy loop.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Where the socket of a home is; clients look there.
pub fn socket_path(home: &Path) -> PathBuf {
    home.join("socket")
}

/// Why the local socket can't be made. The environment is to blame.
#[derive(Debug)]
pub enum SocketError {
    /// An agent answers there.
    AlreadyRunning(PathBuf),
    /// Something that is no socket has its name.
    InTheWay(PathBuf),
    /// The system refuses.
    System(PathBuf, io::Error),
}

impl fmt::Display for SocketError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlreadyRunning(path) => {
                write!(f, "Kith already runs on this home: somebody answers on {}. Use it, or stop it.", path.display())
            }
            Self::InTheWay(path) => write!(f, "{} is not a socket. Move it away.", path.display()),
            Self::System(path, error) => {
                write!(f, "The socket {} can't be made: {error}. The home must exist and be writable.", path.display())
            }
        }
    }
}

impl std::error::Error for SocketError {}

/// The bound local socket, not serving yet. Its file goes when this does.
#[derive(Debug)]
pub struct Socket {
    listener: UnixListener,
    file: SocketFile,
}

#[derive(Debug)]
struct SocketFile(PathBuf);

impl Drop for SocketFile {
    fn drop(&mut self) {
        // A file that stays behind is found stale by the next start.
        let _stays = std::fs::remove_file(&self.0);
    }
}

impl Socket {
    /// Makes the socket of a home.
    ///
    /// # Errors
    /// [`SocketError`].
    pub async fn bind(home: &Path) -> Result<Self, SocketError> {
        let path = socket_path(home);
        let system = |error| SocketError::System(path.clone(), error);
        let directory = std::fs::File::open(home).map_err(system)?;
        let short = short_path(&directory);
        remove_stale(&path, &short).await?;
        // The mask is the process's: another thread's new file could only come out more private in this moment.
        let before = umask(Mode::RWXG | Mode::RWXO);
        let bound = UnixListener::bind(&short);
        umask(before);
        let listener = bound.map_err(system)?;
        let socket = Self { listener, file: SocketFile(path.clone()) };
        // The mask leaves the owner's execute bit, which means nothing on a socket.
        let private = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(&path, private).map_err(system)?;
        Ok(socket)
    }

    /// Serves until `stop`, then lets answers under way finish for a moment.
    pub async fn serve<B: Backend>(self, service: Arc<Service<B>>, stop: CancellationToken) {
        let most = service.limits.local_max;
        let grace = service.limits.grace;
        let connections = Arc::new(Semaphore::new(most));
        loop {
            let accepted = tokio::select! {
                () = stop.cancelled() => break,
                accepted = self.listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, _)) => {
                    if let (true, Ok(permit)) = (is_own_user(&stream), connections.clone().try_acquire_owned()) {
                        tokio::spawn(serve(service.clone(), stream, permit, stop.clone()));
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "a local connection could not be accepted");
                    sleep(ACCEPT_PAUSE).await;
                }
            }
        }
        drop(self.file);
        let all = u32::try_from(most).unwrap_or(u32::MAX);
        let _not_in_time = timeout(grace * 2, connections.acquire_many(all)).await;
    }
}

/// The socket by way of its open directory: a socket's path may have 108 bytes, a home's any number.
fn short_path(directory: &std::fs::File) -> PathBuf {
    PathBuf::from(format!("/proc/self/fd/{}/socket", directory.as_raw_fd()))
}

// LOOP-061
async fn remove_stale(path: &Path, short: &Path) -> Result<(), SocketError> {
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(SocketError::System(path.into(), error)),
        Ok(found) if !found.file_type().is_socket() => return Err(SocketError::InTheWay(path.into())),
        Ok(_) => {}
    }
    match UnixStream::connect(short).await {
        Ok(_) => Err(SocketError::AlreadyRunning(path.into())),
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            std::fs::remove_file(path).map_err(|error| SocketError::System(path.into(), error))
        }
        Err(error) => Err(SocketError::System(path.into(), error)),
    }
}

/// Whether the kernel says that the other end is this user's (LOOP-060).
fn is_own_user(stream: &UnixStream) -> bool {
    stream.peer_cred().is_ok_and(|peer| peer.uid() == geteuid().as_raw())
}

/// Serves one connection that is counted nowhere.
pub(crate) async fn serve_one<B: Backend>(service: Arc<Service<B>>, stream: UnixStream, stop: CancellationToken) {
    let alone = Arc::new(Semaphore::new(1));
    if let Ok(permit) = alone.try_acquire_owned() {
        serve(service, stream, permit, stop).await;
    }
}

async fn serve<B: Backend>(
    service: Arc<Service<B>>,
    stream: UnixStream,
    permit: OwnedSemaphorePermit,
    stop: CancellationToken,
) {
    let grace = service.limits.grace;
    // LOOP-062
    let codec = LinesCodec::new_with_max_length(service.limits.line_bytes_max);
    let (reader, writer) = stream.into_split();
    let (mut lines, mut outgoing) = (FramedRead::new(reader, codec.clone()), FramedWrite::new(writer, codec));
    let end = {
        let mut incoming = pin!(texts(&mut lines));
        session::run(service, Scope::Local, None, (&mut incoming, &mut outgoing), permit, &stop).await
    };
    tracing::debug!(?end, "a local client ended");
    drop(outgoing);
    if end == End::Unreadable {
        // What is left unread would reset the connection before the client has read why: it is thrown away first.
        let _not_in_time = timeout(grace, tokio::io::copy(lines.get_mut(), &mut tokio::io::sink())).await;
    }
}

fn texts(lines: impl Stream<Item = Result<String, LinesCodecError>>) -> impl Stream<Item = Result<String, Unreadable>> {
    let open =
        lines.take_while(|line| future::ready(!matches!(line, Err(LinesCodecError::Io(error)) if !is_text(error))));
    open.map(|line| {
        line.map_err(|error| match error {
            LinesCodecError::MaxLineLengthExceeded => Unreadable::TooLarge,
            LinesCodecError::Io(_) => Unreadable::NotText,
        })
    })
}

/// Whether an error is about the text rather than the connection: the codec reports both in one type.
fn is_text(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::InvalidData
}
