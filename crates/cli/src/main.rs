//! `kith`: the command line, and the agent that it runs.
//!
//! One binary, two roles. `kith run` becomes this device's agent; every other command is a client that asks the agent
//! of the same home over its local socket, in the language of `kith_api`, and prints the answer. What a command prints
//! and how it ends is in `docs/cli.md`; scripts rely on it.
//!
//! A run goes from [`args`] (what was typed) through [`commands`] (what it means) to [`output`] (what leaves). Exit codes:
//! 0 done, 1 not done, 2 typed wrongly.

mod args;
mod browser;
mod commands;
mod home;
mod interrupt;
mod output;
mod terminal;
mod text;

use args::Invocation;
use output::{Failure, Form};
use std::env;
use std::io;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    log_to_stderr();
    match args::parse(env::args_os().collect()) {
        Ok(invocation) => finish(invocation),
        Err(ended) => ExitCode::from(ended.code),
    }
}

/// Runs a command and turns its outcome into an exit code.
fn finish(invocation: Invocation) -> ExitCode {
    let form = Form::of(invocation.common.json);
    match commands::run(invocation, form) {
        Ok(()) | Err(Failure::StdoutGone) => ExitCode::SUCCESS,
        Err(Failure::Error(error)) => {
            form.error(&error);
            ExitCode::FAILURE
        }
    }
}

/// Logs what `KITH_LOG` asks for, warnings otherwise.
fn log_to_stderr() {
    let filter = EnvFilter::try_from_env("KITH_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
}
