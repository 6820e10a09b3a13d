//! Words for people at a terminal: sentences of `locales/` in the language of a person, and other people's text made safe.
//!
//! Names and messages come from others. [`visible`] shows their control characters as pictures and what reorders text as
//! escapes, so that no message can move the cursor, retitle a window or forge a line. Words that are filled into a sentence
//! are isolated where their direction could reorder it.
//!
//! ```
//! use kith_words::{Catalogue, Language, Words};
//! let words = Words::new(Language::English, Catalogue::Screens);
//! assert_eq!(words.with("path-waiting", &[("name", "Mira".to_owned())]), "Waiting for Mira");
//! ```

mod catalogue;
mod language;
mod safe;

pub use catalogue::{Catalogue, Filling, Words};
pub use language::Language;
pub use safe::{visible, visible_lines};
