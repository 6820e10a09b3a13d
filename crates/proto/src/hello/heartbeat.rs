//! The heartbeat: one small datagram between paired devices that are not connected, to know where the other is.
//!
//! ```text
//! kind (1) ‖ counter (8, big endian) ‖ code (16)
//! ```
//!
//! The code is over kind, counter and direction under the pair secret. Who can't make one hears nothing back, and who
//! replays one neither: the receiver keeps the greatest counter it has heard, the sender writes its own down in blocks
//! ahead, so that it never falls (`spec/hello.md`, HELLO-020). No clock takes part.

use kith_base::label::mac;
use kith_base::{DeviceId, Label, Secret};
use subtle::ConstantTimeEq as _;

/// Length of a heartbeat on the wire.
pub const HEARTBEAT_BYTES: usize = 25;

/// What a heartbeat wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeartbeatKind {
    /// Are you there?
    Ping = 1,
    /// I am, at the address this comes from.
    Pong = 2,
    /// I am leaving; do not wait for me.
    Bye = 3,
}

/// One heartbeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heartbeat {
    /// What it wants.
    pub kind: HeartbeatKind,
    /// Above every counter this device sent to that one before.
    pub counter: u64,
}

impl Heartbeat {
    /// The datagram from one device of a pair to the other.
    pub fn seal(self, secret: &Secret, from: DeviceId, to: DeviceId) -> [u8; HEARTBEAT_BYTES] {
        let code = code(secret, self.kind as u8, self.counter, from, to);
        let mut out = [0; HEARTBEAT_BYTES];
        let parts = [self.kind as u8].into_iter().chain(self.counter.to_be_bytes()).chain(code);
        out.iter_mut().zip(parts).for_each(|(byte, part)| *byte = part);
        out
    }
}

/// A pair that a datagram may be from.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The pair secret.
    pub secret: &'a Secret,
    /// This device, as that pair knows it.
    pub me: DeviceId,
    /// The other device.
    pub them: DeviceId,
    /// The greatest counter heard from it; zero at first.
    pub greatest: u64,
}

/// Finds whom a datagram is from, by trial over all pairs. `None` means silence: it is not from a pair, or not fresh.
/// HELLO-022.
///
/// The caller stores the counter as the pair's greatest before it answers.
pub fn hear<'a, I>(datagram: &[u8], pairs: impl IntoIterator<Item = (I, Candidate<'a>)>) -> Option<(I, Heartbeat)> {
    let datagram: &[u8; HEARTBEAT_BYTES] = datagram.try_into().ok()?;
    let (&kind, rest) = datagram.split_first()?;
    let (counter, theirs) = rest.split_first_chunk::<8>()?;
    let counter = u64::from_be_bytes(*counter);
    let heartbeat = Heartbeat { kind: read_kind(kind)?, counter };
    let (id, pair) = pairs.into_iter().find(|(_, pair)| {
        let code = code(pair.secret, kind, counter, pair.them, pair.me);
        code[..].ct_eq(theirs).into()
    })?;
    // HELLO-021
    (counter > pair.greatest).then_some((id, heartbeat))
}

const fn read_kind(kind: u8) -> Option<HeartbeatKind> {
    match kind {
        1 => Some(HeartbeatKind::Ping),
        2 => Some(HeartbeatKind::Pong),
        3 => Some(HeartbeatKind::Bye),
        _ => None,
    }
}

fn code(secret: &Secret, kind: u8, counter: u64, from: DeviceId, to: DeviceId) -> [u8; 16] {
    let upwards = u8::from(from < to);
    // HELLO-020
    let full = mac(Label::Heartbeat, secret, &[&[kind], &counter.to_be_bytes(), &[upwards]]);
    let mut code = [0; 16];
    code.copy_from_slice(full.split_at(16).0);
    code
}
