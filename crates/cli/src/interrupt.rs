//! Ctrl-C and SIGTERM for commands that go on until they are told to stop, where that end is a good one, and for those that
//! have something to stop first.

use crate::output::Outcome;
use crate::text::{text, text_with};
use kith_api::{Error, ErrorKind};
use std::io;
use std::process;
use std::thread;
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// What a shell says of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// From here on SIGINT and SIGTERM end the process with 0. A line is written by one call, so it is whole or absent.
pub(crate) fn ends_well() -> Outcome {
    let (runtime, mut interrupt, mut terminate) = listen().map_err(|error| refused(&error))?;
    thread::spawn(move || {
        runtime.block_on(either(&mut interrupt, &mut terminate));
        process::exit(0)
    });
    Ok(())
}

/// From here on the first SIGINT or SIGTERM asks for an end, which the caller waits for; the next one does not wait.
pub(crate) fn asks_first(first: impl FnOnce() + Send + 'static) -> Outcome {
    let (runtime, mut interrupt, mut terminate) = listen().map_err(|error| refused(&error))?;
    thread::spawn(move || {
        runtime.block_on(either(&mut interrupt, &mut terminate));
        thread::spawn(first);
        runtime.block_on(either(&mut interrupt, &mut terminate));
        process::exit(INTERRUPTED)
    });
    Ok(())
}

/// From here on SIGTERM and SIGHUP do what is given before they end the process; Ctrl-C is a key there.
pub(crate) fn ends_after(last: fn()) -> Outcome {
    let runtime = Builder::new_current_thread().enable_io().build().map_err(|error| refused(&error))?;
    let inside = runtime.enter();
    let mut terminate = signal(SignalKind::terminate()).map_err(|error| refused(&error))?;
    let mut hang_up = signal(SignalKind::hangup()).map_err(|error| refused(&error))?;
    drop(inside);
    thread::spawn(move || {
        runtime.block_on(either(&mut terminate, &mut hang_up));
        last();
        process::exit(0)
    });
    Ok(())
}

/// Takes both signals over at once, before the caller goes on.
fn listen() -> io::Result<(Runtime, Signal, Signal)> {
    let runtime = Builder::new_current_thread().enable_io().build()?;
    let inside = runtime.enter();
    let (interrupt, terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    drop(inside);
    Ok((runtime, interrupt, terminate))
}

/// Waits for one of two signals.
async fn either(one: &mut Signal, other: &mut Signal) {
    tokio::select! {
        _ = one.recv() => {}
        _ = other.recv() => {}
    }
}

/// The system gives no signal handling.
fn refused(error: &io::Error) -> Error {
    Error::said(ErrorKind::Internal, text_with("error-signals", &[("why", error.to_string())]), text("hint-bug"))
}
