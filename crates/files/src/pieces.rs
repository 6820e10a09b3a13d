//! Which pieces of a file are here: runs of them, as a file comes in few runs.

use kith_base::codec::{Fields, Malformed, Tag, Writer};

/// Runs that are remembered at most. A file that is asked for from so many places has its further pieces forgotten, and asked
/// for again; nobody who watches or listens makes more than a handful.
const RUNS_MAX: usize = 4096;

/// A set of pieces, as runs that neither touch nor overlap, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pieces(Vec<(u64, u64)>);

impl Pieces {
    /// All pieces below a number.
    pub fn all(pieces: u64) -> Self {
        Self(vec![(0, pieces)])
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.0.iter().map(|(from, end)| end - from).sum()
    }

    /// Whether a piece is among them.
    pub fn has(&self, piece: u64) -> bool {
        self.0.iter().any(|(from, end)| (*from..*end).contains(&piece))
    }

    /// Adds the pieces of a run.
    pub fn add(&mut self, from: u64, end: u64) {
        if from >= end {
            return;
        }
        let begin = self.0.partition_point(|(_, known)| *known < from);
        let after = self.0.partition_point(|(known, _)| *known <= end);
        let joined = self.0.get(begin..after).unwrap_or_default();
        let first = joined.first().map_or(from, |(known, _)| from.min(*known));
        let last = joined.last().map_or(end, |(_, known)| end.max(*known));
        if joined.is_empty() && self.0.len() >= RUNS_MAX {
            return;
        }
        self.0.splice(begin..after.max(begin), [(first, last)]);
    }

    /// The first run of pieces from one on that are not here, at most so many of those below `pieces`.
    pub fn missing(&self, from: u64, most: u64, pieces: u64) -> Option<(u64, u64)> {
        let mut begin = from;
        for (known, end) in &self.0 {
            if *known > begin {
                return Some((begin, pieces.min(*known).min(begin + most))).filter(|(begin, end)| begin < end);
            }
            begin = begin.max(*end);
        }
        (begin < pieces).then(|| (begin, pieces.min(begin.saturating_add(most))))
    }

    /// Canonical bytes, as stored.
    pub fn encode(&self) -> Vec<u8> {
        self.0.iter().fold(Writer::new(), |out, (from, end)| out.bytes(Tag::must(1), &run(*from, *end))).done()
    }

    /// Reads what [`Self::encode`] wrote, for a file of so many pieces.
    ///
    /// # Errors
    /// [`Malformed`] when the stored bytes are damaged.
    pub fn decode(bytes: &[u8], pieces: u64) -> Result<Self, Malformed> {
        let mut runs: Vec<(u64, u64)> = Vec::new();
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1])?;
        for value in fields.list(1) {
            let value: [u8; 16] = value.try_into().map_err(|_| Malformed::BadValue(1))?;
            let number = u128::from_be_bytes(value);
            let (from, end) = ((number >> 64) as u64, number as u64);
            if from >= end || end > pieces || runs.last().is_some_and(|(_, before)| *before >= from) {
                return Err(Malformed::BadValue(1));
            }
            runs.push((from, end));
        }
        Ok(Self(runs))
    }
}

fn run(from: u64, end: u64) -> [u8; 16] {
    (u128::from(from) << 64 | u128::from(end)).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_base::Rng;
    use std::collections::BTreeSet;

    #[test]
    fn runs_hold_what_a_set_would_hold() {
        let mut rng = Rng::from_number(5);
        for _ in 0..200 {
            let (mut runs, mut set) = (Pieces::default(), BTreeSet::new());
            for _ in 0..12 {
                let from = rng.below(40);
                let end = from + rng.below(9);
                runs.add(from, end);
                set.extend(from..end);
                assert!((0..60).all(|piece| runs.has(piece) == set.contains(&piece)), "{runs:?}");
                assert_eq!(runs.count(), set.len() as u64);
                assert!(runs.0.is_sorted_by(|a, b| a.1 < b.0), "{runs:?}");
                let start = rng.below(50);
                let first = (start..50).find(|piece| !set.contains(piece));
                assert_eq!(runs.missing(start, 4, 50).map(|(from, _)| from), first);
                if let Some((from, end)) = runs.missing(start, 4, 50) {
                    assert!(end - from <= 4 && (from..end).all(|piece| !set.contains(&piece)));
                }
                assert_eq!(Pieces::decode(&runs.encode(), 60), Ok(runs.clone()));
            }
        }
    }

    #[test]
    fn pieces_that_a_file_does_not_have_are_damage() {
        let mut runs = Pieces::default();
        runs.add(3, 9);
        assert!(Pieces::decode(&runs.encode(), 8).is_err());
        assert!(Pieces::decode(&[runs.encode(), runs.encode()].concat(), 9).is_err());
    }
}
