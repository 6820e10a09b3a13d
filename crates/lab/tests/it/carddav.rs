//! An address book on a real CardDAV server: who is saved there appears here, and the app's address is written back.

use kith_lab::{Agent, Lan, Run, holds};
use std::fs;
use std::net::Ipv4Addr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(20);
const PORT: u16 = 5232;
/// Lines that only somebody else's program knows are part of it.
const MIRA: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:mira\r\nFN:Mira Solberg\r\nN:Solberg;Mira;;;\r\nTEL:+4740000000\r\n\
                    item1.X-ABLabel:Boat\r\nEND:VCARD\r\n";

/// Radicale with one person's address book, until this is dropped.
struct Server {
    process: Child,
    cards: PathBuf,
}

impl Server {
    fn start(lan: &Lan, host: &str) -> Self {
        let folder = lan.folder().join("radicale");
        let cards = folder.join("storage/collection-root/alice/people");
        fs::create_dir_all(&cards).unwrap();
        fs::write(cards.join(".Radicale.props"), r#"{"tag": "VADDRESSBOOK"}"#).unwrap();
        fs::write(folder.join("users"), "alice:a pass phrase\n").unwrap();
        let shown = |path: &Path| path.display().to_string();
        let config = format!(
            "[server]\nhosts = {}:{PORT}\n[auth]\ntype = htpasswd\nhtpasswd_filename = {}\nhtpasswd_encryption = plain\n\
             delay = 0\n[logging]\nlevel = info\n[storage]\nfilesystem_folder = {}\n",
            Ipv4Addr::LOCALHOST,
            shown(&folder.join("users")),
            shown(&folder.join("storage")),
        );
        fs::write(folder.join("config"), config).unwrap();
        let said = fs::File::create(folder.join("said")).unwrap();
        let process = lan
            .host(host)
            .program("radicale")
            .arg("--config")
            .arg(folder.join("config"))
            .stdin(Stdio::null())
            .stdout(said.try_clone().unwrap())
            .stderr(said)
            .spawn()
            .unwrap();
        Self { process, cards }
    }

    /// What another program of the same person does: here it writes beside the server.
    fn put(&self, name: &str, card: &str) {
        fs::write(self.cards.join(name), card).unwrap();
    }

    /// How often somebody wrote by way of the server.
    fn writes(&self) -> usize {
        let said = fs::read_to_string(self.cards.ancestors().nth(4).unwrap().join("said")).unwrap();
        said.matches("PUT request for").count()
    }

    fn card(&self, name: &str) -> String {
        fs::read_to_string(self.cards.join(name)).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn configure(agent: &Agent, password: &str) {
    fs::create_dir_all(agent.home()).unwrap();
    let file = agent.home().join("password");
    fs::write(&file, format!("{password}\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let config = format!(
        "[contacts.carddav]\nurl = \"http://127.0.0.1:{PORT}/alice/people\"\nuser = \"alice\"\npassword_file = {file:?}\n"
    );
    fs::write(agent.home().join("config.toml"), config).unwrap();
}

fn found(agent: &Agent, people: &[&str]) {
    holds(
        &format!("{people:?} are found"),
        SOON,
        || agent.run(&["import"]).out,
        |out| out.iter().map(|person| person["name"].as_str().unwrap()).eq(people.iter().copied()),
    );
}

/// CARD-010, CARD-021
#[test]
fn who_is_saved_on_the_phone_appears_here_and_the_address_of_the_app_in_the_phones_card() {
    let lan = Lan::new(&["alice"]);
    let server = Server::start(&lan, "alice");
    server.put("mira.vcf", MIRA);
    let agent = lan.agent("alice");
    configure(&agent, "a pass phrase");
    let mut alice = agent.started();
    found(&alice, &["Mira Solberg"]);
    server.put("otto.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:otto\r\nFN:Otto\r\nEND:VCARD\r\n");
    found(&alice, &["Mira Solberg", "Otto"]);
    assert_eq!(server.card("mira.vcf"), MIRA, "nobody was saved yet");

    alice.cmd(&["import", "--yes", "--without", "Otto"]);
    let lines = |card: &str| card.lines().map(str::to_owned).collect::<Vec<_>>();
    // The server writes names of properties in its own way.
    let has_app = |card: &String| card.to_uppercase().contains("KITH.X-ABLABEL:KITH");
    let card = holds("the app's address is in the card", SOON, || server.card("mira.vcf"), has_app);
    let url = lines(&card).iter().find_map(|line| Some(line.split_once("URL:")?.1.to_owned())).unwrap();
    assert!(url.starts_with("http://") && url.contains(".localhost:"), "{card}");
    for line in lines(MIRA) {
        assert!(
            lines(&card).iter().any(|kept| kept.eq_ignore_ascii_case(&line)),
            "'{line}' of the phone's card is still there: {card}"
        );
    }
    assert!(!has_app(&server.card("otto.vcf")), "who was left out has no app");

    // Rounds in which nothing changed write nothing.
    for name in ["Nils", "Nora"] {
        server.put(
            &format!("{name}.vcf"),
            &format!("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{name}\r\nFN:{name}\r\nEND:VCARD\r\n"),
        );
        holds(
            "a round has ended",
            SOON,
            || alice.run(&["import"]).out,
            |out| out.iter().any(|person| person["name"] == name),
        );
    }
    assert_eq!(server.writes(), 1, "the address was written once");

    // The phone's program writes the card anew, and with it the address away.
    server.put("mira.vcf", &MIRA.replace("Boat", "Ship"));
    alice.stop();
    alice.start();
    let card = holds("the address is back", SOON, || server.card("mira.vcf"), has_app);
    assert!(card.contains("Ship"), "what the phone wrote stands: {card}");
    found(&alice, &["Nils", "Nora"]);
}

#[test]
fn a_server_that_does_not_let_us_in_is_said_where_people_look_for_its_contacts() {
    let lan = Lan::new(&["alice"]);
    let server = Server::start(&lan, "alice");
    server.put("mira.vcf", MIRA);
    let agent = lan.agent("alice");
    configure(&agent, "another one");
    let alice = agent.started();
    let is_refused = |run: &Run| run.error.as_ref().is_some_and(|error| error.to_string().contains("401"));
    let failure = holds("the refusal is told", SOON, || alice.run(&["import"]), is_refused).failure();
    assert_eq!(failure.kind, "network");
    assert_eq!(server.card("mira.vcf"), MIRA);
}
