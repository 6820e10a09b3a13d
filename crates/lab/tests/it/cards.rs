//! People from address-book files, on a real agent.

use kith_lab::{Lan, Pair, holds, wait_connected};
use serde_json::{Value, json};
use std::fs;
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(20);

const CARDS: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bob\r\nUID:b1\r\nTEL:+4740000000\r\nEND:VCARD\r\n\
                     BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Mira Solberg\r\nUID:m1\r\nNOTE:the secret garden\r\nEND:VCARD\r\n\
                     BEGIN:VCARD\r\nVERSION:2.1\r\nTEL:112\r\nEND:VCARD\r\n";

/// CARD-004, CARD-005: and who is saved has an app once they are invited.
#[test]
fn people_from_a_file_are_looked_through_then_saved_and_get_their_app_when_they_are_invited() {
    let Pair { mut alice, bob, lan } = Pair::strangers();
    let file = lan.folder().join("cards.vcf");
    fs::write(&file, CARDS).unwrap();
    let file = file.to_str().unwrap();

    let shown = alice.run(&["import", file]);
    assert_eq!(shown.code, Some(1), "nobody was there to agree: {shown:?}");
    let people: Vec<(&Value, &Value)> = shown.out.iter().map(|person| (&person["name"], &person["standing"])).collect();
    assert_eq!(people, [(&json!("Bob"), &json!("new")), (&json!("Mira Solberg"), &json!("new"))]);
    assert_eq!(alice.cmd(&["contacts"]), [] as [Value; 0], "nothing is kept before it was chosen");

    let saved = alice.cmd(&["import", file, "--yes"]);
    assert_eq!(saved.len(), 2);
    assert_eq!([&saved[0]["state"], &saved[0]["note"]["id"]], [&json!("saved"), &json!("note-saved")]);
    assert_eq!(alice.cmd(&["import", file, "--yes"]), [] as [Value; 0], "they are known by their cards");
    assert_eq!(alice.fails(&["send", "Bob", "hello"]).kind, "wrong_state");

    alice.stop();
    alice.start();
    assert_eq!(alice.contact("Mira Solberg").unwrap()["state"], "saved");
    let id = alice.contact("Bob").unwrap()["contact"].clone();
    let code = alice.one(&["invite", "Bob"])["code"].as_str().unwrap().to_owned();
    bob.cmd(&["accept", &code, "--name", "Alice", "--wait", "15"]);
    wait_connected(&alice, "Bob");
    assert_eq!(alice.contact("Bob").unwrap()["contact"], id, "it is the saved contact that was invited");
    alice.cmd(&["send", "Bob", "hello", "--wait", "delivered", "--timeout", "20"]);

    let code = bob.one(&["invite", "Somebody"])["code"].as_str().unwrap().to_owned();
    alice.cmd(&["accept", &code, "--name", "Mira Solberg", "--wait", "15"]);
    assert_eq!(alice.cmd(&["contacts"]).len(), 2, "a saved contact can answer, too");
    alice.cmd(&["remove", "Mira Solberg", "--yes"]);
    let again = alice.cmd(&["import", file, "--yes"]);
    assert_eq!(again.len(), 1, "what was kept of a card goes with its contact");
}

/// CARD-011: the folder's own program may write whatever it likes, and who was left out stays so.
#[test]
fn who_appears_in_a_watched_folder_waits_to_be_looked_through() {
    let lan = Lan::new(&["alice"]);
    let folder = lan.folder().join("book");
    fs::create_dir(&folder).unwrap();
    let card = |name: &str, uid: &str| format!("BEGIN:VCARD\nVERSION:4.0\nFN:{name}\nUID:{uid}\nEND:VCARD\n");
    fs::write(folder.join("1.vcf"), card("Mira", "m")).unwrap();
    fs::write(folder.join("notes.txt"), card("Nobody", "n")).unwrap();
    let agent = lan.agent("alice");
    fs::create_dir_all(agent.home()).unwrap();
    fs::write(agent.home().join("config.toml"), format!("[contacts]\nvdir = {folder:?}\n")).unwrap();
    let mut alice = agent.started();
    let found = |people: &[&str]| {
        let what = format!("{people:?} are found");
        holds(
            &what,
            SOON,
            || alice.run(&["import"]).out,
            |out| out.iter().map(|person| person["name"].as_str().unwrap()).eq(people.iter().copied()),
        );
    };
    found(&["Mira"]);
    fs::write(folder.join("2.vcf"), card("Solveig", "s")).unwrap();
    found(&["Mira", "Solveig"]);
    fs::remove_file(folder.join("1.vcf")).unwrap();
    found(&["Solveig"]);
    fs::write(folder.join("1.vcf"), card("Mira", "m")).unwrap();
    found(&["Mira", "Solveig"]);

    let saved = alice.cmd(&["import", "--yes", "--without", "Solveig"]);
    assert_eq!(saved.len(), 1);
    assert_eq!(saved[0]["name"], "Mira");
    assert_eq!(alice.cmd(&["import"]), [] as [Value; 0]);
    alice.stop();
    fs::write(folder.join("3.vcf"), card("Otto", "o")).unwrap();
    alice.start();
    holds("only Otto is new", SOON, || alice.run(&["import"]).out, |out| out.len() == 1 && out[0]["name"] == "Otto");
}

#[test]
fn a_watched_folder_that_is_none_is_said_at_the_start() {
    let lan = Lan::new(&["alice"]);
    let mut alice = lan.agent("alice");
    fs::create_dir_all(alice.home()).unwrap();
    fs::write(alice.home().join("config.toml"), "[contacts]\nvdir = \"/nowhere/at/all\"\n").unwrap();
    let failure = alice.start_fails();
    assert_eq!(failure.kind, "bad_config");
    assert!(failure.message.contains("/nowhere/at/all"), "{failure:?}");
}
