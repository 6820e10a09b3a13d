//! Who may speak at all: host, method, origin, site, and the limits of a connection.

use crate::harness::{ALICE, BOB, DEADLINE, HOME, Site, parse};
use kith_loopback::Limits;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::timeout;

const NAVIGATES: [(&str, &str); 2] = [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];

#[tokio::test]
async fn a_name_that_was_made_to_point_here_is_misdirected() {
    let site = Site::start().await;
    let port = site.port;
    for host in [
        format!("rebind.evil.test:{port}"),
        format!("{ALICE}.localhost.evil.test:{port}"),
        format!("{ALICE}.evil.localhost:{port}"),
        format!("x.{ALICE}.localhost:{port}"),
        format!("evil-localhost:{port}"),
        format!("{}.LOCALHOST:{port}", ALICE),
        format!("{}.localhost:{port}", ALICE.to_uppercase()),
        format!("{ALICE}.localhost.:{port}"),
        format!("user@{ALICE}.localhost:{port}"),
        format!(".localhost:{port}"),
        String::new(),
    ] {
        for line in ["GET /", "GET /app.css", "POST /api/session", "OPTIONS /", "GET /api/ws"] {
            assert_eq!(site.ask(line, &host, &[], "").await.status, 421, "{line} on {host}");
        }
    }
}

/// LOOP-002, LOOP-010
#[tokio::test]
async fn a_label_that_is_not_in_use_is_misdirected() {
    let site = Site::start().await;
    assert_eq!(site.get("carol-0000", "/").await.status, 421);
    site.served.removed.lock().unwrap().insert(ALICE.into());
    assert_eq!(site.get(ALICE, "/").await.status, 421);
}

/// LOOP-010
#[tokio::test]
async fn another_port_in_the_host_is_misdirected() {
    let site = Site::start().await;
    let other = site.port ^ 1;
    for host in [format!("{ALICE}.localhost:{other}"), format!("{ALICE}.localhost"), format!("localhost:{other}")] {
        assert_eq!(site.ask("GET /", &host, &[], "").await.status, 421, "{host}");
    }
}

/// LOOP-010
#[tokio::test]
async fn a_host_that_is_absent_repeated_or_overruled_is_misdirected() {
    let site = Site::start().await;
    let host = site.host(ALICE);
    for request in [
        "GET / HTTP/1.0\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\nConnection: close\r\nHost: {host}\r\nHost: {host}\r\n\r\n"),
        format!("GET http://{host}/ HTTP/1.1\r\nConnection: close\r\nHost: {host}\r\n\r\n"),
        format!("GET http://evil.test/ HTTP/1.1\r\nConnection: close\r\nHost: {host}\r\n\r\n"),
    ] {
        assert_eq!(parse(&site.raw(request.as_bytes()).await).status, 421, "{request}");
    }
}

/// LOOP-010
#[tokio::test]
async fn each_request_on_a_connection_is_checked_for_itself() {
    let site = Site::start().await;
    let requests = format!(
        "GET /app.css HTTP/1.1\r\nHost: {}\r\n\r\nGET /app.css HTTP/1.1\r\nHost: evil.test:{}\r\nConnection: close\r\n\r\n",
        site.host(ALICE),
        site.port
    );
    let answers = String::from_utf8(site.raw(requests.as_bytes()).await).unwrap();
    let statuses: Vec<_> = answers.split("HTTP/1.1 ").skip(1).map(|answer| &answer[..3]).collect();
    assert_eq!(statuses, ["200", "421"]);
}

/// LOOP-003
#[tokio::test]
async fn the_bare_address_says_how_to_open_kith_and_nothing_else() {
    let site = Site::start().await;
    for name in ["localhost", "127.0.0.1", "[::1]"] {
        let host = format!("{name}:{}", site.port);
        for path in ["/", "/app.css", "/api/ws", "/manifest.webmanifest"] {
            let answer = site.ask(&format!("GET {path}"), &host, &[], "").await;
            assert_eq!((answer.status, answer.text()), (200, "Kith runs here. Open it with `kith`.\n"), "{host}{path}");
            assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
        }
        assert_eq!(site.ask("POST /api/session", &host, &[], "{}").await.status, 405);
    }
}

/// LOOP-011
#[tokio::test]
async fn only_three_methods_exist() {
    let site = Site::start().await;
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
        let answer = site.ask(&format!("{method} /"), &site.host(ALICE), &[], "").await;
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD, POST")), "{method}");
    }
    let head = site.ask("HEAD /", &site.host(ALICE), &[], "").await;
    assert_eq!((head.status, head.body.len()), (200, 0));
}

/// LOOP-012
#[tokio::test]
async fn a_post_from_another_origin_or_from_none_is_refused() {
    let site = Site::start().await;
    let key = site.served.keys.one_time_key(ALICE);
    let body = format!(r#"{{"key":"{key}"}}"#);
    let own = site.origin(ALICE);
    let foreign = [
        site.origin(BOB),
        site.origin(HOME),
        format!("https://{ALICE}.localhost:{}", site.port),
        format!("http://{ALICE}.localhost:{}", site.port ^ 1),
        format!("{own}/"),
        "null".into(),
        "http://evil.test".into(),
    ];
    for origin in &foreign {
        let answer = site.ask("POST /api/session", &site.host(ALICE), &[("Origin", origin)], &body).await;
        assert_eq!(answer.status, 403, "{origin}");
    }
    assert_eq!(site.ask("POST /api/session", &site.host(ALICE), &[], &body).await.status, 403);
    let twice = [("Origin", own.as_str()), ("Origin", own.as_str())];
    assert_eq!(site.ask("POST /api/session", &site.host(ALICE), &twice, &body).await.status, 403);
    // The key was not spent by any of these.
    assert_eq!(site.ask("POST /api/session", &site.host(ALICE), &[("Origin", &own)], &body).await.status, 200);
}

/// LOOP-012
#[tokio::test]
async fn a_websocket_from_another_origin_or_from_none_is_refused() {
    let site = Site::start().await;
    let own = site.origin(ALICE);
    for origin in [site.origin(BOB), "http://evil.test".into(), "null".into(), format!("{own}:80")] {
        let answer = site.ask("GET /api/ws", &site.host(ALICE), &Site::handshake(&origin), "").await;
        assert_eq!(answer.status, 403, "{origin}");
    }
    let answer = site.ask("GET /api/ws", &site.host(ALICE), &Site::handshake(&own)[..4], "").await;
    assert_eq!(answer.status, 403, "without an origin");
    site.window(ALICE).await;
}

/// LOOP-012
#[tokio::test]
async fn a_get_that_names_a_foreign_origin_is_refused() {
    let site = Site::start().await;
    let foreign = site.origin(BOB);
    let answer = site.ask("GET /app.css", &site.host(ALICE), &[("Origin", &foreign)], "").await;
    assert_eq!(answer.status, 403);
}

/// LOOP-013
#[tokio::test]
async fn another_site_reaches_neither_assets_nor_the_api() {
    let site = Site::start().await;
    let own = site.origin(ALICE);
    for who in ["cross-site", "same-site", "Same-Origin", "anything"] {
        for path in ["/", "/app.css", "/icon.svg", "/assets/app.js", "/manifest.webmanifest"] {
            let answer = site.ask(&format!("GET {path}"), &site.host(ALICE), &[("Sec-Fetch-Site", who)], "").await;
            assert_eq!(answer.status, 403, "{who} {path}");
        }
        let headers = [("Origin", own.as_str()), ("Sec-Fetch-Site", who)];
        assert_eq!(site.ask("POST /api/session", &site.host(ALICE), &headers, "{}").await.status, 403, "{who}");
        let mut socket = Site::handshake(&own).to_vec();
        socket.push(("Sec-Fetch-Site", who));
        assert_eq!(site.ask("GET /api/ws", &site.host(ALICE), &socket, "").await.status, 403, "{who}");
    }
    let none = [("Origin", own.as_str()), ("Sec-Fetch-Site", "none")];
    assert_eq!(site.ask("POST /api/session", &site.host(ALICE), &none, "{}").await.status, 403);
}

/// LOOP-014
#[tokio::test]
async fn another_site_may_open_the_page_but_not_frame_it_nor_open_anything_else() {
    let site = Site::start().await;
    for who in ["cross-site", "same-site", "none", "same-origin"] {
        let headers = [NAVIGATES[0], NAVIGATES[1], ("Sec-Fetch-Site", who)];
        assert_eq!(site.ask("GET /", &site.host(ALICE), &headers, "").await.status, 200, "{who}");
    }
    for dest in ["iframe", "frame", "object", "embed", "empty"] {
        let headers = [NAVIGATES[0], ("Sec-Fetch-Dest", dest), ("Sec-Fetch-Site", "cross-site")];
        assert_eq!(site.ask("GET /", &site.host(ALICE), &headers, "").await.status, 403, "{dest}");
    }
    let headers = [NAVIGATES[0], NAVIGATES[1], ("Sec-Fetch-Site", "cross-site")];
    assert_eq!(site.ask("GET /app.css", &site.host(ALICE), &headers, "").await.status, 403);
    assert_eq!(site.ask("POST /", &site.host(ALICE), &headers, "").await.status, 403);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let site = Site::start().await;
    let body = format!(r#"{{"key":"{}"}}"#, "x".repeat(Limits::default().body_bytes_max));
    let origin = site.origin(ALICE);
    let answer = site.ask("POST /api/session", &site.host(ALICE), &[("Origin", &origin)], &body).await;
    assert_eq!(answer.status, 413);
}

#[tokio::test]
async fn headers_over_the_limits_are_refused() {
    let site = Site::start().await;
    let limits = Limits::default();
    let long = "x".repeat(limits.header_bytes_max);
    assert_eq!(site.ask("GET /", &site.host(ALICE), &[("X-Long", &long)], "").await.status, 431);
    let many = vec![("X-Many", "x"); limits.headers_max];
    assert_eq!(site.ask("GET /", &site.host(ALICE), &many, "").await.status, 431);
}

#[tokio::test]
async fn a_client_that_is_slow_with_its_headers_is_dropped() {
    let site = Site::with(Limits { request_time: Duration::from_millis(200), ..Limits::default() }).await;
    let begun = Instant::now();
    assert_ne!(parse(&site.raw(b"GET / HTTP/1.1\r\nHost: ").await).status, 200);
    assert!(begun.elapsed() >= Duration::from_millis(200));
}

#[tokio::test]
async fn a_client_that_is_slow_with_its_body_is_refused() {
    let site = Site::with(Limits { request_time: Duration::from_millis(200), ..Limits::default() }).await;
    let (host, origin) = (site.host(ALICE), site.origin(ALICE));
    let head = format!("POST /api/session HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nContent-Length: 9\r\n\r\n{{");
    assert_eq!(parse(&site.raw(head.as_bytes()).await).status, 408);
}

#[tokio::test]
async fn a_plain_connection_ends_even_if_its_client_keeps_it() {
    let limits =
        Limits { connection_time: Duration::from_millis(200), grace: Duration::from_millis(100), ..Limits::default() };
    let site = Site::with(limits).await;
    let request = format!("GET /app.css HTTP/1.1\r\nHost: {}\r\n\r\n", site.host(ALICE));
    assert_eq!(parse(&site.raw(request.as_bytes()).await).status, 200);
}

#[tokio::test]
async fn one_connection_too_many_is_closed_and_the_others_go_on() {
    let site = Site::with(Limits { connections_max: 1, ..Limits::default() }).await;
    let request = format!("GET /app.css HTTP/1.1\r\nHost: {}\r\n\r\n", site.host(ALICE));
    let mut first = site.connect().await;
    for _ in 0..2 {
        first.write_all(request.as_bytes()).await.unwrap();
        let mut start = [0; 12];
        timeout(DEADLINE, first.read_exact(&mut start)).await.unwrap().unwrap();
        assert_eq!(&start, b"HTTP/1.1 200");
        let mut rest = [0; 4096];
        timeout(DEADLINE, first.read(&mut rest)).await.unwrap().unwrap();
        assert!(site.raw(request.as_bytes()).await.is_empty());
    }
}

/// LOOP-001
#[tokio::test]
async fn a_port_that_another_program_has_is_not_taken() {
    let site = Site::start().await;
    let refused = kith_loopback::Web::bind(site.port, kith_loopback::Assets::embedded()).await.unwrap_err();
    assert!(refused.to_string().contains("in use by another program"), "{refused}");
    let mut rng = kith_base::Rng::from_number(3);
    let other = kith_loopback::pick_port(site.port, &mut rng).unwrap();
    assert_ne!(other, site.port);
    assert_eq!(kith_loopback::pick_port(other, &mut rng).unwrap(), other);
}
