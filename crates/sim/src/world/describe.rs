//! Wishes and packets in the words of the journal.

use super::Wish;
use crate::model_sealer::look_into;
use crate::node::Node;
use kith_base::{ConversationId, DeviceId, HeadHash, PersonId};
use kith_proto::log::carried::{Shared, decode_carried};
use kith_proto::log::event::{Body, EventHeader};
use kith_proto::log::packet::Packet;

pub(super) fn describe(wish: &Wish) -> String {
    match wish {
        Wish::Write(Body::Text(said)) => format!(", writes {} bytes", said.text.len()),
        Wish::Write(Body::Delete(id)) | Wish::Delete(id) => format!(", deletes {id:?}"),
        Wish::Write(Body::Edit(id, _)) | Wish::Edit(id, _) => format!(", edits {id:?}"),
        Wish::Write(Body::File(file)) => format!(", sends a file of {} bytes", file.size),
        Wish::Write(Body::Succession(_)) => ", vouches for itself".into(),
        Wish::Write(Body::Reaction(id, _)) | Wish::React(id, _) => format!(", reacts to {id:?}"),
        Wish::Write(Body::Pin(pin)) => format!(", pins {:?}: {}", pin.target, pin.pinned),
        Wish::Pin(id, pinned) => format!(", pins {id:?}: {pinned}"),
        Wish::Write(Body::Timer(seconds)) | Wish::Timer(seconds) => format!(", lets messages stay {seconds} s"),
        Wish::Hide(id) => format!(", hides {id:?}"),
        Wish::Shown(row) => format!(", was shown {}", row.0),
        Wish::Admit(device, _) => format!(", admits {:?}", device.id()),
        Wish::Remove(device) => format!(", removes {device:?}"),
        Wish::Recover(_, keep) => format!(", recovers and keeps {} others", keep.len()),
    }
}

pub(super) fn name_of(nodes: &[Node], id: DeviceId) -> &'static str {
    nodes.iter().find(|node| node.id == id).map_or("somebody", |node| node.name)
}

pub(super) fn describe_packet(packet: &Packet, length: usize) -> String {
    let what = match packet {
        Packet::Receipt { receipt, again } => {
            let said = &receipt.statement;
            let read = said.reading.map_or("nothing".into(), |r| format!("{}..{}", r.joined, r.through));
            let offer = if said.offer.is_some() { ", an offer" } else { "" };
            let again = if *again { ", again" } else { "" };
            format!("receipt {} of {read}{offer}{again}", said.counter)
        }
        Packet::Record(record) => {
            format!("record {} {:?}{}", record.header.seq, record.header.kind, inside(record.body.as_deref()))
        }
        Packet::Welcome(welcome) => format!("welcome at {}", welcome.entrance.seq),
        Packet::List(_) => "list".into(),
        Packet::Introduction(letter) => format!("introduction of {:?}", letter.from),
        Packet::Head(head) => format!("head {}", head.header.seq),
        Packet::Said(receipt) => format!("said {}", receipt.statement.counter),
        Packet::Spent(_) => "spent".into(),
        Packet::Acquaintance(taken) => format!("{:?} took the letter of {:?}", taken.to, taken.from),
        Packet::Manifest(said) => format!("manifest {} with features {}", said.counter, said.manifest.features),
        Packet::ShortRecord(_) | Packet::ShortReceipt(_) => "something short".into(),
        Packet::Typing => "typing".into(),
        Packet::Unknown(kind) => format!("kind {kind}"),
    };
    format!("{what}, {length} bytes")
}

/// The authors' counters of the events in a model's record; a deleted one in brackets.
fn inside(body: Option<&[u8]>) -> String {
    let Some(body) = body else { return ", void".into() };
    let Some(sealed) = look_into(body).filter(|sealed| !sealed.commit) else { return String::new() };
    // Counters do not depend on whose log it is.
    let shared = Shared {
        conversation: ConversationId::from_bytes([0; 32]),
        person: PersonId::from_bytes([0; 32]),
        device: DeviceId::from_bytes([0; 32]),
        audience: HeadHash::from_bytes([0; 32]),
    };
    let counters = decode_carried(&sealed.plaintext, &shared).unwrap_or_default().into_iter().filter_map(|event| {
        let counter = EventHeader::decode(&event.header).ok()?.counter;
        Some(if event.body.is_some() { counter.to_string() } else { format!("({counter})") })
    });
    format!(" of events {}", counters.collect::<Vec<_>>().join(" "))
}
