//! The languages that Kith speaks, and which of them a person wants.

use std::env;

/// A language with a whole set of sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// `en`, the language that the others are held to.
    English,
    /// `de`.
    German,
    /// `ar`.
    Arabic,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::English, Self::German, Self::Arabic];

    /// The language of this process: `KITH_LANG`, else the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set, as
    /// POSIX has it; English where Kith does not speak it.
    pub fn of_environment() -> Self {
        let variables = ["KITH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
        let chosen = variables.iter().find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
        chosen.and_then(|tag| Self::of_tag(&tag)).unwrap_or(Self::English)
    }

    /// The language of a locale such as `de_AT.UTF-8` or a tag such as `ar-EG`.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['_', '-', '.', '@']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|known| known.tag().eq_ignore_ascii_case(language))
    }

    /// Its tag (BCP 47), and the name of its folder in `locales/`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Arabic => "ar",
        }
    }

    /// Whether it is written from right to left.
    pub fn is_right_to_left(self) -> bool {
        self == Self::Arabic
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_a_language_whatever_its_country_and_encoding() {
        for tag in ["en", "en_GB.UTF-8", "EN-us", "en@euro"] {
            assert_eq!(Language::of_tag(tag), Some(Language::English), "{tag}");
        }
        assert_eq!(Language::of_tag("de_AT.UTF-8"), Some(Language::German));
        assert_eq!(Language::of_tag("ar-EG"), Some(Language::Arabic));
        for tag in ["", "C", "POSIX", "C.UTF-8", "tlh", "english"] {
            assert_eq!(Language::of_tag(tag), None, "{tag}");
        }
    }
}
