//! Open invitations: a code for ten minutes and a link for seven days, each with a budget and an endpoint of its own.

use super::super::contacts::State;
use super::super::setup::store_error;
use super::super::talk::internal;
use super::{Core, code_name};
use crate::pairing_io::{self, OpenWay, Way};
use data_encoding::HEXLOWER;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;
use kith_api::{self as api, Error, ErrorKind, Word};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{ContactId, Mono, Wall, limits};
use kith_net::Card;
use kith_proto::pairing::{Attempts, Code, Death, Link, LinkSecret, PairingSecret, Standing, link_name, locator_name};
use kith_store::InvitationRow;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

/// One way to answer an invitation.
struct Open {
    attempts: Attempts,
    stop: CancellationToken,
}

/// What a contact can be answered with.
pub(super) struct Invitation {
    code: Code,
    by_code: Open,
    link: LinkSecret,
    by_link: Open,
    /// The link's endpoint key, so that the link stays good after a restart.
    link_key: [u8; 32],
    link_card: Vec<u8>,
    opened: Wall,
}

impl Invitation {
    pub(super) fn attempts(&mut self, way: Way) -> &mut Attempts {
        match way {
            Way::Code => &mut self.by_code.attempts,
            Way::Link => &mut self.by_link.attempts,
        }
    }

    pub(super) fn secret(&self, way: Way) -> PairingSecret {
        match way {
            Way::Code => PairingSecret::from(&self.code),
            Way::Link => PairingSecret::from(&self.link),
        }
    }

    pub(super) fn stop(&self, way: Way) {
        match way {
            Way::Code => self.by_code.stop.cancel(),
            Way::Link => self.by_link.stop.cancel(),
        }
    }

    /// What it is known by, to settle two at once: the code's name, as that is what people are given first.
    pub(super) fn name(&self) -> [u8; 16] {
        code_name(&locator_name(self.code.locator()))
    }

    pub(super) fn has_name(&self, name: &[u8; 16]) -> bool {
        self.name() == *name || link_name(&self.link) == *name
    }

    pub(super) fn deadline(&self, now: Mono) -> Option<Mono> {
        let until = |open: &Open| match open.attempts.standing(now) {
            Standing::Open { remaining, .. } => Some(now + remaining),
            Standing::Dead(_) => None,
        };
        [until(&self.by_code), until(&self.by_link)].into_iter().flatten().min()
    }

    pub(super) fn encode(&self, now: Mono) -> Vec<u8> {
        Writer::new()
            .bytes(Tag::must(1), self.code.to_string().as_bytes())
            .bytes(Tag::must(2), &self.by_code.attempts.encode(now))
            .bytes(Tag::must(3), self.link.expose())
            .bytes(Tag::must(4), &self.by_link.attempts.encode(now))
            .bytes(Tag::must(5), &self.link_key)
            .bytes(Tag::must(6), &self.link_card)
            .number(Tag::must(7), self.opened.0)
            .done()
    }

    pub(super) fn decode(bytes: &[u8], now: Mono, stop: &CancellationToken) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4, 5, 6, 7])?;
        let open = |tag| {
            let attempts = Attempts::decode(fields.bytes(tag)?, now)?;
            Ok::<_, Malformed>(Open { attempts, stop: stop.child_token() })
        };
        Ok(Self {
            code: fields.text(1)?.parse().map_err(|_| Malformed::BadValue(1))?,
            by_code: open(2)?,
            link: LinkSecret::new(fields.array(3)?),
            by_link: open(4)?,
            link_key: fields.array(5)?,
            link_card: fields.bytes(6)?.to_vec(),
            opened: Wall(fields.number(7)?),
        })
    }
}

impl Core {
    /// Opens a fresh code and link for a contact and stores them.
    pub(super) fn open_invitation(&mut self, id: ContactId) -> Result<(), Error> {
        let now = self.clock.mono();
        let open =
            |stands, stop: &CancellationToken| Open { attempts: Attempts::open(now, stands), stop: stop.child_token() };
        let invitation = Invitation {
            code: self.fresh_code(),
            by_code: open(limits::CODE_OPEN, &self.stop),
            link: LinkSecret::generate(&mut self.rng),
            by_link: open(limits::LINK_OPEN, &self.stop),
            link_key: self.rng.bytes(),
            link_card: Vec::new(),
            opened: self.clock.wall(),
        };
        self.pairings.open.insert(id, invitation);
        let listening = self.listen(id, Way::Code).and_then(|()| self.listen(id, Way::Link));
        if let Err(error) = listening {
            self.close_invitation(id);
            return Err(error);
        }
        self.store_invitation(id)
    }

    /// A code whose digits no other open invitation of this device has.
    fn fresh_code(&mut self) -> Code {
        loop {
            let code = Code::generate(&mut self.rng);
            if self.pairings.open.values().all(|open| open.code.locator() != code.locator()) {
                return code;
            }
        }
    }

    /// Binds the endpoint of one way and notes where it is.
    fn listen(&mut self, id: ContactId, way: Way) -> Result<(), Error> {
        let code_key = self.rng.bytes();
        let Some(open) = self.pairings.open.get(&id) else { return Ok(()) };
        let (name, key, stop) = match way {
            Way::Code => (locator_name(open.code.locator()), code_key, open.by_code.stop.clone()),
            Way::Link => (HEXLOWER.encode(&link_name(&open.link)), open.link_key, open.by_link.stop.clone()),
        };
        let mut config = self.settings.network.for_pairing(key);
        let before = Card::decode(&open.link_card).ok().filter(|_| way == Way::Link);
        let port = before.and_then(|card| card.addresses.first().map(std::net::SocketAddr::port));
        config.port = port.unwrap_or(0);
        let card = self.bind_way(id, way, &name, config.clone(), &stop).or_else(|error| {
            if config.port == 0 {
                return Err(error);
            }
            config.port = 0;
            self.bind_way(id, way, &name, config, &stop)
        })?;
        if way == Way::Link
            && let Some(open) = self.pairings.open.get_mut(&id)
        {
            open.link_card = card.encode();
        }
        Ok(())
    }

    fn bind_way(
        &self,
        contact: ContactId,
        way: Way,
        name: &str,
        config: kith_net::Config,
        stop: &CancellationToken,
    ) -> Result<Card, Error> {
        let (bound, answer) = oneshot::channel();
        let open =
            OpenWay { contact, way, name: name.to_owned(), config, mdns: self.net.mdns.clone(), stop: stop.clone() };
        self.tasks.spawn_on(pairing_io::open(open, self.me.clone(), bound), &self.runtime);
        match self.runtime.block_on(answer) {
            Ok(Ok(card)) => Ok(card),
            Ok(Err(error)) => Err(Error::new(ErrorKind::Network, "pairing-no-network", [("why", Word::text(error))])),
            Err(_) => Err(internal("an invitation's endpoint ended at once")),
        }
    }

    /// The open invitation of a contact, as clients see it; `None` once its code is dead.
    pub(in crate::core) fn invitation(&self, id: ContactId) -> Result<Option<api::Invitation>, Error> {
        let now = self.clock.mono();
        let wall = self.clock.wall().0;
        let Some(open) = self.pairings.open.get(&id) else { return Ok(None) };
        let Standing::Open { tries_left, remaining } = open.by_code.attempts.standing(now) else { return Ok(None) };
        let link_left = match open.by_link.attempts.standing(now) {
            Standing::Open { remaining, .. } => remaining,
            Standing::Dead(_) => std::time::Duration::ZERO,
        };
        let link = Link::new(open.link.clone(), open.link_card.clone())
            .ok_or_else(|| internal("this device has too many addresses for a link"))?;
        let ends = |left: std::time::Duration| wall + u64::try_from(left.as_millis()).unwrap_or_default();
        Ok(Some(api::Invitation {
            contact: id.to_string(),
            code: open.code.to_string(),
            link: link.to_string(),
            expires_at: ends(remaining),
            link_expires_at: ends(link_left),
            failures: open.by_code.attempts.failures(),
            tries_left,
            qr_svg: qr(&link.qr_text()),
        }))
    }

    /// Wrong tries so far and tries left, while a code is open.
    pub(in crate::core) fn failures(&self, id: ContactId) -> Option<(u32, u32)> {
        let attempts = &self.pairings.open.get(&id)?.by_code.attempts;
        match attempts.standing(self.clock.mono()) {
            Standing::Open { tries_left, .. } => Some((attempts.failures(), tries_left)),
            Standing::Dead(_) => None,
        }
    }

    pub(super) fn store_invitation(&self, id: ContactId) -> Result<(), Error> {
        let Some(open) = self.pairings.open.get(&id) else { return Ok(()) };
        let state = open.encode(self.clock.mono());
        let row = InvitationRow { contact: id, kind: 1, name: open.name().to_vec(), state };
        self.home.registry().put_invitation(&row).map_err(|error| store_error(&error))
    }

    pub(super) fn store_invitations(&self) {
        for id in self.pairings.open.keys() {
            if let Err(error) = self.store_invitation(*id) {
                tracing::warn!(%error, "an invitation could not be stored");
            }
        }
    }

    /// Ends both ways of a contact's invitation.
    pub(in crate::core) fn close_invitation(&mut self, id: ContactId) {
        let Some(open) = self.pairings.open.remove(&id) else { return };
        open.stop(Way::Code);
        open.stop(Way::Link);
        drop(self.home.registry().delete_invitation(id));
        self.end_renewal(id);
    }

    /// Invitations go on after a restart, with the time and the tries they had left.
    pub(in crate::core) fn reopen_invitations(&mut self) {
        let now = self.clock.mono();
        for row in self.home.registry().invitations().unwrap_or_default() {
            let id = row.contact;
            let waits =
                self.contacts.get(&id).is_some_and(|contact| {
                    matches!(contact.state(), State::Inviting | State::Failed | State::Connecting)
                }) || self.is_renewing(id);
            let Ok(open) = Invitation::decode(&row.state, now, &self.stop) else { continue };
            self.pairings.open.insert(id, open);
            if !waits {
                self.close_invitation(id);
                continue;
            }
            for way in [Way::Code, Way::Link] {
                let stands = self.pairings.open.get_mut(&id).map(|open| open.attempts(way).standing(now));
                if let Some(Standing::Open { .. }) = stands
                    && let Err(error) = self.listen(id, way)
                {
                    tracing::warn!(%error, "an invitation can't be answered");
                }
            }
            drop(self.store_invitation(id));
        }
        self.expire_invitations(now);
        self.end_renewals();
        let without: Vec<ContactId> = self
            .contacts
            .values()
            .filter(|contact| contact.state() == State::Inviting && !self.pairings.open.contains_key(&contact.row.id))
            .map(|contact| contact.row.id)
            .collect();
        for id in without {
            drop(self.set_state(id, State::Failed, "note-code-expired"));
        }
    }

    /// Ends what died: a code's death shows in its contact, as the person has to make a new one.
    pub(super) fn expire_invitations(&mut self, now: Mono) {
        let mut dead_codes = Vec::new();
        let mut over = Vec::new();
        for (id, open) in &mut self.pairings.open {
            let code = open.by_code.attempts.standing(now);
            let link = open.by_link.attempts.standing(now);
            if let Standing::Dead(death) = code {
                open.by_code.stop.cancel();
                dead_codes.push((*id, death));
            }
            if let Standing::Dead(_) = link {
                open.by_link.stop.cancel();
                if let Standing::Dead(_) = code {
                    over.push(*id);
                }
            }
        }
        for (id, death) in dead_codes {
            self.code_died(id, death);
        }
        for id in over {
            self.close_invitation(id);
        }
    }

    fn code_died(&mut self, id: ContactId, death: Death) {
        let failure = match death {
            Death::Guessed => "note-code-failed",
            Death::Expired => "note-code-expired",
            Death::Used => return,
        };
        if self.contacts.get(&id).is_some_and(|contact| contact.state() == State::Inviting)
            && let Err(error) = self.set_state(id, State::Failed, failure)
        {
            tracing::warn!(%error, "a contact's state could not be stored");
        }
    }
}

/// A link as a picture; empty if it is too long for one, as the link itself is always there.
fn qr(text: &str) -> String {
    QRBuilder::new(text).build().map(|code| SvgBuilder::default().to_str(&code)).unwrap_or_default()
}
