//! What the two word lists share: which word somebody may have meant.

/// The word of `list` that is most like `typed`, if any is like it at all.
///
/// At most two slips (a letter missing, added, wrong, or two exchanged) count as alike, and one in words of up to four letters.
pub(crate) fn nearest<'a>(list: &[&'a str], typed: &str) -> Option<&'a str> {
    let length = typed.chars().count();
    let slips_max = if length <= 4 { 1 } else { 2 };
    // What is longer or shorter by more than the slips is not like it; comparing a text of megabytes with every word would
    // take minutes.
    list.iter()
        .filter(|word| word.chars().count().abs_diff(length) <= slips_max)
        .map(|word| (strsim::damerau_levenshtein(word, typed), *word))
        .min()
        .filter(|(slips, _)| *slips <= slips_max)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_rubbish_finds_none() {
        let list = ["guitarist", "gravity", "kiwi"];
        assert_eq!(nearest(&list, "guitarits"), Some("guitarist"));
        assert_eq!(nearest(&list, "gravty"), Some("gravity"));
        assert_eq!(nearest(&list, "kiw"), Some("kiwi"));
        assert_eq!(nearest(&list, "elephant"), None);
    }
}
