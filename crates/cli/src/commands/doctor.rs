//! `kith doctor`: how one contact's app stands; in plain words first, then as a table for whoever helps.

use super::Session;
use crate::args::Doctor as DoctorArgs;
use crate::output::Outcome;
use crate::text::{language, text, text_with, text_with_count, visible};
use kith_api::{Doctor, DoctorCore, DoctorDevice, DoctorLog, Finding, Path, Request};

/// How much of an id the table shows: enough to tell a few devices apart.
const ID_SHOWN: usize = 8;
/// How wide the table's first column is.
const LABEL: usize = 10;

/// Looks at a contact's app and says how it stands.
pub(super) fn doctor(session: &Session, args: DoctorArgs) -> Outcome {
    let doctor: Doctor = session.ask(Request::Doctor { contact: Some(args.contact) })?;
    session.form.print(&doctor, words)
}

/// The verdict, an empty line, the table.
fn words(doctor: &Doctor) -> String {
    let mut lines: Vec<_> = doctor.findings.iter().map(|finding| finding_words(*finding, &doctor.name)).collect();
    if lines.is_empty() {
        lines.push(text("doctor-well"));
    }
    if let Some(trouble) = &doctor.trouble {
        let (message, hint) = trouble.told(language());
        lines.push(format!("  {message} {hint}"));
    }
    lines.push(String::new());
    lines.extend(table(doctor));
    lines.join("\n")
}

/// What is wrong or unusual, and what to do next.
fn finding_words(finding: Finding, name: &str) -> String {
    let (id, count) = match finding {
        Finding::Resting { faults } => ("doctor-resting", faults),
        Finding::Broken => ("doctor-broken", 0),
        Finding::Unsound => ("doctor-unsound", 0),
        Finding::Retired => ("doctor-retired", 0),
        Finding::Restored => ("doctor-restored", 0),
        Finding::CopyProven { devices } => ("doctor-copy-proven", devices),
        Finding::Refused { records } => ("doctor-refused", records),
        Finding::Outside { devices } => ("doctor-outside", devices),
        Finding::Parked { mine: false, devices } => ("doctor-parked", devices),
        Finding::Parked { mine: true, devices } => ("doctor-parked-mine", devices),
        Finding::Faults { faults } => ("doctor-faults", faults),
        Finding::NotConnected => ("doctor-not-connected", 0),
        Finding::Blocked => ("doctor-blocked", 0),
        Finding::Away { waiting } => ("doctor-away", waiting),
    };
    text_with_count(id, &[("name", visible(name))], u64::from(count))
}

fn table(doctor: &Doctor) -> Vec<String> {
    let path = match (doctor.online, doctor.path) {
        (false, _) => "reach-offline",
        (true, Path::Direct) => "reach-direct",
        (true, Path::Relayed) => "reach-relayed",
        (true, Path::None) => "reach-online",
    };
    let mut rows = vec![row("doctor-row-path", text(path))];
    if let (Some(bytes), Some(sound)) = (doctor.vault_bytes, doctor.vault_sound) {
        let state = text(if sound { "doctor-sound" } else { "doctor-damaged" });
        rows.push(row("doctor-row-vault", text_with_count("doctor-vault", &[("state", state)], bytes.div_ceil(1024))));
    }
    rows.push(row("doctor-row-faults", doctor.faults.to_string()));
    if let Some(core) = &doctor.core {
        rows.extend(core_rows(core));
    }
    rows
}

fn core_rows(core: &DoctorCore) -> Vec<String> {
    let own = &core.own;
    let said = [
        ("next", own.next.to_string()),
        ("kept", own.kept_from.to_string()),
        ("since", own.since_commit.to_string()),
        ("formers", own.formers.to_string()),
    ];
    let mut rows = vec![row("doctor-row-own", text_with("doctor-own", &said))];
    for device in &core.devices {
        rows.push(row("doctor-row-device", device_words(device)));
    }
    for log in &core.logs {
        rows.push(row("doctor-row-log", log_words(log)));
    }
    rows
}

fn device_words(device: &DoctorDevice) -> String {
    let states = [
        (true, if device.mine { "doctor-mine" } else { "doctor-theirs" }),
        (!device.in_force, "doctor-not-in-force"),
        (true, if device.connected { "doctor-connected" } else { "doctor-not-connected-here" }),
        (true, if device.has_leaf { "doctor-leaf" } else { "doctor-no-leaf" }),
        (device.parked, "doctor-is-parked"),
        (device.waits_to_enter, "doctor-waits-to-enter"),
    ];
    let states: Vec<_> = states.iter().filter(|(holds, _)| *holds).map(|(_, id)| text(id)).collect();
    let said = [
        ("id", short(&device.device)),
        ("states", states.join(", ")),
        ("silent", device.silent.to_string()),
        ("receipt", device.receipt.to_string()),
        ("through", number(device.through)),
        ("sealed", device.owed_sealed.to_string()),
        ("unsealed", device.owed_unsealed.to_string()),
    ];
    text_with("doctor-device", &said)
}

fn log_words(log: &DoctorLog) -> String {
    let refused: Vec<_> = log.refused.iter().map(|refusal| format!("{} ({})", refusal.seq, refusal.code)).collect();
    let refused = if refused.is_empty() { text("doctor-none") } else { refused.join(", ") };
    let states =
        [(true, if log.offer_stands { "doctor-offer" } else { "doctor-no-offer" }), (log.forked, "doctor-forked")];
    let states: Vec<_> = states.iter().filter(|(holds, _)| *holds).map(|(_, id)| text(id)).collect();
    let said = [
        ("id", short(&log.log)),
        ("writer", short(&log.writer)),
        ("through", number(log.through)),
        ("refused", refused),
        ("states", states.join(", ")),
    ];
    text_with("doctor-log", &said)
}

/// One line of the table.
fn row(label: &str, said: String) -> String {
    format!("{:<LABEL$}{said}", text(label))
}

fn number(number: Option<u64>) -> String {
    number.map_or_else(|| text("doctor-none"), |number| number.to_string())
}

fn short(id: &str) -> String {
    visible(id.get(..ID_SHOWN).unwrap_or(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_has_a_sentence() {
        for finding in [
            Finding::Resting { faults: 2 },
            Finding::Broken,
            Finding::Unsound,
            Finding::Retired,
            Finding::Restored,
            Finding::CopyProven { devices: 1 },
            Finding::Refused { records: 1 },
            Finding::Outside { devices: 1 },
            Finding::Parked { mine: true, devices: 1 },
            Finding::Parked { mine: false, devices: 1 },
            Finding::Faults { faults: 1 },
            Finding::NotConnected,
            Finding::Away { waiting: 1 },
        ] {
            let words = finding_words(finding, "Bob");
            assert!(words.ends_with('.') && !words.contains(['{', '$']), "{finding:?}: {words}");
        }
    }
}
