//! The command line against a scripted agent: what scripts rely on, as `docs/cli.md` has it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests stand outside the functions that clippy knows as tests"
)]

mod scripted;

use kith_api::{
    Ability, Change, Contact, ContactState, Error, ErrorKind, Kind, Message, Notice, Path, Place, Push, Request, Side,
    Stage, State, Vouched, Word,
};
use rustix::process::{Pid, Signal, kill_process};
use scripted::{Agent, Answer, Ended};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::ffi::OsStrExt;
use std::process::Child;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

fn bob(stage: Stage) -> Contact {
    Contact {
        contact: "c1".into(),
        name: "Bob".into(),
        state: ContactState::Connected,
        stage,
        note: None,
        app_url: "http://c1.localhost:8000".into(),
        verified: false,
        met: false,
        online: true,
        path: Path::Direct,
        safety_number: Some("11111 22222 33333 44444 55555".into()),
        side: Side::Answerer,
        mark: "00".repeat(32),
        unread: 0,
        waiting: 0,
        held: 0,
        renewed: None,
        last: None,
        can: vec![Ability::Edit, Ability::React],
        manifest: None,
        receipts: true,
        typing: true,
        draft: None,
        timers: kith_api::Timers::default(),
        path_since: None,
        created_at: 0,
        place: Place::default(),
    }
}

fn message(event: &str, text: &str, state: State) -> Message {
    Message {
        event: event.into(),
        mine: true,
        from: "Alice".into(),
        kind: Kind::Text,
        text: text.into(),
        quote: None,
        reactions: Vec::new(),
        state: Some(state),
        sent_at: 0,
        edited: false,
        late: false,
        held: false,
        notice: None,
        file: None,
        pinned: false,
        timer: None,
        leaves_at: None,
    }
}

fn value(of: impl serde::Serialize) -> Value {
    serde_json::to_value(of).unwrap()
}

fn pushed(seq: u64, message: Message) -> Push {
    Push { seq, change: Change::Message { contact: "c1".into(), message } }
}

/// An agent for one call that always answers the same.
fn always(ok: Value) -> Agent {
    Agent::answering(move |_| Answer::Ok(ok.clone()))
}

/// An agent that takes every text.
fn taking_texts() -> Agent {
    always(json!({"event": "e1", "state": "waiting"}))
}

/// The texts that an agent was asked to send.
fn texts(agent: &Agent) -> Vec<String> {
    let text = |request| {
        if let Request::Send { text, .. } = request { Some(text) } else { None }
    };
    agent.asked().into_iter().filter_map(text).collect()
}

fn assert_refused(ended: &Ended, kind: ErrorKind) {
    assert_eq!((ended.code, ended.error().kind), (Some(1), kind), "{ended:?}");
}

#[test]
fn common_options_go_before_or_after_the_command() {
    let agent = always(json!([bob(Stage::Secure)]));
    for args in [["--json", "contacts"], ["contacts", "--json"]] {
        let ended = agent.run(&args);
        assert_eq!(ended.objects(), [value(bob(Stage::Secure))], "{ended:?}");
    }
}

#[test]
fn the_option_names_the_home_before_the_environment_does() {
    let agent = always(json!([]));
    let ended = agent.run(&["--json", "contacts", "--home", "/nonexistent"]);
    assert_refused(&ended, ErrorKind::NotRunning);
    assert!(agent.asked().is_empty());
}

#[test]
fn an_agents_error_is_told_in_either_form() {
    let agent = Agent::answering(|_| Answer::Error(ErrorKind::NotFound));
    let json = agent.run(&["--json", "delete", "Bob", "e1"]);
    assert_refused(&json, ErrorKind::NotFound);
    assert_eq!(json.error().hint, "Try.");
    let plain = agent.run(&["delete", "Bob", "e1"]);
    assert_eq!((plain.code, plain.stderr.as_str(), plain.stdout.as_str()), (Some(1), "kith: No.\nTry.\n", ""));
}

/// LOOP-049: an id and words say it in the language of whoever reads; JSON has both, and English beside them.
#[test]
fn an_agents_error_is_told_in_its_readers_language() {
    let words = || [("name", Word::text("Bo\u{1b}b"))];
    let agent =
        Agent::answering(move |_| Answer::Refused(Error::new(ErrorKind::WrongState, "contact-not-to-block", words())));
    let told = |language: &str, args: &[&str]| agent.kith(args).env("KITH_LANG", language).output().unwrap().stderr;
    let plain = |language| String::from_utf8(told(language, &["block", "Bob"])).unwrap();
    assert!(plain("en").starts_with("kith: There is nobody to block: Bo␛b has not answered.\nRemove the contact"));
    assert!(plain("de").contains("Bo␛b hat nicht geantwortet.\nEntferne"), "{}", plain("de"));
    assert!(plain("ar").contains("\u{2068}Bo␛b\u{2069}"), "{}", plain("ar"));
    let json: Value = serde_json::from_slice(&told("de", &["--json", "block", "Bob"])).unwrap();
    assert_eq!(
        (&json["error"]["id"], &json["error"]["words"]["name"]),
        (&json!("contact-not-to-block"), &json!("Bo\u{1b}b"))
    );
    assert!(json["error"]["message"].as_str().unwrap().starts_with("There is nobody"), "{json}");
}

#[test]
fn what_is_typed_wrongly_ends_with_two() {
    let agent = always(Value::Null);
    for args in [&["frobnicate"][..], &["send", "Bob"], &["accept"], &["log", "Bob", "--limit", "-1"]] {
        assert_eq!(agent.run(args).code, Some(2), "{args:?}");
    }
    let json = agent.run(&["send", "Bob", "--json"]);
    assert_eq!((json.code, json.error().kind), (Some(2), ErrorKind::BadRequest));
    assert!(json.error().message.contains("<TEXT>"), "{json:?}");
}

#[test]
fn an_invitation_is_four_fields() {
    let agent = always(json!({
        "contact": "c1", "code": "481920-guitarist-adult", "link": "kith:x", "expires_at": 5, "link_expires_at": 6,
        "failures": 0, "tries_left": 5, "qr_svg": "",
    }));
    let ended = agent.run(&["--json", "invite", "Bob", "--again"]);
    assert_eq!(
        ended.stdout,
        "{\"contact\":\"c1\",\"code\":\"481920-guitarist-adult\",\"link\":\"kith:x\",\"expires_at\":5}\n"
    );
    assert_eq!(agent.asked(), [Request::Invite { name: "Bob".into(), again: true }]);
}

#[test]
fn a_text_goes_out_byte_for_byte() {
    let agent = taking_texts();
    agent.run(&["--json", "send", "Bob", " two\nlines \u{1b}[0m "]);
    agent.run(&["send", "--json", "--", "Bob", "-5 degrees"]);
    agent.run_with_input(&["--json", "send", "Bob", "-"], "  ünt\u{0}rimmed\r\n".as_bytes());
    assert_eq!(texts(&agent), [" two\nlines \u{1b}[0m ", "-5 degrees", "  ünt\u{0}rimmed\r\n"]);
}

#[test]
fn an_edit_carries_its_text_and_shows_what_stands() {
    let edited = Message { edited: true, ..message("e1", "new", State::Waiting) };
    let agent = always(value(&edited));
    assert_eq!(agent.run(&["--json", "edit", "Bob", "e1", "new"]).objects(), [value(&edited)]);
    let plain = agent.run_with_input(&["edit", "Bob", "e1", "-"], b" two\nlines\n");
    assert_eq!(plain.stdout, "Edited. The new wording is waiting.\n");
    let edit = |text: &str| Request::Edit { contact: Some("Bob".into()), event: "e1".into(), text: text.into() };
    assert_eq!(agent.asked(), [edit("new"), edit(" two\nlines\n")]);
    assert_refused(&agent.run(&["--json", "edit", "Bob", "e1", ""]), ErrorKind::BadInput);
    assert_eq!(agent.asked().len(), 2);
}

#[test]
fn a_deletion_says_what_came_of_it() {
    for (outcome, said) in [
        ("never_delivered", "it is never delivered."),
        ("withdrawn", "withdrawn wherever it was not opened, and asked to be removed where it was."),
        ("asked", "is asked to remove it; it may have been read."),
    ] {
        let mut deleted = value(Message { kind: Kind::Deleted, ..message("e1", "", State::Sent) });
        deleted["outcome"] = json!(outcome);
        let agent = always(deleted.clone());
        assert_eq!(agent.run(&["--json", "delete", "Bob", "e1"]).objects(), [deleted]);
        let plain = agent.run(&["delete", "Bob", "e1"]);
        assert!(plain.stdout.trim_end().ends_with(said), "{plain:?}");
    }
}

#[test]
fn a_notice_is_a_line_of_its_own_in_the_log() {
    let notice = json!({"event": "e1", "mine": false, "from": "Bob", "kind": "notice", "text": "", "quote": null, "reactions": [], "state": null,
        "sent_at": 0, "edited": false, "late": false, "held": false, "pinned": false, "notice": {"what": "device_joined", "mine": false, "waiting": 3}});
    let agent = Agent::answering(move |request| match request {
        Request::Log { before: None, .. } => Answer::Ok(json!([notice])),
        Request::Log { .. } => Answer::Ok(json!([])),
        _ => Answer::Ok(value(bob(Stage::Secure))),
    });
    let line = agent.run(&["log", "Bob"]).stdout;
    assert_eq!(line, "1970-01-01 00:00  — Bob has a new device. 3 waiting messages go to it too.\n");
}

#[test]
fn a_search_shows_the_newest_that_were_found_in_their_order() {
    let found = [message("e9", "the thermos", State::Seen), message("e4", "thermos?", State::Seen)];
    let agent = Agent::answering(move |request| match request {
        Request::Search { words, before: None, limit: Some(limit), .. } if words == "bring thermos" => {
            Answer::Ok(json!(found[..found.len().min(*limit as usize)]))
        }
        Request::Search { before: Some(before), .. } if before == "e4" => Answer::Ok(json!([])),
        Request::Search { .. } => Answer::Ok(value("unexpected")),
        _ => Answer::Ok(value(bob(Stage::Secure))),
    });
    let shown = agent.run(&["search", "Bob", "bring", "thermos"]).stdout;
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines, ["1970-01-01 00:00  You: thermos?  [seen]", "1970-01-01 00:00  You: the thermos  [seen]"]);
    let one = agent.run(&["--json", "search", "Bob", "bring thermos", "--limit", "1"]).objects();
    assert_eq!((one.len(), &one[0]["event"]), (1, &json!("e9")));
    assert_eq!(agent.run(&["search", "Bob"]).code, Some(2), "words are needed");
}

/// What the agent answers of an app with these findings.
fn doctor(findings: &Value) -> Value {
    json!({
        "contact": "c1", "name": "Bob", "findings": findings, "online": true, "path": "direct", "waiting": 2, "faults": 1,
        "trouble": null, "vault_bytes": 81920, "vault_sound": true,
        "core": {
            "retired": false, "established": true,
            "own": {"log": "aaaaaaaaaaaa", "next": 12, "kept_from": 10, "since_commit": 3, "formers": 0},
            "devices": [{"device": "bbbbbbbbbbbb", "mine": false, "in_force": true, "connected": true, "has_leaf": false,
                "parked": true, "silent": 30, "receipt": 8, "through": null, "owed_sealed": 0, "owed_unsealed": 2,
                "waits_to_enter": false}],
            "logs": [{"log": "cccccccccccc", "writer": "bbbbbbbbbbbb", "through": 5, "refused": [{"seq": 4, "code": 1}],
                "forked": false, "offer_stands": true}],
        },
    })
}

#[test]
fn the_doctor_says_a_verdict_first_and_then_a_table() {
    let well = doctor(&json!([]));
    let agent = always(well.clone());
    assert_eq!(agent.run(&["--json", "doctor", "Bob"]).objects(), [well]);
    let plain = agent.run(&["doctor", "Bob"]).stdout;
    let lines: Vec<_> = plain.lines().collect();
    assert_eq!(lines[..3], ["All is well.", "", "Path      direct"]);
    let device = "Device    bbbbbbbb: theirs, connected, not in the keys, parked; has up to none; owed 0 sealed, 2 unsealed; \
        receipt 8, silent for 30 rekeys";
    assert_eq!(lines[6], device);
    assert_eq!(lines[7], "Log       cccccccc by bbbbbbbb: read up to 5; refused 4 (1); may be added anew");
    assert_eq!(agent.asked()[0], Request::Doctor { contact: Some("Bob".into()) });

    let findings = json!([{"what": "retired"}, {"what": "refused", "records": 1}, {"what": "away", "waiting": 2}]);
    let ill = always(doctor(&findings)).run(&["doctor", "Bob"]);
    assert_eq!(ill.code, Some(0));
    let lines: Vec<_> = ill.stdout.lines().take(4).collect();
    assert!(lines[0].contains("a copy or an old state") && lines[1].starts_with("1 record could not"), "{lines:?}");
    assert_eq!(lines[2..], ["Bob can't be reached. 2 messages wait here and leave by themselves.", ""]);
}

#[test]
fn what_is_no_text_is_refused_before_the_agent_hears_of_it() {
    let agent = taking_texts();
    assert_refused(&agent.run(&["--json", "send", "Bob", ""]), ErrorKind::BadInput);
    assert_refused(&agent.run_with_input(&["--json", "send", "Bob", "-"], b""), ErrorKind::BadInput);
    assert_refused(&agent.run_with_input(&["--json", "send", "Bob", "-"], b"\xff\xfe"), ErrorKind::BadInput);
    assert_refused(&agent.run_with_input(&["--json", "send", "Bob", "-"], &[b'a'; 1 << 20 | 1]), ErrorKind::TooLarge);
    let odd = agent.kith(&["--json", "send", "Bob"]).arg(OsStr::from_bytes(b"\xff")).output().unwrap();
    assert_eq!(odd.status.code(), Some(1));
    assert!(agent.asked().is_empty());
}

#[test]
fn a_wait_that_ran_out_prints_the_state_and_the_error() {
    let agent = always(json!({"event": "e1", "state": "sent"}));
    let ended = agent.run(&["--json", "send", "Bob", "hello", "--wait", "delivered", "--timeout", "0.2"]);
    assert_eq!(ended.stdout, "{\"event\":\"e1\",\"state\":\"sent\"}\n");
    assert_refused(&ended, ErrorKind::TimedOut);
    let asked = agent.asked();
    let [Request::Send { wait, timeout_ms, .. }] = asked.as_slice() else { panic!("{asked:?}") };
    assert_eq!((*wait, *timeout_ms), (Some(State::Delivered), Some(200)));
}

#[test]
fn a_state_beyond_the_one_waited_for_is_as_good() {
    let agent = always(json!({"event": "e1", "state": "seen"}));
    assert_eq!(agent.run(&["--json", "send", "Bob", "hello", "--wait", "delivered"]).code, Some(0));
}

#[test]
fn a_long_history_comes_whole_and_in_order() {
    let all: Vec<_> = (0..100).map(|n| message(&format!("e{n}"), "text", State::Seen)).collect();
    let agent = Agent::answering({
        let all = all.clone();
        move |request| match request {
            Request::Log { limit, before, .. } => {
                let end =
                    before.as_ref().map_or(all.len(), |event| all.iter().position(|m| m.event == *event).unwrap());
                let start = end.saturating_sub(limit.unwrap() as usize);
                Answer::Ok(value(&all[start..end]))
            }
            _ => Answer::Ok(value(bob(Stage::Secure))),
        }
    });
    assert_eq!(agent.run(&["--json", "log", "Bob"]).objects(), all.iter().map(value).collect::<Vec<_>>());
    let newest = agent.run(&["--json", "log", "Bob", "--limit", "40"]).objects();
    assert_eq!(newest, all[60..].iter().map(value).collect::<Vec<_>>());
}

/// `kith log --follow`, read line by line.
struct Following {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Following {
    fn start(agent: &Agent, args: &[&str]) -> Self {
        let mut child = agent.kith(args).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// The next message: its event and state.
    fn next(&mut self) -> (String, String) {
        let line: Value = serde_json::from_str(&self.lines.next().unwrap().unwrap()).unwrap();
        (line["event"].as_str().unwrap().into(), line["state"].as_str().unwrap().into())
    }

    fn end(mut self, signal: Signal) -> Option<i32> {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
        self.child.wait().unwrap().code()
    }
}

fn pair(event: &str, state: &str) -> (String, String) {
    (event.into(), state.into())
}

#[test]
fn following_misses_nothing_repeats_nothing_and_ends_well() {
    let history = [message("e1", "one", State::Delivered), message("e2", "two", State::Sent)];
    let pushes = vec![
        pushed(8, message("e2", "two", State::Waiting)),
        pushed(9, message("e2", "two", State::Sent)),
        pushed(10, message("e3", "three", State::Waiting)),
        pushed(12, message("e2", "two", State::Delivered)),
    ];
    let agent = Agent::answering(move |request| match request {
        Request::Watch { .. } => Answer::Then(json!({"seq": 7, "scope": null}), pushes.clone()),
        Request::Log { before: None, .. } => Answer::Ok(value(&history)),
        Request::Log { .. } => Answer::Ok(json!([])),
        _ => Answer::Ok(value(bob(Stage::Secure))),
    });
    for signal in [Signal::TERM, Signal::INT] {
        let mut following = Following::start(&agent, &["--json", "log", "Bob", "--follow"]);
        let printed: Vec<_> = (0..4).map(|_| following.next()).collect();
        let expected = [pair("e1", "delivered"), pair("e2", "sent"), pair("e3", "waiting"), pair("e2", "delivered")];
        assert_eq!(printed, expected);
        assert_eq!(following.end(signal), Some(0));
    }
}

#[test]
fn following_catches_up_after_pushes_were_lost() {
    let watches = AtomicU32::new(0);
    let agent = Agent::answering(move |request| match request {
        Request::Watch { .. } if watches.fetch_add(1, Ordering::SeqCst) == 0 => {
            Answer::ThenEnd(json!({"seq": 7, "scope": null}), Vec::new())
        }
        Request::Watch { .. } => Answer::Ok(json!({"seq": 9, "scope": null})),
        Request::Log { before: None, limit: Some(1), .. } => Answer::Ok(json!([message("e2", "two", State::Sent)])),
        Request::Log { before: None, .. } => Answer::Ok(json!([
            message("e1", "one", State::Delivered),
            message("e2", "two", State::Delivered),
            message("e3", "three", State::Waiting),
        ])),
        Request::Log { .. } => Answer::Ok(json!([])),
        _ => Answer::Ok(value(bob(Stage::Secure))),
    });
    let mut following = Following::start(&agent, &["--json", "log", "Bob", "--follow", "--limit", "0"]);
    let printed: Vec<_> = (0..2).map(|_| following.next()).collect();
    assert_eq!(printed, [pair("e2", "delivered"), pair("e3", "waiting")]);
    assert_eq!(following.end(Signal::TERM), Some(0));
}

#[test]
fn a_message_is_raw_in_json_and_harmless_on_a_terminal() {
    let evil = Message {
        mine: false,
        state: None,
        from: "B\u{1b}ob".into(),
        ..message("e1", "\u{1b}]0;x\nYou: hi", State::Sent)
    };
    let agent = Agent::answering(move |request| match request {
        Request::Log { before: None, .. } => Answer::Ok(json!([evil])),
        Request::Log { .. } => Answer::Ok(json!([])),
        _ => Answer::Ok(value(bob(Stage::Secure))),
    });
    assert_eq!(agent.run(&["--json", "log", "Bob"]).objects()[0]["text"], "\u{1b}]0;x\nYou: hi");
    assert_eq!(agent.run(&["log", "Bob"]).stdout, "1970-01-01 00:00  B␛ob: ␛]0;x\n    You: hi\n");
}

#[test]
fn the_stages_are_shown_as_they_are_reached() {
    let accepted = AtomicBool::new(false);
    let agent = Agent::answering(move |request| match request {
        Request::Contacts => Answer::Ok(json!([])),
        Request::Watch { .. } => {
            let keys = Push { seq: 8, change: Change::Contact(bob(Stage::Keys)) };
            Answer::Then(json!({"seq": 7, "scope": null}), vec![keys])
        }
        Request::Accept { .. } => {
            accepted.store(true, Ordering::SeqCst);
            Answer::Ok(json!({"contact": "c1", "state": "connected"}))
        }
        _ => {
            assert!(accepted.load(Ordering::SeqCst));
            Answer::Ok(value(bob(Stage::Secure)))
        }
    });
    let ended = agent.run(&["accept", "481920", "guitarist", "adult"]);
    let lines: Vec<_> = ended.stdout.lines().collect();
    let [generating, keys, connection, secure, said] = lines.as_slice() else { panic!("{ended:?}") };
    assert!([generating, keys, connection, secure].iter().all(|line| line.starts_with('✓')));
    assert_eq!(*said, "You and Bob are connected.");
}

#[test]
fn an_accept_is_two_fields_and_carries_its_wait() {
    let agent = always(json!({"contact": "c1", "state": "connecting"}));
    let ended = agent.run(&["--json", "accept", "481920-guitarist-adult", "--wait", "2"]);
    assert_eq!(ended.stdout, "{\"contact\":\"c1\",\"state\":\"connecting\"}\n");
    let code = "481920-guitarist-adult".to_owned();
    assert_eq!(agent.asked(), [Request::Accept { code, name: None, again: None, wait_ms: Some(2000) }]);
}

#[test]
fn a_removal_without_a_terminal_asks_nobody() {
    let agent = Agent::answering(|request| match request {
        Request::Remove { .. } => Answer::Ok(Value::Null),
        _ => Answer::Ok(value(bob(Stage::Secure))),
    });
    let ended = agent.run(&["--json", "remove", "Bob"]);
    assert_eq!(ended.stdout, "{\"contact\":\"c1\",\"removed\":true}\n");
    assert_eq!(agent.asked().last(), Some(&Request::Remove { contact: Some("c1".into()) }));
}

#[test]
fn the_beginning_of_an_id_stands_for_it_where_it_is_one_messages() {
    let agent = Agent::answering(|request| match request {
        Request::Contact { .. } => Answer::Ok(value(bob(Stage::Secure))),
        Request::Log { before: None, .. } => Answer::Ok(json!([
            message("evtaaaaaaaa1", "one", State::Sent),
            message("evtaaaaaaaa2", "two", State::Sent),
            message("evtbbbbbbbb3", "three", State::Sent),
        ])),
        Request::Log { .. } => Answer::Ok(json!([])),
        _ => Answer::Ok(value(message("evtbbbbbbbb3", "three", State::Sent))),
    });
    let shown = agent.run(&["log", "Bob", "--ids"]).stdout;
    assert!(shown.lines().all(|line| line.starts_with("evtaaaaa  ") || line.starts_with("evtbbbbb  ")), "{shown}");
    agent.run(&["react", "Bob", "evtbbbbb", "👍"]);
    let asked = |event: &str| Request::React { contact: Some("Bob".into()), event: event.into(), emoji: "👍".into() };
    assert_eq!(agent.asked().last(), Some(&asked("evtbbbbbbbb3")));
    let several = agent.run(&["react", "Bob", "evtaaaaa", "👍"]);
    assert!(several.stderr.contains("Several messages") && several.code == Some(1), "{several:?}");
    // What is too short, or is nobody's beginning, is for the agent to judge.
    for other in ["evtbb", "evtcccccc"] {
        agent.run(&["react", "Bob", other, "👍"]);
        assert_eq!(agent.asked().last(), Some(&asked(other)));
    }
}

#[test]
fn a_safety_number_is_seen_before_it_is_marked() {
    let agent = Agent::answering(|request| match request {
        Request::Verify { verified, met, .. } => {
            Answer::Ok(value(Contact { verified: *verified, met: *met, ..bob(Stage::Secure) }))
        }
        _ => Answer::Ok(value(bob(Stage::Secure))),
    });
    // Nobody said that it was compared.
    let plain = agent.run(&["verify", "Bob"]).stdout;
    assert!(plain.contains("11111 22222 33333 44444\n    55555"), "{plain}");
    assert!(plain.contains("Nothing is marked yet"), "{plain}");
    assert_eq!(agent.run(&["--json", "verify", "Bob"]).objects()[0]["verified"], false);
    assert!(!agent.asked().iter().any(|request| matches!(request, Request::Verify { .. })));
    let plain = agent.run(&["verify", "Bob", "--yes"]).stdout;
    assert!(plain.contains("11111 22222 33333 44444\n    55555"), "{plain}");
    assert!(plain.ends_with("Bob is marked as verified.\n"), "{plain}");
    assert_eq!(agent.run(&["--json", "verify", "Bob", "--no"]).objects()[0]["verified"], false);
    assert_eq!(
        agent.run(&["verify", "Bob", "--met"]).stdout.lines().last(),
        Some("Bob is marked as verified in person.")
    );
}

#[test]
fn the_seed_words_may_come_as_arguments_or_input() {
    let agent = always(json!({"words": null, "confirmed": true}));
    agent.run(&["--json", "seed", "confirm", "abandon", "about"]);
    agent.run_with_input(&["--json", "seed", "confirm"], b"abandon\nabout\n");
    let words = || Request::SeedConfirm { words: "abandon about".into() };
    assert_eq!(agent.asked(), [words(), words()]);
}

#[test]
fn a_stop_ends_once_the_agent_has_ended() {
    let agent = Agent::answering(|_| Answer::ThenEnd(Value::Null, Vec::new()));
    let ended = agent.run(&["--json", "stop"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "{\"stopped\":true}\n"));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let many = vec![bob(Stage::Secure); 2000];
    let agent = always(value(many));
    let mut child = agent.kith(&["--json", "contacts"]).spawn().unwrap();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    reader.read_line(&mut String::new()).unwrap();
    drop(reader);
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}

/// Bob, with whom the two paired again while two messages waited.
fn bob_renewed(vouched: Vouched) -> Contact {
    Contact { held: 2, renewed: Some(vouched), ..bob(Stage::Secure) }
}

fn resending(contact: Contact) -> Agent {
    Agent::answering(move |request| match request {
        Request::Resend { .. } => Answer::Ok(json!({"messages": 2})),
        Request::Contacts => Answer::Ok(json!([contact])),
        _ => Answer::Ok(value(&contact)),
    })
}

fn asked_to_resend(agent: &Agent) -> Vec<bool> {
    let drops = |request| {
        if let Request::Resend { drop, .. } = request { Some(drop) } else { None }
    };
    agent.asked().into_iter().filter_map(drops).collect()
}

#[test]
fn messages_for_keys_of_before_are_not_sent_because_nobody_was_there_to_say_no() {
    for (vouched, words) in [(Vouched::Nothing, "not compared"), (Vouched::Words, "recovery words")] {
        let agent = resending(bob_renewed(vouched));
        for args in [&["resend", "Bob"][..], &["resend", "Bob", "--json"]] {
            let ended = agent.run(args);
            assert_eq!(ended.code, Some(1), "{ended:?}");
            for said in ["2 messages", words, "--yes"] {
                assert!(ended.stderr.contains(said), "{said}: {ended:?}");
            }
        }
        assert_eq!(asked_to_resend(&agent), [false; 0]);
    }
}

#[test]
fn messages_for_keys_of_before_are_sent_or_deleted_by_a_word() {
    let agent = resending(bob_renewed(Vouched::Nothing));
    let sent = agent.run(&["resend", "Bob", "--yes"]);
    assert_eq!(sent.stdout, "2 messages were written again for the new keys of Bob.\n", "{sent:?}");
    let dropped = agent.run(&["--json", "resend", "Bob", "--drop", "--yes"]);
    assert_eq!(dropped.objects(), [json!({"messages": 2})]);
    assert_eq!(asked_to_resend(&agent), [false, true]);
}

#[test]
fn an_answer_names_the_contact_that_it_goes_on_with() {
    let agent = always(json!({"contact": "c1", "state": "connected"}));
    assert_eq!(agent.run(&["--json", "accept", "481920-a-b-c-d", "--again", "Bob"]).code, Some(0));
    let whom = |request| if let Request::Accept { name, again, .. } = request { Some((name, again)) } else { None };
    let asked: Vec<_> = agent.asked().into_iter().filter_map(whom).collect();
    assert_eq!(asked, [(None, Some("Bob".to_owned()))]);
    let both = agent.run(&["accept", "481920-a-b-c-d", "--again", "Bob", "--name", "Robert"]);
    assert_eq!(both.code, Some(2), "a new name is for somebody new: {both:?}");
}

#[test]
fn a_contact_that_paired_anew_says_what_is_new_and_what_waits() {
    let agent = resending(bob_renewed(Vouched::Nothing));
    let listed = agent.run(&["contacts"]).stdout;
    assert_eq!(listed, "Bob  direct, new safety number, not compared, 2 messages wait for your word\n");
}

#[test]
fn what_the_device_says_to_its_own_person_stands_in_the_log() {
    let held = Message { held: true, ..message("e1", "hi", State::Waiting) };
    let anew = Notice::PairedAnew { held: 1, proven: false };
    let notice = Message {
        mine: false,
        from: "Bob".to_owned(),
        kind: Kind::Notice,
        state: None,
        notice: Some(anew),
        ..message("e2", "", State::Sent)
    };
    let agent = Agent::answering(move |request| match request {
        Request::Log { before: None, .. } => Answer::Ok(json!([held, notice])),
        Request::Log { .. } => Answer::Ok(json!([])),
        _ => Answer::Ok(value(bob(Stage::Secure))),
    });
    let log = agent.run(&["log", "Bob"]).stdout;
    let lines: Vec<&str> = log.lines().collect();
    assert_eq!(lines[0], "1970-01-01 00:00  You: hi  [waiting, waits for your word]");
    assert!(lines[1].starts_with("1970-01-01 00:00  — You and Bob paired anew. The safety number changed"), "{log}");
    assert!(lines[1].contains("1 message waits for your word"), "{log}");
    assert_eq!(agent.run(&["--json", "log", "Bob"]).objects()[1]["notice"]["what"], "paired_anew");
}
