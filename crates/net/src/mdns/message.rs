//! The messages: DNS records (RFC 1035, 6762, 6763) of the two services, written and read by hickory.
//!
//! Reading is strict about what concerns us and blind to the rest: another program's records are passed over, a
//! message that can't be parsed is no message. What comes out is still hearsay of a stranger on the link.

use hickory_proto::op::{Message, MessageType, OpCode, Query};
use hickory_proto::rr::rdata::{A, AAAA, PTR, SRV, TXT};
use hickory_proto::rr::{Name, RData, Record, RecordType};
use std::collections::BTreeMap;
use std::net::IpAddr;

/// How long what is announced may be believed, in seconds; RFC 6762 section 10 recommends it for host names.
pub(super) const TTL_SECONDS: u32 = 1200;
/// Longest name of an instance: one DNS label.
const NAME_BYTES_MAX: usize = 63;
/// Instances read from one message, and addresses of one instance.
const INSTANCES_MAX: usize = 16;
const ADDRESSES_MAX: usize = kith_base::limits::ADDRESSES_MAX;
/// Key of the TXT record that holds a throwaway endpoint id in hexadecimal.
const ENDPOINT_KEY: &[u8] = b"e=";

/// What is announced or looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Service {
    /// A device, under a name that is random for each start; its endpoint is known to contacts only.
    Devices,
    /// An open pairing code, with its throwaway endpoint.
    Pairing,
}

impl Service {
    const fn label(self) -> &'static str {
        match self {
            // NET-030
            Self::Devices => "_kith",
            // NET-031
            Self::Pairing => "_kith-pair",
        }
    }

    fn name(self) -> Option<Name> {
        Name::from_ascii(format!("{}._udp.local.", self.label())).ok()
    }
}

/// A question that concerns us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Question {
    /// Who is here?
    All(Service),
    /// Is this one here?
    One(Service, String),
}

/// What an instance says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Announcement {
    pub(super) service: Service,
    pub(super) name: String,
    pub(super) port: u16,
    /// Only a pairing endpoint is named: it is thrown away. A device's would be the same tomorrow.
    pub(super) endpoint: Option<[u8; 32]>,
}

impl Announcement {
    /// Whether `question` asks for this. Open codes are not listed: whoever wants one names it.
    pub(super) fn answers(&self, question: &Question) -> bool {
        match question {
            Question::All(service) => *service == Service::Devices && self.service == Service::Devices,
            Question::One(service, name) => *service == self.service && *name == self.name,
        }
    }
}

/// What somebody on the link said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heard {
    pub(super) announcement: Announcement,
    pub(super) addresses: Vec<IpAddr>,
    /// It takes leave: nothing else of it is to be believed.
    pub(super) goodbye: bool,
}

/// One message, as far as it concerns us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Parsed {
    Questions(Vec<Question>),
    Answers(Vec<Heard>),
}

/// Whether `name` may be announced.
pub(super) fn is_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=NAME_BYTES_MAX).contains(&name.len()) && name.bytes().all(fits)
}

/// The bytes of a question; `None` for a name that is none.
pub(super) fn encode_question(question: &Question) -> Option<Vec<u8>> {
    let query = match question {
        Question::All(service) => Query::query(service.name()?, RecordType::PTR),
        Question::One(service, name) => Query::query(instance(*service, name)?, RecordType::SRV),
    };
    let mut message = Message::new(0, MessageType::Query, OpCode::Query);
    message.add_query(query);
    message.to_vec().ok()
}

/// The bytes of an announcement with the addresses of one link, or of its withdrawal.
pub(super) fn encode_announcement(announcement: &Announcement, addresses: &[IpAddr], goodbye: bool) -> Option<Vec<u8>> {
    let ttl = if goodbye { 0 } else { TTL_SECONDS };
    let instance = instance(announcement.service, &announcement.name)?;
    let host = Name::from_ascii(format!("{}.local.", announcement.name)).ok()?;
    let txt = announcement.endpoint.map(|id| format!("e={}", data_encoding::HEXLOWER.encode(&id))).unwrap_or_default();

    let mut message = Message::new(0, MessageType::Response, OpCode::Query);
    message.metadata.authoritative = true;
    if announcement.service == Service::Devices {
        message.add_answer(Record::from_rdata(announcement.service.name()?, ttl, RData::PTR(PTR(instance.clone()))));
    }
    message.add_answer(unique(&instance, ttl, RData::SRV(SRV::new(0, 0, announcement.port, host.clone()))));
    message.add_answer(unique(&instance, ttl, RData::TXT(TXT::new(vec![txt]))));
    for address in addresses.iter().take(ADDRESSES_MAX) {
        let data = match address {
            IpAddr::V4(ip) => RData::A(A(*ip)),
            IpAddr::V6(ip) => RData::AAAA(AAAA(*ip)),
        };
        message.add_answer(unique(&host, ttl, data));
    }
    message.to_vec().ok()
}

/// A record that only its announcer has (RFC 6762, 10.2).
fn unique(name: &Name, ttl: u32, data: RData) -> Record {
    let mut record = Record::from_rdata(name.clone(), ttl, data);
    record.mdns_cache_flush = true;
    record
}

fn instance(service: Service, name: &str) -> Option<Name> {
    if !is_name(name) {
        return None;
    }
    Name::from_ascii(format!("{name}.{}._udp.local.", service.label())).ok()
}

/// Reads a datagram. `None` when it is not DNS or nothing in it concerns us.
pub(super) fn parse(bytes: &[u8]) -> Option<Parsed> {
    let message = Message::from_vec(bytes).ok()?;
    match message.metadata.message_type {
        MessageType::Query => {
            let questions: Vec<_> = message.queries.iter().filter_map(question).take(INSTANCES_MAX).collect();
            (!questions.is_empty()).then_some(Parsed::Questions(questions))
        }
        MessageType::Response => {
            let heard = answers(&message);
            (!heard.is_empty()).then_some(Parsed::Answers(heard))
        }
    }
}

fn question(query: &Query) -> Option<Question> {
    let all = |service: Service| service.name().is_some_and(|name| name == *query.name());
    let kind = query.query_type();
    if matches!(kind, RecordType::PTR | RecordType::ANY) && all(Service::Devices) {
        return Some(Question::All(Service::Devices));
    }
    let (service, name) = instance_of(query.name())?;
    matches!(kind, RecordType::SRV | RecordType::ANY).then_some(Question::One(service, name))
}

fn answers(message: &Message) -> Vec<Heard> {
    let mut hosts: BTreeMap<Name, Vec<IpAddr>> = BTreeMap::new();
    let mut endpoints: BTreeMap<Name, [u8; 32]> = BTreeMap::new();
    for record in message.all_sections() {
        match &record.data {
            RData::A(A(ip)) => hosts.entry(record.name.clone()).or_default().push((*ip).into()),
            RData::AAAA(AAAA(ip)) => hosts.entry(record.name.clone()).or_default().push((*ip).into()),
            RData::TXT(txt) => {
                if let Some(id) = txt.txt_data.iter().find_map(|text| endpoint(text)) {
                    endpoints.insert(record.name.clone(), id);
                }
            }
            _ => {}
        }
    }
    let heard = |record: &Record| {
        let RData::SRV(srv) = &record.data else { return None };
        let (service, name) = instance_of(&record.name)?;
        let mut addresses = hosts.get(&srv.target).cloned().unwrap_or_default();
        addresses.truncate(ADDRESSES_MAX);
        let endpoint = endpoints.get(&record.name).copied().filter(|_| service == Service::Pairing);
        let announcement = Announcement { service, name, port: srv.port, endpoint };
        (srv.port > 0).then_some(Heard { announcement, addresses, goodbye: record.ttl == 0 })
    };
    message.all_sections().filter_map(heard).take(INSTANCES_MAX).collect()
}

/// The service and name of `name._kith._udp.local`; `None` for anything else.
fn instance_of(name: &Name) -> Option<(Service, String)> {
    let mut labels = name.iter();
    let own = std::str::from_utf8(labels.next()?).ok()?.to_ascii_lowercase();
    let rest: Vec<_> = labels.collect();
    let service = [Service::Devices, Service::Pairing].into_iter().find(|service| {
        let wanted: [&[u8]; 3] = [service.label().as_bytes(), b"_udp", b"local"];
        rest.len() == wanted.len() && rest.iter().zip(wanted).all(|(is, want)| is.eq_ignore_ascii_case(want))
    })?;
    is_name(&own).then_some((service, own))
}

fn endpoint(text: &[u8]) -> Option<[u8; 32]> {
    let hex = text.strip_prefix(ENDPOINT_KEY)?;
    data_encoding::HEXLOWER_PERMISSIVE.decode(hex).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alice() -> Announcement {
        Announcement { service: Service::Devices, name: "00112233aabbccdd".into(), port: 40_001, endpoint: None }
    }

    fn code() -> Announcement {
        Announcement { service: Service::Pairing, name: "482913".into(), port: 40_009, endpoint: Some([9; 32]) }
    }

    fn link() -> Vec<IpAddr> {
        vec!["192.168.1.2".parse().unwrap(), "fe80::2".parse().unwrap()]
    }

    /// NET-030, NET-031
    #[test]
    fn an_announcement_reads_back_with_the_addresses_of_its_link() {
        for announcement in [alice(), code()] {
            let bytes = encode_announcement(&announcement, &link(), false).unwrap();
            assert!(bytes.len() < 512, "one datagram on any link");
            let heard = Heard { announcement, addresses: link(), goodbye: false };
            assert_eq!(parse(&bytes), Some(Parsed::Answers(vec![heard])));
        }
    }

    #[test]
    fn a_goodbye_reads_back_as_one() {
        let bytes = encode_announcement(&alice(), &link(), true).unwrap();
        let Some(Parsed::Answers(heard)) = parse(&bytes) else { panic!("an answer") };
        assert!(heard[0].goodbye);
    }

    /// NET-030
    #[test]
    fn an_announced_device_names_no_endpoint_even_if_it_is_told_to() {
        let bytes = encode_announcement(&Announcement { endpoint: Some([7; 32]), ..alice() }, &link(), false).unwrap();
        let Some(Parsed::Answers(heard)) = parse(&bytes) else { panic!("an answer") };
        assert_eq!(heard[0].announcement.endpoint, None);
    }

    /// NET-031
    #[test]
    fn questions_read_back_and_open_codes_are_not_listed() {
        for question in [Question::All(Service::Devices), Question::One(Service::Pairing, "482913".into())] {
            let bytes = encode_question(&question).unwrap();
            assert_eq!(parse(&bytes), Some(Parsed::Questions(vec![question])));
        }
        let list = encode_question(&Question::All(Service::Pairing)).unwrap();
        assert_eq!(parse(&list), None);
        assert!(!code().answers(&Question::All(Service::Pairing)));
        assert!(code().answers(&Question::One(Service::Pairing, "482913".into())));
        assert!(!code().answers(&Question::One(Service::Pairing, "482914".into())));
    }

    #[test]
    fn names_that_are_no_label_are_neither_asked_for_nor_announced() {
        for name in ["", "a.b", "Ä", "a b", &"a".repeat(64)] {
            assert_eq!(encode_question(&Question::One(Service::Pairing, name.to_owned())), None, "{name}");
        }
    }

    #[test]
    fn a_message_cut_short_or_damaged_never_panics_nor_invents_a_service() {
        let bytes = encode_announcement(&code(), &link(), false).unwrap();
        for end in 0..bytes.len() {
            assert_eq!(parse(&bytes[..end]), None, "{end} bytes");
        }
        for at in 0..bytes.len() {
            for flip in [0x01, 0x80, 0xff] {
                let mut damaged = bytes.clone();
                damaged[at] ^= flip;
                drop(parse(&damaged)); // must not panic
            }
        }
        let mut rng = kith_base::Rng::from_number(1);
        for length in 0..600 {
            let mut garbage = vec![0; length];
            rng.fill(&mut garbage);
            assert_eq!(parse(&garbage), None);
        }
    }

    #[test]
    fn other_peoples_services_do_not_concern_us() {
        let printer = Name::from_ascii("printer._ipp._tcp.local.").unwrap();
        let mut message = Message::new(0, MessageType::Response, OpCode::Query);
        message.add_answer(unique(&printer, 120, RData::SRV(SRV::new(0, 0, 631, printer.clone()))));
        assert_eq!(parse(&message.to_vec().unwrap()), None);
    }
}
