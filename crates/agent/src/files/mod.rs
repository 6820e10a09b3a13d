//! Moving the bytes of files: tasks beside the core, which decides about each of them.
//!
//! ```text
//!   core ──begin──▶ pull ──questions──▶ their serve ──which blob?──▶ their core
//!    ▲                │ ◀───pieces────────┘
//!    └─ so much is on disk, ended: so ─┘
//! ```
//! A task knows one file and one connection, keeps nothing that must outlive it, and ends with its connection. What is to be
//! asked for, and what became of it, is the core's (`core/files.rs`) and in the vault.

pub(crate) mod coming;
pub(crate) mod kinds;
pub(crate) mod page;
pub(crate) mod pull;
pub(crate) mod serve;

use crate::core::Msg;
use kith_api::Error;
use kith_base::{ContactId, DeviceId, EventId};
use kith_files::{Pieces, Shape};
use kith_loopback::{Download, Upload};
use kith_proto::io::EventRow;
use kith_proto::log::file::FileBody;
use std::path::PathBuf;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// How often is told how far a file has come.
pub(crate) const TOLD_EVERY: Duration = Duration::from_millis(200);
/// Pieces that are read and written together: a mebibyte.
pub(crate) const TOGETHER: u64 = 4;

/// What tasks tell the core.
pub(crate) enum FileMsg {
    /// A file was sealed here, or could not be; it is to be sent.
    Sealed(Box<SealedFile>),
    /// A page sends a file.
    FromPage { contact: String, upload: Box<Upload>, answer: crate::core::Answer },
    /// A page reads a file.
    ToPage { contact: String, event: String, answer: oneshot::Sender<Result<Download, Error>> },
    /// A device asks for a file of this one.
    Asked { contact: ContactId, event: EventId, answer: oneshot::Sender<Served> },
    /// So many bytes of a file were given.
    Given { contact: ContactId, event: EventId, bytes: u64 },
    /// A device has all of a file of this one.
    Thanked { contact: ContactId, device: DeviceId, event: EventId },
    /// So many bytes of a file came; the pieces are those that are on disk, when that is told anew.
    Came { contact: ContactId, row: EventRow, bytes: u64, on_disk: Option<Pieces> },
    /// A pull ended.
    Ended { contact: ContactId, row: EventRow, number: u64, end: End },
    /// A pull that ended early is to be begun again.
    Again { contact: ContactId },
}

/// A file that was sealed, and who waits for its being sent.
pub(crate) struct SealedFile {
    pub(crate) contact: ContactId,
    /// What the sealed file is called.
    pub(crate) blob: String,
    pub(crate) body: Result<FileBody, Error>,
    pub(crate) wait: Option<kith_api::State>,
    pub(crate) timeout: Duration,
    pub(crate) answer: crate::core::Answer,
}

/// What of a file may be given to who asks for it.
#[derive(Debug, Clone)]
pub(crate) enum Served {
    /// What lies there.
    Blob { path: PathBuf, shape: Shape },
    /// Nothing at the moment: its person paused it.
    Later,
    /// Nothing: there is no such file for them.
    Nothing,
}

/// How a pull ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// All of it is on disk.
    Whole,
    /// The connection ended, or their device could not go on: it is tried again.
    Early,
    /// Their device has no such file.
    Gone,
    /// Its person paused giving it.
    Held,
    /// What came was not what the file's event says, again and again.
    Unchecked,
    /// The disk did not take it.
    NoRoom,
}

/// Tells the core something; one that has ended hears nothing.
pub(crate) async fn tell(core: &mpsc::Sender<Msg>, msg: FileMsg) {
    drop(core.send(Msg::File(msg)).await);
}
