//! The desktop's keyring: a real one, GNOME Keyring, on a session bus of the test's own.

use kith_lab::{Agent, Browser, Lan, beside_this_test, holds, lines_of, scan, until};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(30);
const PASSPHRASE: &str = "correct horse battery staple";
const ANOTHER: &str = "purple monkey dishwasher lamp";
/// What opens the keyring itself: its person's login password.
const LOGIN: &[u8] = b"the login password";

/// A bus on which nothing is started by being asked for, and which may be listened to.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>ADDRESS</listen><auth>EXTERNAL</auth><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#;

/// A session of Alice's desktop, until this is dropped: a bus, somebody who listens to it, and the keyring.
struct Session<'a> {
    lan: &'a Lan,
    bus: Child,
    ear: Child,
    keyring: Option<Child>,
}

impl<'a> Session<'a> {
    /// A session without a keyring.
    fn start(lan: &'a Lan) -> Self {
        let address = Self::address(lan);
        let config = lan.folder().join("bus.conf");
        fs::write(&config, BUS.replace("ADDRESS", address.to_str().unwrap())).unwrap();
        let said = lan.folder().join("bus-said");
        let mut bus = lan.host("alice").program("dbus-daemon");
        bus.args(["--nofork", "--print-address", "--config-file"]).arg(&config).stdin(Stdio::null());
        let bus = bus.stdout(File::create(&said).unwrap()).spawn().unwrap();
        holds("the bus is there", SOON, || fs::read_to_string(&said).unwrap(), |said| said.contains("unix:"));
        let heard = Self::heard(lan);
        let mut ear = Self::on(lan, "dbus-monitor");
        let ear = ear.arg("--binary").stdout(File::create(&heard).unwrap()).spawn().unwrap();
        holds("somebody listens", SOON, || fs::metadata(&heard).unwrap().len(), |length| *length > 0);
        Self { lan, bus, ear, keyring: None }
    }

    fn address(lan: &Lan) -> PathBuf {
        PathBuf::from(format!("unix:path={}", lan.folder().join("bus").display()))
    }

    /// What went over the bus.
    fn heard(lan: &Lan) -> PathBuf {
        lan.folder().join("heard")
    }

    /// Where the keyring keeps what it keeps.
    fn data(lan: &Lan) -> PathBuf {
        lan.folder().join("desktop/data")
    }

    /// A program of this session, which sees nothing of whoever runs the tests.
    fn on(lan: &Lan, program: &str) -> Command {
        let mut command = lan.host("alice").program(program);
        let folder = lan.folder().join("desktop");
        let runtime = folder.join("runtime");
        fs::create_dir_all(&runtime).unwrap();
        fs::set_permissions(&runtime, fs::Permissions::from_mode(0o700)).unwrap();
        command.env("DBUS_SESSION_BUS_ADDRESS", Self::address(lan)).env("HOME", &folder);
        command.env("XDG_RUNTIME_DIR", &runtime).env("XDG_DATA_HOME", Self::data(lan));
        command.env("XDG_CONFIG_HOME", folder.join("config")).env("XDG_CACHE_HOME", folder.join("cache"));
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").stdin(Stdio::null());
        command
    }

    /// The keyring begins: open, as after a login with its password, or locked.
    fn begin_keyring(&mut self, password: Option<&[u8]>) {
        let mut daemon = Self::on(self.lan, "gnome-keyring-daemon");
        daemon.args(["--foreground", "--components=secrets", "--control-directory"]);
        daemon.arg(self.lan.folder().join("desktop/runtime/keyring"));
        daemon.args(password.map(|_| "--unlock")).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut daemon = daemon.spawn().unwrap();
        let mut stdin = daemon.stdin.take().unwrap();
        stdin.write_all(password.unwrap_or_default()).unwrap();
        drop(stdin);
        self.keyring = Some(daemon);
        until("the keyring is there", SOON, || {
            let mut ask = Self::on(self.lan, "dbus-send");
            ask.args(["--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets"]);
            let asked = ask.args(["org.freedesktop.Secret.Service.ReadAlias", "string:default"]).output().unwrap();
            asked.status.success().then_some(())
        });
    }

    fn end_keyring(&mut self) {
        if let Some(mut keyring) = self.keyring.take() {
            keyring.kill().unwrap();
            keyring.wait().unwrap();
        }
        until("its name is free", SOON, || {
            let mut ask = Self::on(self.lan, "dbus-send");
            ask.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]);
            let asked = ask.args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]).output();
            String::from_utf8(asked.unwrap().stdout).unwrap().contains("boolean false").then_some(())
        });
    }

    /// What another program, libsecret's, finds of Kith in the keyring: the name of each home's key, and the key.
    fn items(&self) -> Vec<(String, String)> {
        let found =
            Self::on(self.lan, "secret-tool").args(["search", "--all", "application", "kith"]).output().unwrap();
        let text = String::from_utf8([found.stdout, found.stderr].concat()).unwrap();
        let values = |name: &str| -> Vec<String> {
            let value =
                |line: &str| line.strip_prefix(name).and_then(|rest| rest.strip_prefix(" = ")).map(str::to_owned);
            text.lines().filter_map(value).collect()
        };
        let (names, keys) = (values("attribute.home"), values("secret"));
        assert_eq!(names.len(), keys.len(), "{text}");
        names.into_iter().zip(keys).collect()
    }

    /// Another program puts a key in the place of what is there.
    fn put(&self, name: &str, key: &str) {
        let attributes = ["application", "kith", "home", name];
        // It fails where there is nothing.
        let _ = Self::on(self.lan, "secret-tool").arg("clear").args(attributes).status().unwrap();
        let mut store = Self::on(self.lan, "secret-tool");
        store.args(["store", "--label=Kith"]).args(attributes).stdin(Stdio::piped());
        let mut store = store.spawn().unwrap();
        store.stdin.take().unwrap().write_all(key.as_bytes()).unwrap();
        assert!(store.wait().unwrap().success());
    }

    /// An agent whose environment is this session's, with nobody at a screen.
    fn agent(&self, home: &Path) -> Agent {
        let agent = self.lan.agent("alice").at(home).with_env("DBUS_SESSION_BUS_ADDRESS", &Self::address(self.lan));
        agent.with_env("DISPLAY", Path::new("")).with_env("WAYLAND_DISPLAY", Path::new(""))
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        for process in [self.keyring.as_mut(), Some(&mut self.ear), Some(&mut self.bus)].into_iter().flatten() {
            drop(process.kill());
            drop(process.wait());
        }
    }
}

fn file(lan: &Lan, name: &str, words: &str) -> String {
    let path = lan.folder().join(name);
    fs::write(&path, format!("{words}\n")).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A home under [`PASSPHRASE`], with the file that has it.
fn made(lan: &Lan, session: &Session<'_>) -> (PathBuf, String) {
    let right = file(lan, "right", PASSPHRASE);
    let home = lan.folder().join("home");
    let mut alice = session.agent(&home).with(&["--new-passphrase-file", &right]).started();
    assert_eq!(alice.one(&["settings"])["keyring"], false);
    alice.stop();
    (home, right)
}

/// As [`made`], with its key in the keyring.
fn kept(lan: &Lan, session: &Session<'_>) -> (PathBuf, String) {
    let (home, right) = made(lan, session);
    let mut alice = session.agent(&home).with(&["--passphrase-file", &right]).started();
    assert_eq!(alice.one(&["passphrase", "--keyring", "--passphrase-file", &right])["keyring"], true);
    alice.stop();
    (home, right)
}

/// What a start without a passphrase says where nothing else opens the home.
#[track_caller]
fn asks(mut agent: Agent) -> String {
    let failed = agent.start_fails();
    assert_eq!(failed.kind, "wrong_passphrase");
    assert!(failed.hint.contains("--passphrase-file") && failed.hint.contains("--keyring"), "{}", failed.hint);
    failed.message
}

/// What is said where the keyring was not there, or had nothing.
const NEEDED: &str = "The key is protected by a passphrase.";

/// VAULT-031, VAULT-032, VAULT-033: and neither the bus nor the keyring's files learn the passphrase.
#[test]
fn a_home_whose_key_is_kept_starts_without_being_asked_and_each_new_passphrase_takes_it_along() {
    let lan = Lan::new(&["alice"]);
    let mut session = Session::start(&lan);
    session.begin_keyring(Some(LOGIN));
    let (home, right) = made(&lan, &session);
    assert_eq!(asks(session.agent(&home)), NEEDED, "nothing is kept yet");

    let mut alice = session.agent(&home).with(&["--passphrase-file", &right]).started();
    let wrong = file(&lan, "wrong", "incorrect horse");
    assert_eq!(alice.fails(&["passphrase", "--keyring", "--passphrase-file", &wrong]).kind, "wrong_passphrase");
    assert_eq!(session.items(), []);
    assert_eq!(alice.one(&["passphrase", "--keyring", "--passphrase-file", &right])["keyring"], true);
    let first = session.items();
    assert_eq!(first.len(), 1);
    assert_eq!([first[0].0.len(), first[0].1.len()], [32, 64], "a name, and a key of 32 bytes");
    alice.stop();

    let mut alice = session.agent(&home).started();
    assert_eq!(alice.one(&["settings"])["keyring"], true);
    let another = file(&lan, "another", ANOTHER);
    let change = ["passphrase", "--passphrase-file", &right, "--new-passphrase-file", &another];
    assert_eq!(alice.one(&change)["keyring"], true, "the choice is kept");
    let second = session.items();
    assert_eq!(second.len(), 1, "the old one is gone");
    assert!(second[0].0 != first[0].0 && second[0].1 != first[0].1);
    alice.stop();

    // What was kept before opens nothing, under whatever name.
    session.put(&second[0].0, &first[0].1);
    assert!(asks(session.agent(&home)).ends_with("What the desktop's keyring has for it does not open it."));
    session.put(&second[0].0, "no key at all");
    assert_eq!(asks(session.agent(&home)), NEEDED);
    session.put(&second[0].0, &second[0].1);
    let mut alice = session.agent(&home).started();
    let forget = ["passphrase", "--no-keyring", "--passphrase-file", &another];
    assert_eq!(alice.fails(&["passphrase", "--no-keyring", "--passphrase-file", &right]).kind, "wrong_passphrase");
    assert_eq!(alice.one(&forget)["keyring"], false);
    assert_eq!(session.items(), []);
    alice.stop();
    assert_eq!(asks(session.agent(&home)), NEEDED);

    // With the passphrase its key goes.
    let mut alice = session.agent(&home).with(&["--passphrase-file", &another]).started();
    alice.cmd(&["passphrase", "--keyring", "--passphrase-file", &another]);
    let removed = alice.one(&["passphrase", "--remove", "--passphrase-file", &another]);
    assert_eq!([&removed["passphrase"], &removed["keyring"]], [false, false]);
    assert_eq!(session.items(), []);
    assert_eq!(alice.fails(&["passphrase", "--keyring"]).kind, "wrong_state", "there is nothing to keep");
    alice.stop();

    session.end_keyring();
    assert!(fs::metadata(Session::heard(&lan)).unwrap().len() > 10_000, "there is something to look at");
    assert!(Session::data(&lan).join("keyrings/login.keyring").exists());
    for words in [PASSPHRASE, ANOTHER, &first[0].1, &second[0].1] {
        let places = [Session::heard(&lan), Session::data(&lan), home.clone()];
        assert_eq!(scan::find_text(words, &places.each_ref().map(PathBuf::as_path)), Vec::<String>::new());
    }
}

/// VAULT-033, VAULT-034
#[test]
fn where_no_keyring_helps_a_start_asks_as_ever_and_soon() {
    let lan = Lan::new(&["alice"]);
    let mut session = Session::start(&lan);
    session.begin_keyring(Some(LOGIN));
    let (home, right) = kept(&lan, &session);

    // No bus, and none at the address.
    let nowhere = lan.folder().join("nowhere");
    for address in [Path::new(""), Path::new("disabled:"), &PathBuf::from(format!("unix:path={}", nowhere.display()))] {
        assert_eq!(asks(session.agent(&home).with_env("DBUS_SESSION_BUS_ADDRESS", address)), NEEDED, "{address:?}");
    }
    let alone = session.agent(&home).with(&["--passphrase-file", &right]);
    let mut alone = alone.with_env("DBUS_SESSION_BUS_ADDRESS", Path::new("disabled:")).started();
    let refused = alone.fails(&["passphrase", "--keyring", "--passphrase-file", &right]);
    assert_eq!(refused.kind, "keyring");
    assert!(refused.message.contains("no desktop session") && !refused.hint.is_empty());
    assert_eq!(alone.one(&["settings"])["keyring"], true, "nobody said that it is gone");
    alone.stop();

    // A bus that says nothing.
    let silent = lan.folder().join("silent");
    let _listener = UnixListener::bind(&silent).unwrap();
    let address = PathBuf::from(format!("unix:path={}", silent.display()));
    let begin = Instant::now();
    let said = asks(session.agent(&home).with_env("DBUS_SESSION_BUS_ADDRESS", &address));
    assert!(said.ends_with("did not answer in time."), "{said}");
    assert!(begin.elapsed() < Duration::from_secs(20));

    // A keyring that says nothing.
    let keyring = session.keyring.as_ref().unwrap().id().to_string();
    assert!(Command::new("kill").args(["-STOP", &keyring]).status().unwrap().success());
    let said = asks(session.agent(&home));
    assert!(said.ends_with("did not answer in time."), "{said}");
    assert!(Command::new("kill").args(["-CONT", &keyring]).status().unwrap().success());

    // A keyring that is locked, where nobody could be asked; and where somebody could, but nothing shows the question.
    session.end_keyring();
    session.begin_keyring(None);
    let said = asks(session.agent(&home));
    assert!(said.ends_with("The desktop's keyring is locked."), "{said}");
    let said = asks(session.agent(&home).with_env("DISPLAY", Path::new(":0")));
    assert!(said.ends_with("and was told no."), "{said}");
    let mut alice = session.agent(&home).with(&["--passphrase-file", &right]).started();
    assert_eq!(alice.fails(&["passphrase", "--keyring", "--passphrase-file", &right]).kind, "keyring");
    assert_eq!(alice.one(&["settings"])["keyring"], true, "it is there, and locked");
    // Its person changes the passphrase nevertheless, and is told that Kith asks again.
    let another = file(&lan, "another", ANOTHER);
    let change = ["passphrase", "--passphrase-file", &right, "--new-passphrase-file", &another];
    assert_eq!(alice.one(&change)["keyring"], false);
    alice.stop();

    // No keyring on the bus.
    session.end_keyring();
    assert_eq!(asks(session.agent(&home)), NEEDED);
    let mut alice = session.agent(&home).with(&["--passphrase-file", &another]).started();
    let refused = alice.fails(&["passphrase", "--keyring", "--passphrase-file", &another]);
    assert_eq!(refused.kind, "keyring");
    assert!(refused.hint.contains("Secret Service"), "{}", refused.hint);
    alice.stop();
    session.begin_keyring(Some(LOGIN));
    assert_eq!(asks(session.agent(&home)), NEEDED, "what was kept for another passphrase is no item of this home");
}

/// VAULT-032: what somebody took out of the keyring is not said to be in it.
#[test]
fn a_key_that_was_taken_out_of_the_keyring_is_not_shown_as_kept() {
    let lan = Lan::new(&["alice"]);
    let mut session = Session::start(&lan);
    session.begin_keyring(Some(LOGIN));
    let (home, right) = kept(&lan, &session);
    let name = session.items().remove(0).0;
    let clear = ["clear", "application", "kith", "home", &name];
    assert!(Session::on(&lan, "secret-tool").args(clear).status().unwrap().success());
    let mut alice = session.agent(&home).with(&["--passphrase-file", &right]).started();
    holds("it is seen", SOON, || alice.one(&["settings"]), |settings| settings["keyring"] == false);
    alice.stop();
}

/// LOCK-007
#[test]
fn a_locked_device_that_is_started_by_the_keyring_is_locked() {
    let lan = Lan::new(&["alice"]);
    let mut session = Session::start(&lan);
    session.begin_keyring(Some(LOGIN));
    let (home, right) = kept(&lan, &session);
    let mut alice = session.agent(&home).started();
    alice.cmd(&["contacts"]);
    alice.cmd(&["lock"]);
    // Ending it needs no passphrase, and neither does a crash.
    alice.cmd(&["stop"]);
    assert!(alice.ends().success());
    alice.start();
    assert_eq!(alice.fails(&["contacts"]).kind, "locked");
    alice.kill9();
    alice.start();
    assert_eq!(alice.fails(&["passphrase", "--no-keyring", "--passphrase-file", &right]).kind, "locked");
    alice.cmd(&["unlock", "--passphrase-file", &right]);
    alice.kill9();
    alice.start();
    alice.cmd(&["contacts"]);
    alice.cmd(&["lock"]);
    alice.stop();
    let mut alice = session.agent(&home).with(&["--passphrase-file", &right]).started();
    alice.cmd(&["contacts"]);
    alice.stop();
}

/// PLACE-011: without a terminal, as a desktop runs it.
#[test]
fn a_launcher_starts_kith_with_a_kept_key_and_says_on_the_desktop_what_to_do_without() {
    let lan = Lan::new(&["alice"]);
    let mut session = Session::start(&lan);
    session.begin_keyring(Some(LOGIN));
    let (home, right) = kept(&lan, &session);
    let data = lan.folder().join("data");
    let mut alice = session.agent(&home).with_env("XDG_DATA_HOME", &data).started();
    let id = alice.one(&["invite", "Bob"])["contact"].as_str().unwrap().to_owned();
    let entry = alice.one(&["launcher", "Bob"])["path"].as_str().unwrap().to_owned();
    // One that an earlier version made is made anew at a start.
    let text = fs::read_to_string(&entry).unwrap();
    fs::write(&entry, text.replace(" \"--start\"", "")).unwrap();
    alice.stop();
    alice.start();
    assert_eq!(fs::read_to_string(&entry).unwrap(), text);
    alice.stop();

    let line = text.lines().find_map(|line| line.strip_prefix("Exec=")).unwrap().to_owned();
    let browser = Browser::new(&lan);
    let launch = || {
        let mut launch = Session::on(&lan, "sh");
        launch.args(["-c", &format!("exec {line}")]).env("LANG", "C.UTF-8");
        launch.env("PATH", browser.path()).env("DISPLAY", Browser::DISPLAY);
        launch.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let mut launched = launch();
    let url = browser.takes(SOON);
    assert!(url.starts_with(alice.contact("Bob").unwrap()["app_url"].as_str().unwrap()), "{url} of {id}");
    // Once it runs, the same launcher opens a window of it and ends.
    assert!(launch().wait().unwrap().success());
    browser.takes(SOON);
    alice.cmd(&["passphrase", "--no-keyring", "--passphrase-file", &right]);
    alice.cmd(&["stop"]);
    assert!(launched.wait().unwrap().success());

    let said = lan.folder().join("desktop-said");
    let mut desktop = Session::on(&lan, beside_this_test("kith-lab-desktop").to_str().unwrap());
    let mut desktop = desktop.stdin(Stdio::piped()).stdout(File::create(&said).unwrap()).spawn().unwrap();
    let lines =
        |count: usize| holds("the desktop says", SOON, || lines_of(&said), |lines: &Vec<Value>| lines.len() >= count);
    lines(1);
    assert_eq!(launch().wait().unwrap().code(), Some(1));
    let shown = &lines(2)[1];
    assert_eq!(shown["title"], json!("Kith could not open this"));
    let body = shown["body"].as_str().unwrap();
    assert!(body.starts_with(NEEDED) && body.contains("kith passphrase --keyring"), "{body}");
    desktop.kill().unwrap();
    desktop.wait().unwrap();
}
