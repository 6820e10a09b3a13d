//! A scripted agent: a home whose socket answers each call with the replies a test wrote, and `kith` run against it.

use kith_api::{Call, Error, ErrorKind, Push, Reply, Request, SOCKET_NAME};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

/// What a call is answered with.
pub(crate) enum Answer {
    /// The value.
    Ok(Value),
    /// The value, then pushes.
    Then(Value, Vec<Push>),
    /// The value, pushes, then the end of the connection.
    ThenEnd(Value, Vec<Push>),
    /// An error in words of its own, as an agent of before says it.
    Error(ErrorKind),
    /// An error.
    Refused(Error),
}

/// A home with a scripted agent, which lives as long as the test.
pub(crate) struct Agent {
    home: tempfile::TempDir,
    asked: Arc<Mutex<Vec<Request>>>,
}

impl Agent {
    /// Answers every call by a script.
    pub(crate) fn answering(script: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let home = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(home.path().join(SOCKET_NAME)).unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (script, heard) = (Arc::new(script), asked.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (script, heard) = (script.clone(), heard.clone());
                thread::spawn(move || serve(stream.unwrap(), script.as_ref(), &heard));
            }
        });
        Self { home, asked }
    }

    /// What was asked so far, in order.
    pub(crate) fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }

    /// `kith` on this home, with nobody at its terminal.
    pub(crate) fn kith(&self, args: &[&str]) -> Command {
        let mut kith = Command::new(env!("CARGO_BIN_EXE_kith"));
        kith.args(args)
            .env("KITH_HOME", self.home.path())
            .env("KITH_LANG", "en")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY");
        kith.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        kith
    }

    /// Runs `kith` on this home to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Ended {
        Ended::of(self.kith(args).output().unwrap())
    }

    /// Runs `kith` on this home with something on its standard input.
    pub(crate) fn run_with_input(&self, args: &[&str], input: &[u8]) -> Ended {
        let mut child = self.kith(args).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Ended::of(child.wait_with_output().unwrap())
    }
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ended {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// The objects on stdout.
    pub(crate) fn objects(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The error on stderr.
    pub(crate) fn error(&self) -> Error {
        let mut line: Value = serde_json::from_str(&self.stderr).unwrap();
        serde_json::from_value(line["error"].take()).unwrap()
    }
}

/// Serves one connection until either side ends it.
fn serve(stream: UnixStream, script: &dyn Fn(&Request) -> Answer, heard: &Mutex<Vec<Request>>) {
    let mut writer = stream.try_clone().unwrap();
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        let Call { id, request } = serde_json::from_str(&line).unwrap();
        let answer = script(&request);
        heard.lock().unwrap().push(request);
        let (reply, pushes, ends) = match answer {
            Answer::Ok(ok) => (Reply::Ok { id, ok }, Vec::new(), false),
            Answer::Then(ok, pushes) => (Reply::Ok { id, ok }, pushes, false),
            Answer::ThenEnd(ok, pushes) => (Reply::Ok { id, ok }, pushes, true),
            Answer::Refused(error) => (Reply::Error { id, error }, Vec::new(), false),
            Answer::Error(kind) => (Reply::Error { id, error: Error::said(kind, "No.", "Try.") }, Vec::new(), false),
        };
        let pushes = pushes.into_iter().map(|push| Reply::Push { push });
        let lines: String = std::iter::once(reply).chain(pushes).map(|reply| json_line(&reply)).collect();
        if writer.write_all(lines.as_bytes()).is_err() || ends {
            return;
        }
    }
}

fn json_line(reply: &Reply) -> String {
    format!("{}\n", serde_json::to_string(reply).unwrap())
}
