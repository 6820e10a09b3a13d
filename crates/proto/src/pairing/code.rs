//! The spoken code: six digits to find each other by, four words to know each other by.
//!
//! ```text
//! 481920-aardvark-guitarist-solo-tobacco
//! └────┘ └────────────────────────────┘
//! locator  32 bits, for SPAKE2 only
//! ```
//!
//! The locator may be announced; the words go into the key exchange and nowhere else, because anything that is computed
//! from 32 bits can be searched for its words in seconds (`spec/pairing.md`, PAIR-002).

use super::wordlist::{EVEN, ODD};
use crate::identity::words::nearest;
use kith_base::Rng;
use std::fmt;
use std::str::FromStr;
use zeroize::Zeroize;

/// Words in a code.
const WORDS: usize = 4;
/// Digits of a locator.
const DIGITS: usize = 6;
/// Letters that a shortened word must have: four tell nearly all words apart, and fewer are a slip.
const PREFIX_MIN: usize = 4;

/// Where an open code is found: six digits, public while the code is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locator(u32);

impl Locator {
    /// `None` when it takes more than six digits.
    pub const fn from_number(number: u32) -> Option<Self> {
        if number < 1_000_000 { Some(Self(number)) } else { None }
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

/// The name that an open code is announced under on a local network: its digits (PAIR-004).
pub fn locator_name(locator: Locator) -> String {
    locator.to_string()
}

/// One spoken code. `Debug` shows the locator only; `Display` is the form to say and type.
#[derive(Clone, PartialEq, Eq)]
pub struct Code {
    locator: Locator,
    words: [u8; WORDS],
}

impl Code {
    /// A fresh code.
    pub fn generate(rng: &mut Rng) -> Self {
        let locator = Locator(u32::try_from(rng.below(1_000_000)).unwrap_or_default());
        Self { locator, words: rng.bytes() }
    }

    /// The code of this locator and these words, each given as its number in its list.
    pub const fn new(locator: Locator, words: [u8; WORDS]) -> Self {
        Self { locator, words }
    }

    /// Where the code is found.
    pub const fn locator(&self) -> Locator {
        self.locator
    }

    /// The words as they enter the key exchange: lower case, with hyphens between (PAIR-001, PAIR-002).
    pub(super) fn words(&self) -> String {
        let words: Vec<_> = self
            .words
            .iter()
            .enumerate()
            .map(|(place, byte)| list(place).get(usize::from(*byte)).copied().unwrap_or_default())
            .collect();
        words.join("-")
    }
}

impl Drop for Code {
    fn drop(&mut self) {
        self.words.zeroize();
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.locator, self.words())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code {}", self.locator)
    }
}

impl FromStr for Code {
    type Err = CodeError;

    /// Reads a code as people write it: any case, blanks or hyphens, digits in groups, words cut to four letters or more.
    /// PAIR-003.
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let text = text.to_lowercase();
        let parts: Vec<_> = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let split =
            parts.iter().position(|part| !part.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or(parts.len());
        let (digits, words) = parts.split_at(split);
        let digits = digits.concat();
        if digits.len() != DIGITS {
            return Err(CodeError::Locator(digits.len()));
        }
        let locator = digits.parse().ok().and_then(Locator::from_number).ok_or(CodeError::Locator(DIGITS))?;
        let words = words.iter().enumerate().map(|(place, word)| find(place, word)).collect::<Result<Vec<_>, _>>()?;
        let words = words.try_into().map_err(|words: Vec<u8>| CodeError::Count(words.len()))?;
        Ok(Self { locator, words })
    }
}

fn list(place: usize) -> &'static [&'static str; 256] {
    if place.is_multiple_of(2) { &EVEN } else { &ODD }
}

/// The number of a word at its place, or what is wrong with it.
fn find(place: usize, word: &str) -> Result<u8, CodeError> {
    let position = place + 1;
    let (here, elsewhere) = (list(place), list(place + 1));
    let begins_here = here.iter().any(|entry| entry.starts_with(word));
    match number(here, word) {
        Some(number) => Ok(number),
        None if !begins_here && number(elsewhere, word).is_some() => Err(CodeError::WrongPlace { position }),
        None => Err(CodeError::NotAWord { position, nearest: nearest(here, word) }),
    }
}

/// The number of the word that this is, or is the beginning of without doubt.
fn number(list: &[&str; 256], word: &str) -> Option<u8> {
    let exact = list.iter().position(|entry| *entry == word);
    let at = exact.or_else(|| {
        let mut fitting = list.iter().enumerate().filter(|(_, entry)| entry.starts_with(word));
        match (fitting.next(), fitting.next()) {
            (Some((at, _)), None) if word.len() >= PREFIX_MIN => Some(at),
            _ => None,
        }
    })?;
    u8::try_from(at).ok()
}

/// Why a text is not a code. Who typed it is to blame; the text says where to look. `Debug` shows no word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    /// Another number of digits than six at the beginning.
    Locator(usize),
    /// Another number of words than four.
    Count(usize),
    /// A word that is not on the list; positions count from one.
    NotAWord {
        /// Which word.
        position: usize,
        /// What it may have been meant to be.
        nearest: Option<&'static str>,
    },
    /// A word that can only stand at another place: two are exchanged, or one before it is missing.
    WrongPlace {
        /// Which word, from one.
        position: usize,
    },
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Locator(count) => write!(f, "a code begins with {DIGITS} digits; there are {count}"),
            Self::Count(count) => write!(f, "a code has {WORDS} words; there are {count}"),
            Self::NotAWord { position, nearest: Some(word) } => {
                write!(f, "word {position} is not on the list; perhaps it is '{word}'")
            }
            Self::NotAWord { position, nearest: None } => write!(f, "word {position} is not on the list"),
            Self::WrongPlace { position } => {
                write!(f, "word {position} can't stand there: two words are exchanged, or one before it is missing")
            }
        }
    }
}

impl fmt::Debug for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Locator(count) => write!(f, "Locator({count})"),
            Self::Count(count) => write!(f, "Count({count})"),
            Self::NotAWord { position, .. } => write!(f, "NotAWord({position})"),
            Self::WrongPlace { position } => write!(f, "WrongPlace({position})"),
        }
    }
}

impl std::error::Error for CodeError {}
