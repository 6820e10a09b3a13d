//! What a message costs on disk, as pages of the write-ahead log. Pages are counted, so that no load of the machine shows;
//! a change that writes more of them fails here.

use kith_base::{DeviceId, EventId, LogId, PersonId, Rng, Secret, Wall};
use kith_proto::io::{
    Delivery, EventRow, MetaKey, Owed, StoredEvent, StoredLog, StoredPeer, StoredRecord, Write, WriteBatch,
};
use kith_proto::log::event::{Body, Kind};
use kith_store::{ConversationVault, Durability};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// Bytes of a page in the log, with its head, and of the log's own head.
const FRAME: u64 = 4096 + 24;
const LOG_HEAD: u64 = 32;

const ME: DeviceId = DeviceId::from_bytes([1; 32]);
const THEM: DeviceId = DeviceId::from_bytes([2; 32]);
const LOG: LogId = LogId::from_bytes([3; 32]);

/// A conversation of two devices that has some history.
struct Talk {
    vault: ConversationVault,
    file: PathBuf,
    rng: Rng,
    rows: u64,
    seq: u64,
    _folder: TempDir,
}

impl Talk {
    fn with_messages(count: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vault.db");
        let vault = ConversationVault::create(&file, &Secret::new([9; 32]), Durability::Full).unwrap();
        let mut talk = Self { vault, file, rng: Rng::from_number(1), rows: 0, seq: 0, _folder: folder };
        for _ in 0..count / 500 {
            talk.send(500);
            talk.receipt();
        }
        talk
    }

    /// What the core writes when own messages are written and sealed into one record, in one turn.
    fn send(&mut self, messages: u64) {
        let mut writes = Vec::new();
        let rows = self.rows + 1..=self.rows + messages;
        for row in rows.clone().map(EventRow) {
            let event = self.event(row, true);
            writes.extend([Write::Event(event), Write::Body(row, Body::Text("x".repeat(64).into()).encode())]);
            writes.push(Write::Owed(Owed { device: THEM, row, seq: None, alone: false }));
        }
        self.rows += messages;
        self.seq += 1;
        for row in rows.map(EventRow) {
            writes.push(Write::Owed(Owed { device: THEM, row, seq: Some(self.seq), alone: false }));
            writes.push(Write::Delivery(row, Delivery::Sent));
        }
        let bytes = vec![7; 250 + 110 * usize::try_from(messages).unwrap()];
        writes.push(Write::Record(StoredRecord { log: LOG, seq: self.seq, bytes }));
        writes.extend(self.states());
        self.vault.commit(&WriteBatch { writes }).unwrap();
    }

    /// What it writes when the other device has all of them.
    fn receipt(&mut self) {
        let mut writes = Vec::new();
        for row in (1..=self.rows).map(EventRow) {
            if kith_proto::io::View::owed_for(&self.vault, row).is_empty() {
                continue;
            }
            writes.extend([Write::Settled(THEM, row), Write::Delivery(row, Delivery::Delivered)]);
        }
        writes.push(Write::RecordsPruned(LOG, self.seq - 1));
        writes.push(Write::Peer(StoredPeer { device: THEM, state: vec![4; 1200] }));
        self.vault.commit(&WriteBatch { writes }).unwrap();
    }

    /// What it writes when a record of the other device is read.
    fn receive(&mut self, messages: u64) {
        let mut writes = Vec::new();
        for row in (self.rows + 1..=self.rows + messages).map(EventRow) {
            let event = self.event(row, false);
            writes.extend([Write::Event(event), Write::Body(row, Body::Text("y".repeat(64).into()).encode())]);
        }
        self.rows += messages;
        writes.extend(self.states());
        self.vault.commit(&WriteBatch { writes }).unwrap();
    }

    fn states(&mut self) -> [Write; 3] {
        [
            Write::Log(StoredLog { log: LOG, device: ME, state: self.bytes(120) }),
            Write::Meta(MetaKey::Progress, Some(self.bytes(200))),
            Write::Sealer(vec![1], Some(self.bytes(800))),
        ]
    }

    fn event(&mut self, row: EventRow, mine: bool) -> StoredEvent {
        StoredEvent {
            row,
            id: EventId::from_bytes(self.rng.bytes()),
            device: if mine { ME } else { THEM },
            person: PersonId::from_bytes([if mine { 5 } else { 6 }; 32]),
            counter: row.0,
            kind: Kind::TEXT.number,
            header: self.bytes(270),
            written: Wall(1_790_000_000_000),
            arrived: Wall(1_790_000_000_000),
            mine,
            late: false,
            erased: false,
            hidden: false,
            edited_by: None,
            delivery: if mine { Delivery::Waiting } else { Delivery::Delivered },
        }
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        self.rng.fill(&mut bytes);
        bytes
    }

    /// Pages that something writes.
    fn pages(&mut self, work: impl FnOnce(&mut Self)) -> u64 {
        self.vault.checkpoint_truncate().unwrap();
        work(self);
        let log = fs::metadata(self.file.with_extension("db-wal")).unwrap().len();
        log.saturating_sub(LOG_HEAD) / FRAME
    }
}

fn assert_at_most(pages: [u64; 3], most: [u64; 3]) {
    assert!(pages.iter().zip(&most).all(|(pages, most)| pages <= most), "{pages:?} pages, {most:?} at most");
}

/// Ids are moved between levels with other messages than these (VAULT-035).
#[test]
fn a_message_on_its_own_writes_a_dozen_pages() {
    let mut talk = Talk::with_messages(3000);
    let sent = talk.pages(|talk| (0..20).for_each(|_| talk.send(1)));
    let receipted = talk.pages(|talk| {
        (0..20).for_each(|_| {
            talk.send(1);
            talk.receipt()
        })
    }) - sent;
    let received = talk.pages(|talk| (0..20).for_each(|_| talk.receive(1)));
    assert_at_most([sent, receipted, received], [12 * 20, 5 * 20, 7 * 20]);
}

#[test]
fn many_messages_share_their_pages() {
    let mut talk = Talk::with_messages(2000);
    let sent = talk.pages(|talk| talk.send(1000));
    let receipted = talk.pages(Talk::receipt);
    let received = talk.pages(|talk| talk.receive(1000));
    assert_at_most([sent, receipted, received], [180, 24, 150]);
}

/// VAULT-035: with an index of all ids these were 512 pages, and more as the history grows.
#[test]
fn a_long_history_makes_messages_dearer_by_little() {
    let mut talk = Talk::with_messages(0);
    (0..80).for_each(|_| talk.receive(256));
    let received = talk.pages(|talk| (0..4).for_each(|_| talk.receive(256)));
    assert!(received <= 300, "{received} pages, 300 at most");
}
