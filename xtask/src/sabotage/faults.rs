//! The faults, in the order in which two people meet: pairing, hello, identity, sealing, logs, conversations, vaults.

use super::Fault;

/// Tests of pairing alone.
const PAIRING: &[&str] = &["-p kith-proto --test pairing", VECTORS];
/// Tests of hello and heartbeats alone.
const HELLO: &[&str] = &["-p kith-proto --test hello"];
/// Tests of bundles, lists and the safety number alone.
const IDENTITY: &[&str] = &["-p kith-proto --test identity"];
/// Tests of send groups alone.
const SEALER: &[&str] = &["-p kith-proto --test sealer_mls --test sealer_mls_forged"];
/// What else the core has, and everything that simulations see.
const CORE: &[&str] = &["-p kith-proto -p kith-sim"];
/// Tests of vaults.
const STORE: &[&str] = &["-p kith-store"];
/// Published bytes of identities and pairings.
const VECTORS: &str = "-p kith-proto --test identity_and_pairing_vectors";

/// Every fault.
pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "the-inviter-checks-no-confirmation",
        breaks: "only who has the words is introduced (PAIR-014)",
        file: "crates/proto/src/pairing/inviter.rs",
        text: "if !self.session.confirms(Role::Accepter, &[], &third.confirmation) {",
        instead: "if false {",
        tests: PAIRING,
    },
    Fault {
        name: "the-accepter-checks-no-confirmation",
        breaks: "an inviter without the words is found out (PAIR-015)",
        file: "crates/proto/src/pairing/accepter.rs",
        text: "if !session.confirms(Role::Inviter, &[&bound.0, &fourth.sealed, &fourth.encapsulated], &fourth.confirmation) {",
        instead: "if false {",
        tests: PAIRING,
    },
    Fault {
        name: "wrong-words-are-not-counted",
        breaks: "five wrong tries kill an invitation (PAIR-040)",
        file: "crates/proto/src/pairing/budget.rs",
        text: "self.failures = self.failures.saturating_add(1);",
        instead: "self.failures = self.failures.saturating_add(0);",
        tests: PAIRING,
    },
    Fault {
        name: "a-pairing-is-bound-to-no-connection",
        breaks: "somebody between two connections fails even with the words (PAIR-012)",
        file: "crates/proto/src/pairing/exchange.rs",
        text: "hash(Label::PairingTranscript, &[first, second, exporter])",
        instead: "hash(Label::PairingTranscript, &[first, second])",
        tests: PAIRING,
    },
    Fault {
        name: "the-pair-secret-is-of-curves-alone",
        breaks: "who records a pairing and breaks curves later lacks the encapsulated part (PAIR-016)",
        file: "crates/proto/src/pairing/exchange.rs",
        text: "&[encapsulated, &self.transcript, &bound.0]",
        instead: "&[&self.transcript, &bound.0]",
        tests: PAIRING,
    },
    Fault {
        name: "an-echo-pairs",
        breaks: "one's own words that come back are nobody's (PAIR-011)",
        file: "crates/proto/src/pairing/exchange.rs",
        text: "if mine == other {",
        instead: "if false {",
        tests: PAIRING,
    },
    Fault {
        name: "an-invitation-never-expires",
        breaks: "an invitation stands for a time of its own running (PAIR-042)",
        file: "crates/proto/src/pairing/budget.rs",
        text: "_ if remaining.is_zero() =>",
        instead: "_ if false =>",
        tests: PAIRING,
    },
    Fault {
        name: "the-dialler-believes-any-responder",
        breaks: "a responder without the pair secret is not believed (HELLO-002)",
        file: "crates/proto/src/hello/mod.rs",
        text: "if !mac_eq(theirs, &code(Role::Responder, &self.secret, &self.exporter)) {",
        instead: "if false {",
        tests: HELLO,
    },
    Fault {
        name: "a-greeting-needs-no-signature",
        breaks: "a greeting is its device's, for this connection (HELLO-005)",
        file: "crates/proto/src/hello/greeting.rs",
        text: "peer.sign.verify(Label::HelloSignature, &statement, signature).map_err(|_| HelloError::NotSigned)?;",
        instead: "let _ = peer.sign.verify(Label::HelloSignature, &statement, signature);",
        tests: HELLO,
    },
    Fault {
        name: "a-sibling-greets-for-another-device",
        breaks: "the device that greets is the one the pair secret was made with (HELLO-006)",
        file: "crates/proto/src/hello/greeting.rs",
        text: "if theirs.device != peer.device {",
        instead: "if false {",
        tests: HELLO,
    },
    Fault {
        name: "a-heartbeat-is-heard-again",
        breaks: "a recorded heartbeat is met with silence (HELLO-021)",
        file: "crates/proto/src/hello/heartbeat.rs",
        text: "(counter > pair.greatest).then_some((id, heartbeat))",
        instead: "(counter > 0).then_some((id, heartbeat))",
        tests: HELLO,
    },
    Fault {
        name: "the-safety-number-misses-the-recovery-keys",
        breaks: "a swapped recovery key changes the safety number (ID-040)",
        file: "crates/proto/src/identity/safety.rs",
        text: "hash(Label::Safety, &[low.bytes(), high.bytes()])",
        instead: "hash(Label::Safety, &[low.pairwise().as_bytes(), high.pairwise().as_bytes()])",
        tests: IDENTITY,
    },
    Fault {
        name: "a-thiefs-version-outbids-a-recovery",
        breaks: "lists are ordered by recovery count first (ID-035)",
        file: "crates/proto/src/identity/list.rs",
        text: "match rank.cmp(&current.rank()) {",
        instead: "match rank.version.cmp(&version) {",
        tests: IDENTITY,
    },
    Fault {
        name: "a-device-list-needs-no-signature",
        breaks: "only a person's pairwise key says which devices are theirs (ID-031)",
        file: "crates/proto/src/identity/list.rs",
        text: "pairwise.verify(Label::ListSignature, body, signature).map_err(|_| ListError::NotByPairwise)?;",
        instead: "let _ = pairwise.verify(Label::ListSignature, body, signature);",
        tests: IDENTITY,
    },
    Fault {
        name: "anybody-raises-the-recovery-count",
        breaks: "only who has the words replaces the pairwise key (ID-032)",
        file: "crates/proto/src/identity/list.rs",
        text: "grant.verify(bundle, count).map(|()| grant.pairwise),",
        instead: "Ok((count, grant.pairwise).1),",
        tests: IDENTITY,
    },
    Fault {
        name: "a-fork-of-lists-is-taken-for-news",
        breaks: "two lists of one rank freeze additions (ID-036)",
        file: "crates/proto/src/identity/list.rs",
        text: "std::cmp::Ordering::Equal => Succession::Fork,",
        instead: "std::cmp::Ordering::Equal => Succession::Newer,",
        tests: IDENTITY,
    },
    Fault {
        name: "a-commit-from-another-leaf-is-accepted",
        breaks: "a reader can't speak in a writer's log (SEAL-022)",
        file: "crates/proto/src/sealer/mls/group.rs",
        text: "if *processed.sender() != Sender::Member(writer_leaf()) {",
        instead: "if false {",
        tests: SEALER,
    },
    Fault {
        name: "a-welcome-of-another-writer-lets-in",
        breaks: "a log is joined only by its writer's word (SEAL-025)",
        file: "crates/proto/src/sealer/mls/group.rs",
        text: "if !is_send_group(&staged, log, writer) {",
        instead: "if false {",
        tests: SEALER,
    },
    Fault {
        name: "a-commit-may-do-anything",
        breaks: "commits add and remove, and nothing else (SEAL-023)",
        file: "crates/proto/src/sealer/mls/group.rs",
        text: "        _ => false,",
        instead: "        _ => true,",
        tests: SEALER,
    },
    Fault {
        name: "a-key-package-serves-twice",
        breaks: "a KeyPackage serves one Welcome (SEAL-013)",
        file: "crates/proto/src/sealer/mls/mod.rs",
        text: "if self.key_packages.working().delete_key_package(&used).is_err() {",
        instead: "if used.as_slice().is_empty() {",
        tests: SEALER,
    },
    Fault {
        name: "a-removed-device-goes-on-without-a-key",
        breaks: "a commit that removes the reader is not applied (SEAL-024)",
        file: "crates/proto/src/sealer/mls/group.rs",
        text: "if commit.self_removed() {",
        instead: "if false {",
        tests: SEALER,
    },
    Fault {
        name: "old-message-keys-are-kept",
        breaks: "a message key is gone once used (SEAL-004)",
        file: "crates/proto/src/sealer/mls/group.rs",
        text: "const LATE_GENERATIONS: u32 = 0;",
        instead: "const LATE_GENERATIONS: u32 = 50;",
        tests: SEALER,
    },
    Fault {
        name: "a-record-needs-no-signature",
        breaks: "only a log's writer places records in it (LOG-005)",
        file: "crates/proto/src/log/record.rs",
        text: "writer.verify(Label::RecordSignature, void.as_ref().unwrap_or(&self.header_bytes), &self.signature)",
        instead: "writer.verify(Label::RecordSignature, void.as_ref().unwrap_or(&self.header_bytes), &self.signature).or(Ok(()))",
        tests: CORE,
    },
    Fault {
        name: "a-receipt-needs-no-signature",
        breaks: "only the device itself says what it has read (RCPT-002)",
        file: "crates/proto/src/log/receipt.rs",
        text: "key.verify(Label::ReceiptSignature, &self.bytes, &self.signature)",
        instead: "key.verify(Label::ReceiptSignature, &self.bytes, &self.signature).or(Ok(()))",
        tests: CORE,
    },
    Fault {
        name: "the-position-misses-the-chain",
        breaks: "a position is log, seq and what is before it (LOG-013)",
        file: "crates/proto/src/log/record.rs",
        text: ".bytes(Tag::must(3), prev.as_bytes())",
        instead: ".bytes(Tag::must(3), &[0; 32])",
        tests: CORE,
    },
    Fault {
        name: "commits-are-on-disk-some-time-later",
        breaks: "a commit is on disk when it returns (VAULT-005)",
        file: "crates/store/src/engine.rs",
        text: "Self::Full => \"FULL\",",
        instead: "Self::Full => \"NORMAL\",",
        tests: STORE,
    },
    Fault {
        name: "what-was-deleted-stays-in-the-file",
        breaks: "an erased text is in no page of the vault (VAULT-006)",
        file: "crates/store/src/engine.rs",
        text: "PRAGMA secure_delete = ON;",
        instead: "PRAGMA secure_delete = OFF;",
        tests: STORE,
    },
    Fault {
        name: "vaults-are-for-everybody-to-read",
        breaks: "files are this user's alone (VAULT-001)",
        file: "crates/store/src/files.rs",
        text: "const FILE_MODE: u32 = 0o600;",
        instead: "const FILE_MODE: u32 = 0o644;",
        tests: STORE,
    },
    Fault {
        name: "a-key-file-may-ask-for-any-cost",
        breaks: "a key file can't make the machine run out of memory (VAULT-023)",
        file: "crates/store/src/home/key.rs",
        text: "if value > max {",
        instead: "if value > max && max == 0 {",
        tests: STORE,
    },
];
