//! Figures, and the table and the JSON that they are printed as.

use crate::stats::median;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Which way a figure is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Good {
    /// Times, bytes.
    Low,
    /// Rates.
    High,
}

/// One figure: what each round found, and what it is held against.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    name: String,
    unit: &'static str,
    good: Good,
    rounds: Vec<f64>,
    yardstick: Option<(String, f64)>,
    target: Option<f64>,
    beyond: Option<f64>,
    note: String,
}

impl Figure {
    /// A figure for which little is good.
    ///
    /// # Panics
    /// If there are no rounds.
    pub(crate) fn low(name: impl Into<String>, unit: &'static str, rounds: Vec<f64>) -> Self {
        Self::new(name.into(), unit, Good::Low, rounds)
    }

    /// A figure for which much is good.
    pub(crate) fn high(name: impl Into<String>, unit: &'static str, rounds: Vec<f64>) -> Self {
        Self::new(name.into(), unit, Good::High, rounds)
    }

    fn new(name: String, unit: &'static str, good: Good, rounds: Vec<f64>) -> Self {
        assert!(!rounds.is_empty(), "{name}: no round was measured");
        Self { name, unit, good, rounds, yardstick: None, target: None, beyond: None, note: String::new() }
    }

    /// What lies below, measured in the same run and in the same unit.
    pub(crate) fn beside(mut self, what: impl Into<String>, value: f64) -> Self {
        self.yardstick = Some((what.into(), value));
        self
    }

    /// What is to be reached, and what lies beyond.
    pub(crate) fn reaching(mut self, target: f64, beyond: Option<f64>) -> Self {
        (self.target, self.beyond) = (Some(target), beyond);
        self
    }

    /// How it was measured, where a reader could think otherwise.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// The median over the rounds.
    pub(crate) fn value(&self) -> f64 {
        median(&self.rounds)
    }

    fn reaches(&self, bound: f64) -> bool {
        match self.good {
            Good::Low => self.value() <= bound,
            Good::High => self.value() >= bound,
        }
    }

    fn verdict(&self) -> &'static str {
        match (self.target, self.beyond) {
            (_, Some(beyond)) if self.reaches(beyond) => "beyond",
            (Some(target), _) if self.reaches(target) => "met",
            (Some(_), _) => "not met",
            (None, _) => "",
        }
    }

    fn json(&self, measure: &str) -> Value {
        let yardstick = self.yardstick.as_ref().map(|(what, value)| json!({"what": what, "value": value}));
        json!({
            "measure": measure, "name": self.name, "unit": self.unit, "value": self.value(), "rounds": self.rounds,
            "yardstick": yardstick, "ratio": self.yardstick.as_ref().map(|(_, value)| self.value() / value),
            "target": self.target, "beyond": self.beyond, "verdict": self.verdict(), "note": self.note,
        })
    }
}

/// All figures of a run, with what it ran on.
pub(crate) struct Report {
    settings: Vec<(String, String)>,
    figures: Vec<(&'static str, Figure)>,
    missing: Vec<(String, String)>,
}

impl Report {
    /// A run without figures so far.
    pub(crate) const fn begin(settings: Vec<(String, String)>) -> Self {
        Self { settings, figures: Vec::new(), missing: Vec::new() }
    }

    /// Takes a measure's figures in, and prints them so that a long run can be followed.
    pub(crate) fn add(&mut self, measure: &'static str, figures: Vec<Figure>) {
        for figure in &figures {
            eprintln!("bench:   {} {} {} {:?}", figure.name, shown(figure.value()), figure.unit, figure.rounds);
        }
        self.figures.extend(figures.into_iter().map(|figure| (measure, figure)));
    }

    /// Says that something was not measured.
    pub(crate) fn not_measured(&mut self, what: &str, why: &str) {
        self.missing.push((what.to_owned(), why.to_owned()));
    }

    /// The run as a page of Markdown.
    pub(crate) fn table(&self) -> String {
        let mut page = String::new();
        for (name, value) in &self.settings {
            let _ = writeln!(page, "- {name}: {value}");
        }
        page.push_str("\n| figure | value | spread | yardstick | ratio | to reach | beyond | |\n|---|---|---|---|---|---|---|---|\n");
        for (_, figure) in &self.figures {
            let spread = figure
                .rounds
                .iter()
                .fold((f64::MAX, f64::MIN), |(low, high), round| (low.min(*round), high.max(*round)));
            let yardstick = figure.yardstick.as_ref().map(|(what, value)| format!("{} ({what})", shown(*value)));
            let ratio = figure.yardstick.as_ref().map(|(_, value)| format!("{:.2}", figure.value() / value));
            let bound = |bound: Option<f64>| bound.map(shown).unwrap_or_default();
            let _ = writeln!(
                page,
                "| {} | {} {} | {}–{} | {} | {} | {} | {} | {} |",
                figure.name,
                shown(figure.value()),
                figure.unit,
                shown(spread.0),
                shown(spread.1),
                yardstick.unwrap_or_default(),
                ratio.unwrap_or_default(),
                bound(figure.target),
                bound(figure.beyond),
                figure.verdict(),
            );
        }
        let noted: Vec<_> = self.figures.iter().filter(|(_, figure)| !figure.note.is_empty()).collect();
        if !noted.is_empty() {
            page.push('\n');
        }
        for (_, figure) in noted {
            let _ = writeln!(page, "- {}: {}", figure.name, figure.note);
        }
        if !self.missing.is_empty() {
            page.push_str("\nNot measured:\n");
        }
        for (what, why) in &self.missing {
            let _ = writeln!(page, "- {what}: {why}");
        }
        page
    }

    /// The run for programs.
    pub(crate) fn json(&self) -> String {
        let settings: serde_json::Map<String, Value> =
            self.settings.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
        let figures: Vec<Value> = self.figures.iter().map(|(measure, figure)| figure.json(measure)).collect();
        let missing: Vec<Value> = self.missing.iter().map(|(what, why)| json!({"measure": what, "why": why})).collect();
        format!("{:#}\n", json!({"settings": settings, "figures": figures, "not_measured": missing}))
    }
}

/// A number with three digits that say something.
fn shown(value: f64) -> String {
    match value.abs() {
        large if large >= 100.0 => format!("{value:.0}"),
        middle if middle >= 10.0 => format!("{value:.1}"),
        small if small >= 1.0 => format!("{value:.2}"),
        tiny => format!("{value:.*}", if tiny >= 0.1 || tiny == 0.0 { 3 } else { 4 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_follows_from_the_median_and_the_way_that_is_good() {
        let low = |value| Figure::low("x", "ms", vec![value]).reaching(10.0, Some(5.0)).verdict();
        assert_eq!((low(5.0), low(7.0), low(10.5)), ("beyond", "met", "not met"));
        let high = |rounds| Figure::high("x", "/s", rounds).reaching(10.0, Some(50.0)).verdict();
        assert_eq!((high(vec![60.0]), high(vec![1.0, 10.0, 90.0]), high(vec![9.0])), ("beyond", "met", "not met"));
        assert_eq!(Figure::low("x", "ms", vec![1.0]).verdict(), "");
    }

    #[test]
    fn what_was_not_measured_stands_in_table_and_json() {
        let mut report = Report::begin(vec![("kernel".into(), "6".into())]);
        report.add("latency", vec![Figure::low("p50", "ms", vec![2.0]).beside("iroh", 1.0).note("how")]);
        report.not_measured("memory", "too short");
        let table = report.table();
        assert!(table.contains("| p50 | 2.00 ms | 2.00–2.00 | 1.00 (iroh) | 2.00 |"), "{table}");
        assert!(table.contains("- memory: too short") && table.contains("- p50: how"), "{table}");
        let json: Value = serde_json::from_str(&report.json()).unwrap();
        assert_eq!(
            (&json["figures"][0]["ratio"], &json["not_measured"][0]["measure"]),
            (&2.0.into(), &"memory".into())
        );
    }
}
