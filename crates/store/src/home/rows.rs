//! The rows of the home vault, as plain data. What their numbers and opaque bytes mean is the agent's affair.

use kith_base::{ContactId, ConversationId, DeviceId, Secret, Wall};
use rusqlite::Row;
use rusqlite::types::Type;
use unicode_normalization::UnicodeNormalization as _;

/// One relationship.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactRow {
    /// Its id here.
    pub id: ContactId,
    /// What this person calls the other.
    pub name: String,
    /// Whether the two are paired.
    pub state: u64,
    /// How far its making is.
    pub stage: u64,
    /// Why that failed; empty if it did not.
    pub failure: String,
    /// Who invited.
    pub side: u64,
    /// The random label of its app's origin; no two contacts share one.
    pub host_label: String,
    /// Its conversation, once there is one.
    pub conversation: Option<ConversationId>,
    /// Its vault, once there is one.
    pub vault: Option<VaultSlot>,
    /// The person compared the safety number.
    pub verified: bool,
    /// They did so in person.
    pub met: bool,
    /// What its mark is drawn from.
    pub mark: Vec<u8>,
    /// This person's identity bundle in this relationship; empty before it is made.
    pub bundle: Vec<u8>,
    /// The other person's.
    pub their_bundle: Option<Vec<u8>>,
    /// This person's pairwise secrets, opaque.
    pub identity: Vec<u8>,
    /// When it was made, by this device's clock.
    pub created: Wall,
    /// What else the agent keeps about it, opaque.
    pub extra: Vec<u8>,
    /// Where it stands in its person's list.
    pub place: Place,
}

impl ContactRow {
    /// A contact of which nothing is known yet but what it is called, and under which label its app is; not compared, not met,
    /// and without a vault.
    pub fn new(id: ContactId, name: String, host_label: String, created: Wall) -> Self {
        Self {
            id,
            name,
            state: 0,
            stage: 0,
            failure: String::new(),
            side: 0,
            host_label,
            conversation: None,
            vault: None,
            verified: false,
            met: false,
            mark: Vec::new(),
            bundle: Vec::new(),
            their_bundle: None,
            identity: Vec::new(),
            created,
            extra: Vec::new(),
            place: Place::default(),
        }
    }
}

/// Where a contact stands in its person's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// Above the others.
    pub pinned: bool,
    /// Until when nothing announces its messages, by this device's clock, which is a hint: 0 is not at all, `u64::MAX`
    /// for good.
    pub muted: Wall,
    /// Apart from the others.
    pub archived: bool,
    /// Neither dialled nor answered.
    pub blocked: bool,
}

/// Where a conversation's vault lies and its key, wrapped by the device master key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultSlot {
    /// The file's name in the folder of vaults: random.
    pub file: String,
    /// The wrapped key, good for that file name alone.
    pub wrapped_key: Vec<u8>,
}

/// Another person's device, as this one reaches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerRow {
    /// The device.
    pub device: DeviceId,
    /// Whose it is.
    pub contact: ContactId,
    /// The secret of the two devices.
    pub pair_secret: Secret,
    /// Where it said it can be found, opaque.
    pub card: Vec<u8>,
    /// The highest heartbeat counter that it has shown.
    pub beat_seen: u64,
    /// What else the agent keeps about it, opaque.
    pub extra: Vec<u8>,
}

/// An open invitation of a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationRow {
    /// Whose.
    pub contact: ContactId,
    /// What kind of code or link.
    pub kind: u64,
    /// What it is announced under.
    pub name: Vec<u8>,
    /// The pairing's state, opaque.
    pub state: Vec<u8>,
}

/// A step over several vaults that is not finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntentRow {
    /// Given by the home, never used again.
    pub id: u64,
    /// What kind of step.
    pub kind: String,
    /// The vault it makes or removes, which no sweep touches; empty if none.
    pub vault_file: String,
    /// All that is needed to do it, opaque.
    pub body: Vec<u8>,
    /// When it was made, by this device's clock.
    pub created: Wall,
}

/// The public halves of one recovery key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryRow {
    /// The index it was derived by.
    pub number: u32,
    /// Its signing key.
    pub sign: Vec<u8>,
    /// Its KEM key.
    pub kem: Vec<u8>,
    /// A pairing has consumed it.
    pub used: bool,
}

/// What is kept of the address-book card that a contact was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardRow {
    /// Whose.
    pub contact: ContactId,
    /// What the address book knows it by; empty if it gives nothing.
    pub uid: String,
    /// The photograph's media type; empty without one.
    pub photo_type: String,
    /// The photograph.
    pub photo: Vec<u8>,
    /// The address book that it lies in; empty for a file that was imported.
    pub book: String,
    /// Its address there.
    pub address: String,
    /// Its version there, when this device last saw it.
    pub version: String,
}

/// A web origin's bearer token, by its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BearerRow {
    /// The token's hash.
    pub hash: [u8; 32],
    /// The host label it is good for.
    pub label: String,
    /// When it was given, by this device's clock.
    pub created: Wall,
}

/// The form under which names are looked up: composed, in lower case.
pub fn name_key(name: &str) -> String {
    name.nfc().collect::<String>().to_lowercase().nfc().collect()
}

pub(super) fn read_contact(row: &Row<'_>) -> rusqlite::Result<ContactRow> {
    let file: String = row.get(8)?;
    let wrapped_key = row.get(9)?;
    Ok(ContactRow {
        id: ContactId::from_bytes(row.get(0)?),
        name: row.get(1)?,
        state: number(row, 2)?,
        stage: number(row, 3)?,
        failure: row.get(4)?,
        side: number(row, 5)?,
        host_label: row.get(6)?,
        conversation: read_conversation(row, 7)?,
        vault: Some(VaultSlot { file, wrapped_key }).filter(|slot| !slot.file.is_empty()),
        verified: row.get(10)?,
        mark: row.get(11)?,
        bundle: row.get(12)?,
        their_bundle: Some(row.get::<_, Vec<u8>>(13)?).filter(|bundle| !bundle.is_empty()),
        identity: row.get(14)?,
        created: Wall(number(row, 15)?),
        extra: row.get(16)?,
        place: Place {
            pinned: row.get(17)?,
            muted: Wall(number(row, 18)?),
            archived: row.get(19)?,
            blocked: row.get(20)?,
        },
        met: row.get(21)?,
    })
}

/// Absent values are empty, so that no column is null.
fn read_conversation(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<ConversationId>> {
    let bytes: Vec<u8> = row.get(column)?;
    match ConversationId::from_slice(&bytes) {
        None if !bytes.is_empty() => Err(rusqlite::Error::InvalidColumnType(column, "conversation".into(), Type::Blob)),
        conversation => Ok(conversation),
    }
}

pub(super) fn read_peer(row: &Row<'_>) -> rusqlite::Result<PeerRow> {
    Ok(PeerRow {
        device: DeviceId::from_bytes(row.get(0)?),
        contact: ContactId::from_bytes(row.get(1)?),
        pair_secret: Secret::new(row.get(2)?),
        card: row.get(3)?,
        beat_seen: number(row, 4)?,
        extra: row.get(5)?,
    })
}

pub(super) fn read_invitation(row: &Row<'_>) -> rusqlite::Result<InvitationRow> {
    Ok(InvitationRow {
        contact: ContactId::from_bytes(row.get(0)?),
        kind: number(row, 1)?,
        name: row.get(2)?,
        state: row.get(3)?,
    })
}

pub(super) fn read_intent(row: &Row<'_>) -> rusqlite::Result<IntentRow> {
    Ok(IntentRow {
        id: number(row, 0)?,
        kind: row.get(1)?,
        vault_file: row.get(2)?,
        body: row.get(3)?,
        created: Wall(number(row, 4)?),
    })
}

pub(super) fn read_recovery(row: &Row<'_>) -> rusqlite::Result<RecoveryRow> {
    Ok(RecoveryRow { number: row.get(0)?, sign: row.get(1)?, kem: row.get(2)?, used: row.get(3)? })
}

pub(super) fn read_card(row: &Row<'_>) -> rusqlite::Result<CardRow> {
    Ok(CardRow {
        contact: ContactId::from_bytes(row.get(0)?),
        uid: row.get(1)?,
        photo_type: row.get(2)?,
        photo: row.get(3)?,
        book: row.get(4)?,
        address: row.get(5)?,
        version: row.get(6)?,
    })
}

pub(super) fn read_bearer(row: &Row<'_>) -> rusqlite::Result<BearerRow> {
    Ok(BearerRow { hash: row.get(0)?, label: row.get(1)?, created: Wall(number(row, 2)?) })
}

/// Numbers are stored bit for bit; none of these is compared in the database.
pub(super) fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::cast_unsigned)
}
