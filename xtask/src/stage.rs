//! Stages of a run: each is timed, a failure doesn't stop those after it, and a summary says how each went.

use crate::Outcome;
use std::fmt;
use std::time::{Duration, Instant};

/// How a stage ended.
#[derive(Debug, Clone, PartialEq, Eq)]
enum End {
    Passed,
    /// It does not apply here, and why.
    Skipped(String),
    /// Something is wrong, and what.
    Failed(String),
}

/// What a stage found, when nothing is wrong.
pub(crate) enum Finding {
    /// All is well.
    Passed,
    /// It does not apply here, and why.
    Skipped(String),
}

impl From<()> for Finding {
    fn from((): ()) -> Self {
        Self::Passed
    }
}

/// The stages that were run.
#[derive(Default)]
pub(crate) struct Stages {
    done: Vec<(&'static str, End, Duration)>,
}

impl Stages {
    /// Runs a stage, and says whether it may be built upon.
    pub(crate) fn run<F: Into<Finding>>(&mut self, name: &'static str, stage: impl FnOnce() -> Outcome<F>) -> bool {
        println!("\n== {name}");
        let start = Instant::now();
        let end = match stage().map(Into::into) {
            Ok(Finding::Passed) => End::Passed,
            Ok(Finding::Skipped(why)) => End::Skipped(why),
            Err(why) => End::Failed(why),
        };
        if end != End::Passed {
            println!("{name}: {end}");
        }
        let may_go_on = !matches!(end, End::Failed(_));
        self.done.push((name, end, start.elapsed()));
        may_go_on
    }

    /// Notes stages that could not be run because another failed.
    pub(crate) fn fail(&mut self, names: &[&'static str], why: &str) {
        self.done.extend(names.iter().map(|name| (*name, End::Failed(why.to_owned()), Duration::ZERO)));
    }

    /// Prints the summary; an error names the stages that failed.
    pub(crate) fn finish(self) -> Outcome {
        println!("\n== summary");
        for (name, end, time) in &self.done {
            println!("{name:<10} {:>7.1} s  {end}", time.as_secs_f64());
        }
        let total: Duration = self.done.iter().map(|(_, _, time)| *time).sum();
        let failed: Vec<_> = self.done.iter().filter(|(_, end, _)| matches!(end, End::Failed(_))).collect();
        if failed.is_empty() {
            println!("\nxtask test passed in {:.0} s", total.as_secs_f64());
            return Ok(());
        }
        let names: Vec<_> = failed.iter().map(|(name, ..)| *name).collect();
        Err(format!("test failed in {:.0} s: {}", total.as_secs_f64(), names.join(", ")))
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passed => write!(f, "passed"),
            Self::Skipped(why) => write!(f, "skipped: {why}"),
            Self::Failed(why) => write!(f, "FAILED: {why}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_does_not_stop_the_stages_after_it_and_is_named_at_the_end() {
        let mut stages = Stages::default();
        assert!(!stages.run("fmt", || Err::<(), _>("ugly".to_owned())));
        assert!(stages.run("tidy", || Ok(())));
        assert!(stages.run("web", || Ok(Finding::Skipped("no web".to_owned()))));
        let why = stages.finish().unwrap_err();
        assert!(why.ends_with(": fmt"), "{why}");
    }
}
