//! A locked device, seen from its pages and commands.

use crate::harness::{ALICE, HOME, Heard, Site, message};
use crate::local::Desk;
use kith_api::Request;
use kith_loopback::{Limits, Scope};
use serde_json::{Value, json};

/// LOCK-003: what is under way then is not answered any more, and nothing is pushed.
#[tokio::test]
async fn with_the_lock_every_window_is_closed_and_none_comes_in() {
    let site = Site::start().await;
    let (mut watcher, _) = site.entered(ALICE).await;
    let (mut silent, _) = site.entered(HOME).await;
    watcher.ask("watch", json!({})).await;
    site.served.locked.send_replace(true);
    site.served.push(message("alice", "hello"));
    assert_eq!(watcher.next().await, Heard::Close(4423));
    assert_eq!(silent.next().await, Heard::Close(4423));

    let bearer = site.bearer(ALICE).await;
    for (shown, code) in [(bearer.as_str(), 4423), ("another", 4401)] {
        let mut window = site.window(ALICE).await;
        window.send(&json!({ "bearer": shown })).await;
        assert_eq!(window.next().await, Heard::Close(code), "{shown}");
    }
    site.served.locked.send_replace(false);
    let mut window = site.window(ALICE).await;
    window.send(&json!({ "bearer": bearer })).await;
    assert_eq!(window.hear().await["ok"]["scope"], "alice");
}

/// LOCK-002
#[tokio::test]
async fn commands_hear_that_it_is_locked_and_those_who_watch_are_let_go() {
    let desk = Desk::with(Limits::default()).await;
    let (mut asks, mut watches) = (desk.connect().await, desk.connect().await);
    watches.ask(&json!({ "id": 1, "method": "watch", "params": {} })).await;
    desk.served.locked.send_replace(true);
    assert_eq!(watches.read().await, None);
    for method in ["contacts", "settings", "active", "seed_show"] {
        let answer = asks.ask(&json!({ "id": 2, "method": method })).await;
        assert_eq!(answer["error"]["kind"], "locked", "{method}");
    }
    assert_eq!(desk.served.asked(0).await, [], "the backend does not hear of it");
    let open = json!({ "id": 3, "method": "unlock", "params": { "passphrase": "p" } });
    assert_eq!(asks.ask(&open).await["ok"], "done");
    assert_eq!(asks.ask(&json!({ "id": 4, "method": "stop" })).await["ok"], "done");
    let unlock = Request::Unlock { passphrase: "p".into() };
    assert_eq!(desk.served.asked(2).await, [(Scope::Local, unlock), (Scope::Local, Request::Stop)]);
}

/// LOCK-002, LOCK-004
#[tokio::test]
async fn a_passphrase_is_looked_at_when_a_good_bearer_comes_with_it() {
    let site = Site::start().await;
    let bearer = site.bearer(ALICE).await;
    site.served.locked.send_replace(true);
    let post = |path: &str, body: Value| {
        let (line, body, site) = (format!("POST {path}"), body.to_string(), &site);
        async move {
            let origin = site.origin(ALICE);
            site.ask(&line, &site.host(ALICE), &[("Origin", origin.as_str())], &body).await.status
        }
    };
    assert_eq!(post("/api/unlock", json!({ "bearer": "x", "passphrase": "p" })).await, 403);
    assert_eq!(post("/api/unlock", json!({ "bearer": bearer })).await, 400);
    assert_eq!(post("/api/anything", json!({})).await, 423);
    assert_eq!(site.served.asked(0).await, []);
    assert_eq!(post("/api/unlock", json!({ "bearer": bearer, "passphrase": "p" })).await, 200);
    let unlock = Request::Unlock { passphrase: "p".into() };
    assert_eq!(site.served.asked(1).await, [(Scope::Contact("alice".into()), unlock)]);
}

/// LOOP-045
#[tokio::test]
async fn a_window_announces_for_its_own_contact_until_it_closes() {
    let site = Site::start().await;
    let (mut window, _) = site.entered(ALICE).await;
    for on in [true, true, false, true] {
        assert_eq!(window.ask("announces", json!({ "on": on })).await["ok"], Value::Null);
    }
    let (mut home, _) = site.entered(HOME).await;
    assert_eq!(home.ask("announces", json!({ "on": true })).await["error"]["kind"], "forbidden");
    drop(window);
    let all = [true, false, true, false].map(|on| ("alice".to_owned(), on));
    crate::harness::until("the closed window ends", || site.served.announced.lock().unwrap().len() >= all.len()).await;
    assert_eq!(*site.served.announced.lock().unwrap(), all);
}
