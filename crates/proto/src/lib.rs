//! The core of Kith: what two devices say to each other and what they remember, as a function.
//!
//! Nothing here reads a clock, draws randomness, opens a file or a socket, awaits, or walks a hash-ordered map. Time,
//! randomness and stored state come in; one [`io::WriteBatch`] and an ordered list of [`io::Effect`]s come out. The
//! caller commits the batch first and performs the effects after (`Step`), so that nothing is acknowledged and nothing
//! leaves before it is durable. The simulator and the agent drive the same code.
//!
//! Three types carry it: [`conversation::Conversation`] (one relationship's replicated logs at one device),
//! [`sealer::Sealer`] (what encrypts; MLS send groups in the product), and the pairing machines in [`pairing`], the
//! smallest complete protocol here and the place to start reading.
//!
//! Layers point down: `conversation` uses `log`, `sealer` and `identity`; `pairing` and `hello` use `identity`; all use
//! `crypto`. Siblings never import each other.

pub mod conversation;
pub mod crypto;
pub mod hello;
pub mod identity;
pub mod io;
pub mod log;
pub mod memory;
pub mod pairing;
pub mod sealer;
