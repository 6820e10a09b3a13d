//! A backup on its way to a browser: who may fetch it, and that a part of one is not taken for the whole.

use crate::harness::{ALICE, HOME, Site};

const NAVIGATES: (&str, &str) = ("Sec-Fetch-Mode", "navigate");
const OWN: (&str, &str) = ("Sec-Fetch-Site", "same-origin");

/// LOOP-080, LOOP-081
#[tokio::test]
async fn a_backup_goes_to_homes_person_with_a_ticket_and_to_no_script() {
    let site = Site::start().await;
    let line = "GET /api/backup?t=whole";
    let script = [("Sec-Fetch-Mode", "cors"), OWN];
    for (host, headers) in [(HOME, &[OWN][..]), (HOME, &script), (ALICE, &[NAVIGATES, OWN])] {
        assert_eq!(site.ask(line, &site.host(host), headers, "").await.status, 403, "{host} {headers:?}");
    }
    for elsewhere in ["cross-site", "same-site", "none"] {
        let headers = [NAVIGATES, ("Sec-Fetch-Site", elsewhere)];
        assert_eq!(site.ask(line, &site.host(HOME), &headers, "").await.status, 403, "{elsewhere}");
    }
    for line in ["HEAD /api/backup?t=whole", "POST /api/backup?t=whole", "GET /api/backup/?t=whole"] {
        let origin = site.origin(HOME);
        let headers = [NAVIGATES, OWN, ("Origin", origin.as_str())];
        assert_ne!(site.ask(line, &site.host(HOME), &headers, "").await.status, 200, "{line}");
    }
    assert!(site.served.backups.lock().unwrap().is_empty(), "no ticket was tried");
    for none in ["GET /api/backup", "GET /api/backup?t=other"] {
        assert_eq!(site.ask(none, &site.host(HOME), &[NAVIGATES, OWN], "").await.status, 404, "{none}");
    }
    let given = site.ask(line, &site.host(HOME), &[NAVIGATES, OWN], "").await;
    assert_eq!(given.status, 200);
    assert_eq!(given.header("content-disposition"), Some("attachment"));
    assert_eq!(given.header("cache-control"), Some("no-store"));
    assert!(given.header("content-security-policy").unwrap().ends_with("sandbox"));
}

/// LOOP-082
#[tokio::test]
async fn a_backup_that_was_ended_does_not_look_whole_to_the_browser() {
    let site = Site::start().await;
    let mut ends = Vec::new();
    for ticket in ["whole", "cut"] {
        let request = format!(
            "GET /api/backup?t={ticket} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nSec-Fetch-Mode: navigate\r\n\r\n",
            site.host(HOME)
        );
        let answer = String::from_utf8(site.raw(request.as_bytes()).await).unwrap();
        // Of a part, some or none may have left before it was known to be one.
        assert!(ticket == "cut" || answer.contains("one ") && answer.contains("two"), "{answer}");
        ends.push(answer.ends_with("\r\n0\r\n\r\n"));
    }
    assert_eq!(ends, [true, false], "the last chunk of HTTP stands behind the whole alone");
}
