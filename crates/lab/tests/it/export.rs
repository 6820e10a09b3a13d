//! A conversation written out, and a report without it, on real agents.

use kith_lab::{Pair, lines_of};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;

#[test]
fn a_conversation_is_written_out_whole_in_order_and_runs_nothing() {
    let Pair { alice, bob, lan } = Pair::connected();
    let page = lan.folder().join("a page.html");
    fs::write(&page, "<script>alert(1)</script>").unwrap();
    // Larger than what is taken unasked.
    fs::File::options().write(true).open(&page).unwrap().set_len(17 * 1024 * 1024).unwrap();
    alice.send("Bob", "first <b>&");
    bob.cmd(&["send", "Alice", "--file", page.to_str().unwrap(), "--wait", "delivered", "--timeout", "30"]);
    bob.cmd(&["send", "Alice", "<script>last</script>", "--wait", "delivered", "--timeout", "30"]);
    let to = lan.folder().join("out");
    let to = to.to_str().unwrap();

    // What was not got is said to be missing.
    let exported = alice.one(&["export", "Bob", "--output", to]);
    assert_eq!([&exported["messages"], &exported["files"], &exported["missing"]], [3, 0, 1], "{exported}");
    assert_eq!(alice.fails(&["export", "Bob", "--output", to]).kind, "exists", "nothing is written over");
    fs::remove_dir_all(to).unwrap();
    let got = lan.folder().join("got");
    alice.cmd(&["get", "Bob", "a page.html", "--output", got.to_str().unwrap()]);
    let exported = alice.one(&["export", "Bob", "--output", to]);
    assert_eq!([&exported["messages"], &exported["files"], &exported["missing"]], [3, 1, 0], "{exported}");

    let folder = fs::metadata(to).unwrap();
    assert_eq!(folder.permissions().mode() & 0o777, 0o700);
    let mut names: Vec<_> = fs::read_dir(to).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["files", "messages.html", "messages.jsonl"], "nothing else stays");
    let log = alice.cmd(&["log", "Bob"]);
    assert_eq!(lines_of(&std::path::Path::new(to).join("messages.jsonl")), log);
    let html = fs::read_to_string(format!("{to}/messages.html")).unwrap();
    let at = |what: &str| html.find(what).unwrap_or_else(|| panic!("{what} is in {html}"));
    assert!(at("first &lt;b&gt;&amp;") < at("a page.html") && at("a page.html") < at("&lt;script&gt;last"));
    assert!(!html.contains("<script"), "{html}");
    let file = fs::read_dir(format!("{to}/files")).unwrap().next().unwrap().unwrap();
    assert_eq!(fs::read(file.path()).unwrap(), fs::read(&page).unwrap());
    let name = file.file_name().into_string().unwrap();
    at(&format!("href=\"files/{}\"", name.replace(' ', "%20")));
    assert_eq!(alice.fails(&["export", "Bob", "--output", "/nowhere/at/all"]).kind, "storage");
}

/// Whoever mends Kith hears how things stand, and not with whom.
#[test]
fn a_report_has_states_and_numbers_and_no_names() {
    let Pair { alice, .. } = Pair::connected();
    alice.send("Bob", "the secret garden");
    let report = alice.one(&["report"]);
    assert_eq!(report["apps"][0]["state"], "connected");
    assert_eq!(report["apps"][0]["doctor"]["vault_sound"], true);
    let text = report.to_string();
    let id = alice.contact("Bob").unwrap()["contact"].as_str().unwrap().to_owned();
    for told in ["Bob", "Alice", "garden", &id, alice.home().to_str().unwrap()] {
        assert!(!text.contains(told), "{told} is in {text}");
    }
}
