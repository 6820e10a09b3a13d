//! Prints the local API's types as TypeScript: `cargo xtask codegen` keeps them in `web/src/api.ts`.

use kith_api::{
    Ability, Accepted, BackedUp, BackupProgress, BackupTicket, Call, Candidate, Change, Contact, ContactState,
    Deletion, DeletionOutcome, Doctor, DoctorCore, DoctorDevice, DoctorLog, DoctorOwnLog, DoctorRefusal, Error,
    ErrorKind, Everywhere, FileInfo, FileProgress, FileSaved, FileState, Finding, Forwarded, Freed, Hit, Invitation,
    Kept, KeptFiles, Kind, Launcher, Message, Mute, Note, Notice, Notifications, Open, Path, Photo, Place, Push, Quote,
    Reached, Reaction, Reply, Request, Resent, Review, Seed, Sent, Settings, Side, SkippedCards, SkippedWhy, Stage,
    Standing, State, Status, Storage, Timers, Vouched, Watching, Word,
};
use ts_rs::{Config, TS};

/// What the file begins with.
const HEAD: &str = "\
/**
 * The local API, as `crates/api` defines it: what a page and the agent say to each other over `/api/ws`.
 *
 * Written by `cargo xtask codegen`; change the Rust types instead.
 */
";

fn main() {
    let types = [
        export::<Call>(),
        export::<Request>(),
        export::<Reply>(),
        export::<Push>(),
        export::<Change>(),
        export::<Contact>(),
        export::<Timers>(),
        export::<Place>(),
        export::<Mute>(),
        export::<ContactState>(),
        export::<Stage>(),
        export::<Vouched>(),
        export::<Ability>(),
        export::<Note>(),
        export::<Path>(),
        export::<Side>(),
        export::<Message>(),
        export::<Kind>(),
        export::<Quote>(),
        export::<Reaction>(),
        export::<Notice>(),
        export::<FileInfo>(),
        export::<FileState>(),
        export::<FileProgress>(),
        export::<FileSaved>(),
        export::<BackedUp>(),
        export::<BackupProgress>(),
        export::<BackupTicket>(),
        export::<Reached>(),
        export::<Storage>(),
        export::<Kept>(),
        export::<KeptFiles>(),
        export::<Freed>(),
        export::<Forwarded>(),
        export::<Deletion>(),
        export::<DeletionOutcome>(),
        export::<State>(),
        export::<Invitation>(),
        export::<Accepted>(),
        export::<Sent>(),
        export::<Resent>(),
        export::<Seed>(),
        export::<Settings>(),
        export::<Notifications>(),
        export::<Review>(),
        export::<Candidate>(),
        export::<Standing>(),
        export::<SkippedCards>(),
        export::<SkippedWhy>(),
        export::<Photo>(),
        export::<Launcher>(),
        export::<Everywhere>(),
        export::<Hit>(),
        export::<Open>(),
        export::<Watching>(),
        export::<Status>(),
        export::<Doctor>(),
        export::<Finding>(),
        export::<DoctorCore>(),
        export::<DoctorOwnLog>(),
        export::<DoctorDevice>(),
        export::<DoctorLog>(),
        export::<DoctorRefusal>(),
        export::<Error>(),
        export::<Word>(),
        export::<ErrorKind>(),
    ];
    println!("{HEAD}\n{}", types.join("\n\n"));
}

/// A type's declaration, under its doc.
fn export<T: TS>() -> String {
    let doc = T::docs().unwrap_or_default();
    let declaration = T::decl(&Config::default());
    let mut lines: Vec<_> = declaration.lines().map(|line| format!("  {}", line.trim_end())).collect();
    if let Some(first) = lines.first_mut() {
        *first = format!("export {}", first.trim_start());
    }
    short_docs(&format!("{doc}{}", lines.join("\n")))
}

/// Docs of one line on one line.
fn short_docs(text: &str) -> String {
    let lines: Vec<_> = text.lines().collect();
    let mut out = String::new();
    let mut rest = lines.as_slice();
    while let [first, more @ ..] = rest {
        rest = more;
        match more {
            [said, end, after @ ..] if first.trim() == "/**" && end.trim() == "*/" => {
                out.push_str(&format!("{first} {} */\n", said.trim_start().trim_start_matches("* ")));
                rest = after;
            }
            _ => out.push_str(&format!("{first}\n")),
        }
    }
    out.trim_end().to_owned()
}
