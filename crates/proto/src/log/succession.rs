//! Succession: a person's recovery key says that a new identity is theirs (`spec/pairing.md`, PAIR-054).
//!
//! It is made in the first event of a conversation by who was asked for that key, and believed by who asked. What is
//! signed names the new person and the conversation, which follow from both sides of one pairing: it serves in no other.

use crate::crypto::{SignKey, Unauthentic, VerifyKey};
use kith_base::codec::{Tag, Writer};
use kith_base::{ConversationId, Label, PersonId};

/// Signs with a recovery key that `person`, in `conversation`, is who this key belongs to.
pub fn sign(key: &SignKey, person: PersonId, conversation: ConversationId) -> [u8; 64] {
    key.sign(Label::SuccessionSignature, &statement(&key.public(), person, conversation))
}

/// Checks what [`sign`] made.
///
/// # Errors
/// [`Unauthentic`]: another key, person or conversation.
pub fn verify(
    key: &VerifyKey,
    person: PersonId,
    conversation: ConversationId,
    signature: &[u8; 64],
) -> Result<(), Unauthentic> {
    key.verify(Label::SuccessionSignature, &statement(key, person, conversation), signature)
}

fn statement(key: &VerifyKey, person: PersonId, conversation: ConversationId) -> Vec<u8> {
    Writer::new()
        .bytes(Tag::must(1), key.as_bytes())
        .bytes(Tag::must(2), person.as_bytes())
        .bytes(Tag::must(3), conversation.as_bytes())
        .done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_base::Rng;

    #[test]
    fn a_succession_serves_one_person_in_one_conversation() {
        let mut rng = Rng::from_number(1);
        let (key, other) = (SignKey::generate(&mut rng), SignKey::generate(&mut rng));
        let (person, conversation) = (PersonId::from_bytes([1; 32]), ConversationId::from_bytes([2; 32]));
        let signature = sign(&key, person, conversation);
        assert!(verify(&key.public(), person, conversation, &signature).is_ok());
        assert!(verify(&other.public(), person, conversation, &signature).is_err());
        assert!(verify(&key.public(), PersonId::from_bytes([3; 32]), conversation, &signature).is_err());
        assert!(verify(&key.public(), person, ConversationId::from_bytes([3; 32]), &signature).is_err());
    }
}
