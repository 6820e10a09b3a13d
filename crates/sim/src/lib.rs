//! The simulator: many devices, one seed, every fault, and checkers that never look away.
//!
//! A [`world::World`] drives real [`kith_proto::conversation::Conversation`]s, each on a memory vault, over a network
//! that loses, doubles, delays and reorders. It crashes devices between commit and effects, loses their last step, sets
//! their clocks wrong and takes their connections away. Then it heals, and demands that all is quiet and equal. One
//! seed gives one history, byte for byte; `cargo sim SEED --verbose` prints it.
//!
//! Start with `tests/it/first_message.rs`, sixty lines. Then:
//!
//! - [`scenario`]: what happens under a seed, from founding to healing.
//! - [`world`]: the queue, the turns, the network.
//! - [`node`]: one device: vault, machine, clocks; how it crashes and comes back.
//! - [`check`]: what must hold at every commit, at every packet, and at the end.
//! - [`model_sealer`]: the sealer that most seeds run on, and [`sealing`], the choice between it and the real one.
//! - [`journal`]: the readable history.
//!
//! The network here is worse than the real one, which is QUIC: there, a connection loses nothing and keeps its order. The
//! core claims to survive worse, because records also come by files and other paths.

pub mod check;
pub mod journal;
pub mod model_sealer;
pub mod node;
pub mod scenario;
pub mod sealing;
pub mod world;

/// A rule of the simulation was broken: by the core, unless the simulator errs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The world's time, in microseconds.
    pub at_us: u64,
    /// Which rule, and how.
    pub what: String,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "at {} ms: {}", self.at_us / 1000, self.what)
    }
}

impl std::error::Error for Broken {}
