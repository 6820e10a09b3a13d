//! Medians and percentiles.

/// The median; of an even number of values the lower of the middle two, so that it is something that was seen.
///
/// # Panics
/// If there are no values.
pub(crate) fn median(values: &[f64]) -> f64 {
    percentile(values, 50.0)
}

/// The smallest value that at least `percent` of the values don't exceed.
///
/// # Panics
/// If there are no values.
pub(crate) fn percentile(values: &[f64], percent: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place among the values")]
    let rank = (percent / 100.0 * sorted.len() as f64).ceil() as usize;
    sorted[rank.saturating_sub(1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_value_that_was_seen() {
        let values: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(
            (percentile(&values, 50.0), percentile(&values, 99.0), percentile(&values, 100.0)),
            (50.0, 99.0, 100.0)
        );
        assert_eq!((median(&[7.0]), median(&[3.0, 1.0, 2.0])), (7.0, 2.0));
    }
}
