//! The same random history through the real vault and through the model: every answer is the same.

use kith_base::{DeviceId, EventId, LogId, PersonId, Rng, Secret, Wall};
use kith_proto::io::{
    Delivery, EventRow, Expiry, MetaKey, Owed, StoredEvent, StoredLog, StoredPeer, StoredRecord, View, Write,
    WriteBatch,
};
use kith_proto::log::event::{Body, Kind};
use kith_proto::memory::MemoryVault;
use kith_store::{ConversationVault, Durability};

const DEVICES: u8 = 3;
const LOGS: u8 = 2;
const SEQS: u64 = 6;
/// No word is the beginning of another.
const WORDS: [&str; 4] = ["apple", "boat", "cellar", "door"];
const KEYS: [MetaKey; 6] =
    [MetaKey::Genesis, MetaKey::Progress, MetaKey::People, MetaKey::Introductions, MetaKey::Manifest, MetaKey::Timers];

/// Draws writes that keep the contract, from few values, so that they meet each other often.
struct History {
    rng: Rng,
    rows: u64,
    /// The rows of events that are there.
    there: Vec<u64>,
    /// Those of own ones.
    mine: Vec<u64>,
    erased: Vec<u64>,
}

impl History {
    fn new(seed: u64) -> Self {
        Self { rng: Rng::from_number(seed), rows: 0, there: Vec::new(), mine: Vec::new(), erased: Vec::new() }
    }

    fn batch(&mut self) -> WriteBatch {
        let count = 1 + self.rng.below(8);
        WriteBatch { writes: (0..count).map(|_| self.write()).collect() }
    }

    fn write(&mut self) -> Write {
        if self.there.len() < 2 {
            return self.event();
        }
        match self.rng.below(20) {
            0 => Write::Meta(KEYS[self.below(KEYS.len() as u64)], self.maybe()),
            1..=3 => self.event(),
            4 => self.body(),
            5 => self.erase(),
            6 => Write::Edited(self.row(), self.row()),
            7 => self.delivered(),
            8 => Write::Log(StoredLog { log: self.log(), device: self.device(), state: self.bytes() }),
            9 => Write::Peer(StoredPeer { device: self.device(), state: self.bytes() }),
            10 => Write::PeerGone(self.device()),
            11 => Write::Record(StoredRecord { log: self.log(), seq: self.rng.below(SEQS), bytes: self.bytes() }),
            12 => Write::RecordsPruned(self.log(), self.any_seq()),
            13 => Write::Settled(self.device(), self.row()),
            14 => Write::Welcome(self.device(), self.maybe()),
            15 => self.gone(),
            16 => Write::Reacted(self.row(), PersonId::from_bytes([self.byte(2); 32]), self.row()),
            17 => Write::Pinned(self.row(), self.row(), self.flip()),
            18 => Write::Expires(self.row(), self.expiry()),
            _ if self.flip() => self.owed(),
            _ => Write::Sealer(vec![self.byte(4)], self.maybe()),
        }
    }

    fn event(&mut self) -> Write {
        self.rows += 1;
        let mine = self.flip();
        self.there.push(self.rows);
        self.mine.extend(mine.then_some(self.rows));
        Write::Event(StoredEvent {
            row: EventRow(self.rows),
            id: event_id(self.rows),
            device: self.device(),
            person: PersonId::from_bytes([self.byte(2); 32]),
            counter: self.any_number(),
            kind: self.any_number(),
            header: self.bytes(),
            written: Wall(self.any_number()),
            arrived: Wall(self.any_number()),
            mine,
            late: self.flip(),
            erased: false,
            hidden: false,
            edited_by: self.flip().then(|| self.row()),
            delivery: if mine { self.delivery() } else { Delivery::Delivered },
        })
    }

    /// An event goes; no later write of the history is about it.
    fn gone(&mut self) -> Write {
        let at = self.below(self.there.len() as u64);
        let row = self.there.swap_remove(at);
        self.mine.retain(|mine| *mine != row);
        Write::EventGone(EventRow(row))
    }

    fn delivered(&mut self) -> Write {
        match self.mine.len() as u64 {
            0 => self.event(),
            own => {
                let at = self.below(own);
                Write::Delivery(EventRow(self.mine[at]), self.delivery())
            }
        }
    }

    fn body(&mut self) -> Write {
        let row = self.row();
        match self.rng.below(3) {
            _ if self.erased.contains(&row.0) => self.owed(),
            0 => Write::Body(row, self.bytes()),
            1 => Write::Body(row, Body::Text(self.words().into()).encode()),
            _ => Write::Body(row, Body::Edit(event_id(1), self.words().into()).encode()),
        }
    }

    fn words(&mut self) -> String {
        (0..3).map(|_| WORDS[self.below(WORDS.len() as u64)]).collect::<Vec<_>>().join(" ")
    }

    fn erase(&mut self) -> Write {
        let row = self.row();
        self.erased.push(row.0);
        if self.flip() { Write::Hide(row) } else { Write::Erase(row) }
    }

    fn owed(&mut self) -> Write {
        let seq = self.flip().then(|| self.rng.below(SEQS));
        Write::Owed(Owed { device: self.device(), row: self.row(), seq, alone: self.flip() })
    }

    fn below(&mut self, bound: u64) -> usize {
        usize::try_from(self.rng.below(bound)).unwrap()
    }

    fn byte(&mut self, bound: u64) -> u8 {
        u8::try_from(self.rng.below(bound)).unwrap()
    }

    fn flip(&mut self) -> bool {
        self.rng.below(2) == 0
    }

    /// Small, or as large as a peer may claim.
    fn any_number(&mut self) -> u64 {
        if self.flip() { self.rng.below(5) } else { u64::MAX - self.rng.below(5) }
    }

    fn any_seq(&mut self) -> u64 {
        if self.rng.below(8) == 0 { u64::MAX } else { self.rng.below(SEQS) }
    }

    fn bytes(&mut self) -> Vec<u8> {
        let mut bytes = vec![0; self.below(40)];
        self.rng.fill(&mut bytes);
        bytes
    }

    fn maybe(&mut self) -> Option<Vec<u8>> {
        self.flip().then(|| self.bytes())
    }

    fn row(&mut self) -> EventRow {
        let at = self.below(self.there.len() as u64);
        EventRow(self.there[at])
    }

    fn expiry(&mut self) -> Option<Expiry> {
        match self.rng.below(3) {
            0 => None,
            1 => Some(Expiry::Pending(self.rng.below(100))),
            _ => Some(Expiry::Ends(self.rng.below(100))),
        }
    }

    fn device(&mut self) -> DeviceId {
        device(self.byte(DEVICES.into()))
    }

    fn log(&mut self) -> LogId {
        log(self.byte(LOGS.into()))
    }

    fn delivery(&mut self) -> Delivery {
        Delivery::from_number(self.rng.below(4)).unwrap()
    }
}

fn device(number: u8) -> DeviceId {
    DeviceId::from_bytes([number; 32])
}

fn log(number: u8) -> LogId {
    LogId::from_bytes([number; 32])
}

fn event_id(number: u64) -> EventId {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&number.to_le_bytes());
    EventId::from_bytes(bytes)
}

/// Every answer a view can give about the few values that the history is made of.
fn answers(view: &dyn View) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut note = |question: String, answer: &dyn std::fmt::Debug| all.push((question, format!("{answer:?}")));
    for key in KEYS {
        note(format!("meta {key:?}"), &view.meta(key));
    }
    note("last_row".into(), &view.last_row());
    note("logs".into(), &view.logs());
    note("peers".into(), &view.peers());
    note("sealer".into(), &view.sealer());
    note("expiries".into(), &view.expiries());
    for row in (0..=view.last_row().0 + 1).chain([u64::MAX]) {
        note(format!("event {row}"), &view.event(EventRow(row)));
        note(format!("body {row}"), &view.body(EventRow(row)));
        note(format!("row_of {row}"), &view.row_of(&event_id(row)));
        note(format!("reactions {row}"), &view.reactions(EventRow(row)));
        note(format!("pin {row}"), &view.pin(EventRow(row)));
        note(format!("owed_for {row}"), &view.owed_for(EventRow(row)));
    }
    for log in (0..LOGS).map(log) {
        for seq in (0..SEQS).chain([u64::MAX]) {
            note(format!("record {log:?} {seq}"), &view.record(log, seq));
        }
    }
    for device in (0..DEVICES).map(device) {
        note(format!("welcome {device:?}"), &view.welcome(device));
        for limit in [0, 1, 2, usize::MAX] {
            note(format!("owed {device:?} sealed {limit}"), &view.owed(device, true, limit));
            note(format!("owed {device:?} unsealed {limit}"), &view.owed(device, false, limit));
        }
        for seq in (0..SEQS).chain([u64::MAX]) {
            note(format!("owed_through {device:?} {seq}"), &view.owed_through(device, seq));
        }
    }
    all
}

/// The rows whose shown text has a word, newest first, by looking at each.
fn rows_with(view: &dyn View, word: &str) -> Vec<u64> {
    let said = |row: EventRow| {
        let kind = Kind { number: view.event(row)?.kind, critical: true };
        Body::decode(kind, &view.body(row)?).ok()?
    };
    let text = |row: EventRow| match (view.event(row)?.edited_by.and_then(said), said(row)) {
        (Some(Body::Text(said) | Body::Edit(_, said)), _) | (_, Some(Body::Text(said))) => Some(said.text),
        _ => None,
    };
    let has = |row: &u64| text(EventRow(*row)).is_some_and(|text| text.split(' ').any(|found| found == word));
    (1..=view.last_row().0).rev().filter(has).collect()
}

/// VAULT-018: what is shown is found, and nothing else is.
fn assert_searchable(vault: &mut ConversationVault, model: &MemoryVault, when: &str) {
    for word in WORDS {
        let found = vault.search(word, None, usize::MAX).unwrap();
        let rows: Vec<u64> = found.iter().map(|(event, _)| event.row.0).collect();
        assert_eq!(rows, rows_with(model, word), "{word}, {when}");
    }
}

/// VAULT-011, VAULT-013, VAULT-015, VAULT-018
#[test]
fn the_vault_answers_as_the_model_does_after_any_history() {
    for seed in 0..8 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault.db");
        let key = Secret::new([9; 32]);
        let mut vault = ConversationVault::create(&path, &key, Durability::Full).unwrap();
        let (mut model, mut history) = (MemoryVault::new(), History::new(seed));
        for step in 0..40 {
            let batch = history.batch();
            model.apply(&batch);
            vault.commit(&batch).unwrap();
            if step % 20 == 19 {
                drop(vault);
                vault = ConversationVault::open(&path, &key, Durability::Full).unwrap();
            }
            if step % 4 == 3 {
                for (real, wanted) in answers(&vault).into_iter().zip(answers(&model)) {
                    assert_eq!(real, wanted, "seed {seed}, step {step}");
                }
                assert!(vault.pinned().iter().copied().eq(model.pinned()), "seed {seed}, step {step}");
                assert_searchable(&mut vault, &model, &format!("seed {seed}, step {step}"));
            }
        }
        assert_eq!(vault.take_error(), None);
    }
}
