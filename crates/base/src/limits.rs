//! Every bound in Kith, each with its reason. A peer can't crash us, fill us, or make us speak.

use std::time::Duration;

/// Longest text of one message in bytes: a long chapter. Larger goes as a file.
pub const TEXT_BYTES_MAX: usize = 256 * 1024;
/// A reaction in bytes: the longest emoji that Unicode recommends has 41.
pub const REACTION_BYTES_MAX: usize = 64;
/// Rounds of pinning one event and taking its pin away: nobody clicks that often (EVT-080).
pub const PIN_ROUNDS_MAX: u64 = 1 << 32;
/// Shortest time that a message stays, in seconds: as long as a glance takes (EVT-070).
pub const TIMER_SECONDS_MIN: u64 = 5;
/// Longest: whoever wants more wants messages that stay.
pub const TIMER_SECONDS_MAX: u64 = 366 * 24 * 3600;
/// How often the clock of a vault is stored while something on it runs out: as much as a wrong wall clock can cost (EVT-073).
pub const EXPIRY_CLOCK_EVERY: Duration = Duration::from_secs(3600);
/// How often it is looked at meanwhile: a machine that slept is behind by no more.
pub const EXPIRY_LOOK_EVERY: Duration = Duration::from_secs(600);
/// A wall clock that moved by more was set (EVT-073).
pub const EXPIRY_WALL_STEP_MAX: Duration = Duration::from_secs(366 * 24 * 3600);
/// Events that leave in one turn: a year of them is no reason to keep anybody waiting.
pub const EXPIRIES_IN_TURN_MAX: usize = 256;
/// How often a device says that its person is writing (LOG-044).
pub const TYPING_EVERY: Duration = Duration::from_secs(3);
/// Largest packet that says so.
pub const TYPING_PACKET_BYTES_MAX: usize = 64;
/// Word that somebody is writing, for each contact at most: what comes in between wakes nobody.
pub const TYPING_HEARD_EVERY: Duration = Duration::from_secs(1);
/// Largest event body, text with its framing.
pub const BODY_BYTES_MAX: usize = TEXT_BYTES_MAX + 4096;
/// Event bodies gathered in one record before it is closed: a backlog becomes few records, and one lost record little work.
pub const RECORD_EVENTS_BYTES: usize = 192 * 1024;
/// Events in one record, so that a record of tiny events stays bounded in rows.
pub const RECORD_EVENTS_MAX: usize = 512;
/// Largest sealed record: one maximal event, its frame, MLS overhead and a commit of fifty devices.
pub const RECORD_BYTES_MAX: usize = 768 * 1024;
/// Largest packet on a connection: a record and its frame.
pub const PACKET_BYTES_MAX: usize = RECORD_BYTES_MAX + 4096;
/// Records sent ahead of the reader's receipt, so that a slow reader bounds our memory (LOG-023).
pub const RECORDS_IN_FLIGHT_MAX: u64 = 64;
/// Devices in one conversation: MLS commits grow with the number of leaves.
pub const DEVICES_MAX: usize = 50;
/// Devices in one person's list.
pub const LIST_DEVICES_MAX: usize = 16;
/// Logs that one person's list cuts off: those of removed devices that somebody might still hear from.
pub const LIST_CUTS_MAX: usize = 64;
/// Lists of one person that a device remembers by their hash, to tell another list of a rank that it knew.
pub const LISTS_REMEMBERED_MAX: usize = 64;
/// Devices that left which a device remembers of one person: what they wrote before stays theirs.
pub const FORMER_DEVICES_MAX: usize = 64;
/// Largest introduction: a KeyPackage, a letter key, a card, sealed, with room to grow.
pub const INTRODUCTION_BYTES_MAX: usize = 12 * 1024;
/// Introductions kept in memory until the list comes that names their device: those of one person's devices to another's.
pub const INTRODUCTIONS_EARLY_MAX: usize = 64;
/// Largest signed device list: sixteen devices of 1.3 kB, their cuts, and room to grow.
pub const LIST_BYTES_MAX: usize = 40 * 1024;
/// Largest identity bundle: one X-Wing key, two signing keys, and room to grow.
pub const BUNDLE_BYTES_MAX: usize = 4096;
/// Parents an event names: more heads than writers can't be.
pub const PARENTS_MAX: usize = DEVICES_MAX;
/// Refusals one receipt names; a reader with more asks to be swapped in anew.
pub const REFUSALS_MAX: usize = 64;
/// How far ahead a reader may skip voided records before the group must be joined anew.
pub const VOID_DISTANCE_MAX: u64 = 100;
/// Records of a log after which its writer rekeys (LOG-034).
// SEAL-045
pub const REKEY_RECORDS: u64 = 100;
/// Rekeys of a writer in which a device said nothing: its leaf goes, so that a tablet in a drawer keeps no keys.
pub const PARK_REKEYS: u64 = 30;
/// Logs that one device may begin one after the other in a conversation because its sending state was lost: a reader
/// that met none of them looks this far.
pub const SUCCESSIONS_MAX: usize = 32;
/// How long a device that lost its place again and again waits to be added: it makes its writer work each time.
pub const READMIT_AFTER_MAX: Duration = Duration::from_secs(3600);
/// How long a device that lost its place has to be well before that is forgotten: one that comes and goes on purpose makes
/// its writer commit no more often than this lets it.
pub const READMIT_FORGETS_AFTER: Duration = Duration::from_secs(60);
/// Counters of events above this don't raise those of their person's other devices: more events than anybody writes, so that
/// a device that lies can't use up the numbers of the others.
pub const EVENT_COUNTER_FOLLOWED_MAX: u64 = 1 << 53;
/// Deletions and edits remembered, each, whose event has not come.
pub const CHANGES_AHEAD_MAX: usize = 1024;
/// Devices, there or gone, of whose events a conversation knows the greatest counter; with more of them it looks for each event
/// that comes.
pub const DEVICES_COUNTED_MAX: usize = 256;
/// Running time after which a log's writer rekeys.
pub const REKEY_AFTER: Duration = Duration::from_secs(24 * 3600);
/// How often a record or Welcome is opened after its attempt was stored, where this device was seen to fail: with the
/// attempt that nobody foresaw, twice.
pub const NOTED_TRIES_MAX: u8 = 1;
/// The same where a run of the agent ended without a word: most likely somebody killed it, or the power went, and what it
/// had just begun is not to blame.
pub const NOTED_TRIES_UNCLEAN_MAX: u8 = 2;
/// Turns of one conversation that may fail by a fault of ours before it rests until the next start: one record may fail
/// twice before it is refused, and that must not be the end.
pub const TURN_FAULTS_MAX: u32 = 3;
/// A contact's name in bytes.
pub const NAME_BYTES_MAX: usize = 128;
/// Contacts in one home; the list, the registry and trial proofs stay quick.
pub const CONTACTS_MAX: usize = 5_000;
/// One address-book card with its photograph; larger ones are no people's.
pub const CARD_BYTES_MAX: usize = 4 * 1024 * 1024;
/// One file of cards: thousands of people with photographs.
pub const CARD_FILE_BYTES_MAX: usize = 128 * 1024 * 1024;
/// Photographs of people who are being looked through; beyond it people come without.
pub const REVIEW_PHOTO_BYTES_MAX: usize = 64 * 1024 * 1024;
/// A photograph of a card, as phones keep them in address books.
pub const CARD_PHOTO_BYTES_MAX: usize = 512 * 1024;
/// The id by which an address book knows a card.
pub const CARD_UID_BYTES_MAX: usize = 255;
/// Wrong confirmations that kill a pairing code: an attacker's chance stays below one in 2^29.
pub const CODE_FAILURES_MAX: u32 = 5;
/// How long a spoken code is open, in the inviter's own running time.
pub const CODE_OPEN: Duration = Duration::from_secs(10 * 60);
/// How long a link or QR is open, in the inviter's own running time.
pub const LINK_OPEN: Duration = Duration::from_secs(7 * 24 * 3600);
/// What a link says about where its inviter is, in bytes: the text fits a QR code that a phone reads from a screen.
pub const LINK_CARD_BYTES_MAX: usize = 150;
/// Largest pairing message: an identity, a device list and a KeyPackage with room to grow.
pub const PAIRING_BYTES_MAX: usize = 64 * 1024;
/// Largest hello message.
pub const HELLO_BYTES_MAX: usize = 4096;
/// Addresses kept for one device.
pub const ADDRESSES_MAX: usize = 16;
/// Recovery keys of a home; each pairing consumes one.
pub const RECOVERY_POOL: u32 = 1024;
/// Indices that recovery keys are drawn from and looked for under: a second of work, and room for many lost homes.
pub const RECOVERY_INDICES: u32 = 65_536;
/// Identities kept of people who paired anew with the same contact.
pub const PAST_MAX: usize = 16;
/// Unknown heartbeats that are tried against every contact in one second.
pub const HEARTBEAT_TRIALS_PER_SECOND: u32 = 200;
/// A line on the local socket: one message and its frame.
pub const LOCAL_LINE_BYTES_MAX: usize = 12 * 1024 * 1024;
/// Largest file: the most that usual file systems hold, and its top hashes are 2 MiB.
pub const FILE_BYTES_MAX: u64 = 1 << 44;
/// Longest name of a file in bytes: file systems take 255, and endings of our own are put behind.
pub const FILE_NAME_BYTES_MAX: usize = 200;
/// Longest media type of a file in bytes, as RFC 6838 has it.
pub const FILE_TYPE_BYTES_MAX: usize = 127;
/// Largest thumbnail that travels in a file's event: a small picture at once, without asking for the file.
pub const FILE_THUMBNAIL_BYTES_MAX: usize = 24 * 1024;
/// Steps of a voice note's waveform, each a byte: as many bars as a bubble has room for, and some.
pub const FILE_WAVEFORM_MAX: usize = 256;
/// Longest words beside a file in bytes.
pub const FILE_CAPTION_BYTES_MAX: usize = 16 * 1024;
/// Pieces of 256 KiB asked for at once: an answer takes a fraction of a second, and what comes between waits as long at most.
pub const FILE_PIECES_ASKED_MAX: u64 = 64;
/// Streams of files that one device may have open to another on a connection.
pub const FILE_STREAMS_MAX: u32 = 4;
/// Largest file that is taken without being asked for: a picture or a voice note is there when its message is.
pub const FILE_UNASKED_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// Bytes of files of one contact that are taken unasked in an hour, so that nobody fills a disk while its owner sleeps.
pub const FILES_UNASKED_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// Room left on a disk by what is taken from others: vaults must still be written.
pub const DISK_LEFT_MIN: u64 = 256 * 1024 * 1024;
/// How often a piece that did not lead to its file's root is asked for again.
pub const FILE_BAD_PIECES_MAX: u32 = 3;
/// Questions about files that a stream may ask at once where their answers are short: the hashes of 64 GiB.
pub const FILE_QUESTIONS_AT_ONCE: u32 = 256;
/// Such questions a second beyond that: the hashes of 8 GiB. Each costs a look into a vault, and its asker nearly nothing.
pub const FILE_QUESTIONS_PER_SECOND: u32 = 32;
