//! The faults, in the order in which two people meet: pairing, hello, identity, sealing, logs, conversations, vaults.

use super::Fault;

/// Tests of pairing alone.
const PAIRING: &[&str] = &["-p kith-proto --test pairing", VECTORS];
/// Tests of hello and heartbeats alone.
const HELLO: &[&str] = &["-p kith-proto --test hello"];
/// Tests of bundles, lists and the safety number alone.
const IDENTITY: &[&str] = &["-p kith-proto --test identity"];
/// Device lists that disagree, and devices that leave.
const LISTS: &[&str] = &["-p kith-sim --test attacks_identity --test devices"];
/// Apps of different versions.
const FEATURES: &[&str] = &["-p kith-sim --test features"];
/// Letters of new devices, true and forged.
const LETTERS: &[&str] = &["-p kith-sim --test refused --test devices"];
/// Events that go to one device alone, once.
const ONE_USE: &[&str] =
    &["-p kith-sim --test three_devices --test forged --test refused --test attacks_identity", SEEDS];
/// Texts that are taken back before they arrived.
const WITHDRAWN: &[&str] = &["-p kith-sim --test delivery --test refused --test flow", SEEDS];
/// The order of system calls of a real agent.
const DURABLE: &[&str] = &["-p kith-lab --test durable"];
/// Tests of send groups alone.
const SEALER: &[&str] = &["-p kith-proto --test sealer_mls --test sealer_mls_forged"];
/// Published bytes of what is under a log.
const LOG_VECTORS: &[&str] = &["-p kith-proto --test vectors_log"];
/// Simulations of forged, spoiled and repeated packets.
const FORGED: &[&str] = &["-p kith-sim --test forged", SEEDS];
/// Simulations in which each rule that a peer can break is broken.
const REFUSED: &[&str] = &["-p kith-sim --test refused"];
/// Simulations of two and three devices, then hundreds of seeds.
const TALK: &[&str] = &["-p kith-sim --test three_devices --test first_message --test flow", SEEDS];
/// Simulations of disks that go back in time, then hundreds of seeds.
const ROLLBACK: &[&str] = &["-p kith-sim --test rollback", SEEDS];
/// Hundreds of seeds, those that found faults first.
const SEEDS: &str = "-p kith-sim --test faults seed_ seeds_1 first_seeds";
/// Where conversations are.
const CONVERSATION: &str = "crates/proto/src/conversation";
/// Tests of vaults.
const STORE: &[&str] = &["-p kith-store"];
/// Tests of pairing again.
const AGAIN: &[&str] = &["-p kith-sim --test seventeen"];
/// Published bytes of identities and pairings.
const VECTORS: &str = "-p kith-proto --test identity_and_pairing_vectors";

/// Every fault.
pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "the-inviter-checks-no-confirmation",
        breaks: "only who has the words is introduced (PAIR-014)",
        place: "crates/proto/src/pairing/inviter.rs",
        text: "if !self.session.confirms(Role::Accepter, &[], &third.confirmation) {",
        instead: "if false {",
        tests: PAIRING,
    },
    Fault {
        name: "the-accepter-checks-no-confirmation",
        breaks: "an inviter without the words is found out (PAIR-015)",
        place: "crates/proto/src/pairing/accepter.rs",
        text: "if !session.confirms(Role::Inviter, &[&bound.0, &fourth.sealed, &fourth.encapsulated], &fourth.confirmation) {",
        instead: "if false {",
        tests: PAIRING,
    },
    Fault {
        name: "wrong-words-are-not-counted",
        breaks: "five wrong tries kill an invitation (PAIR-040)",
        place: "crates/proto/src/pairing/budget.rs",
        text: "self.failures = self.failures.saturating_add(1);",
        instead: "self.failures = self.failures.saturating_add(0);",
        tests: PAIRING,
    },
    Fault {
        name: "a-pairing-is-bound-to-no-connection",
        breaks: "somebody between two connections fails even with the words (PAIR-012)",
        place: "crates/proto/src/pairing/exchange.rs",
        text: "hash(Label::PairingTranscript, &[first, second, exporter])",
        instead: "hash(Label::PairingTranscript, &[first, second])",
        tests: PAIRING,
    },
    Fault {
        name: "the-pair-secret-is-of-curves-alone",
        breaks: "who records a pairing and breaks curves later lacks the encapsulated part (PAIR-016)",
        place: "crates/proto/src/pairing/exchange.rs",
        text: "&[encapsulated, &self.transcript, &bound.0]",
        instead: "&[&self.transcript, &bound.0]",
        tests: PAIRING,
    },
    Fault {
        name: "an-echo-pairs",
        breaks: "one's own words that come back are nobody's (PAIR-011)",
        place: "crates/proto/src/pairing/exchange.rs",
        text: "if mine == other {",
        instead: "if false {",
        tests: PAIRING,
    },
    Fault {
        name: "an-invitation-never-expires",
        breaks: "an invitation stands for a time of its own running (PAIR-042)",
        place: "crates/proto/src/pairing/budget.rs",
        text: "_ if remaining.is_zero() =>",
        instead: "_ if false =>",
        tests: PAIRING,
    },
    Fault {
        name: "the-dialler-believes-any-responder",
        breaks: "a responder without the pair secret is not believed (HELLO-002)",
        place: "crates/proto/src/hello/mod.rs",
        text: "if !mac_eq(theirs, &code(Role::Responder, &self.secret, &self.exporter)) {",
        instead: "if false {",
        tests: HELLO,
    },
    Fault {
        name: "a-greeting-needs-no-signature",
        breaks: "a greeting is its device's, for this connection (HELLO-005)",
        place: "crates/proto/src/hello/greeting.rs",
        text: "peer.sign.verify(Label::HelloSignature, &statement, signature).map_err(|_| HelloError::NotSigned)?;",
        instead: "let _ = peer.sign.verify(Label::HelloSignature, &statement, signature);",
        tests: HELLO,
    },
    Fault {
        name: "a-sibling-greets-for-another-device",
        breaks: "the device that greets is the one the pair secret was made with (HELLO-006)",
        place: "crates/proto/src/hello/greeting.rs",
        text: "if theirs.device != peer.device {",
        instead: "if false {",
        tests: HELLO,
    },
    Fault {
        name: "a-heartbeat-is-heard-again",
        breaks: "a recorded heartbeat is met with silence (HELLO-021)",
        place: "crates/proto/src/hello/heartbeat.rs",
        text: "(counter > pair.greatest).then_some((id, heartbeat))",
        instead: "(counter > 0).then_some((id, heartbeat))",
        tests: HELLO,
    },
    Fault {
        name: "the-safety-number-misses-the-recovery-keys",
        breaks: "a swapped recovery key changes the safety number (ID-040)",
        place: "crates/proto/src/identity/safety.rs",
        text: "hash(Label::Safety, &[low.bytes(), high.bytes()])",
        instead: "hash(Label::Safety, &[low.pairwise().as_bytes(), high.pairwise().as_bytes()])",
        tests: IDENTITY,
    },
    Fault {
        name: "a-thiefs-version-outbids-a-recovery",
        breaks: "lists are ordered by recovery count first (ID-035)",
        place: "crates/proto/src/identity/list.rs",
        text: "match rank.cmp(&current.rank()) {",
        instead: "match rank.version.cmp(&version) {",
        tests: IDENTITY,
    },
    Fault {
        name: "a-device-list-needs-no-signature",
        breaks: "only a person's pairwise key says which devices are theirs (ID-031)",
        place: "crates/proto/src/identity/list.rs",
        text: "pairwise.verify(Label::ListSignature, body, signature).map_err(|_| ListError::NotByPairwise)?;",
        instead: "let _ = pairwise.verify(Label::ListSignature, body, signature);",
        tests: IDENTITY,
    },
    Fault {
        name: "anybody-raises-the-recovery-count",
        breaks: "only who has the words replaces the pairwise key (ID-032)",
        place: "crates/proto/src/identity/list.rs",
        text: "grant.verify(bundle, count).map(|()| grant.pairwise),",
        instead: "Ok((count, grant.pairwise).1),",
        tests: IDENTITY,
    },
    Fault {
        name: "a-fork-of-lists-is-taken-for-news",
        breaks: "two lists of one rank freeze additions (ID-036)",
        place: "crates/proto/src/identity/list.rs",
        text: "std::cmp::Ordering::Equal => Succession::Fork,",
        instead: "std::cmp::Ordering::Equal => Succession::Newer,",
        tests: IDENTITY,
    },
    Fault {
        name: "a-frozen-list-suspends-nobody",
        breaks: "while two lists of one place are known, only the devices of both are sealed to (ID-036)",
        place: "crates/proto/src/conversation/people.rs",
        text: "self.frozen.as_ref().is_none_or(|frozen| frozen.devices.contains(&device))",
        instead: "self.frozen.is_none() || self.list.device(device).is_some()",
        tests: LISTS,
    },
    Fault {
        name: "a-frozen-list-grows",
        breaks: "while two lists of one place are known, devices only become fewer (ID-043)",
        place: "crates/proto/src/conversation/people.rs",
        text: "return if self.shrink(next) { Taken::Newer } else { Taken::Nothing };",
        instead: "if let Some(frozen) = &mut self.frozen { frozen.devices.extend(next.devices().iter().map(|device| device.id())); } self.put(next); return Taken::Newer;",
        tests: LISTS,
    },
    Fault {
        name: "anybody-writes-letters-for-a-device",
        breaks: "a new device's letter is its own (INTR-003)",
        place: "crates/proto/src/conversation/introductions.rs",
        text: "if letter.verify(&key).is_err() {",
        instead: "if false {",
        tests: LETTERS,
    },
    Fault {
        name: "anybody-says-that-a-letter-was-taken",
        breaks: "only the device that a letter was for has it carried no further (INTR-004)",
        place: "crates/proto/src/conversation/introductions.rs",
        text: "if acquaintance.verify(&to.sign).is_err() {",
        instead: "if false {",
        tests: LETTERS,
    },
    Fault {
        name: "a-manifest-needs-no-signature",
        breaks: "only the device itself says what its program speaks (MAN-006)",
        place: "crates/proto/src/conversation/features.rs",
        text: "if statement.verify(&key).is_err() {",
        instead: "if false {",
        tests: FEATURES,
    },
    Fault {
        name: "a-removed-devices-log-is-kept",
        breaks: "a removed device's log ends at its cut (ID-038)",
        place: "crates/proto/src/conversation/lists.rs",
        text: "place.through < cut)",
        instead: "place.through <= cut)",
        tests: LISTS,
    },
    Fault {
        name: "a-programs-versions-fall",
        breaks: "nobody is led back to an older version by an old statement (MAN-004)",
        place: "crates/proto/src/conversation/features.rs",
        text: "known.is_some_and(|known| statement.manifest.falls_below(&known.manifest))",
        instead: "known.is_some_and(|_| false)",
        tests: FEATURES,
    },
    Fault {
        name: "a-commit-from-another-leaf-is-accepted",
        breaks: "a reader can't speak in a writer's log (SEAL-022)",
        place: "crates/proto/src/sealer/mls/group.rs",
        text: "if *processed.sender() != Sender::Member(writer_leaf()) {",
        instead: "if false {",
        tests: SEALER,
    },
    Fault {
        name: "a-welcome-of-another-writer-lets-in",
        breaks: "a log is joined only by its writer's word (SEAL-025)",
        place: "crates/proto/src/sealer/mls/group.rs",
        text: "if !is_send_group(&staged, log, writer) {",
        instead: "if false {",
        tests: SEALER,
    },
    Fault {
        name: "a-commit-may-do-anything",
        breaks: "commits add and remove, and nothing else (SEAL-023)",
        place: "crates/proto/src/sealer/mls/group.rs",
        text: "        _ => false,",
        instead: "        _ => true,",
        tests: SEALER,
    },
    Fault {
        name: "a-key-package-serves-twice",
        breaks: "a KeyPackage serves one Welcome (SEAL-013)",
        place: "crates/proto/src/sealer/mls/mod.rs",
        text: "if self.key_packages.working().delete_key_package(&used).is_err() {",
        instead: "if used.as_slice().is_empty() {",
        tests: SEALER,
    },
    Fault {
        name: "a-removed-device-goes-on-without-a-key",
        breaks: "a commit that removes the reader is not applied (SEAL-024)",
        place: "crates/proto/src/sealer/mls/group.rs",
        text: "if commit.self_removed() {",
        instead: "if false {",
        tests: SEALER,
    },
    Fault {
        name: "old-message-keys-are-kept",
        breaks: "a message key is gone once used (SEAL-004)",
        place: "crates/proto/src/sealer/mls/group.rs",
        text: "const LATE_GENERATIONS: u32 = 0;",
        instead: "const LATE_GENERATIONS: u32 = 50;",
        tests: SEALER,
    },
    Fault {
        name: "a-record-needs-no-signature",
        breaks: "only a log's writer places records in it (LOG-005)",
        place: "crates/proto/src/log/record.rs",
        text: "let void = self.body.is_none().then(|| void_message(&self.header_bytes));",
        instead: "return writer.verify(Label::RecordSignature, b\"\", &self.signature).or(Ok(()));",
        tests: FORGED,
    },
    Fault {
        name: "a-receipt-needs-no-signature",
        breaks: "only the device itself says what it has read (RCPT-002)",
        place: "crates/proto/src/log/receipt.rs",
        text: "key.verify(Label::ReceiptSignature, &self.bytes, &self.signature)",
        instead: "key.verify(Label::ReceiptSignature, &self.bytes, &self.signature).or(Ok(()))",
        tests: FORGED,
    },
    Fault {
        name: "the-position-misses-the-chain",
        breaks: "a position is log, seq and what is before it (LOG-013)",
        place: "crates/proto/src/log/record.rs",
        text: ".bytes(Tag::must(3), prev.as_bytes())",
        instead: ".bytes(Tag::must(3), &[0; 32])",
        tests: LOG_VECTORS,
    },
    Fault {
        name: "a-void-is-signed-as-its-record-was",
        breaks: "nobody but the writer takes a body away (LOG-012)",
        place: "crates/proto/src/log/record.rs",
        text: "[header, b\"void\"].concat()",
        instead: "header.to_vec()",
        tests: REFUSED,
    },
    Fault {
        name: "refusals-are-ignored",
        breaks: "what a device could not read is sealed to it again (LOG-021)",
        place: CONVERSATION,
        text: "if is_refused {",
        instead: "if false {",
        tests: TALK,
    },
    Fault {
        name: "what-was-before-a-join-counts-as-read",
        breaks: "an obligation ends only by what was read after the join (LOG-030)",
        place: CONVERSATION,
        text: "if seq <= reading.joined {",
        instead: "if false {",
        tests: TALK,
    },
    Fault {
        name: "an-old-receipt-counts-again",
        breaks: "a receipt is taken once (RCPT-010)",
        place: CONVERSATION,
        text: "if said.counter <= self.peer_mut(said.device).receipt {",
        instead: "if false {",
        tests: FORGED,
    },
    Fault {
        name: "events-are-sealed-again-when-they-are-sent-again",
        breaks: "what is sent again is the same bytes (LOG-016)",
        place: CONVERSATION,
        text: "let Some(peer) = self.machine.peers.get(&device) else { return };",
        instead: "for owed in self.staged.owed(device, true, usize::MAX) { self.staged.set_owed(Owed { seq: None, ..owed }); } let Some(peer) = self.machine.peers.get(&device) else { return };",
        tests: TALK,
    },
    Fault {
        name: "a-reader-that-was-set-back-goes-on",
        breaks: "a device that was set back in what it read retires (RCPT-014)",
        place: CONVERSATION,
        text: "said.heard > self.machine.progress.receipts",
        instead: "said.heard > u64::MAX",
        tests: ROLLBACK,
    },
    Fault {
        name: "records-go-before-everybody-has-them",
        breaks: "records are kept until every leaf has receipted them (LOG-022)",
        place: CONVERSATION,
        text: "let floor = floor.min(machine.own.next.saturating_sub(1));",
        instead: "let floor = floor.max(machine.own.next.saturating_sub(1));",
        tests: TALK,
    },
    Fault {
        name: "a-device-that-left-reads-on",
        breaks: "a leaf goes before the next record is sealed (LOG-034)",
        place: CONVERSATION,
        text: "gone || own.since_commit >= limits::REKEY_RECORDS",
        instead: "own.since_commit >= limits::REKEY_RECORDS",
        tests: REFUSED,
    },
    Fault {
        name: "a-letter-key-serves-twice",
        breaks: "a one-use key serves one addressed record (KEYP-011)",
        place: CONVERSATION,
        text: "(peer.used, peer.letter.take())",
        instead: "(peer.used, peer.letter.clone())",
        tests: TALK,
    },
    Fault {
        name: "a-used-letter-key-is-kept",
        breaks: "a one-use key is gone once a record was opened with it (KEYP-011)",
        place: "crates/proto/src/conversation/read.rs",
        text: "let (_, key) = log.letters.remove(at);",
        instead: "let Some((_, key)) = log.letters.get(at).cloned() else { return Err(Refusal::Undecryptable) };",
        tests: ONE_USE,
    },
    Fault {
        name: "a-withdrawn-record-keeps-its-body",
        breaks: "what is deleted before anybody receipted it does not leave later (LOG-012)",
        place: "crates/proto/src/conversation/settle.rs",
        text: "bytes: void.encode()",
        instead: "bytes: { let _ = void; record.encode() }",
        tests: WITHDRAWN,
    },
    Fault {
        name: "a-void-is-refused",
        breaks: "a void is passed over, and nothing more is asked of it (LOG-012)",
        place: "crates/proto/src/conversation/read.rs",
        text: "let Some(body) = &record.body else { return Ok(()) };",
        instead: "let Some(body) = &record.body else { return Err(Refusal::Undecryptable) };",
        tests: WITHDRAWN,
    },
    Fault {
        name: "a-writer-runs-ahead-without-end",
        breaks: "a slow reader bounds what is on the way (LOG-023)",
        place: CONVERSATION,
        text: "next < first + limits::RECORDS_IN_FLIGHT_MAX",
        instead: "next < first.saturating_add(u64::MAX)",
        tests: TALK,
    },
    Fault {
        name: "ones-own-device-says-delivered",
        breaks: "delivered means that the other person has it (LOG-030)",
        place: CONVERSATION,
        text: "let theirs = person != self.machine.genesis.person;",
        instead: "let theirs = person == person;",
        tests: TALK,
    },
    Fault {
        name: "a-step-does-not-see-what-it-did",
        breaks: "each input of a step sees what those before it did (SEAL-030)",
        place: CONVERSATION,
        text: "self.events.get(&row).cloned().or_else(|| self.view.event(row))",
        instead: "self.view.event(row)",
        tests: TALK,
    },
    Fault {
        name: "an-event-that-comes-twice-appears-twice",
        breaks: "an event is one event however often it comes (EVT-012)",
        place: CONVERSATION,
        text: "self.rows.get(id).copied().or_else(|| self.view.row_of(id))",
        instead: "self.rows.get(id).copied()",
        tests: FORGED,
    },
    Fault {
        name: "a-deleted-event-keeps-its-text",
        breaks: "what was deleted before it came is never shown (EVT-032)",
        place: CONVERSATION,
        text: "carried.body.filter(|_| !gone)",
        instead: "carried.body",
        tests: TALK,
    },
    Fault {
        name: "the-audience-is-ignored",
        breaks: "an event is read by whom it was written for (EVT-004)",
        place: CONVERSATION,
        text: "if header.audience != machine.people.head(machine.genesis.conversation) {",
        instead: "if false {",
        tests: REFUSED,
    },
    Fault {
        name: "a-device-writes-in-anothers-name",
        breaks: "an event's person is its device's (EVT-003)",
        place: CONVERSATION,
        text: "if Some(header.person) != person {",
        instead: "if false {",
        tests: REFUSED,
    },
    Fault {
        name: "a-log-may-fork",
        breaks: "each record continues the one before it (LOG-004)",
        place: CONVERSATION,
        text: "if header.prev != place.head {",
        instead: "if false {",
        tests: REFUSED,
    },
    Fault {
        name: "a-welcome-of-another-device-is-taken",
        breaks: "a Welcome is for one device (WELC-001)",
        place: CONVERSATION,
        text: "if entrance.to != self.machine.genesis.device {",
        instead: "if false {",
        tests: REFUSED,
    },
    Fault {
        name: "anybody-offers-for-a-device",
        breaks: "an offer is its device's own (KEYP-001)",
        place: CONVERSATION,
        text: "if offer.device != device",
        instead: "if false",
        tests: REFUSED,
    },
    Fault {
        name: "a-receipt-leaves-before-the-commit",
        breaks: "nothing is said that is not on disk (RCPT-011, LOG-016)",
        place: "crates/agent/src/core/talk.rs",
        text: "let done = match ends_draft {",
        instead: "for effect in &step.effects { if let Effect::Send(device, packet) = effect { self.links.send(*device, packet.clone()); } } let done = match ends_draft {",
        tests: DURABLE,
    },
    Fault {
        name: "commits-are-on-disk-some-time-later",
        breaks: "a commit is on disk when it returns (VAULT-005)",
        place: "crates/store/src/engine.rs",
        text: "Self::Full => \"FULL\",",
        instead: "Self::Full => \"NORMAL\",",
        tests: STORE,
    },
    Fault {
        name: "what-was-deleted-stays-in-the-file",
        breaks: "an erased text is in no page of the vault (VAULT-006)",
        place: "crates/store/src/engine.rs",
        text: "PRAGMA secure_delete = ON;",
        instead: "PRAGMA secure_delete = OFF;",
        tests: STORE,
    },
    Fault {
        name: "whoever-pairs-again-is-believed",
        breaks: "only the recovery key of who was there before proves a new identity (PAIR-055)",
        place: "crates/proto/src/conversation/renew.rs",
        text: "succession::verify(&asked, from, genesis.conversation, signature).map_err(|_| \"PAIR-055\")?;",
        instead: "let _ = (asked, signature);",
        tests: AGAIN,
    },
    Fault {
        name: "an-impostor-takes-the-place-of-who-was-there",
        breaks: "what is asked for is the key of somebody for whom something vouches (PAIR-053)",
        place: "crates/proto/src/conversation/past.rs",
        text: "let vouched = past.before.is_empty() || verified || past.proven;",
        instead: "let vouched = verified || !verified;",
        tests: AGAIN,
    },
    Fault {
        name: "what-was-written-again-stays-twice",
        breaks: "a held message that is written again leaves (PAIR-052)",
        place: "crates/proto/src/conversation/renew.rs",
        text: "self.staged.event_gone(row);",
        instead: "self.dirty.past = true;",
        tests: AGAIN,
    },
    Fault {
        name: "keys-of-before-stay",
        breaks: "no ratchet state of before is left after pairing again (PAIR-051)",
        place: "crates/proto/src/conversation/renew.rs",
        text: "writes.extend(view.sealer().into_iter().map(|(key, _)| Write::Sealer(key, None)));",
        instead: "",
        tests: AGAIN,
    },
    Fault {
        name: "nothing-is-held",
        breaks: "what nobody had receipted waits for its person's word (PAIR-052)",
        place: "crates/proto/src/conversation/renew.rs",
        text: "past.hold(view);",
        instead: "",
        tests: AGAIN,
    },
    Fault {
        name: "what-is-held-leaves-without-a-word",
        breaks: "what was meant for keys of before goes to others by its person's word alone (PAIR-052)",
        place: "crates/proto/src/conversation/mod.rs",
        text: "        self.tell_letters(device);",
        instead: "        drop(self.resend_held()); self.tell_letters(device);",
        tests: AGAIN,
    },
    Fault {
        name: "vaults-are-for-everybody-to-read",
        breaks: "files are this user's alone (VAULT-001)",
        place: "crates/store/src/files.rs",
        text: "const FILE_MODE: u32 = 0o600;",
        instead: "const FILE_MODE: u32 = 0o644;",
        tests: STORE,
    },
    Fault {
        name: "an-erased-event-may-get-a-body-again",
        breaks: "an erased event has no body (VAULT-015)",
        place: "crates/store/src/conversation/commit.rs",
        text: "UPDATE events SET erased = max(erased, 1) WHERE row = ?1",
        instead: "UPDATE events SET erased = 0 WHERE row = ?1",
        tests: STORE,
    },
    Fault {
        name: "a-key-file-may-ask-for-any-cost",
        breaks: "a key file can't make the machine run out of memory (VAULT-023)",
        place: "crates/store/src/passphrase.rs",
        text: "if value > max {",
        instead: "if value > max && max == 0 {",
        tests: STORE,
    },
];
