//! How one contact's app stands: what the core, the vault and the network know, and what of it a person should hear.
//!
//! The findings come gravest first. What heals by itself is a finding, too, as it is the answer to "why is it not there
//! yet"; only what is nothing to wonder about is none.

use super::Core;
use super::contacts::{State, gone};
use kith_api::{Doctor, DoctorCore, DoctorDevice, DoctorLog, DoctorOwnLog, DoctorRefusal, Error, Finding};
use kith_base::{ContactId, limits};
use kith_proto::conversation::Health;

impl Core {
    /// Looks at a contact and its vault. Reads the whole vault file.
    pub(super) fn doctor(&mut self, id: ContactId) -> Result<Doctor, Error> {
        let view = self.view(id)?;
        let paired = self.contacts.get(&id).is_some_and(|contact| contact.row.conversation.is_some());
        let (looked, trouble) = match self.live(id) {
            Ok(live) => {
                let sound = live.vault.is_sound().unwrap_or(false);
                (Some((live.vault.size_bytes(), sound, live.machine.health(&live.vault))), None)
            }
            Err(error) => (None, Some(error).filter(|_| paired)),
        };
        let contact = self.contacts.get(&id).ok_or_else(gone)?;
        let faults = contact.faults;
        let connected = contact.state() == State::Connected;
        let mut findings = Vec::new();
        match &trouble {
            Some(_) if faults >= limits::TURN_FAULTS_MAX => findings.push(Finding::Resting { faults }),
            Some(_) => findings.push(Finding::Broken),
            None => {}
        }
        if let Some((_, sound, health)) = &looked {
            findings.extend((!sound).then_some(Finding::Unsound));
            look_at(health, contact.is_restored(), &mut findings);
        }
        if trouble.is_none() && faults > 0 {
            findings.push(Finding::Faults { faults });
        }
        if view.place.blocked {
            findings.push(Finding::Blocked);
        } else if !connected {
            findings.push(Finding::NotConnected);
        } else if !view.online && view.waiting > 0 {
            findings.push(Finding::Away { waiting: view.waiting });
        }
        Ok(Doctor {
            contact: view.contact,
            name: view.name,
            findings,
            online: view.online,
            path: view.path,
            waiting: view.waiting,
            faults,
            trouble,
            vault_bytes: looked.as_ref().map(|(bytes, ..)| *bytes),
            vault_sound: looked.as_ref().map(|(_, sound, _)| *sound),
            core: looked.map(|(_, _, health)| core(&health)),
        })
    }
}

/// What of the core's state a person should hear.
fn look_at(health: &Health, restored: bool, findings: &mut Vec<Finding>) {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let forked = health.logs.iter().filter(|log| log.forked).count();
    let refused = health.logs.iter().map(|log| log.refused.len()).sum();
    let in_force = || health.devices.iter().filter(|device| device.in_force);
    let parked = |mine| count(in_force().filter(|device| device.parked && device.mine == mine).count());
    let outside = in_force().filter(|device| !device.has_leaf && !device.parked && health.established).count();
    let found = [
        (health.retired && restored, Finding::Restored),
        (health.retired && !restored, Finding::Retired),
        (forked > 0, Finding::CopyProven { devices: count(forked) }),
        (refused > 0, Finding::Refused { records: count(refused) }),
        (outside > 0, Finding::Outside { devices: count(outside) }),
        (parked(false) > 0, Finding::Parked { mine: false, devices: parked(false) }),
        (parked(true) > 0, Finding::Parked { mine: true, devices: parked(true) }),
    ];
    findings.extend(found.into_iter().filter(|(holds, _)| *holds).map(|(_, finding)| finding));
}

/// The core's state in the clients' terms.
fn core(health: &Health) -> DoctorCore {
    let own = &health.own;
    DoctorCore {
        retired: health.retired,
        established: health.established,
        own: DoctorOwnLog {
            log: own.log.to_string(),
            next: own.next,
            kept_from: own.kept_from,
            since_commit: own.since_commit,
            formers: u32::try_from(own.formers).unwrap_or(u32::MAX),
        },
        devices: health
            .devices
            .iter()
            .map(|device| DoctorDevice {
                device: device.device.to_string(),
                mine: device.mine,
                in_force: device.in_force,
                connected: device.connected,
                has_leaf: device.has_leaf,
                parked: device.parked,
                silent: device.silent,
                receipt: device.receipt,
                through: device.through,
                owed_sealed: device.owed_sealed,
                owed_unsealed: device.owed_unsealed,
                waits_to_enter: device.waits_to_enter,
            })
            .collect(),
        logs: health
            .logs
            .iter()
            .map(|log| DoctorLog {
                log: log.log.to_string(),
                writer: log.writer.to_string(),
                through: log.through,
                refused: log.refused.iter().map(|(seq, why)| DoctorRefusal { seq: *seq, code: why.number() }).collect(),
                forked: log.forked,
                offer_stands: log.offer_stands,
            })
            .collect(),
    }
}
