//! `cargo sim SEED`: replays one seed of the simulator, readably.

use clap::Parser;
use kith_sim::journal::Journal;
use kith_sim::scenario::{self, Plan};
use kith_sim::sealing;
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
    /// Print every turn, packet and effect.
    #[arg(long)]
    verbose: bool,
    /// Run every seed from SEED on, this many, and stop at the first that breaks a rule.
    #[arg(long, default_value_t = 1)]
    count: u64,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let sealing = if args.mls { sealing::mls } else { sealing::model };
    let plan = Plan { steps: args.steps, sealing, damage: !args.mls };
    for seed in args.seed..args.seed.saturating_add(args.count) {
        let journal = if args.verbose { Journal::printed() } else { Journal::silent() };
        match scenario::run(seed, plan, journal) {
            Ok(world) if args.count == 1 => println!(
                "seed {seed}: {} devices, {} events, quiet at {} ms; rules broken: {:?}",
                world.nodes.len(),
                world.nodes.iter().map(|node| node.vault.events().count()).sum::<usize>(),
                world.now_us() / 1000,
                world.check.rejected,
            ),
            Ok(_) => {}
            Err(broken) => {
                eprintln!("seed {seed} {broken}\nreplay it with: cargo sim {seed} --steps {} --verbose", args.steps);
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
