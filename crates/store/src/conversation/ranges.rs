//! Values of rows, kept as runs: one entry says the same of all rows from its first to its last.
//!
//! What is known of deliveries and what is owed changes for many rows in a row at once, and soon becomes the same for
//! all of them. As runs a thousand messages that go out, arrive and are receipted touch a page or two.

use std::ops::RangeInclusive;

/// The same for every row of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run<V> {
    pub(super) first: i64,
    pub(super) last: i64,
    pub(super) value: V,
}

/// Which neighbours of one value become one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joins {
    /// Those without a row between them.
    Adjacent,
    /// Those without a run between them: rows in no run don't count.
    AcrossGaps,
}

/// The runs that stand where `before` stood, once each of the `rows` has the value that `decide` gives it for its
/// earlier one. `before` is ascending and holds at least every run that has one of the rows, and those beside them if
/// they are to be joined.
pub(super) fn with_rows<V: Copy + PartialEq>(
    before: &[Run<V>],
    rows: RangeInclusive<i64>,
    joins: Joins,
    decide: impl Fn(Option<V>) -> Option<V>,
) -> Vec<Run<V>> {
    let (first, last) = (*rows.start(), *rows.end());
    let mut after = Joined { runs: Vec::with_capacity(before.len() + 2), joins };
    // The lowest of the rows that is not decided about.
    let mut open = first;
    for run in before {
        if run.first < first {
            after.push(run.first, run.last.min(first - 1), Some(run.value));
        }
        let (from, to) = (run.first.max(first), run.last.min(last));
        if from <= to {
            after.push(open, from - 1, decide(None));
            after.push(from, to, decide(Some(run.value)));
            open = to.saturating_add(1);
        }
        if run.last > last {
            after.push(open, last, decide(None));
            open = last.saturating_add(1);
            after.push(run.first.max(open), run.last, Some(run.value));
        }
    }
    after.push(open, last, decide(None));
    after.runs
}

struct Joined<V> {
    runs: Vec<Run<V>>,
    joins: Joins,
}

impl<V: Copy + PartialEq> Joined<V> {
    fn push(&mut self, first: i64, last: i64, value: Option<V>) {
        let Some(value) = value.filter(|_| first <= last) else { return };
        match self.runs.last_mut() {
            Some(run)
                if run.value == value && (self.joins == Joins::AcrossGaps || run.last.saturating_add(1) == first) =>
            {
                run.last = last;
            }
            _ => self.runs.push(Run { first, last, value }),
        }
    }
}

/// Which runs go, by their first row, and which are put, so that `after` stands where `before` did.
pub(super) fn changes<'a, V: Copy + PartialEq>(
    before: &'a [Run<V>],
    after: &'a [Run<V>],
) -> (impl Iterator<Item = i64>, impl Iterator<Item = &'a Run<V>>) {
    let gone = before.iter().map(|run| run.first).filter(|first| !after.iter().any(|kept| kept.first == *first));
    (gone, after.iter().filter(|run| !before.contains(run)))
}

/// Rows, each with a value, as runs of rows that follow each other with the same one.
pub(super) fn runs<V: Copy + PartialEq>(rows: impl IntoIterator<Item = (i64, V)>) -> Vec<Run<V>> {
    let mut joined = Joined { runs: Vec::new(), joins: Joins::Adjacent };
    for (row, value) in rows {
        joined.push(row, row, Some(value));
    }
    joined.runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use kith_base::Rng;

    fn run(first: i64, last: i64, value: u8) -> Run<u8> {
        Run { first, last, value }
    }

    #[test]
    fn a_change_splits_what_it_meets_and_joins_what_becomes_the_same() {
        let before = [run(1, 4, 1), run(5, 6, 2), run(9, 12, 1)];
        let set = |rows, joins| with_rows(&before, rows, joins, |_| Some(1));
        assert_eq!(set(5..=6, Joins::Adjacent), [run(1, 6, 1), run(9, 12, 1)]);
        assert_eq!(set(5..=6, Joins::AcrossGaps), [run(1, 12, 1)]);
        assert_eq!(set(6..=8, Joins::Adjacent), [run(1, 4, 1), run(5, 5, 2), run(6, 12, 1)]);
        let end = |rows| with_rows(&before, rows, Joins::Adjacent, |_| None);
        assert_eq!(end(2..=10), [run(1, 1, 1), run(11, 12, 1)]);
        assert_eq!(end(7..=8), before);
    }

    /// VAULT-030
    #[test]
    fn any_history_of_runs_says_the_same_as_rows_one_by_one() {
        const ROWS: i64 = 24;
        let mut rng = Rng::from_number(5);
        let mut below = |bound: i64| i64::try_from(rng.below(bound.unsigned_abs())).unwrap();
        let (mut runs, mut rows) = (Vec::new(), vec![None; 24]);
        for _ in 0..2000 {
            let first = below(ROWS);
            let last = first + below(ROWS - first);
            let to = [None, Some(0), Some(1), Some(2)][usize::try_from(below(4)).unwrap()];
            // What is greater stays: as it is for deliveries.
            let decide = |old: Option<i64>| if old > to && to.is_some() { old } else { to };
            runs = with_rows(&runs, first..=last, Joins::Adjacent, decide);
            for row in first..=last {
                let row = &mut rows[usize::try_from(row).unwrap()];
                *row = decide(*row);
            }
            let wanted = super::runs((0..).zip(&rows).filter_map(|(row, value)| Some((row, (*value)?))));
            assert_eq!(runs, wanted);
        }
    }
}
