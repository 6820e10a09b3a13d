//! `kith report`: what somebody who mends Kith needs to know of this device, and nothing of what was said or with whom.
//!
//! It is put together here, from what the agent tells about itself, and leaves only if its person sends it. Names and addresses of homes
//! are left out; each id is replaced by a number that means something in this report alone; of an error only its kind stays.

use super::{Session, ask};
use crate::output::{Form, Outcome, print_json, print_words};
use crate::text::text;
use kith_api::{Contact, Doctor, Request, Settings, Status};
use rustix::system::uname;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What is left out wherever it stands.
const LEFT_OUT: [&str; 7] = ["name", "home", "home_url", "message", "hint", "language", "port"];
/// Ids are at least so long.
const ID_CHARS_MIN: usize = 16;

/// Prints the report.
pub(super) fn report(session: &Session) -> Outcome {
    let mut client = session.connect()?;
    let status: Status = ask(&mut client, Request::Status)?;
    let settings: Settings = ask(&mut client, Request::Settings)?;
    let contacts: Vec<Contact> = ask(&mut client, Request::Contacts)?;
    let mut apps = Vec::new();
    for contact in contacts {
        let doctor: Doctor = ask(&mut client, Request::Doctor { contact: Some(contact.contact) })?;
        apps.push(json!({ "state": contact.state, "stage": contact.stage, "doctor": doctor }));
    }
    let system = uname();
    let report = json!({
        "system": { "kernel": system.release().to_string_lossy(), "machine": system.machine().to_string_lossy() },
        "status": status,
        "settings": settings,
        "apps": apps,
    });
    let report = Scrub::default().value(report);
    if session.form == Form::Json {
        return print_json(&report);
    }
    print_words(&text("report-intro"))?;
    print_words(&serde_json::to_string_pretty(&report).unwrap_or_default())
}

/// Takes out whatever says who or what.
#[derive(Default)]
struct Scrub(BTreeMap<String, usize>);

impl Scrub {
    fn value(&mut self, value: Value) -> Value {
        match value {
            Value::Object(fields) => {
                let kept = fields.into_iter().filter(|(key, _)| !LEFT_OUT.contains(&key.as_str()));
                Value::Object(kept.map(|(key, value)| (key, self.value(value))).collect::<Map<_, _>>())
            }
            Value::Array(values) => Value::Array(values.into_iter().map(|value| self.value(value)).collect()),
            Value::String(text) if is_id(&text) => {
                let next = self.0.len() + 1;
                Value::String(format!("id {}", self.0.entry(text).or_insert(next)))
            }
            other => other,
        }
    }
}

/// Whether a text is an id rather than a word of the API: none of those is as long in one piece. An id may have no digit in it.
fn is_id(text: &str) -> bool {
    text.len() >= ID_CHARS_MIN && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_and_ids_become_numbers_that_are_the_same_throughout() {
        let long = "k3v9k3v9k3v9k3v9k3v9k3v9";
        let report = json!({ "name": "Mira", "contact": long, "deep": [{ "log": long, "state": "connected" }, { "log": "con".repeat(6) }] });
        let scrubbed = Scrub::default().value(report);
        assert_eq!(
            scrubbed,
            json!({ "contact": "id 1", "deep": [{ "log": "id 1", "state": "connected" }, { "log": "id 2" }] })
        );
    }
}
