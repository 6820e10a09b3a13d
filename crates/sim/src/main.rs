//! `cargo sim SEED`: replays one seed of the simulator, readably.

use clap::Parser;
use kith_sim::journal::Journal;
use kith_sim::scenario::{self, Plan};
use kith_sim::world::World;
use std::panic::catch_unwind;
use std::process::ExitCode;

/// Replays one seed of the simulator. The columns are documented in `crates/sim/src/journal.rs`.
#[derive(Parser)]
#[command(name = "cargo sim")]
struct Args {
    /// The seed.
    seed: u64,
    /// How many steps people and faults take before all heals.
    #[arg(long, default_value_t = scenario::STEPS)]
    steps: u64,
    /// Seal with MLS instead of the model.
    #[arg(long)]
    mls: bool,
    /// Let devices leave, people recover with their words, and thieves sign lists, too.
    #[arg(long)]
    lists: bool,
    /// Let people send files, too.
    #[arg(long)]
    files: bool,
    /// Let people react, pin, and agree that messages disappear, too.
    #[arg(long)]
    words: bool,
    /// Print every turn, packet and effect.
    #[arg(long)]
    verbose: bool,
    /// Run every seed from SEED on, this many, and stop at the first that breaks a rule.
    #[arg(long, default_value_t = 1)]
    count: u64,
    /// Run each seed that is a multiple of this on MLS too, and compare the two histories; 0 for none.
    #[arg(long, default_value_t = 0)]
    compare: u64,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let plan = if args.mls { Plan::MLS } else { Plan::MODEL };
    let plan = Plan { steps: args.steps, lists: args.lists, files: args.files, words: args.words, ..plan };
    for seed in args.seed..args.seed.saturating_add(args.count) {
        let compare = args.compare > 0 && seed.is_multiple_of(args.compare);
        let journal = if args.verbose { Journal::printed() } else { Journal::silent() };
        // A vault panics when a batch breaks its contract: that is a rule broken, too.
        let ran = catch_unwind(|| match compare {
            true => scenario::both(seed, plan.steps),
            false => scenario::run(seed, plan, journal),
        });
        let broken = match ran {
            Ok(Ok(world)) => {
                if args.count == 1 {
                    println!("seed {seed}: {}", told(&world));
                }
                continue;
            }
            Ok(Err(broken)) => broken.to_string(),
            Err(_) => "a panic, said above".into(),
        };
        let mls = if args.mls { " --mls" } else { "" };
        let chosen = [(args.lists, " --lists"), (args.files, " --files"), (args.words, " --words")];
        let also: String = chosen.into_iter().filter_map(|(chosen, flag)| chosen.then_some(flag)).collect();
        let how = if compare { " --compare 1" } else { mls };
        eprintln!("seed {seed} {broken}\nreplay it with: cargo sim {seed} --steps {}{how}{also} --verbose", args.steps);
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn told(world: &World) -> String {
    format!(
        "{} devices, {} events, quiet at {} ms; strangers: {}; rules broken: {:?}",
        world.nodes.len(),
        world.nodes.iter().map(|node| node.vault.events().count()).sum::<usize>(),
        world.now_us() / 1000,
        world.check.strangers(&world.nodes),
        world.check.rejected,
    )
}
