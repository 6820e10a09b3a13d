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
//! vault), and any way to copy a vault to another device. Rules and columns are in `spec/vault.md`.

mod conversation;
mod engine;
mod error;
mod files;
#[doc(hidden)]
pub mod fuzzing;
mod home;

#[cfg(feature = "door")]
pub use conversation::SEALER_FORMAT;
pub use conversation::{ConversationVault, FileNote, Shown};
pub use engine::Durability;
pub use error::{ErrorKind, StoreError};
pub use home::{
    BearerRow, CardRow, ContactRow, Home, IntentRow, InvitationRow, PeerRow, Place, Protection, RecoveryRow, Registry,
    VaultSlot, name_key,
};

#[cfg(test)]
mod schema_tests;
