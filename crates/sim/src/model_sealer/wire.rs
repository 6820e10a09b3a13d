//! What the model sends: messages, KeyPackages, and the frame that says who made them and under which secret.

use super::PackageId;
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{DeviceId, Label, LogId, Secret, label};
use kith_proto::crypto::{SignKey, VerifyKey};

pub(super) const WELCOME: u64 = 1;
pub(super) const COMMIT: u64 = 2;
pub(super) const APPLICATION: u64 = 3;

/// One leaf: whose it is, and the KeyPackage it came with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leaf {
    pub(super) device: DeviceId,
    pub(super) package: PackageId,
}

#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) kind: u64,
    pub(super) log: LogId,
    pub(super) epoch: u64,
    pub(super) generation: u64,
    /// The leaf that made it.
    pub(super) sender: u64,
    pub(super) position: Vec<u8>,
    /// The next epoch's secret; honest readers take it only if their leaf is among `leaves`.
    pub(super) secret: Option<Secret>,
    /// Who can open it; for a commit, the leaves after it.
    pub(super) leaves: Vec<Leaf>,
    pub(super) content: Vec<u8>,
}

impl Message {
    pub(super) fn encode(&self) -> Vec<u8> {
        let leaves = encode_leaves(&self.leaves);
        Writer::new()
            .number(Tag::must(1), self.kind)
            .bytes(Tag::must(2), self.log.as_bytes())
            .number(Tag::must(3), self.epoch)
            .number(Tag::must(4), self.generation)
            .number(Tag::must(5), self.sender)
            .bytes(Tag::must(6), &self.position)
            .optional(Tag::must(7), self.secret.as_ref().map(|secret| &secret.expose()[..]))
            .list(Tag::must(8), leaves.iter().map(Vec::as_slice))
            .bytes(Tag::must(9), &self.content)
            .done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        Ok(Self {
            kind: fields.number(1)?,
            log: LogId::from_bytes(fields.array(2)?),
            epoch: fields.number(3)?,
            generation: fields.number(4)?,
            sender: fields.number(5)?,
            position: fields.bytes(6)?.to_vec(),
            secret: fields.optional_array(7)?.map(Secret::new),
            leaves: decode_leaves(&fields, 8)?,
            content: fields.bytes(9)?.to_vec(),
        })
    }
}

#[derive(Debug)]
pub(super) struct KeyPackage {
    pub(super) device: DeviceId,
    pub(super) key: VerifyKey,
    pub(super) id: PackageId,
}

impl KeyPackage {
    pub(super) fn encode(&self) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), self.device.as_bytes())
            .bytes(Tag::must(2), self.key.as_bytes())
            .bytes(Tag::must(3), &self.id)
            .done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3])?;
        Ok(Self {
            device: DeviceId::from_bytes(fields.array(1)?),
            key: VerifyKey::from_bytes(fields.array(2)?),
            id: fields.array(3)?,
        })
    }
}

pub(super) fn encode_leaves(leaves: &[Leaf]) -> Vec<Vec<u8>> {
    leaves.iter().map(|leaf| [&leaf.device.as_bytes()[..], &leaf.package].concat()).collect()
}

pub(super) fn decode_leaves(fields: &Fields<'_>, tag: u32) -> Result<Vec<Leaf>, Malformed> {
    fields
        .list(tag)
        .map(|entry| {
            let (device, package) = entry.split_at_checked(DeviceId::LEN).ok_or(Malformed::BadValue(tag))?;
            Ok(Leaf {
                device: DeviceId::from_slice(device).ok_or(Malformed::BadValue(tag))?,
                package: package.try_into().map_err(|_| Malformed::BadValue(tag))?,
            })
        })
        .collect()
}

/// Everything that the model sends: what is said, who said it, and that it was said under an epoch's secret.
pub(super) struct Frame<'a> {
    pub(super) inner: &'a [u8],
    pub(super) tag: &'a [u8],
    pub(super) signature: [u8; 64],
}

/// Frames and signs `inner`, padded to `size` bytes where it is shorter.
pub(super) fn frame(inner: &[u8], secret: Option<&Secret>, key: &SignKey, size: usize) -> Vec<u8> {
    let tag = secret.map(|secret| label::mac(Label::OuterKey, secret, &[inner]));
    let framed = Writer::new()
        .bytes(Tag::must(1), inner)
        .bytes(Tag::must(2), tag.as_ref().map_or(&[][..], |tag| &tag[..]))
        .bytes(Tag::must(3), &key.sign(Label::OuterTag, inner))
        .done();
    let room = size.saturating_sub(framed.len());
    let padding = Writer::new().bytes(Tag::may(4), &vec![0; room]).done();
    [framed, padding].concat()
}

impl<'a> Frame<'a> {
    pub(super) fn decode(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3])?;
        Ok(Self { inner: fields.bytes(1)?, tag: fields.bytes(2)?, signature: fields.array(3)? })
    }

    pub(super) fn made_under(&self, secret: &Secret) -> bool {
        self.tag == label::mac(Label::OuterKey, secret, &[self.inner])
    }

    pub(super) fn signed_by(&self, key: &VerifyKey) -> bool {
        key.verify(Label::OuterTag, self.inner, &self.signature).is_ok()
    }
}
