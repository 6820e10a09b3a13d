//! What `kith doctor` says of real agents: nothing when all is well, and why a message is not there yet.

use kith_lab::{Pair, holds};
use serde_json::{Value, json};
use std::time::Duration;

/// Longer than anything takes on a machine that is not overloaded.
const SOON: Duration = Duration::from_secs(15);

#[test]
fn a_well_app_has_no_findings_and_one_that_is_away_says_what_waits() {
    let Pair { alice, mut bob, lan: _lan } = Pair::connected();
    alice.send("Bob", "hello");
    bob.wait_texts("Alice", &["hello"], SOON);
    let well =
        |doctor: &Value| doctor["findings"] == json!([]) && doctor["core"]["devices"][0]["owed_sealed"] == json!(0);
    let doctor = holds("all is well", SOON, || alice.one(&["doctor", "Bob"]), well);
    assert_eq!(
        [&doctor["vault_sound"], &doctor["faults"], &doctor["trouble"]],
        [&json!(true), &json!(0), &json!(null)]
    );
    assert!(doctor["vault_bytes"].as_u64().unwrap() > 0);
    let (core, device) = (&doctor["core"], &doctor["core"]["devices"][0]);
    assert_eq!([&core["established"], &core["retired"]], [&json!(true), &json!(false)]);
    assert_eq!(
        [&device["mine"], &device["has_leaf"], &device["connected"]],
        [&json!(false), &json!(true), &json!(true)]
    );
    assert_eq!(core["logs"][0]["refused"], json!([]));

    bob.stop();
    alice.send("Bob", "for later");
    let away = json!([{"what": "away", "waiting": 1}]);
    holds("it waits", SOON * 4, || alice.one(&["doctor", "Bob"]), |doctor| doctor["findings"] == away);
    assert_eq!(alice.fails(&["doctor", "Nobody"]).kind, "not_found");
}
