//! What can be typed: every command, its arguments and its help, and nothing about what a command does.
//!
//! A parse ends in one of three ways: an [`Invocation`], text that was asked for (`--help`, `--version`; exit 0), or a
//! usage error (exit 2). The help texts are English: clap builds them at compile time, ahead of any locale.

use crate::output::Form;
use clap::error::ErrorKind as UsageKind;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::time::Duration;

/// Longest time that can be asked for with `--wait` or `--timeout`: a week, far below any overflow.
const WAIT_MAX: Duration = Duration::from_secs(7 * 24 * 3600);

/// Every relationship gets its own app. Nothing in the middle.
#[derive(Debug, Parser)]
#[command(name = "kith", version, about, disable_help_subcommand = true)]
#[command(
    after_help = "Without a command, kith runs the agent, like 'kith run'. KITH_LOG sets what is logged to stderr."
)]
pub(crate) struct Invocation {
    /// What holds for every command.
    #[command(flatten)]
    pub(crate) common: Common,
    /// The command; `run` when left out.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What every command takes, before or after its name.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Where this device's data lies [env: KITH_HOME] [default: kith in the XDG data directory].
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) home: Option<PathBuf>,
    /// Print JSON, one object per line; errors as JSON on stderr.
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the agent in the foreground, until it is stopped.
    Run(Run),
    /// Make a code and a link for somebody new.
    Invite(Invite),
    /// Answer somebody's code or link.
    Accept(Accept),
    /// List the contacts.
    Contacts,
    /// Look through the people in address-book files (.vcf), and save those you choose as contacts.
    Import(Import),
    /// Find messages of all contacts by their words.
    Find(Find),
    /// Put a contact's app among the programs of your desktop, or take it away.
    Launcher(Launcher),
    /// Keep a contact above the others, or pin one of its messages for both of you.
    Pin(Pin),
    /// List the messages that are pinned.
    Pins(Pins),
    /// Say after how long messages may disappear; what both of you said last decides, the longer time is in force.
    Disappear(Disappear),
    /// Announce nothing that a contact writes, for a while or for good.
    Mute(Mute),
    /// Put a contact apart; it comes back while something in it is unread.
    Archive(Arrange),
    /// Neither dial nor answer a contact, and show nothing of theirs. They are not told.
    Block(Arrange),
    /// What a contact hears of you: what you have seen, and when you are writing. Of what you don't tell you are shown nothing.
    Habits(Habits),
    /// Contacts and conversations on the terminal's whole screen; '?' or F1 shows the keys.
    Tui(Tui),
    /// Send a text, or files.
    Send(Send),
    /// List the files of a conversation, newest first.
    Files(Files),
    /// Get a file: asks for it, waits until all of it is here and checked, and writes it.
    Get(Get),
    /// Let a file stand still for a while: one that comes, or one that you give; with --off it goes on.
    Pause(Pause),
    /// Show what each contact's app keeps on this device, the largest first.
    Storage(Storage),
    /// Remove the bytes of files that came; their messages stay, and they can be asked for again.
    Free(Free),
    /// Show the messages of a contact, oldest first.
    Log(Log),
    /// Write a conversation and its files into a folder, readable by anybody who has it.
    Export(Export),
    /// Write what may go to another device into one file under a passphrase: people, messages, files; no key.
    Backup(Backup),
    /// Find messages by their words.
    Search(Search),
    /// Delete a message: while it waits it is never delivered, later its removal is asked for.
    Delete(Delete),
    /// Give one of your messages another wording; one that waits leaves with the new one only.
    Edit(Edit),
    /// Say that you have seen a contact's messages, all of them or up to one.
    Seen(Seen),
    /// Take a message out of your own sight; nobody else hears of it.
    Hide(Delete),
    /// Send the text of a message on to another contact.
    Forward(Forward),
    /// Put an emoji at a message, in the place of the one you put there before.
    React(React),
    /// Dial a contact's devices at once, and say whether one was reached.
    Reach(Reach),
    /// Decide about messages that were meant for a contact's keys of before: write them again for the new ones.
    Resend(Resend),
    /// Mark a contact's safety number as compared.
    Verify(Verify),
    /// Give a contact another name.
    Rename(Rename),
    /// Remove a contact's app, with its keys and messages.
    Remove(Remove),
    /// Say how a contact's app stands: what is wrong and what to do, then the details.
    Doctor(Doctor),
    /// Print a report for whoever mends Kith: states and numbers, no names and nothing of what was said.
    Report,
    /// Say what this device is doing.
    Status,
    /// Stop the agent.
    Stop,
    /// Show what this device's settings are, or choose.
    Settings(Settings),
    /// Lock the pages and commands of this device; messages go on arriving.
    Lock,
    /// Open them again with the passphrase.
    Unlock(Unlock),
    /// Put the home under a passphrase, or under another one, or take it away.
    Passphrase(Passphrase),
    /// The 24 words that are the root of your keys.
    #[command(subcommand)]
    Seed(Seed),
    /// Print, and where possible open, a one-time address of the home or of a contact's app.
    Open(Open),
    /// kith-door: let this home's device join what another home has with a contact; both agents stopped.
    #[cfg(feature = "door")]
    JoinDevice(JoinDevice),
}

/// `kith join-device`, for tests.
#[cfg(feature = "door")]
#[derive(Debug, Args)]
pub(crate) struct JoinDevice {
    /// The home of the person's first device.
    #[arg(long)]
    pub(crate) from: PathBuf,
    /// The contact there.
    pub(crate) contact: String,
}

/// `kith run`.
#[derive(Debug, Default, Args)]
pub(crate) struct Run {
    /// Don't open a browser.
    #[arg(long)]
    pub(crate) no_open: bool,
    /// Your name, as the people you invite will see it.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// The web port on this device [default: the one used before].
    #[arg(long, value_name = "PORT")]
    pub(crate) port: Option<u16>,
    /// Stay on the local network: no address leaves it, nothing outside is asked.
    #[arg(long)]
    pub(crate) offline: bool,
    /// Read the home's passphrase from a file, without its final line end.
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// On the first start, put the new home under the passphrase in a file.
    #[arg(long, value_name = "FILE", conflicts_with = "passphrase_file")]
    pub(crate) new_passphrase_file: Option<PathBuf>,
    /// On the first start, begin from your 24 words instead of new ones; they are read from standard input.
    #[arg(long)]
    pub(crate) restore: bool,
    /// On the first start, begin from a backup: people, messages and files; with each of them you pair again to write on.
    #[arg(long, value_name = "FILE", conflicts_with = "passphrase_file")]
    pub(crate) restore_backup: Option<PathBuf>,
    /// Read the backup's passphrase from a file, without its final line end; otherwise it is asked for.
    #[arg(long, value_name = "FILE", requires = "restore_backup")]
    pub(crate) backup_passphrase_file: Option<PathBuf>,
    /// kith-door: don't wait for the disk.
    #[cfg(feature = "door")]
    #[arg(long)]
    pub(crate) durability_off: bool,
}

/// `kith export`.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Name or id of the contact.
    pub(crate) contact: String,
    /// The folder, which must not exist [default: kith-NAME here].
    #[arg(short, long, value_name = "FOLDER")]
    pub(crate) output: Option<PathBuf>,
}

/// `kith backup`.
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The file, which must not exist.
    pub(crate) file: PathBuf,
    /// Read the backup's passphrase from a file, without its final line end; otherwise it is asked for, twice.
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// `kith settings`.
#[derive(Debug, Args)]
pub(crate) struct Settings {
    /// Your name, as the people you invite will see it.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// The language of pages and notifications: en, de or ar; '' leaves it to each browser. KITH_LANG is for commands.
    #[arg(long, value_name = "TAG")]
    pub(crate) language: Option<String>,
    /// What the desktop's notifications say.
    #[arg(long, value_name = "WHAT")]
    pub(crate) notifications: Option<NotificationsArg>,
    /// Lock the device after so many minutes in which nobody used it; 0 for never.
    #[arg(long, value_name = "MINUTES")]
    pub(crate) lock_after: Option<u32>,
}

/// What notifications say.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum NotificationsArg {
    /// There are none.
    Off,
    /// Who wrote.
    Names,
    /// Who wrote, and what.
    Texts,
}

/// `kith unlock`.
#[derive(Debug, Args)]
pub(crate) struct Unlock {
    /// Read the passphrase from a file, without its final line end; otherwise it is asked for.
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// `kith passphrase`.
#[derive(Debug, Args)]
pub(crate) struct Passphrase {
    /// Take it away: whoever can read this user's files can then read everything.
    #[arg(long, conflicts_with = "new_passphrase_file")]
    pub(crate) remove: bool,
    /// Let the desktop's keyring keep what it comes to, so that Kith starts without asking.
    #[arg(long, conflicts_with_all = ["new_passphrase_file", "remove"])]
    pub(crate) keyring: bool,
    /// Take that away from the keyring: Kith asks again when it starts.
    #[arg(long, conflicts_with_all = ["new_passphrase_file", "remove", "keyring"])]
    pub(crate) no_keyring: bool,
    /// Read the one in force from a file; otherwise it is asked for.
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Read the new one from a file; otherwise it is asked for, twice.
    #[arg(long, value_name = "FILE")]
    pub(crate) new_passphrase_file: Option<PathBuf>,
}

/// `kith invite`.
#[derive(Debug, Args)]
pub(crate) struct Invite {
    /// What you call them.
    pub(crate) name: String,
    /// For a contact that is there: a new code, or where you are connected, a code to go on under new keys.
    #[arg(long)]
    pub(crate) again: bool,
}

/// `kith accept`.
#[derive(Debug, Args)]
pub(crate) struct Accept {
    /// The code's number and words, or the link; '-' reads it from standard input.
    #[arg(required = true, value_name = "CODE|LINK")]
    pub(crate) code: Vec<String>,
    /// What you call them [default: the name they gave].
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Go on with this contact under new keys, as the same person lost a device or began anew.
    #[arg(long, value_name = "CONTACT", conflicts_with = "name")]
    pub(crate) again: Option<String>,
    /// How long to wait for their device.
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub(crate) wait: Duration,
}

/// `kith tui`.
#[derive(Debug, Args)]
pub(crate) struct Tui {
    /// Whose conversation to open: a contact's name or id.
    #[arg(long, value_name = "NAME")]
    pub(crate) contact: Option<String>,
    /// Listen to the mouse; the terminal then leaves selecting to its Shift key.
    #[arg(long)]
    pub(crate) mouse: bool,
}

/// `kith send`.
#[derive(Debug, Args)]
pub(crate) struct Send {
    /// Whom: a contact's name or id.
    pub(crate) contact: String,
    /// The text, after '--' if it begins with a dash; '-' sends all of standard input as one message. With files, the words
    /// beside the first.
    #[arg(required_unless_present = "file")]
    pub(crate) text: Option<OsString>,
    /// Send files, each as a message of its own.
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with = "reply")]
    pub(crate) file: Vec<PathBuf>,
    /// The message that it answers: its id, or how that begins ('log --ids' shows it).
    #[arg(long, value_name = "EVENT")]
    pub(crate) reply: Option<String>,
    /// Wait until the message got so far.
    #[arg(long, value_name = "STATE")]
    pub(crate) wait: Option<WaitFor>,
    /// How long to wait.
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub(crate) timeout: Duration,
}

/// `kith files`.
#[derive(Debug, Args)]
pub(crate) struct Files {
    /// Whose: a contact's name or id.
    pub(crate) contact: String,
    /// At most so many, the newest.
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: u32,
}

/// `kith get`.
#[derive(Debug, Args)]
pub(crate) struct Get {
    /// Whose: a contact's name or id.
    pub(crate) contact: String,
    /// Which: the name of the newest file called so, or the event id of its message.
    pub(crate) file: String,
    /// Where to write it: a new file, or a folder [default: here, under its name].
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
    /// Replace what is there.
    #[arg(long)]
    pub(crate) force: bool,
    /// How long to wait while nothing of it comes [default: for ever].
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) timeout: Option<Duration>,
}

/// `kith pause`.
#[derive(Debug, Args)]
pub(crate) struct Pause {
    /// Whose: a contact's name or id.
    pub(crate) contact: String,
    /// Which: the name of the newest file called so, or the event id of its message.
    pub(crate) file: String,
    /// Go on with it.
    #[arg(long)]
    pub(crate) off: bool,
}

/// `kith storage`.
#[derive(Debug, Args)]
pub(crate) struct Storage {
    /// Whose app alone: a contact's name or id.
    pub(crate) contact: Option<String>,
}

/// `kith free`.
#[derive(Debug, Args)]
pub(crate) struct Free {
    /// Whose: a contact's name or id.
    pub(crate) contact: String,
    /// Which: the name of the newest file called so, or the event id of its message.
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    pub(crate) file: Option<String>,
    /// All files that came, and of which all is here.
    #[arg(long)]
    pub(crate) all: bool,
    /// Don't ask.
    #[arg(long)]
    pub(crate) yes: bool,
}

/// What `kith send --wait` waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WaitFor {
    /// A sealed copy left this device.
    Sent,
    /// Their device has it.
    Delivered,
}

/// `kith log`.
#[derive(Debug, Args)]
pub(crate) struct Log {
    /// Whose: a contact's name or id.
    pub(crate) contact: String,
    /// Only the newest N messages [default: all].
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u32>,
    /// Then go on with what is new or changed, until interrupted.
    #[arg(long)]
    pub(crate) follow: bool,
    /// Before each message, how its id begins: enough for 'react', 'edit', 'delete' and the others.
    #[arg(long)]
    pub(crate) ids: bool,
}

/// `kith delete`.
#[derive(Debug, Args)]
pub(crate) struct Delete {
    /// Whose message: a contact's name or id.
    pub(crate) contact: String,
    /// The message's id, or how it begins: 'log --ids' shows it.
    pub(crate) event: String,
}

/// `kith search`.
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// Whose conversation: a contact's name or id.
    pub(crate) contact: String,
    /// What to look for: each word begins one of the message, in any order.
    #[arg(required = true)]
    pub(crate) words: Vec<String>,
    /// At most so many, the newest.
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: u32,
}

/// `kith edit`.
#[derive(Debug, Args)]
pub(crate) struct Edit {
    /// Whose conversation: a contact's name or id.
    pub(crate) contact: String,
    /// The message's id, or how it begins: 'log --ids' shows it.
    pub(crate) event: String,
    /// The new text, after '--' if it begins with a dash; '-' takes all of standard input.
    pub(crate) text: OsString,
}

/// `kith forward`.
#[derive(Debug, Args)]
pub(crate) struct Forward {
    /// Whose conversation: a contact's name or id.
    pub(crate) contact: String,
    /// The message's id, or how it begins: 'log --ids' shows it.
    pub(crate) event: String,
    /// To whom: another contact's name or id.
    pub(crate) to: String,
}

/// `kith react`.
#[derive(Debug, Args)]
pub(crate) struct React {
    /// Whose conversation: a contact's name or id.
    pub(crate) contact: String,
    /// The message's id, or how it begins: 'log --ids' shows it.
    pub(crate) event: String,
    /// One emoji [default: take back the one that is there].
    #[arg(default_value = "", hide_default_value = true)]
    pub(crate) emoji: String,
}

/// `kith reach`.
#[derive(Debug, Args)]
pub(crate) struct Reach {
    /// Whom: a contact's name or id.
    pub(crate) contact: String,
}

/// `kith resend`.
#[derive(Debug, Args)]
pub(crate) struct Resend {
    /// Whose: a contact's name or id.
    pub(crate) contact: String,
    /// Delete them instead.
    #[arg(long)]
    pub(crate) drop: bool,
    /// Don't ask.
    #[arg(long)]
    pub(crate) yes: bool,
}

/// `kith verify`.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Whose: a contact's name or id.
    pub(crate) contact: String,
    /// Take the mark back.
    #[arg(long)]
    pub(crate) no: bool,
    /// The two of you are in one place.
    #[arg(long, conflicts_with = "no")]
    pub(crate) met: bool,
    /// Don't ask.
    #[arg(long, conflicts_with = "no")]
    pub(crate) yes: bool,
}

/// `kith rename`.
#[derive(Debug, Args)]
pub(crate) struct Rename {
    /// Whom: a contact's name or id.
    pub(crate) contact: String,
    /// The new name.
    pub(crate) name: String,
}

/// `kith import`.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The files, as phones and mail programs export contacts (vCard 2.1, 3.0 or 4.0) [default: who was found in the
    /// watched address book].
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Save everybody who is new, without asking.
    #[arg(long)]
    pub(crate) yes: bool,
    /// Leave this one out; may be given several times.
    #[arg(long, value_name = "NAME")]
    pub(crate) without: Vec<String>,
}

/// `kith find`.
#[derive(Debug, Args)]
pub(crate) struct Find {
    /// What to look for: each word begins one of the message, in any order.
    #[arg(required = true)]
    pub(crate) words: Vec<String>,
    /// At most so many, the newest.
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: u32,
}

/// `kith pin`.
#[derive(Debug, Args)]
pub(crate) struct Pin {
    /// Whom, or whose conversation: a contact's name or id.
    pub(crate) contact: String,
    /// The message's id, or how it begins: 'log --ids' shows it [default: the contact itself].
    pub(crate) event: Option<String>,
    /// Take it back.
    #[arg(long)]
    pub(crate) off: bool,
}

/// `kith seen`.
#[derive(Debug, Args)]
pub(crate) struct Seen {
    /// Whose: a contact's name or id.
    pub(crate) contact: String,
    /// The message's id, or how it begins: 'log --ids' shows it [default: the newest].
    pub(crate) event: Option<String>,
}

/// `kith pins`.
#[derive(Debug, Args)]
pub(crate) struct Pins {
    /// Whose conversation: a contact's name or id.
    pub(crate) contact: String,
}

/// `kith disappear`.
#[derive(Debug, Args)]
pub(crate) struct Disappear {
    /// Whose conversation: a contact's name or id.
    pub(crate) contact: String,
    /// Such as 30s, 5m, 1h, 1d, 4w, or 'off' [default: say what is in force].
    pub(crate) time: Option<String>,
}

/// `kith archive` and `kith block`.
#[derive(Debug, Args)]
pub(crate) struct Arrange {
    /// Whom: a contact's name or id.
    pub(crate) contact: String,
    /// Take it back.
    #[arg(long)]
    pub(crate) off: bool,
}

/// `kith launcher`.
#[derive(Debug, Args)]
pub(crate) struct Launcher {
    /// Whose app: a contact's name or id.
    pub(crate) contact: String,
    /// Take it away.
    #[arg(long)]
    pub(crate) remove: bool,
}

/// `kith mute`.
#[derive(Debug, Args)]
pub(crate) struct Mute {
    /// Whom: a contact's name or id.
    pub(crate) contact: String,
    /// For how long.
    #[arg(long = "for", value_name = "TIME", default_value = "always")]
    pub(crate) time: MuteFor,
    /// Take it back.
    #[arg(long, conflicts_with = "time")]
    pub(crate) off: bool,
}

/// `kith habits`.
#[derive(Debug, Args)]
pub(crate) struct Habits {
    /// Whom: a contact's name or id.
    pub(crate) contact: String,
    /// Whether they hear what you have seen.
    #[arg(long)]
    pub(crate) seen: Option<Switch>,
    /// Whether they hear when you are writing.
    #[arg(long)]
    pub(crate) typing: Option<Switch>,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Switch {
    /// Said, and shown.
    On,
    /// Neither.
    Off,
}

/// For how long `kith mute` mutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MuteFor {
    /// One hour.
    #[value(name = "1h")]
    Hour,
    /// Eight hours.
    #[value(name = "8h")]
    EightHours,
    /// Seven days.
    Week,
    /// Until it is taken back.
    Always,
}

/// `kith remove`.
#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// Whom: a contact's name or id.
    pub(crate) contact: String,
    /// Don't ask.
    #[arg(long)]
    pub(crate) yes: bool,
}

/// `kith doctor`.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Whose app: a contact's name or id.
    pub(crate) contact: String,
}

/// `kith seed`.
#[derive(Debug, Subcommand)]
pub(crate) enum Seed {
    /// Show the words, until they are confirmed.
    Show,
    /// Check the words that you wrote down; they are then erased here.
    Confirm {
        /// The 24 words; read from standard input when left out.
        words: Vec<String>,
    },
}

/// `kith open`.
#[derive(Debug, Args)]
pub(crate) struct Open {
    /// Whose app: a contact's name or id [default: the home].
    pub(crate) contact: Option<String>,
    /// Only print the address.
    #[arg(long)]
    pub(crate) no_open: bool,
    /// If no agent runs, become it, as 'kith run' does; what launchers do.
    #[arg(long, conflicts_with = "no_open")]
    pub(crate) start: bool,
}

/// Why there is no invocation: the exit code, after everything was printed.
pub(crate) struct Ended {
    /// 0 for help and version, 2 for a usage error.
    pub(crate) code: u8,
}

/// Reads the arguments; prints help, version and usage errors by itself.
pub(crate) fn parse(args: Vec<OsString>) -> Result<Invocation, Ended> {
    Invocation::try_parse_from(&args).map_err(|error| explain(&error, &args))
}

/// Prints why there is no invocation.
fn explain(error: &clap::Error, args: &[OsString]) -> Ended {
    let code = u8::try_from(error.exit_code()).unwrap_or(2);
    let asked = matches!(error.kind(), UsageKind::DisplayHelp | UsageKind::DisplayVersion);
    if asked || !wants_json(args) {
        // Where its own output is closed, there is nobody left to tell.
        let _ = error.print();
    } else {
        Form::Json.usage_error(&first_paragraph(&error.to_string()));
    }
    Ended { code }
}

/// What clap says before its usage and tips, on one line.
fn first_paragraph(text: &str) -> String {
    let lines = text.lines().take_while(|line| !line.is_empty()).map(str::trim);
    lines.collect::<Vec<_>>().join(" ").trim_start_matches("error: ").to_owned()
}

/// Whether JSON was asked for in arguments that could not be read otherwise.
fn wants_json(args: &[OsString]) -> bool {
    args.iter().skip(1).take_while(|arg| *arg != OsStr::new("--")).any(|arg| arg == OsStr::new("--json"))
}

/// Seconds, with a fraction if need be.
fn seconds(text: &str) -> Result<Duration, String> {
    let time = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    time.filter(|time| *time <= WAIT_MAX).ok_or_else(|| "not a number of seconds up to 604800".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_commands_are_declared_without_contradiction() {
        Invocation::command().debug_assert();
    }

    #[test]
    fn a_wait_is_a_bounded_number_of_seconds() {
        assert_eq!(seconds("0.5"), Ok(Duration::from_millis(500)));
        for bad in ["-1", "NaN", "inf", "1e300", "604801", "soon", ""] {
            assert!(seconds(bad).is_err(), "{bad:?} was taken");
        }
    }
}
