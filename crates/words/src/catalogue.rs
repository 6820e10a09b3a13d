//! Which sentences a program needs, and how one is said.

use crate::Language;
use crate::safe::{isolated, visible};
use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource, FluentValue};
use std::fmt;

/// The sentences of one program. Ids may mean different things in different catalogues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Catalogue {
    /// What commands print.
    Commands,
    /// What screens show: the words of the web pages, and those that only a terminal needs.
    Screens,
    /// Why something was not done, each with a hint: [`Words::advice`].
    Errors,
}

/// What is filled into a sentence.
#[derive(Debug, Clone, Copy)]
pub enum Filling<'a> {
    /// A number, which may choose a plural.
    Count(u64),
    /// Words of others, made safe for a terminal and isolated where their direction could reorder the sentence.
    Text(&'a str),
    /// Words as they are, for a sentence that is read by programs.
    Raw(&'a str),
}

/// The sentences of one language and catalogue, ready to be said.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Words {
    /// The sentences of a language and catalogue.
    pub fn new(language: Language, catalogue: Catalogue) -> Self {
        let mut bundle = FluentBundle::new_concurrent(language.tag().parse().into_iter().collect());
        // `isolated` does it where it is needed, so that plain ASCII stays so.
        bundle.set_use_isolating(false);
        // English below: a sentence that awaits its translation is better read in English than as an id.
        let both = [Language::English, language].map(|language| sentences(language, catalogue));
        for sentences in both.into_iter().flatten() {
            let resource = FluentResource::try_new((*sentences).to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    /// Their language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether there is a sentence of an id.
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// The sentence of an id.
    pub fn say(&self, id: &str) -> String {
        self.format(id, None)
    }

    /// The sentence of an id with words filled in.
    pub fn with(&self, id: &str, words: &[(&'static str, String)]) -> String {
        self.format(id, Some(&self.args(words)))
    }

    /// The sentence of an id for a number, with words filled in.
    pub fn counted(&self, id: &str, words: &[(&'static str, String)], count: u64) -> String {
        let mut args = self.args(words);
        args.set("count", FluentValue::from(count));
        self.format(id, Some(&args))
    }

    /// What an error's sentence says, and its hint, with words filled in; nothing where there is no sentence of that id
    /// for these words.
    pub fn advice<'a>(
        &self,
        id: &str,
        fillings: impl Iterator<Item = (&'a str, Filling<'a>)>,
    ) -> Option<(String, String)> {
        let message = self.bundle.get_message(id)?;
        let right_to_left = self.language.is_right_to_left();
        let args: FluentArgs<'_> = fillings
            .map(|(name, filling)| match filling {
                Filling::Count(count) => (name, FluentValue::from(count)),
                Filling::Raw(text) => (name, FluentValue::from(text)),
                Filling::Text(text) => (name, FluentValue::from(isolated(&visible(text), right_to_left))),
            })
            .collect();
        let mut lacking = Vec::new();
        let mut say = |pattern| self.bundle.format_pattern(pattern, Some(&args), &mut lacking).into_owned();
        let said = (say(message.value()?), say(message.get_attribute("hint")?.value()));
        lacking.is_empty().then_some(said)
    }

    fn args(&self, words: &[(&'static str, String)]) -> FluentArgs<'static> {
        let right_to_left = self.language.is_right_to_left();
        words.iter().map(|(name, word)| (*name, FluentValue::from(isolated(word, right_to_left)))).collect()
    }

    /// A sentence, or its id where there is none: tests and `cargo xtask tidy` see to it that there is one.
    fn format(&self, id: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        self.bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned()
    }
}

/// The files of a catalogue; of two sentences with one id the later counts.
fn sentences(language: Language, catalogue: Catalogue) -> &'static [&'static str] {
    macro_rules! files {
        ($($file:literal),*) => {
            match language {
                Language::English => &[$(include_str!(concat!("../../../locales/en/", $file))),*],
                Language::German => &[$(include_str!(concat!("../../../locales/de/", $file))),*],
                Language::Arabic => &[$(include_str!(concat!("../../../locales/ar/", $file))),*],
            }
        };
    }
    match catalogue {
        Catalogue::Commands => files!("cli.ftl", "notes.ftl"),
        Catalogue::Screens => files!("web.ftl", "home.ftl", "notes.ftl", "tui.ftl"),
        Catalogue::Errors => files!("errors.ftl"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentences_are_well_formed_fluent() {
        for language in Language::ALL {
            for catalogue in [Catalogue::Commands, Catalogue::Screens, Catalogue::Errors] {
                for sentences in sentences(language, catalogue) {
                    let parsed = FluentResource::try_new((*sentences).to_owned());
                    assert!(parsed.is_ok(), "{:?}", parsed.err().map(|(_, errors)| errors));
                }
            }
        }
    }

    #[test]
    fn a_number_chooses_its_plural() {
        let words = Words::new(Language::English, Catalogue::Commands);
        assert_eq!(words.counted("failures", &[], 1), "1 wrong try so far");
        assert_eq!(words.counted("failures", &[], 3), "3 wrong tries so far");
        let words = Words::new(Language::Arabic, Catalogue::Commands);
        let said = [1, 2, 3, 11, 100].map(|count| words.counted("failures", &[], count));
        assert!(said[0].starts_with("محاولة خاطئة واحدة") && said[1].starts_with("محاولتان"), "{said:?}");
        assert!(
            said[2].contains("محاولات") && said[3].contains("11 محاولة") && said[4].contains("100 محاولة"),
            "{said:?}"
        );
    }
}
