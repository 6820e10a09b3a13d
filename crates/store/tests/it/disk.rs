//! A disk that fills up, can't be written, or whose process is killed.

use crate::common::{batch, child, child_folder, event, message, run_on_own_disk};
use kith_base::{Rng, Secret};
use kith_proto::io::{EventRow, View, Write};
use kith_store::{ConversationVault, Durability, ErrorKind, Home};
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

fn key() -> Secret {
    Secret::new([9; 32])
}

#[test]
fn a_full_disk_is_said_to_be_full_and_what_was_committed_stays() {
    let Some(folder) = child_folder() else {
        return run_on_own_disk("disk::a_full_disk_is_said_to_be_full_and_what_was_committed_stays", "2m");
    };
    let path = folder.join("vault.db");
    let mut vault = ConversationVault::create(&path, &key(), Durability::Full).unwrap();
    let error = (1..).find_map(|row| vault.commit(&message(row, &[7; 20_000])).err()).unwrap();
    assert_eq!(error.kind(), ErrorKind::DiskFull, "{error}");
    let last = vault.last_row();
    assert!(last > EventRow(1));
    drop(vault);
    let vault = ConversationVault::open(&path, &key(), Durability::Full).unwrap();
    assert_eq!(vault.last_row(), last);
    assert_eq!(vault.body(last), Some(vec![7; 20_000]));
}

#[test]
fn a_home_that_can_not_be_written_says_so() {
    let Some(folder) = child_folder() else {
        return run_on_own_disk("disk::a_home_that_can_not_be_written_says_so", "8m");
    };
    let mut rng = Rng::from_number(1);
    let home = Home::create(&folder.join("alice"), None, Durability::Full, &mut rng).unwrap();
    let slot = home.new_slot(&mut rng).unwrap();
    drop(home);
    let status = Command::new("mount").args(["-o", "remount,ro"]).arg(&folder).status().unwrap();
    assert!(status.success());
    let error = Home::open(&folder.join("alice"), None, Durability::Full).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ReadOnly, "{error}");
    let error = Home::create(&folder.join("bob"), None, Durability::Full, &mut rng).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ReadOnly, "{error}");
    let error = ConversationVault::create(&folder.join(slot.file), &key(), Durability::Full).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ReadOnly, "{error}");
}

#[test]
fn what_was_acknowledged_before_a_kill_is_there_after_it() {
    if let Some(folder) = child_folder() {
        return commit_for_ever(&folder);
    }
    for acknowledged_before_kill in [1, 2, 7, 30] {
        let folder = tempfile::tempdir().unwrap();
        let test = "disk::what_was_acknowledged_before_a_kill_is_there_after_it";
        let mut process = child(test, folder.path()).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut committed = lines.filter_map(|line| line.strip_prefix("committed ")?.parse::<u64>().ok());
        let mut acknowledged = committed.by_ref().take(acknowledged_before_kill).last().unwrap();
        process.kill().unwrap();
        acknowledged = committed.last().unwrap_or(acknowledged);
        process.wait().unwrap();
        let vault = ConversationVault::open(&folder.path().join("vault.db"), &key(), Durability::Full).unwrap();
        assert!(vault.last_row() >= EventRow(acknowledged), "row {acknowledged} was acknowledged");
        for row in 1..=vault.last_row().0 {
            assert!(vault.event(EventRow(row)).is_some() && vault.body(EventRow(row)).is_some(), "row {row} is whole");
        }
    }
}

/// Commits one message after the other and says so after each, until it is killed.
fn commit_for_ever(folder: &std::path::Path) {
    let mut vault = ConversationVault::create(&folder.join("vault.db"), &key(), Durability::Full).unwrap();
    for row in 1.. {
        vault.commit(&message(row, &[7; 3000])).unwrap();
        println!("committed {row}");
        if row % 5 == 0 {
            vault
                .commit(&batch(vec![
                    Write::Sealer(vec![1], None),
                    Write::Delivery(event(row).row, event(row).delivery),
                ]))
                .unwrap();
        }
    }
}
