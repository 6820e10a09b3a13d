//! The signed half of a hello: which device, which start of its program, which device list, which versions.

use super::{HelloError, Proven, Role};
use crate::crypto::{SignKey, VerifyKey};
use crate::identity::{Manifest, Rank};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::limits::HELLO_BYTES_MAX;
use kith_base::{DeviceId, Label};

/// The two ends of a connection as the transport names them: opaque here.
#[derive(Debug, Clone, Copy)]
pub struct Endpoints<'a> {
    /// Who opened the connection.
    pub initiator: &'a [u8],
    /// Who was connected to.
    pub responder: &'a [u8],
}

/// What one device says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Greeting {
    /// Which device.
    pub device: DeviceId,
    /// How often its program has started: durable, counted before the first hello of a run.
    pub start: u64,
    /// The rank of its person's list that stands there.
    pub rank: Rank,
    /// What its program speaks.
    pub manifest: Manifest,
}

impl Greeting {
    fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), self.device.as_bytes())
            .number(Tag::must(2), self.start)
            .number(Tag::must(3), u64::from(self.rank.recovery_count))
            .number(Tag::must(4), self.rank.version)
            .bytes(Tag::must(5), &self.manifest.encode())
            .done()
    }

    fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4, 5])?;
        let recovery_count = u32::try_from(fields.number(3)?).map_err(|_| Malformed::BadValue(3))?;
        Ok(Self {
            device: DeviceId::from_bytes(fields.array(1)?),
            start: fields.number(2)?,
            rank: Rank { recovery_count, version: fields.number(4)? },
            manifest: Manifest::decode(fields.bytes(5)?)?,
        })
    }
}

/// Whom the pair secret was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer {
    /// The device.
    pub device: DeviceId,
    /// Its signing key, from its person's list.
    pub sign: VerifyKey,
}

/// What a hello established about the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Greeted {
    /// What it says about itself.
    pub theirs: Greeting,
    /// The highest version of the conversation protocol that both speak.
    pub version: u64,
}

/// This side's greeting is out; the other's is wanted. Both go at once, neither waits for the other.
#[must_use]
pub struct AwaitGreeting {
    proven: Proven,
    manifest: Manifest,
}

impl Proven {
    /// Which part this device plays.
    pub const fn role(&self) -> Role {
        self.role
    }

    /// Says who this device is. Returns the message to send.
    pub fn greet(self, mine: &Greeting, key: &SignKey, endpoints: Endpoints<'_>) -> (AwaitGreeting, Vec<u8>) {
        let body = mine.encode();
        let signature = key.sign(Label::HelloSignature, &self.statement(self.role, &body, endpoints));
        let message = [&signature[..], &body].concat();
        (AwaitGreeting { proven: self, manifest: mine.manifest }, message)
    }

    /// What a greeting's signature is over: the connection, the direction, and what is said (HELLO-005).
    fn statement(&self, role: Role, body: &[u8], endpoints: Endpoints<'_>) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), &self.exporter)
            .number(Tag::must(2), if role == Role::Initiator { 1 } else { 2 })
            .bytes(Tag::must(3), endpoints.initiator)
            .bytes(Tag::must(4), endpoints.responder)
            .bytes(Tag::must(5), body)
            .done()
    }
}

impl AwaitGreeting {
    /// Takes the other side's greeting.
    ///
    /// # Errors
    /// [`HelloError`]; the connection is closed then.
    pub fn on_greeting(self, message: &[u8], peer: &Peer, endpoints: Endpoints<'_>) -> Result<Greeted, HelloError> {
        // HELLO-004
        if message.len() > HELLO_BYTES_MAX {
            return Err(HelloError::TooLong);
        }
        let (signature, body) = message.split_first_chunk::<64>().ok_or(Malformed::Truncated)?;
        let statement = self.proven.statement(self.proven.role.other(), body, endpoints);
        peer.sign.verify(Label::HelloSignature, &statement, signature).map_err(|_| HelloError::NotSigned)?;
        let theirs = Greeting::decode(body)?;
        // HELLO-006
        if theirs.device != peer.device {
            return Err(HelloError::OtherDevice);
        }
        // HELLO-007, MAN-002
        let version = self.manifest.common_version(&theirs.manifest).ok_or(HelloError::NoCommonVersion)?;
        Ok(Greeted { theirs, version })
    }
}
