# What the command line says. Errors of the agent come as ready text and are not here.

## Errors

error = kith: { $message }
error-no-home = This account has no home directory to keep data in.
hint-no-home = Name a directory with --home.
hint-usage = Try 'kith --help'.
error-json = The answer can't be written as JSON: { $why }.
error-stdout = Standard output can't be written: { $why }.
hint-stdout = Free some space, or send the output elsewhere.
error-answer = The agent answered in a way that this version doesn't understand: { $why }.
hint-answer = Stop the agent with 'kith stop' and start it with this version.
error-unanswered = The agent's answer was lost.
error-signals = The system refused to say when to stop: { $why }.
error-terminal = The terminal can't be used: { $why }.
hint-terminal = Give the answer as an option; 'kith COMMAND --help' names it.
error-tui-json = 'kith tui' is a screen and prints nothing.
hint-tui-json = Use 'kith contacts --json' and 'kith log NAME --follow --json'.
hint-bug = This is a fault in Kith. Please report it.

## Running the agent

ready = Kith is running: { $url }
ready-open = Open this address within a minute; it works once: { $url }
restore-ask = Type your 24 words, in their order:
passphrase-ask = Passphrase of this home:{" "}
passphrase-again = That was not it. Passphrase:{" "}
error-passphrase-file = The passphrase can't be read from { $file }: { $why }.
hint-passphrase-file = The file holds the passphrase on one line, in UTF-8.
passphrase-size = it is empty or too long
not-utf8 = it is not UTF-8

## Pairing

invite-read = Read this to { $name }, who types it after 'kith accept' or into Kith:
invite-open = { $count ->
    [one] Open for 1 minute.
   *[other] Open for { $count } minutes.
}
invite-send = Or send this link over something that you both trust:
failures = { $count ->
    [one] 1 wrong try so far
   *[other] { $count } wrong tries so far
}
stage-generating = Generating the app
stage-keys = Creating keys
stage-connection = Establishing the direct connection
stage-secure = Secure communication established
accepted = You and { $name } are connected.
accepted-waiting = { $name }'s device has not answered all of it yet; Kith goes on by itself.
error-code-input = The code or link can't be read from standard input.
hint-code-input = Give it as text in UTF-8.

## Contacts

no-contacts = Nobody yet. Invite somebody with 'kith invite NAME'.
contact = { $name }  { $facts }
reach-saved = saved, not yet invited
reach-inviting = invited
reach-connecting = connecting
reach-failed = the code ended; make another with 'kith invite NAME --again'
pinned = pinned
muted = muted
archived = archived
blocked = blocked
hit-mine = { $name }, you  { $text }
hit = { $name }  { $text }
launcher-made = The launcher is { $path }. It bears the name, and works while Kith runs.
launcher-removed = There is no launcher any more.
not-whole = Not every conversation could be searched.
reach-direct = direct
reach-relayed = relayed
reach-online = online
reach-offline = not reachable
verified = verified
verified-met = verified in person
unread = { $count } unread
waiting = { $count ->
    [one] 1 message waits here
   *[other] { $count } messages wait here
}
renewed = new safety number, not compared
held = { $count ->
    [one] 1 message waits for your word
   *[other] { $count } messages wait for your word
}
renewed-proven = The recovery words of { $name } vouch for the new keys. The safety number is a new one.
renewed-unproven = Nothing vouches for the new keys yet: compare the new safety number with 'kith verify'.
renewed-held = { $count ->
    [one] 1 message was meant for the old keys of { $name }. 'kith resend' writes it again for the new ones.
   *[other] { $count } messages were meant for the old keys of { $name }. 'kith resend' writes them again for the new ones.
}
reached = { $name }'s device was reached.
not-reached = { $name }'s device is still out of reach. What waits leaves by itself when it is back.
resend-ask-unproven = { $count ->
    [one] 1 message was meant for the old keys of { $name }. Nothing vouches for the new keys and their safety number was not compared. Write it again for the new keys all the same? [y/N]
   *[other] { $count } messages were meant for the old keys of { $name }. Nothing vouches for the new keys and their safety number was not compared. Write them again for the new keys all the same? [y/N]
}
resend-ask-proven = { $count ->
    [one] 1 message was meant for the old keys of { $name }. The recovery words of { $name } vouch for the new keys. Write it again for them? [y/N]
   *[other] { $count } messages were meant for the old keys of { $name }. The recovery words of { $name } vouch for the new keys. Write them again for them? [y/N]
}
resend-ask-compared = { $count ->
    [one] 1 message was meant for the old keys of { $name }. You compared the new safety number. Write it again for the new keys? [y/N]
   *[other] { $count } messages were meant for the old keys of { $name }. You compared the new safety number. Write them again for the new keys? [y/N]
}
resend-ask-drop = { $count ->
    [one] Delete 1 message that was meant for the old keys of { $name }? [y/N]
   *[other] Delete { $count } messages that were meant for the old keys of { $name }? [y/N]
}
hint-resend = Nobody can be asked here: say it with --yes.
resend-done = { $count ->
    [0] No message waits for your word.
    [one] 1 message was written again for the new keys of { $name }.
   *[other] { $count } messages were written again for the new keys of { $name }.
}
resend-dropped = { $count ->
    [0] No message waits for your word.
    [one] 1 message was deleted.
   *[other] { $count } messages were deleted.
}
verify-number = The safety number of you and { $name }:
verify-ask = Does { $name } see the same number? [y/N]
verify-next = Nothing is marked yet. Compare it with what { $name } sees, and if both are the same: 'kith verify { $name } --yes'.
verify-done = { $name } is marked as verified.
verify-met = { $name } is marked as verified in person.
verify-undone = { $name } is not marked as verified.
error-no-number = There is no safety number with { $name } yet.
hint-no-number = It comes with the first connection.
renamed = Their name here is { $name }.
remove-ask = Remove { $name }, with all keys and messages? This can't be undone. [y/N]
removed = { $name }'s app is gone, with its keys and messages.
unchanged = Nothing was changed.
answer-yes = y yes

## Messages

you = You
message = { $time }  { $from }:
message-deleted = (deleted)
message-unknown = (from a newer version of Kith)
message-edited = edited
message-reaction = { $from }: { $emoji }
quote = > { $from }: { $text } <
quote-gone = > (gone) <
message-late = late
message-held = waits for your word
state-waiting = waiting
state-sent = sent
state-delivered = delivered
state-seen = seen
notice = { $time }  —
edited = Edited. The new wording is { $state }.
hidden = Gone from here. Nobody else heard of it.
reacted = Your { $emoji } stands at that message.
reaction-gone = Nothing of yours stands at that message any more.
deleted-never-delivered = Deleted. No copy had left this device: it is never delivered.
deleted-withdrawn = Deleted. A sealed copy had left; it is withdrawn wherever it was not opened, and asked to be removed where it was.
deleted-asked = Deleted here. Their device has it and is asked to remove it; it may have been read.
deleted-here = Deleted here. It had left for the keys of before you paired again: nobody can be asked to remove it.
error-timed-out = The message is not { $wanted } yet: it is { $state }.
hint-timed-out = It stays with this device until theirs has it. 'kith log' shows its state.
error-empty-text = There is no text to send.
hint-empty-text = Give the text as an argument, or '-' to read standard input.
error-input = Standard input can't be read.
hint-input = Give the text as an argument.
error-not-utf8 = The text is not UTF-8.
hint-not-utf8 = Convert it first; Kith sends text as it is or not at all.
error-long-text = The text is too long for one message.
hint-long-text = Send it in parts.

## Importing

import-new = new      { $name }
import-known = known    { $name }, who is a contact already
import-same = same     { $name }, whose name a contact has already
import-twice = twice    { $name }, who stands there before
import-left = left out { $name }
skipped-unnamed = { $count ->
    [one] 1 card has no name.
   *[other] { $count } cards have no name.
}
skipped-no-person = { $count ->
    [one] 1 card is a list or a thing.
   *[other] { $count } cards are lists or things.
}
skipped-large = { $count ->
    [one] 1 card is too large.
   *[other] { $count } cards are too large.
}
skipped-unreadable = { $count ->
    [one] 1 card can't be read.
   *[other] { $count } cards can't be read.
}
skipped-many = { $count ->
    [one] 1 card is more than a home holds.
   *[other] { $count } cards are more than a home holds.
}
import-none = Nobody in there is new. Nothing was saved.
import-ask = { $count ->
    [one] Save 1 person as a contact? Nobody is told, and nothing of the card leaves this device.
   *[other] Save { $count } people as contacts? Nobody is told, and nothing of the cards leaves this device.
}
hint-import = Repeat it with --yes to save them, and --without NAME to leave somebody out.
import-done = { $count ->
    [one] 1 contact is saved. 'kith invite NAME' makes the app.
   *[other] { $count } contacts are saved. 'kith invite NAME' makes the app of each.
}
error-card-file = { $file } can't be read: { $why }.
hint-card-file = Name a .vcf file that this user may read.
error-address-book = The address book on the server can’t be read: { $why }.
hint-address-book = Check [contacts.carddav] in config.toml, and whether the server is up. It is asked again in a while, and when you repeat this.

## This device

status-version = Kith { $version }
status-home = Data: { $home }  ·  Home: { $url }
status-ports = Web port { $web }  ·  UDP port { $udp }
status-lan = Kept to the local network
status-internet = Local network and Internet
status-contacts = { $count ->
    [one] 1 contact
   *[other] { $count } contacts
}
status-online = { $online } reachable, { $direct } of them directly
status-waiting = { $count ->
    [0] No message waits here
    [one] 1 message waits here
   *[other] { $count } messages wait here
}
status-stored = { $count } KiB of messages and keys
status-key-in-file = The key lies in a file: whoever can read your files can read your messages.
status-seed = The 24 words are not confirmed: see 'kith seed show'.
stopped = Kith has stopped.
seed-intro = Write these words down on paper, in this order. They are the root of your keys: whoever has them can prove to be you to the people you know.
seed-next = Then type them back with 'kith seed confirm'; they are erased here afterwards.
seed-gone = The words were confirmed and are not on this device.
seed-confirmed = The words are right. They are erased here.
error-words-input = The words can't be read from standard input.
hint-words-restore = Give them on standard input: 'kith run --restore < FILE', or type them.
hint-words-input = Type them after 'kith seed confirm', in their order.

## The doctor

doctor-well = All is well.
doctor-resting = Kith failed { $count } times in this conversation, so it rests. Stop Kith with 'kith stop' and start it anew; if it comes again, report it. Nothing that was stored is lost.
doctor-broken = What is kept of { $name } can't be read. Other contacts are not affected. Start Kith anew; if it stays so, remove { $name } and pair again.
doctor-unsound = The vault of { $name } is damaged: parts of its file can't be read. Copy this home to another disk, check the disk, and pair again if it stays so.
doctor-retired = What this device keeps here is a copy or an old state, so it writes no more. Remove { $name } and pair again.
doctor-restored = What is here of { $name } came from a backup, which has no keys. Pair again to write on: 'kith invite { $name } --again'.
doctor-copy-proven = { $count ->
    [one] A device of { $name } was copied or set back. Nothing more of it is read. Tell { $name }.
   *[other] { $count } devices of { $name } were copied or set back. Nothing more of them is read. Tell { $name }.
}
doctor-refused = { $count ->
    [one] 1 record could not be opened here. { $name }'s device sends what is in it again; there is nothing to do.
   *[other] { $count } records could not be opened here. { $name }'s device sends what is in them again; there is nothing to do.
}
doctor-outside = { $count ->
    [one] 1 device is not in this conversation's keys at the moment. It is added when both devices are on; there is nothing to do.
   *[other] { $count } devices are not in this conversation's keys at the moment. They are added when they are on; there is nothing to do.
}
doctor-parked = { $count ->
    [one] A device of { $name } was not there for long. What is meant for it waits for as long as it takes; there is nothing to do.
   *[other] { $count } devices of { $name } were not there for long. What is meant for them waits for as long as it takes; there is nothing to do.
}
doctor-parked-mine = { $count ->
    [one] A device of yours was not there for long. What is meant for it waits for as long as it takes; there is nothing to do.
   *[other] { $count } devices of yours were not there for long. What is meant for them waits for as long as it takes; there is nothing to do.
}
doctor-faults = { $count ->
    [one] Kith failed once in this conversation and went on. Please report it if it comes again.
   *[other] Kith failed { $count } times in this conversation and went on. Please report it.
}
doctor-blocked = You blocked { $name }: neither device hears of the other here. 'kith block CONTACT --off' takes that back.
doctor-not-connected = You and { $name } are not connected yet. 'kith contacts' shows how far it is.
doctor-away = { $count ->
    [one] { $name } can't be reached. 1 message waits here and leaves by itself.
   *[other] { $name } can't be reached. { $count } messages wait here and leave by themselves.
}
doctor-row-path = Path
doctor-row-vault = Vault
doctor-row-faults = Faults
doctor-row-own = Own log
doctor-row-device = Device
doctor-row-log = Log
doctor-sound = whole
doctor-damaged = damaged
doctor-vault = { $count } KiB, { $state }
doctor-own = next record { $next }, kept from { $kept }, { $since } since the last rekey, { $formers } lost before it
doctor-device = { $id }: { $states }; has up to { $through }; owed { $sealed } sealed, { $unsealed } unsealed; receipt { $receipt }, silent for { $silent } rekeys
doctor-log = { $id } by { $writer }: read up to { $through }; refused { $refused }; { $states }
doctor-mine = yours
doctor-theirs = theirs
doctor-not-in-force = off the list
doctor-connected = connected
doctor-not-connected-here = not connected
doctor-leaf = in the keys
doctor-no-leaf = not in the keys
doctor-is-parked = parked
doctor-waits-to-enter = waits to be added
doctor-offer = may be added anew
doctor-no-offer = gave no key to be added anew
doctor-forked = two things for one place
doctor-none = none

# Files
message-file = { $name } ({ $size }, { $state })
log-none = Nothing has been said yet. 'kith send CONTACT TEXT' begins.
found-none = Nothing was found.
error-ids = Several messages have an id that begins with '{ $id }'.
hint-ids = Give more of it: 'kith log CONTACT --json' shows whole ids.
files-none = No files yet. 'kith send CONTACT --file PATH' sends one.
file-saved = { $path } ({ $size })
file-waiting = Waiting for { $name }
file-state-mine = sent from here
file-state-taken = they have it
file-state-here = here, checked
file-state-offered = not asked for
file-state-waiting = waiting for their device
file-state-moving = coming
file-state-paused = paused
file-state-cancelled = not wanted
file-state-unchecked = could not be checked, thrown away
file-state-no-room = no room
file-state-gone = they no longer have it
file-state-removed = removed from this device
file-state-held = paused by them
file-state-mine-paused = paused by you
file-held = Paused by { $name }
storage-all = all
storage-messages = messages
storage-sent = sent
storage-came = came
storage-partly = half here
storage-other = other
storage-room = Room left on this disk: { $size }
free-ask-one = Remove { $file } ({ $size }) from this device? Its message stays. You can ask for it again as long as the device of { $name } keeps it, and no longer. [y/N]
free-ask = { $count ->
    [one] Remove one file that came from { $name } ({ $size }) from this device? Its message stays. You can ask for it again as long as the device of { $name } keeps it, and no longer. [y/N]
   *[other] Remove { $count } files that came from { $name } ({ $size }) from this device? Their messages stay. You can ask for them again as long as the device of { $name } keeps them, and no longer. [y/N]
}
freed = { $count ->
    [one] One file was removed from this device: { $size }.
   *[other] { $count } files were removed from this device: { $size }.
}
error-path = That path is not text that can be passed on.
hint-path = Give it another name first.
error-no-file = There is no file called '{ $name }' here.
hint-no-file = 'kith files CONTACT' lists the files.
error-file-exists = There is something at { $path } already.
hint-file-exists = Choose another place with -o, or replace it with --force.
error-file-unchecked = The file could not be checked. It was thrown away.
hint-file-unchecked = The same command asks for it again.
error-file-room = There is no room for the file on this disk.
hint-file-room = Free some space; the same command goes on.
error-file-gone = Their device no longer has the file.
hint-file-gone = Ask them to send it again.
error-file-stopped = Somebody stopped it.
hint-file-stopped = What came is kept; the same command goes on.
error-file-late = Nothing of the file came in the time given.
error-file-deleted = The message with the file was deleted.
error-agent-left = The agent ended before the file was here.

# On the desktop, where a device is locked.
notification-locked = A message came.
notification-unread = { $count ->
    [one] A message
   *[other] { $count } messages
}

# kith settings, lock, unlock and passphrase.
settings-no-name = People who are invited see no name of yours.
settings-name = People who are invited see your name: { $name }
settings-no-language = Pages speak the language of each browser.
settings-language = Pages speak: { $language }
settings-notifications-off = Nothing is announced on the desktop.
settings-notifications-names = The desktop announces who wrote, and nothing of what.
settings-notifications-texts = The desktop announces who wrote, and what.
settings-passphrase = The home is under a passphrase.
settings-keyring = The desktop’s keyring opens it when Kith starts, which does not ask.
settings-no-keyring = Kith asks for it when it starts.
settings-no-passphrase = The home is under no passphrase: whoever can read this user’s files can read everything.
settings-lock-never = The device locks itself never; 'kith lock' does.
settings-lock-after = { $count ->
    [one] The device locks itself after a minute in which nobody used it.
   *[other] The device locks itself after { $count } minutes in which nobody used it.
}
locked = Locked. Messages go on arriving.
unlocked = Open again.
passphrase-ask-old = The passphrase in force:{" "}
passphrase-ask-new = The new passphrase:{" "}
passphrase-ask-repeat = Once more:{" "}
passphrase-set = The home is under this passphrase. Kith asks for it when it starts; nobody can tell it to you.
passphrase-set-kept = The home is under this passphrase. The desktop’s keyring opens it when Kith starts; nobody can tell it to you.
keyring-kept = From here on the desktop’s keyring opens this home, and Kith starts without asking. Whoever is logged in to this desktop as you can then start Kith and read it; whoever has only the disk can’t, as long as your login password holds. 'kith lock' is opened by the passphrase alone: don’t forget it.
keyring-forgotten = The desktop’s keyring has nothing of this home. Kith asks for the passphrase when it starts.
keyring-lost = The desktop’s keyring did not take what it needs for the new one, so Kith asks when it starts. 'kith passphrase --keyring' tries again.
error-keyring-no-passphrase = This home is under no passphrase, so Kith starts without asking anyway.
hint-keyring-no-passphrase = To put it under one: 'kith passphrase'.
passphrase-removed = The passphrase is gone: whoever can read this user’s files can read everything.
error-passphrases-differ = The two were not the same. Nothing was changed.
hint-passphrases-differ = Type it again, slowly.
error-no-passphrase = No passphrase was given.
hint-no-passphrase = Type it at a terminal, or name a file with --passphrase-file.

# kith open --start, where nobody reads a terminal.
open-failed = Kith could not open this

# kith export.
export-title = Messages with { $name }
exported = { $count } messages are in { $path }. They are not sealed: whoever has the folder can read them.
# $contacts and $files are numbers.
backed-up = The backup is { $path }, { $size }: contacts: { $contacts }, files: { $files }. It opens with its passphrase alone, so keep both, apart from each other. Your 24 words are not in it.
backup-left-out = What was said with { $name } could not be read and is not in it: see 'kith doctor { $name }'.
backup-ask = A passphrase for the backup:{" "}
backup-ask-restore = The backup's passphrase:{" "}
restored-next = Everything is here as it was when the backup was made. To write on, pair again with each of your people: 'kith invite NAME --again'.
export-missing = { $count ->
    [one] One file is not on this device and is left out. 'kith get' gets it.
   *[other] { $count } files are not on this device and are left out. 'kith get' gets them.
}
error-export = The folder { $path } could not be written: { $why }.
hint-export = Nothing was kept of it. Make room, or name another place with --output.
error-export-exists = There is a { $path } already.
hint-export-exists = Name another folder with --output.

# kith report.
report-intro = Look through it before you send it to anybody. It has no names and nothing of what was said.

# Pins and messages that disappear.

message-pinned = pinned
message-disappears = disappears
message-leaves = disappears at { $time }
pin-set = It is pinned for you both.
pin-taken = It is not pinned.
no-pins = Nothing is pinned.
timer-in-force = In force: { $time }
timer-mine = You: { $time }
timer-theirs = { $name }: { $time }
error-bad-time = '{ $time }' is no time that messages can stay.
hint-bad-time = Give a number with s, m, h, d or w, such as 5m, 1h, 1d or 4w, or 'off'.
