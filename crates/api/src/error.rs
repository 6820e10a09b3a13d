//! Why something was not done: an id, the words that belong to it, and a sentence for whoever knows neither.
//!
//! The agent does not know who reads. It says in English what `locales/en/errors.ftl` has for an error's id, for programs
//! and logs; a client that knows the id says the same in its reader's language ([`Error::told`]).

use kith_words::{Catalogue, Filling, Language, Words, visible};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;
use ts_rs::TS;

/// Why something was not done, in words a person can read (LOOP-049).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Error {
    /// For scripts.
    pub kind: ErrorKind,
    /// Its sentence in the `errors.ftl` of each language; empty where what stands in `message` and `hint` was said to its reader.
    #[serde(default)]
    pub id: String,
    /// What is filled into that sentence.
    #[serde(default)]
    pub words: BTreeMap<String, Word>,
    /// What led to it, if that is an error of its own.
    #[serde(default)]
    pub cause: Option<Box<Self>>,
    /// What is wrong, in English where there is an id.
    pub message: String,
    /// What to do next.
    pub hint: String,
    /// Made in this process, in words that are fit for a terminal.
    #[serde(skip)]
    #[ts(skip)]
    ours: bool,
}

/// What is filled into a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Word {
    /// A number that chooses a plural.
    Count(#[ts(type = "number")] u64),
    /// Anything else, as it is shown.
    Text(String),
}

impl Word {
    /// A number of things.
    pub fn count(number: impl TryInto<u64>) -> Self {
        Self::Count(number.try_into().unwrap_or(u64::MAX))
    }

    /// A name, a path, what a library says.
    pub fn text(text: impl fmt::Display) -> Self {
        Self::Text(text.to_string())
    }

    fn filling(&self, is_safe: bool) -> Filling<'_> {
        match self {
            Self::Count(number) => Filling::Count(*number),
            Self::Text(text) if is_safe => Filling::Text(text),
            Self::Text(text) => Filling::Raw(text),
        }
    }
}

impl Error {
    /// An error of a kind: the id of its sentence in `locales/en/errors.ftl`, and what is filled into that.
    pub fn new<const N: usize>(kind: ErrorKind, id: &str, words: [(&str, Word); N]) -> Self {
        let words = words.map(|(name, word)| (name.to_owned(), word)).into();
        Self { kind, id: id.to_owned(), words, cause: None, message: id.to_owned(), hint: String::new(), ours: true }
            .in_english()
    }

    /// An error in words that its reader understands and that are fit for a terminal, as a client says its own.
    pub fn said(kind: ErrorKind, message: impl Into<String>, hint: impl Into<String>) -> Self {
        let (message, hint) = (message.into(), hint.into());
        Self { kind, id: String::new(), words: BTreeMap::new(), cause: None, message, hint, ours: true }
    }

    /// The same with what led to it: what is wrong with both is told, then what to do about both.
    #[must_use]
    pub fn because(self, cause: Self) -> Self {
        Self { cause: Some(Box::new(cause)), ..self }.in_english()
    }

    /// What is wrong and what to do next in a language, fit for a terminal. What this version has no sentence for (an
    /// agent may be newer than its client, or so old that it says no id) is told as the agent said it.
    pub fn told(&self, language: Language) -> (String, String) {
        match self.sentence(language, true) {
            Some(told) => told,
            None if self.ours => (self.message.clone(), self.hint.clone()),
            None => (visible(&self.message), visible(&self.hint)),
        }
    }

    /// The sentence of its id with that of its cause, if there is one.
    fn sentence(&self, language: Language, is_safe: bool) -> Option<(String, String)> {
        let fillings = self.words.iter().map(|(name, word)| (name.as_str(), word.filling(is_safe)));
        let (message, hint) = sentences(language).advice(&self.id, fillings)?;
        Some(match &self.cause {
            None => (message, hint),
            Some(cause) => {
                let (why, first) =
                    if is_safe { cause.told(language) } else { (cause.message.clone(), cause.hint.clone()) };
                (format!("{message} {why}"), format!("{first} {hint}"))
            }
        })
    }

    fn in_english(mut self) -> Self {
        if let Some(english) = self.sentence(Language::English, false) {
            (self.message, self.hint) = english;
        }
        self
    }
}

/// What errors are told in.
fn sentences(language: Language) -> &'static Words {
    static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::new(Language::English, Catalogue::Errors));
    static GERMAN: LazyLock<Words> = LazyLock::new(|| Words::new(Language::German, Catalogue::Errors));
    static ARABIC: LazyLock<Words> = LazyLock::new(|| Words::new(Language::Arabic, Catalogue::Errors));
    match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
        Language::Arabic => &ARABIC,
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.message, self.hint)
    }
}

impl std::error::Error for Error {}

/// Kinds of error that scripts may rely on; more may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// The call itself is malformed.
    BadRequest,
    /// No such contact, event or invitation.
    NotFound,
    /// A name that several contacts have.
    Ambiguous,
    /// A name that is taken, or a contact that exists.
    Exists,
    /// Text, name or code that can't be used.
    BadInput,
    /// Larger than a limit.
    TooLarge,
    /// The code's words are wrong.
    WrongCode,
    /// The code or link is dead: used, expired, or failed too often.
    DeadCode,
    /// Nobody answered in the time given.
    Unanswered,
    /// The time given for a state ran out.
    TimedOut,
    /// It can't be done in the state things are in.
    WrongState,
    /// No agent runs on this home.
    NotRunning,
    /// An agent already runs on this home.
    AlreadyRunning,
    /// The passphrase does not open this home.
    WrongPassphrase,
    /// The desktop's keyring is not there, is locked, or refused.
    Keyring,
    /// This device is locked until its passphrase is given.
    Locked,
    /// The home was written by a newer version, or is damaged.
    BadHome,
    /// The configuration file is wrong.
    BadConfig,
    /// The disk is full or can't be written.
    Storage,
    /// The network can't be used as asked.
    Network,
    /// This origin or socket may not ask that.
    Forbidden,
    /// A fault of Kith.
    Internal,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(name: &str) -> Error {
        Error::new(ErrorKind::NotFound, "contact-unknown", [("name", Word::text(name))])
    }

    #[test]
    fn an_error_is_said_in_english_and_told_in_its_readers_language() {
        let error = unknown("Mira");
        assert_eq!(error.to_string(), "There is no contact called 'Mira'. 'kith contacts' lists them.");
        let (message, hint) = error.told(Language::German);
        assert!(
            message.contains("Mira") && !message.contains("There") && hint.contains("'kith contacts'"),
            "{message}"
        );
    }

    #[test]
    fn a_number_chooses_the_plural_in_each_language() {
        let left = |count: u8| Error::new(ErrorKind::WrongCode, "code-wrong", [("count", Word::count(count))]);
        assert!(left(1).message.contains("One try is left") && left(3).message.contains("3 tries are left"));
        let arabic = |count| left(count).told(Language::Arabic).0;
        assert_ne!(arabic(2), arabic(3).replace('3', "2"));
    }

    #[test]
    fn what_led_to_it_is_told_with_it() {
        let error = Error::new(ErrorKind::WrongPassphrase, "passphrase-needed", []).because(unknown("Mira"));
        assert_eq!(error.message, "The key is protected by a passphrase. There is no contact called 'Mira'.");
        assert!(error.hint.starts_with("'kith contacts' lists them. Start Kith at a terminal"), "{}", error.hint);
    }

    #[test]
    fn what_is_filled_in_cannot_act_on_a_terminal() {
        let (message, _) = unknown("\u{1b}[2J\u{202e}ariM").told(Language::English);
        assert_eq!(message, "There is no contact called '␛[2J\\u{202e}ariM'.");
    }

    #[test]
    fn an_id_that_a_client_does_not_know_is_told_as_the_agent_said_it() {
        let newer = Error { id: "from-the-future".to_owned(), ..unknown("سارة\u{1b}") };
        let heard: Error = serde_json::from_str(&serde_json::to_string(&newer).unwrap()).unwrap();
        assert_eq!(heard.told(Language::German).0, "There is no contact called 'سارة␛'.");
        let renamed = Error { words: BTreeMap::from([("who".to_owned(), Word::text("Mira"))]), ..unknown("Mira") };
        assert_eq!(renamed.told(Language::German).0, "There is no contact called 'Mira'.");
    }

    #[test]
    fn an_agent_of_before_is_understood() {
        let line = r#"{"kind":"not_found","message":"No such\u001b[2J thing.","hint":"Look."}"#;
        let error: Error = serde_json::from_str(line).unwrap();
        assert_eq!(error.told(Language::German), ("No such␛[2J thing.".to_owned(), "Look.".to_owned()));
        let caused = Error { cause: Some(Box::new(error)), ..unknown("Mira") };
        assert!(caused.told(Language::English).0.ends_with("No such␛[2J thing."));
        let line = serde_json::to_string(&unknown("Mira")).unwrap();
        assert!(line.contains(r#""id":"contact-unknown","words":{"name":"Mira"}"#), "{line}");
        assert_eq!(
            serde_json::from_str::<Error>(&line).unwrap().told(Language::Arabic),
            unknown("Mira").told(Language::Arabic)
        );
    }
}
