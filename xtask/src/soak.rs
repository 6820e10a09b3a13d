//! `cargo xtask soak [MINUTES] [--seed N]`: every random test with numbers that nobody has tried, for as long as asked.
//!
//! Three kinds of work take turns, each on all cores: simulations on the model sealer, one in a hundred of them on real MLS
//! too with both histories compared; kills of real agents; changed bytes at every decoder. All numbers follow from one, the
//! *base seed*, which is the time unless it is given, and is printed.
//!
//! The first failure ends the run and says what repeats it. A run that ends well ran out of time; as a turn that has begun
//! is finished, it takes up to one turn longer.

use crate::Outcome;
use crate::environment::{Environment, run};
use crate::{setup, test};
use std::fmt;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Minutes unless told otherwise.
const MINUTES: u64 = 60;
/// A run is this many turns, unless they would be longer than the longest.
const TURNS: u32 = 6;
/// The longest turn: a test that kills for longer would be taken for one that hangs.
const LONGEST_TURN: Duration = Duration::from_secs(5 * 60);
/// Simulations in one process.
const BATCH: u64 = 100;
/// Every how many simulations one is run on MLS too.
const COMPARE: u64 = 100;
/// What killing an agent costs, with all that is looked at afterwards.
const SECONDS_OF_A_KILL: u64 = 2;
/// What replaying every corpus with its usual number of mutations costs on two cores.
const SECONDS_OF_A_REPLAY: u64 = 45;
/// More than a turn's mutations of any corpus, so that no turn repeats another's.
const MUTATIONS_OF_A_TURN: u64 = 2_000_000;

/// The tests that kill.
const LAB: &str = "-p kith-lab --test it crashes::";
/// The tests that change bytes.
const FUZZ: &str = "-p kith-fuzz --test replay";

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    minutes: u64,
    base: u64,
}

/// What was done.
#[derive(Debug, Default)]
struct Done {
    simulations: u64,
    kills: u64,
    mutations: u64,
    time: Duration,
}

/// Builds everything, then goes on until the time is up or something fails.
pub(crate) fn run_for(root: &Path, args: &[&str]) -> Outcome {
    // As many simulations in a second as there are milliseconds are more than a machine does: two runs share none.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let wanted = parse(args, u64::try_from(now).unwrap_or_default())?;
    let environment = Environment::find(root)?;
    setup::programs(&environment).and_then(|()| setup::nextest(&environment))?;
    test::build(&environment)?;
    run(&mut environment.cargo("build --release --locked -p kith-sim"))?;
    [LAB, FUZZ].into_iter().try_for_each(|of| run(tests(&environment, of).arg("--no-run")))?;

    println!("soak: {} minutes, --seed {}", wanted.minutes, wanted.base);
    let start = Instant::now();
    let end = start + Duration::from_secs(60 * wanted.minutes);
    let turn = Duration::from_secs(60 * wanted.minutes).min(LONGEST_TURN * TURNS) / TURNS;
    let mut done = Done::default();
    let mut outcome = Ok(());
    for number in 0.. {
        if outcome.is_err() || Instant::now() >= end {
            break;
        }
        outcome = match number % 3 {
            0 => simulate(&environment, wanted.base, (Instant::now() + turn).min(end), &mut done),
            1 => kill(&environment, wanted.base.wrapping_add(number), turn, &mut done),
            _ => change_bytes(&environment, wanted.base.wrapping_add(number), turn, &mut done),
        };
        done.time = start.elapsed();
        println!("soak: {done}");
    }
    outcome
}

/// Runs simulations on all cores until `end`, or until one breaks a rule.
fn simulate(environment: &Environment, base: u64, end: Instant, done: &mut Done) -> Outcome {
    let simulator = environment.target.join("release/kith-sim");
    let first = base.wrapping_add(done.simulations);
    let (next, ran) = (AtomicU64::new(first), AtomicU64::new(0));
    let broken = Mutex::new(None);
    let is_over = || Instant::now() >= end || broken.lock().is_ok_and(|broken| broken.is_some());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while !is_over() {
                    let seed = next.fetch_add(BATCH, Ordering::Relaxed);
                    let mut batch = environment.command(&simulator.to_string_lossy());
                    batch.arg(seed.to_string()).args(["--count", &BATCH.to_string()]);
                    // Every other batch has all that can befall lists and be said, which MLS and its model can't be compared by.
                    match (seed / BATCH).is_multiple_of(2) {
                        true => batch.args(["--compare", &COMPARE.to_string()]),
                        false => batch.args(["--lists", "--files", "--words"]),
                    };
                    match finish(&mut batch) {
                        Ok(_) => {
                            ran.fetch_add(BATCH, Ordering::Relaxed);
                        }
                        // What the simulator says ends with the command that replays the seed.
                        Err(why) => {
                            if let Ok(mut broken) = broken.lock() {
                                broken.get_or_insert(why);
                            }
                        }
                    }
                }
            });
        }
    });
    done.simulations += ran.into_inner();
    match broken.into_inner() {
        Ok(None) => Ok(()),
        Ok(Some(why)) => Err(format!("soak: a simulation broke a rule:\n{why}")),
        Err(_) => Err("soak: a thread that runs simulations panicked".into()),
    }
}

/// Kills real agents at random moments in pairing, talking and migrating.
fn kill(environment: &Environment, seed: u64, turn: Duration, done: &mut Done) -> Outcome {
    let kills = (turn.as_secs() / SECONDS_OF_A_KILL).max(1);
    let mut tests = tests(environment, LAB);
    tests.env("KITH_LAB_SEED", seed.to_string()).env("KITH_LAB_KILLS", kills.to_string());
    // Each test prints how it is repeated.
    finish(&mut tests).map_err(|why| format!("soak: a kill did harm:\n{why}"))?;
    done.kills += kills;
    Ok(())
}

/// Has every decoder read its corpus, changed in ways that were not tried before.
fn change_bytes(environment: &Environment, seed: u64, turn: Duration, done: &mut Done) -> Outcome {
    let times = (turn.as_secs() / SECONDS_OF_A_REPLAY).max(1);
    let mut tests = tests(environment, FUZZ);
    let first = seed.wrapping_mul(MUTATIONS_OF_A_TURN);
    tests.env("KITH_FUZZ_SEED", first.to_string()).env("KITH_FUZZ_TIMES", times.to_string());
    tests.args(["--success-output", "final"]);
    let said = finish(&mut tests).map_err(|why| {
        let repeat = repeated_by(&why).map_or_else(String::new, |command| format!("\nrepeat it with: {command}"));
        format!("soak: bytes did harm:\n{why}{repeat}")
    })?;
    done.mutations += said.lines().filter_map(mutations).sum::<u64>();
    Ok(())
}

/// The tests of a crate, built as the command builds them that repeats one.
fn tests(environment: &Environment, which: &str) -> Command {
    let tests = environment.cargo(&format!("nextest run --release --locked {which}"));
    test::with_binaries(environment, tests)
}

/// Runs a command to its end and takes what it says; an error holds that as well.
fn finish(command: &mut Command) -> Outcome<String> {
    let output = command.env("RUST_BACKTRACE", "0").output();
    let Output { status, stdout, stderr } =
        output.map_err(|error| format!("{} can't be run: {error}", command.get_program().display()))?;
    let said = [stdout, stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    if status.success() { Ok(said) } else { Err(said) }
}

/// How many mutations a line of the replay tells of: `packet: 31 files and 100000 mutations, 81 of them accepted`.
fn mutations(line: &str) -> Option<u64> {
    let (before, _) = line.split_once(" mutations, ")?;
    before.rsplit_once(" files and ")?.1.parse().ok()
}

/// What repeats a failure of the replay at once: `packet fails on KITH_FUZZ_SEED=5 (…` names the body and its mutation.
fn repeated_by(said: &str) -> Option<String> {
    let (before, after) = said.split_once(" fails on KITH_FUZZ_SEED=")?;
    let body = before.split_whitespace().last()?;
    let seed = after.split_whitespace().next()?;
    Some(format!("KITH_FUZZ_SEED={seed} cargo nextest run --release -p kith-fuzz takes_its_corpus::{body}"))
}

fn parse(args: &[&str], now: u64) -> Outcome<Wanted> {
    let number = |text: &str| text.parse::<u64>().map_err(|_| format!("soak: '{text}' is no number"));
    let mut wanted = Wanted { minutes: MINUTES, base: now };
    let mut rest = args;
    loop {
        rest = match rest {
            [] => return Ok(wanted),
            ["--seed", seed, more @ ..] => {
                wanted.base = number(seed)?;
                more
            }
            [minutes, more @ ..] => {
                wanted.minutes = number(minutes)?;
                more
            }
        };
    }
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { simulations, kills, mutations, time } = self;
        let minutes = time.as_secs_f64() / 60.0;
        write!(f, "{simulations} simulations, {kills} kills, {mutations} mutations in {minutes:.1} minutes")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_and_seed_are_read_in_any_order() {
        let read = |args: &[&str]| parse(args, 7).map(|wanted| (wanted.minutes, wanted.base));
        assert_eq!(read(&[]), Ok((MINUTES, 7)));
        assert_eq!(read(&["3"]), Ok((3, 7)));
        assert_eq!(read(&["--seed", "9", "3"]), Ok((3, 9)));
        assert_eq!(read(&["3", "--seed", "9"]), Ok((3, 9)));
        assert!(read(&["--seed"]).is_err() && read(&["long"]).is_err());
    }

    #[test]
    fn what_the_replay_says_is_counted_and_its_failure_is_repeatable() {
        let said = "packet: 31 files and 100000 mutations, 81 of them accepted\nPASS [1s] takes_its_corpus::packet\n";
        assert_eq!(said.lines().filter_map(mutations).sum::<u64>(), 100_000);
        let said = "thread 'x' panicked at replay.rs:1:\nheartbeat fails on KITH_FUZZ_SEED=5 (12 bytes): 00ff";
        let command = "KITH_FUZZ_SEED=5 cargo nextest run --release -p kith-fuzz takes_its_corpus::heartbeat";
        assert_eq!(repeated_by(said).as_deref(), Some(command));
        assert_eq!(repeated_by("heartbeat fails on real-00"), None);
    }
}
