//! What the desktop announces, on a real session bus; and the lock, on a real agent.

use kith_lab::{Agent, Browser, Lan, Pair, beside_this_test, holds, lines_of, wait_connected};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Stdio};
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(30);

/// A session bus with somebody on it who shows notifications, until this is dropped.
struct Desktop {
    bus: Child,
    desktop: Child,
    clicks: ChildStdin,
    said: PathBuf,
}

impl Desktop {
    fn address(lan: &Lan) -> PathBuf {
        PathBuf::from(format!("unix:path={}", lan.folder().join("bus").display()))
    }

    fn start(lan: &Lan, host: &str) -> Self {
        let address = Self::address(lan);
        let mut bus = lan.host(host).program("dbus-daemon");
        bus.args(["--session", "--nofork", "--print-address"]).arg(format!("--address={}", address.display()));
        let printed = lan.folder().join("bus-said");
        let bus = bus.stdin(Stdio::null()).stdout(fs::File::create(&printed).unwrap()).spawn().unwrap();
        holds("the bus is there", SOON, || fs::read_to_string(&printed).unwrap(), |said| said.contains("unix:"));
        let said = lan.folder().join("desktop-said");
        let mut desktop = lan.host(host).program(beside_this_test("kith-lab-desktop"));
        desktop.env("DBUS_SESSION_BUS_ADDRESS", &address).stdin(Stdio::piped());
        let mut desktop = desktop.stdout(fs::File::create(&said).unwrap()).spawn().unwrap();
        let clicks = desktop.stdin.take().unwrap();
        let this = Self { bus, desktop, clicks, said };
        this.says("the desktop is there", 1);
        this
    }

    /// Waits for so many lines, and returns them all.
    fn says(&self, what: &str, count: usize) -> Vec<Value> {
        holds(what, SOON, || lines_of(&self.said), |lines: &Vec<Value>| lines.len() >= count)
    }

    fn click(&mut self, id: u64) {
        writeln!(self.clicks, "{id}").unwrap();
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        for process in [&mut self.desktop, &mut self.bus] {
            drop(process.kill());
            drop(process.wait());
        }
    }
}

fn with_bus(agent: Agent, lan: &Lan) -> Agent {
    agent.with_env("DBUS_SESSION_BUS_ADDRESS", &Desktop::address(lan))
}

fn passphrase(folder: &Path, name: &str, words: &str) -> String {
    let file = folder.join(name);
    fs::write(&file, format!("{words}\n")).unwrap();
    file.to_str().unwrap().to_owned()
}

/// What a page says that shows a message to its person.
fn see(agent: &Agent, contact: &str, event: &str) {
    let mut socket = UnixStream::connect(agent.home().join("socket")).unwrap();
    writeln!(socket, "{}", json!({ "id": 1, "method": "seen", "params": { "contact": contact, "event": event } }))
        .unwrap();
    let mut answer = String::new();
    BufReader::new(socket).read_line(&mut answer).unwrap();
    assert!(answer.contains("\"ok\""), "{answer}");
}

/// LOCK-006: and what is read goes from the desktop, and a click opens the app.
#[test]
fn the_desktop_announces_what_was_chosen_and_takes_back_what_was_seen() {
    let Pair { mut alice, bob, lan } = Pair::connected();
    let mut desktop = Desktop::start(&lan, "alice");
    alice.stop();
    let browser = Browser::new(&lan);
    let alice = with_bus(alice, &lan).with_env("PATH", browser.path());
    let mut alice = alice.with_env("DISPLAY", Path::new(Browser::DISPLAY));
    alice.start();
    wait_connected(&alice, "Bob");

    bob.send("Alice", "the <b>secret</b> & garden");
    let lines = desktop.says("Bob's message is announced", 2);
    assert_eq!(
        [&lines[1]["title"], &lines[1]["body"]],
        [&json!("Bob"), &json!("A message")],
        "not what, unless chosen"
    );
    alice.cmd(&["settings", "--notifications", "texts"]);
    let event = alice.cmd(&["log", "Bob"]).pop().unwrap()["event"].as_str().unwrap().to_owned();
    see(&alice, "Bob", &event);
    let lines = desktop.says("what was seen is taken back", 3);
    assert_eq!(lines[2]["close"], lines[1]["show"]);

    bob.send("Alice", "the <b>secret</b> & garden");
    let lines = desktop.says("the text is announced", 4);
    assert_eq!(lines[3]["body"], "the &lt;b&gt;secret&lt;/b&gt; &amp; garden");
    desktop.click(lines[3]["show"].as_u64().unwrap());
    let url = browser.takes(SOON);
    assert!(url.starts_with(alice.contact("Bob").unwrap()["app_url"].as_str().unwrap()), "{url}");

    let file = passphrase(lan.folder(), "words", "correct horse battery");
    alice.cmd(&["passphrase", "--new-passphrase-file", &file]);
    alice.cmd(&["lock"]);
    bob.send("Alice", "nobody is to read this");
    let lines = desktop.says("a locked device says that something came", 5);
    assert_eq!([&lines[4]["title"], &lines[4]["body"]], [&json!("Kith"), &json!("A message came.")]);
    alice.cmd(&["unlock", "--passphrase-file", &file]);

    alice.cmd(&["mute", "Bob"]);
    bob.send("Alice", "muted");
    alice.wait_texts(
        "Bob",
        &["the <b>secret</b> & garden", "the <b>secret</b> & garden", "nobody is to read this", "muted"],
        SOON,
    );
    alice.cmd(&["mute", "Bob", "--off"]);
    bob.send("Alice", "heard again");
    let lines = desktop.says("who is muted no more is announced", 6);
    assert_eq!(lines.len(), 6, "nothing was said of the muted one: {lines:?}");
}

/// LOCK-001, LOCK-002
#[test]
fn a_locked_device_answers_nobody_until_its_passphrase_comes_and_goes_on_receiving() {
    let Pair { mut alice, bob, lan } = Pair::connected();
    assert_eq!(alice.fails(&["lock"]).kind, "wrong_state", "nothing could open it again");
    let right = passphrase(lan.folder(), "right", "correct horse battery");
    let wrong = passphrase(lan.folder(), "wrong", "correct horse");
    let short = passphrase(lan.folder(), "short", "horse");
    assert_eq!(alice.fails(&["passphrase", "--new-passphrase-file", &short]).kind, "bad_input");
    assert_eq!(alice.fails(&["settings", "--lock-after", "5"]).kind, "wrong_state");
    alice.cmd(&["passphrase", "--new-passphrase-file", &right]);
    assert_eq!(alice.one(&["settings", "--lock-after", "5"])["lock_after_minutes"], 5);

    alice.cmd(&["lock"]);
    for command in [&["contacts"][..], &["log", "Bob"], &["send", "Bob", "hello"], &["seed", "show"], &["settings"]] {
        assert_eq!(alice.fails(command).kind, "locked", "{command:?}");
    }
    assert_eq!(alice.fails(&["unlock", "--passphrase-file", &wrong]).kind, "wrong_passphrase");
    assert_eq!(alice.fails(&["contacts"]).kind, "locked");
    let event = bob.send("Alice", "while it was locked");
    holds(
        "it is delivered",
        SOON,
        || bob.cmd(&["log", "Alice"]),
        |log| log.iter().any(|message| message["event"] == event.as_str() && message["state"] == "delivered"),
    );
    alice.cmd(&["unlock", "--passphrase-file", &right]);
    alice.wait_texts("Bob", &["while it was locked"], SOON);

    // The same passphrase is the home's, at the next start too.
    alice.stop();
    assert_eq!(alice.start_fails().kind, "wrong_passphrase");
    let mut alice = alice.with(&["--passphrase-file", &right]);
    alice.start();
    assert_eq!(alice.one(&["settings"])["lock_after_minutes"], 5, "it is kept");
    alice.cmd(&["passphrase", "--remove", "--passphrase-file", &right]);
    assert_eq!(
        alice.one(&["settings"]),
        json!({
            "name": "Alice", "language": null, "passphrase": false, "keyring": false, "locked": false, "lock_after_minutes": 0, "notifications": "names"
        })
    );
}
