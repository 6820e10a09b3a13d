//! `cargo run --release -p kith-fuzz --bin kith-fuzz-record`: records the corpora anew from real traffic.

use std::process::ExitCode;

fn main() -> ExitCode {
    match kith_fuzz::record() {
        Ok(written) => {
            println!("{written} inputs recorded");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("the corpora can't be written: {error}");
            ExitCode::FAILURE
        }
    }
}
