//! What a device keeps, encrypted at rest: one vault per conversation, one for the home, and the key to them all.
//!
//! ```text
//! home/key ── passphrase or file mode ──▶ device master key ──▶ home.db
//!                                              │                   │ wrapped key of each conversation
//!                                              └───────────────────┴──▶ vaults/<random>.db
//! ```
//!
//! [`ConversationVault`] implements the core's contract (`kith_proto::io`): a commit is on disk when it returns. Removing
//! a relationship destroys its wrapped key first; what is left is rubbish that nobody can read.
//!
//! Deliberately absent: policy (which row means what is the agent's affair), threads and async (one owner for each
//! vault), and any way to bring a vault's keys to another device: a backup has what was said, and nothing that speaks. Rules and columns are in `spec/vault.md`.

mod backup;
mod conversation;
mod engine;
mod error;
mod files;
#[doc(hidden)]
pub mod fuzzing;
mod home;
mod passphrase;

pub use backup::{About, BackupError, BackupWriter, GrowingFile, Restored, restore};
#[cfg(feature = "door")]
pub use conversation::SEALER_FORMAT;
pub use conversation::{ConversationVault, FileNote, Shown};
pub use engine::Durability;
pub use error::{ErrorKind, StoreError};
pub use home::{
    BearerRow, CardRow, ContactRow, CopiedHome, Home, HomeCopy, IntentRow, InvitationRow, PeerRow, Place, Protection,
    RecoveryRow, Registry, StretchedKey, VaultSlot, name_key,
};

#[cfg(test)]
mod schema_tests;
