//! LANs: network namespaces joined by cables and a bridge.
//!
//! One process holds everything: the user, mount and network namespaces in which the bridge lies and in which the
//! hosts' namespaces have their names. Whoever joins it can reach the hosts by `ip netns exec`. When the test ends, the
//! holder's standard input closes, the holder ends, and the kernel takes the rest apart.

use crate::agent::Agent;
use crate::binary::beside_this_test;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// What a host without a LAN, and everything else, begins with.
const BEGIN: &str = "
mount -t tmpfs tmpfs /run
ip link set lo up
ip link add lan0 type bridge mcast_snooping 0
ip link set lan0 up
";

/// A LAN with its hosts, and a folder for their homes.
pub struct Lan {
    inner: Arc<Inner>,
    homes: AtomicU32,
}

/// What lives as long as anybody uses the LAN.
pub(crate) struct Inner {
    holder: Child,
    folder: TempDir,
}

/// One host of a LAN.
#[derive(Clone)]
pub struct Host {
    lan: Arc<Inner>,
    name: String,
}

impl Lan {
    /// Makes a LAN with these hosts: `10.7.0.1`, `10.7.0.2` and so on, with no other route.
    ///
    /// # Panics
    /// If namespaces can't be made here, with what is needed.
    pub fn new(hosts: &[&str]) -> Self {
        let cables: String = hosts.iter().zip(1..).map(|(host, number)| cable(host, number)).collect();
        let script = format!("{BEGIN}{cables}echo ready\nexec cat");
        let mut holder = Command::new("unshare")
            .args(["-Urnm", "setpriv", "--pdeathsig", "KILL", "sh", "-euc", &script])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("'unshare' and 'setpriv' (util-linux) are needed");
        let mut line = String::new();
        BufReader::new(holder.stdout.as_mut().expect("piped")).read_line(&mut line).expect("the holder speaks");
        assert_eq!(
            line.trim(),
            "ready",
            "The LAN could not be made. Needed: unprivileged user namespaces (sysctl \
             kernel.unprivileged_userns_clone=1, on Ubuntu also kernel.apparmor_restrict_unprivileged_userns=0), \
             iproute2, and the kernel's veth and bridge."
        );
        let folder = tempfile::Builder::new().prefix("kith-lab-").tempdir().expect("a temporary folder");
        Self { inner: Arc::new(Inner { holder, folder }), homes: AtomicU32::new(0) }
    }

    /// A host.
    pub fn host(&self, name: &str) -> Host {
        Host { lan: Arc::clone(&self.inner), name: name.to_owned() }
    }

    /// A home on a host, with nothing in it and nothing running.
    pub fn agent(&self, host: &str) -> Agent {
        let number = self.homes.fetch_add(1, Ordering::Relaxed);
        Agent::new(self.host(host), self.folder().join(format!("{host}-{number}")))
    }

    /// A folder that goes with the LAN.
    pub fn folder(&self) -> &Path {
        self.inner.folder.path()
    }

    /// A program among the LAN's cables: in the namespace of the bridge.
    pub fn program(&self, program: impl AsRef<OsStr>) -> Command {
        self.inner.program(program)
    }
}

impl Host {
    /// A program on this host. It dies with the thread that starts it.
    pub fn program(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = self.lan.program("ip");
        command.args(["netns", "exec", &self.name]).arg(program);
        command
    }

    /// A program with this LAN's files, whatever its network: commands speak to their agent by a socket in its home.
    pub(crate) fn local_program(&self, program: impl AsRef<OsStr>) -> Command {
        self.lan.program(program)
    }

    /// Plugs the host's cable in, or pulls it out.
    pub fn plug(&self, is_in: bool) {
        let state = if is_in { "up" } else { "down" };
        // The bridge's end: the host sees its carrier go, as with a cable.
        done(self.lan.program("ip").args(["link", "set", &self.name, state]));
    }

    /// Runs a shell script as root of the LAN's namespaces.
    pub fn script(&self, script: &str) {
        done(self.lan.program("sh").args(["-euc", script]));
    }

    /// A path of the LAN's mounts, as it is reached from outside of them.
    pub fn seen_from_outside(&self, path: &Path) -> PathBuf {
        let inside = path.strip_prefix("/").expect("an absolute path");
        Path::new("/proc").join(self.lan.holder.id().to_string()).join("root").join(inside)
    }

    /// Captures everything that passes the LAN's cables into a file, until it is dropped.
    pub fn capture(&self, file: &Path) -> Capture {
        let mut process = self
            .lan
            .program(beside_this_test("kith-lab-capture"))
            .arg(file)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the capture, which Cargo builds with this crate, can be started");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("piped")).read_line(&mut line).expect("the capture speaks");
        assert_eq!(line.trim(), "listening");
        Capture(process)
    }
}

/// A capture that goes on until this is dropped.
pub struct Capture(Child);

impl Drop for Capture {
    fn drop(&mut self) {
        // What it heard is in the file, write by write.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Inner {
    fn program(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new("nsenter");
        let holder = self.holder.id().to_string();
        command.args(["-t", &holder, "-U", "-n", "-m", "--preserve-credentials"]);
        command.args(["setpriv", "--pdeathsig", "KILL", "--"]).arg(program);
        command
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        drop(self.holder.stdin.take());
        // It may be gone already.
        let _ = self.holder.wait();
    }
}

fn cable(host: &str, number: u32) -> String {
    format!(
        "ip netns add {host}
         ip link add {host} type veth peer name eth0 netns {host}
         ip link set {host} master lan0 up
         ip -n {host} link set lo up
         ip -n {host} addr add 10.7.0.{number}/24 dev eth0
         ip -n {host} link set eth0 up
         test -z \"$(ip -n {host} route show default)\"\n"
    )
}

fn done(command: &mut Command) {
    let output = command.output().expect("a program of the LAN can be started");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
