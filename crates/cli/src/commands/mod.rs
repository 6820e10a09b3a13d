//! What each command does: it asks the agent, then prints. One file for each family of commands.

mod accept;
mod backup;
mod contact;
mod device;
mod doctor;
mod export;
mod file;
mod follow;
mod import;
mod invite;
mod lock;
mod message;
mod pins;
mod place;
mod report;
mod run;
mod storage;
mod timer;
mod tui;

use crate::args::{Command, Invocation, Run};
use crate::home;
use crate::output::{Form, Outcome};
use crate::text::{text, text_with, visible};
use kith_api::client::Client;
use kith_api::{Contact, Error, ErrorKind, Request};
use serde::de::DeserializeOwned;
use std::path::PathBuf;

/// What every command works with.
#[derive(Clone)]
struct Session {
    /// The home whose agent is asked.
    home: PathBuf,
    /// How answers are printed.
    form: Form,
}

/// Runs a command to its end.
pub(crate) fn run(invocation: Invocation, form: Form) -> Outcome {
    let session = Session { home: home::choose(invocation.common.home)?, form };
    match invocation.command.unwrap_or_else(|| Command::Run(Run::default())) {
        Command::Run(args) => run::run(&session, args),
        Command::Invite(args) => invite::invite(&session, args),
        Command::Accept(args) => accept::accept(&session, args),
        Command::Contacts => contact::list(&session),
        Command::Import(args) => import::import(&session, &args),
        Command::Find(args) => place::find(&session, args),
        Command::Launcher(args) => place::launcher(&session, args),
        Command::Pin(args) => pins::pin(&session, args),
        Command::Pins(args) => pins::list(&session, args),
        Command::Disappear(args) => timer::disappear(&session, args),
        Command::Mute(args) => place::mute(&session, args),
        Command::Archive(args) => place::archive(&session, args),
        Command::Block(args) => place::block(&session, args),
        Command::Tui(args) => tui::tui(&session, args),
        Command::Send(args) => message::send(&session, args),
        Command::Files(args) => file::list(&session, &args),
        Command::Get(args) => file::get(&session, &args),
        Command::Pause(args) => storage::pause(&session, &args),
        Command::Storage(args) => storage::storage(&session, args),
        Command::Free(args) => storage::free(&session, &args),
        Command::Log(args) => message::log(&session, args),
        Command::Export(args) => export::export(&session, &args),
        Command::Backup(args) => backup::backup(&session, &args),
        Command::Search(args) => message::search(&session, args),
        Command::Delete(args) => message::delete(&session, args),
        Command::Edit(args) => message::edit(&session, args),
        Command::Habits(args) => place::habits(&session, args),
        Command::Seen(args) => message::seen(&session, args),
        Command::Hide(args) => message::hide(&session, args),
        Command::Forward(args) => message::forward(&session, args),
        Command::React(args) => message::react(&session, args),
        Command::Reach(args) => contact::dial(&session, &args),
        Command::Resend(args) => contact::resend(&session, &args),
        Command::Verify(args) => contact::verify(&session, &args),
        Command::Rename(args) => contact::rename(&session, args),
        Command::Remove(args) => contact::remove(&session, &args),
        Command::Doctor(args) => doctor::doctor(&session, args),
        Command::Report => report::report(&session),
        Command::Status => device::status(&session),
        Command::Stop => device::stop(&session),
        Command::Settings(args) => lock::settings(&session, &args),
        Command::Lock => lock::lock(&session),
        Command::Unlock(args) => lock::unlock(&session, &args),
        Command::Passphrase(args) => lock::passphrase(&session, &args),
        Command::Seed(args) => device::seed(&session, args),
        Command::Open(args) => device::open(&session, args),
        #[cfg(feature = "door")]
        Command::JoinDevice(args) => Ok(kith_agent::door::join_device(&args.from, &args.contact, &session.home)?),
    }
}

impl Session {
    /// A connection to the home's agent.
    fn connect(&self) -> Outcome<Client> {
        Ok(Client::connect(&self.home)?)
    }

    /// Asks one thing on a connection of its own.
    fn ask<T: DeserializeOwned>(&self, request: Request) -> Outcome<T> {
        ask(&mut self.connect()?, request)
    }
}

/// Asks one thing.
fn ask<T: DeserializeOwned>(client: &mut Client, request: Request) -> Outcome<T> {
    let answer = client.call(request)?;
    serde_json::from_value(answer).map_err(|error| {
        let message = text_with("error-answer", &[("why", visible(&error.to_string()))]);
        Error::said(ErrorKind::Internal, message, text("hint-answer")).into()
    })
}

/// The contact of a name or id.
fn find(client: &mut Client, contact: &str) -> Outcome<Contact> {
    ask(client, Request::Contact { contact: Some(contact.to_owned()) })
}
