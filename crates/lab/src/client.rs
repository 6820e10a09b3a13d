//! The commands that speak to a home's agent.

use crate::lan::Host;
use crate::wait::{holds, until};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::thread;
use std::time::Duration;

/// Runs commands on a home, whether its agent runs or not.
#[derive(Clone)]
pub struct Client {
    pub(crate) host: Host,
    pub(crate) home: PathBuf,
    pub(crate) binary: PathBuf,
    /// Where this home's outputs go, each with an ending of its own.
    pub(crate) outputs: PathBuf,
}

/// How a command ended.
#[derive(Debug)]
pub struct Run {
    /// Its exit code.
    pub code: Option<i32>,
    /// What it printed, one object a line.
    pub out: Vec<Value>,
    /// The error it told, if it told one.
    pub error: Option<Value>,
}

/// How a command failed.
#[derive(Debug)]
pub struct Failure {
    /// For scripts.
    pub kind: String,
    /// For people.
    pub message: String,
    /// What to do next.
    pub hint: String,
    /// What it printed before.
    pub out: Vec<Value>,
}

impl Client {
    /// Where everything of this device lies.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The host it is on.
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// Runs a command to its end.
    pub fn run(&self, args: &[&str]) -> Run {
        self.run_with_input(args, b"")
    }

    /// Runs a command with bytes on its standard input.
    pub fn run_with_input(&self, args: &[&str], input: &[u8]) -> Run {
        let args: Vec<&OsStr> = args.iter().map(OsStr::new).collect();
        Run::read(&self.output(&args, input))
    }

    /// Runs a command whose arguments need not be text.
    pub fn run_raw(&self, args: &[&OsStr]) -> Run {
        Run::read(&self.output(args, b""))
    }

    fn output(&self, args: &[&OsStr], input: &[u8]) -> Output {
        let mut child = self.command(args).spawn().expect("kith can be started");
        let mut stdin = child.stdin.take().expect("piped");
        thread::scope(|scope| {
            // A command that has read enough closes its end.
            scope.spawn(move || stdin.write_all(input));
            child.wait_with_output().expect("kith ends")
        })
    }

    fn command(&self, args: &[&OsStr]) -> Command {
        let mut command = self.host.local_program(&self.binary);
        command.args(args.first()).arg("--json").arg("--home").arg(&self.home).args(args.iter().skip(1));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.env("KITH_LOG", "warn").env_remove("KITH_HOME");
        command
    }

    /// Runs a command that works, and returns what it printed.
    ///
    /// # Panics
    /// If it does not end well.
    #[track_caller]
    pub fn cmd(&self, args: &[&str]) -> Vec<Value> {
        let run = self.run(args);
        assert_eq!(run.code, Some(0), "kith {args:?}: {run:#?}");
        run.out
    }

    /// Runs a command that prints one object.
    #[track_caller]
    pub fn one(&self, args: &[&str]) -> Value {
        let mut out = self.cmd(args);
        assert_eq!(out.len(), 1, "kith {args:?} printed {out:#?}");
        out.remove(0)
    }

    /// Runs a command that fails, and returns how.
    ///
    /// # Panics
    /// If it ends in another way than with exit code 1 and an error.
    #[track_caller]
    pub fn fails(&self, args: &[&str]) -> Failure {
        self.run(args).failure()
    }

    /// A contact as `kith contacts` lists it.
    pub fn contact(&self, name: &str) -> Option<Value> {
        let mut contacts = self.cmd(&["contacts"]);
        contacts.retain(|contact| contact["name"] == name || contact["contact"] == name);
        contacts.pop()
    }

    /// Waits until a field of a contact has a value.
    #[track_caller]
    pub fn wait_contact(&self, name: &str, field: &str, value: impl Into<Value>, deadline: Duration) -> Value {
        let value = value.into();
        let what = format!("{field} of {name} is {value}");
        holds(&what, deadline, || self.contact(name), |seen| seen.as_ref().is_some_and(|seen| seen[field] == value))
            .expect("it was seen")
    }

    /// The texts of a conversation, in order, without notices; a deleted one is null.
    #[track_caller]
    pub fn texts(&self, contact: &str) -> Vec<Value> {
        let shown = |message: &Value| if message["kind"] == "text" { message["text"].clone() } else { Value::Null };
        self.cmd(&["log", contact]).iter().filter(|message| message["kind"] != "notice").map(shown).collect()
    }

    /// What the device told its own person in a conversation.
    #[track_caller]
    pub fn notices(&self, contact: &str) -> Vec<Value> {
        let log = self.cmd(&["log", contact]);
        log.iter().filter(|message| message["kind"] == "notice").map(|message| message["notice"].clone()).collect()
    }

    /// Waits until the texts of a conversation are these.
    #[track_caller]
    pub fn wait_texts(&self, contact: &str, texts: &[&str], deadline: Duration) {
        let what = format!("the log of {contact} is {texts:?}");
        holds(&what, deadline, || self.texts(contact), |seen| seen == texts);
    }

    /// Sends a text and returns its event's id.
    #[track_caller]
    pub fn send(&self, contact: &str, text: &str) -> String {
        string(&self.one(&["send", contact, text]), "event")
    }

    /// Begins `kith log --follow`.
    pub fn follow(&self, contact: &str, args: &[&str]) -> Follow {
        let file = self.outputs.with_extension("follow");
        let mut command: Vec<&OsStr> = ["log", contact, "--follow"].into_iter().map(OsStr::new).collect();
        command.extend(args.iter().map(OsStr::new));
        let process = self
            .command(&command)
            .stdin(Stdio::null())
            .stdout(File::create(&file).expect("a file for what is followed"))
            .stderr(Stdio::null())
            .spawn()
            .expect("kith can be started");
        Follow { process, file }
    }
}

impl Run {
    fn read(output: &Output) -> Self {
        let lines = |bytes: &[u8]| -> Vec<Value> {
            let text = String::from_utf8_lossy(bytes);
            text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| line.into())).collect()
        };
        let error = lines(&output.stderr).pop();
        Self { code: output.status.code(), out: lines(&output.stdout), error }
    }

    /// The error of a command that failed.
    ///
    /// # Panics
    /// If it did not fail with exit code 1 and an error of all three parts.
    #[track_caller]
    pub fn failure(self) -> Failure {
        assert_eq!(self.code, Some(1), "{self:#?}");
        let error = self.error.expect("a failure tells an error on stderr");
        Failure::read(&error.to_string(), self.out)
    }
}

impl Failure {
    #[track_caller]
    pub(crate) fn read(line: &str, out: Vec<Value>) -> Self {
        let line: Value = serde_json::from_str(line).expect("an error is JSON");
        let error = &line["error"];
        let failure =
            Self { kind: string(error, "kind"), message: string(error, "message"), hint: string(error, "hint"), out };
        assert!(!failure.message.is_empty() && !failure.hint.is_empty(), "an error without words: {failure:?}");
        failure
    }
}

/// A `kith log --follow` that goes on until this is dropped.
pub struct Follow {
    process: Child,
    file: PathBuf,
}

impl Follow {
    /// The messages printed so far, in whole lines.
    pub fn lines(&self) -> Vec<Value> {
        lines_of(&self.file)
    }

    /// Waits for the command's own end.
    #[track_caller]
    pub fn ends(&mut self, deadline: Duration) -> ExitStatus {
        until("the command ends", deadline, || self.process.try_wait().expect("a child can be asked"))
    }
}

impl Drop for Follow {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A field that is a string.
#[track_caller]
fn string(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value}")).to_owned()
}

/// The objects in a file that is still written, one on each whole line.
pub fn lines_of(file: &Path) -> Vec<Value> {
    let text = fs::read_to_string(file).unwrap_or_default();
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    whole.lines().map(|line| serde_json::from_str(line).expect("a line is an object")).collect()
}
