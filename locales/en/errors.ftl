# Why something was not done: what is wrong, and as hint the one thing to do next.
# The agent names a sentence by its id, with the words to fill in; whoever shows it says it in its reader's language.
# A { $why } is what the system or a library says, in its own words.

-again-or-report = What was stored before is not affected. Try again; if it stays so, report it.
-check-network = Check [network] in config.toml.
-one-line-name = Give a name of one line, such as 'Mira'.
-good-passphrase = Four or five words that nobody would put together are good ones.
-from-paper = Compare them with the words that you wrote down, and give all 24 again, in their order.
-whole-link = Copy the whole link again, from 'kith:' to its end.
-form-of-code = A code is six digits and four words, such as 481920-aardvark-guitarist-solo-tobacco.
-new-code = Ask for a new code or link.
-update-them = Ask for an update of Kith on the other side.
-readable-file = Name a file that this user may read.
-free-space = Free some space, then try again.

## Faults of Kith, and of the system below it

mistake = Kith made a mistake: { $why }.
    .hint = { -again-or-report }
mistake-no-answer = Kith made a mistake and gave no answer.
    .hint = { -again-or-report }
mistake-fatal = Kith made a mistake that it could not go on from.
    .hint = What was stored is not affected. Start it again; if it stays so, report it.
mistake-rests = Kith made mistakes in this conversation.
    .hint = What was stored before is not affected, and other contacts are not either. This one rests until Kith is started again; if it stays so, report it.
system-randomness = The system gave no randomness: { $why }.
    .hint = Start Kith again; if it stays so, the system itself needs repair.
system-refused = The system does not let Kith start: { $why }.
    .hint = Start Kith again.
stopping = Kith is stopping.
    .hint = Start it again with 'kith', then repeat that.

## Calls of the local API

call-unreadable = The call can't be read: { $why }.
    .hint = Send one JSON object with "id", "method" and "params".
call-too-large = The call is larger than may be.
    .hint = Send large things as files.
call-not-text = The call is not UTF-8 text.
    .hint = Send JSON, one object at a time.
call-elsewhere = That call goes another way.
    .hint = Report this.
answer-unreadable = Kith could not read its own answer.
    .hint = Report this as a fault of Kith.
forbidden-in-home = The home app has no access to what is said in a conversation.
    .hint = Open the contact's own app.
forbidden-in-app = A contact's app may not ask this.
    .hint = Use the home app.
forbidden-other-app = This app belongs to another contact.
    .hint = Open that contact's own app.
locked = Kith is locked on this device.
    .hint = Open it with your passphrase: 'kith unlock'.
path-not-whole = A path has to begin with '/'.
    .hint = Name the whole path.
not-base64 = That is not base64.
    .hint = Send the file's bytes in base64.
log-two-places = The messages are asked for twice.
    .hint = Give one of 'before', 'after' and 'around'.

## Asking an agent

agent-not-running = No agent runs on { $home }.
    .hint = Start it with 'kith run', or name another home with --home.
agent-running = An agent already runs on this home.
    .hint = Use it, or end it with 'kith stop'.
agent-unreachable = The agent can't be asked: { $why }.
    .hint = Close some programs.
agent-ended = The agent ended before it answered.
    .hint = Start it with 'kith run' and look again.
agent-still-ending = The agent has not ended yet.
    .hint = Look again with 'kith status' in a moment.
agent-garbled = The agent's answer can't be read: { $why }.
    .hint = Stop the agent and start it with this version of Kith.
home-of-another = { $home } belongs to somebody else.
    .hint = Name your own home with --home.

## Starting

home-unmade = The folder { $home } can't be made: { $why }.
    .hint = Choose another with --home.
home-exists = This home exists already; its passphrase is not set anew by starting it.
    .hint = Start it with --passphrase-file, or choose another folder with --home.
home-has-keys = This home has keys of its own already, so it can't begin from your words.
    .hint = Choose another folder with --home; what is here stays as it is.
socket-in-the-way = { $path } is not a socket.
    .hint = Move it away, and start Kith again.
socket-refused = The socket { $path } can't be made: { $why }.
    .hint = Check that this user may write there.
config-unreadable = { $file } can't be read: { $why }.
    .hint = Let this user read it, or move it away to start with the defaults.
config-unusable = { $file } can't be used: { $why }
    .hint = Correct that line, or move the file away to start with the defaults.
web-port-taken = Port { $port } is in use by another program. Every app's address has this port in it, so Kith takes no other by itself.
    .hint = End that program, or whatever else holds the port, and start Kith again; --port chooses another port for good, and the apps' addresses change with it.
web-port-refused = The system does not let Kith listen on port { $port }: { $why }.
    .hint = Choose another with --port.
web-port-none-free = No free port was found.
    .hint = Choose one that is free with --port.
udp-port-taken = UDP port { $port }, which this home is known under, is in use by another program.
    .hint = End that program, or set another port in config.toml under [network].
network-unusable = The network can't be used as config.toml asks: { $why }.
    .hint = Correct [network] in config.toml.
book-unwatchable = The address book { $folder } can't be watched: { $why }.
    .hint = Name a folder of .vcf files as vdir under [contacts] in config.toml, or take that line out.
dav-no-address = '{ $url }' is no address: { $why }.
    .hint = Give the address of the address book itself, as https://….
dav-not-https = The address book's address is not https, so that anybody on the way could read the password.
    .hint = Give its https address under [contacts.carddav].
dav-password = The password file { $file } can't be used: { $why }.
    .hint = Put the password on one line of a file that only you can read (chmod 600).
dav-no-client = No connection can be made: { $why }.
    .hint = Check the system's certificates.

## What is stored

stored-wrong-passphrase = This passphrase does not open the key.
    .hint = Check the keyboard layout and try again.
stored-passphrase-needed = The key is protected by a passphrase.
    .hint = Give the passphrase.
stored-newer = { $file } was written by a newer version of Kith (format { $found }; this version knows { $known }).
    .hint = Install the newest version of Kith; nothing was changed.
stored-damaged = { $file } can't be read: { $why }.
    .hint = Check the disk. Keep a copy of the file before trying anything else.
stored-damaged-contact = { $file } can't be read: { $why }.
    .hint = Nothing was deleted. Stop Kith and put an undamaged copy of the file back if you have one; otherwise 'kith remove' { $name } and pair again. Other contacts are not affected.
stored-incomplete = This contact's vault can't be used: { $why }.
    .hint = Other contacts are not affected.
stored-read-only = { $file } can't be written: { $why }.
    .hint = Make the folder writable for this user, or choose another home.
stored-no-room = There is no room left to write { $file }.
    .hint = Free some space and try again; what was stored before is whole.
stored-in-use-by = { $file } is in use by process { $process }.
    .hint = Use the agent that runs, or stop it first.
stored-in-use = { $file } is in use by another process.
    .hint = Use the agent that runs, or stop it first.
stored-missing = { $file } is not there.
    .hint = Check that this is the right home.
stored-exists = { $file } is there already.
    .hint = Choose another home, or use the one that is there.
stored-failed = { $file } could not be read or written: { $why }.
    .hint = Check the disk and its cables or mounts, then try again.
stored-mistake = Kith asked to store something that can't be: { $why }.
    .hint = This is a fault of Kith: please report it.

## Passphrase, keyring, lock

passphrase-needed = The key is protected by a passphrase.
    .hint = Start Kith at a terminal, which asks for it, or with --passphrase-file. After 'kith passphrase --keyring' it starts without asking.
passphrase-not-kept = What the desktop's keyring has for it does not open it.
    .hint = Give the passphrase.
passphrase-too-short = This passphrase needs { $count ->
        [one] 1 character
       *[other] { $count } characters
    } at least.
    .hint = { -good-passphrase }
passphrase-too-long = A passphrase has { $count } bytes at most.
    .hint = { -good-passphrase }
passphrase-none = This home is under no passphrase, so nothing could open it again.
    .hint = Set one first: 'kith passphrase', or in the settings of the home app.
passphrase-none-to-keep = This home is under no passphrase, so it starts without asking anyway.
    .hint = To put it under one: 'kith passphrase', or in the settings of the home app.
passphrase-being-tried = Another passphrase is being tried at this moment.
    .hint = Try again in a second.
passphrase-unchecked = The passphrase could not be checked.
    .hint = Try again.
lock-too-late = A device locks itself after a day at the latest.
    .hint = Give up to { $count } minutes, or 0 for never.
keyring-busy = The desktop's keyring is being asked at this moment.
    .hint = Look whether it asks you something, and try again then.
keyring-no-session = There is no desktop session here, and so no keyring.
    .hint = Start Kith from within your desktop, and try again.
keyring-no-service = No keyring answers on this desktop.
    .hint = Start one that offers the Secret Service (GNOME Keyring, KWallet or KeePassXC), and try again.
keyring-locked = The desktop's keyring is locked.
    .hint = Open it on your desktop, and try again.
keyring-dismissed = The desktop's keyring asked whether it may be opened, and was told no.
    .hint = Try again, and let it be opened.
keyring-silent = The desktop's keyring did not answer in time.
    .hint = Look whether it asks you something, and try again.
keyring-refused = The desktop's keyring refused: { $why }.
    .hint = Look at it on your desktop, and try again.

## The 24 words

words-confirmed = The words were confirmed, so nothing of the root is kept here.
    .hint = Use the words that you wrote down.
words-count = There are { $count ->
        [one] 1 word
       *[other] { $count } words
    }; it takes 24.
    .hint = { -from-paper }
words-unknown = Word { $position } is not on the list.
    .hint = { -from-paper }
words-unknown-nearest = Word { $position } is not on the list; perhaps it is '{ $nearest }'.
    .hint = { -from-paper }
words-do-not-fit = One of the words is another one, or two are exchanged.
    .hint = { -from-paper }
words-differ = Word { $position } is not the one that was shown.
    .hint = { -from-paper }

## Contacts

contact-unnamed = No contact is named.
    .hint = Name one by its id or name.
contact-unknown = There is no contact called '{ $name }'.
    .hint = 'kith contacts' lists them.
contact-ambiguous = { $count } contacts are called '{ $name }'.
    .hint = Use an id instead: { $ids }.
contact-gone = That contact is gone.
    .hint = 'kith contacts' lists those there are.
contact-exists = There is a contact called '{ $name }' already.
    .hint = Choose another name, or use 'kith invite NAME --again' if it is the same person.
contact-exists-answering = There is a contact called '{ $name }' already.
    .hint = If it is the same person, who lost a device or began anew, go on with that contact: 'kith accept CODE --again { $name }'. If it is somebody else, give another name: '--name OTHER'.
contact-blocked = { $name } is blocked.
    .hint = Take the block back first: 'kith block CONTACT --off', or in the app.
contact-not-to-block = There is nobody to block: { $name } has not answered.
    .hint = Remove the contact instead; its code and link end with it.
contacts-full = A home holds { $count } contacts at most.
    .hint = Remove some that you do not need.
contacts-too-many = A home holds { $count } contacts at most.
    .hint = Choose fewer.
name-empty = The name is empty.
    .hint = { -one-line-name }
name-too-long = The name is too long: 128 bytes at most.
    .hint = { -one-line-name }
name-control = The name has a control character in it.
    .hint = { -one-line-name }
name-like-id = The name has the form of a contact's id.
    .hint = { -one-line-name }
number-not-yet = There is no safety number yet: { $name } has not answered.
    .hint = Compare it once the two apps are connected.
number-of-backup = What is here of { $name } came from a backup, without the keys that a number would be about.
    .hint = Pair again first, then compare the new number.
language-unknown = Kith does not speak '{ $tag }'.
    .hint = Choose one of { $known }, or nothing for that of each browser.
launcher-unwritable = The launcher { $file } can't be written: { $why }.
    .hint = Check that this user may write there.
launcher-nowhere = There is no folder for launchers: neither XDG_DATA_HOME nor HOME is set.
    .hint = Start Kith from your desktop, or set one of them.

## Address-book cards

card-none = There is no card in this file.
    .hint = Export contacts as a .vcf file (vCard) and choose that.
card-file-too-large = The file is larger than { $count } MiB.
    .hint = Export the contacts without pictures, or in several files.
card-mistake = Kith made a mistake with this file.
    .hint = Nothing of it was kept. Export it again, perhaps as version 3.0 or 4.0.
card-unknown = Nobody in review has the key { $key }.
    .hint = Look through the list again; another window may have ended it.

## Pairing

code-digits = A code begins with six digits; there are { $count }.
    .hint = { -form-of-code }
code-word-count = A code has four words; there are { $count }.
    .hint = { -form-of-code }
code-word-unknown = Word { $position } is not on the list.
    .hint = { -form-of-code }
code-word-nearest = Word { $position } is not on the list; perhaps it is '{ $nearest }'.
    .hint = { -form-of-code }
code-word-place = Word { $position } can't stand there: two words are exchanged, or one before it is missing.
    .hint = { -form-of-code }
link-none = This is not an invitation; one begins with 'kith:'.
    .hint = { -whole-link }
link-cut = The invitation is not whole.
    .hint = { -whole-link }
link-newer = The invitation is of version { $version }, which only a newer version of Kith can read.
    .hint = Install the newest version of Kith.
code-own = This is your own invitation.
    .hint = Give it to the other person; they answer it on their device.
code-wrong = That didn't match. { $count ->
        [one] One try is left
       *[other] { $count } tries are left
    }; after that the code is dead.
    .hint = Check the words and enter it again.
code-wrong-last = That didn't match, and it was the last try: the code is dead.
    .hint = Ask for a new code.
code-over = That invitation is over: it was used, its time is up, or it was guessed at too often.
    .hint = { -new-code }
code-refused = The other side refused, for a reason that this version does not know ({ $number }).
    .hint = { -new-code }
code-unanswered = No device answered to that code in the time given.
    .hint = Check the digits, and that the other Kith runs, on the same network for a spoken code. A code stands for ten minutes; a link works from further away.
code-unsearched = The network could not be searched: { $why }.
    .hint = { -check-network }
pairing-versions = The two versions of Kith have no common language.
    .hint = Bring the older one up to date.
pairing-off = The answer was called off.
    .hint = Nothing is left of it.
pairing-off-blocked = The answer was called off.
    .hint = The contact was blocked.
pairing-going-on = You and { $name } are being connected.
    .hint = Wait for it, or remove the contact to start anew.
pairing-no-network = The invitation can't be answered: { $why }.
    .hint = { -check-network }
pairing-no-keys = The recovery keys of this device are used up.
    .hint = A new home, or a device of yours that has some left, can still pair.

## Messages

not-answered-yet = Nobody has answered yet, so there is no conversation.
    .hint = Wait until the two of you are connected.
not-invited-yet = Nobody was invited yet, so there is no conversation.
    .hint = Invite them first.
not-connected-yet = { $name } has not answered yet, so there are no keys to write with.
    .hint = Wait until the two of you are connected; 'kith contacts' shows how far it is.
device-none = There is no device of { $name } to be reached.
    .hint = Pair with them first: 'kith invite CONTACT', or 'kith accept CODE' with theirs; with '--again' who was here before.
text-empty = There is no text.
    .hint = Write something first.
text-too-long = The text has { $count } bytes; { $most } may be.
    .hint = Send it in parts.
draft-too-long = The draft is longer than a message may be.
    .hint = Shorten it.
search-too-long = That is too much to search for.
    .hint = Give a few words.
message-id-bad = '{ $text }' is not the id of a message.
    .hint = 'kith log CONTACT --ids' shows how the ids of messages begin.
message-unknown = There is no such message here.
    .hint = 'kith log CONTACT' shows the messages with their ids.
message-not-yours = Somebody else wrote that message.
    .hint = Only who wrote a message can edit or delete it.
message-deleted = That message is deleted already.
    .hint = Nothing of it is left; write a new message instead.
message-from-before = That message is from before the two of you paired anew, and can only be deleted.
    .hint = Write it anew, or delete it here.
message-on-its-way = That message is still on its way, so it can only be deleted for both.
    .hint = 'kith delete' deletes it for both.
message-pinned-often = That message was pinned and taken down too often.
    .hint = It stays as it is.
reaction-not-emoji = A reaction is one emoji.
    .hint = Give one emoji, or nothing to take yours back.
timer-bad = Messages stay for 5 seconds at least, and 366 days at most, or for good.
    .hint = Give a time such as 5m, 1h, 1d or 4w, or 'off'.
device-removed = This device was removed from the list of your devices, so it writes no more here.
    .hint = Write from a device that is still on the list.
device-retired = This device's data is a copy or an old state, so it writes no more here.
    .hint = Pair again: 'kith invite CONTACT --again' here, or 'kith accept CODE --again CONTACT' with their code.
too-old-edit = An app in this conversation is too old to show an edited message; it has to be updated first.
    .hint = { -update-them }
too-old-react = An app in this conversation is too old to show a reaction; it has to be updated first.
    .hint = { -update-them }
too-old-pin = An app in this conversation is too old to show pinned messages; it has to be updated first.
    .hint = { -update-them }
too-old-disappear = An app in this conversation is too old to let messages disappear; it has to be updated first.
    .hint = { -update-them }
too-old-files = An app in this conversation is too old to take files; it has to be updated first.
    .hint = { -update-them }
forward-nothing = There is nothing to send on.
    .hint = Choose 'Forward' in a message's menu again.
forward-a-file = That message is a file, and only texts are sent on.
    .hint = 'kith get' saves it, and 'kith send --file' sends it to somebody else.

## Files

file-none = That message has no file.
    .hint = 'kith files CONTACT' lists the files.
file-unreadable = '{ $file }' can't be read: { $why }.
    .hint = { -readable-file }
file-not-one = '{ $file }' is not a file.
    .hint = Name a file; a folder can be sent as an archive.
file-name-bad = A file can't have that name, size or description.
    .hint = Give it another name.
file-caption-too-long = What goes beside the file is too long.
    .hint = Write less beside it.
file-not-here = That file is not here.
    .hint = Ask for it first.
file-not-here-yet = That file is not here yet.
    .hint = 'kith get CONTACT FILE' asks for it and waits.
file-exists = There is something at '{ $file }' already.
    .hint = Choose another place with -o, or replace it with --force.
file-changed = The sealed file on this device was changed, and does not open.
    .hint = Ask the one who sent it to send it again.
file-cut-short = The file ended before all of it had come.
    .hint = Send it again.
file-too-large = That file is larger than 16 TiB.
    .hint = Send it in parts.
file-sent-from-here = That file was sent from here, and may still be asked for.
    .hint = Delete its message, and it is gone at both ends.
disk-full = There is no room on this disk.
    .hint = { -free-space }
disk-refuses = The disk does not take it: { $why }.
    .hint = Check the place and its permissions, then try again.
storage-busy = Kith is looking at it already.
    .hint = Ask again in a moment.

## Backup and restore

backup-busy = A backup is being made at this moment.
    .hint = Wait until it is done.
backup-gone = There is no such backup to be fetched.
    .hint = Begin it anew in the settings.
backup-stopped = The backup was stopped before it was whole.
    .hint = Nothing of it is left; make it anew whenever you like.
backup-let-go = The browser let go of the download before the backup was whole.
    .hint = Look whether there is room where it saves files, and make the backup anew. A part that it may have kept opens to nothing.
backup-unfetched = The browser did not fetch the backup.
    .hint = Look whether it keeps this page from downloading, and make the backup anew.
backup-exists = There is something at '{ $file }' already.
    .hint = Choose another name; a backup replaces nothing.
backup-no-folder = There is no folder for '{ $file }'.
    .hint = Make the folder first, or choose another.
backup-no-room = There is no room for '{ $file }'.
    .hint = Free some space there, or choose another disk. Nothing is left of this backup.
backup-failed = The backup could not be written: { $why }.
    .hint = Nothing is left of this backup. Check the disk and its permissions, then make it anew.
restore-not-one = '{ $file }' is not a backup of Kith.
    .hint = Name the file that 'kith backup' wrote.
restore-newer = '{ $file }' was made by a newer version of Kith (format { $found }; this version knows { $known }).
    .hint = Install the newest version of Kith, then restore it with that.
restore-wrong-passphrase = This passphrase does not open the backup.
    .hint = It is the one that was given when the backup was made. Check the keyboard layout and try again.
restore-damaged = '{ $file }' was cut short or changed: it can't be believed from byte { $at } on.
    .hint = Copy it again from where you keep it, or take an earlier backup. Nothing was restored.
restore-in-the-way = There is something in { $home } already, and a backup is restored into an empty place only.
    .hint = Choose another folder with --home; what is there stays as it is.
restore-unreadable = '{ $file }' can't be read: { $why }.
    .hint = { -readable-file }
restore-not-started = The backup is restored, all of it, into { $home }; but Kith could not start there.
    .hint = Once that is put right, start Kith without --restore-backup.
