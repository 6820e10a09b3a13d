//! Opens an address in the person's browser where there is a desktop to open it on.

use std::env;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::thread;

/// Hands an address to `xdg-open`; says whether that was possible. It never fails loudly: the address is printed anyway.
pub(crate) fn open(url: &str) -> bool {
    if !has_desktop() {
        return false;
    }
    // A group of its own, so that Ctrl-C on the agent doesn't reach a browser that it started.
    let child = Command::new("xdg-open")
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn();
    let Ok(mut child) = child else { return false };
    // Some browsers stay in the foreground; the thread only keeps the ended child from lingering as a zombie.
    thread::spawn(move || child.wait());
    true
}

/// Whether X or Wayland is there.
fn has_desktop() -> bool {
    ["WAYLAND_DISPLAY", "DISPLAY"].iter().any(|variable| env::var_os(variable).is_some_and(|value| !value.is_empty()))
}
