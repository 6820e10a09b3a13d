//! Writing an app's address into a card, and nothing else of it anew.

/// The group that ties the address to its label.
const GROUP: &str = "kith";

/// CARD-010: the card with the address of its app, under the label *Kith*: two lines before its end, in place of those that were
/// written before. Every other byte stays, as what this program does not know is somebody's. `None` where the card has
/// no end, or the address is no single line.
pub fn with_link(card: &str, url: &str) -> Option<String> {
    if url.is_empty() || url.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return None;
    }
    let end = if card.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = String::with_capacity(card.len() + url.len() + 64);
    let mut written = false;
    let mut ours = false;
    for line in card.split_inclusive('\n') {
        // A folded line goes on with what it belongs to.
        let goes_on = line.starts_with([' ', '\t']);
        ours = if goes_on { ours } else { is_ours(line) };
        if ours {
            continue;
        }
        if !written && line.trim().eq_ignore_ascii_case("END:VCARD") {
            out.push_str(&format!("{GROUP}.URL:{url}{end}{GROUP}.X-ABLabel:Kith{end}"));
            written = true;
        }
        out.push_str(line);
    }
    written.then_some(out)
}

/// Whether a card has the address of its app already. Servers write cards in their own way: the order of lines, their folding and the case
/// of names say nothing.
pub fn has_link(card: &str, url: &str) -> bool {
    let unfolded = card.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "");
    unfolded
        .lines()
        .filter(|line| is_ours(line))
        .any(|line| line.split_once(':').is_some_and(|(_, value)| value == url))
}

fn is_ours(line: &str) -> bool {
    let name = line.split([':', ';']).next().unwrap_or_default();
    [format!("{GROUP}.URL"), format!("{GROUP}.X-ABLabel")].iter().any(|own| name.eq_ignore_ascii_case(own))
}
