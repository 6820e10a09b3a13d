//! A program on a terminal: keys go in, and what its screen shows can be looked at.

use crate::wait::until;
use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZero;
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A program that runs on a terminal of its own.
pub struct Screen {
    terminal: File,
    seen: Arc<Mutex<vt100::Parser>>,
    program: Child,
}

impl Screen {
    /// Starts a program on a terminal of so many columns and rows.
    pub fn start(mut program: Command, columns: u16, rows: u16) -> Self {
        let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).expect("a terminal");
        grantpt(&terminal).and_then(|()| unlockpt(&terminal)).expect("its other end");
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&terminal, size).expect("its size");
        let name = ptsname(&terminal, Vec::new()).expect("its name");
        let name = name.to_str().expect("a plain name").to_owned();
        let end = || File::options().read(true).write(true).open(&name).expect("the program's end");
        program.env("TERM", "xterm-256color").stdin(end()).stdout(end()).stderr(end());
        let program = program.spawn().expect("the program can be started");
        let terminal = File::from(terminal);
        let seen = Arc::new(Mutex::new(vt100::Parser::new(cells(rows), cells(columns), 0)));
        let (mut written, shown) = (terminal.try_clone().expect("a second handle"), Arc::clone(&seen));
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            // The terminal is gone with the program's last end.
            while let Ok(count @ 1..) = written.read(&mut bytes) {
                shown.lock().expect("nobody panics with it").process(&bytes[..count]);
            }
        });
        Self { terminal, seen, program }
    }

    /// Presses keys, as the bytes that a terminal sends for them.
    pub fn keys(&mut self, keys: &str) {
        self.terminal.write_all(keys.as_bytes()).expect("the terminal takes keys");
    }

    /// What the screen shows.
    pub fn text(&self) -> String {
        self.seen.lock().expect("nobody panics with it").screen().contents()
    }

    /// Waits until the screen shows words.
    ///
    /// # Panics
    /// When the deadline is over, with what it shows instead.
    #[track_caller]
    pub fn wait(&self, words: &str, deadline: Duration) {
        crate::wait::holds(words, deadline, || self.text(), |text| text.contains(words));
    }

    /// Sends the program what Ctrl-C does.
    pub fn interrupt(&self) {
        let pid = i32::try_from(self.program.id()).ok().and_then(Pid::from_raw).expect("a process has an id");
        kill_process(pid, Signal::INT).expect("a child can be interrupted");
    }

    /// Waits until the program ends by itself.
    #[track_caller]
    pub fn ends(&mut self, deadline: Duration) -> ExitStatus {
        let program = &mut self.program;
        until("the program ends", deadline, || program.try_wait().expect("a child can be asked"))
    }
}

/// So many cells, at least one.
fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap_or(NonZero::<u16>::MIN)
}

impl Drop for Screen {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
