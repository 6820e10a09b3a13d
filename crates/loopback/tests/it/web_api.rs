//! Keys, bearers, scopes and pushes over the web.

use crate::harness::{ALICE, BOB, HOME, Heard, Served, Site, message, person};
use kith_api::{Change, Request, Status};
use kith_loopback::{Limits, Scope};
use serde_json::{Value, json};
use std::time::Duration;

fn kind(answer: &Value) -> &str {
    answer["error"]["kind"].as_str().unwrap_or("none")
}

fn status() -> Change {
    Change::Status(Status {
        version: String::new(),
        home: String::new(),
        home_url: String::new(),
        port: 0,
        udp_port: 0,
        name: None,
        contacts: 2,
        online: 0,
        direct: 0,
        waiting: 0,
        stored_bytes: 0,
        key_in_file: true,
        seed_confirmed: false,
        reach: "lan".into(),
    })
}

/// One change of each kind, of Alice, of Bob and of neither; then one that every scope hears of.
fn push_all(served: &Served) {
    for contact in ["alice", "bob"] {
        served.push(Change::Contact(person(contact)));
        served.push(message(contact, "hello"));
    }
    served.push(status());
    served.push(Change::Contact(person("alice")));
}

fn seq(push: &Value) -> u64 {
    push["push"]["seq"].as_u64().unwrap_or_else(|| panic!("{push} is no push"))
}

/// LOOP-030, LOOP-031
#[tokio::test]
async fn a_one_time_key_is_good_once_and_for_its_own_label() {
    let site = Site::start().await;
    let key = site.served.keys.one_time_key(ALICE);
    assert_eq!(site.exchange(BOB, &key).await.status, 403);
    assert_eq!(site.exchange(ALICE, &key).await.status, 200);
    assert_eq!(site.exchange(ALICE, &key).await.status, 403);
    assert_eq!(site.exchange(ALICE, "").await.status, 403);
}

/// LOOP-031, LOOP-032
#[tokio::test]
async fn a_bearer_opens_its_own_label_and_no_other() {
    let site = Site::start().await;
    let bearer = site.bearer(ALICE).await;
    for label in [BOB, HOME] {
        let mut window = site.window(label).await;
        window.send(&json!({ "bearer": bearer })).await;
        assert_eq!(window.next().await, Heard::Close(4401), "{label}");
    }
    let mut window = site.window(ALICE).await;
    window.send(&json!({ "bearer": bearer })).await;
    assert_eq!(window.hear().await["ok"]["scope"], "alice");
}

/// LOOP-032
#[tokio::test]
async fn a_window_that_shows_no_bearer_is_closed() {
    let site = Site::with(Limits { hello_time: Duration::from_millis(200), ..Limits::default() }).await;
    assert_eq!(site.window(ALICE).await.next().await, Heard::Close(4401));
    for hello in [json!({}), json!({ "bearer": "" }), json!("x"), json!({ "id": 1, "method": "contact", "params": {} })]
    {
        let mut window = site.window(ALICE).await;
        window.send(&hello).await;
        assert_eq!(window.next().await, Heard::Close(4401), "{hello}");
    }
    assert_eq!(site.served.asked(0).await, []);
}

/// LOOP-040
#[tokio::test]
async fn an_apps_calls_are_about_its_own_contact() {
    let site = Site::start().await;
    let (mut window, _) = site.entered(ALICE).await;
    assert_eq!(window.ask("log", json!({})).await["ok"], "done");
    assert_eq!(window.ask("log", json!({ "contact": "alice" })).await["ok"], "done");
    let log = Request::Log { contact: Some("alice".into()), limit: None, before: None, after: None, around: None };
    let own = (Scope::Contact("alice".into()), log);
    assert_eq!(site.served.asked(2).await, [own.clone(), own]);
}

/// LOOP-040, LOOP-043
#[tokio::test]
async fn an_app_can_ask_neither_about_another_contact_nor_what_is_homes() {
    let site = Site::start().await;
    let (mut window, _) = site.entered(ALICE).await;
    for (method, params) in [
        ("contact", json!({ "contact": "bob" })),
        ("log", json!({ "contact": "bob" })),
        ("send", json!({ "contact": "bob", "text": "hello" })),
        ("seen", json!({ "contact": "bob", "event": "e" })),
        ("delete", json!({ "contact": "bob", "event": "e" })),
        ("remove", json!({ "contact": "bob" })),
        ("watch", json!({ "contact": "bob" })),
        ("log", json!({ "contact": "Alice" })),
        ("open", json!({})),
        ("open", json!({ "contact": "alice" })),
        ("contacts", Value::Null),
        ("invite", json!({ "name": "Carol", "again": false })),
        ("invite", json!({ "name": "alice", "again": false })),
        ("invite", json!({ "name": "bob", "again": true })),
        ("accept", json!({ "code": "x" })),
        ("accept", json!({ "code": "x", "again": "bob" })),
        ("resend", json!({ "contact": "bob", "drop": false })),
        ("accept_cancel", json!({ "code": "x" })),
        ("status", Value::Null),
        ("search_all", json!({ "words": "x" })),
        ("arrange", json!({ "contact": "bob", "blocked": true })),
        ("stop", Value::Null),
        ("seed_show", Value::Null),
        ("seed_confirm", json!({ "words": "x" })),
    ] {
        assert_eq!(kind(&window.ask(method, params.clone()).await), "forbidden", "{method} {params}");
    }
    assert_eq!(site.served.asked(0).await, []);
}

/// LOOP-041, LOOP-043
#[tokio::test]
async fn home_can_ask_everything_but_the_inside_of_a_conversation() {
    let site = Site::start().await;
    let (mut window, welcome) = site.entered(HOME).await;
    assert_eq!(welcome["scope"], Value::Null);
    for (method, params) in [
        ("log", json!({ "contact": "alice" })),
        ("send", json!({ "contact": "alice", "text": "hello" })),
        ("seen", json!({ "contact": "alice", "event": "e" })),
        ("delete", json!({ "contact": "alice", "event": "e" })),
        ("resend", json!({ "contact": "alice", "drop": false })),
        ("watch", json!({ "contact": "alice" })),
    ] {
        assert_eq!(kind(&window.ask(method, params).await), "forbidden", "{method}");
    }
    for (method, params) in
        [("contacts", Value::Null), ("open", json!({ "contact": "alice" })), ("seed_show", Value::Null)]
    {
        assert_eq!(window.ask(method, params).await["ok"], "done", "{method}");
    }
    assert_eq!(site.served.asked(3).await.len(), 3);
}

/// LOOP-040, LOOP-041
#[tokio::test]
async fn each_window_hears_of_its_own_scope_alone() {
    let site = Site::start().await;
    for (label, heard) in [(ALICE, vec![1, 2, 6]), (HOME, vec![1, 3, 5, 6])] {
        let site = if label == ALICE { &site } else { &Site::start().await };
        let (mut window, _) = site.entered(label).await;
        assert_eq!(window.ask("watch", json!({})).await["ok"]["seq"], 0);
        push_all(&site.served);
        for expected in heard {
            assert_eq!(seq(&window.hear().await), expected, "{label}");
        }
    }
}

#[tokio::test]
async fn a_window_that_does_not_watch_hears_no_push() {
    let site = Site::start().await;
    let (mut window, _) = site.entered(ALICE).await;
    let (mut other, _) = site.entered(ALICE).await;
    other.ask("watch", json!({})).await;
    site.served.push(message("alice", "hello"));
    assert_eq!(seq(&other.hear().await), 1);
    assert_eq!(window.ask("contact", json!({})).await["ok"]["contact"], "alice");
}

/// LOOP-033
#[tokio::test]
async fn a_window_that_comes_back_hears_what_it_missed_and_goes_on() {
    let site = Site::start().await;
    let (mut first, welcome) = site.entered(ALICE).await;
    first.ask("watch", json!({})).await;
    push_all(&site.served);
    assert_eq!(seq(&first.hear().await), 1);
    drop(first);
    let mut second = site.window(ALICE).await;
    second.send(&json!({ "bearer": site.bearer(ALICE).await, "run": welcome["run"], "since": 1 })).await;
    assert_eq!(second.hear().await["ok"]["resumed"], true);
    assert_eq!(seq(&second.hear().await), 2);
    assert_eq!(seq(&second.hear().await), 6);
    site.served.push(message("alice", "again"));
    assert_eq!(seq(&second.hear().await), 7);
}

#[tokio::test]
async fn a_window_of_another_run_or_without_one_asks_anew() {
    let site = Site::start().await;
    let bearer = site.bearer(ALICE).await;
    let (mut watcher, welcome) = site.entered(ALICE).await;
    watcher.ask("watch", json!({})).await;
    push_all(&site.served);
    watcher.hear().await;
    let run = &welcome["run"];
    for hello in [
        json!({ "bearer": bearer, "since": 1 }),
        json!({ "bearer": bearer, "since": 1, "run": "another" }),
        json!({ "bearer": bearer, "run": run }),
        json!({ "bearer": bearer, "since": 99, "run": run }),
    ] {
        let mut window = site.window(ALICE).await;
        window.send(&hello).await;
        assert_eq!(window.hear().await["ok"]["resumed"], false, "{hello}");
    }
}

/// LOOP-033
#[tokio::test]
async fn a_window_that_missed_more_than_is_kept_asks_anew() {
    let site = Site::start().await;
    let (mut watcher, welcome) = site.entered(ALICE).await;
    watcher.ask("watch", json!({})).await;
    for _ in 0..600 {
        site.served.push(message("alice", "hello"));
        watcher.hear().await;
    }
    let mut window = site.window(ALICE).await;
    window.send(&json!({ "bearer": site.bearer(ALICE).await, "run": welcome["run"], "since": 1 })).await;
    assert_eq!(window.hear().await["ok"]["resumed"], false);
}

/// LOOP-051
#[tokio::test]
async fn a_window_that_pushes_did_not_reach_is_cut_off_and_does_not_go_on_with_a_gap() {
    let site = Site::start().await;
    let (mut window, _) = site.entered(ALICE).await;
    window.ask("watch", json!({})).await;
    // More than the pump, which gets no turn meanwhile, can have waiting.
    for _ in 0..2000 {
        site.served.push(message("alice", "hello"));
    }
    assert_eq!(window.next().await, Heard::Close(4410));
}

#[tokio::test]
async fn a_window_that_does_not_read_is_given_up() {
    let limits = Limits {
        sockets_max: 1,
        write_time: Duration::from_millis(200),
        hello_time: Duration::from_millis(200),
        ..Limits::default()
    };
    let site = Site::with(limits).await;
    let (mut window, _) = site.entered(ALICE).await;
    window.ask("watch", json!({})).await;
    for _ in 0..64 {
        site.served.push(message("alice", &"x".repeat(1 << 20)));
    }
    makes_room(&site).await;
    drop(window);
}

/// LOOP-052
#[tokio::test]
async fn the_windows_of_a_removed_contact_are_told_and_closed() {
    let site = Site::start().await;
    let (mut watcher, _) = site.entered(ALICE).await;
    let (mut silent, _) = site.entered(ALICE).await;
    watcher.ask("watch", json!({})).await;
    site.served.removed.lock().unwrap().insert(ALICE.into());
    site.served.push(Change::ContactRemoved("alice".into()));
    assert_eq!(watcher.hear().await["push"]["contact_removed"], "alice");
    assert_eq!(watcher.next().await, Heard::Close(4404));
    silent.call("log", json!({})).await;
    assert_eq!(silent.next().await, Heard::Gone);
    assert_eq!(site.served.asked(0).await, []);
}

#[tokio::test]
async fn calls_are_answered_as_they_finish() {
    let site = Site::start().await;
    let (mut window, _) = site.entered(HOME).await;
    let slow = window.call("status", Value::Null).await;
    let quick = window.call("contacts", Value::Null).await;
    assert_eq!(window.hear().await["id"], quick);
    site.served.gate.notify_one();
    assert_eq!(window.hear().await["id"], slow);
}

/// LOOP-050
#[tokio::test]
async fn calls_reach_the_backend_in_the_order_in_which_they_came() {
    let site = Site::start().await;
    let (mut window, _) = site.entered(ALICE).await;
    for n in 0..20 {
        window.call("send", json!({ "text": n.to_string() })).await;
    }
    let texts = site.served.asked(20).await.into_iter().map(|(_, request)| match request {
        Request::Send { text, .. } => text,
        other => panic!("{other:?}"),
    });
    assert_eq!(texts.collect::<Vec<_>>(), (0..20).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_malformed_call_is_answered_with_its_number_and_the_window_stays() {
    let site = Site::start().await;
    let (mut window, _) = site.entered(ALICE).await;
    for (call, id) in [(json!({ "id": 7, "method": "nothing" }), 7), (json!([]), 0), (json!({ "id": -1 }), 0)] {
        window.send(&call).await;
        let answer = window.hear().await;
        assert_eq!((kind(&answer), answer["id"].as_u64()), ("bad_request", Some(id)), "{call}");
    }
    assert_eq!(window.ask("log", json!({})).await["ok"], "done");
}

/// LOOP-053
#[tokio::test]
async fn a_frame_over_the_limit_closes_the_window() {
    let site = Site::with(Limits { frame_bytes_max: 4096, ..Limits::default() }).await;
    let (mut window, _) = site.entered(ALICE).await;
    window.call("send", json!({ "text": "x".repeat(3000) })).await;
    assert_eq!(window.hear().await["ok"], "done");
    window.call("send", json!({ "text": "x".repeat(5000) })).await;
    assert_eq!(kind(&window.hear().await), "too_large");
    assert_eq!(window.next().await, Heard::Close(1009));
}

/// LOOP-053
#[tokio::test]
async fn a_frame_that_is_not_text_closes_the_window() {
    let site = Site::start().await;
    let (mut window, _) = site.entered(ALICE).await;
    window.send_frame(0x82, b"{}").await;
    assert_eq!(kind(&window.hear().await), "bad_request");
    assert_eq!(window.next().await, Heard::Close(1009));
}

#[tokio::test]
async fn one_window_too_many_is_refused_and_a_closed_one_makes_room() {
    let site = Site::with(Limits { sockets_max: 1, hello_time: Duration::from_millis(200), ..Limits::default() }).await;
    let (window, _) = site.entered(ALICE).await;
    assert_eq!(another_window(&site).await, 503);
    drop(window);
    makes_room(&site).await;
}

/// What another window is answered.
async fn another_window(site: &Site) -> u16 {
    let origin = site.origin(ALICE);
    site.ask("GET /api/ws", &site.host(ALICE), &Site::handshake(&origin), "").await.status
}

/// Waits until another window is let in.
async fn makes_room(site: &Site) {
    let deadline = tokio::time::Instant::now() + crate::harness::DEADLINE;
    while another_window(site).await == 503 {
        assert!(tokio::time::Instant::now() < deadline, "no room is made for another window");
    }
}

/// LOOP-050, LOOP-053
#[tokio::test]
async fn what_is_under_way_is_answered_when_the_agent_stops() {
    let site = Site::start().await;
    let (mut window, _) = site.entered(HOME).await;
    let id = window.call("status", Value::Null).await;
    site.served.asked(1).await;
    site.served.stop.cancel();
    site.served.gate.notify_one();
    assert_eq!(window.hear().await["id"], id);
    assert_eq!(window.next().await, Heard::Close(1001));
}
