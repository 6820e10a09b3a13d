//! `kith-bench [MEASURE…] [--rounds N] [--json FILE]`: figures of two shipped binaries in two network namespaces.
//!
//! The agents run with default settings and are used as a person's programs use them: through the local socket. This
//! process is the sender's client and the receiver's watcher at once, so that one clock times both ends. A message counts
//! as arrived when the receiver's agent pushes it to those who watch, which it does once the message is committed there.
//!
//! What lies below is measured in the same run: [`raw_iroh`], two endpoints of the same version between the same two
//! namespaces, and [`bare_commit`], the same bytes into a database with the vault's settings on the same disk.
//!
//! A figure is the median over the rounds of what each round found, such as a percentile. Figures are printed, never
//! asserted: a machine's load is no fault of the code. A measure that could not be taken is listed as not measured.
//!
//! `cargo xtask bench` builds both programs and runs this. The subcommands `echo`, `ping`, `push` and `count` are this
//! program's other ends inside the namespaces.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a measure that can't be taken ends by panicking, and is listed as not measured"
)]

mod bare_commit;
mod figure;
mod frames;
mod machine;
mod measures;
mod process;
mod raw_iroh;
mod socket;
mod stats;

use figure::Report;
use measures::{MEASURES, Measure};
use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

/// What can be typed.
const USAGE: &str = "usage: kith-bench [MEASURE…] [--rounds N] [--json FILE]";
/// Rounds unless told otherwise: an odd number, so that a median is something that was seen.
const ROUNDS: usize = 3;

/// What was asked for.
struct Wanted {
    measures: Vec<&'static Measure>,
    rounds: usize,
    json: Option<PathBuf>,
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["echo"] => raw_iroh::echo(),
        ["ping", to, count, pause_ms] => raw_iroh::ping(to, count, pause_ms),
        ["push", to, bytes] => raw_iroh::push(to, bytes),
        ["count"] => frames::count(),
        args => match parse(args) {
            Ok(wanted) => return run(&wanted),
            Err(why) => {
                eprintln!("{why}\n{USAGE}\nmeasures:");
                for measure in MEASURES {
                    eprintln!("  {:<10} {}", measure.name, measure.what);
                }
                return ExitCode::from(2);
            }
        },
    }
    ExitCode::SUCCESS
}

fn run(wanted: &Wanted) -> ExitCode {
    let mut report = Report::begin(machine::settings(wanted.rounds));
    for measure in &wanted.measures {
        eprintln!("bench: {}: {}", measure.name, measure.what);
        match std::panic::catch_unwind(|| (measure.take)(wanted.rounds)) {
            Ok(figures) => report.add(measure.name, figures),
            Err(_) => report.not_measured(measure.name, "it could not be taken; the reason is above"),
        }
    }
    for measure in MEASURES {
        if !wanted.measures.iter().any(|taken| taken.name == measure.name) {
            report.not_measured(measure.name, "not asked for");
        }
    }
    for (name, why) in measures::NOT_MEASURED {
        report.not_measured(name, why);
    }
    print!("{}", report.table());
    if let Some(file) = &wanted.json
        && let Err(error) = std::fs::write(file, report.json())
    {
        eprintln!("{} can't be written: {error}", file.display());
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn parse(args: &[&str]) -> Result<Wanted, String> {
    let mut wanted = Wanted { measures: Vec::new(), rounds: ROUNDS, json: None };
    let mut rest = args;
    loop {
        rest = match rest {
            [] => break,
            ["--rounds", number, more @ ..] => {
                let rounds = number.parse().ok().filter(|rounds| *rounds > 0);
                wanted.rounds = rounds.ok_or_else(|| format!("'{number}' is no number of rounds"))?;
                more
            }
            ["--json", file, more @ ..] => {
                wanted.json = Some(file.into());
                more
            }
            [name, more @ ..] => {
                let found = MEASURES.iter().find(|measure| measure.name == *name);
                wanted.measures.push(found.ok_or_else(|| format!("there is no measure '{name}'"))?);
                more
            }
        }
    }
    if wanted.measures.is_empty() {
        wanted.measures = MEASURES.iter().collect();
    }
    Ok(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_rounds_and_the_file_are_read_in_any_order() {
        let all = parse(&[]).ok().unwrap();
        assert_eq!((all.measures.len(), all.rounds, all.json), (MEASURES.len(), ROUNDS, None));
        let some = parse(&["--rounds", "5", "latency", "--json", "x", "flood"]).ok().unwrap();
        let names: Vec<_> = some.measures.iter().map(|measure| measure.name).collect();
        assert_eq!((names.as_slice(), some.rounds, some.json), (["latency", "flood"].as_slice(), 5, Some("x".into())));
        for bad in [&["--rounds", "0"][..], &["--rounds", "x"], &["nonsense"]] {
            assert!(parse(bad).is_err(), "{bad:?}");
        }
    }
}
