//! Reaching somebody at once, because a person wants it.
//!
//! By itself an agent asks ever more seldom after who is away (`links`). A person who knows better, as the other has just said on the
//! telephone that the device is on, needn't wait for the next time: all their devices are dialled at once, and the answer is
//! whether one of them was reached.
//!
//! The rate is bounded for each contact ([`REACH_EVERY`]): who asks sooner waits until then, together with whoever else does, and hears what
//! is found then, never what was found before.

use super::contacts::gone;
use super::setup::store_error;
use super::talk::json;
use super::{Answer, Core};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use kith_api::{Error, ErrorKind, Reached, Word};
use kith_base::{DeviceId, Mono};
use std::time::Duration;

/// A contact's devices are dialled for a person at most this often: a dial takes as long where nobody answers.
const REACH_EVERY: Duration = Duration::from_secs(5);
/// How long the answer may take; whoever is dialled by then and answers later is reached all the same.
const REACH_WAIT: Duration = Duration::from_secs(20);

impl Core {
    /// Tries to reach a contact at once; answers when one device was reached, or none can be.
    pub(super) fn reach_now(&mut self, contact: &Option<String>, answer: Answer) {
        let (devices, wait) = match self.devices_to_reach(contact) {
            Ok(both) => both,
            Err(error) => return drop(answer.send(Err(error))),
        };
        let links = self.links.clone();
        self.runtime.spawn(async move {
            tokio::time::sleep(wait).await;
            let mut tries: FuturesUnordered<_> = devices.iter().map(|device| links.try_now(*device)).collect();
            let one = async {
                while let Some(reached) = tries.next().await {
                    if reached {
                        return true;
                    }
                }
                false
            };
            let reached = tokio::time::timeout(REACH_WAIT, one).await.unwrap_or(false);
            // Who asked may have gone.
            drop(answer.send(Ok(json(&Reached { reached }))));
        });
    }

    /// The devices of a contact, and how long until they may be dialled.
    fn devices_to_reach(&mut self, contact: &Option<String>) -> Result<(Vec<DeviceId>, Duration), Error> {
        let id = self.find(contact)?;
        self.not_blocked(id)?;
        let now = self.clock.mono();
        let devices = self.home.registry().peers_of(id).map_err(|error| store_error(&error))?;
        let contact = self.contacts.get_mut(&id).ok_or_else(gone)?;
        if devices.is_empty() {
            return Err(Error::new(ErrorKind::WrongState, "device-none", [("name", Word::text(&contact.row.name))]));
        }
        let at = next_try(contact.tried, now);
        contact.tried = Some(at);
        Ok((devices.into_iter().map(|peer| peer.device).collect(), at.since(now)))
    }
}

/// When a contact may be dialled, after the last time or together with the next one.
fn next_try(tried: Option<Mono>, now: Mono) -> Mono {
    match tried {
        Some(next) if next > now => next,
        Some(last) => now.max(last + REACH_EVERY),
        None => now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_too_soon_shares_the_next_try_and_none_is_put_off_further() {
        let at = |seconds: u64| Mono::default() + Duration::from_secs(seconds);
        assert_eq!(next_try(None, at(7)), at(7));
        assert_eq!(next_try(Some(at(7)), at(8)), at(12));
        for seconds in 8..12 {
            assert_eq!(next_try(Some(at(12)), at(seconds)), at(12), "one is due then");
        }
        assert_eq!(next_try(Some(at(12)), at(30)), at(30));
    }
}
