//! Real `kith` binaries on LANs of their own: what the tests in `tests/` are made with.
//!
//! A [`Lan`] is a set of network namespaces, one for each host, joined by cables and a bridge and without a route to
//! anywhere else. An [`Agent`] is one home on one host: the agent that runs on it, and the commands that speak to it.
//!
//! ```no_run
//! let pair = kith_lab::Pair::connected();
//! pair.alice.cmd(&["send", "Bob", "hello", "--wait", "delivered"]);
//! assert_eq!(pair.bob.texts("Alice"), ["hello"]);
//! ```
//!
//! - Nothing waits for a time: [`until`] waits for a condition, and fails with what it saw last when its deadline is over.
//! - Helpers fail by panicking, as tests do. An agent that is dropped in a panic prints what it wrote to stderr.
//! - What is random follows from a seed, which a test that fails prints with the command that repeats it. `KITH_LAB_SEED=n`
//!   chooses another, `KITH_LAB_KILLS=n` how many processes the tests in `crashes.rs` kill in all (forty if it is not
//!   set): a long run asks for thousands, `KITH_LAB_KILLS=4000 cargo nextest run --release -p kith-lab crashes::`.
//! - Nothing here needs root: the namespaces are made in a user namespace. `unshare`, `nsenter`, `setpriv` (util-linux)
//!   and `ip` (iproute2) are needed, and `strace` by the tests that trace.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "this crate is test code: its helpers fail by panicking"
)]

mod agent;
mod binary;
mod browser;
mod chance;
mod client;
mod lan;
mod pair;
pub mod scan;
mod screen;
pub mod snapshot;
pub mod trace;
mod wait;

pub use agent::Agent;
pub use binary::{beside_this_test, door_binary, kith_binary, previous_binary};
pub use browser::Browser;
pub use chance::{Chance, kills};
pub use client::{Client, Failure, Follow, Run, lines_of};
pub use lan::{Capture, Host, Lan};
pub use pair::{Pair, wait_connected};
pub use screen::Screen;
pub use wait::{holds, until};
