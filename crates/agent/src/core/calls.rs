//! The local API: what each call does.

use super::chosen::Choices;
use super::contacts::gone;
use super::files::{FileSource, SendFile, Wish};
use super::pairing::As;
use super::place::Wanted;
use super::setup::{bad_words, store_error};
use super::talk::json;
use super::timeline::Place;
use super::{Answer, Core, Msg};
use kith_api::{Change, Error, ErrorKind, Open, Path, Request, Seed, Status, Watching};
use kith_loopback::{Scope, origin};
use kith_proto::identity::{Root, check_words};
use serde_json::Value;

/// Messages one `log` answers at most.
const LOG_MAX: u32 = 1000;
/// Changes of this device's state are gathered for so long.
const STATUS_AFTER: std::time::Duration = std::time::Duration::from_millis(300);
/// Who is there is asked for at most this often, however much clients ask.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_secs(1);
/// Messages one `log` answers unless told.
const LOG: u32 = 100;

impl Core {
    pub(super) fn call(&mut self, scope: &Scope, request: Request, answer: Answer) {
        if let Request::Accept { code, name, again, wait_ms } = request {
            let as_whom = again.map_or(As::New(name), As::Again);
            return self.accept(&code, as_whom, wait_ms, answer);
        }
        if let Request::SendFile { contact, path, caption, wait, timeout_ms } = request {
            let source = FileSource::Path(path.into());
            return self.send_file(SendFile { contact, source, caption, wait, timeout_ms }, answer);
        }
        if let Request::FileSave { contact, event, path, replace } = request {
            return self.save_file(&contact, &event, (path, replace), answer);
        }
        if let Request::Backup { path, passphrase } = request {
            return self.back_up(path, passphrase, answer);
        }
        if let Request::Reach { contact } = request {
            return self.reach_now(&contact, answer);
        }
        if let Request::Unlock { passphrase } = request {
            return self.unlock(passphrase, answer);
        }
        if let Request::SetPassphrase { old, new } = request {
            return self.set_passphrase(old, new, answer);
        }
        if let Request::Keyring { passphrase, keep } = request {
            return self.keep_key(passphrase, keep, answer);
        }
        self.looked();
        if let Request::ReadCards { piece, first, last } = request {
            return self.take_piece(&piece, first, last, answer);
        }
        if let Request::Storage { contact } = request {
            return self.storage(&contact, answer);
        }
        if let Request::SearchAll { words, limit } = request {
            return self.search_all(words, limit, answer);
        }
        let done = self.answer_to(scope, request);
        drop(answer.send(done));
    }

    /// A client asks for something, so somebody looks: who is there is found out, at most once in a while.
    fn looked(&mut self) {
        let now = self.clock.mono();
        if self.looked_at.is_none_or(|last| last + LOOK_EVERY <= now) {
            self.looked_at = Some(now);
            self.links.look();
        }
    }

    fn answer_to(&mut self, scope: &Scope, request: Request) -> Result<Value, Error> {
        match request {
            Request::Contacts => self.list(),
            Request::Contact { contact } => {
                let id = self.find(&contact)?;
                Ok(json(&self.view(id)?))
            }
            Request::Invite { name, again } => Ok(json(&self.invite(&name, again)?)),
            Request::Invitation { contact } => {
                let id = self.find(&contact)?;
                Ok(json(&self.invitation(id)?))
            }
            Request::AcceptCancel { code } => {
                self.cancel_attempt(&code);
                Ok(Value::Null)
            }
            Request::Log { contact, limit, before, after, around } => {
                let id = self.find(&contact)?;
                let limit = limit.unwrap_or(LOG).min(LOG_MAX);
                let place = match (before, after, around) {
                    (before, None, None) => Place::Before(before),
                    (None, Some(after), None) => Place::After(after),
                    (None, None, Some(around)) => Place::Around(around),
                    _ => return Err(Error::new(ErrorKind::BadRequest, "log-two-places", [])),
                };
                Ok(json(&self.log(id, limit, &place)?))
            }
            Request::Search { contact, words, limit, before } => {
                let id = self.find(&contact)?;
                let limit = limit.unwrap_or(LOG).min(LOG_MAX);
                Ok(json(&self.search(id, &words, limit, before.as_deref())?))
            }
            Request::Pins { contact } => {
                let id = self.find(&contact)?;
                Ok(json(&self.pins(id)?))
            }
            Request::ForwardBegin { contact, event } => {
                let id = self.find(&contact)?;
                Ok(json(&self.hand_over(id, &event)?))
            }
            Request::Forwarding => Ok(json(&self.handed())),
            Request::Draft { contact, text } => {
                let id = self.find(&contact)?;
                Ok(json(&self.draft(id, text)?))
            }
            Request::Typing { contact } => {
                let id = self.find(&contact)?;
                self.say_typing(id)?;
                Ok(Value::Null)
            }
            Request::Habits { contact, receipts, typing } => {
                let id = self.find(&contact)?;
                Ok(json(&self.set_habits(id, receipts, typing)?))
            }
            Request::Files { contact, limit, before } => {
                let id = self.find(&contact)?;
                Ok(json(&self.files(id, limit.unwrap_or(LOG).min(LOG_MAX), before.as_deref())?))
            }
            Request::FileGet { contact, event } => self.wish(&contact, &event, Wish::Get),
            Request::FilePause { contact, event } => self.wish(&contact, &event, Wish::Pause),
            Request::FileCancel { contact, event } => self.wish(&contact, &event, Wish::Cancel),
            Request::FileFree { contact, event } => {
                let id = self.find(&contact)?;
                Ok(json(&self.free_files(id, event.as_deref())?))
            }
            Request::Verify { contact, verified, met } => {
                let id = self.find(&contact)?;
                Ok(json(&self.verify(id, verified, met)?))
            }
            Request::Rename { contact, name } => {
                let id = self.find(&contact)?;
                Ok(json(&self.rename(id, &name)?))
            }
            Request::Arrange { contact, pinned, muted, archived, blocked } => {
                let id = self.find(&contact)?;
                Ok(json(&self.arrange(id, Wanted { pinned, muted, archived, blocked })?))
            }
            Request::Review => Ok(json(&self.look_through())),
            Request::TakeCards { keys, books } => Ok(json(&self.take_cards(&keys, books)?)),
            Request::DropCards { books } => self.drop_cards(books),
            Request::Launcher { contact, remove } => {
                let id = self.find(&contact)?;
                Ok(json(&self.launcher(id, remove)?))
            }
            Request::Photo { contact } => {
                let id = self.find(&contact)?;
                Ok(json(&self.photo(id)?))
            }
            Request::Remove { contact } => {
                let id = self.find(&contact)?;
                self.remove(id)?;
                Ok(Value::Null)
            }
            Request::Doctor { contact } => {
                let id = self.find(&contact)?;
                Ok(json(&self.doctor(id)?))
            }
            Request::Status => Ok(json(&self.status()?)),
            Request::Settings => Ok(json(&self.chosen())),
            Request::Choose { name, language, notifications, lock_after_minutes } => {
                Ok(json(&self.choose(Choices { name, language, notifications, lock_after_minutes })?))
            }
            Request::Lock => self.lock_now(),
            Request::Active => Ok(Value::Null),
            Request::Stop => {
                drop(self.me.try_send(Msg::Stop));
                Ok(Value::Null)
            }
            Request::BackupTicket { passphrase } => Ok(json(&self.offer_backup(passphrase)?)),
            Request::BackupStop => {
                self.stop_backup();
                Ok(Value::Null)
            }
            Request::SeedShow => self.seed().map(|seed| json(&seed)),
            Request::SeedConfirm { words } => self.confirm_seed(&words).map(|seed| json(&seed)),
            Request::Open { contact } => self.open(contact),
            Request::WayHome => Ok(json(&Open { url: origin(&self.settings.home_label, self.web_port) })),
            Request::Watch { contact } => {
                if contact.is_some() {
                    self.find(&contact)?;
                }
                let scope = match scope {
                    Scope::Contact(id) => Some(id.clone()),
                    Scope::Home | Scope::Local => None,
                };
                Ok(json(&Watching { seq: self.push_seq, scope }))
            }
            Request::Accept { .. }
            | Request::Unlock { .. }
            | Request::SetPassphrase { .. }
            | Request::Keyring { .. }
            | Request::Backup { .. }
            | Request::Reach { .. }
            | Request::Announces { .. }
            | Request::Storage { .. }
            | Request::SearchAll { .. }
            | Request::ReadCards { .. }
            | Request::SendFile { .. }
            | Request::FileSave { .. }
            | Request::Send { .. }
            | Request::Delete { .. }
            | Request::Edit { .. }
            | Request::React { .. }
            | Request::Pin { .. }
            | Request::Timer { .. }
            | Request::Hide { .. }
            | Request::Forward { .. }
            | Request::ForwardTo { .. }
            | Request::Resend { .. }
            | Request::Seen { .. } => Err(Error::new(ErrorKind::BadRequest, "call-elsewhere", [])),
        }
    }

    fn wish(&mut self, contact: &Option<String>, event: &str, wish: Wish) -> Result<Value, Error> {
        let id = self.find(contact)?;
        Ok(json(&self.want_file(id, event, wish)?))
    }

    fn list(&mut self) -> Result<Value, Error> {
        let mut ids: Vec<_> = self
            .contacts
            .values()
            .filter(|contact| contact.state() != super::contacts::State::Attempt)
            .map(|contact| (contact.row.created, contact.row.id))
            .collect();
        ids.sort_unstable();
        let views = ids.into_iter().map(|(_, id)| self.view(id)).collect::<Result<Vec<_>, _>>()?;
        Ok(json(&views))
    }

    fn open(&mut self, contact: Option<String>) -> Result<Value, Error> {
        let label = match contact {
            None => self.settings.home_label.clone(),
            contact => {
                let id = self.find(&contact)?;
                self.contacts.get(&id).ok_or_else(gone)?.row.host_label.clone()
            }
        };
        Ok(json(&Open { url: open_url(&self.keys, &label, self.web_port) }))
    }

    pub(super) fn status(&mut self) -> Result<Status, Error> {
        let ids: Vec<_> = self.contacts.keys().copied().collect();
        let (mut shown, mut online, mut direct, mut waiting) = (0, 0, 0, 0);
        for id in ids {
            let Some(contact) = self.contacts.get(&id) else { continue };
            if contact.state() == super::contacts::State::Attempt {
                continue;
            }
            shown += 1;
            online += u32::from(!contact.reach.is_empty());
            direct += u32::from(contact.path() == Path::Direct);
            waiting += self.summary(id).waiting;
        }
        let registry = self.home.registry();
        let confirmed = registry.local("root words").map_err(|error| store_error(&error))?.is_none();
        Ok(Status {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            home: self.folder.display().to_string(),
            home_url: origin(&self.settings.home_label, self.web_port),
            port: self.web_port,
            udp_port: self.net.endpoint.port(),
            name: self.settings.name.clone(),
            contacts: shown,
            online,
            direct,
            waiting,
            stored_bytes: self.home.size_bytes().map_err(|error| store_error(&error))?,
            key_in_file: self.settings.key_in_file,
            seed_confirmed: confirmed,
            reach: if self.settings.lan_only { "lan" } else { "internet" }.to_owned(),
        })
    }

    /// Those who watch hear of this device's state a moment later, once for many changes.
    pub(super) fn status_changed(&mut self) {
        let soon = self.clock.mono() + STATUS_AFTER;
        self.status_at.get_or_insert(soon);
    }

    pub(super) fn push_status(&mut self) {
        self.status_at = None;
        if let Ok(status) = self.status() {
            self.push(Change::Status(status));
        }
    }

    pub(super) fn words(&self) -> Result<Option<String>, Error> {
        let words = self.home.registry().local("root words").map_err(|error| store_error(&error))?;
        Ok(words.and_then(|bytes| String::from_utf8(bytes).ok()))
    }

    fn seed(&self) -> Result<Seed, Error> {
        let words = self.words()?.ok_or_else(|| Error::new(ErrorKind::WrongState, "words-confirmed", []))?;
        Ok(Seed { words: Some(words.split(' ').map(str::to_owned).collect()), confirmed: false })
    }

    /// Checks the words that were written down; from then on nothing here can tell them.
    fn confirm_seed(&mut self, typed: &str) -> Result<Seed, Error> {
        let Some(words) = self.words()? else { return Ok(Seed { words: None, confirmed: true }) };
        let root = Root::from_words(&words).map_err(bad_words)?;
        check_words(&root, typed).map_err(bad_words)?;
        self.finish_pool()?;
        // ID-012
        self.home.registry().set_local("root words", None).map_err(|error| store_error(&error))?;
        self.home.checkpoint_truncate().map_err(|error| store_error(&error))?;
        self.status_changed();
        Ok(Seed { words: None, confirmed: true })
    }
}

/// The address of an app with a one-time key in its fragment.
pub(crate) fn open_url(keys: &kith_loopback::Keys, label: &str, port: u16) -> String {
    format!("{}/#k={}", origin(label, port), keys.one_time_key(label))
}
