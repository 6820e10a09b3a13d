//! What a backup keeps of a conversation besides its events: who the people are, and nothing that could speak for this
//! device (`spec/backup.md`, BAK-011).
//!
//! *Conversation* ──[`relic`]──▶ *relic*: retired for good, read like any other, gone on with by pairing again.
//!
//! Invariants: no secret of the conversation is in the batch. A relic has no peer, so nothing can be owed, sealed or said to
//! anybody; the keys in its genesis were drawn for it and sign for nobody, whatever else fails.

use super::LoadError;
use super::past::Past;
use super::people::People;
use super::state::{Genesis, OwnLog, Progress};
use crate::crypto::{KemSecret, SignKey};
use crate::io::{MetaKey, StoredLog, View, Write, WriteBatch};
use kith_base::Rng;

/// The state under which the events of a conversation are kept in a backup, for a vault that has the events and nothing else.
///
/// # Errors
/// [`LoadError`] when there is no conversation, or it can't be read.
pub fn relic(view: &dyn View, rng: &mut Rng) -> Result<WriteBatch, LoadError> {
    let damaged = |what| move |_| LoadError::Damaged(what);
    let genesis = view.meta(MetaKey::Genesis).ok_or(LoadError::Absent)?;
    let genesis = Genesis::decode(&genesis).map_err(damaged("its beginning"))?;
    let progress = view.meta(MetaKey::Progress).unwrap_or_default();
    let progress = Progress::decode(&progress).map_err(damaged("its progress"))?;
    let people = People::decode(&view.meta(MetaKey::People).unwrap_or_default()).map_err(damaged("its people"))?;
    let past = Past::load(view)?;
    // BAK-011
    let genesis = Genesis { sign: SignKey::generate(rng), kem: KemSecret::generate(rng), pairwise: None, ..genesis };
    let progress = Progress { retired: true, established: progress.established, ..Progress::default() };
    let own = StoredLog { log: genesis.log, device: genesis.device, state: OwnLog::new(genesis.log).encode() };
    // What disappears does so from a backup as well.
    let timers = view.meta(MetaKey::Timers).map(|timers| Write::Meta(MetaKey::Timers, Some(timers)));
    Ok(WriteBatch {
        writes: [
            Write::Meta(MetaKey::Genesis, Some(genesis.encode())),
            Write::Meta(MetaKey::People, Some(people.encode())),
            Write::Meta(MetaKey::Past, Some(past.encode())),
            Write::Meta(MetaKey::Progress, Some(progress.encode())),
            Write::Log(own),
        ]
        .into_iter()
        .chain(timers)
        .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::{Conversation, Founding, Prospect, Refused};
    use crate::identity::manifest::Manifest;
    use crate::identity::seed::Root;
    use crate::io::{Delivery, EventRow, Expiry, StoredEvent};
    use crate::log::event::Body;
    use crate::memory::MemoryVault;
    use crate::sealer::mls::MlsSealer;
    use kith_base::{ConversationId, Mono, Secret, Wall};

    fn prospect(root: &Root, index: u32, rng: &mut Rng) -> Prospect {
        Prospect::new(&root.publics(&[index])[0], rng).unwrap()
    }

    /// A vault with a conversation of two and a text that waits.
    fn written(rng: &mut Rng) -> (MemoryVault, Prospect, Secret) {
        let root = Root::generate(rng);
        let (mine, theirs) = (prospect(&root, 0, rng), prospect(&root, 1, rng));
        let (mut sealer, pair_secret) = (MlsSealer::new(), rng.secret());
        let my_offer = mine.offer(&mut sealer, rng).unwrap();
        let their_offer = theirs.offer(&mut MlsSealer::new(), rng).unwrap().offer;
        let founding = Founding {
            conversation: ConversationId::from_bytes([3; 32]),
            prospect: mine.clone(),
            my_offer,
            their_bundle: theirs.bundle.clone(),
            their_list: theirs.list.clone(),
            their_device: theirs.device,
            their_offer,
            pair_secret: pair_secret.clone(),
            their_card: b"where they are".to_vec(),
            their_manifest: Manifest::CURRENT,
        };
        let mut vault = MemoryVault::default();
        vault.apply(&founding.batch(&mut sealer, rng).unwrap());
        let mut machine = Conversation::load(&vault, Box::new(sealer), Mono::default()).unwrap();
        let mut turn = machine.turn(&vault, Mono::default(), Wall(5), rng);
        turn.write(&Body::Text("it waits".into())).unwrap();
        let step = turn.done().unwrap();
        vault.apply(&step.batch);
        (vault, mine, pair_secret)
    }

    /// BAK-011
    #[test]
    fn what_a_backup_has_of_a_conversation_holds_no_secret_of_it_and_speaks_to_nobody() {
        let rng = &mut Rng::from_number(11);
        let (vault, mine, pair_secret) = written(rng);
        let batch = relic(&vault, rng).unwrap();
        let bytes = |write: &Write| match write {
            Write::Meta(_, Some(value)) => value.clone(),
            Write::Log(log) => log.state.clone(),
            other => panic!("{other:?} has no place in a backup"),
        };
        let genesis = Genesis::decode(&vault.meta(MetaKey::Genesis).unwrap()).unwrap();
        let pairwise = genesis.pairwise.unwrap();
        let secrets = [genesis.sign.secret(), genesis.kem.secret(), pairwise.secret(), &pair_secret]
            .map(|secret| *secret.expose());
        let has = |bytes: &[u8], secret: &[u8]| bytes.windows(32).any(|window| window == secret);
        assert!(secrets[..3].iter().all(|secret| has(&mine.encode(), secret)), "the probe finds what is there");
        for write in &batch.writes {
            assert!(!secrets.iter().any(|secret| has(&bytes(write), secret)), "{write:?}");
        }

        let mut relic = MemoryVault::default();
        relic.apply(&batch);
        let mut machine = Conversation::load(&relic, Box::new(MlsSealer::new()), Mono::default()).unwrap();
        assert!(machine.retired() && machine.known_peers().is_empty() && machine.deadline().is_none());
        assert_ne!(machine.signing_key().public(), genesis.sign.public());
        let mut turn = machine.turn(&relic, Mono::default(), Wall(6), rng);
        assert_eq!(turn.write(&Body::Text("again".into())), Err(Refused::Retired));
        let device = kith_base::DeviceId::from_bytes([9; 32]);
        turn.connected(device);
        turn.tick();
        let step = turn.done().unwrap();
        assert!(step.batch.is_empty() && step.effects.is_empty(), "{step:?}");
        assert!(matches!(super::relic(&MemoryVault::default(), rng), Err(LoadError::Absent)));
    }

    /// BAK-011, EVT-073: what runs out on the clock of a vault runs out in a backup of it, the time since included.
    #[test]
    fn a_message_whose_time_ran_out_since_the_backup_leaves_when_that_is_loaded() {
        let rng = &mut Rng::from_number(12);
        let (mut vault, ..) = written(rng);
        let mut machine = Conversation::load(&vault, Box::new(MlsSealer::new()), Mono::default()).unwrap();
        let mut turn = machine.turn(&vault, Mono::default(), Wall(1_000_000), rng);
        turn.set_timer(60).unwrap();
        let step = turn.done().unwrap();
        vault.apply(&step.batch);

        let mut restored = MemoryVault::default();
        restored.apply(&relic(&vault, rng).unwrap());
        // The store takes over events and their times row by row.
        let row = EventRow(1);
        let event = StoredEvent { delivery: Delivery::Delivered, ..vault.event(row).unwrap() };
        let body = Write::Body(row, vault.body(row).unwrap());
        let ends = Write::Expires(row, Some(Expiry::Ends(60_000)));
        restored.apply(&WriteBatch { writes: vec![Write::Event(event), body, ends] });
        for (seconds, stays) in [(59, true), (61, false)] {
            let mut machine = Conversation::load(&restored, Box::new(MlsSealer::new()), Mono::default()).unwrap();
            let wall = Wall(1_000_000 + seconds * 1000);
            let mut seen = restored.clone();
            seen.apply(&machine.turn(&restored, Mono::default(), wall, rng).done().unwrap().batch);
            assert_eq!(seen.body(row).is_some(), stays, "after {seconds} s");
        }
    }
}
