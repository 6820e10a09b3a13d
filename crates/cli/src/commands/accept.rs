//! `kith accept`: answers a code or link, and shows the four stages as each becomes true.
//!
//! The call blocks until the other device answers, so the stages come over a second connection that watches. Two threads
//! feed one channel; the command ends with the call's answer, and the process ends the watching thread.

use super::{Session, find};
use crate::args::Accept;
use crate::output::{Form, Outcome, print_words};
use crate::text::{text, text_with, visible};
use kith_api::client::Watch;
use kith_api::{Accepted, Change, Contact, ContactState, Error, ErrorKind, Request, Side, Stage};
use std::collections::BTreeSet;
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Longest code or link that is read from standard input: many times a link.
const CODE_BYTES_MAX: u64 = 4096;

/// The stages in their order, each with its sentence.
const STAGES: [(Stage, &str); 4] = [
    (Stage::Generating, "stage-generating"),
    (Stage::Keys, "stage-keys"),
    (Stage::Connection, "stage-connection"),
    (Stage::Secure, "stage-secure"),
];

/// What happens while an answer is awaited.
enum News {
    /// A contact differs.
    Contact(Box<Contact>),
    /// The call was answered.
    Done(Outcome<Accepted>),
}

/// Answers an invitation.
pub(super) fn accept(session: &Session, args: Accept) -> Outcome {
    let code = code(args.code)?;
    let wait_ms = u64::try_from(args.wait.as_millis()).ok();
    let request = Request::Accept { code, name: args.name, again: args.again, wait_ms };
    match session.form {
        Form::Json => session.form.print(&session.ask::<Accepted>(request)?, |_| String::new()),
        Form::Plain => accept_in_words(session, request),
    }
}

/// The code or link as one word, from arguments or standard input.
fn code(typed: Vec<String>) -> Result<String, Error> {
    let mut whole = typed.join(" ");
    if whole == "-" {
        whole.clear();
        let read = io::stdin().lock().take(CODE_BYTES_MAX).read_to_string(&mut whole);
        read.map_err(|_| Error::said(ErrorKind::BadInput, text("error-code-input"), text("hint-code-input")))?;
    }
    // A link may have been broken over lines; a code's words may be typed apart.
    let is_link = whole.trim_start().get(..5).is_some_and(|start| start.eq_ignore_ascii_case("kith:"));
    let words: Vec<_> = whole.split_whitespace().collect();
    Ok(words.join(if is_link { "" } else { "-" }))
}

/// Answers an invitation and shows how far it is.
fn accept_in_words(session: &Session, request: Request) -> Outcome {
    let known: Vec<Contact> = session.ask(Request::Contacts)?;
    let known = known.into_iter().map(|contact| contact.contact).collect();
    let watch = session.connect()?.watch(None)?;
    let mut client = session.connect()?;
    let (news, newest) = channel();
    let done = news.clone();
    thread::spawn(move || tell_contacts(watch, &news));
    thread::spawn(move || done.send(News::Done(super::ask(&mut client, request))));

    let mut shown = Shown::default();
    let accepted = shown.until_done(&newest, &known)?;
    let contact = find(&mut session.connect()?, &accepted.contact)?;
    shown.up_to(contact.stage)?;
    let id = if accepted.state == ContactState::Connected { "accepted" } else { "accepted-waiting" };
    print_words(&text_with(id, &[("name", visible(&contact.name))]))?;
    match contact.renewed {
        Some(_) => print_words(&super::contact::renewed_words(&contact)),
        None => Ok(()),
    }
}

/// Passes contacts on for as long as somebody listens.
fn tell_contacts(watch: Watch, news: &Sender<News>) {
    for push in watch.map_while(Result::ok) {
        if let Change::Contact(contact) = push.change
            && news.send(News::Contact(Box::new(contact))).is_err()
        {
            return;
        }
    }
}

/// How many stages were shown.
#[derive(Default)]
struct Shown(usize);

impl Shown {
    /// Shows the stages of the contact that this answer makes, until the call is answered. Contacts that were there
    /// before, and those this person invited meanwhile, are others.
    fn until_done(&mut self, newest: &Receiver<News>, known: &BTreeSet<String>) -> Outcome<Accepted> {
        loop {
            match newest.recv() {
                Ok(News::Contact(contact)) if contact.side == Side::Answerer && !known.contains(&contact.contact) => {
                    self.up_to(contact.stage)?;
                }
                Ok(News::Contact(_)) => {}
                Ok(News::Done(answer)) => return answer,
                Err(_) => {
                    return Err(Error::said(ErrorKind::Internal, text("error-unanswered"), text("hint-bug")).into());
                }
            }
        }
    }

    /// Shows the stages up to one, each once.
    fn up_to(&mut self, stage: Stage) -> Outcome {
        for (_, id) in STAGES.iter().skip(self.0).filter(|(reached, _)| *reached <= stage) {
            print_words(&format!("✓ {}", text(id)))?;
            self.0 += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(words: &[&str]) -> String {
        code(words.iter().map(|word| (*word).to_owned()).collect()).unwrap()
    }

    #[test]
    fn a_code_may_be_typed_as_words_or_as_one() {
        for typed in
            [&["481920-guitarist-adult"][..], &["481920", "guitarist", "adult"], &[" 481920  guitarist adult "]]
        {
            assert_eq!(joined(typed), "481920-guitarist-adult");
        }
    }

    #[test]
    fn a_link_broken_over_lines_is_joined() {
        assert_eq!(joined(&["kith:abc\n  def"]), "kith:abcdef");
    }
}
