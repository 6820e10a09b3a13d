//! What the fuzz crate reaches: stored invitations, intents and renewals, read and written again.

use super::again::Renewal;
use super::found::Change;
use super::invitation::Invitation;
use kith_base::Mono;
use tokio_util::sync::CancellationToken;

/// A row of an open invitation.
pub fn stored_invitation(bytes: &[u8]) -> Option<Vec<u8>> {
    let now = Mono(5_000_000);
    Invitation::decode(bytes, now, &CancellationToken::new()).ok().map(|invitation| invitation.encode(now))
}

/// The body of an intent that makes a conversation of a pairing.
pub fn stored_intent(bytes: &[u8]) -> Option<Vec<u8>> {
    Change::decode(bytes).ok().map(|change| change.encode())
}

/// The keys of a try to pair again.
pub fn stored_renewal(bytes: &[u8]) -> Option<Vec<u8>> {
    Renewal::decode(bytes).ok().map(|renewal| renewal.encode())
}
