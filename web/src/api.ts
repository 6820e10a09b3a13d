/**
 * The local API, as `crates/api` defines it: what a page and the agent say to each other over `/api/ws`.
 *
 * Written by `cargo xtask codegen`; change the Rust types instead.
 */

/** A call from a client. */
export type Call = {
  /** Chosen by the client; the answer carries it. */
  id: number, } & ({ "method": "contacts" } | { "method": "contact", "params": { contact: string | null, } } | { "method": "invite", "params": { name: string, again: boolean, } } | { "method": "invitation", "params": { contact: string | null, } } | { "method": "accept", "params": { code: string, name: string | null, again: string | null, wait_ms: number | null, } } | { "method": "accept_cancel", "params": { code: string, } } | { "method": "send", "params": { contact: string | null, text: string, reply: string | null, wait: State | null, timeout_ms: number | null, } } | { "method": "send_file", "params": { contact: string | null, path: string, caption: string | null, wait: State | null, timeout_ms: number | null, } } | { "method": "files", "params": { contact: string | null, limit: number | null, before: string | null, } } | { "method": "file_get", "params": { contact: string | null, event: string, } } | { "method": "file_pause", "params": { contact: string | null, event: string, } } | { "method": "file_cancel", "params": { contact: string | null, event: string, } } | { "method": "file_free", "params": { contact: string | null, event: string | null, } } | { "method": "storage", "params": { contact: string | null, } } | { "method": "file_save", "params": { contact: string | null, event: string, path: string, replace: boolean, } } | { "method": "log", "params": { contact: string | null, limit: number | null, before: string | null, after: string | null, around: string | null, } } | { "method": "search", "params": { contact: string | null, words: string, limit: number | null, before: string | null, } } | { "method": "delete", "params": { contact: string | null, event: string, } } | { "method": "hide", "params": { contact: string | null, event: string, } } | { "method": "forward", "params": { contact: string | null, event: string, to: string, } } | { "method": "forward_begin", "params": { contact: string | null, event: string, } } | { "method": "forwarding" } | { "method": "forward_to", "params": { to: string, } } | { "method": "draft", "params": { contact: string | null, text: string | null, } } | { "method": "typing", "params": { contact: string | null, } } | { "method": "habits", "params": { contact: string | null, receipts: boolean | null, typing: boolean | null, } } | { "method": "edit", "params": { contact: string | null, event: string, text: string, } } | { "method": "react", "params": { contact: string | null, event: string, emoji: string, } } | { "method": "pin", "params": { contact: string | null, event: string, pinned: boolean, } } | { "method": "pins", "params": { contact: string | null, } } | { "method": "timer", "params": { contact: string | null, seconds: number, } } | { "method": "reach", "params": { contact: string | null, } } | { "method": "resend", "params": { contact: string | null, drop: boolean, } } | { "method": "seen", "params": { contact: string | null, event: string, } } | { "method": "verify", "params": { contact: string | null, verified: boolean, met: boolean, } } | { "method": "rename", "params": { contact: string | null, name: string, } } | { "method": "arrange", "params": { contact: string | null, pinned: boolean | null, muted: Mute | null, archived: boolean | null, blocked: boolean | null, } } | { "method": "search_all", "params": { words: string, limit: number | null, } } | { "method": "read_cards", "params": { piece: string, first: boolean, last: boolean, } } | { "method": "review" } | { "method": "take_cards", "params": { keys: Array<number>, books: boolean, } } | { "method": "drop_cards", "params": { books: boolean, } } | { "method": "photo", "params": { contact: string | null, } } | { "method": "launcher", "params": { contact: string | null, remove: boolean, } } | { "method": "remove", "params": { contact: string | null, } } | { "method": "doctor", "params": { contact: string | null, } } | { "method": "status" } | { "method": "stop" } | { "method": "settings" } | { "method": "choose", "params": { name: string | null, language: string | null, notifications: Notifications | null, lock_after_minutes: number | null, } } | { "method": "set_passphrase", "params": { old: string | null, new: string | null, } } | { "method": "keyring", "params": { passphrase: string, keep: boolean, } } | { "method": "backup", "params": { path: string, passphrase: string, } } | { "method": "backup_ticket", "params": { passphrase: string, } } | { "method": "backup_stop" } | { "method": "lock" } | { "method": "unlock", "params": { passphrase: string, } } | { "method": "active" } | { "method": "announces", "params": { contact: string | null, on: boolean, } } | { "method": "seed_show" } | { "method": "seed_confirm", "params": { words: string, } } | { "method": "open", "params": { contact: string | null, } } | { "method": "way_home" } | { "method": "watch", "params": { contact: string | null, } });

/** What a client can ask. */
export type Request = { "method": "contacts" } | { "method": "contact", "params": { contact: string | null, } } | { "method": "invite", "params": { name: string, again: boolean, } } | { "method": "invitation", "params": { contact: string | null, } } | { "method": "accept", "params": { code: string, name: string | null, again: string | null, wait_ms: number | null, } } | { "method": "accept_cancel", "params": { code: string, } } | { "method": "send", "params": { contact: string | null, text: string, reply: string | null, wait: State | null, timeout_ms: number | null, } } | { "method": "send_file", "params": { contact: string | null, path: string, caption: string | null, wait: State | null, timeout_ms: number | null, } } | { "method": "files", "params": { contact: string | null, limit: number | null, before: string | null, } } | { "method": "file_get", "params": { contact: string | null, event: string, } } | { "method": "file_pause", "params": { contact: string | null, event: string, } } | { "method": "file_cancel", "params": { contact: string | null, event: string, } } | { "method": "file_free", "params": { contact: string | null, event: string | null, } } | { "method": "storage", "params": { contact: string | null, } } | { "method": "file_save", "params": { contact: string | null, event: string, path: string, replace: boolean, } } | { "method": "log", "params": { contact: string | null, limit: number | null, before: string | null, after: string | null, around: string | null, } } | { "method": "search", "params": { contact: string | null, words: string, limit: number | null, before: string | null, } } | { "method": "delete", "params": { contact: string | null, event: string, } } | { "method": "hide", "params": { contact: string | null, event: string, } } | { "method": "forward", "params": { contact: string | null, event: string, to: string, } } | { "method": "forward_begin", "params": { contact: string | null, event: string, } } | { "method": "forwarding" } | { "method": "forward_to", "params": { to: string, } } | { "method": "draft", "params": { contact: string | null, text: string | null, } } | { "method": "typing", "params": { contact: string | null, } } | { "method": "habits", "params": { contact: string | null, receipts: boolean | null, typing: boolean | null, } } | { "method": "edit", "params": { contact: string | null, event: string, text: string, } } | { "method": "react", "params": { contact: string | null, event: string, emoji: string, } } | { "method": "pin", "params": { contact: string | null, event: string, pinned: boolean, } } | { "method": "pins", "params": { contact: string | null, } } | { "method": "timer", "params": { contact: string | null, seconds: number, } } | { "method": "reach", "params": { contact: string | null, } } | { "method": "resend", "params": { contact: string | null, drop: boolean, } } | { "method": "seen", "params": { contact: string | null, event: string, } } | { "method": "verify", "params": { contact: string | null, verified: boolean, met: boolean, } } | { "method": "rename", "params": { contact: string | null, name: string, } } | { "method": "arrange", "params": { contact: string | null, pinned: boolean | null, muted: Mute | null, archived: boolean | null, blocked: boolean | null, } } | { "method": "search_all", "params": { words: string, limit: number | null, } } | { "method": "read_cards", "params": { piece: string, first: boolean, last: boolean, } } | { "method": "review" } | { "method": "take_cards", "params": { keys: Array<number>, books: boolean, } } | { "method": "drop_cards", "params": { books: boolean, } } | { "method": "photo", "params": { contact: string | null, } } | { "method": "launcher", "params": { contact: string | null, remove: boolean, } } | { "method": "remove", "params": { contact: string | null, } } | { "method": "doctor", "params": { contact: string | null, } } | { "method": "status" } | { "method": "stop" } | { "method": "settings" } | { "method": "choose", "params": { name: string | null, language: string | null, notifications: Notifications | null, lock_after_minutes: number | null, } } | { "method": "set_passphrase", "params": { old: string | null, new: string | null, } } | { "method": "keyring", "params": { passphrase: string, keep: boolean, } } | { "method": "backup", "params": { path: string, passphrase: string, } } | { "method": "backup_ticket", "params": { passphrase: string, } } | { "method": "backup_stop" } | { "method": "lock" } | { "method": "unlock", "params": { passphrase: string, } } | { "method": "active" } | { "method": "announces", "params": { contact: string | null, on: boolean, } } | { "method": "seed_show" } | { "method": "seed_confirm", "params": { words: string, } } | { "method": "open", "params": { contact: string | null, } } | { "method": "way_home" } | { "method": "watch", "params": { contact: string | null, } };

/** The agent's answer to a call, or a push. */
export type Reply = { id: number, ok: unknown, } | { id: number, error: Error, } | { push: Push, };

/** Something that changed, to those who watch. */
export type Push = {
  /**
   * Ascending within one agent's run. A client does not hear every change, so numbers are left out; when pushes
   * meant for it were lost, the connection ends, and the client asks anew.
   */
  seq: number, } & ({ "contact": Contact } | { "contact_removed": string } | { "found": number } | { "message": { contact: string, message: Message, } } | { "message_gone": { contact: string, event: string, } } | { "file": FileProgress } | { "typing": string } | { "backup": BackupProgress } | { "status": Status });

/** What changed. */
export type Change = { "contact": Contact } | { "contact_removed": string } | { "found": number } | { "message": { contact: string, message: Message, } } | { "message_gone": { contact: string, event: string, } } | { "file": FileProgress } | { "typing": string } | { "backup": BackupProgress } | { "status": Status };

/** One contact: one relationship, one app. */
export type Contact = {
  /** Stable id; never begins with '-'. */
  contact: string,
  /** What this person calls them. */
  name: string,
  /** Whether the two are paired. */
  state: ContactState,
  /** The stage under way; those before it are done. All four are once `state` is `connected`. */
  stage: Stage,
  /** What the current stage waits for or why it failed: a Fluent message id with its arguments resolved by the client. */
  note: Note | null,
  /** The app's own origin. */
  app_url: string,
  /** The safety number was compared. */
  verified: boolean,
  /** They met in person to compare it. */
  met: boolean,
  /** Reachable: connected, or heartbeats are answered. */
  online: boolean,
  /** What lies between the two devices. */
  path: Path,
  /** Sixty digits in twelve groups, once the other's identity is known. */
  safety_number: string | null,
  /** Which half of the mark is this side's. */
  side: Side,
  /** 64 hex digits once both halves are known; 32 (this side's half) before. */
  mark: string,
  /** Messages of theirs not yet shown to this person. */
  unread: number,
  /** Own messages that wait here. */
  waiting: number,
  /** Own messages that were meant for this contact's keys of before, and wait for this person's word (`Resend`). */
  held: number,
  /** The two paired anew, so the safety number is another one and was not compared since: what vouches for the new keys. */
  renewed: Vouched | null,
  /** The newest message. */
  last: Message | null,
  /** What the apps of both sides can do; a newer app does not ask for what an older one could not show. */
  can: Array<Ability>,
  /** Eight hex digits of what both sides' apps have in common, the same at both; null before that is known. */
  manifest: string | null,
  /** The contact hears what this person has seen, and this person hears it of them. */
  receipts: boolean,
  /** The contact hears when this person writes, and this person hears it of them. */
  typing: boolean,
  /** The beginning of what was written to them and not sent. */
  draft: string | null,
  /** For how long messages stay. */
  timers: Timers,
  /** Milliseconds since 1970 when the path last changed, if known. */
  path_since: number | null,
  /** Milliseconds since 1970 when this contact was made here. */
  created_at: number,
  /** Above the others. */
  pinned: boolean,
  /** Nothing announces its messages. */
  muted: boolean,
  /** Until when, milliseconds since 1970 by this device's clock; null for good, or where it is not muted. */
  muted_until: number | null,
  /** Apart from the others. While something in it is unread and it is not muted, clients show it with them. */
  archived: boolean,
  /** Neither dialled nor answered; nothing of theirs is shown or announced. */
  blocked: boolean, };

/** For how many seconds messages stay; null: for good. */
export type Timers = {
  /** As this person said last. */
  mine: number | null,
  /** As the contact did. */
  theirs: number | null,
  /** What is in force: the longer of the two. */
  in_force: number | null, };

/** Where a contact stands in its person's list. Nobody else hears of it. */
export type Place = {
  /** Above the others. */
  pinned: boolean,
  /** Nothing announces its messages. */
  muted: boolean,
  /** Until when, milliseconds since 1970 by this device's clock; null for good, or where it is not muted. */
  muted_until: number | null,
  /** Apart from the others. While something in it is unread and it is not muted, clients show it with them. */
  archived: boolean,
  /** Neither dialled nor answered; nothing of theirs is shown or announced. */
  blocked: boolean, };

/** How long a contact is to be muted from here on. */
export type Mute = "off" | "hour" | "eight_hours" | "week" | "always";

/** Whether two people are paired. */
export type ContactState = "saved" | "inviting" | "connecting" | "connected" | "failed";

/** The four stages of making an app. One is left only when what it made is durable here. */
export type Stage = "generating" | "keys" | "connection" | "secure";

/** What vouches for the keys of a contact that paired anew, until its number is compared. */
export type Vouched = "words" | "nothing";

/** Something that both sides' apps have to know, for one of them to do it. */
export type Ability = "edit" | "react" | "files" | "pin" | "disappear";

/** A sentence for the person, by its Fluent id. */
export type Note = {
  /** The Fluent message id, such as `wait-for-code`. */
  id: string,
  /** A number that the sentence carries, such as the tries left. */
  count: number | null, };

/** What lies between the two devices. */
export type Path = "direct" | "relayed" | "none";

/** Which half of the mark is this side's. */
export type Side = "inviter" | "answerer";

/** One message of a conversation. */
export type Message = {
  /** The event's id. */
  event: string,
  /** Written by this person. */
  mine: boolean,
  /** The writer's name as known here; "you" is left to the client. */
  from: string,
  /** `text`, `file`, `deleted`, `notice`, or `unknown` for what a newer version wrote. */
  kind: Kind,
  /** The text, the newest wording if it was edited; empty when it is gone or unknown. */
  text: string,
  /** What it answers. */
  quote: Quote | null,
  /** The emoji at it, at most one of each person. */
  reactions: Array<Reaction>,
  /** Delivery of an own message, of its newest wording if it was edited; null for others'. */
  state: State | null,
  /** The writer's clock, milliseconds since 1970. */
  sent_at: number,
  /** Its text was replaced. */
  edited: boolean,
  /** It came long after it was written, behind messages its writer could not know. */
  late: boolean,
  /** It was meant for the other's keys of before, and waits for this person's word. */
  held: boolean,
  /** What this device tells its person, with kind `notice`. */
  notice: Notice | null,
  /** The file, with kind `file`; `text` is what was written beside it. */
  file: FileInfo | null,
  /** It is pinned for both. */
  pinned: boolean,
  /** It disappears: so many seconds after its time has begun. */
  timer: number | null,
  /** When it leaves by this device's clock, milliseconds since 1970, once its time has begun; display only. */
  leaves_at: number | null, };

/** What a message is. */
export type Kind = "text" | "file" | "deleted" | "notice" | "unknown";

/** What a message answers, as it reads here at the moment. */
export type Quote = {
  /** The event that is answered. */
  event: string,
  /** This person wrote it. */
  mine: boolean,
  /** Its writer's name as known here; empty when it is not here. */
  from: string,
  /** What it is; `deleted` also when it is not here. */
  kind: Kind,
  /** The beginning of its text. */
  text: string, };

/** One person's emoji at a message. */
export type Reaction = {
  /** One emoji. */
  emoji: string,
  /** This person's own. */
  mine: boolean,
  /** Whose, as known here. */
  from: string, };

/** What this device tells its own person in a conversation. It comes from nobody and is never sent. */
export type Notice = { "what": "device_joined", mine: boolean, waiting: number, } | { "what": "device_left", mine: boolean, } | { "what": "lists_forked", mine: boolean, } | { "what": "recovered", mine: boolean, } | { "what": "paired_anew", held: number, proven: boolean, } | { "what": "held_sent", messages: number, } | { "what": "timer", mine: boolean, seconds: number, } | { "what": "began_anew" } | { "what": "copy_proven" } | { "what": "unknown" };

/** A file that somebody sent. All but `size`, once it is here, is its sender's word. */
export type FileInfo = {
  /** What it is called: safe to show and to be a file's name, never a path. */
  name: string,
  /** Bytes. */
  size: number,
  /** Such as `image/png`; empty where it is not known. */
  media_type: string,
  /** How it stands on this device. */
  state: FileState,
  /** Bytes that are here and were checked; of an own file, those that their device has. */
  have: number,
  /** A small picture of it as base64. */
  thumbnail: string | null,
  /** Width in pixels. */
  width: number | null,
  /** Height in pixels. */
  height: number | null,
  /** How long it plays, in milliseconds. */
  duration_ms: number | null,
  /** A voice note's loudness over time, 0 to 255. */
  waveform: Array<number> | null, };

/** How a file stands on this device. */
export type FileState = "here" | "offered" | "waiting" | "moving" | "paused" | "held" | "cancelled" | "unchecked" | "no_room" | "gone" | "removed";

/** How far a file has come. */
export type FileProgress = {
  /** The contact. */
  contact: string,
  /** The file's event. */
  event: string,
  /** How it stands. */
  state: FileState,
  /** Bytes that are here and were checked; of an own file, those that were given. */
  have: number,
  /** Bytes of the whole. */
  size: number, };

/** A file that was written. */
export type FileSaved = {
  /** Where. */
  path: string,
  /** Its bytes. */
  size: number, };

/** A backup that was made. */
export type BackedUp = {
  /** The file; null where a page downloads it. */
  path: string | null,
  /** Its bytes. */
  size: number,
  /** Contacts in it. */
  contacts: number,
  /** Files in it. */
  files: number,
  /** Names of contacts whose vault can't be read, so that nothing of what was said is in it. */
  left_out: Array<string>, };

/** How far the backup is that is being made. Under way there is neither `made` nor `error`. */
export type BackupProgress = {
  /** Bytes that are in it. */
  written: number,
  /** About how many it will have. */
  about: number,
  /** It is whole: on disk, or handed to the browser to its last byte. */
  made: BackedUp | null,
  /** Why it ended before. */
  error: Error | null, };

/** What a page fetches a backup with: `GET /api/backup?t=<ticket>` on home's origin, once and within a minute. */
export type BackupTicket = {
  /** The ticket. */
  ticket: string,
  /** About how many bytes the backup will have. */
  about: number, };

/** Whether somebody can be reached at this moment. */
export type Reached = {
  /** A device of theirs answered; what waits is on its way. */
  reached: boolean, };

/** What all contacts' apps keep on this device. */
export type Storage = {
  /** One for each app that keeps anything, the largest first. */
  apps: Array<Kept>,
  /** Room left on the disk, where that is known. */
  room_bytes: number | null, };

/** What one contact's app keeps on this device: all of it together is what lies on the disk. */
export type Kept = {
  /** The contact. */
  contact: string,
  /** What this person calls them. */
  name: string,
  /** The vault: messages, keys. */
  vault_bytes: number,
  /** Files that this person sent. */
  sent: KeptFiles,
  /** Files that came, all of each. */
  came: KeptFiles,
  /** Files of which a part came. */
  partly: KeptFiles,
  /** Files that are being sealed at this moment, and those of a vault that can't be read. */
  other: KeptFiles,
  /** All of these. */
  bytes: number, };

/** Some of the files on this device. */
export type KeptFiles = {
  /** How many. */
  files: number,
  /** What they take on the disk, sealed. */
  bytes: number, };

/** What was removed from this device. */
export type Freed = {
  /** Files whose bytes were here. */
  files: number,
  /** What they took on the disk. */
  bytes: number, };

/** A message that was handed to home to be sent on. */
export type Forwarded = {
  /** Its text, as it reads at the moment. */
  text: string, };

/** A message that was deleted, and what came of it. In JSON the message's fields, and `outcome`. */
export type Deletion = {
  /** What was achieved. */
  outcome: DeletionOutcome,
  /** The event's id. */
  event: string,
  /** Written by this person. */
  mine: boolean,
  /** The writer's name as known here; "you" is left to the client. */
  from: string,
  /** `text`, `file`, `deleted`, `notice`, or `unknown` for what a newer version wrote. */
  kind: Kind,
  /** The text, the newest wording if it was edited; empty when it is gone or unknown. */
  text: string,
  /** What it answers. */
  quote: Quote | null,
  /** The emoji at it, at most one of each person. */
  reactions: Array<Reaction>,
  /** Delivery of an own message, of its newest wording if it was edited; null for others'. */
  state: State | null,
  /** The writer's clock, milliseconds since 1970. */
  sent_at: number,
  /** Its text was replaced. */
  edited: boolean,
  /** It came long after it was written, behind messages its writer could not know. */
  late: boolean,
  /** It was meant for the other's keys of before, and waits for this person's word. */
  held: boolean,
  /** What this device tells its person, with kind `notice`. */
  notice: Notice | null,
  /** The file, with kind `file`; `text` is what was written beside it. */
  file: FileInfo | null,
  /** It is pinned for both. */
  pinned: boolean,
  /** It disappears: so many seconds after its time has begun. */
  timer: number | null,
  /** When it leaves by this device's clock, milliseconds since 1970, once its time has begun; display only. */
  leaves_at: number | null, };

/** What a deletion achieved. */
export type DeletionOutcome = "never_delivered" | "withdrawn" | "asked" | "here";

/** What is known of an own message's delivery, ascending. */
export type State = "waiting" | "sent" | "delivered" | "seen";

/** An open invitation. */
export type Invitation = {
  /** Whose. */
  contact: string,
  /** `481920-guitarist-…`, to read aloud. */
  code: string,
  /** `kith:…`, to send. */
  link: string,
  /** When the code ends by this device's clock, milliseconds since 1970; display only. */
  expires_at: number,
  /** When the link ends, likewise. */
  link_expires_at: number,
  /** Wrong tries so far. */
  failures: number,
  /** Tries left before the code dies. */
  tries_left: number,
  /** The link as a QR: an SVG. */
  qr_svg: string, };

/** An answered invitation. */
export type Accepted = {
  /** The contact. */
  contact: string,
  /** `connecting` or `connected`. */
  state: ContactState, };

/** A sent message. */
export type Sent = {
  /** The event's id. */
  event: string,
  /** What is known when this is answered. */
  state: State, };

/** Messages that waited for a word. */
export type Resent = {
  /** How many were written again, or deleted. */
  messages: number, };

/** The seed words. */
export type Seed = {
  /** The 24 words; null once they were confirmed. */
  words: Array<string> | null,
  /** They were written down and checked; nothing of the root is here. */
  confirmed: boolean, };

/** The choices as they stand. */
export type Settings = {
  /** The name that people who are invited see; none was given where it is `None`. */
  name: string | null,
  /** The language of pages and notifications (`en`, `de`, `ar`); `None`: as each browser, and this user's environment, has it. */
  language: string | null,
  /** The home is under a passphrase, so it can be locked. */
  passphrase: boolean,
  /** What the passphrase comes to is in the desktop's keyring, so that Kith starts without asking. */
  keyring: boolean,
  /** Pages and commands are locked at present. */
  locked: boolean,
  /** Minutes without anybody at a page or a command after which the device locks itself; 0: never. */
  lock_after_minutes: number,
  /** What the desktop's notifications say. */
  notifications: Notifications, };

/** What a notification says. */
export type Notifications = "off" | "names" | "texts";

/** What was found and waits for the person's choice. */
export type Review = {
  /** The people, in the order in which they were found. */
  people: Array<Candidate>,
  /** Cards that were left out, and why. */
  skipped: Array<SkippedCards>,
  /**
   * Why the address book on a server could not be read when it was last asked, in the words of whatever failed; `None`
   * where it could, and where there is none.
   */
  unread: string | null, };

/** Somebody who was found. */
export type Candidate = {
  /** To choose by, in this review. */
  key: number,
  /** What the contact would be called. */
  name: string,
  /** The card has a photograph that can be shown. */
  photo: boolean,
  /** Whether they are somebody new. */
  standing: Standing,
  /** The contact that is there already. */
  contact: string | null,
  /** The card lies in an address book that is watched, rather than in a file that was handed over. */
  book: boolean, };

/** Whether somebody who was found is new here. */
export type Standing = "new" | "known" | "same_name" | "twice";

/** Cards that were left out for one reason. */
export type SkippedCards = {
  /** Why. */
  why: SkippedWhy,
  /** How many. */
  count: number, };

/** Why cards were left out. */
export type SkippedWhy = "unnamed" | "not_a_person" | "too_large" | "unreadable" | "too_many";

/** A contact's photograph, from its card. */
export type Photo = {
  /** `image/jpeg`, `image/png` or `image/webp`. */
  media_type: string,
  /** Its bytes in base64. */
  base64: string, };

/** A launcher on the desktop. */
export type Launcher = {
  /** The `.desktop` file; null where there is none any more. */
  path: string | null, };

/** What was found in all conversations. */
export type Everywhere = {
  /** The newest first. */
  hits: Array<Hit>,
  /** Every conversation was searched. False where one can't be read, or newer searches took this one's place. */
  whole: boolean, };

/** A text in which each of the words begins a word. */
export type Hit = {
  /** In whose conversation. */
  contact: string,
  /** The message's event. */
  event: string,
  /** Written by this person. */
  mine: boolean,
  /** What of the text is around the first word found, on one line, with … where something was left out. */
  text: string,
  /** The writer's clock, milliseconds since 1970. */
  sent_at: number, };

/** A link to open in a browser. */
export type Open = {
  /** With a one-time key in its fragment, but as an answer to `WayHome`. */
  url: string, };

/** The start of pushes. */
export type Watching = {
  /** The seq of the newest push before this. */
  seq: number,
  /** On a contact's own origin, that contact's id; null on home and the local socket. */
  scope: string | null, };

/** What this device is doing. */
export type Status = {
  /** The agent's version. */
  version: string,
  /** Where its data lies. */
  home: string,
  /** The home app, without a key. */
  home_url: string,
  /** The web port. */
  port: number,
  /** The UDP port of the network. */
  udp_port: number,
  /** The name given to people who are invited. */
  name: string | null,
  /** Contacts. */
  contacts: number,
  /** Of which reachable. */
  online: number,
  /** Of which directly. */
  direct: number,
  /** Own messages that wait here. */
  waiting: number,
  /** Bytes kept in vaults. */
  stored_bytes: number,
  /** The key lies in a file that whoever reads this user's files can read, rather than under a passphrase. */
  key_in_file: boolean,
  /** The seed words were written down and checked. */
  seed_confirmed: boolean,
  /** `lan` when kept to the LAN, else `internet`. */
  reach: string, };

/** How one contact's app stands. */
export type Doctor = {
  /** The contact's id. */
  contact: string,
  /** What this person calls them. */
  name: string,
  /** What a person should hear, gravest first; nothing when all is well. */
  findings: Array<Finding>,
  /** Reachable: connected, or heartbeats are answered. */
  online: boolean,
  /** What lies between the two devices. */
  path: Path,
  /** Own messages that wait here. */
  waiting: number,
  /** Turns in which the core itself failed, in this run of the agent. */
  faults: number,
  /** Why the conversation can't be used, if it can't. */
  trouble: Error | null,
  /** Bytes of the vault on disk; null when it can't be opened. */
  vault_bytes: number | null,
  /** The vault's pages and structure are whole; null when it can't be opened. */
  vault_sound: boolean | null,
  /** The core's own state; null when there is none to read. */
  core: DoctorCore | null, };

/** Something a person should hear of a contact's app. */
export type Finding = { "what": "resting", faults: number, } | { "what": "broken" } | { "what": "unsound" } | { "what": "retired" } | { "what": "restored" } | { "what": "copy_proven", devices: number, } | { "what": "refused", records: number, } | { "what": "outside", devices: number, } | { "what": "parked", mine: boolean, devices: number, } | { "what": "faults", faults: number, } | { "what": "not_connected" } | { "what": "blocked" } | { "what": "away", waiting: number, };

/** What the core knows of a conversation. */
export type DoctorCore = {
  /** This device found itself to be a copy or set back. */
  retired: boolean,
  /** Both directions have carried at least once. */
  established: boolean,
  /** The log that this device writes. */
  own: DoctorOwnLog,
  /** Every other device. */
  devices: Array<DoctorDevice>,
  /** Every log that is read. */
  logs: Array<DoctorLog>, };

/** The log that this device writes. */
export type DoctorOwnLog = {
  /** Its id. */
  log: string,
  /** The seq that the next record gets. */
  next: number,
  /** The lowest seq whose record is still kept. */
  kept_from: number,
  /** Records since the last commit. */
  since_commit: number,
  /** Logs that were lost and that this one took the place of. */
  formers: number, };

/** Another device and the own log. */
export type DoctorDevice = {
  /** Its id. */
  device: string,
  /** It is this person's own. */
  mine: boolean,
  /** It stands in its person's list. */
  in_force: boolean,
  /** There is a greeted connection to it. */
  connected: boolean,
  /** It has a leaf in the own group. */
  has_leaf: boolean,
  /** It was silent so long that its leaf was taken. */
  parked: boolean,
  /** Commits of the own log since it was last heard. */
  silent: number,
  /** The counter of its newest receipt. */
  receipt: number,
  /** The last seq that it said it has. */
  through: number | null,
  /** Events sealed for it and not receipted. */
  owed_sealed: number,
  /** Events that wait unsealed for it. */
  owed_unsealed: number,
  /** It is there and waits until it may be added. */
  waits_to_enter: boolean, };

/** A log that is read. */
export type DoctorLog = {
  /** Its id. */
  log: string,
  /** The device that writes it. */
  writer: string,
  /** The last seq read; null without a place in it. */
  through: number | null,
  /** Records that were refused and whose writer is not known to have heard so. */
  refused: Array<DoctorRefusal>,
  /** Its writer signed two records for one place. */
  forked: boolean,
  /** A KeyPackage of this device stands at its writer. */
  offer_stands: boolean, };

/** A refused record. */
export type DoctorRefusal = {
  /** Its place in the log. */
  seq: number,
  /** Why, as `spec/log.md` numbers it. */
  code: number, };

/** Why something was not done, in words a person can read (LOOP-049). */
export type Error = {
  /** For scripts. */
  kind: ErrorKind,
  /** Its sentence in the `errors.ftl` of each language; empty where what stands in `message` and `hint` was said to its reader. */
  id: string,
  /** What is filled into that sentence. */
  words: { [key in string]: Word },
  /** What led to it, if that is an error of its own. */
  cause: Error | null,
  /** What is wrong, in English where there is an id. */
  message: string,
  /** What to do next. */
  hint: string, };

/** What is filled into a sentence. */
export type Word = number | string;

/** Kinds of error that scripts may rely on; more may follow. */
export type ErrorKind = "bad_request" | "not_found" | "ambiguous" | "exists" | "bad_input" | "too_large" | "wrong_code" | "dead_code" | "unanswered" | "timed_out" | "wrong_state" | "not_running" | "already_running" | "wrong_passphrase" | "keyring" | "locked" | "bad_home" | "bad_config" | "storage" | "network" | "forbidden" | "internal";
