//! Which sealer a world runs on.
//!
//! Every sealer draws from a generator of its own, forked for each call, so that how much a sealer draws moves nothing
//! else: on the same seed the model and the real one must give the same history of events.

use crate::model_sealer::ModelSealer;
use kith_base::{DeviceId, LogId, Rng};
use kith_proto::crypto::SignKey;
use kith_proto::sealer::mls::MlsSealer;
use kith_proto::sealer::{
    Addition, Change, Committed, JoinError, LeafKey, OpenError, Opened, Sealer, SealerFault, SealerRow,
};

/// The rows of a sealer, as a vault holds them.
pub type Rows = Vec<(Vec<u8>, Vec<u8>)>;

/// Makes a sealer from its rows; without any it is a fresh one.
pub type Sealing = fn(Rows) -> Box<dyn Sealer + Send>;

/// The model: quick, and transparent to the checkers.
pub fn model(rows: Rows) -> Box<dyn Sealer + Send> {
    twisted(ModelSealer::load(rows), ())
}

/// The product's: MLS send groups.
pub fn mls(rows: Rows) -> Box<dyn Sealer + Send> {
    twisted(MlsSealer::load(rows), ())
}

/// What a sealer does otherwise than the one inside it; by default nothing.
pub trait Twist<S: Sealer> {
    /// Whether an addition can be used.
    fn usable(&self, inner: &S, addition: &Addition) -> bool {
        inner.usable(addition)
    }

    /// The sealer handed out what changed in its rows.
    fn drained(&mut self, _inner: &mut S, _changed: &[SealerRow]) {}
}

impl<S: Sealer> Twist<S> for () {}

/// A sealer for a world that does one thing otherwise.
pub fn twisted<S, T>(inner: S, twist: T) -> Box<dyn Sealer + Send>
where
    S: Sealer + Send + 'static,
    T: Twist<S> + Send + 'static,
{
    Box::new(Apart { inner, twist })
}

/// A sealer whose draws move no other draw.
struct Apart<S, T> {
    inner: S,
    twist: T,
}

impl<S: Sealer, T: Twist<S>> Sealer for Apart<S, T> {
    fn create(&mut self, log: LogId, me: LeafKey, key: &SignKey, rng: &mut Rng) -> Result<(), SealerFault> {
        self.inner.create(log, me, key, &mut rng.fork())
    }

    fn key_package(&mut self, me: LeafKey, key: &SignKey, rng: &mut Rng) -> Result<Vec<u8>, SealerFault> {
        self.inner.key_package(me, key, &mut rng.fork())
    }

    fn forget_key_package(&mut self, key_package: &[u8]) {
        self.inner.forget_key_package(key_package);
    }

    fn commit(
        &mut self,
        log: LogId,
        key: &SignKey,
        position: &[u8],
        change: &Change,
        rng: &mut Rng,
    ) -> Result<Committed, SealerFault> {
        self.inner.commit(log, key, position, change, &mut rng.fork())
    }

    fn seal(
        &mut self,
        log: LogId,
        key: &SignKey,
        position: &[u8],
        plaintext: &[u8],
        rng: &mut Rng,
    ) -> Result<Vec<u8>, SealerFault> {
        self.inner.seal(log, key, position, plaintext, &mut rng.fork())
    }

    fn join(&mut self, log: LogId, writer: LeafKey, welcome: &[u8]) -> Result<(), JoinError> {
        self.inner.join(log, writer, welcome)
    }

    fn open(&mut self, log: LogId, writer: LeafKey, position: &[u8], body: &[u8]) -> Result<Opened, OpenError> {
        self.inner.open(log, writer, position, body)
    }

    fn leaves(&self, log: LogId) -> Vec<DeviceId> {
        self.inner.leaves(log)
    }

    fn usable(&self, addition: &Addition) -> bool {
        self.twist.usable(&self.inner, addition)
    }

    fn forget_group(&mut self, log: LogId) {
        self.inner.forget_group(log);
    }

    fn drain(&mut self) -> Vec<SealerRow> {
        let changed = self.inner.drain();
        self.twist.drained(&mut self.inner, &changed);
        changed
    }
}
