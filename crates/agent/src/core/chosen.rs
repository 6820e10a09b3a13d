//! What this device's person chose about the device: a name, a language, notifications, when it locks itself.
//!
//! Each choice is kept under a name of its own in the home, and read at the start. It is kept before it counts.

use super::Core;
use super::setup::store_error;
use kith_api::{Error, ErrorKind, Notifications, Settings, Word};
use kith_store::Registry;
use kith_words::Language;

/// The longest time without anybody that can be chosen.
const MINUTES_MAX: u32 = 24 * 60;
/// Under these names the choices are kept.
const NAME: &str = "name";
const AFTER: &str = "lock after minutes";
const NOTIFICATIONS: &str = "notifications";
const LANGUAGE: &str = "language";

/// All of them, which a backup keeps.
pub(super) const ALL: [&str; 4] = [NAME, AFTER, NOTIFICATIONS, LANGUAGE];

/// What is chosen; what is `None` stays as it is.
pub(super) struct Choices {
    pub(super) name: Option<String>,
    pub(super) language: Option<String>,
    pub(super) notifications: Option<Notifications>,
    pub(super) lock_after_minutes: Option<u32>,
}

/// The minutes that were chosen before this start.
pub(super) fn lock_after(registry: &Registry<'_>) -> u32 {
    kept(registry, AFTER).and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// What notifications were to say before this start.
pub(super) fn notifications(registry: &Registry<'_>) -> Notifications {
    let all = [Notifications::Off, Notifications::Names, Notifications::Texts];
    let kept = kept(registry, NOTIFICATIONS);
    all.into_iter().find(|wanted| kept.as_deref() == Some(word(*wanted))).unwrap_or_default()
}

/// The language that was chosen before this start.
pub(super) fn language(registry: &Registry<'_>) -> Option<Language> {
    kept(registry, LANGUAGE).and_then(|tag| Language::of_tag(&tag))
}

fn kept(registry: &Registry<'_>, name: &str) -> Option<String> {
    registry.local(name).ok().flatten().and_then(|bytes| String::from_utf8(bytes).ok())
}

const fn word(notifications: Notifications) -> &'static str {
    match notifications {
        Notifications::Off => "off",
        Notifications::Names => "names",
        Notifications::Texts => "texts",
    }
}

impl Core {
    /// Makes the choices one after the other; those before one that can't be stand.
    pub(super) fn choose(&mut self, choices: Choices) -> Result<Settings, Error> {
        let Choices { name, language, notifications, lock_after_minutes } = choices;
        name.map_or(Ok(()), |name| self.choose_name(&name))?;
        language.map_or(Ok(()), |tag| self.choose_language(&tag))?;
        notifications.map_or(Ok(()), |wanted| self.choose_notifications(wanted))?;
        lock_after_minutes.map_or(Ok(()), |minutes| self.choose_lock(minutes))?;
        Ok(self.chosen())
    }

    pub(super) fn chosen(&self) -> Settings {
        Settings {
            name: self.settings.name.clone(),
            language: self.announcements.chosen_language().map(|language| language.tag().to_owned()),
            passphrase: self.has_passphrase(),
            keyring: self.is_key_kept(),
            locked: self.lock.is_locked(),
            lock_after_minutes: self.lock.idle.after_minutes,
            notifications: self.announcements.wanted,
        }
    }

    /// The name that people who are invited from here on see.
    fn choose_name(&mut self, name: &str) -> Result<(), Error> {
        let name = super::contacts::valid_name(name)?;
        self.keep_choice(NAME, &name)?;
        self.settings.name = Some(name);
        self.status_changed();
        Ok(())
    }

    /// The language of pages that are loaded, and of notifications, from here on.
    fn choose_language(&mut self, tag: &str) -> Result<(), Error> {
        let language = Language::of_tag(tag);
        if language.is_none() && !tag.is_empty() {
            let known = Language::ALL.map(Language::tag).join(", ");
            let words = [("tag", Word::text(tag)), ("known", Word::text(known))];
            return Err(Error::new(ErrorKind::BadInput, "language-unknown", words));
        }
        self.keep_choice(LANGUAGE, language.map_or("", Language::tag))?;
        self.use_language(language);
        Ok(())
    }

    /// Speaks a language from here on.
    pub(super) fn use_language(&mut self, language: Option<Language>) {
        self.announcements.speak(language);
        if let Ok(mut directory) = self.directory.write() {
            directory.language = language.map(Language::tag);
        }
    }

    /// The minutes after which the device locks itself, for a home that can be opened again.
    pub(super) fn choose_lock(&mut self, minutes: u32) -> Result<(), Error> {
        if minutes > MINUTES_MAX {
            return Err(Error::new(ErrorKind::BadInput, "lock-too-late", [("count", Word::count(MINUTES_MAX))]));
        }
        if minutes > 0 {
            self.needs_passphrase()?;
        }
        self.keep_choice(AFTER, &minutes.to_string())?;
        self.lock.idle.after_minutes = minutes;
        self.lock.idle.use_at(self.clock.mono(), self.clock.wall());
        Ok(())
    }

    fn choose_notifications(&mut self, wanted: Notifications) -> Result<(), Error> {
        self.keep_choice(NOTIFICATIONS, word(wanted))?;
        self.announcements.wanted = wanted;
        Ok(())
    }

    fn keep_choice(&self, name: &str, value: &str) -> Result<(), Error> {
        self.home.registry().set_local(name, Some(value.as_bytes())).map_err(|error| store_error(&error))
    }
}
