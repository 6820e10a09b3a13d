//! Files of any size: how one is cut, sealed, hashed, kept on disk and asked for. No network, no clock, no thread.
//!
//! ```text
//! plain bytes ─ cut ─▶ pieces ─ AEAD under the file's key ─▶ sealed pieces ─ BLAKE3 tree ─▶ root
//!                                                              │ blob file                  │ file event
//!                                                              ▼                            ▼
//!                              other device: asks for hashes and pieces, keeps only what leads to the root
//! ```
//!
//! What lies on disk and what travels is the same ciphertext. The key and the root are in the file's event, in the vault; a
//! blob whose event is gone is rubbish that nobody can read.
//!
//! - [`shape`]: how many pieces a file has and where they are.
//! - [`seal`]: one piece, sealed and opened.
//! - [`tree`]: hashes of pieces and what they come to.
//! - [`pieces`]: which pieces are here.
//! - [`blob`]: a sealed file on disk: made from plain bytes, read, saved as a plain file.
//! - [`room`]: room for pieces on their way, used again and again.
//! - [`incoming`]: one that is filled piece by piece, each checked before it is written.
//! - [`folder`]: the blobs of one conversation.
//! - [`ask`]: what one device asks another for.
//! - [`name`]: a peer's name for a file, made safe.
//!
//! Invariants (`spec/files.md`):
//! - A piece that does not lead to the root is never written.
//! - A nonce is used once for a key: a key seals one file, and a file's pieces are never sealed again.
//! - What is said to be here was synced to the disk before.

pub mod ask;
pub mod blob;
mod disk;
pub mod folder;
pub mod incoming;
pub mod name;
mod passing;
pub mod pieces;
pub mod room;
pub mod seal;
pub mod shape;
pub mod tree;

pub use blob::Blob;
pub use folder::Folder;
pub use incoming::Incoming;
pub use pieces::Pieces;
pub use room::{Room, Rooms};
pub use shape::Shape;
