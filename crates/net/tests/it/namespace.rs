//! Real processes on a LAN of their own: two network namespaces, a cable between them, and no route out of it.
//!
//! Needs unprivileged user namespaces and iproute2; where they are missing the tests fail and say so.

use std::path::PathBuf;
use std::process::Command;

/// `examples/finder.rs`, which Cargo builds beside the tests.
fn finder() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let finder = tests.parent().unwrap().parent().unwrap().join("examples/finder");
    assert!(finder.exists(), "build the example first: cargo build --release -p kith-net --examples");
    finder
}

/// Runs a shell script as root of new user, network and mount namespaces.
fn in_namespaces(script: &str) -> String {
    let output = Command::new("unshare")
        .args(["-Urnm", "timeout", "60", "sh", "-euc", script, "sh"])
        .arg(finder())
        .output()
        .expect("the tool `unshare` (util-linux) is needed");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(
        output.status.success(),
        "the LAN could not be made or the devices did not meet.\n\
         Needed: unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1, on Ubuntu also \
         kernel.apparmor_restrict_unprivileged_userns=0) and iproute2.\n--- out\n{out}\n--- err\n{err}"
    );
    println!("{out}");
    out.into_owned()
}

/// Alice's namespace `a` and Bob's `b`, joined by one cable; `$1` is the finder.
const CABLE: &str = "
mount -t tmpfs tmpfs /run
ip netns add a; ip netns add b
ip link add eth0 netns a type veth peer name eth0 netns b
ip -n a link set lo up; ip -n b link set lo up
";
const V4: &str = "ip -n a addr add 192.168.7.1/24 dev eth0; ip -n b addr add 192.168.7.2/24 dev eth0\n";
const UP: &str = "ip -n a link set eth0 up; ip -n b link set eth0 up\n";
const NO_ROUTE: &str = "test -z \"$(ip -n a route show default; ip -n b route show default)\"\n";

fn both_connected_directly(out: &str) {
    let connected = out.lines().filter(|line| line.contains("Direct { local: true }")).count();
    assert_eq!(connected, 2, "{out}");
}

#[test]
fn two_devices_on_a_cable_without_any_route_find_each_other() {
    let run = "ip netns exec a \"$1\" 1 2 & ip netns exec b \"$1\" 2 1; wait $!";
    both_connected_directly(&in_namespaces(&[CABLE, V4, UP, NO_ROUTE, run].concat()));
}

#[test]
fn two_devices_with_addresses_they_gave_themselves_find_each_other() {
    let own = "ip -n a addr add 169.254.1.1/16 dev eth0; ip -n b addr add 169.254.9.9/16 dev eth0\n";
    let run = "ip netns exec a \"$1\" 1 2 & ip netns exec b \"$1\" 2 1; wait $!";
    both_connected_directly(&in_namespaces(&[CABLE, own, UP, run].concat()));
}

#[test]
fn two_devices_on_an_ipv6_network_find_each_other() {
    let v6 = "ip -n a addr add fd00:7::1/64 dev eth0 nodad; ip -n b addr add fd00:7::2/64 dev eth0 nodad\n";
    let run = "ip netns exec a \"$1\" 1 2 & ip netns exec b \"$1\" 2 1; wait $!";
    both_connected_directly(&in_namespaces(&[CABLE, UP, v6, run].concat()));
}

#[test]
fn a_link_that_comes_after_the_start_is_used() {
    let run = "ip netns exec a \"$1\" 1 2 & one=$!; ip netns exec b \"$1\" 2 1 & two=$!
        for pid in $one $two; do until grep -q ':14E9' /proc/$pid/net/udp; do :; done; done\n";
    let wait = "wait $one; wait $two";
    both_connected_directly(&in_namespaces(&[CABLE, run, V4, UP, wait].concat()));
}

#[test]
fn two_devices_on_one_machine_without_a_network_find_each_other() {
    let run = "ip link set lo up; \"$1\" 1 2 & \"$1\" 2 1; wait $!";
    both_connected_directly(&in_namespaces(run));
}

/// PAIR-004
#[test]
fn an_open_pairing_code_is_found_by_its_locator() {
    let run = "ip netns exec a \"$1\" --code 482913 & ip netns exec b \"$1\" --find 482913; wait $!";
    both_connected_directly(&in_namespaces(&[CABLE, V4, UP, run].concat()));
}
