//! What commands say: the sentences of `locales/*/cli.ftl` and `notes.ftl` in this process's language.

pub(crate) use kith_words::{visible, visible_lines};

use kith_words::{Catalogue, Language, Words};
use std::sync::LazyLock;

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(Language::of_environment(), Catalogue::Commands));

/// The language of this process.
pub(crate) fn language() -> Language {
    WORDS.language()
}

/// The sentence of an id.
pub(crate) fn text(id: &str) -> String {
    WORDS.say(id)
}

/// The sentence of an id with words filled in; right-to-left words are kept from reordering the rest.
pub(crate) fn text_with(id: &str, words: &[(&'static str, String)]) -> String {
    WORDS.with(id, words)
}

/// The sentence of an id with words filled in, for a number.
pub(crate) fn text_with_count(id: &str, words: &[(&'static str, String)], count: u64) -> String {
    WORDS.counted(id, words, count)
}

/// The sentence of an id for a number.
pub(crate) fn text_count(id: &str, count: u64) -> String {
    WORDS.counted(id, &[], count)
}
