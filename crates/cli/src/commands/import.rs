//! `kith import`: people from address-book files, looked through before any of them is saved.

use super::{Session, ask};
use crate::args::Import;
use crate::output::{Form, Outcome, print_words};
use crate::terminal;
use crate::text::{text, text_count, text_with, visible};
use data_encoding::BASE64;
use kith_api::client::Client;
use kith_api::{Candidate, Contact, Error, ErrorKind, Request, Review, SkippedCards, SkippedWhy, Standing};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// Bytes of a file that go in one call, well under a line of the local socket.
const PIECE: usize = 3 * 1024 * 1024;

/// Reads the files, or what was found in the watched address book where none is named, shows who is in them, and saves those
/// who are new if the person agrees.
pub(super) fn import(session: &Session, args: &Import) -> Outcome {
    let mut client = session.connect()?;
    // What another window looks through of files ends here; nothing of it was kept.
    let books = args.files.is_empty();
    ask::<()>(&mut client, Request::DropCards { books: false })?;
    let outcome = look_through(session, &mut client, args, books);
    if outcome.is_err() {
        drop(ask::<()>(&mut client, Request::DropCards { books: false }));
    }
    outcome
}

fn look_through(session: &Session, client: &mut Client, args: &Import, books: bool) -> Outcome {
    let mut review: Review = ask(client, Request::Review)?;
    for file in &args.files {
        review = hand_over(client, file)?;
    }
    review.people.retain(|person| person.book == books);
    let is_left = |person: &Candidate| args.without.contains(&person.name);
    let chosen: Vec<&Candidate> =
        review.people.iter().filter(|person| person.standing == Standing::New && !is_left(person)).collect();
    let asks = session.form == Form::Plain && !args.yes;
    if !args.yes {
        for person in &review.people {
            session.form.print(person, |person| person_words(person, is_left(person)))?;
        }
        if session.form == Form::Plain {
            review.skipped.iter().try_for_each(|skipped| print_words(&skipped_words(*skipped)))?;
        }
    }
    if let Some(why) = review.unread.as_ref().filter(|_| books) {
        let words = text_with("error-address-book", &[("why", visible(why))]);
        if chosen.is_empty() {
            return Err(Error::said(ErrorKind::Network, words, text("hint-address-book")).into());
        }
        if session.form == Form::Plain {
            print_words(&words)?;
        }
    }
    if chosen.is_empty() {
        ask::<()>(client, Request::DropCards { books: false })?;
        return if session.form == Form::Plain { print_words(&text("import-none")) } else { Ok(()) };
    }
    if !args.yes {
        let question = text_count("import-ask", chosen.len() as u64);
        if !asks || !terminal::is_attended() {
            return Err(Error::said(ErrorKind::WrongState, question, text("hint-import")).into());
        }
        if !terminal::confirm(&question)? {
            ask::<()>(client, Request::DropCards { books: false })?;
            return print_words(&text("unchanged"));
        }
    }
    let keys = chosen.iter().map(|person| person.key).collect();
    let saved: Vec<Contact> = ask(client, Request::TakeCards { keys, books })?;
    match session.form {
        Form::Json => saved.iter().try_for_each(|contact| session.form.print(contact, |_| String::new())),
        Form::Plain => print_words(&text_count("import-done", saved.len() as u64)),
    }
}

/// Hands a file to the agent, piece by piece.
fn hand_over(client: &mut Client, path: &Path) -> Outcome<Review> {
    let failed = |why: std::io::Error| {
        let words = [("file", visible(&path.display().to_string())), ("why", why.to_string())];
        Error::said(ErrorKind::BadInput, text_with("error-card-file", &words), text("hint-card-file"))
    };
    let mut file = File::open(path).map_err(failed)?;
    let mut first = true;
    let mut piece = read_piece(&mut file).map_err(failed)?;
    loop {
        let next = read_piece(&mut file).map_err(failed)?;
        let last = next.is_empty();
        let request = Request::ReadCards { piece: BASE64.encode(&piece), first, last };
        let review: Review = ask(client, request)?;
        if last {
            return Ok(review);
        }
        (piece, first) = (next, false);
    }
}

fn read_piece(file: &mut File) -> std::io::Result<Vec<u8>> {
    let mut piece = Vec::new();
    file.take(PIECE as u64).read_to_end(&mut piece)?;
    Ok(piece)
}

fn person_words(person: &Candidate, is_left: bool) -> String {
    let id = match person.standing {
        Standing::New if is_left => "import-left",
        Standing::New => "import-new",
        Standing::Known => "import-known",
        Standing::SameName => "import-same",
        Standing::Twice => "import-twice",
    };
    text_with(id, &[("name", visible(&person.name))])
}

fn skipped_words(skipped: SkippedCards) -> String {
    let id = match skipped.why {
        SkippedWhy::Unnamed => "skipped-unnamed",
        SkippedWhy::NotAPerson => "skipped-no-person",
        SkippedWhy::TooLarge => "skipped-large",
        SkippedWhy::Unreadable => "skipped-unreadable",
        SkippedWhy::TooMany => "skipped-many",
    };
    text_count(id, u64::from(skipped.count))
}
