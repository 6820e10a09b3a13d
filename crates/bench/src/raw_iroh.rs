//! The yardstick of the network: two plain iroh endpoints of the same version between the same two namespaces.
//!
//! `echo` binds, prints where it is, and sends back what comes in pieces of 64 bytes; `ping` and `push` are its callers.
//! One stream, memory to memory: no ratchet, no storage, no receipts, nothing that a messenger is for.

use crate::process::processor_seconds;
use crate::socket::SHORT;
use iroh::endpoint::presets;
use iroh::{Endpoint, EndpointAddr, EndpointId};
use kith_lab::Host;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// What the two agree to speak.
const ALPN: &[u8] = b"kith-bench/1";
/// The first byte of a stream: echo what follows.
const ECHO: u8 = 1;
/// The first byte of a stream: take what follows, then say so with a byte.
const TAKE: u8 = 2;
/// Round trips before those that count.
const WARM_UP: usize = 20;

/// What a transfer took.
pub(crate) struct Pushed {
    /// Seconds.
    pub(crate) seconds: f64,
    /// Processor seconds of the end that writes.
    pub(crate) giving: f64,
    /// Processor seconds of the end that reads.
    pub(crate) getting: f64,
}

/// The other end, running on a host until this is dropped.
pub(crate) struct Echo {
    process: Child,
    address: String,
}

impl Echo {
    /// Starts it on a host with this address.
    ///
    /// # Panics
    /// If it does not start.
    pub(crate) fn start(host: &Host, ip: &str) -> Self {
        let mut process =
            host.program(this_program()).arg("echo").stdout(Stdio::piped()).spawn().expect("a raw endpoint");
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().expect("piped")).read_line(&mut line).expect("it says where it is");
        let (id, port) = line.trim().split_once(' ').expect("an id and a port");
        Self { address: format!("{id}@{ip}:{port}"), process }
    }

    /// Half of each round trip of 64 bytes from another host, in milliseconds.
    pub(crate) fn one_way(&self, from: &Host, count: usize, pause: Duration) -> Vec<f64> {
        let (count, pause) = (count.to_string(), pause.as_millis().to_string());
        self.ask(from, &["ping", &self.address, &count, &pause]).into_iter().map(|round| round / 2.0).collect()
    }

    /// Writes that many bytes to a stream, until they were read and acknowledged.
    pub(crate) fn transfer(&self, from: &Host, bytes: usize) -> Pushed {
        let before = processor_seconds(self.process.id());
        let said = self.ask(from, &["push", &self.address, &bytes.to_string()]);
        Pushed { seconds: said[0], giving: said[1], getting: processor_seconds(self.process.id()) - before }
    }

    fn ask(&self, from: &Host, args: &[&str]) -> Vec<f64> {
        let output = from.program(this_program()).args(args).stderr(Stdio::inherit()).output().expect("a raw endpoint");
        let text = String::from_utf8(output.stdout).expect("numbers");
        assert!(output.status.success(), "raw iroh {args:?} failed");
        text.split_whitespace().map(|number| number.parse().expect("a number")).collect()
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// This program, for the namespaces.
pub(crate) fn this_program() -> std::path::PathBuf {
    std::env::current_exe().expect("a process knows its own program")
}

/// The answering end.
pub(crate) fn echo() {
    runtime().block_on(async {
        let endpoint = Endpoint::builder(presets::Minimal).alpns(vec![ALPN.to_vec()]).bind().await.expect("a port");
        let port = endpoint.bound_sockets().iter().find(|bound| bound.is_ipv4()).expect("an IPv4 socket").port();
        println!("{} {port}", endpoint.id());
        std::io::stdout().flush().expect("someone listens");
        while let Some(incoming) = endpoint.accept().await {
            tokio::spawn(async move {
                let Ok(connection) = incoming.await else { return };
                let Ok((mut send, mut recv)) = connection.accept_bi().await else { return };
                let mut what = [0];
                let mut buffer = vec![0; 64 * 1024];
                recv.read_exact(&mut what).await.expect("a first byte");
                while let Ok(Some(read)) = recv.read(&mut buffer).await {
                    if what == [ECHO] {
                        send.write_all(&buffer[..read]).await.expect("the caller reads");
                    }
                }
                if what == [TAKE] {
                    send.write_all(&[TAKE]).await.expect("the caller reads");
                    send.finish().expect("it was open");
                }
                connection.closed().await;
            });
        }
    });
}

/// Prints the round trips in milliseconds.
pub(crate) fn ping(to: &str, count: &str, pause_ms: &str) {
    let count: usize = count.parse().expect("a number");
    let pause = Duration::from_millis(pause_ms.parse().expect("a number"));
    runtime().block_on(async {
        let endpoint = Endpoint::bind(presets::Minimal).await.expect("a port");
        let connection = endpoint.connect(address(to), ALPN).await.expect("a connection");
        let (mut send, mut recv) = connection.open_bi().await.expect("a stream");
        send.write_all(&[ECHO]).await.expect("the other end reads");
        let (body, mut back) = ([7; SHORT], [0; SHORT]);
        for round in 0..WARM_UP + count {
            tokio::time::sleep(pause).await;
            let begin = Instant::now();
            send.write_all(&body).await.expect("the other end reads");
            recv.read_exact(&mut back).await.expect("the other end answers");
            if round >= WARM_UP {
                println!("{}", begin.elapsed().as_secs_f64() * 1000.0);
            }
        }
        endpoint.close().await;
    });
}

/// Prints the seconds that a transfer took, and the processor seconds of this end.
pub(crate) fn push(to: &str, bytes: &str) {
    let mut left: usize = bytes.parse().expect("a number");
    runtime().block_on(async {
        let endpoint = Endpoint::bind(presets::Minimal).await.expect("a port");
        let connection = endpoint.connect(address(to), ALPN).await.expect("a connection");
        let (mut send, mut recv) = connection.open_bi().await.expect("a stream");
        let begin = Instant::now();
        send.write_all(&[TAKE]).await.expect("the other end reads");
        let chunk = vec![7; 64 * 1024];
        while left > 0 {
            let now = left.min(chunk.len());
            send.write_all(&chunk[..now]).await.expect("the other end reads");
            left -= now;
        }
        send.finish().expect("it was open");
        recv.read_exact(&mut [0]).await.expect("the other end has it");
        println!("{} {}", begin.elapsed().as_secs_f64(), processor_seconds(std::process::id()));
        endpoint.close().await;
    });
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime")
}

fn address(to: &str) -> EndpointAddr {
    let (id, address) = to.split_once('@').expect("ID@ADDRESS");
    let id: EndpointId = id.parse().expect("an endpoint's id");
    EndpointAddr::new(id).with_ip_addr(address.parse::<SocketAddr>().expect("an address"))
}
