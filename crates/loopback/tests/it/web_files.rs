//! Files between a page and the backend: who may send and read, what arrives, and what a browser is told of it.

use crate::harness::{ALICE, Answer, BOB, DEADLINE, HOME, Site, parse, until};
use kith_loopback::Limits;
use serde_json::json;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::timeout;

/// An offer with its length, as it stands before the bytes.
fn offer(name: &str, size: usize) -> Vec<u8> {
    let offer = json!({ "name": name, "size": size }).to_string();
    [&(offer.len() as u32).to_be_bytes()[..], offer.as_bytes()].concat()
}

/// An upload with these headers beside `Host`; `length` is what it announces, `None` for its true length.
fn upload(site: &Site, headers: &[(&str, &str)], body: &[u8], length: Option<usize>) -> Vec<u8> {
    let mut head = format!("POST /api/files HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", site.host(ALICE));
    headers.iter().for_each(|(name, value)| head += &format!("{name}: {value}\r\n"));
    head += &format!("Content-Length: {}\r\n\r\n", length.unwrap_or(body.len()));
    [head.as_bytes(), body].concat()
}

async fn send(site: &Site, bearer: &str, body: &[u8]) -> Answer {
    let (origin, shown) = (site.origin(ALICE), format!("Bearer {bearer}"));
    parse(&site.raw(&upload(site, &[("Origin", &origin), ("Authorization", &shown)], body, None)).await)
}

/// The address of a file, with a ticket for it.
async fn address(site: &Site, event: &str) -> String {
    let shown = format!("Bearer {}", site.bearer(ALICE).await);
    let origin = site.origin(ALICE);
    let headers = [("Origin", origin.as_str()), ("Authorization", shown.as_str())];
    let answer = site.ask(&format!("POST /api/files/{event}/ticket"), &site.host(ALICE), &headers, "").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let ticket: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    format!("/api/files/{event}?t={}", ticket["ticket"].as_str().unwrap())
}

/// LOOP-071
#[tokio::test]
async fn a_file_goes_to_the_contact_whose_app_sends_it_as_it_is() {
    let site = Site::start().await;
    let bearer = site.bearer(ALICE).await;
    let bytes: Vec<u8> = (0..1_000_000_u32).map(|n| (n / 7) as u8).collect();
    let answer = send(&site, &bearer, &[offer("../a b.png", bytes.len()), bytes.clone()].concat()).await;
    assert_eq!((answer.status, answer.text()), (200, r#"{"event":"e1","state":"waiting"}"#));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let (contact, offered, came) = site.served.files.lock().unwrap().remove(0);
    assert_eq!((contact.as_str(), offered.name.as_str(), came == bytes), ("alice", "../a b.png", true));
    assert_eq!(send(&site, &bearer, &offer("empty", 0)).await.status, 200);
}

/// LOOP-070
#[tokio::test]
async fn who_shows_no_bearer_of_this_origin_neither_sends_nor_reads() {
    let site = Site::start().await;
    let (alices, bobs) = (site.bearer(ALICE).await, site.bearer(BOB).await);
    let (origin, body) = (site.origin(ALICE), [offer("x", 1), b"x".to_vec()].concat());
    let own = ("Origin", origin.as_str());
    let of = |bearer: &str| format!("Bearer {bearer}");
    for shown in [None, Some(of("x")), Some(of(&bobs)), Some(alices.clone()), Some(of(""))] {
        let headers: Vec<_> = std::iter::once(own).chain(shown.as_deref().map(|s| ("Authorization", s))).collect();
        assert_eq!(parse(&site.raw(&upload(&site, &headers, &body, None)).await).status, 403, "{shown:?}");
        let line = "POST /api/files/picture/ticket";
        assert_eq!(site.ask(line, &site.host(ALICE), &headers, "").await.status, 403, "{shown:?}");
    }
    let shown = of(&alices);
    for foreign in [site.origin(BOB), site.origin(HOME), "null".into(), format!("http://localhost:{}", site.port)] {
        let headers = [("Origin", foreign.as_str()), ("Authorization", shown.as_str())];
        assert_eq!(parse(&site.raw(&upload(&site, &headers, &body, None)).await).status, 403, "{foreign}");
    }
    assert_eq!(parse(&site.raw(&upload(&site, &[("Authorization", &shown)], &body, None)).await).status, 403);
    assert!(site.served.files.lock().unwrap().is_empty());
    // Home has no conversation, whoever asks.
    let (home, home_origin) = (of(&site.bearer(HOME).await), site.origin(HOME));
    let headers = [("Origin", home_origin.as_str()), ("Authorization", home.as_str())];
    assert_eq!(site.ask("POST /api/files", &site.host(HOME), &headers, "").await.status, 403);
}

/// LOOP-072
#[tokio::test]
async fn a_ticket_opens_one_file_of_one_origin_and_nothing_opens_without() {
    let site = Site::start().await;
    let address = address(&site, "picture").await;
    assert_eq!(site.get(ALICE, &address).await.status, 200);
    assert_eq!(site.get(BOB, &address).await.status, 403);
    assert_eq!(site.get(HOME, &address).await.status, 403);
    let ticket = address.split_once('?').unwrap().1;
    for path in [format!("/api/files/drawing?{ticket}"), "/api/files/picture".into(), "/api/files/picture?t=".into()] {
        assert_eq!(site.get(ALICE, &path).await.status, 403, "{path}");
    }
    let line = format!("GET {address}");
    for elsewhere in ["cross-site", "same-site", "none"] {
        let headers = [("Sec-Fetch-Site", elsewhere)];
        assert_eq!(site.ask(&line, &site.host(ALICE), &headers, "").await.status, 403, "{elsewhere}");
    }
    let foreign = site.origin(BOB);
    assert_eq!(site.ask(&line, &site.host(ALICE), &[("Origin", &foreign)], "").await.status, 403);
    // A ticket for what is not there opens nothing.
    let nothing = self::address(&site, "nothing").await;
    assert_eq!(site.get(ALICE, &nothing).await.status, 404);
}

/// LOOP-071
#[tokio::test]
async fn an_upload_that_is_cut_short_is_never_a_whole_one() {
    let site = Site::start().await;
    let (shown, origin) = (format!("Bearer {}", site.bearer(ALICE).await), site.origin(ALICE));
    let headers = [("Origin", origin.as_str()), ("Authorization", shown.as_str())];
    let body = [offer("x", 100_000), vec![7; 60_000]].concat();
    let cut = upload(&site, &headers, &body, Some(body.len() + 40_000));
    let mut stream = site.connect().await;
    stream.write_all(&cut).await.unwrap();
    stream.shutdown().await.unwrap();
    until("the backend has seen its end", || site.served.files.lock().unwrap().len() == 1).await;
    assert_eq!(site.served.files.lock().unwrap()[0].2.len(), 60_000);
    // What announces another length than it offers is refused before the backend hears of it.
    for (size, sent) in [(10, 11), (11, 10)] {
        let body = [offer("x", size), vec![7; sent]].concat();
        assert_eq!(parse(&site.raw(&upload(&site, &headers, &body, None)).await).status, 400);
    }
    let chunked = format!(
        "POST /api/files HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nOrigin: {origin}\r\nAuthorization: {shown}\r\n\
         Transfer-Encoding: chunked\r\n\r\n",
        site.host(ALICE)
    );
    let body = offer("x", 0);
    let chunk = [format!("{:x}\r\n", body.len()).as_bytes(), &body, b"\r\n0\r\n\r\n"].concat();
    assert_eq!(parse(&site.raw(&[chunked.as_bytes(), &chunk].concat()).await).status, 400);
    assert_eq!(site.served.files.lock().unwrap().len(), 1);
}

/// LOOP-071
#[tokio::test]
async fn an_offer_that_is_none_and_a_backend_that_refuses_are_said_at_once() {
    let site = Site::start().await;
    let bearer = site.bearer(ALICE).await;
    let odd = |text: &str| [&(text.len() as u32).to_be_bytes()[..], text.as_bytes()].concat();
    let path = r#"{"name":"x","size":0,"path":"/etc/passwd"}"#;
    for body in [vec![], vec![0, 0, 0], vec![255; 4], odd("{}"), odd("[]"), odd(path), odd(r#"{"name":"x","size":-1}"#)]
    {
        assert_eq!(send(&site, &bearer, &body).await.status, 400, "{body:?}");
    }
    assert!(site.served.files.lock().unwrap().is_empty());
    let refused = send(&site, &bearer, &[offer("refused", 3), b"abc".to_vec()].concat()).await;
    assert_eq!(refused.status, 507);
    assert!(refused.text().contains("There is no room"), "{refused:?}");
}

/// LOOP-074
#[tokio::test]
async fn a_range_of_a_file_is_given_and_one_outside_is_not() {
    let site = Site::start().await;
    let line = format!("GET {}", address(&site, "picture").await);
    let ask = |range: &'static str| {
        let (site, line) = (&site, line.clone());
        async move { site.ask(&line, &site.host(ALICE), &[("Range", range)], "").await }
    };
    let whole = site.ask(&line, &site.host(ALICE), &[], "").await;
    assert_eq!((whole.status, whole.body.len(), whole.header("accept-ranges")), (200, 1000, Some("bytes")));
    let part = ask("bytes=250-701").await;
    assert_eq!((part.status, part.header("content-range")), (206, Some("bytes 250-701/1000")));
    assert_eq!((part.header("content-length"), part.body == whole.body[250..702]), (Some("452"), true));
    let outside = ask("bytes=1000-").await;
    assert_eq!((outside.status, outside.header("content-range")), (416, Some("bytes */1000")));
    let changed = [("Range", "bytes=1-2"), ("If-Range", "\"another\"")];
    assert_eq!(site.ask(&line, &site.host(ALICE), &changed, "").await.status, 200);
    let head = site.ask(&line.replacen("GET", "HEAD", 1), &site.host(ALICE), &[], "").await;
    assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, Some("1000"), 0));
}

/// LOOP-073, LOOP-075
#[tokio::test]
async fn only_what_can_do_nothing_is_shown_and_all_else_is_saved_in_a_sandbox() {
    let site = Site::start().await;
    let look = async |event: &str, more: &str| {
        let answer = site.get(ALICE, &(address(&site, event).await + more)).await;
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && policy.ends_with("sandbox"), "{policy}");
        let of = |name| answer.header(name).unwrap_or_default().to_owned();
        (of("content-type"), of("content-disposition"))
    };
    let (kind, placed) = look("picture", "").await;
    assert_eq!((kind.as_str(), placed.starts_with("inline; ")), ("image/png", true));
    for (event, more) in [("page", ""), ("drawing", ""), ("picture", "&save=1")] {
        let (kind, placed) = look(event, more).await;
        assert_eq!((kind.as_str(), placed.starts_with("attachment; ")), ("application/octet-stream", true), "{event}");
    }
    let (_, placed) = look("picture", "").await;
    assert!(placed.ends_with("filename=\"a b.png\"; filename*=UTF-8''a%20b.png"), "{placed}");
}

/// LOOP-076
#[tokio::test]
async fn a_file_is_not_cut_off_because_its_connection_is_old_and_is_because_it_stands_still() {
    let connection_time = Duration::from_millis(50);
    let site = Site::with(Limits { connection_time, stall_time: Duration::from_secs(3600), ..Limits::default() }).await;
    let request = format!("GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", address(&site, "endless").await, site.host(ALICE));
    let mut stream = site.connect().await;
    stream.write_all(request.as_bytes()).await.unwrap();
    let begun = std::time::Instant::now();
    let mut room = vec![0; 64 * 1024];
    // Read for as long as several such connections and their grace live.
    while begun.elapsed() < Limits::default().grace + 10 * connection_time {
        assert!(timeout(DEADLINE, stream.read(&mut room)).await.unwrap().unwrap() > 0);
    }
    let site = Site::with(Limits { stall_time: Duration::from_millis(50), ..Limits::default() }).await;
    let (shown, origin) = (format!("Bearer {}", site.bearer(ALICE).await), site.origin(ALICE));
    let headers = [("Origin", origin.as_str()), ("Authorization", shown.as_str())];
    let body = offer("x", 100);
    let stands = parse(&site.raw(&upload(&site, &headers, &body, Some(body.len() + 100))).await);
    assert_eq!(stands.status, 408);
}

/// LOOP-077
#[tokio::test]
async fn files_on_their_way_are_counted() {
    let site = Site::with(Limits { transfers_max: 1, ..Limits::default() }).await;
    let address = address(&site, "endless").await;
    let mut first = site.connect().await;
    let request = format!("GET {address} HTTP/1.1\r\nHost: {}\r\n\r\n", site.host(ALICE));
    first.write_all(request.as_bytes()).await.unwrap();
    let mut some = [0; 100];
    timeout(DEADLINE, first.read_exact(&mut some)).await.unwrap().unwrap();
    assert_eq!(site.get(ALICE, &address).await.status, 503);
    drop(first);
    let mut free = false;
    while !free {
        free = site.ask(&format!("HEAD {address}"), &site.host(ALICE), &[], "").await.status == 200;
    }
}
