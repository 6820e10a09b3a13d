//! What a browser is given: pages by scope, the two hues, manifest and icons, and the headers on everything.

use crate::harness::{ALICE, Answer, BOB, HOME, Site};
use serde_json::Value;

async fn json(site: &Site, label: &str, path: &str) -> Value {
    serde_json::from_slice(&site.get(label, path).await.body).unwrap()
}

#[tokio::test]
async fn the_page_is_the_scopes_own() {
    let site = Site::start().await;
    assert!(site.get(HOME, "/").await.text().contains("<title>home"));
    assert!(site.get(ALICE, "/").await.text().contains("<title>app"));
    assert!(site.get(ALICE, "/?call=1").await.text().contains("<title>app"));
    assert_eq!(site.get(ALICE, "/home.html").await.status, 404);
}

/// LOOP-023
#[tokio::test]
async fn files_are_asked_for_again_and_pages_are_not_kept() {
    let site = Site::start().await;
    for (path, kind, cache) in [
        ("/", "text/html; charset=utf-8", "no-store"),
        ("/assets/app.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/sw.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/app.css", "text/css; charset=utf-8", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
    ] {
        let answer = site.get(ALICE, path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(
            (answer.header("content-type"), answer.header("cache-control")),
            (Some(kind), Some(cache)),
            "{path}"
        );
    }
}

/// LOOP-023
#[tokio::test]
async fn a_file_that_the_browser_has_is_not_sent_again() {
    let site = Site::start().await;
    let first = site.get(ALICE, "/assets/app.js").await;
    let tag = first.header("etag").unwrap();
    let ask = async |tag| site.ask("GET /assets/app.js", &site.host(ALICE), &[("If-None-Match", tag)], "").await;
    let again = ask(tag).await;
    assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, Some(tag)));
    assert_eq!(ask("\"older\"").await.body, first.body);
}

/// LOOP-024
#[tokio::test]
async fn no_path_leads_out_of_the_built_pages() {
    let site = Site::start().await;
    for path in [
        "/../Cargo.toml",
        "/assets/../../../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/assets%2fapp.js",
        "//assets/app.js",
        "/assets//app.js",
        "/./assets/app.js",
        "/assets\\app.js",
        "/assets/app.js/",
        "/assets",
        "/.git/config",
        "/etc/passwd",
        "/api/session",
        "/api/",
        "/API/ws",
    ] {
        let answer = site.get(ALICE, path).await;
        assert!([400, 404].contains(&answer.status), "{path}: {answer:?}");
    }
}

/// LOOP-020
#[tokio::test]
async fn the_policy_is_exactly_this() {
    let site = Site::start().await;
    let port = site.port;
    let expected = format!(
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; script-src 'self'; \
         style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self' ws://{ALICE}.localhost:{port}; \
         manifest-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; \
         trusted-types 'none'"
    );
    for path in ["/", "/app.css", "/icon.svg", "/nothing"] {
        let answer = site.get(ALICE, path).await;
        assert_eq!(answer.header("content-security-policy"), Some(expected.as_str()), "{path}");
    }
    assert_eq!(
        site.get("carol-0000", "/").await.header("content-security-policy"),
        Some("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
    );
}

/// LOOP-021, LOOP-022
#[tokio::test]
async fn every_answer_is_closed_to_other_origins_and_sets_no_cookie() {
    let site = Site::start().await;
    let key = site.served.keys.one_time_key(ALICE);
    let foreign = site.origin(BOB);
    let answers: Vec<Answer> = vec![
        site.get(ALICE, "/").await,
        site.get(ALICE, "/icon-192.png").await,
        site.get(ALICE, "/nothing").await,
        site.get("carol-0000", "/").await,
        site.exchange(ALICE, &key).await,
        site.exchange(ALICE, &key).await,
        site.ask("GET /app.css", &site.host(ALICE), &[("Origin", &foreign)], "").await,
        site.ask(
            "OPTIONS /api/session",
            &site.host(ALICE),
            &[("Origin", &foreign), ("Access-Control-Request-Method", "POST")],
            "",
        )
        .await,
        site.ask("GET /", &format!("localhost:{}", site.port), &[], "").await,
    ];
    for answer in answers {
        let head = answer.head.to_lowercase();
        assert!(!head.contains("access-control"), "{head}");
        assert!(!head.contains("set-cookie"), "{head}");
        for line in [
            "cross-origin-opener-policy: same-origin",
            "cross-origin-resource-policy: same-origin",
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "referrer-policy: no-referrer",
            "origin-agent-cluster: ?1",
            "permissions-policy: camera=(self), display-capture=(), ",
            "content-security-policy: default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "cache-control: ",
        ] {
            assert!(head.contains(line), "{line} in {head}");
        }
    }
}

#[tokio::test]
async fn an_app_has_its_contacts_name_hues_and_icons() {
    let site = Site::start().await;
    assert_eq!(site.get(ALICE, "/app.css").await.text(), ":root{--hue:0;--hue2:60}\n");
    let manifest = json(&site, ALICE, "/manifest.webmanifest").await;
    assert_eq!((&manifest["id"], &manifest["name"]), (&"/".into(), &"You and Alice".into()));
    assert_eq!((&manifest["short_name"], &manifest["display"]), (&"Alice".into(), &"standalone".into()));
    for icon in manifest["icons"].as_array().unwrap() {
        let answer = site.get(ALICE, icon["src"].as_str().unwrap()).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, icon["type"].as_str()), "{icon}");
    }
    let favicon = site.get(ALICE, "/favicon.ico").await;
    assert!(favicon.body.starts_with(b"\x89PNG"));
    assert_ne!(site.get(ALICE, "/icon.svg").await.body, site.get(HOME, "/icon.svg").await.body);
}

#[tokio::test]
async fn home_and_an_app_that_is_being_made_have_no_hue() {
    let site = Site::start().await;
    for label in [HOME, BOB] {
        assert_eq!(site.get(label, "/app.css").await.text(), ":root{--tint:0}\n");
    }
    assert_eq!(json(&site, HOME, "/manifest.webmanifest").await["name"], "Kith");
    assert_eq!(json(&site, BOB, "/manifest.webmanifest").await["name"], "You and Bob \"B\" <b>");
    assert!(site.get(BOB, "/icon.svg").await.text().contains("stroke-dasharray"));
}

/// LOOP-025
#[tokio::test]
async fn a_page_bears_the_language_that_was_chosen_and_is_otherwise_as_it_was_built() {
    let site = Site::start().await;
    let before = site.get(HOME, "/").await.text().to_owned();
    *site.served.language.lock().unwrap() = Some("de");
    let chosen = site.get(HOME, "/").await.text().to_owned();
    assert_ne!(chosen, before);
    assert_eq!(chosen.replacen(" data-language=\"de\"", "", 1), before);
    assert!(chosen.contains("<html lang=\"en\" data-language=\"de\""), "{chosen}");
}
