//! Counts what passes a host's cable, apart by what it is for.
//!
//! `count` listens on the host's network card and prints its totals whenever a line is asked of it. Sizes are IP packets'
//! (headers of IP and UDP included, Ethernet's not). Cutting large packets up is left to the kernel before the card
//! ([`Counter::start`] sees to that), so that each packet is counted with its headers.

use crate::raw_iroh::this_program;
use kith_lab::Host;
use rustix::net::{AddressFamily, Protocol, RecvFlags, SocketType, recv, socket};
use std::io::{BufRead as _, BufReader, Write as _};
use std::num::NonZeroU32;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

/// `ETH_P_ALL` of `linux/if_ether.h`, in network order: frames of every protocol, both ways.
const ALL_PROTOCOLS: u32 = 0x0003_u16.to_be() as u32;
/// An Ethernet header.
const ETHERNET: usize = 14;

/// What passed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Total {
    /// UDP packets between two hosts.
    pub(crate) packets: u64,
    /// Their bytes, from the IP header on.
    pub(crate) bytes: u64,
    /// Bytes of everything else: looking around on the LAN, the kernel's own chatter.
    pub(crate) other: u64,
}

impl Total {
    /// What passed since.
    pub(crate) const fn since(self, before: Self) -> Self {
        Self {
            packets: self.packets - before.packets,
            bytes: self.bytes - before.bytes,
            other: self.other - before.other,
        }
    }

    fn add(&mut self, frame: &[u8]) {
        let bytes = frame.len().saturating_sub(ETHERNET) as u64;
        if is_between_hosts(frame) {
            self.packets += 1;
            self.bytes += bytes;
        } else {
            self.other += bytes;
        }
    }
}

/// Whether a frame carries UDP from one host to one other.
fn is_between_hosts(frame: &[u8]) -> bool {
    let is_multicast = frame.first().is_none_or(|byte| byte & 1 == 1);
    let protocol = match frame.get(12..14) {
        Some([0x08, 0x00]) => frame.get(ETHERNET + 9),
        Some([0x86, 0xdd]) => frame.get(ETHERNET + 6),
        _ => None,
    };
    !is_multicast && protocol == Some(&17)
}

/// A counter on a host's cable, until it is dropped.
pub(crate) struct Counter {
    process: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Counter {
    /// Starts to count.
    ///
    /// # Panics
    /// If it can't be started.
    pub(crate) fn start(host: &Host) -> Self {
        let cut = host.program("ip").args(["link", "set", "eth0", "gso_max_segs", "1"]).status().expect("iproute2");
        assert!(cut.success(), "the card can't be told to take single packets");
        let mut process = host
            .program(this_program())
            .arg("count")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a counter");
        let (asks, answers) = (process.stdin.take().expect("piped"), process.stdout.take().expect("piped"));
        let mut counter = Self { process, asks, answers: BufReader::new(answers) };
        counter.total();
        counter
    }

    /// What has passed so far.
    ///
    /// # Panics
    /// If the counter ended.
    pub(crate) fn total(&mut self) -> Total {
        writeln!(self.asks).expect("the counter runs");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("the counter answers");
        let numbers: Vec<u64> = line.split_whitespace().map(|number| number.parse().expect("a number")).collect();
        Total { packets: numbers[0], bytes: numbers[1], other: numbers[2] }
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The counter itself.
pub(crate) fn count() {
    let protocol = NonZeroU32::new(ALL_PROTOCOLS).map(Protocol::from_raw);
    let card = socket(AddressFamily::PACKET, SocketType::RAW, protocol).expect("a packet socket");
    let total = Arc::new(Mutex::new(Total::default()));
    let counted = Arc::clone(&total);
    thread::spawn(move || {
        let mut frame = vec![0; 128 * 1024];
        while let Ok((filled, _)) = recv(&card, &mut frame, RecvFlags::empty()) {
            counted.lock().expect("nobody panics").add(&frame[..filled]);
        }
    });
    for _ in std::io::stdin().lines() {
        let Total { packets, bytes, other } = *total.lock().expect("nobody panics");
        println!("{packets} {bytes} {other}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_udp_between_two_hosts_is_a_conversation() {
        let frame = |first: u8, kind: [u8; 2], protocol: u8| {
            let mut frame = vec![0; ETHERNET + 28];
            frame[0] = first;
            frame[12..14].copy_from_slice(&kind);
            frame[ETHERNET + if kind[0] == 8 { 9 } else { 6 }] = protocol;
            frame
        };
        let mut total = Total::default();
        for frame in [frame(2, [8, 0], 17), frame(2, [0x86, 0xdd], 17)] {
            total.add(&frame);
        }
        assert_eq!((total.packets, total.bytes, total.other), (2, 56, 0));
        for frame in [frame(1, [8, 0], 17), frame(2, [8, 0], 6), frame(2, [8, 6], 17)] {
            total.add(&frame);
        }
        assert_eq!((total.packets, total.other), (2, 84));
    }
}
