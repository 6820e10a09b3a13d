//! Runs: the pairing machines of connections that are open, driven message by message.

use super::super::contacts::State;
use super::super::{Core, PairReply, PairSide};
use super::Progress;
use crate::pairing_io::Way;
use kith_api::{Error, ErrorKind, Word};
use kith_base::{ContactId, Mono};
use kith_proto::conversation::{MyOffer, Prospect};
use kith_proto::identity::Manifest;
use kith_proto::pairing::{
    Answered, Attempts, AwaitAnswer, AwaitConfirmation, AwaitElement, AwaitFirst, Introduction, PairingError,
    PairingSecret, Refusal, Verdict, Verified, refuse, start,
};
use kith_proto::sealer::mls::MlsSealer;
use std::time::Duration;

/// How long a run whose other side has the next word keeps others from getting as far. It takes a round trip and a
/// commit; one that takes longer may have ended with a crash, which the connection shows much later.
const STANDS: Duration = Duration::from_secs(5);

/// A pairing on one connection. Each message consumes the state it meets.
pub(super) enum Run {
    Invited { contact: ContactId, way: Way, state: Invited },
    Answering { attempt: u64, state: Answering },
}

pub(super) enum Invited {
    First(AwaitFirst),
    Confirmation(AwaitConfirmation),
    /// Since when it awaits the last word.
    Answered(Box<Answered>, Mono),
}

pub(super) enum Answering {
    Element(Box<AwaitElement>),
    /// Since when it awaits the answer.
    Answer(Box<Told>, Mono),
}

/// What was said about this side in a run, and what belongs to it.
pub(super) struct Told {
    state: AwaitAnswer,
    mine: Mine,
}

/// This side's part of one run: the sealer that made the offer holds its private half.
pub(super) struct Mine {
    pub(super) prospect: Prospect,
    pub(super) offer: MyOffer,
    pub(super) sealer: MlsSealer,
}

impl Core {
    pub(in crate::core) fn begin_run(&mut self, side: PairSide, exporter: [u8; 32]) -> Option<(u64, Option<Vec<u8>>)> {
        let (run, first) = match side {
            PairSide::Inviter { contact, way } => {
                let secret: PairingSecret = self.pairings.open.get(&contact)?.secret(way);
                let state = Invited::First(AwaitFirst::new(secret, exporter));
                (Run::Invited { contact, way, state }, None)
            }
            PairSide::Accepter { attempt } => {
                let going = self.pairings.attempts.get(&attempt)?;
                if going.progress != Progress::Searching {
                    return None;
                }
                let (state, first) = start(&going.secret, exporter, &mut self.rng);
                (Run::Answering { attempt, state: Answering::Element(Box::new(state)) }, Some(first))
            }
        };
        self.pairings.last_id += 1;
        self.pairings.runs.insert(self.pairings.last_id, run);
        Some((self.pairings.last_id, first))
    }

    pub(in crate::core) fn end_run(&mut self, run: u64) {
        self.pairings.runs.remove(&run);
    }

    pub(in crate::core) fn continue_run(&mut self, id: u64, bytes: &[u8]) -> PairReply {
        let Some(run) = self.pairings.runs.remove(&id) else { return PairReply::End };
        let (next, reply) = match run {
            Run::Invited { contact, way, state } => self.invited(contact, way, state, bytes),
            Run::Answering { attempt, state } => self.answering(attempt, state, bytes),
        };
        if let Some(next) = next {
            self.pairings.runs.insert(id, next);
        }
        reply
    }

    fn invited(&mut self, contact: ContactId, way: Way, state: Invited, bytes: &[u8]) -> (Option<Run>, PairReply) {
        let go_on = |state, reply| (Some(Run::Invited { contact, way, state }), PairReply::Send(reply));
        let broken = |error: PairingError| {
            tracing::debug!(%error, "somebody's answer to an invitation failed");
            let reason = match error {
                PairingError::NoCommonVersion => Refusal::Version,
                _ => Refusal::Broken,
            };
            (None, PairReply::Last(refuse(reason, None)))
        };
        match state {
            Invited::First(state) => match state.on_m1(bytes, &mut self.rng) {
                Ok((state, reply)) => go_on(Invited::Confirmation(state), reply),
                Err(error) => broken(error),
            },
            Invited::Confirmation(state) => match self.judge(contact, way, state, bytes) {
                Ok(Verdict::Right(verified)) => match self.take_answer(contact, way, *verified) {
                    Ok((answered, reply)) => go_on(Invited::Answered(Box::new(answered), self.clock.mono()), reply),
                    Err(refusal) => (None, PairReply::Last(refusal)),
                },
                Ok(Verdict::Wrong { refusal, .. } | Verdict::Dead { refusal }) => (None, PairReply::Last(refusal)),
                Err(error) => broken(error),
            },
            Invited::Answered(answered, _) => {
                let stands = self.contacts.get(&contact).and_then(|contact| contact.row.conversation);
                if answered.on_m5(bytes).is_ok() && stands == Some(answered.paired.conversation) {
                    self.close_attempts(contact, way);
                }
                (None, PairReply::End)
            }
        }
    }

    /// Checks a proof against the budget; a wrong one is stored before the refusal leaves (PAIR-041).
    fn judge(
        &mut self,
        contact: ContactId,
        way: Way,
        state: AwaitConfirmation,
        bytes: &[u8],
    ) -> Result<Verdict, PairingError> {
        let now = self.clock.mono();
        let mut none = Attempts::open(now, Duration::ZERO);
        let attempts = match self.pairings.open.get_mut(&contact) {
            Some(open) => open.attempts(way),
            None => &mut none,
        };
        let verdict = state.on_m3(bytes, attempts, now)?;
        if let Verdict::Wrong { .. } = verdict {
            if let Err(error) = self.store_invitation(contact) {
                tracing::warn!(%error, "a wrong try could not be stored");
            }
            self.expire_invitations(now);
            self.changed(contact);
        }
        Ok(verdict)
    }

    /// Somebody has the words: what this agrees on is stored, then the answer may leave.
    fn take_answer(
        &mut self,
        contact: ContactId,
        way: Way,
        verified: Verified,
    ) -> Result<(Answered, Vec<u8>), Vec<u8>> {
        let state = self.contacts.get(&contact).map(super::ContactState::state);
        let waits = matches!(state, Some(State::Inviting | State::Connecting | State::Failed));
        if !waits && !self.is_renewing(contact) {
            return Err(refuse(Refusal::Dead, None));
        }
        // An answer that awaits its last word stands: a second one would replace what the first has agreed on.
        let now = self.clock.mono();
        let answered = |run: &Run| {
            matches!(run, Run::Invited { contact: other, state: Invited::Answered(_, since), .. }
                if *other == contact && now < *since + STANDS)
        };
        if self.pairings.runs.values().any(answered) {
            return Err(refuse(Refusal::Busy, None));
        }
        if self.yields_to(contact, verified.theirs()) {
            return Err(refuse(Refusal::Crossed, None));
        }
        let broken = |_| refuse(Refusal::Broken, None);
        let mut mine = self.mine(contact).map_err(broken)?;
        let told = self.introduction(contact, &mine, None);
        let answered = verified.answer(told, &mut self.rng).map_err(|_| refuse(Refusal::Broken, None))?;
        let paired = &answered.0.paired;
        // PAIR-018
        self.found(contact, paired, &mut mine).map_err(|error| {
            tracing::warn!(%error, "a pairing could not be kept");
            refuse(Refusal::Busy, None)
        })?;
        tracing::debug!(?way, "an invitation was answered");
        Ok(answered)
    }

    /// Two who invited each other and answer each other at once, by whatever way: the invitation of the person with the
    /// smaller id goes on, which both sides see alike. An answer of this side's that is complete stands (PAIR-022).
    fn yields_to(&self, contact: ContactId, theirs: &Introduction) -> bool {
        let Ok(Prospect { bundle: mine, .. }) = self.prospect(contact) else { return false };
        self.pairings.attempts.values().filter(|attempt| attempt.contact == contact).any(|attempt| {
            match attempt.progress {
                Progress::Confirmed => true,
                Progress::Searching => theirs.bundle.person() < mine.person(),
                Progress::Crossed => false,
            }
        })
    }

    /// The accepter's last word came: nobody else can answer any more.
    fn close_attempts(&mut self, contact: ContactId, way: Way) {
        if let Some(open) = self.pairings.open.get_mut(&contact) {
            open.attempts(way).close();
        }
        self.close_invitation(contact);
    }

    fn answering(&mut self, attempt: u64, state: Answering, bytes: &[u8]) -> (Option<Run>, PairReply) {
        let Some(going) = self.pairings.attempts.get(&attempt) else { return (None, PairReply::End) };
        let contact = going.contact;
        if going.progress != Progress::Searching {
            return (None, PairReply::End);
        }
        let done = match state {
            Answering::Element(state) => self.prove(attempt, contact, *state, bytes),
            Answering::Answer(told, _) => self.conclude(attempt, contact, *told, bytes),
        };
        done.unwrap_or_else(|error| {
            self.answer_failed(attempt, error);
            (None, PairReply::End)
        })
    }

    fn prove(
        &mut self,
        attempt: u64,
        contact: ContactId,
        state: AwaitElement,
        bytes: &[u8],
    ) -> Result<(Option<Run>, PairReply), PairingError> {
        // The same device may be found at several places. One proof at a time; the others are tried again if it fails.
        let now = self.clock.mono();
        let proving = |run: &Run| {
            matches!(run, Run::Answering { attempt: other, state: Answering::Answer(_, since) }
                if *other == attempt && now < *since + STANDS)
        };
        if self.pairings.runs.values().any(proving) {
            return Ok((None, PairReply::End));
        }
        // One that took too long is given up for good, so that only one can be concluded.
        self.pairings.runs.retain(|_, run| {
            !matches!(run, Run::Answering { attempt: other, state: Answering::Answer(..) } if *other == attempt)
        });
        let Ok(mine) = self.mine(contact) else { return Ok((None, PairReply::End)) };
        let crossing = self.pairings.open.get(&contact).map(super::Invitation::name);
        let told = self.introduction(contact, &mine, crossing);
        let (state, reply) = state.on_m2(bytes, told)?;
        let state = Answering::Answer(Box::new(Told { state, mine }), now);
        Ok((Some(Run::Answering { attempt, state }), PairReply::Send(reply)))
    }

    /// The inviter proved the words too: what this agrees on is stored, then the last word may leave.
    fn conclude(
        &mut self,
        attempt: u64,
        contact: ContactId,
        told: Told,
        bytes: &[u8],
    ) -> Result<(Option<Run>, PairReply), PairingError> {
        let Told { state, mut mine } = told;
        let (paired, last) = state.on_m4(bytes, mine.prospect.kem())?;
        self.settle_name(attempt, contact, paired.theirs.name.as_deref());
        let contact = self.pairings.attempts.get(&attempt).map_or(contact, |attempt| attempt.contact);
        // PAIR-018
        if let Err(error) = self.found(contact, &paired, &mut mine) {
            self.fail_attempt(attempt, error);
            return Ok((None, PairReply::End));
        }
        if let Some(going) = self.pairings.attempts.get_mut(&attempt) {
            going.progress = Progress::Confirmed;
            going.stop.cancel();
        }
        self.close_invitation(contact);
        Ok((None, PairReply::Last(last)))
    }

    /// What a failed run means for the person: wrong words end it, somebody else's answer does not.
    fn answer_failed(&mut self, attempt: u64, error: PairingError) {
        tracing::debug!(%error, "an answer to an invitation failed");
        let PairingError::Refused { reason, tries_left } = error else { return };
        let failure = match (reason, tries_left) {
            (Refusal::WrongWords, None | Some(0)) => Error::new(ErrorKind::WrongCode, "code-wrong-last", []),
            (Refusal::WrongWords, Some(left)) => {
                Error::new(ErrorKind::WrongCode, "code-wrong", [("count", Word::count(left))])
            }
            (Refusal::Dead, _) => Error::new(ErrorKind::DeadCode, "code-over", []),
            (Refusal::Crossed, _) => {
                if let Some(going) = self.pairings.attempts.get_mut(&attempt) {
                    going.progress = Progress::Crossed;
                    going.stop.cancel();
                }
                return;
            }
            (Refusal::Busy | Refusal::Broken, _) => return,
            (Refusal::Version, _) => Error::new(ErrorKind::WrongState, "pairing-versions", []),
            (Refusal::Mine, _) => Error::new(ErrorKind::BadInput, "code-own", []),
            (Refusal::Other(number), _) => {
                Error::new(ErrorKind::DeadCode, "code-refused", [("number", Word::text(number))])
            }
        };
        self.give_up_attempt(attempt, failure);
    }

    /// Makes this side's part of one run: a KeyPackage is offered once.
    fn mine(&mut self, contact: ContactId) -> Result<Mine, ()> {
        let prospect = self.prospect(contact)?;
        let mut sealer = MlsSealer::new();
        let offer = prospect.offer(&mut sealer, &mut self.rng).map_err(|_| ())?;
        Ok(Mine { prospect, offer, sealer })
    }

    /// The identity that a pairing with this contact is about: the one made for going on, or the contact's first.
    fn prospect(&self, contact: ContactId) -> Result<Prospect, ()> {
        if let Some(renewal) = self.renewal(contact) {
            return Ok(renewal.prospect);
        }
        let row = &self.contacts.get(&contact).ok_or(())?.row;
        Prospect::decode(&row.identity).map_err(|_| ())
    }

    fn introduction(&mut self, contact: ContactId, mine: &Mine, crossing: Option<[u8; 16]>) -> Introduction {
        Introduction {
            bundle: mine.prospect.bundle.clone(),
            list: mine.prospect.list.clone(),
            device: mine.prospect.device,
            log: Vec::new(),
            key_package: mine.offer.offer.encode(),
            letter_key: mine.offer.offer.letter.clone(),
            name: self.settings.name.clone(),
            card: self.net.endpoint.local_card().encode(),
            salt: self.rng.bytes(),
            crossing,
            manifest: Manifest::CURRENT,
            known_by: self.asked_key(contact),
        }
    }
}
