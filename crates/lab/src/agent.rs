//! One home: the agent that runs on it. Its commands are those of [`Client`].

use crate::binary::kith_binary;
use crate::client::{Client, Failure};
use crate::lan::Host;
use crate::wait::until;
use serde_json::Value;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

/// An agent is up, or has ended, within this: the first start makes the recovery keys.
const START: Duration = Duration::from_secs(30);
/// Bytes of an agent's stderr that a failed test prints.
const TAIL: usize = 6000;

/// A home with its agent.
pub struct Agent {
    client: Client,
    before: Vec<String>,
    args: Vec<String>,
    envs: Vec<(String, PathBuf)>,
    log: String,
    input: Option<PathBuf>,
    process: Option<Child>,
}

impl Deref for Agent {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Agent {
    pub(crate) fn new(host: Host, home: PathBuf) -> Self {
        let client = Client { host, binary: kith_binary(), outputs: home.clone(), home };
        Self { client, before: vec![], args: vec![], envs: vec![], log: "warn".to_owned(), input: None, process: None }
    }

    /// This home on another path of its host, such as a mounted one.
    pub fn at(mut self, home: &Path) -> Self {
        home.clone_into(&mut self.client.home);
        self
    }

    /// Arguments of `kith run` besides the usual ones.
    pub fn with(mut self, args: &[&str]) -> Self {
        self.args.extend(args.iter().map(|arg| (*arg).to_owned()));
        self
    }

    /// Bytes on the standard input of its next start.
    pub fn with_input(mut self, input: &[u8]) -> Self {
        let file = self.outputs.with_extension("input");
        fs::write(&file, input).expect("a file for its input");
        self.input = Some(file);
        self
    }

    /// Another binary.
    pub fn with_binary(mut self, binary: PathBuf) -> Self {
        self.client.binary = binary;
        self
    }

    /// A program that runs the agent, such as a tracer.
    pub fn under(mut self, program: &[&str]) -> Self {
        self.before = program.iter().map(|arg| (*arg).to_owned()).collect();
        self
    }

    /// What the agent logs.
    pub fn logging(mut self, filter: &str) -> Self {
        filter.clone_into(&mut self.log);
        self
    }

    /// Writes what the agent prints beside another path than its home, which may be on a medium of its own.
    pub fn write_logs_to(&mut self, outputs: &Path) {
        outputs.clone_into(&mut self.client.outputs);
    }

    /// Starts the agent and waits until it is ready.
    #[must_use]
    pub fn started(mut self) -> Self {
        self.start();
        self
    }

    /// A variable of its environment that names a path.
    pub fn with_env(mut self, name: &str, path: &Path) -> Self {
        self.envs.push((name.to_owned(), path.to_owned()));
        self
    }

    /// Its commands, for another thread.
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// The file with everything the agent has written to stderr, in all its runs.
    pub fn stderr_file(&self) -> PathBuf {
        self.outputs.with_extension("stderr")
    }

    fn stdout_file(&self) -> PathBuf {
        self.outputs.with_extension("stdout")
    }

    /// Starts the agent, waits until it is ready, and returns its first line.
    ///
    /// # Panics
    /// If it ends instead, or is not ready in time.
    #[track_caller]
    pub fn start(&mut self) -> Value {
        self.launch();
        let stdout = self.stdout_file();
        until("the agent is ready", START, || {
            if let Some(status) = self.ended() {
                panic!("the agent ended instead of getting ready: {status}\n{}", self.stderr_tail());
            }
            fs::read_to_string(&stdout).ok()?.lines().next().and_then(|line| serde_json::from_str(line).ok())
        })
    }

    /// Starts the agent and does not wait.
    pub fn launch(&mut self) {
        assert!(self.process.is_none(), "it runs already");
        let stdout = File::create(self.stdout_file()).expect("a file for the agent's output");
        let stderr = File::options().create(true).append(true).open(self.stderr_file()).expect("a file for its log");
        let stdin = self.input.take().map_or_else(Stdio::null, |words| File::open(words).expect("its input").into());
        let process = self.run_command().stdout(stdout).stderr(stderr).stdin(stdin).spawn();
        self.process = Some(process.expect("the agent can be started"));
    }

    fn run_command(&self) -> Command {
        let whole: Vec<&OsStr> = self.before.iter().map(OsStr::new).chain([self.binary.as_os_str()]).collect();
        let mut command = self.host.program(whole[0]);
        command.args(&whole[1..]).args(["run", "--no-open", "--json", "--home"]).arg(&self.home).args(&self.args);
        command.env("KITH_LOG", &self.log).env("RUST_BACKTRACE", "1").env_remove("KITH_HOME");
        // Nothing is announced on the desktop of whoever runs the tests.
        command.env("DBUS_SESSION_BUS_ADDRESS", "disabled:");
        command.envs(self.envs.iter().map(|(name, path)| (name, path)));
        command
    }

    /// Starts an agent that can't start, and returns why.
    ///
    /// # Panics
    /// If it does not end with exit code 1 and an error.
    #[track_caller]
    pub fn start_fails(&mut self) -> Failure {
        self.launch();
        let status = until("the agent refuses to start", START, || self.ended());
        let stderr = fs::read_to_string(self.stderr_file()).unwrap_or_default();
        let error = stderr.lines().rev().find(|line| line.starts_with("{\"error\"")).map(str::to_owned);
        assert_eq!(status.code(), Some(1), "{stderr}");
        Failure::read(&error.unwrap_or_else(|| panic!("no error was told: {stderr}")), vec![])
    }

    fn ended(&mut self) -> Option<ExitStatus> {
        let status = self.process.as_mut()?.try_wait().expect("a child can be asked")?;
        self.process = None;
        Some(status)
    }

    /// The process, to be looked at in `/proc`. Under a tracer it is the tracer's.
    ///
    /// # Panics
    /// If it does not run.
    pub fn pid(&self) -> u32 {
        self.process.as_ref().expect("it runs").id()
    }

    /// Whether the agent runs.
    pub fn runs(&mut self) -> bool {
        self.process.is_some() && self.ended().is_none()
    }

    /// Ends the agent as a system does that shuts down: SIGTERM, and it ends well.
    #[track_caller]
    pub fn stop(&mut self) {
        if self.before.is_empty() {
            signal(self.process.as_ref().expect("it runs"), rustix::process::Signal::TERM);
        } else {
            self.cmd(&["stop"]);
        }
        let status = until("the agent ends", START, || self.ended());
        assert!(status.success(), "the agent ended badly: {status}\n{}", self.stderr_tail());
    }

    /// Waits until the agent ends by itself, however it does.
    #[track_caller]
    pub fn ends(&mut self) -> ExitStatus {
        until("the agent ends by itself", 3 * START, || self.ended())
    }

    /// Ends the agent as a power cut would.
    pub fn kill9(&mut self) {
        if let Some(mut process) = self.process.take() {
            if !self.before.is_empty() {
                // A tracer that is killed leaves the agent running.
                self.run(&["stop"]);
            }
            process.kill().expect("a child can be killed");
            process.wait().expect("a child can be waited for");
        }
    }

    /// The app is uninstalled with everything in it, and installed and started anew.
    #[track_caller]
    pub fn reinstall(&mut self) {
        self.uninstall();
        self.start();
    }

    /// As [`Self::reinstall`], beginning from the 24 words.
    #[track_caller]
    pub fn restore(&mut self, words: &str) {
        self.uninstall();
        let file = self.outputs.with_extension("words");
        fs::write(&file, words).expect("a file for the words");
        self.input = Some(file);
        self.args.push("--restore".to_owned());
        self.start();
        self.args.pop();
    }

    fn uninstall(&mut self) {
        self.kill9();
        fs::remove_dir_all(&self.home).expect("a home that was there");
    }

    fn stderr_tail(&self) -> String {
        let bytes = fs::read(self.stderr_file()).unwrap_or_default();
        String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(TAIL)..]).into_owned()
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        self.kill9();
        if thread::panicking() {
            println!("--- stderr of the agent on {}\n{}", self.home.display(), self.stderr_tail());
        }
    }
}

fn signal(process: &Child, signal: rustix::process::Signal) {
    let pid = rustix::process::Pid::from_raw(process.id().cast_signed()).expect("a child has an id");
    rustix::process::kill_process(pid, signal).expect("a child can be signalled");
}
