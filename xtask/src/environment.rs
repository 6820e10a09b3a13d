//! Where things lie and how commands are run: the caches that later runs find again, and child processes.

use crate::Outcome;
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The directories and commands of one run.
#[derive(Clone)]
pub(crate) struct Environment {
    /// The workspace.
    pub(crate) root: PathBuf,
    /// Where cargo builds.
    pub(crate) target: PathBuf,
    /// Where tools are installed that the machine lacks.
    pub(crate) tools: PathBuf,
    /// Where a copy of the workspace is broken on purpose.
    pub(crate) sabotage: PathBuf,
}

impl Environment {
    /// Finds the directories: under the user's cache, unless `CARGO_TARGET_DIR` says where to build.
    pub(crate) fn find(root: &Path) -> Outcome<Self> {
        let cache = set("XDG_CACHE_HOME")
            .or_else(|| set("HOME").map(|home| home.join(".cache")))
            .ok_or("there is no home directory to cache builds in; set XDG_CACHE_HOME")?
            .join("kith");
        let target = set("CARGO_TARGET_DIR").unwrap_or_else(|| cache.join("target"));
        Ok(Self { root: root.to_owned(), target, tools: cache.join("tools"), sabotage: cache.join("sabotage") })
    }

    /// A command in the workspace, with the tools on its path.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target).stdin(Stdio::null());
        // It names the package of this program, and cargo sets it anew for what it runs.
        command.env_remove("CARGO_MANIFEST_DIR");
        if let Some(path) = self.path_with_tools() {
            command.env("PATH", path);
        }
        command
    }

    /// Cargo, with words of arguments.
    pub(crate) fn cargo(&self, args: &str) -> Command {
        let mut cargo = self.command("cargo");
        cargo.args(args.split_whitespace());
        cargo
    }

    /// Whether a program is found.
    pub(crate) fn has(&self, program: &str) -> bool {
        let path = self.path_with_tools().unwrap_or_default();
        env::split_paths(&path).any(|directory| directory.join(program).is_file())
    }

    /// The binary that people get.
    pub(crate) fn shipped(&self) -> PathBuf {
        self.target.join("kith-test/shipped/kith")
    }

    /// The binary with the doors that only tests may have.
    pub(crate) fn door(&self) -> PathBuf {
        self.target.join("kith-test/door/kith")
    }

    /// The binary of the build before.
    pub(crate) fn previous(&self) -> PathBuf {
        self.target.join("kith-test/previous/kith")
    }

    /// The tools come last: a machine's own are preferred. System directories that a user's path often lacks are added.
    fn path_with_tools(&self) -> Option<std::ffi::OsString> {
        let path = env::var_os("PATH").unwrap_or_default();
        let more = ["/usr/local/sbin", "/usr/sbin", "/sbin"].map(PathBuf::from);
        env::join_paths(env::split_paths(&path).chain(more).chain([self.tools.join("bin")])).ok()
    }
}

/// A directory from the environment, if it is set to something.
fn set(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// Runs a command to a good end.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| format!("{} can't be run: {error}", name(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", name(command))) }
}

/// Runs a command to a good end and takes what it prints.
pub(crate) fn output(command: &mut Command) -> Outcome<String> {
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("{} can't be run: {error}", name(command)))?;
    if !output.status.success() {
        return Err(format!("{} ended with {}", name(command), output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("{} printed what is not UTF-8", name(command)))
}

/// A command as one would type it.
fn name(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
