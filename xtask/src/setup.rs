//! What the tests need from the machine: system packages and cargo's helpers, installed where that is allowed.

use crate::Outcome;
use crate::environment::{Environment, output, run};

/// A program that must be there, and the Debian package that brings it.
struct Program {
    name: &'static str,
    package: &'static str,
}

const PROGRAMS: [Program; 17] = [
    Program { name: "cc", package: "gcc" },
    Program { name: "make", package: "make" },
    Program { name: "perl", package: "perl" },
    Program { name: "unshare", package: "util-linux" },
    Program { name: "ip", package: "iproute2" },
    Program { name: "nft", package: "nftables" },
    Program { name: "tcpdump", package: "tcpdump" },
    Program { name: "strace", package: "strace" },
    Program { name: "chromium", package: "chromium" },
    Program { name: "firefox-esr", package: "firefox-esr" },
    Program { name: "dbus-daemon", package: "dbus-daemon" },
    Program { name: "dbus-monitor", package: "dbus-bin" },
    Program { name: "gnome-keyring-daemon", package: "gnome-keyring" },
    Program { name: "secret-tool", package: "libsecret-tools" },
    Program { name: "radicale", package: "radicale" },
    Program { name: "node", package: "nodejs" },
    Program { name: "npm", package: "npm" },
];

/// The version of cargo-nextest that the tests were written with.
const NEXTEST: &str = "cargo-nextest@0.9.143";
/// The version of cargo-deny whose configuration this is.
const DENY: &str = "cargo-deny@0.20.2";

/// Sees to it that every program is there.
pub(crate) fn programs(environment: &Environment) -> Outcome {
    let missing = missing(environment);
    if missing.is_empty() {
        return Ok(());
    }
    if !environment.has("apt-get") || output(environment.command("id").arg("-u"))?.trim() != "0" {
        return Err(format!("please install {}", missing.join(", ")));
    }
    let mut update = environment.command("apt-get");
    run(update.args(["update", "-q"]))?;
    let mut install = environment.command("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive").args(["install", "-q", "-y", "--no-install-recommends"]);
    run(install.args(&missing))
}

/// The packages of the programs that are not there.
fn missing(environment: &Environment) -> Vec<&'static str> {
    PROGRAMS.iter().filter(|program| !environment.has(program.name)).map(|program| program.package).collect()
}

/// Sees to it that the test runner is there. Building it takes a few minutes, once.
pub(crate) fn nextest(environment: &Environment) -> Outcome {
    install(environment, "cargo-nextest", NEXTEST)
}

/// Sees to it that the checker of dependencies is there. Building it takes about two minutes, once.
pub(crate) fn deny(environment: &Environment) -> Outcome {
    install(environment, "cargo-deny", DENY)
}

/// Installs one of cargo's helpers among the tools, unless it is there.
fn install(environment: &Environment, program: &str, version: &str) -> Outcome {
    if environment.has(program) {
        return Ok(());
    }
    let mut install = environment.cargo("install --locked --root");
    // Unoptimised, it is built in a third of the time, and takes a few seconds more to run.
    for (setting, value) in [("OPT_LEVEL", "0"), ("LTO", "off"), ("CODEGEN_UNITS", "16"), ("DEBUG", "0")] {
        install.env(format!("CARGO_PROFILE_RELEASE_{setting}"), value);
    }
    // Its own build directory is thrown away; the shared one would keep it for ever.
    run(install.arg(&environment.tools).arg(version).env_remove("CARGO_TARGET_DIR"))
}
