//! What each kind of client may ask and hear.
//!
//! | scope | asks | hears |
//! |---|---|---|
//! | local socket | everything | everything; messages of the contacts it watches |
//! | home | everything but the inside of a conversation | contacts and this device's state; no messages |
//! | a contact's app | its own contact's conversation and state, to pair with it again | its own contact and messages |

use kith_api::{Change, Error, ErrorKind, FileProgress, Request};
use std::collections::BTreeSet;

/// On whose behalf a call comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// This user's own programs, by the local socket.
    Local,
    /// The home app.
    Home,
    /// The app of the contact with this id.
    Contact(String),
}

impl Scope {
    /// The request as the backend may do it, with the contact filled in.
    ///
    /// # Errors
    /// [`ErrorKind::Forbidden`] when this scope may not ask it.
    pub(crate) fn admit(&self, mut request: Request) -> Result<Request, Error> {
        match self {
            Self::Local => Ok(request),
            // LOOP-041
            Self::Home if is_inside_a_conversation(&request) => {
                Err(Error::new(ErrorKind::Forbidden, "forbidden-in-home", []))
            }
            Self::Home => Ok(request),
            Self::Contact(own) => {
                if let Some(again) = pairing_again(own, &request) {
                    return again;
                }
                if matches!(request, Request::WayHome | Request::Lock | Request::Active) {
                    return Ok(request);
                }
                // LOOP-040
                let contact = contact_of(&mut request).ok_or_else(home_only)?;
                if contact.as_ref().is_some_and(|contact| contact != own) {
                    return Err(other_contact());
                }
                *contact = Some(own.clone());
                Ok(request)
            }
        }
    }

    /// Whether a client of this scope hears of a change. `watched` are the contacts whose messages it asked for.
    /// LOOP-040, LOOP-041, LOOP-042.
    pub(crate) fn hears(&self, watched: &BTreeSet<String>, change: &Change) -> bool {
        match (self, change) {
            (Self::Contact(own), Change::Contact(contact)) => contact.contact == *own,
            (
                Self::Contact(own),
                Change::ContactRemoved(contact)
                | Change::Typing(contact)
                | Change::Message { contact, .. }
                | Change::MessageGone { contact, .. }
                | Change::File(FileProgress { contact, .. }),
            ) => contact == own,
            (Self::Contact(_), Change::Status(_) | Change::Found(_) | Change::Backup(_))
            | (Self::Home, Change::Message { .. } | Change::MessageGone { .. } | Change::File(_) | Change::Typing(_)) => {
                false
            }
            (
                Self::Local,
                Change::Message { contact, .. }
                | Change::MessageGone { contact, .. }
                | Change::Typing(contact)
                | Change::File(FileProgress { contact, .. }),
            ) => watched.contains(contact),
            (Self::Home | Self::Local, _) => true,
        }
    }
}

/// What is answered while the device is locked. LOCK-002
pub const fn may_while_locked(request: &Request) -> bool {
    matches!(request, Request::Unlock { .. } | Request::Lock | Request::Status | Request::Stop | Request::Open { .. })
}

/// What any other request is answered then.
pub fn locked() -> Error {
    Error::new(ErrorKind::Locked, "locked", [])
}

/// What home may not ask: previews come with the contacts, and reading belongs to the contact's app.
fn is_inside_a_conversation(request: &Request) -> bool {
    match request {
        Request::Log { .. } | Request::Search { .. } | Request::Send { .. } | Request::Seen { .. } => true,
        // LOOP-047
        Request::Hide { .. } | Request::Forward { .. } | Request::ForwardBegin { .. } => true,
        Request::Draft { .. } | Request::Typing { .. } => true,
        Request::Pin { .. } | Request::Pins { .. } | Request::Timer { .. } => true,
        Request::Delete { .. } | Request::Edit { .. } | Request::React { .. } | Request::Resend { .. } => true,
        Request::SendFile { .. } | Request::Files { .. } | Request::FileGet { .. } | Request::FilePause { .. } => true,
        // LOOP-044: the last two name paths.
        Request::FileCancel { .. } | Request::FileSave { .. } | Request::Backup { .. } => true,
        // LOOP-048: all that came of a contact, without a look at what.
        Request::FileFree { event, .. } => event.is_some(),
        Request::Watch { contact } => contact.is_some(),
        // A window of home announces nothing.
        Request::Announces { .. } => true,
        Request::Contacts
        | Request::Contact { .. }
        | Request::Invite { .. }
        | Request::Invitation { .. }
        | Request::Accept { .. }
        | Request::AcceptCancel { .. }
        | Request::Reach { .. }
        | Request::Verify { .. }
        | Request::Rename { .. }
        | Request::Arrange { .. }
        | Request::Habits { .. }
        | Request::Forwarding
        | Request::ForwardTo { .. }
        | Request::SearchAll { .. }
        | Request::WayHome
        | Request::ReadCards { .. }
        | Request::Review
        | Request::TakeCards { .. }
        | Request::DropCards { .. }
        | Request::Photo { .. }
        | Request::Launcher { .. }
        | Request::Remove { .. }
        | Request::Doctor { .. }
        | Request::Storage { .. }
        | Request::Status
        | Request::Stop
        | Request::Settings
        | Request::Choose { .. }
        | Request::SetPassphrase { .. }
        | Request::Keyring { .. }
        // LOOP-083
        | Request::BackupTicket { .. }
        | Request::BackupStop
        | Request::Lock
        | Request::Unlock { .. }
        | Request::Active
        | Request::SeedShow
        | Request::SeedConfirm { .. }
        | Request::Open { .. } => false,
    }
}

/// The contact that a request is about, if it is one that a contact's app may ask. `Open` is not: it hands out keys.
fn contact_of(request: &mut Request) -> Option<&mut Option<String>> {
    match request {
        Request::Contact { contact }
        | Request::Invitation { contact }
        | Request::Send { contact, .. }
        | Request::Log { contact, .. }
        | Request::Search { contact, .. }
        | Request::Delete { contact, .. }
        | Request::Edit { contact, .. }
        | Request::React { contact, .. }
        | Request::Pin { contact, .. }
        | Request::Pins { contact }
        | Request::Timer { contact, .. }
        | Request::Hide { contact, .. }
        | Request::ForwardBegin { contact, .. }
        | Request::Draft { contact, .. }
        | Request::Typing { contact }
        | Request::Habits { contact, .. }
        | Request::Resend { contact, .. }
        | Request::Reach { contact }
        | Request::Seen { contact, .. }
        | Request::Verify { contact, .. }
        | Request::Rename { contact, .. }
        | Request::Arrange { contact, .. }
        | Request::Photo { contact }
        | Request::Launcher { contact, .. }
        | Request::Remove { contact }
        | Request::Doctor { contact }
        | Request::Files { contact, .. }
        | Request::FileGet { contact, .. }
        | Request::FilePause { contact, .. }
        | Request::FileCancel { contact, .. }
        | Request::FileFree { contact, .. }
        | Request::Storage { contact }
        | Request::Announces { contact, .. }
        | Request::Watch { contact } => Some(contact),
        // LOOP-044: paths of this device are for its user's own programs.
        Request::SendFile { .. } | Request::FileSave { .. } | Request::Backup { .. } => None,
        Request::Contacts
        // It names two contacts, of which an app has only its own.
        | Request::Forward { .. }
        | Request::Forwarding
        | Request::ForwardTo { .. }
        | Request::SearchAll { .. }
        | Request::WayHome
        | Request::ReadCards { .. }
        | Request::Review
        | Request::TakeCards { .. }
        | Request::DropCards { .. }
        | Request::Invite { .. }
        | Request::Accept { .. }
        | Request::AcceptCancel { .. }
        | Request::Status
        | Request::Stop
        | Request::Settings
        | Request::Choose { .. }
        | Request::SetPassphrase { .. }
        | Request::Keyring { .. }
        | Request::BackupTicket { .. }
        | Request::BackupStop
        | Request::Lock
        | Request::Unlock { .. }
        | Request::Active
        | Request::SeedShow
        | Request::SeedConfirm { .. }
        | Request::Open { .. } => None,
    }
}

/// Pairing again, which a contact's app may with its own contact alone; `None` for any other request.
fn pairing_again(own: &str, request: &Request) -> Option<Result<Request, Error>> {
    match request {
        Request::Invite { name, again: true } => {
            Some(if name == own { Ok(request.clone()) } else { Err(other_contact()) })
        }
        Request::Accept { again: Some(contact), .. } => {
            Some(if contact == own { Ok(request.clone()) } else { Err(other_contact()) })
        }
        _ => None,
    }
}

fn home_only() -> Error {
    Error::new(ErrorKind::Forbidden, "forbidden-in-app", [])
}

fn other_contact() -> Error {
    Error::new(ErrorKind::Forbidden, "forbidden-other-app", [])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// LOOP-044
    #[test]
    fn paths_of_this_device_are_named_on_the_local_socket_alone() {
        let own = || Some("c1".to_owned());
        let send = Request::SendFile { contact: own(), path: "/x".into(), caption: None, wait: None, timeout_ms: None };
        let save = Request::FileSave { contact: own(), event: "e".into(), path: "/x".into(), replace: false };
        let backup = Request::Backup { path: "/x".into(), passphrase: "four words or five".into() };
        for request in [send, save, backup] {
            assert!(Scope::Local.admit(request.clone()).is_ok());
            for other in [Scope::Home, Scope::Contact("c1".into())] {
                assert_eq!(other.admit(request.clone()).unwrap_err().kind, ErrorKind::Forbidden);
            }
        }
    }

    /// LOOP-083
    #[test]
    fn a_backup_for_a_page_is_for_homes_page_alone() {
        let ticket = Request::BackupTicket { passphrase: "four words or five".into() };
        let progress = kith_api::BackupProgress { written: 1, about: 2, made: None, error: None };
        for request in [ticket, Request::BackupStop] {
            assert_eq!(Scope::Home.admit(request.clone()), Ok(request.clone()));
            assert_eq!(Scope::Contact("c1".into()).admit(request).unwrap_err().kind, ErrorKind::Forbidden);
        }
        let hears = |scope: Scope| scope.hears(&BTreeSet::new(), &Change::Backup(progress.clone()));
        assert!(hears(Scope::Home) && hears(Scope::Local) && !hears(Scope::Contact("c1".into())));
    }

    /// LOOP-044
    #[test]
    fn a_contacts_app_asks_for_its_own_contacts_files_and_hears_of_them_alone() {
        let app = Scope::Contact("c1".into());
        let get = |contact: Option<&str>| Request::FileGet { contact: contact.map(str::to_owned), event: "e".into() };
        assert_eq!(app.admit(get(None)), Ok(get(Some("c1"))));
        assert_eq!(app.admit(get(Some("c2"))).unwrap_err().kind, ErrorKind::Forbidden);
        let moved = |contact: &str| {
            let state = kith_api::FileState::Moving;
            Change::File(FileProgress { contact: contact.into(), event: "e".into(), state, have: 1, size: 2 })
        };
        let watched = BTreeSet::from(["c2".to_owned()]);
        let hears = |scope: &Scope, contact| scope.hears(&watched, &moved(contact));
        assert!(hears(&app, "c1") && !hears(&app, "c2"));
        assert!(hears(&Scope::Local, "c2") && !hears(&Scope::Local, "c1"));
        assert!(!hears(&Scope::Home, "c1") && !hears(&Scope::Home, "c2"));
    }

    /// LOOP-048
    #[test]
    fn home_frees_room_without_a_look_at_what_and_an_app_only_its_own() {
        let free = |contact: &str, event: Option<&str>| Request::FileFree {
            contact: Some(contact.to_owned()),
            event: event.map(str::to_owned),
        };
        assert!(Scope::Home.admit(free("c1", None)).is_ok());
        assert_eq!(Scope::Home.admit(free("c1", Some("e"))).unwrap_err().kind, ErrorKind::Forbidden);
        let app = Scope::Contact("c1".into());
        assert!(app.admit(free("c1", Some("e"))).is_ok());
        assert_eq!(app.admit(free("c2", None)).unwrap_err().kind, ErrorKind::Forbidden);
        let all = Request::Storage { contact: None };
        assert_eq!(app.admit(all.clone()), Ok(Request::Storage { contact: Some("c1".into()) }));
        assert_eq!(Scope::Home.admit(all.clone()), Ok(all));
    }

    /// LOOP-047
    #[test]
    fn who_writes_and_what_was_not_sent_is_for_that_contacts_app_alone() {
        let app = Scope::Contact("c1".into());
        let of = |contact: &str| Some(contact.to_owned());
        let own = |contact: &str| {
            let (event, text) = ("e".to_owned(), Some("t".to_owned()));
            let hide = Request::Hide { contact: of(contact), event };
            [hide, Request::Draft { contact: of(contact), text }, Request::Typing { contact: of(contact) }]
        };
        for (mine, other) in own("c1").into_iter().zip(own("c2")) {
            assert_eq!(app.admit(mine.clone()), Ok(mine.clone()));
            assert_eq!(app.admit(other).unwrap_err().kind, ErrorKind::Forbidden);
            assert_eq!(Scope::Home.admit(mine).unwrap_err().kind, ErrorKind::Forbidden);
        }
        let forward = Request::Forward { contact: of("c1"), event: "e".into(), to: "c1".into() };
        assert!(Scope::Local.admit(forward.clone()).is_ok());
        for other in [app.clone(), Scope::Home] {
            assert_eq!(other.admit(forward.clone()).unwrap_err().kind, ErrorKind::Forbidden);
        }
        let begin = |contact: &str| Request::ForwardBegin { contact: of(contact), event: "e".into() };
        assert_eq!(app.admit(begin("c1")), Ok(begin("c1")));
        assert_eq!(app.admit(begin("c2")).unwrap_err().kind, ErrorKind::Forbidden);
        assert_eq!(Scope::Home.admit(begin("c1")).unwrap_err().kind, ErrorKind::Forbidden);
        for home_alone in [Request::Forwarding, Request::ForwardTo { to: "c1".into() }] {
            assert_eq!(app.admit(home_alone.clone()).unwrap_err().kind, ErrorKind::Forbidden);
            assert_eq!(Scope::Home.admit(home_alone.clone()), Ok(home_alone));
        }
        let watched = BTreeSet::from(["c2".to_owned()]);
        let hears = |scope: &Scope, contact: &str| scope.hears(&watched, &Change::Typing(contact.into()));
        assert!(hears(&app, "c1") && !hears(&app, "c2"));
        assert!(hears(&Scope::Local, "c2") && !hears(&Scope::Local, "c1"));
        assert!(!hears(&Scope::Home, "c1") && !hears(&Scope::Home, "c2"));
    }
}
