//! What only a look inside the vault can show: traces of deleted bytes, versions, failed reads.

use super::*;
use kith_base::{DeviceId, EventId, PersonId, Wall};
use kith_proto::io::{Delivery, EventRow, StoredEvent, View};

const CANARY: &[u8] = b"a text that Alice deletes: 7f1c9e55-canary";

pub(super) fn event(row: u64) -> StoredEvent {
    StoredEvent {
        row: EventRow(row),
        id: EventId::from_bytes([u8::try_from(row).unwrap(); 32]),
        device: DeviceId::from_bytes([1; 32]),
        person: PersonId::from_bytes([2; 32]),
        counter: u64::MAX,
        kind: 1,
        header: vec![3; 200],
        written: Wall(u64::MAX),
        arrived: Wall(5),
        mine: true,
        late: false,
        erased: false,
        hidden: false,
        edited_by: None,
        delivery: Delivery::Waiting,
    }
}

fn batch(writes: Vec<Write>) -> WriteBatch {
    WriteBatch { writes }
}

fn plain_vault(folder: &Path) -> ConversationVault {
    plain_vault_of(folder, kith_proto::sealer::FORMAT)
}

fn plain_vault_of(folder: &Path, sealer_format: u64) -> ConversationVault {
    ConversationVault::new(Engine::plain(&folder.join("plain.db"), &SCHEMA).unwrap(), sealer_format).unwrap()
}

/// Whether any file of the folder contains the bytes.
fn found_in(folder: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let content = std::fs::read(entry.unwrap().path()).unwrap();
        content.windows(bytes.len()).any(|window| window == bytes)
    })
}

/// VAULT-006
#[test]
fn an_erased_text_is_in_no_page_of_the_file_or_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let mut vault = plain_vault(folder.path());
    for row in 1..=20 {
        vault.commit(&batch(vec![Write::Event(event(row)), Write::Body(EventRow(row), CANARY.repeat(40))])).unwrap();
    }
    vault.checkpoint_truncate().unwrap();
    assert!(found_in(folder.path(), CANARY), "the probe finds a text that is there");
    for row in 1..=20 {
        vault.commit(&batch(vec![Write::Erase(EventRow(row))])).unwrap();
    }
    assert!(!found_in(folder.path(), CANARY));
    assert!(vault.event(EventRow(20)).unwrap().erased);
}

/// VAULT-006
#[test]
fn a_dropped_key_of_the_sealer_is_in_no_page_of_the_file_or_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let mut vault = plain_vault(folder.path());
    vault.commit(&batch(vec![Write::Sealer(b"key".to_vec(), Some(CANARY.to_vec()))])).unwrap();
    assert!(found_in(folder.path(), CANARY), "the probe finds a key that is there");
    vault.commit(&batch(vec![Write::Sealer(b"key".to_vec(), None)])).unwrap();
    assert!(!found_in(folder.path(), CANARY));
}

/// VAULT-013, VAULT-006
#[test]
fn a_value_goes_with_the_batch_that_takes_its_place_or_stays_with_all_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut vault = plain_vault(folder.path());
    vault.commit(&batch(vec![Write::Event(event(1))])).unwrap();
    vault.set_local("draft", Some(CANARY)).unwrap();
    let refused = vault.commit_and_erase(&batch(vec![Write::Event(event(1))]), "draft").unwrap_err();
    assert_eq!(refused.kind(), crate::ErrorKind::Contract);
    assert_eq!(vault.local("draft").unwrap().as_deref(), Some(CANARY));
    vault.commit_and_erase(&batch(vec![Write::Event(event(2))]), "draft").unwrap();
    assert_eq!(vault.local("draft").unwrap(), None);
    assert!(vault.event(EventRow(2)).is_some() && !found_in(folder.path(), CANARY));
}

#[test]
fn several_files_are_noted_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut vault = plain_vault(folder.path());
    let note = FileNote { state: 9, have: vec![1] };
    vault.note_files(&[EventRow(1), EventRow(3)], &note).unwrap();
    assert_eq!(vault.files_in(9).unwrap(), [EventRow(1), EventRow(3)]);
    assert_eq!(vault.file_note(EventRow(3)).unwrap(), note);
    assert_eq!(vault.file_note(EventRow(2)).unwrap(), FileNote::default());
}

#[test]
fn files_are_gone_through_from_the_newest_on_without_those_that_were_erased() {
    let folder = tempfile::tempdir().unwrap();
    let mut vault = plain_vault(folder.path());
    for row in 1..=9 {
        let event = StoredEvent { kind: if row == 4 { 1 } else { 8 }, ..event(row) };
        vault.commit(&batch(vec![Write::Event(event), Write::Body(EventRow(row), vec![7])])).unwrap();
    }
    vault.commit(&batch(vec![Write::Erase(EventRow(6))])).unwrap();
    let (mut seen, mut below) = (Vec::new(), None);
    loop {
        let rows = vault.file_rows(below, 3).unwrap();
        let Some(last) = rows.last() else { break };
        below = Some(*last);
        seen.extend(rows);
    }
    assert_eq!(seen, [9, 8, 7, 5, 3, 2, 1].map(EventRow));
    assert_eq!(vault.file_rows(None, u32::MAX).unwrap(), seen);
    assert_eq!(vault.file_rows(Some(EventRow(8)), 2).unwrap(), [7, 5].map(EventRow));
}

/// VAULT-016
#[test]
fn rows_of_another_sealer_are_dropped_when_the_vault_opens_and_nothing_else_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut vault = plain_vault(folder.path());
    let row = (b"key".to_vec(), CANARY.to_vec());
    vault.commit(&batch(vec![Write::Sealer(row.0.clone(), Some(row.1.clone())), Write::Event(event(1))])).unwrap();
    drop(vault);
    assert_eq!(plain_vault(folder.path()).sealer(), [row], "they stay as long as the format does");
    let newer = kith_proto::sealer::FORMAT + 1;
    let mut vault = plain_vault_of(folder.path(), newer);
    assert_eq!((vault.sealer(), vault.event(EventRow(1))), (vec![], Some(event(1))));
    assert!(!found_in(folder.path(), CANARY));
    let row = (b"new".to_vec(), vec![1]);
    vault.commit(&batch(vec![Write::Sealer(row.0.clone(), Some(row.1.clone()))])).unwrap();
    drop(vault);
    assert_eq!(plain_vault_of(folder.path(), newer).sealer(), [row], "and those of the new format stay likewise");
    assert_eq!(plain_vault(folder.path()).sealer(), [], "an older version can't read them either");
}

/// VAULT-013
#[test]
fn nothing_is_committed_after_a_read_that_failed() {
    let folder = tempfile::tempdir().unwrap();
    let mut vault = plain_vault(folder.path());
    vault.engine.connection().execute_batch("ALTER TABLE meta RENAME TO elsewhere").unwrap();
    assert_eq!(vault.meta(kith_proto::io::MetaKey::Genesis), None);
    vault.engine.connection().execute_batch("ALTER TABLE elsewhere RENAME TO meta").unwrap();
    assert!(vault.commit(&batch(vec![Write::Event(event(1))])).is_err());
    assert_eq!(vault.last_row(), EventRow(0));
    vault.commit(&batch(vec![Write::Event(event(1))])).unwrap();
    assert_eq!(vault.take_error(), None);
}

/// VAULT-011, VAULT-013, VAULT-015
#[test]
fn a_batch_that_breaks_the_contract_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut vault = plain_vault(folder.path());
    vault.commit(&batch(vec![Write::Event(event(1)), Write::Erase(EventRow(1))])).unwrap();
    let mut twice = event(2);
    twice.id = event(1).id;
    for broken in [
        Write::Event(event(1)),
        Write::Event(event(3)),
        Write::Event(twice),
        Write::Body(EventRow(1), CANARY.to_vec()),
        Write::Delivery(EventRow(9), Delivery::Sent),
        Write::Erase(EventRow(9)),
        Write::Edited(EventRow(1), EventRow(u64::MAX)),
    ] {
        let error = vault.commit(&batch(vec![Write::Sealer(vec![1], Some(vec![1])), broken])).unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::Contract);
        assert_eq!((vault.last_row(), vault.sealer()), (EventRow(1), vec![]));
    }
}

/// VAULT-014
#[test]
fn a_row_is_never_used_again_even_if_its_event_goes() {
    let folder = tempfile::tempdir().unwrap();
    let mut vault = plain_vault(folder.path());
    vault.commit(&batch(vec![Write::Event(event(1)), Write::Event(event(2))])).unwrap();
    vault.commit(&batch(vec![Write::EventGone(EventRow(2))])).unwrap();
    assert_eq!((vault.last_row(), vault.event(EventRow(2))), (EventRow(2), None));
    assert_eq!(vault.commit(&batch(vec![Write::Event(event(2))])).unwrap_err().kind(), crate::ErrorKind::Contract);
    vault.commit(&batch(vec![Write::Event(event(3))])).unwrap();
}

/// VAULT-009
#[test]
fn a_vault_of_a_newer_version_is_refused_unless_it_says_that_this_one_may_read_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plain.db");
    let vault = plain_vault(folder.path());
    let newer = SCHEMA.migrations.len() as u64 + 1;
    vault.engine.connection().pragma_update(None, "user_version", newer.cast_signed()).unwrap();
    let opened = Engine::plain(&path, &SCHEMA);
    assert!(opened.is_ok(), "min_reader is 1");
    vault
        .engine
        .connection()
        .execute("UPDATE settings SET value = ?1 WHERE name = 'min_reader'", [newer.cast_signed()])
        .unwrap();
    let error = Engine::plain(&path, &SCHEMA).err().unwrap();
    assert_eq!(error.kind(), crate::ErrorKind::NewerVersion { found: newer, known: newer - 1 });
}

/// VAULT-017. F19: a step over several vaults that was cut is taken up again, and counts once.
#[test]
fn f19_an_intent_is_applied_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut vault = plain_vault(folder.path());
    let first = batch(vec![Write::Event(event(1))]);
    assert_eq!(vault.commit_intent(7, &first), Ok(true));
    assert_eq!(vault.commit_intent(7, &first), Ok(false));
    assert_eq!(vault.last_row(), EventRow(1));
}

#[test]
fn a_full_disk_is_said_to_be_full_and_the_vault_stays_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut vault = plain_vault(folder.path());
    vault.commit(&batch(vec![Write::Event(event(1))])).unwrap();
    vault.engine.connection().pragma_update(None, "max_page_count", 60).unwrap();
    let error = vault.commit(&batch(vec![Write::Body(EventRow(1), vec![1; 1 << 20])])).unwrap_err();
    assert_eq!(error.kind(), crate::ErrorKind::DiskFull);
    assert_eq!(vault.body(EventRow(1)), None);
    vault.commit(&batch(vec![Write::Body(EventRow(1), vec![1; 10])])).unwrap();
}

#[test]
fn a_bare_place_is_shown_and_counted_while_an_edit_stands_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut vault = plain_vault(folder.path());
    let (bare, edit) = (
        StoredEvent { kind: 0, erased: true, mine: false, ..event(1) },
        StoredEvent { kind: 3, mine: false, ..event(2) },
    );
    let hidden = [0, 3];
    let shown = |vault: &ConversationVault| {
        let rows: Vec<u64> = vault.timeline(None, 9, &hidden).unwrap().iter().map(|(event, _)| event.row.0).collect();
        (rows, vault.count_unread(EventRow(0), &hidden).unwrap())
    };
    vault.commit(&batch(vec![Write::Event(bare), Write::Event(edit), Write::Body(EventRow(2), vec![7])])).unwrap();
    assert_eq!(shown(&vault), (vec![], 0));
    vault.commit(&batch(vec![Write::Edited(EventRow(1), EventRow(2))])).unwrap();
    assert_eq!(shown(&vault), (vec![1], 1));
    vault.commit(&batch(vec![Write::Erase(EventRow(2))])).unwrap();
    assert_eq!(shown(&vault), (vec![1], 0), "a deletion keeps its place");
}

#[test]
fn a_whole_file_is_sound_and_a_damaged_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut vault = plain_vault(folder.path());
    for row in 1..=50 {
        vault.commit(&batch(vec![Write::Event(event(row)), Write::Body(EventRow(row), CANARY.repeat(90))])).unwrap();
    }
    vault.checkpoint_truncate().unwrap();
    assert_eq!(vault.is_sound(), Ok(true));
    drop(vault);
    let file = folder.path().join("plain.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0xa5);
    std::fs::write(&file, bytes).unwrap();
    assert_ne!(plain_vault(folder.path()).is_sound(), Ok(true));
}

fn said(row: u64, text: &str) -> [Write; 2] {
    let body = kith_proto::log::event::Body::Text(text.into()).encode();
    [Write::Event(event(row)), Write::Body(EventRow(row), body)]
}

fn found(vault: &mut ConversationVault, words: &str) -> Vec<u64> {
    vault.search(words, None, 9).unwrap().iter().map(|(event, _)| event.row.0).collect()
}

#[test]
fn every_word_that_is_asked_for_begins_one_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut vault = plain_vault(folder.path());
    let texts = ["Bring the thermos, Željko!", "the key is under the blue pot", "thermos \"AND\" kettle (NOT pot)"];
    for (row, text) in (1..).zip(texts) {
        vault.commit(&batch(said(row, text).into())).unwrap();
    }
    for (words, rows) in [
        ("thermos", vec![3, 1]),
        ("THE", vec![3, 2, 1]),
        ("zelj", vec![1]),
        ("pot the", vec![3, 2]),
        ("\"and\" NOT", vec![3]),
        ("kettle*", vec![3]),
        ("text:pot", vec![]),
        ("nowhere", vec![]),
        ("", vec![]),
        ("\" * ( -", vec![]),
    ] {
        assert_eq!(found(&mut vault, words), rows, "{words}");
    }
    let older = vault.search("the", Some(EventRow(3)), 1).unwrap();
    assert_eq!(older.iter().map(|(event, _)| event.row.0).collect::<Vec<_>>(), [2], "page by page");
}

/// VAULT-019
#[test]
fn the_words_of_an_erased_text_are_in_no_page_of_the_index() {
    let folder = tempfile::tempdir().unwrap();
    let mut vault = plain_vault(folder.path());
    for row in 1..=20 {
        vault.commit(&batch(said(row, &format!("x{row}secretword{row} stays")).into())).unwrap();
    }
    vault.checkpoint_truncate().unwrap();
    assert!(found_in(folder.path(), b"secretword"), "the probe finds a word that is there");
    for row in 1..=20 {
        vault.commit(&batch(vec![Write::Erase(EventRow(row))])).unwrap();
    }
    assert!(!found_in(folder.path(), b"secretword"));
    assert_eq!(found(&mut vault, "stays"), Vec::<u64>::new());
}

/// VAULT-018
#[test]
fn what_was_there_before_the_index_is_in_it_after_the_first_opening() {
    const FIRST: Schema = Schema { application_id: SCHEMA.application_id, migrations: &[include_str!("schema.sql")] };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plain.db");
    let mut old = Engine::plain(&path, &FIRST).unwrap();
    old.transaction(|connection, _| {
        let body = kith_proto::log::event::Body::Text("written before".into()).encode();
        connection.execute_batch(
            "INSERT INTO events (row, id, device, person, counter, kind, header, written, arrived, mine, late, erased, \
             edited_by, delivery) VALUES (1, zeroblob(32), zeroblob(32), zeroblob(32), 1, 1, x'', 0, 0, 1, 0, 0, 0, 0)",
        ).unwrap();
        connection.execute("INSERT INTO bodies (row, body) VALUES (1, ?1)", [body]).unwrap();
        Ok::<(), StoreError>(())
    })
    .unwrap();
    old.close().unwrap();
    for _ in 0..2 {
        let engine = Engine::plain(&path, &SCHEMA).unwrap();
        let mut vault = ConversationVault::new(engine, kith_proto::sealer::FORMAT).unwrap();
        assert_eq!(found(&mut vault, "before"), [1]);
        let sql = "SELECT count(*) FROM search WHERE search MATCH 'before'";
        let times = vault.engine.connection().query_row(sql, [], |row| row.get::<_, i64>(0));
        assert_eq!(times, Ok(1));
    }
}

/// VAULT-035, BAK-010: as commits go on, through a deletion, a new start and a copy.
#[test]
fn every_event_of_a_long_conversation_is_found_by_its_id() {
    let folder = tempfile::tempdir().unwrap();
    let (path, key) = (folder.path().join("vault.db"), Secret::new([1; 32]));
    let mut rng = kith_base::Rng::from_number(1);
    let ids: Vec<EventId> = (0..6000).map(|_| EventId::from_bytes(rng.bytes())).collect();
    let id = |row: u64| ids[usize::try_from(row).unwrap() - 1];
    let mut vault = ConversationVault::create(&path, &key, Durability::Full).unwrap();
    for first in (1..=6000).step_by(500) {
        let events =
            (first..first + 500).map(|row| Write::Event(StoredEvent { row: EventRow(row), id: id(row), ..event(1) }));
        vault.commit(&batch(events.collect())).unwrap();
    }
    vault.commit(&batch(vec![Write::EventGone(EventRow(70)), Write::EventGone(EventRow(6000))])).unwrap();
    drop(vault);
    let vault = ConversationVault::open(&path, &key, Durability::Full).unwrap();
    let copy = vault.copy_history(&folder.path().join("copy.db"), &Secret::new([2; 32])).unwrap();
    for vault in [vault, copy] {
        for row in 1..=6000 {
            let there = ![70, 6000].contains(&row);
            assert_eq!(vault.row_of(&id(row)), there.then_some(EventRow(row)));
        }
        let entries = "SELECT (SELECT count(*) FROM new_ids), (SELECT sum(length(entries)) / 16 FROM ids)";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
        let (new, moved) = vault.engine.connection().query_row(entries, [], read).unwrap();
        assert!(new > 0 && moved > 2048, "{new} new ids, {moved} at levels");
        assert_eq!(new + moved, 5998);
    }
}
